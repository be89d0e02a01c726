/* panel_build_levels.c - what levels are called (a total, a sex), and dimensions of which the files have one level alone: a
 * part that would stand for all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "age_span.h"
#include "panel_build_column.h"
#include "panel_build_facts.h"

enum { NO_LEVEL = -1, SEVERAL_LEVELS = -2 };

/* ---- what a level is called ---------------------------------------------------------------------------------------- */

/* A text behind the code before it: "0 Begge kjønn". */
static const char *behind_code(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n && text[n] == ' ' ? text + n + strspn(text + n, " ") : text;
}

/* How many bytes of a text are a name, whatever the case of its letters (of ASCII); 0 = it does not begin with it. */
static size_t begins_with(const char *text, const char *name)
{
    size_t n = 0;
    for (; name[n]; n++) {
        char letter = text[n] >= 'A' && text[n] <= 'Z' ? (char)(text[n] - 'A' + 'a') : text[n];
        if (letter != name[n])
            return 0;
    }
    return n;
}

bool build_is_called_total(const char *text)
{
    static const char *const names[] = {"i alt",
                                        "alle",
                                        "total",
                                        "totalt",
                                        "begge kjønn",
                                        "begge",
                                        "both sexes",
                                        "both",
                                        "all",
                                        "sum",
                                        "ialt",
                                        "samlet",
                                        "menn og kvinner",
                                        "kvinner og menn",
                                        "både",
                                        "_t",
                                        "males and females",
                                        "men and women"};
    const char *behind = text ? text + strspn(text, "9") : NULL;
    if (text && behind - text >= 3 && (!*behind || *behind == ' ')) /* 999, as codes of all ages */
        return true;
    const char *own = text ? behind_code(text) : NULL;
    for (size_t i = 0; text && i < sizeof names / sizeof *names; i++) {
        size_t n = begins_with(own, names[i]);
        if (n && (!own[n] || own[n] == ' '))
            return true;
    }
    return false;
}

static bool is_called_sex(const char *text)
{
    static const char *const names[] = {"menn",   "mann",  "kvinner", "kvinne", "gutter", "gutt",
                                        "jenter", "jente", "male",    "males",  "female", "females",
                                        "men",    "man",   "women",   "woman",  "boys",   "girls"};
    const char *own = text ? behind_code(text) : NULL;
    for (size_t i = 0; text && i < sizeof names / sizeof *names; i++) {
        size_t n = begins_with(own, names[i]);
        if (n && !own[n])
            return true;
    }
    return false;
}

static bool is_sex_name(const char *dimension)
{
    static const char *const names[] = {"kjonn", "kjønn", "kjoenn", "sex", "gender"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (begins_with(dimension, names[i]) && !dimension[strlen(names[i])])
            return true;
    return false;
}

/* ---- dimensions with one level ------------------------------------------------------------------------------------- */

/* Whether a level is all there is of its dimension: a total, all ages, what the recipe itself asks the server for. */
static bool is_whole(const behov_recipe_source *source, const build_dimension *dimension, size_t level)
{
    const char *text = build_level_text(dimension, level), *label = build_level_label(dimension, level);
    age_span span;
    if (!text || build_is_called_total(text) || build_is_called_total(label))
        return true;
    if (age_span_of_level(text, label, &span) && span.low == 0 && span.high == AGE_SPAN_OPEN)
        return true;
    if (source->table && strcmp(source->table, text) == 0) /* a column of the table's own name */
        return true;
    for (size_t i = 0; i < source->selects.n; i++) {
        const behov_recipe_pair *pair = &source->selects.all[i];
        if (strcmp(pair->names.all[0], dimension->name) == 0 && pair->values.n == 1 &&
            strcmp(pair->values.all[0], text) == 0)
            return true;
    }
    return is_sex_name(dimension->name) && (strcmp(text, "0") == 0 || strcmp(text, "T") == 0);
}

/* "2 Kvinner", or the text alone. */
static void name_level(const build_dimension *dimension, size_t level, char name[BUILD_LEVEL_NAME])
{
    const char *text = build_level_text(dimension, level), *label = build_level_label(dimension, level);
    bool has_label = label && strcmp(label, text) != 0;
    snprintf(name, BUILD_LEVEL_NAME, "%s%s%s", behov_cut(text, 60).text, has_label ? " " : "",
             has_label ? behov_cut(label, 100).text : "");
}

void build_lone_note(const behov_panel_builder *builder, const build_file *file, build_file_column *column,
                     const build_row *row)
{
    if (!build_column_has_year(column->state->column, builder->first_year + (int)row->year) ||
        !build_file_column_is_of(column, file, row->row))
        return;
    for (size_t d = 0; d < file->n_dimensions; d++) {
        if (column->uses[d] == BUILD_PASSED_OVER || column->takes[d] || (ptrdiff_t)d == file->measure)
            continue;
        int32_t *known = &column->year_levels[d * builder->n_years + row->year],
                level = (int32_t)build_level_at(&file->dimensions[d], row->row);
        *known = *known == NO_LEVEL || *known == level ? level : SEVERAL_LEVELS;
    }
}

static ptrdiff_t find_lone(const build_column *state, const char *dimension, size_t year)
{
    for (size_t i = 0; i < state->n_lones; i++)
        if (state->lones[i].year == year && strcmp(state->lones[i].dimension, dimension) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static behov_status add_lone(build_column *state, build_lone lone, const char *dimension, behov_error *err)
{
    build_lone *larger = realloc(state->lones, (state->n_lones + 1) * sizeof *larger);
    if (!larger)
        return build_out_of_memory(err);
    state->lones = larger;
    if (!(lone.dimension = strdup(dimension)))
        return build_out_of_memory(err);
    larger[state->n_lones++] = lone;
    return BEHOV_OK;
}

behov_status build_lone_keep(const behov_panel_builder *builder, const build_file *file,
                             const build_file_column *column, behov_error *err)
{
    behov_status status = BEHOV_OK;
    const behov_recipe_source *source = &builder->recipe->sources[file->source];
    for (size_t d = 0; d < file->n_dimensions; d++)
        for (size_t year = 0; year < builder->n_years && !status; year++) {
            const build_dimension *dimension = &file->dimensions[d];
            int32_t level = column->year_levels[d * builder->n_years + year];
            if (level == NO_LEVEL)
                continue;
            build_lone lone = {.year = year, .file = file->position, .is_summed = column->is_summed[d]};
            lone.has_several = level == SEVERAL_LEVELS || is_whole(source, dimension, (size_t)level);
            if (level >= 0 && build_level_text(dimension, (size_t)level)) {
                const char *text = build_level_text(dimension, (size_t)level);
                name_level(dimension, (size_t)level, lone.level);
                lone.is_sex = is_sex_name(dimension->name) || is_called_sex(text) ||
                              is_called_sex(build_level_label(dimension, (size_t)level));
            }
            lone.is_heading = dimension->is_header_line || build_is_measure_name(dimension->name);
            ptrdiff_t known = find_lone(column->state, dimension->name, year);
            if (known < 0)
                status = add_lone(column->state, lone, dimension->name, err);
            else if (lone.has_several || strcmp(column->state->lones[known].level, lone.level) != 0)
                column->state->lones[known].has_several = true;
        }
    return status;
}

behov_status build_lone_check(const behov_panel_builder *builder, const build_column *state, behov_error *err)
{
    for (size_t i = 0; i < state->n_lones; i++) {
        const build_lone *lone = &state->lones[i];
        if (lone->has_several || !(lone->is_summed || lone->is_sex))
            continue;
        const char *file = builder->files[lone->file].name, *place = builder->recipe->sources[state->source].place;
        int year = builder->first_year + (int)lone->year;
        behov_excerpt dimension = behov_cut(lone->dimension, 60), advice = behov_cut(place ? place : "", 200);
        if (lone->is_summed)
            return behov_error_say(err, BEHOV_E_DATA, file, SAY_BUILD_LONE_PART, state->column->name, dimension.text,
                                   lone->level, year, dimension.text, lone->level, advice.text);
        return behov_error_say(err, BEHOV_E_DATA, file, SAY_BUILD_LONE_SEX, state->column->name, dimension.text,
                               lone->level, year, lone->level, advice.text);
    }
    return BEHOV_OK;
}

bool build_lone_is_told(const build_column *state, size_t position, size_t *last_year)
{
    const build_lone *own = &state->lones[position];
    *last_year = own->year;
    if (own->has_several || own->is_heading)
        return false;
    for (size_t i = 0; i < state->n_lones; i++) {
        const build_lone *other = &state->lones[i];
        if (other->has_several || strcmp(other->dimension, own->dimension) != 0 ||
            strcmp(other->level, own->level) != 0)
            continue;
        if (other->year < own->year)
            return false;
        *last_year = other->year > *last_year ? other->year : *last_year;
    }
    return true;
}
