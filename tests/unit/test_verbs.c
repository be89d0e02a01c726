/* test_verbs.c - whole verbs with memory ending anywhere: each ends with 1 and a sentence, and leaves no file behind.
 * That nothing leaks is seen under valgrind or the address sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "effort.h"
#include "failing_malloc.h"
#include "options.h"
#include "verbs.h"

static const char panel[] = "municipality_code,municipality,year,population,y,x\n"
                            "1106,Foss,2012,6000,4.1,2.0\n"
                            "1102,Bru,2012,2500,2.2,1.2\n"
                            "1103,Dal,2012,3100,1.9,0.7\n"
                            "1104,Elv,2012,4200,3.0,1.5\n"
                            "1106,Foss,2013,6100,3.9,2.1\n"
                            "1102,Bru,2013,2400,2.9,1.0\n"
                            "1103,Dal,2013,3000,1.7,.\n"
                            "1104,Elv,2013,4100,2.0,1.4\n";
static const char model_text[] = "[model]\nformula = y ~ x + factor(year)\noutcome_unit = 1000kr_per_inhabitant\n"
                                 "cluster = municipality_code\n[proxies_nb]\nx = noe annet\n[units_nb]\nx = prosent\n"
                                 "[limits]\nx = 0..100\n";
static const char groups_text[] = "municipality_code;group\n1102;a\n1103;a\n1104;b\n1106;b\n";

static char folder[] = "/tmp/behov-verbs-XXXXXX";

static int put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    if (!file)
        return 1;
    fputs(text, file);
    return fclose(file);
}

static int enter(void **state)
{
    (void)state;
    char datasets[4000];
    const char *source = getenv("BEHOV_SOURCE");
    snprintf(datasets, sizeof datasets, "%s/datasets", source ? source : "../..");
    return setenv("BEHOV_DATASETS", datasets, 1) || !mkdtemp(folder) || chdir(folder) || put("panel.csv", panel) || put("model.ini", model_text) ||
           put("groups.csv", groups_text);
}

static int leave(void **state)
{
    (void)state;
    return unlink("panel.csv") || unlink("model.ini") || unlink("groups.csv") || chdir("/") || rmdir(folder);
}

/* Files in the folder beside the three above. */
static size_t other_files(void)
{
    size_t n = 0;
    DIR *open = opendir(".");
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open));)
        n++;
    closedir(open);
    return n - 5; /* . and .. */
}

/* Runs a verb with standard output and error sent away; its exit code, and how many bytes it said and printed. */
static int run(const verb *of, char **arguments, int n_arguments, size_t fail_at, bool *was_reached, long *n_said,
               long *n_printed)
{
    command_line line;
    bool helped;
    int printed = open("said", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(unlink("said"), 0);
    int said = open("said", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(printed >= 0 && said >= 0);
    assert_int_equal(unlink("said"), 0);
    assert_true(command_line_read(of, n_arguments, arguments, &line, &helped));
    fflush(NULL);
    int kept[] = {dup(STDOUT_FILENO), dup(STDERR_FILENO)};
    dup2(printed, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    failing_malloc_start(fail_at);
    int code = of->run(&line);
    *was_reached = failing_malloc_stop();
    fflush(NULL);
    *n_said = (long)lseek(said, 0, SEEK_END);
    *n_printed = (long)lseek(printed, 0, SEEK_END);
    dup2(kept[0], STDOUT_FILENO);
    dup2(kept[1], STDERR_FILENO);
    close(kept[0]), close(kept[1]), close(printed), close(said);
    command_line_free(&line);
    return code;
}

enum { MOST_ARGUMENTS = 12, EVERY_ONE = 150, STEP = 13 };

static const struct {
    const verb *of;
    const char *arguments[MOST_ARGUMENTS], *made;
} calls[] = {
    {&verb_fit,
     {"panel.csv", "--model", "model.ini", "--full", "--profile", "1106", "--draws", "100", "-q", "-o", "book.xlsx"},
     "book.xlsx"},
    {&verb_profile,
     {"1106,1103", "panel.csv", "--model", "model.ini", "--group", "groups.csv", "--draws", "100", "-q"},
     NULL},
    {&verb_plot, {"profile", "1106", "panel.csv", "--model", "model.ini", "-q", "-o", "one.svg"}, "one.svg"},
    {&verb_template,
     {"--model", "model.ini", "--municipalities", "panel.csv", "--years", "2012-2013", "-q", "-o", "blank.xlsx"},
     "blank.xlsx"},
    {&verb_rank, {"panel.csv", "--model", "model.ini", "--within", "groups.csv", "--draws", "100", "-q"}, NULL},
    {&verb_select, {"panel.csv", "--model", "model.ini", "-q"}, NULL},
};

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    size_t n_wrong = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        char *arguments[MOST_ARGUMENTS + 1];
        int n_arguments = 0;
        arguments[n_arguments++] = (char *)calls[i].of->name;
        for (size_t j = 0; j < MOST_ARGUMENTS && calls[i].arguments[j]; j++)
            arguments[n_arguments++] = (char *)calls[i].arguments[j];
        bool was_reached = true;
        long n_said, n_printed, n_whole;
        assert_int_equal(run(calls[i].of, arguments, n_arguments, 0, &was_reached, &n_said, &n_whole), 0);
        if (calls[i].made)
            assert_int_equal(unlink(calls[i].made), 0);
        was_reached = true;
        size_t n = 1, step = effort(100) < 100 ? 20 * STEP : STEP;
        for (; was_reached; n += n < EVERY_ONE && step == STEP ? 1 : step) {
            int code = run(calls[i].of, arguments, n_arguments, n, &was_reached, &n_said, &n_printed);
            /* a list that could not be made shorter does no harm */
            bool is_right = code == 0 ? n_said == 0 && n_printed == n_whole : was_reached && code == 1 && n_said > 20;
            size_t n_files = other_files(), expected = code == 0 && calls[i].made;
            if (!is_right || n_files != expected) {
                print_error("%s, allocation %lu: exit code %d, %ld bytes told, %lu files\n", calls[i].of->name,
                            (unsigned long)n, code, n_said, (unsigned long)n_files);
                n_wrong++;
            }
            if (n_files)
                unlink(calls[i].made);
        }
        print_message("%s: %lu allocations\n", calls[i].of->name, (unsigned long)n);
        assert_true(n > 100);
    }
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_may_end_anywhere)};
    return cmocka_run_group_tests(tests, enter, leave);
}
