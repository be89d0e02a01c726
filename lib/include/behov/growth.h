/* growth.h - growth of expenditure as its factors: recipients x months per recipient x kr per month.
 *
 * Between two years E1 / E0 is the product of the factors' own growth f_k. The share of a factor is ln f_k / ln(E1 / E0),
 * exact and adding up to 1; in kroner it is L(E1, E0) ln f_k, which add up to E1 - E0, with L(a, b) = (a - b) / ln(a / b)
 * the logarithmic mean (the additive logarithmic mean Divisia index: Ang 2004, Energy Policy 32, 1131-1139). */
#ifndef BEHOV_GROWTH_H
#define BEHOV_GROWTH_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "rounded.h"
#include "service_figures.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_growth_factor {
    BEHOV_GROWTH_RECIPIENTS,
    BEHOV_GROWTH_MONTHS, /* per recipient */
    BEHOV_GROWTH_AMOUNT, /* kr per month; without months kr per recipient */
    BEHOV_N_GROWTH_FACTORS
} behov_growth_factor;

/// Why a municipality has no factors.
typedef enum behov_growth_reason {
    BEHOV_GROWTH_COMPLETE,
    BEHOV_GROWTH_NO_YEAR,        /* no row of one of the years */
    BEHOV_GROWTH_MISSING,        /* a figure of one of the years is missing */
    BEHOV_GROWTH_NO_RECIPIENTS,  /* zero recipients or months: no logarithm */
    BEHOV_GROWTH_NO_EXPENDITURE, /* zero expenditure */
    BEHOV_GROWTH_NEGATIVE,       /* expenditure below zero */
    BEHOV_GROWTH_NOBODY,         /* of all together: no municipality has figures that count */
    BEHOV_N_GROWTH_REASONS
} behov_growth_reason;

/// The figures of a year; months is the mean of a recipient, NaN where the file has none.
typedef struct behov_growth_year {
    double expenditure_1000kr, recipients, months;
} behov_growth_year;

typedef struct behov_growth_factors {
    behov_growth_reason reason;
    bool has_months;
    behov_growth_year years[2];                    /* start, end */
    double levels[2][BEHOV_N_GROWTH_FACTORS];      /* recipients, months, kr */
    double factors[BEHOV_N_GROWTH_FACTORS], total; /* end / start; NaN of months where there are none */
    double log_shares_pct[BEHOV_N_GROWTH_FACTORS]; /* NaN where the total has not changed */
    double change_1000kr;                          /* end - start */
    double parts_1000kr[BEHOV_N_GROWTH_FACTORS];   /* of it; they add up to it */
} behov_growth_factors;

/// Expenditure of nobody, recipients of nothing, less than nothing: in a sum it would change the others' kr per recipient.
/// \param has_months  whether months are a factor: 0 of them are nobody's too
BEHOV_API bool behov_growth_year_contradicts(behov_growth_year year, bool has_months);
/// L(a, b) for a, b >= 0; a where they are equal, 0 where one is 0.
BEHOV_API double behov_log_mean(double first, double second);
/// Factors of two years; without a logarithm `reason` says why, and the figures that rest on it are NaN.
/// \param has_months  whether months are a factor
BEHOV_API void behov_growth_factors_compute(behov_growth_year start, behov_growth_year end, bool has_months,
                                            behov_growth_factors *out);

typedef struct behov_growth_municipality {
    size_t municipality; /* position in figures->places */
    behov_growth_factors factors;
} behov_growth_municipality;

/// Factors of each municipality and of all that have figures in both years, whose months are weighted by recipients.
typedef struct behov_growth_places {
    const behov_service_figures *figures; /* borrowed */
    int start, end;                       /* years */
    bool has_months;
    behov_growth_municipality *all;
    size_t n, n_for_reason[BEHOV_N_GROWTH_REASONS];
    size_t n_in_sum;               /* municipalities whose figures are in both years, zero or not */
    size_t n_contradicting;        /* with figures, but not in the sum: expenditure of nobody, recipients of nothing */
    behov_growth_factors together; /* of those; without any all is NaN, and the reason BEHOV_GROWTH_NOBODY */
} behov_growth_places;

/// \param start, end  years; 0 = the first and the last of the file
/// BEHOV_E_NAME: a year or column that the file lacks, with those that it has; BEHOV_E_DATA: only one year, several
/// functions; BEHOV_E_ARGUMENT: years that do not go forward. Free with behov_growth_places_free in any case.
BEHOV_API behov_status behov_growth_places_compute(const behov_service_figures *figures, int start, int end,
                                                   behov_growth_places *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_growth_places_free(behov_growth_places *places);

/* ---- growth as print has it ---------------------------------------------------------------------------------------- */

enum { BEHOV_GROWTH_PRINTED_MOST = 8 };

typedef struct behov_growth_printed_factor {
    const char *name;         /* borrowed */
    behov_rounded growth_pct; /* as printed */
    behov_rounded factor, log_share_pct;
} behov_growth_printed_factor;

/// How the product of the factors lies to the printed growth of the whole.
typedef enum behov_growth_position {
    BEHOV_GROWTH_NOT_PRINTED,
    BEHOV_GROWTH_BELOW, /* all that rounding allows lies below all that the printed total stands for */
    BEHOV_GROWTH_MEETS,
    BEHOV_GROWTH_ABOVE
} behov_growth_position;

typedef struct behov_growth_printed {
    behov_growth_printed_factor factors[BEHOV_GROWTH_PRINTED_MOST];
    size_t n;
    behov_rounded total_growth_pct, total; /* of the printed whole, as a factor too; value NaN = not printed */
    behov_rounded product;
    behov_growth_position position;
} behov_growth_printed;

/// \param factors  n of them, with name and growth; the rest is filled in
/// BEHOV_E_ARGUMENT for none or too many. Growth has to be above -100.
BEHOV_API behov_status behov_growth_printed_compute(const behov_growth_printed_factor *factors, size_t n,
                                                    behov_rounded total_growth_pct, behov_growth_printed *out,
                                                    behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
