/* sheet_xlsx.c - see sheet_xlsx.h. */
#include "sheet_xlsx.h"

#include <behov/number.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workbook_xlsx.h"

enum { LONGEST_VALUE = 64, ROWS_A_STEP = 512 };

typedef enum value_type {
    VALUE_NUMBER,
    VALUE_SHARED,
    VALUE_TEXT,
    VALUE_INLINE,
    VALUE_BOOLEAN,
    VALUE_ERROR,
    VALUE_DATE
} value_type;

/* A cell while it is read. */
typedef struct open_cell {
    uint64_t column;
    uint32_t row;
    value_type type;
    sheet_look look;
    bool has_value, has_formula;
    size_t first, length; /* of its text, among the texts */
    char value[LONGEST_VALUE];
    size_t n_value;
} open_cell;

typedef struct reading {
    workbook_xlsx *book;
    xml_part *part;
    sheet_cells *cells;
    progress *bar;
    uint64_t row;    /* the row at hand */
    uint64_t column; /* of the next cell that does not say where it is */
    behov_error *err;
} reading;

/* A number that is none, or a text that is not there. */
static behov_status broken_cell(const reading *reading, const open_cell *cell)
{
    char name[16];
    const char *where = text_source_name(reading->book->source);
    sheet_cell_name((uint32_t)cell->column, cell->row, name);
    return cell->type == VALUE_SHARED ? behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_SHEET_NO_TEXT, name)
                                      : behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_SHEET_BROKEN_CELL, name);
}

/* ---- a cell ------------------------------------------------------------------------------------------------------- */

static value_type type_named(const char *name)
{
    static const struct {
        const char *name;
        value_type type;
    } types[] = {{"s", VALUE_SHARED},  {"str", VALUE_TEXT}, {"inlineStr", VALUE_INLINE},
                 {"b", VALUE_BOOLEAN}, {"e", VALUE_ERROR},  {"d", VALUE_DATE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return VALUE_NUMBER;
}

static behov_status begin_cell(reading *reading, open_cell *cell)
{
    *cell = (open_cell){.column = reading->column, .row = (uint32_t)reading->row};
    const char *name, *value;
    bool is_good = true;
    while (xml_part_attribute(reading->part, &name, &value)) {
        if (strcmp(name, "r") == 0) {
            uint32_t column = 0, row = 0;
            is_good = is_good && sheet_cell_of_name(value, &column, &row) && (row == 0 || row == reading->row);
            cell->column = column;
        } else if (strcmp(name, "t") == 0) {
            cell->type = type_named(value);
        } else if (strcmp(name, "s") == 0) {
            unsigned long style = strtoul(value, NULL, 10);
            cell->look = style < reading->book->n_looks ? reading->book->looks[style] : SHEET_LOOK_NUMBER;
        }
    }
    reading->column = cell->column + 1;
    return is_good ? BEHOV_OK
                   : behov_error_say(reading->err, BEHOV_E_DATA, text_source_name(reading->book->source),
                                     SAY_SHEET_OUTSIDE);
}

/* What <v> holds: a few bytes of a number, or the whole text of a formula. */
static behov_status take_value(reading *reading, open_cell *cell, const char *text)
{
    size_t n = strlen(text), first;
    cell->has_value = cell->has_value || n;
    if (cell->type == VALUE_TEXT || cell->type == VALUE_ERROR || cell->type == VALUE_DATE) {
        behov_status status = sheet_cells_keep_text(reading->cells, text, n, &first, reading->err);
        cell->first = cell->length ? cell->first : first;
        cell->length += n;
        return status;
    }
    if (n >= LONGEST_VALUE - cell->n_value)
        n = LONGEST_VALUE - cell->n_value - 1;
    memcpy(cell->value + cell->n_value, text, n);
    cell->n_value += n;
    cell->value[cell->n_value] = '\0';
    return BEHOV_OK;
}

static behov_status add_text(reading *reading, const open_cell *cell, sheet_cell_kind kind)
{
    sheet_cell stored = {.kind = kind, .text = cell->first, .length = cell->length};
    return cell->length || kind != SHEET_TEXT ? sheet_cells_add(reading->cells, cell->column, stored, reading->err)
                                              : BEHOV_OK;
}

static behov_status add_own_text(reading *reading, open_cell *cell, const char *text, sheet_cell_kind kind,
                                 double number)
{
    size_t n = strlen(text);
    behov_status status = sheet_cells_keep_text(reading->cells, text, n, &cell->first, reading->err);
    sheet_cell stored = {.kind = kind, .text = cell->first, .length = n, .number = number};
    return status == BEHOV_OK ? sheet_cells_add(reading->cells, cell->column, stored, reading->err) : status;
}

static behov_status add_number(reading *reading, open_cell *cell)
{
    double number;
    if (behov_number_parse(cell->value, cell->n_value, '.', &number) != BEHOV_NUMBER_OK)
        return broken_cell(reading, cell);
    char date[32];
    if (cell->look >= SHEET_LOOK_DATE && sheet_date_text(number, reading->book->is_from_1904, cell->look, date))
        return add_own_text(reading, cell, date, SHEET_DATE, number);
    bool is_percent = cell->look == SHEET_LOOK_PERCENT;
    sheet_cell stored = {.kind = is_percent ? SHEET_PERCENT : SHEET_NUMBER,
                         .number = is_percent ? sheet_percent_of(number) : number};
    return sheet_cells_add(reading->cells, cell->column, stored, reading->err);
}

static behov_status add_shared(reading *reading, open_cell *cell)
{
    char *end;
    unsigned long index = strtoul(cell->value, &end, 10);
    if (*end || index >= reading->book->n_texts)
        return broken_cell(reading, cell);
    cell->first = reading->book->texts[index].first;
    cell->length = reading->book->texts[index].length;
    return add_text(reading, cell, SHEET_TEXT);
}

/* A program that writes formulas without computing them stores nothing, or a 0, and asks whoever opens the book to
 * compute it: that 0 is no figure. */
static bool is_uncomputed(const reading *reading, const open_cell *cell)
{
    if (!cell->has_formula)
        return false;
    if (!cell->has_value)
        return cell->type != VALUE_TEXT || reading->book->asks_to_compute; /* ="" has the value "" */
    return reading->book->asks_to_compute && cell->type == VALUE_NUMBER && strcmp(cell->value, "0") == 0;
}

static behov_status end_cell(reading *reading, open_cell *cell)
{
    if (is_uncomputed(reading, cell))
        return add_own_text(reading, cell, "=", SHEET_UNCOMPUTED, 0);
    switch (cell->type) {
    case VALUE_SHARED: return cell->has_value ? add_shared(reading, cell) : BEHOV_OK;
    case VALUE_TEXT:
    case VALUE_INLINE: return add_text(reading, cell, SHEET_TEXT);
    case VALUE_ERROR: return cell->has_value ? add_text(reading, cell, SHEET_ERROR) : BEHOV_OK;
    case VALUE_DATE: return cell->has_value ? add_text(reading, cell, SHEET_DATE) : BEHOV_OK;
    case VALUE_BOOLEAN: {
        sheet_cell stored = {.kind = SHEET_BOOLEAN, .number = cell->value[0] == '1' || cell->value[0] == 't'};
        return cell->has_value ? sheet_cells_add(reading->cells, cell->column, stored, reading->err) : BEHOV_OK;
    }
    default: return cell->has_value ? add_number(reading, cell) : BEHOV_OK;
    }
}

static behov_status read_cell(reading *reading)
{
    open_cell cell;
    xml_part *part = reading->part;
    int depth = xml_part_depth(part);
    bool is_empty = xml_part_is_empty(part), is_in_value = false;
    behov_status status = begin_cell(reading, &cell);
    while (status == BEHOV_OK && !is_empty && xml_part_next(part)) {
        if (xml_part_is_text(part)) {
            if (is_in_value)
                status = take_value(reading, &cell, xml_part_text(part));
            continue;
        }
        if (xml_part_is_end(part) && xml_part_depth(part) == depth)
            break;
        is_in_value = false;
        if (!xml_part_is_start(part))
            continue;
        if (xml_part_is_named(part, "v"))
            is_in_value = !xml_part_is_empty(part);
        else if (xml_part_is_named(part, "f"))
            cell.has_formula = true;
        else if (xml_part_is_named(part, "is") && cell.type == VALUE_INLINE)
            status =
                workbook_xlsx_rich_text(reading->book, part, reading->cells, &cell.first, &cell.length, reading->err);
        else
            xml_part_skip(part);
    }
    return status == BEHOV_OK ? end_cell(reading, &cell) : status;
}

/* ---- rows and what stands around them ----------------------------------------------------------------------------- */

static behov_status begin_row(reading *reading)
{
    const char *name, *value;
    uint64_t number = reading->row + 1;
    bool is_hidden = false;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "r") == 0)
            number = strtoul(value, NULL, 10);
        else if (strcmp(name, "hidden") == 0)
            is_hidden = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
    reading->row = number;
    reading->column = 0;
    if (number % ROWS_A_STEP == 0)
        progress_set(reading->bar, xml_part_progress(reading->part));
    return sheet_cells_begin_row(reading->cells, number, 1, is_hidden, reading->err);
}

static behov_status take_columns(reading *reading)
{
    const char *name, *value;
    unsigned long first = 0, last = 0;
    bool is_hidden = false;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "min") == 0)
            first = strtoul(value, NULL, 10);
        else if (strcmp(name, "max") == 0)
            last = strtoul(value, NULL, 10);
        else if (strcmp(name, "hidden") == 0)
            is_hidden = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
    return is_hidden && first && last ? sheet_cells_hide_columns(reading->cells, first - 1, last - 1, reading->err)
                                      : BEHOV_OK;
}

static void take_merged(reading *reading)
{
    const char *name, *value;
    while (xml_part_attribute(reading->part, &name, &value)) {
        const char *colon = strcmp(name, "ref") == 0 ? strchr(value, ':') : NULL;
        uint32_t columns[2], rows[2];
        if (colon && sheet_cell_of_name(value, &columns[0], &rows[0]) &&
            sheet_cell_of_name(colon + 1, &columns[1], &rows[1]))
            sheet_cells_merge(reading->cells, rows[0], columns[0], rows[1], columns[1]);
    }
}

static behov_status read_sheet(reading *reading)
{
    behov_status status = BEHOV_OK;
    bool has_row = false;
    while (status == BEHOV_OK && xml_part_next(reading->part)) {
        if (!xml_part_is_start(reading->part))
            continue;
        if (xml_part_is_named(reading->part, "c") && has_row)
            status = read_cell(reading);
        else if (xml_part_is_named(reading->part, "row")) {
            has_row = true;
            status = begin_row(reading);
        } else if (xml_part_is_named(reading->part, "col"))
            status = take_columns(reading);
        else if (xml_part_is_named(reading->part, "mergeCell"))
            take_merged(reading);
    }
    return status == BEHOV_OK ? xml_part_status(reading->part, reading->err) : status;
}

behov_status sheet_xlsx_read(xml_package *package, const text_source *source, const char *wanted, progress *bar,
                             sheet_list *list, size_t *index, sheet_cells *cells, behov_error *err)
{
    workbook_xlsx book;
    behov_status status = workbook_xlsx_open(&book, package, source, list, err);
    if (status == BEHOV_OK)
        status = sheet_list_choose(list, wanted, source, index, err);
    if (status == BEHOV_OK)
        status = workbook_xlsx_read_looks(&book, err);
    if (status == BEHOV_OK)
        status = workbook_xlsx_read_texts(&book, cells, err);
    reading reading = {.book = &book, .cells = cells, .bar = bar, .err = err};
    if (status == BEHOV_OK)
        status = xml_part_open(package, list->entries[*index].part, &reading.part, err);
    if (status == BEHOV_OK)
        status = read_sheet(&reading);
    xml_part_close(reading.part);
    workbook_xlsx_free(&book);
    return status == BEHOV_OK ? sheet_cells_finish(cells, err) : status;
}
