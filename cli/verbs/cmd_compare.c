/* cmd_compare.c - `behov compare`: does a fit give what is printed, and what do the printed stars hang on? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "estimation_options.h"
#include "labels.h"
#include "messages.h"
#include "outputs.h"
#include "printed_comparison_tables.h"
#include "ratio_table_options.h"
#include "read_printed.h"
#include "read_csv.h"
#include "read_model.h"
#include "verbs.h"
#include "visible.h"
#include "write_printed_comparison.h"

enum { MOST_SHOWN = 20, KEYS_MAX = 16 };

static const option_text compare_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"with", 't', "FILE",
     "printed table: coefficients (columns term, coefficient, stars, standard_error) or ratios (a row for\neach "
     "municipality, a column for each year); may be given twice, one of each;\nwithout it annex 1 and annex 2 of the "
     "report"},
    {"notes", 'n', "FILE",
     "notes of the table of coefficients, columns key and value: outcome, observations, adjusted_r2;\nwithout it "
     "TABLE_notes.csv beside the table when it is there; '' = none"},
    {"compare-clusters", 0, "LIST",
     "readings of the clustering for the printed standard errors, separated by commas; without it the "
     "population\nfigure, "
     "the municipality and six size classes; '' = none"},
    FITTING_OPTIONS,
    {"output", 'o', "FILE",
     "write FILE.xlsx, FILE.html, FILE.tex, FILE.md, FILE.txt, FILE.csv (the coefficients) or FILE.json;\nmay be given "
     "several times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the files say they were made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
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
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the printed tables");
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
        return behov_error_set(err, BEHOV_E_ARGUMENT, "--with", "two tables of %s; give one",
                               of_coefficients ? "coefficients" : "ratios");
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
static void default_readings(const behov_panel *panel, char text[200])
{
    bool has_population = panel->columns[BEHOV_ROLE_POPULATION] >= 0, has_code = panel->columns[BEHOV_ROLE_CODE] >= 0;
    snprintf(text, 200, "%s%s%s%s", has_population ? "population" : "", has_population && has_code ? ", " : "",
             has_code ? "municipality_code" : "",
             has_population ? ", cut(population, 2000, 5000, 10000, 20000, 50000)" : "");
}

typedef struct comparing {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_printed_comparison comparison;
    behov_model names; /* the report's, for a formula without [terms] */
    char readings[200];
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

/* Whether each key could be copied; else BEHOV_E_MEMORY. */
static bool has_all(char *const *keys, size_t n, behov_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!keys[i])
            return behov_error_set(err, BEHOV_E_MEMORY, "--compare-clusters",
                                   "not enough memory for the clusterings") == BEHOV_OK;
    return true;
}

static int fit(const command_line *line, comparing *all)
{
    behov_error err;
    behov_cluster_options clusters = {0};
    const char *given_text = option_value(line, "compare-clusters"), *keys[KEYS_MAX] = {0};
    char *owned[KEYS_MAX] = {0};
    size_t n_keys = 0, n_readings = 0;
    if (!cluster_options_read(line, &clusters))
        return 2;
    if (given_text && given_text[0] && behov_comparison_n_keys(given_text) + clusters.n > KEYS_MAX)
        return wrong_call(line->verb, "--compare-clusters: at most %d readings", KEYS_MAX - 2);
    for (size_t i = 0; i < clusters.n; i++)
        keys[n_keys++] = clusters.keys[i];
    for (size_t i = 0; given_text && given_text[0] && i < behov_comparison_n_keys(given_text) && n_keys < KEYS_MAX; i++)
        keys[n_keys++] = owned[n_readings++] = behov_comparison_key(given_text, i);
    int code =
        has_all(owned, n_readings, &err) ? study_open(&all->study, line, keys, n_keys, NULL) : print_failure(&err);
    for (size_t i = 0; i < n_readings; i++)
        free(owned[i]);
    if (code)
        return code;
    behov_fit_choices choices = {.level = 0.95, .drop_collinear = option_given(line, "drop-collinear")};
    behov_cluster_options_choose(&clusters, &all->study, &choices);
    choices.kind = estimation_kind(line, choices.cluster, &code);
    if (code)
        return code;
    default_readings(&all->study.panel, all->readings);
    const char *readings = given_text ? given_text : all->readings;
    n_readings = readings[0] ? behov_comparison_n_keys(readings) : 0;
    /* a row needs the keys of all readings, or they would be of other rows */
    const char *more[KEYS_MAX];
    n_readings = n_readings < KEYS_MAX ? n_readings : KEYS_MAX;
    for (size_t i = 0; i < n_readings; i++)
        more[i] = owned[i] = behov_comparison_key(readings, i);
    choices.more_keys = more;
    choices.n_more_keys = n_readings;
    behov_status status = has_all(owned, n_readings, &err) ? BEHOV_OK : BEHOV_E_MEMORY;
    if (!status)
        status = behov_estimation_results(&all->study, &choices, &all->estimation, &all->fit_results, &err);
    if (!status && !is_quiet(line))
        estimation_print_notes_dropped(&all->estimation);
    all->comparison.fit_results = &all->fit_results;
    if (!status && !all->study.model.n_terms)
        status = read_names(all, &err);
    if (!status && all->comparison.table.n_rows)
        status = behov_printed_comparison_coefficients(&all->comparison, &choices, &all->estimation,
                                                       all->study.model.n_terms ? &all->study.model : &all->names,
                                                       readings, &err);
    if (!status && all->comparison.printed_ratios.places.n)
        status = behov_printed_comparison_ratios(&all->comparison, &err);
    for (size_t i = 0; i < n_readings; i++)
        free(owned[i]);
    return status ? print_failure(&err) : 0;
}

/* What the printed tables have and the fit has not: told on standard error, with exit code 1. */
static int print_notes_unknown(const comparing *all)
{
    const behov_printed_comparison *comparison = &all->comparison;
    size_t n_told = 0;
    for (size_t i = 0; i < comparison->table.n_rows && comparison->n_unknown_terms; i++) {
        const behov_printed_row *row = comparison->matches[i].printed;
        if (comparison->matches[i].fitted)
            continue;
        if (n_told++)
            print_visible(stderr, ", %s", row->term);
        else
            print_visible(stderr, "behov: %s, line %lu: not in the model, nor under [terms] of a model file: %s",
                          comparison->table_name, (unsigned long)row->line, row->term);
    }
    if (n_told)
        fputc('\n', stderr);
    for (size_t i = 0; i < comparison->n_unknown && i < MOST_SHOWN; i++) {
        const behov_municipality *municipality =
            &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        print_visible(stderr, "behov: %s: the municipality %s%s%s is %s\n", comparison->ratios_name, municipality->code,
                      municipality->code[0] && municipality->name[0] ? " " : "", municipality->name,
                      !municipality->code[0] && behov_printed_comparison_n_called(comparison, municipality->name) > 1
                          ? "in the panel more than once; give its code"
                          : "not in the panel");
    }
    if (comparison->n_unknown > MOST_SHOWN)
        print_visible(stderr, "behov: %s: and %lu more municipalities are not in the panel\n", comparison->ratios_name,
                      (unsigned long)(comparison->n_unknown - MOST_SHOWN));
    return comparison->n_unknown_terms || comparison->n_unknown ? 1 : 0;
}

/* ---- outputs -------------------------------------------------------------------------------------------------------
 */

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const comparing *all = context;
    return behov_printed_comparison_add_all(&all->comparison, is_workbook ? 0 : MOST_SHOWN, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const comparing *all = context;
    return all->comparison.table.n_rows ? behov_printed_comparison_coefficients_table(&all->comparison, report, err)
                                        : behov_printed_comparison_ratios_table(&all->comparison, 0, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return printed_comparison_json(&((const comparing *)context)->comparison, path, err);
}

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_COMPARED};

static int run_compare(const command_line *line)
{
    comparing all = {0};
    long long date = 0;
    behov_error err;
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code && option_count(line, "with") > 2)
        code = wrong_call(line->verb, "--with is given at most twice: a table of coefficients and one of ratios");
    if (!code && read_tables(line, &all.comparison, &err))
        code = print_failure(&err);
    if (!code && option_given(line, "notes") && !all.comparison.table.n_rows)
        code = wrong_call(line->verb,
                          "--notes is about a table of coefficients, and --with names none; leave --notes out");
    if (!code)
        code = fit(line, &all);
    if (!code && (option_given(line, "json") ? printed_comparison_json(&all.comparison, NULL, &err)
                                             : printed_comparison_page(&all.comparison, MOST_SHOWN, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &all.study, &writers, &all, date);
    if (!code)
        code = print_notes_unknown(&all);
    behov_printed_comparison_free(&all.comparison);
    behov_estimation_free(&all.estimation);
    behov_study_close(&all.study);
    behov_model_free(&all.names);
    return code;
}

const verb verb_compare = {
    .name = "compare",
    .usage = "[PANEL] [--with FILE]... [--model FILE | --formula TEXT] [--compare-clusters LIST] [-o FILE]...",
    .summary = "Compare a fit with printed tables, digit by digit, and find which clustering they used.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Exit code 1 when a printed term is not in the model, or a printed municipality not in the panel.\n"
        "\n"
        "Examples\n"
        "  behov compare                                     annex 1 and 2 against the bundled, simulated panel\n"
        "  behov compare panel.csv --with table.csv --compare-clusters 'population, municipality_code'",
    .options = compare_options,
    .n_options = sizeof compare_options / sizeof *compare_options,
    .repeatable = "output with cluster",
    .run = run_compare,
};
