/* printed_comparison.c - printed digits against computed ones.
 *
 * A figure is the same when it rounds to what is printed. What is not the same is told in units of the last printed
 * digit, so that a slip of rounding (1) is not taken for another result (100). Readings of the clustering are ordered
 * by the median of how far their standard errors are off, for one misprint must not decide. */
#include "printed_comparison.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "name.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the comparison with the printed table");
}

void printed_comparison_free(printed_comparison *what)
{
    printed_table_free(&what->table);
    printed_notes_free(&what->notes);
    comparison_free(&what->clusterings);
    ratio_table_free(&what->printed_ratios);
    ratio_table_free(&what->ratios);
    free(what->table_name);
    free(what->notes_name);
    free(what->ratios_name);
    free(what->matches);
    free(what->readings);
    free(what->cells);
    free(what->unknown);
    *what = (printed_comparison){0};
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 */

/* The unit that the notes give the outcome: "..., 1000 kr"; unknown when they name no kroner. */
static behov_outcome_unit printed_unit(const printed_notes *notes)
{
    const char *text = notes->outcome ? notes->outcome : "";
    if (strstr(text, "1000 kr") || strstr(text, "1 000 kr") || strstr(text, "1\u00A0000 kr"))
        return BEHOV_UNIT_1000KR_PER_INHABITANT;
    return strstr(text, " kr") ? BEHOV_UNIT_KR_PER_INHABITANT : BEHOV_UNIT_UNKNOWN;
}

static int sign_of(double value) { return (value > 0) - (value < 0); }

static int count_stars(const char *stars) { return (int)strlen(stars); }

static void match(const printed_comparison *what, const printed_row *printed, const model *names, printed_match *out)
{
    const behov_design *design = what->of->design;
    *out = (printed_match){.printed = printed,
                           .term = model_term(names, printed->term),
                           .units = NAN,
                           .in_standard_errors = NAN,
                           .error_units = NAN};
    for (size_t k = 0; k < behov_design_n_regressors(design) && !out->fitted; k++)
        if (strcmp(behov_design_regressor(design, k), out->term) == 0 && !behov_fit_is_dropped(what->of->fit, k))
            out->fitted = &what->of->coefficients[k];
    if (!out->fitted) {
        out->term = printed->term;
        return;
    }
    const behov_coefficient *c = out->fitted;
    /* 0 may have been rounded to the print: then any sign is the same */
    out->same_sign =
        behov_printed_can_be_zero(&printed->coefficient) || sign_of(c->estimate) == sign_of(printed->coefficient.value);
    out->same_stars = count_stars(c->stars) == printed->n_stars;
    if (what->is_other_outcome)
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

static behov_status measure(const printed_comparison *what, const reading *of, printed_reading *out, behov_error *err)
{
    *out = (printed_reading){.of = of, .median_off = NAN, .largest_off = NAN};
    size_t n = 0;
    double *off = malloc((what->table.n_rows + 1) * sizeof *off);
    if (!off)
        return out_of_memory(err);
    for (size_t i = 0; i < what->table.n_rows && of->vcov; i++) {
        const printed_match *one = &what->matches[i];
        if (!one->fitted)
            continue;
        size_t k = (size_t)(one->fitted - what->of->coefficients);
        double se = of->coefficients[k].se, printed = one->printed->standard_error.value;
        if (isnan(se))
            continue;
        const behov_printed *shown = &one->printed->standard_error;
        /* of one printed as 0.00: how far it lies beyond what that holds */
        off[n] = printed > 0 ? fabs(se / printed - 1) : fmax(0, se / shown->half_widest - 1);
        if (!(off[n] <= out->largest_off)) { /* the first one too, against NaN */
            out->largest_off = off[n];
            out->largest = i;
        }
        out->n_hold += behov_printed_holds(&one->printed->standard_error, se);
        n++;
    }
    if (n) {
        qsort(off, n, sizeof *off, compare_numbers);
        out->median_off = (off[(n - 1) / 2] + off[n / 2]) / 2;
    }
    free(off);
    return BEHOV_OK;
}

behov_status printed_comparison_coefficients(printed_comparison *what, const fit_choices *choices, const fitting *made,
                                             const model *names, const char *readings, behov_error *err)
{
    behov_outcome_unit printed = printed_unit(&what->notes);
    what->is_other_outcome = printed != BEHOV_UNIT_UNKNOWN && printed != what->of->of->unit;
    what->matches = calloc(what->table.n_rows + 1, sizeof *what->matches);
    if (!what->matches)
        return out_of_memory(err);
    for (size_t i = 0; i < what->table.n_rows; i++) {
        match(what, &what->table.rows[i], names, &what->matches[i]);
        what->n_unknown_terms += !what->matches[i].fitted;
    }
    if (what->is_other_outcome || !readings[0])
        return BEHOV_OK;
    behov_status status =
        comparison_of_clusters(what->of->of, choices, made, readings, BEHOV_VCOV_CV1, &what->clusterings, err);
    if (!status && !(what->readings = calloc(what->clusterings.n + 1, sizeof *what->readings)))
        status = out_of_memory(err);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < what->clusterings.n && !status; i++) {
        status = measure(what, &what->clusterings.readings[i], &what->readings[i], err);
        if (!status && !isnan(what->readings[i].median_off) &&
            (best == SIZE_MAX || what->readings[i].median_off < what->readings[best].median_off))
            best = i;
    }
    if (!status && best != SIZE_MAX)
        what->readings[best].is_best = true;
    return status;
}

/* ---- ratios --------------------------------------------------------------------------------------------------------
 */

/* The most decimals of any printed ratio: 104 has none, 99.5 one. */
static double half_of_last_decimal(const ratio_table *printed)
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
    const printed_cell *x = a, *y = b;
    double first = fabs(x->difference), second = fabs(y->difference);
    if (first != second)
        return first > second ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->year < y->year ? -1 : x->year > y->year;
}

size_t printed_comparison_n_called(const printed_comparison *what, const char *name)
{
    size_t n = 0;
    char *wanted = name_fold(name, strlen(name));
    for (size_t i = 0; wanted && i < what->ratios.places.n; i++) {
        const char *other = what->ratios.places.all[i].name;
        char *folded = name_fold(other, strlen(other));
        n += folded && name_is_meant(folded, wanted);
        free(folded);
    }
    free(wanted);
    return n;
}

behov_status printed_comparison_ratios(printed_comparison *what, behov_error *err)
{
    const ratio_table *printed = &what->printed_ratios;
    behov_status status = ratio_table_of_results(what->of, &what->ratios, err);
    if (status)
        return status;
    const ratio_table *fitted = &what->ratios;
    what->half = half_of_last_decimal(printed);
    what->cells = malloc((printed->places.n * printed->n_years + 1) * sizeof *what->cells);
    what->unknown = malloc((printed->places.n + 1) * sizeof *what->unknown);
    if (!what->cells || !what->unknown)
        return out_of_memory(err);
    for (size_t i = 0; i < printed->places.n; i++) {
        const municipality *one = &printed->places.all[i];
        size_t place = directory_position(&fitted->places, one->code, one->name);
        if (place == fitted->places.n && !one->code[0] &&
            directory_find(&fitted->places, one->name, "", &place, NULL) != BEHOV_OK)
            place = fitted->places.n;
        if (place == fitted->places.n) {
            what->unknown[what->n_unknown++] = i;
            continue;
        }
        for (size_t t = 0; t < printed->n_years; t++) {
            double shown = ratio_table_at(printed, i, t), ratio = NAN;
            size_t year = 0;
            while (year < fitted->n_years && fitted->years[year] != printed->years[t])
                year++;
            if (year < fitted->n_years)
                ratio = ratio_table_at(fitted, place, year);
            if (isnan(shown))
                continue;
            if (isnan(ratio)) {
                what->n_not_fitted++;
                continue;
            }
            what->n_compared++;
            /* a ratio of 104.5 may be printed 104 or 105: both ends are the same; the slack is of rounding to doubles
             */
            if (fabs(ratio - shown) <= what->half * (1 + 1e-12) + 4e-16 * fabs(ratio))
                what->n_equal++;
            else
                what->cells[what->n_cells++] = (printed_cell){place, year, shown, ratio, ratio - shown};
        }
    }
    if (what->n_cells > 1)
        qsort(what->cells, what->n_cells, sizeof *what->cells, compare_cells);
    return BEHOV_OK;
}
