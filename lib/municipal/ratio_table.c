/* ratio_table.c - ratios by municipality and year, chosen and grouped. */
#include <behov/ratio_table.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"
#include <behov/study.h>

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
    free(ratio_table->levels[BEHOV_RATIO_ACTUAL]);
    free(ratio_table->levels[BEHOV_RATIO_NEED]);
    free(ratio_table->populations);
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

/* ---- of a fit ------------------------------------------------------------------------------------------------------
 */

static bool make_levels(behov_ratio_table *out, size_t n_cells)
{
    for (int k = 0; k < BEHOV_RATIO_LEVELS; k++)
        if (!(out->levels[k] = behov_missing_numbers(n_cells)))
            return false;
    out->populations = behov_missing_numbers(n_cells);
    return out->populations != NULL;
}

static void take_cell(const behov_fit_results *fit_results, size_t row, size_t cell, behov_ratio_table *out)
{
    double ratio = behov_need_ratio(fit_results->need, row), need = behov_need_need(fit_results->need, row);
    double population = behov_panel_population(&fit_results->study->panel, row);
    out->ratios[cell] = ratio;
    out->needs[cell] = isnan(ratio) ? NAN : need * population;
    out->levels[BEHOV_RATIO_ACTUAL][cell] = behov_need_actual(fit_results->need, row);
    out->levels[BEHOV_RATIO_NEED][cell] = need;
    out->populations[cell] = population;
}

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
    out->ratios = behov_missing_numbers(n_cells);
    out->needs = behov_missing_numbers(n_cells);
    out->floor = fit_results->floor;
    if (!out->years || !out->ratios || !out->needs || !make_levels(out, n_cells))
        return out_of_memory(err);
    for (size_t t = 0; t < out->n_years; t++)
        out->years[t] = years[t];
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        size_t row = behov_row_at(rows, i),
               place = behov_municipality_list_position(&out->places, behov_panel_code(panel, row),
                                                        behov_panel_municipality(panel, row)),
               t = 0;
        while (t < out->n_years && years[t] != behov_panel_year(panel, row))
            t++;
        if (place == out->places.n || t == out->n_years)
            continue;
        take_cell(fit_results, row, place * out->n_years + t, out);
    }
    return BEHOV_OK;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------
 */

static behov_status has_weights(const behov_ratio_table *ratio_table, behov_error *err)
{
    bool any = ratio_table->weights != NULL;
    for (size_t i = 0; ratio_table->needs && i < ratio_table->places.n * ratio_table->n_years && !any; i++)
        any = !isnan(ratio_table->needs[i]);
    return any ? BEHOV_OK
               : behov_error_say(err, BEHOV_E_DATA, ratio_table->places.source, SAY_RATIOS_SUBTOTALS_NEED_POPULATION);
}

behov_status behov_ratio_lines_plan(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                    behov_ratio_line **lines, size_t *n_lines, behov_error *err)
{
    size_t n = choice->places ? choice->n_places : ratio_table->places.n,
           n_groups = choice->groups ? choice->groups->n : 0, index = 0;
    behov_status status = choice->groups ? has_weights(ratio_table, err) : BEHOV_OK;
    if (status)
        return status;
    behov_ratio_line *new_line = malloc((n + n_groups + 2) * sizeof *new_line);
    if (!new_line)
        return out_of_memory(err);
    /* group by group, with a subtotal where it is of several; those without a group come last and have none */
    for (size_t g = 0; g <= n_groups; g++) {
        int group = g < n_groups ? (int)g : BEHOV_WITHOUT_GROUP;
        size_t previous_index = index;
        for (size_t i = 0; i < n; i++) {
            size_t place = choice->places ? choice->places[i] : i;
            if (!choice->groups || choice->groups->values[place] == group)
                new_line[index++] = (behov_ratio_line){place, group, false};
        }
        if (choice->groups && group != BEHOV_WITHOUT_GROUP && index > previous_index + 1)
            new_line[index++] = (behov_ratio_line){0, group, true};
    }
    if (choice->groups && n > 1)
        new_line[index++] = (behov_ratio_line){0, BEHOV_ALL_GROUPS, true};
    *lines = new_line;
    *n_lines = index;
    return BEHOV_OK;
}

/* The ratio of all municipalities among the lines that belong to a group. */
static double subtotal(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                       const behov_ratio_line *lines, size_t n_lines, int group, size_t year)
{
    double actual = 0, need = 0;
    for (size_t i = 0; i < n_lines; i++) {
        if (lines[i].is_subtotal || (group != BEHOV_ALL_GROUPS && choice->groups->values[lines[i].place] != group))
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

double behov_ratio_lines_ratio(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                               const behov_ratio_line *lines, size_t n_lines, size_t i, size_t year)
{
    return lines[i].is_subtotal ? subtotal(ratio_table, choice, lines, n_lines, lines[i].group, year)
                                : behov_ratio_table_at(ratio_table, lines[i].place, year);
}
