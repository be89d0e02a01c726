/* panel_build_finish.c - the cells of a builder as a panel: figures, municipalities of another year, rates. What is told of
 * it is panel_build_facts.c's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/panel.h>
#include <behov/plausibility.h>

#include "panel_build_facts.h"
#include "panel_build_parts.h"

/* ---- a cell -------------------------------------------------------------------------------------------------------- */

ptrdiff_t build_source_of_year(const behov_panel_builder *builder, size_t column, size_t year)
{
    const behov_recipe *recipe = builder->recipe;
    for (size_t i = column; i < recipe->n_columns; i++)
        if (strcmp(recipe->columns[i].name, recipe->columns[column].name) == 0 &&
            build_column_has_year(&recipe->columns[i], builder->first_year + (int)year))
            return (ptrdiff_t)i;
    return -1;
}

size_t build_parts_expected(const behov_panel_builder *builder, size_t column, const build_cell *cell, size_t year)
{
    const build_column *state = &builder->columns[column];
    size_t n = 0;
    for (size_t part = 0; part < state->n_parts; part++)
        n += state->parts_years[part * builder->n_years + year] &&
             state->part_signatures[part] == state->file_signatures[cell->file - 1];
    return n;
}

build_cell_state build_look_at_cell(const behov_panel_builder *builder, size_t place, size_t year, size_t column,
                                    size_t n_expected, double *value)
{
    const build_cell *cell = build_cell_at(builder, place, year, column);
    *value = behov_missing_number(BEHOV_MISSING_EMPTY);
    if (!cell->file)
        return BUILD_CELL_ABSENT;
    uint8_t position = build_cell_mark(cell);
    if (position) {
        behov_missing mark = behov_missing_of_text(builder->marks[position - 1], strlen(builder->marks[position - 1]));
        *value = behov_missing_number(mark ? mark : BEHOV_MISSING_OTHER);
        return BUILD_CELL_MARKED;
    }
    /* Of a municipality that did not exist, parts that are 0 were left out. */
    if (cell->n_parts < n_expected && builder->is_alive[place * builder->n_years + year])
        return BUILD_CELL_INCOMPLETE;
    *value = cell->sum * builder->recipe->columns[column].scale;
    return BUILD_CELL_FIGURE;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

static bool has_cell(const behov_panel_builder *builder, size_t place, size_t year)
{
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        if (build_cell_at(builder, place, year, column)->file)
            return true;
    return false;
}

static behov_status find_rows(const behov_panel_builder *builder, build_rows *rows, behov_error *err)
{
    rows->places = malloc((builder->n_places * builder->n_years + 1) * sizeof *rows->places);
    rows->years = malloc((builder->n_places * builder->n_years + 1) * sizeof *rows->years);
    rows->also = calloc(builder->n_places * builder->n_years + 1, sizeof *rows->also);
    if (!rows->places || !rows->years || !rows->also)
        return build_out_of_memory(err);
    for (size_t code = 0; code < BUILD_N_CODES; code++) {
        int32_t place = builder->place_of_code[code] - 1;
        if (place < 0 || builder->places[place].is_unknown)
            continue;
        for (size_t year = 0; year < builder->n_years; year++)
            if (has_cell(builder, (size_t)place, year)) {
                rows->places[rows->n] = (size_t)place;
                rows->years[rows->n++] = year;
            }
    }
    return rows->n ? BEHOV_OK
                   : behov_error_say(err, BEHOV_E_DATA, builder->options.recipe_name, SAY_BUILD_NO_ROWS,
                                     builder->first_year, builder->first_year + (int)builder->n_years - 1);
}

/* ---- the table before anything is merged or divided ---------------------------------------------------------------- */

static behov_status add_roles(const behov_panel_builder *builder, const build_rows *rows, behov_table *table,
                              behov_error *err)
{
    behov_dictionary *codes = NULL, *names = NULL;
    int32_t *code = malloc((rows->n + 1) * sizeof *code), *name = malloc((rows->n + 1) * sizeof *name);
    double *year = malloc((rows->n + 1) * sizeof *year);
    behov_status status = code && name && year ? behov_dictionary_new(&codes, err) : build_out_of_memory(err);
    if (!status)
        status = behov_dictionary_new(&names, err);
    for (size_t i = 0; i < rows->n && !status; i++) {
        char whole[300];
        build_place_name(builder, rows->places[i], rows->years[i], whole);
        const char *own = strlen(whole) > 5 ? whole + 5 : whole;
        year[i] = builder->first_year + (int)rows->years[i];
        status = behov_dictionary_intern(codes, whole, 4, &code[i], err);
        if (!status)
            status = behov_dictionary_intern(names, own, strlen(own), &name[i], err);
    }
    if (!status && !(status = behov_table_add_text(table, "municipality_code", code, codes, err)))
        code = NULL, codes = NULL;
    if (!status && !(status = behov_table_add_text(table, "municipality", name, names, err)))
        name = NULL, names = NULL;
    if (!status && !(status = behov_table_add_numbers(table, "year", year, err)))
        year = NULL;
    free(code), free(name), free(year);
    behov_dictionary_free(codes);
    behov_dictionary_free(names);
    return status;
}

bool build_is_first_of_name(const behov_recipe *recipe, size_t column)
{
    return behov_recipe_find_column(recipe, recipe->columns[column].name) == (ptrdiff_t)column;
}

static behov_status add_column(const behov_panel_builder *builder, const build_rows *rows, size_t column,
                               behov_table *table, behov_error *err)
{
    double *values = malloc((rows->n + 1) * sizeof *values);
    if (!values)
        return build_out_of_memory(err);
    build_expected expected = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < rows->n && !status; i++) {
        ptrdiff_t twin = build_source_of_year(builder, column, rows->years[i]);
        values[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
        if (twin >= 0)
            build_look_at_cell(builder, rows->places[i], rows->years[i], (size_t)twin,
                               build_expected_of(builder, &expected, (size_t)twin, rows->places[i], rows->years[i]),
                               &values[i]);
        if (twin >= 0 && rows->also[i] && isnan(values[i])) {
            double joined;
            size_t place = rows->also[i] - 1;
            if (build_look_at_cell(builder, place, rows->years[i], (size_t)twin, 0, &joined) == BUILD_CELL_FIGURE)
                values[i] = joined;
        }
    }
    if (!status)
        status = behov_table_add_numbers(table, builder->recipe->columns[column].name, values, err);
    if (status)
        free(values);
    return status;
}

size_t build_expected_of(const behov_panel_builder *builder, build_expected *kept, size_t column, size_t place,
                         size_t year)
{
    const build_cell *cell = build_cell_at(builder, place, year, column);
    if (!cell->file)
        return 0;
    int32_t signature = builder->columns[column].file_signatures[cell->file - 1];
    if (!kept->is_known || kept->column != column || kept->year != year || kept->signature != signature)
        *kept = (build_expected){true, column, year, signature, build_parts_expected(builder, column, cell, year)};
    return kept->n;
}

static behov_status make_sums(const behov_panel_builder *builder, const build_rows *rows, behov_table **table,
                              behov_error *err)
{
    behov_status status = behov_table_new(rows->n, builder->options.recipe_name, table, err);
    if (!status)
        status = add_roles(builder, rows, *table, err);
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        if (builder->recipe->columns[i].kind != BEHOV_RECIPE_RATE && build_is_first_of_name(builder->recipe, i))
            status = add_column(builder, rows, i, *table, err);
    return status;
}

/* ---- municipalities of another year -------------------------------------------------------------------------------- */

static behov_status find_rules(const behov_panel_builder *builder, behov_merge_rule *rules, size_t *n, behov_error *err)
{
    for (size_t i = 0; i < builder->recipe->n_columns; i++) {
        const behov_recipe_column *column = &builder->recipe->columns[i];
        if (column->kind == BEHOV_RECIPE_RATE || !build_is_first_of_name(builder->recipe, i))
            continue;
        if (column->kind == BEHOV_RECIPE_PUBLISHED && !column->weight)
            return behov_error_say(err, BEHOV_E_ARGUMENT, builder->options.recipe_name, SAY_BUILD_NO_WEIGHT,
                                   column->name, (unsigned long)column->line);
        rules[(*n)++] = column->kind == BEHOV_RECIPE_PUBLISHED
                            ? (behov_merge_rule){column->name, column->weight, BEHOV_MERGE_MEAN}
                            : (behov_merge_rule){column->name, NULL, BEHOV_MERGE_SUM};
    }
    return BEHOV_OK;
}

static behov_status merge(const behov_panel_builder *builder, behov_table *table, behov_panel_merge *out,
                          behov_error *err)
{
    static const char *const names[BEHOV_N_ROLES] = {"municipality_code", "municipality", "year"};
    behov_merge_rule *rules = malloc((builder->recipe->n_columns + 1) * sizeof *rules);
    size_t n = 0;
    behov_panel panel;
    behov_status status = rules ? find_rules(builder, rules, &n, err) : build_out_of_memory(err);
    if (!status)
        status = behov_panel_find(table, names, &panel, err);
    if (!status)
        status = behov_panel_merge_mark(table, &panel, builder->history, err);
    behov_merge_options options = {.year = builder->options.municipalities,
                                   .rules = rules,
                                   .n_rules = n,
                                   .splits = builder->options.splits,
                                   .shares = builder->options.shares,
                                   .n_shares = builder->options.n_shares};
    if (!status)
        status = behov_panel_merge_compute(&panel, builder->history, &options, out, err);
    free(rules);
    return status;
}

/* ---- rates --------------------------------------------------------------------------------------------------------- */

/* The row of the sums, or of the panel, as a file and line (of a column's cell) and as a municipality. */
typedef struct row_place {
    behov_said where;
    const char *code, *municipality;
    int year;
} row_place;

static behov_status find_row_place(const behov_panel_builder *builder, const behov_table *table, size_t row,
                                   const char *column, row_place *out, behov_error *err)
{
    behov_panel panel;
    static const char *const names[BEHOV_N_ROLES] = {"municipality_code", "municipality", "year"};
    behov_status status = behov_panel_find((behov_table *)table, names, &panel, err);
    if (status)
        return status;
    int year = behov_panel_year(&panel, row);
    const char *code = behov_panel_code(&panel, row);
    *out = (row_place){{{0}}, code, behov_panel_municipality(&panel, row), year};
    int32_t place = builder->place_of_code[strtol(code, NULL, 10)] - 1;
    ptrdiff_t position = behov_recipe_find_column(builder->recipe, column);
    ptrdiff_t twin =
        position < 0 ? -1 : build_source_of_year(builder, (size_t)position, (size_t)(year - builder->first_year));
    if (place >= 0 && twin >= 0) {
        const build_cell *cell =
            build_cell_at(builder, (size_t)place, (size_t)(year - builder->first_year), (size_t)twin);
        if (cell->file)
            out->where = build_where(builder, cell);
    }
    return BEHOV_OK;
}

static behov_status say_no_denominator(const behov_panel_builder *builder, const behov_table *sums, size_t row,
                                       const behov_recipe_column *column, behov_error *err)
{
    row_place place;
    behov_status status = find_row_place(builder, sums, row, column->denominator, &place, err);
    return status ? status
                  : behov_error_say(err, BEHOV_E_DATA,
                                    place.where.text[0] ? place.where.text : builder->options.recipe_name,
                                    SAY_BUILD_NO_DENOMINATOR, column->name, place.code,
                                    behov_cut(place.municipality, 80).text, place.year, column->denominator);
}

static bool has_upper_limit(const behov_panel_builder *builder, const char *column)
{
    return builder->options.model && !isnan(behov_model_limits_of(builder->options.model, column).high);
}

/* What is wrong with a figure that no municipality can have. */
static behov_status say_figure(const behov_panel_builder *builder, const behov_table *table, size_t row,
                               const char *column, double value, behov_error *err)
{
    row_place place;
    behov_status status = find_row_place(builder, table, row, column, &place, err);
    if (status)
        return status;
    const char *where = place.where.text[0] ? place.where.text : builder->options.recipe_name;
    if (isinf(value))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_NOT_FINITE, column, place.code,
                               behov_cut(place.municipality, 80).text, place.year);
    if (behov_role_of_name(column) == BEHOV_ROLE_POPULATION)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_INHABITANTS, column, place.code,
                               behov_cut(place.municipality, 80).text, place.year);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_ABSURD, column, place.code,
                           behov_cut(place.municipality, 80).text, place.year);
}

/* A sum or a rate that is beyond the numbers is no figure, and what is divided by it would be 0; what is beyond every
 * municipality is one that has gone wrong on its way (plausibility.h). */
static behov_status check_figures(const behov_panel_builder *builder, const behov_table *table, behov_error *err)
{
    for (size_t column = 0; column < behov_table_n_columns(table); column++) {
        if (behov_table_kind(table, column) != BEHOV_COLUMN_NUMBER)
            continue;
        const double *values = behov_table_numbers(table, column);
        const char *name = behov_table_name(table, column);
        bool is_population = behov_role_of_name(name) == BEHOV_ROLE_POPULATION,
             has_limit = has_upper_limit(builder, name);
        for (size_t row = 0; row < behov_table_n_rows(table); row++) {
            bool is_beyond =
                is_population ? values[row] > BEHOV_MOST_INHABITANTS : fabs(values[row]) >= BEHOV_ABSURD_AMOUNT;
            if (isinf(values[row]) || (is_beyond && !has_limit))
                return say_figure(builder, table, row, name, values[row], err);
        }
    }
    return BEHOV_OK;
}

static const double *column_of(const behov_table *table, const char *name)
{
    ptrdiff_t column = behov_table_find(table, name);
    return column < 0 ? NULL : behov_table_numbers(table, (size_t)column);
}

/* The rate of a year is that of the column that holds for it: its numerator and denominator may be others. */
static behov_status add_rate(const behov_panel_builder *builder, size_t column, const behov_table *sums,
                             behov_table *table, behov_error *err)
{
    const behov_recipe *recipe = builder->recipe;
    size_t n_rows = behov_table_n_rows(sums);
    const double *years = column_of(sums, "year");
    double *values = malloc((n_rows + 1) * sizeof *values);
    behov_status status = values ? BEHOV_OK : build_out_of_memory(err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        ptrdiff_t twin = build_source_of_year(builder, column, (size_t)((int)years[i] - builder->first_year));
        values[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
        if (twin < 0)
            continue;
        const double *numerators = column_of(sums, recipe->columns[twin].numerator),
                     *denominators = column_of(sums, recipe->columns[twin].denominator);
        if (isnan(numerators[i]) || isnan(denominators[i]))
            values[i] = isnan(numerators[i]) ? numerators[i] : denominators[i];
        else if (denominators[i] == 0)
            status = say_no_denominator(builder, sums, i, &recipe->columns[twin], err);
        else
            values[i] = numerators[i] * recipe->columns[twin].scale / denominators[i];
    }
    if (!status)
        status = behov_table_add_numbers(table, recipe->columns[column].name, values, err);
    if (status)
        free(values);
    return status;
}

static behov_status copy_column(const behov_table *sums, const char *name, behov_table *table, behov_error *err)
{
    ptrdiff_t column = behov_table_find(sums, name);
    if (column < 0)
        return BEHOV_OK;
    if (behov_table_kind(sums, (size_t)column) == BEHOV_COLUMN_NUMBER)
        return behov_table_copy_numbers(table, name, behov_table_numbers(sums, (size_t)column), err);
    size_t n_rows = behov_table_n_rows(sums);
    const char **texts = malloc((n_rows + 1) * sizeof *texts);
    if (!texts)
        return build_out_of_memory(err);
    const int32_t *codes = behov_table_codes(sums, (size_t)column);
    for (size_t i = 0; i < n_rows; i++)
        texts[i] = codes[i] < 0 ? NULL : behov_dictionary_text(behov_table_levels(sums, (size_t)column), codes[i]);
    behov_status status = behov_table_copy_text(table, name, texts, err);
    free(texts);
    return status;
}

static behov_status make_panel(const behov_panel_builder *builder, const behov_table *sums, behov_table **table,
                               behov_error *err)
{
    static const char *const before[] = {"municipality_code", "municipality", "year"}, *const behind[] = {
                                                                                           BEHOV_MERGE_ORIGIN_COLUMN,
                                                                                           BEHOV_MERGE_EXACT_COLUMN};
    const behov_recipe *recipe = builder->recipe;
    behov_status status = behov_table_new(behov_table_n_rows(sums), builder->options.recipe_name, table, err);
    for (size_t i = 0; i < 3 && !status; i++)
        status = copy_column(sums, before[i], *table, err);
    for (size_t i = 0; i < recipe->n_columns && !status; i++) {
        if (!build_is_first_of_name(recipe, i))
            continue;
        if (recipe->columns[i].is_helper)
            continue;
        status = recipe->columns[i].kind == BEHOV_RECIPE_RATE ? add_rate(builder, i, sums, *table, err)
                                                              : copy_column(sums, recipe->columns[i].name, *table, err);
    }
    for (size_t i = 0; i < 2 && !status; i++)
        status = copy_column(sums, behind[i], *table, err);
    return status;
}

/* ---- all ----------------------------------------------------------------------------------------------------------- */

/* The first year in which a filter without an end takes no open group: the oldest, so the sum, would be too few. */
static int year_without_open(const behov_panel_builder *builder, const build_column *state, size_t filter)
{
    for (size_t year = 0; year < builder->n_years; year++) {
        bool has_part = false, is_open = false;
        for (size_t part = 0; part < state->n_parts; part++)
            if (state->parts_years[part * builder->n_years + year]) {
                has_part = true;
                is_open |= (state->part_open[part] >> filter & 1) != 0;
            }
        if (has_part && !is_open)
            return builder->first_year + (int)year;
    }
    return 0;
}

static behov_status check_open(const behov_panel_builder *builder, const build_column *state, size_t filter,
                               behov_error *err)
{
    const behov_recipe_pair *pair = &state->column->filters.all[filter];
    const char *value = recipe_filter_open_range(pair);
    int year = value && filter < 32 ? year_without_open(builder, state, filter) : 0;
    return year ? behov_error_say(err, BEHOV_E_DATA, builder->options.recipe_name, SAY_BUILD_OPEN_LACKS,
                                  state->column->name, (unsigned long)pair->line, pair->names.all[0], value, year,
                                  state->column->source)
                : BEHOV_OK;
}

static behov_status check_filters(const behov_panel_builder *builder, const build_column *state, behov_error *err)
{
    bool has_file = false;
    for (size_t i = 0; i < builder->n_files; i++)
        has_file |= state->source == (ptrdiff_t)builder->files[i].source;
    const char *place = has_file ? builder->recipe->sources[state->source].place : NULL;
    for (size_t i = 0; has_file && i < state->column->filters.n; i++) {
        long number;
        const char *value = recipe_filter_lacks(&state->filters[i], &number);
        const behov_recipe_pair *pair = &state->column->filters.all[i];
        if (value && number >= 0)
            return behov_error_say(err, BEHOV_E_DATA, builder->options.recipe_name, SAY_BUILD_RANGE_LACKS,
                                   state->column->name, (unsigned long)pair->line, pair->names.all[0], value, number);
        if (value)
            return behov_error_say(err, BEHOV_E_DATA, builder->options.recipe_name, SAY_BUILD_FILTER_LACKS,
                                   state->column->name, (unsigned long)pair->line, pair->names.all[0],
                                   behov_cut(value, 80).text, state->column->source, state->filters[i].levels,
                                   behov_cut(place ? place : "", 200).text);
        behov_status status = check_open(builder, state, i, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* A column that no row of its files gives anything to is empty: a filter, a year or codes that fit nothing. */
static behov_status check_used(const behov_panel_builder *builder, const build_column *state, behov_error *err)
{
    size_t n_rows = 0, n_other = 0, n_chosen = 0, n_gone = 0;
    bool has_year = false;
    for (size_t year = 0; year < builder->n_years; year++)
        has_year |= build_column_has_year(state->column, builder->first_year + (int)year);
    for (size_t i = 0; i < builder->n_files; i++) {
        const behov_build_file_count *count = &builder->files[i];
        if (state->source != (ptrdiff_t)count->source)
            continue;
        n_rows += count->n_rows;
        n_other += count->n_left_out[BEHOV_BUILD_OTHER_YEAR] + count->n_left_out[BEHOV_BUILD_NO_YEAR];
        n_chosen += count->n_left_out[BEHOV_BUILD_NOT_ASKED_FOR] + count->n_used;
        n_gone += count->n_left_out[BEHOV_BUILD_DID_NOT_EXIST]; /* a column may be of these alone: a fact says so */
    }
    return n_rows && has_year && !state->n_rows && !n_gone
               ? behov_error_say(err, BEHOV_E_DATA, builder->options.recipe_name, SAY_BUILD_COLUMN_EMPTY,
                                 state->column->name, (unsigned long)state->column->line, state->column->source,
                                 (unsigned long)n_rows, (unsigned long)n_other, (unsigned long)n_chosen)
               : BEHOV_OK;
}

/* Whether a column of a source holds for a year. */
static bool source_needs_year(const behov_panel_builder *builder, size_t source, int year)
{
    for (size_t i = 0; i < builder->recipe->n_columns; i++)
        if (builder->columns[i].source == (ptrdiff_t)source && build_column_has_year(builder->columns[i].column, year))
            return true;
    return false;
}

/* A year's file of which no row is used is as good as none: another table under its name, or another heading. */
static behov_status check_file(const behov_panel_builder *builder, size_t position, behov_error *err)
{
    const behov_build_file_count *count = &builder->files[position];
    const behov_recipe_source *source = &builder->recipe->sources[count->source];
    int year = count->name_year + source->year_shift, last_year = builder->first_year + (int)builder->n_years - 1;
    if (count->n_used || !count->name_year || year < builder->first_year || year > last_year ||
        !source_needs_year(builder, count->source, year))
        return BEHOV_OK;
    for (size_t i = 0; i < builder->n_files; i++)
        if (builder->files[i].source == count->source && builder->files[i].name_year == count->name_year &&
            builder->files[i].n_used)
            return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, count->name, SAY_BUILD_FILE_UNUSED, (unsigned long)count->n_rows,
                           source->name, count->name_year, behov_cut(source->files.all[0], 80).text);
}

static size_t count_codes(const behov_table *table)
{
    ptrdiff_t column = behov_table_find(table, "municipality_code");
    return column < 0 ? 0 : behov_dictionary_count(behov_table_levels(table, (size_t)column));
}

/* Counts and marks go over to the panel. */
static void hand_over(behov_panel_builder *builder, behov_panel_build *out)
{
    out->files = builder->files;
    out->n_files = builder->n_files;
    builder->files = NULL;
    builder->n_files = 0;
    memcpy(out->marks, builder->marks, sizeof out->marks);
    out->n_marks = builder->n_marks;
    builder->n_marks = 0;
}

behov_status behov_panel_builder_finish(behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    build_rows rows = {0}, joined = {0};
    behov_table *sums = NULL;
    *out = (behov_panel_build){.first_year = builder->first_year,
                               .last_year = builder->first_year + (int)builder->n_years - 1,
                               .is_merged = builder->options.municipalities != 0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        status = check_filters(builder, &builder->columns[i], err);
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        status = build_check_overlaps(builder, i, err);
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        status = check_used(builder, &builder->columns[i], err);
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        status = build_lone_check(builder, &builder->columns[i], err);
    for (size_t i = 0; i < builder->n_files && !status; i++)
        status = check_file(builder, i, err);
    if (!status)
        status = build_settle_codes(builder, err);
    if (!status)
        status = find_rows(builder, &rows, err);
    if (!status && out->is_merged && !(status = find_rows(builder, &joined, err)))
        status = build_join_rows(builder, &joined, err);
    if (!status)
        status = make_sums(builder, out->is_merged ? &joined : &rows, &sums, err);
    if (!status)
        status = check_figures(builder, sums, err);
    if (!status && out->is_merged)
        status = merge(builder, sums, &out->merge, err);
    if (!status && out->is_merged)
        status = check_figures(builder, out->merge.table, err);
    if (!status)
        status = make_panel(builder, out->is_merged ? out->merge.table : sums, &out->table, err);
    if (!status)
        status = check_figures(builder, out->table, err);
    if (!status)
        status = build_count_columns(builder, &rows, out, err);
    if (!status)
        status = build_find_facts(builder, out, err);
    if (!status) {
        out->n_municipalities = count_codes(out->table);
        hand_over(builder, out);
    }
    behov_table_free(sums);
    free(rows.places), free(rows.years), free(rows.also);
    free(joined.places), free(joined.years), free(joined.also);
    return status;
}
