/* write_compare.c - what a fit has in common with print, in sentences, tables and JSON. */
#include "write_compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "model_labels.h"
#include "remarks.h"
#include "side_by_side.h"
#include "study_words.h"
#include "write_json.h"

static behov_language language_of(const behov_printed_comparison *comparison)
{
    return comparison->fit_results->study->lang;
}

static const char *count(behov_language lang, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_COUNT, (double)n, lang, text);
}

static const char *per_cent(behov_language lang, double share, char text[BEHOV_NUMBER_SIZE])
{
    double shown_value = 100 * share;
    behov_number_fixed(shown_value, shown_value < 10 ? 1 : 0, behov_label_decimal_mark(lang),
                       behov_label_group_mark(lang), 4, text);
    return text;
}

/* ---- sentences -----------------------------------------------------------------------------------------------------
 */

typedef struct tally {
    size_t n, holds, errors, stars, signs;
} tally;

static tally add_up(const behov_printed_comparison *comparison)
{
    tally sum = {0};
    for (size_t i = 0; i < comparison->table.n_rows; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        if (!printed_match->fitted)
            continue;
        sum.n++;
        sum.holds += printed_match->holds;
        sum.errors += printed_match->error_holds;
        sum.stars += printed_match->same_stars;
        sum.signs += printed_match->same_sign;
    }
    return sum;
}

static void coefficients_answer(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    tally sum = add_up(comparison);
    char n[BEHOV_NUMBER_SIZE], holds[BEHOV_NUMBER_SIZE], errors[BEHOV_NUMBER_SIZE], stars[BEHOV_NUMBER_SIZE],
        signs[BEHOV_NUMBER_SIZE];
    char outcome[BEHOV_STUDY_TERM + 60];
    behov_outcome_unit unit = comparison->fit_results->study->unit;
    behov_study_term_in_sentence(comparison->fit_results->study,
                                 behov_formula_outcome_name(comparison->fit_results->study->formula), outcome);
    if (unit != BEHOV_UNIT_UNKNOWN)
        snprintf(outcome + strlen(outcome), sizeof outcome - strlen(outcome), ", %s",
                 behov_label(lang, unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
                                                                            : BEHOV_WORD_UNIT_KR_PER_INHABITANT));
    behov_label_fill(lang,
                     comparison->is_other_outcome ? BEHOV_WORD_COMPARE_OTHER_OUTCOME : BEHOV_WORD_COMPARE_COEFFICIENTS,
                     text, COMPARE_SENTENCE, "n", count(lang, sum.n, n), "holds", count(lang, sum.holds, holds),
                     "errors", count(lang, sum.errors, errors), "stars", count(lang, sum.stars, stars), "signs",
                     count(lang, sum.signs, signs), "table", comparison->table_name, "printed",
                     comparison->notes.outcome ? comparison->notes.outcome : "", "outcome", outcome, NULL);
}

/* "upper_secondary_completion (standard error 0.029 printed, 0.00290 fitted)", of all that are not the same */
static bool differences(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    enum { MOST_NAMED = 4 };
    char list[COMPARE_SENTENCE - 200] = "", number[BEHOV_NUMBER_SIZE];
    size_t length = 0, n = 0;
    for (size_t i = 0; i < comparison->table.n_rows && !comparison->is_other_outcome; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        if (!printed_match->fitted ||
            (printed_match->holds && printed_match->error_holds && printed_match->same_stars) || ++n > MOST_NAMED)
            continue;
        char part[240 + BEHOV_STUDY_TERM], term[BEHOV_STUDY_TERM], printed[BEHOV_NUMBER_SIZE],
            fitted[BEHOV_NUMBER_SIZE];
        bool of_error = printed_match->holds && !printed_match->error_holds;
        const behov_printed *shown_printed =
            of_error ? &printed_match->printed->standard_error : &printed_match->printed->coefficient;
        behov_printed_text(shown_printed, behov_label_decimal_mark(lang), printed);
        behov_format_minus(printed);
        behov_format_cell(BEHOV_Q_COEFFICIENT, of_error ? printed_match->fitted->se : printed_match->fitted->estimate,
                          lang, fitted);
        behov_label_fill(lang,
                         of_error               ? BEHOV_WORD_COMPARE_ERROR_DIFFERS
                         : printed_match->holds ? BEHOV_WORD_COMPARE_STARS_DIFFER
                                                : BEHOV_WORD_COMPARE_DIFFERS,
                         part, sizeof part, "term",
                         behov_study_term_in_sentence(comparison->fit_results->study, printed_match->term, term),
                         "printed", printed, "fitted", fitted, "stars_printed",
                         &"***"[3 - (printed_match->printed->n_stars < 3 ? printed_match->printed->n_stars : 3)],
                         "stars", printed_match->fitted->stars, NULL);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", length ? "; " : "", part);
    }
    bool is_cut = n > MOST_NAMED;
    behov_label_fill(lang, is_cut ? BEHOV_WORD_COMPARE_DIFFERENCES_MORE : BEHOV_WORD_COMPARE_DIFFERENCES, text,
                     COMPARE_SENTENCE, "list", list, "n", count(lang, is_cut ? n - MOST_NAMED : 0, number), NULL);
    return n > 0;
}

static bool sample_differs(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    const printed_notes *notes = &comparison->notes;
    double n = behov_fit_n_observations(comparison->fit_results->fit),
           adj_r2 = behov_fit_adj_r2(comparison->fit_results->fit);
    if (!notes->n_observations && !notes->has_adjusted_r2)
        return false;
    char printed_n[BEHOV_NUMBER_SIZE] = "–", fitted_n[BEHOV_NUMBER_SIZE], printed_r2[BEHOV_NUMBER_SIZE] = "–",
         fitted_r2[BEHOV_NUMBER_SIZE];
    if (notes->n_observations)
        count(lang, notes->n_observations, printed_n);
    if (notes->has_adjusted_r2)
        behov_printed_text(&notes->adjusted_r2, behov_label_decimal_mark(lang), printed_r2);
    behov_format_minus(printed_r2);
    behov_format_cell(BEHOV_Q_COUNT, n, lang, fitted_n);
    behov_number_fixed(adj_r2, 3, behov_label_decimal_mark(lang), "", 4, fitted_r2);
    behov_format_minus(fitted_r2);
    bool same =
        (!notes->n_observations || n == (double)notes->n_observations) &&
        (!notes->has_adjusted_r2 || comparison->is_other_outcome || behov_printed_holds(&notes->adjusted_r2, adj_r2));
    behov_label_fill(lang, same ? BEHOV_WORD_COMPARE_SAME_SAMPLE : BEHOV_WORD_COMPARE_OTHER_SAMPLE, text,
                     COMPARE_SENTENCE, "printed_n", printed_n, "n", fitted_n, "printed_r2", printed_r2, "r2", fitted_r2,
                     NULL);
    return true;
}

static bool best_reading(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    const behov_printed_reading *best = NULL;
    for (size_t i = 0; i < comparison->clusterings.n && comparison->readings; i++)
        best = comparison->readings[i].is_best ? &comparison->readings[i] : best;
    if (!best)
        return false;
    char off[BEHOV_NUMBER_SIZE], others[600] = "", word[BEHOV_NUMBER_SIZE];
    for (size_t i = 0; i < comparison->clusterings.n; i++) {
        const behov_printed_reading *other = &comparison->readings[i];
        char item[700];
        if (other == best || isnan(other->median_off))
            continue;
        snprintf(item, sizeof item, "%s %s %%", behov_cut(other->errors_reading->cluster, 100).text,
                 per_cent(lang, other->median_off, word));
        behov_label_list(others, sizeof others, item);
    }
    behov_label_fill(lang, others[0] ? BEHOV_WORD_COMPARE_BEST_READING : BEHOV_WORD_COMPARE_ONE_READING, text,
                     COMPARE_SENTENCE, "cluster", best->errors_reading->cluster, "off",
                     per_cent(lang, best->median_off, off), "others", others, NULL);
    return true;
}

static void ratios_answer(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    char compared[BEHOV_NUMBER_SIZE], equal[BEHOV_NUMBER_SIZE],
        largest[BEHOV_NUMBER_SIZE] = "", printed[BEHOV_NUMBER_SIZE], ratio[BEHOV_NUMBER_SIZE], place[200] = "",
        year[16] = "";
    if (comparison->n_cells) {
        const behov_printed_cell *most = &comparison->cells[0];
        const behov_municipality *municipality = &comparison->ratios.places.all[most->place];
        behov_municipality_list_name(municipality, place, sizeof place);
        snprintf(year, sizeof year, "%d", comparison->ratios.years[most->year]);
        behov_format_cell(BEHOV_Q_RATIO, most->printed, lang, printed);
        behov_format_cell(BEHOV_Q_RATIO, most->ratio, lang, ratio);
        behov_format_cell(BEHOV_Q_INDEX, most->difference, lang, largest);
    }
    behov_label_fill(lang,
                     comparison->n_compared == 0 ? BEHOV_WORD_COMPARE_RATIOS_NONE
                     : comparison->n_cells       ? BEHOV_WORD_COMPARE_RATIOS_DIFFER
                                                 : BEHOV_WORD_COMPARE_RATIOS_EQUAL,
                     text, COMPARE_SENTENCE, "n", count(lang, comparison->n_compared, compared), "equal",
                     count(lang, comparison->n_equal, equal), "table", comparison->ratios_name, "place", place, "year",
                     year, "printed", printed, "ratio", ratio, NULL);
}

static void unknown_places(const behov_printed_comparison *comparison, char text[COMPARE_SENTENCE])
{
    enum { MOST = 8 };
    behov_language lang = language_of(comparison);
    char names[1200] = "", n[BEHOV_NUMBER_SIZE];
    size_t length = 0;
    for (size_t i = 0; i < comparison->n_unknown && i < MOST; i++) {
        const behov_municipality *municipality =
            &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        char name[64];
        bool is_double =
            !municipality->code[0] && behov_printed_comparison_n_called(comparison, municipality->name) > 1;
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s%s%s%s", i ? ", " : "",
                                   behov_municipality_list_name(municipality, name, sizeof name), is_double ? " (" : "",
                                   is_double ? behov_label(lang, BEHOV_WORD_COMPARE_NAME_IS_DOUBLE) : "",
                                   is_double ? ")" : "");
    }
    behov_label_fill(lang, BEHOV_WORD_COMPARE_UNKNOWN_PLACES, text, COMPARE_SENTENCE, "n",
                     count(lang, comparison->n_unknown, n), "names", names, NULL);
}

bool compare_answer(const behov_printed_comparison *comparison, size_t wanted_index, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(comparison);
    size_t index = 0;
    char number[BEHOV_NUMBER_SIZE];
    if (comparison->fit_results->study->is_bundled) {
        snprintf(text, COMPARE_SENTENCE, "%s", behov_label(lang, BEHOV_WORD_COMPARE_BY_CONSTRUCTION));
        if (index++ == wanted_index)
            return true;
    }
    if (comparison->table.n_rows) {
        coefficients_answer(comparison, text);
        if (index++ == wanted_index)
            return true;
        if (differences(comparison, text) && index++ == wanted_index)
            return true;
        if (sample_differs(comparison, text) && index++ == wanted_index)
            return true;
        if (best_reading(comparison, text) && index++ == wanted_index)
            return true;
    }
    if (comparison->printed_ratios.places.n) {
        ratios_answer(comparison, text);
        if (index++ == wanted_index)
            return true;
        if (comparison->n_not_fitted) {
            behov_label_fill(lang, BEHOV_WORD_COMPARE_NOT_FITTED, text, COMPARE_SENTENCE, "n",
                             count(lang, comparison->n_not_fitted, number), NULL);
            if (index++ == wanted_index)
                return true;
        }
        if (comparison->n_unknown) {
            unknown_places(comparison, text);
            if (index++ == wanted_index)
                return true;
        }
    }
    return false;
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the comparison with the printed table");
}

static double *numbers(size_t n)
{
    double *values = malloc((n + 1) * sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = NAN;
    return values;
}

static behov_status add_numbers(behov_report *report, const char *key, const char *heading, behov_quantity quantity,
                                double *values, behov_error *err)
{
    if (!values)
        return out_of_memory(err);
    behov_status status =
        behov_report_add_numbers(report, (behov_report_column){key, heading, quantity}, values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_texts(behov_report *report, const char *key, const char *heading, behov_quantity quantity,
                              behov_error *err)
{
    return behov_report_add_texts(report, (behov_report_column){key, heading, quantity}, err);
}

static behov_status finish(behov_status status, behov_report *report, behov_report **out)
{
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* The label of a term and the term itself: the first columns. */
static behov_status add_term_columns(behov_report *report, behov_error *err)
{
    behov_status status = add_texts(report, "variable", NULL, BEHOV_Q_TEXT, err);
    return !status ? add_texts(report, "term", NULL, BEHOV_Q_TEXT, err) : status;
}

static behov_status set_term(const behov_printed_comparison *comparison, size_t i, behov_report *report,
                             behov_error *err)
{
    const behov_study *names = comparison->fit_results->study;
    const char *term = comparison->matches[i].term;
    behov_status status = behov_report_set_text(report, 0, i, behov_model_label(&names->model, names->lang, term), err);
    return !status ? behov_report_set_text(report, 1, i, term, err) : status;
}

static behov_status set_row(const behov_printed_comparison *comparison, size_t i, behov_report *report,
                            behov_error *err)
{
    enum { PRINTED_STARS = 3, FITTED_STARS = 5, AGREES = 8, SAME_SIGN = 9, SAME_STARS = 10 };
    behov_language lang = language_of(comparison);
    const behov_printed_match *printed_match = &comparison->matches[i];
    char stars[BEHOV_LEGEND_MARKS + 1] = "";
    for (int s = 0; s < printed_match->printed->n_stars && s < BEHOV_LEGEND_MARKS; s++)
        strcat(stars, "*");
    behov_status status = set_term(comparison, i, report, err);
    if (!status)
        status = behov_report_set_text(report, PRINTED_STARS, i, stars, err);
    if (!status && !printed_match->fitted)
        return behov_report_set_text(report, AGREES, i, behov_label(lang, BEHOV_WORD_NOT_IN_MODEL), err);
    if (!status)
        status = behov_report_set_text(report, FITTED_STARS, i, printed_match->fitted->stars, err);
    if (!status && !comparison->is_other_outcome)
        status = behov_report_set_text(report, AGREES, i,
                                       behov_label(lang, printed_match->holds ? BEHOV_WORD_YES : BEHOV_WORD_NO), err);
    if (!status)
        status = behov_report_set_text(
            report, SAME_SIGN, i, behov_label(lang, printed_match->same_sign ? BEHOV_WORD_YES : BEHOV_WORD_NO), err);
    if (!status)
        status = behov_report_set_text(
            report, SAME_STARS, i, behov_label(lang, printed_match->same_stars ? BEHOV_WORD_YES : BEHOV_WORD_NO), err);
    return status;
}

behov_status compare_coefficients(const behov_printed_comparison *comparison, behov_report **out, behov_error *err)
{
    size_t n = comparison->table.n_rows;
    double *printed = numbers(n), *fitted = numbers(n), *units = numbers(n), *in_errors = numbers(n);
    for (size_t i = 0; printed && fitted && units && in_errors && i < n; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        printed[i] = printed_match->printed->coefficient.value;
        fitted[i] = printed_match->fitted ? printed_match->fitted->estimate : NAN;
        units[i] = printed_match->units;
        in_errors[i] = printed_match->in_standard_errors;
    }
    behov_report *report = NULL;
    behov_status status = behov_report_new("compared", n, NULL, &report, err);
    if (!status)
        status = add_term_columns(report, err);
    /* each of these takes its values, also when it fails; those not reached are freed below */
    double *const columns[] = {printed, fitted, units, in_errors};
    static const struct {
        const char *key;
        behov_quantity quantity;
        const char *stars; /* a column of stars behind it */
    } heads[] = {{"printed", BEHOV_Q_VALUE, "stars_printed"},
                 {"computed", BEHOV_Q_COEFFICIENT, "stars_fitted"},
                 {"units_of_last_digit", BEHOV_Q_INDEX, NULL},
                 {"in_standard_errors", BEHOV_Q_T, NULL}};
    for (size_t j = 0; j < 4; j++) {
        if (status) {
            free(columns[j]);
            continue;
        }
        status = add_numbers(report, heads[j].key, NULL, heads[j].quantity, columns[j], err);
        if (!status && heads[j].stars)
            status = add_texts(report, heads[j].stars, NULL, BEHOV_Q_STARS, err);
    }
    static const char *const words[] = {"prints_the_same", "same_sign", "same_stars"};
    for (size_t j = 0; j < 3 && !status; j++)
        status = add_texts(report, words[j], NULL, BEHOV_Q_TEXT, err);
    for (size_t i = 0; i < n && !status; i++)
        status = set_row(comparison, i, report, err);
    return finish(status, report, out);
}

/* Printed standard errors, and those of each reading. */
static behov_status errors_table(const behov_printed_comparison *comparison, behov_report **out, behov_error *err)
{
    size_t n = comparison->table.n_rows;
    behov_report *report = NULL;
    behov_status status = behov_report_new("compared_errors", n, NULL, &report, err);
    if (!status)
        status = add_term_columns(report, err);
    double *printed = status ? NULL : numbers(n);
    for (size_t i = 0; printed && i < n; i++)
        printed[i] = comparison->table.rows[i].standard_error.value;
    if (!status)
        status = add_numbers(report, "printed", NULL, BEHOV_Q_VALUE, printed, err);
    for (size_t i = 0; i < n && !status; i++)
        status = set_term(comparison, i, report, err);
    for (size_t r = 0; r < comparison->clusterings.n && !status; r++) {
        char key[48], heading[24];
        snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)r + 1);
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)r + 1);
        double *values = numbers(n);
        for (size_t i = 0; values && i < n; i++)
            if (comparison->matches[i].fitted && comparison->clusterings.readings[r].vcov)
                values[i] = comparison->clusterings.readings[r]
                                .coefficients[comparison->matches[i].fitted - comparison->fit_results->coefficients]
                                .se;
        status = add_numbers(report, key, heading, BEHOV_Q_STANDARD_ERROR, values, err);
    }
    return finish(status, report, out);
}

static behov_status readings_table(const behov_printed_comparison *comparison, behov_report **out, behov_error *err)
{
    size_t n = comparison->clusterings.n;
    double *clusters = numbers(n), *median = numbers(n), *largest = numbers(n), *hold = numbers(n);
    behov_report *report = NULL;
    behov_status status = behov_report_new("compared_readings", n, NULL, &report, err);
    if (!status)
        status = add_texts(report, "reading", NULL, BEHOV_Q_TEXT, err);
    double *const columns[] = {clusters, hold, median, largest};
    static const struct {
        const char *key;
        behov_quantity quantity;
    } heads[] = {{"n_clusters", BEHOV_Q_COUNT},
                 {"errors_that_hold", BEHOV_Q_COUNT},
                 {"median_off_pct", BEHOV_Q_INDEX},
                 {"largest_off_pct", BEHOV_Q_INDEX}};
    for (size_t j = 0; j < 4; j++) {
        if (status) {
            free(columns[j]);
            continue;
        }
        for (size_t r = 0; columns[j] && r < n; r++) {
            const behov_printed_reading *printed_reading = &comparison->readings[r];
            columns[j][r] = !printed_reading->errors_reading->vcov && j < 2
                                ? NAN /* as of a single cluster: no errors, so none that hold */
                            : j == 0 ? (double)printed_reading->errors_reading->n_clusters
                            : j == 1 ? (double)printed_reading->n_hold
                            : j == 2 ? 100 * printed_reading->median_off
                                     : 100 * printed_reading->largest_off;
        }
        status = add_numbers(report, heads[j].key, NULL, heads[j].quantity, columns[j], err);
    }
    if (!status)
        status = add_texts(report, "largest_off_term", NULL, BEHOV_Q_TEXT, err);
    for (size_t r = 0; r < n && !status; r++) {
        char text[500];
        snprintf(text, sizeof text, "[%lu] %s%s%s", (unsigned long)r + 1,
                 behov_cut(comparison->readings[r].errors_reading->cluster, 250).text,
                 comparison->readings[r].errors_reading->vcov ? "" : " – ",
                 comparison->readings[r].errors_reading->vcov
                     ? ""
                     : behov_label(language_of(comparison), BEHOV_WORD_READING_NOT_COMPUTED));
        status = behov_report_set_text(report, 0, r, text, err);
        if (!status && comparison->readings[r].is_best)
            status = behov_report_set_strong(report, 0, r, err);
        char term[BEHOV_STUDY_TERM];
        if (!status && !isnan(comparison->readings[r].largest_off))
            status = behov_report_set_text(
                report, 5, r,
                behov_study_term_in_sentence(comparison->fit_results->study,
                                             comparison->matches[comparison->readings[r].largest].term, term),
                err);
    }
    return finish(status, report, out);
}

behov_status compare_ratios(const behov_printed_comparison *comparison, size_t n_most, behov_report **out,
                            behov_error *err)
{
    size_t n = n_most && n_most < comparison->n_cells ? n_most : comparison->n_cells;
    behov_report *report = NULL;
    behov_status status = behov_report_new("compared_ratios", n, NULL, &report, err);
    if (!status)
        status = add_texts(report, "number", NULL, BEHOV_Q_CODE, err);
    if (!status)
        status = add_texts(report, "municipality", NULL, BEHOV_Q_TEXT, err);
    static const struct {
        const char *key;
        behov_quantity quantity;
    } heads[] = {{"year", BEHOV_Q_YEAR},
                 {"printed", BEHOV_Q_VALUE},
                 {"ratio", BEHOV_Q_RATIO},
                 {"difference_points", BEHOV_Q_INDEX}};
    for (size_t j = 0; j < 4 && !status; j++) {
        double *values = numbers(n);
        for (size_t i = 0; values && i < n; i++) {
            const behov_printed_cell *cell = &comparison->cells[i];
            values[i] = j == 0   ? comparison->ratios.years[cell->year]
                        : j == 1 ? cell->printed
                        : j == 2 ? cell->ratio
                                 : cell->difference;
        }
        status = add_numbers(report, heads[j].key, NULL, heads[j].quantity, values, err);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const behov_municipality *municipality = &comparison->ratios.places.all[comparison->cells[i].place];
        status = behov_report_set_text(report, 0, i, municipality->code, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, municipality->name, err);
    }
    return finish(status, report, out);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status add_section(const behov_printed_comparison *comparison, behov_word sheet, behov_word title,
                                const char *subtitle, size_t n_frozen, behov_report *table, behov_section_list *list,
                                behov_error *err)
{
    behov_language lang = language_of(comparison);
    char words[300];
    snprintf(words, sizeof words, "%s", behov_label(lang, title));
    behov_study_mark_title(comparison->fit_results->study, words, sizeof words);
    return behov_section_list_add(list,
                                  (behov_section){.name = behov_label(lang, sheet),
                                                  .title = words,
                                                  .subtitle = subtitle,
                                                  .table_name = behov_label(lang, sheet),
                                                  .n_frozen_columns = n_frozen,
                                                  .landscape = true},
                                  table, err);
}

static behov_status add_coefficients(const behov_printed_comparison *comparison, behov_section_list *list,
                                     behov_error *err)
{
    behov_language lang = language_of(comparison);
    char text[COMPARE_SENTENCE];
    behov_report *table = NULL;
    coefficients_answer(comparison, text);
    behov_status status = compare_coefficients(comparison, &table, err);
    if (!status)
        status =
            add_section(comparison, BEHOV_WORD_SHEET_COMPARED, BEHOV_WORD_TITLE_COMPARED, text, 2, table, list, err);
    if (!status && !comparison->is_other_outcome)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_COMPARED_EXPLAINED), err);
    if (!status)
        status = behov_remarks_add_errors(list, comparison->fit_results, err);
    if (!status && sample_differs(comparison, text))
        status = behov_section_list_note(list, text, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_STARS_EXPLAINED), err);
    return status;
}

static behov_status add_readings(const behov_printed_comparison *comparison, behov_section_list *list, behov_error *err)
{
    behov_language lang = language_of(comparison);
    char text[COMPARE_SENTENCE] = "";
    behov_report *table = NULL;
    best_reading(comparison, text);
    behov_status status = readings_table(comparison, &table, err);
    if (!status)
        status =
            add_section(comparison, BEHOV_WORD_SHEET_READINGS, BEHOV_WORD_TITLE_READINGS, text, 1, table, list, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_READINGS_EXPLAINED), err);
    table = NULL;
    if (!status)
        status = errors_table(comparison, &table, err);
    if (!status)
        status = add_section(comparison, BEHOV_WORD_SHEET_COMPARED_ERRORS, BEHOV_WORD_TITLE_COMPARED_ERRORS,
                             behov_label(lang, BEHOV_WORD_SUBTITLE_COMPARED_ERRORS), 1, table, list, err);
    return status;
}

static behov_status add_ratios(const behov_printed_comparison *comparison, size_t n_most, behov_section_list *list,
                               behov_error *err)
{
    char text[COMPARE_SENTENCE], number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_language lang = language_of(comparison);
    behov_report *table = NULL;
    ratios_answer(comparison, text);
    behov_status status = compare_ratios(comparison, n_most, &table, err);
    if (!status)
        status = add_section(comparison, BEHOV_WORD_SHEET_COMPARED_RATIOS, BEHOV_WORD_TITLE_COMPARED_RATIOS, text, 2,
                             table, list, err);
    if (!status && n_most && n_most < comparison->n_cells) {
        behov_label_fill(lang, BEHOV_WORD_COMPARE_FIRST_OF, text, sizeof text, "n", count(lang, n_most, number), "all",
                         count(lang, comparison->n_cells, all), NULL);
        status = behov_section_list_note(list, text, err);
    }
    return status;
}

behov_status compare_add(const behov_printed_comparison *comparison, size_t n_most, behov_section_list *list,
                         behov_error *err)
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

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *whole(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *match_json(const behov_printed_comparison *comparison, const behov_printed_match *printed_match)
{
    char text[BEHOV_NUMBER_SIZE];
    char stars[BEHOV_LEGEND_MARKS + 1] = "";
    for (int s = 0; s < printed_match->printed->n_stars && s < BEHOV_LEGEND_MARKS; s++)
        strcat(stars, "*");
    bool is_there = printed_match->fitted != NULL, has_sizes = is_there && !comparison->is_other_outcome;
    json_t *object = json_object();
    json_put(object, "term", is_there ? json_text(printed_match->term) : json_null());
    json_put(object, "printed_term", json_text(printed_match->printed->term));
    json_put(object, "line", whole(printed_match->printed->line));
    behov_printed_text(&printed_match->printed->coefficient, '.', text);
    json_put(object, "coefficient_printed", json_text(text));
    json_put(object, "estimate", is_there ? number(printed_match->fitted->estimate) : json_null());
    json_put(object, "difference_in_last_digit", number(printed_match->units));
    json_put(object, "difference_in_se", number(printed_match->in_standard_errors));
    json_put(object, "prints_the_same", has_sizes ? json_boolean(printed_match->holds) : json_null());
    json_put(object, "same_sign", is_there ? json_boolean(printed_match->same_sign) : json_null());
    json_put(object, "stars_printed", json_text(stars));
    json_put(object, "stars", is_there ? json_text(printed_match->fitted->stars) : json_null());
    json_put(object, "same_stars", is_there ? json_boolean(printed_match->same_stars) : json_null());
    behov_printed_text(&printed_match->printed->standard_error, '.', text);
    json_put(object, "se_printed", json_text(text));
    json_put(object, "se", is_there ? number(printed_match->fitted->se) : json_null());
    json_put(object, "se_difference_in_last_digit", number(printed_match->error_units));
    json_put(object, "se_prints_the_same", has_sizes ? json_boolean(printed_match->error_holds) : json_null());
    return object;
}

static json_t *readings_json(const behov_printed_comparison *comparison)
{
    json_t *list = json_array();
    for (size_t r = 0; r < comparison->clusterings.n && comparison->readings; r++) {
        const behov_printed_reading *printed_reading = &comparison->readings[r];
        json_t *object = json_object(), *errors = json_array();
        json_put(object, "cluster", json_text(printed_reading->errors_reading->cluster));
        json_put(object, "n_clusters", whole(printed_reading->errors_reading->n_clusters));
        json_put(object, "median_off", number(printed_reading->median_off));
        json_put(object, "largest_off", number(printed_reading->largest_off));
        json_put(object, "largest_off_term",
                 isnan(printed_reading->largest_off) ? json_null()
                                                     : json_text(comparison->matches[printed_reading->largest].term));
        json_put(object, "n_print_the_same", whole(printed_reading->n_hold));
        json_put(object, "is_best", json_boolean(printed_reading->is_best));
        json_put(object, "why_not",
                 printed_reading->errors_reading->vcov ? json_null()
                                                       : json_text(printed_reading->errors_reading->why.what));
        for (size_t i = 0; i < comparison->table.n_rows; i++) {
            const behov_printed_match *match = &comparison->matches[i];
            json_add(errors, match->fitted && printed_reading->errors_reading->vcov
                                 ? number(printed_reading->errors_reading
                                              ->coefficients[match->fitted - comparison->fit_results->coefficients]
                                              .se)
                                 : json_null());
        }
        json_put(object, "se", errors);
        json_add(list, object);
    }
    return list;
}

static json_t *ratios_json(const behov_printed_comparison *comparison)
{
    json_t *object = json_object(), *cells = json_array(), *unknown_object = json_array();
    json_put(object, "table", json_text(comparison->ratios_name));
    json_put(object, "n_compared", whole(comparison->n_compared));
    json_put(object, "n_equal", whole(comparison->n_equal));
    json_put(object, "n_differ", whole(comparison->n_cells));
    json_put(object, "n_not_fitted", whole(comparison->n_not_fitted));
    for (size_t i = 0; i < comparison->n_cells; i++) {
        const behov_printed_cell *cell = &comparison->cells[i];
        json_t *single_object = json_object();
        json_put(single_object, "municipality_code", json_text(comparison->ratios.places.all[cell->place].code));
        json_put(single_object, "municipality", json_text(comparison->ratios.places.all[cell->place].name));
        json_put(single_object, "year", json_integer(comparison->ratios.years[cell->year]));
        json_put(single_object, "printed", number(cell->printed));
        json_put(single_object, "ratio", number(cell->ratio));
        json_put(single_object, "difference", number(cell->difference));
        json_add(cells, single_object);
    }
    for (size_t i = 0; i < comparison->n_unknown; i++) {
        const behov_municipality *municipality =
            &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        json_add(unknown_object, json_text(municipality->code[0] ? municipality->code : municipality->name));
    }
    json_put(object, "differences", cells);
    json_put(object, "unknown_municipalities", unknown_object);
    return object;
}

behov_status compare_json(const behov_printed_comparison *comparison, const char *path, behov_error *err)
{
    json_t *object = json_object(), *coefficients = json_array();
    write_json_common(object, comparison->fit_results);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(comparison->fit_results->vcov))));
    json_put(object, "cluster",
             comparison->fit_results->cluster ? json_text(comparison->fit_results->cluster) : json_null());
    bool has_table = comparison->table.n_rows > 0;
    json_put(object, "table", has_table ? json_text(comparison->table_name) : json_null());
    json_put(object, "outcome_printed", comparison->notes.outcome ? json_text(comparison->notes.outcome) : json_null());
    json_put(object, "is_other_outcome", has_table ? json_boolean(comparison->is_other_outcome) : json_null());
    json_put(object, "n_observations_printed",
             comparison->notes.n_observations ? whole(comparison->notes.n_observations) : json_null());
    json_put(object, "n_observations", number(behov_fit_n_observations(comparison->fit_results->fit)));
    json_put(object, "adj_r2_printed",
             comparison->notes.has_adjusted_r2 ? number(comparison->notes.adjusted_r2.value) : json_null());
    json_put(object, "adj_r2", number(behov_fit_adj_r2(comparison->fit_results->fit)));
    for (size_t i = 0; i < comparison->table.n_rows; i++)
        json_add(coefficients, match_json(comparison, &comparison->matches[i]));
    json_put(object, "coefficients", coefficients);
    json_put(object, "readings", readings_json(comparison));
    json_put(object, "ratios", comparison->printed_ratios.places.n ? ratios_json(comparison) : json_null());
    return write_json_object(path, object, err);
}
