/* peers.c - see behov/peers.h. */
#include <behov/peers.h>

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/left_out.h>
#include <behov/near_word.h>
#include <behov/ratio.h>

const double behov_peers_far = 2;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
}

void behov_peers_free(behov_peers *peers)
{
    behov_municipality_list_free(&peers->places);
    behov_likeness_free(peers->likeness);
    free(peers->means), free(peers->regressors), free(peers->columns), free(peers->kept), free(peers->weights);
    free(peers->candidates), free(peers->nearest), free(peers->distances), free(peers->typical);
    free(peers->contributions);
    *peers = (behov_peers){0};
}

/* ---- figures of municipalities ----------------------------------------------------------------------------------- */

static bool is_chosen_year(const behov_peers *peers, size_t row)
{
    return !peers->choices.year || behov_panel_year(&peers->fit_results->study->panel, row) == peers->choices.year;
}

static void choose_years(behov_peers *peers)
{
    size_t n_years;
    const int *years = behov_need_years(peers->fit_results->need, &n_years);
    peers->n_years = peers->choices.year ? 1 : n_years;
    peers->first_year = peers->choices.year ? peers->choices.year : years[0];
    peers->last_year = peers->choices.year ? peers->choices.year : years[n_years - 1];
}

static void add_row(behov_peers *peers, size_t place, uint32_t row, const double *x)
{
    const behov_fit_results *result = peers->fit_results;
    behov_peer_means *means = &peers->means[place];
    double actual = behov_need_actual(result->need, row);
    means->n_rows++;
    means->n_compared += !isnan(actual);
    means->need += behov_need_need(result->need, row);
    means->actual += actual;
    means->population += behov_panel_population(&result->study->panel, row);
    for (size_t k = 0, index = 0; k < behov_fit_n_regressors(result->fit); k++)
        if (!behov_fit_is_dropped(result->fit, k))
            means->regressors[index++] += x[k];
}

static void settle(behov_peers *peers, size_t n_kept)
{
    double floor = peers->fit_results->floor;
    for (size_t i = 0; i < peers->places.n; i++) {
        behov_peer_means *means = &peers->means[i];
        double n = (double)means->n_rows; /* 0 / 0: no row, no figure */
        means->need /= n;
        means->actual /= n;
        means->population /= n;
        means->ratio = behov_ratio_of_levels(means->actual, means->need, floor);
        for (size_t k = 0; k < n_kept; k++)
            means->regressors[k] /= n;
    }
}

/* Which regressors differ between two rows of one year. `firsts`: the first row of each year, K each. */
static void look_for_difference(const behov_peers *peers, size_t year, const double *x, double *firsts, bool *has_first,
                                bool *varies)
{
    size_t width = behov_fit_n_regressors(peers->fit_results->fit);
    double *first = firsts + year * width;
    if (!has_first[year])
        memcpy(first, x, width * sizeof *first);
    has_first[year] = true;
    for (size_t k = 0; k < width; k++)
        varies[k] = varies[k] || first[k] != x[k];
}

static behov_status gather(behov_peers *peers, bool *varies, behov_error *err)
{
    const behov_fit_results *result = peers->fit_results;
    const behov_panel *panel = &result->study->panel;
    size_t width = behov_fit_n_regressors(result->fit), n_kept = behov_fit_rank(result->fit), n_rows, n_years;
    const uint32_t *rows = behov_design_predicted(result->design, &n_rows);
    behov_need_years(result->need, &n_years);
    double *x = calloc(width + 1, sizeof *x), *firsts = calloc(n_years + 1, (width + 1) * sizeof *firsts);
    bool *has_first = calloc(n_years + 1, sizeof *has_first);
    peers->means = calloc(peers->places.n + 1, sizeof *peers->means);
    peers->regressors = calloc(peers->places.n + 1, (n_kept + 1) * sizeof *peers->regressors);
    bool has_room = x && firsts && has_first && peers->means && peers->regressors;
    for (size_t i = 0; i < peers->places.n && has_room; i++)
        peers->means[i].regressors = peers->regressors + i * n_kept;
    for (size_t i = 0; i < n_rows && has_room; i++) {
        if (!is_chosen_year(peers, behov_row_at(rows, i)))
            continue;
        size_t place = behov_municipality_list_position(&peers->places, behov_panel_code(panel, behov_row_at(rows, i)),
                                                        behov_panel_municipality(panel, behov_row_at(rows, i)));
        if (place == peers->places.n)
            continue;
        behov_design_fill(result->design, &(uint32_t){behov_row_at(rows, i)}, 1, x, width, NULL);
        add_row(peers, place, behov_row_at(rows, i), x);
        look_for_difference(peers,
                            behov_need_year_position(result->need, behov_panel_year(panel, behov_row_at(rows, i))), x,
                            firsts, has_first, varies);
    }
    if (has_room)
        settle(peers, n_kept);
    free(x), free(firsts), free(has_first);
    return has_room ? BEHOV_OK : out_of_memory(err);
}

static behov_status choose_columns(behov_peers *peers, const bool *varies, behov_error *err)
{
    const behov_fit *fit = peers->fit_results->fit;
    size_t width = behov_fit_n_regressors(fit);
    peers->columns = calloc(width + 1, sizeof *peers->columns);
    peers->kept = calloc(width + 1, sizeof *peers->kept);
    peers->weights = calloc(width + 1, sizeof *peers->weights);
    if (!peers->columns || !peers->kept || !peers->weights)
        return out_of_memory(err);
    for (size_t k = 0, index = 0; k < width; k++) {
        if (behov_fit_is_dropped(fit, k))
            continue;
        if (varies[k]) {
            peers->columns[peers->n_columns] = k;
            peers->weights[peers->n_columns] = 1;
            peers->kept[peers->n_columns++] = index;
        }
        index++;
    }
    return peers->n_columns ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, "", SAY_PEERS_NOTHING_VARIES);
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static const char *column_name(const behov_peers *peers, size_t column)
{
    return behov_design_regressor(peers->fit_results->design, peers->columns[column]);
}

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Whether a column's name stands in a regressor's as a whole: population in I(population^1.2). */
static bool is_made_of(const char *regressor, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(regressor, name); at && length; at = strstr(at + 1, name))
        if ((at == regressor || !is_of_name(at[-1])) && !is_of_name(at[length]))
            return true;
    return false;
}

static behov_status find_column(const behov_peers *peers, const char *name, size_t *column, behov_error *err)
{
    behov_near_word spelling = behov_near_word_start(name);
    size_t n_made = 0, made = 0;
    for (size_t j = 0; j < peers->n_columns; j++) {
        if (strcmp(column_name(peers, j), name) == 0) {
            *column = j;
            return BEHOV_OK;
        }
        if (is_made_of(column_name(peers, j), name) && ++n_made)
            made = j;
        behov_near_word_try(&spelling, column_name(peers, j));
    }
    if (n_made == 1) {
        *column = made;
        return BEHOV_OK;
    }
    behov_excerpt asked = behov_cut(name, 80);
    if (n_made > 1)
        return behov_error_say(err, BEHOV_E_NAME, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_WEIGHT_OF_SEVERAL,
                               asked.text, (unsigned long)n_made);
    const char *nearest = spelling.nearest ? spelling.nearest : column_name(peers, 0);
    return behov_error_say(err, BEHOV_E_NAME, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_WEIGHT_UNKNOWN, asked.text,
                           behov_cut(nearest, 80).text);
}

static behov_status set_weights(behov_peers *peers, behov_error *err)
{
    const behov_peer_choices *choices = &peers->choices;
    /* a weight beyond these leaves the other differences, or its own, no digit in the distance, or no distance at all */
    const double LEAST = 1e-6, MOST = 1e6;
    if (choices->n_weights && choices->distance == BEHOV_DISTANCE_MAHALANOBIS)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_MAHALANOBIS_NO_WEIGHTS);
    for (size_t i = 0; i < choices->n_weights; i++) {
        size_t column = 0;
        behov_status status = find_column(peers, choices->weights[i].name, &column, err);
        if (status)
            return status;
        if (!(choices->weights[i].weight >= 0) || isinf(choices->weights[i].weight))
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_WEIGHT_BELOW_0,
                                   behov_cut(choices->weights[i].name, 80).text);
        if (choices->weights[i].weight > MOST || (choices->weights[i].weight > 0 && choices->weights[i].weight < LEAST))
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_WEIGHT_RANGE,
                                   behov_cut(choices->weights[i].name, 80).text);
        peers->weights[column] = choices->weights[i].weight;
    }
    bool has_weight = choices->n_weights == 0;
    for (size_t j = 0; j < peers->n_columns; j++)
        has_weight = has_weight || peers->weights[j] > 0;
    return has_weight ? BEHOV_OK
                      : behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_DISTANCE_WEIGHTS, SAY_PEERS_WEIGHTS_ARE_0);
}

/* ---- distances --------------------------------------------------------------------------------------------------- */

static bool is_complete(const behov_peers *peers, size_t place)
{
    return peers->means[place].n_rows == peers->n_years;
}

static behov_status find_own(behov_peers *peers, behov_error *err)
{
    const behov_municipality_list *places = &peers->places;
    behov_status status =
        behov_municipality_list_find(places, peers->choices.municipality, PHRASE_PLACE_LIKE, &peers->own, err);
    if (!status)
        status = behov_left_out_refuse(peers->fit_results, &places->all[peers->own], PHRASE_PLACE_LIKE, err);
    if (status || is_complete(peers, peers->own))
        return status;
    char name[BEHOV_MUNICIPALITY_NAME];
    behov_municipality_list_name(&places->all[peers->own], name, sizeof name);
    unsigned long n_whole = peers->means[peers->own].n_rows, n_years = peers->n_years;
    return peers->choices.has_no_year ? behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_LIKE,
                                                        SAY_PEERS_OWN_INCOMPLETE_HERE, name, n_whole, n_years)
                                      : behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_LIKE, SAY_PEERS_OWN_INCOMPLETE,
                                                        name, n_whole, n_years);
}

/* Rows of the likeness: municipalities with all regressors in every year. */
static behov_status choose_candidates(behov_peers *peers, behov_error *err)
{
    peers->candidates = calloc(peers->places.n + 1, sizeof *peers->candidates);
    if (!peers->candidates)
        return out_of_memory(err);
    for (size_t i = 0; i < peers->places.n; i++) {
        if (is_complete(peers, i))
            peers->candidates[peers->n_candidates++] = i;
        else
            peers->n_incomplete += !behov_left_out_is(peers->fit_results, &peers->places.all[i]);
    }
    if (peers->choices.is_at_most && peers->n_candidates > 1 && peers->choices.count >= peers->n_candidates)
        peers->choices.count = peers->n_candidates - 1;
    if (peers->choices.count < peers->n_candidates)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, PHRASE_PLACE_COUNT, SAY_PEERS_COUNT_TOO_LARGE,
                           (unsigned long)peers->choices.count, (unsigned long)(peers->n_candidates - 1));
}

static behov_status make_likeness(behov_peers *peers, behov_error *err)
{
    size_t n = peers->n_candidates, width = peers->n_columns;
    double *values = calloc(n + 1, (width + 1) * sizeof *values), *coefficients = calloc(width + 1, sizeof *values);
    behov_status status = values && coefficients ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        for (size_t j = 0; j < width; j++)
            values[i * width + j] = peers->means[peers->candidates[i]].regressors[peers->kept[j]];
    for (size_t j = 0; j < width && !status; j++)
        coefficients[j] = behov_fit_coefficients(peers->fit_results->fit)[peers->columns[j]];
    bool is_mahalanobis = peers->choices.distance == BEHOV_DISTANCE_MAHALANOBIS;
    if (!status)
        status = behov_likeness_new(&(behov_likeness_data){.n = n,
                                                           .n_columns = width,
                                                           .values = values,
                                                           .weights = is_mahalanobis ? NULL : peers->weights,
                                                           .coefficients = coefficients,
                                                           .distance = peers->choices.distance},
                                    &peers->likeness, err);
    free(values), free(coefficients);
    return status;
}

static behov_status find_nearest(behov_peers *peers, behov_error *err)
{
    size_t count = peers->choices.count, own_row = 0;
    while (peers->candidates[own_row] != peers->own)
        own_row++;
    peers->nearest = calloc(count + 1, sizeof *peers->nearest);
    peers->distances = calloc(count + 1, sizeof *peers->distances);
    peers->typical = calloc(count + 1, sizeof *peers->typical);
    peers->contributions = calloc(count + 1, (peers->n_columns + 1) * sizeof *peers->contributions);
    if (!peers->nearest || !peers->distances || !peers->typical || !peers->contributions)
        return out_of_memory(err);
    peers->n_nearest = behov_likeness_nearest(peers->likeness, own_row, NULL, count, peers->nearest, err);
    if (peers->n_nearest < count)
        return BEHOV_E_MEMORY;
    for (size_t i = 0; i < count; i++) {
        size_t row = peers->nearest[i];
        peers->distances[i] = sqrt(behov_likeness_squared(peers->likeness, own_row, row));
        behov_likeness_contributions(peers->likeness, own_row, row, peers->contributions + i * peers->n_columns);
        peers->nearest[i] = peers->candidates[row];
    }
    return behov_likeness_typical(peers->likeness, count, peers->typical, err);
}

behov_status behov_peers_new(const behov_fit_results *fit_results, const behov_peer_choices *choices,
                             behov_peers *peers, behov_error *err)
{
    const behov_panel *panel = &fit_results->study->panel;
    *peers = (behov_peers){.fit_results = fit_results, .choices = *choices};
    peers->choices.count = choices->count ? choices->count : BEHOV_PEERS_USUAL;
    if (behov_panel_key(panel) < 0)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(panel->table), SAY_PLOTS_NO_MUNICIPALITIES);
    behov_status status = choices->year ? behov_fit_results_check_year(fit_results, choices->year, err) : BEHOV_OK;
    if (!status)
        status = behov_municipality_list_of_panel(panel, &peers->places, err);
    if (status)
        return status;
    if (fit_results->study->is_bundled)
        peers->places.source = PHRASE_PANEL_BUNDLED;
    bool *varies = calloc(behov_fit_n_regressors(fit_results->fit) + 1, sizeof *varies);
    status = varies ? gather(peers, varies, err) : out_of_memory(err);
    choose_years(peers);
    status = status ? status : find_own(peers, err);
    status = status ? status : choose_columns(peers, varies, err);
    status = status ? status : set_weights(peers, err);
    status = status ? status : choose_candidates(peers, err);
    status = status ? status : make_likeness(peers, err);
    status = status ? status : find_nearest(peers, err);
    free(varies);
    return status;
}

/* ---- what is shown of them --------------------------------------------------------------------------------------- */

bool behov_peers_is_far(const behov_peers *peers, size_t i)
{
    return peers->distances[i] > behov_peers_far * peers->typical[i];
}

size_t behov_peers_n_far(const behov_peers *peers)
{
    size_t n = 0;
    for (size_t i = 0; i < peers->n_nearest; i++)
        n += behov_peers_is_far(peers, i);
    return n;
}

double behov_peers_own_value(const behov_peers *peers, size_t column)
{
    return peers->means[peers->own].regressors[peers->kept[column]];
}

double behov_peers_mean_value(const behov_peers *peers, size_t column)
{
    double sum = 0;
    for (size_t i = 0; i < peers->n_nearest; i++)
        sum += peers->means[peers->nearest[i]].regressors[peers->kept[column]];
    return sum / (double)peers->n_nearest;
}

double behov_peers_share(const behov_peers *peers, size_t column)
{
    double part = 0, whole = 0;
    for (size_t i = 0; i < peers->n_nearest; i++) {
        part += peers->contributions[i * peers->n_columns + column];
        whole += peers->distances[i] * peers->distances[i];
    }
    return whole > 0 ? part / whole : 0;
}

behov_status behov_peers_table(const behov_peers *peers, const char *group, behov_table **table, behov_error *err)
{
    size_t n = peers->n_nearest + 1;
    const char **codes = calloc(n, sizeof *codes), **groups = calloc(n, sizeof *groups);
    behov_table *new_table = NULL;
    behov_status status = codes && groups ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        codes[i] = peers->places.all[i ? peers->nearest[i - 1] : peers->own].code;
        groups[i] = group;
        if (!codes[i][0])
            status = behov_error_say(err, BEHOV_E_DATA, peers->places.source, SAY_PEERS_NO_CODES);
    }
    if (!status)
        status = behov_table_new(n, peers->places.source, &new_table, err);
    if (!status)
        status = behov_table_copy_text(new_table, "municipality_code", codes, err);
    if (!status)
        status = behov_table_copy_text(new_table, "group", groups, err);
    free(codes), free(groups);
    if (status)
        behov_table_free(new_table);
    else
        *table = new_table;
    return status;
}
