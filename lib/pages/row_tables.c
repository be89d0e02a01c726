/* row_tables.c - tables of every row of the panel: the results beside its keys, and its data.
 *
 * Nothing is copied: columns are those of the panel, or computed where a writer reads them. */
#include <behov/result_tables.h>

#include <behov.h>
#include <stdlib.h>

#include <behov/labels.h>
#include "row_notes.h"
#include "table_columns.h"

static behov_status borrow_column(behov_report *report, const behov_table *table, size_t column,
                                  behov_report_column report_column, behov_error *err)
{
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT)
        return behov_report_add_codes(report, report_column, behov_table_codes(table, column),
                                      behov_table_levels(table, column), err);
    return behov_report_add_numbers(report, report_column, (double *)behov_table_numbers(table, column), false, err);
}

static behov_quantity quantity_of_role(const behov_fit_results *fit_results, size_t column)
{
    const ptrdiff_t *roles = fit_results->study->panel.columns;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_CODE])
        return BEHOV_Q_CODE;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_YEAR])
        return BEHOV_Q_YEAR;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_POPULATION])
        return BEHOV_Q_COUNT;
    return behov_table_kind(fit_results->study->table, column) == BEHOV_COLUMN_TEXT ? BEHOV_Q_TEXT : BEHOV_Q_VALUE;
}

static double estimated_figure(const void *context, size_t row)
{
    const behov_fit_results *fit_results = context;
    return fit_results->fit && behov_design_fate(fit_results->design, row) == BEHOV_ROW_ESTIMATED;
}

static double actual_figure(const void *need, size_t row)
{
    return behov_need_actual(need, row);
}

static double need_figure(const void *need, size_t row)
{
    return behov_need_need(need, row);
}

static double ratio_figure(const void *need, size_t row)
{
    return behov_need_ratio(need, row);
}

static double index_figure(const void *need, size_t row)
{
    return behov_need_index(need, row);
}

static double gap_figure(const void *need, size_t row)
{
    return behov_need_gap(need, row);
}

behov_status behov_fit_results_rows(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    const behov_table *table = fit_results->study->table;
    const ptrdiff_t *roles = fit_results->study->panel.columns;
    size_t n_rows = behov_table_n_rows(table);
    static const behov_role role[] = {BEHOV_ROLE_CODE, BEHOV_ROLE_MUNICIPALITY, BEHOV_ROLE_YEAR};
    behov_report *report = NULL;
    behov_status status = behov_report_new("rows", n_rows, NULL, &report, err);
    bool any = false;
    for (size_t i = 0; i < 3 && !status; i++) {
        ptrdiff_t column = roles[role[i]];
        if (column < 0)
            continue;
        any = true;
        status = borrow_column(
            report, table, (size_t)column,
            (behov_report_column){behov_role_name(role[i]), NULL, quantity_of_role(fit_results, (size_t)column)}, err);
    }
    if (!status && !any) {
        double *numbers = malloc((n_rows ? n_rows : 1) * sizeof *numbers);
        for (size_t row = 0; numbers && row < n_rows; row++)
            numbers[row] = (double)row + 1;
        status = behov_table_columns_add_values(report, (behov_report_column){"row_number", NULL, BEHOV_Q_COUNT},
                                                numbers, err);
    }
    const behov_need *need = fit_results->need;
    int in_kroner = behov_need_gap_is_1000kr(need);
    const struct {
        behov_report_figure *figure;
        behov_report_column column;
    } figures[] = {
        {actual_figure,
         {"actual", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_ACTUAL, in_kroner)),
          behov_study_amount_quantity(fit_results->study)}},
        {need_figure,
         {"need", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_NEED, in_kroner)),
          behov_study_amount_quantity(fit_results->study)}},
        {ratio_figure,
         {"ratio", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_RATIO, in_kroner)),
          BEHOV_Q_RATIO}},
        {index_figure,
         {"index", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_INDEX, in_kroner)),
          BEHOV_Q_INDEX}},
        {gap_figure, {in_kroner ? "gap_1000kr" : "gap", NULL, in_kroner ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME}},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures && !status; i++)
        status = behov_report_add_computed(report, figures[i].column, figures[i].figure, need, err);
    if (!status)
        status = behov_report_add_computed(report, (behov_report_column){"estimated_on", NULL, BEHOV_Q_COUNT},
                                           estimated_figure, fit_results, err);
    if (!status)
        status = behov_row_notes_add(fit_results, report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT}, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_fit_results_data(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    const behov_table *table = fit_results->study->table;
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    behov_report *report = NULL;
    behov_status status = behov_report_new("data", n_rows, rows, &report, err);
    for (size_t column = 0; column < behov_table_n_columns(table) && !status; column++)
        status = borrow_column(report, table, column,
                               (behov_report_column){behov_table_name(table, column), behov_table_name(table, column),
                                                     quantity_of_role(fit_results, column)},
                               err);
    if (!status) {
        double *lines = malloc((behov_table_n_rows(table) + 1) * sizeof *lines);
        for (size_t row = 0; lines && row < behov_table_n_rows(table); row++)
            lines[row] = behov_table_line(table, row);
        status = behov_table_columns_add_values(report, (behov_report_column){"line", NULL, BEHOV_Q_COUNT}, lines, err);
    }
    return behov_table_columns_return(status, report, out);
}
