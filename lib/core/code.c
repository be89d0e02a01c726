/* code.c - the digits of a municipality's code, and rows that are no municipality by their code or name. A cell is read
 * from both ends: blanks and quotes go, then a prefix K-, then the digits; what follows the digits has to be a decimal
 * of zeros, an exponent that loses no digit, or a name separated from them by a blank. */
#include <behov/code.h>

#include <string.h>

/* Blanks and marks without width in UTF-8: U+00A0, U+1680, U+180E, U+2000 to U+200F, U+202F, U+205F, U+2060, U+3000,
 * U+FEFF. Returns the bytes of the one that stands here, 0 for none. */
static size_t blank_length(const unsigned char *text, size_t length)
{
    if (length && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')))
        return 1;
    if (length >= 2 && text[0] == 0xC2 && text[1] == 0xA0)
        return 2;
    if (length < 3)
        return 0;
    unsigned long three = ((unsigned long)text[0] << 16) | ((unsigned long)text[1] << 8) | text[2];
    bool is_blank = three == 0xE19A80 || three == 0xE1A08E || (three >= 0xE28080 && three <= 0xE2808F) ||
                    three == 0xE280AF || three == 0xE2819F || three == 0xE281A0 || three == 0xE38080 ||
                    three == 0xEFBBBF;
    return is_blank ? 3 : 0;
}

/* ' " and their curved forms U+2018, U+2019, U+201C, U+201D, U+00B4 and ` */
static size_t quote_length(const unsigned char *text, size_t length)
{
    if (length && (text[0] == '\'' || text[0] == '"' || text[0] == '`'))
        return 1;
    if (length >= 2 && text[0] == 0xC2 && text[1] == 0xB4)
        return 2;
    if (length >= 3 && text[0] == 0xE2 && text[1] == 0x80 &&
        (text[2] == 0x98 || text[2] == 0x99 || text[2] == 0x9C || text[2] == 0x9D))
        return 3;
    return 0;
}

typedef struct cell {
    const unsigned char *text;
    size_t length;
} cell;

static void drop_first(cell *cell, size_t n)
{
    cell->text += n;
    cell->length -= n;
}

/* Blanks, quotes and an equals sign before, blanks and quotes behind. */
static void strip(cell *cell, bool has_quotes)
{
    for (size_t n = 1; n && cell->length;) {
        n = blank_length(cell->text, cell->length);
        if (!n && has_quotes)
            n = cell->text[0] == '=' ? 1 : quote_length(cell->text, cell->length);
        drop_first(cell, n);
    }
    for (size_t n = 1; n && cell->length;) {
        n = 0;
        for (size_t size = 1; size <= 3 && size <= cell->length && !n; size++) {
            const unsigned char *last = cell->text + cell->length - size;
            if (blank_length(last, size) == size || (has_quotes && quote_length(last, size) == size))
                n = size;
        }
        cell->length -= n;
    }
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static unsigned char small(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

static size_t count_digits(cell cell)
{
    size_t n = 0;
    while (n < cell.length && is_digit(cell.text[n]))
        n++;
    return n;
}

/* "K-0101", "K_0101", "K0101", "k 0101": the prefix of SSB's regions. */
static void drop_prefix(cell *new_cell)
{
    if (new_cell->length < 2 || small(new_cell->text[0]) != 'k')
        return;
    cell rest = *new_cell;
    drop_first(&rest, 1);
    if (rest.text[0] == '-' || rest.text[0] == '_')
        drop_first(&rest, 1);
    strip(&rest, false);
    if (rest.length && is_digit(rest.text[0]))
        *new_cell = rest;
}

/* 1,201E+03: all digits have to be there, for 1,2E+03 may have been 1201. */
static bool read_exponent(cell cell, char digits[8])
{
    size_t n = 0, power = 0, index = 1;
    digits[n++] = (char)cell.text[0];
    if (index < cell.length && (cell.text[index] == ',' || cell.text[index] == '.'))
        for (index++; index < cell.length && is_digit(cell.text[index]) && n < 5; index++)
            digits[n++] = (char)cell.text[index];
    if (index >= cell.length || small(cell.text[index]) != 'e')
        return false;
    index += index + 1 < cell.length && cell.text[index + 1] == '+' ? 2 : 1;
    size_t first = index;
    for (; index < cell.length && is_digit(cell.text[index]) && power < 100; index++)
        power = 10 * power + (size_t)(cell.text[index] - '0');
    digits[n] = '\0';
    return index == cell.length && index > first && power + 1 == n && n > 1 && n <= 4;
}

/* What may stand behind the digits: nothing, zeros as decimals, or a blank or dash and a name. */
static bool is_tail(cell new_cell)
{
    if (new_cell.length == 0)
        return true;
    if (new_cell.text[0] == '.' || new_cell.text[0] == ',') {
        size_t n = 1;
        while (n < new_cell.length && new_cell.text[n] == '0')
            n++;
        return n == new_cell.length;
    }
    cell rest = new_cell;
    strip(&rest, false);
    bool is_parted = rest.text != new_cell.text;
    if (rest.length && (rest.text[0] == '-' || rest.text[0] == '_' || rest.text[0] == ':')) {
        is_parted = true;
        drop_first(&rest, 1);
        strip(&rest, false);
    }
    return is_parted && rest.length && (is_letter(rest.text[0]) || rest.text[0] >= 0x80);
}

/* Of words that are looked for one after the other nearly all differ in their first letter. */
static bool begins_with(cell cell, const char *small_letters)
{
    if (cell.length && small(cell.text[0]) != (unsigned char)small_letters[0])
        return false;
    size_t n = strlen(small_letters);
    if (cell.length < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (small(cell.text[i]) != (unsigned char)small_letters[i])
            return false;
    return true;
}

static bool read_area(cell cell, behov_code *code)
{
    static const char *const areas[] = {"eak", "ekg", "eka", "efk", "eafk"};
    bool is_area = false;
    for (size_t i = 0; i < sizeof areas / sizeof *areas && !is_area; i++)
        is_area = begins_with(cell, areas[i]);
    if (!is_area)
        return false;
    size_t n = 0;
    while (n < cell.length && n < sizeof code->text - 1 && (is_letter(cell.text[n]) || is_digit(cell.text[n]))) {
        code->text[n] = (char)(is_letter(cell.text[n]) ? small(cell.text[n]) - 32 : cell.text[n]);
        n++;
    }
    code->kind = BEHOV_CODE_AREA;
    return true;
}

behov_code behov_code_read(const char *text, size_t length)
{
    behov_code code = {.kind = BEHOV_CODE_OTHER};
    cell rest = {(const unsigned char *)text, length};
    strip(&rest, true);
    code.first = (size_t)(rest.text - (const unsigned char *)text);
    code.length = rest.length;
    if (read_area(rest, &code)) {
        code.is_decorated = strlen(code.text) != length;
        return code;
    }
    drop_prefix(&rest);
    strip(&rest, true);
    size_t n = count_digits(rest);
    if (n == 0)
        return code;
    char digits[8] = "";
    cell tail = {rest.text + n, rest.length - n};
    if (n <= 4 && is_tail(tail))
        memcpy(digits, rest.text, n);
    else if (n != 1 || !read_exponent(rest, digits))
        return code;
    n = strlen(digits);
    code.kind = n == 4 ? BEHOV_CODE_FOUR_DIGITS : n == 3 ? BEHOV_CODE_THREE_DIGITS : BEHOV_CODE_FEW_DIGITS;
    memcpy(code.text, digits, sizeof code.text);
    code.is_decorated = n != length;
    return code;
}

behov_row_mark behov_code_mark(const char *text, size_t length)
{
    behov_code code = behov_code_read(text, length);
    switch (code.kind) {
    case BEHOV_CODE_AREA:
        return strncmp(code.text, "EAK", 3) == 0   ? BEHOV_ROW_COUNTRY
               : strncmp(code.text, "EKG", 3) == 0 ? BEHOV_ROW_GROUP
                                                   : BEHOV_ROW_COUNTY;
    case BEHOV_CODE_FEW_DIGITS:
        return code.text[strspn(code.text, "0")] == '\0' ? BEHOV_ROW_COUNTRY
               : strcmp(code.text, "99") == 0            ? BEHOV_ROW_UNKNOWN
                                                         : BEHOV_ROW_COUNTY;
    case BEHOV_CODE_FOUR_DIGITS:
        return strcmp(code.text, "0000") == 0   ? BEHOV_ROW_COUNTRY
               : strcmp(code.text, "9999") == 0 ? BEHOV_ROW_UNKNOWN
                                                : BEHOV_ROW_MUNICIPALITY;
    case BEHOV_CODE_THREE_DIGITS: return strcmp(code.text, "000") == 0 ? BEHOV_ROW_COUNTRY : BEHOV_ROW_MUNICIPALITY;
    case BEHOV_CODE_OTHER: break;
    }
    return behov_name_mark(text, length); /* "Hele landet" where a code belongs */
}

bool behov_code_is_outside(const char *digits)
{
    static const char *const codes[] = {"2100", "2111", "2121", "2131", "2211", "2311", "2321"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(digits, codes[i]) == 0)
            return true;
    return false;
}

static bool ends_with(cell new_cell, const char *small_letters)
{
    size_t n = strlen(small_letters);
    if (new_cell.length < n)
        return false;
    return begins_with((cell){new_cell.text + new_cell.length - n, n}, small_letters);
}

static const struct {
    const char *words;
    bool is_whole; /* the name is these words; else it begins with them */
    behov_row_mark mark;
} row_names[] = {
    {"hele landet", false, BEHOV_ROW_COUNTRY},
    {"landet uten", false, BEHOV_ROW_COUNTRY},
    {"landet", true, BEHOV_ROW_COUNTRY},
    {"norge", true, BEHOV_ROW_COUNTRY},
    {"norway", true, BEHOV_ROW_COUNTRY},
    {"i alt", true, BEHOV_ROW_COUNTRY},
    {"i alt ", false, BEHOV_ROW_COUNTRY},
    {"ialt", true, BEHOV_ROW_COUNTRY},
    {"total", true, BEHOV_ROW_COUNTRY},
    {"totalt", false, BEHOV_ROW_COUNTRY},
    {"sum", true, BEHOV_ROW_COUNTRY},
    {"sum ", false, BEHOV_ROW_COUNTRY},
    {"alle kommuner", false, BEHOV_ROW_COUNTRY},
    {"the whole country", true, BEHOV_ROW_COUNTRY},
    {"whole country", true, BEHOV_ROW_COUNTRY},
    {"gjennomsnitt", false, BEHOV_ROW_COUNTRY},
    {"gj.snitt", false, BEHOV_ROW_COUNTRY},
    {"gj. snitt", false, BEHOV_ROW_COUNTRY},
    {"snitt", true, BEHOV_ROW_COUNTRY},
    {"snitt ", false, BEHOV_ROW_COUNTRY},
    {"snittet", false, BEHOV_ROW_COUNTRY},
    {"landssnitt", false, BEHOV_ROW_COUNTRY},
    {"landsgjennomsnitt", false, BEHOV_ROW_COUNTRY},
    {"kommunesnitt", false, BEHOV_ROW_COUNTRY},
    {"average", false, BEHOV_ROW_COUNTRY},
    {"median", true, BEHOV_ROW_COUNTRY},
    {"median ", false, BEHOV_ROW_COUNTRY},
    {"mean", true, BEHOV_ROW_COUNTRY},
    {"samlet", true, BEHOV_ROW_COUNTRY},
    {"all municipalities", false, BEHOV_ROW_COUNTRY},
    {"norge i alt", true, BEHOV_ROW_COUNTRY},
    {"uoppgitt", false, BEHOV_ROW_UNKNOWN},
    {"uoppgjeve", false, BEHOV_ROW_UNKNOWN},
    {"unspecified", false, BEHOV_ROW_UNKNOWN},
    {"unknown", true, BEHOV_ROW_UNKNOWN},
    {"not stated", true, BEHOV_ROW_UNKNOWN},
    {"ikke oppgitt", false, BEHOV_ROW_UNKNOWN},
    {"svalbard", false, BEHOV_ROW_OUTSIDE},
    {"spitsbergen", false, BEHOV_ROW_OUTSIDE},
    {"jan mayen", false, BEHOV_ROW_OUTSIDE},
    {"bjørnøya", true, BEHOV_ROW_OUTSIDE},
    {"kontinentalsokkel", false, BEHOV_ROW_OUTSIDE},
    {"sokkelen", false, BEHOV_ROW_OUTSIDE},
    {"gruppe ", false, BEHOV_ROW_GROUP},
    {"kommunegruppe", false, BEHOV_ROW_GROUP},
    {"ukjent", true, BEHOV_ROW_UNKNOWN},
    {"fylke", false, BEHOV_ROW_COUNTY},
    {"kostra-gruppe", false, BEHOV_ROW_GROUP},
    {"kostragruppe", false, BEHOV_ROW_GROUP},
};

behov_row_mark behov_name_mark(const char *text, size_t length)
{
    cell name = {(const unsigned char *)text, length};
    strip(&name, true);
    if (name.length == 0)
        return BEHOV_ROW_MUNICIPALITY;
    for (size_t i = 0; i < sizeof row_names / sizeof *row_names; i++)
        if (begins_with(name, row_names[i].words) &&
            (!row_names[i].is_whole || name.length == strlen(row_names[i].words)))
            return row_names[i].mark;
    bool is_county = ends_with(name, " fylke") || ends_with(name, " fylkeskommune") || ends_with(name, " county");
    return is_county ? BEHOV_ROW_COUNTY : BEHOV_ROW_MUNICIPALITY;
}

/* Counties since 1919 by their names, small where a letter is one of a to z; datasets/norway/counties.csv has their
 * years. */
static bool is_county_name(cell name)
{
    static const char *const counties[] = {"Østfold",
                                           "akershus",
                                           "oslo",
                                           "hedmark",
                                           "oppland",
                                           "buskerud",
                                           "vestfold",
                                           "telemark",
                                           "aust-agder",
                                           "vest-agder",
                                           "rogaland",
                                           "hordaland",
                                           "sogn og fjordane",
                                           "møre og romsdal",
                                           "sør-trøndelag",
                                           "nord-trøndelag",
                                           "trøndelag",
                                           "nordland",
                                           "troms",
                                           "finnmark",
                                           "viken",
                                           "innlandet",
                                           "agder",
                                           "vestland",
                                           "vestfold og telemark",
                                           "troms og finnmark"};
    for (size_t i = 0; i < sizeof counties / sizeof *counties; i++) {
        size_t length = strlen(counties[i]);
        if (!begins_with(name, counties[i]))
            continue;
        cell rest = {name.text + length, name.length - length};
        if (rest.length == 0 || begins_with(rest, " - ") || begins_with(rest, " ("))
            return true; /* "Troms - Romsa - Tromssa", "Troms (-2019)" */
    }
    return false;
}

behov_row_mark behov_code_and_name_mark(const char *code, const char *name)
{
    behov_row_mark mark = code[0] ? behov_code_mark(code, strlen(code)) : BEHOV_ROW_MUNICIPALITY;
    if (!mark && name[0])
        mark = behov_name_mark(name, strlen(name));
    if (mark || !code[0] || !name[0])
        return mark;
    behov_code digits = behov_code_read(code, strlen(code));
    cell trimmed = {(const unsigned char *)name, strlen(name)};
    strip(&trimmed, true);
    bool is_county =
        digits.kind == BEHOV_CODE_FOUR_DIGITS && strcmp(digits.text + 2, "00") == 0 && is_county_name(trimmed);
    return is_county ? BEHOV_ROW_COUNTY : BEHOV_ROW_MUNICIPALITY;
}
