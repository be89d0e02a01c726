#!/bin/sh
# libraries.sh CACHE - the libraries that behov stands on, for WebAssembly, from Debian's sources (sources.txt). Prints the
# folder with their include/ and lib/. Made once: another recipe, source or compiler makes another folder in CACHE. Exit code
# 77 when a source cannot be had.
# Their own configure scripts would take ten times as long as compiling; what they would find out stands in libraries/.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
cache=$1
pool=${BEHOV_DEBIAN_POOL:-http://deb.debian.org/debian/pool/main}
n_jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

recipe=$( (cat "$here/libraries.sh" "$here/sources.txt" "$here/compiler.sh" "$here"/libraries/* && emcc --version && clang-14 --version) |
    sha256sum | cut -c 1-16)
made=$cache/libraries-$recipe
if [ -e "$made/done" ]; then
    printf '%s\n' "$made"
    exit 0
fi
mkdir -p "$cache/downloads"
work=$(mktemp -d)
new=$(mktemp -d "$made.XXXXXX") # another run may be at it too
trap 'rm -rf "$work" "$new"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
    printf 'libraries.sh: %s\n' "$1" >&2
    exit 1
}

say_missing() {
    printf 'libraries.sh: %s\n' "$1" >&2
    exit 77
}

is_whole() { # file, SHA-256
    [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$2" ]
}

# apt's own downloader is on every Debian, and goes through the proxy that apt goes through.
download() { # folder, file, SHA-256
    file=$cache/downloads/$2
    is_whole "$file" "$3" && return 0
    # In the address as in the pool: + and ~ are written with %.
    name=$(printf '%s' "$2" | sed 's/+/%2b/g; s/~/%7e/g')
    case $1 in lib*) letter=$(printf '%s' "$1" | cut -c 1-4) ;; *) letter=$(printf '%s' "$1" | cut -c 1) ;; esac
    rm -f "$file"
    /usr/lib/apt/apt-helper download-file "$pool/$letter/$1/$name" "$file" "SHA256:$3" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        say_missing "$pool/$letter/$1/$name could not be fetched (Debian may have a newer one: see sources.txt)"
    }
    is_whole "$file" "$3" || fail "$file is not what sources.txt says"
}

unpack() { # folder, file
    mkdir -p "$work/$1"
    case $2 in
    *.debian.tar.xz)
        tar -xf "$cache/downloads/$2" -C "$work/$1"
        grep -v '^#' "$work/$1/debian/patches/series" | while read -r patch _; do
            [ -z "$patch" ] || patch -s -p 1 -d "$work/$1" <"$work/$1/debian/patches/$patch" >"$work/log" 2>&1 || {
                cat "$work/log" >&2
                fail "$patch does not apply to $1"
            }
        done
        ;;
    *) tar -xf "$cache/downloads/$2" -C "$work/$1" --strip-components 1 ;;
    esac
}

# What computes and what packs is compiled to be fast, the rest to be small.
flags="$(emcc --cflags) -O2 -ffp-contract=off -w -DNDEBUG"
small=-Oz

# Compiles the sources on standard input, one a line, in the folder $1 with the flags that follow $2, into lib$2.a.
library() {
    folder=$work/$1
    name=$2
    shift 2
    mkdir -p "$folder/.objects"
    (
        cd "$folder"
        # One object a source, named after its whole path: two folders of GSL may have a source of one name.
        # shellcheck disable=SC2016,SC2086 # the inner shell's words; a list of words
        xargs -P "$n_jobs" -I '{}' sh -c '
            source=$1; shift
            exec clang-14 "$@" -c "$source" -o ".objects/$(printf %s "$source" | tr / _).o"' sh '{}' $flags "$@"
        llvm-ar-14 rcs "$new/lib/lib$name.a" .objects/*.o
    )
}

# Copies headers into the include folder $1.
headers() {
    target=$new/include/$1
    shift
    mkdir -p "$target"
    cp "$@" "$target"
}

package() { # name, version, link name
    cat >"$new/lib/pkgconfig/$1.pc" <<END
prefix=$made
Name: $1
Description: for WebAssembly
Version: $2
Libs: -L\${prefix}/lib -l$3
Cflags: -I\${prefix}/include
END
}

sources=$(grep -v '^#' "$here/sources.txt")
printf '%s\n' "$sources" | while read -r folder file digest; do download "$folder" "$file" "$digest"; done
printf '%s\n' "$sources" | while read -r folder file digest; do unpack "$folder" "$file"; done
mkdir -p "$new/include" "$new/lib/pkgconfig"
cd "$work"

# ---- GSL: the folders that its linear algebra, distributions and special functions stand on ----
cp "$here/libraries/gsl_config.h" gsl/config.h
headers gsl gsl/gsl_*.h gsl/*/gsl_*.h
mkdir -p gsl/gsl && cp "$new"/include/gsl/*.h gsl/gsl/
(
    cd gsl
    for folder in blas block cblas cdf complex eigen err linalg matrix permutation poly randist rng specfunc sys \
        vector; do
        # What a Makefile compiles: other .c files are included, or tests.
        sed -e :a -e '/\\$/N; s/\\\n//; ta' "$folder/Makefile.am" | sed -n 's/^lib[a-z0-9]*_la_SOURCES *= *//p' |
            tr -s ' \t' '\n' | grep '\.c$' | sed "s|^|$folder/|"
    done
) >gsl.list
library gsl gsl -I. -DHAVE_CONFIG_H <gsl.list
package gsl 2.7.1 gsl

# ---- zlib, with the part of minizip that libxlsxwriter brings ----
headers . zlib/zlib.h zlib/zconf.h
printf '%s.c\n' adler32 compress crc32 deflate inffast inflate inftrees trees uncompr zutil | library zlib z
package zlib 1.2.13 z

(cd libxlsxwriter && ls src/*.c && printf 'third_party/%s.c\n' minizip/ioapi minizip/zip tmpfileplus/tmpfileplus md5/md5) |
    library libxlsxwriter xlsxwriter "$small" -Iinclude -I"$new/include"
cp -R libxlsxwriter/include/. "$new/include"
package xlsxwriter 1.1.4 xlsxwriter

headers . libcsv/csv.h
echo libcsv.c | library libcsv csv "$small" -I.

cp "$here/libraries/jansson_private_config.h" jansson/src
cp jansson/android/jansson_config.h jansson/src
headers . jansson/src/jansson.h jansson/src/jansson_config.h
(cd jansson && ls src/*.c) | library jansson jansson "$small" -Isrc -DHAVE_CONFIG_H
package jansson 2.14 jansson

# ---- libunistring: what folding, normalising, checking and measuring text stand on ----
(
    cd libunistring/lib
    echo '#define _GL_ATTRIBUTE_FALLTHROUGH __attribute__((__fallthrough__))' >config.h
    for header in uni*.in.h unistring/*.in.h unicase/*.in.h; do cp "$header" "${header%.in.h}.h"; done
    sed 's/@DLL_VARIABLE@//' unistring/woe32dll.in.h >unistring/woe32dll.h
    echo '#include <stdbool.h>' >unistring/stdbool.h
    echo '#include <stdint.h>' >unistring/stdint.h
    cp iconveh.h localcharset.h unistring
    rm -f unistd.h # the C library's own stands
)
headers . libunistring/lib/unicase.h libunistring/lib/uninorm.h libunistring/lib/unistr.h libunistring/lib/unitypes.h \
    libunistring/lib/uniwidth.h
headers unistring libunistring/lib/unistring/*.h
(
    cd libunistring/lib
    # shellcheck disable=SC2010 # no name with a blank
    ls unicase/u8-casefold.c unicase/u8-ct-casefold.c unicase/u8-casemap.c unicase/empty-*-context.c \
        unicase/casefold.c unicase/tocasefold.c unicase/special-casing.c unicase/cased.c unicase/ignorable.c unicase/tolower.c \
        uninorm/nfc.c uninorm/nfd.c uninorm/decomposing-form.c uninorm/u8-normalize.c uninorm/composition.c uninorm/canonical-decomposition.c \
        uninorm/decomposition-table.c uninorm/decompose-internal.c uninorm/u-normalize-internal.c uninorm/compat-decomposition.c \
        unictype/combiningclass.c unictype/pr_soft_dotted.c unistr/u8-*.c uniwidth/width.c 2>/dev/null | grep -v '/u8-mbs\|next.c.c'
) >unistring.list
library libunistring/lib unistring "$small" -I. -DHAVE_CONFIG_H -DIN_LIBUNISTRING <unistring.list

# ---- libzip ----
cp "$here/libraries/libzip_config.h" libzip/lib/config.h
cp "$here/libraries/zipconf.h" libzip/lib
headers . libzip/lib/zip.h libzip/lib/zipconf.h
{
    echo '#include "zipint.h"'
    echo 'const char *const _zip_err_str[] = {'
    sed -n 's/^#define ZIP_ER_[A-Z_0-9]* [0-9]* *\/\* [A-Z] \(.*\) \*\/$/"\1",/p' libzip/lib/zip.h
    echo '};'
    echo 'const int _zip_nerr_str = sizeof _zip_err_str / sizeof *_zip_err_str;'
    echo 'const int _zip_err_type[] = {'
    sed -n 's/^#define ZIP_ER_[A-Z_0-9]* [0-9]* *\/\* \([A-Z]\) .*/ZIP_ET_\1,/p' libzip/lib/zip.h |
        sed 's/ZIP_ET_N/ZIP_ET_NONE/; s/ZIP_ET_S/ZIP_ET_SYS/; s/ZIP_ET_Z/ZIP_ET_ZLIB/'
    echo '};'
} >libzip/lib/zip_err_str.c
# shellcheck disable=SC2010 # no name with a blank
(cd libzip/lib && ls zip_*.c | grep -vE 'win32|winzip|_win\.|uwp|crypto_|bzip2|xz') |
    library libzip/lib zip "$small" -I. -I"$new/include" -DHAVE_CONFIG_H
package libzip 1.7.3 zip

# ---- libxml2: reader and writer alone ----
cp "$here/libraries/libxml2_config.h" libxml2/config.h
sed -e 's/@VERSION@/2.9.14/; s/@LIBXML_VERSION_NUMBER@/20914/; s/@LIBXML_VERSION_EXTRA@//; s/@MODULE_EXTENSION@/.so/' \
    -e 's/@WITH_\(TREE\|OUTPUT\|PUSH\|READER\|WRITER\|SAX1\|PATTERN\)@/1/; s/@WITH_[A-Z0-9_]*@/0/' \
    libxml2/include/libxml/xmlversion.h.in >libxml2/include/libxml/xmlversion.h
headers libxml libxml2/include/libxml/*.h
printf '%s.c\n' SAX2 buf chvalid dict encoding entities error globals hash list parser parserInternals pattern \
    threads tree uri valid xmlIO xmlmemory xmlreader xmlsave xmlstring xmlunicode xmlwriter |
    library libxml2 xml2 "$small" -I. -Iinclude -DHAVE_CONFIG_H
package libxml-2.0 2.9.14 xml2

# ---- in the place of the C library's own: memset and its like; hypot, log1p and log10 as glibc has them; musl's pow, log and log2, which glibc has
# too: a link with -Oz takes Emscripten's libc-optz, whose three are older and shorter, with other last bits; character sets
# without those of East Asia, whose tables are an eighth of the page ----
musl=$(dirname "$(readlink -f "$(command -v emcc)")")/system/lib/libc/musl
[ -f "$musl/src/locale/iconv.c" ] || fail "$musl is not there: another emscripten than Debian's?"
mkdir -p instead
sed '/^"eucjp/,/^"euckr/d' "$musl/src/locale/iconv.c" >instead/iconv.c
cp "$musl/src/locale/legacychars.h" "$musl/src/locale/codepages.h" instead
cp "$here/libraries/"*.c instead
for function in pow log log2; do cp "$musl/src/math/$function.c" "$musl/src/math/${function}_data.c" instead; done
for table in jis0208 gb18030 big5 hkscs ksc revjis; do : >"instead/$table.h"; done
printf '%s.c\n' iconv hypot log1p memory pow pow_data log log_data log2 log2_data |
    library instead instead -mbulk-memory -I. -I"$musl/src/math" -I"$musl/arch/emscripten" -I"$musl/arch/generic" \
        -I"$musl/src/include" -I"$musl/src/internal" -I"$musl/../../pthread"

: >"$new/done"
chmod 755 "$new"
mv -T "$new" "$made" 2>/dev/null || [ -e "$made/done" ]
printf '%s\n' "$made"
