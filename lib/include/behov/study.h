/* study.h - a panel and a model, bound to one another: what every analysis of a panel starts from. Knows neither files
 * nor options: the model is a struct, the panel a table. */
#ifndef BEHOV_STUDY_H
#define BEHOV_STUDY_H

#include <stdbool.h>

#include "column_request.h"
#include "design.h"
#include "vcov.h"
#include "error.h"
#include "expression.h"
#include "formula.h"
#include "language.h"
#include "model.h"
#include "need.h"
#include "notice.h"
#include "panel.h"
#include "phrase.h"
#include "plausibility.h"
#include "report.h"
#include "table.h"
#include "table_conventions.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The first year that the bundled model is measured against, where the panel lacks that of the report.
typedef struct behov_reference_change {
    bool is_changed;
    bool is_one_year; /* the panel has one year alone: no effects of years */
    int reference, first_year;
} behov_reference_change;

/// What a saved fit says of a column: what its figures may be, and what they were.
typedef struct behov_saved_column {
    char *name;
    bool has_limits, has_range;
    behov_model_limits limits;
    double low, mean, high;
} behov_saved_column;

typedef struct behov_study {
    behov_language lang;
    bool shows_names;    /* terms by their names in the formula, not by their labels */
    bool is_for_readers; /* of a council's page: what is said of findings has labels for columns, and no commands */
    behov_table_conventions conventions;
    bool is_bundled;       /* the bundled panel */
    bool is_part;          /* the panel is a part of one: what comparing its rows finds stops nothing */
    bool is_simulated;     /* the panel's column `source` says simulated */
    char *panel_path;      /* as the user gave it, or of the bundled panel */
    char *model_path;      /* NULL for a formula without a model file */
    bool is_bundled_model; /* that of the report; its reference year gives way to the panel's years */
    behov_model model;
    behov_formula *formula;
    behov_expression *exclude, *set_aside; /* bound; NULL = none */
    behov_expression *weights;             /* bound; NULL = none */
    behov_weight_kind weight_kind;
    behov_working_variance working; /* of CV2 */
    bool model_excludes;            /* it is the model that has the condition, not the user */
    const char *exclude_text;       /* as the user or the model wrote it; NULL = none */
    behov_table *table;
    behov_panel panel;
    behov_outcome_unit unit;
    unsigned n_allowed;               /* what is let through: bits 1u << behov_oddity_kind */
    size_t n_municipalities;          /* codes of rows that are municipalities; 0 without a column of codes */
    behov_code_mending mending;       /* what the reader put right in the codes */
    behov_plausibility *plausibility; /* what a look at the panel found */
    char **cautions; /* sentences that every output carries: the unit, figures that may be wrong, what was let through,
                      * what a condition cannot decide, what the making of the panel left open, the reference, what
                      * parts say of themselves */
    size_t n_cautions;
    bool doubts_the_levels;   /* the last of them is that levels did not converge: it stands first on every page */
    bool doubts_the_unit;     /* the first of them is about the outcome's unit */
    size_t n_share_cautions;  /* how many after that one are of shares for per cent: pages of text begin with them */
    bool doubts_a_share;      /* one of them is about columns of per cent that may hold parts of 1 */
    const char *missing_mark; /* the one mark that the user named for missing values; NULL when none or several */
    char *unread_columns; /* names of columns that the model does not use, "a, b", the first 20 of them; NULL = none */
    size_t n_unread_columns;
    char *assumed_reference; /* levels that were taken for the reference, "year=2020, g=a"; NULL = none */
    const behov_saved_column *saved_columns; /* of given coefficients (borrowed) */
    size_t n_saved_columns;
    behov_error refusal; /* why the model cannot be fitted; of the finding BEHOV_MODEL_IS_REFUSED */
    behov_reference_change reference_change;
    behov_notice notice; /* of what every analysis of the study finds worth a word */
    size_t n_threads;    /* for whatever is computed of it; 0 = 1 */
} behov_study;

/// What a model is to be besides what its file says; texts are borrowed and must outlive the study.
typedef struct behov_model_request {
    const char *formula;                           /* NULL = the model's own */
    const char *exclude;                           /* "" or NULL = no row is left out */
    const char *exclude_origin;                    /* what messages call it */
    const char *set_aside, *weights;               /* NULL = none */
    const char *set_aside_origin, *weights_origin; /* what messages call them */
    behov_weight_kind weight_kind;
    behov_working_variance working; /* of CV2 */
} behov_model_request;

/// Parses the formula, the conditions and the weights of study->model (already read; empty for a formula alone), and
/// holds the model's keys against its own formula. BEHOV_E_SYNTAX, BEHOV_E_NAME, BEHOV_E_MEMORY; where = what is wrong.
BEHOV_API behov_status behov_study_set_model(behov_study *study, const behov_model_request *request,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// Which columns of a panel a study asks for: those that its formula, conditions, weights and clusters name, and those
/// of the roles. Zero-initialise; free with behov_panel_request_free.
typedef struct behov_panel_request {
    const behov_study *study;
    const char *role_columns[BEHOV_N_ROLES]; /* names that the user gave, NULL = the usual names */
    const char *const *cluster_keys;         /* columns or arithmetic (borrowed) */
    size_t n_cluster_keys;
    const char *const *more_numbers; /* columns of numbers beside those, such as what shares are of (borrowed) */
    size_t n_more_numbers;
    bool reads_all;                                   /* columns that the model does not use, too */
    bool collects;                                    /* does not stop at what is wrong with rows */
    const struct behov_municipality_history *history; /* that codes are held against (borrowed); NULL = they are not */
    bool keeps_formula; /* given coefficients are those of the formula as it is: its reference year stays */
    const char *role_options[BEHOV_N_ROLES]; /* how messages say that a role's column is named, "--year"; NULL = not */
    const char *exclude_hint; /* what messages add where the model's own condition cannot be bound; NULL = nothing */
    behov_expression *
        *expressions; /* the outcome, conditions, weights (borrowed), then keys that are arithmetic (owned) */
    size_t n_expressions, first_owned;
} behov_panel_request;

/// Fills the expressions, once the other members are set. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_panel_request_prepare(behov_panel_request *request, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_panel_request_free(behov_panel_request *request);
/// Keeps the name of a column that is not read (study->unread_columns). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_study_note_unread(behov_study *study, const char *name, behov_error *err) BEHOV_MUST_CHECK;
/// How a column of this name is to be read. Called once per column, in the order of the header.
BEHOV_API behov_read_kind behov_panel_request_column(behov_panel_request *request, const char *name);

/// Binds the study to a table (owned from now on, also after a failure): roles, rows that are no municipality,
/// conditions, a look at the figures (study->found), the reference year, rows that the panel itself sets aside
/// (estimated_on = 0).
BEHOV_API behov_status behov_study_set_table(behov_study *study, behov_panel_request *request, behov_table *table,
                                             behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_study_close(behov_study *study);

/// Whether a panel says of itself that it is simulated: in any row of its column `source`.
BEHOV_API bool behov_study_says_simulated(const behov_table *table);
/// Whether the outcome or a term of a formula names the column.
BEHOV_API bool behov_study_formula_names(const behov_formula *formula, const char *column);
/// Whether a column of the formula is that of the year, under its own name or that of its role.
BEHOV_API bool behov_study_is_year(const behov_study *study, const char *column);
/// Whether the outcome is a function of an amount, as log(y): then there are no ratios.
BEHOV_API bool behov_study_is_transformed(const behov_study *study);
/// How an amount in the outcome's unit is printed: kr per inhabitant whole and grouped, 1000 kr with three decimals.
BEHOV_API behov_quantity behov_study_amount_quantity(const behov_study *study);
/// Whether a bound condition is true in any row.
BEHOV_API bool behov_study_meets_a_row(const behov_study *study, const behov_expression *condition);
/// Rows where a bound condition has no value, for a figure in it is missing: they stay.
BEHOV_API size_t behov_study_n_undecided(const behov_study *study, const behov_expression *condition);

/// One more sentence that every output carries (copied). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_study_add_caution(behov_study *study, const char *text, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
