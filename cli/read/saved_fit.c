/* saved_fit.c - see saved_fit.h. */
#include "saved_fit.h"

#include <behov/formula.h>
#include <stdbool.h>
#include <string.h>

static behov_status check_kinds(const char *path, const json_t *object, behov_error *err)
{
    static const char *const texts[] = {"exclude", "outcome_unit", "outcome", "model"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const json_t *value = json_object_get(object, texts[i]);
        if (value && !json_is_string(value) && !json_is_null(value))
            return behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_NO_TEXT, texts[i]);
    }
    const json_t *dropped = json_object_get(object, "dropped_collinear");
    return !dropped || json_is_array(dropped) ? BEHOV_OK
                                              : behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_NO_LIST);
}

/* What the formula explains is the outcome that is compared; a file that says another has been changed by hand. */
static behov_status check_outcome(const char *path, const json_t *object, behov_error *err)
{
    const char *outcome = json_string_value(json_object_get(object, "outcome")),
               *text = json_string_value(json_object_get(object, "formula"));
    behov_formula *formula = NULL;
    behov_error inner;
    if (!outcome || !text)
        return BEHOV_OK;
    behov_status status = behov_formula_parse(text, &formula, &inner);
    if (status == BEHOV_E_MEMORY)
        *err = inner;
    if (status) /* which is said where the formula is read */
        return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
    const char *own = behov_formula_outcome_name(formula);
    if (strcmp(own, outcome) != 0)
        status = behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_OTHER_OUTCOME, behov_cut(outcome, 100).text,
                                 behov_cut(own, 100).text);
    behov_formula_free(formula);
    return status;
}

static bool is_dropped(const json_t *object, const char *term)
{
    const json_t *dropped = json_object_get(object, "dropped_collinear");
    for (size_t i = 0; i < json_array_size(dropped); i++) {
        const char *name = json_string_value(json_array_get(dropped, i));
        if (name && strcmp(name, term) == 0)
            return true;
    }
    return false;
}

static behov_status check_count(const char *path, const json_t *object, const char *key, size_t n, bool is_of_entries,
                                behov_error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!value || (json_is_integer(value) && json_integer_value(value) == (json_int_t)n))
        return BEHOV_OK;
    unsigned long count = n;
    if (is_of_entries)
        return n == 1 ? behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_COUNT_ENTRIES_ONE, key, count)
                      : behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_COUNT_ENTRIES, key, count);
    return n == 1 ? behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_COUNT_ESTIMATES_ONE, key, count)
                  : behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_COUNT_ESTIMATES, key, count);
}

behov_status saved_fit_check(const char *path, const json_t *object, behov_error *err)
{
    const json_t *list = json_object_get(object, "coefficients");
    size_t n_estimates = 0;
    behov_status status = check_kinds(path, object, err);
    if (!status)
        status = check_outcome(path, object, err);
    for (size_t i = 0; i < json_array_size(list) && !status; i++) {
        const json_t *entry = json_array_get(list, i), *estimate = json_object_get(entry, "estimate");
        const char *term = json_string_value(json_object_get(entry, "term"));
        n_estimates += json_is_number(estimate);
        if (term && json_is_null(estimate) && !is_dropped(object, term))
            status = behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_NOT_DROPPED, behov_cut(term, 100).text);
        else if (term && json_is_number(estimate) && is_dropped(object, term))
            status = behov_error_say(err, BEHOV_E_DATA, path, SAY_SAVED_FIT_DROPPED, behov_cut(term, 100).text);
    }
    if (!status)
        status = check_count(path, object, "n_regressors", json_array_size(list), true, err);
    if (!status)
        status = check_count(path, object, "rank", n_estimates, false, err);
    return status;
}
