/* missing_numbers.h - figures of which none is known yet. */
#ifndef BEHOV_MISSING_NUMBERS_H
#define BEHOV_MISSING_NUMBERS_H

#include <stddef.h>

/* `n` times NaN (from malloc, never of no bytes); NULL without memory. */
double *behov_missing_numbers(size_t n);

#endif
