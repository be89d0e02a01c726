/* read_ratio_table.c - a table of ratios as people write it and as `behov tables -o` does: a column for each year, or a row. */
#include "read_ratio_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/municipality_codes.h>

#include "missing_numbers.h"
#include "read_table.h"
#include "roles.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RATIOS_NO_MEMORY);
}

/* 1990 of "1990"; 0 when the text is no year. */
static int year_of(const char *name)
{
    if (strlen(name) != 4 || strspn(name, "0123456789") != 4)
        return 0;
    int year = (name[0] - '0') * 1000 + (name[1] - '0') * 100 + (name[2] - '0') * 10 + name[3] - '0';
    return year >= 1900 && year < 2200 ? year : 0;
}

/* The columns of a table of ratios, as people write it and as `behov tables -o` does. */
typedef enum ratio_column {
    COLUMN_NONE,
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_POPULATION,
    COLUMN_GROUP,
    COLUMN_YEAR,
    COLUMN_RATIO,
    COLUMN_OF_YEAR,
    N_RATIO_COLUMNS
} ratio_column;

static ratio_column ratio_column_of(const char *name)
{
    switch (behov_role_of_name(name)) {
    case BEHOV_ROLE_CODE: return COLUMN_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return COLUMN_NAME;
    case BEHOV_ROLE_POPULATION: return COLUMN_POPULATION;
    case BEHOV_ROLE_YEAR: return COLUMN_YEAR;
    default: break;
    }
    return strcmp(name, "number") == 0  ? COLUMN_CODE
           : strcmp(name, "group") == 0 ? COLUMN_GROUP
           : strcmp(name, "ratio") == 0 ? COLUMN_RATIO
           : year_of(name) > 0          ? COLUMN_OF_YEAR
                                        : COLUMN_NONE;
}

/* One more name of a column that is not read. Without memory the list is short, and the reading ends anyway. */
static void pass_over(behov_ratio_table *out, const char *name)
{
    size_t length = out->passed_over ? strlen(out->passed_over) : 0, size = length + strlen(name) + sizeof ", \"\"";
    char *longer = realloc(out->passed_over, size);
    if (!longer)
        return;
    snprintf(longer + length, size - length, "%s\"%s\"", length ? ", " : "", name);
    out->passed_over = longer;
}

/* What read_csv hands back while it reads. */
typedef struct reading {
    behov_ratio_table *out;
    const behov_notice *notice;
} reading;

static behov_read_kind wanted_column(void *context, const char *name)
{
    static const behov_read_kind kinds[N_RATIO_COLUMNS] = {
        [COLUMN_NONE] = BEHOV_READ_NOT,        [COLUMN_CODE] = BEHOV_READ_AS_CODE,
        [COLUMN_NAME] = BEHOV_READ_AS_TEXT,    [COLUMN_POPULATION] = BEHOV_READ_AS_NUMBER,
        [COLUMN_GROUP] = BEHOV_READ_AS_TEXT,   [COLUMN_YEAR] = BEHOV_READ_AS_NUMBER,
        [COLUMN_RATIO] = BEHOV_READ_AS_NUMBER, [COLUMN_OF_YEAR] = BEHOV_READ_AS_NUMBER};
    ratio_column column = ratio_column_of(name);
    if (column == COLUMN_NONE)
        pass_over(((reading *)context)->out, name);
    return kinds[column];
}

static ptrdiff_t find_column(const behov_table *table, ratio_column ratio_column)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (ratio_column_of(behov_table_name(table, j)) == ratio_column)
            return (ptrdiff_t)j;
    return -1;
}

static const char *text_of(const behov_table *table, ptrdiff_t column, size_t row)
{
    int32_t code = column < 0 ? -1 : behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

/* Whether a row of a file is the country, a county or another sum. */
static bool is_no_municipality(const behov_table *table, ptrdiff_t code, ptrdiff_t name, size_t row)
{
    const char *number = text_of(table, code, row), *words = text_of(table, name, row);
    return behov_code_and_name_mark(number, words) != BEHOV_ROW_MUNICIPALITY;
}

/* The file while its rows become ratios. */
typedef struct ratio_file {
    const char *const *subtotal_names; /* two, borrowed */
    ptrdiff_t code, name, population, group, year, ratio;
    size_t *year_columns; /* of each year where years have columns; NULL where each has its row, or there is none */
} ratio_file;

/* A ratio of a whole group, which `behov tables --group` writes among those of municipalities. */
static bool is_subtotal_row(const behov_table *table, const ratio_file *file, size_t row)
{
    const char *name = text_of(table, file->name, row);
    if (file->group < 0 || text_of(table, file->code, row)[0])
        return false;
    return strcmp(name, file->subtotal_names[0]) == 0 || strcmp(name, file->subtotal_names[1]) == 0;
}

static behov_status list_places(behov_ratio_table *out, const ratio_file *file, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(out->table);
    out->places =
        (behov_municipality_list){malloc((n_rows + 1) * sizeof *out->places.all), 0, behov_table_source(out->table)};
    if (!out->places.all)
        return out_of_memory(err);
    for (size_t row = 0; row < n_rows; row++) {
        behov_municipality municipality = {
            text_of(out->table, file->code, row), text_of(out->table, file->name, row),
            file->population < 0 ? NAN : behov_table_numbers(out->table, (size_t)file->population)[row], row};
        if (is_no_municipality(out->table, file->code, file->name, row)) {
            out->n_left_out++;
            continue;
        }
        if (is_subtotal_row(out->table, file, row))
            continue;
        if (!municipality.code[0] && !municipality.name[0]) {
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(out->table, row, -1, where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_MUNICIPALITY_MISSING);
        }
        out->places.all[out->places.n++] = municipality;
    }
    behov_municipality_list_settle(&out->places);
    return BEHOV_OK;
}

/* A year, kept in order whatever the order of columns or rows. */
static void add_year_to(behov_ratio_table *out, int year, size_t *columns, size_t column)
{
    size_t index = out->n_years;
    for (size_t t = 0; t < out->n_years; t++)
        if (out->years[t] == year)
            return;
    for (; index > 0 && out->years[index - 1] > year; index--) {
        out->years[index] = out->years[index - 1];
        if (columns)
            columns[index] = columns[index - 1];
    }
    out->years[index] = year;
    if (columns)
        columns[index] = column;
    out->n_years++;
}

static behov_status find_years(behov_ratio_table *out, ratio_file *file, behov_error *err)
{
    size_t n_columns = behov_table_n_columns(out->table), n_rows = behov_table_n_rows(out->table);
    size_t room = n_columns + (file->year >= 0 ? n_rows : 0) + 1;
    out->years = calloc(room, sizeof *out->years);
    file->year_columns = calloc(n_columns + 1, sizeof *file->year_columns);
    if (!out->years || !file->year_columns)
        return out_of_memory(err);
    for (size_t j = 0; j < n_columns; j++)
        if (ratio_column_of(behov_table_name(out->table, j)) == COLUMN_OF_YEAR)
            add_year_to(out, year_of(behov_table_name(out->table, j)), file->year_columns, j);
    if (out->n_years || file->ratio < 0)
        return BEHOV_OK;
    free(file->year_columns);
    file->year_columns = NULL;
    if (file->year < 0) {
        add_year_to(out, 0, NULL, 0); /* ratios of a panel without years */
        return BEHOV_OK;
    }
    for (size_t row = 0; row < n_rows; row++) {
        double year = behov_table_numbers(out->table, (size_t)file->year)[row];
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(out->table, row, file->year, where);
        if (!(year >= 1900 && year < 2200 && year == floor(year)))
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_YEAR_MISSING);
        add_year_to(out, (int)year, NULL, 0);
    }
    return BEHOV_OK;
}

/* Shares of 30 to 300 per cent. Below lies what is printed 0 in annex 2: 0.14 per cent. */
static const double LEAST_SHARE = 0.3, GREATEST_SHARE = 3;
/* In per cent: a thousand times what is expected. */
static const double GREATEST_RATIO = 1e5;

static behov_status take_ratio(behov_ratio_table *out, size_t place, size_t t, size_t row, size_t column,
                               behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double ratio = behov_table_numbers(out->table, column)[row];
    behov_table_where(out->table, row, (ptrdiff_t)column, where);
    if (ratio < 0)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_BELOW_0);
    if (ratio > GREATEST_RATIO)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_LARGE,
                               behov_phrase_number(GREATEST_RATIO).text);
    if (ratio >= LEAST_SHARE && ratio < GREATEST_SHARE) {
        behov_said share = behov_phrase_number(ratio);
        behov_said per_cent = behov_phrase_number(round(1e8 * ratio) / 1e6); /* 88, not 88.00000000000001 */
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_LOOK_LIKE_SHARE, share.text, per_cent.text);
    }
    out->ratios[place * out->n_years + t] = ratio;
    return BEHOV_OK;
}

/* lines: of each place, or of each place and year where years have rows; 0 = not met yet */
static behov_status take_rows(behov_ratio_table *out, const ratio_file *file, uint32_t *lines, behov_error *err)
{
    behov_status status = BEHOV_OK;
    bool is_long = !file->year_columns;
    for (size_t row = 0; row < behov_table_n_rows(out->table) && !status; row++) {
        if (is_subtotal_row(out->table, file, row) || is_no_municipality(out->table, file->code, file->name, row))
            continue;
        size_t place = behov_municipality_list_position(&out->places, text_of(out->table, file->code, row),
                                                        text_of(out->table, file->name, row)),
               t = 0;
        if (is_long && file->year >= 0)
            while (out->years[t] != (int)behov_table_numbers(out->table, (size_t)file->year)[row])
                t++;
        uint32_t *line = &lines[is_long ? place * out->n_years + t : place];
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(out->table, row, -1, where);
        if (*line)
            return (is_long && file->year >= 0
                        ? behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_AGAIN_IN_YEAR, (unsigned long)*line)
                        : behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_AGAIN, (unsigned long)*line));
        *line = behov_table_line(out->table, row);
        if (is_long)
            status = take_ratio(out, place, t, row, (size_t)file->ratio, err);
        for (size_t year = 0; !is_long && year < out->n_years && !status; year++)
            status = take_ratio(out, place, year, row, file->year_columns[year], err);
        if (out->weights)
            out->weights[place] = behov_table_numbers(out->table, (size_t)file->population)[row];
    }
    return status;
}

static behov_status take_file(behov_ratio_table *out, ratio_file *file, const char *path, behov_error *err)
{
    behov_status status = find_years(out, file, err);
    if (!status && ((file->code < 0 && file->name < 0) || out->n_years == 0))
        status = (out->n_years ? behov_error_say(err, BEHOV_E_NAME, path, SAY_RATIOS_NEEDS_MUNICIPALITY)
                               : behov_error_say(err, BEHOV_E_NAME, path, SAY_RATIOS_NEEDS_YEARS));
    if (!status)
        status = behov_municipality_codes_refuse_short(out->table, file->code, err);
    if (!status)
        status = list_places(out, file, err);
    if (status)
        return status;
    size_t n_cells = out->places.n * out->n_years;
    uint32_t *lines = calloc(n_cells + 1, sizeof *lines);
    out->ratios = behov_missing_numbers(n_cells);
    out->weights = file->population < 0 ? NULL : behov_missing_numbers(out->places.n);
    status = lines && out->ratios && (file->population < 0 || out->weights) ? take_rows(out, file, lines, err)
                                                                            : out_of_memory(err);
    free(lines);
    return status;
}

static void hear(void *context, const char *message)
{
    const reading *reading = context;
    behov_notice_tell(reading->notice, SAY_MESSAGE, message);
}

behov_status read_ratio_table(const char *path, const char *const subtotal_names[2], const behov_notice *notice,
                              behov_ratio_table *out, behov_error *err)
{
    reading reading = {out, notice};
    *out = (behov_ratio_table){.printed_path = strdup(path)};
    if (!out->printed_path)
        return out_of_memory(err);
    read_csv_options options = {.choose = wanted_column, .notice = hear, .is_beside = true, .context = &reading};
    behov_status status = read_table(path, &options, &out->table, err);
    if (status)
        return status;
    ratio_file file = {.subtotal_names = subtotal_names,
                       .code = find_column(out->table, COLUMN_CODE),
                       .name = find_column(out->table, COLUMN_NAME),
                       .population = find_column(out->table, COLUMN_POPULATION),
                       .group = find_column(out->table, COLUMN_GROUP),
                       .year = find_column(out->table, COLUMN_YEAR),
                       .ratio = find_column(out->table, COLUMN_RATIO)};
    status = take_file(out, &file, path, err);
    free(file.year_columns);
    return status;
}
