#!/bin/sh
# reports.sh PROGRAM - the program's own tables, written as workbook, LaTeX, Markdown, HTML, Word and text, hold the same figures
# and are read by the programs that they are for (documents.sh). Exit 77 (skipped) when none of those is installed.
set -eu
export LC_ALL=C.UTF-8
program=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# NAME VERB ARGUMENT... - writes NAME in all six forms
make_all() {
    name=$work/$1
    shift
    "$program" "$@" -q --date 2026-11-25 -o "$name.xlsx" -o "$name.tex" -o "$name.md" -o "$name.html" -o "$name.txt" \
        -o "$name.docx" >"$work/page"
}

"$program" datasets models/proba-2017-08.ini -o "$work/a.ini"
sed -e 's/^title = .*/title = Uten urbanitet/' -e '/^I(population^1.2) =/d' -e '/^urbanity =/d' -e 's/ + I(population^1.2)//' "$work/a.ini" >"$work/b.ini"
make_all tables_nb tables --group county
make_all tables_en tables --lang en --municipality 'Moss,Fredrikstad,0231,1804,Tromsø'
make_all compared compare --lang en
make_all models fit --model "$work/a.ini" --model "$work/b.ini"
set --
for brackets in t p interval; do
    make_all "models_$brackets" fit --model "$work/a.ini" --model "$work/b.ini" --brackets $brackets --stars 5,1,0.1
    make_all "annex_$brackets" tables --table regression --brackets $brackets --stars none --lang en
    set -- "$@" "$work/models_$brackets" "$work/annex_$brackets"
done
sh "$here/documents.sh" none "$@" "$work/tables_nb" "$work/tables_en" "$work/compared" "$work/models"
