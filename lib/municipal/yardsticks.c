/* yardsticks.c - see yardsticks.h. */
#include <behov/yardsticks.h>

#include <math.h>
#include <stdlib.h>

#include <behov/code.h>
#include <behov/shrink.h>

void behov_yardsticks_free(behov_yardsticks *yardsticks)
{
    free(yardsticks->all);
    *yardsticks = (behov_yardsticks){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

/* ---- who is compared --------------------------------------------------------------------------------------------- */

static double kroner(const behov_fit_results *results)
{
    return results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 : 1;
}

static behov_status check(const behov_fit_results *results, int year, behov_error *err)
{
    const behov_panel *panel = &results->study->panel;
    const char *source = behov_table_source(panel->table);
    if (results->study->unit == BEHOV_UNIT_UNKNOWN)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_YARDSTICKS_NO_KRONER);
    if (panel->columns[BEHOV_ROLE_CODE] < 0 || panel->columns[BEHOV_ROLE_POPULATION] < 0)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_YARDSTICKS_NO_ROLES);
    return panel->columns[BEHOV_ROLE_YEAR] < 0
               ? BEHOV_OK
               : behov_fit_results_check_year_at(results, year, PHRASE_PLACE_PANEL_YEAR, err);
}

/* A municipality of the keys beside its row of the panel, or the reason why it is left out. */
static void take(const behov_fit_results *results, behov_yardsticks *out, const behov_municipality *municipality,
                 size_t position, double key, ptrdiff_t row)
{
    if (row < 0) {
        out->n_only_keys++;
        return;
    }
    double population = behov_panel_population(&results->study->panel, (size_t)row);
    double need = behov_need_need(results->need, row), actual = behov_need_actual(results->need, row);
    if (isnan(key))
        out->n_without_key++;
    else if (isnan(need) || isnan(population))
        out->n_without_need++;
    else if (isnan(actual))
        out->n_without_actual++;
    else
        out->all[out->n++] =
            (behov_yardstick){.municipality = {municipality->code, municipality->name, population, out->n},
                              .row = (size_t)row,
                              .position = position,
                              .actual_kr = kroner(results) * actual,
                              .regression_index = need,
                              .key_index = key};
}

static behov_status gather(const behov_fit_results *results, const behov_municipality_list *municipalities,
                           const double *keys, int year, behov_yardsticks *out, behov_error *err)
{
    const behov_panel *panel = &results->study->panel;
    size_t n_rows = behov_table_n_rows(panel->table);
    ptrdiff_t *rows = malloc((municipalities->n + 1) * sizeof *rows);
    out->all = calloc(municipalities->n + 1, sizeof *out->all);
    if (!rows || !out->all) {
        free(rows);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < municipalities->n; i++)
        rows[i] = -1;
    for (size_t row = 0; row < n_rows; row++) {
        bool is_of_year = panel->columns[BEHOV_ROLE_YEAR] < 0 || behov_panel_year(panel, row) == year;
        size_t i = is_of_year && behov_table_row_mark(panel->table, row) == BEHOV_ROW_MUNICIPALITY
                       ? behov_municipality_list_position(municipalities, behov_panel_code(panel, row),
                                                          behov_panel_municipality(panel, row))
                       : municipalities->n;
        if (i < municipalities->n)
            rows[i] = (ptrdiff_t)row;
    }
    for (size_t i = 0; i < municipalities->n; i++)
        take(results, out, &municipalities->all[i], i, keys[i], rows[i]);
    free(rows);
    return out->n ? BEHOV_OK
                  : behov_error_say(err, BEHOV_E_DATA, behov_table_source(panel->table), SAY_YARDSTICKS_NOBODY, year);
}

/* Another population in the panel than beside the criteria: another year, another municipality, or another unit. */
static void compare_populations(const behov_municipality_list *municipalities, behov_yardsticks *out)
{
    double largest = 0;
    for (size_t i = 0; i < out->n; i++) {
        double criteria = municipalities->all[out->all[i].position].population;
        double distance = fabs(log(out->all[i].municipality.population / criteria));
        if (!(distance > log(1 + BEHOV_YARDSTICKS_FAR_PCT / 100.0)))
            continue;
        out->n_other_population++;
        if (distance > largest) {
            largest = distance;
            out->farthest = i;
            out->farthest_population = criteria;
        }
    }
}

/* ---- means ------------------------------------------------------------------------------------------------------- */

static void find_means(behov_yardsticks *out)
{
    for (size_t i = 0; i < out->n; i++) {
        const behov_yardstick *yardstick = &out->all[i];
        double population = yardstick->municipality.population;
        out->population += population;
        out->actual_kr += population * yardstick->actual_kr;
        out->need_kr += population * yardstick->regression_index; /* the need as yet, in the outcome's unit */
        out->key += population * yardstick->key_index;
    }
    out->actual_kr /= out->population;
    out->need_kr /= out->population;
    out->key /= out->population;
}

static behov_status find_groups(const behov_groups *groups, behov_yardsticks *out, behov_error *err)
{
    double *sums = calloc(2 * groups->n + 1, sizeof *sums);
    if (!sums)
        return out_of_memory(err);
    for (size_t i = 0; i < out->n; i++) {
        behov_yardstick *yardstick = &out->all[i];
        yardstick->group = groups->values[yardstick->position];
        out->n_without_group += yardstick->group < 0;
        if (yardstick->group < 0)
            continue;
        sums[2 * yardstick->group] += yardstick->municipality.population * yardstick->actual_kr;
        sums[2 * yardstick->group + 1] += yardstick->municipality.population;
    }
    for (size_t i = 0; i < out->n; i++) {
        int group = out->all[i].group;
        out->all[i].group_kr = group < 0 ? NAN : sums[2 * group] / sums[2 * group + 1];
        out->all[i].group_index = out->all[i].group_kr / out->actual_kr;
    }
    free(sums);
    return BEHOV_OK;
}

/* ---- the regression's index and its interval ------------------------------------------------------------------------ */

/* The regressors of a row that have a coefficient. */
static void fill_kept(const behov_fit_results *results, size_t row, double *all, double *kept)
{
    size_t n = behov_design_n_regressors(results->design), n_kept = 0;
    uint32_t rows[1] = {(uint32_t)row};
    behov_design_fill(results->design, rows, 1, all, n, NULL);
    for (size_t k = 0; k < n; k++)
        if (!behov_fit_is_dropped(results->fit, k))
            kept[n_kept++] = all[k];
}

static behov_status settle(const behov_fit_results *results, behov_yardsticks *out, behov_error *err)
{
    size_t n = behov_design_n_regressors(results->design), rank = behov_fit_rank(results->fit);
    double *all = calloc(n + 1, sizeof *all), *kept = calloc(n + 1, sizeof *kept), *mean = calloc(n + 1, sizeof *mean);
    behov_vcov_contrasts *contrasts = NULL;
    behov_status status = all && kept && mean ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = behov_vcov_contrasts_new(results->vcov, results->fit, &contrasts, err);
    for (size_t i = 0; i < out->n && !status; i++) {
        fill_kept(results, out->all[i].row, all, kept);
        for (size_t k = 0; k < rank; k++)
            mean[k] += out->all[i].municipality.population * kept[k] / out->population;
    }
    double need = out->need_kr;
    for (size_t i = 0; i < out->n && !status; i++) {
        behov_yardstick *yardstick = &out->all[i];
        yardstick->regression_index /= need;
        fill_kept(results, yardstick->row, all, kept);
        for (size_t k = 0; k < rank; k++)
            kept[k] = (kept[k] - yardstick->regression_index * mean[k]) / need;
        yardstick->regression_interval = behov_level_interval(
            yardstick->regression_index, behov_vcov_level_variance(results->vcov, results->fit, kept),
            behov_vcov_contrast_dof(contrasts, kept), results->level_pct / 100);
        yardstick->regression_kr = yardstick->regression_index * out->actual_kr;
        yardstick->key_kr = yardstick->key_index / out->key * out->actual_kr;
    }
    out->need_kr *= kroner(results);
    behov_vcov_contrasts_free(contrasts);
    free(all);
    free(kept);
    free(mean);
    return status;
}

behov_status behov_yardsticks_compute(const behov_fit_results *results, const behov_municipality_list *municipalities,
                                      const double *keys, int year, const behov_groups *groups,
                                      behov_yardsticks *yardsticks, behov_error *err)
{
    behov_yardsticks computed = {.year = year};
    behov_status status = check(results, year, err);
    if (!status)
        status = gather(results, municipalities, keys, year, &computed, err);
    if (!status) {
        compare_populations(municipalities, &computed);
        find_means(&computed);
        if (!(computed.need_kr > 0) || !(computed.actual_kr > 0))
            status = behov_error_say(err, BEHOV_E_DATA, municipalities->source, SAY_YARDSTICKS_NO_MEAN);
    }
    if (!status)
        status = find_groups(groups, &computed, err);
    if (!status)
        status = settle(results, &computed, err);
    if (status)
        behov_yardsticks_free(&computed);
    else
        *yardsticks = computed;
    return status;
}
