/* notice.h - what is worth a word to the user and is no error. Who computes does not print: the caller listens. */
#ifndef BEHOV_NOTICE_H
#define BEHOV_NOTICE_H

#include "error.h"
#include "phrase.h"
#include <behov/word.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise where nobody listens.
typedef struct behov_notice {
    void (*hear)(void *context, const char *message); /* a message is borrowed for the call; NULL = nobody listens */
    void *context;
} behov_notice;

/// The message is a phrase (behov/phrase.h): behov_notice_tell(&notice, SAY_KEY, ...).
/// \param format  of printf; no floating-point conversions (they follow the locale)
BEHOV_API void behov_notice_tell(const behov_notice *notice, behov_word word, const char *format, ...)
    BEHOV_PRINTF(3, 4);

#ifdef __cplusplus
}
#endif
#endif
