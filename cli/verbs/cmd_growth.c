/* cmd_growth.c - `behov growth`: growth of expenditure and recipients taken apart, from the user's figures or, without a
 * file, the report's printed ones. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "figures_options.h"
#include "messages.h"
#include "number_options.h"
#include "study_options.h"
#include "verbs.h"
#include "write_growth.h"

static const option_text growth_options[] = {
    {"from", 0, ARGUMENT(YEAR), HELP(GROWTH_FROM), NULL},
    {"to", 0, ARGUMENT(YEAR), HELP(GROWTH_TO), NULL},
    {"decimals", 0, ARGUMENT(N), HELP(GROWTH_DECIMALS), NULL},
    FIGURES_OPTIONS,
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

typedef enum growth_deed { FACTORS, GROUPS, INDEX, STANDARDISE, N_DEEDS } growth_deed;

static const struct {
    const char *name, *bundled;
} deeds[N_DEEDS] = {[FACTORS] = {"factors", "proba-2017-08/expenditure_growth.csv"},
                    [GROUPS] = {"groups", "proba-2017-08/recipients_by_family.csv"},
                    [INDEX] = {"index", "proba-2017-08/recipients_by_background.csv"},
                    [STANDARDISE] = {"standardise", "proba-2017-08/recipients_by_background.csv"}};

typedef struct growth_state {
    growth_results results; /* the context of the writers */
    growth_deed deed;
    behov_growth_choices choices;
    const char *path;
    char *opened_path, *family_path;
    behov_table *table, *family_table; /* the latter of table 3-1, beside the report's factors */
    behov_service_figures figures;
    behov_growth_places places;
    behov_growth_variant variants[BEHOV_GROWTH_VARIANTS];
    behov_growth_groups groups;
    behov_growth_index index;
    behov_standardised standardised;
} growth_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

static int read_numbers(const command_line *line, behov_growth_choices *choices)
{
    double start = 0, end = 0, n_decimals = 0;
    if (!whole_option(line, "from", 1900, 2199, &start) || !whole_option(line, "to", 1900, 2199, &end) ||
        !whole_option(line, "decimals", 0, 10, &n_decimals))
        return 2;
    *choices = (behov_growth_choices){.start = (int)start,
                                      .end = (int)end,
                                      .has_n_decimals = option_given(line, "decimals"),
                                      .n_decimals = (int)n_decimals};
    return start && end && start >= end ? wrong_call(line->verb, SAY_GROWTH_YEARS_BACKWARDS, (int)start, (int)end) : 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    growth_state *state = call->state;
    int deed = 0;
    while (line->n_operands && deed < N_DEEDS && strcmp(line->operands[0], deeds[deed].name) != 0)
        deed++;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_GROWTH_WHAT_NONE);
    if (deed == N_DEEDS) {
        behov_near_word spelling = behov_near_word_start(line->operands[0]);
        for (int i = 0; i < N_DEEDS; i++)
            behov_near_word_try(&spelling, deeds[i].name);
        return wrong_word(line->verb, &spelling, SAY_GROWTH_WHAT, line->operands[0]);
    }
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_GROWTH_ONE_FILE, line->operands[2]);
    state->deed = (growth_deed)deed;
    state->path = line->n_operands > 1 ? line->operands[1] : NULL;
    return study_language(line, &call->study.lang) ? read_numbers(line, &state->choices) : 2;
}

/* ---- opening ------------------------------------------------------------------------------------------------------- */

/* Factors are those of municipalities, or printed ones: both columns are asked for. */
static behov_read_kind factor_column(void *context, const char *name)
{
    behov_read_kind kind = behov_service_figures_column(context, name);
    return kind ? kind : behov_growth_groups_column(context, name);
}

static int open_files(verb_call *call)
{
    growth_state *state = call->state;
    int code = figures_open(call->line, state->path, deeds[state->deed].bundled,
                            state->deed == FACTORS ? factor_column : behov_growth_groups_column, &state->table,
                            &state->opened_path);
    if (!code && state->path)
        figures_tell_unused(state->path, state->table);
    if (!code && state->deed == FACTORS && !state->path)
        code = figures_open(call->line, NULL, deeds[GROUPS].bundled, behov_growth_groups_column, &state->family_table,
                            &state->family_path);
    return code;
}

/* ---- computing ----------------------------------------------------------------------------------------------------- */

/* The report's factors once more with the growth of recipients of table 3-1. */
static behov_status add_family_variant(growth_state *state, behov_language lang, behov_error *err)
{
    behov_growth_printed_factor factors[BEHOV_GROWTH_PRINTED_MOST];
    const behov_growth_printed *first = &state->variants[0].printed;
    behov_status status = behov_growth_groups_compute(state->family_table, &state->choices, &state->groups, err);
    if (status)
        return status;
    for (size_t k = 0; k < first->n; k++) {
        factors[k] = first->factors[k];
        if (strcmp(factors[k].name, "recipients") == 0)
            factors[k].growth_pct = state->groups.growth_pct[BEHOV_GROWTH_PRINTED];
    }
    state->variants[0].name = behov_label(lang, BEHOV_WORD_GROWTH_VARIANT_TEXT);
    state->variants[1].name = behov_label(lang, BEHOV_WORD_GROWTH_VARIANT_TABLE);
    state->results.page.n_variants = 2;
    return behov_growth_printed_compute(factors, first->n, first->total_growth_pct, &state->variants[1].printed, err);
}

static behov_status compute_printed(growth_state *state, behov_language lang, behov_error *err)
{
    const char *names[BEHOV_GROWTH_TABLE_FACTORS];
    behov_rounded growth_pct[BEHOV_GROWTH_TABLE_FACTORS], total;
    behov_growth_printed_factor factors[BEHOV_GROWTH_PRINTED_MOST];
    size_t n;
    _Static_assert((int)BEHOV_GROWTH_TABLE_FACTORS == (int)BEHOV_GROWTH_PRINTED_MOST, "as many factors are read");
    behov_status status = behov_growth_printed_rows(state->table, &state->choices, names, growth_pct, &n, &total, err);
    if (status)
        return status;
    for (size_t k = 0; k < n; k++)
        factors[k] = (behov_growth_printed_factor){.name = names[k], .growth_pct = growth_pct[k]};
    status = behov_growth_printed_compute(factors, n, total, &state->variants[0].printed, err);
    state->results.page.variants = state->variants;
    state->results.page.n_variants = 1;
    return status || state->path ? status : add_family_variant(state, lang, err);
}

static bool has_printed_factors(const behov_table *table)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (strcasecmp(behov_table_name(table, j), "factor") == 0 ||
            strcasecmp(behov_table_name(table, j), "faktor") == 0)
            return true;
    return false;
}

static behov_status compute_factors(growth_state *state, behov_language lang, behov_error *err)
{
    if (has_printed_factors(state->table))
        return compute_printed(state, lang, err);
    behov_status status = behov_service_figures_new(state->table, &state->figures, err);
    if (!status)
        status = figures_check(&state->figures, err);
    if (!status)
        status =
            behov_growth_places_compute(&state->figures, state->choices.start, state->choices.end, &state->places, err);
    state->results.page.places = &state->places;
    return status;
}

/* An option that this file has no use for would be passed over in silence. */
static behov_status refuse_unused_options(const growth_state *state, behov_error *err)
{
    const behov_growth_page *page = &state->results.page;
    bool is_exact =
        page->places || (page->groups && page->groups->is_of_counts) || (page->index && page->index->is_of_counts);
    bool has_own_years = page->variants || (page->groups && !page->groups->is_of_counts);
    if (is_exact && state->choices.has_n_decimals)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "--decimals", SAY_GROWTH_DECIMALS_UNUSED);
    if (has_own_years && (state->choices.start || state->choices.end))
        return behov_error_say(err, BEHOV_E_ARGUMENT, state->choices.start ? "--from" : "--to",
                               SAY_GROWTH_YEARS_UNUSED);
    return BEHOV_OK;
}

static behov_status compute_deed(growth_state *state, behov_language lang, behov_error *err)
{
    behov_growth_page *page = &state->results.page;
    switch (state->deed) {
    case GROUPS:
        page->groups = &state->groups;
        return behov_growth_groups_compute(state->table, &state->choices, &state->groups, err);
    case INDEX:
        page->index = &state->index;
        return behov_growth_index_compute(state->table, &state->choices, &state->index, err);
    case STANDARDISE:
        page->standardised = &state->standardised;
        return behov_standardised_compute(state->table, &state->choices, &state->standardised, err);
    default: return compute_factors(state, lang, err);
    }
}

static behov_status compute(verb_call *call, behov_error *err)
{
    growth_state *state = call->state;
    behov_growth_page *page = &state->results.page;
    state->results.deed = deeds[state->deed].name;
    page->lang = call->study.lang;
    page->path = state->path ? state->path : deeds[state->deed].bundled;
    page->is_of_report = !state->path;
    behov_status status = compute_deed(state, call->study.lang, err);
    return status ? status : refuse_unused_options(state, err);
}

static void close_state(void *context)
{
    growth_state *state = context;
    behov_growth_places_free(&state->places);
    behov_service_figures_free(&state->figures);
    behov_growth_groups_free(&state->groups);
    behov_growth_index_free(&state->index);
    behov_standardised_free(&state->standardised);
    behov_table_free(state->table);
    behov_table_free(state->family_table);
    free(state->opened_path);
    free(state->family_path);
}

const verb verb_growth = {
    .name = "growth",
    VERB_WORDS(GROWTH),
    VERB_OPTIONS(growth_options),
    .repeatable = "output",
    .state_size = sizeof(growth_state),
    .read = read_choices,
    .open = open_files,
    .compute = compute,
    .writers = &growth_writers,
    .close = close_state,
};
