#!/bin/sh
# check_binary.sh PROGRAM - what a release build is guarded with stands in the program.
set -u
command -v readelf >/dev/null || { echo 'skipped: needs readelf'; exit 77; }
program=$1
missing=0

has() { # what, options of readelf, regular expression
    if ! readelf -W "$2" "$program" 2>/dev/null | grep -qE "$3"; then
        missing=$((missing + 1))
        echo "missing: $1"
    fi
}

has 'immediate binding (-z now)' -d 'BIND_NOW|Flags:.*NOW'
has 'relocations that can only be read (-z relro)' -l 'GNU_RELRO'
has 'the stack protector' --dyn-syms '__stack_chk_fail'
has 'fortified calls (_FORTIFY_SOURCE)' --dyn-syms '__(fprintf|memcpy|snprintf|vsnprintf)_chk'
if readelf -W -l "$program" | awk '$1 == "GNU_STACK" && $7 ~ /E/ { found = 1 } END { exit !found }'; then
    missing=$((missing + 1))
    echo 'the stack can be executed'
fi
echo "$missing guards missing"
[ "$missing" = 0 ]
