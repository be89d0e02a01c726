/* cmd_plot.c - `behov plot`: pictures without a spreadsheet. */
#include "estimation_options.h"
#include "lasting_options.h"
#include "like_options.h"
#include "place_choices.h"
#include "plot_options.h"
#include "plot_parts.h"
#include <behov/funnel_tables.h>
#include <behov/plots.h>
#include <behov/ranking_tables.h>
#include <behov/ratio_map_tables.h>
#include <behov/remarks.h>
#include "read_borders.h"
#include "verbs.h"

enum { EXTREMES = 20, LETTER_DOTS = 72 };
static const double mm_per_inch = 25.4;

static const option_text option_table[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    FILES_OPTION,
    CSV_STYLE_OPTION,
    {"year", 0, ARGUMENT(YEAR), HELP(PLOT_YEAR), NULL},
    {"municipality", 0, ARGUMENT(LIST), HELP(PLOT_MUNICIPALITY), NULL},
    {"top", 'n', ARGUMENT(N), HELP(PLOT_TOP), NULL},
    {"around", 0, ARGUMENT(MUNICIPALITY), HELP(PLOT_AROUND), NULL},
    {"limits", 0, ARGUMENT(KIND), HELP(PLOT_LIMITS), "model winsorised"},
    {"group", 'g', ARGUMENT(KIND), HELP(PLOT_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    LASTING_OPTIONS(PLOT),
    {"width", 0, ARGUMENT(MM), HELP(PLOT_WIDTH), NULL},
    {"height", 0, ARGUMENT(MM), HELP(PLOT_HEIGHT), NULL},
    FITTING_OPTIONS,
    {"date", 0, ARGUMENT(DATE), HELP(PLOT_DATE), NULL},
    QUIET_OPTION,
};

typedef struct plot_state {
    plot_options options;
    behov_picture picture;
    behov_ranking ranking; /* what the rows of a table are of: rank, places; behind the map */
    behov_funnel funnel;   /* funnel */
    bundled_borders borders;
    behov_ratio_map map;
} plot_state;

static int read_choices(verb_call *call)
{
    return plot_options_read(call, &((plot_state *)call->state)->options);
}

static behov_status draw_ranking(behov_study *study, const behov_fit_results *fit_results, plot_state *state,
                                 behov_error *err)
{
    const behov_ranking_choices *choices = &state->options.ranking;
    behov_status status = behov_ranking_new(fit_results, choices, &state->ranking, err);
    if (!status)
        status = lasting_print_notes(&state->ranking.variances, study, err);
    if (!status)
        status = behov_plot_ranking(&state->ranking, choices->top || choices->around || choices->list ? 0 : EXTREMES,
                                    &state->picture, err);
    return status
               ? status
               : behov_plot_add_remarks(fit_results, BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK, &state->picture, err);
}

/* All municipalities have their places; those that are named are marked. */
static behov_status draw_places(behov_study *study, const behov_fit_results *fit_results, plot_state *state,
                                behov_error *err)
{
    behov_ranking_choices choices = state->options.ranking;
    const behov_municipality_names *list = choices.list;
    choices.list = NULL;
    behov_status status = behov_ranking_new(fit_results, &choices, &state->ranking, err);
    if (!status)
        status = lasting_print_notes(&state->ranking.variances, study, err);
    return status ? status : behov_plot_places(&state->ranking, list, &state->picture, err);
}

static behov_status tell_unlabelled(const behov_picture *picture, behov_error *err)
{
    behov_wording names = {0};
    behov_plot_map_unlabelled(picture, &names);
    behov_status status = behov_wording_status(&names, err);
    if (!status && names.length)
        print_note(SAY_MAP_UNLABELLED_NOTE, behov_wording_text(&names));
    behov_wording_free(&names);
    return status;
}

/* All municipalities are on the map; those that are named are outlined. */
static behov_status draw_map(behov_study *study, const behov_fit_results *fit_results, plot_state *state,
                             behov_error *err)
{
    behov_ranking_choices choices = state->options.ranking;
    const behov_municipality_names *list = choices.list;
    choices.list = NULL;
    behov_status status = bundled_borders_read(&state->borders, err);
    if (!status)
        status = behov_ranking_new(fit_results, &choices, &state->ranking, err);
    if (!status)
        status = lasting_print_notes(&state->ranking.variances, study, err);
    if (!status)
        status = behov_ratio_map_new(&state->ranking, state->borders.texts, BORDER_FILES, state->borders.history, list,
                                     &state->map, err);
    if (!status)
        status = behov_plot_map(&state->map, &state->picture, err);
    return status ? status : tell_unlabelled(&state->picture, err);
}

static behov_status draw_funnel(behov_study *study, const behov_fit_results *fit_results, plot_state *state,
                                behov_error *err)
{
    behov_funnel_choices choices = state->options.funnel;
    choices.list = state->options.ranking.list;
    choices.level = state->options.ranking.level;
    choices.lasting = state->options.ranking.lasting;
    choices.progress = state->options.ranking.progress;
    behov_status status = behov_funnel_new(fit_results, &choices, &state->funnel, err);
    if (!status)
        status = lasting_print_notes(&state->funnel.variances, study, err);
    return status ? status : behov_plot_funnel(&state->funnel, &state->picture, err);
}

static behov_status draw_profile(behov_study *study, const behov_fit_results *fit_results, const plot_options *options,
                                 behov_picture *picture, behov_error *err)
{
    behov_profiles profiles = {0};
    behov_status status = behov_profiles_new(fit_results, &options->profile, &profiles, err);
    if (!status)
        status = lasting_print_notes(&profiles.country.variances, study, err);
    if (!status)
        status = behov_plot_profile(&profiles, picture, err);
    behov_profiles_free(&profiles);
    return status;
}

static behov_status draw(behov_study *study, const behov_fit_results *fit_results, plot_state *state, behov_error *err)
{
    const plot_options *options = &state->options;
    behov_picture *picture = &state->picture;
    switch (options->kind) {
    case PLOT_RANK: return draw_ranking(study, fit_results, state, err);
    case PLOT_FIT: return behov_plot_fit(fit_results, options->year, options->ranking.list, picture, err);
    case PLOT_RATIOS: return behov_plot_ratios(fit_results, options->year, picture, err);
    case PLOT_FUNNEL: return draw_funnel(study, fit_results, state, err);
    case PLOT_PLACES: return draw_places(study, fit_results, state, err);
    case PLOT_MAP: return draw_map(study, fit_results, state, err);
    case PLOT_PROFILE: return draw_profile(study, fit_results, options, picture, err);
    default: return behov_plot_coefficients(fit_results, picture, err);
    }
}

static behov_status compute(verb_call *call, behov_error *err)
{
    plot_state *state = call->state;
    behov_picture *picture = &state->picture;
    place_choices_of_ranking(call, &state->options.ranking);
    place_choices_of_profile(call, &state->options.profile);
    state->options.ranking.within = (behov_grouping){.kind = "country"};
    picture->width = state->options.width_mm / mm_per_inch * LETTER_DOTS;
    picture->height = state->options.height_mm / mm_per_inch * LETTER_DOTS;
    behov_status status = draw(&call->study, &call->fit_results, state, err);
    return !status && picture->has_no_memory ? behov_plot_out_of_memory(err) : status;
}

static const behov_picture *picture(const void *context)
{
    return &((const plot_state *)context)->picture;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const plot_state *state = context;
    switch (state->options.kind) {
    case PLOT_FUNNEL: return behov_funnel_table(&state->funnel, report, err);
    case PLOT_MAP: return behov_ratio_map_table(&state->map, report, err);
    default: return behov_ranking_table(&state->ranking, true, report, err);
    }
}

static const output_writers writers = {.picture = picture, .rows = rows};

static void close_state(void *state)
{
    plot_state *plot = state;
    behov_picture_free(&plot->picture);
    behov_ratio_map_free(&plot->map);
    bundled_borders_free(&plot->borders);
    behov_ranking_free(&plot->ranking);
    behov_funnel_free(&plot->funnel);
}

const verb verb_plot = {
    .name = "plot",
    VERB_WORDS(PLOT),
    .rows = HELP(PLOT_ROWS),
    VERB_OPTIONS(option_table),
    .repeatable = "output cluster",
    .needs = NEEDS_LASTING | NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE | NAMES_ITS_PANEL,
    .level_pct = 90,
    .state_size = sizeof(plot_state),
    .read = read_choices,
    .compute = compute,
    .writers = &writers,
    .close = close_state,
};
