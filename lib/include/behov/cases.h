/* cases.h - cases chosen by their ratios, from a fit or from a table of ratios. */
#ifndef BEHOV_CASES_H
#define BEHOV_CASES_H

#include <stdbool.h>

#include "error.h"
#include "lasting.h"
#include "phrase.h"
#include "ranking.h"
#include "ratio_table.h"
#include "select.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What becomes of a municipality of a kind on its lasting level, held against the limit in every year.
typedef enum behov_lasting_verdict {
    BEHOV_LASTING_NOT_TOLD = 0, /* a lasting level has no change; or there is none */
    BEHOV_LASTING_CLEAR,        /* beyond the limit in every year: surely enough, and the whole interval with it */
    BEHOV_LASTING_NOT_CLEAR,    /* beyond the limit in every year, but not surely enough in one */
    BEHOV_LASTING_FALLS_AWAY    /* not beyond the limit in some year */
} behov_lasting_verdict;

typedef struct behov_cases {
    behov_language lang;
    bool is_simulated;
    const behov_fit_results *fit_results; /* borrowed; NULL for ratios that were read */
    const behov_ratio_table *ratios;      /* borrowed */
    behov_select_options options;
    behov_pick *picks;
    size_t n_picks, n_found[BEHOV_N_CASE_KINDS];
    behov_case_reason *reasons;                /* of each of ratios->places */
    size_t n_for_reason[BEHOV_N_CASE_REASONS]; /* how many municipalities have each */
    size_t n_in_no_kind;                       /* of those that are chosen from */
    bool has_population;
    /* with shrunk ratios: */
    bool has_shrunk,
        is_one_year; /* one row for each municipality: what does not fall with population is taken to last */
    behov_shrink_variances variances; /* what tells lasting from chance */
    double *shrunk;                   /* of each place, all years together; NaN where there is none */
    behov_lasting *lasting;           /* places x years: the same effect against the need of the year */
    double clear;                     /* the probability from which a case is called clear */
    behov_interval *clear_ends;       /* places x years: of low the level is below .high, of high above .low with that
                                         probability */
    size_t n_shrunk_found[2], n_falls[2], n_comes_in[2]; /* low and high: found by it; found by the ratios alone; by it
                                                            alone */
    size_t n_clear[2];                                   /* of those that the ratios found */
} behov_cases;

/// Chooses from a table (borrowed, as the results it is of; they must outlive the cases).
/// \param list    these municipalities alone (borrowed for the call); NULL = all
/// \param shrunk  how the lasting level of each municipality is estimated too, which needs a fit; its intervals are at
///                the level of the results; NULL = it is not
/// Free with behov_cases_free in any case. Errors: those of behov_select_cases, behov_municipality_list_choose and
/// behov_ranking_new; BEHOV_E_TOO_FEW when nothing tells lasting levels from chance.
BEHOV_API behov_status behov_cases_new(const behov_ratio_table *ratios, const behov_select_options *options,
                                       const behov_municipality_names *list, const behov_lasting_choices *shrunk,
                                       behov_language lang, behov_cases *cases, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_cases_free(behov_cases *cases);

BEHOV_API behov_lasting_verdict behov_cases_verdict(const behov_cases *cases, size_t place, behov_case_kind kind);
/// The lasting level of the year that lies nearest to the limit of low or high; NULL where no verdict is given.
BEHOV_API const behov_lasting *behov_cases_nearest(const behov_cases *cases, size_t place, behov_case_kind kind);
/// Whether the municipality of a pick is of another kind too, whatever --count shows.
BEHOV_API bool behov_cases_is_of_kind(const behov_cases *cases, size_t place, behov_case_kind kind);

/// "low", "high", "decrease", "increase": what programs know a kind by.
BEHOV_API const char *behov_case_kind_name(behov_case_kind kind);
/// Whether the kind is looked for: with one year there is no change.
BEHOV_API bool behov_cases_looks_for(const behov_cases *cases, behov_case_kind kind);
/// How many picks of a kind there are, which --count may have made fewer than were found.
BEHOV_API size_t behov_cases_n_shown(const behov_cases *cases, behov_case_kind kind);
/// How many municipalities are asked for; whether any one of them can be chosen; whether there is a ratio at all.
BEHOV_API size_t behov_cases_n_asked_for(const behov_cases *cases);
BEHOV_API bool behov_cases_has_candidates(const behov_cases *cases);
BEHOV_API bool behov_cases_has_ratios(const behov_cases *cases);
/// Whether a lasting level or its interval is below zero per cent (lasting.h).
BEHOV_API bool behov_cases_has_cut_level(const behov_cases *cases);
/// Ratios that were read are those of expenditure, as in the report.
BEHOV_API bool behov_cases_in_kroner(const behov_cases *cases);

#ifdef __cplusplus
}
#endif
#endif
