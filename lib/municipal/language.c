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

/* "en", "EN", "en_US", "en-GB.UTF-8": the language of a locale is what stands before its first mark. */
static bool is_named(const char *name, const char *language)
{
    size_t i = 0;
    for (; language[i]; i++)
        if (name[i] != language[i] && name[i] != language[i] - 'a' + 'A')
            return false;
    return !name[i] || (strchr("_-.@", name[i]) && name[i + 1]);
}

bool behov_language_find(const char *name, behov_language *lang)
{
    if (name && is_named(name, "no")) { /* the code of Norwegian, older than that of bokmal */
        *lang = BEHOV_LANGUAGE_NB;
        return true;
    }
    for (int i = 0; name && i < BEHOV_N_LANGUAGES; i++)
        if (is_named(name, languages[i].name)) {
            *lang = (behov_language)i;
            return true;
        }
    return false;
}

char behov_language_decimal_mark(behov_language lang)
{
    return languages[behov_language_alone(lang)].decimal_mark;
}
