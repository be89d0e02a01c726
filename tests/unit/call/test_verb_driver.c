/* test_verb_driver.c - what a verb says it needs is open when it computes, and nothing else; its steps come in order, and
 * what they keep is closed whatever happens. The panel is the bundled one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study_options.h"
#include "verb.h"

/* What the steps saw; the letters of those that were taken. */
static struct {
    char steps[16];
    bool has_model, has_panel, has_design, has_need, has_ratios;
    int code_of_read;
} seen;

static void step(char letter)
{
    seen.steps[strlen(seen.steps)] = letter;
}

static int read_choices(verb_call *call)
{
    (void)call;
    step('r');
    return seen.code_of_read;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    (void)err;
    step('c');
    *(int *)call->state += 1;
    seen.has_model = call->study.formula != NULL;
    seen.has_panel = call->study.table != NULL;
    seen.has_design = call->fit_results.design != NULL;
    seen.has_need = call->fit_results.need != NULL;
    seen.has_ratios = call->ratios.places.n > 0;
    return BEHOV_OK;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    (void)err;
    step('p');
    assert_int_equal(*(const int *)call->state, 1); /* zero at first, and kept from step to step */
    return BEHOV_OK;
}

static int conclude(verb_call *call)
{
    (void)call;
    step('e');
    return 1;
}

static void close_state(void *state)
{
    (void)state;
    step('x');
}

static const option_text table[] = {MODEL_OPTION};

static int run(unsigned needs, int n_arguments, char **arguments)
{
    const verb some_verb = {.name = "some",
                            VERB_WORDS(AUDIT),
                            VERB_OPTIONS(table),
                            .needs = needs,
                            .level_pct = 95,
                            .state_size = sizeof(int),
                            .read = read_choices,
                            .compute = compute,
                            .page = page,
                            .conclude = conclude,
                            .close = close_state};
    int code_of_read = seen.code_of_read;
    memset(&seen, 0, sizeof seen);
    seen.code_of_read = code_of_read;
    fflush(NULL);
    int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    int code = verb_run(&some_verb, n_arguments, arguments);
    fflush(NULL);
    dup2(saved, STDERR_FILENO);
    close(saved), close(nowhere);
    seen.code_of_read = 0;
    return code;
}

static void needs(void **state)
{
    (void)state;
    static const struct {
        unsigned needs;
        bool has_model, has_panel, has_design, has_need, has_ratios;
    } cases[] = {
        {0, false, false, false, false, false},         {NEEDS_MODEL, true, false, false, false, false},
        {NEEDS_PANEL, true, true, false, false, false}, {NEEDS_FIT, true, true, true, false, false},
        {NEEDS_RESULTS, true, true, true, true, false}, {NEEDS_RATIOS, true, true, true, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(run(cases[i].needs, 1, (char *[]){"some"}), 1); /* as conclude says */
        assert_string_equal(seen.steps, "rcpex");
        assert_int_equal(seen.has_model, cases[i].has_model);
        assert_int_equal(seen.has_panel, cases[i].has_panel);
        assert_int_equal(seen.has_design, cases[i].has_design);
        assert_int_equal(seen.has_need, cases[i].has_need);
        assert_int_equal(seen.has_ratios, cases[i].has_ratios);
    }
}

static void failures(void **state)
{
    (void)state;
    seen.code_of_read = 2;
    assert_int_equal(run(NEEDS_PANEL, 1, (char *[]){"some"}), 2);
    assert_string_equal(seen.steps, "rx");
    assert_int_equal(run(NEEDS_PANEL, 2, (char *[]){"some", "/nowhere/panel.csv"}), 1);
    assert_string_equal(seen.steps, "rx");
    assert_int_equal(run(NEEDS_PANEL, 2, (char *[]){"some", "--nothing"}), 2);
    assert_string_equal(seen.steps, "");
    assert_int_equal(run(NEEDS_PANEL, 5, (char *[]){"some", "--model", "a.ini", "--model", "b.ini"}),
                     2); /* the last would win */
    assert_string_equal(strchr(seen.steps, 'c') ? "computed" : "", "");
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(needs), cmocka_unit_test(failures)};
    return cmocka_run_group_tests_name("verb_driver", tests, NULL, NULL);
}
