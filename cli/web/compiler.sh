#!/bin/sh
# compiler.sh - emcc for meson. What only compiles goes straight to the clang that emcc would start, with emcc's own flags:
# the same objects in a tenth of the time. BEHOV_WEB_CFLAGS holds the flags, as `emcc --cflags` says them.
for word in "$@"; do
    if [ "$word" = -c ] && [ -n "${BEHOV_WEB_CFLAGS:-}" ]; then
        # shellcheck disable=SC2086 # a list of words
        exec clang-14 $BEHOV_WEB_CFLAGS "$@"
    fi
done
exec emcc "$@"
