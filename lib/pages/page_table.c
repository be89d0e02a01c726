/* page_table.c - the layout that pages of every kind have in common.
 *
 * A column of stars stands in one cell with the figures it follows, so that a star cannot be read as another figure's.
 * What does not fit a page is not dropped here: every other column of the report is shown. */
#include "page_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>

behov_status behov_page_table_new(const behov_section *section, behov_language lang, behov_page_table *page_table,
                                  behov_error *err)
{
    size_t n_columns = behov_report_n_columns(section->table);
    *page_table = (behov_page_table){.section = section, .lang = lang, .n_rows = behov_report_n_rows(section->table)};
    page_table->columns = calloc(n_columns + 1, sizeof *page_table->columns);
    if (!page_table->columns)
        return behov_error_say(err, BEHOV_E_MEMORY, section->name, SAY_PAGE_NO_MEMORY_TABLE);
    for (size_t j = 0; j < n_columns; j++) {
        behov_report_column described = behov_report_column_at(section->table, j);
        behov_page_column *page_column = page_table->n_columns ? &page_table->columns[page_table->n_columns - 1] : NULL;
        bool is_stars = described.quantity == BEHOV_Q_STARS;
        if (is_stars && page_column && !page_column->is_text && page_column->column == j - 1) {
            page_column->stars = j;
            continue;
        }
        behov_page_column *column = &page_table->columns[page_table->n_columns++];
        column->column = j;
        column->stars = PAGE_NO_STARS;
        column->is_text = behov_report_is_text(section->table, j);
        column->is_row_header = j < section->n_frozen_columns || (j == 0 && column->is_text);
        column->header = is_stars ? "" : described.label ? described.label : behov_label_of_key(lang, described.key);
        char text[BEHOV_NUMBER_SIZE];
        for (size_t i = 0; i < page_table->n_rows; i++) {
            size_t width = behov_format_width(behov_format_report_cell(section->table, j, i, lang, text));
            column->width = width > column->width ? width : column->width;
        }
    }
    return BEHOV_OK;
}

void behov_page_table_free(behov_page_table *page_table)
{
    free(page_table->columns);
    *page_table = (behov_page_table){0};
}

const char *behov_page_cell(const behov_page_table *table, size_t column, size_t row, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_report_cell(table->section->table, table->columns[column].column, row, table->lang, text);
}

const char *behov_page_stars(const behov_page_table *table, size_t column, size_t row)
{
    size_t stars = table->columns[column].stars;
    return stars == PAGE_NO_STARS ? "" : behov_report_text(table->section->table, stars, row);
}

bool behov_page_is_figure(const behov_page_table *table, size_t column, size_t row)
{
    return isfinite(behov_report_number(table->section->table, table->columns[column].column, row));
}

bool behov_page_is_strong(const behov_page_table *table, size_t column, size_t row)
{
    return behov_report_is_strong(table->section->table, table->columns[column].column, row);
}

bool behov_page_is_beneath(const behov_page_table *table, size_t column, size_t row)
{
    return row < table->n_rows && behov_page_is_figure(table, column, row) &&
           behov_format_is_beneath(behov_report_quantity_at(table->section->table, table->columns[column].column, row));
}

bool behov_page_is_interval(const behov_page_table *table, size_t column, size_t row)
{
    const behov_report *report = table->section->table;
    size_t j = table->columns[column].column;
    return row < table->n_rows && !behov_report_is_text(report, j) && behov_report_text(report, j, row)[0] &&
           behov_format_is_beneath(behov_report_quantity_at(report, j, row));
}

bool behov_page_row_is_beneath(const behov_page_table *table, size_t row)
{
    for (size_t j = 0; j < table->n_columns; j++)
        if (behov_page_is_beneath(table, j, row) || behov_page_is_interval(table, j, row))
            return true;
    return false;
}

/* Whether figures of the row measure something else than their columns, and no error beneath either. */
static bool is_summary(const behov_page_table *table, size_t row)
{
    const behov_report *report = table->section->table;
    for (size_t j = 0; j < table->n_columns; j++) {
        const behov_page_column *column = &table->columns[j];
        if (behov_page_is_figure(table, j, row) && !behov_page_is_beneath(table, j, row) &&
            behov_report_quantity_at(report, column->column, row) !=
                behov_report_column_at(report, column->column).quantity)
            return true;
    }
    return false;
}

bool behov_page_row_begins_summary(const behov_page_table *table, size_t row)
{
    return row > 0 && behov_report_has_row_quantities(table->section->table) && is_summary(table, row) &&
           !is_summary(table, row - 1);
}

static const behov_word warning_keys[BEHOV_PAGE_WARNINGS] = {BEHOV_WORD_SIMULATED_EXPLAINED, BEHOV_WORD_NOT_A_VERDICT};

bool behov_page_is_warning(const behov_document *document, const char *note)
{
    for (size_t i = 0; i < BEHOV_PAGE_WARNINGS; i++)
        if (strcmp(note, behov_label(document->lang, warning_keys[i])) == 0)
            return true;
    return false;
}

const char *behov_page_warning(const behov_document *document, size_t number)
{
    const char *warning = behov_label(document->lang, warning_keys[number]);
    for (size_t i = 0; i < document->n_sections; i++)
        for (size_t n = 0; n < document->sections[i].n_notes; n++)
            if (strcmp(document->sections[i].notes[n], warning) == 0)
                return warning;
    return NULL;
}

/* The letters of the name without case and accents; others become hyphens. */
static void ascii_name(const char *name, char text[BEHOV_PAGE_ANCHOR_SIZE])
{
    enum { ROOM = BEHOV_PAGE_ANCHOR_SIZE - 24 };
    size_t length = 0;
    behov_page_character next;
    while (behov_page_next(&name, &next) && length < ROOM) {
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

void behov_page_anchor(const behov_section *sections, size_t index, char anchor[BEHOV_PAGE_ANCHOR_SIZE])
{
    ascii_name(sections[index].table_name, anchor);
    size_t n_before = 0;
    for (size_t i = 0; i < index; i++) {
        char other[BEHOV_PAGE_ANCHOR_SIZE];
        ascii_name(sections[i].table_name, other);
        n_before += strcmp(other, anchor) == 0;
    }
    size_t length = strlen(anchor);
    if (n_before) /* two hyphens, which no name has of itself */
        snprintf(anchor + length, BEHOV_PAGE_ANCHOR_SIZE - length, "--%zu", n_before + 1);
}

bool behov_page_next(const char **text, behov_page_character *next)
{
    behov_shown_letter letter;
    size_t n_bytes = behov_letter(*text, &letter);
    *next = (behov_page_character){.code = letter.code, .bytes = letter.bytes, .length = letter.n_bytes};
    *text += n_bytes;
    return n_bytes > 0;
}

void behov_page_escape(const char *text, behov_wording *out)
{
    behov_page_character next;
    while (text && behov_page_next(&text, &next)) {
        switch (next.code) {
        case '&': behov_wording_add(out, "&amp;"); break;
        case '<': behov_wording_add(out, "&lt;"); break;
        case '>': behov_wording_add(out, "&gt;"); break;
        case '"': behov_wording_add(out, "&quot;"); break;
        default: behov_wording_add_bytes(out, next.bytes, next.length);
        }
    }
}

/* The Gregorian calendar, counted from 1 March of the year 0, so that a leap day is the last of its year (Hinnant,
 * "chrono-compatible low-level date algorithms"): eras of 400 years have 146 097 days each. */
void behov_page_date(long long seconds, char text[16])
{
    const long long a_day = 86400, last = 253402300799; /* of the year 9999 */
    text[0] = '\0';
    if (seconds <= 0 || seconds > last)
        return;
    unsigned days = (unsigned)(seconds / a_day) + 719468, era = days / 146097, day_of_era = days % 146097;
    unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned month_from_march = (5 * day_of_year + 2) / 153, day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    unsigned year = year_of_era + 400 * era + (month <= 2);
    snprintf(text, 16, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
}
