/* test_design.c - the fate and reason of every row, the columns of the matrix with their values, and refusals.
 *
 * The coding of factors is compared with what R 4.2 model.matrix gives for the same formula (contr.treatment), written
 * out by hand; names are this program's ("a=2" for R's "a2"). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "design_parts.h"
#include "digits.h"
#include "tables.h"

/* ---- fates ------------------------------------------------------------------------------------------------------ */

static const char fates_text[] = "municipality_code,year,y,x,g,estimated_on\n"
                                 "\"0101\",2012,1,1,1,1\n"   /* 0 estimated on */
                                 "\"0104\",2012,2,..,1,1\n"  /* 1 regressor missing, left out */
                                 "\"0105\",2012,:,3,1,1\n"   /* 2 outcome missing, predicted only */
                                 "\"0106\",2012,4,7,.,1\n"   /* 3 cluster missing, predicted only */
                                 "\"0301\",2012,5,5,1,1\n"   /* 4 excluded */
                                 "\"0101\",2013,6,6,1,0\n"   /* 5 set aside */
                                 "\"0104\",2012,.,2,1,1\n"   /* 6 outcome missing, another mark */
                                 "\"0105\",2012,9,..,1,1\n"  /* 7 as row 1 */
                                 "\"0106\",2012,3,3,2,1\n"   /* 8 estimated on */
                                 "\"0119\",2012,8,9,2,1\n"   /* 9 estimated on */
                                 "\"0301\",2013,.,..,.,0\n"  /* 10 excluded, whatever else is missing */
                                 "\"0128\",2012,:,..,.,0\n"; /* 11 regressor missing wins over the rest */

static const estimation_options fates_options = {
    .cluster = "g", .exclude = "municipality_code == \"0301\"", .set_aside = "estimated_on == 0"};

static void every_row_has_a_fate_and_a_reason(void **state)
{
    (void)state;
    static const struct {
        behov_row_fate fate;
        ptrdiff_t reason;
    } wants[12] = {{BEHOV_ROW_ESTIMATED, -1},     {BEHOV_ROW_LEFT_OUT, 0}, {BEHOV_ROW_PREDICTED_ONLY, 1},
                   {BEHOV_ROW_PREDICTED_ONLY, 2}, {BEHOV_ROW_LEFT_OUT, 3}, {BEHOV_ROW_PREDICTED_ONLY, 4},
                   {BEHOV_ROW_PREDICTED_ONLY, 5}, {BEHOV_ROW_LEFT_OUT, 0}, {BEHOV_ROW_ESTIMATED, -1},
                   {BEHOV_ROW_ESTIMATED, -1},     {BEHOV_ROW_LEFT_OUT, 3}, {BEHOV_ROW_LEFT_OUT, 0}};
    static const behov_reason reasons[6] = {
        {BEHOV_REASON_REGRESSOR_MISSING, BEHOV_ROW_LEFT_OUT, "x", BEHOV_MISSING_TWO_DOTS, 3},
        {BEHOV_REASON_OUTCOME_MISSING, BEHOV_ROW_PREDICTED_ONLY, "y", BEHOV_MISSING_COLON, 1},
        {BEHOV_REASON_CLUSTER_MISSING, BEHOV_ROW_PREDICTED_ONLY, "g", BEHOV_MISSING_DOT, 1},
        {BEHOV_REASON_EXCLUDED, BEHOV_ROW_LEFT_OUT, "municipality_code == \"0301\"", BEHOV_PRESENT, 2},
        {BEHOV_REASON_SET_ASIDE, BEHOV_ROW_PREDICTED_ONLY, "estimated_on == 0", BEHOV_PRESENT, 1},
        {BEHOV_REASON_OUTCOME_MISSING, BEHOV_ROW_PREDICTED_ONLY, "y", BEHOV_MISSING_DOT, 1}};
    behov_table *table = table_of_text(fates_text);
    estimation estimation;
    assert_int_equal(estimate_design(&estimation, table, "y ~ x", fates_options), BEHOV_OK);
    for (size_t row = 0; row < 12; row++) {
        assert_int_equal(behov_design_fate(estimation.design, row), wants[row].fate);
        assert_int_equal(behov_design_reason_of(estimation.design, row), wants[row].reason);
    }
    size_t n_reasons = behov_design_n_reasons(estimation.design), n_explained = 0;
    assert_int_equal(n_reasons, 6);
    for (size_t i = 0; i < n_reasons; i++) {
        behov_reason got = behov_design_reason(estimation.design, i);
        assert_int_equal(got.kind, reasons[i].kind);
        assert_int_equal(got.fate, reasons[i].fate);
        assert_string_equal(got.subject, reasons[i].subject);
        assert_int_equal(got.mark, reasons[i].mark);
        assert_int_equal(got.n_rows, reasons[i].n_rows);
        n_explained += got.n_rows;
    }
    size_t n_estimated, n_predicted;
    const uint32_t *estimated = behov_design_estimated(estimation.design, &n_estimated);
    const uint32_t *predicted = behov_design_predicted(estimation.design, &n_predicted);
    static const uint32_t want_estimated[] = {0, 8, 9}, want_predicted[] = {0, 2, 3, 5, 6, 8, 9};
    assert_int_equal(n_estimated, 3);
    assert_memory_equal(estimated, want_estimated, sizeof want_estimated);
    assert_int_equal(n_predicted, 7);
    assert_memory_equal(predicted, want_predicted, sizeof want_predicted);
    assert_int_equal(n_estimated + n_explained, 12);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* A panel of which every row is estimated on keeps no list of them, and the blocks of a design are those of a list. */
static void a_whole_panel_has_no_list_of_rows(void **state)
{
    (void)state;
    enum { ROWS = 600, K = 2 };
    double x[ROWS], y[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = (double)(i * i % 101);
        y[i] = (double)(i % 7) + x[i];
    }
    for (size_t first_is_set_aside = 0; first_is_set_aside < 2; first_is_set_aside++) {
        behov_table *table = NULL;
        estimation estimation;
        double block[BEHOV_DESIGN_BLOCK * K], outcome[BEHOV_DESIGN_BLOCK];
        uint32_t room[BEHOV_DESIGN_BLOCK];
        size_t n_estimated, n_predicted;
        y[0] = first_is_set_aside ? behov_missing_number(BEHOV_MISSING_DOT) : 0;
        assert_int_equal(behov_table_new(ROWS, "rows", &table, NULL), BEHOV_OK);
        assert_int_equal(behov_table_copy_numbers(table, "x", x, NULL), BEHOV_OK);
        assert_int_equal(behov_table_copy_numbers(table, "y", y, NULL), BEHOV_OK);
        assert_int_equal(estimate_design(&estimation, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
        const uint32_t *estimated = behov_design_estimated(estimation.design, &n_estimated);
        const uint32_t *predicted = behov_design_predicted(estimation.design, &n_predicted);
        assert_int_equal(n_estimated, ROWS - first_is_set_aside);
        assert_int_equal(n_predicted, ROWS);
        assert_true((estimated == NULL) == !first_is_set_aside);
        assert_null(predicted);
        for (size_t first = 0; first < n_estimated; first += BEHOV_DESIGN_BLOCK) {
            size_t n = n_estimated - first < BEHOV_DESIGN_BLOCK ? n_estimated - first : BEHOV_DESIGN_BLOCK;
            const uint32_t *rows = behov_rows_block(estimated, first, n, room);
            behov_design_fill_weighted(estimation.design, first, n, block, K, outcome);
            for (size_t i = 0; i < n; i++) {
                assert_int_equal(rows[i], first + i + first_is_set_aside);
                assert_int_equal(behov_row_at(estimated, first + i), rows[i]);
                assert_true(block[i * K + 1] == x[rows[i]] && outcome[i] == y[rows[i]]);
            }
        }
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

static void a_level_of_predicted_rows_alone_has_no_coefficient(void **state)
{
    (void)state;
    /* 2014 occurs without outcome only, "c" in a row set aside only */
    behov_table *table = table_of_text("year,a,y,x,on\n2012,\"b\",1,1,1\n2013,\"b\",2,3,1\n2013,\"d\",4,1,1\n"
                                       "2014,\"b\",.,2,1\n2014,\"b\",.,2,1\n2012,\"d\",.,1,1\n2012,\"c\",7,1,0\n");
    estimation estimation;
    assert_int_equal(estimate_design(&estimation, table, "y ~ factor(year) + factor(a)",
                                     (estimation_options){.set_aside = "on == 0"}),
                     BEHOV_OK);
    assert_int_equal(behov_design_n_regressors(estimation.design), 3);
    assert_string_equal(behov_design_regressor(estimation.design, 1), "year=2013");
    assert_string_equal(behov_design_regressor(estimation.design, 2), "a=d");
    size_t n_unknown = 0, n_explained = 0;
    for (size_t i = 0; i < behov_design_n_reasons(estimation.design); i++) {
        behov_reason reason = behov_design_reason(estimation.design, i);
        n_explained += reason.n_rows;
        if (reason.kind != BEHOV_REASON_LEVEL_UNKNOWN)
            continue;
        assert_int_equal(reason.fate, BEHOV_ROW_LEFT_OUT);
        n_unknown += reason.n_rows;
        assert_true(strcmp(reason.subject, "year=2014") == 0
                        ? reason.n_rows == 2
                        : strcmp(reason.subject, "a=c") == 0 && reason.n_rows == 1);
    }
    assert_int_equal(n_unknown, 3);
    assert_int_equal(n_explained, 4);
    assert_int_equal(behov_design_fate(estimation.design, 3), BEHOV_ROW_LEFT_OUT);
    assert_int_equal(behov_design_fate(estimation.design, 5), BEHOV_ROW_PREDICTED_ONLY);
    assert_int_equal(behov_design_fate(estimation.design, 6), BEHOV_ROW_LEFT_OUT);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- coding ----------------------------------------------------------------------------------------------------- */

/* a: 1 2 10 (ordered by size), b: u v, x */
static const char coding_text[] =
    "y,x,a,b\n1,2,1,\"v\"\n2,3,2,\"u\"\n3,5,10,\"v\"\n4,7,1,\"u\"\n5,11,2,\"v\"\n6,13,10,\"u\"\n";
enum { CODING_ROWS = 6, CODING_MAX = 9 };

/* names end with NULL; rows: the matrix row by row */
static void check_coding(const char *formula, const char *const *names, const double rows[CODING_ROWS][CODING_MAX])
{
    behov_table *table = table_of_text(coding_text);
    estimation estimation;
    if (estimate_design(&estimation, table, formula, (estimation_options){0}))
        fail_msg("%s: %s", formula, estimation.err.what);
    size_t n = behov_design_n_regressors(estimation.design);
    for (size_t k = 0; k < n; k++) {
        if (!names[k] || strcmp(behov_design_regressor(estimation.design, k), names[k]) != 0)
            fail_msg("%s: column %lu is %s, wanted %s", formula, (unsigned long)k,
                     behov_design_regressor(estimation.design, k), names[k] ? names[k] : "none");
    }
    assert_null(names[n]);
    double matrix[CODING_ROWS * CODING_MAX], outcome[CODING_ROWS];
    design_rows(&estimation, matrix, outcome);
    for (size_t i = 0; i < CODING_ROWS; i++) {
        assert_true(outcome[i] == (double)i + 1);
        for (size_t k = 0; k < n; k++)
            if (!(matrix[i * n + k] == rows[i][k]))
                fail_msg("%s: row %lu of %s is %g, wanted %g", formula, (unsigned long)i, names[k], matrix[i * n + k],
                         rows[i][k]);
    }
    estimation_free(&estimation);
    behov_table_free(table);
}

static void factors_are_coded_as_in_r(void **state)
{
    (void)state;
    check_coding("y ~ x + factor(a)", (const char *const[]){"(Intercept)", "x", "a=2", "a=10", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {1, 2, 0, 0}, {1, 3, 1, 0}, {1, 5, 0, 1}, {1, 7, 0, 0}, {1, 11, 1, 0}, {1, 13, 0, 1}});
    check_coding("y ~ factor(a, ref = 10) + x", (const char *const[]){"(Intercept)", "a=1", "a=2", "x", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {1, 1, 0, 2}, {1, 0, 1, 3}, {1, 0, 0, 5}, {1, 1, 0, 7}, {1, 0, 1, 11}, {1, 0, 0, 13}});
    check_coding("y ~ x + factor(a) - 1", (const char *const[]){"x", "a=1", "a=2", "a=10", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {2, 1, 0, 0}, {3, 0, 1, 0}, {5, 0, 0, 1}, {7, 1, 0, 0}, {11, 0, 1, 0}, {13, 0, 0, 1}});
    check_coding("y ~ factor(b) + factor(a) - 1", (const char *const[]){"b=u", "b=v", "a=2", "a=10", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {0, 1, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}, {1, 0, 0, 0}, {0, 1, 1, 0}, {1, 0, 0, 1}});
}

static void interactions_are_coded_as_in_r(void **state)
{
    (void)state;
    check_coding("y ~ x*factor(a)", (const char *const[]){"(Intercept)", "x", "a=2", "a=10", "x:a=2", "x:a=10", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{1, 2, 0, 0, 0, 0},
                                                         {1, 3, 1, 0, 3, 0},
                                                         {1, 5, 0, 1, 0, 5},
                                                         {1, 7, 0, 0, 0, 0},
                                                         {1, 11, 1, 0, 11, 0},
                                                         {1, 13, 0, 1, 0, 13}});
    /* x alone is not in the model: every level has its slope */
    check_coding("y ~ factor(b) + x:factor(b)", (const char *const[]){"(Intercept)", "b=v", "x:b=u", "x:b=v", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {1, 1, 0, 2}, {1, 0, 3, 0}, {1, 1, 0, 5}, {1, 0, 7, 0}, {1, 1, 0, 11}, {1, 0, 13, 0}});
    check_coding(
        "y ~ x + x:factor(b)", (const char *const[]){"(Intercept)", "x", "x:b=v", NULL},
        (const double[CODING_ROWS][CODING_MAX]){{1, 2, 2}, {1, 3, 0}, {1, 5, 5}, {1, 7, 0}, {1, 11, 11}, {1, 13, 0}});
    /* the first factor's levels run fastest */
    check_coding("y ~ factor(a)*factor(b)",
                 (const char *const[]){"(Intercept)", "a=2", "a=10", "b=v", "a=2:b=v", "a=10:b=v", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{1, 0, 0, 1, 0, 0},
                                                         {1, 1, 0, 0, 0, 0},
                                                         {1, 0, 1, 1, 0, 1},
                                                         {1, 0, 0, 0, 0, 0},
                                                         {1, 1, 0, 1, 1, 0},
                                                         {1, 0, 1, 0, 0, 0}});
    check_coding("y ~ factor(a) + factor(a):factor(b)",
                 (const char *const[]){"(Intercept)", "a=2", "a=10", "a=1:b=v", "a=2:b=v", "a=10:b=v", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{1, 0, 0, 1, 0, 0},
                                                         {1, 1, 0, 0, 0, 0},
                                                         {1, 0, 1, 0, 0, 1},
                                                         {1, 0, 0, 0, 0, 0},
                                                         {1, 1, 0, 0, 1, 0},
                                                         {1, 0, 1, 0, 0, 0}});
    check_coding("y ~ factor(a):factor(b) - 1",
                 (const char *const[]){"a=1:b=u", "a=2:b=u", "a=10:b=u", "a=1:b=v", "a=2:b=v", "a=10:b=v", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{0, 0, 0, 1, 0, 0},
                                                         {0, 1, 0, 0, 0, 0},
                                                         {0, 0, 0, 0, 0, 1},
                                                         {1, 0, 0, 0, 0, 0},
                                                         {0, 0, 0, 0, 1, 0},
                                                         {0, 0, 1, 0, 0, 0}});
    check_coding("y ~ factor(a)*factor(b) - 1",
                 (const char *const[]){"a=1", "a=2", "a=10", "b=v", "a=2:b=v", "a=10:b=v", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{1, 0, 0, 1, 0, 0},
                                                         {0, 1, 0, 0, 0, 0},
                                                         {0, 0, 1, 1, 0, 1},
                                                         {1, 0, 0, 0, 0, 0},
                                                         {0, 1, 0, 1, 1, 0},
                                                         {0, 0, 1, 0, 0, 0}});
}

static void arithmetic_in_terms(void **state)
{
    (void)state;
    /* as in R, products come after single columns */
    check_coding("y ~ I(x^2) + x:a + I(a > 1)", (const char *const[]){"(Intercept)", "I(x^2)", "I(a > 1)", "x:a", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){
                     {1, 4, 0, 2}, {1, 9, 1, 6}, {1, 25, 1, 50}, {1, 49, 0, 7}, {1, 121, 1, 22}, {1, 169, 1, 130}});
    check_coding("y ~ 1", (const char *const[]){"(Intercept)", NULL},
                 (const double[CODING_ROWS][CODING_MAX]){{1}, {1}, {1}, {1}, {1}, {1}});
}

/* ---- scale ------------------------------------------------------------------------------------------------------ */

static void exponents_bring_columns_below_one(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,z,w\n0.25,3,0,1e-30\n-0.5,-8,0,0\n0.1,1,0,0\n.,1e300,1,1\n");
    estimation estimation;
    assert_int_equal(estimate_design(&estimation, table, "y ~ x + z + w", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_design_exponent(estimation.design, 0), 1); /* 1 = 0.5 x 2 */
    assert_int_equal(behov_design_exponent(estimation.design, 1),
                     4); /* 8 = 0.5 x 2^4; the row without outcome is not asked */
    assert_int_equal(behov_design_exponent(estimation.design, 2), 0);
    assert_int_equal(behov_design_exponent(estimation.design, 3), -99);
    assert_int_equal(behov_design_exponent(estimation.design, 4), 0);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- refusals --------------------------------------------------------------------------------------------------- */

static void refuse(const char *text, const char *formula, estimation_options options, behov_status status,
                   const char *where, const char *subject)
{
    behov_table *table = table_of_text(text);
    estimation estimation;
    behov_status got = estimate_design(&estimation, table, formula, options);
    if (got != status)
        fail_msg("%s: %s, wanted %s (%s)", formula, behov_status_name(got), behov_status_name(status),
                 estimation.err.what);
    assert_null(estimation.design);
    assert_contains(estimation.err.where, where);
    assert_contains(estimation.err.what, subject);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void refusals_name_place_and_reason(void **state)
{
    (void)state;
    const estimation_options none = {0};
    static const char panel[] = "municipality_code,year,y,x\n\"0301\",2012,1,3\n\"1151\",2012,2,0\n\"0101\",2013,5,6\n";
    refuse(panel, "y ~ log(x)", none, BEHOV_E_DATA, "line 3", "municipality 1151");
    refuse(panel, "y ~ log(x)", none, BEHOV_E_DATA, "line 3", "log(x)");
    refuse(panel, "log(x) ~ y", none, BEHOV_E_DATA, "line 3", "log(x)");
    refuse(panel, "y ~ I(1 / x)", none, BEHOV_E_DATA, "line 3", "I(1 / x)");
    refuse(panel, "y ~ I(log(0 - x))", none, BEHOV_E_DATA, "line 2", "municipality 0301");
    refuse(panel, "y ~ factor(year, ref = 2011)", none, BEHOV_E_NAME, "test.csv", "2012, 2013");
    refuse(panel, "y ~ x + populaton", none, BEHOV_E_NAME, "", "populaton");
    refuse(panel, "y ~ municipality_code", none, BEHOV_E_TYPE, "", "municipality_code");
    refuse(panel, "y ~ x", (estimation_options){.exclude = "x >= 0"}, BEHOV_E_DATA, "test.csv", "x >= 0");
    refuse(panel, "y ~ x", (estimation_options){.set_aside = "x >= 0"}, BEHOV_E_DATA, "test.csv", "used in estimation");
    refuse(panel, "y ~ x", (estimation_options){.cluster = "county"}, BEHOV_E_NAME, "", "county");
    refuse(panel, "y ~ factor(year)", (estimation_options){.exclude = "year == 2013"}, BEHOV_E_RANK, "", "year");
    refuse(panel, "y ~ 0", none, BEHOV_E_SYNTAX, "formula", "");
    refuse("y,x\n.,1\n..,2\n", "y ~ x", none, BEHOV_E_DATA, "test.csv", "y is missing");
    refuse("y,x\n1,.\n2,.\n", "y ~ x", none, BEHOV_E_DATA, "test.csv", "x is missing");
    refuse("y,x\n", "y ~ x", none, BEHOV_E_DATA, "test.csv", "no rows");
    refuse("y,x\n1,1e308\n2,1e308\n", "y ~ x + I(x * 1.5)", none, BEHOV_E_RANGE, "test.csv", "too large");
}

static void a_missing_condition_excludes_nothing(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,z\n1,1,.\n2,2,0\n3,4,1\n4,1,.\n");
    estimation estimation;
    assert_int_equal(estimate_design(&estimation, table, "y ~ x", (estimation_options){.exclude = "z == 1"}), BEHOV_OK);
    size_t n;
    (void)behov_design_estimated(estimation.design, &n);
    assert_int_equal(n, 3);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- prediction alone -------------------------------------------------------------------------------------------- */

static void levels_of_given_coefficients(void **state)
{
    (void)state;
    static const char *const names[] = {"(Intercept)", "x", "year=2013", "year=2014"};
    behov_design_options options = {.outcome_is_optional = true, .coefficient_names = names, .n_coefficient_names = 4};
    behov_table *table = table_of_text("year,x\n2014,1\n2017,2\n2012,3\n");
    behov_formula *formula = NULL;
    behov_design *design = NULL;
    behov_error err;
    assert_int_equal(behov_formula_parse("y ~ x + factor(year, ref = 2012)", &formula, &err), BEHOV_OK);
    assert_int_equal(behov_design_new(formula, table, &options, &design, &err), BEHOV_OK);
    assert_int_equal(behov_design_n_regressors(design), 4);
    for (size_t k = 0; k < 4; k++)
        assert_string_equal(behov_design_regressor(design, k), names[k]);
    size_t n;
    const uint32_t *rows = behov_design_predicted(design, &n);
    assert_int_equal(n, 2);
    assert_int_equal(behov_row_at(rows, 0), 0);
    assert_int_equal(behov_row_at(rows, 1), 2);
    behov_reason reason = behov_design_reason(design, (size_t)behov_design_reason_of(design, 1));
    assert_int_equal(reason.kind, BEHOV_REASON_LEVEL_UNKNOWN);
    assert_string_equal(reason.subject, "year=2017");
    double block[8], outcome[2];
    behov_design_fill(design, rows, 2, block, 4, outcome);
    static const double wants[8] = {1, 1, 0, 1, 1, 3, 0, 0};
    assert_memory_equal(block, wants, sizeof wants);
    assert_true(isnan(outcome[0]) && isnan(outcome[1]));
    behov_design_free(design);
    behov_design_free(NULL);
    behov_formula_free(formula);
    behov_table_free(table);
}

/* Estimated on are the first two rows: precision weights over their mean 3; a frequency counts rows, not a row's outcome. */
static void a_weight_of_any_row(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,w\n1,1,2\n2,5,4\n.,7,12\n4,9,.\n");
    for (int kind = 0; kind < 3; kind++) {
        estimation estimation;
        estimation_options options = {.weights = kind ? "w" : NULL,
                                      .weight_kind = kind == 2 ? BEHOV_WEIGHT_FREQUENCY : BEHOV_WEIGHT_PRECISION};
        assert_int_equal(estimate_design(&estimation, table, "y ~ x - 1", options), BEHOV_OK);
        bool is_precision = kind == 1;
        assert_digits(behov_design_weight(estimation.design, 0), is_precision ? 2 / 3.0 : 1, 15);
        assert_digits(behov_design_weight(estimation.design, 2), is_precision ? 4 : 1, 15);
        assert_true(isnan(behov_design_weight(estimation.design, 3)) == is_precision);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

/* value + rest is the column without any rounding; computed with fractions of the doubles. What only the C library
 * knows, x^1.2 and log, has no rest. Weights change nothing: the rows are as they are. */
static void rests_are_what_rounding_took(void **state)
{
    (void)state;
    enum { CARRIED = 6, K = 9 };
    static const char *const wants[3][CARRIED] = {
        {"-7.112366251504908162643e-20", "-2.775557561562891351059e-17", "-8.326672684688674053177e-17",
         "-2.312964634635742792549e-18", "-2.775557561562891351059e-17", "-2.498001805406602123509e-18"},
        {"2.473576898864848872644e-16", "4.107825191113079150264e-17", "-5.551115123125782702118e-17",
         "-2.343804163097552673624e-16", "4.107825191113079150264e-17", "-4.074518500374324730152e-17"},
        {"3.415934202166681331187e-15", "-1.403321903126197930204e-15", "-8.881784197001252323389e-16",
         "6.838410020752055174712e-18", "-1.403321903126197930204e-15", "-5.968558980384835155767e-16"}};
    behov_table *table = table_of_text("y,x,z,w\n1,0.1,3,2\n2,1.7,-0.3,3\n4,-3.3,7.1,5\n");
    static const uint32_t rows[3] = {0, 1, 2};
    static const char formula[] =
        "y ~ I(x^3) + I(x * z) + I(x - z) + I(-x / z) + x:z + I(x^2):z + I(w^1.2) + log(w) - 1";
    for (int weighted = 0; weighted < 2; weighted++) {
        estimation estimation;
        estimation_options options = {.weights = weighted ? "w" : NULL};
        assert_int_equal(estimate_design(&estimation, table, formula, options), BEHOV_OK);
        assert_int_equal(behov_design_n_regressors(estimation.design), K - 1);
        double block[3 * K] = {0}, rests[3 * K] = {0};
        behov_design_fill(estimation.design, rows, 3, block, K, NULL);
        behov_design_fill_rests(estimation.design, rows, 3, block, K, rests);
        for (size_t i = 0; i < 3; i++)
            for (size_t k = 0; k < K; k++) {
                const char *name = k < K - 1 ? behov_design_regressor(estimation.design, k) : "";
                static const char *const names[CARRIED] = {"I(x^3)",    "I(x * z)", "I(x - z)",
                                                           "I(-x / z)", "x:z",      "I(x^2):z"};
                size_t c = 0;
                while (c < CARRIED && strcmp(names[c], name) != 0)
                    c++;
                if (c < CARRIED)
                    assert_digits_text(rests[i * K + k], wants[i][c], 13);
                else
                    assert_true(rests[i * K + k] == 0);
            }
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_a_fate_and_a_reason),
        cmocka_unit_test(a_whole_panel_has_no_list_of_rows),
        cmocka_unit_test(a_level_of_predicted_rows_alone_has_no_coefficient),
        cmocka_unit_test(factors_are_coded_as_in_r),
        cmocka_unit_test(interactions_are_coded_as_in_r),
        cmocka_unit_test(arithmetic_in_terms),
        cmocka_unit_test(exponents_bring_columns_below_one),
        cmocka_unit_test(refusals_name_place_and_reason),
        cmocka_unit_test(a_missing_condition_excludes_nothing),
        cmocka_unit_test(levels_of_given_coefficients),
        cmocka_unit_test(a_weight_of_any_row),
        cmocka_unit_test(rests_are_what_rounding_took),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
