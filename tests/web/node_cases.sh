#!/bin/sh
# node_cases.sh [--all | CASE ...] - cases of tests/cli under node, through the program for browsers (BEHOV_WEB, a folder of
# cli/web/build.sh). Without arguments those of quick_cases.txt. A case that fails has to stand in exceptions.txt with its
# reason, and whatever stands there has to fail. Exit code 77 when there is no such program or no node.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname "$(dirname "$here")")
BEHOV_WEB=${BEHOV_WEB:-$root/build-web}
BEHOV_SOURCE=$root
BEHOV_PROGRAM=$here/behov-node
export BEHOV_WEB BEHOV_SOURCE BEHOV_PROGRAM BEHOV_CAIRO=no BEHOV_CURL=no BEHOV_READSTAT=no
unset BEHOV_BUILD # its workbooks are not collected for LibreOffice

[ -f "$BEHOV_WEB/behov.wasm" ] || {
    echo "skipped: $BEHOV_WEB/behov.wasm is not there (sh cli/web/build.sh $BEHOV_WEB)"
    exit 77
}
command -v node >/dev/null || {
    echo 'skipped: needs node'
    exit 77
}

case ${1:-} in
--all) cases=$(cd "$root/tests/cli/cases" && find . -name '*.test' | LC_ALL=C sort | sed 's|^\./||; s|\.test$||') ;;
'') cases=$(grep -v '^#' "$here/quick_cases.txt") ;;
*) cases=$* ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# shellcheck disable=SC2016 # the inner shell's words
printf '%s\n' "$cases" | tr ' ' '\n' | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' sh -c '
    status=0
    sh "$1/tests/cli/run.sh" "$1/tests/web/behov-node" "$1/tests/cli/cases/$2.test" >"$3/$2.txt" 2>&1 || status=$?
    echo "$status" >"$3/$2.status"' sh "$root" '{}' "$work"

passed=0 failed=0 expected=0 skipped=0
for result in "$work"/*.status; do
    name=$(basename "$result" .status)
    reason=$(sed -n "s/^$name: //p" "$here/exceptions.txt")
    case $(cat "$result") in
    0)
        passed=$((passed + 1))
        [ -z "$reason" ] || {
            echo "$name passes: take it from tests/web/exceptions.txt ($reason)"
            failed=$((failed + 1))
        }
        ;;
    77) skipped=$((skipped + 1)) ;;
    *)
        if [ -n "$reason" ]; then
            expected=$((expected + 1))
        else
            echo "$name failed:"
            head -n 30 "$work/$name.txt" | cut -c 1-400
            failed=$((failed + 1))
        fi
        ;;
    esac
done
echo "$passed passed, $expected failed as tests/web/exceptions.txt says, $skipped skipped, $failed failed"
[ "$failed" = 0 ]
