/* test_expression.c - reading, spelling, binding and evaluating expressions: values, marks of missing values, messages
 * and the positions in them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/expression.h>

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { N_ROWS = 6 };

/* What an output holds before a call that fails, and after it. */
static char untouched;

static void add_numbers(behov_table *table, const char *name, const double *source)
{
    double *values = malloc(N_ROWS * sizeof *values);
    assert_non_null(values);
    memcpy(values, source, N_ROWS * sizeof *values);
    assert_int_equal(behov_table_add_numbers(table, name, values, NULL), BEHOV_OK);
}

/* A text of NULL is a missing cell with the mark "..". */
static void add_text(behov_table *table, const char *name, const char *const *source)
{
    int32_t *codes = malloc(N_ROWS * sizeof *codes);
    behov_dictionary *levels = NULL;
    assert_non_null(codes);
    assert_int_equal(behov_dictionary_new(&levels, NULL), BEHOV_OK);
    for (size_t i = 0; i < N_ROWS; i++) {
        codes[i] = behov_missing_code(BEHOV_MISSING_TWO_DOTS);
        if (source[i])
            assert_int_equal(behov_dictionary_intern(levels, source[i], strlen(source[i]), &codes[i], NULL), BEHOV_OK);
    }
    assert_int_equal(behov_table_add_text(table, name, codes, levels, NULL), BEHOV_OK);
}

static behov_table *make_table(void)
{
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(N_ROWS, "panel.csv", &table, NULL), BEHOV_OK);
    add_numbers(table, "x", (const double[]){1, 2, 3, 0, -4, 0.5});
    add_numbers(table, "y", (const double[]){2, 2, -1, 0, 3, 10});
    add_numbers(table, "zero", (const double[]){0, 0, 0, 0, 0, 0});
    add_numbers(table, "one", (const double[]){1, 1, 1, 1, 1, 1});
    add_numbers(table, "year", (const double[]){2012, 2013, 2014, 2015, 2016, 2017});
    double dot = behov_missing_number(BEHOV_MISSING_DOT), colon = behov_missing_number(BEHOV_MISSING_COLON);
    add_numbers(table, "dot", (const double[]){dot, dot, dot, dot, dot, dot});
    add_numbers(table, "colon", (const double[]){colon, colon, colon, colon, colon, colon});
    add_numbers(table, "new_refugees", (const double[]){1, 2, 3, 4, 5, 6});
    add_numbers(table, "a name", (const double[]){7, 7, 7, 7, 7, 7});
    add_numbers(table, "folketall_\xC3\xA5r", (const double[]){8, 8, 8, 8, 8, 8});
    add_text(table, "municipality_code", (const char *const[]){"0301", "1151", NULL, "0301", "5001", "say \"hi\""});
    add_text(table, "county", (const char *const[]){"03", "11", "11", "03", "50", "x"});
    return table;
}

static behov_expression *parse(const char *text)
{
    behov_expression *e = NULL;
    behov_error err = {0};
    if (behov_expression_parse(text, strlen(text), "--exclude", &e, &err)) {
        print_error("%s: %s: %s\n", text, err.where, err.what);
        fail();
    }
    return e;
}

static void evaluate(const behov_table *table, const char *text, double values[N_ROWS])
{
    static const uint32_t rows[N_ROWS] = {0, 1, 2, 3, 4, 5};
    behov_expression *e = parse(text);
    behov_error err = {0};
    if (behov_expression_bind(e, table, &err)) {
        print_error("%s: %s: %s\n", text, err.where, err.what);
        fail();
    }
    behov_expression_evaluate(e, rows, N_ROWS, values);
    behov_expression_free(e);
}

/* The text in its normal spelling; which must be its own normal spelling. */
static void normal_spelling(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"population^1.2", "population^1.2"},
        {"  population ^ 1.20 ", "population^1.2"},
        {"a/b*100", "a / b * 100"},
        {"a/(b*100)", "a / (b * 100)"},
        {"(a/b)*100", "a / b * 100"},
        {"a-(b-c)", "a - (b - c)"},
        {"a-b-c", "a - b - c"},
        {"((a))+(b)", "a + b"},
        {"-2^2", "-2^2"},
        {"(-2)^2", "(-2)^2"},
        {"x^y^z", "x^y^z"},
        {"(x^y)^z", "(x^y)^z"},
        {"x^-y^2", "x^-y^2"},
        {"x^(a+b)", "x^(a + b)"},
        {"(a+b)^2", "(a + b)^2"},
        {"-(a*b)", "-(a * b)"},
        {"-a*b", "-a * b"},
        {"- - a", "--a"},
        {"+a", "a"},
        {"a\xE2\x88\x92"
         "b",
         "a - b"},
        {"a\xC2\xA0+\n\tb", "a + b"},
        {"log( a )", "log(a)"},
        {"log10(-(a+b))", "log10(-(a + b))"},
        {"sqrt(exp(abs(a)))", "sqrt(exp(abs(a)))"},
        {"a<b&c>=d|!(e==f)", "a < b & c >= d | !(e == f)"},
        {"a&(b|c)", "a & (b | c)"},
        {"a|b&c", "a | b & c"},
        {"a|(b|c)", "a | (b | c)"},
        {"a && b || c", "a & b | c"},
        {"(!a)==1", "(!a) == 1"},
        {"3 * !a", "3 * (!a)"},
        {"-!a", "-(!a)"},
        {"!-a", "!-a"},
        {"!!a & b", "!!a & b"},
        {"(a<b)<c", "(a < b) < c"},
        {"(a<b)+1", "(a < b) + 1"},
        {"m=='03\"01'", "m == \"03\\\"01\""},
        {"m==\"a\\\\b\\tc\"", "m == \"a\\\\b\\tc\""},
        {"\"0301\" != m", "m != \"0301\""},
        {"m %in% c('a',\"b\")", "m in (\"a\", \"b\")"},
        {"y in(1,-2,+3.50)", "y in (1, -2, 3.5)"},
        {"(a+b) in (1)", "a + b in (1)"},
        {"(a in (1)) == b", "(a in (1)) == b"},
        {"`a name`+`x`", "`a name` + x"},
        {"`in` + `.` + `.5x` + `2x`", "`in` + `.` + `.5x` + `2x`"},
        {"`a\\`b` + `c\\\\d`", "`a\\`b` + `c\\\\d`"},
        {".x + _y + \xC3\xA6\xC3\xB8\xC3\xA5", ".x + _y + \xC3\xA6\xC3\xB8\xC3\xA5"},
        {"log + exp", "log + exp"},
        {".5 + 1e3 + 0.1", "0.5 + 1000 + 0.1"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        behov_expression *e = parse(cases[i][0]);
        assert_string_equal(behov_expression_text(e), cases[i][1]);
        behov_expression *again = parse(behov_expression_text(e));
        assert_string_equal(behov_expression_text(again), cases[i][1]);
        behov_expression_free(again);
        behov_expression_free(e);
    }
}

/* Only `length` bytes are read. */
static void length_is_respected(void **state)
{
    (void)state;
    static const char text[] = {'x', '+', 'y', 'z'};
    behov_expression *e = NULL;
    assert_int_equal(behov_expression_parse(text, 3, "w", &e, NULL), BEHOV_OK);
    assert_string_equal(behov_expression_text(e), "x + y");
    behov_expression_free(e);
    static const char dots[] = {'.', 'x', '.', '.'};
    assert_int_equal(behov_expression_parse(dots, 2, "w", &e, NULL), BEHOV_OK);
    assert_string_equal(behov_expression_text(e), ".x");
    behov_expression_free(e);
}

/* Where the error is, in characters, and a part of its sentence. */
static void syntax_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int position;
        const char *part;
    } cases[] = {
        {"", 1, "it ends where a column, a number or ( should stand"},
        {"   ", 4, "it ends"},
        {"a +", 4, "it ends where"},
        {"a + * b", 5, "\"*\" stands where a column"},
        {"a b", 3, "\"b\" stands where an operator or the end should stand; a name with spaces"},
        {"year = 2012", 6, "= means assignment; write =="},
        {"year =< 2012", 6, "\"=<\" is written <="},
        {"year <> 2012", 6, "\"<>\" is written !="},
        {"x**2", 2, "\"**\" is written ^"},
        {"a and b", 3, "write & for and"},
        {"a or b", 3, "write | for or"},
        {"1,5 * x", 2, "decimals are written with a point"},
        {"10 000", 4, "\"000\" stands where an operator or the end should stand; a number is written without spaces"},
        {"2x", 1, "\"2x\" is neither a number nor a name"},
        {"1.2.3", 1, "\"1.2.3\" is neither"},
        {"a + 1e999", 5, "\"1e999\" is too large"},
        {"\xC3\xA6\xC3\xB8\xC3\xA5 + \xC2\xA7", 7, "\xC2\xA7"},
        {"x\xC2\xB2", 2, "write ^2"},
        {"x \xC3\x97 y", 3, "write * to multiply"},
        {"m == \xE2\x80\x9C"
         "03\xE2\x80\x9D",
         6, "write straight quotes"},
        {"a \xFF", 3, "not UTF-8"},
        {"a \xC3(", 3, "not UTF-8"},
        {"a \xED\xA0\x80", 3, "not UTF-8"},
        {"m == \"03", 6, "the quote at \"03 is never closed"},
        {"m == \"03\\", 6, "never closed"},
        {"m == \"C:\\x\"", 9, "a backslash within quotes is written \\\\"},
        {"`a b", 1, "never closed"},
        {"a + ``", 5, "a name in backticks is empty"},
        {"log(a", 4, "this \"(\" is never closed"},
        {"log(a + b c)", 11, "\"c\" stands where an operator or )"},
        {"a + (b", 5, "never closed"},
        {"(a))", 4, "this \")\" has no \"(\""},
        {"a + ln(b)", 5, "no function \"ln\" here; the natural logarithm is log()"},
        {"mean(b)", 1, "no function \"mean\" here; there are log, log10, exp, sqrt, abs and cut"},
        {"log(a, 2)", 6, "log() takes one number"},
        {"log()", 5, "\")\" stands where"},
        {"a + .", 5, "\".\" does not stand for all columns"},
        {"a < b < c", 7, "comparisons do not chain"},
        {"a in (1) in (0)", 10, "comparisons do not chain"},
        {"a & !b == 1", 5, "parentheses: !(a == b)"},
        {"!x in (1)", 1, "parentheses"},
        {"\"a\"", 1, "the text \"a\" can only be compared"},
        {"\"a\" == \"b\"", 1, "only a column can be compared with text"},
        {"1 + \"a\"", 5, "the text \"a\" can only be compared"},
        {"\"a\" + 1", 1, "the text \"a\" can only be compared"},
        {"-\"a\"", 2, "the text \"a\" can only be compared"},
        {"\"a\" & b", 1, "the text \"a\" can only be compared"},
        {"b | \"a\"", 5, "the text \"a\" can only be compared"},
        {"!\"a\"", 2, "the text \"a\" can only be compared"},
        {"\"a\"^2", 1, "the text \"a\" can only be compared"},
        {"x^\"a\"", 3, "the text \"a\" can only be compared"},
        {"log(\"a\")", 5, "the text \"a\" can only be compared"},
        {"\"a\" in (1)", 1, "the text \"a\" can only be compared"},
        {"m < \"0301\"", 3, "text has no order here"},
        {"a + b == \"x\"", 10, "only a column can be compared with text"},
        {"a + b in (\"x\")", 7, "only a column can be compared with text"},
        {"x in 3", 6, "a list in parentheses follows in"},
        {"x in ()", 7, "\")\" stands where a number or a text in quotes"},
        {"x in (1, oslo)", 10, "text stands in quotes: \"oslo\""},
        {"x in (1, \"a\")", 10, "mixes numbers and texts"},
        {"x in (1, 2", 6, "never closed"},
        {"a + in", 5, "a column called in stands in `backticks`"},
        {"a : b", 3, "\":\" stands where"},
        {"a ~ b", 3, "\"~\" stands where"},
        {"a % b", 3, "the only operator with % is %in%"},
        {"a ; b", 3, "(U+003B)"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        behov_expression *e = (behov_expression *)(void *)&untouched;
        behov_error err = {0};
        char where[64];
        snprintf(where, sizeof where, "--exclude, position %d", cases[i].position);
        behov_status status = behov_expression_parse(cases[i].text, strlen(cases[i].text), "--exclude", &e, &err);
        if (status != BEHOV_E_SYNTAX || strcmp(err.where, where) != 0 || !strstr(err.what, cases[i].part)) {
            print_error("%s: [%s] %s: %s\n", cases[i].text, behov_status_name(err.code), err.where, err.what);
            fail();
        }
        assert_int_equal(err.code, BEHOV_E_SYNTAX);
        assert_ptr_equal(e, &untouched);
    }
    behov_expression *e = NULL;
    behov_error err = {0};
    assert_int_equal(behov_expression_parse("a\0b", 3, "w", &e, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.where, "w, position 2");
    assert_int_equal(behov_expression_parse("a == \"b\0\"", 9, "w", &e, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.where, "w, position 8");
    assert_int_equal(behov_expression_parse("a +", 3, "w", &e, NULL), BEHOV_E_SYNTAX);
}

/* Depth is refused with a sentence; length is not. */
static void deep_and_long(void **state)
{
    (void)state;
    enum { N = 200000 };
    static char text[N + 1];
    static const struct {
        const char *part;
        size_t n;
        const char *sentence; /* NULL: is read */
    } cases[] = {
        {"(", N, "more than 100 levels"},
        {"-", N, "more than 100 levels"},
        {"!", N, "more than 100 levels"},
        {"2^", N / 2, "more than 100 levels"},
        {"log(", N / 4, "more than 100 levels"},
        {"x+(", N / 3, "more than 100 levels"},
        {"x+(", 80, "more than 64 unfinished"},
        {"-", 98, NULL},
        {"x+", N / 2 - 1, NULL},
        {"x==1|", N / 5 - 1, NULL},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        size_t length = strlen(cases[i].part);
        for (size_t j = 0; j < cases[i].n; j++)
            memcpy(text + j * length, cases[i].part, length);
        size_t total = cases[i].n * length;
        if (total < N)
            text[total++] = 'x';
        for (size_t j = 0; cases[i].n == 80 && j < 80; j++)
            text[total++] = ')';
        behov_expression *e = NULL;
        behov_error err = {0};
        behov_status status = behov_expression_parse(text, total, "w", &e, &err);
        if (cases[i].sentence) {
            assert_int_equal(status, BEHOV_E_SYNTAX);
            assert_non_null(strstr(err.what, cases[i].sentence));
        } else {
            assert_int_equal(status, BEHOV_OK);
            behov_expression *again = parse(behov_expression_text(e));
            assert_string_equal(behov_expression_text(again), behov_expression_text(e));
            behov_expression_free(again);
        }
        behov_expression_free(e);
    }
}

static void columns_and_kinds(void **state)
{
    (void)state;
    behov_expression *e = parse("b + a * b == `a name` & m == \"x\" & n in (\"1\") & m2 == \"y\" & m2 > 1");
    static const char *const names[] = {"b", "a", "a name", "m", "n", "m2"};
    static const bool wants[] = {true, true, true, false, false, true};
    assert_int_equal(behov_expression_n_columns(e), N_OF(names));
    for (size_t i = 0; i < N_OF(names); i++) {
        assert_string_equal(behov_expression_column(e, i), names[i]);
        assert_int_equal(behov_expression_wants_number(e, i), wants[i]);
    }
    behov_expression_free(e);
    static const char *const conditions[] = {"a == b",       "a != b",     "a < b",      "a <= b", "a > b",
                                             "a >= b",       "a & b",      "a | b",      "!a",     "a in (1)",
                                             "m in (\"a\")", "m == \"a\"", "m != \"a\"", "(a > b)"};
    static const char *const others[] = {"a", "1", "a + (b > c)", "-(a > b)", "log(a == b)", "a^b", "a * b", "abs(a)"};
    for (size_t i = 0; i < N_OF(conditions); i++) {
        e = parse(conditions[i]);
        assert_true(behov_expression_is_condition(e));
        behov_expression_free(e);
    }
    for (size_t i = 0; i < N_OF(others); i++) {
        e = parse(others[i]);
        assert_false(behov_expression_is_condition(e));
        behov_expression_free(e);
    }
}

/* Row by row against the same arithmetic in C. */
static void values(void **state)
{
    behov_table *table = *state;
    static const double x[N_ROWS] = {1, 2, 3, 0, -4, 0.5}, y[N_ROWS] = {2, 2, -1, 0, 3, 10};
    for (size_t i = 0; i < N_ROWS; i++) {
        double got[N_ROWS];
        const struct {
            const char *text;
            double want;
        } cases[] = {
            {"x", x[i]},
            {"3.25", 3.25},
            {"x + y", x[i] + y[i]},
            {"x - y", x[i] - y[i]},
            {"x * y", x[i] * y[i]},
            {"x / y", x[i] / y[i]},
            {"abs(x)^1.2", pow(fabs(x[i]), 1.2)},
            {"x^2", x[i] * x[i]},
            {"-x^2", -(x[i] * x[i])},
            {"-2^2", -4},
            {"(-2)^2", 4},
            {"2^3^2", 512},
            {"2^-1", 0.5},
            {"x - y - 1", (x[i] - y[i]) - 1},
            {"x - (y - 1)", x[i] - (y[i] - 1)},
            {"100 - 10 / 5 * 2", 96},
            {"log(y^2 + 1)", log(y[i] * y[i] + 1)},
            {"log10(abs(x))", log10(fabs(x[i]))},
            {"exp(x)", exp(x[i])},
            {"sqrt(abs(x))", sqrt(fabs(x[i]))},
            {"abs(x)", fabs(x[i])},
            {"+x", x[i]},
            {"x < y", x[i] < y[i]},
            {"x <= y", x[i] <= y[i]},
            {"x > y", x[i] > y[i]},
            {"x >= y", x[i] >= y[i]},
            {"x == y", x[i] == y[i]},
            {"x != y", x[i] != y[i]},
            {"x in (1, -4, 0.5)", x[i] == 1 || x[i] == -4 || x[i] == 0.5},
            {"x + 1 %in% c(1)", x[i] == 0},
            {"!x", x[i] == 0},
            {"!(x < y)", !(x[i] < y[i])},
            {"x & y", x[i] != 0 && y[i] != 0},
            {"x | y", x[i] != 0 || y[i] != 0},
            {"x > 0 | y > 0 & x > 1", x[i] > 0 || (y[i] > 0 && x[i] > 1)},
            {"(x > 0 | y > 0) & x > 1", (x[i] > 0 || y[i] > 0) && x[i] > 1},
            {"(x > 1) * y", (x[i] > 1) * y[i]},
            {"1 - (2 - (3 - (4 - x)))", 1 - (2 - (3 - (4 - x[i])))},
            {"`a name` + folketall_\xC3\xA5r", 15},
            {"year == \"2012\"", i == 0},
            {"year != \"2012\"", i != 0},
            {"year in (\"2012\", \"2015.0\")", i == 0 || i == 3},
            {"county == \"03\"", i == 0 || i == 3},
            {"\"03\" == county", i == 0 || i == 3},
            {"county != \"03\"", !(i == 0 || i == 3)},
            {"county in (\"50\", \"11\")", i == 1 || i == 2 || i == 4},
            {"county == \"3\"", 0},
            {"county != \"no such county\"", 1},
            {"county in (\"none\", \"of these\")", 0},
        };
        for (size_t j = 0; j < N_OF(cases); j++) {
            evaluate(table, cases[j].text, got);
            if (!(got[i] == cases[j].want) && !(isnan(got[i]) && isnan(cases[j].want))) {
                print_error("%s, row %zu: got %.17g, want %.17g\n", cases[j].text, i, got[i], cases[j].want);
                fail();
            }
        }
    }
    double got[N_ROWS];
    evaluate(table, "municipality_code == \"say \\\"hi\\\"\"", got);
    assert_true(got[5] == 1 && got[0] == 0);
}

/* The mark of the first missing operand, whatever the processor makes of two NaNs. */
static void missing_marks(void **state)
{
    behov_table *table = *state;
    enum { DOT = BEHOV_MISSING_DOT, COLON = BEHOV_MISSING_COLON, PRESENT = BEHOV_PRESENT };
    static const struct {
        const char *text;
        int mark;
        double value; /* when present */
    } cases[] = {
        {"dot", DOT, 0},           {"dot + 1", DOT, 0},       {"1 + dot", DOT, 0},        {"-dot", DOT, 0},
        {"!dot", DOT, 0},          {"abs(colon)", COLON, 0},  {"log(colon)", COLON, 0},   {"log10(colon)", COLON, 0},
        {"exp(colon)", COLON, 0},  {"sqrt(colon)", COLON, 0}, {"dot + colon", DOT, 0},    {"colon + dot", COLON, 0},
        {"dot * colon", DOT, 0},   {"colon * dot", COLON, 0}, {"dot - colon", DOT, 0},    {"colon - dot", COLON, 0},
        {"dot / colon", DOT, 0},   {"colon / dot", COLON, 0}, {"dot^colon", DOT, 0},      {"colon^dot", COLON, 0},
        {"dot^0", DOT, 0},         {"1^colon", COLON, 0},     {"zero * colon", COLON, 0}, {"dot == dot", DOT, 0},
        {"dot != colon", DOT, 0},  {"1 < colon", COLON, 0},   {"colon >= dot", COLON, 0}, {"dot in (1, 2)", DOT, 0},
        {"dot == \"1\"", DOT, 0},  {"dot != \"1\"", DOT, 0},  {"dot & zero", PRESENT, 0}, {"zero & dot", PRESENT, 0},
        {"dot & one", DOT, 0},     {"one & colon", COLON, 0}, {"dot & colon", DOT, 0},    {"colon & dot", COLON, 0},
        {"dot | one", PRESENT, 1}, {"one | dot", PRESENT, 1}, {"dot | zero", DOT, 0},     {"zero | colon", COLON, 0},
        {"dot | colon", DOT, 0},   {"colon | dot", COLON, 0},
    };
    double got[N_ROWS];
    for (size_t i = 0; i < N_OF(cases); i++) {
        evaluate(table, cases[i].text, got);
        for (size_t row = 0; row < N_ROWS; row++)
            if ((int)behov_missing_of_number(got[row]) != cases[i].mark ||
                (cases[i].mark == PRESENT && got[row] != cases[i].value)) {
                print_error("%s: mark %d, value %g\n", cases[i].text, (int)behov_missing_of_number(got[row]), got[row]);
                fail();
            }
    }
    evaluate(table, "municipality_code == \"0301\"", got);
    assert_int_equal(behov_missing_of_number(got[2]), BEHOV_MISSING_TWO_DOTS);
    assert_true(got[0] == 1 && got[1] == 0 && got[3] == 1);
    evaluate(table, "municipality_code != \"0301\"", got);
    assert_int_equal(behov_missing_of_number(got[2]), BEHOV_MISSING_TWO_DOTS);
    evaluate(table, "municipality_code in (\"0301\", \"absent\")", got);
    assert_int_equal(behov_missing_of_number(got[2]), BEHOV_MISSING_TWO_DOTS);
    /* a text that is no level must not meet the code of a missing cell */
    evaluate(table, "municipality_code == \"absent\"", got);
    assert_int_equal(behov_missing_of_number(got[2]), BEHOV_MISSING_TWO_DOTS);
    assert_true(got[0] == 0);
    evaluate(table, "log(zero)", got);
    assert_true(isinf(got[0]) && got[0] < 0);
    evaluate(table, "one / zero", got);
    assert_true(isinf(got[0]) && got[0] > 0);
    evaluate(table, "log(-one) + dot", got); /* no mark, but the first */
    assert_true(isnan(got[0]));
    assert_int_equal(behov_missing_of_number(got[0]), BEHOV_MISSING_EMPTY);
}

static void bind_errors(void **state)
{
    behov_table *table = *state;
    static const struct {
        const char *text;
        int position;
        behov_status status;
        const char *part;
    } cases[] = {
        {"x + new_refuges", 5, BEHOV_E_NAME,
         "no column is called \"new_refuges\" in panel.csv; did you mean \"new_refugees\"?"},
        {"x + wealth_of_nations", 5, BEHOV_E_NAME,
         "no column is called \"wealth_of_nations\" in panel.csv; it has x, y, zero, one, year, dot, colon, "
         "new_refugees, "
         "a name, folketall_\xC3\xA5r, municipality_code, county"},
        {"x > 1 & qqqqqqqqq == \"a\"", 9, BEHOV_E_NAME, "no column is called \"qqqqqqqqq\""},
        {"x > 1 & qqqqqqqqq in (\"a\")", 9, BEHOV_E_NAME, "no column is called \"qqqqqqqqq\""},
        {"municipality_code == 301", 1, BEHOV_E_TYPE,
         "municipality_code holds text, and codes are text (0301 keeps its zero); put them in quotes: "
         "municipality_code "
         "== \"0301\""},
        {"x > 1 | 301 != municipality_code", 16, BEHOV_E_TYPE, "municipality_code != \"0301\""},
        {"municipality_code == 999", 1, BEHOV_E_TYPE, "municipality_code == \"999\""},
        {"municipality_code in (301, 1)", 1, BEHOV_E_TYPE, "municipality_code in (\"0301\", \u2026)"},
        {"county + 1", 1, BEHOV_E_TYPE,
         "county holds text and cannot be used as a number; compare it with text, county == \"03\", or in a formula "
         "write factor(county)"},
        {"county", 1, BEHOV_E_TYPE, "county holds text and cannot"},
        {"county > 3", 1, BEHOV_E_TYPE, "county holds text and cannot"},
        {"county == municipality_code", 1, BEHOV_E_TYPE, "county holds text and cannot"},
        {"year == \"last\"", 9, BEHOV_E_TYPE, "year holds numbers, and the text \"last\" is no number"},
        {"year in (\"2012\", \"y\")", 18, BEHOV_E_TYPE, "the text \"y\" is no number"},
        {"year != \"\"", 9, BEHOV_E_TYPE, "the text \"\" is no number"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        behov_expression *e = parse(cases[i].text);
        behov_error err = {0};
        char where[64];
        snprintf(where, sizeof where, "--exclude, position %d", cases[i].position);
        behov_status status = behov_expression_bind(e, table, &err);
        if (status != cases[i].status || err.code != status || strcmp(err.where, where) != 0 ||
            !strstr(err.what, cases[i].part)) {
            print_error("%s: [%s] %s: %s\n", cases[i].text, behov_status_name(err.code), err.where, err.what);
            fail();
        }
        assert_int_equal(behov_expression_bind(e, table, NULL), cases[i].status);
        behov_expression_free(e);
    }
}

/* The list of columns is cut between names. */
static void many_columns(void **state)
{
    (void)state;
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(N_ROWS, "", &table, NULL), BEHOV_OK);
    behov_expression *e = parse("wealth_of_nations");
    behov_error err = {0};
    assert_int_equal(behov_expression_bind(e, table, &err), BEHOV_E_NAME);
    assert_string_equal(err.what, "no column is called \"wealth_of_nations\" in the table, which has 0 columns");
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "column_number_%d", i);
        add_numbers(table, name, (const double[N_ROWS]){0});
    }
    assert_int_equal(behov_expression_bind(e, table, &err), BEHOV_E_NAME);
    const char *end = err.what + strlen(err.what);
    assert_non_null(strstr(err.what, "it has column_number_0, column_number_1, "));
    assert_string_equal(end - 8, " 84 more");
    assert_non_null(strstr(err.what, "column_number_15 and 84 more"));
    behov_expression_free(e);
    behov_table_free(table);
}

/* A failed bind leaves the table that was bound before; without any, all is missing. */
static void binding_again(void **state)
{
    behov_table *table = *state, *other = NULL;
    static const uint32_t rows[2] = {4, 1};
    double got[2];
    behov_expression *e = parse("x + (county == \"11\")");
    behov_expression_evaluate(e, rows, 2, got);
    assert_true(isnan(got[0]) && isnan(got[1]));
    assert_int_equal(behov_expression_bind(e, table, NULL), BEHOV_OK);
    assert_int_equal(behov_table_new(N_ROWS, "other.csv", &other, NULL), BEHOV_OK);
    add_numbers(other, "x", (const double[]){9, 9, 9, 9, 9, 9});
    assert_int_equal(behov_expression_bind(e, other, NULL), BEHOV_E_NAME);
    behov_expression_evaluate(e, rows, 2, got);
    assert_true(got[0] == -4 && got[1] == 3);
    add_text(other, "county", (const char *const[]){"a", "b", "c", "d", "11", "f"});
    assert_int_equal(behov_expression_bind(e, other, NULL), BEHOV_OK);
    behov_expression_evaluate(e, rows, 2, got);
    assert_true(got[0] == 10 && got[1] == 9);
    behov_expression_free(e);
    behov_table_free(other);
}

/* A full block, rows in any order and repeated; nothing is written behind the rows asked for. */
static void blocks_of_rows(void **state)
{
    behov_table *table = *state;
    enum { N = BEHOV_EXPRESSION_BLOCK };
    static const double x[N_ROWS] = {1, 2, 3, 0, -4, 0.5};
    static const char *const texts[] = {"x", "x * 2 - x", "1 * (2 * (x / (1 + (1 + zero)))) / 1"};
    uint32_t rows[N];
    double got[N + 1];
    for (size_t i = 0; i < N; i++)
        rows[i] = (uint32_t)(i * 5 % N_ROWS);
    for (size_t t = 0; t < N_OF(texts); t++) {
        behov_expression *e = parse(texts[t]);
        assert_int_equal(behov_expression_bind(e, table, NULL), BEHOV_OK);
        for (size_t n = 0; n <= N; n += n < 3 ? 1 : 253) {
            got[n] = 12345;
            behov_expression_evaluate(e, rows, n, got);
            for (size_t i = 0; i < n; i++)
                assert_true(got[i] == x[rows[i]]);
            assert_true(got[n] == 12345);
        }
        behov_expression_free(e);
    }
}

/* The blocks of a table of 256 + 6 rows: each row once, in order; none behind the last; no expression is false. */
static void blocks_of_a_table(void **state)
{
    (void)state;
    enum { N = BEHOV_EXPRESSION_BLOCK + N_ROWS };
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(N, "numbers.csv", &table, NULL), BEHOV_OK);
    double *numbers = malloc(N * sizeof *numbers), got[BEHOV_EXPRESSION_BLOCK];
    for (size_t row = 0; row < N; row++)
        numbers[row] = (double)row;
    assert_int_equal(behov_table_add_numbers(table, "number", numbers, NULL), BEHOV_OK);
    behov_expression *e = parse("2 * number");
    assert_int_equal(behov_expression_bind(e, table, NULL), BEHOV_OK);
    size_t n_seen = 0;
    for (size_t first = 0; first < N; first += BEHOV_EXPRESSION_BLOCK) {
        size_t n = behov_expression_evaluate_block(e, table, first, got);
        for (size_t i = 0; i < n; i++)
            assert_true(got[i] == 2 * (double)n_seen++);
    }
    assert_int_equal(n_seen, N);
    assert_int_equal(behov_expression_evaluate_block(e, table, N, got), 0);
    assert_int_equal(behov_expression_evaluate_block(e, table, 2 * N, got), 0);
    assert_int_equal(behov_expression_evaluate_block(NULL, table, BEHOV_EXPRESSION_BLOCK, got), N_ROWS);
    for (size_t i = 0; i < N_ROWS; i++)
        assert_true(got[i] == 0);
    behov_expression_free(e);
    behov_table_free(table);
}

/* As many blocks at once as are allowed. */
static bool is_transformed(const char *text)
{
    behov_expression *e = NULL;
    assert_int_equal(behov_expression_parse(text, strlen(text), "outcome", &e, NULL), BEHOV_OK);
    bool is = behov_expression_is_transformed(e);
    behov_expression_free(e);
    return is;
}

static void a_function_of_an_amount_is_no_amount(void **state)
{
    (void)state;
    static const char *const functions[] = {"log(y)",          "sqrt(y)",       "y^2",        "100 * log(y)",
                                            "log(y) - log(z)", "-log(y)",       "log(y / z)", "(y^0.5) / z",
                                            "log(y) * log(z)", "log(1 + y) + 2"};
    static const char *const amounts[] = {"y",
                                          "y / z",
                                          "y * 1000",
                                          "2 * (y - z)",
                                          "y / log(z)",
                                          "y / 1000 / population^1",
                                          "ratio / 100 * (0.3 * z - 2e-07 * population^1.2 + 0.1 * (year == 2014))",
                                          "log(100) * y",
                                          "-y"};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        assert_true(is_transformed(functions[i]));
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        assert_false(is_transformed(amounts[i]));
}

static void highest_stack(void **state)
{
    behov_table *table = *state;
    char text[64 * 4 + 64 + 1] = "";
    for (int i = 0; i < 63; i++)
        strcat(text, "x+(");
    strcat(text, "x");
    for (int i = 0; i < 63; i++)
        strcat(text, ")");
    double got[N_ROWS];
    evaluate(table, text, got);
    assert_true(got[0] == 64 && got[1] == 128 && got[4] == -256);
}

static int set_up(void **state)
{
    *state = make_table();
    return 0;
}

static int tear_down(void **state)
{
    behov_table_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_spelling),
        cmocka_unit_test(length_is_respected),
        cmocka_unit_test(syntax_errors),
        cmocka_unit_test(deep_and_long),
        cmocka_unit_test(columns_and_kinds),
        cmocka_unit_test(values),
        cmocka_unit_test(missing_marks),
        cmocka_unit_test(bind_errors),
        cmocka_unit_test(many_columns),
        cmocka_unit_test(binding_again),
        cmocka_unit_test(blocks_of_rows),
        cmocka_unit_test(blocks_of_a_table),
        cmocka_unit_test(a_function_of_an_amount_is_no_amount),
        cmocka_unit_test(highest_stack),
    };
    return cmocka_run_group_tests_name("expression", tests, set_up, tear_down);
}
