#!/bin/sh
# Compares the data files with REGISTER.md: SHA-256, number of rows, every file registered, every entry a file, every
# registered file named in meson.build. Prints what differs; exit code 0 if nothing does, 1 otherwise.
#
#     sh datasets/check_register.sh [FOLDER]      FOLDER: that of REGISTER.md, default beside this script
#
# An entry is a heading "## `path`" with the lines "- sha256: SUM" and "- rows: N" below it. Rows do not count the
# header line; "- rows: none" stands for a file that is no table. Programs and pages (.c, .h, .py, .sh, .md, meson.build)
# are not data.
export LC_ALL=C

folder=${1:-$(dirname "$0")}
if ! cd "$folder" || ! test -r REGISTER.md; then
    echo "check_register: no REGISTER.md in $folder" >&2
    exit 1
fi

# path, sum and rows, one entry a line; the paths are ours and hold no blanks.
entries=$(awk '
    function put() { if (path != "") print path, (sum == "" ? "-" : sum), (rows == "" ? "-" : rows) }
    /^## `/      { put(); split($0, part, "`"); path = part[2]; sum = rows = "" }
    /^- sha256:/ { sum = $3 }
    /^- rows:/   { rows = $3 }
    END          { put() }' REGISTER.md)

failed=0
complain() {
    echo "$*"
    failed=1
}

count=0
while read -r path sum rows; do
    test -n "$path" || continue
    count=$((count + 1))
    if ! test -f "$path"; then
        complain "$path: registered, but there is no such file"
        continue
    fi
    found=$(sha256sum <"$path" | cut -d ' ' -f 1)
    test "$found" = "$sum" || complain "$path: sha256 is $found, registered is $sum"
    case $path in
    *.csv) lines=$(($(wc -l <"$path") - 1)) ;;
    *) lines=none ;;
    esac
    test "$lines" = "$rows" || complain "$path: rows are $lines, registered are $rows"
    # An installed copy has no meson.build.
    if test -f meson.build && ! grep -qF "'$path'" meson.build; then
        complain "$path: not named in meson.build, so it would not be installed"
    fi
done <<END
$entries
END
test "$count" -gt 0 || complain "REGISTER.md: no entries"

files=$(find . -type f ! -name '*.c' ! -name '*.h' ! -name '*.py' ! -name '*.sh' ! -name '*.md' ! -name meson.build | sort)
while read -r path; do
    path=${path#./}
    # shellcheck disable=SC2016  # the backquotes are those of the heading
    test -z "$path" || grep -qxF "## \`$path\`" REGISTER.md || complain "$path: not registered"
done <<END
$files
END

test $failed -ne 0 || echo "$count files as registered"
exit $failed
