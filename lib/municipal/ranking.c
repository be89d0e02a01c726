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

enum { AROUND_EACH = 5 };

static behov_status out_of_memory(behov_error *err)
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

/* What is added up row by row. */
typedef struct sums {
    uint32_t *place;                /* of each row of the table */
    size_t n_kept, *kept_positions; /* regressors with a coefficient */
    double *regressors;             /* places x n_kept: mean over the rows with a need that are ranked */
    double *vcov;                   /* n_kept x n_kept */
    double *country;                /* places: sum of the country's need, of those rows */
    double *country_x;              /* places x n_kept: mean of the country's regressors, of those rows */
    double *by_year;                /* years x (n_kept + 1): the country's regressors times population; population */
    double *compared_need;          /* places: sum of the need of rows with an outcome */
    double *compared;               /* places x n_kept: their regressors */
    double *persons;                /* places: sum of population over them */
} sums;

static void sums_free(sums *sums)
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
static behov_status find_places(const behov_ranking *ranking, sums *out, behov_error *err)
{
    const behov_panel *panel = &ranking->fit_results->study->panel;
    size_t n = behov_table_n_rows(panel->table), n_years, last_row = 0;
    const int *years = behov_need_years(ranking->fit_results->need, &n_years);
    if (!(out->place = malloc((n + 1) * sizeof *out->place)))
        return out_of_memory(err);
    size_t *seen_positions =
        panel->columns[BEHOV_ROLE_CODE] < 0 ? calloc(ranking->places.n * n_years + 1, sizeof *seen_positions) : NULL;
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && !seen_positions)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n && !status; row++) {
        const char *code = behov_panel_code(panel, row), *name = behov_panel_municipality(panel, row);
        out->place[row] = (uint32_t)behov_municipality_list_position(&ranking->places, code, name);
        size_t year = 0;
        while (year + 1 < n_years && years[year] != behov_panel_year(panel, row))
            year++;
        size_t *previous_positions = seen_positions && out->place[row] < ranking->places.n
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

static behov_status make_room(behov_ranking *ranking, sums *out, behov_error *err)
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
        return out_of_memory(err);
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
static void add_to_country(const behov_ranking *ranking, sums *out, size_t row, const double *x)
{
    double population = behov_panel_population(&ranking->fit_results->study->panel, row);
    double *year = out->by_year + year_of(ranking, row) * (out->n_kept + 1);
    for (size_t k = 0; k < out->n_kept && !isnan(population); k++)
        year[k] += population * x[out->kept_positions[k]];
    year[out->n_kept] += isnan(population) ? 0 : population;
}

static void add_row(behov_ranking *ranking, sums *out, size_t row, const double *x)
{
    const behov_fit_results *result = ranking->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t place = out->place[row];
    behov_ranked_municipality *ranked_municipality = &ranking->all[place];
    double need = behov_need_need(result->need)[row], actual = behov_need_actual(result->need)[row];
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
    ranked_municipality->gap += behov_need_gap(result->need)[row];
    for (size_t k = 0; k < out->n_kept; k++)
        compared[k] += x[out->kept_positions[k]];
}

/* Sums to means; ratio and the interval of it. */
static void settle(behov_ranking *ranking, sums *out)
{
    const behov_fit_results *result = ranking->fit_results;
    double dof = behov_vcov_dof(result->vcov);
    for (size_t i = 0; i < ranking->places.n; i++) {
        behov_ranked_municipality *ranked_municipality = &ranking->all[i];
        double n = (double)ranked_municipality->n_rows, m = (double)ranked_municipality->n_compared,
               *compared = out->compared + i * out->n_kept;
        ranked_municipality->population = ranking->places.all[i].population;
        ranked_municipality->ratio_interval = (behov_interval){NAN, NAN};
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
        ranked_municipality->ratio =
            need > result->floor && ranked_municipality->actual >= 0 ? 100 * ranked_municipality->actual / need : NAN;
        if (!isnan(ranked_municipality->ratio))
            ranked_municipality->ratio_interval = behov_ratio_interval(
                ranked_municipality->actual,
                behov_level_interval(need, behov_vcov_level_variance(result->vcov, result->fit, compared), dof,
                                     ranking->choices.level));
    }
}

/* Rows of all years with need and outcome; the figures of the ranked ones are added up on the way. */
static behov_status gather(behov_ranking *ranking, sums *out, behov_error *err)
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
    behov_status status = has_room ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        uint32_t row = rows[i];
        double root = 1;
        if (index < n_estimated && estimated[index] == row) {
            root = roots ? roots[index] : 1;
            index++;
        }
        behov_design_fill(result->design, &row, 1, x, width, NULL);
        add_to_country(ranking, out, row, x);
        if (out->place[row] >= ranking->places.n)
            continue;
        if (is_ranked_year(ranking, row))
            add_row(ranking, out, row, x);
        double actual = behov_need_actual(result->need)[row], population = behov_panel_population(panel, row);
        if (isnan(actual))
            continue;
        if (has_population && isnan(population)) {
            ranking->n_without_population++;
            continue;
        }
        residuals[n] = actual - behov_need_need(result->need)[row];
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
static void country_of_each(const behov_ranking *ranking, sums *out)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(ranking->fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        size_t place = out->place[rows[i]];
        if (place >= ranking->places.n || !is_ranked_year(ranking, rows[i]))
            continue;
        const double *year = out->by_year + year_of(ranking, rows[i]) * (out->n_kept + 1);
        for (size_t k = 0; k < out->n_kept; k++)
            out->country_x[place * out->n_kept + k] += year[k] / year[out->n_kept] / (double)ranking->all[place].n_rows;
    }
}

/* ---- places --------------------------------------------------------------------------------------------------------
 */

/* What is worked out for several rankings of the same municipalities, from the same draws. */
typedef struct rank_scratch {
    double *memory;
    double *values, *ranks, *low, *high; /* a row for each ranking */
    double *needs, *scales;
    uint32_t *groups; /* a row for each ranking */
    size_t *unclear;  /* a row for each ranking */
    bool has_index;   /* needs are ranked as the index, against the country's */
} rank_scratch;

static bool working_new(rank_scratch *rank_scratch, size_t n, size_t n_rankings)
{
    rank_scratch->memory = calloc(n + 1, (4 * n_rankings + 2) * sizeof *rank_scratch->memory);
    rank_scratch->unclear = calloc(n + 1, n_rankings * sizeof *rank_scratch->unclear);
    rank_scratch->groups = calloc(n + 1, n_rankings * sizeof *rank_scratch->groups);
    if (!rank_scratch->memory || !rank_scratch->unclear || !rank_scratch->groups)
        return false;
    rank_scratch->values = rank_scratch->memory;
    rank_scratch->ranks = rank_scratch->values + n_rankings * n;
    rank_scratch->low = rank_scratch->ranks + n_rankings * n;
    rank_scratch->high = rank_scratch->low + n_rankings * n;
    rank_scratch->needs = rank_scratch->high + n_rankings * n;
    rank_scratch->scales = rank_scratch->needs + n;
    return true;
}

static void working_free(rank_scratch *rank_scratch)
{
    free(rank_scratch->memory), free(rank_scratch->unclear), free(rank_scratch->groups);
}

/* What is ranked: NaN for a municipality that takes no place. */
static void set_values(const behov_ranking *ranking, const sums *out, const bool *takes_part, double *values,
                       uint32_t *group_of_each, rank_scratch *rank_scratch)
{
    bool by_need = ranking->choices.ranked_by == BEHOV_BY_NEED;
    for (size_t i = 0; i < ranking->places.n && by_need; i++)
        rank_scratch->has_index = rank_scratch->has_index || !isnan(ranking->all[i].index);
    bool has_index = rank_scratch->has_index;
    for (size_t i = 0; i < ranking->places.n; i++) {
        const behov_ranked_municipality *ranked_municipality = &ranking->all[i];
        bool has_group = !ranking->has_groups || ranking->groups.values[i] != BEHOV_WITHOUT_GROUP;
        values[i] = by_need ? (has_index ? ranked_municipality->index : ranked_municipality->need)
                    : ranking->choices.ranked_by == BEHOV_BY_GAP ? ranked_municipality->gap
                                                                 : ranked_municipality->ratio;
        if (!takes_part[i] || !has_group)
            values[i] = NAN;
        group_of_each[i] = !has_group ? BEHOV_NO_GROUP : ranking->has_groups ? (uint32_t)ranking->groups.values[i] : 0;
        if (!isnan(values[i])) /* in any of the rankings */
            rank_scratch->needs[i] = by_need ? ranked_municipality->need : out->compared_need[i];
        rank_scratch->scales[i] =
            by_need ? (has_index ? out->country[i] / (double)ranked_municipality->n_rows : 1)
            : ranking->choices.ranked_by == BEHOV_BY_GAP && behov_need_gap_is_1000kr(ranking->fit_results->need)
                ? out->persons[i]
                : 1;
    }
}

static void take_places(behov_ranking *ranking, const sums *out, const double *ranks, const double *low,
                        const double *high, const size_t *unclear)
{
    for (size_t i = 0; i < ranking->places.n; i++) {
        behov_ranked_municipality *ranked_municipality = &ranking->all[i];
        ranked_municipality->rank = ranks[i];
        ranked_municipality->lasting_rank = NAN;
        ranked_municipality->rank_low = low[i];
        ranked_municipality->rank_high = high[i];
        ranked_municipality->n_unclear = unclear[i];
        ranking->n_ranked += !isnan(ranks[i]);
        double need = out->compared_need[i] > ranking->fit_results->floor ? out->compared_need[i] : NAN;
        const double *x = out->compared + i * out->n_kept;
        ranked_municipality->lasting = behov_lasting_level(ranking->shrink, i, need, x, ranking->choices.level);
        ranked_municipality->permanent = behov_lasting_permanent(ranking->shrink, i, need, x, ranking->choices.level);
    }
}

/* Places by the lasting level, which the intervals are of: by ratio 100 (need + u) / need, by gap u times inhabitants.
 * */
static behov_status rank_levels(behov_ranking *ranking, const double *scales, const uint32_t *groups_of_each,
                                behov_error *err)
{
    size_t n = ranking->places.n;
    const double *effects = behov_shrink_effects(ranking->shrink);
    double *levels = malloc((n + 1) * sizeof *levels), *ranks = malloc((n + 1) * sizeof *ranks);
    behov_status status = levels && ranks ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        levels[i] = isnan(ranking->all[i].rank_low)              ? NAN
                    : ranking->choices.ranked_by == BEHOV_BY_GAP ? effects[i] * scales[i]
                                                                 : ranking->all[i].lasting.ratio;
    if (!status)
        status = behov_rank_values(levels, n, groups_of_each, ranks, err);
    for (size_t i = 0; i < n && !status; i++)
        ranking->all[i].lasting_rank = ranks[i];
    free(levels), free(ranks);
    return status;
}

/* What is drawn and compared; `groups` and `n_groupings` are left to the caller. */
static behov_shrink_ranking drawn(const behov_ranking *ranking, const sums *out, const rank_scratch *rank_scratch)
{
    bool by_need = ranking->choices.ranked_by == BEHOV_BY_NEED;
    return (behov_shrink_ranking){.by = ranking->choices.ranked_by,
                                  .needs = rank_scratch->needs,
                                  .regressors = by_need ? out->regressors : out->compared,
                                  .scales = rank_scratch->scales,
                                  .scale_regressors = rank_scratch->has_index ? out->country_x : NULL,
                                  .vcov = by_need ? out->vcov : NULL,
                                  .n_draws = ranking->choices.n_draws,
                                  .seed = ranking->choices.seed,
                                  .level = ranking->choices.level,
                                  .is_together = ranking->choices.lasting.ranks_together,
                                  .n_threads = ranking->fit_results->study->n_threads,
                                  .progress = ranking->choices.progress.step,
                                  .context = ranking->choices.progress.context};
}

/* Intervals of places, and how many others are not clearly different, where there are any. */
static behov_status draw_all(const behov_ranking *ranking, size_t n_rankings, const sums *out,
                             rank_scratch *rank_scratch, behov_error *err)
{
    size_t n = ranking->places.n;
    behov_shrink_ranking shrink_ranking = drawn(ranking, out, rank_scratch);
    if (!behov_ranking_has_intervals(ranking))
        return BEHOV_OK;
    shrink_ranking.groups = rank_scratch->groups;
    shrink_ranking.n_groupings = n_rankings;
    behov_status status =
        behov_shrink_ranks(ranking->shrink, &shrink_ranking, rank_scratch->low, rank_scratch->high, err);
    for (size_t r = 0; r < n_rankings && !status; r++) {
        shrink_ranking.groups = rank_scratch->groups + r * n;
        status = behov_shrink_unclear_ranked(ranking->shrink, &shrink_ranking,
                                             behov_lasting_clear(&ranking->choices.lasting),
                                             rank_scratch->unclear + r * n, err);
    }
    return status;
}

static behov_status rank_all(behov_ranking *const *all, size_t n_rankings, const sums *out, const bool *takes_part,
                             behov_error *err)
{
    const behov_ranking *ranking = all[0];
    size_t n = ranking->places.n;
    rank_scratch rank_scratch = {0};
    behov_status status = working_new(&rank_scratch, n, n_rankings) ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        rank_scratch.needs[i] = NAN;
    for (size_t i = 0; i < n * n_rankings && !status; i++)
        rank_scratch.low[i] = rank_scratch.high[i] = NAN;
    for (size_t r = 0; r < n_rankings && !status; r++) {
        set_values(all[r], out, takes_part, rank_scratch.values + r * n, rank_scratch.groups + r * n, &rank_scratch);
        status = behov_rank_values(rank_scratch.values + r * n, n, rank_scratch.groups + r * n,
                                   rank_scratch.ranks + r * n, err);
    }
    if (!status)
        status = draw_all(ranking, n_rankings, out, &rank_scratch, err);
    for (size_t r = 0; r < n_rankings && !status; r++) {
        size_t index = r * n;
        take_places(all[r], out, rank_scratch.ranks + index, rank_scratch.low + index, rank_scratch.high + index,
                    rank_scratch.unclear + index);
        if (behov_ranking_has_lasting_ranks(ranking))
            status = rank_levels(all[r], rank_scratch.scales, rank_scratch.groups + index, err);
    }
    working_free(&rank_scratch);
    return status;
}

static size_t group_of(const behov_ranking *ranking, size_t place)
{
    return ranking->has_groups ? (size_t)ranking->groups.values[place] : 0;
}

typedef struct in_order {
    size_t group, place;
    double rank;
} in_order;

static int compare_order(const void *a, const void *b)
{
    const in_order *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (isnan(x->rank) != isnan(y->rank))
        return isnan(x->rank) ? 1 : -1;
    if (x->rank != y->rank && !isnan(x->rank))
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Clearly above and below the middle, and how many of the extremes are small. */
static void count(behov_ranking *ranking, const in_order *order, size_t n)
{
    for (size_t first = 0, end; first < n; first = end) {
        size_t ranked_here = 0;
        for (end = first; end < n && order[end].group == order[first].group; end++)
            ranked_here += !isnan(order[end].rank);
        double middle = ((double)ranked_here + 1) / 2;
        for (size_t i = first; i < end; i++) {
            ranking->n_clearly_above += ranking->all[order[i].place].rank_high < middle;
            ranking->n_clearly_below += ranking->all[order[i].place].rank_low > middle;
        }
        for (size_t i = first; i < end && !ranking->has_groups; i++) {
            double population = ranking->all[order[i].place].population;
            if (isnan(order[i].rank) || isnan(population))
                continue;
            bool is_extreme = i < BEHOV_EXTREMES_EACH || i + BEHOV_EXTREMES_EACH >= ranked_here;
            ranking->n_few += population < BEHOV_FEW_INHABITANTS;
            ranking->n_small += population < BEHOV_SMALL_INHABITANTS;
            ranking->n_extremes += is_extreme;
            ranking->n_extremes_few += is_extreme && population < BEHOV_FEW_INHABITANTS;
            ranking->n_extremes_small += is_extreme && population < BEHOV_SMALL_INHABITANTS;
        }
    }
}

static behov_status show(behov_ranking *ranking, const bool *takes_part, size_t around, behov_error *err)
{
    size_t n = 0, index = 0;
    in_order *order = calloc(ranking->places.n + 1, sizeof *order);
    ranking->shown_positions = calloc(ranking->places.n + 1, sizeof *ranking->shown_positions);
    if (!order || !ranking->shown_positions) {
        free(order);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < ranking->places.n; i++)
        if (takes_part[i] && ranking->all[i].n_rows &&
            (!ranking->has_groups || ranking->groups.values[i] != BEHOV_WITHOUT_GROUP))
            order[n++] = (in_order){group_of(ranking, i), i, ranking->all[i].rank};
    if (n > 1)
        qsort(order, n, sizeof *order, compare_order);
    count(ranking, order, n);
    while (index < n && order[index].place != around)
        index++;
    size_t in_group = 0, each = ranking->choices.top ? ranking->choices.top : AROUND_EACH;
    for (size_t i = 0; i < n; i++) {
        in_group = i > 0 && order[i].group == order[i - 1].group ? in_group + 1 : 0;
        bool is_near = index < n && order[i].group == order[index].group && i + each >= index && i <= index + each;
        if (ranking->choices.around ? is_near : !ranking->choices.top || in_group < ranking->choices.top) {
            ranking->around_shown = i == index ? ranking->n_shown : ranking->around_shown;
            ranking->shown_positions[ranking->n_shown++] = order[i].place;
        }
    }
    behov_status status = BEHOV_OK;
    if (ranking->choices.around && index == n)
        status = behov_error_say(err, BEHOV_E_DATA, "--around", SAY_RANKING_AROUND_NOT_RANKED,
                                 ranking->places.all[around].code, ranking->places.all[around].name);
    else if (n == 0)
        status = behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_RANKING_NO_NEED);
    free(order);
    return status;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* Rows of the panel to figures of municipalities, and the variances of their lasting levels. */
static behov_status compute(behov_ranking *ranking, sums *out, behov_error *err)
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
        settle(ranking, out);
        if (ranking->choices.ranked_by == BEHOV_BY_NEED)
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
        return out_of_memory(err);
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
    sums out = {0};
    bool *takes_part = NULL;
    size_t around = 0, *listed_positions = NULL, n_listed = 0;
    behov_status status = check_panel(ranking, err);
    if (!status)
        status = behov_municipality_list_of_panel(&fit_results->study->panel, &ranking->places, err);
    if (fit_results->study->is_bundled)
        ranking->places.source = PHRASE_PANEL_BUNDLED;
    if (!status && !(takes_part = calloc(ranking->places.n + 1, sizeof *takes_part)))
        status = out_of_memory(err);
    if (!status && choices->list)
        status = behov_municipality_list_choose(&ranking->places, choices->list, "--municipality", &listed_positions,
                                                &n_listed, err);
    if (!status)
        status = behov_left_out_refuse_all(fit_results, ranking->places.all, listed_positions, n_listed,
                                           "--municipality", err);
    for (size_t i = 0; i < ranking->places.n && !status; i++)
        takes_part[i] = !choices->list;
    for (size_t i = 0; i < n_listed; i++)
        takes_part[listed_positions[i]] = true;
    if (!status)
        status = check_size(ranking, takes_part, err);
    if (!status && choices->around)
        status = behov_municipality_list_find(&ranking->places, choices->around, "--around", &around, err);
    if (!status && choices->around)
        status = behov_left_out_refuse(fit_results, &ranking->places.all[around], "--around", err);
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
        status = rank_all(both, n_rankings, &out, takes_part, err);
    for (size_t r = 0; r < n_rankings && !status; r++)
        status = show(both[r], takes_part, around, err);
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
