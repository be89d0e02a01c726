/* panel_build_measure.c - which measure (contents) of a file a source takes: thousand kroner, or kroner per inhabitant. */
#include <behov/phrase.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_build_column.h"

/* Dimensions that tell measures apart; those of other lines of a header do so only where one of them fits. */
static const char *const measure_names[] = {"ContentsCode",       "contents", "Contents", "statistikkvariabel",
                                            "Statistikkvariabel", "measure",  "variabel", "Variabel"};

/* "!*rutto*": a measure that none of the others may be. */
static bool is_excluded(const behov_recipe_texts *measures, const char *text)
{
    for (size_t i = 0; text && i < measures->n; i++)
        if (measures->all[i][0] == '!' && recipe_fits_mask(measures->all[i] + 1, text))
            return true;
    return false;
}

static bool fits(const behov_recipe_texts *measures, const char *text)
{
    for (size_t i = 0; text && i < measures->n; i++)
        if (strpbrk(measures->all[i], "*?") ? recipe_fits_mask(measures->all[i], text)
                                            : strcmp(measures->all[i], text) == 0)
            return true;
    return false;
}

bool build_is_measure_name(const char *name)
{
    for (size_t i = 0; i < sizeof measure_names / sizeof *measure_names; i++)
        if (strcmp(measure_names[i], name) == 0)
            return true;
    return false;
}

static behov_status say_other(const behov_recipe_source *source, const build_file *file,
                              const build_dimension *dimension, behov_error *err)
{
    char found[600] = "", wanted[300] = "";
    for (size_t i = 0; i < dimension->n_levels && i < 6; i++) {
        const char *label = build_level_label(dimension, i);
        size_t n = strlen(found);
        snprintf(found + n, sizeof found - n, "%s«%s»", i ? ", " : "",
                 behov_cut(label ? label : build_level_text(dimension, i), 80).text);
    }
    for (size_t i = 0; i < source->measure.n && i < 3; i++) {
        size_t n = strlen(wanted);
        snprintf(wanted + n, sizeof wanted - n, "%s«%s»", i ? " / " : "", behov_cut(source->measure.all[i], 80).text);
    }
    return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_OTHER_MEASURE, found, dimension->name, source->name,
                           wanted, behov_cut(source->place ? source->place : "", 200).text);
}

behov_status build_measure_open(const behov_recipe_source *source, build_file *file, behov_error *err)
{
    for (size_t d = 0; source->measure.n && d < file->n_dimensions; d++) {
        const build_dimension *dimension = &file->dimensions[d];
        bool is_header = strncmp(dimension->name, "header_", 7) == 0, is_there = false;
        if (!(is_header || build_is_measure_name(dimension->name)) || !dimension->n_levels)
            continue;
        bool *takes = calloc(dimension->n_levels + 1, sizeof *takes);
        if (!takes)
            return build_out_of_memory(err);
        for (size_t level = 0; level < dimension->n_levels; level++) {
            const char *text = build_level_text(dimension, level), *label = build_level_label(dimension, level);
            takes[level] = (fits(&source->measure, text) || fits(&source->measure, label)) &&
                           !is_excluded(&source->measure, text) && !is_excluded(&source->measure, label);
            is_there |= takes[level];
        }
        if (is_there) {
            file->measure = (ptrdiff_t)d;
            file->takes_measure = takes;
            return BEHOV_OK;
        }
        free(takes);
        if (!is_header)
            return say_other(source, file, dimension, err);
    }
    return BEHOV_OK;
}

bool build_measure_is_in(const behov_recipe_source *source, const char *title)
{
    if (is_excluded(&source->measure, title))
        return false;
    for (size_t i = 0; title && i < source->measure.n; i++)
        if (strpbrk(source->measure.all[i], "*?") ? recipe_fits_mask(source->measure.all[i], title)
                                                  : strstr(title, source->measure.all[i]) != NULL)
            return true;
    return false;
}

bool build_measure_takes(const build_file *file, size_t row)
{
    return file->measure < 0 || file->takes_measure[build_level_at(&file->dimensions[file->measure], row)];
}
