/* key_weights_verb.c - `behov key weights [PANEL]`: weights out of yearly regressions, the ministry's way. */
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/number.h>
#include "key_deeds.h"
#include "messages.h"
#include "number_options.h"
#include "study_options.h"
#include "write_key.h"

typedef struct weights_state {
    key_weights_results results;
    bool by_population;
} weights_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    weights_state *state = call->state;
    const char *means = option_value(line, "means");
    double level_pct = 100 * call->fit_choices.level;
    if (means && strcmp(means, "population") != 0 && strcmp(means, "rows") != 0)
        return wrong_value(line->verb, "means", means, SAY_KEY_MEANS_WRONG, means);
    state->by_population = !means || strcmp(means, "population") == 0;
    if (!level_option(line, &level_pct))
        return 2;
    call->fit_choices.level = level_pct / 100;
    return 0;
}

/* A file of weights may be read by a program that reads no notes of a page. */
static void note_sum(const behov_key_fit *fit, behov_language lang)
{
    char year[16];
    snprintf(year, sizeof year, "%d", fit->year);
    const char *name = fit->year ? year : behov_label(lang, BEHOV_WORD_KEY_REGRESSION_POOLED);
    if (!fit->is_there || fit->sum_is == BEHOV_KEY_SUM_ABOVE_0)
        return;
    behov_said sum = behov_phrase_number(behov_number_rounded(fit->raw_sum, 4));
    if (fit->sum_is == BEHOV_KEY_SUM_UNCLEAR)
        print_note(SAY_KEY_WEIGHTS_NOTE_UNCLEAR, name, sum.text);
    else
        print_note(SAY_KEY_WEIGHTS_NOTE_NOT_ABOVE_0, name, sum.text);
}

static void note_sums(const behov_key_regression *regression, behov_language lang)
{
    note_sum(&regression->pooled, lang);
    for (size_t t = 0; t < regression->n_years; t++)
        note_sum(&regression->years[t], lang);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    weights_state *state = call->state;
    state->results.fit_results = &call->fit_results;
    behov_status status = behov_key_regression_compute(&call->fit_choices, &call->fit_results, state->by_population,
                                                       &state->results.regression, err);
    if (!status)
        note_sums(&state->results.regression, call->study.lang);
    return status;
}

static void close_state(void *context)
{
    behov_key_regression_free(&((weights_state *)context)->results.regression);
}

const verb_deed key_weights_deed = {
    .most_operands = 1,
    .options = "means model formula exclude set-aside outcome-unit code name-column year-column population separator "
               "decimal encoding sheet missing allow level cluster se drop-collinear",
    .steps = {.name = "weights",
              .needs = NEEDS_RESULTS | NAMES_ITS_PANEL,
              .state_size = sizeof(weights_state),
              .read = read_choices,
              .compute = compute,
              .writers = &key_weights_writers,
              .close = close_state},
};
