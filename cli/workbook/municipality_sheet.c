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

#include "form.h"
#include "labels.h"
#include "lookup.h"
#include "remarks.h"
#include "result_sentences.h"
#include "study_words.h"
#include "workbook.h"

enum { FORMULA = 1200 };

static behov_language lang_of(const profiles *of) { return of->of->of->lang; }

/* ---- widths ---------------------------------------------------------------------------------------------------------
 */

enum { NARROWEST_LABEL = 40, WIDEST_LABEL = 46, NARROWEST_FIGURE = 12, LABEL_COLUMN = 0, FIRST_FIGURE = 1 };

/* Columns of the drivers. */
enum { COEFFICIENT = 1, VALUE, MEAN, DRIVER, DRIVER_IN_ALL };

static bool has_in_all(const profiles *of) { return profile_in_kroner(of) && of->has_population; }

/* Columns of the drivers against the group. */
static size_t group_mean(const profiles *of) { return has_in_all(of) ? DRIVER_IN_ALL + 1 : DRIVER + 1; }
static size_t group_driver(const profiles *of) { return group_mean(of) + 1; }
static size_t group_driver_in_all(const profiles *of) { return group_mean(of) + 2; }

/* Columns that are printed. */
static size_t sheet_columns(const profiles *of)
{
    size_t drivers = !of->has_group   ? group_mean(of)
                     : has_in_all(of) ? group_driver_in_all(of) + 1
                                      : group_driver(of) + 1,
           years = FIRST_FIGURE + of->n_years;
    return drivers > years ? drivers : years;
}

/* Heads of the drivers' table: a word for the sheet, shorter than those of pages, so that columns stay narrow. */
static const char *head_word(const profiles *of, const char *key, const char *unit)
{
    char name[80];
    snprintf(name, sizeof name, "%s%s", key, unit);
    return label(lang_of(of), name);
}

static const char *driver_unit(const profiles *of) { return profile_in_kroner(of) ? "" : "_other"; }

/* All figures have one width: years and drivers stand in the same columns. No word of a head is broken. */
static size_t figure_width(const profiles *of)
{
    const char *heads[] = {label(lang_of(of), "coefficient"),
                           label(lang_of(of), "form_own"),
                           label(lang_of(of), "form_country_mean"),
                           head_word(of, "form_driver", driver_unit(of)),
                           has_in_all(of) ? label(lang_of(of), "form_driver_1000kr") : "",
                           of->has_group ? label(lang_of(of), "form_group_mean") : "",
                           of->has_group ? head_word(of, "form_group_driver", driver_unit(of)) : "",
                           of->has_group && has_in_all(of) ? label(lang_of(of), "form_group_driver_1000kr") : ""};
    size_t width = NARROWEST_FIGURE;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        for (const char *word = heads[i]; *word;) {
            size_t length = strcspn(word, " "), n = workbook_characters_in(word, length) + 1; /* bold */
            width = n > width ? n : width;
            word += length + (word[length] == ' ');
        }
    return width;
}

/* Wide enough for the terms, whose labels are the user's, and for the figures of a year; a longer one is wrapped. */
static size_t label_width(const profiles *of)
{
    size_t width = NARROWEST_LABEL;
    for (size_t j = 0; j < of->n_terms; j++) {
        size_t n = workbook_characters(of->terms[j].label);
        width = n > width ? n : width;
    }
    for (size_t j = 0; j < n_profile_figures; j++) {
        char text[120];
        size_t n = lookup_has_figure(of, &profile_figures[j])
                       ? workbook_characters(profile_figure_label(of, &profile_figures[j], text))
                       : 0;
        width = n > width ? n : width;
    }
    return width < WIDEST_LABEL ? width : WIDEST_LABEL;
}

/* Characters of running text on a line, which are narrower than the digits that widths are counted in. */
static size_t line_width(const profiles *of)
{
    return (label_width(of) + figure_width(of) * (sheet_columns(of) - 1)) * 112 / 100;
}

/* ---- the sheet of formulas -----------------------------------------------------------------------------------------
 */

/* Columns of what the waterfall is made of, from the column `made`. */
enum { START, END, HIDDEN, UP, UP_BELOW, DOWN, DOWN_BELOW, SUM, MADE_END };

typedef struct sheet {
    const profiles *of;
    const profile *shown;
    size_t at; /* its position among the profiles */
    const section *tables;
    form *to;
    behov_status status; /* the first that is not BEHOV_OK; nothing is added after it */
    behov_error *err;
    size_t row, made; /* the row to fill next; first column of what is not printed */
    /* where things stand */
    char chosen[WORKBOOK_CELL], year[WORKBOOK_CELL], group[WORKBOOK_CELL];
    char municipality_row[WORKBOOK_CELL], year_row[WORKBOOK_CELL], country_row[WORKBOOK_CELL], group_row[WORKBOOK_CELL];
    size_t years_row, ratio_row, country_ratio_row, group_ratio_row, low_row, high_row, population_row;
    size_t drivers_row;
} sheet;

static const profile_year *shown_year(const sheet *on) { return &on->shown->years[on->shown->at]; }

static void put_text(sheet *on, size_t row, size_t column, unsigned look, const char *text)
{
    if (!on->status)
        on->status = form_text(on->to, row, column, look, text, on->err);
}

static void put_number(sheet *on, size_t row, size_t column, unsigned look, behov_quantity quantity, double number)
{
    if (!on->status)
        on->status = form_number(on->to, row, column, look, quantity, number, on->err);
}

BEHOV_PRINTF(7, 8)
static void put_formula(sheet *on, size_t row, size_t column, unsigned look, behov_quantity quantity, double value,
                        const char *formula, ...)
{
    char text[FORMULA];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(text, sizeof text, formula, arguments);
    va_end(arguments);
    if (!on->status)
        on->status = form_formula(on->to, row, column, look, quantity, value, text, on->err);
}

BEHOV_PRINTF(6, 7)
static void put_text_formula(sheet *on, size_t row, size_t column, unsigned look, const char *value,
                             const char *formula, ...)
{
    char text[FORMULA];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(text, sizeof text, formula, arguments);
    va_end(arguments);
    if (!on->status)
        on->status = form_text_formula(on->to, row, column, look, value, text, on->err);
}

static const char *words(const sheet *on, const char *key) { return label(lang_of(on->of), key); }

/* A cell without its dollars: B4. */
static const char *plain_cell(size_t row, size_t column, char text[WORKBOOK_CELL])
{
    char with_dollars[WORKBOOK_CELL];
    workbook_cell(row, column, with_dollars);
    size_t n = 0;
    for (const char *c = with_dollars; *c; c++)
        if (*c != '$')
            text[n++] = *c;
    text[n] = '\0';
    return text;
}

/* `name&" "&year` as the tables' keys have it. */
static void key_formula(const sheet *on, const char *name, const char *year, char text[200])
{
    if (lookup_has_years(on->of))
        snprintf(text, 200, "%.80s&\" \"&%.80s", name, year);
    else
        snprintf(text, 200, "%.80s", name);
}

/* What is chosen, and where it stands in the tables. */
static void put_choice(sheet *on)
{
    const profiles *of = on->of;
    const section *places = &on->tables[LOOKUP_MUNICIPALITIES], *years = &on->tables[LOOKUP_YEARS],
                  *means = &on->tables[LOOKUP_GROUPS];
    char name[LOOKUP_KEY], range[WORKBOOK_RANGE], text[200], title[300];
    size_t faint = on->made;
    lookup_name(of, on->shown, name);
    snprintf(title, sizeof title, "%s", words(on, profile_in_kroner(of) ? "form_title" : "form_title_other"));
    study_mark_title(of->of->of, title, sizeof title);
    put_text(on, 0, LABEL_COLUMN, FORM_TITLE, title);
    put_text(on, 1, LABEL_COLUMN, FORM_NOTE,
             words(on, lookup_has_years(of) ? "form_subtitle" : "form_subtitle_one_year"));
    on->row = 3;
    put_text(on, on->row, LABEL_COLUMN, FORM_STRONG, words(on, "municipality"));
    put_text(on, on->row, FIRST_FIGURE, FORM_INPUT | FORM_STRONG, name);
    for (size_t j = FIRST_FIGURE + 1; j < FIRST_FIGURE + 3; j++)
        put_number(on, on->row, j, FORM_INPUT, BEHOV_Q_TEXT, NAN);
    workbook_cell(on->row, FIRST_FIGURE, on->chosen);
    workbook_cell(on->row, faint + 1, on->municipality_row);
    workbook_range(places, "municipality", range);
    put_text(on, on->row, faint, FORM_FAINT, words(on, "form_row"));
    put_formula(on, on->row, faint + 1, FORM_FAINT, BEHOV_Q_COUNT, (double)on->at + 1, "IFERROR(MATCH(%s,%s,0),0)",
                on->chosen, range);
    if (!on->status)
        on->status = form_add_rule(on->to,
                                   (form_rule){.kind = FORM_RULE_LIST,
                                               .first_row = on->row,
                                               .first_column = FIRST_FIGURE,
                                               .last_row = on->row,
                                               .last_column = FIRST_FIGURE,
                                               .list = range,
                                               .title = words(on, "municipality"),
                                               .words = words(on, "form_choose"),
                                               .refusal = words(on, "form_refused")},
                                   on->err);
    on->row++;
    if (lookup_has_years(of)) {
        put_text(on, on->row, LABEL_COLUMN, FORM_STRONG, words(on, "year"));
        put_number(on, on->row, FIRST_FIGURE, FORM_INPUT | FORM_STRONG, BEHOV_Q_YEAR, shown_year(on)->year);
        workbook_cell(on->row, FIRST_FIGURE, on->year);
        on->row++;
    }
    if (of->has_group) {
        workbook_range(places, "group", range);
        put_text(on, on->row, LABEL_COLUMN, FORM_STRONG, words(on, "group"));
        put_text_formula(on, on->row, FIRST_FIGURE, FORM_PLAIN, lookup_group(of, on->shown),
                         "IF(%s=0,\"\",INDEX(%s,%s)&\"\")", on->municipality_row, range, on->municipality_row);
        workbook_cell(on->row, FIRST_FIGURE, on->group);
        on->row++;
    }
    /* rows of the year that is chosen, of the municipality, the country and the group */
    const char *const labels[] = {"form_row_year", "form_row_country", "form_row_group"};
    char *const cells[] = {on->year_row, on->country_row, on->group_row};
    for (size_t i = 0; i < (of->has_group ? 3 : 2); i++) {
        char country[120];
        size_t n_groups = behov_report_n_rows(means->table), at = i == 0 ? on->at * of->n_years + on->shown->at : 0;
        snprintf(country, sizeof country, "\"%.100s\"", words(on, "lookup_country"));
        key_formula(on, i == 0 ? on->chosen : i == 1 ? country : on->group, on->year, text);
        workbook_range(i == 0 ? years : means, "lookup_key", range);
        char wanted[LOOKUP_KEY];
        lookup_key(i == 2 ? lookup_group(of, on->shown) : words(on, "lookup_country"), shown_year(on)->year, wanted);
        while (i > 0 && at < n_groups && strcmp(behov_report_text(means->table, 1, at), wanted) != 0)
            at++;
        put_text(on, 4 + i, faint, FORM_FAINT, words(on, labels[i]));
        put_formula(on, 4 + i, faint + 1, FORM_FAINT, BEHOV_Q_COUNT, i > 0 && at == n_groups ? 0 : (double)at + 1,
                    "IFERROR(MATCH(%s,%s,0),0)", text, range);
        workbook_cell(4 + i, faint + 1, cells[i]);
    }
    on->row++;
}

/* Sentences, a line a row. */
static void put_lines(sheet *on)
{
    for (lookup_paragraph which = 0; which < LOOKUP_PARAGRAPHS; which++) {
        const section *from = &on->tables[lookup_is_of_year(which) ? LOOKUP_YEARS : LOOKUP_MUNICIPALITIES];
        const char *row = lookup_is_of_year(which) ? on->year_row : on->municipality_row;
        size_t at = lookup_is_of_year(which) ? on->at * on->of->n_years + on->shown->at : on->at;
        for (size_t i = 0; i < LOOKUP_MOST_LINES; i++) {
            char key[40], range[WORKBOOK_RANGE];
            lookup_line_key(which, i, key);
            size_t column = workbook_column(from->table, key);
            if (column == behov_report_n_columns(from->table))
                break;
            workbook_range(from, key, range);
            put_text_formula(on, on->row++, LABEL_COLUMN, which == LOOKUP_ANSWER ? FORM_STRONG : FORM_PLAIN,
                             behov_report_text(from->table, column, at), "IF(%s=0,\"\",INDEX(%s,%s)&\"\")", row, range,
                             row);
        }
    }
    on->row++;
}

/* ---- years ----------------------------------------------------------------------------------------------------------
 */

static void put_head(sheet *on, size_t row, size_t column, const char *text)
{
    put_text(on, row, column, FORM_HEAD | (column == LABEL_COLUMN ? 0 : FORM_RIGHT), text);
}

static void remember(sheet *on, const char *key, size_t row)
{
    const struct {
        const char *key;
        size_t *row;
    } wanted[] = {{"ratio", &on->ratio_row},
                  {"country_ratio", &on->country_ratio_row},
                  {"group_ratio", &on->group_ratio_row},
                  {"ratio_low", &on->low_row},
                  {"ratio_high", &on->high_row},
                  {"population", &on->population_row}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (strcmp(wanted[i].key, key) == 0)
            *wanted[i].row = row;
}

static void put_years(sheet *on)
{
    const profiles *of = on->of;
    const section *years = &on->tables[LOOKUP_YEARS];
    char range[WORKBOOK_RANGE], cell[WORKBOOK_CELL], text[200], words_of_row[120];
    on->years_row = on->row++;
    put_head(on, on->years_row, LABEL_COLUMN, words(on, "figure"));
    for (size_t t = 0; t < of->n_years; t++) {
        if (lookup_has_years(of))
            put_number(on, on->years_row, FIRST_FIGURE + t, FORM_HEAD, BEHOV_Q_YEAR, of->all[0].years[t].year);
        else
            put_head(on, on->years_row, FIRST_FIGURE + t, words(on, "value"));
    }
    /* where each year stands in the table, beside the heads and not on the page */
    put_text(on, on->years_row - 1, on->made, FORM_FAINT, words(on, "form_row_of_year"));
    workbook_range(years, "lookup_key", range);
    for (size_t t = 0; t < of->n_years; t++) {
        key_formula(on, on->chosen, plain_cell(on->years_row, FIRST_FIGURE + t, cell), text);
        put_formula(on, on->years_row, on->made + t, FORM_FAINT, BEHOV_Q_COUNT, (double)(on->at * of->n_years + t) + 1,
                    "IFERROR(MATCH(%s,%s,0),0)", text, range);
    }
    double scale = profile_shown(of, 1);
    for (size_t i = 0; i < n_profile_figures; i++) {
        const profile_figure *figure = &profile_figures[i];
        if (!lookup_has_figure(of, figure))
            continue;
        bool is_amount = figure->quantity == BEHOV_Q_OUTCOME && scale != 1;
        unsigned look = strcmp(figure->key, "ratio") == 0 ? FORM_STRONG : FORM_PLAIN;
        remember(on, figure->key, on->row);
        put_text(on, on->row, LABEL_COLUMN, look | FORM_WRAPPED, profile_figure_label(of, figure, words_of_row));
        workbook_range(years, figure->key, range);
        for (size_t t = 0; t < of->n_years; t++) {
            plain_cell(on->years_row, on->made + t, cell);
            put_formula(on, on->row, FIRST_FIGURE + t, look, profile_figure_quantity(of, figure),
                        profile_figure_shown(of, figure, &on->shown->years[t]),
                        "IF(%s=0,\"\",IF(ISNUMBER(INDEX(%s,%s)),%sINDEX(%s,%s),\"\"))", cell, range, cell,
                        is_amount ? "1000*" : "", range, cell);
        }
        on->row++;
    }
    on->row++;
    if (lookup_has_years(of) && !on->status) {
        char first[WORKBOOK_CELL], last[WORKBOOK_CELL], list[2 * WORKBOOK_CELL + 2];
        workbook_cell(on->years_row, FIRST_FIGURE, first);
        workbook_cell(on->years_row, FIRST_FIGURE + of->n_years - 1, last);
        snprintf(list, sizeof list, "%s:%s", first, last);
        on->status = form_add_rule(on->to,
                                   (form_rule){.kind = FORM_RULE_LIST,
                                               .first_row = 4,
                                               .first_column = FIRST_FIGURE,
                                               .last_row = 4,
                                               .last_column = FIRST_FIGURE,
                                               .list = list,
                                               .title = words(on, "year"),
                                               .words = words(on, "form_choose_year"),
                                               .refusal = words(on, "form_refused")},
                                   on->err);
    }
}

/* ---- drivers --------------------------------------------------------------------------------------------------------
 */

static double in_all(const sheet *on, double driver)
{
    return profile_in_all(on->of, driver, shown_year(on)->population);
}

/* Inhabitants of the chosen year, as a formula. */
static void population_formula(const sheet *on, char text[2 * WORKBOOK_RANGE])
{
    char range[WORKBOOK_RANGE];
    workbook_range(&on->tables[LOOKUP_YEARS], "population", range);
    snprintf(text, 2 * WORKBOOK_RANGE, "INDEX(%s,%s)", range, on->year_row);
}

/* A value or a mean, looked up. */
static void put_lookup(sheet *on, size_t column, const section *from, const char *key, const char *row, double value,
                       behov_quantity quantity, unsigned look, const char *scale)
{
    char range[WORKBOOK_RANGE];
    workbook_range(from, key, range);
    put_formula(on, on->row, column, look, quantity, value,
                "IF(%s=0,\"\",IF(ISNUMBER(INDEX(%s,%s)),%sINDEX(%s,%s),\"\"))", row, range, row, scale, range, row);
}

/* coefficient (value - mean), and times the inhabitants. */
static void put_driver(sheet *on, size_t mean, size_t driver, size_t driver_in_all, double value)
{
    const profiles *of = on->of;
    char coefficient[WORKBOOK_CELL], own[WORKBOOK_CELL], average[WORKBOOK_CELL], made[WORKBOOK_CELL];
    char persons[2 * WORKBOOK_RANGE];
    plain_cell(on->row, COEFFICIENT, coefficient);
    plain_cell(on->row, VALUE, own);
    plain_cell(on->row, mean, average);
    plain_cell(on->row, driver, made);
    put_formula(on, on->row, driver, FORM_PLAIN, profile_amount_quantity(of), profile_shown(of, value),
                "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s%s*(%s-%s),\"\")", own, average,
                profile_shown(of, 1) != 1 ? "1000*" : "", coefficient, own, average);
    if (!has_in_all(of))
        return;
    population_formula(on, persons);
    put_formula(on, on->row, driver_in_all, FORM_PLAIN, BEHOV_Q_GAP, in_all(on, value),
                "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s*%s/1000,\"\")", made, persons, made, persons);
}

static void put_term(sheet *on, size_t term)
{
    const profiles *of = on->of;
    const profile_year *now = shown_year(on);
    profile_part part = profile_part_of(of, now, term);
    char key[32];
    lookup_term_key(term, key);
    put_text(on, on->row, LABEL_COLUMN, FORM_WRAPPED, of->terms[term].label);
    put_number(on, on->row, COEFFICIENT, FORM_PLAIN, BEHOV_Q_COEFFICIENT, part.coefficient);
    put_lookup(on, VALUE, &on->tables[LOOKUP_YEARS], key, on->year_row, part.value, BEHOV_Q_COEFFICIENT, FORM_PLAIN,
               "");
    put_lookup(on, MEAN, &on->tables[LOOKUP_GROUPS], key, on->country_row, part.means[COUNTRY], BEHOV_Q_COEFFICIENT,
               FORM_PLAIN, "");
    put_driver(on, MEAN, DRIVER, DRIVER_IN_ALL, now->drivers[COUNTRY][term]);
    if (of->has_group) {
        bool has_group = profile_has_group(of, on->shown);
        put_lookup(on, group_mean(of), &on->tables[LOOKUP_GROUPS], key, on->group_row, part.means[GROUP],
                   BEHOV_Q_COEFFICIENT, FORM_PLAIN, "");
        put_driver(on, group_mean(of), group_driver(of), group_driver_in_all(of),
                   has_group ? now->drivers[GROUP][term] : NAN);
    }
}

/* One step of the waterfall, beside its driver: from what came before it to that and its own. */
static void put_step(sheet *on, bool is_first, bool is_sum, double start, double driver)
{
    char value[WORKBOOK_CELL], from[WORKBOOK_CELL], to[WORKBOOK_CELL], before[WORKBOOK_CELL];
    size_t made = on->made;
    double end = is_sum ? driver : start + driver, low = fmin(start, end), high = fmax(start, end);
    double above = fmax(0, high) - fmax(0, low), below = fmin(0, low) - fmin(0, high);
    bool is_up = driver >= 0;
    plain_cell(on->row, DRIVER, value);
    plain_cell(on->row, made + START, from);
    plain_cell(on->row, made + END, to);
    behov_quantity quantity = profile_amount_quantity(on->of);
    if (is_first || is_sum)
        put_number(on, on->row, made + START, FORM_FAINT, quantity, 0);
    else
        put_formula(on, on->row, made + START, FORM_FAINT, quantity, start, "%s",
                    plain_cell(on->row - 1, made + END, before));
    put_formula(on, on->row, made + END, FORM_FAINT, quantity, end, "%s+N(%s)", from, value);
    put_formula(on, on->row, made + HIDDEN, FORM_FAINT, quantity,
                low < 0 && high > 0 ? 0
                : low >= 0          ? low
                                    : high,
                "IF(AND(MIN(%s,%s)<0,MAX(%s,%s)>0),0,IF(MIN(%s,%s)>=0,MIN(%s,%s),MAX(%s,%s)))", from, to, from, to,
                from, to, from, to, from, to);
    const struct {
        size_t column;
        bool is_shown;
        const char *test;
    } parts[] = {{UP, is_up, ">=0"}, {DOWN, !is_up, "<0"}};
    for (size_t i = 0; i < 2; i++) {
        size_t column = made + parts[i].column;
        if (is_sum) {
            put_number(on, on->row, column, FORM_FAINT, quantity, 0);
            put_number(on, on->row, column + 1, FORM_FAINT, quantity, 0);
            continue;
        }
        put_formula(on, on->row, column, FORM_FAINT, quantity, parts[i].is_shown ? above : 0,
                    "IF(N(%s)%s,MAX(0,%s,%s)-MAX(0,MIN(%s,%s)),0)", value, parts[i].test, from, to, from, to);
        put_formula(on, on->row, column + 1, FORM_FAINT, quantity, parts[i].is_shown ? below : 0,
                    "IF(N(%s)%s,MIN(0,%s,%s)-MIN(0,MAX(%s,%s)),0)", value, parts[i].test, from, to, from, to);
    }
    put_formula(on, on->row, made + SUM, FORM_FAINT, quantity, is_sum ? driver : 0, "%s", is_sum ? to : "0");
}

static void put_sum(sheet *on, size_t first, size_t column, behov_quantity quantity, double value)
{
    char from[WORKBOOK_CELL], to[WORKBOOK_CELL];
    plain_cell(first, column, from);
    plain_cell(on->row - 1, column, to);
    put_formula(on, on->row, column, FORM_STRONG | FORM_SUM, quantity, value, "IF(COUNT(%s:%s)=0,\"\",SUM(%s:%s))",
                from, to, from, to);
}

static void put_drivers_head(sheet *on)
{
    const profiles *of = on->of;
    static const char *const made_keys[] = {"form_start",    "form_end",  "form_hidden",     "form_up",
                                            "form_up_below", "form_down", "form_down_below", "form_sum"};
    put_text(on, on->row++, LABEL_COLUMN, FORM_STRONG,
             words(on, profile_in_kroner(of) ? "form_why" : "form_why_other"));
    on->drivers_row = on->row;
    put_head(on, on->row, LABEL_COLUMN, words(on, "variable"));
    put_head(on, on->row, COEFFICIENT, words(on, "coefficient"));
    put_head(on, on->row, VALUE, words(on, "form_own"));
    put_head(on, on->row, MEAN, words(on, "form_country_mean"));
    put_head(on, on->row, DRIVER, head_word(of, "form_driver", driver_unit(of)));
    if (has_in_all(of))
        put_head(on, on->row, DRIVER_IN_ALL, words(on, "form_driver_1000kr"));
    if (of->has_group) {
        put_head(on, on->row, group_mean(of), words(on, "form_group_mean"));
        put_head(on, on->row, group_driver(of), head_word(of, "form_group_driver", driver_unit(of)));
        if (has_in_all(of))
            put_head(on, on->row, group_driver_in_all(of), words(on, "form_group_driver_1000kr"));
    }
    for (size_t j = START; j < MADE_END; j++)
        put_text(on, on->row, on->made + j, FORM_FAINT | FORM_WRAPPED, words(on, made_keys[j]));
    on->row++;
}

/* Own need and the mean needs, under the columns of value and means: what the drivers add up to. */
static void put_needs(sheet *on)
{
    const profiles *of = on->of;
    const profile_year *now = shown_year(on);
    char key[80];
    const char *scale = profile_shown(of, 1) != 1 ? "1000*" : "";
    behov_quantity quantity = profile_amount_quantity(of);
    put_text(on, on->row, LABEL_COLUMN, FORM_PLAIN, words(on, profile_key(of, "profile_need", key)));
    put_lookup(on, VALUE, &on->tables[LOOKUP_YEARS], "need", on->year_row, profile_shown(of, now->need), quantity,
               FORM_PLAIN, scale);
    put_lookup(on, MEAN, &on->tables[LOOKUP_GROUPS], "need", on->country_row, profile_shown(of, now->means[COUNTRY]),
               quantity, FORM_PLAIN, scale);
    if (of->has_group)
        put_lookup(on, group_mean(of), &on->tables[LOOKUP_GROUPS], "need", on->group_row,
                   profile_has_group(of, on->shown) ? profile_shown(of, now->means[GROUP]) : NAN, quantity, FORM_PLAIN,
                   scale);
    on->row++;
}

static void put_drivers(sheet *on)
{
    const profiles *of = on->of;
    const profile_year *now = shown_year(on);
    put_drivers_head(on);
    size_t first = on->row;
    double start = 0;
    for (size_t j = 0; j < of->n_terms; j++) {
        double driver = profile_shown(of, now->drivers[COUNTRY][j]);
        put_term(on, j);
        put_step(on, j == 0, false, start, driver);
        start += driver;
        on->row++;
    }
    bool has_group = profile_has_group(of, on->shown);
    behov_quantity quantity = profile_amount_quantity(of);
    put_text(on, on->row, LABEL_COLUMN, FORM_STRONG | FORM_SUM, words(on, "word_sum"));
    for (size_t j = COEFFICIENT; j <= MEAN; j++)
        put_number(on, on->row, j, FORM_SUM, BEHOV_Q_VALUE, NAN);
    put_sum(on, first, DRIVER, quantity, profile_shown(of, now->sums[COUNTRY]));
    if (has_in_all(of))
        put_sum(on, first, DRIVER_IN_ALL, BEHOV_Q_GAP, in_all(on, now->sums[COUNTRY]));
    if (of->has_group) {
        put_number(on, on->row, group_mean(of), FORM_SUM, BEHOV_Q_VALUE, NAN);
        put_sum(on, first, group_driver(of), quantity, has_group ? profile_shown(of, now->sums[GROUP]) : NAN);
        if (has_in_all(of))
            put_sum(on, first, group_driver_in_all(of), BEHOV_Q_GAP, has_group ? in_all(on, now->sums[GROUP]) : NAN);
    }
    put_step(on, false, true, 0, profile_shown(of, now->sums[COUNTRY]));
    on->row++;
    put_needs(on);
    on->row++;
}

/* ---- charts ---------------------------------------------------------------------------------------------------------
 */

static void cells_of(const sheet *on, size_t first_row, size_t first_column, size_t last_row, size_t last_column,
                     char text[WORKBOOK_RANGE])
{
    char first[WORKBOOK_CELL], last[WORKBOOK_CELL];
    workbook_cell(first_row, first_column, first);
    workbook_cell(last_row, last_column, last);
    snprintf(text, WORKBOOK_RANGE, "'%s'!%s:%s", words(on, "sheet_municipality"), first, last);
}

static const profile_figure *figure_by_key(const char *key)
{
    size_t i = 0;
    while (i + 1 < n_profile_figures && strcmp(profile_figures[i].key, key) != 0)
        i++;
    return &profile_figures[i];
}

/* A row of figures once more, where a year without one is an error: a line of a chart then has a gap, not a zero. */
static void put_gaps(sheet *on, const char *key, size_t row, size_t at)
{
    const profile_figure *figure = figure_by_key(key);
    char cell[WORKBOOK_CELL];
    for (size_t t = 0; t < on->of->n_years; t++) {
        plain_cell(row, FIRST_FIGURE + t, cell);
        put_formula(on, at, on->made + t, FORM_HIDDEN, BEHOV_Q_RATIO,
                    profile_figure_shown(on->of, figure, &on->shown->years[t]), "IF(ISNUMBER(%s),%s,NA())", cell, cell);
    }
}

static void add_chart(sheet *on, const form_chart *chart)
{
    if (!on->status)
        on->status = form_add_chart(on->to, *chart, on->err);
}

static void put_trend(sheet *on, size_t column, double width, double height)
{
    const profiles *of = on->of;
    char interval[120], years[WORKBOOK_RANGE], cells[5][WORKBOOK_RANGE], names[2][WORKBOOK_RANGE + 1],
        plain[WORKBOOK_RANGE];
    size_t n = 0;
    results_interval_label(of->of, "form_interval", interval);
    const struct {
        const char *key, *name;
        series_look look;
        size_t row;
        bool is_there;
    } lines[] = {{"ratio_low", interval, SERIES_BOUND, on->low_row, true},
                 {"ratio_high", "", SERIES_BOUND, on->high_row, true},
                 {"country_ratio", words(on, "lookup_country"), SERIES_THIRD, on->country_ratio_row, true},
                 {"group_ratio", names[1], SERIES_SECOND, on->group_ratio_row, of->has_group},
                 {"ratio", names[0], SERIES_FIRST, on->ratio_row, true}};
    for (size_t i = 0; i < 2; i++) {
        size_t row = i == 0 ? 3 : lookup_has_years(of) ? 5 : 4;
        cells_of(on, row, FIRST_FIGURE, row, FIRST_FIGURE, plain);
        plain[strcspn(plain, ":")] = '\0';
        snprintf(names[i], sizeof names[i], "=%s", plain);
    }
    cells_of(on, on->years_row, FIRST_FIGURE, on->years_row, FIRST_FIGURE + of->n_years - 1, years);
    form_chart chart = {
        .chart = {.kind = SHEET_LINES, .title = words(on, "form_trend"), .y_title = words(on, "form_per_cent")},
        .row = on->row,
        .column = column,
        .width = width,
        .height = height};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].is_there || !lines[i].row)
            continue;
        size_t at = on->years_row + 1 + n;
        put_gaps(on, lines[i].key, lines[i].row, at);
        cells_of(on, at, on->made, at, on->made + of->n_years - 1, cells[n]);
        chart.chart.series[n] = (sheet_series){lines[i].look, lines[i].name, years, cells[n]};
        n++;
    }
    add_chart(on, &chart);
}

static void put_waterfall(sheet *on, size_t column, double width, double height)
{
    static const struct {
        size_t column;
        series_look look;
    } parts[] = {{HIDDEN, SERIES_HIDDEN}, {UP, SERIES_UP},           {UP_BELOW, SERIES_UP},
                 {DOWN, SERIES_DOWN},     {DOWN_BELOW, SERIES_DOWN}, {SUM, SERIES_SUM}};
    const profiles *of = on->of;
    char terms[WORKBOOK_RANGE], cells[6][WORKBOOK_RANGE];
    size_t first = on->drivers_row + 1, last = first + of->n_terms;
    char key[80], title[80];
    cells_of(on, first, LABEL_COLUMN, last, LABEL_COLUMN, terms);
    form_chart chart = {.chart = {.kind = SHEET_STACKED_BARS,
                                  .title = words(on, profile_key(of, "form_waterfall", title)),
                                  .x_title = words(on, profile_key(of, "form_waterfall_axis", key))},
                        .row = on->row,
                        .column = column,
                        .width = width,
                        .height = height};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cells_of(on, first, on->made + parts[i].column, last, on->made + parts[i].column, cells[i]);
        chart.chart.series[i] = (sheet_series){parts[i].look, "", terms, cells[i]};
    }
    add_chart(on, &chart);
}

/* Side by side where the drivers' table is wide enough, else one under the other. */
static void put_charts(sheet *on)
{
    /* points of a row, a digit and a column's edge on the screen */
    enum { ROW = 20, DIGIT = 7, EDGE = 5, BETWEEN = 10, HEIGHT = 360, COLUMNS_OF_TREND = 2 };
    const profiles *of = on->of;
    size_t beside = FIRST_FIGURE + COLUMNS_OF_TREND; /* the trend has room for its axis and its legend */
    double left = DIGIT * (double)(label_width(of) + COLUMNS_OF_TREND * figure_width(of)) +
                  EDGE * (double)beside - BETWEEN,
           whole = DIGIT * (double)(label_width(of) + figure_width(of) * (sheet_columns(of) - 1)) +
                   EDGE * (double)sheet_columns(of) - BETWEEN;
    size_t n_rows = HEIGHT / ROW + 1;
    if (of->has_group) {
        put_trend(on, LABEL_COLUMN, left, HEIGHT);
        put_waterfall(on, beside, whole - left - BETWEEN, HEIGHT); /* the names of its bars take half of it */
        on->row += n_rows;
        return;
    }
    put_trend(on, LABEL_COLUMN, whole, 0.8 * HEIGHT);
    on->row += n_rows - 3;
    put_waterfall(on, LABEL_COLUMN, whole, HEIGHT);
    on->row += n_rows;
}

static void put_note(sheet *on, const char *text)
{
    char line[LOOKUP_TEXT];
    size_t width = line_width(on->of) * 110 / 100; /* notes are set smaller */
    for (size_t i = 0, n = text[0] ? workbook_lines(text, width) : 0; i < n; i++) {
        lookup_line(text, width, i, line);
        put_text(on, on->row++, LABEL_COLUMN, FORM_NOTE, line);
    }
}

static void put_said(sheet *on, const wording *words)
{
    if (!on->status)
        on->status = wording_status(words, on->err);
    put_note(on, wording_text(words));
}

static void put_notes(sheet *on)
{
    wording note = {0};
    for (size_t i = 0; results_proxy(on->of->of, i, &note); i++)
        put_said(on, &note);
    for (size_t i = 0; i < PROFILE_METHOD_NOTES; i++) {
        profile_method_note(on->of, i, true, &note);
        put_said(on, &note);
        for (int which = 0; which < N_REMARKS && i == PROFILE_ERRORS_NOTE; which++) {
            remark_say(on->of->of, (remark)which, &note);
            put_said(on, &note);
        }
    }
    wording_free(&note);
    put_note(on, words(on, "form_lookup"));
}

behov_status municipality_sheet_add_tables(const profiles *of, section_list *list, behov_error *err)
{
    return lookup_add(of, line_width(of), list, err);
}

behov_status municipality_sheet_add(const profiles *of, size_t first, const section_list *tables, section_list *list,
                                    behov_error *err)
{
    size_t width = sheet_columns(of);
    sheet on = {.of = of,
                .shown = &of->all[first],
                .at = first,
                .tables = tables->sections,
                .to = form_new(),
                .err = err,
                .made = width + 1};
    if (!on.to)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the sheet of municipalities");
    for (size_t j = 0; j < width && !on.status; j++)
        on.status =
            form_set_column(on.to, j, (form_column){.width = (double)(j == 0 ? label_width(of) : figure_width(of))}, err);
    put_choice(&on);
    put_lines(&on);
    put_years(&on);
    put_drivers(&on);
    put_charts(&on);
    put_notes(&on);
    on.to->printed_row = on.row;
    on.to->printed_column = width - 1;
    if (on.status) {
        form_free(on.to);
        return on.status;
    }
    return section_list_add_form(list, words(&on, "sheet_municipality"), on.to, err);
}
