#!/bin/sh
# front_end.sh PROGRAM [SANITIZERS] - a front end of somebody else, in C and in C++, against an installed tree alone.
set -eu
case $1 in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
sanitizers=${2-none}
fail() {
    echo "front_end: $1"
    exit 1
}
command -v pkg-config >/dev/null || { echo 'skipped: needs pkg-config'; exit 77; }
command -v python3 >/dev/null || { echo 'skipped: needs python3'; exit 77; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-front-end.XXXXXX")
trap 'rm -rf "$folder"' EXIT
prefix=$(meson introspect --buildoptions "$BEHOV_BUILD" | python3 -c '
import json, sys
print(next(option["value"] for option in json.load(sys.stdin) if option["name"] == "prefix"))')
meson install -C "$BEHOV_BUILD" --no-rebuild --quiet --destdir "$folder/tree" >"$folder/log" 2>&1 || {
    cat "$folder/log"
    fail 'meson install failed'
}
pc=$(find "$folder/tree" -name behov.pc)
library=$(dirname "$(dirname "$pc")")
flags=$(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --define-variable=prefix="$folder/tree$prefix" --cflags --libs behov) ||
    fail 'pkg-config does not know behov'
here=$BEHOV_SOURCE/tests/front_end
panel=$BEHOV_SOURCE/datasets/simulated/panel.csv
python3 "$here/panel_arrays.py" "$panel" "$BEHOV_SOURCE/datasets/models/proba-2017-08.ini" >"$folder/panel_arrays.h"
cp "$here/front_end.c" "$folder/"
cp "$here/front_end.c" "$folder/front_end.cc"
checked=
[ "$sanitizers" = none ] || checked="-g -fsanitize=$sanitizers -fno-sanitize-recover=undefined"
cd "$folder"
# shellcheck disable=SC2086 # lists of words
${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror $checked front_end.c -o in_c $flags ||
    fail 'the front end does not compile as C'
programs=in_c
cxx=c++
case ${CC-} in *clang*) cxx=clang++ ;; esac
if command -v "$cxx" >/dev/null; then
    # shellcheck disable=SC2086
    "$cxx" -std=c++17 -Wall -Wextra -Werror $checked front_end.cc -o in_cxx $flags ||
        fail 'the front end does not compile as C++'
    programs="$programs in_cxx"
else
    echo "C++ was not tried: there is no $cxx"
fi
for name in $programs; do
    LD_LIBRARY_PATH=$library "./$name" >"$name.txt" || fail "$name ended with $?"
    python3 "$here/front_end.py" "$program" "$panel" "$name.txt" || fail "$name does not agree with the program"
done
# No file is opened: all that the process opens are libraries and their like.
if [ "$sanitizers" = none ] && command -v strace >/dev/null; then
    LD_LIBRARY_PATH=$library strace -f -e trace=open,openat,creat -o calls ./in_c >/dev/null
    if grep -vE '\.so|ld\.so\.cache|ENOENT|/proc/|/sys/|exited|gconv|locale' calls; then
        fail 'the front end opened a file'
    fi
fi
