/* identifier.c - see identifier.h. */
#include "identifier.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <behov/error.h>

/* What one of the languages keeps for itself, or calls a thing of every session; letters' case does not count. */
static const char *const reserved[] = {
    "all",      "and",    "as",     "assert",   "async",  "await", "break",   "by",       "byte",   "case",
    "class",    "coef",   "const",  "continue", "def",    "del",   "do",      "double",   "drop",   "elif",
    "else",     "end",    "except", "exec",     "exists", "false", "finally", "float",    "for",    "from",
    "function", "ge",     "genr",   "global",   "group",  "gt",    "having",  "if",       "import", "in",
    "inf",      "int",    "is",     "join",     "lambda", "le",    "limit",   "list",     "local",  "long",
    "loop",     "lt",     "matrix", "na",       "nan",    "ne",    "next",    "nonlocal", "not",    "null",
    "obs",      "on",     "or",     "order",    "over",   "pass",  "pi",      "print",    "raise",  "repeat",
    "return",   "scalar", "select", "series",   "set",    "str",   "string",  "strl",     "table",  "to",
    "true",     "try",    "union",  "using",    "values", "where", "while",   "with",     "yield"};

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcasecmp(reserved[i], name) == 0)
            return true;
    return false;
}

/* A letter of Norwegian or Sámi in ASCII, "" for a mark. */
static const char *in_ascii(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *ascii;
    } letters[] = {{0xC6, "Ae"}, {0xE6, "ae"}, {0xD8, "O"},  {0xF8, "o"},  {0xC5, "A"},  {0xE5, "a"},  {0xC1, "A"},
                   {0xE1, "a"},  {0xC4, "A"},  {0xE4, "a"},  {0xD6, "O"},  {0xF6, "o"},  {0xDC, "U"},  {0xFC, "u"},
                   {0xC9, "E"},  {0xE9, "e"},  {0xC8, "E"},  {0xE8, "e"},  {0x10C, "C"}, {0x10D, "c"}, {0x110, "D"},
                   {0x111, "d"}, {0x14A, "N"}, {0x14B, "n"}, {0x160, "S"}, {0x161, "s"}, {0x166, "T"}, {0x167, "t"},
                   {0x17D, "Z"}, {0x17E, "z"}, {0xD0, "D"},  {0xF0, "d"},  {0xFE, "th"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].code == code)
            return letters[i].ascii;
    return "";
}

bool identifier_is(const char *name)
{
    size_t n = strlen(name);
    if (n == 0 || n >= IDENTIFIER_SIZE || !((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= 'a' && name[0] <= 'z')))
        return false;
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == n && !is_reserved(name);
}

static bool is_taken(const char *identifier, const char (*taken)[IDENTIFIER_SIZE], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(taken[i], identifier) == 0)
            return true;
    return false;
}

/* As much of it as there is room for, one _ for any run of other marks, none at the end. */
static void spell(const char *name, char identifier[IDENTIFIER_SIZE])
{
    behov_shown_letter letter;
    size_t n = 0;
    for (size_t step; (step = behov_letter(name, &letter)) > 0 && n < IDENTIFIER_SIZE - 1; name += step) {
        char own[2] = {letter.code < 0x80 && isalnum((int)letter.code) ? (char)letter.code : '\0', '\0'};
        const char *piece = own[0] ? own : in_ascii(letter.code);
        if (n == 0 && isdigit((unsigned char)piece[0]))
            n = (size_t)snprintf(identifier, IDENTIFIER_SIZE, "x_");
        if (!piece[0] && n > 0 && identifier[n - 1] != '_')
            piece = "_";
        for (; *piece && n < IDENTIFIER_SIZE - 1; piece++)
            identifier[n++] = *piece;
    }
    while (n > 0 && identifier[n - 1] == '_')
        n--;
    identifier[n] = '\0';
}

void identifier_make(const char *name, const char (*taken)[IDENTIFIER_SIZE], size_t n, char identifier[IDENTIFIER_SIZE])
{
    if (identifier_is(name))
        memcpy(identifier, name, strlen(name) + 1);
    else
        spell(name, identifier);
    if (!identifier[0] || is_reserved(identifier)) {
        char start[IDENTIFIER_SIZE];
        memcpy(start, identifier, sizeof start);
        snprintf(identifier, IDENTIFIER_SIZE, "%.20s_%s", start[0] ? start : "v", start[0] ? "value" : "1");
    }
    char base[IDENTIFIER_SIZE];
    memcpy(base, identifier, sizeof base);
    for (size_t i = 2; is_taken(identifier, taken, n); i++)
        snprintf(identifier, IDENTIFIER_SIZE, "%.20s_%zu", base, i);
}
