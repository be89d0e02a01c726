/* page_table.c - the layout that pages of every kind have in common.
 *
 * A column of stars stands in one cell with the figures it follows, so that a star cannot be read as another figure's.
 * What does not fit a page is not dropped here: every other column of the report is shown. */
#include "page_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "format.h"

behov_status page_table_new(const section *of, behov_language lang, page_table *made, behov_error *err)
{
    size_t n_columns = behov_report_n_columns(of->table);
    *made = (page_table){.of = of, .lang = lang, .n_rows = behov_report_n_rows(of->table)};
    made->columns = calloc(n_columns + 1, sizeof *made->columns);
    if (!made->columns)
        return behov_error_set(err, BEHOV_E_MEMORY, of->name, "not enough memory for the table");
    for (size_t j = 0; j < n_columns; j++) {
        behov_report_column described = behov_report_column_at(of->table, j);
        page_column *before = made->n_columns ? &made->columns[made->n_columns - 1] : NULL;
        bool is_stars = described.quantity == BEHOV_Q_STARS;
        if (is_stars && before && !before->is_text && before->column == j - 1) {
            before->stars = j;
            continue;
        }
        page_column *column = &made->columns[made->n_columns++];
        column->column = j;
        column->stars = PAGE_NO_STARS;
        column->is_text = behov_report_is_text(of->table, j);
        column->is_row_header = j < of->n_frozen_columns || (j == 0 && column->is_text);
        column->header = is_stars ? "" : described.label ? described.label : label(lang, described.key);
        char text[BEHOV_NUMBER_SIZE];
        for (size_t i = 0; i < made->n_rows; i++) {
            size_t width = format_width(format_report_cell(of->table, j, i, lang, text));
            column->width = width > column->width ? width : column->width;
        }
    }
    return BEHOV_OK;
}

void page_table_free(page_table *made)
{
    free(made->columns);
    *made = (page_table){0};
}

const char *page_cell(const page_table *table, size_t column, size_t row, char text[BEHOV_NUMBER_SIZE])
{
    return format_report_cell(table->of->table, table->columns[column].column, row, table->lang, text);
}

const char *page_stars(const page_table *table, size_t column, size_t row)
{
    size_t stars = table->columns[column].stars;
    return stars == PAGE_NO_STARS ? "" : behov_report_text(table->of->table, stars, row);
}

bool page_is_figure(const page_table *table, size_t column, size_t row)
{
    return isfinite(behov_report_number(table->of->table, table->columns[column].column, row));
}

bool page_is_strong(const page_table *table, size_t column, size_t row)
{
    return behov_report_is_strong(table->of->table, table->columns[column].column, row);
}

bool page_is_beneath(const page_table *table, size_t column, size_t row)
{
    return row < table->n_rows && page_is_figure(table, column, row) &&
           behov_report_quantity_at(table->of->table, table->columns[column].column, row) == BEHOV_Q_ERROR_BENEATH;
}

bool page_row_is_beneath(const page_table *table, size_t row)
{
    for (size_t j = 0; j < table->n_columns; j++)
        if (page_is_beneath(table, j, row))
            return true;
    return false;
}

/* Whether figures of the row measure something else than their columns, and no error beneath either. */
static bool is_summary(const page_table *table, size_t row)
{
    const behov_report *report = table->of->table;
    for (size_t j = 0; j < table->n_columns; j++) {
        const page_column *column = &table->columns[j];
        if (page_is_figure(table, j, row) && !page_is_beneath(table, j, row) &&
            behov_report_quantity_at(report, column->column, row) !=
                behov_report_column_at(report, column->column).quantity)
            return true;
    }
    return false;
}

bool page_row_begins_summary(const page_table *table, size_t row)
{
    return row > 0 && behov_report_has_row_quantities(table->of->table) && is_summary(table, row) &&
           !is_summary(table, row - 1);
}

/* The letters of the name without case and accents; others become hyphens. */
static void ascii_name(const char *name, char text[PAGE_ANCHOR_SIZE])
{
    enum { ROOM = PAGE_ANCHOR_SIZE - 24 };
    size_t length = 0;
    page_character next;
    while (page_next(&name, &next) && length < ROOM) {
        uint32_t code = next.code >= 'A' && next.code <= 'Z' ? next.code + 32 : next.code;
        if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
            text[length++] = (char)code;
        } else if (code == 0xE6 || code == 0xC6) {
            text[length++] = 'a';
            text[length++] = 'e';
        } else if (code == 0xF8 || code == 0xD8) {
            text[length++] = 'o';
        } else if (code == 0xE5 || code == 0xC5) {
            text[length++] = 'a';
        } else if (length && text[length - 1] != '-') {
            text[length++] = '-';
        }
    }
    while (length && text[length - 1] == '-')
        length--;
    text[length] = '\0';
    if (!length)
        strcpy(text, "section");
}

void page_anchor(const section *sections, size_t at, char anchor[PAGE_ANCHOR_SIZE])
{
    ascii_name(sections[at].table_name, anchor);
    size_t n_before = 0;
    for (size_t i = 0; i < at; i++) {
        char other[PAGE_ANCHOR_SIZE];
        ascii_name(sections[i].table_name, other);
        n_before += strcmp(other, anchor) == 0;
    }
    size_t length = strlen(anchor);
    if (n_before) /* two hyphens, which no name has of itself */
        snprintf(anchor + length, PAGE_ANCHOR_SIZE - length, "--%zu", n_before + 1);
}

bool page_next(const char **text, page_character *next)
{
    behov_shown_letter letter;
    size_t n_bytes = behov_letter(*text, &letter);
    *next = (page_character){.code = letter.code, .bytes = letter.bytes, .length = letter.n_bytes};
    *text += n_bytes;
    return n_bytes > 0;
}

void page_date(long long seconds, char text[16])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!seconds || !gmtime_r(&moment, &parts) || strftime(text, 16, "%Y-%m-%d", &parts) == 0)
        text[0] = '\0';
}
