/* shrink_grid.c - the grid over phi and tau when chance lasts.
 *
 * Cells of phi, 0.02 wide; in each the three variances at their maximum; those with l more than 6 below the best are left
 * out. In a cell seven points of tau, up to 2.7 standard errors either side and not below 0; at each s0^2 and s1^2 at
 * their maximum, integrated by Laplace's method: weight exp(l) |I_(s0, s1)|^(-1/2) times the width of tau (half at both
 * ends). Prior phi (1 - phi), flat in tau. Cells are worked on by threads; a cell does not know of the others, so their
 * number changes nothing. */
#include "shrink_lasting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "parallel.h"

static const double cell_width = PHI_MAX / N_CELLS, reach = 2.7, cut = 6, tolerance = 1e-8, least_weight = 1e-8;

typedef struct cell {
    double value, theta[N_THETA];
    bool is_there;
} cell;

typedef struct grid {
    lasting *lasting;
    cell cells[N_CELLS];
    size_t kept[N_CELLS], n_kept;
    bool has_failed[N_CELLS];
} grid;

static void maximise_cell(lasting_likelihood *likelihood, size_t number, const double *beside, double best, cell *cell)
{
    const lasting *lasting = likelihood->lasting;
    bool may_move[N_THETA];
    size_t n_steps = 0;
    memcpy(may_move, lasting->is_free, sizeof may_move);
    may_move[PHI] = false;
    memcpy(cell->theta, beside, sizeof cell->theta);
    cell->theta[PHI] = ((double)number + 0.5) * cell_width;
    cell->theta[LASTING] = fmax(cell->theta[LASTING], 1e-3 * lasting->mean_square);
    shrink_lasting_maximise(likelihood, cell->theta, may_move, tolerance, best - cut, &n_steps);
    cell->value = likelihood->value;
    cell->is_there = isfinite(cell->value);
}

/* From the cell of the REML estimate to both sides, warm. */
static void maximise_cells(grid *grid, lasting_likelihood *likelihood, double best)
{
    const lasting *lasting = grid->lasting;
    size_t middle = (size_t)(lasting->theta[PHI] / cell_width);
    middle = middle < N_CELLS ? middle : N_CELLS - 1;
    for (size_t number = middle; number < N_CELLS; number++) {
        const double *beside = number == middle ? lasting->theta : grid->cells[number - 1].theta;
        maximise_cell(likelihood, number, beside, best, &grid->cells[number]);
    }
    for (size_t number = middle; number-- > 0;)
        maximise_cell(likelihood, number, grid->cells[number + 1].theta, best, &grid->cells[number]);
    double most = -INFINITY;
    for (size_t number = 0; number < N_CELLS; number++)
        if (grid->cells[number].is_there)
            most = fmax(most, grid->cells[number].value);
    for (size_t number = 0; number < N_CELLS; number++)
        if (grid->cells[number].is_there && grid->cells[number].value >= most - cut)
            grid->kept[grid->n_kept++] = number;
}

/* Standard error of tau at the cell's maximum. */
static double spread_of_tau(lasting_likelihood *likelihood, const cell *cell)
{
    const lasting *lasting = likelihood->lasting;
    bool may_move[N_THETA] = {false};
    double theta[N_THETA], inverse[N_THETA * N_THETA];
    memcpy(theta, cell->theta, sizeof theta);
    for (int k = LASTING; k <= PERSON; k++)
        may_move[k] = lasting->is_free[k];
    if (!shrink_lasting_evaluate(likelihood, theta, may_move, EXPECTED))
        return lasting->mean_square;
    double information = likelihood->information[LASTING];
    theta[LASTING] = fmax(theta[LASTING], 1e-3 * lasting->mean_square); /* counts at its border too */
    if (!shrink_lasting_errors(likelihood, theta, may_move, inverse))
        return information > 0 ? 1 / sqrt(information) : lasting->mean_square;
    return sqrt(inverse[LASTING]);
}

/* Maximises s0^2 and s1^2 at a point, and its weight's logarithm but for the width of tau. */
static void take_point(lasting_likelihood *likelihood, lasting_point *point)
{
    const lasting *lasting = likelihood->lasting;
    bool may_move[N_THETA] = {false};
    size_t n_steps = 0;
    for (int k = ROW; k <= PERSON; k++)
        may_move[k] = lasting->is_free[k];
    point->weight = -INFINITY;
    shrink_lasting_maximise(likelihood, point->theta, may_move, tolerance, -INFINITY, &n_steps);
    if (!isfinite(likelihood->value))
        return;
    shrink_lasting_expect(likelihood, point->theta, may_move);
    double determinant = 1; /* of the information of those at no border */
    bool has_row = may_move[ROW] && shrink_lasting_is_inside(lasting, point->theta, ROW),
         has_person = may_move[PERSON] && shrink_lasting_is_inside(lasting, point->theta, PERSON);
    const double *information = likelihood->information;
    double row = information[ROW * (N_THETA + 1)], person = information[PERSON * (N_THETA + 1)],
           both = information[ROW * N_THETA + PERSON];
    if (has_row && has_person)
        determinant = row * person - both * both;
    else if (has_row || has_person)
        determinant = has_row ? row : person;
    double phi = point->theta[PHI];
    if (determinant > 0)
        point->weight = likelihood->value - log(determinant) / 2 + log(phi * (1 - phi));
    shrink_lasting_gls(likelihood, point->change, point->covariance);
    if (lasting->coefficients == BEHOV_LEVELS_OLS) {
        memset(point->change, 0, lasting->rows.n_regressors * sizeof *point->change);
        shrink_lasting_ols(likelihood, point->theta, point->covariance);
    }
}

/* s0^2 and s1^2 where the line through two neighbours leads, or those of the one beside. */
static void start_point(const lasting *lasting, lasting_point *points, size_t place, int step, bool has_two)
{
    const double *beside = points[(int)place + step].theta;
    memcpy(points[place].theta, beside, sizeof points[place].theta);
    if (!has_two)
        return;
    for (int k = ROW; k <= PERSON; k++) {
        double line = 2 * beside[k] - points[(int)place + 2 * step].theta[k];
        if (line > fmax(lasting->low[k], beside[k] / 2))
            points[place].theta[k] = line;
    }
}

static void run_cell(void *context, size_t part)
{
    grid *grid = context;
    const cell *cell = &grid->cells[grid->kept[part]];
    const lasting *lasting = grid->lasting;
    lasting_point *points = lasting->points + part * N_TAUS;
    lasting_likelihood likelihood;
    if (!shrink_lasting_new(&likelihood, lasting)) {
        grid->has_failed[part] = true;
        return;
    }
    double spread = spread_of_tau(&likelihood, cell), middle = cell->theta[LASTING];
    double low = fmax(0, middle - reach * spread), width = (middle + reach * spread - low) / (N_TAUS - 1);
    size_t nearest = (size_t)fmin((middle - low) / width + 0.5, N_TAUS - 1);
    for (size_t i = 0; i < N_TAUS; i++) { /* from the nearest upwards, then downwards, warm */
        bool is_upwards = i < N_TAUS - nearest;
        size_t place = is_upwards ? nearest + i : N_TAUS - 1 - i;
        if (i == 0)
            memcpy(points[place].theta, cell->theta, sizeof points[place].theta);
        else
            start_point(lasting, points, place, is_upwards ? -1 : 1, i > 1);
        points[place].theta[LASTING] = low + (double)place * width;
        take_point(&likelihood, &points[place]);
        points[place].weight += log(width * (place == 0 || place + 1 == N_TAUS ? 0.5 : 1));
    }
    shrink_lasting_free(&likelihood);
}

static int by_weight(const void *a, const void *b)
{
    const lasting_point *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->theta[PHI] != y->theta[PHI])
        return x->theta[PHI] < y->theta[PHI] ? -1 : 1;
    return x->theta[LASTING] < y->theta[LASTING] ? -1 : x->theta[LASTING] > y->theta[LASTING];
}

static bool make_points(lasting *lasting, size_t n)
{
    size_t width = lasting->rows.n_regressors;
    lasting->points = behov_alloc(n, sizeof *lasting->points);
    lasting->point_memory = behov_alloc(n, (width * width + width + 1) * sizeof *lasting->point_memory);
    if (!lasting->points || !lasting->point_memory)
        return false;
    for (size_t i = 0; i < n; i++) {
        lasting->points[i].change = lasting->point_memory + i * (width * width + width);
        lasting->points[i].covariance = lasting->points[i].change + width;
    }
    lasting->n_points = n;
    return true;
}

/* Weights that sum to 1; points without any are left out. */
static bool weigh(lasting *lasting)
{
    double most = -INFINITY, total = 0;
    for (size_t i = 0; i < lasting->n_points; i++)
        most = fmax(most, lasting->points[i].weight);
    if (!isfinite(most))
        return false;
    for (size_t i = 0; i < lasting->n_points; i++)
        total += lasting->points[i].weight = exp(lasting->points[i].weight - most);
    qsort(lasting->points, lasting->n_points, sizeof *lasting->points, by_weight);
    double kept = 0;
    size_t n = 0;
    for (; n < lasting->n_points && lasting->points[n].weight >= least_weight * total; n++)
        kept += lasting->points[n].weight;
    lasting->n_points = n;
    for (size_t i = 0; i < n; i++)
        lasting->points[i].weight /= kept;
    return true;
}

behov_status shrink_lasting_grid(lasting *lasting, lasting_likelihood *likelihood, size_t n_threads, double best,
                                 behov_error *err)
{
    grid *grid = behov_alloc(1, sizeof *grid);
    if (!grid)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    grid->lasting = lasting;
    maximise_cells(grid, likelihood, best);
    bool has_failed = !make_points(lasting, grid->n_kept * N_TAUS);
    if (!has_failed)
        behov_parallel(n_threads, grid->n_kept, run_cell, grid);
    for (size_t i = 0; i < grid->n_kept; i++)
        has_failed = has_failed || grid->has_failed[i];
    free(grid);
    if (has_failed)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    return weigh(lasting) ? BEHOV_OK : behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_CHANCE_NOT_ESTIMATED);
}
