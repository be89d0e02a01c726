/* need.c - need, index, ratio and gap, row by row; the country's mean year by year.
 *
 * Of each row the need alone is kept: what follows from it, the outcome and the population is computed where it is asked
 * for, since four more numbers a row would be a third of the memory that the largest panels take.
 * Nothing here ranks or judges. Sums over a year are compensated (Neumaier), so the order of the rows does not show, nor that they are summed
 * in parts. */
#include <behov/need.h>

#include <behov/parallel.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"

struct behov_need {
    size_t n_rows, n_years, n_too_low, n_negative;
    behov_panel panel; /* its table is borrowed */
    double *need;
    const double *outcome; /* of each row; NULL = there is none */
    double *own_outcome;   /* the same where it is no column of the table; NULL = it is one */
    double floor;
    bool is_transformed;
    int *years;
    double *country;
    int gap_is_1000kr;
    double per_1000kr; /* the outcome's unit in 1000 kr: 1 or 1000; 1 when the gap is in that unit */
};

void behov_need_free(behov_need *need)
{
    if (!need)
        return;
    free(need->need);
    free(need->own_outcome);
    free(need->years);
    free(need->country);
    free(need);
}

static int compare_years(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

/* A line of sums below the panel is no municipality's and has no year, and rows that a condition leaves out are not asked
 * about: a year of theirs alone would be one more in every table, in which nobody has a figure. */
static bool has_year(const behov_design *design, size_t row)
{
    ptrdiff_t reason = behov_design_reason_of(design, row);
    if (reason < 0)
        return true;
    behov_reason why = behov_design_reason(design, (size_t)reason);
    return why.kind != BEHOV_REASON_NO_MUNICIPALITY && why.kind != BEHOV_REASON_EXCLUDED;
}

/* ---- the years ------------------------------------------------------------------------------------------------------
 * */

/* The years of the rows of a part, in the order in which they are met. */
typedef struct part_years {
    int *years;
    size_t n, room;
    bool is_short; /* of memory */
} part_years;

static void add_year(part_years *list, int year)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->years[i] == year)
            return;
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 16;
        int *years = behov_realloc(list->years, room, sizeof *years);
        if (!years) {
            list->is_short = true;
            return;
        }
        list->years = years;
        list->room = room;
    }
    list->years[list->n++] = year;
}

/* What goes through all rows before there is a need: the years are listed, and no row has a figure yet. */
typedef struct preparation {
    behov_need *need;
    const behov_design *design;
    part_years *parts;
} preparation;

static void prepare_part(void *context, size_t part)
{
    const preparation *preparation = context;
    behov_need *need = preparation->need;
    size_t row = part * BEHOV_PART_ROWS, end = row + BEHOV_PART_ROWS;
    int last = -1;
    for (end = end < need->n_rows ? end : need->n_rows; row < end; row++) {
        need->need[row] = NAN;
        if (need->own_outcome)
            need->own_outcome[row] = NAN;
        int year = behov_panel_year(&need->panel, row);
        if (year == last || !has_year(preparation->design, row))
            continue;
        last = year;
        add_year(&preparation->parts[part], year);
    }
}

static behov_status prepare(behov_need *need, const behov_design *design, behov_error *err)
{
    size_t n_parts = behov_parts(need->n_rows);
    part_years *parts = behov_alloc(n_parts, sizeof *parts), all = {0};
    if (!parts)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_YEARS);
    behov_parallel(behov_design_n_threads(design), n_parts, prepare_part, &(preparation){need, design, parts});
    for (size_t part = 0; part < n_parts; part++) {
        all.is_short = all.is_short || parts[part].is_short;
        for (size_t i = 0; i < parts[part].n; i++)
            add_year(&all, parts[part].years[i]);
        free(parts[part].years);
    }
    free(parts);
    if (all.n > 1)
        qsort(all.years, all.n, sizeof *all.years, compare_years);
    need->years = all.years;
    need->n_years = all.n;
    need->country = behov_alloc(need->n_years, sizeof *need->country);
    return need->country && !all.is_short ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_YEARS);
}

size_t behov_need_year_position(const behov_need *need, int year)
{
    /* Years mostly follow each other without a gap. */
    size_t i = need->n_years ? (size_t)((long)year - need->years[0]) : 0;
    if (i < need->n_years && need->years[i] == year)
        return i;
    i = 0;
    while (i < need->n_years && need->years[i] != year)
        i++;
    return i;
}

/* Rows of one part; each thread has a block of its own. */
typedef struct prediction {
    behov_need *need;
    const behov_design *design;
    const double *coefficients;
    double *blocks;
} prediction;

static void predict_part(void *context, size_t part, size_t worker)
{
    const prediction *prediction = context;
    size_t n = behov_design_n_regressors(prediction->design), n_predicted, end = (part + 1) * BEHOV_PART_ROWS;
    const uint32_t *rows = behov_design_predicted(prediction->design, &n_predicted);
    double *block = prediction->blocks + worker * BEHOV_DESIGN_BLOCK * n, outcome[BEHOV_DESIGN_BLOCK];
    end = end < n_predicted ? end : n_predicted;
    for (size_t first = part * BEHOV_PART_ROWS; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(prediction->design, block_rows, count, block, n,
                          prediction->need->own_outcome ? outcome : NULL);
        for (size_t i = 0; i < count; i++) {
            double need = 0;
            for (size_t k = 0; k < n; k++)
                need += prediction->coefficients[k] * block[i * n + k];
            prediction->need->need[behov_row_at(rows, first + i)] = need;
            if (prediction->need->own_outcome)
                prediction->need->own_outcome[behov_row_at(rows, first + i)] = outcome[i];
        }
    }
}

static behov_status predict(behov_need *need, const behov_design *design, const double *coefficients, behov_error *err)
{
    size_t n_predicted;
    behov_design_predicted(design, &n_predicted);
    size_t n_parts = behov_parts(n_predicted), n_threads = behov_design_n_threads(design);
    n_threads = n_threads > BEHOV_THREADS_MAX ? BEHOV_THREADS_MAX : n_threads > 0 ? n_threads : 1;
    prediction prediction = {.need = need, .design = design, .coefficients = coefficients};
    prediction.blocks =
        behov_alloc(n_threads * BEHOV_DESIGN_BLOCK, behov_design_n_regressors(design) * sizeof *prediction.blocks);
    if (!prediction.blocks)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    behov_parallel_by_worker(n_threads, n_parts, predict_part, &prediction);
    free(prediction.blocks);
    return BEHOV_OK;
}

typedef struct sum {
    double value, rest;
} sum;

static void add(sum *out, double value)
{
    double total = out->value + value;
    out->rest += fabs(out->value) >= fabs(value) ? (out->value - total) + value : (value - total) + out->value;
    out->value = total;
}

/* What a part adds to the country, two sums a year, and how many of its rows have a note that is counted. */
typedef struct part_sums {
    sum *sums;
    size_t n_too_low, n_negative;
} part_sums;

typedef struct summing {
    const behov_need *need;
    part_sums *parts;
} summing;

static void sum_part(void *context, size_t part)
{
    const summing *summing = context;
    const behov_need *need = summing->need;
    part_sums *out = &summing->parts[part];
    size_t row = part * BEHOV_PART_ROWS, end = row + BEHOV_PART_ROWS;
    for (end = end < need->n_rows ? end : need->n_rows; row < end; row++) {
        if (isnan(need->need[row]))
            continue;
        behov_need_note note = behov_need_note_of(need, row);
        out->n_too_low += note == BEHOV_NOTE_NEED_TOO_LOW;
        out->n_negative += note == BEHOV_NOTE_NEGATIVE_OUTCOME;
        double population = behov_panel_population(&need->panel, row);
        if (isnan(population))
            continue;
        sum *sums = out->sums + 2 * behov_need_year_position(need, behov_panel_year(&need->panel, row));
        add(&sums[0], population * need->need[row]);
        add(&sums[1], population);
    }
}

/* The country's mean year by year; and rows counted by their note. */
static behov_status sum_rows(behov_need *need, size_t n_threads, behov_error *err)
{
    size_t n_parts = behov_parts(need->n_rows), n_sums = 2 * need->n_years;
    part_sums *parts = behov_alloc(n_parts, sizeof *parts);
    sum *sums = behov_alloc(n_parts, n_sums * sizeof *sums);
    if (!parts || !sums) {
        free(parts), free(sums);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COUNTRY_NEED);
    }
    for (size_t part = 0; part < n_parts; part++)
        parts[part].sums = sums + part * n_sums;
    behov_parallel(n_threads, n_parts, sum_part, &(summing){need, parts});
    for (size_t part = 0; part < n_parts; part++) {
        need->n_too_low += parts[part].n_too_low;
        need->n_negative += parts[part].n_negative;
        for (size_t i = 0; i < n_sums && part; i++) {
            add(&sums[i], parts[part].sums[i].value);
            add(&sums[i], parts[part].sums[i].rest);
        }
    }
    for (size_t year = 0; year < need->n_years; year++) {
        double weight = sums[2 * year + 1].value + sums[2 * year + 1].rest;
        need->country[year] = weight > 0 ? (sums[2 * year].value + sums[2 * year].rest) / weight : NAN;
    }
    free(parts), free(sums);
    return BEHOV_OK;
}

/* A column that is the outcome stays where it is; arithmetic has room of its own, which prediction fills. */
static behov_status find_outcome(behov_need *need, const behov_design *design, behov_error *err)
{
    const behov_table *table = behov_design_table(design);
    const char *name = behov_formula_outcome_column(behov_design_formula(design));
    ptrdiff_t column = name ? behov_table_find(table, name) : -1;
    if (column >= 0)
        need->outcome = behov_table_numbers(table, (size_t)column);
    if (name && (column < 0 || need->outcome))
        return BEHOV_OK; /* there need not be one */
    need->outcome = need->own_outcome = behov_alloc(need->n_rows, sizeof *need->own_outcome);
    return need->outcome ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_NEEDS);
}

behov_status behov_need_new(const behov_design *design, const behov_panel *panel, const double *coefficients,
                            const behov_need_options *options, behov_need **need, behov_error *err)
{
    static const behov_need_options defaults = {0};
    options = options ? options : &defaults;
    if (!(options->floor >= 0 && isfinite(options->floor)))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_NEED_FLOOR_NEGATIVE);
    if (behov_design_absorbed(design)) {
        const char *key = behov_clusters_key(behov_design_absorbed(design));
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               BEHOV_ABSORBED_NOT_PREDICTED, key);
    }
    behov_need *new_need = behov_alloc(1, sizeof *new_need);
    if (!new_need)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_NEEDS);
    new_need->n_rows = behov_table_n_rows(behov_design_table(design));
    new_need->panel = *panel;
    new_need->floor = options->floor;
    new_need->is_transformed = options->is_transformed != 0;
    new_need->need = behov_alloc(new_need->n_rows, sizeof *new_need->need);
    behov_status status =
        new_need->need ? find_outcome(new_need, design, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_NEEDS);
    new_need->gap_is_1000kr = options->unit != BEHOV_UNIT_UNKNOWN && !options->is_transformed;
    new_need->per_1000kr = options->unit == BEHOV_UNIT_KR_PER_INHABITANT ? 1000 : 1;
    if (!status)
        status = prepare(new_need, design, err);
    if (!status)
        status = predict(new_need, design, coefficients, err);
    if (!status)
        status = sum_rows(new_need, behov_design_n_threads(design), err);
    if (status) {
        behov_need_free(new_need);
        return status;
    }
    *need = new_need;
    return BEHOV_OK;
}

double behov_need_actual(const behov_need *need, size_t row)
{
    return isnan(need->need[row]) || !need->outcome ? NAN : need->outcome[row];
}

double behov_need_need(const behov_need *need, size_t row)
{
    return need->need[row];
}

double behov_need_index(const behov_need *need, size_t row)
{
    if (need->is_transformed || isnan(need->need[row]) || isnan(behov_panel_population(&need->panel, row)))
        return NAN;
    /* The index of a need that the model puts below zero is still a number; a country that is not above zero is none. */
    double country = need->country[behov_need_year_position(need, behov_panel_year(&need->panel, row))];
    return country > 0 ? 100 * need->need[row] / country : NAN;
}

double behov_need_ratio(const behov_need *need, size_t row)
{
    double actual = behov_need_actual(need, row);
    return !need->is_transformed && need->need[row] > need->floor && actual >= 0 ? 100 * actual / need->need[row] : NAN;
}

double behov_need_gap(const behov_need *need, size_t row)
{
    double gap = behov_need_actual(need, row) - need->need[row];
    return need->gap_is_1000kr ? gap * behov_panel_population(&need->panel, row) / need->per_1000kr : gap;
}

behov_need_note behov_need_note_of(const behov_need *need, size_t row)
{
    double actual = behov_need_actual(need, row);
    if (isnan(need->need[row]))
        return BEHOV_NOTE_LEFT_OUT;
    if (isnan(actual))
        return BEHOV_NOTE_NO_OUTCOME;
    if (need->is_transformed)
        return BEHOV_NOTE_TRANSFORMED;
    if (!(need->need[row] > need->floor))
        return BEHOV_NOTE_NEED_TOO_LOW;
    if (actual < 0)
        return BEHOV_NOTE_NEGATIVE_OUTCOME;
    bool has_gap = !need->gap_is_1000kr || !isnan(behov_panel_population(&need->panel, row));
    return has_gap ? BEHOV_NOTE_NONE : BEHOV_NOTE_NO_POPULATION;
}

int behov_need_gap_is_1000kr(const behov_need *need)
{
    return need->gap_is_1000kr;
}

size_t behov_need_n_too_low(const behov_need *need)
{
    return need->n_too_low;
}

size_t behov_need_n_negative(const behov_need *need)
{
    return need->n_negative;
}

const int *behov_need_years(const behov_need *need, size_t *n_years)
{
    *n_years = need->n_years;
    return need->years;
}

double behov_need_country(const behov_need *need, size_t year)
{
    return need->country[year];
}

behov_gap_sum behov_need_gap_sum(const behov_need *need, const behov_panel *panel, const uint32_t *rows, size_t n_rows)
{
    enum { GAP, ABSOLUTE, ACTUAL, NEED, SUMS };
    sum sums[SUMS] = {{0, 0}};
    behov_gap_sum total = {NAN, NAN, NAN, NAN, 0};
    for (size_t i = 0; i < (rows ? n_rows : need->n_rows); i++) {
        size_t row = rows ? rows[i] : i;
        double gap = behov_need_gap(need, row);
        if (isnan(gap))
            continue;
        double times = need->gap_is_1000kr ? behov_panel_population(panel, row) / need->per_1000kr : 1;
        add(&sums[GAP], gap);
        add(&sums[ABSOLUTE], fabs(gap));
        add(&sums[ACTUAL], behov_need_actual(need, row) * times);
        add(&sums[NEED], need->need[row] * times);
        total.n_rows++;
    }
    if (total.n_rows) {
        double *out[SUMS] = {&total.gap, &total.absolute, &total.actual, &total.need};
        for (size_t i = 0; i < SUMS; i++)
            *out[i] = sums[i].value + sums[i].rest;
    }
    return total;
}
