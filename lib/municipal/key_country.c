/* key_country.c - see key_country.h. */
#include "key_country.h"

#include <math.h>

#include <behov/number.h>
#include <behov/phrase.h>

static const double ROUNDING = 1e-9; /* of a sum of doubles */

/* 11000.123, not 11000.123000000001 */
static behov_said short_number(double value)
{
    return behov_phrase_number(behov_number_rounded(value, 3));
}

behov_status key_country_check_total(double given, const double *figures, size_t n, const char *where, behov_error *err)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += isnan(figures[i]) ? 0 : figures[i];
    return given < sum * (1 - ROUNDING) ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_GIVEN_BELOW_SUM,
                                                          behov_phrase_number(given).text, short_number(sum).text)
                                        : BEHOV_OK;
}

behov_status key_country_check_level(double given, const double *figures, size_t n, size_t stride, const char *where,
                                     behov_error *err)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double figure = figures[i * stride];
        least = figure < least ? figure : least;
        most = figure > most ? figure : most;
    }
    return given < least * (1 - ROUNDING) || given > most * (1 + ROUNDING)
               ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_LEVEL_OUTSIDE, behov_phrase_number(given).text,
                                 short_number(least).text, short_number(most).text)
               : BEHOV_OK;
}
