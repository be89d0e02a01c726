/* formula.c - reading, expanding, coding and spelling model formulas.
 *
 *   formula     = component "~" [ sign ] item { ( "+" | "-" ) item }
 *   item        = "1" | "0" | product
 *   product     = interaction { "*" interaction }
 *   interaction = component { ":" component }
 *   component   = name | function "(" ... ")" | "I" "(" expression ")" | "factor" "(" name [ "," "ref" "=" level ] ")"
 *
 * A term is a set of components; components stand once in the formula, so that factor(year) is the same thing in every
 * term and a reference given once holds everywhere. Terms are ordered as R orders them: by the number of components,
 * then as they appear.
 *
 * Coding of a factor c in a term t, after R (R Core Team, "Statistical Models in S", 2.4.1 and 3): contrasts when
 * t without c is spanned by the model, that is, when an earlier term holds all other components of t and, beyond them,
 * factors only; else all levels. R forgets "factors only": in x:z + x:f it drops a column that x:z does not replace.
 * R also gives all levels to the first factor of a model without constant when it stands in x + x:f alone, which
 * repeats x; here that is done for main effects only.
 *
 * Not here: levels and columns of the design (design.c), ".", parentheses around terms, %in%, offsets, |. */
#include <behov/formula.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>

#include "alloc.h"
#include "expression_inner.h"
#include "token.h"

enum {
    MOST_IN_TERM = 16,       /* components of an interaction */
    MOST_TERMS = 1000,       /* a*b*c*... doubles with each factor */
    MOST_COMPONENTS = 10000, /* each new one is compared with all others */
    FIRST_ROOM = 8
};

typedef struct piece {
    char *name; /* a factor: its column, else the spelling */
    bool is_factor;
    behov_expression *expression;
    char *reference;
} piece;

typedef struct term {
    uint16_t components[MOST_IN_TERM]; /* each once, in the order written */
    unsigned n_components;
} term;

typedef struct term_list {
    term *terms;
    size_t n_terms, room;
} term_list;

struct behov_formula {
    piece *pieces;
    size_t n_pieces, room;
    term_list list;
    bool has_intercept;
    behov_expression *outcome;
    char *outcome_name, *text;
};

typedef struct parser {
    behov_tokens tokens;
    behov_formula *formula;
    behov_error *err;
} parser;

/* ---- small helpers ---- */

static behov_token_kind kind(const parser *p)
{
    return p->tokens.token.kind;
}

static behov_status next(parser *p)
{
    return behov_tokens_next(&p->tokens, p->err);
}

static behov_status fail(parser *p, size_t position, const char *sentence)
{
    return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_MESSAGE, sentence);
}

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FORMULA);
}

static bool holds(const term *t, uint16_t component)
{
    for (unsigned i = 0; i < t->n_components; i++)
        if (t->components[i] == component)
            return true;
    return false;
}

/* a:b is b:a; no term holds a component twice. */
static bool is_same_term(const term *a, const term *b)
{
    if (a->n_components != b->n_components)
        return false;
    for (unsigned i = 0; i < a->n_components; i++)
        if (!holds(b, a->components[i]))
            return false;
    return true;
}

static ptrdiff_t find_term(const term_list *list, const term *t)
{
    for (size_t i = 0; i < list->n_terms; i++)
        if (is_same_term(&list->terms[i], t))
            return (ptrdiff_t)i;
    return -1;
}

static behov_status add_term(parser *p, term_list *list, const term *t, size_t position)
{
    if (find_term(list, t) >= 0)
        return BEHOV_OK;
    if (list->n_terms == MOST_TERMS)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_TOO_MANY_TERMS,
                              MOST_TERMS);
    if (list->n_terms == list->room) {
        size_t room = list->room ? 2 * list->room : FIRST_ROOM;
        term *terms = behov_realloc(list->terms, room, sizeof *terms);
        if (!terms)
            return no_memory(p->err);
        list->terms = terms;
        list->room = room;
    }
    list->terms[list->n_terms++] = *t;
    return BEHOV_OK;
}

static behov_status add_to_term(parser *p, term *t, uint16_t component, size_t position)
{
    if (holds(t, component))
        return BEHOV_OK;
    if (t->n_components == MOST_IN_TERM)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_INTERACTION_TOO_LONG,
                              MOST_IN_TERM);
    t->components[t->n_components++] = component;
    return BEHOV_OK;
}

/* ---- components ---- */

static void free_piece(piece *c)
{
    free(c->name);
    free(c->reference);
    behov_expression_free(c->expression);
}

/* Takes what `added_piece` owns, in any case. A piece that is there already is not added again, but may give it its
 * reference. */
static behov_status add_piece(parser *p, piece added_piece, size_t position, uint16_t *index)
{
    behov_formula *f = p->formula;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < f->n_pieces; i++) {
        piece *known_piece = &f->pieces[i];
        if (known_piece->is_factor != added_piece.is_factor || strcmp(known_piece->name, added_piece.name) != 0)
            continue;
        if (known_piece->reference && added_piece.reference &&
            strcmp(known_piece->reference, added_piece.reference) != 0) {
            char text[BEHOV_PIECE_SIZE], other[BEHOV_PIECE_SIZE], name[BEHOV_PIECE_SIZE];
            status = behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_TWO_REFERENCES,
                                    behov_piece(added_piece.name, strlen(added_piece.name), name),
                                    behov_piece(known_piece->reference, strlen(known_piece->reference), text),
                                    behov_piece(added_piece.reference, strlen(added_piece.reference), other));
        } else if (!known_piece->reference) {
            known_piece->reference = added_piece.reference;
            added_piece.reference = NULL;
        }
        free_piece(&added_piece);
        *index = (uint16_t)i;
        return status;
    }
    if (f->n_pieces == MOST_COMPONENTS) {
        status = behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_TOO_MANY_REGRESSORS,
                                MOST_COMPONENTS);
    } else if (f->n_pieces == f->room) {
        size_t room = f->room ? 2 * f->room : FIRST_ROOM;
        piece *pieces = behov_realloc(f->pieces, room, sizeof *pieces);
        if (pieces) {
            f->pieces = pieces;
            f->room = room;
        } else {
            status = no_memory(p->err);
        }
    }
    if (status) {
        free_piece(&added_piece);
        return status;
    }
    *index = (uint16_t)f->n_pieces;
    f->pieces[f->n_pieces++] = added_piece;
    return BEHOV_OK;
}

/* The level after ref =. A bare number is kept as the shortest text of its value, so that 2012.0 is 2012; with a
 * leading zero it is a code and stays as it is. */
static behov_status parse_reference(parser *p, char **reference)
{
    behov_tokens *tokens = &p->tokens;
    size_t position = tokens->token.position;
    if (kind(p) == BEHOV_TOKEN_TEXT) {
        *reference = behov_token_content(tokens, NULL);
        if (*reference && !**reference)
            return fail(p, position, PHRASE_FORMULA_REFERENCE_EMPTY);
        return *reference ? next(p) : no_memory(p->err);
    }
    bool is_negative = kind(p) == BEHOV_TOKEN_MINUS;
    behov_status status = is_negative ? next(p) : BEHOV_OK;
    if (status)
        return status;
    if (kind(p) == BEHOV_TOKEN_NAME) {
        char piece_text[BEHOV_PIECE_SIZE];
        return behov_error_at(p->err, BEHOV_E_SYNTAX, tokens->subject, position, SAY_FORMULA_REFERENCE_UNQUOTED,
                              behov_token_piece(tokens, piece_text));
    }
    if (kind(p) != BEHOV_TOKEN_NUMBER)
        return behov_token_unexpected(tokens, PHRASE_TOKEN_WANTED_REFERENCE, p->err);
    behov_spelling level = {0};
    const char *digits = tokens->text + tokens->token.start;
    size_t length = tokens->token.end - tokens->token.start;
    if (length > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') {
        char *copy = behov_copy_text(digits, length);
        behov_spell(&level, is_negative ? "-" : "");
        behov_spell(&level, copy ? copy : "");
        level.has_failed = level.has_failed || !copy;
        free(copy);
    } else {
        behov_spell_number(&level, is_negative ? -tokens->token.number : tokens->token.number);
    }
    *reference = level.text;
    return level.has_failed ? no_memory(p->err) : next(p);
}

/* factor(year, ref = 2012), the piece that is read being the word factor. */
static behov_status parse_factor(parser *p, piece *piece)
{
    behov_tokens *tokens = &p->tokens;
    behov_status status = next(p);
    size_t opened = tokens->token.position;
    if (!status)
        status = next(p);
    if (status)
        return status;
    behov_tokens ahead = *tokens;
    status = behov_tokens_next(&ahead, p->err);
    if (status)
        return status;
    bool is_alone = ahead.token.kind == BEHOV_TOKEN_COMMA || ahead.token.kind == BEHOV_TOKEN_CLOSE ||
                    ahead.token.kind == BEHOV_TOKEN_END;
    if (kind(p) != BEHOV_TOKEN_NAME || !is_alone)
        return fail(p, tokens->token.position, PHRASE_FORMULA_FACTOR_CONTENT);
    piece->is_factor = true;
    piece->name = behov_token_content(tokens, NULL);
    if (!piece->name)
        return no_memory(p->err);
    status = behov_expression_read(tokens, BEHOV_REACH_PRIMARY, &piece->expression, p->err);
    if (status)
        return status;
    behov_expression_make_factor(piece->expression);
    if (kind(p) == BEHOV_TOKEN_COMMA) {
        status = next(p);
        if (status)
            return status;
        if (!behov_token_is(tokens, "ref"))
            return fail(p, tokens->token.position, PHRASE_FORMULA_FACTOR_OPTION);
        status = next(p);
        if (status)
            return status;
        if (kind(p) != BEHOV_TOKEN_ASSIGN)
            return behov_token_unexpected(tokens, PHRASE_TOKEN_WANTED_ASSIGNED_REFERENCE, p->err);
        status = next(p);
        if (!status)
            status = parse_reference(p, &piece->reference);
    }
    if (status)
        return status;
    if (kind(p) == BEHOV_TOKEN_NUMBER || kind(p) == BEHOV_TOKEN_NAME || kind(p) == BEHOV_TOKEN_COMMA)
        return behov_token_unexpected(tokens, PHRASE_TOKEN_WANTED_FACTOR_CLOSE, p->err);
    return behov_token_close(tokens, opened, p->err);
}

/* I(...), the piece that is read being the word I. */
static behov_status parse_inhibited(parser *p, piece *piece)
{
    behov_status status = next(p);
    size_t opened = p->tokens.token.position;
    if (!status)
        status = next(p);
    if (!status)
        status = behov_expression_read(&p->tokens, BEHOV_REACH_ALL, &piece->expression, p->err);
    if (!status)
        status = behov_token_close(&p->tokens, opened, p->err);
    if (status)
        return status;
    behov_spelling name = {0};
    behov_spell(&name, "I(");
    behov_spell(&name, behov_expression_text(piece->expression));
    behov_spell(&name, ")");
    piece->name = name.text;
    return name.has_failed ? no_memory(p->err) : BEHOV_OK;
}

static bool is_category_function(const behov_tokens *tokens)
{
    static const char *const names[] = {"C", "as.factor", "i", "dummy", "Factor", "categorical"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (behov_token_is(tokens, names[i]))
            return true;
    return false;
}

static behov_status refuse_number(parser *p, size_t position)
{
    return fail(p, position, PHRASE_FORMULA_NUMBER_TERM);
}

/* What fills `piece` is the caller's to free, also after a failure. */
static behov_status parse_component(parser *p, piece *piece)
{
    behov_tokens *tokens = &p->tokens, ahead = *tokens;
    if (kind(p) == BEHOV_TOKEN_OPEN)
        return fail(p, tokens->token.position, PHRASE_FORMULA_PARENTHESES);
    if (kind(p) == BEHOV_TOKEN_NUMBER)
        return refuse_number(p, tokens->token.position);
    if (kind(p) != BEHOV_TOKEN_NAME)
        return behov_token_unexpected(tokens, PHRASE_TOKEN_WANTED_TERM, p->err);
    behov_status status = behov_tokens_next(&ahead, p->err);
    if (status)
        return status;
    if (ahead.token.kind == BEHOV_TOKEN_OPEN && behov_token_is(tokens, "I"))
        return parse_inhibited(p, piece);
    if (ahead.token.kind == BEHOV_TOKEN_OPEN && behov_token_is(tokens, "factor"))
        return parse_factor(p, piece);
    if (ahead.token.kind == BEHOV_TOKEN_OPEN && is_category_function(tokens)) {
        char name[BEHOV_PIECE_SIZE];
        return behov_error_at(p->err, BEHOV_E_SYNTAX, tokens->subject, tokens->token.position,
                              SAY_FORMULA_CATEGORY_FUNCTION, behov_token_piece(tokens, name));
    }
    status = behov_expression_read(tokens, BEHOV_REACH_PRIMARY, &piece->expression, p->err);
    if (status)
        return status;
    const char *text = behov_expression_text(piece->expression);
    piece->name = behov_copy_text(text, strlen(text));
    return piece->name ? BEHOV_OK : no_memory(p->err);
}

/* An operator that has no meaning between terms: says how the same is written, in the user's own words if the piece
 * from `start` can be read as arithmetic. */
static behov_status refuse_arithmetic(parser *p, behov_tokens start, behov_expression_reach reach, bool is_outcome)
{
    size_t position = p->tokens.token.position;
    behov_expression *meant = NULL;
    char text[BEHOV_PIECE_SIZE] = "population^1.2";
    if (!behov_expression_read(&start, reach, &meant, NULL) &&
        strlen(behov_expression_text(meant)) < BEHOV_PIECE_SIZE - 4)
        behov_piece(behov_expression_text(meant), strlen(behov_expression_text(meant)), text);
    behov_expression_free(meant);
    if (is_outcome)
        return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_ARITHMETIC_OUTCOME,
                              text);
    return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, position, SAY_FORMULA_ARITHMETIC_COLUMN, text);
}

static bool is_comparison(behov_token_kind k)
{
    return (k >= BEHOV_TOKEN_LESS && k <= BEHOV_TOKEN_OR) || k == BEHOV_TOKEN_ASSIGN;
}

/* ---- terms ---- */

static behov_status parse_interaction(parser *p, term *term)
{
    for (;;) {
        behov_tokens component_start = p->tokens;
        piece component = {0};
        uint16_t index = 0;
        behov_status status = parse_component(p, &component);
        if (status) {
            free_piece(&component);
            return status;
        }
        status = add_piece(p, component, component_start.token.position, &index);
        if (!status)
            status = add_to_term(p, term, index, component_start.token.position);
        if (status)
            return status;
        if (kind(p) == BEHOV_TOKEN_POWER)
            return refuse_arithmetic(p, component_start, BEHOV_REACH_POWER, false);
        if (kind(p) == BEHOV_TOKEN_DIVIDE)
            return refuse_arithmetic(p, component_start, BEHOV_REACH_PRODUCT, false);
        if (is_comparison(kind(p)))
            return fail(p, p->tokens.token.position, PHRASE_FORMULA_CONDITION);
        if (kind(p) != BEHOV_TOKEN_COLON)
            return BEHOV_OK;
        status = next(p);
        if (status)
            return status;
    }
}

/* list = list + t + list:t, which is what * means; t is one interaction. */
static behov_status cross(parser *p, term_list *list, const term *t, size_t position)
{
    size_t n = list->n_terms;
    behov_status status = add_term(p, list, t, position);
    for (size_t i = 0; !status && i < n; i++) {
        term both = list->terms[i];
        for (unsigned j = 0; !status && j < t->n_components; j++)
            status = add_to_term(p, &both, t->components[j], position);
        if (!status)
            status = add_term(p, list, &both, position);
    }
    return status;
}

static behov_status parse_product(parser *p, term_list *list)
{
    behov_tokens start = p->tokens;
    for (;;) {
        term t = {.n_components = 0};
        behov_status status = parse_interaction(p, &t);
        if (!status)
            status = cross(p, list, &t, start.token.position);
        if (status || kind(p) != BEHOV_TOKEN_TIMES)
            return status;
        status = next(p);
        if (status)
            return status;
        if (kind(p) == BEHOV_TOKEN_NUMBER)
            return refuse_arithmetic(p, start, BEHOV_REACH_PRODUCT, false);
    }
}

/* "- term": the terms of `list` leave the model. */
static behov_status take_back(parser *p, const term_list *list, const behov_tokens *start)
{
    term_list *model = &p->formula->list;
    bool has_taken = false;
    for (size_t i = 0; i < list->n_terms; i++) {
        ptrdiff_t found_number = find_term(model, &list->terms[i]);
        if (found_number < 0)
            continue;
        has_taken = true;
        model->n_terms--;
        memmove(model->terms + found_number, model->terms + found_number + 1,
                (model->n_terms - (size_t)found_number) * sizeof(term));
    }
    if (has_taken)
        return BEHOV_OK;
    /* R is silent here, and a slip of the pen stays in the model. */
    char text[BEHOV_PIECE_SIZE];
    return behov_error_at(
        p->err, BEHOV_E_SYNTAX, p->tokens.subject, start->token.position, SAY_FORMULA_NOTHING_TO_TAKE_BACK,
        behov_piece(p->tokens.text + start->token.start, start->token.end - start->token.start, text));
}

static behov_status parse_item(parser *p, bool is_minus)
{
    behov_tokens start = p->tokens;
    term_list list = {0};
    behov_status status;
    if (kind(p) == BEHOV_TOKEN_NUMBER) {
        double number = start.token.number;
        status = next(p);
        if (status)
            return status;
        if (kind(p) == BEHOV_TOKEN_TIMES || kind(p) == BEHOV_TOKEN_DIVIDE || kind(p) == BEHOV_TOKEN_POWER)
            return refuse_arithmetic(p, start, BEHOV_REACH_PRODUCT, false);
        if (kind(p) == BEHOV_TOKEN_NUMBER)
            return behov_token_unexpected(&p->tokens, PHRASE_TOKEN_WANTED_PLUS_OR_END, p->err);
        if ((number != 0 && number != 1) || kind(p) == BEHOV_TOKEN_COLON)
            return refuse_number(p, start.token.position);
        p->formula->has_intercept = (number == 1) != is_minus;
        return BEHOV_OK;
    }
    status = parse_product(p, &list);
    if (!status && is_minus)
        status = take_back(p, &list, &start);
    for (size_t i = 0; !status && !is_minus && i < list.n_terms; i++)
        status = add_term(p, &p->formula->list, &list.terms[i], start.token.position);
    free(list.terms);
    return status;
}

static behov_status parse_right_side(parser *p)
{
    bool is_first = true;
    do {
        bool is_minus = false;
        behov_status status;
        if (!is_first) {
            is_minus = kind(p) == BEHOV_TOKEN_MINUS;
            status = next(p);
            if (status)
                return status;
        }
        if ((is_first || !is_minus) && (kind(p) == BEHOV_TOKEN_MINUS || kind(p) == BEHOV_TOKEN_PLUS)) {
            is_minus = kind(p) == BEHOV_TOKEN_MINUS;
            status = next(p);
            if (status)
                return status;
        }
        if (is_first && kind(p) == BEHOV_TOKEN_END)
            return fail(p, p->tokens.token.position, PHRASE_FORMULA_NO_REGRESSORS);
        status = parse_item(p, is_minus);
        if (status)
            return status;
        is_first = false;
    } while (kind(p) == BEHOV_TOKEN_PLUS || kind(p) == BEHOV_TOKEN_MINUS);
    if (kind(p) == BEHOV_TOKEN_TILDE)
        return fail(p, p->tokens.token.position, PHRASE_FORMULA_TWO_TILDES);
    if (kind(p) == BEHOV_TOKEN_CLOSE)
        return fail(p, p->tokens.token.position, PHRASE_EXPRESSION_CLOSE_ALONE);
    if (kind(p) != BEHOV_TOKEN_END)
        return behov_token_unexpected(&p->tokens, PHRASE_TOKEN_WANTED_PLUS_OR_END, p->err);
    return BEHOV_OK;
}

/* Whether there is a ~ at all, before anything else is found to be wrong. */
static behov_status check_tilde(const parser *p)
{
    behov_tokens tokens = p->tokens;
    while (tokens.token.kind != BEHOV_TOKEN_TILDE) {
        if (tokens.token.kind == BEHOV_TOKEN_END)
            return behov_error_at(p->err, BEHOV_E_SYNTAX, tokens.subject, tokens.token.position, SAY_FORMULA_NO_TILDE);
        behov_status status = behov_tokens_next(&tokens, p->err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

static behov_status parse_outcome(parser *p)
{
    behov_tokens start = p->tokens;
    piece outcome = {0};
    behov_status status = BEHOV_OK;
    if (kind(p) == BEHOV_TOKEN_TILDE)
        return fail(p, start.token.position, PHRASE_FORMULA_NO_OUTCOME);
    if (kind(p) == BEHOV_TOKEN_NUMBER || kind(p) == BEHOV_TOKEN_OPEN || kind(p) == BEHOV_TOKEN_MINUS)
        status = refuse_arithmetic(p, start, BEHOV_REACH_ALL, true);
    if (!status)
        status = parse_component(p, &outcome);
    if (!status && outcome.is_factor)
        status = fail(p, start.token.position, PHRASE_FORMULA_OUTCOME_FACTOR);
    if (!status && ((kind(p) >= BEHOV_TOKEN_PLUS && kind(p) <= BEHOV_TOKEN_OR) || kind(p) == BEHOV_TOKEN_COLON))
        status = refuse_arithmetic(p, start, BEHOV_REACH_ALL, true);
    if (!status && kind(p) != BEHOV_TOKEN_TILDE)
        status = behov_token_unexpected(&p->tokens, PHRASE_TOKEN_WANTED_TILDE, p->err);
    if (status) {
        free_piece(&outcome);
        return status;
    }
    p->formula->outcome = outcome.expression;
    p->formula->outcome_name = outcome.name;
    return next(p);
}

/* A regressor that is the outcome explains it fully and says nothing. */
static behov_status check_outcome(const parser *p)
{
    const behov_formula *f = p->formula;
    const char *outcome = behov_expression_text(f->outcome);
    for (size_t i = 0; i < f->list.n_terms; i++)
        for (unsigned j = 0; j < f->list.terms[i].n_components; j++) {
            const piece *c = &f->pieces[f->list.terms[i].components[j]];
            if (strcmp(behov_expression_text(c->expression), outcome) != 0)
                continue;
            char name[BEHOV_PIECE_SIZE];
            return behov_error_at(p->err, BEHOV_E_SYNTAX, p->tokens.subject, 1, SAY_FORMULA_OUTCOME_TWICE,
                                  behov_piece(outcome, strlen(outcome), name));
        }
    return BEHOV_OK;
}

/* By the number of components, equal ones as they are. */
static void order_terms(term_list *list)
{
    for (size_t i = 1; i < list->n_terms; i++) {
        term now = list->terms[i];
        size_t j = i;
        for (; j > 0 && list->terms[j - 1].n_components > now.n_components; j--)
            list->terms[j] = list->terms[j - 1];
        list->terms[j] = now;
    }
}

/* ---- spelling ---- */

/* A level that is the shortest text of its number reads back from the bare number. */
static bool is_plain_number(const char *level)
{
    double value;
    char shortest[BEHOV_NUMBER_SIZE];
    if (behov_number_parse(level, strlen(level), '.', &value) != BEHOV_NUMBER_OK)
        return false;
    behov_number_shortest(value, shortest);
    return strcmp(shortest, level) == 0;
}

static void spell_piece(behov_spelling *text, const piece *c)
{
    if (!c->is_factor) {
        behov_spell(text, c->name);
        return;
    }
    behov_spell(text, "factor(");
    behov_spell_name(text, c->name);
    if (c->reference) {
        behov_spell(text, ", ref = ");
        if (is_plain_number(c->reference))
            behov_spell(text, c->reference);
        else
            behov_spell_quoted(text, c->reference, '"');
    }
    behov_spell(text, ")");
}

/* NULL without memory. */
static char *spell(const behov_formula *f)
{
    behov_spelling text = {0};
    behov_spell(&text, f->outcome_name);
    behov_spell(&text, " ~ ");
    for (size_t i = 0; i < f->list.n_terms; i++) {
        const term *t = &f->list.terms[i];
        for (unsigned j = 0; j < t->n_components; j++) {
            behov_spell(&text, j ? ":" : i ? " + " : "");
            spell_piece(&text, &f->pieces[t->components[j]]);
        }
    }
    if (f->list.n_terms == 0)
        behov_spell(&text, f->has_intercept ? "1" : "0");
    else if (!f->has_intercept)
        behov_spell(&text, " - 1");
    if (text.has_failed) {
        free(text.text);
        return NULL;
    }
    return text.text;
}

/* ---- life ---- */

void behov_formula_free(behov_formula *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n_pieces; i++)
        free_piece(&f->pieces[i]);
    free(f->pieces);
    free(f->list.terms);
    behov_expression_free(f->outcome);
    free(f->outcome_name);
    free(f->text);
    free(f);
}

behov_status behov_formula_parse(const char *text, behov_formula **formula, behov_error *err)
{
    behov_formula *new_formula = behov_alloc(1, sizeof *new_formula);
    if (!new_formula)
        return no_memory(err);
    new_formula->has_intercept = true;
    parser p = {.formula = new_formula, .err = err};
    behov_status status = behov_tokens_start(&p.tokens, text, strlen(text), PHRASE_FORMULA_WHERE, err);
    if (!status)
        status = check_tilde(&p);
    if (!status)
        status = parse_outcome(&p);
    if (!status)
        status = parse_right_side(&p);
    if (!status)
        status = check_outcome(&p);
    if (!status && new_formula->list.n_terms == 0 && !new_formula->has_intercept)
        status = fail(&p, p.tokens.token.position, PHRASE_FORMULA_NOTHING_LEFT);
    if (!status) {
        order_terms(&new_formula->list);
        new_formula->text = spell(new_formula);
        if (!new_formula->text)
            status = no_memory(err);
    }
    if (status) {
        behov_formula_free(new_formula);
        return status;
    }
    *formula = new_formula;
    return BEHOV_OK;
}

const char *behov_formula_text(const behov_formula *f)
{
    return f->text;
}

bool behov_formula_has_intercept(const behov_formula *f)
{
    return f->has_intercept;
}

behov_expression *behov_formula_outcome(const behov_formula *f)
{
    return f->outcome;
}

const char *behov_formula_outcome_name(const behov_formula *f)
{
    return f->outcome_name;
}

const char *behov_formula_outcome_column(const behov_formula *f)
{
    return behov_expression_sole_column(f->outcome);
}

size_t behov_formula_n_terms(const behov_formula *f)
{
    return f->list.n_terms;
}

size_t behov_formula_n_components(const behov_formula *f, size_t index)
{
    return f->list.terms[index].n_components;
}

behov_component behov_formula_component(const behov_formula *f, size_t index, size_t component)
{
    const piece *c = &f->pieces[f->list.terms[index].components[component]];
    return (behov_component){
        .name = c->name, .is_factor = c->is_factor, .expression = c->expression, .reference = c->reference};
}

/* Whether `earlier` spans `t` without the component at `left_out`. */
static bool spans(const behov_formula *f, const term *earlier, const term *t, size_t left_out)
{
    for (unsigned i = 0; i < t->n_components; i++)
        if (i != left_out && !holds(earlier, t->components[i]))
            return false;
    for (unsigned i = 0; i < earlier->n_components; i++)
        if (!holds(t, earlier->components[i]) && !f->pieces[earlier->components[i]].is_factor)
            return false;
    return true;
}

bool behov_formula_uses_reference(const behov_formula *f, size_t index, size_t component)
{
    const term *t = &f->list.terms[index];
    if (!f->pieces[t->components[component]].is_factor)
        return false;
    if (t->n_components == 1 && f->has_intercept)
        return true;
    for (const term *earlier = f->list.terms; earlier < t; earlier++) {
        if (t->n_components > 1 && spans(f, earlier, t, component))
            return true;
        if (t->n_components == 1 && f->pieces[earlier->components[0]].is_factor)
            return true; /* the first factor has all its levels, which add up to the constant */
    }
    return false;
}

behov_status behov_formula_set_reference(behov_formula *f, size_t index, size_t component, const char *level,
                                         behov_error *err)
{
    if (index >= f->list.n_terms || component >= f->list.terms[index].n_components)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_FORMULA_NO_COMPONENT, index, component);
    piece *c = &f->pieces[f->list.terms[index].components[component]];
    if (!c->is_factor || !level[0])
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_FORMULA_REFERENCE_OF_FACTOR);
    if (c->reference)
        return BEHOV_OK;
    c->reference = behov_copy_text(level, strlen(level));
    char *text = c->reference ? spell(f) : NULL;
    if (!text) {
        free(c->reference);
        c->reference = NULL;
        return no_memory(err);
    }
    free(f->text);
    f->text = text;
    return BEHOV_OK;
}

static bool is_of_factors(const behov_formula *f, const term *t)
{
    for (unsigned j = 0; j < t->n_components; j++)
        if (!f->pieces[t->components[j]].is_factor)
            return false;
    return true;
}

/* Without a constant the first term of factors alone has all its levels; they add up to one. */
static bool carries_constant(const behov_formula *f, size_t index)
{
    if (f->has_intercept || !is_of_factors(f, &f->list.terms[index]))
        return false;
    for (size_t i = 0; i < f->list.n_terms; i++)
        if (i != index && is_of_factors(f, &f->list.terms[i]))
            return false;
    return true;
}

behov_status behov_formula_without(const behov_formula *f, size_t index, behov_formula **rest, behov_error *err)
{
    if (index >= f->list.n_terms)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_FORMULA_NO_TERM_NUMBER, index);
    behov_spelling text = {0};
    const term *t = &f->list.terms[index];
    behov_spell(&text, f->text);
    for (unsigned j = 0; j < t->n_components; j++) {
        behov_spell(&text, j ? ":" : " - ");
        spell_piece(&text, &f->pieces[t->components[j]]);
    }
    behov_spell(&text, carries_constant(f, index) ? " + 1" : "");
    behov_status status = text.has_failed ? no_memory(err) : behov_formula_parse(text.text, rest, err);
    free(text.text);
    return status;
}

behov_status behov_formula_bind(behov_formula *f, const behov_table *table, behov_error *err)
{
    behov_status status = behov_expression_bind(f->outcome, table, err);
    for (size_t i = 0; !status && i < f->list.n_terms; i++)
        for (unsigned j = 0; !status && j < f->list.terms[i].n_components; j++)
            status = behov_expression_bind(f->pieces[f->list.terms[i].components[j]].expression, table, err);
    return status;
}
