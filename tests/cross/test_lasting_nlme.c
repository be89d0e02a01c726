/* test_lasting_nlme.c - REML estimates under chance that lasts against R's nlme::lme with corAR1 and corCAR1, where it has
 * the model: chance of one variance, which populations that are all alike make of ours. The panels are simulated, made
 * with their figures by lasting_nlme.R. nlme stops when the likelihood does: its estimates have 6.5 to 9 digits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "digits.h"
#include "lasting_panel.h"

enum { N_PANELS = 3, N_FIGURES = 5 };

static void compare(const char *name, const double want[N_FIGURES])
{
    char path[1200];
    lasting_panel panel;
    behov_shrink *shrink;
    behov_error err;
    snprintf(path, sizeof path, "%s/tests/cross/lasting_nlme_%s.csv", getenv("BEHOV_SOURCE"), name);
    assert_true(lasting_panel_read(path, &panel));
    behov_shrink_data data = lasting_panel_data(&panel);
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_OK);
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.is_converged);
    assert_false(got.has_person);
    const double figures[N_FIGURES] = {got.lasting, got.row, got.phi, got.log_likelihood, got.likelihood_ratio};
    static const double digits[N_FIGURES] = {6, 6, 6, 10, 8};
    printf("  %-8s", name);
    for (size_t i = 0; i < N_FIGURES; i++) {
        printf(" %5.2f", correct_digits(figures[i], want[i]));
        assert_digits(figures[i], want[i], digits[i]);
    }
    puts(" digits");
    behov_shrink_free(shrink);
    lasting_panel_free(&panel);
}

static void estimates(void **state)
{
    (void)state;
    char path[1200], name[20], line[400];
    size_t n = 0;
    double want[N_FIGURES];
    snprintf(path, sizeof path, "%s/tests/cross/lasting_nlme.txt", getenv("BEHOV_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        assert_int_equal(
            sscanf(line, "%19s %lf %lf %lf %lf %lf", name, &want[0], &want[1], &want[2], &want[3], &want[4]), 6);
        compare(name, want);
        n++;
    }
    fclose(file);
    assert_int_equal(n, N_PANELS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(estimates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
