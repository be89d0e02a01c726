#!/bin/sh
# completion.sh - the completion of bash, sourced and asked.
command -v bash >/dev/null || {
    echo 'skipped: needs bash'
    exit 77
}
exec bash -s <<'END'
set -u
. "$BEHOV_BUILD/cli/completion/behov"
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-completion.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
mkdir tables
touch panel.csv Panel.TSV notes.md my.ini fit.json out.xlsx 'a file.csv'
failed=0

# complete_words 'WANT ...' WORD ... - what is offered for the last word; | parts names with blanks
offers() {
    local want=$1 got
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    _behov
    got=$(if ((${#COMPREPLY[@]})); then printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd'|' -; fi)
    if [[ $got != "$want" ]]; then
        printf 'behov %s\n  offers   %s\n  expected %s\n' "${*:2}" "$got" "$want"
        failed=1
    fi
}

p=$BEHOV_PROGRAM
offers '--help|--version|apply|audit|check|compare|datasets|diagnose|export|factor|fetch|fit|growth|help|key|panel|peers|plot|profile|rank|refit|report|scenario|select|split|survey|tables|template|test|tree' behov ''
offers 'factor|fetch|fit' behov f
offers 'apply|audit|check|compare|datasets|diagnose|export|factor|fetch|fit|growth|key|panel|peers|plot|profile|rank|refit|report|scenario|select|split|survey|tables|template|test|tree' behov help ''
offers 'all|classical|cv0|cv1|cv2|cv3|cv3j|hc0|hc1|hc2|hc3' behov fit --se ''
offers 'cv0|cv1|cv2|cv3|cv3j' behov fit -s cv
offers 'cv0|cv1|cv2|cv3|cv3j' behov fit --se = cv
offers 'mammen|rademacher|webb' behov test 'x = 0' --draws ''
offers 'en|nb' behov apply --lang ''
offers 'en|nb' behov datasets -l ''
offers 'en|nb' behov fit --lang =
offers 'comma|semicolon|tab' behov fit --separator ''
offers 'comma|point' behov apply --decimal ''
offers '1000kr_per_inhabitant' behov fit --outcome-unit 1
offers 'my.ini|tables' behov fit --model ''
offers 'Panel.TSV|a file.csv|panel.csv|tables' behov fit ''
offers 'a file.csv|fit.json|notes.md|out.xlsx|panel.csv|tables' behov fit panel.csv -o ''
offers 'Panel.TSV|a file.csv|fit.json|panel.csv|tables' behov apply --coefficients ''
offers 'Panel.TSV|a file.csv|county|like:|panel.csv|size|tables' behov tables --group ''
offers 'levels' behov tables --table l
offers 'gap|need|ratio' behov rank --by ''
offers 'country|county' behov rank --within cou
offers '' behov fit --formula ''
offers '--se|--seed|--separator|--set-aside' behov fit --se
offers '--separator|--set-aside' behov apply --se
offers '--lang' behov datasets --l
offers 'models/proba-2017-08.ini' "$p" datasets m
offers 'simulated/panel.csv' "$p" datasets s
offers '' "$p" datasets simulated/panel.csv ''
want=$("$p" datasets | grep -o '^[^ ]*/[a-z0-9_-]*\.[a-z][a-z][a-z]' | LC_ALL=C sort | paste -sd'|' -)
offers "$want" "$p" datasets ''
complete -p behov >/dev/null || failed=1
exit "$failed"
END
