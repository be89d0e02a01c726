/* token.c - reading and spelling the pieces of expressions and formulas. See token.h for the grammar.
 *
 * Outside quotes the text must be UTF-8. What word processors make of operators (no-break space, the true minus) is
 * taken for what it stands for; what could be misread (a superscript two, a curly quote) is an error that says what to
 * write. Inside quotes any byte but zero is kept. */
#include "token.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>

#include "alloc.h"

/* ---- characters ---- */

/* Bytes of the character that starts here, 0 when it is not UTF-8 (overlong forms and surrogates included). */
static size_t decode(const char *text, size_t left, uint32_t *point)
{
    const unsigned char *s = (const unsigned char *)text;
    if (left == 0)
        return 0;
    if (s[0] < 0x80) {
        *point = s[0];
        return 1;
    }
    size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || left < n)
        return 0;
    uint32_t count = s[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        count = count << 6 | (s[i] & 0x3F);
    }
    if ((n == 3 && count < 0x800) || (n == 4 && count < 0x10000) || count > 0x10FFFF ||
        (count >= 0xD800 && count < 0xE000))
        return 0;
    *point = count;
    return n;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Letters, and marks that combine with letters. Past ASCII the blocks of punctuation and signs are named, all else is
 * taken for a letter: a whole table of Unicode would guard against nothing that backticks do not solve. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0xC0)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || c == 0x2DC)
        return false;
    return !((c >= 0x2000 && c < 0x20D0) || (c >= 0x2190 && c < 0x2C00) || (c >= 0x2E00 && c < 0x2E80) ||
             (c >= 0x3000 && c < 0x3005) || (c >= 0xE000 && c < 0xF900) || (c >= 0xFE00 && c < 0xFE10) || c == 0xFEFF ||
             (c >= 0xFFF0 && c < 0x10000) || c >= 0x1F000);
}

static bool is_name_start(uint32_t c)
{
    return is_letter(c) || c == '_' || c == '.';
}

static bool is_name_character(uint32_t c)
{
    return is_name_start(c) || is_digit(c);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F ||
           c == 0xFEFF;
}

#define TRUE_MINUS 0x2212

/* Characters that a word processor or a habit puts in, and what to write for them. */
static const struct {
    uint32_t point;
    const char *instead;
} habits[] = {
    {0xD7, PHRASE_TOKEN_INSTEAD_MULTIPLY},   {0xB7, PHRASE_TOKEN_INSTEAD_MULTIPLY},
    {0x22C5, PHRASE_TOKEN_INSTEAD_MULTIPLY}, {0xF7, PHRASE_TOKEN_INSTEAD_DIVIDE},
    {0x2215, PHRASE_TOKEN_INSTEAD_DIVIDE},   {0xB2, PHRASE_TOKEN_INSTEAD_SQUARE},
    {0xB3, PHRASE_TOKEN_INSTEAD_CUBE},       {0x221A, PHRASE_TOKEN_INSTEAD_ROOT},
    {0x2264, PHRASE_TOKEN_INSTEAD_AT_MOST},  {0x2265, PHRASE_TOKEN_INSTEAD_AT_LEAST},
    {0x2260, PHRASE_TOKEN_INSTEAD_UNEQUAL},  {0x2010, PHRASE_TOKEN_INSTEAD_MINUS},
    {0x2011, PHRASE_TOKEN_INSTEAD_MINUS},    {0x2013, PHRASE_TOKEN_INSTEAD_MINUS},
    {0x2014, PHRASE_TOKEN_INSTEAD_MINUS},    {0x223C, PHRASE_TOKEN_INSTEAD_TILDE},
    {0x2DC, PHRASE_TOKEN_INSTEAD_TILDE},     {0x2208, PHRASE_TOKEN_INSTEAD_IN},
    {0x201C, PHRASE_TOKEN_INSTEAD_QUOTES},   {0x201D, PHRASE_TOKEN_INSTEAD_QUOTES},
    {0x201E, PHRASE_TOKEN_INSTEAD_QUOTES},   {0xAB, PHRASE_TOKEN_INSTEAD_QUOTES},
    {0xBB, PHRASE_TOKEN_INSTEAD_QUOTES},     {0x2018, PHRASE_TOKEN_INSTEAD_QUOTES},
    {0x2019, PHRASE_TOKEN_INSTEAD_QUOTES},   {0xB4, PHRASE_TOKEN_INSTEAD_QUOTES},
    {'[', PHRASE_TOKEN_INSTEAD_PARENTHESES}, {'{', PHRASE_TOKEN_INSTEAD_PARENTHESES},
    {'%', PHRASE_TOKEN_INSTEAD_PERCENT},     {'#', PHRASE_TOKEN_INSTEAD_HASH},
    {'$', PHRASE_TOKEN_INSTEAD_DOLLAR},
};

/* ---- messages ---- */

const char *behov_piece(const char *text, size_t length, char piece[BEHOV_PIECE_SIZE])
{
    enum { ROOM = BEHOV_PIECE_SIZE - 4 }; /* the ellipsis and the zero */
    size_t n = length < ROOM ? length : ROOM;
    if (n < length)
        while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
            n--;
    for (size_t i = 0; i < n; i++)
        piece[i] = (unsigned char)text[i] < ' ' || text[i] == 0x7F ? ' ' : text[i];
    memcpy(piece + n, n < length ? "\u2026" : "", n < length ? 4 : 1);
    return piece;
}

const char *behov_token_piece(const behov_tokens *tokens, char piece[BEHOV_PIECE_SIZE])
{
    return behov_piece(tokens->text + tokens->token.start, tokens->token.end - tokens->token.start, piece);
}

behov_status behov_error_at(behov_error *err, behov_status code, const char *subject, size_t position, behov_word word,
                            const char *format, ...)
{
    if (!err)
        return code;
    char name[BEHOV_PIECE_SIZE];
    behov_phrase_parts parts;
    bool is_phrase = behov_phrase_begins(subject, &parts);
    behov_said where = behov_phrase(SAY_ERROR_WHERE_POSITION,
                                    is_phrase ? subject : behov_piece(subject, strlen(subject), name), position);
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(err, code, where.text, word, format, arguments);
    va_end(arguments);
    return code;
}

bool behov_token_is(const behov_tokens *tokens, const char *word)
{
    const behov_token *token = &tokens->token;
    size_t length = strlen(word);
    return token->kind == BEHOV_TOKEN_NAME && !token->is_quoted && token->end - token->start == length &&
           memcmp(tokens->text + token->start, word, length) == 0;
}

behov_status behov_token_unexpected(const behov_tokens *tokens, const char *expected, behov_error *err)
{
    const char *hint = "";
    char piece[BEHOV_PIECE_SIZE];
    switch (tokens->token.kind) {
    case BEHOV_TOKEN_END:
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->token.position, SAY_TOKEN_ENDS, expected);
    case BEHOV_TOKEN_ASSIGN:
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->token.position, SAY_TOKEN_ASSIGNMENT);
    case BEHOV_TOKEN_COMMA: hint = PHRASE_TOKEN_HINT_POINT; break;
    case BEHOV_TOKEN_IN: hint = PHRASE_TOKEN_HINT_IN; break;
    case BEHOV_TOKEN_NUMBER: hint = PHRASE_TOKEN_HINT_SPACES; break;
    case BEHOV_TOKEN_NAME:
        if (behov_token_is(tokens, "and") || behov_token_is(tokens, "AND"))
            hint = PHRASE_TOKEN_HINT_AND;
        else if (behov_token_is(tokens, "or") || behov_token_is(tokens, "OR"))
            hint = PHRASE_TOKEN_HINT_OR;
        else if (behov_token_is(tokens, "not") || behov_token_is(tokens, "NOT"))
            hint = PHRASE_TOKEN_HINT_NOT;
        else
            hint = PHRASE_TOKEN_HINT_NAME;
        break;
    default: break;
    }
    return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->token.position, SAY_TOKEN_UNEXPECTED,
                          behov_token_piece(tokens, piece), expected, hint);
}

behov_status behov_token_close(behov_tokens *tokens, size_t opened, behov_error *err)
{
    if (tokens->token.kind == BEHOV_TOKEN_END)
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, opened, SAY_TOKEN_OPEN_ALONE);
    if (tokens->token.kind != BEHOV_TOKEN_CLOSE)
        return behov_token_unexpected(tokens, PHRASE_TOKEN_WANTED_OPERATOR_OR_CLOSE, err);
    return behov_tokens_next(tokens, err);
}

/* ---- reading ---- */

/* Moves over n bytes and counts the characters in them. */
static void pass(behov_tokens *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        tokens->position += ((unsigned char)tokens->text[tokens->index + i] & 0xC0) != 0x80;
    tokens->index += n;
}

static behov_status fail_here(const behov_tokens *tokens, behov_error *err, const char *sentence)
{
    return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_MESSAGE, sentence);
}

/* The character that an escape stands for, 0 when there is no such escape. */
static char unescape(char c)
{
    switch (c) {
    case '\\':
    case '"':
    case '\'':
    case '`': return c;
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

static behov_status read_quoted(behov_tokens *tokens, char quote, behov_error *err)
{
    behov_token *token = &tokens->token;
    size_t index = tokens->index + 1;
    while (index < tokens->length && tokens->text[index] != quote) {
        if (tokens->text[index] == '\0') {
            pass(tokens, index - tokens->index);
            return fail_here(tokens, err, PHRASE_TOKEN_ZERO_BYTE);
        }
        if (tokens->text[index] == '\\') {
            if (index + 1 == tokens->length)
                break;
            if (!unescape(tokens->text[index + 1])) {
                pass(tokens, index - tokens->index);
                return fail_here(tokens, err, PHRASE_TOKEN_BACKSLASH);
            }
            index++;
        }
        index++;
    }
    if (index >= tokens->length || tokens->text[index] != quote) {
        char piece[BEHOV_PIECE_SIZE];
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_QUOTE_OPEN,
                              behov_piece(tokens->text + tokens->index, tokens->length - tokens->index, piece));
    }
    token->kind = quote == '`' ? BEHOV_TOKEN_NAME : BEHOV_TOKEN_TEXT;
    token->is_quoted = quote == '`';
    if (token->is_quoted && index == tokens->index + 1)
        return fail_here(tokens, err, PHRASE_TOKEN_NAME_EMPTY);
    pass(tokens, index + 1 - tokens->index);
    return BEHOV_OK;
}

/* Whether a text (not ended by a zero) of more digits than a double keeps, and of nothing else, is another number. */
static bool loses_digits(const char *text, size_t n, double number)
{
    char digits[BEHOV_NUMBER_SIZE];
    size_t n_zeros = 0, n_digits = 0;
    while (n_zeros + 1 < n && text[n_zeros] == '0')
        n_zeros++;
    while (n_digits < n && text[n_digits] >= '0' && text[n_digits] <= '9')
        n_digits++;
    if (n <= 15 || n >= BEHOV_NUMBER_SIZE || n_digits < n)
        return false;
    behov_number_fixed(number, 0, '.', "", 0, digits);
    return strlen(digits) != n - n_zeros || memcmp(digits, text + n_zeros, n - n_zeros) != 0;
}

/* Bytes of the run of name characters that starts here. */
static size_t name_length(const char *text, size_t left)
{
    size_t n = 0, step;
    uint32_t point;
    while ((step = decode(text + n, left - n, &point)) != 0 && is_name_character(point))
        n += step;
    return n;
}

static behov_status read_number(behov_tokens *tokens, behov_error *err)
{
    const char *text = tokens->text + tokens->index;
    size_t left = tokens->length - tokens->index, n = 0;
    char piece[BEHOV_PIECE_SIZE];
    while (n < left && is_digit((unsigned char)text[n]))
        n++;
    if (n < left && text[n] == '.')
        for (n++; n < left && is_digit((unsigned char)text[n]);)
            n++;
    if (n < left && (text[n] == 'e' || text[n] == 'E')) {
        size_t digits = n + 1;
        if (digits < left && (text[digits] == '+' || text[digits] == '-'))
            digits++;
        if (digits < left && is_digit((unsigned char)text[digits]))
            for (n = digits; n < left && is_digit((unsigned char)text[n]);)
                n++;
    }
    size_t rest = name_length(text + n, left - n);
    if (rest)
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_NUMBER_OR_NAME,
                              behov_piece(text, n + rest, piece));
    switch (behov_number_parse(text, n, '.', &tokens->token.number)) {
    case BEHOV_NUMBER_OK: break;
    case BEHOV_NUMBER_BAD:
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_NOT_A_NUMBER,
                              behov_piece(text, n, piece));
    case BEHOV_NUMBER_TOO_LARGE:
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_TOO_LARGE,
                              behov_piece(text, n, piece));
    }
    /* A code of 17 digits would be another one as a number. */
    if (loses_digits(text, n, tokens->token.number))
        return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_TOO_MANY_DIGITS,
                              behov_piece(text, n, piece));
    tokens->token.kind = BEHOV_TOKEN_NUMBER;
    pass(tokens, n);
    return BEHOV_OK;
}

static const struct {
    char spelling[5];
    behov_token_kind kind;
} operators[] = {
    /* longer ones first */
    {"%in%", BEHOV_TOKEN_IN},  {"<=", BEHOV_TOKEN_LESS_EQUAL}, {">=", BEHOV_TOKEN_GREATER_EQUAL},
    {"==", BEHOV_TOKEN_EQUAL}, {"!=", BEHOV_TOKEN_UNEQUAL},    {"&&", BEHOV_TOKEN_AND},
    {"||", BEHOV_TOKEN_OR},    {"+", BEHOV_TOKEN_PLUS},        {"-", BEHOV_TOKEN_MINUS},
    {"*", BEHOV_TOKEN_TIMES},  {"/", BEHOV_TOKEN_DIVIDE},      {"^", BEHOV_TOKEN_POWER},
    {"<", BEHOV_TOKEN_LESS},   {">", BEHOV_TOKEN_GREATER},     {"!", BEHOV_TOKEN_NOT},
    {"&", BEHOV_TOKEN_AND},    {"|", BEHOV_TOKEN_OR},          {"(", BEHOV_TOKEN_OPEN},
    {")", BEHOV_TOKEN_CLOSE},  {",", BEHOV_TOKEN_COMMA},       {":", BEHOV_TOKEN_COLON},
    {"~", BEHOV_TOKEN_TILDE},  {"=", BEHOV_TOKEN_ASSIGN},
};

/* Operators of other languages, and what to write for them. */
static const struct {
    char spelling[4], instead[4];
} foreign[] = {{"**", "^"}, {"<>", "!="}, {"=<", "<="}, {"=>", ">="}, {"=!", "!="}};

static bool starts_with(const behov_tokens *tokens, const char *spelling)
{
    size_t length = strlen(spelling);
    return tokens->length - tokens->index >= length && memcmp(tokens->text + tokens->index, spelling, length) == 0;
}

static behov_status read_operator(behov_tokens *tokens, uint32_t point, behov_error *err)
{
    char piece[BEHOV_PIECE_SIZE];
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (starts_with(tokens, foreign[i].spelling))
            return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_FOREIGN_OPERATOR,
                                  foreign[i].spelling, foreign[i].instead);
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (starts_with(tokens, operators[i].spelling)) {
            tokens->token.kind = operators[i].kind;
            pass(tokens, strlen(operators[i].spelling));
            return BEHOV_OK;
        }
    if (point == 0)
        return fail_here(tokens, err, PHRASE_TOKEN_ZERO_BYTE);
    uint32_t again;
    size_t n = decode(tokens->text + tokens->index, tokens->length - tokens->index, &again);
    behov_piece(tokens->text + tokens->index, n, piece);
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++)
        if (habits[i].point == point)
            return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_NO_MEANING, piece,
                                  habits[i].instead);
    return behov_error_at(err, BEHOV_E_SYNTAX, tokens->subject, tokens->position, SAY_TOKEN_UNKNOWN_CHARACTER, piece,
                          (unsigned long)point);
}

behov_status behov_tokens_next(behov_tokens *tokens, behov_error *err)
{
    uint32_t point = 0;
    size_t step = 0;
    while (tokens->index < tokens->length) {
        step = decode(tokens->text + tokens->index, tokens->length - tokens->index, &point);
        if (step == 0)
            return fail_here(tokens, err, PHRASE_TOKEN_NOT_UTF8);
        if (!is_space(point))
            break;
        pass(tokens, step);
    }
    tokens->token = (behov_token){.kind = BEHOV_TOKEN_END, .start = tokens->index, .position = tokens->position};
    behov_status status = BEHOV_OK;
    if (tokens->index < tokens->length) {
        const char *text = tokens->text + tokens->index;
        size_t left = tokens->length - tokens->index;
        if (point == '"' || point == '\'' || point == '`') {
            status = read_quoted(tokens, (char)point, err);
        } else if (is_digit(point) || (point == '.' && left > 1 && is_digit((unsigned char)text[1]))) {
            status = read_number(tokens, err);
        } else if (is_name_start(point)) {
            size_t n = name_length(text, left);
            tokens->token.kind = n == 2 && memcmp(text, "in", 2) == 0 ? BEHOV_TOKEN_IN : BEHOV_TOKEN_NAME;
            pass(tokens, n);
        } else if (point == TRUE_MINUS) {
            tokens->token.kind = BEHOV_TOKEN_MINUS;
            pass(tokens, step);
        } else {
            status = read_operator(tokens, point, err);
        }
    }
    tokens->token.end = tokens->index;
    return status;
}

behov_status behov_tokens_start(behov_tokens *tokens, const char *text, size_t length, const char *subject,
                                behov_error *err)
{
    *tokens = (behov_tokens){.text = text, .length = length, .subject = subject, .position = 1};
    return behov_tokens_next(tokens, err);
}

char *behov_token_content(const behov_tokens *tokens, size_t *length)
{
    const behov_token *token = &tokens->token;
    bool is_quoted = token->is_quoted || token->kind == BEHOV_TOKEN_TEXT;
    const char *source = tokens->text + token->start + is_quoted, *end = tokens->text + token->end - is_quoted;
    char *content = behov_copy_text(source, (size_t)(end - source));
    if (!content)
        return NULL;
    size_t n = 0;
    for (; source < end; source++) {
        if (is_quoted && *source == '\\')
            content[n++] = unescape(*++source);
        else
            content[n++] = *source;
    }
    content[n] = '\0';
    if (length)
        *length = n;
    return content;
}

/* ---- spelling ---- */

static void add(behov_spelling *spelling, const char *text, size_t length)
{
    if (spelling->has_failed)
        return;
    if (length >= spelling->room - spelling->length) {
        size_t room = spelling->room ? spelling->room : 32;
        while (room - spelling->length <= length && room <= SIZE_MAX / 2)
            room *= 2;
        char *new_text = room - spelling->length > length ? behov_realloc(spelling->text, room, 1) : NULL;
        if (!new_text) {
            spelling->has_failed = true;
            return;
        }
        spelling->text = new_text;
        spelling->room = room;
    }
    if (length)
        memcpy(spelling->text + spelling->length, text, length);
    spelling->length += length;
    spelling->text[spelling->length] = '\0';
}

void behov_spell(behov_spelling *spelling, const char *text)
{
    add(spelling, text, strlen(text));
}

void behov_spell_quoted(behov_spelling *spelling, const char *text, char quote)
{
    add(spelling, &quote, 1);
    for (; *text; text++) {
        char escaped = *text == quote || *text == '\\' ? *text
                       : *text == '\n'                 ? 'n'
                       : *text == '\r'                 ? 'r'
                       : *text == '\t'                 ? 't'
                                                       : '\0';
        if (escaped)
            add(spelling, "\\", 1);
        add(spelling, escaped ? &escaped : text, 1);
    }
    add(spelling, &quote, 1);
}

void behov_spell_name(behov_spelling *spelling, const char *name)
{
    size_t length = strlen(name);
    uint32_t first = 0;
    bool is_bare = decode(name, length, &first) != 0 && is_name_start(first) && name_length(name, length) == length;
    if (first == '.') /* .5x reads as a number, and . alone means all columns to R */
        is_bare = is_bare && name[strspn(name, ".")] != '\0' && !is_digit((unsigned char)name[1]);
    if (is_bare && strcmp(name, "in") != 0)
        add(spelling, name, length);
    else
        behov_spell_quoted(spelling, name, '`');
}

void behov_spell_number(behov_spelling *spelling, double number)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_number_shortest(number, text);
    add(spelling, text, length);
    if (loses_digits(text, length, number)) /* it was no code, and is not to be read as one */
        add(spelling, ".0", 2);
}
