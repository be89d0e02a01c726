/* cmd_select.c - `behov select`: municipalities worth a closer look, by their ratios. */
#include <stdio.h>
#include <stdlib.h>

#include "cases_tables.h"
#include "estimation_options.h"
#include "municipality_options.h"
#include "outputs.h"
#include "ratio_table_options.h"
#include "study_options.h"
#include "verbs.h"
#include "write_cases.h"

static const option_text select_options[] = {
    STUDY_OPTIONS_CHOOSING,
    {"ratios", 'r', "FILE", "take the ratios of this table, a column for each year, instead of fitting"},
    {"municipality", 0, "LIST", "choose among these, by code or name, separated by commas, or a file that lists them"},
    {"low", 0, "PER CENT", "a ratio below it is low, 90 unless given"},
    {"high", 0, "PER CENT", "a ratio above it is high, 110 unless given"},
    {"change", 0, "POINTS", "a change of as much from the first year to the last is strong, 20 unless given"},
    {"min-population", 0, "N", "choose among municipalities with as many inhabitants in the last year"},
    {"largest", 0, "N", "choose among the N with most inhabitants"},
    {"count", 'n', "N", "at most N of each kind"},
    {"shrunk", 0, NULL, "hold the lasting level against each year's limit, and say which picks would fall away"},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

static const double LASTING_LEVEL = 0.90; /* of the intervals, as in `behov rank` */

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_cases_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_cases_table(context, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_selection_json(path, context, err);
}

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_SELECTION};

/* Prints and returns 2 for a call that is wrong. */
static int read_choices(const command_line *line, behov_select_options *out)
{
    double population = 0, largest = 0, most = 0;
    out->limits = (behov_ratio_limits){90, 110, 20};
    if (!ratio_limits_option(line, &out->limits) || !whole_option(line, "min-population", 1, 1e10, &population) ||
        !whole_option(line, "largest", 1, 1e9, &largest) || !whole_option(line, "count", 1, 1e9, &most))
        return 2;
    out->min_population = population;
    out->largest = (size_t)largest;
    out->count = (size_t)most;
    if (out->limits.low > out->limits.high)
        return wrong_call(line->verb, "--low is above --high: no ratio would lie between");
    if (population > 0 && largest > 0)
        return wrong_call(line->verb, "--min-population and --largest exclude each other; give one");
    if (option_given(line, "ratios") && line->n_operands)
        return wrong_call(line->verb, "--ratios takes the place of a panel: leave out %s", line->operands[0]);
    if (option_given(line, "ratios") && option_given(line, "shrunk"))
        return wrong_call(line->verb, "--shrunk needs a fit: ratios alone do not separate lasting levels from chance");
    return ratio_table_options_check(line);
}

typedef struct chosen {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_ratio_table ratios;
    municipality_options municipalities;
    behov_cases cases;
} chosen;

static int fit(const command_line *line, chosen *out)
{
    behov_error err;
    const char *panel;
    int code = study_only_panel(line, &panel);
    if (!code)
        code = estimation_of_residuals(line, panel, LASTING_LEVEL, 0, &out->study, &out->estimation, &out->fit_results);
    if (code)
        return code;
    behov_status status = behov_ratio_table_of_results(&out->fit_results, &out->ratios, &err);
    return status ? print_failure(&err) : 0;
}

static int compute(const command_line *line, const behov_select_options *options, chosen *out)
{
    behov_error err;
    if (option_given(line, "ratios")) {
        if (!study_language(line, &out->study.lang))
            return 2;
        int code = ratio_table_options_open(line, &out->ratios);
        if (code)
            return code;
    } else {
        int code = fit(line, out);
        if (code)
            return code;
    }
    int code = municipality_options_read(option_value(line, "municipality"), NULL, &out->municipalities);
    if (!code && behov_cases_new(&out->ratios, options, out->municipalities.list, option_given(line, "shrunk"),
                                 out->study.lang, &out->cases, &err))
        code = print_failure(&err);
    return code;
}

static int run_select(const command_line *line)
{
    chosen all = {0};
    behov_select_options options = {0};
    long long date = 0;
    char day[16];
    behov_error err;
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = read_choices(line, &options);
    if (!code)
        code = compute(line, &options, &all);
    outputs_date_text(date, day);
    all.fit_results.made_on = day;
    if (!code && (option_given(line, "json") ? write_selection_json(NULL, &all.cases, &err)
                                             : write_selection_page(&all.cases, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &all.study, &writers, &all.cases, date);
    behov_cases_free(&all.cases);
    municipality_options_free(&all.municipalities);
    behov_ratio_table_free(&all.ratios);
    behov_estimation_free(&all.estimation);
    behov_study_close(&all.study);
    return code;
}

const verb verb_select = {
    .name = "select",
    .usage = "[PANEL | --ratios FILE] [--municipality LIST] [--largest N | --min-population N] [--count N] [--shrunk] "
             "[-o FILE]...",
    .summary = "Choose cases: low or high in all years, strong decrease, strong increase.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Ratios count as printed, in whole per cent. Of each kind the most extreme come first, of equal ones the\n"
        "lower municipality number. A municipality without a ratio in some year is not chosen from.\n"
        "\n"
        "Examples\n"
        "  behov select --largest 121 --count 5 -o cases.xlsx\n"
        "  behov select --ratios ratios.csv --low 80 --high 125\n"
        "  behov select panel.csv --min-population 10000 --shrunk --json",
    .options = select_options,
    .n_options = sizeof select_options / sizeof *select_options,
    .repeatable = "output cluster",
    .run = run_select,
};
