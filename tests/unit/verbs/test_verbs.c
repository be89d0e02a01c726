/* test_verbs.c - whole verbs with memory ending anywhere, in jansson too: each ends with 1 and a sentence and
 * yesterday's file, or with 0 and the very bytes it prints and writes with memory enough. That nothing leaks is seen
 * under valgrind or the address sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
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

static const char fit_text[] =
    "{\"formula\": \"y ~ x\", \"coefficients\": [{\"term\": \"(Intercept)\", \"estimate\": 1},\n"
    "{\"term\": \"x\", \"estimate\": 0.5}]}\n";
static const char printed_text[] = "term,coefficient,stars,standard_error\n(Intercept),1.10,*,0.40\nx,0.90,**,0.20\n";

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
    return setenv("BEHOV_DATASETS", datasets, 1) || !mkdtemp(folder) || chdir(folder) || put("panel.csv", panel) ||
           put("model.ini", model_text) || put("groups.csv", groups_text) || put("fit.json", fit_text) ||
           put("printed.csv", printed_text);
}

static int leave(void **state)
{
    (void)state;
    return unlink("fit.json") || unlink("printed.csv") || unlink("panel.csv") || unlink("model.ini") ||
           unlink("groups.csv") || chdir("/") || rmdir(folder);
}

/* Files in the folder beside the five above. */
static size_t other_files(void)
{
    size_t n = 0;
    DIR *open = opendir(".");
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open));)
        n++;
    closedir(open);
    return n - 7; /* . and .. */
}

/* All that a file holds from its beginning; from malloc, "" for one that is not there. */
static char *bytes_of(int file, long *length)
{
    long size = file < 0 ? 0 : (long)lseek(file, 0, SEEK_END);
    char *bytes = calloc((size_t)size + 1, 1);
    assert_non_null(bytes);
    if (size)
        assert_int_equal(pread(file, bytes, (size_t)size, 0), size);
    if (length)
        *length = size;
    return bytes;
}

static char *bytes_in(const char *path, long *length)
{
    int file = open(path, O_RDONLY);
    char *bytes = bytes_of(file, length);
    if (file >= 0)
        close(file);
    return bytes;
}

/* Runs a verb with standard output and error sent away; its exit code, how many bytes it said, and what it printed. */
static int run(const verb *verb, char **arguments, int n_arguments, size_t fail_at, bool *was_reached, long *n_said,
               char **text)
{
    command_line line;
    bool helped;
    int printed = open("said", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(unlink("said"), 0);
    int said_number = open("said", O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(printed >= 0 && said_number >= 0);
    assert_int_equal(unlink("said"), 0);
    assert_true(command_line_read(verb, n_arguments, arguments, &line, &helped));
    fflush(NULL);
    int saved_files[] = {dup(STDOUT_FILENO), dup(STDERR_FILENO)};
    dup2(printed, STDOUT_FILENO);
    dup2(said_number, STDERR_FILENO);
    failing_malloc_start(fail_at);
    int code = verb_run_line(&line);
    *was_reached = failing_malloc_stop();
    fflush(NULL);
    *n_said = (long)lseek(said_number, 0, SEEK_END);
    *text = bytes_of(printed, NULL);
    dup2(saved_files[0], STDOUT_FILENO);
    dup2(saved_files[1], STDERR_FILENO);
    close(saved_files[0]), close(saved_files[1]), close(printed), close(said_number);
    command_line_free(&line);
    return code;
}

enum { MOST_ARGUMENTS = 12, EVERY_ONE = 150, STEP = 13 };

#define SMALL "panel.csv", "--model", "model.ini", "-q"
#define FEW_DRAWS "--draws", "100"

static const struct {
    const verb *verb;
    const char *arguments[MOST_ARGUMENTS], *written_text;
    bool is_json; /* each single allocation fails in its turn */
} calls[] = {
    {&verb_fit, {SMALL, "--full", "--profile", "1106", FEW_DRAWS, "-o", "book.xlsx"}, "book.xlsx", false},
    {&verb_profile, {"1106,1103", SMALL, "--group", "groups.csv", FEW_DRAWS}, NULL, false},
    {&verb_plot, {"profile", "1106", SMALL, "-o", "one.svg"}, "one.svg", false},
    {&verb_template,
     {"--model", "model.ini", "--municipalities", "panel.csv", "--years", "2012-2013", "-q", "-o", "blank.xlsx"},
     "blank.xlsx",
     false},
    {&verb_rank, {SMALL, "--within", "groups.csv", FEW_DRAWS}, NULL, false},
    {&verb_rank, {SMALL, "--within", "like:1106:2", FEW_DRAWS}, NULL, false},
    {&verb_peers, {"1106", SMALL, "--count", "2", "--municipality", "1102", "-o", "peers.xlsx"}, "peers.xlsx", false},
    {&verb_peers, {"1106", SMALL, "--count", "2", "--distance-weights", "x=2", "--json"}, NULL, true},
    {&verb_select, {SMALL}, NULL, false},
    {&verb_fit, {SMALL, "--json"}, NULL, true},
    {&verb_fit, {SMALL, "-o", "x.json"}, "x.json", true},
    {&verb_check, {SMALL}, NULL, true},
    {&verb_check, {SMALL, "--json"}, NULL, true},
    {&verb_check, {SMALL, "-o", "x.xlsx"}, "x.xlsx", false},
    {&verb_fit, {SMALL, "--json", "--by", "year"}, NULL, true},
    {&verb_fit, {SMALL, "--json", "--absorb", "municipality_code"}, NULL, true},
    {&verb_test, {"x = 0", SMALL, "--json"}, NULL, true},
    {&verb_apply, {"panel.csv", "--coefficients", "fit.json", "-q", "--json"}, NULL, true},
    {&verb_rank, {SMALL, "--json", FEW_DRAWS}, NULL, true},
    {&verb_select, {SMALL, "--json"}, NULL, true},
    {&verb_profile, {"1106,1103", SMALL, "--json", FEW_DRAWS}, NULL, true},
    {&verb_diagnose, {SMALL, "--json"}, NULL, true},
    {&verb_audit, {"printed.csv", "--json"}, NULL, true},
    {&verb_tables, {SMALL, "--json"}, NULL, true},
    {&verb_template, {"--model", "model.ini", "-q", "--json"}, NULL, true},
};

static void with_memory_ending_anywhere(size_t i, size_t *n_wrong)
{
    char *arguments[MOST_ARGUMENTS + 1], *whole, *printed;
    const char *path = calls[i].written_text;
    int n_arguments = 0;
    arguments[n_arguments++] = (char *)calls[i].verb->name;
    for (size_t j = 0; j < MOST_ARGUMENTS && calls[i].arguments[j]; j++)
        arguments[n_arguments++] = (char *)calls[i].arguments[j];
    bool was_reached = true;
    long n_said, n_noted, length_whole = 0, length = 0;
    assert_int_equal(run(calls[i].verb, arguments, n_arguments, 0, &was_reached, &n_noted, &whole), 0);
    char *file_whole = path ? bytes_in(path, &length_whole) : NULL;
    assert_int_equal(other_files(), path != NULL);
    bool is_short = effort(100) < 100, replaces = calls[i].verb != &verb_template; /* that one spares what is there */
    const char *old = replaces ? "old" : "";
    size_t n = 1, n_points = 0, n_told = 0, step = is_short ? 20 * STEP : calls[i].is_json ? 1 : STEP;
    was_reached = true;
    for (; was_reached; n += n < EVERY_ONE && !is_short ? 1 : step) {
        if (path)
            assert_int_equal(replaces ? put(path, old) : unlink(path) && errno != ENOENT, 0);
        int code = run(calls[i].verb, arguments, n_arguments, n, &was_reached, &n_said, &printed);
        char *file = path ? bytes_in(path, &length) : NULL;
        /* a list that could not be made shorter does no harm */
        bool is_right = code == 0
                            ? n_said <= n_noted && strcmp(printed, whole) == 0 &&
                                  (!path || (length == length_whole && memcmp(file, file_whole, (size_t)length) == 0))
                            : was_reached && code == 1 && n_said > 20 && (!path || strcmp(file, old) == 0);
        size_t n_files = other_files();
        if (!is_right || n_files != (path && (replaces || code == 0))) {
            print_error("%s, allocation %lu: exit code %d, %ld bytes told, %lu files\n", calls[i].verb->name,
                        (unsigned long)n, code, n_said, (unsigned long)n_files);
            ++*n_wrong;
        }
        n_points++;
        n_told += code != 0;
        free(printed);
        free(file);
    }
    print_message("%s%s: %lu of %lu allocations failed one by one, %lu told, the others changed no byte\n",
                  calls[i].verb->name, calls[i].is_json ? " as JSON" : "", (unsigned long)n_points - 1,
                  (unsigned long)(n - 1), (unsigned long)n_told);
    assert_true(n > 100);
    if (path)
        assert_int_equal(unlink(path), 0);
    free(whole);
    free(file_whole);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    size_t n_wrong = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        with_memory_ending_anywhere(i, &n_wrong);
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    gsl_set_error_handler_off();
    failing_malloc_with_jansson();
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_may_end_anywhere)};
    return cmocka_run_group_tests(tests, enter, leave);
}
