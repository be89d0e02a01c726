/* sheet_ods.c - see sheet_ods.h.
 *
 * All sheets are one part, one after another, and a sheet may be wanted by a name that comes behind the sheet of that
 * number: each sheet that is wanted more than those before it takes their place. Rows and cells say how often they are
 * repeated; a million empty ones are the rest of the sheet, some full ones are data. */
#include "sheet_ods.h"

#include <behov/number.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sheet_styles.h"

enum { LONGEST_VALUE = 64, ROWS_A_STEP = 512 };

static const char content[] = "content.xml";

typedef enum ods_type {
    ODS_NONE,
    ODS_NUMBER,
    ODS_PERCENT,
    ODS_BOOLEAN,
    ODS_DATE,
    ODS_TIME,
    ODS_TEXT,
    ODS_ERROR
} ods_type;

typedef struct ods_cell {
    ods_type type;
    char value[LONGEST_VALUE];
    uint64_t n_repeats;
    bool has_formula, has_text_value; /* office:string-value, which stands for the paragraphs */
    size_t first, length;             /* of the text, among the texts */
} ods_cell;

typedef struct reading {
    xml_part *part;
    const text_source *source;
    sheet_cells *cells;
    sheet_list *list;
    progress *bar;
    char **hidden_styles; /* names of the styles of sheets that are hidden */
    size_t n_hidden_styles;
    uint64_t row_at_hand, row, column; /* the first of the repeated rows; of the next, from 1 and from 0 */
    behov_error *err;
} reading;

static uint64_t count_of(const char *text)
{
    char *end;
    unsigned long long n = strtoull(text, &end, 10);
    return *end || n == 0 ? 1 : n;
}

/* ---- the text of a cell ------------------------------------------------------------------------------------------- */

static behov_status keep(reading *reading, ods_cell *cell, const char *text, size_t length)
{
    size_t first;
    behov_status status = sheet_cells_keep_text(reading->cells, text, length, &first, reading->err);
    cell->first = cell->length ? cell->first : first;
    cell->length += length;
    return status;
}

/* <text:s text:c="3"/>: blanks. */
static behov_status keep_blanks(reading *reading, ods_cell *cell)
{
    const char *name, *value;
    uint64_t n = 1;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "c") == 0)
            n = count_of(value);
    behov_status status = BEHOV_OK;
    for (uint64_t i = 0; i < n && i < 1000 && status == BEHOV_OK; i++)
        status = keep(reading, cell, " ", 1);
    return status;
}

/* A paragraph with its spans and links; comments, pictures and notes are no text of the cell. */
static behov_status read_paragraph(reading *reading, ods_cell *cell)
{
    xml_part *part = reading->part;
    int depth = xml_part_depth(part);
    behov_status status = cell->length && !cell->has_text_value ? keep(reading, cell, "\n", 1) : BEHOV_OK;
    if (xml_part_is_empty(part))
        return status;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (xml_part_is_end(part) && xml_part_depth(part) == depth)
            break;
        if (xml_part_is_text(part) && !cell->has_text_value) {
            const char *text = xml_part_text(part);
            status = keep(reading, cell, text, strlen(text));
        } else if (xml_part_is_start(part)) {
            if (xml_part_is_named(part, "s"))
                status = cell->has_text_value ? BEHOV_OK : keep_blanks(reading, cell);
            else if (xml_part_is_named(part, "tab") || xml_part_is_named(part, "line-break"))
                status = cell->has_text_value ? BEHOV_OK : keep(reading, cell, " ", 1);
            else if (!xml_part_is_named(part, "span") && !xml_part_is_named(part, "a"))
                xml_part_skip(part);
        }
    }
    return status;
}

/* ---- a cell ------------------------------------------------------------------------------------------------------- */

static ods_type type_named(const char *name)
{
    static const struct {
        const char *name;
        ods_type type;
    } types[] = {{"float", ODS_NUMBER}, {"currency", ODS_NUMBER}, {"percentage", ODS_PERCENT}, {"boolean", ODS_BOOLEAN},
                 {"date", ODS_DATE},    {"time", ODS_TIME},       {"string", ODS_TEXT},        {"error", ODS_ERROR}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return ODS_NONE;
}

static behov_status begin_cell(reading *reading, ods_cell *cell)
{
    *cell = (ods_cell){.n_repeats = 1};
    const char *name, *value;
    behov_status status = BEHOV_OK;
    bool is_error = false;
    while (status == BEHOV_OK && xml_part_attribute(reading->part, &name, &value)) {
        if (strcmp(name, "value-type") == 0) { /* office: and, for errors, calcext: */
            ods_type type = type_named(value);
            is_error |= type == ODS_ERROR;
            cell->type = cell->type == ODS_NONE ? type : cell->type;
        } else if (strcmp(name, "number-columns-repeated") == 0) {
            cell->n_repeats = count_of(value);
        } else if (strcmp(name, "formula") == 0) {
            cell->has_formula = true;
        } else if (strcmp(name, "string-value") == 0) {
            cell->has_text_value = true;
            status = keep(reading, cell, value, strlen(value));
        } else if (strcmp(name, "value") == 0 || strcmp(name, "date-value") == 0 || strcmp(name, "time-value") == 0 ||
                   strcmp(name, "boolean-value") == 0) {
            snprintf(cell->value, sizeof cell->value, "%.63s", value);
        }
    }
    if (is_error)
        cell->type = ODS_ERROR;
    return status;
}

/* What old writers store as the number 0, or as a text, and show as an error. */
static bool shows_error(const reading *reading, const ods_cell *cell)
{
    if (!cell->has_formula || cell->length < 4)
        return false;
    const char *text = reading->cells->texts + cell->first;
    return (text[0] == '#' && (text[cell->length - 1] == '!' || text[cell->length - 1] == '?')) ||
           strncmp(text, "Err:", 4) == 0 || (cell->length == 4 && strncmp(text, "#N/A", 4) == 0);
}

/* A date that is shown without its year, as the 3.2 that became one. */
static bool shows_no_year(const char *text, size_t length)
{
    size_t n_digits = 0;
    bool has_letter = false;
    for (size_t i = 0; i < length; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        n_digits = is_digit ? n_digits + 1 : 0;
        has_letter |= (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z');
        if (n_digits == 4)
            return false;
    }
    return has_letter && length <= 12;
}

static behov_status make_cell(reading *reading, ods_cell *cell, sheet_cell *made)
{
    bool is_number = cell->type == ODS_NUMBER || cell->type == ODS_PERCENT;
    if (cell->type == ODS_ERROR || shows_error(reading, cell)) {
        made->kind = SHEET_ERROR;
        return cell->length ? BEHOV_OK : keep(reading, cell, "#?", 2);
    }
    if (is_number && behov_number_parse(cell->value, strlen(cell->value), '.', &made->number) != BEHOV_NUMBER_OK) {
        char name[16];
        sheet_cell_name((uint32_t)reading->column, (uint32_t)reading->row_at_hand, name);
        return behov_error_say(reading->err, BEHOV_E_DATA, text_source_name(reading->source), SAY_SHEET_BROKEN_CELL,
                               name);
    }
    if (cell->type == ODS_PERCENT)
        made->number = sheet_percent_of(made->number);
    made->kind = cell->type == ODS_PERCENT   ? SHEET_PERCENT
                 : cell->type == ODS_NUMBER  ? SHEET_NUMBER
                 : cell->type == ODS_BOOLEAN ? SHEET_BOOLEAN
                 : cell->type == ODS_TEXT    ? SHEET_TEXT
                                             : SHEET_DATE;
    if (cell->type == ODS_BOOLEAN)
        made->number = strcmp(cell->value, "true") == 0;
    bool is_shown_as_is = cell->length && shows_no_year(reading->cells->texts + cell->first, cell->length);
    if (made->kind != SHEET_DATE || is_shown_as_is || !cell->value[0])
        return BEHOV_OK;
    char *clock = strstr(cell->value, "T00:00:00");
    if (clock)
        *clock = '\0';
    cell->length = 0;
    return keep(reading, cell, cell->value, strlen(cell->value));
}

static behov_status end_cell(reading *reading, ods_cell *cell)
{
    uint64_t column = reading->column;
    reading->column = column + cell->n_repeats;
    sheet_cell stored = {.kind = SHEET_TEXT};
    behov_status status = BEHOV_OK;
    if (cell->type == ODS_NONE && cell->has_formula && !cell->length) {
        stored.kind = SHEET_UNCOMPUTED;
        status = keep(reading, cell, "=", 1);
    } else if (cell->type == ODS_NONE && !cell->length) {
        return BEHOV_OK;
    } else if (cell->type != ODS_NONE) {
        reading->column = column; /* for its name */
        status = make_cell(reading, cell, &stored);
        reading->column = column + cell->n_repeats;
    }
    stored.text = cell->first;
    stored.length = cell->length;
    if (stored.kind == SHEET_TEXT && !stored.length)
        return status;
    for (uint64_t i = 0; i < cell->n_repeats && status == BEHOV_OK; i++)
        status = sheet_cells_add(reading->cells, column + i, stored, reading->err);
    return status;
}

static behov_status read_cell(reading *reading)
{
    ods_cell cell;
    xml_part *part = reading->part;
    int depth = xml_part_depth(part);
    bool is_empty = xml_part_is_empty(part), is_covered = xml_part_is_named(part, "covered-table-cell");
    behov_status status = begin_cell(reading, &cell);
    while (status == BEHOV_OK && !is_empty && xml_part_next(part)) {
        if (xml_part_is_end(part) && xml_part_depth(part) == depth)
            break;
        if (xml_part_is_start(part) && xml_part_is_named(part, "p"))
            status = read_paragraph(reading, &cell);
        else if (xml_part_is_start(part))
            xml_part_skip(part);
    }
    if (status != BEHOV_OK || !is_covered)
        return status == BEHOV_OK ? end_cell(reading, &cell) : status;
    reading->column += cell.n_repeats; /* what lies under a merged cell is not seen, and not read */
    return BEHOV_OK;
}

/* ---- a sheet ------------------------------------------------------------------------------------------------------ */

static bool is_not_visible(const char *value)
{
    return strcmp(value, "collapse") == 0 || strcmp(value, "filter") == 0;
}

static behov_status begin_row(reading *reading)
{
    const char *name, *value;
    uint64_t n_repeats = 1, number = reading->row;
    bool is_hidden = false;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "number-rows-repeated") == 0)
            n_repeats = count_of(value);
        else if (strcmp(name, "visibility") == 0)
            is_hidden = is_not_visible(value);
    reading->row_at_hand = number;
    reading->row = number + n_repeats;
    reading->column = 0;
    if (number % ROWS_A_STEP == 0)
        progress_set(reading->bar, xml_part_progress(reading->part));
    return sheet_cells_begin_row(reading->cells, number, n_repeats, is_hidden, reading->err);
}

static behov_status take_column(reading *reading)
{
    const char *name, *value;
    uint64_t n_repeats = 1, first = reading->column;
    bool is_hidden = false;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "number-columns-repeated") == 0)
            n_repeats = count_of(value);
        else if (strcmp(name, "visibility") == 0)
            is_hidden = is_not_visible(value);
    reading->column = first + n_repeats;
    return is_hidden ? sheet_cells_hide_columns(reading->cells, first, first + n_repeats - 1, reading->err) : BEHOV_OK;
}

/* Merged cells, by the cell that spans them. */
static void take_span(reading *reading)
{
    const char *name, *value;
    uint64_t n_rows = 1, n_columns = 1;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "number-rows-spanned") == 0)
            n_rows = count_of(value);
        else if (strcmp(name, "number-columns-spanned") == 0)
            n_columns = count_of(value);
    uint64_t row = reading->row - 1; /* the row at hand, which is not repeated where a cell spans some */
    if (n_rows > 1 && row + n_rows <= SHEET_MOST_ROWS && reading->column + n_columns <= SHEET_MOST_COLUMNS)
        sheet_cells_merge(reading->cells, (uint32_t)row, (uint32_t)reading->column, (uint32_t)(row + n_rows - 1),
                          (uint32_t)(reading->column + n_columns - 1));
}

/* The table at hand into the cells, up to its end. */
static behov_status read_table_cells(reading *reading)
{
    xml_part *part = reading->part;
    int depth = xml_part_depth(part);
    bool is_in_row = false;
    behov_status status = BEHOV_OK;
    reading->row = 1;
    reading->column = 0;
    if (xml_part_is_empty(part))
        return BEHOV_OK;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (xml_part_is_end(part) && xml_part_depth(part) == depth)
            break;
        if (!xml_part_is_start(part))
            continue;
        bool is_cell = xml_part_is_named(part, "table-cell") || xml_part_is_named(part, "covered-table-cell");
        if (is_cell && is_in_row) {
            take_span(reading);
            status = read_cell(reading);
        } else if (xml_part_is_named(part, "table-row")) {
            is_in_row = true;
            status = begin_row(reading);
        } else if (xml_part_is_named(part, "table-column")) {
            status = take_column(reading);
        } else if (!xml_part_is_named(part, "table-row-group") && !xml_part_is_named(part, "table-header-rows") &&
                   !xml_part_is_named(part, "table-rows") && !xml_part_is_named(part, "table-column-group") &&
                   !xml_part_is_named(part, "table-header-columns") && !xml_part_is_named(part, "table-columns")) {
            xml_part_skip(part); /* shapes, forms, the source of linked tables */
        }
    }
    return status;
}

/* ---- the book ----------------------------------------------------------------------------------------------------- */

static behov_status out_of_memory(const reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_MEMORY, text_source_name(reading->source), SAY_SHEET_NO_MEMORY);
}

/* <style:style style:name="ta2" ...><style:table-properties table:display="false"/>: sheets of that style are hidden. */
static behov_status take_style(reading *reading)
{
    xml_part *part = reading->part;
    int depth = xml_part_depth(part);
    char style[128] = "";
    const char *name, *value;
    while (xml_part_attribute(part, &name, &value))
        if (strcmp(name, "name") == 0)
            snprintf(style, sizeof style, "%.127s", value);
    if (xml_part_is_empty(part))
        return BEHOV_OK;
    while (xml_part_next(part) && !(xml_part_is_end(part) && xml_part_depth(part) == depth)) {
        if (!xml_part_is_start(part) || !xml_part_is_named(part, "table-properties"))
            continue;
        bool is_hidden = false;
        while (xml_part_attribute(part, &name, &value))
            is_hidden |= strcmp(name, "display") == 0 && strcmp(value, "false") == 0;
        if (!is_hidden || reading->n_hidden_styles >= 10000)
            continue;
        char **styles = realloc(reading->hidden_styles, (reading->n_hidden_styles + 1) * sizeof *styles);
        if (!styles)
            return out_of_memory(reading);
        reading->hidden_styles = styles;
        if (!(styles[reading->n_hidden_styles] = strdup(style)))
            return out_of_memory(reading);
        reading->n_hidden_styles++;
    }
    return BEHOV_OK;
}

static behov_status add_sheet(reading *reading)
{
    char *sheet_name = NULL;
    const char *name, *value;
    bool is_hidden = false, is_whole = true;
    while (xml_part_attribute(reading->part, &name, &value))
        if (strcmp(name, "name") == 0 && !sheet_name)
            is_whole = (sheet_name = strdup(value)) != NULL;
        else if (strcmp(name, "style-name") == 0)
            for (size_t i = 0; i < reading->n_hidden_styles; i++)
                is_hidden |= strcmp(reading->hidden_styles[i], value) == 0;
    behov_status status = is_whole ? sheet_list_add(reading->list, sheet_name ? sheet_name : "", "", is_hidden,
                                                    reading->source, reading->err)
                                   : out_of_memory(reading);
    free(sheet_name);
    return status;
}

static behov_status read_book(reading *reading, const char *wanted)
{
    xml_part *part = reading->part;
    size_t read_so_far = SIZE_MAX;
    behov_status status = BEHOV_OK;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (!xml_part_is_start(part))
            continue;
        if (xml_part_is_named(part, "style"))
            status = take_style(reading);
        else if (xml_part_is_named(part, "tracked-changes"))
            xml_part_skip(part);
        else if (xml_part_is_named(part, "table")) {
            status = add_sheet(reading);
            size_t index = status == BEHOV_OK ? sheet_list_find(reading->list, wanted) : SIZE_MAX;
            if (status == BEHOV_OK && index == reading->list->n - 1 && index != read_so_far) {
                sheet_cells_clear(reading->cells);
                read_so_far = index;
                status = read_table_cells(reading);
            } else if (status == BEHOV_OK)
                xml_part_skip(part);
        }
    }
    return status == BEHOV_OK ? xml_part_status(part, reading->err) : status;
}

/* A book behind a password says so in its list of parts, which itself is open. */
static bool has_password(xml_package *package)
{
    enum { LOOKED_AT = 64 * 1024 };
    char *text = malloc(LOOKED_AT);
    bool is_found = text && xml_package_peek(package, "META-INF/manifest.xml", text, LOOKED_AT) &&
                    strstr(text, "encryption-data") != NULL;
    free(text);
    return is_found;
}

behov_status sheet_ods_read(xml_package *package, const text_source *source, const char *wanted, progress *bar,
                            sheet_list *list, size_t *index, sheet_cells *cells, behov_error *err)
{
    if (has_password(package))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_PASSWORD);
    reading reading = {.source = source, .cells = cells, .list = list, .bar = bar, .err = err};
    behov_status status = xml_part_open(package, content, &reading.part, err);
    if (status == BEHOV_OK)
        status = read_book(&reading, wanted);
    xml_part_close(reading.part);
    for (size_t i = 0; i < reading.n_hidden_styles; i++)
        free(reading.hidden_styles[i]);
    free(reading.hidden_styles);
    if (status == BEHOV_OK)
        status = sheet_list_choose(list, wanted, source, index, err);
    return status == BEHOV_OK ? sheet_cells_finish(cells, err) : status;
}
