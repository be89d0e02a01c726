/* cmd_apply.c - `behov apply`: coefficients as printed or saved, on a panel, without refitting. */
#include <behov/application.h>
#include <behov/cautions.h>
#include "findings_options.h"
#include "fit_outputs.h"
#include <behov/labels.h>
#include "study_options.h"
#include "verbs.h"

static const option_text apply_options[] = {
    STUDY_OPTIONS,
    {"coefficients", 'b', ARGUMENT(FILE), HELP(APPLY_COEFFICIENTS), ".json .csv .tsv .txt"},
    {"year-effect", 0, ARGUMENT(LAST_MEAN_NUMBER), HELP(APPLY_YEAR_EFFECT), "last mean"},
    OUTPUT_OPTIONS,
};

typedef struct apply_state {
    behov_application application;
    fit_outputs outputs;
} apply_state;

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

static int choose(verb_call *call)
{
    return findings_refuse_unit(&call->study);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    apply_state *state = call->state;
    behov_study *study = &call->study;
    behov_lent_effects *lent_effects = &state->application.lent_effects;
    const char *path = option_value(call->line, "coefficients"), *year_effect = option_value(call->line, "year-effect");
    const char *source = path ? path : behov_label(behov_language_alone(study->lang), BEHOV_WORD_APPLY_PRINTED_ANNEX);
    behov_status status = behov_given_levels_reference(study, &call->coefficients, source, year_effect != NULL, err);
    if (!status)
        status = findings_tell_reference(study, source, err);
    if (!status)
        status = behov_given_levels_lend(study, &call->coefficients, source, year_effect, lent_effects, err);
    if (!status)
        status =
            behov_application_new(study, &call->coefficients, source, &state->application, &call->fit_results, err);
    if (!status)
        status = findings_tell_far(study, &state->application.far_figures, err);
    if (!status)
        status = behov_cautions_say_agreement(study, call->fit_results.need, err);
    if (status)
        return status;
    print_notes_of_years(lent_effects, source, year_effect != NULL);
    call->fit_results.made_on = call->day;
    state->outputs = (fit_outputs){.fit_results = &call->fit_results, .is_full = true};
    call->context = &state->outputs;
    return BEHOV_OK;
}

static void close_state(void *state)
{
    behov_application_free(&((apply_state *)state)->application);
}

const verb verb_apply = {
    .name = "apply",
    VERB_WORDS(APPLY),
    VERB_OPTIONS(apply_options),
    .repeatable = "output",
    .needs = NEEDS_COEFFICIENTS,
    .state_size = sizeof(apply_state),
    .choose = choose,
    .compute = compute,
    .writers = &fit_writers,
    .close = close_state,
};
