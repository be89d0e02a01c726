/* cmd_plot.c - `behov plot`: pictures without a spreadsheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include <behov/model_labels.h>
#include "outputs.h"
#include "plot_parts.h"
#include <behov/plots.h>
#include <behov/remarks.h>
#include "study_options.h"
#include "system.h"
#include "verbs.h"
#include "visible.h"
#include "write_picture.h"

enum { EXTREMES = 20, LETTER_DOTS = 72 };
static const double default_width_mm = 170, mm_per_inch = 25.4;

static const option_text plot_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"output", 'o', ARGUMENT(FILE), HELP(OPTION_OUTPUT), NULL},
    {"year", 0, ARGUMENT(YEAR), HELP(PLOT_YEAR), NULL},
    {"municipality", 0, ARGUMENT(LIST), HELP(PLOT_MUNICIPALITY), NULL},
    {"top", 'n', ARGUMENT(N), HELP(PLOT_TOP), NULL},
    {"around", 0, ARGUMENT(MUNICIPALITY), HELP(PLOT_AROUND), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(PLOT_GROUP), "county size .csv .tsv .txt"},
    LASTING_OPTIONS(PLOT),
    {"width", 0, ARGUMENT(MM), HELP(PLOT_WIDTH), NULL},
    {"height", 0, ARGUMENT(MM), HELP(PLOT_HEIGHT), NULL},
    FITTING_OPTIONS,
    {"date", 0, ARGUMENT(DATE), HELP(PLOT_DATE), NULL},
    {"quiet", 'q', NO_ARGUMENT, HELP(OPTION_QUIET), NULL},
};

typedef enum plot_kind { PLOT_RANK, PLOT_FIT, PLOT_RATIOS, PLOT_COEFFICIENTS, PLOT_PROFILE, PLOT_KINDS } plot_kind;

static const char *const kind_names[] = {"rank", "fit", "ratios", "coefficients", "profile"};

typedef struct plot_state {
    plot_kind kind;
    behov_ranking_choices ranking;
    behov_profile_choices profile;
    int year;
    double width_mm, height_mm; /* height 0 = as it needs */
    behov_picture picture;
} plot_state;

/* An option that this kind of plot would pass over in silence is a wrong call. */
static int check_options(const command_line *line, plot_kind kind)
{
    static const struct {
        const char *name;
        bool is_of_x[PLOT_KINDS];
        const char *kinds;
    } uses[] = {
        {"year", {true, true, true, false, true}, PHRASE_PLOT_KINDS_YEAR},
        {"municipality", {true, true, false, false, false}, PHRASE_PLOT_KINDS_MUNICIPALITY},
        {"top", {true, false, false, false, false}, "rank"},
        {"around", {true, false, false, false, false}, "rank"},
        {"group", {false, false, false, false, true}, "profile"},
        {"draws", {true, false, false, false, true}, PHRASE_PLOT_KINDS_DRAWS},
        {"seed", {true, false, false, false, true}, PHRASE_PLOT_KINDS_DRAWS},
        {"level", {true, false, false, true, true}, PHRASE_PLOT_KINDS_LEVEL},
        {"floor", {true, false, true, false, true}, PHRASE_PLOT_KINDS_FLOOR},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (option_given(line, uses[i].name) && !uses[i].is_of_x[kind])
            return wrong_call(line->verb, SAY_PLOT_OPTION_IDLE, uses[i].name, kind_names[kind], uses[i].kinds);
    return 0;
}

/* A picture is of one municipality; prints and returns 2 for another call. */
static int check_municipality(const command_line *line)
{
    if (line->n_operands < 2)
        return wrong_call(line->verb, SAY_PLOT_NO_MUNICIPALITY);
    const char *which = line->operands[1];
    if (system_is_regular_file(which))
        return wrong_call(line->verb, SAY_PLOT_MUNICIPALITY_IS_FILE, which, which);
    if (strchr(which, ','))
        return wrong_call(line->verb, SAY_PLOT_ONE_MUNICIPALITY, which);
    return 0;
}

/* The words before the options: the kind, a municipality, the panel. */
static int read_operands(verb_call *call)
{
    const command_line *line = call->line;
    plot_state *state = call->state;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_PLOT_NO_KIND);
    int kind = 0;
    while (kind < PLOT_KINDS && strcmp(kind_names[kind], line->operands[0]) != 0)
        kind++;
    if (kind == PLOT_KINDS)
        return wrong_call(line->verb, SAY_PLOT_KIND_UNKNOWN, line->operands[0]);
    size_t index = kind == PLOT_PROFILE ? 2 : 1; /* of the panel */
    if (line->n_operands > index + 1)
        return wrong_call(line->verb, SAY_PLOT_ONE_PANEL, line->operands[index + 1]);
    state->kind = (plot_kind)kind;
    call->panel = line->n_operands > index ? line->operands[index] : NULL;
    return kind == PLOT_PROFILE ? check_municipality(line) : 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    plot_state *state = call->state;
    double year = 0, top = 0;
    int code = read_operands(call);
    if (!code)
        code = check_options(line, state->kind);
    if (code)
        return code;
    state->width_mm = default_width_mm;
    if (!whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "top", 1, 1e6, &top) ||
        !number_option(line, "width", 40, 2000, &state->width_mm) ||
        !number_option(line, "height", 30, 10000, &state->height_mm))
        return 2;
    if (!option_given(line, "output"))
        return wrong_call(line->verb, SAY_PLOT_NO_OUTPUT);
    if (state->kind != PLOT_RANK && state->kind != PLOT_PROFILE)
        call->fit_choices.level = 0.95;
    state->year = (int)year;
    if (state->kind == PLOT_PROFILE)
        call->municipality_list = line->operands[1];
    state->ranking = (behov_ranking_choices){.ranked_by = BEHOV_BY_RATIO,
                                             .year = (int)year,
                                             .within = {.kind = "country"},
                                             .around = option_value(line, "around"),
                                             .top = (size_t)top};
    state->profile = (behov_profile_choices){.year = (int)year, .label = behov_model_label};
    return 0;
}

static behov_status draw_ranking(const behov_fit_results *fit_results, const plot_state *state, behov_picture *picture,
                                 behov_error *err)
{
    const behov_ranking_choices *how = &state->ranking;
    behov_ranking ranking = {0};
    behov_status status = behov_ranking_new(fit_results, how, &ranking, err);
    if (!status)
        lasting_print_notes_unsettled(&ranking.variances);
    if (!status)
        status = behov_plot_ranking(&ranking, how->top || how->around || how->list ? 0 : EXTREMES, picture, err);
    if (!status)
        status = behov_plot_add_remarks(fit_results, BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK, picture, err);
    behov_ranking_free(&ranking);
    return status;
}

static behov_status draw_profile(const behov_fit_results *fit_results, const plot_state *state, behov_picture *picture,
                                 behov_error *err)
{
    behov_profiles profiles = {0};
    behov_status status = behov_profiles_new(fit_results, &state->profile, &profiles, err);
    if (!status)
        lasting_print_notes_unsettled(&profiles.country.variances);
    if (!status)
        status = behov_plot_profile(&profiles, picture, err);
    behov_profiles_free(&profiles);
    return status;
}

static behov_status draw(const behov_fit_results *fit_results, const plot_state *state, behov_picture *picture,
                         behov_error *err)
{
    switch (state->kind) {
    case PLOT_RANK: return draw_ranking(fit_results, state, picture, err);
    case PLOT_FIT: return behov_plot_fit(fit_results, state->year, state->ranking.list, picture, err);
    case PLOT_RATIOS: return behov_plot_ratios(fit_results, state->year, picture, err);
    case PLOT_PROFILE: return draw_profile(fit_results, state, picture, err);
    default: return behov_plot_coefficients(fit_results, picture, err);
    }
}

static behov_status compute(verb_call *call, behov_error *err)
{
    plot_state *state = call->state;
    state->ranking.level = state->profile.level = call->lasting.level_pct / 100;
    state->ranking.n_draws = state->profile.n_draws = call->lasting.n_draws;
    state->ranking.seed = state->profile.seed = call->lasting.seed;
    state->ranking.list = state->profile.list = call->municipalities.list;
    state->profile.group = call->municipalities.grouping;
    state->ranking.progress = state->profile.progress = call->progress;
    state->picture.width = state->width_mm / mm_per_inch * LETTER_DOTS;
    state->picture.height = state->height_mm / mm_per_inch * LETTER_DOTS;
    behov_status status = draw(&call->fit_results, state, &state->picture, err);
    return !status && state->picture.has_no_memory ? behov_plot_out_of_memory(err) : status;
}

static const behov_picture *picture(const void *context)
{
    return &((const plot_state *)context)->picture;
}

static const output_writers writers = {.picture = picture};

static void close_state(void *state)
{
    behov_picture_free(&((plot_state *)state)->picture);
}

const verb verb_plot = {
    .name = "plot",
    VERB_WORDS(PLOT),
    VERB_OPTIONS(plot_options),
    .repeatable = "output cluster",
    .needs = NEEDS_LASTING | NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | NAMES_ITS_PANEL,
    .level_pct = 90,
    .state_size = sizeof(plot_state),
    .read = read_choices,
    .compute = compute,
    .writers = &writers,
    .close = close_state,
};
