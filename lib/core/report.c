/* report.c - result tables: keys, quantities and cells, borrowed where they can be.
 *
 * A column is numbers, which may be computed, codes into a dictionary, or texts, the report's own or found in another's. `rows` sends a row of the report to its
 * place in the columns' storage, so that one result can be shown sorted, filtered or in part without a copy.
 * Nothing here knows a language, a number format or a file. */
#include <behov/report.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "text_store.h"

typedef enum storage { STORED_NUMBERS, STORED_CODES, STORED_TEXTS, FOUND_TEXTS } storage;

typedef struct column {
    char *key, *label; /* label may be NULL */
    behov_quantity quantity;
    storage kind;
    bool is_owned;   /* numbers only: free them with the report */
    double *numbers; /* NULL = `figure` gives them */
    behov_report_figure *figure;
    behov_report_text_of_row *text;
    void *source; /* of figure and text */
    void (*release)(void *source);
    const int32_t *codes;
    const behov_dictionary *levels;
    char **texts;          /* n_stored, NULL for ""; of a column of numbers: words in place of a figure, NULL = none */
    bool *is_strong;       /* n_stored; NULL = none */
    signed char *decimals; /* n_stored, those that a figure was printed with, -1 = none; NULL = none has */
} column;

struct behov_report {
    char *key;
    size_t n_rows, n_stored, n_columns, room;
    uint32_t *rows; /* NULL for 0, 1, 2 ... */
    column *columns;
    int *quantities;  /* of each stored row, AS_ITS_COLUMN where it has none of its own; NULL = none has */
    text_store texts; /* of the columns' cells */
};

enum { AS_ITS_COLUMN = -1 };

behov_status behov_report_new(const char *key, size_t n_rows, const uint32_t *rows, behov_report **report,
                              behov_error *err)
{
    if (!key || !key[0])
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_REPORT_NO_KEY);
    behov_report *new_report = behov_alloc(1, sizeof *new_report);
    char *name = behov_copy_text(key, strlen(key));
    uint32_t *positions = rows ? behov_alloc(n_rows, sizeof *positions) : NULL;
    if (!new_report || !name || (rows && !positions)) {
        free(new_report);
        free(name);
        free(positions);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_TABLE);
    }
    new_report->key = name;
    new_report->n_rows = new_report->n_stored = n_rows;
    if (rows) {
        new_report->n_stored = 0;
        for (size_t i = 0; i < n_rows; i++) {
            positions[i] = rows[i];
            if ((size_t)rows[i] >= new_report->n_stored)
                new_report->n_stored = (size_t)rows[i] + 1;
        }
        new_report->rows = positions;
    }
    *report = new_report;
    return BEHOV_OK;
}

void behov_report_free(behov_report *report)
{
    if (!report)
        return;
    for (size_t j = 0; j < report->n_columns; j++) {
        column *freed = &report->columns[j];
        free(freed->key);
        free(freed->label);
        if (freed->is_owned)
            free(freed->numbers);
        if (freed->release)
            freed->release(freed->source);
        free(freed->texts);
        free(freed->is_strong);
        free(freed->decimals);
    }
    text_store_free(&report->texts);
    free(report->quantities);
    free(report->columns);
    free(report->rows);
    free(report->key);
    free(report);
}

static behov_status add_column(behov_report *report, behov_report_column described, column added_column,
                               behov_error *err)
{
    if (!described.key || !described.key[0])
        return behov_error_say(err, BEHOV_E_NAME, report->key, SAY_REPORT_COLUMN_NO_KEY);
    for (size_t j = 0; j < report->n_columns; j++)
        if (strcmp(report->columns[j].key, described.key) == 0)
            return behov_error_say(err, BEHOV_E_NAME, report->key, SAY_REPORT_TWO_COLUMNS, described.key);
    if (report->n_columns == report->room) {
        size_t room = report->room ? 2 * report->room : 16;
        column *columns = behov_realloc(report->columns, room, sizeof *columns);
        if (!columns)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_COLUMN);
        report->columns = columns;
        report->room = room;
    }
    added_column.quantity = described.quantity;
    added_column.key = behov_copy_text(described.key, strlen(described.key));
    added_column.label = described.label ? behov_copy_text(described.label, strlen(described.label)) : NULL;
    if (!added_column.key || (described.label && !added_column.label)) {
        free(added_column.key);
        free(added_column.label);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_COLUMN);
    }
    report->columns[report->n_columns++] = added_column;
    return BEHOV_OK;
}

behov_status behov_report_add_numbers(behov_report *report, behov_report_column described, double *values, bool take,
                                      behov_error *err)
{
    return add_column(report, described, (column){.kind = STORED_NUMBERS, .numbers = values, .is_owned = take}, err);
}

behov_status behov_report_add_computed(behov_report *report, behov_report_column described, behov_report_figure *figure,
                                       const void *source, behov_error *err)
{
    /* Only `release` could write into the source, and there is none. */
    column computed = {.kind = STORED_NUMBERS, .figure = figure, .source = (void *)(uintptr_t)source};
    return add_column(report, described, computed, err);
}

behov_status behov_report_add_found_texts(behov_report *report, behov_report_column described,
                                          behov_report_text_of_row *text, void *source, void (*release)(void *source),
                                          behov_error *err)
{
    column found = {.kind = FOUND_TEXTS, .text = text, .source = source, .release = release};
    return add_column(report, described, found, err);
}

behov_status behov_report_add_codes(behov_report *report, behov_report_column described, const int32_t *codes,
                                    const behov_dictionary *levels, behov_error *err)
{
    return add_column(report, described, (column){.kind = STORED_CODES, .codes = codes, .levels = levels}, err);
}

behov_status behov_report_add_texts(behov_report *report, behov_report_column described, behov_error *err)
{
    char **texts = behov_alloc(report->n_stored, sizeof *texts);
    if (!texts)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_TEXT_COLUMN);
    behov_status status = add_column(report, described, (column){.kind = STORED_TEXTS, .texts = texts}, err);
    if (status)
        free(texts);
    return status;
}

static behov_status outside(const behov_report *report, size_t index, size_t row, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_ARGUMENT, report->key, SAY_REPORT_OUTSIDE, row, index);
}

static behov_status replace_text(behov_report *report, char **out, const char *text, behov_error *err)
{
    char *copy = NULL;
    if (text && text[0] && !(copy = text_store_add(&report->texts, text, strlen(text))))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_TEXT);
    *out = copy;
    return BEHOV_OK;
}

behov_status behov_report_set_text(behov_report *report, size_t index, size_t row, const char *text, behov_error *err)
{
    if (index >= report->n_columns || row >= report->n_stored)
        return outside(report, index, row, err);
    column *set = &report->columns[index];
    if (set->kind != STORED_TEXTS)
        return behov_error_say(err, BEHOV_E_TYPE, report->key, SAY_REPORT_NOT_OWN_TEXTS, set->key);
    return replace_text(report, &set->texts[row], text, err);
}

behov_status behov_report_set_words(behov_report *report, size_t index, size_t row, const char *words, behov_error *err)
{
    if (index >= report->n_columns || row >= report->n_stored)
        return outside(report, index, row, err);
    column *set = &report->columns[index];
    if (set->kind != STORED_NUMBERS)
        return behov_error_say(err, BEHOV_E_TYPE, report->key, SAY_REPORT_NOT_NUMBERS, set->key);
    if (!set->texts && !(set->texts = behov_alloc(report->n_stored, sizeof *set->texts)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_TABLE);
    return replace_text(report, &set->texts[row], words, err);
}

behov_status behov_report_set_decimals(behov_report *report, size_t index, size_t row, int n_decimals, behov_error *err)
{
    if (index >= report->n_columns || row >= report->n_stored)
        return outside(report, index, row, err);
    column *set = &report->columns[index];
    if (set->kind != STORED_NUMBERS)
        return behov_error_say(err, BEHOV_E_TYPE, report->key, SAY_REPORT_NOT_NUMBERS, set->key);
    if (!set->decimals) {
        if (!(set->decimals = behov_alloc(report->n_stored, sizeof *set->decimals)))
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_TABLE);
        memset(set->decimals, -1, report->n_stored);
    }
    set->decimals[row] = (signed char)(n_decimals > 100 ? 100 : n_decimals);
    return BEHOV_OK;
}

behov_status behov_report_set_quantity(behov_report *report, size_t row, behov_quantity quantity, behov_error *err)
{
    if (row >= report->n_stored)
        return outside(report, 0, row, err);
    if (!report->quantities) {
        report->quantities = behov_alloc(report->n_stored, sizeof *report->quantities);
        if (!report->quantities)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_TABLE);
        for (size_t i = 0; i < report->n_stored; i++)
            report->quantities[i] = AS_ITS_COLUMN;
    }
    report->quantities[row] = (int)quantity;
    return BEHOV_OK;
}

behov_status behov_report_set_strong(behov_report *report, size_t index, size_t row, behov_error *err)
{
    if (index >= report->n_columns || row >= report->n_stored)
        return outside(report, index, row, err);
    column *set = &report->columns[index];
    if (!set->is_strong && !(set->is_strong = behov_alloc(report->n_stored, sizeof *set->is_strong)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RESULT_TABLE);
    set->is_strong[row] = true;
    return BEHOV_OK;
}

const char *behov_report_key(const behov_report *report)
{
    return report->key;
}

size_t behov_report_n_rows(const behov_report *report)
{
    return report->n_rows;
}

size_t behov_report_n_columns(const behov_report *report)
{
    return report->n_columns;
}

behov_report_column behov_report_column_at(const behov_report *report, size_t index)
{
    const column *column = &report->columns[index];
    return (behov_report_column){.key = column->key, .label = column->label, .quantity = column->quantity};
}

bool behov_report_is_text(const behov_report *report, size_t index)
{
    return report->columns[index].kind != STORED_NUMBERS;
}

static size_t stored_row(const behov_report *report, size_t row)
{
    return report->rows ? report->rows[row] : row;
}

behov_quantity behov_report_quantity_at(const behov_report *report, size_t index, size_t row)
{
    const column *column = &report->columns[index];
    if (!report->quantities || column->kind != STORED_NUMBERS || row >= report->n_rows)
        return column->quantity;
    int own = report->quantities[stored_row(report, row)];
    return own == AS_ITS_COLUMN ? column->quantity : (behov_quantity)own;
}

bool behov_report_has_row_quantities(const behov_report *report)
{
    return report->quantities != NULL;
}

bool behov_report_is_strong(const behov_report *report, size_t index, size_t row)
{
    const column *column = &report->columns[index];
    return column->is_strong && row < report->n_rows && column->is_strong[stored_row(report, row)];
}

int behov_report_decimals(const behov_report *report, size_t index, size_t row)
{
    const column *column = &report->columns[index];
    return row < report->n_rows && column->decimals ? column->decimals[stored_row(report, row)] : -1;
}

double behov_report_number(const behov_report *report, size_t index, size_t row)
{
    const column *column = &report->columns[index];
    if (column->kind != STORED_NUMBERS || row >= report->n_rows)
        return NAN;
    size_t stored_index = stored_row(report, row);
    if (column->texts && column->texts[stored_index])
        return NAN;
    return column->figure ? column->figure(column->source, stored_index) : column->numbers[stored_index];
}

const char *behov_report_text(const behov_report *report, size_t index, size_t row)
{
    const column *column = &report->columns[index];
    if (row >= report->n_rows)
        return "";
    size_t stored_index = stored_row(report, row);
    if (column->kind == FOUND_TEXTS)
        return column->text(column->source, stored_index);
    if (column->kind != STORED_CODES)
        return column->texts && column->texts[stored_index] ? column->texts[stored_index] : "";
    int32_t code = column->codes[stored_index];
    return code >= 0 && (size_t)code < behov_dictionary_count(column->levels)
               ? behov_dictionary_text(column->levels, code)
               : "";
}

behov_report_storage behov_report_storage_of(const behov_report *report, size_t index)
{
    const column *column = &report->columns[index];
    behov_report_storage stands = {.rows = report->rows};
    stands.texts = column->texts;
    stands.figure = column->figure;
    stands.text = column->text;
    stands.source = column->source;
    if (column->kind == STORED_NUMBERS) {
        stands.numbers = column->numbers;
    } else if (column->kind == STORED_CODES) {
        stands.codes = column->codes;
        stands.levels = column->levels;
    }
    return stands;
}
