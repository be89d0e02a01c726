/* test_printed.c - a number as print shows it: what it says, what may have been rounded to it, slips of the hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <behov/printed.h>

static behov_printed printed_of(const char *text)
{
    behov_printed printed;
    if (behov_printed_parse(text, strlen(text), 0, &printed) != BEHOV_NUMBER_OK)
        fail_msg("\"%s\" was not read", text);
    return printed;
}

static void assert_text(const behov_printed *printed, char mark, const char *want)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_printed_text(printed, mark, text);
    assert_string_equal(text, want);
    assert_int_equal(length, strlen(want));
}

static void every_spelling_of_print_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value, half;
        int n_decimals;
        const char *again;
    } cases[] = {
        {"-2.05e-07", -2.05e-07, 0.5e-9, 2, "-2.05e-07"},
        {"-2,05E-7", -2.05e-07, 0.5e-9, 2, "-2.05e-07"},
        {"\xE2\x88\x92"
         "0,016",
         -0.016, 0.0005, 3, "-0.016"},
        {"0.8", 0.8, 0.05, 1, "0.8"},
        {"0.80", 0.8, 0.005, 2, "0.80"},
        {"(0.029)", 0.029, 0.0005, 3, "0.029"},
        {" [ 0,029 ] ", 0.029, 0.0005, 3, "0.029"},
        {"\xC2\xA0(0.029)\xE2\x80\xAF", 0.029, 0.0005, 3, "0.029"},
        {"1 935", 1935, 0.5, 0, "1935"},
        {"1\xC2\xA0"
         "935,5",
         1935.5, 0.05, 1, "1935.5"},
        {".016", 0.016, 0.0005, 3, ".016"},
        {"-.5", -0.5, 0.05, 1, "-.5"},
        {"+3.", 3, 0.5, 0, "3"},
        {"1e3", 1000, 500, 0, "1e+03"},
        {"1.50e+10", 1.5e10, 5e7, 2, "1.50e+10"},
        {"0.000", 0, 0.0005, 3, "0.000"},
        {"-0.00", -0.0, 0.005, 2, "-0.00"},
        {"123456789012345678", 123456789012345678.0, 0.5, 0, "123456789012345678"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_printed printed = printed_of(cases[i].text);
        if (printed.value != cases[i].value || printed.half != cases[i].half ||
            printed.n_decimals != cases[i].n_decimals || signbit(printed.value) != signbit(cases[i].value))
            fail_msg("\"%s\": %.17g, half %.17g, %d decimals", cases[i].text, printed.value, printed.half,
                     printed.n_decimals);
        assert_true(printed.low == printed.value - printed.half && printed.high == printed.value + printed.half);
        assert_int_equal(printed.is_negative, signbit(cases[i].value) != 0);
        assert_text(&printed, '.', cases[i].again);
    }
    static const struct {
        const char *text;
        double half, widest;
    } whole[] = {{"1200", 0.5, 50}, {"1201", 0.5, 0.5}, {"90", 0.5, 5},  {"100.0", 0.05, 0.05},
                 {"0", 0.5, 0.5},   {"10e2", 50, 500},  {"1.0e2", 5, 5}, {"0.10", 0.005, 0.005}};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        behov_printed printed = printed_of(whole[i].text);
        if (printed.half != whole[i].half || printed.half_widest != whole[i].widest)
            fail_msg("\"%s\": half %.17g, widest %.17g", whole[i].text, printed.half, printed.half_widest);
    }
    behov_printed comma = printed_of("-12.34");
    assert_text(&comma, ',', "-12,34");
}

static void what_is_no_number_leaves_the_output_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char mark;
        behov_number_result want;
    } cases[] = {
        {"", 0, BEHOV_NUMBER_BAD},
        {"  ", 0, BEHOV_NUMBER_BAD},
        {"()", 0, BEHOV_NUMBER_BAD},
        {"(0.1", 0, BEHOV_NUMBER_BAD},
        {"(0.1]", 0, BEHOV_NUMBER_BAD},
        {"((0.1))", 0, BEHOV_NUMBER_BAD},
        {"0.1*", 0, BEHOV_NUMBER_BAD},
        {"1.234,5", 0, BEHOV_NUMBER_BAD},
        {"0,1", '.', BEHOV_NUMBER_BAD},
        {"0.1", ',', BEHOV_NUMBER_BAD},
        {"nan", 0, BEHOV_NUMBER_BAD},
        {"0.1 2", 0, BEHOV_NUMBER_BAD},
        {"\xE2\x88\x92", 0, BEHOV_NUMBER_BAD},
        {"0.1234567890123456789", 0, BEHOV_NUMBER_BAD}, /* 19 significant digits */
        {"0.00000000000000000000000000000000000000001", 0, BEHOV_NUMBER_BAD},
        {"1e400", 0, BEHOV_NUMBER_TOO_LARGE},
        {"1e-400", 0, BEHOV_NUMBER_TOO_LARGE},
        {"0e999999999999", 0, BEHOV_NUMBER_TOO_LARGE},
        {"1e-99999999999999999999", 0, BEHOV_NUMBER_TOO_LARGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_printed printed = {.value = 7, .digits = "7"};
        behov_number_result got = behov_printed_parse(cases[i].text, strlen(cases[i].text), cases[i].mark, &printed);
        if (got != cases[i].want || printed.value != 7 || strcmp(printed.digits, "7") != 0)
            fail_msg("\"%s\" gave %d, value %g", cases[i].text, (int)got, printed.value);
    }
}

static void a_number_holds_what_rounds_to_it_and_its_ties(void **state)
{
    (void)state;
    behov_printed printed = printed_of("-0.016");
    assert_true(behov_printed_holds(&printed, -0.0164999));
    assert_true(behov_printed_holds(&printed, -0.0165)); /* a tie, whichever way it was rounded */
    assert_true(behov_printed_holds(&printed, -0.0155));
    assert_false(behov_printed_holds(&printed, -0.01650001));
    assert_false(behov_printed_holds(&printed, -0.01549999));
    assert_false(behov_printed_holds(&printed, 0.016));
    assert_false(behov_printed_holds(&printed, NAN));
    assert_false(behov_printed_holds(&printed, INFINITY));
    /* ties of every printed number of three decimals: neither end is lost to the rounding of doubles */
    for (int i = 0; i < 2000; i++) {
        char text[32], tie[32];
        snprintf(text, sizeof text, "%d.%03d", i / 1000, i % 1000);
        snprintf(tie, sizeof tie, "%d.%03d5", i / 1000, i % 1000);
        behov_printed number = printed_of(text), end = printed_of(tie);
        if (!behov_printed_holds(&number, end.value))
            fail_msg("%s does not hold %s", text, tie);
        if (i > 0 && behov_printed_holds(&number, end.value + 1e-12))
            fail_msg("%s holds more than %s", text, tie);
    }
    assert_true(behov_printed_units(&printed, -0.0135) > 2.4999 && behov_printed_units(&printed, -0.0135) < 2.5001);
    assert_true(behov_printed_units(&printed, -0.016) == 0);
    behov_printed zero = printed_of("-0.00"), near = printed_of("0.01"), large = printed_of("1e2");
    assert_true(behov_printed_can_be_zero(&zero));
    assert_false(behov_printed_can_be_zero(&near));
    assert_false(behov_printed_can_be_zero(&large));
}

static void slips_make_the_numbers_a_hand_makes(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        behov_slip slip;
        size_t index;
        const char *out; /* NULL: there is none */
    } cases[] = {
        {"0.029", BEHOV_SLIP_MARK_LEFT, 0, "0.0029"},
        {"0.029", BEHOV_SLIP_MARK_RIGHT, 0, "0.29"},
        {"0.29", BEHOV_SLIP_MARK_RIGHT, 0, "2.9"},
        {"24.5", BEHOV_SLIP_MARK_LEFT, 0, "2.45"},
        {"2.45", BEHOV_SLIP_MARK_LEFT, 0, "0.245"},
        {"12", BEHOV_SLIP_MARK_LEFT, 0, "1.2"},
        {"12", BEHOV_SLIP_MARK_RIGHT, 0, "120"},
        {".29", BEHOV_SLIP_MARK_LEFT, 0, ".029"},
        {".29", BEHOV_SLIP_MARK_RIGHT, 0, "2.9"},
        {"-0.16", BEHOV_SLIP_MARK_LEFT, 0, "-0.016"},
        {"8.76e-08", BEHOV_SLIP_MARK_LEFT, 0, "8.76e-09"},
        {"8.76e-08", BEHOV_SLIP_MARK_RIGHT, 0, "8.76e-07"},
        {"0.000", BEHOV_SLIP_MARK_LEFT, 0, NULL},
        {"0.029", BEHOV_SLIP_SWAP, 2, "0.092"},
        {"0.029", BEHOV_SLIP_SWAP, 1, "0.209"},
        {"0.029", BEHOV_SLIP_SWAP, 0, NULL}, /* 0 with 0 */
        {"0.16", BEHOV_SLIP_SWAP, 0, "1.06"},
        {"0.029", BEHOV_SLIP_SWAP, 3, NULL}, /* nothing behind the last */
        {"0.129", BEHOV_SLIP_DROP, 2, "0.19"},
        {"12.5", BEHOV_SLIP_DROP, 0, "2.5"},
        {"2.5", BEHOV_SLIP_DROP, 0, NULL},
        {"0.80", BEHOV_SLIP_DROP, 2, NULL}, /* the same number */
        {"5", BEHOV_SLIP_DROP, 0, NULL},
        {"0.14", BEHOV_SLIP_DOUBLE, 1, "0.114"},
        {"14", BEHOV_SLIP_DOUBLE, 1, "144"},
        {"0.14", BEHOV_SLIP_DOUBLE, 9, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_printed source = printed_of(cases[i].source), out = {.digits = "untouched"};
        bool is_there = behov_printed_slip(&source, cases[i].slip, cases[i].index, &out);
        char text[BEHOV_NUMBER_SIZE] = "";
        if (is_there)
            behov_printed_text(&out, '.', text);
        if (is_there != (cases[i].out != NULL) || (is_there && strcmp(text, cases[i].out) != 0))
            fail_msg("%s, slip %d at %lu: \"%s\"", cases[i].source, (int)cases[i].slip, (unsigned long)cases[i].index,
                     text);
        if (!is_there) {
            assert_string_equal(out.digits, "untouched");
            continue;
        }
        behov_printed want = printed_of(cases[i].out); /* value and interval are those of the text */
        assert_true(out.value == want.value && out.half == want.half && out.low == want.low && out.high == want.high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_of_print_is_read),
        cmocka_unit_test(what_is_no_number_leaves_the_output_alone),
        cmocka_unit_test(a_number_holds_what_rounds_to_it_and_its_ties),
        cmocka_unit_test(slips_make_the_numbers_a_hand_makes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
