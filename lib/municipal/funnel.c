/* funnel.c - see behov/funnel.h. */
#include <behov/funnel.h>

#include <behov.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/left_out.h>
#include <behov/ranking.h>

static const double winsorised_share = 0.1; /* of each tail: Spiegelhalter (2005b) */

void behov_funnel_free(behov_funnel *funnel)
{
    behov_municipality_list_free(&funnel->places);
    free(funnel->points);
    free(funnel->lacking);
    *funnel = (behov_funnel){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FUNNEL_NO_MEMORY);
}

/* ---- limits ----------------------------------------------------------------------------------------------------- */

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

behov_status behov_funnel_tau2(const double *ratios, const double *deviations, size_t n, double *tau2, behov_error *err)
{
    double *scores = malloc((n + 1) * sizeof *scores), squares = 0, weights = 0, weights_squared = 0;
    *tau2 = 0;
    if (!scores)
        return out_of_memory(err);
    for (size_t i = 0; i < n; i++) {
        double weight = 1 / (deviations[i] * deviations[i]);
        scores[i] = (ratios[i] - 100) / deviations[i];
        weights += weight;
        weights_squared += weight * weight;
    }
    if (n > 1) {
        qsort(scores, n, sizeof *scores, compare_figures);
        double low = behov_rank_quantile(scores, n, winsorised_share),
               high = behov_rank_quantile(scores, n, 1 - winsorised_share);
        for (size_t i = 0; i < n; i++) {
            double score = fmax(low, fmin(high, scores[i]));
            squares += score * score;
        }
        *tau2 = fmax(0, (squares - (double)(n - 1)) / (weights - weights_squared / weights));
    }
    free(scores);
    return BEHOV_OK;
}

/* Variance of the ratio by chance alone, percentage points squared. */
static double chance_variance(const behov_funnel *funnel, double population, double need)
{
    double person = funnel->variances.has_person ? funnel->variances.person / population : 0;
    return 1e4 * (funnel->variances.row + person) / (need * need);
}

/* What over-dispersion adds to it. */
static double spread_variance(const behov_funnel *funnel, double need)
{
    return funnel->choices.spread == BEHOV_SPREAD_WINSORISED ? funnel->tau2
                                                             : 1e4 * funnel->variances.lasting / (need * need);
}

behov_funnel_limits behov_funnel_limits_at(const behov_funnel *funnel, double population, double need)
{
    double chance = chance_variance(funnel, population, need), level = funnel->choices.level;
    return (behov_funnel_limits){
        .chance = behov_level_interval(100, chance, INFINITY, level),
        .spread = behov_level_interval(100, chance + spread_variance(funnel, need), INFINITY, level)};
}

static behov_funnel_side side_of(double ratio, const behov_funnel_limits *limits)
{
    return ratio < limits->spread.low                                    ? BEHOV_BEYOND_BELOW
           : ratio > limits->spread.high                                 ? BEHOV_BEYOND_ABOVE
           : ratio >= limits->chance.low && ratio <= limits->chance.high ? BEHOV_WITHIN_CHANCE
                                                                         : BEHOV_WITHIN_SPREAD;
}

size_t behov_funnel_n_within(const behov_funnel *funnel, bool by_own_need)
{
    const size_t *n = by_own_need ? funnel->n_of_own_side : funnel->n_of_side;
    return n[BEHOV_WITHIN_CHANCE] + n[BEHOV_WITHIN_SPREAD];
}

/* ---- rows of the year ------------------------------------------------------------------------------------------- */

static bool is_of_year(const behov_funnel *funnel, size_t row)
{
    return behov_panel_year(&funnel->fit_results->study->panel, row) == funnel->year;
}

/* The year asked for, else the last in which a row can be shown; and that one can. */
static behov_status choose_year(behov_funnel *funnel, behov_error *err)
{
    const behov_fit_results *result = funnel->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t n_rows, n = 0;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows);
    int year = funnel->choices.year;
    behov_status status = year ? behov_fit_results_check_year(result, year, err) : BEHOV_OK;
    for (size_t i = 0; i < n_rows && !status; i++) {
        int of_row = behov_panel_year(panel, behov_row_at(rows, i));
        if ((year && of_row != year) || !isfinite(behov_need_ratio(result->need, behov_row_at(rows, i))) ||
            !(behov_panel_population(panel, behov_row_at(rows, i)) > 0))
            continue;
        funnel->year = n++ && of_row < funnel->year ? funnel->year : of_row;
    }
    if (status || n)
        return status;
    return year ? behov_error_say(err, BEHOV_E_DATA, funnel->places.source, SAY_FUNNEL_NOTHING_IN_YEAR, year)
                : behov_error_say(err, BEHOV_E_DATA, funnel->places.source, SAY_FUNNEL_NOTHING);
}

static behov_status gather(behov_funnel *funnel, behov_error *err)
{
    const behov_fit_results *result = funnel->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows);
    if (!(funnel->points = calloc(n_rows + 1, sizeof *funnel->points)))
        return out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = behov_row_at(rows, i);
        size_t place = behov_municipality_list_position(&funnel->places, behov_panel_code(panel, row),
                                                        behov_panel_municipality(panel, row));
        if (!is_of_year(funnel, row) || place >= funnel->places.n)
            continue;
        double population = behov_panel_population(panel, row), ratio = behov_need_ratio(result->need, row);
        if (!isfinite(ratio))
            funnel->n_without_ratio++;
        else if (!(population > 0))
            funnel->n_without_population++;
        else
            funnel->points[funnel->n_points++] = (behov_funnel_point){.place = place,
                                                                      .population = population,
                                                                      .need = behov_need_need(result->need, row),
                                                                      .actual = behov_need_actual(result->need, row),
                                                                      .ratio = ratio};
    }
    return BEHOV_OK;
}

static behov_status mark(behov_funnel *funnel, behov_error *err)
{
    size_t *positions = NULL, n = 0;
    if (!funnel->choices.list)
        return BEHOV_OK;
    behov_status status =
        behov_municipality_list_choose(&funnel->places, funnel->choices.list, PHRASE_PLACE_LIST, &positions, &n, err);
    if (!status)
        status =
            behov_left_out_refuse_all(funnel->fit_results, funnel->places.all, positions, n, PHRASE_PLACE_LIST, err);
    if (!status && !(funnel->lacking = calloc(n + 1, sizeof *funnel->lacking)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        bool is_there = false;
        for (size_t j = 0; j < funnel->n_points; j++)
            if (funnel->points[j].place == positions[i])
                is_there = funnel->points[j].is_marked = true;
        funnel->n_marked += is_there;
        if (!is_there)
            funnel->lacking[funnel->n_lacking++] = positions[i];
    }
    free(positions);
    return status;
}

/* ---- all of it -------------------------------------------------------------------------------------------------- */

/* The variances that tell lasting from chance are those of a ranking; its places are not used. */
static behov_status take_variances(behov_funnel *funnel, behov_error *err)
{
    enum { FEWEST_DRAWS = 100 };
    behov_ranking ranking = {0};
    const behov_ranking_choices choices = {.ranked_by = BEHOV_BY_RATIO,
                                           .within = {.kind = "country"},
                                           .level = funnel->choices.level,
                                           .lasting = funnel->choices.lasting,
                                           .n_draws = FEWEST_DRAWS,
                                           .progress = funnel->choices.progress};
    behov_status status = behov_ranking_new(funnel->fit_results, &choices, &ranking, err);
    if (!status)
        funnel->variances = behov_shrink_variances_of(ranking.shrink); /* also where a ranking has no levels */
    behov_ranking_free(&ranking);
    if (!status && !funnel->variances.is_known)
        status = behov_error_say(err, BEHOV_E_TOO_FEW, funnel->places.source, SAY_FUNNEL_VARIANCES);
    return status;
}

static behov_status take_tau2(behov_funnel *funnel, behov_error *err)
{
    size_t n = funnel->n_points;
    funnel->tau2 = NAN;
    if (funnel->choices.spread != BEHOV_SPREAD_WINSORISED)
        return BEHOV_OK;
    if (n < 2)
        return behov_error_say(err, BEHOV_E_TOO_FEW, funnel->places.source, SAY_FUNNEL_ONE_RATIO);
    if (!(funnel->variances.row > 0) && !(funnel->variances.person > 0))
        return behov_error_say(err, BEHOV_E_TOO_FEW, funnel->places.source, SAY_FUNNEL_NO_CHANCE);
    double *ratios = calloc(2 * n, sizeof *ratios), *deviations = ratios ? ratios + n : NULL;
    if (!ratios)
        return out_of_memory(err);
    for (size_t i = 0; i < n; i++) {
        ratios[i] = funnel->points[i].ratio;
        deviations[i] = sqrt(chance_variance(funnel, funnel->points[i].population, funnel->points[i].need));
    }
    behov_status status = behov_funnel_tau2(ratios, deviations, n, &funnel->tau2, err);
    free(ratios);
    return status;
}

static void hold_against_limits(behov_funnel *funnel)
{
    for (size_t i = 0; i < funnel->n_points; i++) {
        behov_funnel_point *point = &funnel->points[i];
        point->limits = behov_funnel_limits_at(funnel, point->population, funnel->country_need);
        point->own_limits = behov_funnel_limits_at(funnel, point->population, point->need);
        double variance =
            chance_variance(funnel, point->population, point->need) + spread_variance(funnel, point->need);
        point->deviation = (point->ratio - 100) / sqrt(variance);
        point->side = side_of(point->ratio, &point->limits);
        point->own_side = side_of(point->ratio, &point->own_limits);
        funnel->n_of_side[point->side]++;
        funnel->n_of_own_side[point->own_side]++;
    }
}

behov_status behov_funnel_new(const behov_fit_results *fit_results, const behov_funnel_choices *choices,
                              behov_funnel *funnel, behov_error *err)
{
    const behov_panel *panel = &fit_results->study->panel;
    *funnel = (behov_funnel){.fit_results = fit_results, .choices = *choices};
    const char *source = fit_results->study->is_bundled ? PHRASE_PANEL_BUNDLED : behov_table_source(panel->table);
    behov_status status = behov_fit_results_refuse_transformed(fit_results, err);
    if (!status && panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        status = behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NO_MUNICIPALITIES);
    if (!status && panel->columns[BEHOV_ROLE_POPULATION] < 0)
        status = behov_error_say(err, BEHOV_E_DATA, source, SAY_FUNNEL_NEEDS_POPULATION);
    if (!status)
        status = behov_municipality_list_of_panel(panel, &funnel->places, err);
    funnel->places.source = source;
    if (!status)
        status = choose_year(funnel, err);
    if (!status)
        status = gather(funnel, err);
    if (!status)
        status = mark(funnel, err);
    if (status)
        return status;
    funnel->country_need =
        behov_need_country(fit_results->need, behov_need_year_position(fit_results->need, funnel->year));
    if (!(funnel->country_need > 0))
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_FUNNEL_COUNTRY_NEED);
    status = take_variances(funnel, err);
    if (!status)
        status = take_tau2(funnel, err);
    if (status)
        return status;
    funnel->is_flat = !funnel->variances.has_person || !(funnel->variances.person > 0);
    funnel->is_one = !(spread_variance(funnel, funnel->country_need) > 0);
    hold_against_limits(funnel);
    return BEHOV_OK;
}
