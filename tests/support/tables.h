/* tables.h - a table in a few lines of a test, and the whole way from a formula to a covariance in one call.
 *
 * Include cmocka.h (with its own includes) before this file. What cannot fail in a test fails the test here. */
#ifndef BEHOV_TESTS_TABLES_H
#define BEHOV_TESTS_TABLES_H

#include <behov.h>

/* Reads the text of a small comma-separated table, "code,y\n\"0301\",2.5\n": no quotes within cells, no blank lines.
 * A column is numbers when every cell is a number or a missing mark (empty . .. : NA NULL); a cell in double quotes
 * makes its column text. Rows know their lines (the header is line 1); the source is called "test.csv". The program's
 * reader takes no part in it. */
behov_table *table_of_text(const char *text);
/* A table of n_rows rows without columns, called "test.csv"; table_add copies the values. */
behov_table *table_of_rows(size_t n_rows);
void table_add(behov_table *table, const char *name, const double *values);
void table_add_texts(behov_table *table, const char *name, const char *const *texts);
/* Reads a file as the program does, every column as it is found. */
behov_table *table_of_file(const char *path);
/* The numbers of a column that is there. */
const double *table_numbers(const behov_table *table, const char *name);

/* What is made on the way; all of it belongs to the estimation but the table. */
typedef struct estimation {
    const behov_table *table;
    behov_formula *formula;
    behov_expression *exclude, *set_aside, *weights;
    behov_design *design;
    behov_clusters *clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    behov_error err;
} estimation;

typedef struct estimation_options {
    behov_vcov_kind kind;
    const char *cluster; /* NULL = none */
    behov_fit_options fit;
    const char *exclude, *set_aside; /* NULL = none */
    const char *weights;             /* NULL = none */
    behov_weight_kind weight_kind;
    const char *absorb; /* NULL = none */
    behov_working_variance working;
    size_t n_threads;
} estimation_options;

/* formula -> design -> clusters -> factors -> fit -> covariance. Stops at the first failure, with the error in `err`;
 * what was made before it is there. Free in any case. The factors hold the clusters, unless these part groups of
 * absorbed effects. */
behov_status estimate(estimation *estimation, const behov_table *table, const char *formula,
                      estimation_options options);
/* The first two steps alone. */
behov_status estimate_design(estimation *estimation, const behov_table *table, const char *formula,
                             estimation_options options);
void estimation_free(estimation *estimation);

/* Position of a regressor; the test fails when there is none of this name. */
size_t position_of(const estimation *estimation, const char *regressor);
/* Coefficient and standard error of a regressor. */
double coefficient_of(const estimation *estimation, const char *regressor);
double error_of(const estimation *estimation, const char *regressor);

/* Fitted values and residuals of all rows estimated on, in their order (room for behov_fit_n_rows numbers). */
void fitted_rows(const estimation *estimation, double *fitted, double *residuals);
/* The design matrix (row-major, n x K) and the outcome of the rows estimated on. */
void design_rows(const estimation *estimation, double *regressors, double *outcome);

/* Fails the test when `text` lacks `piece`. */
#define assert_contains(text, piece) assert_contains_at((text), (piece), __FILE__, __LINE__)
void assert_contains_at(const char *text, const char *piece, const char *file, int line);

/* Numbers in [0, 1) and whole numbers in [0, n), the same on every machine (xorshift64*, Vigna 2016). */
typedef struct dice {
    uint64_t state;
} dice;
dice dice_of(uint64_t seed);
double dice_uniform(dice *dice);
double dice_normal(dice *dice);
size_t dice_below(dice *dice, size_t n);

#endif
