/* adjusted_dof.c - degrees of freedom of contrasts under the working variance, of one (Satterthwaite) and of several
 * together (the approximate Hotelling T^2). Formulas: adjusted.h.
 *
 * With directions whose covariance sum_g P_gg is the identity and N_gh = their P_gh,
 *
 *   eta = n (n + 1) / sum_gh [tr(N_gh^2) + (tr N_gh)^2]
 *
 * the denominator being the variances of all entries of the covariance of n contrasts. */
#include "adjusted.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

typedef struct hotelling_sums {
    const adjusted_clusters *adjusted;
    size_t n, size;     /* contrasts; width times n */
    double *directions; /* n x rank, of covariance 1 */
    double *turned;     /* rows x n: right t */
    double *block;      /* n x n, twice */
    double *tensor;     /* size x size, upper: sum of u u', u = vec(D_g directions'); NULL: pairs of clusters */
    double *u;          /* size */
    double total;
} hotelling_sums;

static void sums_free(hotelling_sums *sums)
{
    free(sums->directions), free(sums->turned), free(sums->block), free(sums->tensor), free(sums->u);
}

/* The tensor where it is cheaper than pairs of clusters; numbers in its inner loop lie side by side, about 4 times as
 * quick. */
static bool tensor_is_cheaper(const hotelling_sums *sums)
{
    const adjusted_clusters *adjusted = sums->adjusted;
    double n_rows = (double)adjusted->starts[adjusted->n_clusters], size = (double)sums->size;
    return (double)adjusted->n_clusters * size * size / 2 <
           4 * n_rows * n_rows / 2 * (double)(adjusted->width + sums->n);
}

static behov_status sums_new(const adjusted_clusters *adjusted, size_t n, const double *directions,
                             hotelling_sums *sums, behov_error *err)
{
    size_t n_rows = adjusted->starts[adjusted->n_clusters];
    *sums = (hotelling_sums){.adjusted = adjusted, .n = n, .size = adjusted->width * n};
    sums->directions = behov_alloc(n, adjusted->rank * sizeof *sums->directions);
    sums->turned = behov_alloc(n_rows, n * sizeof *sums->turned);
    sums->block = behov_alloc(2 * n, n * sizeof *sums->block);
    sums->u = behov_alloc(sums->size, sizeof *sums->u);
    bool has_room = sums->directions && sums->turned && sums->block && sums->u;
    if (has_room && tensor_is_cheaper(sums))
        has_room = (sums->tensor = behov_alloc(sums->size, sums->size * sizeof *sums->tensor)) != NULL;
    if (has_room) {
        memcpy(sums->directions, directions, n * adjusted->rank * sizeof *directions);
        return BEHOV_OK;
    }
    sums_free(sums);
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
}

static void turn_directions(hotelling_sums *sums)
{
    size_t rank = sums->adjusted->rank, n_rows = sums->adjusted->starts[sums->adjusted->n_clusters];
    for (size_t row = 0; row < n_rows; row++)
        for (size_t s = 0; s < sums->n; s++) {
            double dot = 0;
            for (size_t k = 0; k < rank; k++)
                dot += sums->adjusted->right[row * rank + k] * sums->directions[s * rank + k];
            sums->turned[row * sums->n + s] = dot;
        }
}

/* block = P_gg of the rows from first to end, added. */
static void add_own(const hotelling_sums *sums, size_t first, size_t end, double *block)
{
    size_t n = sums->n;
    for (size_t row = first; row < end; row++) {
        const double *y = sums->turned + row * n;
        for (size_t s = 0; s < n; s++)
            for (size_t t = 0; t < n; t++)
                block[s * n + t] += sums->adjusted->own[row] * y[s] * y[t];
    }
}

/* Directions to covariance 1, and what the rows have along them; false where there is no covariance. */
static bool normalise(hotelling_sums *sums)
{
    size_t n = sums->n, rank = sums->adjusted->rank;
    double *l = sums->block;
    add_own(sums, 0, sums->adjusted->starts[sums->adjusted->n_clusters], l);
    for (size_t i = 0; i < n; i++) {
        double length = l[i * n + i];
        for (size_t j = 0; j <= i; j++) {
            double sum = l[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (j < i)
                l[i * n + j] = sum / l[j * n + j];
            else if (sum > 1e-14 * length && isfinite(sum))
                l[i * n + i] = sqrt(sum);
            else
                return false;
        }
        for (size_t j = 0; j < i; j++)
            for (size_t k = 0; k < rank; k++)
                sums->directions[i * rank + k] -= l[i * n + j] * sums->directions[j * rank + k];
        for (size_t k = 0; k < rank; k++)
            sums->directions[i * rank + k] /= l[i * n + i];
    }
    turn_directions(sums);
    return true;
}

/* tr(N^2) + (tr N)^2 of a symmetric n x n */
static double spread(const double *block, size_t n)
{
    double trace = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        trace += block[i * n + i];
    for (size_t i = 0; i < n * n; i++)
        squares += block[i] * block[i];
    return squares + trace * trace;
}

/* u = vec(D_g directions'), width x n */
static void fill_u(hotelling_sums *sums, size_t g)
{
    size_t n = sums->n, width = sums->adjusted->width;
    memset(sums->u, 0, sums->size * sizeof *sums->u);
    for (size_t row = sums->adjusted->starts[g]; row < sums->adjusted->starts[g + 1]; row++)
        for (size_t k = 0; k < width; k++)
            for (size_t s = 0; s < n; s++)
                sums->u[k * n + s] += sums->adjusted->left[row * width + k] * sums->turned[row * n + s];
}

static void add_to_tensor(hotelling_sums *sums)
{
    for (size_t i = 0; i < sums->size; i++) {
        double *row = sums->tensor + i * sums->size, factor = sums->u[i];
        for (size_t j = i; j < sums->size; j++)
            row[j] += factor * sums->u[j];
    }
}

static double tensor_entry(const hotelling_sums *sums, size_t i, size_t j)
{
    return sums->tensor[i < j ? i * sums->size + j : j * sums->size + i];
}

static double product_entry(const hotelling_sums *sums, size_t i, size_t j)
{
    return sums->u[i] * sums->u[j];
}

static double sign(const hotelling_sums *sums, size_t k)
{
    return k < sums->adjusted->n_positive ? 1 : -1;
}

/* Sum over pairs of entries of what stands in `first` times what stands in the tensor, as it is and with the directions
 * changed about: with u u' what a cluster and those in the tensor have in common, sum_h tr(N_gh^2) + (tr N_gh)^2; with the
 * tensor itself all pairs of those in it, each with itself too. */
static double meet_tensor(const hotelling_sums *sums, double (*first)(const hotelling_sums *, size_t, size_t))
{
    size_t n = sums->n, width = sums->adjusted->width;
    double total = 0;
    for (size_t k = 0; k < width; k++)
        for (size_t l = 0; l < width; l++) {
            double sum = 0;
            for (size_t s = 0; s < n; s++)
                for (size_t t = 0; t < n; t++)
                    sum += first(sums, k * n + s, l * n + t) *
                           (tensor_entry(sums, k * n + s, l * n + t) + tensor_entry(sums, k * n + t, l * n + s));
            total += sign(sums, k) * sign(sums, l) * sum;
        }
    return total;
}

/* block = U'J U of the cluster whose u is there. */
static void square_u(const hotelling_sums *sums, double *block)
{
    size_t n = sums->n, width = sums->adjusted->width;
    memset(block, 0, n * n * sizeof *block);
    for (size_t k = 0; k < width; k++)
        for (size_t s = 0; s < n; s++)
            for (size_t t = 0; t < n; t++)
                block[s * n + t] += sign(sums, k) * sums->u[k * n + s] * sums->u[k * n + t];
}

/* Clusters of no weight first, in one sum from which their squares are taken; the others, fewer than 2K, meet all before
 * them one by one: nothing large is subtracted. */
static void add_pairs_by_tensor(hotelling_sums *sums)
{
    const adjusted_clusters *adjusted = sums->adjusted;
    double light = 0;
    for (size_t g = 0; g < adjusted->n_clusters; g++) {
        if (!adjusted->is_light[g])
            continue;
        fill_u(sums, g);
        add_to_tensor(sums);
        square_u(sums, sums->block);
        light -= spread(sums->block, sums->n);
    }
    sums->total += meet_tensor(sums, tensor_entry) + light;
    for (size_t g = 0; g < adjusted->n_clusters; g++) {
        if (adjusted->is_light[g])
            continue;
        fill_u(sums, g);
        sums->total += 2 * meet_tensor(sums, product_entry);
        add_to_tensor(sums);
    }
}

/* tr(N_gh^2) + (tr N_gh)^2 by F = (left_g J left_h') (turned_h turned_g'), as small as the clusters have rows. */
static double meet(const hotelling_sums *sums, size_t g, size_t h, double *room)
{
    const adjusted_clusters *adjusted = sums->adjusted;
    size_t n = sums->n, width = adjusted->width, first = adjusted->starts[g], other = adjusted->starts[h],
           n_g = adjusted->starts[g + 1] - first, n_h = adjusted->starts[h + 1] - other;
    double *lefts = room, *f = room + n_g * n_h, trace = 0, squares = 0;
    for (size_t i = 0; i < n_g; i++)
        for (size_t j = 0; j < n_h; j++) {
            double dot = 0;
            for (size_t k = 0; k < width; k++)
                dot +=
                    sign(sums, k) * adjusted->left[(first + i) * width + k] * adjusted->left[(other + j) * width + k];
            lefts[i * n_h + j] = dot;
        }
    memset(f, 0, n_g * n_g * sizeof *f);
    for (size_t j = 0; j < n_h; j++)
        for (size_t k = 0; k < n_g; k++) {
            double dot = 0;
            for (size_t s = 0; s < n; s++)
                dot += sums->turned[(other + j) * n + s] * sums->turned[(first + k) * n + s];
            for (size_t i = 0; i < n_g; i++)
                f[i * n_g + k] += lefts[i * n_h + j] * dot;
        }
    for (size_t i = 0; i < n_g; i++) {
        trace += f[i * n_g + i];
        for (size_t k = 0; k < n_g; k++)
            squares += f[i * n_g + k] * f[k * n_g + i];
    }
    return squares + trace * trace;
}

static behov_status add_pairs_one_by_one(hotelling_sums *sums, behov_error *err)
{
    const adjusted_clusters *adjusted = sums->adjusted;
    size_t most = 1;
    for (size_t g = 0; g < adjusted->n_clusters; g++)
        most =
            adjusted->starts[g + 1] - adjusted->starts[g] > most ? adjusted->starts[g + 1] - adjusted->starts[g] : most;
    double *room = behov_alloc(2 * most, most * sizeof *room);
    if (!room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
    for (size_t g = 0; g < adjusted->n_clusters; g++)
        for (size_t h = 0; h < g; h++)
            sums->total += 2 * meet(sums, g, h, room);
    free(room);
    return BEHOV_OK;
}

behov_status adjusted_dof(const adjusted_clusters *adjusted, size_t n, const double *directions, double *eta,
                          behov_error *err)
{
    hotelling_sums sums;
    *eta = NAN;
    behov_status status = sums_new(adjusted, n, directions, &sums, err);
    if (status)
        return status;
    turn_directions(&sums);
    if (normalise(&sums)) {
        for (size_t g = 0; g < adjusted->n_clusters; g++) {
            memset(sums.block, 0, n * n * sizeof *sums.block);
            add_own(&sums, adjusted->starts[g], adjusted->starts[g + 1], sums.block);
            sums.total += spread(sums.block, n);
        }
        if (sums.tensor)
            add_pairs_by_tensor(&sums);
        else
            status = add_pairs_one_by_one(&sums, err);
        *eta = (double)n * (double)(n + 1) / sums.total;
    }
    sums_free(&sums);
    return status;
}
