/* kostra_filing.c - see kostra_filing.h. */
#include <behov/kostra_filing.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/word.h>

enum { FORM, YEAR, REGION, CLASS, FUNCTION, TYPE, QUARTER, ORGANISATION, ENTERPRISE, N_COLUMNS, N_NEEDED = QUARTER };

static const char *const column_names[N_COLUMNS] = {"form", "year",    "region",       "account_class", "function",
                                                    "type", "quarter", "organisation", "enterprise"};

typedef struct summing {
    const behov_table *records;
    ptrdiff_t columns[N_COLUMNS];
    const double *amounts;
    const char *const *functions;
    size_t n_functions;
    behov_dictionary *keys; /* of counted records */
    behov_kostra_net *out;
    behov_error *err;
} summing;

double behov_kostra_net_1000kr(const behov_kostra_sum *sum)
{
    return sum->expenditure_1000kr + sum->income_1000kr;
}

static behov_status out_of_memory(const summing *summing)
{
    return behov_error_say(summing->err, BEHOV_E_MEMORY, behov_table_source(summing->records), SAY_FILING_NO_MEMORY);
}

static behov_status find_columns(summing *summing)
{
    const behov_table *table = summing->records;
    for (size_t j = 0; j < N_COLUMNS; j++) {
        summing->columns[j] = behov_table_find(table, column_names[j]);
        if (summing->columns[j] < 0 && j < N_NEEDED)
            return behov_error_say(summing->err, BEHOV_E_NAME, behov_table_source(table), SAY_HISTORY_NO_COLUMN,
                                   column_names[j]);
        if (summing->columns[j] >= 0 && !behov_table_codes(table, (size_t)summing->columns[j]))
            return behov_error_say(summing->err, BEHOV_E_TYPE, behov_table_source(table), SAY_HISTORY_NO_TEXT,
                                   column_names[j]);
    }
    ptrdiff_t value = behov_table_find(table, "value");
    summing->amounts = value < 0 ? NULL : behov_table_numbers(table, (size_t)value);
    return summing->amounts
               ? BEHOV_OK
               : behov_error_say(summing->err, BEHOV_E_NAME, behov_table_source(table), SAY_HISTORY_NO_COLUMN, "value");
}

static const char *text_at(const summing *summing, size_t j, size_t row)
{
    ptrdiff_t column = summing->columns[j];
    int32_t code = column < 0 ? -1 : behov_table_codes(summing->records, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(summing->records, (size_t)column), code);
}

static behov_status filing_find(summing *summing, size_t row, behov_kostra_filing **filing)
{
    behov_kostra_net *out = summing->out;
    const char *form = text_at(summing, FORM, row), *year = text_at(summing, YEAR, row),
               *quarter = text_at(summing, QUARTER, row), *region = text_at(summing, REGION, row);
    for (size_t i = out->n; i-- > 0;) {
        behov_kostra_filing *known = &out->filings[i];
        if (strcmp(known->form, form) == 0 && strcmp(known->year, year) == 0 && strcmp(known->quarter, quarter) == 0 &&
            strcmp(known->region, region) == 0) {
            *filing = known;
            return BEHOV_OK;
        }
    }
    if (out->n == out->room) {
        size_t room = out->room ? 2 * out->room : 8;
        behov_kostra_filing *filings = realloc(out->filings, room * sizeof *filings);
        if (!filings)
            return out_of_memory(summing);
        out->filings = filings;
        out->room = room;
    }
    behov_kostra_sum *functions = calloc(summing->n_functions + 1, sizeof *functions);
    if (!functions)
        return out_of_memory(summing);
    out->filings[out->n] =
        (behov_kostra_filing){.form = form, .year = year, .quarter = quarter, .region = region, .functions = functions};
    *filing = &out->filings[out->n++];
    return BEHOV_OK;
}

/* The position of a record's function among those that are asked for, n_functions when it is none of them. */
static size_t function_find(const summing *summing, const char *function)
{
    size_t i = 0;
    while (i < summing->n_functions && strcmp(summing->functions[i], function) != 0)
        i++;
    return i;
}

static bool is_expenditure(int type)
{
    return (type >= 10 && type <= 480) || type == 590;
}

static bool is_income(int type)
{
    return type >= 600 && type <= 895;
}

/* Whether a record has the keys of one before. */
static behov_status note_key(summing *summing, size_t row, bool *is_repeated)
{
    char key[400];
    size_t length = 0, n_before = behov_dictionary_count(summing->keys);
    int32_t code;
    for (size_t j = 0; j < N_COLUMNS; j++) {
        const char *text = text_at(summing, j, row);
        size_t n = strlen(text) < 40 ? strlen(text) : 40;
        memcpy(key + length, text, n);
        key[length + n] = '|';
        length += n + 1;
    }
    behov_status status = behov_dictionary_intern(summing->keys, key, length, &code, summing->err);
    *is_repeated = !status && behov_dictionary_count(summing->keys) == n_before;
    return status;
}

static behov_status count_record(summing *summing, size_t row, behov_kostra_filing *filing, size_t function)
{
    int type = atoi(text_at(summing, TYPE, row));
    double amount = summing->amounts[row];
    if (!is_expenditure(type) && !is_income(type)) {
        filing->n_other_type++;
        filing->other_type_1000kr += amount;
        return BEHOV_OK;
    }
    behov_kostra_sum *sums[] = {&filing->functions[function], &filing->total};
    for (size_t i = 0; i < 2; i++) {
        sums[i]->n_records++;
        *(is_income(type) ? &sums[i]->income_1000kr : &sums[i]->expenditure_1000kr) += amount;
    }
    if (is_income(type) && amount > 0) {
        filing->n_income_positive++;
        filing->income_positive_1000kr += amount;
    }
    bool is_repeated;
    behov_status status = note_key(summing, row, &is_repeated);
    filing->n_repeated += !status && is_repeated;
    return status;
}

static behov_status add_record(summing *summing, size_t row)
{
    const char *form = text_at(summing, FORM, row), *account_class = text_at(summing, CLASS, row);
    bool is_treasury = strcmp(form, "0A") == 0;
    if (!is_treasury && strcmp(form, "0M") != 0) {
        summing->out->n_other_form++;
        return BEHOV_OK;
    }
    if (isnan(summing->amounts[row])) {
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(summing->records, row, -1, where);
        return behov_error_say(summing->err, BEHOV_E_DATA, where, SAY_FILING_NO_AMOUNT);
    }
    behov_kostra_filing *filing = NULL;
    behov_status status = filing_find(summing, row, &filing);
    if (status)
        return status;
    filing->n_records++;
    size_t function = function_find(summing, text_at(summing, FUNCTION, row));
    if (strcmp(account_class, is_treasury ? "1" : "3") != 0)
        filing->n_other_class++;
    else if (function == summing->n_functions)
        filing->n_other_function++;
    else
        status = count_record(summing, row, filing, function);
    return status;
}

static behov_status check_filing(const summing *summing, const behov_kostra_filing *filing)
{
    const char *source = behov_table_source(summing->records);
    if (filing->total.n_records == 0)
        return behov_error_say(summing->err, BEHOV_E_DATA, source, SAY_FILING_NOTHING, filing->form, filing->year,
                               strcmp(filing->form, "0A") == 0 ? "1" : "3");
    if (filing->total.income_1000kr > 0)
        return behov_error_say(summing->err, BEHOV_E_DATA, source, SAY_FILING_INCOME_POSITIVE, filing->form,
                               filing->year, (unsigned long)filing->n_income_positive);
    return BEHOV_OK;
}

behov_status behov_kostra_net_compute(const behov_table *records, const char *const *functions, size_t n_functions,
                                      behov_kostra_net *out, behov_error *err)
{
    *out = (behov_kostra_net){0};
    summing summing = {.records = records, .functions = functions, .n_functions = n_functions, .out = out, .err = err};
    behov_status status = find_columns(&summing);
    if (!status)
        status = behov_dictionary_new(&summing.keys, err);
    for (size_t row = 0; row < behov_table_n_rows(records) && !status; row++)
        status = add_record(&summing, row);
    behov_dictionary_free(summing.keys);
    if (!status && out->n == 0)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(records), SAY_FILING_NO_FORM);
    for (size_t i = 0; i < out->n && !status; i++)
        status = check_filing(&summing, &out->filings[i]);
    return status;
}

bool behov_kostra_rate_is_plausible(const behov_kostra_filing *filing, double inhabitants, bool is_whole)
{
    double rate = behov_kostra_net_1000kr(&filing->total) / inhabitants;
    bool has_least = is_whole && !filing->quarter[0];
    return rate <= BEHOV_KOSTRA_MOST_RATE_1000KR && (!has_least || rate >= BEHOV_KOSTRA_LEAST_RATE_1000KR);
}

void behov_kostra_net_free(behov_kostra_net *net)
{
    for (size_t i = 0; i < net->n; i++)
        free(net->filings[i].functions);
    free(net->filings);
    *net = (behov_kostra_net){0};
}
