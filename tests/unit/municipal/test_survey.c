/* test_survey.c - answers of offices: their words, offices and municipalities that hang together, what is tested and what
 * not. Statistics against R stand in tests/cross/test_group_tests.c; those here are R's of eight units. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/survey.h>
#include <behov/survey_answers.h>
#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

enum { PLACES = 9, YEARS = 2 };

/* Ratios of two years; needs 100 but for the first two places, whose ratio together is (80*100 + 120*300) / 400 = 110. */
static behov_municipality all_places[PLACES] = {
    {"0101", "Halden", 0, 0},      {"0104", "Moss", 0, 1},    {"0105", "Sarpsborg", 0, 2},
    {"0106", "Fredrikstad", 0, 3}, {"0111", "Hvaler", 0, 4},  {"0118", "Aremark", 0, 5},
    {"0119", "Marker", 0, 6},      {"0121", "Rømskog", 0, 7}, {"0122", "Trøgstad", 0, 8}};
static double ratios_by_year[PLACES * YEARS] = {80,  80, 120, 120, 90,  90, 95, 95, 131,
                                                131, 70, 70,  104, 104, 88, 88, 99, 99};
static double needs_by_year[PLACES * YEARS] = {100, 100, 300, 300, 100, 100, 100, 100, 100,
                                               100, 100, 100, 100, 100, 100, 100, 100, 100};
static int both_years[YEARS] = {2015, 2016};

static double actual_levels[PLACES * YEARS], need_levels[PLACES * YEARS];

/* Needs of 1 per inhabitant, inhabitants the needs above. */
static behov_ratio_table table_of_ratios(void)
{
    for (size_t i = 0; i < PLACES * YEARS; i++) {
        need_levels[i] = 1;
        actual_levels[i] = ratios_by_year[i] / 100;
    }
    return (behov_ratio_table){.levels = {actual_levels, need_levels},
                               .populations = needs_by_year,
                               .places = {all_places, PLACES, "panel.csv"},
                               .years = both_years,
                               .n_years = YEARS,
                               .ratios = ratios_by_year,
                               .needs = needs_by_year};
}

/* An open survey with all that it stands on. */
typedef struct opened {
    behov_table *table;
    behov_survey_answers answers;
    behov_ratio_table ratios;
    behov_survey survey;
    behov_error err;
} opened;

static behov_status open_survey(const char *text, const behov_survey_columns *columns, int year, opened *opened)
{
    static const behov_survey_columns none = {0};
    opened->ratios = table_of_ratios();
    opened->table = table_of_text(text);
    opened->survey = (behov_survey){.n_units = 0};
    behov_status status =
        behov_survey_answers_read(opened->table, columns ? columns : &none, &opened->answers, &opened->err);
    const behov_survey_options options = {year, 0.95};
    return status ? status
                  : behov_survey_new(&opened->ratios, &opened->answers, &options, &opened->survey, &opened->err);
}

static void close_survey(opened *opened)
{
    behov_survey_free(&opened->survey);
    behov_survey_answers_free(&opened->answers);
    behov_table_free(opened->table);
}

/* Two municipalities of one office are one unit; two offices of one municipality are averaged by their weights. */
static const char eight_units[] = "kontor,kommunenr,vekt,plikt,tillit,antall\n"
                                  "\"A\",\"0101;0104\",1,\"ja\",\"enig\",\"4\"\n"
                                  "\"B\",\"0105\",3,\"Ja\",\"helt enig\",\"7\"\n"
                                  "\"C\",\"0105\",1,\"JA\",\"helt enig\",\"3\"\n"
                                  "\"D\",\"0106\",1,\"nei\",\"Uenig\",\"2\"\n"
                                  "\"E\",\"0111\",1,\"ja\",\"helt enig\",\"9\"\n"
                                  "\"F\",\"0118\",1,\"nei\",\"helt uenig\",\"1\"\n"
                                  "\"G\",\"0119\",1,\"ja\",\"enig\",\"8\"\n"
                                  "\"H\",\"0121\",1,\"nei\",\"vet ikke\",\"3\"\n"
                                  "\"I\",\"0122\",1,\"nei\",\"uenig\",\"5\"\n";

static void what_hangs_together_is_one_unit(void **state)
{
    opened opened;
    (void)state;
    const behov_survey_columns columns = {.weight = "vekt"};
    assert_int_equal(open_survey(eight_units, &columns, 0, &opened), BEHOV_OK);
    const behov_survey *survey = &opened.survey;
    assert_int_equal(survey->n_units, 8);
    assert_int_equal(survey->n_units_with_ratio, 8);
    assert_int_equal(survey->n_municipalities, 9);
    assert_int_equal(survey->n_shared_offices, 1);
    assert_int_equal(survey->n_municipalities_with_several, 1);
    assert_digits(survey->units[0].ratio, 110, 15);
    assert_int_equal(survey->units[0].n_municipalities, 2);
    assert_int_equal(survey->units[1].n_offices, 2);
    assert_int_equal(survey->n_traits, 3);
    assert_digits(behov_survey_value_of(survey, 2, 1), (3 * 7 + 1 * 3) / 4., 15);
    /* R: t.test(c(110,90,131,104), c(95,70,88,99)); p.adjust of the three p */
    const behov_survey_trait *duty = &survey->traits[0];
    assert_true(duty->question->is_yes_no && duty->n_yes == 4 && duty->n_no == 4 && !duty->reason);
    assert_digits(duty->welch.difference, 20.75, 15);
    assert_digits(duty->p, 0.103319002400517, 10);
    assert_digits(duty->welch.low, -5.83453255703156, 10);
    const behov_survey_trait *trust = &survey->traits[1];
    assert_true(!trust->question->is_yes_no && trust->n_units == 7 && trust->n_missing_units == 1);
    assert_int_equal(trust->question->n_words, 5);
    assert_string_equal(trust->question->words[1], "Uenig");
    assert_digits(trust->rho.estimate, 0.532311746205405, 10);
    assert_digits(trust->p, 0.218708503110724, 10);
    assert_digits(survey->traits[2].p, 0.0575892857142857, 10);
    assert_digits(duty->p_holm, 0.206638004801034, 10);
    assert_digits(survey->traits[2].p_holm, 0.172767857142857, 10);
    assert_digits(trust->p_bh, 0.218708503110724, 10);
    close_survey(&opened);
    /* another order of offices: the same answer */
    static const char turned[] =
        "kontor,kommunenr,plikt\n\"I\",\"0122\",\"nei\"\n\"H\",\"0121\",\"nei\"\n\"G\",\"0119\",\"ja\"\n"
        "\"F\",\"0118\",\"nei\"\n\"E\",\"0111\",\"ja\"\n\"D\",\"0106\",\"nei\"\n\"C\",\"0105\",\"ja\"\n"
        "\"A\",\"0104; 101\",\"1\"\n";
    assert_int_equal(open_survey(turned, NULL, 2016, &opened), BEHOV_OK);
    assert_digits(opened.survey.traits[0].p, 0.103319002400517, 10);
    close_survey(&opened);
}

/* A - 1, 2; B - 2, 3: none of them varies by itself. Offices that differ are in no group. */
static void chains_are_one_unit(void **state)
{
    opened opened;
    (void)state;
    assert_int_equal(open_survey("office,municipality_code,a\n\"A\",\"0101/0104\",\"yes\"\n\"B\",\"0104/0105\",\"no\"\n"
                                 "\"C\",\"0106\",\"no\"\n\"D\",\"9999x;0111\",\"no\"\n\"E\",\"9998\",\"yes\"\n",
                                 NULL, 0, &opened),
                     BEHOV_OK);
    const behov_survey *survey = &opened.survey;
    assert_int_equal(survey->n_units, 3);
    assert_int_equal(survey->units[0].n_offices, 2);
    assert_int_equal(survey->units[0].n_municipalities, 3);
    assert_digits(survey->units[0].ratio, (80 * 100 + 120 * 300 + 90 * 100) / 500., 15);
    assert_digits(behov_survey_value_of(survey, 0, 0), 0.5, 15);
    assert_int_equal(survey->traits[0].n_mixed, 1);
    assert_int_equal(survey->unknown.n, 2);
    assert_string_equal(survey->unknown.all[0].text, "9999x");
    assert_int_equal(survey->n_offices_left_out, 1);
    assert_int_equal(survey->unit_of_office[4], survey->n_units);
    assert_int_equal(survey->traits[0].reason, BEHOV_SURVEY_FEW_UNITS);
    assert_true(isnan(survey->traits[0].p) && isnan(survey->traits[0].welch.low));
    assert_digits(survey->traits[0].welch.mean_y, (95 + 131) / 2., 15);
    close_survey(&opened);
}

static void what_is_not_tested_says_why(void **state)
{
    opened opened;
    (void)state;
    static const char text[] = "kommunenr,same,small,none,few\n"
                               "\"0101\",\"ja\",\"ja\",\"\",\"1\"\n\"0104\",\"ja\",\"ja\",\"\",\"2\"\n"
                               "\"0105\",\"ja\",\"nei\",\"vet ikke\",\"3\"\n\"0106\",\"ja\",\"nei\",\"\",\"\"\n"
                               "\"0111\",\"ja\",\"nei\",\"..\",\"\"\n\"0118\",\"ja\",\"nei\",\"\",\"\"\n"
                               "\"0119\",\"ja\",\"nei\",\"\",\"5\"\n";
    assert_int_equal(open_survey(text, NULL, 0, &opened), BEHOV_OK);
    const behov_survey_trait *traits = opened.survey.traits;
    assert_int_equal(traits[0].reason, BEHOV_SURVEY_ONE_VALUE);
    assert_int_equal(traits[1].reason, BEHOV_SURVEY_SMALL_GROUP);
    assert_int_equal(traits[2].reason, BEHOV_SURVEY_NO_ANSWERS);
    assert_int_equal(traits[2].n_missing_units, 7);
    assert_int_equal(traits[3].reason, BEHOV_SURVEY_FEW_UNITS);
    assert_int_equal(opened.survey.n_tested, 0);
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(traits[k].verdict, BEHOV_SURVEY_NOT_TESTED);
        assert_true(isnan(traits[k].p) && isnan(traits[k].p_holm) && isnan(traits[k].rho.estimate));
    }
    close_survey(&opened);
}

/* text, order or NULL, status, what the message holds */
static void what_is_not_understood_is_named(void **state)
{
    static const struct {
        const char *text, *order;
        behov_status status;
        const char *where, *words;
    } cases[] = {
        {"kommunenr,a\n\"0101\",\"ja\"\n\"0104\",\"kanskje\"\n", NULL, BEHOV_E_DATA, "line 3", "kanskje"},
        {"kommunenr,a\n\"0101\",\"ofte\"\n\"0104\",\"stadig\"\n", NULL, BEHOV_E_DATA, "line 3", "aldri, sjelden"},
        {"kommunenr,a\n\"0101\",\"rødt\"\n\"0104\",\"grønt\"\n", "grønt, rødt", BEHOV_OK, "", ""},
        {"kommunenr,a\n\"0101\",\"rødt\"\n\"0104\",\"gult\"\n", "grønt,rødt", BEHOV_E_DATA, "line 3", "grønt, rødt"},
        {"kommunenr,a\n\"0101\",\"ja\"\n\"0104\",\"nei\"\n", "grønt,rødt", BEHOV_E_ARGUMENT, "", "grønt,rødt"},
        {"kommunenr,a\n\"0101\",\"ja\"\n", "grønt", BEHOV_E_ARGUMENT, "", "two words"},
        {"kommunenr,a\n\"0101\",\"ja\"\n\"\",\"nei\"\n", NULL, BEHOV_E_DATA, "line 3", "no municipality code"},
        {"kontor,kommunenr,a\n\"A\",\"0101\",\"ja\"\n\"A\",\"0101\",\"nei\"\n", NULL, BEHOV_E_DATA, "line 3", "again"},
        {"kontor,a\n\"A\",\"ja\"\n", NULL, BEHOV_E_NAME, "", "municipality_code"},
        {"kontor,kommunenr\n\"A\",\"0101\"\n", NULL, BEHOV_E_DATA, "", "no columns of answers"},
        {"kommunenr,a\n\"9998\",\"ja\"\n", NULL, BEHOV_E_DATA, "", "no answer is of"},
        {"kommunenr,a\n\"0101\",\"ja\"\n", NULL, BEHOV_E_DATA, "", "one unit"},
        {"kommunenr,a\n\"0101\",\"lite\"\n", "lite,mye,lite", BEHOV_E_ARGUMENT, "", "stands twice"},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        opened opened = {.err = {.what = ""}};
        const behov_survey_columns columns = {.orders = &cases[c].order, .n_orders = cases[c].order ? 1 : 0};
        behov_status status = open_survey(cases[c].text, &columns, 0, &opened);
        if (status != cases[c].status || !strstr(opened.err.what, cases[c].words) ||
            !strstr(opened.err.where, cases[c].where))
            fail_msg("case %zu: %d %s: %s", c, status, opened.err.where, opened.err.what);
        close_survey(&opened);
    }
}

/* Sums over the years per inhabitant, as a ranking has it: (0.6 + 2.4) / (1 + 3), whatever the inhabitants of each year are; in
 * kroner it would be (0.6 * 100 + 2.4 * 300) / (1 * 100 + 3 * 300) = 0.78. Of two municipalities with 200 and 300 inhabitants on the
 * mean (1.5 * 200 + 1.2 * 300) / (2 * 200 + 1 * 300). */
static void years_are_summed_as_a_ranking_sums_them(void **state)
{
    static double actual[PLACES * YEARS] = {0.6, 2.4, 1.2, 1.2, 0.9, 0.9}, need[PLACES * YEARS] = {1, 3, 1, 1, 1, 1},
                                  populations[PLACES * YEARS] = {100, 300, 300, 300, 100, 100};
    opened alone, together;
    (void)state;
    assert_int_equal(open_survey("kommunenr,a\n\"0101\",\"ja\"\n\"0104\",\"nei\"\n", NULL, 0, &alone), BEHOV_OK);
    assert_int_equal(open_survey("kommunenr,a\n\"0101;0104\",\"ja\"\n\"0105\",\"nei\"\n", NULL, 0, &together),
                     BEHOV_OK);
    opened *both[] = {&alone, &together};
    const double ratios[] = {75, 100 * (1.5 * 200 + 1.2 * 300) / (2 * 200 + 300)};
    for (size_t i = 0; i < 2; i++) {
        both[i]->ratios.levels[BEHOV_RATIO_ACTUAL] = actual;
        both[i]->ratios.levels[BEHOV_RATIO_NEED] = need;
        both[i]->ratios.populations = populations;
        behov_survey_free(&both[i]->survey);
        const behov_survey_options options = {0, 0.95};
        assert_int_equal(behov_survey_new(&both[i]->ratios, &both[i]->answers, &options, &both[i]->survey, NULL),
                         BEHOV_OK);
        assert_digits(both[i]->survey.units[0].ratio, ratios[i], 14);
        close_survey(both[i]);
    }
}

/* Two rows that agree are one office of both municipalities, and one's answer fills the other's gap; else both rows are named. */
static void rows_of_one_office_are_joined(void **state)
{
    opened opened = {.err = {.what = ""}};
    (void)state;
    assert_int_equal(open_survey("kontor,kommunenr,a,b\n\"A\",\"0101\",\"Ja\",\"\"\n\"B\",\"0105\",\"nei\",\"2\"\n"
                                 "\"A\",\"0104;0101\",\"ja\",\"3\"\n\"C\",\"0106\",\"nei\",\"\"\n",
                                 NULL, 0, &opened),
                     BEHOV_OK);
    assert_int_equal(opened.answers.n_offices, 3);
    assert_int_equal(opened.answers.n_joined, 1);
    assert_int_equal(opened.answers.offices[0].n_rows, 2);
    assert_int_equal(opened.answers.offices[0].municipalities.n, 2);
    assert_string_equal(opened.answers.offices[2].name, "C");
    assert_digits(opened.answers.questions[1].answers[0], 3, 15);
    assert_int_equal(opened.answers.questions[1].n_missing, 1);
    assert_int_equal(opened.survey.n_units, 3);
    assert_digits(opened.survey.units[0].ratio, 110, 15);
    close_survey(&opened);
    assert_int_equal(open_survey("kontor,kommunenr,a\n\"A\",\"0101\",\"ja\"\n\"B\",\"0105\",\"nei\"\n"
                                 "\"A\",\"0104\",\"nei\"\n",
                                 NULL, 0, &opened),
                     BEHOV_E_DATA);
    assert_non_null(strstr(opened.err.where, "line 4"));
    assert_non_null(strstr(opened.err.what, "line 2"));
    close_survey(&opened);
}

static void years_are_chosen(void **state)
{
    opened opened;
    static const char text[] = "kommunenr,a\n\"0101\",\"ja\"\n\"0104\",\"nei\"\n";
    (void)state;
    ratios_by_year[0] = 60; /* 0101 in 2015 */
    assert_int_equal(open_survey(text, NULL, 0, &opened), BEHOV_OK);
    assert_digits(opened.survey.units[0].ratio, 70, 15);
    close_survey(&opened);
    assert_int_equal(open_survey(text, NULL, 2015, &opened), BEHOV_OK);
    assert_digits(opened.survey.units[0].ratio, 60, 15);
    close_survey(&opened);
    ratios_by_year[0] = NAN;
    assert_int_equal(open_survey(text, NULL, 0, &opened), BEHOV_OK);
    assert_true(opened.survey.units[0].is_partial && opened.survey.n_partial_units == 1);
    assert_digits(opened.survey.units[0].ratio, 80, 15);
    close_survey(&opened);
    ratios_by_year[0] = 80;
    needs_by_year[1] = NAN; /* one municipality needs no inhabitants; of two a plain mean is taken: (85 + 120) / 2 */
    ratios_by_year[1] = 90;
    assert_int_equal(open_survey(text, NULL, 0, &opened), BEHOV_OK);
    assert_int_equal(opened.survey.n_unweighted_units, 0);
    assert_digits(opened.survey.units[0].ratio, 85, 15);
    close_survey(&opened);
    static const char shared[] = "kommunenr,a\n\"0101;0104\",\"ja\"\n\"0105\",\"nei\"\n";
    assert_int_equal(open_survey(shared, NULL, 0, &opened), BEHOV_OK);
    assert_int_equal(opened.survey.n_unweighted_units, 1);
    assert_digits(opened.survey.units[0].ratio, 102.5, 15);
    close_survey(&opened);
    needs_by_year[1] = 100;
    ratios_by_year[1] = 80;
    assert_int_equal(open_survey(text, NULL, 2014, &opened), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(opened.err.what, "2015"));
    close_survey(&opened);
}

static void strength_is_that_of_the_interval(void **state)
{
    (void)state;
    const behov_rank_correlation wide = {.low = 0.05, .high = 0.6}, falling = {.low = -0.8, .high = -0.35},
                                 both = {.low = -0.2, .high = 0.25}, none = {.low = NAN, .high = NAN};
    assert_int_equal(behov_survey_least_strength(&wide), BEHOV_SURVEY_NEGLIGIBLE);
    assert_int_equal(behov_survey_most_strength(&wide), BEHOV_SURVEY_STRONG);
    assert_int_equal(behov_survey_least_strength(&falling), BEHOV_SURVEY_MIDDLE);
    assert_int_equal(behov_survey_least_strength(&both), BEHOV_SURVEY_NEGLIGIBLE);
    assert_int_equal(behov_survey_most_strength(&both), BEHOV_SURVEY_WEAK);
    assert_int_equal(behov_survey_least_strength(&none), BEHOV_SURVEY_NEGLIGIBLE);
}

static void memory_may_end_anywhere(void **state)
{
    static const char *const orders[] = {"helt uenig,uenig,enig,helt enig"};
    const behov_survey_columns columns = {.orders = orders, .n_orders = 1, .weight = "vekt"};
    (void)state;
    behov_table *table = table_of_text(eight_units);
    for (size_t n = 1;; n++) {
        behov_error err;
        behov_ratio_table ratios = table_of_ratios();
        behov_survey_answers answers = {.n_offices = 0};
        behov_survey survey = {.n_units = 0};
        const behov_survey_options options = {0, 0.95};
        failing_malloc_start(n);
        behov_status status = behov_survey_answers_read(table, &columns, &answers, &err);
        if (!status)
            status = behov_survey_new(&ratios, &answers, &options, &survey, &err);
        bool was_reached = failing_malloc_stop();
        behov_survey_free(&survey);
        behov_survey_answers_free(&answers);
        if (status != (was_reached ? BEHOV_E_MEMORY : BEHOV_OK))
            fail_msg("allocation %zu: status %d", n, status);
        if (!was_reached)
            break;
    }
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_hangs_together_is_one_unit),
        cmocka_unit_test(chains_are_one_unit),
        cmocka_unit_test(what_is_not_tested_says_why),
        cmocka_unit_test(what_is_not_understood_is_named),
        cmocka_unit_test(years_are_summed_as_a_ranking_sums_them),
        cmocka_unit_test(rows_of_one_office_are_joined),
        cmocka_unit_test(years_are_chosen),
        cmocka_unit_test(strength_is_that_of_the_interval),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
