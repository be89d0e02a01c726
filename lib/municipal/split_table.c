/* split_table.c - see split_table.h. */
#include <behov/split_table.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/code.h>
#include <behov/plausibility.h>
#include <behov/number.h>
#include <behov/panel.h>
#include <behov/rounded.h>
#include <behov/split.h>

#include "text_list.h"

enum { HEADING = 200, MOST_DECIMALS = 6 };

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
}

/* ---- dates --------------------------------------------------------------------------------------------------------- */

static bool are_digits(const char *text, size_t n)
{
    return strspn(text, "0123456789") >= n;
}

static bool write_date(int year, int month, int day, char date[BEHOV_SPLIT_DATE])
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days[month - 1] ||
        (month == 2 && day == 29 && !is_leap))
        return false;
    snprintf(date, BEHOV_SPLIT_DATE, "%04d-%02d-%02d", year, month, day);
    return true;
}

bool behov_split_date(const char *text, char date[BEHOV_SPLIT_DATE])
{
    int day = 0, month = 0, year = 0, length = 0;
    size_t n = strlen(text);
    if (n == 10 && are_digits(text, 4) && text[4] == '-' && are_digits(text + 5, 2) && text[7] == '-' &&
        are_digits(text + 8, 2))
        return write_date(atoi(text), atoi(text + 5), atoi(text + 8), date);
    if (n == 4 && are_digits(text, 4)) {
        snprintf(date, BEHOV_SPLIT_DATE, "%.4s", text);
        return text[0] == '1' || text[0] == '2';
    }
    bool is_dotted = n >= 8 && n <= 10 && are_digits(text, 1) && are_digits(text + n - 4, 4) &&
                     strspn(text, "0123456789.") == n &&
                     sscanf(text, "%2d.%2d.%4d%n", &day, &month, &year, &length) == 3 && (size_t)length == n;
    return is_dotted && write_date(year, month, day, date);
}

/* ---- headings ------------------------------------------------------------------------------------------------------ */

typedef struct heading {
    char name[HEADING];          /* without its date, blanks for underscores */
    char date[BEHOV_SPLIT_DATE]; /* "" when it has none */
} heading;

/* "Folketall 1. januar", "Bosatte flyktninger per 31.12.2023": words between what is counted and its date. */
static void drop_endings(char *name)
{
    static const char *const endings[] = {" per",      " pr",     " pr.",  " i",  " 1. januar",
                                          " 1.januar", " 1. jan", " 1.1.", " 1.1"};
    bool is_shorter = true;
    while (is_shorter) {
        is_shorter = false;
        for (size_t i = 0; i < sizeof endings / sizeof *endings && !is_shorter; i++) {
            size_t n = strlen(name), n_ending = strlen(endings[i]);
            is_shorter = n > n_ending && strcasecmp(name + n - n_ending, endings[i]) == 0;
            if (is_shorter)
                name[n - n_ending] = '\0';
        }
    }
}

static heading read_heading(const char *text)
{
    heading heading = {"", ""};
    snprintf(heading.name, sizeof heading.name, "%s", text);
    for (char *c = heading.name; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    char *last = strrchr(heading.name, ' ');
    if (last && behov_split_date(last + 1, heading.date))
        *last = '\0';
    drop_endings(heading.name);
    return heading;
}

static bool is_label(const char *text, const char *label)
{
    heading heading = read_heading(label);
    return strcasecmp(text, heading.name) == 0;
}

static bool is_any(const char *text, const char *const *labels, size_t n_labels)
{
    for (size_t i = 0; i < n_labels; i++)
        if (is_label(text, labels[i]))
            return true;
    return false;
}

static bool is_refugees(const char *text)
{
    static const char *const names[] = {
        "settled refugees",           "refugees",           "bosatte flyktninger", "flyktninger",
        "antall bosatte flyktninger", "antall flyktninger", "antall bosatte",      "bosatte"};
    return is_any(text, names, sizeof names / sizeof *names);
}

static bool is_population(const char *text)
{
    return behov_role_of_name(text) == BEHOV_ROLE_POPULATION || is_label(text, "antall innbyggere") ||
           is_label(text, "befolkning");
}

static bool is_date(const char *text)
{
    static const char *const names[] = {"date", "counting date", "dato", "telledato"};
    return is_any(text, names, sizeof names / sizeof *names) || behov_role_of_name(text) == BEHOV_ROLE_YEAR;
}

behov_read_kind behov_split_table_column(void *context, const char *name)
{
    const behov_split_columns *columns = context;
    heading heading = read_heading(name);
    switch (behov_role_of_name(name)) {
    case BEHOV_ROLE_CODE: return BEHOV_READ_AS_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return BEHOV_READ_AS_TEXT;
    default: break;
    }
    if (is_date(heading.name) && !heading.date[0])
        return BEHOV_READ_AS_TEXT;
    bool is_figure = is_population(heading.name) || is_refugees(heading.name) ||
                     is_any(heading.name, columns->bases, columns->n_bases) ||
                     is_any(heading.name, columns->follows, columns->n_follows);
    return is_figure ? BEHOV_READ_AS_NUMBER : BEHOV_READ_NOT;
}

/* ---- the table while it is read ------------------------------------------------------------------------------------ */

typedef struct reading {
    const behov_table *table;
    behov_split_table *out;
    ptrdiff_t code, name, date, year; /* year: beside a column of dates; -1 = none */
    size_t *rows;                     /* of each place, on the counting date */
} reading;

static const char *text_at(const behov_table *table, ptrdiff_t column, size_t row)
{
    int32_t code = column < 0 ? -1 : behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

static ptrdiff_t find_role(const behov_table *table, behov_role role)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (behov_role_of_name(behov_table_name(table, j)) == role && behov_table_codes(table, j))
            return (ptrdiff_t)j;
    return -1;
}

static bool is_year(const behov_table *table, size_t column)
{
    return behov_role_of_name(behov_table_name(table, column)) == BEHOV_ROLE_YEAR;
}

/* A column of dates goes before one of years, which then has to agree with it. */
static behov_status find_date_columns(reading *reading, behov_error *err)
{
    const behov_table *table = reading->table;
    reading->date = reading->year = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        if (!is_date(read_heading(behov_table_name(table, j)).name) || !behov_table_codes(table, j))
            continue;
        ptrdiff_t *column = is_year(table, j) ? &reading->year : &reading->date;
        if (*column >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SPLIT_TWO_COLUMNS,
                                   behov_cut(behov_table_name(table, (size_t)*column), 80).text,
                                   behov_cut(behov_table_name(table, j), 80).text);
        *column = (ptrdiff_t)j;
    }
    if (reading->date < 0) {
        reading->date = reading->year;
        reading->year = -1;
    }
    return BEHOV_OK;
}

static bool is_left_out(const reading *reading, size_t row)
{
    const char *code = text_at(reading->table, reading->code, row), *name = text_at(reading->table, reading->name, row);
    return behov_code_and_name_mark(code, name) != BEHOV_ROW_MUNICIPALITY;
}

/* ---- which dates there are ----------------------------------------------------------------------------------------- */

static void add_date(behov_split_table *out, const char *date)
{
    size_t index = 0;
    while (index < out->n_dates && strcmp(out->dates[index], date) < 0)
        index++;
    if (index < out->n_dates && strcmp(out->dates[index], date) == 0)
        return;
    memmove(out->dates + index + 1, out->dates + index, (out->n_dates - index) * sizeof *out->dates);
    snprintf(out->dates[index], sizeof out->dates[index], "%s", date);
    out->n_dates++;
}

/* Of columns that are refugees', else of any. */
static void add_dates_of_headings(const reading *reading)
{
    for (int any = 0; any < 2 && !reading->out->n_dates; any++)
        for (size_t j = 0; j < behov_table_n_columns(reading->table); j++) {
            heading heading = read_heading(behov_table_name(reading->table, j));
            if (heading.date[0] && behov_table_numbers(reading->table, j) && (any || is_refugees(heading.name)))
                add_date(reading->out, heading.date);
        }
}

/* A row of 2015 with a date in 2016 is a slip in one of them. */
static behov_status check_year(const reading *reading, ptrdiff_t column, size_t row, const char *date, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    const char *year = text_at(reading->table, column, row);
    if (column < 0 || !year[0] || strncmp(year, date, strlen("2016")) == 0)
        return BEHOV_OK;
    behov_table_where(reading->table, row, column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_YEAR_IS_OTHER, behov_cut(year, 40).text, date);
}

static behov_status add_dates_of_rows(const reading *reading, behov_error *err)
{
    char date[BEHOV_SPLIT_DATE], where[BEHOV_PLACE_SIZE];
    for (size_t row = 0; row < behov_table_n_rows(reading->table); row++) {
        const char *text = text_at(reading->table, reading->date, row);
        if (is_left_out(reading, row))
            continue;
        behov_table_where(reading->table, row, reading->date, where);
        if (!behov_split_date(text, date))
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_NO_DATE, behov_cut(text, 40).text);
        behov_status status = check_year(reading, reading->year, row, date, err);
        if (status)
            return status;
        add_date(reading->out, date);
    }
    return BEHOV_OK;
}

/* A year beside headings that have one date: it says the same, or is a slip. */
static behov_status pass_over_year(reading *reading, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < behov_table_n_rows(reading->table) && !status; row++)
        if (!is_left_out(reading, row))
            status = check_year(reading, reading->date, row, reading->out->dates[0], err);
    reading->date = -1;
    return status;
}

static behov_status say_dates(const reading *reading, const char *asked_date, behov_error *err)
{
    behov_text_list list = {0};
    for (size_t i = 0; i < reading->out->n_dates; i++)
        behov_text_list_add(&list, ", ", reading->out->dates[i]);
    const char *source = behov_table_source(reading->table), *text = behov_text_list_text(&list);
    behov_status status = list.has_no_memory ? out_of_memory(err)
                          : asked_date
                              ? behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_SPLIT_DATE_MISSING, asked_date, text)
                              : behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_SPLIT_DATE_CHOOSE, text);
    free(list.text);
    return status;
}

static behov_status choose_date(reading *reading, const char *asked_date, behov_error *err)
{
    behov_split_table *out = reading->out;
    size_t n_rows = behov_table_n_rows(reading->table), n_columns = behov_table_n_columns(reading->table);
    out->dates = calloc(n_rows + n_columns + 1, sizeof *out->dates);
    if (!out->dates)
        return out_of_memory(err);
    add_dates_of_headings(reading);
    if (reading->date >= 0 && out->n_dates == 1 && is_year(reading->table, (size_t)reading->date)) {
        behov_status status = pass_over_year(reading, err);
        if (status)
            return status;
    }
    if (reading->date >= 0 && out->n_dates)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(reading->table), SAY_SPLIT_DATES_TWICE,
                               behov_table_name(reading->table, (size_t)reading->date));
    behov_status status = reading->date >= 0 ? add_dates_of_rows(reading, err) : BEHOV_OK;
    if (status)
        return status;
    if (asked_date && !out->n_dates)
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(reading->table), SAY_SPLIT_NO_DATES);
    if (!asked_date && out->n_dates > 1)
        return say_dates(reading, NULL, err);
    size_t index = 0;
    while (asked_date && index < out->n_dates && strcmp(out->dates[index], asked_date) != 0)
        index++;
    if (asked_date && index == out->n_dates)
        return say_dates(reading, asked_date, err);
    if (out->n_dates)
        memcpy(out->counting_date, out->dates[index], sizeof out->counting_date);
    return BEHOV_OK;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------ */

static bool is_on_date(const reading *reading, size_t row)
{
    char date[BEHOV_SPLIT_DATE];
    return reading->date < 0 || (behov_split_date(text_at(reading->table, reading->date, row), date) &&
                                 strcmp(date, reading->out->counting_date) == 0);
}

static size_t find_place(const behov_split_table *out, const char *code)
{
    size_t place = 0;
    while (place < out->n_places && strcmp(out->places[place].code, code) != 0)
        place++;
    return place;
}

static behov_status take_row(reading *reading, size_t row, behov_error *err)
{
    behov_split_table *out = reading->out;
    const size_t NO_ROW = behov_table_n_rows(reading->table);
    const char *code = text_at(reading->table, reading->code, row), *name = text_at(reading->table, reading->name, row);
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, row, reading->code, where);
    if (!code[0])
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_CODE_MISSING);
    size_t place = find_place(out, code);
    if (place == out->n_places) {
        out->places[place] = (behov_municipality){code, name, NAN, place};
        reading->rows[out->n_places++] = NO_ROW;
    }
    if (!is_on_date(reading, row))
        return BEHOV_OK;
    if (reading->rows[place] != NO_ROW)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_AGAIN, code,
                               (unsigned long)behov_table_line(reading->table, reading->rows[place]));
    reading->rows[place] = row;
    return BEHOV_OK;
}

static behov_status list_places(reading *reading, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(reading->table);
    behov_split_table *out = reading->out;
    out->places = calloc(n_rows + 1, sizeof *out->places);
    reading->rows = calloc(n_rows + 1, sizeof *reading->rows);
    behov_status status = out->places && reading->rows ? BEHOV_OK : out_of_memory(err);
    for (size_t row = 0; row < n_rows && !status; row++)
        if (is_left_out(reading, row))
            out->n_left_out++;
        else
            status = take_row(reading, row, err);
    for (size_t i = 0; i < out->n_places && !status; i++)
        if (reading->rows[i] == n_rows) {
            char name[BEHOV_MUNICIPALITY_NAME];
            status =
                behov_error_say(err, BEHOV_E_DATA, behov_table_source(reading->table), SAY_SPLIT_NO_ROW,
                                behov_municipality_list_name(&out->places[i], name, sizeof name), out->counting_date);
        }
    if (!status && out->n_places < 2)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(reading->table), SAY_SPLIT_TOO_FEW_PLACES);
    return status;
}

/* ---- figures ------------------------------------------------------------------------------------------------------- */

/* A figure by its heading: that of the counting date, or one without a date; -1 = none. Two of them would leave one out
 * without a word, but one that is called by its whole heading is meant. */
static behov_status find_figure(const reading *reading, bool (*is_meant)(const char *), const char *label,
                                ptrdiff_t *column, behov_error *err)
{
    const behov_table *table = reading->table;
    *column = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const char *name = behov_table_name(table, j);
        heading heading = read_heading(name);
        if (!behov_table_numbers(table, j) || !(is_meant ? is_meant(heading.name) : is_label(heading.name, label)) ||
            (heading.date[0] && strcmp(heading.date, reading->out->counting_date) != 0))
            continue;
        if (label && strcasecmp(name, label) == 0) {
            *column = (ptrdiff_t)j;
            return BEHOV_OK;
        }
        if (*column >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SPLIT_TWO_COLUMNS,
                                   behov_cut(behov_table_name(table, (size_t)*column), 80).text,
                                   behov_cut(name, 80).text);
        *column = (ptrdiff_t)j;
    }
    return BEHOV_OK;
}

/* A whole number of parts of which `scale` are one; false when the figure is none. */
static bool scale_figure(double value, double scale, int64_t *whole)
{
    double scaled = value * scale;
    if (!(fabs(scaled) <= (double)BEHOV_SPLIT_MOST) || fabs(scaled - round(scaled)) > 4 * DBL_EPSILON * fabs(scaled))
        return false;
    *whole = (int64_t)llround(scaled);
    return true;
}

/* How a figure has to be. */
typedef struct figure_rule {
    double scale;
    bool may_be_negative, is_amount, is_persons;
} figure_rule;

static behov_status refuse_figure(const reading *reading, ptrdiff_t column, size_t row, const figure_rule *rule,
                                  double value, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, row, column, where);
    if (isnan(value))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_FIGURE_MISSING);
    behov_said figure = behov_phrase_number(value);
    if (!rule->may_be_negative && value < 0)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_FIGURE_NEGATIVE, figure.text);
    if (rule->is_persons && value > BEHOV_MOST_INHABITANTS)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_LARGE,
                               behov_phrase_number(BEHOV_MOST_INHABITANTS).text);
    if (rule->is_persons)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_NOT_WHOLE);
    if (rule->is_amount && rule->scale > 1)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_AMOUNT_NOT_ORE, figure.text);
    return rule->is_amount ? behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_AMOUNT_NOT_WHOLE, figure.text)
                           : behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_FIGURE_NOT_WHOLE, figure.text);
}

static behov_status take_figures(const reading *reading, ptrdiff_t column, const figure_rule *rule, int64_t **out,
                                 behov_error *err)
{
    size_t n = reading->out->n_places;
    const double *values = behov_table_numbers(reading->table, (size_t)column);
    if (!(*out = calloc(n + 1, sizeof **out)))
        return out_of_memory(err);
    for (size_t i = 0; i < n; i++) {
        size_t row = reading->rows[i];
        double value = values[row];
        bool is_whole = scale_figure(value, rule->scale, &(*out)[i]) &&
                        (!rule->is_persons || (behov_rounded_is_count(reading->table, (size_t)column, row) &&
                                               value <= BEHOV_MOST_INHABITANTS));
        if (isnan(value) || (value < 0 && !rule->may_be_negative) || !is_whole)
            return refuse_figure(reading, column, row, rule, value, err);
    }
    return BEHOV_OK;
}

/* The fewest decimals in which all figures of a column are whole; MOST_DECIMALS where there are more. */
static double scale_of(const reading *reading, ptrdiff_t column)
{
    const double *values = behov_table_numbers(reading->table, (size_t)column);
    double scale = 1;
    for (int decimals = 0; decimals < MOST_DECIMALS; decimals++, scale *= 10) {
        size_t i = 0;
        int64_t whole;
        while (i < reading->out->n_places && scale_figure(values[reading->rows[i]], scale, &whole))
            i++;
        if (i == reading->out->n_places)
            break;
    }
    return scale;
}

static behov_status no_column(const reading *reading, const char *label, behov_error *err)
{
    const char *source = behov_table_source(reading->table), *nearest = behov_table_nearest_name(reading->table, label);
    bool is_another = nearest && strcasecmp(nearest, label) != 0; /* a column of text is there and has no figures */
    return is_another ? behov_error_say(err, BEHOV_E_NAME, source, SAY_PANEL_NO_COLUMN_NEAREST, label, nearest)
                      : behov_error_say(err, BEHOV_E_NAME, source, SAY_SPLIT_NO_COLUMN, label);
}

static behov_status take_named(const reading *reading, const behov_split_columns *columns, int64_t units_per_krone,
                               behov_error *err)
{
    behov_split_table *out = reading->out;
    behov_status status = BEHOV_OK;
    out->bases = calloc(columns->n_bases + 1, sizeof *out->bases);
    out->base_scales = calloc(columns->n_bases + 1, sizeof *out->base_scales);
    out->follows = calloc(columns->n_follows + 1, sizeof *out->follows);
    if (!out->bases || !out->base_scales || !out->follows)
        return out_of_memory(err);
    for (size_t k = 0; k < columns->n_bases && !status; k++) {
        ptrdiff_t column;
        status = find_figure(reading, NULL, columns->bases[k], &column, err);
        out->n_bases++;
        if (!status && column < 0)
            status = no_column(reading, columns->bases[k], err);
        if (status)
            break;
        figure_rule rule = {.scale = out->base_scales[k] = scale_of(reading, column)};
        status = take_figures(reading, column, &rule, &out->bases[k], err);
    }
    for (size_t k = 0; k < columns->n_follows && !status; k++) {
        ptrdiff_t column;
        status = find_figure(reading, NULL, columns->follows[k], &column, err);
        out->n_follows++;
        if (!status)
            status = column < 0
                         ? no_column(reading, columns->follows[k], err)
                         : take_figures(reading, column, &(figure_rule){(double)units_per_krone, true, true, false},
                                        &out->follows[k], err);
    }
    return status;
}

/* 31 December and 1 January after it, in either order: one day apart, the pair in which figures of a year are published. */
static bool are_of_one_new_year(const char *date, const char *other)
{
    int year = atoi(date), other_year = atoi(other);
    return (other_year == year + 1 && strcmp(date + strspn(date, "0123456789"), "-12-31") == 0 &&
            strcmp(other + strspn(other, "0123456789"), "-01-01") == 0) ||
           (other_year + 1 == year && strcmp(date + strspn(date, "0123456789"), "-01-01") == 0 &&
            strcmp(other + strspn(other, "0123456789"), "-12-31") == 0);
}

/* Inhabitants of the other side of the New Year on which the refugees were counted; -1 = there are none. */
static behov_status find_population_of_new_year(const reading *reading, ptrdiff_t *column, behov_error *err)
{
    const behov_table *table = reading->table;
    behov_split_table *out = reading->out;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        heading heading = read_heading(behov_table_name(table, j));
        if (!behov_table_numbers(table, j) || !is_population(heading.name) ||
            !are_of_one_new_year(out->counting_date, heading.date))
            continue;
        if (*column >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SPLIT_TWO_COLUMNS,
                                   behov_cut(behov_table_name(table, (size_t)*column), 80).text,
                                   behov_cut(behov_table_name(table, j), 80).text);
        *column = (ptrdiff_t)j;
        memcpy(out->population_date, heading.date, sizeof out->population_date);
        out->is_population_of_new_year = true;
    }
    return BEHOV_OK;
}

/* Inhabitants of 1 January beside refugees of 31 December: those of the same year, where there is one column of them. */
static behov_status find_population_of_year(const reading *reading, ptrdiff_t *column, behov_error *err)
{
    const behov_table *table = reading->table;
    behov_split_table *out = reading->out;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        heading heading = read_heading(behov_table_name(table, j));
        if (!behov_table_numbers(table, j) || !is_population(heading.name) || !heading.date[0])
            continue;
        if (strncmp(heading.date, out->counting_date, strlen("2016")) != 0) {
            out->unused_population = behov_table_name(table, j);
            continue;
        }
        if (*column >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SPLIT_TWO_COLUMNS,
                                   behov_cut(behov_table_name(table, (size_t)*column), 80).text,
                                   behov_cut(behov_table_name(table, j), 80).text);
        *column = (ptrdiff_t)j;
        memcpy(out->population_date, heading.date, sizeof out->population_date);
    }
    if (*column >= 0)
        out->unused_population = NULL;
    return BEHOV_OK;
}

/* 11.000 that a spreadsheet made 11 of, beside 9000; and more refugees than inhabitants. No municipality has had fewer than
 * a hundred and fifty inhabitants, but all figures of a made-up file may be small. */
static behov_status check_persons(const reading *reading, ptrdiff_t population, ptrdiff_t refugees, behov_error *err)
{
    enum { FEWEST = 100, MANY = 1000 };
    const behov_split_table *out = reading->out;
    char where[BEHOV_PLACE_SIZE];
    bool are_many = false;
    for (size_t i = 0; i < out->n_places; i++)
        are_many = are_many || out->population[i] >= MANY;
    for (size_t i = 0; i < out->n_places; i++) {
        size_t row = reading->rows[i];
        if (are_many && out->population[i] > 0 && out->population[i] < FEWEST) {
            behov_table_where(reading->table, row, population, where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_SMALL, behov_phrase_number(FEWEST).text);
        }
        if (out->refugees && out->refugees[i] > out->population[i]) {
            behov_table_where(reading->table, row, refugees, where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_SPLIT_MORE_THAN_ALL,
                                   behov_phrase_number((double)out->refugees[i]).text,
                                   behov_phrase_number((double)out->population[i]).text);
        }
    }
    return BEHOV_OK;
}

static behov_status take_known(const reading *reading, behov_error *err)
{
    static const figure_rule persons = {1, false, false, true};
    behov_split_table *out = reading->out;
    ptrdiff_t population, refugees = -1;
    behov_status status = find_figure(reading, is_population, NULL, &population, err);
    if (!status && population < 0)
        status = find_population_of_new_year(reading, &population, err);
    if (!status && population < 0)
        status = find_population_of_year(reading, &population, err);
    if (!status)
        status = find_figure(reading, is_refugees, NULL, &refugees, err);
    if (!status && population >= 0)
        status = take_figures(reading, population, &persons, &out->population, err);
    if (!status && refugees >= 0)
        status = take_figures(reading, refugees, &persons, &out->refugees, err);
    if (!status && out->population)
        status = check_persons(reading, population, refugees, err);
    for (size_t i = 0; i < out->n_places && out->population; i++)
        out->places[i].population = (double)out->population[i];
    return status;
}

behov_status behov_split_table_read(const behov_table *table, const behov_split_columns *columns,
                                    const char *counting_date, int64_t units_per_krone, behov_split_table *out,
                                    behov_error *err)
{
    reading reading = {.table = table,
                       .out = out,
                       .code = find_role(table, BEHOV_ROLE_CODE),
                       .name = find_role(table, BEHOV_ROLE_MUNICIPALITY)};
    *out = (behov_split_table){.n_places = 0};
    if (reading.code < 0)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SPLIT_NO_CODES);
    behov_status status = find_date_columns(&reading, err);
    if (!status)
        status = choose_date(&reading, counting_date, err);
    if (!status)
        status = list_places(&reading, err);
    if (!status)
        status = take_known(&reading, err);
    if (!status)
        status = take_named(&reading, columns, units_per_krone, err);
    free(reading.rows);
    return status;
}

void behov_split_table_free(behov_split_table *split_table)
{
    for (size_t k = 0; k < split_table->n_bases; k++)
        free(split_table->bases[k]);
    for (size_t k = 0; k < split_table->n_follows; k++)
        free(split_table->follows[k]);
    free(split_table->bases);
    free(split_table->base_scales);
    free(split_table->follows);
    free(split_table->places);
    free(split_table->population);
    free(split_table->refugees);
    free(split_table->dates);
    *split_table = (behov_split_table){.n_places = 0};
}
