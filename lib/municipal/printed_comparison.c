/* printed_comparison.c - printed digits against computed ones.
 *
 * A figure is the same when it rounds to what is printed. What is not the same is reported in units of the last printed
 * digit, so that a slip of rounding (1) is not taken for another result (100). Readings of the clustering are ordered
 * by the median of how far their standard errors are off, for one misprint must not decide. */
#include <behov/printed_comparison.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "name.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PRINTED_NO_MEMORY_COMPARISON);
}

void behov_printed_comparison_free(behov_printed_comparison *comparison)
{
    behov_printed_table_free(&comparison->table);
    behov_printed_notes_free(&comparison->notes);
    behov_comparison_free(&comparison->clusterings);
    behov_ratio_table_free(&comparison->printed_ratios);
    behov_ratio_table_free(&comparison->ratios);
    free(comparison->table_name);
    free(comparison->notes_name);
    free(comparison->ratios_name);
    free(comparison->matches);
    free(comparison->readings);
    free(comparison->cells);
    free(comparison->unknown_positions);
    *comparison = (behov_printed_comparison){0};
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 */

/* The unit that the notes give the outcome: "..., 1000 kr"; unknown when they name no kroner. */
static behov_outcome_unit printed_unit(const behov_printed_notes *notes)
{
    const char *text = notes->outcome ? notes->outcome : "";
    if (strstr(text, "1000 kr") || strstr(text, "1 000 kr") || strstr(text, "1\u00A0000 kr"))
        return BEHOV_UNIT_1000KR_PER_INHABITANT;
    return strstr(text, " kr") ? BEHOV_UNIT_KR_PER_INHABITANT : BEHOV_UNIT_UNKNOWN;
}

static int sign_of(double value)
{
    return (value > 0) - (value < 0);
}

static int count_stars(const char *stars)
{
    return (int)strlen(stars);
}

static void match(const behov_printed_comparison *comparison, const behov_printed_row *printed,
                  const behov_model *names, behov_printed_match *out)
{
    const behov_design *design = comparison->fit_results->design;
    *out = (behov_printed_match){.printed = printed,
                                 .term = behov_model_term(names, printed->term),
                                 .units = NAN,
                                 .in_standard_errors = NAN,
                                 .error_units = NAN};
    for (size_t k = 0; k < behov_design_n_regressors(design) && !out->fitted; k++)
        if (strcmp(behov_design_regressor(design, k), out->term) == 0 &&
            !behov_fit_is_dropped(comparison->fit_results->fit, k))
            out->fitted = &comparison->fit_results->coefficients[k];
    if (!out->fitted) {
        out->term = printed->term;
        return;
    }
    const behov_coefficient *c = out->fitted;
    /* 0 may have been rounded to the print: then any sign is the same */
    out->same_sign =
        behov_printed_can_be_zero(&printed->coefficient) || sign_of(c->estimate) == sign_of(printed->coefficient.value);
    out->same_stars = count_stars(c->stars) == printed->n_stars;
    if (comparison->is_other_outcome)
        return;
    out->units = behov_printed_units(&printed->coefficient, c->estimate);
    out->in_standard_errors = (c->estimate - printed->coefficient.value) / c->se;
    out->error_units = behov_printed_units(&printed->standard_error, c->se);
    out->holds = behov_printed_holds(&printed->coefficient, c->estimate);
    out->error_holds = behov_printed_holds(&printed->standard_error, c->se);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static behov_status measure(const behov_printed_comparison *comparison, const behov_errors_reading *errors_reading,
                            behov_printed_reading *out, behov_error *err)
{
    *out = (behov_printed_reading){.errors_reading = errors_reading, .median_off = NAN, .largest_off = NAN};
    size_t n = 0;
    double *off = malloc((comparison->table.n_rows + 1) * sizeof *off);
    if (!off)
        return out_of_memory(err);
    for (size_t i = 0; i < comparison->table.n_rows && errors_reading->vcov; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        if (!printed_match->fitted)
            continue;
        size_t k = (size_t)(printed_match->fitted - comparison->fit_results->coefficients);
        double se = errors_reading->coefficients[k].se, printed = printed_match->printed->standard_error.value;
        if (isnan(se))
            continue;
        const behov_printed *shown_printed = &printed_match->printed->standard_error;
        /* of one printed as 0.00: how far it lies beyond what that holds */
        off[n] = printed > 0 ? fabs(se / printed - 1) : fmax(0, se / shown_printed->half_widest - 1);
        if (!(off[n] <= out->largest_off)) { /* the first one too, against NaN */
            out->largest_off = off[n];
            out->largest = i;
        }
        out->n_hold += behov_printed_holds(&printed_match->printed->standard_error, se);
        n++;
    }
    if (n) {
        qsort(off, n, sizeof *off, compare_numbers);
        out->median_off = (off[(n - 1) / 2] + off[n / 2]) / 2;
    }
    free(off);
    return BEHOV_OK;
}

behov_status behov_printed_comparison_coefficients(behov_printed_comparison *comparison,
                                                   const behov_fit_choices *choices, const behov_estimation *estimation,
                                                   const behov_model *names, const char *readings, behov_error *err)
{
    behov_outcome_unit printed = printed_unit(&comparison->notes);
    comparison->is_other_outcome = printed != BEHOV_UNIT_UNKNOWN && printed != comparison->fit_results->study->unit;
    comparison->matches = calloc(comparison->table.n_rows + 1, sizeof *comparison->matches);
    if (!comparison->matches)
        return out_of_memory(err);
    for (size_t i = 0; i < comparison->table.n_rows; i++) {
        match(comparison, &comparison->table.rows[i], names, &comparison->matches[i]);
        comparison->n_unknown_terms += !comparison->matches[i].fitted;
    }
    if (comparison->is_other_outcome || !readings[0])
        return BEHOV_OK;
    behov_status status = behov_comparison_of_clusters(comparison->fit_results->study, choices, estimation, readings,
                                                       BEHOV_VCOV_CV1, &comparison->clusterings, err);
    if (!status && !(comparison->readings = calloc(comparison->clusterings.n + 1, sizeof *comparison->readings)))
        status = out_of_memory(err);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < comparison->clusterings.n && !status; i++) {
        status = measure(comparison, &comparison->clusterings.readings[i], &comparison->readings[i], err);
        if (!status && !isnan(comparison->readings[i].median_off) &&
            (best == SIZE_MAX || comparison->readings[i].median_off < comparison->readings[best].median_off))
            best = i;
    }
    if (!status && best != SIZE_MAX)
        comparison->readings[best].is_best = true;
    return status;
}

/* ---- ratios --------------------------------------------------------------------------------------------------------
 */

/* The most decimals of any printed ratio: 104 has none, 99.5 one. */
static double half_of_last_decimal(const behov_ratio_table *printed)
{
    int most = 0;
    for (size_t i = 0; i < printed->places.n * printed->n_years; i++) {
        char text[BEHOV_NUMBER_SIZE];
        if (isnan(printed->ratios[i]))
            continue;
        behov_number_shortest(printed->ratios[i], text);
        const char *point = strchr(text, '.');
        int decimals = point && !strchr(text, 'e') ? (int)strlen(point + 1) : 0;
        most = decimals > most ? decimals : most;
    }
    return 0.5 * pow(10, -most);
}

static int compare_cells(const void *a, const void *b)
{
    const behov_printed_cell *x = a, *y = b;
    double first = fabs(x->difference), second = fabs(y->difference);
    if (first != second)
        return first > second ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->year < y->year ? -1 : x->year > y->year;
}

size_t behov_printed_comparison_n_called(const behov_printed_comparison *comparison, const char *name)
{
    size_t n = 0;
    char *folded_name = behov_name_fold(name, strlen(name));
    for (size_t i = 0; folded_name && i < comparison->ratios.places.n; i++) {
        const char *other = comparison->ratios.places.all[i].name;
        char *folded_text = behov_name_fold(other, strlen(other));
        n += folded_text && behov_name_is_meant(folded_text, folded_name);
        free(folded_text);
    }
    free(folded_name);
    return n;
}

behov_status behov_printed_comparison_ratios(behov_printed_comparison *comparison, behov_error *err)
{
    const behov_ratio_table *printed = &comparison->printed_ratios;
    behov_status status = behov_ratio_table_of_results(comparison->fit_results, &comparison->ratios, err);
    if (status)
        return status;
    const behov_ratio_table *fitted = &comparison->ratios;
    comparison->half = half_of_last_decimal(printed);
    comparison->cells = malloc((printed->places.n * printed->n_years + 1) * sizeof *comparison->cells);
    comparison->unknown_positions = malloc((printed->places.n + 1) * sizeof *comparison->unknown_positions);
    if (!comparison->cells || !comparison->unknown_positions)
        return out_of_memory(err);
    for (size_t i = 0; i < printed->places.n; i++) {
        const behov_municipality *municipality = &printed->places.all[i];
        size_t place = behov_municipality_list_position(&fitted->places, municipality->code, municipality->name);
        if (place == fitted->places.n && !municipality->code[0] &&
            behov_municipality_list_find(&fitted->places, municipality->name, "", &place, NULL) != BEHOV_OK)
            place = fitted->places.n;
        if (place == fitted->places.n) {
            comparison->unknown_positions[comparison->n_unknown++] = i;
            continue;
        }
        for (size_t t = 0; t < printed->n_years; t++) {
            double shown_value = behov_ratio_table_at(printed, i, t), ratio = NAN;
            size_t year = 0;
            while (year < fitted->n_years && fitted->years[year] != printed->years[t])
                year++;
            if (year < fitted->n_years)
                ratio = behov_ratio_table_at(fitted, place, year);
            if (isnan(shown_value))
                continue;
            if (isnan(ratio)) {
                comparison->n_not_fitted++;
                continue;
            }
            comparison->n_compared++;
            /* a ratio of 104.5 may be printed 104 or 105: both ends are the same; the slack is of rounding to doubles
             */
            if (fabs(ratio - shown_value) <= comparison->half * (1 + 1e-12) + 4e-16 * fabs(ratio))
                comparison->n_equal++;
            else
                comparison->cells[comparison->n_cells++] =
                    (behov_printed_cell){place, year, shown_value, ratio, ratio - shown_value};
        }
    }
    if (comparison->n_cells > 1)
        qsort(comparison->cells, comparison->n_cells, sizeof *comparison->cells, compare_cells);
    return BEHOV_OK;
}

void behov_printed_comparison_default_readings(const behov_panel *panel, char text[200])
{
    bool has_population = panel->columns[BEHOV_ROLE_POPULATION] >= 0, has_code = panel->columns[BEHOV_ROLE_CODE] >= 0;
    snprintf(text, 200, "%s%s%s%s", has_population ? "population" : "", has_population && has_code ? ", " : "",
             has_code ? "municipality_code" : "",
             has_population ? ", cut(population, 2000, 5000, 10000, 20000, 50000)" : "");
}
