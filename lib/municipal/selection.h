/* selection.h - cases chosen by their ratios, from a fit or from a table of ratios. */
#ifndef BEHOV_CLI_SELECTION_H
#define BEHOV_CLI_SELECTION_H

#include <behov.h>
#include <stdbool.h>

#include "ranking.h"
#include "ratio_table.h"

/* What becomes of a municipality of a kind on its lasting level, held against the limit in every year. */
typedef enum lasting_verdict {
    LASTING_NOT_TOLD = 0, /* a lasting level has no change; or there is none */
    LASTING_CLEAR,        /* beyond the limit in every year, and the whole interval with it */
    LASTING_NOT_CLEAR,    /* beyond the limit in every year, but the interval reaches it in one */
    LASTING_FALLS_AWAY    /* not beyond the limit in some year */
} lasting_verdict;

typedef struct selection {
    behov_language lang;
    bool is_simulated;
    const results *of;         /* borrowed; NULL for ratios that were read */
    const ratio_table *ratios; /* borrowed */
    behov_select_options options;
    behov_pick *picks;
    size_t n_picks, n_found[BEHOV_N_CASE_KINDS];
    behov_case_reason *reasons;                /* of each of ratios->places */
    size_t n_for_reason[BEHOV_N_CASE_REASONS]; /* how many municipalities have each */
    size_t n_in_no_kind;                       /* of those that are chosen from */
    bool has_population;
    /* with shrunk ratios: */
    bool has_shrunk, is_one_year; /* one row for each municipality: what does not fall with population is taken to last */
    double *shrunk;          /* of each place, all years together; NaN where there is none */
    behov_lasting *lasting;  /* places x years: the same effect against the need of the year */
    size_t n_shrunk_found[2], n_falls[2], n_comes_in[2]; /* low and high: found by it; found by the ratios alone; by it
                                                            alone */
    size_t n_clear[2];                                   /* of those that the ratios found */
} selection;

/* Chooses from a table (borrowed, as the results it is of; they must outlive the selection).
 * \param list    these municipalities alone, as directory_choose has them; NULL = all
 * \param shrunk  whether the lasting level of each municipality is estimated too, which needs a fit; its intervals are
 *                at the level of the results
 * Free with selection_free in any case. Errors: those of behov_select_cases, directory_choose and ranking_new;
 * BEHOV_E_TOO_FEW when nothing tells lasting levels from chance. */
behov_status selection_new(const ratio_table *ratios, const behov_select_options *options, const char *list,
                           bool shrunk, behov_language lang, selection *made, behov_error *err) BEHOV_MUST_CHECK;
void selection_free(selection *of);

lasting_verdict selection_verdict(const selection *of, size_t place, behov_case_kind kind);
/* The lasting level of the year that lies nearest to the limit of low or high; NULL where the verdict is not told. */
const behov_lasting *selection_nearest(const selection *of, size_t place, behov_case_kind kind);
/* Whether the municipality of a pick is of another kind too, whatever --count shows. */
bool selection_is_of_kind(const selection *of, size_t place, behov_case_kind kind);

#endif
