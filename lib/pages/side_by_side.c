/* side_by_side.c - the table of several fits. Two rows a term; below them what the columns are. */
#include <behov/side_by_side.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "letters.h"
#include <behov/model_labels.h>
#include <behov/wording.h>

enum { ROWS_OF_TERM = 2, ROWS_OF_FIT = 6 };

typedef struct term_list {
    const char **terms;
    const behov_model **names; /* of the fit in which each was met first; may be NULL */
    size_t n;
} term_list;

void behov_side_kind_name(behov_vcov_kind kind, char text[16])
{
    snprintf(text, 16, "%s", behov_vcov_kind_name(kind));
    for (char *c = text; *c && kind != BEHOV_VCOV_CLASSICAL; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
}

static bool is_there(const behov_fit_column *fit_column)
{
    return fit_column->coefficients != NULL;
}

static const behov_coefficient *find(const behov_fit_column *fit_column, const char *term)
{
    if (!is_there(fit_column))
        return NULL;
    for (size_t k = 0; k < behov_design_n_regressors(fit_column->design); k++)
        if (strcmp(behov_design_regressor(fit_column->design, k), term) == 0)
            return behov_fit_is_dropped(fit_column->fit, k) ? NULL : &fit_column->coefficients[k];
    return NULL;
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SIDE_BY_SIDE_NO_MEMORY);
}

static behov_status list_terms(const behov_fit_column *sides, size_t n_sides, term_list *list, behov_error *err)
{
    size_t most = 1;
    for (size_t i = 0; i < n_sides; i++)
        most += is_there(&sides[i]) ? behov_design_n_regressors(sides[i].design) : 0;
    list->terms = calloc(most, sizeof *list->terms);
    list->names = calloc(most, sizeof *list->names);
    if (!list->terms || !list->names)
        return out_of_memory(err);
    for (size_t i = 0; i < n_sides; i++)
        for (size_t k = 0; is_there(&sides[i]) && k < behov_design_n_regressors(sides[i].design); k++) {
            const char *term = behov_design_regressor(sides[i].design, k);
            size_t index = 0;
            while (index < list->n && strcmp(list->terms[index], term) != 0)
                index++;
            if (index == list->n) {
                list->names[list->n] = sides[i].names;
                list->terms[list->n++] = term;
            }
        }
    return BEHOV_OK;
}

/* Which rows stand below the terms: those that say something of these columns. */
typedef struct footer {
    size_t n_rows, outcome, observations, clusters, dof, adj_r2, errors; /* rows, SIZE_MAX = not there */
} footer;

static footer plan_footer(const behov_fit_column *sides, size_t n_sides, bool has_dof, size_t first)
{
    footer plan = {first, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    bool outcomes_differ = false, has_clusters = false;
    for (size_t i = 0; i < n_sides; i++) {
        outcomes_differ = outcomes_differ ||
                          (sides[i].outcome && sides[0].outcome && strcmp(sides[i].outcome, sides[0].outcome) != 0);
        has_clusters = has_clusters || (is_there(&sides[i]) && behov_vcov_n_clusters(sides[i].vcov));
    }
    if (outcomes_differ)
        plan.outcome = plan.n_rows++;
    plan.observations = plan.n_rows++;
    if (has_clusters)
        plan.clusters = plan.n_rows++;
    if (has_dof)
        plan.dof = plan.n_rows++;
    plan.adj_r2 = plan.n_rows++;
    plan.errors = plan.n_rows++;
    return plan;
}

/* What the row under a coefficient measures. */
static behov_quantity beneath(const behov_side_by_side_style *style)
{
    return style->conventions.brackets == BEHOV_BRACKETS_T   ? BEHOV_Q_T_BENEATH
           : style->conventions.brackets == BEHOV_BRACKETS_P ? BEHOV_Q_P_BENEATH
                                                             : BEHOV_Q_ERROR_BENEATH;
}

/* The figure of it; an interval is no figure. */
static double figure_beneath(const behov_side_by_side_style *style, const behov_coefficient *c)
{
    switch (style->conventions.brackets) {
    case BEHOV_BRACKETS_T: return c->t;
    case BEHOV_BRACKETS_P: return c->p;
    case BEHOV_BRACKETS_INTERVAL: return NAN;
    default: return c->se;
    }
}

static behov_status set_labels(behov_report *report, const term_list *list, const footer *plan,
                               const behov_side_by_side_style *style, behov_error *err)
{
    behov_language lang = style->lang;
    const struct {
        size_t row;
        behov_word key;
        behov_quantity quantity;
    } rows[ROWS_OF_FIT] = {{plan->outcome, BEHOV_WORD_OUTCOME, BEHOV_Q_TEXT},
                           {plan->observations, BEHOV_WORD_N_OBSERVATIONS, BEHOV_Q_COUNT},
                           {plan->clusters, BEHOV_WORD_N_CLUSTERS, BEHOV_Q_COUNT},
                           {plan->dof, BEHOV_WORD_DOF, BEHOV_Q_DOF},
                           {plan->adj_r2, BEHOV_WORD_ADJ_R2, BEHOV_Q_SHARE},
                           {plan->errors, BEHOV_WORD_SE_KIND, BEHOV_Q_TEXT}};
    static const behov_model no_names = {0};
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < list->n && !status; k++) {
        const behov_model *names = list->names[k] ? list->names[k] : &no_names;
        status =
            behov_report_set_text(report, 0, ROWS_OF_TERM * k, behov_model_label(names, lang, list->terms[k]), err);
        if (!status && !style->has_no_terms)
            status = behov_report_set_text(report, 1, ROWS_OF_TERM * k, list->terms[k], err);
        if (!status)
            status = behov_report_set_quantity(report, ROWS_OF_TERM * k + 1, beneath(style), err);
    }
    for (size_t i = 0; i < ROWS_OF_FIT && !status; i++) {
        if (rows[i].row == SIZE_MAX)
            continue;
        status = behov_report_set_text(report, 0, rows[i].row, behov_label(lang, rows[i].key), err);
        if (!status && !style->has_no_terms) /* on a page that leaves the labels out */
            status = behov_report_set_text(report, 1, rows[i].row, behov_label(lang, rows[i].key), err);
        if (!status)
            status = behov_report_set_quantity(report, rows[i].row, rows[i].quantity, err);
    }
    return status;
}

/* The figures of one fit; NaN without memory is reported by the caller. */
static double *figures_of(const behov_fit_column *fit_column, const term_list *list, const footer *plan,
                          const behov_side_by_side_style *style)
{
    double *values = malloc((plan->n_rows + 1) * sizeof *values);
    for (size_t row = 0; values && row < plan->n_rows; row++)
        values[row] = NAN;
    if (!values || !is_there(fit_column))
        return values;
    for (size_t k = 0; k < list->n; k++) {
        const behov_coefficient *c = find(fit_column, list->terms[k]);
        if (!c)
            continue;
        values[ROWS_OF_TERM * k] = c->estimate;
        values[ROWS_OF_TERM * k + 1] = figure_beneath(style, c);
    }
    values[plan->observations] = behov_fit_n_observations(fit_column->fit);
    values[plan->adj_r2] = behov_fit_adj_r2(fit_column->fit);
    if (plan->clusters != SIZE_MAX && behov_vcov_n_clusters(fit_column->vcov))
        values[plan->clusters] = (double)behov_vcov_n_clusters(fit_column->vcov);
    if (plan->dof != SIZE_MAX && !behov_fit_is_exact(fit_column->fit)) /* which has no errors */
        values[plan->dof] = behov_vcov_dof(fit_column->vcov);
    return values;
}

/* The intervals under the coefficients of a column, and the stars behind them. */
static behov_status set_coefficients(behov_report *report, const behov_fit_column *fit_column, size_t column,
                                     const term_list *list, const behov_side_by_side_style *style, behov_error *err)
{
    behov_status status = BEHOV_OK;
    behov_wording interval = {0};
    for (size_t k = 0; k < list->n && !status; k++) {
        const behov_coefficient *c = find(fit_column, list->terms[k]);
        if (!c)
            continue;
        if (!style->conventions.stars.is_none)
            status = behov_report_set_text(report, column + 1, ROWS_OF_TERM * k, c->stars, err);
        if (status || style->conventions.brackets != BEHOV_BRACKETS_INTERVAL)
            continue;
        behov_wording_clear(&interval);
        behov_format_interval(c->ci_low, c->ci_high, style->lang, &interval);
        status = behov_wording_status(&interval, err);
        if (!status && interval.length)
            status = behov_report_set_words(report, column, ROWS_OF_TERM * k + 1, behov_wording_text(&interval), err);
    }
    behov_wording_free(&interval);
    return status;
}

/* Excel wants a heading of its own for the stars. */
static behov_status add_stars(behov_report *report, const behov_fit_column *fit_column, size_t index,
                              behov_language lang, behov_error *err)
{
    char key[32];
    behov_wording heading = {0};
    snprintf(key, sizeof key, "stars_%lu", (unsigned long)index + 1);
    behov_wording_print(&heading, "%s, %s", fit_column->heading, behov_label(lang, BEHOV_WORD_STARS_OF_FIT));
    behov_status status = behov_wording_status(&heading, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){key, behov_wording_text(&heading), BEHOV_Q_STARS},
                                        err);
    behov_wording_free(&heading);
    return status;
}

static behov_status add_side(behov_report *report, const behov_fit_column *fit_column, size_t index,
                             const term_list *list, const footer *plan, const behov_side_by_side_style *style,
                             behov_error *err)
{
    char key[32], kind[16];
    snprintf(key, sizeof key, "fit_%lu", (unsigned long)index + 1);
    double *values = figures_of(fit_column, list, plan, style);
    if (!values)
        return out_of_memory(err);
    behov_status status = behov_report_add_numbers(
        report, (behov_report_column){key, fit_column->heading, BEHOV_Q_COEFFICIENT}, values, true, err);
    if (status) {
        free(values);
        return status;
    }
    size_t column = behov_report_n_columns(report) - 1;
    if (!style->conventions.stars.is_none)
        status = add_stars(report, fit_column, index, style->lang, err);
    if (status || !is_there(fit_column))
        return status;
    behov_side_kind_name(behov_vcov_kind_of(fit_column->vcov), kind);
    status = behov_report_set_words(report, column, plan->errors,
                                    behov_vcov_kind_of(fit_column->vcov) == BEHOV_VCOV_CLASSICAL
                                        ? behov_label(style->lang, BEHOV_WORD_KIND_CLASSICAL)
                                        : kind,
                                    err);
    if (!status && plan->outcome != SIZE_MAX)
        status = behov_report_set_words(report, column, plan->outcome, fit_column->outcome, err);
    return status ? status : set_coefficients(report, fit_column, column, list, style, err);
}

static behov_status add_test(behov_report *report, const behov_fit_column_test *test, const term_list *list,
                             const footer *plan, behov_error *err)
{
    double *values = malloc((plan->n_rows + 1) * sizeof *values);
    if (!values)
        return out_of_memory(err);
    for (size_t row = 0; row < plan->n_rows; row++)
        values[row] = row % ROWS_OF_TERM == 0 && row / ROWS_OF_TERM < list->n
                          ? test->p(test->context, list->terms[row / ROWS_OF_TERM])
                          : NAN;
    behov_status status =
        behov_report_add_numbers(report, (behov_report_column){test->key, NULL, BEHOV_Q_P}, values, true, err);
    if (status)
        free(values);
    return status;
}

behov_status behov_side_by_side(const behov_fit_column *sides, size_t n_sides, const behov_fit_column_test *test,
                                const behov_side_by_side_style *style, behov_report **out, behov_error *err)
{
    term_list list = {0};
    behov_report *report = NULL;
    behov_status status = list_terms(sides, n_sides, &list, err);
    footer plan = plan_footer(sides, n_sides, style->has_dof, ROWS_OF_TERM * list.n);
    if (!status)
        status = behov_report_new("side_by_side", plan.n_rows, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    if (!status && !style->has_no_terms)
        status = behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = set_labels(report, &list, &plan, style, err);
    for (size_t i = 0; i < n_sides && !status; i++)
        status = add_side(report, &sides[i], i, &list, &plan, style, err);
    if (!status && test)
        status = add_test(report, test, &list, &plan, err);
    free((void *)list.terms);
    free((void *)list.names);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
