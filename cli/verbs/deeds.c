/* deeds.c - see deeds.h. */
#include "deeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"

typedef struct deed_state {
    const verb_deed *deed;
    void *own; /* the state of the deed */
} deed_state;

_Static_assert(sizeof(deed_state) <= DEED_STATE_SIZE, "verbs keep room for it");

/* An option of another deed would be passed over in silence. */
static int refuse_foreign_options(const command_line *line, const verb_deed *chosen)
{
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        for (size_t other = 0; other < line->verb->n_deeds; other++)
            if (option_is_listed(line->verb->deeds[other]->options, name) && !option_is_listed(chosen->options, name))
                return wrong_call(line->verb, SAY_DEED_FOREIGN_OPTION, name, line->verb->name,
                                  line->verb->deeds[other]->steps.name[0] ? " " : "",
                                  line->verb->deeds[other]->steps.name);
    }
    return 0;
}

/* "merge, build, check": what the first operand may be. */
static int refuse_unknown(const command_line *line)
{
    behov_wording names = {0};
    for (size_t i = 0; i < line->verb->n_deeds; i++)
        behov_wording_add(&names, i ? ", " : ""), behov_wording_add(&names, line->verb->deeds[i]->steps.name);
    int code = line->n_operands
                   ? wrong_call(line->verb, SAY_DEED_UNKNOWN, line->verb->name, behov_wording_text(&names),
                                behov_cut(line->operands[0], 80).text)
                   : wrong_call(line->verb, SAY_DEED_MISSING, line->verb->name, behov_wording_text(&names));
    behov_wording_free(&names);
    return code;
}

/* A step of the deed, with its own state. */
static int take_step(verb_call *call, int (*step)(verb_call *))
{
    deed_state *state = call->state;
    call->state = state->own;
    int code = step ? step(call) : 0;
    call->state = state;
    return code;
}

/* The deed that the first operand names, else the one without a name; NULL = none. */
static const verb_deed *find_deed(const command_line *line)
{
    const verb *verb = line->verb;
    const verb_deed *unnamed = NULL;
    for (size_t i = 0; i < verb->n_deeds; i++) {
        const char *name = verb->deeds[i]->steps.name;
        if (line->n_operands && name[0] && strcmp(line->operands[0], name) == 0)
            return verb->deeds[i];
        unnamed = name[0] ? unnamed : verb->deeds[i];
    }
    return unnamed;
}

int deed_read(verb_call *call)
{
    const command_line *line = call->line;
    const verb_deed *deed = find_deed(line);
    deed_state *state = call->state;
    if (!deed)
        return refuse_unknown(line);
    size_t first = deed->steps.name[0] ? 1 : 0, n_operands = (size_t)line->n_operands;
    if (deed->most_operands && n_operands > first + deed->most_operands)
        return wrong_call(line->verb, SAY_DEED_TOO_MANY, line->operands[first + deed->most_operands]);
    int code = refuse_foreign_options(line, deed);
    if (code)
        return code;
    state->deed = deed;
    state->own = calloc(1, deed->steps.state_size + 1);
    if (!state->own) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    call->panel = n_operands > first ? line->operands[first] : NULL;
    call->needs = deed->steps.needs;
    call->writers = deed->steps.writers;
    call->context = state->own;
    return take_step(call, deed->steps.read);
}

int deed_open(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.open);
}

int deed_choose(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.choose);
}

behov_status deed_compute(verb_call *call, behov_error *err)
{
    deed_state *state = call->state;
    call->state = state->own;
    behov_status status = state->deed->steps.compute(call, err);
    call->state = state;
    return status;
}

int deed_conclude(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.conclude);
}

void deed_close(void *context)
{
    deed_state *state = context;
    if (state->own && state->deed->steps.close)
        state->deed->steps.close(state->own);
    free(state->own);
}
