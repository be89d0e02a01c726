/* test_notice.c - what is told without being an error: whole, however long; nothing where nobody listens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "failing_malloc.h"
#include "notice.h"

typedef struct heard {
    size_t n;
    char text[5000];
} heard;

static void hear(void *context, const char *message)
{
    heard *heard = context;
    heard->n++;
    snprintf(heard->text, sizeof heard->text, "%s", message);
}

static void a_message_is_whole(void **state)
{
    (void)state;
    char text[3001];
    heard heard = {0};
    behov_notice notice = {hear, &heard};
    memset(text, 'a', sizeof text - 1);
    for (size_t length = 900; length < sizeof text; length += 7) {
        text[length] = '\0';
        behov_notice_tell(&notice, "%s", text);
        assert_string_equal(heard.text, text);
        text[length] = 'a';
    }
    assert_int_equal(heard.n, 301);
    behov_notice_tell(&(behov_notice){0}, "%s", text);
    assert_int_equal(heard.n, 301);
}

static void without_memory_it_begins(void **state)
{
    (void)state;
    char text[2001];
    heard heard = {0};
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    failing_malloc_start(1);
    behov_notice_tell(&(behov_notice){hear, &heard}, "%s", text);
    assert_true(failing_malloc_stop());
    assert_int_equal(heard.n, 1);
    assert_int_equal(strlen(heard.text), 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_message_is_whole),
                                       cmocka_unit_test(without_memory_it_begins)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
