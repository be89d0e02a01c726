/* cmd_apply.c - `behov apply`: coefficients as printed or saved, on a panel, without refitting. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "findings_options.h"
#include "fit_sections.h"
#include "given_levels.h"
#include "outputs.h"
#include "read_coefficients.h"
#include "fit_results.h"
#include "study_options.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"

static const option_text apply_options[] = {
    STUDY_OPTIONS,
    {"coefficients", 'b', "FILE",
     "FILE.json saved by `behov fit -o`, or a table with the columns term and coefficient;\nwithout it the printed "
     "coefficients of the report"},
    {"year-effect", 0, "last|mean|NUMBER",
     "what years get that have no effect among the coefficients: that of the last year, the\nmean of all, or a number "
     "in the unit of the outcome; every output says so"},
    {"output", 'o', "FILE", "write FILE.xlsx, FILE.csv or FILE.json; may be given several times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

typedef struct application {
    behov_design *design;
    behov_need *need;
    behov_coefficient *coefficients;
    double *estimates;
    const char **terms;
} application;

static void application_free(application *application)
{
    free(application->coefficients);
    free(application->estimates);
    free(application->terms);
    behov_need_free(application->need);
    behov_design_free(application->design);
}

/* Every regressor needs a coefficient, and every coefficient a regressor: a term that is passed over would change the
 * need in silence. */
static behov_status match(const behov_study *study, const behov_given_coefficients *list, const char *path,
                          application *application, behov_error *err)
{
    size_t n = behov_design_n_regressors(application->design);
    application->estimates = calloc(n, sizeof *application->estimates);
    application->coefficients = calloc(n, sizeof *application->coefficients);
    if (!application->estimates || !application->coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    for (size_t k = 0; k < n; k++) {
        const char *regressor = behov_design_regressor(application->design, k);
        size_t i = 0;
        while (i < list->n && strcmp(application->terms[i], regressor) != 0)
            i++;
        if (i == list->n)
            return behov_error_set(err, BEHOV_E_NAME, path, "there is no coefficient for %s of the formula", regressor);
        application->estimates[k] = list->estimates[i];
        application->coefficients[k] = (behov_coefficient){list->estimates[i], NAN, NAN, NAN, NAN, NAN, NAN, ""};
    }
    for (size_t i = 0; i < list->n; i++) {
        size_t k = 0;
        while (k < n && strcmp(application->terms[i], behov_design_regressor(application->design, k)) != 0)
            k++;
        if (k == n)
            return behov_error_set(
                err, BEHOV_E_NAME, path,
                "the term %s is not in the formula %s; name its column under [terms] of the model file", list->terms[i],
                behov_formula_text(study->formula));
    }
    return BEHOV_OK;
}

static behov_status compute(const behov_study *study, const behov_given_coefficients *list, const char *path,
                            application *application, behov_fit_results *out, behov_error *err)
{
    application->terms = calloc(list->n + 1, sizeof *application->terms);
    if (!application->terms)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    for (size_t i = 0; i < list->n; i++)
        application->terms[i] = behov_model_term(&study->model, list->terms[i]);
    behov_design_options options = {.exclude = study->exclude,
                                    .outcome_is_optional = true,
                                    .coefficient_names = application->terms,
                                    .n_coefficient_names = list->n,
                                    .coefficient_levels = list->levels,
                                    .n_coefficient_levels = list->n_levels,
                                    .coefficients_source = path,
                                    .n_threads = study->n_threads};
    behov_status status = behov_design_new(study->formula, study->table, &options, &application->design, err);
    if (!status)
        status = match(study, list, path, application, err);
    if (!status)
        status = behov_need_new(
            application->design, &study->panel, application->estimates,
            &(behov_need_options){.unit = study->unit, .is_transformed = behov_study_is_transformed(study)},
            &application->need, err);
    *out = (behov_fit_results){.study = study,
                               .design = application->design,
                               .coefficients = application->coefficients,
                               .need = application->need,
                               .coefficients_from = path,
                               .f = NAN,
                               .f_p = NAN};
    return status;
}

/* Years that have no effect are left out without the option, which is idle when there are none. */
static void print_notes_of_years(const behov_lent_effects *lent_effects, const char *source, bool is_given)
{
    char years[100];
    behov_lent_effects_years(lent_effects, years);
    if (lent_effects->n && lent_effects->kind == BEHOV_LENT_NOTHING)
        print_note("%s has no year effect for %s, so these rows are left out; --year-effect last (or mean, or a "
                   "number) lends one",
                   source, years);
    if (is_given && lent_effects->n == 0)
        print_note("every year of the panel has an effect, so --year-effect lends none");
}

static int run_apply(const command_line *line)
{
    behov_error err;
    behov_study study = {0};
    application application = {0};
    behov_fit_results fit_results = {0};
    behov_given_coefficients list = {0};
    long long date = 0;
    char *bundled = NULL;
    const char *path = option_value(line, "coefficients");
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code && !path && datasets_path("proba-2017-08/regression.csv", &bundled, &err))
        code = print_failure(&err);
    if (!code && read_coefficients(path ? path : bundled, &note_beside, &list, &err))
        code = print_failure(&err);
    bool has_model = option_given(line, "model"); /* which is then that of the options */
    saved_model saved_model = {has_model ? NULL : list.formula,
                               has_model ? NULL : list.exclude,
                               list.has_unit,
                               list.unit,
                               list.columns,
                               list.n_columns};
    if (!code)
        code = study_open(&study, line, NULL, 0, &saved_model);
    if (!code)
        code = findings_refuse_unit(&study);
    const char *source = path ? path : "Proba 2017-08, vedlegg 1";
    if (path == NULL && behov_language_alone(study.lang) == BEHOV_LANGUAGE_EN)
        source = "Proba 2017-08, annex 1";
    behov_lent_effects lent_effects = {0};
    const char *year_effect = option_value(line, "year-effect");
    if (!code && behov_given_levels_reference(&study, &list, source, year_effect != NULL, &err))
        code = print_failure(&err);
    if (!code)
        code = findings_tell_reference(&study, source);
    if (!code && (behov_given_levels_lend(&study, &list, source, year_effect, &lent_effects, &err) ||
                  compute(&study, &list, source, &application, &fit_results, &err)))
        code = print_failure(&err);
    if (!code)
        print_notes_of_years(&lent_effects, source, option_given(line, "year-effect"));
    fit_results.lent_effects = &lent_effects;
    if (!code && (option_given(line, "json") ? write_json_apply(NULL, &fit_results, &err)
                                             : write_text_apply(&fit_results, stdout, &err)))
        code = print_failure(&err);
    if (!code) {
        char day[16];
        outputs_date_text(date, day);
        fit_results.made_on = day;
        code = outputs_write(line, &study, &fit_writers, &(fit_outputs){.fit_results = &fit_results, .is_full = true},
                             date);
    }
    behov_lent_effects_free(&lent_effects);
    application_free(&application);
    behov_given_coefficients_free(&list);
    behov_study_close(&study);
    free(bundled);
    return code;
}

const verb verb_apply = {
    .name = "apply",
    .usage = "[PANEL] [--coefficients FILE] [-o FILE]...",
    .summary = "Compute need and ratios from given coefficients, without refitting.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "The outcome may be missing: need and index are computed all the same.\n"
        "\n"
        "Examples\n"
        "  behov apply                                  the printed coefficients on the bundled panel: annex 2\n"
        "  behov fit panel.csv -o fit.json && behov apply next_year.csv --coefficients fit.json -o need.xlsx\n"
        "  behov apply next_year.csv --coefficients fit.json --year-effect last     a year that the fit does not know",
    .options = apply_options,
    .n_options = sizeof apply_options / sizeof *apply_options,
    .repeatable = "output",
    .run = run_apply,
};
