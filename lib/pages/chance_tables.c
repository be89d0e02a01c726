/* chance_tables.c - see chance_tables.h. */
#include <behov/chance_tables.h>

#include <behov/labels.h>
#include "phrases.h"
#include "table_columns.h"

static const behov_lag_correlation *correlation_at(const void *context, size_t row)
{
    return (const behov_lag_correlation *)context + row;
}

static double lag_figure(const void *context, size_t row)
{
    return (double)correlation_at(context, row)->lag;
}

static double pairs_figure(const void *context, size_t row)
{
    return (double)correlation_at(context, row)->n_pairs;
}

static double observed_figure(const void *context, size_t row)
{
    return correlation_at(context, row)->observed;
}

static double fitted_figure(const void *context, size_t row)
{
    return correlation_at(context, row)->fitted;
}

behov_status behov_chance_add(const behov_fit_results *fit_results, const behov_shrink *shrink,
                              behov_section_list *list, behov_error *err)
{
    static const behov_table_column columns[] = {
        {{"chance_lag", NULL, BEHOV_Q_COUNT}, .figure = lag_figure},
        {{"chance_pairs", NULL, BEHOV_Q_COUNT}, .figure = pairs_figure},
        {{"chance_observed", NULL, BEHOV_Q_SHARE}, .figure = observed_figure},
        {{"chance_fitted", NULL, BEHOV_Q_SHARE}, .figure = fitted_figure},
    };
    behov_language lang = fit_results->study->lang;
    const behov_lag_correlation *correlations;
    size_t n = behov_shrink_correlations(shrink, &correlations);
    if (!n)
        return BEHOV_OK;
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_wording_add(&title, behov_label(lang, BEHOV_WORD_CHANCE_TITLE));
    if (fit_results->study->is_simulated)
        behov_phrase_simulated_title(&title, lang);
    behov_status status = behov_wording_status(&title, err);
    if (!status)
        status =
            behov_table_columns_new("chance", n, columns, sizeof columns / sizeof *columns, correlations, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_CHANCE),
                                                        .title = behov_wording_text(&title),
                                                        .subtitle = behov_label(lang, BEHOV_WORD_CHANCE_SUBTITLE),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_CHANCE),
                                                        .n_frozen_columns = 1},
                                        table, err);
    behov_wording_free(&title);
    return status;
}
