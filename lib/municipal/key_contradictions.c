/* key_contradictions.c - see key_contradictions.h. Criteria are called as in Grønt hefte: "aleneboende 30-66". */
#include "key_contradictions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/plausibility.h>
#include <behov/number.h>
#include <behov/phrase.h>

#include "age_span.h"
#include "name.h"

/* Less or more than so many times the median of its criterion: no index of a municipality is, while one whose decimal mark
 * has moved two places, or that is a share beside per cent, is a hundred times. */
static const double FARTHEST_INDEX = 40;

/* Persons of some ages: of all who live there, or of some of them. */
typedef struct age_group {
    const behov_key_criterion *criterion;
    age_span span;
    bool is_of_everyone;
} age_group;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

static void place_of(const behov_key_criteria *criteria, size_t i, ptrdiff_t column, char where[BEHOV_PLACE_SIZE])
{
    behov_table_where(criteria->table, criteria->rows[i], column, where);
}

/* ---- ages ---------------------------------------------------------------------------------------------------------- */

/* Folded; false also without memory: what is not known is not doubted. */
static bool counts_everyone(const char *name)
{
    static const char *const words[] = {"innbyggere", "innbyggjarar", "inhabitants", "residents"};
    char *folded = behov_name_fold(name, strlen(name));
    bool is_so = false;
    for (size_t i = 0; folded && i < sizeof words / sizeof *words; i++)
        is_so = is_so || strncmp(folded, words[i], strlen(words[i])) == 0;
    free(folded);
    return is_so;
}

static bool read_group(const behov_key_criterion *criterion, age_group *group)
{
    const char *last = strrchr(criterion->name, ' ');
    bool has_unit;
    *group = (age_group){.criterion = criterion, .is_of_everyone = counts_everyone(criterion->name)};
    return last && age_span_read(last + 1, &group->span, &has_unit) && group->span.low < group->span.high;
}

static size_t list_groups(const behov_key_criteria *criteria, const key_columns *columns, age_group *groups)
{
    size_t n = 0;
    for (size_t k = 0; k < criteria->n_criteria; k++) {
        const behov_key_criterion *criterion = &criteria->criteria[k];
        bool is_count = criterion->kind == BEHOV_CRITERION_COUNT && criterion->column >= 0 && !columns->is_kind_said[k];
        n += is_count && read_group(criterion, &groups[n]);
    }
    return n;
}

/* Those who live alone from 30 to 66 are some of the inhabitants from 25 to 66. */
static behov_status compare_part(const behov_key_criteria *criteria, const age_group *part, const age_group *whole,
                                 behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t i = 0, n = criteria->municipalities.n;
    if (part == whole || !whole->is_of_everyone || part->span.low < whole->span.low ||
        part->span.high > whole->span.high)
        return BEHOV_OK;
    while (i < n && !(part->criterion->figures[i] > whole->criterion->figures[i]))
        i++;
    if (i == n)
        return BEHOV_OK;
    place_of(criteria, i, part->criterion->column, where);
    return behov_error_say(
        err, BEHOV_E_DATA, where, SAY_KEY_PART_ABOVE_WHOLE, behov_cut(part->criterion->name, 60).text,
        behov_phrase_number(part->criterion->figures[i]).text, behov_cut(whole->criterion->name, 60).text,
        behov_phrase_number(whole->criterion->figures[i]).text);
}

/* Groups of all inhabitants that do not overlap are together no more than these. */
static behov_status compare_sum(const behov_key_criteria *criteria, const age_group *groups, size_t n_groups,
                                behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    for (size_t i = 0; i < criteria->municipalities.n; i++) {
        double sum = 0;
        for (size_t k = 0; k < n_groups; k++) {
            bool is_apart = groups[k].is_of_everyone && !isnan(groups[k].criterion->figures[i]);
            for (size_t earlier = 0; earlier < k; earlier++)
                is_apart = is_apart &&
                           !(groups[earlier].is_of_everyone && age_spans_overlap(groups[earlier].span, groups[k].span));
            sum += is_apart ? groups[k].criterion->figures[i] : 0;
        }
        if (!(sum > criteria->population[i]))
            continue;
        place_of(criteria, i, -1, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_AGES_ABOVE_POPULATION, behov_phrase_number(sum).text,
                               behov_phrase_number(criteria->population[i]).text);
    }
    return BEHOV_OK;
}

static behov_status check_ages(const behov_key_criteria *criteria, const key_columns *columns, behov_error *err)
{
    age_group *groups = calloc(criteria->n_criteria + 1, sizeof *groups);
    if (!groups)
        return out_of_memory(err);
    size_t n = list_groups(criteria, columns, groups);
    behov_status status = BEHOV_OK;
    for (size_t part = 0; part < n && !status; part++)
        for (size_t whole = 0; whole < n && !status; whole++)
            status = compare_part(criteria, &groups[part], &groups[whole], err);
    if (!status)
        status = compare_sum(criteria, groups, n, err);
    free(groups);
    return status;
}

/* ---- levels -------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static behov_status check_index(const behov_key_criteria *criteria, const behov_key_criterion *criterion,
                                double *sorted, behov_error *err)
{
    enum { FEWEST = 3 };
    char where[BEHOV_PLACE_SIZE];
    size_t n = 0;
    for (size_t i = 0; i < criteria->municipalities.n; i++)
        if (criterion->figures[i] > 0)
            sorted[n++] = criterion->figures[i];
    if (n < FEWEST)
        return BEHOV_OK;
    qsort(sorted, n, sizeof *sorted, by_size);
    double median = sorted[n / 2];
    for (size_t i = 0; i < criteria->municipalities.n; i++) {
        double figure = criterion->figures[i];
        if (!(figure > 0) || (figure <= FARTHEST_INDEX * median && figure >= median / FARTHEST_INDEX))
            continue;
        place_of(criteria, i, criterion->column, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_INDEX_FAR, behov_cut(criterion->name, 80).text,
                               behov_phrase_number(figure).text, behov_phrase_number(median).text);
    }
    return BEHOV_OK;
}

static behov_status check_indices(const behov_key_criteria *criteria, behov_error *err)
{
    double *sorted = calloc(criteria->municipalities.n + 1, sizeof *sorted);
    behov_status status = sorted ? BEHOV_OK : out_of_memory(err);
    for (size_t k = 0; k < criteria->n_criteria && !status; k++)
        if (criteria->criteria[k].kind == BEHOV_CRITERION_INDEX)
            status = check_index(criteria, &criteria->criteria[k], sorted, err);
    if (!status && criteria->modified_criteria &&
        criteria->modified_criteria[criteria->modified].kind == BEHOV_CRITERION_INDEX)
        status = check_index(criteria, &criteria->modified_criteria[criteria->modified], sorted, err);
    free(sorted);
    return status;
}

static behov_status check_population(const behov_key_criteria *criteria, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t i = 0;
    while (i < criteria->municipalities.n && !(criteria->population[i] > BEHOV_MOST_INHABITANTS))
        i++;
    if (i == criteria->municipalities.n)
        return BEHOV_OK;
    place_of(criteria, i, -1, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_LARGE,
                           behov_phrase_number(BEHOV_MOST_INHABITANTS).text);
}

behov_status key_contradictions_check(const behov_key_criteria *criteria, const key_columns *columns, behov_error *err)
{
    behov_status status = check_population(criteria, err);
    if (!status)
        status = check_ages(criteria, columns, err);
    return status ? status : check_indices(criteria, err);
}
