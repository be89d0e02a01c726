/* key_clustering.c - see key_clustering.h. */
#include <behov/key_clustering.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/code.h>
#include <behov/country.h>
#include <behov/number.h>
#include <behov/table.h>

#include "key_columns.h"
#include "key_country.h"
#include "key_names.h"

enum { N = BEHOV_N_CLUSTERING_SHARES, N_NAMES = 6, NEWEST_YEAR = 9999 };

static const char *const share_names[N][N_NAMES] = {
    {"divorced", "divorced_pct", "skilte", "skilte_separerte", "skilte og separerte", "andel skilte"},
    {"unemployed", "unemployed_pct", "arbeidsledige", "arbeidsledighet", "andel arbeidsledige", "ledige"},
    {"low_income", "low_income_pct", "lav inntekt", "lavinntekt", "personer med lav inntekt", "andel lavinntekt"}};

const char *behov_clustering_share_name(behov_clustering_share share)
{
    return share_names[share][0];
}

void behov_clustering_index_free(behov_clustering_index *index)
{
    behov_municipality_list_free(&index->municipalities);
    free(index->shares_pct);
    free(index->index);
    *index = (behov_clustering_index){0};
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static bool is_called(const behov_clustering_request *request, int share, const char *column)
{
    if (request->columns[share])
        return key_names_are_same(column, request->columns[share]);
    for (int i = 0; i < N_NAMES; i++)
        if (key_names_are_same(column, share_names[share][i]))
            return true;
    return false;
}

/* One column for two shares would be a square in the product. */
static behov_status refuse_same_column(const behov_table *table, const behov_clustering_index *out, int share,
                                       behov_error *err)
{
    for (int earlier = 0; earlier < share; earlier++)
        if (out->columns[earlier] == out->columns[share])
            return behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_KEY_CLUSTERING_SAME_COLUMN,
                                   share_names[earlier][0], share_names[share][0],
                                   behov_cut(behov_table_name(table, out->columns[share]), 80).text);
    return BEHOV_OK;
}

static behov_status find_columns(const behov_table *table, const behov_clustering_request *request,
                                 behov_clustering_index *out, behov_error *err)
{
    const char *source = behov_table_source(table);
    for (int share = 0; share < N; share++) {
        size_t n_found = 0;
        const char *name = request->columns[share] ? request->columns[share] : share_names[share][0];
        for (size_t j = 0; j < behov_table_n_columns(table); j++)
            if (is_called(request, share, behov_table_name(table, j)) && ++n_found == 1)
                out->columns[share] = j;
        if (n_found != 1) {
            char list[BEHOV_COLUMN_LIST];
            behov_table_list(table, list);
            return n_found ? behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_CLUSTERING_TWO_COLUMNS,
                                             share_names[share][0])
                           : behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_CLUSTERING_NO_COLUMN,
                                             behov_cut(name, 80).text, share_names[share][0], list);
        }
        if (behov_table_kind(table, out->columns[share]) != BEHOV_COLUMN_NUMBER) {
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(table, 0, (ptrdiff_t)out->columns[share], where);
            return behov_error_say(err, BEHOV_E_TYPE, where, SAY_KEY_COLUMN_OF_TEXT);
        }
        behov_status status = refuse_same_column(table, out, share, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static behov_status choose_year(const behov_panel *panel, int year, behov_clustering_index *out, behov_error *err)
{
    const char *source = behov_table_source(panel->table);
    int first = 0;
    bool is_there = false;
    if (panel->columns[BEHOV_ROLE_YEAR] < 0)
        return year ? behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_CLUSTERING_NO_YEARS, year) : BEHOV_OK;
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++) {
        int found = behov_panel_year(panel, row);
        if (!year && first && found && found != first)
            return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_CLUSTERING_SEVERAL_YEARS, first, found);
        first = first ? first : found;
        is_there = is_there || found == year;
    }
    if (year && !is_there)
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_CLUSTERING_YEAR_NOT_THERE, year);
    out->year = year ? year : first;
    return BEHOV_OK;
}

/* A figure as a share in per cent; BEHOV_E_DATA for one that is none. */
static behov_status share_of(const behov_panel *panel, const behov_clustering_index *out, size_t row, int share,
                             double *share_pct, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double figure = behov_table_numbers(panel->table, out->columns[share])[row];
    double whole = out->are_counts ? behov_panel_population(panel, row) : 100;
    *share_pct = 100 * figure / whole;
    ptrdiff_t odd = behov_panel_population(panel, row) != floor(behov_panel_population(panel, row))
                        ? panel->columns[BEHOV_ROLE_POPULATION]
                    : out->are_counts && figure != floor(figure) ? (ptrdiff_t)out->columns[share]
                                                                 : -1;
    if (odd >= 0 && !isnan(behov_table_numbers(panel->table, (size_t)odd)[row])) {
        behov_table_where(panel->table, row, odd, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_FIGURE_NOT_WHOLE,
                               behov_phrase_number(behov_table_numbers(panel->table, (size_t)odd)[row]).text);
    }
    if (isnan(*share_pct) || (figure >= 0 && figure <= whole))
        return BEHOV_OK;
    behov_table_where(panel->table, row, (ptrdiff_t)out->columns[share], where);
    return figure < 0        ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_NEGATIVE)
           : out->are_counts ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_MORE_THAN_ALL)
                             : behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_ABOVE_100);
}

static behov_status take_row(const behov_panel *panel, size_t row, double *shares, const behov_clustering_index *out,
                             behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int share = 0; share < N && !status; share++)
        status = share_of(panel, out, row, share, &shares[share], err);
    return status;
}

/* ---- shares that cannot be -------------------------------------------------------------------------------------- */

/* No share of a municipality is above, in per cent, and no share of all of them below: those are parts of 1. Of the
 * unemployed there may be few everywhere. */
static const double MOST_PCT[N] = {70, 70, 70}, LEAST_MOST_PCT[N] = {1, 0.2, 1};
/* A part of 1 among per cent, or the other way round, is a hundred times another; half of that leaves room for what differs. */
static const double FARTHEST_SHARE = 40;

static int by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static behov_status check_share(const behov_panel *panel, const uint32_t *rows, const behov_clustering_index *out,
                                int share, double *sorted, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t n = 0, n_all = out->municipalities.n;
    for (size_t i = 0; i < n_all; i++)
        if (out->shares_pct[i][share] > 0)
            sorted[n++] = out->shares_pct[i][share];
    if (!n)
        return BEHOV_OK;
    qsort(sorted, n, sizeof *sorted, by_size);
    double median = sorted[n / 2];
    for (size_t i = 0; i < n_all; i++) {
        double share_pct = out->shares_pct[i][share];
        bool is_far =
            n > 2 && share_pct > 0 && (share_pct > FARTHEST_SHARE * median || share_pct < median / FARTHEST_SHARE);
        if (!is_far && !(share_pct > MOST_PCT[share]))
            continue;
        behov_table_where(panel->table, rows[out->municipalities.all[i].order], (ptrdiff_t)out->columns[share], where);
        return is_far ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_FAR,
                                        behov_phrase_number(behov_number_rounded(share_pct, 4)).text,
                                        behov_phrase_number(behov_number_rounded(median, 4)).text)
                      : behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_TOO_MANY,
                                        behov_phrase_number(behov_number_rounded(share_pct, 1)).text,
                                        behov_phrase_number(MOST_PCT[share]).text);
    }
    behov_table_where(panel->table, rows[out->municipalities.all[0].order], (ptrdiff_t)out->columns[share], where);
    return !out->are_counts && sorted[n - 1] <= LEAST_MOST_PCT[share]
               ? behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_CLUSTERING_PARTS_OF_1,
                                 behov_phrase_number(sorted[n - 1]).text)
               : BEHOV_OK;
}

static behov_status check_shares(const behov_panel *panel, const uint32_t *rows, const behov_clustering_index *out,
                                 behov_error *err)
{
    double *sorted = calloc(out->municipalities.n + 1, sizeof *sorted);
    behov_status status = sorted ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (int share = 0; share < N && !status; share++)
        status = check_share(panel, rows, out, share, sorted, err);
    free(sorted);
    return status;
}

/* Municipalities by code, and the row of the country, n_rows where there is none. */
static behov_status take_rows(const behov_panel *panel, behov_clustering_index *out, size_t *country_row,
                              behov_error *err)
{
    const behov_table *table = panel->table;
    size_t n_rows = behov_table_n_rows(table);
    behov_municipality_list *list = &out->municipalities;
    uint32_t *rows = calloc(n_rows + 1, sizeof *rows);
    list->all = calloc(n_rows + 1, sizeof *list->all);
    list->source = behov_table_source(table);
    out->shares_pct = calloc(n_rows + 1, sizeof *out->shares_pct);
    out->index = calloc(n_rows + 1, sizeof *out->index);
    behov_status status = rows && list->all && out->shares_pct && out->index
                              ? BEHOV_OK
                              : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    *country_row = n_rows;
    for (size_t row = 0; row < n_rows && !status; row++) {
        behov_row_mark mark = behov_table_row_mark(table, row);
        if (out->year && behov_panel_year(panel, row) != out->year)
            continue;
        if (mark && key_names_are_the_country(behov_panel_code(panel, row), behov_panel_municipality(panel, row))) {
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(table, row, -1, where);
            if (*country_row < n_rows)
                status = behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_TWO_COUNTRIES);
            *country_row = row;
        } else if (mark) {
            out->n_no_municipality++;
        }
        if (mark)
            continue;
        rows[list->n] = (uint32_t)row;
        list->all[list->n++] = (behov_municipality){behov_panel_code(panel, row), behov_panel_municipality(panel, row),
                                                    behov_panel_population(panel, row), 0};
    }
    if (!status && !list->n)
        status = behov_error_say(err, BEHOV_E_DATA, list->source, SAY_KEY_CLUSTERING_NOBODY);
    if (!status)
        behov_municipality_list_settle(list);
    for (size_t i = 0; i < list->n && !status; i++)
        status = take_row(panel, rows[list->all[i].order], out->shares_pct[i], out, err);
    if (!status)
        status = check_shares(panel, rows, out, err);
    free(rows);
    return status;
}

bool behov_clustering_index_is_of_a_part(const behov_clustering_index *index)
{
    double inhabitants = 0;
    for (size_t i = 0; i < index->municipalities.n; i++) {
        double population = index->municipalities.all[i].population;
        inhabitants += isnan(population) ? 0 : population;
    }
    return index->n_in_country &&
           !behov_country_is_nearly(index->municipalities.n, inhabitants, index->year ? index->year : NEWEST_YEAR);
}

/* ---- the index --------------------------------------------------------------------------------------------------- */

/* The row of the country beside its municipalities: not fewer persons than theirs, and no share that all of nearly all
 * municipalities are above, or below. */
static behov_status check_country(const behov_panel *panel, size_t country_row, const behov_clustering_index *out,
                                  behov_error *err)
{
    size_t n = out->municipalities.n;
    char where[BEHOV_PLACE_SIZE];
    double *persons = calloc(n + 1, sizeof *persons), whole = behov_panel_population(panel, country_row);
    behov_status status = persons ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (size_t i = 0; i < n && persons; i++)
        persons[i] = out->municipalities.all[i].population;
    behov_table_where(panel->table, country_row, panel->columns[BEHOV_ROLE_POPULATION], where);
    if (!status)
        status = key_country_check_total(whole, persons, n, where, err);
    for (int share = 0; share < N && !status; share++) {
        behov_table_where(panel->table, country_row, (ptrdiff_t)out->columns[share], where);
        for (size_t i = 0; i < n; i++)
            persons[i] = out->municipalities.all[i].population * out->shares_pct[i][share] / 100;
        if (out->are_counts)
            status = key_country_check_total(out->country_pct[share] * whole / 100, persons, n, where, err);
        if (!status && !behov_clustering_index_is_of_a_part(out))
            status = key_country_check_level(out->country_pct[share], &out->shares_pct[0][share], n, N, where, err);
    }
    free(persons);
    return status;
}

/* The mean weighted by population, which of counts is all persons against all inhabitants. */
static behov_status find_country(const behov_panel *panel, size_t country_row, behov_clustering_index *out,
                                 behov_error *err)
{
    const char *source = behov_table_source(panel->table);
    double population = 0;
    out->is_country_given = country_row < behov_table_n_rows(panel->table);
    if (out->is_country_given) {
        behov_status status = take_row(panel, country_row, out->country_pct, out, err);
        if (!status)
            status = check_country(panel, country_row, out, err);
        if (status)
            return status;
    } else {
        for (size_t i = 0; i < out->municipalities.n; i++) {
            population += out->municipalities.all[i].population;
            for (int share = 0; share < N; share++)
                out->country_pct[share] += out->municipalities.all[i].population * out->shares_pct[i][share];
        }
        for (int share = 0; share < N; share++)
            out->country_pct[share] /= population;
    }
    for (int share = 0; share < N; share++)
        if (!(out->country_pct[share] > 0))
            return isnan(out->country_pct[share])
                       ? behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_CLUSTERING_COUNTRY_UNKNOWN,
                                         behov_cut(behov_table_name(panel->table, out->columns[share]), 80).text)
                       : behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_CLUSTERING_COUNTRY_ZERO,
                                         behov_cut(behov_table_name(panel->table, out->columns[share]), 80).text);
    return BEHOV_OK;
}

static void fill(behov_clustering_index *out)
{
    double sum = 0, population = 0;
    for (size_t i = 0; i < out->municipalities.n; i++) {
        double inhabitants = out->municipalities.all[i].population;
        out->index[i] = 1;
        for (int share = 0; share < N; share++)
            out->index[i] *= out->shares_pct[i][share] / out->country_pct[share];
        out->n_without += isnan(out->index[i]);
        if (isnan(out->index[i]) || isnan(inhabitants))
            continue;
        sum += inhabitants * out->index[i];
        population += inhabitants;
    }
    out->mean = population > 0 ? sum / population : NAN;
}

static bool has_shares(const behov_panel *panel, const behov_clustering_index *out)
{
    for (int share = 0; share < N; share++)
        if (key_columns_look_like_shares(behov_table_numbers(panel->table, out->columns[share]),
                                         behov_table_n_rows(panel->table)))
            return true;
    return false;
}

behov_status behov_clustering_index_compute(const behov_panel *panel, const behov_clustering_request *request,
                                            behov_clustering_index *index, behov_error *err)
{
    const char *source = behov_table_source(panel->table);
    behov_clustering_index computed = {.are_counts = request->are_counts};
    size_t country_row = 0;
    behov_status status = BEHOV_OK;
    if (panel->columns[BEHOV_ROLE_CODE] < 0)
        status = behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_NO_CODES);
    else if (panel->columns[BEHOV_ROLE_POPULATION] < 0)
        status = behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_NO_POPULATION_COLUMN);
    if (!status)
        status = find_columns(panel->table, request, &computed, err);
    if (!status && request->are_counts && has_shares(panel, &computed))
        status = behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_CLUSTERING_NO_COUNTS);
    if (!status)
        status = choose_year(panel, request->year, &computed, err);
    if (!status)
        status = take_rows(panel, &computed, &country_row, err);
    computed.n_in_country = (size_t)behov_country_n_municipalities(computed.year ? computed.year : NEWEST_YEAR);
    if (!status)
        status = find_country(panel, country_row, &computed, err);
    if (status) {
        behov_clustering_index_free(&computed);
        return status;
    }
    fill(&computed);
    *index = computed;
    return BEHOV_OK;
}
