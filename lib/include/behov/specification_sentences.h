/* specification_sentences.h - what each check of a specification means for reading a ratio, in a sentence. */
#ifndef BEHOV_SPECIFICATION_SENTENCES_H
#define BEHOV_SPECIFICATION_SENTENCES_H

#include <stdbool.h>

#include "error.h"
#include "specification.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_check {
    BEHOV_CHECK_BREUSCH_PAGAN = 0,
    BEHOV_CHECK_SPREAD,
    BEHOV_CHECK_RESET,
    BEHOV_CHECK_LOGS,
    BEHOV_CHECK_POPULATION,
    BEHOV_CHECK_COUNTY,
    BEHOV_CHECK_AUTOCORRELATION,
    BEHOV_CHECK_WITHOUT, /* the first group; behov_specification_say_without has the others */
    BEHOV_CHECK_FORWARD,
    BEHOV_CHECK_EQUALITY,
    BEHOV_N_CHECKS
} behov_check;

/// Whether a check is not there.
BEHOV_API behov_absence behov_specification_absence(const behov_specification *specification, behov_check check);
/// Its sentence, or why there is none, in the place of what was said.
BEHOV_API void behov_specification_say(const behov_specification *specification, behov_check check,
                                       behov_wording *words);
/// The sentence of one group that was left out; what the group is called: its condition, or the largest municipalities.
BEHOV_API void behov_specification_say_without(const behov_specification *specification, size_t group,
                                               behov_wording *words);
BEHOV_API void behov_specification_say_group(const behov_specification *specification, size_t group,
                                             behov_wording *words);
/// "1103 Stavanger": a municipality by its position; of a panel without them the number of the row.
BEHOV_API void behov_specification_say_unit(const behov_specification *specification, size_t unit,
                                            behov_wording *words);
/// How errors are clustered: "klynger etter kommune (CV1)".
BEHOV_API void behov_specification_say_errors(const behov_specification *specification, behov_wording *words);
/// "Standardfeil i kontrollene: klynger etter kommune (CV1).", with the reason where `behov fit` would take CV3.
BEHOV_API void behov_specification_note_errors(const behov_specification *specification, behov_wording *words);
/// The unit of the outcome, of its errors and of the residuals (static).
BEHOV_API const char *behov_specification_unit(const behov_specification *specification);
/// The model's terms of population: "I(population^1.2)".
BEHOV_API void behov_specification_say_population(const behov_specification *specification, behov_wording *words);
/// Further notes under the tables of a check; whether there is an i-th one.
BEHOV_API bool behov_specification_note(const behov_specification *specification, behov_check check, size_t i,
                                        behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
