/* cmd_split.c - `behov split`: what a shared service costs each municipality, by several keys. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/municipality_codes.h>
#include <behov/number.h>

#include "figures_options.h"
#include "messages.h"
#include "number_options.h"
#include "outputs.h"
#include "read_municipality_history.h"
#include "read_split.h"
#include "study_options.h"
#include "verbs.h"
#include "write_split.h"

static const option_text split_options[] = {
    {"cost", 0, ARGUMENT(KR), HELP(SPLIT_COST), NULL},
    {"man-years", 0, ARGUMENT(N), HELP(SPLIT_MAN_YEARS), NULL},
    {"man-year-cost", 0, ARGUMENT(KR), HELP(SPLIT_MAN_YEAR_COST), NULL},
    {"counting-date", 0, ARGUMENT(DATE), HELP(SPLIT_COUNTING_DATE), NULL},
    {"key", 'k', ARGUMENT(KEY), HELP(SPLIT_KEY), "population refugees equal fixed mix"},
    {"column", 0, ARGUMENT(COLUMN), HELP(SPLIT_COLUMN), NULL},
    {"fixed", 0, ARGUMENT(KR), HELP(SPLIT_FIXED), NULL},
    {"variable", 0, ARGUMENT(KEY), HELP(SPLIT_VARIABLE), "population refugees"},
    {"mix", 0, ARGUMENT(WEIGHTS), HELP(SPLIT_MIX), NULL},
    {"follows", 0, ARGUMENT(COLUMN), HELP(SPLIT_FOLLOWS), NULL},
    {"per-refugee", 0, ARGUMENT(WEIGHTS), HELP(SPLIT_PER_REFUGEE), NULL},
    {"round", 0, ARGUMENT(UNIT), HELP(SPLIT_ROUND), "kr ore"},
    FIGURES_OPTIONS,
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

enum { MOST_COLUMNS = 20, WEIGHT_OF_ALL = 1000000000, MOST_KEYS = MOST_COLUMNS + 5, MOST_NAME = 80 };

typedef struct per_refugee {
    char name[MOST_NAME];
    int64_t amount;
} per_refugee;

typedef struct split_state {
    /* what the call says */
    int64_t units_per_krone, amount, fixed;
    bool has_fixed, is_rounded;
    double man_years, man_year_cost;
    char counting_date[BEHOV_SPLIT_DATE];
    const char *bases_named[MOST_COLUMNS], *follows_named[MOST_COLUMNS];
    per_refugee per_refugee[MOST_COLUMNS];
    size_t n_per_refugee;
    behov_split_columns columns;
    read_csv_options reading;
    /* what comes of it */
    behov_table *source;
    behov_split_table table;
    behov_split_basis bases[MOST_COLUMNS + 3];
    behov_split_key keys[MOST_KEYS];
    behov_split_follow follows[2 * MOST_COLUMNS];
    int64_t *per_refugee_amounts[MOST_COLUMNS];
    size_t n_bases, n_keys, n_follows;
    behov_split split;
    behov_split_page page;
} split_state;

/* ---- what the call says -------------------------------------------------------------------------------------------- */

static bool is_whole(double value)
{
    return fabs(value - round(value)) <= 4 * DBL_EPSILON * fabs(value);
}

/* An amount in whole units; false and a sentence when it is none. */
static bool amount_option(const command_line *line, const char *name, int64_t units_per_krone, int64_t *amount)
{
    double kroner = 0, most = (double)(BEHOV_SPLIT_MOST / units_per_krone);
    if (!number_option(line, name, -most, most, &kroner))
        return false;
    if (!is_whole(kroner * (double)units_per_krone)) {
        if (units_per_krone > 1)
            wrong_call(line->verb, SAY_SPLIT_OPTION_NOT_ORE, name, option_value(line, name));
        else
            wrong_call(line->verb, SAY_SPLIT_OPTION_NOT_WHOLE, name, option_value(line, name));
        return false;
    }
    *amount = (int64_t)llround(kroner * (double)units_per_krone);
    return true;
}

static int read_cost(verb_call *call, split_state *state)
{
    const command_line *line = call->line;
    bool has_years = option_given(line, "man-years"), has_year_cost = option_given(line, "man-year-cost");
    state->man_years = state->man_year_cost = NAN;
    if (option_given(line, "cost") ? has_years || has_year_cost : !has_years || !has_year_cost)
        return wrong_call(line->verb, SAY_SPLIT_COST_HOW);
    if (option_given(line, "cost"))
        return amount_option(line, "cost", state->units_per_krone, &state->amount) ? 0 : 2;
    if (!number_option(line, "man-years", 0, 1e6, &state->man_years) ||
        !number_option(line, "man-year-cost", 0, 1e9, &state->man_year_cost))
        return 2;
    double units = state->man_years * state->man_year_cost * (double)state->units_per_krone;
    if (units > (double)BEHOV_SPLIT_MOST)
        return wrong_call(line->verb, SAY_SPLIT_AMOUNT_TOO_LARGE);
    state->amount = (int64_t)llround(units);
    state->is_rounded = !is_whole(units);
    return 0;
}

static int read_fixed(verb_call *call, split_state *state)
{
    const command_line *line = call->line;
    state->has_fixed = option_given(line, "fixed");
    if (!state->has_fixed)
        return option_given(line, "variable") ? wrong_call(line->verb, SAY_SPLIT_VARIABLE_ALONE) : 0;
    if (!amount_option(line, "fixed", state->units_per_krone, &state->fixed))
        return 2;
    int64_t amount = state->amount;
    bool is_part =
        amount >= 0 ? state->fixed >= 0 && state->fixed <= amount : state->fixed <= 0 && state->fixed >= amount;
    return is_part ? 0 : wrong_call(line->verb, SAY_SPLIT_FIXED_TOO_LARGE, option_value(line, "fixed"));
}

/* "name=-250000" of --per-refugee. */
static int read_per_refugee(verb_call *call, split_state *state)
{
    const command_line *line = call->line;
    for (size_t i = 0; i < option_count(line, "per-refugee"); i++) {
        const char *text = option_value_at(line, "per-refugee", i), *equals = strrchr(text, '=');
        double kroner = 0;
        size_t length = equals ? (size_t)(equals - text) : 0;
        bool is_read = equals && length && length < MOST_NAME && state->n_per_refugee < MOST_COLUMNS &&
                       behov_number_parse(equals + 1, strlen(equals + 1), strchr(equals, ',') ? ',' : '.', &kroner) ==
                           BEHOV_NUMBER_OK;
        double units = kroner * (double)state->units_per_krone;
        double other;
        if (is_read && behov_number_may_be_thousands(equals + 1, strlen(equals + 1), &other))
            return wrong_call(line->verb, SAY_OPTION_NUMBER_AMBIGUOUS, "per-refugee", equals + 1,
                              behov_phrase_number(kroner).text, behov_phrase_number(other).text);
        if (!is_read || !is_whole(units) || fabs(units) > 1e9 * (double)state->units_per_krone)
            return state->units_per_krone > 1 ? wrong_call(line->verb, SAY_SPLIT_PER_REFUGEE_ORE, text)
                                              : wrong_call(line->verb, SAY_SPLIT_PER_REFUGEE_HOW, text);
        for (size_t k = 0; k < option_count(line, "follows"); k++)
            if (strlen(option_value_at(line, "follows", k)) == length &&
                strncmp(option_value_at(line, "follows", k), text, length) == 0)
                return wrong_call(line->verb, SAY_SPLIT_FOLLOWS_TWICE, option_value_at(line, "follows", k));
        for (size_t k = 0; k < state->n_per_refugee; k++)
            if (strlen(state->per_refugee[k].name) == length && strncmp(state->per_refugee[k].name, text, length) == 0)
                return wrong_call(line->verb, SAY_SPLIT_FOLLOWS_TWICE, state->per_refugee[k].name);
        per_refugee *follow = &state->per_refugee[state->n_per_refugee++];
        memcpy(follow->name, text, length);
        follow->amount = (int64_t)llround(units);
    }
    return 0;
}

static int read_columns(verb_call *call, split_state *state)
{
    static const char *const known[] = {"population", "refugees", "equal", "fixed", "mix"};
    const command_line *line = call->line;
    size_t n_bases = option_count(line, "column"), n_follows = option_count(line, "follows");
    if (n_bases > MOST_COLUMNS || n_follows > MOST_COLUMNS)
        return wrong_call(line->verb, SAY_SPLIT_MANY_COLUMNS, MOST_COLUMNS);
    for (size_t i = 0; i < n_bases; i++) {
        const char *name = state->bases_named[i] = option_value_at(line, "column", i);
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (strcmp(known[k], name) == 0)
                return wrong_call(line->verb, SAY_SPLIT_COLUMN_IS_KEY, name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(state->bases_named[k], name) == 0)
                return wrong_call(line->verb, SAY_SPLIT_COLUMN_TWICE, name);
    }
    for (size_t i = 0; i < n_follows; i++) {
        state->follows_named[i] = option_value_at(line, "follows", i);
        for (size_t k = 0; k < i; k++)
            if (strcmp(state->follows_named[k], state->follows_named[i]) == 0)
                return wrong_call(line->verb, SAY_SPLIT_FOLLOWS_TWICE, state->follows_named[i]);
    }
    state->columns = (behov_split_columns){state->bases_named, n_bases, state->follows_named, n_follows};
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    split_state *state = call->state;
    const char *unit = option_value(line, "round"), *date = option_value(line, "counting-date");
    if (line->n_operands != 1)
        return line->n_operands ? wrong_call(line->verb, SAY_SPLIT_ONE_FILE, line->operands[1])
                                : wrong_call(line->verb, SAY_SPLIT_NO_FILE);
    if (unit && strcmp(unit, "kr") != 0 && strcmp(unit, "ore") != 0)
        return wrong_value(line->verb, "round", unit, SAY_SPLIT_UNIT_UNKNOWN, unit);
    state->units_per_krone = unit && strcmp(unit, "ore") == 0 ? 100 : 1;
    if (date && !behov_split_date(date, state->counting_date))
        return wrong_call(line->verb, SAY_SPLIT_OPTION_NO_DATE, date);
    if (!study_language(line, &call->study.lang))
        return 2;
    state->reading.encoding = option_value(line, "encoding");
    state->reading.sheet = option_value(line, "sheet");
    int code = study_marks(line, &state->reading.separator, &state->reading.decimal_mark);
    if (!code)
        code = read_cost(call, state);
    if (!code)
        code = read_fixed(call, state);
    if (!code)
        code = read_columns(call, state);
    return code ? code : read_per_refugee(call, state);
}

/* ---- bases and keys of the file ------------------------------------------------------------------------------------ */

static void add_basis(split_state *state, const char *name, const int64_t *values, bool is_key)
{
    state->bases[state->n_bases] = (behov_split_basis){name, values};
    if (is_key)
        state->keys[state->n_keys++] = (behov_split_key){.name = name, .parts = {{state->n_bases, 1}}, .n_parts = 1};
    state->n_bases++;
}

static void list_bases(split_state *state)
{
    if (state->table.population)
        add_basis(state, "population", state->table.population, true);
    if (state->table.refugees)
        add_basis(state, "refugees", state->table.refugees, true);
    add_basis(state, "equal", NULL, true);
    for (size_t k = 0; k < state->table.n_bases; k++)
        add_basis(state, state->bases_named[k], state->table.bases[k], true);
}

static bool find_basis(const split_state *state, const char *name, size_t length, size_t *basis)
{
    for (*basis = 0; *basis < state->n_bases; ++*basis)
        if (strlen(state->bases[*basis].name) == length && strncmp(state->bases[*basis].name, name, length) == 0)
            return true;
    return false;
}

/* The names of what a key may stand on. */
static behov_status unknown_key(const split_state *state, size_t n_names, const char *where, const char *name,
                                behov_error *err)
{
    behov_said list = {""};
    for (size_t k = 0; k < n_names; k++) {
        behov_said longer = {""};
        behov_phrase_list(&longer, list.text, k ? ", " : "",
                          k < state->n_bases ? state->bases[k].name : state->keys[k].name, NULL);
        list = longer;
    }
    return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SPLIT_KEY_UNKNOWN, behov_cut(name, 60).text, list.text);
}

/* A part of a mix: "population=0.5", or with a decimal comma, which then stands between two digits and parts no others. */
typedef struct mix_part {
    const char *name;
    size_t name_length;
    double weight; /* NaN = none, or not above 0 and at most 1 */
} mix_part;

/* Reads the part that begins at `text`; returns the beginning of the next, or the end of the text. */
static const char *read_mix_part(const char *text, mix_part *part)
{
    *part = (mix_part){text, strcspn(text, "=,;"), NAN};
    const char *figure = text + part->name_length;
    if (*figure != '=')
        return figure + (*figure != '\0');
    figure++;
    size_t length = strspn(figure, "0123456789.,");
    if (figure[length] == '=') /* the digits are of the next name: population=0.5,2016=0.5 */
        while (length && figure[length - 1] != ',')
            length--;
    bool is_parted = length && figure[length - 1] == ',';
    size_t n = length - is_parted;
    if (behov_number_parse(figure, n, memchr(figure, ',', n) ? ',' : '.', &part->weight) != BEHOV_NUMBER_OK ||
        !(part->weight > 0 && part->weight <= 1) || (figure[length] && !is_parted && figure[length] != ';'))
        part->weight = NAN;
    figure += length;
    return *figure == ';' ? figure + 1 : figure[0] && !is_parted ? figure + strlen(figure) : figure;
}

/* "population=0.5,refugees=0.3,equal=0.2" */
static behov_status add_mix(split_state *state, const char *text, behov_error *err)
{
    behov_split_key *key = &state->keys[state->n_keys];
    int64_t sum = 0;
    *key = (behov_split_key){.name = "mix"};
    for (const char *next = text; *next;) {
        mix_part part;
        size_t basis;
        next = read_mix_part(next, &part);
        if (isnan(part.weight) || key->n_parts == BEHOV_SPLIT_PARTS)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "--mix", SAY_SPLIT_MIX_HOW, text);
        if (!find_basis(state, part.name, part.name_length, &basis)) {
            char name[MOST_NAME];
            snprintf(name, sizeof name, "%.*s", (int)(part.name_length < MOST_NAME ? part.name_length : MOST_NAME - 1),
                     part.name);
            return unknown_key(state, state->n_bases, "--mix", name, err);
        }
        for (size_t k = 0; k < key->n_parts; k++)
            if (key->parts[k].basis == basis)
                return behov_error_say(err, BEHOV_E_ARGUMENT, "--mix", SAY_SPLIT_MIX_HOW, text);
        key->parts[key->n_parts++] = (behov_split_part){basis, (int64_t)llround(part.weight * WEIGHT_OF_ALL)};
        sum += key->parts[key->n_parts - 1].weight;
    }
    if (sum < WEIGHT_OF_ALL - WEIGHT_OF_ALL / 1000000 || sum > WEIGHT_OF_ALL + WEIGHT_OF_ALL / 1000000)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "--mix", SAY_SPLIT_MIX_SUM,
                               behov_phrase_number((double)sum / WEIGHT_OF_ALL).text);
    state->n_keys++;
    return BEHOV_OK;
}

static behov_status add_fixed(verb_call *call, split_state *state, behov_error *err)
{
    const char *variable = option_value(call->line, "variable");
    size_t basis, equal;
    variable = variable ? variable : state->table.population ? "population" : "refugees";
    if (!find_basis(state, variable, strlen(variable), &basis))
        return unknown_key(state, state->n_bases, "--variable", variable, err);
    (void)find_basis(state, "equal", strlen("equal"), &equal);
    state->keys[state->n_keys++] = behov_split_fixed_key("fixed", state->amount, state->fixed, equal, basis);
    state->page.variable_key = state->bases[basis].name;
    return BEHOV_OK;
}

static behov_status choose_key(verb_call *call, const split_state *state, size_t *chosen, behov_error *err)
{
    const char *name = option_value(call->line, "key");
    for (*chosen = 0; name && *chosen < state->n_keys; ++*chosen)
        if (strcmp(state->keys[*chosen].name, name) == 0)
            return BEHOV_OK;
    if (!name)
        return BEHOV_OK; /* the first: population where the file has it */
    if (strcmp(name, "fixed") == 0 || strcmp(name, "mix") == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "--key", SAY_SPLIT_KEY_NEEDS_OPTION, name, name);
    return unknown_key(state, state->n_keys, "--key", name, err);
}

static behov_status list_follows(split_state *state, behov_error *err)
{
    for (size_t k = 0; k < state->table.n_follows; k++)
        state->follows[state->n_follows++] =
            (behov_split_follow){.name = state->follows_named[k], .amounts = state->table.follows[k]};
    if (state->n_per_refugee && !state->table.refugees)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(state->source), SAY_SPLIT_NO_REFUGEES);
    for (size_t k = 0; k < state->n_per_refugee; k++) {
        size_t n = state->table.n_places;
        int64_t *amounts = state->per_refugee_amounts[k] = calloc(n + 1, sizeof *amounts);
        if (!amounts)
            return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
        for (size_t i = 0; i < n; i++) {
            if (state->table.refugees[i] > 1000000) /* of amounts below 1e11 units: no sum of products overflows */
                return behov_error_say(err, BEHOV_E_DATA, state->table.places[i].code, SAY_SPLIT_AMOUNT_TOO_LARGE);
            amounts[i] = state->per_refugee[k].amount * state->table.refugees[i];
        }
        state->follows[state->n_follows++] =
            (behov_split_follow){state->per_refugee[k].name, amounts, state->per_refugee[k].amount, true};
    }
    return BEHOV_OK;
}

static behov_status list_keys(verb_call *call, split_state *state, size_t *chosen, behov_error *err)
{
    behov_status status = BEHOV_OK;
    list_bases(state);
    if (state->has_fixed)
        status = add_fixed(call, state, err);
    if (!status && option_given(call->line, "mix"))
        status = add_mix(state, option_value(call->line, "mix"), err);
    return status ? status : choose_key(call, state, chosen, err);
}

/* A total or a rest that has a code would bear a part of the cost. */
static behov_status check_codes(const behov_table *table, behov_error *err)
{
    behov_municipality_history *history = NULL;
    behov_status status = read_municipality_history(NULL, &note_beside, &history, err);
    if (!status)
        status = behov_municipality_codes_check(table, -1, -1, history, err);
    behov_municipality_history_free(history);
    return status;
}

/* A municipality under an old and a new code would pay twice. */
static behov_status check_codes_once(const behov_split_table *table, const char *path, behov_error *err)
{
    behov_municipality_history *history = NULL;
    size_t n = table->n_places, other = 0, i = n;
    const char **codes = calloc(n + 1, sizeof *codes);
    int *years = calloc(n + 1, sizeof *years);
    behov_status status = codes && years ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
    for (size_t k = 0; k < n && !status; k++) {
        codes[k] = table->places[k].code;
        years[k] = atoi(table->counting_date);
    }
    if (!status)
        status = read_municipality_history(NULL, &note_beside, &history, err);
    if (!status)
        i = behov_municipality_codes_find_twice(codes, years, n, history, &other);
    if (i < n)
        status = behov_municipality_codes_refuse_twice(codes[i], codes[other], path, err);
    behov_municipality_history_free(history);
    free(codes);
    free(years);
    return status;
}

/* Before an error too: it may be that too few rows are left. */
static void tell_left_out(const char *path, size_t n_left_out)
{
    if (n_left_out == 1)
        print_note(SAY_RATIOS_LEFT_OUT_ONE, path, (unsigned long)n_left_out);
    else if (n_left_out)
        print_note(SAY_RATIOS_LEFT_OUT_MANY, path, (unsigned long)n_left_out);
}

static void tell_population(const char *path, const behov_split_table *table)
{
    if (table->unused_population)
        print_note(SAY_SPLIT_POPULATION_UNUSED, path, behov_cut(table->unused_population, 60).text,
                   table->counting_date);
}

static behov_status open_source(const verb_call *call, split_state *state, behov_error *err)
{
    read_csv_options reading = state->reading;
    const char **missing = figures_missing(call->line, &reading.n_missing);
    if (!missing)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
    reading.missing_text = missing;
    behov_status status =
        read_split(call->line->operands[0], &reading, &state->columns, &note_beside, &state->source, err);
    free(missing);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    split_state *state = call->state;
    const char *path = call->line->operands[0];
    size_t chosen = 0;
    behov_status status = open_source(call, state, err);
    if (!status)
        figures_tell_unused(path,
                            state->source); /* a basis whose heading is not known would be no key, without a word */
    if (!status)
        status = check_codes(state->source, err);
    if (!status)
        status = figures_tell_other_names(state->source, err);
    if (!status)
        status = behov_split_table_read(state->source, &state->columns,
                                        state->counting_date[0] ? state->counting_date : NULL, state->units_per_krone,
                                        &state->table, err);
    tell_left_out(path, state->table.n_left_out);
    if (!status)
        status = check_codes_once(&state->table, path, err);
    if (!status)
        tell_population(path, &state->table);
    if (!status)
        status = list_keys(call, state, &chosen, err);
    if (!status)
        status = list_follows(state, err);
    if (status)
        return status;
    behov_split_request request = {state->table.places, state->table.n_places, state->bases, state->n_bases,
                                   state->amount};
    status = behov_split_new(&request, state->keys, state->n_keys, chosen, &state->split, err);
    const char *variable_key = state->page.variable_key;
    state->page = (behov_split_page){.split = &state->split,
                                     .table = &state->table,
                                     .follows = state->follows,
                                     .n_follows = state->n_follows,
                                     .man_years = state->man_years,
                                     .man_year_cost_kr = state->man_year_cost,
                                     .is_rounded = state->is_rounded,
                                     .fixed = state->fixed,
                                     .variable = state->has_fixed ? state->amount - state->fixed : 0,
                                     .variable_key = variable_key,
                                     .units_per_krone = state->units_per_krone,
                                     .path = path,
                                     .lang = call->study.lang};
    call->context = &state->page;
    return status;
}

static void close_state(void *context)
{
    split_state *state = context;
    for (size_t k = 0; k < state->n_per_refugee; k++)
        free(state->per_refugee_amounts[k]);
    behov_split_free(&state->split);
    behov_split_table_free(&state->table);
    behov_table_free(state->source);
}

const verb verb_split = {
    .name = "split",
    VERB_WORDS(SPLIT),
    .rows = HELP(ROWS_SPLIT),
    VERB_OPTIONS(split_options),
    .repeatable = "output column follows per-refugee missing",
    .state_size = sizeof(split_state),
    .read = read_choices,
    .compute = compute,
    .writers = &split_writers,
    .close = close_state,
};
