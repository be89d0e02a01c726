/* test_near_word.c - distances counted by hand, and which word is nearest. */
#include <behov/near_word.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void slips_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        size_t slips;
    } words[] = {{"", "", 0},         {"", "fit", 3},           {"fit", "", 3},
                 {"fit", "fit", 0},   {"FIT", "fit", 0},        {"fti", "fit", 1},
                 {"rnak", "rank", 1}, {"rakn", "rank", 1},      {"kitten", "sitting", 3},
                 {"ca", "abc", 3},    {"profle", "profile", 1}, {"aplpy", "apply", 1}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(behov_near_word_distance(words[i].first, words[i].second), words[i].slips);
        assert_int_equal(behov_near_word_distance(words[i].second, words[i].first), words[i].slips);
    }
}

static void long_words_are_near_none(void **state)
{
    (void)state;
    char word[66];
    memset(word, 'a', 65);
    word[65] = '\0';
    assert_true(behov_near_word_distance(word, "a") == SIZE_MAX);
    assert_true(behov_near_word_distance("a", word) == SIZE_MAX);
    word[64] = '\0';
    assert_int_equal(behov_near_word_distance(word, "b"), 64);
    assert_int_equal(behov_near_word_distance("b", word), 64);
}

static void nearest_is_found(void **state)
{
    (void)state;
    behov_near_word spelling = behov_near_word_start("profl");
    behov_near_word_try(&spelling, "plot");
    assert_null(spelling.nearest);
    behov_near_word_try(&spelling, "profit");
    assert_null(spelling.nearest);
    behov_near_word_try(&spelling, "prof");
    assert_string_equal(spelling.nearest, "prof");
    assert_int_equal(spelling.n_nearest, 1);
    spelling = behov_near_word_start("cv9");
    behov_near_word_try(&spelling, "cv1");
    behov_near_word_try(&spelling, "cv2");
    behov_near_word_try(&spelling, "hc2");
    assert_string_equal(spelling.nearest, "cv1");
    assert_int_equal(spelling.n_nearest, 2);
    behov_near_word_try(&spelling, "CV9");
    assert_string_equal(spelling.nearest, "CV9");
    assert_int_equal(spelling.n_nearest, 1);
    spelling = behov_near_word_start("x");
    behov_near_word_try(&spelling, "y");
    assert_null(spelling.nearest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_counted),
        cmocka_unit_test(long_words_are_near_none),
        cmocka_unit_test(nearest_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
