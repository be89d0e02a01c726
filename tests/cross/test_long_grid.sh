#!/bin/sh
# test_long_grid.sh PROGRAM - delimited text and spreadsheets as long tables. Real files of SSB and IMDi cell by cell against
# pandas, where they are at hand (BEHOV_SHARED); and small files made here after the descriptions of what publishers send
# (no figure in them is real), .xlsx by openpyxl, .ods by hand, against what was put into them.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! /usr/bin/python3 -c 'import pandas, openpyxl' 2>/dev/null; then
    echo "skipped: /usr/bin/python3 has no pandas and openpyxl"
    exit 77
fi
/usr/bin/python3 "$(dirname "$0")/long_grid.py" "$program" "$work" "${BEHOV_SHARED:-}/data/raw"
