/* ratio_table.h - ratios by municipality and year: of a fit, or read as print has them (annex 2). */
#ifndef BEHOV_RATIO_TABLE_H
#define BEHOV_RATIO_TABLE_H

#include <behov.h>
#include <stdbool.h>

#include "municipality_list.h"
#include "groups.h"
#include "options.h"
#include "read_csv.h"
#include "fit_results.h"

typedef struct behov_ratio_table {
    behov_municipality_list places; /* a row for each */
    int *years;
    size_t n_years;
    double *ratios;     /* places.n x n_years, per cent of need; NaN where there is none */
    double *needs;      /* the same: need times population, what a ratio of several municipalities weights by; NULL
                           when only ratios are known */
    double *weights;    /* population, for ratios that were read; NULL when there is none */
    size_t n_left_out;  /* rows of a file that are no municipality: "Hele landet" */
    char *passed_over;  /* columns of a file that are neither read nor known to be of no use, in quotes; NULL = none */
    char *printed_path; /* of a file, NULL for a fit */
    behov_table *table; /* owned by a table that was read */
    const behov_fit_results *fit_results; /* NULL for a table that was read */
} behov_ratio_table;

/* The ratios of a fit or an application (borrowed, must outlive the table). Free with ratio_table_free in any case. */
behov_status behov_ratio_table_of_results(const behov_fit_results *fit_results, behov_ratio_table *out,
                                          behov_error *err) BEHOV_MUST_CHECK;
/* Reads delimited text: municipality_code or municipality (or both), a column for each year, population if it is there;
 * other columns are passed over and listed, and rows that are no municipality left out and counted. "-" is standard input.
 * BEHOV_E_NAME without such columns, BEHOV_E_DATA for a municipality twice, a negative ratio, one that looks like a share,
 * or codes of three digits beside others that have kept their zero, and the errors of read_csv. */
behov_status behov_ratio_table_read(const char *path, behov_ratio_table *out, behov_error *err) BEHOV_MUST_CHECK;
void behov_ratio_table_free(behov_ratio_table *ratio_table);
/* Whether the options of a call go with --ratios, where it is given; prints and returns 2 if not. */
int behov_ratio_table_options(const command_line *line);
/* Tells of rows and columns that were left out and of zeros that were put back, on standard error. */
void behov_ratio_table_print_notes(const behov_ratio_table *ratio_table);

double behov_ratio_table_at(const behov_ratio_table *ratio_table, size_t place, size_t year);

/* What of it is shown. */
typedef struct behov_ratio_choice {
    const size_t *places; /* n_places positions, in the order in which they are shown; NULL = all */
    size_t n_places;
    const behov_groups *groups; /* subtotals, and the order of the groups; NULL = none */
    behov_ratio_limits limits;
} behov_ratio_choice;

/* Annex 2: code, name, a column for each year; with groups a group's municipalities and its own ratio beneath them, in
 * bold, and at last that of all that are shown. The ratio of several municipalities is the sum of their expenditure
 * over the sum of their needs; of printed ratios, their mean weighted by population. BEHOV_E_DATA for subtotals without
 * population. */
behov_status behov_ratio_table_report(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                      behov_language lang, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Table 6-1: the same with level in the last year and change since the first, in words. */
behov_status behov_ratio_table_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                      behov_language lang, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* A row for each municipality and year: the ratio, its level, the points from the year before and from the first year
 * between ratios as they are printed; with the last year the change in words, as in the table of levels. */
behov_status behov_ratio_table_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                     behov_language lang, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;

#endif
