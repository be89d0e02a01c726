/* cases.c - behov_select_cases on a table of ratios, and once more on lasting levels.
 *
 * The lasting level is one amount a municipality, u in the outcome's unit, for all years (behov/shrink.h). A kind that
 * asks for every year is therefore tried in every year, at 100 (need_t + u) / need_t: the need moves, u does not. */
#include <behov/cases.h>
#include <behov/lasting.h>
#include <behov/left_out.h>

#include <math.h>
#include <stdlib.h>

void behov_cases_free(behov_cases *cases)
{
    free(cases->picks);
    free(cases->reasons);
    free(cases->shrunk);
    free(cases->lasting);
    free(cases->clear_ends);
    *cases = (behov_cases){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SELECTION_NO_MEMORY);
}

static const double *ratios_of(const behov_cases *cases, size_t place)
{
    return cases->ratios->ratios + place * cases->ratios->n_years;
}

bool behov_cases_is_of_kind(const behov_cases *cases, size_t place, behov_case_kind kind)
{
    behov_pick picks[BEHOV_N_CASE_KINDS];
    size_t n = 0, n_found[BEHOV_N_CASE_KINDS] = {0};
    behov_case_reason reason;
    behov_select_options alone = {.limits = cases->options.limits};
    return !behov_select_cases(ratios_of(cases, place), 1, cases->ratios->n_years, NULL, &alone, picks, &n, n_found,
                               &reason, NULL) &&
           n_found[kind] > 0;
}

behov_lasting_verdict behov_cases_verdict(const behov_cases *cases, size_t place, behov_case_kind kind)
{
    if (!cases->has_shrunk || (kind != BEHOV_CASE_LOW && kind != BEHOV_CASE_HIGH))
        return BEHOV_LASTING_NOT_TOLD;
    const behov_lasting *lasting = cases->lasting + place * cases->ratios->n_years;
    const behov_interval *ends = cases->clear_ends + place * cases->ratios->n_years;
    behov_ratio_level ratio_level = kind == BEHOV_CASE_LOW ? BEHOV_LEVEL_LOW : BEHOV_LEVEL_HIGH;
    bool falls = false, is_clear = true;
    for (size_t t = 0; t < cases->ratios->n_years; t++) {
        if (isnan(lasting[t].ratio))
            return BEHOV_LASTING_NOT_TOLD;
        double end = kind == BEHOV_CASE_LOW ? fmax(lasting[t].interval.high, ends[t].high)
                                            : fmin(lasting[t].interval.low, ends[t].low);
        falls = falls || behov_ratio_level_of(lasting[t].ratio, &cases->options.limits) != ratio_level;
        is_clear = is_clear && behov_ratio_level_of(end, &cases->options.limits) == ratio_level;
    }
    return falls ? BEHOV_LASTING_FALLS_AWAY : is_clear ? BEHOV_LASTING_CLEAR : BEHOV_LASTING_NOT_CLEAR;
}

const behov_lasting *behov_cases_nearest(const behov_cases *cases, size_t place, behov_case_kind kind)
{
    if (behov_cases_verdict(cases, place, kind) == BEHOV_LASTING_NOT_TOLD)
        return NULL;
    const behov_lasting *lasting = cases->lasting + place * cases->ratios->n_years, *nearest = lasting;
    for (size_t t = 1; t < cases->ratios->n_years; t++)
        if (kind == BEHOV_CASE_LOW ? lasting[t].ratio > nearest->ratio : lasting[t].ratio < nearest->ratio)
            nearest = &lasting[t];
    return nearest;
}

static void count(behov_cases *cases)
{
    for (size_t i = 0; i < cases->ratios->places.n; i++) {
        bool is_case = false;
        cases->n_for_reason[cases->reasons[i]]++;
        if (cases->reasons[i] != BEHOV_CASE_CHOSEN_FROM)
            continue;
        for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++) {
            bool is_found = behov_cases_is_of_kind(cases, i, (behov_case_kind)kind);
            behov_lasting_verdict verdict = behov_cases_verdict(cases, i, (behov_case_kind)kind);
            is_case = is_case || is_found;
            if (verdict == BEHOV_LASTING_NOT_TOLD)
                continue;
            bool falls = verdict == BEHOV_LASTING_FALLS_AWAY;
            cases->n_shrunk_found[kind] += !falls;
            cases->n_falls[kind] += is_found && falls;
            cases->n_clear[kind] += is_found && verdict == BEHOV_LASTING_CLEAR;
            cases->n_comes_in[kind] += !is_found && !falls;
        }
        cases->n_in_no_kind += !is_case;
    }
}

/* The lasting level against the need of each year. */
static behov_status lasting_by_year(behov_cases *cases, const behov_ranking *ranking, behov_error *err)
{
    const behov_fit_results *result = cases->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t n_rows, width = behov_design_n_regressors(result->design), n_years = cases->ratios->n_years;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows);
    double *x = malloc((width + 1) * sizeof *x);
    cases->lasting = malloc((cases->ratios->places.n * n_years + 1) * sizeof *cases->lasting);
    cases->clear_ends = malloc((cases->ratios->places.n * n_years + 1) * sizeof *cases->clear_ends);
    cases->clear = behov_lasting_clear(&ranking->choices.lasting);
    double clear_level = 2 * cases->clear - 1; /* an interval of this level leaves as much on either side */
    if (!x || !cases->lasting || !cases->clear_ends) {
        free(x);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < cases->ratios->places.n * n_years; i++)
        cases->lasting[i] = (behov_lasting){NAN, {NAN, NAN}, NAN};
    for (size_t i = 0; i < n_rows; i++) {
        size_t place = behov_municipality_list_position(&cases->ratios->places,
                                                        behov_panel_code(panel, behov_row_at(rows, i)),
                                                        behov_panel_municipality(panel, behov_row_at(rows, i))),
               t = 0, n_kept = 0;
        while (t < n_years && cases->ratios->years[t] != behov_panel_year(panel, behov_row_at(rows, i)))
            t++;
        if (place == cases->ratios->places.n || t == n_years ||
            isnan(behov_need_ratio(result->need, behov_row_at(rows, i))))
            continue;
        behov_design_fill(result->design, &(uint32_t){behov_row_at(rows, i)}, 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            if (!behov_fit_is_dropped(result->fit, k))
                x[n_kept++] = x[k];
        double need = behov_need_need(result->need, behov_row_at(rows, i)), level = ranking->choices.level;
        behov_lasting *lasting = &cases->lasting[place * n_years + t];
        *lasting = behov_lasting_level(ranking->shrink, place, need, x, level);
        cases->clear_ends[place * n_years + t] =
            fabs(clear_level - level) < 1e-9
                ? lasting->interval
                : behov_lasting_level(ranking->shrink, place, need, x, clear_level).interval;
    }
    free(x);
    return BEHOV_OK;
}

/* The ranking holds the lasting levels; its places are in the order of the table's, for both are of one panel. */
static behov_status shrink(behov_cases *cases, const behov_lasting_choices *lasting, behov_error *err)
{
    enum { FEWEST_DRAWS = 100 }; /* its places are not shown */
    behov_ranking ranking = {0};
    size_t n = cases->ratios->places.n;
    if (!(cases->shrunk = malloc((n + 1) * sizeof *cases->shrunk)))
        return out_of_memory(err);
    behov_ranking_choices choices = {.ranked_by = BEHOV_BY_RATIO,
                                     .within = {.kind = "country"},
                                     .level = cases->fit_results->level_pct / 100,
                                     .lasting = *lasting,
                                     .n_draws = FEWEST_DRAWS};
    behov_status status = behov_ranking_new(cases->fit_results, &choices, &ranking, err);
    if (!status && !ranking.variances.is_known)
        status = (ranking.is_at_border
                      ? behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_PLACE_SHRUNK, SAY_SELECTION_NO_LASTING)
                      : behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_PLACE_SHRUNK, SAY_SELECTION_LASTING_NEEDS_YEARS));
    for (size_t i = 0; i < n && !status; i++)
        cases->shrunk[i] = ranking.all[i].lasting.ratio;
    if (!status)
        status = lasting_by_year(cases, &ranking, err);
    cases->has_shrunk = !status;
    cases->variances = ranking.variances;
    cases->is_one_year = ranking.variances.is_one_year;
    behov_ranking_free(&ranking);
    return status;
}

/* Which municipalities may be chosen; NULL = all, without a list. */
static behov_status ask_for(const behov_cases *cases, const behov_municipality_names *list, bool **candidates,
                            behov_error *err)
{
    size_t *positions = NULL, n = 0;
    behov_status status =
        behov_municipality_list_choose(&cases->ratios->places, list, PHRASE_PLACE_LIST, &positions, &n, err);
    if (!status && cases->fit_results)
        status = behov_left_out_refuse_all(cases->fit_results, cases->ratios->places.all, positions, n,
                                           PHRASE_PLACE_LIST, err);
    if (!status && !(*candidates = calloc(cases->ratios->places.n + 1, sizeof **candidates)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        (*candidates)[positions[i]] = true;
    free(positions);
    return status;
}

behov_status behov_cases_new(const behov_ratio_table *ratios, const behov_select_options *options,
                             const behov_municipality_names *list, const behov_lasting_choices *shrunk,
                             behov_language lang, behov_cases *cases, behov_error *err)
{
    size_t n = ratios->places.n;
    *cases = (behov_cases){.lang = lang, .fit_results = ratios->fit_results, .ratios = ratios, .options = *options};
    cases->is_simulated = ratios->fit_results && ratios->fit_results->study->is_simulated;
    cases->picks = calloc(n + 1, BEHOV_N_CASE_KINDS * sizeof *cases->picks);
    cases->reasons = calloc(n + 1, sizeof *cases->reasons);
    double *populations = malloc((n + 1) * sizeof *populations);
    behov_status status = cases->picks && cases->reasons && populations ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        populations[i] = ratios->places.all[i].population;
        cases->has_population = cases->has_population || !isnan(populations[i]);
    }
    if (!status && !cases->has_population && (options->largest || options->min_population > 0))
        status = behov_error_say(err, BEHOV_E_DATA, ratios->places.source, SAY_SELECTION_NEEDS_POPULATION,
                                 options->largest ? PHRASE_PLACE_LARGEST : PHRASE_PLACE_MIN_POPULATION);
    bool *candidates = NULL;
    if (!status && list)
        status = ask_for(cases, list, &candidates, err);
    behov_select_options all = *options;
    all.candidates = candidates;
    if (!status)
        status = behov_select_cases(ratios->ratios, n, ratios->n_years, populations, &all, cases->picks,
                                    &cases->n_picks, cases->n_found, cases->reasons, err);
    free(candidates);
    if (!status && shrunk)
        status = shrink(cases, shrunk, err);
    if (!status)
        count(cases);
    free(populations);
    return status;
}

/* ---- what is asked of them -----------------------------------------------------------------------------------------
 * */

const char *behov_case_kind_name(behov_case_kind kind)
{
    static const char *const names[BEHOV_N_CASE_KINDS] = {"low", "high", "decrease", "increase"};
    return names[kind];
}

bool behov_cases_looks_for(const behov_cases *cases, behov_case_kind kind)
{
    return cases->ratios->n_years > 1 || kind == BEHOV_CASE_LOW || kind == BEHOV_CASE_HIGH;
}

size_t behov_cases_n_shown(const behov_cases *cases, behov_case_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < cases->n_picks; i++)
        n += cases->picks[i].kind == kind;
    return n;
}

size_t behov_cases_n_asked_for(const behov_cases *cases)
{
    return cases->ratios->places.n - cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR];
}

bool behov_cases_has_candidates(const behov_cases *cases)
{
    return cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM] > 0;
}

bool behov_cases_has_ratios(const behov_cases *cases)
{
    for (size_t i = 0; i < cases->ratios->places.n * cases->ratios->n_years; i++)
        if (!isnan(cases->ratios->ratios[i]))
            return true;
    return false;
}

bool behov_cases_has_cut_level(const behov_cases *cases)
{
    for (size_t i = 0; cases->has_shrunk && i < cases->ratios->places.n * cases->ratios->n_years; i++)
        if (behov_lasting_is_cut(cases->lasting[i]))
            return true;
    return false;
}

bool behov_cases_in_kroner(const behov_cases *cases)
{
    return !cases->fit_results || behov_need_gap_is_1000kr(cases->fit_results->need);
}
