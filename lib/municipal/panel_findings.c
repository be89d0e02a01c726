/* panel_findings.c - see panel_findings.h: the rows of a panel by municipality and by year, and the looks in order. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/panel_merge.h>
#include <behov/study_findings.h>
#include <behov/word.h>

#include "empty_cells.h"

behov_status whole_panel_add(const whole_panel *panel, behov_oddity finding, behov_error *err)
{
    if (panel->is_beside_fit && finding.severity != BEHOV_ERROR)
        return BEHOV_OK;
    finding.severity = panel->is_beside_fit ? BEHOV_WARNING : finding.severity;
    return behov_plausibility_add(panel->study->plausibility, finding, err);
}

behov_severity whole_panel_severity(const panel_column *column)
{
    return column->is_of_model ? BEHOV_ERROR : BEHOV_WARNING;
}

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

void whole_panel_sort(double *values, size_t n)
{
    if (n > 1)
        qsort(values, n, sizeof *values, compare_figures);
}

double whole_panel_median(double *values, size_t n)
{
    whole_panel_sort(values, n);
    return n == 0 ? NAN : n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

typedef struct keyed_row {
    int32_t key;
    int year;
    uint32_t row;
} keyed_row;

static int compare_keyed(const void *a, const void *b)
{
    const keyed_row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static int compare_years(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

/* Rows of a municipality and a year that is one; without a column of years every row has the year 0. */
static size_t collect_rows(const behov_study *study, keyed_row *keyed)
{
    const behov_panel *panel = &study->panel;
    double excluded[BEHOV_EXPRESSION_BLOCK];
    ptrdiff_t key = behov_panel_key(panel), year_column = panel->columns[BEHOV_ROLE_YEAR];
    const int32_t *keys = key < 0 ? NULL : behov_table_codes(panel->table, (size_t)key);
    const double *years = year_column < 0 ? NULL : behov_table_numbers(panel->table, (size_t)year_column);
    size_t n = 0;
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++) {
        size_t place = row % BEHOV_EXPRESSION_BLOCK;
        double year = years ? years[row] : 0;
        if (place == 0)
            behov_expression_evaluate_block(study->exclude, panel->table, row, excluded);
        bool is_excluded = excluded[place] == excluded[place] && excluded[place] != 0;
        bool is_year = !years || (year >= 1900 && year <= 2100 && year == floor(year));
        if (!behov_table_row_mark(panel->table, row) && !is_excluded && is_year && (!keys || keys[row] >= 0))
            keyed[n++] = (keyed_row){keys ? keys[row] : (int32_t)row, (int)year, (uint32_t)row};
    }
    if (n > 1)
        qsort(keyed, n, sizeof *keyed, compare_keyed);
    return n;
}

static void order_years(whole_panel *panel, const keyed_row *keyed)
{
    for (size_t i = 0; i < panel->n_rows; i++)
        panel->years[i] = keyed[i].year;
    if (panel->n_rows > 1)
        qsort(panel->years, panel->n_rows, sizeof *panel->years, compare_years);
    for (size_t i = 0; i < panel->n_rows; i++)
        if (panel->n_years == 0 || panel->years[i] != panel->years[panel->n_years - 1])
            panel->years[panel->n_years++] = panel->years[i];
}

static void order_by_year(whole_panel *panel)
{
    for (size_t i = 0; i < panel->n_rows; i++)
        panel->year_first[panel->year_at[panel->rows[i]] + 1]++;
    for (size_t t = 0; t < panel->n_years; t++)
        panel->year_first[t + 1] += panel->year_first[t];
    for (size_t i = 0; i < panel->n_rows; i++)
        panel->year_rows[panel->year_first[panel->year_at[panel->rows[i]]]++] = panel->rows[i];
    for (size_t t = panel->n_years; t > 0; t--) /* each first has moved to the next one */
        panel->year_first[t] = panel->year_first[t - 1];
    panel->year_first[0] = 0;
}

static void fill_rows(whole_panel *panel, const keyed_row *keyed)
{
    order_years(panel, keyed);
    for (size_t i = 0; i < panel->n_rows; i++) {
        const int *year = bsearch(&keyed[i].year, panel->years, panel->n_years, sizeof *panel->years, compare_years);
        panel->rows[i] = keyed[i].row;
        panel->year_at[keyed[i].row] = (size_t)(year - panel->years);
        if (i == 0 || keyed[i].key != keyed[i - 1].key) {
            panel->first[panel->n_groups++] = i;
            continue;
        }
        size_t now = panel->year_at[keyed[i].row], before = panel->year_at[keyed[i - 1].row];
        if (now == before + 1)
            panel->pairs[panel->n_pairs++] = (panel_pair){keyed[i - 1].row, keyed[i].row, now};
    }
    panel->first[panel->n_groups] = panel->n_rows;
    order_by_year(panel);
}

static behov_status collect(whole_panel *panel, behov_error *err)
{
    const behov_table *table = panel->study->table;
    size_t n = behov_table_n_rows(table) + 2; /* one behind the last, and never none */
    keyed_row *keyed = calloc(n, sizeof *keyed);
    panel->rows = calloc(n, sizeof *panel->rows);
    panel->first = calloc(n, sizeof *panel->first);
    panel->years = calloc(n, sizeof *panel->years);
    panel->year_at = calloc(n, sizeof *panel->year_at);
    panel->year_rows = calloc(n, sizeof *panel->year_rows);
    panel->year_first = calloc(n, sizeof *panel->year_first);
    panel->pairs = calloc(n, sizeof *panel->pairs);
    panel->n_table_rows = behov_table_n_rows(table);
    panel->work = calloc(3 * n, sizeof *panel->work);
    panel->columns = calloc(behov_table_n_columns(table) + 1, sizeof *panel->columns);
    bool has_memory = keyed && panel->rows && panel->first && panel->years && panel->year_at && panel->year_rows &&
                      panel->year_first && panel->pairs && panel->work && panel->columns;
    if (has_memory) {
        panel->n_rows = collect_rows(panel->study, keyed);
        fill_rows(panel, keyed);
    }
    free(keyed);
    return has_memory ? BEHOV_OK : out_of_memory(err);
}

static void free_panel(whole_panel *panel)
{
    free(panel->rows);
    free(panel->first);
    free(panel->years);
    free(panel->year_at);
    free(panel->year_rows);
    free(panel->year_first);
    free(panel->pairs);
    free(panel->work);
    free(panel->columns);
}

/* ---- columns ------------------------------------------------------------------------------------------------------- */

/* More than nine in ten of the changes between years are none, of ten and more. */
static bool is_still(const whole_panel *panel, const double *values)
{
    const double MOST = 0.95;
    enum { LEAST = 10 };
    size_t n = 0, n_equal = 0;
    for (size_t i = 0; i < panel->n_pairs; i++) {
        double old = values[panel->pairs[i].old_row], value = values[panel->pairs[i].row];
        if (isnan(old) || isnan(value))
            continue;
        n++;
        n_equal += value == old;
    }
    return n >= LEAST && (double)n_equal >= MOST * (double)n;
}

/* What behov itself writes beside the figures of a panel says nothing of its sources. */
static bool is_own_column(const char *name)
{
    static const char *const own[] = {BEHOV_MERGE_EXACT_COLUMN, "behov_need", "behov_ratio_pct"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    return false;
}

static void describe_columns(whole_panel *panel)
{
    const behov_study *study = panel->study;
    const ptrdiff_t *roles = study->panel.columns;
    const char *outcome = behov_formula_outcome_column(study->formula);
    for (size_t j = 0; j < behov_table_n_columns(study->table); j++) {
        const double *values = behov_table_numbers(study->table, j);
        if (!values || roles[BEHOV_ROLE_YEAR] == (ptrdiff_t)j || roles[BEHOV_ROLE_ESTIMATED_ON] == (ptrdiff_t)j)
            continue;
        const char *name = behov_table_name(study->table, j);
        if (is_own_column(name))
            continue;
        bool is_population = roles[BEHOV_ROLE_POPULATION] == (ptrdiff_t)j;
        bool is_of_model = is_population || behov_study_formula_names(study->formula, name);
        if (panel->is_beside_fit && !is_of_model)
            continue;
        panel->columns[panel->n_columns++] = (panel_column){
            .column = j,
            .values = values,
            .is_outcome = outcome && behov_table_find(study->table, outcome) == (ptrdiff_t)j,
            .is_population = is_population,
            .is_of_model = is_of_model,
            .is_still = is_still(panel, values),
        };
    }
}

/* ---- the model's columns ------------------------------------------------------------------------------------------- */

static behov_status look_for_columns(const whole_panel *panel, behov_error *err)
{
    const char *names[BEHOV_LACKING_COLUMNS];
    size_t n = behov_findings_lacking_columns(panel->study, names);
    if (!n)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_MODEL, panel->options->needs_model ? BEHOV_ERROR : BEHOV_INFORMATION,
                         BEHOV_MODEL_OF_OTHER_COLUMNS, -1, -1);
    finding.count = n;
    return whole_panel_add(panel, finding, err);
}

behov_status behov_panel_findings_look(behov_study *study, const behov_panel_findings_options *options,
                                       behov_error *err)
{
    static behov_status (*const looks[])(const whole_panel *, behov_error *) = {
        look_for_columns,          whole_panel_look_at_lives,  whole_panel_look_at_columns, whole_panel_look_at_copies,
        whole_panel_look_at_order, whole_panel_look_at_shifts, whole_panel_look_at_changes, whole_panel_look_at_country,
    };
    whole_panel panel = {.study = study, .options = options};
    behov_status status = behov_findings_look_knowing(study, true, err);
    if (!status)
        status = collect(&panel, err);
    if (!status)
        describe_columns(&panel);
    for (size_t i = 0; i < sizeof looks / sizeof *looks && !status; i++)
        status = looks[i](&panel, err);
    if (!status)
        status = behov_empty_cells_add_all(study, err);
    free_panel(&panel);
    return status;
}

behov_status behov_panel_findings_look_beside_fit(behov_study *study, const behov_panel_findings_options *options,
                                                  behov_error *err)
{
    static behov_status (*const looks[])(const whole_panel *, behov_error *) = {
        whole_panel_look_at_codes,
        whole_panel_look_at_copies,
        whole_panel_look_at_order,
        whole_panel_look_at_shifts,
    };
    whole_panel panel = {.study = study, .options = options, .is_beside_fit = true};
    if (!behov_panel_findings_are_beside_fit(study))
        return BEHOV_OK;
    behov_status status = collect(&panel, err);
    if (!status)
        describe_columns(&panel);
    for (size_t i = 0; i < sizeof looks / sizeof *looks && !status; i++)
        status = looks[i](&panel, err);
    free_panel(&panel);
    return status;
}

bool behov_panel_findings_are_beside_fit(const behov_study *study)
{
    return study->formula && study->panel.columns[BEHOV_ROLE_YEAR] >= 0 &&
           behov_table_n_rows(study->table) <= BEHOV_BESIDE_FIT_MOST_ROWS;
}
