/* cmd_test.c - `behov test`: a hypothesis about the coefficients of a fit, by Wald and by the wild cluster bootstrap. */
#include "bootstrap_options.h"
#include "estimation_options.h"
#include "factors_options.h"
#include "progress.h"
#include "verbs.h"
#include "write_test.h"

static const option_text test_options[] = {
    STUDY_OPTIONS,
    FACTORS_OPTION,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(TEST_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    {"se", 's', ARGUMENT(KIND), HELP(TEST_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j"},
    WORKING_OPTION,
    {"level", 0, ARGUMENT(PER_CENT), HELP(TEST_LEVEL), NULL},
    BOOTSTRAP_OPTIONS,
    COLLINEAR_OPTION,
    OUTPUT_OPTIONS,
};

typedef struct test_state {
    behov_boot_options bootstrap; /* n_draws 0: none */
    test_page page;
} test_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    test_state *state = call->state;
    double level_pct = 100 * call->fit_choices.level;
    if (line->n_operands == 0)
        return wrong_call(line->verb, SAY_TEST_NO_HYPOTHESIS);
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_TEST_ONE_TOO_MANY, line->operands[2]);
    call->panel = line->n_operands == 2 ? line->operands[1] : NULL;
    if (!level_option(line, &level_pct))
        return 2;
    call->fit_choices.level = level_pct / 100;
    int code = bootstrap_options_read(line, call->fit_choices.level, &state->bootstrap);
    call->fit_choices.keep_clusters = state->bootstrap.n_draws > 0;
    if (!code && state->bootstrap.n_draws > 0 && call->clusters.n == 2)
        return wrong_call(line->verb, SAY_TEST_BOOTSTRAP_TWO_WAY);
    return code;
}

/* The bootstrap is of CV1's t: with it nothing else is chosen. */
static int choose(verb_call *call)
{
    const test_state *state = call->state;
    const verb *verb = call->line->verb;
    if (state->bootstrap.n_draws > 0)
        call->fit_choices.is_default_kind = false;
    if (state->bootstrap.n_draws > 0 && !call->fit_choices.cluster)
        return wrong_call(verb, SAY_TEST_BOOTSTRAP_NEEDS_CLUSTERS);
    if (state->bootstrap.n_draws > 0 && call->fit_choices.kind != BEHOV_VCOV_CV1)
        return wrong_call(verb, SAY_TEST_BOOTSTRAP_NEEDS_CV1);
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    test_state *state = call->state;
    state->page.fit_results = &call->fit_results;
    call->context = &state->page;
    progress *bar = progress_new("bootstrap");
    state->bootstrap.context = bar;
    state->bootstrap.progress = progress_step;
    behov_status status = behov_test_results_compute(&call->estimation, call->line->operands[0], &state->bootstrap,
                                                     &state->page.test, err);
    progress_free(bar);
    return status;
}

static void close_state(void *state)
{
    behov_test_results_free(&((test_state *)state)->page.test);
}

const verb verb_test = {
    .name = "test",
    VERB_WORDS(TEST),
    .rows = HELP(ROWS_TEST),
    VERB_OPTIONS(test_options),
    .repeatable = "output cluster factors",
    .needs = NEEDS_FIT | NAMES_ITS_PANEL,
    .level_pct = 95,
    .state_size = sizeof(test_state),
    .read = read_choices,
    .choose = choose,
    .compute = compute,
    .writers = &test_writers,
    .close = close_state,
};
