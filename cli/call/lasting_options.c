/* lasting_options.c - see lasting_options.h. */
#include "lasting_options.h"

#include "messages.h"
#include "number_options.h"

bool lasting_options_read(const command_line *line, double level_pct, behov_lasting_options *lasting_options)
{
    double draws = 10000, seed = 0;
    *lasting_options = (behov_lasting_options){.level_pct = level_pct};
    /* above 2^53 not every whole number is a double */
    if (!whole_option(line, "draws", 100, 1e7, &draws) || !whole_option(line, "seed", 0, 9007199254740992.0, &seed) ||
        !level_option(line, &lasting_options->level_pct) ||
        !number_option(line, "floor", 0, 1e12, &lasting_options->floor))
        return false;
    lasting_options->n_draws = (size_t)draws;
    lasting_options->seed = (uint64_t)seed;
    return true;
}

void lasting_print_notes_unsettled(const behov_shrink_variances *shrink_variances)
{
    if (shrink_variances->is_known && !shrink_variances->is_converged)
        print_note(SAY_LASTING_OPTIONS_UNSETTLED);
}
