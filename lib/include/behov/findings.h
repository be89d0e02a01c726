/* findings.h - what a look at a study found (lib/municipal/study_findings.h), in sentences. */
#ifndef BEHOV_FINDINGS_H
#define BEHOV_FINDINGS_H

#include "error.h"
#include "need.h"
#include "plausibility.h"
#include "study.h"
#include <behov/word.h>
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "2 rows have leverage above 1/2 ...": the rows that behov_findings_add_fit found; nothing when none, or when
/// they are let through.
BEHOV_API void behov_findings_influence_sentence(const behov_study *study, behov_language lang, behov_wording *text);
/// "The explanatory variables give y rounded to the nearest 0.01 ...": likewise.
BEHOV_API void behov_findings_rounding_sentence(const behov_study *study, behov_language lang, behov_wording *text);
/// The finding as a sentence without its place; in the place of what the wording says.
BEHOV_API void behov_finding_sentence(const behov_study *study, const behov_oddity *finding, behov_language lang,
                                      behov_wording *text);
/// The key of the sentence about an outcome whose median can hardly have its unit, too large or too small.
BEHOV_API behov_word behov_finding_unit_key(behov_outcome_unit unit, double median);
/// The value that is found, as the file has it or as it is printed; "" when there is none.
BEHOV_API void behov_finding_value(const behov_study *study, const behov_oddity *finding, char text[100]);
/// The same for readers: a number with the decimal mark of the language; a text, such as a code, as it stands in the file.
BEHOV_API void behov_finding_value_shown(const behov_study *study, const behov_oddity *finding, behov_language lang,
                                         char text[100]);
/// "line" of a text, "row" of a sheet or of a data file (static).
BEHOV_API const char *behov_finding_line_word(const behov_study *study, behov_language lang);
/// "1 row", "12 rows". Returns text.
BEHOV_API const char *behov_finding_rows(behov_language lang, size_t n, char text[60]);

#ifdef __cplusplus
}
#endif
#endif
