/* selection.c - behov_select_cases on a table of ratios, and once more on lasting levels.
 *
 * The lasting level is one amount a municipality, u in the outcome's unit, for all years (behov/shrink.h). A kind that
 * asks for every year is therefore tried in every year, at 100 (need_t + u) / need_t: the need moves, u does not. */
#include "selection.h"
#include "lasting.h"
#include "remarks.h"

#include <math.h>
#include <stdlib.h>

void selection_free(selection *of)
{
    free(of->picks);
    free(of->reasons);
    free(of->shrunk);
    free(of->lasting);
    *of = (selection){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the selection");
}

static const double *ratios_of(const selection *of, size_t place)
{
    return of->ratios->ratios + place * of->ratios->n_years;
}

bool selection_is_of_kind(const selection *of, size_t place, behov_case_kind kind)
{
    behov_pick picks[BEHOV_N_CASE_KINDS];
    size_t n = 0, n_found[BEHOV_N_CASE_KINDS] = {0};
    behov_case_reason reason;
    behov_select_options alone = {.limits = of->options.limits};
    return !behov_select_cases(ratios_of(of, place), 1, of->ratios->n_years, NULL, &alone, picks, &n, n_found, &reason,
                               NULL) &&
           n_found[kind] > 0;
}

lasting_verdict selection_verdict(const selection *of, size_t place, behov_case_kind kind)
{
    if (!of->has_shrunk || (kind != BEHOV_CASE_LOW && kind != BEHOV_CASE_HIGH))
        return LASTING_NOT_TOLD;
    const behov_lasting *lasting = of->lasting + place * of->ratios->n_years;
    behov_ratio_level wanted = kind == BEHOV_CASE_LOW ? BEHOV_LEVEL_LOW : BEHOV_LEVEL_HIGH;
    bool falls = false, is_clear = true;
    for (size_t t = 0; t < of->ratios->n_years; t++) {
        if (isnan(lasting[t].ratio))
            return LASTING_NOT_TOLD;
        double end = kind == BEHOV_CASE_LOW ? lasting[t].interval.high : lasting[t].interval.low;
        falls = falls || behov_ratio_level_of(lasting[t].ratio, &of->options.limits) != wanted;
        is_clear = is_clear && behov_ratio_level_of(end, &of->options.limits) == wanted;
    }
    return falls ? LASTING_FALLS_AWAY : is_clear ? LASTING_CLEAR : LASTING_NOT_CLEAR;
}

const behov_lasting *selection_nearest(const selection *of, size_t place, behov_case_kind kind)
{
    if (selection_verdict(of, place, kind) == LASTING_NOT_TOLD)
        return NULL;
    const behov_lasting *lasting = of->lasting + place * of->ratios->n_years, *nearest = lasting;
    for (size_t t = 1; t < of->ratios->n_years; t++)
        if (kind == BEHOV_CASE_LOW ? lasting[t].ratio > nearest->ratio : lasting[t].ratio < nearest->ratio)
            nearest = &lasting[t];
    return nearest;
}

static void count(selection *of)
{
    for (size_t i = 0; i < of->ratios->places.n; i++) {
        bool is_case = false;
        of->n_for_reason[of->reasons[i]]++;
        if (of->reasons[i] != BEHOV_CASE_CHOSEN_FROM)
            continue;
        for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++) {
            bool is_found = selection_is_of_kind(of, i, (behov_case_kind)kind);
            lasting_verdict verdict = selection_verdict(of, i, (behov_case_kind)kind);
            is_case = is_case || is_found;
            if (verdict == LASTING_NOT_TOLD)
                continue;
            bool falls = verdict == LASTING_FALLS_AWAY;
            of->n_shrunk_found[kind] += !falls;
            of->n_falls[kind] += is_found && falls;
            of->n_clear[kind] += is_found && verdict == LASTING_CLEAR;
            of->n_comes_in[kind] += !is_found && !falls;
        }
        of->n_in_no_kind += !is_case;
    }
}

/* The lasting level against the need of each year. */
static behov_status lasting_by_year(selection *of, const ranking *found, behov_error *err)
{
    const results *result = of->of;
    const behov_panel *panel = &result->of->panel;
    size_t n_rows, width = behov_design_n_regressors(result->design), n_years = of->ratios->n_years;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows);
    double *x = malloc((width + 1) * sizeof *x);
    of->lasting = malloc((of->ratios->places.n * n_years + 1) * sizeof *of->lasting);
    if (!x || !of->lasting) {
        free(x);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < of->ratios->places.n * n_years; i++)
        of->lasting[i] = (behov_lasting){NAN, {NAN, NAN}, NAN};
    for (size_t i = 0; i < n_rows; i++) {
        size_t place = directory_position(&of->ratios->places, behov_panel_code(panel, rows[i]),
                                          behov_panel_municipality(panel, rows[i])),
               t = 0, kept = 0;
        while (t < n_years && of->ratios->years[t] != behov_panel_year(panel, rows[i]))
            t++;
        if (place == of->ratios->places.n || t == n_years || isnan(behov_need_ratio(result->need)[rows[i]]))
            continue;
        behov_design_fill(result->design, &rows[i], 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            if (!behov_fit_is_dropped(result->fit, k))
                x[kept++] = x[k];
        of->lasting[place * n_years + t] = lasting_level(
            found->shrink, place, behov_need_need(result->need)[rows[i]], x, found->choices.level);
    }
    free(x);
    return BEHOV_OK;
}

/* The ranking holds the lasting levels; its places are in the order of the table's, for both are of one panel. */
static behov_status shrink(selection *of, behov_error *err)
{
    enum { FEWEST_DRAWS = 100 }; /* its places are not shown */
    ranking found = {0};
    size_t n = of->ratios->places.n;
    if (!(of->shrunk = malloc((n + 1) * sizeof *of->shrunk)))
        return out_of_memory(err);
    ranking_choices choices = {
        .by = BEHOV_BY_RATIO, .within = "country", .level = of->of->level_pct / 100, .n_draws = FEWEST_DRAWS};
    behov_status status = ranking_new(of->of, &choices, &found, err);
    if (!status && !found.variances.is_known)
        status = behov_error_set(err, BEHOV_E_TOO_FEW, "--shrunk",
                                 found.is_at_border ?
                                 "the panel shows no lasting differences between municipalities (their variance is "
                                 "estimated as 0), so there is no lasting level to hold against the limits; leave the "
                                 "option out" :
                                 "with one row for each municipality and no inhabitants nothing tells a lasting level "
                                 "from chance; leave the option out");
    for (size_t i = 0; i < n && !status; i++)
        of->shrunk[i] = found.all[i].lasting.ratio;
    if (!status)
        status = lasting_by_year(of, &found, err);
    of->has_shrunk = !status;
    of->is_one_year = found.variances.is_one_year;
    ranking_free(&found);
    return status;
}

/* Which municipalities may be chosen; NULL = all, without a list. */
static behov_status ask_for(const selection *of, const char *list, bool **candidates, behov_error *err)
{
    size_t *positions = NULL, n = 0;
    behov_status status = directory_choose(&of->ratios->places, list, "--municipality", &positions, &n, err);
    if (!status && of->of)
        status = remark_refuse_all_left_out(of->of, of->ratios->places.all, positions, n, "--municipality", err);
    if (!status && !(*candidates = calloc(of->ratios->places.n + 1, sizeof **candidates)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        (*candidates)[positions[i]] = true;
    free(positions);
    return status;
}

behov_status selection_new(const ratio_table *ratios, const behov_select_options *options, const char *list,
                           bool shrunk, behov_language lang, selection *made, behov_error *err)
{
    size_t n = ratios->places.n;
    *made = (selection){.lang = lang, .of = ratios->of, .ratios = ratios, .options = *options};
    made->is_simulated = ratios->of && ratios->of->of->is_simulated;
    made->picks = calloc(n + 1, BEHOV_N_CASE_KINDS * sizeof *made->picks);
    made->reasons = calloc(n + 1, sizeof *made->reasons);
    double *populations = malloc((n + 1) * sizeof *populations);
    behov_status status = made->picks && made->reasons && populations ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        populations[i] = ratios->places.all[i].population;
        made->has_population = made->has_population || !isnan(populations[i]);
    }
    if (!status && !made->has_population && (options->largest || options->min_population > 0))
        status = behov_error_set(err, BEHOV_E_DATA, ratios->places.source,
                                 "%s needs the number of inhabitants, which is not there; add a column population, or "
                                 "leave the option out",
                                 options->largest ? "--largest" : "--min-population");
    bool *candidates = NULL;
    if (!status && list)
        status = ask_for(made, list, &candidates, err);
    behov_select_options all = *options;
    all.candidates = candidates;
    if (!status)
        status = behov_select_cases(ratios->ratios, n, ratios->n_years, populations, &all, made->picks, &made->n_picks,
                                    made->n_found, made->reasons, err);
    free(candidates);
    if (!status && shrunk)
        status = shrink(made, err);
    if (!status)
        count(made);
    free(populations);
    return status;
}
