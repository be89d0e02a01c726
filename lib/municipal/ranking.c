/* ranking.c - from a fit to a ranking with intervals. Formulas: behov/shrink.h.
 *
 * Years pooled: need, actual, index and gap are means of a municipality's years, the ratio is 100 sum y / sum need. Its
 * lasting level is estimated from all years of the panel also when one year is ranked. */
#include <behov/ranking.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/lasting.h>
#include <behov/left_out.h>
#include "ranking_parts.h"

behov_status ranking_out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RANKING_NO_MEMORY);
}

void behov_ranking_free(behov_ranking *ranking)
{
    behov_groups_free(&ranking->groups);
    if (!ranking->is_second) {
        behov_municipality_list_free(&ranking->places);
        behov_groups_free(&ranking->sizes);
        behov_shrink_free(ranking->shrink);
    }
    free(ranking->all);
    free(ranking->shown_positions);
}

static void sums_free(ranking_sums *sums)
{
    free(sums->place), free(sums->kept_positions), free(sums->regressors), free(sums->vcov), free(sums->country);
    free(sums->compared_need), free(sums->compared), free(sums->persons), free(sums->country_x), free(sums->by_year);
}

static bool is_ranked_year(const behov_ranking *ranking, size_t row)
{
    return !ranking->choices.year ||
           behov_panel_year(&ranking->fit_results->study->panel, row) == ranking->choices.year;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------
 */

static behov_status check_panel(const behov_ranking *ranking, behov_error *err)
{
    behov_status status = behov_fit_results_refuse_transformed(ranking->fit_results, err);
    if (status)
        return status;
    const behov_panel *panel = &ranking->fit_results->study->panel;
    const char *source = behov_table_source(panel->table);
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NO_MUNICIPALITIES);
    if (ranking->choices.ranked_by == BEHOV_BY_GAP && behov_need_gap_is_1000kr(ranking->fit_results->need) &&
        panel->columns[BEHOV_ROLE_POPULATION] < 0)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_RANKING_GAP_NEEDS_POPULATION);
    return ranking->choices.year ? behov_fit_results_check_year(ranking->fit_results, ranking->choices.year, err)
                                 : BEHOV_OK;
}

/* The place of every row. Without codes a name that two rows of a year have is two municipalities, or one counted
 * twice. */
static behov_status find_places(const behov_ranking *ranking, ranking_sums *out, behov_error *err)
{
    const behov_panel *panel = &ranking->fit_results->study->panel;
    size_t n = behov_table_n_rows(panel->table), n_years, last_row = 0;
    const int *years = behov_need_years(ranking->fit_results->need, &n_years);
    if (!(out->place = malloc((n + 1) * sizeof *out->place)))
        return ranking_out_of_memory(err);
    size_t *seen_positions =
        panel->columns[BEHOV_ROLE_CODE] < 0 ? calloc(ranking->places.n * n_years + 1, sizeof *seen_positions) : NULL;
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && !seen_positions)
        return ranking_out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n && !status; row++) {
        const char *code = behov_panel_code(panel, row), *name = behov_panel_municipality(panel, row);
        if (behov_table_row_mark(panel->table, row) != BEHOV_ROW_MUNICIPALITY) {
            out->place[row] = (uint32_t)ranking->places.n;
            continue;
        }
        out->place[row] = (uint32_t)behov_municipality_list_position(&ranking->places, code, name);
        size_t year = 0;
        while (year < n_years && years[year] != behov_panel_year(panel, row))
            year++;
        size_t *previous_positions = seen_positions && out->place[row] < ranking->places.n && year < n_years
                                         ? &seen_positions[out->place[row] * n_years + year]
                                         : NULL;
        if (previous_positions && *previous_positions) {
            char where[BEHOV_PLACE_SIZE];
            last_row = *previous_positions - 1;
            behov_table_where(panel->table, row, panel->columns[BEHOV_ROLE_MUNICIPALITY], where);
            status = behov_error_say(err, BEHOV_E_DATA, where, SAY_RANKING_NAME_TWICE, behov_cut(name, 60).text,
                                     (unsigned long)behov_table_line(panel->table, last_row));
        }
        if (previous_positions)
            *previous_positions = row + 1;
    }
    free(seen_positions);
    return status;
}

/* ---- figures -------------------------------------------------------------------------------------------------------
 */

static behov_status make_room(behov_ranking *ranking, ranking_sums *out, behov_error *err)
{
    const behov_fit *fit = ranking->fit_results->fit;
    size_t n = ranking->places.n, width = behov_fit_n_regressors(fit), n_years;
    behov_need_years(ranking->fit_results->need, &n_years);
    ranking->all = calloc(n + 1, sizeof *ranking->all);
    out->kept_positions = calloc(width + 1, sizeof *out->kept_positions);
    out->regressors = calloc(n + 1, (width + 1) * sizeof *out->regressors);
    out->compared = calloc(n + 1, (width + 1) * sizeof *out->compared);
    out->vcov = calloc(width + 1, (width + 1) * sizeof *out->vcov);
    out->country = calloc(n + 1, sizeof *out->country);
    out->compared_need = calloc(n + 1, sizeof *out->compared_need);
    out->persons = calloc(n + 1, sizeof *out->persons);
    out->country_x = calloc(n + 1, (width + 1) * sizeof *out->country_x);
    out->by_year = calloc(n_years + 1, (width + 1) * sizeof *out->by_year);
    if (!ranking->all || !out->kept_positions || !out->regressors || !out->compared || !out->vcov || !out->country ||
        !out->compared_need || !out->persons || !out->country_x || !out->by_year)
        return ranking_out_of_memory(err);
    for (size_t k = 0; k < width; k++)
        if (!behov_fit_is_dropped(fit, k))
            out->kept_positions[out->n_kept++] = k;
    for (size_t i = 0; i < out->n_kept; i++)
        for (size_t j = 0; j < out->n_kept; j++)
            out->vcov[i * out->n_kept + j] =
                behov_vcov_matrix(ranking->fit_results->vcov)[out->kept_positions[i] * width + out->kept_positions[j]];
    return BEHOV_OK;
}

static size_t year_of(const behov_ranking *ranking, size_t row)
{
    return behov_need_year_position(ranking->fit_results->need,
                                    behov_panel_year(&ranking->fit_results->study->panel, row));
}

/* The country counts every row that has a need and a population, as behov_need_country does. */
static void add_to_country(const behov_ranking *ranking, ranking_sums *out, size_t row, const double *x)
{
    double population = behov_panel_population(&ranking->fit_results->study->panel, row);
    double *year = out->by_year + year_of(ranking, row) * (out->n_kept + 1);
    for (size_t k = 0; k < out->n_kept && !isnan(population); k++)
        year[k] += population * x[out->kept_positions[k]];
    year[out->n_kept] += isnan(population) ? 0 : population;
}

static void add_row(behov_ranking *ranking, ranking_sums *out, size_t row, const double *x)
{
    const behov_fit_results *result = ranking->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t place = out->place[row];
    behov_ranked_municipality *ranked_municipality = &ranking->all[place];
    double need = behov_need_need(result->need, row), actual = behov_need_actual(result->need, row);
    double population = behov_panel_population(panel, row);
    double *mean = out->regressors + place * out->n_kept, *compared = out->compared + place * out->n_kept;
    ranked_municipality->n_rows++;
    ranked_municipality->need += need;
    out->country[place] += isnan(population) ? NAN : behov_need_country(result->need, year_of(ranking, row));
    for (size_t k = 0; k < out->n_kept; k++)
        mean[k] += x[out->kept_positions[k]];
    if (isnan(actual))
        return;
    ranked_municipality->n_compared++;
    ranked_municipality->n_estimated += behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
    ranked_municipality->actual += actual;
    out->compared_need[place] += need;
    out->persons[place] += population;
    ranked_municipality->gap += behov_need_gap(result->need, row);
    for (size_t k = 0; k < out->n_kept; k++)
        compared[k] += x[out->kept_positions[k]];
}

static behov_interval ratio_interval(const behov_ranking *ranking, double actual, double need, const behov_vcov *vcov,
                                     behov_vcov_contrasts *contrasts, const double *regressors)
{
    double variance = behov_vcov_level_variance(vcov, ranking->fit_results->fit, regressors),
           dof = behov_vcov_contrast_dof(contrasts, regressors);
    return behov_ratio_interval(actual, behov_level_interval(need, variance, dof, ranking->choices.level));
}

/* Sums to means; ratio and the intervals of it. */
static behov_status settle(behov_ranking *ranking, ranking_sums *out, behov_error *err)
{
    const behov_fit_results *result = ranking->fit_results;
    behov_vcov_contrasts *contrasts = NULL, *by_municipality = NULL;
    behov_status status = behov_vcov_contrasts_new(result->vcov, result->fit, &contrasts, err);
    if (!status && result->municipality_vcov)
        status = behov_vcov_contrasts_new(result->municipality_vcov, result->fit, &by_municipality, err);
    if (status) {
        behov_vcov_contrasts_free(contrasts);
        return status;
    }
    for (size_t i = 0; i < ranking->places.n; i++) {
        behov_ranked_municipality *ranked_municipality = &ranking->all[i];
        double n = (double)ranked_municipality->n_rows, m = (double)ranked_municipality->n_compared,
               *compared = out->compared + i * out->n_kept;
        ranked_municipality->population = ranking->places.all[i].population;
        ranked_municipality->ratio_interval = ranked_municipality->municipality_interval = (behov_interval){NAN, NAN};
        ranked_municipality->index = out->country[i] > 0 ? 100 * ranked_municipality->need / out->country[i] : NAN;
        ranked_municipality->need /= n; /* 0 / 0: no row, no need */
        for (size_t k = 0; k < out->n_kept; k++) {
            out->regressors[i * out->n_kept + k] /= n;
            compared[k] /= m;
        }
        ranked_municipality->actual /= m;
        ranked_municipality->gap /= m;
        out->persons[i] /= m;
        double need = out->compared_need[i] /= m;
        ranked_municipality->is_below_floor = m > 0 && !(need > result->floor);
        ranked_municipality->ratio = behov_ratio_of_levels(ranked_municipality->actual, need, result->floor);
        if (isnan(ranked_municipality->ratio))
            continue;
        ranked_municipality->ratio_interval =
            ratio_interval(ranking, ranked_municipality->actual, need, result->vcov, contrasts, compared);
        if (by_municipality)
            ranked_municipality->municipality_interval = ratio_interval(
                ranking, ranked_municipality->actual, need, result->municipality_vcov, by_municipality, compared);
    }
    behov_vcov_contrasts_free(contrasts);
    behov_vcov_contrasts_free(by_municipality);
    return BEHOV_OK;
}

/* Rows of all years with need and outcome; the figures of the ranked ones are added up on the way. */
static behov_status gather(behov_ranking *ranking, ranking_sums *out, behov_error *err)
{
    const behov_fit_results *result = ranking->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t n_rows, n_estimated, width = behov_design_n_regressors(result->design), n = 0, index = 0;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows),
                   *estimated = behov_design_estimated(result->design, &n_estimated);
    const double *roots = behov_design_root_weights(result->design);
    bool has_population = panel->columns[BEHOV_ROLE_POPULATION] >= 0;
    double *x = calloc(width + 1, sizeof *x), *regressors = calloc(n_rows + 1, (out->n_kept + 1) * sizeof *regressors);
    double *residuals = calloc(n_rows + 1, sizeof *residuals), *populations = calloc(n_rows + 1, sizeof *populations),
           *weights = calloc(n_rows + 1, sizeof *weights);
    uint32_t *places = calloc(n_rows + 1, sizeof *places);
    int32_t *years = calloc(n_rows + 1, sizeof *years);
    bool *is_estimated = calloc(n_rows + 1, sizeof *is_estimated);
    bool has_room = x && regressors && residuals && populations && weights && places && years && is_estimated;
    behov_status status = has_room ? BEHOV_OK : ranking_out_of_memory(err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        uint32_t row = behov_row_at(rows, i);
        double root = 1;
        if (index < n_estimated && behov_row_at(estimated, index) == row) {
            root = roots ? roots[index] : 1;
            index++;
        }
        behov_design_fill(result->design, &row, 1, x, width, NULL);
        add_to_country(ranking, out, row, x);
        if (out->place[row] >= ranking->places.n)
            continue;
        if (is_ranked_year(ranking, row))
            add_row(ranking, out, row, x);
        double actual = behov_need_actual(result->need, row), population = behov_panel_population(panel, row);
        if (isnan(actual))
            continue;
        if (has_population && isnan(population)) {
            ranking->n_without_population++;
            continue;
        }
        residuals[n] = actual - behov_need_need(result->need, row);
        populations[n] = population;
        weights[n] = root;
        places[n] = out->place[row];
        years[n] = behov_panel_year(panel, row);
        is_estimated[n] = behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
        for (size_t k = 0; k < out->n_kept; k++)
            regressors[n * out->n_kept + k] = x[out->kept_positions[k]];
        n++;
    }
    if (!status)
        status = behov_shrink_new(&(behov_shrink_data){.n_rows = n,
                                                       .n_municipalities = ranking->places.n,
                                                       .n_regressors = out->n_kept,
                                                       .municipalities = places,
                                                       .residuals = residuals,
                                                       .populations = has_population ? populations : NULL,
                                                       .regressors = regressors,
                                                       .is_estimated = is_estimated,
                                                       .root_weights = weights,
                                                       .chance = ranking->choices.lasting.is_independent
                                                                     ? BEHOV_CHANCE_INDEPENDENT
                                                                     : BEHOV_CHANCE_AR1,
                                                       .years = panel->columns[BEHOV_ROLE_YEAR] >= 0 ? years : NULL,
                                                       .horizon = ranking->choices.lasting.horizon,
                                                       .n_threads = result->study->n_threads},
                                  &ranking->shrink, err);
    free(x), free(regressors), free(residuals), free(populations), free(weights), free(places), free(years);
    free(is_estimated);
    return status;
}

/* The country's regressors over the years in which each municipality is ranked: what its index is a share of. */
static void country_of_each(const behov_ranking *ranking, ranking_sums *out)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(ranking->fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        size_t place = out->place[behov_row_at(rows, i)];
        if (place >= ranking->places.n || !is_ranked_year(ranking, behov_row_at(rows, i)))
            continue;
        const double *year = out->by_year + year_of(ranking, behov_row_at(rows, i)) * (out->n_kept + 1);
        for (size_t k = 0; k < out->n_kept; k++)
            out->country_x[place * out->n_kept + k] += year[k] / year[out->n_kept] / (double)ranking->all[place].n_rows;
    }
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* Rows of the panel to figures of municipalities, and the variances of their lasting levels. */
static behov_status compute(behov_ranking *ranking, ranking_sums *out, behov_error *err)
{
    bool has_population = false;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < ranking->places.n; i++)
        has_population = has_population || !isnan(ranking->places.all[i].population);
    if (has_population)
        status = behov_groups_new(&ranking->places, &(behov_grouping){.kind = "size"}, &ranking->sizes, err);
    if (!status)
        status = find_places(ranking, out, err);
    if (!status)
        status = make_room(ranking, out, err);
    if (!status)
        status = gather(ranking, out, err);
    if (!status) {
        ranking->variances = behov_shrink_variances_of(ranking->shrink);
        ranking->is_at_border = behov_lasting_is_at_border(&ranking->variances);
        ranking->variances.is_known = ranking->variances.is_known && !ranking->is_at_border;
        status = settle(ranking, out, err);
        if (!status && ranking->choices.ranked_by == BEHOV_BY_NEED)
            country_of_each(ranking, out);
    }
    return status;
}

/* Before the work, which such a panel makes long, not after it. */
static behov_status check_size(const behov_ranking *ranking, const bool *takes_part, behov_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < ranking->places.n; i++)
        n += takes_part[i];
    if (n <= BEHOV_SHRINK_RANKED_MAX)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_RANKING_TOO_MANY, (unsigned long)n,
                           BEHOV_SHRINK_RANKED_MAX);
}

static behov_status choose_groups(const behov_grouping *within, behov_ranking *ranking, behov_error *err)
{
    ranking->choices.within = *within;
    ranking->has_groups = within->kind && strcmp(within->kind, "country") != 0;
    return ranking->has_groups ? behov_groups_new(&ranking->places, within, &ranking->groups, err) : BEHOV_OK;
}

/* The same figures, to be ranked within other groups: it borrows all but them and its places. */
static behov_status copy_figures(const behov_ranking *source, behov_ranking *out, behov_error *err)
{
    behov_ranked_municipality *all = malloc((source->places.n + 1) * sizeof *all);
    if (!all)
        return ranking_out_of_memory(err);
    memcpy(all, source->all, source->places.n * sizeof *all);
    behov_groups groups = out->groups;
    behov_ranking_choices choices = out->choices;
    bool has_groups = out->has_groups;
    *out = *source;
    out->all = all;
    out->groups = groups;
    out->choices = choices;
    out->has_groups = has_groups;
    out->is_second = true;
    return BEHOV_OK;
}

behov_status behov_ranking_new_two(const behov_fit_results *fit_results, const behov_ranking_choices *choices,
                                   const behov_grouping *within, behov_ranking *ranking, behov_ranking *second,
                                   behov_error *err)
{
    *ranking = (behov_ranking){.fit_results = fit_results, .choices = *choices};
    if (second)
        *second = (behov_ranking){.fit_results = fit_results, .choices = *choices, .is_second = true};
    behov_ranking *const both[] = {ranking, second};
    size_t n_rankings = second ? 2 : 1;
    ranking_sums out = {0};
    bool *takes_part = NULL;
    size_t around = 0, *listed_positions = NULL, n_listed = 0;
    behov_status status = check_panel(ranking, err);
    if (!status)
        status = behov_municipality_list_of_panel(&fit_results->study->panel, &ranking->places, err);
    if (fit_results->study->is_bundled)
        ranking->places.source = PHRASE_PANEL_BUNDLED;
    if (!status && !(takes_part = calloc(ranking->places.n + 1, sizeof *takes_part)))
        status = ranking_out_of_memory(err);
    if (!status && choices->list)
        status = behov_municipality_list_choose(&ranking->places, choices->list, PHRASE_PLACE_LIST, &listed_positions,
                                                &n_listed, err);
    if (!status)
        status = behov_left_out_refuse_all(fit_results, ranking->places.all, listed_positions, n_listed,
                                           PHRASE_PLACE_LIST, err);
    for (size_t i = 0; i < ranking->places.n && !status; i++)
        takes_part[i] = !choices->list;
    for (size_t i = 0; i < n_listed; i++)
        takes_part[listed_positions[i]] = true;
    if (!status)
        status = check_size(ranking, takes_part, err);
    if (!status && choices->around)
        status = behov_municipality_list_find(&ranking->places, choices->around, PHRASE_PLACE_AROUND, &around, err);
    if (!status && choices->around)
        status = behov_left_out_refuse(fit_results, &ranking->places.all[around], PHRASE_PLACE_AROUND, err);
    if (!status)
        status = choose_groups(&choices->within, ranking, err);
    if (!status && second) {
        second->places = ranking->places;
        status = choose_groups(within, second, err);
    }
    if (!status)
        status = compute(ranking, &out, err);
    if (!status && second)
        status = copy_figures(ranking, second, err);
    if (!status)
        status = ranking_take_places(both, n_rankings, &out, takes_part, err);
    for (size_t r = 0; r < n_rankings && !status; r++)
        status = ranking_show(both[r], takes_part, around, err);
    sums_free(&out);
    free(listed_positions);
    free(takes_part);
    return status;
}

behov_status behov_ranking_new(const behov_fit_results *fit_results, const behov_ranking_choices *choices,
                               behov_ranking *ranking, behov_error *err)
{
    return behov_ranking_new_two(fit_results, choices, NULL, ranking, NULL, err);
}

behov_status behov_ranking_choose(const behov_ranking *ranking, const behov_municipality_names *list,
                                  size_t **positions, size_t *n, behov_error *err)
{
    *positions = NULL, *n = 0;
    if (!list)
        return BEHOV_OK;
    behov_status status = behov_municipality_list_choose(&ranking->places, list, PHRASE_PLACE_LIST, positions, n, err);
    if (!status)
        status = behov_left_out_refuse_all(ranking->fit_results, ranking->places.all, *positions, *n, PHRASE_PLACE_LIST,
                                           err);
    if (status) {
        free(*positions);
        *positions = NULL, *n = 0;
    }
    return status;
}

bool behov_ranking_is_one_of_years(const behov_ranking *ranking)
{
    size_t n_years;
    behov_need_years(ranking->fit_results->need, &n_years);
    return ranking->choices.year && n_years > 1 && ranking->choices.ranked_by != BEHOV_BY_NEED;
}

bool behov_ranking_has_lasting_ranks(const behov_ranking *ranking)
{
    return ranking->choices.ranked_by != BEHOV_BY_NEED && ranking->variances.is_known;
}

bool behov_ranking_has_cut_level(const behov_ranking *ranking, bool with_intervals)
{
    for (size_t i = 0; i < ranking->n_shown; i++) {
        behov_lasting level = ranking->all[ranking->shown_positions[i]].lasting;
        if (with_intervals ? behov_lasting_is_cut(level) : level.ratio < 0)
            return true;
    }
    return false;
}

bool behov_ranking_has_intervals(const behov_ranking *ranking)
{
    return ranking->choices.ranked_by == BEHOV_BY_NEED || ranking->variances.is_known;
}

bool behov_ranking_has_population(const behov_ranking *ranking)
{
    return ranking->fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
}

bool behov_ranking_is_pooled(const behov_ranking *ranking)
{
    size_t n_years;
    behov_need_years(ranking->fit_results->need, &n_years);
    return !ranking->choices.year && n_years > 1;
}

size_t behov_ranking_n_alone(const behov_ranking *ranking)
{
    size_t n_alone = ranking->n_ranked == 1;
    for (size_t i = 0; ranking->has_groups && ranking->n_ranked > 1 && i < ranking->places.n; i++) {
        bool is_alone = ranking->all[i].rank == 1; /* which each group has, so that few are compared with all others */
        for (size_t j = 0; is_alone && j < ranking->places.n; j++)
            is_alone = j == i || isnan(ranking->all[j].rank) || ranking->groups.values[j] != ranking->groups.values[i];
        n_alone += is_alone;
    }
    return n_alone;
}
