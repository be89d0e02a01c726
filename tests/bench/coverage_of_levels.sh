#!/bin/sh
# coverage_of_levels.sh [--panels 1000] [--from 0] [--years '5 8 15'] [--threads 2] [--folder build-bench/levels]
# [--table FILE.md] - coverage of levels when chance lasts, all settings of tests/bench/README.md: the model at five phi for
# each number of years, and with 5 years GLS and other truths. Panels are numbered; this call simulates --panels of them, beginning
# with number --from, and keeps their sums in one file for each setting. A file that is there is not made again, so a stopped
# call goes on, other numbers of panels add to it, and two calls with numbers of their own share the work. The table of all
# files in the folder is printed, and written to FILE.md. Exit code 1 where a limit of levels.c does not hold.
#
# Needs build/tests/bench/coverage_of_levels (ninja -C build tests/bench/coverage_of_levels), or BEHOV_COVERAGE.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
BEHOV_SOURCE=${BEHOV_SOURCE:-$(CDPATH='' cd -- "$here/../.." && pwd)}
export BEHOV_SOURCE
program=${BEHOV_COVERAGE:-$BEHOV_SOURCE/build/tests/bench/coverage_of_levels}
panels=1000
from=0
years='5 8 15'
threads=2
folder=$BEHOV_SOURCE/build-bench/levels
table=
while [ $# -gt 0 ]; do
    case $1 in
    --panels) panels=$2 ;;
    --from) from=$2 ;;
    --years) years=$2 ;;
    --threads) threads=$2 ;;
    --folder) folder=$2 ;;
    --table) table=$2 ;;
    *)
        sed -n '2,9s/^# //p' "$0" >&2
        exit 2
        ;;
    esac
    shift 2
done
mkdir -p "$folder"

# run NAME OPTION ...: one setting; the file appears when it is whole.
run() {
    range=$from-$((from + panels))
    file=$folder/$1-$range.sums
    shift
    [ -f "$file" ] && return
    "$program" --panel-range "$range" --threads "$threads" --sums "$file.part" "$@"
    mv "$file.part" "$file"
}
for year in $years; do
    for phi in 0.0 0.3 0.5 0.7 0.9; do
        run "a-$(printf %02d "$year")-$phi" --years "$year" --phi "$phi"
    done
done
case " $years " in
*' 5 '*)
    for phi in 0.7 0.9; do
        run "b-hard-$phi" --phi "$phi" --hard
    done
    run a-05-0.9-gls --phi 0.9 --gls
    run c-white --phi 0.7 --white 0.5
    run d-heavy --phi 0.7 --heavy
    run e-by-size --phi 0.7 --by-size
    ;;
esac
code=0
"$program" --table "$folder"/*.sums >"$folder/table.md" || code=$?
cat "$folder/table.md"
[ -z "$table" ] || cp "$folder/table.md" "$table"
exit $code
