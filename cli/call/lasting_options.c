/* lasting_options.c - see lasting_options.h. */
#include "lasting_options.h"

#include <string.h>

#include <behov/cautions.h>
#include "messages.h"
#include "number_options.h"

/* An option with two values, of which the first is the default; NULL or the value that is neither. */
static const char *two_values(const command_line *line, const char *option, const char *first, const char *second,
                              bool *is_second)
{
    const char *value = option_value(line, option);
    *is_second = value && strcmp(value, second) == 0;
    return !value || *is_second || strcmp(value, first) == 0 ? NULL : value;
}

bool lasting_options_read_levels(const command_line *line, behov_lasting_choices *choices)
{
    double horizon = 3;
    const char *unknown = two_values(line, "chance", "ar1", "independent", &choices->is_independent);
    if (unknown)
        wrong_call(line->verb, SAY_LASTING_OPTIONS_CHANCE_UNKNOWN, unknown);
    if (unknown || !whole_option(line, "horizon", 1, 20, &horizon) ||
        !number_option(line, "clear", 0.5, 0.9999, &choices->clear))
        return false;
    choices->horizon = (unsigned)horizon;
    return true;
}

bool lasting_options_read(const command_line *line, double level_pct, behov_lasting_options *lasting_options)
{
    double draws = 10000, seed = 0;
    *lasting_options = (behov_lasting_options){.level_pct = level_pct};
    /* above 2^53 not every whole number is a double */
    if (!whole_option(line, "draws", 100, 1e7, &draws) || !whole_option(line, "seed", 0, 9007199254740992.0, &seed) ||
        !level_option(line, &lasting_options->level_pct) ||
        !number_option(line, "floor", 0, 1e12, &lasting_options->floor) ||
        !lasting_options_read_levels(line, &lasting_options->choices))
        return false;
    const char *unknown = two_values(line, "ranks", "marginal", "together", &lasting_options->choices.ranks_together);
    if (unknown)
        wrong_call(line->verb, SAY_LASTING_OPTIONS_RANKS_UNKNOWN, unknown);
    if (unknown)
        return false;
    lasting_options->n_draws = (size_t)draws;
    lasting_options->seed = (uint64_t)seed;
    return true;
}

static void print_assumptions(const behov_shrink_variances *shrink_variances)
{
    if (!behov_lasting_is_ahead(shrink_variances))
        return;
    if (behov_lasting_is_assumed(shrink_variances))
        print_note(SAY_LASTING_OPTIONS_TWO_YEARS);
    if (shrink_variances->is_inseparable)
        print_note(SAY_LASTING_OPTIONS_INSEPARABLE);
    if (behov_lasting_has_white_noise(shrink_variances))
        print_note(SAY_LASTING_OPTIONS_WHITE_NOISE);
    if (behov_lasting_goes_by_size(shrink_variances))
        print_note(SAY_LASTING_OPTIONS_SMALL_PLACES);
}

behov_status lasting_print_notes(const behov_shrink_variances *shrink_variances, behov_study *study, behov_error *err)
{
    bool is_unsettled = behov_lasting_is_unsettled(shrink_variances);
    if (is_unsettled)
        print_note(SAY_LASTING_OPTIONS_UNSETTLED);
    print_assumptions(shrink_variances);
    return is_unsettled ? behov_cautions_say_unsettled(study, err) : BEHOV_OK;
}
