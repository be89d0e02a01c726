/* absorbed_fit_tables.c - see absorbed_fit_tables.h. */
#include <behov/absorbed_fit_tables.h>

#include <behov/convention_sentences.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>
#include <behov/study_words.h>

/* How many groups there are, and what they do to degrees of freedom. */
static void say_effects(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                        behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    char groups[BEHOV_NUMBER_SIZE], parameters[BEHOV_NUMBER_SIZE];
    const behov_estimation *estimation = &absorbed_fit->estimation;
    behov_wording_fill(words, lang, BEHOV_WORD_ABSORBED_EFFECTS, "key",
                       behov_study_key_in_sentence(fit_results->study, absorbed_fit->key), "n",
                       behov_format_count(lang, (double)behov_design_n_absorbed(estimation->design), groups), "k",
                       behov_format_count(lang, (double)behov_vcov_n_parameters(estimation->vcov), parameters), NULL);
}

static void say_single(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                       behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    size_t n = behov_design_n_singleton_groups(absorbed_fit->estimation.design);
    if (n)
        behov_wording_fill(words, fit_results->study->lang,
                           n == 1 ? BEHOV_WORD_ABSORBED_SINGLE_ONE : BEHOV_WORD_ABSORBED_SINGLE, "n",
                           behov_format_count(fit_results->study->lang, (double)n, number), NULL);
}

/* The regressors that have no coefficient beside the effects. */
static void say_taken(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                      behov_wording *words)
{
    const behov_estimation *estimation = &absorbed_fit->estimation;
    behov_wording names = {0};
    for (size_t k = 0; k < behov_fit_n_regressors(estimation->fit); k++)
        if (behov_fit_is_dropped(estimation->fit, k))
            behov_wording_add_after(
                &names, ", ", behov_study_term(fit_results->study, behov_design_regressor(estimation->design, k)));
    if (names.length)
        behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_ABSORBED_TAKEN, "names",
                           behov_wording_text(&names), "key",
                           behov_study_key_in_sentence(fit_results->study, absorbed_fit->key), NULL);
    behov_wording_spend(words, &names);
}

static behov_status note_effects(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                                 behov_section_list *list, behov_error *err)
{
    static void (*const say[])(const behov_fit_results *, const behov_absorbed_fit *,
                               behov_wording *) = {say_effects, say_single, say_taken};
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof say / sizeof *say && !status; i++) {
        behov_wording_clear(&words);
        say[i](fit_results, absorbed_fit, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

/* What the errors of both fits need said, the first "(1)", the one with effects "(2)". */
static behov_status note_errors(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                                behov_section_list *list, behov_error *err)
{
    behov_fit_results with_effects = *fit_results;
    with_effects.design = absorbed_fit->estimation.design, with_effects.fit = absorbed_fit->estimation.fit,
    with_effects.vcov = absorbed_fit->estimation.vcov;
    behov_wording words = {0};
    behov_fit_results_r2_from_zero(fit_results, &words);
    behov_status status = behov_section_list_say(list, "(1) ", &words, err);
    for (int i = 0; i < 2 && !status; i++) {
        behov_fit_results_no_error(i ? &with_effects : fit_results, &words);
        status = behov_section_list_say(list, i ? "(2) " : "(1) ", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

/* Both fits as columns of a table. */
static behov_status make_table(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                               behov_report **report, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    const behov_estimation *estimation = &absorbed_fit->estimation;
    behov_wording heading = {0};
    behov_wording_fill(&heading, lang, BEHOV_WORD_WITH_EFFECTS, "key",
                       behov_study_key_in_sentence(fit_results->study, absorbed_fit->key), NULL);
    behov_status status = behov_wording_status(&heading, err);
    if (!status) {
        const behov_fit_column sides[2] = {
            {behov_label(lang, BEHOV_WORD_WITHOUT_EFFECTS), fit_results->design, fit_results->fit, fit_results->vcov,
             fit_results->coefficients, NULL, &fit_results->study->model},
            {behov_wording_text(&heading), estimation->design, estimation->fit, estimation->vcov,
             estimation->coefficients, NULL, &fit_results->study->model}};
        status = behov_side_by_side(sides, 2, NULL,
                                    &(behov_side_by_side_style){lang, fit_results->study->conventions, false, false},
                                    report, err);
    }
    behov_wording_free(&heading);
    return status;
}

/* What the effects do to a ratio. */
static void say_meaning(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                        behov_wording *words)
{
    const behov_panel *panel = &fit_results->study->panel;
    ptrdiff_t column = behov_table_find(fit_results->study->table, absorbed_fit->key);
    bool is_municipality =
        column >= 0 && (column == panel->columns[BEHOV_ROLE_CODE] || column == panel->columns[BEHOV_ROLE_MUNICIPALITY]);
    behov_wording_fill(words, fit_results->study->lang,
                       is_municipality ? BEHOV_WORD_ABSORBED_MEANING : BEHOV_WORD_ABSORBED_MEANING_OTHER, "key",
                       behov_study_key_in_sentence(fit_results->study, absorbed_fit->key), NULL);
}

behov_status behov_absorbed_fit_add(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                                    behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_wording meaning = {0};
    behov_report *table = NULL;
    behov_status status = make_table(fit_results, absorbed_fit, &table, err);
    say_meaning(fit_results, absorbed_fit, &meaning);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_ABSORBED),
                                                             .title = behov_label(lang, BEHOV_WORD_TITLE_ABSORBED),
                                                             .table_name = behov_label(lang, BEHOV_WORD_SHEET_ABSORBED),
                                                             .n_frozen_columns = 2,
                                                             .landscape = true},
                                             NULL, &meaning, table, err);
    behov_wording_free(&meaning);
    if (!status)
        status = note_effects(fit_results, absorbed_fit, list, err);
    if (!status)
        status = behov_remarks_add_errors(list, fit_results, err);
    if (!status)
        status = note_errors(fit_results, absorbed_fit, list, err);
    if (!status)
        status = behov_conventions_note_brackets(fit_results, list, err);
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
