/* test_formula.c - reading, expanding, coding and spelling formulas; messages and the positions in them.
 *
 * The codings marked R are those of model.matrix in R 4.2.2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/formula.h>

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* What an output holds before a call that fails, and after it. */
static char untouched;

static behov_formula *parse(const char *text)
{
    behov_formula *f = NULL;
    behov_error err = {0};
    if (behov_formula_parse(text, &f, &err)) {
        print_error("%s: %s: %s\n", text, err.where, err.what);
        fail();
    }
    return f;
}

/* Per term one digit for each component: 1 = coded by contrasts. */
static void coding(const behov_formula *f, char *codes)
{
    for (size_t i = 0; i < behov_formula_n_terms(f); i++) {
        if (i)
            *codes++ = ' ';
        for (size_t j = 0; j < behov_formula_n_components(f, i); j++)
            *codes++ = behov_formula_uses_reference(f, i, j) ? '1' : '0';
    }
    *codes = '\0';
}

/* The formula in its normal spelling, which must be its own normal spelling and code its factors in the same way. */
static void normal_spelling_and_coding(void **state)
{
    (void)state;
    static const struct {
        const char *text, *normal, *codes;
    } cases[] = {
        {"y~x", "y ~ x", "0"},
        {"y ~\n  x\t+\r\n z", "y ~ x + z", "0 0"},
        {"y ~ 1", "y ~ 1", ""},
        {"y ~ x - x", "y ~ 1", ""},
        {"y ~ x - 1", "y ~ x - 1", "0"},
        {"y ~ -1 + x", "y ~ x - 1", "0"},
        {"y ~ 0 + x", "y ~ x - 1", "0"},
        {"y ~ x + -1", "y ~ x - 1", "0"},
        {"y ~ x - 1 + 1", "y ~ x", "0"},
        {"y ~ 0 + x - 0", "y ~ x", "0"},
        {"y ~ 1 + x", "y ~ x", "0"},
        {"y ~ + x", "y ~ x", "0"},
        {"y \xE2\x88\xBC x", NULL, NULL}, /* the sign for similar is no tilde */
        {"log(y) ~ I( population ^ 1.2 )+log( x )", "log(y) ~ I(population^1.2) + log(x)", "0 0"},
        {"I(y/n*1000) ~ sqrt(x) + exp(x) + log10(x) + abs(x)", "I(y / n * 1000) ~ sqrt(x) + exp(x) + log10(x) + abs(x)",
         "0 0 0 0"},
        {"y ~ I(x > 3 & county == '03')", "y ~ I(x > 3 & county == \"03\")", "0"},
        {"`my y` ~ `my x`:z + `z`", "`my y` ~ z + `my x`:z", "0 00"},
        {"y ~ I + factor + log", "y ~ I + factor + log", "0 0 0"},
        /* order and duplicates, as in R */
        {"y ~ a*b", "y ~ a + b + a:b", "0 0 00"},
        {"y ~ a*b + c", "y ~ a + b + c + a:b", "0 0 0 00"},
        {"y ~ a*b*c", "y ~ a + b + c + a:b + a:c + b:c + a:b:c", "0 0 0 00 00 00 000"},
        {"y ~ a*b:c", "y ~ a + b:c + a:b:c", "0 00 000"},
        {"y ~ a:b*c", "y ~ c + a:b + a:b:c", "0 00 000"},
        {"y ~ a:b + b:a + a:a + a", "y ~ a + a:b", "0 00"},
        {"y ~ a:b:a", "y ~ a:b", "00"},
        {"y ~ a*b - a", "y ~ b + a:b", "0 00"},
        {"y ~ a*b*c - c:b:a - a:b", "y ~ a + b + c + a:c + b:c", "0 0 0 00 00"},
        {"y ~ a*b*c - a*b", "y ~ c + a:c + b:c + a:b:c", "0 00 00 000"},
        {"y ~ a - a + b", "y ~ b", "0"},
        {"y ~ x - z*x", "y ~ 1", ""},
        /* factors */
        {"y ~ factor( year )", "y ~ factor(year)", "1"},
        {"y ~ factor(year,ref=2012)", "y ~ factor(year, ref = 2012)", "1"},
        {"y ~ factor(year, ref = \"2012\")", "y ~ factor(year, ref = 2012)", "1"},
        {"y ~ factor(year, ref = 2012.0)", "y ~ factor(year, ref = 2012)", "1"},
        {"y ~ factor(year, ref = \"2012.0\")", "y ~ factor(year, ref = \"2012.0\")", "1"},
        {"y ~ factor(m, ref = \"0301\")", "y ~ factor(m, ref = \"0301\")", "1"},
        {"y ~ factor(m, ref = 0301)", "y ~ factor(m, ref = \"0301\")", "1"},
        {"y ~ factor(m, ref = -1)", "y ~ factor(m, ref = -1)", "1"},
        {"y ~ factor(m, ref = -01)", "y ~ factor(m, ref = \"-01\")", "1"},
        {"y ~ factor(m, ref = 'say \"hi\" \\\\')", "y ~ factor(m, ref = \"say \\\"hi\\\" \\\\\")", "1"},
        {"y ~ factor(`a b`, ref = 'x')", "y ~ factor(`a b`, ref = \"x\")", "1"},
        {"y ~ factor(year, ref = 1) + x:factor(year)", "y ~ factor(year, ref = 1) + x:factor(year, ref = 1)", "1 00"},
        {"y ~ x:factor(year) + factor(year, ref = 1)", "y ~ factor(year, ref = 1) + x:factor(year, ref = 1)", "1 00"},
        {"y ~ factor(f) + factor(f, ref = 2)", "y ~ factor(f, ref = 2)", "1"},
        {"y ~ f + factor(f)", "y ~ f + factor(f)", "0 1"},
        /* coding: R */
        {"y ~ factor(f) + factor(g)", "y ~ factor(f) + factor(g)", "1 1"},
        {"y ~ factor(f)*factor(g)", "y ~ factor(f) + factor(g) + factor(f):factor(g)", "1 1 11"},
        {"y ~ factor(f):factor(g)", "y ~ factor(f):factor(g)", "00"},
        {"y ~ factor(f) + factor(f):factor(g)", "y ~ factor(f) + factor(f):factor(g)", "1 01"},
        {"y ~ factor(g) + factor(f):factor(g)", "y ~ factor(g) + factor(f):factor(g)", "1 10"},
        {"y ~ x:factor(f)", "y ~ x:factor(f)", "00"},
        {"y ~ x + x:factor(f)", "y ~ x + x:factor(f)", "0 01"},
        {"y ~ x*factor(f)", "y ~ x + factor(f) + x:factor(f)", "0 1 01"},
        {"y ~ x*factor(f)*factor(g)",
         "y ~ x + factor(f) + factor(g) + x:factor(f) + x:factor(g) + factor(f):factor(g) + x:factor(f):factor(g)",
         "0 1 1 01 01 11 011"},
        {"y ~ factor(f):factor(g) + factor(f):factor(h)", "y ~ factor(f):factor(g) + factor(f):factor(h)", "00 01"},
        {"y ~ x:factor(f) + x:factor(g)", "y ~ x:factor(f) + x:factor(g)", "00 01"},
        {"y ~ 0 + factor(f)", "y ~ factor(f) - 1", "0"},
        {"y ~ 0 + factor(f) + factor(g)", "y ~ factor(f) + factor(g) - 1", "0 1"},
        {"y ~ 0 + x + factor(f, ref = 1) + factor(g)", "y ~ x + factor(f, ref = 1) + factor(g) - 1", "0 0 1"},
        {"y ~ 0 + factor(f):factor(g)", "y ~ factor(f):factor(g) - 1", "00"},
        {"y ~ 0 + factor(f)*factor(g)", "y ~ factor(f) + factor(g) + factor(f):factor(g) - 1", "0 1 11"},
        /* coding: not R, which loses a column in the first and repeats one in the second */
        {"y ~ x:z + x:factor(f)", "y ~ x:z + x:factor(f)", "00 00"},
        {"y ~ 0 + x + x:factor(f)", "y ~ x + x:factor(f) - 1", "0 01"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        if (!cases[i].normal) {
            behov_formula *f = NULL;
            assert_int_equal(behov_formula_parse(cases[i].text, &f, NULL), BEHOV_E_SYNTAX);
            continue;
        }
        char codes[128];
        behov_formula *f = parse(cases[i].text);
        assert_string_equal(behov_formula_text(f), cases[i].normal);
        coding(f, codes);
        if (strcmp(codes, cases[i].codes) != 0) {
            print_error("%s: codes %s, want %s\n", cases[i].text, codes, cases[i].codes);
            fail();
        }
        behov_formula *again = parse(behov_formula_text(f));
        assert_string_equal(behov_formula_text(again), cases[i].normal);
        coding(again, codes);
        assert_string_equal(codes, cases[i].codes);
        assert_int_equal(behov_formula_has_intercept(again), behov_formula_has_intercept(f));
        behov_formula_free(again);
        behov_formula_free(f);
    }
}

static void the_parts(void **state)
{
    (void)state;
    behov_formula *f = parse("log(net_expenditure) ~ `a b` + I(population^1.20) + factor(`the year`, ref = 2012)"
                             " + x:factor(m, ref = '0301'):log(z) + factor(g)");
    assert_true(behov_formula_has_intercept(f));
    assert_string_equal(behov_formula_outcome_name(f), "log(net_expenditure)");
    assert_string_equal(behov_expression_text(behov_formula_outcome(f)), "log(net_expenditure)");
    assert_int_equal(behov_formula_n_terms(f), 5);
    static const struct {
        size_t term, component;
        const char *name;
        bool is_factor;
        const char *text, *reference;
    } want[] = {
        {0, 0, "`a b`", false, "`a b`", NULL},
        {1, 0, "I(population^1.2)", false, "population^1.2", NULL},
        {2, 0, "the year", true, "`the year`", "2012"},
        {3, 0, "g", true, "g", NULL},
        {4, 0, "x", false, "x", NULL},
        {4, 1, "m", true, "m", "0301"},
        {4, 2, "log(z)", false, "log(z)", NULL},
    };
    size_t n = 0;
    for (size_t i = 0; i < behov_formula_n_terms(f); i++)
        n += behov_formula_n_components(f, i);
    assert_int_equal(n, N_OF(want));
    for (size_t i = 0; i < N_OF(want); i++) {
        behov_component c = behov_formula_component(f, want[i].term, want[i].component);
        assert_string_equal(c.name, want[i].name);
        assert_int_equal(c.is_factor, want[i].is_factor);
        assert_string_equal(behov_expression_text(c.expression), want[i].text);
        assert_int_equal(behov_expression_n_columns(c.expression), 1);
        assert_int_equal(behov_expression_wants_number(c.expression, 0), !want[i].is_factor);
        if (want[i].reference)
            assert_string_equal(c.reference, want[i].reference);
        else
            assert_null(c.reference);
    }
    behov_formula_free(f);
    f = parse("y ~ x - 1");
    assert_false(behov_formula_has_intercept(f));
    behov_formula_free(f);
}

static void syntax_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int position;
        const char *part;
    } cases[] = {
        {"", 1, "there is no ~"},
        {"net_expenditure", 16, "there is no ~"},
        {"y = x + z", 10, "there is no ~"},
        {"~ x", 1, "there is no outcome before ~"},
        {"y ~", 4, "there are no regressors after ~; a formula without any is written y ~ 1"},
        {"y ~ 0", 6, "neither a constant nor a regressor is left"},
        {"y ~ x - x - 1", 14, "neither a constant nor a regressor is left"},
        {"y ~ x ~ z", 7, "a formula has one ~"},
        {"y ~ x +", 8, "it ends where a term should stand"},
        {"y ~ x + + + z", 11, "\"+\" stands where a term"},
        {"y ~ x - - 1", 9, "\"-\" stands where a term"},
        {"y ~ x z", 7, "\"z\" stands where + or the end"},
        {"y ~ x 1", 7, "\"1\" stands where + or the end"},
        {"y ~ 1 1", 7, "\"1\" stands where + or the end"},
        {"y ~ x)", 6, "this \")\" has no \"(\""},
        {"y ~ x:", 7, "it ends where a term"},
        {"y ~ x*", 7, "it ends where a term"},
        {"y ~ x, z", 6, "\",\" stands where + or the end"},
        {"y ~ \"x\"", 5, "\"\"x\"\" stands where a term"},
        {"y ~ population^1.2", 15, "arithmetic on a column goes inside I(\u2026): I(population^1.2)"},
        {"y ~ a*b^2", 8, "I(b^2)"},
        {"y ~ a + b^2*c", 10, "I(b^2)"},
        {"y ~ a + b/c*d", 10, "I(b / c * d)"},
        {"y ~ 2*x", 6, "I(2 * x)"},
        {"y ~ x*2", 7, "I(x * 2)"},
        {"y ~ 1/x", 6, "I(1 / x)"},
        {"y ~ log(x)^2", 11, "I(log(x)^2)"},
        {"y ~ x^", 6, "arithmetic on a column goes inside I(\u2026): I(population^1.2)"},
        {"y ~ a + x:2", 11, "the only numbers among the terms"},
        {"y ~ 1:x", 5, "the only numbers among the terms"},
        {"y ~ 2 + x", 5, "the only numbers among the terms"},
        {"y ~ x > 3", 7, "a condition goes inside I(\u2026)"},
        {"y ~ x %in% z", 7, "a condition goes inside I(\u2026)"},
        {"y ~ x | g", 7, "a condition goes inside I(\u2026)"},
        {"y ~ (a + b):c", 5, "for (a + b):c write a:c + b:c"},
        {"y ~ x + (a + b)^2", 9, "for (a + b)^2 write a*b"},
        {"y ~ .", 5, "\".\" does not stand for all columns"},
        {"y ~ x + C(year)", 9, "C() is not understood; categories are written factor(column)"},
        {"y ~ as.factor(year)", 5, "as.factor() is not understood; categories are written factor(column)"},
        {"y ~ poly(x, 2)", 5, "no function \"poly\" here; write x + I(x^2)"},
        {"y ~ mean(x)", 5, "no function \"mean\" here"},
        {"y ~ I(x", 6, "this \"(\" is never closed"},
        {"y ~ I(x z)", 9, "\"z\" stands where an operator or )"},
        {"y ~ I(I(x))", 7, "I() stands in formulas only"},
        {"y ~ I(factor(x))", 7, "factor() is a term of its own"},
        {"y ~ I(\"a\")", 7, "the text \"a\" can only be compared"},
        {"y ~ log(x, 2)", 10, "log() takes one number"},
        {"y ~ log(\xC3\xA5r) + \xC3\xA6 z", 17, "\"z\" stands where + or the end"},
        {"y ~ factor(year + 1)", 12, "factor() takes the name of one column"},
        {"y ~ factor()", 12, "factor() takes the name of one column"},
        {"y ~ factor(2012)", 12, "factor() takes the name of one column"},
        {"y ~ factor(log(x))", 12, "factor() takes the name of one column"},
        {"y ~ factor(.)", 12, "\".\" does not stand for all columns"},
        {"y ~ factor(year", 11, "this \"(\" is never closed"},
        {"y ~ factor(year, levels = 3)", 18, "factor() takes one option, the reference level"},
        {"y ~ factor(year, 2012)", 18, "factor() takes one option, the reference level"},
        {"y ~ factor(year, ref 2012)", 22, "\"2012\" stands where = and a reference level"},
        {"y ~ factor(year, ref == 2012)", 22, "\"==\" stands where = and a reference level"},
        {"y ~ factor(year, ref = Oslo)", 24, "stands in quotes: ref = \"Oslo\""},
        {"y ~ factor(year, ref = )", 24, "\")\" stands where a reference level"},
        {"y ~ factor(year, ref = '')", 24, "the reference level is empty"},
        {"y ~ factor(year, ref = 1, 2)", 25, "\",\" stands where the ) of factor()"},
        {"y ~ factor(year, ref = 1", 11, "this \"(\" is never closed"},
        {"y ~ factor(f, ref = 1) + x:factor(f, ref = 2)", 28, "factor(f) has two reference levels, 1 and 2"},
        {"y ~ a*b - c", 11, "\"c\" does not"},
        {"y ~ a - b:a", 9, "takes back a term that stands before it"},
        {"y ~ - x", 7, "\"x\" does not"},
        {"y ~ x + y", 1, "the outcome y stands among the regressors too"},
        {"y ~ x:factor(y)", 1, "the outcome y stands among the regressors too"},
        {"log(y) ~ I(log( y ))", 1, "the outcome log(y) stands among the regressors too"},
        {"a + b ~ x", 3, "arithmetic on the outcome goes inside I(\u2026): I(a + b)"},
        {"y/n ~ x", 2, "I(y / n)"},
        {"a:b ~ x", 2, "arithmetic on the outcome"},
        {"(a + b) ~ x", 1, "I(a + b)"},
        {"-y ~ x", 1, "I(-y)"},
        {"y z ~ x", 3, "\"z\" stands where the ~ behind the outcome"},
        {"factor(y) ~ x", 1, "the outcome is a number for each row"},
        {"cbind(a, b) ~ x", 1, "no function \"cbind\""},
        {"y ~ x ** 2", 7, "\"**\" is written ^"},
        {"y ~ \xFF", 5, "not UTF-8"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        behov_formula *f = (behov_formula *)(void *)&untouched;
        behov_error err = {0};
        char where[64];
        snprintf(where, sizeof where, "formula, position %d", cases[i].position);
        behov_status status = behov_formula_parse(cases[i].text, &f, &err);
        if (status != BEHOV_E_SYNTAX || strcmp(err.where, where) != 0 || !strstr(err.what, cases[i].part)) {
            print_error("%s: [%s] %s: %s\n", cases[i].text, behov_status_name(err.code), err.where, err.what);
            fail();
        }
        assert_int_equal(err.code, BEHOV_E_SYNTAX);
        assert_ptr_equal(f, &untouched);
        assert_int_equal(behov_formula_parse(cases[i].text, &f, NULL), BEHOV_E_SYNTAX);
    }
}

/* A short text must not become a large model, nor a long one overflow anything. */
static void limits(void **state)
{
    (void)state;
    static char text[200000];
    behov_formula *f = NULL;
    behov_error err;
    strcpy(text, "y ~ a1");
    for (int i = 2; i <= 9; i++)
        sprintf(text + strlen(text), "*a%d", i);
    f = parse(text);
    assert_int_equal(behov_formula_n_terms(f), 511);
    behov_formula_free(f);
    for (int i = 10; i <= 40; i++)
        sprintf(text + strlen(text), "*a%d", i);
    assert_int_equal(behov_formula_parse(text, &f, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.what, "the formula has more than 1000 terms");
    strcpy(text, "y ~ a1");
    for (int i = 2; i <= 16; i++)
        sprintf(text + strlen(text), ":a%d", i);
    f = parse(text);
    assert_int_equal(behov_formula_n_components(f, 0), 16);
    behov_formula_free(f);
    strcat(text, ":a17");
    assert_int_equal(behov_formula_parse(text, &f, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.what, "an interaction of more than 16 columns");
    char *cursor = text + sprintf(text, "y ~ a0");
    for (int i = 1; i <= 10000; i++)
        cursor += sprintf(cursor, " + a%d - a%d", i, i);
    assert_int_equal(behov_formula_parse(text, &f, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.what, "the formula has more than 10000 different regressors");
    cursor = text + sprintf(text, "y ~ I(");
    memset(cursor, '(', 100000);
    cursor[100000] = '\0';
    assert_int_equal(behov_formula_parse(text, &f, &err), BEHOV_E_SYNTAX);
    assert_non_null(strstr(err.what, "more than 100 levels"));
}

static void setting_the_reference(void **state)
{
    (void)state;
    static const struct {
        const char *level, *spelled;
    } cases[] = {
        {"2012", "2012"},
        {"-1.5", "-1.5"},
        {"0301", "\"0301\""},
        {"2012.0", "\"2012.0\""},
        {"Oslo", "\"Oslo\""},
        {" 5", "\" 5\""},
        {"1e3", "\"1e3\""},
        {"a\"b\\c\nd", "\"a\\\"b\\\\c\\nd\""},
        {"inf", "\"inf\""},
        {"1 000", "\"1 000\""},
        {"+5", "\"+5\""},
        {"\xC3\xA6", "\"\xC3\xA6\""},
        {"0", "0"},
        {"0.5", "0.5"},
        {".5", "\".5\""},
        {"it's `x`", "\"it's `x`\""},
        {"NA", "\"NA\""},
        {"\xFF\xFE", "\"\xFF\xFE\""},
        {"-0301", "\"-0301\""},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        char want[256];
        behov_formula *f = parse("y ~ x + factor(`a b`) + x:factor(`a b`) + factor(g)");
        assert_int_equal(behov_formula_set_reference(f, 1, 0, cases[i].level, NULL), BEHOV_OK);
        snprintf(want, sizeof want, "y ~ x + factor(`a b`, ref = %s) + factor(g) + x:factor(`a b`, ref = %s)",
                 cases[i].spelled, cases[i].spelled);
        assert_string_equal(behov_formula_text(f), want);
        assert_string_equal(behov_formula_component(f, 1, 0).reference, cases[i].level);
        assert_string_equal(behov_formula_component(f, 3, 1).reference, cases[i].level);
        assert_null(behov_formula_component(f, 2, 0).reference);
        behov_formula *again = parse(want);
        assert_string_equal(behov_formula_text(again), want);
        assert_string_equal(behov_formula_component(again, 1, 0).reference, cases[i].level);
        behov_formula_free(again);
        /* a reference stays */
        assert_int_equal(behov_formula_set_reference(f, 3, 1, "other", NULL), BEHOV_OK);
        assert_string_equal(behov_formula_text(f), want);
        behov_formula_free(f);
    }
    behov_formula *f = parse("y ~ x + factor(g)");
    behov_error err = {0};
    assert_int_equal(behov_formula_set_reference(f, 0, 0, "1", &err), BEHOV_E_ARGUMENT);
    assert_int_equal(err.code, BEHOV_E_ARGUMENT);
    assert_int_equal(behov_formula_set_reference(f, 2, 0, "1", NULL), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_formula_set_reference(f, 1, 1, "1", NULL), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_formula_set_reference(f, 1, 0, "", NULL), BEHOV_E_ARGUMENT);
    assert_string_equal(behov_formula_text(f), "y ~ x + factor(g)");
    behov_formula_free(f);
}

static behov_table *make_table(void)
{
    enum { N = 3 };
    behov_table *table = NULL;
    static const char *const names[] = {"y", "x", "year"};
    assert_int_equal(behov_table_new(N, "panel.csv", &table, NULL), BEHOV_OK);
    for (size_t j = 0; j < N_OF(names); j++) {
        double *values = malloc(N * sizeof *values);
        assert_non_null(values);
        for (size_t i = 0; i < N; i++)
            values[i] = (double)(10 * j + i);
        assert_int_equal(behov_table_add_numbers(table, names[j], values, NULL), BEHOV_OK);
    }
    int32_t *codes = malloc(N * sizeof *codes);
    behov_dictionary *levels = NULL;
    assert_non_null(codes);
    assert_int_equal(behov_dictionary_new(&levels, NULL), BEHOV_OK);
    assert_int_equal(behov_dictionary_intern(levels, "03", 2, &codes[0], NULL), BEHOV_OK);
    assert_int_equal(behov_dictionary_intern(levels, "11", 2, &codes[1], NULL), BEHOV_OK);
    codes[2] = behov_missing_code(BEHOV_MISSING_COLON);
    assert_int_equal(behov_table_add_text(table, "county", codes, levels, NULL), BEHOV_OK);
    return table;
}

static void binding(void **state)
{
    (void)state;
    static const uint32_t rows[] = {2, 0, 1};
    double got[3];
    behov_table *table = make_table();
    behov_error err = {0};
    behov_formula *f = parse("I(y + 1) ~ x + factor(county) + factor(year) + x:I(year^2) + gone - gone");
    assert_int_equal(behov_formula_bind(f, table, &err), BEHOV_OK);
    behov_expression_evaluate(behov_formula_outcome(f), rows, 3, got);
    assert_true(got[0] == 3 && got[1] == 1 && got[2] == 2);
    behov_expression_evaluate(behov_formula_component(f, 0, 0).expression, rows, 3, got);
    assert_true(got[0] == 12 && got[1] == 10 && got[2] == 11);
    /* a factor of text gives the codes of its levels */
    behov_expression_evaluate(behov_formula_component(f, 1, 0).expression, rows, 3, got);
    assert_int_equal(behov_missing_of_number(got[0]), BEHOV_MISSING_COLON);
    assert_true(got[1] == 0 && got[2] == 1);
    behov_expression_evaluate(behov_formula_component(f, 2, 0).expression, rows, 3, got);
    assert_true(got[0] == 22 && got[1] == 20 && got[2] == 21);
    behov_expression_evaluate(behov_formula_component(f, 3, 1).expression, rows, 3, got);
    assert_true(got[0] == 484 && got[1] == 400 && got[2] == 441);
    behov_formula_free(f);

    static const struct {
        const char *text;
        int position;
        behov_status status;
        const char *part;
    } cases[] = {
        {"z ~ x", 1, BEHOV_E_NAME, "no column is called \"z\" in panel.csv"},
        {"y ~ x + I(yeer^2)", 11, BEHOV_E_NAME, "no column is called \"yeer\" in panel.csv; did you mean \"year\"?"},
        {"y ~ x + x:factor(countty)", 18, BEHOV_E_NAME, "did you mean \"county\"?"},
        {"y ~ x + county", 9, BEHOV_E_TYPE, "in a formula write factor(county)"},
        {"county ~ x", 1, BEHOV_E_TYPE, "county holds text"},
        {"y ~ I(county == 3)", 7, BEHOV_E_TYPE, "county == \"03\""},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        char where[64];
        snprintf(where, sizeof where, "formula, position %d", cases[i].position);
        f = parse(cases[i].text);
        behov_status status = behov_formula_bind(f, table, &err);
        if (status != cases[i].status || strcmp(err.where, where) != 0 || !strstr(err.what, cases[i].part)) {
            print_error("%s: [%s] %s: %s\n", cases[i].text, behov_status_name(err.code), err.where, err.what);
            fail();
        }
        behov_formula_free(f);
    }
    behov_table_free(table);
}

/* A term that carried the constant leaves it behind. */
static void without_a_term(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t term;
        const char *rest;
    } cases[] = {
        {"y ~ x + factor(year) - 1", 1, "y ~ x"},
        {"y ~ x + factor(year) - 1", 0, "y ~ factor(year) - 1"},
        {"y ~ x + factor(year, ref = 2012)", 1, "y ~ x"},
        {"y ~ 0 + factor(`my year`)", 0, "y ~ 1"},
        {"y ~ factor(year) + factor(g) - 1", 0, "y ~ factor(g) - 1"},
        {"y ~ factor(year) + factor(g):factor(h) - 1", 0, "y ~ factor(g):factor(h) - 1"},
        {"y ~ factor(g):factor(h) - 1 + x:factor(g)", 0, "y ~ x:factor(g)"},
        {"y ~ x:factor(g) - 1", 0, NULL}, /* x:factor(g) does not hold the constant, and nothing is left */
        {"y ~ x - 1 + z", 1, "y ~ x - 1"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        behov_formula *f = parse(cases[i].text), *rest = NULL;
        behov_error err = {0};
        behov_status status = behov_formula_without(f, cases[i].term, &rest, &err);
        if (cases[i].rest) {
            assert_int_equal(status, BEHOV_OK);
            assert_string_equal(behov_formula_text(rest), cases[i].rest);
        } else {
            assert_int_equal(status, BEHOV_E_SYNTAX);
        }
        assert_int_equal(behov_formula_without(f, 9, &rest, &err), BEHOV_E_ARGUMENT);
        behov_formula_free(rest);
        behov_formula_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_spelling_and_coding),
        cmocka_unit_test(the_parts),
        cmocka_unit_test(syntax_errors),
        cmocka_unit_test(limits),
        cmocka_unit_test(setting_the_reference),
        cmocka_unit_test(without_a_term),
        cmocka_unit_test(binding),
    };
    return cmocka_run_group_tests_name("formula", tests, NULL, NULL);
}
