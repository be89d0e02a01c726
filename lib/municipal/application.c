/* application.c - see application.h. */
#include <behov/application.h>
#include <behov/study_findings.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

void behov_application_free(behov_application *application)
{
    behov_lent_effects_free(&application->lent_effects);
    behov_far_figures_free(&application->far_figures);
    free(application->coefficients);
    free(application->estimates);
    free(application->terms);
    behov_need_free(application->need);
    behov_design_free(application->design);
}

static behov_status match(const behov_study *study, const behov_given_coefficients *list, const char *source,
                          behov_application *application, behov_error *err)
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
            return behov_error_say(err, BEHOV_E_NAME, source, SAY_APPLY_NO_COEFFICIENT, regressor);
        application->estimates[k] = list->estimates[i];
        application->coefficients[k] = (behov_coefficient){list->estimates[i], NAN, NAN, NAN, NAN, NAN, NAN, ""};
    }
    for (size_t i = 0; i < list->n; i++) {
        size_t k = 0;
        while (k < n && strcmp(application->terms[i], behov_design_regressor(application->design, k)) != 0)
            k++;
        if (k == n)
            return behov_error_say(err, BEHOV_E_NAME, source, SAY_APPLY_TERM_NOT_IN_FORMULA, list->terms[i],
                                   behov_formula_text(study->formula));
    }
    return BEHOV_OK;
}

behov_status behov_application_new(const behov_study *study, const behov_given_coefficients *list, const char *source,
                                   behov_application *application, behov_fit_results *out, behov_error *err)
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
                                    .coefficients_source = source,
                                    .n_threads = study->n_threads};
    behov_status status = behov_findings_refuse_lacking(study, false, err);
    if (!status)
        status = behov_design_new(study->formula, study->table, &options, &application->design, err);
    if (!status)
        status = match(study, list, source, application, err);
    if (!status)
        status = behov_need_new(
            application->design, &study->panel, application->estimates,
            &(behov_need_options){.unit = study->unit, .is_transformed = behov_study_is_transformed(study)},
            &application->need, err);
    if (!status)
        status = behov_far_figures_find(study, application->design, application->need, &application->far_figures, err);
    *out = (behov_fit_results){.study = study,
                               .design = application->design,
                               .coefficients = application->coefficients,
                               .need = application->need,
                               .lent_effects = &application->lent_effects,
                               .far_figures = &application->far_figures,
                               .coefficients_from = source,
                               .f = NAN,
                               .f_p = NAN};
    return status;
}
