/* factor_copy.c - see factor_copy.h. The formats stand in the manual of PostgreSQL under COPY, File Formats. */
#include "factor_copy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int digit_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

behov_status factor_copy_take(behov_factor_gather *gather, const char *key, char *digits, size_t n_digits,
                              const char *where, behov_error *err)
{
    if (n_digits % 2 != 0)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_COPY_NO_FACTOR);
    for (size_t i = 0; i < n_digits / 2; i++) {
        int high = digit_value(digits[2 * i]), low = digit_value(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_COPY_NO_FACTOR);
        digits[i] = (char)(16 * high + low);
    }
    return behov_factor_gather_add(gather, key, (const unsigned char *)digits, n_digits / 2, where, err);
}

/* ---- text ---------------------------------------------------------------------------------------------------------- */

/* \t and the like become what they stand for, where they stand; the length afterwards. */
static size_t unescape(char *text, size_t n_bytes)
{
    static const char letters[] = "bfnrtv", meant[] = "\b\f\n\r\t\v";
    size_t n = 0;
    for (size_t i = 0; i < n_bytes; i++) {
        if (text[i] == '\\' && i + 1 < n_bytes) {
            const char *letter = memchr(letters, text[++i], sizeof letters - 1);
            text[n++] = letter ? meant[letter - letters] : text[i];
        } else {
            text[n++] = text[i];
        }
    }
    return n;
}

static bool is_null(const char *text, size_t n_bytes)
{
    return n_bytes == 2 && memcmp(text, "\\N", 2) == 0;
}

static behov_status take_line(char *line, size_t n_bytes, const char *where, behov_factor_gather *gather,
                              behov_error *err)
{
    char *tab = memchr(line, '\t', n_bytes);
    if (!tab || memchr(line, 0, n_bytes))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_COPY_NO_COLUMNS);
    char *digits = tab + 1;
    size_t n_digits = n_bytes - (size_t)(digits - line);
    if (is_null(digits, n_digits))
        return BEHOV_OK;
    bool has_key = !is_null(line, (size_t)(tab - line));
    line[unescape(line, (size_t)(tab - line))] = '\0'; /* over the tab at the latest */
    return factor_copy_take(gather, has_key ? line : NULL, digits, n_digits, where, err);
}

static behov_status read_text(char *text, size_t n_bytes, const char *name, behov_factor_gather *gather,
                              behov_error *err)
{
    behov_status status = BEHOV_OK;
    char *end = text + n_bytes;
    for (unsigned long number = 1; text < end && !status; number++) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((newline ? newline : end) - text);
        length -= length && text[length - 1] == '\r';
        if (length == 2 && memcmp(text, "\\.", 2) == 0)
            break;
        status = take_line(text, length, behov_phrase(SAY_FACTOR_COPY_LINE, name, number).text, gather, err);
        text = newline ? newline + 1 : end;
    }
    return status;
}

/* ---- binary -------------------------------------------------------------------------------------------------------- */

static const unsigned char signature[11] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0};

typedef struct remainder {
    const unsigned char *next;
    size_t n;
} remainder;

/* A big-endian number of n bytes; what is cut off is -2. */
static long take_number(remainder *rest, size_t n)
{
    uint32_t value = 0;
    if (rest->n < n)
        return -2;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | rest->next[i];
    rest->next += n;
    rest->n -= n;
    return n == 2 ? (long)(int16_t)value : (long)(int32_t)value;
}

/* A column: its bytes, or NULL with n_bytes 0 where it is NULL. */
static bool take_column(remainder *rest, const unsigned char **bytes, size_t *n_bytes)
{
    long length = take_number(rest, 4);
    *bytes = length >= 0 ? rest->next : NULL;
    *n_bytes = length >= 0 ? (size_t)length : 0;
    if (length < -1 || *n_bytes > rest->n)
        return false;
    rest->next += *n_bytes;
    rest->n -= *n_bytes;
    return true;
}

/* Whether a key is a text: a number in binary form has bytes that no text has, unless it is very odd. */
static bool is_text(const unsigned char *key, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++)
        if (key[i] < 0x20 || key[i] == 0x7f)
            return false;
    return true;
}

static behov_status take_tuple(remainder *rest, const char *where, behov_factor_gather *gather, behov_error *err)
{
    const unsigned char *key, *factor;
    size_t n_key, n_factor;
    if (!take_column(rest, &key, &n_key) || !take_column(rest, &factor, &n_factor))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_COPY_CUT_OFF);
    if (key && !is_text(key, n_key))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FACTOR_COPY_KEY_NO_TEXT);
    char *text = key ? malloc(n_key + 1) : NULL;
    if (key && !text)
        return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FACTORS_NO_MEMORY);
    if (key) {
        memcpy(text, key, n_key);
        text[n_key] = '\0';
    }
    behov_status status = factor ? behov_factor_gather_add(gather, text, factor, n_factor, where, err) : BEHOV_OK;
    free(text);
    return status;
}

static behov_status read_binary(const unsigned char *bytes, size_t n_bytes, const char *name,
                                behov_factor_gather *gather, behov_error *err)
{
    remainder rest = {bytes + sizeof signature, n_bytes - sizeof signature};
    long flags = take_number(&rest, 4), extension = take_number(&rest, 4);
    behov_status status = BEHOV_OK;
    if (flags != 0 || extension < 0 || (size_t)extension > rest.n)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_COPY_CUT_OFF);
    rest.next += extension;
    rest.n -= (size_t)extension;
    for (unsigned long number = 1; !status; number++) {
        long n_columns = take_number(&rest, 2);
        behov_said where = behov_phrase(SAY_FACTOR_COPY_ROW, name, number);
        if (n_columns == -1)
            break;
        if (n_columns == -2)
            status = behov_error_say(err, BEHOV_E_DATA, where.text, SAY_FACTOR_COPY_CUT_OFF);
        else if (n_columns != 2)
            status = behov_error_say(err, BEHOV_E_DATA, where.text, SAY_FACTOR_COPY_NO_COLUMNS);
        else
            status = take_tuple(&rest, where.text, gather, err);
    }
    return status;
}

static bool is_binary(const unsigned char *bytes, size_t n_bytes)
{
    return n_bytes >= sizeof signature && memcmp(bytes, signature, sizeof signature) == 0;
}

bool factor_copy_is(const unsigned char *bytes, size_t n_bytes)
{
    static const char first_digits[] = "62687666"; /* "bhvf" */
    const unsigned char *tab = memchr(bytes, '\t', n_bytes), *newline = memchr(bytes, '\n', n_bytes);
    size_t n_left = tab ? n_bytes - (size_t)(tab - bytes) - 1 : 0;
    bool is_line = tab && (!newline || tab < newline);
    return is_binary(bytes, n_bytes) || (is_line && n_left >= 8 && memcmp(tab + 1, first_digits, 8) == 0) ||
           (is_line && n_left >= 2 && is_null((const char *)tab + 1, 2));
}

behov_status factor_copy_read(unsigned char *bytes, size_t n_bytes, const char *name, behov_factor_gather *gather,
                              behov_error *err)
{
    if (is_binary(bytes, n_bytes))
        return read_binary(bytes, n_bytes, name, gather, err);
    return read_text((char *)bytes, n_bytes, name, gather, err);
}
