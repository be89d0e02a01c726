/* profile_parts.h - pieces that the sentences of a profile share. */
#ifndef BEHOV_PROFILE_PARTS_H
#define BEHOV_PROFILE_PARTS_H

#include <behov/profile_sentences.h>

/* A whole number as it is printed; "2016", "" without years; the level of the intervals in per cent. */
const char *profile_whole(const behov_profiles *profiles, double value, char text[BEHOV_NUMBER_SIZE]);
const char *profile_year(int year, char text[16]);
void profile_level(const behov_profiles *profiles, char text[100]);
/* "2 188 kr per innbygger", "2,188"; "1,2 mill. kr", "840 000 kr" from 1000 kr. Added to the words. */
void profile_add_amount(const behov_profiles *profiles, double value, behov_wording *words);
void profile_add_kroner(const behov_profiles *profiles, double amount_1000kr, behov_wording *words);

/* The finding that a figure of the municipality may be wrong, one of a year before others (0 = any); NULL = none. */
const behov_oddity *profile_doubt(const behov_profiles *profiles, const behov_profile *profile, int year);
/* "probably" of intervals of this level, or "perhaps", as it is where a figure may be wrong. */
const char *profile_likely(const behov_profiles *profiles, const behov_profile *profile);

/* Of years to come: forecast_sentences.c. */
void profile_say_forecast_title(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words);
void profile_say_next(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words);

#endif
