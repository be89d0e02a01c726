#!/bin/sh
# test_panel_build.sh PROGRAM - `behov panel build` on what Statistics Norway and IMDi publish, cell by cell against plain Python
# that reads the same files; against the lives of municipalities in KLASS 131 (its graph, not the program's list of changes);
# and against a panel that others have put together, of which every cell that differs has to have its reason.
set -eu
program=$1
shared=${BEHOV_SHARED:-}
raw=$shared/data/raw
if ! [ -f "$raw/ssb/07459_2010_2014.tsv" ] || ! [ -f "$raw/imdi/bosatt_anmodede.csv" ]; then
    echo "skipped: $raw is not there (BEHOV_SHARED)"
    exit 77
fi
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files"
cp "$raw"/ssb/07459* "$raw"/imdi/*.csv "$work/files"
"$program" panel build "$here/recipes/population-and-refugees.ini" --files "$work/files" -o "$work/panel.csv" -q >"$work/page.txt"
exec python3 "$here/panel_build.py" "$shared" "$work"
