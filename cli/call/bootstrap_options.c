/* bootstrap_options.c - see bootstrap_options.h. */
#include "bootstrap_options.h"

#include "number_options.h"
#include "system.h"

enum { THREADS_DEFAULT_MAX = 16 };

int bootstrap_options_read(const command_line *line, double level, behov_boot_options *out)
{
    double n_draws = 0, seed = 0, n_threads = 0;
    if (!whole_option(line, "bootstrap", 1, 1e9, &n_draws) ||
        !whole_option(line, "seed", 0, 9007199254740992.0, &seed) || !whole_option(line, "threads", 1, 256, &n_threads))
        return 2;
    static const char *const needing[] = {"draws", "unrestricted", "seed", "threads"};
    for (size_t i = 0; i < sizeof needing / sizeof *needing && n_draws == 0; i++)
        if (option_given(line, needing[i]))
            return wrong_call(line->verb, SAY_TEST_NEEDS_BOOTSTRAP, needing[i]);
    if (n_threads == 0) {
        size_t n_processors = system_processors();
        n_threads = n_processors < THREADS_DEFAULT_MAX ? (double)n_processors : THREADS_DEFAULT_MAX;
    }
    *out = (behov_boot_options){.n_draws = (size_t)n_draws,
                                .seed = (uint64_t)seed,
                                .is_unrestricted = option_given(line, "unrestricted"),
                                .level = level,
                                .n_threads = (size_t)n_threads};
    const char *draws = option_value(line, "draws");
    if (draws && (out->draws = behov_boot_draws_of_name(draws)) == BEHOV_N_BOOT_DRAWS)
        return wrong_value(line->verb, "draws", draws, SAY_TEST_DRAWS_UNKNOWN, draws);
    return 0;
}
