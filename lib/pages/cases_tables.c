/* cases_tables.c - see cases_tables.h. */
#include <behov/cases_tables.h>

#include <math.h>
#include <stdio.h>

#include <behov/case_kinds.h>
#include <behov/cases_sentences.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include "table_columns.h"

enum { EVERY_KIND = BEHOV_N_CASE_KINDS };

/* ---- picks ---------------------------------------------------------------------------------------------------------
 * */

/* The rows of a table: picks of one kind, or of every kind. */
typedef struct pick_list {
    const behov_cases *cases;
    const behov_pick *picks;
    size_t n;
    int kind;
    bool is_for_program; /* kinds by their names, levels as they were computed */
} pick_list;

static pick_list picks_of(const behov_cases *cases, int kind, bool is_for_program)
{
    pick_list list = {cases, cases->picks, cases->n_picks, kind, is_for_program};
    if (kind == EVERY_KIND)
        return list;
    for (; list.n && (int)list.picks->kind != kind; list.n--)
        list.picks++;
    list.n = behov_cases_n_shown(cases, (behov_case_kind)kind);
    return list;
}

static const behov_pick *pick_at(const void *context, size_t row)
{
    return &((const pick_list *)context)->picks[row];
}

static const behov_municipality *municipality_at(const void *context, size_t row)
{
    return &((const pick_list *)context)->cases->ratios->places.all[pick_at(context, row)->municipality];
}

static const char *kind_text(const void *context, size_t row)
{
    const pick_list *list = context;
    behov_case_kind kind = pick_at(context, row)->kind;
    return list->is_for_program ? behov_case_kind_name(kind) : behov_case_kind_words(list->cases->lang, kind);
}

static const char *code_text(const void *context, size_t row)
{
    return municipality_at(context, row)->code;
}

static const char *name_text(const void *context, size_t row)
{
    return municipality_at(context, row)->name;
}

static const char *level_text(const void *context, size_t row)
{
    static const behov_word words[] = {BEHOV_NO_WORD, BEHOV_WORD_LEVEL_LOW, BEHOV_WORD_LEVEL_MIDDLE,
                                       BEHOV_WORD_LEVEL_HIGH};
    const behov_cases *cases = ((const pick_list *)context)->cases;
    behov_ratio_level level = behov_ratio_level_of(
        behov_ratio_table_at(cases->ratios, pick_at(context, row)->municipality, cases->ratios->n_years - 1),
        &cases->options.limits);
    return level ? behov_label(cases->lang, words[level]) : NULL;
}

static const char *no_text(const void *context, size_t row) /* a sentence, which is filled in later */
{
    (void)context, (void)row;
    return NULL;
}

static double place_figure(const void *context, size_t row)
{
    return (double)pick_at(context, row)->place;
}

static double mean_figure(const void *context, size_t row)
{
    return pick_at(context, row)->mean;
}

static double change_figure(const void *context, size_t row)
{
    return ((const pick_list *)context)->cases->ratios->n_years == 1 ? NAN : pick_at(context, row)->change;
}

static double population_figure(const void *context, size_t row)
{
    return municipality_at(context, row)->population;
}

static double level_shown(const void *context, double level)
{
    return ((const pick_list *)context)->is_for_program ? level : behov_lasting_shown(level);
}

static double shrunk_figure(const void *context, size_t row)
{
    return level_shown(context, ((const pick_list *)context)->cases->shrunk[pick_at(context, row)->municipality]);
}

/* The lasting level where it is hardest put to it. */
static behov_lasting nearest_at(const void *context, size_t row)
{
    const behov_pick *pick = pick_at(context, row);
    const behov_lasting *nearest =
        behov_cases_nearest(((const pick_list *)context)->cases, pick->municipality, pick->kind);
    return nearest ? *nearest : (behov_lasting){NAN, {NAN, NAN}, NAN};
}

static double nearest_figure(const void *context, size_t row)
{
    return level_shown(context, nearest_at(context, row).ratio);
}

static double nearest_low_figure(const void *context, size_t row)
{
    return level_shown(context, nearest_at(context, row).interval.low);
}

static double nearest_high_figure(const void *context, size_t row)
{
    return level_shown(context, nearest_at(context, row).interval.high);
}

static bool has_every_kind(const pick_list *list)
{
    return list->kind == EVERY_KIND;
}

static bool has_shrunk(const pick_list *list)
{
    return list->cases->has_shrunk;
}

static bool has_nearest(const pick_list *list)
{
    return list->cases->has_shrunk && list->kind != BEHOV_CASE_DECREASE && list->kind != BEHOV_CASE_INCREASE;
}

static bool has_population(const pick_list *list)
{
    return list->cases->has_population;
}

typedef struct pick_column {
    const char *key;
    behov_word heading; /* BEHOV_NO_WORD = the key's words */
    behov_quantity quantity;
    double (*figure)(const void *context, size_t row);
    const char *(*text)(const void *context, size_t row);
    bool (*is_there)(const pick_list *); /* NULL = always */
    bool has_level, has_year;            /* the heading holds the level and that of its intervals, the last year */
} pick_column;

/* Before the years, and after them. */
static const pick_column first_columns[] = {
    {"kind", BEHOV_WORD_SELECT_KIND, BEHOV_Q_TEXT, .text = kind_text, .is_there = has_every_kind},
    {"place", BEHOV_WORD_RANKING_RANK, BEHOV_Q_RANK, .figure = place_figure},
    {"municipality_code", BEHOV_WORD_NUMBER, BEHOV_Q_CODE, .text = code_text},
    {"municipality", BEHOV_NO_WORD, BEHOV_Q_TEXT, .text = name_text},
};
static const pick_column last_columns[] = {
    {"mean_ratio", BEHOV_NO_WORD, BEHOV_Q_INDEX, .figure = mean_figure},
    {"shrunk_ratio", BEHOV_WORD_AHEAD_RATIO, BEHOV_Q_RATIO, .figure = shrunk_figure, .is_there = has_shrunk,
     .has_level = true},
    {"lasting_nearest", BEHOV_WORD_LASTING_NEAREST, BEHOV_Q_RATIO, nearest_figure, .is_there = has_nearest,
     .has_level = true},
    {"lasting_nearest_low", BEHOV_WORD_LASTING_NEAREST_LOW, BEHOV_Q_RATIO, nearest_low_figure, .is_there = has_nearest,
     .has_level = true},
    {"lasting_nearest_high", BEHOV_WORD_LASTING_NEAREST_HIGH, BEHOV_Q_RATIO, nearest_high_figure,
     .is_there = has_nearest, .has_level = true},
    {"change_points", BEHOV_NO_WORD, BEHOV_Q_COUNT, .figure = change_figure},
    {"level", BEHOV_WORD_LEVEL_IN, BEHOV_Q_TEXT, .text = level_text, .has_year = true},
    {"population", BEHOV_NO_WORD, BEHOV_Q_COUNT, .figure = population_figure, .is_there = has_population},
    {"note", BEHOV_NO_WORD, BEHOV_Q_TEXT, .text = no_text},
};

/* NULL = the words of the key. */
static const char *heading(const behov_cases *cases, const pick_column *column, behov_wording *words)
{
    const behov_ratio_table *ratios = cases->ratios;
    char year[16];
    behov_wording_clear(words);
    if (column->has_level) {
        behov_word word = column->heading == BEHOV_WORD_AHEAD_RATIO && !behov_lasting_is_ahead(&cases->variances)
                              ? BEHOV_WORD_SHRUNK_RATIO
                              : column->heading;
        behov_level_fill(&cases->variances, cases->fit_results->level_pct, word, cases->lang, words);
        return behov_wording_text(words);
    }
    if (column->has_year) {
        snprintf(year, sizeof year, "%d", ratios->years[ratios->n_years - 1]);
        behov_wording_fill(words, cases->lang, column->heading, "year", year, NULL);
        return ratios->years[0] ? behov_wording_text(words) : NULL;
    }
    return column->heading ? behov_label(cases->lang, column->heading) : NULL;
}

static behov_status add_columns(const pick_list *list, const pick_column *columns, size_t n_columns,
                                behov_report *report, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_columns && !status; i++) {
        if (columns[i].is_there && !columns[i].is_there(list))
            continue;
        behov_table_column column = {{columns[i].key, heading(list->cases, &columns[i], &words), columns[i].quantity},
                                     .figure = columns[i].figure,
                                     .text = columns[i].text};
        status = behov_wording_status(&words, err);
        if (!status)
            status = behov_table_columns_add(report, &column, 1, list, err);
    }
    behov_wording_free(&words);
    return status;
}

typedef struct year_source {
    const pick_list *list;
    size_t year;
} year_source;

static double ratio_figure(const void *context, size_t row)
{
    const year_source *source = context;
    return behov_ratio_table_at(source->list->cases->ratios, source->list->picks[row].municipality, source->year);
}

/* The ratio of each year, under the year where there is one. */
static behov_status add_years(const pick_list *list, behov_report *report, behov_error *err)
{
    const behov_ratio_table *ratios = list->cases->ratios;
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < ratios->n_years && !status; t++) {
        char year[16];
        bool has_year = ratios->years[t] != 0;
        snprintf(year, sizeof year, "%d", ratios->years[t]);
        behov_table_column column = {{has_year ? year : "ratio", has_year ? year : NULL, BEHOV_Q_RATIO},
                                     .figure = ratio_figure};
        status = behov_table_columns_add(report, &column, 1, &(year_source){list, t}, err);
    }
    return status;
}

/* The notes of the rows, in the column added last. */
static behov_status set_notes(const pick_list *list, behov_report *report, behov_error *err)
{
    size_t last = behov_report_n_columns(report) - 1;
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++) {
        behov_cases_pick_note(list->cases, &list->picks[i], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status = behov_report_set_text(report, last, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

/* The picks of a kind, or of every kind with a column that says which. */
static behov_status make_table(const behov_cases *cases, int kind, bool is_for_program, behov_report **out,
                               behov_error *err)
{
    pick_list list = picks_of(cases, kind, is_for_program);
    behov_report *report = NULL;
    behov_status status = behov_report_new("selection", list.n, NULL, &report, err);
    if (!status)
        status = add_columns(&list, first_columns, sizeof first_columns / sizeof *first_columns, report, err);
    if (!status)
        status = add_years(&list, report, err);
    if (!status)
        status = add_columns(&list, last_columns, sizeof last_columns / sizeof *last_columns, report, err);
    if (!status)
        status = set_notes(&list, report, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_cases_table(const behov_cases *cases, behov_report **report, behov_error *err)
{
    return make_table(cases, EVERY_KIND, true, report, err);
}

/* ---- kinds ---------------------------------------------------------------------------------------------------------
 * */

static const char *words_of_kind(const void *context, size_t row)
{
    return behov_case_kind_words(((const behov_cases *)context)->lang, (behov_case_kind)row);
}

static double n_found_figure(const void *context, size_t row)
{
    const behov_cases *cases = context;
    return behov_cases_looks_for(cases, (behov_case_kind)row) ? (double)cases->n_found[row] : NAN;
}

static double n_shown_figure(const void *context, size_t row)
{
    const behov_cases *cases = context;
    return behov_cases_looks_for(cases, (behov_case_kind)row) ? (double)behov_cases_n_shown(cases, (behov_case_kind)row)
                                                              : NAN;
}

/* A row for each kind: what it asks for, how many there are, who is the most extreme. */
static behov_status make_overview(const behov_cases *cases, behov_report **out, behov_error *err)
{
    enum { RULE = 1, FIRST = 4 };
    static const behov_table_column columns[] = {
        {{"select_kind", NULL, BEHOV_Q_TEXT}, .text = words_of_kind},
        [RULE] = {{"select_rule", NULL, BEHOV_Q_TEXT}, .text = no_text},
        {{"select_found", NULL, BEHOV_Q_COUNT}, .figure = n_found_figure},
        {{"select_shown", NULL, BEHOV_Q_COUNT}, .figure = n_shown_figure},
        [FIRST] = {{"select_first", NULL, BEHOV_Q_TEXT}, .text = no_text},
    };
    behov_report *report = NULL;
    behov_wording rule = {0}, first = {0};
    behov_status status = behov_table_columns_new("selection", BEHOV_N_CASE_KINDS, columns,
                                                  sizeof columns / sizeof *columns, cases, &report, err);
    for (size_t kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        behov_case_kind_rule(cases, (behov_case_kind)kind, &rule);
        behov_case_kind_first(cases, (behov_case_kind)kind, &first);
        status = behov_wording_status(&rule, err);
        status = status ? status : behov_wording_status(&first, err);
        status = status ? status : behov_report_set_text(report, RULE, kind, behov_wording_text(&rule), err);
        status = status ? status : behov_report_set_text(report, FIRST, kind, behov_wording_text(&first), err);
    }
    behov_wording_free(&rule), behov_wording_free(&first);
    return behov_table_columns_return(status, report, out);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 * */

static behov_status add_notes(const behov_cases *cases, size_t start, size_t end, behov_section_list *list,
                              behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = start; i < end && !status; i++) {
        behov_cases_note(cases, i, &words);
        status = behov_section_list_say(list, "", &words, err);
        if (!status && i == BEHOV_CASES_REMARKS_AFTER && cases->fit_results)
            status = behov_remarks_add(cases->fit_results,
                                       BEHOV_CODES_REMARK | (cases->has_shrunk ? BEHOV_CLUSTERS_REMARK : 0), list, err);
    }
    behov_wording_free(&words);
    return status;
}

/* A section with the table, which belongs to the list from now on; its title has the years behind it.
 * \param rule  what stands beneath the title */
static behov_status add_section(const behov_cases *cases, const char *name, const char *heading_text, const char *rule,
                                bool is_of_picks, size_t n_frozen_columns, behov_report *table,
                                behov_section_list *list, behov_error *err)
{
    behov_wording title = {0};
    behov_cases_title(cases, heading_text, &title);
    behov_status status = behov_wording_status(&title, err);
    if (status)
        behov_report_free(table);
    else
        status = behov_section_list_add(list,
                                        (behov_section){.name = name,
                                                        .title = behov_wording_text(&title),
                                                        .subtitle = rule,
                                                        .table_name = name,
                                                        .n_frozen_columns = n_frozen_columns,
                                                        .landscape = is_of_picks},
                                        table, err);
    behov_wording_free(&title);
    return status;
}

static behov_status add_answers(const behov_cases *cases, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        if (!behov_cases_looks_for(cases, (behov_case_kind)kind)) /* a note below says why */
            continue;
        behov_case_kind_answer(cases, (behov_case_kind)kind, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_whole(const behov_cases *cases, bool is_overview, bool is_of_picks, size_t n_frozen_columns,
                              behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status =
        is_overview ? make_overview(cases, &table, err) : make_table(cases, EVERY_KIND, false, &table, err);
    return status ? status
                  : add_section(cases, behov_label(cases->lang, BEHOV_WORD_SHEET_SELECTION),
                                behov_label(cases->lang, BEHOV_WORD_TITLE_SELECTION),
                                behov_label(cases->lang, BEHOV_WORD_SUBTITLE_SELECTION), is_of_picks, n_frozen_columns,
                                table, list, err);
}

static behov_status add_kind(const behov_cases *cases, behov_case_kind kind, behov_section_list *list, behov_error *err)
{
    const char *words = behov_case_kind_words(cases->lang, kind);
    behov_report *table = NULL;
    behov_wording rule = {0};
    behov_case_kind_rule(cases, kind, &rule);
    behov_status status = behov_wording_status(&rule, err);
    if (!status)
        status = make_table(cases, (int)kind, false, &table, err);
    if (!status)
        status = add_section(cases, words, words, behov_wording_text(&rule), true, 3, table, list, err);
    behov_wording_free(&rule);
    return status;
}

behov_status behov_cases_add(const behov_cases *cases, bool is_workbook, behov_section_list *list, behov_error *err)
{
    if (is_workbook) {
        behov_status status = add_whole(cases, false, true, 4, list, err);
        status = status ? status : add_answers(cases, list, err);
        return status ? status : add_notes(cases, 0, BEHOV_CASES_NOTES, list, err);
    }
    /* where there is no one to choose from, no table of zeros */
    behov_status status = add_whole(cases, behov_cases_has_candidates(cases), false, 1, list, err);
    if (!status)
        status = add_notes(cases, 0, BEHOV_CASES_FIRST_EXPLANATION, list, err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++)
        if (behov_cases_n_shown(cases, (behov_case_kind)kind))
            status = add_kind(cases, (behov_case_kind)kind, list, err);
    return status ? status : add_notes(cases, BEHOV_CASES_FIRST_EXPLANATION, BEHOV_CASES_NOTES, list, err);
}
