/* test_lasting.c - levels under chance that lasts against the reference program lasting.py and its frozen figures, of
 * dense matrices in up to 40 digits (BEHOV_SHARED/lasting): estimates, likelihood, levels and errors at the estimates,
 * levels over the grid; independence with least squares; and 20 panels more, made by lasting_panels.py, with gaps, rows
 * in any order, borders, weights and rows that are predicted only. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "digits.h"
#include "lasting_panel.h"
#include "shrink_lasting.h"

static const char *const names[] = {"balanced_phi0",      "balanced_phi05", "balanced_phi09", "gaps_phi05",
                                    "few_municipalities", "three_years",    "no_lasting"};
static const char *const grid_names[] = {"few_municipalities", "three_years", "no_lasting"};

static const char *reference_folder(void)
{
    static char path[800];
    const char *shared = getenv("BEHOV_SHARED");
    snprintf(path, sizeof path, "%s/lasting/reference", shared ? shared : "");
    return shared ? path : NULL;
}

static json_t *json_of(const char *folder, const char *name, const char *ending)
{
    char path[1200];
    json_error_t error;
    snprintf(path, sizeof path, "%s/%s%s.json", folder, name, ending);
    json_t *json = json_load_file(path, 0, &error);
    if (!json)
        fail_msg("%s: %s", path, error.text);
    return json;
}

static double number_of(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static behov_shrink *shrink_of(const behov_shrink_data *data)
{
    behov_error err;
    behov_shrink *shrink;
    if (behov_shrink_new(data, &shrink, &err))
        fail_msg("%s", err.what);
    return shrink;
}

/* Digits right of `got`, of a figure whose scale is `scale`. */
static void assert_near(double got, double want, double scale, double digits, const char *subject)
{
    if (!(fabs(got - want) <= pow(10, -digits) * scale))
        fail_msg("%s: got %.15g, want %.15g, %g digits of %g", subject, got, want, digits, scale);
}

static bool is_at_border(const json_t *json, const char *name)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(json, "at_border"), i,
                       value) if (strcmp(json_string_value(value), name) == 0) return true;
    return false;
}

static void compare_estimates(const behov_shrink *shrink, const json_t *json)
{
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    const json_t *estimates = json_object_get(json, "estimates"), *errors = json_object_get(json, "standard_errors");
    assert_true(got.is_converged);
    assert_int_equal(got.chance, BEHOV_CHANCE_AR1);
    assert_near(got.lasting, number_of(estimates, "tau"), fmax(number_of(estimates, "tau"), 0.01), 6, "tau");
    assert_digits(got.row, number_of(estimates, "s0_squared"), 6);
    assert_digits(got.person, number_of(estimates, "s1_squared"), 6);
    assert_near(got.phi, number_of(estimates, "phi"), fmax(number_of(estimates, "phi"), 0.01), 6, "phi");
    assert_digits(got.log_likelihood, number_of(json, "log_likelihood"), 10);
    assert_digits(got.lasting_error, number_of(errors, "tau"), 5.5);
    assert_digits(got.row_error, number_of(errors, "s0_squared"), 5.5);
    assert_digits(got.person_error, number_of(errors, "s1_squared"), 5.5);
    assert_digits(got.phi_error, number_of(errors, "phi"), 5.5);
    assert_int_equal(got.is_lasting_at_border, is_at_border(json, "tau"));
    assert_int_equal(got.is_phi_at_border, is_at_border(json, "phi"));
}

/* One point, at the given variances, in place of the grid. */
static double pin(behov_shrink *shrink, const json_t *estimates)
{
    lasting *lasting = shrink->lasting;
    lasting_likelihood likelihood;
    double theta[N_THETA] = {
        ldexp(number_of(estimates, "tau"), -2 * shrink->exponent),
        ldexp(number_of(estimates, "s0_squared"), -2 * shrink->exponent),
        ldexp(number_of(estimates, "s1_squared"), lasting->rows.person_exponent - 2 * shrink->exponent),
        number_of(estimates, "phi")};
    behov_error err;
    assert_true(shrink_lasting_new(&likelihood, lasting));
    assert_true(shrink_lasting_evaluate(&likelihood, theta, lasting->is_free, EXPECTED));
    double value =
        likelihood.value - (double)(lasting->rows.n_estimated - lasting->rows.n_regressors) * shrink->exponent * log(2);
    lasting->n_points = 1;
    lasting->points[0].weight = 1;
    memcpy(lasting->points[0].theta, theta, sizeof theta);
    shrink_lasting_gls(&likelihood, lasting->points[0].change, lasting->points[0].covariance);
    if (lasting->coefficients == BEHOV_LEVELS_OLS) {
        memset(lasting->points[0].change, 0, lasting->rows.n_regressors * sizeof(double));
        shrink_lasting_ols(&likelihood, theta, lasting->points[0].covariance);
    }
    free(lasting->posteriors), free(lasting->pulls), free(lasting->gaps);
    assert_int_equal(shrink_lasting_posteriors(lasting, 2, &err), BEHOV_OK);
    shrink_set_targets(shrink);
    shrink_lasting_free(&likelihood);
    return value;
}

static const struct {
    behov_shrink_target target;
    const char *key;
} targets[] = {{BEHOV_TARGET_PERMANENT, "u"}, {BEHOV_TARGET_NEXT_ROW, "next"}, {BEHOV_TARGET_AHEAD, "ahead"}};

/* Those whose last row is of the panel's last year: the reference counts years from a municipality's own. */
static void compare_posterior(const behov_shrink *shrink, const lasting_panel *panel, const json_t *posterior,
                              bool has_parts, double digits)
{
    size_t n_compared = 0;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const char *name;
        json_t *figures;
        json_object_foreach(json_object_get(posterior, targets[i].key), name, figures)
        {
            size_t m = lasting_panel_find(panel, name);
            double mean = number_of(figures, "mean"), sd = number_of(figures, "sd");
            assert_true(m < panel->n_municipalities);
            if (shrink->lasting->gaps[m] != 0 && targets[i].target != BEHOV_TARGET_PERMANENT)
                continue;
            double variance = has_parts ? number_of(figures, "g1") + number_of(figures, "g2") : sd * sd;
            assert_near(behov_shrink_levels(shrink, targets[i].target)[m], mean, fmax(fabs(mean), 0.1), digits,
                        targets[i].key);
            assert_near(behov_shrink_level_variances(shrink, targets[i].target)[m], variance, fmax(variance, 0.001),
                        digits, targets[i].key);
            n_compared++;
        }
    }
    assert_true(n_compared > panel->n_municipalities);
}

static void frozen_figures(void **state)
{
    (void)state;
    const char *folder = reference_folder();
    if (!folder) {
        printf("skipped: BEHOV_SHARED is not set\n");
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[1200];
        lasting_panel panel;
        snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        assert_true(lasting_panel_read(path, &panel));
        behov_shrink_data data = lasting_panel_data(&panel);
        data.coefficients = BEHOV_LEVELS_GLS;
        behov_shrink *shrink = shrink_of(&data);
        json_t *json = json_of(folder, names[i], "");
        printf("  %s: %lu points\n", names[i], (unsigned long)behov_shrink_variances_of(shrink).n_points);
        compare_estimates(shrink, json);
        assert_digits(pin(shrink, json_object_get(json, "estimates")), number_of(json, "log_likelihood"), 10);
        compare_posterior(shrink, &panel, json_object_get(json, "posterior"), true, 8);
        json_decref(json);
        behov_shrink_free(shrink);
        lasting_panel_free(&panel);
    }
}

static void frozen_grids(void **state)
{
    (void)state;
    const char *folder = reference_folder();
    if (!folder) {
        printf("skipped: BEHOV_SHARED is not set\n");
        skip();
    }
    for (size_t i = 0; i < sizeof grid_names / sizeof *grid_names; i++) {
        char path[1200];
        lasting_panel panel;
        snprintf(path, sizeof path, "%s/%s.csv", folder, grid_names[i]);
        assert_true(lasting_panel_read(path, &panel));
        behov_shrink_data data = lasting_panel_data(&panel);
        data.coefficients = BEHOV_LEVELS_GLS;
        behov_shrink *shrink = shrink_of(&data);
        json_t *json = json_of(folder, grid_names[i], "_grid_double");
        const json_t *grid = json_object_get(json, "grid");
        behov_shrink_variances got = behov_shrink_variances_of(shrink);
        printf("  %s: %lu points of %lld\n", grid_names[i], (unsigned long)got.n_points,
               (long long)json_integer_value(json_object_get(grid, "points")));
        assert_digits(got.grid_lasting, number_of(json_object_get(grid, "mean"), "tau"), 4);
        assert_digits(got.grid_phi, number_of(json_object_get(grid, "mean"), "phi"), 4);
        assert_digits(got.grid_lasting_sd, number_of(json_object_get(grid, "sd"), "tau"), 4);
        assert_digits(got.grid_phi_sd, number_of(json_object_get(grid, "sd"), "phi"), 4);
        compare_posterior(shrink, &panel, json_object_get(grid, "posterior"), false, 4);
        json_decref(json);
        behov_shrink_free(shrink);
        lasting_panel_free(&panel);
    }
}

/* Independence keeps its ways: least squares, 2 g3. */
static void frozen_independence(void **state)
{
    (void)state;
    const char *folder = reference_folder();
    if (!folder) {
        printf("skipped: BEHOV_SHARED is not set\n");
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[1200];
        const char *name;
        json_t *figures;
        lasting_panel panel;
        snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        assert_true(lasting_panel_read(path, &panel));
        json_t *json = json_of(folder, names[i], "_independent_ols");
        /* its residuals are about b, ours about the least squares one: b moves by b_change */
        for (size_t row = 0; row < panel.n; row++)
            for (size_t k = 0; k < panel.n_regressors; k++)
                panel.residuals[row] -= panel.regressors[row * panel.n_regressors + k] *
                                        json_number_value(json_array_get(json_object_get(json, "b_change"), k));
        behov_shrink_data data = lasting_panel_data(&panel);
        data.chance = BEHOV_CHANCE_INDEPENDENT;
        behov_shrink *shrink = shrink_of(&data);
        behov_shrink_variances got = behov_shrink_variances_of(shrink);
        const json_t *estimates = json_object_get(json, "estimates");
        assert_near(got.lasting, number_of(estimates, "tau"), fmax(number_of(estimates, "tau"), 0.01), 6, "tau");
        assert_digits(got.log_likelihood, number_of(json, "log_likelihood"), 10);
        json_object_foreach(json_object_get(json_object_get(json, "posterior"), "u"), name, figures)
        {
            size_t m = lasting_panel_find(&panel, name);
            double sd = number_of(figures, "sd"), mean = number_of(figures, "mean");
            assert_near(behov_shrink_effects(shrink)[m], mean, fmax(fabs(mean), 0.1), 8, "u");
            /* 2 g3 stands on the information tr(S^-1 V S^-1 V) / 2 in shrink_levels.c, on that of P in the reference */
            assert_near(behov_shrink_uncertainties(shrink)[m] - shrink->own[m], number_of(figures, "g2"), sd * sd, 8,
                        "g2");
            if (json_array_size(json_object_get(json, "at_border")) == 0)
                assert_near(behov_shrink_uncertainties(shrink)[m], sd * sd, sd * sd, 2, "sd");
        }
        json_decref(json);
        behov_shrink_free(shrink);
        lasting_panel_free(&panel);
    }
}

/* ---- panels made now ---- */

enum { N_PANELS = 20 };
static char made_folder[100];

static int make_panels(void **state)
{
    (void)state;
    const char *source = getenv("BEHOV_SOURCE"), *shared = getenv("BEHOV_SHARED");
    char command[4000];
    if (!source || !shared) {
        printf("skipped: BEHOV_SHARED is not set: no panels against lasting.py\n");
        return 0;
    }
    snprintf(made_folder, sizeof made_folder, "%s", "/tmp/behov-lasting-XXXXXX");
    if (!mkdtemp(made_folder))
        return -1;
    for (int i = 0; i < 2; i++) { /* the python that has numpy */
        snprintf(command, sizeof command,
                 "OPENBLAS_NUM_THREADS=1 %s '%s/tests/cross/lasting_panels.py' '%s' '%s/lasting/lasting.py'",
                 i == 0 ? "python3" : "/usr/bin/python3", source, made_folder, shared);
        if (system(command) == 0)
            return 0;
    }
    printf("skipped: python3 with numpy is not there: no panels against lasting.py\n");
    made_folder[0] = 0;
    return 0;
}

static int remove_panels(void **state)
{
    (void)state;
    char command[1100];
    snprintf(command, sizeof command, "rm -r '%s'", made_folder);
    return made_folder[0] ? system(command) : 0;
}

/* Where the reference stands at a maximum within the bounds, its estimates; else no lower a likelihood. `want`: the
 * likelihood at its estimates, whose constant holds the weights. */
static void compare_maximum(const behov_shrink *shrink, const json_t *json, double want, int number)
{
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    const json_t *estimates = json_object_get(json, "estimates"), *errors = json_object_get(json, "standard_errors");
    printf("  panel %d: phi %.3f, Var u %.3f, %lu points, l %.9g\n", number, got.phi, got.lasting,
           (unsigned long)got.n_points, got.log_likelihood);
    assert_true(got.log_likelihood > want - 1e-7 * fmax(fabs(want), 1));
    if (got.log_likelihood > want + 1e-6) { /* the reference has stopped at a lower maximum */
        printf("  panel %d: above the reference by %.3g\n", number, got.log_likelihood - want);
        return;
    }
    const char *keys[] = {"tau", "s0_squared", "s1_squared", "phi"};
    double figures[] = {got.lasting, got.row, got.person, got.phi};
    for (size_t k = 0; k < 4; k++) {
        double error = number_of(errors, keys[k]);
        if (error > 0) /* told apart by the data; the reference stops at 1e-4 of an error with few years */
            assert_near(figures[k], number_of(estimates, keys[k]), error, 3.5, keys[k]);
    }
}

static void compare_dense(const behov_shrink *shrink, const lasting_panel *panel, const json_t *dense)
{
    static const struct {
        behov_shrink_target target;
        const char *key;
    } all[] = {{BEHOV_TARGET_AHEAD, "ahead"},
               {BEHOV_TARGET_PERMANENT, "u"},
               {BEHOV_TARGET_NEXT, "next_level"},
               {BEHOV_TARGET_NEXT_ROW, "next"},
               {BEHOV_TARGET_AHEAD_ROWS, "rows"}};
    for (size_t m = 0; m < panel->n_municipalities; m++)
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            const json_t *want = json_object_get(json_object_get(dense, panel->names[m]), all[i].key);
            double mean = json_number_value(json_array_get(want, 0)),
                   variance = json_number_value(json_array_get(want, 1));
            assert_near(behov_shrink_levels(shrink, all[i].target)[m], mean, fmax(fabs(mean), 0.1), 8, all[i].key);
            assert_near(behov_shrink_level_variances(shrink, all[i].target)[m], variance, fmax(variance, 0.001), 8,
                        all[i].key);
        }
}

static void made_panels(void **state)
{
    (void)state;
    if (!made_folder[0])
        skip();
    for (int number = 0; number < N_PANELS; number++) {
        char path[1200], name[40];
        lasting_panel panel;
        snprintf(name, sizeof name, "panel_%d", number);
        snprintf(path, sizeof path, "%s/%s.csv", made_folder, name);
        assert_true(lasting_panel_read(path, &panel));
        json_t *json = json_of(made_folder, name, ""), *dense = json_of(made_folder, name, "_dense");
        for (int kind = BEHOV_LEVELS_OLS; kind <= BEHOV_LEVELS_GLS; kind++) {
            behov_shrink_data data = lasting_panel_data(&panel);
            data.coefficients = (behov_shrink_coefficients)kind;
            behov_shrink *shrink = shrink_of(&data);
            const json_t *grid = json_object_get(json, "grid");
            if (kind == BEHOV_LEVELS_GLS && grid)
                compare_posterior(shrink, &panel, json_object_get(grid, "posterior"), false, 4);
            double value = pin(shrink, json_object_get(json, "estimates"));
            if (kind == BEHOV_LEVELS_GLS)
                compare_maximum(shrink, json, value, number);
            if (panel.root_weights[0] == 1)
                assert_digits(value, number_of(json, "log_likelihood"), 10);
            compare_dense(shrink, &panel, json_object_get(dense, kind == BEHOV_LEVELS_GLS ? "gls" : "ols"));
            behov_shrink_free(shrink);
        }
        json_decref(json), json_decref(dense);
        lasting_panel_free(&panel);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frozen_figures),
        cmocka_unit_test(frozen_grids),
        cmocka_unit_test(frozen_independence),
        cmocka_unit_test(made_panels),
    };
    return cmocka_run_group_tests(tests, make_panels, remove_panels);
}
