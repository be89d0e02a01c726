#!/bin/sh
# fuzz.sh [SECONDS [NAME...]] - runs the fuzz targets with libFuzzer in build-fuzz/, 60 seconds each when not told; with
# RUNS=N N executions each at most.
# New inputs go to build-fuzz/found/NAME; one that crashes is left there as crash-*.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source=cli/setup.sh
. "$root/cli/setup.sh"
seconds=${1:-60}
[ $# = 0 ] || shift
build=$root/build-fuzz
export CC=clang
if ! is_build_folder "$build"; then
    make_build_folder "$build" --buildtype=debugoptimized -Dtests=true -Dfuzz=true -Db_sanitize=address,undefined \
        -Db_lundef=false '-Dc_args=-fsanitize=fuzzer-no-link -fno-sanitize-recover=all' || exit 1
fi
# shellcheck disable=SC2046 # names of targets, one word each
[ $# -gt 0 ] || set -- $(sed -n "s/^  '\([a-z_]*\)': '[a-z_]*',\$/\1/p" "$root/tests/fuzz/meson.build")
for name in "$@"; do
    compile "$build" "tests/fuzz/fuzz_$name" || {
        show_compile_log
        exit 1
    }
done
status=0
for name in "$@"; do
    corpus=$root/tests/fuzz/corpus/${name#read_}
    found=$build/found/$name
    mkdir -p "$found"
    say "== $name, $seconds s"
    UBSAN_OPTIONS=print_stacktrace=1 "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -runs="${RUNS:--1}" -timeout=20 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$found/" "$found" "$corpus" >"$found.log" 2>&1 || {
        status=1
        tail -n 60 "$found.log"
    }
    grep -E '^stat::(number_of_executed_units|new_units_added)' "$found.log" || :
done
exit $status
