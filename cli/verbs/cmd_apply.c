/* cmd_apply.c - `behov apply`: coefficients as printed or saved, on a panel, without refitting. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "findings_options.h"
#include "fit_outputs.h"
#include "given_levels.h"
#include "outputs.h"
#include "read_coefficients.h"
#include "fit_results.h"
#include "study_options.h"
#include "verbs.h"

static const option_text apply_options[] = {
    STUDY_OPTIONS,
    {"coefficients", 'b', ARGUMENT(FILE), HELP(APPLY_COEFFICIENTS), ".json .csv .tsv .txt"},
    {"year-effect", 0, ARGUMENT(LAST_MEAN_NUMBER), HELP(APPLY_YEAR_EFFECT), "last mean"},
    OUTPUT_OPTIONS,
};

typedef struct application {
    behov_design *design;
    behov_need *need;
    behov_coefficient *coefficients;
    double *estimates;
    const char **terms;
    behov_lent_effects lent_effects;
    fit_outputs outputs;
} application;

static void close_state(void *state)
{
    application *application = state;
    behov_lent_effects_free(&application->lent_effects);
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
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
    for (size_t k = 0; k < n; k++) {
        const char *regressor = behov_design_regressor(application->design, k);
        size_t i = 0;
        while (i < list->n && strcmp(application->terms[i], regressor) != 0)
            i++;
        if (i == list->n)
            return behov_error_say(err, BEHOV_E_NAME, path, SAY_APPLY_NO_COEFFICIENT, regressor);
        application->estimates[k] = list->estimates[i];
        application->coefficients[k] = (behov_coefficient){list->estimates[i], NAN, NAN, NAN, NAN, NAN, NAN, ""};
    }
    for (size_t i = 0; i < list->n; i++) {
        size_t k = 0;
        while (k < n && strcmp(application->terms[i], behov_design_regressor(application->design, k)) != 0)
            k++;
        if (k == n)
            return behov_error_say(err, BEHOV_E_NAME, path, SAY_APPLY_TERM_NOT_IN_FORMULA, list->terms[i],
                                   behov_formula_text(study->formula));
    }
    return BEHOV_OK;
}

static behov_status apply(const behov_study *study, const behov_given_coefficients *list, const char *path,
                          application *application, behov_fit_results *out, behov_error *err)
{
    application->terms = calloc(list->n + 1, sizeof *application->terms);
    if (!application->terms)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
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
        print_note(SAY_APPLY_NO_YEAR_EFFECT, source, years);
    if (is_given && lent_effects->n == 0)
        print_note(SAY_APPLY_YEAR_EFFECT_IDLE);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    application *application = call->state;
    behov_study *study = &call->study;
    const char *path = option_value(call->line, "coefficients"), *year_effect = option_value(call->line, "year-effect");
    const char *source = path ? path : behov_label(behov_language_alone(study->lang), BEHOV_WORD_APPLY_PRINTED_ANNEX);
    behov_status status = behov_given_levels_reference(study, &call->coefficients, source, year_effect != NULL, err);
    if (!status)
        status = findings_tell_reference(study, source, err);
    if (!status)
        status =
            behov_given_levels_lend(study, &call->coefficients, source, year_effect, &application->lent_effects, err);
    if (!status)
        status = apply(study, &call->coefficients, source, application, &call->fit_results, err);
    if (status)
        return status;
    print_notes_of_years(&application->lent_effects, source, year_effect != NULL);
    call->fit_results.lent_effects = &application->lent_effects;
    call->fit_results.made_on = call->day;
    application->outputs = (fit_outputs){.fit_results = &call->fit_results, .is_full = true};
    call->context = &application->outputs;
    return BEHOV_OK;
}

static int choose(verb_call *call)
{
    return findings_refuse_unit(&call->study);
}

const verb verb_apply = {
    .name = "apply",
    VERB_WORDS(APPLY),
    VERB_OPTIONS(apply_options),
    .repeatable = "output",
    .needs = NEEDS_COEFFICIENTS,
    .state_size = sizeof(application),
    .choose = choose,
    .compute = compute,
    .writers = &fit_writers,
    .close = close_state,
};
