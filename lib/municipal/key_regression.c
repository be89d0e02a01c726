/* key_regression.c - see key_regression.h. */
#include <behov/key_regression.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/inference.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

void behov_key_regression_free(behov_key_regression *regression)
{
    for (size_t k = 0; k < regression->n_criteria; k++)
        free(regression->criteria[k]);
    free(regression->criteria);
    free(regression->pooled.estimates);
    for (size_t t = 0; t < regression->n_years; t++)
        free(regression->years[t].estimates);
    free(regression->years);
    behov_by_year_free(&regression->by_year);
    *regression = (behov_key_regression){0};
}

const char *behov_key_sum_is_name(behov_key_sum_is sum_is)
{
    static const char *const names[] = {"above_0", "unclear", "not_above_0"};
    return names[sum_is];
}

/* ---- which regressors are criteria --------------------------------------------------------------------------------- */

/* Whether a part of a regressor's name, up to its ':' or its end, is the effect of a year: "year=2013". */
static bool is_year_part(const behov_study *study, const char *part)
{
    size_t length = strcspn(part, "=:");
    char name[200];
    if (part[length] != '=' || length >= sizeof name)
        return false;
    memcpy(name, part, length);
    name[length] = '\0';
    return behov_study_is_year(study, name);
}

static behov_status list_criteria(const behov_fit_results *results, behov_key_regression *regression, behov_error *err)
{
    const behov_design *design = results->design;
    size_t n_regressors = behov_design_n_regressors(design);
    regression->criteria = calloc(n_regressors + 1, sizeof *regression->criteria);
    if (!regression->criteria)
        return out_of_memory(err);
    for (size_t k = behov_design_has_intercept(design) ? 1 : 0; k < n_regressors; k++) {
        const char *name = behov_design_regressor(design, k), *second = strchr(name, ':');
        bool is_year = is_year_part(results->study, name);
        for (const char *part = second; part && !is_year; part = strchr(part + 1, ':'))
            is_year = is_year_part(results->study, part + 1);
        if (is_year && second)
            return behov_error_say(err, BEHOV_E_DATA, behov_cut(name, 80).text, SAY_KEY_REGRESSION_YEAR_PRODUCT);
        if (is_year)
            continue;
        if (!(regression->criteria[regression->n_criteria] = strdup(name)))
            return out_of_memory(err);
        regression->n_criteria++;
    }
    return regression->n_criteria ? BEHOV_OK
                                  : behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_KEY_REGRESSION_NO_CRITERION);
}

/* ---- means ------------------------------------------------------------------------------------------------------- */

/* Of the regressors and, behind them, the outcome. */
static behov_status find_means(const behov_design *design, const behov_panel *panel, bool by_population, double *means,
                               behov_error *err)
{
    size_t n_rows, width = behov_design_n_regressors(design);
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *block = calloc(width + 1, sizeof *block), outcome, sum = 0;
    if (!block)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_rows && !status; i++) {
        char where[BEHOV_PLACE_SIZE];
        double weight = by_population ? behov_panel_population(panel, behov_row_at(rows, i)) : 1;
        if (!(weight > 0)) {
            behov_table_where(panel->table, behov_row_at(rows, i), panel->columns[BEHOV_ROLE_POPULATION], where);
            status = behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_REGRESSION_NO_POPULATION);
            break;
        }
        behov_design_fill(design, &(uint32_t){behov_row_at(rows, i)}, 1, block, width, &outcome);
        for (size_t k = 0; k < width; k++)
            means[k] += weight * block[k];
        means[width] += weight * outcome;
        sum += weight;
    }
    for (size_t k = 0; k <= width; k++)
        means[k] /= sum;
    free(block);
    return status ? status
                  : (means[width] > 0 ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, "", SAY_KEY_REGRESSION_OUTCOME));
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

/* A fit, and where in it each criterion stands; its number of regressors where it is not there. */
typedef struct fitted {
    const behov_design *design;
    const behov_fit *fit;
    const behov_vcov *vcov;
    const double *means;
    size_t *positions, *kept; /* kept: of each regressor among those of the fit's rank, for covariances */
} fitted;

static void find_positions(const fitted *fitted, const behov_key_regression *regression)
{
    size_t n = behov_design_n_regressors(fitted->design), rank = 0;
    for (size_t k = 0; k < n; k++)
        fitted->kept[k] = behov_fit_is_dropped(fitted->fit, k) ? n : rank++;
    for (size_t c = 0; c < regression->n_criteria; c++) {
        size_t k = 0;
        while (k < n && strcmp(behov_design_regressor(fitted->design, k), regression->criteria[c]) != 0)
            k++;
        fitted->positions[c] = k < n && fitted->kept[k] < n ? k : n;
    }
}

static void fill_raw(const fitted *fitted, size_t n_criteria, behov_key_fit *out)
{
    size_t n = behov_design_n_regressors(fitted->design);
    const double *coefficients = behov_fit_coefficients(fitted->fit);
    out->outcome_mean = fitted->means[n];
    for (size_t c = 0; c < n_criteria; c++) {
        behov_key_estimate *estimate = &out->estimates[c];
        size_t k = fitted->positions[c];
        *estimate = (behov_key_estimate){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, k < n};
        if (k == n)
            continue;
        estimate->coefficient = coefficients[k];
        estimate->mean = fitted->means[k];
        estimate->raw = estimate->coefficient * estimate->mean / out->outcome_mean;
        out->raw_sum += estimate->raw;
        out->n_negative += estimate->coefficient < 0;
    }
}

static void clear(double *gradient, size_t n)
{
    for (size_t j = 0; j < n; j++)
        gradient[j] = 0;
}

/* d raw_c / d b_j, of all criteria or of one alone. */
static void point_at_raw(const fitted *fitted, size_t first, size_t end, const behov_key_fit *out, double *gradient)
{
    clear(gradient, behov_fit_rank(fitted->fit));
    for (size_t c = first; c < end; c++)
        if (out->estimates[c].is_there)
            gradient[fitted->kept[fitted->positions[c]]] = out->estimates[c].mean / out->outcome_mean;
}

/* The sum of the raw weights is linear in the coefficients, the means taken as given: its interval is an ordinary one. */
static void fill_sum(const fitted *fitted, size_t n_criteria, double level, behov_vcov_contrasts *contrasts,
                     double *gradient, behov_key_fit *out)
{
    out->raw_sum_se = out->raw_sum_low = out->raw_sum_high = NAN;
    out->words_level = fmax(level, BEHOV_KEY_WORDS_LEVEL);
    if (!behov_fit_is_exact(fitted->fit)) { /* else no residuals, and so no errors */
        point_at_raw(fitted, 0, n_criteria, out, gradient);
        out->raw_sum_se = sqrt(behov_vcov_level_variance(fitted->vcov, fitted->fit, gradient));
        double margin =
            out->raw_sum_se * behov_t_quantile(out->words_level, behov_vcov_contrast_dof(contrasts, gradient));
        out->raw_sum_low = out->raw_sum - margin;
        out->raw_sum_high = out->raw_sum + margin;
    }
    out->sum_is = !(out->raw_sum > 0)     ? BEHOV_KEY_SUM_NOT_ABOVE_0
                  : out->raw_sum_low <= 0 ? BEHOV_KEY_SUM_UNCLEAR
                                          : BEHOV_KEY_SUM_ABOVE_0;
}

/* Of raw weights, and of normalised ones: d weight_c / d b_j as a contrast of the coefficients. */
static void fill_errors(const fitted *fitted, size_t n_criteria, double level, behov_vcov_contrasts *contrasts,
                        double *gradient, behov_key_fit *out)
{
    size_t n = behov_design_n_regressors(fitted->design);
    double total = out->raw_sum * out->outcome_mean;
    for (size_t c = 0; c < n_criteria; c++) {
        behov_key_estimate *estimate = &out->estimates[c];
        if (!estimate->is_there)
            continue;
        if (out->sum_is != BEHOV_KEY_SUM_NOT_ABOVE_0)
            estimate->weight = estimate->raw / out->raw_sum;
        if (behov_fit_is_exact(fitted->fit))
            continue;
        point_at_raw(fitted, c, c + 1, out, gradient);
        estimate->raw_se = sqrt(behov_vcov_level_variance(fitted->vcov, fitted->fit, gradient));
        double raw_dof = behov_vcov_contrast_dof(contrasts, gradient);
        out->n_negative_clearly += estimate->coefficient < 0 &&
                                   fabs(estimate->raw) > estimate->raw_se * behov_t_quantile(out->words_level, raw_dof);
        if (out->sum_is != BEHOV_KEY_SUM_ABOVE_0) {
            out->dof = c ? out->dof : raw_dof;
            continue;
        }
        clear(gradient, behov_fit_rank(fitted->fit));
        for (size_t d = 0; d < n_criteria; d++)
            if (fitted->positions[d] < n)
                gradient[fitted->kept[fitted->positions[d]]] =
                    out->estimates[d].mean * ((c == d ? 1 : 0) - estimate->weight) / total;
        estimate->weight_se = sqrt(behov_vcov_level_variance(fitted->vcov, fitted->fit, gradient));
        double dof = behov_vcov_contrast_dof(contrasts, gradient);
        double margin = estimate->weight_se * behov_t_quantile(level, dof);
        estimate->low = estimate->weight - margin;
        estimate->high = estimate->weight + margin;
        out->dof = c ? out->dof : dof;
    }
}

static behov_status weigh(const behov_key_regression *regression, fitted fitted, const behov_panel *panel,
                          behov_key_fit *out, behov_error *err)
{
    size_t n = behov_design_n_regressors(fitted.design);
    double *means = calloc(n + 1, sizeof *means), *gradient = calloc(n + 1, sizeof *gradient);
    size_t *positions = calloc(regression->n_criteria + 1, sizeof *positions), *kept = calloc(n + 1, sizeof *kept);
    behov_vcov_contrasts *contrasts = NULL;
    fitted.means = means;
    fitted.positions = positions;
    fitted.kept = kept;
    out->estimates = calloc(regression->n_criteria + 1, sizeof *out->estimates);
    behov_status status = means && gradient && positions && kept && out->estimates ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = find_means(fitted.design, panel, regression->is_by_population, means, err);
    if (!status)
        status = behov_vcov_contrasts_new(fitted.vcov, fitted.fit, &contrasts, err);
    if (!status) {
        find_positions(&fitted, regression);
        fill_raw(&fitted, regression->n_criteria, out);
        fill_sum(&fitted, regression->n_criteria, regression->level_pct / 100, contrasts, gradient, out);
        fill_errors(&fitted, regression->n_criteria, regression->level_pct / 100, contrasts, gradient, out);
        behov_design_estimated(fitted.design, &out->n_rows);
        out->n_clusters = behov_vcov_n_clusters(fitted.vcov);
        out->se_kind = behov_vcov_kind_of(fitted.vcov);
        out->is_there = true;
    }
    behov_vcov_contrasts_free(contrasts);
    free(means);
    free(gradient);
    free(positions);
    free(kept);
    return status;
}

static behov_status weigh_years(const behov_fit_choices *choices, const behov_fit_results *results,
                                behov_key_regression *regression, behov_error *err)
{
    const behov_panel *panel = &results->study->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(results->design, &n_rows);
    bool has_several = false;
    for (size_t i = 1; i < n_rows && !has_several; i++)
        has_several = behov_panel_year(panel, behov_row_at(rows, i)) != behov_panel_year(panel, behov_row_at(rows, 0));
    regression->only_year = n_rows && !has_several ? behov_panel_year(panel, behov_row_at(rows, 0)) : 0;
    if (!has_several)
        return BEHOV_OK;
    behov_status status = behov_by_year_compute(results->study, choices, results, &regression->by_year, err);
    if (status)
        return status;
    regression->years = calloc(regression->by_year.n_years + 1, sizeof *regression->years);
    if (!regression->years)
        return out_of_memory(err);
    regression->n_years = regression->by_year.n_years;
    for (size_t t = 0; t < regression->n_years && !status; t++) {
        const behov_year_fit *year = &regression->by_year.years[t];
        regression->years[t].year = year->year;
        regression->years[t].why = year->why;
        if (year->is_there)
            status = weigh(
                regression,
                (fitted){.design = year->estimation.design, .fit = year->estimation.fit, .vcov = year->estimation.vcov},
                panel, &regression->years[t], err);
    }
    return status;
}

behov_status behov_key_regression_compute(const behov_fit_choices *choices, const behov_fit_results *results,
                                          bool by_population, behov_key_regression *regression, behov_error *err)
{
    behov_key_regression computed = {.is_by_population = by_population, .level_pct = results->level_pct};
    fitted pooled = {.design = results->design, .fit = results->fit, .vcov = results->vcov};
    behov_status status = behov_design_absorbed(results->design)
                              ? behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_KEY_REGRESSION_ABSORBED)
                              : list_criteria(results, &computed, err);
    if (!status)
        status = weigh(&computed, pooled, &results->study->panel, &computed.pooled, err);
    if (!status)
        status = weigh_years(choices, results, &computed, err);
    if (status)
        behov_key_regression_free(&computed);
    else
        *regression = computed;
    return status;
}
