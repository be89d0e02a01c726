/* cmd_panel.c - `behov panel`: what is done to panels and to the files that they are made of. Each deed is a file. */
#include <stdlib.h>
#include <string.h>

#include "merge_options.h"
#include "outputs.h"
#include "panel_deeds.h"
#include "study_options.h"
#include "verbs.h"
#include "write_merge.h"

static const option_text panel_options[] = {
    MERGE_OPTIONS,
    MODEL_OPTION,
    {"code", 0, ARGUMENT(COLUMN), HELP(OPTION_CODE), NULL},
    {"municipality", 0, ARGUMENT(COLUMN), HELP(OPTION_NAME_COLUMN), NULL},
    {"year", 0, ARGUMENT(COLUMN), HELP(OPTION_YEAR_COLUMN), NULL},
    POPULATION_OPTION,
    OUTCOME_UNIT_OPTION,
    {"sheet", 0, ARGUMENT(NAME), HELP(OPTION_SHEET), NULL},
    {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},
    {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},
    {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},
    {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},
    {"allow", 0, ARGUMENT(KIND), HELP(OPTION_ALLOW),
     "code limit unit total jump two_codes missing life copied constant country"},
    {"files", 0, ARGUMENT(FOLDER), HELP(PANEL_FILES), NULL},
    {"years", 0, ARGUMENT(YEARS), HELP(PANEL_YEARS), NULL},
    {"dataset", 0, ARGUMENT(N), HELP(PANEL_DATASET), NULL},
    {"labels", 0, NO_ARGUMENT, HELP(PANEL_LABELS), NULL},
    {"functions", 0, ARGUMENT(LIST), HELP(PANEL_FUNCTIONS), NULL},
    {"inhabitants", 0, ARGUMENT(N), HELP(PANEL_INHABITANTS), NULL},
    {"value", 0, ARGUMENT(COLUMN), HELP(PANEL_VALUE), NULL},
    {"header", 0, ARGUMENT(N), HELP(PANEL_HEADER), NULL},
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

static const panel_deed *const deeds[] = {&panel_merge_deed, &panel_build_deed, &panel_check_deed, &panel_read_deed,
                                          &panel_filing_deed};
enum { N_DEEDS = sizeof deeds / sizeof *deeds };

typedef struct panel_state {
    const panel_deed *deed;
    void *own; /* the state of the deed */
} panel_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

/* An option of another deed would be passed over in silence. */
static int refuse_foreign_options(const command_line *line, const panel_deed *chosen)
{
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        for (int other = 0; other < N_DEEDS; other++)
            if (option_is_listed(deeds[other]->options, name) && !option_is_listed(chosen->options, name))
                return wrong_call(line->verb, SAY_PANEL_FOREIGN_OPTION, name, deeds[other]->steps.name);
    }
    return 0;
}

/* A step of the deed, with its own state. */
static int take_step(verb_call *call, int (*step)(verb_call *))
{
    panel_state *state = call->state;
    call->state = state->own;
    int code = step ? step(call) : 0;
    call->state = state;
    return code;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    int chosen = 0;
    while (line->n_operands && chosen < N_DEEDS && strcmp(line->operands[0], deeds[chosen]->steps.name) != 0)
        chosen++;
    if (!line->n_operands || chosen == N_DEEDS)
        return wrong_call(line->verb, SAY_PANEL_WHAT, line->n_operands ? line->operands[0] : "");
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_PANEL_ONE, line->operands[2]);
    int code = refuse_foreign_options(line, deeds[chosen]);
    if (code)
        return code;
    state->deed = deeds[chosen];
    state->own = calloc(1, state->deed->steps.state_size + 1);
    if (!state->own) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    call->needs = state->deed->steps.needs;
    call->writers = state->deed->steps.writers;
    call->context = state->own;
    return take_step(call, state->deed->steps.read);
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

static int open_files(verb_call *call)
{
    const panel_state *state = call->state;
    return take_step(call, state->deed->steps.open);
}

static int choose(verb_call *call)
{
    const panel_state *state = call->state;
    return take_step(call, state->deed->steps.choose);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    panel_state *state = call->state;
    call->state = state->own;
    behov_status status = state->deed->steps.compute(call, err);
    call->state = state;
    return status;
}

static int conclude(verb_call *call)
{
    const panel_state *state = call->state;
    return take_step(call, state->deed->steps.conclude);
}

static void close_state(void *context)
{
    panel_state *state = context;
    if (state->own && state->deed->steps.close)
        state->deed->steps.close(state->own);
    free(state->own);
}

const verb verb_panel = {
    .name = "panel",
    VERB_WORDS(PANEL),
    .rows = HELP(ROWS_PANEL),
    VERB_OPTIONS(panel_options),
    .repeatable = "output sum rate mean leave-out",
    .needs = NEEDS_MODEL, /* read takes those of the deed */
    .state_size = sizeof(panel_state),
    .read = read_choices,
    .open = open_files,
    .choose = choose,
    .compute = compute,
    .writers = &merge_writers, /* what completion offers; read takes those of the deed */
    .conclude = conclude,
    .close = close_state,
};
