#!/bin/sh
# same_digits.sh PROGRAM - whether the program for browsers (BEHOV_WEB, a folder of cli/web/build.sh) gives PROGRAM's figures in
# all 17 digits (same_digits.py). Exit code 77 when there is no such program, or no node.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname "$(dirname "$here")")
BEHOV_WEB=${BEHOV_WEB:-$root/build-web}
BEHOV_SOURCE=$root
export BEHOV_WEB BEHOV_SOURCE
[ -f "$BEHOV_WEB/behov.wasm" ] || {
    echo "skipped: $BEHOV_WEB/behov.wasm is not there (sh cli/web/build.sh $BEHOV_WEB)"
    exit 77
}
for tool in node python3; do
    command -v "$tool" >/dev/null || {
        echo "skipped: needs $tool"
        exit 77
    }
done
exec python3 "$here/same_digits.py" "$1" "$here/behov-node" "$here/digits_exceptions.txt"
