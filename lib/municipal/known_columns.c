/* known_columns.c - see known_columns.h.
 *
 * Where the mean of Norwegian municipalities lies in any year since the 1990s, in per cent, of those above 0. Wide, for a
 * hundredth is what is looked for. Settled refugees were fewest in 2020 and most in 2022 and 2023.
 *
 * Least and most of any municipality, with generous margins:
 *   population_16_66            56.7 (Bindal 2021) to 72.9 (Oslo 2012): SSB, table 07459, 1 January 2010-18 and 2021
 *   new_refugees                0 to 5.5: IMDi, settled 2012-16, by inhabitants
 *   non_western_immigrants      0 to 13.4 in 2012-16: SSB, table 09817, by inhabitants
 *   disabled_18_49              0.6 to 3.1 in 2012-16: NAV, disabled of all ages, at the age group's level
 *   upper_secondary_completion  29.5 to 88.9: IMDi, cohorts of 2011-13 together; one small cohort may be far lower, so a
 *                               figure outside is doubted and not refused */
#include "known_columns.h"

#include <math.h>
#include <string.h>

#include <behov/study_findings.h>

const known_column known_columns[KNOWN_COLUMNS] = {
    {"disabled_18_49", 0.5, 4, 0, 15, true},
    {"population_16_66", 50, 75, 45, 85, true},
    {"non_western_immigrants", 0.3, 20, 0, 60, true},
    {"new_refugees", 0.1, 1.5, 0, 15, true},
    {"upper_secondary_completion", 40, 90, 5, 100, false},
};

/* The length of a name without its endings; *says_per_cent when one of them does. */
static size_t length_of_stem(const char *name, bool *says_per_cent)
{
    static const char *const endings[] = {"_pct", "_proxy", "_near"};
    size_t length = strlen(name), n = sizeof endings / sizeof *endings;
    *says_per_cent = false;
    for (size_t i = 0; i < n;) {
        size_t ending = strlen(endings[i]);
        bool is_there = length > ending && strncmp(name + length - ending, endings[i], ending) == 0;
        *says_per_cent = *says_per_cent || (is_there && i == 0);
        length -= is_there ? ending : 0;
        i = is_there ? 0 : i + 1;
    }
    return length;
}

static bool is_label(const behov_study *study, const char *known_name, const char *name)
{
    for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
        const char *label = behov_model_find_pair(study->model.labels[lang], study->model.n_labels[lang], known_name);
        if (label && strcmp(label, name) == 0)
            return true;
    }
    return false;
}

ptrdiff_t known_columns_find(const behov_study *study, size_t i)
{
    return known_columns_find_name(study, known_columns[i].name);
}

ptrdiff_t known_columns_find_name(const behov_study *study, const char *known_name)
{
    const behov_table *table = study->table;
    ptrdiff_t found = behov_table_find(table, known_name);
    if (found >= 0 && behov_table_kind(table, (size_t)found) != BEHOV_COLUMN_NUMBER)
        found = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const char *name = behov_table_name(table, j);
        bool says_per_cent;
        size_t length = length_of_stem(name, &says_per_cent);
        bool is_stem = strlen(known_name) == length && strncmp(name, known_name, length) == 0;
        if (behov_table_kind(table, j) != BEHOV_COLUMN_NUMBER || !(is_stem || is_label(study, known_name, name)))
            continue;
        if (says_per_cent)
            return (ptrdiff_t)j;
        found = found < 0 ? (ptrdiff_t)j : found;
    }
    return found;
}

bool known_columns_is_broken(const behov_study *study, size_t column)
{
    const double *values = behov_table_numbers(study->table, column);
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++)
        if (isfinite(values[row]) && values[row] != floor(values[row]) && !behov_table_row_mark(study->table, row))
            return true;
    return false;
}

/* Whether its unit is doubted: then its figures are not those that the limits are of. */
static bool has_other_unit(const behov_study *study, size_t column)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].column == (ptrdiff_t)column && findings[i].kind == BEHOV_ODD_UNIT)
            return true;
    return false;
}

/* Whether figures below 0 are told already: outside the limits of a model, or as a mark for missing. */
static bool has_told_below(const behov_study *study, size_t column, double value)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].column == (ptrdiff_t)column &&
            ((findings[i].kind == BEHOV_ODD_LIMIT && findings[i].cause == BEHOV_LIMIT_OF_MODEL) ||
             (findings[i].kind == BEHOV_ODD_MISSING && findings[i].value == value)))
            return true;
    return false;
}

/* A column that is below 0 in a quarter of the rows is no share, whatever its name. */
static bool is_seldom_below(const behov_study *study, size_t column)
{
    const double *values = behov_table_numbers(study->table, column);
    size_t n_rows = behov_table_n_rows(study->table), n_below = 0;
    for (size_t row = 0; row < n_rows; row++)
        n_below += values[row] < 0;
    return 4 * n_below < n_rows;
}

static behov_status add_outside(behov_study *study, const known_column *known_column, size_t column, size_t row,
                                behov_error *err)
{
    double value = behov_table_numbers(study->table, column)[row];
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_LIMIT, known_column->is_error_outside || value < 0 ? BEHOV_ERROR : BEHOV_WARNING,
                         BEHOV_LIMIT_OF_COUNTRY, (ptrdiff_t)row, (ptrdiff_t)column);
    finding.value = value;
    finding.low = known_column->least > 0 || value < 0 ? known_column->least : NAN;
    finding.high = known_column->most < 100 ? known_column->most : NAN;
    bool is_told = value < 0 && has_told_below(study, column, value);
    return is_told ? BEHOV_OK : behov_plausibility_add(study->plausibility, finding, err);
}

/* Above 100 is for the limits of a share, and infinite for the estimation. */
static bool is_outside(const known_column *known_column, double value)
{
    return value <= 100 && value > -INFINITY && (value < known_column->least || value > known_column->most);
}

static behov_status look_at_column(behov_study *study, const known_column *known_column, size_t column,
                                   behov_error *err)
{
    const double *values = behov_table_numbers(study->table, column);
    size_t n_rows = behov_table_n_rows(study->table);
    behov_status status = BEHOV_OK;
    bool has_below = false, is_seldom = false;
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_EXPRESSION_BLOCK) {
        double excluded[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(study->exclude, study->table, first, excluded);
        for (size_t i = 0; i < n && !status; i++) {
            double value = values[first + i];
            if (!is_outside(known_column, value) || behov_table_row_mark(study->table, first + i) ||
                !(isnan(excluded[i]) || excluded[i] == 0))
                continue;
            if (value < 0 && !has_below) {
                has_below = true;
                is_seldom = is_seldom_below(study, column);
            }
            if (value >= 0 || is_seldom)
                status = add_outside(study, known_column, column, first + i, err);
        }
    }
    return status;
}

/* Nothing but whole numbers may be persons, unless the model says per cent. */
static bool is_in_per_cent(const behov_study *study, size_t i, size_t column)
{
    return behov_model_limits_of(&study->model, known_columns[i].name).high == 100 ||
           known_columns_is_broken(study, column);
}

behov_status known_columns_look(behov_study *study, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < KNOWN_COLUMNS && !status; i++) {
        ptrdiff_t column = known_columns_find(study, i);
        if (column >= 0 && !has_other_unit(study, (size_t)column) && is_in_per_cent(study, i, (size_t)column))
            status = look_at_column(study, &known_columns[i], (size_t)column, err);
    }
    return status;
}
