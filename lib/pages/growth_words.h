/* growth_words.h - words of growth that its tables and sentences share. */
#ifndef BEHOV_GROWTH_WORDS_H
#define BEHOV_GROWTH_WORDS_H

#include <behov/growth.h>
#include <behov/labels.h>

/* Why a municipality has no factors; "" where it has. */
const char *behov_growth_reason_words(behov_growth_reason reason, behov_language lang);
/* A factor of a file by its name for readers where that is known ("duration_months"), else as it stands. */
const char *behov_growth_factor_words(const char *name, behov_language lang);

#endif
