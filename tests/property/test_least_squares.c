/* test_least_squares.c - laws of least squares and of sums over clusters, on small random problems.
 *
 * Each law runs over many seeds; a failure prints the seed and the formula. "To 12 digits" is measured against the size
 * that the quantity has by nature: X'e against |x| |y|, a fitted value against the largest outcome. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>

#include "digits.h"
#include "tables.h"

enum { ROWS = 90, SEEDS = 40, WIDTH_MAX = 40 };

/* ---- random problems -------------------------------------------------------------------------------------------- */

typedef struct problem {
    double y[ROWS], x1[ROWS], x2[ROWS], x3[ROWS], year[ROWS], group[ROWS], own[ROWS];
    const char *county[ROWS];
    char formula[300];
} problem;

static const char *const counties[] = {"Troms", "Oppland", "Østfold", "Vest-Agder"};

static problem draw(uint64_t seed)
{
    problem problem;
    dice random = dice_of(seed);
    for (size_t i = 0; i < ROWS; i++) {
        problem.x1[i] = floor(300 * pow(2000, dice_uniform(&random)));
        problem.x2[i] = 60 + dice_normal(&random);
        problem.x3[i] = 0.1 + dice_uniform(&random);
        problem.year[i] = 2012 + (double)dice_below(&random, 5);
        problem.group[i] = (double)dice_below(&random, 14);
        problem.own[i] = (double)((i * 37) % ROWS);
        problem.county[i] = counties[dice_below(&random, 4)];
        problem.y[i] = 2 + 1e-5 * problem.x1[i] + 0.05 * problem.x2[i] - problem.x3[i] +
                       0.3 * (problem.year[i] - 2012) + dice_normal(&random);
    }
    static const char *const pieces[] = {"x1",
                                         "I(x1^1.2)",
                                         "x2",
                                         "I(x2^2)",
                                         "log(x3)",
                                         "x1:x2",
                                         "x3*factor(year)",
                                         "factor(year, ref = 2014)",
                                         "factor(county)",
                                         "x2:factor(county)",
                                         "I(x1 > 5000)",
                                         "factor(year):factor(county)"};
    strcpy(problem.formula, "y ~ x3");
    size_t n_pieces = 1 + dice_below(&random, 4);
    for (size_t i = 0; i < n_pieces; i++) {
        strcat(problem.formula, " + ");
        strcat(problem.formula, pieces[dice_below(&random, sizeof pieces / sizeof *pieces)]);
    }
    if (dice_below(&random, 4) == 0)
        strcat(problem.formula, " - 1");
    return problem;
}

/* The rows in another order; order NULL = as they are. */
static behov_table *table_of(const problem *problem, const size_t *order)
{
    behov_table *table = table_of_rows(ROWS);
    const double *const columns[] = {problem->y,    problem->x1,    problem->x2, problem->x3,
                                     problem->year, problem->group, problem->own};
    static const char *const names[] = {"y", "x1", "x2", "x3", "year", "group", "own"};
    for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
        double values[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            values[i] = columns[c][order ? order[i] : i];
        table_add(table, names[c], values);
    }
    const char *county[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        county[i] = problem->county[order ? order[i] : i];
    table_add_texts(table, "county", county);
    return table;
}

static void shuffle(size_t *order, uint64_t seed)
{
    dice random = dice_of(seed + 1000);
    for (size_t i = 0; i < ROWS; i++)
        order[i] = i;
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t j = dice_below(&random, i + 1), kept_index = order[i];
        order[i] = order[j];
        order[j] = kept_index;
    }
}

/* A random formula may have collinear columns: they are dropped, which the laws survive. */
static estimation_options options_of(uint64_t seed, const char *cluster)
{
    return (estimation_options){.cluster = cluster,
                                .kind = cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_HC1,
                                .fit = {.double_only = seed % 2, .drop_collinear = true}};
}

static void run(estimation *estimation, const behov_table *table, const char *formula, estimation_options options)
{
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", formula, estimation->err.what);
}

static void near(double got, double want, double size, double tolerance, const char *subject, uint64_t seed,
                 const char *formula)
{
    if (!(fabs(got - want) <= tolerance * size))
        fail_msg("seed %lu, %s: %s is %.17g, wanted %.17g, off by %.1e of %.3g", (unsigned long)seed, formula, subject,
                 got, want, fabs(got - want) / size, size);
}

/* Columns that depend on one another need not be the same after the rows are permuted, so coefficients are compared
 * where the condition number leaves room: 12 digits at 1e3, one less for each power of ten more. */
static double tolerance_of(const estimation *estimation)
{
    double condition = behov_fit_condition(estimation->fit);
    return behov_fit_is_extended(estimation->fit) ? 1e-13 : 1e-15 * (condition > 1e2 ? condition : 1e2);
}

static void same_inference(const estimation *a, const estimation *b, uint64_t seed, const char *formula)
{
    size_t n = behov_design_n_regressors(a->design);
    assert_int_equal(behov_design_n_regressors(b->design), n);
    double tolerance = tolerance_of(a);
    for (size_t k = 0; k < n; k++) {
        assert_int_equal(behov_fit_is_dropped(a->fit, k), behov_fit_is_dropped(b->fit, k));
        double se = sqrt(behov_vcov_matrix(a->vcov)[k * n + k]), size = fabs(behov_fit_coefficients(a->fit)[k]) + se;
        near(behov_fit_coefficients(b->fit)[k], behov_fit_coefficients(a->fit)[k], size, tolerance, "coefficient", seed,
             formula);
        near(sqrt(behov_vcov_matrix(b->vcov)[k * n + k]), se, se, 10 * tolerance, "standard error", seed, formula);
    }
    near(behov_fit_rss(b->fit), behov_fit_rss(a->fit), behov_fit_rss(a->fit), 1e-12, "rss", seed, formula);
}

/* ---- the laws --------------------------------------------------------------------------------------------------- */

static void residuals_are_orthogonal_to_the_regressors(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        estimation estimation;
        run(&estimation, table, problem.formula, options_of(seed, NULL));
        size_t n = behov_design_n_regressors(estimation.design);
        double x[ROWS * WIDTH_MAX], y[ROWS], fitted[ROWS], residuals[ROWS], rss = 0, length_y = 0;
        assert_true(n <= WIDTH_MAX);
        design_rows(&estimation, x, y);
        fitted_rows(&estimation, fitted, residuals);
        for (size_t i = 0; i < ROWS; i++) {
            rss += residuals[i] * residuals[i];
            length_y = hypot(length_y, y[i]);
            near(fitted[i] + residuals[i], y[i], length_y, 1e-14, "fitted + residual", seed, problem.formula);
        }
        near(behov_fit_rss(estimation.fit), rss, rss, 1e-11, "rss", seed, problem.formula);
        for (size_t k = 0; k < n; k++) { /* those of dropped columns too: they lie in the span of the others */
            double dot = 0, length = 0;
            for (size_t i = 0; i < ROWS; i++) {
                dot += x[i * n + k] * residuals[i];
                length = hypot(length, x[i * n + k]);
            }
            near(dot, 0, length * length_y, tolerance_of(&estimation), "X'e", seed, problem.formula);
        }
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* GSL's SVD on the same matrix, columns that were dropped left out. */
static void coefficients_are_those_of_gsl(void **state)
{
    (void)state;
    size_t n_compared = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        estimation estimation;
        run(&estimation, table, problem.formula, options_of(seed, NULL));
        size_t n = behov_design_n_regressors(estimation.design), rank = behov_fit_rank(estimation.fit);
        double x[ROWS * WIDTH_MAX], y[ROWS], fitted[ROWS], residuals[ROWS], largest = 0;
        design_rows(&estimation, x, y);
        fitted_rows(&estimation, fitted, residuals);
        gsl_matrix *matrix = gsl_matrix_alloc(ROWS, rank), *covariance = gsl_matrix_alloc(rank, rank);
        gsl_vector *outcome = gsl_vector_alloc(ROWS), *coefficients = gsl_vector_alloc(rank);
        gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(ROWS, rank);
        assert_true(matrix && covariance && outcome && coefficients && work);
        for (size_t i = 0; i < ROWS; i++) {
            size_t p = 0;
            for (size_t k = 0; k < n; k++)
                if (!behov_fit_is_dropped(estimation.fit, k))
                    gsl_matrix_set(matrix, i, p++, x[i * n + k]);
            gsl_vector_set(outcome, i, y[i]);
            largest = fabs(y[i]) > largest ? fabs(y[i]) : largest;
        }
        double rss;
        assert_int_equal(gsl_multifit_linear(matrix, outcome, coefficients, covariance, &rss, work), 0);
        near(behov_fit_rss(estimation.fit), rss, rss, 1e-9, "rss", seed, problem.formula);
        for (size_t i = 0; i < ROWS; i++) {
            double wanted_value = 0;
            for (size_t p = 0; p < rank; p++)
                wanted_value += gsl_matrix_get(matrix, i, p) * gsl_vector_get(coefficients, p);
            near(fitted[i], wanted_value, largest, 1e-8, "fitted value", seed, problem.formula);
            n_compared++;
        }
        gsl_multifit_linear_free(work);
        gsl_vector_free(coefficients);
        gsl_vector_free(outcome);
        gsl_matrix_free(covariance);
        gsl_matrix_free(matrix);
        estimation_free(&estimation);
        behov_table_free(table);
    }
    assert_int_equal(n_compared, SEEDS * ROWS);
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        size_t order[ROWS];
        shuffle(order, seed);
        behov_table *table = table_of(&problem, NULL), *shuffled = table_of(&problem, order);
        estimation a, b;
        run(&a, table, problem.formula, options_of(seed, "group"));
        run(&b, shuffled, problem.formula, options_of(seed, "group"));
        same_inference(&a, &b, seed, problem.formula);
        assert_int_equal(behov_clusters_count(a.clusters), behov_clusters_count(b.clusters));
        for (size_t g = 0; g < behov_clusters_count(a.clusters); g++)
            assert_int_equal(behov_factors_cluster_size(a.factors, g), behov_factors_cluster_size(b.factors, g));
        estimation_free(&a);
        estimation_free(&b);
        behov_table_free(table);
        behov_table_free(shuffled);
    }
}

/* Keys turned round, multiplied, and as text: the same groups under other names. */
static void the_names_of_clusters_change_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        char texts[ROWS][20];
        const char *pointers[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            snprintf(texts[i], sizeof texts[i], "k%02d", ((int)problem.group[i] * 5 + 3) % 14);
            pointers[i] = texts[i];
        }
        table_add_texts(table, "renamed", pointers);
        estimation a, b;
        run(&a, table, problem.formula, options_of(seed, "group"));
        static const char *const keys[] = {"renamed", "100 - 7 * group"};
        for (size_t k = 0; k < 2; k++) {
            run(&b, table, problem.formula, options_of(seed, keys[k]));
            same_inference(&a, &b, seed, problem.formula);
            estimation_free(&b);
        }
        estimation_free(&a);
        behov_table_free(table);
    }
}

/* x3 times 2^shift: bit for bit, in both arithmetics. */
static void a_power_of_two_changes_one_coefficient_only(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed), scaled_problem = problem;
        int shift = (int)(seed % 80) - 40;
        for (size_t i = 0; i < ROWS; i++)
            scaled_problem.x3[i] = ldexp(problem.x3[i], shift);
        behov_table *table = table_of(&problem, NULL), *other = table_of(&scaled_problem, NULL);
        static const char formula[] = "y ~ x3 + x1 + x2 + factor(county)";
        estimation a, b;
        run(&a, table, formula, options_of(seed, "group"));
        run(&b, other, formula, options_of(seed, "group"));
        size_t n = behov_design_n_regressors(a.design);
        const double *va = behov_vcov_matrix(a.vcov), *vb = behov_vcov_matrix(b.vcov);
        for (size_t k = 0; k < n; k++) {
            assert_true(ldexp(behov_fit_coefficients(b.fit)[k], k == 1 ? shift : 0) ==
                        behov_fit_coefficients(a.fit)[k]);
            for (size_t l = 0; l < n; l++)
                assert_true(ldexp(vb[k * n + l], (k == 1 ? shift : 0) + (l == 1 ? shift : 0)) == va[k * n + l]);
        }
        double fitted[2][ROWS], residuals[2][ROWS];
        fitted_rows(&a, fitted[0], residuals[0]);
        fitted_rows(&b, fitted[1], residuals[1]);
        assert_memory_equal(fitted[0], fitted[1], sizeof fitted[0]);
        assert_true(behov_fit_rss(a.fit) == behov_fit_rss(b.fit));
        assert_true(behov_fit_condition(a.fit) == behov_fit_condition(b.fit));
        estimation_free(&a);
        estimation_free(&b);
        behov_table_free(table);
        behov_table_free(other);
    }
}

/* (R'R)_ij in the scale of the factors, and its natural size |column i| |column j|. */
static double cross(const double *rows, size_t n, size_t width, size_t i, size_t j)
{
    double sum = 0;
    for (size_t r = 0; r < n; r++)
        sum += rows[r * width + i] * rows[r * width + j];
    return sum;
}

static void merged_factors_are_those_of_all_rows(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        /* the largest of each column in both halves, so that they have one scale */
        problem.x1[0] = problem.x1[1] = 7e5, problem.x2[0] = problem.x2[1] = 70, problem.y[0] = problem.y[1] = 60;
        behov_table *table = table_of(&problem, NULL);
        static const char formula[] = "y ~ x1 + x2 + log(x1)";
        estimation_options options = options_of(1, NULL), some = options;
        estimation all, part[2];
        run(&all, table, formula, options);
        for (int half = 0; half < 2; half++) {
            some.exclude = half ? "own < 50 & own != 0" : "own >= 50 | own == 0";
            run(&part[half], table, formula, some);
        }
        size_t n_rows = behov_factors_n_rows(part[0].factors) + behov_factors_n_rows(part[1].factors);
        assert_int_equal(n_rows, ROWS);
        behov_error err;
        if (behov_factors_merge(part[0].factors, part[1].factors, &err))
            fail_msg("seed %lu: %s", (unsigned long)seed, err.what);
        assert_int_equal(behov_factors_n_rows(part[0].factors), ROWS);
        const double *merged = behov_factors_triangle(part[0].factors), *whole = behov_factors_triangle(all.factors);
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < 5; j++) {
                double size = sqrt(cross(whole, 5, 5, i, i) * cross(whole, 5, 5, j, j));
                near(cross(merged, 5, 5, i, j), cross(whole, 5, 5, i, j), size, 1e-13, "R'R", seed, formula);
            }
        behov_fit *fit = NULL;
        assert_int_equal(behov_fit_new(all.design, part[0].factors, &options.fit, &fit, &err), BEHOV_OK);
        for (size_t k = 0; k < 4; k++)
            near(behov_fit_coefficients(fit)[k], behov_fit_coefficients(all.fit)[k],
                 fabs(behov_fit_coefficients(all.fit)[k]), 1e-10, "coefficient", seed, formula);
        near(behov_fit_rss(fit), behov_fit_rss(all.fit), behov_fit_rss(all.fit), 1e-12, "rss", seed, formula);
        behov_fit_free(fit);
        estimation_free(&all);
        estimation_free(&part[0]);
        estimation_free(&part[1]);
        behov_table_free(table);
    }
}

/* Each R_g'R_g is X_g'X_g (summed in long double), and together they are R'R. */
static void cluster_factors_are_the_cross_products(void **state)
{
    (void)state;
    static const char *const keys[] = {"group", "county", "own",
                                       "group > 3"}; /* small, large, single and two clusters */
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        estimation estimation;
        run(&estimation, table, problem.formula, options_of(seed, keys[seed % 4]));
        size_t n = behov_design_n_regressors(estimation.design), width = n + 1;
        double x[ROWS * WIDTH_MAX], y[ROWS];
        design_rows(&estimation, x, y);
        const uint32_t *of_rows = behov_clusters_of_rows(estimation.clusters);
        const double *whole = behov_factors_triangle(estimation.factors);
        for (size_t i = 0; i < width; i++)
            for (size_t j = i; j < width; j++) {
                int shift =
                    -behov_factors_exponent(estimation.factors, i) - behov_factors_exponent(estimation.factors, j);
                double sum = 0, size = sqrt(cross(whole, width, width, i, i) * cross(whole, width, width, j, j));
                for (size_t g = 0; g < behov_clusters_count(estimation.clusters); g++) {
                    long double want = 0;
                    for (size_t r = 0; r < ROWS; r++)
                        if (of_rows[r] == g)
                            want += (long double)(i < n ? x[r * n + i] : y[r]) * (j < n ? x[r * n + j] : y[r]);
                    size_t n_factor_rows;
                    const double *factor = behov_factors_cluster(estimation.factors, g, &n_factor_rows);
                    size_t n_g = behov_factors_cluster_size(estimation.factors, g);
                    assert_int_equal(n_factor_rows, n_g < width ? n_g : width);
                    double got = cross(factor, n_factor_rows, width, i, j);
                    double size_g =
                        sqrt(cross(factor, n_factor_rows, width, i, i) * cross(factor, n_factor_rows, width, j, j));
                    near(got, ldexp((double)want, shift), size_g, 1e-14 * ROWS, "R_g'R_g", seed, problem.formula);
                    sum += got;
                }
                near(sum, cross(whole, width, width, i, j), size, 1e-14 * ROWS, "sum of R_g'R_g", seed,
                     problem.formula);
            }
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

static void singleton_clusters_are_rows(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        estimation clustered, robust;
        estimation_options options = options_of(seed, "own");
        options.kind = BEHOV_VCOV_CV0;
        run(&clustered, table, problem.formula, options);
        options.kind = BEHOV_VCOV_HC0;
        run(&robust, table, problem.formula, options);
        assert_int_equal(behov_clusters_count(clustered.clusters), ROWS);
        size_t n = behov_design_n_regressors(robust.design);
        const double *a = behov_vcov_matrix(clustered.vcov), *b = behov_vcov_matrix(robust.vcov);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                near(a[i * n + j], b[i * n + j], sqrt(b[i * n + i] * b[j * n + j]), 1e-13, "CV0 against HC0", seed,
                     problem.formula);
        estimation_free(&clustered);
        estimation_free(&robust);
        behov_table_free(table);
    }
}

static void a_multiple_of_a_regressor_shifts_its_coefficient(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed), shifted = problem;
        double multiple = (double)(seed % 7) - 3.5;
        for (size_t i = 0; i < ROWS; i++)
            shifted.y[i] += multiple * problem.x3[i];
        behov_table *table = table_of(&problem, NULL), *other = table_of(&shifted, NULL);
        estimation a, b;
        run(&a, table, problem.formula, options_of(seed, "group"));
        run(&b, other, problem.formula, options_of(seed, "group"));
        double tolerance = 100 * (tolerance_of(&a) > 1e-12 ? tolerance_of(&a) : 1e-12);
        size_t n = behov_design_n_regressors(a.design), moved_index = position_of(&a, "x3");
        if (behov_fit_is_dropped(a.fit, moved_index)) /* x3 stands first but for the constant: it never is */
            fail_msg("seed %lu: x3 was dropped", (unsigned long)seed);
        for (size_t k = 0; k < n; k++) {
            double se = sqrt(behov_vcov_matrix(a.vcov)[k * n + k]), previous_value = behov_fit_coefficients(a.fit)[k];
            near(behov_fit_coefficients(b.fit)[k], previous_value + (k == moved_index ? multiple : 0),
                 fabs(previous_value) + se, tolerance, "coefficient", seed, problem.formula);
            near(sqrt(behov_vcov_matrix(b.vcov)[k * n + k]), se, se, tolerance, "standard error", seed,
                 problem.formula);
        }
        estimation_free(&a);
        estimation_free(&b);
        behov_table_free(table);
        behov_table_free(other);
    }
}

/* The same space of columns under other names: another reference year, no constant, other units, other polynomials. */
static void predictions_do_not_depend_on_the_parametrisation(void **state)
{
    (void)state;
    static const char *const formulas[] = {"y ~ x2 + x3 + I(x3^2) + factor(year, ref = 2012)",
                                           "y ~ x2 + x3 + I(x3^2) + factor(year, ref = 2015)",
                                           "y ~ x2 + x3 + I(x3^2) + factor(year) - 1",
                                           "y ~ factor(year) + I((x3 - 0.5)^2) + I(x2 - 3 * x3) + I(x3 / 1000)"};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        double fitted[4][ROWS], residuals[ROWS], largest = 0, rss = 0, adjusted = 0;
        for (size_t v = 0; v < 4; v++) {
            estimation estimation;
            run(&estimation, table, formulas[v], options_of(seed, "group"));
            fitted_rows(&estimation, fitted[v], residuals);
            if (v == 0) {
                rss = behov_fit_rss(estimation.fit);
                adjusted = behov_fit_adj_r2(estimation.fit);
            } else
                near(behov_fit_rss(estimation.fit), rss, rss, 1e-12, "rss", seed, formulas[v]);
            if (v == 1 || v == 3)
                near(behov_fit_adj_r2(estimation.fit), adjusted, 1, 1e-12, "adjusted R2", seed, formulas[v]);
            for (size_t i = 0; i < ROWS; i++) {
                largest = fabs(problem.y[i]) > largest ? fabs(problem.y[i]) : largest;
                near(fitted[v][i], fitted[0][i], largest, 1e-12, "fitted value", seed, formulas[v]);
            }
            estimation_free(&estimation);
        }
        behov_table_free(table);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residuals_are_orthogonal_to_the_regressors),
        cmocka_unit_test(coefficients_are_those_of_gsl),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(the_names_of_clusters_change_nothing),
        cmocka_unit_test(a_power_of_two_changes_one_coefficient_only),
        cmocka_unit_test(merged_factors_are_those_of_all_rows),
        cmocka_unit_test(cluster_factors_are_the_cross_products),
        cmocka_unit_test(singleton_clusters_are_rows),
        cmocka_unit_test(a_multiple_of_a_regressor_shifts_its_coefficient),
        cmocka_unit_test(predictions_do_not_depend_on_the_parametrisation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
