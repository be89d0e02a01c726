#!/bin/sh
# quickstart.sh - from a fresh Debian 12 with git and a shell to a workbook:  sh cli/quickstart.sh
# Installs what is missing, compiles in build/, fits the bundled panel. A second run installs nothing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=cli/setup.sh
. "$root/cli/setup.sh"

build=$root/build
workbook=$root/behov.xlsx

install_missing "$build_needs"
is_new=no
if ! is_build_folder "$build"; then
    # The tests need more packages than a user does; tests/quickstart.sh turns them on.
    make_build_folder "$build" --buildtype=release -Dtests=false || exit 1
    is_new=yes
fi
[ "$is_new" = no ] || say 'Compiling'
if ! compile "$build"; then
    if [ "$is_new" = no ]; then
        # The folder may be left over from other packages or another compiler.
        make_build_folder "$build" --buildtype=release -Dtests=false || exit 1
        say 'Compiling'
    fi
    if [ "$is_new" = yes ] || ! compile "$build"; then
        show_compile_log
        exit 1
    fi
fi

cd "$root"
"$build/cli/behov" fit --full -o "$workbook"
say ''
say "The workbook: $workbook"
say "The program:  $build/cli/behov        (build/cli/behov help says what it can do)"
