/* cmd_apply.c - `behov apply`: coefficients as printed or saved, on a panel, without refitting. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "findings.h"
#include "fit_sections.h"
#include "given_levels.h"
#include "outputs.h"
#include "read_coefficients.h"
#include "results.h"
#include "study_options.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"

static const option_text apply_options[] = {
    STUDY_OPTIONS,
    {"coefficients", 'b', "FILE",
     "FILE.json saved by `behov fit -o`, or a table with the columns term and coefficient;\nwithout it the printed "
     "coefficients of the report"},
    {"year-effect", 0, "last|mean|NUMBER", "what years get that have no effect among the coefficients: that of the last year, the\nmean of all, or a number in the unit of the outcome; every output says so"},
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

static void application_free(application *of)
{
    free(of->coefficients);
    free(of->estimates);
    free(of->terms);
    behov_need_free(of->need);
    behov_design_free(of->design);
}

/* Every regressor needs a coefficient, and every coefficient a regressor: a term that is passed over would change the
 * need in silence. */
static behov_status match(const behov_study *of, const coefficient_list *list, const char *path, application *made,
                          behov_error *err)
{
    size_t n = behov_design_n_regressors(made->design);
    made->estimates = calloc(n, sizeof *made->estimates);
    made->coefficients = calloc(n, sizeof *made->coefficients);
    if (!made->estimates || !made->coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    for (size_t k = 0; k < n; k++) {
        const char *regressor = behov_design_regressor(made->design, k);
        size_t i = 0;
        while (i < list->n && strcmp(made->terms[i], regressor) != 0)
            i++;
        if (i == list->n)
            return behov_error_set(err, BEHOV_E_NAME, path, "there is no coefficient for %s of the formula", regressor);
        made->estimates[k] = list->estimates[i];
        made->coefficients[k] = (behov_coefficient){list->estimates[i], NAN, NAN, NAN, NAN, NAN, NAN, ""};
    }
    for (size_t i = 0; i < list->n; i++) {
        size_t k = 0;
        while (k < n && strcmp(made->terms[i], behov_design_regressor(made->design, k)) != 0)
            k++;
        if (k == n)
            return behov_error_set(err, BEHOV_E_NAME, path,
                                   "the term %s is not in the formula %s; name its column under [terms] of the model file",
                                   list->terms[i], behov_formula_text(of->formula));
    }
    return BEHOV_OK;
}

static behov_status compute(const behov_study *of, const coefficient_list *list, const char *path, application *made,
                            results *out, behov_error *err)
{
    made->terms = calloc(list->n + 1, sizeof *made->terms);
    if (!made->terms)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    for (size_t i = 0; i < list->n; i++)
        made->terms[i] = model_term(&of->model, list->terms[i]);
    behov_design_options options = {.exclude = of->exclude,
                                    .outcome_is_optional = true,
                                    .coefficient_names = made->terms,
                                    .n_coefficient_names = list->n,
                                    .coefficient_levels = list->levels,
                                    .n_coefficient_levels = list->n_levels,
                                    .coefficients_source = path};
    behov_status status = behov_design_new(of->formula, of->table, &options, &made->design, err);
    if (!status)
        status = match(of, list, path, made, err);
    if (!status)
        status = behov_need_new(made->design, &of->panel, made->estimates,
                                &(behov_need_options){.unit = of->unit, .is_transformed = study_is_transformed(of)}, &made->need, err);
    *out = (results){.of = of, .design = made->design, .coefficients = made->coefficients, .need = made->need,
                     .coefficients_from = path, .f = NAN, .f_p = NAN};
    return status;
}

/* Years that have no effect are left out without the option, which is idle when there are none. */
static void tell_of_years(const lent_effects *lent, const char *from, bool is_given)
{
    char years[100];
    lent_effects_years(lent, years);
    if (lent->n && lent->kind == LENT_NOTHING)
        note("%s has no year effect for %s, so these rows are left out; --year-effect last (or mean, or a number) lends one",
             from, years);
    if (is_given && lent->n == 0)
        note("every year of the panel has an effect, so --year-effect lends none");
}

static int run_apply(const command_line *line)
{
    behov_error err;
    behov_study of = {0};
    application made = {0};
    results computed = {0};
    coefficient_list list = {0};
    long long date = 0;
    char *bundled = NULL;
    const char *path = option_value(line, "coefficients");
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code && !path && datasets_path("proba-2017-08/regression.csv", &bundled, &err))
        code = fail_with(&err);
    if (!code && read_coefficients(path ? path : bundled, &list, &err))
        code = fail_with(&err);
    bool has_model = option_given(line, "model"); /* which is then that of the options */
    saved_model saved = {has_model ? NULL : list.formula, has_model ? NULL : list.exclude, list.has_unit, list.unit,
                         list.columns, list.n_columns};
    if (!code)
        code = study_open(&of, line, NULL, 0, &saved);
    if (!code)
        code = findings_refuse_unit(&of);
    const char *from = path ? path : "Proba 2017-08, vedlegg 1";
    if (path == NULL && language_alone(of.lang) == LANGUAGE_EN)
        from = "Proba 2017-08, annex 1";
    lent_effects lent = {0};
    const char *year_effect = option_value(line, "year-effect");
    if (!code && (given_levels_reference(&of, &list, from, year_effect != NULL, &err) ||
                  given_levels_lend(&of, &list, from, year_effect, &lent, &err) || compute(&of, &list, from, &made, &computed, &err)))
        code = fail_with(&err);
    if (!code)
        tell_of_years(&lent, from, option_given(line, "year-effect"));
    computed.lent = &lent;
    if (!code && (option_given(line, "json") ? write_json_apply(NULL, &computed, &err)
                                              : write_text_apply(&computed, stdout, &err)))
        code = fail_with(&err);
    if (!code) {
        char day[16];
        outputs_date_text(date, day);
        computed.made_on = day;
        code = outputs_write(line, &of, &fit_writers, &(fit_outputs){.of = &computed, .is_full = true}, date);
    }
    lent_effects_free(&lent);
    application_free(&made);
    coefficient_list_free(&list);
    study_close(&of);
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
