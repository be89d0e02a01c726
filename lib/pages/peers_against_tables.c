/* peers_against_tables.c - a municipality against each base, and its accounts by function, as tables. */
#include "peers_parts.h"

#include <math.h>
#include <stdio.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "table_columns.h"

/* ---- against bases ----------------------------------------------------------------------------------------------- */

/* The rows of a measure's table: the bases that are there. */
typedef struct measure_rows {
    const behov_peers_page *page;
    behov_peer_measure measure;
    size_t bases[BEHOV_N_BASES], n;
} measure_rows;

static measure_rows rows_of(const behov_peers_page *page, behov_peer_measure measure)
{
    measure_rows rows = {page, measure, {0}, 0};
    for (size_t i = 0; i < BEHOV_N_BASES; i++)
        if (page->comparison->bases[i].reason == BEHOV_BASE_IS_THERE)
            rows.bases[rows.n++] = i;
    return rows;
}

static const behov_peer_figure *figure_at(const void *context, size_t row)
{
    const measure_rows *rows = context;
    return &rows->page->comparison->bases[rows->bases[row]].figures[rows->measure];
}

static double amount_at(const void *context, double amount)
{
    const measure_rows *rows = context;
    return rows->measure == BEHOV_PEER_RATIO ? amount : peers_shown(rows->page, amount);
}

static const char *base_text(const void *context, size_t row) /* a sentence, which is filled in later */
{
    (void)context, (void)row;
    return NULL;
}

static double n_figure(const void *context, size_t row)
{
    return (double)figure_at(context, row)->n;
}

#define AMOUNT_FIGURE(name, member)                                                                                    \
    static double name(const void *context, size_t row)                                                                \
    {                                                                                                                  \
        return amount_at(context, figure_at(context, row)->member);                                                    \
    }
AMOUNT_FIGURE(own_figure, own)
AMOUNT_FIGURE(own_low_figure, own_interval.low)
AMOUNT_FIGURE(own_high_figure, own_interval.high)
AMOUNT_FIGURE(weighted_figure, weighted)
AMOUNT_FIGURE(weighted_low_figure, weighted_interval.low)
AMOUNT_FIGURE(weighted_high_figure, weighted_interval.high)
AMOUNT_FIGURE(unweighted_figure, unweighted)
AMOUNT_FIGURE(difference_figure, difference)
AMOUNT_FIGURE(difference_low_figure, difference_interval.low)
AMOUNT_FIGURE(difference_high_figure, difference_interval.high)
AMOUNT_FIGURE(lower_figure, quartiles.low)
AMOUNT_FIGURE(median_figure, quartiles.median)
AMOUNT_FIGURE(upper_figure, quartiles.high)

static double total_figure(const void *context, size_t row)
{
    return figure_at(context, row)->difference_1000kr;
}

static double total_low_figure(const void *context, size_t row)
{
    return figure_at(context, row)->difference_1000kr_interval.low;
}

static double total_high_figure(const void *context, size_t row)
{
    return figure_at(context, row)->difference_1000kr_interval.high;
}

static double rank_figure(const void *context, size_t row)
{
    const behov_peer_figure *figure = figure_at(context, row);
    return figure->rank ? (double)figure->rank : NAN;
}

static double n_ranked_figure(const void *context, size_t row)
{
    const behov_peer_figure *figure = figure_at(context, row);
    return figure->rank ? (double)figure->n_ranked : NAN;
}

static double quarter_figure(const void *context, size_t row)
{
    const behov_peer_figure *figure = figure_at(context, row);
    return figure->quarter ? figure->quarter : NAN;
}

/* Which column stands where: on the page of a measure, in its sheet. */
enum { ON_OUTCOME = 1 << BEHOV_PEER_OUTCOME, ON_NEED = 1 << BEHOV_PEER_NEED, ON_RATIO = 1 << BEHOV_PEER_RATIO };
enum { ESTIMATED = ON_NEED | ON_RATIO, AMOUNTS = ON_OUTCOME | ON_NEED, ALWAYS = AMOUNTS | ON_RATIO };

static const struct {
    const char *key;
    behov_word heading;
    double (*figure)(const void *context, size_t row);
    behov_quantity quantity; /* BEHOV_Q_VALUE = that of the measure */
    unsigned page, sheet;
    bool needs_population; /* without it no mean is weighted, and nothing is in all */
} measure_columns[] = {
    {"n_members", BEHOV_WORD_PEERS_N, n_figure, BEHOV_Q_COUNT, ALWAYS, ALWAYS, false},
    {"own", BEHOV_WORD_PEERS_OWN, own_figure, BEHOV_Q_VALUE, ALWAYS, ALWAYS, false},
    {"own_low", BEHOV_WORD_PEERS_OWN_LOW, own_low_figure, BEHOV_Q_VALUE, 0, ESTIMATED, false},
    {"own_high", BEHOV_WORD_PEERS_OWN_HIGH, own_high_figure, BEHOV_Q_VALUE, 0, ESTIMATED, false},
    {"weighted_mean", BEHOV_WORD_PEERS_WEIGHTED, weighted_figure, BEHOV_Q_VALUE, ALWAYS, ALWAYS, false},
    {"weighted_mean_low", BEHOV_WORD_PEERS_WEIGHTED_LOW, weighted_low_figure, BEHOV_Q_VALUE, 0, ESTIMATED, true},
    {"weighted_mean_high", BEHOV_WORD_PEERS_WEIGHTED_HIGH, weighted_high_figure, BEHOV_Q_VALUE, 0, ESTIMATED, true},
    {"unweighted_mean", BEHOV_WORD_PEERS_UNWEIGHTED, unweighted_figure, BEHOV_Q_VALUE, ALWAYS, ALWAYS, true},
    {"difference", BEHOV_WORD_PEERS_DIFFERENCE, difference_figure, BEHOV_Q_VALUE, ALWAYS, ALWAYS, false},
    {"difference_low", BEHOV_WORD_PEERS_DIFFERENCE_LOW, difference_low_figure, BEHOV_Q_VALUE, ESTIMATED, ESTIMATED,
     false},
    {"difference_high", BEHOV_WORD_PEERS_DIFFERENCE_HIGH, difference_high_figure, BEHOV_Q_VALUE, ESTIMATED, ESTIMATED,
     false},
    {"difference_1000kr", BEHOV_WORD_PEERS_TOTAL, total_figure, BEHOV_Q_GAP, AMOUNTS, AMOUNTS, true},
    {"difference_1000kr_low", BEHOV_WORD_PEERS_TOTAL_LOW, total_low_figure, BEHOV_Q_GAP, 0, ON_NEED, true},
    {"difference_1000kr_high", BEHOV_WORD_PEERS_TOTAL_HIGH, total_high_figure, BEHOV_Q_GAP, 0, ON_NEED, true},
    {"lower_quartile", BEHOV_WORD_PEERS_LOWER, lower_figure, BEHOV_Q_VALUE, ON_OUTCOME, ALWAYS, false},
    {"median", BEHOV_NO_WORD, median_figure, BEHOV_Q_VALUE, ALWAYS, ALWAYS, false},
    {"upper_quartile", BEHOV_WORD_PEERS_UPPER, upper_figure, BEHOV_Q_VALUE, ON_OUTCOME, ALWAYS, false},
    {"quarter", BEHOV_WORD_PEERS_QUARTER, quarter_figure, BEHOV_Q_COUNT, ALWAYS, ALWAYS, false},
    {"rank", BEHOV_WORD_RANKING_RANK, rank_figure, BEHOV_Q_RANK, ALWAYS, ALWAYS, false},
    {"n_ranked", BEHOV_WORD_PEERS_N_RANKED, n_ranked_figure, BEHOV_Q_COUNT, ALWAYS, ALWAYS, false},
};

/* Without population the one mean that there is counts each municipality once. */
static behov_word heading_of(const behov_peers_page *page, behov_word word)
{
    return word == BEHOV_WORD_PEERS_WEIGHTED && !page->comparison->has_population ? BEHOV_WORD_PEERS_UNWEIGHTED : word;
}

/* "90 % interval, lower": headings that hold the level. */
static void fill_heading(const behov_peers_page *page, behov_word word, behov_wording *heading)
{
    char level[BEHOV_NUMBER_SIZE];
    behov_wording_clear(heading);
    behov_wording_fill(heading, peers_lang(page), word, "level",
                       behov_format_level(peers_lang(page), 100 * page->comparison->level, level), NULL);
}

behov_status peers_measure_table(const behov_peers_page *page, behov_peer_measure measure, bool is_workbook,
                                 behov_report **out, behov_error *err)
{
    const measure_rows kept = rows_of(page, measure), *rows = &kept;
    static const behov_table_column base = {{"base", NULL, BEHOV_Q_TEXT}, .text = base_text};
    behov_quantity quantity = rows->measure == BEHOV_PEER_RATIO ? BEHOV_Q_INDEX : peers_amount_quantity(page);
    behov_report *report = NULL;
    behov_wording heading = {0};
    behov_status status = behov_table_columns_new("peers_comparison", rows->n, &base, 1, rows, &report, err);
    for (size_t i = 0; i < rows->n && !status; i++) {
        behov_peers_base_name(page, &page->comparison->bases[rows->bases[i]], &heading);
        status = behov_wording_status(&heading, err);
        status = status ? status : behov_report_set_text(report, 0, i, behov_wording_text(&heading), err);
    }
    for (size_t i = 0; i < sizeof measure_columns / sizeof *measure_columns && !status; i++) {
        if (!((is_workbook ? measure_columns[i].sheet : measure_columns[i].page) & (1u << rows->measure)))
            continue;
        if (!page->comparison->has_population && measure_columns[i].needs_population)
            continue;
        fill_heading(page, heading_of(page, measure_columns[i].heading), &heading);
        behov_table_column column = {
            {measure_columns[i].key, measure_columns[i].heading ? behov_wording_text(&heading) : NULL,
             measure_columns[i].quantity == BEHOV_Q_VALUE ? quantity : measure_columns[i].quantity},
            .figure = measure_columns[i].figure};
        status = behov_wording_status(&heading, err);
        status = status ? status : behov_table_columns_add(report, &column, 1, rows, err);
    }
    behov_wording_free(&heading);
    return behov_table_columns_return(status, report, out);
}

/* ---- accounts ---------------------------------------------------------------------------------------------------- */

static const behov_account_line *line_at(const behov_peers_page *page, size_t row)
{
    return &page->accounts->lines[row];
}

static const char *line_text(const void *context, size_t row)
{
    static const behov_word functions[BEHOV_ACCOUNT_FUNCTIONS] = {
        BEHOV_WORD_PEERS_FUNCTION_242, BEHOV_WORD_PEERS_FUNCTION_243, BEHOV_WORD_PEERS_FUNCTION_273,
        BEHOV_WORD_PEERS_FUNCTION_276, BEHOV_WORD_PEERS_FUNCTION_281};
    static const behov_word sums[BEHOV_N_YARDSTICKS] = {BEHOV_WORD_PEERS_SUM_PROBA, BEHOV_WORD_PEERS_SUM_ASSS};
    return behov_label(peers_lang(context),
                       row < BEHOV_ACCOUNT_FUNCTIONS ? functions[row] : sums[row - BEHOV_ACCOUNT_FUNCTIONS]);
}

typedef struct account_year {
    const behov_peers_page *page;
    size_t year;
} account_year;

static double year_figure(const void *context, size_t row)
{
    const account_year *source = context;
    const behov_peer_accounts *accounts = source->page->accounts;
    const behov_account_line *line = line_at(source->page, row);
    return line->function ? behov_accounts_amount(accounts->accounts, accounts->own, line->function, source->year)
                          : behov_accounts_sum(accounts->accounts, accounts->own, line->yardstick, source->year, NULL);
}

static double per_inhabitant_figure(const void *context, size_t row)
{
    return line_at(context, row)->per_inhabitant_kr;
}

behov_status peers_accounts_table(const behov_peers_page *page, behov_report **out, behov_error *err)
{
    const behov_accounts *accounts = page->accounts->accounts;
    const behov_table_column line = {
        {"function", behov_label(peers_lang(page), BEHOV_WORD_PEERS_FUNCTION), BEHOV_Q_TEXT}, .text = line_text};
    behov_report *report = NULL;
    behov_wording heading = {0};
    behov_status status = behov_table_columns_new("peers_accounts", BEHOV_ACCOUNT_LINES, &line, 1, page, &report, err);
    for (size_t t = 0; t < accounts->n_years && !status; t++) {
        char year[16];
        snprintf(year, sizeof year, "%d", accounts->years[t]);
        behov_table_column column = {{year, year, BEHOV_Q_GAP}, .figure = year_figure};
        status = behov_table_columns_add(report, &column, 1, &(account_year){page, t}, err);
    }
    if (!status) {
        char year[16];
        snprintf(year, sizeof year, "%d", page->accounts->year);
        behov_wording_fill(&heading, peers_lang(page), BEHOV_WORD_PEERS_PER_INHABITANT, "year", year, NULL);
        behov_table_column column = {{"per_inhabitant_kr", behov_wording_text(&heading), BEHOV_Q_GAP},
                                     .figure = per_inhabitant_figure};
        status = behov_wording_status(&heading, err);
        status = status ? status : behov_table_columns_add(report, &column, 1, page, err);
    }
    behov_wording_free(&heading);
    return behov_table_columns_return(status, report, out);
}

/* A row for each base that has figures and each line. */
typedef struct account_rows {
    const behov_peers_page *page;
    size_t bases[BEHOV_N_BASES], n;
} account_rows;

static account_rows account_rows_of(const behov_peers_page *page)
{
    account_rows rows = {page, {0}, 0};
    for (size_t b = 0; b < BEHOV_N_BASES; b++) {
        bool has_figure = false;
        for (size_t i = 0; i < BEHOV_ACCOUNT_LINES; i++)
            has_figure = has_figure || page->accounts->lines[i].bases[b].n;
        if (has_figure)
            rows.bases[rows.n++] = b;
    }
    return rows;
}

static const behov_account_base *account_base_at(const void *context, size_t row)
{
    const account_rows *rows = context;
    return &line_at(rows->page, row % BEHOV_ACCOUNT_LINES)->bases[rows->bases[row / BEHOV_ACCOUNT_LINES]];
}

static const char *base_line_text(const void *context, size_t row)
{
    return line_text(((const account_rows *)context)->page, row % BEHOV_ACCOUNT_LINES);
}

static double base_n_figure(const void *context, size_t row)
{
    return (double)account_base_at(context, row)->n;
}

static double base_own_figure(const void *context, size_t row)
{
    return line_at(((const account_rows *)context)->page, row % BEHOV_ACCOUNT_LINES)->per_inhabitant_kr;
}

static double base_weighted_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->weighted_kr;
}

static double base_unweighted_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->unweighted_kr;
}

static double base_difference_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->difference_kr;
}

static double base_total_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->difference_1000kr;
}

static double base_lower_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->quartiles.low;
}

static double base_median_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->quartiles.median;
}

static double base_upper_figure(const void *context, size_t row)
{
    return account_base_at(context, row)->quartiles.high;
}

static double base_quarter_figure(const void *context, size_t row)
{
    const behov_account_base *base = account_base_at(context, row);
    return base->quarter ? base->quarter : NAN;
}

static double base_rank_figure(const void *context, size_t row)
{
    const behov_account_base *base = account_base_at(context, row);
    return base->rank ? (double)base->rank : NAN;
}

static double base_n_ranked_figure(const void *context, size_t row)
{
    const behov_account_base *base = account_base_at(context, row);
    return base->rank ? (double)base->n_ranked : NAN;
}

bool peers_account_has_bases(const behov_peers_page *page)
{
    return account_rows_of(page).n;
}

behov_status peers_account_bases_table(const behov_peers_page *page, behov_report **out, behov_error *err)
{
    const account_rows kept = account_rows_of(page), *rows = &kept;
    const behov_language lang = peers_lang(page);
    const behov_table_column columns[] = {
        {{"base", NULL, BEHOV_Q_TEXT}, .text = base_text},
        {{"function", behov_label(lang, BEHOV_WORD_PEERS_FUNCTION), BEHOV_Q_TEXT}, .text = base_line_text},
        {{"n_members", behov_label(lang, BEHOV_WORD_PEERS_N), BEHOV_Q_COUNT}, .figure = base_n_figure},
        {{"own", behov_label(lang, BEHOV_WORD_PEERS_OWN), BEHOV_Q_GAP}, .figure = base_own_figure},
        {{"weighted_mean", behov_label(lang, BEHOV_WORD_PEERS_WEIGHTED), BEHOV_Q_GAP}, .figure = base_weighted_figure},
        {{"unweighted_mean", behov_label(lang, BEHOV_WORD_PEERS_UNWEIGHTED), BEHOV_Q_GAP},
         .figure = base_unweighted_figure},
        {{"difference", behov_label(lang, BEHOV_WORD_PEERS_DIFFERENCE), BEHOV_Q_GAP}, .figure = base_difference_figure},
        {{"difference_1000kr", behov_label(lang, BEHOV_WORD_PEERS_TOTAL), BEHOV_Q_GAP}, .figure = base_total_figure},
        {{"lower_quartile", behov_label(lang, BEHOV_WORD_PEERS_LOWER), BEHOV_Q_GAP}, .figure = base_lower_figure},
        {{"median", NULL, BEHOV_Q_GAP}, .figure = base_median_figure},
        {{"upper_quartile", behov_label(lang, BEHOV_WORD_PEERS_UPPER), BEHOV_Q_GAP}, .figure = base_upper_figure},
        {{"quarter", behov_label(lang, BEHOV_WORD_PEERS_QUARTER), BEHOV_Q_COUNT}, .figure = base_quarter_figure},
        {{"rank", behov_label(lang, BEHOV_WORD_RANKING_RANK), BEHOV_Q_RANK}, .figure = base_rank_figure},
        {{"n_ranked", behov_label(lang, BEHOV_WORD_PEERS_N_RANKED), BEHOV_Q_COUNT}, .figure = base_n_ranked_figure},
    };
    behov_report *report = NULL;
    behov_wording name = {0};
    size_t n_rows = rows->n * BEHOV_ACCOUNT_LINES;
    behov_status status = behov_table_columns_new("peers_account_bases", n_rows, columns,
                                                  sizeof columns / sizeof *columns, rows, &report, err);
    for (size_t row = 0; row < n_rows && !status; row++) {
        behov_peers_base_name(rows->page, &rows->page->comparison->bases[rows->bases[row / BEHOV_ACCOUNT_LINES]],
                              &name);
        status = behov_wording_status(&name, err);
        status = status ? status : behov_report_set_text(report, 0, row, behov_wording_text(&name), err);
    }
    behov_wording_free(&name);
    return behov_table_columns_return(status, report, out);
}
