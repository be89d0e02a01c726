/* place_choices.h - what the driver has opened, as the choices of a ranking and of a profile. */
#ifndef BEHOV_CLI_PLACE_CHOICES_H
#define BEHOV_CLI_PLACE_CHOICES_H

#include <behov/profile.h>
#include <behov/ranking.h>
#include "verb.h"

/* Level, draws, seed, municipalities, groups and progress, borrowed from the call; the rest is left alone. */
void place_choices_of_ranking(const verb_call *call, behov_ranking_choices *choices);
void place_choices_of_profile(const verb_call *call, behov_profile_choices *choices);

#endif
