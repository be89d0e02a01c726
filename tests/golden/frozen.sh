#!/bin/sh
# frozen.sh PROGRAM FOLDER - every call of frozen.calls with this program, each in a folder of its own under FOLDER: what it
# printed, its exit code, the files it wrote, of a workbook its parts. Two such folders are compared by `diff -r`: what
# users see before and after work that is to change nothing.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
program=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd -P)/$(basename -- "$1")
mkdir -p "$2"
folder=$(CDPATH='' cd -- "$2" && pwd -P)
if [ -n "$(ls -A "$folder")" ]; then
    echo "frozen.sh: $folder is not empty" >&2
    exit 2
fi
inputs=$(mktemp -d)
trap 'rm -rf "$inputs"' EXIT
python3 "$here/frozen_inputs.py" "$here/../../datasets" "$inputs" || exit 1
unset LC_ALL LANG BEHOV_LANG COLUMNS
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1767225600 TZ=UTC
(cd "$inputs" && "$program" fit norsk.csv --json >saved.json 2>saved.err) || {
    cat "$inputs/saved.err" >&2
    exit 1
}
n=0
while read -r name call; do
    case $name in '' | '#'*) continue ;; esac
    mkdir "$folder/$name" && cd "$folder/$name" || exit 1
    cp "$inputs"/*.csv "$inputs"/*.ini "$inputs"/*.json .
    # shellcheck disable=SC2086 # the words of the call
    eval "set -- $call"
    "$program" "$@" >stdout 2>stderr </dev/null
    echo $? >code
    for input in "$inputs"/*.csv "$inputs"/*.ini "$inputs"/*.json; do
        input=$(basename "$input")
        cmp -s "$input" "$inputs/$input" || mv "$input" "changed.$input"
        rm -f "$input"
    done
    if [ -f out.xlsx ]; then
        mkdir parts && (cd parts && unzip -q ../out.xlsx) && rm out.xlsx || exit 1
    fi
    sed "s|[^ ]*/datasets/|DATASETS/|g" stderr >stderr.plain && mv stderr.plain stderr
    n=$((n + 1))
done <"$here/frozen.calls"
echo "$n calls"
