/* expression.h - arithmetic and conditions over the columns of a table, as a user writes them.
 *
 *   population^1.2          log(population)        new_refugees / population * 100
 *   municipality_code == "0301"      year >= 2013 & !(population < 200)      county in ("03", "11")
 *
 * Operators by falling strength: ^ (right to left; -2^2 = -4), unary - + !, * /, + -, < <= > >= == != in, & (and),
 * | (or). Functions: log, log10, exp, sqrt, abs; cut(x, 2000, 5000) = how many limits x has reached, its class 0, 1, 2.
 * Names: letters, digits, _ and ., every letter of UTF-8; others in
 * `backticks`. Text stands in "..." or '...' and can only be compared. A condition is 1 or 0. A missing operand
 * gives a missing result with the mark of the first missing operand. */
#ifndef BEHOV_EXPRESSION_H
#define BEHOV_EXPRESSION_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_expression behov_expression;

/// Rows that one call of behov_expression_evaluate takes at the most.
#define BEHOV_EXPRESSION_BLOCK 256

/// Reads an expression (returned, free with behov_expression_free).
/// \param text  length bytes, need not end in zero (borrowed)
/// \param subject  what messages call it: "formula", "--exclude" (borrowed; NULL for "")
/// \return BEHOV_E_SYNTAX with where = `WHAT, position N` (1-based, in characters) and the offending piece
BEHOV_API behov_status behov_expression_parse(const char *text, size_t length, const char *subject,
                                              behov_expression **expression, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_expression_free(behov_expression *expression);

/// The expression in one normal spelling: "population^1.2", "a / b", spaces around all operators but ^ (borrowed).
BEHOV_API const char *behov_expression_text(const behov_expression *expression);
/// The columns that the expression names, each once, in order of appearance.
BEHOV_API size_t behov_expression_n_columns(const behov_expression *expression);
BEHOV_API const char *behov_expression_column(const behov_expression *expression, size_t i);
/// The column that the expression is, with nothing done to it, as a table names it: behov_expression_text may have
/// backticks around it. NULL when there is arithmetic (borrowed).
BEHOV_API const char *behov_expression_sole_column(const behov_expression *expression);
/// Whether the expression uses column i as a number (else it is only compared with text).
BEHOV_API bool behov_expression_wants_number(const behov_expression *expression, size_t i);
/// Whether a column goes through more than arithmetic: a function, a power, a comparison; a divisor does not count, nor
/// one side of a product that has a plain column on the other. Then the expression has no unit of money, and a share of
/// it says nothing of the columns' own shares.
BEHOV_API bool behov_expression_is_transformed(const behov_expression *expression);
/// Whether the outermost operator is a comparison or and/or/not.
BEHOV_API bool behov_expression_is_condition(const behov_expression *expression);

/// Ties the names to the columns of a table, which must outlive the expression's use (borrowed).
/// \return BEHOV_E_NAME for an unknown column (with the nearest name), BEHOV_E_TYPE for text used as a number or a
///         number compared with text that is no number
BEHOV_API behov_status behov_expression_bind(behov_expression *expression, const behov_table *table,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// Values of the rows named by `rows` (n_rows <= BEHOV_EXPRESSION_BLOCK, borrowed). Missing gives a marked NaN;
/// log of a negative number gives an unmarked NaN (see behov_missing_of_number), log 0 and x / 0 an infinity.
BEHOV_API void behov_expression_evaluate(const behov_expression *expression, const uint32_t *rows, size_t n_rows,
                                         double *values);
/// The same of the block of a table's rows that begins at row `first`, the table being the one that the expression is
/// bound to; returns how many rows it has, 0 behind the last. An expression of NULL is 0, false, in every row.
BEHOV_API size_t behov_expression_evaluate_block(const behov_expression *expression, const behov_table *table,
                                                 size_t first, double values[BEHOV_EXPRESSION_BLOCK]);

/* ---- the tree, for whoever writes an expression in another language ---- */

/// What a node does. Text is only ever compared.
typedef enum behov_operation {
    BEHOV_OPERATION_NUMBER,
    BEHOV_OPERATION_COLUMN,
    BEHOV_OPERATION_TEXT_EQUAL, /* the column and the constants of the node */
    BEHOV_OPERATION_TEXT_UNEQUAL,
    BEHOV_OPERATION_TEXT_IN,
    BEHOV_OPERATION_NUMBER_IN, /* one operand and the constants of the node */
    BEHOV_OPERATION_NEGATE,
    BEHOV_OPERATION_NOT,
    BEHOV_OPERATION_LOG,
    BEHOV_OPERATION_LOG10,
    BEHOV_OPERATION_EXP,
    BEHOV_OPERATION_SQRT,
    BEHOV_OPERATION_ABS,
    BEHOV_OPERATION_CUT,   /* one operand, the limits as constants */
    BEHOV_OPERATION_POWER, /* from here on two operands */
    BEHOV_OPERATION_MULTIPLY,
    BEHOV_OPERATION_DIVIDE,
    BEHOV_OPERATION_ADD,
    BEHOV_OPERATION_SUBTRACT,
    BEHOV_OPERATION_LESS,
    BEHOV_OPERATION_LESS_EQUAL,
    BEHOV_OPERATION_GREATER,
    BEHOV_OPERATION_GREATER_EQUAL,
    BEHOV_OPERATION_EQUAL,
    BEHOV_OPERATION_UNEQUAL,
    BEHOV_OPERATION_AND,
    BEHOV_OPERATION_OR,
    BEHOV_N_OPERATIONS
} behov_operation;

/// One node; the texts are borrowed from the expression.
typedef struct behov_expression_node {
    behov_operation operation;
    size_t n_operands;  /* 0, 1 or 2: the subtrees that end right before the node */
    const char *column; /* of COLUMN and TEXT_...; else NULL */
    double number;      /* of NUMBER */
    size_t n_constants; /* of TEXT_..., NUMBER_IN, CUT */
} behov_expression_node;

/// The nodes stand in postfix order, operands before what is done with them: one pass with a stack reads the tree.
BEHOV_API size_t behov_expression_n_nodes(const behov_expression *expression);
BEHOV_API behov_expression_node behov_expression_node_at(const behov_expression *expression, size_t i);
/// A constant of node i: its text, NULL for a number.
/// \param[out] number  its value; NaN for a text that is no number
BEHOV_API const char *behov_expression_node_constant(const behov_expression *expression, size_t i, size_t constant,
                                                     double *number);

#ifdef __cplusplus
}
#endif
#endif
