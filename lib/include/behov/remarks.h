/* remarks.h - what a page that compares municipalities or years has to say of its data, a sentence each. */
#ifndef BEHOV_REMARKS_H
#define BEHOV_REMARKS_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_remark {
    BEHOV_REMARK_COUNTRY,  /* whom a condition leaves out of the country that figures are held against */
    BEHOV_REMARK_CODES,    /* a municipality has a new code in a later year and counts as two */
    BEHOV_REMARK_CLUSTERS, /* the intervals stand on too few clusters, or on hardly any */
    BEHOV_REMARK_PRICES,   /* amounts of several years are not adjusted for prices */
    BEHOV_N_REMARKS
} behov_remark;

/// The remarks of a page, as bits.
enum {
    BEHOV_COUNTRY_REMARK = 1u << BEHOV_REMARK_COUNTRY,
    BEHOV_CODES_REMARK = 1u << BEHOV_REMARK_CODES,
    BEHOV_CLUSTERS_REMARK = 1u << BEHOV_REMARK_CLUSTERS,
    BEHOV_PRICES_REMARK = 1u << BEHOV_REMARK_PRICES,
    BEHOV_EVERY_REMARK = 15u
};

/// The sentence, or nothing where it does not hold. What the sentence said before is gone.
BEHOV_API void behov_remark_say(const behov_fit_results *fitted, behov_remark which, behov_wording *words);
/// Gives the sentences of the bits that hold to `take` (borrowed for the call), in order, until it fails. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_remarks_each(const behov_fit_results *fitted, unsigned which,
                                          behov_status (*take)(void *context, const char *sentence, behov_error *err),
                                          void *context, behov_error *err) BEHOV_MUST_CHECK;
/// Those of the bits as notes under the section added last. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_remarks_add(const behov_fit_results *fitted, unsigned which, behov_section_list *list,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// "Standard errors: cluster-robust ..." as a note under the section added last.
BEHOV_API behov_status behov_remarks_add_errors(behov_section_list *list, const behov_fit_results *fitted,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// "0301 Oslo", "12 municipalities": those that have no row but such as a condition leaves out; nothing when there is
/// none, or no column of codes.
BEHOV_API void behov_remark_left_out_names(const behov_fit_results *fitted, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
