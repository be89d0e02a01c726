/* key.c - a cost key from arrays (key.h has the formulas). Files, names and matching are not known here. */
#include <behov/key.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key_country.h"

const char *behov_criterion_kind_name(behov_criterion_kind kind)
{
    static const char *const names[] = {"count", "index", "relative"};
    return names[kind];
}

behov_criterion_kind behov_criterion_kind_find(const char *name)
{
    static const char *const norwegian[] = {"antall", "indeks", "relativ"}; /* as pages have them */
    int kind = 0;
    for (; kind < BEHOV_N_CRITERION_KINDS; kind++)
        if (strcmp(name, norwegian[kind]) == 0)
            return (behov_criterion_kind)kind;
    for (kind = 0;
         kind < BEHOV_N_CRITERION_KINDS && strcmp(name, behov_criterion_kind_name((behov_criterion_kind)kind)) != 0;
         kind++)
        continue;
    return (behov_criterion_kind)kind;
}

void behov_key_free(behov_key *key)
{
    free(key->countries);
    free(key->relative);
    free(key->index);
    *key = (behov_key){0};
}

/* ---- what figures may be ----------------------------------------------------------------------------------------- */

/* "kriterier.csv, line 12, column Aleneboende"; without a table "0301, Aleneboende". */
static void place_of(const behov_key_input *input, size_t municipality, const behov_key_criterion *criterion,
                     char where[BEHOV_PLACE_SIZE])
{
    char number[32];
    if (input->table) {
        behov_table_where(input->table, input->rows[municipality], criterion ? criterion->column : -1, where);
        return;
    }
    snprintf(number, sizeof number, "%lu", (unsigned long)municipality + 1);
    snprintf(where, BEHOV_PLACE_SIZE, "%.100s%s%.200s", input->codes ? input->codes[municipality] : number,
             criterion ? ", " : "", criterion ? criterion->name : "");
}

bool behov_key_needs_population(const behov_key_input *input)
{
    for (size_t k = 0; k < input->n_criteria; k++)
        if (input->criteria[k].weight != 0 && input->criteria[k].kind != BEHOV_CRITERION_RELATIVE)
            return true;
    return false;
}

static behov_status check_population(const behov_key_input *input, size_t municipality, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double population = input->population[municipality];
    bool may_miss = input->allows_missing || !behov_key_needs_population(input);
    if ((isnan(population) && may_miss) || (population > 0 && isfinite(population)))
        return BEHOV_OK;
    place_of(input, municipality, NULL, where);
    return isnan(population) ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_NO_POPULATION)
                             : behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_POPULATION_NOT_POSITIVE);
}

/* A total that is given does not need every figure; without it, one that is missing leaves the country unknown. */
static behov_status check_figure(const behov_key_input *input, size_t municipality,
                                 const behov_key_criterion *criterion, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double figure = criterion->figures[municipality];
    bool may_miss = input->allows_missing || !isnan(criterion->given) || criterion->kind == BEHOV_CRITERION_RELATIVE ||
                    criterion->weight == 0;
    if (isnan(figure) ? may_miss : figure >= 0 && isfinite(figure))
        return BEHOV_OK;
    place_of(input, municipality, criterion, where);
    return isnan(figure)
               ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_MISSING, behov_cut(criterion->name, 80).text)
               : behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_NEGATIVE, behov_cut(criterion->name, 80).text);
}

static behov_status check_input(const behov_key_input *input, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < input->n && !status; i++) {
        status = check_population(input, i, err);
        for (size_t k = 0; k < input->n_criteria && !status; k++)
            status = check_figure(input, i, &input->criteria[k], err);
    }
    return status;
}

/* ---- the country ------------------------------------------------------------------------------------------------- */

/* Over those that have both the figure and a population. */
static void add_up(const behov_key_input *input, const behov_key_criterion *criterion, behov_key_country *country,
                   double *weighted)
{
    country->total = country->population = *weighted = 0;
    for (size_t i = 0; i < input->n; i++) {
        double figure = criterion->figures[i], population = input->population[i];
        bool needs_population = criterion->kind != BEHOV_CRITERION_RELATIVE;
        country->n_missing += isnan(figure) || (isnan(population) && needs_population);
        if (isnan(figure) || isnan(population))
            continue;
        country->total += figure;
        country->population += population;
        *weighted += population * figure;
    }
}

static behov_status find_country(const behov_key_input *input, const behov_key_criterion *criterion,
                                 behov_key_country *country, behov_error *err)
{
    double weighted;
    const char *name = criterion->name;
    add_up(input, criterion, country, &weighted);
    country->is_given = !isnan(criterion->given);
    bool is_count = criterion->kind == BEHOV_CRITERION_COUNT;
    if (country->is_given && is_count && isnan(input->given_population))
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(name, 80).text, SAY_KEY_GIVEN_WITHOUT_POPULATION);
    behov_status status =
        country->is_given && is_count
            ? key_country_check_total(criterion->given, criterion->figures, input->n, behov_cut(name, 80).text, err)
            : BEHOV_OK;
    if (status)
        return status;
    if (country->is_given && is_count) {
        country->total = criterion->given;
        country->population = input->given_population;
    }
    country->level = criterion->kind == BEHOV_CRITERION_RELATIVE ? 1
                     : is_count                                  ? country->total / country->population
                     : country->is_given                         ? criterion->given
                                                                 : weighted / country->population;
    if (criterion->weight != 0 && criterion->kind != BEHOV_CRITERION_RELATIVE && !(country->population > 0))
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(name, 80).text, SAY_KEY_NOBODY);
    if (criterion->weight != 0 && !(country->level > 0))
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(name, 80).text, SAY_KEY_COUNTRY_ZERO);
    if (!is_count)
        country->total = NAN;
    return BEHOV_OK;
}

/* ---- municipalities ---------------------------------------------------------------------------------------------- */

static double relative_of(const behov_key_input *input, const behov_key_criterion *criterion, double level, size_t i)
{
    double figure = criterion->figures[i];
    if (criterion->kind == BEHOV_CRITERION_RELATIVE)
        return figure;
    if (!(level > 0))
        return NAN;
    return criterion->kind == BEHOV_CRITERION_COUNT ? figure / input->population[i] / level : figure / level;
}

static void fill_municipalities(const behov_key_input *input, behov_key *key)
{
    double sum = 0, population = 0;
    for (size_t i = 0; i < input->n; i++) {
        key->index[i] = 0;
        for (size_t k = 0; k < input->n_criteria; k++) {
            key->relative[i * input->n_criteria + k] =
                relative_of(input, &input->criteria[k], key->countries[k].level, i);
            key->index[i] += behov_key_contribution(input, key, i, k);
        }
        key->n_without += isnan(key->index[i]);
        key->n_negative += key->index[i] < 0;
        if (!isnan(key->index[i]) && !isnan(input->population[i])) {
            sum += input->population[i] * key->index[i];
            population += input->population[i];
        }
    }
    key->mean = population > 0 ? sum / population : NAN;
}

static void find_mean_relative(const behov_key_input *input, behov_key *key)
{
    for (size_t k = 0; k < input->n_criteria; k++) {
        double sum = 0, population = 0;
        for (size_t i = 0; i < input->n; i++) {
            double relative = key->relative[i * input->n_criteria + k];
            if (isnan(relative) || isnan(input->population[i]))
                continue;
            sum += input->population[i] * relative;
            population += input->population[i];
        }
        key->countries[k].mean_relative = population > 0 ? sum / population : NAN;
    }
}

behov_status behov_key_compute(const behov_key_input *input, behov_key *key, behov_error *err)
{
    behov_status status = check_input(input, err);
    if (!status)
        status = key_country_check_total(input->given_population, input->population, input->n, "population", err);
    if (status)
        return status;
    behov_key computed = {.n = input->n, .n_criteria = input->n_criteria};
    computed.countries = calloc(input->n_criteria + 1, sizeof *computed.countries);
    computed.relative = calloc(input->n * input->n_criteria + 1, sizeof *computed.relative);
    computed.index = calloc(input->n + 1, sizeof *computed.index);
    if (!computed.countries || !computed.relative || !computed.index)
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (size_t k = 0; k < input->n_criteria && !status; k++) {
        computed.sum += input->criteria[k].weight;
        status = find_country(input, &input->criteria[k], &computed.countries[k], err);
    }
    if (status) {
        behov_key_free(&computed);
        return status;
    }
    fill_municipalities(input, &computed);
    find_mean_relative(input, &computed);
    *key = computed;
    return BEHOV_OK;
}

double behov_key_contribution(const behov_key_input *input, const behov_key *key, size_t municipality, size_t criterion)
{
    double weight = input->criteria[criterion].weight;
    return weight == 0 ? 0 : weight * key->relative[municipality * key->n_criteria + criterion];
}

size_t behov_key_missing_criterion(const behov_key_input *input, const behov_key *key, size_t municipality)
{
    size_t k = 0;
    while (k < key->n_criteria && !isnan(behov_key_contribution(input, key, municipality, k)))
        k++;
    return k;
}
