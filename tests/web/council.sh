#!/bin/sh
# council.sh PROGRAM - the pages of `behov report` (council.js) in both languages, of one municipality and of several: those whose
# names and figures take most room on paper among them. Exit 77 (skipped) without the browser.
set -eu
# shellcheck source=tests/web/browser.sh
. "$(dirname -- "$0")/browser.sh"
program=$(absolute "$1")
begin_work
for lang in nb en; do
    "$program" report -q --lang $lang --group county --profile 1902 -o one-$lang.html >/dev/null
    "$program" report -q --lang $lang --group county --profile 1860,1867,0215 -o several-$lang.html >/dev/null
done
for code in 0622 1739 1936; do
    "$program" report -q --profile $code --group county -o $code.html >/dev/null
done
BEHOV_PROGRAM=$program node "$here/council.js" ./*.html
