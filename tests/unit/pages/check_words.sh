#!/bin/sh
# check_words.sh PYTHON WORDS_PROGRAM - a file of words that is not in order fails the build, and says where.
# shellcheck disable=SC2016 # formats with positions
set -eu
python=$1 program=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: >"$folder/failures"

# refused MESSAGE < FILE: the generator fails with FILE:MESSAGE, and writes nothing.
refused() {
    cat >"$folder/words.txt"
    for form in header table; do
        rm -f "$folder/out"
        if "$python" "$program" "$form" "$folder/words.txt" "$folder/out" 2>"$folder/told"; then
            echo "not refused: $1"
            echo x >>"$folder/failures"
        elif [ -e "$folder/out" ] || ! grep -qF "$folder/words.txt:$1" "$folder/told"; then
            echo "not \"$1\" but:"
            cat "$folder/told"
            echo x >>"$folder/failures"
        fi
    done
}

printf 'a\nnb A\nen A\n\na\nnb B\nen B\n' | refused '5: the key "a" stands in line 1 too'
printf 'a_of_b\nnb A\nen A\n\na@b\nnb B\nen B\n' | refused '5: the keys "a_of_b" and "a@b" have the same identifier'
printf 'a\nnb A\n\nb\nnb B\nen B\n' | refused '1: the word "a" has no text in en'
printf 'a\nen A\n' | refused '1: the word "a" has no text in nb'
printf 'a\nnb A\nnb A\nen A\n' | refused '3: the word "a" has two texts in nb'
printf 'a\nnb \nen A\n' | refused '2: the word "a" has an empty text in nb'
printf 'nb A\nen A\n' | refused '1: a text before any key'
printf 'a\nnb {n} rader\nen {m} rows\n' | refused '3: the word "a" has other {names} in nb than in en'
printf 'a message\nnb %%s\nen %%zu\n' | refused '2: the word "a" has other conversions in nb than in en'
printf 'a message\nnb rad\nen row %%zu\n' | refused '2: the word "a" has other conversions in nb than in en'
printf 'a message\nnb %%1$s %%2$s\nen %%s %%zu\n' | refused '2: the word "a" has other conversions in nb than in en'
printf 'a message\nnb %%1$s %%s\nen %%s %%s\n' | refused '2: values with a position'
printf 'a message\nnb 90 %% av\nen 90%%\n' | refused '2: '
printf 'a message\nnb %%f\nen %%f\n' | refused '2: no value of a message may be written with %f'
printf 'a message\nnb %%s\nen %%1$s\n' | refused '3: positions are for nb alone'
printf 'a\nnb side &P\nen page\n' | refused '2: the word "a" has other conversions'
printf 'a\nnb bl\345\nen blue\n' | refused '2: bytes that are no UTF-8'
printf 'a\nnb \\t\nen A\n' | refused '2: the only escapes are'
printf 'a mesage\nnb A\nen A\n' | refused '1: a line is '
printf '()\nnb A\nen A\n' | refused '1: no identifier can be made'

printf '# told in another order\nb message\nnb %%2$s i %%1$s, 100 %%%%\nen %%s has %%.40s, 100%%%%\n\na\nnb å\\n\nen {\n' >"$folder/words.txt"
"$python" "$program" header "$folder/words.txt" "$folder/word.h"
grep -qF '#define SAY_B BEHOV_WORD_B, "%s has %.40s, 100%%"' "$folder/word.h" || echo x >>"$folder/failures"

# A sentence as it is printed, with its values, and the code that says it.
printed='The gaps sum to 149 million kr over the 1 935 rows used in estimation (0.35% of expenditure)'
"$python" "$program" find "$printed" >"$folder/found"
if ! grep -q '^lib/pages/words.txt:[0-9]*: gap_sum_estimated$' "$folder/found" ||
    ! grep -q '^    lib/pages/result_sentences.c:[0-9]*: .*BEHOV_WORD_GAP_SUM_ESTIMATED' "$folder/found"; then
    echo 'a printed sentence was not found:'
    cat "$folder/found"
    echo x >>"$folder/failures"
fi
if "$python" "$program" find 'no sentence of the program' >"$folder/found" 2>&1; then echo x >>"$folder/failures"; fi
# The library has no options: what the program says with one is KEY@cli.
"$python" "$program" options || echo x >>"$folder/failures"
failures=$(wc -l <"$folder/failures")
echo "$failures failures"
[ "$failures" = 0 ]
