/* token.h - the pieces of expressions and formulas: reading them one by one, and spelling them again.
 *
 *   piece  = name | number | text | operator
 *   name   = letter or _ or . , then letters, digits, _ and .  (a letter may be any letter of UTF-8) | `anything`
 *   number = digits with a point and an exponent: 2012  1.2  .5  1e-3
 *   text   = "..." or '...'; inside quotes and backticks \\ \" \' \` \n \r \t stand for one character
 *
 * Spaces, line breaks and no-break spaces separate pieces. Positions count characters from 1. The reader is a plain
 * struct: a copy of it is a bookmark. */
#ifndef BEHOV_SRC_TOKEN_H
#define BEHOV_SRC_TOKEN_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum behov_token_kind {
    BEHOV_TOKEN_END,
    BEHOV_TOKEN_NAME,
    BEHOV_TOKEN_NUMBER,
    BEHOV_TOKEN_TEXT,
    BEHOV_TOKEN_PLUS,
    BEHOV_TOKEN_MINUS,
    BEHOV_TOKEN_TIMES,
    BEHOV_TOKEN_DIVIDE,
    BEHOV_TOKEN_POWER,
    BEHOV_TOKEN_LESS,
    BEHOV_TOKEN_LESS_EQUAL,
    BEHOV_TOKEN_GREATER,
    BEHOV_TOKEN_GREATER_EQUAL,
    BEHOV_TOKEN_EQUAL,
    BEHOV_TOKEN_UNEQUAL,
    BEHOV_TOKEN_IN, /* in or %in% */
    BEHOV_TOKEN_NOT,
    BEHOV_TOKEN_AND, /* & or && */
    BEHOV_TOKEN_OR,  /* | or || */
    BEHOV_TOKEN_OPEN,
    BEHOV_TOKEN_CLOSE,
    BEHOV_TOKEN_COMMA,
    BEHOV_TOKEN_COLON,
    BEHOV_TOKEN_TILDE,
    BEHOV_TOKEN_ASSIGN
} behov_token_kind;

typedef struct behov_token {
    behov_token_kind kind;
    size_t start, end; /* bytes of the text, quotes included */
    size_t position;   /* characters, from 1 */
    double number;     /* of a number */
    bool is_quoted;    /* a name in backticks */
} behov_token;

typedef struct behov_tokens {
    const char *text; /* borrowed */
    size_t length;
    const char *subject; /* what messages call the text: "formula" (borrowed) */
    size_t index, position;
    behov_token token; /* the piece that is read */
} behov_tokens;

/// Starts at the first piece.
behov_status behov_tokens_start(behov_tokens *tokens, const char *text, size_t length, const char *subject,
                                behov_error *err) BEHOV_MUST_CHECK;
/// Goes on to the next piece. At the end it stays there.
behov_status behov_tokens_next(behov_tokens *tokens, behov_error *err) BEHOV_MUST_CHECK;

/// Whether the piece is this bare word.
bool behov_token_is(const behov_tokens *tokens, const char *word);
/// What a name or text says, without quotes and escapes (returned, free). `length` may be NULL.
char *behov_token_content(const behov_tokens *tokens, size_t *length);

/// Room for a piece of a user's text in a message.
#define BEHOV_PIECE_SIZE 72
/// The text cut to fit into a message, line breaks as spaces. \return piece
const char *behov_piece(const char *text, size_t length, char piece[BEHOV_PIECE_SIZE]);
/// The piece that is read, for a message.
const char *behov_token_piece(const behov_tokens *tokens, char piece[BEHOV_PIECE_SIZE]);

/// `code` with where = "WHAT, position N".
behov_status behov_error_at(behov_error *err, behov_status code, const char *subject, size_t position, behov_word word,
                            const char *format, ...) BEHOV_PRINTF(6, 7);
/// BEHOV_E_SYNTAX: this piece cannot stand here; `expected` ("an operator or the end") could.
behov_status behov_token_unexpected(const behov_tokens *tokens, const char *expected, behov_error *err);
/// Goes past ")", else BEHOV_E_SYNTAX; `opened` is the position of its "(".
behov_status behov_token_close(behov_tokens *tokens, size_t opened, behov_error *err) BEHOV_MUST_CHECK;

/// Text that grows. After a failed allocation it stays as it is and says so.
typedef struct behov_spelling {
    char *text; /* zero-terminated, NULL before the first addition; freed by the user of the struct */
    size_t length, room;
    bool has_failed;
} behov_spelling;

void behov_spell(behov_spelling *spelling, const char *text);
/// A name, in backticks where it needs them.
void behov_spell_name(behov_spelling *spelling, const char *name);
/// A text in double quotes, or between other marks.
void behov_spell_quoted(behov_spelling *spelling, const char *text, char quote);
void behov_spell_number(behov_spelling *spelling, double number);

#endif
