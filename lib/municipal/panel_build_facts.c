/* panel_build_facts.c - what is counted and told of a panel's cells: figures and gaps by column and year, municipalities that
 * are not there, figures that no municipality of the time has. */
#include "panel_build_facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- counts -------------------------------------------------------------------------------------------------------- */

static void count_cell(const behov_panel_builder *builder, const build_rows *rows, size_t i, size_t column,
                       build_expected *expected, behov_build_column_year *count)
{
    double value;
    ptrdiff_t twin = build_source_of_year(builder, column, rows->years[i]);
    count->n_rows++;
    if (twin < 0) {
        count->n_absent++;
        return;
    }
    size_t place = rows->places[i], year = rows->years[i],
           n = build_expected_of(builder, expected, (size_t)twin, place, year);
    switch (build_look_at_cell(builder, place, year, (size_t)twin, n, &value)) {
    case BUILD_CELL_FIGURE:
        count->n_figures++;
        count->n_zeros += build_cell_at(builder, place, year, (size_t)twin)->has_zero;
        count->sum += value;
        break;
    case BUILD_CELL_ABSENT: count->n_absent++; break;
    case BUILD_CELL_INCOMPLETE: count->n_incomplete++; break;
    case BUILD_CELL_MARKED:
        count->n_marked[build_cell_mark(build_cell_at(builder, place, year, (size_t)twin)) - 1]++;
        break;
    }
}

behov_status build_count_columns(const behov_panel_builder *builder, const build_rows *rows, behov_panel_build *out,
                                 behov_error *err)
{
    size_t n_years = builder->n_years, n_columns = builder->recipe->n_columns;
    out->column_years = calloc(n_columns * n_years + 1, sizeof *out->column_years);
    if (!out->column_years)
        return build_out_of_memory(err);
    for (size_t column = 0; column < n_columns; column++) {
        behov_recipe_kind kind = builder->recipe->columns[column].kind;
        if (kind == BEHOV_RECIPE_RATE || !build_is_first_of_name(builder->recipe, column))
            continue;
        behov_build_column_year *counts = &out->column_years[out->n_column_years];
        build_expected expected = {0};
        for (size_t year = 0; year < n_years; year++) {
            counts[year].column = column;
            counts[year].year = builder->first_year + (int)year;
        }
        for (size_t i = 0; i < rows->n; i++)
            count_cell(builder, rows, i, column, &expected, &counts[rows->years[i]]);
        for (size_t year = 0; year < n_years && kind == BEHOV_RECIPE_PUBLISHED; year++)
            counts[year].sum = NAN;
        out->n_column_years += n_years;
    }
    return BEHOV_OK;
}

/* ---- facts --------------------------------------------------------------------------------------------------------- */

static behov_status add_fact(behov_panel_build *out, behov_build_fact_kind kind, const char *subject,
                             const char *column, int first_year, int last_year, double figure, behov_error *err)
{
    behov_build_fact *larger = (out->n_facts & (out->n_facts - 1)) == 0
                                   ? realloc(out->facts, (out->n_facts ? 2 * out->n_facts : 1) * sizeof *larger)
                                   : out->facts;
    if (!larger)
        return build_out_of_memory(err);
    out->facts = larger;
    behov_build_fact *fact = &larger[out->n_facts];
    *fact = (behov_build_fact){.kind = kind,
                               .subject = strdup(subject),
                               .column = strdup(column),
                               .first_year = first_year,
                               .last_year = last_year,
                               .figure = figure};
    out->n_facts++;
    return fact->subject && fact->column ? BEHOV_OK : build_out_of_memory(err);
}

static behov_status find_no_source(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < builder->options.n_needed && !status; i++)
        if (behov_table_find(out->table, builder->options.needed[i]) < 0)
            status = add_fact(out, BEHOV_BUILD_FACT_NO_SOURCE, "", builder->options.needed[i], 0, 0, NAN, err);
    return status;
}

/* Whether a code is a municipality's on 1 January of each year: codes x years (malloc). */
static behov_status find_existing(const behov_panel_builder *builder, bool **is_there, behov_error *err)
{
    *is_there = calloc(BUILD_N_CODES * builder->n_years, sizeof **is_there);
    if (!*is_there)
        return build_out_of_memory(err);
    for (size_t i = 0; i < behov_municipality_history_n_variants(builder->history); i++) {
        behov_municipality_variant variant = behov_municipality_history_variant(builder->history, i);
        for (size_t year = 0; year < builder->n_years; year++) {
            int date = behov_municipality_history_date(builder->first_year + (int)year);
            if (variant.valid_from <= date && date < variant.valid_to)
                (*is_there)[(size_t)strtol(variant.code, NULL, 10) * builder->n_years + year] = true;
        }
    }
    return BEHOV_OK;
}

typedef struct gaps {
    const behov_panel_builder *builder;
    behov_panel_build *out;
    const bool *is_there; /* codes x years */
    size_t column;
    build_cell_state state; /* that is looked for */
    bool *has_file;         /* by year: whether any municipality has a row */
    behov_error *err;
} gaps;

static build_cell_state state_of(const gaps *gaps, size_t code, size_t year)
{
    const behov_panel_builder *builder = gaps->builder;
    ptrdiff_t twin = build_source_of_year(builder, gaps->column, year);
    int32_t place = builder->place_of_code[code] - 1;
    double value;
    if (twin < 0 || place < 0)
        return BUILD_CELL_ABSENT;
    const build_cell *cell = build_cell_at(builder, (size_t)place, year, (size_t)twin);
    size_t n = cell->file && gaps->state == BUILD_CELL_INCOMPLETE
                   ? build_parts_expected(builder, (size_t)twin, cell, year)
                   : 0;
    return build_look_at_cell(builder, (size_t)place, year, (size_t)twin, n, &value);
}

static bool is_gap(const gaps *gaps, size_t code, size_t year)
{
    return gaps->has_file[year] && gaps->is_there[code * gaps->builder->n_years + year] &&
           state_of(gaps, code, year) == gaps->state;
}

/* "0706 Sandefjord", of a code that the files may not have. */
static void name_code(const behov_panel_builder *builder, size_t code, size_t year, char name[300])
{
    char digits[5];
    snprintf(digits, sizeof digits, "%04u", (unsigned)(code % BUILD_N_CODES));
    ptrdiff_t variant = behov_municipality_history_find(
        builder->history, digits, behov_municipality_history_date(builder->first_year + (int)year));
    snprintf(name, 300, "%s %s", digits,
             variant < 0 ? "" : behov_municipality_history_variant(builder->history, (size_t)variant).name);
}

/* A fact for each run of years of a municipality. */
static behov_status tell_gaps(const gaps *gaps, behov_build_fact_kind kind)
{
    const behov_panel_builder *builder = gaps->builder;
    behov_status status = BEHOV_OK;
    for (size_t code = 0; code < BUILD_N_CODES && !status; code++)
        for (size_t year = 0; year < builder->n_years && !status; year++) {
            if (!is_gap(gaps, code, year))
                continue;
            char name[300];
            size_t first = year;
            name_code(builder, code, first, name);
            while (year + 1 < builder->n_years && is_gap(gaps, code, year + 1))
                year++;
            status = add_fact(gaps->out, kind, name, builder->recipe->columns[gaps->column].name,
                              builder->first_year + (int)first, builder->first_year + (int)year, NAN, gaps->err);
        }
    return status;
}

/* Years for which no municipality has a row. */
static behov_status tell_years(const gaps *gaps)
{
    const behov_panel_builder *builder = gaps->builder;
    behov_status status = BEHOV_OK;
    for (size_t year = 0; year < builder->n_years && !status; year++) {
        size_t first = year;
        if (gaps->has_file[year])
            continue;
        while (year + 1 < builder->n_years && !gaps->has_file[year + 1])
            year++;
        status = add_fact(gaps->out, BEHOV_BUILD_FACT_ABSENT, "", builder->recipe->columns[gaps->column].name,
                          builder->first_year + (int)first, builder->first_year + (int)year, NAN, gaps->err);
    }
    return status;
}

static behov_status find_gaps(const behov_panel_builder *builder, behov_panel_build *out, behov_build_fact_kind kind,
                              behov_error *err)
{
    bool *is_there = NULL, *has_file = malloc(builder->n_years * sizeof *has_file);
    behov_status status = has_file ? find_existing(builder, &is_there, err) : build_out_of_memory(err);
    for (size_t column = 0; column < builder->recipe->n_columns && !status; column++) {
        if (builder->recipe->columns[column].kind == BEHOV_RECIPE_RATE ||
            !build_is_first_of_name(builder->recipe, column))
            continue;
        gaps gaps = {builder, out, is_there, column, BUILD_CELL_ABSENT, has_file, err};
        for (size_t year = 0; year < builder->n_years; year++) {
            ptrdiff_t twin = build_source_of_year(builder, column, year);
            has_file[year] = false;
            for (size_t place = 0; place < builder->n_places && twin >= 0 && !has_file[year]; place++)
                has_file[year] =
                    !builder->places[place].is_unknown && build_cell_at(builder, place, year, (size_t)twin)->file != 0;
        }
        if (kind == BEHOV_BUILD_FACT_ABSENT)
            status = tell_years(&gaps);
        else
            gaps.state = BUILD_CELL_INCOMPLETE;
        if (!status)
            status = tell_gaps(&gaps, kind);
    }
    free(is_there), free(has_file);
    return status;
}

/* Figures of a code that no municipality had then, and what stands under 9999. */
static behov_status find_strays(const behov_panel_builder *builder, behov_panel_build *out, behov_build_fact_kind kind,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        for (size_t code = 0; code < BUILD_N_CODES; code++) {
            int32_t place = builder->place_of_code[code] - 1;
            if (place < 0 || builder->places[place].is_unknown != (kind == BEHOV_BUILD_FACT_UNKNOWN_PLACE))
                continue;
            for (size_t year = 0; year < builder->n_years && !status; year++) {
                const build_cell *cell = build_cell_at(builder, (size_t)place, year, column);
                if (!cell->file ||
                    (kind == BEHOV_BUILD_FACT_OUTSIDE_LIFE ? builder->is_alive[(size_t)place * builder->n_years + year]
                                                           : cell->mark && cell->sum == 0))
                    continue;
                char name[300];
                build_place_name(builder, (size_t)place, year, name);
                status = add_fact(out, kind, name, builder->recipe->columns[column].name,
                                  builder->first_year + (int)year, builder->first_year + (int)year,
                                  build_cell_mark(cell) && kind == BEHOV_BUILD_FACT_OUTSIDE_LIFE
                                      ? NAN
                                      : cell->sum * builder->recipe->columns[column].scale,
                                  err);
            }
        }
    return status;
}

static int compare_codes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static behov_status find_never_used(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    size_t n = behov_dictionary_count(builder->never_used);
    const char **codes = malloc((n + 1) * sizeof *codes);
    behov_status status = codes ? BEHOV_OK : build_out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        codes[i] = behov_dictionary_text(builder->never_used, (int32_t)i);
    if (!status && n > 1)
        qsort(codes, n, sizeof *codes, compare_codes);
    for (size_t i = 0; i < n && !status; i++)
        status = add_fact(out, BEHOV_BUILD_FACT_NEVER_USED, codes[i], "", 0, 0, NAN, err);
    free(codes);
    return status;
}

enum { FEWEST_COPIED = 5 };

/* A year of a column whose figures, where they are not 0, are those of the year before: figure = in how many. */
static behov_status find_copied(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        for (size_t year = 1; year < builder->n_years && !status; year++) {
            size_t n_both = 0, n_same = 0;
            for (size_t place = 0; place < builder->n_places; place++) {
                const build_cell *before = build_cell_at(builder, place, year - 1, column),
                                 *cell = build_cell_at(builder, place, year, column);
                if (builder->places[place].is_unknown || !before->file || !cell->file || before->mark || cell->mark ||
                    (before->sum == 0 && cell->sum == 0))
                    continue;
                n_both++;
                n_same += before->sum == cell->sum;
            }
            if (n_same >= FEWEST_COPIED && 10 * n_same >= 9 * n_both)
                status =
                    add_fact(out, BEHOV_BUILD_FACT_COPIED, "", builder->recipe->columns[column].name,
                             builder->first_year + (int)year, builder->first_year + (int)year, (double)n_same, err);
        }
    return status;
}

/* "3101 Halden", or "1903 Harstad → 1901 Harstad". */
static void name_told(const behov_panel_builder *builder, const build_told *told, char name[620])
{
    char own[300], other[300] = "";
    build_place_name(builder, told->place, told->year, own);
    if (told->kind == BEHOV_BUILD_FACT_RECODED)
        build_place_name(builder, told->stands_for, told->year, other);
    snprintf(name, 620, "%s%s%s", own, other[0] ? " → " : "", other);
}

static behov_status find_told(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int kind = BEHOV_BUILD_FACT_RECODED; kind < BEHOV_N_BUILD_FACTS; kind++)
        for (size_t i = 0; i < builder->n_told && !status; i++) {
            const build_told *told = &builder->told[i];
            if ((int)told->kind != kind)
                continue;
            char name[620];
            int year = builder->first_year + (int)told->year;
            name_told(builder, told, name);
            status =
                add_fact(out, told->kind, name,
                         told->column < builder->recipe->n_columns ? builder->recipe->columns[told->column].name : "",
                         year, year, told->figure, err);
        }
    return status;
}

/* Whether rows went by a rule of the recipe in any of its years. */
static bool was_used(const behov_panel_builder *builder, const behov_recipe_code *rule)
{
    for (size_t i = 0; i < builder->n_told; i++) {
        const build_told *told = &builder->told[i];
        int year = builder->first_year + (int)told->year;
        if (told->kind == BEHOV_BUILD_FACT_RECODED && rule->first_year <= year && year <= rule->last_year &&
            strcmp(builder->places[told->place].code, rule->code) == 0 &&
            strcmp(builder->places[told->stands_for].code, rule->stands_for) == 0)
            return true;
    }
    return false;
}

/* A code of the recipe that no row has, in years of the panel. */
static behov_status find_unused_codes(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    int first = builder->first_year, last = builder->first_year + (int)builder->n_years - 1;
    for (size_t i = 0; i < builder->recipe->n_sources; i++)
        for (size_t k = 0; k < builder->recipe->sources[i].codes.n && !status; k++) {
            const behov_recipe_code *rule = &builder->recipe->sources[i].codes.all[k];
            if (rule->last_year < first || rule->first_year > last || was_used(builder, rule))
                continue;
            char name[40];
            snprintf(name, sizeof name, "%s → %s", rule->code, rule->stands_for);
            status = add_fact(out, BEHOV_BUILD_FACT_CODE_UNUSED, name, "",
                              rule->first_year > first ? rule->first_year : first,
                              rule->last_year < last ? rule->last_year : last, NAN, err);
        }
    return status;
}

static behov_status find_lone_levels(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t column = 0; column < builder->recipe->n_columns; column++)
        for (size_t i = 0; i < builder->columns[column].n_lones && !status; i++) {
            const build_lone *lone = &builder->columns[column].lones[i];
            size_t last_year;
            char name[900];
            if (!build_lone_is_told(&builder->columns[column], i, &last_year))
                continue;
            snprintf(name, sizeof name, "%s = «%s»", behov_cut(lone->dimension, 100).text, lone->level);
            status = add_fact(out, BEHOV_BUILD_FACT_LONE_LEVEL, name, builder->recipe->columns[column].name,
                              builder->first_year + (int)lone->year, builder->first_year + (int)last_year, NAN, err);
        }
    return status;
}

/* Files that do not say what their figures are, and files that gave nothing. */
static behov_status find_files(const behov_panel_builder *builder, behov_panel_build *out, behov_build_fact_kind kind,
                               behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < builder->n_files && !status; i++) {
        const behov_build_file_count *count = &builder->files[i];
        const behov_recipe_source *source = &builder->recipe->sources[count->source];
        int year = count->name_year + source->year_shift - builder->first_year;
        bool is_of_panel = !count->name_year || (year >= 0 && year < (int)builder->n_years);
        bool is_told = kind == BEHOV_BUILD_FACT_FILE_UNUSED ? !count->n_used && is_of_panel
                                                            : count->is_word_unsaid || count->is_measure_unsaid;
        if (!is_told)
            continue;
        behov_excerpt name = behov_cut(count->name, 150);
        char subject[900];
        if (kind == BEHOV_BUILD_FACT_UNSAID)
            snprintf(subject, sizeof subject, "%s («%s»)", name.text,
                     behov_cut(count->is_word_unsaid ? source->says.all[0] : source->measure.all[0], 80).text);
        else
            snprintf(subject, sizeof subject, "%s", name.text);
        status = add_fact(out, kind, subject, "", 0, 0, NAN, err);
    }
    return status;
}

behov_status build_find_facts(const behov_panel_builder *builder, behov_panel_build *out, behov_error *err)
{
    behov_status status = find_no_source(builder, out, err);
    if (!status)
        status = find_gaps(builder, out, BEHOV_BUILD_FACT_ABSENT, err);
    if (!status)
        status = find_gaps(builder, out, BEHOV_BUILD_FACT_INCOMPLETE, err);
    if (!status)
        status = find_strays(builder, out, BEHOV_BUILD_FACT_OUTSIDE_LIFE, err);
    if (!status)
        status = find_strays(builder, out, BEHOV_BUILD_FACT_UNKNOWN_PLACE, err);
    if (!status)
        status = find_never_used(builder, out, err);
    if (!status)
        status = find_copied(builder, out, err);
    if (!status)
        status = find_told(builder, out, err);
    if (!status)
        status = find_unused_codes(builder, out, err);
    if (!status)
        status = find_lone_levels(builder, out, err);
    if (!status)
        status = find_files(builder, out, BEHOV_BUILD_FACT_UNSAID, err);
    return status ? status : find_files(builder, out, BEHOV_BUILD_FACT_FILE_UNUSED, err);
}
