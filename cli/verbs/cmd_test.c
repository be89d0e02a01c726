/* cmd_test.c - `behov test`: a hypothesis about the coefficients of a fit, by Wald and by the wild cluster bootstrap.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "outputs.h"
#include "progress.h"
#include "fit_results.h"
#include "study_options.h"
#include "system.h"
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

typedef struct test_choices {
    behov_fit_choices fit;
    behov_boot_options bootstrap; /* n_draws 0: none */
} test_choices;

static int read_choices(const command_line *line, test_choices *choices)
{
    double level_pct = 95, n_draws = 0, seed = 0, n_threads = 0;
    if (!level_option(line, &level_pct) || !whole_option(line, "bootstrap", 1, 1e9, &n_draws) ||
        !whole_option(line, "seed", 0, 9007199254740992.0, &seed) || !whole_option(line, "threads", 1, 256, &n_threads))
        return 2;
    static const char *const of_bootstrap[] = {"draws", "unrestricted", "seed", "threads"};
    for (size_t i = 0; i < sizeof of_bootstrap / sizeof *of_bootstrap && n_draws == 0; i++)
        if (option_given(line, of_bootstrap[i]))
            return wrong_call(line->verb, "--%s is about the bootstrap: give --bootstrap DRAWS too", of_bootstrap[i]);
    if (n_threads == 0) {
        size_t n_processors = system_processors();
        n_threads = n_processors < THREADS_DEFAULT_MAX ? (double)n_processors : THREADS_DEFAULT_MAX;
    }
    choices->fit.level = level_pct / 100;
    choices->fit.drop_collinear = option_given(line, "drop-collinear");
    choices->bootstrap = (behov_boot_options){.n_draws = (size_t)n_draws,
                                              .seed = (uint64_t)seed,
                                              .is_unrestricted = option_given(line, "unrestricted"),
                                              .level = level_pct / 100,
                                              .n_threads = (size_t)n_threads};
    const char *draws = option_value(line, "draws");
    if (draws && (choices->bootstrap.draws = behov_boot_draws_of_name(draws)) == BEHOV_N_BOOT_DRAWS)
        return wrong_call(line->verb, "--draws %s: there are rademacher, webb and mammen", draws);
    return 0;
}

static behov_status compute(const behov_study *study, const test_choices *choices, const char *text,
                            behov_estimation *estimation, behov_hypothesis **hypothesis, test_results *test,
                            behov_error *err)
{
    behov_status status = behov_estimation_make(study, &choices->fit, estimation, err);
    if (!status)
        status = behov_hypothesis_parse(text, estimation->design, hypothesis, err);
    if (!status)
        status = behov_wald(estimation->vcov, estimation->fit, *hypothesis, &test->wald, err);
    if (status)
        return status;
    double far = behov_t_quantile(choices->fit.level, test->wald.dof2) * test->wald.se;
    if (test->wald.sole_share > 0) /* the standard error is too small */
        far = NAN;
    test->hypothesis = *hypothesis;
    test->ci_low = test->wald.estimate - far;
    test->ci_high = test->wald.estimate + far;
    test->has_bootstrap = choices->bootstrap.n_draws > 0;
    test->seed = choices->bootstrap.seed;
    if (!test->has_bootstrap)
        return BEHOV_OK;
    behov_boot_options options = choices->bootstrap;
    options.context = progress_new("bootstrap");
    options.progress = progress_step;
    status = behov_boot_wild(estimation->fit, estimation->factors, *hypothesis, &options, &test->bootstrap, err);
    progress_free(options.context);
    return status;
}

typedef struct test_outputs {
    const behov_fit_results *fit_results;
    const test_results *test;
} test_outputs;

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const test_outputs *outputs = context;
    return test_add(outputs->fit_results, outputs->test, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const test_outputs *outputs = context;
    return test_table(outputs->fit_results, outputs->test, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const test_outputs *outputs = context;
    return write_json_test(path, outputs->fit_results, outputs->test, err);
}

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_TEST};

static int run_test(const command_line *line)
{
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_hypothesis *hypothesis = NULL;
    test_results test = {0};
    test_choices choices = {0};
    behov_error err;
    int code = line->n_operands == 0  ? wrong_call(line->verb, "give a hypothesis, as 'x = 0'")
               : line->n_operands > 2 ? wrong_call(line->verb,
                                                   "a hypothesis and one panel: %s is one too many; several "
                                                   "restrictions stand in one text, 'a = 0, b = 0'",
                                                   line->operands[2])
                                      : read_choices(line, &choices);
    long long date = 0;
    if (!code)
        code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    behov_cluster_options clusters = {0};
    if (!code && !cluster_options_read(line, &clusters))
        code = 2;
    if (!code && choices.bootstrap.n_draws > 0 && clusters.n == 2)
        code = wrong_call(line->verb,
                          "--bootstrap draws a sign for each cluster of one clustering: give one --cluster, or "
                          "leave out --bootstrap");
    if (!code)
        code = study_open_panel(&study, line, line->n_operands == 2 ? line->operands[1] : NULL, clusters.keys,
                                clusters.n, NULL);
    if (!code) {
        behov_cluster_options_choose(&clusters, &study, &choices.fit);
        choices.fit.kind = estimation_kind(line, choices.fit.cluster, &code);
        choices.fit.keep_clusters = choices.bootstrap.n_draws > 0;
    }
    if (!code && choices.bootstrap.n_draws > 0 && !choices.fit.cluster)
        code = wrong_call(line->verb, "--bootstrap draws a sign for each cluster: name a column with --cluster");
    if (!code && choices.bootstrap.n_draws > 0 && choices.fit.kind != BEHOV_VCOV_CV1)
        code = wrong_call(line->verb, "--bootstrap is of the t-statistic with cv1: leave out --se, or --bootstrap");
    if (!code && compute(&study, &choices, line->operands[0], &estimation, &hypothesis, &test, &err))
        code = print_failure(&err);
    if (!code) {
        if (!is_quiet(line))
            estimation_print_notes_dropped(&estimation);
        behov_fit_results fit_results = {.study = &study,
                                         .design = estimation.design,
                                         .fit = estimation.fit,
                                         .vcov = estimation.vcov,
                                         .cluster = behov_vcov_n_clusters(estimation.vcov) ? choices.fit.cluster : NULL,
                                         .second_cluster =
                                             behov_vcov_n_clusters(estimation.vcov) ? choices.fit.second_cluster : NULL,
                                         .level_pct = 100 * choices.fit.level};
        if (option_given(line, "json") ? write_json_test(NULL, &fit_results, &test, &err)
                                       : write_text_test(&fit_results, &test, stdout, &err))
            code = print_failure(&err);
        if (!code)
            code = outputs_write(line, &study, &writers, &(test_outputs){&fit_results, &test}, date);
    }
    behov_hypothesis_free(hypothesis);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return code;
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
    .run = run_test,
};
