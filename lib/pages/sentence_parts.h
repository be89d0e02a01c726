/* sentence_parts.h - pieces of sentences that several analyses have; each is added to a text that grows. */
#ifndef BEHOV_SENTENCE_PARTS_H
#define BEHOV_SENTENCE_PARTS_H

#include <behov/municipality_list.h>
#include <behov/wording.h>

/* "2016", "2012–2016" after a mark such as ", "; neither it nor the mark where the first year is 0. */
void behov_sentence_years(behov_wording *words, const char *mark, int first, int last);
/* "1860 Vestvågøy", "Vestvågøy (1860)": what there is of code and name, whole. */
void behov_sentence_municipality(behov_wording *words, const behov_municipality *municipality);
void behov_sentence_municipality_name_first(behov_wording *words, const behov_municipality *municipality);
/* " – SIMULERTE DATA, ikke virkelige tall" behind a title; " SIMULERTE DATA, ikke virkelige tall." behind a sentence,
 * if there is one. */
void behov_sentence_simulated_title(behov_wording *words, behov_language lang);
void behov_sentence_simulated_sentence(behov_wording *words, behov_language lang);

#endif
