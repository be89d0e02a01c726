/* read_px.c - see read_px.h. */
#include "read_px.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/dictionary.h>
#include <behov/number.h>

#include "cube_column.h"
#include "px_file.h"

enum { MOST_BYTES = 500000000, MOST_CELLS = 50000000, MOST_DIMENSIONS = 64, HEAD_BYTES = 4096 };

typedef struct px_dimension {
    const char *name, *id;   /* of the file; VARIABLECODE, or the name */
    const char *const *code; /* by position, borrowed from the file */
    const char *const *label;
    size_t size;
    bool is_key; /* rows of DATA begin with its code, or label */
    bool has_keys_by_value;
} px_dimension;

typedef struct px_reading {
    text_source *source;
    const px_file *file;
    px_dimension *dimensions;
    size_t n_dimensions, n_cells;
    size_t n_keys, n_in_row; /* dimensions whose codes stand before each row; cells of one */
    bool *is_row_there;      /* with keys */
    double *values;
    int32_t *marks;
    behov_dictionary *mark_texts;
    size_t n_nil, n_rows_left_out;
    bool is_utf8_in_disguise; /* CODEPAGE says one byte a letter, and the bytes are UTF-8 */
    const char *cursor, *end; /* in DATA */
    size_t line;
    behov_long_table *out;
    behov_error *err;
} px_reading;

static const char *name_of(const px_reading *reading)
{
    return text_source_name(reading->source);
}

static behov_status out_of_memory(const px_reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_MEMORY, name_of(reading), SAY_JSON_STAT_NO_MEMORY);
}

static const char *place(const px_reading *reading, size_t line, char where[BEHOV_PLACE_SIZE])
{
    text_source_where(reading->source, line, NULL, where);
    return where;
}

/* ---- dimensions -------------------------------------------------------------------------------------------------- */

static const char *const *values_of(const px_reading *reading, const px_entry *entry)
{
    return entry ? reading->file->values + entry->first_value : NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The text that stands twice among some, NULL when each is there once; *has_no_memory. */
static const char *repeated(const char *const *texts, size_t n, bool *has_no_memory)
{
    const char **sorted = malloc((n + 1) * sizeof *sorted), *found = NULL;
    *has_no_memory = !sorted;
    if (!sorted)
        return NULL;
    memcpy(sorted, texts, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 1; i < n && !found; i++)
        found = strcmp(sorted[i - 1], sorted[i]) == 0 ? sorted[i] : NULL;
    free(sorted);
    return found;
}

/* Codes are those of CODES; of a time without them, those that TIMEVAL lists behind its TLIST(...). */
static behov_status find_codes(px_reading *reading, px_dimension *dimension)
{
    char where[BEHOV_PLACE_SIZE];
    const px_entry *codes = px_file_find(reading->file, "CODES", dimension->name);
    const px_entry *times = px_file_find(reading->file, "TIMEVAL", dimension->name);
    dimension->code = dimension->label;
    if (codes && codes->n_values != dimension->size)
        return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, codes->line, where), SAY_PX_CODES_COUNT,
                               behov_cut(dimension->name, 80).text, (unsigned long)codes->n_values,
                               (unsigned long)dimension->size);
    if (codes)
        dimension->code = values_of(reading, codes);
    else if (times && times->n_values == dimension->size + 1)
        dimension->code = values_of(reading, times) + 1;
    bool has_no_memory;
    const char *twice = repeated(dimension->code, dimension->size, &has_no_memory);
    if (has_no_memory)
        return out_of_memory(reading);
    if (twice)
        return behov_error_say(reading->err, BEHOV_E_DATA, name_of(reading), SAY_PX_CODE_TWICE,
                               behov_cut(dimension->name, 80).text, behov_cut(twice, 80).text);
    return BEHOV_OK;
}

static behov_status add_dimension(px_reading *reading, const char *name, size_t line)
{
    char where[BEHOV_PLACE_SIZE];
    for (size_t i = 0; i < reading->n_dimensions; i++)
        if (strcmp(reading->dimensions[i].name, name) == 0)
            return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, line, where), SAY_PX_DIMENSION_TWICE,
                                   behov_cut(name, 80).text);
    if (reading->n_dimensions == MOST_DIMENSIONS)
        return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, line, where), SAY_PX_TOO_MANY_CELLS);
    px_dimension *dimension = &reading->dimensions[reading->n_dimensions++];
    const px_entry *values = px_file_find(reading->file, "VALUES", name);
    const char *id = px_file_text(reading->file, "VARIABLECODE", name);
    const px_entry *keys = px_file_find(reading->file, "KEYS", name);
    if (!values)
        return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, line, where), SAY_PX_NO_VALUES,
                               behov_cut(name, 80).text);
    const char *by = px_file_value(reading->file, keys, 0);
    *dimension = (px_dimension){.name = name,
                                .id = id && id[0] ? id : name,
                                .label = values_of(reading, values),
                                .size = values->n_values,
                                .is_key = keys != NULL,
                                .has_keys_by_value = by && strcmp(by, "VALUES") == 0};
    if (reading->n_cells > MOST_CELLS / dimension->size)
        return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, line, where), SAY_PX_TOO_MANY_CELLS);
    reading->n_cells *= dimension->size;
    return find_codes(reading, dimension);
}

static behov_status add_dimensions(px_reading *reading)
{
    static const char *const sides[] = {"STUB", "HEADING"};
    if (!(reading->dimensions = calloc(MOST_DIMENSIONS, sizeof *reading->dimensions)))
        return out_of_memory(reading);
    reading->n_cells = 1;
    for (size_t side = 0; side < 2; side++) {
        const px_entry *entry = px_file_find(reading->file, sides[side], NULL);
        for (size_t i = 0; entry && i < entry->n_values; i++) {
            behov_status status = add_dimension(reading, px_file_value(reading->file, entry, i), entry->line);
            if (status)
                return status;
        }
    }
    return reading->n_dimensions
               ? BEHOV_OK
               : behov_error_say(reading->err, BEHOV_E_DATA, name_of(reading), SAY_PX_LACKS, "STUB, HEADING");
}

/* Keys are the first dimensions, and a row of DATA has a cell for each combination of the others. */
static behov_status find_keys(px_reading *reading)
{
    size_t n_rows = 1;
    while (reading->n_keys < reading->n_dimensions && reading->dimensions[reading->n_keys].is_key)
        n_rows *= reading->dimensions[reading->n_keys++].size;
    for (size_t i = reading->n_keys; i < reading->n_dimensions; i++)
        if (reading->dimensions[i].is_key)
            return behov_error_say(reading->err, BEHOV_E_DATA, name_of(reading), SAY_PX_KEYS_NOT_FIRST,
                                   behov_cut(reading->dimensions[i].name, 80).text);
    reading->n_in_row = reading->n_cells / n_rows;
    reading->is_row_there = calloc(n_rows + 1, sizeof *reading->is_row_there);
    return reading->is_row_there ? BEHOV_OK : out_of_memory(reading);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

typedef struct px_cell {
    const char *text; /* in the text of the file */
    size_t length, line;
    bool is_quoted;
} px_cell;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

/* The next thing in DATA; false at its end, a semicolon or the end of the file. */
static bool next_cell(px_reading *reading, px_cell *cell)
{
    while (reading->cursor < reading->end && is_blank(*reading->cursor)) {
        bool is_pair = *reading->cursor == '\r' && reading->cursor + 1 < reading->end && reading->cursor[1] == '\n';
        reading->line += (*reading->cursor == '\n' || *reading->cursor == '\r') && !is_pair;
        reading->cursor++;
    }
    if (reading->cursor == reading->end || *reading->cursor == ';')
        return false;
    *cell = (px_cell){.line = reading->line, .is_quoted = *reading->cursor == '"'};
    cell->text = reading->cursor += cell->is_quoted;
    while (reading->cursor < reading->end &&
           (cell->is_quoted ? *reading->cursor != '"' && *reading->cursor != '\n'
                            : !is_blank(*reading->cursor) && *reading->cursor != ';' && *reading->cursor != '"'))
        reading->cursor++;
    cell->length = (size_t)(reading->cursor - cell->text);
    reading->cursor += cell->is_quoted && reading->cursor < reading->end && *reading->cursor == '"';
    return true;
}

static behov_status wrong_cell(const px_reading *reading, const px_cell *cell)
{
    char where[BEHOV_PLACE_SIZE], text[60];
    size_t length = cell->length < sizeof text - 1 ? cell->length : sizeof text - 1;
    while (length && !text_source_is_utf8(cell->text, length))
        length--;
    memcpy(text, cell->text, length);
    text[length] = '\0';
    return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, cell->line, where), SAY_PX_WRONG_CELL, text);
}

/* What dots, or a hyphen, are called: DATASYMBOL3 for three dots; the dots themselves where the file calls them nothing. */
static const char *symbol(const px_reading *reading, const px_cell *cell)
{
    static const char *const keywords[] = {"DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3",
                                           "DATASYMBOL4", "DATASYMBOL5", "DATASYMBOL6"};
    size_t n_dots = 0;
    while (n_dots < cell->length && cell->text[n_dots] == '.')
        n_dots++;
    if (!n_dots || n_dots != cell->length || n_dots > 6)
        return NULL;
    const char *text = px_file_text(reading->file, keywords[n_dots - 1], NULL);
    return text && text[0] ? text : &"......"[6 - n_dots];
}

static behov_status mark_cell(px_reading *reading, size_t position, const char *text, size_t length)
{
    behov_missing missing = behov_missing_of_text(text, length);
    reading->out->n_missing++;
    missing = missing ? missing : BEHOV_MISSING_OTHER;
    reading->out->n_marked[missing]++;
    reading->values[position] = behov_missing_number(missing);
    return length ? behov_dictionary_intern(reading->mark_texts, text, length, &reading->marks[position], reading->err)
                  : BEHOV_OK;
}

static behov_status put_cell(px_reading *reading, const px_cell *cell, size_t position)
{
    bool is_nil = cell->length == 1 && cell->text[0] == '-';
    const char *text = symbol(reading, cell);
    reading->marks[position] = behov_missing_code(BEHOV_MISSING_EMPTY);
    if (text)
        return mark_cell(reading, position, text, strlen(text));
    if (is_nil) {
        reading->n_nil++;
        reading->out->n_values++;
        reading->values[position] = 0;
        return behov_dictionary_intern(reading->mark_texts, "-", 1, &reading->marks[position], reading->err);
    }
    bool is_number = behov_number_parse(cell->text, cell->length, '.', &reading->values[position]) == BEHOV_NUMBER_OK;
    if (cell->is_quoted ? is_number : !is_number)
        return wrong_cell(reading, cell);
    if (cell->is_quoted)
        return mark_cell(reading, position, cell->text, cell->length);
    reading->out->n_values++;
    return BEHOV_OK;
}

static behov_status wrong_count(const px_reading *reading, size_t n)
{
    char where[BEHOV_PLACE_SIZE];
    return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, reading->line, where), SAY_PX_CELL_COUNT,
                           (unsigned long)n, (unsigned long)reading->n_cells);
}

/* Counts what is left, for a message. */
static behov_status too_many(px_reading *reading, size_t n)
{
    px_cell cell;
    size_t line = reading->line;
    while (next_cell(reading, &cell))
        n++;
    reading->line = line;
    return wrong_count(reading, n);
}

/* ---- DATA -------------------------------------------------------------------------------------------------------- */

static behov_status read_plain(px_reading *reading)
{
    px_cell cell;
    behov_status status = BEHOV_OK;
    size_t n = 0;
    while (!status && next_cell(reading, &cell)) {
        if (n == reading->n_cells)
            return too_many(reading, n + 1);
        status = put_cell(reading, &cell, n++);
    }
    return status || n == reading->n_cells ? status : wrong_count(reading, n);
}

/* The position of a key among the texts of its dimension, its size when it is none. */
static size_t key_find(const px_dimension *dimension, const px_cell *cell)
{
    const char *const *texts = dimension->has_keys_by_value ? dimension->label : dimension->code;
    size_t i = 0;
    while (i < dimension->size && (strlen(texts[i]) != cell->length || memcmp(texts[i], cell->text, cell->length) != 0))
        i++;
    return i;
}

/* The keys of a row of which the first is read. */
static behov_status read_keys(px_reading *reading, px_cell cell, size_t *row)
{
    char where[BEHOV_PLACE_SIZE];
    *row = 0;
    for (size_t k = 0; k < reading->n_keys; k++) {
        const px_dimension *dimension = &reading->dimensions[k];
        if (k && !next_cell(reading, &cell))
            return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, reading->line, where), SAY_PX_ROW_COUNT,
                                   (unsigned long)0, (unsigned long)reading->n_in_row);
        size_t i = cell.is_quoted ? key_find(dimension, &cell) : dimension->size;
        if (i == dimension->size)
            return wrong_cell(reading, &cell);
        *row = *row * dimension->size + i;
    }
    if (reading->is_row_there[*row])
        return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, cell.line, where), SAY_PX_ROW_TWICE);
    reading->is_row_there[*row] = true;
    return BEHOV_OK;
}

/* Rows with keys before them, in any order; those that are not there have no figures. */
static behov_status read_sparse(px_reading *reading)
{
    char where[BEHOV_PLACE_SIZE];
    px_cell cell;
    behov_status status = BEHOV_OK;
    size_t n_rows = reading->n_cells / reading->n_in_row;
    while (!status && next_cell(reading, &cell)) {
        size_t row, i = 0;
        status = read_keys(reading, cell, &row);
        for (; !status && i < reading->n_in_row && next_cell(reading, &cell); i++)
            status = put_cell(reading, &cell, row * reading->n_in_row + i);
        if (!status && i < reading->n_in_row)
            return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, reading->line, where), SAY_PX_ROW_COUNT,
                                   (unsigned long)i, (unsigned long)reading->n_in_row);
    }
    for (size_t row = 0; row < n_rows && !status; row++) {
        if (reading->is_row_there[row])
            continue;
        reading->n_rows_left_out++;
        for (size_t i = row * reading->n_in_row; i < (row + 1) * reading->n_in_row; i++) {
            reading->out->n_missing++;
            reading->out->n_marked[BEHOV_MISSING_EMPTY]++;
            reading->values[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
            reading->marks[i] = behov_missing_code(BEHOV_MISSING_EMPTY);
        }
    }
    return status;
}

/* A file that was cut inside its last number has all its cells: the semicolon alone tells. */
static behov_status check_end(const px_reading *reading)
{
    char where[BEHOV_PLACE_SIZE];
    if (reading->cursor < reading->end && *reading->cursor == ';')
        return BEHOV_OK;
    return behov_error_say(reading->err, BEHOV_E_DATA, place(reading, reading->line, where), SAY_PX_NO_END);
}

static behov_status read_cells(px_reading *reading)
{
    reading->values = malloc((reading->n_cells + 1) * sizeof *reading->values);
    reading->marks = malloc((reading->n_cells + 1) * sizeof *reading->marks);
    if (!reading->values || !reading->marks)
        return out_of_memory(reading);
    reading->cursor = reading->file->data;
    reading->end = reading->cursor + reading->file->data_length;
    reading->line = reading->file->data_line;
    behov_status status = behov_dictionary_new(&reading->mark_texts, reading->err);
    if (!status)
        status = reading->n_keys ? read_sparse(reading) : read_plain(reading);
    return status ? status : check_end(reading);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static behov_status add_dimension_columns(px_reading *reading, bool has_labels)
{
    behov_status status = BEHOV_OK;
    size_t block = reading->n_cells;
    for (size_t i = 0; i < reading->n_dimensions && !status; i++) {
        const px_dimension *dimension = &reading->dimensions[i];
        char label[300];
        block /= dimension->size;
        status =
            cube_column_add(reading->out->table, dimension->id, dimension->code, dimension->size, block, reading->err);
        snprintf(label, sizeof label, "%s_label", behov_cut(dimension->id, 200).text);
        if (!status && has_labels && dimension->code != dimension->label)
            status =
                cube_column_add(reading->out->table, label, dimension->label, dimension->size, block, reading->err);
    }
    return status;
}

/* The columns of cells are the table's from here on. */
static behov_status add_cell_columns(px_reading *reading)
{
    behov_status status = behov_table_add_numbers(reading->out->table, "value", reading->values, reading->err);
    if (status)
        return status;
    reading->values = NULL;
    if (behov_dictionary_count(reading->mark_texts) == 0)
        return BEHOV_OK;
    status = behov_table_add_text(reading->out->table, "mark", reading->marks, reading->mark_texts, reading->err);
    if (!status) {
        reading->marks = NULL;
        reading->mark_texts = NULL;
    }
    return status;
}

static behov_status keep_text(const px_reading *reading, const char *keyword, char **out)
{
    const char *text = px_file_text(reading->file, keyword, NULL);
    *out = text && text[0] ? strdup(text) : NULL;
    return text && text[0] && !*out ? out_of_memory(reading) : BEHOV_OK;
}

/* LAST-UPDATED may stand for the table or for each of its contents: the first is taken. */
static behov_status keep_update(const px_reading *reading)
{
    const char *text = px_file_text(reading->file, "LAST-UPDATED", NULL);
    for (size_t i = 0; i < reading->file->n_entries && !text; i++)
        if (strcmp(reading->file->entries[i].keyword, "LAST-UPDATED") == 0 && !reading->file->entries[i].language)
            text = px_file_value(reading->file, &reading->file->entries[i], 0);
    reading->out->updated = text && text[0] ? strdup(text) : NULL;
    return text && text[0] && !reading->out->updated ? out_of_memory(reading) : BEHOV_OK;
}

static behov_status make_table(px_reading *reading, bool has_labels)
{
    reading->out->n_dimensions = reading->n_dimensions;
    behov_status status = behov_table_new(reading->n_cells, name_of(reading), &reading->out->table, reading->err);
    if (!status)
        status = add_dimension_columns(reading, has_labels);
    if (!status)
        status = add_cell_columns(reading);
    if (!status)
        status = keep_text(reading, px_file_text(reading->file, "TITLE", NULL) ? "TITLE" : "DESCRIPTION",
                           &reading->out->label);
    if (!status)
        status = keep_text(reading, "SOURCE", &reading->out->source);
    return status ? status : keep_update(reading);
}

/* Each unit once, with what it is of. */
static void tell_units(const px_reading *reading, const behov_notice *notice)
{
    for (size_t i = 0; i < reading->file->n_entries; i++) {
        const px_entry *entry = &reading->file->entries[i];
        const char *unit = px_file_value(reading->file, entry, 0);
        if (strcmp(entry->keyword, "UNITS") != 0 || entry->language || !unit || !unit[0])
            continue;
        if (entry->subkey)
            behov_notice_tell(notice, SAY_PX_UNIT_OF, name_of(reading), behov_cut(entry->subkey, 80).text,
                              behov_cut(unit, 80).text);
        else
            behov_notice_tell(notice, SAY_PX_UNIT, name_of(reading), behov_cut(unit, 80).text);
    }
}

static void tell(const px_reading *reading, const behov_notice *notice)
{
    bool is_guess;
    const char *encoding = text_source_encoding(reading->source, &is_guess);
    if (reading->is_utf8_in_disguise)
        behov_notice_tell(notice, SAY_PX_UTF8_IN_DISGUISE, name_of(reading), encoding);
    if (is_guess)
        behov_notice_tell(notice, SAY_PX_ENCODING_GUESSED, name_of(reading), encoding);
    tell_units(reading, notice);
    if (reading->n_nil)
        behov_notice_tell(notice, SAY_PX_NIL, name_of(reading), (unsigned long)reading->n_nil);
    if (reading->n_rows_left_out)
        behov_notice_tell(notice, SAY_PX_ROWS_LEFT_OUT, name_of(reading), (unsigned long)reading->n_rows_left_out,
                          (unsigned long)(reading->n_cells / reading->n_in_row));
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

bool read_px_is_it(const char *head, size_t n_head)
{
    static const char *const first[] = {"CHARSET=", "AXIS-VERSION=", "CODEPAGE=", "LANGUAGE=", "CREATION-DATE=",
                                        "MATRIX=",  "DECIMALS=",     "SUBJECT-",  "TITLE=",    "TABLEID="};
    if (n_head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
        head += 3;
        n_head -= 3;
    }
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        size_t length = strlen(first[i]) < n_head ? strlen(first[i]) : n_head;
        if (length >= 6 && memcmp(head, first[i], length) == 0)
            return true;
    }
    return false;
}

/* What CODEPAGE says in the first bytes, which are ASCII up to there; "" when it says nothing. */
static behov_status find_codepage(text_source *source, char codepage[64], behov_error *err)
{
    char head[HEAD_BYTES + 1];
    size_t n_head = 0, n = 0;
    codepage[0] = '\0';
    behov_status status = text_source_read_at(source, 0, head, HEAD_BYTES, &n_head, err);
    if (status)
        return status;
    head[n_head] = '\0';
    const char *found = strstr(head, "CODEPAGE=\"");
    if (!found)
        return BEHOV_OK;
    found += strlen("CODEPAGE=\"");
    while (n < 63 && found[n] && found[n] != '"' && found[n] != '\n')
        n++;
    memcpy(codepage, found, n);
    codepage[found[n] == '"' ? n : 0] = '\0';
    return BEHOV_OK;
}

/* Whether all letters beyond ASCII are UTF-8's, and there are some: no text of one byte a letter is so by chance. */
static behov_status find_utf8(text_source *source, bool *is_utf8, behov_error *err)
{
    unsigned char bytes[HEAD_BYTES];
    size_t n_read = 1, n_left = 0, n_letters = 0;
    *is_utf8 = true;
    for (size_t offset = 0; n_read && *is_utf8; offset += n_read) {
        behov_status status = text_source_read_at(source, offset, bytes, sizeof bytes, &n_read, err);
        if (status)
            return status;
        for (size_t i = 0; i < n_read && *is_utf8; i++) {
            unsigned char c = bytes[i];
            if (n_left) {
                *is_utf8 = (c & 0xC0) == 0x80;
                n_left--;
                continue;
            }
            *is_utf8 = c < 0x80 || (c >= 0xC2 && c <= 0xF4);
            n_left = c < 0xC2 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
            n_letters += n_left > 0;
        }
    }
    *is_utf8 = *is_utf8 && !n_left && n_letters;
    return BEHOV_OK;
}

/* A byte order mark says more than CODEPAGE does. */
static behov_status start_text(text_source *source, const char *encoding, bool *is_in_disguise, behov_error *err)
{
    unsigned char mark[3];
    char codepage[64];
    size_t n_read;
    behov_status status = find_codepage(source, codepage, err);
    if (!status)
        status = text_source_read_at(source, 0, mark, sizeof mark, &n_read, err);
    if (status)
        return status;
    bool has_mark = n_read == 3 && memcmp(mark, "\xEF\xBB\xBF", 3) == 0;
    if (!encoding && !has_mark && codepage[0] && strncasecmp(codepage, "utf", 3) != 0)
        status = find_utf8(source, is_in_disguise, err);
    if (status)
        return status;
    return text_source_start_text(source, encoding ? encoding : codepage[0] && !has_mark ? codepage : NULL, err);
}

static behov_status read_file(px_reading *reading, bool has_labels)
{
    behov_status status = add_dimensions(reading);
    if (!status)
        status = find_keys(reading);
    if (!status)
        status = read_cells(reading);
    return status ? status : make_table(reading, has_labels);
}

behov_status read_px(text_source *source, const char *encoding, bool has_labels, const behov_notice *notice,
                     behov_long_table *out, behov_error *err)
{
    char *text = NULL;
    size_t length = 0;
    px_file file = {0};
    px_reading reading = {.source = source, .file = &file, .out = out, .err = err};
    *out = (behov_long_table){0};
    behov_status status = start_text(source, encoding, &reading.is_utf8_in_disguise, err);
    if (!status)
        status = text_source_whole(source, MOST_BYTES, &text, &length, err);
    if (!status)
        status = px_file_parse(source, text, length, &file, err);
    if (!status)
        status = read_file(&reading, has_labels);
    if (!status)
        tell(&reading, notice);
    free(reading.dimensions);
    free(reading.is_row_there);
    free(reading.values);
    free(reading.marks);
    behov_dictionary_free(reading.mark_texts);
    px_file_free(&file);
    free(text);
    return status;
}
