/* municipality_sheet.c - formulas over the tables of lookup.c.
 *
 * Nothing is computed from where a row stands. A driver is coefficient times (own value less the mean), worked out on
 * the sheet, so that whoever wonders can follow it:
 *
 *   driver_j = b_j (x_j - mean_j),  sum_j driver_j = need - mean need
 *
 * The waterfall is made of stacked bars, which add up from zero on either side: what is not seen takes the room from
 * zero to the nearer end of a step, and a step across zero has a part on each side. */
#include "municipality_sheet.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/input_sheet.h>
#include <behov/labels.h>
#include "lookup.h"
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>
#include "workbook.h"

enum { FORMULA = 1200 };

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

/* ---- widths ---------------------------------------------------------------------------------------------------------
 */

enum { NARROWEST_LABEL = 40, WIDEST_LABEL = 46, NARROWEST_FIGURE = 12, LABEL_COLUMN = 0, FIRST_FIGURE = 1 };

/* Columns of the drivers. */
enum { COEFFICIENT = 1, VALUE, MEAN, DRIVER, DRIVER_IN_ALL };

static bool has_in_all(const behov_profiles *profiles)
{
    return behov_profile_in_kroner(profiles) && profiles->has_population;
}

/* Columns of the drivers against the group. */
static size_t group_mean(const behov_profiles *profiles)
{
    return has_in_all(profiles) ? DRIVER_IN_ALL + 1 : DRIVER + 1;
}
static size_t group_driver(const behov_profiles *profiles)
{
    return group_mean(profiles) + 1;
}
static size_t group_driver_in_all(const behov_profiles *profiles)
{
    return group_mean(profiles) + 2;
}

/* Columns that are printed. */
static size_t sheet_columns(const behov_profiles *profiles)
{
    size_t drivers = !profiles->has_group   ? group_mean(profiles)
                     : has_in_all(profiles) ? group_driver_in_all(profiles) + 1
                                            : group_driver(profiles) + 1,
           years = FIRST_FIGURE + profiles->n_years;
    return drivers > years ? drivers : years;
}

/* Heads of the drivers' table: a word for the sheet, shorter than those of pages, so that columns stay narrow. */
static const char *head_word(const behov_profiles *profiles, behov_word word)
{
    return behov_profile_words(profiles, word);
}

/* All figures have one width: years and drivers stand in the same columns. No word of a head is broken. */
static size_t figure_width(const behov_profiles *profiles)
{
    const char *heads[] = {behov_label(lang_of(profiles), BEHOV_WORD_COEFFICIENT),
                           behov_label(lang_of(profiles), BEHOV_WORD_FORM_OWN),
                           behov_label(lang_of(profiles), BEHOV_WORD_FORM_COUNTRY_MEAN),
                           head_word(profiles, BEHOV_WORD_FORM_DRIVER),
                           has_in_all(profiles) ? behov_label(lang_of(profiles), BEHOV_WORD_FORM_DRIVER_1000KR) : "",
                           profiles->has_group ? behov_label(lang_of(profiles), BEHOV_WORD_FORM_GROUP_MEAN) : "",
                           profiles->has_group ? head_word(profiles, BEHOV_WORD_FORM_GROUP_DRIVER) : "",
                           profiles->has_group && has_in_all(profiles)
                               ? behov_label(lang_of(profiles), BEHOV_WORD_FORM_GROUP_DRIVER_1000KR)
                               : "",
                           lookup_has_forecast(profiles, BEHOV_FORECAST_NEXT)
                               ? behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_FORECAST_NEW)
                               : ""};
    size_t width = NARROWEST_FIGURE;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        for (const char *word = heads[i]; *word;) {
            size_t length = strcspn(word, " "), n = behov_workbook_characters_in(word, length) + 1; /* bold */
            width = n > width ? n : width;
            word += length + (word[length] == ' ');
        }
    return width;
}

/* Wide enough for the terms, whose labels are the user's, and for the figures of a year; a longer one is wrapped. */
static behov_status measure_labels(const behov_profiles *profiles, size_t *label_width, behov_error *err)
{
    size_t width = NARROWEST_LABEL;
    for (size_t j = 0; j < profiles->n_terms; j++) {
        size_t n = behov_workbook_characters(profiles->terms[j].label);
        width = n > width ? n : width;
    }
    behov_wording label = {0};
    for (size_t j = 0; j < behov_n_profile_figures; j++) {
        if (!lookup_has_figure(profiles, &behov_profile_figures[j]))
            continue;
        behov_profile_figure_label(profiles, &behov_profile_figures[j], &label);
        size_t n = behov_workbook_characters(behov_wording_text(&label));
        width = n > width ? n : width;
    }
    behov_status status = behov_wording_status(&label, err);
    behov_wording_free(&label);
    *label_width = width < WIDEST_LABEL ? width : WIDEST_LABEL;
    return status;
}

/* Characters of running text on a line, which are narrower than the digits that widths are counted in. */
static size_t line_width(const behov_profiles *profiles, size_t label_width)
{
    return (label_width + figure_width(profiles) * (sheet_columns(profiles) - 1)) * 112 / 100;
}

/* ---- the sheet of formulas -----------------------------------------------------------------------------------------
 */

/* Columns of what the waterfall is made of, from the column of the first of them. */
enum { START, END, HIDDEN, UP, UP_BELOW, DOWN, DOWN_BELOW, SUM, MADE_END };

typedef struct sheet {
    const behov_profiles *profiles;
    const behov_profile *profile;
    size_t index; /* its position among the profiles */
    const behov_section *tables;
    behov_input_sheet *out;
    behov_status status; /* the first that is not BEHOV_OK; nothing is added after it */
    behov_error *err;
    size_t row, count; /* the row to fill next; first column of what is not printed */
    size_t label_width;
    /* where things stand */
    char chosen_text[BEHOV_WORKBOOK_CELL], year[BEHOV_WORKBOOK_CELL], group[BEHOV_WORKBOOK_CELL];
    char municipality_row[BEHOV_WORKBOOK_CELL], year_row[BEHOV_WORKBOOK_CELL], country_row[BEHOV_WORKBOOK_CELL],
        group_row[BEHOV_WORKBOOK_CELL];
    size_t years_row, ratio_row, country_ratio_row, group_ratio_row, low_row, high_row, population_row;
    size_t drivers_row;
} sheet;

static const behov_profile_year *shown_year(const sheet *sheet)
{
    return &sheet->profile->years[sheet->profile->index];
}

static void put_text(sheet *sheet, size_t row, size_t column, unsigned look, const char *text)
{
    if (!sheet->status)
        sheet->status = behov_input_text(sheet->out, row, column, look, text, sheet->err);
}

/* Words that may not have been said whole. */
static void put_words(sheet *sheet, size_t row, size_t column, unsigned look, const behov_wording *text)
{
    if (!sheet->status)
        sheet->status = behov_wording_status(text, sheet->err);
    put_text(sheet, row, column, look, behov_wording_text(text));
}

static void put_number(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double number)
{
    if (!sheet->status)
        sheet->status = behov_input_number(sheet->out, row, column, look, quantity, number, sheet->err);
}

BEHOV_PRINTF(7, 8)
static void put_formula(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double value,
                        const char *formula, ...)
{
    char text[FORMULA];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(text, sizeof text, formula, arguments);
    va_end(arguments);
    if (!sheet->status)
        sheet->status = behov_input_formula(sheet->out, row, column, look, quantity, value, text, sheet->err);
}

BEHOV_PRINTF(6, 7)
static void put_text_formula(sheet *sheet, size_t row, size_t column, unsigned look, const char *value,
                             const char *formula, ...)
{
    char text[FORMULA];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(text, sizeof text, formula, arguments);
    va_end(arguments);
    if (!sheet->status)
        sheet->status = behov_input_text_formula(sheet->out, row, column, look, value, text, sheet->err);
}

static const char *words(const sheet *sheet, behov_word key)
{
    return behov_label(lang_of(sheet->profiles), key);
}

/* A cell without its dollars: B4. */
static const char *plain_cell(size_t row, size_t column, char text[BEHOV_WORKBOOK_CELL])
{
    char with_dollars[BEHOV_WORKBOOK_CELL];
    behov_workbook_cell(row, column, with_dollars);
    size_t n = 0;
    for (const char *c = with_dollars; *c; c++)
        if (*c != '$')
            text[n++] = *c;
    text[n] = '\0';
    return text;
}

/* `name&" "&year` as the tables' keys have it. */
static void key_formula(const sheet *sheet, const char *name, const char *year, char text[200])
{
    if (lookup_has_years(sheet->profiles))
        snprintf(text, 200, "%.80s&\" \"&%.80s", name, year);
    else
        snprintf(text, 200, "%.80s", name);
}

static void put_title(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    behov_wording title = {0};
    behov_study_say_title(
        profiles->fit_results->study,
        words(sheet, behov_profile_in_kroner(profiles) ? BEHOV_WORD_FORM_TITLE : BEHOV_WORD_FORM_TITLE_OTHER), &title);
    if (!sheet->status)
        sheet->status = behov_wording_status(&title, sheet->err);
    put_text(sheet, 0, LABEL_COLUMN, BEHOV_FORM_TITLE, behov_wording_text(&title));
    behov_wording_free(&title);
    put_text(sheet, 1, LABEL_COLUMN, BEHOV_FORM_NOTE,
             words(sheet, lookup_has_years(profiles) ? BEHOV_WORD_FORM_SUBTITLE : BEHOV_WORD_FORM_SUBTITLE_ONE_YEAR));
}

/* The cell in which a municipality is chosen, and its row in the table of them. */
static void put_chosen_municipality(sheet *sheet)
{
    char name[LOOKUP_KEY], range[BEHOV_WORKBOOK_RANGE];
    size_t faint = sheet->count;
    lookup_name(sheet->profiles, sheet->profile, name);
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, words(sheet, BEHOV_WORD_MUNICIPALITY));
    put_text(sheet, sheet->row, FIRST_FIGURE, BEHOV_FORM_INPUT | BEHOV_FORM_STRONG, name);
    for (size_t j = FIRST_FIGURE + 1; j < FIRST_FIGURE + 3; j++)
        put_number(sheet, sheet->row, j, BEHOV_FORM_INPUT, BEHOV_Q_TEXT, NAN);
    behov_workbook_cell(sheet->row, FIRST_FIGURE, sheet->chosen_text);
    behov_workbook_cell(sheet->row, faint + 1, sheet->municipality_row);
    behov_workbook_range(&sheet->tables[LOOKUP_MUNICIPALITIES], "municipality", range);
    put_text(sheet, sheet->row, faint, BEHOV_FORM_FAINT, words(sheet, BEHOV_WORD_FORM_ROW));
    put_formula(sheet, sheet->row, faint + 1, BEHOV_FORM_FAINT, BEHOV_Q_COUNT, (double)sheet->index + 1,
                "IFERROR(MATCH(%s,%s,0),0)", sheet->chosen_text, range);
    if (!sheet->status)
        sheet->status = behov_input_add_rule(sheet->out,
                                             (behov_input_rule){.kind = BEHOV_FORM_RULE_LIST,
                                                                .first_row = sheet->row,
                                                                .first_column = FIRST_FIGURE,
                                                                .last_row = sheet->row,
                                                                .last_column = FIRST_FIGURE,
                                                                .list = range,
                                                                .title = words(sheet, BEHOV_WORD_MUNICIPALITY),
                                                                .words = words(sheet, BEHOV_WORD_FORM_CHOOSE),
                                                                .refusal = words(sheet, BEHOV_WORD_FORM_REFUSED)},
                                             sheet->err);
    sheet->row++;
}

static void put_chosen_year(sheet *sheet)
{
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, words(sheet, BEHOV_WORD_YEAR));
    put_number(sheet, sheet->row, FIRST_FIGURE, BEHOV_FORM_INPUT | BEHOV_FORM_STRONG, BEHOV_Q_YEAR,
               shown_year(sheet)->year);
    behov_workbook_cell(sheet->row, FIRST_FIGURE, sheet->year);
    sheet->row++;
}

/* The group of the municipality that is chosen. */
static void put_group(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    char range[BEHOV_WORKBOOK_RANGE];
    behov_workbook_range(&sheet->tables[LOOKUP_MUNICIPALITIES], "group", range);
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, words(sheet, BEHOV_WORD_GROUP));
    put_text_formula(sheet, sheet->row, FIRST_FIGURE, BEHOV_FORM_PLAIN, lookup_group(profiles, sheet->profile),
                     "IF(%s=0,\"\",INDEX(%s,%s)&\"\")", sheet->municipality_row, range, sheet->municipality_row);
    behov_workbook_cell(sheet->row, FIRST_FIGURE, sheet->group);
    sheet->row++;
}

/* Rows of the year that is chosen, of the municipality, the country and the group. */
static void put_rows_of_year(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_section *years = &sheet->tables[LOOKUP_YEARS], *means = &sheet->tables[LOOKUP_GROUPS];
    char range[BEHOV_WORKBOOK_RANGE], text[200];
    size_t faint = sheet->count;
    const behov_word labels[] = {BEHOV_WORD_FORM_ROW_YEAR, BEHOV_WORD_FORM_ROW_COUNTRY, BEHOV_WORD_FORM_ROW_GROUP};
    char *const cells[] = {sheet->year_row, sheet->country_row, sheet->group_row};
    for (size_t i = 0; i < (profiles->has_group ? 3 : 2); i++) {
        char country[120];
        size_t n_groups = behov_report_n_rows(means->table),
               index = i == 0 ? sheet->index * profiles->n_years + sheet->profile->index : 0;
        snprintf(country, sizeof country, "\"%.100s\"", words(sheet, BEHOV_WORD_LOOKUP_COUNTRY));
        key_formula(sheet, i == 0 ? sheet->chosen_text : i == 1 ? country : sheet->group, sheet->year, text);
        behov_workbook_range(i == 0 ? years : means, "lookup_key", range);
        char requested_text[LOOKUP_KEY];
        lookup_key(i == 2 ? lookup_group(profiles, sheet->profile) : words(sheet, BEHOV_WORD_LOOKUP_COUNTRY),
                   shown_year(sheet)->year, requested_text);
        while (i > 0 && index < n_groups && strcmp(behov_report_text(means->table, 1, index), requested_text) != 0)
            index++;
        put_text(sheet, 4 + i, faint, BEHOV_FORM_FAINT, words(sheet, labels[i]));
        put_formula(sheet, 4 + i, faint + 1, BEHOV_FORM_FAINT, BEHOV_Q_COUNT,
                    i > 0 && index == n_groups ? 0 : (double)index + 1, "IFERROR(MATCH(%s,%s,0),0)", text, range);
        behov_workbook_cell(4 + i, faint + 1, cells[i]);
    }
}

/* What is chosen, and where it stands in the tables. */
static void put_choice(sheet *sheet)
{
    put_title(sheet);
    sheet->row = 3;
    put_chosen_municipality(sheet);
    if (lookup_has_years(sheet->profiles))
        put_chosen_year(sheet);
    if (sheet->profiles->has_group)
        put_group(sheet);
    put_rows_of_year(sheet);
    sheet->row++;
}

/* Sentences, a line a row. */
static void put_lines(sheet *sheet)
{
    for (lookup_paragraph which = 0; which < LOOKUP_PARAGRAPHS; which++) {
        const behov_section *source = &sheet->tables[lookup_is_of_year(which) ? LOOKUP_YEARS : LOOKUP_MUNICIPALITIES];
        const char *row = lookup_is_of_year(which) ? sheet->year_row : sheet->municipality_row;
        size_t index =
            lookup_is_of_year(which) ? sheet->index * sheet->profiles->n_years + sheet->profile->index : sheet->index;
        for (size_t i = 0; i < LOOKUP_MOST_LINES; i++) {
            char key[40], range[BEHOV_WORKBOOK_RANGE];
            lookup_line_key(which, i, key);
            size_t column = behov_workbook_column(source->table, key);
            if (column == behov_report_n_columns(source->table))
                break;
            behov_workbook_range(source, key, range);
            put_text_formula(
                sheet, sheet->row++, LABEL_COLUMN, which == LOOKUP_ANSWER ? BEHOV_FORM_STRONG : BEHOV_FORM_PLAIN,
                behov_report_text(source->table, column, index), "IF(%s=0,\"\",INDEX(%s,%s)&\"\")", row, range, row);
        }
    }
    sheet->row++;
}

/* ---- years ----------------------------------------------------------------------------------------------------------
 */

static void put_head(sheet *sheet, size_t row, size_t column, const char *text)
{
    put_text(sheet, row, column, BEHOV_FORM_HEAD | (column == LABEL_COLUMN ? 0 : BEHOV_FORM_RIGHT), text);
}

static void remember(sheet *sheet, const char *key, size_t row)
{
    const struct {
        const char *key;
        size_t *row;
    } entry[] = {{"ratio", &sheet->ratio_row},
                 {"country_ratio", &sheet->country_ratio_row},
                 {"group_ratio", &sheet->group_ratio_row},
                 {"ratio_low", &sheet->low_row},
                 {"ratio_high", &sheet->high_row},
                 {"population", &sheet->population_row}};
    for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
        if (strcmp(entry[i].key, key) == 0)
            *entry[i].row = row;
}

static void put_years(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_section *years = &sheet->tables[LOOKUP_YEARS];
    char range[BEHOV_WORKBOOK_RANGE], cell[BEHOV_WORKBOOK_CELL], text[200];
    behov_wording label = {0};
    sheet->years_row = sheet->row++;
    put_head(sheet, sheet->years_row, LABEL_COLUMN, words(sheet, BEHOV_WORD_FIGURE));
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (lookup_has_years(profiles))
            put_number(sheet, sheet->years_row, FIRST_FIGURE + t, BEHOV_FORM_HEAD, BEHOV_Q_YEAR,
                       profiles->all[0].years[t].year);
        else
            put_head(sheet, sheet->years_row, FIRST_FIGURE + t, words(sheet, BEHOV_WORD_VALUE));
    }
    /* where each year stands in the table, beside the heads and not on the page */
    put_text(sheet, sheet->years_row - 1, sheet->count, BEHOV_FORM_FAINT, words(sheet, BEHOV_WORD_FORM_ROW_OF_YEAR));
    behov_workbook_range(years, "lookup_key", range);
    for (size_t t = 0; t < profiles->n_years; t++) {
        key_formula(sheet, sheet->chosen_text, plain_cell(sheet->years_row, FIRST_FIGURE + t, cell), text);
        put_formula(sheet, sheet->years_row, sheet->count + t, BEHOV_FORM_FAINT, BEHOV_Q_COUNT,
                    (double)(sheet->index * profiles->n_years + t) + 1, "IFERROR(MATCH(%s,%s,0),0)", text, range);
    }
    double scale = behov_profile_shown(profiles, 1);
    for (size_t i = 0; i < behov_n_profile_figures; i++) {
        const behov_profile_figure *figure = &behov_profile_figures[i];
        if (!lookup_has_figure(profiles, figure))
            continue;
        bool is_amount = figure->quantity == BEHOV_Q_OUTCOME && scale != 1;
        unsigned look = strcmp(figure->key, "ratio") == 0 ? BEHOV_FORM_STRONG : BEHOV_FORM_PLAIN;
        remember(sheet, figure->key, sheet->row);
        behov_profile_figure_label(profiles, figure, &label);
        put_words(sheet, sheet->row, LABEL_COLUMN, look | BEHOV_FORM_WRAPPED, &label);
        behov_workbook_range(years, figure->key, range);
        for (size_t t = 0; t < profiles->n_years; t++) {
            plain_cell(sheet->years_row, sheet->count + t, cell);
            put_formula(sheet, sheet->row, FIRST_FIGURE + t, look, behov_profile_figure_quantity(profiles, figure),
                        behov_profile_figure_shown(profiles, figure, &sheet->profile->years[t]),
                        "IF(%s=0,\"\",IF(ISNUMBER(INDEX(%s,%s)),%sINDEX(%s,%s),\"\"))", cell, range, cell,
                        is_amount ? "1000*" : "", range, cell);
        }
        sheet->row++;
    }
    behov_wording_free(&label);
    sheet->row++;
    if (lookup_has_years(profiles) && !sheet->status) {
        char first[BEHOV_WORKBOOK_CELL], last[BEHOV_WORKBOOK_CELL], list[2 * BEHOV_WORKBOOK_CELL + 2];
        behov_workbook_cell(sheet->years_row, FIRST_FIGURE, first);
        behov_workbook_cell(sheet->years_row, FIRST_FIGURE + profiles->n_years - 1, last);
        snprintf(list, sizeof list, "%s:%s", first, last);
        sheet->status = behov_input_add_rule(sheet->out,
                                             (behov_input_rule){.kind = BEHOV_FORM_RULE_LIST,
                                                                .first_row = 4,
                                                                .first_column = FIRST_FIGURE,
                                                                .last_row = 4,
                                                                .last_column = FIRST_FIGURE,
                                                                .list = list,
                                                                .title = words(sheet, BEHOV_WORD_YEAR),
                                                                .words = words(sheet, BEHOV_WORD_FORM_CHOOSE_YEAR),
                                                                .refusal = words(sheet, BEHOV_WORD_FORM_REFUSED)},
                                             sheet->err);
    }
}

/* ---- drivers --------------------------------------------------------------------------------------------------------
 */

static double in_all(const sheet *sheet, double driver)
{
    return behov_profile_in_all(sheet->profiles, driver, shown_year(sheet)->population);
}

/* Inhabitants of the chosen year, as a formula. */
static void population_formula(const sheet *sheet, char text[2 * BEHOV_WORKBOOK_RANGE])
{
    char range[BEHOV_WORKBOOK_RANGE];
    behov_workbook_range(&sheet->tables[LOOKUP_YEARS], "population", range);
    snprintf(text, 2 * BEHOV_WORKBOOK_RANGE, "INDEX(%s,%s)", range, sheet->year_row);
}

/* A value or a mean, looked up. */
static void put_lookup(sheet *sheet, size_t column, const behov_section *source, const char *key, const char *row,
                       double value, behov_quantity quantity, unsigned look, const char *scale)
{
    char range[BEHOV_WORKBOOK_RANGE];
    behov_workbook_range(source, key, range);
    put_formula(sheet, sheet->row, column, look, quantity, value,
                "IF(%s=0,\"\",IF(ISNUMBER(INDEX(%s,%s)),%sINDEX(%s,%s),\"\"))", row, range, row, scale, range, row);
}

/* Years to come, with the figures of the municipality's last year, whatever year is chosen. */
static void put_forecasts(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *last = &sheet->profile->years[sheet->profile->last_need];
    behov_wording name = {0};
    if (!lookup_has_forecast(profiles, BEHOV_FORECAST_NEXT))
        return;
    put_head(sheet, sheet->row, LABEL_COLUMN, words(sheet, BEHOV_WORD_FORM_FORECASTS));
    for (size_t which = 0, column = FIRST_FIGURE; which < BEHOV_N_FORECASTS; which++) {
        if (!lookup_has_forecast(profiles, which))
            continue;
        behov_wording_clear(&name);
        behov_profile_forecast_name(profiles, which, &name);
        put_words(sheet, sheet->row, column++, BEHOV_FORM_HEAD | BEHOV_FORM_RIGHT, &name);
    }
    sheet->row++;
    for (size_t i = 0; i < behov_n_profile_figures; i++) {
        const behov_profile_figure *figure = &behov_profile_figures[i];
        char key[60];
        if (!behov_profile_figure_is_forecast(profiles, figure))
            continue;
        bool is_amount = figure->quantity == BEHOV_Q_OUTCOME && behov_profile_shown(profiles, 1) != 1;
        behov_profile_forecast_label(profiles, figure, &name);
        put_words(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_PLAIN, &name);
        for (size_t which = 0, column = FIRST_FIGURE; which < BEHOV_N_FORECASTS; which++) {
            if (!lookup_has_forecast(profiles, which))
                continue;
            lookup_forecast_key(figure, which, key);
            put_lookup(sheet, column++, &sheet->tables[LOOKUP_MUNICIPALITIES], key, sheet->municipality_row,
                       behov_profile_forecast_shown(profiles, figure, last, which),
                       behov_profile_figure_quantity(profiles, figure), BEHOV_FORM_PLAIN, is_amount ? "1000*" : "");
        }
        sheet->row++;
    }
    behov_wording_free(&name);
    sheet->row++;
}

/* coefficient (value - mean), and times the inhabitants. */
static void put_driver(sheet *sheet, size_t mean, size_t driver, size_t driver_in_all, double value)
{
    const behov_profiles *profiles = sheet->profiles;
    char coefficient[BEHOV_WORKBOOK_CELL], own[BEHOV_WORKBOOK_CELL], average[BEHOV_WORKBOOK_CELL],
        copy[BEHOV_WORKBOOK_CELL];
    char persons[2 * BEHOV_WORKBOOK_RANGE];
    plain_cell(sheet->row, COEFFICIENT, coefficient);
    plain_cell(sheet->row, VALUE, own);
    plain_cell(sheet->row, mean, average);
    plain_cell(sheet->row, driver, copy);
    put_formula(sheet, sheet->row, driver, BEHOV_FORM_PLAIN, behov_profile_amount_quantity(profiles),
                behov_profile_shown(profiles, value), "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s%s*(%s-%s),\"\")", own,
                average, behov_profile_shown(profiles, 1) != 1 ? "1000*" : "", coefficient, own, average);
    if (!has_in_all(profiles))
        return;
    population_formula(sheet, persons);
    put_formula(sheet, sheet->row, driver_in_all, BEHOV_FORM_PLAIN, BEHOV_Q_GAP, in_all(sheet, value),
                "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s*%s/1000,\"\")", copy, persons, copy, persons);
}

static void put_term(sheet *sheet, size_t term)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = shown_year(sheet);
    behov_profile_part part = behov_profile_part_of(profiles, now, term);
    char key[32];
    lookup_term_key(term, key);
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_WRAPPED, profiles->terms[term].label);
    put_number(sheet, sheet->row, COEFFICIENT, BEHOV_FORM_PLAIN, BEHOV_Q_COEFFICIENT, part.coefficient);
    put_lookup(sheet, VALUE, &sheet->tables[LOOKUP_YEARS], key, sheet->year_row, part.value, BEHOV_Q_COEFFICIENT,
               BEHOV_FORM_PLAIN, "");
    put_lookup(sheet, MEAN, &sheet->tables[LOOKUP_GROUPS], key, sheet->country_row, part.means[BEHOV_PEER_COUNTRY],
               BEHOV_Q_COEFFICIENT, BEHOV_FORM_PLAIN, "");
    put_driver(sheet, MEAN, DRIVER, DRIVER_IN_ALL, now->drivers[BEHOV_PEER_COUNTRY][term]);
    if (profiles->has_group) {
        bool has_group = behov_profile_has_group(profiles, sheet->profile);
        put_lookup(sheet, group_mean(profiles), &sheet->tables[LOOKUP_GROUPS], key, sheet->group_row,
                   part.means[BEHOV_PEER_GROUP], BEHOV_Q_COEFFICIENT, BEHOV_FORM_PLAIN, "");
        put_driver(sheet, group_mean(profiles), group_driver(profiles), group_driver_in_all(profiles),
                   has_group ? now->drivers[BEHOV_PEER_GROUP][term] : NAN);
    }
}

/* One step of the waterfall, beside its driver: from what came before it to that and its own. */
static void put_step(sheet *sheet, bool is_first, bool is_sum, double start, double driver)
{
    char value[BEHOV_WORKBOOK_CELL], source[BEHOV_WORKBOOK_CELL], out[BEHOV_WORKBOOK_CELL],
        previous_text[BEHOV_WORKBOOK_CELL];
    size_t count = sheet->count;
    double end = is_sum ? driver : start + driver, low = fmin(start, end), high = fmax(start, end);
    double above = fmax(0, high) - fmax(0, low), lower_value = fmin(0, low) - fmin(0, high);
    bool is_up = driver >= 0;
    plain_cell(sheet->row, DRIVER, value);
    plain_cell(sheet->row, count + START, source);
    plain_cell(sheet->row, count + END, out);
    behov_quantity quantity = behov_profile_amount_quantity(sheet->profiles);
    if (is_first || is_sum)
        put_number(sheet, sheet->row, count + START, BEHOV_FORM_FAINT, quantity, 0);
    else
        put_formula(sheet, sheet->row, count + START, BEHOV_FORM_FAINT, quantity, start, "%s",
                    plain_cell(sheet->row - 1, count + END, previous_text));
    put_formula(sheet, sheet->row, count + END, BEHOV_FORM_FAINT, quantity, end, "%s+N(%s)", source, value);
    put_formula(sheet, sheet->row, count + HIDDEN, BEHOV_FORM_FAINT, quantity,
                low < 0 && high > 0 ? 0
                : low >= 0          ? low
                                    : high,
                "IF(AND(MIN(%s,%s)<0,MAX(%s,%s)>0),0,IF(MIN(%s,%s)>=0,MIN(%s,%s),MAX(%s,%s)))", source, out, source,
                out, source, out, source, out, source, out);
    const struct {
        size_t column;
        bool is_shown;
        const char *test;
    } parts[] = {{UP, is_up, ">=0"}, {DOWN, !is_up, "<0"}};
    for (size_t i = 0; i < 2; i++) {
        size_t column = count + parts[i].column;
        if (is_sum) {
            put_number(sheet, sheet->row, column, BEHOV_FORM_FAINT, quantity, 0);
            put_number(sheet, sheet->row, column + 1, BEHOV_FORM_FAINT, quantity, 0);
            continue;
        }
        put_formula(sheet, sheet->row, column, BEHOV_FORM_FAINT, quantity, parts[i].is_shown ? above : 0,
                    "IF(N(%s)%s,MAX(0,%s,%s)-MAX(0,MIN(%s,%s)),0)", value, parts[i].test, source, out, source, out);
        put_formula(sheet, sheet->row, column + 1, BEHOV_FORM_FAINT, quantity, parts[i].is_shown ? lower_value : 0,
                    "IF(N(%s)%s,MIN(0,%s,%s)-MIN(0,MAX(%s,%s)),0)", value, parts[i].test, source, out, source, out);
    }
    put_formula(sheet, sheet->row, count + SUM, BEHOV_FORM_FAINT, quantity, is_sum ? driver : 0, "%s",
                is_sum ? out : "0");
}

static void put_sum(sheet *sheet, size_t first, size_t column, behov_quantity quantity, double value)
{
    char source[BEHOV_WORKBOOK_CELL], out[BEHOV_WORKBOOK_CELL];
    plain_cell(first, column, source);
    plain_cell(sheet->row - 1, column, out);
    put_formula(sheet, sheet->row, column, BEHOV_FORM_STRONG | BEHOV_FORM_SUM, quantity, value,
                "IF(COUNT(%s:%s)=0,\"\",SUM(%s:%s))", source, out, source, out);
}

static void put_drivers_head(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    static const behov_word made_keys[] = {BEHOV_WORD_FORM_START,      BEHOV_WORD_FORM_END,      BEHOV_WORD_FORM_HIDDEN,
                                           BEHOV_WORD_FORM_UP,         BEHOV_WORD_FORM_UP_BELOW, BEHOV_WORD_FORM_DOWN,
                                           BEHOV_WORD_FORM_DOWN_BELOW, BEHOV_WORD_FORM_SUM};
    put_text(sheet, sheet->row++, LABEL_COLUMN, BEHOV_FORM_STRONG,
             words(sheet, behov_profile_in_kroner(profiles) ? BEHOV_WORD_FORM_WHY : BEHOV_WORD_FORM_WHY_OTHER));
    sheet->drivers_row = sheet->row;
    put_head(sheet, sheet->row, LABEL_COLUMN, words(sheet, BEHOV_WORD_VARIABLE));
    put_head(sheet, sheet->row, COEFFICIENT, words(sheet, BEHOV_WORD_COEFFICIENT));
    put_head(sheet, sheet->row, VALUE, words(sheet, BEHOV_WORD_FORM_OWN));
    put_head(sheet, sheet->row, MEAN, words(sheet, BEHOV_WORD_FORM_COUNTRY_MEAN));
    put_head(sheet, sheet->row, DRIVER, head_word(profiles, BEHOV_WORD_FORM_DRIVER));
    if (has_in_all(profiles))
        put_head(sheet, sheet->row, DRIVER_IN_ALL, words(sheet, BEHOV_WORD_FORM_DRIVER_1000KR));
    if (profiles->has_group) {
        put_head(sheet, sheet->row, group_mean(profiles), words(sheet, BEHOV_WORD_FORM_GROUP_MEAN));
        put_head(sheet, sheet->row, group_driver(profiles), head_word(profiles, BEHOV_WORD_FORM_GROUP_DRIVER));
        if (has_in_all(profiles))
            put_head(sheet, sheet->row, group_driver_in_all(profiles),
                     words(sheet, BEHOV_WORD_FORM_GROUP_DRIVER_1000KR));
    }
    for (size_t j = START; j < MADE_END; j++)
        put_text(sheet, sheet->row, sheet->count + j, BEHOV_FORM_FAINT | BEHOV_FORM_WRAPPED,
                 words(sheet, made_keys[j]));
    sheet->row++;
}

/* Own need and the mean needs, under the columns of value and means: what the drivers add up to. */
static void put_needs(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = shown_year(sheet);
    const char *scale = behov_profile_shown(profiles, 1) != 1 ? "1000*" : "";
    behov_quantity quantity = behov_profile_amount_quantity(profiles);
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_PLAIN,
             words(sheet, behov_profile_word(profiles, BEHOV_WORD_PROFILE_NEED)));
    put_lookup(sheet, VALUE, &sheet->tables[LOOKUP_YEARS], "need", sheet->year_row,
               behov_profile_shown(profiles, now->need), quantity, BEHOV_FORM_PLAIN, scale);
    put_lookup(sheet, MEAN, &sheet->tables[LOOKUP_GROUPS], "need", sheet->country_row,
               behov_profile_shown(profiles, now->means[BEHOV_PEER_COUNTRY]), quantity, BEHOV_FORM_PLAIN, scale);
    if (profiles->has_group)
        put_lookup(sheet, group_mean(profiles), &sheet->tables[LOOKUP_GROUPS], "need", sheet->group_row,
                   behov_profile_has_group(profiles, sheet->profile)
                       ? behov_profile_shown(profiles, now->means[BEHOV_PEER_GROUP])
                       : NAN,
                   quantity, BEHOV_FORM_PLAIN, scale);
    sheet->row++;
}

static void put_drivers(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = shown_year(sheet);
    put_drivers_head(sheet);
    size_t first = sheet->row;
    double start = 0;
    for (size_t j = 0; j < profiles->n_terms; j++) {
        double driver = behov_profile_shown(profiles, now->drivers[BEHOV_PEER_COUNTRY][j]);
        put_term(sheet, j);
        put_step(sheet, j == 0, false, start, driver);
        start += driver;
        sheet->row++;
    }
    bool has_group = behov_profile_has_group(profiles, sheet->profile);
    behov_quantity quantity = behov_profile_amount_quantity(profiles);
    put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG | BEHOV_FORM_SUM, words(sheet, BEHOV_WORD_WORD_SUM));
    for (size_t j = COEFFICIENT; j <= MEAN; j++)
        put_number(sheet, sheet->row, j, BEHOV_FORM_SUM, BEHOV_Q_VALUE, NAN);
    put_sum(sheet, first, DRIVER, quantity, behov_profile_shown(profiles, now->sums[BEHOV_PEER_COUNTRY]));
    if (has_in_all(profiles))
        put_sum(sheet, first, DRIVER_IN_ALL, BEHOV_Q_GAP, in_all(sheet, now->sums[BEHOV_PEER_COUNTRY]));
    if (profiles->has_group) {
        put_number(sheet, sheet->row, group_mean(profiles), BEHOV_FORM_SUM, BEHOV_Q_VALUE, NAN);
        put_sum(sheet, first, group_driver(profiles), quantity,
                has_group ? behov_profile_shown(profiles, now->sums[BEHOV_PEER_GROUP]) : NAN);
        if (has_in_all(profiles))
            put_sum(sheet, first, group_driver_in_all(profiles), BEHOV_Q_GAP,
                    has_group ? in_all(sheet, now->sums[BEHOV_PEER_GROUP]) : NAN);
    }
    put_step(sheet, false, true, 0, behov_profile_shown(profiles, now->sums[BEHOV_PEER_COUNTRY]));
    sheet->row++;
    put_needs(sheet);
    sheet->row++;
}

/* ---- charts ---------------------------------------------------------------------------------------------------------
 */

static void cells_of(const sheet *sheet, size_t first_row, size_t first_column, size_t last_row, size_t last_column,
                     char text[BEHOV_WORKBOOK_RANGE])
{
    char first[BEHOV_WORKBOOK_CELL], last[BEHOV_WORKBOOK_CELL];
    behov_workbook_cell(first_row, first_column, first);
    behov_workbook_cell(last_row, last_column, last);
    snprintf(text, BEHOV_WORKBOOK_RANGE, "'%s'!%s:%s", words(sheet, BEHOV_WORD_SHEET_MUNICIPALITY), first, last);
}

static const behov_profile_figure *figure_by_key(const char *key)
{
    size_t i = 0;
    while (i + 1 < behov_n_profile_figures && strcmp(behov_profile_figures[i].key, key) != 0)
        i++;
    return &behov_profile_figures[i];
}

/* A row of figures once more, where a year without one is an error: a line of a chart then has a gap, not a zero. */
static void put_gaps(sheet *sheet, const char *key, size_t row, size_t index)
{
    const behov_profile_figure *figure = figure_by_key(key);
    char cell[BEHOV_WORKBOOK_CELL];
    for (size_t t = 0; t < sheet->profiles->n_years; t++) {
        plain_cell(row, FIRST_FIGURE + t, cell);
        put_formula(sheet, index, sheet->count + t, BEHOV_FORM_HIDDEN, BEHOV_Q_RATIO,
                    behov_profile_figure_shown(sheet->profiles, figure, &sheet->profile->years[t]),
                    "IF(ISNUMBER(%s),%s,NA())", cell, cell);
    }
}

static void add_chart(sheet *sheet, const behov_input_chart *chart)
{
    if (!sheet->status)
        sheet->status = behov_input_add_chart(sheet->out, *chart, sheet->err);
}

static void put_trend(sheet *sheet, size_t column, double width, double height)
{
    const behov_profiles *profiles = sheet->profiles;
    char interval[120], years[BEHOV_WORKBOOK_RANGE], cells[5][BEHOV_WORKBOOK_RANGE], names[2][BEHOV_WORKBOOK_RANGE + 1],
        plain[BEHOV_WORKBOOK_RANGE];
    size_t n = 0;
    behov_fit_results_interval_label(profiles->fit_results, BEHOV_WORD_FORM_INTERVAL, interval);
    const struct {
        const char *key, *name;
        behov_series_look look;
        size_t row;
        bool is_there;
    } lines[] = {
        {"ratio_low", interval, BEHOV_SERIES_BOUND, sheet->low_row, true},
        {"ratio_high", "", BEHOV_SERIES_BOUND, sheet->high_row, true},
        {"country_ratio", words(sheet, BEHOV_WORD_LOOKUP_COUNTRY), BEHOV_SERIES_THIRD, sheet->country_ratio_row, true},
        {"group_ratio", names[1], BEHOV_SERIES_SECOND, sheet->group_ratio_row, profiles->has_group},
        {"ratio", names[0], BEHOV_SERIES_FIRST, sheet->ratio_row, true}};
    for (size_t i = 0; i < 2; i++) {
        size_t row = i == 0 ? 3 : lookup_has_years(profiles) ? 5 : 4;
        cells_of(sheet, row, FIRST_FIGURE, row, FIRST_FIGURE, plain);
        plain[strcspn(plain, ":")] = '\0';
        snprintf(names[i], sizeof names[i], "=%s", plain);
    }
    cells_of(sheet, sheet->years_row, FIRST_FIGURE, sheet->years_row, FIRST_FIGURE + profiles->n_years - 1, years);
    behov_input_chart chart = {.chart = {.kind = BEHOV_SHEET_LINES,
                                         .title = words(sheet, BEHOV_WORD_FORM_TREND),
                                         .y_title = words(sheet, BEHOV_WORD_FORM_PER_CENT)},
                               .row = sheet->row,
                               .column = column,
                               .width = width,
                               .height = height};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].is_there || !lines[i].row)
            continue;
        size_t index = sheet->years_row + 1 + n;
        put_gaps(sheet, lines[i].key, lines[i].row, index);
        cells_of(sheet, index, sheet->count, index, sheet->count + profiles->n_years - 1, cells[n]);
        chart.chart.series[n] = (behov_sheet_series){lines[i].look, lines[i].name, years, cells[n]};
        n++;
    }
    add_chart(sheet, &chart);
}

static void put_waterfall(sheet *sheet, size_t column, double width, double height)
{
    static const struct {
        size_t column;
        behov_series_look look;
    } parts[] = {{HIDDEN, BEHOV_SERIES_HIDDEN}, {UP, BEHOV_SERIES_UP},           {UP_BELOW, BEHOV_SERIES_UP},
                 {DOWN, BEHOV_SERIES_DOWN},     {DOWN_BELOW, BEHOV_SERIES_DOWN}, {SUM, BEHOV_SERIES_SUM}};
    const behov_profiles *profiles = sheet->profiles;
    char terms[BEHOV_WORKBOOK_RANGE], cells[6][BEHOV_WORKBOOK_RANGE];
    size_t first = sheet->drivers_row + 1, last = first + profiles->n_terms;
    cells_of(sheet, first, LABEL_COLUMN, last, LABEL_COLUMN, terms);
    behov_input_chart chart = {
        .chart = {.kind = BEHOV_SHEET_STACKED_BARS,
                  .title = words(sheet, behov_profile_word(profiles, BEHOV_WORD_FORM_WATERFALL)),
                  .x_title = words(sheet, behov_profile_word(profiles, BEHOV_WORD_FORM_WATERFALL_AXIS))},
        .row = sheet->row,
        .column = column,
        .width = width,
        .height = height};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cells_of(sheet, first, sheet->count + parts[i].column, last, sheet->count + parts[i].column, cells[i]);
        chart.chart.series[i] = (behov_sheet_series){parts[i].look, "", terms, cells[i]};
    }
    add_chart(sheet, &chart);
}

/* Side by side where the drivers' table is wide enough, else one under the other. */
static void put_charts(sheet *sheet)
{
    /* points of a row, a digit and a column's edge on the screen */
    enum { ROW = 20, DIGIT = 7, EDGE = 5, BETWEEN = 10, HEIGHT = 360, COLUMNS_OF_TREND = 2 };
    const behov_profiles *profiles = sheet->profiles;
    size_t extra_tables = FIRST_FIGURE + COLUMNS_OF_TREND; /* the trend has room for its axis and its legend */
    double left = DIGIT * (double)(sheet->label_width + COLUMNS_OF_TREND * figure_width(profiles)) +
                  EDGE * (double)extra_tables - BETWEEN,
           whole = DIGIT * (double)(sheet->label_width + figure_width(profiles) * (sheet_columns(profiles) - 1)) +
                   EDGE * (double)sheet_columns(profiles) - BETWEEN;
    size_t n_rows = HEIGHT / ROW + 1;
    if (profiles->has_group) {
        put_trend(sheet, LABEL_COLUMN, left, HEIGHT);
        put_waterfall(sheet, extra_tables, whole - left - BETWEEN, HEIGHT); /* the names of its bars take half of it */
        sheet->row += n_rows;
        return;
    }
    put_trend(sheet, LABEL_COLUMN, whole, 0.8 * HEIGHT);
    sheet->row += n_rows - 3;
    put_waterfall(sheet, LABEL_COLUMN, whole, HEIGHT);
    sheet->row += n_rows;
}

static void put_note(sheet *sheet, const char *text)
{
    behov_wording line = {0};
    size_t width = line_width(sheet->profiles, sheet->label_width) * 110 / 100; /* notes are set smaller */
    for (size_t i = 0, n = text[0] ? behov_workbook_lines(text, width) : 0; i < n; i++) {
        lookup_line(text, width, i, &line);
        if (!sheet->status)
            sheet->status = behov_wording_status(&line, sheet->err);
        put_text(sheet, sheet->row++, LABEL_COLUMN, BEHOV_FORM_NOTE, behov_wording_text(&line));
    }
    behov_wording_free(&line);
}

static void put_said(sheet *sheet, const behov_wording *words)
{
    if (!sheet->status)
        sheet->status = behov_wording_status(words, sheet->err);
    put_note(sheet, behov_wording_text(words));
}

static void put_notes(sheet *sheet)
{
    behov_wording note = {0};
    for (size_t i = 0; behov_fit_results_proxy(sheet->profiles->fit_results, i, &note); i++)
        put_said(sheet, &note);
    for (size_t i = 0; i < BEHOV_PROFILE_METHOD_NOTES; i++) {
        behov_profile_method_note(sheet->profiles, i, false, &note);
        put_said(sheet, &note);
        for (int which = 0; which < BEHOV_N_REMARKS && i == BEHOV_PROFILE_ERRORS_NOTE; which++) {
            behov_remark_say(sheet->profiles->fit_results, (behov_remark)which, &note);
            put_said(sheet, &note);
        }
    }
    behov_wording_free(&note);
    put_note(sheet, words(sheet, BEHOV_WORD_FORM_LOOKUP));
}

behov_status municipality_sheet_add_tables(const behov_profiles *profiles, behov_section_list *list, behov_error *err)
{
    size_t label_width = 0;
    behov_status status = measure_labels(profiles, &label_width, err);
    return status ? status : lookup_add(profiles, line_width(profiles, label_width), list, err);
}

behov_status municipality_sheet_add(const behov_profiles *profiles, size_t first, const behov_section_list *tables,
                                    behov_section_list *list, behov_error *err)
{
    size_t width = sheet_columns(profiles);
    sheet sheet = {.profiles = profiles,
                   .profile = &profiles->all[first],
                   .index = first,
                   .tables = tables->sections,
                   .out = behov_input_new(),
                   .err = err,
                   .count = width + 1};
    if (!sheet.out)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_LOOKUP_NO_MEMORY);
    sheet.status = measure_labels(profiles, &sheet.label_width, err);
    for (size_t j = 0; j < width && !sheet.status; j++)
        sheet.status = behov_input_set_column(
            sheet.out, j, (behov_input_column){.width = (double)(j == 0 ? sheet.label_width : figure_width(profiles))},
            err);
    put_choice(&sheet);
    put_lines(&sheet);
    put_years(&sheet);
    put_forecasts(&sheet);
    put_drivers(&sheet);
    put_charts(&sheet);
    put_notes(&sheet);
    sheet.out->printed_row = sheet.row;
    sheet.out->printed_column = width - 1;
    if (sheet.status) {
        behov_input_free(sheet.out);
        return sheet.status;
    }
    return behov_section_list_add_form(list, words(&sheet, BEHOV_WORD_SHEET_MUNICIPALITY), sheet.out, err);
}
