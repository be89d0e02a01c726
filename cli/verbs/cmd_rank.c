/* cmd_rank.c - `behov rank`: municipalities in order, and how sure the order is. */
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include "like_options.h"
#include "place_choices.h"
#include "verbs.h"
#include "write_ranking.h"

static const option_text rank_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"by", 'b', ARGUMENT(FIGURE), HELP(RANK_BY), "ratio need gap"},
    {"year", 0, ARGUMENT(YEAR), HELP(RANK_YEAR), NULL},
    {"within", 'g', ARGUMENT(KIND), HELP(RANK_WITHIN), "country county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    {"municipality", 0, ARGUMENT(LIST), HELP(RANK_MUNICIPALITY), NULL},
    {"top", 'n', ARGUMENT(N), HELP(RANK_TOP), NULL},
    {"around", 0, ARGUMENT(MUNICIPALITY), HELP(RANK_AROUND), NULL},
    LASTING_OPTIONS(OPTION),
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef struct rank_state {
    behov_ranking_choices choices;
    behov_ranking ranking;
} rank_state;

static int read_choices(verb_call *call)
{
    static const char *const names[] = {"ratio", "need", "gap"};
    const command_line *line = call->line;
    const char *figure = option_value(line, "by"), *within = option_value(line, "within");
    double year = 0, top = 0;
    int kind = 0;
    while (figure && kind < 3 && strcmp(names[kind], figure) != 0)
        kind++;
    if (kind == 3)
        return wrong_value(line->verb, "by", figure, SAY_RANK_BY_UNKNOWN, figure);
    if (!whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "top", 1, 1e6, &top))
        return 2;
    ((rank_state *)call->state)->choices = (behov_ranking_choices){.ranked_by = (behov_ranked_by)kind,
                                                                   .around = option_value(line, "around"),
                                                                   .year = (int)year,
                                                                   .top = (size_t)top};
    call->like.year = (int)year;
    call->like.has_year = true;
    call->grouping = within ? within : "country";
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    rank_state *state = call->state;
    call->context = &state->ranking;
    place_choices_of_ranking(call, &state->choices);
    behov_status status = behov_ranking_new(&call->fit_results, &state->choices, &state->ranking, err);
    if (!status)
        status = lasting_print_notes(&state->ranking.variances, &call->study, err);
    return status;
}

static void close_state(void *state)
{
    behov_ranking_free(&((rank_state *)state)->ranking);
}

const verb verb_rank = {
    .name = "rank",
    VERB_WORDS(RANK),
    VERB_OPTIONS(rank_options),
    .repeatable = "output cluster",
    .needs = NEEDS_LASTING | NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE,
    .level_pct = 90,
    .state_size = sizeof(rank_state),
    .read = read_choices,
    .compute = compute,
    .writers = &ranking_writers,
    .close = close_state,
};
