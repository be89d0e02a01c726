/* test_rate_limit.c - waiting, without a clock and without a network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rate_limit.h"

#define assert_seconds(want, got) assert_true((got) > (want)-1e-9 && (got) < (want) + 1e-9)

/* Forty a minute: the forty-first waits until the first is a minute old. */
static void test_window(void **state)
{
    (void)state;
    rate_limit limit;
    rate_limit_start(&limit);
    rate_limit_hear(&limit, "40", "39", "40;w=60s", 100);
    for (int i = 0; i < 39; i++)
        rate_limit_note_sent(&limit, 100 + 0.5 * i);
    assert_seconds(0, rate_limit_wait_s(&limit, 119));
    rate_limit_note_sent(&limit, 119.5);
    assert_seconds(40, rate_limit_wait_s(&limit, 120));
    assert_seconds(0, rate_limit_wait_s(&limit, 160));
    rate_limit_note_sent(&limit, 160);
    assert_seconds(0.5, rate_limit_wait_s(&limit, 160));
}

/* Without a word from the server: thirty a minute, as its documentation says. */
static void test_silent_server(void **state)
{
    (void)state;
    rate_limit limit;
    rate_limit_start(&limit);
    rate_limit_hear(&limit, NULL, NULL, NULL, 5);
    for (int i = 0; i < 30; i++)
        rate_limit_note_sent(&limit, 10);
    assert_seconds(60, rate_limit_wait_s(&limit, 10));
    assert_seconds(1, rate_limit_wait_s(&limit, 69));
}

/* Nothing left: the whole window, whatever was sent from here. A later answer with some left takes it back. */
static void test_used_up(void **state)
{
    (void)state;
    rate_limit limit;
    rate_limit_start(&limit);
    rate_limit_note_sent(&limit, 0);
    rate_limit_hear(&limit, "40", "0", "40;w=10s", 1);
    assert_seconds(9, rate_limit_wait_s(&limit, 2));
    rate_limit_hear(&limit, "40", "3", "40;w=10s", 3);
    assert_seconds(0, rate_limit_wait_s(&limit, 3));
}

static void test_odd_headers(void **state)
{
    (void)state;
    rate_limit limit;
    rate_limit_start(&limit);
    rate_limit_hear(&limit, "many", "some", "w=", 0);
    rate_limit_hear(&limit, "-5", "", "0;w=0s", 0);
    rate_limit_hear(&limit, "99999999999999999999", NULL, "99999999999999999999;w=99999999999s", 0);
    assert_int_equal(limit.most_requests, RATE_LIMIT_MOST_REMEMBERED);
    assert_seconds(60, limit.window_s);
    assert_false(limit.is_used_up);
}

/* 2, 4, 8 ... 60 seconds, of which at most a half is taken off; another seed gives another wait, the same one the same. */
static void test_backoff(void **state)
{
    (void)state;
    static const double longest[] = {2, 4, 8, 16, 32, 60, 60};
    backoff first = {1}, again = {1}, other = {2};
    for (unsigned i = 0; i < sizeof longest / sizeof *longest; i++) {
        double wait = backoff_wait_s(&first, i + 1, -1);
        assert_true(wait > longest[i] / 2 - 1e-9 && wait <= longest[i]);
        assert_true(wait == backoff_wait_s(&again, i + 1, -1));
        assert_true(wait != backoff_wait_s(&other, i + 1, -1));
    }
    /* What the server asks for is never undercut, nor much exceeded. */
    for (int i = 0; i < 1000; i++) {
        double wait = backoff_wait_s(&first, 3, 30);
        assert_true(wait >= 30 && wait <= 33);
    }
}

static void test_retry_after(void **state)
{
    (void)state;
    assert_seconds(120, retry_after_s("120", -1, 1000));
    assert_seconds(0, retry_after_s("0", -1, 1000));
    assert_true(retry_after_s(NULL, -1, 1000) < 0);
    assert_true(retry_after_s("soon", -1, 1000) < 0);
    assert_true(retry_after_s("-3", -1, 1000) < 0);
    /* Wed, 21 Oct 2015 07:28:00 GMT, a minute and half before and after */
    assert_seconds(90, retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT", 1445412480, 1445412390));
    assert_seconds(0, retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT", 1445412480, 1445412570));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window),      cmocka_unit_test(test_silent_server), cmocka_unit_test(test_used_up),
        cmocka_unit_test(test_odd_headers), cmocka_unit_test(test_backoff),       cmocka_unit_test(test_retry_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
