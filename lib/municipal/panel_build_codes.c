/* panel_build_codes.c - figures under the codes of another year: the ministry's tables for a year of reform have the figures
 * of the year before under the new codes. What was only renumbered goes to its own code of the year when it is read. The
 * rest waits under the code it has until all files are there: a figure of several municipalities together is never
 * divided, but stands for their merger where the panel merges them; counts of the parts of one are summed when all are
 * there; an index of a part is nobody's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_build_facts.h"
#include "panel_build_parts.h"

behov_status build_tell(behov_panel_builder *builder, build_told told, behov_error *err)
{
    size_t n = builder->n_told;
    if ((n & (n - 1)) == 0) {
        build_told *larger = realloc(builder->told, (n ? 2 * n : 1) * sizeof *larger);
        if (!larger)
            return build_out_of_memory(err);
        builder->told = larger;
    }
    builder->told[builder->n_told++] = told;
    return BEHOV_OK;
}

/* ---- what a code means --------------------------------------------------------------------------------------------- */

/* The municipalities of `date` that the code of `code_date` is made of, or part of; none where nobody has the code then. */
static behov_status follow(const behov_panel_builder *builder, const char *code, int code_date, int date,
                           behov_variant_list *list, behov_error *err)
{
    ptrdiff_t variant = behov_municipality_history_find(builder->history, code, code_date);
    *list = (behov_variant_list){0};
    return variant < 0 ? BEHOV_OK
                       : behov_municipality_history_follow(builder->history, (size_t)variant, date, list, err);
}

static const char *code_of(const behov_panel_builder *builder, size_t variant)
{
    return behov_municipality_history_variant(builder->history, variant).code;
}

/* How many codes of `code_date` a municipality of `date` has to do with. */
static behov_status count_back(const behov_panel_builder *builder, size_t variant, int date, int code_date, size_t *n,
                               behov_error *err)
{
    behov_variant_list list;
    behov_status status = follow(builder, code_of(builder, variant), date, code_date, &list, err);
    *n = list.n;
    free(list.all);
    return status;
}

static behov_status find_kind(const behov_panel_builder *builder, const behov_variant_list *met, int date,
                              int code_date, build_code_kind *kind, behov_error *err)
{
    size_t most = 0, n = 0;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < met->n && !status; i++) {
        status = count_back(builder, met->all[i], date, code_date, &n, err);
        most = n > most ? n : most;
    }
    *kind = most <= 1 ? (met->n > 1 ? BUILD_CODE_TOGETHER : BUILD_CODE_SAME)
                      : (met->n > 1 ? BUILD_CODE_TANGLED : BUILD_CODE_PART);
    if (status || *kind != BUILD_CODE_PART)
        return status;
    /* The parts of one municipality are its own alone, or it is no sum of them. */
    behov_variant_list parts;
    status = follow(builder, code_of(builder, met->all[0]), date, code_date, &parts, err);
    for (size_t i = 0; i < parts.n && !status; i++) {
        status = count_back(builder, parts.all[i], code_date, date, &n, err);
        if (n > 1)
            *kind = BUILD_CODE_TANGLED;
    }
    free(parts.all);
    return status;
}

/* The place where figures of a code of a date wait, -1 = none does. */
static ptrdiff_t find_waiting_place(const behov_panel_builder *builder, const char *code, int code_date)
{
    for (size_t i = 0; i < builder->n_waiting; i++)
        if (builder->waiting[i].code_date == code_date &&
            strcmp(builder->places[builder->waiting[i].place].code, code) == 0)
            return (ptrdiff_t)builder->waiting[i].place;
    return -1;
}

static behov_status wait(behov_panel_builder *builder, const char *code, build_waiting waiting, size_t *place,
                         behov_error *err)
{
    ptrdiff_t found = find_waiting_place(builder, code, waiting.code_date);
    behov_status status = found < 0 ? build_add_place(builder, code, false, place, err) : BEHOV_OK;
    if (status)
        return status;
    waiting.place = *place = found < 0 ? *place : (size_t)found;
    for (size_t i = 0; i < builder->n_waiting; i++)
        if (builder->waiting[i].place == waiting.place && builder->waiting[i].year == waiting.year)
            return BEHOV_OK;
    build_waiting *larger = realloc(builder->waiting, (builder->n_waiting + 1) * sizeof *larger);
    if (!larger)
        return build_out_of_memory(err);
    builder->waiting = larger;
    larger[builder->n_waiting++] = waiting;
    return BEHOV_OK;
}

behov_status build_read_code(behov_panel_builder *builder, const char *code, size_t year, int shift, size_t *place,
                             build_code_kind *kind, behov_error *err)
{
    int date = behov_municipality_history_date(builder->first_year + (int)year),
        code_date = behov_municipality_history_date(builder->first_year + (int)year + shift);
    behov_variant_list met;
    behov_status status = follow(builder, code, code_date, date, &met, err);
    *kind = BUILD_CODE_SAME;
    if (!status && met.n)
        status = find_kind(builder, &met, date, code_date, kind, err);
    if (!status && *kind)
        status = wait(builder, code, (build_waiting){.year = year, .code_date = code_date, .kind = *kind}, place, err);
    else if (!status) /* a code that nobody has on its date is what it is in the year */
        status = build_find_place(builder, met.n ? code_of(builder, met.all[0]) : code, false, place, err);
    free(met.all);
    return status;
}

/* ---- where the cells go -------------------------------------------------------------------------------------------- */

typedef struct settling {
    behov_panel_builder *builder;
    size_t column;
    const build_waiting *waiting;
    int date;
    behov_variant_list met; /* municipalities of the year */
    behov_error *err;
} settling;

static build_cell *own_cell(const settling *settling)
{
    return build_cell_at(settling->builder, settling->waiting->place, settling->waiting->year, settling->column);
}

/* Whether a cell is the whole of its sum, without a mark; *figure then. */
static bool is_whole(const behov_panel_builder *builder, size_t column, const build_cell *cell, size_t year,
                     double *figure)
{
    *figure = NAN;
    if (!cell->file || build_cell_mark(cell) || cell->n_parts < build_parts_expected(builder, column, cell, year))
        return false;
    *figure = cell->sum * builder->recipe->columns[column].scale;
    return true;
}

/* Tells what came of a cell, and empties it. */
static behov_status leave(const settling *settling, size_t place, behov_build_fact_kind kind)
{
    behov_panel_builder *builder = settling->builder;
    build_cell *cell = build_cell_at(builder, place, settling->waiting->year, settling->column);
    build_told told = {.kind = kind, .place = place, .year = settling->waiting->year, .column = settling->column};
    is_whole(builder, settling->column, cell, told.year, &told.figure);
    *cell = (build_cell){0};
    return build_tell(builder, told, settling->err);
}

behov_said build_where(const behov_panel_builder *builder, const build_cell *cell)
{
    const char *name = builder->files[cell->file - 1].name;
    return cell->line ? behov_phrase(SAY_BUILD_WHERE_LINE, behov_cut(name, 120).text, (unsigned long)cell->line)
                      : behov_phrase(SAY_MESSAGE, behov_cut(name, 120).text);
}

/* The municipality has a row of its own in the same column. */
static behov_status say_both(const settling *settling, const build_cell *cell, size_t place)
{
    const behov_panel_builder *builder = settling->builder;
    const build_cell *other = build_cell_at(builder, place, settling->waiting->year, settling->column);
    char name[300];
    build_place_name(builder, place, settling->waiting->year, name);
    return behov_error_say(settling->err, BEHOV_E_DATA, build_where(builder, cell).text, SAY_BUILD_TWO_ROWS,
                           builder->recipe->columns[settling->column].name, behov_cut(name, 100).text,
                           builder->first_year + (int)settling->waiting->year, build_where(builder, other).text);
}

static behov_status place_of(const settling *settling, size_t i, size_t *place)
{
    return build_find_place(settling->builder, code_of(settling->builder, settling->met.all[i]), false, place,
                            settling->err);
}

static behov_status put(const settling *settling, size_t i, const build_cell *cell)
{
    size_t place;
    behov_status status = place_of(settling, i, &place); /* moves the cells */
    if (status)
        return status;
    build_cell *target = build_cell_at(settling->builder, place, settling->waiting->year, settling->column);
    if (target->file)
        return say_both(settling, cell, place);
    *target = *cell;
    return BEHOV_OK;
}

/* Whether the panel makes one municipality of all that a figure stands for. */
static behov_status merges_them(const settling *settling, bool *is_one)
{
    const behov_panel_builder *builder = settling->builder;
    int date = behov_municipality_history_date(builder->options.municipalities);
    ptrdiff_t common = -1;
    behov_status status = BEHOV_OK;
    *is_one = builder->options.municipalities != 0;
    for (size_t i = 0; i < settling->met.n && *is_one && !status; i++) {
        behov_variant_list list = {0};
        status = behov_municipality_history_follow(builder->history, settling->met.all[i], date, &list, settling->err);
        *is_one = !status && list.n == 1 && (common < 0 || common == (ptrdiff_t)list.all[0]);
        common = list.n ? (ptrdiff_t)list.all[0] : -1;
        free(list.all);
    }
    return status;
}

/* Each gets the published figure, whose mean is itself; of a count the first gets all, and the sum of them is right. */
static behov_status settle_together(const settling *settling)
{
    bool is_one;
    const bool is_published = settling->builder->recipe->columns[settling->column].kind == BEHOV_RECIPE_PUBLISHED;
    behov_status status = merges_them(settling, &is_one);
    build_cell cell = *own_cell(settling);
    for (size_t i = 0; is_one && i < settling->met.n && !status; i++) {
        status = put(settling, i, &cell);
        cell.sum = is_published ? cell.sum : 0;
    }
    return status ? status
                  : leave(settling, settling->waiting->place,
                          is_one ? BEHOV_BUILD_FACT_MERGED : BEHOV_BUILD_FACT_TOGETHER);
}

static behov_status settle_split(const settling *settling)
{
    const behov_panel_builder *builder = settling->builder;
    const build_cell *cell = own_cell(settling);
    if (builder->options.splits != BEHOV_SPLITS_REFUSED)
        return leave(settling, settling->waiting->place, BEHOV_BUILD_FACT_SPLIT);
    char own[300], other[300];
    build_place_name(builder, settling->waiting->place, settling->waiting->year, own);
    behov_municipality_variant meant = behov_municipality_history_variant(builder->history, settling->met.all[0]);
    snprintf(other, sizeof other, "%s %s", meant.code, meant.name);
    return behov_error_say(settling->err, BEHOV_E_DATA, build_where(builder, cell).text, SAY_BUILD_CODE_SPLIT,
                           builder->recipe->columns[settling->column].name, behov_cut(own, 100).text,
                           settling->waiting->code_date / 10000, behov_cut(other, 100).text,
                           builder->first_year + (int)settling->waiting->year);
}

/* The parts of the municipality that met[0] is: summed when each is a figure and a count or an amount. */
static behov_status settle_part(const settling *settling)
{
    behov_panel_builder *builder = settling->builder;
    size_t year = settling->waiting->year, *places = NULL;
    build_cell sum = {0};
    double figure;
    behov_variant_list parts = {0};
    bool is_sum = builder->recipe->columns[settling->column].kind != BEHOV_RECIPE_PUBLISHED;
    behov_status status = follow(builder, code_of(builder, settling->met.all[0]), settling->date,
                                 settling->waiting->code_date, &parts, settling->err);
    if (!status && !(places = malloc((parts.n + 1) * sizeof *places)))
        status = build_out_of_memory(settling->err);
    for (size_t i = 0; i < parts.n && !status && is_sum; i++) {
        ptrdiff_t place = find_waiting_place(builder, code_of(builder, parts.all[i]), settling->waiting->code_date);
        if (!(is_sum = place >= 0))
            break;
        places[i] = (size_t)place;
        const build_cell *cell = build_cell_at(builder, places[i], year, settling->column);
        is_sum = is_whole(builder, settling->column, cell, year, &figure);
        build_cell with = *cell;
        with.sum += sum.sum;
        with.has_zero |= sum.has_zero;
        sum = with;
    }
    if (!status && !is_sum)
        status = settle_split(settling);
    else if (!status)
        status = put(settling, 0, &sum);
    for (size_t i = 0; i < parts.n && !status && is_sum; i++)
        status = leave(settling, places[i], BEHOV_BUILD_FACT_SUMMED);
    free(places), free(parts.all);
    return status;
}

static behov_status settle_cell(settling *settling)
{
    const behov_panel_builder *builder = settling->builder;
    const behov_recipe_column *column = &builder->recipe->columns[settling->column];
    ptrdiff_t source = builder->columns[settling->column].source;
    int year = builder->first_year + (int)settling->waiting->year;
    if (source < 0 || !own_cell(settling)->file || !build_column_has_year(column, year) ||
        settling->waiting->code_date !=
            behov_municipality_history_date(year + builder->recipe->sources[source].code_year_shift))
        return BEHOV_OK;
    settling->date = behov_municipality_history_date(year);
    behov_status status = follow(builder, builder->places[settling->waiting->place].code, settling->waiting->code_date,
                                 settling->date, &settling->met, settling->err);
    if (!status)
        status = settling->waiting->kind == BUILD_CODE_TOGETHER ? settle_together(settling)
                 : settling->waiting->kind == BUILD_CODE_PART   ? settle_part(settling)
                                                                : settle_split(settling);
    free(settling->met.all);
    return status;
}

static int compare_waiting(const void *a, const void *b)
{
    const build_waiting *first = a, *second = b;
    if (first->year != second->year)
        return first->year < second->year ? -1 : 1;
    return (first->place > second->place) - (first->place < second->place);
}

behov_status build_settle_codes(behov_panel_builder *builder, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (builder->n_waiting)
        qsort(builder->waiting, builder->n_waiting, sizeof *builder->waiting, compare_waiting);
    for (size_t column = 0; column < builder->recipe->n_columns && !status; column++)
        for (size_t i = 0; i < builder->n_waiting && !status; i++) {
            settling settling = {.builder = builder, .column = column, .waiting = &builder->waiting[i], .err = err};
            status = settle_cell(&settling);
        }
    return status;
}
