/* split_sentences.h - what is said of a split cost. */
#ifndef BEHOV_SPLIT_SENTENCES_H
#define BEHOV_SPLIT_SENTENCES_H

#include "number.h"
#include "phrase.h"
#include "split_tables.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// An amount of units as printed: "3 740 000", with two decimals for øre. Returns `text`.
BEHOV_API const char *behov_split_amount(const behov_split_page *page, int64_t amount, char text[BEHOV_NUMBER_SIZE]);
/// The heading: how much is split between how many. How the amount came about and when was counted.
BEHOV_API void behov_split_say_title(const behov_split_page *page, behov_wording *words);
BEHOV_API void behov_split_say_basis(const behov_split_page *page, behov_wording *words);
/// By which keys a municipality pays least and most.
BEHOV_API void behov_split_say_place(const behov_split_page *page, size_t place, behov_wording *words);
/// One municipality has every settled refugee; "" when that is not so.
BEHOV_API void behov_split_say_sole(const behov_split_page *page, behov_wording *words);
/// What a key stands on, for those that their name does not tell all of; why a key is passed over; that a column nearly
/// sums to 1 or 100, as agreed shares would. "" else.
BEHOV_API void behov_split_say_key(const behov_split_page *page, size_t key, behov_wording *words);
/// How shares were rounded; what a difference is; what follows the refugees.
BEHOV_API void behov_split_say_rounding(const behov_split_page *page, behov_wording *words);
BEHOV_API void behov_split_say_difference(const behov_split_page *page, behov_wording *words);
BEHOV_API void behov_split_say_follows(const behov_split_page *page, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
