/* key_names.c - see key_names.h. */
#include "key_names.h"

#include <stdlib.h>
#include <string.h>

#include <behov/code.h>

#include "name.h"

/* What stands between the words of a name, in UTF-8: among others the no-break space and the dashes. */
static size_t length_of_mark(const char *text)
{
    static const char *const marks[] = {
        " ", "\t", "_", "-", ".", "\xC2\xA0", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x91", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(text, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* Folded and without what parts its words (malloc); NULL without memory. */
static char *bare(const char *name)
{
    char *folded = behov_name_fold(name, strlen(name));
    size_t n = 0, mark;
    for (const char *cursor = folded; cursor && *cursor; cursor += mark ? mark : 1)
        if (!(mark = length_of_mark(cursor)))
            folded[n++] = *cursor;
    if (folded)
        folded[n] = '\0';
    return folded;
}

bool key_names_are_same(const char *first, const char *second)
{
    char *a = bare(first), *b = bare(second);
    bool are_same = a && b && strcmp(a, b) == 0;
    free(a);
    free(b);
    return are_same;
}

static bool is_the_country(const char *text)
{
    static const char *const names[] = {"Hele landet",       "Landet",       "Norge", "Norway",
                                        "The whole country", "Whole country"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (key_names_are_same(text, names[i]))
            return true;
    return false;
}

bool key_names_are_the_country(const char *code, const char *name)
{
    behov_code read = behov_code_read(code, strlen(code));
    bool is_zero = read.kind == BEHOV_CODE_FEW_DIGITS && strspn(read.text, "0") == strlen(read.text);
    bool is_eak = read.kind == BEHOV_CODE_AREA && strcmp(read.text, "EAK") == 0;
    return is_zero || is_eak || is_the_country(code) || (!code[0] && is_the_country(name));
}
