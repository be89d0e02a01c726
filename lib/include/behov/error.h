/* error.h - status codes and the caller-owned error that every fallible function fills.
 *
 * The caller owns the struct, passes it last, and may pass NULL. A function that fails returns the code
 * that it also stores; a function that succeeds leaves the struct untouched. */
#ifndef BEHOV_ERROR_H
#define BEHOV_ERROR_H

#include <behov/phrase.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_status {
    BEHOV_OK = 0,
    BEHOV_E_MEMORY,   /* the machine has no more memory */
    BEHOV_E_ARGUMENT, /* the call itself is wrong: an option or size that the function does not take */
    BEHOV_E_SYNTAX,   /* a formula, condition or number cannot be read */
    BEHOV_E_NAME,     /* a column, term or level that does not exist */
    BEHOV_E_TYPE,     /* text where a number is needed, or the reverse */
    BEHOV_E_DATA,     /* the values are wrong: duplicate rows, not finite, all missing */
    BEHOV_E_RANK,     /* a regressor is a linear combination of others */
    BEHOV_E_TOO_FEW,  /* fewer rows than coefficients, or too few clusters */
    BEHOV_E_RANGE,    /* a number outside the range of a double */
    BEHOV_E_FILE      /* the program only: a file cannot be read or written */
} behov_status;

/// Where and what went wrong, in the user's words. `where` and `what` are English; the rest is the same before it has a
/// language, for a program that speaks to its users in another.
enum { BEHOV_PLACE_SIZE = 640 };

typedef struct behov_error {
    behov_status code;
    char where[160];              /* the user's place: "panel.csv, line 1812, column new_refugees"; may be "" */
    char what[480];               /* one plain sentence with the numbers and what to do */
    behov_word sentence;          /* BEHOV_NO_WORD: `values` is the sentence itself, with phrases in it */
    char place[BEHOV_PLACE_SIZE]; /* `where` with its phrases */
    char values[2048];            /* what goes into the sentence, separated by 0x1F (phrase.h) */
} behov_error;

/// Fills `err` (may be NULL) with a word and its values and returns `code`:
/// behov_error_say(err, BEHOV_E_NAME, where, SAY_TABLE_COLUMN_MISSING, name). Both texts are shown as behov_show shows
/// them: whole letters, an ellipsis where there are too many.
/// \param where  borrowed, may be NULL or "", may hold phrases
/// \param format the English of the word, as SAY_KEY gives it; no floating-point conversions (they follow the locale)
BEHOV_API behov_status behov_error_say(behov_error *err, behov_status code, const char *where, behov_word word,
                                       const char *format, ...) BEHOV_PRINTF(5, 6);
BEHOV_API behov_status behov_error_say_list(behov_error *err, behov_status code, const char *where, behov_word word,
                                            const char *format, va_list arguments);

/// The sentence of another error, with its word and values, under another code and place.
BEHOV_API behov_status behov_error_forward(behov_error *err, behov_status code, const char *where,
                                           const behov_error *inner);

/// The sentence of an error as a phrase, to stand in another sentence; its place likewise.
BEHOV_API behov_said behov_error_phrase(const behov_error *err);

/// Fills `err` (may be NULL) with a text that is no word, but may hold phrases, and returns `code`.
/// Both texts are shown as behov_show shows them: whole letters, an ellipsis where there are too many.
/// \param where  borrowed, may be NULL or ""
/// \param format printf format of the sentence; no floating-point conversions (they follow the locale)
BEHOV_API behov_status behov_error_set(behov_error *err, behov_status code, const char *where, const char *format, ...)
    BEHOV_PRINTF(4, 5);

/// A letter as it may be shown.
typedef struct behov_shown_letter {
    uint32_t code;
    const char *bytes; /* n_bytes of UTF-8, not ended by zero; borrowed from the text, or static */
    size_t n_bytes;
    bool is_cut; /* the text ends inside it */
} behov_shown_letter;

/// The first letter of a UTF-8 text (borrowed, ended by zero). Tabs and line ends come as a space; control characters,
/// marks of direction (U+200E, U+202E, ...), a byte order mark and what is no UTF-8 as U+FFFD; a letter that was cut
/// off as an ellipsis. \return the bytes that it took in the text; 0 at the end
BEHOV_API size_t behov_letter(const char *text, behov_shown_letter *letter);

/// Writes a text letter by letter, as behov_letter shows them, into `shown_text` (at least most + 1 bytes): at most
/// `most` bytes, whole letters, with an ellipsis in the place of those for which there is no room.
/// \return the bytes written, without the zero
BEHOV_API size_t behov_show(const char *text, size_t most, char *shown_text);

/// A text of a message, as much of it as a message takes.
typedef struct behov_excerpt {
    char text[256];
} behov_excerpt;

/// At most `most` bytes (below 256) of a text (may be NULL), as behov_show writes them:
/// behov_error_set(err, code, where, "\"%s\" is no year", behov_cut(text, 40).text).
BEHOV_API behov_excerpt behov_cut(const char *text, size_t most);

/// The name of a status as it is written in this header, without the prefix: "E_RANK".
BEHOV_API const char *behov_status_name(behov_status code);

/// The version of the library, "0.1.0".
BEHOV_API const char *behov_version(void);

#ifdef __cplusplus
}
#endif
#endif
