#!/bin/sh
# spreadsheets.sh PROGRAM - a template is filled, saved by LibreOffice as .xlsx, .ods and CSV in three languages, and
# fitted: the same JSON to the last digit as from the CSV that filled it. So are books that openpyxl and pandas write.
# Then cells that a spreadsheet makes itself: an error of a formula, a date, per cent, true and false.
#
# The figures have twelve digits, which every format keeps. Exit 77 without LibreOffice or openpyxl.
set -eu
export LC_ALL=C.UTF-8
program=$(realpath "$1")
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
python=$(for one in python3 /usr/bin/python3; do "$one" -c 'import openpyxl, pandas' 2>/dev/null && echo "$one" && break; done) || true
if [ -z "$python" ]; then
    echo 'skipped: no python3 has openpyxl and pandas'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$program" datasets simulated/panel.csv | cut -d, -f1-11 >bundled.csv
"$program" template -q -o empty.xlsx

cat >fill.py <<'PYTHON'
import csv

import openpyxl
import pandas

rows = list(csv.DictReader(open("bundled.csv", encoding="utf-8")))
texts = ("municipality_code", "municipality")


def figure(text):
    return float("%.12g" % float(text))


with open("panel.csv", "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([row[k] if k in texts or not row[k] else repr(figure(row[k])).removesuffix(".0") for k in row])
book = openpyxl.load_workbook("empty.xlsx")
sheet = book["Data"]
heads = [cell.value for cell in sheet[1]]
assert "net_expenditure" in heads and sheet.title == book.sheetnames[0]
for number, row in enumerate(rows, 2):
    for column, name in enumerate(heads, 1):
        if row[name]:
            sheet.cell(number, column, row[name] if name in texts else figure(row[name]))
book.save("filled.xlsx")

# A book of openpyxl alone: labels for names, a title, a note, codes as numbers.
labels = {"net_expenditure": "Netto driftsutgifter til sosialhjelp", "municipality_code": "Kommunenummer",
          "new_refugees": "FLYKTNINGER  bosatt i året", "population_16_66": "Inhabitants aged 16–66, per cent of inhabitants"}
own = openpyxl.Workbook()
own.active.title = "Skjult"
own.active.sheet_state = "hidden"
own.active["A1"] = "x"
sheet = own.create_sheet("Tall")
sheet.append(["Tabell 1. Grunnlag"])
sheet.append([])
sheet.append([labels.get(name, name) for name in rows[0]])
for row in rows:
    sheet.append([int(row[k]) if k == "municipality_code" else row[k] if k in texts else
                  figure(row[k]) if row[k] else None for k in row])
sheet.append([])
sheet.append(["Kilde: simulert"])
own.active = 1
own.save("openpyxl.xlsx")
frame = pandas.read_csv("panel.csv", dtype={"municipality_code": str})
frame.to_excel("pandas.xlsx", index=False, sheet_name="Ark1")

# What a spreadsheet makes of cells; LibreOffice computes the formulas.
odd = openpyxl.Workbook()
sheet = odd.active
sheet.append(["municipality_code", "year", "y", "x"])
for i in range(30):
    sheet.append(["%04d" % (1101 + i % 15), 2012 + i // 15, 0.01 * i, i % 7])
    sheet.cell(i + 2, 3).number_format = "0.0%"
sheet["D3"] = "=(1=1)"
odd.save("odd.xlsx")
sheet["C5"] = "=1/0"
sheet["D7"] = "=DATE(2013,2,3)"
sheet["D7"].number_format = "dd.mm.yyyy"
odd.save("wrong.xlsx")
PYTHON
"$python" fill.py
"$program" fit panel.csv -q -o panel.json >page

convert() { # LANGUAGE FILTER FOLDER FILE
    mkdir -p "profile-$1/user" "$3"
    cat >"profile-$1/user/registrymodifications.xcu" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>$1</value></prop></item>
</oor:items>
XML
    timeout 180 soffice -env:UserInstallation="file://$work/profile-$1" --headless --convert-to "$2" --outdir "$3" "$4" \
        >log 2>&1 || { cat log; exit 1; }
}

# The fit of a file is that of panel.csv, but for the name of the data.
same() { # FILE [OPTION...]
    file=$1
    shift
    "$program" fit "$file" "$@" -q -o fit.json >page
    sed "s|$file|panel.csv|g" fit.json | diff panel.json - >differences || { echo "$file:"; head -n 20 differences; exit 1; }
    echo "$file: the same fit to the last digit"
}

for language in nb-NO en-US de-DE; do
    case $language in
    nb-NO) marks=59 number=1044 ;;
    en-US) marks=44 number=1033 ;;
    de-DE) marks=59 number=1031 ;;
    esac
    convert "$language" xlsx "$language" filled.xlsx
    convert "$language" ods "$language" filled.xlsx
    convert "$language" "csv:Text - txt - csv (StarCalc):$marks,34,76,1,,$number,false,true,false,false,false,1" \
        "$language" filled.xlsx
    same "$language/filled.xlsx"
    same "$language/filled.ods"
    same "$language/filled-Data.csv"
done
same filled.xlsx
same openpyxl.xlsx
same openpyxl.xlsx --sheet tall
same pandas.xlsx
"$program" fit - -q -o fit.json <pandas.xlsx >page
"$program" fit openpyxl.xlsx --lang en -o fit.json >page 2>notes
for words in 'sheet "Tall"' '"Netto driftsutgifter til sosialhjelp" is net_expenditure' \
    'rows above the header passed over: 1 (Tabell 1. Grunnlag)' 'left out as notes' 'not the other one of the workbook: "Skjult"'; do
    grep -qF "$words" notes || { echo "not told: $words"; cat notes; exit 1; }
done

for language in nb-NO en-US de-DE; do
    for kind in xlsx ods; do
        convert "$language" "$kind" "odd-$language" odd.xlsx
        convert "$language" "$kind" "odd-$language" wrong.xlsx
        "$program" fit "odd-$language/odd.$kind" --formula 'y ~ x' --lang en --outcome-unit other -o odd.json >page 2>notes
        grep -qF 'y: 30 cells are formatted in per cent and are read as they are shown (C2 is 0,' notes || { cat notes; exit 1; }
        [ "$kind" = ods ] || grep -qF 'x: 1 cell of true or false is read as 1 or 0 (D3)' notes || { cat notes; exit 1; }
        grep -q '"mean": 14.5,' odd.json || { grep mean odd.json; exit 1; } # 100 times the mean of 0.00, 0.01 ... 0.29
        if "$program" fit "odd-$language/wrong.$kind" --formula 'y ~ x' --lang en --outcome-unit other >page 2>notes; then
            echo 'an error of a formula was read'
            exit 1
        fi
        grep -q 'cell C5 (y), municipality 1104.*is an error of a formula' notes || { cat notes; exit 1; }
        grep -q 'D7 (x) ("2013-02-03")' notes || { cat notes; exit 1; }
    done
done
# A formula that nothing has computed, as openpyxl leaves it.
if "$program" fit wrong.xlsx --formula 'y ~ x' --lang en --outcome-unit other >page 2>notes; then
    echo 'a formula without a value was read'
    exit 1
fi
grep -q 'a formula that is not computed' notes || { cat notes; exit 1; }
