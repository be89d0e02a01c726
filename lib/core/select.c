/* select.c - cases by their printed ratios, sorted by how extreme they are. */
#include <behov/select.h>

#include <math.h>
#include <stdlib.h>

#include "alloc.h"

/* Largest value first, then the one that stands first. */
typedef struct ordered {
    double value;
    size_t position;
} ordered;

static int compare_falling(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static behov_select_options with_defaults(const behov_select_options *options)
{
    behov_select_options all = options ? *options : (behov_select_options){0};
    if (all.limits.low == 0 && all.limits.high == 0) {
        all.limits.low = 90;
        all.limits.high = 110;
    }
    if (all.limits.change == 0)
        all.limits.change = 20;
    return all;
}

/* Who is chosen from. `list` has room for all. */
static void find_reasons(const double *ratios, size_t n, size_t n_years, const double *populations,
                         const behov_select_options *all, ordered *list, behov_case_reason *reasons)
{
    size_t n_known = 0;
    bool asks = all->min_population > 0 || all->largest > 0;
    for (size_t i = 0; i < n; i++) {
        bool is_candidate = !all->candidates || all->candidates[i];
        reasons[i] = !is_candidate                          ? BEHOV_CASE_NOT_ASKED_FOR
                     : !asks                                ? BEHOV_CASE_CHOSEN_FROM
                     : isnan(populations[i])                ? BEHOV_CASE_NO_POPULATION
                     : populations[i] < all->min_population ? BEHOV_CASE_TOO_FEW
                                                            : BEHOV_CASE_CHOSEN_FROM;
        if (asks && is_candidate && !isnan(populations[i]))
            list[n_known++] = (ordered){populations[i], i};
    }
    if (all->largest && n_known > all->largest) {
        qsort(list, n_known, sizeof *list, compare_falling);
        for (size_t i = all->largest; i < n_known; i++)
            reasons[list[i].position] = BEHOV_CASE_TOO_FEW;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < n_years; t++)
            if (isnan(ratios[i * n_years + t]) && reasons[i] != BEHOV_CASE_NOT_ASKED_FOR)
                reasons[i] = BEHOV_CASE_MISSING_YEARS;
}

static bool is_of_kind(const double *ratios, size_t n_years, behov_case_kind kind, const behov_ratio_limits *limits)
{
    if (kind == BEHOV_CASE_DECREASE || kind == BEHOV_CASE_INCREASE)
        return behov_ratio_change_of(ratios[0], ratios[n_years - 1], limits) ==
               (kind == BEHOV_CASE_DECREASE ? BEHOV_CHANGE_DECREASE : BEHOV_CHANGE_INCREASE);
    behov_ratio_level ratio_level = kind == BEHOV_CASE_LOW ? BEHOV_LEVEL_LOW : BEHOV_LEVEL_HIGH;
    for (size_t t = 0; t < n_years; t++)
        if (behov_ratio_level_of(ratios[t], limits) != ratio_level)
            return false;
    return true;
}

static behov_pick describe(const double *ratios, size_t n_years)
{
    double sum = 0; /* of whole numbers: exact, so that equal ones are equal */
    for (size_t t = 0; t < n_years; t++)
        sum += behov_ratio_printed(ratios[t]);
    return (behov_pick){.mean = sum / (double)n_years,
                        .change = behov_ratio_printed(ratios[n_years - 1]) - behov_ratio_printed(ratios[0])};
}

behov_status behov_select_cases(const double *ratios, size_t n_municipalities, size_t n_years,
                                const double *populations, const behov_select_options *options, behov_pick *picks,
                                size_t *n_picks, size_t *n_found, behov_case_reason *reasons, behov_error *err)
{
    behov_select_options all = with_defaults(options);
    if (n_years == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SELECT_NO_YEARS);
    if (all.limits.low > all.limits.high)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SELECT_LIMITS_CROSSED);
    bool any_known = false;
    for (size_t i = 0; i < n_municipalities && populations && !any_known; i++)
        any_known = !isnan(populations[i]);
    if ((all.min_population > 0 || all.largest) && !any_known)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_SELECT_NO_POPULATIONS);
    /* A single municipality needs no memory, so that asking about it cannot fail. */
    ordered single, *list = n_municipalities == 1 ? &single : behov_alloc(n_municipalities, sizeof *list);
    if (!list)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CASES);
    find_reasons(ratios, n_municipalities, n_years, populations, &all, list, reasons);
    *n_picks = 0;
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++) {
        size_t n_cases = 0;
        for (size_t i = 0; i < n_municipalities; i++) {
            const double *values = ratios + i * n_years;
            if (reasons[i] != BEHOV_CASE_CHOSEN_FROM ||
                !is_of_kind(values, n_years, (behov_case_kind)kind, &all.limits))
                continue;
            behov_pick seen_pick = describe(values, n_years);
            double extreme = kind == BEHOV_CASE_LOW        ? -seen_pick.mean
                             : kind == BEHOV_CASE_HIGH     ? seen_pick.mean
                             : kind == BEHOV_CASE_DECREASE ? -seen_pick.change
                                                           : seen_pick.change;
            list[n_cases++] = (ordered){extreme, i};
        }
        if (n_cases > 1)
            qsort(list, n_cases, sizeof *list, compare_falling);
        n_found[kind] = n_cases;
        for (size_t i = 0; i < n_cases && (!all.count || i < all.count); i++) {
            behov_pick *pick = &picks[(*n_picks)++];
            *pick = describe(ratios + list[i].position * n_years, n_years);
            pick->kind = (behov_case_kind)kind;
            pick->municipality = list[i].position;
            pick->place = i + 1;
        }
    }
    if (list != &single)
        free(list);
    return BEHOV_OK;
}
