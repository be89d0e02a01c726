/* panel_build_join.c - rows of two codes that stand for one municipality in one year, when a panel is merged: publishers go
 * over to a new code at different times. A row without any figure gives way; columns that different codes fill are joined
 * (each figure under a code that was not in use is told, panel_build_facts.c); the same column filled by both is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_build_facts.h"
#include "panel_build_parts.h"

typedef struct row_joining {
    const behov_panel_builder *builder;
    build_rows *rows;
    size_t *row_of; /* places x years: position + 1 */
    bool *is_gone;  /* rows */
    behov_error *err;
} row_joining;

static bool has_figure(const behov_panel_builder *builder, size_t place, size_t year, size_t column)
{
    double value;
    return build_column_has_year(&builder->recipe->columns[column], builder->first_year + (int)year) &&
           build_look_at_cell(builder, place, year, column, 0, &value) == BUILD_CELL_FIGURE;
}

static bool has_figures(const behov_panel_builder *builder, size_t place, size_t year)
{
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        if (has_figure(builder, place, year, column))
            return true;
    return false;
}

/* The same column has a figure under both codes. */
static behov_status say_both(const row_joining *joining, size_t column, size_t place, size_t other, size_t year)
{
    const behov_panel_builder *builder = joining->builder;
    const build_cell *cell = build_cell_at(builder, place, year, column),
                     *second = build_cell_at(builder, other, year, column);
    char name[300], other_name[300], both[700];
    build_place_name(builder, place, year, name);
    build_place_name(builder, other, year, other_name);
    snprintf(both, sizeof both, "%s / %s", behov_cut(name, 45).text, behov_cut(other_name, 45).text);
    return behov_error_say(joining->err, BEHOV_E_DATA, build_where(builder, cell).text, SAY_BUILD_TWO_ROWS,
                           builder->recipe->columns[column].name, behov_cut(both, 100).text,
                           builder->first_year + (int)year, build_where(builder, second).text);
}

/* A row under a code that was not in use, and that of a municipality that it stands for (alone, or with others). */
static behov_status join_pair(const row_joining *joining, size_t row, size_t other, bool is_alone)
{
    const behov_panel_builder *builder = joining->builder;
    size_t place = joining->rows->places[row], other_place = joining->rows->places[other],
           year = joining->rows->years[row];
    if (!has_figures(builder, place, year)) {
        joining->is_gone[row] = true;
        return BEHOV_OK;
    }
    if (!has_figures(builder, other_place, year)) {
        joining->is_gone[other] = true;
        return BEHOV_OK;
    }
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        if (has_figure(builder, place, year, column) && has_figure(builder, other_place, year, column))
            return say_both(joining, column, place, other_place, year);
    if (!is_alone || joining->rows->also[other])
        return BEHOV_OK; /* the merger says that both stand for one */
    joining->rows->also[other] = place + 1;
    joining->is_gone[row] = true;
    return BEHOV_OK;
}

static behov_status join_row(const row_joining *joining, size_t row)
{
    const behov_panel_builder *builder = joining->builder;
    size_t year = joining->rows->years[row];
    const char *code = builder->places[joining->rows->places[row]].code;
    int date = behov_municipality_history_date(builder->first_year + (int)year);
    if (behov_municipality_history_find(builder->history, code, date) >= 0)
        return BEHOV_OK;
    ptrdiff_t variant = behov_municipality_history_nearest(builder->history, code, date);
    behov_variant_list met = {0};
    behov_status status =
        variant < 0 ? BEHOV_OK
                    : behov_municipality_history_follow(builder->history, (size_t)variant, date, &met, joining->err);
    for (size_t i = 0; i < met.n && !status && !joining->is_gone[row]; i++) {
        const char *other_code = behov_municipality_history_variant(builder->history, met.all[i]).code;
        int32_t other_place = builder->place_of_code[strtol(other_code, NULL, 10)] - 1;
        size_t other = other_place < 0 ? 0 : joining->row_of[(size_t)other_place * builder->n_years + year];
        if (other && other - 1 != row && !joining->is_gone[other - 1])
            status = join_pair(joining, row, other - 1, met.n == 1);
    }
    free(met.all);
    return status;
}

behov_status build_join_rows(const behov_panel_builder *builder, build_rows *rows, behov_error *err)
{
    row_joining joining = {.builder = builder,
                           .rows = rows,
                           .row_of = calloc(builder->n_places * builder->n_years + 1, sizeof(size_t)),
                           .is_gone = calloc(rows->n + 1, sizeof(bool)),
                           .err = err};
    behov_status status = joining.row_of && joining.is_gone ? BEHOV_OK : build_out_of_memory(err);
    for (size_t i = 0; i < rows->n && !status; i++)
        joining.row_of[rows->places[i] * builder->n_years + rows->years[i]] = i + 1;
    for (size_t i = 0; i < rows->n && !status; i++)
        status = join_row(&joining, i);
    size_t n = 0;
    for (size_t i = 0; i < rows->n && !status; i++) {
        if (joining.is_gone[i])
            continue;
        rows->places[n] = rows->places[i];
        rows->years[n] = rows->years[i];
        rows->also[n++] = rows->also[i];
    }
    if (!status)
        rows->n = n;
    free(joining.row_of), free(joining.is_gone);
    return status;
}
