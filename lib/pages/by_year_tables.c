/* by_year_tables.c - see by_year_tables.h. */
#include <behov/by_year_tables.h>
#include <behov/clustering_sentences.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/error_sentence.h>
#include <behov/convention_sentences.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>

static double p_of_term(const void *context, const char *term)
{
    const behov_by_year *by_year = context;
    for (size_t i = 0; i < by_year->n_terms; i++)
        if (strcmp(by_year->terms[i].term, term) == 0)
            return by_year->terms[i].wald.p;
    return NAN;
}

static void say_answer(const behov_by_year *by_year, behov_language lang, behov_wording *words)
{
    const behov_wald_result *wald = &by_year->joint.wald;
    char dof1[BEHOV_NUMBER_SIZE], dof2[BEHOV_NUMBER_SIZE], f[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE];
    if (isnan(wald->f)) {
        behov_wording why = {0};
        behov_error_what(&by_year->joint.why, lang, &why);
        behov_wording_fill(words, lang, BEHOV_WORD_NO_JOINT_TEST, "why", behov_wording_text(&why), NULL);
        behov_wording_spend(words, &why);
        return;
    }
    behov_wording p_with_sign = {0}; /* "= 0.021" or "< 0.001" */
    behov_format_cell(BEHOV_Q_P, wald->p, lang, p);
    behov_wording_print(&p_with_sign, "%s%s", p[0] == '<' ? "" : "= ", p);
    behov_wording_fill(words, lang, wald->p < 0.05 ? BEHOV_WORD_YEARS_DIFFER : BEHOV_WORD_YEARS_ALIKE, "dof1",
                       behov_format_count(lang, wald->dof1, dof1), "dof2",
                       behov_format_cell(BEHOV_Q_DOF, wald->dof2, lang, dof2), "f",
                       behov_format_cell(BEHOV_Q_T, wald->f, lang, f), "p", behov_wording_text(&p_with_sign), NULL);
    behov_wording_spend(words, &p_with_sign);
}

/* A column for all years together, and one for each. */
static behov_status make_table(const behov_fit_results *pooled, const behov_by_year *by_year, behov_report **report,
                               behov_error *err)
{
    behov_language lang = pooled->study->lang;
    behov_fit_column *sides = calloc(by_year->n_years + 1, sizeof *sides);
    char(*headings)[16] = calloc(by_year->n_years + 1, sizeof *headings);
    behov_status status =
        sides && headings ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BY_YEAR_NO_MEMORY);
    if (!status) {
        sides[0] = (behov_fit_column){behov_label(lang, BEHOV_WORD_POOLED),
                                      pooled->design,
                                      pooled->fit,
                                      pooled->vcov,
                                      pooled->coefficients,
                                      NULL,
                                      &pooled->study->model};
        for (size_t t = 0; t < by_year->n_years; t++) {
            const behov_year_fit *year = &by_year->years[t];
            snprintf(headings[t], sizeof headings[t], "%d", year->year);
            sides[t + 1] = (behov_fit_column){headings[t],
                                              year->estimation.design,
                                              year->estimation.fit,
                                              year->estimation.vcov,
                                              year->is_there ? year->coefficients : NULL,
                                              NULL,
                                              &pooled->study->model};
        }
        behov_fit_column_test equal = {"p_equal", p_of_term, by_year};
        status =
            behov_side_by_side(sides, by_year->n_years + 1, &equal,
                               &(behov_side_by_side_style){lang, pooled->study->conventions, false, true}, report, err);
    }
    free(sides);
    free(headings);
    return status;
}

/* Why a year has no fit. */
static behov_status note_missing(const behov_by_year *by_year, behov_language lang, behov_wording *words,
                                 behov_section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < by_year->n_years && !status; t++) {
        const behov_year_fit *year = &by_year->years[t];
        if (year->is_there)
            continue;
        behov_wording_clear(words);
        behov_wording_print(words, "%d: ", year->year);
        behov_error_sentence(&year->why, lang, words);
        status = behov_section_list_say(list, "", words, err);
    }
    return status;
}

/* What the errors of each fit need said, after the heading of its column; year NULL = all years together. */
static behov_status note_errors(const behov_fit_results *pooled, const behov_year_fit *year, behov_wording *words,
                                behov_section_list *list, behov_error *err)
{
    behov_fit_results alone = *pooled;
    behov_wording heading = {0};
    if (year) {
        alone.fit = year->estimation.fit, alone.vcov = year->estimation.vcov, alone.design = year->estimation.design;
        behov_wording_print(&heading, "%d: ", year->year);
    } else {
        behov_wording_print(&heading, "%s: ", behov_label(pooled->study->lang, BEHOV_WORD_POOLED));
    }
    behov_status status = behov_wording_status(&heading, err);
    behov_fit_results_no_error(&alone, words);
    if (!status)
        status = behov_section_list_say(list, behov_wording_text(&heading), words, err);
    behov_fit_results_r2_from_zero(&alone, words);
    if (!status)
        status = behov_section_list_say(list, behov_wording_text(&heading), words, err);
    behov_wording_free(&heading);
    return status;
}

/* How the errors of the first column are computed; those of the years have clusters and degrees of freedom in the rows. */
static behov_status note_pooled_errors(const behov_fit_results *pooled, behov_section_list *list, behov_error *err)
{
    behov_wording errors = {0}, words = {0};
    behov_fit_results_errors(pooled, &errors);
    behov_wording_fill(&words, pooled->study->lang, BEHOV_WORD_ERRORS_OF_ALL_YEARS, "errors",
                       behov_wording_text(&errors), NULL);
    behov_wording_spend(&words, &errors);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status add_notes(const behov_fit_results *pooled, const behov_by_year *by_year, behov_section_list *list,
                              behov_error *err)
{
    behov_wording words = {0};
    behov_fit_results tested = *pooled;
    tested.vcov = by_year->interacted.vcov;
    if (!isnan(by_year->joint.wald.f))
        behov_fit_results_many_restrictions(&tested, &by_year->joint.wald, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_clustering_say_kind(pooled, &words);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_clustering_say_over_years(pooled, by_year, &words);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    if (!status)
        status = note_missing(by_year, pooled->study->lang, &words, list, err);
    if (!status)
        status = note_errors(pooled, NULL, &words, list, err);
    for (size_t t = 0; t < by_year->n_years && !status; t++)
        if (by_year->years[t].is_there)
            status = note_errors(pooled, &by_year->years[t], &words, list, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_by_year_add(const behov_fit_results *pooled, const behov_by_year *by_year, behov_section_list *list,
                               behov_error *err)
{
    behov_language lang = pooled->study->lang;
    behov_wording answer = {0};
    behov_report *table = NULL;
    behov_status status = make_table(pooled, by_year, &table, err);
    say_answer(by_year, lang, &answer);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_BY_YEAR),
                                                             .title = behov_label(lang, BEHOV_WORD_TITLE_BY_YEAR),
                                                             .table_name = behov_label(lang, BEHOV_WORD_SHEET_BY_YEAR),
                                                             .n_frozen_columns = 2,
                                                             .landscape = true},
                                             NULL, &answer, table, err);
    behov_wording_free(&answer);
    if (!status)
        status = add_notes(pooled, by_year, list, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_COLUMNS_BY_YEAR), err);
    if (!status)
        status = note_pooled_errors(pooled, list, err);
    if (!status)
        status = behov_conventions_note_brackets(pooled, list, err);
    return !status && pooled->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
