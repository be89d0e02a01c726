#!/bin/sh
# alone.sh PROGRAM [FOLDER] - the program copied into an empty folder, with an empty environment, does the main job: what
# it needs is inside it. It works wherever it was built and wherever it lies: the name of FOLDER, where its sources are,
# does not stand in it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$1" "$folder/behov"
cd "$folder"
run() { env -i ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} ./behov "$@"; }
run fit -o x.xlsx >page
[ -s x.xlsx ] && grep -q 'Konstantledd' page
run fit --full -o full.xlsx >page
[ -s full.xlsx ]
run rank --top 3 >page
run profile Stavanger >page
run audit >page || [ $? = 1 ]
run compare >page
run apply >page
run tables >page
run plot ratios -o ratios.svg
run rank --within county --top 1 >page
run datasets simulated/panel.csv -o panel.csv
run fit panel.csv --json >own.json
run fit bundled:simulated/panel.csv --json >bundled.json
grep -v '"data"' own.json >own.plain
grep -v '"data"' bundled.json >bundled.plain
cmp own.plain bundled.plain
if run fit bundled:nothing.csv 2>message; then exit 1; fi
grep -q 'bundled:nothing.csv: ' message
if [ -n "${2-}" ] && grep -qF "$2" behov; then
    echo "the program names the folder $2"
    exit 1
fi
mkdir 'another place'
mv behov 'another place'
(cd 'another place' && run fit -o x.xlsx >page && [ -s x.xlsx ] && rm x.xlsx page)
mv 'another place/behov' .
rmdir 'another place'
rm x.xlsx full.xlsx ratios.svg panel.csv page message own.json bundled.json own.plain bundled.plain
[ "$(ls)" = behov ] || { ls; exit 1; }
echo 'passed'
