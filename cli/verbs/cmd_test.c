/* cmd_test.c - `behov test`: a hypothesis about the coefficients of a fit, by Wald and by the wild cluster bootstrap.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "estimation_options.h"
#include "outputs.h"
#include "progress.h"
#include "fit_results.h"
#include "study_options.h"
#include "verbs.h"
#include "write_test.h"

enum { THREADS_DEFAULT_MAX = 16 };

static const option_text test_options[] = {
    STUDY_OPTIONS,
    {"cluster", 'c', "COLUMN",
     "cluster-robust errors by this column, or arithmetic over columns; '' = none;\ngiven twice: two-way clustering"},
    WEIGHT_OPTIONS,
    {"se", 's', "KIND",
     "standard errors: classical, hc0, hc1, hc2, hc3, cv0, cv1, cv2, cv3, cv3j\n(cv1, Stata's vce(cluster), with "
     "clusters; else classical)"},
    {"level", 0, "PER CENT", "level of the intervals, 95 unless given"},
    {"bootstrap", 'B', "DRAWS", "wild cluster bootstrap with so many draws, as 99999 (one restriction, cv1)"},
    {"draws", 0, "KIND", "rademacher, webb or mammen; without it webb below 12 clusters, else rademacher"},
    {"unrestricted", 0, NULL, "bootstrap about the estimate (WCU) instead of under the hypothesis (WCR)"},
    {"seed", 0, "NUMBER", "of the draws, 0 unless given; the same seed gives the same figures"},
    {"threads", 0, "NUMBER", "of the bootstrap; without it one for each processor. Changes no figure"},
    {"drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"},
    {"output", 'o', "FILE",
     "write FILE.xlsx, FILE.html, FILE.tex, FILE.md, FILE.txt, FILE.csv (the Wald test) or FILE.json;\nmay be given "
     "several "
     "times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the files say they were made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

typedef struct test_state {
    behov_boot_options bootstrap; /* n_draws 0: none */
    behov_hypothesis *hypothesis;
    test_results test;
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
            return wrong_call(line->verb, "--%s is about the bootstrap: give --bootstrap DRAWS too", needing[i]);
    if (n_threads == 0) {
        long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
        n_threads = n_processors < 1                     ? 1
                    : n_processors < THREADS_DEFAULT_MAX ? (double)n_processors
                                                         : THREADS_DEFAULT_MAX;
    }
    *out = (behov_boot_options){.n_draws = (size_t)n_draws,
                                .seed = (uint64_t)seed,
                                .is_unrestricted = option_given(line, "unrestricted"),
                                .level = level,
                                .n_threads = (size_t)n_threads};
    const char *draws = option_value(line, "draws");
    if (draws && (out->draws = behov_boot_draws_of_name(draws)) == BEHOV_N_BOOT_DRAWS)
        return wrong_call(line->verb, "--draws %s: there are rademacher, webb and mammen", draws);
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    test_state *state = call->state;
    double level_pct = 100 * call->fit_choices.level;
    if (line->n_operands == 0)
        return wrong_call(line->verb, "give a hypothesis, as 'x = 0'");
    if (line->n_operands > 2)
        return wrong_call(line->verb,
                          "a hypothesis and one panel: %s is one too many; several restrictions stand in one text, "
                          "'a = 0, b = 0'",
                          line->operands[2]);
    call->panel = line->n_operands == 2 ? line->operands[1] : NULL;
    if (!level_option(line, &level_pct))
        return 2;
    call->fit_choices.level = level_pct / 100;
    int code = read_bootstrap(line, call->fit_choices.level, &state->bootstrap);
    call->fit_choices.keep_clusters = state->bootstrap.n_draws > 0;
    if (!code && state->bootstrap.n_draws > 0 && call->clusters.n == 2)
        return wrong_call(line->verb,
                          "--bootstrap draws a sign for each cluster of one clustering: give one --cluster, or "
                          "leave out --bootstrap");
    return code;
}

static int choose(verb_call *call)
{
    const test_state *state = call->state;
    const verb *verb = call->line->verb;
    if (state->bootstrap.n_draws > 0 && !call->fit_choices.cluster)
        return wrong_call(verb, "--bootstrap draws a sign for each cluster: name a column with --cluster");
    if (state->bootstrap.n_draws > 0 && call->fit_choices.kind != BEHOV_VCOV_CV1)
        return wrong_call(verb, "--bootstrap is of the t-statistic with cv1: leave out --se, or --bootstrap");
    return 0;
}

static void show(void *bar, double part)
{
    progress_set(bar, part);
}

static behov_status draw(const behov_estimation *estimation, test_state *state, behov_error *err)
{
    behov_boot_options options = state->bootstrap;
    options.context = progress_new("bootstrap");
    options.progress = show;
    behov_status status =
        behov_boot_wild(estimation->fit, estimation->factors, state->hypothesis, &options, &state->test.bootstrap, err);
    progress_free(options.context);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    test_state *state = call->state;
    test_results *test = &state->test;
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
    call->context = call;
    return test->has_bootstrap ? draw(&call->estimation, state, err) : BEHOV_OK;
}

static const test_results *results(const verb_call *call)
{
    return &((const test_state *)call->state)->test;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    return write_text_test(&call->fit_results, results(call), stdout, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const verb_call *call = context;
    return test_add(&call->fit_results, results(call), list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const verb_call *call = context;
    return test_table(&call->fit_results, results(call), report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const verb_call *call = context;
    return write_json_test(path, &call->fit_results, results(call), err);
}

static const output_writers writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_TEST};

static void close_state(void *state)
{
    behov_hypothesis_free(((test_state *)state)->hypothesis);
}

const verb verb_test = {
    .name = "test",
    .usage = "HYPOTHESIS [PANEL] [--model FILE | --formula TEXT] [--cluster COLUMN] [--bootstrap DRAWS]",
    .summary = "Test a hypothesis about coefficients, by Wald and by wild cluster bootstrap.",
    .details = "HYPOTHESIS is one or several restrictions in the names that `behov fit` prints, separated by commas: "
               "'a = 0',\n"
               "'a = b', 'a + b = 1', '2*a - b/3 = 0.5', 'year=2013 = year=2014'. PANEL is as for `behov fit`.\n"
               "\n"
               "Examples\n"
               "  behov test 'upper_secondary_completion = 0' --bootstrap 99999\n"
               "  behov test 'year=2013 = 0, year=2014 = 0' panel.csv --cluster municipality_code\n"
               "  behov test 'disabled_18_49 = non_western_immigrants' --se cv2 --json\n"
               "  behov test 'new_refugees = 1' --weights population --cluster municipality_code --cluster year",
    .options = test_options,
    .n_options = sizeof test_options / sizeof *test_options,
    .repeatable = "output cluster",
    .needs = NEEDS_FIT | NAMES_ITS_PANEL,
    .level_pct = 95,
    .state_size = sizeof(test_state),
    .read = read_choices,
    .choose = choose,
    .compute = compute,
    .page = page,
    .writers = &writers,
    .close = close_state,
};
