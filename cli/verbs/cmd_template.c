/* cmd_template.c - `behov template`: what a user has to fill for a model, as a table, a workbook or a text file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "document.h"
#include "estimation_options.h"
#include "labels.h"
#include "messages.h"
#include "outputs.h"
#include "study_options.h"
#include "system.h"
#include "panel_template.h"
#include "read_municipality_list.h"
#include "verbs.h"
#include "visible.h"
#include "write_panel_template.h"

static const option_text template_options[] = {
    {"model", 'm', "FILE", "model file; without it and without --formula the model of the report"},
    {"formula", 'f', "TEXT", "model in R's notation, 'y ~ x + I(z^1.2) + factor(year, ref = 2012)'"},
    {"exclude", 'x', "EXPR", "rows that the fit will leave out; '' = none, also not the model's"},
    {"population", 0, "COLUMN", "column of the number of inhabitants"},
    {"cluster", 'c', "COLUMN", "clusters of the fit; '' = none; given twice: two-way clustering"},
    {"weights", 'w', "COLUMN", "weights of the fit"},
    {"municipalities", 0, "FILE",
     "a row for each municipality of FILE: a list with municipality_code and municipality, or\na panel"},
    {"years", 0, "YEARS", "and for each of these years: 2017-2021, or separated by commas"},
    {"lang", 'l', "nb|en", "language of the output: nb (bokmål, the default) or en"},
    {"output", 'o', "FILE", "write FILE.xlsx or FILE.csv; may be given several times"},
    {"json", 'j', NULL, "print one JSON object instead of the table"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

/* A file of that name is most likely the template of last time, filled in since: days of work that no run can make
 * again, so it is never replaced. */
static bool is_there(const char *path)
{
    return system_is_regular_file(path);
}

static int check_outputs(const command_line *line)
{
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        if (!ends_with(path, ".xlsx") && !ends_with(path, ".csv"))
            return wrong_call(line->verb, "-o %s: a template is a workbook (.xlsx) or a text file (.csv)", path);
        if (is_there(path))
            return wrong_call(line->verb,
                              "-o %s: the file is there already, and may have been filled in; choose another name, or "
                              "delete it first",
                              path);
    }
    return outputs_check_targets(line);
}

/* ---- what the user will run ----------------------------------------------------------------------------------------
 */

static void append_word(char *call, size_t size, const char *word)
{
    size_t length = strlen(call);
    bool is_plain = word[0] && !strpbrk(word, " \t\n\"'()&|;<>*?$`\\~^!#=");
    const char *mark = is_plain ? "" : strchr(word, '"') ? "'" : "\"";
    snprintf(call + length, size - length, " %s%s%s", mark, word, mark);
}

/* `behov fit` of the text file that is saved from the workbook at `path`, with the options that the template had. */
static void call_of(const command_line *line, const char *path, char *call, size_t size)
{
    static const char *const passed[] = {"model", "formula", "exclude", "population", "cluster", "weights"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char file[300], option[40];
    snprintf(file, sizeof file, "%.*s.csv", (int)(strrchr(name, '.') - name), name);
    snprintf(call, size, "behov fit");
    append_word(call, size, file);
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++)
        for (size_t j = 0; j < option_count(line, passed[i]); j++) {
            snprintf(option, sizeof option, "--%s", passed[i]);
            append_word(call, size, option);
            append_word(call, size, option_value_at(line, passed[i], j));
        }
    snprintf(file, sizeof file, "%.*s-behov.xlsx", (int)(strrchr(name, '.') - name), name);
    append_word(call, size, "-o");
    append_word(call, size, file);
}

static behov_status write_workbook(const command_line *line, const char *path,
                                   const behov_panel_template *panel_template, long long date, behov_error *err)
{
    behov_section_list list = {0};
    char call[1000];
    call_of(line, path, call, sizeof call);
    behov_status status = panel_template_add(panel_template, call, &list, err);
    behov_document_properties properties = {
        .title = behov_label(panel_template->study->lang, BEHOV_WORD_TITLE_TEMPLATE),
        .subject = panel_template->study->model.title ? panel_template->study->model.title
                                                      : behov_formula_outcome_name(panel_template->study->formula),
        .created = date};
    if (!status)
        status = document_write(path, list.sections, list.n, &properties, panel_template->study->lang, err);
    behov_section_list_free(&list);
    return status;
}

static int write_outputs(const command_line *line, const behov_panel_template *panel_template, long long date)
{
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        behov_error err;
        if (ends_with(path, ".csv") ? write_template_csv(path, panel_template, &err)
                                    : write_workbook(line, path, panel_template, date, &err))
            return print_failure(&err);
        if (!is_quiet(line))
            print_visible(stderr, "behov: wrote %s\n", path);
    }
    return 0;
}

/* ---- the verb ------------------------------------------------------------------------------------------------------
 */

static int read_template(const command_line *line, behov_study *study, behov_panel_template *out)
{
    behov_error err;
    behov_cluster_options clusters;
    const char *list = option_value(line, "municipalities"), *years = option_value(line, "years");
    if (line->n_operands)
        return wrong_call(line->verb, "%s: a template is made from the model alone; name a list with --municipalities",
                          line->operands[0]);
    if (years && !list)
        return wrong_call(line->verb, "--years %s: of which municipalities? Name a list with --municipalities", years);
    if (!cluster_options_read(line, &clusters))
        return 2;
    int code = study_open_model(study, line, NULL);
    if (code)
        return code;
    if (behov_panel_template_columns(study, &clusters, option_value(line, "population"), out, &err) ||
        (years && behov_panel_template_years(out, years, &err)))
        return print_failure(&err);
    behov_table *table = NULL;
    if (list && (read_municipality_list(list, &note_beside, &table, &err) ||
                 behov_panel_template_list(out, table, &note_beside, &err)))
        return print_failure(&err);
    if (!is_quiet(line) && !study->is_bundled_model && !behov_panel_template_has_reference_year(out))
        print_note(
            "the model measures the other years against %s, which is not among --years: without rows of that year "
            "behov fit will refuse the file; add the year, or give --formula with another ref",
            out->columns[BEHOV_TEMPLATE_YEAR].reference);
    return 0;
}

static int run_template(const command_line *line)
{
    behov_study study = {0};
    behov_panel_template panel_template = {0};
    long long date = 0;
    char call[1000];
    behov_error err;
    int code = check_outputs(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = read_template(line, &study, &panel_template);
    if (!code && option_given(line, "json")) {
        if (write_template_json(NULL, &panel_template, &err))
            code = print_failure(&err);
    } else if (!code && !option_given(line, "output")) {
        call_of(line, "panel.xlsx", call, sizeof call);
        if (write_template_page(&panel_template, call, stdout, &err))
            code = print_failure(&err);
    }
    if (!code)
        code = write_outputs(line, &panel_template, date);
    behov_panel_template_free(&panel_template);
    behov_study_close(&study);
    return code;
}

const verb verb_template = {
    .name = "template",
    .usage = "[--model FILE | --formula TEXT] [--municipalities FILE] [--years YEARS] [-o FILE]...",
    .summary = "What to fill for a model: its columns with units, an empty workbook or CSV.",
    .details =
        "Without -o the columns are printed. The workbook has a sheet to fill, where a spreadsheet refuses what\n"
        "cannot be right, and one that says what goes into each column and how it is saved. Save the first one\n"
        "as CSV UTF-8 and give the file to behov fit with the same model. A file that is there is never replaced.\n"
        "\n"
        "Examples\n"
        "  behov template -o panel.xlsx -o panel.csv\n"
        "  behov template --municipalities list.csv --years 2017-2021 -o panel.xlsx\n"
        "  behov template --formula 'y ~ x + factor(year)' --lang en",
    .options = template_options,
    .n_options = sizeof template_options / sizeof *template_options,
    .repeatable = "output cluster",
    .run = run_template,
};
