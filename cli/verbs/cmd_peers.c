/* cmd_peers.c - `behov peers`: the municipalities most like one, and the municipality against them, its group, county,
 * size class, chosen ones and the country. */
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>
#include <behov/peer_accounts.h>
#include "estimation_options.h"
#include "municipality_hint.h"
#include "read_beside.h"
#include "read_groups.h"
#include "system.h"
#include "verbs.h"
#include "write_peers.h"

static const option_text peers_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"like", 0, ARGUMENT(MUNICIPALITY), HELP(PEERS_LIKE), NULL},
    {"count", 'n', ARGUMENT(N), HELP(PEERS_COUNT), NULL},
    {"year", 0, ARGUMENT(YEAR), HELP(PEERS_YEAR), NULL},
    {"distance", 0, ARGUMENT(KIND), HELP(PEERS_DISTANCE), "need weighted mahalanobis"},
    {"distance-weights", 0, ARGUMENT(DISTANCE_WEIGHTS), HELP(PEERS_DISTANCE_WEIGHTS), NULL},
    {"group", 'g', ARGUMENT(FILE), HELP(PEERS_GROUP), ".csv .tsv .txt"},
    {"municipality", 0, ARGUMENT(LIST), HELP(PEERS_MUNICIPALITY), ".csv .tsv .txt"},
    {"accounts", 0, ARGUMENT(FILE), HELP(PEERS_ACCOUNTS), ".csv .tsv .txt"},
    {"accounts-year", 0, ARGUMENT(YEAR), HELP(PEERS_ACCOUNTS_YEAR), NULL},
    {"level", 0, ARGUMENT(PER_CENT), HELP(OPTION_LEVEL), NULL},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef struct peers_state {
    behov_peer_choices choices;
    behov_peer_weight *weights;
    char *weight_text; /* what their names point into */
    int accounts_year;
    behov_table *counties;
    behov_accounts accounts;
    behov_peers peers;
    behov_peer_comparison comparison;
    behov_peer_accounts peer_accounts;
    behov_peers_page page;
} peers_state;

/* ---- the call ---------------------------------------------------------------------------------------------------- */

/* The municipality, of --like or the first operand, and the panel behind it. */
static int read_operands(verb_call *call, behov_peer_choices *choices)
{
    const command_line *line = call->line;
    choices->municipality = option_value(line, "like");
    size_t n_before = choices->municipality ? 0 : 1;
    if (n_before > line->n_operands)
        return wrong_call(line->verb, SAY_PEERS_NO_MUNICIPALITY);
    if (n_before) {
        choices->municipality = line->operands[0];
        if (system_is_regular_file(line->operands[0]))
            return wrong_call(line->verb, SAY_PEERS_MUNICIPALITY_IS_FILE, line->operands[0], line->operands[0]);
    }
    if (strchr(choices->municipality, ','))
        return wrong_call(line->verb, SAY_PEERS_ONE_MUNICIPALITY, choices->municipality);
    if (line->n_operands > n_before + 1)
        return wrong_call(line->verb, SAY_PEERS_ONE_TOO_MANY, line->operands[n_before + 1]);
    call->panel = line->n_operands > n_before ? line->operands[n_before] : NULL;
    return 0;
}

/* Where a list is cut: a comma outside brackets. */
static char *end_of_part(char *text)
{
    int depth = 0;
    for (; *text && (*text != ',' || depth > 0); text++)
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    return text;
}

/* "new_refugees=2,I(population^1.2)=0" */
static int read_weights(const command_line *line, peers_state *state)
{
    const char *text = option_value(line, "distance-weights");
    if (!text)
        return 0;
    state->weight_text = strdup(text);
    state->weights = calloc(strlen(text) + 1, sizeof *state->weights);
    if (!state->weight_text || !state->weights) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    for (char *part = state->weight_text, *end = part; part; part = end) {
        end = end_of_part(part);
        bool is_last = !*end;
        *end = '\0';
        end = is_last ? NULL : end + 1;
        char *sign = strrchr(part, '=');
        double weight = 0;
        if (!sign || sign == part || behov_number_parse(sign + 1, strlen(sign + 1), '.', &weight) || weight < 0)
            return wrong_call(line->verb, SAY_PEERS_WEIGHT_WRONG, part);
        *sign = '\0';
        for (size_t i = 0; i < state->choices.n_weights; i++)
            if (strcmp(state->weights[i].name, part) == 0)
                return wrong_call(line->verb, SAY_PEERS_WEIGHT_TWICE, part);
        state->weights[state->choices.n_weights++] = (behov_peer_weight){part, weight};
    }
    state->choices.weights = state->weights;
    return 0;
}

static int read_distance(const command_line *line, behov_peer_choices *choices)
{
    const char *name = option_value(line, "distance");
    int kind = 0;
    while (name && kind < BEHOV_N_DISTANCES && strcmp(behov_peers_distance_key((behov_distance)kind), name) != 0)
        kind++;
    if (kind == BEHOV_N_DISTANCES)
        return wrong_value(line->verb, "distance", name, SAY_PEERS_DISTANCE_UNKNOWN, name);
    choices->distance = (behov_distance)kind;
    if (kind == BEHOV_DISTANCE_MAHALANOBIS && option_given(line, "distance-weights"))
        return wrong_call(line->verb, SAY_PEERS_MAHALANOBIS_NO_WEIGHTS);
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    peers_state *state = call->state;
    double count = 0, year = 0, accounts_year = 0, level_pct = 100 * call->fit_choices.level;
    int code = read_operands(call, &state->choices);
    if (!code)
        code = read_distance(line, &state->choices);
    if (!code)
        code = read_weights(line, state);
    if (code)
        return code;
    if (!whole_option(line, "count", 1, 1e6, &count) || !whole_option(line, "year", 1, 9999, &year) ||
        !whole_option(line, "accounts-year", 1, 9999, &accounts_year) || !level_option(line, &level_pct))
        return 2;
    if (accounts_year > 0 && !option_given(line, "accounts"))
        return wrong_call(line->verb, SAY_PEERS_ACCOUNTS_YEAR_ALONE);
    call->fit_choices.level = level_pct / 100;
    state->choices.count = (size_t)count;
    state->choices.year = (int)year;
    state->accounts_year = (int)accounts_year;
    return 0;
}

/* ---- the work ---------------------------------------------------------------------------------------------------- */

static behov_status read_accounts(const command_line *line, behov_accounts *accounts, behov_error *err)
{
    behov_table *table = NULL;
    behov_status status =
        read_amounts_beside(option_value(line, "accounts"), behov_accounts_column, &note_beside, &table, err);
    if (!status)
        status = behov_accounts_of_table(table, accounts, err);
    behov_table_free(table);
    return status;
}

static int open_files(verb_call *call)
{
    behov_error err;
    peers_state *state = call->state;
    if (read_groups("county", NULL, &state->counties, &err) ||
        (option_given(call->line, "accounts") && read_accounts(call->line, &state->accounts, &err)))
        return print_failure(&err);
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    peers_state *state = call->state;
    call->context = &state->page;
    behov_status status = behov_peers_new(&call->fit_results, &state->choices, &state->peers, err);
    if (status == BEHOV_E_NAME)
        municipality_hint_print_one(state->choices.municipality, &call->study.panel);
    if (!status)
        status = behov_peer_comparison_new(&state->peers,
                                           &(behov_peer_comparison_choices){call->municipalities.grouping,
                                                                            state->counties, call->municipalities.list,
                                                                            call->fit_choices.level},
                                           &state->comparison, err);
    if (!status && state->accounts.n)
        status = behov_peer_accounts_new(&state->accounts, &state->comparison, state->accounts_year,
                                         &state->peer_accounts, err);
    state->page =
        (behov_peers_page){&state->peers, &state->comparison, state->accounts.n ? &state->peer_accounts : NULL};
    return status;
}

static void close_state(void *context)
{
    peers_state *state = context;
    behov_peer_comparison_free(&state->comparison);
    behov_peers_free(&state->peers);
    behov_accounts_free(&state->accounts);
    behov_table_free(state->counties);
    free(state->weights);
    free(state->weight_text);
}

const verb verb_peers = {
    .name = "peers",
    VERB_WORDS(PEERS),
    .rows = HELP(ROWS_PEERS),
    VERB_OPTIONS(peers_options),
    .repeatable = "output cluster",
    .needs = NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | NAMES_ITS_PANEL,
    .level_pct = 90,
    .state_size = sizeof(peers_state),
    .read = read_choices,
    .open = open_files,
    .compute = compute,
    .writers = &peers_writers,
    .close = close_state,
};
