/* fit_sections.c - the sections of a fit or an application: tables from result_tables.c, notes from result_sentences.c. */
#include <behov/fit_sections.h>
#include <behov/clustering_sentences.h>
#include <behov/convention_sentences.h>

#include <stdio.h>
#include <string.h>

#include <behov/about.h>
#include <behov/format.h>
#include <behov/labels.h>
#include "sentence_parts.h"
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/result_tables.h>
#include <behov/study_words.h>

static behov_status add_note(behov_section_list *list, const char *text, behov_error *err)
{
    return behov_section_list_note(list, text, err);
}

static behov_status simulated_note(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    return fit_results->study->is_simulated
               ? add_note(list, behov_label(fit_results->study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : BEHOV_OK;
}

/* Notes by their words, ended by BEHOV_NO_WORD. */
static behov_status label_notes(behov_section_list *list, const behov_fit_results *fit_results, const behov_word *keys,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (; *keys && !status; keys++)
        status = add_note(list, behov_label(fit_results->study->lang, *keys), err);
    return status;
}

static behov_status reference_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    const behov_formula *formula = fit_results->study->formula;
    behov_status status = BEHOV_OK;
    behov_wording words = {0};
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !status; t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        behov_wording_clear(&words);
        behov_wording_fill(&words, fit_results->study->lang,
                           strcmp(piece.name, "year") == 0 ? BEHOV_WORD_NOTE_REFERENCE_YEAR
                                                           : BEHOV_WORD_NOTE_REFERENCE_LEVEL,
                           "column", piece.name, "level", piece.reference, NULL);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

/* Which year's effect was lent; nothing where none was. */
static behov_status lent_note(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    behov_wording words = {0};
    behov_fit_results_lent(fit_results, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_fit_sections_cluster_notes(const behov_fit_results *fit_results, behov_section_list *list,
                                              behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && behov_clustering_note(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; !status && behov_fit_results_cluster_warning(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

/* The outcome, the estimator and what there is to say of the errors. */
static behov_status estimation_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    static const behov_fit_results_says fit_results_says[] = {behov_fit_results_r2_from_zero,
                                                              behov_fit_results_no_error},
                                        next_fit_results_says[] = {behov_fit_results_cut, behov_fit_results_weights};
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0}, note = {0};
    behov_fit_results_outcome(fit_results, &words);
    behov_wording_fill(&note, lang, BEHOV_WORD_NOTE_OUTCOME, "outcome", behov_wording_text(&words), NULL);
    behov_status status = behov_section_list_say(list, "", &note, err);
    behov_fit_results_errors(fit_results, &words);
    behov_wording_clear(&note);
    behov_wording_fill(&note, lang, BEHOV_WORD_NOTE_ESTIMATOR, "estimator", behov_label(lang, BEHOV_WORD_OLS), "errors",
                       behov_wording_text(&words), NULL);
    status = status ? status : behov_wording_status(&words, err);
    status = status ? status : behov_section_list_say(list, "", &note, err);
    for (size_t i = 0; i < sizeof fit_results_says / sizeof *fit_results_says && !status; i++) {
        fit_results_says[i](fit_results, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    status = status ? status : behov_fit_sections_cluster_notes(fit_results, list, err);
    for (size_t i = 0; i < sizeof next_fit_results_says / sizeof *next_fit_results_says && !status; i++) {
        next_fit_results_says[i](fit_results, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words), behov_wording_free(&note);
    return status;
}

static behov_status proxy_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && behov_fit_results_proxy(fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

/* N and adjusted R2, or where coefficients that were given came from. */
static behov_status source_note(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE], share[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    if (fit_results->fit) {
        behov_number_fixed(behov_fit_n_observations(fit_results->fit), 0, '.', behov_label_group_mark(lang), 4, number);
        behov_format_cell(BEHOV_Q_SHARE, behov_fit_adj_r2(fit_results->fit), lang, share);
        behov_wording_fill(&words, lang,
                           behov_fit_is_from_zero(fit_results->fit) ? BEHOV_WORD_NOTE_N_AND_R2_FROM_ZERO
                                                                    : BEHOV_WORD_NOTE_N_AND_R2,
                           "n", number, "r2", share[0] ? share : "–", NULL);
    } else {
        behov_wording_fill(&words, lang, BEHOV_WORD_NOTE_COEFFICIENTS_FROM, "from", fit_results->coefficients_from,
                           NULL);
    }
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

/* Annex 1's notes: N, adjusted R2, estimator, clustering, reference levels, stars. */
static behov_status notes_under_regression(behov_section_list *list, const behov_fit_results *fit_results,
                                           bool has_brackets, behov_error *err)
{
    behov_status status = simulated_note(list, fit_results, err);
    if (!status)
        status = source_note(list, fit_results, err);
    if (!fit_results->fit)
        return status ? status : lent_note(list, fit_results, err);
    if (!status)
        status = estimation_notes(list, fit_results, err);
    if (!status)
        status = reference_notes(list, fit_results, err);
    if (!status)
        status = proxy_notes(list, fit_results, err);
    if (status)
        return status;
    return has_brackets ? behov_conventions_note_brackets(fit_results, list, err)
                        : behov_conventions_note_stars(fit_results->study, list, err);
}

static behov_status regression_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    return notes_under_regression(list, fit_results, false, err);
}

/* Whether annex 1 has its figures in brackets rather than in columns. */
static bool has_brackets(const behov_fit_results *fit_results)
{
    return fit_results->fit && fit_results->study->conventions.brackets;
}

static behov_status regression_in_print(const behov_fit_results *fit_results, behov_report **report, behov_error *err)
{
    return has_brackets(fit_results) ? behov_fit_results_regression_in_brackets(fit_results, report, err)
                                     : behov_fit_results_regression_in_print(fit_results, report, err);
}

static behov_status regression_in_print_notes(behov_section_list *list, const behov_fit_results *fit_results,
                                              behov_error *err)
{
    return notes_under_regression(list, fit_results, has_brackets(fit_results), err);
}

static behov_status ratio_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    const behov_word keys[] = {in_kroner ? BEHOV_WORD_RATIO_EXPLAINED : BEHOV_WORD_RATIO_EXPLAINED_OTHER,
                               BEHOV_WORD_MISSING_EXPLAINED, BEHOV_WORD_NOT_A_VERDICT, BEHOV_NO_WORD};
    behov_wording needs = {0};
    behov_status status = simulated_note(list, fit_results, err);
    if (!status)
        status = lent_note(list, fit_results, err);
    behov_fit_results_needs_too_low(fit_results, &needs);
    if (!status)
        status = behov_section_list_say(list, "", &needs, err);
    behov_wording_free(&needs);
    if (!status)
        status = label_notes(list, fit_results, keys, err);
    return status ? status : behov_remarks_add(fit_results, BEHOV_CODES_REMARK, list, err);
}

static behov_status municipality_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    static const behov_word in_kroner[] = {BEHOV_WORD_RANK_EXPLAINED, BEHOV_WORD_INDEX_EXPLAINED,
                                           BEHOV_WORD_GAP_EXPLAINED,  BEHOV_WORD_MISSING_EXPLAINED,
                                           BEHOV_WORD_NOT_A_VERDICT,  BEHOV_NO_WORD};
    static const behov_word other[] = {BEHOV_WORD_RANK_EXPLAINED_OTHER, BEHOV_WORD_INDEX_EXPLAINED_OTHER,
                                       BEHOV_WORD_MISSING_EXPLAINED, BEHOV_WORD_NOT_A_VERDICT, BEHOV_NO_WORD};
    behov_wording gaps = {0};
    behov_status status = simulated_note(list, fit_results, err);
    if (!status)
        status = lent_note(list, fit_results, err);
    behov_fit_results_gap_sum(fit_results, &gaps);
    if (!status)
        status = behov_section_list_say(list, "", &gaps, err);
    behov_fit_results_needs_too_low(fit_results, &gaps);
    if (!status)
        status = behov_section_list_say(list, "", &gaps, err);
    behov_wording_free(&gaps);
    if (!status)
        status = label_notes(list, fit_results, behov_need_gap_is_1000kr(fit_results->need) ? in_kroner : other, err);
    return status ? status
                  : behov_remarks_add(fit_results, BEHOV_COUNTRY_REMARK | BEHOV_CODES_REMARK | BEHOV_PRICES_REMARK,
                                      list, err);
}

static behov_status no_notes(behov_section_list *list, const behov_fit_results *fit_results, behov_error *err)
{
    (void)list, (void)fit_results, (void)err;
    return BEHOV_OK;
}

typedef struct section_plan {
    behov_status (*make)(const behov_fit_results *, behov_report **, behov_error *);
    behov_status (*notes)(behov_section_list *, const behov_fit_results *, behov_error *);
    behov_word sheet, title, subtitle, table_name;
    size_t n_frozen;
    bool landscape;
} section_plan;

#define PLAN_WORDS(word)                                                                                               \
    BEHOV_WORD_SHEET_##word, BEHOV_WORD_TITLE_##word, BEHOV_WORD_SUBTITLE_##word, BEHOV_WORD_TABLE_##word

/* In print terms have their labels alone; the names that programs use stand in the workbook. */
static const section_plan plans[] = {
    [BEHOV_FIT_ABOUT] = {behov_about_table, no_notes, PLAN_WORDS(ABOUT), 0, false},
    [BEHOV_FIT_REGRESSION] = {behov_fit_results_regression, regression_notes, PLAN_WORDS(REGRESSION), 1, true},
    [BEHOV_FIT_REGRESSION_IN_PRINT] = {regression_in_print, regression_in_print_notes, PLAN_WORDS(REGRESSION), 1, true},
    [BEHOV_FIT_RATIOS] = {behov_fit_results_ratios, ratio_notes, PLAN_WORDS(RATIOS), 2, false},
    [BEHOV_FIT_MUNICIPALITIES] = {behov_fit_results_municipalities, municipality_notes, PLAN_WORDS(MUNICIPALITIES), 2,
                                  true},
    [BEHOV_FIT_DATA] = {behov_fit_results_data, simulated_note, PLAN_WORDS(DATA), 3, true},
};

/* Titles that hold the outcome or the year, or do not speak of expenditure. */
static void say_title(const behov_fit_results *fit_results, const section_plan *plan, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    if (plan->make == behov_fit_results_regression || plan->make == regression_in_print) {
        behov_fit_results_title(fit_results, BEHOV_WORD_TITLE_REGRESSION, words);
        return;
    }
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    if (plan->make == behov_fit_results_municipalities) {
        char year[16] = "";
        int last = behov_fit_results_last_year(fit_results);
        if (last)
            snprintf(year, sizeof year, ", %d", last);
        behov_wording_fill(words, lang,
                           in_kroner ? BEHOV_WORD_TITLE_MUNICIPALITIES : BEHOV_WORD_TITLE_MUNICIPALITIES_OTHER, "year",
                           year, NULL);
    } else {
        behov_wording_add(words, behov_label(lang, plan->make == behov_fit_results_ratios && !in_kroner
                                                       ? BEHOV_WORD_TITLE_RATIOS_OTHER
                                                       : plan->title));
    }
    if (fit_results->study->is_simulated)
        behov_sentence_simulated_title(words, lang);
}

behov_status behov_fit_sections_add(const behov_fit_results *fit_results, behov_fit_section which,
                                    behov_section_list *list, behov_error *err)
{
    const section_plan *plan = &plans[which];
    behov_language lang = fit_results->study->lang;
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_status status = plan->make(fit_results, &table, err);
    say_title(fit_results, plan, &title);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = behov_label(lang, plan->sheet),
                                                             .subtitle = behov_label(lang, plan->subtitle),
                                                             .table_name = behov_label(lang, plan->table_name),
                                                             .n_frozen_columns = plan->n_frozen,
                                                             .landscape = plan->landscape},
                                             &title, NULL, table, err);
    behov_wording_free(&title);
    return status ? status : plan->notes(list, fit_results, err);
}

behov_status behov_fit_sections_ratio_notes(const behov_fit_results *fit_results, behov_section_list *list,
                                            behov_error *err)
{
    return ratio_notes(list, fit_results, err);
}
