#!/bin/sh
# excel_rules.sh PROGRAM WRITER - workbooks of every verb, most of odd texts, keep Excel's rules (check_xlsx.py); pages,
# JSON and pictures of the same are UTF-8 and XML.
set -eu
export LC_ALL=C.UTF-8
program=$(realpath "$1")
writer=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'sh "$here/collect_workbooks.sh" excel_rules "$work"; rm -rf "$work"' EXIT
cd "$work"
python3 "$here/odd_texts.py" .

# make FILE ARGUMENTS... - standard output goes to FILE.txt
make() {
    file=$1
    shift
    "$program" "$@" -q -o "$file" >"$file.txt" || { echo "behov $*: exit code $?"; exit 1; }
}

make bundled.xlsx fit --full --profile 0104
make bundled_en.xlsx fit --full --group county --lang en
make tables.xlsx tables --group county
make apply.xlsx apply
make compared.xlsx fit --compare-clusters population,municipality_code
make by_year.xlsx fit --by year
make absorbed.xlsx fit --absorb municipality_code
make errors.xlsx fit --se all
make diagnosed.xlsx diagnose
make selected.xlsx select
make blank.xlsx template
"$writer" --write written.xlsx

every=0101,0102,0103,0104,0105,0106,0107,0108,0109,0110,0111,0114,0115,0116,0117,0120,0122
own="O'Brien \"x\" & <b>,'quoted',Regresjon,Data,data,Os,OS,History,Rangering,Kommune"
make full.xlsx fit codes.csv --model model.ini --full --profile $every
make size.xlsx fit codes.csv --model model.ini --full --group size --lang en
make group.xlsx fit codes.csv --model model.ini --full --group groups.csv
make names.xlsx fit names.csv --model model.ini --full --profile "$own"
make constant.xlsx fit codes.csv --formula 'y ~ 1' --full
make years.xlsx fit codes.csv --formula 'y ~ factor(year)' --full
make model.xlsx template --model model.ini
make rows.xlsx template --model model.ini --municipalities codes.csv --years 2010-2013
make pages.xlsx profile $every codes.csv --model model.ini --group groups.csv
make named.xlsx profile "$own" names.csv --model model.ini
make ranked.xlsx rank codes.csv --model model.ini --within groups.csv
make cases.xlsx select codes.csv --model model.ini
make levels.xlsx tables codes.csv --model model.ini
make hangs.xlsx diagnose codes.csv --model model.ini
python3 "$here/check_xlsx.py" ./*.xlsx
python3 "$here/check_xlsx.py" --self-test full.xlsx

make pages.html profile $every codes.csv --model model.ini --group groups.csv
make pages.md profile $every codes.csv --model model.ini
for what in rank fit coefficients ratios; do
    make $what.svg plot $what codes.csv --model model.ini
done
for one in 0105 0106 0107 0108 0109; do
    make $one.svg plot profile $one codes.csv --model model.ini --group groups.csv
    make $one.pdf plot profile $one codes.csv --model model.ini
done
for verb in rank select diagnose fit; do
    "$program" $verb codes.csv --model model.ini -q --json >$verb.json
done
"$program" profile $every codes.csv --model model.ini -q --json >profile.json
python3 - <<'PYTHON'
import glob
import json
import sys
import xml.etree.ElementTree as tree

n_wrong = 0
for path in sorted(glob.glob("*")):
    try:
        if path.endswith(".svg"):
            tree.parse(path)
        elif path.endswith(".json"):
            json.load(open(path, encoding="utf-8"))
        elif path.endswith((".txt", ".html", ".md")):
            open(path, encoding="utf-8").read()
    except (ValueError, tree.ParseError) as error:
        print(f"{path}: {error}")
        n_wrong += 1
sys.exit(n_wrong > 0)
PYTHON
