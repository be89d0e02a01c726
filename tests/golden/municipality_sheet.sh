#!/bin/sh
# municipality_sheet.sh PROGRAM - what the sheet behind the drop-down shows, for ten municipalities, computed by
# LibreOffice from the formulas alone, is what `behov profile --json` says; and the values that the workbook is delivered
# with are those of its formulas. Exit 77 (skipped) without LibreOffice.
set -eu
export LC_ALL=C.UTF-8
program=$1
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
