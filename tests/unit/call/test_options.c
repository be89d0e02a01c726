/* test_options.c - arguments read by the table of a verb: long and short options, values, operands, what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "number_options.h"
#include "verb.h"

static const option_text table[] = {
    {"output", 'o', ARGUMENT(FILE), HELP(AUDIT_SIGNS), NULL}, {"model", 'm', ARGUMENT(FILE), HELP(AUDIT_SIGNS), NULL},
    {"formula", 0, ARGUMENT(FILE), HELP(AUDIT_SIGNS), NULL},  {"level", 0, ARGUMENT(N), HELP(AUDIT_DOF), NULL},
    {"quiet", 'q', NO_ARGUMENT, HELP(AUDIT_DOF), NULL},
};
static const verb some_verb = {.name = "some", VERB_WORDS(AUDIT), VERB_OPTIONS(table)};

/* Standard error goes away meanwhile. */
static bool is_read(int n, char **arguments, command_line *line)
{
    bool helped = false;
    fflush(NULL);
    int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    bool is_right = command_line_read(&some_verb, n, arguments, line, &helped);
    fflush(NULL);
    dup2(saved, STDERR_FILENO);
    close(saved), close(nowhere);
    assert_false(helped);
    return is_right;
}

/* The first argument is the verb's name, as the program's is of main. */
#define READ(line, ...)                                                                                                \
    is_read((int)(sizeof(char *[]){"some", __VA_ARGS__} / sizeof(char *)), (char *[]){"some", __VA_ARGS__}, line)

static void values_and_operands(void **state)
{
    (void)state;
    command_line line;
    assert_true(READ(&line, "a.csv", "--output", "1.csv", "-o", "2.csv", "--model=m=1.ini", "-q", "--", "-b.csv"));
    assert_int_equal(line.n_operands, 2);
    assert_string_equal(line.operands[0], "a.csv");
    assert_string_equal(line.operands[1], "-b.csv");
    assert_int_equal(option_count(&line, "output"), 2);
    assert_string_equal(option_value_at(&line, "output", 0), "1.csv");
    assert_string_equal(option_value(&line, "output"), "2.csv");
    assert_string_equal(option_value(&line, "model"), "m=1.ini");
    assert_string_equal(option_value(&line, "quiet"), "");
    assert_true(option_given(&line, "quiet"));
    assert_false(option_given(&line, "formula"));
    assert_null(option_value(&line, "formula"));
    command_line_free(&line);
}

static void wrong_calls(void **state)
{
    (void)state;
    command_line line;
    assert_false(READ(&line, "--nothing"));
    command_line_free(&line);
    assert_false(READ(&line, "--output"));
    command_line_free(&line);
    assert_false(READ(&line, "-x"));
    command_line_free(&line);
    assert_false(READ(&line, "--quiet=yes"));
    command_line_free(&line);
}

/* Of --model and --formula, each alone in a call of its own; all else stays. */
static void one_of_two(void **state)
{
    (void)state;
    static const char *const models[] = {"1.ini", NULL, "2.ini"}, *const formulas[] = {NULL, "y ~ x", NULL};
    command_line line;
    assert_true(READ(&line, "a.csv", "--model", "1.ini", "--formula", "y ~ x", "-q", "--model", "2.ini"));
    for (size_t i = 0; i < 3; i++) {
        command_line single;
        assert_true(command_line_with_one(&line, "model", "formula", i, &single));
        assert_int_equal(option_count(&single, "model") + option_count(&single, "formula"), 1);
        if (models[i])
            assert_string_equal(option_value(&single, "model"), models[i]);
        if (formulas[i])
            assert_string_equal(option_value(&single, "formula"), formulas[i]);
        assert_true(option_given(&single, "quiet"));
        assert_int_equal(single.n_operands, 1);
        command_line_free(&single);
    }
    command_line_free(&line);
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        char *text;
        bool is_right;
        double number;
    } cases[] = {{"1", true, 1},    {"7.5", true, 7.5}, {"99", true, 99}, {"0.5", false, 0},
                 {"100", false, 0}, {"x", false, 0},    {"", false, 0},   {"5 %", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        command_line line;
        double number = -1;
        assert_true(READ(&line, "--level", cases[i].text));
        int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        assert_int_equal(number_option(&line, "level", 1, 99, &number), cases[i].is_right);
        fflush(NULL);
        dup2(saved, STDERR_FILENO);
        close(saved), close(nowhere);
        if (cases[i].is_right)
            assert_true(number == cases[i].number);
        command_line_free(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_and_operands), cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(one_of_two), cmocka_unit_test(numbers)};
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
