/* heading.h - headings of tables as people write them, for the room alone. */
#ifndef BEHOV_HEADING_H
#define BEHOV_HEADING_H

#include <stdbool.h>

/* "Utgift (1000 kr)" is utgift_1000kr: marks, blanks and capital letters of a to z do not count. */
bool heading_is(const char *text, const char *known);

#endif
