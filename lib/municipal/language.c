/* language.c - see language.h. */
#include <behov/language.h>

behov_language behov_language_alone(behov_language lang)
{
    return (behov_language)(lang % BEHOV_LANGUAGE_NB_OF_FILE);
}
behov_language behov_language_of_file(behov_language lang)
{
    return (behov_language)(BEHOV_LANGUAGE_NB_OF_FILE + behov_language_alone(lang));
}
