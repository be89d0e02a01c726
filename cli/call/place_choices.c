/* place_choices.c - see place_choices.h. */
#include "place_choices.h"

void place_choices_of_ranking(const verb_call *call, behov_ranking_choices *choices)
{
    choices->level = call->lasting.level_pct / 100;
    choices->n_draws = call->lasting.n_draws;
    choices->seed = call->lasting.seed;
    choices->lasting = call->lasting.choices;
    choices->list = call->municipalities.list;
    choices->within = call->municipalities.grouping;
    choices->progress = call->progress;
}

void place_choices_of_profile(const verb_call *call, behov_profile_choices *choices)
{
    choices->level = call->lasting.level_pct / 100;
    choices->n_draws = call->lasting.n_draws;
    choices->seed = call->lasting.seed;
    choices->lasting = call->lasting.choices;
    choices->list = call->municipalities.list;
    choices->group = call->municipalities.grouping;
    choices->progress = call->progress;
}
