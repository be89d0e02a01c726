#!/bin/sh
# unstable_qsort.sh LIBRARY - no byte of any output hangs on the order in which a qsort leaves equal entries: the verbs
# with and without the one of tests/support/unstable_qsort.c. `CASES=1` runs every case of cases/ under it as well.
set -eu
export LC_ALL=C.UTF-8
case $1 in
/*) library=$1 ;;
*) library=$PWD/$1 ;;
esac
[ -f "$library" ]
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-qsort.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Municipalities whose name, population and group change from year to year, and figures that tie everywhere.
{
    echo 'municipality_code,municipality,year,population,y,x'
    for year in 2020 2021 2022; do
        for i in 1 2 3 4 5 6 7 8 9; do
            echo "010$i,Sted $((i % 3)) $year,$year,$((1000 * (i % 4 + 1) + (year - 2020) * (i % 2))),$(((i + year) % 3 + 1)),$(((i * i) % 5))"
        done
    done
} >panel.csv
echo 'municipality_code,2020,2021,population
0101,100,110,500
0102,100,110,500
0103,90,120,500
0104,90,120,' >ratios.csv

run_all() { # folder
    mkdir "$1"
    f='y ~ x + factor(year)'
    (
        cd "$1"
        run() { "$BEHOV_PROGRAM" "$@" --quiet >>out 2>&1 || echo "exit $?" >>out; }
        run fit ../panel.csv -f "$f" -c population --date 2026-01-01 -o fit.json -o fit.html -o fit.csv
        run fit ../panel.csv -f "$f" --by year
        run fit ../panel.csv -f "$f" --se all -c municipality_code
        run fit ../panel.csv -f "$f" --compare-clusters population,municipality_code
        run fit ../panel.csv -f "$f" -c municipality_code,year --se cv2
        run rank ../panel.csv -f "$f" --draws 100 --within size -o rank.csv -o rank.json
        run rank --draws 100 --within county
        run tables ../panel.csv -f "$f" --group size -o tables.json
        run tables --ratios ../ratios.csv -o ratios.json
        run select ../panel.csv -f "$f" -o select.json
        run select -o select2.json
        run profile 0103 ../panel.csv -f "$f" --group size --draws 100 -o profile.json
        run diagnose ../panel.csv -f "$f" -o diagnose.json
        run apply -o apply.json
        run compare
        run audit
        run test 'x = 0' ../panel.csv -f "$f" -c municipality_code --bootstrap 199
        run plot rank ../panel.csv -f "$f" --draws 100 -o rank.svg
        run plot ratios ../panel.csv -f "$f" -o ratios.svg
        run template -f "$f" --municipalities ../panel.csv --years 2020-2021 -o template.csv
    )
}

run_all stable
LD_PRELOAD=$library
export LD_PRELOAD
run_all unstable
unset LD_PRELOAD
diff -r stable unstable || {
    echo 'these depend on the order in which qsort leaves what compares equal'
    exit 1
}
if grep -q '^exit 2' stable/out; then
    grep -B3 '^exit 2' stable/out
    exit 1
fi
if [ -n "${CASES:-}" ]; then
    for case in "$BEHOV_SOURCE"/tests/cli/cases/*.test; do
        LD_PRELOAD=$library sh "$BEHOV_SOURCE/tests/cli/run.sh" "$BEHOV_PROGRAM" "$case" >log 2>&1 || {
            [ $? = 77 ] || { echo "$case"; cat log; exit 1; }
        }
    done
fi
