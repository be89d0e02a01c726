/* deviation_tree_tables.c - the table of behov/deviation_tree_pages.h. */
#include <behov/deviation_tree_pages.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "deviation_tree_rows.h"
#include "table_columns.h"

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

size_t behov_tree_n_rows(const behov_deviation_tree *tree)
{
    size_t n = tree->figures->has_function;
    for (size_t i = 0; i < tree->n; i++)
        n += 1 + (tree->functions[i].depth == BEHOV_TREE_MONTHS       ? 3u
                  : tree->functions[i].depth == BEHOV_TREE_RECIPIENTS ? 2u
                                                                      : 0u);
    return n;
}

behov_tree_row behov_tree_row_at(const behov_deviation_tree *tree, size_t row)
{
    if (tree->figures->has_function && row-- == 0) /* without functions their row is all */
        return (behov_tree_row){NULL, -1};
    for (size_t i = 0; i < tree->n; i++) {
        const behov_tree_function *function = &tree->functions[i];
        if (row-- == 0)
            return (behov_tree_row){function, -1};
        for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
            if (!isnan(function->parts_1000kr[k]) && row-- == 0)
                return (behov_tree_row){function, k};
    }
    return (behov_tree_row){NULL, -1};
}

double behov_tree_row_deviation_1000kr(const behov_deviation_tree *tree, behov_tree_row row)
{
    return !row.function    ? tree->deviation_1000kr
           : row.factor < 0 ? row.function->deviation_1000kr
                            : row.function->parts_1000kr[row.factor];
}

const char *behov_tree_factor_words(const behov_tree_function *function, int factor, behov_language lang)
{
    static const behov_word words[] = {BEHOV_WORD_TREE_FACTOR_RECIPIENTS, BEHOV_WORD_TREE_FACTOR_MONTHS,
                                       BEHOV_WORD_TREE_FACTOR_AMOUNT};
    bool is_per_recipient = factor == BEHOV_GROWTH_AMOUNT && function->depth == BEHOV_TREE_RECIPIENTS;
    return behov_label(lang, is_per_recipient ? BEHOV_WORD_TREE_FACTOR_AMOUNT_PER_RECIPIENT : words[factor]);
}

const char *behov_tree_function_words(const char *function, behov_language lang)
{
    static const struct {
        const char *function;
        behov_word word;
    } known[] = {{"242", BEHOV_WORD_TREE_FUNCTION_242},
                 {"243", BEHOV_WORD_TREE_FUNCTION_243},
                 {"276", BEHOV_WORD_TREE_FUNCTION_276},
                 {"281", BEHOV_WORD_TREE_FUNCTION_281},
                 {"", BEHOV_WORD_TREE_ALL}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(function, known[i].function) == 0)
            return behov_label(lang, known[i].word);
    return function;
}

/* ---- cells --------------------------------------------------------------------------------------------------------- */

static behov_tree_row row_of(const void *context, size_t row)
{
    return behov_tree_row_at(((const behov_tree_page *)context)->tree, row);
}

static double level_figure(const void *context, size_t row)
{
    behov_tree_row at = row_of(context, row);
    bool has_function = ((const behov_tree_page *)context)->tree->figures->has_function;
    return (at.function && has_function) + (at.factor >= 0);
}

static const char *function_text(const void *context, size_t row)
{
    behov_tree_row at = row_of(context, row);
    return at.function ? at.function->function : "";
}

static const char *part_text(const void *context, size_t row)
{
    behov_language lang = ((const behov_tree_page *)context)->lang;
    behov_tree_row at = row_of(context, row);
    return !at.function    ? behov_label(lang, BEHOV_WORD_TREE_ALL)
           : at.factor < 0 ? behov_tree_function_words(at.function->function, lang)
                           : behov_tree_factor_words(at.function, at.factor, lang);
}

static const char *unit_text(const void *context, size_t row)
{
    static const behov_word units[] = {BEHOV_WORD_TREE_UNIT_RECIPIENTS, BEHOV_WORD_TREE_UNIT_MONTHS,
                                       BEHOV_WORD_TREE_UNIT_AMOUNT};
    behov_tree_row at = row_of(context, row);
    return behov_label(((const behov_tree_page *)context)->lang,
                       at.factor < 0 ? BEHOV_WORD_TREE_UNIT_1000KR : units[at.factor]);
}

static double own_figure(const void *context, size_t row)
{
    behov_tree_row at = row_of(context, row);
    return !at.function    ? ((const behov_tree_page *)context)->tree->own_1000kr
           : at.factor < 0 ? at.function->own_1000kr
                           : at.function->levels[0][at.factor];
}

static double reference_figure(const void *context, size_t row)
{
    behov_tree_row at = row_of(context, row);
    return !at.function    ? ((const behov_tree_page *)context)->tree->reference_1000kr
           : at.factor < 0 ? at.function->reference_1000kr
                           : at.function->levels[1][at.factor];
}

static double deviation_figure(const void *context, size_t row)
{
    const behov_deviation_tree *tree = ((const behov_tree_page *)context)->tree;
    return behov_tree_row_deviation_1000kr(tree, behov_tree_row_at(tree, row));
}

static double rate_figure(const void *context, size_t row)
{
    return 1000 * deviation_figure(context, row) / ((const behov_tree_page *)context)->tree->population;
}

static double n_figure(const void *context, size_t row)
{
    behov_tree_row at = row_of(context, row);
    return at.function && at.factor < 0 ? (double)at.function->n_reference : NAN;
}

static const char *stop_text(const void *context, size_t row)
{
    static const behov_word stops[] = {[BEHOV_TREE_NO_STOP] = BEHOV_NO_WORD,
                                       [BEHOV_TREE_NO_RECIPIENT_FIGURES] = BEHOV_WORD_TREE_STOP_RECIPIENTS,
                                       [BEHOV_TREE_NO_MONTH_FIGURES] = BEHOV_WORD_TREE_STOP_MONTHS,
                                       [BEHOV_TREE_ZERO_RECIPIENTS] = BEHOV_WORD_TREE_STOP_ZERO,
                                       [BEHOV_TREE_NEGATIVE] = BEHOV_WORD_TREE_STOP_NEGATIVE};
    behov_tree_row at = row_of(context, row);
    bool is_told = at.function && at.factor < 0 && at.function->stop;
    return is_told ? behov_label(((const behov_tree_page *)context)->lang, stops[at.function->stop]) : "";
}

/* ---- the table ----------------------------------------------------------------------------------------------------- */

/* Recipients per 1000 inhabitants and months have a decimal; kroner none. */
static behov_status set_decimals(const behov_tree_page *page, behov_report *report, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < behov_report_n_columns(report); j++) {
        const char *key = behov_report_column_at(report, j).key;
        if (strcmp(key, "own") != 0 && strcmp(key, "reference") != 0)
            continue;
        for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++) {
            int factor = behov_tree_row_at(page->tree, row).factor;
            if (factor == BEHOV_GROWTH_RECIPIENTS || factor == BEHOV_GROWTH_MONTHS)
                status = behov_report_set_decimals(report, j, row, 1, err);
        }
    }
    return status;
}

#define LABELLED(key, word, quantity)                                                                                  \
    {                                                                                                                  \
        key, behov_label(lang, BEHOV_WORD_TREE_COLUMN_##word), BEHOV_Q_##quantity                                      \
    }

behov_status behov_tree_table(const behov_tree_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {{LABELLED("level", LEVEL, COUNT), level_figure, NULL},
                                          {LABELLED("function", FUNCTION, TEXT), NULL, function_text},
                                          {LABELLED("part", PART, TEXT), NULL, part_text},
                                          {LABELLED("unit", UNIT, TEXT), NULL, unit_text},
                                          {LABELLED("own", OWN, GAP), own_figure, NULL},
                                          {LABELLED("reference", REFERENCE, GAP), reference_figure, NULL},
                                          {LABELLED("deviation_1000kr", DEVIATION, GAP), deviation_figure, NULL},
                                          {LABELLED("deviation_kr_per_inhabitant", RATE, GAP), rate_figure, NULL},
                                          {LABELLED("n_reference", N, COUNT), n_figure, NULL},
                                          {LABELLED("stops_because", STOP, TEXT), NULL, stop_text}};
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("tree", behov_tree_n_rows(page->tree), columns,
                                                  sizeof columns / sizeof *columns, page, &table, err);
    if (!status)
        status = set_decimals(page, table, err);
    return behov_table_columns_return(status, table, report);
}

behov_status behov_tree_add(const behov_tree_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording title = {0}, words = {0};
    const char *sheet = behov_label(page->lang, BEHOV_WORD_TREE_SHEET);
    const behov_sheet_chart chart = behov_tree_chart(page->tree, page->lang);
    behov_tree_title(page, &title);
    behov_status status = behov_tree_table(page, &table, err);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = sheet,
                                                             .table_name = sheet,
                                                             .n_frozen_columns = 3,
                                                             .landscape = true,
                                                             .charts = &chart,
                                                             .n_charts = 1},
                                             &title, NULL, table, err);
    for (size_t i = 0; !status && behov_tree_sentence(page, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&title);
    behov_wording_free(&words);
    return status;
}
