#!/bin/sh
# documents.sh WRITER [NAME...] - documents as other programs read them: pandoc gets the same cells from the Markdown and from the
# Word document, tidy
# finds nothing wrong with the HTML, pdflatex and lualatex compile the LaTeX with the packages that its head names,
# without an overfull line or a lost letter.
#
# WRITER --write FOLDER makes the documents (test_documents does). With NAMEs those files (NAME.xlsx, .tex, .md, .html,
# .txt, .docx) are looked at instead. A part whose program is not installed is left out and says so; exit 77 when all are.
set -eu
export LC_ALL=C.UTF-8
writer=$1
shift
made=
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# = 0 ]; then
    "$writer" --write "$work"
    set -- "$work/nb" "$work/en"
    made=--made # without a study, and so without a line on its data
fi
tried=0

if command -v pandoc >/dev/null; then
    tried=1
    # shellcheck disable=SC2086 # none or one word
    python3 "$here/compare_documents.py" --pandoc $made "$@"
else
    echo 'skipped: Markdown through pandoc (pandoc is not installed)'
    # shellcheck disable=SC2086 # none or one word
    python3 "$here/compare_documents.py" $made "$@"
fi

if command -v tidy >/dev/null; then
    tried=1
    for name; do
        tidy -e -q "$name.html"
    done
else
    echo 'skipped: the HTML through tidy (tidy is not installed)'
fi

run_engine() {
    (cd "$work" && HOME=$work TEXMFVAR=$work/texmf "$1" -interaction=nonstopmode -halt-on-error "$2.tex") >"$work/log" 2>&1
}

# compile ENGINE NAME: the preamble is what the comments at the top of the fragment ask for
compile() {
    {
        printf '%s\n' '\documentclass[a4paper]{article}'
        if [ "$1" = pdflatex ]; then
            sed -n 's/^%   \(\\usepackage.*\)/\1/p' "$2.tex"
        else
            sed -n '/% pdflatex$/d; s/^%   \(\\usepackage.*\)/\1/p' "$2.tex"
        fi
        printf '%s\n' '\usepackage[margin=2.5cm]{geometry}'
        printf '%s\n' '\begin{document}'
        cat "$2.tex"
        printf '%s\n' '\end{document}'
    } >"$work/document.tex"
    for run in 1 2 3 4; do # longtable settles its widths in the second or third
        if ! run_engine "$1" document; then
            echo "$1 does not compile $2.tex (run $run):"
            grep -A 5 '^!' "$work/log" || tail -n 20 "$work/log"
            return 1
        fi
    done
    if grep -E 'Overfull \\[hv]box|Missing character|undefined|multiply defined' "$work/document.log"; then
        echo "that is what $1 says of $2.tex"
        return 1
    fi
    echo "$1 compiles $2.tex: $(sed -n 's/.*written on.*(\([0-9]* pages*\).*/\1/p' "$work/document.log")"
}

for engine in pdflatex lualatex; do
    if ! command -v "$engine" >/dev/null; then
        echo "skipped: the LaTeX through $engine (it is not installed)"
        continue
    fi
    printf '%s\n' '\documentclass{article}\usepackage{lmodern,array,booktabs,longtable,pdflscape,geometry}' \
        '\begin{document}a\end{document}' >"$work/probe.tex"
    if ! run_engine "$engine" probe; then
        echo "skipped: the LaTeX through $engine (some of its packages are not installed)"
        continue
    fi
    tried=1
    for name; do
        compile "$engine" "$name"
    done
done

[ "$tried" = 1 ] || exit 77
