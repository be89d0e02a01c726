/* by_year_tables.c - see by_year_tables.h. */
#include "by_year_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "remarks.h"
#include "result_sentences.h"
#include "side_by_side.h"

static double p_of_term(const void *context, const char *term)
{
    const behov_by_year *by_year = context;
    for (size_t i = 0; i < by_year->n_terms; i++)
        if (strcmp(by_year->terms[i].term, term) == 0)
            return by_year->terms[i].wald.p;
    return NAN;
}

/* "= 0.021" or "< 0.001" */
static const char *p_with_sign(double p, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_format_cell(BEHOV_Q_P, p, lang, number);
    snprintf(text, BEHOV_NUMBER_SIZE, "%s%.*s", number[0] == '<' ? "" : "= ", BEHOV_NUMBER_SIZE - 3, number);
    return text;
}

static void answer(const behov_by_year *by_year, behov_language lang, char text[500])
{
    const behov_wald_result *wald = &by_year->joint.wald;
    char dof1[BEHOV_NUMBER_SIZE], dof2[BEHOV_NUMBER_SIZE], f[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE];
    if (isnan(wald->f)) {
        behov_label_fill(lang, BEHOV_WORD_NO_JOINT_TEST, text, 500, "why", by_year->joint.why.what, NULL);
        return;
    }
    behov_label_fill(lang, wald->p < 0.05 ? BEHOV_WORD_YEARS_DIFFER : BEHOV_WORD_YEARS_ALIKE, text, 500, "dof1",
                     behov_format_cell(BEHOV_Q_COUNT, wald->dof1, lang, dof1), "dof2",
                     behov_format_cell(BEHOV_Q_DOF, wald->dof2, lang, dof2), "f",
                     behov_format_cell(BEHOV_Q_T, wald->f, lang, f), "p", p_with_sign(wald->p, lang, p), NULL);
}

behov_status behov_by_year_add(const behov_fit_results *pooled, const behov_by_year *by_year, behov_section_list *list,
                               behov_error *err)
{
    behov_language lang = pooled->study->lang;
    behov_fit_column *sides = calloc(by_year->n_years + 1, sizeof *sides);
    char(*headings)[16] = calloc(by_year->n_years + 1, sizeof *headings), text[500], line[1500];
    behov_wording words = {0};
    behov_report *table = NULL;
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
        status = behov_side_by_side(sides, by_year->n_years + 1, &equal, lang, &table, err);
    }
    free(sides);
    free(headings);
    answer(by_year, lang, text);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_BY_YEAR),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_BY_YEAR),
                                                        .subtitle = text,
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_BY_YEAR),
                                                        .n_frozen_columns = 2,
                                                        .landscape = true},
                                        table, err);
    if (!status && !isnan(by_year->joint.wald.f)) {
        behov_fit_results_many_restrictions(pooled, &by_year->joint.wald, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    for (size_t t = 0; t < by_year->n_years && !status; t++) {
        const behov_year_fit *year = &by_year->years[t];
        snprintf(line, sizeof line, "%d: %s%s%s", year->year, year->why.where, year->why.where[0] ? ": " : "",
                 year->why.what);
        status = behov_section_list_note(list, year->is_there ? "" : line, err);
    }
    for (size_t t = 0; t <= by_year->n_years && !status; t++) {
        behov_fit_results alone = *pooled;
        if (t > 0 && !by_year->years[t - 1].is_there)
            continue;
        if (t > 0)
            alone.fit = by_year->years[t - 1].estimation.fit, alone.vcov = by_year->years[t - 1].estimation.vcov,
            alone.design = by_year->years[t - 1].estimation.design;
        char heading[16];
        snprintf(heading, sizeof heading, "%d", t > 0 ? by_year->years[t - 1].year : 0);
        snprintf(line, sizeof line, "%s: ", t > 0 ? heading : behov_label(lang, BEHOV_WORD_POOLED));
        behov_fit_results_no_error(&alone, &words);
        status = behov_section_list_say(list, line, &words, err);
        behov_fit_results_r2_from_zero(&alone, &words);
        if (!status)
            status = behov_section_list_say(list, line, &words, err);
    }
    behov_wording_free(&words);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_COLUMNS_BY_YEAR), err);
    if (!status)
        status = behov_remarks_add_errors(list, pooled, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_STARS_BENEATH), err);
    return !status && pooled->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
