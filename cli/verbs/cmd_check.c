/* cmd_check.c - `behov check`: everything that a look at a panel finds, before anything is fitted, and what the fit says
 * of its rows. */
#include <behov/check_sentences.h>
#include "empty_cells.h"
#include <behov/estimation.h>
#include <behov/clustering.h>
#include "estimation_options.h"
#include "messages.h"
#include <behov/study_findings.h>
#include "study_options.h"
#include "verbs.h"
#include "write_check.h"

static const option_text check_options[] = {
    STUDY_OPTIONS,
    OUTPUT_OPTIONS,
};

/* The fit as `behov fit` makes it when nothing is chosen. What it refuses is a finding; without the columns that are
 * combinations of others there may still be a fit, whose rows are looked at. */
static behov_status look_at_fit(verb_call *call, behov_error *err)
{
    behov_study *study = &call->study;
    behov_estimation estimation = {0};
    behov_fit_results results;
    behov_fit_choices choices = {.level = 0.95};
    behov_status status = behov_clustering_choose(&call->clusters, study, &choices, err);
    choices.is_default_kind = true;
    choices.kind = choices.cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL;
    if (!status)
        status = behov_estimation_results(study, &choices, &estimation, &results, err);
    bool is_refused = status && status != BEHOV_E_MEMORY;
    if (is_refused) {
        choices.drop_collinear = status == BEHOV_E_RANK;
        status = behov_findings_add_refusal(study, err, err);
        behov_estimation_free(&estimation);
        estimation = (behov_estimation){0};
    }
    behov_error other;
    bool has_fit =
        !status &&
        (!is_refused || (choices.drop_collinear && !behov_estimation_make(study, &choices, &estimation, &other)));
    if (has_fit)
        status = behov_findings_add_fit(study, estimation.design, estimation.fit, err);
    behov_estimation_free(&estimation);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    behov_study *study = &call->study;
    call->context = study;
    behov_status status = behov_findings_add_model(study, err);
    if (!status)
        status = behov_empty_cells_add(study, err);
    return !status && behov_check_n_errors(study) == 0 ? look_at_fit(call, err) : status;
}

static int conclude(verb_call *call)
{
    return behov_check_n_errors(&call->study) ? 1 : 0;
}

const verb verb_check = {
    .name = "check",
    VERB_WORDS(CHECK),
    VERB_OPTIONS(check_options),
    .repeatable = "output",
    .needs = NEEDS_FINDINGS,
    .compute = compute,
    .writers = &check_writers,
    .conclude = conclude,
};
