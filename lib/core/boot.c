/* boot.c - the wild cluster bootstrap as sums over clusters.
 *
 * Symbols: P = X~ T has orthonormal columns (influence.h), G clusters, K kept columns, S_g = P_g'P_g, v_g = P_g'u_g.
 * The restriction is a'theta = r with a scaled to length 1; delta = (R b - r) in that scale. Then
 *
 *   restricted: theta - a delta, u_g + P_g a delta;  so v_g(delta) = v_g + delta c_g,  c_g = S_g a
 *   one draw:   s = sum_g w_g v_g(delta),  numerator a's,  score of cluster g  z_g = w_g alpha_g(delta) - c_g's
 *               alpha_g(delta) = a'v_g + delta a'c_g,   se*^2 = factor sum_g z_g^2
 *
 * With C (rows c_g) = C~ R, C~'C~ = I, q = R s and D = C~'(w alpha) the sum of squares is
 *   sum_g w_g^2 alpha_g^2 - 2 D'q + q'q
 * so a draw needs linear functionals of w alone: q and D, each linear in delta (q0 + delta q1), the numerator (also),
 * and sums of w^2 (constant for signs): 4K + 2 numbers, whatever G. They come from tables over groups of clusters: with
 * signs 8 clusters have 256 patterns, with six-point weights 3 clusters 216, and a draw adds one row a group instead of
 * one a cluster ("four Russians"; Arlazarov et al. 1970). A matrix product with gsl_blas_dgemm would take eight times
 * the additions, three with six points.
 *
 * The square expanded loses digits where little is left of it. A draw whose sum of squares is small beside its parts,
 * or whose t* is near t, is summed directly, cluster by cluster.
 * The numerator and the sum of squares are polynomials in delta, five coefficients a draw: the interval is found by
 * bisection on them.
 *
 * Random numbers: word i of draw d is the output number d * words + i of splitmix64 (Steele, Lea & Flood 2014) started
 * from the seed: a function of seed and number, so that threads share nothing. */
#include <behov/boot.h>

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "extended.h"
#include "fit_parts.h"
#include "influence.h"
#include "sole.h"
#include "test_parts.h"

enum {
    BLOCK = 512,         /* draws that are worked on together: 200 kB of sums with K = 12, within the second cache */
    TABLES_MAX = 1 << 26 /* bytes of tables that are kept; more are made anew for each block */
};

/* Of t*: equal to t. Rounding leaves 1e-15 to 1e-14 of the larger of 1 and t; different sign vectors of up to 20
 * clusters are 1e-6 apart. */
static const double tie_tolerance = 1e-12;
/* Below this share of its parts the sum of squares is taken directly: 1e-16 / 1e-4 is left of the rounding. */
static const double cancelled = 1e-4;
/* A t*^2 nearer to t^2 than this is taken directly. */
static const double near_tie = 1e-8;
/* Interval: standard errors from the estimate up to which an end is looked for. */
static const double farthest = 1e4;

typedef struct draw_polynomials { /* arrays over the draws */
    double *n0, *n1, *e0, *e1, *e2;
} draw_polynomials;

typedef struct bootstrap {
    size_t rank, n_clusters, n_basis;
    double *a;           /* direction, length 1 */
    double *v, *c;       /* G x rank */
    double *functionals; /* G x n_functionals: q0, D0, [q1, D1,] n0, [n1,] then those of w^2 */
    size_t n_linear, n_functionals;
    double square[3];        /* sum alpha0^2, sum alpha0 gamma, sum gamma^2, gamma_g = a'c_g */
    double delta, factor, t; /* delta of the null, 0 when unrestricted */
    bool is_unrestricted, is_enumerated;
    behov_boot_draws draws;
    double weights[6];
    size_t n_weights, in_group, n_groups, n_patterns;
    double *tables; /* n_groups x n_patterns x n_functionals; NULL = too large to keep */
    uint64_t key;
    size_t n_draws, n_blocks, words;
    draw_polynomials of_draws; /* restricted */
    double *sizes;             /* unrestricted: |t*| */
    const behov_boot_options *options;
} bootstrap;

typedef struct worker {
    const bootstrap *bootstrap;
    size_t first, step; /* blocks first, first + step, ... */
    double *sums, *table, *w;
    unsigned char *patterns; /* BLOCK x n_groups */
    size_t n_strictly_greater, n_ties, n_below, n_above;
} worker;

static const char *const draws_names[BEHOV_N_BOOT_DRAWS] = {
    [BEHOV_BOOT_DEFAULT] = "",
    [BEHOV_BOOT_RADEMACHER] = "rademacher",
    [BEHOV_BOOT_WEBB] = "webb",
    [BEHOV_BOOT_MAMMEN] = "mammen",
};

const char *behov_boot_draws_name(behov_boot_draws draws)
{
    return draws < BEHOV_N_BOOT_DRAWS ? draws_names[draws] : "";
}

behov_boot_draws behov_boot_draws_of_name(const char *name)
{
    for (int draws = BEHOV_BOOT_RADEMACHER; draws < BEHOV_N_BOOT_DRAWS; draws++)
        if (strcmp(draws_names[draws], name) == 0)
            return (behov_boot_draws)draws;
    return BEHOV_N_BOOT_DRAWS;
}

static double dot(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* ---- clusters ------------------------------------------------------------------------------------------------------
 */

static void bootstrap_free(bootstrap *bootstrap)
{
    free(bootstrap->a), free(bootstrap->v), free(bootstrap->c), free(bootstrap->functionals), free(bootstrap->tables);
    free(bootstrap->of_draws.n0), free(bootstrap->sizes);
}

/* a = T'c~ of length 1; `length` is what it had, in units of R b. */
static behov_status direction(bootstrap *bootstrap, const behov_fit *fit, const double *row, int outcome_exponent,
                              double *length, behov_error *err)
{
    size_t rank = bootstrap->rank;
    if (!(bootstrap->a = behov_alloc(rank, sizeof *bootstrap->a)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    int largest = 0, exponent;
    bool is_first = true;
    for (size_t p = 0; p < rank; p++) {
        size_t k = fit->kept_positions[p];
        if (row[k] == 0)
            continue;
        frexp(row[k], &exponent);
        exponent += outcome_exponent - fit->exponents[k];
        largest = is_first || exponent > largest ? exponent : largest;
        is_first = false;
    }
    for (size_t p = 0; p < rank; p++) {
        size_t k = fit->kept_positions[p];
        double weight = ldexp(row[k], outcome_exponent - fit->exponents[k] - largest);
        for (size_t q = p; q < rank && weight != 0; q++)
            bootstrap->a[q] += fit->inverse[p * rank + q].hi * weight;
    }
    double norm = sqrt(dot(bootstrap->a, bootstrap->a, rank));
    for (size_t p = 0; p < rank; p++)
        bootstrap->a[p] /= norm;
    *length = ldexp(norm, largest);
    return BEHOV_OK;
}

/* Adds the share of what is tested that this cluster alone identifies (sole.h): no draw holds anything of it. */
static behov_status add_sole_share(const bootstrap *bootstrap, cluster_influence *cluster_influence, double *share,
                                   behov_error *err)
{
    size_t rank = bootstrap->rank;
    double leverage = 0;
    for (size_t q = 0; q < rank; q++)
        leverage += cluster_influence->s[q * rank + q];
    if (leverage < 1 - 1e-3 - cluster_influence->only_here)
        return BEHOV_OK;
    behov_status status = influence_eigen(cluster_influence, err);
    for (size_t e = 0; e < rank && !status; e++) {
        double part = 0;
        for (size_t q = 0; q < rank; q++)
            part += cluster_influence->vectors[q * rank + e] * bootstrap->a[q];
        *share += 1 - cluster_influence->values[e] <= cluster_influence->only_here ? part * part : 0;
    }
    return status;
}

/* v_g and c_g of every cluster. */
static behov_status gather(bootstrap *bootstrap, const behov_fit *fit, const behov_factors *factors, behov_error *err)
{
    size_t rank = bootstrap->rank, n_clusters = bootstrap->n_clusters;
    cluster_influence cluster_influence;
    cluster_basis basis = {0};
    double sole = 0;
    bootstrap->v = behov_alloc(n_clusters, rank * sizeof *bootstrap->v);
    bootstrap->c = behov_alloc(n_clusters, rank * sizeof *bootstrap->c);
    behov_status status = bootstrap->v && bootstrap->c ? cluster_basis_from_factors(fit, factors, &basis, err)
                                                       : behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    if (!status)
        status = influence_new(fit, &cluster_influence, err);
    if (status) {
        cluster_basis_free(&basis);
        return status;
    }
    for (size_t g = 0; g < n_clusters; g++) {
        influence_of_cluster(&basis, g, &cluster_influence);
        memcpy(bootstrap->v + g * rank, cluster_influence.v, rank * sizeof *bootstrap->v);
        for (size_t p = 0; p < rank; p++)
            bootstrap->c[g * rank + p] = dot(cluster_influence.s + p * rank, bootstrap->a, rank);
        if (!status)
            status = add_sole_share(bootstrap, &cluster_influence, &sole, err);
        double alpha = dot(bootstrap->a, bootstrap->v + g * rank, rank),
               gamma = dot(bootstrap->a, bootstrap->c + g * rank, rank);
        bootstrap->square[0] += alpha * alpha;
        bootstrap->square[1] += alpha * gamma;
        bootstrap->square[2] += gamma * gamma;
    }
    influence_free(&cluster_influence);
    cluster_basis_free(&basis);
    if (!status && sole >= BEHOV_LEAST_SHARE)
        status = behov_error_say(err, BEHOV_E_RANK, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_SOLE_CLUSTER);
    return status;
}

/* C = C~ R by Gram-Schmidt with one repetition; a column of which rounding alone is left adds no basis vector.
 * basis: G x rank, its first n_basis columns; triangle: rank x rank, rows of R. */
static void orthonormal(bootstrap *bootstrap, double *basis, double *triangle)
{
    size_t rank = bootstrap->rank, n_clusters = bootstrap->n_clusters;
    for (size_t j = 0; j < rank; j++) {
        size_t m = bootstrap->n_basis;
        double length = 0, rest = 0;
        for (size_t g = 0; g < n_clusters; g++) {
            basis[g * rank + m] = bootstrap->c[g * rank + j];
            length += bootstrap->c[g * rank + j] * bootstrap->c[g * rank + j];
        }
        for (int pass = 0; pass < 2; pass++)
            for (size_t i = 0; i < m; i++) {
                double product = 0;
                for (size_t g = 0; g < n_clusters; g++)
                    product += basis[g * rank + i] * basis[g * rank + m];
                for (size_t g = 0; g < n_clusters; g++)
                    basis[g * rank + m] -= product * basis[g * rank + i];
                triangle[i * rank + j] += product;
            }
        for (size_t g = 0; g < n_clusters; g++)
            rest += basis[g * rank + m] * basis[g * rank + m];
        rest = sqrt(rest);
        if (rest <= 1e-14 * sqrt(length))
            continue;
        for (size_t g = 0; g < n_clusters; g++)
            basis[g * rank + m] /= rest;
        triangle[m * rank + j] = rest;
        bootstrap->n_basis++;
    }
}

static behov_status make_functionals(bootstrap *bootstrap, behov_error *err)
{
    size_t rank = bootstrap->rank, n_clusters = bootstrap->n_clusters;
    double *basis = behov_alloc(n_clusters, rank * sizeof *basis),
           *triangle = behov_alloc(rank, rank * sizeof *triangle);
    behov_status status = basis && triangle ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    if (!status) {
        orthonormal(bootstrap, basis, triangle);
        size_t m = bootstrap->n_basis, orders = bootstrap->is_unrestricted ? 1 : 2;
        bootstrap->n_linear = orders * (2 * m + 1);
        bootstrap->n_functionals =
            bootstrap->n_linear + (bootstrap->draws == BEHOV_BOOT_RADEMACHER ? 0 : 2 * orders - 1);
        bootstrap->functionals = behov_alloc(n_clusters, bootstrap->n_functionals * sizeof *bootstrap->functionals);
        if (!bootstrap->functionals)
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
        for (size_t g = 0; g < n_clusters && !status; g++) {
            double *cursor = bootstrap->functionals + g * bootstrap->n_functionals, size[2];
            for (size_t order = 0; order < orders; order++) {
                const double *x = (order ? bootstrap->c : bootstrap->v) + g * rank;
                size[order] = dot(bootstrap->a, x, rank);
                for (size_t i = 0; i < m; i++)
                    *cursor++ = dot(triangle + i * rank, x, rank);
                for (size_t i = 0; i < m; i++)
                    *cursor++ = basis[g * rank + i] * size[order];
            }
            for (size_t order = 0; order < orders; order++)
                *cursor++ = size[order];
            if (bootstrap->draws == BEHOV_BOOT_RADEMACHER)
                continue;
            *cursor++ = size[0] * size[0];
            if (orders == 2) {
                *cursor++ = size[0] * size[1];
                *cursor++ = size[1] * size[1];
            }
        }
    }
    free(basis), free(triangle);
    return status;
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

static size_t group_size(const bootstrap *bootstrap, size_t group)
{
    size_t left = bootstrap->n_clusters - group * bootstrap->in_group;
    return left < bootstrap->in_group ? left : bootstrap->in_group;
}

/* Row p: the sums over the clusters of the group with the weights that the digits of p name, first cluster lowest. */
static void make_table(const bootstrap *bootstrap, size_t group, double *table)
{
    size_t n = bootstrap->n_functionals, n_made = 1, count = group_size(bootstrap, group);
    memset(table, 0, n * sizeof *table);
    for (size_t j = 0; j < count; j++) {
        const double *row = bootstrap->functionals + (group * bootstrap->in_group + j) * n;
        for (size_t digit = bootstrap->n_weights;
             digit-- > 0;) { /* digit 0 last: it writes over what the others start from */
            double w = bootstrap->weights[digit];
            for (size_t p = 0; p < n_made; p++) {
                const double *source = table + p * n;
                double *out = table + (digit * n_made + p) * n;
                for (size_t f = 0; f < bootstrap->n_linear; f++)
                    out[f] = source[f] + w * row[f];
                for (size_t f = bootstrap->n_linear; f < n; f++)
                    out[f] = source[f] + w * w * row[f];
            }
        }
        n_made *= bootstrap->n_weights;
    }
}

static behov_status make_tables(bootstrap *bootstrap, behov_error *err)
{
    size_t index = bootstrap->n_patterns * bootstrap->n_functionals;
    if (bootstrap->n_groups > TABLES_MAX / sizeof *bootstrap->tables / index)
        return BEHOV_OK;
    if (!(bootstrap->tables = behov_alloc(bootstrap->n_groups, index * sizeof *bootstrap->tables)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    for (size_t group = 0; group < bootstrap->n_groups; group++)
        make_table(bootstrap, group, bootstrap->tables + group * index);
    return BEHOV_OK;
}

/* ---- draws ---------------------------------------------------------------------------------------------------------
 */

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static uint64_t word(const bootstrap *bootstrap, size_t draw, size_t i)
{
    return mix(bootstrap->key + ((uint64_t)draw * bootstrap->words + i + 1) * UINT64_C(0x9E3779B97F4A7C15));
}

/* Share of a 32-bit number: of Mammen's first weight, (sqrt 5 + 1) / (2 sqrt 5) = 0.7236. */
static const uint32_t mammen_share = 3107867531u;

static void draw_patterns(const bootstrap *bootstrap, size_t draw, unsigned char *patterns)
{
    uint64_t bits = 0;
    if (bootstrap->is_enumerated) /* lexicographic: the last cluster turns first */
        for (size_t g = 0; g < bootstrap->n_clusters; g++)
            bits |= (uint64_t)(draw >> (bootstrap->n_clusters - 1 - g) & 1) << g;
    for (size_t group = 0; group < bootstrap->n_groups; group++) {
        size_t count = group_size(bootstrap, group);
        if (bootstrap->draws == BEHOV_BOOT_RADEMACHER) {
            if (group % 8 == 0 && !bootstrap->is_enumerated)
                bits = word(bootstrap, draw, group / 8);
            patterns[group] = (unsigned char)(bits & ((1u << count) - 1));
            bits >>= 8;
        } else if (bootstrap->draws == BEHOV_BOOT_WEBB) { /* 2^32 numbers on 216 patterns: 5e-8 from even */
            static const uint64_t powers[] = {1, 6, 36, 216};
            if (group % 2 == 0)
                bits = word(bootstrap, draw, group / 2);
            patterns[group] = (unsigned char)((bits & 0xFFFFFFFFu) * powers[count] >> 32);
            bits >>= 32;
        } else {
            unsigned pattern = 0;
            for (size_t j = 0; j < count; j++) {
                if (j % 2 == 0)
                    bits = word(bootstrap, draw, group * 4 + j / 2);
                pattern |= (unsigned)((bits & 0xFFFFFFFFu) >= mammen_share) << j;
                bits >>= 32;
            }
            patterns[group] = (unsigned char)pattern;
        }
    }
}

/* t* cluster by cluster. With d_g = w_g - w_1, and because sum_g v_g = 0 and sum_g c_g = a,
 *
 *   s = s0 + delta (w_1 a + s1),  s0 = sum_g d_g v_g,  s1 = sum_g d_g c_g
 *   z_g = w_g alpha0_g - c_g's0 + delta (d_g gamma_g - c_g's1)
 *
 * so the parts that would cancel when all signs are alike, however far the null value is, never arise. */
static double direct(const bootstrap *bootstrap, const unsigned char *patterns, double *w)
{
    size_t rank = bootstrap->rank, n_clusters = bootstrap->n_clusters;
    double *s0 = w + n_clusters, *s1 = s0 + rank, delta = bootstrap->delta, squares = 0, parts = 0;
    memset(s0, 0, 2 * rank * sizeof *s0);
    for (size_t g = 0, pattern = 0; g < n_clusters; g++, pattern /= bootstrap->n_weights) {
        if (g % bootstrap->in_group == 0)
            pattern = patterns[g / bootstrap->in_group];
        w[g] = bootstrap->weights[pattern % bootstrap->n_weights];
        double d = w[g] - w[0];
        for (size_t p = 0; p < rank && d != 0; p++) {
            s0[p] += d * bootstrap->v[g * rank + p];
            s1[p] += d * bootstrap->c[g * rank + p];
        }
    }
    for (size_t g = 0; g < n_clusters; g++) {
        const double *v = bootstrap->v + g * rank, *c = bootstrap->c + g * rank;
        double own = w[g] * dot(bootstrap->a, v, rank), common = dot(c, s0, rank);
        double own_far = delta * (w[g] - w[0]) * dot(bootstrap->a, c, rank), common_far = delta * dot(c, s1, rank);
        double score = own - common + (own_far - common_far);
        squares += score * score;
        parts += own * own + common * common + own_far * own_far + common_far * common_far;
    }
    double numerator = dot(bootstrap->a, s0, rank) + delta * (w[0] + dot(bootstrap->a, s1, rank));
    if (squares > 1e-28 * parts)
        return numerator / sqrt(bootstrap->factor * squares);
    /* No residual is left: t* is 0/0 or infinite. */
    return fabs(numerator) <= 1e-14 * sqrt(parts) ? 0 : numerator > 0 ? INFINITY : -INFINITY;
}

/* From the sums of one draw to t*, and to its polynomials. */
static double finish(const bootstrap *bootstrap, size_t draw, const double *sums, const unsigned char *patterns,
                     double *w)
{
    size_t m = bootstrap->n_basis;
    const double *q0 = sums, *d0 = sums + m, *rest = sums + bootstrap->n_linear;
    bool is_sign = bootstrap->draws == BEHOV_BOOT_RADEMACHER;
    double a0 = is_sign ? bootstrap->square[0] : rest[0], d0q0 = dot(d0, q0, m), q0q0 = dot(q0, q0, m),
           delta = bootstrap->delta;
    double numerator, parts, squares;
    if (bootstrap->is_unrestricted) {
        numerator = sums[2 * m];
        squares = a0 - 2 * d0q0 + q0q0;
        parts = a0 + q0q0;
    } else {
        const double *q1 = sums + 2 * m, *d1 = sums + 3 * m;
        double a1 = is_sign ? bootstrap->square[1] : rest[1], a2 = is_sign ? bootstrap->square[2] : rest[2];
        double n0 = sums[4 * m], n1 = sums[4 * m + 1], cross = dot(q0, q1, m), q1q1 = dot(q1, q1, m);
        double e0 = a0 - 2 * d0q0 + q0q0, e1 = 2 * (a1 - dot(d0, q1, m) - dot(d1, q0, m) + cross);
        double e2 = a2 - 2 * dot(d1, q1, m) + q1q1;
        bootstrap->of_draws.n0[draw] = n0;
        bootstrap->of_draws.n1[draw] = n1;
        bootstrap->of_draws.e0[draw] = e0;
        bootstrap->of_draws.e1[draw] = e1;
        bootstrap->of_draws.e2[draw] = e2;
        numerator = n0 + delta * n1;
        squares = (e2 * delta + e1) * delta + e0;
        parts = a0 + q0q0 + delta * delta * (a2 + q1q1);
    }
    double t2 = bootstrap->t * bootstrap->t, t = squares > 0 ? numerator / sqrt(bootstrap->factor * squares) : INFINITY;
    if (squares < cancelled * parts || fabs(t * t - t2) <= near_tie * (t2 > 1 ? t2 : 1))
        t = direct(bootstrap, patterns, w);
    return t;
}

static void work(void *workers, size_t index)
{
    worker *me = (worker *)workers + index;
    const bootstrap *bootstrap = me->bootstrap;
    size_t n = bootstrap->n_functionals;
    double size = fabs(bootstrap->t), tolerance = tie_tolerance * (size > 1 ? size : 1);
    for (size_t block = me->first; block < bootstrap->n_blocks; block += me->step) {
        size_t first = block * BLOCK, count = bootstrap->n_draws - first < BLOCK ? bootstrap->n_draws - first : BLOCK;
        for (size_t d = 0; d < count; d++)
            draw_patterns(bootstrap, first + d, me->patterns + d * bootstrap->n_groups);
        memset(me->sums, 0, count * n * sizeof *me->sums);
        for (size_t group = 0; group < bootstrap->n_groups; group++) {
            const double *table = bootstrap->tables ? bootstrap->tables + group * bootstrap->n_patterns * n : me->table;
            if (!bootstrap->tables)
                make_table(bootstrap, group, me->table);
            for (size_t d = 0; d < count; d++) {
                const double *row = table + me->patterns[d * bootstrap->n_groups + group] * n;
                double *sum = me->sums + d * n;
                for (size_t f = 0; f < n; f++)
                    sum[f] += row[f];
            }
        }
        for (size_t d = 0; d < count; d++) {
            double t = finish(bootstrap, first + d, me->sums + d * n, me->patterns + d * bootstrap->n_groups, me->w);
            me->n_strictly_greater += fabs(t) > size + tolerance;
            me->n_ties += fabs(fabs(t) - size) <= tolerance;
            me->n_below += t < bootstrap->t - tolerance;
            me->n_above += t > bootstrap->t + tolerance;
            if (bootstrap->is_unrestricted)
                bootstrap->sizes[first + d] = fabs(t);
            if (bootstrap->options->statistics)
                bootstrap->options->statistics[first + d] = t;
        }
        if (me->first == 0 && bootstrap->options->progress)
            bootstrap->options->progress(bootstrap->options->context,
                                         (double)(block + 1) / (double)bootstrap->n_blocks);
    }
}

static behov_status run(const bootstrap *bootstrap, behov_boot_result *result, behov_error *err)
{
    size_t n_threads = bootstrap->options->n_threads ? bootstrap->options->n_threads : 1;
    n_threads = n_threads < BEHOV_THREADS_MAX ? n_threads : BEHOV_THREADS_MAX;
    n_threads = n_threads < bootstrap->n_blocks ? n_threads : bootstrap->n_blocks;
    worker *workers = behov_alloc(n_threads, sizeof *workers);
    behov_status status = workers ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    for (size_t i = 0; i < n_threads && !status; i++) {
        worker *single_worker = &workers[i];
        *single_worker = (worker){.bootstrap = bootstrap, .first = i, .step = n_threads};
        single_worker->sums = behov_alloc(BLOCK, bootstrap->n_functionals * sizeof *single_worker->sums);
        single_worker->table = bootstrap->tables ? NULL
                                                 : behov_alloc(bootstrap->n_patterns,
                                                               bootstrap->n_functionals * sizeof *single_worker->table);
        single_worker->w = behov_alloc(bootstrap->n_clusters + 2 * bootstrap->rank, sizeof *single_worker->w);
        single_worker->patterns = behov_alloc(BLOCK, bootstrap->n_groups);
        if (!single_worker->sums || (!bootstrap->tables && !single_worker->table) || !single_worker->w ||
            !single_worker->patterns)
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP);
    }
    if (!status)
        behov_parallel(n_threads, n_threads, work,
                       workers); /* the first one is the calling thread's, and so progress */
    for (size_t i = 0; i < n_threads && !status; i++) {
        result->n_strictly_greater += workers[i].n_strictly_greater;
        result->n_ties += workers[i].n_ties;
        result->n_below += workers[i].n_below;
        result->n_above += workers[i].n_above;
    }
    for (size_t i = 0; workers && i < n_threads; i++)
        free(workers[i].sums), free(workers[i].table), free(workers[i].w), free(workers[i].patterns);
    free(workers);
    return status;
}

/* ---- interval ------------------------------------------------------------------------------------------------------
 */

/* Draws with |t*| >= |t| when the null value is delta away from the estimate. A draw that ties at every null value (all
 * signs alike) must not be left out for its rounding. */
static size_t count_as_large(const bootstrap *bootstrap, double delta)
{
    const draw_polynomials *d = &bootstrap->of_draws;
    double left = bootstrap->square[0], right = delta * delta,
           slack = 1e-12 * (bootstrap->square[0] + right * bootstrap->square[2]);
    size_t count = 0;
    for (size_t i = 0; i < bootstrap->n_draws; i++) {
        double n = d->n0[i] + delta * d->n1[i], e = (d->e2[i] * delta + d->e1[i]) * delta + d->e0[i];
        count += n * n * left >= right * (e - slack);
    }
    return count;
}

/* The delta of one sign at which the p-value falls to 1 - level; infinite when it does not. */
static double interval_end(const bootstrap *bootstrap, size_t most, double sign)
{
    double unit = sqrt(bootstrap->factor * bootstrap->square[0]), inside = 0, outside = 2 * unit;
    while (count_as_large(bootstrap, sign * outside) > most) {
        inside = outside;
        outside *= 1.5;
        if (outside > farthest * unit)
            return sign * INFINITY;
    }
    while (outside - inside > 1e-13 * outside) {
        double middle = inside + (outside - inside) / 2;
        if (count_as_large(bootstrap, sign * middle) > most)
            inside = middle;
        else
            outside = middle;
    }
    return sign * outside;
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static void interval(bootstrap *bootstrap, double length, behov_boot_result *result)
{
    /* p = count / B passes 1 - level between `most` and `most` + 1; 1 - 0.95 is not quite 0.05 */
    size_t most = (size_t)floor((1 - result->level) * (double)bootstrap->n_draws + 1e-6);
    if (!result->is_level_reachable) {
        result->ci_low = -INFINITY;
        result->ci_high = INFINITY;
    } else if (bootstrap->is_unrestricted) {
        qsort(bootstrap->sizes, bootstrap->n_draws, sizeof *bootstrap->sizes, falling);
        double far = bootstrap->sizes[most < bootstrap->n_draws ? most : bootstrap->n_draws - 1] * result->se;
        result->ci_low = result->estimate - far;
        result->ci_high = result->estimate + far;
    } else {
        result->ci_low = result->estimate - interval_end(bootstrap, most, 1) * length;
        result->ci_high = result->estimate - interval_end(bootstrap, most, -1) * length;
    }
}

/* Shares of draws, ties counted. The sample itself is among all sign vectors, with its mirror image, and ties with
 * itself; where it is not among the draws (WCU, or drawn) it stands beside them. */
static void p_values(behov_boot_result *result)
{
    double draws = (double)result->n_draws;
    size_t least = result->n_below < result->n_above ? result->n_below : result->n_above;
    size_t n_equal = result->n_draws - result->n_below - result->n_above;
    double lowest = result->is_enumerated ? 2 / draws : 1 / (draws + 1);
    result->p_symmetric = fmax((double)(result->n_strictly_greater + result->n_ties) / draws, lowest);
    result->p_equal_tail = fmin(fmax(2 * (double)(least + n_equal) / draws, lowest), 1);
    result->p_lowest = result->is_unrestricted ? lowest : fmax((double)result->n_ties / draws, lowest);
    result->is_level_reachable = result->p_lowest <= 1 - result->level + 1e-6 / draws;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

static void choose_draws(bootstrap *bootstrap)
{
    size_t n_clusters = bootstrap->n_clusters;
    if (bootstrap->draws == BEHOV_BOOT_DEFAULT)
        bootstrap->draws = n_clusters < BEHOV_BOOT_FEW_CLUSTERS ? BEHOV_BOOT_WEBB : BEHOV_BOOT_RADEMACHER;
    double root5 = sqrt(5);
    static const double webb[] = {1.5, 1, 0.5};
    bootstrap->n_weights = bootstrap->draws == BEHOV_BOOT_WEBB ? 6 : 2;
    bootstrap->in_group = bootstrap->draws == BEHOV_BOOT_WEBB ? 3 : 8;
    bootstrap->n_patterns = bootstrap->draws == BEHOV_BOOT_WEBB ? 216 : 256;
    if (bootstrap->draws == BEHOV_BOOT_RADEMACHER) {
        bootstrap->weights[0] = 1;
        bootstrap->weights[1] = -1;
    } else if (bootstrap->draws == BEHOV_BOOT_MAMMEN) {
        bootstrap->weights[0] = -(root5 - 1) / 2;
        bootstrap->weights[1] = (root5 + 1) / 2;
    } else {
        for (size_t i = 0; i < 3; i++) {
            bootstrap->weights[2 * i] = -sqrt(webb[i]);
            bootstrap->weights[2 * i + 1] = sqrt(webb[i]);
        }
    }
    bootstrap->n_groups = (n_clusters + bootstrap->in_group - 1) / bootstrap->in_group;
    bootstrap->words = bootstrap->draws == BEHOV_BOOT_RADEMACHER ? (bootstrap->n_groups + 7) / 8
                       : bootstrap->draws == BEHOV_BOOT_WEBB     ? (bootstrap->n_groups + 1) / 2
                                                                 : 4 * bootstrap->n_groups;
    bootstrap->is_enumerated = bootstrap->draws == BEHOV_BOOT_RADEMACHER && n_clusters < 63 &&
                               UINT64_C(1) << n_clusters <= (uint64_t)bootstrap->n_draws;
    if (bootstrap->is_enumerated)
        bootstrap->n_draws = (size_t)1 << n_clusters;
    bootstrap->n_blocks = (bootstrap->n_draws + BLOCK - 1) / BLOCK;
}

static behov_status check(const behov_fit *fit, const behov_factors *factors, const behov_hypothesis *hypothesis,
                          const behov_boot_options *options, behov_error *err)
{
    if (options->n_draws == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_NO_DRAWS);
    if (options->level != 0 && !(options->level > 0 && options->level < 1))
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_INTERVAL_LEVEL_RANGE_EXAMPLE);
    if (options->draws >= BEHOV_N_BOOT_DRAWS)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_DRAW_KINDS);
    if (behov_hypothesis_n_restrictions(hypothesis) != 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_ONE_RESTRICTION,
                               behov_hypothesis_n_restrictions(hypothesis));
    if (behov_factors_width(factors) != behov_fit_n_regressors(fit) + 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_FACTORS_NOT_OF_FIT);
    if (behov_factors_n_clusters(factors) == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_NEEDS_CLUSTERS);
    if (behov_factors_n_clusters(factors) == 1)
        return behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_ONE_CLUSTER);
    if (behov_fit_is_exact(fit))
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_BOOTSTRAP_WHERE, SAY_FIT_EXACT_NOT_TESTED);
    return hypothesis_check(hypothesis, fit, err);
}

/* The statistic itself, which the draws are held against. */
static behov_status observe(bootstrap *bootstrap, const behov_fit *fit, const behov_hypothesis *hypothesis,
                            int outcome_exponent, double length, behov_boot_result *boot_result, behov_error *err)
{
    double gap = hypothesis_gap(hypothesis, fit, 0), unit = sqrt(bootstrap->factor * bootstrap->square[0]);
    double residual = sqrt(fit->rss);
    behov_status status = BEHOV_OK;
    if (!(unit > 1e-12 * ldexp(residual, -outcome_exponent)))
        status = behov_error_say(err, BEHOV_E_RANK, PHRASE_BOOTSTRAP_WHERE, SAY_BOOTSTRAP_ERROR_ZERO,
                                 behov_cut(behov_hypothesis_left(hypothesis, 0), 200).text);
    bootstrap->t = gap / length / unit;
    bootstrap->delta = bootstrap->is_unrestricted ? 0 : gap / length;
    boot_result->t = bootstrap->t;
    boot_result->se = unit * length;
    boot_result->estimate = hypothesis_left(hypothesis, fit, 0);
    return status;
}

static behov_status make_room_for_draws(bootstrap *bootstrap, behov_error *err)
{
    size_t n = bootstrap->n_draws;
    double *room = behov_alloc(n, (bootstrap->is_unrestricted ? 1 : 5) * sizeof *room);
    if (!room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_BOOTSTRAP_DRAWS);
    if (bootstrap->is_unrestricted)
        bootstrap->sizes = room;
    else
        bootstrap->of_draws = (draw_polynomials){room, room + n, room + 2 * n, room + 3 * n, room + 4 * n};
    return BEHOV_OK;
}

behov_status behov_boot_wild(const behov_fit *fit, const behov_factors *factors, const behov_hypothesis *hypothesis,
                             const behov_boot_options *options, behov_boot_result *result, behov_error *err)
{
    behov_status status = check(fit, factors, hypothesis, options, err);
    if (status)
        return status;
    size_t n_clusters = behov_factors_n_clusters(factors);
    int outcome_exponent = behov_factors_exponent(factors, fit->n_regressors);
    double length = 0, g = (double)n_clusters, n = fit->n_observations;
    bootstrap bootstrap = {.rank = fit->rank,
                           .n_clusters = n_clusters,
                           .is_unrestricted = options->is_unrestricted,
                           .draws = options->draws,
                           .key = mix(options->seed),
                           .n_draws = options->n_draws,
                           .options = options};
    /* as vcov.c has it: factors with clusters hold whole groups of absorbed effects, which count as the constant */
    double n_parameters = (double)fit->rank + (fit->n_absorbed ? 1 : 0);
    bootstrap.factor = g / (g - 1) * ((n - 1) / (n - n_parameters));
    choose_draws(&bootstrap);
    behov_boot_result boot_result = {.level = options->level != 0 ? options->level : 0.95,
                                     .n_draws = bootstrap.n_draws,
                                     .n_clusters = n_clusters,
                                     .draws = bootstrap.draws,
                                     .is_enumerated = bootstrap.is_enumerated,
                                     .is_unrestricted = bootstrap.is_unrestricted,
                                     .null = behov_hypothesis_values(hypothesis)[0]};
    status = direction(&bootstrap, fit, behov_hypothesis_matrix(hypothesis), outcome_exponent, &length, err);
    if (!status)
        status = gather(&bootstrap, fit, factors, err);
    if (!status)
        status = observe(&bootstrap, fit, hypothesis, outcome_exponent, length, &boot_result, err);
    if (!status)
        status = make_functionals(&bootstrap, err);
    if (!status)
        status = make_tables(&bootstrap, err);
    if (!status)
        status = make_room_for_draws(&bootstrap, err);
    if (!status)
        status = run(&bootstrap, &boot_result, err);
    if (!status) {
        p_values(&boot_result);
        interval(&bootstrap, length, &boot_result);
        *result = boot_result;
    }
    bootstrap_free(&bootstrap);
    return status;
}
