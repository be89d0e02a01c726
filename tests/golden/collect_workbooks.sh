#!/bin/sh
# collect_workbooks.sh NAME FOLDER - keeps the workbooks of a folder for openpyxl.sh, which opens all that tests have made.
set -u
[ -n "${BEHOV_BUILD:-}" ] && [ -d "$BEHOV_BUILD" ] || exit 0
mkdir -p "$BEHOV_BUILD/workbooks"
for book in "$2"/*.xlsx; do
    [ ! -f "$book" ] || cp -f "$book" "$BEHOV_BUILD/workbooks/$1-$(basename "$book")"
done
