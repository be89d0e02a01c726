#!/bin/sh
# growth.sh [--large] [--runs N] [--small] [-o FILE.svg] - how time and memory of behov grow with rows, clusters and columns:
# a table, an exponent of each line, a drawing. --large has 10 million rows too, --small no more than 100 000. See README.md.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
here=$root/tests/bench
shared=${BEHOV_SHARED:-$root/../shared}
[ -f "$shared/bench/gen_panel.c" ] || {
    echo "growth: $shared/bench is not there; set BEHOV_SHARED to the folder that holds it"
    exit 77
}
cache=${BEHOV_BENCH_CACHE:-$root/build-bench}
mkdir -p "$cache"
[ -x "$cache/gen_panel" ] || cc -O2 -o "$cache/gen_panel" "$shared/bench/gen_panel.c" -lm
cc -O2 -o "$cache/gen_columns" "$here/gen_columns.c"
exec python3 "$here/growth.py" --program "${BEHOV_PROGRAM:-$root/build/cli/behov}" --cache "$cache" "$@"
