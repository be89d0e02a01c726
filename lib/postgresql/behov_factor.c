/* behov_factor.c - the aggregates: rows into a state, two states into one, a state into a value.
 *
 * All memory is palloc'd: an error or a cancelled query leaves by a long jump, and PostgreSQL frees the contexts. The state
 * of an aggregate is changed where it lies; when it grows, the larger one is made in the context of the row, and nodeAgg.c
 * copies it into its own and frees the old. */
#include "behov_factor.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"

#include <math.h>

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(behov_factor_add);
PG_FUNCTION_INFO_V1(behov_factor_combine);
PG_FUNCTION_INFO_V1(behov_factor_final);
PG_FUNCTION_INFO_V1(behov_factor_counts);
PG_FUNCTION_INFO_V1(behov_factor_triangle);

behov_factor_state *behov_factor_memory(uint32 width, uint32 capacity)
{
    return palloc(behov_factor_state_size(width, capacity));
}

void behov_factor_own(behov_factor_state *state)
{
    SET_VARSIZE(state, behov_factor_state_size(state->width, state->capacity));
}

typedef struct fault_words {
    int code;
    const char *message, *hint;
} fault_words;

static const fault_words words_by_fault[] = {
    [BEHOV_FACTOR_WEIGHT] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                             "behov_factor: a weight is negative or infinite, or the sum of weights is infinite",
                             "Weights are finite and not below zero; a row with weight zero is left out and counted."},
    [BEHOV_FACTOR_WIDTHS] = {ERRCODE_ARRAY_SUBSCRIPT_ERROR,
                             "behov_factor: factors with different numbers of regressors cannot be merged", NULL},
    [BEHOV_FACTOR_WEIGHTS] = {ERRCODE_DATA_EXCEPTION,
                              "behov_factor: a factor with weights and one without cannot be merged",
                              "Give all rows a weight, or none."},
    [BEHOV_FACTOR_FOREIGN] = {ERRCODE_INVALID_BINARY_REPRESENTATION, "these bytes are no behov_factor", NULL},
    [BEHOV_FACTOR_VERSION] = {ERRCODE_INVALID_BINARY_REPRESENTATION,
                              "this behov_factor is of a version that this extension does not know",
                              "Install the same version of the extension on all machines."},
    [BEHOV_FACTOR_LENGTH] = {ERRCODE_INVALID_BINARY_REPRESENTATION,
                             "this behov_factor is cut off, or longer than its counts say", NULL},
    [BEHOV_FACTOR_CHECKSUM] = {ERRCODE_INVALID_BINARY_REPRESENTATION,
                               "this behov_factor was changed since it was written: its checksum is wrong", NULL},
    [BEHOV_FACTOR_NONSENSE] = {ERRCODE_INVALID_BINARY_REPRESENTATION,
                               "this behov_factor has counts or numbers that no rows give", NULL},
    [BEHOV_FACTOR_TOO_MANY] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                               "behov_factor: the factors are of more than 2^63 rows together", NULL},
    [BEHOV_FACTOR_ROOM] = {ERRCODE_INTERNAL_ERROR, "behov_factor: a state without room", NULL},
};

void behov_factor_check(behov_factor_fault fault)
{
    const fault_words *words = &words_by_fault[fault];
    if (fault != BEHOV_FACTOR_SOUND)
        ereport(ERROR, (errcode(words->code), errmsg_internal("%s", words->message),
                        words->hint ? errhint("%s", words->hint) : 0));
}

static behov_factor_state *moved(const behov_factor_state *state, uint32 width, uint64 n_rows)
{
    uint32 capacity = behov_factor_state_capacity(width, state->n_held, n_rows);
    behov_factor_state *larger = behov_factor_memory(width, capacity);
    behov_factor_state_move(state, larger, width, capacity);
    behov_factor_own(larger);
    return larger;
}

behov_factor_state *behov_factor_trimmed(const behov_factor_state *state)
{
    behov_factor_state *trimmed = behov_factor_memory(state->width, state->n_held);
    behov_factor_state_move(state, trimmed, state->width, state->n_held);
    behov_factor_state_finish(trimmed);
    trimmed->capacity = trimmed->n_held;
    behov_factor_own(trimmed);
    return trimmed;
}

/* The state that is the first argument, to be changed: itself in an aggregate, else a copy; NULL before the first row. */
static behov_factor_state *own_state(FunctionCallInfo fcinfo)
{
    if (PG_ARGISNULL(0))
        return NULL;
    return AggCheckCallContext(fcinfo, NULL) ? PG_GETARG_FACTOR(0) : PG_GETARG_FACTOR_COPY(0);
}

/* Numbers of a row as its array tells: the regressors and the outcome. */
static uint32 row_width(ArrayType *regressors)
{
    int n = ARR_NDIM(regressors) == 1 ? ARR_DIMS(regressors)[0] : 0;
    if (ARR_NDIM(regressors) > 1)
        ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
                        errmsg("behov_factor: the regressors of a row are an array of one dimension, not of %d",
                               ARR_NDIM(regressors))));
    if (n < 1)
        ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("behov_factor: a row has no regressors"),
                        errhint("A regression on the constant alone has ARRAY[1].")));
    if (n >= BEHOV_FACTOR_STATE_WIDTH_MAX)
        ereport(ERROR,
                (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                 errmsg("behov_factor: a row has %d regressors, more than %d", n, BEHOV_FACTOR_STATE_WIDTH_MAX - 1)));
    return (uint32)n + 1;
}

/* behov_factor_add(state, y, x [, weight]) */
Datum behov_factor_add(PG_FUNCTION_ARGS)
{
    behov_factor_state *state = own_state(fcinfo);
    bool is_weighted = PG_NARGS() > 3,
         has_null = PG_ARGISNULL(1) || PG_ARGISNULL(2) || (is_weighted && PG_ARGISNULL(3));
    ArrayType *regressors = PG_ARGISNULL(2) ? NULL : PG_GETARG_ARRAYTYPE_P(2);
    uint32 width = regressors ? row_width(regressors) : 0;
    double row[BEHOV_FACTOR_STATE_WIDTH_MAX];

    has_null = has_null || array_contains_nulls(regressors);
    if (!state) {
        uint32 capacity = behov_factor_state_capacity(width, 0, has_null ? 0 : 1);
        state = behov_factor_memory(width, capacity);
        behov_factor_state_start(state, width, capacity, is_weighted);
        behov_factor_own(state);
    } else if (width > 0 && state->width > 0 && width != state->width) {
        ereport(ERROR,
                (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
                 errmsg("behov_factor: a row has %u regressors, rows before it had %u", width - 1, state->width - 1),
                 errhint("All rows of a query have arrays of the same length; a missing figure is a NULL in it.")));
    } else if (state->n_rows > 0 && (state->is_weighted != 0) != is_weighted) {
        behov_factor_check(BEHOV_FACTOR_WEIGHTS);
    }
    if (width > 0 && state->width == 0)
        state = moved(state, width, 1);
    if (has_null) {
        behov_factor_state_leave_out(state, BEHOV_LEFT_OUT_NULL);
        PG_RETURN_POINTER(state);
    }
    if (!behov_factor_state_has_room(state, 1))
        state = moved(state, width, 1);
    state->is_weighted = is_weighted;
    memcpy(row, ARR_DATA_PTR(regressors), (width - 1) * sizeof *row);
    row[width - 1] = PG_GETARG_FLOAT8(1);
    behov_factor_check(behov_factor_state_add(state, row, is_weighted ? PG_GETARG_FLOAT8(3) : 1));
    PG_RETURN_POINTER(state);
}

Datum behov_factor_combine(PG_FUNCTION_ARGS)
{
    behov_factor_state *state = own_state(fcinfo), *other;
    CHECK_FOR_INTERRUPTS();
    if (PG_ARGISNULL(1)) {
        if (!state)
            PG_RETURN_NULL();
        PG_RETURN_POINTER(state);
    }
    other = PG_GETARG_FACTOR(1);
    if (!state)
        PG_RETURN_POINTER(moved(other, other->width, 0));
    if (other->width > 0 && (state->width == 0 || !behov_factor_state_has_room(state, other->n_held)))
        state = moved(state, other->width > state->width ? other->width : state->width, other->n_held);
    behov_factor_check(behov_factor_state_merge(state, other));
    PG_RETURN_POINTER(state);
}

Datum behov_factor_final(PG_FUNCTION_ARGS)
{
    PG_RETURN_POINTER(behov_factor_trimmed(PG_GETARG_FACTOR(0)));
}

Datum behov_factor_counts(PG_FUNCTION_ARGS)
{
    behov_factor_state *state = PG_GETARG_FACTOR(0);
    TupleDesc columns;
    Datum values[7];
    bool nulls[7] = {false};
    if (get_call_result_type(fcinfo, NULL, &columns) != TYPEFUNC_COMPOSITE)
        elog(ERROR, "behov_factor_counts: called where no record is taken");
    values[0] = Int64GetDatum((int64)state->n_rows);
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        values[1 + reason] = Int64GetDatum((int64)state->n_left_out[reason]);
    values[5] = Float8GetDatum(state->weight_sum);
    values[6] = Int32GetDatum((int32)state->width - 1);
    nulls[6] = state->width == 0;
    PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(columns), values, nulls)));
}

Datum behov_factor_triangle(PG_FUNCTION_ARGS)
{
    behov_factor_state *state = behov_factor_trimmed(PG_GETARG_FACTOR(0));
    uint32 width = state->width;
    const double *rows = behov_factor_state_rows(state);
    int sizes[2] = {(int)state->n_held, (int)width}, first[2] = {1, 1};
    Datum *numbers;
    if (state->n_held == 0)
        PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
    numbers = palloc(sizeof *numbers * state->n_held * width);
    for (uint32 i = 0; i < state->n_held; i++)
        for (uint32 j = 0; j < width; j++)
            numbers[i * width + j] = Float8GetDatum(ldexp(rows[i * width + j], behov_factor_state_power(state, j)));
    PG_RETURN_ARRAYTYPE_P(construct_md_array(numbers, NULL, 2, sizes, first, FLOAT8OID, sizeof(double), FLOAT8PASSBYVAL,
                                             TYPALIGN_DOUBLE));
}
