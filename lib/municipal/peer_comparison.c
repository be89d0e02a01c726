/* peer_comparison.c - see behov/peer_comparison.h. */
#include <behov/peer_comparison.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/left_out.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
}

void behov_peer_comparison_free(behov_peer_comparison *comparison)
{
    for (size_t i = 0; i < BEHOV_N_BASES; i++)
        free(comparison->bases[i].name), free(comparison->bases[i].members);
    *comparison = (behov_peer_comparison){0};
}

/* ---- quartiles --------------------------------------------------------------------------------------------------- */

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double quantile(const double *sorted, size_t n, double share)
{
    double point = share * (double)(n - 1);
    size_t i = (size_t)floor(point);
    return i + 1 < n ? sorted[i] + (point - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

behov_status behov_quartiles_of(const double *figures, size_t n, behov_quartiles *quartiles, behov_error *err)
{
    double *sorted = malloc((n + 1) * sizeof *sorted);
    size_t n_there = 0;
    if (!sorted)
        return out_of_memory(err);
    for (size_t i = 0; i < n; i++)
        if (!isnan(figures[i]))
            sorted[n_there++] = figures[i];
    if (n_there > 1)
        qsort(sorted, n_there, sizeof *sorted, compare_figures);
    *quartiles = n_there ? (behov_quartiles){quantile(sorted, n_there, 0.25), quantile(sorted, n_there, 0.5),
                                             quantile(sorted, n_there, 0.75), n_there}
                         : (behov_quartiles){NAN, NAN, NAN, 0};
    free(sorted);
    return BEHOV_OK;
}

int behov_quarter_of(double figure, const behov_quartiles *quartiles)
{
    return figure <= quartiles->low ? 1 : figure <= quartiles->median ? 2 : figure <= quartiles->high ? 3 : 4;
}

bool behov_peer_is_above(double other, double own)
{
    return other > own && other - own > 1e-12 * fmax(fabs(other), fabs(own));
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

/* Takes the places that are marked, but the own one. */
static behov_status take_members(const behov_peers *peers, const bool *is_member, behov_peer_base *base,
                                 behov_error *err)
{
    if (!(base->members = calloc(peers->places.n + 1, sizeof *base->members)))
        return out_of_memory(err);
    for (size_t i = 0; i < peers->places.n; i++)
        if (is_member[i] && i != peers->own)
            base->members[base->n_members++] = i;
    base->reason = base->n_members ? BEHOV_BASE_IS_THERE : BEHOV_BASE_NO_MEMBERS;
    return BEHOV_OK;
}

/* The group of a grouping that the municipality is in. */
static behov_status take_group(const behov_peers *peers, const behov_grouping *grouping, bool *is_member,
                               behov_peer_base *base, behov_error *err)
{
    behov_groups groups;
    behov_status status = behov_groups_new(&peers->places, grouping, &groups, err);
    int own = status ? BEHOV_WITHOUT_GROUP : groups.values[peers->own];
    for (size_t i = 0; i < peers->places.n && !status; i++)
        is_member[i] = own != BEHOV_WITHOUT_GROUP && groups.values[i] == own;
    if (!status && own != BEHOV_WITHOUT_GROUP && !(base->name = strdup(groups.names[own])))
        status = out_of_memory(err);
    behov_groups_free(&groups);
    return status ? status : take_members(peers, is_member, base, err);
}

static behov_status take_users_group(const behov_peers *peers, const behov_grouping *grouping, bool *is_member,
                                     behov_peer_base *base, behov_error *err)
{
    behov_status status = take_group(peers, grouping, is_member, base, err);
    char name[BEHOV_MUNICIPALITY_NAME];
    behov_municipality_list_name(&peers->places.all[peers->own], name, sizeof name);
    if (!status && !base->name)
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(grouping->kind, 120).text, SAY_PEERS_IN_NO_GROUP, name);
    if (!status && !base->n_members)
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(grouping->kind, 120).text, SAY_PEERS_GROUP_EMPTY,
                               behov_cut(base->name, 80).text, name);
    return status;
}

static behov_status take_chosen(behov_peer_comparison *comparison, const behov_municipality_names *list,
                                bool *is_member, behov_peer_base *base, behov_error *err)
{
    const behov_peers *peers = comparison->peers;
    size_t *positions = NULL, n_positions = 0;
    behov_status status =
        behov_municipality_list_choose(&peers->places, list, PHRASE_PLACE_LIST, &positions, &n_positions, err);
    if (!status)
        status = behov_left_out_refuse_all(peers->fit_results, peers->places.all, positions, n_positions,
                                           PHRASE_PLACE_LIST, err);
    for (size_t i = 0; i < n_positions && !status; i++) {
        is_member[positions[i]] = true;
        comparison->lists_own = comparison->lists_own || positions[i] == peers->own;
    }
    free(positions);
    if (!status)
        status = take_members(peers, is_member, base, err);
    if (!status && !base->n_members)
        status = behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_LIST, SAY_PEERS_CHOSEN_EMPTY);
    return status;
}

static bool has_four_digits(const behov_municipality_list *places)
{
    for (size_t i = 0; i < places->n; i++)
        if (strlen(places->all[i].code) < 4)
            return false;
    return true;
}

static behov_status take_base(behov_peer_comparison *comparison, const behov_peer_comparison_choices *choices,
                              bool *is_member, behov_peer_base *base, behov_error *err)
{
    const behov_peers *peers = comparison->peers;
    switch (base->kind) {
    case BEHOV_BASE_LIKE:
        for (size_t i = 0; i < peers->n_nearest; i++)
            is_member[peers->nearest[i]] = true;
        return take_members(peers, is_member, base, err);
    case BEHOV_BASE_GROUP:
        base->reason = BEHOV_BASE_NOT_ASKED_FOR;
        return choices->group.table && strcmp(choices->group.kind, "county") != 0
                   ? take_users_group(peers, &choices->group, is_member, base, err)
                   : BEHOV_OK;
    case BEHOV_BASE_COUNTY:
        base->reason = BEHOV_BASE_NO_CODES;
        return has_four_digits(&peers->places)
                   ? take_group(peers, &(behov_grouping){"county", choices->counties, choices->group.unknown_county},
                                is_member, base, err)
                   : BEHOV_OK;
    case BEHOV_BASE_SIZE:
        base->reason = BEHOV_BASE_NO_POPULATION;
        return !isnan(peers->places.all[peers->own].population)
                   ? take_group(peers, &(behov_grouping){.kind = "size"}, is_member, base, err)
                   : BEHOV_OK;
    case BEHOV_BASE_CHOSEN:
        base->reason = BEHOV_BASE_NOT_ASKED_FOR;
        return choices->list ? take_chosen(comparison, choices->list, is_member, base, err) : BEHOV_OK;
    default:
        for (size_t i = 0; i < peers->n_candidates; i++)
            is_member[peers->candidates[i]] = true;
        return take_members(peers, is_member, base, err);
    }
}

/* ---- figures ----------------------------------------------------------------------------------------------------- */

/* What a base is added up from, for one measure. */
typedef struct base_sums {
    double outcome, need, measure, weight; /* weighted */
    double plain;
    size_t n, n_above, n_without_population;
    double *regressors; /* weighted, of the kept coefficients */
    double *figures;    /* of each member; NaN without one */
} base_sums;

static double measure_of(const behov_peers *peers, size_t place, behov_peer_measure measure)
{
    const behov_peer_means *means = &peers->means[place];
    if (means->n_rows != peers->n_years || (measure != BEHOV_PEER_NEED && means->n_compared != peers->n_years))
        return NAN;
    return measure == BEHOV_PEER_OUTCOME ? means->actual : measure == BEHOV_PEER_NEED ? means->need : means->ratio;
}

static void add_up(const behov_peer_comparison *comparison, const behov_peer_base *base, behov_peer_measure measure,
                   base_sums *sums)
{
    const behov_peers *peers = comparison->peers;
    size_t n_kept = behov_fit_rank(peers->fit_results->fit);
    double own = measure_of(peers, peers->own, measure);
    for (size_t i = 0; i < base->n_members; i++) {
        const behov_peer_means *means = &peers->means[base->members[i]];
        double figure = sums->figures[i] = measure_of(peers, base->members[i], measure);
        if (isnan(figure))
            continue;
        double weight = comparison->has_population ? means->population : 1;
        sums->n++;
        sums->n_above += behov_peer_is_above(figure, own);
        sums->plain += figure;
        if (isnan(weight)) {
            sums->n_without_population++;
            continue;
        }
        sums->weight += weight;
        sums->outcome += weight * means->actual;
        sums->need += weight * means->need;
        sums->measure += weight * figure;
        for (size_t k = 0; k < n_kept; k++)
            sums->regressors[k] += weight * means->regressors[k];
    }
}

/* Intervals of levels and of differences of levels. */
typedef struct interval_maker {
    const behov_fit_results *fit_results;
    behov_vcov_contrasts *contrasts;
    double level;
    size_t n_kept;
    double *difference; /* n_kept, for the moment */
} interval_maker;

static behov_interval interval_of(const interval_maker *maker, double value, const double *contrast)
{
    return behov_level_interval(value,
                                behov_vcov_level_variance(maker->fit_results->vcov, maker->fit_results->fit, contrast),
                                behov_vcov_contrast_dof(maker->contrasts, contrast), maker->level);
}

static behov_interval scaled(behov_interval interval, double factor)
{
    return (behov_interval){factor * interval.low, factor * interval.high};
}

static void fill_intervals(const interval_maker *maker, const behov_peer_means *own, const base_sums *sums,
                           behov_peer_measure measure, behov_peer_figure *figure)
{
    double own_factor = 1, base_factor = 1, need = sums->need / sums->weight;
    behov_interval own_need = interval_of(maker, own->need, own->regressors),
                   base_need = interval_of(maker, need, sums->regressors);
    figure->own_interval = own_need;
    figure->weighted_interval = base_need;
    if (measure == BEHOV_PEER_RATIO) {
        figure->own_interval = behov_ratio_interval(own->actual, own_need);
        figure->weighted_interval = behov_ratio_interval(sums->outcome / sums->weight, base_need);
        own_factor = -figure->own / own->need;
        base_factor = -figure->weighted / need;
    }
    for (size_t k = 0; k < maker->n_kept; k++)
        maker->difference[k] = own_factor * own->regressors[k] - base_factor * sums->regressors[k];
    figure->difference_interval = interval_of(maker, figure->difference, maker->difference);
}

static behov_status fill_figure(const behov_peer_comparison *comparison, const interval_maker *maker,
                                const behov_peer_base *base, behov_peer_measure measure, base_sums *sums,
                                behov_peer_figure *figure, behov_error *err)
{
    const behov_peers *peers = comparison->peers;
    const behov_peer_means *own = &peers->means[peers->own];
    const behov_interval none = {NAN, NAN};
    add_up(comparison, base, measure, sums);
    double n = (double)sums->n, factor = comparison->in_kroner ? own->population : NAN;
    if (peers->fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT)
        factor /= 1000;
    *figure = (behov_peer_figure){.n = sums->n,
                                  .n_without_population = sums->n_without_population,
                                  .own = measure_of(peers, peers->own, measure),
                                  .unweighted = sums->plain / n,
                                  .weighted = measure == BEHOV_PEER_RATIO ? 100 * sums->outcome / sums->need
                                                                          : sums->measure / sums->weight,
                                  .own_interval = none,
                                  .weighted_interval = none,
                                  .difference_interval = none,
                                  .difference_1000kr_interval = none};
    figure->difference = figure->own - figure->weighted;
    figure->difference_1000kr = measure == BEHOV_PEER_RATIO ? NAN : factor * figure->difference;
    for (size_t k = 0; k < maker->n_kept; k++)
        sums->regressors[k] /= sums->weight;
    behov_status status = behov_quartiles_of(sums->figures, base->n_members, &figure->quartiles, err);
    if (status || isnan(figure->own) || !sums->n)
        return status;
    figure->rank = 1 + sums->n_above;
    figure->n_ranked = 1 + sums->n;
    figure->quarter = behov_quarter_of(figure->own, &figure->quartiles);
    if (measure == BEHOV_PEER_OUTCOME)
        return BEHOV_OK;
    fill_intervals(maker, own, sums, measure, figure);
    if (measure == BEHOV_PEER_NEED)
        figure->difference_1000kr_interval = scaled(figure->difference_interval, factor);
    return BEHOV_OK;
}

static behov_status fill_base(const behov_peer_comparison *comparison, const interval_maker *maker,
                              behov_peer_base *base, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int measure = 0; measure < BEHOV_N_PEER_MEASURES && !status; measure++) {
        base_sums sums = {.regressors = calloc(maker->n_kept + 1, sizeof *sums.regressors),
                          .figures = calloc(base->n_members + 1, sizeof *sums.figures)};
        status = sums.regressors && sums.figures ? fill_figure(comparison, maker, base, (behov_peer_measure)measure,
                                                               &sums, &base->figures[measure], err)
                                                 : out_of_memory(err);
        free(sums.regressors), free(sums.figures);
    }
    return status;
}

behov_status behov_peer_comparison_new(const behov_peers *peers, const behov_peer_comparison_choices *choices,
                                       behov_peer_comparison *comparison, behov_error *err)
{
    const behov_fit_results *result = peers->fit_results;
    *comparison = (behov_peer_comparison){.peers = peers, .level = choices->level};
    comparison->has_population = !isnan(peers->means[peers->own].population);
    comparison->in_kroner = comparison->has_population && behov_need_gap_is_1000kr(result->need);
    for (int i = 0; i < BEHOV_N_BASES; i++)
        comparison->bases[i].kind = (behov_peer_base_kind)i;
    interval_maker maker = {.fit_results = result, .level = choices->level, .n_kept = behov_fit_rank(result->fit)};
    bool *is_member = calloc(peers->places.n + 1, sizeof *is_member);
    maker.difference = calloc(maker.n_kept + 1, sizeof *maker.difference);
    behov_status status = behov_fit_results_refuse_transformed(result, err);
    if (!status && (!is_member || !maker.difference))
        status = out_of_memory(err);
    if (!status)
        status = behov_vcov_contrasts_new(result->vcov, result->fit, &maker.contrasts, err);
    for (int i = 0; i < BEHOV_N_BASES && !status; i++) {
        memset(is_member, 0, peers->places.n * sizeof *is_member);
        status = take_base(comparison, choices, is_member, &comparison->bases[i], err);
        if (!status && comparison->bases[i].reason == BEHOV_BASE_IS_THERE)
            status = fill_base(comparison, &maker, &comparison->bases[i], err);
    }
    behov_vcov_contrasts_free(maker.contrasts);
    free(is_member), free(maker.difference);
    return status;
}
