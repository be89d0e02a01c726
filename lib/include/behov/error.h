/* error.h - status codes and the caller-owned error that every fallible function fills.
 *
 * The caller owns the struct, passes it last, and may pass NULL. A function that fails returns the code
 * that it also stores; a function that succeeds leaves the struct untouched. */
#ifndef BEHOV_ERROR_H
#define BEHOV_ERROR_H

#include <stddef.h>

#if defined(__GNUC__) || defined(__clang__)
#define BEHOV_API __attribute__((visibility("default")))
#define BEHOV_MUST_CHECK __attribute__((warn_unused_result))
#define BEHOV_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define BEHOV_API
#define BEHOV_MUST_CHECK
#define BEHOV_PRINTF(format_at, first_at)
#endif

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

/// Where and what went wrong, in the user's words.
typedef struct behov_error {
    behov_status code;
    char where[160]; /* the user's place: "panel.csv, line 1812, column new_refugees"; may be "" */
    char what[480];  /* one plain sentence with the numbers and what to do */
} behov_error;

/// Fills `err` (may be NULL) and returns `code`.
/// \param where  borrowed, may be NULL or ""; cut at a character boundary when too long
/// \param format printf format of the sentence; no floating-point conversions (they follow the locale)
BEHOV_API behov_status behov_error_set(behov_error *err, behov_status code, const char *where,
                                       const char *format, ...) BEHOV_PRINTF(4, 5);

/// The name of a status as it is written in this header, without the prefix: "E_RANK".
BEHOV_API const char *behov_status_name(behov_status code);

/// The version of the library, "0.1.0".
BEHOV_API const char *behov_version(void);

#ifdef __cplusplus
}
#endif
#endif
