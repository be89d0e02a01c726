/* expression.c - reading and spelling arithmetic and conditions.
 *
 *   or       = and { "|" and }
 *   and      = compare { "&" compare }
 *   compare  = sum [ ( "<" "<=" ">" ">=" "==" "!=" ) sum | "in" ["c"] "(" constant { "," constant } ")" ]
 *   sum      = product { ( "+" | "-" ) product }
 *   product  = unary { ( "*" | "/" ) unary }
 *   unary    = ( "-" | "+" | "!" ) unary | power
 *   power    = primary [ "^" unary ]
 *   primary  = number | text | name | function "(" or ")" | "(" or ")"
 *
 * The parser appends nodes in postfix order; no function calls itself except the parser, whose depth is limited. A
 * comparison of a column with text is a single node: text is never a value. `!` is strong here and weak in R, so `!x == 1` is refused: it would
 * mean two things.
 *
 * Not here: strings as values, assignment, aggregates (mean, lag), levels that are not in the data (they match no row).
 */
#include "expression_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>

#include "alloc.h"

enum { DEEPEST = 100 /* levels of nesting; each takes eight small frames of the C stack */ };

/* How an operation is spelled, and how strongly it binds. */
enum { BINDS_OR = 1, BINDS_AND, BINDS_COMPARE, BINDS_SUM, BINDS_PRODUCT, BINDS_UNARY, BINDS_POWER, BINDS_PRIMARY };

static const struct {
    const char *spelling;
    int strength;
} operations[] = {
    [NUMBER] = {"", BINDS_PRIMARY},
    [COLUMN] = {"", BINDS_PRIMARY},
    [TEXT] = {"", BINDS_PRIMARY},
    [TEXT_EQUAL] = {" == ", BINDS_COMPARE},
    [TEXT_UNEQUAL] = {" != ", BINDS_COMPARE},
    [TEXT_IN] = {" in ", BINDS_COMPARE},
    [NUMBER_IN] = {" in ", BINDS_COMPARE},
    [NEGATE] = {"-", BINDS_UNARY},
    [NOT] = {"!", BINDS_UNARY},
    [LOG] = {"log", BINDS_PRIMARY},
    [LOG10] = {"log10", BINDS_PRIMARY},
    [EXP] = {"exp", BINDS_PRIMARY},
    [SQRT] = {"sqrt", BINDS_PRIMARY},
    [ABS] = {"abs", BINDS_PRIMARY},
    [CUT] = {"cut", BINDS_PRIMARY},
    [POWER] = {"^", BINDS_POWER},
    [MULTIPLY] = {" * ", BINDS_PRODUCT},
    [DIVIDE] = {" / ", BINDS_PRODUCT},
    [ADD] = {" + ", BINDS_SUM},
    [SUBTRACT] = {" - ", BINDS_SUM},
    [LESS] = {" < ", BINDS_COMPARE},
    [LESS_EQUAL] = {" <= ", BINDS_COMPARE},
    [GREATER] = {" > ", BINDS_COMPARE},
    [GREATER_EQUAL] = {" >= ", BINDS_COMPARE},
    [EQUAL] = {" == ", BINDS_COMPARE},
    [UNEQUAL] = {" != ", BINDS_COMPARE},
    [AND] = {" & ", BINDS_AND},
    [OR] = {" | ", BINDS_OR},
};

const char *expression_spelling(operation does)
{
    return operations[does].spelling;
}

/* ---- parser ---- */

typedef struct parser {
    behov_tokens *tokens;
    behov_expression *formula;
    behov_error *err;
    size_t depth, deepest;
} parser;

static behov_status parse_or(parser *p);
static behov_status parse_listed(parser *p);
static behov_status parse_unary(parser *p);

static behov_token_kind kind(const parser *p)
{
    return p->tokens->token.kind;
}

static behov_status next(parser *p)
{
    return behov_tokens_next(p->tokens, p->err);
}

static node *last(parser *p)
{
    return &p->formula->nodes[p->formula->n_nodes - 1];
}

static behov_status append(parser *p, node added_node)
{
    behov_expression *e = p->formula;
    if (e->n_nodes == e->room_nodes) {
        size_t room = e->room_nodes ? 2 * e->room_nodes : 8;
        node *nodes = behov_realloc(e->nodes, room, sizeof *nodes);
        if (!nodes)
            return behov_out_of_memory(p->err, PHRASE_MEMORY_FOR_EXPRESSION);
        e->nodes = nodes;
        e->room_nodes = room;
    }
    added_node.size = 1;
    for (size_t i = 0; i < expression_n_operands(added_node.does); i++)
        added_node.size += e->nodes[e->n_nodes - added_node.size].size;
    e->nodes[e->n_nodes++] = added_node;
    return BEHOV_OK;
}

static behov_status append_operation(parser *p, operation does, size_t position)
{
    return append(p, (node){.does = does, .position = position});
}

/* Takes `text` in any case. */
static behov_status add_constant(parser *p, char *text, size_t length, double number, size_t position)
{
    behov_expression *e = p->formula;
    if (e->n_constants == e->room_constants) {
        size_t room = e->room_constants ? 2 * e->room_constants : 8;
        constant *constants = behov_realloc(e->constants, room, sizeof *constants);
        if (!constants) {
            free(text);
            return behov_out_of_memory(p->err, PHRASE_MEMORY_FOR_EXPRESSION);
        }
        e->constants = constants;
        e->room_constants = room;
    }
    constant constant = {
        .text = text, .length = length, .number = number, .is_number = true, .code = -1, .position = position};
    if (text)
        constant.is_number = behov_number_parse(text, length, '.', &constant.number) == BEHOV_NUMBER_OK;
    e->constants[e->n_constants++] = constant;
    return BEHOV_OK;
}

/* The text at hand becomes a constant; goes on to the next piece. */
static behov_status read_text_constant(parser *p)
{
    size_t length = 0;
    char *text = behov_token_content(p->tokens, &length);
    if (!text)
        return behov_out_of_memory(p->err, PHRASE_MEMORY_FOR_EXPRESSION);
    behov_status status = add_constant(p, text, length, 0, p->tokens->token.position);
    return status ? status : next(p);
}

static behov_status parse_column(parser *p)
{
    size_t position = p->tokens->token.position, length = 0;
    char *name = behov_token_content(p->tokens, &length);
    int32_t code = 0;
    if (!name)
        return behov_out_of_memory(p->err, PHRASE_MEMORY_FOR_EXPRESSION);
    if (!p->tokens->token.is_quoted && strspn(name, ".") == length) {
        free(name);
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, position, SAY_EXPRESSION_DOT);
    }
    behov_status status = behov_dictionary_intern(p->formula->names, name, length, &code, p->err);
    free(name);
    if (!status)
        status = append(p, (node){.does = COLUMN, .column = (size_t)code, .position = position});
    return status ? status : next(p);
}

/* An operation that counts takes numbers; text is for == != and in alone. */
static behov_status check_number(parser *p)
{
    if (last(p)->does != TEXT)
        return BEHOV_OK;
    const constant *text = &p->formula->constants[last(p)->first];
    char piece[BEHOV_PIECE_SIZE];
    return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, text->position, SAY_EXPRESSION_TEXT_ALONE,
                          behov_piece(text->text, text->length, piece));
}

static const struct {
    const char *name, *instead;
} foreign_functions[] = {
    {"ln", PHRASE_EXPRESSION_INSTEAD_LN},         {"log2", PHRASE_EXPRESSION_INSTEAD_LOG2},
    {"log1p", PHRASE_EXPRESSION_INSTEAD_LOG1P},   {"pow", PHRASE_EXPRESSION_INSTEAD_POW},
    {"poly", PHRASE_EXPRESSION_INSTEAD_POLY},     {"I", PHRASE_EXPRESSION_INSTEAD_I},
    {"factor", PHRASE_EXPRESSION_INSTEAD_FACTOR}, {"C", PHRASE_EXPRESSION_INSTEAD_C_CATEGORIES},
    {"is.na", PHRASE_EXPRESSION_INSTEAD_IS_NA},   {"c", PHRASE_EXPRESSION_INSTEAD_C_LIST},
};

/* Behind the value of cut(): limits, each above the one before; they become constants of the node. */
static behov_status parse_limits(parser *p, size_t opened, size_t position)
{
    behov_expression *e = p->formula;
    size_t first = e->n_constants;
    if (kind(p) != BEHOV_TOKEN_COMMA)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, p->tokens->token.position,
                              SAY_EXPRESSION_CUT_LIMITS_MISSING);
    while (kind(p) == BEHOV_TOKEN_COMMA) {
        behov_status status = next(p);
        if (!status)
            status = parse_listed(p);
        if (status)
            return status;
        const constant *now = &e->constants[e->n_constants - 1];
        if (now->text || (e->n_constants - first > 1 && !(now[-1].number < now->number)))
            return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, now->position,
                                  SAY_EXPRESSION_CUT_LIMITS_ORDER);
    }
    behov_status status = behov_token_close(p->tokens, opened, p->err);
    return status
               ? status
               : append(p, (node){.does = CUT, .first = first, .count = e->n_constants - first, .position = position});
}

static behov_status parse_function(parser *p)
{
    static const operation functions[] = {LOG, LOG10, EXP, SQRT, ABS, CUT};
    behov_tokens *tokens = p->tokens;
    behov_token name = tokens->token;
    char piece[BEHOV_PIECE_SIZE];
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (!behov_token_is(tokens, operations[functions[i]].spelling))
            continue;
        behov_status status = next(p);
        size_t opened = tokens->token.position;
        if (!status)
            status = next(p);
        if (!status)
            status = parse_or(p);
        if (!status)
            status = check_number(p);
        if (!status && functions[i] == CUT)
            return parse_limits(p, opened, name.position);
        if (!status && kind(p) == BEHOV_TOKEN_COMMA)
            return behov_error_at(p->err, BEHOV_E_SYNTAX, tokens->subject, tokens->token.position,
                                  SAY_EXPRESSION_ONE_NUMBER, operations[functions[i]].spelling);
        if (!status)
            status = behov_token_close(tokens, opened, p->err);
        return status ? status : append_operation(p, functions[i], name.position);
    }
    const char *instead = PHRASE_EXPRESSION_INSTEAD_NONE;
    for (size_t i = 0; i < sizeof foreign_functions / sizeof foreign_functions[0]; i++)
        if (behov_token_is(tokens, foreign_functions[i].name))
            instead = foreign_functions[i].instead;
    return behov_error_at(p->err, BEHOV_E_SYNTAX, tokens->subject, name.position, SAY_EXPRESSION_NO_FUNCTION,
                          behov_token_piece(tokens, piece), instead);
}

static behov_status parse_primary(parser *p)
{
    behov_token token = p->tokens->token;
    behov_status status;
    switch (token.kind) {
    case BEHOV_TOKEN_NUMBER:
        status = append(p, (node){.does = NUMBER, .number = token.number, .position = token.position});
        return status ? status : next(p);
    case BEHOV_TOKEN_TEXT:
        status =
            append(p, (node){.does = TEXT, .first = p->formula->n_constants, .count = 1, .position = token.position});
        return status ? status : read_text_constant(p);
    case BEHOV_TOKEN_NAME: {
        behov_tokens ahead = *p->tokens;
        status = behov_tokens_next(&ahead, p->err);
        if (status)
            return status;
        if (ahead.token.kind == BEHOV_TOKEN_OPEN && !token.is_quoted)
            return parse_function(p);
        return parse_column(p);
    }
    case BEHOV_TOKEN_OPEN:
        status = next(p);
        if (!status)
            status = parse_or(p);
        return status ? status : behov_token_close(p->tokens, token.position, p->err);
    default: return behov_token_unexpected(p->tokens, PHRASE_TOKEN_WANTED_COLUMN_OR_NUMBER, p->err);
    }
}

static behov_status parse_power(parser *p)
{
    behov_status status = parse_primary(p);
    if (status || kind(p) != BEHOV_TOKEN_POWER)
        return status;
    size_t position = p->tokens->token.position;
    status = check_number(p);
    if (!status)
        status = next(p);
    if (!status)
        status = parse_unary(p);
    if (!status)
        status = check_number(p);
    return status ? status : append_operation(p, POWER, position);
}

static behov_status parse_not(parser *p)
{
    size_t position = p->tokens->token.position;
    behov_status status = next(p);
    if (!status)
        status = parse_unary(p);
    if (!status)
        status = check_number(p);
    if (!status && kind(p) >= BEHOV_TOKEN_PLUS && kind(p) <= BEHOV_TOKEN_IN)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, position, SAY_EXPRESSION_NOT);
    return status ? status : append_operation(p, NOT, position);
}

static behov_status too_deep(const behov_tokens *tokens, size_t position, behov_error *err)
{
    return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, position, SAY_EXPRESSION_TOO_DEEP, DEEPEST);
}

static behov_status parse_unary(parser *p)
{
    size_t position = p->tokens->token.position;
    if (p->depth == DEEPEST)
        return too_deep(p->tokens, position, p->err);
    p->depth++;
    p->deepest = p->depth > p->deepest ? p->depth : p->deepest;
    behov_status status;
    if (kind(p) == BEHOV_TOKEN_MINUS || kind(p) == BEHOV_TOKEN_PLUS) {
        bool is_minus = kind(p) == BEHOV_TOKEN_MINUS;
        status = next(p);
        if (!status)
            status = parse_unary(p);
        if (!status)
            status = check_number(p);
        if (!status && is_minus)
            status = append_operation(p, NEGATE, position);
    } else if (kind(p) == BEHOV_TOKEN_NOT) {
        status = parse_not(p);
    } else {
        status = parse_power(p);
    }
    p->depth--;
    return status;
}

/* One level of operators that stand between operands and gather to the left. */
static behov_status parse_chain(parser *p, behov_status (*operand)(parser *), behov_token_kind token_kind,
                                operation does_one, behov_token_kind other, operation does_other)
{
    behov_status status = operand(p);
    while (!status && (kind(p) == token_kind || kind(p) == other)) {
        operation does = kind(p) == token_kind ? does_one : does_other;
        size_t position = p->tokens->token.position;
        status = check_number(p);
        if (!status)
            status = next(p);
        if (!status)
            status = operand(p);
        if (!status)
            status = check_number(p);
        if (!status)
            status = append_operation(p, does, position);
    }
    return status;
}

static behov_status parse_product(parser *p)
{
    return parse_chain(p, parse_unary, BEHOV_TOKEN_TIMES, MULTIPLY, BEHOV_TOKEN_DIVIDE, DIVIDE);
}

static behov_status parse_sum(parser *p)
{
    return parse_chain(p, parse_product, BEHOV_TOKEN_PLUS, ADD, BEHOV_TOKEN_MINUS, SUBTRACT);
}

/* One number, with a sign perhaps, or one text of the list after in. */
static behov_status parse_listed(parser *p)
{
    size_t position = p->tokens->token.position;
    if (kind(p) == BEHOV_TOKEN_TEXT)
        return read_text_constant(p);
    double sign = 1;
    if (kind(p) == BEHOV_TOKEN_MINUS || kind(p) == BEHOV_TOKEN_PLUS) {
        sign = kind(p) == BEHOV_TOKEN_MINUS ? -1 : 1;
        behov_status status = next(p);
        if (status)
            return status;
    }
    if (kind(p) == BEHOV_TOKEN_NAME) {
        char piece[BEHOV_PIECE_SIZE];
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, p->tokens->token.position,
                              SAY_EXPRESSION_LIST_NAME, behov_token_piece(p->tokens, piece));
    }
    if (kind(p) != BEHOV_TOKEN_NUMBER)
        return behov_token_unexpected(p->tokens, PHRASE_TOKEN_WANTED_LISTED, p->err);
    behov_status status = add_constant(p, NULL, 0, sign * p->tokens->token.number, position);
    return status ? status : next(p);
}

/* Everything behind the left side of in; the list becomes constants of one node. */
static behov_status parse_in(parser *p)
{
    behov_expression *e = p->formula;
    size_t position = p->tokens->token.position;
    behov_status status = check_number(p);
    if (!status)
        status = next(p);
    if (!status && behov_token_is(p->tokens, "c"))
        status = next(p);
    if (status)
        return status;
    size_t opened = p->tokens->token.position, first = e->n_constants;
    if (kind(p) != BEHOV_TOKEN_OPEN)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, opened, SAY_EXPRESSION_LIST_MISSING);
    do {
        status = next(p);
        if (!status)
            status = parse_listed(p);
        if (status)
            return status;
        const constant *now = &e->constants[e->n_constants - 1];
        if (!now->text != !e->constants[first].text)
            return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, now->position, SAY_EXPRESSION_LIST_MIXED);
    } while (kind(p) == BEHOV_TOKEN_COMMA);
    status = behov_token_close(p->tokens, opened, p->err);
    if (status)
        return status;
    node node = {.does = NUMBER_IN, .first = first, .count = e->n_constants - first, .position = position};
    if (e->constants[first].text) {
        if (last(p)->does != COLUMN)
            return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, position,
                                  SAY_EXPRESSION_TEXT_WITH_COLUMN);
        node.does = TEXT_IN;
        node.column = last(p)->column;
        node.position = last(p)->position;
        e->n_nodes--;
    }
    return append(p, node);
}

/* The two operands on top are compared; one may be text. */
static behov_status append_comparison(parser *p, operation does, size_t position)
{
    behov_expression *e = p->formula;
    node *right = last(p), *left = &e->nodes[e->n_nodes - 1 - right->size];
    if (left->does != TEXT && right->does != TEXT)
        return append_operation(p, does, position);
    const node *text = left->does == TEXT ? left : right, *other = left->does == TEXT ? right : left;
    if (does != EQUAL && does != UNEQUAL)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, position, SAY_EXPRESSION_TEXT_ORDER);
    if (other->does != COLUMN)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, text->position,
                              SAY_EXPRESSION_TEXT_WITH_COLUMN);
    node node = {.does = does == EQUAL ? TEXT_EQUAL : TEXT_UNEQUAL,
                 .column = other->column,
                 .first = text->first,
                 .count = 1,
                 .position = other->position};
    e->n_nodes -= 2;
    return append(p, node);
}

static behov_status parse_compare(parser *p)
{
    behov_status status = parse_sum(p);
    if (status || kind(p) < BEHOV_TOKEN_LESS || kind(p) > BEHOV_TOKEN_IN)
        return status;
    size_t position = p->tokens->token.position;
    if (kind(p) == BEHOV_TOKEN_IN) {
        status = parse_in(p);
    } else {
        /* the two lists stand in the same order */
        operation does = (operation)(LESS + (kind(p) - BEHOV_TOKEN_LESS));
        status = next(p);
        if (!status)
            status = parse_sum(p);
        if (!status)
            status = append_comparison(p, does, position);
    }
    if (!status && kind(p) >= BEHOV_TOKEN_LESS && kind(p) <= BEHOV_TOKEN_IN)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens->subject, p->tokens->token.position,
                              SAY_EXPRESSION_CHAIN);
    return status;
}

static behov_status parse_and(parser *p)
{
    return parse_chain(p, parse_compare, BEHOV_TOKEN_AND, AND, BEHOV_TOKEN_AND, AND);
}

static behov_status parse_or(parser *p)
{
    return parse_chain(p, parse_and, BEHOV_TOKEN_OR, OR, BEHOV_TOKEN_OR, OR);
}

/* ---- spelling ---- */

static bool needs_parentheses(const behov_expression *e, size_t parent, size_t child, bool is_right)
{
    operation above = e->nodes[parent].does, operation = e->nodes[child].does;
    int outer = operations[above].strength, inner = operations[operation].strength;
    if (outer == BINDS_PRIMARY)
        return false; /* a function brings its own */
    if (operation == NOT)
        return outer >= BINDS_COMPARE && above != NOT; /* see parse_not */
    if (above == POWER)
        return is_right ? inner < BINDS_UNARY : inner <= BINDS_POWER;
    return is_right || outer == BINDS_COMPARE ? inner <= outer : inner < outer;
}

static void spell_constant(behov_spelling *spelling, const constant *c)
{
    if (c->text)
        behov_spell_quoted(spelling, c->text, '"');
    else
        behov_spell_number(spelling, c->number);
}

static void spell_constants(const behov_expression *e, behov_spelling *spelling, const node *n)
{
    behov_spell(spelling, operations[n->does].spelling);
    if (n->does == TEXT_EQUAL || n->does == TEXT_UNEQUAL) {
        spell_constant(spelling, &e->constants[n->first]);
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        behov_spell(spelling, i ? ", " : "(");
        spell_constant(spelling, &e->constants[n->first + i]);
    }
    behov_spell(spelling, ")");
}

typedef struct visit {
    size_t node;
    int stage; /* operands that are spelled */
    bool in_parentheses;
} visit;

/* The tree in its normal spelling, by a walk with a stack of its own: a long chain of + is as deep as it is long. */
static char *spell(const behov_expression *e)
{
    behov_spelling spelling = {0};
    visit *stack = behov_alloc(e->n_nodes, sizeof *stack);
    if (!stack)
        return NULL;
    size_t height = 0;
    stack[height++] = (visit){.node = e->n_nodes - 1};
    while (height) {
        visit *now = &stack[height - 1];
        const node *n = &e->nodes[now->node];
        const char *spelled = operations[n->does].spelling;
        int n_operands = expression_n_operands(n->does);
        bool is_prefix = n_operands == 1 && n->does != NUMBER_IN, is_function = is_prefix && n->does >= LOG;
        if (now->stage == 0) {
            behov_spell(&spelling, now->in_parentheses ? "(" : "");
            behov_spell(&spelling, is_prefix ? spelled : "");
            behov_spell(&spelling, is_function ? "(" : "");
            if (n->does == NUMBER)
                behov_spell_number(&spelling, n->number);
            else if (n_operands == 0)
                behov_spell_name(&spelling, behov_dictionary_text(e->names, (int32_t)n->column));
        }
        if (now->stage == 1 && n_operands == 2)
            behov_spell(&spelling, spelled);
        if (now->stage < n_operands) {
            bool is_right = now->stage == 1;
            size_t child = now->node - 1;
            if (n_operands == 2 && !is_right)
                child -= e->nodes[child].size;
            now->stage++;
            stack[height++] =
                (visit){.node = child, .in_parentheses = needs_parentheses(e, now->node, child, is_right)};
            continue;
        }
        for (size_t i = 0; n->does == CUT && i < n->count; i++) {
            behov_spell(&spelling, ", ");
            spell_constant(&spelling, &e->constants[n->first + i]);
        }
        if (n->count && n->does != CUT)
            spell_constants(e, &spelling, n);
        behov_spell(&spelling, is_function ? ")" : "");
        behov_spell(&spelling, now->in_parentheses ? ")" : "");
        height--;
    }
    free(stack);
    if (spelling.has_failed) {
        free(spelling.text);
        return NULL;
    }
    return spelling.text;
}

/* ---- life ---- */

void behov_expression_free(behov_expression *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < e->n_constants; i++)
        free(e->constants[i].text);
    free(e->constants);
    free(e->nodes);
    behov_dictionary_free(e->names);
    free(e->columns);
    free(e->bound);
    free(e->subject);
    free(e->text);
    free(e);
}

/* Blocks that evaluation holds at once. */
static size_t stack_height(const behov_expression *e)
{
    size_t now = 0, highest = 0;
    for (size_t i = 0; i < e->n_nodes; i++) {
        now = now + 1 - expression_n_operands(e->nodes[i].does);
        highest = now > highest ? now : highest;
    }
    return highest;
}

static behov_status finish(behov_expression *e, const behov_tokens *tokens, size_t position, behov_error *err)
{
    if (stack_height(e) > HIGHEST)
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, position, SAY_EXPRESSION_TOO_LONG, HIGHEST);
    size_t n_columns = behov_dictionary_count(e->names);
    e->columns = behov_alloc(n_columns, sizeof *e->columns);
    e->bound = behov_alloc(n_columns, sizeof *e->bound);
    e->subject = behov_copy_text(tokens->subject, strlen(tokens->subject));
    e->text = spell(e);
    if (!e->columns || !e->bound || !e->subject || !e->text)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_EXPRESSION);
    for (size_t i = 0; i < e->n_nodes; i++)
        if (e->nodes[i].does == COLUMN)
            e->columns[e->nodes[i].column].wants_number = true;
    return BEHOV_OK;
}

/* The spelling has parentheses around each ! that the text may lack, so it is up to twice as deep; it is read again from
 * saved fits. */
static behov_status check_spelling(const behov_expression *e, const behov_tokens *tokens, size_t position,
                                   behov_error *err)
{
    size_t length = strlen(e->text);
    if (length == tokens->length && memcmp(e->text, tokens->text, length) == 0)
        return BEHOV_OK;
    behov_expression *again = NULL;
    behov_status status = behov_expression_parse(e->text, length, tokens->subject, &again, NULL);
    behov_expression_free(again);
    return status == BEHOV_E_SYNTAX ? too_deep(tokens, position, err)
           : status                 ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_EXPRESSION)
                                    : BEHOV_OK;
}

behov_status behov_expression_read(behov_tokens *tokens, behov_expression_reach reach, behov_expression **expression,
                                   behov_error *err)
{
    behov_expression *new_expression = behov_alloc(1, sizeof *new_expression);
    if (!new_expression)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_EXPRESSION);
    parser p = {.tokens = tokens, .formula = new_expression, .err = err};
    size_t position = tokens->token.position;
    behov_status status = behov_dictionary_new(&new_expression->names, err);
    if (!status) {
        switch (reach) {
        case BEHOV_REACH_ALL: status = parse_or(&p); break;
        case BEHOV_REACH_PRODUCT: status = parse_product(&p); break;
        case BEHOV_REACH_POWER: status = parse_power(&p); break;
        case BEHOV_REACH_PRIMARY: status = parse_primary(&p); break;
        }
    }
    if (!status)
        status = check_number(&p);
    if (!status)
        status = finish(new_expression, tokens, position, err);
    if (!status && p.deepest > DEEPEST / 2)
        status = check_spelling(new_expression, tokens, position, err);
    if (status) {
        behov_expression_free(new_expression);
        return status;
    }
    *expression = new_expression;
    return BEHOV_OK;
}

behov_status behov_expression_parse(const char *text, size_t length, const char *subject, behov_expression **expression,
                                    behov_error *err)
{
    behov_tokens tokens;
    behov_expression *new_expression = NULL;
    if (!subject)
        subject = "";
    behov_status status = behov_tokens_start(&tokens, text, length, subject, err);
    if (!status)
        status = behov_expression_read(&tokens, BEHOV_REACH_ALL, &new_expression, err);
    if (!status && tokens.token.kind != BEHOV_TOKEN_END)
        status = tokens.token.kind == BEHOV_TOKEN_CLOSE
                     ? behov_error_at(err, BEHOV_E_SYNTAX, subject, tokens.token.position, SAY_EXPRESSION_CLOSE_ALONE)
                     : behov_token_unexpected(&tokens, PHRASE_TOKEN_WANTED_OPERATOR_OR_END, err);
    if (status) {
        behov_expression_free(new_expression);
        return status;
    }
    *expression = new_expression;
    return BEHOV_OK;
}

const char *behov_expression_text(const behov_expression *e)
{
    return e->text;
}

/* Whether a part of an expression names a column, and whether its value is a function of an amount. */
typedef struct amount_shape {
    bool has_column, is_transformed;
} amount_shape;

/* A share or a scale of an amount is one (ratio / 100 * (b * x^1.2 + ...)): of a product that names columns on both sides,
 * both have to be functions. */
static amount_shape shape_of_two(operation does, amount_shape left, amount_shape right)
{
    bool has_column = left.has_column || right.has_column;
    if (does == DIVIDE)
        return (amount_shape){has_column, left.is_transformed};
    if (does == MULTIPLY && left.has_column && right.has_column)
        return (amount_shape){true, left.is_transformed && right.is_transformed};
    if (does == ADD || does == SUBTRACT || does == MULTIPLY)
        return (amount_shape){has_column, left.is_transformed || right.is_transformed};
    return (amount_shape){has_column, has_column};
}

bool behov_expression_is_transformed(const behov_expression *e)
{
    enum { ROOM = 16 * DEEPEST }; /* operands that wait: fewer than two for each level of binding and nesting */
    amount_shape shapes[ROOM];
    size_t n = 0;
    for (size_t i = 0; i < e->n_nodes && n < ROOM; i++) {
        operation does = e->nodes[i].does;
        size_t n_operands = expression_n_operands(does);
        amount_shape shape = {does == COLUMN, false};
        if (n_operands == 2)
            shape = shape_of_two(does, shapes[n - 2], shapes[n - 1]);
        for (size_t j = 0; n_operands != 2 && j < n_operands; j++) {
            bool has_column = shapes[n - 1 - j].has_column;
            shape.has_column = shape.has_column || has_column;
            shape.is_transformed = does == NEGATE ? shapes[n - 1].is_transformed : shape.has_column;
        }
        n -= n_operands;
        shapes[n++] = shape;
    }
    return n > 0 && shapes[n - 1].is_transformed;
}

size_t behov_expression_n_columns(const behov_expression *e)
{
    return behov_dictionary_count(e->names);
}

const char *behov_expression_column(const behov_expression *e, size_t i)
{
    return behov_dictionary_text(e->names, (int32_t)i);
}

const char *behov_expression_sole_column(const behov_expression *e)
{
    bool is_column = e->n_nodes == 1 && behov_dictionary_count(e->names) == 1 && e->nodes[0].does == COLUMN;
    return is_column ? behov_dictionary_text(e->names, 0) : NULL;
}

bool behov_expression_wants_number(const behov_expression *e, size_t i)
{
    return e->columns[i].wants_number;
}

bool behov_expression_is_condition(const behov_expression *e)
{
    operation outermost = e->nodes[e->n_nodes - 1].does;
    return outermost == NOT || (outermost >= TEXT_EQUAL && outermost <= NUMBER_IN) || outermost >= LESS;
}

void behov_expression_make_factor(behov_expression *e)
{
    e->is_factor = true;
    e->columns[0].wants_number = false;
}
