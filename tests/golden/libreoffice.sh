#!/bin/sh
# libreoffice.sh WRITER - a real spreadsheet opens the workbook and reads the same figures.
#
# WRITER --write FILE makes the workbook (test_write_xlsx does). LibreOffice turns every sheet into a CSV file, and
# each cell is held against what read_xlsx.py finds in the workbook: figures to 14 digits, texts exactly.
# Exit 77 (skipped) without LibreOffice.
set -eu
export LC_ALL=C.UTF-8
writer=$1
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $writer in
*.xlsx) cp "$writer" "$work/book.xlsx" ;;
*) "$writer" --write "$work/book.xlsx" ;;
esac
python3 "$here/read_xlsx.py" "$work/book.xlsx" >"$work/cells.tsv"
# 44 comma, 34 quote, 76 UTF-8; figures in full, not as shown; -1: every sheet to its own file
timeout 180 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
    --outdir "$work" "$work/book.xlsx" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
python3 - "$work" <<'PYTHON'
import csv
import math
import re
import sys

work = sys.argv[1]
sheets, wrong, compared = {}, 0, 0
with open(f"{work}/cells.tsv", encoding="utf-8") as lines:
    for line in lines:
        sheet, cell, *rest = line.rstrip("\n").split("\t")
        if cell.startswith("!"):
            continue
        if sheet not in sheets:
            with open(f"{work}/book-{sheet}.csv", encoding="utf-8", newline="") as file:
                sheets[sheet] = list(csv.reader(file))
        letters, row = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        kind, value = rest[0], rest[1]
        try:
            got = sheets[sheet][int(row) - 1][column - 1]
        except IndexError:
            got = ""
        compared += 1
        if (kind == "number" and value) or (kind == "formula" and re.fullmatch(r"-?[0-9.]+(E[-+]?[0-9]+)?", value)):
            try:
                # its CSV export stops at 20 decimals, so a small figure is cut there
                same = math.isclose(float(got), float(value), rel_tol=1e-14, abs_tol=0.5e-20)
            except ValueError:
                same = False
        else:
            value = value.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\")
            same = got == value
        if not same:
            wrong += 1
            if wrong <= 10:
                print(f"{sheet} {cell}: the workbook has {value!r}, LibreOffice reads {got!r}")
print(f"{compared} cells compared, {wrong} differ")
sys.exit(compared == 0 or wrong > 0)
PYTHON
