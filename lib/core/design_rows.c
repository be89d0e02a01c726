/* design_rows.c - sorting rows into estimated on, predicted only and left out. */
#include "design_inner.h"

#include <behov/number.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* The key of absorbed effects is a cluster key like the others, but a fault in it is reported as its own. */
behov_status design_check_absorb(const behov_design *design, const behov_design_options *options, behov_error *err)
{
    const char *key = options->absorb;
    if (!key)
        return BEHOV_OK;
    if (options->outcome_is_optional || options->n_coefficient_names)
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(design->table), BEHOV_ABSORBED_NOT_PREDICTED,
                               key);
    if (behov_table_find(design->table, key) >= 0)
        return BEHOV_OK;
    behov_expression *expression = NULL;
    behov_status status = behov_expression_parse(key, strlen(key), PHRASE_DESIGN_ABSORBED_WHERE, &expression, err);
    if (!status)
        status = behov_expression_bind(expression, design->table, err);
    behov_expression_free(expression);
    return status;
}

static behov_status judge_with_keys(behov_design *design, const behov_design_options *options, const char *const *keys,
                                    size_t n_keys, behov_error *err)
{
    fate_rules rules = {.exclude = options->exclude,
                        .set_aside = options->set_aside,
                        .weights = options->weights,
                        .cluster_keys = keys,
                        .n_cluster_keys = n_keys,
                        .weights_are_counts = options->weights && options->weight_kind == BEHOV_WEIGHT_FREQUENCY};
    behov_expression **regressors = behov_alloc(design->n_components, sizeof *regressors);
    if (!regressors)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FORMULA_TERMS);
    for (size_t c = 0; c < design->n_components; c++)
        regressors[c] = design->components[c].expression;
    behov_status status = fates_judge(&design->fates, &rules, regressors, design->n_components,
                                      design->has_outcome ? behov_formula_outcome(design->formula) : NULL, err);
    free(regressors);
    return status;
}

behov_status design_judge_rows(behov_design *design, const behov_design_options *options, behov_error *err)
{
    size_t n = options->n_cluster_keys;
    if (!options->absorb)
        return judge_with_keys(design, options, options->cluster_keys, n, err);
    const char **keys = behov_alloc(n + 1, sizeof *keys);
    if (!keys)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    for (size_t i = 0; i < n; i++)
        keys[i] = options->cluster_keys[i];
    keys[n] = options->absorb;
    behov_status status = judge_with_keys(design, options, keys, n + 1, err);
    free(keys);
    return status;
}

/* A row whose level has no column cannot be predicted. Rows estimated on have known levels by construction, except
 * when the levels come from coefficients. */
behov_status design_judge_levels(behov_design *design, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(design->table);
    bool are_all_estimated = !design->fates.n_reasons && !design->levels_are_given;
    for (size_t c = 0; c < design->n_components && !are_all_estimated; c++) {
        const component *factor = &design->components[c];
        if (!factor->is_factor)
            continue;
        for (size_t row = 0; row < n_rows; row++) {
            uint16_t fate = fates_code(&design->fates, row);
            if (fate && design->fates.reasons[fate - 1].fate == BEHOV_ROW_LEFT_OUT)
                continue;
            if (levels_position(&factor->levels, (uint32_t)row) >= 0)
                continue;
            char subject[BEHOV_NUMBER_SIZE + 200], text[BEHOV_NUMBER_SIZE];
            if (factor->levels.of_code)
                snprintf(text, sizeof text, "%s",
                         behov_dictionary_text(behov_table_levels(design->table, factor->levels.column),
                                               behov_table_codes(design->table, factor->levels.column)[row]));
            else
                behov_number_shortest(behov_table_numbers(design->table, factor->levels.column)[row], text);
            snprintf(subject, sizeof subject, "%s=%s", factor->name, text);
            if (fate)
                design->fates.reasons[fate - 1].n_rows--;
            behov_status status = fates_add(
                &design->fates,
                (behov_reason){BEHOV_REASON_LEVEL_UNKNOWN, BEHOV_ROW_LEFT_OUT, subject, BEHOV_PRESENT, 0}, row, err);
            if (status)
                return status;
        }
    }
    return BEHOV_OK;
}

void design_count_rows(behov_design *design)
{
    size_t n_rows = behov_table_n_rows(design->table);
    bool are_all_estimated = design->fates.n_reasons == 0;
    design->n_estimated = design->n_predicted = are_all_estimated ? n_rows : 0;
    for (size_t row = 0; row < n_rows && !are_all_estimated; row++) {
        design->n_estimated += fates_code(&design->fates, row) == 0;
        design->n_predicted += behov_design_fate(design, row) != BEHOV_ROW_LEFT_OUT;
    }
}

behov_status design_list_rows(behov_design *design, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(design->table);
    design_count_rows(design);
    bool has_estimated = design->n_estimated < n_rows, has_predicted = design->n_predicted < n_rows;
    bool are_same = design->n_estimated == design->n_predicted; /* every row that is estimated on is predicted */
    if (has_estimated)
        design->estimated = behov_alloc(design->n_estimated, sizeof *design->estimated);
    if (has_predicted)
        design->predicted = are_same ? design->estimated : behov_alloc(design->n_predicted, sizeof *design->predicted);
    if ((has_estimated && !design->estimated) || (has_predicted && !design->predicted))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_LIST);
    size_t e = 0, p = 0;
    for (size_t row = 0; row < n_rows && has_estimated; row++) {
        if (fates_code(&design->fates, row) == 0)
            design->estimated[e++] = (uint32_t)row;
        if (has_predicted && !are_same && behov_design_fate(design, row) != BEHOV_ROW_LEFT_OUT)
            design->predicted[p++] = (uint32_t)row;
    }
    return BEHOV_OK;
}

/* ---- none left -------------------------------------------------------------------------------------------------- */

/* "in 12 rows population is missing (.)" */
static behov_said count_of_reason(const behov_reason *reason)
{
    bool is_one = reason->n_rows == 1;
    unsigned long n = reason->n_rows;
    behov_excerpt subject = behov_cut(reason->subject, 50);
    const char *mark = reason->mark == BEHOV_MISSING_EMPTY ? PHRASE_MARK_EMPTY
                       : reason->mark                      ? behov_missing_text(reason->mark)
                                                           : "";
    switch (reason->kind) {
    case BEHOV_REASON_EXCLUDED:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_EXCLUDED_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_EXCLUDED, n, subject.text);
    case BEHOV_REASON_SET_ASIDE:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_SET_ASIDE_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_SET_ASIDE, n, subject.text);
    case BEHOV_REASON_NO_MUNICIPALITY:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_NO_MUNICIPALITY_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_NO_MUNICIPALITY, n, subject.text);
    case BEHOV_REASON_WEIGHT_ZERO:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_WEIGHT_ZERO_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_WEIGHT_ZERO, n, subject.text);
    default: break;
    }
    if (!reason->mark)
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_NO_COEFFICIENT_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_NO_COEFFICIENT, n, subject.text);
    if (!mark[0])
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_MISSING_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_MISSING, n, subject.text);
    return is_one ? behov_phrase(SAY_DESIGN_ROWS_MISSING_MARKED_ONE, n, subject.text, mark)
                  : behov_phrase(SAY_DESIGN_ROWS_MISSING_MARKED, n, subject.text, mark);
}

/* Nothing to estimate on, or nothing to predict: the sentence says what took the rows away. */
behov_status design_check_counts(const behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (options->is_part || (design->n_predicted > 0 && (design->n_estimated > 0 || options->outcome_is_optional)))
        return BEHOV_OK;
    char why[4096] = "";
    size_t length = 0, shown = 0; /* bytes, and those of the English, which is cut at 300 */
    for (size_t i = 0; i < design->fates.n_reasons && shown < 200; i++) {
        const behov_reason *reason = &design->fates.reasons[i];
        if (reason->n_rows == 0)
            continue;
        char english[300];
        behov_said count = count_of_reason(reason);
        shown += behov_phrase_english(count.text, sizeof english, english) + (shown ? 2 : 0);
        if (length + strlen(count.text) + 3 < sizeof why)
            length += (size_t)snprintf(why + length, sizeof why - length, "%s%s", length ? ", " : "", count.text);
    }
    return (design->n_predicted ? behov_error_say(err, BEHOV_E_DATA, behov_table_source(design->table),
                                                  SAY_DESIGN_NO_ROW_ESTIMATED, length ? why : PHRASE_DESIGN_TABLE_EMPTY)
                                : behov_error_say(err, BEHOV_E_DATA, behov_table_source(design->table),
                                                  SAY_DESIGN_NO_ROW_USED, length ? why : PHRASE_DESIGN_TABLE_EMPTY));
}
