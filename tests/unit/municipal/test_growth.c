/* test_growth.c - growth by factors and groups, index series and standardised growth, against the report's tables by
 * exact fractions (Python's fractions, beside each want) and against cases by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

static const behov_growth_choices as_it_is;

/* Table 3-1 and 3-2 of the report, as they are bundled. */
static const char by_family[] = "group,share_2016_pct,growth_2012_2016_pct,contribution_pct\n"
                                "Enslige menn uten barn,39.4,12.0,35.2\n"
                                "Enslige kvinner uten barn,22.4,10.9,18.4\n"
                                "Enslige med barn,13.3,8.3,8.5\n"
                                "Par uten barn,13.1,22.5,20.1\n"
                                "Par med barn,11.8,21.8,17.7\n"
                                "Totalt,100.0,13.6,100.0\n";
static const char by_background[] =
    "group,index_2013,index_2014,index_2015,index_2016,share_of_recipients_2016_pct,recipients_in_group_2013_pct,"
    "recipients_in_group_2016_pct\n"
    "Innvandrere,100.0,108.6,118.2,130.4,42.9,7.2,8.0\n"
    "Norskfødte,100.0,108.1,120.5,128.8,1.3,1.2,1.2\n"
    "Befolkningen ellers,100.0,101.1,97.9,94.8,55.0,1.7,1.6\n";

/* ---- rounding ------------------------------------------------------------------------------------------------------ */

static void a_printed_figure_stands_for_half_a_unit_to_both_sides(void **state)
{
    (void)state;
    behov_rounded figure = behov_rounded_new(12.4, 1), exact = behov_rounded_new(3, -1);
    assert_digits(figure.low, 12.35, 14);
    assert_digits(figure.high, 12.45, 14);
    assert_true(exact.low == 3 && exact.high == 3);
    const double column[] = {12, NAN, 8.3, 21.75};
    assert_int_equal(behov_rounded_decimals(column, 4), 2);
    assert_int_equal(behov_rounded_decimals(column, 1), 0);
    assert_true(behov_rounded_not_below_zero(behov_rounded_new(0, 1)).low == 0);
    assert_int_equal(behov_rounded_printed_decimals(figure), 1);
    assert_int_equal(behov_rounded_printed_decimals(behov_rounded_new(38, 0)), 0);
    assert_int_equal(behov_rounded_printed_decimals(behov_rounded_not_below_zero(behov_rounded_new(0, 2))), 2);
    assert_int_equal(behov_rounded_printed_decimals(exact), -1);
    assert_int_equal(behov_rounded_printed_decimals((behov_rounded){NAN, NAN, NAN}), -1);
}

/* 1000 random draws never leave the ends, and the best corner of 2^8 reaches them. */
static void ends_of_a_mean_are_its_best_corners(void **state)
{
    (void)state;
    enum { N = 4 };
    dice dice = dice_of(7);
    for (int turn = 0; turn < 200; turn++) {
        behov_rounded figures[N], weights[N];
        for (int i = 0; i < N; i++) {
            figures[i] = behov_rounded_new(10 * dice_uniform(&dice) - 5, 0);
            weights[i] = behov_rounded_not_below_zero(behov_rounded_new(2 * dice_uniform(&dice), 0));
        }
        double low = INFINITY, high = -INFINITY;
        for (unsigned corner = 0; corner < 1u << (2 * N); corner++) {
            double sum = 0, weight = 0;
            for (int i = 0; i < N; i++) {
                double share = corner >> i & 1u ? weights[i].high : weights[i].low;
                sum += share * (corner >> (N + i) & 1u ? figures[i].high : figures[i].low);
                weight += share;
            }
            if (weight > 0) {
                low = fmin(low, sum / weight);
                high = fmax(high, sum / weight);
            }
        }
        behov_rounded mean = behov_rounded_mean(figures, weights, N);
        assert_digits(mean.low, low, 12);
        assert_digits(mean.high, high, 12);
    }
}

static void a_part_of_a_sum_that_may_be_zero_has_no_bounds(void **state)
{
    (void)state;
    behov_rounded part = behov_rounded_part(behov_rounded_new(1, 0), behov_rounded_new(-0.9, 1));
    assert_digits(part.value, 10, 12);
    assert_true(isnan(part.low) && isnan(part.high));
    assert_true(isnan(behov_rounded_part(behov_rounded_new(1, -1), behov_rounded_new(-1, -1)).value));
}

/* ---- factors ------------------------------------------------------------------------------------------------------- */

static void parts_of_a_change_add_up_to_it(void **state)
{
    (void)state;
    behov_growth_factors factors;
    behov_growth_factors_compute((behov_growth_year){1200, 100, 4}, (behov_growth_year){1875, 120, 5}, true, &factors);
    assert_int_equal(factors.reason, BEHOV_GROWTH_COMPLETE);
    /* 1200 thousand kr / 400 months = 3000 kr; 1875 / 600 = 3125 */
    assert_digits(factors.levels[0][BEHOV_GROWTH_AMOUNT], 3000, 14);
    assert_digits(factors.levels[1][BEHOV_GROWTH_AMOUNT], 3125, 14);
    assert_digits(factors.total, 1.5625, 14);
    assert_digits(factors.factors[0] * factors.factors[1] * factors.factors[2], 1.5625, 14);
    /* ln 1.2, ln 1.25, ln(25/24) over ln 1.5625 */
    assert_digits(factors.log_shares_pct[0], 40.8529746255643666, 12);
    assert_digits(factors.log_shares_pct[1], 50, 13);
    assert_digits(factors.log_shares_pct[2], 9.14702537443563, 11);
    double sum = 0;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        sum += factors.parts_1000kr[k];
    assert_digits(sum, 675, 13);
}

static void without_months_there_are_two_factors(void **state)
{
    (void)state;
    behov_growth_factors factors;
    behov_growth_factors_compute((behov_growth_year){1000, 50, NAN}, (behov_growth_year){1100, 55, NAN}, false,
                                 &factors);
    assert_digits(factors.levels[1][BEHOV_GROWTH_AMOUNT], 20000, 14);
    assert_true(isnan(factors.factors[BEHOV_GROWTH_MONTHS]) && isnan(factors.parts_1000kr[BEHOV_GROWTH_MONTHS]));
    assert_digits(factors.log_shares_pct[BEHOV_GROWTH_RECIPIENTS], 100, 13);
}

static void a_year_without_a_logarithm_says_why(void **state)
{
    (void)state;
    static const struct {
        behov_growth_year start;
        behov_growth_reason reason;
    } cases[] = {{{100, 0, 0}, BEHOV_GROWTH_NO_RECIPIENTS}, {{100, 0, NAN}, BEHOV_GROWTH_NO_RECIPIENTS},
                 {{0, 5, 4}, BEHOV_GROWTH_NO_EXPENDITURE},  {{-1, 5, 4}, BEHOV_GROWTH_NEGATIVE},
                 {{NAN, 5, 4}, BEHOV_GROWTH_MISSING},       {{100, NAN, 4}, BEHOV_GROWTH_MISSING},
                 {{100, 5, NAN}, BEHOV_GROWTH_MISSING}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_growth_factors factors;
        behov_growth_factors_compute(cases[i].start, (behov_growth_year){100, 5, 4}, true, &factors);
        assert_int_equal(factors.reason, cases[i].reason);
        assert_true(isnan(factors.total) && isnan(factors.log_shares_pct[0]) && isnan(factors.parts_1000kr[2]));
    }
}

/* Growth that cancels out has parts in kroner and no shares of it. */
static void no_change_has_no_shares(void **state)
{
    (void)state;
    behov_growth_factors factors;
    behov_growth_factors_compute((behov_growth_year){100, 10, 4}, (behov_growth_year){100, 20, 2}, true, &factors);
    assert_true(isnan(factors.log_shares_pct[0]));
    assert_digits(factors.parts_1000kr[0], 100 * log(2), 13);
    assert_digits(factors.parts_1000kr[1], -100 * log(2), 13);
}

static void log_mean_keeps_its_digits(void **state)
{
    (void)state;
    assert_digits_text(behov_log_mean(1, 1.0000001), "1.000000049999999195860066", 15); /* mpmath, 50 digits */
    assert_true(behov_log_mean(7, 7) == 7 && behov_log_mean(0, 7) == 0);
    assert_true(behov_log_mean(3, 11) == behov_log_mean(11, 3) ||
                fabs(behov_log_mean(3, 11) - behov_log_mean(11, 3)) < 1e-14);
}

static const char places[] = "municipality_code,municipality,year,expenditure_1000kr,recipients,months\n"
                             "\"0101\",A,2012,1200,100,4\n\"0101\",A,2016,1875,120,5\n"
                             "\"0102\",B,2012,300,20,5\n\"0102\",B,2016,330,0,.\n"
                             "\"0103\",C,2012,500,50,.\n\"0103\",C,2016,500,50,4\n"
                             "\"0104\",D,2016,500,50,4\n";

static void municipalities_and_their_sum(void **state)
{
    (void)state;
    behov_table *table = table_of_text(places);
    behov_service_figures figures;
    behov_growth_places growth;
    assert_int_equal(behov_service_figures_new(table, &figures, NULL), BEHOV_OK);
    assert_int_equal(behov_growth_places_compute(&figures, 0, 0, &growth, NULL), BEHOV_OK);
    assert_int_equal(growth.n, 4);
    assert_int_equal(growth.start, 2012);
    assert_int_equal(growth.all[0].factors.reason, BEHOV_GROWTH_COMPLETE);
    assert_int_equal(growth.all[1].factors.reason, BEHOV_GROWTH_NO_RECIPIENTS);
    assert_int_equal(growth.all[2].factors.reason, BEHOV_GROWTH_MISSING);
    assert_int_equal(growth.all[3].factors.reason, BEHOV_GROWTH_NO_YEAR);
    /* A alone, 1200 and 1875 thousand kr, 100 and 120 recipients of 4 and 5 months: B's 330 thousand kr of nobody would
     * stand in the others' kr per month */
    assert_int_equal(growth.n_in_sum, 1);
    assert_int_equal(growth.n_contradicting, 1);
    assert_digits(growth.together.total, 1.5625, 14);
    assert_digits(growth.together.factors[BEHOV_GROWTH_RECIPIENTS], 1.2, 14);
    assert_digits(growth.together.factors[BEHOV_GROWTH_MONTHS], 1.25, 14);
    behov_growth_places_free(&growth);
    behov_error err;
    assert_int_equal(behov_growth_places_compute(&figures, 2013, 2016, &growth, &err), BEHOV_E_NAME);
    assert_contains(err.what, "2012, 2016");
    behov_growth_places_free(&growth);
    behov_service_figures_free(&figures);
    behov_table_free(table);
}

/* ---- the report's factors ------------------------------------------------------------------------------------------ */

static behov_growth_printed printed_growth(double recipients)
{
    const behov_growth_printed_factor factors[] = {
        {.name = "recipients", .growth_pct = behov_rounded_new(recipients, 1)},
        {.name = "months", .growth_pct = behov_rounded_new(2.1, 1)},
        {.name = "amount", .growth_pct = behov_rounded_new(19.2, 1)}};
    behov_growth_printed printed;
    assert_int_equal(behov_growth_printed_compute(factors, 3, behov_rounded_new(38, 0), &printed, NULL), BEHOV_OK);
    return printed;
}

static void printed_factors_lie_below_nearly_38(void **state)
{
    (void)state;
    behov_growth_printed low = printed_growth(12.4), high = printed_growth(13.6);
    assert_digits_text(low.product.value, "1.367943968", 14);   /* 1.124 x 1.021 x 1.192 */
    assert_digits_text(low.product.low, "1.366092580125", 14);  /* 1.1235 x 1.0205 x 1.1915 */
    assert_digits_text(low.product.high, "1.369797024375", 14); /* 1.1245 x 1.0215 x 1.1925 */
    assert_int_equal(low.position, BEHOV_GROWTH_BELOW);         /* 1.375 */
    assert_digits_text(high.product.value, "1.382548352", 14);
    assert_int_equal(high.position, BEHOV_GROWTH_MEETS);
    /* ln 1.124 / ln 1.367943968 and so on */
    assert_digits_text(low.factors[0].log_share_pct.value, "37.3094306154365658633780", 12);
    assert_digits_text(low.factors[1].log_share_pct.value, "6.63324338454644294248255", 12);
    assert_digits_text(low.factors[2].log_share_pct.value, "56.0573260000169911941395", 12);
    assert_digits(low.factors[0].log_share_pct.low, 100 * log(1.1235) / (log(1.1235) + log(1.0215) + log(1.1925)), 12);
}

/* ---- groups -------------------------------------------------------------------------------------------------------- */

static behov_growth_groups groups_of(const char *text, behov_table **table)
{
    behov_growth_groups groups;
    *table = table_of_text(text);
    assert_int_equal(behov_growth_groups_compute(*table, &as_it_is, &groups, NULL), BEHOV_OK);
    return groups;
}

static void table_3_1_comes_out(void **state)
{
    (void)state;
    /* fractions: contribution, lowest and highest corner; of the sum, and of 13.6 */
    static const double want[5][6] = {{35.29487033935206, 35.03389851152595, 35.556863404379264, 35.26134453781513,
                                       34.972391602739975, 35.55249114539338},
                                      {18.407512993792793, 18.22475514818481, 18.591621674169062, 18.39002811223678,
                                       18.214126851948233, 18.567396054537383},
                                      {8.522233364214376, 8.406305423260166, 8.639377288368504, 8.514138286893704,
                                       8.407729106920792, 8.621576158308883},
                                      {20.11730825723765, 19.93076738983543, 20.305212049100845, 20.098199279711885,
                                       19.920711974836106, 20.27714593486204},
                                      {17.658075045403123, 17.48393079767025, 17.833565164935788, 17.6413020380566,
                                       17.476921948687863, 17.80705505680416}};
    behov_table *table;
    behov_growth_groups groups = groups_of(by_family, &table);
    assert_int_equal(groups.n, 5);
    assert_digits_text(groups.growth_pct[BEHOV_GROWTH_SUM].value, "13.585326668854142", 12);
    assert_digits(groups.growth_pct[BEHOV_GROWTH_PRINTED].value, 13.6, 15);
    assert_true(groups.shares_make_100 && groups.start == 2012 && groups.end == 2016);
    for (size_t k = 0; k < 5; k++) {
        for (int reading = 0; reading < BEHOV_GROWTH_READINGS; reading++) {
            behov_rounded contribution = groups.all[k].contributions_pct[reading];
            assert_digits(contribution.value, want[k][3 * reading], 12);
            assert_digits(contribution.low, want[k][3 * reading + 1], 11);
            assert_digits(contribution.high, want[k][3 * reading + 2], 11);
            assert_true(groups.all[k].is_within[reading]);
        }
    }
    /* 35.2 needs the growth of all to be above 13.6, 17.7 below: 1 / (1 - 100 / 35.25 x 39.4 x 12 / 11200) - 1 ... */
    assert_digits_text(groups.all[0].total_growth_pct.low, "13.604972375690608", 11);
    assert_digits_text(groups.all[0].total_growth_pct.high, "13.648960739030024", 11); /* 35.15 */
    assert_digits(groups.all[4].total_growth_pct.low, 13.55, 13);
    assert_digits_text(groups.all[4].total_growth_pct.high, "13.592386910643425", 11);
    behov_growth_groups_free(&groups);
    behov_table_free(table);
}

static void counts_are_exact_and_a_new_group_has_no_growth(void **state)
{
    (void)state;
    behov_table *table;
    behov_growth_groups groups = groups_of("group,2012,2016\nA,100,130\nB,0,10\nC,50,40\nTotalt,150,180\n", &table);
    assert_true(groups.is_of_counts);
    assert_digits(groups.all[0].contributions_pct[0].value, 100, 14);
    assert_digits(groups.all[1].contributions_pct[0].value, 100. / 3, 14);
    assert_digits(groups.all[2].contributions_pct[0].value, -100. / 3, 14);
    assert_true(isnan(groups.all[1].growth_pct.value));
    assert_true(groups.all[0].contributions_pct[0].low == groups.all[0].contributions_pct[0].high);
    behov_growth_groups_free(&groups);
    behov_table_free(table);
}

static void groups_that_have_not_grown_together_have_no_contributions(void **state)
{
    (void)state;
    behov_table *table;
    behov_growth_groups groups = groups_of("group,2012,2016\nA,100,130\nB,50,20\n", &table);
    assert_true(isnan(groups.all[0].contributions_pct[0].value));
    assert_true(groups.growth_pct[0].value == 0);
    behov_growth_groups_free(&groups);
    behov_table_free(table);
}

static void shares_that_do_not_make_100_are_told(void **state)
{
    (void)state;
    behov_table *table;
    behov_growth_groups groups = groups_of("group,share_pct,growth_pct\nA,60.0,10.0\nB,39.2,5.5\n", &table);
    assert_false(groups.shares_make_100);
    assert_digits(groups.share_sum_pct.value, 99.2, 14);
    behov_growth_groups_free(&groups);
    behov_table_free(table);
}

static void what_is_wrong_with_a_table_of_groups(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
        behov_status status;
    } cases[] = {{"group,2012,2016\nA,1,2\nA,3,4\n", "line 2", BEHOV_E_DATA},
                 {"group,2012,2016\nA,1,2\nB,-3,4\n", "below 0", BEHOV_E_DATA},
                 {"group,2012,2016\nA,1,2\nB,.,4\n", "missing", BEHOV_E_DATA},
                 {"group,2012,2016\nA,1,2\n,3,4\n", "no name", BEHOV_E_DATA},
                 {"group,2012\nA,1\n", "two years", BEHOV_E_DATA},
                 {"group,2012,2016\nTotalt,1,2\n", "no groups", BEHOV_E_DATA},
                 {"group,2012,2016\nA,1,2\nTotalt,1,3\n", "sum to 2", BEHOV_E_DATA},
                 {"group,share_pct,growth_pct\nA,50.0,-100.0\nB,50.0,1.0\n", "-100", BEHOV_E_DATA},
                 {"group,share_pct\nA,50.0\n", "growth_pct", BEHOV_E_NAME},
                 {"name,2012,2016\nA,1,2\n", "group", BEHOV_E_NAME}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_table *table = table_of_text(cases[i].text);
        behov_growth_groups groups;
        behov_error err;
        assert_int_equal(behov_growth_groups_compute(table, &as_it_is, &groups, &err), cases[i].status);
        assert_contains(err.what, cases[i].what);
        behov_growth_groups_free(&groups);
        behov_table_free(table);
    }
}

static void years_are_chosen_and_asked_back(void **state)
{
    (void)state;
    behov_table *table = table_of_text("group,2012,2014,2016\nA,100,110,130\nB,50,50,40\n");
    behov_growth_groups groups;
    behov_growth_choices choices = {.start = 2014};
    assert_int_equal(behov_growth_groups_compute(table, &choices, &groups, NULL), BEHOV_OK);
    assert_digits(groups.all[0].contributions_pct[0].value, 200, 14);
    behov_growth_groups_free(&groups);
    choices.end = 2015;
    behov_error err;
    assert_int_equal(behov_growth_groups_compute(table, &choices, &groups, &err), BEHOV_E_NAME);
    assert_contains(err.what, "2012, 2014, 2016");
    behov_growth_groups_free(&groups);
    choices.end = 2012;
    assert_int_equal(behov_growth_groups_compute(table, &choices, &groups, &err), BEHOV_E_ARGUMENT);
    behov_growth_groups_free(&groups);
    behov_table_free(table);
}

/* ---- index --------------------------------------------------------------------------------------------------------- */

static void table_3_2_comes_out(void **state)
{
    (void)state;
    behov_table *table = table_of_text(by_background);
    behov_growth_index index;
    assert_int_equal(behov_growth_index_compute(table, &as_it_is, &index, NULL), BEHOV_OK);
    assert_int_equal(index.n_years, 4);
    assert_digits(index.index[0 * 4 + 3].value, 130.4, 14);
    assert_digits(index.index[2 * 4 + 1].value, 101.1, 14);
    assert_digits(index.share_sum_pct.value, 99.2, 14); /* 42.9 + 1.3 + 55.0 */
    assert_false(index.shares_make_100);
    /* fractions: sum s I_t / I_end over sum s 100 / I_end */
    assert_digits_text(index.total[3].value, "107.91409862983893", 12);
    assert_digits_text(index.total[1].value, "103.8610128355637", 12);
    assert_digits_text(index.share_pct[0 * 4].value, "35.78872414299125", 12);
    assert_true(index.total[0].low == 100 && index.total[0].high == 100);
    /* the corners of shares, index and index of the last year, all of them by fractions */
    assert_digits_text(index.total[3].low, "107.83717780386309", 11);
    assert_digits_text(index.total[3].high, "107.99100654309966", 11);
    assert_digits_text(index.total[1].low, "103.80407426468145", 11);
    assert_digits_text(index.total[1].high, "103.91795115370063", 11);
    behov_growth_index_free(&index);
    behov_table_free(table);
}

static void an_index_of_counts(void **state)
{
    (void)state;
    behov_table *table = table_of_text("group,2012,2016\nA,100,130\nB,0,10\nC,50,40\n");
    behov_growth_index index;
    assert_int_equal(behov_growth_index_compute(table, &as_it_is, &index, NULL), BEHOV_OK);
    assert_digits(index.index[0 * 2 + 1].value, 130, 14);
    assert_true(isnan(index.index[1 * 2 + 1].value));
    assert_digits(index.total[1].value, 120, 14);
    assert_digits(index.share_pct[0 * 2 + 1].value, 100 * 130. / 180, 14);
    behov_growth_index_free(&index);
    behov_table_free(table);
}

/* ---- standardised growth ------------------------------------------------------------------------------------------- */

/* By hand: shares 0.5 0.5 -> 0.25 0.75, rates 10 2 -> 12 1: level 6 -> 3.75, standardised 6.5; rate effect 0.5 (1 - 0.5),
 * composition -0.25 x 10 + 0.25 x 2 = -2, interaction -0.25 x 2 + 0.25 x (-1) = -0.75; Kitagawa: rates 0.375 x 2 - 0.625 x
 * 1 = 0.125, composition -0.25 x 11 + 0.25 x 1.5 = -2.375. */
static void effects_by_hand_add_up(void **state)
{
    (void)state;
    behov_table *table = table_of_text("group,count_2012,count_2016,rate_2012,rate_2016\nA,50,30,10,12\nB,50,90,2,1\n");
    behov_standardised growth;
    assert_int_equal(behov_standardised_compute(table, &as_it_is, &growth, NULL), BEHOV_OK);
    assert_digits(growth.levels[0].value, 6, 14);
    assert_digits(growth.levels[1].value, 3.75, 14);
    assert_digits(growth.standardised.value, 6.5, 14);
    assert_digits(growth.rate_effect.value, 0.5, 14);
    assert_digits(growth.composition_effect, -2, 14);
    assert_digits(growth.interaction, -0.75, 14);
    assert_digits(growth.mean_rate_effect, 0.125, 14);
    assert_digits(growth.mean_composition_effect, -2.375, 14);
    assert_digits(growth.change.value, -2.25, 14);
    assert_true(growth.levels[0].low == growth.levels[0].high);
    behov_standardised_free(&growth);
    behov_table_free(table);
}

static void the_report_standardised(void **state)
{
    (void)state;
    behov_table *table = table_of_text(by_background);
    behov_standardised growth;
    assert_int_equal(behov_standardised_compute(table, &as_it_is, &growth, NULL), BEHOV_OK);
    assert_true(growth.is_of_index);
    /* fractions: recipients over rates */
    assert_digits_text(growth.levels[0].value, "2.3249808283443234", 12);
    assert_digits_text(growth.levels[1].value, "2.4301316729611107", 12);
    assert_digits_text(growth.standardised.value, "2.3311182668514543", 12);
    assert_digits_text(growth.all[0].shares_pct[1], "13.136674492191487", 12);
    assert_true(growth.rate_effect.low < 0 && growth.rate_effect.high > 0); /* one decimal does not tell its sign */
    assert_digits(growth.rate_effect.value + growth.composition_effect + growth.interaction, growth.change.value, 11);
    assert_digits(growth.mean_rate_effect + growth.mean_composition_effect, growth.change.value, 11);
    behov_standardised_free(&growth);
    behov_table_free(table);
}

/* ---- memory -------------------------------------------------------------------------------------------------------- */

/* Everything of the report and of municipalities, with its page; the first failure, or BEHOV_OK. */
static behov_status compute_all(behov_table *const tables[3])
{
    behov_growth_groups groups = {0};
    behov_growth_index index = {0};
    behov_standardised standardised = {0};
    behov_service_figures figures = {0};
    behov_growth_places growth = {0};
    behov_section_list list = {0};
    behov_status status = behov_growth_groups_compute(tables[0], &as_it_is, &groups, NULL);
    if (!status)
        status = behov_growth_index_compute(tables[1], &as_it_is, &index, NULL);
    if (!status)
        status = behov_standardised_compute(tables[1], &as_it_is, &standardised, NULL);
    if (!status)
        status = behov_service_figures_new(tables[2], &figures, NULL);
    if (!status)
        status = behov_growth_places_compute(&figures, 0, 0, &growth, NULL);
    const behov_growth_page pages[] = {{.groups = &groups, .path = "a", .is_of_report = true},
                                       {.index = &index, .path = "a"},
                                       {.standardised = &standardised, .path = "a"},
                                       {.places = &growth, .path = "a"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages && !status; i++)
        status = behov_growth_add(&pages[i], &list, NULL);
    behov_section_list_free(&list);
    behov_growth_groups_free(&groups);
    behov_growth_index_free(&index);
    behov_standardised_free(&standardised);
    behov_growth_places_free(&growth);
    behov_service_figures_free(&figures);
    return status;
}

static void memory_that_ends_anywhere_is_told(void **state)
{
    (void)state;
    behov_table *tables[] = {table_of_text(by_family), table_of_text(by_background), table_of_text(places)};
    for (size_t n = 1;; n++) {
        failing_malloc_start(n);
        behov_status status = compute_all(tables);
        bool was_reached = failing_malloc_stop();
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    for (size_t i = 0; i < 3; i++)
        behov_table_free(tables[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_printed_figure_stands_for_half_a_unit_to_both_sides),
        cmocka_unit_test(ends_of_a_mean_are_its_best_corners),
        cmocka_unit_test(a_part_of_a_sum_that_may_be_zero_has_no_bounds),
        cmocka_unit_test(parts_of_a_change_add_up_to_it),
        cmocka_unit_test(without_months_there_are_two_factors),
        cmocka_unit_test(a_year_without_a_logarithm_says_why),
        cmocka_unit_test(no_change_has_no_shares),
        cmocka_unit_test(log_mean_keeps_its_digits),
        cmocka_unit_test(municipalities_and_their_sum),
        cmocka_unit_test(printed_factors_lie_below_nearly_38),
        cmocka_unit_test(table_3_1_comes_out),
        cmocka_unit_test(counts_are_exact_and_a_new_group_has_no_growth),
        cmocka_unit_test(groups_that_have_not_grown_together_have_no_contributions),
        cmocka_unit_test(shares_that_do_not_make_100_are_told),
        cmocka_unit_test(what_is_wrong_with_a_table_of_groups),
        cmocka_unit_test(years_are_chosen_and_asked_back),
        cmocka_unit_test(table_3_2_comes_out),
        cmocka_unit_test(an_index_of_counts),
        cmocka_unit_test(effects_by_hand_add_up),
        cmocka_unit_test(the_report_standardised),
        cmocka_unit_test(memory_that_ends_anywhere_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
