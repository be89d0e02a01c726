/* language.c - see language.h. */
#include "language.h"

behov_language language_alone(behov_language lang) { return (behov_language)(lang % LANGUAGE_NB_OF_FILE); }
behov_language language_of_file(behov_language lang) { return (behov_language)(LANGUAGE_NB_OF_FILE + language_alone(lang)); }
