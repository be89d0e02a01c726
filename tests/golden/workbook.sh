#!/bin/sh
# workbook.sh PROGRAM - the workbooks of `behov fit` and `behov apply` as LibreOffice reads them, in both languages,
# and the same bytes from the same input under another locale. Exit 77 (skipped) without LibreOffice.
set -eu
export LC_ALL=C.UTF-8
program=$1
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v soffice >/dev/null; then
    echo 'skipped: LibreOffice (soffice) is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'sh "$here/collect_workbooks.sh" workbook "$work"; rm -rf "$work"' EXIT
"$program" fit --full --profile 0104 --date 2026-11-22 -q -o "$work/nb.xlsx" >"$work/page"
"$program" fit --full --date 2026-11-22 -q --lang en -o "$work/en.xlsx" >"$work/page"
"$program" apply --date 2026-11-22 -q -o "$work/apply.xlsx" >"$work/page"
# A plain table without municipalities has sheets too.
printf 'y,x\n1,2\n2,3.5\n=1,4\n' | sed 's/^=//' >"$work/plain.csv"
"$program" fit "$work/plain.csv" --formula 'y ~ x' --date 2026-11-22 -q -o "$work/plain.xlsx" >"$work/page"
for book in nb en apply plain; do
    sh "$here/libreoffice.sh" "$work/$book.xlsx"
done
LC_ALL=nb_NO.UTF-8 TZ=Asia/Tokyo "$program" fit --full --profile 0104 --date 2026-11-22 -q -o "$work/again.xlsx" >"$work/page"
cmp "$work/nb.xlsx" "$work/again.xlsx"
