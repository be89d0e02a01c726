#!/bin/sh
# page.sh BEHOV.html PROGRAM [SHOTS] - the browser edition in a browser (page.js), against PROGRAM, which is native. Exit 77 (skipped)
# where the edition was not built (cli/web/build.sh) or the browser is missing. Pictures of the page go to the folder SHOTS.
set -eu
if [ ! -s "$1" ]; then
    echo "skipped: $1 is not built (sh cli/web/build.sh)"
    exit 77
fi
# shellcheck source=tests/web/browser.sh
. "$(dirname -- "$0")/browser.sh"
edition=$(absolute "$1")
program=$(absolute "$2")
shots=${3:+$(absolute "$3")}
[ -z "$shots" ] || mkdir -p "$shots"
begin_work
"$program" datasets simulated/panel.csv -q -o panel.csv
"$program" plot rank -q -o picture.png >/dev/null 2>&1 || printf '\211PNG\r\n\032\n' >picture.png
python3 "$here/inputs.py" panel.csv
node "$here/page.js" "$edition" "$program" "$work" ${shots:+"$shots"}
