/* test.h - linear hypotheses about the coefficients, R b = r, and their Wald test.
 *
 *   a = 0        a = b        a + b = 1        2*a - b/3 = 0.5        (a + b)/2 = c        a = 0, b = 0
 *   F = (Rb - r)' (R V R')^-1 (Rb - r) / q,  q restrictions,  F(q, dof of V);  q = 1: t^2
 *
 * R V R' is made in the orthonormal basis of the columns, (R T) M (R T)', so that collinear columns cost no digits.
 *
 * With a clustered covariance that is the cluster-robust Wald test, F(q, G-1). With CV2, CV3 and CV3J it is Hotelling's
 * T^2, approximately, with CV2 clubSandwich's "HTZ":
 *
 *   F = (eta - q + 1) / (eta q) (Rb - r)' (R V R')^-1 (Rb - r),   F(q, eta - q + 1)
 *
 * CV3 and CV3J: eta = G-1, as of the covariance of G equal clusters, so F(q, G-q) (Korn & Graubard 1990; Stata's tests
 * after svy). CV2:
 * eta that of the Wishart distribution whose entries have the same total variance as those of the standardised R V R'
 * under the working variance; q = 1: Satterthwaite's degrees of freedom. Source: Tipton & Pustejovsky (2015);
 * Pustejovsky & Tipton (2018), section 3.2. */
#ifndef BEHOV_TEST_H
#define BEHOV_TEST_H

#include <stdbool.h>
#include <stddef.h>

#include "design.h"
#include "error.h"
#include "fit.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_hypothesis behov_hypothesis;

/// Reads restrictions separated by , or ; in the names of a fit's coefficients: "(Intercept)", "I(population^1.2)",
/// "year=2013". Names may hold = and brackets: at each place the longest name that fits is taken, spaces aside. A name
/// may stand in backticks. Arithmetic: + - * / and brackets, linear in the coefficients; == is =.
/// \param design  of the fit (borrowed for the call)
/// \return with where = "hypothesis, position N": BEHOV_E_SYNTAX; BEHOV_E_NAME for an unknown name (with near ones) or
/// a
///         restriction that names no coefficient; BEHOV_E_RANK for one that contradicts others or follows from them
///         (named), or for more restrictions than coefficients
BEHOV_API behov_status behov_hypothesis_parse(const char *text, const behov_design *design,
                                              behov_hypothesis **hypothesis, behov_error *err) BEHOV_MUST_CHECK;
/// The same from numbers: R (n_restrictions x K, row-major) and r, both borrowed for the call.
BEHOV_API behov_status behov_hypothesis_new(const behov_design *design, size_t n_restrictions, const double *matrix,
                                            const double *values, behov_hypothesis **hypothesis,
                                            behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_hypothesis_free(behov_hypothesis *hypothesis);

/// q and K.
BEHOV_API size_t behov_hypothesis_n_restrictions(const behov_hypothesis *hypothesis);
BEHOV_API size_t behov_hypothesis_n_regressors(const behov_hypothesis *hypothesis);
/// R, q x K row-major, and r, q numbers (borrowed).
BEHOV_API const double *behov_hypothesis_matrix(const behov_hypothesis *hypothesis);
BEHOV_API const double *behov_hypothesis_values(const behov_hypothesis *hypothesis);
/// Restriction i with all coefficients on the left: "a - b = 0" (borrowed).
BEHOV_API const char *behov_hypothesis_text(const behov_hypothesis *hypothesis, size_t i);
/// Its left side alone: "a - b" (borrowed).
BEHOV_API const char *behov_hypothesis_left(const behov_hypothesis *hypothesis, size_t i);

typedef struct behov_wald_result {
    size_t n_restrictions; /* q */
    double f, dof1, dof2, p;
    double estimate, null, se, t; /* q = 1: R b, r, root of R V R', (R b - r) / se; else NaN */
    double sole_share;            /* the largest of the restrictions: what one cluster alone identifies of its variance,
                                     which V lacks (behov_vcov_sole); above 0 the error is too small */
    bool
        is_unreliable; /* q > 1 and q > G / 4: rejects a true hypothesis too often. V has rank G - 1 at the most, and its
                           inverse grows without bound as q nears that: simulated, 21 restrictions with G = 30 reject 80 per
                           cent at the 5 per cent level. Below that CV1 is above its level too: 12 with G = 100 rejects 13,
                           3 with G = 20 16; CV3 with Hotelling's T^2 8 to 10 for 12 with G = 20 (tests/bench/size) */
} behov_wald_result;

/// Whether a joint test rejects true hypotheses too often: more than one restriction, and more than a quarter of the
/// clusters; not without clusters, nor with CV2, whose test is made for few: simulated with effects of clusters of five rows,
/// 6, 10, 12 and 21 restrictions with G = 20, 30, 40 and 30 reject 4, 5, 5 and 0 per cent at the 5 per cent level, where
/// CV1 rejects 24, 36, 34 and 94 (300, 300, 200 and 150 samples). See behov_wald_result.is_unreliable.
BEHOV_API bool behov_wald_is_unreliable(const behov_vcov *vcov, size_t n_restrictions);

/// Tests. Degrees of freedom (q, those of V); with CV2 the approximate Hotelling T^2, q = 1: Satterthwaite's of the
/// contrast.
/// \return BEHOV_E_TOO_FEW for more restrictions than clusters less one, or with CV2 where eta <= q - 1;
///         BEHOV_E_RANK when R V R' is singular, when a restriction is not identified without one cluster
///         (behov_vcov_has_no_error),
///         or when a coefficient's two-way variance was not above 0 before it was mended;
///         BEHOV_E_NAME when a coefficient was dropped as collinear
BEHOV_API behov_status behov_wald(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                                  behov_wald_result *result, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
