/* xlsx_rows.c - the rows of a table that is not small, made and packed by several threads and written in order.
 *
 * Not by the library, which takes one processor 2 us a cell, half of that zlib at a level (6) that it does not let be chosen,
 * copies each sheet twice on disk, and loses what the disk has no room for without a word. A run of rows is packed by itself
 * and ends on a byte (Z_FULL_FLUSH), so that runs can stand behind one another and the number of threads changes no byte.
 * - Of a table that the library has memory for the XML is the library's, byte for byte: texts are numbered in the
 *   workbook's list of them, figures have 16 digits, rows say which columns they span (xlsx_cells.c, xlsx_figure.h).
 * - Of a large one it is as in the library's constant-memory mode, with texts in their cells, and figures are the shortest texts
 *   that read back as the same double.
 * Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row); RFC 1951. */
#include "xlsx_rows.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <behov/number.h>
#include "own_process.h"
#include "system.h"
#include "xlsx.h"
#include "xlsx_figure.h"

enum {
    CELLS_A_RUN = 65536, /* some 3 MB of XML */
    CELLS_A_SHORT_RUN = 8192,
    THREADS_MAX = 4,
    LEVEL = 2,       /* measured on XML of a panel: 130 MB a second where 6 takes 50, for a file a fifth larger */
    SHORT_LEVEL = 5, /* two thirds of the time of 6, for a file larger by 3 per cent */
    MOST_LETTERS = 8,
    MOST_SPAN = 48
};

/* What all cells of a column share. */
typedef struct row_column {
    char letters[MOST_LETTERS]; /* "AB" */
    size_t n_letters;
    const lxw_format *format; /* of the column; `style` is its number */
    int style;
} row_column;

/* Rows first .. end - 1, as XML and packed. */
typedef struct run {
    xlsx_writer *w;
    const behov_report *table;
    const shown_column *columns;
    const row_column *row_columns;
    const xlsx_cells *cells; /* NULL of a large table */
    size_t first, end;
    char span[MOST_SPAN]; /* of the row at hand; "" = not made yet */
    size_t block;         /* the sixteen rows that it is of */
    int level;
    char *text;
    size_t length, room;
    unsigned char *packed;
    size_t packed_length, packed_room;
    uLong checksum;
    behov_workbook_room clean;
    z_stream stream;
    bool has_stream, out_of_memory;
} run;

/* ---- XML ----------------------------------------------------------------------------------------------------------- */

static bool make_room(run *out, size_t length)
{
    if (length <= out->room - out->length)
        return true;
    size_t room = 2 * out->room + length + 65536;
    char *text = realloc(out->text, room);
    if (!text) {
        out->out_of_memory = true;
        return false;
    }
    out->text = text;
    out->room = room;
    return true;
}

static void put(run *out, const char *text, size_t length)
{
    if (!make_room(out, length))
        return;
    memcpy(out->text + out->length, text, length);
    out->length += length;
}

#define PUT(out, literal) put(out, literal, sizeof(literal) - 1)

static void put_number(run *out, double value)
{
    if (make_room(out, BEHOV_NUMBER_SIZE))
        out->length += behov_number_shortest(value, out->text + out->length);
}

static void put_escaped(run *out, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "&<>");
        put(out, text, n);
        text += n;
        if (*text == '&')
            PUT(out, "&amp;");
        else if (*text == '<')
            PUT(out, "&lt;");
        else if (*text == '>')
            PUT(out, "&gt;");
        text += *text != '\0';
    }
}

static bool is_space(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

static void put_text(run *out, const char *text)
{
    bool is_cut = false;
    const char *clean = behov_workbook_text(&out->clean, text, BEHOV_WORKBOOK_LONGEST_TEXT, false, &is_cut);
    if (!clean) {
        out->out_of_memory = true;
        return;
    }
    if (is_space(clean[0]) || is_space(clean[strlen(clean) - 1]))
        PUT(out, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    else
        PUT(out, " t=\"inlineStr\"><is><t>");
    put_escaped(out, clean);
    PUT(out, "</t></is></c>");
}

static void put_cell(run *out, size_t j, size_t i, const char *row, size_t row_length)
{
    const row_column *column = &out->row_columns[j];
    lxw_format *format = xlsx_cell_format(out->w, out->table, &out->columns[j], j, i);
    if (!format)
        return;
    int style = format == column->format ? column->style : lxw_format_get_xf_index(format);
    if (style == 0 && errno == ENOMEM)
        out->out_of_memory = true;
    PUT(out, "<c r=\"");
    put(out, column->letters, column->n_letters);
    put(out, row, row_length);
    PUT(out, "\" s=\"");
    put_number(out, style);
    PUT(out, "\"");
    const char *text = behov_report_text(out->table, j, i);
    if (text[0]) {
        put_text(out, text);
        return;
    }
    PUT(out, "><v>");
    put_number(out, behov_report_number(out->table, j, i));
    PUT(out, "</v></c>");
}

static void put_numbered_cell(run *out, size_t j, size_t i, const char *row, size_t row_length)
{
    const row_column *column = &out->row_columns[j];
    const xlsx_numbered_cell *cell = &out->cells->cells[i * out->cells->n_columns + j];
    if (cell->style == XLSX_NO_CELL || !make_room(out, 2 * XLSX_FIGURE_SIZE))
        return;
    PUT(out, "<c r=\"");
    put(out, column->letters, column->n_letters);
    put(out, row, row_length);
    if (cell->style) {
        PUT(out, "\" s=\"");
        put_number(out, cell->style);
    }
    if (cell->text == XLSX_BLANK) {
        PUT(out, "\"/>");
        return;
    }
    if (cell->text == XLSX_FIGURE) {
        PUT(out, "\"><v>");
        if (make_room(out, XLSX_FIGURE_SIZE))
            out->length += xlsx_figure(behov_report_number(out->table, j, i), out->text + out->length);
    } else {
        PUT(out, "\" t=\"s\"><v>");
        put_number(out, cell->text);
    }
    PUT(out, "</v></c>");
}

static bool has_cells(const run *out, size_t i)
{
    const xlsx_numbered_cell *line = out->cells->cells + i * out->cells->n_columns;
    for (size_t j = 0; j < out->cells->n_columns; j++)
        if (line[j].style != XLSX_NO_CELL)
            return true;
    return false;
}

/* Which columns a row and its neighbours have, which is the same for up to sixteen rows. */
static void put_span(run *out, size_t i)
{
    enum { BLOCK = 16 };
    size_t block = (BEHOV_WORKBOOK_FIRST_ROW + i) / BLOCK;
    if (!out->span[0] || block != out->block) {
        size_t first, last;
        out->block = block;
        xlsx_cells_span(out->cells, i, &first, &last);
        snprintf(out->span, sizeof out->span, "\" spans=\"%lu:%lu", (unsigned long)first, (unsigned long)last);
    }
    put(out, out->span, strlen(out->span));
}

static void put_row(run *out, size_t i)
{
    char row[BEHOV_NUMBER_SIZE];
    size_t n_columns = behov_report_n_columns(out->table), lines = xlsx_row_lines(out->table, out->columns, i);
    size_t length = behov_number_shortest((double)(BEHOV_WORKBOOK_FIRST_ROW + i + 1), row);
    if (out->cells && !has_cells(out, i)) /* as the library */
        return;
    PUT(out, "<row r=\"");
    put(out, row, length);
    if (out->cells)
        put_span(out, i);
    if (lines > 1) {
        PUT(out, "\" ht=\"");
        put_number(out, XLSX_LINE_HEIGHT * (double)lines);
        PUT(out, "\" customHeight=\"1");
    }
    PUT(out, "\">");
    for (size_t j = 0; j < n_columns; j++)
        if (out->cells)
            put_numbered_cell(out, j, i, row, length);
        else
            put_cell(out, j, i, row, length);
    PUT(out, "</row>");
}

/* ---- packing ------------------------------------------------------------------------------------------------------- */

static void pack(run *out)
{
    if (!out->has_stream) {
        out->has_stream = deflateInit2(&out->stream, out->level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    } else if (deflateReset(&out->stream) != Z_OK) {
        out->out_of_memory = true;
    }
    size_t needed = out->has_stream ? deflateBound(&out->stream, (uLong)out->length) + 64 : 0;
    if (needed > out->packed_room) {
        free(out->packed);
        out->packed = malloc(needed);
        out->packed_room = out->packed ? needed : 0;
    }
    out->out_of_memory = out->out_of_memory || !out->has_stream || !out->packed;
    if (out->out_of_memory)
        return;
    out->stream.next_in = (unsigned char *)out->text;
    out->stream.avail_in = (uInt)out->length;
    out->stream.next_out = out->packed;
    out->stream.avail_out = (uInt)out->packed_room;
    bool is_packed =
        deflate(&out->stream, Z_FULL_FLUSH) == Z_OK && out->stream.avail_in == 0 && out->stream.avail_out > 0;
    out->out_of_memory = !is_packed;
    out->packed_length = out->packed_room - out->stream.avail_out;
    out->checksum = crc32(crc32(0, NULL, 0), (unsigned char *)out->text, (uInt)out->length);
}

static void make_run(void *context, size_t index)
{
    run *runs = context, *out = &runs[index];
    out->length = out->packed_length = 0;
    out->span[0] = '\0';
    errno = 0;
    for (size_t i = out->first; i < out->end && !out->out_of_memory; i++)
        put_row(out, i);
    if (!out->out_of_memory)
        pack(out);
}

static void free_run(run *out)
{
    free(out->text);
    free(out->packed);
    free(out->clean.bytes);
    if (out->has_stream)
        deflateEnd(&out->stream);
}

/* ---- a table ------------------------------------------------------------------------------------------------------- */

/* Formats are made, and what the notes say is found out, in the order of the cells and by one thread. */
static void look_over(xlsx_writer *w, const behov_report *table, const shown_column *columns)
{
    size_t n_rows = behov_report_n_rows(table), n_columns = behov_report_n_columns(table);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_columns; j++) {
            const char *text = behov_report_text(table, j, i);
            bool is_text = columns[j].is_text || text[0];
            w->some_cell_empty = w->some_cell_empty || (!is_text && !isfinite(behov_report_number(table, j, i)));
            lxw_format *format = xlsx_cell_format(w, table, &columns[j], j, i);
            if (format && format != columns[j].format)
                lxw_format_get_xf_index(format);
            if (is_text && !w->some_text_cut &&
                !behov_workbook_text(&w->clean, text, BEHOV_WORKBOOK_LONGEST_TEXT, false, &w->some_text_cut))
                xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        }
    xlsx_trouble(w, LXW_NO_ERROR);
}

static row_column *make_columns(const behov_report *table, const shown_column *columns)
{
    size_t n_columns = behov_report_n_columns(table);
    row_column *out = calloc(n_columns, sizeof *out);
    for (size_t j = 0; out && j < n_columns; j++) {
        char cell[LXW_MAX_CELL_NAME_LENGTH];
        lxw_rowcol_to_cell(cell, 0, (lxw_col_t)j);
        out[j].n_letters = strlen(cell) - 1;
        memcpy(out[j].letters, cell, out[j].n_letters);
        out[j].format = columns[j].format;
        out[j].style = columns[j].format ? lxw_format_get_xf_index(columns[j].format) : 0;
    }
    return out;
}

/* Keeps the first reason why the file cannot be written. */
static bool write_run(xlsx_writer *w, const run *made, xlsx_packed_rows *rows)
{
    if (made->out_of_memory) {
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return false;
    }
    errno = 0;
    if (fwrite(made->packed, 1, made->packed_length, w->rows_file) != made->packed_length) {
        w->rows_trouble = errno ? errno : ENOSPC;
        return false;
    }
    rows->checksum = crc32_combine((uLong)rows->checksum, made->checksum, (z_off_t)made->length);
    rows->packed += made->packed_length;
    rows->size += made->length;
    return true;
}

/* Runs of short tables are of one length, and an even number of them, so that two processors have the same to do. */
static size_t rows_of_run(size_t n_rows, size_t n_columns, bool is_large)
{
    if (is_large)
        return n_columns < CELLS_A_RUN ? CELLS_A_RUN / n_columns : 1;
    size_t n_pairs = n_rows * n_columns / (2 * CELLS_A_SHORT_RUN) + 1;
    return (n_rows + 2 * n_pairs - 1) / (2 * n_pairs);
}

/* `all`: what is the same for each run of the table. */
static void write_rows(xlsx_writer *w, const run *all, size_t n_rows, xlsx_packed_rows *rows)
{
    size_t n_columns = behov_report_n_columns(all->table), n_done = 0;
    size_t n_processors = system_processors(), n_threads = n_processors > THREADS_MAX ? THREADS_MAX : n_processors;
    size_t rows_a_run = rows_of_run(n_rows, n_columns, !all->cells);
    run runs[THREADS_MAX] = {*all, *all, *all, *all};
    for (bool is_good = true; is_good && n_done < n_rows;) {
        size_t n_runs = 0;
        for (; n_runs < n_threads && n_done < n_rows; n_runs++) {
            runs[n_runs].first = n_done;
            n_done = n_rows - n_done > rows_a_run ? n_done + rows_a_run : n_rows;
            runs[n_runs].end = n_done;
        }
        system_at_once(n_runs, make_run, runs);
        for (size_t r = 0; r < n_runs && is_good; r++)
            is_good = write_run(w, &runs[r], rows);
        own_process_print_notes(0.9 * (w->cells_done + (double)n_done * (double)n_columns) / w->cells_total);
    }
    for (size_t r = 0; r < THREADS_MAX; r++)
        free_run(&runs[r]);
}

size_t xlsx_rows(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described, const shown_column *columns)
{
    const behov_report *table = described->table;
    size_t n_rows = xlsx_rows_beside(w->sections, w->n_sections, described);
    if (n_rows == 0)
        return 0;
    bool is_large = xlsx_is_large(table);
    xlsx_cells cells = {0};
    bool is_numbered = is_large || xlsx_cells_number(w, sheet, table, columns, n_rows, &cells);
    row_column *row_columns = is_numbered ? make_columns(table, columns) : NULL;
    if (!row_columns)
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else if (is_large)
        look_over(w, table, columns);
    if (w->rows_file && !w->trouble && !w->rows_trouble) {
        xlsx_packed_rows rows = {.sheet = (uint64_t)(described - w->sections), .offset = w->rows_end};
        const run all = {.w = w,
                         .table = table,
                         .columns = columns,
                         .row_columns = row_columns,
                         .cells = is_large ? NULL : &cells,
                         .level = is_large ? LEVEL : SHORT_LEVEL};
        write_rows(w, &all, n_rows, &rows);
        w->rows_end += rows.packed;
        w->packed_rows[w->n_packed_rows++] = rows;
    }
    free(cells.cells);
    free(row_columns);
    w->cells_done += (double)n_rows * (double)behov_report_n_columns(table);
    lxw_row_t last = (lxw_row_t)(BEHOV_WORKBOOK_HEADER_ROW + n_rows); /* which the sheet states */
    if (sheet->dim_rowmax < last)
        sheet->dim_rowmax = last;
    return n_rows;
}
