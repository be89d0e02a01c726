/* cmd_tree.c - `behov tree`: a municipality's expenditure against others, taken apart level by level. */
#include <stdlib.h>
#include <string.h>

#include <behov/group_names.h>

#include "figures_options.h"
#include "like_options.h"
#include "messages.h"
#include "number_options.h"
#include "study_options.h"
#include "system.h"
#include "verbs.h"
#include "write_deviation_tree.h"

static const option_text tree_options[] = {
    {"year", 0, ARGUMENT(YEAR), HELP(TREE_YEAR), NULL},
    {"width", 0, ARGUMENT(MM), HELP(PLOT_WIDTH), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(TREE_GROUP), "county size country like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    {"panel", 'p', ARGUMENT(FILE), HELP(TREE_PANEL), "bundled .csv .tsv .txt .xlsx .ods .dta"},
    FIGURES_OPTIONS,
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

/* Without a file: the simulated panel, whose figures reach the first level alone. */
static const char bundled[] = "simulated/panel.csv";
enum { LETTER_DOTS = 72 };
static const double default_width_mm = 170, mm_per_inch = 25.4; /* as behov plot has them */

typedef struct tree_state {
    deviation_tree_results results; /* the context of the writers */
    const char *path;
    char *opened_path;
    behov_table *table;
    behov_service_figures figures;
    municipality_options municipalities;
    behov_groups groups;
    behov_deviation_tree tree;
    like_kept like_kept;
    behov_study study; /* of which documents say nothing: the panel of like municipalities is not what they show */
    int year;
    double width_mm;
} tree_state;

static int check_group(const command_line *line)
{
    static const char *const kinds[] = {"county", "size", "country"};
    const char *group = option_value(line, "group");
    if (!group || (strncmp(group, "like", 4) != 0 && strpbrk(group, "./")) || system_is_there(group))
        return 0;
    behov_near_word spelling = behov_near_word_start(group);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(group, kinds[i]) == 0)
            return 0;
        behov_near_word_try(&spelling, kinds[i]);
    }
    return wrong_word(line->verb, &spelling, SAY_TREE_GROUP_UNKNOWN, behov_cut(group, 80).text);
}

/* Like municipalities are those of a panel, which is fitted for them. */
static int read_likeness(verb_call *call)
{
    const command_line *line = call->line;
    const tree_state *state = call->state;
    const char *group = option_value(line, "group"), *panel = option_value(line, "panel");
    bool is_like = option_given(line, "like") || (group && strncmp(group, "like:", 5) == 0);
    if (!is_like && panel)
        return wrong_call(line->verb, SAY_TREE_PANEL_ALONE);
    if (!is_like && option_given(line, "count"))
        return wrong_call(line->verb, SAY_LIKE_COUNT_ALONE);
    if (!is_like)
        return check_group(line);
    if (!panel && state->path)
        return wrong_call(line->verb, SAY_TREE_LIKE_NEEDS_PANEL);
    call->panel = panel && strcmp(panel, "bundled") != 0 ? panel : NULL;
    call->needs = NEEDS_RESULTS | NEEDS_MUNICIPALITIES | NAMES_ITS_PANEL | GROUPS_BY_LIKE;
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    tree_state *state = call->state;
    double year = 0;
    if (line->n_operands == 0)
        return wrong_call(line->verb, SAY_TREE_NO_MUNICIPALITY);
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_TREE_ONE_TOO_MANY, line->operands[2]);
    if (system_is_regular_file(line->operands[0]))
        return wrong_call(line->verb, SAY_TREE_MUNICIPALITY_FIRST, line->operands[0]);
    if (strchr(line->operands[0], ','))
        return wrong_call(line->verb, SAY_TREE_ONE_MUNICIPALITY, line->operands[0]);
    state->width_mm = default_width_mm;
    if (!study_language(line, &call->study.lang) || !whole_option(line, "year", 1900, 2199, &year) ||
        !number_option(line, "width", 40, 2000, &state->width_mm))
        return 2;
    state->study.lang = call->study.lang;
    call->written_study = &state->study;
    state->year = (int)year;
    state->path = line->n_operands > 1 ? line->operands[1] : NULL;
    return read_likeness(call);
}

static int open_files(verb_call *call)
{
    tree_state *state = call->state;
    const char *group = option_value(call->line, "group");
    int code = figures_open(call->line, state->path, bundled, behov_service_figures_column, &state->table,
                            &state->opened_path);
    if (!code && state->path)
        figures_tell_unused(state->path, state->table);
    bool is_country = !group || strcmp(group, "country") == 0 || (call->needs & GROUPS_BY_LIKE);
    return code ? code
                : municipality_options_read(NULL, is_country ? NULL : group, call->study.lang, &state->municipalities);
}

/* Size classes are those of the year. */
static behov_status make_groups(tree_state *state, const behov_grouping *grouping, behov_error *err)
{
    size_t last = state->figures.n_years;
    int year = state->year || !last ? state->year : state->figures.years[last - 1];
    behov_tree_take_populations(&state->figures, year);
    return grouping->kind ? behov_groups_new(&state->figures.places, grouping, &state->groups, err) : BEHOV_OK;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    tree_state *state = call->state;
    size_t municipality = 0;
    const behov_grouping *grouping =
        call->needs & GROUPS_BY_LIKE ? &call->municipalities.grouping : &state->municipalities.grouping;
    bool has_groups = grouping->kind != NULL;
    behov_status status = behov_service_figures_new(state->table, &state->figures, err);
    if (!status)
        status = figures_check(&state->figures, err);
    if (!status)
        status = behov_municipality_list_find(&state->figures.places, call->line->operands[0], "", &municipality, err);
    if (!status)
        status = like_options_keep(call, &state->figures.places, &state->like_kept, err);
    if (!status)
        status = make_groups(state, grouping, err);
    if (!status)
        status = behov_deviation_tree_compute(&state->figures, municipality, state->year,
                                              has_groups ? &state->groups : NULL, &state->tree, err);
    if (status)
        return status;
    state->results.page = (behov_tree_page){
        .tree = &state->tree,
        .group =
            has_groups ? behov_group_name(&state->groups, state->groups.values[municipality], call->study.lang) : NULL,
        .path = state->path ? state->path : bundled,
        .like = call->needs & GROUPS_BY_LIKE ? &call->fit_results : NULL,
        .n_like = state->like_kept.n,
        .n_like_missing = state->like_kept.n_missing,
        .lang = call->study.lang};
    state->results.picture.width = state->width_mm / mm_per_inch * LETTER_DOTS;
    return behov_tree_draw(&state->results.page, &state->results.picture, err);
}

static void close_state(void *context)
{
    tree_state *state = context;
    behov_picture_free(&state->results.picture);
    behov_deviation_tree_free(&state->tree);
    behov_groups_free(&state->groups);
    municipality_options_free(&state->municipalities);
    behov_service_figures_free(&state->figures);
    behov_table_free(state->table);
    free(state->opened_path);
}

const verb verb_tree = {
    .name = "tree",
    VERB_WORDS(TREE),
    VERB_OPTIONS(tree_options),
    .repeatable = "output",
    .state_size = sizeof(tree_state),
    .read = read_choices,
    .open = open_files,
    .compute = compute,
    .writers = &deviation_tree_writers,
    .close = close_state,
};
