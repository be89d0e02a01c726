/* deviation_tree_steps.c - the steps from the reference to the municipality's own expenditure, and the table that a
 * workbook draws them from: bars that lie on one another, the lowest not seen. */
#include "deviation_tree_rows.h"

#include <math.h>
#include <stdlib.h>

#include "sentence_parts.h"
#include "table_columns.h"

/* The step of a row, from what is reached; false of a row that has parts of its own. */
static bool take_step(const behov_deviation_tree *tree, size_t row, double *reached, behov_tree_step *step)
{
    behov_tree_row part = behov_tree_row_at(tree, row);
    if (!part.function || (part.factor < 0 && part.function->depth != BEHOV_TREE_FUNCTION))
        return false;
    double end = *reached + 1000 * behov_tree_row_deviation_1000kr(tree, part) / tree->population;
    *step = (behov_tree_step){part, *reached, end};
    *reached = end;
    return true;
}

static double reference_rate(const behov_deviation_tree *tree)
{
    return 1000 * tree->reference_1000kr / tree->population;
}

behov_tree_step *behov_tree_steps(const behov_deviation_tree *tree, size_t *n)
{
    size_t n_rows = behov_tree_n_rows(tree);
    behov_tree_step *steps = malloc((n_rows + 1) * sizeof *steps);
    double reached = reference_rate(tree);
    *n = 0;
    for (size_t row = 0; row < n_rows && steps; row++)
        *n += take_step(tree, row, &reached, &steps[*n]);
    return steps;
}

void behov_tree_step_name(const behov_tree_page *page, behov_tree_row part, behov_wording *name)
{
    if (part.function->function[0])
        behov_wording_print(name, "%s ", part.function->function);
    behov_wording_add(name, part.factor < 0 ? behov_tree_function_words(part.function->function, page->lang)
                                            : behov_tree_factor_words(part.function, part.factor, page->lang));
}

const char *behov_tree_reference_name(const behov_tree_page *page)
{
    return page->group ? page->group : behov_label(page->lang, BEHOV_WORD_TREE_PLOT_ALL);
}

void behov_tree_own_name(const behov_tree_page *page, behov_wording *name)
{
    behov_sentence_municipality_name_first(name, &page->tree->figures->places.all[page->tree->municipality]);
}

/* ---- the table ----------------------------------------------------------------------------------------------------- */

/* Rows: the reference, the steps, the municipality. */
typedef struct step_rows {
    const behov_tree_page *page;
    behov_tree_step *steps;
    size_t n;
} step_rows;

static bool is_end(const step_rows *rows, size_t row)
{
    return row == 0 || row == rows->n + 1;
}

static behov_tree_step step_at(const void *context, size_t row)
{
    const step_rows *rows = context;
    const behov_deviation_tree *tree = rows->page->tree;
    if (!is_end(rows, row))
        return rows->steps[row - 1];
    double amount_1000kr = row == 0 ? tree->reference_1000kr : tree->own_1000kr;
    return (behov_tree_step){{NULL, -1}, 0, 1000 * amount_1000kr / tree->population};
}

static double start_figure(const void *context, size_t row)
{
    return step_at(context, row).start;
}

static double end_figure(const void *context, size_t row)
{
    return step_at(context, row).end;
}

static double change_figure(const void *context, size_t row)
{
    behov_tree_step step = step_at(context, row);
    return is_end(context, row) ? NAN : step.end - step.start;
}

/* What lies between zero and the bar; nothing where the bar crosses zero. */
static double hidden_figure(const void *context, size_t row)
{
    behov_tree_step step = step_at(context, row);
    double low = fmin(step.start, step.end), high = fmax(step.start, step.end);
    return is_end(context, row) ? 0 : low >= 0 ? low : high > 0 ? 0 : high;
}

/* The part of a bar that lies above zero, or below it. */
static double bar(const void *context, size_t row, bool is_up, bool is_above)
{
    behov_tree_step step = step_at(context, row);
    if (is_end(context, row) || (step.end >= step.start) != is_up)
        return 0;
    double low = fmin(step.start, step.end), high = fmax(step.start, step.end);
    return is_above ? fmax(0, high) - fmax(0, low) : fmin(0, low) - fmin(0, high);
}

static double up_figure(const void *context, size_t row)
{
    return bar(context, row, true, true);
}

static double up_below_figure(const void *context, size_t row)
{
    return bar(context, row, true, false);
}

static double down_figure(const void *context, size_t row)
{
    return bar(context, row, false, true);
}

static double down_below_figure(const void *context, size_t row)
{
    return bar(context, row, false, false);
}

static double sum_figure(const void *context, size_t row)
{
    return is_end(context, row) ? step_at(context, row).end : 0;
}

static behov_status name_rows(const step_rows *rows, behov_report *report, behov_error *err)
{
    behov_wording name = {0};
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < rows->n + 2 && !status; row++) {
        behov_wording_clear(&name);
        if (row == 0)
            behov_wording_add(&name, behov_tree_reference_name(rows->page));
        else if (is_end(rows, row))
            behov_tree_own_name(rows->page, &name);
        else
            behov_tree_step_name(rows->page, rows->steps[row - 1].part, &name);
        status = behov_wording_status(&name, err);
        if (!status)
            status = behov_report_set_text(report, 0, row, behov_wording_text(&name), err);
    }
    behov_wording_free(&name);
    return status;
}

#define LABELLED(key, word, quantity)                                                                                  \
    {                                                                                                                  \
        key, behov_label(lang, BEHOV_WORD_##word), BEHOV_Q_##quantity                                                  \
    }

static behov_status make_table(const behov_tree_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {{LABELLED("step", TREE_STEPS_COLUMN, TEXT), NULL, NULL},
                                          {LABELLED("start", FORM_START, GAP), start_figure, NULL},
                                          {LABELLED("end", FORM_END, GAP), end_figure, NULL},
                                          {LABELLED("change", TREE_STEPS_CHANGE, GAP), change_figure, NULL},
                                          {LABELLED("hidden", FORM_HIDDEN, GAP), hidden_figure, NULL},
                                          {LABELLED("up", FORM_UP, GAP), up_figure, NULL},
                                          {LABELLED("up_below", FORM_UP_BELOW, GAP), up_below_figure, NULL},
                                          {LABELLED("down", FORM_DOWN, GAP), down_figure, NULL},
                                          {LABELLED("down_below", FORM_DOWN_BELOW, GAP), down_below_figure, NULL},
                                          {LABELLED("sum", FORM_SUM, GAP), sum_figure, NULL}};
    step_rows rows = {.page = page};
    behov_report *table = NULL;
    rows.steps = behov_tree_steps(page->tree, &rows.n);
    behov_status status = rows.steps ? behov_table_columns_new("tree_steps", rows.n + 2, columns,
                                                               sizeof columns / sizeof *columns, &rows, &table, err)
                                     : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_TREE_NO_MEMORY);
    if (!status)
        status = name_rows(&rows, table, err);
    free(rows.steps);
    return behov_table_columns_return(status, table, report);
}

/* Where the axis begins, as in the picture near the steps, which from 0 would be slivers: a round number below all of
 * them. False where they reach down to 0, or begin near it anyhow. */
static bool find_least(const behov_deviation_tree *tree, double *least)
{
    double reached = reference_rate(tree), low = reached, high = reached;
    behov_tree_step step;
    for (size_t row = 0; row < behov_tree_n_rows(tree); row++)
        if (take_step(tree, row, &reached, &step)) {
            low = fmin(low, step.end);
            high = fmax(high, step.end);
        }
    if (!(high > low) || low <= 0)
        return false;
    double unit = pow(10, floor(log10(high - low)));
    *least = unit * floor((low - (high - low) / 4) / unit);
    return *least > 0;
}

behov_sheet_chart behov_tree_chart(const behov_deviation_tree *tree, behov_language lang)
{
    double least = 0;
    bool has_least = find_least(tree, &least);
    return (behov_sheet_chart){.kind = BEHOV_SHEET_STACKED_BARS,
                               .has_x_least = has_least,
                               .x_least = least,
                               .title = behov_label(lang, BEHOV_WORD_TREE_STEPS_CHART),
                               .x_title = behov_label(lang, BEHOV_WORD_UNIT_KR_PER_INHABITANT),
                               .text = behov_label(lang, BEHOV_WORD_TREE_STEPS_SHEET),
                               .series = {{BEHOV_SERIES_HIDDEN, "", "step", "hidden"},
                                          {BEHOV_SERIES_UP, "", "step", "up"},
                                          {BEHOV_SERIES_UP, "", "step", "up_below"},
                                          {BEHOV_SERIES_DOWN, "", "step", "down"},
                                          {BEHOV_SERIES_DOWN, "", "step", "down_below"},
                                          {BEHOV_SERIES_SUM, "", "step", "sum"}}};
}

behov_status behov_tree_steps_add(const behov_tree_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording title = {0};
    const char *sheet = behov_label(page->lang, BEHOV_WORD_TREE_STEPS_SHEET);
    behov_wording_add(&title, behov_label(page->lang, BEHOV_WORD_TREE_STEPS_TITLE));
    if (page->tree->figures->is_simulated)
        behov_sentence_simulated_title(&title, page->lang);
    behov_status status = make_table(page, &table, err);
    if (!status)
        status = behov_section_list_add_said(
            list, (behov_section){.name = sheet, .table_name = sheet, .n_frozen_columns = 1, .landscape = true}, &title,
            NULL, table, err);
    behov_wording_free(&title);
    return status;
}
