/* tables.c - see tables.h. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_table.h"
#include "tables.h"

static void need_ok(behov_status status, const behov_error *err)
{
    if (status)
        fail_msg("%s: %s: %s", behov_status_name(status), err->where, err->what);
}

behov_table *table_of_rows(size_t n_rows)
{
    behov_table *table = NULL;
    behov_error err;
    need_ok(behov_table_new(n_rows, "test.csv", &table, &err), &err);
    return table;
}

void table_add(behov_table *table, const char *name, const double *values)
{
    size_t n_rows = behov_table_n_rows(table);
    double *copy = malloc((n_rows + 1) * sizeof *copy);
    assert_non_null(copy);
    if (n_rows)
        memcpy(copy, values, n_rows * sizeof *copy);
    behov_error err;
    need_ok(behov_table_add_numbers(table, name, copy, &err), &err);
}

static void add_codes(behov_table *table, const char *name, const char *const *texts, const size_t *lengths)
{
    size_t n_rows = behov_table_n_rows(table);
    int32_t *codes = malloc((n_rows + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_error err;
    assert_non_null(codes);
    need_ok(behov_dictionary_new(&levels, &err), &err);
    for (size_t row = 0; row < n_rows; row++) {
        behov_missing mark = behov_missing_of_text(texts[row], lengths[row]);
        if (mark)
            codes[row] = behov_missing_code(mark);
        else
            need_ok(behov_dictionary_intern(levels, texts[row], lengths[row], &codes[row], &err), &err);
    }
    need_ok(behov_table_add_text(table, name, codes, levels, &err), &err);
}

void table_add_texts(behov_table *table, const char *name, const char *const *texts)
{
    size_t n_rows = behov_table_n_rows(table);
    size_t *lengths = malloc((n_rows + 1) * sizeof *lengths);
    assert_non_null(lengths);
    for (size_t row = 0; row < n_rows; row++)
        lengths[row] = strlen(texts[row]);
    add_codes(table, name, texts, lengths);
    free(lengths);
}

/* Cell `column` of the line that begins at `line`. */
static const char *cell(const char *line, size_t column, size_t *length)
{
    for (; column > 0; column--) {
        line += strcspn(line, ",\n");
        if (*line != ',')
            fail_msg("the text of the test's table has a line with too few cells");
        line++;
    }
    *length = strcspn(line, ",\n");
    return line;
}

behov_table *table_of_text(const char *text)
{
    size_t n_columns = 1, n_lines = 0;
    for (const char *cursor = text; *cursor && *cursor != '\n'; cursor++)
        n_columns += *cursor == ',';
    const char *lines[400];
    for (const char *cursor = text; *cursor; cursor += strcspn(cursor, "\n"), cursor += *cursor == '\n') {
        assert_true(n_lines < sizeof lines / sizeof *lines);
        lines[n_lines++] = cursor;
    }
    size_t n_rows = n_lines - 1;
    behov_table *table = table_of_rows(n_rows);
    const char *texts[400];
    size_t lengths[400];
    double values[400];
    for (size_t column = 0; column < n_columns; column++) {
        bool are_numbers = true;
        for (size_t row = 0; row < n_rows; row++) {
            texts[row] = cell(lines[row + 1], column, &lengths[row]);
            if (lengths[row] && texts[row][0] == '"') {
                are_numbers = false;
                texts[row]++;
                lengths[row] -= 2;
            } else {
                behov_missing mark = behov_missing_of_text(texts[row], lengths[row]);
                if (mark)
                    values[row] = behov_missing_number(mark);
                else
                    are_numbers = are_numbers &&
                                  behov_number_parse(texts[row], lengths[row], '.', &values[row]) == BEHOV_NUMBER_OK;
            }
        }
        char name[100];
        size_t length;
        const char *written_text = cell(lines[0], column, &length);
        snprintf(name, sizeof name, "%.*s", (int)length, written_text);
        if (are_numbers)
            table_add(table, name, values);
        else
            add_codes(table, name, texts, lengths);
    }
    uint32_t *line_of_row = malloc((n_rows + 1) * sizeof *line_of_row);
    assert_non_null(line_of_row);
    for (size_t row = 0; row < n_rows; row++)
        line_of_row[row] = (uint32_t)row + 2;
    behov_table_set_lines(table, line_of_row);
    return table;
}

behov_table *table_of_file(const char *path)
{
    behov_table *table = NULL;
    behov_error err;
    need_ok(read_table(path, &(read_csv_options){0}, &table, &err), &err);
    return table;
}

const double *table_numbers(const behov_table *table, const char *name)
{
    ptrdiff_t column = behov_table_find(table, name);
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_NUMBER)
        fail_msg("the table has no numbers called %s", name);
    return behov_table_numbers(table, (size_t)column);
}

static behov_status condition(const char *text, const behov_table *table, behov_expression **expression,
                              behov_error *err)
{
    if (!text)
        return BEHOV_OK;
    behov_status status = behov_expression_parse(text, strlen(text), "condition", expression, err);
    return status ? status : behov_expression_bind(*expression, table, err);
}

behov_status estimate_design(estimation *estimation, const behov_table *table, const char *formula,
                             estimation_options options)
{
    memset(estimation, 0, sizeof *estimation);
    estimation->table = table;
    behov_status status = behov_formula_parse(formula, &estimation->formula, &estimation->err);
    if (!status)
        status = condition(options.exclude, table, &estimation->exclude, &estimation->err);
    if (!status)
        status = condition(options.set_aside, table, &estimation->set_aside, &estimation->err);
    if (!status)
        status = condition(options.weights, table, &estimation->weights, &estimation->err);
    behov_design_options design = {.exclude = estimation->exclude,
                                   .set_aside = estimation->set_aside,
                                   .weights = estimation->weights,
                                   .weight_kind = options.weight_kind,
                                   .n_threads = options.n_threads,
                                   .cluster_keys = &options.cluster,
                                   .n_cluster_keys = options.cluster ? 1 : 0,
                                   .absorb = options.absorb};
    if (!status)
        status = behov_design_new(estimation->formula, table, &design, &estimation->design, &estimation->err);
    return status;
}

behov_status estimate(estimation *estimation, const behov_table *table, const char *formula, estimation_options options)
{
    behov_status status = estimate_design(estimation, table, formula, options);
    if (!status && options.cluster) {
        size_t n_rows;
        const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
        status = behov_clusters_new(table, options.cluster, rows, n_rows, &estimation->clusters, &estimation->err);
    }
    bool are_whole = true;
    if (!status && estimation->clusters && options.absorb)
        status = behov_clusters_are_within(behov_design_absorbed(estimation->design), estimation->clusters, &are_whole,
                                           &estimation->err);
    if (!status)
        status = behov_factors_new(estimation->design, are_whole ? estimation->clusters : NULL, &estimation->factors,
                                   &estimation->err);
    if (!status)
        status =
            behov_fit_new(estimation->design, estimation->factors, &options.fit, &estimation->fit, &estimation->err);
    if (!status)
        status = options.working == BEHOV_WORKING_INVERSE_WEIGHTS
                     ? behov_vcov_new(estimation->fit, estimation->design, estimation->clusters, options.kind,
                                      &estimation->vcov, &estimation->err)
                     : behov_vcov_cv2(estimation->fit, estimation->design, estimation->clusters, options.working,
                                      &estimation->vcov, &estimation->err);
    return status;
}

void estimation_free(estimation *estimation)
{
    behov_vcov_free(estimation->vcov);
    behov_fit_free(estimation->fit);
    behov_factors_free(estimation->factors);
    behov_clusters_free(estimation->clusters);
    behov_design_free(estimation->design);
    behov_expression_free(estimation->weights);
    behov_expression_free(estimation->set_aside);
    behov_expression_free(estimation->exclude);
    behov_formula_free(estimation->formula);
    memset(estimation, 0, sizeof *estimation);
}

size_t position_of(const estimation *estimation, const char *regressor)
{
    size_t n = behov_design_n_regressors(estimation->design);
    for (size_t k = 0; k < n; k++)
        if (strcmp(behov_design_regressor(estimation->design, k), regressor) == 0)
            return k;
    fail_msg("the design has no regressor called %s", regressor);
    return 0;
}

double coefficient_of(const estimation *estimation, const char *regressor)
{
    return behov_fit_coefficients(estimation->fit)[position_of(estimation, regressor)];
}

double error_of(const estimation *estimation, const char *regressor)
{
    size_t k = position_of(estimation, regressor), n = behov_vcov_n_regressors(estimation->vcov);
    return sqrt(behov_vcov_matrix(estimation->vcov)[k * n + k]);
}

void fitted_rows(const estimation *estimation, double *fitted, double *residuals)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
    behov_error err;
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t n = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        need_ok(behov_fit_predict(estimation->fit, estimation->design, behov_rows_block(rows, first, n, room), n,
                                  fitted + first, residuals + first, &err),
                &err);
    }
}

void design_rows(const estimation *estimation, double *regressors, double *outcome)
{
    size_t n_rows, n = behov_design_n_regressors(estimation->design);
    const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        behov_design_fill(estimation->design, behov_rows_block(rows, first, count, room), count, regressors + first * n,
                          n, outcome + first);
    }
}

void assert_contains_at(const char *text, const char *piece, const char *file, int line)
{
    if (strstr(text, piece))
        return;
    print_error("\"%s\"\nlacks \"%s\"\n", text, piece);
    _fail(file, line);
}

dice dice_of(uint64_t seed)
{
    return (dice){seed * 0x9E3779B97F4A7C15u + 1};
}

static uint64_t dice_next(dice *dice)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return dice->state * 0x2545F4914F6CDD1Du;
}

double dice_uniform(dice *dice)
{
    return (double)(dice_next(dice) >> 11) / 9007199254740992.0;
}

/* Sum of twelve uniforms: near enough to normal, and the same digits under every C library. */
double dice_normal(dice *dice)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += dice_uniform(dice);
    return sum;
}

size_t dice_below(dice *dice, size_t n)
{
    return (size_t)(dice_uniform(dice) * (double)n);
}
