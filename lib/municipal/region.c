/* region.c - see region.h. */
#include <behov/region.h>

#include <behov/code.h>
#include <stdbool.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t n_digits(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

/* Blanks, quotes and the equals sign that a spreadsheet puts before a text. */
static const char *skip_decoration(const char *text)
{
    while (*text && strchr(" \t'\"=", *text))
        text++;
    return text;
}

static bool starts_with(const char *text, const char *capitals)
{
    for (; *capitals; text++, capitals++) {
        char letter = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if (letter != *capitals)
            return false;
    }
    return true;
}

static behov_region_kind region_of_mark(behov_row_mark mark)
{
    switch (mark) {
    case BEHOV_ROW_MUNICIPALITY: return BEHOV_REGION_NONE;
    case BEHOV_ROW_COUNTRY:
    case BEHOV_ROW_SUM: return BEHOV_REGION_COUNTRY;
    case BEHOV_ROW_COUNTY: return BEHOV_REGION_COUNTY;
    case BEHOV_ROW_GROUP: return BEHOV_REGION_GROUP;
    case BEHOV_ROW_UNKNOWN: return BEHOV_REGION_UNKNOWN;
    case BEHOV_ROW_OUTSIDE: return BEHOV_REGION_OUTSIDE;
    case BEHOV_N_ROW_MARKS: break;
    }
    return BEHOV_REGION_NONE;
}

static behov_region_kind take_four(const char *text, const char *name, char digits[5])
{
    memcpy(digits, text, 4);
    digits[4] = '\0';
    if (strcmp(digits, "9999") == 0)
        return BEHOV_REGION_UNKNOWN;
    behov_row_mark mark = strcmp(digits, "0000") == 0 ? BEHOV_ROW_COUNTRY
                          : name                      ? behov_code_and_name_mark(digits, name)
                                                      : behov_code_mark(digits, 4);
    if (mark == BEHOV_ROW_MUNICIPALITY)
        return BEHOV_REGION_MUNICIPALITY;
    digits[0] = '\0';
    return region_of_mark(mark);
}

/* Digits alone: two zeros before four are padding, two behind them KOSTRA's number of the whole municipality. */
static behov_region_kind take_digits(const char *text, size_t n, const char *name, char digits[5])
{
    char padded[7] = "000000";
    if (n > 6)
        return BEHOV_REGION_NONE;
    if (n <= 2)
        return strspn(text, "0") >= n ? BEHOV_REGION_COUNTRY : BEHOV_REGION_COUNTY;
    if (n <= 4) {
        memcpy(padded + 4 - n, text, n);
        return take_four(padded, name, digits);
    }
    memcpy(padded + 6 - n, text, n);
    if (memcmp(padded, "00", 2) == 0)
        return take_four(padded + 2, name, digits);
    if (memcmp(padded + 4, "00", 2) == 0)
        return take_four(padded, name, digits);
    return BEHOV_REGION_DISTRICT;
}

/* EAK, F-30, K-Rest ...; BEHOV_REGION_MUNICIPALITY where the letters say none of these. */
static behov_region_kind area(const char *text)
{
    if (starts_with(text, "EAK"))
        return BEHOV_REGION_COUNTRY;
    if (starts_with(text, "EKG"))
        return BEHOV_REGION_GROUP;
    if (starts_with(text, "EKA") || (starts_with(text, "F-") && is_digit(text[2])))
        return BEHOV_REGION_COUNTY;
    if (starts_with(text, "K-REST") || starts_with(text, "F-REST"))
        return BEHOV_REGION_REST;
    return BEHOV_REGION_MUNICIPALITY;
}

behov_region_kind behov_region_read(const char *code, const char *name, char digits[5])
{
    digits[0] = '\0';
    const char *text = skip_decoration(code ? code : "");
    behov_region_kind kind = area(text);
    if (kind != BEHOV_REGION_MUNICIPALITY)
        return kind;
    if (starts_with(text, "K-") || (starts_with(text, "K") && is_digit(text[1])))
        text += text[1] == '-' ? 2 : 1;
    size_t n = n_digits(text), n_name = name ? strlen(name) : 0;
    /* "0101 Halden": what stands behind the digits is the name. */
    if (n && (!text[n] || strchr(" \t'\"", text[n]))) {
        const char *rest = text + n + strspn(text + n, " \t'\"");
        return take_digits(text, n, name ? name : *rest ? rest : NULL, digits);
    }
    behov_code read = behov_code_read(code ? code : "", code ? strlen(code) : 0); /* 101.0, 1,201E+03 */
    if (read.kind == BEHOV_CODE_FOUR_DIGITS || read.kind == BEHOV_CODE_THREE_DIGITS)
        return take_digits(read.text, strlen(read.text), name, digits);
    behov_row_mark mark = behov_name_mark(text, strlen(text));
    if (mark == BEHOV_ROW_MUNICIPALITY && n_name)
        mark = behov_name_mark(name, n_name);
    return region_of_mark(mark);
}
