/* cmd_refit.c - `behov refit`: from published files to a fit in one call. Each step is a verb of its own, called as the user
 * would call it; this file knows their order, where their files go, and what a failure means for those that come after. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>

#include "messages.h"
#include "read_recipe.h"
#include "recipe_files.h"
#include "outputs.h"
#include "refit_folder.h"
#include "study_options.h"
#include "system.h"
#include "target.h"
#include "verbs.h"
#include "visible.h"

static const option_text refit_options[] = {
    {"recipe", 0, ARGUMENT(FILE), HELP(REFIT_RECIPE), ".ini"},
    {"years", 0, ARGUMENT(YEARS), HELP(REFIT_YEARS), NULL},
    {"files", 0, ARGUMENT(FOLDER), HELP(REFIT_FILES), ".*"},
    {"offline", 0, NO_ARGUMENT, HELP(REFIT_OFFLINE), NULL},
    {"server", 0, ARGUMENT(FETCH_ADDRESS), HELP(FETCH_SERVER), "-"},
    {"to", 't', ARGUMENT(YEAR), HELP(PANEL_TO), "2020 2024"},
    {"splits", 0, ARGUMENT(SPLITS), HELP(PANEL_SPLITS), "error drop weights"},
    {"shares", 0, ARGUMENT(FILE), HELP(PANEL_SHARES), ".csv .tsv .txt"},
    {"changes", 0, ARGUMENT(FILE), HELP(PANEL_CHANGES), ".csv .tsv .txt"},
    MODEL_OPTION,
    OUTCOME_UNIT_OPTION,
    {"allow", 0, ARGUMENT(KIND), HELP(OPTION_ALLOW),
     "code limit unit total jump two_codes missing life copied constant country"},
    LANG_OPTION,
    {"profile", 0, ARGUMENT(LIST), HELP(REFIT_PROFILE), "all"},
    {"output", 'o', ARGUMENT(FOLDER), HELP(REFIT_OUTPUT), ".*"},
    {"date", 0, ARGUMENT(DATE), HELP(OPTION_DATE), NULL},
    QUIET_OPTION,
};

/* The last is made where municipalities are named for it. */
static const char *const all_file_names[] = {
    "panel.csv", "panel.manifest.json", "panel.xlsx",   "build.html", "check.html", "fit.xlsx",
    "fit.html",  "ranking.html",        "council.html", NULL};
enum { N_USUAL_FILES = 8 };

typedef struct refit_names {
    const char *all[N_USUAL_FILES + 2]; /* ended by NULL */
} refit_names;

/* ---- a call of another verb ---------------------------------------------------------------------------------------- */

enum { MOST_ARGUMENTS = 200 };

/* Words of a call; those that are paths are whole, for the steps work in another folder. */
typedef struct arguments {
    const char *all[MOST_ARGUMENTS];
    size_t n;
} arguments;

typedef struct refit_state {
    const command_line *line;
    char *recipe, *files, *shares, *changes, *model; /* owned: whole paths, or names of bundled ones */
    bool is_quiet;
    refit_names names; /* of the files of this call */
} refit_state;

static void add(arguments *arguments, const char *word)
{
    if (arguments->n < MOST_ARGUMENTS)
        arguments->all[arguments->n++] = word;
}

static void add_option(arguments *arguments, const char *option, const char *value)
{
    if (!value)
        return;
    add(arguments, option);
    add(arguments, value);
}

/* All values of an option of this call, handed on as they are. */
static void hand_on(arguments *arguments, const command_line *line, const char *name, const char *option)
{
    for (size_t i = 0; i < option_count(line, name); i++)
        add_option(arguments, option, option_value_at(line, name, i));
}

/* Runs a verb; its page is shown or not. The exit code. */
static int run(const verb *verb, const arguments *arguments, bool shows_page)
{
    char *words[MOST_ARGUMENTS + 2] = {(char *)verb->name};
    for (size_t i = 0; i < arguments->n; i++)
        words[i + 1] = (char *)arguments->all[i];
    int kept = shows_page ? -1 : system_output_stream_hide();
    int code = verb_run(verb, (int)arguments->n + 1, words);
    if (kept >= 0)
        system_output_stream_back(kept);
    return code;
}

/* ---- the steps ----------------------------------------------------------------------------------------------------- */

static void add_common(arguments *arguments, const refit_state *state, bool is_quiet)
{
    add_option(arguments, "--lang", option_value(state->line, "lang"));
    if (is_quiet || state->is_quiet)
        add(arguments, "--quiet");
}

static int fetch(const refit_state *state)
{
    arguments words = {.n = 0};
    add_option(&words, "--recipe", state->recipe);
    add_option(&words, "--files", state->files);
    add_option(&words, "--years", option_value(state->line, "years"));
    hand_on(&words, state->line, "server", "--server");
    add_common(&words, state, false);
    return run(&verb_fetch, &words, false);
}

static int build(const refit_state *state)
{
    arguments words = {.n = 0};
    add(&words, "build");
    add(&words, state->recipe);
    add_option(&words, "--files", state->files);
    add_option(&words, "--years", option_value(state->line, "years"));
    add_option(&words, "--model", state->model);
    add_option(&words, "--to", option_value(state->line, "to"));
    add_option(&words, "--splits", option_value(state->line, "splits"));
    add_option(&words, "--shares", state->shares);
    add_option(&words, "--changes", state->changes);
    add_option(&words, "--date", option_value(state->line, "date"));
    add_option(&words, "--output", all_file_names[0]);
    add_option(&words, "--output", all_file_names[2]);
    add_option(&words, "--output", all_file_names[3]);
    add_common(&words, state, false);
    return run(&verb_panel, &words, false);
}

static int check(const refit_state *state, bool shows_page)
{
    arguments words = {.n = 0};
    add(&words, "check");
    add(&words, all_file_names[0]);
    add_option(&words, "--model", state->model);
    add_option(&words, "--changes", state->changes);
    hand_on(&words, state->line, "allow", "--allow");
    add_option(&words, "--outcome-unit", option_value(state->line, "outcome-unit"));
    if (!shows_page) {
        add_option(&words, "--output", "check.html");
        add_option(&words, "--date", option_value(state->line, "date"));
    }
    add_common(&words, state, true);
    return run(&verb_panel, &words, shows_page);
}

/* Kinds of findings that only a look at the whole panel has are nothing to other verbs. */
static int analyse(const refit_state *state, const verb *verb, bool is_full, const char *output)
{
    arguments words = {.n = 0};
    add(&words, all_file_names[0]);
    add_option(&words, "--model", state->model);
    hand_on(&words, state->line, "allow", "--allow");
    add_option(&words, "--outcome-unit", option_value(state->line, "outcome-unit"));
    if (is_full)
        add(&words, "--full");
    if (verb == &verb_report)
        add_option(&words, "--profile", option_value(state->line, "profile"));
    add_option(&words, "--output", output);
    add_option(&words, "--date", option_value(state->line, "date"));
    add_common(&words, state, true);
    return run(verb, &words, false);
}

/* What a server did not give, and what is to be saved by hand, is asked for in one go: the building says what it lacks also
 * where the fetching has failed, but figures of an earlier fetching are not taken for new ones without being asked. */
static int make_panel(const refit_state *state)
{
    int fetched = option_given(state->line, "offline") ? 0 : fetch(state);
    if (fetched > 1) /* the call is wrong */
        return fetched;
    int built = build(state);
    if (built || !fetched)
        return built;
    print_line(SAY_REFIT_NOT_FETCHED);
    return fetched;
}

static int make_all(const refit_state *state)
{
    int code = make_panel(state);
    if (code)
        return code;
    code = check(state, false);
    if (code) {
        (void)check(state, true);
        print_line(SAY_REFIT_CHECK);
        return code;
    }
    code = analyse(state, &verb_fit, true, "fit.xlsx");
    if (!code)
        code = analyse(state, &verb_fit, false, "fit.html");
    if (!code)
        code = analyse(state, &verb_rank, false, "ranking.html");
    return code || !option_given(state->line, "profile") ? code : analyse(state, &verb_report, false, "council.html");
}

static void name_files(refit_state *state)
{
    size_t n = option_given(state->line, "profile") ? N_USUAL_FILES + 1 : N_USUAL_FILES;
    for (size_t i = 0; i < n; i++)
        state->names.all[i] = all_file_names[i];
}

/* ---- the call ------------------------------------------------------------------------------------------------------ */

/* The whole path of a file or folder that is there; else the name as it is, of a bundled one. */
static int keep_path(const char *name, char **path)
{
    *path = !name ? NULL : system_is_there(name) ? target_whole_path(name) : strdup(name);
    if (!name || *path)
        return 0;
    print_line(SAY_VERB_NO_MEMORY);
    return 1;
}

/* A panel among the sources would be one of them in the next call. */
static int refuse_sources_folder(const command_line *line, const refit_state *state)
{
    const char *output = option_value(line, "output");
    char *whole = system_is_there(output) ? target_whole_path(output) : NULL;
    size_t n = whole ? strlen(whole) : 0;
    bool is_same =
        whole && strncmp(whole, state->files, n) == 0 && (!state->files[n] || strcmp(state->files + n, "/.refit") == 0);
    free(whole);
    return is_same ? wrong_call(line->verb, SAY_INPUTS_LOSE_OPTION_FILE, output, "files") : 0;
}

/* Whether a file is one of those that this call writes. */
static bool is_of_output(const refit_state *state, const char *output, const char *path)
{
    system_file file, written;
    bool is_same = false;
    if (!path || system_look(path, &file))
        return false;
    for (size_t i = 0; state->names.all[i] && !is_same; i++) {
        char name[4096];
        int n = snprintf(name, sizeof name, "%s/%s", output, state->names.all[i]);
        is_same = n > 0 && (size_t)n < sizeof name && system_look(name, &written) == 0 &&
                  system_is_same_file(&file, &written);
    }
    return is_same;
}

static int refuse_inputs(const command_line *line, const refit_state *state)
{
    static const char *const options[] = {"recipe", "shares", "changes", "model"};
    const char *const paths[] = {state->recipe, state->shares, state->changes, state->model};
    const char *output = option_value(line, "output");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (is_of_output(state, output, paths[i]))
            return wrong_call(line->verb, SAY_INPUTS_LOSE_OPTION_FILE, paths[i], options[i]);
    return refuse_sources_folder(line, state);
}

static int read_choices(verb_call *call)
{
    static const char *const needed[] = {"recipe", "files", "output"};
    const command_line *line = call->line;
    refit_state *state = call->state;
    state->line = line;
    state->is_quiet = is_quiet(line);
    name_files(state);
    if (!study_language(line, &call->study.lang))
        return 2;
    if (line->n_operands)
        return wrong_call(line->verb, SAY_REFIT_NO_OPERAND, line->operands[0]);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!option_given(line, needed[i]))
            return wrong_call(line->verb, SAY_REFIT_NEEDS, needed[i]);
    int code = keep_path(option_value(line, "recipe"), &state->recipe);
    if (!code)
        code = keep_path(option_value(line, "files"), &state->files);
    if (!code)
        code = keep_path(option_value(line, "shares"), &state->shares);
    if (!code)
        code = keep_path(option_value(line, "changes"), &state->changes);
    if (!code)
        code = keep_path(option_value(line, "model"), &state->model);
    return code ? code : refuse_inputs(line, state);
}

/* The model that the recipe is for, where it is a file and the call names none; a bundled one needs no name. */
static int find_model(refit_state *state)
{
    char *path = NULL;
    behov_recipe recipe = {0};
    behov_error err;
    int code = recipe_path(state->recipe, &path, &err) || read_recipe(path, &recipe, &err) ? print_failure(&err) : 0;
    if (!code && !state->model && !recipe.model)
        code = wrong_call(state->line->verb, SAY_REFIT_NO_MODEL, state->recipe);
    if (!code && !state->model && system_is_there(recipe.model))
        code = keep_path(recipe.model, &state->model);
    behov_recipe_free(&recipe);
    free(path);
    return code;
}

static int refit(verb_call *call)
{
    refit_state *state = call->state;
    int found = find_model(state);
    if (found)
        return found;
    refit_folder folder;
    behov_error err, other;
    const char *path = option_value(call->line, "output");
    bool has_begun = !refit_folder_begin(path, state->names.all, &folder, &err);
    if (folder.has_leftovers)
        print_note(SAY_REFIT_LEFT_OVER, path);
    print_written_silence(true);
    int code = has_begun ? make_all(state) : print_failure(&err);
    print_written_silence(false);
    if (refit_folder_end(&folder, has_begun && !code, &other))
        return print_failure(&other);
    if (has_begun && code)
        print_line(SAY_REFIT_KEPT, path);
    return code;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    static const behov_word words[] = {
        BEHOV_WORD_REFIT_PANEL, BEHOV_WORD_REFIT_MANIFEST, BEHOV_WORD_REFIT_PANEL_WORKBOOK,
        BEHOV_WORD_REFIT_BUILT, BEHOV_WORD_REFIT_CHECKED,  BEHOV_WORD_REFIT_WORKBOOK,
        BEHOV_WORD_REFIT_FIT,   BEHOV_WORD_REFIT_RANKING,  BEHOV_WORD_REFIT_COUNCIL};
    const refit_state *state = call->state;
    const char *path = option_value(call->line, "output");
    (void)err;
    for (size_t i = 0; state->names.all[i]; i++)
        print_visible(stdout, "%s/%s: %s\n", path, state->names.all[i], behov_label(call->study.lang, words[i]));
    return BEHOV_OK;
}

static void close_state(void *context)
{
    refit_state *state = context;
    free(state->recipe);
    free(state->files);
    free(state->shares);
    free(state->changes);
    free(state->model);
}

const verb verb_refit = {
    .name = "refit",
    VERB_WORDS(REFIT),
    VERB_OPTIONS(refit_options),
    .repeatable = "server",
    .state_size = sizeof(refit_state),
    .read = read_choices,
    .open = refit,
    .page = page,
    .close = close_state,
};
