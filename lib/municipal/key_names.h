/* key_names.h - names of criteria and columns, which files write in their own ways. */
#ifndef BEHOV_KEY_NAMES_H
#define BEHOV_KEY_NAMES_H

#include <stdbool.h>

/* Whether two names are one but for case, blanks of any width, underscores, hyphens, dashes and full stops:
 * "innbyggere 16-22", "Innbyggere_16_22". No without memory. */
bool key_names_are_same(const char *first, const char *second);
/* Whether a row that is no municipality is the country: code 0 or EAK, or "Hele landet", "Norge" where one of the two
 * belongs. "Sum", "Gjennomsnitt" and "Landet uten Oslo" may be of anything. */
bool key_names_are_the_country(const char *code, const char *name);

#endif
