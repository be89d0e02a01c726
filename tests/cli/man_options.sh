#!/bin/sh
# man_options.sh - every option of `behov help VERB` stands in the manual page's section of the verb and in the
# completion, neither of them has one that is not there, the page is clean roff, and help fits in 80 columns.
set -u
export BEHOV_LANG=en
page=$BEHOV_BUILD/cli/behov.1
completion=$BEHOV_BUILD/cli/completion/behov
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-options.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
failed=0
fail() {
    echo "$1"
    failed=1
}

verbs=$("$BEHOV_PROGRAM" --help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p')
for verb in $verbs; do
    [ "$verb" = help ] || grep -q "verbs='[^']*\<$verb\>" "$completion" || fail "the completion does not know the verb $verb"
    [ "$verb" = help ] && continue
    section="BEHOV $(echo "$verb" | tr '[:lower:]' '[:upper:]')"
    awk -v section="$section" '
        /^\.SH/ { name = $0; sub(/^\.SH "?/, "", name); sub(/"$/, "", name); inside = name == section }
        inside { gsub(/\\-/, "-"); print }' "$page" >"$folder/section"
    [ -s "$folder/section" ] || fail "the manual page has no section $section"
    # Long and short options in the first columns of the help.
    "$BEHOV_PROGRAM" help "$verb" >"$folder/words"
    sed -n 's/^  \(-[a-zA-Z]\), .*/\1/p; s/^  [- ][a-zA-Z ][, ] \(--[a-z0-9-]*\).*/\1/p' "$folder/words" >"$folder/options"
    sed -n 's/^  -[a-zA-Z], \(--[a-z0-9-]*\).*/\1/p' "$folder/words" >>"$folder/options"
    sort -u "$folder/options" -o "$folder/options"
    grep -q -e '--help' "$folder/options" || fail "no options were found in: behov help $verb"
    awk 'FILENAME == ARGV[1] { text[n++] = $0; next }
        {
            whole = "(^|[^-a-z0-9])" $0 "([^-a-z0-9]|$)"
            for (i = 0; i < n; i++) if (text[i] ~ whole) next
            print
        }' "$folder/section" "$folder/options" >"$folder/missing"
    while IFS= read -r option; do
        fail "$option of behov $verb is not in the section $section of the manual page"
    done <"$folder/missing"
    grep -o -e '--[a-z][a-z0-9-]*' "$folder/section" | sort -u | grep -vxF -f "$folder/options" |
        sed "s/\$/ stands in $section but behov $verb has no such option/" >"$folder/extra"
    [ -s "$folder/extra" ] && fail "$(cat "$folder/extra")"

    # The completion offers exactly the long ones.
    if command -v bash >/dev/null; then
        grep -e '^--' "$folder/options" >"$folder/want"
        # shellcheck disable=SC2016 # for bash
        bash -c '. "$1"; COMP_WORDS=(behov "$2" --); COMP_CWORD=2; _behov; printf "%s\n" "${COMPREPLY[@]}"' - \
            "$completion" "$verb" | sort -u >"$folder/got"
        diff "$folder/want" "$folder/got" >"$folder/diff" ||
            fail "the completion of behov $verb differs from the program (<): $(cat "$folder/diff")"
    fi
done

# 80 columns are enough, in both languages; an example that goes on behind a backslash is one that a shell takes.
for lang in nb en; do
    for verb in '' $verbs; do
        [ "$verb" = help ] && continue
        # shellcheck disable=SC2086 # no verb: the help of the program
        BEHOV_LANG=$lang "$BEHOV_PROGRAM" help $verb >"$folder/help"
        width=$(LC_ALL=C.UTF-8 wc -L <"$folder/help")
        [ "$width" -le 80 ] || fail "behov help $verb in $lang is $width columns wide"
    done
done

# Every kind of standard error that the help names stands in both.
kinds=$("$BEHOV_PROGRAM" help fit | tr '\n' ' ' |
    sed -n 's/.*-s, --se KIND  *standard errors: \([^(]*\)(.*/\1/p' | sed 's/ or  *all,.*/ all/; s/,/ /g')
[ -n "$kinds" ] || fail 'no kinds of standard errors were found in: behov help fit'
for kind in $kinds; do
    grep -q "^\.BR* .*\<$kind\>" "$page" || fail "the standard errors $kind are not in the manual page"
    grep -q "'classical [^']*\<$kind\>" "$completion" || case $kind in
    classical) ;;
    *) fail "the standard errors $kind are not in the completion" ;;
    esac
done

if command -v groff >/dev/null; then
    groff -man -ww -z -K utf8 -T utf8 "$page" >"$folder/roff" 2>&1
    [ -s "$folder/roff" ] && fail "$(cat "$folder/roff")"
fi
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning "$page" >"$folder/lint" 2>&1 || fail "$(cat "$folder/lint")"
fi
exit "$failed"
