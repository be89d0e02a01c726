/* boot.h - wild cluster bootstrap of one linear restriction, from the cluster factors, without the rows.
 *
 *   y* = X b + w_g u_g,  one w per cluster and draw;  t = (R b - r) / se with the CV1 standard error
 *   restricted (WCR):    b, u under R b = r;  t* = (R b* - r) / se*
 *   unrestricted (WCU):  b, u as estimated;   t* = (R b* - R b) / se*
 *
 * Weights w, each of mean 0 and variance 1: Rademacher -1, 1; Webb (2023) -+sqrt(3/2), -+1, -+sqrt(1/2), each 1/6;
 * Mammen (1993) -(sqrt 5 - 1)/2 with probability (sqrt 5 + 1)/(2 sqrt 5), else (sqrt 5 + 1)/2. Mammen's are not
 * symmetric about 0; prefer the others.
 *
 * p-values count |t*| >= |t|, ties too: symmetric = (strictly greater + ties) / B; equal-tail = 2 (smaller of the draws
 * with t* < t and with t* > t, and those with t* = t) / B. Ties are |t*| = |t| to 1e-12 (of the larger of 1 and |t|).
 * With all 2^G sign vectors the sample is one of them and ties with itself and its mirror image, all signs + and all -;
 * so p is 2 / 2^G or more, and a test that rejects at p <= alpha has that size at most under the symmetry that the
 * enumeration stands on. Leaving ties out, as fwildclusterboot and boottest do, would print 0 where 32 draws cannot show
 * less than 2/32 (MacKinnon & Webb 2018, 2.1: p-values of few sign vectors are intervals; this is their upper end). The
 * strict share is n_strictly_greater / B. Where the sample is not among the draws, p is never below 2 / B (all sign
 * vectors, WCU) or 1 / (B + 1) (drawn; Davison & Hinkley 1997, 4.2.1).
 *
 * Interval: WCR the r0 at which the symmetric p of R b = r0 falls to 1 - level, found by doubling and bisection from the
 * estimate on each side, up to 10 000 standard errors away and infinite beyond (p need not fall evenly: where it passes
 * several times, one of the places is found); WCU estimate -+ se times the quantile of |t*|. Where the lowest p-value
 * there can be lies above 1 - level, no value is rejected and both ends are infinite.
 *
 * Sources: Cameron, Gelbach & Miller (2008); Davison & Hinkley (1997); MacKinnon & Webb (2018); Roodman, MacKinnon, Nielsen & Webb (2019); MacKinnon (2023). */
#ifndef BEHOV_BOOT_H
#define BEHOV_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "factor.h"
#include "fit.h"
#include "test.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Fewer clusters than this draw Webb's weights unless others are asked for: 2^G signs are too few.
#define BEHOV_BOOT_FEW_CLUSTERS 12

typedef enum behov_boot_draws {
    BEHOV_BOOT_DEFAULT = 0, /* Webb with fewer than BEHOV_BOOT_FEW_CLUSTERS clusters, else Rademacher */
    BEHOV_BOOT_RADEMACHER,
    BEHOV_BOOT_WEBB,
    BEHOV_BOOT_MAMMEN,
    BEHOV_N_BOOT_DRAWS
} behov_boot_draws;

/// "rademacher", "webb", "mammen"; "" for the default.
BEHOV_API const char *behov_boot_draws_name(behov_boot_draws draws);
/// The draws of a name, BEHOV_N_BOOT_DRAWS when it is none.
BEHOV_API behov_boot_draws behov_boot_draws_of_name(const char *name);

typedef struct behov_boot_options {
    size_t n_draws; /* B; with Rademacher and 2^G <= B all 2^G sign vectors are taken instead */
    behov_boot_draws draws;
    bool is_unrestricted; /* WCU */
    uint64_t seed;        /* the same seed gives the same result whatever the number of threads */
    double level;         /* of the interval; 0 = 0.95 */
    size_t n_threads;     /* 0 = 1 */
    double *statistics;   /* room for n_draws: t* of each draw (caller's); NULL when not wanted. Of all sign
                             vectors the first is all +, and the last cluster turns fastest: ++-, then +-+ */
    void (*progress)(void *context, double part); /* called now and then by the calling thread; NULL = not */
    void *context;
} behov_boot_options;

typedef struct behov_boot_result {
    double estimate, null, se, t; /* R b, r, CV1 standard error */
    double p_symmetric, p_equal_tail;
    double p_lowest;               /* the lowest symmetric p-value that these draws can show */
    bool is_level_reachable;       /* false: p_lowest lies above 1 - level, so the interval holds every value */
    double ci_low, ci_high, level; /* infinite where the interval has no end */
    size_t n_draws, n_clusters;    /* draws taken */
    size_t n_strictly_greater;     /* |t*| > |t| */
    size_t n_ties;                 /* |t*| = |t| */
    size_t n_below, n_above;       /* t* < t, t* > t */
    behov_boot_draws draws;
    bool is_enumerated, is_unrestricted;
} behov_boot_result;

/// \param factors     of the fit's design, with clusters (borrowed for the call)
/// \param hypothesis  of one restriction (borrowed)
/// \return BEHOV_E_ARGUMENT for no draws, a level outside (0, 1), several restrictions, factors without clusters;
///         BEHOV_E_TOO_FEW with one cluster; BEHOV_E_RANK when the standard error is 0; BEHOV_E_NAME for a dropped
///         coefficient
/// Cost B (4K + 2) G / 8 additions (G / 3 with Webb's weights), memory 40 B + 8 G (6K + 5) bytes.
BEHOV_API behov_status behov_boot_wild(const behov_fit *fit, const behov_factors *factors,
                                       const behov_hypothesis *hypothesis, const behov_boot_options *options,
                                       behov_boot_result *result, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
