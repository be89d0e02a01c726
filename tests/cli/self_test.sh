#!/bin/sh
# self_test.sh - the case runner judged by cases that must pass, fail, be skipped or be refused.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
chmod +x "$here/self/fake.sh" 2>/dev/null || :
wrong=0
count=0
expect() { # exit code, folder
    for case_file in "$here/self/$2"/*.test; do
        count=$((count + 1))
        status=0
        output=$(sh "$here/run.sh" "$here/self/fake.sh" "$case_file" 2>&1) || status=$?
        if [ "$status" != "$1" ]; then
            wrong=$((wrong + 1))
            printf '%s: the runner gave %s instead of %s\n%s\n' "$case_file" "$status" "$1" "$output"
        elif [ "$status" != 0 ] && [ -z "$output" ]; then
            wrong=$((wrong + 1))
            printf '%s: the runner does not say why\n' "$case_file"
        fi
    done
}
expect 0 passes
expect 1 fails
expect 77 skipped
expect 2 broken
echo "$count cases, $wrong wrong"
[ "$wrong" = 0 ]
