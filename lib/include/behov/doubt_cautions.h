/* doubt_cautions.h - findings that a figure may be wrong, though nothing is refused for it, as cautions of a study. */
#ifndef BEHOV_DOUBT_CAUTIONS_H
#define BEHOV_DOUBT_CAUTIONS_H

#include <stdbool.h>

#include "error.h"
#include "language.h"
#include "municipality_list.h"
#include "plausibility.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero chooses every finding that behov_finding_doubts_a_figure. */
typedef struct behov_doubt_choice {
    bool (*is_chosen)(const void *context, const behov_oddity *finding);
    const void *context; /* borrowed for the call */
    bool is_merged;      /* they are of figures that are merged, and `behov panel check` lists them */
} behov_doubt_choice;

/// Adds a sentence for each kind and column of study->plausibility that has findings which are chosen and not let through,
/// five at the most; the last of them says how many more there are and where. Nothing where no rows have been looked at.
/// O(findings²), of which there are fifty a kind and column at the most. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_doubts(behov_study *study, const behov_doubt_choice *choice,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// The column of a finding as its sentences call it: by its name, or by its label to readers; "" = none.
BEHOV_API const char *behov_doubt_column(const behov_study *study, const behov_oddity *finding);
/// "from 2 033 kr in 2015 to 20 388 kr in 2016" of the outcome, "Disabled: 9.567 in 2016" of another column: what the finding
/// found, in the place of what the words say.
BEHOV_API void behov_doubt_figure_say(const behov_study *study, const behov_oddity *finding, behov_language lang,
                                      behov_wording *words);
/// The sentence that nothing can be said of a level for the finding, with {name}, {it} and {what}: of expenditure, or of
/// "a figure".
BEHOV_API behov_word behov_doubt_word(const behov_study *study, const behov_oddity *finding);
/// Adds "figures may be wrong (...)" for the remark in a row of a municipality that has one such finding
/// (behov_findings_doubt); false and nothing else.
BEHOV_API bool behov_doubt_note(const behov_study *study, const behov_municipality *who, int year,
                                behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
