/* deviation_tree.h - a municipality's expenditure against a group or all municipalities of a file, taken apart level by
 * level: function x recipients per inhabitant x months per recipient x kr per month.
 *
 * The reference of a function is what the reference municipalities spend on it together, scaled by population to the
 * municipality's size: R = P sum E_j / sum P_j. The deviation E - R of a function is L(E, R) ln(x / x_R) for each factor
 * x, with L the logarithmic mean (growth.h): parts that add up exactly and do not depend on an order (logarithmic mean
 * Divisia, Ang 2004). Deviations of functions add up to that of all. The municipality is one of its reference, as in a
 * profile. Where one of the two has neither recipients nor expenditure the whole deviation is that of recipients, which
 * is the limit of the formula (Ang and Liu 2007, Energy Policy 35, 1426-1432). Below the first level the reference is of
 * those whose figures reach as far as the parts do and do not contradict each other. */
#ifndef BEHOV_DEVIATION_TREE_H
#define BEHOV_DEVIATION_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "groups.h"
#include "growth.h"
#include "service_figures.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The functions of the report's outcome, ended by NULL.
extern BEHOV_API const char *const behov_tree_functions[];

/// How far a function could be taken apart, and what stopped it.
typedef enum behov_tree_depth {
    BEHOV_TREE_FUNCTION,   /* kr per inhabitant alone */
    BEHOV_TREE_RECIPIENTS, /* recipients and kr per recipient */
    BEHOV_TREE_MONTHS      /* recipients, months and kr per month */
} behov_tree_depth;
typedef enum behov_tree_stop {
    BEHOV_TREE_NO_STOP,
    BEHOV_TREE_NO_RECIPIENT_FIGURES, /* the municipality's, or those of all the others */
    BEHOV_TREE_NO_MONTH_FIGURES,
    BEHOV_TREE_ZERO_RECIPIENTS, /* expenditure without recipients, or recipients without expenditure */
    BEHOV_TREE_NEGATIVE         /* expenditure that is not above zero */
} behov_tree_stop;

typedef struct behov_tree_function {
    const char *function; /* borrowed; "" in a file without functions */
    behov_tree_depth depth;
    behov_tree_stop stop;
    size_t n_reference;       /* municipalities, itself among them */
    size_t n_without_figures; /* others with expenditure, but without figures down to the depth */
    size_t n_contradicting;   /* others whose figures contradict each other (behov_growth_year_contradicts) */
    double own_1000kr, reference_1000kr;         /* the reference scaled to its population */
    double deviation_1000kr;                     /* own - reference */
    double levels[2][BEHOV_N_GROWTH_FACTORS];    /* own, reference: recipients per 1000 inhabitants, months, kr; NaN */
    double parts_1000kr[BEHOV_N_GROWTH_FACTORS]; /* of the deviation, down to the depth; NaN beyond */
} behov_tree_function;

typedef struct behov_tree_other {
    const char *function;
    double own_1000kr;
} behov_tree_other;

typedef struct behov_deviation_tree {
    const behov_service_figures *figures; /* borrowed */
    size_t municipality;                  /* position in figures->places */
    int year;                             /* 0 in a file without years */
    double population;
    const char *group; /* name of the group (borrowed from the groups); NULL = all municipalities of the file */
    behov_tree_function *functions;
    size_t n;
    double own_1000kr, reference_1000kr, deviation_1000kr; /* of the functions together */
    size_t n_most;            /* municipalities of the reference that have a figure in any function */
    behov_tree_other *others; /* functions of the municipality that are not among the report's */
    size_t n_others;
    const char *const *missing; /* functions of the report's that the municipality lacks, n_missing of them */
    size_t n_missing;
    const char *without_reference[8]; /* its functions that no other municipality of the reference has */
    size_t n_without_reference;
} behov_deviation_tree;

/// Populations of a year, which size classes are made of (groups.h), for the list of the figures.
BEHOV_API void behov_tree_take_populations(behov_service_figures *figures, int year);
/// \param groups   of figures->places; NULL = all municipalities of the file (borrowed, must outlive the tree)
/// \param year     0 = the last of the file
/// BEHOV_E_NAME: no column of population, a year that the file lacks; BEHOV_E_DATA: no row or population of the
/// municipality in the year, none of the functions, no group, nobody else in it. Free with behov_deviation_tree_free in
/// any case. O(cells).
BEHOV_API behov_status behov_deviation_tree_compute(const behov_service_figures *figures, size_t municipality, int year,
                                                    const behov_groups *groups, behov_deviation_tree *out,
                                                    behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_deviation_tree_free(behov_deviation_tree *tree);

#ifdef __cplusplus
}
#endif
#endif
