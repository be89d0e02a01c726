#!/bin/sh
# word.sh PROGRAM - Word documents of every verb that writes pages, in both languages: what Word holds a document to
# (word.py), the same bytes in another zone and locale, a table with more columns than Word has, and names that would be
# markup. python-docx opens them all, and LibreOffice makes pages of them on which nothing is cut.
# A part whose program is not installed is left out and says so.
set -eu
export LC_ALL=C.UTF-8
program=$(CDPATH="" cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

make() { # NAME VERB ARGUMENT...
    name=$1
    shift
    "$program" "$@" -q --date 2026-11-25 -o "$name.docx" -o "$name.html" >page
}

"$program" datasets models/proba-2017-08.ini -o a.ini >page
sed -e 's/^title = .*/title = Uten urbanitet/' -e '/^I(population^1.2) =/d' -e '/^urbanity =/d' -e 's/ + I(population^1.2)//' a.ini >b.ini
for lang in nb en; do
    make "fit_$lang" fit --lang $lang
    make "models_$lang" fit --model a.ini --model b.ini --lang $lang
    make "tables_$lang" tables --group county --lang $lang
    make "profile_$lang" profile 1865,1939 --group size --lang $lang
    make "rank_$lang" rank --lang $lang
    make "groups_$lang" rank --within size --top 3 --lang $lang
    make "select_$lang" select --largest 40 --lang $lang
    make "diagnose_$lang" diagnose --lang $lang
    make "form_$lang" diagnose --specification --lang $lang
    make "test_$lang" test 'disabled_18_49 = 0' --lang $lang
    make "compare_$lang" compare --lang $lang
done

# The same document wherever the clock and the locale are.
for place in 'TZ=Pacific/Kiritimati' 'TZ=America/Adak LC_ALL=nb_NO.UTF-8'; do
    # shellcheck disable=SC2086 # words
    env $place "$program" profile 1865,1939 --group size --lang nb -q --date 2026-11-25 -o again.docx >page
    cmp again.docx profile_nb.docx
done
rm again.docx

# Names as odd as a file can have them.
python3 "$here/odd_texts.py" .
make odd fit codes.csv --model model.ini --se hc1
make odd_profile profile 0101,0104,0111 codes.csv --model model.ini --se hc1 --draws 100

# 70 years side by side: Word has 63 columns at most, and a page fewer.
python3 - <<'PYTHON'
with open("years.csv", "w") as out:
    out.write("municipality_code,municipality,year,population,y,x\n")
    for i in range(4):
        for year in range(1950, 2020):
            x = (7 * i + 3 * year) % 11 + 0.5
            out.write(f"{101 + i:04d},Kommune {i},{year},{5000 + 531 * i},{1 + 0.3 * x + (5 * i + year) % 7 / 10:.2f},{x}\n")
PYTHON
"$program" tables years.csv -f 'y ~ x' -q --date 2026-11-25 -o years.html -o years.docx >page
[ "$(unzip -p years.docx word/document.xml | grep -o '<w:tbl>' | wc -l)" -gt 5 ] # two of three tables are divided
python3 "$here/compare_documents.py" --word years profile_nb profile_en fit_nb rank_en select_nb diagnose_en form_nb odd odd_profile

python3 "$here/word.py" rules ./*.docx
if /usr/bin/python3 -c 'import docx' 2>/dev/null; then
    /usr/bin/python3 "$here/word.py" opens ./*.docx
else
    echo 'skipped: python-docx is not installed'
fi
if command -v soffice >/dev/null && command -v pdftotext >/dev/null; then
    timeout 800 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf ./*.docx >log 2>&1 ||
        { cat log; exit 1; }
    if [ -e fit_nb.pdf ]; then
        python3 "$here/word.py" pages ./*.docx
    else
        echo 'skipped: LibreOffice has no Writer here'
    fi
else
    echo 'skipped: LibreOffice (soffice) or pdftotext is not installed'
fi
