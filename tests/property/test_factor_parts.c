/* test_factor_parts.c - laws of parts: rows cut anywhere, made to factors, to bytes and back, and merged in any order give
 * the fit of all rows; what a part of another model, a part given twice and damaged bytes give is a sentence.
 *
 * Clusters lie in several parts; a level of `kind` is seen by one part alone, another one is the reference of the whole and
 * of no part but one; some parts have no row that is estimated on. */
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
#include "tables.h"

enum { MOST_PARTS = 40, TEXT_KIND = 3 };

typedef struct way {
    const char *formula, *cluster, *weights;
    behov_weight_kind weight_kind;
    size_t n_rows, n_groups;
    double digits; /* that must agree */
} way;

static const way ways[] = {
    {"y ~ x + z + factor(kind)", "town", NULL, BEHOV_WEIGHT_PRECISION, 300, 40, 12.5},
    {"y ~ x * factor(kind) + I(x^2) + x:z", "town", NULL, BEHOV_WEIGHT_PRECISION, 300, 40, 12.5},
    {"y ~ x + factor(kind, ref = \"c\") + factor(year) - 1", "town", NULL, BEHOV_WEIGHT_PRECISION, 400, 30, 12.5},
    {"y ~ 0 + x + z", "town", NULL, BEHOV_WEIGHT_PRECISION, 200, 30, 12.5},
    {"y ~ x + z + factor(kind)", "town", "weight", BEHOV_WEIGHT_PRECISION, 300, 40, 12.5},
    {"y ~ x + z + factor(kind)", "town", "weight", BEHOV_WEIGHT_FREQUENCY, 300, 40, 12.5},
    {"y ~ x + z + factor(year)", "year", NULL, BEHOV_WEIGHT_PRECISION, 500, 40, 12.5},
    {"y ~ x + z + factor(year)", NULL, NULL, BEHOV_WEIGHT_PRECISION, 500, 40, 12.5},
    {"y ~ x + z + factor(kind)", "town", NULL, BEHOV_WEIGHT_PRECISION, 60000, 500, 9.5},
};

enum { N_WAYS = sizeof ways / sizeof *ways };

typedef struct problem {
    size_t n;
    double *y, *x, *z, *weight, *town, *year;
    const char **kind;
    size_t *part; /* of each row */
} problem;

static problem draw(const way *way, size_t n_parts, uint64_t seed)
{
    static const char *const kinds[] = {"b", "c", "d", "e"};
    problem problem = {.n = way->n_rows};
    double **columns[] = {&problem.y, &problem.x, &problem.z, &problem.weight, &problem.town, &problem.year};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        assert_non_null(*columns[c] = calloc(problem.n, sizeof **columns[c]));
    assert_non_null(problem.kind = calloc(problem.n, sizeof *problem.kind));
    assert_non_null(problem.part = calloc(problem.n, sizeof *problem.part));
    dice random = dice_of(seed + 11);
    for (size_t i = 0; i < problem.n; i++) {
        size_t town = dice_below(&random, way->n_groups);
        problem.part[i] = dice_below(&random, n_parts);
        problem.town[i] = 101 + (double)town;
        problem.year[i] = 2012 + (double)dice_below(&random, 5);
        problem.x[i] = 3 + dice_normal(&random);
        problem.z[i] = 1e5 * exp(dice_normal(&random));
        problem.weight[i] = 1 + (double)dice_below(&random, 4);
        problem.kind[i] = kinds[dice_below(&random, sizeof kinds / sizeof *kinds)];
        problem.y[i] = 1 + 0.3 * problem.x[i] + 2e-6 * problem.z[i] + 0.1 * (double)(town % 7) + dice_normal(&random);
        if (i % 37 == 5)
            problem.y[i] = behov_missing_number(BEHOV_MISSING_DOT);
    }
    /* The first level of the whole in one part alone, and another that no other part has. */
    for (size_t i = 0; i < 24; i++) {
        problem.part[i] = 0;
        problem.kind[i] = i % 2 ? "a" : "f";
    }
    return problem;
}

static void problem_free(problem *problem)
{
    free(problem->y), free(problem->x), free(problem->z), free(problem->weight), free(problem->town);
    free(problem->year), free(problem->kind), free(problem->part);
}

/* The rows of one part, or (part SIZE_MAX) all of them. */
static behov_table *table_of(const problem *problem, size_t part)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n; i++)
        n += part == SIZE_MAX || problem->part[i] == part;
    behov_table *table = table_of_rows(n);
    const double *const columns[] = {problem->y, problem->x, problem->z, problem->weight, problem->town, problem->year};
    static const char *const names[] = {"y", "x", "z", "weight", "town", "year"};
    double *values = calloc(n + 1, sizeof *values);
    const char **texts = calloc(n + 1, sizeof *texts);
    assert_true(values && texts);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        for (size_t i = 0, row = 0; i < problem->n; i++)
            if (part == SIZE_MAX || problem->part[i] == part)
                values[row++] = columns[c][i];
        table_add(table, names[c], values);
    }
    for (size_t i = 0, row = 0; i < problem->n; i++)
        if (part == SIZE_MAX || problem->part[i] == part)
            texts[row++] = problem->kind[i];
    table_add_texts(table, "kind", texts);
    free(values);
    free((void *)texts);
    return table;
}

/* ---- parts --------------------------------------------------------------------------------------------------------- */

static void make_part(const way *way, const behov_table *table, behov_factor_part *part)
{
    behov_error err;
    behov_formula *formula = NULL;
    behov_expression *weights = NULL;
    behov_design *design = NULL;
    behov_clusters *clusters = NULL;
    size_t n_rows;
    *part = (behov_factor_part){0};
    assert_int_equal(behov_formula_parse(way->formula, &formula, &err), BEHOV_OK);
    if (way->weights) {
        assert_int_equal(behov_expression_parse(way->weights, strlen(way->weights), "w", &weights, &err), BEHOV_OK);
        assert_int_equal(behov_expression_bind(weights, table, &err), BEHOV_OK);
    }
    behov_design_options options = {.weights = weights,
                                    .weight_kind = way->weight_kind,
                                    .cluster_keys = &way->cluster,
                                    .n_cluster_keys = way->cluster != NULL,
                                    .is_part = true};
    if (behov_design_new(formula, table, &options, &design, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    if (way->cluster)
        assert_int_equal(behov_clusters_new(table, way->cluster, rows, n_rows, &clusters, &err), BEHOV_OK);
    const char *const texts[BEHOV_N_PART_TEXTS] = {
        [BEHOV_PART_FORMULA] = way->formula,
        [BEHOV_PART_CLUSTER] = way->cluster,
        [BEHOV_PART_WEIGHTS] = way->weights,
        [BEHOV_PART_WEIGHT_KIND] = way->weight_kind == BEHOV_WEIGHT_FREQUENCY ? "frequency" : "precision"};
    for (int i = 0; i < BEHOV_N_PART_TEXTS; i++)
        assert_int_equal(behov_factor_part_set_text(part, (behov_part_text)i, texts[i], &err), BEHOV_OK);
    assert_int_equal(behov_factor_part_add_name(part, "labels_nb", "x", "Figuren æ", &err), BEHOV_OK);
    assert_int_equal(behov_factor_part_measure(design, clusters, part, &err), BEHOV_OK);
    behov_clusters_free(clusters);
    behov_design_free(design);
    behov_expression_free(weights);
    behov_formula_free(formula);
}

/* To bytes, back, and to the same bytes again. */
static void through_bytes(behov_factor_part *part)
{
    unsigned char *bytes = NULL, *again = NULL;
    size_t n = 0, n_again = 0;
    behov_error err;
    assert_int_equal(behov_factor_file_write(part, &bytes, &n, &err), BEHOV_OK);
    behov_factor_part_free(part);
    if (behov_factor_file_read(bytes, n, "part", part, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_factor_file_write(part, &again, &n_again, &err), BEHOV_OK);
    assert_int_equal(n, n_again);
    assert_memory_equal(bytes, again, n);
    free(bytes);
    free(again);
}

typedef struct merged_fit {
    behov_formula *formula;
    behov_table *table;
    behov_merged_factors merged;
    behov_factors *factors;
    behov_fit *fit;
} merged_fit;

static void merged_fit_free(merged_fit *merged)
{
    behov_fit_free(merged->fit);
    behov_factors_free(merged->factors);
    behov_merged_factors_free(&merged->merged);
    behov_formula_free(merged->formula);
    behov_table_free(merged->table);
}

static merged_fit fit_parts(const way *way, const behov_factor_part *parts, size_t n_parts)
{
    merged_fit out = {0};
    behov_error err;
    size_t n_rows = 0;
    for (size_t i = 0; i < n_parts; i++)
        n_rows += parts[i].n_rows;
    out.table = table_of_rows(n_rows);
    assert_int_equal(behov_formula_parse(way->formula, &out.formula, &err), BEHOV_OK);
    if (behov_factor_parts_merge(parts, n_parts, out.formula, out.table, &out.merged, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_factors_new(out.merged.design, out.merged.clusters, &out.factors, &err), BEHOV_OK);
    if (behov_fit_new(out.merged.design, out.factors, &(behov_fit_options){.double_only = !out.merged.is_extended},
                      &out.fit, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    return out;
}

/* ---- the whole and its parts --------------------------------------------------------------------------------------- */

static void compare_errors(const way *way, estimation *whole, merged_fit *merged, behov_vcov_kind kind)
{
    behov_error err;
    size_t n = behov_design_n_regressors(whole->design);
    behov_vcov *want = NULL, *got = NULL;
    behov_coefficient *wanted = calloc(n, sizeof *wanted), *found = calloc(n, sizeof *found);
    assert_true(wanted && found);
    behov_status status = behov_vcov_new(whole->fit, whole->design, whole->clusters, kind, &want, &err);
    assert_int_equal(behov_vcov_new(merged->fit, merged->merged.design, merged->merged.clusters, kind, &got, &err),
                     status);
    if (!status) {
        assert_int_equal(behov_inference(whole->fit, want, NULL, wanted, &err), BEHOV_OK);
        assert_int_equal(behov_inference(merged->fit, got, NULL, found, &err), BEHOV_OK);
        for (size_t k = 0; k < n; k++) {
            assert_digits(found[k].se, wanted[k].se, way->digits - 0.5);
            assert_digits(found[k].dof, wanted[k].dof, way->digits - 1);
        }
        double f, wanted_f, dof2, wanted_dof2;
        size_t q, wanted_q;
        assert_int_equal(behov_vcov_model_f(want, whole->fit, &wanted_f, &wanted_q, &wanted_dof2, &err), BEHOV_OK);
        assert_int_equal(behov_vcov_model_f(got, merged->fit, &f, &q, &dof2, &err), BEHOV_OK);
        assert_int_equal(q, wanted_q);
        assert_digits(f, wanted_f, way->digits - 1.5);
        assert_digits(dof2, wanted_dof2, way->digits - 1.5);
    }
    behov_vcov_free(want), behov_vcov_free(got);
    free(wanted), free(found);
}

static void compare_bootstrap(const way *way, estimation *whole, merged_fit *merged)
{
    behov_error err;
    behov_hypothesis *want = NULL, *got = NULL;
    behov_boot_options options = {.n_draws = 199, .seed = 3};
    behov_boot_result wanted, found;
    assert_int_equal(behov_hypothesis_parse("x = 0.25", whole->design, &want, &err), BEHOV_OK);
    assert_int_equal(behov_hypothesis_parse("x = 0.25", merged->merged.design, &got, &err), BEHOV_OK);
    assert_int_equal(behov_boot_wild(whole->fit, whole->factors, want, &options, &wanted, &err), BEHOV_OK);
    assert_int_equal(behov_boot_wild(merged->fit, merged->factors, got, &options, &found, &err), BEHOV_OK);
    assert_int_equal(found.n_clusters, wanted.n_clusters);
    assert_digits(found.t, wanted.t, way->digits - 0.5);
    assert_digits(found.p_symmetric, wanted.p_symmetric, 15);
    assert_digits(found.p_equal_tail, wanted.p_equal_tail, 15);
    assert_digits(found.ci_low, wanted.ci_low, 9);
    behov_hypothesis_free(want), behov_hypothesis_free(got);
}

static void compare_fits(const way *way, estimation *whole, merged_fit *merged)
{
    behov_error err;
    size_t n = behov_design_n_regressors(whole->design);
    assert_int_equal(behov_design_n_regressors(merged->merged.design), n);
    assert_int_equal(behov_fit_n_rows(merged->fit), behov_fit_n_rows(whole->fit));
    assert_digits(behov_fit_n_observations(merged->fit), behov_fit_n_observations(whole->fit), 17);
    for (size_t k = 0; k < n; k++) {
        assert_string_equal(behov_design_regressor(merged->merged.design, k), behov_design_regressor(whole->design, k));
        /* In double a running triangle of many rows is off by as many roundings: a share of the standard error. */
        double want = behov_fit_coefficients(whole->fit)[k], got = behov_fit_coefficients(merged->fit)[k],
               error = behov_fit_rmse(whole->fit) * sqrt(behov_fit_bread(whole->fit)[k * n + k]);
        if (behov_fit_is_extended(whole->fit))
            assert_digits(got, want, way->digits);
        else
            assert_digits(1 + (got - want) / error, 1, way->digits);
    }
    assert_digits(behov_fit_rss(merged->fit), behov_fit_rss(whole->fit), way->digits);
    assert_digits(behov_fit_r2(merged->fit), behov_fit_r2(whole->fit), way->digits);
    assert_digits(behov_fit_adj_r2(merged->fit), behov_fit_adj_r2(whole->fit), way->digits - 0.5);
    assert_int_equal(behov_fit_is_from_zero(merged->fit), behov_fit_is_from_zero(whole->fit));
    assert_string_equal(behov_formula_text(merged->formula), behov_formula_text(whole->formula));
    size_t n_left_out = 0, n_wanted = 0;
    for (size_t i = 0; i < behov_design_n_reasons(whole->design); i++)
        n_wanted += behov_design_reason(whole->design, i).n_rows;
    for (size_t i = 0; i < behov_design_n_reasons(merged->merged.design); i++)
        n_left_out += behov_design_reason(merged->merged.design, i).n_rows;
    assert_int_equal(n_left_out, n_wanted);
    if (!way->cluster) {
        compare_errors(way, whole, merged, BEHOV_VCOV_CLASSICAL);
        return;
    }
    assert_int_equal(behov_clusters_count(merged->merged.clusters), behov_clusters_count(whole->clusters));
    for (size_t g = 0; g < behov_clusters_count(whole->clusters); g++) {
        char got[400], want[400];
        behov_clusters_label(merged->merged.clusters, g, got);
        behov_clusters_label(whole->clusters, g, want);
        assert_string_equal(got, want);
    }
    for (int kind = BEHOV_VCOV_CV0; kind < BEHOV_N_VCOV_KINDS; kind++)
        compare_errors(way, whole, merged, (behov_vcov_kind)kind);
    compare_bootstrap(way, whole, merged);
    behov_vcov *vcov = NULL;
    assert_int_equal(behov_vcov_new(merged->fit, merged->merged.design, NULL, BEHOV_VCOV_HC1, &vcov, &err),
                     BEHOV_E_ARGUMENT);
    if (way->weights && way->weight_kind == BEHOV_WEIGHT_PRECISION)
        return;
    double *effective = calloc(2 * n, sizeof *effective);
    assert_non_null(effective);
    assert_int_equal(behov_effective_clusters(whole->fit, whole->design, whole->clusters, effective, &err), BEHOV_OK);
    assert_int_equal(
        behov_effective_clusters(merged->fit, merged->merged.design, merged->merged.clusters, effective + n, &err),
        BEHOV_OK);
    for (size_t k = 0; k < n; k++)
        assert_digits(effective[n + k], effective[k], way->digits - 2);
    free(effective);
}

static void shuffle(behov_factor_part *parts, size_t n, dice *random)
{
    for (size_t i = n - 1; i > 0; i--) {
        size_t j = dice_below(random, i + 1);
        behov_factor_part kept = parts[i];
        parts[i] = parts[j];
        parts[j] = kept;
    }
}

static void parts_are_the_whole(void **state)
{
    (void)state;
    static const size_t cuts[] = {1, 2, 7, MOST_PARTS};
    for (size_t w = 0; w < N_WAYS; w++)
        for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
            const way *way = &ways[w];
            size_t n_parts = cuts[c];
            problem problem = draw(way, n_parts, 100 * w + c);
            behov_table *table = table_of(&problem, SIZE_MAX);
            estimation whole;
            estimation_options options = {.kind = way->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL,
                                          .cluster = way->cluster,
                                          .weights = way->weights,
                                          .weight_kind = way->weight_kind};
            if (estimate(&whole, table, way->formula, options) != BEHOV_OK)
                fail_msg("%s: %s", whole.err.where, whole.err.what);
            behov_factor_part parts[MOST_PARTS];
            for (size_t i = 0; i < n_parts; i++) {
                behov_table *rows = table_of(&problem, i);
                make_part(way, rows, &parts[i]);
                through_bytes(&parts[i]);
                behov_table_free(rows);
            }
            dice random = dice_of(7 * w + c);
            merged_fit first = fit_parts(way, parts, n_parts);
            /* Parts may be small where the whole is not. */
            assert_true(behov_fit_is_extended(first.fit) || !behov_fit_is_extended(whole.fit));
            compare_fits(way, &whole, &first);
            shuffle(parts, n_parts, &random);
            merged_fit second = fit_parts(way, parts, n_parts);
            for (size_t k = 0; k < behov_design_n_regressors(whole.design); k++)
                assert_true(behov_fit_coefficients(first.fit)[k] == behov_fit_coefficients(second.fit)[k]);
            assert_true(behov_fit_rss(first.fit) == behov_fit_rss(second.fit));
            merged_fit_free(&first), merged_fit_free(&second);
            for (size_t i = 0; i < n_parts; i++)
                behov_factor_part_free(&parts[i]);
            estimation_free(&whole);
            behov_table_free(table);
            problem_free(&problem);
        }
}

/* ---- what is refused ----------------------------------------------------------------------------------------------- */

static void other_models_and_repeats_are_refused(void **state)
{
    (void)state;
    const way *way = &ways[0];
    problem problem = draw(way, 3, 5);
    behov_factor_part parts[3];
    static const char *const names[] = {"a.factors", "b.factors", "c.factors"};
    behov_error err;
    for (size_t i = 0; i < 3; i++) {
        behov_table *rows = table_of(&problem, i < 2 ? i : 1);
        make_part(way, rows, &parts[i]);
        behov_table_free(rows);
    }
    size_t n_copies;
    assert_int_equal(behov_factor_parts_check(parts, names, 0, false, &n_copies, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_factor_parts_check(parts, names, 2, false, &n_copies, &err), BEHOV_OK);
    assert_int_equal(behov_factor_parts_check(parts, names, 3, false, &n_copies, &err), BEHOV_E_DATA);
    assert_string_equal(err.where, "c.factors");
    assert_contains(err.what, "b.factors");
    for (int i = 0; i < BEHOV_N_PART_TEXTS; i++) {
        char *kept = parts[1].texts[i];
        parts[1].texts[i] = "other";
        assert_int_equal(behov_factor_parts_check(parts, names, 2, false, &n_copies, &err), BEHOV_E_DATA);
        assert_string_equal(err.where, "b.factors");
        assert_contains(err.what, "other");
        parts[1].texts[i] = kept;
    }
    parts[1].levels[0].is_text = !parts[1].levels[0].is_text;
    assert_int_equal(behov_factor_parts_check(parts, names, 2, false, &n_copies, &err), BEHOV_E_DATA);
    assert_contains(err.what, "kind");
    parts[1].levels[0].is_text = !parts[1].levels[0].is_text;
    parts[1].is_text_cluster = true;
    assert_int_equal(behov_factor_parts_check(parts, names, 2, false, &n_copies, &err), BEHOV_E_DATA);
    assert_contains(err.what, "town");
    for (size_t i = 0; i < 3; i++)
        behov_factor_part_free(&parts[i]);
    problem_free(&problem);
}

static void a_reference_in_no_part_is_refused(void **state)
{
    (void)state;
    way way = ways[0];
    way.formula = "y ~ x + factor(kind, ref = \"q\")";
    problem problem = draw(&way, 2, 6);
    behov_factor_part parts[2];
    behov_error err;
    for (size_t i = 0; i < 2; i++) {
        behov_table *rows = table_of(&problem, i);
        make_part(&way, rows, &parts[i]);
        behov_table_free(rows);
    }
    behov_formula *formula = NULL;
    behov_merged_factors merged;
    behov_table *table = table_of_rows(problem.n);
    assert_int_equal(behov_formula_parse(way.formula, &formula, &err), BEHOV_OK);
    assert_int_equal(behov_factor_parts_merge(parts, 2, formula, table, &merged, &err), BEHOV_E_NAME);
    assert_contains(err.what, "q");
    behov_formula_free(formula);
    behov_table_free(table);
    for (size_t i = 0; i < 2; i++)
        behov_factor_part_free(&parts[i]);
    problem_free(&problem);
}

static void damaged_bytes_are_refused(void **state)
{
    (void)state;
    const way *way = &ways[0];
    problem problem = draw(way, 4, 7);
    behov_table *rows = table_of(&problem, 0);
    behov_factor_part part, out;
    unsigned char *bytes = NULL;
    size_t n = 0;
    behov_error err;
    make_part(way, rows, &part);
    assert_int_equal(behov_factor_file_write(&part, &bytes, &n, &err), BEHOV_OK);
    for (size_t length = 0; length < n; length += length < 600 ? 1 : 97) {
        assert_int_equal(behov_factor_file_read(bytes, length, "cut", &out, &err), BEHOV_E_DATA);
        assert_string_equal(err.where, "cut");
    }
    for (size_t at = 0; at < n; at += at < 600 ? 1 : 89) {
        bytes[at] ^= 0x10;
        assert_int_equal(behov_factor_file_read(bytes, n, "damaged", &out, &err), BEHOV_E_DATA);
        bytes[at] ^= 0x10;
    }
    bytes[8] = 2;
    assert_int_equal(behov_factor_file_read(bytes, n, "version", &out, &err), BEHOV_E_DATA);
    assert_contains(err.what, "version 2");
    free(bytes);
    behov_factor_part_free(&part);
    behov_table_free(rows);
    problem_free(&problem);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole),
        cmocka_unit_test(other_models_and_repeats_are_refused),
        cmocka_unit_test(a_reference_in_no_part_is_refused),
        cmocka_unit_test(damaged_bytes_are_refused),
    };
    return cmocka_run_group_tests_name("factor parts", tests, NULL, NULL);
}
