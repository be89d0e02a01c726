/* plausibility_marks.c - rows that are no municipality: by their code, by their name, as a sum. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* Codes from 2101 to 2399 that Norway has not for anything: whoever has them has made codes up. */
bool plausibility_has_generated_codes(const behov_dictionary *levels)
{
    size_t n = behov_dictionary_count(levels);
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        bool is_between = strlen(text) == 4 && strspn(text, "0123456789") == 4 && strcmp(text, "2100") > 0 &&
                          strcmp(text, "2400") < 0;
        if (is_between && !behov_code_is_outside(text))
            return true;
    }
    return false;
}

/* What each level of a column of text says; NULL when the column is not there. */
static behov_status mark_levels(const behov_table *table, ptrdiff_t column, bool are_codes, uint8_t **marks,
                                behov_error *err)
{
    *marks = NULL;
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *levels = behov_table_levels(table, (size_t)column);
    size_t n = behov_dictionary_count(levels);
    if (!(*marks = behov_alloc(n, sizeof **marks)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_CODES);
    uint8_t *is_short = *marks; /* of each level, as far as levels were read, which is all where none has four digits */
    bool has_four = false;
    for (size_t i = 0; i < n && are_codes && !has_four; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        size_t length = strlen(text);
        behov_code code = behov_code_read(text, length);
        has_four = code.kind == BEHOV_CODE_FOUR_DIGITS && !behov_code_mark(text, length);
        is_short[i] = code.kind == BEHOV_CODE_FEW_DIGITS;
    }
    bool may_be_outside = are_codes && !plausibility_has_generated_codes(levels);
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        size_t length = strlen(text);
        /* One or two digits beside codes of four are counties; a column of nothing else is something else. */
        (*marks)[i] = (uint8_t)(!are_codes                                      ? behov_name_mark(text, length)
                                : is_short[i] && !has_four                      ? BEHOV_ROW_MUNICIPALITY
                                : may_be_outside && behov_code_is_outside(text) ? BEHOV_ROW_OUTSIDE
                                                                                : behov_code_mark(text, length));
    }
    return BEHOV_OK;
}

/* What levels of codes and of names say of a row. */
typedef struct level_marks {
    const behov_panel *panel;
    const int32_t *codes, *names;     /* of the rows; NULL = not there */
    const uint8_t *by_code, *by_name; /* of the levels */
} level_marks;

static uint8_t mark_of_row(const level_marks *marks, size_t row)
{
    bool has_code = marks->codes && marks->codes[row] >= 0, has_name = marks->names && marks->names[row] >= 0;
    uint8_t mark = has_code ? marks->by_code[marks->codes[row]] : BEHOV_ROW_MUNICIPALITY;
    if (!mark && has_name)
        mark = marks->by_name[marks->names[row]];
    if (mark || !has_code || !has_name)
        return mark;
    const char *digits = behov_panel_code(marks->panel, row);
    size_t length = strlen(digits); /* few codes end in 00, and only theirs are read again */
    return length == 4 && strcmp(digits + 2, "00") == 0
               ? (uint8_t)behov_code_and_name_mark(digits, behov_panel_municipality(marks->panel, row))
               : mark;
}

static bool is_of_same_levels(const level_marks *marks, size_t row, size_t other)
{
    return (!marks->codes || marks->codes[row] == marks->codes[other]) &&
           (!marks->names || marks->names[row] == marks->names[other]);
}

static behov_status mark_rows(behov_table *table, const level_marks *marks, behov_error *err)
{
    behov_status status = BEHOV_OK;
    uint8_t mark = BEHOV_ROW_MUNICIPALITY;
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        if (row == 0 || !is_of_same_levels(marks, row, row - 1)) /* years of a municipality follow each other */
            mark = mark_of_row(marks, row);
        if (mark)
            status = behov_table_mark_row(table, row, (behov_row_mark)mark, err);
    }
    return status;
}

behov_status behov_plausibility_mark(behov_table *table, const behov_panel *panel, behov_error *err)
{
    uint8_t *by_code = NULL, *by_name = NULL;
    ptrdiff_t code = panel->columns[BEHOV_ROLE_CODE], name = panel->columns[BEHOV_ROLE_MUNICIPALITY];
    behov_status status = mark_levels(table, code, true, &by_code, err);
    if (!status)
        status = mark_levels(table, name, false, &by_name, err);
    level_marks marks = {.panel = panel, .by_code = by_code, .by_name = by_name};
    marks.codes = by_code ? behov_table_codes(table, (size_t)code) : NULL;
    marks.names = by_name ? behov_table_codes(table, (size_t)name) : NULL;
    bool has_levels = marks.codes || marks.names;
    if (!status && has_levels)
        status = mark_rows(table, &marks, err);
    free(by_code);
    free(by_name);
    if (!status && has_levels && panel->columns[BEHOV_ROLE_POPULATION] >= 0)
        status = plausibility_mark_sums(table, panel, err);
    return status;
}

/* One finding for each code, or name where there is no code; rows of a level are counted. */
behov_status plausibility_tell_marks(const panel_look *look, behov_error *err)
{
    const behov_table *table = look->table;
    if (behov_table_n_marked(table) == 0)
        return BEHOV_OK;
    behov_plausibility *plausibility = look->plausibility;
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        behov_row_mark mark = behov_table_row_mark(table, row);
        if (!mark)
            continue;
        behov_oddity *same = NULL;
        for (size_t i = plausibility->n; i > 0 && !same; i--) {
            behov_oddity *oddity = &plausibility->findings[i - 1];
            if (oddity->kind == BEHOV_ODD_NO_MUNICIPALITY && oddity->row >= 0 &&
                strcmp(behov_panel_code(look->panel, (size_t)oddity->row), behov_panel_code(look->panel, row)) == 0 &&
                strcmp(behov_panel_municipality(look->panel, (size_t)oddity->row),
                       behov_panel_municipality(look->panel, row)) == 0)
                same = oddity;
        }
        if (same) {
            same->count++;
            continue;
        }
        behov_status status = behov_plausibility_add(
            plausibility, plausibility_finding_at(BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, (int)mark, row), err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}
