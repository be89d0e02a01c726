#!/bin/sh
# run.sh [--install] [--large] [--runs N] [--peers-only] - whole processes of behov against R lm + sandwich, in one run
# on one machine: the generated panels S -> xlsx, M -> csv and xlsx (and L -> csv on request). See README.md.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
here=$root/tests/bench
install=no
large=no
options=''
while [ $# -gt 0 ]; do
    case $1 in
    --install) install=yes ;;
    --large) large=yes ;;
    --runs) options="$options --runs $2"; shift ;;
    --peers-only) options="$options --peers-only" ;;
    *) sed -n '2,3s/^# //p' "$0"; exit 2 ;;
    esac
    shift
done

shared=${BEHOV_SHARED:-$root/../shared}
[ -f "$shared/bench/gen_panel.c" ] || {
    echo "bench: $shared/bench is not there; set BEHOV_SHARED to the folder that holds it"
    exit 77
}
if ! Rscript -e 'library(sandwich); library(data.table); library(openxlsx)' >/dev/null 2>&1; then
    [ "$install" = yes ] || {
        echo 'bench: R with sandwich, data.table and openxlsx is not there; run it once with --install'
        exit 77
    }
    # shellcheck source=cli/setup.sh
    . "$root/cli/setup.sh"
    as_root apt-get update >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        r-base-core r-cran-sandwich r-cran-data.table r-cran-openxlsx >/dev/null
fi

cache=${BEHOV_BENCH_CACHE:-$root/build-bench}
mkdir -p "$cache"
[ -x "$cache/gen_panel" ] || cc -O2 -o "$cache/gen_panel" "$shared/bench/gen_panel.c" -lm
cc -O2 -o "$cache/workbook_alone" "$here/workbook_alone.c" -lxlsxwriter
panel() { # name, municipalities, years, seed
    [ -s "$cache/$1.csv" ] && return 0
    echo "making $cache/$1.csv"
    "$cache/gen_panel" "$2" "$3" 2012 "$4" >"$cache/$1.csv.part"
    mv "$cache/$1.csv.part" "$cache/$1.csv"
}
panel S 427 5 20121
panel M 100000 10 20122
if [ "$large" = yes ]; then
    panel L 1000000 10 20123
    options="$options --large"
fi
# shellcheck disable=SC2086 # a list of words
exec python3 "$here/measure.py" --program "$root/build/cli/behov" --peers "$shared/bench/peers" --cache "$cache" $options
