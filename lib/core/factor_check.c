/* factor_check.c - whether parts are of one model. */
#include <behov/factor_merge.h>

#include <behov/expression.h>
#include <stdlib.h>
#include <string.h>

#include "factor_merge_parts.h"

/* What a text of the model is called. */
static const char *const text_names[BEHOV_N_PART_TEXTS] = {
    [BEHOV_PART_FORMULA] = PHRASE_PART_TEXT_FORMULA,           [BEHOV_PART_CLUSTER] = PHRASE_PART_TEXT_CLUSTER,
    [BEHOV_PART_EXCLUDE] = PHRASE_PART_TEXT_EXCLUDE,           [BEHOV_PART_SET_ASIDE] = PHRASE_PART_TEXT_SET_ASIDE,
    [BEHOV_PART_WEIGHTS] = PHRASE_PART_TEXT_WEIGHTS,           [BEHOV_PART_WEIGHT_KIND] = PHRASE_PART_TEXT_WEIGHT_KIND,
    [BEHOV_PART_OUTCOME_UNIT] = PHRASE_PART_TEXT_OUTCOME_UNIT,
};

static const char *text_or_none(const char *text)
{
    return text[0] ? text : PHRASE_PART_TEXT_NONE;
}

/* z>60 is z > 60. */
static bool are_same_conditions(const char *a, const char *b)
{
    behov_expression *x = NULL, *y = NULL;
    behov_error err;
    bool is_same = a[0] && b[0] && behov_expression_parse(a, strlen(a), "", &x, &err) == BEHOV_OK &&
                   behov_expression_parse(b, strlen(b), "", &y, &err) == BEHOV_OK &&
                   strcmp(behov_expression_text(x), behov_expression_text(y)) == 0;
    behov_expression_free(x), behov_expression_free(y);
    return is_same;
}

static bool are_same_texts(behov_part_text which, const char *a, const char *b)
{
    bool is_condition = which == BEHOV_PART_EXCLUDE || which == BEHOV_PART_SET_ASIDE || which == BEHOV_PART_WEIGHTS;
    return strcmp(a, b) == 0 || (is_condition && are_same_conditions(a, b));
}

static behov_status check_texts(const behov_factor_part *first, const behov_factor_part *part, const char *first_name,
                                const char *name, behov_error *err)
{
    for (size_t i = 0; i < BEHOV_N_PART_TEXTS; i++)
        if (!are_same_texts((behov_part_text)i, first->texts[i], part->texts[i]))
            return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_PARTS_DIFFER, text_names[i],
                                   behov_cut(text_or_none(part->texts[i]), 200).text,
                                   behov_cut(text_or_none(first->texts[i]), 200).text, first_name);
    return BEHOV_OK;
}

/* What was chosen beside the model and tells what figures are, of the section "call" of a part's names. */
static const struct {
    const char *key, *name;
} choices[] = {{"population", PHRASE_PART_TEXT_POPULATION}, {"missing", PHRASE_PART_TEXT_MISSING}};

static const char *choice(const behov_factor_part *part, const char *key)
{
    for (size_t i = 0; i < part->n_names; i++)
        if (strcmp(part->names[i].section, "call") == 0 && strcmp(part->names[i].key, key) == 0)
            return part->names[i].value;
    return "";
}

static behov_status check_choices(const behov_factor_part *first, const behov_factor_part *part, const char *first_name,
                                  const char *name, behov_error *err)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *own = choice(part, choices[i].key), *others = choice(first, choices[i].key);
        if (strcmp(own, others) != 0)
            return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_PARTS_DIFFER, choices[i].name,
                                   behov_cut(text_or_none(own), 200).text, behov_cut(text_or_none(others), 200).text,
                                   first_name);
    }
    return BEHOV_OK;
}

static behov_status kinds_differ(const char *column, bool is_text, const char *name, const char *other_name,
                                 behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_PARTS_KINDS_DIFFER, behov_cut(column, 100).text,
                           is_text ? PHRASE_PART_KIND_TEXTS : PHRASE_PART_KIND_NUMBERS,
                           is_text ? PHRASE_PART_KIND_NUMBERS : PHRASE_PART_KIND_TEXTS, other_name);
}

/* A column that is read as numbers in one part and as texts in another: 1 and 01 would be two levels, or one. */
static behov_status check_kinds(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                behov_error *err)
{
    size_t clustered = n_parts;
    for (size_t i = 0; i < n_parts; i++) {
        if (parts[i].n_estimated == 0 || !parts[i].texts[BEHOV_PART_CLUSTER][0])
            continue;
        if (clustered < n_parts && parts[clustered].is_text_cluster != parts[i].is_text_cluster)
            return kinds_differ(parts[i].texts[BEHOV_PART_CLUSTER], parts[i].is_text_cluster, names[i],
                                names[clustered], err);
        clustered = i;
    }
    for (size_t i = 1; i < n_parts; i++)
        for (size_t l = 0; l < parts[i].n_levels; l++) {
            const behov_part_level *level = &parts[i].levels[l];
            bool is_found = l && strcmp(parts[i].levels[l - 1].factor, level->factor) == 0;
            for (size_t j = i; j-- > 0 && !is_found;)
                for (size_t m = 0; m < parts[j].n_levels && !is_found; m++) {
                    is_found = strcmp(parts[j].levels[m].factor, level->factor) == 0;
                    if (is_found && parts[j].levels[m].is_text != level->is_text)
                        return kinds_differ(level->factor, level->is_text, names[i], names[j], err);
                }
        }
    return BEHOV_OK;
}

behov_status behov_factor_parts_check(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                      bool allows_copies, size_t *n_copies, behov_error *err)
{
    *n_copies = 0;
    if (n_parts == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FACTOR_PARTS_NONE);
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < n_parts && !status; i++)
        status = check_texts(&parts[0], &parts[i], names[0], names[i], err);
    for (size_t i = 1; i < n_parts && !status; i++)
        status = check_choices(&parts[0], &parts[i], names[0], names[i], err);
    if (!status)
        status = check_kinds(parts, names, n_parts, err);
    for (size_t i = 0; i < n_parts && !status; i++)
        status = factor_check_clusters_once(&parts[i], names[i], allows_copies, n_copies, err);
    return status ? status : factor_check_parts_once(parts, names, n_parts, allows_copies, n_copies, err);
}
