/* scenario_sentences.h - scenarios and mergers in sentences: what comes out, what it stands on, what to mind. */
#ifndef BEHOV_SCENARIO_SENTENCES_H
#define BEHOV_SCENARIO_SENTENCES_H

#include "error.h"
#include "phrase.h"
#include "scenario.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each takes the place of what the words said. What comes out for one of them; for several how many there are.
BEHOV_API void behov_scenarios_answer(const behov_scenarios *scenarios, behov_wording *words);
BEHOV_API void behov_mergers_answer(const behov_mergers *mergers, behov_wording *words);
/// Warnings that a page tells, beside how many more there are.
enum { BEHOV_SCENARIO_MOST_WARNINGS = 20 };
/// The i-th warning: a figure or a municipality outside the data, a column that the model lacks. False when there are no
/// more.
BEHOV_API bool behov_scenarios_warning(const behov_scenarios *scenarios, size_t i, behov_wording *words);
BEHOV_API bool behov_mergers_warning(const behov_mergers *mergers, size_t i, behov_wording *words);
/// What there is to mind of one, for the last cell of its row; nothing when there is nothing.
BEHOV_API void behov_scenario_mark(const behov_scenarios *scenarios, const behov_scenario *scenario,
                                   behov_wording *words);
BEHOV_API void behov_merger_mark(const behov_mergers *mergers, const behov_merger *merger, behov_wording *words);
/// The i-th note of what the figures are; false when there are no more. One that does not hold says nothing.
BEHOV_API bool behov_scenarios_note(const behov_scenarios *scenarios, size_t i, behov_wording *words);
BEHOV_API bool behov_mergers_note(const behov_mergers *mergers, size_t i, behov_wording *words);
/// "1000 kr per innbygger"; that of the model, or of nothing known.
BEHOV_API const char *behov_scenario_unit(const behov_fit_results *fit_results);

#ifdef __cplusplus
}
#endif
#endif
