/* cmd_export.c - `behov export`: the fit as a notebook, a script or data, to be made again elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "export_fit.h"
#include "formats.h"
#include "inputs.h"
#include "manifests.h"
#include "messages.h"
#include "outputs.h"
#include "system.h"
#include "target.h"
#include "verbs.h"

static const option_text export_options[] = {
    STUDY_OPTIONS,
    FITTING_OPTIONS,
    /* formats.c has them */
    {"output", 'o', ARGUMENT(FILE), HELP(EXPORT_OUTPUT),
     ".ipynb .R .py .do .inp .qmd .sql .microdata.txt .csv .dta .sav .zsav"},
    {"kernel", 'k', ARGUMENT(NAME), HELP(EXPORT_KERNEL), "python r"},
    {"data", 0, ARGUMENT(KIND), HELP(EXPORT_DATA), "embedded beside"},
    {"templates", 0, ARGUMENT(FOLDER), HELP(EXPORT_TEMPLATES), NULL},
    {"profile", 0, ARGUMENT(MUNICIPALITY), HELP(EXPORT_PROFILE), NULL},
    {"all-columns", 0, NO_ARGUMENT, HELP(EXPORT_ALL_COLUMNS), NULL},
    {"force", 0, NO_ARGUMENT, HELP(EXPORT_FORCE), NULL},
    QUIET_OPTION,
};

typedef struct export_state {
    export_what what;
    const char *kernel;
    export_choices choices;
} export_state;

static const char *const what_names[EXPORT_N_KINDS] = {"notebook", "script", "data"};

static int read_what(verb_call *call, export_state *state)
{
    const command_line *line = call->line;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_EXPORT_NOTHING);
    int what = 0;
    while (what < EXPORT_N_KINDS && strcmp(what_names[what], line->operands[0]) != 0)
        what++;
    if (what == EXPORT_N_KINDS) {
        behov_near_word spelling = behov_near_word_start(line->operands[0]);
        for (int i = 0; i < EXPORT_N_KINDS; i++)
            behov_near_word_try(&spelling, what_names[i]);
        return wrong_word(line->verb, &spelling, SAY_EXPORT_UNKNOWN, line->operands[0]);
    }
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_STUDY_ONE_PANEL, line->operands[1], line->operands[2]);
    state->what = (export_what)what;
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    return 0;
}

/* ".R, .csv": the endings of a kind of file. */
static int refuse_ending(const command_line *line, export_what what, const char *path)
{
    behov_wording list = {0};
    for (size_t i = 0; formats_get(i); i++)
        if (formats_get(i)->what == what && !strstr(behov_wording_text(&list), formats_get(i)->ending))
            behov_wording_add_after(&list, ", ", formats_get(i)->ending);
    int code = wrong_call(line->verb, SAY_EXPORT_ENDING, path, what_names[what], behov_wording_text(&list));
    behov_wording_free(&list);
    return code;
}

/* What is there stays, unless --force says otherwise: a notebook may hold the work of days. */
static int check_kept(const command_line *line, const char *path)
{
    if (option_given(line, "force") || target_is_open_stream(path) || !system_is_regular_file(path))
        return 0;
    print_line(SAY_EXPORT_IS_THERE, path);
    return 1;
}

/* Every file of exported data is a panel. */
static bool is_panel(const char *path)
{
    return path[0] != '\0';
}

static int check_outputs(const command_line *line, const export_state *state)
{
    if (!option_given(line, "output"))
        return wrong_call(line->verb, SAY_EXPORT_NO_OUTPUT, what_names[state->what]);
    int code = 0;
    for (size_t i = 0; i < option_count(line, "output") && !code; i++) {
        const char *path = option_value_at(line, "output", i);
        const export_format *format = formats_find(state->what, state->kernel, path);
        if (!format)
            return refuse_ending(line, state->what, path);
        if (state->choices.is_beside && !format->has_data_beside)
            return wrong_call(line->verb, SAY_EXPORT_NOT_BESIDE, path);
        code = check_kept(line, path);
        char *data = state->choices.is_beside ? formats_data_path(format, path) : NULL;
        if (!code && data)
            code = check_kept(line, data);
        behov_error err;
        if (!code && data && target_check_beside(data, &err))
            code = print_failure(&err);
        free(data);
    }
    return code || state->what != EXPORT_DATA ? code : manifests_check(line, is_panel);
}

static int read_choices(verb_call *call)
{
    export_state *state = call->state;
    const command_line *line = call->line;
    const char *kernel = option_value(line, "kernel"), *data = option_value(line, "data");
    int code = read_what(call, state);
    if (code)
        return code;
    if (kernel && strcmp(kernel, "python") != 0 && strcmp(kernel, "r") != 0)
        return wrong_value(line->verb, "kernel", kernel, SAY_EXPORT_KERNEL_UNKNOWN, kernel);
    if (data && strcmp(data, "embedded") != 0 && strcmp(data, "beside") != 0)
        return wrong_value(line->verb, "data", data, SAY_EXPORT_DATA_UNKNOWN, data);
    static const char *const of_notebooks[] = {"kernel", "profile"};
    for (size_t i = 0; i < 2; i++)
        if (option_given(line, of_notebooks[i]) && state->what != EXPORT_NOTEBOOK)
            return wrong_call(line->verb, SAY_EXPORT_OF_NOTEBOOKS, of_notebooks[i], what_names[state->what]);
    if (state->what == EXPORT_DATA && (data || option_given(line, "templates")))
        return wrong_call(line->verb, SAY_EXPORT_NOT_OF_DATA, data ? "data" : "templates");
    if (state->what != EXPORT_DATA && option_given(line, "all-columns"))
        return wrong_call(line->verb, SAY_EXPORT_ALL_COLUMNS_OF_DATA, what_names[state->what]);
    state->kernel = kernel ? kernel : "python";
    state->choices = (export_choices){.templates = option_value(line, "templates"),
                                      .is_beside = data && strcmp(data, "beside") == 0,
                                      .municipality = option_value(line, "profile")};
    return check_outputs(line, state);
}

static behov_status write_one(const verb_call *call, const export_fit *fit, const char *path, behov_error *err)
{
    export_state *state = call->state;
    const export_format *format = formats_find(state->what, state->kernel, path);
    behov_status status = format->write(fit, format, &state->choices, path, err);
    if (status || option_given(call->line, "quiet"))
        return status;
    print_written(path);
    char *data = state->choices.is_beside ? formats_data_path(format, path) : NULL;
    if (data)
        print_written(data);
    free(data);
    return BEHOV_OK;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    export_fit fit = {0};
    const export_state *state = call->state;
    behov_status status = export_fit_new(&call->fit_results, option_given(call->line, "all-columns"), &fit, err);
    const behov_study *study = &call->study;
    if (!status && state->what == EXPORT_DATA && study->unread_columns) /* which is looked for where it is opened */
        print_note(SAY_EXPORT_COLUMNS_LEFT_OUT, study->n_unread_columns, study->unread_columns);
    for (size_t i = 0; i < option_count(call->line, "output") && !status; i++)
        status = write_one(call, &fit, option_value_at(call->line, "output", i), err);
    export_fit_free(&fit);
    return status;
}

/* What was said of the making of the panel holds of the exported one too. */
static int conclude(verb_call *call)
{
    const export_state *state = call->state;
    return state->what == EXPORT_DATA ? manifests_hand_on(call->line, is_panel, "export data", NULL, call->panel, NULL)
                                      : 0;
}

const verb verb_export = {
    .name = "export",
    VERB_WORDS(EXPORT),
    VERB_OPTIONS(export_options),
    .repeatable = "output cluster",
    .needs = NEEDS_RESIDUALS | NAMES_ITS_PANEL,
    .level_pct = 95,
    .state_size = sizeof(export_state),
    .read = read_choices,
    .compute = compute,
    .conclude = conclude,
};
