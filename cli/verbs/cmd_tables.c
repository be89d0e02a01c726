/* cmd_tables.c - `behov tables`: the report's tables as a user would print them. */
#include "convention_options.h"
#include "estimation_options.h"
#include <behov/left_out.h>
#include "like_options.h"
#include "ratio_table_options.h"
#include "verbs.h"
#include "write_report_tables.h"
#include "writers.h"

static const option_text tables_options[] = {
    STUDY_OPTIONS_CHOOSING,
    {"table", 't', ARGUMENT(NAME), HELP(TABLES_TABLE), "regression ratios signs levels trend"},
    RATIOS_OPTION,
    {"municipality", 0, ARGUMENT(LIST), HELP(TABLES_MUNICIPALITY), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(TABLES_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    LOW_OPTION,
    HIGH_OPTION,
    {"change", 0, ARGUMENT(POINTS), HELP(TABLES_CHANGE), NULL},
    FITTING_OPTIONS,
    STARS_OPTION,
    BRACKETS_OPTION,
    OUTPUT_OPTIONS,
};

/* Those of --table; without it all but the trend, of ratios that were read those that need no fit. */
static int read_wanted(const command_line *line, bool *is_wanted, size_t *n_wanted)
{
    size_t n = option_count(line, "table");
    bool is_read = option_given(line, "ratios");
    for (size_t i = 0; i < n; i++) {
        const char *name = option_value_at(line, "table", i);
        behov_report_table kind = behov_report_table_of_name(name);
        if (kind == BEHOV_N_REPORT_TABLES)
            return wrong_value(line->verb, "table", name, SAY_TABLES_UNKNOWN, name);
        if (is_read && behov_report_table_needs_fit(kind))
            return wrong_call(line->verb, SAY_TABLES_NEED_FIT, name);
        is_wanted[kind] = true;
    }
    for (int kind = 0; kind < BEHOV_N_REPORT_TABLES; kind++) {
        if (n == 0)
            is_wanted[kind] =
                kind != BEHOV_TABLE_TREND && !(is_read && behov_report_table_needs_fit((behov_report_table)kind));
        *n_wanted += is_wanted[kind];
    }
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    behov_report_tables *report_tables = call->state;
    behov_ratio_limits *limits = &report_tables->choice.limits;
    size_t n_wanted = 0;
    int code = read_wanted(line, report_tables->is_wanted, &n_wanted);
    if (code)
        return code;
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (writer_find(option_value_at(line, "output", i), HOLDS_ROWS) && n_wanted > 1)
            return wrong_call(line->verb, SAY_TABLES_CSV_HOLDS_ONE, option_value_at(line, "output", i));
    *limits = (behov_ratio_limits){90, 110, 5};
    if (!ratio_limits_option(line, limits))
        return 2;
    return limits->low > limits->high ? wrong_call(line->verb, SAY_SELECT_LOW_ABOVE_HIGH) : 0;
}

static behov_status choose_places(const verb_call *call, behov_error *err)
{
    behov_report_tables *report_tables = call->state;
    behov_status status =
        behov_municipality_list_choose(&call->ratios.places, call->municipalities.list, "--municipality",
                                       &report_tables->places, &report_tables->choice.n_places, err);
    report_tables->choice.places = report_tables->places;
    return !status && call->has_fit
               ? behov_left_out_refuse_all(&call->fit_results, call->ratios.places.all, report_tables->places,
                                           report_tables->choice.n_places, "--municipality", err)
               : status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    behov_report_tables *report_tables = call->state;
    report_tables->study = &call->study;
    report_tables->fit_results = call->has_fit ? &call->fit_results : NULL;
    report_tables->ratios = &call->ratios;
    behov_status status = call->municipalities.list ? choose_places(call, err) : BEHOV_OK;
    if (!status && call->grouping) {
        status = behov_groups_new(&call->ratios.places, &call->municipalities.grouping, &report_tables->groups, err);
        report_tables->choice.groups = &report_tables->groups;
    }
    return status;
}

static void close_state(void *state)
{
    behov_report_tables_free(state);
}

const verb verb_tables = {
    .name = "tables",
    VERB_WORDS(TABLES),
    .rows = HELP(ROWS_TABLES),
    VERB_OPTIONS(tables_options),
    .repeatable = "output table cluster",
    .needs = NEEDS_RATIOS | NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE,
    .level_pct = 95,
    .state_size = sizeof(behov_report_tables),
    .read = read_choices,
    .compute = compute,
    .writers = &report_tables_writers,
    .close = close_state,
};
