/* cmd_plot.c - `behov plot`: pictures without a spreadsheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include "model_labels.h"
#include "municipality_options.h"
#include "outputs.h"
#include "plot_parts.h"
#include "plots.h"
#include "progress.h"
#include "remarks.h"
#include "study_options.h"
#include "system.h"
#include "verbs.h"
#include "visible.h"
#include "write_picture.h"

enum { EXTREMES = 20, LETTER_DOTS = 72 };
static const double default_width_mm = 170, mm_per_inch = 25.4;

static const option_text plot_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"output", 'o', "FILE", "write FILE.svg, FILE.png or FILE.pdf; may be given several times"},
    {"year", 0, "YEAR", "of rank, fit, ratios and profile; without it the years together (rank) or the last one"},
    {"municipality", 0, "LIST",
     "rank: these alone; fit: name these; by code or name, separated by commas, or a file that\nlists them"},
    {"top", 'n', "N", "rank: the first N; with --around as many on each side; without it the 20 first and last"},
    {"around", 0, "MUNICIPALITY", "rank: this one's neighbours, 5 on each side unless --top says how many"},
    {"group", 'g', "KIND",
     "profile: the mean of a group too: county, size or a file with the columns municipality_code\nand group"},
    LASTING_OPTIONS("rank, profile: ", "90 (rank, profile) or 95 (coefficients)"),
    {"width", 0, "MM", "width of the picture in millimetres, 170 unless given: A4 with its margins"},
    {"height", 0, "MM", "height; without it as high as the picture needs"},
    FITTING_OPTIONS,
    {"date", 0, "DATE", "the date the PDF says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

typedef enum plot_kind { PLOT_RANK, PLOT_FIT, PLOT_RATIOS, PLOT_COEFFICIENTS, PLOT_PROFILE, PLOT_KINDS } plot_kind;

static const char *const kind_names[] = {"rank", "fit", "ratios", "coefficients", "profile"};

/* What a call asks for. */
typedef struct plot_choices {
    plot_kind kind;
    behov_ranking_choices ranking;
    behov_profile_choices profile;
    const char *panel;
    int year;
    const char *list, *group; /* as they are given */
    municipality_options municipalities;
    behov_lasting_options sure;
    double width_mm, height_mm; /* height 0 = as it needs */
    bool is_quiet;
} plot_choices;

/* An option that this kind of plot would pass over in silence is a wrong call. */
static int check_options(const command_line *line, plot_kind kind)
{
    static const struct {
        const char *name;
        bool is_of_x[PLOT_KINDS];
        const char *kinds;
    } uses[] = {
        {"year", {true, true, true, false, true}, "rank, fit, ratios and profile"},
        {"municipality", {true, true, false, false, false}, "rank and fit"},
        {"top", {true, false, false, false, false}, "rank"},
        {"around", {true, false, false, false, false}, "rank"},
        {"group", {false, false, false, false, true}, "profile"},
        {"draws", {true, false, false, false, true}, "rank and profile"},
        {"seed", {true, false, false, false, true}, "rank and profile"},
        {"level", {true, false, false, true, true}, "rank, coefficients and profile"},
        {"floor", {true, false, true, false, true}, "rank, ratios and profile"},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (option_given(line, uses[i].name) && !uses[i].is_of_x[kind])
            return wrong_call(line->verb, "--%s has no effect on behov plot %s; it is for %s", uses[i].name,
                              kind_names[kind], uses[i].kinds);
    return 0;
}

static int check_outputs(const command_line *line)
{
    if (!option_given(line, "output"))
        return wrong_call(line->verb, "say where the picture goes: -o FILE.svg, FILE.png or FILE.pdf");
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (!write_picture_is_known(option_value_at(line, "output", i)))
            return wrong_call(line->verb, "-o %s: the ending says what is written; there are .svg, .png and .pdf",
                              option_value_at(line, "output", i));
    return outputs_check_targets(line);
}

/* A picture is of one municipality; prints and returns 2 for another call. */
static int check_municipality(const command_line *line)
{
    if (line->n_operands < 2)
        return wrong_call(line->verb, "which municipality? Give a code or a name: behov plot profile 1860 -o FILE.svg");
    const char *which = line->operands[1];
    if (system_is_regular_file(which))
        return wrong_call(line->verb, "%s is a file: name the municipality before it, behov plot profile 1860 %s",
                          which, which);
    if (strchr(which, ','))
        return wrong_call(line->verb, "%s: a picture is of one municipality; give one, and call again for the next",
                          which);
    return 0;
}

/* Prints and returns 2 for a call that is wrong. */
static int read_choices(const command_line *line, plot_choices *out)
{
    double year = 0, top = 0;
    if (!line->n_operands)
        return wrong_call(line->verb, "say what is drawn: rank, fit, ratios, coefficients or profile");
    int kind = 0;
    while (kind < PLOT_KINDS && strcmp(kind_names[kind], line->operands[0]) != 0)
        kind++;
    if (kind == PLOT_KINDS)
        return wrong_call(line->verb, "there is no plot %s; there are rank, fit, ratios, coefficients and profile",
                          line->operands[0]);
    size_t index = kind == PLOT_PROFILE ? 2 : 1; /* of the panel */
    if (line->n_operands > index + 1)
        return wrong_call(line->verb, "one panel at a time: %s is one too many", line->operands[index + 1]);
    *out = (plot_choices){.kind = (plot_kind)kind,
                          .panel = line->n_operands > index ? line->operands[index] : NULL,
                          .width_mm = default_width_mm,
                          .is_quiet = is_quiet(line),
                          .list = kind == PLOT_PROFILE ? line->operands[1] : option_value(line, "municipality"),
                          .group = option_value(line, "group")};
    int code = kind == PLOT_PROFILE ? check_municipality(line) : 0;
    if (!code)
        code = check_options(line, out->kind);
    if (code)
        return code;
    if (!lasting_options_read(line, kind == PLOT_RANK || kind == PLOT_PROFILE ? 90 : 95, &out->sure) ||
        !whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "top", 1, 1e6, &top) ||
        !number_option(line, "width", 40, 2000, &out->width_mm) ||
        !number_option(line, "height", 30, 10000, &out->height_mm))
        return 2;
    out->year = (int)year;
    out->ranking = (behov_ranking_choices){.ranked_by = BEHOV_BY_RATIO,
                                           .year = (int)year,
                                           .within = {.kind = "country"},
                                           .around = option_value(line, "around"),
                                           .top = (size_t)top,
                                           .level = out->sure.level_pct / 100,
                                           .n_draws = out->sure.n_draws,
                                           .seed = out->sure.seed};
    out->profile = (behov_profile_choices){.year = (int)year,
                                           .level = out->sure.level_pct / 100,
                                           .n_draws = out->sure.n_draws,
                                           .seed = out->sure.seed,
                                           .label = behov_model_label};
    return 0;
}

static behov_status draw_ranking(const behov_fit_results *fit_results, const plot_choices *choices,
                                 behov_picture *picture, behov_error *err)
{
    behov_ranking_choices how = choices->ranking;
    behov_ranking ranking = {0};
    progress *bar = progress_new("draws");
    how.list = choices->municipalities.list;
    how.progress = (behov_progress){progress_step, bar};
    behov_status status = behov_ranking_new(fit_results, &how, &ranking, err);
    progress_free(bar);
    if (!status && !choices->is_quiet)
        lasting_print_notes_unsettled(&ranking.variances);
    if (!status)
        status = behov_plot_ranking(&ranking, how.top || how.around || how.list ? 0 : EXTREMES, picture, err);
    if (!status)
        status = behov_plot_add_remarks(fit_results, BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK, picture, err);
    behov_ranking_free(&ranking);
    return status;
}

static behov_status draw_profile(const behov_fit_results *fit_results, const plot_choices *choices,
                                 behov_picture *picture, behov_error *err)
{
    behov_profiles profiles = {0};
    behov_profile_choices how = choices->profile;
    progress *bar = progress_new("draws");
    how.list = choices->municipalities.list;
    how.group = choices->municipalities.grouping;
    how.progress = (behov_progress){progress_step, bar};
    behov_status status = behov_profiles_new(fit_results, &how, &profiles, err);
    progress_free(bar);
    if (!status && !choices->is_quiet)
        lasting_print_notes_unsettled(&profiles.country.variances);
    if (!status)
        status = behov_plot_profile(&profiles, picture, err);
    behov_profiles_free(&profiles);
    return status;
}

static behov_status draw(const behov_fit_results *fit_results, const plot_choices *choices, behov_picture *picture,
                         behov_error *err)
{
    picture->width = choices->width_mm / mm_per_inch * LETTER_DOTS;
    picture->height = choices->height_mm / mm_per_inch * LETTER_DOTS;
    switch (choices->kind) {
    case PLOT_RANK: return draw_ranking(fit_results, choices, picture, err);
    case PLOT_FIT: return behov_plot_fit(fit_results, choices->year, choices->municipalities.list, picture, err);
    case PLOT_RATIOS: return behov_plot_ratios(fit_results, choices->year, picture, err);
    case PLOT_PROFILE: return draw_profile(fit_results, choices, picture, err);
    default: return behov_plot_coefficients(fit_results, picture, err);
    }
}

static int run_plot(const command_line *line)
{
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_fit_results fit_results = {0};
    plot_choices choices = {0};
    behov_picture picture = {0};
    long long date = 0;
    behov_error err;
    int code = read_choices(line, &choices);
    if (!code)
        code = check_outputs(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = estimation_of_residuals(line, choices.panel, choices.sure.level_pct / 100, choices.sure.floor, &study,
                                       &estimation, &fit_results);
    if (!code)
        code = municipality_options_read(choices.list, choices.group, &choices.municipalities);
    if (!code && draw(&fit_results, &choices, &picture, &err))
        code = print_failure(&err);
    if (!code && picture.has_no_memory)
        code = behov_plot_out_of_memory(&err) ? print_failure(&err) : 0;
    for (size_t i = 0; i < option_count(line, "output") && !code; i++) {
        const char *path = option_value_at(line, "output", i);
        if (write_picture(path, &picture, date, &err))
            code = print_failure(&err);
        else if (!is_quiet(line))
            print_visible(stderr, "behov: wrote %s\n", path);
    }
    behov_picture_free(&picture);
    municipality_options_free(&choices.municipalities);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return code;
}

const verb verb_plot = {
    .name = "plot",
    .usage = "rank|fit|ratios|coefficients|profile MUNICIPALITY [PANEL] -o FILE.svg|FILE.png|FILE.pdf...",
    .summary = "Draw the ranking, the fit, the ratios, the coefficients or a municipality.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "  rank          ratios with their intervals, and shrunk ratios, a row for each municipality\n"
        "  fit           actual expenditure against need in one year, with the line where they are equal\n"
        "  ratios        how many municipalities have which ratio in one year\n"
        "  coefficients  each times the standard deviation of its regressor, with its interval\n"
        "  profile       one municipality, by code or name: its ratio by year, and what its need is made of\n"
        "\n"
        "Examples\n"
        "  behov plot rank -o ranking.svg\n"
        "  behov plot rank --around 1860 -o neighbours.png\n"
        "  behov plot profile 1860 --group county -o vestvagoy.pdf\n"
        "  behov plot fit panel.csv --municipality 0104,Halden -o fit.pdf",
    .options = plot_options,
    .n_options = sizeof plot_options / sizeof *plot_options,
    .repeatable = "output cluster",
    .run = run_plot,
};
