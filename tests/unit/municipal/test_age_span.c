/* test_age_span.c - which whole numbers a code or label stands for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "age_span.h"

typedef struct known_text {
    const char *text;
    long low, high;
} known_text;

static void texts_are_read(void **state)
{
    static const known_text all[] = {{"16", 16, 16},
                                     {"016", 16, 16},
                                     {"16 år", 16, 16},
                                     {"16 years", 16, 16},
                                     {"16-18", 16, 18},
                                     {"016-018", 16, 18},
                                     {"16 – 18 år", 16, 18},
                                     {"16 til 18 år", 16, 18},
                                     {"16 år - 18 år", 16, 18},
                                     {"18 år eller eldre", 18, AGE_SPAN_OPEN},
                                     {"18 år og over", 18, AGE_SPAN_OPEN},
                                     {"18 ÅR OG ELDRE", 18, AGE_SPAN_OPEN},
                                     {"18 years or older", 18, AGE_SPAN_OPEN},
                                     {"18 years and over", 18, AGE_SPAN_OPEN},
                                     {"18+", 18, AGE_SPAN_OPEN},
                                     {"18 år +", 18, AGE_SPAN_OPEN},
                                     {"67-", 67, AGE_SPAN_OPEN},
                                     {"over 66 år", 67, AGE_SPAN_OPEN},
                                     {"minst 67 år", 67, AGE_SPAN_OPEN},
                                     {"under 16", 0, 15},
                                     {"Under 16 år", 0, 15},
                                     {"0-15", 0, 15},
                                     {"15 år og under", 0, 15},
                                     {"til og med 15 år", 0, 15},
                                     {"Alder 16-18", 16, 18}};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        age_span span;
        bool has_unit;
        if (!age_span_read(all[i].text, &span, &has_unit) || span.low != all[i].low || span.high != all[i].high)
            fail_msg("%s", all[i].text);
    }
}

static void others_are_none(void **state)
{
    static const char *const all[] = {"",      "Total",      "242 Råd",  "18-16",        "år",
                                      "16 xx", "1234567890", "16-18-20", "under arbeid", "18 år eller eldre, menn"};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        age_span span;
        bool has_unit;
        if (age_span_read(all[i], &span, &has_unit))
            fail_msg("%s", all[i]);
    }
}

static void a_label_says_what_a_code_means(void **state)
{
    age_span span;
    (void)state;
    assert_true(age_span_of_level("018", "18 år eller eldre", &span));
    assert_true(span.low == 18 && span.high == AGE_SPAN_OPEN);
    assert_true(age_span_of_level("3", "16-19 år", &span));
    assert_true(span.low == 16 && span.high == 19);
    assert_true(age_span_of_level("1", "2", &span));
    assert_true(span.low == 1 && span.high == 1);
    assert_true(age_span_of_level("1", "Menn", &span));
    assert_true(span.low == 1 && span.high == 1);
    assert_true(age_span_of_prefix("60-69 (menn)", NULL, &span));
    assert_true(span.low == 60 && span.high == 69);
    assert_true(age_span_of_prefix("18 år og over, menn", NULL, &span));
    assert_true(span.low == 18 && span.high == AGE_SPAN_OPEN);
    assert_true(age_span_of_prefix("242 Råd", NULL, &span));
    assert_true(span.low == 242 && span.high == 242);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read),
        cmocka_unit_test(others_are_none),
        cmocka_unit_test(a_label_says_what_a_code_means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
