/* council.c - see behov/council.h. Everything is taken from profiles, rankings, funnel and likeness as they are. */
#include <behov/council.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/likeness.h>
#include <behov/peers.h>
#include <behov/ratio.h>
#include <behov/word.h>

#include "council_whatif.h"

behov_status council_no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
}

void behov_council_free(behov_council *council)
{
    behov_profiles_free(&council->profiles);
    behov_ranking_free(&council->ranking);
    behov_funnel_free(&council->funnel);
    free(council->whatif.variables), free(council->whatif.regressors), free(council->whatif.covariance),
        free(council->whatif.spread);
    free(council->pages), free(council->figures), free(council->likenesses);
    *council = (behov_council){0};
}

const behov_ranked_municipality *behov_council_ranked(const behov_council *council, size_t page)
{
    return &council->ranking.all[council->pages[page].profile->place];
}

size_t behov_council_n_placed(const behov_council *council)
{
    size_t n = 0;
    for (size_t i = 0; i < council->ranking.places.n; i++)
        n += !isnan(council->ranking.all[i].rank_low) && !isnan(council->ranking.all[i].rank_high);
    return n;
}

bool behov_council_place_says_something(const behov_council *council, const behov_ranked_municipality *ranked)
{
    size_t n = behov_council_n_placed(council);
    return !isnan(ranked->rank_low) && !isnan(ranked->rank_high) &&
           2 * (ranked->rank_high - ranked->rank_low + 1) <= (double)n;
}

double behov_council_far_from(const behov_council *council, size_t page)
{
    enum { TIMES = 3 };
    const behov_ranking *ranking = &council->ranking;
    size_t place = council->pages[page].profile->place, n = 0;
    double own = ranking->all[place].ratio, lowest = INFINITY, highest = -INFINITY;
    for (size_t i = 0; i < ranking->places.n; i++) {
        double ratio = ranking->all[i].ratio;
        if (i == place || isnan(ratio))
            continue;
        n++;
        highest = fmax(highest, ratio);
        if (behov_ratio_printed(ratio) > 0) /* of several zeros none is what another is far from */
            lowest = fmin(lowest, ratio);
    }
    bool is_below = isfinite(lowest) && own < lowest / TIMES;
    bool is_above = highest > 0 && own > TIMES * highest;
    return n < BEHOV_COUNCIL_COMPARED ? NAN : is_below ? lowest : is_above ? highest : NAN;
}

/* The last year in which a municipality has a need; 0 = none. */
static int last_year_of(const behov_council *council, size_t place)
{
    const behov_profile_index *index = &council->profiles.index;
    int last = 0;
    for (size_t i = index->first_row[place]; i < index->first_row[place + 1]; i++) {
        int year = behov_panel_year(&council->fit_results->study->panel, index->rows[i]);
        if (year > last && !isnan(behov_need_need(council->fit_results->need, index->rows[i])))
            last = year;
    }
    return last;
}

size_t behov_council_next_lacking(const behov_council *council, size_t place, int *last_year)
{
    size_t next = place + 1; /* SIZE_MAX + 1 is 0 */
    *last_year = 0;
    for (; council->year && next < council->ranking.places.n; next++)
        if (isnan(council->ranking.all[next].need) && (*last_year = last_year_of(council, next)))
            return next;
    return council->ranking.places.n;
}

/* ---- what is around ---------------------------------------------------------------------------------------------- */

/* What cannot be shown is left out with its reason; without memory nothing can. */
static behov_status keep_reason(behov_status status, behov_error *failure, behov_error *reason, behov_error *err)
{
    if (status == BEHOV_E_MEMORY)
        return council_no_memory(err);
    if (status)
        *reason = *failure;
    return BEHOV_OK;
}

static behov_status make_funnel(behov_council *council, behov_error *err)
{
    const behov_profile_choices *choices = &council->choices.profile;
    behov_error failure;
    behov_status status = behov_funnel_new(
        council->fit_results,
        &(behov_funnel_choices){
            .year = council->year, .level = choices->level, .lasting = choices->lasting, .progress = choices->progress},
        &council->funnel, &failure);
    council->has_funnel = !status;
    return keep_reason(status, &failure, &council->no_funnel, err);
}

/* The nearest of one, as places. */
static behov_status find_nearest(behov_council *council, const behov_peers *peers, const size_t *row_of_place,
                                 size_t count, size_t index, behov_error *err)
{
    behov_council_page *page = &council->pages[index];
    size_t row = row_of_place[page->profile->place];
    page->like = council->likenesses + index * count;
    if (row == peers->n_candidates)
        return BEHOV_OK;
    behov_error failure = {0};
    page->n_like = behov_likeness_nearest(peers->likeness, row, NULL, count, page->like, &failure);
    if (failure.code)
        return council_no_memory(err);
    for (size_t i = 0; i < page->n_like; i++) {
        double distance = sqrt(behov_likeness_squared(peers->likeness, row, page->like[i]));
        page->n_far += distance > behov_peers_far * peers->typical[i];
        page->like[i] = peers->candidates[page->like[i]];
    }
    return BEHOV_OK;
}

static behov_status find_all_nearest(behov_council *council, const behov_peers *peers, behov_error *err)
{
    size_t count = peers->choices.count, n_places = council->ranking.places.n;
    size_t *row_of_place = malloc((n_places + 1) * sizeof *row_of_place);
    council->likenesses = calloc(council->n * count + 1, sizeof *council->likenesses);
    behov_status status = row_of_place && council->likenesses ? BEHOV_OK : council_no_memory(err);
    for (size_t i = 0; i < n_places && !status; i++)
        row_of_place[i] = peers->n_candidates;
    for (size_t i = 0; i < peers->n_candidates && !status; i++)
        row_of_place[peers->candidates[i]] = i;
    for (size_t i = 0; i < council->n && !status; i++)
        status = find_nearest(council, peers, row_of_place, count, i, err);
    free(row_of_place);
    return status;
}

/* Distances are between all at once: those of the first one's peers serve the others too. */
static behov_status find_like(behov_council *council, behov_error *err)
{
    behov_peers peers = {0};
    behov_error failure = {0};
    behov_status status = BEHOV_E_DATA;
    for (size_t i = 0; i < council->n && status && status != BEHOV_E_MEMORY; i++) {
        const behov_municipality *who = &council->ranking.places.all[council->pages[i].profile->place];
        behov_peers_free(&peers);
        status = behov_peers_new(council->fit_results,
                                 &(behov_peer_choices){.municipality = who->code[0] ? who->code : who->name,
                                                       .count = council->choices.n_like,
                                                       .is_at_most = true,
                                                       .year = council->year},
                                 &peers, &failure);
    }
    council->has_like = !status;
    behov_status kept =
        status ? keep_reason(status, &failure, &council->no_like, err) : find_all_nearest(council, &peers, err);
    behov_peers_free(&peers);
    return kept;
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

/* The row of each page in the year: that whose year it is. */
static size_t row_of(const behov_council *council, size_t place)
{
    const behov_profile_index *index = &council->profiles.index;
    const behov_panel *panel = &council->fit_results->study->panel;
    for (size_t i = index->first_row[place]; i < index->first_row[place + 1]; i++)
        if (behov_panel_year(panel, index->rows[i]) == council->year)
            return index->rows[i];
    return index->rows[index->first_row[place]];
}

static behov_status make_pages(behov_council *council, behov_error *err)
{
    council->n = council->profiles.n;
    if (!council->n)
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(council->fit_results->study->table),
                               SAY_RANKING_NO_NEED);
    council->pages = calloc(council->n + 1, sizeof *council->pages);
    if (!council->pages)
        return council_no_memory(err);
    for (size_t i = 0; i < council->n; i++)
        council->pages[i] = (behov_council_page){.profile = &council->profiles.all[i],
                                                 .row = row_of(council, council->profiles.all[i].place)};
    return BEHOV_OK;
}

static behov_status make_ranking(behov_council *council, behov_error *err)
{
    const behov_profile_choices *choices = &council->choices.profile;
    return behov_ranking_new(council->fit_results,
                             &(behov_ranking_choices){.ranked_by = BEHOV_BY_RATIO,
                                                      .year = council->year,
                                                      .within = {.kind = "country"},
                                                      .level = choices->level,
                                                      .n_draws = choices->n_draws,
                                                      .seed = choices->seed,
                                                      .lasting = choices->lasting,
                                                      .progress = choices->progress},
                             &council->ranking, err);
}

/* The last year that all who are chosen may have a need in, the earliest of their own last ones; 0 where a year is not
 * what is lacking. */
static int last_year_of_chosen(const behov_council *council)
{
    behov_profile_choices choices = council->choices.profile;
    behov_profiles profiles = {0};
    behov_error unused = {.what = ""};
    choices.year = 0;
    int year = 0;
    if (!behov_profiles_new(council->fit_results, &choices, &profiles, &unused) && profiles.n)
        for (size_t i = 0; i < profiles.n; i++) {
            int last = profiles.all[i].years[profiles.all[i].index].year;
            year = !year || last < year ? last : year;
        }
    behov_profiles_free(&profiles);
    return year;
}

/* Of the year that is chosen, or the last one; of municipalities of which one has no need then, the last that they all
 * may have. */
static behov_status make_profiles(behov_council *council, behov_error *err)
{
    behov_profile_choices *choices = &council->choices.profile;
    bool is_chosen = choices->year != 0;
    council->year = choices->year = is_chosen ? choices->year : behov_fit_results_last_year(council->fit_results);
    behov_status status = behov_profiles_new(council->fit_results, choices, &council->profiles, err);
    int year = status == BEHOV_E_DATA && !is_chosen && choices->list ? last_year_of_chosen(council) : 0;
    if (!year)
        return status;
    behov_profiles_free(&council->profiles);
    council->profiles = (behov_profiles){0};
    council->year = choices->year = year;
    return behov_profiles_new(council->fit_results, choices, &council->profiles, err);
}

behov_status behov_council_new(const behov_fit_results *fit_results, const behov_council_choices *choices,
                               behov_council *council, behov_error *err)
{
    *council = (behov_council){.fit_results = fit_results, .choices = *choices};
    behov_status status =
        choices->profile.year ? behov_fit_results_check_year(fit_results, choices->profile.year, err) : BEHOV_OK;
    if (!status)
        status = make_profiles(council, err);
    if (!status)
        status = make_pages(council, err);
    if (!status)
        status = make_ranking(council, err);
    council->ranking.variances.is_named_by_years = council->profiles.country.variances.is_named_by_years =
        council->profiles.group.variances.is_named_by_years = true; /* a sheet is read long after, and of any year */
    if (!status)
        status = make_funnel(council, err);
    if (!status)
        status = find_like(council, err);
    return status ? status : council_whatif_fill(council, err);
}
