/* test_progress.c - the bar is drawn on a terminal only, not in the first second, and wiped at the end. */
#define _XOPEN_SOURCE 700 /* posix_openpt */

#include "progress.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void no_bar_without_a_terminal(void **state)
{
    (void)state;
    int saved_number = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    progress *bar = progress_new("reading panel.csv");
    dup2(saved_number, STDERR_FILENO);
    close(saved_number);
    close(nowhere);
    assert_null(bar);
    progress_set(bar, 0.5);
    progress_free(bar);
}

/* What a bar writes on a terminal when it is set after `milliseconds`. */
static void draw(long milliseconds, const char *caption, double part, char *output, size_t size)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
        print_message("skipped: no pseudo-terminal on this machine\n");
        skip();
    }
    int other_end = open(ptsname(terminal), O_RDWR | O_NOCTTY), saved_number = dup(STDERR_FILENO);
    assert_true(other_end >= 0);
    dup2(other_end, STDERR_FILENO);
    progress *bar = progress_new(caption);
    nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000}, NULL);
    progress_set(bar, part);
    progress_set(bar, part); /* within 100 ms: not drawn again */
    progress_free(bar);
    dup2(saved_number, STDERR_FILENO);
    close(saved_number);
    /* The terminal hands the bytes over in pieces; a tenth of a second without one is the end. */
    size_t length = 0;
    struct pollfd waiting = {.fd = terminal, .events = POLLIN};
    while (length < size - 1 && poll(&waiting, 1, 100) > 0 && (waiting.revents & POLLIN)) {
        ssize_t n = read(terminal, output + length, size - 1 - length);
        if (n <= 0)
            break;
        length += (size_t)n;
    }
    output[length] = '\0';
    close(other_end);
    close(terminal);
    assert_non_null(bar);
}

static void nothing_is_drawn_in_the_first_second(void **state)
{
    (void)state;
    char output[1000];
    draw(0, "reading panel.csv", 0.5, output, sizeof output);
    assert_string_equal(output, "");
}

static void bar_is_drawn_and_wiped(void **state)
{
    (void)state;
    char output[1000];
    draw(1050, "reading panel.csv", 0.5, output, sizeof output);
    assert_string_equal(output, "\rreading panel.csv  [############............]  50 %\r\033[K");
    draw(1050, "reading panel.csv", 7, output, sizeof output);
    assert_string_equal(output, "\rreading panel.csv  [########################] 100 %\r\033[K");
}

static void long_caption_stays_on_one_line(void **state)
{
    (void)state;
    char caption[400] = "", output[1000];
    for (int i = 0; i < 150; i++)
        strcat(caption, "\xC3\xA6");
    draw(1050, caption, 0, output, sizeof output);
    /* 80 columns where the terminal does not say: 44 characters of two bytes, and no half one. */
    assert_memory_equal(output + 1 + 2 * 44, "  [....", 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bar_without_a_terminal),
        cmocka_unit_test(nothing_is_drawn_in_the_first_second),
        cmocka_unit_test(bar_is_drawn_and_wiped),
        cmocka_unit_test(long_caption_stays_on_one_line),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
