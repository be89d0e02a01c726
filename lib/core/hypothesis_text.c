/* hypothesis_text.c - reading linear hypotheses as users write them.
 *
 *   restriction = sum = sum         sum = term {+|- term}       term = factor {*|/ factor}
 *   factor = coefficient | number | ( sum ) | -factor
 *
 * A sum is an affine form, K weights and a constant; restrictions are left less right, R b = r.
 * The general reader of tokens is not used: the names of coefficients hold =, brackets and spaces. */
#include <behov/near_word.h>
#include <behov/number.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "test_parts.h"
#include "token.h"

enum { DEPTH_MAX = 16 };

typedef struct reader {
    const char *text;
    size_t index;
    const behov_design *design;
    size_t n_regressors;
    double *room;  /* two affine forms for each depth */
    bool has_name; /* a coefficient was named in this restriction */
    behov_error *err;
} reader;

static size_t position_of(const reader *reader, size_t index)
{
    size_t position = 1;
    for (size_t i = 0; i < index; i++)
        position += ((unsigned char)reader->text[i] & 0xC0) != 0x80;
    return position;
}

/* Bytes of the space that starts here: ASCII, no-break and thin spaces; 0 when there is none. */
static size_t space_at(const char *text)
{
    static const char *const wide[] = {"\u00A0", "\u2007", "\u2009", "\u202F"};
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

static bool in_name(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c >= 0x80;
}

static void skip_spaces(reader *reader)
{
    for (size_t n; (n = space_at(reader->text + reader->index)) > 0;)
        reader->index += n;
}

static const char *piece_at(const reader *reader, size_t index, char piece[BEHOV_PIECE_SIZE])
{
    size_t n = 0;
    while (in_name((unsigned char)reader->text[index + n]) && !space_at(reader->text + index + n))
        n++;
    while (n == 0 || ((unsigned char)reader->text[index + n] & 0xC0) == 0x80)
        n++;
    return behov_piece(reader->text + index, n, piece);
}

/* The minus sign that typesetters use counts as one. \return bytes of the sign, 0 when it is not there */
static size_t minus_at(const char *text)
{
    return *text == '-' ? 1 : strncmp(text, "\u2212", 3) == 0 ? 3 : 0;
}

/* Bytes of `text` that say `name`, 0 when it does not. Spaces count only where they part two words. */
static size_t match_name(const char *text, const char *name)
{
    size_t i = 0;
    unsigned char previous_letter = ' ';
    while (*name) {
        size_t had = i;
        bool name_has = false;
        for (size_t n; (n = space_at(text + i)) > 0;)
            i += n;
        for (size_t n; (n = space_at(name)) > 0;)
            name += n, name_has = true;
        if (*name != text[i] || *name == '\0')
            return 0;
        if (name_has != (i > had) && in_name(previous_letter) && in_name((unsigned char)*name))
            return 0;
        previous_letter = (unsigned char)*name;
        name++, i++;
    }
    bool goes_on = in_name((unsigned char)text[i]) && !space_at(text + i) && !minus_at(text + i);
    return in_name(previous_letter) && goes_on ? 0 : i;
}

/* ---- messages about names ---- */

/* "a, b and 3 more" */
static void list_names(const behov_design *design, char *list, size_t size)
{
    size_t length = 0, k = 0, n = behov_design_n_regressors(design);
    list[0] = '\0';
    for (; k < n && length + strlen(behov_design_regressor(design, k)) + 60 < size;
         k++) /* room for the phrase behind them */
        length +=
            (size_t)snprintf(list + length, size - length, "%s%s", k ? ", " : "", behov_design_regressor(design, k));
    if (k < n)
        snprintf(list + length, size - length, "%s", behov_phrase(SAY_NAMES_MORE, n - k).text);
}

static behov_status unknown_name(const reader *reader, size_t index, const char *piece)
{
    behov_near_word spelling = behov_near_word_start(piece);
    spelling.most++;
    for (size_t k = 0; k < reader->n_regressors; k++)
        behov_near_word_try(&spelling, behov_design_regressor(reader->design, k));
    if (spelling.nearest)
        return behov_error_at(reader->err, BEHOV_E_NAME, PHRASE_HYPOTHESIS_WHERE, position_of(reader, index),
                              SAY_HYPOTHESIS_NO_COEFFICIENT_NEAREST, piece, behov_cut(spelling.nearest, 100).text);
    char list[340];
    list_names(reader->design, list, sizeof list);
    return behov_error_at(reader->err, BEHOV_E_NAME, PHRASE_HYPOTHESIS_WHERE, position_of(reader, index),
                          SAY_HYPOTHESIS_NO_COEFFICIENT_NAMES, piece, list);
}

/* Bytes of what was meant for a name: "yaer", "log(x)", and "year=2015" where other levels of year have names. */
static size_t unknown_length(const reader *reader, const char *text)
{
    size_t n = 0, open = 0, word;
    while (in_name((unsigned char)text[n]) && !space_at(text + n))
        n++;
    for (size_t i = n; text[i] == '(' || (open && text[i]); i++) {
        open += text[i] == '(';
        open -= text[i] == ')';
        if (!open) {
            n = i + 1;
            break;
        }
    }
    for (size_t k = 0; k < reader->n_regressors && text[n] == '='; k++) {
        const char *name = behov_design_regressor(reader->design, k);
        if (strncmp(name, text, n + 1) != 0)
            continue;
        for (word = n + 1; in_name((unsigned char)text[word]) && !space_at(text + word); word++)
            ;
        return word > n + 1 ? word : n;
    }
    return n;
}

static behov_status wrong_here(const reader *reader, const char *sentence)
{
    return behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, reader->index),
                          SAY_MESSAGE, sentence);
}

/* ---- the grammar ---- */

static behov_status read_sum(reader *new_reader, size_t depth, double *out);

static behov_status read_quoted(reader *reader, double *out)
{
    size_t start = reader->index + 1, length = strcspn(reader->text + start, "`");
    if (reader->text[start + length] != '`')
        return wrong_here(reader, PHRASE_HYPOTHESIS_BACKTICK);
    for (size_t k = 0; k < reader->n_regressors; k++) {
        const char *name = behov_design_regressor(reader->design, k);
        if (strlen(name) == length && strncmp(name, reader->text + start, length) == 0) {
            out[k] = 1;
            reader->has_name = true;
            reader->index = start + length + 1;
            return BEHOV_OK;
        }
    }
    char piece[BEHOV_PIECE_SIZE];
    return unknown_name(reader, reader->index, behov_piece(reader->text + start, length, piece));
}

static behov_status read_number(reader *reader, double *out)
{
    const char *text = reader->text + reader->index;
    size_t n = strspn(text, "0123456789.");
    if (n && (text[n] == 'e' || text[n] == 'E')) {
        size_t sign = text[n + 1] == '+' ? 1 : minus_at(text + n + 1),
               digits = strspn(text + n + 1 + sign, "0123456789");
        n += digits ? 1 + sign + digits : 0;
    }
    if (n == 0) {
        char piece[BEHOV_PIECE_SIZE];
        if (in_name((unsigned char)*text))
            return unknown_name(reader, reader->index, behov_piece(text, unknown_length(reader, text), piece));
        if (*text == '\0')
            return wrong_here(reader, PHRASE_HYPOTHESIS_ENDS);
        return behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, reader->index),
                              SAY_HYPOTHESIS_UNEXPECTED_VALUE, piece_at(reader, reader->index, piece));
    }
    if (in_name((unsigned char)text[n]) && !minus_at(text + n) && !space_at(text + n))
        return wrong_here(reader, PHRASE_HYPOTHESIS_PRODUCT);
    if (behov_number_parse(text, n, '.', &out[reader->n_regressors]) != BEHOV_NUMBER_OK)
        return wrong_here(reader, PHRASE_HYPOTHESIS_NOT_A_NUMBER);
    reader->index += n;
    return BEHOV_OK;
}

static behov_status read_factor(reader *reader, size_t depth, double *out)
{
    size_t best = 0, best_regressor = 0, sign;
    bool is_negative = false;
    memset(out, 0, (reader->n_regressors + 1) * sizeof *out);
    skip_spaces(reader);
    while ((sign = minus_at(reader->text + reader->index)) > 0) {
        is_negative = !is_negative;
        reader->index += sign;
        skip_spaces(reader);
    }
    for (size_t k = 0; k < reader->n_regressors; k++) {
        size_t n = match_name(reader->text + reader->index, behov_design_regressor(reader->design, k));
        if (n > best)
            best = n, best_regressor = k;
    }
    behov_status status = BEHOV_OK;
    if (best) {
        out[best_regressor] = 1;
        reader->has_name = true;
        reader->index += best;
    } else if (reader->text[reader->index] == '`') {
        status = read_quoted(reader, out);
    } else if (reader->text[reader->index] == '(') {
        size_t opened = reader->index++;
        if (depth + 1 == DEPTH_MAX)
            return wrong_here(reader, PHRASE_HYPOTHESIS_TOO_DEEP);
        status = read_sum(reader, depth + 1, out);
        if (!status && reader->text[reader->index] != ')') {
            reader->index = opened;
            return wrong_here(reader, PHRASE_TOKEN_OPEN_ALONE);
        }
        reader->index += !status;
    } else {
        status = read_number(reader, out);
    }
    for (size_t k = 0; k <= reader->n_regressors && is_negative; k++)
        out[k] = -out[k];
    skip_spaces(reader);
    return status;
}

static bool is_constant(const reader *reader, const double *input_sheet)
{
    for (size_t k = 0; k < reader->n_regressors; k++)
        if (input_sheet[k] != 0)
            return false;
    return true;
}

static behov_status read_term(reader *reader, size_t depth, double *out)
{
    size_t n = reader->n_regressors;
    double *other = reader->room + (2 * depth + 1) * (n + 1);
    behov_status status = read_factor(reader, depth, out);
    while (!status && (reader->text[reader->index] == '*' || reader->text[reader->index] == '/')) {
        size_t index = reader->index++;
        bool divides = reader->text[index] == '/';
        if ((status = read_factor(reader, depth, other)))
            break;
        bool right_constant = is_constant(reader, other);
        if (!right_constant && (divides || !is_constant(reader, out))) {
            reader->index = index;
            return wrong_here(reader, divides ? PHRASE_HYPOTHESIS_DIVIDED : PHRASE_HYPOTHESIS_MULTIPLIED);
        }
        double step_value = right_constant ? other[n] : out[n];
        if (divides && step_value == 0) {
            reader->index = index;
            return wrong_here(reader, PHRASE_HYPOTHESIS_BY_ZERO);
        }
        for (size_t k = 0; k <= n; k++)
            out[k] = divides ? out[k] / step_value : (right_constant ? out[k] : other[k]) * step_value;
    }
    return status;
}

static behov_status read_sum(reader *reader, size_t depth, double *out)
{
    size_t n = reader->n_regressors, sign = 0;
    double *term = reader->room + 2 * depth * (n + 1);
    bool is_first = true;
    memset(out, 0, (n + 1) * sizeof *out);
    for (;;) {
        skip_spaces(reader);
        bool plus = reader->text[reader->index] == '+';
        sign = plus ? 1 : minus_at(reader->text + reader->index);
        if (!is_first && !sign)
            return BEHOV_OK;
        reader->index += sign;
        behov_status status = read_term(reader, depth, term);
        if (status)
            return status;
        for (size_t k = 0; k <= n; k++)
            out[k] += plus || !sign ? term[k] : -term[k];
        is_first = false;
    }
}

/* left = right; the row of R, and r. */
static behov_status read_restriction(reader *reader, double *row, double *value)
{
    size_t n = reader->n_regressors, start = reader->index;
    double *left = reader->room + 2 * DEPTH_MAX * (n + 1), *right = left + n + 1;
    char piece[BEHOV_PIECE_SIZE];
    reader->has_name = false;
    behov_status status = read_sum(reader, 0, left);
    if (status)
        return status;
    char mark = reader->text[reader->index];
    if (mark == '<' || mark == '>' || mark == '!')
        return wrong_here(reader, PHRASE_HYPOTHESIS_COMPARISON);
    if (mark == '\0' || mark == ',' || mark == ';') {
        if (!reader->has_name) {
            reader->index = start;
            return wrong_here(reader, PHRASE_HYPOTHESIS_NUMBER_ALONE);
        }
        return wrong_here(reader, PHRASE_HYPOTHESIS_NO_EQUALS);
    }
    if (mark != '=')
        return behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, reader->index),
                              SAY_HYPOTHESIS_UNEXPECTED_OPERATOR, piece_at(reader, reader->index, piece));
    reader->index += reader->text[reader->index + 1] == '=' ? 2 : 1;
    if ((status = read_sum(reader, 0, right)))
        return status;
    mark = reader->text[reader->index];
    if (mark == '=')
        return wrong_here(reader, PHRASE_HYPOTHESIS_TWO_EQUALS);
    if (mark != '\0' && mark != ',' && mark != ';')
        return behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, reader->index),
                              SAY_HYPOTHESIS_UNEXPECTED_END, piece_at(reader, reader->index, piece));
    double scale = 0;
    bool is_empty = true;
    for (size_t k = 0; k < n; k++) {
        row[k] = left[k] - right[k];
        scale = fabs(left[k]) > scale ? fabs(left[k]) : scale;
        if (fabs(row[k]) <= 1e-15 * fabs(left[k])) /* 0.3*x = 3*x/10: what rounding leaves of nothing */
            row[k] = 0;
        is_empty = is_empty && row[k] == 0;
        if (!isfinite(row[k]))
            is_empty = true;
    }
    *value = right[n] - left[n];
    if (is_empty || !isfinite(*value)) {
        char list[340];
        list_names(reader->design, list, sizeof list);
        if (!reader->has_name)
            return behov_error_at(reader->err, BEHOV_E_NAME, PHRASE_HYPOTHESIS_WHERE, position_of(reader, start),
                                  SAY_HYPOTHESIS_NAMES_NONE, list);
        return (isfinite(scale) && isfinite(*value)
                    ? behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, start),
                                     SAY_HYPOTHESIS_CANCELLED)
                    : behov_error_at(reader->err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, position_of(reader, start),
                                     SAY_HYPOTHESIS_TOO_LARGE));
    }
    return BEHOV_OK;
}

behov_status behov_hypothesis_parse(const char *text, const behov_design *design, behov_hypothesis **hypothesis,
                                    behov_error *err)
{
    size_t n = behov_design_n_regressors(design), room = 1, q = 0;
    reader reader = {.text = text, .design = design, .n_regressors = n, .err = err};
    skip_spaces(&reader);
    if (text[reader.index] == '\0')
        return behov_error_at(err, BEHOV_E_SYNTAX, PHRASE_HYPOTHESIS_WHERE, 1, SAY_HYPOTHESIS_EMPTY);
    for (const char *c = text; *c; c++)
        room += *c == ',' || *c == ';';
    reader.room = behov_alloc(2 * DEPTH_MAX + 2, (n + 1) * sizeof *reader.room);
    double *matrix = behov_alloc(room, n * sizeof *matrix), *values = behov_alloc(room, sizeof *values);
    size_t *positions = behov_alloc(room, sizeof *positions);
    behov_status status = reader.room && matrix && values && positions
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    while (!status) {
        skip_spaces(&reader);
        positions[q] = position_of(&reader, reader.index);
        status = read_restriction(&reader, matrix + q * n, &values[q]);
        q++;
        if (text[reader.index] == '\0')
            break;
        reader.index++; /* the comma */
    }
    if (!status)
        status = hypothesis_new(design, q, matrix, values, positions, hypothesis, err);
    free(reader.room), free(matrix), free(values), free(positions);
    return status;
}
