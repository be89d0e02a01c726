/* ranking_places.c - the places of a ranking: what is ranked, their intervals from draws, how many others each cannot be told
 * from, and which are shown. Formulas: behov/shrink.h, behov/rank.h. */
#include "ranking_parts.h"

#include <behov.h>
#include <math.h>
#include <stdlib.h>

#include <behov/lasting.h>
#include <behov/parallel.h>

enum { AROUND_EACH = 5 };

/* What is worked out for several rankings of the same municipalities, from the same draws. */
typedef struct rank_scratch {
    double *memory;
    double *values, *ranks, *low, *high; /* a row for each ranking */
    double *needs, *scales;
    uint32_t *groups; /* a row for each ranking */
    size_t *unclear;  /* a row for each ranking */
    bool has_index;   /* needs are ranked as the index, against the country's */
} rank_scratch;

static bool scratch_new(rank_scratch *rank_scratch, size_t n, size_t n_rankings)
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

static void scratch_free(rank_scratch *rank_scratch)
{
    free(rank_scratch->memory), free(rank_scratch->unclear), free(rank_scratch->groups);
}

/* What is ranked: NaN for a municipality that takes no place. */
static void set_values(const behov_ranking *ranking, const ranking_sums *out, const bool *takes_part, double *values,
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

enum { PARTS = 16 }; /* of the municipalities */

typedef struct level_parts {
    behov_ranking *ranking;
    const ranking_sums *sums;
} level_parts;

static void take_levels(void *context, size_t part)
{
    const level_parts *parts = context;
    behov_ranking *ranking = parts->ranking;
    const ranking_sums *sums = parts->sums;
    double level = ranking->choices.level;
    for (size_t i = part; i < ranking->places.n; i += PARTS) {
        double need = sums->compared_need[i] > ranking->fit_results->floor ? sums->compared_need[i] : NAN;
        behov_lasting_levels(ranking->shrink, &(behov_shrink_need){i, need, sums->compared + i * sums->n_kept}, 1,
                             level, &ranking->all[i].lasting, &ranking->all[i].permanent);
    }
}

/* `same`: a ranking of the same figures that has its places, whose ratios it takes; NULL = none. */
static void take_places(behov_ranking *ranking, const behov_ranking *same, const ranking_sums *out, const double *ranks,
                        const double *low, const double *high, const size_t *unclear)
{
    for (size_t i = 0; i < ranking->places.n; i++) {
        behov_ranked_municipality *ranked_municipality = &ranking->all[i];
        ranked_municipality->rank = ranks[i];
        ranked_municipality->lasting_rank = NAN;
        ranked_municipality->rank_low = low[i];
        ranked_municipality->rank_high = high[i];
        ranked_municipality->n_unclear = unclear[i];
        ranking->n_ranked += !isnan(ranks[i]);
        if (same) {
            ranked_municipality->lasting = same->all[i].lasting;
            ranked_municipality->permanent = same->all[i].permanent;
        }
    }
    if (!same)
        behov_parallel(ranking->fit_results->study->n_threads, PARTS, take_levels, &(level_parts){ranking, out});
}

/* Places by the lasting level, which the intervals are of: by ratio 100 (need + u) / need, by gap u times inhabitants.
 * */
static behov_status rank_levels(behov_ranking *ranking, const double *scales, const uint32_t *groups_of_each,
                                behov_error *err)
{
    size_t n = ranking->places.n;
    const double *effects = behov_shrink_effects(ranking->shrink);
    double *levels = malloc((n + 1) * sizeof *levels), *ranks = malloc((n + 1) * sizeof *ranks);
    behov_status status = levels && ranks ? BEHOV_OK : ranking_out_of_memory(err);
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
static behov_shrink_ranking drawn(const behov_ranking *ranking, const ranking_sums *out,
                                  const rank_scratch *rank_scratch)
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
static behov_status draw_all(const behov_ranking *ranking, size_t n_rankings, const ranking_sums *out,
                             rank_scratch *rank_scratch, behov_error *err)
{
    behov_shrink_ranking shrink_ranking = drawn(ranking, out, rank_scratch);
    if (!behov_ranking_has_intervals(ranking))
        return BEHOV_OK;
    shrink_ranking.groups = rank_scratch->groups;
    shrink_ranking.n_groupings = n_rankings;
    behov_status status =
        behov_shrink_ranks(ranking->shrink, &shrink_ranking, rank_scratch->low, rank_scratch->high, err);
    if (!status)
        status =
            behov_shrink_unclear_ranked(ranking->shrink, &shrink_ranking,
                                        behov_lasting_clear(&ranking->choices.lasting), rank_scratch->unclear, err);
    return status;
}

behov_status ranking_take_places(behov_ranking *const *all, size_t n_rankings, const ranking_sums *out,
                                 const bool *takes_part, behov_error *err)
{
    const behov_ranking *ranking = all[0];
    size_t n = ranking->places.n;
    rank_scratch rank_scratch = {0};
    behov_status status = scratch_new(&rank_scratch, n, n_rankings) ? BEHOV_OK : ranking_out_of_memory(err);
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
        take_places(all[r], r > 0 ? ranking : NULL, out, rank_scratch.ranks + index, rank_scratch.low + index,
                    rank_scratch.high + index, rank_scratch.unclear + index);
        if (behov_ranking_has_lasting_ranks(ranking))
            status = rank_levels(all[r], rank_scratch.scales, rank_scratch.groups + index, err);
    }
    scratch_free(&rank_scratch);
    return status;
}

/* ---- which are shown -------------------------------------------------------------------------------------------- */

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

behov_status ranking_show(behov_ranking *ranking, const bool *takes_part, size_t around, behov_error *err)
{
    size_t n = 0, index = 0;
    in_order *order = calloc(ranking->places.n + 1, sizeof *order);
    ranking->shown_positions = calloc(ranking->places.n + 1, sizeof *ranking->shown_positions);
    if (!order || !ranking->shown_positions) {
        free(order);
        return ranking_out_of_memory(err);
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
        status = behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_AROUND, SAY_RANKING_AROUND_NOT_RANKED,
                                 ranking->places.all[around].code, ranking->places.all[around].name);
    else if (n == 0)
        status = behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_RANKING_NO_NEED);
    free(order);
    return status;
}
