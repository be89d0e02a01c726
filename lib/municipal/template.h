/* template.h - the panel that a model needs, before anybody has filled it: its columns, and the rows that are waited
 * for. */
#ifndef BEHOV_CLI_TEMPLATE_H
#define BEHOV_CLI_TEMPLATE_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "directory.h"
#include "fitting.h"
#include "read_model.h"
#include "study.h"

/* What a column is for; of several, the first. */
typedef enum template_use {
    TEMPLATE_CODE,
    TEMPLATE_MUNICIPALITY,
    TEMPLATE_YEAR,
    TEMPLATE_OUTCOME,
    TEMPLATE_REGRESSOR,
    TEMPLATE_POPULATION,
    TEMPLATE_CLUSTER,
    TEMPLATE_WEIGHT,
    TEMPLATE_CONDITION,
    TEMPLATE_N_USES
} template_use;

typedef struct template_column {
    char *name; /* owned */
    template_use use;
    bool is_number;        /* computed with; a level or a key may be text too */
    model_limits limits;   /* of a number */
    const char *reference; /* level that some row has to have (borrowed from the formula); NULL = none */
} template_column;

enum { TEMPLATE_FIRST_YEAR = 1900, TEMPLATE_LAST_YEAR = 2100 };

/* Zero-initialise; free with template_free in any case. */
typedef struct template
{
    const behov_study *of;
    template_column *columns;
    size_t n_columns;
    behov_table *list; /* what the names and codes of `places` stand in */
    directory places;  /* whose rows are filled in beforehand */
    int *years;
    size_t n_years;
}
template;

/* The columns of the model: code, name and year of a municipality, then all that the formula, --population, the
 * clustering, the weights and the condition name, each once. A column that the model calls by another name of its role
 * (kommunenr) keeps that name.
 * \param of  from study_open_model (borrowed)
 * BEHOV_E_SYNTAX for a model that names no column. */
behov_status template_columns(const behov_study *of, const cluster_options *clusters, const char *population, template *out,
                              behov_error *err) BEHOV_MUST_CHECK;
/* The municipalities of a list or a panel, each once. BEHOV_E_DATA with its line: a code that is not of four digits,
 * one that stands twice in a list without years; BEHOV_E_NAME: no column of codes; and the errors of read_csv. */
behov_status template_list(template *to, const char *path, behov_error *err) BEHOV_MUST_CHECK;
/* "2017-2021", "2015,2017-2019". BEHOV_E_ARGUMENT. */
behov_status template_years(template *to, const char *text, behov_error *err) BEHOV_MUST_CHECK;
void template_free(template *of);

/* Rows that are filled in beforehand: by municipality, then by year. */
size_t template_n_rows(const template *of);
const municipality *template_municipality(const template *of, size_t row);
/* Whether the year that the model measures the others against is among the years; also true when none is asked for. */
bool template_has_reference_year(const template *of);
/* 0 when no years were named. */
int template_year(const template *of, size_t row);

#endif
