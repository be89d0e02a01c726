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

static behov_language language_of(const printed_comparison *what) { return what->of->of->lang; }

static const char *count(behov_language lang, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return format_cell(BEHOV_Q_COUNT, (double)n, lang, text);
}

static const char *per_cent(behov_language lang, double share, char text[BEHOV_NUMBER_SIZE])
{
    double shown = 100 * share;
    behov_number_fixed(shown, shown < 10 ? 1 : 0, label_decimal_mark(lang), label_group_mark(lang), 4, text);
    return text;
}

/* ---- sentences -----------------------------------------------------------------------------------------------------
 */

typedef struct tally {
    size_t n, holds, errors, stars, signs;
} tally;

static tally add_up(const printed_comparison *what)
{
    tally sum = {0};
    for (size_t i = 0; i < what->table.n_rows; i++) {
        const printed_match *one = &what->matches[i];
        if (!one->fitted)
            continue;
        sum.n++;
        sum.holds += one->holds;
        sum.errors += one->error_holds;
        sum.stars += one->same_stars;
        sum.signs += one->same_sign;
    }
    return sum;
}

static void coefficients_answer(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    tally sum = add_up(what);
    char n[BEHOV_NUMBER_SIZE], holds[BEHOV_NUMBER_SIZE], errors[BEHOV_NUMBER_SIZE], stars[BEHOV_NUMBER_SIZE],
        signs[BEHOV_NUMBER_SIZE];
    char outcome[STUDY_TERM + 60];
    behov_outcome_unit unit = what->of->of->unit;
    study_term_in_sentence(what->of->of, behov_formula_outcome_name(what->of->of->formula), outcome);
    if (unit != BEHOV_UNIT_UNKNOWN)
        snprintf(outcome + strlen(outcome), sizeof outcome - strlen(outcome), ", %s",
                 label(lang, unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "unit_1000kr_per_inhabitant"
                                                                      : "unit_kr_per_inhabitant"));
    label_fill(lang, what->is_other_outcome ? "compare_other_outcome" : "compare_coefficients", text, COMPARE_SENTENCE,
               "n", count(lang, sum.n, n), "holds", count(lang, sum.holds, holds), "errors",
               count(lang, sum.errors, errors), "stars", count(lang, sum.stars, stars), "signs",
               count(lang, sum.signs, signs), "table", what->table_name, "printed",
               what->notes.outcome ? what->notes.outcome : "", "outcome", outcome, NULL);
}

/* "upper_secondary_completion (standard error 0.029 printed, 0.00290 fitted)", of all that are not the same */
static bool differences(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    enum { MOST_NAMED = 4 };
    char list[COMPARE_SENTENCE - 200] = "", number[BEHOV_NUMBER_SIZE];
    size_t length = 0, n = 0;
    for (size_t i = 0; i < what->table.n_rows && !what->is_other_outcome; i++) {
        const printed_match *one = &what->matches[i];
        if (!one->fitted || (one->holds && one->error_holds && one->same_stars) || ++n > MOST_NAMED)
            continue;
        char part[240 + STUDY_TERM], term[STUDY_TERM], printed[BEHOV_NUMBER_SIZE], fitted[BEHOV_NUMBER_SIZE];
        bool of_error = one->holds && !one->error_holds;
        const behov_printed *shown = of_error ? &one->printed->standard_error : &one->printed->coefficient;
        behov_printed_text(shown, label_decimal_mark(lang), printed);
        format_minus(printed);
        format_cell(BEHOV_Q_COEFFICIENT, of_error ? one->fitted->se : one->fitted->estimate, lang, fitted);
        label_fill(lang,
                   of_error     ? "compare_error_differs"
                   : one->holds ? "compare_stars_differ"
                                : "compare_differs",
                   part, sizeof part, "term", study_term_in_sentence(what->of->of, one->term, term), "printed", printed,
                   "fitted", fitted, "stars_printed",
                   &"***"[3 - (one->printed->n_stars < 3 ? one->printed->n_stars : 3)], "stars", one->fitted->stars,
                   NULL);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", length ? "; " : "", part);
    }
    bool is_cut = n > MOST_NAMED;
    label_fill(lang, is_cut ? "compare_differences_more" : "compare_differences", text, COMPARE_SENTENCE, "list", list,
               "n", count(lang, is_cut ? n - MOST_NAMED : 0, number), NULL);
    return n > 0;
}

static bool sample_differs(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    const printed_notes *notes = &what->notes;
    double n = behov_fit_n_observations(what->of->fit), adj_r2 = behov_fit_adj_r2(what->of->fit);
    if (!notes->n_observations && !notes->has_adjusted_r2)
        return false;
    char printed_n[BEHOV_NUMBER_SIZE] = "–", fitted_n[BEHOV_NUMBER_SIZE], printed_r2[BEHOV_NUMBER_SIZE] = "–",
         fitted_r2[BEHOV_NUMBER_SIZE];
    if (notes->n_observations)
        count(lang, notes->n_observations, printed_n);
    if (notes->has_adjusted_r2)
        behov_printed_text(&notes->adjusted_r2, label_decimal_mark(lang), printed_r2);
    format_minus(printed_r2);
    format_cell(BEHOV_Q_COUNT, n, lang, fitted_n);
    behov_number_fixed(adj_r2, 3, label_decimal_mark(lang), "", 4, fitted_r2);
    format_minus(fitted_r2);
    bool same = (!notes->n_observations || n == (double)notes->n_observations) &&
                (!notes->has_adjusted_r2 || what->is_other_outcome || behov_printed_holds(&notes->adjusted_r2, adj_r2));
    label_fill(lang, same ? "compare_same_sample" : "compare_other_sample", text, COMPARE_SENTENCE, "printed_n",
               printed_n, "n", fitted_n, "printed_r2", printed_r2, "r2", fitted_r2, NULL);
    return true;
}

static bool best_reading(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    const printed_reading *best = NULL;
    for (size_t i = 0; i < what->clusterings.n && what->readings; i++)
        best = what->readings[i].is_best ? &what->readings[i] : best;
    if (!best)
        return false;
    char off[BEHOV_NUMBER_SIZE], others[600] = "", one[BEHOV_NUMBER_SIZE];
    for (size_t i = 0; i < what->clusterings.n; i++) {
        const printed_reading *other = &what->readings[i];
        char item[700];
        if (other == best || isnan(other->median_off))
            continue;
        snprintf(item, sizeof item, "%s %s %%", behov_cut(other->of->cluster, 100).text,
                 per_cent(lang, other->median_off, one));
        label_list(others, sizeof others, item);
    }
    label_fill(lang, others[0] ? "compare_best_reading" : "compare_one_reading", text, COMPARE_SENTENCE, "cluster",
               best->of->cluster, "off", per_cent(lang, best->median_off, off), "others", others, NULL);
    return true;
}

static void ratios_answer(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    char compared[BEHOV_NUMBER_SIZE], equal[BEHOV_NUMBER_SIZE],
        largest[BEHOV_NUMBER_SIZE] = "", printed[BEHOV_NUMBER_SIZE], ratio[BEHOV_NUMBER_SIZE], place[200] = "",
        year[16] = "";
    if (what->n_cells) {
        const printed_cell *most = &what->cells[0];
        const municipality *one = &what->ratios.places.all[most->place];
        directory_name(one, place, sizeof place);
        snprintf(year, sizeof year, "%d", what->ratios.years[most->year]);
        format_cell(BEHOV_Q_RATIO, most->printed, lang, printed);
        format_cell(BEHOV_Q_RATIO, most->ratio, lang, ratio);
        format_cell(BEHOV_Q_INDEX, most->difference, lang, largest);
    }
    label_fill(lang,
               what->n_compared == 0 ? "compare_ratios_none"
               : what->n_cells       ? "compare_ratios_differ"
                                     : "compare_ratios_equal",
               text, COMPARE_SENTENCE, "n",
               count(lang, what->n_compared, compared), "equal", count(lang, what->n_equal, equal), "table",
               what->ratios_name, "place", place, "year", year, "printed", printed, "ratio", ratio, NULL);
}

static void unknown_places(const printed_comparison *what, char text[COMPARE_SENTENCE])
{
    enum { MOST = 8 };
    behov_language lang = language_of(what);
    char names[1200] = "", n[BEHOV_NUMBER_SIZE];
    size_t length = 0;
    for (size_t i = 0; i < what->n_unknown && i < MOST; i++) {
        const municipality *one = &what->printed_ratios.places.all[what->unknown[i]];
        char name[64];
        bool is_double = !one->code[0] && printed_comparison_n_called(what, one->name) > 1;
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s%s%s%s", i ? ", " : "",
                                   directory_name(one, name, sizeof name), is_double ? " (" : "",
                                   is_double ? label(lang, "compare_name_is_double") : "", is_double ? ")" : "");
    }
    label_fill(lang, "compare_unknown_places", text, COMPARE_SENTENCE, "n", count(lang, what->n_unknown, n), "names",
               names, NULL);
}

bool compare_answer(const printed_comparison *what, size_t wanted, char text[COMPARE_SENTENCE])
{
    behov_language lang = language_of(what);
    size_t at = 0;
    char number[BEHOV_NUMBER_SIZE];
    if (what->of->of->is_bundled) {
        snprintf(text, COMPARE_SENTENCE, "%s", label(lang, "compare_by_construction"));
        if (at++ == wanted)
            return true;
    }
    if (what->table.n_rows) {
        coefficients_answer(what, text);
        if (at++ == wanted)
            return true;
        if (differences(what, text) && at++ == wanted)
            return true;
        if (sample_differs(what, text) && at++ == wanted)
            return true;
        if (best_reading(what, text) && at++ == wanted)
            return true;
    }
    if (what->printed_ratios.places.n) {
        ratios_answer(what, text);
        if (at++ == wanted)
            return true;
        if (what->n_not_fitted) {
            label_fill(lang, "compare_not_fitted", text, COMPARE_SENTENCE, "n", count(lang, what->n_not_fitted, number),
                       NULL);
            if (at++ == wanted)
                return true;
        }
        if (what->n_unknown) {
            unknown_places(what, text);
            if (at++ == wanted)
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

static behov_status set_term(const printed_comparison *what, size_t i, behov_report *report, behov_error *err)
{
    const behov_study *names = what->of->of;
    const char *term = what->matches[i].term;
    behov_status status = behov_report_set_text(report, 0, i, model_label(&names->model, names->lang, term), err);
    return !status ? behov_report_set_text(report, 1, i, term, err) : status;
}

static behov_status set_row(const printed_comparison *what, size_t i, behov_report *report, behov_error *err)
{
    enum { PRINTED_STARS = 3, FITTED_STARS = 5, AGREES = 8, SAME_SIGN = 9, SAME_STARS = 10 };
    behov_language lang = language_of(what);
    const printed_match *one = &what->matches[i];
    char stars[BEHOV_LEGEND_MARKS + 1] = "";
    for (int s = 0; s < one->printed->n_stars && s < BEHOV_LEGEND_MARKS; s++)
        strcat(stars, "*");
    behov_status status = set_term(what, i, report, err);
    if (!status)
        status = behov_report_set_text(report, PRINTED_STARS, i, stars, err);
    if (!status && !one->fitted)
        return behov_report_set_text(report, AGREES, i, label(lang, "not_in_model"), err);
    if (!status)
        status = behov_report_set_text(report, FITTED_STARS, i, one->fitted->stars, err);
    if (!status && !what->is_other_outcome)
        status = behov_report_set_text(report, AGREES, i, label(lang, one->holds ? "yes" : "no"), err);
    if (!status)
        status = behov_report_set_text(report, SAME_SIGN, i, label(lang, one->same_sign ? "yes" : "no"), err);
    if (!status)
        status = behov_report_set_text(report, SAME_STARS, i, label(lang, one->same_stars ? "yes" : "no"), err);
    return status;
}

behov_status compare_coefficients(const printed_comparison *what, behov_report **out, behov_error *err)
{
    size_t n = what->table.n_rows;
    double *printed = numbers(n), *fitted = numbers(n), *units = numbers(n), *in_errors = numbers(n);
    for (size_t i = 0; printed && fitted && units && in_errors && i < n; i++) {
        const printed_match *one = &what->matches[i];
        printed[i] = one->printed->coefficient.value;
        fitted[i] = one->fitted ? one->fitted->estimate : NAN;
        units[i] = one->units;
        in_errors[i] = one->in_standard_errors;
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
        status = set_row(what, i, report, err);
    return finish(status, report, out);
}

/* Printed standard errors, and those of each reading. */
static behov_status errors_table(const printed_comparison *what, behov_report **out, behov_error *err)
{
    size_t n = what->table.n_rows;
    behov_report *report = NULL;
    behov_status status = behov_report_new("compared_errors", n, NULL, &report, err);
    if (!status)
        status = add_term_columns(report, err);
    double *printed = status ? NULL : numbers(n);
    for (size_t i = 0; printed && i < n; i++)
        printed[i] = what->table.rows[i].standard_error.value;
    if (!status)
        status = add_numbers(report, "printed", NULL, BEHOV_Q_VALUE, printed, err);
    for (size_t i = 0; i < n && !status; i++)
        status = set_term(what, i, report, err);
    for (size_t r = 0; r < what->clusterings.n && !status; r++) {
        char key[48], heading[24];
        snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)r + 1);
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)r + 1);
        double *values = numbers(n);
        for (size_t i = 0; values && i < n; i++)
            if (what->matches[i].fitted && what->clusterings.readings[r].vcov)
                values[i] =
                    what->clusterings.readings[r].coefficients[what->matches[i].fitted - what->of->coefficients].se;
        status = add_numbers(report, key, heading, BEHOV_Q_STANDARD_ERROR, values, err);
    }
    return finish(status, report, out);
}

static behov_status readings_table(const printed_comparison *what, behov_report **out, behov_error *err)
{
    size_t n = what->clusterings.n;
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
            const printed_reading *one = &what->readings[r];
            columns[j][r] = !one->of->vcov && j < 2 ? NAN /* as of a single cluster: no errors, so none that hold */
                            : j == 0   ? (double)one->of->n_clusters
                            : j == 1 ? (double)one->n_hold
                            : j == 2 ? 100 * one->median_off
                                     : 100 * one->largest_off;
        }
        status = add_numbers(report, heads[j].key, NULL, heads[j].quantity, columns[j], err);
    }
    if (!status)
        status = add_texts(report, "largest_off_term", NULL, BEHOV_Q_TEXT, err);
    for (size_t r = 0; r < n && !status; r++) {
        char text[500];
        snprintf(text, sizeof text, "[%lu] %s%s%s", (unsigned long)r + 1,
                 behov_cut(what->readings[r].of->cluster, 250).text, what->readings[r].of->vcov ? "" : " – ",
                 what->readings[r].of->vcov ? "" : label(language_of(what), "reading_not_computed"));
        status = behov_report_set_text(report, 0, r, text, err);
        if (!status && what->readings[r].is_best)
            status = behov_report_set_strong(report, 0, r, err);
        char term[STUDY_TERM];
        if (!status && !isnan(what->readings[r].largest_off))
            status = behov_report_set_text(
                report, 5, r, study_term_in_sentence(what->of->of, what->matches[what->readings[r].largest].term, term),
                err);
    }
    return finish(status, report, out);
}

behov_status compare_ratios(const printed_comparison *what, size_t n_most, behov_report **out, behov_error *err)
{
    size_t n = n_most && n_most < what->n_cells ? n_most : what->n_cells;
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
            const printed_cell *cell = &what->cells[i];
            values[i] = j == 0   ? what->ratios.years[cell->year]
                        : j == 1 ? cell->printed
                        : j == 2 ? cell->ratio
                                 : cell->difference;
        }
        status = add_numbers(report, heads[j].key, NULL, heads[j].quantity, values, err);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const municipality *one = &what->ratios.places.all[what->cells[i].place];
        status = behov_report_set_text(report, 0, i, one->code, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, one->name, err);
    }
    return finish(status, report, out);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status add_section(const printed_comparison *what, const char *sheet, const char *title,
                                const char *subtitle, size_t n_frozen, behov_report *table, section_list *list,
                                behov_error *err)
{
    behov_language lang = language_of(what);
    char words[300];
    snprintf(words, sizeof words, "%s", label(lang, title));
    study_mark_title(what->of->of, words, sizeof words);
    return section_list_add(list,
                            (section){.name = label(lang, sheet),
                                      .title = words,
                                      .subtitle = subtitle,
                                      .table_name = label(lang, sheet),
                                      .n_frozen_columns = n_frozen,
                                      .landscape = true},
                            table, err);
}

static behov_status add_coefficients(const printed_comparison *what, section_list *list, behov_error *err)
{
    behov_language lang = language_of(what);
    char text[COMPARE_SENTENCE];
    behov_report *table = NULL;
    coefficients_answer(what, text);
    behov_status status = compare_coefficients(what, &table, err);
    if (!status)
        status = add_section(what, "sheet_compared", "title_compared", text, 2, table, list, err);
    if (!status && !what->is_other_outcome)
        status = section_list_note(list, label(lang, "compared_explained"), err);
    if (!status)
        status = remarks_add_errors(list, what->of, err);
    if (!status && sample_differs(what, text))
        status = section_list_note(list, text, err);
    if (!status)
        status = section_list_note(list, label(lang, "stars_explained"), err);
    return status;
}

static behov_status add_readings(const printed_comparison *what, section_list *list, behov_error *err)
{
    behov_language lang = language_of(what);
    char text[COMPARE_SENTENCE] = "";
    behov_report *table = NULL;
    best_reading(what, text);
    behov_status status = readings_table(what, &table, err);
    if (!status)
        status = add_section(what, "sheet_readings", "title_readings", text, 1, table, list, err);
    if (!status)
        status = section_list_note(list, label(lang, "readings_explained"), err);
    table = NULL;
    if (!status)
        status = errors_table(what, &table, err);
    if (!status)
        status = add_section(what, "sheet_compared_errors", "title_compared_errors",
                             label(lang, "subtitle_compared_errors"), 1, table, list, err);
    return status;
}

static behov_status add_ratios(const printed_comparison *what, size_t n_most, section_list *list, behov_error *err)
{
    char text[COMPARE_SENTENCE], number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_language lang = language_of(what);
    behov_report *table = NULL;
    ratios_answer(what, text);
    behov_status status = compare_ratios(what, n_most, &table, err);
    if (!status)
        status = add_section(what, "sheet_compared_ratios", "title_compared_ratios", text, 2, table, list, err);
    if (!status && n_most && n_most < what->n_cells) {
        label_fill(lang, "compare_first_of", text, sizeof text, "n", count(lang, n_most, number), "all",
                   count(lang, what->n_cells, all), NULL);
        status = section_list_note(list, text, err);
    }
    return status;
}

behov_status compare_add(const printed_comparison *what, size_t n_most, section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (what->table.n_rows)
        status = add_coefficients(what, list, err);
    if (!status && what->readings && what->clusterings.n)
        status = add_readings(what, list, err);
    if (!status && what->n_cells)
        status = add_ratios(what, n_most, list, err);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return json_figure(value); }

static json_t *whole(size_t value) { return json_integer((json_int_t)value); }

static json_t *match_json(const printed_comparison *what, const printed_match *one)
{
    char text[BEHOV_NUMBER_SIZE];
    char stars[BEHOV_LEGEND_MARKS + 1] = "";
    for (int s = 0; s < one->printed->n_stars && s < BEHOV_LEGEND_MARKS; s++)
        strcat(stars, "*");
    bool is_there = one->fitted != NULL, has_sizes = is_there && !what->is_other_outcome;
    json_t *object = json_object();
    json_put(object, "term", is_there ? json_text(one->term) : json_null());
    json_put(object, "printed_term", json_text(one->printed->term));
    json_put(object, "line", whole(one->printed->line));
    behov_printed_text(&one->printed->coefficient, '.', text);
    json_put(object, "coefficient_printed", json_text(text));
    json_put(object, "estimate", is_there ? number(one->fitted->estimate) : json_null());
    json_put(object, "difference_in_last_digit", number(one->units));
    json_put(object, "difference_in_se", number(one->in_standard_errors));
    json_put(object, "prints_the_same", has_sizes ? json_boolean(one->holds) : json_null());
    json_put(object, "same_sign", is_there ? json_boolean(one->same_sign) : json_null());
    json_put(object, "stars_printed", json_text(stars));
    json_put(object, "stars", is_there ? json_text(one->fitted->stars) : json_null());
    json_put(object, "same_stars", is_there ? json_boolean(one->same_stars) : json_null());
    behov_printed_text(&one->printed->standard_error, '.', text);
    json_put(object, "se_printed", json_text(text));
    json_put(object, "se", is_there ? number(one->fitted->se) : json_null());
    json_put(object, "se_difference_in_last_digit", number(one->error_units));
    json_put(object, "se_prints_the_same", has_sizes ? json_boolean(one->error_holds) : json_null());
    return object;
}

static json_t *readings_json(const printed_comparison *what)
{
    json_t *list = json_array();
    for (size_t r = 0; r < what->clusterings.n && what->readings; r++) {
        const printed_reading *one = &what->readings[r];
        json_t *object = json_object(), *errors = json_array();
        json_put(object, "cluster", json_text(one->of->cluster));
        json_put(object, "n_clusters", whole(one->of->n_clusters));
        json_put(object, "median_off", number(one->median_off));
        json_put(object, "largest_off", number(one->largest_off));
        json_put(object, "largest_off_term",
                 isnan(one->largest_off) ? json_null() : json_text(what->matches[one->largest].term));
        json_put(object, "n_print_the_same", whole(one->n_hold));
        json_put(object, "is_best", json_boolean(one->is_best));
        json_put(object, "why_not", one->of->vcov ? json_null() : json_text(one->of->why.what));
        for (size_t i = 0; i < what->table.n_rows; i++) {
            const printed_match *match = &what->matches[i];
            json_add(errors, match->fitted && one->of->vcov
                                 ? number(one->of->coefficients[match->fitted - what->of->coefficients].se)
                                 : json_null());
        }
        json_put(object, "se", errors);
        json_add(list, object);
    }
    return list;
}

static json_t *ratios_json(const printed_comparison *what)
{
    json_t *object = json_object(), *cells = json_array(), *unknown = json_array();
    json_put(object, "table", json_text(what->ratios_name));
    json_put(object, "n_compared", whole(what->n_compared));
    json_put(object, "n_equal", whole(what->n_equal));
    json_put(object, "n_differ", whole(what->n_cells));
    json_put(object, "n_not_fitted", whole(what->n_not_fitted));
    for (size_t i = 0; i < what->n_cells; i++) {
        const printed_cell *cell = &what->cells[i];
        json_t *one = json_object();
        json_put(one, "municipality_code", json_text(what->ratios.places.all[cell->place].code));
        json_put(one, "municipality", json_text(what->ratios.places.all[cell->place].name));
        json_put(one, "year", json_integer(what->ratios.years[cell->year]));
        json_put(one, "printed", number(cell->printed));
        json_put(one, "ratio", number(cell->ratio));
        json_put(one, "difference", number(cell->difference));
        json_add(cells, one);
    }
    for (size_t i = 0; i < what->n_unknown; i++) {
        const municipality *one = &what->printed_ratios.places.all[what->unknown[i]];
        json_add(unknown, json_text(one->code[0] ? one->code : one->name));
    }
    json_put(object, "differences", cells);
    json_put(object, "unknown_municipalities", unknown);
    return object;
}

behov_status compare_json(const printed_comparison *what, const char *path, behov_error *err)
{
    json_t *object = json_object(), *coefficients = json_array();
    write_json_common(object, what->of);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(what->of->vcov))));
    json_put(object, "cluster", what->of->cluster ? json_text(what->of->cluster) : json_null());
    bool has_table = what->table.n_rows > 0;
    json_put(object, "table", has_table ? json_text(what->table_name) : json_null());
    json_put(object, "outcome_printed", what->notes.outcome ? json_text(what->notes.outcome) : json_null());
    json_put(object, "is_other_outcome", has_table ? json_boolean(what->is_other_outcome) : json_null());
    json_put(object, "n_observations_printed",
             what->notes.n_observations ? whole(what->notes.n_observations) : json_null());
    json_put(object, "n_observations", number(behov_fit_n_observations(what->of->fit)));
    json_put(object, "adj_r2_printed",
             what->notes.has_adjusted_r2 ? number(what->notes.adjusted_r2.value) : json_null());
    json_put(object, "adj_r2", number(behov_fit_adj_r2(what->of->fit)));
    for (size_t i = 0; i < what->table.n_rows; i++)
        json_add(coefficients, match_json(what, &what->matches[i]));
    json_put(object, "coefficients", coefficients);
    json_put(object, "readings", readings_json(what));
    json_put(object, "ratios", what->printed_ratios.places.n ? ratios_json(what) : json_null());
    return write_json_object(path, object, err);
}
