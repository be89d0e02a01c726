/* fate.c - estimated on, predicted only or left out, with reasons that are counted. */
#include "fate_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

enum { REASONS_MAX = 60000 };

/* Of a panel from which no row is taken nothing is kept. */
static behov_status make_room(fates *fates, behov_error *err)
{
    if (!fates->of_rows)
        fates->of_rows = behov_alloc(behov_table_n_rows(fates->table), sizeof *fates->of_rows);
    return fates->of_rows ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_FATES);
}

behov_status fates_add(fates *fates, behov_reason reason, size_t row, behov_error *err)
{
    behov_status status = make_room(fates, err);
    if (status)
        return status;
    for (size_t i = 0; i < fates->n_reasons; i++) {
        behov_reason *known_reason = &fates->reasons[i];
        if (known_reason->kind == reason.kind && known_reason->mark == reason.mark &&
            known_reason->fate == reason.fate && strcmp(known_reason->subject, reason.subject) == 0) {
            known_reason->n_rows++;
            fates->of_rows[row] = (uint16_t)(i + 1);
            return BEHOV_OK;
        }
    }
    if (fates->n_reasons == REASONS_MAX)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(fates->table), SAY_FATE_TOO_MANY_REASONS,
                               REASONS_MAX);
    behov_reason *reasons = behov_realloc(fates->reasons, fates->n_reasons + 1, sizeof *reasons);
    char *subject = behov_copy_text(reason.subject, strlen(reason.subject));
    if (reasons)
        fates->reasons = reasons;
    if (!reasons || !subject) {
        free(subject);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEFT_OUT_REASONS);
    }
    reason.subject = subject;
    reason.n_rows = 1;
    reasons[fates->n_reasons++] = reason;
    fates->of_rows[row] = (uint16_t)fates->n_reasons;
    return BEHOV_OK;
}

/* Columns whose cells decide about a row, looked up once. */
typedef struct watched {
    size_t *columns;
    size_t n;
} watched;

/* How many of some numbers are missing: a sum that a processor forms of several at a time. */
static uint64_t count_missing(const double *numbers, size_t n)
{
    uint64_t n_missing = 0;
    for (size_t i = 0; i < n; i++)
        n_missing += numbers[i] != numbers[i];
    return n_missing;
}

static uint64_t count_negative(const int32_t *codes, size_t n)
{
    uint64_t n_negative = 0;
    for (size_t i = 0; i < n; i++)
        n_negative += codes[i] < 0;
    return n_negative;
}

/* Block by block: a loop that may end at every row takes several times as long, and one over all rows goes on when all is
 * known. */
static bool has_missing(const behov_table *table, size_t column)
{
    enum { BLOCK = 4096 };
    const double *numbers = behov_table_numbers(table, column);
    const int32_t *codes = behov_table_codes(table, column);
    size_t n_rows = behov_table_n_rows(table);
    uint64_t n_missing = 0;
    for (size_t first = 0; first < n_rows && !n_missing; first += BLOCK) {
        size_t n = n_rows - first < BLOCK ? n_rows - first : BLOCK;
        n_missing = numbers ? count_missing(numbers + first, n) : count_negative(codes + first, n);
    }
    return n_missing > 0;
}

/* Adds a column, unless it is there already or has no missing cell: then no row can be lost by it. */
static behov_status watch_column(watched *list, const behov_table *table, ptrdiff_t column, behov_error *err)
{
    if (column < 0)
        return BEHOV_OK;
    for (size_t i = 0; i < list->n; i++)
        if (list->columns[i] == (size_t)column)
            return BEHOV_OK;
    if (!has_missing(table, (size_t)column))
        return BEHOV_OK;
    size_t *columns = behov_realloc(list->columns, list->n + 1, sizeof *columns);
    if (!columns)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FORMULA_COLUMNS);
    list->columns = columns;
    list->columns[list->n++] = (size_t)column;
    return BEHOV_OK;
}

static behov_status watch(watched *list, const behov_table *table, const behov_expression *expression, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_expression_n_columns(expression) && !status; i++)
        status = watch_column(list, table, behov_table_find(table, behov_expression_column(expression, i)), err);
    return status;
}

static behov_status watch_keys(watched *list, const behov_table *table, const fate_rules *rules, behov_error *err)
{
    for (size_t i = 0; i < rules->n_cluster_keys; i++) {
        const char *key = rules->cluster_keys[i];
        ptrdiff_t column = behov_table_find(table, key);
        behov_expression *expression = NULL;
        behov_status status = BEHOV_OK;
        if (column >= 0) {
            status = watch_column(list, table, column, err);
        } else {
            status = behov_expression_parse(key, strlen(key), PHRASE_CLUSTER_WHERE, &expression, err);
            if (!status)
                status = behov_expression_bind(expression, table, err);
            if (!status)
                status = watch(list, table, expression, err);
            behov_expression_free(expression);
        }
        if (status)
            return status;
    }
    return BEHOV_OK;
}

static ptrdiff_t first_missing(const behov_table *table, const watched *list, size_t row)
{
    for (size_t i = 0; i < list->n; i++)
        if (behov_table_missing(table, list->columns[i], row))
            return (ptrdiff_t)list->columns[i];
    return -1;
}

/* The value of a condition for a block of rows; false everywhere when there is none. A missing condition is false. */
static void evaluate_condition(const behov_expression *condition, const uint32_t *rows, size_t n, bool *holds)
{
    double values[BEHOV_EXPRESSION_BLOCK];
    if (condition)
        behov_expression_evaluate(condition, rows, n, values);
    for (size_t i = 0; i < n; i++)
        holds[i] = condition && values[i] == values[i] && values[i] != 0;
}

static const char *const mark_names[BEHOV_N_ROW_MARKS] = {"",        "country", "county", "group",
                                                          "unknown", "outside", "sum"};

static behov_status judge_row(fates *fates, const fate_rules *rules, size_t row, bool excluded, bool set_aside,
                              const watched *regressors, const watched *outcome, const watched *keys,
                              const watched *weights, double weight, behov_error *err)
{
    const behov_table *table = fates->table;
    behov_reason reason = {.fate = BEHOV_ROW_LEFT_OUT, .kind = BEHOV_REASON_EXCLUDED};
    ptrdiff_t column = -1;
    behov_row_mark mark = behov_table_row_mark(table, row);
    if (mark != BEHOV_ROW_MUNICIPALITY) {
        reason.kind = BEHOV_REASON_NO_MUNICIPALITY;
        reason.subject = mark_names[mark];
        return fates_add(fates, reason, row, err);
    }
    if (excluded) {
        reason.subject = behov_expression_text(rules->exclude);
        return fates_add(fates, reason, row, err);
    }
    if ((column = first_missing(table, regressors, row)) >= 0) {
        reason.kind = BEHOV_REASON_REGRESSOR_MISSING;
    } else if (set_aside) {
        reason = (behov_reason){BEHOV_REASON_SET_ASIDE, BEHOV_ROW_PREDICTED_ONLY,
                                behov_expression_text(rules->set_aside), BEHOV_PRESENT, 0};
        return fates_add(fates, reason, row, err);
    } else if ((column = first_missing(table, outcome, row)) >= 0) {
        reason.kind = BEHOV_REASON_OUTCOME_MISSING;
        reason.fate = BEHOV_ROW_PREDICTED_ONLY;
    } else if ((column = first_missing(table, keys, row)) >= 0) {
        reason.kind = BEHOV_REASON_CLUSTER_MISSING;
        reason.fate = BEHOV_ROW_PREDICTED_ONLY;
    } else if (isnan(weight) && (column = first_missing(table, weights, row)) >= 0) {
        reason.kind = BEHOV_REASON_WEIGHT_MISSING;
        reason.fate = BEHOV_ROW_PREDICTED_ONLY;
    } else if (weight == 0) {
        reason = (behov_reason){BEHOV_REASON_WEIGHT_ZERO, BEHOV_ROW_PREDICTED_ONLY,
                                behov_expression_text(rules->weights), BEHOV_PRESENT, 0};
        return fates_add(fates, reason, row, err);
    } else if (!(weight > 0 && isfinite(weight)) || (rules->weights_are_counts && weight != floor(weight))) {
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table, row, -1, where);
        const char *name = behov_expression_text(rules->weights);
        return rules->weights_are_counts ? behov_error_say(err, BEHOV_E_DATA, where, SAY_FATE_WEIGHT_WHOLE, name)
                                         : behov_error_say(err, BEHOV_E_DATA, where, SAY_FATE_WEIGHT_FINITE, name);
    } else {
        return BEHOV_OK;
    }
    reason.subject = behov_table_name(table, (size_t)column);
    reason.mark = behov_table_missing(table, (size_t)column, row);
    return fates_add(fates, reason, row, err);
}

behov_status fates_judge(fates *fates, const fate_rules *rules, behov_expression *const *regressors,
                         size_t n_regressors, const behov_expression *outcome_expression, behov_error *err)
{
    const behov_table *table = fates->table;
    size_t n_rows = behov_table_n_rows(table);
    watched watched = {0}, outcome = {0}, keys = {0}, weights = {0};
    behov_status status = BEHOV_OK;
    for (size_t c = 0; c < n_regressors && !status; c++)
        status = watch(&watched, table, regressors[c], err);
    if (!status && outcome_expression)
        status = watch(&outcome, table, outcome_expression, err);
    if (!status)
        status = watch_keys(&keys, table, rules, err);
    if (!status && rules->weights)
        status = watch(&weights, table, rules->weights, err);
    /* Nothing that could take a row away: all stay 0, estimated on. */
    bool any = behov_table_n_marked(table) || rules->exclude || rules->set_aside || rules->weights || watched.n ||
               outcome.n || keys.n;
    for (size_t first = 0; first < n_rows && any && !status; first += BEHOV_EXPRESSION_BLOCK) {
        uint32_t rows[BEHOV_EXPRESSION_BLOCK];
        bool excluded[BEHOV_EXPRESSION_BLOCK], set_aside[BEHOV_EXPRESSION_BLOCK];
        size_t n = n_rows - first < BEHOV_EXPRESSION_BLOCK ? n_rows - first : BEHOV_EXPRESSION_BLOCK;
        for (size_t i = 0; i < n; i++)
            rows[i] = (uint32_t)(first + i);
        evaluate_condition(rules->exclude, rows, n, excluded);
        evaluate_condition(rules->set_aside, rows, n, set_aside);
        double weight[BEHOV_EXPRESSION_BLOCK];
        for (size_t i = 0; i < n; i++)
            weight[i] = 1;
        if (rules->weights)
            behov_expression_evaluate(rules->weights, rows, n, weight);
        for (size_t i = 0; i < n && !status; i++)
            status = judge_row(fates, rules, first + i, excluded[i], set_aside[i], &watched, &outcome, &keys, &weights,
                               weight[i], err);
    }
    free(watched.columns);
    free(outcome.columns);
    free(keys.columns);
    free(weights.columns);
    return status;
}

behov_row_fate fates_of_row(const fates *fates, size_t row)
{
    uint16_t code = fates_code(fates, row);
    return code ? fates->reasons[code - 1].fate : BEHOV_ROW_ESTIMATED;
}

void fates_free(fates *fates)
{
    for (size_t i = 0; i < fates->n_reasons; i++)
        free((char *)fates->reasons[i].subject);
    free(fates->reasons);
    free(fates->of_rows);
}
