/* panel_build_verb.c - `behov panel build`: a panel made of published files, as a recipe says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/build_tables.h>

#include "datasets.h"
#include "file_digest.h"
#include "files_read.h"
#include "manifests.h"
#include "merge_options.h"
#include "number_options.h"
#include "panel_deeds.h"
#include "read_long_table.h"
#include "read_model.h"
#include "read_municipality_history.h"
#include "read_recipe.h"
#include "read_request.h"
#include "recipe_files.h"
#include "recipe_values.h"
#include "study_options.h"
#include "system.h"
#include "write_build.h"

typedef struct build_state {
    build_results results;
    merge_options merging;
    char *recipe_path;
    recipe_files files;
    behov_table *share_table;
    behov_merge_share *shares;
    size_t n_shares;
    behov_municipality_history *history;
    behov_model model;
    int first_year, last_year;
} build_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    build_state *state = call->state;
    const char *years = option_value(line, "years");
    if (!call->panel)
        return wrong_call(line->verb, SAY_PANEL_BUILD_WHAT);
    if (!option_given(line, "files"))
        return wrong_call(line->verb, SAY_PANEL_BUILD_FILES);
    if (years && !recipe_values_years(years, 1900, 2200, &state->first_year, &state->last_year))
        return wrong_value(line->verb, "years", years, SAY_PANEL_BUILD_YEARS, years);
    if (!study_language(line, &call->study.lang))
        return 2;
    return merge_options_read_if_given(line, &state->merging);
}

/* ---- what has to be there ------------------------------------------------------------------------------------------ */

static int open_recipe(verb_call *call)
{
    build_state *state = call->state;
    behov_recipe *recipe = &state->results.recipe;
    behov_error err;
    size_t n_bytes;
    if (recipe_path(call->panel, &state->recipe_path, &err) || read_recipe(state->recipe_path, recipe, &err) ||
        file_digest(state->recipe_path, state->results.recipe_sha256, &n_bytes, &err))
        return print_failure(&err);
    if (recipe->encoding_is_guess)
        print_note(SAY_STUDY_MODEL_ENCODING, call->panel);
    if (!state->first_year) {
        state->first_year = recipe->first_year;
        state->last_year = recipe->last_year;
    }
    if (!state->first_year)
        return wrong_call(call->line->verb, SAY_BUILD_NO_YEARS);
    return 0;
}

/* The model that the recipe is for: a bundled one by its name, else a file. */
static int open_model(verb_call *call)
{
    build_state *state = call->state;
    const char *name =
        option_given(call->line, "model") ? option_value(call->line, "model") : state->results.recipe.model;
    char bundled[200], *path = NULL;
    behov_error err;
    if (!name)
        return 0;
    snprintf(bundled, sizeof bundled, "models/%.150s.ini", name);
    if (!system_is_there(name) && !strchr(name, '/') && datasets_path(bundled, &path, &err))
        return print_failure(&err);
    int code = read_model(path ? path : name, &state->model, &err) ? print_failure(&err) : 0;
    free(path);
    return code;
}

static int open_history(verb_call *call)
{
    const command_line *line = call->line;
    build_state *state = call->state;
    const char *shares = option_value(line, "shares");
    behov_error err;
    if (read_municipality_history(option_value(line, "changes"), &note_beside, &state->history, &err))
        return print_failure(&err);
    int last_year = behov_municipality_history_last_date(state->history) / 10000;
    int year = option_given(line, "to") ? (int)state->merging.year : state->results.recipe.municipalities;
    if (year > last_year)
        print_note(SAY_PANEL_BEYOND, last_year, year);
    if (shares && (read_merge_shares(shares, &note_beside, &state->share_table, &err) ||
                   behov_merge_shares_read(state->share_table, &state->shares, &state->n_shares, &err)))
        return print_failure(&err);
    return 0;
}

/* What is not there is asked for once, all of it. */
static int ask_for_lacking(const build_state *state, const char *folder)
{
    const behov_recipe *recipe = &state->results.recipe;
    size_t n = 0;
    for (size_t i = 0; i < recipe->n_sources; i++)
        n +=
            recipe_needs_source(recipe, i, state->first_year, state->last_year) && !recipe_files_have(&state->files, i);
    if (!n)
        return 0;
    print_line(SAY_PANEL_BUILD_LACKS, folder, (unsigned long)n);
    for (size_t i = 0; i < recipe->n_sources; i++) {
        const behov_recipe_source *source = &recipe->sources[i];
        if (!recipe_needs_source(recipe, i, state->first_year, state->last_year) || recipe_files_have(&state->files, i))
            continue;
        char title[300];
        snprintf(title, sizeof title, "%s%s%s", source->publisher ? source->publisher : "",
                 source->publisher ? ", " : "",
                 source->title   ? source->title
                 : source->table ? source->table
                                 : source->name);
        if (source->fetch)
            print_line(SAY_PANEL_BUILD_LACKS_FETCHED, source->name, title, source->place, source->files.all[0]);
        else
            print_line(SAY_PANEL_BUILD_LACKS_SAVED, source->name, title, source->place, source->files.all[0]);
    }
    return 1;
}

/* A file for each year that a pattern has {year} for. */
static int ask_for_years(const build_state *state, const char *folder)
{
    const behov_recipe *recipe = &state->results.recipe;
    size_t n = 0;
    for (int is_told = 0; is_told < 2; is_told++)
        for (size_t i = 0; i < recipe->n_sources; i++) {
            size_t n_years = 0;
            for (int year = state->first_year; year <= state->last_year; year++) {
                if (!recipe_lacks_year(recipe, &state->files, i, year))
                    continue;
                n += !is_told && !n_years++;
                if (is_told)
                    print_line(SAY_PANEL_BUILD_LACKS_YEAR, recipe->sources[i].name, recipe->sources[i].files.all[0],
                               year - recipe->sources[i].year_shift);
            }
            if (!is_told && i + 1 == recipe->n_sources && n)
                print_line(SAY_PANEL_BUILD_LACKS, folder, (unsigned long)n);
        }
    return n ? 1 : 0;
}

/* A panel among the files would be read as one of them by the next call. */
static int check_outputs(const verb_call *call, const char *folder)
{
    const build_state *state = call->state;
    char *input_folder = system_whole_folder(folder);
    int code = 0;
    for (size_t i = 0; input_folder && i < option_count(call->line, "output") && !code; i++) {
        const char *path = option_value_at(call->line, "output", i), *slash = strrchr(path, '/');
        const char *name = slash ? slash + 1 : path;
        char *folder_of_path = slash == path ? strdup("/")
                               : slash       ? strndup(path, (size_t)(slash - path))
                                             : strdup(".");
        char *output_folder = folder_of_path ? system_whole_folder(folder_of_path) : NULL;
        for (size_t source = 0; output_folder && source < state->results.recipe.n_sources && !code; source++) {
            int year;
            if (strcmp(input_folder, output_folder) == 0 &&
                recipe_file_is_of(&state->results.recipe, source, name, &year)) {
                print_line(SAY_PANEL_BUILD_OUTPUT_READ, path, state->results.recipe.sources[source].name,
                           state->results.recipe.sources[source].files.all[0]);
                code = 2;
            }
        }
        free(folder_of_path), free(output_folder);
    }
    free(input_folder);
    return code ? code : manifests_check(call->line, manifests_is_table);
}

static int open_files(verb_call *call)
{
    build_state *state = call->state;
    const char *folder = option_value(call->line, "files");
    behov_error err;
    int code = open_recipe(call);
    if (!code)
        code = check_outputs(call, folder);
    if (!code)
        code = open_model(call);
    if (!code)
        code = open_history(call);
    if (!code &&
        recipe_files_find(&state->results.recipe, folder, state->first_year, state->last_year, &state->files, &err))
        code = print_failure(&err);
    if (!code)
        code = ask_for_lacking(state, folder);
    return code ? code : ask_for_years(state, folder);
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

/* What nobody has confirmed is said of every source and column that takes part. */
static void tell_unconfirmed(const build_state *state)
{
    const behov_recipe *recipe = &state->results.recipe;
    for (size_t i = 0; i < recipe->n_sources; i++)
        if (recipe->sources[i].unconfirmed && recipe_files_have(&state->files, i))
            print_note(SAY_PANEL_BUILD_UNCONFIRMED, recipe->sources[i].name, recipe->sources[i].unconfirmed);
    for (size_t i = 0; i < recipe->n_columns; i++) {
        const behov_recipe_column *column = &recipe->columns[i];
        bool takes_part =
            !column->first_year || (column->first_year <= state->last_year && state->first_year <= column->last_year);
        if (column->unconfirmed && takes_part)
            print_note(SAY_PANEL_BUILD_UNCONFIRMED, column->name, column->unconfirmed);
    }
}

/* A year that was saved twice, or filled with the one before, gives no error anywhere else. */
static void tell_copied(const behov_panel_build *build)
{
    for (size_t i = 0; i < build->n_facts; i++) {
        const behov_build_fact *fact = &build->facts[i];
        if (fact->kind == BEHOV_BUILD_FACT_COPIED)
            print_note(SAY_PANEL_BUILD_COPIED, fact->column, fact->first_year, (unsigned long)fact->figure,
                       fact->first_year - 1);
    }
}

/* Facts of one kind and column are told together, by their first. */
static void tell_codes(const behov_panel_build *build, behov_build_fact_kind kind)
{
    for (size_t i = 0; i < build->n_facts; i++) {
        const behov_build_fact *first = &build->facts[i];
        size_t n = 0;
        if (first->kind != kind)
            continue;
        for (; i + n < build->n_facts && build->facts[i + n].kind == kind &&
               strcmp(build->facts[i + n].column, first->column) == 0;
             n++)
            ;
        if (kind == BEHOV_BUILD_FACT_TOGETHER)
            print_note(SAY_PANEL_BUILD_TOGETHER, first->column, (unsigned long)n, first->subject, first->first_year);
        else if (kind == BEHOV_BUILD_FACT_OUTSIDE_LIFE)
            print_note(SAY_PANEL_BUILD_OUTSIDE_LIFE, first->column, (unsigned long)n, first->subject,
                       first->first_year);
        else
            print_note(SAY_PANEL_BUILD_SPLIT, first->column, (unsigned long)n, first->subject, first->first_year);
        i += n - 1;
    }
}

/* What the recipe alone has a figure taken for: a mark for 0, a code for another. */
static void tell_recipe(const build_state *state)
{
    const behov_panel_build *build = &state->results.build;
    for (size_t i = 0; i < build->n_files; i++) {
        const behov_build_file_count *count = &build->files[i];
        const behov_recipe_texts *zeros = &state->results.recipe.sources[count->source].zeros;
        behov_wording marks = {0};
        for (size_t k = 0; k < zeros->n; k++)
            behov_wording_print(&marks, "%s«%s»", k ? ", " : "", zeros->all[k]);
        if (count->is_measure_unsaid)
            print_note(SAY_PANEL_BUILD_MEASURE_UNSAID, count->name,
                       behov_cut(state->results.recipe.sources[count->source].measure.all[0], 80).text);
        if (count->is_word_unsaid)
            print_note(SAY_PANEL_BUILD_WORD_UNSAID, count->name,
                       behov_cut(state->results.recipe.sources[count->source].says.all[0], 80).text);
        if (count->n_renumbered)
            print_note(SAY_PANEL_BUILD_RENUMBERED, count->name, (unsigned long)count->n_renumbered);
        if (count->n_zeros)
            print_note(SAY_PANEL_BUILD_ZEROS, count->name, behov_wording_text(&marks), (unsigned long)count->n_zeros);
        behov_wording_free(&marks);
    }
    for (size_t i = 0; i < build->n_facts; i++)
        if (build->facts[i].kind == BEHOV_BUILD_FACT_RECODED)
            print_note(SAY_PANEL_BUILD_RECODED, build->facts[i].subject, build->facts[i].first_year,
                       (unsigned long)build->facts[i].figure);
}

/* What the files have that the recipe does not mention, and the recipe that the files do not have. */
static void tell_loose_ends(const behov_panel_build *build)
{
    for (size_t i = 0; i < build->n_facts; i++) {
        const behov_build_fact *fact = &build->facts[i];
        if (fact->kind == BEHOV_BUILD_FACT_LONE_LEVEL)
            print_note(SAY_PANEL_BUILD_LONE_LEVEL, fact->column, fact->subject);
        else if (fact->kind == BEHOV_BUILD_FACT_CODE_UNUSED)
            print_note(SAY_PANEL_BUILD_CODE_UNUSED, fact->subject);
        else if (fact->kind == BEHOV_BUILD_FACT_FILE_UNUSED)
            print_note(SAY_PANEL_BUILD_FILE_UNUSED, fact->subject);
    }
}

static char *keep(const char *text)
{
    return text ? strdup(text) : NULL;
}

/* A file that was saved twice under two names would give one year the figures of another. */
static behov_status refuse_twin(const build_state *state, const recipe_file *file, const char *sha256, behov_error *err)
{
    const recipe_file *all = state->files.all;
    for (size_t i = 0; i < state->results.n_notes; i++)
        if (all[i].source == file->source && strcmp(state->results.notes[i].sha256, sha256) == 0)
            return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_PANEL_BUILD_TWIN_FILE, all[i].name,
                                   state->results.recipe.sources[file->source].name);
    return BEHOV_OK;
}

/* Years that were asked for and that are nowhere are told beside the page too. */
static void tell_absent_years(const build_state *state)
{
    behov_wording years = {0};
    behov_build_say_years(&state->results.build, true, &years);
    if (years.length)
        print_note(SAY_PANEL_BUILD_YEARS_ABSENT, behov_wording_text(&years));
    behov_wording_free(&years);
}

/* Whether the recipe has a source for a column in any of some years. */
static bool has_source(const behov_recipe *recipe, const char *name, int first_year, int last_year)
{
    for (size_t i = 0; i < recipe->n_columns; i++) {
        const behov_recipe_column *column = &recipe->columns[i];
        if (strcmp(column->name, name) == 0 &&
            (!column->first_year || (column->first_year <= last_year && first_year <= column->last_year)))
            return true;
    }
    return false;
}

/* So are years of one column, but for those that the recipe has no source for. */
static void tell_absent_years_of_columns(const build_state *state)
{
    const behov_panel_build *build = &state->results.build;
    for (size_t i = 0; i < build->n_facts; i++) {
        const behov_build_fact *fact = &build->facts[i];
        char years[40];
        if (fact->kind != BEHOV_BUILD_FACT_ABSENT || fact->subject[0] ||
            !has_source(&state->results.recipe, fact->column, fact->first_year, fact->last_year))
            continue;
        if (fact->first_year < fact->last_year)
            snprintf(years, sizeof years, "%d–%d", fact->first_year, fact->last_year);
        else
            snprintf(years, sizeof years, "%d", fact->first_year);
        print_note(SAY_PANEL_BUILD_COLUMN_ABSENT, fact->column, years);
    }
}

static behov_status add_file(build_state *state, behov_panel_builder *builder, const recipe_file *file,
                             behov_error *err)
{
    const behov_recipe_source *source = &state->results.recipe.sources[file->source];
    long_table_choices choices = {.sheet = source->sheet,
                                  .encoding = source->encoding,
                                  .value_column = source->value,
                                  .format = source->format,
                                  .separator = source->separator,
                                  .decimal = source->decimal,
                                  .has_labels = true};
    behov_long_table table = {0};
    build_file_note *note = &state->results.notes[state->results.n_notes];
    behov_status status = read_long_table(file->path, &choices, &note_beside, &table, err);
    if (!status)
        status = file_digest(file->path, note->sha256, &note->n_bytes, err);
    if (!status)
        status = refuse_twin(state, file, note->sha256, err);
    if (!status)
        status = behov_panel_builder_add(builder, file->source, file->name, &table, file->year, err);
    if (!status) {
        note->label = keep(table.label);
        note->publisher = keep(table.source);
        note->updated = keep(table.updated);
        state->results.n_notes++;
        status = read_request(file->path, note->sha256, &note->request, &note->is_as_fetched, err);
        if (!status && note->request)
            status = check_request_of_source(source, file->path, file->name, note->request, err);
        if (!status && note->request && !note->is_as_fetched)
            print_note(SAY_PANEL_BUILD_CHANGED, file->name);
    }
    behov_long_table_free(&table);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    build_state *state = call->state;
    build_results *results = &state->results;
    size_t n_needed = state->model.n_merging;
    const char **needed = malloc((n_needed + 1) * sizeof *needed);
    results->notes = calloc(state->files.n + 1, sizeof *results->notes);
    results->lang = call->study.lang;
    results->recipe_name = call->panel;
    results->day = call->day;
    if (!needed || !results->notes) {
        free(needed);
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BUILD_NO_MEMORY);
    }
    for (size_t i = 0; i < n_needed; i++)
        needed[i] = state->model.merging[i].key;
    int year = option_given(call->line, "to") ? (int)state->merging.year : results->recipe.municipalities;
    behov_build_options options = {.recipe_name = call->panel,
                                   .first_year = state->first_year,
                                   .last_year = state->last_year,
                                   .municipalities = year,
                                   .splits = state->merging.splits,
                                   .shares = state->shares,
                                   .n_shares = state->n_shares,
                                   .model = &state->model,
                                   .needed = needed,
                                   .n_needed = n_needed};
    behov_panel_builder *builder = NULL;
    behov_status status = behov_panel_builder_new(&results->recipe, state->history, &options, &builder, err);
    for (size_t i = 0; i < state->files.n && !status; i++)
        status = add_file(state, builder, &state->files.all[i], err);
    if (!status)
        status = behov_panel_builder_finish(builder, &results->build, err);
    behov_panel_builder_free(builder);
    free(needed);
    if (!status) {
        tell_absent_years(state);
        tell_absent_years_of_columns(state);
        tell_unconfirmed(state);
        tell_copied(&results->build);
        tell_recipe(state);
        tell_loose_ends(&results->build);
        tell_codes(&results->build, BEHOV_BUILD_FACT_OUTSIDE_LIFE);
        tell_codes(&results->build, BEHOV_BUILD_FACT_TOGETHER);
        tell_codes(&results->build, BEHOV_BUILD_FACT_SPLIT);
    }
    return status;
}

static behov_status print_manifest(const void *context, const manifest_file *files, size_t n, const char *path,
                                   behov_error *err)
{
    build_results results = *(const build_results *)context; /* whose parts are borrowed */
    results.files = files;
    results.n_files = n;
    return build_writers.json(&results, path, err);
}

/* The manifest stands beside the panel, and knows its sum. */
static int write_manifest(verb_call *call)
{
    const build_state *state = call->state;
    return manifests_write(call->line, manifests_is_table, print_manifest, &state->results);
}

static void close_state(void *context)
{
    build_state *state = context;
    build_results_free(&state->results);
    behov_municipality_history_free(state->history);
    behov_table_free(state->share_table);
    behov_model_free(&state->model);
    merge_options_free(&state->merging);
    recipe_files_free(&state->files);
    free(state->shares), free(state->recipe_path);
}

const verb_deed panel_build_deed = {
    .options = "files years to splits shares changes model",
    .most_operands = 1,
    .steps = {.name = "build",
              .state_size = sizeof(build_state),
              .read = read_choices,
              .open = open_files,
              .compute = compute,
              .writers = &build_writers,
              .conclude = write_manifest,
              .close = close_state},
};
