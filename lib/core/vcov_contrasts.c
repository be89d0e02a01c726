/* vcov_contrasts.c - degrees of freedom of many contrasts under CV2, a need of each row.
 *
 * With y the products t_i t_j, i <= j, of a contrast's direction everything that Satterthwaite's formula asks for is a
 * sum over clusters that can be made before (adjusted.h):
 *
 *   dof = (sum_g P_gg)^2 / (sum_g P_gg^2 + sum_(g != h) P_gh^2),   P_gg = e_g'y,   P_gh^2 = (u_g'J u_h)^2
 *   sum_gh P_gh^2 = sum_kl J_kk J_ll W_kl^2,   W = sum_g u_g u_g', linear in y
 *
 * so that a contrast costs K^4 / 2, whatever the number of clusters. Clusters whose squares may not be subtracted from the
 * double sum without losing digits, fewer than 2K, stand beside it one by one; so do all clusters where there are few
 * for so many columns. */
#include <behov/vcov.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"
#include "vcov_parts.h"

struct behov_vcov_contrasts {
    const behov_vcov *vcov;
    const behov_fit *fit;
    size_t n_products, n_entries; /* K (K + 1) / 2; width (width + 1) / 2 */
    double *trace;                /* n_products: sum of e_g */
    double *entries;              /* n_entries x n_products: W; NULL: every cluster stands alone */
    double *squares;              /* n_products x n_products: sum of e_g e_g' - d_g d_g', d_g those of u_g'J u_g */
    double *y, *direction, *u, *w;
    double *d; /* width x K */
    double *e; /* n_products, twice */
};

static double sign(const adjusted_clusters *adjusted, size_t k)
{
    return k < adjusted->n_positive ? 1 : -1;
}

/* Room for numbers: K^4 / 4 of them twice, or none where a contrast is quicker without. */
static bool has_entries(const adjusted_clusters *adjusted, size_t n_products, size_t n_entries)
{
    double with = (double)n_products * (double)(n_products + n_entries), width = (double)adjusted->width,
           n_rows = (double)adjusted->starts[adjusted->n_clusters];
    return with < 4 * (n_rows * ((double)adjusted->rank + width) + (double)adjusted->n_clusters * width * width);
}

/* Whether a cluster is in the sums that were made before. */
static bool is_summed(const behov_vcov_contrasts *contrasts, size_t g)
{
    return contrasts->entries && contrasts->vcov->adjusted.is_light[g];
}

/* Numbers by i <= j of a symmetric matrix a, the mixed ones twice: a_ij t_i t_j added up is their product with y. */
static void add_product(const double *row, const double *other, double factor, size_t n, double *products)
{
    for (size_t i = 0, p = 0; i < n; i++) {
        products[p++] += factor * row[i] * other[i];
        for (size_t j = i + 1; j < n; j++)
            products[p++] += factor * (row[i] * other[j] + row[j] * other[i]);
    }
}

/* d = D_g, e = those of E_g and of D_g'J D_g. */
static void fill_cluster(behov_vcov_contrasts *contrasts, size_t g)
{
    const adjusted_clusters *adjusted = &contrasts->vcov->adjusted;
    size_t rank = adjusted->rank, width = adjusted->width;
    double *others = contrasts->e + contrasts->n_products;
    memset(contrasts->d, 0, width * rank * sizeof *contrasts->d);
    memset(contrasts->e, 0, 2 * contrasts->n_products * sizeof *contrasts->e);
    for (size_t row = adjusted->starts[g]; row < adjusted->starts[g + 1]; row++) {
        const double *right = adjusted->right + row * rank;
        for (size_t k = 0; k < width; k++)
            for (size_t i = 0; i < rank; i++)
                contrasts->d[k * rank + i] += adjusted->left[row * width + k] * right[i];
        add_product(right, right, adjusted->own[row], rank, contrasts->e);
    }
    for (size_t k = 0; k < width && contrasts->entries; k++)
        add_product(contrasts->d + k * rank, contrasts->d + k * rank, sign(adjusted, k), rank, others);
}

static void add_cluster(behov_vcov_contrasts *contrasts)
{
    const adjusted_clusters *adjusted = &contrasts->vcov->adjusted;
    size_t rank = adjusted->rank, n = contrasts->n_products;
    const double *e = contrasts->e, *others = contrasts->e + n;
    for (size_t k = 0, entry = 0; k < adjusted->width; k++)
        for (size_t l = k; l < adjusted->width; l++, entry++)
            add_product(contrasts->d + k * rank, contrasts->d + l * rank, 1, rank, contrasts->entries + entry * n);
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q < n; q++)
            contrasts->squares[p * n + q] += e[p] * e[q] - others[p] * others[q];
}

static behov_status reserve(behov_vcov_contrasts *contrasts, behov_error *err)
{
    const adjusted_clusters *adjusted = &contrasts->vcov->adjusted;
    size_t rank = adjusted->rank, width = adjusted->width, n = rank * (rank + 1) / 2, m = width * (width + 1) / 2;
    contrasts->n_products = n;
    contrasts->n_entries = m;
    contrasts->trace = behov_alloc(4, n * sizeof *contrasts->trace);
    contrasts->direction = behov_alloc(rank + width + width * width, sizeof *contrasts->direction);
    contrasts->d = behov_alloc(width, rank * sizeof *contrasts->d);
    bool has_room = contrasts->trace && contrasts->direction && contrasts->d;
    if (has_room && has_entries(adjusted, n, m)) {
        contrasts->entries = behov_alloc(m, n * sizeof *contrasts->entries);
        contrasts->squares = behov_alloc(n, n * sizeof *contrasts->squares);
        has_room = contrasts->entries && contrasts->squares;
    }
    if (!has_room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
    contrasts->y = contrasts->trace + n;
    contrasts->e = contrasts->trace + 2 * n;
    contrasts->u = contrasts->direction + rank;
    contrasts->w = contrasts->u + width;
    return BEHOV_OK;
}

behov_status behov_vcov_contrasts_new(const behov_vcov *vcov, const behov_fit *fit, behov_vcov_contrasts **contrasts,
                                      behov_error *err)
{
    behov_vcov_contrasts *new_contrasts = behov_alloc(1, sizeof *new_contrasts);
    if (!new_contrasts)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
    new_contrasts->vcov = vcov;
    new_contrasts->fit = fit;
    behov_status status = vcov->dof_of ? reserve(new_contrasts, err) : BEHOV_OK;
    if (status) {
        behov_vcov_contrasts_free(new_contrasts);
        return status;
    }
    for (size_t g = 0; g < vcov->adjusted.n_clusters; g++) {
        fill_cluster(new_contrasts, g);
        for (size_t p = 0; p < new_contrasts->n_products; p++)
            new_contrasts->trace[p] += new_contrasts->e[p];
        if (is_summed(new_contrasts, g))
            add_cluster(new_contrasts);
    }
    *contrasts = new_contrasts;
    return BEHOV_OK;
}

void behov_vcov_contrasts_free(behov_vcov_contrasts *contrasts)
{
    if (!contrasts)
        return;
    free(contrasts->trace), free(contrasts->direction), free(contrasts->d);
    free(contrasts->entries), free(contrasts->squares);
    free(contrasts);
}

static double dot_of(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* W of the clusters summed, and all pairs of them. */
static double sum_before(behov_vcov_contrasts *contrasts)
{
    const adjusted_clusters *adjusted = &contrasts->vcov->adjusted;
    size_t width = adjusted->width, n = contrasts->n_products;
    double total = 0;
    memset(contrasts->w, 0, width * width * sizeof *contrasts->w);
    if (!contrasts->entries)
        return 0;
    for (size_t k = 0, entry = 0; k < width; k++)
        for (size_t l = k; l < width; l++, entry++) {
            double w = dot_of(contrasts->entries + entry * n, contrasts->y, n);
            contrasts->w[k * width + l] = contrasts->w[l * width + k] = w;
            total += (k == l ? 1 : 2) * sign(adjusted, k) * sign(adjusted, l) * w * w;
        }
    for (size_t p = 0; p < n; p++)
        total += contrasts->y[p] * dot_of(contrasts->squares + p * n, contrasts->y, n);
    return total;
}

/* A cluster that stands alone: with itself, and with all before it. */
static double meet(behov_vcov_contrasts *contrasts, size_t g)
{
    const adjusted_clusters *adjusted = &contrasts->vcov->adjusted;
    size_t rank = adjusted->rank, width = adjusted->width;
    double own = 0, others = 0;
    memset(contrasts->u, 0, width * sizeof *contrasts->u);
    for (size_t row = adjusted->starts[g]; row < adjusted->starts[g + 1]; row++) {
        double dot = dot_of(adjusted->right + row * rank, contrasts->direction, rank);
        own += adjusted->own[row] * dot * dot;
        for (size_t k = 0; k < width; k++)
            contrasts->u[k] += adjusted->left[row * width + k] * dot;
    }
    for (size_t k = 0; k < width; k++)
        for (size_t l = 0; l < width; l++) {
            double square = contrasts->u[k] * contrasts->u[l];
            others += sign(adjusted, k) * sign(adjusted, l) * square * contrasts->w[k * width + l];
            contrasts->w[k * width + l] += square;
        }
    return own * own + 2 * (others > 0 ? others : 0);
}

double behov_vcov_contrast_dof(behov_vcov_contrasts *contrasts, const double *regressors)
{
    const behov_vcov *vcov = contrasts->vcov;
    if (!vcov->dof_of)
        return vcov->dof;
    double *direction = contrasts->direction, length = 0;
    vcov_turn_level(contrasts->fit, regressors, direction);
    for (size_t i = 0; i < vcov->rank; i++)
        length = fmax(length, fabs(direction[i]));
    for (size_t i = 0; i < vcov->rank; i++) /* fourth powers are taken */
        direction[i] = length > 0 ? direction[i] / length : 0;
    for (size_t i = 0, p = 0; i < vcov->rank; i++)
        for (size_t j = i; j < vcov->rank; j++)
            contrasts->y[p++] = direction[i] * direction[j];
    double trace = dot_of(contrasts->trace, contrasts->y, contrasts->n_products), total = sum_before(contrasts);
    for (size_t g = 0; g < vcov->adjusted.n_clusters; g++)
        if (!is_summed(contrasts, g))
            total += meet(contrasts, g);
    return trace * trace / total;
}
