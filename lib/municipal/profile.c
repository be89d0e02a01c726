/* profile.c - from a fit to profiles of municipalities. Drivers: behov/driver.h; lasting levels: behov/shrink.h;
 * places: ranking.c, by ratio with the years pooled, whatever year the page is about.
 *
 * Without population the means are those of the municipalities, each counted once. */
#include "profile.h"
#include "lasting.h"
#include "model_labels.h"
#include "remarks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
}

static void profile_free(profile *one)
{
    free(one->years), free(one->order), free(one->figures);
    *one = (profile){0};
}

void profiles_free(profiles *of)
{
    for (size_t i = 0; of->all && i < of->n; i++)
        profile_free(&of->all[i]);
    free(of->all);
    free(of->terms), free(of->term_of);
    free(of->index.place_of), free(of->index.rows), free(of->index.first_row), free(of->index.row_of_year);
    free(of->index.shown_at), free(of->index.profile_of);
    free(of->index.spread[COUNTRY]), free(of->index.spread[GROUP]);
    behov_drivers_free(of->drivers[COUNTRY]);
    behov_drivers_free(of->drivers[GROUP]);
    ranking_free(&of->country);
    ranking_free(&of->group);
}

/* ---- where to find what ---------------------------------------------------------------------------------------------
 */

static behov_status index_rows(profiles *of, behov_error *err)
{
    const behov_panel *panel = &of->of->of->panel;
    profile_index *index = &of->index;
    size_t n = behov_table_n_rows(panel->table), n_places = of->country.places.n, first = 0;
    index->place_of = calloc(n + 1, sizeof *index->place_of);
    index->rows = calloc(n + 1, sizeof *index->rows);
    index->first_row = calloc(n_places + 2, sizeof *index->first_row);
    index->row_of_year = calloc(of->n_years + 1, sizeof *index->row_of_year);
    if (!index->place_of || !index->rows || !index->first_row || !index->row_of_year)
        return out_of_memory(err);
    for (size_t row = 0; row < n; row++) {
        size_t place =
            directory_position(&of->country.places, behov_panel_code(panel, row), behov_panel_municipality(panel, row));
        index->place_of[row] = place;
        index->first_row[place]++;
        index->row_of_year[behov_need_year_position(of->of->need, behov_panel_year(panel, row))] = row;
    }
    for (size_t place = 0; place <= n_places; place++) { /* counts to positions of the last, then down to the first */
        first += index->first_row[place];
        index->first_row[place] = first;
    }
    for (size_t row = n; row-- > 0;)
        index->rows[--index->first_row[index->place_of[row]]] = row;
    return BEHOV_OK;
}

typedef struct grouped_ratio {
    size_t group;
    double ratio;
} grouped_ratio;

static int compare_ratios(const void *a, const void *b)
{
    const grouped_ratio *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->ratio < y->ratio ? -1 : x->ratio > y->ratio;
}

static double quantile(const grouped_ratio *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1), below = floor(at);
    size_t i = (size_t)below;
    return i + 1 < n ? sorted[i].ratio + (at - below) * (sorted[i + 1].ratio - sorted[i].ratio) : sorted[i].ratio;
}

static behov_status index_quartiles(profiles *of, size_t which, behov_error *err)
{
    const ranking *from = which == GROUP ? &of->group : &of->country;
    size_t n_groups = which == GROUP ? from->by.n : 1, n = 0;
    grouped_ratio *ratios = calloc(from->places.n + 1, sizeof *ratios);
    quartiles *made = of->index.spread[which] = calloc(n_groups + 1, sizeof *made);
    if (!ratios || !made) {
        free(ratios);
        return out_of_memory(err);
    }
    for (size_t g = 0; g < n_groups; g++)
        made[g] = (quartiles){NAN, NAN, NAN, 0};
    for (size_t i = 0; i < from->places.n; i++)
        if (!isnan(from->all[i].rank)) /* in a ranking within groups those alone have a place */
            ratios[n++] = (grouped_ratio){which == GROUP ? (size_t)from->by.of[i] : 0, from->all[i].ratio};
    if (n > 1)
        qsort(ratios, n, sizeof *ratios, compare_ratios);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first; end < n && ratios[end].group == ratios[first].group; end++)
            ;
        const grouped_ratio *of_group = ratios + first;
        size_t count = end - first;
        made[of_group->group] = (quartiles){quantile(of_group, count, 0.25), quantile(of_group, count, 0.5),
                                            quantile(of_group, count, 0.75), count};
    }
    free(ratios);
    return BEHOV_OK;
}

static behov_status index_places(profiles *of, behov_error *err)
{
    const ranking *country = &of->country;
    of->index.shown_at = calloc(country->places.n + 1, sizeof *of->index.shown_at);
    of->index.profile_of = calloc(country->places.n + 1, sizeof *of->index.profile_of);
    if (!of->index.shown_at || !of->index.profile_of)
        return out_of_memory(err);
    for (size_t place = 0; place < country->places.n; place++)
        of->index.shown_at[place] = country->n_shown;
    for (size_t i = 0; i < country->n_shown; i++)
        of->index.shown_at[country->shown[i]] = i;
    behov_status status = index_quartiles(of, COUNTRY, err);
    return !status && of->has_group ? index_quartiles(of, GROUP, err) : status;
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
        size_t place = of->index.place_of[row];
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

/* Terms in the order of the regressors. */
static behov_status find_terms(profiles *of, behov_error *err)
{
    const results *result = of->of;
    size_t n = behov_fit_n_regressors(result->fit);
    of->terms = calloc(n + 1, sizeof *of->terms);
    of->term_of = calloc(n + 1, sizeof *of->term_of);
    if (!of->terms || !of->term_of)
        return out_of_memory(err);
    for (size_t k = 0; k < n; k++) {
        of->term_of[k] = NO_TERM;
        if (behov_fit_is_dropped(result->fit, k) || !behov_drivers_varies(of->drivers[COUNTRY], k))
            continue;
        const char *name = model_label(&result->of->model, result->of->lang, behov_design_regressor(result->design, k));
        size_t at = 0;
        while (at < of->n_terms && strcmp(of->terms[at].label, name) != 0)
            at++;
        if (at == of->n_terms)
            of->terms[of->n_terms++] = (profile_term){.label = name, .regressor = k};
        of->terms[at].n_regressors++;
        of->term_of[k] = (int)at;
    }
    return BEHOV_OK;
}

static void add_drivers(const profiles *of, size_t which, size_t row, size_t group, double *each, profile_year *to)
{
    size_t n = behov_fit_n_regressors(of->of->fit);
    to->sums[which] = behov_drivers_of_row(of->drivers[which], row, group, each, to->averages[which]);
    to->means[which] = behov_drivers_mean_need(of->drivers[which], row, group);
    for (size_t j = 0; j < of->n_terms; j++)
        to->drivers[which][j] = 0;
    for (size_t k = 0; k < n; k++)
        if (of->term_of[k] != NO_TERM)
            to->drivers[which][of->term_of[k]] += each[k];
}

profile_part profile_part_of(const profiles *of, const profile_year *at, size_t term)
{
    const double *coefficients = behov_fit_coefficients(of->of->fit);
    if (of->terms[term].n_regressors == 1) {
        size_t k = of->terms[term].regressor;
        return (profile_part){coefficients[k], at->values[k], {at->averages[COUNTRY][k], at->averages[GROUP][k]}};
    }
    profile_part sum = {1, 0, {0, 0}};
    for (size_t k = 0; k < behov_fit_n_regressors(of->of->fit); k++) {
        if (of->term_of[k] != (int)term)
            continue;
        sum.value += coefficients[k] * at->values[k];
        sum.means[COUNTRY] += coefficients[k] * at->averages[COUNTRY][k];
        sum.means[GROUP] += coefficients[k] * at->averages[GROUP][k];
    }
    return sum;
}

/* ---- years ---------------------------------------------------------------------------------------------------------
 */

typedef struct working {
    double *each, *kept; /* K, its columns with a coefficient */
    double rmse;
} working;

static void clear(const profiles *of, profile_year *one, int year)
{
    const behov_interval none = {NAN, NAN};
    size_t n = behov_fit_n_regressors(of->of->fit);
    double *figures = one->drivers[COUNTRY];
    *one = (profile_year){.year = year,
                          .note = BEHOV_NOTE_LEFT_OUT,
                          .population = NAN,
                          .actual = NAN,
                          .need = NAN,
                          .index = NAN,
                          .ratio = NAN,
                          .gap = NAN,
                          .gap_1000kr = NAN,
                          .need_interval = none,
                          .ratio_interval = none,
                          .gap_interval = none,
                          .gap_1000kr_interval = none,
                          .prediction = none,
                          .lasting = {NAN, none, NAN},
                          .actual_change = NAN,
                          .need_change = NAN,
                          .gap_change = NAN,
                          .ratio_change = NAN,
                          .ratio_by_actual = NAN,
                          .ratio_by_need = NAN,
                          .ratios = {NAN, NAN},
                          .means = {NAN, NAN},
                          .sums = {NAN, NAN},
                          .drivers = {figures, figures + of->n_terms},
                          .values = figures + 2 * of->n_terms,
                          .averages = {figures + 2 * of->n_terms + n, figures + 2 * of->n_terms + 2 * n}};
    for (size_t i = 0; i < BOTH * of->n_terms + (1 + BOTH) * n; i++)
        figures[i] = NAN;
}

double profile_in_all(const profiles *of, double amount, double population)
{
    if (!behov_need_gap_is_1000kr(of->of->need))
        return NAN;
    return of->of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT ? amount * population / 1000 : amount * population;
}

static void fill_intervals(const profiles *of, const working *with, size_t place, size_t row, profile_year *one)
{
    double dof = behov_vcov_dof(of->of->vcov), level = of->choices.level;
    double variance = behov_vcov_level_variance(of->of->vcov, of->of->fit, with->kept);
    double in_new_row = behov_prediction_variance(variance, with->rmse, behov_design_weight(of->of->design, row));
    one->need_interval = behov_level_interval(one->need, variance, dof, level);
    one->prediction = behov_level_interval(one->need, in_new_row, dof, level);
    one->gap_interval = behov_gap_interval(one->actual, one->need_interval);
    one->gap_1000kr_interval = (behov_interval){profile_in_all(of, one->gap_interval.low, one->population),
                                                profile_in_all(of, one->gap_interval.high, one->population)};
    if (!(one->need > of->of->floor))
        return;
    if (one->note != BEHOV_NOTE_NEGATIVE_OUTCOME)
        one->ratio_interval = behov_ratio_interval(one->actual, one->need_interval);
    one->lasting = lasting_level(of->country.shrink, place, one->need, with->kept, level);
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
    fill_intervals(of, with, place, row, one);
    add_drivers(of, COUNTRY, row, 0, with->each, one);
    if (of->has_group && of->group.by.of[place] != NO_GROUP)
        add_drivers(of, GROUP, row, (size_t)of->group.by.of[place], with->each, one);
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
    char where[600], years[120] = "";
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
    snprintf(where, sizeof where, "municipality %s%s%s", behov_cut(place->code, 40).text, place->code[0] ? " " : "",
             behov_cut(place->name, 100).text);
    behov_status status = !length && of->choices.list ? remark_refuse_left_out(of->of, place, "MUNICIPALITY", err) : BEHOV_OK;
    if (status)
        return status;
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
    size_t stride = BOTH * of->n_terms + (1 + BOTH) * behov_fit_n_regressors(of->of->fit);
    const int *years = behov_need_years(of->of->need, &(size_t){0});
    one->place = place;
    one->years = calloc(of->n_years + 1, sizeof *one->years);
    one->figures = calloc(of->n_years + 1, (stride + 1) * sizeof *one->figures);
    if (!one->years || !one->figures)
        return out_of_memory(err);
    for (size_t t = 0; t < of->n_years; t++) {
        profile_year *at = &one->years[t];
        at->drivers[COUNTRY] = one->figures + t * stride;
        clear(of, at, years[t]);
        at->ratios[COUNTRY] = behov_drivers_ratio(of->drivers[COUNTRY], of->index.row_of_year[t], 0);
        if (profile_has_group(of, one))
            at->ratios[GROUP] =
                behov_drivers_ratio(of->drivers[GROUP], of->index.row_of_year[t], (size_t)of->group.by.of[place]);
    }
    for (size_t i = of->index.first_row[place]; i < of->index.first_row[place + 1]; i++) {
        size_t row = of->index.rows[i];
        fill_year(of, with, place, row,
                  &one->years[behov_need_year_position(of->of->need, behov_panel_year(panel, row))]);
    }
    for (size_t t = 1; t < of->n_years; t++)
        compare(&one->years[t - 1], &one->years[t]);
    behov_status status = find_year(of, one, err);
    return status ? status : make_order(of, one, err);
}

/* With a list a municipality without a need is an error, without one it is passed over. */
static behov_status make_each(profiles *of, const working *with, const size_t *places, size_t n, behov_error *err)
{
    for (size_t place = 0; place < of->country.places.n; place++)
        of->index.profile_of[place] = n;
    for (size_t i = 0; i < n; i++) {
        profile *one = &of->all[of->n++];
        size_t place = places ? places[i] : i;
        behov_status status = make_profile(of, with, place, one, err);
        if (status && (places || status != BEHOV_E_DATA))
            return status;
        if (status) {
            profile_free(one);
            of->n--;
            of->n_without_need++;
        } else {
            of->index.profile_of[place] = of->n - 1;
        }
    }
    return BEHOV_OK;
}

static behov_status make_all(profiles *of, const size_t *places, size_t n, behov_error *err)
{
    const behov_fit *fit = of->of->fit;
    size_t width = behov_fit_n_regressors(fit);
    working with = {.each = calloc(width + 1, sizeof *with.each),
                    .kept = calloc(width + 1, sizeof *with.kept),
                    .rmse = behov_fit_rmse(fit)};
    of->all = calloc(n + 1, sizeof *of->all);
    behov_status status = with.each && with.kept && of->all ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = find_terms(of, err);
    if (!status)
        status = make_each(of, &with, places, n, err);
    free(with.each), free(with.kept);
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
        status = ranking_new_two(of, &ranked_by, choices->group, &made->country, made->has_group ? &made->group : NULL,
                                 err);
    if (!status && choices->list)
        status = directory_choose(&made->country.places, choices->list, "MUNICIPALITY", &places, &n, err);
    if (!status)
        status = index_rows(made, err);
    if (!status)
        status = index_places(made, err);
    if (!status)
        status = make_drivers(made, err);
    if (!status)
        status = make_all(made, places, choices->list ? n : made->country.places.n, err);
    free(places);
    return status;
}

/* ---- what is around ------------------------------------------------------------------------------------------------
 */

const profile *profiles_of_place(const profiles *of, size_t place)
{
    size_t at = of->index.profile_of[place];
    return at < of->n ? &of->all[at] : NULL;
}

size_t profiles_pairs(const profiles *of, profile_pair pairs[PAIRS_MAX], size_t *n_left_out)
{
    size_t n = 0, n_all = of->choices.list && of->n ? of->n * (of->n - 1) / 2 : 0;
    for (size_t i = 0; i < of->n && n < n_all; i++)
        for (size_t j = i + 1; j < of->n && n < PAIRS_MAX; j++) {
            const ranked *a = &of->country.all[of->all[i].place], *b = &of->country.all[of->all[j].place];
            pairs[n++] = (profile_pair){.a = &of->all[i],
                                        .b = &of->all[j],
                                        .has_intervals = !isnan(a->rank_low) && !isnan(b->rank_low),
                                        .is_clear = a->rank_high < b->rank_low || b->rank_high < a->rank_low};
        }
    *n_left_out = n_all - n;
    return n;
}

bool profile_has_group(const profiles *of, const profile *one)
{
    return of->has_group && of->group.by.of[one->place] != NO_GROUP;
}

quartiles profiles_quartiles(const profiles *of, bool is_group, size_t place)
{
    return is_group ? of->index.spread[GROUP][of->group.by.of[place]] : of->index.spread[COUNTRY][0];
}

void profiles_neighbours(const profiles *of, size_t place, size_t above[NEIGHBOURS_EACH], size_t *n_above,
                         size_t below[NEIGHBOURS_EACH], size_t *n_below)
{
    const ranking *from = &of->country;
    size_t at = of->index.shown_at[place];
    *n_above = *n_below = 0;
    if (at == from->n_shown || isnan(from->all[place].rank))
        return;
    for (size_t i = 1; i <= NEIGHBOURS_EACH && i <= at; i++)
        above[(*n_above)++] = from->shown[at - i];
    for (size_t i = 1; i <= NEIGHBOURS_EACH && at + i < from->n_shown; i++)
        if (!isnan(from->all[from->shown[at + i]].rank))
            below[(*n_below)++] = from->shown[at + i];
}
