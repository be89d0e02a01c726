#!/bin/sh
# check_format.sh ROOT - every C file is as .clang-format says.
set -eu
tool=$(command -v clang-format-14 || command -v clang-format || :)
[ -n "$tool" ] || { echo 'skipped: needs clang-format'; exit 77; }
# Versions lay a few constructs out differently; the rule is that of Debian 12.
"$tool" --version | grep -q 'version 14\.' || { echo 'skipped: needs clang-format 14'; exit 77; }
cd "$1"
find lib cli datasets notebooks-export tests -name '*.[ch]' -print0 | xargs -0 "$tool" --dry-run --Werror --ferror-limit=20
