/* service_figures.c - see behov/service_figures.h. */
#include <behov/service_figures.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/deviation_tree.h>
#include <behov/municipality_codes.h>
#include <behov/number.h>
#include <behov/panel.h>
#include <behov/phrase.h>
#include <behov/plausibility.h>
#include <behov/rounded.h>
#include <behov/study.h>
#include "heading.h"
#include "service_amount.h"

typedef enum figure_column {
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_YEAR,
    COLUMN_POPULATION,
    COLUMN_FUNCTION,
    COLUMN_UNIT,
    COLUMN_LABEL,
    COLUMN_EXPENDITURE,
    COLUMN_RATE, /* expenditure per inhabitant, as a panel has it */
    COLUMN_RECIPIENTS,
    COLUMN_MONTHS,
    N_COLUMNS
} figure_column;

enum { NAMES_MOST = 8 };

/* A recipient's year; no service of the outcome comes near it. */
static const double LARGEST_1000KR = 2000;
/* What a recipient gets in a month: no service of the outcome pays so little. */
static const double LEAST_MONTH_1000KR = 0.1;
/* Below 1 kr there is no figure. Between these ends, and up to BEHOV_MOST_INHABITANTS persons, no quotient, logarithm or
 * sum leaves the range of a double. */
static const double MOST_1000KR = 1e9, LEAST_1000KR = 0.001;

static const char *const known_names[N_COLUMNS][NAMES_MOST] = {
    [COLUMN_POPULATION] = {"innbyggertall", "befolkning", "folketall", "antall innbyggere"}, /* beside a panel's */
    [COLUMN_FUNCTION] = {"function", "funksjon"},
    [COLUMN_UNIT] = {"unit", "enhet"},
    [COLUMN_LABEL] = {"label", "tekst"},
    [COLUMN_EXPENDITURE] = {"expenditure_1000kr", "expenditure in 1000 kr", "utgift_1000kr", "utgift i 1000 kr",
                            "utgifter_1000kr", "utgifter i 1000 kr", "beløp_1000kr", "beløp i 1000 kr"},
    [COLUMN_RATE] = {"net_expenditure"},
    [COLUMN_RECIPIENTS] = {"recipients", "number of recipients", "mottakere", "antall mottakere"},
    [COLUMN_MONTHS] = {"months", "months per recipient", "måneder", "måneder per mottaker",
                       "antall måneder per mottaker", "maaneder", "maaneder per mottaker"},
};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FIGURES_NO_MEMORY);
}

static figure_column column_of(const char *name)
{
    switch (behov_role_of_name(name)) {
    case BEHOV_ROLE_CODE: return COLUMN_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return COLUMN_NAME;
    case BEHOV_ROLE_YEAR: return COLUMN_YEAR;
    case BEHOV_ROLE_POPULATION: return COLUMN_POPULATION;
    default: break;
    }
    for (figure_column column = COLUMN_POPULATION; column < N_COLUMNS; column++)
        for (int i = 0; i < NAMES_MOST && known_names[column][i]; i++)
            if (heading_is(name, known_names[column][i]))
                return column;
    return N_COLUMNS;
}

behov_read_kind behov_service_figures_column(void *context, const char *name)
{
    (void)context;
    if (strcmp(name, "source") == 0) /* says what is simulated */
        return BEHOV_READ_AS_TEXT;
    switch (column_of(name)) {
    case N_COLUMNS: return BEHOV_READ_NOT;
    case COLUMN_CODE: return BEHOV_READ_AS_CODE;
    case COLUMN_NAME:
    case COLUMN_FUNCTION:
    case COLUMN_UNIT:
    case COLUMN_LABEL: return BEHOV_READ_AS_TEXT;
    default: return BEHOV_READ_AS_NUMBER;
    }
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

/* The table while its rows become cells. */
typedef struct rows {
    const behov_table *table;
    ptrdiff_t columns[N_COLUMNS];
    behov_service_figures *out;
} rows;

/* A table from arrays may have codes as numbers. */
static bool is_of_kind(const behov_table *table, size_t column)
{
    bool is_number = behov_service_figures_column(NULL, behov_table_name(table, column)) == BEHOV_READ_AS_NUMBER;
    return is_number == (behov_table_kind(table, column) == BEHOV_COLUMN_NUMBER);
}

behov_status behov_service_figures_lack(const behov_table *table, const char *column, behov_error *err)
{
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(table, list);
    return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_FIGURES_COLUMN_LACKS, column, list);
}

static behov_status find_columns(rows *rows, behov_error *err)
{
    const char *source = behov_table_source(rows->table);
    for (int column = 0; column < N_COLUMNS; column++)
        rows->columns[column] = -1;
    for (size_t j = 0; j < behov_table_n_columns(rows->table); j++) {
        figure_column column = column_of(behov_table_name(rows->table, j));
        if (column == N_COLUMNS)
            continue;
        if (rows->columns[column] >= 0)
            return behov_error_say(err, BEHOV_E_NAME, source, SAY_FIGURES_TWO_COLUMNS,
                                   behov_table_name(rows->table, (size_t)rows->columns[column]),
                                   behov_table_name(rows->table, j));
        if (!is_of_kind(rows->table, j))
            return behov_error_say(err, BEHOV_E_TYPE, source, SAY_FIGURES_KIND, behov_table_name(rows->table, j));
        rows->columns[column] = (ptrdiff_t)j;
    }
    if (rows->columns[COLUMN_CODE] < 0)
        return behov_service_figures_lack(rows->table, "municipality_code", err);
    bool has_rate = rows->columns[COLUMN_RATE] >= 0 && rows->columns[COLUMN_POPULATION] >= 0;
    if (rows->columns[COLUMN_EXPENDITURE] < 0 && !has_rate)
        return behov_service_figures_lack(rows->table, "expenditure_1000kr", err);
    rows->out->is_simulated = behov_study_says_simulated(rows->table);
    rows->out->has_recipients = rows->columns[COLUMN_RECIPIENTS] >= 0;
    rows->out->has_months = rows->columns[COLUMN_MONTHS] >= 0;
    rows->out->has_population = rows->columns[COLUMN_POPULATION] >= 0;
    rows->out->has_function = rows->columns[COLUMN_FUNCTION] >= 0;
    return BEHOV_OK;
}

static const char *text_at(const rows *rows, figure_column column, size_t row)
{
    ptrdiff_t index = rows->columns[column];
    int32_t code = index < 0 ? -1 : behov_table_codes(rows->table, (size_t)index)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(rows->table, (size_t)index), code);
}

/* Of F281 and "281 Økonomisk sosialhjelp" the number, where it is one of those that a tree takes. */
static const char *function_at(const rows *rows, size_t row)
{
    const char *text = text_at(rows, COLUMN_FUNCTION, row);
    const char *digits = text + (text[0] == 'F' || text[0] == 'f');
    size_t n_digits = strspn(digits, "0123456789");
    for (size_t i = 0; behov_tree_functions[i]; i++)
        if (n_digits == 3 && strncmp(digits, behov_tree_functions[i], 3) == 0 &&
            (!digits[3] || digits[3] == ' ' || strcmp(digits + 3, ".0") == 0))
            return behov_tree_functions[i];
    return text;
}

static double figure_at(const rows *rows, figure_column column, size_t row)
{
    ptrdiff_t index = rows->columns[column];
    return index < 0 ? NAN : behov_table_numbers(rows->table, (size_t)index)[row];
}

/* The expenditure, else what it is per inhabitant times the population. */
static double expenditure_at(const rows *rows, size_t row)
{
    return rows->columns[COLUMN_EXPENDITURE] >= 0
               ? figure_at(rows, COLUMN_EXPENDITURE, row)
               : figure_at(rows, COLUMN_RATE, row) * figure_at(rows, COLUMN_POPULATION, row);
}

static const char *place_of(const rows *rows, figure_column column, size_t row, char where[BEHOV_PLACE_SIZE])
{
    behov_table_where(rows->table, row, column == N_COLUMNS ? -1 : rows->columns[column], where);
    return where;
}

static behov_status refuse_size(const rows *rows, figure_column column, size_t row, bool is_large, double limit,
                                behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_said figure = behov_phrase_number(limit);
    place_of(rows, column, row, where);
    return is_large ? behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_LARGE, figure.text)
                    : behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_TOO_SMALL, figure.text);
}

/* Persons are whole, and no figure is one that no municipality can have. */
static behov_status check_sizes(const rows *rows, size_t row, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    static const figure_column persons[] = {COLUMN_POPULATION, COLUMN_RECIPIENTS};
    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) {
        double value = figure_at(rows, persons[i], row);
        if (value > BEHOV_MOST_INHABITANTS)
            return refuse_size(rows, persons[i], row, true, BEHOV_MOST_INHABITANTS, err);
        if (rows->columns[persons[i]] >= 0 &&
            !behov_rounded_is_count(rows->table, (size_t)rows->columns[persons[i]], row))
            return behov_error_say(err, BEHOV_E_DATA, place_of(rows, persons[i], row, where), SAY_FIGURES_NOT_WHOLE);
    }
    double months = figure_at(rows, COLUMN_MONTHS, row), expenditure = fabs(expenditure_at(rows, row));
    figure_column column = rows->columns[COLUMN_EXPENDITURE] >= 0 ? COLUMN_EXPENDITURE : COLUMN_RATE;
    if (months > 0 && months < 1)
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_MONTHS, row, where),
                               SAY_FIGURES_MONTHS_BELOW_1);
    if (expenditure > MOST_1000KR)
        return refuse_size(rows, column, row, true, MOST_1000KR, err);
    if (expenditure > 0 && expenditure < LEAST_1000KR)
        return refuse_size(rows, column, row, false, LEAST_1000KR, err);
    return BEHOV_OK;
}

static behov_status check_row(const rows *rows, size_t row, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    static const figure_column not_negative[] = {COLUMN_POPULATION, COLUMN_RECIPIENTS, COLUMN_MONTHS};
    double year = figure_at(rows, COLUMN_YEAR, row);
    if (!text_at(rows, COLUMN_CODE, row)[0])
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_CODE, row, where), SAY_FIGURES_NO_CODE);
    if (rows->columns[COLUMN_YEAR] >= 0 && !(year >= 1900 && year < 2200 && year == floor(year)))
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_YEAR, row, where), SAY_FIGURES_NO_YEAR);
    if (rows->columns[COLUMN_FUNCTION] >= 0 && !text_at(rows, COLUMN_FUNCTION, row)[0])
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_FUNCTION, row, where), SAY_FIGURES_NO_FUNCTION);
    for (size_t i = 0; i < sizeof not_negative / sizeof *not_negative; i++)
        if (figure_at(rows, not_negative[i], row) < 0)
            return behov_error_say(err, BEHOV_E_DATA, place_of(rows, not_negative[i], row, where),
                                   SAY_FIGURES_NEGATIVE);
    if (figure_at(rows, COLUMN_MONTHS, row) > 12)
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_MONTHS, row, where), SAY_FIGURES_MONTHS);
    return check_sizes(rows, row, err);
}

static behov_status add_rows(rows *rows, behov_error *err)
{
    behov_service_figures *out = rows->out;
    size_t n_rows = behov_table_n_rows(rows->table);
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n_rows && !status; row++) {
        const char *code = text_at(rows, COLUMN_CODE, row), *name = text_at(rows, COLUMN_NAME, row);
        if (behov_code_and_name_mark(code, name) != BEHOV_ROW_MUNICIPALITY) {
            out->n_left_out++;
            continue;
        }
        if ((status = check_row(rows, row, err)))
            break;
        double year = figure_at(rows, COLUMN_YEAR, row);
        out->cells[out->n++] = (behov_service_cell){.year = isnan(year) ? 0 : (int)year,
                                                    .function = function_at(rows, row),
                                                    .expenditure_1000kr = expenditure_at(rows, row),
                                                    .recipients = figure_at(rows, COLUMN_RECIPIENTS, row),
                                                    .months = figure_at(rows, COLUMN_MONTHS, row),
                                                    .population = figure_at(rows, COLUMN_POPULATION, row),
                                                    .row = row,
                                                    .n_rows = 1};
        out->places.all[out->places.n++] =
            (behov_municipality){code, name, figure_at(rows, COLUMN_POPULATION, row), row};
    }
    if (!status && !out->n)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(rows->table), SAY_FIGURES_EMPTY);
    return status;
}

/* ---- cells --------------------------------------------------------------------------------------------------------- */

static int compare_keys(const behov_service_cell *x, const behov_service_cell *y)
{
    if (x->municipality != y->municipality)
        return x->municipality < y->municipality ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return strcmp(x->function, y->function);
}

static int compare_cells(const void *a, const void *b)
{
    const behov_service_cell *x = a, *y = b;
    int order = compare_keys(x, y);
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

/* A figure that a cell of several rows has once. */
static behov_status take_once(const rows *rows, figure_column column, double *value, double next, size_t row,
                              behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    if (!isnan(*value) && !isnan(next) && (*value != next || column == COLUMN_RECIPIENTS))
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, column, row, where), SAY_FIGURES_TWO_VALUES);
    *value = isnan(*value) ? next : *value;
    return BEHOV_OK;
}

/* Two rows of one cell are parts of it only where units or labels tell them apart. */
static behov_status add_to_cell(const rows *rows, behov_service_cell *cell, const behov_service_cell *next,
                                behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    bool is_part = false;
    for (figure_column column = COLUMN_UNIT; column <= COLUMN_LABEL; column++)
        is_part = is_part || strcmp(text_at(rows, column, cell->row), text_at(rows, column, next->row)) != 0;
    if (!is_part)
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, N_COLUMNS, next->row, where), SAY_FIGURES_AGAIN,
                               (unsigned long)behov_table_line(rows->table, cell->row));
    cell->n_rows++;
    cell->expenditure_1000kr += next->expenditure_1000kr; /* of a part that is missing the sum is too */
    behov_status status = take_once(rows, COLUMN_RECIPIENTS, &cell->recipients, next->recipients, next->row, err);
    if (!status)
        status = take_once(rows, COLUMN_MONTHS, &cell->months, next->months, next->row, err);
    return status ? status : take_once(rows, COLUMN_POPULATION, &cell->population, next->population, next->row, err);
}

/* A municipality has one population in a year; functions that lack it take it from the others. */
static behov_status spread_population(const rows *rows, behov_error *err)
{
    behov_service_figures *out = rows->out;
    behov_status status = BEHOV_OK;
    for (size_t start = 0, end; start < out->n && !status; start = end) {
        double population = NAN;
        for (end = start; end < out->n && out->cells[end].municipality == out->cells[start].municipality &&
                          out->cells[end].year == out->cells[start].year && !status;
             end++)
            status =
                take_once(rows, COLUMN_POPULATION, &population, out->cells[end].population, out->cells[end].row, err);
        for (size_t i = start; i < end; i++)
            out->cells[i].population = population;
    }
    return status;
}

/* Figures of a panel, per inhabitant, have limits of their own. */
static behov_status check_cell(const rows *rows, const behov_service_cell *cell, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    bool is_of_amounts = rows->columns[COLUMN_EXPENDITURE] >= 0;
    figure_column column = is_of_amounts ? COLUMN_EXPENDITURE : COLUMN_RATE;
    if (cell->population > 0 && cell->recipients > cell->population) {
        behov_said figure = behov_phrase_number(cell->recipients), inhabitants = behov_phrase_number(cell->population);
        return behov_error_say(err, BEHOV_E_DATA, place_of(rows, COLUMN_RECIPIENTS, cell->row, where),
                               SAY_FIGURES_MORE_RECIPIENTS, figure.text, inhabitants.text);
    }
    return service_amount_check(is_of_amounts ? cell->function : "net_expenditure", cell->expenditure_1000kr,
                                cell->population, place_of(rows, column, cell->row, where), err);
}

/* Of nobody there is no amount in a month; of recipients without months a month at least. */
static bool is_small(const behov_service_cell *cell)
{
    double months = cell->months > 0 ? cell->months : 1;
    return cell->recipients > 0 && cell->expenditure_1000kr > 0 &&
           cell->expenditure_1000kr < LEAST_MONTH_1000KR * cell->recipients * months;
}

/* Of a file without populations the recipients tell: half of its cells cannot be that dear. */
static behov_status check_cells(const rows *rows, behov_error *err)
{
    behov_service_figures *out = rows->out;
    size_t n_with_recipients = 0;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < out->n && !status; i++) {
        const behov_service_cell *cell = &out->cells[i];
        n_with_recipients += cell->recipients > 0 && !isnan(cell->expenditure_1000kr);
        out->n_small += is_small(cell);
        out->n_large += cell->expenditure_1000kr > LARGEST_1000KR * cell->recipients && cell->recipients > 0;
        out->n_summed += cell->n_rows > 1 && !isnan(cell->recipients);
        status = check_cell(rows, cell, err);
    }
    if (!status && out->n_large > 1 && 2 * out->n_large > n_with_recipients)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(rows->table), SAY_FIGURES_KRONER_RECIPIENTS,
                                 (unsigned long)out->n_large, (unsigned long)n_with_recipients);
    if (!status && out->n_small > 1 && 2 * out->n_small > n_with_recipients)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(rows->table), SAY_FIGURES_SMALL_RECIPIENTS,
                                 (unsigned long)out->n_small, (unsigned long)n_with_recipients);
    return status;
}

static behov_status merge_cells(const rows *rows, behov_error *err)
{
    behov_service_figures *out = rows->out;
    behov_status status = BEHOV_OK;
    size_t n_kept = 0;
    for (size_t i = 0; i < out->n; i++)
        out->cells[i].municipality =
            behov_municipality_list_position(&out->places, text_at(rows, COLUMN_CODE, out->cells[i].row), "");
    qsort(out->cells, out->n, sizeof *out->cells, compare_cells);
    for (size_t i = 0; i < out->n && !status; i++) {
        bool is_same = n_kept && compare_keys(&out->cells[n_kept - 1], &out->cells[i]) == 0;
        if (is_same)
            status = add_to_cell(rows, &out->cells[n_kept - 1], &out->cells[i], err);
        else
            out->cells[n_kept++] = out->cells[i];
    }
    out->n = n_kept;
    if (!status)
        status = spread_population(rows, err);
    return status ? status : check_cells(rows, err);
}

static void list_years_and_functions(behov_service_figures *out)
{
    for (size_t i = 0; i < out->n; i++) {
        size_t year = 0, function = 0;
        while (year < out->n_years && out->years[year] < out->cells[i].year)
            year++;
        if (out->cells[i].year && (year == out->n_years || out->years[year] != out->cells[i].year)) {
            memmove(out->years + year + 1, out->years + year, (out->n_years - year) * sizeof *out->years);
            out->years[year] = out->cells[i].year;
            out->n_years++;
        }
        while (function < out->n_functions && strcmp(out->functions[function], out->cells[i].function) < 0)
            function++;
        if (function == out->n_functions || strcmp(out->functions[function], out->cells[i].function) != 0) {
            memmove(out->functions + function + 1, out->functions + function,
                    (out->n_functions - function) * sizeof *out->functions);
            out->functions[function] = out->cells[i].function;
            out->n_functions++;
        }
    }
}

behov_status behov_service_figures_new(const behov_table *table, behov_service_figures *out, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table);
    *out = (behov_service_figures){.table = table};
    rows rows = {.table = table, .out = out};
    out->places.all = malloc((n_rows + 1) * sizeof *out->places.all);
    out->places.source = behov_table_source(table);
    out->cells = malloc((n_rows + 1) * sizeof *out->cells);
    out->years = malloc((n_rows + 1) * sizeof *out->years);
    out->functions = malloc((n_rows + 1) * sizeof *out->functions);
    if (!out->places.all || !out->cells || !out->years || !out->functions)
        return out_of_memory(err);
    behov_status status = find_columns(&rows, err);
    if (!status)
        status = behov_municipality_codes_refuse_short(table, rows.columns[COLUMN_CODE], err);
    if (!status)
        status = add_rows(&rows, err);
    if (status)
        return status;
    behov_municipality_list_settle(&out->places);
    status = merge_cells(&rows, err);
    if (!status)
        list_years_and_functions(out);
    return status;
}

void behov_service_figures_free(behov_service_figures *figures)
{
    behov_municipality_list_free(&figures->places);
    free(figures->cells);
    free(figures->years);
    free(figures->functions);
    *figures = (behov_service_figures){0};
}

/* ---- looking up ---------------------------------------------------------------------------------------------------- */

const behov_service_cell *behov_service_figures_find(const behov_service_figures *figures, size_t municipality,
                                                     int year, const char *function)
{
    size_t low = 0, high = figures->n;
    const behov_service_cell wanted = {
        .municipality = municipality, .year = year, .function = function ? function : ""};
    while (low < high) { /* the first that is not before it */
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&figures->cells[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const behov_service_cell *cell = low < figures->n ? &figures->cells[low] : NULL;
    bool is_there = cell && cell->municipality == municipality && cell->year == year &&
                    (!function || strcmp(cell->function, function) == 0);
    return is_there ? cell : NULL;
}

behov_status behov_service_figures_check_year(const behov_service_figures *figures, int year, behov_error *err)
{
    char list[200] = "";
    size_t length = 0;
    for (size_t i = 0; i < figures->n_years; i++)
        if (figures->years[i] == year)
            return BEHOV_OK;
    for (size_t i = 0; i < figures->n_years && length + 8 < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%d", i ? ", " : "", figures->years[i]);
    return behov_error_say(err, BEHOV_E_NAME, behov_table_source(figures->table), SAY_FIGURES_YEAR_LACKS, year, list);
}

static bool is_of_municipality(const behov_service_figures *figures, const behov_municipality_history *history,
                               const behov_service_cell *cell)
{
    const char *code = figures->places.all[cell->municipality].code;
    int date = behov_municipality_history_date(cell->year ? cell->year : 2020);
    return behov_code_read(code, strlen(code)).kind == BEHOV_CODE_FOUR_DIGITS &&
           (figures->is_simulated || behov_municipality_history_find(history, code, date) >= 0 ||
            behov_municipality_history_nearest(history, code, date) >= 0);
}

/* The same municipality under two codes in a year would count twice among the others. */
static behov_status check_codes_once(const behov_service_figures *figures, const behov_municipality_history *history,
                                     behov_error *err)
{
    const char **codes = calloc(figures->n + 1, sizeof *codes);
    int *years = calloc(figures->n + 1, sizeof *years);
    char where[BEHOV_PLACE_SIZE];
    behov_status status = codes && years ? BEHOV_OK : out_of_memory(err);
    size_t other = 0, i = figures->n;
    for (size_t k = 0; k < figures->n && !status; k++) {
        codes[k] = figures->places.all[figures->cells[k].municipality].code;
        years[k] = figures->cells[k].year;
    }
    if (!status)
        i = behov_municipality_codes_find_twice(codes, years, figures->n, history, &other);
    if (i < figures->n) {
        behov_table_where(figures->table, figures->cells[i].row, -1, where);
        status = behov_municipality_codes_refuse_twice(codes[i], codes[other], where, err);
    }
    free(codes);
    free(years);
    return status;
}

behov_status behov_service_figures_check_codes(const behov_service_figures *figures,
                                               const behov_municipality_history *history, behov_error *err)
{
    const behov_service_cell *first = NULL;
    char where[BEHOV_PLACE_SIZE];
    for (size_t i = 0; i < figures->n; i++)
        if (!is_of_municipality(figures, history, &figures->cells[i]) && (!first || figures->cells[i].row < first->row))
            first = &figures->cells[i];
    if (!first)
        return check_codes_once(figures, history, err);
    const char *code = figures->places.all[first->municipality].code;
    behov_table_where(figures->table, first->row, -1, where);
    return behov_code_read(code, strlen(code)).kind == BEHOV_CODE_FOUR_DIGITS
               ? behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_CODE_UNKNOWN, code)
               : behov_error_say(err, BEHOV_E_DATA, where, SAY_FIGURES_CODE_NONE, behov_cut(code, 40).text);
}
