/* test_boot.c - the wild cluster bootstrap against samples that are drawn and fitted again in full, the interval
 * against the test itself, and what must not change a figure: threads, blocks, tables that are not kept. */
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

#include "digits.h"
#include "effort.h"
#include "failing_malloc.h"
#include "tables.h"

/* A panel of clusters of unlike size; x varies between clusters, z within. */
static behov_table *panel(size_t n_clusters, uint64_t seed)
{
    enum { MOST = 400 };
    static double y[MOST], x[MOST], z[MOST], g[MOST], w[MOST];
    dice dice = dice_of(seed);
    size_t n = 0;
    for (size_t cluster = 0; cluster < n_clusters; cluster++) {
        double common = dice_normal(&dice), level = dice_normal(&dice);
        for (size_t i = 0; i < 2 + cluster % 4 && n < MOST; i++, n++) {
            g[n] = (double)cluster;
            x[n] = level + 0.3 * dice_normal(&dice);
            z[n] = 5000 + 400 * dice_normal(&dice);
            y[n] = 0.4 * x[n] + 0.001 * z[n] + common + dice_normal(&dice);
            w[n] = 1 + dice_uniform(&dice);
        }
    }
    behov_table *table = table_of_rows(n);
    table_add(table, "y", y), table_add(table, "x", x), table_add(table, "z", z);
    table_add(table, "g", g), table_add(table, "w", w);
    return table;
}

static const estimation_options by_g = {.cluster = "g", .kind = BEHOV_VCOV_CV1};

static behov_hypothesis *parse(const estimation *fitted, const char *text)
{
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    if (behov_hypothesis_parse(text, fitted->design, &hypothesis, &err))
        fail_msg("%s: %s", err.where, err.what);
    return hypothesis;
}

static behov_boot_result boot(const estimation *fitted, const char *text, behov_boot_options options)
{
    behov_hypothesis *hypothesis = parse(fitted, text);
    behov_boot_result result;
    behov_error err;
    if (behov_boot_wild(fitted->fit, fitted->factors, hypothesis, &options, &result, &err))
        fail_msg("%s: %s", err.where, err.what);
    behov_hypothesis_free(hypothesis);
    return result;
}

/* t* of one draw the long way: residuals and fitted values of the sample under the hypothesis (or as estimated), a new
 * outcome, a new fit, a new covariance. x = r: y - r x on the other columns. */
typedef struct slow {
    estimation all;
    estimation_options options;
    double *fitted, *residuals;
    double null; /* what b* is compared with */
    size_t n;
} slow;

static void slow_start(slow *new_slow, behov_table *table, double r, bool is_unrestricted, estimation_options options)
{
    *new_slow = (slow){.n = behov_table_n_rows(table), .options = options};
    assert_int_equal(estimate(&new_slow->all, table, "y ~ x + z", options), BEHOV_OK);
    new_slow->fitted = calloc(new_slow->n, sizeof *new_slow->fitted);
    new_slow->residuals = calloc(new_slow->n, sizeof *new_slow->residuals);
    if (is_unrestricted) {
        fitted_rows(&new_slow->all, new_slow->fitted, new_slow->residuals);
        new_slow->null = coefficient_of(&new_slow->all, "x");
        return;
    }
    new_slow->null = r;
    const double *x = table_numbers(table, "x"), *y = table_numbers(table, "y");
    double *less = calloc(new_slow->n, sizeof *less);
    for (size_t i = 0; i < new_slow->n; i++)
        less[i] = y[i] - r * x[i];
    table_add(table, "less", less);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "less ~ z", options), BEHOV_OK);
    fitted_rows(&estimation, new_slow->fitted, new_slow->residuals);
    for (size_t i = 0; i < new_slow->n; i++)
        new_slow->fitted[i] += r * x[i];
    estimation_free(&estimation);
    free(less);
}

static double slow_draw(const slow *slow, const double *weights)
{
    const uint32_t *cluster = behov_clusters_of_rows(slow->all.clusters);
    const behov_table *table = slow->all.table;
    behov_table *drawn_table = table_of_rows(slow->n);
    double *y = calloc(slow->n, sizeof *y);
    for (size_t i = 0; i < slow->n; i++)
        y[i] = slow->fitted[i] + weights[cluster[i]] * slow->residuals[i];
    table_add(drawn_table, "y", y), table_add(drawn_table, "x", table_numbers(table, "x"));
    table_add(drawn_table, "z", table_numbers(table, "z")), table_add(drawn_table, "g", table_numbers(table, "g"));
    table_add(drawn_table, "w", table_numbers(table, "w"));
    estimation again;
    assert_int_equal(estimate(&again, drawn_table, "y ~ x + z", slow->options), BEHOV_OK);
    double t = (coefficient_of(&again, "x") - slow->null) / error_of(&again, "x");
    estimation_free(&again);
    behov_table_free(drawn_table);
    free(y);
    return t;
}

static void slow_free(slow *slow)
{
    estimation_free(&slow->all);
    free(slow->fitted), free(slow->residuals);
}

/* All sign vectors, in their order: the last cluster turns fastest. */
static void compare_with_refits(estimation_options how)
{
    enum { G = 5, VECTORS = 1 << G };
    static const double nulls[] = {0, 0.7};
    for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++)
        for (size_t i = 0; i < 2; i++) {
            behov_table *table = panel(G, 3);
            slow slow;
            double got[VECTORS], weights[G];
            slow_start(&slow, table, nulls[i], is_unrestricted, how);
            behov_boot_options options = {.n_draws = VECTORS,
                                          .draws = BEHOV_BOOT_RADEMACHER,
                                          .is_unrestricted = is_unrestricted,
                                          .statistics = got};
            behov_boot_result result = boot(&slow.all, i ? "x = 0.7" : "x = 0", options);
            assert_true(result.is_enumerated && result.n_draws == VECTORS && result.n_clusters == G);
            assert_true(result.is_unrestricted == (bool)is_unrestricted && result.null == nulls[i]);
            assert_digits(result.estimate, coefficient_of(&slow.all, "x"), 15);
            assert_digits(result.se, error_of(&slow.all, "x"), 13);
            assert_digits(result.t, (result.estimate - nulls[i]) / result.se, 13);
            size_t n_greater = 0, n_ties = 0, n_below = 0, n_above = 0;
            for (size_t d = 0; d < VECTORS; d++) {
                for (size_t g = 0; g < G; g++)
                    weights[g] = d >> (G - 1 - g) & 1 ? -1 : 1;
                double want = slow_draw(&slow, weights);
                assert_true(fabs(got[d] - want) < 1e-10 * (1 + fabs(want))); /* the refits lose digits, too */
                bool is_tie = fabs(fabs(want) - fabs(result.t)) < 1e-9;
                n_ties += is_tie;
                n_greater += !is_tie && fabs(want) > fabs(result.t);
                n_below += want < result.t - 1e-9;
                n_above += want > result.t + 1e-9;
            }
            if (!is_unrestricted)
                assert_digits(got[0], result.t, 12); /* all +: the sample itself */
            assert_int_equal(result.n_ties, n_ties);
            assert_int_equal(result.n_ties, is_unrestricted ? 0 : 2);
            assert_int_equal(result.n_strictly_greater, n_greater);
            assert_int_equal(result.n_below, n_below);
            assert_int_equal(result.n_above, n_above);
            size_t n_equal = VECTORS - n_below - n_above, n_least = n_below < n_above ? n_below : n_above;
            double lowest = 2.0 / VECTORS, p = (double)(n_greater + n_ties) / VECTORS;
            assert_true(result.p_symmetric == (p < lowest ? lowest : p));
            p = 2 * (double)(n_least + n_equal) / VECTORS;
            assert_true(result.p_equal_tail == (p < lowest ? lowest : p));
            assert_true(result.p_lowest == lowest);
            assert_false(result.is_level_reachable); /* 2/32 is more than 0.05 */
            assert_true(result.ci_low == -INFINITY && result.ci_high == INFINITY);
            slow_free(&slow);
            behov_table_free(table);
        }
}

static void every_sign_vector_is_a_real_refit(void **state)
{
    (void)state;
    compare_with_refits(by_g);
}

/* y* = Xb + w_g u_g, fitted again with the same weights; b and u under the hypothesis are weighted, too. */
static void every_sign_vector_is_a_real_weighted_refit(void **state)
{
    (void)state;
    estimation_options options = by_g;
    options.weights = "w";
    compare_with_refits(options);
}

/* A row of frequency 3 is three rows of one cluster: every draw has the t* of the panel that is written out. */
static void a_frequency_is_so_many_rows(void **state)
{
    (void)state;
    enum { G = 6, VECTORS = 1 << G, MOST = 200 };
    behov_table *table = panel(G, 8), *written_table;
    size_t n = behov_table_n_rows(table), n_written = 0;
    static const char *const names[] = {"y", "x", "z", "g"};
    double times[MOST], columns[4][MOST];
    for (size_t i = 0; i < n; i++) {
        times[i] = (double)(1 + i * i % 4);
        for (size_t copy = 0; copy < (size_t)times[i]; copy++, n_written++)
            for (size_t c = 0; c < 4; c++)
                columns[c][n_written] = table_numbers(table, names[c])[i];
    }
    table_add(table, "times", times);
    written_table = table_of_rows(n_written);
    for (size_t c = 0; c < 4; c++)
        table_add(written_table, names[c], columns[c]);
    estimation_options options = by_g;
    estimation estimation, excluding_estimation;
    assert_int_equal(estimate(&excluding_estimation, written_table, "y ~ x + z", options), BEHOV_OK);
    options.weights = "times";
    options.weight_kind = BEHOV_WEIGHT_FREQUENCY;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", options), BEHOV_OK);
    for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++) {
        double got[VECTORS], want[VECTORS];
        behov_boot_options draw = {
            .n_draws = VECTORS, .draws = BEHOV_BOOT_RADEMACHER, .is_unrestricted = is_unrestricted, .statistics = got};
        behov_boot_result a = boot(&estimation, "x = 0.2", draw);
        draw.statistics = want;
        behov_boot_result b = boot(&excluding_estimation, "x = 0.2", draw);
        assert_digits(a.se, b.se, 12);
        assert_digits(a.t, b.t, 12);
        for (size_t d = 0; d < VECTORS; d++)
            assert_true(fabs(got[d] - want[d]) < 1e-10 * (1 + fabs(want[d]))); /* what two fits leave of the digits */
        assert_true(a.p_symmetric == b.p_symmetric && a.p_equal_tail == b.p_equal_tail);
        assert_digits(a.ci_low, b.ci_low, 9);
        assert_digits(a.ci_high, b.ci_high, 9);
    }
    estimation_free(&estimation), estimation_free(&excluding_estimation);
    behov_table_free(table), behov_table_free(written_table);
}

/* Every draw is one of the 6^3 (2^3) possible ones, each as often as it should be; t* is that of the refit. */
static void weights_have_their_distributions(void **state)
{
    (void)state;
    enum { G = 3, DRAWS = 200000 };
    double low = -(sqrt(5) - 1) / 2, high = (sqrt(5) + 1) / 2, share = (sqrt(5) + 1) / (2 * sqrt(5));
    const struct {
        behov_boot_draws draws;
        size_t n;
        double weights[6], shares[6];
    } kinds[] = {{BEHOV_BOOT_WEBB,
                  6,
                  {-sqrt(1.5), sqrt(1.5), -1, 1, -sqrt(0.5), sqrt(0.5)},
                  {1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6}},
                 {BEHOV_BOOT_MAMMEN, 2, {low, high}, {share, 1 - share}}};
    for (size_t kind = 0; kind < 2; kind++)
        for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++) {
            behov_table *table = panel(G, 11);
            slow slow;
            size_t n_draws = effort(DRAWS), n = kinds[kind].n, n_vectors = n * n * n, count[216] = {0};
            double *got = calloc(n_draws, sizeof *got), want[216], expected[216], weights[G];
            slow_start(&slow, table, 0, is_unrestricted, by_g);
            behov_boot_options options = {.n_draws = n_draws,
                                          .draws = kinds[kind].draws,
                                          .seed = 5,
                                          .n_threads = 1,
                                          .is_unrestricted = is_unrestricted,
                                          .statistics = got};
            behov_boot_result result = boot(&slow.all, "x = 0", options);
            assert_true(!result.is_enumerated && result.n_draws == n_draws && result.draws == kinds[kind].draws);
            for (size_t v = 0; v < n_vectors; v++) {
                expected[v] = 1;
                for (size_t g = 0, left = v; g < G; g++, left /= n) {
                    weights[g] = kinds[kind].weights[left % n];
                    expected[v] *= kinds[kind].shares[left % n];
                }
                want[v] = slow_draw(&slow, weights);
            }
            for (size_t d = 0; d < n_draws; d++) {
                size_t best = 0;
                for (size_t v = 0; v < n_vectors; v++)
                    if (fabs(got[d] - want[v]) < fabs(got[d] - want[best]))
                        best = v;
                assert_true(fabs(got[d] - want[best]) < 1e-7 * (1 + fabs(want[best])));
                count[best]++;
            }
            for (size_t v = 0; v < n_vectors; v++) { /* vectors with the same t* are one */
                double together = 0, seen_value = 0;
                for (size_t u = 0; u < n_vectors; u++)
                    if (fabs(want[u] - want[v]) < 1e-7 * (1 + fabs(want[v])))
                        together += expected[u], seen_value += (double)count[u];
                double mean = together * (double)n_draws;
                assert_true(fabs(seen_value - mean) < 5 * sqrt(mean) + 1);
            }
            free(got);
            slow_free(&slow);
            behov_table_free(table);
        }
}

static void same_but_time(behov_boot_result a, behov_boot_result b)
{
    assert_true(a.p_symmetric == b.p_symmetric && a.p_equal_tail == b.p_equal_tail);
    assert_true(a.ci_low == b.ci_low && a.ci_high == b.ci_high);
    assert_true(a.n_strictly_greater == b.n_strictly_greater && a.n_ties == b.n_ties);
    assert_true(a.n_below == b.n_below && a.n_above == b.n_above && a.n_draws == b.n_draws);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    behov_table *table = panel(30, 1);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    static double row[5000], many[5000], fewer[5000];
    for (int draws = BEHOV_BOOT_RADEMACHER; draws < BEHOV_N_BOOT_DRAWS; draws++) {
        behov_boot_options options = {.n_draws = 5000, .draws = (behov_boot_draws)draws, .seed = 42, .statistics = row};
        behov_boot_result first = boot(&estimation, "x = 0", options);
        for (size_t n = 2; n < 7; n += 2) {
            options.n_threads = n;
            options.statistics = many;
            memset(many, 0, sizeof many);
            same_but_time(boot(&estimation, "x = 0", options), first);
            assert_memory_equal(row, many, sizeof row);
        }
        options.n_threads = 1000; /* more than there are blocks */
        same_but_time(boot(&estimation, "x = 0", options), first);
        /* the first draws do not depend on how many follow */
        static const size_t counts[] = {1, 511, 512, 513, 1025};
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            options = (behov_boot_options){
                .n_draws = counts[i], .draws = (behov_boot_draws)draws, .seed = 42, .statistics = fewer};
            boot(&estimation, "x = 0", options);
            assert_memory_equal(row, fewer, counts[i] * sizeof *row);
        }
        options =
            (behov_boot_options){.n_draws = 5000, .draws = (behov_boot_draws)draws, .seed = 43, .statistics = many};
        boot(&estimation, "x = 0", options);
        size_t n_equal = 0;
        for (size_t d = 0; d < 5000; d++)
            n_equal += row[d] == many[d];
        assert_true(n_equal == 0);
    }
    estimation_free(&estimation);
    behov_table_free(table);
}

/* The mean, where one cluster's residual towers above all others: the sign of t* is that of its weight. Each cluster's
 * is drawn, and no two go together: so words and groups of patterns are all in use. */
static void every_cluster_is_drawn(void **state)
{
    (void)state;
    enum { G = 140, DRAWS = 2000 };
    static const size_t large[] = {0, 1, 2, 3, 7, 8, 63, 64, 65, 127, 128, 139};
    enum { N_LARGE = sizeof large / sizeof *large };
    static double y[2 * G], g[2 * G], t[N_LARGE][DRAWS];
    for (int draws = BEHOV_BOOT_RADEMACHER; draws < BEHOV_N_BOOT_DRAWS; draws++) {
        double share = draws == BEHOV_BOOT_MAMMEN ? 1 - (sqrt(5) + 1) / (2 * sqrt(5)) : 0.5;
        for (size_t i = 0; i < N_LARGE; i++) {
            dice dice = dice_of(3);
            for (size_t row = 0; row < 2 * G; row++) {
                g[row] = (double)(row / 2);
                y[row] = dice_normal(&dice) * 0.001 + (row / 2 == large[i] ? 1000 : 0);
            }
            behov_table *table = table_of_rows(2 * G);
            table_add(table, "y", y), table_add(table, "g", g);
            estimation estimation;
            assert_int_equal(estimate(&estimation, table, "y ~ 1", by_g), BEHOV_OK);
            boot(&estimation, "(Intercept) = 0",
                 (behov_boot_options){.n_draws = DRAWS, .draws = (behov_boot_draws)draws, .statistics = t[i]});
            double n_above = 0;
            for (size_t d = 0; d < DRAWS; d++)
                n_above += t[i][d] > 0;
            assert_true(fabs(n_above - share * DRAWS) < 4 * sqrt(share * (1 - share) * DRAWS));
            estimation_free(&estimation);
            behov_table_free(table);
        }
        double together = share * share;
        for (size_t i = 0; i < N_LARGE; i++)
            for (size_t j = 0; j < i; j++) {
                double n_both = 0;
                for (size_t d = 0; d < DRAWS; d++)
                    n_both += t[i][d] > 0 && t[j][d] > 0;
                assert_true(fabs(n_both - together * DRAWS) < 5 * sqrt(together * (1 - together) * DRAWS));
            }
    }
}

static void default_draws(void **state)
{
    (void)state;
    for (size_t n_clusters = 11; n_clusters < 13; n_clusters++) {
        behov_table *table = panel(n_clusters, 1);
        estimation estimation;
        assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
        behov_boot_result result = boot(&estimation, "x = 0", (behov_boot_options){.n_draws = 4095});
        assert_int_equal(result.draws, n_clusters < 12 ? BEHOV_BOOT_WEBB : BEHOV_BOOT_RADEMACHER);
        assert_false(result.is_enumerated);
        assert_true(result.level == 0.95);
        result = boot(&estimation, "x = 0", (behov_boot_options){.n_draws = 4096});
        assert_int_equal(result.is_enumerated, n_clusters == 12);
        estimation_free(&estimation);
        behov_table_free(table);
    }
    assert_string_equal(behov_boot_draws_name(BEHOV_BOOT_WEBB), "webb");
    assert_string_equal(behov_boot_draws_name(BEHOV_BOOT_DEFAULT), "");
    assert_int_equal(behov_boot_draws_of_name("mammen"), BEHOV_BOOT_MAMMEN);
    assert_int_equal(behov_boot_draws_of_name("rademacher"), BEHOV_BOOT_RADEMACHER);
    assert_int_equal(behov_boot_draws_of_name(""), BEHOV_N_BOOT_DRAWS);
}

/* At an end of the interval the symmetric p passes 1 - level: above it just inside, not above it just outside. */
static void interval_is_where_p_passes(void **state)
{
    (void)state;
    static const double levels[] = {0.95, 0.9, 0.5};
    for (size_t n_clusters = 8; n_clusters < 41; n_clusters += 16)
        for (int draws = BEHOV_BOOT_RADEMACHER; draws < BEHOV_N_BOOT_DRAWS; draws++)
            for (size_t i = 0; i < 3; i++) {
                behov_table *table = panel(n_clusters, 2 + n_clusters);
                estimation estimation;
                assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
                behov_boot_options options = {.n_draws = 999, .draws = (behov_boot_draws)draws, .level = levels[i]};
                behov_boot_result whole = boot(&estimation, "x = 0", options);
                assert_true(whole.ci_low < whole.estimate && whole.estimate < whole.ci_high);
                /* Mammen: all eight weights are alike, and t* = t, in 0.7236^8 + 0.2764^8 = 7.5 per cent of the draws
                 * */
                assert_int_equal(whole.is_level_reachable, draws != BEHOV_BOOT_MAMMEN || n_clusters > 8 || i > 0);
                if (!whole.is_level_reachable) {
                    assert_true(whole.ci_low == -INFINITY && whole.ci_high == INFINITY && whole.p_lowest > 0.05);
                    estimation_free(&estimation);
                    behov_table_free(table);
                    continue;
                }
                double ends[2] = {whole.ci_low, whole.ci_high}, row[3] = {0, 1, 0};
                for (int fit_column = 0; fit_column < 2; fit_column++)
                    for (int outside = 0; outside < 2; outside++) {
                        double r =
                            whole.estimate + (ends[fit_column] - whole.estimate) * (outside ? 1 + 1e-8 : 1 - 1e-8);
                        behov_hypothesis *hypothesis = NULL;
                        behov_boot_result boot_result;
                        behov_error err;
                        assert_int_equal(behov_hypothesis_new(estimation.design, 1, row, &r, &hypothesis, &err),
                                         BEHOV_OK);
                        assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &options,
                                                         &boot_result, &err),
                                         BEHOV_OK);
                        double limit = floor((1 - levels[i]) * (double)boot_result.n_draws + 1e-6);
                        size_t n_as_large = boot_result.n_strictly_greater + boot_result.n_ties;
                        bool is_inside = (double)n_as_large > limit;
                        if (is_inside == (bool)outside)
                            fail_msg("G %zu, draws %d, level %g, end %d, outside %d: %zu of %zu", n_clusters, draws,
                                     levels[i], fit_column, outside, n_as_large, boot_result.n_draws);
                        /* Steps are small, but of the same vector drawn several times. */
                        if (n_clusters > 8 && fabs((double)n_as_large - limit) > 4)
                            fail_msg("G %zu, draws %d, level %g, end %d: %zu of %zu", n_clusters, draws, levels[i],
                                     fit_column, n_as_large, boot_result.n_draws);
                        /* the interval does not depend on the null value */
                        assert_digits(boot_result.ci_low, whole.ci_low, 9);
                        assert_digits(boot_result.ci_high, whole.ci_high, 9);
                        behov_hypothesis_free(hypothesis);
                    }
                estimation_free(&estimation);
                behov_table_free(table);
            }
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Far from the estimate t* is the small rest of large parts, and the two ties are still told from the others. */
static void ties_far_from_the_estimate(void **state)
{
    (void)state;
    behov_table *table = panel(10, 3);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    static const char *const nulls[] = {"x = 10", "x = -100", "x = 1000", "x = 100000", "x + 1000*z = 1e7"};
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
        behov_boot_result result =
            boot(&estimation, nulls[i], (behov_boot_options){.n_draws = 1024, .draws = BEHOV_BOOT_RADEMACHER});
        assert_true(result.is_enumerated);
        assert_int_equal(result.n_ties, 2);
        assert_true(i < 2 || result.n_strictly_greater == 0);
    }
    estimation_free(&estimation);
    behov_table_free(table);
}

/* "0 of 32": an estimate far from 0 in all five clusters. All + and all - tie, so p is 2/32 and not 0; without the null
 * imposed nothing ties, and it is not less either. Drawn, 0 of 99 shows 1/100. */
static void p_of_few_sign_vectors(void **state)
{
    (void)state;
    behov_table *table = panel(5, 3);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++) {
        behov_boot_options options = {
            .n_draws = 32, .draws = BEHOV_BOOT_RADEMACHER, .is_unrestricted = is_unrestricted};
        behov_boot_result result = boot(&estimation, "x = 1000", options);
        assert_true(result.is_enumerated);
        assert_int_equal(result.n_strictly_greater, 0);
        assert_int_equal(result.n_ties, is_unrestricted ? 0 : 2);
        assert_true(result.p_symmetric == 0.0625 && result.p_equal_tail == 0.0625 && result.p_lowest == 0.0625);
        assert_false(result.is_level_reachable);
        assert_true(result.ci_low == -INFINITY && result.ci_high == INFINITY);
        options.level = 0.9; /* 2/32 is not above 0.1 */
        result = boot(&estimation, "x = 1000", options);
        assert_true(result.is_level_reachable && isfinite(result.ci_low) && isfinite(result.ci_high));
        options.level = 0.9375; /* 1 - 2/32 */
        assert_true(boot(&estimation, "x = 1000", options).is_level_reachable);
    }
    estimation_free(&estimation);
    behov_table_free(table);
    table = panel(40, 3);
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    behov_boot_result result = boot(&estimation, "x = 1000", (behov_boot_options){.n_draws = 99});
    assert_int_equal(result.n_strictly_greater + result.n_ties, 0);
    assert_true(result.p_symmetric == 0.01 && result.p_equal_tail == 0.01);
    result = boot(&estimation, "x = 1000", (behov_boot_options){.n_draws = 9});
    assert_true(!result.is_level_reachable && result.p_lowest == 0.1 && isinf(result.ci_low));
    estimation_free(&estimation);
    behov_table_free(table);
}

static void unrestricted_interval(void **state)
{
    (void)state;
    behov_table *table = panel(20, 9);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    static double t[1999];
    behov_boot_options options = {.n_draws = 1999, .is_unrestricted = true, .level = 0.9, .statistics = t};
    behov_boot_result result = boot(&estimation, "x = 0", options);
    for (size_t d = 0; d < 1999; d++)
        t[d] = fabs(t[d]);
    qsort(t, 1999, sizeof *t, falling);
    assert_digits(result.ci_high, result.estimate + result.se * t[199], 14); /* 199 of 1999 lie beyond: p < 0.1 */
    assert_digits(result.ci_low, result.estimate - result.se * t[199], 14);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* The regressor stands in two clusters alone: when their signs agree, half of the draws, t* grows as t does, and p
 * stays above 0.05 whatever the null value. In one of the two directions of turning there is nothing left but rounding.
 */
static void interval_without_ends(void **state)
{
    (void)state;
    enum { G = 20, SIZE = 3 };
    static double y[G * SIZE], x[G * SIZE], g[G * SIZE];
    dice dice = dice_of(5);
    for (size_t i = 0; i < G * SIZE; i++) {
        g[i] = (double)(i / SIZE);
        x[i] = g[i] == 0 ? 1 : g[i] == 1 ? -1 : 0;
        y[i] = dice_normal(&dice);
    }
    behov_table *table = table_of_rows(G * SIZE);
    table_add(table, "y", y), table_add(table, "x", x), table_add(table, "g", g);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", by_g), BEHOV_OK);
    behov_boot_result result = boot(&estimation, "x = 0", (behov_boot_options){.n_draws = 999});
    assert_true(result.ci_low == -INFINITY && result.ci_high == INFINITY);
    result = boot(&estimation, "x = 1000000", (behov_boot_options){.n_draws = 999});
    assert_true(result.p_symmetric > 0.05 && result.p_symmetric < 0.5);
    assert_true(result.ci_low == -INFINITY && result.ci_high == INFINITY);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* A combination of coefficients in other units; weights of rows; a dropped column: t is that of the Wald test. */
static void t_is_that_of_the_wald_test(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *hypothesis;
        behov_fit_options fit;
    } cases[] = {{"y ~ x + z", "x - 300*z = 0.1", {0}},
                 {"y ~ x + z", "x = 0", {.double_only = true}},
                 {"y ~ I(1e100*x) + I(1e-100*z)", "I(1e+100 * x) = 1e-100", {.double_only = true}},
                 {"y ~ x + I(2*x) + z", "z = 0", {.drop_collinear = true}},
                 {"y ~ x + z - 1", "z = 0.001", {0}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_table *table = panel(25, 6);
        estimation estimation;
        estimation_options how = by_g;
        how.fit = cases[i].fit;
        if (estimate(&estimation, table, cases[i].formula, how))
            fail_msg("%s: %s", cases[i].formula, estimation.err.what);
        char text[100];
        snprintf(text, sizeof text, "%s", cases[i].hypothesis);
        if (i == 2) /* as the design spells it */
            snprintf(text, sizeof text, "%s = 1e-100", behov_design_regressor(estimation.design, 1));
        behov_hypothesis *hypothesis = parse(&estimation, text);
        behov_wald_result wald;
        behov_boot_result result = boot(&estimation, text, (behov_boot_options){.n_draws = 999});
        behov_error err;
        assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &wald, &err), BEHOV_OK);
        assert_digits(result.t, wald.t, 11);
        assert_digits(result.se, wald.se, 11);
        assert_digits(result.estimate, wald.estimate, 13);
        assert_true(isfinite(result.ci_low) && isfinite(result.ci_high));
        behov_hypothesis_free(hypothesis);
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* Above 64 MB of tables they are made anew for each block. With the estimate as null value the restricted bootstrap,
 * whose tables are too large here, is the unrestricted one, whose tables are kept. */
static void tables_that_are_not_kept(void **state)
{
    (void)state;
    enum { G = 30000, DRAWS = 600 };
    static double y[G], x[G], g[G], kept_values[DRAWS], anew[DRAWS];
    dice dice = dice_of(8);
    for (size_t i = 0; i < G; i++) {
        g[i] = (double)i;
        x[i] = dice_uniform(&dice);
        y[i] = x[i] + dice_uniform(&dice);
    }
    behov_table *table = table_of_rows(G);
    table_add(table, "y", y), table_add(table, "x", x), table_add(table, "g", g);
    estimation estimation;
    behov_error err;
    assert_int_equal(estimate(&estimation, table, "y ~ x", by_g), BEHOV_OK);
    double row[2] = {0, 1}, value = coefficient_of(&estimation, "x");
    behov_hypothesis *hypothesis = NULL;
    assert_int_equal(behov_hypothesis_new(estimation.design, 1, row, &value, &hypothesis, &err), BEHOV_OK);
    behov_boot_result result;
    behov_boot_options options = {.n_draws = effort(DRAWS), .statistics = kept_values, .is_unrestricted = true};
    assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &options, &result, &err),
                     BEHOV_OK);
    options = (behov_boot_options){.n_draws = effort(DRAWS), .statistics = anew, .n_threads = 2};
    assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &options, &result, &err),
                     BEHOV_OK);
    for (size_t d = 0; d < effort(DRAWS); d++)
        assert_true(fabs(kept_values[d] - anew[d]) < 1e-9);
    behov_hypothesis_free(hypothesis);
    estimation_free(&estimation);
    behov_table_free(table);
}

static double last_part;
static size_t n_calls;

static void heard(void *context, double part)
{
    assert_ptr_equal(context, &last_part);
    assert_true(part > last_part && part <= 1);
    last_part = part;
    n_calls++;
}

static void progress(void **state)
{
    (void)state;
    behov_table *table = panel(20, 9);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    boot(&estimation, "x = 0",
         (behov_boot_options){.n_draws = 5000, .progress = heard, .context = &last_part, .n_threads = 2});
    assert_true(n_calls > 3);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void refuse(const estimation *fitted, const behov_factors *factors, const char *text, behov_boot_options options,
                   behov_status status, const char *subject)
{
    behov_hypothesis *hypothesis = parse(fitted, text);
    behov_boot_result result = {.t = -1};
    behov_error err = {0};
    behov_status got = behov_boot_wild(fitted->fit, factors, hypothesis, &options, &result, &err);
    if (got != status)
        fail_msg("%s: %s instead of %s", subject, behov_status_name(got), behov_status_name(status));
    assert_true(status == BEHOV_E_MEMORY || err.where[0] != '\0');
    assert_contains(err.what, subject);
    assert_true(result.t == -1);
    behov_hypothesis_free(hypothesis);
}

static void refusals(void **state)
{
    (void)state;
    behov_table *table = panel(12, 1);
    estimation estimation, other;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    behov_boot_options fine = {.n_draws = 9};
    refuse(&estimation, estimation.factors, "x = 0", (behov_boot_options){0}, BEHOV_E_ARGUMENT, "no draws");
    refuse(&estimation, estimation.factors, "x = 0", (behov_boot_options){.n_draws = 9, .level = 1}, BEHOV_E_ARGUMENT,
           "level");
    refuse(&estimation, estimation.factors, "x = 0", (behov_boot_options){.n_draws = 9, .level = -0.5},
           BEHOV_E_ARGUMENT, "level");
    refuse(&estimation, estimation.factors, "x = 0", (behov_boot_options){.n_draws = 9, .level = NAN}, BEHOV_E_ARGUMENT,
           "level");
    refuse(&estimation, estimation.factors, "x = 0", (behov_boot_options){.n_draws = 9, .draws = BEHOV_N_BOOT_DRAWS},
           BEHOV_E_ARGUMENT, "rademacher, webb and mammen");
    refuse(&estimation, estimation.factors, "x = 0",
           (behov_boot_options){.n_draws = SIZE_MAX / 16, .draws = BEHOV_BOOT_WEBB}, BEHOV_E_MEMORY, "memory");
    refuse(&estimation, estimation.factors, "x = 0, z = 0", fine, BEHOV_E_ARGUMENT,
           "one restriction at a time, and there are 2");
    behov_factors *factors = NULL;
    assert_int_equal(behov_factors_new(estimation.design, NULL, &factors, NULL), BEHOV_OK);
    refuse(&estimation, factors, "x = 0", fine, BEHOV_E_ARGUMENT, "a column of clusters");
    behov_factors_free(factors);
    /* one cluster; factors of another width */
    assert_int_equal(estimate(&other, table, "y ~ x", (estimation_options){.cluster = "g >= 0"}), BEHOV_OK);
    refuse(&other, other.factors, "x = 0", fine, BEHOV_E_TOO_FEW, "one cluster");
    refuse(&other, estimation.factors, "x = 0", fine, BEHOV_E_ARGUMENT, "not those of this fit");
    estimation_free(&other);
    /* the dummies of the clusters themselves */
    assert_int_equal(estimate(&other, table, "y ~ factor(g)", by_g), BEHOV_OK);
    refuse(&other, other.factors, "g=1 = 0", fine, BEHOV_E_RANK, "one cluster alone identifies");
    estimation_free(&other);
    estimation_options drop = by_g;
    drop.fit.drop_collinear = true;
    assert_int_equal(estimate(&other, table, "y ~ x + I(2*x)", drop), BEHOV_OK);
    refuse(&other, other.factors, "I(2 * x) = 0", fine, BEHOV_E_NAME, "was dropped");
    estimation_free(&other);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void without_memory(void **state)
{
    (void)state;
    behov_table *table = panel(12, 1);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", by_g), BEHOV_OK);
    behov_hypothesis *hypothesis = parse(&estimation, "x = 0");
    for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++)
        for (size_t n = 1;; n++) {
            behov_boot_options options = {.n_draws = 99, .draws = BEHOV_BOOT_WEBB, .is_unrestricted = is_unrestricted};
            behov_boot_result result = {.t = -1};
            behov_error err;
            failing_malloc_start(n);
            behov_status status =
                behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &options, &result, &err);
            if (!failing_malloc_stop()) {
                assert_int_equal(status, BEHOV_OK);
                assert_true(n > 15);
                break;
            }
            assert_int_equal(status, BEHOV_E_MEMORY);
            assert_true(result.t == -1);
        }
    behov_hypothesis_free(hypothesis);
    estimation_free(&estimation);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sign_vector_is_a_real_refit),
        cmocka_unit_test(every_sign_vector_is_a_real_weighted_refit),
        cmocka_unit_test(a_frequency_is_so_many_rows),
        cmocka_unit_test(weights_have_their_distributions),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(every_cluster_is_drawn),
        cmocka_unit_test(default_draws),
        cmocka_unit_test(interval_is_where_p_passes),
        cmocka_unit_test(ties_far_from_the_estimate),
        cmocka_unit_test(p_of_few_sign_vectors),
        cmocka_unit_test(unrestricted_interval),
        cmocka_unit_test(interval_without_ends),
        cmocka_unit_test(t_is_that_of_the_wald_test),
        cmocka_unit_test(tables_that_are_not_kept),
        cmocka_unit_test(progress),
        cmocka_unit_test(refusals),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
