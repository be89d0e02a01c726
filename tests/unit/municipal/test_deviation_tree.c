/* test_deviation_tree.c - deviations taken apart, against sums by hand; figures of a service out of a long table. */
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

#define HEADER "municipality_code,municipality,year,function,unit,expenditure_1000kr,recipients,months,population\n"

/* A: 1000 inhabitants, 40 recipients x 5 months x 10 000 kr. B: 3000 inhabitants, 60 x 4 x 7 500 kr. */
static const char two[] = HEADER "\"0101\",A,2013,\"281\",\"\",2000,40,5,1000\n"
                                 "\"0101\",A,2013,\"242\",\"NAV\",500,.,.,1000\n"
                                 "\"0101\",A,2013,\"242\",\"Flyktning\",100,.,.,1000\n"
                                 "\"0101\",A,2013,\"275\",\"\",900,.,.,1000\n"
                                 "\"0102\",B,2013,\"281\",\"\",1800,60,4,3000\n"
                                 "\"0102\",B,2013,\"242\",\"\",1000,.,.,3000\n";

typedef struct tree_of_text {
    behov_table *table;
    behov_service_figures figures;
    behov_deviation_tree tree;
} tree_of_text;

static behov_status open_tree(const char *text, tree_of_text *out, behov_error *err)
{
    *out = (tree_of_text){.table = table_of_text(text)};
    behov_status status = behov_service_figures_new(out->table, &out->figures, err);
    return status ? status : behov_deviation_tree_compute(&out->figures, 0, 0, NULL, &out->tree, err);
}

static void close_tree(tree_of_text *tree)
{
    behov_deviation_tree_free(&tree->tree);
    behov_service_figures_free(&tree->figures);
    behov_table_free(tree->table);
}

static void parts_add_up_by_hand(void **state)
{
    (void)state;
    tree_of_text built;
    assert_int_equal(open_tree(two, &built, NULL), BEHOV_OK);
    const behov_deviation_tree *tree = &built.tree;
    assert_int_equal(tree->n, 2);
    const behov_tree_function *advice = &tree->functions[0], *benefit = &tree->functions[1];
    assert_string_equal(advice->function, "242");
    assert_int_equal(advice->depth, BEHOV_TREE_FUNCTION);
    assert_int_equal(advice->stop, BEHOV_TREE_NO_RECIPIENT_FIGURES);
    /* 600 against (600 + 1000) / 4000 x 1000 = 400 */
    assert_digits(advice->own_1000kr, 600, 14);
    assert_digits(advice->reference_1000kr, 400, 14);
    /* 2000 against 3800 / 4 = 950; recipients 40 against 25 per 1000; months 5 against 440 / 100; kr 10 000 against
     * 3 800 000 / 440 */
    assert_int_equal(benefit->depth, BEHOV_TREE_MONTHS);
    assert_digits(benefit->deviation_1000kr, 1050, 13);
    assert_digits(benefit->levels[1][BEHOV_GROWTH_RECIPIENTS], 25, 14);
    assert_digits(benefit->levels[1][BEHOV_GROWTH_MONTHS], 4.4, 14);
    assert_digits(benefit->levels[1][BEHOV_GROWTH_AMOUNT], 3800000. / 440, 14);
    double log_mean = 1050 / log(2000. / 950), sum = 0;
    assert_digits(benefit->parts_1000kr[BEHOV_GROWTH_RECIPIENTS], log_mean * log(40. / 25), 13);
    assert_digits(benefit->parts_1000kr[BEHOV_GROWTH_MONTHS], log_mean * log(5 / 4.4), 12);
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        sum += benefit->parts_1000kr[k];
    assert_digits(sum, 1050, 13);
    assert_digits(tree->deviation_1000kr, 1250, 13);
    assert_int_equal(tree->n_others, 1);
    assert_string_equal(tree->others[0].function, "275");
    assert_int_equal(tree->n_missing, 2); /* 243, 276 */
    close_tree(&built);
}

static void swapping_the_two_turns_the_signs_of_a_pair(void **state)
{
    (void)state;
    /* against a reference of itself and one other of the same size the deviation is half the difference */
    tree_of_text one, other;
    assert_int_equal(
        open_tree(HEADER "\"0101\",A,2013,\"281\",\"\",300,10,3,1000\n\"0102\",B,2013,\"281\",\"\",800,20,4,1000\n",
                  &one, NULL),
        BEHOV_OK);
    assert_int_equal(
        open_tree(HEADER "\"0101\",A,2013,\"281\",\"\",800,20,4,1000\n\"0102\",B,2013,\"281\",\"\",300,10,3,1000\n",
                  &other, NULL),
        BEHOV_OK);
    assert_digits(one.tree.deviation_1000kr, -250, 14);
    assert_digits(other.tree.deviation_1000kr, 250, 14);
    close_tree(&one);
    close_tree(&other);
}

static void nobody_on_one_side_is_the_limit(void **state)
{
    (void)state;
    tree_of_text built;
    assert_int_equal(open_tree(HEADER
                               "\"0101\",A,2013,\"276\",\"\",0,0,.,1000\n\"0102\",B,2013,\"276\",\"\",800,20,4,1000\n",
                               &built, NULL),
                     BEHOV_OK);
    const behov_tree_function *function = &built.tree.functions[0];
    assert_int_equal(function->depth, BEHOV_TREE_MONTHS);
    assert_digits(function->parts_1000kr[BEHOV_GROWTH_RECIPIENTS], -400, 14);
    assert_true(function->parts_1000kr[BEHOV_GROWTH_MONTHS] == 0);
    assert_true(function->parts_1000kr[BEHOV_GROWTH_AMOUNT] == 0);
    close_tree(&built);
}

static void figures_without_a_logarithm_stop_at_the_function(void **state)
{
    (void)state;
    static const struct {
        const char *own;
        behov_tree_stop stop;
    } cases[] = {{"\"0101\",A,2013,\"281\",\"\",300,0,.,1000\n", BEHOV_TREE_ZERO_RECIPIENTS},
                 {"\"0101\",A,2013,\"281\",\"\",-300,5,4,1000\n", BEHOV_TREE_NEGATIVE},
                 {"\"0101\",A,2013,\"281\",\"\",0,5,4,1000\n", BEHOV_TREE_ZERO_RECIPIENTS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[600] = HEADER "\"0102\",B,2013,\"281\",\"\",800,20,4,1000\n";
        tree_of_text built;
        strcat(text, cases[i].own);
        assert_int_equal(open_tree(text, &built, NULL), BEHOV_OK);
        assert_int_equal(built.tree.functions[0].depth, BEHOV_TREE_FUNCTION);
        assert_int_equal(built.tree.functions[0].stop, cases[i].stop);
        assert_true(isnan(built.tree.functions[0].parts_1000kr[0]));
        close_tree(&built);
    }
}

/* B: 200 recipients of 4 months and 4000; C and D contradict themselves, E has no recipients' figures. */
static void others_that_contradict_are_out_of_both(void **state)
{
    (void)state;
    static const char others[] = HEADER "\"0102\",B,2013,\"281\",\"\",4000,200,4,2000\n"
                                        "\"0103\",C,2013,\"281\",\"\",5000,0,.,1000\n"
                                        "\"0104\",D,2013,\"281\",\"\",0,9,4,1000\n"
                                        "\"0105\",E,2013,\"281\",\"\",700,.,.,1000\n";
    char text[800];
    tree_of_text built;
    strcat(strcpy(text, others), "\"0101\",A,2013,\"281\",\"\",2000,100,5,1000\n");
    assert_int_equal(open_tree(text, &built, NULL), BEHOV_OK);
    const behov_tree_function *function = &built.tree.functions[0];
    assert_int_equal(function->depth, BEHOV_TREE_MONTHS);
    assert_int_equal(function->n_reference, 2);
    assert_int_equal(function->n_contradicting, 2);
    assert_int_equal(function->n_without_figures, 1);
    assert_digits(function->reference_1000kr, 2000, 14); /* 6000 of 3000 inhabitants */
    assert_digits(function->levels[1][BEHOV_GROWTH_RECIPIENTS], 100, 14);
    close_tree(&built);
    /* its own: the first level, against all five */
    strcat(strcpy(text, others), "\"0101\",A,2013,\"281\",\"\",2300,0,0,1000\n");
    assert_int_equal(open_tree(text, &built, NULL), BEHOV_OK);
    function = &built.tree.functions[0];
    assert_int_equal(function->depth, BEHOV_TREE_FUNCTION);
    assert_int_equal(function->stop, BEHOV_TREE_ZERO_RECIPIENTS);
    assert_int_equal(function->n_reference, 5);
    assert_int_equal(function->n_contradicting, 0);
    assert_digits(function->reference_1000kr, 2000, 14); /* 12 000 of 6000 */
    close_tree(&built);
}

static void without_months_it_stops_at_recipients(void **state)
{
    (void)state;
    tree_of_text built;
    assert_int_equal(
        open_tree(HEADER "\"0101\",A,2013,\"281\",\"\",2000,40,.,1000\n\"0102\",B,2013,\"281\",\"\",1800,60,4,3000\n",
                  &built, NULL),
        BEHOV_OK);
    const behov_tree_function *function = &built.tree.functions[0];
    assert_int_equal(function->depth, BEHOV_TREE_RECIPIENTS);
    assert_int_equal(function->stop, BEHOV_TREE_NO_MONTH_FIGURES);
    assert_digits(function->parts_1000kr[BEHOV_GROWTH_RECIPIENTS] + function->parts_1000kr[BEHOV_GROWTH_AMOUNT],
                  function->deviation_1000kr, 13);
    close_tree(&built);
}

static void what_is_wrong_with_figures(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
        behov_status status;
    } cases[] = {
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,3,1000\n\"0101\",A,2013,\"281\",\"\",1,2,3,1000\n", "line 2",
         BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"NAV\",1,2,3,1000\n\"0101\",A,2013,\"281\",\"X\",1,2,3,1000\n",
         "cannot be summed", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,-2,3,1000\n", "below 0", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,13,1000\n", "12 months", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,3,1000\n\"0101\",A,2013,\"242\",\"\",1,2,3,1001\n",
         "cannot be summed", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1e306,2,3,1000\n", "check the unit", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",-1e306,2,3,1000\n", "check the unit", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1e-320,2,3,1000\n", "without being 0", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,1e308,3,1000\n", "check the unit", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,1e-300,1000\n", "less than 1 month", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",4.9,2,3,1000\n", "spends so little", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"242\",\"\",0.59,2,3,1000\n\"0102\",B,2013,\"242\",\"\",0.59,2,3,1000\n",
         "in 2 of 2 rows", BEHOV_E_DATA}, /* 600 kr are 100 a month */
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,3,1e-320\n", "not whole", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2.5,3,1000\n", "not whole", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,1001,3,1000\n", "only 1000 inhabitants", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",150001,900,3,1000\n", "Divide it by 1000", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,3,1000\n\"516\",B,2013,\"281\",\"\",1,2,3,1000\n", "three digits",
         BEHOV_E_DATA},
        {HEADER "\"0101\",A,13,\"281\",\"\",1,2,3,1000\n", "no year", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",1,2,3,.\n\"0102\",B,2013,\"281\",\"\",1,2,3,4\n", "no population",
         BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"281\",\"\",10,2,3,1000\n", "no other municipality", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2013,\"275\",\"\",1,2,3,1000\n\"0102\",B,2013,\"275\",\"\",1,2,3,4\n", "242", BEHOV_E_DATA},
        {HEADER "\"0101\",A,2012,\"281\",\"\",10,2,3,1000\n\"0102\",B,2013,\"281\",\"\",1,2,3,4\n", "no rows",
         BEHOV_E_DATA},
        {"municipality_code,expenditure_1000kr\n101,3\n", "wrong kind", BEHOV_E_TYPE},
        {"municipality_code,year\n\"0101\",2013\n", "expenditure_1000kr", BEHOV_E_NAME},
        {"municipality_code,expenditure_1000kr\n\"0101\",3\n", "population", BEHOV_E_NAME}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tree_of_text built;
        behov_error err;
        assert_int_equal(open_tree(cases[i].text, &built, &err), cases[i].status);
        assert_contains(err.what, cases[i].what);
        close_tree(&built);
    }
}

/* 200 files at random: parts of functions that go all the way add up to their deviation, functions to that of all. */
static void parts_add_up_for_any_figures(void **state)
{
    (void)state;
    dice dice = dice_of(16);
    for (int turn = 0; turn < 200; turn++) {
        enum { N = 6 };
        double figures[4][2 * N];
        const char *codes[2 * N], *functions[2 * N];
        static const char *const all_codes[N] = {"0101", "0102", "0103", "0104", "0105", "0106"};
        behov_table *table = table_of_rows(2 * N);
        for (size_t i = 0; i < 2 * N; i++) {
            codes[i] = all_codes[i / 2];
            functions[i] = i % 2 ? "281" : "276";
            figures[0][i] = 300 + 5000 * dice_uniform(&dice); /* 5 kr per inhabitant, 100 kr per month */
            figures[1][i] = 1 + (double)dice_below(&dice, 200);
            figures[2][i] = 1 + 11 * dice_uniform(&dice);
            figures[3][i] = i % 2 ? figures[3][i - 1] : 500 + (double)dice_below(&dice, 50000);
        }
        table_add_texts(table, "municipality_code", codes);
        table_add_texts(table, "function", functions);
        table_add(table, "expenditure_1000kr", figures[0]);
        table_add(table, "recipients", figures[1]);
        table_add(table, "months", figures[2]);
        table_add(table, "population", figures[3]);
        behov_service_figures service;
        behov_deviation_tree tree;
        assert_int_equal(behov_service_figures_new(table, &service, NULL), BEHOV_OK);
        assert_int_equal(behov_deviation_tree_compute(&service, dice_below(&dice, N), 0, NULL, &tree, NULL), BEHOV_OK);
        double all = 0;
        for (size_t f = 0; f < tree.n; f++) {
            double sum = 0;
            for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
                sum += tree.functions[f].parts_1000kr[k];
            assert_true(fabs(sum - tree.functions[f].deviation_1000kr) <= 1e-11 * (1 + tree.functions[f].own_1000kr));
            all += tree.functions[f].deviation_1000kr;
        }
        assert_true(fabs(all - (tree.own_1000kr - tree.reference_1000kr)) <= 1e-10 * tree.own_1000kr);
        behov_deviation_tree_free(&tree);
        behov_service_figures_free(&service);
        behov_table_free(table);
    }
}

static double measure(void *context, const char *text, double size, bool is_bold)
{
    (void)context;
    (void)is_bold;
    return 0.5 * size * (double)strlen(text);
}

static behov_status compute_all(const behov_table *table)
{
    behov_service_figures figures = {0};
    behov_deviation_tree tree = {0};
    behov_section_list list = {0};
    behov_picture picture = {.width = 400};
    behov_drawing drawing = {0};
    behov_status status = behov_service_figures_new(table, &figures, NULL);
    if (!status)
        status = behov_deviation_tree_compute(&figures, 0, 0, NULL, &tree, NULL);
    behov_tree_page page = {.tree = &tree, .path = "a"};
    if (!status)
        status = behov_tree_add(&page, &list, NULL);
    if (!status)
        status = behov_tree_draw(&page, &picture, NULL);
    if (!status) /* tells of what drawing had no memory for */
        status = behov_picture_lay_out(&picture, &(behov_drawing_ruler){measure, NULL}, &drawing, NULL);
    behov_drawing_free(&drawing);
    behov_picture_free(&picture);
    behov_section_list_free(&list);
    behov_deviation_tree_free(&tree);
    behov_service_figures_free(&figures);
    return status;
}

static void memory_that_ends_anywhere_is_told(void **state)
{
    (void)state;
    behov_table *table = table_of_text(two);
    for (size_t n = 1;; n++) {
        failing_malloc_start(n);
        behov_status status = compute_all(table);
        bool was_reached = failing_malloc_stop();
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    behov_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up_by_hand),
        cmocka_unit_test(swapping_the_two_turns_the_signs_of_a_pair),
        cmocka_unit_test(nobody_on_one_side_is_the_limit),
        cmocka_unit_test(figures_without_a_logarithm_stop_at_the_function),
        cmocka_unit_test(others_that_contradict_are_out_of_both),
        cmocka_unit_test(without_months_it_stops_at_recipients),
        cmocka_unit_test(what_is_wrong_with_figures),
        cmocka_unit_test(parts_add_up_for_any_figures),
        cmocka_unit_test(memory_that_ends_anywhere_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
