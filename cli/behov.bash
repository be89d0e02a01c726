# behov.bash - completion for bash: verbs, options, their values, datasets, and files by kind. Installed as
# share/bash-completion/completions/behov. Works without the bash-completion package. tests/cli/man_options.sh compares
# the options with those of the program.

# Words of $1 that begin with $2, one an item of COMPREPLY.
_behov_words() {
    local IFS=$' \t\n'
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# Folders, and files with one of the endings in $1 ("csv|tsv|txt").
_behov_files() {
    local endings=$1 word=$2 name
    COMPREPLY=()
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        if [[ -d $name || ${name,,} =~ \.($endings)$ ]]; then
            COMPREPLY+=("$name")
        fi
    done < <(compgen -f -- "$word")
}

_behov() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]-} i
    local verbs='fit check test apply diagnose audit compare tables rank select profile plot template datasets help'
    local study='--model --formula --exclude --set-aside --outcome-unit --code --municipality --year --population
        --separator --decimal --encoding --missing --allow --lang'
    local output='--output --csv-style --json --date --quiet --help'
    COMPREPLY=()

    if ((COMP_CWORD == 1)); then
        _behov_words "$verbs --help --version" "$word"
        return
    fi
    # --option=value arrives as three words
    if [[ $word == = ]]; then
        word=''
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    case $verb:$before in
    help:*) ((COMP_CWORD == 2)) && _behov_words 'fit check test apply diagnose audit compare tables rank select profile plot template datasets' "$word"; return ;;
    fit:--se | fit:-s) _behov_words 'classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j all' "$word"; return ;;
    fit:--by) _behov_words 'year' "$word"; return ;;
    *:--csv-style) _behov_words 'plain excel-nb' "$word"; return ;;
    fit:--weight-kind | test:--weight-kind | diagnose:--weight-kind | compare:--weight-kind | tables:--weight-kind | rank:--weight-kind | plot:--weight-kind | profile:--weight-kind | select:--weight-kind) _behov_words 'precision frequency' "$word"; return ;;
    fit:--weights | fit:-w | test:--weights | test:-w | diagnose:--weights | diagnose:-w | \
        compare:--weights | compare:-w | tables:--weights | tables:-w | rank:--weights | rank:-w | plot:--weights | plot:-w | profile:--weights | profile:-w | select:--weights | select:-w) return ;;
    fit:--compare-clusters | fit:--absorb) return ;;
    test:--se | test:-s) _behov_words 'classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j' "$word"; return ;;
    fit:--cluster | fit:-c | fit:--level | fit:--floor | fit:--draws | fit:--seed) return ;;
    fit:--profile) _behov_files 'csv|tsv|txt' "$word"; return ;;
    test:--draws) _behov_words 'rademacher webb mammen' "$word"; return ;;
    test:--cluster | test:-c | test:--level | test:--bootstrap | test:-B | test:--seed | test:--threads) return ;;
    diagnose:--cluster | diagnose:-c | diagnose:--top | diagnose:-n) return ;;
    audit:--signs | audit:-s | audit:--notes | audit:-n) _behov_files 'csv|tsv|txt' "$word"; return ;;
    audit:--stars) _behov_words '10/5/1 5/1/0.1' "$word"; return ;;
    audit:--dof) return ;;
    compare:--with | compare:-t | compare:--notes | compare:-n | tables:--ratios | tables:-r | select:--ratios | select:-r) _behov_files 'csv|tsv|txt' "$word"; return ;;
    compare:--compare-clusters | compare:--cluster | compare:-c | tables:--cluster | tables:-c | rank:--cluster | rank:-c | plot:--cluster | plot:-c | profile:--cluster | profile:-c | select:--cluster | select:-c) return ;;
    compare:--se | compare:-s | tables:--se | tables:-s | rank:--se | rank:-s | plot:--se | plot:-s | profile:--se | profile:-s | select:--se | select:-s) _behov_words 'classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j' "$word"; return ;;
    tables:--table | tables:-t) _behov_words 'regression ratios signs levels trend' "$word"; return ;;
    tables:--group | tables:-g | profile:--group | profile:-g | plot:--group | plot:-g | fit:--group | fit:-g)
        _behov_files 'csv|tsv|txt' "$word"
        local files=("${COMPREPLY[@]}")
        _behov_words 'county size' "$word"
        COMPREPLY+=("${files[@]}")
        return
        ;;
    rank:--by | rank:-b) _behov_words 'ratio need gap' "$word"; return ;;
    rank:--within | rank:-g)
        _behov_files 'csv|tsv|txt' "$word"
        local files=("${COMPREPLY[@]}")
        _behov_words 'country county size' "$word"
        COMPREPLY+=("${files[@]}")
        return
        ;;
    rank:--around | rank:--top | rank:-n | rank:--draws | rank:--seed | rank:--level | rank:--floor | rank:--name-column | \
        rank:--year-column | profile:--draws | profile:--seed | profile:--level | profile:--floor | \
        profile:--name-column | profile:--year-column) return ;;
    plot:--around | plot:--top | plot:-n | plot:--draws | plot:--seed | plot:--level | plot:--floor | plot:--name-column | \
        plot:--year-column | plot:--width | plot:--height) return ;;
    plot:--output | plot:-o) _behov_files 'svg|png|pdf' "$word"; return ;;
    select:--municipality | select:--name-column | select:--low | select:--high | select:--change | select:--min-population | select:--largest | select:--count | select:-n) return ;;
    tables:--municipality | tables:--low | tables:--high | tables:--change | tables:--name-column) return ;;
    apply:--year-effect) _behov_words 'last mean' "$word"; return ;;
    apply:--coefficients | apply:-b) _behov_files 'json|csv|tsv|txt' "$word"; return ;;
    fit:--output | fit:-o | test:--output | test:-o | apply:--output | apply:-o | diagnose:--output | diagnose:-o | compare:--output | compare:-o | \
        tables:--output | tables:-o | rank:--output | rank:-o | profile:--output | profile:-o | select:--output | select:-o) _behov_files 'xlsx|html|tex|md|txt|csv|json' "$word"; return ;;
    template:--output | template:-o) _behov_files 'xlsx|csv' "$word"; return ;;
    template:--municipalities) _behov_files 'csv|tsv|txt' "$word"; return ;;
    template:--cluster | template:-c | template:--weights | template:-w | template:--years) return ;;
    datasets:--output | datasets:-o)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    *:--lang | *:-l) _behov_words 'nb en' "$word"; return ;;
    fit:* | test:* | apply:* | diagnose:* | compare:* | tables:* | rank:* | plot:* | profile:* | select:* | template:*)
        case $before in
        --separator) _behov_words 'comma semicolon tab' "$word"; return ;;
        --decimal) _behov_words 'point comma' "$word"; return ;;
        --outcome-unit) _behov_words '1000kr_per_inhabitant kr_per_inhabitant other' "$word"; return ;;
        --allow) _behov_words 'no_municipality code limit unit total jump two_codes missing influence exact_fit' "$word"; return ;;
        --encoding) _behov_words 'UTF-8 ISO-8859-1 Windows-1252' "$word"; return ;;
        --model | -m) _behov_files 'ini' "$word"; return ;;
        --formula | -f | --exclude | -x | --set-aside | --code | --municipality | --year | --population | --missing | \
            --date) return ;;
        esac
        ;;
    esac

    if [[ $word == -* ]]; then
        case $verb in
        fit) _behov_words "$study --cluster --weights --weight-kind --se --compare-clusters --by --absorb --level --floor
            --full --profile --group --draws --seed --names --drop-collinear $output" "$word" ;;
        test) _behov_words "$study --cluster --weights --weight-kind --se --level --bootstrap --draws --unrestricted
            --seed --threads --drop-collinear $output" "$word" ;;
        check) _behov_words "$study $output" "$word" ;;
        apply) _behov_words "$study --coefficients --year-effect $output" "$word" ;;
        diagnose) _behov_words "$study --cluster --weights --weight-kind --top --names --drop-collinear $output" "$word" ;;
        compare) _behov_words "$study --with --notes --compare-clusters --cluster --weights --weight-kind --se
            --names --drop-collinear $output" "$word" ;;
        tables) _behov_words "${study/--municipality/--name-column --municipality} --table --ratios --group --low --high
            --change --cluster --weights --weight-kind --se --drop-collinear $output" "$word" ;;
        select) _behov_words "${study/--municipality/--name-column --municipality} --ratios --low --high --change --min-population --largest
            --count --shrunk --cluster --weights --weight-kind --se --drop-collinear $output" "$word" ;;
        profile)
            study=${study/--municipality/--name-column}
            _behov_words "${study/--year/--year-column --year} --group --cluster --weights --weight-kind --se --draws
                --seed --level --floor --drop-collinear $output" "$word" ;;
        rank)
            study=${study/--municipality/--name-column --municipality}
            _behov_words "${study/--year/--year-column --year} --by --within --top --around --draws --seed --level --floor
                --cluster --weights --weight-kind --se --drop-collinear $output" "$word" ;;
        plot)
            study=${study/--municipality/--name-column --municipality}
            output=${output/--csv-style --json/}
            _behov_words "${study/--year/--year-column --year} --top --around --group --draws --seed --level --floor
                --width --height
                --cluster --weights --weight-kind --se --drop-collinear $output" "$word" ;;
        audit) _behov_words '--signs --notes --stars --dof --lang --json --quiet --help' "$word" ;;
        template)
            output=${output/--csv-style/}
            _behov_words "--model --formula --exclude --population --cluster --weights --municipalities --years
            --lang $output" "$word" ;;
        datasets) _behov_words '--lang --output --help' "$word" ;;
        esac
        return
    fi
    case $verb in
    fit | check | test | apply | diagnose | audit | compare | tables | rank | profile | select) _behov_files 'csv|tsv|txt|dat' "$word" ;;
    plot)
        if ((COMP_CWORD == 2)); then
            _behov_words 'rank fit ratios coefficients profile' "$word"
        elif ((COMP_CWORD > 3)) || [[ ${COMP_WORDS[2]} != profile ]]; then # what follows profile is a municipality
            _behov_files 'csv|tsv|txt|dat' "$word"
        fi
        ;;
    datasets)
        for ((i = 2; i < COMP_CWORD; i++)); do # one name only
            [[ ${COMP_WORDS[i]} == */* && ${COMP_WORDS[i - 1]} != -* ]] && return
        done
        _behov_words "$("${COMP_WORDS[0]}" datasets 2>/dev/null | sed 's/^\([^ ]*\.[a-z][a-z][a-z]\).*/\1/')" "$word"
        ;;
    esac
}

complete -F _behov behov
