/* key_country.h - figures of the country that are given beside those of its municipalities: what they cannot be. */
#ifndef BEHOV_KEY_COUNTRY_H
#define BEHOV_KEY_COUNTRY_H

#include <stddef.h>

#include <behov/error.h>

/* A country smaller than what is there of it: the total is of something else, or in another unit. A total that is not given
 * (NaN), and figures that are missing, are nothing to hold it against. BEHOV_E_DATA at `where`. */
behov_status key_country_check_total(double given, const double *figures, size_t n, const char *where,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* A mean of nearly all municipalities that none of them is below, or none above. The figures are `stride` apart. */
behov_status key_country_check_level(double given, const double *figures, size_t n, size_t stride, const char *where,
                                     behov_error *err) BEHOV_MUST_CHECK;

#endif
