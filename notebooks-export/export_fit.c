/* export_fit.c - see export_fit.h.
 *
 * Regressors are products of parts, whatever the formula's coding of factors: a script builds the columns of the matrix
 * by arithmetic and needs no language's own idea of contrasts. */
#include "export_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/model_labels.h>
#include <behov/number.h>
#include <behov/study_words.h>

#include "export_data.h"
#include "sha256.h"

typedef struct builder {
    export_fit *fit;
    const behov_study *study;
    bool has_all_columns;
    behov_error *err;
} builder;

static behov_status no_memory(const builder *b)
{
    return behov_error_say(b->err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
}

/* A text that a script shall hold: a line break would end its comment, and a control character its string somewhere. */
static behov_status check_text(const builder *b, const char *where, const char *text)
{
    for (const unsigned char *byte = (const unsigned char *)text; *byte; byte++)
        if (*byte < ' ' || *byte == 0x7F)
            return behov_error_say(b->err, BEHOV_E_DATA, where, SAY_EXPORT_CONTROL_CHARACTER, behov_cut(text, 60).text);
    return BEHOV_OK;
}

/* Names that the scripts, their templates and the data give to columns of their own, whatever the panel calls its own. */
static const char *const own_names[] = {"in_sample",       "behov_need", "behov_ratio_pct", "refit_need",
                                        "refit_ratio_pct", "intercept",  "row_number",      "i"};
enum { N_OWN_NAMES = sizeof own_names / sizeof *own_names };

/* Before any column is named: a panel's in_sample becomes in_sample_2. */
static void reserve_own_names(export_fit *fit)
{
    for (size_t i = 0; i < N_OWN_NAMES; i++)
        memcpy(fit->identifiers[fit->n_identifiers++], own_names[i], strlen(own_names[i]) + 1);
}

/* A new identifier of a name. The room was made before: earlier ones stay where they are. */
static const char *identify(builder *b, const char *name)
{
    export_fit *fit = b->fit;
    char *identifier = fit->identifiers[fit->n_identifiers];
    identifier_make(name, (const char(*)[IDENTIFIER_SIZE])fit->identifiers, fit->n_identifiers, identifier);
    fit->n_identifiers++;
    return identifier;
}

/* ---- columns ------------------------------------------------------------------------------------------------------ */

static size_t position_of(const export_fit *fit, size_t table_column)
{
    for (size_t j = 0; j < fit->n_columns; j++)
        if (fit->columns[j].kind == EXPORT_TABLE_COLUMN && fit->columns[j].table_column == table_column)
            return j;
    return fit->n_columns;
}

size_t export_fit_find_column(const export_fit *fit, const char *name)
{
    ptrdiff_t column = behov_table_find(fit->results->study->table, name);
    return column < 0 ? fit->n_columns : position_of(fit, (size_t)column);
}

static void add_column(builder *b, ptrdiff_t table_column)
{
    export_fit *fit = b->fit;
    if (table_column < 0 || position_of(fit, (size_t)table_column) < fit->n_columns)
        return;
    const behov_table *table = b->study->table;
    const char *name = behov_table_name(table, (size_t)table_column);
    fit->columns[fit->n_columns++] =
        (export_column){.kind = EXPORT_TABLE_COLUMN,
                        .table_column = (size_t)table_column,
                        .name = name,
                        .label = behov_model_label(&b->study->model, fit->lang, name),
                        .unit = behov_model_unit(&b->study->model, fit->lang, name),
                        .identifier = identify(b, name),
                        .is_text = behov_table_kind(table, (size_t)table_column) == BEHOV_COLUMN_TEXT};
}

static void add_columns_of(builder *b, const behov_expression *expression)
{
    for (size_t i = 0; expression && i < behov_expression_n_columns(expression); i++)
        add_column(b, behov_table_find(b->study->table, behov_expression_column(expression, i)));
}

static size_t add_computed(builder *b, int kind, const char *identifier, behov_word label, const char *unit)
{
    export_fit *fit = b->fit;
    fit->columns[fit->n_columns] = (export_column){.kind = kind,
                                                   .name = identifier,
                                                   .label = behov_label(fit->lang, label),
                                                   .unit = unit,
                                                   .identifier = identifier}; /* reserved */
    return fit->n_columns++;
}

static size_t add_role(builder *b, behov_role role)
{
    ptrdiff_t column = b->study->panel.columns[role];
    add_column(b, column);
    return column < 0 ? SIZE_MAX : position_of(b->fit, (size_t)column);
}

/* What the panel sets aside is written anew from what the fit used. */
static bool is_set_aside(const export_fit *fit, size_t table_column)
{
    return fit->results->study->panel.columns[BEHOV_ROLE_ESTIMATED_ON] == (ptrdiff_t)table_column;
}

static behov_status add_columns(builder *b)
{
    export_fit *fit = b->fit;
    const behov_formula *formula = b->study->formula;
    fit->code = add_role(b, BEHOV_ROLE_CODE);
    fit->name = add_role(b, BEHOV_ROLE_MUNICIPALITY);
    fit->year = add_role(b, BEHOV_ROLE_YEAR);
    fit->population = add_role(b, BEHOV_ROLE_POPULATION);
    add_columns_of(b, fit->outcome);
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t c = 0; c < behov_formula_n_components(formula, t); c++)
            add_columns_of(b, behov_formula_component(formula, t, c).expression);
    add_columns_of(b, fit->weights);
    for (size_t i = 0; i < fit->n_clusters; i++)
        add_columns_of(b, fit->clusters[i].expression);
    for (size_t j = 0; b->has_all_columns && j < behov_table_n_columns(b->study->table); j++)
        if (!is_set_aside(fit, j))
            add_column(b, (ptrdiff_t)j);
    fit->in_sample = add_computed(b, EXPORT_IN_SAMPLE, "in_sample", BEHOV_WORD_EXPORT_IN_SAMPLE, "0/1");
    fit->need = add_computed(b, EXPORT_NEED, "behov_need", BEHOV_WORD_EXPORT_OUR_NEED, "");
    fit->ratio = add_computed(b, EXPORT_RATIO, "behov_ratio_pct", BEHOV_WORD_EXPORT_OUR_RATIO, "%");
    size_t *roles[] = {&fit->code, &fit->name, &fit->year, &fit->population};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (*roles[i] == SIZE_MAX)
            *roles[i] = fit->n_columns;
    return BEHOV_OK;
}

double export_fit_number(const export_fit *fit, size_t column, size_t row)
{
    const behov_fit_results *results = fit->results;
    switch (fit->columns[column].kind) {
    case EXPORT_IN_SAMPLE: return behov_design_fate(results->design, row) == BEHOV_ROW_ESTIMATED;
    case EXPORT_NEED: return results->need ? behov_need_need(results->need, row) : NAN;
    case EXPORT_RATIO: return results->need ? behov_need_ratio(results->need, row) : NAN;
    default: return behov_table_numbers(results->study->table, fit->columns[column].table_column)[row];
    }
}

const char *export_fit_text(const export_fit *fit, size_t column, size_t row)
{
    const behov_table *table = fit->results->study->table;
    int32_t code = behov_table_codes(table, fit->columns[column].table_column)[row];
    return code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, fit->columns[column].table_column), code);
}

static behov_status check_texts(const builder *b)
{
    const export_fit *fit = b->fit;
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < fit->n_columns && !status; j++) {
        status = check_text(b, fit->columns[j].name, fit->columns[j].name);
        for (size_t i = 0; i < fit->n_rows && fit->columns[j].is_text && !status; i++) {
            const char *text = export_fit_text(fit, j, behov_row_at(fit->rows, i));
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(b->study->table, behov_row_at(fit->rows, i), (ptrdiff_t)fit->columns[j].table_column,
                              where);
            status = text ? check_text(b, where, text) : BEHOV_OK;
        }
    }
    return status ? status : check_text(b, "", fit->title);
}

/* ---- terms -------------------------------------------------------------------------------------------------------- */

static behov_status add_part(builder *b, export_term *term, const behov_regressor *regressor, size_t i)
{
    behov_component piece = behov_formula_component(b->study->formula, regressor->term, i);
    export_part *part = &term->parts[term->n_parts++];
    if (!piece.is_factor) {
        part->expression = piece.expression;
        return BEHOV_OK;
    }
    part->column = export_fit_find_column(b->fit, piece.name);
    part->level = strndup(term->name + regressor->starts[i], regressor->lengths[i]);
    if (!part->level)
        return no_memory(b);
    part->level_number = NAN;
    (void)behov_number_parse(part->level, strlen(part->level), '.', &part->level_number);
    return BEHOV_OK;
}

static behov_status add_term(builder *b, size_t k)
{
    export_fit *fit = b->fit;
    const behov_fit_results *results = fit->results;
    export_term *term = &fit->terms[fit->n_terms++];
    behov_regressor regressor = {0};
    *term = (export_term){.name = behov_design_regressor(results->design, k),
                          .is_intercept = k == 0 && behov_design_has_intercept(results->design),
                          .is_dropped = behov_fit_is_dropped(results->fit, k),
                          .coefficient = results->coefficients[k]};
    term->label = behov_study_term(b->study, term->name);
    fit->n_kept += !term->is_dropped;
    behov_status status = check_text(b, term->name, term->name);
    if (!status)
        status = check_text(b, term->name, term->label);
    if (!status && term->is_intercept)
        term->identifier = "intercept"; /* reserved */
    if (status || term->is_intercept)
        return status;
    if (!behov_regressor_read(b->study->formula, term->name, &regressor))
        return behov_error_say(b->err, BEHOV_E_NAME, term->name, SAY_EXPORT_TERM_UNKNOWN);
    for (size_t i = 0; i < regressor.n_parts && !status; i++)
        status = add_part(b, term, &regressor, i);
    const export_part *only = term->n_parts == 1 ? term->parts : NULL;
    const char *column = only && only->expression ? behov_expression_sole_column(only->expression) : NULL;
    term->is_column = column != NULL;
    term->identifier = column ? fit->columns[export_fit_find_column(fit, column)].identifier : identify(b, term->name);
    return status;
}

/* ---- the fit ------------------------------------------------------------------------------------------------------ */

static behov_status add_cluster(builder *b, const char *key)
{
    export_cluster *cluster = &b->fit->clusters[b->fit->n_clusters];
    cluster->key = key;
    behov_status status = behov_expression_parse(key, strlen(key), "--cluster", &cluster->expression, b->err);
    if (status && behov_table_find(b->study->table, key) >= 0) { /* a column whose name is no expression */
        behov_wording quoted = {0};
        behov_wording_print(&quoted, "`%s`", key);
        const char *text = behov_wording_text(&quoted);
        status = behov_expression_parse(text, strlen(text), "--cluster", &cluster->expression, b->err);
        behov_wording_free(&quoted);
    }
    b->fit->n_clusters += !status;
    return status;
}

static void name_clusters(builder *b)
{
    for (size_t i = 0; i < b->fit->n_clusters; i++) {
        export_cluster *cluster = &b->fit->clusters[i];
        const char *column = behov_expression_sole_column(cluster->expression);
        cluster->column = column ? export_fit_find_column(b->fit, column) : b->fit->n_columns;
        cluster->identifier = cluster->column < b->fit->n_columns ? b->fit->columns[cluster->column].identifier
                                                                  : identify(b, i ? "cluster_2" : "cluster_1");
    }
}

/* More than will be needed, so that nothing moves. */
static behov_status make_room(builder *b)
{
    export_fit *fit = b->fit;
    size_t n_columns = behov_table_n_columns(b->study->table) + 3;
    size_t n_terms = behov_design_n_regressors(fit->results->design);
    fit->columns = calloc(n_columns, sizeof *fit->columns);
    fit->terms = calloc(n_terms, sizeof *fit->terms);
    fit->identifiers = calloc(N_OWN_NAMES + n_columns + n_terms + 8, sizeof *fit->identifiers);
    return fit->columns && fit->terms && fit->identifiers ? BEHOV_OK : no_memory(b);
}

static void take_results(export_fit *fit, const behov_fit_results *results)
{
    const behov_study *study = results->study;
    *fit = (export_fit){.results = results,
                        .lang = study->lang,
                        .title = study->model.title ? study->model.title : behov_formula_outcome_name(study->formula),
                        .formula = behov_formula_text(study->formula),
                        .outcome = behov_formula_outcome(study->formula),
                        .outcome_name = behov_formula_outcome_name(study->formula),
                        .kind = behov_vcov_kind_of(results->vcov),
                        .working = study->working,
                        .weights = study->weights,
                        .weight_kind = study->weight_kind};
    size_t n_estimated;
    fit->rows = behov_design_predicted(results->design, &fit->n_rows);
    (void)behov_design_estimated(results->design, &n_estimated);
    fit->n_estimated = n_estimated;
}

static behov_status build(builder *b)
{
    export_fit *fit = b->fit;
    const behov_fit_results *results = fit->results;
    behov_status status = make_room(b);
    if (!status)
        reserve_own_names(fit);
    if (!status && results->cluster)
        status = add_cluster(b, results->cluster);
    if (!status && results->second_cluster)
        status = add_cluster(b, results->second_cluster);
    if (!status)
        status = add_columns(b);
    for (size_t i = 0; i < fit->n_clusters && !status; i++)
        if (!behov_expression_sole_column(fit->clusters[i].expression)) /* a column may be of text */
            status = behov_expression_bind(fit->clusters[i].expression, b->study->table, b->err);
    if (status)
        return status;
    const char *outcome = behov_expression_sole_column(fit->outcome);
    fit->outcome_is_column = outcome != NULL;
    fit->outcome_identifier =
        outcome ? fit->columns[export_fit_find_column(fit, outcome)].identifier : identify(b, "outcome");
    if (fit->weights)
        fit->weights_identifier = identify(b, "weights");
    name_clusters(b);
    for (size_t k = 0; k < behov_design_n_regressors(results->design) && !status; k++)
        status = add_term(b, k);
    if (!status)
        status = check_texts(b);
    if (!status)
        status = export_data_csv(fit, &fit->csv, b->err);
    if (!status)
        sha256_hex(behov_wording_text(&fit->csv), fit->csv.length, fit->sha256);
    return status;
}

behov_status export_fit_new(const behov_fit_results *results, bool has_all_columns, export_fit *fit, behov_error *err)
{
    builder b = {.fit = fit, .study = results->study, .has_all_columns = has_all_columns, .err = err};
    take_results(fit, results);
    return build(&b);
}

void export_fit_free(export_fit *fit)
{
    for (size_t k = 0; k < fit->n_terms; k++)
        for (size_t i = 0; i < fit->terms[k].n_parts; i++)
            free(fit->terms[k].parts[i].level);
    for (size_t i = 0; i < fit->n_clusters; i++)
        behov_expression_free(fit->clusters[i].expression);
    free(fit->columns);
    free(fit->terms);
    free(fit->identifiers);
    behov_wording_free(&fit->csv);
    *fit = (export_fit){0};
}
