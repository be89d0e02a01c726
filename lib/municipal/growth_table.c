/* growth_table.c - see growth_table.h. */
#include "growth_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/number.h>
#include <behov/phrase.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
}

/* ---- columns ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *beginning;
    growth_column column;
    bool is_whole; /* the name has nothing behind it */
} beginnings[] = {
    {"group", GROWTH_GROUP, true},
    {"gruppe", GROWTH_GROUP, true},
    {"factor", GROWTH_FACTOR, true},
    {"faktor", GROWTH_FACTOR, true},
    {"count", GROWTH_COUNT, false},
    {"antall", GROWTH_COUNT, false},
    {"share", GROWTH_SHARE, false},
    {"andel", GROWTH_SHARE, false},
    {"growth", GROWTH_RATE_OF_CHANGE, false},
    {"vekst", GROWTH_RATE_OF_CHANGE, false},
    {"contribution", GROWTH_CONTRIBUTION, false},
    {"bidrag", GROWTH_CONTRIBUTION, false},
    {"index", GROWTH_INDEX, false},
    {"indeks", GROWTH_INDEX, false},
    {"rate", GROWTH_RATE, false},
    {"sats", GROWTH_RATE, false},
    {"recipients_in_group", GROWTH_RATE, false},
};

/* A year at the beginning of a text: four digits from 1900 to 2199 with no digit behind them; else 0. */
static int year_at(const char *text)
{
    if (strspn(text, "0123456789") != 4)
        return 0;
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    return year >= 1900 && year < 2200 ? year : 0;
}

int growth_table_year_of(const char *name, bool is_last)
{
    int found = 0;
    for (const char *next = name; *next; next++) {
        bool begins = next == name || !(next[-1] >= '0' && next[-1] <= '9');
        int year = begins ? year_at(next) : 0;
        if (year && (is_last || !found))
            found = year;
    }
    return found;
}

static growth_column column_of(const char *name)
{
    if (strlen(name) == 4 && year_at(name))
        return GROWTH_COUNT;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t length = strlen(beginnings[i].beginning);
        bool is_word = strncasecmp(name, beginnings[i].beginning, length) == 0 &&
                       (!name[length] || (!beginnings[i].is_whole && (name[length] == '_' || name[length] == ' ')));
        if (is_word)
            return beginnings[i].column;
    }
    return N_GROWTH_COLUMNS;
}

behov_read_kind behov_growth_groups_column(void *context, const char *name)
{
    (void)context;
    switch (column_of(name)) {
    case N_GROWTH_COLUMNS: return BEHOV_READ_NOT;
    case GROWTH_GROUP:
    case GROWTH_FACTOR: return BEHOV_READ_AS_TEXT;
    default: return BEHOV_READ_AS_NUMBER;
    }
}

ptrdiff_t growth_table_column(const growth_table *groups, growth_column column, int year)
{
    for (size_t j = 0; j < behov_table_n_columns(groups->table); j++) {
        const char *name = behov_table_name(groups->table, j);
        if (column_of(name) == column && (!year || growth_table_year_of(name, true) == year))
            return (ptrdiff_t)j;
    }
    return -1;
}

behov_status growth_table_only(const growth_table *groups, growth_column column, behov_error *err)
{
    ptrdiff_t first = growth_table_column(groups, column, 0);
    for (size_t j = 0; first >= 0 && j < behov_table_n_columns(groups->table); j++) {
        const char *name = behov_table_name(groups->table, j);
        if ((ptrdiff_t)j != first && column_of(name) == column)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(groups->table), SAY_GROWTH_TWO_OF_A_KIND,
                                   behov_table_name(groups->table, (size_t)first), name);
    }
    return BEHOV_OK;
}

behov_status growth_table_one_source(const growth_table *groups, growth_column used, growth_column other,
                                     behov_error *err)
{
    ptrdiff_t first = growth_table_column(groups, used, 0), second = growth_table_column(groups, other, 0);
    return first < 0 || second < 0
               ? BEHOV_OK
               : behov_error_say(err, BEHOV_E_NAME, behov_table_source(groups->table), SAY_GROWTH_TWO_SOURCES,
                                 behov_table_name(groups->table, (size_t)first),
                                 behov_table_name(groups->table, (size_t)second));
}

behov_status growth_table_lacks(const growth_table *groups, const char *columns, behov_error *err)
{
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(groups->table, list);
    return behov_error_say(err, BEHOV_E_NAME, behov_table_source(groups->table), SAY_GROWTH_COLUMNS_LACK, columns,
                           list);
}

behov_status growth_table_years(const growth_table *groups, growth_column column, int **years, size_t *n,
                                behov_error *err)
{
    size_t n_columns = behov_table_n_columns(groups->table);
    *n = 0;
    if (!(*years = malloc((n_columns + 1) * sizeof **years)))
        return out_of_memory(err);
    for (size_t j = 0; j < n_columns; j++) {
        const char *name = behov_table_name(groups->table, j);
        int year = growth_table_year_of(name, true);
        if (column_of(name) != column || !year)
            continue;
        size_t place = 0;
        while (place < *n && (*years)[place] < year)
            place++;
        if (place < *n && (*years)[place] == year)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(groups->table), SAY_GROWTH_YEAR_TWICE, year);
        memmove(*years + place + 1, *years + place, (*n - place) * sizeof **years);
        (*years)[place] = year;
        ++*n;
    }
    return BEHOV_OK;
}

static behov_status check_year(const growth_table *groups, const int *years, size_t n, int year, behov_error *err)
{
    char list[200] = "";
    size_t length = 0;
    for (size_t i = 0; i < n; i++)
        if (years[i] == year)
            return BEHOV_OK;
    for (size_t i = 0; i < n && length + 8 < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%d", i ? ", " : "", years[i]);
    return behov_error_say(err, BEHOV_E_NAME, behov_table_source(groups->table), SAY_FIGURES_YEAR_LACKS, year, list);
}

behov_status growth_table_choose_years(const growth_table *groups, const int *years, size_t n, int *start, int *end,
                                       behov_error *err)
{
    const behov_growth_choices *choices = groups->choices;
    if (n < 2)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(groups->table), SAY_GROWTH_ONE_YEAR);
    *start = choices->start ? choices->start : years[0];
    *end = choices->end ? choices->end : years[n - 1];
    behov_status status = check_year(groups, years, n, *start, err);
    if (!status)
        status = check_year(groups, years, n, *end, err);
    if (!status && *start >= *end)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_GROWTH_YEARS_BACKWARDS, *start, *end);
    return status;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

static bool is_total(const char *name)
{
    static const char *const names[] = {"totalt", "total", "i alt", "alle", "sum", "all"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

/* A table from arrays may have names as numbers. */
static behov_status check_kinds(const behov_table *table, behov_error *err)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const char *name = behov_table_name(table, j);
        behov_read_kind kind = behov_growth_groups_column(NULL, name);
        bool is_number = behov_table_kind(table, j) == BEHOV_COLUMN_NUMBER;
        if ((kind == BEHOV_READ_AS_TEXT && is_number) || (kind == BEHOV_READ_AS_NUMBER && !is_number))
            return behov_error_say(err, BEHOV_E_TYPE, behov_table_source(table), SAY_FIGURES_KIND, name);
    }
    return BEHOV_OK;
}

static behov_status add_row(growth_table *out, size_t row, const char *name, ptrdiff_t column, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(out->table, row, column, where);
    if (!name[0])
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_NO_NAME);
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->names[i], name) == 0)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_GROUP_TWICE, behov_cut(name, 60).text,
                                   (unsigned long)behov_table_line(out->table, out->rows[i]));
    if (is_total(name)) {
        if (out->has_total)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_GROUP_TWICE, behov_cut(name, 60).text,
                                   (unsigned long)behov_table_line(out->table, out->total));
        out->has_total = true;
        out->total = row;
        return BEHOV_OK;
    }
    out->names[out->n] = name;
    out->rows[out->n++] = row;
    return BEHOV_OK;
}

behov_status growth_table_open(const behov_table *table, const behov_growth_choices *choices, growth_column name_column,
                               growth_table *out, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table);
    *out = (growth_table){.table = table, .choices = choices, .is_of_factors = name_column == GROWTH_FACTOR};
    ptrdiff_t column = growth_table_column(out, name_column, 0);
    if (column < 0)
        return growth_table_lacks(out, name_column == GROWTH_FACTOR ? "factor" : "group", err);
    out->names = malloc((n_rows + 1) * sizeof *out->names);
    out->rows = malloc((n_rows + 1) * sizeof *out->rows);
    behov_status status = out->names && out->rows ? check_kinds(table, err) : out_of_memory(err);
    for (size_t row = 0; row < n_rows && !status; row++) {
        int32_t code = behov_table_codes(table, (size_t)column)[row];
        const char *name = code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
        status = add_row(out, row, name, column, err);
    }
    if (!status && !out->n)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_GROWTH_NO_GROUPS);
    return status;
}

void growth_table_free(growth_table *groups)
{
    free(groups->names);
    free(groups->rows);
    *groups = (growth_table){0};
}

behov_status growth_table_figure(const growth_table *groups, size_t row, ptrdiff_t column, double least, double *value,
                                 behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    *value = behov_table_numbers(groups->table, (size_t)column)[row];
    const double MOST = 1e9; /* no count, share, index or growth comes near it, and no product of these overflows */
    bool is_tiny = *value != 0 && fabs(*value) < 1 / MOST;
    if (*value >= least && fabs(*value) <= MOST && !is_tiny)
        return BEHOV_OK;
    behov_table_where(groups->table, row, column, where);
    behov_said limit = behov_phrase_number(is_tiny ? 1 / MOST : MOST);
    if (is_tiny)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_SMALL, limit.text);
    if (fabs(*value) > MOST)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_LARGE, limit.text);
    return isnan(*value) ? behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_MISSING)
                         : behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_NEGATIVE);
}

behov_status growth_table_count(const growth_table *groups, size_t row, ptrdiff_t column, double *value,
                                behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_status status = growth_table_figure(groups, row, column, 0, value, err);
    if (status || behov_rounded_is_count(groups->table, (size_t)column, row))
        return status;
    behov_table_where(groups->table, row, column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_NOT_WHOLE);
}

static double total_at(const growth_table *groups, ptrdiff_t column)
{
    return groups->has_total ? behov_table_numbers(groups->table, (size_t)column)[groups->total] : NAN;
}

behov_status growth_table_total_count(const growth_table *groups, ptrdiff_t column, double sum, double *total,
                                      behov_error *err)
{
    *total = total_at(groups, column);
    if (isnan(*total))
        return BEHOV_OK;
    behov_status status = growth_table_count(groups, groups->total, column, total, err);
    if (status || fabs(*total - sum) <= 1e-9 * fmax(1, sum))
        return status;
    char where[BEHOV_PLACE_SIZE];
    behov_said groups_sum = behov_phrase_number(sum), printed = behov_phrase_number(*total);
    behov_table_where(groups->table, groups->total, column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_SUM_IS_OTHER, printed.text, groups_sum.text);
}

behov_status growth_table_total_mean(const growth_table *groups, ptrdiff_t column, ptrdiff_t base_column,
                                     behov_rounded mean, behov_error *err)
{
    double value = total_at(groups, column), base_value = base_column < 0 ? 100 : total_at(groups, base_column);
    if (isnan(value) || isnan(base_value) || isnan(mean.low) || isnan(mean.high) || !(base_value > 0))
        return BEHOV_OK;
    behov_status status = growth_table_figure(groups, groups->total, column, 0, &value, err);
    if (status)
        return status;
    behov_rounded printed = behov_rounded_new(value, growth_table_decimals(groups, column));
    behov_rounded base = behov_rounded_new(
        base_value, base_column < 0 || base_value == 100 ? -1 : growth_table_decimals(groups, base_column));
    double low = 100 * printed.low / base.high, high = 100 * printed.high / base.low;
    double slack = 1e-9 * fmax(1, fabs(mean.value));
    if (low <= mean.high + slack && high >= mean.low - slack)
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    behov_said total = behov_phrase_number(value), lowest = behov_phrase_number(behov_number_rounded(mean.low, 4)),
               highest = behov_phrase_number(behov_number_rounded(mean.high, 4));
    behov_table_where(groups->table, groups->total, column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_TOTAL_IS_OTHER, total.text, lowest.text, highest.text);
}

behov_status growth_table_refuse_scale(const growth_table *groups, size_t row, ptrdiff_t first, ptrdiff_t second,
                                       behov_error *err)
{
    const double MOST = 50;
    double x = behov_table_numbers(groups->table, (size_t)first)[row],
           y = behov_table_numbers(groups->table, (size_t)second)[row];
    if (!(x > 0) || !(y > 0) || (y < MOST * x && x < MOST * y))
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    behov_said beside = behov_phrase_number(x), figure = behov_phrase_number(y);
    behov_table_where(groups->table, row, second, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_SCALE, figure.text, beside.text);
}

int growth_table_decimals(const growth_table *groups, ptrdiff_t column)
{
    if (groups->choices->has_n_decimals)
        return groups->choices->n_decimals;
    return behov_rounded_table_decimals(groups->table, (size_t)column, 0, behov_table_n_rows(groups->table));
}

behov_status growth_table_check_shares(const growth_table *groups, double share_sum_pct, behov_error *err)
{
    if (!(share_sum_pct > 0.5 && share_sum_pct < 1.5))
        return BEHOV_OK;
    behov_said sum = behov_phrase_number(round(1e6 * share_sum_pct) / 1e6);
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(groups->table), SAY_GROWTH_SHARES_OF_1, sum.text);
}

/* ---- printed factors ----------------------------------------------------------------------------------------------- */

static bool is_whole(const char *name)
{
    static const char *const names[] = {"expenditure", "utgift", "utgifter", "totalt", "total"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

behov_status growth_table_growth(const growth_table *groups, size_t row, ptrdiff_t column, int n_decimals,
                                 behov_rounded *growth, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    double value;
    behov_status status = growth_table_figure(groups, row, column, -INFINITY, &value, err);
    if (status)
        return status;
    *growth = behov_rounded_new(value, n_decimals);
    if (growth->low > -100)
        return BEHOV_OK;
    behov_table_where(groups->table, row, column, where);
    behov_said figure = behov_phrase_number(value);
    if (value < -100)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_BELOW_NOTHING, figure.text);
    return groups->is_of_factors ? behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_FACTOR_OF_NOTHING, figure.text)
                                 : behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_NOTHING_LEFT, figure.text);
}

behov_status behov_growth_printed_rows(const behov_table *table, const behov_growth_choices *choices,
                                       const char *names[BEHOV_GROWTH_TABLE_FACTORS],
                                       behov_rounded growth_pct[BEHOV_GROWTH_TABLE_FACTORS], size_t *n,
                                       behov_rounded *total_growth_pct, behov_error *err)
{
    growth_table rows;
    behov_status status = growth_table_open(table, choices, GROWTH_FACTOR, &rows, err);
    ptrdiff_t column = status ? -1 : growth_table_column(&rows, GROWTH_RATE_OF_CHANGE, 0);
    *n = 0;
    *total_growth_pct = (behov_rounded){NAN, NAN, NAN};
    if (!status && column < 0)
        status = growth_table_lacks(&rows, "growth_pct", err);
    if (!status)
        status = growth_table_only(&rows, GROWTH_RATE_OF_CHANGE, err);
    for (size_t i = 0; i < rows.n && !status; i++) {
        behov_rounded growth = {NAN, NAN, NAN};
        int own = choices->has_n_decimals ? choices->n_decimals
                                          : behov_rounded_table_decimals(table, (size_t)column, rows.rows[i], 1);
        status = growth_table_growth(&rows, rows.rows[i], column, own, &growth, err);
        if (!status && is_whole(rows.names[i]))
            *total_growth_pct = growth;
        else if (!status && *n == BEHOV_GROWTH_TABLE_FACTORS)
            status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_GROWTH_N_FACTORS,
                                     BEHOV_GROWTH_TABLE_FACTORS);
        else if (!status) {
            names[*n] = rows.names[i];
            growth_pct[(*n)++] = growth;
        }
    }
    if (!status && !*n)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_GROWTH_N_FACTORS,
                                 BEHOV_GROWTH_TABLE_FACTORS);
    growth_table_free(&rows);
    return status;
}
