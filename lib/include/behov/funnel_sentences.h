/* funnel_sentences.h - what is said of ratios against population and their limits (funnel.h). */
#ifndef BEHOV_FUNNEL_SENTENCES_H
#define BEHOV_FUNNEL_SENTENCES_H

#include "error.h"
#include "funnel.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How many lie within the limits; where the marked ones lie. Each replaces what the words said; nothing where there is
/// nothing to say, as with the notes.
enum { BEHOV_FUNNEL_ANSWERS = 2 };
BEHOV_API void behov_funnel_answer(const behov_funnel *funnel, size_t i, behov_wording *words);
/// What the limits are, of which need, whether they are flat or one, what is not shown, and that a ratio is no verdict.
enum { BEHOV_FUNNEL_NOTES = 11 };
BEHOV_API void behov_funnel_note(const behov_funnel *funnel, size_t i, behov_wording *words);
/// "within both limits"
BEHOV_API const char *behov_funnel_side_words(const behov_funnel *funnel, behov_funnel_side side);
/// What the picture shows, for one who does not see it; the words of the limits in its legend.
BEHOV_API void behov_funnel_describe(const behov_funnel *funnel, behov_wording *words);
BEHOV_API void behov_funnel_name_limits(const behov_funnel *funnel, bool is_outer, behov_language lang,
                                        behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
