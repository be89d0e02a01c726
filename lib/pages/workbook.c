/* workbook.c - names, texts and places of a workbook, and what does not fit into one. */
#include "workbook.h"

#include <behov/report.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ----------------------------------------------------------------------------------------------------------
 */

/* Bytes of the UTF-8 character at `text` (at least one byte is there), 0 when XML cannot hold it. */
static size_t character_length(const unsigned char *text)
{
    if (text[0] < 0x80)
        return text[0] >= 0x20 || text[0] == '\n' || text[0] == '\t' || text[0] == '\r' ? 1 : 0;
    size_t length = text[0] >= 0xF0 && text[0] <= 0xF4   ? 4
                    : text[0] >= 0xE0                    ? 3
                    : text[0] >= 0xC2 && text[0] <= 0xDF ? 2
                                                         : 0;
    if (text[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    if (length == 3 && ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] >= 0xA0) ||
                        (text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE)))
        return 0;
    if (length == 4 && ((text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] >= 0x90)))
        return 0;
    return length;
}

/* Excel reads _x0041_ as "A", so a text that has it by nature needs its underscore escaped. */
static bool looks_escaped(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'F') ||
              (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    return text[6] == '_';
}

static bool reserve(behov_workbook_room *room, size_t size)
{
    if (size <= room->size)
        return true;
    char *bytes = realloc(room->bytes, 2 * size);
    if (!bytes)
        return false;
    room->bytes = bytes;
    room->size = 2 * size;
    return true;
}

const char *behov_workbook_text(behov_workbook_room *room, const char *text, size_t longest, bool is_header,
                                bool *is_cut)
{
    static const char replacement[] = "\xEF\xBF\xBD", underscore[] = "_x005F_";
    const unsigned char *cursor = (const unsigned char *)text;
    while (cursor[0] >= 0x20 && cursor[0] < 0x7F && cursor[0] != '_')
        cursor++;
    size_t plain = (size_t)(cursor - (const unsigned char *)text);
    if (!cursor[0] && plain <= longest)
        return text;
    size_t length = strlen(text), n_out = 0, units = 0;
    if (!reserve(room, 7 * length + 1))
        return NULL;
    for (const char *source = text; *source;) {
        behov_shown_letter letter;
        size_t n = character_length((const unsigned char *)source);
        if (n && (unsigned char)source[0] >= 0x20 && behov_letter(source, &letter) == n && letter.code == 0xFFFD) {
            source += n - 1; /* a mark that turns or hides what stands beside it; one replacement for all its bytes */
            n = 0;
        }
        size_t wide = n == 4 ? 2 : 1;
        if (units + wide > longest) {
            *is_cut = true;
            break;
        }
        units += wide;
        if (is_header && (unsigned char)source[0] < 0x20) {
            room->bytes[n_out++] = ' ';
            n = 1;
        } else if (n == 0) {
            memcpy(room->bytes + n_out, replacement, 3);
            n_out += 3;
            n = 1;
        } else if (looks_escaped(source)) {
            memcpy(room->bytes + n_out, underscore, 7);
            n_out += 7;
        } else {
            memcpy(room->bytes + n_out, source, n);
            n_out += n;
        }
        source += n;
    }
    room->bytes[n_out] = '\0';
    return room->bytes;
}

size_t behov_workbook_characters_in(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

size_t behov_workbook_characters(const char *text)
{
    return behov_workbook_characters_in(text, strlen(text));
}

size_t behov_workbook_units(const char *text)
{
    size_t n = behov_workbook_characters(text);
    for (; *text; text++)
        n += (unsigned char)*text >= 0xF0;
    return n;
}

size_t behov_workbook_fitting(const char *text, size_t most)
{
    size_t length = 0;
    for (size_t units = 0; text[length];) {
        units += (unsigned char)text[length] >= 0xF0 ? 2 : 1;
        if (units > most)
            break;
        length++;
        while (((unsigned char)text[length] & 0xC0) == 0x80)
            length++;
    }
    return length;
}

size_t behov_workbook_line(const char *text, size_t width)
{
    size_t index = 0, n = 0, last_space = 0;
    while (text[index] && text[index] != '\n') {
        if (text[index] == ' ')
            last_space = index;
        if (n == width)
            return last_space ? last_space : index;
        index++, n++;
        while (((unsigned char)text[index] & 0xC0) == 0x80)
            index++;
    }
    return index;
}

size_t behov_workbook_lines(const char *text, size_t width)
{
    size_t lines = 0;
    do {
        text += behov_workbook_line(text, width);
        text += *text == ' ' || *text == '\n';
        lines++;
    } while (*text);
    return lines;
}

/* Letters A-Z and those of Latin-1 without case. */
bool behov_workbook_same_name(const char *a, const char *b)
{
    for (unsigned char previous_letter = 0;; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
        if (previous_letter == 0xC3) {
            x = x >= 0x80 && x <= 0x9E && x != 0x97 ? (unsigned char)(x + 0x20) : x;
            y = y >= 0x80 && y <= 0x9E && y != 0x97 ? (unsigned char)(y + 0x20) : y;
        }
        x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
        if (x != y)
            return false;
        if (!x)
            return true;
        previous_letter = x;
    }
}

/* ---- places --------------------------------------------------------------------------------------------------------
 */

size_t behov_workbook_column(const behov_report *table, const char *key)
{
    size_t index = 0;
    while (index < behov_report_n_columns(table) && strcmp(behov_report_column_at(table, index).key, key) != 0)
        index++;
    return index;
}

/* A, B ... Z, AA ... */
static void column_letters(size_t column, char text[8])
{
    char backwards[8];
    size_t n = 0;
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        backwards[n++] = (char)('A' + (rest - 1) % 26);
    for (size_t i = 0; i < n; i++)
        text[i] = backwards[n - 1 - i];
    text[n] = '\0';
}

void behov_workbook_cell(size_t row, size_t column, char text[BEHOV_WORKBOOK_CELL])
{
    char letters[8];
    column_letters(column, letters);
    snprintf(text, BEHOV_WORKBOOK_CELL, "$%s$%lu", letters, (unsigned long)row + 1);
}

void behov_workbook_range(const behov_section *section, const char *key, char text[BEHOV_WORKBOOK_RANGE])
{
    size_t n_rows = behov_report_n_rows(section->table), column = behov_workbook_column(section->table, key);
    char first[BEHOV_WORKBOOK_CELL], last[BEHOV_WORKBOOK_CELL];
    behov_workbook_cell(BEHOV_WORKBOOK_FIRST_ROW, column, first);
    behov_workbook_cell(BEHOV_WORKBOOK_HEADER_ROW + (n_rows ? n_rows : 1), column, last);
    snprintf(text, BEHOV_WORKBOOK_RANGE, "'%s'!%s:%s", section->name, first, last);
}

/* ---- what does not fit ---------------------------------------------------------------------------------------------
 */

static behov_status check_table_name(const behov_section *sheet, behov_error *err)
{
    const char *name = sheet->table_name;
    bool is_good = name && name[0] && behov_workbook_units(name) <= 255 && !((name[0] | 32) == 'c' && !name[1]) &&
                   !((name[0] | 32) == 'r' && !name[1]);
    for (const char *cursor = name; is_good && *cursor; cursor++) {
        unsigned char byte = (unsigned char)*cursor;
        bool is_letter = byte >= 0x80 || byte == '_' || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
        bool is_digit = byte >= '0' && byte <= '9';
        is_good = is_letter || (cursor > name && (is_digit || byte == '.'));
    }
    /* A name such as AB12 would be a cell. */
    if (is_good) {
        size_t n_letters = 0;
        while ((name[n_letters] | 32) >= 'a' && (name[n_letters] | 32) <= 'z')
            n_letters++;
        is_good = !(n_letters >= 1 && n_letters <= 3 && name[n_letters] &&
                    name[n_letters + strspn(name + n_letters, "0123456789")] == '\0');
    }
    if (is_good)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_ARGUMENT, sheet->name, SAY_WORKBOOK_TABLE_NAME, name ? name : "");
}

/* Every column that a chart names is there. */
static behov_status check_charts(const behov_section *sheets, size_t n_sheets, const behov_section *sheet,
                                 behov_error *err)
{
    for (size_t i = 0; i < sheet->n_charts; i++) {
        const behov_sheet_chart *chart = &sheet->charts[i];
        size_t s = 0;
        while (s < n_sheets && (!sheets[s].table || !chart->text || strcmp(sheets[s].name, chart->text) != 0))
            s++;
        for (size_t k = 0; k < 2 * BEHOV_SHEET_SERIES; k++) {
            const behov_sheet_series *series = &chart->series[k / 2];
            const char *key = k % 2 ? series->y : series->x;
            if (series->y && (s == n_sheets ||
                              behov_workbook_column(sheets[s].table, key) == behov_report_n_columns(sheets[s].table)))
                return behov_error_say(err, BEHOV_E_ARGUMENT, sheet->name, SAY_WORKBOOK_CHART_COLUMN, key,
                                       chart->text ? chart->text : "");
        }
    }
    return BEHOV_OK;
}

bool behov_workbook_takes_name(const char *name)
{
    return name[0] && behov_workbook_units(name) <= BEHOV_WORKBOOK_LONGEST_NAME && !strpbrk(name, "[]:*?/\\") &&
           name[0] != '\'' && name[strlen(name) - 1] != '\'' &&
           !behov_workbook_same_name(name, "History"); /* Excel's own, for changes */
}

behov_status behov_workbook_check_sheet(const behov_section *sheets, size_t n_sheets, size_t index, behov_error *err)
{
    const behov_section *sheet = &sheets[index];
    const char *name = sheet->name ? sheet->name : "";
    if (!behov_workbook_takes_name(name))
        return behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_WORKBOOK_SHEET_NAME, name);
    for (size_t i = 0; i < index; i++)
        if (behov_workbook_same_name(sheets[i].name, name))
            return behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_WORKBOOK_SHEET_TWICE, name);
    if (sheet->input_sheet)
        return BEHOV_OK;
    behov_status status = check_table_name(sheet, err);
    if (status)
        return status;
    for (size_t i = 0; i < index; i++) {
        if (sheets[i].table && behov_workbook_same_name(sheets[i].table_name, sheet->table_name))
            return behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_WORKBOOK_TABLE_TWICE, sheet->table_name);
    }
    if ((status = check_charts(sheets, n_sheets, sheet, err)))
        return status;
    size_t n_columns = behov_report_n_columns(sheet->table), n_rows = behov_report_n_rows(sheet->table);
    if (n_columns == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_WORKBOOK_NO_COLUMNS);
    if (n_columns > BEHOV_WORKBOOK_COLUMNS)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_WORKBOOK_TOO_MANY_COLUMNS, n_columns,
                               BEHOV_WORKBOOK_COLUMNS);
    size_t room = BEHOV_WORKBOOK_ROWS - BEHOV_WORKBOOK_FIRST_ROW;
    for (size_t i = 0; i < sheet->n_notes; i++)
        room -= strlen(sheet->notes[i]) / (BEHOV_WORKBOOK_NARROWEST_NOTE / 2) + 1;
    room -= 16; /* the empty row and the writer's own notes */
    if (n_rows > room)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_WORKBOOK_TOO_MANY_ROWS, n_rows, room);
    return BEHOV_OK;
}
