#!/bin/sh
# run.sh PROGRAM CASE.test - runs one command-line case (the notation is in README.md beside this file).
# Exit code 0 the case passed, 1 it failed, 77 it was skipped, 2 the case cannot be read.
# KEEP=1 keeps the case's folder and says where it lies.
set -u
export LC_ALL=C.UTF-8
unset CDPATH

# Processes are what a case costs, not the program: the shell's own words do what they can.
program=$1
case_file=$2
case $program in
/*) ;;
*/*) program=$PWD/$program ;;
esac
case_name=${case_file##*/}
case_name=${case_name%.test}

base=$(mktemp -d "${TMPDIR:-/tmp}/behov-case.XXXXXX") || exit 2
finish() {
    if [ -n "${KEEP:-}" ]; then
        echo "kept: $base"
    else
        rm -rf "$base" 2>/dev/null || {
            chmod -R u+rwX "$base"
            rm -rf "$base"
        }
    fi
}
trap finish EXIT
trap 'exit 2' HUP INT TERM
mkdir "$base/steps" "$base/work" "$base/home"

# One pair of files a step: NNN.head holds "LINE<tab>DIRECTIVE<tab>REST", NNN.body the lines below it.
if ! LC_ALL=C awk -v steps="$base/steps" -v name="$case_file" '
    function wrong(what) { printf "%s:%d: %s\n", name, NR, what; failed = 1; exit 1 }
    function close_body() {
        if (body == "") return
        # one blank line before the next directive (or the end) only parts them
        if (n > 0 && held[n] == "") n--
        for (i = 1; i <= n; i++) printf "%s\n", held[i] > body
        printf "" > body
        close(body)
        body = ""
    }
    function open(directive, rest, has_body) {
        close_body()
        step++
        stem = sprintf("%s/%03d", steps, step)
        printf "%d\t%s\t%s\n", NR, directive, rest > (stem ".head")
        close(stem ".head")
        if (has_body) { body = stem ".body"; n = 0 }
    }
    function after(prefix) { rest = substr($0, length(prefix) + 1); sub(/^[ \t]+/, "", rest); return rest }
    { sub(/\r$/, "") }
    /^(about|args|env|needs|shell):/ {
        match($0, /^[a-z]+:/)
        key = substr($0, 1, RLENGTH - 1)
        open(key, after(key ":"), 0)
        next
    }
    /^stdin-file:/ { open("stdin-file", after("stdin-file:"), 0); next }
    /^stdin:$/ { key = "stdin"; open("stdin", "", 1); next }
    /^input(-printf)? [^:]+:$/ {
        key = /^input-/ ? "input-printf" : "input"
        rest = after(key)
        open(key, substr(rest, 1, length(rest) - 1), 1)
        next
    }
    /^expect / {
        if ($0 !~ /:/) wrong("an expectation has a colon (a line of text that begins like this is written with \\ in front)")
        key = "expect"
        colon = index($0, ":")
        subject = substr($0, 8, colon - 8)
        rest = after("expect " subject ":")
        if (subject == "exit") { open("exit", rest, 0); next }
        if (subject == "no file" || subject == "file" || subject == "file kept" || subject == "files") {
            open(subject, rest, 0); next
        }
        is_english = sub(/^english /, "", subject)
        predicate = "is"
        if (match(subject, / (contains|lacks|matches|empty)$/)) {
            predicate = substr(subject, RSTART + 1)
            subject = substr(subject, 1, RSTART - 1)
        }
        if (subject !~ /^(stdout|stderr|file [^:]+)$/) wrong("not understood: expect " subject)
        if (predicate == "empty" ? rest != "" : predicate == "is" && rest != "")
            wrong("the text stands on the lines below")
        if (is_english && subject != "stderr") wrong("english is for stderr")
        open(predicate "\t" (is_english ? "english " : "") subject, "", predicate != "empty")
        if (rest != "") held[++n] = rest
        next
    }
    body != "" { if (key != "input-printf") sub(/^\\/, ""); held[++n] = $0; next }
    /^[ \t]*$/ || /^#/ { next }
    { wrong("not understood: " $0) }
    END { if (!failed) close_body(); exit failed }
' "$case_file"; then
    exit 2
fi

work=$base/work
cd "$work" || exit 2
unset BEHOV_LANG LANG LANGUAGE COLUMNS LINES NO_COLOR BEHOV_DATASETS
export TZ=UTC HOME="$base/home"
tab=$(printf '\t')
marks=$(printf '\002\003\037')
failures=0
n_runs=0
has_run=no
stdin=/dev/null
environment=''
line=0

fail() {
    failures=$((failures + 1))
    printf '%s:%s: %s\n' "$case_file" "$line" "$1"
}

broken() {
    printf '%s:%s: %s\n' "$case_file" "$line" "$1"
    exit 2
}

need_run() {
    [ "$has_run" = yes ] || broken 'an expectation stands below the args it is about'
}

# Each workbook that a case makes is opened by others as well (tests/golden/openpyxl.sh). One that is older than the last
# look was taken then.
collect_workbooks() {
    [ -n "${BEHOV_BUILD:-}" ] && [ -d "$BEHOV_BUILD" ] || return 0
    for book in "$work"/*.xlsx "$work"/*/*.xlsx; do
        [ -f "$book" ] || continue
        # shellcheck disable=SC3013 # where a shell has no -ot it is taken once more
        if [ "$book" -ot "$base/collected" ] 2>/dev/null; then continue; fi
        IFS= read -r first <"$book" || :
        case $first in PK*) ;; *) continue ;; esac
        [ -d "$BEHOV_BUILD/workbooks" ] || mkdir -p "$BEHOV_BUILD/workbooks"
        cp -f "$book" "$BEHOV_BUILD/workbooks/$case_name-${book##*/}"
    done
    : >"$base/collected"
}

# The marks that a phrase stands between are no text for anybody: not as bytes, nor as what a terminal shows for them.
check_phrases() {
    set -- "$base/stdout" "$base/stderr"
    for found in "$work"/*.csv "$work"/*.json "$work"/*.html "$work"/*.md; do
        [ -f "$found" ] || continue
        case $names_before in *"/${found##*/}/"*) continue ;; esac
        set -- "$@" "$found"
    done
    marked=$(LC_ALL=C grep -laE "[$marks]|(\\\\u0002|�)[0-9]+(\\\\u001f|�)" "$@") || return 0
    for found in $marked; do fail "${found##*/} holds the marks of a phrase"; done
}

check_exit() {
    [ "$has_run" = yes ] || return 0
    [ "$status" = "$want_status" ] && return 0
    fail "exit code $status, expected $want_status"
    if [ -s "$base/stderr" ]; then
        echo '--- standard error:'
        head -n 40 "$base/stderr"
    fi
}

# The expected exit code stands below args, so it is looked up before the program runs; so is whether what is expected
# of this run asks for the folder as it was before.
exit_expected_for() {
    want_status=0
    is_kept=no
    is_later=no
    for later in "$base"/steps/*.head; do
        if [ "$later" = "$1" ]; then is_later=yes; continue; fi
        [ "$is_later" = yes ] || continue
        IFS=$tab read -r _ later_key later_rest <"$later"
        case $later_key in
        args) break ;;
        exit) want_status=$later_rest ;;
        'file kept') is_kept=yes ;;
        esac
        case $later_rest in 'english '*) is_kept=yes ;; esac
    done
}

run_program() {
    exit_expected_for "$head"
    last_call=$1 last_stdin=$stdin
    n_runs=$((n_runs + 1))
    names_before=/
    for found in "$work"/*; do names_before=$names_before${found##*/}/; done
    [ "$is_kept" = no ] || cp -pPR "$work" "$base/before$n_runs"
    set -f
    # The words are those of the shell, so that quotes and "$BEHOV_SHARED" mean what they mean there.
    eval "set -- $1" || broken 'args cannot be split into words'
    (
        set +u
        eval "${environment:-:}"
        exec "$program" "$@" <"$stdin"
    ) >"$base/stdout" 2>"$base/stderr"
    status=$?
    set +f
    has_run=yes
    [ "$status" != 0 ] || collect_workbooks
    check_phrases
    check_exit
    stdin=/dev/null
}

# The same call once more where it began, with its messages in English.
run_in_english() {
    english=$base/english$n_runs
    [ ! -d "$english" ] || rm -rf "$english"
    cp -pPR "$base/before$n_runs" "$english"
    set -f
    eval "set -- $last_call"
    (
        set +u
        cd "$english" || exit 2
        eval "${environment:-:}"
        BEHOV_LANG=en exec "$program" "$@" <"$last_stdin"
    ) >/dev/null 2>"$base/stderr.english"
    set +f
}

subject_file() {
    case $1 in
    stdout) found=$base/stdout ;;
    stderr) found=$base/stderr ;;
    'english stderr')
        run_in_english
        found=$base/stderr.english
        ;;
    *) found=$work/${1#file } ;;
    esac
    if [ ! -f "$found" ]; then
        fail "$1 is not there"
        return 1
    fi
}

# Whether a text stands in one of the first lines of what was printed, which the shell can see itself; it reads byte by byte,
# so long lines are not for it.
stands_early() { # text, file
    case $2$last_call in
    "$base/stderr"*) ;;
    "$base/stdout"*json* | "$work"*) return 1 ;;
    esac
    n_read=0
    while [ "$n_read" -lt 30 ] && IFS= read -r row; do
        case $row in *"$1"*) return 0 ;; esac
        n_read=$((n_read + 1))
    done <"$2"
    return 1
}

check_text() {
    predicate=$1
    subject=$2
    need_run
    subject_file "$subject" || return 0
    case $predicate in
    is)
        cmp -s "$body" "$found" && return 0
        fail "$subject is not as expected (-), but (+)"
        diff -u "$body" "$found" | sed 1,2d
        ;;
    empty)
        [ -s "$found" ] || return 0
        fail "$subject is not empty:"
        head -n 40 "$found"
        ;;
    *)
        before=$failures
        while IFS= read -r text; do
            case $predicate in
            contains) stands_early "$text" "$found" || LC_ALL=C grep -qaF -e "$text" "$found" || fail "$subject does not contain: $text" ;;
            lacks) LC_ALL=C grep -qaF -e "$text" "$found" && fail "$subject contains: $text" ;;
            matches) grep -qaE -e "$text" "$found" || fail "no line of $subject matches: $text" ;;
            esac
        done <"$body"
        if [ "$failures" -gt "$before" ]; then
            echo "--- $subject:"
            head -n 40 "$found"
        fi
        ;;
    esac
}

check_need() {
    case $1 in
    shared) [ -d "${BEHOV_SHARED:-}" ] ;;
    'locale '*) [ "$(LC_ALL=${1#locale } locale charmap 2>/dev/null)" = UTF-8 ] ;;
    'command '*) command -v "${1#command }" >/dev/null ;;
    'file '*) eval "[ -e ${1#file } ]" ;;
    cairo) [ "${BEHOV_CAIRO:-yes}" = yes ] ;;
    readstat) [ "${BEHOV_READSTAT:-yes}" = yes ] ;;
    'not root') [ "$(id -u)" != 0 ] ;;
    *) broken "not understood: needs $1" ;;
    esac || {
        echo "skipped: needs $1"
        exit 77
    }
}

for head in "$base"/steps/*.head; do
    [ -e "$head" ] || break
    IFS=$tab read -r line key rest <"$head"
    body=${head%.head}.body
    case $key in
    about) ;;
    needs) check_need "$rest" ;;
    env)
        set -f
        eval "set -- $rest"
        set +f
        for setting in "$@"; do
            case $setting in
            -*) environment="$environment unset ${setting#-};" ;;
            *=*)
                value=$(printf '%s' "${setting#*=}" | sed "s/'/'\\\\''/g")
                environment="$environment export ${setting%%=*}='$value';"
                ;;
            *) broken "not understood: env $setting" ;;
            esac
        done
        ;;
    input) cp "$body" "$work/$rest" ;;
    input-printf)
        while IFS= read -r text; do
            # shellcheck disable=SC2059 # the escapes are wanted
            printf "$(printf '%s' "$text" | sed 's/%/%%/g')"
        done <"$body" >"$work/$rest"
        ;;
    stdin) stdin=$body ;;
    stdin-file) stdin=$work/$rest ;;
    shell)
        if ! (cd "$work" && sh -eu -c "$rest") >"$base/shell" 2>&1 </dev/null; then
            fail "failed: $rest"
            head -n 40 "$base/shell"
        fi
        ;;
    args) run_program "$rest" ;;
    exit) need_run ;;
    'no file')
        need_run
        if [ -e "$work/$rest" ] || [ -L "$work/$rest" ]; then fail "$rest is there"; fi
        ;;
    file)
        need_run
        if [ ! -f "$work/$rest" ]; then fail "$rest is not there"; elif [ ! -s "$work/$rest" ]; then fail "$rest is empty"; fi
        ;;
    'file kept')
        need_run
        if [ ! -f "$base/before$n_runs/$rest" ]; then
            fail "$rest was not there before"
        elif ! cmp -s "$base/before$n_runs/$rest" "$work/$rest"; then
            fail "$rest was changed"
        fi
        ;;
    files)
        need_run
        set -f
        eval "set -- $rest"
        set +f
        if [ $# -gt 0 ]; then printf '%s\n' "$@"; fi | LC_ALL=C sort >"$base/files.want"
        (cd "$work" && find . ! -type d | sed 's|^\./||' | LC_ALL=C sort) >"$base/files.got"
        if ! cmp -s "$base/files.want" "$base/files.got"; then
            fail 'the files left are not as expected (-), but (+)'
            diff -u "$base/files.want" "$base/files.got" | sed 1,2d
        fi
        ;;
    is | contains | lacks | matches | empty) check_text "$key" "$rest" ;;
    *) broken "not understood: $key" ;;
    esac
done

line=end
[ "$has_run" = yes ] || broken 'the case runs nothing: it has no args'
[ "$failures" = 0 ]
