/* test_tables.c - see test_tables.h. */
#include <behov/test_tables.h>
#include <behov/clustering_sentences.h>

#include <math.h>
#include <stdlib.h>

#include <behov/labels.h>
#include <behov/result_sentences.h>
#include "table_columns.h"
#include <behov/test_sentences.h>

typedef struct figure {
    behov_report_column column;
    double value;
} figure;

static double figure_of_first_row(const void *context, size_t row)
{
    return row == 0 ? *(const double *)context : NAN;
}

static const char *hypothesis_text(const void *context, size_t row)
{
    return behov_hypothesis_text(context, row);
}

/* Figures in the first row, behind the restrictions of a hypothesis (n_rows of them; NULL = no such column). */
static behov_status figures_table(const char *key, const behov_hypothesis *hypothesis, size_t n_rows,
                                  const figure *figures, size_t n, behov_report **out, behov_error *err)
{
    static const behov_table_column restrictions = {{"hypothesis", NULL, BEHOV_Q_TEXT}, .text = hypothesis_text};
    behov_report *report = NULL;
    behov_status status =
        behov_table_columns_new(key, n_rows, &restrictions, hypothesis ? 1 : 0, hypothesis, &report, err);
    for (size_t i = 0; i < n && !status; i++)
        status = behov_table_columns_add(
            report, &(behov_table_column){figures[i].column, .figure = figure_of_first_row}, 1, &figures[i].value, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_test_table(const behov_fit_results *fit_results, const behov_test_results *test,
                              behov_report **report, behov_error *err)
{
    const behov_wald_result *wald = &test->wald;
    char low[100], high[100];
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_LOW, low);
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_HIGH, high);
    const figure of_one[] = {
        {{"estimate", NULL, BEHOV_Q_COEFFICIENT}, wald->estimate},
        {{"standard_error", NULL, BEHOV_Q_STANDARD_ERROR}, wald->se},
        {{"t", NULL, BEHOV_Q_T}, wald->t},
        {{"p", NULL, BEHOV_Q_P}, wald->p},
        {{"ci_low", low, BEHOV_Q_COEFFICIENT}, test->ci_low},
        {{"ci_high", high, BEHOV_Q_COEFFICIENT}, test->ci_high},
    };
    const figure of_several[] = {
        {{"f", NULL, BEHOV_Q_T}, wald->f},
        {{"dof1", NULL, BEHOV_Q_DOF}, wald->dof1},
        {{"dof2", NULL, BEHOV_Q_DOF}, wald->dof2},
        {{"p", NULL, BEHOV_Q_P}, wald->p},
    };
    bool is_one = wald->n_restrictions == 1;
    return figures_table("test", test->hypothesis, wald->n_restrictions, is_one ? of_one : of_several,
                         is_one ? sizeof of_one / sizeof *of_one : sizeof of_several / sizeof *of_several, report, err);
}

/* What was counted, where the interval has no end, what follows from few clusters. */
static behov_status note_bootstrap(behov_language lang, const behov_boot_result *boot, behov_section_list *list,
                                   behov_error *err)
{
    static void (*const say[])(behov_language, const behov_boot_result *, behov_wording *) = {
        behov_test_say_counts, behov_test_say_interval, behov_test_say_clusters};
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof say / sizeof *say && !status; i++) {
        say[i](lang, boot, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_bootstrap(const behov_fit_results *fit_results, const behov_test_results *test,
                                  behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    const behov_boot_result *boot = &test->bootstrap;
    char low[100], high[100];
    behov_wording method = {0};
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_LOW, low);
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_HIGH, high);
    const figure figures[] = {
        {{"p_symmetric", NULL, BEHOV_Q_P}, boot->p_symmetric},
        {{"p_equal_tail", NULL, BEHOV_Q_P}, boot->p_equal_tail},
        {{"ci_low", low, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_low) ? NAN : boot->ci_low},
        {{"ci_high", high, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_high) ? NAN : boot->ci_high},
    };
    behov_report *table = NULL;
    behov_status status = figures_table("bootstrap", NULL, 1, figures, sizeof figures / sizeof *figures, &table, err);
    behov_test_say_method(lang, test, &method);
    if (!status)
        status =
            behov_section_list_add_said(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_BOOTSTRAP),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_BOOTSTRAP),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_BOOTSTRAP)},
                                        NULL, &method, table, err);
    behov_wording_free(&method);
    return status ? status : note_bootstrap(lang, &test->bootstrap, list, err);
}

static behov_status note_errors(const behov_fit_results *fit_results, const behov_wald_result *wald,
                                behov_section_list *list, behov_error *err)
{
    static const behov_fit_results_says says[] = {behov_fit_results_no_error, behov_fit_results_cut,
                                                  behov_fit_results_weights};
    behov_wording words = {0};
    behov_fit_results_many_restrictions(fit_results, wald, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; !status && behov_clustering_note(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; !status && behov_fit_results_cluster_warning(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; i < sizeof says / sizeof *says && !status; i++) {
        says[i](fit_results, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

behov_status behov_test_add(const behov_fit_results *fit_results, const behov_test_results *test,
                            behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_wording errors = {0};
    behov_report *table = NULL;
    behov_fit_results_errors(fit_results, &errors);
    behov_status status = behov_test_table(fit_results, test, &table, err);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_TEST),
                                                             .title = behov_label(lang, BEHOV_WORD_TITLE_TEST),
                                                             .table_name = behov_label(lang, BEHOV_WORD_SHEET_TEST),
                                                             .n_frozen_columns = 1},
                                             NULL, &errors, table, err);
    behov_wording_free(&errors);
    if (!status && test->has_bootstrap)
        status = add_bootstrap(fit_results, test, list, err);
    if (!status)
        status = note_errors(fit_results, &test->wald, list, err);
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note_all(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
