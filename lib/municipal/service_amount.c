/* service_amount.c - see service_amount.h. */
#include "service_amount.h"

#include <stdbool.h>
#include <string.h>

#include <behov/number.h>
#include <behov/phrase.h>

static const double MOST_1000KR_PER_INHABITANT = 150, LEAST_1000KR_PER_INHABITANT = 0.005;

behov_status service_amount_check(const char *function, double amount_1000kr, double population, const char *where,
                                  behov_error *err)
{
    bool has_least = !function[0] || strcmp(function, "281") == 0;
    if (!(population > 0))
        return BEHOV_OK;
    behov_said amount = behov_phrase_number(amount_1000kr), inhabitants = behov_phrase_number(population);
    if (amount_1000kr > MOST_1000KR_PER_INHABITANT * population)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_KRONER, amount.text, inhabitants.text);
    if (has_least && amount_1000kr > 0 && amount_1000kr < LEAST_1000KR_PER_INHABITANT * population)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_MILLIONS, amount.text, inhabitants.text);
    return BEHOV_OK;
}
