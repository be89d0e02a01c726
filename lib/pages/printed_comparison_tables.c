/* printed_comparison_tables.c - see printed_comparison_tables.h. */
#include <behov/printed_comparison_tables.h>

#include <math.h>
#include <stdio.h>

#include <behov/convention_sentences.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/printed_comparison_sentences.h>
#include <behov/remarks.h>
#include <behov/study_words.h>
#include "table_columns.h"

static behov_language language_of(const behov_printed_comparison *comparison)
{
    return comparison->fit_results->study->lang;
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 * */

static const behov_printed_match *match_at(const void *context, size_t row)
{
    return &((const behov_printed_comparison *)context)->matches[row];
}

static const char *yes_or_no(const void *context, bool is_so)
{
    return behov_label(language_of(context), is_so ? BEHOV_WORD_YES : BEHOV_WORD_NO);
}

static const char *label_text(const void *context, size_t row)
{
    const behov_study *study = ((const behov_printed_comparison *)context)->fit_results->study;
    return behov_model_label(&study->model, study->lang, match_at(context, row)->term);
}

static const char *term_text(const void *context, size_t row)
{
    return match_at(context, row)->term;
}

static double printed_figure(const void *context, size_t row)
{
    return match_at(context, row)->printed->coefficient.value;
}

static double fitted_figure(const void *context, size_t row)
{
    const behov_coefficient *fitted = match_at(context, row)->fitted;
    return fitted ? fitted->estimate : NAN;
}

static double units_figure(const void *context, size_t row)
{
    return match_at(context, row)->units;
}

static double in_errors_figure(const void *context, size_t row)
{
    return match_at(context, row)->in_standard_errors;
}

static const char *printed_stars_text(const void *context, size_t row)
{
    return behov_format_stars(match_at(context, row)->printed->n_stars);
}

static const char *fitted_stars_text(const void *context, size_t row)
{
    const behov_coefficient *fitted = match_at(context, row)->fitted;
    return fitted ? fitted->stars : NULL;
}

static const char *agrees_text(const void *context, size_t row)
{
    const behov_printed_comparison *comparison = context;
    const behov_printed_match *printed_match = match_at(context, row);
    if (!printed_match->fitted)
        return behov_label(language_of(comparison), BEHOV_WORD_NOT_IN_MODEL);
    return comparison->is_other_outcome ? NULL : yes_or_no(context, printed_match->holds);
}

static const char *same_sign_text(const void *context, size_t row)
{
    const behov_printed_match *printed_match = match_at(context, row);
    return printed_match->fitted ? yes_or_no(context, printed_match->same_sign) : NULL;
}

static const char *same_stars_text(const void *context, size_t row)
{
    const behov_printed_match *printed_match = match_at(context, row);
    return printed_match->fitted ? yes_or_no(context, printed_match->same_stars) : NULL;
}

/* A number as it was printed: 43,0 says more than the 43 that it is. */
static behov_status keep_printed_digits(const behov_printed_comparison *comparison, bool is_of_errors, size_t column,
                                        behov_report *report, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < comparison->table.n_rows && !status; row++) {
        const behov_printed_row *printed = &comparison->table.rows[row];
        status = behov_report_set_decimals(
            report, column, row, is_of_errors ? printed->standard_error.n_decimals : printed->coefficient.n_decimals,
            err);
    }
    return status;
}

behov_status behov_printed_comparison_coefficients_table(const behov_printed_comparison *comparison,
                                                         behov_report **report, behov_error *err)
{
    static const behov_table_column columns[] = {
        {{"variable", NULL, BEHOV_Q_TEXT}, .text = label_text},
        {{"term", NULL, BEHOV_Q_TEXT}, .text = term_text},
        {{"printed", NULL, BEHOV_Q_COEFFICIENT}, .figure = printed_figure},
        {{"stars_printed", NULL, BEHOV_Q_STARS}, .text = printed_stars_text},
        {{"computed", NULL, BEHOV_Q_COEFFICIENT}, .figure = fitted_figure},
        {{"stars_fitted", NULL, BEHOV_Q_STARS}, .text = fitted_stars_text},
        {{"units_of_last_digit", NULL, BEHOV_Q_INDEX}, .figure = units_figure},
        {{"in_standard_errors", NULL, BEHOV_Q_T}, .figure = in_errors_figure},
        {{"prints_the_same", NULL, BEHOV_Q_TEXT}, .text = agrees_text},
        {{"same_sign", NULL, BEHOV_Q_TEXT}, .text = same_sign_text},
        {{"same_stars", NULL, BEHOV_Q_TEXT}, .text = same_stars_text},
    };
    enum { PRINTED = 2 };
    behov_report *new_report = NULL;
    behov_status status = behov_table_columns_new("compared", comparison->table.n_rows, columns,
                                                  sizeof columns / sizeof *columns, comparison, &new_report, err);
    if (!status)
        status = keep_printed_digits(comparison, false, PRINTED, new_report, err);
    return behov_table_columns_return(status, new_report, report);
}

/* ---- standard errors, by reading -----------------------------------------------------------------------------------
 * */

static double printed_error_figure(const void *context, size_t row)
{
    return ((const behov_printed_comparison *)context)->table.rows[row].standard_error.value;
}

typedef struct reading_column {
    const behov_printed_comparison *comparison;
    const behov_errors_reading *errors_reading;
} reading_column;

static double reading_error_figure(const void *context, size_t row)
{
    const reading_column *column = context;
    const behov_coefficient *fitted = column->comparison->matches[row].fitted;
    return fitted && column->errors_reading->vcov
               ? column->errors_reading->coefficients[fitted - column->comparison->fit_results->coefficients].se
               : NAN;
}

static behov_status errors_table(const behov_printed_comparison *comparison, behov_report **out, behov_error *err)
{
    static const behov_table_column columns[] = {
        {{"variable", NULL, BEHOV_Q_TEXT}, .text = label_text},
        {{"term", NULL, BEHOV_Q_TEXT}, .text = term_text},
        {{"printed", NULL, BEHOV_Q_COEFFICIENT}, .figure = printed_error_figure},
    };
    enum { PRINTED = 2 };
    behov_report *report = NULL;
    behov_status status = behov_table_columns_new("compared_errors", comparison->table.n_rows, columns,
                                                  sizeof columns / sizeof *columns, comparison, &report, err);
    if (!status)
        status = keep_printed_digits(comparison, true, PRINTED, report, err);
    for (size_t r = 0; r < comparison->clusterings.n && !status; r++) {
        char key[48], heading[24];
        snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)r + 1);
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)r + 1);
        status = behov_table_columns_add(
            report, &(behov_table_column){{key, heading, BEHOV_Q_STANDARD_ERROR}, .figure = reading_error_figure}, 1,
            &(reading_column){comparison, &comparison->clusterings.readings[r]}, err);
    }
    return behov_table_columns_return(status, report, out);
}

/* ---- readings ------------------------------------------------------------------------------------------------------
 * */

static const behov_printed_reading *reading_at(const void *context, size_t row)
{
    return &((const behov_printed_comparison *)context)->readings[row];
}

/* A single cluster has no errors, so none that hold. */
static double clusters_figure(const void *context, size_t row)
{
    const behov_errors_reading *errors_reading = reading_at(context, row)->errors_reading;
    return errors_reading->vcov ? (double)errors_reading->n_clusters : NAN;
}

static double hold_figure(const void *context, size_t row)
{
    return reading_at(context, row)->errors_reading->vcov ? (double)reading_at(context, row)->n_hold : NAN;
}

static double median_figure(const void *context, size_t row)
{
    return 100 * reading_at(context, row)->median_off;
}

static double largest_figure(const void *context, size_t row)
{
    return 100 * reading_at(context, row)->largest_off;
}

enum { READING, CLUSTERS, HOLD, MEDIAN, LARGEST, LARGEST_TERM };

static behov_status name_reading(const behov_printed_comparison *comparison, size_t row, behov_wording *words,
                                 behov_report *report, behov_error *err)
{
    const behov_printed_reading *printed_reading = &comparison->readings[row];
    behov_wording_clear(words);
    behov_wording_print(words, "[%lu] %s", (unsigned long)row + 1, printed_reading->errors_reading->cluster);
    if (!printed_reading->errors_reading->vcov)
        behov_wording_add_after(words, " – ", behov_label(language_of(comparison), BEHOV_WORD_READING_NOT_COMPUTED));
    behov_status status = behov_wording_status(words, err);
    if (!status)
        status = behov_report_set_text(report, READING, row, behov_wording_text(words), err);
    if (!status && printed_reading->is_best)
        status = behov_report_set_strong(report, READING, row, err);
    if (status || isnan(printed_reading->largest_off))
        return status;
    behov_study_say_term(comparison->fit_results->study, comparison->matches[printed_reading->largest].term, words);
    status = behov_wording_status(words, err);
    return status ? status : behov_report_set_text(report, LARGEST_TERM, row, behov_wording_text(words), err);
}

static behov_status readings_table(const behov_printed_comparison *comparison, behov_report **out, behov_error *err)
{
    static const behov_table_column columns[] = {
        [READING] = {{"reading", NULL, BEHOV_Q_TEXT}, NULL, NULL},
        [CLUSTERS] = {{"n_clusters", NULL, BEHOV_Q_COUNT}, .figure = clusters_figure},
        [HOLD] = {{"errors_that_hold", NULL, BEHOV_Q_COUNT}, .figure = hold_figure},
        [MEDIAN] = {{"median_off_pct", NULL, BEHOV_Q_INDEX}, .figure = median_figure},
        [LARGEST] = {{"largest_off_pct", NULL, BEHOV_Q_INDEX}, .figure = largest_figure},
        [LARGEST_TERM] = {{"largest_off_term", NULL, BEHOV_Q_TEXT}, NULL, NULL},
    };
    size_t n = comparison->clusterings.n;
    behov_report *report = NULL;
    behov_wording words = {0};
    behov_status status = behov_table_columns_new("compared_readings", n, columns, sizeof columns / sizeof *columns,
                                                  comparison, &report, err);
    for (size_t row = 0; row < n && !status; row++)
        status = name_reading(comparison, row, &words, report, err);
    behov_wording_free(&words);
    return behov_table_columns_return(status, report, out);
}

/* ---- ratios --------------------------------------------------------------------------------------------------------
 * */

static const behov_printed_cell *cell_at(const void *context, size_t row)
{
    return &((const behov_printed_comparison *)context)->cells[row];
}

static const behov_municipality *place_at(const void *context, size_t row)
{
    return &((const behov_printed_comparison *)context)->ratios.places.all[cell_at(context, row)->place];
}

static const char *code_text(const void *context, size_t row)
{
    return place_at(context, row)->code;
}

static const char *name_text(const void *context, size_t row)
{
    return place_at(context, row)->name;
}

static double year_figure(const void *context, size_t row)
{
    return ((const behov_printed_comparison *)context)->ratios.years[cell_at(context, row)->year];
}

static double printed_ratio_figure(const void *context, size_t row)
{
    return cell_at(context, row)->printed;
}

static double ratio_figure(const void *context, size_t row)
{
    return cell_at(context, row)->ratio;
}

static double difference_figure(const void *context, size_t row)
{
    return cell_at(context, row)->difference;
}

behov_status behov_printed_comparison_ratios_table(const behov_printed_comparison *comparison, size_t n_most,
                                                   behov_report **report, behov_error *err)
{
    static const behov_table_column columns[] = {
        {{"number", NULL, BEHOV_Q_CODE}, .text = code_text},
        {{"municipality", NULL, BEHOV_Q_TEXT}, .text = name_text},
        {{"year", NULL, BEHOV_Q_YEAR}, .figure = year_figure},
        {{"printed", NULL, BEHOV_Q_VALUE}, .figure = printed_ratio_figure},
        {{"ratio", NULL, BEHOV_Q_RATIO}, .figure = ratio_figure},
        {{"difference_points", NULL, BEHOV_Q_INDEX}, .figure = difference_figure},
    };
    size_t n = n_most && n_most < comparison->n_cells ? n_most : comparison->n_cells;
    enum { PRINTED = 3 };
    behov_report *new_report = NULL;
    behov_status status = behov_table_columns_new("compared_ratios", n, columns, sizeof columns / sizeof *columns,
                                                  comparison, &new_report, err);
    int n_decimals = comparison->half > 0 && comparison->half < 0.5 ? (int)rint(-log10(2 * comparison->half)) : 0;
    for (size_t row = 0; row < n && n_decimals && !status; row++)
        status = behov_report_set_decimals(new_report, PRINTED, row, n_decimals, err);
    return behov_table_columns_return(status, new_report, report);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 * */

/* What a section is called, and how its sheet is laid out. */
typedef struct section_plan {
    behov_word sheet, title;
    size_t n_frozen;
    bool landscape;
} section_plan;

static const section_plan coefficients_plan = {BEHOV_WORD_SHEET_COMPARED, BEHOV_WORD_TITLE_COMPARED, 2, true},
                          readings_plan = {BEHOV_WORD_SHEET_READINGS, BEHOV_WORD_TITLE_READINGS, 1, true},
                          errors_plan = {BEHOV_WORD_SHEET_COMPARED_ERRORS, BEHOV_WORD_TITLE_COMPARED_ERRORS, 1, true},
                          ratios_plan = {BEHOV_WORD_SHEET_COMPARED_RATIOS, BEHOV_WORD_TITLE_COMPARED_RATIOS, 2, true},
                          no_ratios_plan = {BEHOV_WORD_SHEET_COMPARED_RATIOS, BEHOV_WORD_TITLE_COMPARED_RATIOS, 0,
                                            false};

/* Takes the table, also when it fails. */
static behov_status add_section(const behov_printed_comparison *comparison, const section_plan *plan,
                                const behov_wording *subtitle, behov_report *table, behov_section_list *list,
                                behov_error *err)
{
    behov_language lang = language_of(comparison);
    behov_wording title = {0};
    behov_study_say_title(comparison->fit_results->study, behov_label(lang, plan->title), &title);
    behov_status status = behov_section_list_add_said(list,
                                                      (behov_section){.name = behov_label(lang, plan->sheet),
                                                                      .table_name = behov_label(lang, plan->sheet),
                                                                      .n_frozen_columns = plan->n_frozen,
                                                                      .landscape = plan->landscape},
                                                      &title, subtitle, table, err);
    behov_wording_free(&title);
    return status;
}

static behov_status add_coefficients(const behov_printed_comparison *comparison, behov_section_list *list,
                                     behov_error *err)
{
    behov_language lang = language_of(comparison);
    behov_wording words = {0};
    behov_report *table = NULL;
    behov_printed_comparison_say_coefficients(comparison, &words);
    behov_status status = behov_printed_comparison_coefficients_table(comparison, &table, err);
    if (!status)
        status = add_section(comparison, &coefficients_plan, &words, table, list, err);
    if (!status && !comparison->is_other_outcome)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_COMPARED_EXPLAINED), err);
    if (!status)
        status = behov_remarks_add_errors(list, comparison->fit_results, err);
    behov_printed_comparison_say_sample(comparison, &words);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status ? status : behov_conventions_note_stars(comparison->fit_results->study, list, err);
}

static behov_status add_readings(const behov_printed_comparison *comparison, behov_section_list *list, behov_error *err)
{
    behov_language lang = language_of(comparison);
    behov_wording words = {0};
    behov_report *table = NULL;
    behov_printed_comparison_say_reading(comparison, &words);
    behov_status status = readings_table(comparison, &table, err);
    if (!status)
        status = add_section(comparison, &readings_plan, &words, table, list, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_READINGS_EXPLAINED), err);
    behov_wording_clear(&words);
    behov_wording_add(&words, behov_label(lang, BEHOV_WORD_SUBTITLE_COMPARED_ERRORS));
    if (!status)
        status = errors_table(comparison, &table, err);
    if (!status)
        status = add_section(comparison, &errors_plan, &words, table, list, err);
    behov_wording_free(&words);
    return status;
}

static behov_status add_ratios(const behov_printed_comparison *comparison, size_t n_most, behov_section_list *list,
                               behov_error *err)
{
    char number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_language lang = language_of(comparison);
    behov_wording words = {0};
    behov_report *table = NULL;
    behov_printed_comparison_say_ratios(comparison, &words);
    behov_status status = behov_printed_comparison_ratios_table(comparison, n_most, &table, err);
    if (!status)
        status =
            add_section(comparison, comparison->n_cells ? &ratios_plan : &no_ratios_plan, &words, table, list, err);
    behov_wording_clear(&words);
    if (n_most && n_most < comparison->n_cells)
        behov_wording_fill(&words, lang, BEHOV_WORD_COMPARE_FIRST_OF, "n",
                           behov_format_count(lang, (double)n_most, number), "all",
                           behov_format_count(lang, (double)comparison->n_cells, all), NULL);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_printed_comparison_add(const behov_printed_comparison *comparison, size_t n_most,
                                          behov_section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (comparison->table.n_rows)
        status = add_coefficients(comparison, list, err);
    if (!status && comparison->readings && comparison->clusterings.n)
        status = add_readings(comparison, list, err);
    if (!status && comparison->n_cells)
        status = add_ratios(comparison, n_most, list, err);
    return status;
}

behov_status behov_printed_comparison_add_all(const behov_printed_comparison *comparison, size_t n_most,
                                              behov_section_list *list, behov_error *err)
{
    behov_status status = behov_printed_comparison_add(comparison, n_most, list, err);
    if (!status && list->n == 0) /* all ratios are the same: the table of differences is empty, and says so */
        status = add_ratios(comparison, 0, list, err);
    return !status && comparison->fit_results->study->is_simulated
               ? behov_section_list_note_all(list, behov_label(language_of(comparison), BEHOV_WORD_SIMULATED_EXPLAINED),
                                             err)
               : status;
}
