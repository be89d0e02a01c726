/* key_weights.c - the weights of a cost key out of a table that may hold several years and several keys. */
#include <behov/key.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/near_word.h>
#include <behov/number.h>
#include <behov/rounded.h>

#include "key_names.h"

enum { YEAR, KEY, CRITERION, WEIGHT, SOURCE, COLUMN, KIND, RAW_WEIGHT, RAW_SUM_LOW, N_COLUMNS };

/* In English, and two ways to write it in Norwegian. */
static const char *const column_names[N_COLUMNS][3] = {
    [YEAR] = {"year", "\u00E5r", "aar"},
    [KEY] = {"key", "n\u00F8kkel", "nokkel"},
    [CRITERION] = {"criterion", "kriterium", "kriterie"},
    [WEIGHT] = {"weight", "vekt", "vekter"},
    [SOURCE] = {"source", "kilde", "kjelde"},
    [COLUMN] = {"column", "kolonne", "kolonnenavn"},
    [KIND] = {"kind", "slag", "kriterieslag"},
    [RAW_WEIGHT] = {"raw_weight", "r\u00E5vekt", "raavekt"}, /* of a regression, as `behov key weights` writes them */
    [RAW_SUM_LOW] = {"raw_sum_low", "raw_sum_low", "raw_sum_low"},
};

static int column_of_name(const char *name)
{
    int j = 0;
    while (j < N_COLUMNS && !key_names_are_same(name, column_names[j][0]) &&
           !key_names_are_same(name, column_names[j][1]) && !key_names_are_same(name, column_names[j][2]))
        j++;
    return j;
}

behov_read_kind behov_key_weights_column(void *context, const char *name)
{
    (void)context;
    int j = column_of_name(name);
    bool is_number = j == YEAR || j == WEIGHT || j == RAW_WEIGHT || j == RAW_SUM_LOW;
    return j == N_COLUMNS ? BEHOV_READ_NOT : is_number ? BEHOV_READ_AS_NUMBER : BEHOV_READ_AS_TEXT;
}

void behov_key_weights_free(behov_key_weights *weights)
{
    for (size_t k = 0; k < weights->n; k++) {
        free(weights->all[k].criterion);
        free(weights->all[k].column);
    }
    free(weights->all);
    free(weights->key);
    free(weights->source);
    *weights = (behov_key_weights){0};
}

/* ---- which rows -------------------------------------------------------------------------------------------------- */

typedef struct weight_table {
    const behov_table *table;
    ptrdiff_t columns[N_COLUMNS];
    bool takes_undated; /* the rows without a year, whose key was asked for */
} weight_table;

/* "" where there is no column or nothing in it. */
static const char *text_at(const weight_table *weights, int column, size_t row)
{
    ptrdiff_t j = weights->columns[column];
    int32_t code = j < 0 ? -1 : behov_table_codes(weights->table, (size_t)j)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(weights->table, (size_t)j), code);
}

static double number_at(const weight_table *weights, int column, size_t row)
{
    return behov_table_numbers(weights->table, (size_t)weights->columns[column])[row];
}

static behov_status find_columns(const behov_table *table, weight_table *weights, behov_error *err)
{
    *weights = (weight_table){.table = table};
    for (int j = 0; j < N_COLUMNS; j++)
        weights->columns[j] = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        int column = column_of_name(behov_table_name(table, j));
        if (column == N_COLUMNS)
            continue;
        if (weights->columns[column] >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_KEY_WEIGHTS_COLUMN_TWICE,
                                   behov_cut(behov_table_name(table, (size_t)weights->columns[column]), 80).text,
                                   behov_cut(behov_table_name(table, j), 80).text);
        weights->columns[column] = (ptrdiff_t)j;
    }
    static const int needed[] = {YEAR, CRITERION, WEIGHT};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (weights->columns[needed[i]] < 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_KEY_WEIGHTS_NO_COLUMN,
                                   column_names[needed[i]][0]);
    return BEHOV_OK;
}

/* Each year or key once, as "2004, 2026". */
static void add_to_list(behov_said *list, const char *text)
{
    behov_said before = *list;
    behov_phrase_list(list, before.text, before.text[0] ? ", " : "", text, NULL);
}

/* Weights of several years together, which their key names: they are of no year. */
static bool is_undated(const weight_table *weights, size_t row)
{
    return isnan(number_at(weights, YEAR, row)) && text_at(weights, KEY, row)[0];
}

/* Whether the key that is asked for is one without a year; its year is the call's. */
static behov_status look_for_undated(weight_table *weights, int year, const char *key, behov_error *err)
{
    const char *undated = NULL;
    bool is_dated = false;
    for (size_t row = 0; row < behov_table_n_rows(weights->table); row++) {
        if (!is_undated(weights, row)) {
            is_dated = is_dated || !key || key_names_are_same(text_at(weights, KEY, row), key);
            continue;
        }
        undated = undated ? undated : text_at(weights, KEY, row);
        weights->takes_undated = weights->takes_undated || (key && key_names_are_same(text_at(weights, KEY, row), key));
    }
    weights->takes_undated = weights->takes_undated && !is_dated;
    return undated && !is_dated && !(weights->takes_undated && year)
               ? behov_error_say(err, BEHOV_E_DATA, behov_table_source(weights->table), SAY_KEY_WEIGHTS_UNDATED,
                                 behov_cut(weights->takes_undated ? key : undated, 60).text)
               : BEHOV_OK;
}

static behov_status choose_year(const weight_table *weights, int *year, behov_error *err)
{
    behov_said list = {""};
    size_t n_years = 0, n_rows = behov_table_n_rows(weights->table);
    bool is_there = false;
    int only = 0;
    char where[BEHOV_PLACE_SIZE];
    for (size_t row = 0; row < n_rows; row++) {
        double value = number_at(weights, YEAR, row);
        bool is_new = true;
        if (is_undated(weights, row))
            continue;
        if (!(value >= 1 && value <= 9999 && value == floor(value))) {
            behov_table_where(weights->table, row, weights->columns[YEAR], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_WEIGHTS_NO_YEAR);
        }
        for (size_t earlier = 0; earlier < row && is_new; earlier++)
            is_new = number_at(weights, YEAR, earlier) != value;
        is_there = is_there || value == *year;
        if (!is_new)
            continue;
        n_years++;
        only = (int)value;
        if (n_years <= 40)
            add_to_list(&list, behov_phrase_number(value).text);
    }
    if (*year && !is_there)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(weights->table), SAY_KEY_WEIGHTS_YEAR_NOT_THERE,
                               *year, list.text);
    if (!*year && n_years != 1)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(weights->table), SAY_KEY_WEIGHTS_SEVERAL_YEARS,
                               list.text);
    *year = *year ? *year : only;
    return BEHOV_OK;
}

/* Whether a row is of the key: by its name, or any where nothing was asked for. */
static bool is_of_key(const weight_table *weights, size_t row, int year, const char *key)
{
    bool is_of_year = weights->takes_undated ? is_undated(weights, row) : number_at(weights, YEAR, row) == year;
    return is_of_year && (!key || key_names_are_same(text_at(weights, KEY, row), key));
}

static behov_status choose_key(const weight_table *weights, int year, const char **key, behov_error *err)
{
    behov_said list = {""};
    const char *first = NULL;
    size_t n_keys = 0;
    bool is_there = false;
    for (size_t row = 0; row < behov_table_n_rows(weights->table); row++) {
        const char *name = text_at(weights, KEY, row);
        bool is_new = true;
        if (!is_of_key(weights, row, year, NULL))
            continue;
        for (size_t earlier = 0; earlier < row && is_new; earlier++)
            is_new = !is_of_key(weights, earlier, year, name);
        is_there = is_there || (*key && key_names_are_same(name, *key));
        first = first ? first : name;
        n_keys += is_new;
        if (is_new && n_keys <= 20)
            add_to_list(&list, behov_cut(name, 60).text);
    }
    if (*key && !is_there)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(weights->table), SAY_KEY_WEIGHTS_KEY_NOT_THERE,
                               behov_cut(*key, 60).text, year, list.text);
    if (!*key && n_keys > 1)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(weights->table), SAY_KEY_WEIGHTS_SEVERAL_KEYS,
                               year, list.text);
    *key = *key ? *key : first;
    return BEHOV_OK;
}

/* ---- the weights ------------------------------------------------------------------------------------------------- */

static behov_status read_row(const weight_table *table, size_t row, behov_key_weights *weights, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    const char *criterion = text_at(table, CRITERION, row), *kind = text_at(table, KIND, row),
               *column = text_at(table, COLUMN, row);
    double weight = number_at(table, WEIGHT, row);
    behov_key_weight *read = &weights->all[weights->n];
    behov_table_where(table->table, row, table->columns[WEIGHT], where);
    if (!(fabs(weight) <= 10))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_WEIGHTS_NO_WEIGHT);
    behov_table_where(table->table, row, table->columns[CRITERION], where);
    if (!criterion[0])
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_WEIGHTS_NO_CRITERION);
    for (size_t k = 0; k < weights->n; k++)
        if (key_names_are_same(weights->all[k].criterion, criterion))
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_WEIGHTS_CRITERION_TWICE,
                                   behov_cut(criterion, 80).text);
    read->kind = kind[0] ? behov_criterion_kind_find(kind) : BEHOV_CRITERION_COUNT;
    if (read->kind == BEHOV_N_CRITERION_KINDS) {
        behov_table_where(table->table, row, table->columns[KIND], where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_WEIGHTS_NO_KIND, behov_cut(kind, 40).text);
    }
    read->weight = weight;
    int decimals = behov_rounded_table_decimals(table->table, (size_t)table->columns[WEIGHT], row, 1);
    weights->n_decimals = decimals > weights->n_decimals ? decimals : weights->n_decimals;
    read->criterion = strdup(criterion);
    read->column = column[0] ? strdup(column) : NULL;
    weights->n++;
    return read->criterion && (read->column || !column[0])
               ? BEHOV_OK
               : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

/* Weights of a regression are raw ones over their sum: where that is not above 0 they turn the key upside down, and where it
 * may be 0 they may be anything. */
static behov_status check_raw(const weight_table *table, int year, const char *key, behov_error *err)
{
    double sum = 0, low = NAN;
    bool has_raw = table->columns[RAW_WEIGHT] >= 0, is_any = false;
    for (size_t row = 0; row < behov_table_n_rows(table->table); row++) {
        if (!is_of_key(table, row, year, key))
            continue;
        double raw = has_raw ? number_at(table, RAW_WEIGHT, row) : NAN;
        is_any = is_any || !isnan(raw);
        sum += isnan(raw) ? 0 : raw;
        low = table->columns[RAW_SUM_LOW] >= 0 ? number_at(table, RAW_SUM_LOW, row) : low;
    }
    const char *source = behov_table_source(table->table);
    if (is_any && !(sum > 0))
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_WEIGHTS_RAW_NOT_ABOVE_0,
                               behov_phrase_number(behov_number_rounded(sum, 4)).text);
    return is_any && low <= 0 ? behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_WEIGHTS_RAW_UNCLEAR,
                                                behov_phrase_number(behov_number_rounded(sum, 4)).text,
                                                behov_phrase_number(behov_number_rounded(low, 4)).text)
                              : BEHOV_OK;
}

static behov_status sum_up(const behov_table *table, behov_key_weights *weights, behov_error *err)
{
    for (size_t k = 0; k < weights->n; k++) {
        weights->n_negative += weights->all[k].weight < 0;
        weights->n_zero += weights->all[k].weight == 0;
        weights->sum += weights->all[k].weight;
    }
    weights->rounding = (double)weights->n * 0.5 * pow(10, -weights->n_decimals);
    if (weights->sum < 0.5 || weights->sum > 1.5)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_KEY_WEIGHTS_SUM,
                               behov_phrase_number(behov_number_rounded(weights->sum, 6)).text);
    return BEHOV_OK;
}

behov_status behov_key_weights_read(const behov_table *table, int year, const char *key, behov_key_weights *weights,
                                    behov_error *err)
{
    weight_table rows;
    behov_key_weights read = {0};
    behov_status status = find_columns(table, &rows, err);
    if (!status)
        status = look_for_undated(&rows, year, key, err);
    if (!status && !rows.takes_undated)
        status = choose_year(&rows, &year, err);
    if (!status)
        status = choose_key(&rows, year, &key, err);
    if (!status)
        status = check_raw(&rows, year, key, err);
    if (status)
        return status;
    const char *source = "";
    read.all = calloc(behov_table_n_rows(table) + 1, sizeof *read.all);
    if (!read.all)
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        if (!is_of_key(&rows, row, year, key))
            continue;
        source = source[0] ? source : text_at(&rows, SOURCE, row);
        status = read_row(&rows, row, &read, err);
    }
    if (!status)
        status = sum_up(table, &read, err);
    read.year = year;
    read.is_year_stated = rows.takes_undated;
    read.key = strdup(key ? key : "");
    read.source = strdup(source);
    if (!status && (!read.key || !read.source))
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    if (status)
        behov_key_weights_free(&read);
    else
        *weights = read;
    return status;
}

/* A sum of a few weights is exact but for the last bits of a double. */
bool behov_key_weights_are_exact(const behov_key_weights *weights)
{
    return fabs(weights->sum - 1) < 1e-12;
}

bool behov_key_weights_are_rounded(const behov_key_weights *weights)
{
    return behov_key_weights_are_exact(weights) || fabs(weights->sum - 1) <= weights->rounding * (1 + 1e-9);
}
