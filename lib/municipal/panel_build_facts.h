/* panel_build_facts.h - what a builder's cells are, and what is told of them. */
#ifndef BEHOV_PANEL_BUILD_FACTS_H
#define BEHOV_PANEL_BUILD_FACTS_H

#include "panel_build_parts.h"

typedef enum build_cell_state {
    BUILD_CELL_FIGURE = 0,
    BUILD_CELL_ABSENT,
    BUILD_CELL_MARKED,
    BUILD_CELL_INCOMPLETE
} build_cell_state;

/* The rows of the panel, by code and year. */
typedef struct build_rows {
    size_t *places, *years, n;
    size_t *also; /* position + 1 of a place whose figures are joined to the row's, 0 = none */
} build_rows;

/* The last answer of build_parts_expected, which is the same for most rows of a year. */
typedef struct build_expected {
    bool is_known;
    size_t column, year;
    int32_t signature;
    size_t n;
} build_expected;

bool build_is_first_of_name(const behov_recipe *recipe, size_t column);
/* Which of the columns of this one's name holds for a year, -1 when none does. */
ptrdiff_t build_source_of_year(const behov_panel_builder *builder, size_t column, size_t year);
/* Of how many parts the sums of a year are made, in files with the dimensions of this cell's. */
size_t build_parts_expected(const behov_panel_builder *builder, size_t column, const build_cell *cell, size_t year);
size_t build_expected_of(const behov_panel_builder *builder, build_expected *kept, size_t column, size_t place,
                         size_t year);
/* *value: the figure, or a missing one with its mark. */
build_cell_state build_look_at_cell(const behov_panel_builder *builder, size_t place, size_t year, size_t column,
                                    size_t n_expected, double *value);

/* After all files: BEHOV_E_DATA where one level of what is summed, or one sex, would stand for all. */
behov_status build_lone_check(const behov_panel_builder *builder, const build_column *state, behov_error *err);
/* Whether a fact is to be told of a lone level: once for all its years, the first of which is its own. */
bool build_lone_is_told(const build_column *state, size_t position, size_t *last_year);

/* Joins or drops rows of codes that stand for one municipality. BEHOV_E_DATA where both have a figure in one column. */
behov_status build_join_rows(const behov_panel_builder *builder, build_rows *rows, behov_error *err);
/* Fills out->column_years, and out->facts. */
behov_status build_count_columns(const behov_panel_builder *builder, const build_rows *rows, behov_panel_build *out,
                                 behov_error *err);
behov_status build_find_facts(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err);

#endif
