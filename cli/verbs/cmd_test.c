/* cmd_test.c - `behov test`: a hypothesis about the coefficients of a fit, by Wald and by the wild cluster bootstrap.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "outputs.h"
#include "progress.h"
#include "system.h"
#include <behov/fit_results.h>
#include "study_options.h"
#include "verbs.h"
#include "write_test.h"

enum { THREADS_DEFAULT_MAX = 16 };

static const option_text test_options[] = {
    STUDY_OPTIONS,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(TEST_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    {"se", 's', ARGUMENT(KIND), HELP(TEST_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j"},
    {"level", 0, ARGUMENT(PER_CENT), HELP(TEST_LEVEL), NULL},
    {"bootstrap", 'B', ARGUMENT(DRAWS), HELP(TEST_BOOTSTRAP), NULL},
    {"draws", 0, ARGUMENT(KIND), HELP(TEST_DRAWS), "rademacher webb mammen"},
    {"unrestricted", 0, NO_ARGUMENT, HELP(TEST_UNRESTRICTED), NULL},
    {"seed", 0, ARGUMENT(NUMBER), HELP(TEST_SEED), NULL},
    {"threads", 0, ARGUMENT(NUMBER), HELP(TEST_THREADS), NULL},
    {"drop-collinear", 0, NO_ARGUMENT, HELP(OPTION_DROP_COLLINEAR), NULL},
    OUTPUT_OPTIONS,
};

typedef struct test_state {
    behov_boot_options bootstrap; /* n_draws 0: none */
    behov_hypothesis *hypothesis;
    test_page page;
} test_state;

/* The draws of the bootstrap, on as many processors as there are. */
static int read_bootstrap(const command_line *line, double level, behov_boot_options *out)
{
    double n_draws = 0, seed = 0, n_threads = 0;
    if (!whole_option(line, "bootstrap", 1, 1e9, &n_draws) ||
        !whole_option(line, "seed", 0, 9007199254740992.0, &seed) || !whole_option(line, "threads", 1, 256, &n_threads))
        return 2;
    static const char *const needing[] = {"draws", "unrestricted", "seed", "threads"};
    for (size_t i = 0; i < sizeof needing / sizeof *needing && n_draws == 0; i++)
        if (option_given(line, needing[i]))
            return wrong_call(line->verb, SAY_TEST_NEEDS_BOOTSTRAP, needing[i]);
    if (n_threads == 0) {
        size_t n_processors = system_processors();
        n_threads = n_processors < THREADS_DEFAULT_MAX ? (double)n_processors : THREADS_DEFAULT_MAX;
    }
    *out = (behov_boot_options){.n_draws = (size_t)n_draws,
                                .seed = (uint64_t)seed,
                                .is_unrestricted = option_given(line, "unrestricted"),
                                .level = level,
                                .n_threads = (size_t)n_threads};
    const char *draws = option_value(line, "draws");
    if (draws && (out->draws = behov_boot_draws_of_name(draws)) == BEHOV_N_BOOT_DRAWS)
        return wrong_call(line->verb, SAY_TEST_DRAWS_UNKNOWN, draws);
    return 0;
}

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
    int code = read_bootstrap(line, call->fit_choices.level, &state->bootstrap);
    call->fit_choices.keep_clusters = state->bootstrap.n_draws > 0;
    if (!code && state->bootstrap.n_draws > 0 && call->clusters.n == 2)
        return wrong_call(line->verb, SAY_TEST_BOOTSTRAP_TWO_WAY);
    return code;
}

static int choose(verb_call *call)
{
    const test_state *state = call->state;
    const verb *verb = call->line->verb;
    if (state->bootstrap.n_draws > 0 && !call->fit_choices.cluster)
        return wrong_call(verb, SAY_TEST_BOOTSTRAP_NEEDS_CLUSTERS);
    if (state->bootstrap.n_draws > 0 && call->fit_choices.kind != BEHOV_VCOV_CV1)
        return wrong_call(verb, SAY_TEST_BOOTSTRAP_NEEDS_CV1);
    return 0;
}

static behov_status draw(const behov_estimation *estimation, test_state *state, behov_error *err)
{
    behov_boot_options options = state->bootstrap;
    options.context = progress_new("bootstrap");
    options.progress = progress_step;
    behov_status status = behov_boot_wild(estimation->fit, estimation->factors, state->hypothesis, &options,
                                          &state->page.test.bootstrap, err);
    progress_free(options.context);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    test_state *state = call->state;
    behov_test_results *test = &state->page.test;
    behov_status status =
        behov_hypothesis_parse(call->line->operands[0], call->estimation.design, &state->hypothesis, err);
    if (!status)
        status = behov_wald(call->estimation.vcov, call->estimation.fit, state->hypothesis, &test->wald, err);
    if (status)
        return status;
    double far = behov_t_quantile(call->fit_choices.level, test->wald.dof2) * test->wald.se;
    if (test->wald.sole_share > 0) /* the standard error is too small */
        far = NAN;
    test->hypothesis = state->hypothesis;
    test->ci_low = test->wald.estimate - far;
    test->ci_high = test->wald.estimate + far;
    test->has_bootstrap = state->bootstrap.n_draws > 0;
    test->seed = state->bootstrap.seed;
    state->page.fit_results = &call->fit_results;
    call->context = &state->page;
    return test->has_bootstrap ? draw(&call->estimation, state, err) : BEHOV_OK;
}

static void close_state(void *state)
{
    behov_hypothesis_free(((test_state *)state)->hypothesis);
}

const verb verb_test = {
    .name = "test",
    VERB_WORDS(TEST),
    .rows = HELP(ROWS_TEST),
    VERB_OPTIONS(test_options),
    .repeatable = "output cluster",
    .needs = NEEDS_FIT | NAMES_ITS_PANEL,
    .level_pct = 95,
    .state_size = sizeof(test_state),
    .read = read_choices,
    .choose = choose,
    .compute = compute,
    .writers = &test_writers,
    .close = close_state,
};
