/* panel_build_column.c - see panel_build_column.h. */
#include "panel_build_column.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "age_span.h"

/* ---- dimensions ---------------------------------------------------------------------------------------------------- */

/* Which dimensions are lines of the header: contents, header_1, header_2. */
static bool is_header_name(const char *name)
{
    return strcmp(name, "contents") == 0 || strncmp(name, "header_", 7) == 0;
}

behov_status build_dimension_open(const behov_table *table, size_t column, ptrdiff_t label_column,
                                  build_dimension *dimension, behov_error *err)
{
    *dimension = (build_dimension){.column = column,
                                   .name = behov_table_name(table, column),
                                   .codes = behov_table_codes(table, column),
                                   .levels = behov_table_levels(table, column)};
    dimension->n_levels = behov_dictionary_count(dimension->levels);
    dimension->is_header_line = is_header_name(dimension->name);
    if (label_column < 0 || behov_table_kind(table, (size_t)label_column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    dimension->labels = calloc(dimension->n_levels + 1, sizeof *dimension->labels);
    if (!dimension->labels)
        return build_out_of_memory(err);
    const int32_t *codes = behov_table_codes(table, (size_t)label_column);
    const behov_dictionary *labels = behov_table_levels(table, (size_t)label_column);
    for (size_t row = 0; row < behov_table_n_rows(table); row++)
        if (dimension->codes[row] >= 0 && !dimension->labels[dimension->codes[row]] && codes[row] >= 0)
            dimension->labels[dimension->codes[row]] = behov_dictionary_text(labels, codes[row]);
    return BEHOV_OK;
}

behov_status build_dimension_join(const build_dimension *dimensions, size_t n, size_t n_rows, build_dimension *whole,
                                  behov_error *err)
{
    *whole = (build_dimension){.column = SIZE_MAX, .name = "header"};
    whole->whole_codes = malloc((n_rows + 1) * sizeof *whole->whole_codes);
    behov_status status =
        whole->whole_codes ? behov_dictionary_new(&whole->whole_levels, err) : build_out_of_memory(err);
    for (size_t row = 0; row < n_rows && !status; row++) {
        char text[1000] = "";
        size_t length = 0;
        for (size_t d = 0; d < n && length < sizeof text - 1; d++) {
            const char *line = dimensions[d].is_header_line
                                   ? build_level_text(&dimensions[d], build_level_at(&dimensions[d], row))
                                   : NULL;
            int n_line = line ? snprintf(text + length, sizeof text - length, "%s%s", length ? " " : "", line) : 0;
            length += n_line > 0 ? (size_t)n_line : 0;
        }
        status = behov_dictionary_intern(whole->whole_levels, text, strlen(text), &whole->whole_codes[row], err);
    }
    whole->codes = whole->whole_codes;
    whole->levels = whole->whole_levels;
    whole->n_levels = whole->levels ? behov_dictionary_count(whole->levels) : 0;
    return status;
}

void build_dimension_close(build_dimension *dimension)
{
    free(dimension->labels), free(dimension->whole_codes);
    behov_dictionary_free(dimension->whole_levels);
}

size_t build_level_at(const build_dimension *dimension, size_t row)
{
    int32_t code = dimension->codes[row];
    return code >= 0 ? (size_t)code : dimension->n_levels;
}

const char *build_level_text(const build_dimension *dimension, size_t level)
{
    return level < dimension->n_levels ? behov_dictionary_text(dimension->levels, (int32_t)level) : NULL;
}

const char *build_level_label(const build_dimension *dimension, size_t level)
{
    return dimension->labels && level < dimension->n_levels ? dimension->labels[level] : NULL;
}

/* A level as messages show it. */
static const char *shown_level(const build_dimension *dimension, size_t level)
{
    const char *text = build_level_text(dimension, level);
    return text ? text : PHRASE_BUILD_NO_TEXT;
}

/* ---- opening ------------------------------------------------------------------------------------------------------- */

static bool is_among(const behov_recipe_texts *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->all[i], name) == 0)
            return true;
    return false;
}

static behov_status say_no_dimension(const build_file *file, const behov_recipe_column *column,
                                     const behov_recipe_pair *pair, const char *place, behov_error *err)
{
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(file->table, list);
    const char *near = behov_table_nearest_name(file->table, pair->names.all[0]);
    behov_said nearest = {{0}};
    if (near)
        nearest = behov_phrase(SAY_RECIPE_NEAR, near);
    return behov_error_say(err, BEHOV_E_NAME, file->name, SAY_BUILD_NO_DIMENSION, column->name,
                           behov_cut(pair->names.all[0], 80).text, (unsigned long)pair->line, list, nearest.text,
                           behov_cut(place ? place : "", 200).text);
}

/* A total that a mask or a range takes with its parts would count them twice; one that is named is asked for. */
static behov_status look_for_totals(const build_file *file, const build_file_column *column, size_t d,
                                    const recipe_filter *filter, const recipe_choice *choice, behov_error *err)
{
    const build_dimension *dimension = &file->dimensions[d];
    size_t n_taken = 0;
    for (size_t level = 0; level < dimension->n_levels; level++)
        n_taken += choice->takes[level];
    for (size_t level = 0; n_taken > 1 && level < dimension->n_levels; level++)
        if (choice->takes[level] && !choice->is_named[level] &&
            (build_is_called_total(build_level_text(dimension, level)) ||
             build_is_called_total(build_level_label(dimension, level))))
            return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_FILTER_TOTAL, column->state->column->name,
                                   (unsigned long)filter->pair->line, behov_cut(dimension->name, 60).text,
                                   behov_cut(shown_level(dimension, level), 60).text);
    return BEHOV_OK;
}

static bool mask_takes(const char *mask, const build_dimension *dimension, size_t level)
{
    const char *text = build_level_text(dimension, level), *label = build_level_label(dimension, level);
    return (text && recipe_fits_mask(mask, text)) || (label && recipe_fits_mask(mask, label));
}

/* A mask stands for one heading: one that fits "Uføre 18-49 år" and "Uføre 18-49 år, menn" would add them up. */
static behov_status look_for_headings(const build_file *file, const build_file_column *column, size_t d,
                                      const recipe_filter *filter, const recipe_choice *choice, behov_error *err)
{
    const build_dimension *dimension = &file->dimensions[d];
    const behov_recipe_texts *values = &filter->pair->values;
    bool is_heading = dimension->is_header_line || dimension->whole_codes || build_is_measure_name(dimension->name);
    for (size_t i = 0; is_heading && i < values->n; i++) {
        ptrdiff_t first = -1;
        if (values->all[i][0] == '!' || !strpbrk(values->all[i], "*?"))
            continue;
        for (size_t level = 0; level < dimension->n_levels; level++) {
            bool is_open = (ptrdiff_t)d != file->measure || file->takes_measure[level];
            if (!is_open || !choice->takes[level] || choice->is_named[level] ||
                !mask_takes(values->all[i], dimension, level))
                continue;
            if (first >= 0)
                return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_MASK_TWO, column->state->column->name,
                                       (unsigned long)filter->pair->line, behov_cut(values->all[i], 60).text,
                                       behov_cut(shown_level(dimension, (size_t)first), 80).text,
                                       behov_cut(shown_level(dimension, level), 80).text,
                                       behov_cut(dimension->name, 60).text);
            first = (ptrdiff_t)level;
        }
    }
    return BEHOV_OK;
}

static behov_status apply_filter(const build_file *file, build_file_column *column, size_t d, recipe_filter *filter,
                                 behov_error *err)
{
    const build_dimension *dimension = &file->dimensions[d];
    size_t n = dimension->n_levels;
    recipe_level *levels = malloc((n + 1) * sizeof *levels);
    recipe_choice choice = {.takes = column->takes[d] = calloc(n + 1, sizeof(bool)),
                            .is_named = calloc(n + 1, sizeof(bool)),
                            .is_out = calloc(n + 1, sizeof(bool))};
    behov_status status =
        levels && choice.takes && choice.is_named && choice.is_out ? BEHOV_OK : build_out_of_memory(err);
    for (size_t level = 0; level < n && !status; level++)
        levels[level] = (recipe_level){build_level_text(dimension, level), build_level_label(dimension, level)};
    if (!status) {
        recipe_filter_take(filter, levels, n, &choice);
        if (choice.straddling >= 0)
            status =
                behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_STRADDLES, column->state->column->name,
                                dimension->name, behov_cut(shown_level(dimension, (size_t)choice.straddling), 60).text,
                                (unsigned long)filter->pair->line);
    }
    if (!status && column->state->column->kind != BEHOV_RECIPE_PUBLISHED)
        status = look_for_totals(file, column, d, filter, &choice, err);
    if (!status && column->state->column->kind != BEHOV_RECIPE_PUBLISHED)
        status = look_for_headings(file, column, d, filter, &choice, err);
    free(levels), free(choice.is_named), free(choice.is_out);
    return status;
}

/* Whether a filter takes any level of a dimension. */
static behov_status takes_any(const build_dimension *dimension, const behov_recipe_pair *pair, bool *is_any,
                              behov_error *err)
{
    size_t n = dimension->n_levels;
    recipe_filter trial = {0};
    recipe_level *levels = malloc((n + 1) * sizeof *levels);
    recipe_choice choice = {.takes = calloc(n + 1, sizeof(bool)),
                            .is_named = calloc(n + 1, sizeof(bool)),
                            .is_out = calloc(n + 1, sizeof(bool))};
    behov_status status =
        levels && choice.takes && choice.is_named && choice.is_out ? BEHOV_OK : build_out_of_memory(err);
    if (!status)
        status = recipe_filter_new(pair, &trial, err);
    for (size_t level = 0; level < n && !status; level++)
        levels[level] = (recipe_level){build_level_text(dimension, level), build_level_label(dimension, level)};
    if (!status)
        recipe_filter_take(&trial, levels, n, &choice);
    *is_any = false;
    for (size_t level = 0; level < n && !status; level++)
        *is_any |= choice.takes[level];
    if (trial.pair)
        recipe_filter_free(&trial);
    free(levels), free(choice.takes), free(choice.is_named), free(choice.is_out);
    return status;
}

/* The dimension that a filter is about: of those that it names the first that it takes anything of; where it takes of no
 * line of the header, all its lines together. The number of dimensions when the file has none that it names. */
static behov_status find_filtered(const build_file *file, const behov_recipe_pair *pair, size_t *found,
                                  behov_error *err)
{
    bool is_any = false, names_header = false;
    behov_status status = BEHOV_OK;
    *found = file->n_dimensions;
    for (size_t i = 0; i < pair->names.n; i++)
        names_header |= is_header_name(pair->names.all[i]);
    for (size_t d = 0; d < file->n_dimensions && !is_any && !status; d++) {
        const build_dimension *dimension = &file->dimensions[d];
        if (!(dimension->whole_codes ? names_header : is_among(&pair->names, dimension->name)))
            continue;
        if (!(status = takes_any(dimension, pair, &is_any, err)) && (is_any || *found == file->n_dimensions))
            *found = d;
    }
    return status;
}

static behov_status open_filter(const build_file *file, build_file_column *column, size_t position, const char *place,
                                behov_error *err)
{
    recipe_filter *filter = &column->state->filters[position];
    size_t d;
    behov_status status = find_filtered(file, filter->pair, &d, err);
    if (status)
        return status;
    if (d == file->n_dimensions)
        return say_no_dimension(file, column->state->column, filter->pair, place, err);
    if (file->dimensions[d].whole_codes) { /* its lines are chosen by it */
        for (size_t other = 0; other < file->n_dimensions; other++)
            if (file->dimensions[other].is_header_line)
                column->uses[other] = BUILD_PASSED_OVER;
        column->uses[d] = BUILD_SINGLE;
    }
    status = apply_filter(file, column, d, filter, err);
    if (status)
        return status;
    if (column->uses[d] == BUILD_SINGLE && column->state->column->kind != BEHOV_RECIPE_PUBLISHED)
        column->uses[d] = BUILD_PART;
    column->has_mask[d] |= recipe_filter_open_range(filter->pair) != NULL; /* its totals are looked for alike */
    for (size_t i = 0; i < filter->pair->values.n; i++)
        column->has_mask[d] |= filter->pair->values.all[i][0] != '!' && strpbrk(filter->pair->values.all[i], "*?");
    return BEHOV_OK;
}

/* Which dimensions tell parts apart, as a text: two files whose texts differ cannot give parts of one sum. */
static behov_status intern_signature(const build_file *file, build_file_column *column, behov_error *err)
{
    char text[2000] = "";
    size_t length = 0;
    for (size_t d = 0; d < file->n_dimensions && length < sizeof text - 1; d++) {
        const char *name = file->dimensions[d].name;
        if (column->uses[d] != BUILD_PART)
            continue;
        for (size_t i = 0; i < column->state->column->filters.n; i++)
            if (is_among(&column->state->column->filters.all[i].names, name))
                name = column->state->column->filters.all[i].names.all[0];
        int n = snprintf(text + length, sizeof text - length, "%s\n", name);
        length += n > 0 ? (size_t)n : 0;
    }
    behov_status status =
        behov_dictionary_intern(column->state->signatures, text, strlen(text), &column->signature, err);
    if (!status)
        column->state->file_signatures[file->position] = column->signature;
    return status;
}

behov_status build_file_column_open(behov_panel_builder *builder, const build_file *file, size_t position,
                                    build_file_column *column, behov_error *err)
{
    size_t n = file->n_dimensions + 1;
    column->state = &builder->columns[position];
    column->position = position;
    const behov_recipe_column *recipe_column = column->state->column;
    column->uses = calloc(n, sizeof *column->uses);
    column->is_summed = calloc(n, sizeof *column->is_summed);
    column->takes = calloc(n, sizeof *column->takes);
    column->first_level = malloc(n * sizeof *column->first_level);
    column->year_levels = malloc(n * builder->n_years * sizeof *column->year_levels);
    column->level_sums = calloc(n, sizeof *column->level_sums);
    column->has_mask = calloc(n, sizeof *column->has_mask);
    if (!column->uses || !column->is_summed || !column->takes || !column->first_level || !column->year_levels ||
        !column->level_sums || !column->has_mask)
        return build_out_of_memory(err);
    for (size_t i = 0; i < n * builder->n_years; i++)
        column->year_levels[i] = -1;
    for (size_t d = 0; d < file->n_dimensions; d++) {
        column->first_level[d] = -1;
        bool is_known = (ptrdiff_t)d == file->region || (ptrdiff_t)d == file->year ||
                        file->dimensions[d].is_name_of_region || file->dimensions[d].whole_codes != NULL;
        bool is_summed = !is_known && is_among(&recipe_column->sums, file->dimensions[d].name);
        column->uses[d] = is_known ? BUILD_PASSED_OVER : is_summed ? BUILD_PART : BUILD_SINGLE;
        column->is_summed[d] = is_summed; /* a filter says whether all of it is */
    }
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < recipe_column->filters.n && !status; i++)
        status = open_filter(file, column, i, builder->recipe->sources[file->source].place, err);
    for (size_t d = 0; d < file->n_dimensions && !status; d++) {
        column->is_summed[d] = column->is_summed[d] && !column->takes[d];
        if ((column->is_summed[d] || column->has_mask[d]) &&
            !(column->level_sums[d] = calloc(file->dimensions[d].n_levels + 1, sizeof(double))))
            status = build_out_of_memory(err);
    }
    return status ? status : intern_signature(file, column, err);
}

void build_file_column_close(const build_file *file, build_file_column *column)
{
    for (size_t d = 0; column->takes && d < file->n_dimensions; d++)
        free(column->takes[d]);
    for (size_t d = 0; column->level_sums && d < file->n_dimensions; d++)
        free(column->level_sums[d]);
    free(column->year_levels);
    free(column->uses), free(column->is_summed), free(column->takes), free(column->first_level);
    free(column->level_sums), free(column->has_mask), free(column->keys), free(column->parts);
}

/* ---- parts --------------------------------------------------------------------------------------------------------- */

static bool more_parts(const behov_panel_builder *builder, build_column *state)
{
    size_t room = state->part_room ? 2 * state->part_room : 16;
    int32_t *signatures = realloc(state->part_signatures, room * sizeof *signatures);
    if (signatures)
        state->part_signatures = signatures;
    unsigned char **seen = realloc(state->seen, room * sizeof *seen);
    if (seen)
        state->seen = seen;
    size_t *sizes = realloc(state->seen_size, room * sizeof *sizes);
    if (sizes)
        state->seen_size = sizes;
    unsigned char *years = realloc(state->parts_years, room * builder->n_years);
    if (years)
        state->parts_years = years;
    uint32_t *open = realloc(state->part_open, room * sizeof *open);
    if (open)
        state->part_open = open;
    build_part_level **levels = realloc(state->part_levels, room * sizeof *levels);
    if (levels)
        state->part_levels = levels;
    if (!signatures || !seen || !sizes || !years || !open || !levels)
        return false;
    state->part_room = room;
    return true;
}

/* By which filters a row is an open group. */
static uint32_t find_open(const build_file *file, const build_file_column *column, size_t row)
{
    const behov_recipe_pairs *filters = &column->state->column->filters;
    uint32_t open = 0;
    for (size_t d = 0; d < file->n_dimensions; d++)
        for (size_t i = 0; column->takes[d] && i < filters->n && i < 32; i++) {
            size_t level = build_level_at(&file->dimensions[d], row);
            if (is_among(&filters->all[i].names, file->dimensions[d].name) &&
                recipe_level_is_open(build_level_text(&file->dimensions[d], level),
                                     build_level_label(&file->dimensions[d], level)))
                open |= (uint32_t)1 << i;
        }
    return open;
}

/* What the levels of a part stand for; a column of filters and sums of no dimension has none. */
static build_part_level *levels_of_part(const build_file *file, const build_file_column *column, size_t row)
{
    build_part_level *levels = malloc((file->n_dimensions + 1) * sizeof *levels);
    for (size_t d = 0, n = 0; levels && d < file->n_dimensions; d++) {
        if (column->uses[d] != BUILD_PART)
            continue;
        const build_dimension *dimension = &file->dimensions[d];
        size_t level = build_level_at(dimension, row);
        levels[n].is_numbered =
            age_span_of_level(build_level_text(dimension, level), build_level_label(dimension, level), &levels[n].span);
        n++;
    }
    return levels;
}

/* The part that a row's levels are, by a text of them: the same in every file that has the same dimensions. */
static behov_status intern_part(behov_panel_builder *builder, const build_file *file, build_file_column *column,
                                size_t row, int32_t *part, behov_error *err)
{
    build_column *state = column->state;
    char text[4000];
    size_t length = (size_t)snprintf(text, sizeof text, "%d\n", (int)column->signature);
    for (size_t d = 0; d < file->n_dimensions; d++) {
        if (column->uses[d] != BUILD_PART)
            continue;
        const char *level = build_level_text(&file->dimensions[d], build_level_at(&file->dimensions[d], row));
        int n = length < sizeof text - 1 ? snprintf(text + length, sizeof text - length, "%s\n", level ? level : "\x1F")
                                         : 0;
        length += n > 0 ? (size_t)n : 0;
    }
    behov_status status = behov_dictionary_intern(state->part_names, text, strlen(text), part, err);
    if (status || (size_t)*part < state->n_parts)
        return status;
    if (state->n_parts == state->part_room && !more_parts(builder, state))
        return build_out_of_memory(err);
    if (!(state->part_levels[*part] = levels_of_part(file, column, row)))
        return build_out_of_memory(err);
    state->part_signatures[*part] = column->signature;
    state->part_open[*part] = find_open(file, column, row);
    state->seen[*part] = NULL;
    state->seen_size[*part] = 0;
    memset(state->parts_years + (size_t)*part * builder->n_years, 0, builder->n_years);
    state->n_parts++;
    return BEHOV_OK;
}

static size_t slot_of(const build_file_column *column, uint64_t key)
{
    size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (column->key_room - 1);
    while (column->keys[slot] && column->keys[slot] != key)
        slot = (slot + 1) & (column->key_room - 1);
    return slot;
}

static bool more_keys(build_file_column *column)
{
    build_file_column larger = *column;
    larger.key_room = column->key_room ? 2 * column->key_room : 64;
    larger.keys = calloc(larger.key_room, sizeof *larger.keys);
    larger.parts = malloc(larger.key_room * sizeof *larger.parts);
    if (!larger.keys || !larger.parts) {
        free(larger.keys), free(larger.parts);
        return false;
    }
    for (size_t i = 0; i < column->key_room; i++)
        if (column->keys[i]) {
            size_t slot = slot_of(&larger, column->keys[i]);
            larger.keys[slot] = column->keys[i];
            larger.parts[slot] = column->parts[i];
        }
    free(column->keys), free(column->parts);
    *column = larger;
    return true;
}

/* The same by numbers of levels, so that a text is made once for each combination. */
static behov_status find_part(behov_panel_builder *builder, const build_file *file, build_file_column *column,
                              size_t row, int32_t *part, behov_error *err)
{
    uint64_t key = 0;
    for (size_t d = 0; d < file->n_dimensions; d++)
        if (column->uses[d] == BUILD_PART)
            key = key * (file->dimensions[d].n_levels + 1) + build_level_at(&file->dimensions[d], row);
    key++;
    if (2 * column->n_keys >= column->key_room && !more_keys(column))
        return build_out_of_memory(err);
    size_t slot = slot_of(column, key);
    if (column->keys[slot]) {
        *part = column->parts[slot];
        return BEHOV_OK;
    }
    behov_status status = intern_part(builder, file, column, row, part, err);
    if (!status) {
        column->keys[slot] = key;
        column->parts[slot] = *part;
        column->n_keys++;
    }
    return status;
}

/* Whether a part of a place and year has been there before; it is from now on. */
static behov_status note_part(const behov_panel_builder *builder, build_column *state, int32_t part,
                              const build_row *row, bool *was_there, behov_error *err)
{
    size_t bit = row->place * builder->n_years + row->year, size = bit / 8 + 1;
    if (size > state->seen_size[part]) {
        size_t room = size > 2 * state->seen_size[part] ? size : 2 * state->seen_size[part];
        unsigned char *larger = realloc(state->seen[part], room);
        if (!larger)
            return build_out_of_memory(err);
        memset(larger + state->seen_size[part], 0, room - state->seen_size[part]);
        state->seen[part] = larger;
        state->seen_size[part] = room;
    }
    unsigned char mask = (unsigned char)(1u << (bit % 8));
    *was_there = (state->seen[part][bit / 8] & mask) != 0;
    state->seen[part][bit / 8] |= mask;
    state->parts_years[(size_t)part * builder->n_years + row->year] = 1;
    return BEHOV_OK;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

static behov_status say_two_rows(const behov_panel_builder *builder, const build_file *file,
                                 const build_file_column *column, const build_row *row, const build_cell *cell,
                                 behov_error *err)
{
    char where[BEHOV_PLACE_SIZE], place[300];
    behov_table_where(file->table, row->row, -1, where);
    build_place_name(builder, row->place, row->year, place);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_TWO_ROWS, column->state->column->name,
                           behov_cut(place, 100).text, builder->first_year + (int)row->year,
                           build_where(builder, cell).text);
}

/* A dimension that nobody mentions, or that a published figure is chosen by, has one level. */
static behov_status look_at_single(const behov_panel_builder *builder, const build_file *file,
                                   build_file_column *column, const build_row *row, behov_error *err)
{
    for (size_t d = 0; d < file->n_dimensions; d++) {
        if (column->uses[d] != BUILD_SINGLE)
            continue;
        int32_t level = (int32_t)build_level_at(&file->dimensions[d], row->row);
        if (column->first_level[d] < 0)
            column->first_level[d] = level;
        if (column->first_level[d] == level)
            continue;
        char where[BEHOV_PLACE_SIZE], place[300];
        behov_table_where(file->table, row->row, -1, where);
        build_place_name(builder, row->place, row->year, place);
        const build_dimension *dimension = &file->dimensions[d];
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_SEVERAL_LEVELS, column->state->column->name,
                               behov_cut(place, 100).text, builder->first_year + (int)row->year,
                               behov_cut(dimension->name, 60).text,
                               behov_cut(shown_level(dimension, (size_t)column->first_level[d]), 60).text,
                               behov_cut(shown_level(dimension, (size_t)level), 60).text);
    }
    return BEHOV_OK;
}

static behov_status say_no_count(const behov_panel_builder *builder, const build_file *file,
                                 const build_file_column *column, const build_row *row, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE], place[300], figure[40];
    behov_table_where(file->table, row->row, -1, where);
    build_place_name(builder, row->place, row->year, place);
    snprintf(figure, sizeof figure, "%g", row->value);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_BUILD_NO_COUNT, column->state->column->name,
                           behov_cut(place, 100).text, builder->first_year + (int)row->year, figure);
}

bool build_file_column_is_of(const build_file_column *column, const build_file *file, size_t row)
{
    for (size_t d = 0; d < file->n_dimensions; d++)
        if (column->takes[d] && !column->takes[d][build_level_at(&file->dimensions[d], row)])
            return false;
    return true;
}

behov_status build_file_column_take(behov_panel_builder *builder, const build_file *file, build_file_column *column,
                                    const build_row *row, bool *is_used, behov_error *err)
{
    build_column *state = column->state;
    if (!build_column_has_year(state->column, builder->first_year + (int)row->year) ||
        !build_file_column_is_of(column, file, row->row))
        return BEHOV_OK;
    state->n_rows++;
    build_lone_note(builder, file, column, row);
    if (row->is_outside_life) { /* no part, unless another part of the cell is a figure */
        build_cell *cell = build_cell_at(builder, row->place, row->year, column->position);
        cell->mark_outside_life = cell->mark_outside_life ? cell->mark_outside_life : row->mark;
        return BEHOV_OK;
    }
    *is_used = true;
    int32_t part = 0;
    bool was_there = false;
    behov_status status = look_at_single(builder, file, column, row, err);
    if (!status)
        status = find_part(builder, file, column, row->row, &part, err);
    if (!status)
        status = note_part(builder, state, part, row, &was_there, err);
    if (status)
        return status;
    build_cell *cell = build_cell_at(builder, row->place, row->year, column->position);
    if (was_there || (cell->file && state->file_signatures[cell->file - 1] != state->file_signatures[file->position]))
        return say_two_rows(builder, file, column, row, cell, err);
    if (!cell->file) {
        cell->file = (uint16_t)(file->position + 1);
        cell->line = behov_table_line(file->table, row->row);
    }
    cell->n_parts++;
    if (row->mark) {
        cell->mark = cell->mark ? cell->mark : row->mark;
        return BEHOV_OK;
    }
    if (state->column->kind == BEHOV_RECIPE_COUNT && !(row->value >= 0 && row->value == floor(row->value)))
        return say_no_count(builder, file, column, row, err);
    cell->sum += row->value;
    cell->has_zero |= row->is_zero_mark;
    for (size_t d = 0; d < file->n_dimensions; d++)
        if (column->level_sums[d])
            column->level_sums[d][build_level_at(&file->dimensions[d], row->row)] += row->value;
    return BEHOV_OK;
}

behov_status build_file_column_check(const build_file *file, const build_file_column *column, behov_error *err)
{
    for (size_t d = 0; d < file->n_dimensions; d++) {
        const double *sums = column->level_sums[d];
        const build_dimension *dimension = &file->dimensions[d];
        double total = 0;
        size_t n_levels = 0;
        for (size_t level = 0; sums && level <= dimension->n_levels; level++) {
            total += sums[level];
            n_levels += sums[level] != 0;
        }
        for (size_t level = 0; sums && n_levels > 1 && level < dimension->n_levels; level++) {
            bool is_sum = n_levels > 2 && sums[level] > 0 && fabs(2 * sums[level] - total) <= 1e-9 * total;
            if (is_sum || (sums[level] != 0 && (build_is_called_total(build_level_text(dimension, level)) ||
                                                build_is_called_total(build_level_label(dimension, level)))))
                return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_TOTAL, column->state->column->name,
                                       behov_cut(dimension->name, 60).text,
                                       behov_cut(shown_level(dimension, level), 60).text);
        }
    }
    return BEHOV_OK;
}
