/* input_sheet.c - sheets of formulas that own their cells and words. */
#include <behov/input_sheet.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FORM_NO_MEMORY);
}

behov_input_sheet *behov_input_new(void)
{
    return calloc(1, sizeof(behov_input_sheet));
}

static void free_text(const char *text)
{
    free((char *)text);
}

void behov_input_free(behov_input_sheet *input_sheet)
{
    if (!input_sheet)
        return;
    for (size_t i = 0; i < input_sheet->n_cells; i++)
        free(input_sheet->cells[i].formula), free(input_sheet->cells[i].text);
    for (size_t i = 0; i < input_sheet->n_rules; i++)
        free_text(input_sheet->rules[i].list), free_text(input_sheet->rules[i].title),
            free_text(input_sheet->rules[i].words), free_text(input_sheet->rules[i].refusal);
    for (size_t i = 0; i < input_sheet->n_charts; i++)
        behov_sheet_chart_free(&input_sheet->charts[i].chart);
    free(input_sheet->cells), free(input_sheet->rules), free(input_sheet->columns), free(input_sheet->charts);
    free(input_sheet);
}

static bool copy(const char *text, const char **out)
{
    *out = text ? strdup(text) : NULL;
    return !text || *out;
}

/* ---- cells ---------------------------------------------------------------------------------------------------------
 */

static behov_status add_cell(behov_input_sheet *out, behov_input_cell cell, const char *text, const char *formula,
                             behov_error *err)
{
    if (out->n_cells == out->cells_room) {
        size_t room = out->cells_room ? 2 * out->cells_room : 64;
        behov_input_cell *cells = realloc(out->cells, room * sizeof *cells);
        if (!cells)
            return out_of_memory(err);
        out->cells = cells;
        out->cells_room = room;
    }
    cell.text = text ? strdup(text) : NULL;
    cell.formula = formula ? strdup(formula) : NULL;
    if ((text && !cell.text) || (formula && !cell.formula)) {
        free(cell.text), free(cell.formula);
        return out_of_memory(err);
    }
    out->cells[out->n_cells++] = cell;
    return BEHOV_OK;
}

behov_status behov_input_text(behov_input_sheet *out, size_t row, size_t column, unsigned look, const char *text,
                              behov_error *err)
{
    return add_cell(out, (behov_input_cell){.row = row, .column = column, .look = look, .number = NAN},
                    text ? text : "", NULL, err);
}

behov_status behov_input_number(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                behov_quantity quantity, double number, behov_error *err)
{
    return add_cell(
        out, (behov_input_cell){.row = row, .column = column, .look = look, .quantity = quantity, .number = number},
        NULL, NULL, err);
}

behov_status behov_input_formula(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                 behov_quantity quantity, double value, const char *formula, behov_error *err)
{
    return add_cell(
        out, (behov_input_cell){.row = row, .column = column, .look = look, .quantity = quantity, .number = value},
        NULL, formula, err);
}

behov_status behov_input_text_formula(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                      const char *value, const char *formula, behov_error *err)
{
    return add_cell(out, (behov_input_cell){.row = row, .column = column, .look = look, .number = NAN},
                    value ? value : "", formula, err);
}

/* ---- rules, columns and charts -------------------------------------------------------------------------------------
 */

behov_status behov_input_add_rule(behov_input_sheet *out, behov_input_rule rule, behov_error *err)
{
    behov_input_rule *rules = realloc(out->rules, (out->n_rules + 1) * sizeof *rules);
    if (!rules)
        return out_of_memory(err);
    out->rules = rules;
    behov_input_rule *input_rule = &rules[out->n_rules++];
    *input_rule = rule;
    bool is_whole = copy(rule.list, &input_rule->list);
    is_whole = copy(rule.title, &input_rule->title) && is_whole;
    is_whole = copy(rule.words, &input_rule->words) && is_whole;
    is_whole = copy(rule.refusal, &input_rule->refusal) && is_whole;
    return is_whole ? BEHOV_OK : out_of_memory(err);
}

behov_status behov_input_add_chart(behov_input_sheet *out, behov_input_chart chart, behov_error *err)
{
    behov_input_chart *charts = realloc(out->charts, (out->n_charts + 1) * sizeof *charts);
    if (!charts)
        return out_of_memory(err);
    out->charts = charts;
    charts[out->n_charts] = chart;
    return behov_sheet_chart_copy(&chart.chart, &charts[out->n_charts++].chart, err);
}

behov_status behov_input_set_column(behov_input_sheet *out, size_t column, behov_input_column how, behov_error *err)
{
    if (column >= out->n_columns) {
        behov_input_column *columns = realloc(out->columns, (column + 1) * sizeof *columns);
        if (!columns)
            return out_of_memory(err);
        for (size_t j = out->n_columns; j <= column; j++)
            columns[j] = (behov_input_column){0};
        out->columns = columns;
        out->n_columns = column + 1;
    }
    out->columns[column] = how;
    return BEHOV_OK;
}
