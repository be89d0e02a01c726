/* formula.h - a model as R, Stata and patsy users write it.
 *
 *   outcome ~ term + term ...        term: column, I(arithmetic), log(x), factor(year, ref = 2012), x:z, x*z, 1, 0
 *   "- 1" or "+ 0" leaves the constant out; "- term" takes a term back.  x*z = x + z + x:z.
 *
 * Terms keep the spelling in which they are written, with spaces normalised: I(population^1.2), x:factor(year).
 * Coding of factors is R's: all levels but the reference where the margin is in the model, else all levels; without
 * a constant the first factor gets all levels. */
#ifndef BEHOV_FORMULA_H
#define BEHOV_FORMULA_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "expression.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_formula behov_formula;

/// One piece of a term: x, I(x^2), log(x) or factor(year, ref = 2012).
typedef struct behov_component {
    const char *name; /* as written, "I(population^1.2)"; for a factor the column's name (borrowed) */
    bool is_factor;
    behov_expression *expression; /* for a factor: the column itself (borrowed from the formula); bound to
                                         text, its values are the codes of the levels */
    const char
        *reference; /* factor only: the level after ref =, here or in another term; NULL when not given (borrowed) */
} behov_component;

/// Reads a formula (returned, free with behov_formula_free). Line breaks are spaces.
/// \return BEHOV_E_SYNTAX with where = "formula, position N" (1-based, in characters)
BEHOV_API behov_status behov_formula_parse(const char *text, behov_formula **formula,
                                           behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_formula_free(behov_formula *formula);

/// The whole formula in one normal spelling, one space around ~ + and none around : and ^ (borrowed).
BEHOV_API const char *behov_formula_text(const behov_formula *formula);
BEHOV_API bool behov_formula_has_intercept(const behov_formula *formula);
/// The outcome: its expression and its name as written.
BEHOV_API behov_expression *behov_formula_outcome(const behov_formula *formula);
BEHOV_API const char *behov_formula_outcome_name(const behov_formula *formula);
/// The column that the outcome is, as the table names it, where the name as written may have backticks around it; NULL
/// when the outcome is arithmetic (borrowed).
BEHOV_API const char *behov_formula_outcome_column(const behov_formula *formula);

/// Terms other than the constant, by degree as R orders them: main effects in the order written, then products.
BEHOV_API size_t behov_formula_n_terms(const behov_formula *formula);
BEHOV_API size_t behov_formula_n_components(const behov_formula *formula, size_t term);
BEHOV_API behov_component behov_formula_component(const behov_formula *formula, size_t term, size_t component);
/// Whether a factor component leaves its reference level out (see the head of this file). A factor that does not has
/// all its levels in the design, also where `ref =` is given.
BEHOV_API bool behov_formula_uses_reference(const behov_formula *formula, size_t term, size_t component);

/// Writes the reference level that was used into the formula, for all terms with this factor, and renews the normal
/// text: factor(year) becomes factor(year, ref = 2012). A level that is a number is written bare, others ("0301") in
/// quotes; either reads back as the same text. A factor that has a reference keeps it. Pointers from
/// behov_formula_text and behov_formula_component are to be fetched anew.
/// \param level  copied, not empty
/// \return BEHOV_E_ARGUMENT when there is no such component or it is no factor
BEHOV_API behov_status behov_formula_set_reference(behov_formula *formula, size_t term, size_t component,
                                                   const char *level, behov_error *err) BEHOV_MUST_CHECK;

/// The formula without one of its terms (returned, free with behov_formula_free). Taking a term out leaves the constant
/// in the model: where the formula has none and the term holds all levels of its factors, so that they add up to one,
/// and no other term of factors alone is left to do the same, the constant comes in its place. y ~ x + factor(year) - 1
/// without factor(year) is y ~ x, not y ~ x - 1.
/// \return BEHOV_E_ARGUMENT when there is no such term
BEHOV_API behov_status behov_formula_without(const behov_formula *formula, size_t term, behov_formula **rest,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// Ties all expressions to a table (borrowed); see behov_expression_bind.
BEHOV_API behov_status behov_formula_bind(behov_formula *formula, const behov_table *table,
                                          behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
