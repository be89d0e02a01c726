#!/bin/sh
# municipality_sheet.sh PROGRAM - what the sheet behind the drop-down shows, for ten municipalities, computed by
# LibreOffice from the formulas alone, is what `behov profile --json` says; and the values that the workbook is delivered
# with are those of its formulas; what is not there is empty. Exit 77 (skipped) without LibreOffice.
set -eu
export LC_ALL=C.UTF-8
program=$1
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'sh "$here/collect_workbooks.sh" municipality_sheet "$work"; rm -rf "$work"' EXIT
# Ten, first and last code among them, small and large, one that is predicted only in some years; the last three in an
# earlier year.
set -- 0101 0104 0219 0620 0833 1103 1252 1601 1865 2030
"$program" fit --full --lang en --group county --date 2026-11-22 -q -o "$work/book.xlsx" >"$work/page"
list=$(printf '%s,' "$@")
for year in 2013 2016; do
    "$program" profile "${list%,}" --lang en --group county --year $year --json >"$work/$year.json"
done
python3 "$here/municipality_sheet.py" choose "$work" "$@"
# 44 comma, 34 quote, 76 UTF-8; figures in full, not as shown; every sheet
timeout 200 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' \
    --outdir "$work" "$work"/chosen-*.xlsx >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
python3 "$here/municipality_sheet.py" compare "$work" "$@"

# Odd choices: no group, no last year, a need below zero, no outcome, names that XML minds. What is not there is empty.
cat >"$work/odd.csv" <<'CSV'
municipality_code,municipality,year,y,x,population
0101,Halden,2012,2.1,1,1000
0101,Halden,2013,2.6,2,1010
0104,Moss & <Rygge>,2012,3.2,3,3000
0104,Moss & <Rygge>,2013,3.9,5,3020
0105,Sarpsborg,2012,3.3,4,9000
0106,Fredrikstad,2013,,4,3000
0106,Fredrikstad,2012,2.9,4,3000
0111,Hvaler,2012,0,-9,700
0111,Hvaler,2013,0.3,-8,710
1865,Vågan,2012,3.0,3,9400
1865,Vågan,2013,2.0,2,9500
CSV
printf 'code;group\n0101;A & B\n0104;A & B\n0105;C\n0106;C\n1865;C\n' >"$work/groups.csv"
set -- 0101-2013 0104-2012 0105-2013 0106-2013 0111-2012 1865-2013
rm "$work"/chosen-*
"$program" fit "$work/odd.csv" --formula 'y ~ x + factor(year)' --outcome-unit 1000kr_per_inhabitant --full \
    --group "$work/groups.csv" --draws 200 --lang en -q -o "$work/book.xlsx" >"$work/page"
"$program" profile 0101,0104,0105,0106,0111,1865 "$work/odd.csv" --formula 'y ~ x + factor(year)' \
    --outcome-unit 1000kr_per_inhabitant --group "$work/groups.csv" --draws 200 --lang en -q --json >"$work/odd.json"
python3 "$here/municipality_sheet.py" choose-odd "$work" "$@"
timeout 200 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' \
    --outdir "$work" "$work"/chosen-*.xlsx >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
python3 "$here/municipality_sheet.py" compare-odd "$work" "$@"
