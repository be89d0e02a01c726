/* accounts.c - see behov/accounts.h. */
#include <behov/accounts.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/code.h>
#include <behov/municipality_codes.h>
#include <behov/panel.h>

#include "heading.h"
#include "missing_numbers.h"

const int behov_account_functions[BEHOV_ACCOUNT_FUNCTIONS] = {242, 243, 273, 276, 281};

bool behov_accounts_yardstick_counts(behov_accounts_yardstick yardstick, int function)
{
    if (function == 273)
        return yardstick == BEHOV_YARDSTICK_ASSS;
    for (size_t i = 0; i < BEHOV_ACCOUNT_FUNCTIONS; i++)
        if (behov_account_functions[i] == function)
            return true;
    return false;
}

void behov_accounts_free(behov_accounts *accounts)
{
    for (size_t i = 0; i < accounts->n; i++)
        free(accounts->codes[i]);
    free(accounts->codes), free(accounts->years), free(accounts->functions), free(accounts->amounts_1000kr);
    free(accounts->units), free(accounts->path);
    *accounts = (behov_accounts){0};
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

typedef enum account_column {
    ACCOUNT_NONE,
    ACCOUNT_CODE,
    ACCOUNT_MUNICIPALITY, /* names, or codes under a name that says less */
    ACCOUNT_FUNCTION,
    ACCOUNT_UNIT,
    ACCOUNT_YEAR,
    ACCOUNT_AMOUNT,
    ACCOUNT_OF_YEAR
} account_column;

/* 2013 of "2013"; 0 when a name is no year. */
static int year_of(const char *name)
{
    if (strlen(name) != 4 || strspn(name, "0123456789") != 4)
        return 0;
    int year = (int)strtol(name, NULL, 10);
    return year >= 1900 && year < 2200 ? year : 0;
}

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (heading_is(name, names[i]))
            return true;
    return false;
}

static account_column column_of(const char *name)
{
    static const char *const functions[] = {"function", "funksjon", "kostra-funksjon", "kostrafunksjon"};
    static const char *const units[] = {"unit", "enhet"};
    static const char *const amounts[] = {"amount_1000kr",
                                          "amount",
                                          "value",
                                          "beløp",
                                          "belop",
                                          "beløp_1000kr",
                                          "beløp i 1000 kr",
                                          "utgift_1000kr",
                                          "utgift i 1000 kr",
                                          "utgifter_1000kr",
                                          "utgifter i 1000 kr",
                                          "expenditure_1000kr"};
    static const char *const places[] = {"kommune", "municipality", "region", "knr", "code", "kode", "kommunekode"};
    behov_role role = behov_role_of_name(name);
    return role == BEHOV_ROLE_CODE                                            ? ACCOUNT_CODE
           : role == BEHOV_ROLE_YEAR                                          ? ACCOUNT_YEAR
           : is_one_of(name, functions, sizeof functions / sizeof *functions) ? ACCOUNT_FUNCTION
           : is_one_of(name, units, sizeof units / sizeof *units)             ? ACCOUNT_UNIT
           : is_one_of(name, amounts, sizeof amounts / sizeof *amounts)       ? ACCOUNT_AMOUNT
           : role == BEHOV_ROLE_MUNICIPALITY || is_one_of(name, places, sizeof places / sizeof *places)
               ? ACCOUNT_MUNICIPALITY
           : year_of(name) ? ACCOUNT_OF_YEAR
                           : ACCOUNT_NONE;
}

behov_read_kind behov_accounts_column(void *context, const char *name)
{
    static const behov_read_kind kinds[] = {
        [ACCOUNT_NONE] = BEHOV_READ_AS_TEXT, /* what else parts the rows: two that are alike in all are told */
        [ACCOUNT_CODE] = BEHOV_READ_AS_CODE,      [ACCOUNT_MUNICIPALITY] = BEHOV_READ_AS_CODE,
        [ACCOUNT_FUNCTION] = BEHOV_READ_AS_TEXT,  [ACCOUNT_UNIT] = BEHOV_READ_AS_TEXT,
        [ACCOUNT_YEAR] = BEHOV_READ_AS_NUMBER,    [ACCOUNT_AMOUNT] = BEHOV_READ_AS_NUMBER,
        [ACCOUNT_OF_YEAR] = BEHOV_READ_AS_NUMBER,
    };
    (void)context;
    return kinds[column_of(name)];
}

/* ---- reading a table --------------------------------------------------------------------------------------------- */

typedef struct account_reading {
    const behov_table *table;
    ptrdiff_t code, function, unit, year, amount; /* columns; -1 = not there */
    behov_accounts *out;
    behov_error *err;
} account_reading;

static behov_status out_of_memory(const account_reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_MEMORY, behov_table_source(reading->table), SAY_PEERS_NO_MEMORY);
}

static const char *text_at(const account_reading *reading, ptrdiff_t column, size_t row)
{
    int32_t code = column < 0 ? -1 : behov_table_codes(reading->table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(reading->table, (size_t)column), code);
}

static ptrdiff_t find_column(const behov_table *table, account_column column)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (column_of(behov_table_name(table, j)) == column)
            return (ptrdiff_t)j;
    return -1;
}

/* The function of a row: 242, also of "242 Sosial ..." and 2420. 0 when there is none. */
static int function_of(const account_reading *reading, size_t row)
{
    const char *text = text_at(reading, reading->function, row);
    size_t n_digits = strspn(text, "0123456789");
    bool is_function = n_digits == 3 || (n_digits == 4 && text[3] == '0'); /* 281.0 of a spreadsheet's number too */
    int function = 0;
    for (size_t i = 0; i < 3 && is_function; i++)
        function = 10 * function + (text[i] - '0');
    return function;
}

/* Two columns of one kind, of which one would be taken without a word. */
static behov_status refuse_two_of_a_kind(const account_reading *reading)
{
    static const account_column kinds[] = {ACCOUNT_CODE, ACCOUNT_FUNCTION, ACCOUNT_YEAR, ACCOUNT_AMOUNT};
    const behov_table *table = reading->table;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ptrdiff_t first = find_column(table, kinds[i]);
        for (size_t j = first < 0 ? behov_table_n_columns(table) : (size_t)first + 1; j < behov_table_n_columns(table);
             j++)
            if (column_of(behov_table_name(table, j)) == kinds[i])
                return behov_error_say(reading->err, BEHOV_E_DATA, behov_table_source(table), SAY_ACCOUNTS_TWO_COLUMNS,
                                       behov_cut(behov_table_name(table, (size_t)first), 60).text,
                                       behov_cut(behov_table_name(table, j), 60).text);
    }
    return BEHOV_OK;
}

/* Without codes all rows are one municipality's: a column of municipalities may not say otherwise. One that holds codes
 * alone is taken for them. */
static behov_status find_municipalities(account_reading *reading)
{
    const behov_table *table = reading->table;
    ptrdiff_t column = reading->code < 0 ? find_column(table, ACCOUNT_MUNICIPALITY) : -1;
    size_t n_rows = behov_table_n_rows(table), n_codes = 0, first = n_rows, other = 0;
    if (column < 0 || !behov_table_codes(table, (size_t)column))
        return BEHOV_OK;
    for (size_t row = 0; row < n_rows; row++) {
        const char *text = text_at(reading, column, row);
        if (!text[0])
            continue;
        first = first == n_rows ? row : first;
        n_codes += behov_code_read(text, strlen(text)).kind == BEHOV_CODE_FOUR_DIGITS;
        other = !other && strcmp(text, text_at(reading, column, first)) != 0 ? row : other;
    }
    if (n_rows && n_codes == n_rows)
        reading->code = column;
    if (reading->code >= 0 || !other)
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, other, column, where);
    return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_ACCOUNTS_OTHER_MUNICIPALITY,
                           behov_cut(text_at(reading, column, first), 60).text,
                           behov_cut(text_at(reading, column, other), 60).text);
}

/* Of a column for years and one for amounts the one that is lacking. */
static behov_status refuse_without_years(const account_reading *reading)
{
    if (reading->year < 0 && reading->amount < 0)
        return behov_error_say(reading->err, BEHOV_E_NAME, behov_table_source(reading->table), SAY_ACCOUNTS_NO_YEARS);
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(reading->table, list);
    return behov_error_say(reading->err, BEHOV_E_NAME, behov_table_source(reading->table), SAY_ACCOUNTS_COLUMN_LACKS,
                           reading->year < 0 ? "year (år)" : "amount_1000kr (beløp i 1000 kr)", list);
}

static behov_status find_columns(account_reading *reading)
{
    const behov_table *table = reading->table;
    const char *source = behov_table_source(table);
    reading->code = find_column(table, ACCOUNT_CODE);
    reading->function = find_column(table, ACCOUNT_FUNCTION);
    reading->unit = find_column(table, ACCOUNT_UNIT);
    reading->year = find_column(table, ACCOUNT_YEAR);
    reading->amount = find_column(table, ACCOUNT_AMOUNT);
    if (reading->function < 0)
        return behov_error_say(reading->err, BEHOV_E_NAME, source, SAY_ACCOUNTS_NO_COLUMN, "function");
    if (find_column(table, ACCOUNT_OF_YEAR) >= 0)
        reading->year = reading->amount = -1;
    else if (reading->year < 0 || reading->amount < 0)
        return refuse_without_years(reading);
    behov_status status = refuse_two_of_a_kind(reading);
    return status ? status : find_municipalities(reading);
}

/* Puts a number among others in order, once; without memory the count is 0. */
static bool add_number(int **numbers, size_t *n, int number)
{
    size_t at = 0;
    while (at < *n && (*numbers)[at] < number)
        at++;
    if (at < *n && (*numbers)[at] == number)
        return true;
    int *longer = realloc(*numbers, (*n + 1) * sizeof *longer);
    if (!longer)
        return false;
    *numbers = longer;
    memmove(longer + at + 1, longer + at, (*n - at) * sizeof *longer);
    longer[at] = number;
    (*n)++;
    return true;
}

static bool add_code(behov_accounts *out, const char *code)
{
    size_t at = 0;
    while (at < out->n && strcmp(out->codes[at], code) < 0)
        at++;
    if (at < out->n && strcmp(out->codes[at], code) == 0)
        return true;
    char **longer = realloc(out->codes, (out->n + 1) * sizeof *longer), *copy = strdup(code);
    if (longer)
        out->codes = longer;
    if (!longer || !copy) {
        free(copy);
        return false;
    }
    memmove(longer + at + 1, longer + at, (out->n - at) * sizeof *longer);
    longer[at] = copy;
    out->n++;
    return true;
}

/* "NAV, Flyktningenheten": one more unit, once. */
static bool add_unit(behov_accounts *out, const char *unit)
{
    size_t length = out->units ? strlen(out->units) : 0, size = length + strlen(unit) + sizeof ", ";
    for (const char *at = out->units ? strstr(out->units, unit) : NULL; at; at = strstr(at + 1, unit))
        if ((at == out->units || at[-1] == ' ') && (at[strlen(unit)] == '\0' || at[strlen(unit)] == ','))
            return true;
    char *longer = unit[0] ? realloc(out->units, size) : NULL;
    if (!longer)
        return !unit[0];
    out->units = longer;
    if (length)
        memcpy(longer + length, ", ", 2);
    strcpy(longer + length + (length ? 2 : 0), unit);
    return true;
}

/* Words in small letters with a blank between, cut to the room there is. */
static void write_words(const char *text, char *words, size_t size)
{
    size_t n = 0;
    for (const char *c = text; *c && n + 1 < size; c++) {
        bool is_hard_space = strncmp(c, "\xC2\xA0", 2) == 0;
        bool is_mark = is_hard_space || strchr(" .,;:()/\t", *c) != NULL;
        c += is_hard_space;
        words[n++] = (char)(is_mark ? ' ' : *c >= 'A' && *c <= 'Z' ? *c + 'a' - 'A' : *c);
    }
    words[n] = '\0';
}

/* "kr per innb.", "prosent": a unit of measure and no part of the municipality; `is_1000kr` for that of amounts. */
static bool is_measure(const char *unit, bool *is_1000kr)
{
    static const char *const measures[] = {"kr", "kroner", "nok", "prosent", "percent", "pct", "%", "1000kr"};
    static const char *const thousands[] = {"1000kr", "1000kroner", "tusenkr", "tusenkroner", "1000nok", "nok1000"};
    char words[64], joined[64] = "", *rest = NULL;
    bool is_found = false;
    write_words(unit, words, sizeof words);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        is_found = is_found || is_one_of(word, measures, sizeof measures / sizeof *measures);
        strcat(joined, word); /* no longer than the words with their blanks */
    }
    *is_1000kr = is_one_of(joined, thousands, sizeof thousands / sizeof *thousands);
    return is_found || *is_1000kr;
}

/* What there is of municipalities, functions, units and years. */
static behov_status look_at_row(account_reading *reading, size_t row)
{
    char where[BEHOV_PLACE_SIZE];
    int function = function_of(reading, row);
    const char *code = text_at(reading, reading->code, row);
    behov_table_where(reading->table, row, reading->function, where);
    if (!function)
        return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_ACCOUNTS_NO_FUNCTION,
                               behov_cut(text_at(reading, reading->function, row), 60).text);
    if (reading->code >= 0 && !code[0]) {
        behov_table_where(reading->table, row, reading->code, where);
        return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_GROUPS_CODE_MISSING);
    }
    const char *unit = text_at(reading, reading->unit, row);
    bool is_1000kr = false, measures = is_measure(unit, &is_1000kr);
    if (measures && !is_1000kr) {
        behov_table_where(reading->table, row, reading->unit, where);
        return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_ACCOUNTS_UNIT, behov_cut(unit, 60).text);
    }
    bool is_added = add_number(&reading->out->functions, &reading->out->n_functions, function) &&
                    add_code(reading->out, code) && (measures || add_unit(reading->out, unit));
    if (is_added && reading->year >= 0) {
        double year = behov_table_numbers(reading->table, (size_t)reading->year)[row];
        behov_table_where(reading->table, row, reading->year, where);
        if (!(year >= 1900 && year < 2200 && year == floor(year)))
            return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_RATIOS_YEAR_MISSING);
        is_added = add_number(&reading->out->years, &reading->out->n_years, (int)year);
    }
    return is_added ? BEHOV_OK : out_of_memory(reading);
}

static behov_status look_at_columns(account_reading *reading)
{
    for (size_t j = 0; j < behov_table_n_columns(reading->table); j++)
        if (column_of(behov_table_name(reading->table, j)) == ACCOUNT_OF_YEAR &&
            !add_number(&reading->out->years, &reading->out->n_years, year_of(behov_table_name(reading->table, j))))
            return out_of_memory(reading);
    return BEHOV_OK;
}

/* ---- rows that are there twice ----------------------------------------------------------------------------------- */

static int compare_cells(const behov_table *table, size_t column, size_t row, size_t other)
{
    const int32_t *codes = behov_table_codes(table, column);
    const double *numbers = behov_table_numbers(table, column);
    if (codes)
        return (codes[row] > codes[other]) - (codes[row] < codes[other]);
    if (!numbers || (isnan(numbers[row]) && isnan(numbers[other])))
        return 0;
    if (isnan(numbers[row]) || isnan(numbers[other]))
        return isnan(numbers[row]) ? 1 : -1;
    return (numbers[row] > numbers[other]) - (numbers[row] < numbers[other]);
}

typedef struct account_row {
    const behov_table *table;
    size_t row;
} account_row;

static int compare_all_cells(const account_row *a, const account_row *b)
{
    int order = 0;
    for (size_t j = 0; j < behov_table_n_columns(a->table) && !order; j++)
        order = compare_cells(a->table, j, a->row, b->row);
    return order;
}

static int compare_rows(const void *a, const void *b)
{
    const account_row *x = a, *y = b;
    int order = compare_all_cells(x, y);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool has_amount(const account_reading *reading, size_t row)
{
    for (size_t j = 0; j < behov_table_n_columns(reading->table); j++) {
        account_column kind = column_of(behov_table_name(reading->table, j));
        const double *numbers = behov_table_numbers(reading->table, j);
        if ((kind == ACCOUNT_AMOUNT || kind == ACCOUNT_OF_YEAR) && numbers && !isnan(numbers[row]) && numbers[row] != 0)
            return true;
    }
    return false;
}

/* A row that is another in every column would be added up twice. */
static behov_status refuse_rows_twice(const account_reading *reading)
{
    size_t n = behov_table_n_rows(reading->table), twice = SIZE_MAX, first = 0;
    account_row *rows = malloc((n + 1) * sizeof *rows);
    if (!rows)
        return out_of_memory(reading);
    for (size_t i = 0; i < n; i++)
        rows[i] = (account_row){reading->table, i};
    qsort(rows, n, sizeof *rows, compare_rows);
    for (size_t i = 1; i < n; i++)
        if (compare_all_cells(&rows[i - 1], &rows[i]) == 0 && rows[i].row < twice && has_amount(reading, rows[i].row)) {
            twice = rows[i].row;
            first = rows[i - 1].row;
        }
    free(rows);
    if (twice == SIZE_MAX)
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE], earlier[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, twice, -1, where);
    behov_table_where(reading->table, first, -1, earlier);
    return behov_error_say(reading->err, BEHOV_E_DATA, where, SAY_ACCOUNTS_ROW_TWICE, earlier);
}

static size_t function_position(const behov_accounts *accounts, int function)
{
    size_t i = 0;
    while (i < accounts->n_functions && accounts->functions[i] != function)
        i++;
    return i;
}

static void add_amount(behov_accounts *out, size_t position, size_t function, int year, double amount)
{
    double *sum =
        &out->amounts_1000kr[(position * out->n_functions + function) * out->n_years + behov_accounts_year(out, year)];
    if (!isnan(amount))
        *sum = isnan(*sum) ? amount : *sum + amount;
}

static void take_row(const account_reading *reading, size_t row)
{
    behov_accounts *out = reading->out;
    size_t position = behov_accounts_position(out, text_at(reading, reading->code, row)),
           function = function_position(out, function_of(reading, row));
    if (reading->year >= 0) {
        add_amount(out, position, function, (int)behov_table_numbers(reading->table, (size_t)reading->year)[row],
                   behov_table_numbers(reading->table, (size_t)reading->amount)[row]);
        return;
    }
    for (size_t j = 0; j < behov_table_n_columns(reading->table); j++)
        if (column_of(behov_table_name(reading->table, j)) == ACCOUNT_OF_YEAR)
            add_amount(out, position, function, year_of(behov_table_name(reading->table, j)),
                       behov_table_numbers(reading->table, j)[row]);
}

behov_status behov_accounts_of_table(const behov_table *table, behov_accounts *accounts, behov_error *err)
{
    account_reading reading = {.table = table, .out = accounts, .err = err};
    size_t n_rows = behov_table_n_rows(table);
    *accounts = (behov_accounts){.path = strdup(behov_table_source(table))};
    behov_status status = accounts->path ? find_columns(&reading) : out_of_memory(&reading);
    accounts->has_codes = reading.code >= 0;
    if (!status && !n_rows)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_ACCOUNTS_EMPTY);
    if (!status)
        status = behov_municipality_codes_refuse_short(table, reading.code, err);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = look_at_row(&reading, row);
    if (!status)
        status = refuse_rows_twice(&reading);
    if (!status)
        status = reading.year < 0 ? look_at_columns(&reading) : BEHOV_OK;
    if (!status) {
        accounts->amounts_1000kr = behov_missing_numbers(accounts->n * accounts->n_functions * accounts->n_years);
        status = accounts->amounts_1000kr ? BEHOV_OK : out_of_memory(&reading);
    }
    for (size_t row = 0; row < n_rows && !status; row++)
        take_row(&reading, row);
    return status;
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

size_t behov_accounts_position(const behov_accounts *accounts, const char *code)
{
    for (size_t i = 0; i < accounts->n && accounts->has_codes; i++)
        if (strcmp(accounts->codes[i], code) == 0)
            return i;
    return accounts->has_codes ? accounts->n : 0;
}

size_t behov_accounts_year(const behov_accounts *accounts, int year)
{
    size_t i = 0;
    while (i < accounts->n_years && accounts->years[i] != year)
        i++;
    return i;
}

double behov_accounts_amount(const behov_accounts *accounts, size_t position, int function, size_t year)
{
    size_t at = function_position(accounts, function);
    return at == accounts->n_functions
               ? NAN
               : accounts->amounts_1000kr[(position * accounts->n_functions + at) * accounts->n_years + year];
}

double behov_accounts_sum(const behov_accounts *accounts, size_t position, behov_accounts_yardstick yardstick,
                          size_t year, size_t *n_missing)
{
    double sum = 0;
    size_t n = 0, n_there = 0;
    for (size_t i = 0; i < BEHOV_ACCOUNT_FUNCTIONS; i++) {
        if (!behov_accounts_yardstick_counts(yardstick, behov_account_functions[i]))
            continue;
        double amount = behov_accounts_amount(accounts, position, behov_account_functions[i], year);
        n++;
        n_there += !isnan(amount);
        sum += isnan(amount) ? 0 : amount;
    }
    if (n_missing)
        *n_missing = n - n_there;
    return n_there ? sum : NAN;
}
