/* selection.h - cases chosen by their ratios, from a fit or from a table of ratios. */
#ifndef BEHOV_CLI_SELECTION_H
#define BEHOV_CLI_SELECTION_H

#include <behov.h>
#include <stdbool.h>

#include "ranking.h"
#include "ratio_table.h"

typedef struct selection {
    language lang;
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
    bool has_shrunk;
    double *shrunk; /* of each place, all years together; NaN where there is none */
    size_t n_shrunk_found[2], n_falls[2], n_comes_in[2]; /* low and high: found by them; found by the ratios alone; by
                                                            them alone */
} selection;

/* Chooses from a table (borrowed, as the results it is of; they must outlive the selection). With `shrunk` the lasting
 * level of each municipality is estimated too, which needs a fit. Free with selection_free in any case. Errors:
 * those of behov_select_cases and ranking_new; BEHOV_E_TOO_FEW when nothing tells lasting levels from chance. */
behov_status selection_new(const ratio_table *ratios, const behov_select_options *options, bool shrunk, language lang,
                           selection *made, behov_error *err) BEHOV_MUST_CHECK;
void selection_free(selection *of);

/* Whether a pick of low or high would not be one by its shrunk ratio; false for the two kinds of change, which a
 * lasting level cannot tell, and where there is no shrunk ratio. */
bool selection_falls_away(const selection *of, const behov_pick *pick);
/* Whether the municipality of a pick is of another kind too, whatever --count shows. */
bool selection_is_of_kind(const selection *of, size_t place, behov_case_kind kind);

#endif
