/* extra_fits_options.c - see extra_fits_options.h. */
#include "extra_fits_options.h"

#include <string.h>

#include "estimation_options.h"

/* What does not go together. */
static int check(const verb_call *call, const char *compared, const char *absorb, bool has_all_kinds)
{
    const verb *verb = call->line->verb;
    const char *step = option_value(call->line, "by");
    if (compared && (has_all_kinds || call->clusters.is_given))
        return wrong_call(verb, SAY_FIT_COMPARE_NAMES_ALL);
    if (has_all_kinds && call->clusters.n == 2)
        return wrong_call(verb, SAY_FIT_ALL_KINDS_ONE_CLUSTER);
    if (step && strcmp(step, "year") != 0)
        return wrong_value(verb, "by", step, SAY_FIT_BY_UNKNOWN, step);
    if (step && (compared || has_all_kinds))
        return wrong_call(verb, SAY_FIT_BY_YEAR_ONE_KIND);
    if (absorb && (step || compared || has_all_kinds))
        return wrong_call(verb, SAY_FIT_ABSORB_ONE_KIND);
    if (absorb && !absorb[0])
        return wrong_call(verb, SAY_FIT_ABSORB_NEEDS_COLUMN);
    return 0;
}

static int list_clusterings(verb_call *call, const char *compared)
{
    const verb *verb = call->line->verb;
    bool is_whole = clusterings_add(&call->clusterings, compared);
    for (size_t i = 0; i < call->clusterings.n; i++) {
        const char *key = call->clusterings.keys[i];
        if (!is_whole || !key[0])
            return wrong_call(verb, SAY_FIT_CLUSTERING_EMPTY, compared);
        call->keys[call->n_keys++] = key;
    }
    return behov_comparison_n_keys(compared) > call->clusterings.n
               ? wrong_call(verb, SAY_FIT_MOST_CLUSTERINGS, CLUSTER_KEYS_MAX - 3)
               : 0;
}

int extra_fits_options_read(verb_call *call, behov_extra_fits *out)
{
    const command_line *line = call->line;
    const char *se = option_value(line, "se"), *compared = option_value(line, "compare-clusters"),
               *absorb = option_value(line, "absorb");
    bool has_all_kinds = se && strcmp(se, "all") == 0;
    int code = check(call, compared, absorb, has_all_kinds);
    if (code)
        return code;
    out->kind = option_given(line, "by") ? BEHOV_EXTRA_YEARS
                : compared               ? BEHOV_EXTRA_CLUSTERINGS
                : absorb                 ? BEHOV_EXTRA_EFFECTS
                : has_all_kinds          ? BEHOV_EXTRA_KINDS
                                         : BEHOV_EXTRA_NOTHING;
    out->clusterings = compared;
    out->absorbed_column = absorb;
    if (absorb)
        call->keys[call->n_keys++] = absorb;
    return compared ? list_clusterings(call, compared) : 0;
}

int extra_fits_options_choose(verb_call *call, behov_extra_fits *extra_fits)
{
    behov_fit_choices *choices = &call->fit_choices;
    int code = 0;
    if (extra_fits->kind == BEHOV_EXTRA_CLUSTERINGS)
        choices->cluster = call->clusterings.keys[0];
    if (extra_fits->kind == BEHOV_EXTRA_KINDS) {
        choices->kind = choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL;
        choices->is_default_kind = true;
    } else {
        code = estimation_choose_kind(call->line, choices);
    }
    extra_fits->vcov_kind = choices->kind;
    if (extra_fits->kind == BEHOV_EXTRA_EFFECTS) { /* both fits on the same rows: those that belong to a group */
        choices->more_keys = &extra_fits->absorbed_column;
        choices->n_more_keys = 1;
    }
    if (extra_fits->kind != BEHOV_EXTRA_CLUSTERINGS || code)
        return code;
    if (!behov_vcov_kind_is_clustered(choices->kind))
        return wrong_call(call->line->verb, SAY_FIT_COMPARE_NEEDS_CLUSTERED, option_value(call->line, "se"));
    /* The fit itself, of the files beside, stands on the first; a row needs the keys of all clusterings. */
    choices->more_keys = (const char *const *)call->clusterings.keys;
    choices->n_more_keys = call->clusterings.n;
    choices->second_cluster = NULL;
    choices->asked_cluster = choices->cluster;
    choices->is_default_cluster = false;
    return 0;
}
