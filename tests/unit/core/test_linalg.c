/* test_linalg.c - the triangle against GSL, dependent columns, inverse, condition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "digits.h"
#include "linalg.h"
#include "tables.h"

enum { WIDTH = 7, ROWS = 40 };

static void draw(double *rows, size_t n, uint64_t seed)
{
    dice random = dice_of(seed);
    for (size_t i = 0; i < n; i++)
        rows[i] = dice_normal(&random) * pow(2, (double)dice_below(&random, 6));
}

/* (R'R)_ij */
static double cross(const double *triangle, size_t width, size_t i, size_t j)
{
    double sum = 0;
    for (size_t k = 0; k <= i && k <= j; k++)
        sum += triangle[k * width + i] * triangle[k * width + j];
    return sum;
}

static void triangle_is_that_of_gsl(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 50; seed++)
        for (size_t n_rows = 1; n_rows <= ROWS; n_rows += 6) {
            double rows[ROWS * WIDTH], triangle[WIDTH * WIDTH] = {0}, work[WIDTH];
            double oracle[WIDTH * WIDTH] = {0}, copy[ROWS * WIDTH], t[WIDTH * WIDTH];
            draw(rows, n_rows * WIDTH, seed);
            memcpy(copy, rows, sizeof copy);
            size_t first = n_rows / 3; /* in two parts: the second meets a triangle that is not zero */
            behov_triangle_add(triangle, WIDTH, rows, first, work);
            behov_triangle_add(triangle, WIDTH, rows + first * WIDTH, n_rows - first, work);
            gsl_matrix_view u = gsl_matrix_view_array(oracle, WIDTH, WIDTH);
            gsl_matrix_view a = gsl_matrix_view_array(copy, n_rows, WIDTH);
            gsl_matrix_view tau = gsl_matrix_view_array(t, WIDTH, WIDTH);
            assert_int_equal(gsl_linalg_QR_UR_decomp(&u.matrix, &a.matrix, &tau.matrix), 0);
            for (size_t i = 0; i < WIDTH; i++)
                for (size_t j = 0; j < WIDTH; j++) {
                    double size = sqrt(cross(oracle, WIDTH, i, i) * cross(oracle, WIDTH, j, j));
                    assert_true(fabs(cross(triangle, WIDTH, i, j) - cross(oracle, WIDTH, i, j)) <= 1e-13 * size);
                    if (j < i)
                        assert_true(triangle[i * WIDTH + j] == 0);
                }
            /* the rows of a triangle of full rank are unique but for their signs */
            if (n_rows > WIDTH)
                for (size_t i = 0; i < WIDTH; i++)
                    for (size_t j = i; j < WIDTH; j++) {
                        double sign = triangle[i * WIDTH + i] * oracle[i * WIDTH + i] < 0 ? -1 : 1;
                        assert_true(fabs(triangle[i * WIDTH + j] - sign * oracle[i * WIDTH + j]) <
                                    1e-11 * sqrt(cross(oracle, WIDTH, j, j)));
                    }
        }
}

static void rows_of_zeros_change_nothing(void **state)
{
    (void)state;
    double rows[10 * WIDTH], triangle[WIDTH * WIDTH] = {0}, previous_values[WIDTH * WIDTH], work[WIDTH];
    draw(rows, 10 * WIDTH, 3);
    behov_triangle_add(triangle, WIDTH, rows, 10, work);
    memcpy(previous_values, triangle, sizeof previous_values);
    memset(rows, 0, sizeof rows);
    behov_triangle_add(triangle, WIDTH, rows, 10, work);
    behov_triangle_add(triangle, WIDTH, rows, 0, work);
    assert_memory_equal(triangle, previous_values, sizeof previous_values);
}

/* Columns 1, x, 2x - 3, z, 0, z + x */
static void dependent_columns_and_their_partners(void **state)
{
    (void)state;
    enum { N = 6, M = 20 };
    double rows[M * N], triangle[N * N] = {0}, work[N], partners[N * N];
    bool dependent[N];
    double lengths[N] = {0};
    dice random = dice_of(11);
    for (size_t i = 0; i < M; i++) {
        double x = dice_uniform(&random), z = dice_uniform(&random), row[N] = {1, x, 2 * x - 3, z, 0, z + x};
        memcpy(rows + i * N, row, sizeof row);
        for (size_t j = 0; j < N; j++)
            lengths[j] += row[j] * row[j];
    }
    behov_triangle_add(triangle, N, rows, M, work);
    behov_status status = BEHOV_E_DATA;
    assert_int_equal(behov_triangle_dependent(triangle, N, N, 1e-12, dependent, partners, &status), 3);
    assert_int_equal(status, BEHOV_OK);
    static const bool wanted_positions[N] = {false, false, true, false, true, true};
    for (size_t j = 0; j < N; j++)
        assert_int_equal(dependent[j], wanted_positions[j]);
    /* weights on columns of length 1 */
    assert_digits(partners[2 * N + 0] * sqrt(lengths[2]) / sqrt(lengths[0]), -3, 12);
    assert_digits(partners[2 * N + 1] * sqrt(lengths[2]) / sqrt(lengths[1]), 2, 12);
    assert_digits(partners[5 * N + 1] * sqrt(lengths[5]) / sqrt(lengths[1]), 1, 12);
    assert_digits(partners[5 * N + 3] * sqrt(lengths[5]) / sqrt(lengths[3]), 1, 12);
    assert_true(fabs(partners[5 * N + 0]) < 1e-13);
    for (size_t k = 0; k < N; k++) {
        assert_true(partners[0 * N + k] == 0 && partners[3 * N + k] == 0 && partners[4 * N + k] == 0);
        assert_true(partners[5 * N + 2] == 0); /* a dependent column is nobody's partner */
    }
    /* the first n columns alone, and without partners */
    assert_int_equal(behov_triangle_dependent(triangle, N, 2, 1e-12, dependent, NULL, &status), 0);
}

/* What is left of the second column is 1e-9 of its length. */
static void tolerance_is_a_share_of_the_length(void **state)
{
    (void)state;
    double triangle[4] = {3e8, 5e100, 0, 5e91};
    bool dependent[2];
    behov_status status;
    assert_int_equal(behov_triangle_dependent(triangle, 2, 2, 1e-10, dependent, NULL, &status), 0);
    assert_int_equal(behov_triangle_dependent(triangle, 2, 2, 1e-8, dependent, NULL, &status), 1);
    assert_true(dependent[1] && !dependent[0]);
}

static void inverse_times_triangle_is_one(void **state)
{
    (void)state;
    double rows[30 * WIDTH], triangle[WIDTH * WIDTH] = {0}, work[WIDTH], inverse[5 * 5];
    draw(rows, 30 * WIDTH, 5);
    behov_triangle_add(triangle, WIDTH, rows, 30, work);
    behov_triangle_inverse(triangle, WIDTH, 5, inverse);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++) {
            double sum = 0;
            for (size_t k = 0; k < 5; k++)
                sum += triangle[i * WIDTH + k] * inverse[k * 5 + j];
            assert_true(fabs(sum - (i == j)) < 1e-13);
            if (j < i)
                assert_true(inverse[i * 5 + j] == 0);
        }
}

static void quadratic_form(void **state)
{
    (void)state;
    behov_status status;
    double value = -1;
    static const double matrix[4] = {4, 2, 2, 3}, x[2] = {2, 5}; /* inverse 1/8 [3 -2; -2 4] */
    assert_true(behov_quadratic_inverse(matrix, 2, x, &value, &status));
    assert_digits(value, (3 * 4 - 2 * 2 * 10 + 4 * 25) / 8.0, 15);
    /* units far apart are no reason to give up */
    static const double scaled_values[4] = {4e40, 2e10, 2e10, 3e-20}, y[2] = {2e20, 5e-10};
    assert_true(behov_quadratic_inverse(scaled_values, 2, y, &value, &status));
    assert_digits(value, 9, 14);
    /* positive definite by one rounding is not positive definite */
    static const double hardly[4] = {1, 0x1.fffffffffffffp-1, 0x1.fffffffffffffp-1, 1};
    assert_false(behov_quadratic_inverse(hardly, 2, x, &value, &status));
    static const double singular[4] = {1, 1, 1, 1}, indefinite[4] = {1, 2, 2, 1}, zero[4] = {0, 0, 0, 1};
    assert_false(behov_quadratic_inverse(singular, 2, x, &value, &status));
    assert_false(behov_quadratic_inverse(indefinite, 2, x, &value, &status));
    assert_false(behov_quadratic_inverse(zero, 2, x, &value, &status));
}

static void condition_number(void **state)
{
    (void)state;
    behov_status status;
    static const double identity[9] = {7, 0, 0, 0, 1e-30, 0, 0, 0, 3}; /* lengths do not count */
    assert_digits(behov_triangle_condition(identity, 3, 3, &status), 1, 15);
    /* columns of length 1 with cosine c: singular values sqrt(1 +- c) */
    double c = 0.99, triangle[9] = {1, 5 * c, 9, 0, 5 * sqrt(1 - c * c), 9, 0, 0, 9};
    assert_digits(behov_triangle_condition(triangle, 3, 2, &status), sqrt((1 + c) / (1 - c)), 13);
    assert_int_equal(status, BEHOV_OK);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triangle_is_that_of_gsl),
        cmocka_unit_test(rows_of_zeros_change_nothing),
        cmocka_unit_test(dependent_columns_and_their_partners),
        cmocka_unit_test(tolerance_is_a_share_of_the_length),
        cmocka_unit_test(inverse_times_triangle_is_one),
        cmocka_unit_test(quadratic_form),
        cmocka_unit_test(condition_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
