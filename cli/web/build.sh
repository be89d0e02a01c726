#!/bin/sh
# build.sh [OUTDIR] - behov for browsers and node: OUTDIR/behov.js and behov.wasm, and behov.html with both of them inside.
# The same sources as the program; build-web/ unless OUTDIR is named. Needs Debian's emscripten (3.1.6, with clang-14), and a
# network once, for the libraries' sources (cached: BEHOV_WEB_CACHE, ~/.cache/behov-web). Exit code 77 when something that it
# needs cannot be had, 1 when it does not compile.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname "$(dirname "$here")")
out=${1:-$root/build-web}
cache=${BEHOV_WEB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/behov-web}

for tool in emcc clang-14 llvm-ar-14 meson pkg-config patch xz node python3; do
    command -v "$tool" >/dev/null || {
        echo "build.sh: $tool is not there. On Debian: apt-get install emscripten meson pkg-config patch xz-utils" >&2
        exit 77
    }
done
ninja=$(command -v ninja || command -v ninja-build || command -v samu)
mkdir -p "$out" "$cache"
out=$(CDPATH='' cd -- "$out" && pwd -P)

# Debian's emcc runs Debian's scripts in Debian's node; a later node takes the scripts for a browser's when it has fetch().
export NODE_PATH=/usr/share/nodejs EM_CONFIG="$cache/emscripten"
sed "s|^NODE_JS = .*|NODE_JS = ['$(command -v node)', '--no-experimental-fetch']|" /usr/share/emscripten/.emscripten \
    >"$EM_CONFIG.$$"
mv "$EM_CONFIG.$$" "$EM_CONFIG"

libraries=$(sh "$here/libraries.sh" "$cache") || exit $?
BEHOV_WEB_CFLAGS=$(emcc --cflags)
export BEHOV_WEB_CFLAGS

# ---- the program's two libraries ----
build=$out/objects
places="[constants]
web = '$here'
libraries = '$libraries'"
if [ ! -f "$build/build.ninja" ] || [ "$(cat "$out/places.ini" 2>/dev/null)" != "$places" ]; then
    printf '%s\n' "$places" >"$out/places.ini"
    rm -rf "$build"
    meson setup "$build" "$root" --cross-file "$out/places.ini" --cross-file "$here/emscripten.ini" --buildtype=release \
        -Dtests=false -Dcairo=disabled -Dthreads=disabled -Dcurl=disabled -Dreadstat=disabled >"$out/build.log" 2>&1 || {
        tail -n 20 "$out/build.log" >&2
        exit 1
    }
fi
main=cli/behov.js.p/verbs_main.c.o
words=lib/libbehov.a.p/meson-generated_.._pages_word_table.c.o
"$ninja" -C "$build" "$main" cli/libbehov-cli.a lib/libbehov.a >"$out/build.log" 2>&1 || {
    grep -v '^\[[0-9]*/[0-9]*\] ' "$out/build.log" | head -n 60 >&2
    exit 1
}

# ---- one module and its script ----
# Anew when one of these is newer.
is_old=no
for made in "$build/$main" "$build/cli/libbehov-cli.a" "$build/lib/libbehov.a" "$here/build.sh" "$libraries/done"; do
    [ -n "$(find "$out/behov.wasm" -newer "$made" 2>/dev/null)" ] || is_old=yes
done
if [ "$is_old" = yes ]; then
    rm -rf "$out/link"
    mkdir "$out/link"
    # The table of words first: its texts stand in its own order then, which packs best.
    emcc -Oz -o "$out/link/behov.js" "$build/$words" "$build/$main" "$build/cli/libbehov-cli.a" "$build/lib/libbehov.a" \
        -L"$libraries/lib" -lgsl -lxlsxwriter -ljansson -lcsv -lzip -lz -lxml2 -lunistring -linstead -lnodefs.js \
        -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=5242880 -sEXIT_RUNTIME=1 -sFORCE_FILESYSTEM=1 -sMODULARIZE=1 \
        -sEXPORT_NAME=behovModule -sINVOKE_RUN=0 -sEXPORTED_RUNTIME_METHODS=callMain,FS,ENV,NODEFS \
        -sENVIRONMENT=worker,node >"$out/build.log" 2>&1 || {
        head -n 40 "$out/build.log" | cut -c 1-400 >&2
        exit 1
    }
    mv "$out/link/behov.js" "$out/link/behov.wasm" "$out"
    rm -rf "$out/link"
    touch "$out/behov.wasm"
fi

# ---- the page ----
if [ -f "$here/assemble.py" ]; then
    python3 "$here/assemble.py" "$out"
fi

for file in behov.wasm behov.js behov.html; do
    [ ! -f "$out/$file" ] || printf '%-10s %8d byte, %7d packed\n' "$file" "$(wc -c <"$out/$file")" \
        "$(gzip -9 -c "$out/$file" | wc -c)"
done
