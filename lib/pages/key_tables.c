/* key_tables.c - the tables of a cost key (key_tables.h): municipalities, contributions, criteria, groups, yardsticks. */
#include <behov/key_tables.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/group_names.h>
#include <behov/key_sentences.h>
#include <behov/labels.h>
#include "key_parts.h"
#include "sentence_parts.h"
#include "table_columns.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

/* ---- municipalities ---------------------------------------------------------------------------------------------- */

static size_t position_of(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->shown[row];
}

static const behov_municipality *municipality_at(const void *context, size_t row)
{
    return &((const behov_key_results *)context)->criteria.municipalities.all[position_of(context, row)];
}

static const char *code_text(const void *context, size_t row)
{
    return municipality_at(context, row)->code;
}

static const char *name_text(const void *context, size_t row)
{
    return municipality_at(context, row)->name;
}

static double population_figure(const void *context, size_t row)
{
    return municipality_at(context, row)->population;
}

static double key_of(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->key.index[position_of(context, row)];
}

static double modified_figure(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->modified.index[position_of(context, row)];
}

static double difference_figure(const void *context, size_t row)
{
    return modified_figure(context, row) - key_of(context, row);
}

static double year_figure(const void *context, size_t row)
{
    (void)row;
    return ((const behov_key_results *)context)->criteria.year;
}

static double weights_year_figure(const void *context, size_t row)
{
    (void)row;
    return ((const behov_key_results *)context)->weights.year;
}

static behov_status add_identity(const behov_key_results *results, behov_report *report, behov_error *err)
{
    static const behov_table_column columns[] = {{{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_text},
                                                 {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_text}};
    return behov_table_columns_add(report, columns, sizeof columns / sizeof *columns, results, err);
}

/* "Kostnadsnøkkel (landet = 1)", where 1 is something. */
static void say_headings(const behov_key_results *results, behov_wording *key, behov_wording *modified)
{
    bool is_mixed = results->basis == BEHOV_KEY_AGAINST_BOTH;
    char same[BEHOV_NUMBER_SIZE];
    key_same(results, same);
    behov_wording_fill(key, results->lang, is_mixed ? BEHOV_WORD_KEY_COLUMN_KEY_MIXED : BEHOV_WORD_KEY_COLUMN_KEY,
                       "same", same, (const char *)NULL);
    behov_wording_fill(modified, results->lang,
                       is_mixed ? BEHOV_WORD_KEY_COLUMN_MODIFIED_MIXED : BEHOV_WORD_KEY_COLUMN_MODIFIED, "same", same,
                       (const char *)NULL);
}

static behov_status add_keys(const behov_key_results *results, behov_report *report, behov_error *err)
{
    behov_language lang = results->lang;
    behov_wording key = {0}, modified = {0};
    say_headings(results, &key, &modified);
    const behov_table_column columns[] = {
        {{"population", NULL, BEHOV_Q_COUNT}, population_figure, NULL},
        {{"key", behov_wording_text(&key), BEHOV_Q_VALUE}, key_of, NULL},
        {{"modified_key", behov_wording_text(&modified), BEHOV_Q_VALUE}, modified_figure, NULL},
        {{"key_difference", behov_label(lang, BEHOV_WORD_KEY_COLUMN_DIFFERENCE), BEHOV_Q_VALUE},
         difference_figure,
         NULL}};
    size_t first = behov_report_n_columns(report), n = results->criteria.modified_criteria ? 4 : 2;
    behov_status status = behov_wording_status(&key, err);
    status = status ? status : behov_wording_status(&modified, err);
    status = status ? status : behov_table_columns_add(report, columns, n, results, err);
    behov_wording_free(&key);
    behov_wording_free(&modified);
    return status ? status : key_set_decimals(report, first + 1, first + n, err);
}

static bool has_note(const behov_key_results *results)
{
    return results->key.n_without > 0 || (results->criteria.modified_criteria && results->modified.n_without > 0);
}

static behov_status add_notes(const behov_key_results *results, behov_report *report, behov_error *err)
{
    static const behov_report_column note = {"note", NULL, BEHOV_Q_TEXT};
    size_t column = behov_report_n_columns(report);
    behov_status status = behov_report_add_texts(report, note, err);
    for (size_t row = 0; row < results->n_shown && !status; row++) {
        behov_wording words = {0};
        behov_key_municipality_note(results, results->shown[row], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status = behov_report_set_text(report, column, row, behov_wording_text(&words), err);
        behov_wording_free(&words);
    }
    return status;
}

/* "contribution_" and the criterion, without blanks; free. NULL without memory. */
static char *column_key(const char *prefix, const char *criterion)
{
    behov_wording words = {0};
    behov_wording_add(&words, prefix);
    behov_wording_add(&words, criterion);
    for (char *letter = words.text; letter && *letter; letter++)
        *letter = *letter == ' ' || *letter == '-' || *letter == ',' ? '_' : *letter;
    if (words.has_no_memory)
        behov_wording_free(&words);
    return words.text;
}

/* A column for each criterion: its contribution, or that less its weight, the distance from the country. */
static behov_status add_contributions(const behov_key_results *results, bool is_distance, behov_report *report,
                                      behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t first = behov_report_n_columns(report);
    for (size_t k = 0; k < results->input.n_criteria && !status; k++) {
        const behov_key_criterion *criterion = &results->input.criteria[k];
        double *values = calloc(results->n_shown + 1, sizeof *values);
        char *key = column_key(is_distance ? "distance_" : "contribution_", criterion->name);
        for (size_t row = 0; values && row < results->n_shown; row++)
            values[row] = behov_key_contribution(&results->input, &results->key, results->shown[row], k) -
                          (is_distance ? criterion->weight : 0);
        behov_report_column column = {key ? key : "", criterion->name, BEHOV_Q_VALUE};
        if (!key)
            free(values);
        status = key ? behov_table_columns_add_values(report, column, values, err) : out_of_memory(err);
        free(key);
    }
    return status ? status : key_set_decimals(report, first, behov_report_n_columns(report), err);
}

/* ---- yardsticks --------------------------------------------------------------------------------------------------- */

/* A row of the yardsticks' table, by its municipality among those that are shown; all NaN where it has none. */
static behov_yardstick yardstick_at(const void *context, size_t row)
{
    const behov_yardstick *yardstick = behov_key_results_yardstick(context, position_of(context, row));
    behov_interval none = {NAN, NAN};
    return yardstick ? *yardstick
                     : (behov_yardstick){.municipality = {"", "", NAN, 0},
                                         .group = BEHOV_WITHOUT_GROUP,
                                         .actual_kr = NAN,
                                         .regression_index = NAN,
                                         .key_index = NAN,
                                         .group_index = NAN,
                                         .regression_interval = none,
                                         .regression_kr = NAN,
                                         .key_kr = NAN,
                                         .group_kr = NAN};
}

static const char *group_text(const void *context, size_t row)
{
    const behov_key_results *results = context;
    int group = yardstick_at(context, row).group;
    return group < 0 ? NULL : behov_group_name(&results->groups, group, results->lang);
}

static double actual_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).actual_kr;
}

static double regression_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).regression_kr;
}

static double regression_low_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).regression_interval.low *
           ((const behov_key_results *)context)->yardsticks.actual_kr;
}

static double regression_high_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).regression_interval.high *
           ((const behov_key_results *)context)->yardsticks.actual_kr;
}

static double key_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).key_kr;
}

static double group_kr(const void *context, size_t row)
{
    return yardstick_at(context, row).group_kr;
}

static double key_less_regression_kr(const void *context, size_t row)
{
    return key_kr(context, row) - regression_kr(context, row);
}

static double group_less_regression_kr(const void *context, size_t row)
{
    return group_kr(context, row) - regression_kr(context, row);
}

/* 1000 kr over all inhabitants. */
static double in_total(const void *context, size_t row, double kr_per_inhabitant)
{
    return kr_per_inhabitant * yardstick_at(context, row).municipality.population / 1000;
}

static double actual_total(const void *context, size_t row)
{
    return in_total(context, row, actual_kr(context, row));
}

static double regression_total(const void *context, size_t row)
{
    return in_total(context, row, regression_kr(context, row));
}

static double key_total(const void *context, size_t row)
{
    return in_total(context, row, key_kr(context, row));
}

static double group_total(const void *context, size_t row)
{
    return in_total(context, row, group_kr(context, row));
}

static double key_less_regression_total(const void *context, size_t row)
{
    return in_total(context, row, key_less_regression_kr(context, row));
}

static double group_less_regression_total(const void *context, size_t row)
{
    return in_total(context, row, group_less_regression_kr(context, row));
}

static behov_status add_yardsticks(const behov_key_results *results, behov_report *report, behov_error *err)
{
    static const struct {
        const char *key;
        behov_word heading;
        double (*figure)(const void *context, size_t row);
    } columns[] = {
        {"actual_kr", BEHOV_WORD_YARDSTICKS_ACTUAL, actual_kr},
        {"regression_kr", BEHOV_WORD_YARDSTICKS_REGRESSION, regression_kr},
        {"regression_low_kr", BEHOV_WORD_YARDSTICKS_REGRESSION_LOW, regression_low_kr},
        {"regression_high_kr", BEHOV_WORD_YARDSTICKS_REGRESSION_HIGH, regression_high_kr},
        {"key_kr", BEHOV_WORD_YARDSTICKS_KEY, key_kr},
        {"group_kr", BEHOV_WORD_YARDSTICKS_GROUP, group_kr},
        {"key_less_regression_kr", BEHOV_WORD_YARDSTICKS_KEY_LESS, key_less_regression_kr},
        {"group_less_regression_kr", BEHOV_WORD_YARDSTICKS_GROUP_LESS, group_less_regression_kr},
        {"actual_1000kr", BEHOV_WORD_YARDSTICKS_ACTUAL_TOTAL, actual_total},
        {"regression_1000kr", BEHOV_WORD_YARDSTICKS_REGRESSION_TOTAL, regression_total},
        {"key_1000kr", BEHOV_WORD_YARDSTICKS_KEY_TOTAL, key_total},
        {"group_1000kr", BEHOV_WORD_YARDSTICKS_GROUP_TOTAL, group_total},
        {"key_less_regression_1000kr", BEHOV_WORD_YARDSTICKS_KEY_LESS_TOTAL, key_less_regression_total},
        {"group_less_regression_1000kr", BEHOV_WORD_YARDSTICKS_GROUP_LESS_TOTAL, group_less_regression_total}};
    behov_table_column group = {
        {"group", behov_label(results->lang, BEHOV_WORD_YARDSTICKS_GROUP_NAME), BEHOV_Q_TEXT}, NULL, group_text};
    behov_status status = behov_table_columns_add(report, &group, 1, results, err);
    for (size_t j = 0; j < sizeof columns / sizeof *columns && !status; j++) {
        behov_table_column column = {
            {columns[j].key, behov_label(results->lang, columns[j].heading), BEHOV_Q_GAP}, columns[j].figure, NULL};
        status = behov_table_columns_add(report, &column, 1, results, err);
    }
    return status;
}

/* ---- whole tables ------------------------------------------------------------------------------------------------- */

behov_status behov_key_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    static const behov_table_column years[] = {{{"year", NULL, BEHOV_Q_YEAR}, year_figure, NULL},
                                               {{"weights_year", NULL, BEHOV_Q_YEAR}, weights_year_figure, NULL}};
    behov_report *table = NULL;
    behov_status status = behov_report_new("key", results->n_shown, NULL, &table, err);
    if (!status)
        status = add_identity(results, table, err);
    if (!status)
        status = behov_table_columns_add(table, years, 2, results, err);
    if (!status)
        status = add_keys(results, table, err);
    if (!status)
        status = add_contributions(results, false, table, err);
    if (!status && results->fit_results)
        status = add_yardsticks(results, table, err);
    if (!status)
        status = add_notes(results, table, err);
    return behov_table_columns_return(status, table, report);
}

static behov_status shown_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = behov_report_new("key", results->n_shown, NULL, &table, err);
    if (!status)
        status = add_identity(results, table, err);
    if (!status)
        status = add_keys(results, table, err);
    if (!status && has_note(results))
        status = add_notes(results, table, err);
    return behov_table_columns_return(status, table, report);
}

static behov_status distance_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    behov_table_column total = {
        {"key_distance", behov_label(results->lang, BEHOV_WORD_KEY_COLUMN_DISTANCE), BEHOV_Q_VALUE}, NULL, NULL};
    behov_report *table = NULL;
    double *distances = calloc(results->n_shown + 1, sizeof *distances);
    behov_status status =
        distances ? behov_report_new("key_distance", results->n_shown, NULL, &table, err) : out_of_memory(err);
    for (size_t row = 0; row < results->n_shown && distances; row++)
        distances[row] = key_of(results, row) - results->key.sum;
    if (!status)
        status = add_identity(results, table, err);
    if (!status)
        status = add_contributions(results, true, table, err);
    if (status)
        free(distances);
    else
        status = behov_table_columns_add_values(table, total.column, distances, err);
    if (!status)
        status = key_set_decimals(table, behov_report_n_columns(table) - 1, behov_report_n_columns(table), err);
    return behov_table_columns_return(status, table, report);
}

static behov_status yardstick_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = behov_report_new("yardsticks", results->n_shown, NULL, &table, err);
    if (!status)
        status = add_identity(results, table, err);
    if (!status)
        status = add_yardsticks(results, table, err);
    return behov_table_columns_return(status, table, report);
}

/* ---- criteria ---------------------------------------------------------------------------------------------------- */

/* Behind the criteria of the key stands the one that the modified key has in the place of another. */
static bool is_modified_row(const behov_key_results *results, size_t row)
{
    return row == results->input.n_criteria;
}

static const behov_key_criterion *criterion_at(const behov_key_results *results, size_t row)
{
    return is_modified_row(results, row) ? &results->modified_input.criteria[results->criteria.modified]
                                         : &results->input.criteria[row];
}

static const behov_key_country *country_at(const behov_key_results *results, size_t row)
{
    return is_modified_row(results, row) ? &results->modified.countries[results->criteria.modified]
                                         : &results->key.countries[row];
}

static const char *criterion_text(const void *context, size_t row)
{
    return criterion_at(context, row)->name;
}

static const char *column_text(const void *context, size_t row)
{
    const behov_key_results *results = context;
    ptrdiff_t column = criterion_at(results, row)->column;
    return column < 0 ? NULL : behov_table_name(results->criteria.table, (size_t)column);
}

static const char *kind_text(const void *context, size_t row)
{
    static const behov_word words[] = {BEHOV_WORD_KEY_KIND_COUNT, BEHOV_WORD_KEY_KIND_INDEX,
                                       BEHOV_WORD_KEY_KIND_RELATIVE};
    const behov_key_results *results = context;
    return behov_label(results->lang, words[criterion_at(results, row)->kind]);
}

/* Whose level a criterion is held against. */
static const char *against_text(const void *context, size_t row)
{
    const behov_key_results *results = context;
    bool is_relative = criterion_at(results, row)->kind == BEHOV_CRITERION_RELATIVE;
    if (criterion_at(results, row)->column < 0)
        return NULL;
    return behov_label(results->lang, is_relative                          ? BEHOV_WORD_KEY_AGAINST_CRITERION
                                      : country_at(results, row)->is_given ? BEHOV_WORD_KEY_AGAINST_GIVEN
                                                                           : BEHOV_WORD_KEY_AGAINST_FILE);
}

static double weight_figure(const void *context, size_t row)
{
    return criterion_at(context, row)->weight;
}

static double total_figure(const void *context, size_t row)
{
    const behov_key_results *results = context;
    return criterion_at(results, row)->column < 0 ? NAN : country_at(results, row)->total;
}

/* Per 1000 inhabitants of a count, as criteria are printed; an index as it is. */
static double level_figure(const void *context, size_t row)
{
    const behov_key_results *results = context;
    double level = country_at(results, row)->level;
    return !(level > 0) ? NAN : criterion_at(results, row)->kind == BEHOV_CRITERION_COUNT ? 1000 * level : level;
}

static behov_status criteria_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    behov_language lang = results->lang;
    const behov_table_column columns[] = {
        {{"criterion", behov_label(lang, BEHOV_WORD_KEY_COLUMN_CRITERION), BEHOV_Q_TEXT}, NULL, criterion_text},
        {{"weight", behov_label(lang, BEHOV_WORD_KEY_COLUMN_WEIGHT), BEHOV_Q_VALUE}, weight_figure, NULL},
        {{"column", behov_label(lang, BEHOV_WORD_KEY_COLUMN_COLUMN), BEHOV_Q_TEXT}, NULL, column_text},
        {{"kind", behov_label(lang, BEHOV_WORD_KEY_COLUMN_KIND), BEHOV_Q_TEXT}, NULL, kind_text},
        {{"against", behov_label(lang, BEHOV_WORD_KEY_COLUMN_AGAINST), BEHOV_Q_TEXT}, NULL, against_text},
        {{"country_total", behov_label(lang, BEHOV_WORD_KEY_COLUMN_TOTAL), BEHOV_Q_COUNT}, total_figure, NULL},
        {{"country_level", behov_label(lang, BEHOV_WORD_KEY_COLUMN_LEVEL), BEHOV_Q_COEFFICIENT}, level_figure, NULL}};
    size_t n_rows = results->input.n_criteria + (results->criteria.modified_criteria != NULL);
    behov_status status = behov_table_columns_new("key_criteria", n_rows, columns, sizeof columns / sizeof *columns,
                                                  results, report, err);
    return status ? status : key_set_decimals(*report, 1, 2, err);
}

/* ---- groups ------------------------------------------------------------------------------------------------------ */

static const char *group_name_text(const void *context, size_t row)
{
    const behov_key_results *results = context;
    return behov_group_name(&results->groups, (int)row, results->lang);
}

static double group_n_figure(const void *context, size_t row)
{
    return (double)((const behov_key_results *)context)->group_keys[row].n;
}

static double group_population_figure(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->group_keys[row].population;
}

static double group_key_figure(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->group_keys[row].key;
}

static double group_modified_figure(const void *context, size_t row)
{
    return ((const behov_key_results *)context)->group_keys[row].modified;
}

static behov_status group_table(const behov_key_results *results, behov_report **report, behov_error *err)
{
    behov_language lang = results->lang;
    behov_wording key = {0}, modified = {0};
    say_headings(results, &key, &modified);
    const behov_table_column columns[] = {
        {{"group", behov_label(lang, BEHOV_WORD_YARDSTICKS_GROUP_NAME), BEHOV_Q_TEXT}, NULL, group_name_text},
        {{"n_municipalities", behov_label(lang, BEHOV_WORD_KEY_COLUMN_N), BEHOV_Q_COUNT}, group_n_figure, NULL},
        {{"population", NULL, BEHOV_Q_COUNT}, group_population_figure, NULL},
        {{"key", behov_wording_text(&key), BEHOV_Q_VALUE}, group_key_figure, NULL},
        {{"modified_key", behov_wording_text(&modified), BEHOV_Q_VALUE}, group_modified_figure, NULL}};
    size_t n = results->criteria.modified_criteria ? 5 : 4;
    behov_status status = behov_wording_status(&key, err);
    status = status ? status : behov_wording_status(&modified, err);
    if (!status)
        status = behov_table_columns_new("key_groups", results->groups.n, columns, n, results, report, err);
    behov_wording_free(&key);
    behov_wording_free(&modified);
    return status ? status : key_set_decimals(*report, 3, n, err);
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

typedef behov_status (*table_maker)(const behov_key_results *results, behov_report **report, behov_error *err);

static behov_status add_section(const behov_key_results *results, table_maker make, behov_word sheet, behov_word title,
                                size_t n_frozen, behov_wording *notes, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording titled = {0};
    bool is_of_panel = make == yardstick_table;
    bool is_simulated = results->is_simulated || (is_of_panel && results->fit_results->study->is_simulated);
    behov_status status = make(results, &table, err);
    if (status) {
        behov_wording_free(notes);
        return status;
    }
    behov_wording_add(&titled, behov_label(results->lang, title));
    return key_add_section(list, results->lang, sheet,
                           (behov_section){.n_frozen_columns = n_frozen, .landscape = true, .is_of_panel = is_of_panel},
                           is_simulated, &titled, notes, table, err);
}

/* A section whose note is one word. */
static behov_status add_noted(const behov_key_results *results, table_maker make, behov_word sheet, behov_word title,
                              size_t n_frozen, behov_word note, behov_section_list *list, behov_error *err)
{
    behov_wording notes = {0};
    behov_wording_add(&notes, behov_label(results->lang, note));
    return add_section(results, make, sheet, title, n_frozen, &notes, list, err);
}

static behov_status add_criteria(const behov_key_results *results, behov_section_list *list, behov_error *err)
{
    const behov_key_criteria *criteria = &results->criteria;
    behov_wording notes = {0};
    behov_wording_add(&notes, behov_label(results->lang, BEHOV_WORD_KEY_CRITERIA_NOTE));
    if (criteria->modified_criteria) {
        key_new_line(&notes);
        behov_wording_fill(&notes, results->lang, BEHOV_WORD_KEY_CRITERIA_MODIFIED, "column",
                           criteria->modified_criteria[criteria->modified].name, "criterion",
                           criteria->criteria[criteria->modified].name, (const char *)NULL);
    }
    return add_section(results, criteria_table, BEHOV_WORD_SHEET_KEY_CRITERIA, BEHOV_WORD_TITLE_KEY_CRITERIA, 1, &notes,
                       list, err);
}

static behov_status add_first(const behov_key_results *results, behov_section_list *list, behov_error *err)
{
    behov_wording title = {0}, answer = {0}, notes = {0};
    behov_report *table = NULL;
    behov_status status = shown_table(results, &table, err);
    if (status)
        return status;
    behov_key_title(results, &title);
    behov_key_answer(results, &answer);
    behov_key_notes(results, &notes);
    status = behov_section_list_add_said(list,
                                         (behov_section){.name = behov_label(results->lang, BEHOV_WORD_SHEET_KEY),
                                                         .table_name = behov_label(results->lang, BEHOV_WORD_SHEET_KEY),
                                                         .n_frozen_columns = 2},
                                         &title, &answer, table, err);
    behov_wording_free(&title);
    behov_wording_free(&answer);
    if (!status)
        return key_add_notes(list, &notes, err);
    behov_wording_free(&notes);
    return status;
}

behov_status behov_key_add(const behov_key_results *results, behov_section_list *list, behov_error *err)
{
    bool is_mixed = results->basis == BEHOV_KEY_AGAINST_BOTH;
    behov_status status = add_first(results, list, err);
    if (!status)
        status = add_noted(results, distance_table, BEHOV_WORD_SHEET_KEY_DISTANCE,
                           is_mixed ? BEHOV_WORD_TITLE_KEY_DISTANCE_MIXED : BEHOV_WORD_TITLE_KEY_DISTANCE, 2,
                           is_mixed ? BEHOV_WORD_KEY_DISTANCE_NOTE_MIXED : BEHOV_WORD_KEY_DISTANCE_NOTE, list, err);
    if (!status)
        status = add_criteria(results, list, err);
    if (!status && results->has_groups)
        status = add_noted(results, group_table, BEHOV_WORD_SHEET_KEY_GROUPS, BEHOV_WORD_TITLE_KEY_GROUPS, 1,
                           BEHOV_WORD_KEY_GROUPS_NOTE, list, err);
    if (!status && results->fit_results) {
        behov_wording notes = {0};
        behov_key_yardstick_notes(results, &notes);
        status = add_section(results, yardstick_table, BEHOV_WORD_SHEET_YARDSTICKS, BEHOV_WORD_TITLE_YARDSTICKS, 2,
                             &notes, list, err);
    }
    return status;
}
