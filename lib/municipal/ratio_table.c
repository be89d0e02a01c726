/* ratio_table.c - ratios by municipality and year, chosen, grouped and called by their level. */
#include "ratio_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "group_names.h"
#include "labels.h"
#include "messages.h"
#include "read_csv.h"
#include "study.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RATIOS_NO_MEMORY);
}

void behov_ratio_table_free(behov_ratio_table *ratio_table)
{
    behov_municipality_list_free(&ratio_table->places);
    free(ratio_table->years);
    free(ratio_table->ratios);
    free(ratio_table->needs);
    free(ratio_table->weights);
    free(ratio_table->passed_over);
    free(ratio_table->printed_path);
    behov_table_free(ratio_table->table);
    *ratio_table = (behov_ratio_table){0};
}

double behov_ratio_table_at(const behov_ratio_table *ratio_table, size_t place, size_t year)
{
    return ratio_table->ratios[place * ratio_table->n_years + year];
}

static double *cells(size_t n)
{
    double *values = malloc((n + 1) * sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = NAN;
    return values;
}

/* ---- of a fit ------------------------------------------------------------------------------------------------------
 */

behov_status behov_ratio_table_of_results(const behov_fit_results *fit_results, behov_ratio_table *out,
                                          behov_error *err)
{
    *out = (behov_ratio_table){.fit_results = fit_results};
    const behov_panel *panel = &fit_results->study->panel;
    const int *years = behov_need_years(fit_results->need, &out->n_years);
    if (panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(fit_results->study->table),
                               SAY_RATIOS_NO_MUNICIPALITIES);
    behov_status status = behov_fit_results_refuse_transformed(fit_results, err);
    if (!status)
        status = behov_municipality_list_of_panel(panel, &out->places, err);
    if (fit_results->study->is_bundled)
        out->places.source = PHRASE_PANEL_BUNDLED;
    if (status)
        return status;
    size_t n_cells = out->places.n * out->n_years;
    out->years = malloc((out->n_years + 1) * sizeof *out->years);
    out->ratios = cells(n_cells);
    out->needs = cells(n_cells);
    if (!out->years || !out->ratios || !out->needs)
        return out_of_memory(err);
    for (size_t t = 0; t < out->n_years; t++)
        out->years[t] = years[t];
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        size_t row = rows[i],
               place = behov_municipality_list_position(&out->places, behov_panel_code(panel, row),
                                                        behov_panel_municipality(panel, row)),
               t = 0;
        while (t < out->n_years && years[t] != behov_panel_year(panel, row))
            t++;
        if (place == out->places.n || t == out->n_years)
            continue;
        out->ratios[place * out->n_years + t] = behov_need_ratio(fit_results->need)[row];
        out->needs[place * out->n_years + t] =
            isnan(behov_need_ratio(fit_results->need)[row])
                ? NAN
                : behov_need_need(fit_results->need)[row] * behov_panel_population(panel, row);
    }
    return BEHOV_OK;
}

/* ---- of a file -----------------------------------------------------------------------------------------------------
 */

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

static behov_read_kind wanted_column(void *context, const char *name)
{
    static const behov_read_kind kinds[N_RATIO_COLUMNS] = {
        [COLUMN_NONE] = BEHOV_READ_NOT,        [COLUMN_CODE] = BEHOV_READ_AS_CODE,
        [COLUMN_NAME] = BEHOV_READ_AS_TEXT,    [COLUMN_POPULATION] = BEHOV_READ_AS_NUMBER,
        [COLUMN_GROUP] = BEHOV_READ_AS_TEXT,   [COLUMN_YEAR] = BEHOV_READ_AS_NUMBER,
        [COLUMN_RATIO] = BEHOV_READ_AS_NUMBER, [COLUMN_OF_YEAR] = BEHOV_READ_AS_NUMBER};
    ratio_column column = ratio_column_of(name);
    if (column == COLUMN_NONE)
        pass_over(context, name);
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

int behov_ratio_table_options(const command_line *line)
{
    static const char *const known_text[] = {"ratios", "table",          "municipality", "group", "low",    "high",
                                             "change", "min-population", "largest",      "count", "output", "csv-style",
                                             "json",   "date",           "quiet",        "lang"};
    for (size_t i = 0; option_given(line, "ratios") && i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        size_t index = 0, n = sizeof known_text / sizeof *known_text;
        while (index < n && strcmp(known_text[index], name) != 0)
            index++;
        if (index == n)
            return wrong_call(line->verb, SAY_RATIOS_OPTION_OF_FIT, name);
    }
    return 0;
}

void behov_ratio_table_print_notes(const behov_ratio_table *ratio_table)
{
    if (ratio_table->n_left_out) {
        if (ratio_table->n_left_out == 1)
            print_note(SAY_RATIOS_LEFT_OUT_ONE, ratio_table->printed_path, (unsigned long)ratio_table->n_left_out);
        else
            print_note(SAY_RATIOS_LEFT_OUT_MANY, ratio_table->printed_path, (unsigned long)ratio_table->n_left_out);
    }
    if (ratio_table->passed_over)
        print_note(SAY_RATIOS_COLUMNS_NOT_READ, ratio_table->printed_path,
                   behov_cut(ratio_table->passed_over, 200).text);
}

/* The file while its rows become ratios. */
typedef struct ratio_file {
    ptrdiff_t code, name, population, group, year, ratio;
    size_t *year_columns; /* of each year where years have columns; NULL where each has its row, or there is none */
} ratio_file;

/* A ratio of a whole group, which `behov tables --group` writes among those of municipalities. */
static bool is_subtotal_row(const behov_table *table, const ratio_file *file, size_t row)
{
    const char *name = text_of(table, file->name, row);
    if (file->group < 0 || text_of(table, file->code, row)[0])
        return false;
    return strcmp(name, behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_SUBTOTAL)) == 0 ||
           strcmp(name, behov_label(BEHOV_LANGUAGE_EN, BEHOV_WORD_SUBTOTAL)) == 0;
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

static behov_status take_ratio(behov_ratio_table *out, size_t place, size_t t, size_t row, size_t column,
                               behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double ratio = behov_table_numbers(out->table, column)[row];
    behov_table_where(out->table, row, (ptrdiff_t)column, where);
    if (ratio < 0)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_BELOW_0);
    if (ratio >= LEAST_SHARE && ratio < GREATEST_SHARE) {
        char share[BEHOV_NUMBER_SIZE], per_cent[BEHOV_NUMBER_SIZE];
        behov_number_shortest(ratio, share);
        behov_number_shortest(round(1e8 * ratio) / 1e6, per_cent); /* 88, not 88.00000000000001 */
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_LOOK_LIKE_SHARE, share, per_cent);
    }
    out->ratios[place * out->n_years + t] = ratio;
    return BEHOV_OK;
}

/* Half a table may have lost its zeros: 101 would be another municipality than 0101, or a county. */
static behov_status refuse_short_codes(const behov_ratio_table *out, const ratio_file *file, behov_error *err)
{
    bool has_zero = false;
    ptrdiff_t short_row = -1;
    for (size_t row = 0; file->code >= 0 && row < behov_table_n_rows(out->table); row++) {
        const char *code = text_of(out->table, file->code, row);
        size_t n_digits = strspn(code, "0123456789");
        if (code[n_digits])
            continue;
        has_zero = has_zero || (n_digits == 4 && code[0] == '0' && strcmp(code, "0000") != 0);
        if (n_digits == 3 && short_row < 0)
            short_row = (ptrdiff_t)row;
    }
    if (!has_zero || short_row < 0)
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(out->table, (size_t)short_row, file->code, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_RATIOS_SHORT_CODE,
                           text_of(out->table, file->code, (size_t)short_row));
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
        status = refuse_short_codes(out, file, err);
    if (!status)
        status = list_places(out, file, err);
    if (status)
        return status;
    size_t n_cells = out->places.n * out->n_years;
    uint32_t *lines = calloc(n_cells + 1, sizeof *lines);
    out->ratios = cells(n_cells);
    out->weights = file->population < 0 ? NULL : cells(out->places.n);
    status = lines && out->ratios && (file->population < 0 || out->weights) ? take_rows(out, file, lines, err)
                                                                            : out_of_memory(err);
    free(lines);
    return status;
}

behov_status behov_ratio_table_read(const char *path, behov_ratio_table *out, behov_error *err)
{
    *out = (behov_ratio_table){.printed_path = strdup(path)};
    if (!out->printed_path)
        return out_of_memory(err);
    read_csv_options options = {
        .choose = wanted_column, .notice = print_note_beside, .is_beside = true, .context = out};
    behov_status status = read_csv(path, &options, &out->table, err);
    if (status)
        return status;
    ratio_file file = {.code = find_column(out->table, COLUMN_CODE),
                       .name = find_column(out->table, COLUMN_NAME),
                       .population = find_column(out->table, COLUMN_POPULATION),
                       .group = find_column(out->table, COLUMN_GROUP),
                       .year = find_column(out->table, COLUMN_YEAR),
                       .ratio = find_column(out->table, COLUMN_RATIO)};
    status = take_file(out, &file, path, err);
    free(file.year_columns);
    return status;
}

/* ---- rows of a report ----------------------------------------------------------------------------------------------
 */

typedef struct line {
    size_t place; /* of a municipality */
    int group;    /* of a subtotal; ALL = of everything shown */
    bool is_subtotal;
} line;

enum { ALL = -2 };

static behov_status plan_lines(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, line **lines,
                               size_t *n_lines, behov_error *err)
{
    size_t n = choice->places ? choice->n_places : ratio_table->places.n,
           n_groups = choice->groups ? choice->groups->n : 0, index = 0;
    line *new_line = malloc((n + n_groups + 2) * sizeof *new_line);
    if (!new_line)
        return out_of_memory(err);
    /* group by group; those without a group come last, without a subtotal */
    for (size_t g = 0; g <= n_groups; g++) {
        int group = g < n_groups ? (int)g : BEHOV_WITHOUT_GROUP;
        size_t previous_index = index;
        for (size_t i = 0; i < n; i++) {
            size_t place = choice->places ? choice->places[i] : i;
            if (!choice->groups || choice->groups->values[place] == group)
                new_line[index++] = (line){place, group, false};
        }
        if (choice->groups && group != BEHOV_WITHOUT_GROUP && index > previous_index)
            new_line[index++] = (line){0, group, true};
    }
    if (choice->groups)
        new_line[index++] = (line){0, ALL, true};
    *lines = new_line;
    *n_lines = index;
    return BEHOV_OK;
}

/* The ratio of all municipalities among the lines that belong to a group. */
static double subtotal(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const line *lines,
                       size_t n_lines, int group, size_t year)
{
    double actual = 0, need = 0;
    for (size_t i = 0; i < n_lines; i++) {
        if (lines[i].is_subtotal || (group != ALL && choice->groups->values[lines[i].place] != group))
            continue;
        double ratio = behov_ratio_table_at(ratio_table, lines[i].place, year);
        double weight = ratio_table->needs ? ratio_table->needs[lines[i].place * ratio_table->n_years + year]
                                           : ratio_table->weights[lines[i].place];
        if (isnan(ratio) || isnan(weight))
            continue;
        actual += ratio * weight;
        need += weight;
    }
    return need > 0 ? actual / need : NAN;
}

static behov_status has_weights(const behov_ratio_table *ratio_table, behov_error *err)
{
    bool any = ratio_table->weights != NULL;
    for (size_t i = 0; ratio_table->needs && i < ratio_table->places.n * ratio_table->n_years && !any; i++)
        any = !isnan(ratio_table->needs[i]);
    return any ? BEHOV_OK
               : behov_error_say(err, BEHOV_E_DATA, ratio_table->places.source, SAY_RATIOS_SUBTOTALS_NEED_POPULATION);
}

static behov_status set_names(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const line *lines,
                              size_t n_lines, behov_language lang, behov_report *report, size_t *n_names,
                              behov_error *err)
{
    bool has_code = false, has_name = false;
    for (size_t i = 0; i < ratio_table->places.n; i++) {
        has_code = has_code || ratio_table->places.all[i].code[0];
        has_name = has_name || ratio_table->places.all[i].name[0];
    }
    *n_names = 0;
    behov_status status = BEHOV_OK;
    if (choice->groups) {
        status = behov_report_add_texts(report, (behov_report_column){"group", NULL, BEHOV_Q_TEXT}, err);
        ++*n_names;
    }
    size_t code_column = *n_names;
    if (!status && has_code) {
        status = behov_report_add_texts(report, (behov_report_column){"number", NULL, BEHOV_Q_CODE}, err);
        ++*n_names;
    }
    size_t name_column = *n_names;
    if (!status && (has_name || choice->groups)) {
        status = behov_report_add_texts(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, err);
        ++*n_names;
    }
    for (size_t i = 0; i < n_lines && !status; i++) {
        const behov_municipality *municipality = &ratio_table->places.all[lines[i].place];
        const char *group = !choice->groups         ? NULL
                            : lines[i].group == ALL ? behov_label(lang, BEHOV_WORD_ALL_SHOWN)
                            : lines[i].group == BEHOV_WITHOUT_GROUP
                                ? behov_label(lang, BEHOV_WORD_NO_GROUP)
                                : behov_group_name(choice->groups, lines[i].group, lang);
        if (group)
            status = behov_report_set_text(report, 0, i, group, err);
        if (!status && has_code && !lines[i].is_subtotal)
            status = behov_report_set_text(report, code_column, i, municipality->code, err);
        if (!status && (has_name || choice->groups))
            status = behov_report_set_text(
                report, name_column, i,
                lines[i].is_subtotal ? behov_label(lang, BEHOV_WORD_SUBTOTAL) : municipality->name, err);
        for (size_t j = 0; j < *n_names && lines[i].is_subtotal && !status; j++)
            status = behov_report_set_strong(report, j, i, err);
    }
    return status;
}

static behov_status add_year(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const line *lines,
                             size_t n_lines, size_t year, behov_report *report, behov_error *err)
{
    char key[16];
    snprintf(key, sizeof key, "%d", ratio_table->years[year]);
    double *values = cells(n_lines);
    if (!values)
        return out_of_memory(err);
    for (size_t i = 0; i < n_lines; i++)
        values[i] = lines[i].is_subtotal ? subtotal(ratio_table, choice, lines, n_lines, lines[i].group, year)
                                         : behov_ratio_table_at(ratio_table, lines[i].place, year);
    behov_report_column column = {ratio_table->years[year] ? key : "ratio", ratio_table->years[year] ? key : NULL,
                                  BEHOV_Q_RATIO};
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    for (size_t i = 0; i < n_lines && !status; i++)
        if (lines[i].is_subtotal)
            status = behov_report_set_strong(report, behov_report_n_columns(report) - 1, i, err);
    return status;
}

static const char *level_word(behov_ratio_level level, behov_language lang)
{
    static const behov_word keys[] = {[BEHOV_LEVEL_LOW] = BEHOV_WORD_LEVEL_LOW,
                                      [BEHOV_LEVEL_MIDDLE] = BEHOV_WORD_LEVEL_MIDDLE,
                                      [BEHOV_LEVEL_HIGH] = BEHOV_WORD_LEVEL_HIGH};
    return level == BEHOV_LEVEL_NONE ? "" : behov_label(lang, keys[level]);
}

static const char *change_word(behov_ratio_change change, behov_language lang)
{
    return change == BEHOV_CHANGE_INCREASE   ? behov_label(lang, BEHOV_WORD_CHANGE_INCREASE)
           : change == BEHOV_CHANGE_DECREASE ? behov_label(lang, BEHOV_WORD_CHANGE_DECREASE)
                                             : "";
}

static behov_status add_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                               const line *lines, size_t n_lines, behov_language lang, behov_report *report,
                               behov_error *err)
{
    char level_label[100], change_label[100], first_year[16], last_year[16];
    size_t last = ratio_table->n_years - 1, column = behov_report_n_columns(report);
    snprintf(first_year, sizeof first_year, "%d", ratio_table->years[0]);
    snprintf(last_year, sizeof last_year, "%d", ratio_table->years[last]);
    behov_label_fill(lang, BEHOV_WORD_LEVEL_IN, level_label, sizeof level_label, "year", last_year, NULL);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_BETWEEN, change_label, sizeof change_label, "first", first_year, "last",
                     last_year, NULL);
    behov_status status =
        behov_report_add_texts(report, (behov_report_column){"level", level_label, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"change", change_label, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < n_lines && !status; i++) {
        double start = lines[i].is_subtotal ? subtotal(ratio_table, choice, lines, n_lines, lines[i].group, 0)
                                            : behov_ratio_table_at(ratio_table, lines[i].place, 0);
        double end = lines[i].is_subtotal ? subtotal(ratio_table, choice, lines, n_lines, lines[i].group, last)
                                          : behov_ratio_table_at(ratio_table, lines[i].place, last);
        status =
            behov_report_set_text(report, column, i, level_word(behov_ratio_level_of(end, &choice->limits), lang), err);
        if (!status)
            status = behov_report_set_text(report, column + 1, i,
                                           change_word(behov_ratio_change_of(start, end, &choice->limits), lang), err);
    }
    return status;
}

static behov_status make_report(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const char *key,
                                bool has_levels, behov_language lang, behov_report **out, behov_error *err)
{
    line *lines = NULL;
    size_t n_lines = 0, n_names;
    behov_report *report = NULL;
    behov_status status = choice->groups ? has_weights(ratio_table, err) : BEHOV_OK;
    if (!status)
        status = plan_lines(ratio_table, choice, &lines, &n_lines, err);
    if (!status)
        status = behov_report_new(key, n_lines, NULL, &report, err);
    if (!status)
        status = set_names(ratio_table, choice, lines, n_lines, lang, report, &n_names, err);
    for (size_t t = 0; t < ratio_table->n_years && !status; t++)
        status = add_year(ratio_table, choice, lines, n_lines, t, report, err);
    if (!status && has_levels)
        status = add_levels(ratio_table, choice, lines, n_lines, lang, report, err);
    free(lines);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_ratio_table_report(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                      behov_language lang, behov_report **report, behov_error *err)
{
    return make_report(ratio_table, choice, "ratios", false, lang, report, err);
}

behov_status behov_ratio_table_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                      behov_language lang, behov_report **report, behov_error *err)
{
    return make_report(ratio_table, choice, "levels", true, lang, report, err);
}

/* ---- trend ---------------------------------------------------------------------------------------------------------
 */

static double ratio_of(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const line *lines,
                       size_t n_lines, size_t i, size_t year)
{
    return lines[i].is_subtotal ? subtotal(ratio_table, choice, lines, n_lines, lines[i].group, year)
                                : behov_ratio_table_at(ratio_table, lines[i].place, year);
}

/* Points as a reader counts them, between ratios as they are printed. */
static double points(double start, double end)
{
    return behov_ratio_printed(end) - behov_ratio_printed(start);
}

static behov_status add_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice, const line *lines,
                              size_t n_lines, behov_language lang, behov_report *report, behov_error *err)
{
    enum { YEAR, RATIO, BEFORE, FIRST, FIGURES };
    char start_text[100], change[100], first_year[16], last_year[16];
    snprintf(first_year, sizeof first_year, "%d", ratio_table->years[0]);
    snprintf(last_year, sizeof last_year, "%d", ratio_table->years[ratio_table->n_years - 1]);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_SINCE, start_text, sizeof start_text, "first", first_year, NULL);
    behov_label_fill(lang, BEHOV_WORD_CHANGE_BETWEEN, change, sizeof change, "first", first_year, "last", last_year,
                     NULL);
    bool years_follow =
        ratio_table->years[ratio_table->n_years - 1] - ratio_table->years[0] == (int)ratio_table->n_years - 1;
    bool is_in_kroner = !ratio_table->fit_results || behov_need_gap_is_1000kr(ratio_table->fit_results->need);
    behov_word previous_text = years_follow ? BEHOV_WORD_CHANGE_FROM_YEAR_BEFORE : BEHOV_WORD_CHANGE_FROM_YEAR_ABOVE;
    const behov_report_column columns[FIGURES] = {
        {"year", NULL, BEHOV_Q_YEAR},
        {"ratio", behov_label(lang, behov_word_by_unit(BEHOV_WORD_RATIO, is_in_kroner)), BEHOV_Q_RATIO},
        {"change_from_year_before", behov_label(lang, previous_text), BEHOV_Q_COUNT},
        {"change_since_first", start_text, BEHOV_Q_COUNT}};
    size_t n = n_lines * ratio_table->n_years, level = 0;
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < FIGURES && !status; j++) {
        double *values = cells(n);
        if (!values)
            return out_of_memory(err);
        for (size_t i = 0; i < n; i++) {
            size_t index = i / ratio_table->n_years, t = i % ratio_table->n_years;
            double ratio = ratio_of(ratio_table, choice, lines, n_lines, index, t);
            values[i] = j == YEAR    ? ratio_table->years[t]
                        : j == RATIO ? ratio
                        : j == FIRST ? points(ratio_of(ratio_table, choice, lines, n_lines, index, 0), ratio)
                        : t == 0     ? NAN
                                     : points(ratio_of(ratio_table, choice, lines, n_lines, index, t - 1), ratio);
        }
        status = behov_report_add_numbers(report, columns[j], values, true, err);
        if (status)
            free(values);
        if (!status && j == RATIO) {
            level = behov_report_n_columns(report);
            status = behov_report_add_texts(
                report, (behov_report_column){"level", behov_label(lang, BEHOV_WORD_LEVEL), BEHOV_Q_TEXT}, err);
        }
    }
    size_t word = behov_report_n_columns(report);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"change", change, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < n && !status; i++) {
        size_t index = i / ratio_table->n_years, t = i % ratio_table->n_years;
        double ratio = ratio_of(ratio_table, choice, lines, n_lines, index, t);
        status = behov_report_set_text(report, level, i, level_word(behov_ratio_level_of(ratio, &choice->limits), lang),
                                       err);
        if (!status && t + 1 == ratio_table->n_years) /* of the first and the last year, as in the table of levels */
            status = behov_report_set_text(
                report, word, i,
                change_word(behov_ratio_change_of(ratio_of(ratio_table, choice, lines, n_lines, index, 0), ratio,
                                                  &choice->limits),
                            lang),
                err);
    }
    return status;
}

behov_status behov_ratio_table_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                     behov_language lang, behov_report **out, behov_error *err)
{
    line *lines = NULL, *rows = NULL;
    size_t n_lines = 0, n_names;
    behov_report *report = NULL;
    behov_status status = choice->groups ? has_weights(ratio_table, err) : BEHOV_OK;
    if (!status)
        status = plan_lines(ratio_table, choice, &lines, &n_lines, err);
    if (!status && !(rows = malloc((n_lines * ratio_table->n_years + 1) * sizeof *rows)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n_lines * ratio_table->n_years && !status; i++)
        rows[i] = lines[i / ratio_table->n_years];
    if (!status)
        status = behov_report_new("trend", n_lines * ratio_table->n_years, NULL, &report, err);
    if (!status)
        status = set_names(ratio_table, choice, rows, n_lines * ratio_table->n_years, lang, report, &n_names, err);
    if (!status)
        status = add_trend(ratio_table, choice, lines, n_lines, lang, report, err);
    free(lines), free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
