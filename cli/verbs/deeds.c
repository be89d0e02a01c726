/* deeds.c - see deeds.h. */
#include "deeds.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"

static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *found = strstr(list, name); found; found = strstr(found + 1, name))
        if ((found == list || found[-1] == ' ') && (!found[length] || found[length] == ' '))
            return true;
    return false;
}

/* An option of another deed would be passed over in silence. */
static int refuse_foreign_options(const command_line *line, const deed *const *deeds, size_t n_deeds,
                                  const deed *chosen)
{
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        for (size_t other = 0; other < n_deeds; other++)
            if (is_listed(deeds[other]->options, name) && !is_listed(chosen->options, name))
                return wrong_call(line->verb, SAY_DEEDS_FOREIGN_OPTION, name, line->verb->name,
                                  deeds[other]->steps.name[0] ? " " : "", deeds[other]->steps.name);
    }
    return 0;
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

int deeds_begin(verb_call *call, const deed *const *deeds, size_t n_deeds, const deed *chosen, const char *panel)
{
    deed_state *state = call->state;
    int code = refuse_foreign_options(call->line, deeds, n_deeds, chosen);
    if (code)
        return code;
    state->deed = chosen;
    state->own = calloc(1, chosen->steps.state_size + 1);
    if (!state->own) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    call->panel = panel;
    call->needs = chosen->steps.needs;
    call->writers = chosen->steps.writers;
    call->context = state->own;
    return take_step(call, chosen->steps.read);
}

int deeds_open(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.open);
}

int deeds_choose(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.choose);
}

behov_status deeds_compute(verb_call *call, behov_error *err)
{
    deed_state *state = call->state;
    call->state = state->own;
    behov_status status = state->deed->steps.compute(call, err);
    call->state = state;
    return status;
}

int deeds_conclude(verb_call *call)
{
    const deed_state *state = call->state;
    return take_step(call, state->deed->steps.conclude);
}

void deeds_close(void *context)
{
    deed_state *state = context;
    if (state->own && state->deed->steps.close)
        state->deed->steps.close(state->own);
    free(state->own);
}
