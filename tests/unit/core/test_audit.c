/* test_audit.c - what cannot be right in a printed table: limits of t and p, findings, likely misprints.
 *
 * Wants: limits of |t| are fractions worked out by hand from the printed digits; p and quantiles are those of R 4.2.2
 * (pt, qt). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include <behov/audit.h>

#include "digits.h"
#include "failing_malloc.h"

enum { ROWS_MAX = 16 };

static behov_printed number(const char *text)
{
    behov_printed printed;
    if (behov_printed_parse(text, strlen(text), 0, &printed))
        fail_msg("\"%s\" was not read", text);
    return printed;
}

/* "-0.016 0.029 ***" */
static behov_audit_row line(const char *coefficient, const char *standard_error, int n_stars, int expected_sign)
{
    return (behov_audit_row){number(coefficient), number(standard_error), n_stars, expected_sign};
}

static behov_audit *audit_of(const behov_audit_row *rows, size_t n, const behov_audit_options *options)
{
    behov_audit *audit = NULL;
    behov_error err;
    if (behov_audit_new(rows, n, options, &audit, &err))
        fail_msg("%s: %s", err.where, err.what);
    return audit;
}

static behov_audit_options dof_of(double dof)
{
    return (behov_audit_options){.dof_low = dof, .dof_high = dof};
}

static void assert_text(const behov_printed *printed, const char *want)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_printed_text(printed, '.', text);
    assert_string_equal(text, want);
}

/* The one finding about stars of one line. */
static behov_finding stars_finding(const char *coefficient, const char *standard_error, int n_stars, double dof)
{
    behov_audit_row row = line(coefficient, standard_error, n_stars, 0);
    behov_audit_options options = dof_of(dof);
    behov_audit *audit = audit_of(&row, 1, &options);
    if (behov_audit_n_findings(audit) != 1)
        fail_msg("%s (%s), %d stars: %lu findings", coefficient, standard_error, n_stars,
                 (unsigned long)behov_audit_n_findings(audit));
    behov_finding finding = *behov_audit_finding(audit, 0);
    assert_int_equal(finding.kind, BEHOV_FINDING_STARS);
    behov_audit_free(audit);
    return finding;
}

static size_t n_findings(const behov_audit_row *rows, size_t n, const behov_audit_options *options)
{
    behov_audit *audit = audit_of(rows, n, options);
    size_t found_index = behov_audit_n_findings(audit);
    behov_audit_free(audit);
    return found_index;
}

static void limits_are_those_of_the_rounding(void **state)
{
    (void)state;
    static const struct {
        const char *coefficient, *standard_error;
        double dof, t_least, t_most, p_least, p_most; /* dof 0: not known */
        int fewest, most;
    } cases[] = {
        {"-0.016", "0.029", 0, 0.0155 / 0.0295, 0.0165 / 0.0285, 0.562624686915214, 0.692016648575741, 0, 0},
        {"2.1", "1", 40, 2.05 / 1.5, 2.15 / 0.5, 0.000106588189176519, 0.179362945374774, 0, 3},
        {"-2.45", "0.8", 426, 2.445 / 0.85, 2.455 / 0.75, 0.00114950555017963, 0.00422344827905482, 3, 3},
        {"0.276", "0.035", 386, 0.2755 / 0.0355, 0.2765 / 0.0345, 1.32689635663674e-14, 7.64792682026563e-14, 3, 3},
        {"0.9", "0.3", 20, 0.85 / 0.35, 0.95 / 0.25, 0.00112252401532408, 0.0247134766301822, 2, 3},
        {"0.0", "0.3", 20, 0, 0.05 / 0.25, 0.843500166967884, 1, 0, 0},
        {"0.1", "0.0", 20, 0.05 / 0.05, INFINITY, 0, 0.329256577171709, 0, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_audit_row row = line(cases[i].coefficient, cases[i].standard_error, 0, 0);
        behov_audit_options options = dof_of(cases[i].dof);
        behov_audit *audit = audit_of(&row, 1, &options);
        const behov_audit_range *range = behov_audit_range_of(audit, 0);
        assert_int_equal(behov_audit_n_rows(audit), 1);
        assert_digits(range->t_least, cases[i].t_least, 14);
        assert_digits(range->t_most, cases[i].t_most, 14);
        assert_digits(range->p_least, cases[i].p_least, 12); /* R printed 15 */
        assert_digits(range->p_most, cases[i].p_most, 12);
        assert_int_equal(range->fewest, cases[i].fewest);
        assert_int_equal(range->most, cases[i].most);
        behov_audit_free(audit);
    }
}

/* The report's line: 0.0029 would fit, and -0.16 too. */
static void the_decimal_mark_comes_first_and_the_standard_error_before_the_coefficient(void **state)
{
    (void)state;
    behov_finding finding = stars_finding("-0.016", "0.029", 3, 0);
    assert_int_equal(finding.row, 0);
    assert_int_equal(finding.likely.entry, BEHOV_ENTRY_STANDARD_ERROR);
    assert_int_equal(finding.likely.slip, BEHOV_SLIP_MARK_LEFT);
    assert_text(&finding.likely.number, "0.0029");
    assert_int_equal(finding.other.entry, BEHOV_ENTRY_COEFFICIENT);
    assert_text(&finding.other.number, "-0.16");
    assert_digits(finding.se_high, 0.0165 / 2.5758293035489004, 13);
    assert_true(finding.se_low == 0);
}

static void each_sort_of_slip_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *coefficient, *standard_error;
        int n_stars;
        double dof;
        behov_audit_entry entry;
        behov_slip slip;
        const char *number;
    } cases[] = {
        /* t = 1.23 / 0.91 = 1.35 is no **; 12.3 would be ***, 0.123 none; 0.091 and 9.1 neither; 0.19 gives 6.5; of
         * the coefficient 1.32 (1.45) and 2.13 (2.34): ** at 100 degrees of freedom lies between 1.98 and 2.63 */
        {"1.23", "0.91", 2, 100, BEHOV_ENTRY_COEFFICIENT, BEHOV_SLIP_SWAP, "2.13"},
        /* t = 0.1 / 0.25: 0.025 gives 4, 1.0 gives 4; swapped 0.52, 2.05, 1.0; dropped and doubled of 0.25: 0.5, 0.2,
         * 0.225, 0.255, none in 1.98 .. 2.63; 0.11 no, and no single star more or less */
        {"0.10", "0.25", 2, 100, BEHOV_ENTRY_NONE, 0, ""},
        /* t = 22.2 / 2.22 = 10 unmarked: 22.2 (22.2) is 1 */
        {"22.2", "2.22", 0, 100, BEHOV_ENTRY_STANDARD_ERROR, BEHOV_SLIP_MARK_RIGHT, "22.2"},
        /* t = 5 / 1: no slip of these digits gives 1.66 .. 1.98; 55 and 11, 50, 10, 0.5, 0.1 */
        {"5", "1.00", 1, 100, BEHOV_ENTRY_NONE, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_finding finding =
            stars_finding(cases[i].coefficient, cases[i].standard_error, cases[i].n_stars, cases[i].dof);
        if (finding.likely.entry != cases[i].entry)
            fail_msg("case %lu: entry %d, slip %d, %g", (unsigned long)i, (int)finding.likely.entry,
                     (int)finding.likely.slip, finding.likely.number.value);
        if (cases[i].entry == BEHOV_ENTRY_NONE)
            continue;
        assert_int_equal(finding.likely.slip, cases[i].slip);
        assert_text(&finding.likely.number, cases[i].number);
    }
}

static void one_mark_more_or_less_is_the_last_resort(void **state)
{
    (void)state;
    /* t = 3.0 .. 3.06 at 100 degrees of freedom: *** ; printed **. The digits 0.303 and 0.100 give nothing between 1.98
     * and 2.63 by any slip: 0.33, 0.03, 0.3033, 0.033; 0.010, 0.1000 ... */
    behov_finding finding = stars_finding("0.3030", "0.1000", 2, 100);
    assert_int_equal(finding.likely.entry, BEHOV_ENTRY_STARS);
    assert_int_equal(finding.likely.n_stars, 3);
    /* t = 1.5, printed *: none */
    finding = stars_finding("0.15000", "0.10000", 1, 1000);
    assert_true(finding.likely.entry != BEHOV_ENTRY_STARS || finding.likely.n_stars == 0);
}

/* 5.0 (1.0) with one star at 30 degrees of freedom: t between 1.697 and 2.042, so s between 4.95 / 2.042 and
 * 5.05 / 1.697. */
static void the_standard_errors_that_would_fit_have_both_ends(void **state)
{
    (void)state;
    behov_finding finding = stars_finding("5.0", "1.0", 1, 30);
    assert_digits(finding.se_high, 5.05 / 1.69726088659396, 12);
    assert_digits(finding.se_low, 4.95 / 2.04227245630124, 12);
    finding = stars_finding("5.0", "1.0", 0, 30);
    assert_true(isinf(finding.se_high));
    assert_digits(finding.se_low, 4.95 / 1.69726088659396, 12);
}

/* At 2 degrees of freedom p = 1 - t / sqrt(2 + t^2), so 5 per cent is t = 0.95 sqrt(2 / 0.0975) = 4.302652729749462.
 * Printed to 15 digits with a standard error of 1 (14 decimals), t can be on either side. */
static void an_end_that_just_reaches_the_level_is_no_finding(void **state)
{
    (void)state;
    static const struct {
        const char *coefficient;
        int n_stars;
        size_t n_findings;
    } cases[] = {
        {"4.30265272974946", 2, 0}, {"4.30265272974946", 1, 0}, {"4.302652729", 2, 1},
        {"4.302652729", 1, 0},      {"4.302652731", 1, 1},      {"4.302652731", 2, 0},
    };
    behov_audit_options options = dof_of(2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_audit_row row = line(cases[i].coefficient, "1.00000000000000", cases[i].n_stars, 0);
        if (n_findings(&row, 1, &options) != cases[i].n_findings)
            fail_msg("%s with %d stars", cases[i].coefficient, cases[i].n_stars);
    }
}

static void a_sign_counts_only_when_zero_is_out_of_reach(void **state)
{
    (void)state;
    behov_audit_row rows[] = {
        line("-2.05e-07", "8.76e-08", 2, 1),
        line("-0.016", "0.0029", 3, -1),
        line("-0.000", "0.003", 0, 1),
        line("-0.001", "0.003", 0, 1),
        line("0.001", "0.003", 0, -1),
        line("0.001", "0.003", 0, 0),
        line("-5", "30", 0, 1),
    };
    behov_audit *audit = audit_of(rows, sizeof rows / sizeof *rows, NULL);
    static const size_t wanted_positions[] = {0, 3, 4, 6};
    assert_int_equal(behov_audit_n_findings(audit), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(behov_audit_finding(audit, i)->kind, BEHOV_FINDING_SIGN);
        assert_int_equal(behov_audit_finding(audit, i)->row, wanted_positions[i]);
    }
    behov_audit_free(audit);
}

static void rows_of_a_balanced_panel_divide_by_its_years(void **state)
{
    (void)state;
    static const struct {
        size_t n, n_years, n_findings, n_below, above;
    } cases[] = {{1935, 5, 0, 0, 0}, {1936, 5, 1, 1935, 1940}, {3, 5, 1, 0, 5},
                 {1936, 1, 0, 0, 0}, {0, 5, 0, 0, 0},          {1936, 0, 0, 0, 0}};
    behov_audit_row row = line("1.0", "0.1", 3, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_audit_options options = {.n_observations = cases[i].n, .n_years = cases[i].n_years};
        behov_audit *audit = audit_of(&row, 1, &options);
        assert_int_equal(behov_audit_n_findings(audit), cases[i].n_findings);
        if (cases[i].n_findings) {
            const behov_finding *finding = behov_audit_finding(audit, 0);
            assert_int_equal(finding->kind, BEHOV_FINDING_ROWS);
            assert_int_equal(finding->rows_below, cases[i].n_below);
            assert_int_equal(finding->rows_above, cases[i].above);
        }
        behov_audit_free(audit);
    }
}

/* t = 2.2 **, 1.8 *, 3.0 ***, -1.0 none: 10/5/1 per cent; against 5/1/0.1 the first three are wrong. */
static void stars_of_another_legend_are_one_finding(void **state)
{
    (void)state;
    behov_audit_row rows[] = {line("0.220", "0.100", 2, 0), line("0.180", "0.100", 1, 0), line("0.300", "0.100", 3, 0),
                              line("-0.100", "0.100", 0, 0), line("0.100", "0.900", 3, 0)};
    behov_audit_options options = {.legend = {{0.05, 0.01, 0.001}}, .dof_low = 500, .dof_high = 500};
    behov_audit *audit = audit_of(rows, 4, &options);
    assert_int_equal(behov_audit_n_findings(audit), 1);
    const behov_finding *finding = behov_audit_finding(audit, 0);
    assert_int_equal(finding->kind, BEHOV_FINDING_LEGEND);
    assert_int_equal(finding->fault, BEHOV_LEGEND_IS_OTHER);
    assert_int_equal(finding->n_lines, 3);
    assert_int_equal(finding->n_lines_left, 0);
    assert_true(finding->has_other_legend && finding->other_legend.levels[1] == 0.05);
    assert_true(behov_audit_legend(audit).levels[2] == 0.01);
    behov_audit_free(audit);

    /* one line that no legend explains stays a finding of its own */
    audit = audit_of(rows, 5, &options);
    assert_int_equal(behov_audit_n_findings(audit), 2);
    assert_int_equal(behov_audit_finding(audit, 0)->n_lines, 4);
    assert_int_equal(behov_audit_finding(audit, 0)->n_lines_left, 1);
    assert_int_equal(behov_audit_finding(audit, 1)->kind, BEHOV_FINDING_STARS);
    assert_int_equal(behov_audit_finding(audit, 1)->row, 4);
    behov_audit_free(audit);

    /* one line against the legend is that line's fault */
    audit = audit_of(rows, 1, &options);
    assert_int_equal(behov_audit_n_findings(audit), 1);
    assert_int_equal(behov_audit_finding(audit, 0)->kind, BEHOV_FINDING_STARS);
    behov_audit_free(audit);
}

static void a_legend_without_the_mark_or_with_rising_levels_is_told(void **state)
{
    (void)state;
    behov_audit_row rows[] = {line("0.220", "0.100", 2, 0), line("0.220", "0.100", 1, 0), line("0.300", "0.100", 3, 0),
                              line("0.900", "0.100", 4, 0)};
    behov_audit_options options = {.legend = {{0, 0.05, 0.01}}, .dof_low = 500, .dof_high = 500};
    behov_audit *audit = audit_of(rows, 4, &options);
    assert_int_equal(behov_audit_n_findings(audit), 2);
    for (size_t i = 0; i < 2; i++) {
        const behov_finding *finding = behov_audit_finding(audit, i);
        assert_int_equal(finding->kind, BEHOV_FINDING_LEGEND);
        assert_int_equal(finding->fault, BEHOV_LEGEND_LACKS_MARK);
        assert_int_equal(finding->n_stars, i ? 4 : 1);
        assert_int_equal(finding->row, i ? 3 : 1);
        assert_int_equal(finding->n_lines, 1);
        assert_false(finding->has_other_legend); /* no common legend has four stars */
    }
    behov_audit_free(audit);

    options.legend = (behov_legend){{0.01, 0.05, 0.10}}; /* upside down */
    rows[1] = line("0.180", "0.100", 1, 0);
    audit = audit_of(rows, 3, &options);
    assert_int_equal(behov_audit_n_findings(audit), 1);
    const behov_finding *finding = behov_audit_finding(audit, 0);
    assert_int_equal(finding->fault, BEHOV_LEGEND_RISES);
    assert_int_equal(finding->n_stars, 2);
    assert_true(finding->has_other_legend && finding->other_legend.levels[0] == 0.10);
    assert_int_equal(behov_audit_range_of(audit, 0)->most, -1);
    behov_audit_free(audit);

    options.legend = (behov_legend){{0.10, 0.05, 0.05}}; /* no more for a third star */
    audit = audit_of(rows, 3, &options);
    assert_int_equal(behov_audit_n_findings(audit), 1);
    assert_int_equal(behov_audit_finding(audit, 0)->fault, BEHOV_LEGEND_RISES);
    assert_int_equal(behov_audit_finding(audit, 0)->n_stars, 3);
    behov_audit_free(audit);
}

static void wrong_calls_are_refused(void **state)
{
    (void)state;
    behov_audit_row good = line("1.0", "0.1", 3, 0), bad;
    behov_error err = {0};
    behov_audit *audit = (behov_audit *)&good;
    bad = good;
    bad.n_stars = 10;
    assert_int_equal(behov_audit_new(&bad, 1, NULL, &audit, &err), BEHOV_E_ARGUMENT);
    bad.n_stars = -1;
    assert_int_equal(behov_audit_new(&bad, 1, NULL, &audit, &err), BEHOV_E_ARGUMENT);
    bad = line("1.0", "-0.1", 3, 0);
    assert_int_equal(behov_audit_new(&bad, 1, NULL, &audit, &err), BEHOV_E_ARGUMENT);
    static const behov_audit_options options[] = {
        {.dof_low = 5, .dof_high = 4}, {.dof_low = -1, .dof_high = 4}, {.dof_low = NAN},
        {.legend = {{1.5}}},           {.legend = {{-0.1}}},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        assert_int_equal(behov_audit_new(&good, 1, &options[i], &audit, &err), BEHOV_E_ARGUMENT);
    assert_ptr_equal(audit, &good); /* outputs are left alone */
    behov_audit_free(NULL);
    assert_string_equal(behov_finding_kind_name(BEHOV_FINDING_ROWS), "rows");
}

static void every_failing_allocation_is_told(void **state)
{
    (void)state;
    behov_audit_row row = line("1.0", "0.1", 3, 0);
    size_t n = 1;
    for (;; n++) {
        behov_audit *audit = NULL;
        behov_error err = {0};
        failing_malloc_start(n);
        behov_status status = behov_audit_new(&row, 1, NULL, &audit, &err);
        bool was_reached = failing_malloc_stop();
        behov_audit_free(audit);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_null(audit);
        assert_int_equal(err.code, BEHOV_E_MEMORY);
    }
    assert_int_equal(n, 4);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_those_of_the_rounding),
        cmocka_unit_test(the_decimal_mark_comes_first_and_the_standard_error_before_the_coefficient),
        cmocka_unit_test(each_sort_of_slip_is_found),
        cmocka_unit_test(one_mark_more_or_less_is_the_last_resort),
        cmocka_unit_test(the_standard_errors_that_would_fit_have_both_ends),
        cmocka_unit_test(an_end_that_just_reaches_the_level_is_no_finding),
        cmocka_unit_test(a_sign_counts_only_when_zero_is_out_of_reach),
        cmocka_unit_test(rows_of_a_balanced_panel_divide_by_its_years),
        cmocka_unit_test(stars_of_another_legend_are_one_finding),
        cmocka_unit_test(a_legend_without_the_mark_or_with_rising_levels_is_told),
        cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(every_failing_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
