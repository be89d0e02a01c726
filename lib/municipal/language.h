/* language.h - the language of an output. */
#ifndef BEHOV_CLI_LANGUAGE_H
#define BEHOV_CLI_LANGUAGE_H

/* What is spoken: a language and, of a panel that does not hold nearly every municipality, the words for its own
 * municipalities where the country is meant. */
typedef enum behov_language { LANGUAGE_NB = 0, LANGUAGE_EN, LANGUAGE_NB_OF_FILE, LANGUAGE_EN_OF_FILE } behov_language;

/* The language alone, LANGUAGE_NB or LANGUAGE_EN; the same language with the words for the municipalities in the file. */
behov_language language_alone(behov_language lang);
behov_language language_of_file(behov_language lang);

#endif
