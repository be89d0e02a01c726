#!/bin/sh
# check_scripts.sh ROOT - shellcheck over every script of the project.
set -eu
command -v shellcheck >/dev/null || { echo 'skipped: needs shellcheck'; exit 77; }
cd "$1"
find . \( -name .git -o -name 'build*' \) -prune -o \( -name '*.sh' -o -path './.ci/run' \) -type f -print0 |
    xargs -0 shellcheck --external-sources
