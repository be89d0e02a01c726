/* cmd_survey.c - `behov survey`: traits of offices against the ratios of their municipalities. */
#include <math.h>

#include "estimation_options.h"
#include "figures_options.h"
#include "messages.h"
#include "municipality_hint.h"
#include "outputs.h"
#include "ratio_table_options.h"
#include "read_survey.h"
#include "study_options.h"
#include "verbs.h"
#include "write_survey.h"

static const option_text survey_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    RATIOS_OPTION,
    {"trait", 't', ARGUMENT(COLUMN), HELP(SURVEY_TRAIT), NULL},
    {"order", 0, ARGUMENT(LIST), HELP(SURVEY_ORDER), NULL},
    {"office-weight", 0, ARGUMENT(COLUMN), HELP(SURVEY_OFFICE_WEIGHT), NULL},
    {"year", 'y', ARGUMENT(YEAR), HELP(SURVEY_YEAR), NULL},
    {"level", 0, ARGUMENT(PER_CENT), HELP(SURVEY_LEVEL), NULL},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

enum { MOST_NAMED = 200 };

typedef struct survey_state {
    behov_survey_options options;
    const char *traits[MOST_NAMED], *orders[MOST_NAMED];
    behov_survey_columns columns;
    behov_table *source;
    behov_survey_answers answers;
    behov_survey survey;
    behov_survey_page page;
} survey_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    survey_state *state = call->state;
    size_t n_traits = option_count(line, "trait"), n_orders = option_count(line, "order");
    double year = 0, level_pct = 100 * call->fit_choices.level;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_SURVEY_NO_ANSWERS_FILE);
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_SURVEY_ONE_TOO_MANY, line->operands[2]);
    if (n_traits > MOST_NAMED || n_orders > MOST_NAMED)
        return wrong_call(line->verb, SAY_SURVEY_MANY_NAMED, MOST_NAMED);
    if (!whole_option(line, "year", 1, 9999, &year) || !level_option(line, &level_pct))
        return 2;
    for (size_t i = 0; i < n_traits; i++)
        state->traits[i] = option_value_at(line, "trait", i);
    for (size_t i = 0; i < n_orders; i++)
        state->orders[i] = option_value_at(line, "order", i);
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    call->fit_choices.level = level_pct / 100;
    state->options = (behov_survey_options){(int)year, level_pct / 100};
    state->columns = (behov_survey_columns){n_traits ? state->traits : NULL, n_traits, state->orders, n_orders,
                                            option_value(line, "office-weight")};
    return 0;
}

/* What makes an answer or an office out of something that may be none, said once for each column and name. */
static void tell_doubts(const char *path, const behov_survey_answers *answers)
{
    const char *three = answers->with_zero + 1;
    if (answers->n_zeros)
        print_note(SAY_MESSAGE_OF_PLACE, path,
                   answers->n_zeros == 1
                       ? behov_phrase(SAY_CSV_COLUMN_CODE_LOST_ZERO, "", answers->n_zeros, three, three).text
                       : behov_phrase(SAY_CSV_COLUMN_CODES_LOST_ZERO, "", answers->n_zeros, three, three).text);
    for (size_t k = 0; k < answers->n_questions; k++)
        if (!isnan(answers->questions[k].highest))
            print_note(SAY_MESSAGE_OF_PLACE, path,
                       behov_phrase(SAY_SURVEY_GAP, behov_cut(answers->questions[k].name, 80).text,
                                    behov_phrase_number(answers->questions[k].highest).text,
                                    behov_phrase_number(answers->questions[k].next_highest).text)
                           .text);
    for (size_t k = 0; k < answers->n_questions; k++)
        if (!isnan(answers->questions[k].lowest))
            print_note(SAY_MESSAGE_OF_PLACE, path,
                       behov_phrase(SAY_SURVEY_GAP_BELOW, behov_cut(answers->questions[k].name, 80).text,
                                    behov_phrase_number(answers->questions[k].lowest).text,
                                    behov_phrase_number(answers->questions[k].next_lowest).text)
                           .text);
    for (size_t i = 0; i < answers->n_offices; i++)
        if (answers->offices[i].n_rows > 1)
            print_note(SAY_MESSAGE_OF_PLACE, path,
                       behov_phrase(SAY_SURVEY_OFFICE_ON_ROWS, behov_cut(answers->offices[i].name, 80).text,
                                    (unsigned long)answers->offices[i].n_rows)
                           .text);
}

/* Before the panel, whose fit takes longer than to find a fault in the answers. */
static int open_answers(verb_call *call)
{
    survey_state *state = call->state;
    behov_error err;
    const char *missing[MOST_NAMED];
    size_t n_missing = option_count(call->line, "missing");
    if (n_missing > MOST_NAMED)
        return wrong_call(call->line->verb, SAY_SURVEY_MANY_NAMED, MOST_NAMED);
    for (size_t i = 0; i < n_missing; i++)
        missing[i] = option_value_at(call->line, "missing", i);
    if (read_survey(call->line->operands[0], &state->columns, missing, n_missing, &note_beside, &state->source, &err) ||
        behov_survey_answers_read(state->source, &state->columns, &state->answers, &err))
        return print_failure(&err);
    if (state->answers.n_left_out == 1)
        print_note(SAY_RATIOS_LEFT_OUT_ONE, call->line->operands[0], (unsigned long)state->answers.n_left_out);
    else if (state->answers.n_left_out)
        print_note(SAY_RATIOS_LEFT_OUT_MANY, call->line->operands[0], (unsigned long)state->answers.n_left_out);
    tell_doubts(call->line->operands[0], &state->answers);
    return figures_tell_other_names(state->source, &err) ? print_failure(&err) : 0;
}

/* Each with its place and what it may have meant. */
static void print_unknown(const verb_call *call, const behov_survey *survey)
{
    for (size_t i = 0; i < survey->unknown.n; i++) {
        const behov_municipality_name *name = &survey->unknown.all[i];
        size_t position;
        behov_error err;
        if (behov_municipality_list_find(&survey->ratios->places, name->text, name->where, &position, &err))
            print_note(SAY_SURVEY_UNKNOWN, name->where, behov_error_phrase(&err).text);
    }
    if (survey->unknown.n && call->has_fit)
        municipality_hint_print(&survey->unknown, &call->study.panel);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    survey_state *state = call->state;
    behov_status status = behov_survey_new(&call->ratios, &state->answers, &state->options, &state->survey, err);
    print_unknown(call, &state->survey);
    state->page = (behov_survey_page){&state->survey, call->line->operands[0],
                                      call->has_fit && call->study.is_simulated, call->study.lang};
    call->context = &state->page;
    return status;
}

static void close_state(void *context)
{
    survey_state *state = context;
    behov_survey_free(&state->survey);
    behov_survey_answers_free(&state->answers);
    behov_table_free(state->source);
}

const verb verb_survey = {
    .name = "survey",
    VERB_WORDS(SURVEY),
    .rows = HELP(ROWS_SURVEY),
    VERB_OPTIONS(survey_options),
    .repeatable = "output cluster trait order",
    .with_ratios = "trait order office-weight year level missing",
    .needs = NEEDS_RESIDUALS | NEEDS_RATIOS | NAMES_ITS_PANEL,
    .level_pct = 95,
    .state_size = sizeof(survey_state),
    .read = read_choices,
    .open = open_answers,
    .compute = compute,
    .writers = &survey_writers,
    .close = close_state,
};
