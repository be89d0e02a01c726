/* vcov_jackknife.c - the jackknife over clusters, CV3 and CV3J, in parts of the clusters whose sums are joined in their
 * order. */
#include "vcov_jackknife.h"

#include <behov/parallel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "linalg.h"

static behov_status cluster_decides(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                    size_t cluster, cluster_influence *cluster_influence, behov_error *err)
{
    size_t column = 0;
    char label[400], where[600];
    behov_status status = influence_unidentified(fit, cluster_influence, &column, err);
    if (status)
        return status;
    behov_clusters_label(clusters, cluster, label);
    snprintf(where, sizeof where, "%s = %s", behov_cut(behov_clusters_key(clusters), 60).text,
             behov_cut(label, 80).text);
    return behov_error_say(err, BEHOV_E_RANK, where, SAY_VCOV_CLUSTER_DECIDES, behov_design_regressor(design, column));
}

/* The sums of a part of the clusters. */
typedef struct jackknife_part {
    influence_sum sum;
    cluster_influence influence;
    double *squares, *mean, *work; /* rank x rank; rank; 2 rank */
    size_t failed; /* the first cluster without which a coefficient is not identified; n_clusters = none */
} jackknife_part;

typedef struct jackknife {
    const behov_fit *fit;
    const cluster_basis *basis;
    jackknife_part *parts;
} jackknife;

static void jackknife_free(jackknife *jackknife)
{
    for (size_t i = 0; jackknife->parts && i < jackknife->basis->n_parts; i++) {
        jackknife_part *part = &jackknife->parts[i];
        influence_sum_free(&part->sum), influence_free(&part->influence), free(part->squares);
    }
    free(jackknife->parts);
}

static behov_status jackknife_new(const behov_fit *fit, const cluster_basis *basis, bool is_about_mean,
                                  jackknife *jackknife, behov_error *err)
{
    size_t rank = fit->rank;
    jackknife->fit = fit;
    jackknife->basis = basis;
    jackknife->parts = behov_alloc(basis->n_parts, sizeof *jackknife->parts);
    behov_status status = jackknife->parts ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_JACKKNIFE);
    for (size_t i = 0; i < basis->n_parts && !status; i++) {
        jackknife_part *part = &jackknife->parts[i];
        part->failed = basis->n_clusters;
        part->squares = behov_alloc(rank + 3, rank * sizeof *part->squares);
        if (!part->squares)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_JACKKNIFE);
        part->mean = part->squares + rank * rank;
        part->work = part->mean + rank;
        status = influence_sum_new(rank, is_about_mean, part->squares, &part->sum, err);
        if (!status)
            status = influence_new(fit, &part->influence, err);
    }
    return status;
}

static void sum_part(void *context, size_t index)
{
    const jackknife *jackknife = context;
    const cluster_basis *basis = jackknife->basis;
    jackknife_part *part = &jackknife->parts[index];
    size_t rank = basis->rank;
    double *x = part->work, *d = part->work + rank;
    for (size_t g = basis->parts[index]; g < basis->parts[index + 1]; g++) {
        influence_of_cluster(basis, g, &part->influence);
        if (!influence_without(&part->influence, x)) {
            part->failed = g;
            return;
        }
        influence_to_coefficients(jackknife->fit, x, d);
        influence_sum_add(&part->sum, d, x);
        for (size_t p = 0; p < rank; p++)
            part->mean[p] += d[p] / (double)basis->n_clusters;
    }
}

/* The parts' sums into `sum`, in their order. */
static void join_parts(const jackknife *jackknife, influence_sum *sum)
{
    const cluster_basis *basis = jackknife->basis;
    size_t rank = basis->rank, width = sum->width;
    double *mean = jackknife->parts[0].mean;
    for (size_t index = 0; index < basis->n_parts; index++) {
        jackknife_part *part = &jackknife->parts[index];
        influence_sum_flush(&part->sum);
        for (size_t i = 0; i < rank * rank; i++)
            sum->squares[i] += part->squares[i];
        if (index == 0)
            memcpy(sum->triangle, part->sum.triangle, width * width * sizeof *sum->triangle);
        else
            behov_triangle_add(sum->triangle, width, part->sum.triangle, width, sum->waiting);
        for (size_t p = 0; p < rank && index > 0; p++)
            mean[p] += part->mean[p];
    }
    for (size_t i = 0; i < rank && sum->is_about_mean; i++)
        for (size_t j = 0; j <= i; j++)
            sum->squares[i * rank + j] -= (double)basis->n_clusters * mean[i] * mean[j];
}

/* d_g = b_(-g) - b = -T (I - S_g)^-1 v_g, squared about 0 or about their mean. */
behov_status vcov_sum_jackknife(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                const cluster_basis *basis, influence_sum *sum, behov_error *err)
{
    jackknife jackknife = {0};
    behov_status status = jackknife_new(fit, basis, sum->is_about_mean, &jackknife, err);
    if (!status)
        behov_parallel(behov_design_n_threads(design), basis->n_parts, sum_part, &jackknife);
    for (size_t index = 0; index < basis->n_parts && !status; index++) {
        jackknife_part *part = &jackknife.parts[index];
        if (part->failed < basis->n_clusters)
            status = cluster_decides(fit, design, clusters, part->failed, &part->influence, err);
    }
    if (!status)
        join_parts(&jackknife, sum);
    jackknife_free(&jackknife);
    return status;
}
