/* missing_numbers.c - see missing_numbers.h. */
#include "missing_numbers.h"

#include <math.h>
#include <stdlib.h>

double *behov_missing_numbers(size_t n)
{
    double *values = malloc((n + 1) * sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = NAN;
    return values;
}
