/* ranking.c - from a fit to a ranking with intervals. Formulas: behov/shrink.h.
 *
 * Years pooled: need, actual, index and gap are means of a municipality's years, the ratio is 100 sum y / sum need. Its
 * lasting level is estimated from all years of the panel also when one year is ranked. */
#include "ranking.h"

#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lasting.h"
#include "remarks.h"

enum { AROUND_EACH = 5 };

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the ranking");
}

void ranking_free(ranking *of)
{
    groups_free(&of->by);
    if (!of->is_second) {
        directory_free(&of->places);
        groups_free(&of->sizes);
        behov_shrink_free(of->shrink);
    }
    free(of->all);
    free(of->shown);
}

/* What is added up row by row. */
typedef struct sums {
    uint32_t *place;       /* of each row of the table */
    size_t n_kept, *kept;  /* regressors with a coefficient */
    double *regressors;    /* places x n_kept: mean over the rows with a need that are ranked */
    double *vcov;          /* n_kept x n_kept */
    double *country;       /* places: sum of the country's need, of those rows */
    double *country_x;     /* places x n_kept: mean of the country's regressors, of those rows */
    double *by_year;       /* years x (n_kept + 1): the country's regressors times population; population */
    double *compared_need; /* places: sum of the need of rows with an outcome */
    double *compared;      /* places x n_kept: their regressors */
    double *persons;       /* places: sum of population over them */
} sums;

static void sums_free(sums *of)
{
    free(of->place), free(of->kept), free(of->regressors), free(of->vcov), free(of->country);
    free(of->compared_need), free(of->compared), free(of->persons), free(of->country_x), free(of->by_year);
}

static bool is_ranked_year(const ranking *of, size_t row)
{
    return !of->choices.year || behov_panel_year(&of->of->of->panel, row) == of->choices.year;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------
 */

static behov_status check_panel(const ranking *of, behov_error *err)
{
    behov_status status = results_refuse_transformed(of->of, err);
    if (status)
        return status;
    const behov_panel *panel = &of->of->of->panel;
    const char *source = behov_table_source(panel->table);
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        return behov_error_set(err, BEHOV_E_DATA, source,
                               "no column says which municipality a row is; name it with --code or --name-column");
    if (of->choices.by == BEHOV_BY_GAP && behov_need_gap_is_1000kr(of->of->need) &&
        panel->columns[BEHOV_ROLE_POPULATION] < 0)
        return behov_error_set(err, BEHOV_E_DATA, source,
                               "a gap in kroner needs the number of inhabitants; name its column with --population, or "
                               "rank by ratio");
    return of->choices.year ? results_check_year(of->of, of->choices.year, err) : BEHOV_OK;
}

/* The place of every row. Without codes a name that two rows of a year have is two municipalities, or one counted
 * twice. */
static behov_status find_places(const ranking *of, sums *to, behov_error *err)
{
    const behov_panel *panel = &of->of->of->panel;
    size_t n = behov_table_n_rows(panel->table), n_years, last_row = 0;
    const int *years = behov_need_years(of->of->need, &n_years);
    if (!(to->place = malloc((n + 1) * sizeof *to->place)))
        return out_of_memory(err);
    size_t *seen = panel->columns[BEHOV_ROLE_CODE] < 0 ? calloc(of->places.n * n_years + 1, sizeof *seen) : NULL;
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && !seen)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n && !status; row++) {
        const char *code = behov_panel_code(panel, row), *name = behov_panel_municipality(panel, row);
        to->place[row] = (uint32_t)directory_position(&of->places, code, name);
        size_t year = 0;
        while (year + 1 < n_years && years[year] != behov_panel_year(panel, row))
            year++;
        size_t *before = seen && to->place[row] < of->places.n ? &seen[to->place[row] * n_years + year] : NULL;
        if (before && *before) {
            char where[160];
            last_row = *before - 1;
            behov_table_where(panel->table, row, panel->columns[BEHOV_ROLE_MUNICIPALITY], where);
            status = behov_error_set(err, BEHOV_E_DATA, where,
                                     "%s stands in line %lu too; several municipalities have one name (Våler, Os, Nes, "
                                     "Sande, Herøy, Bø): give a column of codes",
                                     behov_cut(name, 60).text, (unsigned long)behov_table_line(panel->table, last_row));
        }
        if (before)
            *before = row + 1;
    }
    free(seen);
    return status;
}

/* ---- figures -------------------------------------------------------------------------------------------------------
 */

static behov_status make_room(ranking *of, sums *to, behov_error *err)
{
    const behov_fit *fit = of->of->fit;
    size_t n = of->places.n, width = behov_fit_n_regressors(fit), n_years;
    behov_need_years(of->of->need, &n_years);
    of->all = calloc(n + 1, sizeof *of->all);
    to->kept = calloc(width + 1, sizeof *to->kept);
    to->regressors = calloc(n + 1, (width + 1) * sizeof *to->regressors);
    to->compared = calloc(n + 1, (width + 1) * sizeof *to->compared);
    to->vcov = calloc(width + 1, (width + 1) * sizeof *to->vcov);
    to->country = calloc(n + 1, sizeof *to->country);
    to->compared_need = calloc(n + 1, sizeof *to->compared_need);
    to->persons = calloc(n + 1, sizeof *to->persons);
    to->country_x = calloc(n + 1, (width + 1) * sizeof *to->country_x);
    to->by_year = calloc(n_years + 1, (width + 1) * sizeof *to->by_year);
    if (!of->all || !to->kept || !to->regressors || !to->compared || !to->vcov || !to->country || !to->compared_need ||
        !to->persons || !to->country_x || !to->by_year)
        return out_of_memory(err);
    for (size_t k = 0; k < width; k++)
        if (!behov_fit_is_dropped(fit, k))
            to->kept[to->n_kept++] = k;
    for (size_t i = 0; i < to->n_kept; i++)
        for (size_t j = 0; j < to->n_kept; j++)
            to->vcov[i * to->n_kept + j] = behov_vcov_matrix(of->of->vcov)[to->kept[i] * width + to->kept[j]];
    return BEHOV_OK;
}

static size_t year_of(const ranking *of, size_t row)
{
    return behov_need_year_position(of->of->need, behov_panel_year(&of->of->of->panel, row));
}

/* The country counts every row that has a need and a population, as behov_need_country does. */
static void add_to_country(const ranking *of, sums *to, size_t row, const double *x)
{
    double population = behov_panel_population(&of->of->of->panel, row);
    double *year = to->by_year + year_of(of, row) * (to->n_kept + 1);
    for (size_t k = 0; k < to->n_kept && !isnan(population); k++)
        year[k] += population * x[to->kept[k]];
    year[to->n_kept] += isnan(population) ? 0 : population;
}

static void add_row(ranking *of, sums *to, size_t row, const double *x)
{
    const results *result = of->of;
    const behov_panel *panel = &result->of->panel;
    size_t place = to->place[row];
    ranked *one = &of->all[place];
    double need = behov_need_need(result->need)[row], actual = behov_need_actual(result->need)[row];
    double population = behov_panel_population(panel, row);
    double *mean = to->regressors + place * to->n_kept, *compared = to->compared + place * to->n_kept;
    one->n_rows++;
    one->need += need;
    to->country[place] += isnan(population) ? NAN : behov_need_country(result->need, year_of(of, row));
    for (size_t k = 0; k < to->n_kept; k++)
        mean[k] += x[to->kept[k]];
    if (isnan(actual))
        return;
    one->n_compared++;
    one->n_estimated += behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
    one->actual += actual;
    to->compared_need[place] += need;
    to->persons[place] += population;
    one->gap += behov_need_gap(result->need)[row];
    for (size_t k = 0; k < to->n_kept; k++)
        compared[k] += x[to->kept[k]];
}

/* Sums to means; ratio and the interval of it. */
static void settle(ranking *of, sums *to)
{
    const results *result = of->of;
    double dof = behov_vcov_dof(result->vcov);
    for (size_t i = 0; i < of->places.n; i++) {
        ranked *one = &of->all[i];
        double n = (double)one->n_rows, m = (double)one->n_compared, *compared = to->compared + i * to->n_kept;
        one->population = of->places.all[i].population;
        one->ratio_interval = (behov_interval){NAN, NAN};
        one->index = to->country[i] > 0 ? 100 * one->need / to->country[i] : NAN;
        one->need /= n; /* 0 / 0: no row, no need */
        for (size_t k = 0; k < to->n_kept; k++) {
            to->regressors[i * to->n_kept + k] /= n;
            compared[k] /= m;
        }
        one->actual /= m;
        one->gap /= m;
        to->persons[i] /= m;
        double need = to->compared_need[i] /= m;
        one->is_below_floor = m > 0 && !(need > result->floor);
        one->ratio = need > result->floor && one->actual >= 0 ? 100 * one->actual / need : NAN;
        if (!isnan(one->ratio))
            one->ratio_interval = behov_ratio_interval(
                one->actual, behov_level_interval(need, behov_vcov_level_variance(result->vcov, result->fit, compared),
                                                  dof, of->choices.level));
    }
}

/* Rows of all years with need and outcome; the figures of the ranked ones are added up on the way. */
static behov_status gather(ranking *of, sums *to, behov_error *err)
{
    const results *result = of->of;
    const behov_panel *panel = &result->of->panel;
    size_t n_rows, n_estimated, width = behov_design_n_regressors(result->design), n = 0, at = 0;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows),
                   *estimated = behov_design_estimated(result->design, &n_estimated);
    const double *roots = behov_design_root_weights(result->design);
    bool has_population = panel->columns[BEHOV_ROLE_POPULATION] >= 0;
    double *x = calloc(width + 1, sizeof *x), *regressors = calloc(n_rows + 1, (to->n_kept + 1) * sizeof *regressors);
    double *residuals = calloc(n_rows + 1, sizeof *residuals), *populations = calloc(n_rows + 1, sizeof *populations),
           *weights = calloc(n_rows + 1, sizeof *weights);
    uint32_t *places = calloc(n_rows + 1, sizeof *places);
    bool *is_estimated = calloc(n_rows + 1, sizeof *is_estimated);
    bool has_room = x && regressors && residuals && populations && weights && places && is_estimated;
    behov_status status = has_room ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        uint32_t row = rows[i];
        double root = 1;
        if (at < n_estimated && estimated[at] == row) {
            root = roots ? roots[at] : 1;
            at++;
        }
        behov_design_fill(result->design, &row, 1, x, width, NULL);
        add_to_country(of, to, row, x);
        if (to->place[row] >= of->places.n)
            continue;
        if (is_ranked_year(of, row))
            add_row(of, to, row, x);
        double actual = behov_need_actual(result->need)[row], population = behov_panel_population(panel, row);
        if (isnan(actual))
            continue;
        if (has_population && isnan(population)) {
            of->n_without_population++;
            continue;
        }
        residuals[n] = actual - behov_need_need(result->need)[row];
        populations[n] = population;
        weights[n] = root;
        places[n] = to->place[row];
        is_estimated[n] = behov_design_fate(result->design, row) == BEHOV_ROW_ESTIMATED;
        for (size_t k = 0; k < to->n_kept; k++)
            regressors[n * to->n_kept + k] = x[to->kept[k]];
        n++;
    }
    if (!status)
        status = behov_shrink_new(&(behov_shrink_data){.n_rows = n,
                                                       .n_municipalities = of->places.n,
                                                       .n_regressors = to->n_kept,
                                                       .municipalities = places,
                                                       .residuals = residuals,
                                                       .populations = has_population ? populations : NULL,
                                                       .regressors = regressors,
                                                       .is_estimated = is_estimated,
                                                       .root_weights = weights},
                                  &of->shrink, err);
    free(x), free(regressors), free(residuals), free(populations), free(weights), free(places), free(is_estimated);
    return status;
}

/* The country's regressors over the years in which each municipality is ranked: what its index is a share of. */
static void country_of_each(const ranking *of, sums *to)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(of->of->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        size_t place = to->place[rows[i]];
        if (place >= of->places.n || !is_ranked_year(of, rows[i]))
            continue;
        const double *year = to->by_year + year_of(of, rows[i]) * (to->n_kept + 1);
        for (size_t k = 0; k < to->n_kept; k++)
            to->country_x[place * to->n_kept + k] += year[k] / year[to->n_kept] / (double)of->all[place].n_rows;
    }
}

/* ---- places --------------------------------------------------------------------------------------------------------
 */

/* What is worked out for several rankings of the same municipalities, from the same draws. */
typedef struct working {
    double *memory;
    double *values, *ranks, *low, *high; /* a row for each ranking */
    double *needs, *scales;
    uint32_t *groups; /* a row for each ranking */
    size_t *unclear;
    bool has_index; /* needs are ranked as the index, against the country's */
} working;

static bool working_new(working *of, size_t n, size_t n_rankings)
{
    of->memory = calloc(n + 1, (4 * n_rankings + 2) * sizeof *of->memory);
    of->unclear = calloc(n + 1, sizeof *of->unclear);
    of->groups = calloc(n + 1, n_rankings * sizeof *of->groups);
    if (!of->memory || !of->unclear || !of->groups)
        return false;
    of->values = of->memory;
    of->ranks = of->values + n_rankings * n;
    of->low = of->ranks + n_rankings * n;
    of->high = of->low + n_rankings * n;
    of->needs = of->high + n_rankings * n;
    of->scales = of->needs + n;
    return true;
}

static void working_free(working *of) { free(of->memory), free(of->unclear), free(of->groups); }

/* What is ranked: NaN for a municipality that takes no place. */
static void set_values(const ranking *of, const sums *to, const bool *takes_part, double *values, uint32_t *group_of_each,
                       working *with)
{
    bool by_need = of->choices.by == BEHOV_BY_NEED;
    for (size_t i = 0; i < of->places.n && by_need; i++)
        with->has_index = with->has_index || !isnan(of->all[i].index);
    bool has_index = with->has_index;
    for (size_t i = 0; i < of->places.n; i++) {
        const ranked *one = &of->all[i];
        bool has_group = !of->has_groups || of->by.of[i] != NO_GROUP;
        values[i] = by_need                          ? (has_index ? one->index : one->need)
                    : of->choices.by == BEHOV_BY_GAP ? one->gap
                                                     : one->ratio;
        if (!takes_part[i] || !has_group)
            values[i] = NAN;
        group_of_each[i] = !has_group ? BEHOV_NO_GROUP : of->has_groups ? (uint32_t)of->by.of[i] : 0;
        if (!isnan(values[i])) /* in any of the rankings */
            with->needs[i] = by_need ? one->need : to->compared_need[i];
        with->scales[i] = by_need ? (has_index ? to->country[i] / (double)one->n_rows : 1)
                          : of->choices.by == BEHOV_BY_GAP && behov_need_gap_is_1000kr(of->of->need) ? to->persons[i]
                                                                                                     : 1;
    }
}

static void take_places(ranking *of, const sums *to, const double *ranks, const double *low, const double *high,
                        const size_t *unclear)
{
    for (size_t i = 0; i < of->places.n; i++) {
        ranked *one = &of->all[i];
        one->rank = ranks[i];
        one->lasting_rank = NAN;
        one->rank_low = low[i];
        one->rank_high = high[i];
        one->n_unclear = unclear[i];
        of->n_ranked += !isnan(ranks[i]);
        one->lasting =
            lasting_level(of->shrink, i, to->compared_need[i] > of->of->floor ? to->compared_need[i] : NAN,
                               to->compared + i * to->n_kept, of->choices.level);
    }
}

/* Places by the lasting level, which the intervals are of: by ratio 100 (need + u) / need, by gap u times inhabitants. */
static behov_status rank_levels(ranking *of, const double *scales, const uint32_t *groups_of_each, behov_error *err)
{
    size_t n = of->places.n;
    const double *effects = behov_shrink_effects(of->shrink);
    double *levels = malloc((n + 1) * sizeof *levels), *ranks = malloc((n + 1) * sizeof *ranks);
    behov_status status = levels && ranks ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        levels[i] = isnan(of->all[i].rank_low)            ? NAN
                    : of->choices.by == BEHOV_BY_GAP ? effects[i] * scales[i]
                                                          : of->all[i].lasting.ratio;
    if (!status)
        status = behov_rank_values(levels, n, groups_of_each, ranks, err);
    for (size_t i = 0; i < n && !status; i++)
        of->all[i].lasting_rank = ranks[i];
    free(levels), free(ranks);
    return status;
}

static void show_draws(void *bar, double part) { progress_set(bar, part); }

static behov_status rank_all(ranking *const *all, size_t n_rankings, const sums *to, const bool *takes_part,
                             behov_error *err)
{
    const ranking *of = all[0];
    size_t n = of->places.n;
    bool by_need = of->choices.by == BEHOV_BY_NEED;
    working with = {0};
    behov_status status = working_new(&with, n, n_rankings) ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        with.needs[i] = NAN;
    for (size_t i = 0; i < n * n_rankings && !status; i++)
        with.low[i] = with.high[i] = NAN;
    for (size_t r = 0; r < n_rankings && !status; r++) {
        set_values(all[r], to, takes_part, with.values + r * n, with.groups + r * n, &with);
        status = behov_rank_values(with.values + r * n, n, with.groups + r * n, with.ranks + r * n, err);
    }
    progress *bar = progress_new("draws");
    if (!status && (by_need || of->variances.is_known))
        status = behov_shrink_ranks(of->shrink,
                                    &(behov_shrink_ranking){.by = of->choices.by,
                                                            .needs = with.needs,
                                                            .regressors = by_need ? to->regressors : to->compared,
                                                            .scales = with.scales,
                                                            .scale_regressors = with.has_index ? to->country_x : NULL,
                                                            .groups = with.groups,
                                                            .n_groupings = n_rankings,
                                                            .vcov = by_need ? to->vcov : NULL,
                                                            .n_draws = of->choices.n_draws,
                                                            .seed = of->choices.seed,
                                                            .level = of->choices.level,
                                                            .progress = show_draws,
                                                            .context = bar},
                                    with.low, with.high, err);
    progress_free(bar);
    for (size_t r = 0; r < n_rankings && !status; r++) {
        size_t at = r * n;
        status = behov_rank_overlaps(with.low + at, with.high + at, n, with.groups + at, with.unclear, err);
        if (!status)
            take_places(all[r], to, with.ranks + at, with.low + at, with.high + at, with.unclear);
        if (!status && ranking_has_lasting_ranks(of))
            status = rank_levels(all[r], with.scales, with.groups + at, err);
    }
    working_free(&with);
    return status;
}

static size_t group_of(const ranking *of, size_t place) { return of->has_groups ? (size_t)of->by.of[place] : 0; }

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
static void count(ranking *of, const in_order *order, size_t n)
{
    for (size_t first = 0, end; first < n; first = end) {
        size_t ranked_here = 0;
        for (end = first; end < n && order[end].group == order[first].group; end++)
            ranked_here += !isnan(order[end].rank);
        double middle = ((double)ranked_here + 1) / 2;
        for (size_t i = first; i < end; i++) {
            of->n_clearly_above += of->all[order[i].place].rank_high < middle;
            of->n_clearly_below += of->all[order[i].place].rank_low > middle;
        }
        for (size_t i = first; i < end && !of->has_groups; i++) {
            double population = of->all[order[i].place].population;
            if (isnan(order[i].rank) || isnan(population))
                continue;
            bool is_extreme = i < EXTREMES_EACH || i + EXTREMES_EACH >= ranked_here;
            of->n_few += population < FEW_INHABITANTS;
            of->n_small += population < SMALL_INHABITANTS;
            of->n_extremes += is_extreme;
            of->n_extremes_few += is_extreme && population < FEW_INHABITANTS;
            of->n_extremes_small += is_extreme && population < SMALL_INHABITANTS;
        }
    }
}

static behov_status show(ranking *of, const bool *takes_part, size_t around, behov_error *err)
{
    size_t n = 0, at = 0;
    in_order *order = calloc(of->places.n + 1, sizeof *order);
    of->shown = calloc(of->places.n + 1, sizeof *of->shown);
    if (!order || !of->shown) {
        free(order);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < of->places.n; i++)
        if (takes_part[i] && of->all[i].n_rows && (!of->has_groups || of->by.of[i] != NO_GROUP))
            order[n++] = (in_order){group_of(of, i), i, of->all[i].rank};
    if (n > 1)
        qsort(order, n, sizeof *order, compare_order);
    count(of, order, n);
    while (at < n && order[at].place != around)
        at++;
    size_t in_group = 0, each = of->choices.top ? of->choices.top : AROUND_EACH;
    for (size_t i = 0; i < n; i++) {
        in_group = i > 0 && order[i].group == order[i - 1].group ? in_group + 1 : 0;
        bool is_near = at < n && order[i].group == order[at].group && i + each >= at && i <= at + each;
        if (of->choices.around ? is_near : !of->choices.top || in_group < of->choices.top) {
            of->around_shown = i == at ? of->n_shown : of->around_shown;
            of->shown[of->n_shown++] = order[i].place;
        }
    }
    behov_status status = BEHOV_OK;
    if (of->choices.around && at == n)
        status = behov_error_set(err, BEHOV_E_DATA, "--around", "%s %s is not among those that are ranked",
                                 of->places.all[around].code, of->places.all[around].name);
    else if (n == 0)
        status = behov_error_set(err, BEHOV_E_DATA, of->places.source, "no municipality has a need to be ranked by");
    free(order);
    return status;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* Rows of the panel to figures of municipalities, and the variances of their lasting levels. */
static behov_status compute(const results *of, ranking *made, sums *to, behov_error *err)
{
    bool has_population = false;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < made->places.n; i++)
        has_population = has_population || !isnan(made->places.all[i].population);
    if (has_population)
        status = groups_new(&made->places, "size", of->of->lang, &made->sizes, err);
    if (!status)
        status = find_places(made, to, err);
    if (!status)
        status = make_room(made, to, err);
    if (!status)
        status = gather(made, to, err);
    if (!status) {
        made->variances = behov_shrink_variances_of(made->shrink);
        made->is_at_border = lasting_is_at_border(&made->variances);
        made->variances.is_known = made->variances.is_known && !made->is_at_border;
        settle(made, to);
        if (made->choices.by == BEHOV_BY_NEED)
            country_of_each(made, to);
    }
    return status;
}

/* Before the work, which such a panel makes long, not after it. */
static behov_status check_size(const ranking *of, const bool *takes_part, behov_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < of->places.n; i++)
        n += takes_part[i];
    if (n <= BEHOV_SHRINK_RANKED_MAX)
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_DATA, of->places.source,
                           "%lu municipalities are more than intervals of places are made for, %d; is the column of "
                           "codes the right one? Name it with --code, give a panel of fewer, or rank some of them with "
                           "--municipality",
                           (unsigned long)n, BEHOV_SHRINK_RANKED_MAX);
}

static behov_status choose_groups(const results *of, const char *within, ranking *made, behov_error *err)
{
    made->choices.within = within;
    made->has_groups = strcmp(within, "country") != 0;
    return made->has_groups ? groups_new(&made->places, within, of->of->lang, &made->by, err) : BEHOV_OK;
}

/* The same figures, to be ranked within other groups: it borrows all but them and its places. */
static behov_status copy_figures(const ranking *from, ranking *to, behov_error *err)
{
    ranked *all = malloc((from->places.n + 1) * sizeof *all);
    if (!all)
        return out_of_memory(err);
    memcpy(all, from->all, from->places.n * sizeof *all);
    groups by = to->by;
    ranking_choices choices = to->choices;
    bool has_groups = to->has_groups;
    *to = *from;
    to->all = all;
    to->by = by;
    to->choices = choices;
    to->has_groups = has_groups;
    to->is_second = true;
    return BEHOV_OK;
}

behov_status ranking_new_two(const results *of, const ranking_choices *choices, const char *within, ranking *made,
                             ranking *second, behov_error *err)
{
    *made = (ranking){.of = of, .choices = *choices};
    if (second)
        *second = (ranking){.of = of, .choices = *choices, .is_second = true};
    ranking *const both[] = {made, second};
    size_t n_rankings = second ? 2 : 1;
    sums to = {0};
    bool *takes_part = NULL;
    size_t around = 0, *listed = NULL, n_listed = 0;
    behov_status status = check_panel(made, err);
    if (!status)
        status = directory_of_panel(&of->of->panel, &made->places, err);
    if (of->of->is_bundled)
        made->places.source = "the bundled panel";
    if (!status && !(takes_part = calloc(made->places.n + 1, sizeof *takes_part)))
        status = out_of_memory(err);
    if (!status && choices->list)
        status = directory_choose(&made->places, choices->list, "--municipality", &listed, &n_listed, err);
    if (!status)
        status = remark_refuse_all_left_out(of, made->places.all, listed, n_listed, "--municipality", err);
    for (size_t i = 0; i < made->places.n && !status; i++)
        takes_part[i] = !choices->list;
    for (size_t i = 0; i < n_listed; i++)
        takes_part[listed[i]] = true;
    if (!status)
        status = check_size(made, takes_part, err);
    if (!status && choices->around)
        status = directory_find(&made->places, choices->around, "--around", &around, err);
    if (!status && choices->around)
        status = remark_refuse_left_out(of, &made->places.all[around], "--around", err);
    if (!status)
        status = choose_groups(of, choices->within, made, err);
    if (!status && second) {
        second->places = made->places;
        status = choose_groups(of, within, second, err);
    }
    if (!status)
        status = compute(of, made, &to, err);
    if (!status && second)
        status = copy_figures(made, second, err);
    if (!status)
        status = rank_all(both, n_rankings, &to, takes_part, err);
    for (size_t r = 0; r < n_rankings && !status; r++)
        status = show(both[r], takes_part, around, err);
    sums_free(&to);
    free(listed);
    free(takes_part);
    return status;
}

behov_status ranking_new(const results *of, const ranking_choices *choices, ranking *made, behov_error *err)
{
    return ranking_new_two(of, choices, NULL, made, NULL, err);
}

bool ranking_is_one_of_years(const ranking *of)
{
    size_t n_years;
    behov_need_years(of->of->need, &n_years);
    return of->choices.year && n_years > 1 && of->choices.by != BEHOV_BY_NEED;
}

bool ranking_has_lasting_ranks(const ranking *of)
{
    return of->choices.by != BEHOV_BY_NEED && of->variances.is_known;
}

bool ranking_has_cut_level(const ranking *of, bool with_intervals)
{
    for (size_t i = 0; i < of->n_shown; i++) {
        behov_lasting level = of->all[of->shown[i]].lasting;
        if (with_intervals ? lasting_is_cut(level) : level.ratio < 0)
            return true;
    }
    return false;
}
