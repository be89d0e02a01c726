/* cmd_compare.c - `behov compare`: does a fit give what is printed, and what do the printed stars depend on? */
#include "comparison_notes.h"
#include "convention_options.h"
#include "estimation_options.h"
#include "ratio_table_options.h"
#include "read_comparison.h"
#include "verbs.h"
#include "write_printed_comparison.h"

#include <string.h>

static const option_text compare_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"with", 't', ARGUMENT(FILE), HELP(COMPARE_WITH), ".csv .tsv .txt"},
    {"notes", 'n', ARGUMENT(FILE), HELP(COMPARE_NOTES), ".csv .tsv .txt"},
    {"compare-clusters", 0, ARGUMENT(LIST), HELP(COMPARE_COMPARE_CLUSTERS), NULL},
    FITTING_OPTIONS,
    STARS_OPTION,
    OUTPUT_OPTIONS,
};

typedef struct compare_state {
    behov_printed_comparison comparison;
    behov_model names; /* the report's, for a formula without [terms] */
    char default_readings[200];
    const char *readings; /* of --compare-clusters, else the default ones */
} compare_state;

/* A row needs the keys of all readings of the clustering, or they would be of other rows. */
static int list_readings(verb_call *call, const char *readings)
{
    behov_error err;
    if (!readings || !readings[0] || clusterings_add(&call->clusterings, readings))
        return 0;
    (void)behov_error_say(&err, BEHOV_E_MEMORY, "--compare-clusters", SAY_COMPARE_NO_MEMORY_FOR_CLUSTERINGS);
    return print_failure(&err);
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    compare_state *state = call->state;
    const char *readings = state->readings = option_value(line, "compare-clusters"),
               *stars = option_value(line, "stars");
    if (stars && strcmp(stars, "none") == 0)
        return wrong_call(line->verb, SAY_COMPARE_STARS_NONE);
    if (option_count(line, "with") > READ_COMPARISON_TABLES_MAX)
        return wrong_call(line->verb, SAY_COMPARE_WITH_TWICE);
    if (readings && readings[0] && behov_comparison_n_keys(readings) + call->clusters.n > CLUSTER_KEYS_MAX - 1)
        return wrong_call(line->verb, SAY_COMPARE_MOST_READINGS, CLUSTER_KEYS_MAX - 3);
    int code = list_readings(call, readings);
    for (size_t i = 0; i < call->clusterings.n && !code; i++)
        call->keys[call->n_keys++] = call->clusterings.keys[i];
    return code;
}

static int open_tables(verb_call *call)
{
    const command_line *line = call->line;
    behov_printed_comparison *comparison = &((compare_state *)call->state)->comparison;
    const char *subtotal_names[2];
    read_comparison_choices choices = {.n_tables = option_count(line, "with"),
                                       .notes = option_value(line, "notes"),
                                       .subtotal_names = subtotal_names,
                                       .notice = &note_beside};
    behov_error err;
    ratio_table_options_subtotals(subtotal_names);
    for (size_t i = 0; i < choices.n_tables; i++)
        choices.tables[i] = option_value_at(line, "with", i);
    if (read_comparison(&choices, comparison, &err))
        return print_failure(&err);
    if (choices.notes && !comparison->table.n_rows)
        return wrong_call(line->verb, SAY_COMPARE_NOTES_WITHOUT_TABLE);
    return 0;
}

/* Without --stars the fit has the stars of the printed legend: with others they could not be compared. */
static void take_printed_levels(verb_call *call)
{
    const behov_printed_notes *notes = &((compare_state *)call->state)->comparison.notes;
    behov_stars stars = {.is_none = false};
    bool has_more = false;
    for (size_t i = 0; i < BEHOV_LEGEND_MARKS; i++)
        if (i < BEHOV_STAR_MARKS)
            stars.levels[i] = notes->legend.levels[i];
        else
            has_more = has_more || notes->legend.levels[i] != 0;
    if (notes->has_legend && !has_more && !option_given(call->line, "stars") && behov_stars_are_valid(stars))
        call->study.conventions.stars = stars;
}

static int choose_readings(verb_call *call)
{
    compare_state *state = call->state;
    int code = 0;
    take_printed_levels(call);
    if (!state->readings) {
        behov_printed_comparison_default_readings(&call->study.panel, state->default_readings);
        state->readings = state->default_readings;
        code = list_readings(call, state->readings);
    }
    call->fit_choices.is_default_kind = false; /* prints are held against CV1 */
    call->fit_choices.more_keys = (const char *const *)call->clusterings.keys;
    call->fit_choices.n_more_keys = call->clusterings.n;
    return code;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    compare_state *state = call->state;
    behov_printed_comparison *comparison = &state->comparison;
    bool has_names = call->study.model.n_terms > 0;
    call->context = comparison;
    comparison->fit_results = &call->fit_results;
    behov_status status = has_names ? BEHOV_OK : read_comparison_model(&state->names, err);
    if (!status && comparison->table.n_rows)
        status =
            behov_printed_comparison_coefficients(comparison, &call->fit_choices, &call->estimation,
                                                  has_names ? &call->study.model : &state->names, state->readings, err);
    return !status && comparison->printed_ratios.places.n ? behov_printed_comparison_ratios(comparison, err) : status;
}

static int conclude(verb_call *call)
{
    return comparison_notes_print(&((compare_state *)call->state)->comparison) ? 1 : 0;
}

static void close_state(void *state)
{
    behov_printed_comparison_free(&((compare_state *)state)->comparison);
    behov_model_free(&((compare_state *)state)->names);
}

const verb verb_compare = {
    .name = "compare",
    VERB_WORDS(COMPARE),
    .rows = HELP(ROWS_COMPARE),
    VERB_OPTIONS(compare_options),
    .repeatable = "output with cluster",
    .needs = NEEDS_RESULTS,
    .level_pct = 95,
    .state_size = sizeof(compare_state),
    .read = read_choices,
    .open = open_tables,
    .choose = choose_readings,
    .compute = compute,
    .writers = &printed_comparison_writers,
    .conclude = conclude,
    .close = close_state,
};
