#!/bin/sh
# coverage_of_levels.sh [--panels 1000] [--years '5 8 15'] [--threads 2] [--folder build-bench/levels] [--table FILE.md]
# - coverage of levels when chance lasts, all settings of tests/bench/README.md: the model at five phi for each number of
# years, and other truths with 5 years. Sums of each setting go to the folder; one that is there already is not run again,
# so a stopped run goes on, and more years or panels can be added by another call (panels of a file: its last figure). The
# table of all that is there is printed, and written to FILE.md. Exit code 1 where a limit of levels.c does not hold.
#
# Needs build/tests/bench/coverage_of_levels (ninja -C build tests/bench/coverage_of_levels), or BEHOV_COVERAGE.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
BEHOV_SOURCE=${BEHOV_SOURCE:-$(CDPATH='' cd -- "$here/../.." && pwd)}
export BEHOV_SOURCE
program=${BEHOV_COVERAGE:-$BEHOV_SOURCE/build/tests/bench/coverage_of_levels}
panels=1000
years='5 8 15'
threads=2
folder=$BEHOV_SOURCE/build-bench/levels
table=
while [ $# -gt 0 ]; do
    case $1 in
    --panels) panels=$2 ;;
    --years) years=$2 ;;
    --threads) threads=$2 ;;
    --folder) folder=$2 ;;
    --table) table=$2 ;;
    *)
        sed -n '2,8s/^# //p' "$0" >&2
        exit 2
        ;;
    esac
    shift 2
done
mkdir -p "$folder"

# run NAME OPTION ...: one setting; the file appears when it is whole.
run() {
    file=$folder/$1.sums
    shift
    [ -f "$file" ] && return
    "$program" --panels "$panels" --threads "$threads" --sums "$file.part" "$@"
    mv "$file.part" "$file"
}
for year in $years; do
    for phi in 0 0.3 0.5 0.7 0.9; do
        run "a-$(printf %02d "$year")-$phi" --years "$year" --phi "$phi"
    done
done
case " $years " in
*' 5 '*)
    for phi in 0.7 0.9; do
        run "b-hard-$phi" --phi "$phi" --hard
    done
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
