/* test_variances.c - laws of the variances beyond CV1, of weights and of what clusters are made of.
 *
 * The jackknife is held against real refits, CV2 against its definition with N x N matrices, frequency weights against
 * repeated rows. Entries of a covariance are compared against the size that they have by nature, se_i se_j. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "effort.h"
#include "tables.h"

enum { ROWS = 70, WIDTH_MAX = 12, SEEDS = 12 };
static const char formula[] = "y ~ x1 + I(x2^1.2) + x3";

/* ---- random problems -------------------------------------------------------------------------------------------- */

enum { Y, X1, X2, X3, GROUP, WAY, OWN, WEIGHT, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"y", "x1", "x2", "x3", "group", "way", "own", "weight"};

typedef struct problem {
    size_t n;
    double columns[N_COLUMNS][ROWS];
} problem;

/* Clusters "group": one of 30 rows (more than coefficients), some of 2 to 7, at least four of a single row; in no order.
 * "way" has 4 values; "own" is another number in every row. Errors go together within both ways. */
static problem draw(uint64_t seed)
{
    problem problem = {.n = ROWS};
    dice random = dice_of(seed + 77);
    double effect[ROWS + 2], of_way[4];
    for (size_t g = 0; g < ROWS + 2; g++)
        effect[g] = dice_normal(&random);
    for (size_t h = 0; h < 4; h++)
        of_way[h] = dice_normal(&random);
    double group = 5;
    for (size_t i = 0, left = 30; i < ROWS; i++, left--) {
        if (left == 0) {
            group++;
            left = i >= ROWS - 4 ? 1 : 2 + dice_below(&random, 6);
        }
        if (i >= ROWS - 4 && problem.columns[GROUP][i - 1] == group)
            group++;
        problem.columns[GROUP][i] = group;
    }
    for (size_t i = 0; i < ROWS; i++) {
        problem.columns[X1][i] = dice_normal(&random) + effect[(size_t)problem.columns[GROUP][i] % 9];
        problem.columns[X2][i] = floor(300 * pow(500, dice_uniform(&random)));
        problem.columns[X3][i] = 50 + 3 * dice_normal(&random);
        problem.columns[WAY][i] = 2012 + (double)dice_below(&random, 4);
        problem.columns[OWN][i] = (double)((i * 37) % ROWS);
        problem.columns[WEIGHT][i] = 1 + (double)dice_below(&random, 4);
        problem.columns[Y][i] = 1 + problem.columns[X1][i] / 2 + 1e-6 * problem.columns[X2][i] +
                                0.1 * problem.columns[X3][i] + effect[(size_t)problem.columns[GROUP][i]] +
                                of_way[(size_t)problem.columns[WAY][i] - 2012] + dice_normal(&random);
    }
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t j = dice_below(&random, i + 1);
        for (size_t c = 0; c < N_COLUMNS; c++) {
            double kept_value = problem.columns[c][i];
            problem.columns[c][i] = problem.columns[c][j];
            problem.columns[c][j] = kept_value;
        }
    }
    return problem;
}

/* Row i as often as copies[i] says; NULL = once. */
static behov_table *table_of(const problem *problem, const size_t *copies)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n; i++)
        n += copies ? copies[i] : 1;
    behov_table *table = table_of_rows(n);
    double *values = calloc(n, sizeof *values);
    assert_non_null(values);
    for (size_t c = 0; c < N_COLUMNS; c++) {
        for (size_t i = 0, row = 0; i < problem->n; i++)
            for (size_t copy = copies ? copies[i] : 1; copy > 0; copy--)
                values[row++] = problem->columns[c][i];
        table_add(table, names[c], values);
    }
    free(values);
    return table;
}

static void run(estimation *estimation, const behov_table *table, const char *text, estimation_options options)
{
    if (estimate(estimation, table, text, options))
        fail_msg("%s, %s: %s: %s", text, behov_vcov_kind_name(options.kind), estimation->err.where,
                 estimation->err.what);
}

/* All entries of two covariances, against the size of the second. */
static void same_matrix(const double *got, const double *want, size_t n, double digits, const char *subject)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double size = sqrt(want[i * n + i]) * sqrt(want[j * n + j]);
            if (!(fabs(got[i * n + j] - want[i * n + j]) <= pow(10, -digits) * size))
                fail_msg("%s (%lu, %lu): got %.17g, want %.17g, of a size %.3g", subject, (unsigned long)i,
                         (unsigned long)j, got[i * n + j], want[i * n + j], size);
        }
}

/* ---- jackknife -------------------------------------------------------------------------------------------------- */

/* (G-1)/G sum (b_(-g) - c)(b_(-g) - c)', every b_(-g) from a fit of the rows that are left; c = b or the mean. */
static void refits(const problem *problem, const estimation *all, bool about_mean, bool double_only, double *v)
{
    size_t n_clusters = behov_clusters_count(all->clusters), n = behov_fit_n_regressors(all->fit);
    const uint32_t *cluster_of = behov_clusters_of_rows(all->clusters);
    double b[ROWS][WIDTH_MAX], centre[WIDTH_MAX] = {0};
    for (size_t g = 0; g < n_clusters; g++) {
        size_t copies[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            copies[i] = cluster_of[i] != g;
        behov_table *rest = table_of(problem, copies);
        estimation estimation;
        run(&estimation, rest, formula, (estimation_options){.fit = {.double_only = double_only}});
        for (size_t k = 0; k < n; k++)
            b[g][k] = behov_fit_coefficients(estimation.fit)[k] - behov_fit_coefficients(all->fit)[k];
        for (size_t k = 0; k < n && about_mean; k++)
            centre[k] += b[g][k] / (double)n_clusters;
        estimation_free(&estimation);
        behov_table_free(rest);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            v[i * n + j] = 0;
            for (size_t g = 0; g < n_clusters; g++)
                v[i * n + j] += (b[g][i] - centre[i]) * (b[g][j] - centre[j]);
            v[i * n + j] *= ((double)n_clusters - 1) / (double)n_clusters;
        }
}

static void jackknife_is_fitting_again_without_each_cluster(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        for (int way = 0; way < 4; way++) {
            bool double_only = way % 2, about_mean = way / 2;
            estimation estimation;
            run(&estimation, table, formula,
                (estimation_options){.kind = about_mean ? BEHOV_VCOV_CV3J : BEHOV_VCOV_CV3,
                                     .cluster = "group",
                                     .fit = {.double_only = double_only}});
            double want[WIDTH_MAX * WIDTH_MAX];
            refits(&problem, &estimation, about_mean, double_only, want);
            same_matrix(behov_vcov_matrix(estimation.vcov), want, behov_fit_n_regressors(estimation.fit), 10,
                        about_mean ? "cv3j" : "cv3");
            assert_true(behov_vcov_dof(estimation.vcov) == (double)behov_clusters_count(estimation.clusters) - 1);
            estimation_free(&estimation);
        }
        behov_table_free(table);
    }
}

static void clusters_of_one_row_are_the_kinds_of_rows(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        for (int double_only = 0; double_only < 2; double_only++) {
            estimation hc2, hc3, cv2, cv3;
            behov_fit_options fit = {.double_only = double_only};
            run(&hc2, table, formula, (estimation_options){.kind = BEHOV_VCOV_HC2, .fit = fit});
            run(&hc3, table, formula, (estimation_options){.kind = BEHOV_VCOV_HC3, .fit = fit});
            run(&cv2, table, formula, (estimation_options){.kind = BEHOV_VCOV_CV2, .cluster = "own", .fit = fit});
            run(&cv3, table, formula, (estimation_options){.kind = BEHOV_VCOV_CV3, .cluster = "own", .fit = fit});
            size_t n = behov_fit_n_regressors(hc2.fit);
            double want[WIDTH_MAX * WIDTH_MAX];
            same_matrix(behov_vcov_matrix(cv2.vcov), behov_vcov_matrix(hc2.vcov), n, 12, "cv2 of single rows");
            for (size_t i = 0; i < n * n; i++)
                want[i] = behov_vcov_matrix(hc3.vcov)[i] * (ROWS - 1) / ROWS;
            same_matrix(behov_vcov_matrix(cv3.vcov), want, n, 12, "cv3 of single rows");
            estimation_free(&hc2), estimation_free(&hc3), estimation_free(&cv2), estimation_free(&cv3);
        }
        behov_table_free(table);
    }
}

/* ---- CV2 -------------------------------------------------------------------------------------------------------- */

/* CV2 and its degrees of freedom as they are defined: H = X B X', A_g = the Moore-Penrose root of (I-H)_gg,
 * V = sum B X_g'A_g u_g u_g'A_g X_g B, and dof_j = (tr O)^2 / tr(O O), O = M'M, column g of M = (I-H)[, g] A_g X_g B e_j. */
static void define_cv2(const estimation *estimation, double *v, double *dof)
{
    static double x[ROWS * WIDTH_MAX], h[ROWS][ROWS], w[ROWS][WIDTH_MAX], m[ROWS][ROWS];
    double y[ROWS], fitted[ROWS], u[ROWS];
    size_t n = behov_fit_n_regressors(estimation->fit), rows = behov_fit_n_rows(estimation->fit);
    size_t n_clusters = behov_clusters_count(estimation->clusters);
    const uint32_t *cluster_of = behov_clusters_of_rows(estimation->clusters);
    const double *bread = behov_fit_bread(estimation->fit);
    design_rows(estimation, x, y);
    fitted_rows(estimation, fitted, u);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++) {
            h[i][j] = 0;
            for (size_t k = 0; k < n; k++)
                for (size_t l = 0; l < n; l++)
                    h[i][j] += x[i * n + k] * bread[k * n + l] * x[j * n + l];
        }
    /* w = A X B, cluster by cluster */
    for (size_t g = 0; g < n_clusters; g++) {
        size_t members[ROWS], size = 0;
        for (size_t i = 0; i < rows; i++)
            if (cluster_of[i] == g)
                members[size++] = i;
        gsl_matrix *rest = gsl_matrix_alloc(size, size), *vectors = gsl_matrix_alloc(size, size);
        gsl_vector *values = gsl_vector_alloc(size);
        gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(size);
        for (size_t a = 0; a < size; a++)
            for (size_t b = 0; b < size; b++)
                gsl_matrix_set(rest, a, b, (a == b) - (h[members[a]][members[b]] + h[members[b]][members[a]]) / 2);
        gsl_eigen_symmv(rest, values, vectors, work);
        for (size_t a = 0; a < size; a++)
            for (size_t j = 0; j < n; j++) {
                double sum = 0;
                for (size_t e = 0; e < size; e++) {
                    double value = gsl_vector_get(values, e), dot = 0;
                    if (value < 1e-9)
                        continue;
                    for (size_t b = 0; b < size; b++)
                        for (size_t l = 0; l < n; l++)
                            dot += gsl_matrix_get(vectors, b, e) * x[members[b] * n + l] * bread[l * n + j];
                    sum += gsl_matrix_get(vectors, a, e) * dot / sqrt(value);
                }
                w[members[a]][j] = sum;
            }
        gsl_matrix_free(rest), gsl_matrix_free(vectors), gsl_vector_free(values), gsl_eigen_symmv_free(work);
    }
    memset(v, 0, n * n * sizeof *v);
    for (size_t g = 0; g < n_clusters; g++) {
        double d[WIDTH_MAX] = {0};
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < n && cluster_of[i] == g; j++)
                d[j] += w[i][j] * u[i];
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                v[i * n + j] += d[i] * d[j];
    }
    for (size_t j = 0; j < n; j++) {
        double trace = 0, squares = 0;
        for (size_t i = 0; i < rows; i++)
            for (size_t g = 0; g < n_clusters; g++) {
                m[i][g] = 0;
                for (size_t r = 0; r < rows; r++)
                    if (cluster_of[r] == g)
                        m[i][g] += ((i == r) - h[i][r]) * w[r][j];
            }
        for (size_t a = 0; a < n_clusters; a++)
            for (size_t b = 0; b < n_clusters; b++) {
                double dot = 0;
                for (size_t i = 0; i < rows; i++)
                    dot += m[i][a] * m[i][b];
                trace += a == b ? dot : 0;
                squares += dot * dot;
            }
        dof[j] = trace * trace / squares;
    }
}

static void check_cv2(const behov_table *table, const char *text, bool double_only)
{
    estimation estimation;
    double v[WIDTH_MAX * WIDTH_MAX], dof[WIDTH_MAX];
    run(&estimation, table, text,
        (estimation_options){.kind = BEHOV_VCOV_CV2, .cluster = "group", .fit = {.double_only = double_only}});
    size_t n = behov_fit_n_regressors(estimation.fit);
    define_cv2(&estimation, v, dof);
    same_matrix(behov_vcov_matrix(estimation.vcov), v, n, 9, "cv2");
    for (size_t k = 0; k < n; k++)
        if (behov_vcov_has_no_error(estimation.vcov, k))
            assert_true(isnan(behov_vcov_dof_of(estimation.vcov, k)));
        else
            assert_digits(behov_vcov_dof_of(estimation.vcov, k), dof[k], 9);
    estimation_free(&estimation);
}

static void cv2_is_its_definition(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        check_cv2(table, formula, seed % 2);
        check_cv2(table, "y ~ x1 + factor(way)", seed % 2);
        behov_table_free(table);
    }
}

/* I - H_gg is singular: cluster 5 has 30 rows, cluster 6 a few, one has a single row, which drops out altogether. */
static void cv2_of_a_cluster_with_a_dummy_of_its_own(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        check_cv2(table, "y ~ x1 + x3 + I(group == 5)", seed % 2);
        check_cv2(table, "y ~ x1 + x3 + I(group == 6)", seed % 2);
        double last = 0;
        for (size_t i = 0; i < ROWS; i++)
            last = fmax(last, problem.columns[GROUP][i]); /* of a single row */
        char text[100], condition[40];
        snprintf(text, sizeof text, "y ~ x1 + x3 + I(group == %.0f)", last);
        snprintf(condition, sizeof condition, "group == %.0f", last);
        estimation estimation, excluding_estimation;
        estimation_options options = {.kind = BEHOV_VCOV_CV2, .cluster = "group", .fit = {.double_only = seed % 2}};
        run(&estimation, table, text, options);
        options.exclude = condition;
        run(&excluding_estimation, table, "y ~ x1 + x3", options);
        const double *v = behov_vcov_matrix(estimation.vcov);
        double rest[9];
        for (size_t i = 0; i < 16; i++)
            assert_true(isfinite(v[i]));
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++)
                rest[3 * i + j] = v[4 * i + j];
        same_matrix(rest, behov_vcov_matrix(excluding_estimation.vcov), 3, 10, "cv2 without the row of its own");
        for (size_t k = 0; k < 3; k++)
            assert_digits(behov_vcov_dof_of(estimation.vcov, k), behov_vcov_dof_of(excluding_estimation.vcov, k), 10);
        estimation_free(&estimation), estimation_free(&excluding_estimation);
        behov_table_free(table);
    }
}

/* ---- no answer -------------------------------------------------------------------------------------------------- */

static void jackknife_names_the_cluster_and_the_coefficient(void **state)
{
    (void)state;
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CV3, BEHOV_VCOV_CV3J};
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++)
        for (int i = 0; i < 2; i++) {
            problem problem = draw(seed);
            behov_table *table = table_of(&problem, NULL);
            estimation estimation;
            estimation_options options = {.kind = kinds[i], .cluster = "group", .fit = {.double_only = seed % 2}};
            assert_int_equal(estimate(&estimation, table, "y ~ x1 + I(x2^1.2) + I(group == 6) + x3", options),
                             BEHOV_E_RANK);
            assert_string_equal(estimation.err.where, "group = 6");
            assert_contains(estimation.err.what, "the coefficient of I(group == 6) ");
            assert_null(estimation.vcov);
            estimation_free(&estimation);
            behov_table_free(table);
        }
}

static void hc3_names_the_row(void **state)
{
    (void)state;
    static const char text[] = "y,x,one\n1,1,0\n2,4,0\n3,1,0\n5,2,1\n4,2,0\n4,7,0\n";
    behov_table *table = table_of_text(text);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation, hc2, rest;
        estimation_options options = {.kind = BEHOV_VCOV_HC3, .fit = {.double_only = double_only}};
        assert_int_equal(estimate(&estimation, table, "y ~ x + one", options), BEHOV_E_RANK);
        assert_string_equal(estimation.err.where, "test.csv, line 5");
        assert_contains(estimation.err.what, "HC3");
        estimation_free(&estimation);
        /* HC2 leaves the row out, as the Moore-Penrose inverse does */
        options.kind = BEHOV_VCOV_HC2;
        run(&hc2, table, "y ~ x + one", options);
        options.exclude = "one == 1";
        run(&rest, table, "y ~ x", options);
        assert_digits(error_of(&hc2, "x"), error_of(&rest, "x"), 13);
        assert_digits(error_of(&hc2, "(Intercept)"), error_of(&rest, "(Intercept)"), 13);
        estimation_free(&hc2), estimation_free(&rest);
    }
    behov_table_free(table);
}

/* ---- two-way ---------------------------------------------------------------------------------------------------- */

static behov_vcov *both_ways(estimation *estimation, const char *first, const char *second, behov_vcov_kind kind)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
    behov_clusters *a = NULL, *b = NULL;
    behov_vcov *vcov = NULL;
    if (behov_clusters_new(estimation->table, first, rows, n_rows, &a, &estimation->err) ||
        behov_clusters_new(estimation->table, second, rows, n_rows, &b, &estimation->err) ||
        behov_vcov_two_way(estimation->fit, estimation->design, a, b, kind, &vcov, &estimation->err))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    behov_clusters_free(a);
    behov_clusters_free(b);
    return vcov;
}

static double smallest_eigenvalue(const double *v, size_t n)
{
    gsl_matrix *matrix = gsl_matrix_alloc(n, n);
    gsl_vector *values = gsl_vector_alloc(n);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            gsl_matrix_set(matrix, i, j, v[i * n + j] / sqrt(v[i * n + i]) / sqrt(v[j * n + j]));
    gsl_eigen_symm(matrix, values, work);
    double least = gsl_vector_min(values);
    gsl_matrix_free(matrix), gsl_vector_free(values), gsl_eigen_symm_free(work);
    return least;
}

static void two_way_laws(void **state)
{
    (void)state;
    /* the second column of each is the first with columns in other units */
    static const struct {
        const char *formula, *rescaled, *second;
        double units[6];
    } model_set[] = {
        {"y ~ x1 + x2 + x3", "y ~ x1 + I(x2 * 1000) + x3", "way", {1, 1, 1000, 1}},
        {"y ~ x1 + x2 + x3", "y ~ I(x1 * 1048576) + x2 + I(x3 / 4096)", "way", {1, 1048576, 1, 1.0 / 4096}},
        {"y ~ x1 + x2 + factor(way)",
         "y ~ I(x1 / 1000) + I(x2 * 1000) + factor(way)",
         "way",
         {1, 0.001, 1000, 1, 1, 1}},
        {"y ~ x1", "y ~ I(x1 * 1000)", "cut(x3, 46, 47, 48, 49, 50, 51, 52, 53, 54)", {1, 1000}},
    };
    size_t n_with_cut = 0, n_with_none = 0;
    for (uint64_t seed = 0; seed < effort(SEEDS) + 2; seed++)
        for (size_t m = 0; m < sizeof model_set / sizeof *model_set; m++) {
            problem problem = draw(seed);
            behov_table *table = table_of(&problem, NULL);
            behov_vcov_kind kind = seed % 2 ? BEHOV_VCOV_CV0 : BEHOV_VCOV_CV1;
            estimation estimation, other;
            run(&estimation, table, model_set[m].formula, (estimation_options){0});
            run(&other, table, model_set[m].rescaled, (estimation_options){0});
            behov_vcov *v = both_ways(&estimation, "group", model_set[m].second, kind);
            behov_vcov *vcov = both_ways(&estimation, model_set[m].second, "group", kind);
            behov_vcov *rescaled = both_ways(&other, "group", model_set[m].second, kind);
            size_t n = behov_vcov_n_regressors(v);
            const double *matrix = behov_vcov_matrix(v);
            same_matrix(behov_vcov_matrix(vcov), matrix, n, 12, "ways exchanged");
            assert_int_equal(behov_vcov_n_cut(vcov), behov_vcov_n_cut(v));
            assert_true(behov_vcov_dof(vcov) == behov_vcov_dof(v));
            if (strcmp(model_set[m].second, "way") == 0)
                assert_true(behov_vcov_dof(v) == 3);
            double back[36], previous_values[6];
            for (size_t i = 0; i < n; i++) {
                previous_values[i] = behov_vcov_uncut(rescaled)[i] * model_set[m].units[i] * model_set[m].units[i];
                for (size_t j = 0; j < n; j++)
                    back[i * n + j] =
                        behov_vcov_matrix(rescaled)[i * n + j] * model_set[m].units[i] * model_set[m].units[j];
            }
            same_matrix(back, matrix, n, 10, "other units");
            for (size_t i = 0; i < n; i++) {
                assert_digits(previous_values[i], behov_vcov_uncut(v)[i], 10);
                assert_true((behov_vcov_uncut(v)[i] < 0) <= (behov_vcov_n_cut(v) > 0));
                assert_true(behov_vcov_uncut(v)[i] < matrix[i * n + i] * (1 + 1e-12)); /* a cut never takes away */
                for (size_t j = 0; j < n; j++)
                    assert_true(matrix[i * n + j] == matrix[j * n + i]);
            }
            assert_int_equal(behov_vcov_n_cut(rescaled), behov_vcov_n_cut(v));
            assert_true(smallest_eigenvalue(matrix, n) > -1e-12);
            n_with_cut += behov_vcov_n_cut(v) > 0;
            n_with_none += behov_vcov_n_cut(v) == 0;
            /* V_a + V_b - V_ab, where nothing was cut */
            if (behov_vcov_n_cut(v) == 0)
                for (size_t i = 0; i < n; i++)
                    assert_true(matrix[i * n + i] == behov_vcov_uncut(v)[i]);
            behov_vcov_free(v), behov_vcov_free(vcov), behov_vcov_free(rescaled);
            estimation_free(&estimation), estimation_free(&other);
            behov_table_free(table);
        }
    assert_true(n_with_cut > 0);
    if (effort(SEEDS) == SEEDS)
        assert_true(n_with_none > 0);
}

static void two_way_of_the_same_grouping_is_one_way(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        estimation estimation;
        run(&estimation, table, formula,
            (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "group", .fit = {.double_only = seed % 2}});
        behov_vcov *v = both_ways(&estimation, "group", "100 - group", BEHOV_VCOV_CV1);
        same_matrix(behov_vcov_matrix(v), behov_vcov_matrix(estimation.vcov), 4, 12, "the same grouping twice");
        assert_int_equal(behov_vcov_n_cut(v), 0);
        assert_true(behov_vcov_dof(v) == behov_vcov_dof(estimation.vcov));
        behov_vcov_free(v);
        /* every row a group of its own the second way: V_b = V_ab */
        v = both_ways(&estimation, "group", "own", BEHOV_VCOV_CV1);
        same_matrix(behov_vcov_matrix(v), behov_vcov_matrix(estimation.vcov), 4, 12, "the other way by row");
        behov_vcov_free(v);
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* No residual is left, so every variance is 0, to rounding or exactly. */
static void two_way_of_a_perfect_fit(void **state)
{
    (void)state;
    behov_table *table =
        table_of_text("y,x,nil,a,b\n2,1,0,1,1\n4,2,0,1,2\n6,3,0,2,1\n8,4,0,2,2\n10,5,0,3,1\n12,6,0,3,2\n");
    static const char *const formulas[] = {"y ~ x", "nil ~ x"};
    for (int i = 0; i < 4; i++) {
        estimation estimation;
        run(&estimation, table, formulas[i / 2], (estimation_options){.fit = {.double_only = i % 2}});
        behov_vcov *v = both_ways(&estimation, "a", "b", BEHOV_VCOV_CV1);
        for (size_t e = 0; e < 4; e++)
            assert_true(fabs(behov_vcov_matrix(v)[e]) < 1e-25);
        behov_vcov_free(v);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

static void pairs_of_clusters(void **state)
{
    (void)state;
    problem problem = draw(1);
    behov_table *table = table_of(&problem, NULL);
    uint32_t rows[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        rows[i] = i;
    behov_clusters *a = NULL, *b = NULL, *both = NULL, *clusters = NULL, *fewer = NULL;
    behov_error err;
    assert_int_equal(behov_clusters_new(table, "group", rows, ROWS, &a, &err), BEHOV_OK);
    assert_int_equal(behov_clusters_new(table, "way", rows, ROWS, &b, &err), BEHOV_OK);
    assert_int_equal(behov_clusters_new(table, "way", rows, ROWS - 1, &fewer, &err), BEHOV_OK);
    assert_int_equal(behov_clusters_intersect(a, b, &both, &err), BEHOV_OK);
    assert_int_equal(behov_clusters_intersect(b, a, &clusters, &err), BEHOV_OK);
    assert_string_equal(behov_clusters_key(both), "group & way");
    assert_int_equal(behov_clusters_n_rows(both), ROWS);
    assert_int_equal(behov_clusters_count(both), behov_clusters_count(clusters));
    const uint32_t *of_both = behov_clusters_of_rows(both), *of_a = behov_clusters_of_rows(a);
    const uint32_t *of_b = behov_clusters_of_rows(b), *of_turned = behov_clusters_of_rows(clusters);
    bool seen_positions[ROWS] = {false};
    size_t n_seen = 0;
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(of_both[i] < behov_clusters_count(both));
        n_seen += !seen_positions[of_both[i]];
        seen_positions[of_both[i]] = true;
        for (size_t j = 0; j < ROWS; j++) {
            bool same = of_a[i] == of_a[j] && of_b[i] == of_b[j];
            assert_int_equal(of_both[i] == of_both[j], same);
            assert_int_equal(of_turned[i] == of_turned[j], same);
            if (of_a[i] < of_a[j] || (of_a[i] == of_a[j] && of_b[i] < of_b[j]))
                assert_true(of_both[i] < of_both[j]); /* in the order of the keys */
        }
    }
    assert_int_equal(n_seen, behov_clusters_count(both));
    assert_int_equal(behov_clusters_intersect(a, fewer, &both, &err), BEHOV_E_ARGUMENT);
    behov_clusters_free(a), behov_clusters_free(b), behov_clusters_free(both), behov_clusters_free(clusters);
    behov_clusters_free(fewer);
    behov_table_free(table);
}

/* ---- weights ---------------------------------------------------------------------------------------------------- */

static void same_fit(const estimation *got, const estimation *want, double digits)
{
    size_t n = behov_fit_n_regressors(want->fit);
    assert_int_equal(behov_fit_n_regressors(got->fit), n);
    for (size_t k = 0; k < n; k++)
        assert_digits(behov_fit_coefficients(got->fit)[k], behov_fit_coefficients(want->fit)[k], digits);
    assert_true(behov_fit_n_observations(got->fit) == behov_fit_n_observations(want->fit));
    assert_digits(behov_fit_rss(got->fit), behov_fit_rss(want->fit), digits);
    assert_digits(behov_fit_tss(got->fit), behov_fit_tss(want->fit), digits);
    assert_digits(behov_fit_r2(got->fit), behov_fit_r2(want->fit), digits);
    assert_digits(behov_fit_adj_r2(got->fit), behov_fit_adj_r2(want->fit), digits);
    assert_digits(behov_fit_rmse(got->fit), behov_fit_rmse(want->fit), digits);
    assert_digits(behov_fit_f(got->fit), behov_fit_f(want->fit), digits);
    behov_vcov_kind kind = behov_vcov_kind_of(want->vcov);
    same_matrix(behov_vcov_matrix(got->vcov), behov_vcov_matrix(want->vcov), n, digits, behov_vcov_kind_name(kind));
    for (size_t k = 0; k < n; k++)
        assert_digits(behov_vcov_dof_of(got->vcov, k), behov_vcov_dof_of(want->vcov, k), digits);
    double f, f_want;
    size_t q;
    behov_error err;
    assert_int_equal(behov_vcov_model_f(got->vcov, got->fit, &f, &q, &(double){0}, &err), BEHOV_OK);
    assert_int_equal(behov_vcov_model_f(want->vcov, want->fit, &f_want, &q, &(double){0}, &err), BEHOV_OK);
    assert_digits(f, f_want, digits);
}

static void frequency_weights_are_repeated_rows(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        size_t copies[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            copies[i] = (size_t)problem.columns[WEIGHT][i];
        behov_table *weighted = table_of(&problem, NULL), *table = table_of(&problem, copies);
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++)
            for (int double_only = 0; double_only < 2; double_only++) {
                estimation got, want;
                estimation_options options = {
                    .kind = (behov_vcov_kind)kind, .cluster = "group", .fit = {.double_only = double_only}};
                run(&want, table, formula, options);
                options.weights = "weight";
                options.weight_kind = BEHOV_WEIGHT_FREQUENCY;
                run(&got, weighted, formula, options);
                same_fit(&got, &want, 10.5);
                assert_int_equal(behov_fit_n_rows(got.fit), ROWS);
                assert_int_equal(behov_design_weight_kind(got.design), BEHOV_WEIGHT_FREQUENCY);
                estimation_free(&got), estimation_free(&want);
            }
        estimation got, want; /* and two ways */
        run(&want, table, formula, (estimation_options){0});
        run(&got, weighted, formula, (estimation_options){.weights = "weight", .weight_kind = BEHOV_WEIGHT_FREQUENCY});
        behov_vcov *v = both_ways(&got, "group", "way", BEHOV_VCOV_CV1);
        behov_vcov *v_want = both_ways(&want, "group", "way", BEHOV_VCOV_CV1);
        same_matrix(behov_vcov_matrix(v), behov_vcov_matrix(v_want), 4, 10.5, "two-way");
        behov_vcov_free(v), behov_vcov_free(v_want);
        estimation_free(&got), estimation_free(&want);
        behov_table_free(weighted), behov_table_free(table);
    }
}

static void scale_of_precision_weights_does_not_matter(void **state)
{
    (void)state;
    static const char *const scaled_text[] = {"weight * 1024", "weight * 1000", "weight / 7e9"};
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++) {
            estimation_options options = {.kind = (behov_vcov_kind)kind,
                                          .cluster = "group",
                                          .weights = "weight",
                                          .fit = {.double_only = seed % 2}};
            estimation want, got;
            run(&want, table, formula, options);
            for (size_t i = 0; i < sizeof scaled_text / sizeof *scaled_text; i++) {
                options.weights = scaled_text[i];
                run(&got, table, formula, options);
                same_fit(&got, &want, 11);
                estimation_free(&got);
            }
            estimation_free(&want);
            /* equal weights are no weights */
            options.weights = "weight / weight * 5";
            run(&got, table, formula, options);
            options.weights = NULL;
            run(&want, table, formula, options);
            same_fit(&got, &want, 12);
            estimation_free(&got), estimation_free(&want);
        }
        behov_table_free(table);
    }
}

/* Weighted least squares are those of rows times the root of the weight, the constant too; so are their errors. */
static void precision_weights_are_scaled_rows(void **state)
{
    (void)state;
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC1, BEHOV_VCOV_HC3,
                                            BEHOV_VCOV_CV1,       BEHOV_VCOV_CV2, BEHOV_VCOV_CV3};
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++) {
        problem problem = draw(seed);
        behov_table *table = table_of(&problem, NULL);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            estimation_options options = {.kind = kinds[i], .cluster = "group", .fit = {.double_only = seed % 2}};
            estimation got, want;
            run(&want, table, "I(y * sqrt(weight)) ~ I(sqrt(weight)) + I(x1 * sqrt(weight)) + I(x3 * sqrt(weight)) - 1",
                options);
            options.weights = "weight";
            run(&got, table, "y ~ x1 + x3", options);
            const double *v = behov_vcov_matrix(want.vcov);
            for (size_t k = 0; k < 3; k++)
                assert_digits(behov_fit_coefficients(got.fit)[k], behov_fit_coefficients(want.fit)[k], 11);
            same_matrix(behov_vcov_matrix(got.vcov), v, 3, 11, behov_vcov_kind_name(kinds[i]));
            estimation_free(&got), estimation_free(&want);
        }
        behov_table_free(table);
    }
}

static void rows_without_weight_take_no_part(void **state)
{
    (void)state;
    static const char text[] = "y,x,g,w\n1,1,1,2\n4,2,1,0\n3,4,2,1\n7,5,2,..\n5,6,3,3\n,9,3,-1\n6,3,3,0\n8,2,1,1\n";
    behov_table *table = table_of_text(text);
    for (int kind = 0; kind < 2; kind++) {
        estimation got, want;
        estimation_options options = {
            .kind = BEHOV_VCOV_CV1, .cluster = "g", .weights = "w", .weight_kind = (behov_weight_kind)kind};
        run(&got, table, "y ~ x", options);
        options.exclude = "w == 0 | w < 0 | x == 5";
        run(&want, table, "y ~ x", options);
        same_fit(&got, &want, 15);
        assert_int_equal(behov_design_n_reasons(got.design), 3);
        behov_reason zero = behov_design_reason(got.design, 0), reason = behov_design_reason(got.design, 1);
        assert_int_equal(zero.kind, BEHOV_REASON_WEIGHT_ZERO);
        assert_int_equal(zero.n_rows, 2);
        assert_int_equal(zero.fate, BEHOV_ROW_PREDICTED_ONLY);
        assert_string_equal(zero.subject, "w");
        assert_int_equal(reason.kind, BEHOV_REASON_WEIGHT_MISSING);
        assert_int_equal(reason.n_rows, 1);
        assert_int_equal(reason.fate, BEHOV_ROW_PREDICTED_ONLY);
        assert_string_equal(reason.subject, "w");
        assert_string_equal(behov_missing_text(reason.mark), "..");
        assert_int_equal(behov_design_reason_of(got.design, 3), 1);
        /* no outcome comes first: the row of weight -1 was not to be estimated on anyhow */
        assert_int_equal(behov_design_reason(got.design, 2).kind, BEHOV_REASON_OUTCOME_MISSING);
        double fitted, residual;
        assert_int_equal(behov_fit_predict(got.fit, got.design, (const uint32_t[]){1}, 1, &fitted, &residual, &got.err),
                         BEHOV_OK);
        assert_digits(fitted, coefficient_of(&got, "(Intercept)") + 2 * coefficient_of(&got, "x"), 14);
        estimation_free(&got), estimation_free(&want);
    }
    behov_table_free(table);
}

static void refuse_weight(const char *text, const char *weights, behov_weight_kind kind, const char *where,
                          const char *subject)
{
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(
        estimate(&estimation, table, "y ~ x", (estimation_options){.weights = weights, .weight_kind = kind}),
        BEHOV_E_DATA);
    assert_string_equal(estimation.err.where, where);
    assert_contains(estimation.err.what, subject);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void weights_that_are_none(void **state)
{
    (void)state;
    static const char text[] = "y,x,w,half,zero\n1,1,2,1,0\n4,2,1,2,0\n3,4,-1,0.5,0\n7,5,1,1,0\n6,2,1,1,0\n";
    for (int kind = 0; kind < 2; kind++) {
        refuse_weight(text, "w", (behov_weight_kind)kind, "test.csv, line 4", "the weight w must be ");
        refuse_weight(text, "log(zero)", (behov_weight_kind)kind, "test.csv, line 2", "the weight log(zero) must be ");
        refuse_weight(text, "1 / zero", (behov_weight_kind)kind, "test.csv, line 2", "must be ");
        refuse_weight(text, "zero", (behov_weight_kind)kind, "test.csv", "in 5 rows zero is 0 (weight)");
    }
    refuse_weight(text, "log(w)", BEHOV_WEIGHT_PRECISION, "test.csv, line 4", "must be a finite number");
    refuse_weight(text, "half", BEHOV_WEIGHT_FREQUENCY, "test.csv, line 4", "the weight half must be a whole number");
    behov_table *table = table_of_text(text);
    estimation estimation;
    run(&estimation, table, "y ~ x", (estimation_options){.weights = "half"}); /* precision may be anything above 0 */
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- many rows -------------------------------------------------------------------------------------------------- */

enum { MANY = 140000, DISTINCT = 1400 };

typedef struct many {
    double *columns[4]; /* y, x, z, group */
} many;

/* DISTINCT rows, each many times; in the order of the draw, or another. */
static behov_table *many_rows(uint64_t order)
{
    behov_table *table = table_of_rows(MANY);
    double *values = malloc(MANY * sizeof *values);
    uint32_t *rows = malloc(MANY * sizeof *rows);
    assert_true(values && rows);
    for (uint32_t i = 0; i < MANY; i++)
        rows[i] = i;
    dice random = dice_of(order);
    for (size_t i = MANY - 1; i > 0 && order; i--) {
        size_t j = dice_below(&random, i + 1);
        uint32_t kept_number = rows[i];
        rows[i] = rows[j];
        rows[j] = kept_number;
    }
    static const char *const text[] = {"y", "x", "z", "group"};
    for (size_t c = 0; c < 4; c++) {
        for (size_t i = 0; i < MANY; i++) {
            size_t d = rows[i] % DISTINCT;
            dice own = dice_of(9 + d);
            double x = dice_normal(&own), z = dice_uniform(&own), group = (double)(d * d % 61);
            values[i] = c == 0 ? 1 + x - 2 * z + sin(group) + dice_normal(&own) : c == 1 ? x : c == 2 ? z : group;
        }
        table_add(table, text[c], values);
    }
    free(values);
    free(rows);
    return table;
}

/* More than two parts of 65 536 rows, on as many threads as there are: the digits are those of the 1 400 rows, each
 * with its frequency, in one part. */
static void many_rows_in_parts(void **state)
{
    (void)state;
    static const char *const formulas[] = {"y ~ x + z + I(x * z)", "y ~ x"}; /* double; double-double */
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CV1, BEHOV_VCOV_HC3, BEHOV_VCOV_CV3,
                                            BEHOV_VCOV_CV2, BEHOV_VCOV_HC1, BEHOV_VCOV_CLASSICAL};
    behov_table *tables[] = {many_rows(0), many_rows(5)}, *distinct = table_of_rows(DISTINCT);
    static const char *const columns[] = {"y", "x", "z", "group"};
    for (size_t c = 0; c < 4; c++)
        table_add(distinct, columns[c], table_numbers(tables[0], columns[c]));
    double copies[DISTINCT];
    for (size_t i = 0; i < DISTINCT; i++)
        copies[i] = MANY / DISTINCT;
    table_add(distinct, "copies", copies);
    for (size_t m = 0; m < effort(2); m++)
        for (size_t i = 0; i < effort(sizeof kinds / sizeof *kinds); i++) {
            estimation_options options = {.kind = kinds[i], .cluster = "group"};
            estimation estimation, got;
            options.weights = "copies";
            options.weight_kind = BEHOV_WEIGHT_FREQUENCY;
            run(&estimation, distinct, formulas[m], options);
            for (int double_only = 0; double_only < 1 + (m == 1 && i == 0); double_only++)
                for (size_t t = 0; t < 2; t++) {
                    run(&got, tables[t], formulas[m],
                        (estimation_options){
                            .kind = kinds[i], .cluster = "group", .fit = {.double_only = double_only}});
                    assert_int_equal(behov_fit_is_extended(got.fit), m == 1 && !double_only);
                    assert_true(behov_fit_n_rows(got.fit) > 131072);
                    same_fit(&got, &estimation, 12);
                    estimation_free(&got);
                }
            estimation_free(&estimation);
        }
    behov_table_free(tables[0]), behov_table_free(tables[1]), behov_table_free(distinct);
}

/* ---- cut() ------------------------------------------------------------------------------------------------------ */

static behov_status parse(const char *text, behov_expression **expression, behov_error *err)
{
    return behov_expression_parse(text, strlen(text), "--cluster", expression, err);
}

static void classes(void **state)
{
    (void)state;
    behov_table *table = table_of_text("x\n1999\n2000\n2000.5\n4999\n5000\n5e9\n-3\n0\n..\n:\n");
    static const struct {
        const char *text, *spelling;
        double want[8];
    } cases[] = {
        {"cut(x, 2000, 5000)", "cut(x, 2000, 5000)", {0, 1, 1, 1, 2, 2, 0, 0}},
        {" cut( x,2e3 ,5000.0 ) ", "cut(x, 2000, 5000)", {0, 1, 1, 1, 2, 2, 0, 0}},
        {"cut(x + 1, 2000)", "cut(x + 1, 2000)", {1, 1, 1, 1, 1, 1, 0, 0}},
        {"cut(x, -5, -1, 0, 0.5)", "cut(x, -5, -1, 0, 0.5)", {4, 4, 4, 4, 4, 4, 1, 3}},
        {"cut(cut(x, 2000, 5000), 2) * 10 + 1", "cut(cut(x, 2000, 5000), 2) * 10 + 1", {1, 1, 1, 1, 11, 11, 1, 1}}};
    static const uint32_t rows[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_expression *first = NULL, *again = NULL;
        behov_error err;
        double values[10], repeated_values[10];
        assert_int_equal(parse(cases[i].text, &first, &err), BEHOV_OK);
        assert_string_equal(behov_expression_text(first), cases[i].spelling);
        assert_int_equal(parse(behov_expression_text(first), &again, &err), BEHOV_OK);
        assert_string_equal(behov_expression_text(again), cases[i].spelling);
        assert_int_equal(behov_expression_bind(first, table, &err), BEHOV_OK);
        assert_int_equal(behov_expression_bind(again, table, &err), BEHOV_OK);
        behov_expression_evaluate(first, rows, 10, values);
        behov_expression_evaluate(again, rows, 10, repeated_values);
        for (size_t row = 0; row < 8; row++)
            assert_true(values[row] == cases[i].want[row] && repeated_values[row] == cases[i].want[row]);
        for (size_t row = 8; row < 10; row++)
            assert_int_equal(behov_missing_of_number(values[row]), behov_table_missing(table, 0, row));
        behov_expression_free(first);
        behov_expression_free(again);
    }
    behov_table_free(table);
}

static void limits_that_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where, *subject;
    } cases[] = {{"cut(x)", "--cluster, position 6", "wants limits after the value"},
                 {"cut(x, 5, 5)", "--cluster, position 11", "each above the one before"},
                 {"cut(x, 5, 2)", "--cluster, position 11", "each above the one before"},
                 {"cut(x, 'a')", "--cluster, position 8", "limits of cut() are numbers"},
                 {"cut(x, 1, \"2\")", "--cluster, position 11", "limits of cut() are numbers"},
                 {"cut(x, y)", "--cluster, position 8", ""},
                 {"cut(x, 1,)", "--cluster, position 10", ""},
                 {"cut(x, 1", "--cluster, position ", ""},
                 {"cut()", "--cluster, position 5", ""},
                 {"cut(x 1)", "--cluster, position 7", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_expression *expression = NULL;
        behov_error err;
        assert_int_equal(parse(cases[i].text, &expression, &err), BEHOV_E_SYNTAX);
        assert_contains(err.where, cases[i].where);
        assert_contains(err.what, cases[i].subject);
        assert_null(expression);
    }
}

static void classes_as_clusters(void **state)
{
    (void)state;
    problem problem = draw(3);
    behov_table *table = table_of(&problem, NULL);
    estimation got, want;
    run(&got, table, "y ~ x1", (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "cut(x3, 48, 50, 52)"});
    run(&want, table, "y ~ x1",
        (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "(x3 >= 48) + (x3 >= 50) + (x3 >= 52)"});
    assert_int_equal(behov_clusters_count(got.clusters), 4);
    same_fit(&got, &want, DIGITS_ALL);
    estimation_free(&got), estimation_free(&want);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jackknife_is_fitting_again_without_each_cluster),
        cmocka_unit_test(clusters_of_one_row_are_the_kinds_of_rows),
        cmocka_unit_test(cv2_is_its_definition),
        cmocka_unit_test(cv2_of_a_cluster_with_a_dummy_of_its_own),
        cmocka_unit_test(jackknife_names_the_cluster_and_the_coefficient),
        cmocka_unit_test(hc3_names_the_row),
        cmocka_unit_test(two_way_laws),
        cmocka_unit_test(two_way_of_the_same_grouping_is_one_way),
        cmocka_unit_test(two_way_of_a_perfect_fit),
        cmocka_unit_test(pairs_of_clusters),
        cmocka_unit_test(frequency_weights_are_repeated_rows),
        cmocka_unit_test(scale_of_precision_weights_does_not_matter),
        cmocka_unit_test(precision_weights_are_scaled_rows),
        cmocka_unit_test(rows_without_weight_take_no_part),
        cmocka_unit_test(weights_that_are_none),
        cmocka_unit_test(many_rows_in_parts),
        cmocka_unit_test(classes),
        cmocka_unit_test(limits_that_are_none),
        cmocka_unit_test(classes_as_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
