/* key_doubts.c - see key_doubts.h. */
#include "key_doubts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/country.h>
#include <behov/number.h>
#include <behov/phrase.h>

#include "key_country.h"
#include "name.h"

/* ---- counts -------------------------------------------------------------------------------------------------------- */

/* The kind that the call names is not doubted. */
static bool is_doubted(const behov_key_criterion *criterion, const key_columns *columns, size_t k)
{
    return criterion->kind == BEHOV_CRITERION_COUNT && !columns->is_kind_said[k] && criterion->column >= 0;
}

/* A count of a share: no number of persons is below 100 everywhere and has decimals. */
static behov_status doubt_counts(const behov_key_criteria *criteria, const key_columns *columns, behov_error *err)
{
    size_t n = criteria->municipalities.n;
    for (size_t k = 0; k < criteria->n_criteria; k++) {
        const behov_key_criterion *criterion = &criteria->criteria[k];
        bool is_many = false;
        if (!is_doubted(criterion, columns, k))
            continue;
        for (size_t i = 0; i < n; i++)
            is_many = is_many || criteria->population[i] >= 1000;
        if (is_many && key_columns_look_like_shares(criterion->figures, n))
            return behov_error_say(err, BEHOV_E_DATA, behov_table_source(criteria->table), SAY_KEY_COUNT_OF_SHARES,
                                   behov_cut(criterion->name, 80).text);
    }
    return BEHOV_OK;
}

/* Municipalities by their inhabitants, and a count of each. */
typedef struct sized_count {
    double population, figure;
} sized_count;

static int by_population(const void *a, const void *b)
{
    double first = ((const sized_count *)a)->population, second = ((const sized_count *)b)->population;
    return (first > second) - (first < second);
}

/* Whole per cent, 3 in Oslo as in Eigersund, are no number of persons: a count grows with the inhabitants. Where the third
 * of the municipalities that is largest has ten times the inhabitants of the smallest third, its count would have to be
 * rarer per inhabitant by a factor of five not to be twice as large. */
static behov_status doubt_growth(const behov_key_criteria *criteria, const behov_key_criterion *criterion,
                                 sized_count *sorted, behov_error *err)
{
    enum { MOST_PER_CENT = 100, TIMES_INHABITANTS = 10, TIMES_COUNT = 2, THIRD = 3 };
    size_t n = 0;
    sized_count small = {0, 0}, large = {0, 0};
    for (size_t i = 0; i < criteria->municipalities.n; i++) {
        if (criterion->figures[i] > MOST_PER_CENT)
            return BEHOV_OK;
        if (!isnan(criterion->figures[i]) && criteria->population[i] > 0)
            sorted[n++] = (sized_count){criteria->population[i], criterion->figures[i]};
    }
    if (n < 2)
        return BEHOV_OK;
    qsort(sorted, n, sizeof *sorted, by_population);
    for (size_t i = 0; i < (n < THIRD ? 1 : n / THIRD); i++) {
        small.population += sorted[i].population, small.figure += sorted[i].figure;
        large.population += sorted[n - 1 - i].population, large.figure += sorted[n - 1 - i].figure;
    }
    if (!(small.figure > 0) || large.population < TIMES_INHABITANTS * small.population ||
        large.figure >= TIMES_COUNT * small.figure)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(criteria->table), SAY_KEY_COUNT_NOT_GROWING,
                           behov_cut(criterion->name, 80).text,
                           behov_phrase_number(behov_number_rounded(large.population / small.population, 0)).text,
                           behov_phrase_number(behov_number_rounded(large.figure / small.figure, 1)).text);
}

static behov_status need_growing_counts(const behov_key_criteria *criteria, const key_columns *columns,
                                        behov_error *err)
{
    sized_count *sorted = calloc(criteria->municipalities.n + 1, sizeof *sorted);
    behov_status status = sorted ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (size_t k = 0; k < criteria->n_criteria && !status; k++)
        if (is_doubted(&criteria->criteria[k], columns, k))
            status = doubt_growth(criteria, &criteria->criteria[k], sorted, err);
    if (!status && criteria->modified_criteria &&
        is_doubted(&criteria->modified_criteria[criteria->modified], columns, criteria->n_criteria))
        status = doubt_growth(criteria, &criteria->modified_criteria[criteria->modified], sorted, err);
    free(sorted);
    return status;
}

static bool is_whole(double figure)
{
    return isnan(figure) || figure == floor(figure);
}

/* 1.100 read as 1.1: a part of a thousand, below 1000. Columns with other decimals too, as population^1.2, have them. */
static bool may_be_thousands(const double *figures, size_t n)
{
    bool has_part = false;
    for (size_t i = 0; i < n; i++) {
        double thousandfold = 1000 * figures[i];
        if (is_whole(figures[i]))
            continue;
        if (figures[i] >= 1000 || fabs(thousandfold - round(thousandfold)) > 1e-6)
            return false;
        has_part = true;
    }
    return has_part;
}

static behov_status refuse_part(const behov_key_criteria *criteria, ptrdiff_t column, const double *figures,
                                behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t i = 0;
    while (i < criteria->municipalities.n && is_whole(figures[i]))
        i++;
    if (i == criteria->municipalities.n)
        return BEHOV_OK;
    behov_table_where(criteria->table, criteria->rows[i], column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_FIGURE_NOT_WHOLE, behov_phrase_number(figures[i]).text);
}

/* Inhabitants, and counts of which the call does not say that they are counts. */
static behov_status need_whole_counts(const behov_panel *panel, const behov_key_criteria *criteria,
                                      const key_columns *columns, behov_error *err)
{
    size_t n = criteria->municipalities.n;
    ptrdiff_t population = panel->columns[BEHOV_ROLE_POPULATION];
    behov_status status = population < 0 ? BEHOV_OK : refuse_part(criteria, population, criteria->population, err);
    for (size_t k = 0; k < criteria->n_criteria + columns->has_modified && !status; k++) {
        ptrdiff_t column = k < criteria->n_criteria ? columns->columns[k] : columns->modified_column;
        const double *figures = criteria->figures + k * n;
        if (column >= 0 && columns->kinds[k] == BEHOV_CRITERION_COUNT && !columns->is_kind_said[k] &&
            may_be_thousands(figures, n))
            status = refuse_part(criteria, column, figures, err);
    }
    return status;
}

static bool has_part(const char *folded, const char *part)
{
    char *wanted = behov_name_fold(part, strlen(part));
    bool is_there = folded && wanted && strstr(folded, wanted);
    free(wanted);
    return is_there;
}

/* "folketall opphøyd i 1.2" of the key of 2003/04 is summed as a count, and is no number of persons. */
static bool is_a_power(const char *criterion)
{
    char *folded = behov_name_fold(criterion, strlen(criterion));
    bool is_so = has_part(folded, "opph\u00F8yd") || has_part(folded, "power") || strchr(criterion, '^');
    free(folded);
    return is_so;
}

/* More of those who live there than live there. */
static behov_status compare_with_population(const behov_key_criteria *criteria, const behov_key_criterion *criterion,
                                            behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t i = 0, n = criteria->municipalities.n;
    while (i < n && !(criterion->figures[i] > criteria->population[i]))
        i++;
    if (i == n)
        return BEHOV_OK;
    behov_table_where(criteria->table, criteria->rows[i], criterion->column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_COUNT_MORE_THAN_ALL,
                           behov_phrase_number(criterion->figures[i]).text,
                           behov_phrase_number(criteria->population[i]).text);
}

static behov_status need_fewer_than_all(const behov_key_criteria *criteria, const key_columns *columns,
                                        behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < criteria->n_criteria && !status; k++)
        if (is_doubted(&criteria->criteria[k], columns, k) && !is_a_power(criteria->criteria[k].name))
            status = compare_with_population(criteria, &criteria->criteria[k], err);
    if (!status && criteria->modified_criteria &&
        is_doubted(&criteria->modified_criteria[criteria->modified], columns, criteria->n_criteria))
        status = compare_with_population(criteria, &criteria->modified_criteria[criteria->modified], err);
    return status;
}

/* ---- what is relative to the country ------------------------------------------------------------------------------- */

enum { MOST_OF_THE_COUNTRY = 5, FEW = 10 }; /* the mean of no criterion of table E-k is as far from 1 in any file */

/* Weighted by population where there is one: of the whole country it is 1. */
static double mean_of(const behov_key_criteria *criteria, const double *figures)
{
    double sum = 0, weights = 0, plain = 0, count = 0;
    for (size_t i = 0; i < criteria->municipalities.n; i++) {
        if (isnan(figures[i]))
            continue;
        plain += figures[i];
        count++;
        if (isnan(criteria->population[i]))
            continue;
        sum += criteria->population[i] * figures[i];
        weights += criteria->population[i];
    }
    return weights > 0 ? sum / weights : count > 0 ? plain / count : NAN;
}

/* Per cent, or counts, that are said to be relative: a key of 12 with a country of 1. */
static behov_status doubt_relative(const behov_key_criteria *criteria, behov_error *err)
{
    for (size_t k = 0; k < criteria->n_criteria; k++) {
        const behov_key_criterion *criterion = &criteria->criteria[k];
        double mean = criterion->kind == BEHOV_CRITERION_RELATIVE && criterion->column >= 0
                          ? mean_of(criteria, criterion->figures)
                          : NAN;
        bool is_low = mean < 1.0 / MOST_OF_THE_COUNTRY && criteria->municipalities.n >= FEW;
        if (mean > MOST_OF_THE_COUNTRY || is_low)
            return behov_error_say(err, BEHOV_E_DATA, behov_table_source(criteria->table), SAY_KEY_NOT_RELATIVE,
                                   behov_cut(criterion->name, 80).text,
                                   behov_phrase_number(behov_number_rounded(mean, 3)).text);
    }
    return BEHOV_OK;
}

/* The level of an index that is given, of a file that is nearly all of the country. */
static behov_status check_levels(const behov_key_criteria *criteria, behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t n_there = criteria->municipalities.n - criteria->n_foreign;
    bool is_whole = criteria->n_in_country && 100 * n_there >= BEHOV_LEAST_PER_CENT_OF_COUNTRY * criteria->n_in_country;
    for (size_t k = 0; k < criteria->n_criteria && is_whole && !status; k++)
        if (criteria->criteria[k].kind == BEHOV_CRITERION_INDEX)
            status = key_country_check_level(criteria->criteria[k].given, criteria->criteria[k].figures,
                                             criteria->municipalities.n, 1,
                                             behov_cut(criteria->criteria[k].name, 80).text, err);
    return status;
}

behov_status key_doubts_check(const behov_panel *panel, const behov_key_criteria *criteria, const key_columns *columns,
                              behov_error *err)
{
    behov_status status = doubt_counts(criteria, columns, err);
    if (!status)
        status = need_growing_counts(criteria, columns, err);
    if (!status)
        status = need_whole_counts(panel, criteria, columns, err);
    if (!status)
        status = need_fewer_than_all(criteria, columns, err);
    if (!status)
        status = check_levels(criteria, err);
    return status ? status : doubt_relative(criteria, err);
}
