/* panel_build_file.c - a file into the cells of a builder: which of its columns are which dimension, what a row's region and
 * year are, which columns of the recipe take it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_build_column.h"
#include "panel_build_parts.h"

/* What a row without a place in the panel is, by the level of its region or year: a reason, or IS_PLACE. */
enum { IS_PLACE = BEHOV_REGION_MUNICIPALITY };

/* A level of the region in a year. */
typedef struct file_region {
    size_t place;
    unsigned char reason;
    build_code_kind kind;
    bool is_renumbered;
    size_t rule; /* position + 1 of the recipe's `code` that it goes by, 0 = none */
} file_region;

typedef struct file_regions {
    size_t *places; /* of each level, and last of a missing one */
    unsigned char *reasons;
    file_region *by_year; /* levels x years of the panel, where codes are other years' or stand for others; else NULL */
    size_t *rule_rows;    /* rules x years: rows that went by them */
    bool *gives_way;      /* levels x years: nothing but `.`, and another code stands for it; else NULL */
} file_regions;

/* ---- dimensions ---------------------------------------------------------------------------------------------------- */

static const char *const usual_regions[] = {"Region",
                                            "region",
                                            "KOKkommuneregion0000",
                                            "Kommunenummer",
                                            "kommune_nr",
                                            "kommunenummer",
                                            "municipality_code",
                                            "kommune",
                                            "Kommune",
                                            "Kommunenr",
                                            "Kommunenr.",
                                            "Kommune nr.",
                                            "Kommune nr",
                                            "kkkk Navn",
                                            "kkkk",
                                            "Nr.",
                                            "Nr",
                                            "Knr",
                                            "Komm.nr.",
                                            "Kode"};
static const char *const usual_years[] = {"Tid", "year", "År", "år", "aar", "Aar", "Year", "ar"};

/* The first of some names that is a column of texts; -1 when none is. */
static ptrdiff_t find_dimension(const behov_table *table, const behov_recipe_texts *names, const char *const *usual,
                                size_t n_usual)
{
    for (size_t i = 0; i < (names->n ? names->n : n_usual); i++) {
        ptrdiff_t found = behov_table_find(table, names->n ? names->all[i] : usual[i]);
        if (found >= 0 && behov_table_kind(table, (size_t)found) == BEHOV_COLUMN_TEXT)
            return found;
    }
    return -1;
}

/* Names of a file, or of a list, separated by commas. */
static behov_excerpt join(const behov_recipe_texts *names)
{
    char list[400] = "-";
    for (size_t i = 0, length = 0; i < names->n && length + 3 < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "", names->all[i]);
    return behov_cut(list, 200);
}

static behov_status say_no_dimension(const build_file *file, bool is_year, const behov_recipe_texts *names,
                                     behov_error *err)
{
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(file->table, list);
    behov_excerpt named = join(names);
    return is_year ? behov_error_say(err, BEHOV_E_NAME, file->name, SAY_BUILD_NO_YEAR, named.text, list)
                   : behov_error_say(err, BEHOV_E_NAME, file->name, SAY_BUILD_NO_REGION, named.text, list);
}

/* ---- levels of region and year ------------------------------------------------------------------------------------- */

static behov_status read_region(behov_panel_builder *builder, const char *code, const char *label, size_t *place,
                                unsigned char *reason, behov_error *err)
{
    char digits[5];
    int32_t known;
    behov_region_kind kind = behov_region_read(code, label, digits);
    *reason = (unsigned char)kind;
    if (kind != BEHOV_REGION_MUNICIPALITY && kind != BEHOV_REGION_UNKNOWN)
        return BEHOV_OK;
    if (kind == BEHOV_REGION_UNKNOWN)
        return build_find_place(builder, "9999", true, place, err);
    if (behov_municipality_history_nearest(builder->history, digits,
                                           behov_municipality_history_date(builder->first_year)) >= 0)
        return build_find_place(builder, digits, false, place, err);
    *reason = behov_code_is_outside(digits) ? (unsigned char)BEHOV_REGION_OUTSIDE
                                            : (unsigned char)BEHOV_BUILD_CODE_NEVER_USED;
    return *reason == BEHOV_REGION_OUTSIDE ? BEHOV_OK
                                           : behov_dictionary_intern(builder->never_used, digits, 4, &known, err);
}

static behov_status read_regions(behov_panel_builder *builder, const build_file *file, file_regions *regions,
                                 behov_error *err)
{
    const build_dimension *dimension = &file->dimensions[file->region];
    size_t n = dimension->n_levels;
    regions->places = calloc(n + 1, sizeof *regions->places);
    regions->reasons = calloc(n + 1, 1);
    if (!regions->places || !regions->reasons)
        return build_out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++)
        status = read_region(builder, build_level_text(dimension, i), build_level_label(dimension, i),
                             &regions->places[i], &regions->reasons[i], err);
    regions->reasons[n] = BEHOV_REGION_NONE;
    return status;
}

/* The rule of the recipe for a code in a year, position + 1. */
static size_t find_rule(const behov_recipe_source *source, const char *code, int year)
{
    for (size_t i = 0; i < source->codes.n; i++)
        if (strcmp(source->codes.all[i].code, code) == 0 && source->codes.all[i].first_year <= year &&
            year <= source->codes.all[i].last_year)
            return i + 1;
    return 0;
}

static behov_status read_region_of_year(behov_panel_builder *builder, const build_file *file, size_t level, size_t year,
                                        file_region *region, behov_error *err)
{
    const behov_recipe_source *source = &builder->recipe->sources[file->source];
    const build_dimension *dimension = &file->dimensions[file->region];
    char digits[5];
    behov_region_kind kind =
        behov_region_read(build_level_text(dimension, level), build_level_label(dimension, level), digits);
    if (kind != BEHOV_REGION_MUNICIPALITY)
        return BEHOV_OK;
    region->rule = find_rule(source, digits, builder->first_year + (int)year);
    if (region->rule) {
        region->reason = IS_PLACE;
        return build_find_place(builder, source->codes.all[region->rule - 1].stands_for, false, &region->place, err);
    }
    if (region->reason != IS_PLACE || !source->code_year_shift)
        return BEHOV_OK;
    size_t own = region->place;
    behov_status status =
        build_read_code(builder, digits, year, source->code_year_shift, &region->place, &region->kind, err);
    region->is_renumbered = !region->kind && region->place != own;
    return status;
}

static behov_status read_regions_by_year(behov_panel_builder *builder, const build_file *file, file_regions *regions,
                                         behov_error *err)
{
    const behov_recipe_source *source = &builder->recipe->sources[file->source];
    size_t n = file->dimensions[file->region].n_levels, n_years = builder->n_years;
    if (!source->code_year_shift && !source->codes.n)
        return BEHOV_OK;
    regions->by_year = calloc((n + 1) * n_years, sizeof *regions->by_year);
    regions->rule_rows = calloc(source->codes.n * n_years + 1, sizeof *regions->rule_rows);
    if (!regions->by_year || !regions->rule_rows)
        return build_out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t level = 0; level <= n && !status; level++)
        for (size_t year = 0; year < n_years && !status; year++) {
            file_region *region = &regions->by_year[level * n_years + year];
            *region = (file_region){.place = regions->places[level], .reason = regions->reasons[level]};
            if (level < n)
                status = read_region_of_year(builder, file, level, year, region, err);
        }
    return status;
}

/* Rows that went by a rule, a fact for each rule and year. */
static behov_status tell_rules(behov_panel_builder *builder, const build_file *file, const file_regions *regions,
                               behov_error *err)
{
    const behov_recipe_codes *codes = &builder->recipe->sources[file->source].codes;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < codes->n && !status; i++)
        for (size_t year = 0; year < builder->n_years && !status; year++) {
            size_t n = regions->rule_rows[i * builder->n_years + year];
            build_told told = {.kind = BEHOV_BUILD_FACT_RECODED,
                               .year = year,
                               .column = builder->recipe->n_columns,
                               .figure = (double)n};
            if (n)
                status = build_find_place(builder, codes->all[i].code, false, &told.place, err);
            if (n && !status)
                status = build_find_place(builder, codes->all[i].stands_for, false, &told.stands_for, err);
            if (n && !status)
                status = build_tell(builder, told, err);
        }
    return status;
}

/* Positions among the years of the panel of each level; below 0: BEHOV_BUILD_NO_YEAR or BEHOV_BUILD_OTHER_YEAR. */
static behov_status read_years(const behov_panel_builder *builder, const build_file *file, int **years,
                               behov_error *err)
{
    size_t n = file->year < 0 ? 0 : file->dimensions[file->year].n_levels;
    int shift = builder->recipe->sources[file->source].year_shift;
    *years = malloc((n + 1) * sizeof **years);
    if (!*years)
        return build_out_of_memory(err);
    for (size_t i = 0; i <= n; i++) {
        const char *text = i < n ? build_level_text(&file->dimensions[file->year], i) : NULL;
        int year = file->year < 0 ? file->name_year : 0;
        if (text && strlen(text) == 4 && strspn(text, "0123456789") == 4)
            year = (int)strtol(text, NULL, 10);
        int position = year + shift - builder->first_year;
        (*years)[i] = !year                                               ? -(int)BEHOV_BUILD_NO_YEAR
                      : position < 0 || position >= (int)builder->n_years ? -(int)BEHOV_BUILD_OTHER_YEAR
                                                                          : position;
    }
    return BEHOV_OK;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

static const char *mark_of(const build_file *file, size_t row)
{
    if (file->mark_codes && file->mark_codes[row] >= 0)
        return behov_dictionary_text(file->mark_levels, file->mark_codes[row]);
    return behov_missing_key(behov_missing_of_number(file->values[row]));
}

static bool is_zero_mark(const behov_recipe_source *source, const char *mark)
{
    for (size_t i = 0; i < source->zeros.n; i++)
        if (strcmp(source->zeros.all[i], mark) == 0)
            return true;
    return false;
}

/* The figure of a row; 0 for a mark that the recipe takes for it. */
static void read_value(const behov_panel_builder *builder, const build_file *file, build_row *row)
{
    row->value = file->values[row->row];
    row->is_zero_mark =
        isnan(row->value) && is_zero_mark(&builder->recipe->sources[file->source], mark_of(file, row->row));
    if (row->is_zero_mark)
        row->value = 0;
}

static void count_row(const file_region *region, const build_row *row, const char *mark, size_t n_years,
                      const file_regions *regions, behov_build_file_count *count)
{
    count->n_used++;
    count->n_missing += mark != NULL;
    count->n_suppressed += mark && behov_build_mark_is_suppressed(mark);
    count->n_renumbered += region->is_renumbered;
    count->n_zeros += row->is_zero_mark;
    if (region->rule)
        regions->rule_rows[(region->rule - 1) * n_years + row->year]++;
}

static behov_status take_row(behov_panel_builder *builder, build_file *file, build_file_column *columns,
                             size_t n_columns, const file_regions *regions, const int *years, size_t row,
                             behov_error *err)
{
    behov_build_file_count *count = &builder->files[file->position];
    size_t level = build_level_at(&file->dimensions[file->region], row);
    size_t year_level = file->year < 0 ? 0 : build_level_at(&file->dimensions[file->year], row);
    int year = years[year_level];
    file_region region = {.place = regions->places[level], .reason = regions->reasons[level]};
    if (regions->by_year && year >= 0)
        region = regions->by_year[level * builder->n_years + (size_t)year];
    unsigned char reason = region.reason;
    if (reason != IS_PLACE && reason != BEHOV_REGION_UNKNOWN) {
        count->n_left_out[reason]++;
        return BEHOV_OK;
    }
    if (reason == IS_PLACE && !build_measure_takes(file, row)) {
        count->n_left_out[BEHOV_BUILD_NOT_ASKED_FOR]++;
        return BEHOV_OK;
    }
    if (year < 0) {
        count->n_left_out[reason != IS_PLACE ? (int)reason : -year]++;
        return BEHOV_OK;
    }
    if (regions->gives_way && regions->gives_way[level * builder->n_years + (size_t)year] && isnan(file->values[row]) &&
        strcmp(mark_of(file, row), ".") == 0) {
        count->n_left_out[BEHOV_BUILD_GAVE_WAY]++;
        return BEHOV_OK;
    }
    build_row known = {.row = row, .place = region.place, .year = (size_t)year};
    read_value(builder, file, &known);
    bool is_missing = isnan(known.value), is_used = false;
    if (reason == IS_PLACE && !region.kind && !builder->is_alive[known.place * builder->n_years + known.year] &&
        (is_missing || known.value == 0)) {
        count->n_left_out[BEHOV_BUILD_DID_NOT_EXIST]++;
        known.is_outside_life =
            true; /* a part that is hidden hides a sum that has figures; `.` says that there is none */
        if (!is_missing || strcmp(mark_of(file, row), ".") == 0) {
            for (size_t i = 0; i < n_columns; i++) /* the file has the part nevertheless */
                build_lone_note(builder, file, &columns[i], &known);
            return BEHOV_OK;
        }
    }
    const char *mark = is_missing ? mark_of(file, row) : NULL;
    if (is_missing && !(known.mark = build_find_mark(builder, mark)))
        return build_out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_columns && !status; i++)
        status = build_file_column_take(builder, file, &columns[i], &known, &is_used, err);
    if (known.is_outside_life)
        return status;
    if (reason != IS_PLACE || !is_used) {
        count->n_left_out[reason != IS_PLACE ? (int)reason : BEHOV_BUILD_NOT_ASKED_FOR]++;
        return status;
    }
    count_row(&region, &known, mark, builder->n_years, regions, count);
    return status;
}

/* Which codes have rows of `.` alone, of those that are taken, in years in which rows of another code stand for them: the
 * publisher's own word that the figure lies elsewhere. */
static behov_status find_giving_way(const behov_panel_builder *builder, const build_file *file,
                                    const build_file_column *columns, size_t n_columns, const int *years,
                                    file_regions *regions, behov_error *err)
{
    const behov_recipe_source *source = &builder->recipe->sources[file->source];
    const build_dimension *dimension = &file->dimensions[file->region];
    size_t n = dimension->n_levels, n_years = builder->n_years;
    if (!source->codes.n)
        return BEHOV_OK;
    bool *has_figure = calloc((n + 1) * n_years, sizeof *has_figure), *stands_for = calloc(BUILD_N_CODES * n_years, 1);
    regions->gives_way = calloc((n + 1) * n_years, sizeof *regions->gives_way);
    behov_status status = has_figure && stands_for && regions->gives_way ? BEHOV_OK : build_out_of_memory(err);
    for (size_t row = 0; row < behov_table_n_rows(file->table) && !status; row++) {
        int year = years[file->year < 0 ? 0 : build_level_at(&file->dimensions[file->year], row)];
        bool is_taken = false;
        for (size_t i = 0; i < n_columns && year >= 0 && build_measure_takes(file, row) && !is_taken; i++)
            is_taken = build_file_column_is_of(&columns[i], file, row);
        if (!is_taken)
            continue;
        size_t at = build_level_at(dimension, row) * n_years + (size_t)year, rule = regions->by_year[at].rule;
        has_figure[at] |= !isnan(file->values[row]) || strcmp(mark_of(file, row), ".") != 0;
        if (rule)
            stands_for[(size_t)strtol(source->codes.all[rule - 1].stands_for, NULL, 10) * n_years + (size_t)year] =
                true;
    }
    for (size_t level = 0; level < n && !status; level++) {
        char digits[5];
        if (behov_region_read(build_level_text(dimension, level), build_level_label(dimension, level), digits) !=
            BEHOV_REGION_MUNICIPALITY)
            continue;
        for (size_t year = 0; year < n_years; year++)
            regions->gives_way[level * n_years + year] =
                stands_for[(size_t)strtol(digits, NULL, 10) * n_years + year] && !has_figure[level * n_years + year] &&
                !regions->by_year[level * n_years + year].rule;
    }
    free(has_figure), free(stands_for);
    return status;
}

/* ---- a file -------------------------------------------------------------------------------------------------------- */

/* The columns of texts that are dimensions: neither mark nor the label of the one before it. */
static behov_status find_dimensions(build_file *file, behov_error *err)
{
    size_t n = behov_table_n_columns(file->table);
    file->dimensions = calloc(n + 1, sizeof *file->dimensions);
    if (!file->dimensions)
        return build_out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < n && !status; j++) {
        const char *name = behov_table_name(file->table, j);
        if (behov_table_kind(file->table, j) != BEHOV_COLUMN_TEXT || strcmp(name, "mark") == 0)
            continue;
        char label[300];
        snprintf(label, sizeof label, "%s_label", name);
        ptrdiff_t labels = behov_table_find(file->table, label);
        status = build_dimension_open(file->table, j, labels, &file->dimensions[file->n_dimensions++], err);
        if (labels == (ptrdiff_t)j + 1)
            j++;
    }
    size_t n_lines = 0;
    for (size_t d = 0; d < file->n_dimensions; d++)
        n_lines += file->dimensions[d].is_header_line;
    if (!status && n_lines > 1) {
        n = file->n_dimensions++;
        status = build_dimension_join(file->dimensions, n, behov_table_n_rows(file->table), &file->dimensions[n], err);
    }
    return status;
}

static ptrdiff_t dimension_of_column(const build_file *file, ptrdiff_t column)
{
    for (size_t i = 0; column >= 0 && i < file->n_dimensions; i++)
        if (file->dimensions[i].column == (size_t)column)
            return (ptrdiff_t)i;
    return -1;
}

/* How many levels of a dimension are codes of municipalities. */
static size_t count_municipalities(const build_dimension *dimension)
{
    size_t n = 0;
    char digits[5];
    for (size_t i = 0; i < dimension->n_levels; i++)
        n += behov_region_read(build_level_text(dimension, i), build_level_label(dimension, i), digits) ==
             BEHOV_REGION_MUNICIPALITY;
    return n;
}

static ptrdiff_t find_coded(const build_file *file, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t found = dimension_of_column(file, behov_table_find(file->table, names[i]));
        if (found >= 0 && count_municipalities(&file->dimensions[found]))
            return found;
    }
    return -1;
}

/* Among the names that the recipe gives, then those that are usual, the first that holds codes; where none does, the first
 * that is there, which take_rows refuses. */
static ptrdiff_t find_region(const build_file *file, const behov_recipe_source *source)
{
    size_t n_usual = sizeof usual_regions / sizeof *usual_regions;
    ptrdiff_t found = find_coded(file, (const char *const *)source->region.all, source->region.n);
    if (found < 0)
        found = find_coded(file, usual_regions, n_usual);
    return found >= 0 ? found
                      : dimension_of_column(file, find_dimension(file->table, &source->region, usual_regions, n_usual));
}

/* Whether each region has one level of a dimension. */
static bool is_by_region(const build_file *file, const build_dimension *dimension, size_t *first_levels)
{
    const build_dimension *region = &file->dimensions[file->region];
    for (size_t row = 0; row < behov_table_n_rows(file->table); row++) {
        size_t *first = &first_levels[build_level_at(region, row)], level = build_level_at(dimension, row) + 1;
        if (*first && *first != level)
            return false;
        *first = level;
    }
    return true;
}

/* The column of names beside that of codes, called so or not called anything, tells no cells apart. */
static behov_status find_names(build_file *file, behov_error *err)
{
    static const char *const names[] = {"Kommune", "kommune", "Kommunenavn", "kommunenavn", "kommune_navn", "Navn",
                                        "navn",    "Name",    "name",        "Region",      "region",       "column_2"};
    size_t n = file->dimensions[file->region].n_levels + 1;
    size_t *first_levels = malloc(n * sizeof *first_levels);
    if (!first_levels)
        return build_out_of_memory(err);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ptrdiff_t found = dimension_of_column(file, behov_table_find(file->table, names[i]));
        if (found < 0 || found == file->region)
            continue;
        memset(first_levels, 0, n * sizeof *first_levels);
        file->dimensions[found].is_name_of_region = is_by_region(file, &file->dimensions[found], first_levels);
    }
    free(first_levels);
    return BEHOV_OK;
}

/* A year that stands in a file's title is that of its name, where the year is taken from the name. */
static behov_status check_title(const build_file *file, const char *title, behov_error *err)
{
    int first = 0;
    for (const char *at = title ? title : ""; *at;) {
        size_t n = strspn(at, "0123456789");
        int year = n == 4 ? (int)strtol(at, NULL, 10) : 0;
        if (year == file->name_year)
            return BEHOV_OK;
        first = !first && year >= 1900 && year <= 2200 ? year : first;
        at += n ? n : 1;
    }
    return first ? behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_TITLE_YEAR, file->name_year, first,
                                   behov_cut(title, 120).text)
                 : BEHOV_OK;
}

/* Nothing of a file whose regions are no municipalities could ever be used. */
static behov_status refuse_no_codes(const build_file *file, behov_error *err)
{
    const build_dimension *dimension = &file->dimensions[file->region];
    if (!dimension->n_levels || count_municipalities(dimension))
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, file->name, SAY_BUILD_NO_CODES, behov_cut(dimension->name, 60).text,
                           behov_cut(build_level_text(dimension, 0), 60).text);
}

static behov_status open_file(behov_panel_builder *builder, build_file *file, const char *label, behov_error *err)
{
    const behov_recipe_source *source = &builder->recipe->sources[file->source];
    ptrdiff_t value = behov_table_find(file->table, "value"), mark = behov_table_find(file->table, "mark");
    if (value < 0 || behov_table_kind(file->table, (size_t)value) != BEHOV_COLUMN_NUMBER)
        return behov_error_say(err, BEHOV_E_TYPE, file->name, SAY_BUILD_VALUE_IS_TEXT);
    file->values = behov_table_numbers(file->table, (size_t)value);
    if (mark >= 0 && behov_table_kind(file->table, (size_t)mark) == BEHOV_COLUMN_TEXT) {
        file->mark_codes = behov_table_codes(file->table, (size_t)mark);
        file->mark_levels = behov_table_levels(file->table, (size_t)mark);
    }
    behov_status status = find_dimensions(file, err);
    if (status)
        return status;
    file->region = find_region(file, source);
    if (file->region < 0)
        return say_no_dimension(file, false, &source->region, err);
    file->year = dimension_of_column(
        file, find_dimension(file->table, &source->year, usual_years, sizeof usual_years / sizeof *usual_years));
    if (file->year < 0 && !file->name_year)
        return say_no_dimension(file, true, &source->year, err);
    if (file->year < 0 && (status = check_title(file, label, err)))
        return status;
    if ((status = build_measure_open(source, file, err)) || (status = find_names(file, err)))
        return status;
    file->is_measure_unsaid = source->measure.n && file->measure < 0 && !build_measure_is_in(source, label);
    file->is_word_unsaid = source->says.n > 0;
    for (size_t i = 0; i < source->says.n; i++)
        file->is_word_unsaid = file->is_word_unsaid && !build_says(file, label, source->says.all[i]);
    for (size_t i = 0; i < source->region_label.n; i++) {
        ptrdiff_t named = dimension_of_column(file, behov_table_find(file->table, source->region_label.all[i]));
        if (named >= 0)
            file->dimensions[named].is_name_of_region = true;
    }
    return BEHOV_OK;
}

static behov_status add_count(behov_panel_builder *builder, build_file *file, behov_error *err)
{
    behov_build_file_count *larger = realloc(builder->files, (builder->n_files + 1) * sizeof *larger);
    if (!larger)
        return build_out_of_memory(err);
    builder->files = larger;
    larger[builder->n_files] = (behov_build_file_count){.name = strdup(file->name),
                                                        .source = file->source,
                                                        .n_rows = behov_table_n_rows(file->table),
                                                        .is_measure_unsaid = file->is_measure_unsaid,
                                                        .is_word_unsaid = file->is_word_unsaid,
                                                        .name_year = file->year < 0 ? file->name_year : 0};
    if (!larger[builder->n_files].name)
        return build_out_of_memory(err);
    file->position = builder->n_files++;
    for (size_t i = 0; i < builder->recipe->n_columns; i++) {
        build_column *state = &builder->columns[i];
        int32_t *signatures = realloc(state->file_signatures, builder->n_files * sizeof *signatures);
        if (!signatures)
            return build_out_of_memory(err);
        state->file_signatures = signatures;
        signatures[file->position] = -1;
    }
    return BEHOV_OK;
}

static behov_status take_rows(behov_panel_builder *builder, build_file *file, behov_error *err)
{
    file_regions regions = {0};
    int *years = NULL;
    size_t n = 0, n_rows = behov_table_n_rows(file->table);
    build_file_column *columns = calloc(builder->recipe->n_columns + 1, sizeof *columns);
    behov_status status = columns ? read_regions(builder, file, &regions, err) : build_out_of_memory(err);
    if (!status)
        status = read_regions_by_year(builder, file, &regions, err);
    if (!status)
        status = read_years(builder, file, &years, err);
    for (size_t i = 0; i < builder->recipe->n_columns && !status; i++)
        if (builder->columns[i].source == (ptrdiff_t)file->source)
            status = build_file_column_open(builder, file, i, &columns[n++], err);
    if (!status)
        status = find_giving_way(builder, file, columns, n, years, &regions, err);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = take_row(builder, file, columns, n, &regions, years, row, err);
    for (size_t i = 0; i < n && !status; i++)
        if (!(status = build_file_column_check(file, &columns[i], err)))
            status = build_lone_keep(builder, file, &columns[i], err);
    if (!status && regions.rule_rows)
        status = tell_rules(builder, file, &regions, err);
    for (size_t i = 0; i < n; i++)
        build_file_column_close(file, &columns[i]);
    free(columns), free(years), free(regions.places), free(regions.reasons);
    free(regions.by_year), free(regions.rule_rows), free(regions.gives_way);
    return status;
}

behov_status behov_panel_builder_add(behov_panel_builder *builder, size_t source, const char *name,
                                     const behov_long_table *long_table, int year, behov_error *err)
{
    build_file file = {.name = name, .table = long_table->table, .source = source, .name_year = year, .measure = -1};
    if (builder->n_files >= UINT16_MAX - 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_BUILD_TOO_MANY_FILES);
    behov_status status = open_file(builder, &file, long_table->label, err);
    if (!status)
        status =
            build_check_table(&builder->recipe->sources[source], name, long_table->label, long_table->table_id, err);
    if (!status)
        status = refuse_no_codes(&file, err);
    if (!status)
        status = add_count(builder, &file, err);
    if (!status)
        status = take_rows(builder, &file, err);
    for (size_t i = 0; i < file.n_dimensions; i++)
        build_dimension_close(&file.dimensions[i]);
    free(file.dimensions), free(file.takes_measure);
    return status;
}
