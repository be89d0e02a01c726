/* diagnose_screen.c - whether a look at single rows is worth while: the measures that warnings stand on, in double.
 *
 * Leverage |T'x|^2 and Cook's distance of a row in double are off by the condition number times 1e-16; where that, the
 * smallness of the residuals or weights could make them wrong near a limit, the answer is yes.
 *
 * |T'x| is at most the sum of |x_j| times the length of row j of T, which costs K instead of K^2 and is enough for nearly
 * all rows of a large panel: only the others are turned. */
#include <behov/diagnose.h>

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"

static const double worst_condition = 1e6, least_residual = 1e-8, margin = 1e-6;

static bool is_safe_in_double(const behov_fit *fit, const behov_design *design)
{
    size_t n_rows;
    behov_design_estimated(design, &n_rows);
    double scaled_value =
        ldexp(sqrt(fit->rss / fit_free_rows(fit)), -fit->outcome_exponent); /* the largest outcome is 1/2 to 1 */
    return n_rows == fit->n_rows && behov_design_n_regressors(design) == fit->n_regressors &&
           !behov_design_absorbed(design) && !behov_design_root_weights(design) && fit->condition < worst_condition &&
           scaled_value > least_residual;
}

/* Parts of the rows, each with room of its own: a block, scales, and the direction of a row. */
typedef struct screen {
    const behov_fit *fit;
    const behov_design *design;
    double leverage, cooks_distance; /* limits */
    double squares;                  /* s^2, scaled */
    const double *lengths;           /* of the rows of T */
    double *rooms;
    bool *are_found; /* by part */
} screen;

static size_t room_of_part(const behov_fit *fit)
{
    return (BEHOV_DESIGN_BLOCK + 1) * fit->n_regressors + fit->rank;
}

static bool exceeds(const screen *screen, double h, double residual)
{
    double cook = residual * residual / screen->squares * h / ((1 - h) * (1 - h)) / (double)screen->fit->rank;
    return !(h < screen->leverage * (1 - margin) && cook < screen->cooks_distance * (1 - margin));
}

/* x: the row, scaled; p: room for rank numbers. */
static bool row_exceeds(const screen *screen, const double *x, double outcome, double *p)
{
    const behov_fit *fit = screen->fit;
    double bound = 0, residual = outcome, h = 0;
    for (size_t j = 0; j < fit->rank; j++) {
        double regressor = x[fit->kept_positions[j]];
        bound += fabs(regressor) * screen->lengths[j];
        residual -= fit->scaled_values[j] * regressor;
    }
    if (bound < 1 && !exceeds(screen, bound * bound * (1 + margin), residual))
        return false;
    fit_turn_row_double(fit, x, outcome, p, &residual);
    for (size_t q = 0; q < fit->rank; q++)
        h += p[q] * p[q];
    return exceeds(screen, h, residual);
}

static void screen_part(void *context, size_t part)
{
    const screen *screen = context;
    const behov_fit *fit = screen->fit;
    size_t n = fit->n_regressors, end = (part + 1) * BEHOV_PART_ROWS;
    double *block = screen->rooms + part * room_of_part(fit), *scales = block + BEHOV_DESIGN_BLOCK * n, *p = scales + n;
    double outcome[BEHOV_DESIGN_BLOCK];
    end = end < fit->n_rows ? end : fit->n_rows;
    for (size_t k = 0; k < n; k++)
        scales[k] = ldexp(1, -behov_design_exponent(screen->design, k));
    for (size_t first = part * BEHOV_PART_ROWS; first < end && !screen->are_found[part]; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(screen->design, first, count, block, n, outcome);
        for (size_t i = 0; i < count && !screen->are_found[part]; i++) {
            double *x = block + i * n;
            for (size_t k = 0; k < n; k++)
                x[k] *= scales[k];
            screen->are_found[part] = row_exceeds(screen, x, fit_times_power(outcome[i], -fit->outcome_exponent), p);
        }
    }
}

behov_status behov_rows_may_exceed(const behov_fit *fit, const behov_design *design, double leverage,
                                   double cooks_distance, bool *may_exceed, behov_error *err)
{
    *may_exceed = true;
    if (!is_safe_in_double(fit, design))
        return BEHOV_OK;
    size_t n_parts = behov_parts(fit->n_rows);
    double *lengths = behov_alloc(fit->rank, sizeof *lengths);
    screen screen = {fit, design, leverage, cooks_distance, 0, lengths, NULL, NULL};
    screen.squares = ldexp(fit->rss, -2 * fit->outcome_exponent) / fit_free_rows(fit);
    screen.rooms = behov_alloc(n_parts, room_of_part(fit) * sizeof *screen.rooms);
    screen.are_found = behov_alloc(n_parts, sizeof *screen.are_found);
    bool has_room = lengths && screen.rooms && screen.are_found, is_found = false;
    if (has_room) {
        fit_measure_inverse(fit, lengths);
        behov_parallel(behov_design_n_threads(design), n_parts, screen_part, &screen);
    }
    for (size_t part = 0; part < n_parts && has_room; part++)
        is_found = is_found || screen.are_found[part];
    free(lengths), free(screen.rooms), free(screen.are_found);
    if (!has_room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    *may_exceed = is_found;
    return BEHOV_OK;
}
