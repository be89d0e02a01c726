#!/bin/sh
# check_headers.sh ROOT - every public header compiles by itself, as C11 and, where there is a compiler, as C++.
set -eu
root=$1
include=$root/lib/include
failures=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/behov" "$folder/alone"
python3 "$root/lib/pages/words.py" header "$root/lib/pages/words.txt" "$folder/behov/word.h"
# A source for each header; one call of the compiler takes them one by one.
for header in "$include"/behov.h "$include"/behov/*.h "$folder/behov/word.h"; do
    case $header in "$include"/*) ;; *) header=behov/word.h ;; esac
    printf '#include "%s"\ntypedef int not_empty;\n' "$header" >"$folder/alone/${header##*/}.c"
done
${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$include" -I"$folder" -fsyntax-only "$folder"/alone/*.c || failures=1
if command -v c++ >/dev/null; then
    c++ -std=c++17 -Wall -Wextra -Werror -I"$include" -I"$folder" -fsyntax-only -x c++ "$folder"/alone/*.c || failures=$((failures + 1))
fi
set -- "$folder"/alone/*.c
echo "$# headers, $failures failures"
[ "$failures" = 0 ]
