/* read_kostra_filing.c - see read_kostra_filing.h. */
#include "read_kostra_filing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>

#include "cube_column.h"
#include "person_number.h"

enum { RECORD = 48, MOST_BYTES = 500000000, N_FIELDS = 9, AMOUNT_FIRST = 39, AMOUNT_LENGTH = 9 };

/* What may stand in a field. */
typedef enum content { FORM, DIGITS, DIGITS_OR_BLANK, QUARTER } content;

static const struct {
    const char *name;
    size_t first, length;
    content content;
} fields[N_FIELDS] = {{"form", 0, 2, FORM},
                      {"year", 2, 4, DIGITS},
                      {"quarter", 6, 1, QUARTER},
                      {"region", 7, 6, DIGITS},
                      {"organisation", 13, 9, DIGITS_OR_BLANK},
                      {"enterprise", 22, 9, DIGITS_OR_BLANK},
                      {"account_class", 31, 1, DIGITS},
                      {"function", 32, 4, DIGITS_OR_BLANK},
                      {"type", 36, 3, DIGITS_OR_BLANK}};

typedef struct filing_reading {
    text_source *source;
    char *text;
    const char **records; /* of RECORD characters each */
    uint32_t *lines;
    size_t n, room;
    double *amounts;
    behov_long_table *out;
    behov_error *err;
} filing_reading;

static behov_status out_of_memory(const filing_reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_MEMORY, text_source_name(reading->source), SAY_FILING_NO_MEMORY);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

static bool fits(content content, char c, size_t i)
{
    bool is_digit = c >= '0' && c <= '9';
    switch (content) {
    case FORM: return i == 0 ? c == '0' : c >= 'A' && c <= 'Z';
    case DIGITS: return is_digit;
    case DIGITS_OR_BLANK: return is_digit || c == ' ';
    case QUARTER: return c == ' ' || c == '0' || (c >= '1' && c <= '4');
    }
    return false;
}

/* An amount stands at the right of its field: blanks, a sign, digits. */
static bool amount_read(const char *field, double *amount)
{
    size_t i = 0;
    double sum = 0;
    while (i < AMOUNT_LENGTH && field[i] == ' ')
        i++;
    bool is_negative = i < AMOUNT_LENGTH && field[i] == '-';
    i += i < AMOUNT_LENGTH && (field[i] == '-' || field[i] == '+');
    if (i == AMOUNT_LENGTH)
        return false;
    for (; i < AMOUNT_LENGTH; i++) {
        if (field[i] < '0' || field[i] > '9')
            return false;
        sum = 10 * sum + (field[i] - '0');
    }
    *amount = is_negative && sum > 0 ? -sum : sum;
    return true;
}

/* The position of the first character that does not belong there, from 1; 0 = none. */
static size_t wrong_position(const char *record, double *amount)
{
    for (size_t f = 0; f < N_FIELDS; f++)
        for (size_t i = 0; i < fields[f].length; i++)
            if (!fits(fields[f].content, record[fields[f].first + i], i))
                return fields[f].first + i + 1;
    return amount_read(record + AMOUNT_FIRST, amount) ? 0 : AMOUNT_FIRST + 1;
}

bool read_kostra_filing_is_it(const char *head, size_t n_head)
{
    enum { SHORTEST = 24 };
    size_t length = 0;
    if (n_head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
        head += 3;
        n_head -= 3;
    }
    /* The first record may be the bad one: a form, a year and no mark that parts fields are enough. */
    bool is_it = n_head > 2 && fits(FORM, head[0], 0) && fits(FORM, head[1], 1);
    for (; is_it && length < n_head && head[length] != '\n' && head[length] != '\r'; length++)
        is_it = length < 2 ||
                (length < 6 ? fits(DIGITS, head[length], length) : head[length] && !strchr(",;\t\"", head[length]));
    return is_it && length >= SHORTEST;
}

static behov_status add_record(filing_reading *reading, const char *record, size_t line)
{
    if (reading->n == reading->room) {
        size_t room = reading->room ? 2 * reading->room : 1024;
        const char **records = realloc(reading->records, room * sizeof *records);
        if (records)
            reading->records = records;
        uint32_t *lines = realloc(reading->lines, room * sizeof *lines);
        if (lines)
            reading->lines = lines;
        double *amounts = realloc(reading->amounts, room * sizeof *amounts);
        if (amounts)
            reading->amounts = amounts;
        if (!records || !lines || !amounts)
            return out_of_memory(reading);
        reading->room = room;
    }
    size_t position = wrong_position(record, &reading->amounts[reading->n]);
    if (position) {
        char where[BEHOV_PLACE_SIZE];
        size_t f = 0;
        while (f < N_FIELDS && position > fields[f].first + fields[f].length)
            f++;
        text_source_where(reading->source, line, NULL, where);
        return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_FILING_WRONG_CHARACTER, (unsigned long)position,
                               f < N_FIELDS ? fields[f].name : "amount_1000kr");
    }
    reading->records[reading->n] = record;
    reading->lines[reading->n++] = (uint32_t)line;
    return BEHOV_OK;
}

/* Records stand on lines of their own, or behind each other on one; blanks at the end of a line are nothing. */
static behov_status add_line(filing_reading *reading, const char *line_text, size_t length, size_t line)
{
    behov_status status = BEHOV_OK;
    size_t n_blank = 0;
    while (n_blank < length && line_text[length - 1 - n_blank] == ' ')
        n_blank++;
    if (n_blank == length)
        return BEHOV_OK;
    size_t rest = (length - n_blank) % RECORD;
    if (rest != 0) {
        char where[BEHOV_PLACE_SIZE];
        text_source_where(reading->source, line, NULL, where);
        return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_FILING_LENGTH, (unsigned long)(length - n_blank),
                               RECORD);
    }
    for (size_t first = 0; first + RECORD <= length - n_blank && !status; first += RECORD)
        status = add_record(reading, line_text + first, line);
    return status;
}

static behov_status read_lines(filing_reading *reading, size_t length)
{
    behov_status status = BEHOV_OK;
    const char *cursor = reading->text, *end = reading->text + length;
    for (size_t line = 1; cursor < end && !status; line++) {
        const char *stop = cursor;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        status = add_line(reading, cursor, (size_t)(stop - cursor), line);
        cursor = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return !status && reading->n == 0
               ? behov_error_say(reading->err, BEHOV_E_DATA, text_source_name(reading->source), SAY_TEXT_SOURCE_EMPTY)
               : status;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* A field without the blanks around it, "0" of a quarter being none. */
static size_t trimmed(const char *record, size_t f, const char **text)
{
    size_t length = fields[f].length;
    *text = record + fields[f].first;
    while (length && (*text)[length - 1] == ' ')
        length--;
    while (length && **text == ' ') {
        (*text)++;
        length--;
    }
    return fields[f].content == QUARTER && length && **text == '0' ? 0 : length;
}

static behov_status add_field(filing_reading *reading, size_t f)
{
    int32_t *codes = malloc((reading->n + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status = codes ? behov_dictionary_new(&levels, reading->err) : out_of_memory(reading);
    for (size_t i = 0; i < reading->n && !status; i++) {
        const char *text;
        size_t length = trimmed(reading->records[i], f, &text);
        codes[i] = behov_missing_code(BEHOV_MISSING_EMPTY);
        if (length)
            status = behov_dictionary_intern(levels, text, length, &codes[i], reading->err);
    }
    if (!status)
        status = behov_table_add_text(reading->out->table, fields[f].name, codes, levels, reading->err);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

static behov_status make_table(filing_reading *reading)
{
    behov_long_table *out = reading->out;
    behov_status status = behov_table_new(reading->n, text_source_name(reading->source), &out->table, reading->err);
    for (size_t f = 0; f < N_FIELDS && !status; f++)
        status = add_field(reading, f);
    if (!status)
        status = behov_table_add_numbers(out->table, "value", reading->amounts, reading->err);
    if (status)
        return status;
    reading->amounts = NULL;
    behov_table_set_lines(out->table, reading->lines);
    reading->lines = NULL;
    out->n_dimensions = N_FIELDS;
    out->n_values = reading->n;
    return BEHOV_OK;
}

/* How many records have the keys of one before: all but the amount. */
static behov_status count_repeated(const filing_reading *reading, size_t *n)
{
    behov_dictionary *keys = NULL;
    int32_t code;
    behov_status status = behov_dictionary_new(&keys, reading->err);
    for (size_t i = 0; i < reading->n && !status; i++)
        status = behov_dictionary_intern(keys, reading->records[i], AMOUNT_FIRST, &code, reading->err);
    *n = status ? 0 : reading->n - behov_dictionary_count(keys);
    behov_dictionary_free(keys);
    return status;
}

behov_status read_kostra_filing(text_source *source, const behov_notice *notice, behov_long_table *out,
                                behov_error *err)
{
    filing_reading reading = {.source = source, .out = out, .err = err};
    size_t length = 0, n_repeated = 0;
    *out = (behov_long_table){0};
    behov_status status = text_source_start_text(source, NULL, err);
    if (!status)
        status = text_source_whole(source, MOST_BYTES, &reading.text, &length, err);
    if (!status)
        status = read_lines(&reading, length);
    if (!status)
        status = count_repeated(&reading, &n_repeated);
    if (!status)
        status = make_table(&reading);
    if (!status)
        behov_notice_tell(notice, SAY_FILING_UNIT, text_source_name(source));
    if (!status && n_repeated)
        behov_notice_tell(notice, SAY_FILING_REPEATED, text_source_name(source), (unsigned long)n_repeated);
    free(reading.records);
    free(reading.lines);
    free(reading.amounts);
    free(reading.text);
    return status;
}

/* ---- persons ----------------------------------------------------------------------------------------------------- */

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether a name of a file holds 11F or 11CF as a word of its own, or right before an underscore or digits. */
static bool names_form(const char *path)
{
    static const char *const forms[] = {"11F", "11CF", "11f", "11cf"};
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    for (size_t i = 0; i < 4; i++)
        for (const char *found = strstr(name, forms[i]); found; found = strstr(found + 1, forms[i])) {
            char before = found == name ? ' ' : found[-1], after = found[strlen(forms[i])];
            if (!is_alphanumeric(before) && !is_alphanumeric(after))
                return true;
        }
    return false;
}

bool read_kostra_filing_is_personal(const char *path, const char *head, size_t n_head)
{
    if (names_form(path))
        return true;
    if (read_kostra_filing_is_it(head, n_head))
        return false;
    if (n_head >= 4 && (memcmp(head, "11F", 3) == 0 || memcmp(head, "11CF", 4) == 0))
        return true;
    return person_number_is_in(head, n_head);
}

behov_status read_kostra_filing_refuse_personal(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, strcmp(path, "-") == 0 ? PHRASE_STANDARD_INPUT : path,
                           SAY_FILING_PERSONAL);
}

behov_status read_kostra_filing_open(const char *path, const behov_notice *notice, behov_long_table *out,
                                     behov_error *err)
{
    enum { HEAD_BYTES = 16384 };
    char head[HEAD_BYTES];
    size_t n_head = 0;
    text_source *source = NULL;
    *out = (behov_long_table){0};
    behov_status status = text_source_open_bytes(path, NULL, &source, err);
    if (!status)
        status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    if (!status && read_kostra_filing_is_personal(path, head, n_head))
        status = read_kostra_filing_refuse_personal(path, err);
    if (!status && n_head && !read_kostra_filing_is_it(head, n_head))
        status = behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_FILING_IS_NONE);
    if (!status)
        status = read_kostra_filing(source, notice, out, err);
    text_source_free(source);
    return status;
}
