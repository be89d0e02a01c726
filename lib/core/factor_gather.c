/* factor_gather.c - the factors of a database's groups, one after the other, as the arrays of a part. */
#include <behov/factor_gather.h>

#include <behov/factor_state.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct behov_factor_gather {
    behov_factor_part part;
    size_t cluster_room, row_room;
    bool has_weights, has_rows;
    uint64_t n_left_out[BEHOV_N_LEFT_OUT_REASONS], n_without_group;
    behov_factor_state *state; /* the factor in hand */
    size_t state_size;
};

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_PART);
}

void behov_factor_gather_free(behov_factor_gather *gather)
{
    if (!gather)
        return;
    behov_factor_part_free(&gather->part);
    free(gather->state);
    free(gather);
}

/* "x:z" */
static char *term_name(const behov_formula *formula, size_t term)
{
    size_t length = 0, n = behov_formula_n_components(formula, term);
    for (size_t c = 0; c < n; c++)
        length += strlen(behov_formula_component(formula, term, c).name) + 1;
    char *name = behov_alloc(length + 1, 1);
    for (size_t c = 0, at = 0; name && c < n; c++) {
        const char *component = behov_formula_component(formula, term, c).name;
        size_t n_bytes = strlen(component);
        if (c)
            name[at++] = ':';
        memcpy(name + at, component, n_bytes);
        at += n_bytes;
    }
    return name;
}

static behov_status name_columns(const behov_formula *formula, behov_factor_part *part, behov_error *err)
{
    static const char constant[] = "(Intercept)";
    size_t n = behov_formula_n_terms(formula) + 1;
    part->columns = behov_alloc(n, sizeof *part->columns);
    part->exponents = behov_alloc(n + 1, sizeof *part->exponents);
    if (!part->columns || !part->exponents)
        return no_memory(err);
    for (; part->n_columns < n; part->n_columns++) {
        char *name =
            part->n_columns ? term_name(formula, part->n_columns - 1) : behov_copy_text(constant, sizeof constant - 1);
        if (!(part->columns[part->n_columns] = name))
            return no_memory(err);
    }
    return BEHOV_OK;
}

static behov_status check_formula(const behov_formula *formula, behov_error *err)
{
    const char *text = behov_formula_text(formula);
    if (!behov_formula_has_intercept(formula))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FACTOR_GATHER_NO_CONSTANT, behov_cut(text, 200).text);
    for (size_t term = 0; term < behov_formula_n_terms(formula); term++)
        for (size_t c = 0; c < behov_formula_n_components(formula, term); c++)
            if (behov_formula_component(formula, term, c).is_factor)
                return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FACTOR_GATHER_LEVELS,
                                       behov_cut(behov_formula_component(formula, term, c).name, 100).text);
    return BEHOV_OK;
}

behov_status behov_factor_gather_new(const behov_formula *formula, const char *cluster, behov_factor_gather **gather,
                                     behov_error *err)
{
    behov_status status = check_formula(formula, err);
    if (status)
        return status;
    behov_factor_gather *new_gather = behov_alloc(1, sizeof *new_gather);
    if (!new_gather)
        return no_memory(err);
    behov_factor_part *part = &new_gather->part;
    for (int text = 0; text < BEHOV_N_PART_TEXTS && !status; text++)
        status = behov_factor_part_set_text(part, (behov_part_text)text,
                                            text == BEHOV_PART_FORMULA        ? behov_formula_text(formula)
                                            : text == BEHOV_PART_CLUSTER      ? cluster
                                            : text == BEHOV_PART_OUTCOME_UNIT ? "other"
                                                                              : "",
                                            err);
    if (!status)
        status = name_columns(formula, part, err);
    if (!status && !(part->starts = behov_alloc(1, sizeof *part->starts)))
        status = no_memory(err);
    part->is_text_cluster = true;
    if (status)
        behov_factor_gather_free(new_gather);
    else
        *gather = new_gather;
    return status;
}

/* ---- one factor ---------------------------------------------------------------------------------------------------- */

static behov_status say_fault(behov_factor_fault fault, const char *where, behov_error *err)
{
    switch (fault) {
    case BEHOV_FACTOR_VERSION: return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_VERSION);
    case BEHOV_FACTOR_LENGTH: return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_LENGTH);
    case BEHOV_FACTOR_CHECKSUM: return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_CHECKSUM);
    case BEHOV_FACTOR_NONSENSE: return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_NONSENSE);
    default: return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_FOREIGN);
    }
}

static behov_status read_state(behov_factor_gather *gather, const unsigned char *bytes, size_t n_bytes,
                               const char *where, behov_error *err)
{
    uint32_t width, capacity;
    behov_factor_fault fault = behov_factor_state_look(bytes, n_bytes, &width, &capacity);
    if (fault)
        return say_fault(fault, where, err);
    size_t size = behov_factor_state_size(width, capacity);
    if (size > gather->state_size) {
        behov_factor_state *state = behov_realloc(gather->state, size, 1);
        if (!state)
            return no_memory(err);
        gather->state = state;
        gather->state_size = size;
    }
    behov_factor_state_read(bytes, gather->state);
    return BEHOV_OK;
}

/* The roots of the weights are the first column: their squares sum to the weights. */
static bool has_constant(const behov_factor_state *state)
{
    const double *rows = behov_factor_state_rows(state);
    double root = 0;
    for (uint32_t i = 0; i < state->n_held; i++)
        root = hypot(root, ldexp(rows[(size_t)i * state->width], behov_factor_state_power(state, 0)));
    return fabs(root * root - state->weight_sum) <= 1e-9 * state->weight_sum;
}

static behov_status check_state(const behov_factor_gather *gather, const char *where, behov_error *err)
{
    const behov_factor_state *state = gather->state;
    const behov_factor_part *part = &gather->part;
    if (state->width != part->n_columns + 1)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_WIDTH, (unsigned long)state->width - 1,
                               behov_cut(part->texts[BEHOV_PART_FORMULA], 200).text, (unsigned long)part->n_columns);
    if (gather->has_rows && gather->has_weights != (state->is_weighted != 0))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_WEIGHTS);
    return has_constant(state) ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_GATHER_NOT_ONE);
}

static behov_status reserve(behov_factor_gather *gather, size_t n_rows, behov_error *err)
{
    behov_factor_part *part = &gather->part;
    size_t width = part->n_columns + 1, rows = part->starts[part->n_clusters] + n_rows;
    if (part->n_clusters + 1 > gather->cluster_room) {
        size_t room = 2 * gather->cluster_room + 64;
        char **keys = behov_realloc(part->keys, room, sizeof *keys);
        part->keys = keys ? keys : part->keys;
        uint64_t *sizes = behov_realloc(part->sizes, room, sizeof *sizes);
        part->sizes = sizes ? sizes : part->sizes;
        size_t *starts = behov_realloc(part->starts, room + 1, sizeof *starts);
        part->starts = starts ? starts : part->starts;
        if (!keys || !sizes || !starts)
            return no_memory(err);
        gather->cluster_room = room;
    }
    if (rows > gather->row_room) {
        size_t room = rows + rows / 2 + 64;
        double *values = behov_realloc(part->values, room, width * sizeof *values);
        if (!values)
            return no_memory(err);
        part->values = values;
        gather->row_room = room;
    }
    return BEHOV_OK;
}

/* One power of two for a column of all groups: the largest. */
static void raise_exponent(behov_factor_part *part, size_t column, int exponent)
{
    size_t width = part->n_columns + 1;
    for (size_t i = 0; i < part->starts[part->n_clusters]; i++)
        part->values[i * width + column] = ldexp(part->values[i * width + column], part->exponents[column] - exponent);
    part->exponents[column] = exponent;
}

static void take_rows(behov_factor_gather *gather)
{
    behov_factor_part *part = &gather->part;
    const behov_factor_state *state = gather->state;
    const double *rows = behov_factor_state_rows(state);
    size_t width = state->width, first = part->starts[part->n_clusters];
    for (size_t k = 0; k < width; k++) {
        int power = behov_factor_state_power(state, (uint32_t)k);
        if (power > part->exponents[k] || !gather->has_rows)
            raise_exponent(part, k, power);
        for (size_t i = 0; i < state->n_held; i++)
            part->values[(first + i) * width + k] = ldexp(rows[i * width + k], power - part->exponents[k]);
    }
}

behov_status behov_factor_gather_add(behov_factor_gather *gather, const char *key, const unsigned char *bytes,
                                     size_t n_bytes, const char *where, behov_error *err)
{
    behov_factor_part *part = &gather->part;
    behov_status status = read_state(gather, bytes, n_bytes, where, err);
    const behov_factor_state *state = gather->state;
    if (!status && state->n_rows > 0)
        status = check_state(gather, where, err);
    if (!status)
        status = reserve(gather, state->n_held, err);
    char *own_key = status || !key || state->n_rows == 0 ? NULL : behov_copy_text(key, strlen(key));
    if (status)
        return status;
    if (key && state->n_rows > 0 && !own_key)
        return no_memory(err);
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        gather->n_left_out[reason] += state->n_left_out[reason], part->n_rows += state->n_left_out[reason];
    part->n_rows += state->n_rows;
    if (!own_key) {
        gather->n_without_group += state->n_rows;
        return BEHOV_OK;
    }
    take_rows(gather);
    gather->has_rows = true;
    gather->has_weights = state->is_weighted;
    part->n_estimated += state->n_rows;
    part->weight_sum += state->weight_sum;
    part->keys[part->n_clusters] = own_key;
    part->sizes[part->n_clusters] = state->n_rows;
    part->starts[part->n_clusters + 1] = part->starts[part->n_clusters] + state->n_held;
    part->n_clusters++;
    return BEHOV_OK;
}

/* ---- the part ------------------------------------------------------------------------------------------------------ */

static behov_status add_reason(behov_factor_part *part, behov_reason_kind kind, const char *subject, uint64_t n_rows,
                               behov_error *err)
{
    if (n_rows == 0)
        return BEHOV_OK;
    behov_reason *reason = &part->reasons[part->n_reasons].reason;
    *reason = (behov_reason){kind, BEHOV_ROW_LEFT_OUT, behov_copy_text(subject, strlen(subject)),
                             kind == BEHOV_REASON_CLUSTER_MISSING ? BEHOV_MISSING_NULL : BEHOV_PRESENT, (size_t)n_rows};
    if (!reason->subject)
        return no_memory(err);
    part->n_reasons++;
    return BEHOV_OK;
}

behov_status behov_factor_gather_finish(behov_factor_gather *gather, behov_factor_part *part, behov_error *err)
{
    static const char *const conditions[] = {"value IS NULL", "value = NaN", "value = infinity"};
    static const char weight[] = "weight";
    behov_factor_part *own = &gather->part;
    behov_status status = BEHOV_OK;
    if (!(own->reasons = behov_alloc(BEHOV_N_LEFT_OUT_REASONS + 1, sizeof *own->reasons)))
        return no_memory(err);
    for (int reason = BEHOV_LEFT_OUT_NULL; reason <= BEHOV_LEFT_OUT_INFINITE && !status; reason++)
        status = add_reason(own, BEHOV_REASON_EXCLUDED, conditions[reason], gather->n_left_out[reason], err);
    if (!status)
        status = add_reason(own, BEHOV_REASON_WEIGHT_ZERO, weight, gather->n_left_out[BEHOV_LEFT_OUT_WEIGHT_ZERO], err);
    if (!status)
        status =
            add_reason(own, BEHOV_REASON_CLUSTER_MISSING, own->texts[BEHOV_PART_CLUSTER], gather->n_without_group, err);
    if (!status && gather->has_weights)
        status = behov_factor_part_set_text(own, BEHOV_PART_WEIGHTS, weight, err);
    if (!status && gather->has_weights)
        status = behov_factor_part_set_text(own, BEHOV_PART_WEIGHT_KIND, "precision", err);
    if (!status)
        status = reserve(gather, 1, err); /* arrays there are, also without a group */
    if (status)
        return status;
    own->n_predicted = own->n_estimated;
    own->n_observations = (double)own->n_estimated;
    *part = *own;
    *own = (behov_factor_part){0};
    return BEHOV_OK;
}
