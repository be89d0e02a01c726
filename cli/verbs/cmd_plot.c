/* cmd_plot.c - `behov plot`: pictures without a spreadsheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fitting_options.h"
#include "lasting_options.h"
#include "outputs.h"
#include "plot_parts.h"
#include "plots.h"
#include "study_options.h"
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
    ranking_choices ranking;
    profile_choices profile;
    const char *panel;
    int year;
    const char *list;
    lasting_options sure;
    double width_mm, height_mm; /* height 0 = as it needs */
    bool is_quiet;
} plot_choices;

/* An option that this kind of plot would pass over in silence is a wrong call. */
static int check_options(const command_line *line, plot_kind kind)
{
    static const struct {
        const char *name;
        bool of[PLOT_KINDS];
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
        if (option_given(line, uses[i].name) && !uses[i].of[kind])
            return wrong_call(line->of, "--%s has no effect on behov plot %s; it is for %s", uses[i].name,
                              kind_names[kind], uses[i].kinds);
    return 0;
}

static int check_outputs(const command_line *line)
{
    if (!option_given(line, "output"))
        return wrong_call(line->of, "say where the picture goes: -o FILE.svg, FILE.png or FILE.pdf");
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (!write_picture_is_known(option_value_at(line, "output", i)))
            return wrong_call(line->of, "-o %s: the ending says what is written; there are .svg, .png and .pdf",
                              option_value_at(line, "output", i));
    return outputs_check_targets(line);
}

/* A picture is of one municipality; prints and returns 2 for another call. */
static int check_municipality(const command_line *line)
{
    if (line->n_operands < 2)
        return wrong_call(line->of, "which municipality? Give a code or a name: behov plot profile 1860 -o FILE.svg");
    const char *which = line->operands[1];
    struct stat about;
    if (stat(which, &about) == 0 && S_ISREG(about.st_mode))
        return wrong_call(line->of, "%s is a file: name the municipality before it, behov plot profile 1860 %s", which,
                          which);
    if (strchr(which, ','))
        return wrong_call(line->of,
                          "%s: a picture is of one municipality; give one, and call again for the next", which);
    return 0;
}

/* Prints and returns 2 for a call that is wrong. */
static int read_choices(const command_line *line, plot_choices *to)
{
    double year = 0, top = 0;
    if (!line->n_operands)
        return wrong_call(line->of, "say what is drawn: rank, fit, ratios, coefficients or profile");
    int kind = 0;
    while (kind < PLOT_KINDS && strcmp(kind_names[kind], line->operands[0]) != 0)
        kind++;
    if (kind == PLOT_KINDS)
        return wrong_call(line->of, "there is no plot %s; there are rank, fit, ratios, coefficients and profile",
                          line->operands[0]);
    size_t at = kind == PLOT_PROFILE ? 2 : 1; /* of the panel */
    if (line->n_operands > at + 1)
        return wrong_call(line->of, "one panel at a time: %s is one too many", line->operands[at + 1]);
    *to = (plot_choices){.kind = (plot_kind)kind,
                         .panel = line->n_operands > at ? line->operands[at] : NULL,
                         .width_mm = default_width_mm,
                         .is_quiet = is_quiet(line),
                         .list = option_value(line, "municipality")};
    int code = kind == PLOT_PROFILE ? check_municipality(line) : 0;
    if (!code)
        code = check_options(line, to->kind);
    if (code)
        return code;
    if (!lasting_options_read(line, kind == PLOT_RANK || kind == PLOT_PROFILE ? 90 : 95, &to->sure) ||
        !whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "top", 1, 1e6, &top) ||
        !number_option(line, "width", 40, 2000, &to->width_mm) ||
        !number_option(line, "height", 30, 10000, &to->height_mm))
        return 2;
    to->year = (int)year;
    to->ranking = (ranking_choices){.by = BEHOV_BY_RATIO,
                                    .year = (int)year,
                                    .within = "country",
                                    .list = to->list,
                                    .around = option_value(line, "around"),
                                    .top = (size_t)top,
                                    .level = to->sure.level_pct / 100,
                                    .n_draws = to->sure.n_draws,
                                    .seed = to->sure.seed};
    to->profile = (profile_choices){.list = kind == PLOT_PROFILE ? line->operands[1] : NULL,
                                    .year = (int)year,
                                    .group = option_value(line, "group"),
                                    .level = to->sure.level_pct / 100,
                                    .n_draws = to->sure.n_draws,
                                    .seed = to->sure.seed};
    return 0;
}

static behov_status draw_ranking(const results *computed, const plot_choices *choices, picture *drawn, behov_error *err)
{
    const ranking_choices *how = &choices->ranking;
    ranking found = {0};
    behov_status status = ranking_new(computed, how, &found, err);
    if (!status && !choices->is_quiet)
        lasting_tell_unsettled(&found.variances);
    if (!status)
        status = plot_ranking(&found, how->top || how->around || how->list ? 0 : EXTREMES, drawn, err);
    if (!status)
        status = plot_add_remarks(computed, CODES_REMARK | CLUSTERS_REMARK, drawn, err);
    ranking_free(&found);
    return status;
}

static behov_status draw_profile(const results *computed, const plot_choices *choices, picture *drawn, behov_error *err)
{
    profiles found = {0};
    behov_status status = profiles_new(computed, &choices->profile, &found, err);
    if (!status && !choices->is_quiet)
        lasting_tell_unsettled(&found.country.variances);
    if (!status)
        status = plot_profile(&found, drawn, err);
    profiles_free(&found);
    return status;
}

static behov_status draw(const results *computed, const plot_choices *choices, picture *drawn, behov_error *err)
{
    drawn->width = choices->width_mm / mm_per_inch * LETTER_DOTS;
    drawn->height = choices->height_mm / mm_per_inch * LETTER_DOTS;
    switch (choices->kind) {
    case PLOT_RANK: return draw_ranking(computed, choices, drawn, err);
    case PLOT_FIT: return plot_fit(computed, choices->year, choices->list, drawn, err);
    case PLOT_RATIOS: return plot_ratios(computed, choices->year, drawn, err);
    case PLOT_PROFILE: return draw_profile(computed, choices, drawn, err);
    default: return plot_coefficients(computed, drawn, err);
    }
}

static int run_plot(const command_line *line)
{
    behov_study of = {0};
    fitting made = {0};
    results computed = {0};
    plot_choices choices;
    picture drawn = {0};
    long long date = 0;
    behov_error err;
    int code = read_choices(line, &choices);
    if (!code)
        code = check_outputs(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = fitting_of_residuals(line, choices.panel, choices.sure.level_pct / 100, choices.sure.floor, &of, &made,
                                    &computed);
    if (!code && draw(&computed, &choices, &drawn, &err))
        code = fail_with(&err);
    if (!code && drawn.has_no_memory)
        code = plot_out_of_memory(&err) ? fail_with(&err) : 0;
    for (size_t i = 0; i < option_count(line, "output") && !code; i++) {
        const char *path = option_value_at(line, "output", i);
        if (write_picture(path, &drawn, date, &err))
            code = fail_with(&err);
        else if (!is_quiet(line))
            print_visible(stderr, "behov: wrote %s\n", path);
    }
    picture_free(&drawn);
    fitting_free(&made);
    study_close(&of);
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
