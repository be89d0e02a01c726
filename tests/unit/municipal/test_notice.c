/* test_notice.c - what is reported without being an error: whole, however long; nothing where nobody listens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <behov/notice.h>

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
    char text[2001];
    heard heard = {0};
    behov_notice notice = {hear, &heard};
    memset(text, 'a', sizeof text - 1);
    for (size_t length = 900; length < sizeof text; length += 7) {
        text[length] = '\0';
        behov_notice_tell(&notice, SAY_MESSAGE, text);
        char english[4096];
        behov_phrase_english(strchr(strchr(heard.text, 0x1F) + 1, 0x1F) + 1, sizeof english, english);
        assert_memory_equal(english, text, length);
        text[length] = 'a';
    }
    assert_int_equal(heard.n, 158);
    behov_notice_tell(&(behov_notice){0}, SAY_MESSAGE, text);
    assert_int_equal(heard.n, 158);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_message_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
