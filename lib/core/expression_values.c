/* expression_values.c - expressions and the rows of a table: columns by name, values block by block.
 *
 * A stack of blocks, one pass over the nodes in their postfix order. Text is compared by codes. What rounding took is
 * computed in double-double, for arithmetic that it carries.
 *
 * Not here: levels that are not in the data (they match no row). */
#include "expression_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>

#include "alloc.h"
#include "extended.h"

/* ---- binding ---- */

static behov_status unknown_column(const behov_expression *e, const node *n, const behov_table *table, behov_error *err)
{
    const char *name = behov_dictionary_text(e->names, (int32_t)n->column);
    const char *source = behov_table_source(table), *nearest = behov_table_nearest_name(table, name);
    char piece[BEHOV_PIECE_SIZE], near[BEHOV_PIECE_SIZE], file[BEHOV_PIECE_SIZE];
    behov_piece(name, strlen(name), piece);
    if (source[0])
        source = behov_piece(source, strlen(source), file);
    else
        source = PHRASE_EXPRESSION_THE_TABLE;
    if (nearest)
        return behov_error_at(err, BEHOV_E_NAME, e->subject, n->position, SAY_EXPRESSION_NO_COLUMN_NEAREST, piece,
                              source, behov_piece(nearest, strlen(nearest), near));
    char list[BEHOV_COLUMN_LIST];
    size_t n_columns = behov_table_n_columns(table) + behov_table_n_unread(table), j = behov_table_list(table, list);
    if (j == 0)
        return behov_error_at(err, BEHOV_E_NAME, e->subject, n->position, SAY_EXPRESSION_NO_COLUMN_COUNT, piece, source,
                              n_columns);
    if (j < n_columns)
        return behov_error_at(err, BEHOV_E_NAME, e->subject, n->position, SAY_EXPRESSION_NO_COLUMN_MORE, piece, source,
                              list, n_columns - j);
    return behov_error_at(err, BEHOV_E_NAME, e->subject, n->position, SAY_EXPRESSION_NO_COLUMN_NAMES, piece, source,
                          list);
}

/* The level that a number without its leading zeros may have meant, NULL when there is none. */
static const char *level_of_number(const behov_dictionary *levels, double number)
{
    for (size_t code = 0; code < behov_dictionary_count(levels); code++) {
        const char *level = behov_dictionary_text(levels, (int32_t)code);
        double value;
        if (behov_number_parse(level, strlen(level), '.', &value) == BEHOV_NUMBER_OK && value == number)
            return level;
    }
    return NULL;
}

/* Text where a number is needed: says what to write, which depends on what stands beside the column. */
static behov_status text_as_number(const behov_expression *e, size_t index, const behov_dictionary *levels,
                                   behov_error *err)
{
    const node *n = &e->nodes[index], *end = e->nodes + e->n_nodes, *comparison = NULL;
    double number = 0;
    if (n + 1 < end && n[1].does == NUMBER_IN) {
        comparison = n + 1;
        number = e->constants[n[1].first].number;
    } else if (n + 2 < end && n[1].does == NUMBER && (n[2].does == EQUAL || n[2].does == UNEQUAL)) {
        comparison = n + 2;
        number = n[1].number;
    } else if (n + 1 < end && index > 0 && n[-1].does == NUMBER && (n[1].does == EQUAL || n[1].does == UNEQUAL)) {
        comparison = n + 1;
        number = n[-1].number;
    }
    behov_spelling name = {0};
    behov_spell_name(&name, behov_dictionary_text(e->names, (int32_t)n->column));
    if (name.has_failed) {
        free(name.text);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_EXPRESSION);
    }
    char column_piece[BEHOV_PIECE_SIZE], level_piece[BEHOV_PIECE_SIZE], digits[BEHOV_NUMBER_SIZE];
    behov_piece(name.text, name.length, column_piece);
    free(name.text);
    const char *level = NULL;
    if (comparison) {
        level = level_of_number(levels, number);
        if (!level) {
            behov_number_shortest(number, digits);
            level = digits;
        }
        bool is_list = comparison->does == NUMBER_IN;
        return behov_error_at(err, BEHOV_E_TYPE, e->subject, n->position, SAY_EXPRESSION_CODES_AS_TEXT, column_piece,
                              column_piece, expression_spelling(comparison->does), is_list ? "(" : "",
                              behov_piece(level, strlen(level), level_piece), is_list ? ", \u2026)" : "");
    }
    level = behov_dictionary_count(levels) ? behov_dictionary_text(levels, 0) : "\u2026";
    return behov_error_at(err, BEHOV_E_TYPE, e->subject, n->position, SAY_EXPRESSION_TEXT_AS_NUMBER, column_piece,
                          column_piece, behov_piece(level, strlen(level), level_piece), column_piece);
}

static behov_status check_numbers_as_text(const behov_expression *e, const node *n, behov_error *err)
{
    for (size_t i = n->first; i < n->first + n->count; i++) {
        const constant *c = &e->constants[i];
        if (c->is_number)
            continue;
        char name[BEHOV_PIECE_SIZE], piece[BEHOV_PIECE_SIZE];
        const char *column_name = behov_dictionary_text(e->names, (int32_t)n->column);
        return behov_error_at(err, BEHOV_E_TYPE, e->subject, c->position, SAY_EXPRESSION_NUMBER_AS_TEXT,
                              behov_piece(column_name, strlen(column_name), name),
                              behov_piece(c->text, c->length, piece));
    }
    return BEHOV_OK;
}

/* A column without a figure is read as numbers, and is of texts as well: an empty one in a part of a file. */
static bool has_figures(const double *numbers, const behov_table *table)
{
    size_t row = 0, n_rows = behov_table_n_rows(table);
    while (row < n_rows && isnan(numbers[row]))
        row++;
    return row < n_rows;
}

behov_status behov_expression_bind(behov_expression *e, const behov_table *table, behov_error *err)
{
    for (size_t index = 0; index < e->n_nodes; index++) {
        const node *n = &e->nodes[index];
        bool is_compared = n->does >= TEXT_EQUAL && n->does <= TEXT_IN;
        if (n->does != COLUMN && !is_compared)
            continue;
        ptrdiff_t found_number = behov_table_find(table, behov_dictionary_text(e->names, (int32_t)n->column));
        if (found_number < 0)
            return unknown_column(e, n, table, err);
        const double *numbers = behov_table_numbers(table, (size_t)found_number);
        behov_status status = BEHOV_OK;
        if (!numbers && !is_compared && !e->is_factor)
            status = text_as_number(e, index, behov_table_levels(table, (size_t)found_number), err);
        else if (numbers && is_compared && has_figures(numbers, table))
            status = check_numbers_as_text(e, n, err);
        if (status)
            return status;
        e->bound[n->column] = (column){.wants_number = e->columns[n->column].wants_number,
                                       .numbers = numbers,
                                       .codes = behov_table_codes(table, (size_t)found_number)};
    }
    /* From here on nothing fails. */
    for (size_t index = 0; index < e->n_nodes; index++) {
        const node *n = &e->nodes[index];
        if (n->does < TEXT_EQUAL || n->does > TEXT_IN || !e->bound[n->column].codes)
            continue;
        ptrdiff_t found_number = behov_table_find(table, behov_dictionary_text(e->names, (int32_t)n->column));
        const behov_dictionary *levels = behov_table_levels(table, (size_t)found_number);
        for (size_t i = n->first; i < n->first + n->count; i++)
            e->constants[i].code = behov_dictionary_find(levels, e->constants[i].text, e->constants[i].length);
    }
    memcpy(e->columns, e->bound, behov_dictionary_count(e->names) * sizeof *e->columns);
    e->is_bound = true;
    return BEHOV_OK;
}

/* ---- evaluation ---- */

static void gather(const column *c, const uint32_t *restrict rows, size_t n, double *restrict out)
{
    if (c->numbers) {
        const double *restrict numbers = c->numbers;
        for (size_t i = 0; i < n; i++)
            out[i] = numbers[rows[i]];
    } else {
        for (size_t i = 0; i < n; i++) {
            int32_t code = c->codes[rows[i]];
            out[i] = code >= 0 ? code : behov_missing_number(behov_missing_of_code(code));
        }
    }
}

/* A column against the constants of a TEXT_... node: by code, or by number when the column holds numbers. */
static void compare_text(const behov_expression *e, const node *n, const uint32_t *rows, size_t n_rows, double *out)
{
    const column *c = &e->columns[n->column];
    const constant *source = e->constants + n->first, *end = source + n->count;
    double hit = n->does != TEXT_UNEQUAL;
    gather(c, rows, n_rows, out);
    for (size_t i = 0; i < n_rows; i++) {
        double value = out[i];
        if (value != value)
            continue;
        const constant *now = source;
        if (c->codes)
            while (now < end && value != now->code)
                now++;
        else
            while (now < end && value != now->number)
                now++;
        out[i] = now < end ? hit : 1 - hit;
    }
}

/* A NaN operand is the result, as it is, with its mark: what the processor makes of two NaNs, or of pow(NaN, 0), is
 * not what the contract says. A NaN that the operation itself makes stays, unmarked. */
#define FOR_EACH_UNARY(result)                                                                                         \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        double a = x[i], value = (result);                                                                             \
        x[i] = a != a ? a : value;                                                                                     \
    }                                                                                                                  \
    break

#define FOR_EACH_BINARY(result)                                                                                        \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        double a = x[i], b = y[i], value = (result);                                                                   \
        x[i] = a != a ? a : b != b ? b : value;                                                                        \
    }                                                                                                                  \
    break

static double is_listed(const behov_expression *e, const node *n, double value)
{
    for (size_t i = n->first; i < n->first + n->count; i++)
        if (e->constants[i].number == value)
            return 1;
    return 0;
}

/* The class of a value: how many limits it has reached. */
static double class_of(const behov_expression *e, const node *n, double value)
{
    size_t n_reached = 0;
    while (n_reached < n->count && value >= e->constants[n->first + n_reached].number)
        n_reached++;
    return (double)n_reached;
}

static void apply_unary(const behov_expression *e, const node *does, size_t n, double *restrict x)
{
    switch (does->does) {
    case NUMBER_IN: FOR_EACH_UNARY(is_listed(e, does, a));
    case NEGATE: FOR_EACH_UNARY(-a);
    case NOT: FOR_EACH_UNARY(a == 0);
    case LOG: FOR_EACH_UNARY(log(a));
    case LOG10: FOR_EACH_UNARY(log10(a));
    case EXP: FOR_EACH_UNARY(exp(a));
    case SQRT: FOR_EACH_UNARY(sqrt(a));
    case ABS: FOR_EACH_UNARY(fabs(a));
    case CUT: FOR_EACH_UNARY(class_of(e, does, a));
    default: break;
    }
}

static void apply_binary(operation does, size_t n, double *restrict x, const double *restrict y)
{
    switch (does) {
    case POWER: FOR_EACH_BINARY(pow(a, b));
    case MULTIPLY: FOR_EACH_BINARY(a * b);
    case DIVIDE: FOR_EACH_BINARY(a / b);
    case ADD: FOR_EACH_BINARY(a + b);
    case SUBTRACT: FOR_EACH_BINARY(a - b);
    case LESS: FOR_EACH_BINARY(a < b);
    case LESS_EQUAL: FOR_EACH_BINARY(a <= b);
    case GREATER: FOR_EACH_BINARY(a > b);
    case GREATER_EQUAL: FOR_EACH_BINARY(a >= b);
    case EQUAL: FOR_EACH_BINARY(a == b);
    case UNEQUAL: FOR_EACH_BINARY(a != b);
    /* three-valued: what the known operand decides is decided */
    case AND:
        for (size_t i = 0; i < n; i++)
            x[i] = x[i] == 0 || y[i] == 0 ? 0 : x[i] != x[i] ? x[i] : y[i] != y[i] ? y[i] : 1;
        break;
    case OR:
        for (size_t i = 0; i < n; i++) {
            bool is_true = (x[i] == x[i] && x[i] != 0) || (y[i] == y[i] && y[i] != 0);
            x[i] = is_true ? 1 : x[i] != x[i] ? x[i] : y[i] != y[i] ? y[i] : 0;
        }
        break;
    default: break;
    }
}

/* Apart from behov_expression_evaluate, so that a plain column does not pay for the blocks. */
static void evaluate_tree(const behov_expression *e, const uint32_t *rows, size_t n_rows, double *values)
{
    double blocks[HIGHEST - 1][BEHOV_EXPRESSION_BLOCK];
    size_t height = 0;
    for (size_t index = 0; index < e->n_nodes; index++) {
        const node *n = &e->nodes[index];
        height = height + 1 - expression_n_operands(n->does);
        double *x = height == 1 ? values : blocks[height - 2]; /* the values themselves are the lowest block */
        switch (expression_n_operands(n->does)) {
        case 1: apply_unary(e, n, n_rows, x); break;
        case 2: apply_binary(n->does, n_rows, x, blocks[height - 1]); break;
        default:
            if (n->does == NUMBER)
                for (size_t i = 0; i < n_rows; i++)
                    x[i] = n->number;
            else if (n->does == COLUMN)
                gather(&e->columns[n->column], rows, n_rows, x);
            else
                compare_text(e, n, rows, n_rows, x);
        }
    }
}

void behov_expression_evaluate(const behov_expression *e, const uint32_t *rows, size_t n_rows, double *values)
{
    if (!e->is_bound)
        for (size_t i = 0; i < n_rows; i++)
            values[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
    else if (e->n_nodes == 1 && e->nodes[0].does == COLUMN)
        gather(&e->columns[e->nodes[0].column], rows, n_rows, values);
    else
        evaluate_tree(e, rows, n_rows, values);
}

/* ---- what rounding took ---- */

/* A power that repeated multiplication reaches: x^10, not x^1.2, x^-1 or x^y. */
static bool is_whole_power(const node *exponent)
{
    return exponent->does == NUMBER && exponent->number >= 0 && exponent->number <= 64 &&
           exponent->number == floor(exponent->number);
}

bool behov_expression_is_carried(const behov_expression *e)
{
    for (size_t index = 0; index < e->n_nodes; index++)
        switch (e->nodes[index].does) {
        case NUMBER:
        case COLUMN:
        case NEGATE:
        case MULTIPLY:
        case DIVIDE:
        case ADD:
        case SUBTRACT: break;
        case POWER:
            if (!is_whole_power(&e->nodes[index - 1]))
                return false;
            break;
        default: return false;
        }
    return e->is_bound && e->n_nodes > 1;
}

static extended whole_power(extended x, double exponent)
{
    extended power = extended_of(1);
    for (unsigned left = (unsigned)exponent; left; left >>= 1) {
        if (left & 1)
            power = extended_multiply(power, x);
        if (left > 1)
            x = extended_multiply(x, x);
    }
    return power;
}

size_t behov_expression_evaluate_block(const behov_expression *expression, const behov_table *table, size_t first,
                                       double values[BEHOV_EXPRESSION_BLOCK])
{
    uint32_t rows[BEHOV_EXPRESSION_BLOCK];
    size_t n_rows = behov_table_n_rows(table), n_left = n_rows > first ? n_rows - first : 0;
    size_t n = n_left < BEHOV_EXPRESSION_BLOCK ? n_left : BEHOV_EXPRESSION_BLOCK;
    for (size_t i = 0; i < n; i++) {
        rows[i] = (uint32_t)(first + i);
        values[i] = 0;
    }
    if (expression)
        behov_expression_evaluate(expression, rows, n, values);
    return n;
}

void behov_expression_evaluate_rests(const behov_expression *e, const uint32_t *rows, size_t n_rows,
                                     const double *values, double *rests)
{
    extended stack[HIGHEST] = {{0, 0}};
    for (size_t i = 0; i < n_rows; i++) {
        size_t height = 0;
        for (size_t index = 0; index < e->n_nodes; index++) {
            const node *n = &e->nodes[index];
            height = height + 1 - expression_n_operands(n->does);
            extended *x = stack + height - 1, y = expression_n_operands(n->does) == 2 ? x[1] : extended_of(0);
            double number;
            switch (n->does) {
            case NUMBER: *x = extended_of(n->number); break;
            case COLUMN:
                gather(&e->columns[n->column], rows + i, 1, &number);
                *x = extended_of(number);
                break;
            case NEGATE: *x = extended_negate(*x); break;
            case MULTIPLY: *x = extended_multiply(*x, y); break;
            case DIVIDE: *x = extended_divide(*x, y); break;
            case ADD: *x = extended_add(*x, y); break;
            case SUBTRACT: *x = extended_subtract(*x, y); break;
            default: *x = whole_power(*x, y.hi); break;
            }
        }
        double rest = (stack[0].hi - values[i]) + stack[0].lo;
        rests[i] = isfinite(rest) ? rest : 0;
    }
}
