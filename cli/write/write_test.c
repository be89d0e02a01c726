/* write_test.c - a hypothesis, its Wald test and its bootstrap: sections, the page, and a jansson tree. */
#include "write_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "result_sentences.h"
#include "text_lines.h"
#include "wording.h"
#include "write_json.h"
#include "write_text.h"

/* ---- sections -----------------------------------------------------------------------------------------------------
 */

typedef struct figure {
    behov_report_column column;
    double value;
} figure;

/* A report whose first column, under `text_key`, are texts (n_texts; none when NULL), with figures in its first row. */
static behov_status figures_table(const char *key, const char *text_key, const char *const *texts, size_t n_texts,
                                  const figure *figures, size_t n, behov_report **report, behov_error *err)
{
    size_t n_rows = text_key ? n_texts : 1;
    behov_report *new_report = NULL;
    behov_status status = behov_report_new(key, n_rows, NULL, &new_report, err);
    if (!status && text_key)
        status = behov_report_add_texts(new_report, (behov_report_column){text_key, NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; text_key && i < n_texts && !status; i++)
        status = behov_report_set_text(new_report, 0, i, texts[i], err);
    for (size_t i = 0; i < n && !status; i++) {
        double *values = malloc(n_rows * sizeof *values);
        for (size_t row = 0; values && row < n_rows; row++)
            values[row] = row == 0 ? figures[i].value : NAN;
        status = values ? behov_report_add_numbers(new_report, figures[i].column, values, true, err)
                        : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
        if (status)
            free(values);
    }
    if (status)
        behov_report_free(new_report);
    else
        *report = new_report;
    return status;
}

static behov_status wald_table(const behov_fit_results *fit_results, const test_results *test, behov_report **report,
                               behov_error *err)
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
    const char **texts = calloc(wald->n_restrictions, sizeof *texts);
    if (!texts)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    for (size_t i = 0; i < wald->n_restrictions; i++)
        texts[i] = behov_hypothesis_text(test->hypothesis, i);
    behov_status status =
        figures_table("test", "hypothesis", texts, wald->n_restrictions, is_one ? of_one : of_several,
                      is_one ? sizeof of_one / sizeof *of_one : sizeof of_several / sizeof *of_several, report, err);
    free((void *)texts);
    return status;
}

behov_status test_table(const behov_fit_results *fit_results, const test_results *test, behov_report **report,
                        behov_error *err)
{
    return wald_table(fit_results, test, report, err);
}

static const char *count(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_COUNT, value, lang, text);
}

/* "(WCR, null imposed): 99 999 Rademacher draws, seed 0" */
static void bootstrap_method(behov_language lang, const test_results *test, char text[600])
{
    const behov_boot_result *boot = &test->bootstrap;
    char draws[BEHOV_NUMBER_SIZE], clusters[BEHOV_NUMBER_SIZE], seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)test->seed);
    static const behov_word kinds[] = {[BEHOV_BOOT_RADEMACHER] = BEHOV_WORD_DRAWS_RADEMACHER,
                                       [BEHOV_BOOT_WEBB] = BEHOV_WORD_DRAWS_WEBB,
                                       [BEHOV_BOOT_MAMMEN] = BEHOV_WORD_DRAWS_MAMMEN};
    behov_label_fill(lang, boot->is_enumerated ? BEHOV_WORD_BOOTSTRAP_ENUMERATED : BEHOV_WORD_BOOTSTRAP_DRAWN, text,
                     600, "method",
                     behov_label(lang, boot->is_unrestricted ? BEHOV_WORD_BOOTSTRAP_WCU : BEHOV_WORD_BOOTSTRAP_WCR),
                     "n", count(lang, (double)boot->n_draws, draws), "draws", behov_label(lang, kinds[boot->draws]),
                     "seed", seed, "clusters", count(lang, (double)boot->n_clusters, clusters), NULL);
}

/* 97.5 given as 0.975 times 100 again: rounded to what a user types. */
static void write_percent(behov_language lang, double pct, char text[BEHOV_NUMBER_SIZE])
{
    double rounded_value;
    behov_number_significant(pct, 6, '.', text);
    if (behov_number_parse(text, strlen(text), '.', &rounded_value) == BEHOV_NUMBER_OK)
        behov_number_shortest(rounded_value, text);
    for (char *c = text; *c; c++)
        *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
}

/* "With 32 sign vectors p is never below 0.0625. So no value can be rejected at the 5 per cent level, ..." */
static void unreachable(behov_language lang, const behov_boot_result *boot, char text[600])
{
    char n[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE], rest[BEHOV_NUMBER_SIZE];
    behov_number_significant(boot->p_lowest, 3, behov_label_decimal_mark(lang), p);
    write_percent(lang, 100 * boot->level, level);
    write_percent(lang, 100 * (1 - boot->level), rest);
    behov_label_fill(
        lang, boot->is_enumerated ? BEHOV_WORD_INTERVAL_UNREACHABLE_SIGNS : BEHOV_WORD_INTERVAL_UNREACHABLE_DRAWS, text,
        600, "n", count(lang, (double)boot->n_draws, n), "p", p, "level", level, "rest", rest, NULL);
}

/* What was counted, where the interval has no end, what follows from few clusters. */
static behov_status note_bootstrap(behov_language lang, const test_results *test, behov_section_list *list,
                                   behov_error *err)
{
    const behov_boot_result *boot = &test->bootstrap;
    char text[600], draws[BEHOV_NUMBER_SIZE], clusters[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE];
    count(lang, (double)boot->n_draws, draws);
    size_t length = behov_label_fill(
        lang, boot->n_ties ? BEHOV_WORD_BOOTSTRAP_COUNTS_TIES : BEHOV_WORD_BOOTSTRAP_COUNTS, text, sizeof text,
        "greater", count(lang, (double)boot->n_strictly_greater, other), "n", draws, NULL);
    if (boot->n_ties)
        behov_label_fill(lang, BEHOV_WORD_BOOTSTRAP_TIES, text + length, sizeof text - length, "ties",
                         count(lang, (double)boot->n_ties, other), NULL);
    behov_status status = behov_section_list_note(list, text, err);
    if (!status && !boot->is_level_reachable) {
        unreachable(lang, boot, text);
        status = behov_section_list_note(list, text, err);
    } else if (!status && (isinf(boot->ci_low) || isinf(boot->ci_high)))
        status = behov_section_list_note(list,
                                         behov_label(lang, isinf(boot->ci_low) && isinf(boot->ci_high)
                                                               ? BEHOV_WORD_INTERVAL_UNBOUNDED
                                                           : isinf(boot->ci_low) ? BEHOV_WORD_INTERVAL_WITHOUT_LOW
                                                                                 : BEHOV_WORD_INTERVAL_WITHOUT_HIGH),
                                         err);
    if (status || boot->n_clusters >= BEHOV_BOOT_FEW_CLUSTERS)
        return status;
    behov_label_fill(lang,
                     boot->draws == BEHOV_BOOT_WEBB ? BEHOV_WORD_BOOTSTRAP_FEW_CLUSTERS_WEBB
                                                    : BEHOV_WORD_BOOTSTRAP_FEW_CLUSTERS,
                     text, sizeof text, "clusters", count(lang, (double)boot->n_clusters, clusters), "n",
                     count(lang, ldexp(1, (int)boot->n_clusters), other), NULL);
    return behov_section_list_note(list, text, err);
}

static behov_status add_bootstrap(const behov_fit_results *fit_results, const test_results *test,
                                  behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    const behov_boot_result *boot = &test->bootstrap;
    char low[100], high[100], method[600];
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_LOW, low);
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_HIGH, high);
    const figure figures[] = {
        {{"p_symmetric", NULL, BEHOV_Q_P}, boot->p_symmetric},
        {{"p_equal_tail", NULL, BEHOV_Q_P}, boot->p_equal_tail},
        {{"ci_low", low, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_low) ? NAN : boot->ci_low},
        {{"ci_high", high, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_high) ? NAN : boot->ci_high},
    };
    behov_report *table = NULL;
    behov_status status =
        figures_table("bootstrap", NULL, NULL, 0, figures, sizeof figures / sizeof *figures, &table, err);
    bootstrap_method(lang, test, method);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_BOOTSTRAP),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_BOOTSTRAP),
                                                        .subtitle = method,
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_BOOTSTRAP)},
                                        table, err);
    return status ? status : note_bootstrap(lang, test, list, err);
}

static behov_status note_errors(const behov_fit_results *fit_results, const behov_wald_result *wald,
                                behov_section_list *list, behov_error *err)
{
    static const behov_fit_results_says says[] = {behov_fit_results_no_error, behov_fit_results_cut,
                                                  behov_fit_results_weights};
    behov_wording words = {0};
    behov_fit_results_many_restrictions(fit_results, wald, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; !status && behov_fit_results_cluster_warning(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; i < sizeof says / sizeof *says && !status; i++) {
        says[i](fit_results, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

behov_status test_add(const behov_fit_results *fit_results, const test_results *test, behov_section_list *list,
                      behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_wording errors = {0};
    behov_report *table = NULL;
    behov_fit_results_errors(fit_results, &errors);
    behov_status status = behov_wording_status(&errors, err);
    if (!status)
        status = wald_table(fit_results, test, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_TEST),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_TEST),
                                                        .subtitle = behov_wording_text(&errors),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_TEST),
                                                        .n_frozen_columns = 1},
                                        table, err);
    behov_wording_free(&errors);
    if (!status && test->has_bootstrap)
        status = add_bootstrap(fit_results, test, list, err);
    if (!status)
        status = note_errors(fit_results, &test->wald, list, err);
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note_all(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

/* ---- the page ------------------------------------------------------------------------------------------------------
 */

behov_status write_text_test(const behov_fit_results *fit_results, const test_results *test, FILE *out,
                             behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = test_add(fit_results, test, &list, err);
    if (!status)
        status = write_text_estimation_head(fit_results, out, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        fputs(i ? "\n" : "", out);
        if (i) /* the page's head has said how the first was computed */
            text_line(list.sections[i].subtitle, 0, out);
        fputc('\n', out);
        write_text_table(list.sections[i].table, NULL, fit_results->study->lang, out);
        for (size_t n = 0; n < list.sections[i].n_notes; n++) {
            const char *note = list.sections[i].notes[n];
            if (i + 1 < list.n &&
                strcmp(note, behov_label(fit_results->study->lang, BEHOV_WORD_SIMULATED_EXPLAINED)) == 0)
                continue;
            fputs(n ? "" : "\n", out);
            text_line(note, 0, out);
        }
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *whole(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *text_or_null(const char *value)
{
    return json_text(value);
}

static json_t *bootstrap_object(const test_results *test)
{
    const behov_boot_result *boot = &test->bootstrap;
    json_t *object = json_object();
    json_put(object, "method", json_text(boot->is_unrestricted ? "wcu" : "wcr"));
    json_put(object, "draws", json_text(behov_boot_draws_name(boot->draws)));
    json_put(object, "n_draws", whole(boot->n_draws));
    json_put(object, "is_enumerated", json_boolean(boot->is_enumerated));
    json_put(object, "seed", boot->is_enumerated ? json_null() : json_integer((json_int_t)test->seed));
    json_put(object, "n_clusters", whole(boot->n_clusters));
    json_put(object, "t", number(boot->t));
    json_put(object, "p_symmetric", number(boot->p_symmetric));
    json_put(object, "p_equal_tail", number(boot->p_equal_tail));
    json_put(object, "p_lowest", number(boot->p_lowest));
    json_put(object, "n_strictly_greater", whole(boot->n_strictly_greater));
    json_put(object, "n_ties", whole(boot->n_ties));
    json_put(object, "ci_low", number(boot->ci_low));
    json_put(object, "ci_high", number(boot->ci_high));
    json_put(object, "is_level_reachable", json_boolean(boot->is_level_reachable));
    json_put(object, "is_bounded_below", json_boolean(isfinite(boot->ci_low)));
    json_put(object, "is_bounded_above", json_boolean(isfinite(boot->ci_high)));
    return object;
}

behov_status write_json_test(const char *path, const behov_fit_results *fit_results, const test_results *test,
                             behov_error *err)
{
    const behov_wald_result *wald = &test->wald;
    size_t n_clusters = behov_vcov_n_clusters(fit_results->vcov);
    json_t *object = json_object(), *restrictions = json_array();
    for (size_t i = 0; i < wald->n_restrictions; i++)
        json_add(restrictions, json_text(behov_hypothesis_text(test->hypothesis, i)));
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", text_or_null(fit_results->study->model.title));
    json_put(object, "formula", json_text(behov_formula_text(fit_results->study->formula)));
    json_put(object, "data",
             json_text(fit_results->study->is_bundled ? "bundled simulated panel" : fit_results->study->panel_path));
    json_put(object, "is_simulated", json_boolean(fit_results->study->is_simulated));
    write_json_cautions(object, fit_results->study);
    json_put(object, "n_estimated", whole(behov_fit_n_rows(fit_results->fit)));
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov))));
    json_put(object, "cluster", text_or_null(n_clusters ? fit_results->cluster : NULL));
    json_put(object, "second_cluster", text_or_null(n_clusters ? fit_results->second_cluster : NULL));
    json_put(object, "n_clusters", n_clusters ? whole(n_clusters) : json_null());
    json_put(object, "weights",
             text_or_null(fit_results->study->weights ? behov_expression_text(fit_results->study->weights) : NULL));
    json_put(object, "weight_kind", text_or_null(behov_fit_results_weight_kind(fit_results)));
    json_put(object, "restrictions", restrictions);
    json_put(object, "estimate", number(wald->estimate));
    json_put(object, "null", number(wald->null));
    json_put(object, "se", number(wald->se));
    json_put(object, "t", number(wald->t));
    json_put(object, "f", number(wald->f));
    json_put(object, "dof1", number(wald->dof1));
    json_put(object, "dof2", number(wald->dof2));
    json_put(object, "p", number(wald->p));
    json_put(object, "is_unreliable", json_boolean(wald->is_unreliable));
    json_put(object, "level_pct", number(fit_results->level_pct));
    json_put(object, "ci_low", number(test->ci_low));
    json_put(object, "ci_high", number(test->ci_high));
    json_put(object, "bootstrap", test->has_bootstrap ? bootstrap_object(test) : json_null());
    return write_json_object(path, object, err);
}
