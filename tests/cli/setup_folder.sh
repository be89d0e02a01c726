#!/bin/sh
# setup_folder.sh - make_build_folder of cli/setup.sh removes build folders of this very source, and no other folder.
set -u
base=$(mktemp -d) || exit 1
base=$(cd "$base" && pwd -P)
trap 'rm -rf "$base"' EXIT
root=$base/source
mkdir "$root" "$base/bin"
# A project of one line is configured as fast as none.
printf "project('small')\n" >"$root/meson.build"
# shellcheck source=cli/setup.sh
. "$BEHOV_SOURCE/cli/setup.sh"
n=0
wrong=0

try() { # what, expected exit code, expected: kept or gone (the file precious in the folder)
    n=$((n + 1))
    (make_build_folder "$root/build") >"$base/said" 2>&1
    code=$?
    [ -e "$root/build/precious" ] && found=kept || found=gone
    if [ "$code" != "$2" ] || [ "$found" != "$3" ] || { [ "$code" != 0 ] && ! grep -q 'it was not touched' "$base/said"; }; then
        wrong=$((wrong + 1))
        echo "$1: exit $code, $found"
        cat "$base/said"
    fi
}

try 'no folder' 0 gone
: >"$root/build/precious"
try 'a build folder of this source' 0 gone
rm "$root/build/build.ninja"
: >"$root/build/precious"
try 'one that was not finished' 0 gone
rm -rf "$root/build"
mkdir "$root/build"
try 'an empty folder' 0 gone

rm -rf "$root/build"
mkdir "$root/build"
: >"$root/build/precious"
try 'a folder of papers' 1 kept
mkdir -p "$root/build/meson-private" "$root/build/meson-info" "$root/build/meson-logs"
: >"$root/build/build.ninja"
: >"$root/build/meson-private/coredata.dat"
printf '{"directories": {"source": "/elsewhere", "build": "/elsewhere/build"}}\n' >"$root/build/meson-info/meson-info.json"
printf 'Source dir: /elsewhere\nBuild dir: /elsewhere/build\n' >"$root/build/meson-logs/meson-log.txt"
try 'a build folder of another source' 1 kept
rm -rf "$root/build"
: >"$root/build"
n=$((n + 1))
(make_build_folder "$root/build") >"$base/said" 2>&1 && wrong=$((wrong + 1)) && echo 'a file was taken for a folder'
rm "$root/build"
mkdir "$base/elsewhere"
: >"$base/elsewhere/precious"
ln -s "$base/elsewhere" "$root/build"
try 'a link to a folder of papers' 1 kept

echo "$n folders, $wrong wrong"
[ "$wrong" = 0 ]
