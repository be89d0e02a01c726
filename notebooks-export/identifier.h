/* identifier.h - names that every language of scripts takes for a variable, made of names of any letters. */
#ifndef BEHOV_EXPORT_IDENTIFIER_H
#define BEHOV_EXPORT_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>

/* The longest: gretl has 31 letters, Stata 32, and a script may put a few before it. */
enum { IDENTIFIER_SIZE = 29 };

/* A name as an identifier: letters and digits of ASCII and _, a letter first, no word that R, Python, Stata, gretl, SPSS,
 * SQL or microdata.no keeps for itself. "I(population^1.2)" is I_population_1_2, "andel_unge" itself, "Kåfjord" Kafjord.
 * \param taken  n identifiers that the new one must differ from, upper and lower case being one (borrowed) */
void identifier_make(const char *name, const char (*taken)[IDENTIFIER_SIZE], size_t n,
                     char identifier[IDENTIFIER_SIZE]);
/* Whether a name is one as it stands. */
bool identifier_is(const char *name);

#endif
