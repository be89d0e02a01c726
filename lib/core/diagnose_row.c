/* diagnose_row.c - see diagnose_row.h. */
#include "diagnose_row.h"

#include <math.h>

#include "design_parts.h"

/* Left-out errors and fitted values need the effects. */
behov_status diagnose_refuse_absorbed(const behov_design *design, behov_error *err)
{
    const behov_clusters *groups = behov_design_absorbed(design);
    return groups ? behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                                    BEHOV_ABSORBED_NOT_DIAGNOSED, behov_clusters_key(groups))
                  : BEHOV_OK;
}

behov_status diagnose_refuse_merged(const behov_design *design, behov_error *err)
{
    return behov_design_is_merged(design)
               ? behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                                 SAY_FACTORS_HAVE_NO_ROWS)
               : BEHOV_OK;
}

/* Root of the weight of a row estimated on, and the number of equal rows that it stands for: with frequencies a row's
 * leverage is shared by its copies. */
double diagnose_root_weight(const behov_design *design, size_t i)
{
    const double *roots = behov_design_root_weights(design);
    return roots ? roots[i] : 1;
}

double diagnose_copies(const behov_design *design, size_t i)
{
    double root = diagnose_root_weight(design, i);
    return behov_design_weight_kind(design) == BEHOV_WEIGHT_FREQUENCY ? rint(root * root) : 1;
}

/* The constant of the weighted row, which the row of a merged design has turned with the others: its root. */
double diagnose_root_copies(const behov_design *design, size_t i)
{
    return behov_design_is_merged(design) ? design_root(design, i) : sqrt(diagnose_copies(design, i));
}

/* Fitted value and residual of one row, rounded once where the fit is extended. `rest` NULL: x is exact. */
double diagnose_residual(const behov_fit *fit, const double *x, const double *rest, double outcome, double *fitted)
{
    size_t n = fit->n_regressors;
    if (!fit->is_extended) {
        double sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += fit->rounded_values[k] * x[k];
        *fitted = sum;
        return outcome - sum;
    }
    extended sum = extended_of(0);
    for (size_t k = 0; k < n; k++)
        sum = extended_add(sum, extended_multiply(fit->coefficients[k], extended_two_sum(x[k], rest ? rest[k] : 0)));
    *fitted = extended_round(sum);
    return extended_round(extended_subtract(extended_of(outcome), sum));
}

/* p = T'x of a row times the root of its weight; scales[j] = 2^-exponent of kept column j. */
void diagnose_turn_row(const behov_fit *fit, const double *x, double root, const double *scales, double *p)
{
    size_t rank = fit->rank;
    for (size_t q = 0; q < rank; q++)
        p[q] = 0;
    for (size_t j = 0; j < rank; j++) {
        double value = x[fit->kept_positions[j]] * root * scales[j];
        if (value == 0)
            continue;
        const extended *t = fit->inverse + j * rank;
        for (size_t q = j; q < rank; q++)
            p[q] += value * t[q].hi;
    }
}
