#!/bin/sh
# openpyxl.sh PROGRAM - openpyxl, which takes a schema at its word, opens every workbook that the tests have made since
# it last ran (they are kept in $BEHOV_BUILD/workbooks), and two that are made here. Exit 77 without it.
set -eu
export LC_ALL=C.UTF-8
program=$1
here=$(cd "$(dirname "$0")" && pwd)
# The python3 of the PATH may be another than Debian's, to which the package belongs.
for python in /usr/bin/python3 python3 ''; do
    [ -n "$python" ] || { echo 'skipped: openpyxl is not installed'; exit 77; }
    ! "$python" -c 'import openpyxl' 2>/dev/null || break
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" fit --full --profile 0104 --draws 100 -q -o "$work/full.xlsx" >"$work/page"
"$program" template -q -o "$work/blank.xlsx" >"$work/page"
if [ -n "${BEHOV_BUILD:-}" ] && [ -d "$BEHOV_BUILD/workbooks" ]; then
    mv "$BEHOV_BUILD/workbooks" "$work/collected"
else
    mkdir "$work/collected"
fi
find "$work" -name '*.xlsx' | sort >"$work/list"
"$python" "$here/openpyxl_opens.py" "$work/list"
# A word that no schema knows is noticed.
"$python" "$here/openpyxl_opens.py" --self-test "$work/full.xlsx"
