/* sheet_styles.h - how a number of a sheet is shown: as a date, in per cent, or as a number. */
#ifndef BEHOV_CLI_SHEET_STYLES_H
#define BEHOV_CLI_SHEET_STYLES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum sheet_look {
    SHEET_LOOK_NUMBER = 0,
    SHEET_LOOK_PERCENT,
    SHEET_LOOK_DATE,  /* with a year, or a year alone */
    SHEET_LOOK_DAY,   /* a day and a month without a year: what spreadsheets make of 3.2 */
    SHEET_LOOK_CLOCK, /* hours */
} sheet_look;

/* What a format code of .xlsx shows: "0.0%", "dd.mm.yyyy", "d. mmm", "[h]:mm". */
sheet_look sheet_look_of_code(const char *code);
/* The formats that have a number and no code in the file (ECMA-376, 18.8.30). */
sheet_look sheet_look_of_number(unsigned long format);

/* What a number of days is as a date, in a book that counts from 1904 or from 1900: "2013-02-03", "3.feb", "12:30:00".
 * False where there is no such day. */
bool sheet_date_text(double days, bool is_from_1904, sheet_look look, char text[32]);
/* A number that is stored as a part of one, in per cent: what is shown, to the last digit. */
double sheet_percent_of(double part);

#endif
