/* expression_inner.h - what formula.c needs of expression.c beyond the public header. */
#ifndef BEHOV_SRC_EXPRESSION_INNER_H
#define BEHOV_SRC_EXPRESSION_INNER_H

#include <behov/expression.h>

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

#endif
