/* shrink_grid.c - the grid over phi and tau when chance lasts.
 *
 * Cells of phi, 0.02 wide; in each the three variances at their maximum; those with l more than 6 below the best are left
 * out. In a cell seven points of tau, up to 2.7 standard errors either side and not below 0; at each s0^2 and s1^2 at
 * their maximum, integrated by Laplace's method: weight exp(l) |I_(s0, s1)|^(-1/2) times the width of tau (half at both
 * ends). Prior phi (1 - phi), flat in tau. Points with less than 1e-6 of all weight are left out.
 *
 * What is saved: a last step that promises less than a tolerance is taken without a likelihood; s0^2 and s1^2 begin where
 * the points beside lead; where l lies far below the cut every fourth cell is looked at, and those between when it does
 * not lie far below. Levels move by 5e-6 of their spread, 1e-4 with 60 rows. Threads work on the cells of both sides of the
 * estimate, then on points by cell; a side knows nothing of the other, nor points of those of other cells, so that the number
 * of threads changes nothing. */
#include "shrink_lasting.h"

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

static const double cell_width = PHI_MAX / N_CELLS, reach = 2.7, cut = 6, least_weight = 1e-6;
/* Of l, where the last step begins: a point's weight needs 4 digits, the middle of its cell's tau fewer. What the step
 * leaves is of the third order, and grows as rows get fewer: so many have the tolerance as it is. */
static const double tolerance = 1e-5, cell_tolerance = 1e-4, many_rows = 2000;
/* So far below the cut not every cell is looked at. */
static const double far_below = 20;
enum { FAR_STEP = 4 };

typedef struct cell {
    double value, theta[N_THETA];
    double spread;         /* of tau: its standard error */
    double slope[N_THETA]; /* by tau, of the maxima of s0^2 and s1^2 */
    bool is_there, has_spread;
} cell;

struct lasting_grid {
    lasting *lasting;
    double best;   /* l of the REML estimate */
    size_t middle; /* cell of it */
    cell cells[N_CELLS];
    size_t kept[N_CELLS], n_kept;
    bool has_failed[N_CELLS];
};

static double tolerance_of(const lasting *lasting, double full)
{
    double part = fmin((double)lasting->rows.n_estimated / many_rows, 1);
    return full * part * part;
}

/* How the maximum of s0^2 and s1^2 moves with tau, by the average information. */
static void take_slope(const lasting_likelihood *likelihood, cell *cell)
{
    const double *average = likelihood->average;
    bool has_row = shrink_lasting_is_inside(likelihood->lasting, cell->theta, ROW),
         has_person = shrink_lasting_is_inside(likelihood->lasting, cell->theta, PERSON);
    double row = has_row ? average[ROW * (N_THETA + 1)] : 1, person = has_person ? average[PERSON * (N_THETA + 1)] : 1,
           both = has_row && has_person ? average[ROW * N_THETA + PERSON] : 0,
           row_tau = has_row ? average[ROW * N_THETA + LASTING] : 0,
           person_tau = has_person ? average[PERSON * N_THETA + LASTING] : 0, determinant = row * person - both * both;
    if (!(determinant > 0))
        return;
    cell->slope[ROW] = -(person * row_tau - both * person_tau) / determinant;
    cell->slope[PERSON] = -(row * person_tau - both * row_tau) / determinant;
}

/* Standard error of tau at the cell's maximum. */
static void take_spread(lasting_likelihood *likelihood, cell *cell)
{
    const lasting *lasting = likelihood->lasting;
    bool may_move[N_THETA] = {false};
    double theta[N_THETA], inverse[N_THETA * N_THETA];
    for (int k = LASTING; k <= PERSON; k++)
        may_move[k] = lasting->is_free[k];
    cell->has_spread = true;
    cell->spread = lasting->mean_square;
    memcpy(theta, cell->theta, sizeof theta);
    if (likelihood->theta[PHI] != theta[PHI] && /* else it was evaluated before the last step */
        !shrink_lasting_evaluate(likelihood, theta, may_move, AVERAGE))
        return;
    shrink_lasting_expect(likelihood, may_move);
    double information = likelihood->information[LASTING];
    theta[LASTING] = fmax(theta[LASTING], 1e-3 * lasting->mean_square); /* counts at its border too */
    if (shrink_lasting_errors(likelihood, theta, may_move, inverse))
        cell->spread = sqrt(inverse[LASTING]);
    else if (information > 0)
        cell->spread = 1 / sqrt(information);
    take_slope(likelihood, cell);
}

static void maximise_cell(lasting_likelihood *likelihood, size_t number, const double *neighbour, double best,
                          cell *cell)
{
    const lasting *lasting = likelihood->lasting;
    bool may_move[N_THETA];
    size_t n_steps = 0;
    memcpy(may_move, lasting->is_free, sizeof may_move);
    may_move[PHI] = false;
    memcpy(cell->theta, neighbour, sizeof cell->theta);
    cell->theta[PHI] = ((double)number + 0.5) * cell_width;
    cell->theta[LASTING] = fmax(cell->theta[LASTING], 1e-3 * lasting->mean_square);
    shrink_lasting_maximise(likelihood, cell->theta, may_move, tolerance_of(lasting, cell_tolerance), best - cut,
                            &n_steps);
    cell->value = likelihood->value;
    cell->is_there = isfinite(cell->value);
    if (cell->is_there && cell->value >= best - cut - 1)
        take_spread(likelihood, cell);
}

lasting_grid *shrink_grid_new(lasting *lasting, lasting_likelihood *likelihood, double best)
{
    lasting_grid *grid = behov_alloc(1, sizeof *grid);
    size_t middle = (size_t)(lasting->theta[PHI] / cell_width);
    if (!grid)
        return NULL;
    grid->lasting = lasting;
    grid->best = best;
    grid->middle = middle < N_CELLS ? middle : N_CELLS - 1;
    maximise_cell(likelihood, grid->middle, lasting->theta, best, &grid->cells[grid->middle]);
    return grid;
}

/* From the middle cell outwards, warm; far below the cut not every one. */
void shrink_grid_side(lasting_grid *grid, lasting_likelihood *likelihood, int side)
{
    int number = (int)grid->middle + side, last = (int)grid->middle;
    while (number >= 0 && number < N_CELLS) {
        cell *cell = &grid->cells[number];
        maximise_cell(likelihood, (size_t)number, grid->cells[last].theta, grid->best, cell);
        bool is_far = !(cell->value + far_below > grid->best - cut);
        if (!is_far && number - last != side && number - last != -side) { /* those skipped before it are near */
            number = last + side;
            continue;
        }
        last = number;
        number += is_far ? FAR_STEP * side : side;
    }
}

/* Cells with l not far below the best. */
static void keep_cells(lasting_grid *grid, lasting_likelihood *likelihood)
{
    double most = -INFINITY;
    for (size_t number = 0; number < N_CELLS; number++)
        if (grid->cells[number].is_there)
            most = fmax(most, grid->cells[number].value);
    for (size_t number = 0; number < N_CELLS; number++)
        if (grid->cells[number].is_there && grid->cells[number].value >= most - cut) {
            if (!grid->cells[number].has_spread) /* all cells lie far below the estimate, which is at a border */
                take_spread(likelihood, &grid->cells[number]);
            grid->kept[grid->n_kept++] = number;
        }
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
    shrink_lasting_maximise(likelihood, point->theta, may_move, tolerance_of(lasting, tolerance), -INFINITY, &n_steps);
    if (!isfinite(likelihood->value))
        return;
    shrink_lasting_expect(likelihood, may_move);
    double determinant = 1; /* of the information of those at no border */
    bool has_row = may_move[ROW] && shrink_lasting_is_inside(lasting, point->theta, ROW),
         has_person = may_move[PERSON] && shrink_lasting_is_inside(lasting, point->theta, PERSON);
    /* in units of the panel's own, so that points with s1^2 at its border weigh the same whatever the outcome's unit */
    const double *information = likelihood->information;
    double row_unit = lasting->mean_square, person_unit = lasting->mean_square / lasting->mean_person;
    double row = information[ROW * (N_THETA + 1)] * row_unit * row_unit,
           person = information[PERSON * (N_THETA + 1)] * person_unit * person_unit,
           both = information[ROW * N_THETA + PERSON] * row_unit * person_unit;
    if (has_row && has_person)
        determinant = row * person - both * both;
    else if (has_row || has_person)
        determinant = has_row ? row : person;
    double phi = point->theta[PHI];
    if (determinant > 0)
        point->weight = likelihood->value - log(determinant) / 2 + log(phi * (1 - phi));
    if (lasting->coefficients == BEHOV_LEVELS_OLS)
        shrink_lasting_ols(likelihood, point->theta, point->covariance);
    else if (shrink_lasting_evaluate(likelihood, point->theta, may_move, VALUE)) /* after the last step */
        shrink_lasting_gls(likelihood, point->change, point->covariance);
    else
        point->weight = -INFINITY;
}

/* s0^2 and s1^2 where the neighbours lead: a parabola through three, a line through two, from one or the cell's maximum
 * along its slope. */
static void start_point(const lasting *lasting, const cell *cell, lasting_point *points, size_t place, int step,
                        size_t n_before)
{
    double *theta = points[place].theta, tau = theta[LASTING];
    const double *neighbour = n_before > 0 ? points[(int)place + step].theta : cell->theta;
    double distance = tau - neighbour[LASTING];
    memcpy(theta, neighbour, sizeof points[place].theta);
    theta[LASTING] = tau;
    for (int k = ROW; k <= PERSON; k++) {
        double predicted = neighbour[k] + cell->slope[k] * distance;
        if (n_before > 1)
            predicted = 2 * neighbour[k] - points[(int)place + 2 * step].theta[k];
        if (n_before > 2)
            predicted +=
                neighbour[k] - 2 * points[(int)place + 2 * step].theta[k] + points[(int)place + 3 * step].theta[k];
        if (predicted > fmax(lasting->low[k], neighbour[k] / 2))
            theta[k] = predicted;
    }
}

static void run_cell(void *context, size_t part)
{
    lasting_grid *grid = context;
    const cell *cell = &grid->cells[grid->kept[part]];
    const lasting *lasting = grid->lasting;
    lasting_point *points = lasting->points + part * N_TAUS;
    lasting_likelihood likelihood;
    if (!shrink_lasting_new(&likelihood, lasting)) {
        grid->has_failed[part] = true;
        return;
    }
    double spread = cell->spread, middle = cell->theta[LASTING];
    double low = fmax(0, middle - reach * spread), width = (middle + reach * spread - low) / (N_TAUS - 1);
    size_t nearest = (size_t)fmin((middle - low) / width + 0.5, N_TAUS - 1);
    for (size_t i = 0; i < N_TAUS; i++) { /* from the nearest upwards, then downwards, warm */
        bool is_upwards = i < N_TAUS - nearest;
        size_t place = is_upwards ? nearest + i : N_TAUS - 1 - i;
        points[place].theta[LASTING] = low + (double)place * width;
        start_point(lasting, cell, points, place, is_upwards ? -1 : 1, is_upwards ? i : N_TAUS - 1 - place);
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

behov_status shrink_grid_points(lasting_grid *grid, lasting_likelihood *likelihood, size_t n_threads, behov_error *err)
{
    keep_cells(grid, likelihood);
    bool has_failed = !make_points(grid->lasting, grid->n_kept * N_TAUS);
    if (!has_failed)
        behov_parallel(n_threads, grid->n_kept, run_cell, grid);
    for (size_t i = 0; i < grid->n_kept; i++)
        has_failed = has_failed || grid->has_failed[i];
    if (has_failed)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    return weigh(grid->lasting) ? BEHOV_OK : behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_CHANCE_NOT_ESTIMATED);
}
