/* plot_options.c - see plot_options.h. */
#include "plot_options.h"

#include <string.h>

#include <behov/model_labels.h>
#include "number_options.h"
#include "system.h"
#include "writers.h"

static const double default_width_mm = 170;

static const char *const kind_names[] = {"rank", "fit", "ratios", "coefficients", "funnel", "places", "map", "profile"};

/* An option that this kind of plot would pass over in silence is a wrong call. */
static int check_options(const command_line *line, plot_kind kind)
{
    static const struct {
        const char *name;
        unsigned of_kinds; /* a bit for each */
        const char *kinds;
    } uses[] = {
        {"year",
         1u << PLOT_RANK | 1u << PLOT_FIT | 1u << PLOT_RATIOS | 1u << PLOT_FUNNEL | 1u << PLOT_PLACES | 1u << PLOT_MAP |
             1u << PLOT_PROFILE,
         PHRASE_PLOT_KINDS_YEAR},
        {"municipality", 1u << PLOT_RANK | 1u << PLOT_FIT | 1u << PLOT_FUNNEL | 1u << PLOT_PLACES | 1u << PLOT_MAP,
         PHRASE_PLOT_KINDS_MUNICIPALITY},
        {"top", 1u << PLOT_RANK, "rank"},
        {"around", 1u << PLOT_RANK, "rank"},
        {"limits", 1u << PLOT_FUNNEL, "funnel"},
        {"group", 1u << PLOT_PROFILE, "profile"},
        {"like", 1u << PLOT_PROFILE, "profile"},
        {"count", 1u << PLOT_PROFILE, "profile"},
        {"chance", 1u << PLOT_RANK | 1u << PLOT_FUNNEL | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE,
         PHRASE_PLOT_KINDS_CHANCE},
        {"horizon", 1u << PLOT_RANK | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE, PHRASE_PLOT_KINDS_DRAWS},
        {"clear", 1u << PLOT_RANK | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE, PHRASE_PLOT_KINDS_DRAWS},
        {"ranks", 1u << PLOT_RANK | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE, PHRASE_PLOT_KINDS_DRAWS},
        {"draws", 1u << PLOT_RANK | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE, PHRASE_PLOT_KINDS_DRAWS},
        {"seed", 1u << PLOT_RANK | 1u << PLOT_PLACES | 1u << PLOT_MAP | 1u << PLOT_PROFILE, PHRASE_PLOT_KINDS_DRAWS},
        {"level",
         1u << PLOT_RANK | 1u << PLOT_COEFFICIENTS | 1u << PLOT_FUNNEL | 1u << PLOT_PLACES | 1u << PLOT_MAP |
             1u << PLOT_PROFILE,
         PHRASE_PLOT_KINDS_LEVEL},
        {"floor",
         1u << PLOT_RANK | 1u << PLOT_RATIOS | 1u << PLOT_FUNNEL | 1u << PLOT_PLACES | 1u << PLOT_MAP |
             1u << PLOT_PROFILE,
         PHRASE_PLOT_KINDS_FLOOR},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (option_given(line, uses[i].name) && !(uses[i].of_kinds >> kind & 1u))
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
static int read_operands(verb_call *call, plot_kind *out)
{
    const command_line *line = call->line;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_PLOT_NO_KIND);
    int kind = 0;
    while (kind < PLOT_KINDS && strcmp(kind_names[kind], line->operands[0]) != 0)
        kind++;
    if (kind == PLOT_KINDS) {
        behov_near_word spelling = behov_near_word_start(line->operands[0]);
        for (int i = 0; i < PLOT_KINDS; i++)
            behov_near_word_try(&spelling, kind_names[i]);
        return wrong_word(line->verb, &spelling, SAY_PLOT_KIND_UNKNOWN, line->operands[0]);
    }
    size_t index = kind == PLOT_PROFILE ? 2 : 1; /* of the panel */
    if (line->n_operands > index + 1)
        return wrong_call(line->verb, SAY_PLOT_ONE_PANEL, line->operands[index + 1]);
    *out = (plot_kind)kind;
    call->panel = line->n_operands > index ? line->operands[index] : NULL;
    return kind == PLOT_PROFILE ? check_municipality(line) : 0;
}

/* There is somewhere to write to, and rows for a file of rows. */
static int check_outputs(const command_line *line, plot_kind kind)
{
    if (!option_given(line, "output"))
        return wrong_call(line->verb, SAY_PLOT_NO_OUTPUT);
    bool has_rows = kind == PLOT_RANK || kind == PLOT_FUNNEL || kind == PLOT_PLACES || kind == PLOT_MAP;
    for (size_t i = 0; i < option_count(line, "output") && !has_rows; i++) {
        const char *path = option_value_at(line, "output", i);
        if (writer_find(path, HOLDS_ROWS))
            return wrong_call(line->verb, SAY_PLOT_NO_ROWS, path, kind_names[kind]);
    }
    return 0;
}

static int read_limits(const command_line *line, behov_funnel_choices *out)
{
    const char *limits = option_value(line, "limits");
    out->spread = limits && strcmp(limits, "winsorised") == 0 ? BEHOV_SPREAD_WINSORISED : BEHOV_SPREAD_MODEL;
    if (limits && out->spread == BEHOV_SPREAD_MODEL && strcmp(limits, "model") != 0)
        return wrong_value(line->verb, "limits", limits, SAY_PLOT_LIMITS_UNKNOWN, limits);
    return 0;
}

int plot_options_read(verb_call *call, plot_options *out)
{
    const command_line *line = call->line;
    double year = 0, top = 0;
    int code = read_operands(call, &out->kind);
    if (!code)
        code = check_options(line, out->kind);
    if (code)
        return code;
    out->width_mm = default_width_mm;
    if (!whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "top", 1, 1e6, &top) ||
        !number_option(line, "width", 40, 2000, &out->width_mm) ||
        !number_option(line, "height", 30, 10000, &out->height_mm))
        return 2;
    code = check_outputs(line, out->kind);
    if (!code)
        code = read_limits(line, &out->funnel);
    if (code)
        return code;
    if (out->kind == PLOT_FIT || out->kind == PLOT_RATIOS || out->kind == PLOT_COEFFICIENTS)
        call->fit_choices.level = 0.95;
    out->funnel.year = (int)year;
    out->year = call->like.year = (int)year;
    if (out->kind == PLOT_PROFILE)
        call->municipality_list = line->operands[1];
    out->ranking = (behov_ranking_choices){
        .ranked_by = BEHOV_BY_RATIO, .year = (int)year, .around = option_value(line, "around"), .top = (size_t)top};
    out->profile = (behov_profile_choices){.year = (int)year, .label = behov_model_label};
    return 0;
}
