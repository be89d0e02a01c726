/* study_findings.c - see study_findings.h. */
#include <behov/study_findings.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known_columns.h"

/* ---- kinds ---------------------------------------------------------------------------------------------------------
 * */

static const char *const kind_names[BEHOV_N_ODDITY_KINDS] = {
    "no_municipality", "code",      "row",   "limit", "unit", "total",  "jump",     "two_codes", "missing",
    "influence",       "exact_fit", "model", "empty", "life", "copied", "constant", "country",
};

const char *behov_finding_kind_word(behov_oddity_kind kind)
{
    return kind < BEHOV_N_ODDITY_KINDS ? kind_names[kind] : "";
}

const char *behov_finding_severity_name(behov_severity severity)
{
    return severity == BEHOV_MENDED        ? "mended"
           : severity == BEHOV_ERROR       ? "error"
           : severity == BEHOV_INFORMATION ? "information"
                                           : "warning";
}

bool behov_finding_is_allowed(const behov_study *study, const behov_oddity *finding)
{
    return finding->severity != BEHOV_MENDED && ((study->n_allowed >> finding->kind) & 1u);
}

unsigned long behov_finding_line(const behov_study *study, const behov_oddity *finding)
{
    return finding->row < 0 ? 0 : behov_table_line(study->table, (size_t)finding->row);
}

const char *behov_finding_code(const behov_study *study, const behov_oddity *finding)
{
    return finding->row < 0 ? "" : behov_panel_code(&study->panel, (size_t)finding->row);
}

bool behov_finding_is_of_unit(const behov_oddity *finding)
{
    return finding->kind == BEHOV_ODD_UNIT && finding->cause == BEHOV_UNIT_WHOLE_COLUMN;
}

const behov_oddity *behov_findings_unit_doubt(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (behov_finding_is_of_unit(&findings[i]) && !behov_finding_is_allowed(study, &findings[i]))
            return &findings[i];
    return NULL;
}

bool behov_finding_is_of_fractions(const behov_oddity *finding)
{
    return finding->kind == BEHOV_ODD_UNIT && finding->cause == BEHOV_UNIT_FRACTIONS && !finding->is_rest;
}

/* The unit of an outcome is its user's affair. */
static bool is_in_a_term(const behov_study *study, size_t column)
{
    const char *name = behov_table_name(study->table, column);
    for (size_t t = 0; study->formula && t < behov_formula_n_terms(study->formula); t++)
        for (size_t c = 0; c < behov_formula_n_components(study->formula, t); c++) {
            const behov_expression *expression = behov_formula_component(study->formula, t, c).expression;
            for (size_t i = 0; i < behov_expression_n_columns(expression); i++)
                if (strcmp(behov_expression_column(expression, i), name) == 0)
                    return true;
        }
    return false;
}

bool behov_findings_look_like_fractions(const behov_study *study, size_t column)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].column == (ptrdiff_t)column && behov_finding_is_of_fractions(&findings[i]) &&
            !behov_finding_is_allowed(study, &findings[i]))
            return findings[i].severity == BEHOV_WARNING || is_in_a_term(study, column);
    return false;
}

/* ---- the panel -----------------------------------------------------------------------------------------------------
 * */

size_t behov_findings_n_kept_rows(const behov_study *study)
{
    size_t n = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        const char *code = behov_panel_code(&study->panel, row), *name = behov_panel_municipality(&study->panel, row);
        n += behov_code_and_name_mark(code, name) != BEHOV_ROW_MUNICIPALITY;
    }
    return n;
}

/* What the reader put right stands first among the findings. */
static behov_status add_mending(behov_study *study, behov_error *err)
{
    const behov_code_mending *mended = &study->mending;
    const struct {
        size_t n, row;
        behov_code_cause cause;
    } causes[] = {{mended->n_decorated, mended->decorated_row, BEHOV_CODE_IS_DECORATED},
                  {mended->n_zeros, mended->zero_row, BEHOV_CODE_LOST_ZERO}};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof causes / sizeof *causes && !status; i++) {
        if (causes[i].n == 0)
            continue;
        behov_oddity finding = behov_oddity_new(BEHOV_ODD_CODE, BEHOV_MENDED, (int)causes[i].cause,
                                                (ptrdiff_t)causes[i].row, study->panel.columns[BEHOV_ROLE_CODE]);
        finding.count = causes[i].n;
        status = behov_plausibility_add(study->plausibility, finding, err);
    }
    return status;
}

static behov_status count_municipalities(behov_study *study, behov_error *err)
{
    ptrdiff_t column = study->panel.columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const int32_t *codes = behov_table_codes(study->table, (size_t)column);
    size_t n_levels = behov_dictionary_count(behov_table_levels(study->table, (size_t)column));
    study->n_municipalities = n_levels;
    if (behov_table_n_marked(study->table) == 0)
        return BEHOV_OK;
    bool *has_rows = calloc(n_levels + 1, sizeof *has_rows);
    if (!has_rows)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CODES);
    study->n_municipalities = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        if (codes[row] < 0 || behov_table_row_mark(study->table, row) || has_rows[codes[row]])
            continue;
        has_rows[codes[row]] = true;
        study->n_municipalities++;
    }
    free(has_rows);
    return BEHOV_OK;
}

/* A whole panel has many columns; a dozen cells show what is wrong with one. */
enum { LISTED_OF_PANEL = 12 };

/* What the model, or the saved fit, says of the panel's columns, and what is known of such columns by their names. */
typedef struct columns_told {
    behov_column_limits *limits;
    behov_column_range *ranges;
    size_t n_limits, n_ranges;
    bool *is_per_cent; /* by column */
    behov_column_range usual[KNOWN_COLUMNS];
    size_t n_usual;
} columns_told;

/* The column of numbers that a name means, -1 = there is none. */
static ptrdiff_t number_column(const behov_study *study, const char *name)
{
    ptrdiff_t column = behov_table_find(study->table, name);
    return column < 0 || behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_NUMBER ? -1 : column;
}

static void learn_limits(columns_told *told, ptrdiff_t column, behov_model_limits limits)
{
    for (size_t i = 0; i < told->n_limits; i++)
        if (told->limits[i].column == (size_t)column)
            return; /* the model of the call goes before a saved one */
    if (column >= 0)
        told->limits[told->n_limits++] =
            (behov_column_limits){(size_t)column, limits.low, limits.high, limits.is_whole};
}

/* Whether a text says that figures are in per cent: new_refugees_pct, "Innbyggere 16–66 år, prosent", "Share (%)". */
static bool says_per_cent(const char *text)
{
    static const char *const words[] = {"prosent", "Prosent", "per cent", "Per cent", "percent", "Percent", "%"};
    size_t length = text ? strlen(text) : 0;
    for (size_t i = 0; length && i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i]))
            return true;
    return length > 4 && strcmp(text + length - 4, "_pct") == 0;
}

static behov_status learn_per_cent(const behov_study *study, columns_told *told, behov_error *err)
{
    size_t n = behov_table_n_columns(study->table);
    told->is_per_cent = calloc(n + 1, sizeof *told->is_per_cent);
    if (!told->is_per_cent)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < n; j++) {
        const char *name = behov_table_name(study->table, j);
        told->is_per_cent[j] = behov_table_numbers(study->table, j) && says_per_cent(name);
        for (int lang = 0; lang < BEHOV_N_LANGUAGES && behov_table_numbers(study->table, j); lang++)
            told->is_per_cent[j] =
                told->is_per_cent[j] ||
                says_per_cent(behov_model_find_pair(study->model.labels[lang], study->model.n_labels[lang], name));
    }
    return BEHOV_OK;
}

/* A known column is in per cent whatever the formula, unless its whole numbers may be persons. */
static void learn_usual(const behov_study *study, columns_told *told)
{
    for (size_t i = 0; i < KNOWN_COLUMNS; i++) {
        ptrdiff_t column = known_columns_find(study, i);
        if (column < 0)
            continue;
        told->usual[told->n_usual++] =
            (behov_column_range){(size_t)column, known_columns[i].usual_low, NAN, known_columns[i].usual_high};
        told->is_per_cent[column] = told->is_per_cent[column] || known_columns_is_broken(study, (size_t)column);
    }
}

static behov_status learn_columns(const behov_study *study, columns_told *told, behov_error *err)
{
    told->limits = calloc(study->model.n_limits + study->n_saved_columns + 1, sizeof *told->limits);
    told->ranges = calloc(study->n_saved_columns + 1, sizeof *told->ranges);
    if (!told->limits || !told->ranges)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t i = 0; i < study->model.n_limits; i++) {
        const char *name = study->model.limits[i].key;
        learn_limits(told, number_column(study, name), behov_model_limits_of(&study->model, name));
    }
    for (size_t i = 0; i < study->n_saved_columns; i++) {
        const behov_saved_column *saved_column = &study->saved_columns[i];
        ptrdiff_t column = number_column(study, saved_column->name);
        if (saved_column->has_limits)
            learn_limits(told, column, saved_column->limits);
        if (saved_column->has_range && column >= 0)
            told->ranges[told->n_ranges++] =
                (behov_column_range){(size_t)column, saved_column->low, saved_column->mean, saved_column->high};
    }
    return BEHOV_OK;
}

behov_status behov_findings_look(behov_study *study, behov_error *err)
{
    return behov_findings_look_knowing(study, false, err);
}

behov_status behov_findings_look_knowing(behov_study *study, bool knows_codes, behov_error *err)
{
    columns_told told = {0};
    behov_status status = learn_columns(study, &told, err);
    if (!status)
        status = learn_per_cent(study, &told, err);
    if (!status)
        learn_usual(study, &told);
    ptrdiff_t index = known_columns_find_name(study, "clustering_index");
    behov_plausibility_options options = {.limits = told.limits,
                                          .n_limits = told.n_limits,
                                          .is_per_cent = told.is_per_cent,
                                          .ranges = told.ranges,
                                          .n_ranges = told.n_ranges,
                                          .usual = told.usual,
                                          .n_usual = told.n_usual,
                                          .outcome = behov_formula_outcome_column(study->formula),
                                          .unit = study->unit,
                                          .index = index < 0 ? NULL : behov_table_name(study->table, (size_t)index),
                                          .exclude = study->exclude,
                                          .listed_most = knows_codes ? LISTED_OF_PANEL : 0,
                                          .knows_codes = knows_codes,
                                          .n_threads = study->n_threads};
    if (!status)
        status = behov_plausibility_new(&study->panel, &options, &study->plausibility, err);
    free(told.limits);
    free(told.ranges);
    free(told.is_per_cent);
    if (!status)
        status = known_columns_look(study, err);
    if (!status)
        status = known_zeros_look(study, err);
    if (!status)
        status = known_alone_look(study, err);
    if (!status)
        status = count_municipalities(study, err);
    return status ? status : add_mending(study, err);
}

/* ---- the model -----------------------------------------------------------------------------------------------------
 * */

static bool has_column(const behov_study *study, const char *name)
{
    behov_role role = behov_role_of_name(name);
    return behov_table_find(study->table, name) >= 0 || (role < BEHOV_N_ROLES && study->panel.columns[role] >= 0);
}

/* Adds the columns of an expression that the panel lacks; those behind BEHOV_LACKING_COLUMNS are counted alone. */
static size_t add_lacking(const behov_study *study, const behov_expression *expression, const char **names, size_t n)
{
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++) {
        const char *name = behov_expression_column(expression, i);
        size_t index = 0, n_named = n < BEHOV_LACKING_COLUMNS ? n : BEHOV_LACKING_COLUMNS;
        if (has_column(study, name))
            continue;
        while (index < n_named && strcmp(names[index], name) != 0)
            index++;
        if (index < n_named)
            continue;
        if (n < BEHOV_LACKING_COLUMNS)
            names[n] = name;
        n++;
    }
    return n;
}

static size_t list_lacking(const behov_study *study, bool with_outcome, const char *names[BEHOV_LACKING_COLUMNS])
{
    size_t n = with_outcome ? add_lacking(study, behov_formula_outcome(study->formula), names, 0) : 0;
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t); i++)
            n = add_lacking(study, behov_formula_component(study->formula, t, i).expression, names, n);
    return n;
}

size_t behov_findings_lacking_columns(const behov_study *study, const char *names[BEHOV_LACKING_COLUMNS])
{
    return list_lacking(study, true, names);
}

/* The table's own names alone: what a formula finds by an alias is in it. */
behov_status behov_findings_refuse_lacking(const behov_study *study, bool needs_outcome, behov_error *err)
{
    enum { NAMED_MOST = 30 };
    const char *names[BEHOV_LACKING_COLUMNS];
    size_t n = list_lacking(study, needs_outcome, names), n_named = n < NAMED_MOST ? n : NAMED_MOST;
    if (n < 2)
        return BEHOV_OK;
    behov_said list = {""};
    for (size_t i = 0; i < n_named; i++) {
        behov_said before = list;
        behov_phrase_list(&list, before.text, i ? ", " : "", behov_cut(names[i], 60).text, NULL);
    }
    char columns[BEHOV_COLUMN_LIST];
    size_t n_columns = behov_table_n_columns(study->table) + behov_table_n_unread(study->table),
           n_listed = behov_table_list(study->table, columns);
    return behov_error_say(err, BEHOV_E_NAME, behov_table_source(study->table), SAY_STUDY_LACKS_COLUMNS, n, list.text,
                           n_named < n ? behov_phrase(SAY_NAMES_MORE, n - n_named).text : "", columns,
                           n_listed < n_columns ? behov_phrase(SAY_NAMES_MORE, n_columns - n_listed).text : "");
}

static behov_status add_model(behov_study *study, behov_model_cause cause, size_t count, behov_error *err)
{
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_MODEL, BEHOV_ERROR, (int)cause, -1, -1);
    finding.count = count;
    return behov_plausibility_add(study->plausibility, finding, err);
}

behov_status behov_findings_add_model(behov_study *study, behov_error *err)
{
    const char *names[BEHOV_LACKING_COLUMNS];
    size_t n = behov_findings_lacking_columns(study, names);
    return n ? add_model(study, BEHOV_MODEL_LACKS_COLUMNS, n, err) : BEHOV_OK;
}

behov_status behov_findings_add_refusal(behov_study *study, const behov_error *refusal, behov_error *err)
{
    study->refusal = *refusal;
    return add_model(study, BEHOV_MODEL_IS_REFUSED, 1, err);
}

/* ---- the fit -------------------------------------------------------------------------------------------------------
 * */

/* Half a row's fitted value is its own outcome above this leverage; a Cook's distance of 1 moves all coefficients to
 * the edge of their 50 % region (Cook 1977). */
static const double MUCH_LEVERAGE = 0.5, MUCH_INFLUENCE = 1;

static behov_status add_influence(behov_study *study, const behov_design *design, const behov_row_diagnosis *rows,
                                  behov_error *err)
{
    size_t n;
    const uint32_t *estimated = behov_design_estimated(design, &n);
    const double *leverage = behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE);
    const double *cook = behov_row_diagnosis_values(rows, BEHOV_ROW_COOKS_DISTANCE);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (!(leverage[i] > MUCH_LEVERAGE || cook[i] > MUCH_INFLUENCE))
            continue;
        behov_oddity finding =
            behov_oddity_new(BEHOV_ODD_INFLUENCE, BEHOV_WARNING, 0, (ptrdiff_t)behov_row_at(estimated, i), -1);
        finding.value = leverage[i];
        finding.high = cook[i];
        status = behov_plausibility_add(study->plausibility, finding, err);
    }
    return status;
}

static behov_status add_exact(behov_study *study, const behov_fit *fit, behov_exact_cause cause, double value,
                              behov_error *err)
{
    const char *outcome = behov_formula_outcome_column(study->formula);
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_EXACT_FIT, BEHOV_WARNING, (int)cause, -1,
                                            outcome ? behov_table_find(study->table, outcome) : -1);
    finding.value = value;
    finding.count = behov_fit_n_rows(fit);
    return behov_plausibility_add(study->plausibility, finding, err);
}

behov_status behov_findings_add_fit(behov_study *study, const behov_design *design, const behov_fit *fit,
                                    behov_error *err)
{
    if (behov_fit_is_exact(fit))
        return add_exact(study, fit, BEHOV_EXACT_FIGURES, NAN, err);
    int decimals;
    behov_status status = behov_fit_find_rounding(fit, design, &decimals, err);
    if (!status && decimals >= 0)
        status = add_exact(study, fit, BEHOV_EXACT_BUT_ROUNDED, decimals, err);
    if (status)
        return status;
    if (behov_fit_n_rows(fit) < 6 * behov_fit_rank(fit))
        return BEHOV_OK;
    bool may_exceed;
    behov_row_diagnosis *rows = NULL;
    status = behov_rows_may_exceed(fit, design, MUCH_LEVERAGE, MUCH_INFLUENCE, &may_exceed, err);
    if (status || !may_exceed)
        return status;
    status = behov_row_diagnosis_new(fit, design, &rows, err);
    if (!status)
        status = add_influence(study, design, rows, err);
    behov_row_diagnosis_free(rows);
    return status;
}
