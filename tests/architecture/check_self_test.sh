#!/bin/sh
# check_self_test.sh ROOT - check_sources.sh notices each rule that is broken on purpose, in a copy of the sources.
set -eu
root=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wrong=0
count=0
# Faults whose rules are named without a place of their own: a copy holds at most one of each rule and of each file.
: >"$folder/tries"
try() { # rule, file, line added to it
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$folder/tries"
}
copy_sources() {
    rm -rf "$folder/copy"
    mkdir "$folder/copy"
    (cd "$root" && cp -R lib cli "$folder/copy/")
    mkdir -p "$folder/copy/datasets" "$folder/copy/notebooks-export"
}
# Those of the tries that one copy takes are tried, the others stay for the next.
try_some() {
    copy_sources
    awk -F '\t' -v now="$folder/now" -v later="$folder/later" '
        { to = ($1 in rule || $2 in file) ? later : now; rule[$1] = file[$2] = 1; print >to }' "$folder/tries"
    while IFS="$(printf '\t')" read -r rule file line; do
        printf '%s\n' "$line" >>"$folder/copy/$file"
    done <"$folder/now"
    sh "$root/tests/architecture/check_sources.sh" "$folder/copy" >"$folder/output" || :
    while IFS="$(printf '\t')" read -r rule file line; do
        count=$((count + 1))
        awk -v rule="broken: $rule" '/^broken: / { inside = index($0, rule) == 1 } inside' "$folder/output" >"$folder/part"
        # The lines of a rule name the file, or, where the fault is between files, a header or a source of it.
        name=${file##*/}
        if ! grep -qF -e "${name%.*}" -e "$line" "$folder/part"; then
            wrong=$((wrong + 1))
            printf 'not noticed: %s (%s: %s)\n' "$rule" "$file" "$line"
            cat "$folder/part"
        fi
    done <"$folder/now"
    rm "$folder/now"
    : >>"$folder/later"
    mv "$folder/later" "$folder/tries"
}
# Faults of one rule, all in one copy: each has to be listed with its place.
: >"$folder/faults"
fault() { # file, line added to it
    printf '%s\t%s\n' "$1" "$2" >>"$folder/faults"
}
try_faults() { # rule
    copy_sources
    : >"$folder/places"
    while IFS="$(printf '\t')" read -r file line; do
        printf '%s\n' "$line" >>"$folder/copy/$file"
        echo "$file:$(wc -l <"$folder/copy/$file"):	$line" >>"$folder/places"
    done <"$folder/faults"
    sh "$root/tests/architecture/check_sources.sh" "$folder/copy" |
        awk -v rule="broken: $1" '/^broken: /  { inside = index($0, rule) == 1 } inside' >"$folder/output" || :
    while IFS="$(printf '\t')" read -r place line; do
        count=$((count + 1))
        grep -qF "    $place" "$folder/output" && continue
        wrong=$((wrong + 1))
        printf 'not noticed: %s (%s %s)\n' "$1" "$place" "$line"
    done <"$folder/places"
    : >"$folder/faults"
}
try 'lib/ includes only' lib/core/table.c '#include <csv.h>'
try 'lib/ includes only' lib/core/table.c '#include <locale.h>'
try 'includes point downwards' lib/core/table.c '#include <behov/fit.h>'
try 'includes point downwards' lib/include/behov/factor.h '#include "fit.h"'
try 'modules do not include each other' lib/include/behov/error.h '#include "number.h"'
try 'behov.h names every public header' lib/include/behov.h '#include <behov/error.h>'
try 'behov.h names every public header' lib/include/behov.h 'int surplus;'
try 'behov.h names every public header' lib/include/behov/error_more.h 'int surplus;'
# Each room turns an arrow: it includes a header of a room above it, or of one beside it.
fault lib/core/fit.c '#include <behov/study.h>'
fault lib/core/fit.c '#include <behov/labels.h>'
fault lib/include/behov/fit.h '#include "study.h"'
fault lib/municipal/study.c '#include <behov/labels.h>'
fault lib/municipal/study.c '#include "page_table.h"'
fault lib/municipal/study.c '#include "messages.h"'
fault lib/include/behov/study.h '#include "labels.h"'
fault lib/pages/labels.c '#include "options.h"'
fault lib/pages/labels.c '#include "target.h"'
fault lib/include/behov/labels.h '#include "options.h"'
fault cli/system/target.c '#include "read_csv.h"'
fault cli/system/target.c '#include <behov/study.h>'
fault cli/read/read_csv.c '#include "write_csv.h"'
fault cli/read/read_csv.c '#include <behov/labels.h>'
fault cli/write/write_csv.c '#include "options.h"'
fault cli/write/write_csv.c '#include "lookup.h"'
fault cli/workbook/lookup.c '#include "outputs.h"'
fault cli/workbook/lookup.c '#include "read_model.h"'
fault cli/call/outputs.c '#include "verbs.h"'
try_faults 'the rooms include only what lies below them'
try 'only cli/read/csv_reader.h and grid_text.c include' cli/system/target.c '#include <csv.h>'
try 'only cli/read/statistics_file.h and' cli/system/target.c '#include <readstat.h>'
try 'only cli/workbook/xlsx.h' cli/system/target.c '#include "xlsxwriter.h"'
try 'only cli/workbook/write_xlsx.c and' cli/system/target.c '#include "xlsx.h"'
try 'of the writers only docx_package.c' cli/write/write_docx.c '#include <zip.h>'
try 'only cli/system/xml_library.h includes libxml2' cli/write/docx_package.c '#include <libxml/xmlwriter.h>'
try 'values are put into JSON' lib/municipal/model_set.c '    json_object_set_new(object, "a", json_null());'
try 'values are put into JSON' lib/municipal/model_set.c '    json_put(object, "a", json_string(text));'
try 'values are put into JSON' lib/municipal/model_set.c '    json_dumpf(object, stdout, 0);'
try 'only lib/core/linalg.c' lib/core/vcov.c 'gsl_blas_dgemm(1);'
try 'the program includes only public headers' lib/pages/labels.c '#include "alloc.h"'
fault lib/core/fit.c '  printf("x");'
fault lib/core/fit.c '  exit(1);'
fault lib/core/fit.c '  x = time(NULL);'
fault lib/core/fit.c '  fputc(1, stderr);'
fault lib/municipal/study.c '  fputc(1, stderr);'
fault lib/pages/labels.c '  file = fopen(path, "r");'
fault lib/include/behov/labels.h 'void behov_label_print(FILE *out);'
fault lib/municipal/study.c '  file = fopen(path, "r");'
fault lib/municipal/study.c '  printf("x");'
fault lib/municipal/study.c '  text = getenv("BEHOV_LANG");'
fault lib/municipal/study.c '  setlocale(LC_ALL, "");'
fault lib/municipal/study.c '  now = time(NULL);'
fault lib/pages/labels.c '  puts(text);'
fault lib/pages/labels.c '  text = getenv("LANG");'
fault lib/pages/labels.c '  marks = localeconv();'
fault lib/pages/labels.c '  clock_gettime(0, &now);'
try_faults 'the library prints nothing'
try 'lib/municipal and lib/pages include only' lib/municipal/study.c '#include <jansson.h>'
try 'numbers are read' lib/core/fit.c '  strtod(text, &end);'
try 'numbers are read' lib/pages/labels.c '  sscanf(text, "%d %lf", &a, &b);'
try 'only main() turns' lib/pages/labels.c 'gsl_set_error_handler_off();'
try 'setlocale is called' lib/pages/labels.c 'setlocale(LC_ALL, "");'
try 'cli/system/system_*.c alone ask' cli/system/target.c '#include <sys/stat.h>'
try 'cli/system/system_*.c alone ask' cli/write/write_csv.c '#include <unistd.h>'
try 'cli/system/system_*.c alone ask' cli/verbs/main.c '    x = getenv("HOME");'
try 'cli/system/system_*.c alone ask' cli/workbook/write_xlsx.c '    return time(NULL);'
try 'cli/system/system_*.c alone ask' cli/system/terminal.c '    if (!isatty(1))'
try 'no file outside tests/' lib/pages/labels.c 'getenv("BEHOV_SHARED");'
try 'the README of a room has each' lib/municipal/surplus.c 'int surplus;'
# shellcheck disable=SC2016 # a name between backticks
try 'the README of a room has each' cli/read/README.md 'And `nobody_knows.c`.'
try 'no fast-math' lib/meson.build "c_args: '-ffast-math'"
while [ -s "$folder/tries" ]; do try_some; done
count=$((count + 1))
copy_sources
printf '/* printf("x") and\n exit(1) */ // time(0)\nsnprintf_all(runtime(1));\n' >>"$folder/copy/lib/core/fit.c"
sh "$root/tests/architecture/check_sources.sh" "$folder/copy" >"$folder/output" || :
if grep -E '^    .*(printf|exit|time|runtime)\(' "$folder/output"; then
    wrong=$((wrong + 1))
    echo 'a comment or a longer word was taken for a call:'
fi
count=$((count + 1))
(cd "$folder/copy" && git init -q . && : >core && git add -f core)
sh "$root/tests/architecture/check_sources.sh" "$folder/copy" >"$folder/output" || :
if ! grep -q '^broken: the top level' "$folder/output"; then
    wrong=$((wrong + 1))
    echo 'not noticed: a stray file on the top level'
fi
echo "$count rules tried, $wrong wrong"
[ "$wrong" = 0 ]
