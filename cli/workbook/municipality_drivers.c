/* municipality_drivers.c - the sheet Kommune: years to come, and why the need is what it is, with what the waterfall is
 * made of. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include "lookup.h"
#include "municipality_parts.h"
#include <behov/result_sentences.h>
#include <behov/study_words.h>

static double in_all(const sheet *sheet, double driver)
{
    return behov_profile_in_all(sheet->profiles, driver, sheet_shown_year(sheet)->population);
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
    sheet_put_formula(sheet, sheet->row, column, look, quantity, value,
                      "IF(%s=0,\"\",IF(ISNUMBER(INDEX(%s,%s)),%sINDEX(%s,%s),\"\"))", row, range, row, scale, range,
                      row);
}

/* Years to come, with the figures of the municipality's last year, whatever year is chosen. */
void sheet_put_forecasts(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *last = &sheet->profile->years[sheet->profile->last_need];
    behov_wording name = {0};
    if (!lookup_has_forecast(profiles, BEHOV_FORECAST_NEXT))
        return;
    sheet_put_head(sheet, sheet->row, LABEL_COLUMN, sheet_word(sheet, BEHOV_WORD_FORM_FORECASTS));
    for (size_t which = 0, column = FIRST_FIGURE; which < BEHOV_N_FORECASTS; which++) {
        if (!lookup_has_forecast(profiles, which))
            continue;
        behov_wording_clear(&name);
        behov_profile_forecast_name(profiles, which, &name);
        sheet_put_words(sheet, sheet->row, column++, BEHOV_FORM_HEAD | BEHOV_FORM_RIGHT, &name);
    }
    sheet->row++;
    for (size_t i = 0; i < behov_n_profile_figures; i++) {
        const behov_profile_figure *figure = &behov_profile_figures[i];
        char key[60];
        if (!behov_profile_figure_is_forecast(profiles, figure))
            continue;
        bool is_amount = figure->quantity == BEHOV_Q_OUTCOME && behov_profile_shown(profiles, 1) != 1;
        behov_profile_forecast_label(profiles, figure, &name);
        sheet_put_words(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_PLAIN, &name);
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
    sheet_plain_cell(sheet->row, COEFFICIENT, coefficient);
    sheet_plain_cell(sheet->row, VALUE, own);
    sheet_plain_cell(sheet->row, mean, average);
    sheet_plain_cell(sheet->row, driver, copy);
    sheet_put_formula(sheet, sheet->row, driver, BEHOV_FORM_PLAIN, behov_profile_amount_quantity(profiles),
                      behov_profile_shown(profiles, value), "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s%s*(%s-%s),\"\")", own,
                      average, behov_profile_shown(profiles, 1) != 1 ? "1000*" : "", coefficient, own, average);
    if (!sheet_has_in_all(profiles))
        return;
    population_formula(sheet, persons);
    sheet_put_formula(sheet, sheet->row, driver_in_all, BEHOV_FORM_PLAIN, BEHOV_Q_GAP, in_all(sheet, value),
                      "IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s*%s/1000,\"\")", copy, persons, copy, persons);
}

static void put_term(sheet *sheet, size_t term)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = sheet_shown_year(sheet);
    behov_profile_part part = behov_profile_part_of(profiles, now, term);
    char key[32];
    lookup_term_key(term, key);
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_WRAPPED, profiles->terms[term].label);
    sheet_put_number(sheet, sheet->row, COEFFICIENT, BEHOV_FORM_PLAIN, BEHOV_Q_COEFFICIENT, part.coefficient);
    put_lookup(sheet, VALUE, &sheet->tables[LOOKUP_YEARS], key, sheet->year_row, part.value, BEHOV_Q_COEFFICIENT,
               BEHOV_FORM_PLAIN, "");
    put_lookup(sheet, MEAN, &sheet->tables[LOOKUP_GROUPS], key, sheet->country_row, part.means[BEHOV_PEER_COUNTRY],
               BEHOV_Q_COEFFICIENT, BEHOV_FORM_PLAIN, "");
    put_driver(sheet, MEAN, DRIVER, DRIVER_IN_ALL, now->drivers[BEHOV_PEER_COUNTRY][term]);
    if (profiles->has_group) {
        bool has_group = behov_profile_has_group(profiles, sheet->profile);
        put_lookup(sheet, sheet_group_mean(profiles), &sheet->tables[LOOKUP_GROUPS], key, sheet->group_row,
                   part.means[BEHOV_PEER_GROUP], BEHOV_Q_COEFFICIENT, BEHOV_FORM_PLAIN, "");
        put_driver(sheet, sheet_group_mean(profiles), sheet_group_driver(profiles), sheet_group_driver_in_all(profiles),
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
    sheet_plain_cell(sheet->row, DRIVER, value);
    sheet_plain_cell(sheet->row, count + START, source);
    sheet_plain_cell(sheet->row, count + END, out);
    behov_quantity quantity = behov_profile_amount_quantity(sheet->profiles);
    if (is_first || is_sum)
        sheet_put_number(sheet, sheet->row, count + START, BEHOV_FORM_FAINT, quantity, 0);
    else
        sheet_put_formula(sheet, sheet->row, count + START, BEHOV_FORM_FAINT, quantity, start, "%s",
                          sheet_plain_cell(sheet->row - 1, count + END, previous_text));
    sheet_put_formula(sheet, sheet->row, count + END, BEHOV_FORM_FAINT, quantity, end, "%s+N(%s)", source, value);
    sheet_put_formula(sheet, sheet->row, count + HIDDEN, BEHOV_FORM_FAINT, quantity,
                      low < 0 && high > 0 ? 0
                      : low >= 0          ? low
                                          : high,
                      "IF(AND(MIN(%s,%s)<0,MAX(%s,%s)>0),0,IF(MIN(%s,%s)>=0,MIN(%s,%s),MAX(%s,%s)))", source, out,
                      source, out, source, out, source, out, source, out);
    const struct {
        size_t column;
        bool is_shown;
        const char *test;
    } parts[] = {{UP, is_up, ">=0"}, {DOWN, !is_up, "<0"}};
    for (size_t i = 0; i < 2; i++) {
        size_t column = count + parts[i].column;
        if (is_sum) {
            sheet_put_number(sheet, sheet->row, column, BEHOV_FORM_FAINT, quantity, 0);
            sheet_put_number(sheet, sheet->row, column + 1, BEHOV_FORM_FAINT, quantity, 0);
            continue;
        }
        sheet_put_formula(sheet, sheet->row, column, BEHOV_FORM_FAINT, quantity, parts[i].is_shown ? above : 0,
                          "IF(N(%s)%s,MAX(0,%s,%s)-MAX(0,MIN(%s,%s)),0)", value, parts[i].test, source, out, source,
                          out);
        sheet_put_formula(sheet, sheet->row, column + 1, BEHOV_FORM_FAINT, quantity,
                          parts[i].is_shown ? lower_value : 0, "IF(N(%s)%s,MIN(0,%s,%s)-MIN(0,MAX(%s,%s)),0)", value,
                          parts[i].test, source, out, source, out);
    }
    sheet_put_formula(sheet, sheet->row, count + SUM, BEHOV_FORM_FAINT, quantity, is_sum ? driver : 0, "%s",
                      is_sum ? out : "0");
}

static void put_sum(sheet *sheet, size_t first, size_t column, behov_quantity quantity, double value)
{
    char source[BEHOV_WORKBOOK_CELL], out[BEHOV_WORKBOOK_CELL];
    sheet_plain_cell(first, column, source);
    sheet_plain_cell(sheet->row - 1, column, out);
    sheet_put_formula(sheet, sheet->row, column, BEHOV_FORM_STRONG | BEHOV_FORM_SUM, quantity, value,
                      "IF(COUNT(%s:%s)=0,\"\",SUM(%s:%s))", source, out, source, out);
}

static void put_drivers_head(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    static const behov_word made_keys[] = {BEHOV_WORD_FORM_START,      BEHOV_WORD_FORM_END,      BEHOV_WORD_FORM_HIDDEN,
                                           BEHOV_WORD_FORM_UP,         BEHOV_WORD_FORM_UP_BELOW, BEHOV_WORD_FORM_DOWN,
                                           BEHOV_WORD_FORM_DOWN_BELOW, BEHOV_WORD_FORM_SUM};
    sheet_put_text(
        sheet, sheet->row++, LABEL_COLUMN, BEHOV_FORM_STRONG,
        sheet_word(sheet, behov_profile_in_kroner(profiles) ? BEHOV_WORD_FORM_WHY : BEHOV_WORD_FORM_WHY_OTHER));
    sheet->drivers_row = sheet->row;
    sheet_put_head(sheet, sheet->row, LABEL_COLUMN, sheet_word(sheet, BEHOV_WORD_VARIABLE));
    sheet_put_head(sheet, sheet->row, COEFFICIENT, sheet_word(sheet, BEHOV_WORD_COEFFICIENT));
    sheet_put_head(sheet, sheet->row, VALUE, sheet_word(sheet, BEHOV_WORD_FORM_OWN));
    sheet_put_head(sheet, sheet->row, MEAN, sheet_word(sheet, BEHOV_WORD_FORM_COUNTRY_MEAN));
    sheet_put_head(sheet, sheet->row, DRIVER, sheet_head_word(profiles, BEHOV_WORD_FORM_DRIVER));
    if (sheet_has_in_all(profiles))
        sheet_put_head(sheet, sheet->row, DRIVER_IN_ALL, sheet_word(sheet, BEHOV_WORD_FORM_DRIVER_1000KR));
    if (profiles->has_group) {
        sheet_put_head(sheet, sheet->row, sheet_group_mean(profiles), sheet_word(sheet, BEHOV_WORD_FORM_GROUP_MEAN));
        sheet_put_head(sheet, sheet->row, sheet_group_driver(profiles),
                       sheet_head_word(profiles, BEHOV_WORD_FORM_GROUP_DRIVER));
        if (sheet_has_in_all(profiles))
            sheet_put_head(sheet, sheet->row, sheet_group_driver_in_all(profiles),
                           sheet_word(sheet, BEHOV_WORD_FORM_GROUP_DRIVER_1000KR));
    }
    for (size_t j = START; j < MADE_END; j++)
        sheet_put_text(sheet, sheet->row, sheet->count + j, BEHOV_FORM_FAINT | BEHOV_FORM_WRAPPED,
                       sheet_word(sheet, made_keys[j]));
    sheet->row++;
}

/* Own need and the mean needs, under the columns of value and means: what the drivers add up to. */
static void put_needs(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = sheet_shown_year(sheet);
    const char *scale = behov_profile_shown(profiles, 1) != 1 ? "1000*" : "";
    behov_quantity quantity = behov_profile_amount_quantity(profiles);
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_PLAIN,
                   sheet_word(sheet, behov_profile_word(profiles, BEHOV_WORD_PROFILE_NEED)));
    put_lookup(sheet, VALUE, &sheet->tables[LOOKUP_YEARS], "need", sheet->year_row,
               behov_profile_shown(profiles, now->need), quantity, BEHOV_FORM_PLAIN, scale);
    put_lookup(sheet, MEAN, &sheet->tables[LOOKUP_GROUPS], "need", sheet->country_row,
               behov_profile_shown(profiles, now->means[BEHOV_PEER_COUNTRY]), quantity, BEHOV_FORM_PLAIN, scale);
    if (profiles->has_group)
        put_lookup(sheet, sheet_group_mean(profiles), &sheet->tables[LOOKUP_GROUPS], "need", sheet->group_row,
                   behov_profile_has_group(profiles, sheet->profile)
                       ? behov_profile_shown(profiles, now->means[BEHOV_PEER_GROUP])
                       : NAN,
                   quantity, BEHOV_FORM_PLAIN, scale);
    sheet->row++;
}

void sheet_put_drivers(sheet *sheet)
{
    const behov_profiles *profiles = sheet->profiles;
    const behov_profile_year *now = sheet_shown_year(sheet);
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
    sheet_put_text(sheet, sheet->row, LABEL_COLUMN, BEHOV_FORM_STRONG | BEHOV_FORM_SUM,
                   sheet_word(sheet, BEHOV_WORD_WORD_SUM));
    for (size_t j = COEFFICIENT; j <= MEAN; j++)
        sheet_put_number(sheet, sheet->row, j, BEHOV_FORM_SUM, BEHOV_Q_VALUE, NAN);
    put_sum(sheet, first, DRIVER, quantity, behov_profile_shown(profiles, now->sums[BEHOV_PEER_COUNTRY]));
    if (sheet_has_in_all(profiles))
        put_sum(sheet, first, DRIVER_IN_ALL, BEHOV_Q_GAP, in_all(sheet, now->sums[BEHOV_PEER_COUNTRY]));
    if (profiles->has_group) {
        sheet_put_number(sheet, sheet->row, sheet_group_mean(profiles), BEHOV_FORM_SUM, BEHOV_Q_VALUE, NAN);
        put_sum(sheet, first, sheet_group_driver(profiles), quantity,
                has_group ? behov_profile_shown(profiles, now->sums[BEHOV_PEER_GROUP]) : NAN);
        if (sheet_has_in_all(profiles))
            put_sum(sheet, first, sheet_group_driver_in_all(profiles), BEHOV_Q_GAP,
                    has_group ? in_all(sheet, now->sums[BEHOV_PEER_GROUP]) : NAN);
    }
    put_step(sheet, false, true, 0, behov_profile_shown(profiles, now->sums[BEHOV_PEER_COUNTRY]));
    sheet->row++;
    put_needs(sheet);
    sheet->row++;
}
