/* heading.c - see heading.h. */
#include "heading.h"

#include <string.h>
#include <strings.h>

bool heading_is(const char *text, const char *known)
{
    static const char marks[] = " _-().,";
    for (;; text++, known++) {
        text += strspn(text, marks);
        known += strspn(known, marks);
        char pair[2][2] = {{*text, 0}, {*known, 0}};
        if (strcasecmp(pair[0], pair[1]) != 0)
            return false;
        if (!*text)
            return true;
    }
}
