/* municipality_parts.h - the sheet Kommune while it is filled: its state, its columns, and how a cell is filled. */
#ifndef BEHOV_MUNICIPALITY_PARTS_H
#define BEHOV_MUNICIPALITY_PARTS_H

#include <behov/input_sheet.h>
#include <behov/profile_tables.h>
#include <behov/section.h>
#include "workbook.h"

enum { LABEL_COLUMN = 0, FIRST_FIGURE = 1 };

/* Columns of the drivers. */
enum { COEFFICIENT = 1, VALUE, MEAN, DRIVER, DRIVER_IN_ALL };

/* Columns of what the waterfall is made of, from the column of the first of them. */
enum { START, END, HIDDEN, UP, UP_BELOW, DOWN, DOWN_BELOW, SUM, MADE_END };

typedef struct sheet {
    const behov_profiles *profiles;
    const behov_profile *profile;
    size_t index; /* its position among the profiles */
    const behov_section *tables;
    behov_input_sheet *out;
    behov_status status; /* the first that is not BEHOV_OK; nothing is added after it */
    behov_error *err;
    size_t row, count; /* the row to fill next; first column of what is not printed */
    size_t label_width;
    /* where things stand */
    char chosen_text[BEHOV_WORKBOOK_CELL], year[BEHOV_WORKBOOK_CELL], group[BEHOV_WORKBOOK_CELL];
    char municipality_row[BEHOV_WORKBOOK_CELL], year_row[BEHOV_WORKBOOK_CELL], country_row[BEHOV_WORKBOOK_CELL],
        group_row[BEHOV_WORKBOOK_CELL];
    size_t years_row, ratio_row, country_ratio_row, group_ratio_row, low_row, high_row, population_row;
    size_t drivers_row;
} sheet;

/* Columns of the drivers against the group; columns that are printed, and how wide one of figures is. */
bool sheet_has_in_all(const behov_profiles *profiles);
size_t sheet_group_mean(const behov_profiles *profiles);
size_t sheet_group_driver(const behov_profiles *profiles);
size_t sheet_group_driver_in_all(const behov_profiles *profiles);
size_t sheet_columns(const behov_profiles *profiles);
size_t sheet_figure_width(const behov_profiles *profiles);
const char *sheet_head_word(const behov_profiles *profiles, behov_word word);

/* Cells; nothing is filled after a failure, which sheet->status keeps. */
const behov_profile_year *sheet_shown_year(const sheet *sheet);
const char *sheet_word(const sheet *sheet, behov_word key);
void sheet_put_text(sheet *sheet, size_t row, size_t column, unsigned look, const char *text);
void sheet_put_words(sheet *sheet, size_t row, size_t column, unsigned look, const behov_wording *text);
void sheet_put_number(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double number);
void sheet_put_head(sheet *sheet, size_t row, size_t column, const char *text);
BEHOV_PRINTF(7, 8)
void sheet_put_formula(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double value,
                       const char *formula, ...);
/* A cell without its dollars: B4. */
const char *sheet_plain_cell(size_t row, size_t column, char text[BEHOV_WORKBOOK_CELL]);

/* Parts of the sheet, from sheet->row on: municipality_drivers.c, municipality_charts.c. */
void sheet_put_forecasts(sheet *sheet);
void sheet_put_drivers(sheet *sheet);
void sheet_put_charts(sheet *sheet);

#endif
