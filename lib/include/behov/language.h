/* language.h - the language of an output. */
#ifndef BEHOV_LANGUAGE_H
#define BEHOV_LANGUAGE_H

#include <stdbool.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is spoken: a language and, of a panel that does not hold nearly every municipality, the words for its own
/// municipalities where the country is meant.
typedef enum behov_language {
    BEHOV_LANGUAGE_NB = 0,
    BEHOV_LANGUAGE_EN,
    BEHOV_LANGUAGE_NB_OF_FILE,
    BEHOV_LANGUAGE_EN_OF_FILE
} behov_language;

enum { BEHOV_N_LANGUAGES = BEHOV_LANGUAGE_NB_OF_FILE };

/// The language alone, LANGUAGE_NB or LANGUAGE_EN; the same language with the words for the municipalities in the file.
BEHOV_API behov_language behov_language_alone(behov_language lang);
BEHOV_API behov_language behov_language_of_file(behov_language lang);

/// "nb", "en": what the language is called in options, and in the lang of a page (ISO 639-1).
BEHOV_API const char *behov_language_name(behov_language lang);
/// The language of a name, which may be NULL; false, and *lang as before, when there is none.
BEHOV_API bool behov_language_find(const char *name, behov_language *lang);
/// ',' or '.': the mark before decimals in printed text.
BEHOV_API char behov_language_decimal_mark(behov_language lang);

#ifdef __cplusplus
}
#endif
#endif
