/* finding_parts.h - pieces of the sentences about findings (findings.c) that cautions have too. */
#ifndef BEHOV_FINDING_PARTS_H
#define BEHOV_FINDING_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/labels.h>
#include <behov/plausibility.h>
#include <behov/study.h>
#include <behov/wording.h>

/* "0101 Halden", whichever of the two the panel has; the text is that of the words, which begin anew. */
const char *finding_who(const behov_study *study, ptrdiff_t row, behov_wording *words);
/* Fills {old}, {before}, {value}, {year} and {times} of a word with the two figures of a jump, the earlier first. */
void finding_fill_jump(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_word word,
                       bool in_kroner, behov_wording *words);
/* A figure of the finding's column added, as it is in the panel, or of an outcome in kroner as "2 033 kr". */
void finding_add_figure(const behov_study *study, const behov_oddity *finding, behov_language lang, double value,
                        bool in_kroner, behov_wording *text);
/* The finding's figure, 0 decimals of a whole one, else four figures. */
const char *finding_short_figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE]);

#endif
