/* expression_tree.c - the tree of an expression as whoever writes it in another language reads it.
 *
 * Not here: any other language. */
#include "expression_parts.h"

#include <math.h>

#include <behov/dictionary.h>

/* While it is parsed a tree has leaves of text, which a finished one has not: the inner enumeration has one more. */
_Static_assert(OR - 1 == (int)BEHOV_OPERATION_OR && TEXT_EQUAL - 1 == (int)BEHOV_OPERATION_TEXT_EQUAL &&
                   COLUMN == (int)BEHOV_OPERATION_COLUMN && POWER - 1 == (int)BEHOV_OPERATION_POWER,
               "the public operations are the inner ones without TEXT");

size_t behov_expression_n_nodes(const behov_expression *expression)
{
    return expression->n_nodes;
}

behov_expression_node behov_expression_node_at(const behov_expression *expression, size_t i)
{
    const node *n = &expression->nodes[i];
    bool names_column = n->does == COLUMN || (n->does >= TEXT_EQUAL && n->does <= TEXT_IN);
    bool has_constants = (n->does >= TEXT_EQUAL && n->does <= NUMBER_IN) || n->does == CUT;
    return (behov_expression_node){.operation = (behov_operation)(n->does > TEXT ? n->does - 1 : n->does),
                                   .n_operands = expression_n_operands(n->does),
                                   .column = names_column ? behov_dictionary_text(expression->names, (int32_t)n->column)
                                                          : NULL,
                                   .number = n->number,
                                   .n_constants = has_constants ? n->count : 0};
}

const char *behov_expression_node_constant(const behov_expression *expression, size_t i, size_t constant,
                                           double *number)
{
    const node *n = &expression->nodes[i];
    *number = NAN;
    if (constant >= n->count)
        return NULL;
    if (expression->constants[n->first + constant].is_number)
        *number = expression->constants[n->first + constant].number;
    return expression->constants[n->first + constant].text;
}
