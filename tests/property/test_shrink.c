/* test_shrink.c - laws of lasting levels on panels of random shape: the order of rows and the unit of anything change
 * nothing; levels are drawn towards 0, those of small municipalities more; no other variances are more likely.
 *
 * Panels: 30 municipalities, 1 to 5 rows each, some of them predicted only, populations from 300 to 60 000, a constant,
 * a covariate of the municipality and one of the row; residuals from least squares of the rows estimated on. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "effort.h"
#include "tables.h"

enum { M = 30, ROWS_MAX = 5 * M, K = 3, SEEDS = 40 };

typedef struct panel {
    size_t n;
    uint32_t municipalities[ROWS_MAX];
    double residuals[ROWS_MAX], populations[ROWS_MAX], x[ROWS_MAX * K], needs[M], rows[M * K];
    bool is_estimated[ROWS_MAX];
} panel;

static panel panel_of(uint64_t seed)
{
    panel panel = {0};
    dice random = dice_of(seed);
    double y[ROWS_MAX];
    for (uint32_t m = 0; m < M; m++) {
        size_t n = 1 + dice_below(&random, 5);
        double u = (seed % 4 ? 0.6 : 0.01) * dice_normal(&random), of_municipality = dice_normal(&random),
               population = 300 * pow(200, dice_uniform(&random));
        for (size_t t = 0; t < n; t++, panel.n++) {
            size_t i = panel.n;
            panel.municipalities[i] = m;
            panel.populations[i] = floor(population * (1 + 0.05 * dice_uniform(&random)));
            panel.is_estimated[i] = m % 7 != 3;
            const double x[K] = {1, of_municipality, 10 * dice_uniform(&random)};
            memcpy(panel.x + i * K, x, sizeof x);
            y[i] = 2 + x[1] + 0.1 * x[2] + u +
                   sqrt((seed % 3 ? 0.05 : 0) + 300 / panel.populations[i]) * dice_normal(&random);
        }
        panel.needs[m] = 1 + dice_uniform(&random);
        const double row[K] = {1, of_municipality, 5};
        memcpy(panel.rows + m * K, row, sizeof row);
    }
    behov_table *table = table_of_rows(panel.n);
    double columns[4][ROWS_MAX];
    for (size_t i = 0; i < panel.n; i++) {
        columns[0][i] = y[i];
        columns[1][i] = panel.x[i * K + 1];
        columns[2][i] = panel.x[i * K + 2];
        columns[3][i] = panel.is_estimated[i];
    }
    static const char *const names[] = {"y", "a", "b", "estimated"};
    for (size_t k = 0; k < 4; k++)
        table_add(table, names[k], columns[k]);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ a + b", (estimation_options){.set_aside = "estimated == 0"}),
                     BEHOV_OK);
    for (size_t i = 0; i < panel.n; i++) {
        const double *b = behov_fit_coefficients(estimation.fit);
        panel.residuals[i] = y[i] - b[0] - b[1] * columns[1][i] - b[2] * columns[2][i];
    }
    estimation_free(&estimation);
    behov_table_free(table);
    return panel;
}

static behov_shrink *shrink_of(const panel *panel)
{
    behov_shrink *shrink = NULL;
    behov_error err;
    behov_shrink_data data = {.n_rows = panel->n,
                              .n_municipalities = M,
                              .n_regressors = K,
                              .municipalities = panel->municipalities,
                              .residuals = panel->residuals,
                              .populations = panel->populations,
                              .regressors = panel->x,
                              .is_estimated = panel->is_estimated};
    if (behov_shrink_new(&data, &shrink, &err))
        fail_msg("%s", err.what);
    return shrink;
}

static void places_of(const behov_shrink *shrink, const panel *source, double *low, double *high)
{
    behov_shrink_ranking how = {.needs = source->needs, .regressors = source->rows, .n_draws = 300};
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, NULL), BEHOV_OK);
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        panel first = panel_of(seed), second = first;
        dice random = dice_of(seed);
        for (size_t i = first.n; i-- > 1;) {
            size_t j = dice_below(&random, i + 1);
            panel source = second;
            second.municipalities[i] = source.municipalities[j], second.municipalities[j] = source.municipalities[i];
            second.residuals[i] = source.residuals[j], second.residuals[j] = source.residuals[i];
            second.populations[i] = source.populations[j], second.populations[j] = source.populations[i];
            second.is_estimated[i] = source.is_estimated[j], second.is_estimated[j] = source.is_estimated[i];
            memcpy(second.x + i * K, source.x + j * K, K * sizeof(double));
            memcpy(second.x + j * K, source.x + i * K, K * sizeof(double));
        }
        behov_shrink *a = shrink_of(&first), *b = shrink_of(&second);
        behov_shrink_variances u = behov_shrink_variances_of(a), v = behov_shrink_variances_of(b);
        /* steps end at 1e-10 of a standard error, and rounding of other orders may stop elsewhere below that */
        assert_true(fabs(u.lasting - v.lasting) <= 1e-8 * (u.lasting + u.row) &&
                    fabs(u.row - v.row) <= 1e-8 * (u.lasting + u.row) && fabs(u.person - v.person) <= 1e-8 * 300);
        for (size_t m = 0; m < M; m++)
            assert_true(fabs(behov_shrink_effects(a)[m] - behov_shrink_effects(b)[m]) <= 1e-7);
        behov_shrink_free(a);
        behov_shrink_free(b);
    }
}

/* Powers of two are exact: outcome in 16ths, population in quarters, covariates eightfold, the same places to the last
 * draw. */
static void units_change_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        panel first = panel_of(seed), second = first;
        for (size_t i = 0; i < first.n; i++) {
            second.residuals[i] *= 16;
            second.populations[i] *= 0.25;
            second.x[i * K + 2] *= 8;
        }
        for (size_t m = 0; m < M; m++) {
            second.needs[m] *= 16;
            second.rows[m * K + 2] *= 8;
        }
        behov_shrink *a = shrink_of(&first), *b = shrink_of(&second);
        behov_shrink_variances u = behov_shrink_variances_of(a), v = behov_shrink_variances_of(b);
        assert_true(u.is_converged && v.is_converged);
        assert_true(v.lasting == 256 * u.lasting && v.row == 256 * u.row && v.person == 64 * u.person);
        double low[2][M], high[2][M];
        places_of(a, &first, low[0], high[0]);
        places_of(b, &second, low[1], high[1]);
        for (size_t m = 0; m < M; m++) {
            assert_true(behov_shrink_effects(b)[m] == 16 * behov_shrink_effects(a)[m]);
            assert_true(behov_shrink_uncertainties(b)[m] == 256 * behov_shrink_uncertainties(a)[m]);
            behov_lasting lasting = behov_shrink_ratio(a, m, first.needs[m], first.rows + m * K, 0.9),
                          other = behov_shrink_ratio(b, m, second.needs[m], second.rows + m * K, 0.9);
            assert_true(lasting.ratio == other.ratio && lasting.interval.low == other.interval.low &&
                        lasting.probability_above == other.probability_above);
            assert_true(low[0][m] == low[1][m] && high[0][m] == high[1][m]);
        }
        behov_shrink_free(a);
        behov_shrink_free(b);
    }
}

static void levels_are_drawn_towards_0(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        panel panel = panel_of(seed);
        behov_shrink *shrink = shrink_of(&panel);
        behov_shrink_variances v = behov_shrink_variances_of(shrink);
        double low[M], high[M], precision[M] = {0}, smallest[M], largest[M];
        for (size_t m = 0; m < M; m++)
            smallest[m] = INFINITY, largest[m] = -INFINITY;
        for (size_t i = 0; i < panel.n; i++) {
            uint32_t m = panel.municipalities[i];
            precision[m] += 1 / (v.row + v.person / panel.populations[i]);
            smallest[m] = fmin(smallest[m], panel.residuals[i]);
            largest[m] = fmax(largest[m], panel.residuals[i]);
        }
        places_of(shrink, &panel, low, high);
        for (size_t m = 0; m < M; m++) {
            double share = behov_shrink_shares(shrink)[m], effect = behov_shrink_effects(shrink)[m];
            assert_true(share >= 0 && share <= 1);
            assert_true(effect <= fmax(largest[m], 0) + 1e-12 && effect >= fmin(smallest[m], 0) - 1e-12);
            for (size_t other = 0; other < M; other++) /* more chance, a smaller share */
                assert_true(precision[m] <= precision[other] || share >= behov_shrink_shares(shrink)[other] - 1e-12);
            assert_true(low[m] >= 1 && low[m] <= high[m] && high[m] <= M);
        }
        behov_shrink_free(shrink);
    }
}

/* log|S| + log|X'S^-1 X| + r'P r written out with a dense S of all rows, by Gauss's elimination: -2 times the
 * likelihood but for a constant, which is that of the columns' scale. */
static double dense(const panel *panel, double lasting, double row, double person)
{
    enum { WIDE = K + 1 };
    static double a[ROWS_MAX][ROWS_MAX + WIDE];
    size_t n = 0, cursor[ROWS_MAX];
    for (size_t i = 0; i < panel->n; i++)
        if (panel->is_estimated[i])
            cursor[n++] = i;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            a[i][j] = (panel->municipalities[cursor[i]] == panel->municipalities[cursor[j]] ? lasting : 0) +
                      (i == j ? row + person / panel->populations[cursor[i]] : 0);
        for (size_t k = 0; k < K; k++)
            a[i][n + k] = panel->x[cursor[i] * K + k];
        a[i][n + K] = panel->residuals[cursor[i]];
    }
    double logs = 0, g[WIDE][WIDE] = {{0}};
    for (size_t c = 0; c < n; c++) { /* S = L D L'; rows of L^-1 [X r] */
        logs += log(a[c][c]);
        for (size_t i = c + 1; i < n; i++) {
            double factor = a[i][c] / a[c][c];
            for (size_t j = c; j < n + WIDE; j++)
                a[i][j] -= factor * a[c][j];
        }
        for (size_t k = 0; k < WIDE; k++)
            for (size_t l = 0; l < WIDE; l++)
                g[k][l] += a[c][n + k] * a[c][n + l] / a[c][c];
    }
    for (size_t c = 0; c < K; c++) {
        logs += log(g[c][c]);
        for (size_t i = c + 1; i < WIDE; i++) {
            double factor = g[i][c] / g[c][c];
            for (size_t j = 0; j < WIDE; j++)
                g[i][j] -= factor * g[c][j];
        }
    }
    return logs + g[K][K];
}

/* Neither a variance alone nor two against each other can be moved to make the residuals more likely. */
static void no_other_variances_are_more_likely(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        panel panel = panel_of(seed);
        behov_shrink *shrink = shrink_of(&panel);
        behov_shrink_variances v = behov_shrink_variances_of(shrink);
        double best = dense(&panel, v.lasting, v.row, v.person);
        static const double unit[3] = {0.3, 0.05, 300};
        for (int i = 0; i < 27; i++) {
            double step[3] = {i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1}, moved_values[3] = {v.lasting, v.row, v.person};
            for (int size = 0; size < 3; size++) {
                double out[3];
                for (int k = 0; k < 3; k++)
                    out[k] = fmax(moved_values[k] + step[k] * unit[k] * pow(10, -size - 1), 0);
                assert_true(dense(&panel, out[0], out[1], out[2]) >= best - 1e-9);
            }
        }
        behov_shrink_free(shrink);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(units_change_nothing),
        cmocka_unit_test(levels_are_drawn_towards_0),
        cmocka_unit_test(no_other_variances_are_more_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
