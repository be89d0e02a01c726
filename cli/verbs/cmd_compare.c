/* cmd_compare.c - `behov compare`: does a fit give what is printed, and what do the printed stars hang on? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "estimation_options.h"
#include "messages.h"
#include "outputs.h"
#include "printed_comparison_tables.h"
#include "read_csv.h"
#include "read_model.h"
#include "ratio_table_options.h"
#include "read_printed.h"
#include "verbs.h"
#include "visible.h"
#include "write_printed_comparison.h"

static const option_text compare_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"with", 't', ARGUMENT(FILE), HELP(COMPARE_WITH), ".csv .tsv .txt"},
    {"notes", 'n', ARGUMENT(FILE), HELP(COMPARE_NOTES), ".csv .tsv .txt"},
    {"compare-clusters", 0, ARGUMENT(LIST), HELP(COMPARE_COMPARE_CLUSTERS), NULL},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

/* ---- the printed tables --------------------------------------------------------------------------------------------
 */

typedef struct header {
    bool has_term;
} header;

static behov_read_kind look(void *context, const char *name)
{
    header *header = context;
    header->has_term = header->has_term || strcmp(name, "term") == 0;
    return BEHOV_READ_AS_TEXT;
}

/* Whether a table is one of coefficients: it has a column `term`. */
static behov_status has_terms(const char *path, bool *is_one, behov_error *err)
{
    header header = {false};
    behov_table *table = NULL;
    behov_status status = read_csv(path, &(read_csv_options){.choose = look, .context = &header}, &table, err);
    behov_table_free(table);
    *is_one = header.has_term;
    return status;
}

static char *copy(const char *text)
{
    return text ? strdup(text) : NULL;
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COMPARE_NO_MEMORY_FOR_PRINTED);
}

/* TABLE_notes.csv beside TABLE.csv (malloc); NULL without memory. */
static char *notes_beside(const char *path)
{
    static const char ending[] = "_notes.csv";
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    size_t stem = dot && dot != (slash ? slash + 1 : path) ? (size_t)(dot - path) : strlen(path);
    char *copy = malloc(stem + sizeof ending);
    if (copy) {
        memcpy(copy, path, stem);
        strcpy(copy + stem, ending);
    }
    return copy;
}

static behov_status read_notes(const command_line *line, const char *path, const char *name,
                               behov_printed_comparison *comparison, behov_error *err)
{
    const char *given_text = option_value(line, "notes");
    if (given_text && !given_text[0])
        return BEHOV_OK;
    char *extra_tables = given_text ? copy(given_text) : notes_beside(path);
    if (!extra_tables)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    if (given_text || datasets_path_is_there(extra_tables)) {
        status = read_printed_notes(extra_tables, &note_beside, &comparison->notes, err);
        comparison->notes_name = given_text ? copy(given_text) : notes_beside(name);
    }
    free(extra_tables);
    return status;
}

/* \param name  what pages call the file */
static behov_status read_one(const command_line *line, const char *path, const char *name,
                             behov_printed_comparison *comparison, behov_error *err)
{
    bool of_coefficients;
    behov_status status = has_terms(path, &of_coefficients, err);
    if (status)
        return status;
    if (of_coefficients ? comparison->table.n_rows > 0 : comparison->printed_ratios.places.n > 0)
        return (of_coefficients
                    ? behov_error_say(err, BEHOV_E_ARGUMENT, "--with", SAY_COMPARE_TWO_TABLES_OF_COEFFICIENTS)
                    : behov_error_say(err, BEHOV_E_ARGUMENT, "--with", SAY_COMPARE_TWO_TABLES_OF_RATIOS));
    char **kept_text = of_coefficients ? &comparison->table_name : &comparison->ratios_name;
    if (!(*kept_text = copy(name)))
        return out_of_memory(err);
    if (!of_coefficients)
        return ratio_table_options_read(path, &comparison->printed_ratios, err);
    status = read_printed_table(path, &note_beside, &comparison->table, err);
    return status ? status : read_notes(line, path, name, comparison, err);
}

static behov_status read_tables(const command_line *line, behov_printed_comparison *comparison, behov_error *err)
{
    static const char *const bundled[] = {"proba-2017-08/regression.csv", "proba-2017-08/ratios.csv"};
    size_t n = option_count(line, "with");
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++)
        status = read_one(line, option_value_at(line, "with", i), option_value_at(line, "with", i), comparison, err);
    for (size_t i = 0; n == 0 && i < sizeof bundled / sizeof *bundled && !status; i++) {
        char *path = NULL;
        status = datasets_path(bundled[i], &path, err);
        if (!status)
            status = read_one(line, path, bundled[i], comparison, err);
        free(path);
    }
    return status;
}

/* ---- the fit -------------------------------------------------------------------------------------------------------
 */

/* The three readings of 'clustered on municipality size', as far as the panel has what they need. */
static const char *default_readings(const behov_panel *panel)
{
#define BY_SIZE "cut(population, 2000, 5000, 10000, 20000, 50000)"
    bool has_population = panel->columns[BEHOV_ROLE_POPULATION] >= 0, has_code = panel->columns[BEHOV_ROLE_CODE] >= 0;
    return has_population && has_code ? "population, municipality_code, " BY_SIZE
           : has_population           ? "population, " BY_SIZE
           : has_code                 ? "municipality_code"
                                      : "";
#undef BY_SIZE
}

typedef struct comparing {
    behov_printed_comparison comparison;
    behov_model names;            /* the report's, for a formula without [terms] */
    const char *readings;         /* without --compare-clusters */
    char *keys[CLUSTER_KEYS_MAX]; /* of the readings */
    size_t n_keys;
} comparing;

static behov_status read_names(comparing *all, behov_error *err)
{
    char *path = NULL;
    behov_status status = datasets_path("models/proba-2017-08.ini", &path, err);
    if (!status)
        status = read_model(path, &all->names, err);
    free(path);
    return status;
}

/* The keys of the readings of the clustering, which a row needs all of, or they would be of other rows. */
static behov_status list_readings(comparing *all, const char *readings, behov_error *err)
{
    size_t n = readings && readings[0] ? behov_comparison_n_keys(readings) : 0;
    for (size_t i = 0; i < n && all->n_keys < CLUSTER_KEYS_MAX - 1; i++)
        if (!(all->keys[all->n_keys++] = behov_comparison_key(readings, i)))
            return behov_error_say(err, BEHOV_E_MEMORY, "--compare-clusters", SAY_COMPARE_NO_MEMORY_FOR_CLUSTERINGS);
    return BEHOV_OK;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    comparing *all = call->state;
    const char *readings = option_value(line, "compare-clusters");
    behov_error err;
    if (option_count(line, "with") > 2)
        return wrong_call(line->verb, SAY_COMPARE_WITH_TWICE);
    if (readings && readings[0] && behov_comparison_n_keys(readings) + call->clusters.n > CLUSTER_KEYS_MAX - 1)
        return wrong_call(line->verb, SAY_COMPARE_MOST_READINGS, CLUSTER_KEYS_MAX - 3);
    if (list_readings(all, readings, &err))
        return print_failure(&err);
    for (size_t i = 0; i < all->n_keys; i++)
        call->keys[call->n_keys++] = all->keys[i];
    return 0;
}

static int open_tables(verb_call *call)
{
    comparing *all = call->state;
    behov_error err;
    if (read_tables(call->line, &all->comparison, &err))
        return print_failure(&err);
    if (option_given(call->line, "notes") && !all->comparison.table.n_rows)
        return wrong_call(call->line->verb, SAY_COMPARE_NOTES_WITHOUT_TABLE);
    return 0;
}

static int choose_readings(verb_call *call)
{
    comparing *all = call->state;
    behov_error err;
    all->readings = default_readings(&call->study.panel);
    if (!option_given(call->line, "compare-clusters") && list_readings(all, all->readings, &err))
        return print_failure(&err);
    call->fit_choices.more_keys = (const char *const *)all->keys;
    call->fit_choices.n_more_keys = all->n_keys;
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    comparing *all = call->state;
    const char *readings = option_value(call->line, "compare-clusters");
    const behov_model *model = call->study.model.n_terms ? &call->study.model : &all->names;
    call->context = &all->comparison;
    all->comparison.fit_results = &call->fit_results;
    behov_status status = call->study.model.n_terms ? BEHOV_OK : read_names(all, err);
    if (!status && all->comparison.table.n_rows)
        status = behov_printed_comparison_coefficients(&all->comparison, &call->fit_choices, &call->estimation, model,
                                                       readings ? readings : all->readings, err);
    if (!status && all->comparison.printed_ratios.places.n)
        status = behov_printed_comparison_ratios(&all->comparison, err);
    return status;
}

/* What the printed tables have and the fit has not: told on standard error, with exit code 1. */
static int conclude(verb_call *call)
{
    const comparing *all = call->state;
    const behov_printed_comparison *comparison = &all->comparison;
    behov_wording terms = {0};
    unsigned long line = 0;
    for (size_t i = 0; i < comparison->table.n_rows && comparison->n_unknown_terms; i++) {
        const behov_printed_row *row = comparison->matches[i].printed;
        if (comparison->matches[i].fitted)
            continue;
        line = line ? line : row->line;
        behov_wording_add_after(&terms, ", ", row->term);
    }
    if (terms.length)
        print_line(SAY_COMPARE_TERMS_NOT_IN_MODEL, comparison->table_name, line, behov_wording_text(&terms));
    behov_wording_free(&terms);
    for (size_t i = 0; i < comparison->n_unknown && i < PRINTED_COMPARISON_SHOWN; i++) {
        const behov_municipality *place = &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        const char *mark = place->code[0] && place->name[0] ? " " : "", *file = comparison->ratios_name;
        if (!place->code[0] && behov_printed_comparison_n_called(comparison, place->name) > 1)
            print_line(SAY_COMPARE_MUNICIPALITY_IN_PANEL_TWICE, file, place->code, mark, place->name);
        else
            print_line(SAY_COMPARE_MUNICIPALITY_NOT_IN_PANEL, file, place->code, mark, place->name);
    }
    unsigned long n_more =
        comparison->n_unknown > PRINTED_COMPARISON_SHOWN ? comparison->n_unknown - PRINTED_COMPARISON_SHOWN : 0;
    if (n_more == 1)
        print_line(SAY_COMPARE_ONE_MORE_NOT_IN_PANEL, comparison->ratios_name, n_more);
    else if (n_more)
        print_line(SAY_COMPARE_MUNICIPALITIES_NOT_IN_PANEL, comparison->ratios_name, n_more);
    return comparison->n_unknown_terms || comparison->n_unknown ? 1 : 0;
}

/* ---- outputs -------------------------------------------------------------------------------------------------------
 */

static void close_state(void *state)
{
    comparing *all = state;
    behov_printed_comparison_free(&all->comparison);
    behov_model_free(&all->names);
    for (size_t i = 0; i < all->n_keys; i++)
        free(all->keys[i]);
}

const verb verb_compare = {
    .name = "compare",
    VERB_WORDS(COMPARE),
    .rows = HELP(ROWS_COMPARE),
    VERB_OPTIONS(compare_options),
    .repeatable = "output with cluster",
    .needs = NEEDS_RESULTS,
    .level_pct = 95,
    .state_size = sizeof(comparing),
    .read = read_choices,
    .open = open_tables,
    .choose = choose_readings,
    .compute = compute,
    .writers = &printed_comparison_writers,
    .conclude = conclude,
    .close = close_state,
};
