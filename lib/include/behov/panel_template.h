/* panel_template.h - the panel that a model needs, before anybody has filled it: its columns, and the rows that are
 * waited for. */
#ifndef BEHOV_PANEL_TEMPLATE_H
#define BEHOV_PANEL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "column_request.h"
#include "error.h"
#include "estimation.h"
#include "municipality_list.h"
#include "notice.h"
#include "phrase.h"
#include "study.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a column is for; of several, the first.
typedef enum behov_panel_template_use {
    BEHOV_TEMPLATE_CODE,
    BEHOV_TEMPLATE_MUNICIPALITY,
    BEHOV_TEMPLATE_YEAR,
    BEHOV_TEMPLATE_OUTCOME,
    BEHOV_TEMPLATE_REGRESSOR,
    BEHOV_TEMPLATE_POPULATION,
    BEHOV_TEMPLATE_CLUSTER,
    BEHOV_TEMPLATE_WEIGHT,
    BEHOV_TEMPLATE_CONDITION,
    BEHOV_TEMPLATE_N_USES
} behov_panel_template_use;

typedef struct behov_panel_template_column {
    char *name; /* owned */
    behov_panel_template_use use;
    bool is_number;            /* computed with; a level or a key may be text too */
    behov_model_limits limits; /* of a number */
    const char *reference;     /* level that some row has to have (borrowed from the formula); NULL = none */
} behov_panel_template_column;

enum { BEHOV_TEMPLATE_FIRST_YEAR = 1900, BEHOV_TEMPLATE_LAST_YEAR = 2100 };

/// Zero-initialise; free with behov_panel_template_free in any case.
typedef struct behov_panel_template {
    const behov_study *study;
    behov_panel_template_column *columns;
    size_t n_columns;
    behov_table *list;              /* what the names and codes of `places` stand in */
    behov_municipality_list places; /* whose rows are filled in beforehand */
    int *years;
    size_t n_years;
} behov_panel_template;

/// The columns of the model: code, name and year of a municipality, then all that the formula, --population, the
/// clustering, the weights and the condition name, each once. A column that the model calls by another name of its role
/// (kommunenr) keeps that name.
/// \param study  with its model; needs no panel (borrowed)
/// BEHOV_E_SYNTAX for a model that names no column.
BEHOV_API behov_status behov_panel_template_columns(const behov_study *study, const behov_cluster_options *clusters,
                                                    const char *population, behov_panel_template *out,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// The municipalities of a list or a panel, each once.
/// \param list    taken in any case: the panel template frees it
/// \param notice  hears of rows that are no municipality; NULL = nobody
/// BEHOV_E_DATA with its line: a code that is not of four digits, one that stands twice in a list without years;
/// BEHOV_E_NAME: no column of codes.
BEHOV_API behov_status behov_panel_template_list(behov_panel_template *out, behov_table *list,
                                                 const behov_notice *notice, behov_error *err) BEHOV_MUST_CHECK;
/// How a reader takes the columns of such a list, which may have the headings of KLASS; the context is not used.
BEHOV_API behov_read_kind behov_panel_template_column_of_list(void *context, const char *name);
/// "2017-2021", "2015,2017-2019". BEHOV_E_ARGUMENT.
BEHOV_API behov_status behov_panel_template_years(behov_panel_template *out, const char *text,
                                                  behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_panel_template_free(behov_panel_template *panel_template);

/// Rows that are filled in beforehand: by municipality, then by year.
BEHOV_API size_t behov_panel_template_n_rows(const behov_panel_template *panel_template);
BEHOV_API const behov_municipality *behov_panel_template_municipality(const behov_panel_template *panel_template,
                                                                      size_t row);
/// Whether the year that the model measures the others against is among the years; also true when none is asked for.
BEHOV_API bool behov_panel_template_has_reference_year(const behov_panel_template *panel_template);
/// 0 when no years were named.
BEHOV_API int behov_panel_template_year(const behov_panel_template *panel_template, size_t row);

#ifdef __cplusplus
}
#endif
#endif
