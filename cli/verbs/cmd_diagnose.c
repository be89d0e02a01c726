/* cmd_diagnose.c - `behov diagnose`: does anything hang on a few municipalities? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis.h"
#include "diagnosis_tables.h"
#include "estimation_options.h"
#include "outputs.h"
#include "study_options.h"
#include "verbs.h"
#include "write_diagnosis.h"

enum { MOST_NAMED = 1000 };

static const option_text diagnose_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"cluster", 'c', "COLUMN",
     "leave out by this column, or arithmetic over columns, instead of by municipality;\n'' = rows alone"},
    WEIGHT_OPTIONS,
    {"drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"},
    {"top", 'n', "N", "municipalities and rows that are named, 10 unless given"},
    {"output", 'o', "FILE",
     "write FILE.xlsx (workbook), FILE.csv (a row per row used in estimation)\nor FILE.json; may be given several "
     "times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

/* Standard errors by the clusters that are left out: what a change is measured by. Without any, classical ones. */
static behov_status fit_panel(const behov_study *study, const char *key, bool drop_collinear,
                              behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    behov_fit_choices choices = {
        .cluster = key, .kind = key ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL, .drop_collinear = drop_collinear};
    behov_status status = behov_estimation_make(study, &choices, estimation, err);
    if (status && estimation->clusters && behov_clusters_count(estimation->clusters) < 2)
        return behov_error_set(
            err, status, study->panel_path,
            "%s is the same in every row used in estimation: there must be two clusters or more to leave one "
            "out; use another --cluster",
            key);
    if (!status)
        status = behov_estimation_has_residuals(study, estimation->fit, err);
    if (status)
        return status;
    estimation->coefficients =
        calloc(behov_design_n_regressors(estimation->design) + 1, sizeof *estimation->coefficients);
    if (!estimation->coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    *out = (behov_fit_results){.study = study,
                               .design = estimation->design,
                               .fit = estimation->fit,
                               .vcov = estimation->vcov,
                               .cluster = key,
                               .coefficients = estimation->coefficients};
    return behov_inference(estimation->fit, estimation->vcov, NULL, estimation->coefficients, err);
}

static bool top_option(const command_line *line, size_t *top)
{
    const char *text = option_value(line, "top");
    double read_value;
    *top = 10;
    if (!text)
        return true;
    if (behov_number_parse(text, strlen(text), '.', &read_value) != BEHOV_NUMBER_OK || read_value < 1 ||
        read_value > MOST_NAMED || read_value != floor(read_value)) {
        wrong_call(line->verb, "--top %s: give a whole number from 1 to %d", text, MOST_NAMED);
        return false;
    }
    *top = (size_t)read_value;
    return true;
}

typedef struct diagnosis_outputs {
    const behov_diagnosis *diagnosis;
    size_t top;
} diagnosis_outputs;

/* A page has the answers; the tables of all clusters and all rows are for a workbook. */
static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const diagnosis_outputs *outputs = context;
    return diagnosis_add(outputs->diagnosis, outputs->top, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_diagnosis_rows(((const diagnosis_outputs *)context)->diagnosis, 0, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const diagnosis_outputs *outputs = context;
    return write_diagnosis_json(path, outputs->diagnosis, outputs->top, err);
}

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_DIAGNOSIS_WORKBOOK};

static int run_diagnose(const command_line *line)
{
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_diagnosis diagnosis = {0};
    behov_fit_results fit_results;
    long long date = 0;
    size_t top;
    int code = outputs_check(line);
    if (!code && (!outputs_date(line, &date) || !top_option(line, &top)))
        code = 2;
    const char *cluster = option_value(line, "cluster"), *key = NULL;
    if (!code)
        code = study_open(&study, line, &cluster, cluster && cluster[0] ? 1 : 0, NULL);
    if (!code)
        key = !cluster ? behov_diagnosis_default_key(&study) : cluster[0] ? cluster : NULL;
    behov_error err;
    if (!code && (fit_panel(&study, key, option_given(line, "drop-collinear"), &estimation, &fit_results, &err) ||
                  behov_diagnosis_compute(&fit_results, key, &diagnosis, &err)))
        code = print_failure(&err);
    if (!code && !is_quiet(line))
        estimation_print_notes_dropped(&estimation);
    if (!code && (option_given(line, "json") ? write_diagnosis_json(NULL, &diagnosis, top, &err)
                                             : write_diagnosis_page(&diagnosis, top, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &study, &writers, &(diagnosis_outputs){&diagnosis, top}, date);
    behov_diagnosis_free(&diagnosis);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return code;
}

const verb verb_diagnose = {
    .name = "diagnose",
    .usage = "[PANEL] [--model FILE | --formula TEXT] [--cluster COLUMN] [--top N] [-o FILE]...",
    .summary = "Show what a fit depends on: municipalities, rows, columns; and how well it predicts.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Each municipality is left out in turn, without refitting. Changes are in standard errors clustered the same "
        "way.\n"
        "\n"
        "Examples\n"
        "  behov diagnose\n"
        "  behov diagnose panel.csv --model my.ini --top 20 -o diagnosis.xlsx\n"
        "  behov diagnose panel.csv --cluster population --json",
    .options = diagnose_options,
    .n_options = sizeof diagnose_options / sizeof *diagnose_options,
    .repeatable = "output",
    .run = run_diagnose,
};
