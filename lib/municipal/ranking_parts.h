/* ranking_parts.h - what the parts of ranking share: ranking.c adds figures up, ranking_places.c ranks them. */
#ifndef BEHOV_MUNICIPAL_RANKING_PARTS_H
#define BEHOV_MUNICIPAL_RANKING_PARTS_H

#include <behov/error.h>
#include <behov/ranking.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is added up row by row. */
typedef struct ranking_sums {
    uint32_t *place;                /* of each row of the table */
    size_t n_kept, *kept_positions; /* regressors with a coefficient */
    double *regressors;             /* places x n_kept: mean over the rows with a need that are ranked */
    double *vcov;                   /* n_kept x n_kept */
    double *country;                /* places: sum of the country's need, of those rows */
    double *country_x;              /* places x n_kept: mean of the country's regressors, of those rows */
    double *by_year;                /* years x (n_kept + 1): the country's regressors times population; population */
    double *compared_need;          /* places: sum of the need of rows with an outcome */
    double *compared;               /* places x n_kept: their regressors */
    double *persons;                /* places: sum of population over them */
} ranking_sums;

behov_status ranking_out_of_memory(behov_error *err) BEHOV_MUST_CHECK;

/* Places and their intervals, of several rankings of the same municipalities from the same draws.
 * \param takes_part  of each municipality; the others have no place */
behov_status ranking_take_places(behov_ranking *const *all, size_t n_rankings, const ranking_sums *out,
                                 const bool *takes_part, behov_error *err) BEHOV_MUST_CHECK;
/* Those that are shown, in order, and what is counted of them all.
 * \param around  the municipality of choices.around */
behov_status ranking_show(behov_ranking *ranking, const bool *takes_part, size_t around,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
