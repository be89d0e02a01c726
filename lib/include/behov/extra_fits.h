/* extra_fits.h - what a fit can have beside it: other errors, each year alone, or effects of groups. */
#ifndef BEHOV_EXTRA_FITS_H
#define BEHOV_EXTRA_FITS_H

#include "absorbed_fit.h"
#include "by_year.h"
#include "comparison.h"
#include "error.h"
#include "estimation.h"
#include "fit_results.h"
#include "phrase.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_extra_fits_kind {
    BEHOV_EXTRA_NOTHING = 0,
    BEHOV_EXTRA_YEARS,       /* each year alone */
    BEHOV_EXTRA_CLUSTERINGS, /* one kind of errors under several clusterings */
    BEHOV_EXTRA_EFFECTS,     /* an effect for each group absorbed */
    BEHOV_EXTRA_KINDS        /* every kind of errors */
} behov_extra_fits_kind;

/// What is asked for, and what came of it. Zero-initialise; free with behov_extra_fits_free in any case.
typedef struct behov_extra_fits {
    behov_extra_fits_kind kind;
    const char *clusterings;     /* keys separated by commas, of BEHOV_EXTRA_CLUSTERINGS (borrowed) */
    behov_vcov_kind vcov_kind;   /* of the same */
    const char *absorbed_column; /* of BEHOV_EXTRA_EFFECTS (borrowed) */
    const behov_fit_results *fit_results;
    behov_by_year by_year;
    behov_comparison comparison;
    behov_absorbed_fit absorbed_fit;
} behov_extra_fits;

/// Computes what `kind` asks for; nothing for BEHOV_EXTRA_NOTHING.
/// \param fit_results  of the fit itself (borrowed, kept in `out`)
/// Errors: those of behov_by_year_compute, behov_comparison_of_clusters, behov_comparison_of_kinds and
/// behov_absorbed_fit_fit.
BEHOV_API behov_status behov_extra_fits_compute(const behov_fit_results *fit_results, const behov_fit_choices *choices,
                                                const behov_estimation *estimation, behov_extra_fits *out,
                                                behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_extra_fits_free(behov_extra_fits *extra_fits);

#ifdef __cplusplus
}
#endif
#endif
