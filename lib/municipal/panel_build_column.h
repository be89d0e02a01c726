/* panel_build_column.h - a column of a recipe in one file: which rows it takes, and which part of a sum each of them is. */
#ifndef BEHOV_PANEL_BUILD_COLUMN_H
#define BEHOV_PANEL_BUILD_COLUMN_H

#include "panel_build_parts.h"

/* A column of a file that tells cells apart. A missing text is its last level, n_levels. */
typedef struct build_dimension {
    size_t column; /* of the table */
    const char *name;
    const int32_t *codes;
    const behov_dictionary *levels;
    const char **labels; /* of each level, NULL where there is none; NULL without labels */
    size_t n_levels;
    bool is_name_of_region;
    bool is_header_line;  /* a line of the header, or the contents that it is about */
    int32_t *whole_codes; /* of the dimension that is all of them together, "Uføre 18-49 år"; else NULL */
    behov_dictionary *whole_levels;
} build_dimension;

behov_status build_dimension_open(const behov_table *table, size_t column, ptrdiff_t label_column,
                                  build_dimension *dimension, behov_error *err);
/* All lines of the header as one: "Uføre" above "18-49 år". */
behov_status build_dimension_join(const build_dimension *dimensions, size_t n, size_t n_rows, build_dimension *whole,
                                  behov_error *err);
void build_dimension_close(build_dimension *dimension);
size_t build_level_at(const build_dimension *dimension, size_t row);
/* NULL for the missing one. */
const char *build_level_text(const build_dimension *dimension, size_t level);
const char *build_level_label(const build_dimension *dimension, size_t level);

typedef struct build_file {
    const char *name;
    const behov_table *table;
    size_t source, position; /* in the recipe; in builder->files */
    int name_year;           /* of its name, 0 = none */
    build_dimension *dimensions;
    size_t n_dimensions;
    ptrdiff_t measure;      /* the dimension that tells measures apart, -1 = none */
    bool *takes_measure;    /* of its levels */
    bool is_word_unsaid;    /* nor what the figures are, by the word of the recipe's source */
    bool is_measure_unsaid; /* the recipe names one, and neither a dimension nor the title says which the file has */
    ptrdiff_t region, year; /* of them; year -1 = the name's */
    const double *values;
    const int32_t *mark_codes;
    const behov_dictionary *mark_levels;
} build_file;

typedef struct build_row {
    size_t row, place, year;
    double value;
    uint8_t mark;         /* position + 1, 0 = a figure */
    bool is_outside_life; /* a mark under a code that was not in use */
    bool is_zero_mark;    /* a mark that the recipe takes for 0 */
} build_row;

/* What a dimension is to a column. */
typedef enum build_use {
    BUILD_PASSED_OVER = 0, /* region, year and the name of the region */
    BUILD_SINGLE,          /* one level may be left */
    BUILD_PART             /* its levels are parts of a sum */
} build_use;

typedef struct build_file_column {
    build_column *state;
    size_t position;      /* of the column in the recipe */
    build_use *uses;      /* of each dimension */
    bool *is_summed;      /* of each dimension: by `sum`, without a filter */
    bool **takes;         /* of each dimension: whether each level is taken; NULL = all are */
    int32_t *first_level; /* of each dimension: the first that a row had, -1 = none yet */
    int32_t *year_levels; /* dimensions x years: the level that rows have, -1 = none yet, -2 = several */
    bool *has_mask;       /* of each dimension: a filter of it takes by a mask */
    double **level_sums;  /* of each dimension that is summed or taken by a mask: figures by level */
    uint64_t *keys;       /* combinations of levels that were met, hashed: key + 1, 0 = free */
    int32_t *parts;       /* the part of each */
    size_t n_keys, key_room;
    int32_t signature;
} build_file_column;

behov_status build_file_column_open(behov_panel_builder *builder, const build_file *file, size_t position,
                                    build_file_column *column, behov_error *err);
/* Whether the filters of a column take a row. */
bool build_file_column_is_of(const build_file_column *column, const build_file *file, size_t row);
/* Adds the row to its cell where the column takes it; *is_used then. */
behov_status build_file_column_take(behov_panel_builder *builder, const build_file *file, build_file_column *column,
                                    const build_row *row, bool *is_used, behov_error *err);
/* After all rows: whether a level is the sum of the others. */
behov_status build_file_column_check(const build_file *file, const build_file_column *column, behov_error *err);
/* Which measure the file has, where the recipe's source names one. BEHOV_E_DATA when it is another. */
behov_status build_measure_open(const behov_recipe_source *source, build_file *file, behov_error *err);
/* Whether a title has one of the measures in it. */
bool build_measure_is_in(const behov_recipe_source *source, const char *title);
bool build_measure_takes(const build_file *file, size_t row);
/* BEHOV_E_DATA where the number of a file's table, by its title or its own word, is another than the source's. */
behov_status build_check_table(const behov_recipe_source *source, const char *file, const char *title,
                               const char *table_id, behov_error *err);
/* Whether the title of a file, or a level that may be taken, has a word in it. */
bool build_says(const build_file *file, const char *title, const char *word);
bool build_is_measure_name(const char *name);
/* "I alt", "0 Begge kjønn", "All ages": what a total is called. */
bool build_is_called_total(const char *text);
/* Notes the levels of a row that a column takes, in dimensions that no filter names. */
void build_lone_note(const behov_panel_builder *builder, const build_file *file, build_file_column *column,
                     const build_row *row);
/* After all rows of a file: what it had goes to the column's of all files. */
behov_status build_lone_keep(const behov_panel_builder *builder, const build_file *file,
                             const build_file_column *column, behov_error *err);
void build_file_column_close(const build_file *file, build_file_column *column);

#endif
