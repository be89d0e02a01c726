#!/bin/sh
# check_symbols.sh SHARED_LIBRARY STATIC_LIBRARY - the rules that only the compiled library shows.
set -eu
export LC_ALL=C
shared=$1
static=$2
broken=0
rules=0
rule() { # name, lines that break it
    rules=$((rules + 1))
    [ -n "$2" ] || return 0
    broken=$((broken + 1))
    printf 'broken: %s\n' "$1"
    printf '%s\n' "$2" | sed 's/^/    /'
}
for tool in nm objdump; do
    command -v "$tool" >/dev/null || { echo "skipped: needs $tool"; exit 77; }
done

exported=$(nm -D --defined-only "$shared" | awk '{ print $NF }')
[ -n "$exported" ] || { echo "$shared exports nothing"; exit 1; }
rule 'the shared library exports behov_* alone' "$(
    printf '%s\n' "$exported" | grep -vE '^behov_[a-z0-9_]+(@.*)?$' || :)"

# .data.rel.ro holds constant tables of pointers: it is written by the loader, not by the program.
rule 'the library has no data that can be written' "$(
    objdump -t "$static" | awk '
        /file format/ { object = $1 }
        / O / && match($0, /(\.data|\.bss|\.tdata|\.tbss|\*COM\*)[^ \t]*/) {
            section = substr($0, RSTART, RLENGTH)
            if (section !~ /^\.data\.rel\.ro/) print object " " section " " $NF
        }')"

rule 'the library calls nothing that prints, ends, opens or asks' "$(
    nm -u "$static" | awk '
        /\.o:$/ { object = $1; next }
        NF { print object " " $NF }' |
        grep -E ' (_*v?f?printf(_chk)?|puts|putchar|putc|fputs|fputc|perror|fwrite|fread|fopen(64)?|open(64)?|exit|_exit|abort|__assert_fail|raise|signal|getenv|secure_getenv|setlocale|localeconv|newlocale|uselocale|time|clock|clock_gettime|gettimeofday|localtime|rand|random|system|popen|stdout|stderr|stdin)(@.*)?$' || :)"

echo "$rules rules, $broken broken"
[ "$broken" = 0 ]
