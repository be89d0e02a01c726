/* language.c - see language.h. */
#include <behov/language.h>

#include <string.h>

static const struct {
    const char *name;
    char decimal_mark;
} languages[BEHOV_N_LANGUAGES] = {
    [BEHOV_LANGUAGE_NB] = {"nb", ','},
    [BEHOV_LANGUAGE_EN] = {"en", '.'},
};

behov_language behov_language_alone(behov_language lang)
{
    return (behov_language)(lang % BEHOV_N_LANGUAGES);
}

behov_language behov_language_of_file(behov_language lang)
{
    return (behov_language)(BEHOV_N_LANGUAGES + behov_language_alone(lang));
}

const char *behov_language_name(behov_language lang)
{
    return languages[behov_language_alone(lang)].name;
}

bool behov_language_find(const char *name, behov_language *lang)
{
    for (int i = 0; name && i < BEHOV_N_LANGUAGES; i++)
        if (strcmp(name, languages[i].name) == 0) {
            *lang = (behov_language)i;
            return true;
        }
    return false;
}

char behov_language_decimal_mark(behov_language lang)
{
    return languages[behov_language_alone(lang)].decimal_mark;
}
