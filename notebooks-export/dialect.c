/* dialect.c - see dialect.h. Operands are put together with a stack of texts, as the tree is in postfix order. */
#include "dialect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/error.h>
#include <behov/number.h>

#include "refit.h"

void dialect_add_figure(behov_wording *out, double value, const char *missing)
{
    char text[BEHOV_NUMBER_SIZE];
    if (!isfinite(value)) {
        behov_wording_add(out, missing);
        return;
    }
    behov_number_shortest(value, text);
    behov_wording_add(out, text);
}

void dialect_add_number(behov_wording *out, double value)
{
    if (value < 0)
        behov_wording_add(out, "(");
    dialect_add_figure(out, value, "");
    if (value < 0)
        behov_wording_add(out, ")");
}

void dialect_add_pattern(behov_wording *out, const char *pattern, const char *first, const char *second)
{
    while (*pattern) {
        size_t n = strcspn(pattern, "$");
        behov_wording_add_bytes(out, pattern, n);
        pattern += n;
        if (pattern[0] == '$' && (pattern[1] == '1' || pattern[1] == '2')) {
            behov_wording_add(out, pattern[1] == '1' ? first : second);
            pattern += 2;
        } else if (pattern[0]) {
            behov_wording_add(out, "$");
            pattern++;
        }
    }
}

size_t dialect_unseen(const char *text, uint32_t *code)
{
    behov_shown_letter letter;
    size_t n = behov_letter(text, &letter);
    if (n < 2 || letter.bytes == text)
        return 0;
    *code = (unsigned char)text[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++)
        *code = *code << 6 | ((unsigned char)text[i] & 0x3Fu);
    return n;
}

size_t dialect_add_unseen(behov_wording *out, const char *text)
{
    uint32_t code = 0;
    size_t n = (unsigned char)text[0] < 0x80 ? 0 : dialect_unseen(text, &code);
    if (n)
        behov_wording_print(out, code > 0xFFFF ? "\\U%08lx" : "\\u%04lx", (unsigned long)code);
    return n;
}

size_t dialect_add_seen(behov_wording *out, const char *text, const char *marks)
{
    size_t length = strcspn(text, marks), first = 0;
    uint32_t code;
    for (size_t i = 0; i < length;) {
        size_t n = (unsigned char)text[i] < 0x80 ? 0 : dialect_unseen(text + i, &code);
        if (n) {
            behov_wording_add_bytes(out, text + first, i - first);
            dialect_add_unseen(out, text + i);
            first = i + n;
        }
        i += n ? n : 1;
    }
    behov_wording_add_bytes(out, text + first, length - first);
    return length;
}

void dialect_comment_line(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        behov_wording_add_letter(out, (unsigned char)line[i] < ' ' ? ' ' : line[i]);
}

void dialect_add_quoted(behov_wording *out, const char *text, const char *line_break)
{
    behov_wording_add(out, "\"");
    for (const char *letter = text; *letter; letter++) {
        size_t n_unseen = dialect_add_unseen(out, letter);
        if (n_unseen) {
            letter += n_unseen - 1;
            continue;
        }
        if (*letter == '"' || *letter == '\\')
            behov_wording_add(out, "\\");
        if (*letter == '\n')
            behov_wording_add(out, line_break);
        else
            behov_wording_add_letter(out, *letter);
    }
    behov_wording_add(out, "\"");
}

/* ---- our figures -------------------------------------------------------------------------------------------------- */

bool dialect_has_intercept(const export_fit *fit)
{
    return fit->n_terms > 0 && fit->terms[0].is_intercept;
}

static void add_our_figure(const script *script, const export_term *term, size_t which, const char *missing,
                           behov_wording *out)
{
    const double figures[] = {term->coefficient.estimate, term->coefficient.se, term->coefficient.dof,
                              refit_tolerance(&term->coefficient)};
    if (which < 2)
        script->dialect->text(out, which == 0 ? term->identifier : term->name);
    else
        dialect_add_figure(out, figures[which - 2], missing);
}

void dialect_add_our_figures(const script *script, const char *beginning, const char *end, const char *between,
                             const char *missing, behov_wording *out)
{
    static const char *const names[] = {"name", "term", "coefficient", "std_error", "dof", "tolerance"};
    const export_fit *fit = script->fit;
    for (size_t which = 0; which < sizeof names / sizeof *names; which++) {
        behov_wording_add(out, which ? between : "");
        dialect_add_pattern(out, beginning, names[which], "");
        for (size_t k = 0, n = 0; k < fit->n_terms; k++) {
            if (fit->terms[k].is_dropped)
                continue;
            if (n++)
                behov_wording_add(out, (n - 1) % 4 ? ", " : ",\n        ");
            add_our_figure(script, &fit->terms[k], which, missing, out);
        }
        behov_wording_add(out, end);
    }
}

void dialect_add_column_kinds(const export_fit *fit, const char *pattern, const char *text_kind,
                              const char *number_kind, behov_wording *out)
{
    for (size_t j = 0; j < fit->n_columns; j++) {
        behov_wording_add(out, j ? ", " : "");
        dialect_add_pattern(out, pattern, fit->columns[j].identifier,
                            fit->columns[j].is_text ? text_kind : number_kind);
    }
}

/* ---- expressions -------------------------------------------------------------------------------------------------- */

enum { DEEPEST = 128 };

typedef struct translation {
    const script *script;
    const behov_expression *expression;
    behov_wording stack[DEEPEST];
    size_t n;
    behov_error *err;
} translation;

static void add_number(const dialect *d, behov_wording *out, double value)
{
    (d->number ? d->number : dialect_add_number)(out, value);
}

static void add_column(const dialect *d, behov_wording *out, const char *identifier)
{
    if (d->column)
        d->column(out, identifier);
    else
        behov_wording_add(out, identifier);
}

/* An operation of two texts, which are spent. */
static void combine(const dialect *d, behov_operation operation, behov_wording *first, behov_wording *second,
                    behov_wording *out)
{
    behov_wording made = {0};
    dialect_add_pattern(&made, d->patterns[operation], behov_wording_text(first),
                        second ? behov_wording_text(second) : "");
    behov_wording_spend(&made, first);
    if (second)
        behov_wording_spend(&made, second);
    *out = made;
}

/* A column against one constant: as texts, or as numbers where the column has those. */
static void compare(const script *script, size_t column, const char *text, double number, behov_wording *out)
{
    const dialect *d = script->dialect;
    const export_column *compared = &script->fit->columns[column];
    behov_wording name = {0}, constant = {0};
    add_column(d, &name, compared->identifier);
    if (compared->is_text)
        d->text(&constant, text);
    else if (isnan(number))
        add_number(d, &constant, HUGE_VAL);
    else
        add_number(d, &constant, number);
    combine(d, compared->is_text ? BEHOV_OPERATION_TEXT_EQUAL : BEHOV_OPERATION_EQUAL, &name, &constant, out);
}

/* A node with constants: TEXT_..., NUMBER_IN, CUT, each a combination of comparisons. */
static void add_listed(translation *t, size_t i, const behov_expression_node *node)
{
    const dialect *d = t->script->dialect;
    behov_wording operand = {0}, sum = {0};
    if (node->n_operands)
        operand = t->stack[--t->n];
    for (size_t c = 0; c < node->n_constants; c++) {
        double number;
        const char *text = behov_expression_node_constant(t->expression, i, c, &number);
        behov_wording comparison = {0};
        if (node->column) {
            compare(t->script, export_fit_find_column(t->script->fit, node->column), text, number, &comparison);
        } else {
            behov_wording left = {0}, right = {0};
            behov_wording_add(&left, behov_wording_text(&operand));
            add_number(d, &right, number);
            combine(d, node->operation == BEHOV_OPERATION_CUT ? BEHOV_OPERATION_GREATER_EQUAL : BEHOV_OPERATION_EQUAL,
                    &left, &right, &comparison);
        }
        if (c == 0)
            sum = comparison;
        else
            combine(d, node->operation == BEHOV_OPERATION_CUT ? BEHOV_OPERATION_ADD : BEHOV_OPERATION_OR, &sum,
                    &comparison, &sum);
    }
    if (node->operation == BEHOV_OPERATION_TEXT_UNEQUAL)
        combine(d, BEHOV_OPERATION_NOT, &sum, NULL, &sum);
    behov_wording_free(&operand);
    t->stack[t->n++] = sum;
}

static void add_node(translation *t, size_t i)
{
    const dialect *d = t->script->dialect;
    behov_expression_node node = behov_expression_node_at(t->expression, i);
    behov_wording made = {0};
    if (node.operation == BEHOV_OPERATION_NUMBER) {
        add_number(d, &made, node.number);
    } else if (node.operation == BEHOV_OPERATION_COLUMN) {
        add_column(d, &made, t->script->fit->columns[export_fit_find_column(t->script->fit, node.column)].identifier);
    } else if (node.n_constants) {
        add_listed(t, i, &node);
        return;
    } else if (node.n_operands == 1) {
        combine(d, node.operation, &t->stack[--t->n], NULL, &made);
    } else {
        t->n -= 2;
        combine(d, node.operation, &t->stack[t->n], &t->stack[t->n + 1], &made);
    }
    t->stack[t->n++] = made;
}

behov_status dialect_add_expression(const script *script, const behov_expression *expression, behov_wording *out,
                                    behov_error *err)
{
    translation *t = calloc(1, sizeof *t);
    if (!t)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
    *t = (translation){.script = script, .expression = expression, .err = err};
    for (size_t i = 0; i < behov_expression_n_nodes(expression) && t->n + 1 < DEEPEST; i++)
        add_node(t, i);
    behov_status status =
        t->n == 1 ? BEHOV_OK
                  : behov_error_say(err, BEHOV_E_ARGUMENT, behov_expression_text(expression), SAY_EXPORT_TOO_DEEP);
    if (!status) {
        behov_wording_add(out, behov_wording_text(&t->stack[0]));
        status = behov_wording_status(&t->stack[0], err);
    }
    for (size_t i = 0; i < t->n; i++)
        behov_wording_free(&t->stack[i]);
    free(t);
    return status ? status : behov_wording_status(out, err);
}

behov_status dialect_add_term(const script *script, const export_term *term, behov_wording *out, behov_error *err)
{
    behov_wording product = {0};
    behov_status status = BEHOV_OK;
    if (!term->n_parts)
        behov_wording_add(&product, "1");
    for (size_t i = 0; i < term->n_parts && !status; i++) {
        const export_part *part = &term->parts[i];
        behov_wording factor = {0};
        if (part->expression)
            status = dialect_add_expression(script, part->expression, &factor, err);
        else
            compare(script, part->column, part->level, part->level_number, &factor);
        if (i == 0)
            product = factor;
        else
            combine(script->dialect, BEHOV_OPERATION_MULTIPLY, &product, &factor, &product);
    }
    if (!status)
        behov_wording_add(out, behov_wording_text(&product));
    behov_wording_spend(out, &product);
    return status ? status : behov_wording_status(out, err);
}

static behov_status add_derived(const script *script, const char *pattern, const char *identifier,
                                const behov_expression *expression, const export_term *term, behov_wording *out,
                                behov_error *err)
{
    behov_wording arithmetic = {0};
    behov_status status = expression ? dialect_add_expression(script, expression, &arithmetic, err)
                                     : dialect_add_term(script, term, &arithmetic, err);
    if (!status)
        dialect_add_pattern(out, pattern, identifier, behov_wording_text(&arithmetic));
    behov_wording_spend(out, &arithmetic);
    return status;
}

behov_status dialect_add_derived(const script *script, const char *pattern, behov_wording *out, behov_error *err)
{
    const export_fit *fit = script->fit;
    behov_status status = BEHOV_OK;
    if (!fit->outcome_is_column)
        status = add_derived(script, pattern, fit->outcome_identifier, fit->outcome, NULL, out, err);
    if (!status && fit->weights)
        status = add_derived(script, pattern, fit->weights_identifier, fit->weights, NULL, out, err);
    for (size_t i = 0; i < fit->n_clusters && !status; i++)
        if (fit->clusters[i].column == fit->n_columns)
            status =
                add_derived(script, pattern, fit->clusters[i].identifier, fit->clusters[i].expression, NULL, out, err);
    for (size_t k = 0; k < fit->n_terms && !status; k++)
        if (!fit->terms[k].is_intercept && !fit->terms[k].is_column && !fit->terms[k].is_dropped)
            status = add_derived(script, pattern, fit->terms[k].identifier, NULL, &fit->terms[k], out, err);
    return status;
}
