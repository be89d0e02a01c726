/* plot_options.c - see plot_options.h. */
#include "plot_options.h"

#include <string.h>

#include <behov/model_labels.h>
#include "number_options.h"
#include "system.h"

static const double default_width_mm = 170;

static const char *const kind_names[] = {"rank", "fit", "ratios", "coefficients", "profile"};

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
        {"like", {false, false, false, false, true}, "profile"},
        {"count", {false, false, false, false, true}, "profile"},
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
    if (!option_given(line, "output"))
        return wrong_call(line->verb, SAY_PLOT_NO_OUTPUT);
    if (out->kind != PLOT_RANK && out->kind != PLOT_PROFILE)
        call->fit_choices.level = 0.95;
    out->year = call->like.year = (int)year;
    if (out->kind == PLOT_PROFILE)
        call->municipality_list = line->operands[1];
    out->ranking = (behov_ranking_choices){
        .ranked_by = BEHOV_BY_RATIO, .year = (int)year, .around = option_value(line, "around"), .top = (size_t)top};
    out->profile = (behov_profile_choices){.year = (int)year, .label = behov_model_label};
    return 0;
}
