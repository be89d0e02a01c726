#!/bin/sh
# check_sources.sh ROOT - the rules of the rooms, read from the sources. A broken rule is reported with its place.
set -eu
export LC_ALL=C.UTF-8
root=$1
cd "$root"
broken=0
rules=0

rule() { # name, lines that break it
    rules=$((rules + 1))
    [ -n "$2" ] || return 0
    broken=$((broken + 1))
    printf 'broken: %s\n' "$1"
    printf '%s\n' "$2" | sed 's/^/    /'
}

# What lib/ may include of the C library. No locale.h, time.h, unistd.h, assert.h.
c_headers='ctype errno float inttypes limits math pthread stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string unistd'

# One line for each level, lowest first: a module includes only modules of its own line or of lines above it.
levels='api wide triangle checksum
word factor_state
phrase
error alloc memory number text_store
linalg extended parallel printed rank code row_key near_word
dictionary table
token expression formula
regressor panel cluster
level fate within design
factor
fit
factor_part
factor_merge factor_file factor_gather factor_check factor_units
influence adjusted sole
vcov inference least_squares heteroskedasticity reset autocorrelation anova holm welch rank_correlation hypothesis test boot need driver shrink ratio select diagnose audit plausibility
report'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The code without its comments, as FILE:LINE:TEXT, so that a rule may be named in a comment. Strings stay.
without_comments() {
    [ $# -gt 0 ] || return 0
    awk 'FNR == 1 { inside = 0 }
        {
            rest = $0; out = ""
            while (rest != "") {
                if (inside) {
                    at = index(rest, "*/")
                    if (!at) { rest = ""; break }
                    rest = substr(rest, at + 2); inside = 0
                } else {
                    at = index(rest, "/*"); line = match(rest, /(^|[^:"])\/\//)
                    if (line && (!at || line < at)) { out = out substr(rest, 1, RSTART); rest = ""; break }
                    if (!at) { out = out rest; rest = ""; break }
                    out = out substr(rest, 1, at - 1) " "; rest = substr(rest, at + 2); inside = 1
                }
            }
            if (out ~ /[^ \t]/) printf "%s:%d:%s\n", FILENAME, FNR, out
        }' "$@"
}

# FILE ROOM: the public headers of lib/municipal and lib/pages, as their meson.build names them; the others are lib/core's.
for room in lib/municipal lib/pages; do
    sed -n "s|.*'\.\./include/\(behov/[a-z_]*\.h\)'.*|\1|p" <<END | sed "s|\(.*\)|lib/include/\1 $room|"
$(tr ',' '\n' <"$room/meson.build")
END
done >"$work/public"
core_headers=$(printf '%s\n' lib/include/behov/*.h |
    awk 'FILENAME == ARGV[1] { of_a_room[$1] = 1; next } !($1 in of_a_room)' "$work/public" -)

# shellcheck disable=SC2086 # a list of words
without_comments lib/include/behov.h $core_headers lib/core/*.[ch] >"$work/lib"
# shellcheck disable=SC2046 # no file name of the project has a space
without_comments $(find cli lib/municipal lib/pages datasets notebooks-export -path cli/web -prune -o -name '*.[ch]' -print 2>/dev/null) \
    $(sed 's/ .*//' "$work/public") >"$work/program"
grep -E '^(cli|lib)/' "$work/program" >"$work/cli" || :
[ -s "$work/lib" ] || { echo 'no library source was found'; exit 1; }
sed -n 's/^\([^:]*:[0-9]*\):[ \t]*#[ \t]*include[ \t]*[<"]\([^">]*\)[">].*/\1:\2/p' "$work/program" >"$work/program_includes"

# FILE:LINE:NAME for each include
sed -n 's/^\([^:]*:[0-9]*\):[ \t]*#[ \t]*include[ \t]*[<"]\([^">]*\)[">].*/\1:\2/p' "$work/lib" |
    grep -v '^lib/core/memory\.c:[0-9]*:sys/mman\.h$' >"$work/includes" # large pages

rule 'lib/ includes only its own headers, GSL and the C library' "$(
    grep -vE ':(behov\.h|behov/[a-z_]+\.h|[a-z_]+\.h|gsl/[a-z_]+\.h)$' "$work/includes" || :
    # behov/word.h is made by the build
    printf '%s\n' lib/include/behov.h lib/include/behov/*.h lib/include/behov/word.h lib/core/*.h | awk -F: -v c_headers="$c_headers" '
        BEGIN {
            n = split(c_headers, c, " ")
            for (i = 1; i <= n; i++) allowed[c[i] ".h"] = 1
        }
        FNR == NR { present[$0] = 1; next }
        $3 ~ /^gsl\// || $3 in allowed || ("lib/include/" $3) in present { next }
        { folder = $1; sub(/[^\/]*$/, "", folder) }
        !((folder $3) in present) { print $1 ":" $2 ": " $3 }' - "$work/includes"
)"

# MODULE MODULE FILE:LINE for each include of one module by another. A header of inner things, fit_parts.h, belongs to
# the module that begins its name, fit.
awk -F: -v levels="$(printf '%s' "$levels" | tr '\n' ' ')" -v c_headers="$c_headers" '
    BEGIN {
        n = split(c_headers, word, " ")
        for (i = 1; i <= n; i++) other[word[i] ".h"] = 1
        n = split(levels, word, " ")
        for (i = 1; i <= n; i++) known[word[i]] = 1
    }
    function module(path,   name, whole) {
        name = path
        sub(/.*\//, "", name)
        sub(/\.[ch]$/, "", name)
        whole = name
        while (!(name in known) && sub(/_[^_]*$/, "", name))
            ;
        return name in known ? name : whole
    }
    $1 == "lib/include/behov.h" || $3 ~ /^gsl\// || $3 in other { next }
    {
        from = module($1)
        to = module($3)
        if (from != to) print from, to, $1 ":" $2
    }' "$work/includes" >"$work/edges"
rule 'includes point downwards (the order stands in tests/architecture/check_sources.sh)' "$(
    printf '%s\n' "$levels" | awk '
        FNR == NR { for (i = 1; i <= NF; i++) level[$i] = FNR; next }
        $1 == "behov" { next }
        !($1 in level) { print $3 ": " $1 " has no place in the order"; next }
        !($2 in level) { print $3 ": " $2 " has no place in the order"; next }
        level[$2] > level[$1] { print $3 ": " $1 " includes " $2 ", which stands above it" }
    ' - "$work/edges" | sort -u
)"
rule 'modules do not include each other in a circle' "$(
    awk '$1 != $2 && $1 != "behov" { print $1, $2 }' "$work/edges" | sort -u | tsort 2>&1 >/dev/null || :
)"
rule 'behov.h names every public header, lower ones first, and nothing else' "$(
    grep '^lib/include/behov\.h:' "$work/includes" | sed 's/.*://' >"$work/umbrella"
    printf '%s\n' lib/include/behov/*.h |
        awk 'FILENAME == ARGV[1] { named["lib/include/" $0] = 1; next } !($0 in named) { print $0 " is not included" }' "$work/umbrella" -
    # whatever a header includes is named before it
    awk -F: '
        FNR == NR { place["lib/include/" $1] = FNR; next }
        { name = $3; sub(/^behov\//, "", name); name = "lib/include/behov/" name }
        name in place && $1 in place && place[name] > place[$1] { print $1 " stands above " name ", which it includes" }
    ' "$work/umbrella" - <<END
$(cat "$work/includes" "$work/program_includes")
END
    grep '^lib/include/behov\.h:' "$work/lib" | grep -vE ':[ \t]*#[ \t]*(include|ifndef|define|endif|if|pragma)' || :
)"

# The rooms: each line names a room, then those whose headers it includes beside its own and the public ones. Arrows point
# downwards only.
rooms='lib/municipal lib/core
lib/pages lib/core lib/municipal
cli/system lib/core
cli/read lib/core cli/system lib/municipal
cli/write lib/core cli/system lib/municipal lib/pages
cli/workbook lib/core cli/system cli/write lib/municipal lib/pages
notebooks-export lib/core cli/system cli/write lib/municipal lib/pages
cli/fetch lib/core cli/system cli/read cli/write lib/municipal lib/pages
cli/call lib/core cli/system cli/read cli/write cli/workbook cli/fetch notebooks-export lib/municipal lib/pages
cli/verbs lib/core cli/system cli/read cli/write cli/workbook cli/fetch cli/call notebooks-export lib/municipal lib/pages'
rule 'the rooms include only what lies below them' "$(
    {
        find lib/municipal lib/pages cli notebooks-export -name '*.h' | sed 's|\(.*\)/\([^/]*\)$|\2 \1|'
        sed 's|lib/include/||' "$work/public"
        sed 's|lib/include/behov/||' "$work/public"
    } >"$work/homes"
    awk -F: -v rooms="$rooms" -v public="$work/public" '
        function room(path) {
            if (path in of_public) return of_public[path]
            sub(/\/[^\/]*$/, "", path)
            return path
        }
        BEGIN {
            while ((getline line < public) > 0) { split(line, word, " "); of_public[word[1]] = word[2] }
            n = split(rooms, row, "\n")
            for (i = 1; i <= n; i++) {
                m = split(row[i], word, " ")
                for (j = 1; j <= m; j++) below[word[1], word[j]] = 1
            }
        }
        FNR == NR { split($0, word, " "); home[word[1]] = word[2]; next }
        $3 in home && !((room($1), home[$3]) in below) && room($1) != "datasets" { print $1 ":" $2 ": " home[$3] "/" $3 }
    ' "$work/homes" "$work/program_includes"
    # shellcheck disable=SC2086 # a list of words
    awk -F: 'FNR == NR { split($0, word, " "); home[word[1]] = word[2]; next }
        $3 in home && $1 != "lib/include/behov.h" { print $1 ":" $2 ": " home[$3] "/" $3 }' "$work/homes" "$work/includes"
)"

rule 'only cli/read/csv_reader.h and grid_text.c include csv.h' "$(
    grep -E '#[ \t]*include[ \t]*[<"]csv\.h' "$work/lib" "$work/program" -h | grep -vE '^cli/read/(csv_reader\.h|grid_text\.c):' || :)"
rule 'only cli/read/statistics_file.h and cli/write/write_statistics.c include readstat.h' "$(
    grep -E '#[ \t]*include[ \t]*[<"]readstat' "$work/lib" "$work/program" -h | grep -vE '^cli/(read/statistics_file\.h|write/write_statistics\.c):' || :)"
rule 'only cli/workbook/xlsx.h includes xlsxwriter.h' "$(
    grep -E '#[ \t]*include[ \t]*[<"]xlsxwriter' "$work/lib" "$work/program" -h | grep -v '^cli/workbook/xlsx\.h:' || :)"
rule 'only cli/workbook/write_xlsx.c and cli/xlsx_*.c include xlsx.h' "$(
    grep -E '#[ \t]*include[ \t]*[<"]xlsx\.h' "$work/lib" "$work/program" -h | grep -vE '^cli/workbook/(write_xlsx|xlsx_[a-z]+)\.c:' || :)"
rule 'only lib/municipal/name.c includes libunistring' "$(
    grep -E '#[ \t]*include[ \t]*[<"]uni(case|norm|str|types|ctype|name)' "$work/lib" "$work/program" -h | grep -v '^lib/municipal/name\.c:' || :)"
rule 'only cli/write/cairo_library.h includes cairo.h, and only write_cairo.c and cairo_library.c that' "$(
    grep -E '#[ \t]*include[ \t]*[<"]cairo[.-]' "$work/lib" "$work/program" -h | grep -v '^cli/write/cairo_library\.h:' || :
    grep -E '#[ \t]*include[ \t]*[<"]cairo_library\.h' "$work/program" -h | grep -vE '^cli/write/(write_cairo|cairo_library)\.c:' || :)"
rule 'only cli/system/xml_library.h includes libxml2, and only xml_library.c, docx_xml.c and xml_package.c that' "$(
    grep -E '#[ \t]*include[ \t]*[<"]libxml' "$work/lib" "$work/program" -h | grep -v '^cli/system/xml_library\.h:' || :
    grep -E '#[ \t]*include[ \t]*[<"]xml_library\.h' "$work/program" -h | grep -vE '^cli/(system/xml_library|write/docx_xml|read/xml_package)\.c:' || :)"
rule 'only cli/fetch/curl_library.h includes curl.h, and only http.c and curl_library.c that: nothing else of the program reaches a network' "$(
    grep -E '#[ \t]*include[ \t]*[<"](curl/|netdb|arpa/|netinet/|sys/socket)' "$work/lib" "$work/program" -h | grep -v '^cli/fetch/curl_library\.h:' || :
    grep -E '#[ \t]*include[ \t]*[<"]curl_library\.h' "$work/program" -h | grep -vE '^cli/fetch/(http|curl_library)\.c:' || :)"
rule 'only cli/read/postgres_library.h includes libpq-fe.h, and only factor_query.c and postgres_library.c that' "$(
    grep -E '#[ \t]*include[ \t]*[<"]libpq' "$work/lib" "$work/program" -h | grep -v '^cli/read/postgres_library\.h:' || :
    grep -E '#[ \t]*include[ \t]*[<"]postgres_library\.h' "$work/program" -h | grep -vE '^cli/read/(factor_query|postgres_library)\.c:' || :)"
rule 'the extension includes only PostgreSQL, math.h and behov/factor_state.h; what it is made of of lib/core neither GSL nor malloc' "$(
    grep -nE '#[ \t]*include' lib/postgresql/*.[ch] | grep -vE '"(postgres|fmgr|funcapi|miscadmin|behov_factor)\.h"|"(catalog|lib|libpq|utils)/[a-z_]+\.h"|<(math\.h|behov/factor_state\.h)>' || :
    grep -nE '#[ \t]*include.*(gsl|stdlib|alloc|stdio)|(malloc|calloc|realloc|free)[ \t]*\(' lib/core/triangle.[ch] lib/core/checksum.[ch] lib/core/factor_state*.[ch] lib/include/behov/factor_state.h || :
    grep -nE '(^|[^a-z_])(malloc|calloc|realloc|free)[ \t]*\(' lib/postgresql/*.[ch] || :)"
rule 'of the writers only docx_package.c and zip_join.c include zip.h' "$(
    grep -E '#[ \t]*include[ \t]*[<"]zip\.h' "$work/lib" "$work/program" -h |
        grep '^cli/write/' | grep -vE '^cli/write/(docx_package|zip_join)\.c:' || :)"
rule 'values are put into JSON by cli/write/json_build.c alone, which looks whether they arrive (json_put, json_add, json_text, json_figure)' "$(
    grep -hE '(^|[^A-Za-z0-9_])json_((object|array)_(set|append|insert|update|extend|clear|del)[a-z_]*|stringn?(_nocheck)?|real|v?sprintf|v?pack[a-z_]*|dump[a-z]*)[ \t]*\(' "$work/program" |
        grep -vE '^cli/write/json_build\.c:|^cli/write/write_json\.c:[0-9]*:.*json_dump|json_object_del[ \t]*\(' || :)"
rule 'only lib/core/linalg.c calls gsl_linalg and gsl_blas' "$(
    grep -hE 'gsl_(linalg|blas|cblas)|\bcblas_' "$work/lib" "$work/cli" | grep -vE '^lib/core/linalg\.c:' || :)"
rule 'the program includes only public headers of the library' "$(
    find lib/core cli lib/municipal lib/pages datasets notebooks-export -name '*.h' 2>/dev/null | awk -F: '
        FNR == NR { present[$0] = 1; next }
        {
            name = $3; sub(/.*\//, "", name)
            folder = $1; sub(/[^\/]*$/, "", folder)
            if (("lib/core/" name) in present && !((folder name) in present)) print $1 ":" $2 ": " name
        }' - "$work/program_includes"
)"
# A function name is its own when no letter stands before it: snprintf and runtime are others.
outside='(v?f?printf|v?dprintf|puts|fputs|putchar|fputc|putc|perror|fwrite|fread|fopen|freopen|open|exit|_exit|_Exit|quick_exit|abort|assert|raise|signal|longjmp|getenv|secure_getenv|setenv|setlocale|localeconv|newlocale|uselocale|time|clock|clock_gettime|gettimeofday|localtime|gmtime|rand|srand|random|system|popen)'
asks_outside() { # file of FILE:LINE:TEXT
    grep -E "(^|[^A-Za-z0-9_])${outside}[ \t]*\\(" "$1" || :
    grep -E '(^|[^A-Za-z0-9_])((stdout|stderr|stdin|environ)([^A-Za-z0-9_]|$)|FILE[ \t]*\*)' "$1" || :
}
grep -E "^lib/" "$work/program" >"$work/rooms_of_lib" || :
rule 'the library prints nothing, ends nothing, opens nothing, asks neither environment, locale nor clock' "$(
    asks_outside "$work/lib"
    asks_outside "$work/rooms_of_lib"
)"
# strings.h: strcasecmp, of ASCII words that headers of files may have.
rule 'lib/municipal and lib/pages include only the project, the C library and libunistring' "$(
    sed -n 's/^\([^:]*:[0-9]*\):[ \t]*#[ \t]*include[ \t]*<\([^>]*\)>.*/\1:\2/p' "$work/rooms_of_lib" |
        awk -F: -v c_headers="$c_headers" '
            BEGIN { n = split(c_headers " strings", c, " "); for (i = 1; i <= n; i++) allowed[c[i] ".h"] = c[i] != "unistd" }
            !allowed[$3] && $3 !~ /^behov(\/[a-z_]+)?\.h$|^uni[a-z]+\.h$/ { print $1 ":" $2 ": " $3 }'
)"
rule 'numbers are read from text by lib/core/number.c alone' "$(
    grep -E '(^|[^A-Za-z0-9_])((strtod|strtof|strtold|atof)[ \t]*\(|v?f?s?scanf[ \t]*\([^;]*%[0-9]*[lL]?[aefgAEFG])' -h "$work/lib" "$work/cli" |
        grep -v '^lib/core/number\.c:' || :)"
rule 'only main() turns the error handler of GSL off' "$(
    grep -h 'gsl_set_error_handler' "$work/lib" "$work/program" | grep -vE '^(cli/verbs/main\.c|datasets/[^:]*):' || :)"
rule 'setlocale is called by cli/verbs/main.c alone' "$(
    grep -hE '(^|[^A-Za-z0-9_])setlocale[ \t]*\(' "$work/program" | grep -v '^cli/verbs/main\.c:' || :)"
rule 'cli/system/system_*.c alone ask the operating system: the rest of cli/ asks system.h' "$(
    grep -hE '#[ \t]*include[ \t]*<(unistd|fcntl|signal|termios|iconv|dirent|pthread|dlfcn|sched|poll|spawn|pwd|sys/[a-z_]+|linux/[a-z_]+)\.h>|(^|[^A-Za-z0-9_.>])(getenv|secure_getenv|setenv|isatty|fileno|fdopen|fork|vfork|exec[lv]p?e?|_exit|waitpid|kill|signal|sigaction|raise|sysconf|getrlimit|setrlimit|time|clock|clock_gettime|gettimeofday|stat|fstat|lstat|access|open|openat|close|read|pread|write|pwrite|lseek|fsync|rename|remove|unlink|mkdir|mkstemp|tmpfile|readlink|realpath|umask|chmod|fchmod|dup|dup2|pipe|popen|system|ioctl|fcntl|dlopen|dlsym|iconv|iconv_open|newlocale|uselocale|localeconv)[ \t]*\(' "$work/cli" |
        grep '^cli/' | grep -vE '^cli/system/system_(posix|fork|no_fork)\.[ch]:' || :)"

find . \( -name .git -o -name 'build*' -o -path ./tests -o -path ./.ci -o -path ./.cache \) -prune -o -type f -print |
    sed 's|^\./||' >"$work/product"
rule 'no file outside tests/ and .ci/ names the shared folder' "$(
    tr '\n' '\0' <"$work/product" | xargs -0 grep -nIE '\.\./shared|BEHOV_SHARED|/work/shared' -- || :)"
rule 'no fast-math' "$(
    find . \( -name .git -o -name 'build*' -o -path ./tests/architecture \) -prune -o \
        \( -name meson.build -o -name '*.[ch]' -o -name '*.sh' \) -type f -print0 |
        xargs -0 grep -nE '^[^#]*(-ffast-math|-Ofast|-funsafe-math)' -- || :)"

# shellcheck disable=SC2016 # names between backticks
rule 'the README of a room has each of its files' "$(
    find lib cli notebooks-export -name '*.[ch]' | sed 's|.*/||' >"$work/file_names"
    for room in lib/municipal lib/pages cli/system cli/read cli/write cli/workbook cli/fetch cli/call cli/verbs notebooks-export; do
        if [ ! -f "$room/README.md" ]; then
            find "$room" -name '*.c' | grep -q . && echo "$room has no README.md"
            continue
        fi
        find "$room" -maxdepth 1 -name '*.c' | sed 's|.*/||' | awk -v room="$room" '
            FILENAME == ARGV[1] { somewhere[$0] = 1; next }
            FILENAME == ARGV[2] {
                rest = $0
                while (match(rest, /[A-Za-z0-9_]+/)) {
                    word[substr(rest, RSTART, RLENGTH)] = 1
                    rest = substr(rest, RSTART + RLENGTH)
                }
                rest = $0
                while (match(rest, /`[a-z_0-9]+\.[ch]`/)) {
                    name = substr(rest, RSTART + 1, RLENGTH - 2)
                    rest = substr(rest, RSTART + RLENGTH)
                    if (!(name in somewhere) && name !~ /^(csv|zlib|xlsxwriter|cairo|curl)\.h$/) print room "/README.md: there is no " name
                }
                next
            }
            { name = $0; sub(/\.c$/, "", name); if (!(name in word)) print room "/" $0 " is not in " room "/README.md" }
        ' "$work/file_names" "$room/README.md" -
    done
)"

rule 'the top level holds what the project is made of, and dot-files' "$(
    { git -c core.quotePath=off ls-files 2>/dev/null || :; } | sed 's|/.*||' | sort -u |
        grep -vxE 'lib|cli|datasets|notebooks-export|tests|meson\.build|meson_options\.txt|README\.md|CHANGELOG\.md|LICENSE|\..*' || :)"

# A call with an English literal as its sentence: "%s" and the like, which hand on what is a word already, are none.
cat "$work/lib" "$work/program" | grep -E '^(lib|cli)/' | awk '
    function literal(text) {
        gsub(/%[-+ #0-9.*]*[hlzjt]*[diuxXcs%]/, "", text)
        return text ~ /[A-Za-z][A-Za-z]/
    }
    {
        place = $0; sub(/:[^:]*$/, "", place)
        match($0, /^[^:]*:[0-9]+:/)
        place = substr($0, 1, RLENGTH - 1); code = substr($0, RLENGTH + 1)
        if (code ~ /(behov_error_set|print_note|print_line|wrong_call|behov_notice_tell|behov_error_at|BEHOV_NO_WORD,)/ &&
            code !~ /BEHOV_PRINTF/) { open = 4; start = place }
        if (open > 0) {
            open--
            rest = code
            while (match(rest, /"([^"\\]|\\.)*"/)) {
                text = substr(rest, RSTART + 1, RLENGTH - 2)
                rest = substr(rest, RSTART + RLENGTH)
                if (text ~ / / && literal(text)) print start ": " text
            }
            if (code ~ /;[ \t]*$/) open = 0
        }
    }' >"$work/english"
echo "$(wc -l <"$work/english") messages with an English literal"
rule 'what users are told is a word (lib/pages/words.txt)' "$(cat "$work/english")"

echo "$rules rules, $broken broken"
[ "$broken" = 0 ]
