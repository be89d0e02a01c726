/* test_lasting_gains.c - by how much the restricted likelihood rises when a share of chance is white noise, and when Var u
 * falls with the population, against dense matrices and Newton's steps in numpy (lasting_gains.py, two simulated
 * panels). Ours stops when a step promises less than 1e-6, and so has the gain to that. */
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

enum { N_GAINS = 4 };

static behov_shrink_variances variances_of(const char *name)
{
    char path[1200];
    lasting_panel panel;
    behov_shrink *shrink;
    behov_error err;
    snprintf(path, sizeof path, "%s/tests/cross/lasting_gains_%s.csv", getenv("BEHOV_SOURCE"), name);
    assert_true(lasting_panel_read(path, &panel));
    behov_shrink_data data = lasting_panel_data(&panel);
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_OK);
    behov_shrink_variances variances = behov_shrink_variances_of(shrink);
    behov_shrink_free(shrink);
    lasting_panel_free(&panel);
    return variances;
}

static void gains(void **state)
{
    (void)state;
    char path[1200], name[20], which[20], line[400];
    double gain, estimate;
    size_t n = 0;
    snprintf(path, sizeof path, "%s/tests/cross/lasting_gains.txt", getenv("BEHOV_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        assert_int_equal(sscanf(line, "%19s %19s %lf %lf", name, which, &gain, &estimate), 4);
        behov_shrink_variances got = variances_of(name);
        bool is_white = strcmp(which, "white") == 0;
        double got_gain = is_white ? got.white_gain : got.small_gain,
               got_estimate = is_white ? got.white_share : got.small_person;
        printf("  %-6s %-6s gain %.7f (%.7f), estimate %.6g (%.6g)\n", name, which, got_gain, gain, got_estimate,
               estimate);
        assert_true(fabs(got_gain - gain) < 1e-4);
        assert_true(fabs(got_estimate - estimate) <= 1e-2 * estimate);
        n++;
    }
    fclose(file);
    assert_int_equal(n, N_GAINS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gains)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
