#!/bin/sh
# page.sh BEHOV.html PROGRAM [SHOTS] - the browser edition in a browser (page.js), against PROGRAM, which is native. Exit 77 (skipped)
# where the edition was not built (cli/web/build.sh) or the browser is missing. Pictures of the page go to the folder SHOTS.
set -eu
export LC_ALL=C.UTF-8
if [ ! -s "$1" ]; then
    echo "skipped: $1 is not built (sh cli/web/build.sh)"
    exit 77
fi
edition=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd -P)/$(basename -- "$1")
case $2 in
/*) program=$2 ;;
*) program=$PWD/$2 ;;
esac
shots=${3:-}
if [ -n "$shots" ]; then
    mkdir -p "$shots"
    shots=$(CDPATH='' cd -- "$shots" && pwd -P)
fi
# shellcheck source=tests/web/browser.sh
. "$(dirname -- "$0")/browser.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" datasets simulated/panel.csv -q -o panel.csv
"$program" plot rank -q -o picture.png >/dev/null 2>&1 || printf '\211PNG\r\n\032\n' >picture.png
python3 "$here/inputs.py" panel.csv
node "$here/page.js" "$edition" "$program" "$work" ${shots:+"$shots"}
