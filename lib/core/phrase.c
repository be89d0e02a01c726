/* phrase.c - see phrase.h. A printf that keeps what goes into the sentence beside the sentence. */
#include <behov/phrase.h>

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BEGIN = 0x02, END = 0x03, SEPARATOR = 0x1F };

static const char ellipsis[] = "\u2026", replacement[] = "\uFFFD";

/* ---- text in a given room ------------------------------------------------------------------------------------------ */

/* Room for the zero is always kept; text NULL when size is 0. */
typedef struct room {
    char *text;
    size_t size, length;
    bool is_cut;      /* takes no more */
    bool has_english; /* a phrase stands in English for want of room */
} room;

static size_t room_left(const room *room)
{
    return room->size > room->length + 1 ? room->size - room->length - 1 : 0;
}

static void end_text(room *room)
{
    if (room->size)
        room->text[room->length] = '\0';
}

static void start_again(room *room)
{
    room->length = 0;
    room->is_cut = room->has_english = false;
    end_text(room);
}

static void put_bytes(room *room, const char *bytes, size_t n)
{
    if (room->is_cut || !room->size)
        return;
    if (n <= room_left(room)) {
        memcpy(room->text + room->length, bytes, n);
        room->length += n;
    } else {
        const size_t mark = sizeof ellipsis - 1;
        size_t fits = room_left(room);
        memcpy(room->text + room->length, bytes, fits);
        room->length += fits;
        while (room->length + mark + 1 > room->size && room->length > 0)
            do
                room->length--;
            while (room->length > 0 && ((unsigned char)room->text[room->length] & 0xC0) == 0x80);
        if (room->length + mark + 1 <= room->size) {
            memcpy(room->text + room->length, ellipsis, mark);
            room->length += mark;
        }
        room->is_cut = true;
    }
    end_text(room);
}

/* Bytes of a user's text, in which what would be taken for the marks of a phrase is replaced. */
static void put_plain(room *room, const char *bytes, size_t n)
{
    for (size_t i = 0, begin = 0; i <= n; i++)
        if (i == n || bytes[i] == BEGIN || bytes[i] == END || bytes[i] == SEPARATOR) {
            put_bytes(room, bytes + begin, i - begin);
            if (i < n)
                put_bytes(room, replacement, sizeof replacement - 1);
            begin = i + 1;
        }
}

/* ---- phrases in a text ---------------------------------------------------------------------------------------------- */

/* Bytes of a phrase up to its end mark and with it; 0 when it has none. */
static size_t phrase_length(const char *text)
{
    size_t depth = 0;
    for (size_t i = 0; text[i]; i++) {
        depth += text[i] == BEGIN;
        if (text[i] == END && --depth == 0)
            return i + 1;
    }
    return 0;
}

bool behov_phrase_begins(const char *text, behov_phrase_parts *parts)
{
    char *end;
    size_t length;
    if (text[0] != BEGIN || text[1] < '0' || text[1] > '9' || !(length = phrase_length(text)))
        return false;
    unsigned long word = strtoul(text + 1, &end, 10);
    if (*end != SEPARATOR)
        return false;
    *parts = (behov_phrase_parts){
        .word = word < BEHOV_N_WORDS ? (behov_word)word : BEHOV_NO_WORD, .english = end + 1, .length = length};
    const char *cursor = parts->english;
    while (*cursor != SEPARATOR && *cursor != END && *cursor != BEGIN)
        cursor++;
    if (*cursor == BEGIN)
        return false;
    parts->english_length = (size_t)(cursor - parts->english);
    if (*cursor == SEPARATOR) {
        parts->values = cursor + 1;
        parts->values_length = (size_t)(text + length - 1 - parts->values);
    }
    return true;
}

bool behov_phrase_is_forged(const char *text, size_t length)
{
    for (const char *end = text + length, *mark = text; (mark = memchr(mark, BEGIN, (size_t)(end - mark))); mark++)
        if (mark + 1 < end && mark[1] >= '0' && mark[1] <= '9')
            return true;
    return false;
}

size_t behov_phrase_value(const char *values, size_t length)
{
    size_t depth = 0, i = 0;
    for (; i < length && (depth || values[i] != SEPARATOR); i++) {
        depth += values[i] == BEGIN;
        depth -= values[i] == END && depth;
    }
    return i;
}

/* Bytes of a user's text, of which at most `most` are taken: whole letters, with an ellipsis for the others. */
static void put_some(room *room, const char *bytes, size_t n, size_t most)
{
    const size_t mark = sizeof ellipsis - 1;
    if (n <= most) {
        put_plain(room, bytes, n);
        return;
    }
    size_t fits = most > mark ? most - mark : 0;
    while (fits && ((unsigned char)bytes[fits] & 0xC0) == 0x80)
        fits--;
    put_plain(room, bytes, fits);
    put_bytes(room, ellipsis, mark);
}

/* A text with its phrases in English. */
static void put_english(room *room, const char *text, size_t n, size_t most)
{
    behov_phrase_parts parts;
    for (size_t i = 0, begin = 0; i <= n; i++)
        if (i == n) {
            put_some(room, text + begin, i - begin, most);
        } else if (text[i] == BEGIN && behov_phrase_begins(text + i, &parts) && parts.length <= n - i) {
            put_some(room, text + begin, i - begin, most);
            put_plain(room, parts.english, parts.english_length);
            begin = i + parts.length;
            i = begin - 1;
        }
}

static void put_phrases(room *room, const char *text, size_t n, size_t most);

/* A phrase with at most `most` bytes of each text in it. */
static void put_phrase(room *room, const char *text, const behov_phrase_parts *parts, size_t most)
{
    if (most == SIZE_MAX) {
        put_bytes(room, text, parts->length);
        return;
    }
    put_bytes(room, text, (size_t)(parts->english - text));
    put_some(room, parts->english, parts->english_length, 4 * most);
    for (size_t i = 0, n; parts->values && i <= parts->values_length; i += n + 1) {
        n = behov_phrase_value(parts->values + i, parts->values_length - i);
        put_bytes(room, &(char){SEPARATOR}, 1);
        put_phrases(room, parts->values + i, n, most);
    }
    put_bytes(room, &(char){END}, 1);
}

/* A text with its phrases as they are, and at most `most` bytes of each text around and in them. */
static void put_phrases(room *room, const char *text, size_t n, size_t most)
{
    behov_phrase_parts parts;
    for (size_t i = 0, begin = 0; i <= n; i++)
        if (i == n) {
            put_some(room, text + begin, i - begin, most);
        } else if (text[i] == BEGIN && behov_phrase_begins(text + i, &parts) && parts.length <= n - i) {
            put_some(room, text + begin, i - begin, most);
            size_t length = room->length;
            bool was_cut = room->is_cut;
            put_phrase(room, text + i, &parts, most);
            if (room->is_cut && !was_cut) { /* half a phrase is none */
                room->length = length;
                room->is_cut = false;
                room->has_english = true;
                put_some(room, parts.english, parts.english_length, most);
            }
            begin = i + parts.length;
            i = begin - 1;
        }
}

/* Where a sentence is too long for its room, what users wrote in it is: their texts are cut, the longest first, until
 * the sentence stands whole in it. 0 when it does, or after the last try. */
static size_t fewer_bytes(const room *room, size_t most)
{
    enum { LONGEST = 1536, SHORTEST = 12 };
    if (!room->size || (!room->is_cut && !room->has_english))
        return 0;
    return most == SIZE_MAX ? LONGEST : most > SHORTEST ? most - most / 8 : 0;
}

size_t behov_phrase_english(const char *text, size_t size, char *english)
{
    room room = {.text = english, .size = size};
    for (size_t most = SIZE_MAX; most; most = fewer_bytes(&room, most)) {
        start_again(&room);
        put_english(&room, text, strlen(text), most);
    }
    return room.length;
}

/* Several texts, one behind the other. */
static void put_texts(room *out, const char *const *texts)
{
    for (size_t most = SIZE_MAX; most; most = fewer_bytes(out, most)) {
        start_again(out);
        for (size_t i = 0; texts[i]; i++)
            put_phrases(out, texts[i], strlen(texts[i]), most);
    }
}

void behov_phrase_copy(const char *text, size_t size, char *copy)
{
    room room = {.text = copy, .size = size};
    put_texts(&room, (const char *const[]){text, NULL});
}

void behov_phrase_list(behov_said *said, const char *text, ...)
{
    enum { TEXTS_MAX = 32 };
    const char *list[TEXTS_MAX + 1] = {NULL};
    room room = {.text = said->text, .size = sizeof said->text};
    va_list texts;
    va_start(texts, text);
    for (size_t n = 0; text && n < TEXTS_MAX; text = va_arg(texts, const char *))
        list[n++] = text;
    va_end(texts);
    put_texts(&room, list);
}

/* ---- formats -------------------------------------------------------------------------------------------------------- */

/* A conversion: "%-*.40zu" without its stars, which are taken from the arguments. */
typedef struct conversion {
    char flags[8], length, kind; /* length 'H' = hh, 'L' = ll, 0 = none */
    int width, precision;        /* -1 = none */
    size_t n_bytes;
} conversion;

static int read_size(const char **cursor, bool is_star_next, int star)
{
    if (is_star_next) {
        ++*cursor;
        return star;
    }
    int size = 0;
    for (; **cursor >= '0' && **cursor <= '9'; ++*cursor)
        size = size < 100000 ? 10 * size + (**cursor - '0') : size;
    return size;
}

/* An argument as text; "%s" is not handled here. */
static void integer_text(const conversion *found, uintmax_t bits, bool is_signed, size_t size, char *text)
{
    char format[24];
    snprintf(format, sizeof format, "%%%s*.*j%c", found->flags, found->kind);
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif
    int width = found->width < 0    ? 0
                : found->width > 60 ? 60
                                    : found->width,
        precision = found->precision > 60 ? 60 : found->precision;
    if (is_signed)
        snprintf(text, size, format, width, precision, (intmax_t)bits);
    else
        snprintf(text, size, format, width, precision, bits);
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
}

/* va_list may be an array, so that it is handed on by its address inside a struct. */
typedef struct argument_list {
    va_list list;
} argument_list;

static uintmax_t next_signed(argument_list *arguments, char length)
{
    switch (length) {
    case 'l': return (uintmax_t)va_arg(arguments->list, long);
    case 'L': return (uintmax_t)va_arg(arguments->list, long long);
    case 'j': return (uintmax_t)va_arg(arguments->list, intmax_t);
    case 'z':
    case 't': return (uintmax_t)va_arg(arguments->list, ptrdiff_t);
    case 'h': return (uintmax_t)(short)va_arg(arguments->list, int);
    case 'H': return (uintmax_t)(signed char)va_arg(arguments->list, int);
    default: return (uintmax_t)va_arg(arguments->list, int);
    }
}

static uintmax_t next_unsigned(argument_list *arguments, char length)
{
    switch (length) {
    case 'l': return va_arg(arguments->list, unsigned long);
    case 'L': return va_arg(arguments->list, unsigned long long);
    case 'j': return va_arg(arguments->list, uintmax_t);
    case 'z':
    case 't': return va_arg(arguments->list, size_t);
    case 'h': return (unsigned short)va_arg(arguments->list, unsigned);
    case 'H': return (unsigned char)va_arg(arguments->list, unsigned);
    default: return va_arg(arguments->list, unsigned);
    }
}

static conversion read_conversion(const char *format, argument_list *arguments)
{
    conversion found = {.width = -1, .precision = -1};
    const char *cursor = format + 1;
    for (size_t n = 0; *cursor && strchr("-+ #0", *cursor); cursor++)
        if (n + 1 < sizeof found.flags)
            found.flags[n++] = *cursor;
    if (*cursor == '*' || (*cursor >= '0' && *cursor <= '9'))
        found.width = read_size(&cursor, *cursor == '*', *cursor == '*' ? va_arg(arguments->list, int) : 0);
    if (*cursor == '.') {
        cursor++;
        found.precision = read_size(&cursor, *cursor == '*', *cursor == '*' ? va_arg(arguments->list, int) : 0);
    }
    while (*cursor && strchr("hlzjt", *cursor)) {
        found.length = found.length == 'h' ? 'H' : found.length == 'l' ? 'L' : *cursor;
        cursor++;
    }
    found.kind = *cursor;
    found.n_bytes = (size_t)(cursor - format) + (*cursor != '\0');
    return found;
}

/* The next argument, in both forms. */
static void put_argument(const conversion *found, argument_list *arguments, size_t most, bool is_english, room *out)
{
    char number[80] = "";
    const char *text = number;
    if (found->kind == 's') {
        text = va_arg(arguments->list, const char *);
        text = text ? text : "(null)";
    } else if (found->kind == 'c') {
        number[0] = (char)va_arg(arguments->list, int);
    } else if (found->kind == 'd' || found->kind == 'i') {
        integer_text(found, next_signed(arguments, found->length), true, sizeof number, number);
    } else {
        integer_text(found, next_unsigned(arguments, found->length), false, sizeof number, number);
    }
    /* a phrase is not cut: a precision is meant for what users wrote */
    size_t n =
        found->kind == 's' && found->precision >= 0 && !memchr(text, BEGIN, strnlen(text, (size_t)found->precision))
            ? strnlen(text, (size_t)found->precision)
            : strlen(text);
    if (!is_english) {
        put_phrases(out, text, n, most);
        return;
    }
    put_english(out, text, n, most);
    for (size_t i = n; found->kind == 's' && found->width > 0 && i < (size_t)found->width; i++)
        put_bytes(out, " ", 1);
}

/* One of the two forms of a sentence: its values, or its English. */
static void put_format(const char *format, va_list arguments, size_t most, bool is_english, room *out)
{
    argument_list list;
    va_copy(list.list, arguments);
    bool is_first = true;
    for (const char *cursor = format; *cursor;) {
        size_t n = strcspn(cursor, "%");
        if (is_english)
            put_bytes(out, cursor, n);
        cursor += n;
        if (*cursor == '%' && cursor[1] == '%') {
            if (is_english)
                put_bytes(out, "%", 1);
            cursor += 2;
        } else if (*cursor == '%') {
            conversion found = read_conversion(cursor, &list);
            if (!is_first && !is_english)
                put_bytes(out, &(char){SEPARATOR}, 1);
            is_first = false;
            put_argument(&found, &list, most, is_english, out);
            cursor += found.n_bytes;
        }
    }
    va_end(list.list);
}

void behov_phrase_pack(const char *format, va_list arguments, size_t values_size, char *values, size_t english_size,
                       char *english)
{
    room rooms[] = {{.text = values, .size = values_size}, {.text = english, .size = english_size}};
    for (size_t i = 0; i < 2; i++)
        for (size_t most = SIZE_MAX; most; most = fewer_bytes(&rooms[i], most)) {
            start_again(&rooms[i]);
            put_format(format, arguments, most, i == 1, &rooms[i]);
        }
}

behov_said behov_phrase_whole(behov_word word, const char *english, const char *values)
{
    behov_said said;
    char begin[24];
    int n_begin = snprintf(begin, sizeof begin, "%c%d%c", BEGIN, (int)word, SEPARATOR);
    room room = {.text = said.text, .size = sizeof said.text};
    for (size_t most = SIZE_MAX; most; most = fewer_bytes(&room, most)) {
        start_again(&room);
        put_bytes(&room, begin, (size_t)n_begin);
        put_some(&room, english, strlen(english), most);
        for (size_t i = 0, n, length = strlen(values); i <= length; i += n + 1) {
            n = behov_phrase_value(values + i, length - i);
            put_bytes(&room, &(char){SEPARATOR}, 1);
            put_phrases(&room, values + i, n, most);
        }
        put_bytes(&room, &(char){END}, 1);
    }
    if (room.is_cut)
        behov_phrase_copy(english, sizeof said.text, said.text);
    return said;
}

static behov_said phrase_of_list(behov_word word, const char *format, va_list arguments)
{
    enum { ENGLISH = 512, MARKS = 32 };
    char values[sizeof((behov_said *)0)->text - ENGLISH - MARKS], english[ENGLISH];
    behov_phrase_pack(format, arguments, sizeof values, values, sizeof english, english);
    return behov_phrase_whole(word, english, values);
}

behov_said behov_phrase(behov_word word, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    behov_said said = phrase_of_list(word, format, arguments);
    va_end(arguments);
    return said;
}

void behov_phrase_into(char *text, size_t size, behov_word word, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    behov_said said = phrase_of_list(word, format, arguments);
    va_end(arguments);
    behov_phrase_copy(said.text, size, text);
}
