#!/bin/sh
# dist.sh [OPTIONS of the build] - `meson dist` makes an archive of what git has, and the archive builds by itself. It is compiled as the
# build's own sources are, at the same place beside the build folder: a ccache has each object already.
set -eu
export CCACHE_NOHASHDIR=1
if ! git -C "$BEHOV_SOURCE" rev-parse HEAD >/dev/null 2>&1; then
    echo 'skipped: the sources are not in a git repository'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$BEHOV_SOURCE" "$work/source"
meson setup "$work/build" "$work/source" --buildtype=release -Dtests=false >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
meson dist -C "$work/build" --no-tests >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
archive=$(find "$work/build/meson-dist" -name 'behov-*.tar.xz')
tar -xJf "$archive" -C "$work"
cd "$work"/behov-*/
meson setup build --buildtype=release -Dtests=false "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
meson compile -C build >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
build/cli/behov fit -q --lang en | grep 'Adjusted R² 0.33'
