/* test_regressor.c - names of regressors back to terms and levels. */
#include <behov/regressor.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static behov_formula *formula_of(const char *text)
{
    behov_formula *formula = NULL;
    behov_error err;
    if (behov_formula_parse(text, &formula, &err))
        fail_msg("%s: %s", err.where, err.what);
    return formula;
}

/* "2: a|b" for the third term with the levels a and b, "-" for a name of no term. */
static void check(const behov_formula *formula, const char *name, const char *want)
{
    behov_regressor regressor;
    char got[300] = "-";
    if (behov_regressor_read(formula, name, &regressor)) {
        size_t index = (size_t)snprintf(got, sizeof got, "%lu:", (unsigned long)regressor.term);
        for (size_t i = 0; i < regressor.n_parts; i++)
            if (regressor.lengths[i])
                index += (size_t)snprintf(got + index, sizeof got - index, "|%.*s", (int)regressor.lengths[i],
                                          name + regressor.starts[i]);
    }
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, expected %s", name, got, want);
}

static void names_are_read_back(void **state)
{
    (void)state;
    behov_formula *f = formula_of("y ~ x + I(z^2) + factor(g) + x:factor(g) + factor(g):factor(h) + log(z/2)");
    check(f, "x", "0:");
    check(f, "I(z^2)", "1:");
    check(f, "log(z / 2)", "3:");
    check(f, "g=a", "2:|a");
    check(f, "g=Gr. 1: small", "2:|Gr. 1: small");
    check(f, "x:g=Gr. 1: small", "4:|Gr. 1: small");
    check(f, "g=a:h=b", "5:|a|b");
    check(f, "g=a: b:h=c", "5:|a: b|c");
    check(f, "g=a:h=b:h=c", "5:|a|b:h=c");
    check(f, "g=g=a", "2:|g=a");
    check(f, "g=", "-");
    check(f, "g=:h=b", "2:|:h=b");
    check(f, "h=b", "-");
    check(f, "xx", "-");
    check(f, "x:", "-");
    check(f, "x:g", "-");
    check(f, "log(z/2)", "-"); /* spelled as the formula has it, or not at all */
    check(f, "(Intercept)", "-");
    check(f, "", "-");
    behov_formula_free(f);
}

/* 13 factors and thousands of colons have more readings than there is time for. */
static void many_colons_end(void **state)
{
    (void)state;
    behov_formula *f =
        formula_of("y ~ factor(a):factor(b):factor(c):factor(d):factor(e):factor(f):factor(g):factor(h):factor(i)");
    size_t n = 40000;
    char *name = malloc(n + 1);
    for (size_t i = 0; i < n; i++)
        name[i] = "a=:b=:c=:d=:e=:f=:g=:h=:"[i % 24];
    name[n] = '\0';
    check(f, name, "-");
    free(name);
    behov_formula_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_back),
        cmocka_unit_test(many_colons_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
