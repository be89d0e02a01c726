/* read_spreadsheet.c - a sheet of a workbook into a table.
 *
 * xml_package.c opens the book, sheet_xlsx.c and sheet_ods.c give the cells of its sheet, table_rows.c makes a table of
 * them as it does of delimited text: titles above the header, notes below the rows, what a cell that is no number may be.
 * Here: which reader it takes, cells one by one, and what is told of them.
 *
 * A number that is shown in per cent is stored as a part of one: 12.3 % is 0.123 in the file. What people see is what
 * they mean, so it is read as 12.3, and said. */
#include "read_spreadsheet.h"

#include <behov/number.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sheet_cells.h"
#include "sheet_list.h"
#include "sheet_ods.h"
#include "sheet_xlsx.h"
#include "spreadsheet_told.h"
#include "table_rows.h"
#include "xml_package.h"

static const char zip_head[] = "PK\3\4", old_head[] = "\xD0\xCF\x11\xE0";

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), n_ending = strlen(ending);
    return n > n_ending && strcasecmp(path + n - n_ending, ending) == 0;
}

static bool begins_with(const unsigned char *head, size_t n_head, const char *bytes, size_t n)
{
    return n_head >= n && memcmp(head, bytes, n) == 0;
}

bool read_spreadsheet_is_it(const char *path, const unsigned char *head, size_t n_head)
{
    static const char *const endings[] = {".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods", ".ots"};
    if (begins_with(head, n_head, zip_head, 4) || begins_with(head, n_head, old_head, 4))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && n_head; i++)
        if (ends_with(path, endings[i]))
            return true;
    return false;
}

/* ---- what is no workbook ------------------------------------------------------------------------------------------ */

/* The directory of an OLE file names its streams in UTF-16: a book behind a password is one called EncryptedPackage. */
static bool holds_encrypted_package(text_source *source)
{
    enum { LOOKED_AT = 1024 * 1024 };
    static const char name[] = "EncryptedPackage";
    char *bytes = malloc(LOOKED_AT);
    size_t n = 0, n_name = sizeof name - 1;
    bool is_found = false;
    behov_error ignored;
    if (!bytes || text_source_read_at(source, 0, bytes, LOOKED_AT, &n, &ignored) != BEHOV_OK)
        n = 0;
    for (size_t i = 0; i + 2 * n_name <= n && !is_found; i++) {
        size_t k = 0;
        while (k < n_name && bytes[i + 2 * k] == name[k] && bytes[i + 2 * k + 1] == '\0')
            k++;
        is_found = k == n_name;
    }
    free(bytes);
    return is_found;
}

static behov_status refuse_text(text_source *source, const char *head, size_t n_head, behov_error *err)
{
    const char *where = text_source_name(source), *cursor = head;
    const char *end = head + n_head;
    if (n_head >= 3 && memcmp(cursor, "\xEF\xBB\xBF", 3) == 0)
        cursor += 3;
    while (cursor < end && strchr(" \t\r\n", *cursor) && *cursor)
        cursor++;
    if (cursor < end && *cursor == '<')
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_IS_MARKUP);
    return memchr(head, '\0', n_head) ? behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_NO_WORKBOOK)
                                      : behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_IS_TEXT);
}

/* ---- the cells ---------------------------------------------------------------------------------------------------- */

typedef struct spreadsheet {
    text_source *source;
    sheet_list list;
    size_t index;
    sheet_cells cells;
    csv_layout layout;
    table_rows rows;
    spreadsheet_told told;
} spreadsheet;

/* A cell of the sheet as table_rows takes it; `text` holds what its number is written as. */
static csv_cell cell_to_give(const sheet_cells *cells, const sheet_cell *cell, char text[BEHOV_NUMBER_SIZE])
{
    csv_cell given = {.text = cells->texts ? cells->texts + cell->text : "", .length = cell->length};
    if (cell->kind == SHEET_ERROR || cell->kind == SHEET_UNCOMPUTED) {
        given.kind = cell->kind == SHEET_ERROR ? CSV_CELL_ERROR : CSV_CELL_UNCOMPUTED;
    } else if (cell->kind != SHEET_TEXT && cell->kind != SHEET_DATE) {
        given.kind = CSV_CELL_NUMBER;
        given.number = cell->number;
        given.length = sheet_number_text(cell->number, text);
        given.text = text;
    } else {
        while (given.length && strchr(" \t\r\n", *given.text)) /* as around the fields of a text */
            given.text++, given.length--;
        while (given.length && strchr(" \t\r\n", given.text[given.length - 1]))
            given.length--;
    }
    return given;
}

static size_t n_fields_of(const spreadsheet *sheet)
{
    return sheet->cells.n_columns;
}

/* Columns up to the last that the header names: what stands beyond is given where there is something. */
static size_t n_named(const spreadsheet *sheet)
{
    if (!sheet->rows.has_header)
        return n_fields_of(sheet);
    size_t n = sheet->rows.n_columns;
    while (n && !sheet->rows.columns[n - 1].name[0])
        n--;
    return n;
}

static void give_row(spreadsheet *sheet, const sheet_row *row, uint32_t number)
{
    static const csv_cell empty = {.text = ""};
    const sheet_cell *cells = sheet->cells.cells + row->first;
    char text[BEHOV_NUMBER_SIZE];
    table_rows *rows = &sheet->rows;
    size_t n_needed = n_named(sheet);
    bool is_header = !rows->has_header;
    for (size_t k = 0; k < row->n_cells && rows->status == BEHOV_OK; k++) {
        while (rows->field < cells[k].column && rows->status == BEHOV_OK)
            table_rows_field(rows, &empty);
        csv_cell given = cell_to_give(&sheet->cells, &cells[k], text);
        if (!is_header && !rows->is_second_pass)
            spreadsheet_told_cell(&sheet->told, rows, &cells[k], number);
        if (rows->status == BEHOV_OK)
            table_rows_field(rows, &given);
    }
    while (rows->field < n_needed && rows->status == BEHOV_OK)
        table_rows_field(rows, &empty);
    table_rows_end(rows);
}

static void give_rows(table_rows *rows, void *context)
{
    spreadsheet *sheet = context;
    size_t next = sheet->layout.header_line;
    for (size_t i = 0; i < sheet->cells.n_rows && rows->status == BEHOV_OK; i++) {
        const sheet_row *row = &sheet->cells.rows[i];
        for (uint32_t k = 0; k < row->n_repeats && rows->status == BEHOV_OK; k++) {
            uint32_t number = row->number + k;
            if (number < sheet->layout.header_line)
                continue;
            if (number > next) {
                rows->is_after_blank = true;
                rows->n_empty_rows += rows->has_header && !rows->is_second_pass ? number - next : 0;
            }
            rows->line = number;
            give_row(sheet, row, number);
            next = (size_t)number + 1;
        }
    }
}

/* ---- the header --------------------------------------------------------------------------------------------------- */

static void look_at_row(const spreadsheet *sheet, const sheet_row *row, csv_record *record)
{
    char text[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < row->n_cells; k++) {
        const sheet_cell *cell = &sheet->cells.cells[row->first + k];
        csv_cell given = cell_to_give(&sheet->cells, cell, text);
        if (!given.length)
            continue;
        record->n_filled = cell->column + 1;
        record->n_cells++;
        bool is_number = given.kind == CSV_CELL_NUMBER || csv_layout_is_numeric(given.text, given.text + given.length);
        if (is_number && cell->column < CSV_MOST_KINDS)
            record->numeric |= 1ull << cell->column;
    }
}

static void find_header(spreadsheet *sheet)
{
    csv_record records[CSV_LOOKED_AT];
    size_t n = 0, next = 1, title_row = SIZE_MAX;
    for (size_t i = 0; i < sheet->cells.n_rows && n < CSV_LOOKED_AT; i++) {
        const sheet_row *row = &sheet->cells.rows[i];
        csv_record record = {.line = row->number, .n_fields = n_fields_of(sheet), .is_after_blank = row->number > next};
        look_at_row(sheet, row, &record);
        if (!record.n_cells)
            continue;
        title_row = title_row == SIZE_MAX ? i : title_row;
        next = (size_t)row->number + row->n_repeats;
        records[n++] = record;
    }
    sheet->layout = csv_layout_of_rows(records, n);
    if (!sheet->layout.n_title_lines)
        return;
    const sheet_row *row = &sheet->cells.rows[title_row];
    char text[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < row->n_cells; k++) {
        csv_cell given = cell_to_give(&sheet->cells, &sheet->cells.cells[row->first + k], text);
        if (!given.length || given.kind == CSV_CELL_NUMBER)
            continue;
        sheet->layout.title = given.text;
        sheet->layout.title_length = given.length;
        return;
    }
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static bool name_cell(const void *context, size_t row, const char *column, char name[16])
{
    const spreadsheet *sheet = context;
    for (size_t j = 0; j < sheet->rows.n_columns; j++)
        if (strcmp(sheet->rows.columns[j].name, column) == 0) {
            sheet_cell_name((uint32_t)j, (uint32_t)row, name);
            return true;
        }
    return false;
}

behov_status read_spreadsheet_cells(text_source *source, const char *wanted, progress *bar, sheet_list *list,
                                    size_t *index, sheet_cells *cells, behov_error *err)
{
    xml_package *package;
    char head[512];
    size_t n_head = 0;
    behov_status status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    if (status != BEHOV_OK)
        return status;
    if (begins_with((const unsigned char *)head, n_head, old_head, 4))
        return holds_encrypted_package(source)
                   ? behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_PASSWORD)
                   : behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_XLS);
    if (!begins_with((const unsigned char *)head, n_head, zip_head, 4))
        return refuse_text(source, head, n_head, err);
    status = xml_package_open(source, &package, err);
    if (status != BEHOV_OK)
        return status;
    cells->source = source;
    char kind[128];
    size_t n_kind = xml_package_peek(package, "mimetype", kind, sizeof kind);
    static const char ods[] = "application/vnd.oasis.opendocument.spreadsheet";
    if (n_kind && strncmp(kind, ods, sizeof ods - 1) == 0)
        status = sheet_ods_read(package, source, wanted, bar, list, index, cells, err);
    else if (n_kind || !xml_package_has(package, "[Content_Types].xml"))
        status = behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_NO_WORKBOOK);
    else
        status = sheet_xlsx_read(package, source, wanted, bar, list, index, cells, err);
    xml_package_free(package);
    return status;
}

/* Where the columns of the table stand in the sheet, so that later messages name cells. */
static behov_status place_table(const spreadsheet *sheet, behov_table *table, behov_error *err)
{
    size_t n_columns = behov_table_n_columns(table);
    uint32_t *positions = malloc((n_columns ? n_columns : 1) * sizeof *positions);
    if (!positions)
        return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(sheet->source), SAY_SHEET_NO_MEMORY);
    size_t j = 0;
    for (size_t k = 0; k < n_columns; k++) { /* both in the order of the header */
        while (j < sheet->rows.n_columns && strcmp(sheet->rows.columns[j].name, behov_table_name(table, k)) != 0)
            j++;
        positions[k] = (uint32_t)j;
    }
    return behov_table_count_cells(table, sheet->list.entries[sheet->index].name, positions, err);
}

static behov_status make_table(spreadsheet *sheet, const read_csv_options *options, behov_table **table,
                               behov_error *err)
{
    find_header(sheet);
    table_rows_start(&sheet->rows, options, sheet->source, &sheet->layout, err);
    spreadsheet_told_start(&sheet->told, options, sheet->source, &sheet->cells);
    if (!options->is_beside)
        spreadsheet_told_sheet(&sheet->told, &sheet->list, sheet->index, options->sheet);
    csv_told_layout(&(csv_told){.options = options, .source = sheet->source, .layout = &sheet->layout});
    table_rows_expect(&sheet->rows, sheet->cells.n_rows + 64);
    behov_table *new_table = NULL;
    behov_status status = sheet->rows.status;
    if (status == BEHOV_OK)
        status = table_rows_read(&sheet->rows, give_rows, sheet, &new_table);
    if (status == BEHOV_OK) {
        spreadsheet_told_rest(&sheet->told, &sheet->rows, sheet->layout.header_line);
        status = place_table(sheet, new_table, err);
    }
    spreadsheet_told_free(&sheet->told);
    if (status == BEHOV_OK)
        *table = new_table;
    else
        behov_table_free(new_table);
    return status;
}

behov_status read_spreadsheet(text_source *source, const read_csv_options *options, behov_table **table,
                              behov_error *err)
{
    spreadsheet sheet = {.source = source};
    behov_status status =
        read_spreadsheet_cells(source, options->sheet, options->progress, &sheet.list, &sheet.index, &sheet.cells, err);
    if (status == BEHOV_OK) {
        text_source_count_cells(source, sheet.list.entries[sheet.index].name, name_cell, &sheet);
        status = make_table(&sheet, options, table, err);
        table_rows_free(&sheet.rows);
        text_source_count_cells(source, NULL, NULL, NULL);
    }
    sheet_list_free(&sheet.list);
    sheet_cells_clear(&sheet.cells);
    return status;
}
