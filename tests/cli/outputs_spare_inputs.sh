#!/bin/sh
# outputs_spare_inputs.sh - no output is ever an input: each verb with each of its options that takes a value,
# each word that stands alone, standard input, the streams, and the bundled files. Verbs and options are those that the
# program itself tells of, so that new ones are tried, too.
# shellcheck disable=SC2013,SC2015,SC2094 # options hold no blanks; fail() always fails; files are their own inputs on purpose
set -u
export BEHOV_LANG=en
program=$BEHOV_PROGRAM
base=$(mktemp -d) || exit 1
trap 'rm -rf "$base"' EXIT
cd "$base" || exit 1
unset BEHOV_DATASETS
n=0
wrong=0

fail() {
    wrong=$((wrong + 1))
    printf '%s\n' "$*"
}

# A file that every verb could read something from.
fresh() {
    rm -rf here other.csv link.csv hard.csv
    mkdir here
    printf 'municipality_code,municipality,year,y,x\n0101,Halden,2012,1,2\n0104,Moss,2012,2,3\n0105,Sarpsborg,2012,2,5\n' >in.csv
    cp in.csv kept
    ln -s in.csv link.csv
    ln in.csv hard.csv
}

# Puts a small file into $content: the shell reads it itself, for a process more costs as much as the call.
content_of() { # file
    content=
    while IFS= read -r row || [ -n "$row" ]; do
        content="$content$row
"
    done <"$1"
}

# The call is refused with 2 and a sentence that has $1 in it, and in.csv stands; standard input is $input.
input=/dev/null
refused() {
    words=$1
    shift
    n=$((n + 1))
    "$program" "$@" <"$input" >said.out 2>said.err
    code=$?
    content_of in.csv
    is_whole=yes
    [ "$content" = "$kept" ] || is_whole=no
    content_of said.err
    case $content in *"$words"*) is_said=yes ;; *) is_said=no ;; esac
    if [ "$code" != 2 ] || [ $is_said = no ] || [ $is_whole = no ] || [ -e new.csv ]; then
        fail "exit $code: behov $*"
        head -n 3 said.err
        cp kept in.csv
        rm -f new.csv
    fi
}

fresh
content_of kept
kept=$content
verbs=$("$program" help | sed -n 's/^  \([a-z][a-z]*\)  *[^ ].*/\1/p' | grep -vx help)
n_verbs=0
n_options=0
for verb in $verbs; do
    n_verbs=$((n_verbs + 1))
    "$program" help "$verb" >help.txt
    grep -q -e '--output' help.txt || continue
    for spelt in in.csv ./in.csv "$base/in.csv" here/../in.csv link.csv hard.csv; do
        refused 'is the input in.csv itself' "$verb" in.csv -o "$spelt"
        refused 'is the input' "$verb" word "$spelt" -o in.csv
    done
    # -m, --model FILE ...: with its value apart, in one word, and by its letter
    for option in $(sed -n 's/^  \(-.,\|   \) --\([a-z-]*\) [A-Z|].*/\2/p' help.txt); do
        [ "$option" != output ] || continue
        n_options=$((n_options + 1))
        refused "is the file of --$option itself" "$verb" "--$option" in.csv -o in.csv
        refused "is the file of --$option itself" "$verb" "--$option=in.csv" -o link.csv
        refused "is the file of --$option itself" "$verb" "--$option" hard.csv -o new.csv -o "$base/here/../in.csv"
    done
    for option in $(sed -n 's/^  -\(.\), --[a-z-]* [A-Z|].*/\1/p' help.txt); do
        [ "$option" != o ] || continue
        refused 'is the file of --' "$verb" "-${option}in.csv" -oin.csv
    done
    input=in.csv
    refused 'is the file on standard input itself' "$verb" - -o link.csv
    input=/dev/null
    refused 'new.csv is given twice' "$verb" -o new.csv -o new.csv
    refused 'are one file' "$verb" -o new.csv -o ./new.csv
    refused 'are one file' "$verb" -o here/../new.csv -o new.csv
    refused 'are one file' "$verb" -o "$base/new.csv" -o new.csv
    # the streams
    n=$((n + 1))
    "$program" "$verb" in.csv </dev/null >>in.csv 2>said.err
    [ $? = 2 ] && grep -q '^behov: standard output is the input in.csv itself' said.err && cmp -s in.csv kept ||
        fail "behov $verb in.csv >>in.csv: $(cat said.err)"
    cp kept in.csv
    n=$((n + 1))
    : >new.csv
    "$program" "$verb" in.csv -o new.csv </dev/null >>new.csv 2>said.err
    [ $? = 2 ] && grep -q 'new.csv and standard output are one file' said.err || fail "behov $verb -o new.csv >>new.csv"
    rm -f new.csv
done
[ "$n_verbs" -ge 13 ] && [ "$n_options" -ge 100 ] ||
    fail "only $n_verbs verbs and $n_options options were found in the help"

# The bundled files, wherever they lie.
mkdir datasets
cp -R "$BEHOV_SOURCE/datasets/." datasets
find datasets -type f | sort | xargs cksum >sums
BEHOV_DATASETS=$base/datasets
export BEHOV_DATASETS
for name in $("$program" datasets | sed -n 's/^\([a-z0-9-]*\/[a-z0-9._-]*\)  *.*/\1/p'); do
    for call in fit 'rank --within county' apply audit compare datasets "datasets $name"; do
        [ "$call" != audit ] || continue # writes no file
        # shellcheck disable=SC2086
        refused "is the bundled file $name itself" $call -o "datasets/./$name"
    done
done
find datasets -type f | sort | xargs cksum | cmp -s - sums || fail 'a bundled file has changed'
unset BEHOV_DATASETS

# A file that no word names: the notes beside a table.
printf 'term,coefficient,stars,standard_error\n(Intercept),1.1,*,0.4\nx,0.9,**,0.2\n' >table.csv
printf 'key,value\nobservations,3\n' >table_notes.csv
cp table_notes.csv kept_notes
printf 'municipality_code,municipality,year,y,x\n' >panel.csv
for i in 1 2 3 4 5 6 7 8 9; do
    printf '010%s,M%s,2012,%s,%s\n' $i $i $((i * i % 7)) $((i % 4)) >>panel.csv
done
n=$((n + 1))
"$program" compare panel.csv -f 'y ~ x' --cluster '' --with table.csv -o new.csv -o table_notes.csv >/dev/null 2>said.err
code=$?
[ $code = 2 ] && cmp -s table_notes.csv kept_notes && [ ! -e new.csv ] || fail "compare over the notes beside a table: exit $code: $(cat said.err)"

# What is no input is written as before.
n=$((n + 1))
"$program" fit panel.csv -f 'y ~ x' --cluster '' -q -o new.csv -o other.json >/dev/null 2>said.err || fail "$(cat said.err)"
[ -s new.csv ] && [ -s other.json ] || fail 'other files are not written'

echo "$n_verbs verbs, $n_options options with a value, $n calls, $wrong wrong"
[ "$wrong" = 0 ]
