/* test_sentences.h - what the bootstrap of a hypothesis did, and what follows from it, in sentences. */
#ifndef BEHOV_TEST_SENTENCES_H
#define BEHOV_TEST_SENTENCES_H

#include "boot.h"
#include "error.h"
#include "language.h"
#include "test_results.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each replaces what the words said before. "(WCR, null imposed): 99 999 Rademacher draws, seed 0"
BEHOV_API void behov_test_say_method(behov_language lang, const behov_test_results *test, behov_wording *words);
/// How many draws were as far out.
BEHOV_API void behov_test_say_counts(behov_language lang, const behov_boot_result *boot, behov_wording *words);
/// Where the interval has no end, and why; "" when it has both.
BEHOV_API void behov_test_say_interval(behov_language lang, const behov_boot_result *boot, behov_wording *words);
/// What follows from few clusters; "" when there are enough.
BEHOV_API void behov_test_say_clusters(behov_language lang, const behov_boot_result *boot, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
