/* test.c - reading linear hypotheses, and the Wald test.
 *
 *   restriction = sum = sum         sum = term {+|- term}       term = factor {*|/ factor}
 *   factor = coefficient | number | ( sum ) | -factor
 *
 * A sum is an affine form, K weights and a constant; restrictions are left less right, R b = r. Rank is decided on rows
 * of length 1 in units of the scaled columns (design exponents), so that it does not depend on units.
 * The general reader of tokens is not used: the names of coefficients hold =, brackets and spaces. */
#include <behov/test.h>

#include <behov/near_word.h>

#include <behov/inference.h>
#include <behov/number.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"
#include "test_parts.h"
#include "token.h"
#include "vcov_parts.h"

/* Weights as users write them (1/3, 0.1) differ from exact dependence by rounding, 1e-16; a restriction that is meant
 * to be another one differs by far more. */
static const double dependent_tolerance = 1e-10;

struct behov_hypothesis {
    size_t n_restrictions, n_regressors;
    double *matrix, *values;
    char **texts; /* n_restrictions of "a - b = 0", then as many of "a - b" */
    char **names; /* of the coefficients */
};

void behov_hypothesis_free(behov_hypothesis *hypothesis)
{
    if (!hypothesis)
        return;
    for (size_t i = 0; hypothesis->texts && i < 2 * hypothesis->n_restrictions; i++)
        free(hypothesis->texts[i]);
    for (size_t k = 0; hypothesis->names && k < hypothesis->n_regressors; k++)
        free(hypothesis->names[k]);
    free(hypothesis->names);
    free(hypothesis->texts);
    free(hypothesis->matrix);
    free(hypothesis->values);
    free(hypothesis);
}

/* ---- reading ------------------------------------------------------------------------------------------------------
 */

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

/* ---- the object ----------------------------------------------------------------------------------------------------
 */

static behov_status spell(behov_hypothesis *hypothesis, size_t i, behov_error *err)
{
    behov_spelling spelling = {0};
    bool is_first = true;
    for (size_t k = 0; k < hypothesis->n_regressors; k++) {
        double weight = hypothesis->matrix[i * hypothesis->n_regressors + k];
        if (weight == 0)
            continue;
        behov_spell(&spelling, is_first ? (weight < 0 ? "-" : "") : weight < 0 ? " - " : " + ");
        is_first = false;
        if (fabs(weight) != 1) {
            behov_spell_number(&spelling, fabs(weight));
            behov_spell(&spelling, "*");
        }
        behov_spell(&spelling, hypothesis->names[k]);
    }
    if (!spelling.has_failed && spelling.text)
        hypothesis->texts[hypothesis->n_restrictions + i] = behov_copy_text(spelling.text, spelling.length);
    behov_spell(&spelling, " = ");
    behov_spell_number(&spelling, hypothesis->values[i]);
    hypothesis->texts[i] = spelling.text;
    return spelling.has_failed || !hypothesis->texts[hypothesis->n_restrictions + i]
               ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS)
               : BEHOV_OK;
}

/* Gram-Schmidt with one repetition on the rows of R in scaled units; r goes along. A row of which nothing is left
 * follows from those before it, or contradicts them. */
static behov_status check_rank(const behov_hypothesis *hypothesis, const behov_design *design, const size_t *positions,
                               behov_error *err)
{
    size_t q = hypothesis->n_restrictions, n = hypothesis->n_regressors;
    double *basis = behov_alloc(q, n * sizeof *basis), *values = behov_alloc(q, 2 * sizeof *values);
    double *weights = behov_alloc(q, q * sizeof *weights), *lengths = values ? values + q : NULL;
    behov_status status =
        basis && values && weights ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    for (size_t i = 0; i < q && !status; i++) {
        double *row = basis + i * n, *weight = weights + i * q, length = 0, rest = 0;
        for (size_t k = 0; k < n; k++) {
            row[k] = ldexp(hypothesis->matrix[i * n + k], -behov_design_exponent(design, k));
            length = hypot(length, row[k]);
        }
        lengths[i] = length;
        values[i] = hypothesis->values[i] / length;
        weight[i] = 1;
        double scale = fabs(values[i]);
        for (size_t k = 0; k < n; k++)
            row[k] /= length;
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < i; j++) {
                double dot = 0;
                for (size_t k = 0; k < n; k++)
                    dot += basis[j * n + k] * row[k];
                for (size_t k = 0; k < n; k++)
                    row[k] -= dot * basis[j * n + k];
                for (size_t k = 0; k <= j; k++)
                    weight[k] -= dot * weights[j * q + k];
                values[i] -= dot * values[j];
                scale = fabs(dot * values[j]) > scale ? fabs(dot * values[j]) : scale;
            }
        for (size_t k = 0; k < n; k++)
            rest = hypot(rest, row[k]);
        if (rest > dependent_tolerance) {
            for (size_t k = 0; k < n; k++)
                row[k] /= rest;
            for (size_t k = 0; k <= i; k++)
                weight[k] /= rest;
            values[i] /= rest;
            continue;
        }
        behov_said others = {""};
        for (size_t j = 0, shown = 0; j < i && shown + 100 < 280; j++)
            if (fabs(weight[j]) > dependent_tolerance) {
                behov_excerpt other = behov_cut(hypothesis->texts[j], 90);
                others =
                    shown ? behov_phrase(SAY_LIST_AND, others.text, other.text) : behov_phrase(SAY_MESSAGE, other.text);
                shown += strlen(other.text) + (shown ? strlen(" and ") : 0);
            }
        behov_said where = positions ? behov_phrase(SAY_HYPOTHESIS_WHERE_POSITION, positions[i])
                                     : behov_phrase(SAY_HYPOTHESIS_WHERE_RESTRICTION, i + 1);
        bool follows = fabs(values[i]) <= dependent_tolerance * scale;
        status = (follows ? behov_error_say(err, BEHOV_E_RANK, where.text, SAY_HYPOTHESIS_FOLLOWS,
                                            behov_cut(hypothesis->texts[i], 90).text, others.text)
                          : behov_error_say(err, BEHOV_E_RANK, where.text, SAY_HYPOTHESIS_CONTRADICTS,
                                            behov_cut(hypothesis->texts[i], 90).text, others.text));
    }
    free(basis), free(values), free(weights);
    return status;
}

static behov_status make(const behov_design *design, size_t n_restrictions, const double *matrix, const double *values,
                         const size_t *positions, behov_hypothesis **hypothesis, behov_error *err)
{
    size_t n = behov_design_n_regressors(design);
    if (n_restrictions == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NONE);
    if (n_restrictions > n)
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_MANY, n_restrictions, n);
    behov_hypothesis *new_hypothesis = behov_alloc(1, sizeof *new_hypothesis);
    if (!new_hypothesis)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    new_hypothesis->n_restrictions = n_restrictions;
    new_hypothesis->n_regressors = n;
    new_hypothesis->matrix = behov_alloc(n_restrictions, n * sizeof *new_hypothesis->matrix);
    new_hypothesis->values = behov_alloc(n_restrictions, sizeof *new_hypothesis->values);
    new_hypothesis->texts = behov_alloc(n_restrictions, 2 * sizeof *new_hypothesis->texts);
    new_hypothesis->names = behov_alloc(n, sizeof *new_hypothesis->names);
    behov_status status =
        new_hypothesis->matrix && new_hypothesis->values && new_hypothesis->texts && new_hypothesis->names
            ? BEHOV_OK
            : behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    for (size_t k = 0; k < n && !status; k++) {
        const char *name = behov_design_regressor(design, k);
        if (!(new_hypothesis->names[k] = behov_copy_text(name, strlen(name))))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    }
    for (size_t i = 0; i < n_restrictions && !status; i++) {
        bool is_usable = false;
        for (size_t k = 0; k < n; k++) {
            new_hypothesis->matrix[i * n + k] = matrix[i * n + k] + 0.0; /* no -0 */
            is_usable = is_usable || matrix[i * n + k] != 0;
        }
        new_hypothesis->values[i] = values[i] + 0.0;
        for (size_t k = 0; k < n; k++)
            is_usable = is_usable && isfinite(matrix[i * n + k]) && isfinite(values[i]);
        status = is_usable ? spell(new_hypothesis, i, err)
                           : behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NOT_USABLE,
                                             i + 1);
    }
    if (!status)
        status = check_rank(new_hypothesis, design, positions, err);
    if (status)
        behov_hypothesis_free(new_hypothesis);
    else
        *hypothesis = new_hypothesis;
    return status;
}

behov_status behov_hypothesis_new(const behov_design *design, size_t n_restrictions, const double *matrix,
                                  const double *values, behov_hypothesis **hypothesis, behov_error *err)
{
    return make(design, n_restrictions, matrix, values, NULL, hypothesis, err);
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
        status = make(design, q, matrix, values, positions, hypothesis, err);
    free(reader.room), free(matrix), free(values), free(positions);
    return status;
}

size_t behov_hypothesis_n_restrictions(const behov_hypothesis *hypothesis)
{
    return hypothesis->n_restrictions;
}

size_t behov_hypothesis_n_regressors(const behov_hypothesis *hypothesis)
{
    return hypothesis->n_regressors;
}

const double *behov_hypothesis_matrix(const behov_hypothesis *hypothesis)
{
    return hypothesis->matrix;
}

const double *behov_hypothesis_values(const behov_hypothesis *hypothesis)
{
    return hypothesis->values;
}

const char *behov_hypothesis_text(const behov_hypothesis *hypothesis, size_t i)
{
    return hypothesis->texts[i];
}

const char *behov_hypothesis_left(const behov_hypothesis *hypothesis, size_t i)
{
    return hypothesis->texts[hypothesis->n_restrictions + i];
}

/* ---- the test ------------------------------------------------------------------------------------------------------
 */

/* R b less a value. */
static extended left_side(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i, double value)
{
    extended sum = extended_of(-value);
    for (size_t k = 0; k < hypothesis->n_regressors; k++) {
        double weight = hypothesis->matrix[i * hypothesis->n_regressors + k];
        if (weight != 0)
            sum = extended_add(sum, extended_multiply(fit->coefficients[k], extended_of(weight)));
    }
    return sum;
}

double hypothesis_gap(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i)
{
    return extended_round(left_side(hypothesis, fit, i, hypothesis->values[i]));
}

double hypothesis_left(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i)
{
    return extended_round(left_side(hypothesis, fit, i, 0));
}

behov_status hypothesis_check(const behov_hypothesis *hypothesis, const behov_fit *fit, behov_error *err)
{
    if (hypothesis->n_regressors != behov_fit_n_regressors(fit))
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_OTHER_FIT);
    for (size_t k = 0; k < hypothesis->n_regressors; k++)
        for (size_t i = 0; i < hypothesis->n_restrictions; i++)
            if (hypothesis->matrix[i * hypothesis->n_regressors + k] != 0 && behov_fit_is_dropped(fit, k))
                return behov_error_say(err, BEHOV_E_NAME, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_DROPPED,
                                       behov_cut(hypothesis->names[k], 100).text);
    return BEHOV_OK;
}

/* The one coefficient that a single restriction names, n_regressors when it names several. */
static size_t only_coefficient(const behov_hypothesis *hypothesis)
{
    size_t count = 0, only = 0;
    for (size_t k = 0; k < hypothesis->n_regressors; k++)
        if (hypothesis->matrix[k] != 0)
            count++, only = k;
    return hypothesis->n_restrictions == 1 && count == 1 ? only : hypothesis->n_regressors;
}

/* R V R', q x q. */
static void covariance(const behov_hypothesis *hypothesis, const double *v, double *block)
{
    size_t n = hypothesis->n_regressors, q = hypothesis->n_restrictions;
    for (size_t i = 0; i < q; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++) {
                double weight = hypothesis->matrix[i * n + k], inner = 0;
                if (weight == 0)
                    continue;
                for (size_t l = 0; l < n; l++)
                    if (hypothesis->matrix[j * n + l] != 0)
                        inner += v[k * n + l] * hypothesis->matrix[j * n + l];
                sum += weight * inner;
            }
            block[i * q + j] = block[j * q + i] = sum;
        }
}

/* A hypothesis in the orthonormal basis: R T = L Q, rows of Q of length 1, and h = L^-1 (R b - r). Each restriction is
 * scaled by a power of two, 2^-shift, and the outcome as in the fit. */
typedef struct turned {
    size_t n, rank;
    double *directions; /* n x rank: rows of R T, rounded */
    double *rows;       /* n x rank: Q */
    double *h;          /* n */
    int *shifts;
} turned;

static void turned_free(turned *turned)
{
    free(turned->directions), free(turned->rows), free(turned->h), free(turned->shifts);
}

/* Row i of R T in double-double; the largest weight near 1. */
static void turn_restriction(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i, extended *row,
                             int *shift)
{
    size_t rank = fit->rank;
    const double *weights = hypothesis->matrix + i * hypothesis->n_regressors;
    int exponent;
    bool is_first = true;
    for (size_t p = 0; p < rank; p++) {
        double weight = weights[fit->kept_positions[p]];
        if (weight == 0)
            continue;
        frexp(weight, &exponent);
        exponent += fit->outcome_exponent - fit->exponents[fit->kept_positions[p]];
        *shift = is_first || exponent > *shift ? exponent : *shift;
        is_first = false;
    }
    for (size_t q = 0; q < rank; q++)
        row[q] = extended_of(0);
    for (size_t p = 0; p < rank; p++) {
        double weight = weights[fit->kept_positions[p]];
        if (weight == 0)
            continue;
        weight = ldexp(weight, fit->outcome_exponent - fit->exponents[fit->kept_positions[p]] - *shift);
        for (size_t q = p; q < rank; q++)
            row[q] = extended_add(row[q], extended_multiply(fit->inverse[p * rank + q], extended_of(weight)));
    }
}

/* Gram-Schmidt with one repetition in double-double, the gaps along. check_rank has seen that the rows of R are
 * independent. */
static behov_status turn(const behov_hypothesis *hypothesis, const behov_fit *fit, turned *new_turned, behov_error *err)
{
    size_t q = hypothesis->n_restrictions, rank = fit->rank;
    *new_turned = (turned){.n = q, .rank = rank};
    extended *rows = behov_alloc(q, (rank + 1) * sizeof *rows), *h = rows ? rows + q * rank : NULL;
    new_turned->directions = behov_alloc(q, rank * sizeof *new_turned->directions);
    new_turned->rows = behov_alloc(q, rank * sizeof *new_turned->rows);
    new_turned->h = behov_alloc(q, sizeof *new_turned->h);
    new_turned->shifts = behov_alloc(q, sizeof *new_turned->shifts);
    behov_status status = rows && new_turned->directions && new_turned->rows && new_turned->h && new_turned->shifts
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    for (size_t i = 0; i < q && !status; i++) {
        extended *row = rows + i * rank, gap = left_side(hypothesis, fit, i, hypothesis->values[i]);
        turn_restriction(hypothesis, fit, i, row, &new_turned->shifts[i]);
        h[i] = (extended){ldexp(gap.hi, -new_turned->shifts[i]), ldexp(gap.lo, -new_turned->shifts[i])};
        for (size_t k = 0; k < rank; k++)
            new_turned->directions[i * rank + k] = extended_round(row[k]);
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < i; j++) {
                extended dot = extended_of(0);
                for (size_t k = 0; k < rank; k++)
                    dot = extended_add(dot, extended_multiply(row[k], rows[j * rank + k]));
                for (size_t k = 0; k < rank; k++)
                    row[k] = extended_subtract(row[k], extended_multiply(dot, rows[j * rank + k]));
                h[i] = extended_subtract(h[i], extended_multiply(dot, h[j]));
            }
        extended squares = extended_of(0);
        for (size_t k = 0; k < rank; k++)
            squares = extended_add(squares, extended_multiply(row[k], row[k]));
        extended length = extended_square_root(squares);
        for (size_t k = 0; k < rank; k++) {
            row[k] = extended_divide(row[k], length);
            new_turned->rows[i * rank + k] = extended_round(row[k]);
        }
        h[i] = extended_divide(h[i], length);
        new_turned->h[i] = extended_round(h[i]);
    }
    free(rows);
    return status;
}

/* The first restriction whose variance is 0, q when none is: in exact arithmetic 0 (a coefficient that one cluster
 * decides) is rounding, squared, of the classical one, 1e-30 or so. */
static size_t find_zero(const behov_vcov *vcov, const behov_fit *fit, const turned *turned)
{
    double rss = ldexp(fit->rss, -2 * fit->outcome_exponent);
    for (size_t i = 0; i < turned->n; i++) {
        const double *direction = turned->directions + i * turned->rank;
        double length = 0;
        for (size_t k = 0; k < turned->rank; k++)
            length += direction[k] * direction[k];
        if (!(vcov_in_direction(vcov, direction) > 1e-24 * rss * length))
            return i;
    }
    return turned->n;
}

/* Two-way: what the cut leaves of a negative variance is no measure of error (inference.c holds to the same). The first
 * coefficient of the hypothesis with one, n_regressors when there is none. */
static size_t find_negative(const behov_vcov *vcov, const behov_hypothesis *hypothesis)
{
    const double *uncut = behov_vcov_uncut(vcov);
    for (size_t i = 0; i < hypothesis->n_restrictions * hypothesis->n_regressors && uncut; i++)
        if (hypothesis->matrix[i] != 0 && !(uncut[i % hypothesis->n_regressors] > 0))
            return i % hypothesis->n_regressors;
    return hypothesis->n_regressors;
}

/* The first restriction of whose error V holds nothing, or not all: one cluster alone identifies it. */
static behov_status check_sole(const behov_vcov *vcov, const behov_hypothesis *hypothesis, const turned *turned,
                               double *share, behov_error *err)
{
    for (size_t i = 0; i < turned->n; i++) {
        double own = vcov_lacks(vcov, turned->directions + i * turned->rank);
        *share = own > *share ? own : *share;
        if (!vcov_is_too_large(vcov, own))
            continue;
        const char *sole = NULL;
        for (size_t k = 0; k < hypothesis->n_regressors && !sole; k++)
            if (hypothesis->matrix[i * hypothesis->n_regressors + k] != 0)
                sole = behov_vcov_sole(vcov, k);
        const char *left = behov_hypothesis_left(hypothesis, i), *place = sole ? sole : PHRASE_HYPOTHESIS_ONE_CLUSTER;
        return behov_vcov_n_clusters(vcov)
                   ? behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SOLE_CLUSTER, left,
                                     place)
                   : behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SOLE_ROW, left, place);
    }
    return BEHOV_OK;
}

typedef struct wald_parts {
    size_t zero; /* the first restriction whose variance is 0, q when none is */
    double wald; /* (Rb - r)'(R V R')^-1 (Rb - r), NaN when singular */
    double se;   /* of a single restriction */
    double f, dof2;
    double share; /* the largest that one cluster alone identifies */
} wald_parts;

static behov_status wald_in_basis(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                                  wald_parts *wald_parts, behov_error *err)
{
    turned turned;
    size_t only = only_coefficient(hypothesis), n = hypothesis->n_regressors;
    behov_status status = turn(hypothesis, fit, &turned, err);
    if (!status)
        status = check_sole(vcov, hypothesis, &turned, &wald_parts->share, err);
    if (!status) {
        wald_parts->zero = find_zero(vcov, fit, &turned);
        if (wald_parts->zero == turned.n)
            status = vcov_quadratic(vcov, turned.n, turned.rows, turned.h, &wald_parts->wald, err);
    }
    if (!status && only < n) { /* its degrees of freedom as they stand beside it */
        wald_parts->f = wald_parts->wald;
        wald_parts->dof2 = behov_vcov_dof_of(vcov, only);
    } else if (!status && !isnan(wald_parts->wald)) {
        status = vcov_f(vcov, turned.n, turned.rows, wald_parts->wald, &wald_parts->f, &wald_parts->dof2, err);
    }
    if (!status && turned.n == 1)
        wald_parts->se = only < n ? fabs(hypothesis->matrix[only]) * sqrt(behov_vcov_matrix(vcov)[only * n + only])
                                  : ldexp(sqrt(vcov_in_direction(vcov, turned.directions)), turned.shifts[0]);
    turned_free(&turned);
    return status;
}

/* The same from V itself, where its eigenvalues were cut. */
static behov_status wald_of_cut(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                                wald_parts *wald_parts, behov_error *err)
{
    size_t q = hypothesis->n_restrictions;
    double *block = behov_alloc(q, (2 * q + 1) * sizeof *block), *gap = block ? block + q * q : NULL;
    behov_status memory = BEHOV_OK;
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    double *classical = gap + q;
    covariance(hypothesis, fit->bread, classical);
    covariance(hypothesis, behov_vcov_matrix(vcov), block);
    wald_parts->zero = q;
    for (size_t i = 0; i < q; i++) {
        gap[i] = hypothesis_gap(hypothesis, fit, i);
        if (!(block[i * q + i] > 1e-24 * fit->rss * classical[i * q + i]) && wald_parts->zero == q)
            wald_parts->zero = i;
    }
    if (wald_parts->zero == q && !behov_quadratic_inverse(block, q, gap, &wald_parts->wald, &memory))
        wald_parts->wald = NAN;
    wald_parts->f = wald_parts->wald / (double)q;
    wald_parts->dof2 = behov_vcov_dof(vcov);
    wald_parts->se = sqrt(block[0]);
    free(block);
    return memory ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST) : BEHOV_OK;
}

bool behov_wald_is_unreliable(const behov_vcov *vcov, size_t n_restrictions)
{
    size_t n_clusters = behov_vcov_n_clusters(vcov);
    return n_clusters && behov_vcov_kind_of(vcov) != BEHOV_VCOV_CV2 && n_restrictions > 1 &&
           4 * n_restrictions > n_clusters;
}

behov_status behov_wald(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                        behov_wald_result *result, behov_error *err)
{
    size_t q = hypothesis->n_restrictions, n_clusters = behov_vcov_n_clusters(vcov), zero = q;
    behov_status status = hypothesis_check(hypothesis, fit, err);
    if (status)
        return status;
    if (behov_vcov_n_regressors(vcov) != hypothesis->n_regressors)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_COVARIANCE_NOT_OF_FIT);
    if (behov_fit_is_exact(fit))
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_FIT_EXACT_NOT_TESTED);
    if (n_clusters && q > n_clusters - 1) /* V has rank G - 1 at the most */
        return behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_FEW_CLUSTERS, q,
                               n_clusters, n_clusters - 1);
    size_t negative = find_negative(vcov, hypothesis);
    if (negative < hypothesis->n_regressors)
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NEGATIVE_VARIANCE,
                               behov_cut(hypothesis->names[negative], 200).text);
    wald_parts wald_parts = {q, NAN, NAN, NAN, NAN, 0};
    status = (vcov_has_basis(vcov) ? wald_in_basis : wald_of_cut)(vcov, fit, hypothesis, &wald_parts, err);
    if (status)
        return status;
    zero = wald_parts.zero;
    if (isnan(wald_parts.wald)) {
        behov_excerpt left = behov_cut(behov_hypothesis_left(hypothesis, zero < q ? zero : 0), 200);
        return zero < q
                   ? behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_ERROR_ZERO, left.text)
                   : behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SINGULAR, left.text);
    }
    if (isnan(wald_parts.f))
        return behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_FEW_DOF, q);
    *result = (behov_wald_result){.n_restrictions = q,
                                  .f = wald_parts.f,
                                  .dof1 = (double)q,
                                  .dof2 = wald_parts.dof2,
                                  .estimate = NAN,
                                  .null = NAN,
                                  .se = NAN,
                                  .t = NAN,
                                  .sole_share = wald_parts.share,
                                  .is_unreliable = behov_wald_is_unreliable(vcov, q)};
    result->p = behov_f_p(result->f, result->dof1, result->dof2);
    if (q == 1) {
        result->null = hypothesis->values[0];
        result->estimate = hypothesis_left(hypothesis, fit, 0);
        result->se = wald_parts.se;
        result->t = hypothesis_gap(hypothesis, fit, 0) / wald_parts.se;
        result->p = behov_t_p(result->t, result->dof2);
    }
    return BEHOV_OK;
}
