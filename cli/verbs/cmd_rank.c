/* cmd_rank.c - `behov rank`: municipalities in order, and how sure the order is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include "municipality_options.h"
#include "outputs.h"
#include "progress.h"
#include "ranking.h"
#include "ranking_tables.h"
#include "study_options.h"
#include "verbs.h"
#include "write_ranking.h"

static const option_text rank_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"by", 'b', "FIGURE",
     "ratio (the default: actual in per cent of need), need (the index) or gap (actual less need)"},
    {"year", 0, "YEAR", "rank this year; without it the years together, 100 sum of actual / sum of need"},
    {"within", 'g', "KIND",
     "country (the default), county, size or a file with the columns municipality_code and\ngroup: places within each"},
    {"municipality", 0, "LIST", "rank these alone, by code or name, separated by commas, or a file that lists them"},
    {"top", 'n', "N", "show the first N, of each group; with --around as many on each side"},
    {"around", 0, "MUNICIPALITY", "show this one's neighbours, 5 on each side unless --top says how many"},
    LASTING_OPTIONS("", "90"),
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_ranking_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_ranking_table(context, true, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_ranking_json(path, context, err);
}

static const output_writers writers = {sections, rows, json, "sheet_ranking"};

/* Prints and returns 2 for a call that is wrong. */
static int read_choices(const command_line *line, behov_ranking_choices *out, behov_lasting_options *sure)
{
    static const char *const names[] = {"ratio", "need", "gap"};
    const char *step_text = option_value(line, "by"), *within = option_value(line, "within");
    double year = 0, top = 0;
    *out = (behov_ranking_choices){.within = {.kind = within ? within : "country"},
                                   .around = option_value(line, "around")};
    int kind = 0;
    while (step_text && kind < 3 && strcmp(names[kind], step_text) != 0)
        kind++;
    if (kind == 3)
        return wrong_call(line->verb, "--by %s: choose ratio, need or gap", step_text);
    if (!lasting_options_read(line, 90, sure) || !whole_option(line, "year", 1, 9999, &year) ||
        !whole_option(line, "top", 1, 1e6, &top))
        return 2;
    out->ranked_by = (behov_ranked_by)kind;
    out->n_draws = sure->n_draws;
    out->seed = sure->seed;
    out->year = (int)year;
    out->top = (size_t)top;
    out->level = sure->level_pct / 100;
    return 0;
}

static int run_rank(const command_line *line)
{
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_fit_results fit_results = {0};
    behov_ranking_choices choices;
    behov_lasting_options sure;
    behov_ranking ranking = {0};
    municipality_options municipalities = {0};
    long long date = 0;
    char day[16];
    behov_error err;
    const char *panel = NULL;
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = read_choices(line, &choices, &sure);
    if (!code)
        code = study_only_panel(line, &panel);
    if (!code)
        code =
            estimation_of_residuals(line, panel, sure.level_pct / 100, sure.floor, &study, &estimation, &fit_results);
    outputs_date_text(date, day);
    fit_results.made_on = day;
    if (!code)
        code = municipality_options_read(option_value(line, "municipality"), choices.within.kind, &municipalities);
    choices.list = municipalities.list;
    choices.within = municipalities.grouping;
    progress *bar = progress_new("draws");
    choices.progress = (behov_progress){progress_step, bar};
    behov_status status = code ? BEHOV_OK : behov_ranking_new(&fit_results, &choices, &ranking, &err);
    progress_free(bar);
    if (status)
        code = print_failure(&err);
    if (!code && !is_quiet(line))
        lasting_print_notes_unsettled(&ranking.variances);
    if (!code && (option_given(line, "json") ? write_ranking_json(NULL, &ranking, &err)
                                             : write_ranking_page(&ranking, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &study, &writers, &ranking, date);
    behov_ranking_free(&ranking);
    municipality_options_free(&municipalities);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return code;
}

const verb verb_rank = {
    .name = "rank",
    .usage = "[PANEL] [--by FIGURE] [--year YEAR] [--within KIND] [--top N | --around MUNICIPALITY] [-o FILE]...",
    .summary = "Rank municipalities by ratio, need or gap, with intervals of their places.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "The interval of a place is that of the lasting level: chance of single years, which is larger in small\n"
        "municipalities, is taken out. Places whose intervals overlap are not clearly different.\n"
        "\n"
        "Examples\n"
        "  behov rank --top 20 -o ranking.xlsx\n"
        "  behov rank --around 1860 --within size\n"
        "  behov rank panel.csv --by gap --year 2016 --json",
    .options = rank_options,
    .n_options = sizeof rank_options / sizeof *rank_options,
    .repeatable = "output cluster",
    .run = run_rank,
};
