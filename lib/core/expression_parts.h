/* expression_parts.h - the tree that expression.c reads and spells, and expression_values.c binds and evaluates.
 *
 * Nodes stand in postfix order, so that a node's operands stand before it and evaluation is one pass with a stack of
 * blocks. */
#ifndef BEHOV_SRC_EXPRESSION_PARTS_H
#define BEHOV_SRC_EXPRESSION_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "expression_inner.h"

enum { HIGHEST = 64 /* blocks that evaluation holds at once: 64 * 2 kB on the C stack */ };

typedef enum operation {
    /* leaves */
    NUMBER,
    COLUMN,
    TEXT, /* only while parsing */
    TEXT_EQUAL,
    TEXT_UNEQUAL,
    TEXT_IN,
    /* one operand */
    NUMBER_IN,
    NEGATE,
    NOT,
    LOG,
    LOG10,
    EXP,
    SQRT,
    ABS,
    CUT, /* with the limits as constants */
    /* two operands */
    POWER,
    MULTIPLY,
    DIVIDE,
    ADD,
    SUBTRACT,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    UNEQUAL,
    AND,
    OR
} operation;

typedef struct node {
    operation does;
    size_t size;         /* nodes of this subtree, itself included */
    size_t position;     /* in the user's text */
    size_t column;       /* COLUMN, TEXT_... */
    double number;       /* NUMBER */
    size_t first, count; /* constants of TEXT, TEXT_..., NUMBER_IN */
} node;

typedef struct constant {
    char *text; /* NULL for a number */
    size_t length;
    double number; /* of a text too, when is_number */
    bool is_number;
    int32_t code; /* bound: the text's code in its column, -1 when the column does not have it */
    size_t position;
} constant;

/* A name and, when bound, its values: numbers or codes. */
typedef struct column {
    bool wants_number;
    const double *numbers;
    const int32_t *codes;
} column;

struct behov_expression {
    node *nodes;
    size_t n_nodes, room_nodes;
    constant *constants;
    size_t n_constants, room_constants;
    behov_dictionary *names; /* code = position in columns */
    column *columns, *bound; /* `bound` is where behov_expression_bind works before it has succeeded */
    char *subject, *text;
    bool is_bound, is_factor;
};

/* How many operands it has: the order of the operations says. */
static inline size_t expression_n_operands(operation does)
{
    return does >= POWER ? 2 : does >= NUMBER_IN ? 1 : 0;
}
/* How it is written between its operands, or before its only one: " == ". */
const char *expression_spelling(operation does);

#endif
