/* profile.c - from a fit to profiles of municipalities. Drivers: behov/driver.h; lasting levels: behov/shrink.h;
 * places: ranking.c, by ratio with the years pooled, whatever year the page is about.
 *
 * Without population the means are those of the municipalities, each counted once. */
#include "profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTRY, GROUP, NO_TERM = -1 };

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
}

void profiles_free(profiles *of)
{
    for (size_t i = 0; of->all && i < of->n; i++)
        free(of->all[i].years), free(of->all[i].order), free(of->all[i].figures);
    free(of->all);
    free(of->terms);
    behov_drivers_free(of->drivers[COUNTRY]);
    behov_drivers_free(of->drivers[GROUP]);
    ranking_free(&of->country);
    ranking_free(&of->group);
}

/* ---- drivers -------------------------------------------------------------------------------------------------------
 */

static behov_status make_drivers(profiles *of, behov_error *err)
{
    const results *result = of->of;
    const behov_panel *panel = &result->of->panel;
    size_t n = behov_table_n_rows(panel->table);
    double *populations = calloc(n + 1, sizeof *populations);
    uint32_t *group_of = calloc(n + 1, sizeof *group_of);
    behov_status status = populations && group_of ? BEHOV_OK : out_of_memory(err);
    for (size_t row = 0; row < n && !status; row++) {
        populations[row] = behov_panel_population(panel, row);
        size_t place =
            directory_position(&of->country.places, behov_panel_code(panel, row), behov_panel_municipality(panel, row));
        int group = of->has_group && place < of->country.places.n ? of->group.by.of[place] : NO_GROUP;
        group_of[row] = group == NO_GROUP ? BEHOV_NO_GROUP : (uint32_t)group;
    }
    const double *coefficients = behov_fit_coefficients(result->fit),
                 *weights = of->has_population ? populations : NULL;
    if (!status)
        status = behov_drivers_new(result->design, panel, coefficients, result->need,
                                   &(behov_drivers_options){.weights = weights}, &of->drivers[COUNTRY], err);
    if (!status && of->has_group)
        status = behov_drivers_new(
            result->design, panel, coefficients, result->need,
            &(behov_drivers_options){.weights = weights, .groups = group_of, .n_groups = of->group.by.n},
            &of->drivers[GROUP], err);
    free(populations), free(group_of);
    return status;
}

/* Terms in the order of the regressors; term_of[k] = NO_TERM for one that drops out within every year. */
static behov_status find_terms(profiles *of, int *term_of, behov_error *err)
{
    const results *result = of->of;
    size_t n = behov_fit_n_regressors(result->fit);
    if (!(of->terms = calloc(n + 1, sizeof *of->terms)))
        return out_of_memory(err);
    for (size_t k = 0; k < n; k++) {
        term_of[k] = NO_TERM;
        if (behov_fit_is_dropped(result->fit, k) || !behov_drivers_varies(of->drivers[COUNTRY], k))
            continue;
        const char *name = model_label(&result->of->model, result->of->lang, behov_design_regressor(result->design, k));
        size_t at = 0;
        while (at < of->n_terms && strcmp(of->terms[at].label, name) != 0)
            at++;
        if (at == of->n_terms)
            of->terms[of->n_terms++] = (profile_term){.label = name, .regressor = k};
        of->terms[at].n_regressors++;
        term_of[k] = (int)at;
    }
    return BEHOV_OK;
}

static void add_drivers(const profiles *of, const int *term_of, size_t which, size_t row, size_t group, double *each,
                        profile_year *to)
{
    size_t n = behov_fit_n_regressors(of->of->fit);
    to->sums[which] = behov_drivers_of_row(of->drivers[which], row, group, each, which == COUNTRY ? to->average : NULL);
    to->means[which] = behov_drivers_mean_need(of->drivers[which], row, group);
    for (size_t j = 0; j < of->n_terms; j++)
        to->drivers[which][j] = 0;
    for (size_t k = 0; k < n; k++)
        if (term_of[k] != NO_TERM)
            to->drivers[which][term_of[k]] += each[k];
}

/* ---- years ---------------------------------------------------------------------------------------------------------
 */

typedef struct working {
    int *term_of;
    double *each, *kept, *vcov; /* K, its columns with a coefficient, their covariance */
    size_t n_kept;
} working;

static void clear(const profiles *of, profile_year *one, int year)
{
    const behov_interval none = {NAN, NAN};
    double *drivers[] = {one->drivers[COUNTRY], one->drivers[GROUP]}, *values = one->values, *average = one->average;
    *one = (profile_year){.year = year,
                          .note = BEHOV_NOTE_LEFT_OUT,
                          .population = NAN,
                          .actual = NAN,
                          .need = NAN,
                          .index = NAN,
                          .ratio = NAN,
                          .gap = NAN,
                          .gap_1000kr = NAN,
                          .ratio_interval = none,
                          .lasting = {NAN, none, NAN},
                          .actual_change = NAN,
                          .need_change = NAN,
                          .gap_change = NAN,
                          .ratio_change = NAN,
                          .ratio_by_actual = NAN,
                          .ratio_by_need = NAN,
                          .means = {NAN, NAN},
                          .sums = {NAN, NAN},
                          .drivers = {drivers[COUNTRY], drivers[GROUP]},
                          .values = values,
                          .average = average};
    for (size_t j = 0; j < of->n_terms; j++)
        one->drivers[COUNTRY][j] = one->drivers[GROUP][j] = NAN;
    for (size_t k = 0; k < behov_fit_n_regressors(of->of->fit); k++)
        values[k] = average[k] = NAN;
}

static void fill_year(const profiles *of, const working *with, size_t place, size_t row, profile_year *one)
{
    const results *result = of->of;
    const behov_need *need = result->need;
    uint32_t at = (uint32_t)row;
    one->population = behov_panel_population(&result->of->panel, row);
    one->note = behov_need_note_of(need, row);
    one->need = behov_need_need(need)[row];
    one->has_need = !isnan(one->need);
    one->is_estimated = behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
    if (!one->has_need)
        return;
    one->actual = behov_need_actual(need)[row];
    one->index = behov_need_index(need)[row];
    one->ratio = behov_need_ratio(need)[row];
    one->gap = one->actual - one->need;
    one->gap_1000kr = behov_need_gap_is_1000kr(need) ? behov_need_gap(need)[row] : NAN;
    behov_design_fill(result->design, &at, 1, one->values, behov_fit_n_regressors(result->fit), NULL);
    for (size_t k = 0, i = 0; k < behov_fit_n_regressors(result->fit); k++)
        if (!behov_fit_is_dropped(result->fit, k))
            with->kept[i++] = one->values[k];
    if (one->need > result->floor) {
        one->ratio_interval = behov_ratio_interval(
            one->actual, behov_level_interval(one->need, behov_level_variance(with->vcov, with->kept, with->n_kept),
                                              behov_vcov_dof(result->vcov), of->choices.level));
        one->lasting = behov_shrink_ratio(of->country.shrink, place, one->need, with->kept, of->choices.level);
    }
    add_drivers(of, with->term_of, COUNTRY, row, 0, with->each, one);
    if (of->has_group && of->group.by.of[place] != NO_GROUP)
        add_drivers(of, with->term_of, GROUP, row, (size_t)of->group.by.of[place], with->each, one);
}

static void compare(const profile_year *before, profile_year *one)
{
    double y0 = before->actual, y1 = one->actual, n0 = before->need, n1 = one->need;
    one->actual_change = y1 - y0;
    one->need_change = n1 - n0;
    one->gap_change = one->gap - before->gap;
    one->ratio_change = one->ratio - before->ratio;
    if (isnan(one->ratio_change))
        return;
    one->ratio_by_actual = 100 * (y1 - y0) * (1 / n1 + 1 / n0) / 2;
    one->ratio_by_need = 100 * (1 / n1 - 1 / n0) * (y1 + y0) / 2;
}

/* The position of the year that the page is about. */
static behov_status find_year(const profiles *of, profile *one, behov_error *err)
{
    const municipality *place = &of->country.places.all[one->place];
    char where[160], years[120] = "";
    bool is_found = false;
    size_t length = 0;
    for (size_t t = 0; t < of->n_years; t++) {
        if (!one->years[t].has_need)
            continue;
        if (length + 8 < sizeof years)
            length +=
                (size_t)snprintf(years + length, sizeof years - length, "%s%d", length ? ", " : "", one->years[t].year);
        if (of->choices.year && one->years[t].year != of->choices.year)
            continue;
        one->at = t;
        is_found = true;
    }
    if (is_found)
        return BEHOV_OK;
    snprintf(where, sizeof where, "municipality %.40s%s%.100s", place->code, place->code[0] ? " " : "", place->name);
    if (!length)
        return behov_error_set(err, BEHOV_E_DATA, where,
                               "no year has a need: a regressor is missing, or its rows are left out by a condition");
    return behov_error_set(err, BEHOV_E_DATA, where, "there is no need in %d; choose among %s with --year",
                           of->choices.year, years);
}

static behov_status make_order(const profiles *of, profile *one, behov_error *err)
{
    if (!(one->order = calloc(of->n_terms + 1, sizeof *one->order)))
        return out_of_memory(err);
    const double *drivers = one->years[one->at].drivers[COUNTRY];
    for (size_t j = 0; j < of->n_terms; j++) { /* by insertion: few terms, and equal ones stay in the model's order */
        size_t at = j;
        for (; at > 0 && fabs(drivers[one->order[at - 1]]) < fabs(drivers[j]); at--)
            one->order[at] = one->order[at - 1];
        one->order[at] = j;
    }
    return BEHOV_OK;
}

static behov_status make_profile(const profiles *of, const working *with, size_t place, profile *one, behov_error *err)
{
    const behov_panel *panel = &of->of->of->panel;
    size_t width = behov_fit_n_regressors(of->of->fit), stride = 2 * (of->n_terms + width), n_rows;
    const int *years = behov_need_years(of->of->need, &n_rows);
    one->place = place;
    one->years = calloc(of->n_years + 1, sizeof *one->years);
    one->figures = calloc(of->n_years + 1, (stride + 1) * sizeof *one->figures);
    if (!one->years || !one->figures)
        return out_of_memory(err);
    for (size_t t = 0; t < of->n_years; t++) {
        double *figures = one->figures + t * stride;
        one->years[t].drivers[COUNTRY] = figures;
        one->years[t].drivers[GROUP] = figures + of->n_terms;
        one->years[t].values = figures + 2 * of->n_terms;
        one->years[t].average = one->years[t].values + width;
        clear(of, &one->years[t], years[t]);
    }
    n_rows = behov_table_n_rows(panel->table);
    for (size_t row = 0; row < n_rows; row++) {
        if (directory_position(&of->country.places, behov_panel_code(panel, row),
                               behov_panel_municipality(panel, row)) != place)
            continue;
        size_t t = 0;
        while (t + 1 < of->n_years && years[t] != behov_panel_year(panel, row))
            t++;
        fill_year(of, with, place, row, &one->years[t]);
    }
    for (size_t t = 1; t < of->n_years; t++)
        compare(&one->years[t - 1], &one->years[t]);
    behov_status status = find_year(of, one, err);
    return status ? status : make_order(of, one, err);
}

static behov_status make_all(profiles *of, const size_t *places, size_t n, behov_error *err)
{
    const behov_fit *fit = of->of->fit;
    size_t width = behov_fit_n_regressors(fit);
    working with = {calloc(width + 1, sizeof *with.term_of), calloc(width + 1, sizeof *with.each),
                    calloc(width + 1, sizeof *with.kept), calloc(width + 1, (width + 1) * sizeof *with.vcov), 0};
    of->all = calloc(n + 1, sizeof *of->all);
    behov_status status =
        with.term_of && with.each && with.kept && with.vcov && of->all ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < width && !status; i++)
        with.n_kept += !behov_fit_is_dropped(fit, i);
    for (size_t i = 0, at = 0; i < width && !status; i++)
        for (size_t j = 0; j < width && !behov_fit_is_dropped(fit, i); j++)
            if (!behov_fit_is_dropped(fit, j))
                with.vcov[at++] = behov_vcov_matrix(of->of->vcov)[i * width + j];
    if (!status)
        status = find_terms(of, with.term_of, err);
    for (size_t i = 0; i < n && !status; i++) {
        of->n = i + 1;
        status = make_profile(of, &with, places[i], &of->all[i], err);
    }
    free(with.term_of), free(with.each), free(with.kept), free(with.vcov);
    return status;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

behov_status profiles_new(const results *of, const profile_choices *choices, profiles *made, behov_error *err)
{
    *made = (profiles){.of = of,
                       .choices = *choices,
                       .has_group = choices->group != NULL,
                       .has_population = of->of->panel.columns[BEHOV_ROLE_POPULATION] >= 0};
    ranking_choices ranked_by = {.by = BEHOV_BY_RATIO,
                                 .within = "country",
                                 .level = choices->level,
                                 .n_draws = choices->n_draws,
                                 .seed = choices->seed};
    size_t *places = NULL, n = 0;
    behov_need_years(of->need, &made->n_years);
    behov_status status = choices->year ? results_check_year(of, choices->year, err) : BEHOV_OK;
    if (!status)
        status = ranking_new(of, &ranked_by, &made->country, err);
    if (!status)
        status = directory_choose(&made->country.places, choices->list, "MUNICIPALITY", &places, &n, err);
    ranked_by.within = choices->group;
    if (!status && made->has_group)
        status = ranking_new(of, &ranked_by, &made->group, err);
    if (!status)
        status = make_drivers(made, err);
    if (!status)
        status = make_all(made, places, n, err);
    free(places);
    return status;
}

/* ---- neighbours ----------------------------------------------------------------------------------------------------
 */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double quantile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1), below = floor(at);
    size_t i = (size_t)below;
    return i + 1 < n ? sorted[i] + (at - below) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

behov_status profiles_quartiles(const profiles *of, bool is_group, size_t place, quartiles *found, size_t *n,
                                behov_error *err)
{
    const ranking *from = is_group ? &of->group : &of->country;
    double *ratios = calloc(from->places.n + 1, sizeof *ratios);
    if (!ratios)
        return out_of_memory(err);
    *n = 0;
    for (size_t i = 0; i < from->places.n; i++)
        if (!isnan(from->all[i].rank) && (!is_group || from->by.of[i] == from->by.of[place]))
            ratios[(*n)++] = from->all[i].ratio;
    if (*n > 1)
        qsort(ratios, *n, sizeof *ratios, compare_numbers);
    *found = *n ? (quartiles){quantile(ratios, *n, 0.25), quantile(ratios, *n, 0.5), quantile(ratios, *n, 0.75)}
                : (quartiles){NAN, NAN, NAN};
    free(ratios);
    return BEHOV_OK;
}

void profiles_neighbours(const profiles *of, size_t place, size_t above[NEIGHBOURS_EACH], size_t *n_above,
                         size_t below[NEIGHBOURS_EACH], size_t *n_below)
{
    const ranking *from = &of->country;
    size_t at = 0;
    *n_above = *n_below = 0;
    while (at < from->n_shown && from->shown[at] != place)
        at++;
    if (at == from->n_shown || isnan(from->all[place].rank))
        return;
    for (size_t i = 1; i <= NEIGHBOURS_EACH && i <= at; i++)
        above[(*n_above)++] = from->shown[at - i];
    for (size_t i = 1; i <= NEIGHBOURS_EACH && at + i < from->n_shown; i++)
        if (!isnan(from->all[from->shown[at + i]].rank))
            below[(*n_below)++] = from->shown[at + i];
}
