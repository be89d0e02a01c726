/* ratio_tables.c - ratios by municipality and year as report tables, called by their level. */
#include <behov/ratio_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/group_names.h>
#include <behov/labels.h>
#include "missing_numbers.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RATIOS_NO_MEMORY);
}

static behov_status set_names(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                              const behov_ratio_line *lines, size_t n_lines, behov_language lang, behov_report *report,
                              size_t *n_names, behov_error *err)
{
    bool has_code = false, has_name = false;
    for (size_t i = 0; i < ratio_table->places.n; i++) {
        has_code = has_code || ratio_table->places.all[i].code[0];
        has_name = has_name || ratio_table->places.all[i].name[0];
    }
    *n_names = 0;
    behov_status status = BEHOV_OK;
    if (choice->groups) {
        status = behov_report_add_texts(report, (behov_report_column){"group", NULL, BEHOV_Q_TEXT}, err);
        ++*n_names;
    }
    size_t code_column = *n_names;
    if (!status && has_code) {
        status = behov_report_add_texts(report, (behov_report_column){"number", NULL, BEHOV_Q_CODE}, err);
        ++*n_names;
    }
    size_t name_column = *n_names;
    if (!status && (has_name || choice->groups)) {
        status = behov_report_add_texts(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, err);
        ++*n_names;
    }
    for (size_t i = 0; i < n_lines && !status; i++) {
        const behov_municipality *municipality = &ratio_table->places.all[lines[i].place];
        const char *group = !choice->groups                      ? NULL
                            : lines[i].group == BEHOV_ALL_GROUPS ? behov_label(lang, BEHOV_WORD_ALL_SHOWN)
                            : lines[i].group == BEHOV_WITHOUT_GROUP
                                ? behov_label(lang, BEHOV_WORD_NO_GROUP)
                                : behov_group_name(choice->groups, lines[i].group, lang);
        if (group)
            status = behov_report_set_text(report, 0, i, group, err);
        if (!status && has_code && !lines[i].is_subtotal)
            status = behov_report_set_text(report, code_column, i, municipality->code, err);
        if (!status && (has_name || choice->groups))
            status = behov_report_set_text(
                report, name_column, i,
                lines[i].is_subtotal ? behov_label(lang, BEHOV_WORD_SUBTOTAL) : municipality->name, err);
        for (size_t j = 0; j < *n_names && lines[i].is_subtotal && !status; j++)
            status = behov_report_set_strong(report, j, i, err);
    }
    return status;
}

static behov_status add_year(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                             const behov_ratio_line *lines, size_t n_lines, size_t year, behov_report *report,
                             behov_error *err)
{
    char key[16];
    snprintf(key, sizeof key, "%d", ratio_table->years[year]);
    double *values = behov_missing_numbers(n_lines);
    if (!values)
        return out_of_memory(err);
    for (size_t i = 0; i < n_lines; i++)
        values[i] = behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, i, year);
    behov_report_column column = {ratio_table->years[year] ? key : "ratio", ratio_table->years[year] ? key : NULL,
                                  BEHOV_Q_RATIO};
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    for (size_t i = 0; i < n_lines && !status; i++)
        if (lines[i].is_subtotal)
            status = behov_report_set_strong(report, behov_report_n_columns(report) - 1, i, err);
    return status;
}

static const char *level_word(behov_ratio_level level, behov_language lang)
{
    static const behov_word keys[] = {[BEHOV_LEVEL_LOW] = BEHOV_WORD_LEVEL_LOW,
                                      [BEHOV_LEVEL_MIDDLE] = BEHOV_WORD_LEVEL_MIDDLE,
                                      [BEHOV_LEVEL_HIGH] = BEHOV_WORD_LEVEL_HIGH};
    return level == BEHOV_LEVEL_NONE ? "" : behov_label(lang, keys[level]);
}

static const char *change_word(behov_ratio_change change, behov_language lang)
{
    return change == BEHOV_CHANGE_INCREASE   ? behov_label(lang, BEHOV_WORD_CHANGE_INCREASE)
           : change == BEHOV_CHANGE_DECREASE ? behov_label(lang, BEHOV_WORD_CHANGE_DECREASE)
                                             : "";
}

static behov_status add_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                               const behov_ratio_line *lines, size_t n_lines, behov_language lang, behov_report *report,
                               behov_error *err)
{
    char level_label[100], change_label[100], first_year[16], last_year[16];
    size_t last = ratio_table->n_years - 1, column = behov_report_n_columns(report);
    snprintf(first_year, sizeof first_year, "%d", ratio_table->years[0]);
    snprintf(last_year, sizeof last_year, "%d", ratio_table->years[last]);
    behov_label_fill(lang, BEHOV_WORD_LEVEL_IN, level_label, sizeof level_label, "year", last_year, NULL);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_BETWEEN, change_label, sizeof change_label, "first", first_year, "last",
                     last_year, NULL);
    behov_status status =
        behov_report_add_texts(report, (behov_report_column){"level", level_label, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"change", change_label, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < n_lines && !status; i++) {
        double start = behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, i, 0),
               end = behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, i, last);
        status =
            behov_report_set_text(report, column, i, level_word(behov_ratio_level_of(end, &choice->limits), lang), err);
        if (!status)
            status = behov_report_set_text(report, column + 1, i,
                                           change_word(behov_ratio_change_of(start, end, &choice->limits), lang), err);
    }
    return status;
}

static behov_status make_report(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const char *key,
                                bool has_levels, behov_language lang, behov_report **out, behov_error *err)
{
    behov_ratio_line *lines = NULL;
    size_t n_lines = 0, n_names;
    behov_report *report = NULL;
    behov_status status = behov_ratio_lines_plan(ratio_table, choice, &lines, &n_lines, err);
    if (!status)
        status = behov_report_new(key, n_lines, NULL, &report, err);
    if (!status)
        status = set_names(ratio_table, choice, lines, n_lines, lang, report, &n_names, err);
    for (size_t t = 0; t < ratio_table->n_years && !status; t++)
        status = add_year(ratio_table, choice, lines, n_lines, t, report, err);
    if (!status && has_levels)
        status = add_levels(ratio_table, choice, lines, n_lines, lang, report, err);
    free(lines);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_ratio_tables_ratios(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                       behov_language lang, behov_report **report, behov_error *err)
{
    return make_report(ratio_table, choice, "ratios", false, lang, report, err);
}

behov_status behov_ratio_tables_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                       behov_language lang, behov_report **report, behov_error *err)
{
    return make_report(ratio_table, choice, "levels", true, lang, report, err);
}

/* ---- trend ---------------------------------------------------------------------------------------------------------
 */

/* Points as a reader counts them, between ratios as they are printed. */
static double points(double start, double end)
{
    return behov_ratio_printed(end) - behov_ratio_printed(start);
}

/* The words of each ratio and, in the last year, of the change. level, word: their columns. */
static behov_status set_trend_words(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                    const behov_ratio_line *lines, size_t n_lines, behov_language lang,
                                    behov_report *report, size_t level, size_t word, behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t n = n_lines * ratio_table->n_years;
    for (size_t i = 0; i < n && !status; i++) {
        size_t index = i / ratio_table->n_years, t = i % ratio_table->n_years;
        double ratio = behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, index, t);
        status = behov_report_set_text(report, level, i, level_word(behov_ratio_level_of(ratio, &choice->limits), lang),
                                       err);
        if (!status && t + 1 == ratio_table->n_years) /* of the first and the last year, as in the table of levels */
            status = behov_report_set_text(
                report, word, i,
                change_word(
                    behov_ratio_change_of(behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, index, 0), ratio,
                                          &choice->limits),
                    lang),
                err);
    }
    return status;
}

static behov_status add_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                              const behov_ratio_line *lines, size_t n_lines, behov_language lang, behov_report *report,
                              behov_error *err)
{
    enum { YEAR, RATIO, BEFORE, FIRST, FIGURES };
    char start_text[100], change[100], first_year[16], last_year[16];
    snprintf(first_year, sizeof first_year, "%d", ratio_table->years[0]);
    snprintf(last_year, sizeof last_year, "%d", ratio_table->years[ratio_table->n_years - 1]);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_SINCE, start_text, sizeof start_text, "first", first_year, NULL);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_BETWEEN, change, sizeof change, "first", first_year, "last", last_year,
                     NULL);
    bool years_follow =
        ratio_table->years[ratio_table->n_years - 1] - ratio_table->years[0] == (int)ratio_table->n_years - 1;
    bool is_in_kroner = !ratio_table->fit_results || behov_need_gap_is_1000kr(ratio_table->fit_results->need);
    behov_word previous = years_follow ? BEHOV_WORD_CHANGE_FROM_YEAR_BEFORE : BEHOV_WORD_CHANGE_FROM_YEAR_ABOVE;
    const behov_report_column columns[FIGURES] = {
        {"year", NULL, BEHOV_Q_YEAR},
        {"ratio", behov_label(lang, behov_word_by_unit(BEHOV_WORD_RATIO, is_in_kroner)), BEHOV_Q_RATIO},
        {"change_from_year_before", behov_label(lang, previous), BEHOV_Q_COUNT},
        {"change_since_first", start_text, BEHOV_Q_COUNT}};
    size_t n = n_lines * ratio_table->n_years, level = 0;
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < FIGURES && !status; j++) {
        double *values = behov_missing_numbers(n);
        if (!values)
            return out_of_memory(err);
        for (size_t i = 0; i < n; i++) {
            size_t index = i / ratio_table->n_years, t = i % ratio_table->n_years;
            double ratio = behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, index, t);
            values[i] =
                j == YEAR    ? ratio_table->years[t]
                : j == RATIO ? ratio
                : j == FIRST ? points(behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, index, 0), ratio)
                : t == 0     ? NAN
                         : points(behov_ratio_lines_ratio(ratio_table, choice, lines, n_lines, index, t - 1), ratio);
        }
        status = behov_report_add_numbers(report, columns[j], values, true, err);
        if (status)
            free(values);
        if (!status && j == RATIO) {
            level = behov_report_n_columns(report);
            status = behov_report_add_texts(
                report, (behov_report_column){"level", behov_label(lang, BEHOV_WORD_LEVEL), BEHOV_Q_TEXT}, err);
        }
    }
    size_t word = behov_report_n_columns(report);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"change", change, BEHOV_Q_TEXT}, err);
    return status ? status : set_trend_words(ratio_table, choice, lines, n_lines, lang, report, level, word, err);
}

behov_status behov_ratio_tables_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                      behov_language lang, behov_report **out, behov_error *err)
{
    behov_ratio_line *lines = NULL, *rows = NULL;
    size_t n_lines = 0, n_names;
    behov_report *report = NULL;
    behov_status status = behov_ratio_lines_plan(ratio_table, choice, &lines, &n_lines, err);
    if (!status && !(rows = malloc((n_lines * ratio_table->n_years + 1) * sizeof *rows)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n_lines * ratio_table->n_years && !status; i++)
        rows[i] = lines[i / ratio_table->n_years];
    if (!status)
        status = behov_report_new("trend", n_lines * ratio_table->n_years, NULL, &report, err);
    if (!status)
        status = set_names(ratio_table, choice, rows, n_lines * ratio_table->n_years, lang, report, &n_names, err);
    if (!status)
        status = add_trend(ratio_table, choice, lines, n_lines, lang, report, err);
    free(lines), free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
