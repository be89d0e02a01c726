/* kostra_filing.h - net operating expenditure out of the accounts that a municipality itself sends to KOSTRA, before
 * Statistics Norway publishes them.
 *
 * Net operating expenditure (AGD2) is types 010..480 and 590 less types 600..895 of the operating account: account class 1 of
 * form 0A, the municipal treasury, and 3 of form 0M, the consolidated municipality (Statistics Norway's definition of
 * AGD2; file description of the KOSTRA control program, 2025). Income is negative in a filing, so that it is the plain sum
 * of these amounts. That the sum is what table 12362 has is an inference from the definition and has not been tried on a
 * published figure. */
#ifndef BEHOV_KOSTRA_FILING_H
#define BEHOV_KOSTRA_FILING_H

#include <stddef.h>

#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_kostra_sum {
    size_t n_records;
    double expenditure_1000kr, income_1000kr; /* types 010..480 and 590; types 600..895, negative as filed */
} behov_kostra_sum;

/// expenditure_1000kr + income_1000kr.
BEHOV_API double behov_kostra_net_1000kr(const behov_kostra_sum *sum);

/* One filing: a form of a region for a year, or the part of it until the end of a quarter. */
typedef struct behov_kostra_filing {
    const char *form, *year, *quarter, *region; /* borrowed from the table; quarter "" = the whole year */
    behov_kostra_sum *functions;                /* n_functions of the call, in its order (owned) */
    behov_kostra_sum total;
    size_t n_records; /* of the form */
    size_t n_other_class, n_other_function;
    size_t n_other_type; /* of the class and the functions: 500..580 and 900.. */
    double other_type_1000kr;
    size_t n_repeated;             /* counted records with class, function and type of one before: all are summed */
    size_t n_income_positive;      /* counted records of income that is not negative */
    double income_positive_1000kr; /* their sum */
} behov_kostra_filing;

/// Zero-initialise; free with behov_kostra_net_free in any case.
typedef struct behov_kostra_net {
    behov_kostra_filing *filings; /* in the order in which they first come */
    size_t n, room;
    size_t n_other_form; /* records of forms that are no municipality's own: 0I, 0B ... */
} behov_kostra_net;

/// Sums a filing. \param records  text columns form, year, region, account_class, function, type, and quarter,
/// organisation, enterprise where they are there; `value` in 1000 kr
/// \param functions  "242", "243" ... (borrowed for the call), each once
/// \return BEHOV_E_NAME, BEHOV_E_TYPE for a column; BEHOV_E_DATA: no record of form 0A or 0M; none of these functions; a
/// missing amount; income that adds up to more than 0, so that its sign is turned. O(records).
BEHOV_API behov_status behov_kostra_net_compute(const behov_table *records, const char *const *functions,
                                                size_t n_functions, behov_kostra_net *out,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Social assistance per inhabitant in 1000 kr that Norwegian municipalities may have in a year, generously: outside of it
/// amounts are in another unit, or the inhabitants are those of another place.
#define BEHOV_KOSTRA_LEAST_RATE_1000KR 0.1
#define BEHOV_KOSTRA_MOST_RATE_1000KR 30.0
/// Whether the net of a filing is that of a municipality of so many inhabitants. \param is_whole  the functions are all of
/// social assistance: of a part of them, or of a quarter, no figure is too small.
BEHOV_API bool behov_kostra_rate_is_plausible(const behov_kostra_filing *filing, double inhabitants, bool is_whole);
BEHOV_API void behov_kostra_net_free(behov_kostra_net *net);

#ifdef __cplusplus
}
#endif
#endif
