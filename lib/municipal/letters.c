/* letters.c - see letters.h. A byte 10xxxxxx goes on with the letter before it. */
#include "letters.h"

#include <stdbool.h>
#include <string.h>

static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

int behov_letters_clip(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);
    if (length > most)
        for (length = most; length > 0 && goes_on(text[length]);)
            length--;
    return (int)length;
}

bool behov_letters_is_formula(const char *text, size_t length)
{
    if (!length || !text[0] || !strchr("=+-@\t\r", text[0]))
        return false;
    size_t n_sign = text[0] == '+' || text[0] == '-', index = n_sign;
    while (index < length && text[index] && strchr("0123456789.,", text[index]))
        index++;
    return !n_sign || index == n_sign || index < length;
}

void behov_letters_show_cell(const char *text, size_t length, char shown_text[64])
{
    const size_t most = 40;
    size_t n = length < most ? length : most;
    while (n < length && n > 0 && goes_on(text[n]))
        n--;
    for (size_t i = 0; i < n; i++)
        shown_text[i] = (unsigned char)text[i] < ' ' || text[i] == 0x7F ? ' ' : text[i];
    strcpy(shown_text + n, n < length ? "\u2026" : "");
}
