/* csv_layout.c - finds the separator and the header by counting fields.
 *
 * For every separator the first records are cut into fields. The header is the first record with more than one field
 * that is not empty; what stands above it is a title. The separator that the most records agree about wins, then the
 * one with more fields; a file of one column is what remains when no separator cuts anything. */
#include "csv_layout.h"

#include <string.h>

#include "csv_column.h"

enum { MOST_RECORDS = CSV_LOOKED_AT, MOST_KINDS = CSV_MOST_KINDS, MOST_TITLES = 20 };

typedef csv_record record;

typedef struct candidate {
    char separator;
    size_t header; /* position among the records */
    size_t n_fields;
    double agreement; /* the share of the records below the header with as many fields */
    bool has_rows;    /* there are any */
    record records[MOST_RECORDS];
    size_t n_records;
    size_t widest_blank; /* fields of the widest record of separators only */
} candidate;

bool csv_layout_is_numeric(const char *cursor, const char *end)
{
    bool has_digit = false;
    for (; cursor < end; cursor++) {
        has_digit |= *cursor >= '0' && *cursor <= '9';
        if (!strchr("0123456789.,+-eE \"", *cursor))
            return false;
    }
    return has_digit;
}

/* Cuts one record; returns where the next one starts. */
static const char *cut_record(const char *cursor, const char *end, char separator, record *cut)
{
    cut->n_fields = cut->n_filled = cut->n_cells = 0;
    cut->numeric = 0;
    for (;;) {
        while (cursor < end && (*cursor == ' ' || *cursor == '\t') && *cursor != separator)
            cursor++;
        for (size_t n;
             cursor < end && (unsigned char)*cursor >= 0x80 && (n = csv_blank_at(cursor, (size_t)(end - cursor))) > 0;)
            cursor += n;
        const char *start = cursor;
        if (cursor < end && *cursor == '"')
            for (cursor++; cursor < end; cursor++)
                if (*cursor == '"') {
                    if (cursor + 1 < end && cursor[1] == '"')
                        cursor++;
                    else
                        break;
                }
        while (cursor < end && *cursor != separator && *cursor != '\r' && *cursor != '\n')
            cursor++;
        if (cut->n_fields < MOST_KINDS && csv_layout_is_numeric(start, cursor))
            cut->numeric |= 1ull << cut->n_fields;
        cut->n_fields++;
        if (cursor > start && !(cursor - start == 2 && start[0] == '"')) {
            cut->n_filled = cut->n_fields;
            cut->n_cells++;
        }
        if (cursor == end || *cursor != separator)
            break;
        cursor++;
    }
    if (cursor < end && *cursor == '\r')
        cursor++, cursor += cursor < end && *cursor == '\n';
    else if (cursor < end)
        cursor++;
    return cursor;
}

static size_t count_line_ends(const char *cursor, const char *end)
{
    size_t n = 0;
    for (; cursor < end; cursor++)
        n += *cursor == '\n' || (*cursor == '\r' && (cursor + 1 == end || cursor[1] != '\n'));
    return n;
}

static void cut_records(candidate *c, const char *text, size_t start, size_t length, bool is_whole, size_t line)
{
    const char *cursor = text + start, *end = text + length;
    bool is_after_blank = false;
    while (cursor < end && c->n_records < MOST_RECORDS) {
        record cut = {.offset = (size_t)(cursor - text), .line = line, .is_after_blank = is_after_blank};
        const char *next = cut_record(cursor, end, c->separator, &cut);
        /* A record that the end of the block may have cut says nothing, unless it is all there is. */
        if (next == end && !is_whole && c->n_records > 0)
            break;
        line += count_line_ends(cursor, next);
        cursor = next;
        is_after_blank = cut.n_filled == 0;
        if (cut.n_filled)
            c->records[c->n_records++] = cut;
        else if (cut.n_fields > c->widest_blank)
            c->widest_blank = cut.n_fields;
    }
}

/* Records at the end with one cell that is filled say nothing: notes stand below a table. */
static double agreement(const candidate *c, size_t header, bool *has_rows)
{
    size_t n = 0, end = c->n_records;
    while (end > header + 1 && c->records[end - 1].n_filled < 2 && c->records[header].n_fields > 1)
        end--;
    for (size_t i = header + 1; i < end; i++)
        n += c->records[i].n_fields == c->records[header].n_fields;
    *has_rows = n > 0;
    return end > header + 1 ? (double)n / (double)(end - header - 1) : 1;
}

/* Whether the records above `header` are a title and not the beginning of a table of one column: "name", "Oslo,
 * Norway", "Bergen, Norway". A blank line says so, or numbers below words. */
static bool is_below_title(const candidate *c, size_t header)
{
    const record *head = &c->records[header];
    size_t n_seen = head->n_fields < MOST_KINDS ? head->n_fields : MOST_KINDS;
    unsigned long long all = n_seen == 64 ? ~0ull : (1ull << n_seen) - 1, numeric_below = 0;
    for (size_t i = header + 1; i < c->n_records; i++)
        numeric_below |= c->records[i].numeric;
    if ((head->numeric & all) == all)
        return false; /* a row of values */
    if (head->is_after_blank)
        return c->agreement >= 0.5;
    return header + 1 < c->n_records && c->agreement == 1 && (numeric_below & ~head->numeric & all) != 0;
}

static void judge(candidate *c)
{
    size_t header = 0;
    while (header < c->n_records && c->records[header].n_filled < 2)
        header++;
    if (header > 0 && header < c->n_records) {
        c->agreement = agreement(c, header, &c->has_rows);
        if (!is_below_title(c, header))
            header = 0;
    } else
        header = 0;
    c->header = header;
    if (c->n_records) {
        c->agreement = agreement(c, header, &c->has_rows);
        c->n_fields = c->records[header].n_fields;
    } else
        c->n_fields = c->widest_blank;
}

/* Above the names may stand lines of several cells, "Tabell;12345" or years over the columns: the first line that has
 * words in all of its cells, more than the header that was taken, with figures below, looks like the header. */
static size_t likely_line(const candidate *c)
{
    const record *head = &c->records[c->header];
    for (size_t i = c->header + 1; i < c->n_records && i <= c->header + MOST_TITLES; i++) {
        const record *line = &c->records[i];
        if (line->n_cells <= head->n_cells || line->n_cells < line->n_fields || line->numeric || line->n_fields < 2)
            continue;
        for (size_t k = i + 1; k < c->n_records; k++)
            if (c->records[k].numeric)
                return line->line;
    }
    return 0;
}

csv_layout csv_layout_of_rows(const csv_record *records, size_t n_records)
{
    candidate rows = {.separator = '\0', .n_records = n_records < MOST_RECORDS ? n_records : MOST_RECORDS};
    if (rows.n_records)
        memcpy(rows.records, records, rows.n_records * sizeof *records);
    judge(&rows);
    csv_layout csv_layout = {.n_fields = rows.n_fields, .header_line = 1};
    if (rows.n_records == 0)
        return csv_layout;
    csv_layout.header_line = rows.records[rows.header].line;
    csv_layout.n_title_lines = rows.header;
    csv_layout.likely_line = likely_line(&rows);
    return csv_layout;
}

csv_layout csv_layout_find(const char *text, size_t length, bool is_whole, char wanted_letter)
{
    csv_layout csv_layout = {.separator = wanted_letter ? wanted_letter : ',', .header_line = 1};
    size_t start = 0;
    const char *line_end = memchr(text, '\n', length), *return_end = memchr(text, '\r', length);
    if (!line_end || (return_end && return_end < line_end))
        line_end = return_end;
    size_t first_line = line_end ? (size_t)(line_end - text) : length;
    bool is_quoted = first_line == 7 && text[0] == '"' && text[6] == '"';
    const char *sep_line = text + is_quoted;
    if ((is_quoted || first_line == 5) && (memcmp(sep_line, "sep=", 4) == 0 || memcmp(sep_line, "SEP=", 4) == 0) &&
        strchr(",;\t", sep_line[4])) {
        start = first_line;
        if (start < length)
            start += text[start] == '\r' && start + 1 < length && text[start + 1] == '\n' ? 2 : 1;
        if (!wanted_letter) {
            wanted_letter = csv_layout.separator = sep_line[4];
            csv_layout.is_from_sep_line = true;
        }
        csv_layout.header_line = 2;
        csv_layout.header_offset = start;
    }
    const char separators[] = {wanted_letter ? wanted_letter : ',', ';', '\t'};
    candidate best = {.n_fields = 0}, tried_candidate;
    for (size_t i = 0; i < (wanted_letter ? 1 : sizeof separators); i++) {
        tried_candidate = (candidate){.separator = separators[i]};
        cut_records(&tried_candidate, text, start, length, is_whole, csv_layout.header_line);
        judge(&tried_candidate);
        bool is_better;
        if ((tried_candidate.n_fields > 1) != (best.n_fields > 1))
            is_better = tried_candidate.n_fields > 1;
        else if (tried_candidate.has_rows != best.has_rows)
            is_better = tried_candidate.has_rows;
        else if (tried_candidate.agreement != best.agreement) /* of one column: the separator that cuts no text wins */
            is_better = tried_candidate.agreement > best.agreement;
        else if (tried_candidate.n_fields != best.n_fields)
            is_better = tried_candidate.n_fields > best.n_fields;
        else /* what has a separator of its own may be a note below the table, but no header there */
            is_better = tried_candidate.header < best.header;
        if (i == 0 || is_better)
            best = tried_candidate;
    }
    csv_layout.separator = best.separator;
    csv_layout.n_fields = best.n_fields;
    if (best.n_records == 0)
        return csv_layout;
    csv_layout.header_offset = best.records[best.header].offset;
    csv_layout.header_line = best.records[best.header].line;
    csv_layout.n_title_lines = best.header;
    csv_layout.likely_line = likely_line(&best);
    if (best.header) {
        csv_layout.title = text + best.records[0].offset;
        const char *end = csv_layout.title;
        while (end < text + length && *end != '\r' && *end != '\n')
            end++;
        while (end > csv_layout.title && end[-1] == best.separator) /* padding up to the width of the table */
            end--;
        csv_layout.title_length = (size_t)(end - csv_layout.title);
    }
    return csv_layout;
}
