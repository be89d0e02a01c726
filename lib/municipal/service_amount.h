/* service_amount.h - whether an amount can be what a municipality spends on a function in a year: for the room alone.
 *
 * Kroner or millions in a column of 1000 kr would pass as a municipality that spends a thousand times as much, or a
 * thousandth. */
#ifndef BEHOV_SERVICE_AMOUNT_H
#define BEHOV_SERVICE_AMOUNT_H

#include <behov/error.h>

/* BEHOV_E_DATA with both figures: above 150 000 kr per inhabitant in any function; below 5 kr, but not 0, in financial
 * social assistance. In millions it would be 0.3 to 5 kr of the 300 to 5000 kr that municipalities spend on that; other
 * functions may cost next to nothing. Nothing is refused where the amount or the population is missing.
 * \param function  "281"; "" = all of the service */
behov_status service_amount_check(const char *function, double amount_1000kr, double population, const char *where,
                                  behov_error *err) BEHOV_MUST_CHECK;

#endif
