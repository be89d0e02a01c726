/* effort.c - see effort.h. */
#include "effort.h"

#include <stdlib.h>

size_t effort(size_t n)
{
    const char *text = getenv("BEHOV_EFFORT_PCT");
    double part = text ? strtol(text, NULL, 10) / 100.0 : 1;
    size_t less = (size_t)((double)n * (part > 0 && part < 1 ? part : 1));
    return less ? less : 1;
}
