/* key_results.c - see key_results.h. */
#include <behov/key_results.h>

#include <math.h>
#include <stdlib.h>

void behov_key_results_free(behov_key_results *results)
{
    behov_key_weights_free(&results->weights);
    behov_key_criteria_free(&results->criteria);
    behov_key_free(&results->key);
    behov_key_free(&results->modified);
    free(results->shown);
    behov_groups_free(&results->groups);
    free(results->group_keys);
    behov_yardsticks_free(&results->yardsticks);
    *results = (behov_key_results){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

static behov_status choose_shown(behov_key_results *results, const behov_municipality_names *list, behov_error *err)
{
    const behov_municipality_list *municipalities = &results->criteria.municipalities;
    results->is_chosen = list != NULL;
    if (list)
        return behov_municipality_list_choose(municipalities, list, PHRASE_PLACE_LIST, &results->shown,
                                              &results->n_shown, err);
    if (!(results->shown = calloc(municipalities->n + 1, sizeof *results->shown)))
        return out_of_memory(err);
    for (results->n_shown = 0; results->n_shown < municipalities->n; results->n_shown++)
        results->shown[results->n_shown] = results->n_shown;
    return BEHOV_OK;
}

static behov_status sum_groups(behov_key_results *results, behov_error *err)
{
    const behov_key *modified = results->criteria.modified_criteria ? &results->modified : NULL;
    results->group_keys = calloc(results->groups.n + 1, sizeof *results->group_keys);
    if (!results->group_keys)
        return out_of_memory(err);
    for (size_t i = 0; i < results->key.n; i++) {
        double population = results->criteria.population[i], key = results->key.index[i];
        int g = results->groups.values[i];
        if (g < 0 || isnan(key) || isnan(population))
            continue;
        behov_key_group *group = &results->group_keys[g];
        group->n++;
        group->population += population;
        group->key += population * key;
        group->modified += modified ? population * modified->index[i] : NAN;
    }
    for (size_t g = 0; g < results->groups.n; g++) {
        behov_key_group *group = &results->group_keys[g];
        group->key = group->n ? group->key / group->population : NAN;
        group->modified = group->n ? group->modified / group->population : NAN;
    }
    return BEHOV_OK;
}

/* A criterion may be against the country although the file is a part of it: its total is given, or it is relative. */
static behov_key_basis find_basis(const behov_key_results *results)
{
    size_t n_country = 0, n_file = 0;
    for (size_t k = 0; k < results->key.n_criteria; k++) {
        const behov_key_criterion *criterion = &results->input.criteria[k];
        bool is_given = results->key.countries[k].is_given || criterion->kind == BEHOV_CRITERION_RELATIVE;
        n_country += criterion->weight != 0 && is_given;
        n_file += criterion->weight != 0 && !is_given;
    }
    bool is_country = results->criteria.n_in_country && !behov_key_criteria_are_a_part(&results->criteria);
    return is_country || !n_file ? BEHOV_KEY_AGAINST_COUNTRY
           : n_country           ? BEHOV_KEY_AGAINST_BOTH
                                 : BEHOV_KEY_AGAINST_FILE;
}

behov_status behov_key_results_compute(behov_key_results *results, const behov_municipality_names *list,
                                       const behov_grouping *grouping, behov_error *err)
{
    bool is_modified = results->criteria.modified_criteria != NULL;
    results->input = behov_key_criteria_input(&results->criteria, false);
    results->modified_input = behov_key_criteria_input(&results->criteria, true);
    behov_status status = behov_key_compute(&results->input, &results->key, err);
    results->basis = find_basis(results);
    if (results->basis != BEHOV_KEY_AGAINST_COUNTRY)
        results->lang = behov_language_of_file(results->lang);
    if (!status && is_modified)
        status = behov_key_compute(&results->modified_input, &results->modified, err);
    if (!status)
        status = choose_shown(results, list, err);
    results->has_groups = grouping->kind != NULL;
    if (!status && results->has_groups)
        status = behov_groups_new(&results->criteria.municipalities, grouping, &results->groups, err);
    if (!status && results->has_groups)
        status = sum_groups(results, err);
    if (!status && results->has_groups && results->groups.n_without == results->key.n)
        status = behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_GROUP, SAY_KEY_NO_GROUP);
    return status;
}

bool behov_key_results_extremes(const behov_key_results *results, size_t *highest, size_t *lowest)
{
    const double *index = results->key.index;
    bool is_any = false;
    for (size_t i = 0; i < results->key.n; i++) {
        if (isnan(index[i]))
            continue;
        if (!is_any)
            *highest = *lowest = i;
        *highest = index[i] > index[*highest] ? i : *highest;
        *lowest = index[i] < index[*lowest] ? i : *lowest;
        is_any = true;
    }
    return is_any;
}

const behov_yardstick *behov_key_results_yardstick(const behov_key_results *results, size_t position)
{
    for (size_t i = 0; i < results->yardsticks.n; i++)
        if (results->yardsticks.all[i].position == position)
            return &results->yardsticks.all[i];
    return NULL;
}
