#!/bin/sh
# template.sh PROGRAM - a template is filled, saved as CSV by a Norwegian LibreOffice (semicolons, decimal commas, UTF-8
# and Windows-1252), and fitted: the same rows and coefficients as from the panel that filled it.
#
# LibreOffice saves 15 digits of a figure, so that the outcome is off by 5e-16 of itself at most; the coefficients of
# the panel of 2 120 rows answer with 2e-14, the sign of a digit less would be 1e-13. Exit 77 without LibreOffice.
set -eu
export LC_ALL=C.UTF-8
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'sh "$here/collect_workbooks.sh" template "$work"; rm -rf "$work"' EXIT
cd "$work"
mkdir -p profile/user
cat >profile/user/registrymodifications.xcu <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nb-NO</value></prop></item>
</oor:items>
XML

# The template's columns of the bundled panel; the template does not ask who is estimated on.
"$program" datasets simulated/panel.csv | cut -d, -f1-11 >panel.csv
"$program" fit panel.csv -q -o panel.json >page
"$program" template -q -o empty.xlsx
"$program" template --municipalities panel.csv --years 2012-2016 -q -o rows.xlsx -o rows.csv

# Types the figures into the sheet Data: a row for each of the panel, or into the rows that are there already.
cat >fill.py <<'PYTHON'
import csv
import re
import sys
import zipfile

source, target, has_rows = sys.argv[1], sys.argv[2], sys.argv[3] == "rows"
book = zipfile.ZipFile(source)
sheet = "xl/worksheets/sheet1.xml"
strings = re.findall("<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode())
text = book.read(sheet).decode()
heads = [(column, strings[int(at)]) for column, at in re.findall('<c r="([A-Z]+)1"[^>]*t="s"><v>([0-9]+)</v>', text)]
texts = ("municipality_code", "municipality")
rows = list(csv.DictReader(open("panel.csv", encoding="utf-8")))
for number, row in enumerate(rows, 2):
    cells = ""
    for column, name in heads:
        if has_rows and name in texts + ("year",):
            continue
        if name in texts:
            cells += f'<c r="{column}{number}" s="1" t="inlineStr"><is><t>{row[name]}</t></is></c>'
        elif row[name]:
            cells += f'<c r="{column}{number}"><v>{row[name]}</v></c>'
    if has_rows:
        text, n = re.subn(f'(<row r="{number}".*?)</row>', lambda found: found.group(1) + cells + "</row>", text, 1)
        assert n == 1, number
    else:
        text = text.replace("</sheetData>", f'<row r="{number}">{cells}</row></sheetData>')
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as filled:
    for name in book.namelist():
        filled.writestr(name, text if name == sheet else book.read(name))
PYTHON
python3 fill.py empty.xlsx filled.xlsx empty
python3 fill.py rows.xlsx typed.xlsx rows

save() { # name, character set of LibreOffice's list: 76 UTF-8, 1 Windows-1252
    timeout 120 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to \
        "csv:Text - txt - csv (StarCalc):59,34,$2,1,,1044,false,true,false,false,false,1" \
        --outdir "$work/saved" "$1.xlsx" >log 2>&1 || { cat log; exit 1; }
    mv "saved/$1-Data.csv" "$1-$2.csv"
}
save filled 76
save filled 1
save typed 76
save rows 76
for name in filled-76 filled-1 typed-76; do
    head -n 2 "$name.csv" | tail -n 1 | grep -q '^0101;Halden;2012;2,15' || { head -n 2 "$name.csv"; exit 1; }
    "$program" fit "$name.csv" -q -o "$name.json" >page
    python3 - "$name.json" <<'PYTHON'
import json
import sys

want, got = (json.load(open(name)) for name in ("panel.json", sys.argv[1]))
worst = 0
for key in ("n_rows", "n_estimated", "n_clusters"):
    assert got[key] == want[key] and got[key] > 1000, (key, got[key], want[key])
for a, b in zip(want["coefficients"], got["coefficients"], strict=True):
    assert a["term"] == b["term"]
    worst = max(worst, abs(b["estimate"] / a["estimate"] - 1), abs(b["se"] / a["se"] - 1))
print(f"{sys.argv[1]}: {got['n_estimated']} rows, the worst coefficient or error is off by {worst:.1e}")
assert worst < 1e-13
PYTHON
done
# Rows that nobody has filled are those of the CSV that the program writes itself.
tail -c +4 rows.csv | tr -d '\r' | cmp - rows-76.csv
