/* form.c - sheets of formulas that own their cells and words. */
#include "form.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for a sheet of formulas");
}

form *form_new(void) { return calloc(1, sizeof(form)); }

static void free_text(const char *text) { free((char *)text); }

void form_free(form *of)
{
    if (!of)
        return;
    for (size_t i = 0; i < of->n_cells; i++)
        free(of->cells[i].formula), free(of->cells[i].text);
    for (size_t i = 0; i < of->n_rules; i++)
        free_text(of->rules[i].list), free_text(of->rules[i].title), free_text(of->rules[i].words),
            free_text(of->rules[i].refusal);
    for (size_t i = 0; i < of->n_charts; i++)
        sheet_chart_free(&of->charts[i].chart);
    free(of->cells), free(of->rules), free(of->columns), free(of->charts);
    free(of);
}

static bool copy(const char *text, const char **to)
{
    *to = text ? strdup(text) : NULL;
    return !text || *to;
}

/* ---- cells ---------------------------------------------------------------------------------------------------------
 */

static behov_status add_cell(form *to, form_cell cell, const char *text, const char *formula, behov_error *err)
{
    if (to->n_cells == to->cells_room) {
        size_t room = to->cells_room ? 2 * to->cells_room : 64;
        form_cell *cells = realloc(to->cells, room * sizeof *cells);
        if (!cells)
            return out_of_memory(err);
        to->cells = cells;
        to->cells_room = room;
    }
    cell.text = text ? strdup(text) : NULL;
    cell.formula = formula ? strdup(formula) : NULL;
    if ((text && !cell.text) || (formula && !cell.formula)) {
        free(cell.text), free(cell.formula);
        return out_of_memory(err);
    }
    to->cells[to->n_cells++] = cell;
    return BEHOV_OK;
}

behov_status form_text(form *to, size_t row, size_t column, unsigned look, const char *text, behov_error *err)
{
    return add_cell(to, (form_cell){.row = row, .column = column, .look = look, .number = NAN}, text ? text : "", NULL,
                    err);
}

behov_status form_number(form *to, size_t row, size_t column, unsigned look, behov_quantity quantity, double number,
                         behov_error *err)
{
    return add_cell(to, (form_cell){.row = row, .column = column, .look = look, .quantity = quantity, .number = number},
                    NULL, NULL, err);
}

behov_status form_formula(form *to, size_t row, size_t column, unsigned look, behov_quantity quantity, double value,
                          const char *formula, behov_error *err)
{
    return add_cell(to, (form_cell){.row = row, .column = column, .look = look, .quantity = quantity, .number = value},
                    NULL, formula, err);
}

behov_status form_text_formula(form *to, size_t row, size_t column, unsigned look, const char *value,
                               const char *formula, behov_error *err)
{
    return add_cell(to, (form_cell){.row = row, .column = column, .look = look, .number = NAN}, value ? value : "",
                    formula, err);
}

/* ---- rules, columns and charts -------------------------------------------------------------------------------------
 */

behov_status form_add_rule(form *to, form_rule rule, behov_error *err)
{
    form_rule *rules = realloc(to->rules, (to->n_rules + 1) * sizeof *rules);
    if (!rules)
        return out_of_memory(err);
    to->rules = rules;
    form_rule *made = &rules[to->n_rules++];
    *made = rule;
    bool is_whole = copy(rule.list, &made->list);
    is_whole = copy(rule.title, &made->title) && is_whole;
    is_whole = copy(rule.words, &made->words) && is_whole;
    is_whole = copy(rule.refusal, &made->refusal) && is_whole;
    return is_whole ? BEHOV_OK : out_of_memory(err);
}

behov_status form_add_chart(form *to, form_chart chart, behov_error *err)
{
    form_chart *charts = realloc(to->charts, (to->n_charts + 1) * sizeof *charts);
    if (!charts)
        return out_of_memory(err);
    to->charts = charts;
    charts[to->n_charts] = chart;
    return sheet_chart_copy(&chart.chart, &charts[to->n_charts++].chart, err);
}

behov_status form_set_column(form *to, size_t column, form_column how, behov_error *err)
{
    if (column >= to->n_columns) {
        form_column *columns = realloc(to->columns, (column + 1) * sizeof *columns);
        if (!columns)
            return out_of_memory(err);
        for (size_t j = to->n_columns; j <= column; j++)
            columns[j] = (form_column){0};
        to->columns = columns;
        to->n_columns = column + 1;
    }
    to->columns[column] = how;
    return BEHOV_OK;
}
