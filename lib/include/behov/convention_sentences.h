/* convention_sentences.h - the legend under a table of coefficients: what its stars stand for, what its brackets hold.
 *
 * One source for every table and every format, so that no legend can name other levels than the stars beside it. */
#ifndef BEHOV_CONVENTION_SENTENCES_H
#define BEHOV_CONVENTION_SENTENCES_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each adds to `words`, and nothing where the table has no stars.
/// "Stars: * significant at the 10 per cent level, ** at the 5 per cent level."
BEHOV_API void behov_conventions_say_stars(const behov_study *study, behov_wording *words);
/// "Significance: * 10%, ** 5%, *** 1%", for a line.
BEHOV_API void behov_conventions_say_levels(const behov_study *study, behov_wording *words);
/// "Bold sign: significant at the 10 per cent level.": the weakest level that has a star.
BEHOV_API void behov_conventions_say_bold(const behov_study *study, behov_wording *words);
/// "Standard errors in brackets beneath the coefficient.": what they hold, standard errors where nothing is said.
/// \param level_pct  of the intervals
BEHOV_API void behov_conventions_say_brackets(const behov_study *study, double level_pct, behov_wording *words);

/// "", "*" ... as sentences compare it between errors: the stars; in a table without stars "*" for a p below 5 per cent,
/// so that a sentence still tells what depends on the errors. Static.
BEHOV_API const char *behov_conventions_mark(const behov_study *study, const behov_coefficient *coefficient);

/// The legend as a note under the section added last: of stars; of brackets and stars in one.
BEHOV_API behov_status behov_conventions_note_stars(const behov_study *study, behov_section_list *list,
                                                    behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_conventions_note_brackets(const behov_fit_results *fit_results, behov_section_list *list,
                                                       behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
