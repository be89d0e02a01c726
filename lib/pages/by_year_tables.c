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
    const by_year *of = context;
    for (size_t i = 0; i < of->n_terms; i++)
        if (strcmp(of->terms[i].term, term) == 0)
            return of->terms[i].wald.p;
    return NAN;
}

/* "= 0.021" or "< 0.001" */
static const char *p_with_sign(double p, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    char number[BEHOV_NUMBER_SIZE];
    format_cell(BEHOV_Q_P, p, lang, number);
    snprintf(text, BEHOV_NUMBER_SIZE, "%s%.*s", number[0] == '<' ? "" : "= ", BEHOV_NUMBER_SIZE - 3, number);
    return text;
}

static void answer(const by_year *of, behov_language lang, char text[500])
{
    const behov_wald_result *wald = &of->joint.wald;
    char dof1[BEHOV_NUMBER_SIZE], dof2[BEHOV_NUMBER_SIZE], f[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE];
    if (isnan(wald->f)) {
        label_fill(lang, "no_joint_test", text, 500, "why", of->joint.why.what, NULL);
        return;
    }
    label_fill(lang, wald->p < 0.05 ? "years_differ" : "years_alike", text, 500, "dof1",
               format_cell(BEHOV_Q_COUNT, wald->dof1, lang, dof1), "dof2",
               format_cell(BEHOV_Q_DOF, wald->dof2, lang, dof2), "f", format_cell(BEHOV_Q_T, wald->f, lang, f), "p",
               p_with_sign(wald->p, lang, p), NULL);
}

behov_status by_year_add(const results *pooled, const by_year *of, section_list *list, behov_error *err)
{
    behov_language lang = pooled->of->lang;
    side *sides = calloc(of->n_years + 1, sizeof *sides);
    char(*headings)[16] = calloc(of->n_years + 1, sizeof *headings), text[500], line[1500];
    wording words = {0};
    behov_report *table = NULL;
    behov_status status = sides && headings
                              ? BEHOV_OK
                              : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the fits by year");
    if (!status) {
        sides[0] = (side){label(lang, "pooled"), pooled->design, pooled->fit,       pooled->vcov,
                          pooled->coefficients,  NULL,           &pooled->of->model};
        for (size_t t = 0; t < of->n_years; t++) {
            const year_fit *year = &of->years[t];
            snprintf(headings[t], sizeof headings[t], "%d", year->year);
            sides[t + 1] = (side){headings[t],
                                  year->made.design,
                                  year->made.fit,
                                  year->made.vcov,
                                  year->is_there ? year->coefficients : NULL,
                                  NULL,
                                  &pooled->of->model};
        }
        side_test equal = {"p_equal", p_of_term, of};
        status = side_by_side(sides, of->n_years + 1, &equal, lang, &table, err);
    }
    free(sides);
    free(headings);
    answer(of, lang, text);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, "sheet_by_year"),
                                            .title = label(lang, "title_by_year"),
                                            .subtitle = text,
                                            .table_name = label(lang, "sheet_by_year"),
                                            .n_frozen_columns = 2,
                                            .landscape = true},
                                  table, err);
    if (!status && !isnan(of->joint.wald.f)) {
        results_many_restrictions(pooled, &of->joint.wald, &words);
        status = section_list_say(list, "", &words, err);
    }
    for (size_t t = 0; t < of->n_years && !status; t++) {
        const year_fit *year = &of->years[t];
        snprintf(line, sizeof line, "%d: %s%s%s", year->year, year->why.where, year->why.where[0] ? ": " : "",
                 year->why.what);
        status = section_list_note(list, year->is_there ? "" : line, err);
    }
    for (size_t t = 0; t <= of->n_years && !status; t++) {
        results alone = *pooled;
        if (t > 0 && !of->years[t - 1].is_there)
            continue;
        if (t > 0)
            alone.fit = of->years[t - 1].made.fit, alone.vcov = of->years[t - 1].made.vcov,
            alone.design = of->years[t - 1].made.design;
        char heading[16];
        snprintf(heading, sizeof heading, "%d", t > 0 ? of->years[t - 1].year : 0);
        snprintf(line, sizeof line, "%s: ", t > 0 ? heading : label(lang, "pooled"));
        results_no_error(&alone, &words);
        status = section_list_say(list, line, &words, err);
        results_r2_from_zero(&alone, &words);
        if (!status)
            status = section_list_say(list, line, &words, err);
    }
    wording_free(&words);
    if (!status)
        status = section_list_note(list, label(lang, "columns_by_year"), err);
    if (!status)
        status = remarks_add_errors(list, pooled, err);
    if (!status)
        status = section_list_note(list, label(lang, "stars_beneath"), err);
    return !status && pooled->of->is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err)
                                               : status;
}
