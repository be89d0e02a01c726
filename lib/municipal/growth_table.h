/* growth_table.h - the columns and rows of a table of groups (behov/growth_groups.h), for the room alone. */
#ifndef BEHOV_GROWTH_TABLE_H
#define BEHOV_GROWTH_TABLE_H

#include <behov/growth_groups.h>

typedef enum growth_column {
    GROWTH_GROUP,
    GROWTH_FACTOR,
    GROWTH_COUNT,
    GROWTH_SHARE,
    GROWTH_RATE_OF_CHANGE, /* growth in per cent */
    GROWTH_CONTRIBUTION,
    GROWTH_INDEX,
    GROWTH_RATE,
    N_GROWTH_COLUMNS
} growth_column;

/* A table whose rows are groups; the rows in the order of the table without the total. */
typedef struct growth_table {
    const behov_table *table;
    const behov_growth_choices *choices;
    const char **names; /* borrowed */
    size_t *rows;       /* of the table */
    size_t n;
    bool has_total;
    size_t total; /* its row */
    bool is_of_factors;
} growth_table;

/* Free with growth_table_free in any case. \param name_column  GROWTH_GROUP or GROWTH_FACTOR */
behov_status growth_table_open(const behov_table *table, const behov_growth_choices *choices, growth_column name_column,
                               growth_table *out, behov_error *err) BEHOV_MUST_CHECK;
void growth_table_free(growth_table *groups);
/* Years of the columns of a kind, in order (malloc). A column of no year has none. */
behov_status growth_table_years(const growth_table *groups, growth_column column, int **years, size_t *n,
                                behov_error *err) BEHOV_MUST_CHECK;
/* The first and the last of years, or those that were chosen. BEHOV_E_NAME for one that is not among them. */
behov_status growth_table_choose_years(const growth_table *groups, const int *years, size_t n, int *start, int *end,
                                       behov_error *err) BEHOV_MUST_CHECK;
/* The column of a kind and a year, the first where year is 0; -1 when there is none. */
ptrdiff_t growth_table_column(const growth_table *groups, growth_column column, int year);
/* The first or last year in the name of a column; 0 = none. */
int growth_table_year_of(const char *name, bool is_last);
/* A figure of a group: there, and not below `least`, or BEHOV_E_DATA with its place. */
behov_status growth_table_figure(const growth_table *groups, size_t row, ptrdiff_t column, double least, double *value,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* The same of members: whole, or BEHOV_E_DATA. */
behov_status growth_table_count(const growth_table *groups, size_t row, ptrdiff_t column, double *value,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Members of the row of all: those that its groups sum to, or BEHOV_E_DATA, for a group is missing or there twice. NaN
 * without such a row, or without a figure in it. */
behov_status growth_table_total_count(const growth_table *groups, ptrdiff_t column, double sum, double *total,
                                      behov_error *err) BEHOV_MUST_CHECK;
/* A figure of the row of all that is a mean of its groups: within what these allow, or BEHOV_E_DATA.
 * \param base_column  of a figure that it is held against in per cent; -1 = as it stands */
behov_status growth_table_total_mean(const growth_table *groups, ptrdiff_t column, ptrdiff_t base_column,
                                     behov_rounded mean, behov_error *err) BEHOV_MUST_CHECK;
/* Two figures of a row that are 50 times each other are of two units, 1.1 beside 100: BEHOV_E_DATA. */
behov_status growth_table_refuse_scale(const growth_table *groups, size_t row, ptrdiff_t first, ptrdiff_t second,
                                       behov_error *err) BEHOV_MUST_CHECK;
/* Growth in per cent with its rounding; above -100, or BEHOV_E_DATA with its place. */
behov_status growth_table_growth(const growth_table *groups, size_t row, ptrdiff_t column, int n_decimals,
                                 behov_rounded *growth, behov_error *err) BEHOV_MUST_CHECK;
/* How many decimals the figures of a column were printed with: those chosen, else the most that any has. */
int growth_table_decimals(const growth_table *groups, ptrdiff_t column);
/* Shares of 1 in place of per cent would be taken as a hundredth of what they are: BEHOV_E_DATA. */
behov_status growth_table_check_shares(const growth_table *groups, double share_sum_pct,
                                       behov_error *err) BEHOV_MUST_CHECK;
/* BEHOV_E_NAME where a second column of the kind stands beside the first. */
behov_status growth_table_only(const growth_table *groups, growth_column column, behov_error *err) BEHOV_MUST_CHECK;
/* BEHOV_E_NAME where a column of `other` says the same as one of `used`, which alone would be read. */
behov_status growth_table_one_source(const growth_table *groups, growth_column used, growth_column other,
                                     behov_error *err) BEHOV_MUST_CHECK;
behov_status growth_table_lacks(const growth_table *groups, const char *columns, behov_error *err) BEHOV_MUST_CHECK;

#endif
