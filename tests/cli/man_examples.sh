#!/bin/sh
# man_examples.sh - every command of the manual page's EXAMPLES works: run from top to bottom in one temporary folder.
set -u
page=$BEHOV_BUILD/cli/behov.1
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-examples.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/work"
ln -s "$BEHOV_PROGRAM" "$folder/bin/behov"
PATH=$folder/bin:$PATH
unset BEHOV_DATASETS
LC_ALL=C.UTF-8
export PATH LC_ALL
cd "$folder/work" || exit 2

# The lines between .EX and .EE behind .SH EXAMPLES, with roff's escapes taken back and continued lines joined.
awk '
    /^\.SH/ { inside = $2 == "EXAMPLES" }
    /^\.EX/ { example = inside; next }
    /^\.EE/ { example = 0 }
    example {
        gsub(/\\-/, "-"); gsub(/\\\(aq/, "\047"); gsub(/\\\(dq/, "\""); gsub(/\\\(ga/, "`"); gsub(/\\\(ha/, "^"); gsub(/\\e/, "\\")
        if (sub(/\\$/, "")) { held = held $0; next }
        print held $0
        held = ""
    }' "$page" >../commands
n=0
failed=0
while IFS= read -r command; do
    n=$((n + 1))
    case ${BEHOV_CAIRO:-yes}$command in
    no*.png* | no*.pdf*)
        echo "left out, for the build has no Cairo: $command"
        continue
        ;;
    esac
    if ! (eval "$command") >../out 2>../err </dev/null; then
        failed=$((failed + 1))
        printf 'failed: %s\n' "$command"
        head -n 20 ../err
    fi
done <../commands
[ "$n" -ge 8 ] || {
    echo "only $n examples were found in $page"
    exit 1
}
for file in behov.xlsx annex2.csv my.xlsx my.csv fit.json saved.json need.xlsx set_aside.csv; do
    [ -s "$file" ] || { echo "the examples left no $file"; failed=$((failed + 1)); }
done
echo "$n examples, $failed failed"
[ "$failed" = 0 ]
