/* profile.c - from a fit to profiles of municipalities. Drivers: behov/driver.h; lasting levels: behov/shrink.h;
 * places: ranking.c, by ratio with the years pooled, whatever year the page is about.
 *
 * Without population the means are those of the municipalities, each counted once. */
#include <behov/profile.h>
#include <behov/word.h>
#include <behov/lasting.h>
#include <behov/left_out.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forecasts.h"
#include "profile_levels.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
}

static void profile_free(behov_profile *profile)
{
    free(profile->years), free(profile->order), free(profile->figures);
    *profile = (behov_profile){0};
}

void behov_profiles_free(behov_profiles *profiles)
{
    for (size_t i = 0; profiles->all && i < profiles->n; i++)
        profile_free(&profiles->all[i]);
    free(profiles->all);
    free(profiles->terms), free(profiles->term_of);
    free(profiles->index.place_of), free(profiles->index.rows), free(profiles->index.first_row),
        free(profiles->index.row_of_year);
    free(profiles->index.shown_at), free(profiles->index.profile_of);
    free(profiles->index.spread[BEHOV_PEER_COUNTRY]), free(profiles->index.spread[BEHOV_PEER_GROUP]);
    behov_drivers_free(profiles->drivers[BEHOV_PEER_COUNTRY]);
    behov_drivers_free(profiles->drivers[BEHOV_PEER_GROUP]);
    behov_ranking_free(&profiles->country);
    behov_ranking_free(&profiles->group);
}

/* ---- where to find what ---------------------------------------------------------------------------------------------
 */

static behov_status index_rows(behov_profiles *profiles, behov_error *err)
{
    const behov_panel *panel = &profiles->fit_results->study->panel;
    behov_profile_index *index = &profiles->index;
    size_t n = behov_table_n_rows(panel->table), n_places = profiles->country.places.n, first = 0;
    index->place_of = calloc(n + 1, sizeof *index->place_of);
    index->rows = calloc(n + 1, sizeof *index->rows);
    index->first_row = calloc(n_places + 2, sizeof *index->first_row);
    index->row_of_year = calloc(profiles->n_years + 1, sizeof *index->row_of_year);
    if (!index->place_of || !index->rows || !index->first_row || !index->row_of_year)
        return out_of_memory(err);
    for (size_t row = 0; row < n; row++) {
        bool is_one = behov_table_row_mark(panel->table, row) == BEHOV_ROW_MUNICIPALITY;
        size_t place = is_one
                           ? behov_municipality_list_position(&profiles->country.places, behov_panel_code(panel, row),
                                                              behov_panel_municipality(panel, row))
                           : n_places;
        index->place_of[row] = place;
        index->first_row[place]++;
        if (is_one)
            index->row_of_year[behov_need_year_position(profiles->fit_results->need, behov_panel_year(panel, row))] =
                row;
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

static double quantile(const grouped_ratio *grouped_ratio, size_t n, double share)
{
    double point = share * (double)(n - 1), lower_value = floor(point);
    size_t i = (size_t)lower_value;
    return i + 1 < n
               ? grouped_ratio[i].ratio + (point - lower_value) * (grouped_ratio[i + 1].ratio - grouped_ratio[i].ratio)
               : grouped_ratio[i].ratio;
}

static behov_status index_quartiles(behov_profiles *profiles, size_t which, behov_error *err)
{
    const behov_ranking *source = which == BEHOV_PEER_GROUP ? &profiles->group : &profiles->country;
    size_t n_groups = which == BEHOV_PEER_GROUP ? source->groups.n : 1, n = 0;
    grouped_ratio *ratios = calloc(source->places.n + 1, sizeof *ratios);
    behov_quartiles *quartiles = profiles->index.spread[which] = calloc(n_groups + 1, sizeof *quartiles);
    if (!ratios || !quartiles) {
        free(ratios);
        return out_of_memory(err);
    }
    for (size_t g = 0; g < n_groups; g++)
        quartiles[g] = (behov_quartiles){NAN, NAN, NAN, 0};
    for (size_t i = 0; i < source->places.n; i++)
        if (!isnan(source->all[i].rank)) /* in a ranking within groups those alone have a place */
            ratios[n++] =
                (grouped_ratio){which == BEHOV_PEER_GROUP ? (size_t)source->groups.values[i] : 0, source->all[i].ratio};
    if (n > 1)
        qsort(ratios, n, sizeof *ratios, compare_ratios);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first; end < n && ratios[end].group == ratios[first].group; end++)
            ;
        const grouped_ratio *of_group = ratios + first;
        size_t count = end - first;
        quartiles[of_group->group] = (behov_quartiles){quantile(of_group, count, 0.25), quantile(of_group, count, 0.5),
                                                       quantile(of_group, count, 0.75), count};
    }
    free(ratios);
    return BEHOV_OK;
}

static behov_status index_places(behov_profiles *profiles, behov_error *err)
{
    const behov_ranking *country = &profiles->country;
    profiles->index.shown_at = calloc(country->places.n + 1, sizeof *profiles->index.shown_at);
    profiles->index.profile_of = calloc(country->places.n + 1, sizeof *profiles->index.profile_of);
    if (!profiles->index.shown_at || !profiles->index.profile_of)
        return out_of_memory(err);
    for (size_t place = 0; place < country->places.n; place++)
        profiles->index.shown_at[place] = country->n_shown;
    for (size_t i = 0; i < country->n_shown; i++)
        profiles->index.shown_at[country->shown_positions[i]] = i;
    behov_status status = index_quartiles(profiles, BEHOV_PEER_COUNTRY, err);
    return !status && profiles->has_group ? index_quartiles(profiles, BEHOV_PEER_GROUP, err) : status;
}

/* ---- drivers -------------------------------------------------------------------------------------------------------
 */

static behov_status make_drivers(behov_profiles *profiles, behov_error *err)
{
    const behov_fit_results *result = profiles->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t n = behov_table_n_rows(panel->table);
    double *populations = calloc(n + 1, sizeof *populations);
    uint32_t *group_of = calloc(n + 1, sizeof *group_of);
    behov_status status = populations && group_of ? BEHOV_OK : out_of_memory(err);
    for (size_t row = 0; row < n && !status; row++) {
        populations[row] = behov_panel_population(panel, row);
        size_t place = profiles->index.place_of[row];
        int group = profiles->has_group && place < profiles->country.places.n ? profiles->group.groups.values[place]
                                                                              : BEHOV_WITHOUT_GROUP;
        group_of[row] = group == BEHOV_WITHOUT_GROUP ? BEHOV_NO_GROUP : (uint32_t)group;
    }
    const double *coefficients = behov_fit_coefficients(result->fit),
                 *weights = profiles->has_population ? populations : NULL;
    if (!status)
        status = behov_drivers_new(result->design, panel, coefficients, result->need,
                                   &(behov_drivers_options){.weights = weights}, &profiles->drivers[BEHOV_PEER_COUNTRY],
                                   err);
    if (!status && profiles->has_group)
        status = behov_drivers_new(
            result->design, panel, coefficients, result->need,
            &(behov_drivers_options){.weights = weights, .groups = group_of, .n_groups = profiles->group.groups.n},
            &profiles->drivers[BEHOV_PEER_GROUP], err);
    free(populations), free(group_of);
    return status;
}

/* Terms in the order of the regressors. */
static behov_status find_terms(behov_profiles *profiles, behov_error *err)
{
    const behov_fit_results *result = profiles->fit_results;
    size_t n = behov_fit_n_regressors(result->fit);
    profiles->terms = calloc(n + 1, sizeof *profiles->terms);
    profiles->term_of = calloc(n + 1, sizeof *profiles->term_of);
    if (!profiles->terms || !profiles->term_of)
        return out_of_memory(err);
    for (size_t k = 0; k < n; k++) {
        profiles->term_of[k] = BEHOV_NO_TERM;
        if (behov_fit_is_dropped(result->fit, k) || !behov_drivers_varies(profiles->drivers[BEHOV_PEER_COUNTRY], k))
            continue;
        const char *name = behov_design_regressor(result->design, k);
        if (profiles->choices.label)
            name = profiles->choices.label(&result->study->model, result->study->lang, name);
        size_t index = 0;
        while (index < profiles->n_terms && strcmp(profiles->terms[index].label, name) != 0)
            index++;
        if (index == profiles->n_terms)
            profiles->terms[profiles->n_terms++] = (behov_profile_term){.label = name, .regressor = k};
        profiles->terms[index].n_regressors++;
        profiles->term_of[k] = (int)index;
    }
    return BEHOV_OK;
}

static void add_drivers(const behov_profiles *profiles, size_t which, size_t row, size_t group, double *each,
                        behov_profile_year *out)
{
    size_t n = behov_fit_n_regressors(profiles->fit_results->fit);
    out->sums[which] = behov_drivers_of_row(profiles->drivers[which], row, group, each, out->averages[which]);
    out->means[which] = behov_drivers_mean_need(profiles->drivers[which], row, group);
    for (size_t j = 0; j < profiles->n_terms; j++)
        out->drivers[which][j] = 0;
    for (size_t k = 0; k < n; k++)
        if (profiles->term_of[k] != BEHOV_NO_TERM)
            out->drivers[which][profiles->term_of[k]] += each[k];
}

behov_profile_part behov_profile_part_of(const behov_profiles *profiles, const behov_profile_year *profile_year,
                                         size_t term)
{
    const double *coefficients = behov_fit_coefficients(profiles->fit_results->fit);
    if (profiles->terms[term].n_regressors == 1) {
        size_t k = profiles->terms[term].regressor;
        return (behov_profile_part){
            coefficients[k],
            profile_year->values[k],
            {profile_year->averages[BEHOV_PEER_COUNTRY][k], profile_year->averages[BEHOV_PEER_GROUP][k]}};
    }
    behov_profile_part sum = {1, 0, {0, 0}};
    for (size_t k = 0; k < behov_fit_n_regressors(profiles->fit_results->fit); k++) {
        if (profiles->term_of[k] != (int)term)
            continue;
        sum.value += coefficients[k] * profile_year->values[k];
        sum.means[BEHOV_PEER_COUNTRY] += coefficients[k] * profile_year->averages[BEHOV_PEER_COUNTRY][k];
        sum.means[BEHOV_PEER_GROUP] += coefficients[k] * profile_year->averages[BEHOV_PEER_GROUP][k];
    }
    return sum;
}

/* ---- years ---------------------------------------------------------------------------------------------------------
 */

typedef struct rank_scratch {
    double *each, *kept_values; /* K, its columns with a coefficient */
    behov_vcov_contrasts *contrasts;
    size_t n_kept;
    double rmse;
} rank_scratch;

static void clear(const behov_profiles *profiles, behov_profile_year *profile_year, int year)
{
    const behov_interval none = {NAN, NAN};
    size_t n = behov_fit_n_regressors(profiles->fit_results->fit);
    double *figures = profile_year->drivers[BEHOV_PEER_COUNTRY];
    *profile_year = (behov_profile_year){
        .year = year,
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
        .forecasts = {forecasts_none(), forecasts_none(), forecasts_none()},
        .lasting = {NAN, none, NAN},
        .permanent = {NAN, none, NAN},
        .actual_change = NAN,
        .need_change = NAN,
        .gap_change = NAN,
        .ratio_change = NAN,
        .ratio_by_actual = NAN,
        .ratio_by_need = NAN,
        .ratios = {NAN, NAN},
        .means = {NAN, NAN},
        .sums = {NAN, NAN},
        .drivers = {figures, figures + profiles->n_terms},
        .values = figures + 2 * profiles->n_terms,
        .averages = {figures + 2 * profiles->n_terms + n, figures + 2 * profiles->n_terms + 2 * n}};
    for (size_t i = 0; i < BEHOV_PEER_BOTH * profiles->n_terms + (1 + BEHOV_PEER_BOTH) * n; i++)
        figures[i] = NAN;
}

double behov_profile_in_all(const behov_profiles *profiles, double amount, double population)
{
    if (!behov_need_gap_is_1000kr(profiles->fit_results->need))
        return NAN;
    return profiles->fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT ? amount * population / 1000
                                                                              : amount * population;
}

static void fill_intervals(const behov_profiles *profiles, const rank_scratch *rank_scratch, size_t row,
                           behov_profile_year *profile_year)
{
    double dof = behov_vcov_contrast_dof(rank_scratch->contrasts, rank_scratch->kept_values),
           level = profiles->choices.level;
    double variance =
        behov_vcov_level_variance(profiles->fit_results->vcov, profiles->fit_results->fit, rank_scratch->kept_values);
    profile_year->need_interval = behov_level_interval(profile_year->need, variance, dof, level);
    forecasts_fill_new(profiles, row, variance, rank_scratch->rmse, profile_year);
    profile_year->gap_interval = behov_gap_interval(profile_year->actual, profile_year->need_interval);
    profile_year->gap_1000kr_interval =
        (behov_interval){behov_profile_in_all(profiles, profile_year->gap_interval.low, profile_year->population),
                         behov_profile_in_all(profiles, profile_year->gap_interval.high, profile_year->population)};
    if (!(profile_year->need > profiles->fit_results->floor))
        return;
    if (profile_year->note != BEHOV_NOTE_NEGATIVE_OUTCOME)
        profile_year->ratio_interval = behov_ratio_interval(profile_year->actual, profile_year->need_interval);
}

static void fill_year(const behov_profiles *profiles, const rank_scratch *rank_scratch, size_t place, size_t row,
                      behov_profile_year *profile_year)
{
    const behov_fit_results *result = profiles->fit_results;
    const behov_need *need = result->need;
    uint32_t index = (uint32_t)row;
    profile_year->population = behov_panel_population(&result->study->panel, row);
    profile_year->note = behov_need_note_of(need, row);
    profile_year->need = behov_need_need(need, row);
    profile_year->has_need = !isnan(profile_year->need);
    profile_year->is_estimated = behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
    if (!profile_year->has_need)
        return;
    profile_year->actual = behov_need_actual(need, row);
    profile_year->index = behov_need_index(need, row);
    profile_year->ratio = behov_need_ratio(need, row);
    profile_year->gap = profile_year->actual - profile_year->need;
    profile_year->gap_1000kr = behov_need_gap_is_1000kr(need) ? behov_need_gap(need, row) : NAN;
    behov_design_fill(result->design, &index, 1, profile_year->values, behov_fit_n_regressors(result->fit), NULL);
    profile_levels_keep(profiles, profile_year, rank_scratch->kept_values);
    fill_intervals(profiles, rank_scratch, row, profile_year);
    add_drivers(profiles, BEHOV_PEER_COUNTRY, row, 0, rank_scratch->each, profile_year);
    if (profiles->has_group && profiles->group.groups.values[place] != BEHOV_WITHOUT_GROUP)
        add_drivers(profiles, BEHOV_PEER_GROUP, row, (size_t)profiles->group.groups.values[place], rank_scratch->each,
                    profile_year);
}

static void compare(const behov_profile_year *profile_year, behov_profile_year *year)
{
    double y0 = profile_year->actual, y1 = year->actual, n0 = profile_year->need, n1 = year->need;
    year->actual_change = y1 - y0;
    year->need_change = n1 - n0;
    year->gap_change = year->gap - profile_year->gap;
    year->ratio_change = year->ratio - profile_year->ratio;
    if (isnan(year->ratio_change))
        return;
    year->ratio_by_actual = 100 * (y1 - y0) * (1 / n1 + 1 / n0) / 2;
    year->ratio_by_need = 100 * (1 / n1 - 1 / n0) * (y1 + y0) / 2;
}

/* The years for which a profile has a need, "2013, 2014, 2017"; three and more that follow one another as "2013–2017". */
static behov_said list_years(const behov_profiles *profiles, const behov_profile *profile)
{
    behov_said list = {.text = ""};
    for (size_t t = 0, last; t < profiles->n_years; t = last + 1) {
        const behov_profile_year *years = profile->years;
        last = t;
        if (!years[t].has_need)
            continue;
        while (last + 1 < profiles->n_years && years[last + 1].has_need && years[last + 1].year == years[last].year + 1)
            last++;
        behov_said before = list;
        char piece[40];
        last = last - t == 1 ? t : last;
        if (last > t)
            snprintf(piece, sizeof piece, "%d\u2013%d", years[t].year, years[last].year);
        else
            snprintf(piece, sizeof piece, "%d", years[t].year);
        behov_phrase_list(&list, before.text, before.text[0] ? ", " : "", piece, NULL);
    }
    return list;
}

/* The position of the year that the page is about. */
static behov_status find_year(const behov_profiles *profiles, behov_profile *profile, behov_error *err)
{
    const behov_municipality *place = &profiles->country.places.all[profile->place];
    bool is_found = false, has_years = false;
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (!profile->years[t].has_need)
            continue;
        has_years = true;
        if (profiles->choices.year && profile->years[t].year != profiles->choices.year)
            continue;
        profile->index = t;
        is_found = true;
    }
    if (is_found)
        return BEHOV_OK;
    behov_status status =
        !has_years && profiles->choices.list
            ? behov_left_out_refuse(profiles->fit_results, place, PHRASE_HELP_ARGUMENT_MUNICIPALITY, err)
            : BEHOV_OK;
    if (status)
        return status;
    char name[BEHOV_MUNICIPALITY_NAME];
    behov_said where =
        behov_phrase(SAY_PROFILE_OF_MUNICIPALITY, behov_municipality_list_name(place, name, sizeof name));
    if (!has_years)
        return behov_error_say(err, BEHOV_E_DATA, where.text, SAY_PROFILE_NO_NEED);
    return behov_error_say(err, BEHOV_E_DATA, where.text, SAY_PROFILE_NO_NEED_IN_YEAR, profiles->choices.year,
                           list_years(profiles, profile).text);
}

static behov_status make_order(const behov_profiles *profiles, behov_profile *profile, behov_error *err)
{
    if (!(profile->order = calloc(profiles->n_terms + 1, sizeof *profile->order)))
        return out_of_memory(err);
    const double *drivers = profile->years[profile->index].drivers[BEHOV_PEER_COUNTRY];
    for (size_t j = 0; j < profiles->n_terms;
         j++) { /* by insertion: few terms, and equal ones stay in the model's order */
        size_t index = j;
        for (; index > 0 && fabs(drivers[profile->order[index - 1]]) < fabs(drivers[j]); index--)
            profile->order[index] = profile->order[index - 1];
        profile->order[index] = j;
    }
    return BEHOV_OK;
}

static bool has_room(const behov_profiles *profiles, size_t stride, behov_profile *profile)
{
    size_t n_regressors = behov_fit_n_regressors(profiles->fit_results->fit);
    profile->years = calloc(profiles->n_years + 1, sizeof *profile->years);
    profile->figures = calloc(profiles->n_years * stride + n_regressors + 1, sizeof *profile->figures);
    profile->regressors = profile->figures ? profile->figures + profiles->n_years * stride : NULL;
    return profile->years && profile->figures;
}

/* Years in which the municipality has no row: the country's and the group's ratio are there all the same. */
static void clear_years(const behov_profiles *profiles, size_t stride, behov_profile *profile)
{
    const int *years = behov_need_years(profiles->fit_results->need, &(size_t){0});
    for (size_t t = 0; t < profiles->n_years; t++) {
        behov_profile_year *profile_year = &profile->years[t];
        profile_year->drivers[BEHOV_PEER_COUNTRY] = profile->figures + t * stride;
        clear(profiles, profile_year, years[t]);
        profile_year->ratios[BEHOV_PEER_COUNTRY] =
            behov_drivers_ratio(profiles->drivers[BEHOV_PEER_COUNTRY], profiles->index.row_of_year[t], 0);
        if (behov_profile_has_group(profiles, profile))
            profile_year->ratios[BEHOV_PEER_GROUP] =
                behov_drivers_ratio(profiles->drivers[BEHOV_PEER_GROUP], profiles->index.row_of_year[t],
                                    (size_t)profiles->group.groups.values[profile->place]);
    }
}

/* The municipality's rows, and the need that its ratio of all years is of. */
static void fill_years(const behov_profiles *profiles, const rank_scratch *rank_scratch, behov_profile *profile)
{
    const behov_panel *panel = &profiles->fit_results->study->panel;
    size_t n_compared = 0, first = profiles->index.first_row[profile->place],
           end = profiles->index.first_row[profile->place + 1];
    bool has_need = false;
    double need = 0;
    for (size_t i = first; i < end; i++) {
        size_t row = profiles->index.rows[i],
               t = behov_need_year_position(profiles->fit_results->need, behov_panel_year(panel, row));
        if (t == profiles->n_years) /* a year that was left out */
            continue;
        behov_profile_year *profile_year = &profile->years[t];
        fill_year(profiles, rank_scratch, profile->place, row, profile_year);
        if (!profile_year->has_need)
            continue;
        if (!has_need || t >= profile->last_need)
            profile->last_need = t;
        has_need = true;
        if (isnan(profile_year->actual))
            continue;
        n_compared++;
        need += profile_year->need;
        for (size_t k = 0; k < rank_scratch->n_kept; k++)
            profile->regressors[k] += rank_scratch->kept_values[k];
    }
    profile->need = need / (double)n_compared;
    if (!(profile->need > profiles->fit_results->floor))
        profile->need = NAN;
    for (size_t k = 0; k < rank_scratch->n_kept; k++)
        profile->regressors[k] /= (double)n_compared;
}

static behov_status make_profile(const behov_profiles *profiles, const rank_scratch *rank_scratch, size_t place,
                                 behov_profile *profile, behov_error *err)
{
    size_t stride = BEHOV_PEER_BOTH * profiles->n_terms +
                    (1 + BEHOV_PEER_BOTH) * behov_fit_n_regressors(profiles->fit_results->fit);
    profile->place = place;
    if (!has_room(profiles, stride, profile))
        return out_of_memory(err);
    clear_years(profiles, stride, profile);
    fill_years(profiles, rank_scratch, profile);
    for (size_t t = 1; t < profiles->n_years; t++)
        compare(&profile->years[t - 1], &profile->years[t]);
    behov_status status = find_year(profiles, profile, err);
    return status ? status : make_order(profiles, profile, err);
}

/* With a list a municipality without a need is an error, without one it is passed over. */
static behov_status make_each(behov_profiles *profiles, const rank_scratch *rank_scratch, const size_t *places,
                              size_t n, behov_error *err)
{
    for (size_t place = 0; place < profiles->country.places.n; place++)
        profiles->index.profile_of[place] = n;
    for (size_t i = 0; i < n; i++) {
        behov_profile *profile = &profiles->all[profiles->n++];
        size_t place = places ? places[i] : i;
        behov_status status = make_profile(profiles, rank_scratch, place, profile, err);
        if (status && (places || status != BEHOV_E_DATA))
            return status;
        if (status) {
            profile_free(profile);
            profiles->n--;
            profiles->n_without_need++;
        } else {
            profiles->index.profile_of[place] = profiles->n - 1;
        }
    }
    return BEHOV_OK;
}

static behov_status make_all(behov_profiles *profiles, const size_t *places, size_t n, behov_error *err)
{
    const behov_fit *fit = profiles->fit_results->fit;
    size_t width = behov_fit_n_regressors(fit);
    rank_scratch rank_scratch = {.each = calloc(width + 1, sizeof *rank_scratch.each),
                                 .kept_values = calloc(width + 1, sizeof *rank_scratch.kept_values),
                                 .rmse = behov_fit_rmse(fit)};
    for (size_t k = 0; k < width; k++)
        rank_scratch.n_kept += !behov_fit_is_dropped(fit, k);
    profiles->all = calloc(n + 1, sizeof *profiles->all);
    behov_status status =
        rank_scratch.each && rank_scratch.kept_values && profiles->all ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = find_terms(profiles, err);
    if (!status)
        status = behov_vcov_contrasts_new(profiles->fit_results->vcov, fit, &rank_scratch.contrasts, err);
    if (!status)
        status = make_each(profiles, &rank_scratch, places, n, err);
    behov_vcov_contrasts_free(rank_scratch.contrasts);
    free(rank_scratch.each), free(rank_scratch.kept_values);
    return status;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

behov_status behov_profiles_new(const behov_fit_results *fit_results, const behov_profile_choices *choices,
                                behov_profiles *profiles, behov_error *err)
{
    *profiles = (behov_profiles){.fit_results = fit_results,
                                 .choices = *choices,
                                 .has_group = choices->group.kind != NULL,
                                 .has_population = fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0};
    behov_ranking_choices ranked_by = {.ranked_by = BEHOV_BY_RATIO,
                                       .within = {.kind = "country"},
                                       .level = choices->level,
                                       .n_draws = choices->n_draws,
                                       .seed = choices->seed,
                                       .lasting = choices->lasting,
                                       .progress = choices->progress};
    size_t *places = NULL, n = 0;
    behov_need_years(fit_results->need, &profiles->n_years);
    behov_status status = choices->year ? behov_fit_results_check_year(fit_results, choices->year, err) : BEHOV_OK;
    if (!status)
        status = behov_ranking_new_two(fit_results, &ranked_by, &choices->group, &profiles->country,
                                       profiles->has_group ? &profiles->group : NULL, err);
    if (!status && choices->list)
        status = behov_municipality_list_choose(&profiles->country.places, choices->list,
                                                PHRASE_HELP_ARGUMENT_MUNICIPALITY, &places, &n, err);
    if (!status)
        status = index_rows(profiles, err);
    if (!status)
        status = index_places(profiles, err);
    if (!status)
        status = make_drivers(profiles, err);
    if (!status)
        status = make_all(profiles, places, choices->list ? n : profiles->country.places.n, err);
    if (!status)
        status = profile_levels_fill(profiles, err);
    free(places);
    return status;
}

/* ---- what is around ------------------------------------------------------------------------------------------------
 */

const behov_profile *behov_profiles_of_place(const behov_profiles *profiles, size_t place)
{
    size_t index = profiles->index.profile_of[place];
    return index < profiles->n ? &profiles->all[index] : NULL;
}

/* Neither is above the other with the probability that is asked for: not clear. */
static behov_profile_pair compare_pair(const behov_profiles *profiles, const behov_profile *a, const behov_profile *b)
{
    const behov_shrink_need first = {a->place, a->need, a->regressors}, second = {b->place, b->need, b->regressors};
    double clear = behov_lasting_clear(&profiles->choices.lasting),
           probability = profiles->country.variances.is_known && !isnan(a->need) && !isnan(b->need)
                             ? behov_shrink_probability(profiles->country.shrink, BEHOV_TARGET_AHEAD, &first, &second)
                             : NAN;
    return (behov_profile_pair){.a = a,
                                .b = b,
                                .has_levels = !isnan(probability),
                                .probability = probability,
                                .is_clear = probability >= clear || 1 - probability >= clear};
}

size_t behov_profiles_pairs(const behov_profiles *profiles, behov_profile_pair pairs[BEHOV_PAIRS_MAX],
                            size_t *n_left_out)
{
    size_t n = 0, n_all = profiles->choices.list && profiles->n ? profiles->n * (profiles->n - 1) / 2 : 0;
    for (size_t i = 0; i < profiles->n && n < n_all; i++)
        for (size_t j = i + 1; j < profiles->n && n < BEHOV_PAIRS_MAX; j++)
            pairs[n++] = compare_pair(profiles, &profiles->all[i], &profiles->all[j]);
    *n_left_out = n_all - n;
    return n;
}

bool behov_profile_has_group(const behov_profiles *profiles, const behov_profile *profile)
{
    return profiles->has_group && profiles->group.groups.values[profile->place] != BEHOV_WITHOUT_GROUP;
}

behov_quartiles behov_profiles_quartiles(const behov_profiles *profiles, bool is_group, size_t place)
{
    return is_group ? profiles->index.spread[BEHOV_PEER_GROUP][profiles->group.groups.values[place]]
                    : profiles->index.spread[BEHOV_PEER_COUNTRY][0];
}

void behov_profiles_neighbours(const behov_profiles *profiles, size_t place, size_t above[BEHOV_NEIGHBOURS_EACH],
                               size_t *n_above, size_t lower_positions[BEHOV_NEIGHBOURS_EACH], size_t *n_below)
{
    const behov_ranking *source = &profiles->country;
    size_t index = profiles->index.shown_at[place];
    *n_above = *n_below = 0;
    if (index == source->n_shown || isnan(source->all[place].rank))
        return;
    for (size_t i = 1; i <= BEHOV_NEIGHBOURS_EACH && i <= index; i++)
        above[(*n_above)++] = source->shown_positions[index - i];
    for (size_t i = 1; i <= BEHOV_NEIGHBOURS_EACH && index + i < source->n_shown; i++)
        if (!isnan(source->all[source->shown_positions[index + i]].rank))
            lower_positions[(*n_below)++] = source->shown_positions[index + i];
}
