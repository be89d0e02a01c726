/* panel_build.c - see panel_build.h: the builder and its cells. Adding a file is panel_build_file.c's, the panel of them
 * panel_build_finish.c's. */
#include <behov/panel_build.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_build_parts.h"

enum { MOST_YEARS = 100 };

behov_status build_out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BUILD_NO_MEMORY);
}

bool behov_build_mark_is_suppressed(const char *mark)
{
    return strcmp(mark, ":") == 0 || strcmp(mark, "*") == 0;
}

bool build_column_has_year(const behov_recipe_column *column, int year)
{
    return !column->first_year || (year >= column->first_year && year <= column->last_year);
}

static behov_status new_column(behov_panel_builder *builder, size_t position, behov_error *err)
{
    const behov_recipe_column *column = &builder->recipe->columns[position];
    build_column *state = &builder->columns[position];
    state->column = column;
    state->source = column->source ? behov_recipe_find_source(builder->recipe, column->source) : -1;
    state->filters = calloc(column->filters.n + 1, sizeof *state->filters);
    if (!state->filters)
        return build_out_of_memory(err);
    behov_status status = behov_dictionary_new(&state->part_names, err);
    if (!status)
        status = behov_dictionary_new(&state->signatures, err);
    for (size_t i = 0; i < column->filters.n && !status; i++)
        status = recipe_filter_new(&column->filters.all[i], &state->filters[i], err);
    return status;
}

/* A code that stands for what was never a municipality would make one. */
static behov_status check_codes(const behov_panel_builder *builder, behov_error *err)
{
    const behov_recipe *recipe = builder->recipe;
    int date = behov_municipality_history_date(builder->first_year);
    for (size_t i = 0; i < recipe->n_sources; i++)
        for (size_t k = 0; k < recipe->sources[i].codes.n; k++) {
            const behov_recipe_code *rule = &recipe->sources[i].codes.all[k];
            if (behov_municipality_history_nearest(builder->history, rule->stands_for, date) < 0) {
                behov_said where = behov_phrase(SAY_BUILD_WHERE_LINE, behov_cut(builder->options.recipe_name, 120).text,
                                                (unsigned long)rule->line);
                return behov_error_say(err, BEHOV_E_NAME, where.text, SAY_BUILD_CODE_TARGET, rule->code,
                                       rule->stands_for, rule->stands_for);
            }
        }
    return BEHOV_OK;
}

behov_status behov_panel_builder_new(const behov_recipe *recipe, const behov_municipality_history *history,
                                     const behov_build_options *options, behov_panel_builder **builder,
                                     behov_error *err)
{
    int first = options->first_year ? options->first_year : recipe->first_year,
        last = options->first_year ? options->last_year : recipe->last_year;
    *builder = NULL;
    if (!first)
        return behov_error_say(err, BEHOV_E_ARGUMENT, options->recipe_name, SAY_BUILD_NO_YEARS);
    if (last < first || last - first >= MOST_YEARS)
        return behov_error_say(err, BEHOV_E_ARGUMENT, options->recipe_name, SAY_BUILD_TOO_MANY_YEARS, first, last,
                               MOST_YEARS);
    behov_panel_builder *new_builder = calloc(1, sizeof *new_builder);
    if (!new_builder)
        return build_out_of_memory(err);
    new_builder->recipe = recipe;
    new_builder->history = history;
    new_builder->options = *options;
    new_builder->first_year = first;
    new_builder->n_years = (size_t)(last - first) + 1;
    new_builder->columns = calloc(recipe->n_columns + 1, sizeof *new_builder->columns);
    behov_status status = new_builder->columns ? BEHOV_OK : build_out_of_memory(err);
    if (!status)
        status = behov_dictionary_new(&new_builder->never_used, err);
    for (size_t i = 0; i < recipe->n_columns && !status; i++)
        status = new_column(new_builder, i, err);
    if (!status)
        status = check_codes(new_builder, err);
    if (status)
        behov_panel_builder_free(new_builder);
    else
        *builder = new_builder;
    return status;
}

static void free_column(build_column *state)
{
    for (size_t i = 0; state->filters && i < state->column->filters.n; i++)
        if (state->filters[i].pair)
            recipe_filter_free(&state->filters[i]);
    free(state->filters);
    behov_dictionary_free(state->part_names);
    behov_dictionary_free(state->signatures);
    for (size_t i = 0; i < state->n_parts; i++)
        free(state->seen[i]), free(state->part_levels[i]);
    free(state->part_levels), free(state->part_open);
    free(state->part_signatures), free(state->seen), free(state->seen_size);
    free(state->parts_years), free(state->file_signatures);
    for (size_t i = 0; i < state->n_lones; i++)
        free(state->lones[i].dimension);
    free(state->lones);
}

void behov_panel_builder_free(behov_panel_builder *builder)
{
    if (!builder)
        return;
    for (size_t i = 0; builder->columns && i < builder->recipe->n_columns; i++)
        free_column(&builder->columns[i]);
    free(builder->columns);
    free(builder->places), free(builder->is_alive), free(builder->cells);
    for (size_t i = 0; i < builder->n_marks; i++)
        free(builder->marks[i]);
    for (size_t i = 0; i < builder->n_files; i++)
        free(builder->files[i].name);
    free(builder->files);
    behov_dictionary_free(builder->never_used);
    free(builder->waiting), free(builder->told);
    free(builder);
}

void behov_build_remarks_free(behov_build_remarks *remarks)
{
    free(remarks->absent_years);
    free(remarks->empty_columns);
    free(remarks->unconfirmed);
    free(remarks->left_out);
    *remarks = (behov_build_remarks){0};
}

void behov_panel_build_free(behov_panel_build *build)
{
    behov_table_free(build->table);
    for (size_t i = 0; i < build->n_files; i++)
        free(build->files[i].name);
    free(build->files), free(build->column_years);
    for (size_t i = 0; i < build->n_marks; i++)
        free(build->marks[i]);
    for (size_t i = 0; i < build->n_facts; i++)
        free(build->facts[i].subject), free(build->facts[i].column);
    free(build->facts);
    behov_panel_merge_free(&build->merge);
    *build = (behov_panel_build){0};
}

/* ---- places -------------------------------------------------------------------------------------------------------- */

build_cell *build_cell_at(const behov_panel_builder *builder, size_t place, size_t year, size_t column)
{
    return &builder->cells[(place * builder->n_years + year) * builder->recipe->n_columns + column];
}

/* Codes change on 1 January; a change within a year leaves the year to both. */
static bool was_there(const behov_panel_builder *builder, const char *code, int year)
{
    return behov_municipality_history_find(builder->history, code, behov_municipality_history_date(year)) >= 0 ||
           behov_municipality_history_find(builder->history, code, year * 10000 + 1231) >= 0;
}

static behov_status more_places(behov_panel_builder *builder, behov_error *err)
{
    size_t room = builder->place_room ? 2 * builder->place_room : 512, n_years = builder->n_years,
           n_columns = builder->recipe->n_columns;
    build_place *places = realloc(builder->places, room * sizeof *places);
    if (places)
        builder->places = places;
    bool *is_alive = realloc(builder->is_alive, room * n_years * sizeof *is_alive);
    if (is_alive)
        builder->is_alive = is_alive;
    build_cell *cells = realloc(builder->cells, room * n_years * n_columns * sizeof *cells);
    if (cells)
        builder->cells = cells;
    if (!places || !is_alive || !cells)
        return build_out_of_memory(err);
    builder->place_room = room;
    return BEHOV_OK;
}

behov_status build_add_place(behov_panel_builder *builder, const char *code, bool is_unknown, size_t *place,
                             behov_error *err)
{
    behov_status status = builder->n_places < builder->place_room ? BEHOV_OK : more_places(builder, err);
    if (status)
        return status;
    *place = builder->n_places++;
    build_place *new_place = &builder->places[*place];
    memcpy(new_place->code, code, 5);
    new_place->is_unknown = is_unknown;
    for (size_t year = 0; year < builder->n_years; year++) {
        builder->is_alive[*place * builder->n_years + year] =
            is_unknown || was_there(builder, code, builder->first_year + (int)year);
        for (size_t column = 0; column < builder->recipe->n_columns; column++)
            *build_cell_at(builder, *place, year, column) = (build_cell){0};
    }
    return BEHOV_OK;
}

behov_status build_find_place(behov_panel_builder *builder, const char *code, bool is_unknown, size_t *place,
                              behov_error *err)
{
    int32_t *known = &builder->place_of_code[strtol(code, NULL, 10)];
    if (*known) {
        *place = (size_t)*known - 1;
        return BEHOV_OK;
    }
    behov_status status = build_add_place(builder, code, is_unknown, place, err);
    if (!status)
        *known = (int32_t)*place + 1;
    return status;
}

void build_place_name(const behov_panel_builder *builder, size_t place, size_t year, char name[300])
{
    const char *code = builder->places[place].code;
    int date = behov_municipality_history_date(builder->first_year + (int)year);
    ptrdiff_t variant = behov_municipality_history_find(builder->history, code, date);
    if (variant < 0)
        variant = behov_municipality_history_nearest(builder->history, code, date);
    const char *own = variant < 0 ? "" : behov_municipality_history_variant(builder->history, (size_t)variant).name;
    snprintf(name, 300, "%s%s%s", code, own[0] ? " " : "", own);
}

uint8_t build_find_mark(behov_panel_builder *builder, const char *mark)
{
    for (size_t i = 0; i < builder->n_marks; i++)
        if (strcmp(builder->marks[i], mark) == 0)
            return (uint8_t)(i + 1);
    if (builder->n_marks == BEHOV_BUILD_MARKS)
        return BEHOV_BUILD_MARKS;
    char *copy = strdup(builder->n_marks == BEHOV_BUILD_MARKS - 1 ? "…" : mark);
    if (!copy)
        return 0;
    builder->marks[builder->n_marks++] = copy;
    return (uint8_t)builder->n_marks;
}
