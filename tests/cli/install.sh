#!/bin/sh
# install.sh - `meson install` puts everything in place, and what lies there works without the source folder's help.
set -eu
fail() {
    echo "install: $1"
    exit 1
}
folder=$(mktemp -d "${TMPDIR:-/tmp}/behov-install.XXXXXX")
trap 'rm -rf "$folder"' EXIT
prefix=$(meson introspect --buildoptions "$BEHOV_BUILD" | python3 -c '
import json, sys
print(next(option["value"] for option in json.load(sys.stdin) if option["name"] == "prefix"))')
meson install -C "$BEHOV_BUILD" --no-rebuild --quiet --destdir "$folder" >"$folder/log" 2>&1 || {
    cat "$folder/log"
    fail 'meson install failed'
}
root=$folder$prefix
for path in bin/behov include/behov.h include/behov/table.h include/behov/fit.h share/man/man1/behov.1 \
    share/bash-completion/completions/behov share/behov/datasets/REGISTER.md share/behov/datasets/simulated/panel.csv \
    share/behov/datasets/models/proba-2017-08.ini; do
    [ -s "$root/$path" ] || fail "$path is not in place"
done

# Every public header is installed.
for header in "$BEHOV_SOURCE"/lib/include/behov/*.h; do
    [ -s "$root/include/behov/$(basename "$header")" ] || fail "$(basename "$header") is not installed"
done

# A program of someone else's compiles and runs with pkg-config alone.
pc=$(find "$root" -name behov.pc)
[ -n "$pc" ] || fail 'behov.pc is not in place'
cat >"$folder/use.c" <<'END'
#include <behov.h>
#include <stdio.h>
int main(void)
{
    puts(behov_version());
    return 0;
}
END
library_folder=$(dirname "$(dirname "$pc")")
flags=$(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --define-variable=prefix="$root" --cflags --libs behov) ||
    fail 'pkg-config does not know behov'
cd "$folder"
# shellcheck disable=SC2086 # a list of words
${CC:-cc} use.c -o use $flags || fail 'a program does not compile against the installed library'
version=$(LD_LIBRARY_PATH=$library_folder ./use)
[ -n "$version" ] || fail 'the version is empty'

# The installed program finds the datasets beside itself, from any folder.
"$root/bin/behov" --version | grep -qF "$version" || fail "behov --version does not say $version"
"$root/bin/behov" datasets >list.txt || fail 'behov datasets failed'
[ -s list.txt ] || fail 'behov datasets lists nothing'
"$root/bin/behov" fit -o out.csv >fit.txt || fail 'behov fit failed on the bundled panel'
[ -s out.csv ] || fail 'behov fit -o out.csv wrote nothing'
