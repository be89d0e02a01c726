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
#include "municipality_parts.h"
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

enum { NARROWEST_LABEL = 40, WIDEST_LABEL = 46, NARROWEST_FIGURE = 12 };

bool sheet_has_in_all(const behov_profiles *profiles)
{
    return behov_profile_in_kroner(profiles) && profiles->has_population;
}

/* Columns of the drivers against the group. */
size_t sheet_group_mean(const behov_profiles *profiles)
{
    return sheet_has_in_all(profiles) ? DRIVER_IN_ALL + 1 : DRIVER + 1;
}
size_t sheet_group_driver(const behov_profiles *profiles)
{
    return sheet_group_mean(profiles) + 1;
}
size_t sheet_group_driver_in_all(const behov_profiles *profiles)
{
    return sheet_group_mean(profiles) + 2;
}

/* Columns that are printed. */
size_t sheet_columns(const behov_profiles *profiles)
{
    size_t drivers = !profiles->has_group         ? sheet_group_mean(profiles)
                     : sheet_has_in_all(profiles) ? sheet_group_driver_in_all(profiles) + 1
                                                  : sheet_group_driver(profiles) + 1,
           years = FIRST_FIGURE + profiles->n_years;
    return drivers > years ? drivers : years;
}

/* Heads of the drivers' table: a word for the sheet, shorter than those of pages, so that columns stay narrow. */
const char *sheet_head_word(const behov_profiles *profiles, behov_word word)
{
    return behov_profile_words(profiles, word);
}

/* All figures have one width: years and drivers stand in the same columns. No word of a head is broken. */
size_t sheet_figure_width(const behov_profiles *profiles)
{
    const char *heads[] = {behov_label(lang_of(profiles), BEHOV_WORD_COEFFICIENT),
                           behov_label(lang_of(profiles), BEHOV_WORD_FORM_OWN),
                           behov_label(lang_of(profiles), BEHOV_WORD_FORM_COUNTRY_MEAN),
                           sheet_head_word(profiles, BEHOV_WORD_FORM_DRIVER),
                           sheet_has_in_all(profiles) ? behov_label(lang_of(profiles), BEHOV_WORD_FORM_DRIVER_1000KR)
                                                      : "",
                           profiles->has_group ? behov_label(lang_of(profiles), BEHOV_WORD_FORM_GROUP_MEAN) : "",
                           profiles->has_group ? sheet_head_word(profiles, BEHOV_WORD_FORM_GROUP_DRIVER) : "",
                           profiles->has_group && sheet_has_in_all(profiles)
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
    return (label_width + sheet_figure_width(profiles) * (sheet_columns(profiles) - 1)) * 112 / 100;
}

/* ---- the sheet of formulas -----------------------------------------------------------------------------------------
 */

const behov_profile_year *sheet_shown_year(const sheet *sheet)
{
    return &sheet->profile->years[sheet->profile->index];
}

void sheet_put_text(sheet *sheet, size_t row, size_t column, unsigned look, const char *text)
{
    if (!sheet->status)
        sheet->status = behov_input_text(sheet->out, row, column, look, text, sheet->err);
}

/* Words that may not have been said whole. */
void sheet_put_words(sheet *sheet, size_t row, size_t column, unsigned look, const behov_wording *text)
{
    if (!sheet->status)
        sheet->status = behov_wording_status(text, sheet->err);
    sheet_put_text(sheet, row, column, look, behov_wording_text(text));
}

void sheet_put_number(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double number)
{
    if (!sheet->status)
        sheet->status = behov_input_number(sheet->out, row, column, look, quantity, number, sheet->err);
}

BEHOV_PRINTF(7, 8)
void sheet_put_formula(sheet *sheet, size_t row, size_t column, unsigned look, behov_quantity quantity, double value,
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

const char *sheet_word(const sheet *sheet, behov_word key)
{
    return behov_label(lang_of(sheet->profiles), key);
}

/* A cell without its dollars: B4. */
const char *sheet_plain_cell(size_t row, size_t column, char text[BEHOV_WORKBOOK_CELL])
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
        sheet_word(sheet, behov_profile_in_kroner(profiles) ? BEHOV_WORD_FORM_TITLE : BEHOV_WORD_FORM_TITLE_OTHER),
        &title);
    if (!sheet->status)
        sheet->status = behov_wording_status(&title, sheet->err);
    sheet_put_text(sheet, 0, LABEL_COLUMN, BEHOV_FORM_TITLE, behov_wording_text(&title));
    behov_wording_free(&title);
    sheet_put_text(
        sheet, 1, LABEL_COLUMN, BEHOV_FORM_NOTE,
        sheet_word(sheet, lookup_has_years(profiles) ? BEHOV_WORD_FORM_SUBTITLE : BEHOV_WORD_FORM_SUBTITLE_ONE_YEAR));
}

/* The cell in which a municipality is chosen, and its row in the table of them. */
static void put_chosen_municipality(sheet *sheet)
{
    char name[LOOKUP_KEY], range[BEHOV_WORKBOOK_RANGE];
    size_t faint = sheet->count;
    lookup_name(sheet->profiles, sheet->profile, name);
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, sheet_word(sheet, BEHOV_WORD_MUNICIPALITY));
    sheet_put_text(sheet, sheet->row, FIRST_FIGURE, BEHOV_FORM_INPUT | BEHOV_FORM_STRONG, name);
    for (size_t j = FIRST_FIGURE + 1; j < FIRST_FIGURE + 3; j++)
        sheet_put_number(sheet, sheet->row, j, BEHOV_FORM_INPUT, BEHOV_Q_TEXT, NAN);
    behov_workbook_cell(sheet->row, FIRST_FIGURE, sheet->chosen_text);
    behov_workbook_cell(sheet->row, faint + 1, sheet->municipality_row);
    behov_workbook_range(&sheet->tables[LOOKUP_MUNICIPALITIES], "municipality", range);
    sheet_put_text(sheet, sheet->row, faint, BEHOV_FORM_FAINT, sheet_word(sheet, BEHOV_WORD_FORM_ROW));
    sheet_put_formula(sheet, sheet->row, faint + 1, BEHOV_FORM_FAINT, BEHOV_Q_COUNT, (double)sheet->index + 1,
                      "IFERROR(MATCH(%s,%s,0),0)", sheet->chosen_text, range);
    if (!sheet->status)
        sheet->status = behov_input_add_rule(sheet->out,
                                             (behov_input_rule){.kind = BEHOV_FORM_RULE_LIST,
                                                                .first_row = sheet->row,
                                                                .first_column = FIRST_FIGURE,
                                                                .last_row = sheet->row,
                                                                .last_column = FIRST_FIGURE,
                                                                .list = range,
                                                                .title = sheet_word(sheet, BEHOV_WORD_MUNICIPALITY),
                                                                .words = sheet_word(sheet, BEHOV_WORD_FORM_CHOOSE),
                                                                .refusal = sheet_word(sheet, BEHOV_WORD_FORM_REFUSED)},
                                             sheet->err);
    sheet->row++;
}

static void put_chosen_year(sheet *sheet)
{
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, sheet_word(sheet, BEHOV_WORD_YEAR));
    sheet_put_number(sheet, sheet->row, FIRST_FIGURE, BEHOV_FORM_INPUT | BEHOV_FORM_STRONG, BEHOV_Q_YEAR,
                     sheet_shown_year(sheet)->year);
    behov_workbook_cell(sheet->row, FIRST_FIGURE, sheet->year);
    sheet->row++;
}

/* The group of the municipality that is chosen. */
static void put_group(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    char range[BEHOV_WORKBOOK_RANGE];
    behov_workbook_range(&sheet->tables[LOOKUP_MUNICIPALITIES], "group", range);
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG, sheet_word(sheet, BEHOV_WORD_GROUP));
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
        snprintf(country, sizeof country, "\"%.100s\"", sheet_word(sheet, BEHOV_WORD_LOOKUP_COUNTRY));
        key_formula(sheet, i == 0 ? sheet->chosen_text : i == 1 ? country : sheet->group, sheet->year, text);
        behov_workbook_range(i == 0 ? years : means, "lookup_key", range);
        char requested_text[LOOKUP_KEY];
        lookup_key(i == 2 ? lookup_group(profiles, sheet->profile) : sheet_word(sheet, BEHOV_WORD_LOOKUP_COUNTRY),
                   sheet_shown_year(sheet)->year, requested_text);
        while (i > 0 && index < n_groups && strcmp(behov_report_text(means->table, 1, index), requested_text) != 0)
            index++;
        sheet_put_text(sheet, 4 + i, faint, BEHOV_FORM_FAINT, sheet_word(sheet, labels[i]));
        sheet_put_formula(sheet, 4 + i, faint + 1, BEHOV_FORM_FAINT, BEHOV_Q_COUNT,
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

void sheet_put_head(sheet *sheet, size_t row, size_t column, const char *text)
{
    sheet_put_text(sheet, row, column, BEHOV_FORM_HEAD | (column == LABEL_COLUMN ? 0 : BEHOV_FORM_RIGHT), text);
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
    sheet_put_head(sheet, sheet->years_row, LABEL_COLUMN, sheet_word(sheet, BEHOV_WORD_FIGURE));
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (lookup_has_years(profiles))
            sheet_put_number(sheet, sheet->years_row, FIRST_FIGURE + t, BEHOV_FORM_HEAD, BEHOV_Q_YEAR,
                             profiles->all[0].years[t].year);
        else
            sheet_put_head(sheet, sheet->years_row, FIRST_FIGURE + t, sheet_word(sheet, BEHOV_WORD_VALUE));
    }
    /* where each year stands in the table, beside the heads and not on the page */
    sheet_put_text(sheet, sheet->years_row - 1, sheet->count, BEHOV_FORM_FAINT,
                   sheet_word(sheet, BEHOV_WORD_FORM_ROW_OF_YEAR));
    behov_workbook_range(years, "lookup_key", range);
    for (size_t t = 0; t < profiles->n_years; t++) {
        key_formula(sheet, sheet->chosen_text, sheet_plain_cell(sheet->years_row, FIRST_FIGURE + t, cell), text);
        sheet_put_formula(sheet, sheet->years_row, sheet->count + t, BEHOV_FORM_FAINT, BEHOV_Q_COUNT,
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
        sheet_put_words(sheet, sheet->row, LABEL_COLUMN, look | BEHOV_FORM_WRAPPED, &label);
        behov_workbook_range(years, figure->key, range);
        for (size_t t = 0; t < profiles->n_years; t++) {
            sheet_plain_cell(sheet->years_row, sheet->count + t, cell);
            sheet_put_formula(sheet, sheet->row, FIRST_FIGURE + t, look,
                              behov_profile_figure_quantity(profiles, figure),
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
                                                                .title = sheet_word(sheet, BEHOV_WORD_YEAR),
                                                                .words = sheet_word(sheet, BEHOV_WORD_FORM_CHOOSE_YEAR),
                                                                .refusal = sheet_word(sheet, BEHOV_WORD_FORM_REFUSED)},
                                             sheet->err);
    }
}

/* ---- notes ----------------------------------------------------------------------------------------------------------
 */

static void put_note(sheet *sheet, const char *text)
{
    behov_wording line = {0};
    size_t width = line_width(sheet->profiles, sheet->label_width) * 110 / 100; /* notes are set smaller */
    for (size_t i = 0, n = text[0] ? behov_workbook_lines(text, width) : 0; i < n; i++) {
        lookup_line(text, width, i, &line);
        if (!sheet->status)
            sheet->status = behov_wording_status(&line, sheet->err);
        sheet_put_text(sheet, sheet->row++, LABEL_COLUMN, BEHOV_FORM_NOTE, behov_wording_text(&line));
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
    put_note(sheet, sheet_word(sheet, BEHOV_WORD_FORM_LOOKUP));
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
            sheet.out, j,
            (behov_input_column){.width = (double)(j == 0 ? sheet.label_width : sheet_figure_width(profiles))}, err);
    put_choice(&sheet);
    put_lines(&sheet);
    put_years(&sheet);
    sheet_put_forecasts(&sheet);
    sheet_put_drivers(&sheet);
    sheet_put_charts(&sheet);
    put_notes(&sheet);
    sheet.out->printed_row = sheet.row;
    sheet.out->printed_column = width - 1;
    if (sheet.status) {
        behov_input_free(sheet.out);
        return sheet.status;
    }
    return behov_section_list_add_form(list, sheet_word(&sheet, BEHOV_WORD_SHEET_MUNICIPALITY), sheet.out, err);
}
