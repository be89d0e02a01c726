/* rank_correlation.c - see rank_correlation.h. */
#include <behov/rank_correlation.h>

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include <behov/inference.h>

#include "alloc.h"

/* An error of 0, and what rounding leaves of one: an interval without width would say that all is known. */
static const double LEAST_HALF = 1e-7;

enum { MOST_COUNTED = 9, FEWEST_NORMAL = 50 };

/* ---- ranks --------------------------------------------------------------------------------------------------------- */

typedef struct placed_value {
    double value;
    size_t position;
} placed_value;

static int compare_placed(const void *a, const void *b)
{
    const placed_value *x = a, *y = b;
    return x->value < y->value   ? -1
           : x->value > y->value ? 1
                                 : (x->position > y->position) - (x->position < y->position);
}

/* What ties do to the variance of C - D, sums over groups of t tied values. */
typedef struct tie_sums {
    double two;   /* t (t - 1) */
    double three; /* t (t - 1) (t - 2) */
    double five;  /* t (t - 1) (2 t + 5) */
} tie_sums;

/* Ranks from 1, tied values having the mean of theirs. \param sorted  room for n */
static tie_sums rank_values(const double *values, size_t n, placed_value *sorted, double *ranks)
{
    tie_sums sums = {0, 0, 0};
    for (size_t i = 0; i < n; i++)
        sorted[i] = (placed_value){values[i], i};
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_placed);
    for (size_t first = 0, next; first < n; first = next) {
        for (next = first + 1; next < n && sorted[next].value == sorted[first].value; next++)
            ;
        for (size_t i = first; i < next; i++)
            ranks[sorted[i].position] = (double)(first + 1 + next) / 2;
        double t = (double)(next - first);
        sums.two += t * (t - 1);
        sums.three += t * (t - 1) * (t - 2);
        sums.five += t * (t - 1) * (2 * t + 5);
    }
    return sums;
}

typedef struct two_ranks {
    size_t n;
    double *x, *y; /* x owns both */
    tie_sums ties_x, ties_y;
} two_ranks;

static behov_status rank_both(const double *x, const double *y, size_t n, two_ranks *ranks, behov_error *err)
{
    placed_value *sorted = behov_alloc(n, sizeof *sorted);
    *ranks = (two_ranks){.n = n, .x = behov_alloc(n, 2 * sizeof *ranks->x)};
    if (!sorted || !ranks->x) {
        free(sorted);
        free(ranks->x);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    }
    ranks->y = ranks->x + n;
    ranks->ties_x = rank_values(x, n, sorted, ranks->x);
    ranks->ties_y = rank_values(y, n, sorted, ranks->y);
    free(sorted);
    return BEHOV_OK;
}

static bool has_ties(const two_ranks *ranks)
{
    return ranks->ties_x.two > 0 || ranks->ties_y.two > 0;
}

static bool varies(const two_ranks *ranks)
{
    double all = (double)ranks->n * ((double)ranks->n - 1);
    return ranks->n >= 2 && ranks->ties_x.two < all && ranks->ties_y.two < all;
}

/* ---- rho ----------------------------------------------------------------------------------------------------------- */

/* Halves of whole numbers: every sum is exact. */
static double correlation_of_ranks(const two_ranks *ranks)
{
    double mean = (double)(ranks->n + 1) / 2, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < ranks->n; i++) {
        double dx = ranks->x[i] - mean, dy = ranks->y[i] - mean;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    double rho = xy / sqrt(xx * yy);
    return fmin(1, fmax(-1, rho));
}

/* How many orders of 1 .. n have a sum of squared differences at most, and at least, as large. */
typedef struct order_count {
    size_t n;
    double sum, at_most, at_least, all;
} order_count;

static void count_orders(order_count *count, size_t place, unsigned used, double sum)
{
    if (place == count->n) {
        count->all++;
        count->at_most += sum <= count->sum;
        count->at_least += sum >= count->sum;
        return;
    }
    for (size_t value = 0; value < count->n; value++) {
        double difference = (double)place - (double)value;
        if (!(used & (1u << value)))
            count_orders(count, place + 1, used | (1u << value), sum + difference * difference);
    }
}

static double exact_rho_p(const two_ranks *ranks)
{
    order_count count = {.n = ranks->n};
    for (size_t i = 0; i < ranks->n; i++)
        count.sum += (ranks->x[i] - ranks->y[i]) * (ranks->x[i] - ranks->y[i]);
    count_orders(&count, 0, 0, 0);
    return fmin(1, 2 * fmin(count.at_most, count.at_least) / count.all);
}

static void fisher_interval(double rho, size_t n, double level, behov_rank_correlation *correlation)
{
    if (n < 4 || fabs(rho) >= 1)
        return;
    double half = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * sqrt((1 + rho * rho / 2) / ((double)n - 3));
    correlation->low = tanh(atanh(rho) - half);
    correlation->high = tanh(atanh(rho) + half);
}

behov_status behov_spearman(const double *x, const double *y, size_t n, double level,
                            behov_rank_correlation *correlation, behov_error *err)
{
    two_ranks ranks;
    behov_status status = rank_both(x, y, n, &ranks, err);
    if (status)
        return status;
    *correlation = (behov_rank_correlation){NAN, NAN, NAN, NAN, NAN, false};
    if (varies(&ranks)) {
        double rho = correlation->estimate = correlation_of_ranks(&ranks);
        if (n >= 3) {
            correlation->statistic = rho / sqrt((1 - rho * rho) / ((double)n - 2));
            correlation->is_exact = !has_ties(&ranks) && n <= MOST_COUNTED;
            correlation->p =
                correlation->is_exact ? exact_rho_p(&ranks) : behov_t_p(correlation->statistic, (double)n - 2);
        }
        fisher_interval(rho, n, level, correlation);
    }
    free(ranks.x);
    return BEHOV_OK;
}

/* ---- tau_b --------------------------------------------------------------------------------------------------------- */

/* Pairs of each observation, and what they add up to. */
typedef struct pair_sums {
    double concordant, discordant; /* pairs, each once */
    double squares;                /* of Brown and Benedetti's error */
    double tau, tied_x, tied_y;    /* tied ordered pairs, each value with itself too */
} pair_sums;

static void pairs_of(const two_ranks *ranks, size_t i, double *difference, double *same_x, double *same_y)
{
    *difference = *same_x = *same_y = 0;
    for (size_t j = 0; j < ranks->n; j++) {
        double product = (ranks->x[i] - ranks->x[j]) * (ranks->y[i] - ranks->y[j]);
        *difference += (product > 0) - (product < 0);
        *same_x += ranks->x[i] == ranks->x[j];
        *same_y += ranks->y[i] == ranks->y[j];
    }
}

static pair_sums count_pairs(const two_ranks *ranks)
{
    double n = (double)ranks->n;
    pair_sums sums = {.tied_x = ranks->ties_x.two + n, .tied_y = ranks->ties_y.two + n};
    for (size_t i = 0; i < ranks->n; i++)
        for (size_t j = 0; j < i; j++) {
            double product = (ranks->x[i] - ranks->x[j]) * (ranks->y[i] - ranks->y[j]);
            sums.concordant += product > 0;
            sums.discordant += product < 0;
        }
    double wr = n * n - sums.tied_x, wc = n * n - sums.tied_y, w = sqrt(wr * wc);
    sums.tau = 2 * (sums.concordant - sums.discordant) / w;
    for (size_t i = 0; i < ranks->n; i++) {
        double difference, same_x, same_y;
        pairs_of(ranks, i, &difference, &same_x, &same_y);
        double term = 2 * w * difference + sums.tau * (same_x * wc + same_y * wr);
        sums.squares += term * term / (w * w);
    }
    sums.squares -= n * n * n * sums.tau * sums.tau * (wr + wc) * (wr + wc) / (w * w);
    sums.squares /= w * w; /* the variance of tau_b */
    return sums;
}

/* P(at most `pairs` of the pairs of n values are in the same order), from the distribution built up value by value. */
static double share_of_orders(size_t n, size_t pairs, double *shares)
{
    size_t most = n * (n - 1) / 2;
    double sum = 0;
    for (size_t k = 0; k <= most; k++)
        shares[k] = k == 0;
    for (size_t m = 2; m <= n; m++) {
        /* the value that comes m-th is in order with 0 .. m - 1 of those before it, all equally likely */
        for (size_t k = m * (m - 1) / 2 + 1; k-- > 0;) {
            double share = 0;
            for (size_t j = 0; j < m && j <= k; j++)
                share += shares[k - j];
            shares[k] = share / (double)m;
        }
    }
    for (size_t k = 0; k <= pairs && k <= most; k++)
        sum += shares[k];
    return sum;
}

static behov_status exact_tau_p(size_t n, double concordant, double discordant, double *p, behov_error *err)
{
    double *shares = behov_alloc(n * (n - 1) / 2 + 1, sizeof *shares);
    if (!shares)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    *p = fmin(1, 2 * share_of_orders(n, (size_t)fmin(concordant, discordant), shares));
    free(shares);
    return BEHOV_OK;
}

static double normal_tau_p(const two_ranks *ranks, double score, double *z)
{
    double n = (double)ranks->n;
    const tie_sums *x = &ranks->ties_x, *y = &ranks->ties_y;
    double variance = (n * (n - 1) * (2 * n + 5) - x->five - y->five) / 18 + x->two * y->two / (2 * n * (n - 1)) +
                      (n > 2 ? x->three * y->three / (9 * n * (n - 1) * (n - 2)) : 0);
    *z = score / sqrt(variance);
    return 2 * gsl_cdf_ugaussian_Q(fabs(*z));
}

behov_status behov_kendall(const double *x, const double *y, size_t n, double level,
                           behov_rank_correlation *correlation, behov_error *err)
{
    two_ranks ranks;
    behov_rank_correlation found = {NAN, NAN, NAN, NAN, NAN, false};
    behov_status status = rank_both(x, y, n, &ranks, err);
    if (status)
        return status;
    if (varies(&ranks)) {
        pair_sums sums = count_pairs(&ranks);
        found.estimate = fmin(1, fmax(-1, sums.tau));
        found.is_exact = !has_ties(&ranks) && n < FEWEST_NORMAL;
        found.statistic = sums.concordant;
        if (found.is_exact)
            status = exact_tau_p(n, sums.concordant, sums.discordant, &found.p, err);
        else
            found.p = normal_tau_p(&ranks, sums.concordant - sums.discordant, &found.statistic);
        double half = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) * sqrt(fmax(0, sums.squares));
        if (fabs(found.estimate) < 1 && half > LEAST_HALF) {
            found.low = fmax(-1, found.estimate - half);
            found.high = fmin(1, found.estimate + half);
        }
    }
    free(ranks.x);
    if (!status)
        *correlation = found;
    return status;
}
