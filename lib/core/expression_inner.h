/* expression_inner.h - what formula.c needs of expression.c beyond the public header. */
#ifndef BEHOV_SRC_EXPRESSION_INNER_H
#define BEHOV_SRC_EXPRESSION_INNER_H

#include <behov/expression.h>
#include <stdbool.h>

#include "token.h"

/* How far an expression reaches that starts at the piece that is read. */
typedef enum behov_expression_reach {
    BEHOV_REACH_ALL,     /* as far as it goes */
    BEHOV_REACH_PRODUCT, /* up to + - and comparisons */
    BEHOV_REACH_POWER,   /* x^2 */
    BEHOV_REACH_PRIMARY  /* a name, a number, a function call, a parenthesis */
} behov_expression_reach;

/// Reads an expression and leaves `tokens` at the first piece behind it. Positions count from the start of the text.
behov_status behov_expression_read(behov_tokens *tokens, behov_expression_reach reach, behov_expression **expression,
                                   behov_error *err) BEHOV_MUST_CHECK;
/// Makes a bare column the column of a factor: it may be bound to text, and then its values are the codes of the
/// levels.
void behov_expression_make_factor(behov_expression *expression);
/// Whether the expression is arithmetic that double-double carries further than double: + - * / and whole powers.
bool behov_expression_is_carried(const behov_expression *expression);
/// What rounding took from the values that behov_expression_evaluate gave for these rows: values + rests is the
/// expression to about 30 digits, on the numbers as they were read. Only of one that is carried; 0 where a value or its
/// rest is not finite.
void behov_expression_evaluate_rests(const behov_expression *expression, const uint32_t *rows, size_t n_rows,
                                     const double *values, double *rests);

#endif
