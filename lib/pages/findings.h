/* findings.h - what a look at the panel found (behov/plausibility.h), in words: their names, their sentences, what stops a
 * verb, and what --allow lets through. */
#ifndef BEHOV_FINDINGS_H
#define BEHOV_FINDINGS_H

#include <behov.h>
#include <stdbool.h>

#include "labels.h"
#include "options.h"
#include "study.h"

enum { BEHOV_FINDING_SENTENCE = 1000 };

/* "no_municipality", "code", "row", "limit", "unit", "total", "jump", "two_codes", "missing", "influence", "exact_fit",
 * "model", "empty". */
const char *behov_finding_kind_word(behov_oddity_kind kind);
/* "mended", "warning", "error", "information" */
const char *behov_finding_severity_name(behov_severity severity);
/* Reads --allow: bits 1u << kind. Prints and returns false for a kind that is none, with a list of those there are. */
bool behov_findings_read_allowed(const command_line *line, unsigned *allowed_positions);

/* Looks at the panel of a study that is read and whose conditions are bound; fills of->found. */
behov_status behov_findings_look(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/* For a verb that goes on without a fit: an error when the panel lacks columns that the model names. */
behov_status behov_findings_add_model(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/* What a fit adds: rows with leverage above 1/2 or Cook's distance above 1 (where that is three times the mean leverage
 * and more: of six rows a coefficient), an outcome that the regressors give exactly, or rounded. */
behov_status behov_findings_add_fit(behov_study *study, const behov_design *design, const behov_fit *fit,
                                    behov_error *err) BEHOV_MUST_CHECK;
/* "2 rows have leverage above 1/2 ...": the rows that findings_add_fit found; "" when none, or when they are let through. */
void behov_findings_influence_sentence(const behov_study *study, behov_language lang, char text[500]);
/* "The explanatory variables give y rounded to the nearest 0.01 ...": likewise. */
void behov_findings_rounding_sentence(const behov_study *study, behov_language lang, char text[500]);
/* What a verb does with it: notes on standard error for what was mended and for warnings, errors printed. Returns the
 * exit code, 1 when there is an error that --allow does not let through. */
int behov_findings_print_notes(behov_study *study, bool is_quiet);

/* The finding as a sentence without its place. */
void behov_finding_sentence(const behov_study *study, const behov_oddity *finding, behov_language lang,
                            char text[BEHOV_FINDING_SENTENCE]);
/* The key of the sentence about an outcome whose median can hardly have its unit, too large or too small. */
behov_word behov_finding_unit_key(behov_outcome_unit unit, double median);
/* The value that is found, as the file has it or as it is printed; "" when there is none. */
void behov_finding_value(const behov_study *study, const behov_oddity *finding, char text[100]);
/* The line of the finding's row in the file, 0 when it has none; its municipality's code, "" when it has none. */
unsigned long behov_finding_line(const behov_study *study, const behov_oddity *finding);
const char *behov_finding_code(const behov_study *study, const behov_oddity *finding);
/* For coefficients that are given: no ratio can be meant when the outcome has another unit. Prints and returns 1, or 0. */
int behov_findings_refuse_unit(const behov_study *study);
/* Whether --allow lets the finding through. */
bool behov_finding_is_allowed(const behov_study *study, const behov_oddity *finding);

/* One more sentence that every output carries, at most one beside those of the findings. */
behov_status behov_findings_add_caution(behov_study *study, const char *text, behov_error *err) BEHOV_MUST_CHECK;

#endif
