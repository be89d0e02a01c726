#!/bin/sh
# quickstart.sh - from a fresh Debian 12 with git and a shell to every test:  sh tests/quickstart.sh
# Installs what is missing; runs all tests in build/ (gcc, release, warnings are errors), some in build-spare/ (without
# Cairo and threads), the program for browsers under node, all but the suite `once` again in build-sanitize/ (clang, address and
# undefined-behaviour sanitizers), and those that compute once more under valgrind. The last line is `N passed, N failed` or `N passed, N failed, N skipped`; the exit code is 1 when one failed or none ran.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=cli/setup.sh
. "$root/cli/setup.sh"

test_needs="library|cmocka|libcmocka-dev|cmocka 1.1.5 or newer
sanitizers|clang|clang libclang-rt-14-dev|a second compiler, with its sanitizers
tool|valgrind|valgrind libc6-dbg|finds errors of memory
tool|ccache|ccache|what one build has compiled, the next does not compile again
tool|unzip|unzip|looks into workbooks
tool|soffice|libreoffice-calc-nogui|LibreOffice opens the workbooks
file|/usr/lib/libreoffice/program/libswlo.so|libreoffice-writer-nogui|and the Word documents
file|/usr/lib/python3/dist-packages/docx/__init__.py|python3-docx|opens the Word documents (with /usr/bin/python3)
file|/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf|fonts-crosextra-carlito|letters as wide as those of the Word documents
file|/usr/lib/python3/dist-packages/openpyxl/__init__.py|python3-openpyxl|reads workbooks strictly (with /usr/bin/python3)
file|/usr/lib/python3/dist-packages/pandas/__init__.py|python3-pandas|reads and writes files of Stata (with /usr/bin/python3)
tool|Rscript|r-base-core r-cran-haven r-cran-foreign|reads and writes files of Stata and SPSS
tool|pdftoppm|poppler-utils|pictures of the workbooks
tool|pandoc|pandoc|reads the Markdown
tool|tidy|tidy|checks the HTML
tool|chromium|chromium|shows and prints the HTML
tool|pg_config|postgresql-server-dev-15|builds the extension of PostgreSQL
tool|pg_ctlcluster|postgresql-15|a PostgreSQL to start (as postgres or nobody; none that runs is touched)
tool|lualatex|texlive-latex-base texlive-latex-recommended texlive-luatex lmodern|compiles the LaTeX
tool|gretlcli|gretl|runs the exported scripts of gretl
tool|sqlite3|sqlite3|runs those of SQL
tool|localedef|libc-bin|makes a locale
file|/usr/share/i18n/locales/nb_NO|locales|its description
tool|clang-format|clang-format|checks the form of the sources
tool|shellcheck|shellcheck|checks the scripts
tool|objdump|binutils|looks into the library and the program
tool|emcc|emscripten|compiles the program for browsers (with clang-14)
tool|node|nodejs|runs it
tool|patch|patch|applies Debian's patches to its libraries
tool|Rscript|r-base-core|runs the scripts in R that the program writes
file|/usr/lib/R/site-library/sandwich/DESCRIPTION|r-cran-sandwich|their standard errors
file|/usr/lib/R/site-library/clubSandwich/DESCRIPTION|r-cran-clubsandwich|the same
file|/usr/lib/R/site-library/IRkernel/DESCRIPTION|r-cran-irkernel|runs the notebooks in R
file|/usr/lib/python3/dist-packages/statsmodels/__init__.py|python3-statsmodels|runs the scripts in Python (with /usr/bin/python3)
file|/usr/lib/python3/dist-packages/jinja2/__init__.py|python3-jinja2|pandas' tables in notebooks
file|/usr/lib/python3/dist-packages/nbclient/__init__.py|python3-nbclient|runs notebooks
file|/usr/lib/python3/dist-packages/ipykernel/__init__.py|python3-ipykernel|the same"

install_missing "$build_needs
$test_needs"

# Some tests run under a locale with a decimal comma; without it they are skipped.
if [ "$(LC_ALL=nb_NO.UTF-8 locale charmap 2>/dev/null)" != UTF-8 ]; then
    say 'Making the locale nb_NO.UTF-8'
    as_root localedef -i nb_NO -f UTF-8 nb_NO.UTF-8 || say 'The locale nb_NO.UTF-8 could not be made' >&2
fi

# The python3 of the PATH may be a script that looks for another each time (pyenv's is slower to start than most tests).
python_folder=$(dirname "$(python3 -c 'import sys; print(sys.executable)')")
[ "$(command -v python3)" = "$python_folder/python3" ] || [ ! -x "$python_folder/python3" ] || {
    PATH=$python_folder:$PATH
    export PATH
}

# Meson puts ccache before its own choice of a compiler; the folder of the sources is no part of what is compiled.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1

surplus_failures=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Configures the folder $1 with the options that follow, and compiles. An old folder is used again when it can be.
prepare() {
    folder=$1
    shift
    say "== $(basename "$folder"): $*"
    if is_build_folder "$folder" && meson setup --reconfigure "$folder" "$root" "$@" >/dev/null 2>&1 </dev/null; then
        compile "$folder" && return 0
    fi
    # New, or left over from other packages or another compiler.
    if make_build_folder "$folder" "$@"; then
        compile "$folder" && return 0
        show_compile_log
    fi
    say "$folder could not be built"
    surplus_failures=$((surplus_failures + 1))
    return 1
}

# Runs the tests of the folder $1 with the options that follow $3; meson writes the log $2.json, kept as $3.json.
run_tests() {
    folder=$1
    log=$folder/meson-logs/$2.json
    name=$3
    shift 3
    say "== $(basename "$folder"): meson test $*"
    rm -f "$log"
    # What failed and why is told by count_results.py.
    meson test -C "$folder" --no-rebuild "$@" >"$results/$name.txt" 2>&1 </dev/null || :
    if [ -s "$log" ]; then
        cp "$log" "$results/$name.json"
    else
        tail -n 30 "$results/$name.txt"
        say "No test was run in $folder"
        surplus_failures=$((surplus_failures + 1))
    fi
}

# The program for browsers, for the tests in web/: the libraries are made once and kept (a minute), the program each time.
# Where a source or a tool cannot be had (77) those tests are skipped and say so.
make_web() {
    say '== web'
    status=0
    sh "$root/cli/web/build.sh" "$1/web" || status=$?
    [ "$status" = 0 ] || rm -f "$1/web/behov.wasm"
    [ "$status" = 0 ] || [ "$status" = 77 ] || {
        say 'The program for browsers could not be built'
        surplus_failures=$((surplus_failures + 1))
    }
}

plain=$root/build
if prepare "$plain" --buildtype=release -Dtests=true -Dwerror=true; then
    make_web "$plain"
    run_tests "$plain" testlog 1_plain
    run_tests "$plain" testlog-valgrind 2_valgrind --setup valgrind
fi

# Without Cairo and threads: the computing tests and every eighth case, for all of them take as long as above.
spare=$root/build-spare
if prepare "$spare" --buildtype=release -Dtests=true -Dwerror=true -Dcairo=disabled -Dthreads=disabled -Dcurl=disabled -Dpostgresql=disabled; then
    run_tests "$spare" testlog 3_spare_unit --suite unit
    set --
    for case in $(find "$root/tests/cli/cases" -name '*.test' | LC_ALL=C sort | awk 'NR % 8 == 0'); do
        set -- "$@" "$(basename "$case" .test)"
    done
    run_tests "$spare" testlog 4_spare_cases alone man_examples "$@"
fi

sanitize=$root/build-sanitize
CC='ccache clang'
export CC
if prepare "$sanitize" --buildtype=debugoptimized -Dtests=true -Dwerror=true -Db_sanitize=address,undefined \
    -Db_lundef=false -Dc_args=-fno-sanitize-recover=all; then
    # LibreOffice, Chromium, TeX, R and the notebooks' kernels are not what a sanitizer looks at.
    run_tests "$sanitize" testlog 5_sanitize --no-suite once
fi
unset CC

set --
for log in "$results"/*.json; do
    [ ! -e "$log" ] || set -- "$@" "$log"
done
python3 "$root/tests/count_results.py" --failed "$surplus_failures" "$@"
