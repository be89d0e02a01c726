#!/bin/sh
# compiler.sh - emcc for meson. What only compiles goes straight to the clang that emcc would start, with emcc's own flags:
# the same objects in a tenth of the time. BEHOV_WEB_CFLAGS holds the flags, as `emcc --cflags` says them. The files that a ranking computes
# with for most of its time are compiled for speed, all else for a small page.
speed=
for word in "$@"; do
    case $word in
    */lib/core/shrink_*.c) speed=-O2 ;;
    esac
done
for word in "$@"; do
    if [ "$word" = -c ] && [ -n "${BEHOV_WEB_CFLAGS:-}" ]; then
        # shellcheck disable=SC2086 # a list of words
        exec clang-14 $BEHOV_WEB_CFLAGS "$@" $speed
    fi
done
exec emcc "$@"
