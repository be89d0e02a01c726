#!/bin/sh
# html_pages.sh PROGRAM - the program's pages in a browser: in a window of 390 points nothing is cut and only tables'
# boxes scroll; warnings stand above the first table; on paper the first page has a table, and none is empty. Exit 77
# (skipped) without Chromium.
set -eu
export LC_ALL=C.UTF-8
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
for tool in chromium pdftotext; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: $tool is not installed"
        exit 77
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" fit -q -o fit.html >/dev/null
"$program" fit -q --by year --lang en -o years.html >/dev/null
"$program" profile 1865,1939 -q --group size -o profile.html >/dev/null
"$program" rank -q --lang en --top 30 -o ranking.html >/dev/null
"$program" tables -q --group county -o tables.html >/dev/null
"$program" select -q --largest 40 --lang en -o cases.html >/dev/null
python3 "$here/html_pages.py" prepare ./*.html
for page in fit years profile ranking tables cases; do
    for kind in telephone desk; do
        window=390,844
        [ $kind = telephone ] || window=1280,800
        timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" --window-size=$window \
            --dump-dom "file://$work/measured-$page.html" >"$page-$kind.txt" 2>browser.log || { cat browser.log; exit 1; }
    done
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" --no-pdf-header-footer \
        --print-to-pdf="$work/$page.pdf" "file://$work/$page.html" >browser.log 2>&1 || { cat browser.log; exit 1; }
    pdftotext -layout "$page.pdf" "$page-paper.txt"
done
python3 "$here/html_pages.py" look ./*.html
# No word of a picture runs over its edge, in neither language, wide or narrow.
for lang in nb en; do
    for width in 170 120; do
        for kind in rank fit ratios coefficients 'funnel --municipality 1865,0101,1939' 'places --municipality 1865' \
            'profile 1865 --group county' 'profile 1939'; do
            name=$(echo "$kind" | tr -cd 'a-z0-9')
            # shellcheck disable=SC2086 # the kind has its options
            "$program" plot $kind -q --lang $lang --width $width -o "$name-$lang-$width.svg" >/dev/null
        done
    done
done
python3 "$here/html_pages.py" gather ./*.svg
timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" --window-size=1280,800 \
    --dump-dom "file://$work/gathered.html" >gathered.txt 2>browser.log || { cat browser.log; exit 1; }
python3 "$here/html_pages.py" edges gathered.txt
