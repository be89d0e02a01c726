# setup.sh - what cli/quickstart.sh and tests/quickstart.sh share: finding what is missing, installing only that,
# configuring and compiling. Sourced, with $root set to the project's folder. POSIX sh.
# shellcheck shell=sh disable=SC2034,SC2154

say() {
    printf '%s\n' "$*"
}

# What building needs, one a line: how it is looked for | what is looked for | Debian's package | what it is.
# tool: a command; library: a name that pkg-config knows; header: a file that the compiler finds.
build_needs='tool|cc|gcc|a C11 compiler
header|stdio.h|libc6-dev|the headers of the C library
tool|meson|meson|the build system, 1.0.1 or newer (it brings python3)
tool|ninja|ninja-build|what meson builds with
tool|pkg-config|pkg-config|finds the libraries
library|gsl|libgsl-dev|GNU Scientific Library 2.7 or newer (gsl/gsl_math.h)
header|csv.h|libcsv-dev|libcsv 3
library|xlsxwriter|libxlsxwriter-dev|libxlsxwriter (xlsxwriter.h)
header|zlib.h|zlib1g-dev|zlib, for looking at workbooks again
header|readstat.h|libreadstat-dev|ReadStat (readstat.h)
library|jansson|libjansson-dev|jansson (jansson.h)
library|cairo-pdf|libcairo2-dev|Cairo (cairo.h)
library|libcurl|libcurl4-openssl-dev|libcurl 7.85 or newer (curl/curl.h)
library|libpq|libpq-dev|libpq, for factors of PostgreSQL (libpq-fe.h)
library|libzip|libzip-dev|libzip (zip.h)
library|libxml-2.0|libxml2-dev|libxml2 (libxml/xmlwriter.h)
header|unicase.h|libunistring-dev|libunistring (unicase.h)'

# Whether one need is there: 0 or 1.
is_there() { # kind, what
    case $1 in
    tool)
        case $2 in
        ninja) command -v ninja || command -v ninja-build || command -v samu ;;
        *) command -v "$2" ;;
        esac
        ;;
    header) printf '#include <%s>\n' "$2" | cc -E - ;;
    library) pkg-config --exists "$2" ;;
    sanitizers) # the compiler and its run-time library
        command -v "$2" && printf 'int main(void){return 0;}\n' |
            "$2" -x c -fsanitize=address,undefined -o /dev/null -
        ;;
    file) [ -e "$2" ] ;;
    esac >/dev/null 2>&1
}

# The lines of $1 whose need is not there.
missing_of() {
    printf '%s\n' "$1" | while IFS='|' read -r kind what package text; do
        is_there "$kind" "$what" || printf '%s|%s|%s|%s\n' "$kind" "$what" "$package" "$text"
    done
}

list_missing() {
    printf '%s\n' "$1" | while IFS='|' read -r kind what package text; do
        printf '    %-34s %s\n' "$kind $what" "$text; Debian: $package"
    done
}

# Runs a command as root, or not at all (1).
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# Installs what is missing of the needs in $1; ends the script when that cannot be done.
install_missing() {
    missing=$(missing_of "$1")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null || [ ! -e /etc/debian_version ]; then
        say 'This is no Debian system, so nothing was installed. These are needed and were not found:' >&2
        list_missing "$missing" >&2
        say 'Install them with the package manager of your system and run this script again.' >&2
        exit 1
    fi
    packages=$(printf '%s\n' "$missing" | cut -d '|' -f 3 | tr ' ' '\n' | sort -u | tr '\n' ' ')
    say "Installing: $packages"
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words
    if ! as_root apt-get update >"$log" 2>&1 </dev/null ||
        ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
            -o DPkg::Lock::Timeout=600 -o APT::Color=0 $packages >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        say 'Installing failed (it needs root, or sudo, and a network). These are needed and were not found:' >&2
        list_missing "$missing" >&2
        say "As root: apt-get install --no-install-recommends $packages" >&2
        exit 1
    fi
    rm -f "$log"
    missing=$(missing_of "$1")
    if [ -n "$missing" ]; then
        say 'The packages are installed, but these are still not found:' >&2
        list_missing "$missing" >&2
        exit 1
    fi
}

# Whether $1 is a whole build folder of this very source folder.
is_build_folder() {
    [ -f "$1/build.ninja" ] && [ -f "$1/meson-private/coredata.dat" ] && [ -f "$1/meson-info/meson-info.json" ] &&
        python3 - "$1" "$root" <<'END' 2>/dev/null
import json, os, sys
folder, root = sys.argv[1:]
found = json.load(open(os.path.join(folder, "meson-info", "meson-info.json"), encoding="utf-8"))["directories"]
same = os.path.samefile(found["source"], root) and os.path.samefile(found["build"], folder)
sys.exit(0 if same else 1)
END
}

# Whether meson made $1 for this very source folder, whole or not: the command line it keeps names no other, the build
# folder lies where it was made, and no source of one's own stands beside.
is_left_over() {
    [ -d "$1" ] && [ ! -L "$1" ] || return 1
    [ -z "$(ls -A "$1")" ] && return 0 # empty
    [ -f "$1/meson-private/coredata.dat" ] || [ -f "$1/meson-logs/meson-log.txt" ] || return 1
    [ ! -e "$1/.git" ] && [ ! -e "$1/meson.build" ] || return 1
    [ -f "$1/meson-logs/meson-log.txt" ] &&
        grep -qxF "Source dir: $root" "$1/meson-logs/meson-log.txt" &&
        grep -qxF "Build dir: $1" "$1/meson-logs/meson-log.txt"
}

run_ninja() {
    "$(command -v ninja || command -v ninja-build || command -v samu)" "$@"
}

# Makes the build folder $1 anew with the options that follow.
make_build_folder() {
    folder=$1
    shift
    if is_build_folder "$folder" || is_left_over "$folder"; then
        rm -rf "$folder"
    elif [ -e "$folder" ] || [ -L "$folder" ]; then
        say "$folder is there already, and is no build folder of $root: it was not touched. Move it away and run this again." >&2
        return 1
    fi
    say "Configuring $folder"
    log=$(mktemp)
    if ! meson setup "$folder" "$root" "$@" >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# Compiles in $1 (the targets that follow, or all); the compiler's words are left in $compile_log.
compile() {
    compile_log=$1/compile.log
    run_ninja -C "$@" >"$compile_log" 2>&1 </dev/null
}

# Shows the beginning of what the last compile() said: later errors often follow from the first.
show_compile_log() {
    grep -v '^\[[0-9]*/[0-9]*\] ' "$compile_log" | head -n 60 >&2
    say "All of it: $compile_log" >&2
}
