/* cmd_check.c - `behov check`: everything that a look at a panel finds, before anything is fitted, and what the fit says
 * of its rows. */
#include <behov/check_sentences.h>
#include "empty_cells.h"
#include <behov/estimation.h>
#include "messages.h"
#include <behov/study_findings.h>
#include "study_options.h"
#include "verbs.h"
#include "write_check.h"

static const option_text check_options[] = {
    STUDY_OPTIONS,
    OUTPUT_OPTIONS,
};

/* The fit, if there is one; a panel that cannot be fitted is reported in a note and keeps its other findings. */
static behov_status look_at_fit(behov_study *study, behov_error *err)
{
    behov_estimation estimation = {0};
    behov_fit_choices choices = {.kind = BEHOV_VCOV_CLASSICAL, .drop_collinear = true};
    behov_status status = behov_estimation_make(study, &choices, &estimation, err);
    if (status && status != BEHOV_E_MEMORY) {
        print_note(SAY_CHECK_NOT_FITTED, err->place, err->where[0] ? ": " : "", behov_error_phrase(err).text);
        status = BEHOV_OK;
    } else if (!status) {
        status = behov_findings_add_fit(study, estimation.design, estimation.fit, err);
    }
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
    return !status && behov_check_n_errors(study) == 0 ? look_at_fit(study, err) : status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    return write_check_page(&call->study, stdout, err);
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
    .page = page,
    .writers = &check_writers,
    .conclude = conclude,
};
