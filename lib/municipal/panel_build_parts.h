/* panel_build_parts.h - what the files of panel_build share: the cells of a panel while files are added. */
#ifndef BEHOV_PANEL_BUILD_PARTS_H
#define BEHOV_PANEL_BUILD_PARTS_H

#include <behov/panel_build.h>
#include <stdint.h>

#include "age_span.h"
#include "recipe_filter.h"

enum { BUILD_N_CODES = 10000 };

/* A municipality and year of a column. */
typedef struct build_cell {
    double sum;
    uint32_t n_parts, line;    /* rows that it is made of; the line of the first */
    uint16_t file;             /* position + 1 of the file that it comes from, 0 = no row */
    uint8_t mark;              /* position + 1 of the first mark among its parts, 0 = all are figures */
    uint8_t mark_outside_life; /* the same of parts that were left out because the code was not in use */
    bool has_zero;             /* a mark among its parts was taken for 0, as the recipe says */
} build_cell;

/* What a level of a part stands for, where it is numbers. */
typedef struct build_part_level {
    age_span span;
    bool is_numbered;
} build_part_level;

enum { BUILD_LEVEL_NAME = 520 };

/* What a column takes of a dimension that no filter of it names, in a year, over all files. */
typedef struct build_lone {
    char *dimension;
    char level[BUILD_LEVEL_NAME]; /* the one that there is */
    size_t year, file;            /* position of the first file */
    bool is_summed, is_sex;
    bool is_heading;  /* a measure or a line of the header */
    bool has_several; /* or one that is all of them: a total */
} build_lone;

/* A column of the recipe: which cells of its source it takes, over all files. A part is one combination of what is summed. */
typedef struct build_column {
    const behov_recipe_column *column;
    ptrdiff_t source;       /* -1 of a rate */
    size_t n_rows;          /* that it took */
    recipe_filter *filters; /* column->filters.n */
    behov_dictionary *part_names, *signatures;
    size_t n_parts, part_room;
    build_part_level **part_levels; /* of each part, in the order of its dimensions */
    uint32_t *part_open;            /* of each part: a bit for each filter by which it is an open group (105+) */
    int32_t *part_signatures;       /* of each part: the dimensions that it is told apart by */
    unsigned char **seen;           /* of each part: a bit for each place and year that has a row */
    size_t *seen_size;              /* bytes of it */
    unsigned char *parts_years;     /* parts x years: whether any place has it in that year */
    int32_t *file_signatures;       /* of each file, -1 = gives nothing */
    build_lone *lones;
    size_t n_lones;
} build_column;

/* A code that a municipality has had, or 9999. */
typedef struct build_place {
    char code[5];
    bool is_unknown; /* 9999 */
} build_place;

/* What a code of another year is in the year of a figure. */
typedef enum build_code_kind {
    BUILD_CODE_SAME = 0, /* one municipality, under this code or under another: its place is known */
    BUILD_CODE_TOGETHER, /* several municipalities together */
    BUILD_CODE_PART,     /* with others one municipality */
    BUILD_CODE_TANGLED   /* parts of several */
} build_code_kind;

/* A code of another year that is no single municipality in the year of its figures: its cells wait in a place of their own, for
 * the code may be another municipality's in that year. */
typedef struct build_waiting {
    size_t place, year; /* the place of a code and date, in all years */
    int code_date;
    build_code_kind kind;
} build_waiting;

/* What came of a cell that waited, and of codes that stood for others: facts. */
typedef struct build_told {
    behov_build_fact_kind kind;
    size_t place, year, column, stands_for; /* column: of the recipe, or its n_columns */
    double figure;
} build_told;

struct behov_panel_builder {
    const behov_recipe *recipe;
    const behov_municipality_history *history;
    behov_build_options options;
    int first_year;
    size_t n_years;
    build_column *columns;                /* recipe->n_columns */
    int32_t place_of_code[BUILD_N_CODES]; /* position + 1 */
    build_place *places;
    bool *is_alive;    /* places x years */
    build_cell *cells; /* places x years x columns */
    size_t n_places, place_room;
    char *marks[BEHOV_BUILD_MARKS];
    size_t n_marks;
    behov_build_file_count *files;
    size_t n_files;
    behov_dictionary *never_used; /* codes */
    build_waiting *waiting;
    build_told *told;
    size_t n_waiting, n_told;
};

behov_status build_out_of_memory(behov_error *err);
/* The position of a four-digit code, made when it is new. */
behov_status build_find_place(behov_panel_builder *builder, const char *code, bool is_unknown, size_t *place,
                              behov_error *err);
/* One more place, which no code leads to: figures wait there. */
behov_status build_add_place(behov_panel_builder *builder, const char *code, bool is_unknown, size_t *place,
                             behov_error *err);
build_cell *build_cell_at(const behov_panel_builder *builder, size_t place, size_t year, size_t column);
/* "file.csv, line 7" of a cell that a file gave something to; the file alone where it has no lines. */
behov_said build_where(const behov_panel_builder *builder, const build_cell *cell);
/* "0301 Oslo" of a place in a year, by the history; the code alone where it has no name. */
void build_place_name(const behov_panel_builder *builder, size_t place, size_t year, char name[300]);
/* The position + 1 of a mark, made when it is new; 0 without memory. */
uint8_t build_find_mark(behov_panel_builder *builder, const char *mark);
/* The mark of a cell, position + 1; 0 = it is a figure. */
static inline uint8_t build_cell_mark(const build_cell *cell)
{
    return cell->mark ? cell->mark : cell->mark_outside_life;
}
/* BEHOV_E_DATA where two parts of a sum overlap, in the same municipality and year: 16-18 beside 17. */
behov_status build_check_overlaps(const behov_panel_builder *builder, size_t column, behov_error *err);
/* What a code of 1 January of a year is in the year of a figure, at a distance of `shift` years; *place: of the code that it
 * had then, or one where it waits. */
behov_status build_read_code(behov_panel_builder *builder, const char *code, size_t year, int shift, size_t *place,
                             build_code_kind *kind, behov_error *err);
/* One more fact of a cell. */
behov_status build_tell(behov_panel_builder *builder, build_told told, behov_error *err);
/* After all files: the cells that waited go to the municipalities of the year, or are left out and told. BEHOV_E_DATA where
 * a split is to be refused, or a municipality has a figure of its own too. */
behov_status build_settle_codes(behov_panel_builder *builder, behov_error *err);
/* Whether a column of the recipe holds for a year. */
bool build_column_has_year(const behov_recipe_column *column, int year);

#endif
