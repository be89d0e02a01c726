/* selection.c - behov_select_cases on a table of ratios, and once more on lasting levels. */
#include "selection.h"

#include <math.h>
#include <stdlib.h>

void selection_free(selection *of)
{
    free(of->picks);
    free(of->reasons);
    free(of->shrunk);
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

bool selection_falls_away(const selection *of, const behov_pick *pick)
{
    if (!of->has_shrunk || pick->kind == BEHOV_CASE_DECREASE || pick->kind == BEHOV_CASE_INCREASE ||
        isnan(of->shrunk[pick->municipality]))
        return false;
    behov_ratio_level level = behov_ratio_level_of(of->shrunk[pick->municipality], &of->options.limits);
    return level != (pick->kind == BEHOV_CASE_LOW ? BEHOV_LEVEL_LOW : BEHOV_LEVEL_HIGH);
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
            is_case = is_case || is_found;
            if (!of->has_shrunk || kind > BEHOV_CASE_HIGH || isnan(of->shrunk[i]))
                continue;
            bool falls = selection_falls_away(of, &(behov_pick){.kind = (behov_case_kind)kind, .municipality = i});
            of->n_shrunk_found[kind] += !falls;
            of->n_falls[kind] += is_found && falls;
            of->n_comes_in[kind] += !is_found && !falls;
        }
        of->n_in_no_kind += !is_case;
    }
}

/* The ranking holds the lasting levels; its places are in the order of the table's, for both are of one panel. */
static behov_status shrink(selection *of, behov_error *err)
{
    enum { FEWEST_DRAWS = 100 }; /* its places are not shown */
    ranking found = {0};
    size_t n = of->ratios->places.n;
    if (!(of->shrunk = malloc((n + 1) * sizeof *of->shrunk)))
        return out_of_memory(err);
    ranking_choices choices = {.by = BEHOV_BY_RATIO, .within = "country", .level = 0.9, .n_draws = FEWEST_DRAWS};
    behov_status status = ranking_new(of->of, &choices, &found, err);
    if (!status && !found.variances.is_known)
        status = behov_error_set(err, BEHOV_E_TOO_FEW, "--shrunk",
                                 "with one row for each municipality and no inhabitants nothing tells a lasting level "
                                 "from chance; leave the option out");
    for (size_t i = 0; i < n && !status; i++)
        of->shrunk[i] = found.all[i].lasting.ratio;
    of->has_shrunk = !status;
    ranking_free(&found);
    return status;
}

behov_status selection_new(const ratio_table *ratios, const behov_select_options *options, bool shrunk, language lang,
                           selection *made, behov_error *err)
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
    if (!status)
        status = behov_select_cases(ratios->ratios, n, ratios->n_years, populations, options, made->picks,
                                    &made->n_picks, made->n_found, made->reasons, err);
    if (!status && shrunk)
        status = shrink(made, err);
    if (!status)
        count(made);
    free(populations);
    return status;
}
