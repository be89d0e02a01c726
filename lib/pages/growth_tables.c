/* growth_tables.c - see behov/growth_tables.h. */
#include <behov/growth_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "growth_words.h"
#include "table_columns.h"

#define LABELLED(key, word, quantity)                                                                                  \
    {                                                                                                                  \
        key, behov_label(lang, BEHOV_WORD_GROWTH_COLUMN_##word), BEHOV_Q_##quantity                                    \
    }

/* Decimals for all cells of a column that is there, those of its quantity for the others. */
static behov_status set_decimals(behov_report *report, const char *key, int n_decimals, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < behov_report_n_columns(report); j++)
        if (strcmp(behov_report_column_at(report, j).key, key) == 0)
            for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++)
                status = behov_report_set_decimals(report, j, row, n_decimals, err);
    return status;
}

typedef struct decimals {
    const char *key;
    int n;
} decimals;

static behov_status set_all_decimals(behov_report *report, const decimals *all, size_t n, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++)
        status = set_decimals(report, all[i].key, all[i].n, err);
    return status;
}

/* Figures that were printed are shown with the decimals that they were printed with. */
static behov_status show_as_printed(behov_report *report, const char *key, size_t row, behov_rounded figure,
                                    behov_error *err)
{
    int n_decimals = behov_rounded_printed_decimals(figure);
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < behov_report_n_columns(report) && n_decimals >= 0 && !status; j++)
        if (strcmp(behov_report_column_at(report, j).key, key) == 0)
            status = behov_report_set_decimals(report, j, row, n_decimals, err);
    return status;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------ */

static const behov_growth_factors *factors_at(const void *context, size_t row)
{
    const behov_growth_places *places = ((const behov_growth_page *)context)->places;
    return row ? &places->all[row - 1].factors : &places->together;
}

static const behov_municipality *municipality_at(const void *context, size_t row)
{
    const behov_growth_places *places = ((const behov_growth_page *)context)->places;
    return row ? &places->figures->places.all[places->all[row - 1].municipality] : NULL;
}

static const char *place_code(const void *context, size_t row)
{
    return row ? municipality_at(context, row)->code : "";
}

static const char *place_name(const void *context, size_t row)
{
    const behov_growth_page *page = context;
    return row ? municipality_at(context, row)->name : behov_label(page->lang, BEHOV_WORD_GROWTH_TOGETHER);
}

static double place_start(const void *context, size_t row)
{
    return factors_at(context, row)->years[0].expenditure_1000kr;
}

static double place_end(const void *context, size_t row)
{
    return factors_at(context, row)->years[1].expenditure_1000kr;
}

static double place_change(const void *context, size_t row)
{
    return factors_at(context, row)->change_1000kr;
}

static double place_total(const void *context, size_t row)
{
    return factors_at(context, row)->total;
}

#define FACTOR_COLUMNS(name, factor)                                                                                   \
    static double factor_##name(const void *context, size_t row)                                                       \
    {                                                                                                                  \
        return factors_at(context, row)->factors[factor];                                                              \
    }                                                                                                                  \
    static double share_##name(const void *context, size_t row)                                                        \
    {                                                                                                                  \
        return factors_at(context, row)->log_shares_pct[factor];                                                       \
    }                                                                                                                  \
    static double part_##name(const void *context, size_t row)                                                         \
    {                                                                                                                  \
        return factors_at(context, row)->parts_1000kr[factor];                                                         \
    }
FACTOR_COLUMNS(recipients, BEHOV_GROWTH_RECIPIENTS)
FACTOR_COLUMNS(months, BEHOV_GROWTH_MONTHS)
FACTOR_COLUMNS(amount, BEHOV_GROWTH_AMOUNT)

static const char *place_reason(const void *context, size_t row)
{
    const behov_growth_page *page = context;
    return behov_growth_reason_words(factors_at(context, row)->reason, page->lang);
}

static behov_status places_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, place_code},
        {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, place_name},
        {LABELLED("expenditure_start_1000kr", EXPENDITURE_START, GAP), place_start, NULL},
        {LABELLED("expenditure_end_1000kr", EXPENDITURE_END, GAP), place_end, NULL},
        {LABELLED("change_1000kr", CHANGE, GAP), place_change, NULL},
        {LABELLED("expenditure_factor", TOTAL_FACTOR, OUTCOME), place_total, NULL},
        {LABELLED("recipients_factor", RECIPIENTS_FACTOR, OUTCOME), factor_recipients, NULL},
        {LABELLED("months_factor", MONTHS_FACTOR, OUTCOME), factor_months, NULL},
        {LABELLED("amount_factor", AMOUNT_FACTOR, OUTCOME), factor_amount, NULL},
        {LABELLED("recipients_log_share_pct", RECIPIENTS_SHARE, INDEX), share_recipients, NULL},
        {LABELLED("months_log_share_pct", MONTHS_SHARE, INDEX), share_months, NULL},
        {LABELLED("amount_log_share_pct", AMOUNT_SHARE, INDEX), share_amount, NULL},
        {LABELLED("recipients_part_1000kr", RECIPIENTS_PART, GAP), part_recipients, NULL},
        {LABELLED("months_part_1000kr", MONTHS_PART, GAP), part_months, NULL},
        {LABELLED("amount_part_1000kr", AMOUNT_PART, GAP), part_amount, NULL},
        {LABELLED("reason", REASON, TEXT), NULL, place_reason}};
    return behov_table_columns_new("growth", page->places->n + 1, columns, sizeof columns / sizeof *columns, page,
                                   report, err);
}

/* ---- printed factors ----------------------------------------------------------------------------------------------- */

/* Rows of a variant: its factors, their product, and the whole where that is printed. */
static size_t n_rows_of(const behov_growth_variant *variant)
{
    return variant->printed.n + 1 + !isnan(variant->printed.total.value);
}

static const behov_growth_variant *variant_at(const void *context, size_t *row)
{
    const behov_growth_variant *variant = ((const behov_growth_page *)context)->variants;
    for (; *row >= n_rows_of(variant); variant++)
        *row -= n_rows_of(variant);
    return variant;
}

static const char *printed_variant(const void *context, size_t row)
{
    const char *name = variant_at(context, &row)->name;
    return name ? name : "";
}

static const char *printed_name(const void *context, size_t row)
{
    const behov_growth_page *page = context;
    const behov_growth_printed *printed = &variant_at(context, &row)->printed;
    if (row < printed->n)
        return behov_growth_factor_words(printed->factors[row].name, page->lang);
    return behov_label(page->lang, row == printed->n ? BEHOV_WORD_GROWTH_PRODUCT : BEHOV_WORD_GROWTH_PRINTED_TOTAL);
}

static behov_rounded factor_at(const void *context, size_t row)
{
    const behov_growth_printed *printed = &variant_at(context, &row)->printed;
    return row < printed->n ? printed->factors[row].factor : row == printed->n ? printed->product : printed->total;
}

/* As printed, or of the product. */
static behov_rounded growth_at(const void *context, size_t row)
{
    const behov_growth_printed *printed = &variant_at(context, &row)->printed;
    return row < printed->n    ? printed->factors[row].growth_pct
           : row == printed->n ? (behov_rounded){100 * (printed->product.value - 1), NAN, NAN}
                               : printed->total_growth_pct;
}

static double printed_growth(const void *context, size_t row)
{
    return growth_at(context, row).value;
}

static double printed_factor(const void *context, size_t row)
{
    return factor_at(context, row).value;
}

static double printed_low(const void *context, size_t row)
{
    return factor_at(context, row).low;
}

static double printed_high(const void *context, size_t row)
{
    return factor_at(context, row).high;
}

static behov_rounded log_share_at(const void *context, size_t row)
{
    const behov_growth_printed *printed = &variant_at(context, &row)->printed;
    return row < printed->n                                                       ? printed->factors[row].log_share_pct
           : row == printed->n && !isnan(printed->factors[0].log_share_pct.value) ? (behov_rounded){100, NAN, NAN}
                                                                                  : (behov_rounded){NAN, NAN, NAN};
}

static double printed_share(const void *context, size_t row)
{
    return log_share_at(context, row).value;
}

static double printed_share_low(const void *context, size_t row)
{
    return log_share_at(context, row).low;
}

static double printed_share_high(const void *context, size_t row)
{
    return log_share_at(context, row).high;
}

static behov_status printed_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {LABELLED("calculation", CALCULATION, TEXT), NULL, printed_variant},
        {LABELLED("factor_name", FACTOR, TEXT), NULL, printed_name},
        {LABELLED("growth_pct", GROWTH, SHARE), printed_growth, NULL},
        {LABELLED("factor", MULTIPLIER, OUTCOME), printed_factor, NULL},
        {LABELLED("factor_low", FACTOR_LOW, OUTCOME), printed_low, NULL},
        {LABELLED("factor_high", FACTOR_HIGH, OUTCOME), printed_high, NULL},
        {LABELLED("log_share_pct", LOG_SHARE, INDEX), printed_share, NULL},
        {LABELLED("log_share_low_pct", LOG_SHARE_LOW, INDEX), printed_share_low, NULL},
        {LABELLED("log_share_high_pct", LOG_SHARE_HIGH, INDEX), printed_share_high, NULL}};
    static const decimals all[] = {{"factor", 4}, {"factor_low", 4}, {"factor_high", 4}};
    size_t n_rows = 0, has_names = page->variants[0].name != NULL;
    for (size_t v = 0; v < page->n_variants; v++)
        n_rows += n_rows_of(&page->variants[v]);
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("growth", n_rows, columns + !has_names,
                                                  sizeof columns / sizeof *columns - !has_names, page, &table, err);
    if (!status)
        status = set_all_decimals(table, all, sizeof all / sizeof *all, err);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = show_as_printed(table, "growth_pct", row, growth_at(page, row), err);
    return behov_table_columns_return(status, table, report);
}

/* ---- groups -------------------------------------------------------------------------------------------------------- */

static const behov_growth_group *group_at(const void *context, size_t row)
{
    const behov_growth_groups *groups = ((const behov_growth_page *)context)->groups;
    return row < groups->n ? &groups->all[row] : NULL;
}

static const char *group_name(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->name : behov_label(((const behov_growth_page *)context)->lang, BEHOV_WORD_GROWTH_ALL);
}

static double group_start(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->counts[0] : ((const behov_growth_page *)context)->groups->counts[0];
}

static double group_end(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->counts[1] : ((const behov_growth_page *)context)->groups->counts[1];
}

static double group_share(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->share_pct.value : ((const behov_growth_page *)context)->groups->share_sum_pct.value;
}

static double group_growth(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->growth_pct.value
                 : ((const behov_growth_page *)context)->groups->growth_pct[BEHOV_GROWTH_SUM].value;
}

static double group_printed(const void *context, size_t row)
{
    const behov_growth_group *group = group_at(context, row);
    return group ? group->printed_pct.value : NAN;
}

/* All have contributed all of the growth of the sum, and of the printed one what their contributions come to. */
static behov_rounded contribution_at(const void *context, size_t row, behov_growth_reading reading)
{
    const behov_growth_group *group = group_at(context, row);
    if (group)
        return group->contributions_pct[reading];
    const behov_growth_groups *groups = ((const behov_growth_page *)context)->groups;
    double sum = 0;
    for (size_t i = 0; i < groups->n; i++)
        sum += groups->all[i].contributions_pct[reading].value;
    return (behov_rounded){sum, NAN, NAN};
}

#define CONTRIBUTION_COLUMNS(name, reading)                                                                            \
    static double name##_value(const void *context, size_t row)                                                        \
    {                                                                                                                  \
        return contribution_at(context, row, reading).value;                                                           \
    }                                                                                                                  \
    static double name##_low(const void *context, size_t row)                                                          \
    {                                                                                                                  \
        return contribution_at(context, row, reading).low;                                                             \
    }                                                                                                                  \
    static double name##_high(const void *context, size_t row)                                                         \
    {                                                                                                                  \
        return contribution_at(context, row, reading).high;                                                            \
    }
CONTRIBUTION_COLUMNS(of_sum, BEHOV_GROWTH_SUM)
CONTRIBUTION_COLUMNS(of_printed, BEHOV_GROWTH_PRINTED)

static behov_status groups_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_growth_groups *groups = page->groups;
    behov_report *table = NULL;
    const behov_table_column names[] = {{{"group", NULL, BEHOV_Q_TEXT}, NULL, group_name}};
    const behov_table_column counts[] = {{LABELLED("count_start", COUNT_START, COUNT), group_start, NULL},
                                         {LABELLED("count_end", COUNT_END, COUNT), group_end, NULL}};
    const behov_table_column shares[] = {{LABELLED("share_end_pct", SHARE_END, SHARE), group_share, NULL},
                                         {LABELLED("growth_pct", GROWTH, SHARE), group_growth, NULL}};
    const behov_table_column printed[] = {{LABELLED("printed_pct", PRINTED, INDEX), group_printed, NULL}};
    const behov_table_column sum[] = {{LABELLED("contribution_pct", CONTRIBUTION, SHARE), of_sum_value, NULL},
                                      {LABELLED("contribution_low_pct", SUM_LOW, SHARE), of_sum_low, NULL},
                                      {LABELLED("contribution_high_pct", SUM_HIGH, SHARE), of_sum_high, NULL}};
    const behov_table_column total[] = {
        {LABELLED("contribution_of_printed_total_pct", CONTRIBUTION_PRINTED, SHARE), of_printed_value, NULL},
        {LABELLED("contribution_of_printed_total_low_pct", PRINTED_LOW, SHARE), of_printed_low, NULL},
        {LABELLED("contribution_of_printed_total_high_pct", PRINTED_HIGH, SHARE), of_printed_high, NULL}};
    bool has_total = !isnan(groups->growth_pct[BEHOV_GROWTH_PRINTED].value);
    behov_status status = behov_table_columns_new("growth", groups->n + 1, names, 1, page, &table, err);
    if (!status && groups->is_of_counts)
        status = behov_table_columns_add(table, counts, 2, page, err);
    if (!status)
        status = behov_table_columns_add(table, shares, 2, page, err);
    if (!status && groups->has_printed_contributions)
        status = behov_table_columns_add(table, printed, 1, page, err);
    if (!status) /* of counts there is nothing rounded */
        status = behov_table_columns_add(table, sum, groups->is_of_counts ? 1 : 3, page, err);
    if (!status && has_total)
        status = behov_table_columns_add(table, total, 3, page, err);
    for (size_t i = 0; i < groups->n && !status; i++) {
        status = show_as_printed(table, "share_end_pct", i, groups->all[i].share_pct, err);
        if (!status)
            status = show_as_printed(table, "growth_pct", i, groups->all[i].growth_pct, err);
        if (!status)
            status = show_as_printed(table, "printed_pct", i, groups->all[i].printed_pct, err);
    }
    if (!status) /* a sum has the decimals of what it is the sum of */
        status = show_as_printed(table, "share_end_pct", groups->n, groups->all[0].share_pct, err);
    return behov_table_columns_return(status, table, report);
}

/* ---- index --------------------------------------------------------------------------------------------------------- */

static behov_status add_year_column(const behov_growth_page *page, size_t t, bool is_share, behov_report *report,
                                    behov_error *err)
{
    const behov_growth_index *index = page->index;
    char key[40], year[16];
    behov_wording label = {0};
    double *values = malloc((index->n + 1) * sizeof *values);
    for (size_t i = 0; values && i < index->n; i++)
        values[i] =
            is_share ? index->share_pct[i * index->n_years + t].value : index->index[i * index->n_years + t].value;
    if (values)
        values[index->n] = is_share ? (isnan(index->total[t].value) ? NAN : 100) : index->total[t].value;
    snprintf(year, sizeof year, "%d", index->years[t]);
    snprintf(key, sizeof key, is_share ? "share_%d_pct" : "index_%d", index->years[t]);
    behov_wording_fill(&label, page->lang,
                       is_share ? BEHOV_WORD_GROWTH_COLUMN_SHARE_YEAR : BEHOV_WORD_GROWTH_COLUMN_INDEX_YEAR, "year",
                       year, (const char *)NULL);
    behov_status status = behov_wording_status(&label, err);
    if (!status)
        status = behov_table_columns_add_values(
            report, (behov_report_column){key, behov_wording_text(&label), BEHOV_Q_INDEX}, values, err);
    else
        free(values);
    behov_wording_free(&label);
    return status;
}

static const char *index_name(const void *context, size_t row)
{
    const behov_growth_page *page = context;
    return row < page->index->n ? page->index->names[row] : behov_label(page->lang, BEHOV_WORD_GROWTH_ALL);
}

static behov_status index_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    const behov_table_column names[] = {{{"group", NULL, BEHOV_Q_TEXT}, NULL, index_name}};
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("growth", page->index->n + 1, names, 1, page, &table, err);
    for (int is_share = 0; is_share < 2; is_share++)
        for (size_t t = 0; t < page->index->n_years && !status; t++)
            if (!is_share || !isnan(page->index->total[t].value))
                status = add_year_column(page, t, is_share, table, err);
    return behov_table_columns_return(status, table, report);
}

/* ---- standardised -------------------------------------------------------------------------------------------------- */

static const behov_standardised_group *standardised_at(const void *context, size_t row)
{
    const behov_standardised *growth = ((const behov_growth_page *)context)->standardised;
    return row < growth->n ? &growth->all[row] : NULL;
}

static const char *standardised_name(const void *context, size_t row)
{
    const behov_standardised_group *group = standardised_at(context, row);
    return group ? group->name : behov_label(((const behov_growth_page *)context)->lang, BEHOV_WORD_GROWTH_ALL);
}

#define STANDARDISED_COLUMN(name, of_group, of_all)                                                                    \
    static double standardised_##name(const void *context, size_t row)                                                 \
    {                                                                                                                  \
        const behov_standardised_group *group = standardised_at(context, row);                                         \
        const behov_standardised *growth = ((const behov_growth_page *)context)->standardised;                         \
        return group ? group->of_group : growth ? of_all : NAN;                                                        \
    }
STANDARDISED_COLUMN(share_start, shares_pct[0], 100)
STANDARDISED_COLUMN(share_end, shares_pct[1], 100)
STANDARDISED_COLUMN(rate_start, rates[0].value, growth->levels[0].value)
STANDARDISED_COLUMN(rate_end, rates[1].value, growth->levels[1].value)
STANDARDISED_COLUMN(rate, rate_effect, growth->rate_effect.value)
STANDARDISED_COLUMN(composition, composition_effect, growth->composition_effect)
STANDARDISED_COLUMN(interaction, interaction, growth->interaction)
STANDARDISED_COLUMN(mean_rate, mean_rate_effect, growth->mean_rate_effect)
STANDARDISED_COLUMN(mean_composition, mean_composition_effect, growth->mean_composition_effect)

static behov_status standardised_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {{"group", NULL, BEHOV_Q_TEXT}, NULL, standardised_name},
        {LABELLED("share_start_pct", SHARE_START, INDEX), standardised_share_start, NULL},
        {LABELLED("share_end_pct", SHARE_END, INDEX), standardised_share_end, NULL},
        {LABELLED("rate_start", RATE_START, OUTCOME), standardised_rate_start, NULL},
        {LABELLED("rate_end", RATE_END, OUTCOME), standardised_rate_end, NULL},
        {LABELLED("rate_effect", RATE_EFFECT, OUTCOME), standardised_rate, NULL},
        {LABELLED("composition_effect", COMPOSITION_EFFECT, OUTCOME), standardised_composition, NULL},
        {LABELLED("interaction", INTERACTION, OUTCOME), standardised_interaction, NULL},
        {LABELLED("mean_rate_effect", MEAN_RATE_EFFECT, OUTCOME), standardised_mean_rate, NULL},
        {LABELLED("mean_composition_effect", MEAN_COMPOSITION_EFFECT, OUTCOME), standardised_mean_composition, NULL}};
    const behov_standardised *growth = page->standardised;
    behov_report *table = NULL;
    behov_status status =
        behov_table_columns_new("growth", growth->n + 1, columns, sizeof columns / sizeof *columns, page, &table, err);
    for (size_t i = 0; i < growth->n && !status; i++) {
        status = show_as_printed(table, "rate_start", i, growth->all[i].rates[0], err);
        if (!status)
            status = show_as_printed(table, "rate_end", i, growth->all[i].rates[1], err);
    }
    return behov_table_columns_return(status, table, report);
}

/* ---- all of them --------------------------------------------------------------------------------------------------- */

behov_status behov_growth_table(const behov_growth_page *page, behov_report **report, behov_error *err)
{
    return page->places     ? places_table(page, report, err)
           : page->variants ? printed_table(page, report, err)
           : page->groups   ? groups_table(page, report, err)
           : page->index    ? index_table(page, report, err)
                            : standardised_table(page, report, err);
}

behov_word behov_growth_title(const behov_growth_page *page)
{
    return page->places     ? BEHOV_WORD_GROWTH_TITLE_PLACES
           : page->variants ? BEHOV_WORD_GROWTH_TITLE_PRINTED
           : page->groups   ? BEHOV_WORD_GROWTH_TITLE_GROUPS
           : page->index    ? BEHOV_WORD_GROWTH_TITLE_INDEX
                            : BEHOV_WORD_GROWTH_TITLE_STANDARDISED;
}

behov_status behov_growth_add(const behov_growth_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording words = {0};
    const char *sheet = behov_label(page->lang, BEHOV_WORD_GROWTH_SHEET);
    behov_status status = behov_growth_table(page, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = sheet,
                                                        .title = behov_label(page->lang, behov_growth_title(page)),
                                                        .table_name = sheet,
                                                        .n_frozen_columns = page->places ? 2 : 1,
                                                        .landscape = true},
                                        table, err);
    for (size_t i = 0; !status && behov_growth_sentence(page, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}
