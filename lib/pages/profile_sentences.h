/* profile_sentences.h - a profile in plain sentences, made from its figures by rules. */
#ifndef BEHOV_CLI_PROFILE_SENTENCES_H
#define BEHOV_CLI_PROFILE_SENTENCES_H

#include "profile.h"

enum { PROFILE_SENTENCE = 1200 };

typedef enum profile_sentence_kind {
    PROFILE_TITLE = 0,      /* "1865 Vågan, 2016" */
    PROFILE_RATIO,          /* the first answer: what was spent against the need, and the year before */
    PROFILE_LASTING,        /* the second: what is sure about it */
    PROFILE_CHANGE,         /* from the year before, by spending and by need */
    PROFILE_TO_100,         /* what it would take to be at 100 */
    PROFILE_PLACE,          /* in the country, with the quartiles */
    PROFILE_PLACE_IN_GROUP, /* in its group */
    PROFILE_NEIGHBOURS,     /* next above and below in the country */
    PROFILE_WHY,            /* title of the drivers */
    PROFILE_SUM_COUNTRY,    /* its need and the country's, the sum of the drivers */
    PROFILE_SUM_GROUP,
    PROFILE_N_SENTENCES
} profile_sentence_kind;

/* A sentence about a year of a profile (position among its years; one->at is the page's) in the user's language; ""
 * when there is nothing to say. Places and neighbours are those of all years together, whatever the year. */
void profile_sentence(const profiles *of, const profile *one, size_t year, profile_sentence_kind which,
                      char text[PROFILE_SENTENCE]);

/* The words for the lasting level beside a year's ratio (NaN = none), with what the coefficients leave open of it (NaN =
 * not known) and the interval of the lasting level; in per cent, rounded to whole ones here. NULL when nothing is said:
 * no interval, or a ratio at or below zero with an unclear level. */
const char *profile_lasting_key(double ratio, behov_interval ratio_interval, behov_interval lasting);

/* What is peculiar to the data of a municipality, and how all was computed (`has_all`: also of figures that
 * are not on the page); "" where there is nothing to say. */
enum { PROFILE_DATA_NOTES = 6, PROFILE_METHOD_NOTES = 10, PROFILE_ERRORS_NOTE = 2 };
void profile_data_note(const profiles *of, const profile *one, size_t i, char text[PROFILE_SENTENCE]);
void profile_method_note(const profiles *of, size_t i, bool has_all, wording *words);

/* Whether the difference of two municipalities is clear, with both intervals; how many pairs were left out, "" for 0.
 */
void profile_pair_sentence(const profiles *of, const profile_pair *pair, char text[PROFILE_SENTENCE]);
void profile_pairs_left_out(const profiles *of, size_t n, char text[PROFILE_SENTENCE]);

/* Pieces that tables need too. Whether amounts are kroner. */
bool profile_in_kroner(const profiles *of);
/* The words of a key, or of its twin `key_other` for an outcome that is not kroner; that key. */
const char *profile_words(const profiles *of, const char *key);
const char *profile_key(const profiles *of, const char *key, char text[80]);
behov_quantity profile_amount_quantity(const profiles *of);
/* An amount as it is shown: 1000 kr per inhabitant as kr. */
double profile_shown(const profiles *of, double amount);
/* "Vågan", or its code; the country ("landet") or the name of the group. */
const char *profile_name(const profiles *of, const profile *one);
const char *profile_against(const profiles *of, const profile *one, size_t which);

#endif
