#!/bin/sh
# build.sh [OUTDIR] - behov for browsers and node: OUTDIR/behov.js and behov.wasm, which are the whole program; OUTDIR/page, the same with
# the page's verbs alone (page_verbs.c); and behov.html with that inside. The same sources as the program; build-web/ unless OUTDIR is named. Needs Debian's emscripten (3.1.6, with clang-14), and a
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
options='--buildtype=release -Dtests=false -Dcairo=disabled -Dthreads=disabled -Dcurl=disabled -Dpostgresql=disabled -Dreadstat=disabled'
places="# $options
[constants]
web = '$here'
libraries = '$libraries'"
if [ ! -f "$build/build.ninja" ] || [ "$(cat "$out/places.ini" 2>/dev/null)" != "$places" ]; then
    printf '%s\n' "$places" >"$out/places.ini"
    rm -rf "$build"
    # shellcheck disable=SC2086 # a list of words
    meson setup "$build" "$root" --cross-file "$out/places.ini" --cross-file "$here/emscripten.ini" $options >"$out/build.log" 2>&1 || {
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

# ---- two modules and their scripts: the whole program for node, the page's verbs for the page ----
say_log() { # log
    head -n 40 "$1" | cut -c 1-400 >&2
    exit 1
}

# Whether a file is to be made anew: when one of the others is newer.
is_old() { # file, others
    made=$1
    shift
    for other in "$@"; do
        [ -n "$(find "$made" -newer "$other" 2>/dev/null)" ] || return 0
    done
    return 1
}

link() { # folder, methods for the script, the object of the words, further words for emcc
    folder=$1
    methods=$2
    texts=$3
    shift 3
    rm -rf "$folder/link"
    mkdir -p "$folder/link"
    # The table of words first: its texts stand in its own order then, which packs best.
    emcc -Oz -o "$folder/link/behov.js" "$texts" "$build/$main" "$@" "$build/cli/libbehov-cli.a" "$build/lib/libbehov.a" \
        -L"$libraries/lib" -lgsl -lxlsxwriter -ljansson -lcsv -lzip -lz -lxml2 -lunistring -linstead \
        -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=5242880 -sEXIT_RUNTIME=1 -sFORCE_FILESYSTEM=1 -sMODULARIZE=1 \
        -sEXPORT_NAME=behovModule -sINVOKE_RUN=0 -sEXPORTED_RUNTIME_METHODS="$methods" \
        -sENVIRONMENT=worker,node >"$folder/link.log" 2>&1 || return 1
    mv "$folder/link/behov.js" "$folder/link/behov.wasm" "$folder"
    rm -rf "$folder/link"
    touch "$folder/behov.wasm"
}

page=$out/page
mkdir -p "$page"
compile_for_page() { # object, source
    # shellcheck disable=SC2086 # a list of words
    clang-14 $BEHOV_WEB_CFLAGS -Oz -std=c11 -D_POSIX_C_SOURCE=200809L -isystem"$libraries/include" -I"$root/cli/verbs" -I"$root/cli/call" \
        -I"$root/cli/write" -I"$root/cli/read" -I"$root/cli/system" -I"$root/lib/include" -I"$root/lib/pages" -I"$build/cli/verbs" \
        -I"$build/lib/include" -I"$build/lib/include/behov" -c "$2" -o "$1" >"$1.log" 2>&1 || say_log "$1.log"
}
verbs=$page/verbs.o
if is_old "$verbs" "$here/page_verbs.c" "$build/cli/libbehov-cli.a" "$here/build.sh"; then
    compile_for_page "$verbs" "$here/page_verbs.c"
fi
page_words=$page/word_table.o
if is_old "$page_words" "$build/$main" "$build/cli/libbehov-cli.a" "$build/lib/libbehov.a" "$root/lib/pages/words.py" "$here/page_words.py" "$here/build.sh"; then
    # What is linked decides which words the page can say.
    emcc -O0 -Wl,--trace -o "$page/trace.js" "$build/$main" "$verbs" "$build/cli/libbehov-cli.a" "$build/lib/libbehov.a" \
        -L"$libraries/lib" -lgsl -lxlsxwriter -ljansson -lcsv -lzip -lz -lxml2 -lunistring -linstead \
        -sTOTAL_STACK=5242880 >"$page/trace.log" 2>&1 || say_log "$page/trace.log"
    rm -f "$page/trace.js" "$page/trace.wasm"
    python3 "$here/page_words.py" "$root" "$page/trace.log" >"$page/unsaid.txt"
    python3 "$root/lib/pages/words.py" page_table "$root/lib/pages/words.txt" "$page/word_table.c" "$page/unsaid.txt"
    compile_for_page "$page_words" "$page/word_table.c"
fi
linked="$build/$main $build/cli/libbehov-cli.a $build/lib/libbehov.a $here/build.sh $libraries/done"
whole=0
# shellcheck disable=SC2086 # a list of files
if is_old "$out/behov.wasm" $linked; then
    link "$out" callMain,FS,ENV,NODEFS "$build/$words" -lnodefs.js &
    whole=$!
fi
# shellcheck disable=SC2086 # a list of files
if is_old "$page/behov.wasm" $linked "$verbs" "$page_words"; then
    link "$page" callMain,FS,ENV "$page_words" "$verbs" || say_log "$page/link.log"
fi
[ "$whole" = 0 ] || wait "$whole" || say_log "$out/link.log"

# ---- what unpacks in the page ----
if is_old "$page/unpack.wasm" "$here/unpack.c" "$here/build.sh"; then
    clang-14 --target=wasm32 -std=c11 -Wall -Wextra -Oz -ffreestanding -nostdlib -fno-builtin -Wl,--no-entry -Wl,--strip-all \
        -Wl,-z,stack-size=4096 -o "$page/unpack.wasm" "$here/unpack.c" >"$page/unpack.log" 2>&1 || say_log "$page/unpack.log"
fi

# ---- the page ----
if [ -f "$here/assemble.py" ]; then
    python3 "$here/assemble.py" "$out"
fi

for file in behov.wasm behov.js behov.html; do
    [ ! -f "$out/$file" ] || printf '%-10s %8d byte, %7d packed\n' "$file" "$(wc -c <"$out/$file")" \
        "$(gzip -9 -c "$out/$file" | wc -c)"
done
