/* statistics_kind.c - see statistics_kind.h. */
#include "statistics_kind.h"

#include <string.h>
#include <strings.h>

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), n_ending = strlen(ending);
    return n >= n_ending && strcasecmp(path + n - n_ending, ending) == 0;
}

bool statistics_is_stata(const unsigned char *head, size_t n_head)
{
    if (n_head >= 11 && memcmp(head, STATISTICS_XML_START, 11) == 0)
        return true;
    /* format, order of bytes, kind of file (always 1), nothing */
    return n_head >= 4 && head[0] >= 102 && head[0] <= 116 && (head[1] == 1 || head[1] == 2) && head[2] == 1 &&
           !head[3];
}

bool statistics_is_spss(const unsigned char *head, size_t n_head)
{
    return n_head >= 4 && (memcmp(head, "$FL2", 4) == 0 || memcmp(head, "$FL3", 4) == 0);
}

bool statistics_is_called_stata(const char *path)
{
    return ends_with(path, ".dta");
}

bool statistics_is_it(const char *path, const unsigned char *head, size_t n_head)
{
    return statistics_is_stata(head, n_head) || statistics_is_spss(head, n_head) ||
           (n_head && (statistics_is_called_stata(path) || ends_with(path, ".sav") || ends_with(path, ".zsav")));
}
