/* write_peers.c - see write_peers.h. */
#include "write_peers.h"

#include <stdio.h>

#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_peers_page *peers_page = context;
    behov_section_list list = {0};
    behov_status status = behov_peers_add(peers_page, false, &list, err);
    if (!status) {
        status = write_text_head(peers_page->peers->fit_results, out, err);
        fputc('\n', out);
    }
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", out);
        write_text_section(&list.sections[i], NULL, peers_page->peers->fit_results->study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void put_interval(json_t *object, const char *low_key, const char *high_key, behov_interval interval)
{
    json_put(object, low_key, json_figure(interval.low));
    json_put(object, high_key, json_figure(interval.high));
}

static json_t *year_json(int year)
{
    return year ? json_integer(year) : json_null();
}

static const char *regressor_of(const behov_peers *peers, size_t column)
{
    return behov_design_regressor(peers->fit_results->design, peers->columns[column]);
}

static void put_place(const behov_peers *peers, size_t place, json_t *object)
{
    const behov_peer_means *means = &peers->means[place];
    json_put(object, "municipality_code", json_text(peers->places.all[place].code));
    json_put(object, "municipality", json_text(peers->places.all[place].name));
    json_put(object, "population", json_figure(means->population));
    json_put(object, "actual", json_figure(means->actual));
    json_put(object, "need", json_figure(means->need));
    json_put(object, "ratio_pct", json_figure(means->ratio));
}

static json_t *nearest_json(const behov_peers *peers)
{
    json_t *list = json_array();
    for (size_t i = 0; i < peers->n_nearest; i++) {
        json_t *object = json_object(), *contributions = json_object();
        json_put(object, "place", json_count(i + 1));
        put_place(peers, peers->nearest[i], object);
        json_put(object, "distance", json_figure(peers->distances[i]));
        json_put(object, "typical_distance", json_figure(peers->typical[i]));
        json_put(object, "is_far", json_boolean(behov_peers_is_far(peers, i)));
        for (size_t j = 0; j < peers->n_columns; j++)
            json_put(contributions, regressor_of(peers, j),
                     json_figure(peers->contributions[i * peers->n_columns + j]));
        json_put(object, "squared_distance_by_regressor", contributions);
        json_add(list, object);
    }
    return list;
}

static json_t *regressors_json(const behov_peers *peers)
{
    static const char *const uses[] = {"used", "does_not_vary", "collinear"};
    json_t *list = json_array();
    for (size_t j = 0; j < peers->n_columns; j++) {
        json_t *object = json_object();
        json_put(object, "regressor", json_text(regressor_of(peers, j)));
        json_put(object, "use", json_text(uses[behov_likeness_use(peers->likeness, j)]));
        json_put(object, "own_value", json_figure(behov_peers_own_value(peers, j)));
        json_put(object, "peers_mean", json_figure(behov_peers_mean_value(peers, j)));
        json_put(object, "all_mean", json_figure(behov_likeness_mean(peers->likeness, j)));
        json_put(object, "standard_deviation", json_figure(behov_likeness_deviation(peers->likeness, j)));
        json_put(object, "asked_weight", json_figure(peers->weights[j]));
        json_put(object, "weight", json_figure(behov_likeness_weight(peers->likeness, j)));
        json_put(object, "share", json_figure(behov_peers_share(peers, j)));
        json_add(list, object);
    }
    return list;
}

static json_t *figure_json(const behov_peer_figure *figure)
{
    json_t *object = json_object();
    json_put(object, "n", json_count(figure->n));
    json_put(object, "n_without_population", json_count(figure->n_without_population));
    json_put(object, "own", json_figure(figure->own));
    put_interval(object, "own_low", "own_high", figure->own_interval);
    json_put(object, "weighted_mean", json_figure(figure->weighted));
    put_interval(object, "weighted_mean_low", "weighted_mean_high", figure->weighted_interval);
    json_put(object, "unweighted_mean", json_figure(figure->unweighted));
    json_put(object, "difference", json_figure(figure->difference));
    put_interval(object, "difference_low", "difference_high", figure->difference_interval);
    json_put(object, "difference_1000kr", json_figure(figure->difference_1000kr));
    put_interval(object, "difference_1000kr_low", "difference_1000kr_high", figure->difference_1000kr_interval);
    json_put(object, "lower_quartile", json_figure(figure->quartiles.low));
    json_put(object, "median", json_figure(figure->quartiles.median));
    json_put(object, "upper_quartile", json_figure(figure->quartiles.high));
    json_put(object, "quarter", figure->quarter ? json_integer(figure->quarter) : json_null());
    json_put(object, "rank", figure->rank ? json_count(figure->rank) : json_null());
    json_put(object, "n_ranked", figure->rank ? json_count(figure->n_ranked) : json_null());
    return object;
}

static const char *reason_name(behov_base_reason reason)
{
    static const char *const names[] = {NULL, "not_asked_for", "no_members", "no_codes", "no_population"};
    return names[reason];
}

static json_t *bases_json(const behov_peers_page *peers_page)
{
    static const char *const measures[BEHOV_N_PEER_MEASURES] = {"outcome", "need", "ratio_pct"};
    json_t *list = json_array();
    for (size_t b = 0; b < BEHOV_N_BASES; b++) {
        const behov_peer_base *base = &peers_page->comparison->bases[b];
        json_t *object = json_object(), *members = json_array();
        json_put(object, "base", json_text(behov_peers_base_key(base->kind)));
        json_put(object, "name", base->name ? json_text(base->name) : json_null());
        bool is_there = base->reason == BEHOV_BASE_IS_THERE;
        json_put(object, "missing_because", is_there ? json_null() : json_text(reason_name(base->reason)));
        for (size_t i = 0; i < base->n_members; i++)
            json_add(members, json_text(peers_page->peers->places.all[base->members[i]].code));
        json_put(object, "n_members", json_count(base->n_members));
        json_put(object, "members", members);
        for (int measure = 0; measure < BEHOV_N_PEER_MEASURES; measure++)
            json_put(object, measures[measure], is_there ? figure_json(&base->figures[measure]) : json_null());
        json_add(list, object);
    }
    return list;
}

/* Codes of the members that a sum leaves out. */
static json_t *unlike_json(const behov_peer_accounts *peer_accounts, const behov_account_line *line, size_t base)
{
    const behov_peers *peers = peer_accounts->comparison->peers;
    const behov_peer_base *members = &peer_accounts->comparison->bases[base];
    json_t *list = json_array();
    for (size_t i = 0; i < members->n_members; i++)
        if (!behov_peer_accounts_are_alike(peer_accounts, line, members->members[i]))
            json_add(list, json_text(peers->places.all[members->members[i]].code));
    return list;
}

static json_t *line_json(const behov_peer_accounts *peer_accounts, const behov_account_line *line)
{
    static const char *const yardsticks[BEHOV_N_YARDSTICKS] = {"proba", "ks_asss"};
    json_t *object = json_object(), *bases = json_object();
    json_put(object, "function", line->function ? json_integer(line->function) : json_null());
    json_put(object, "sum", line->function ? json_null() : json_text(yardsticks[line->yardstick]));
    json_put(object, "n_functions_missing", line->function ? json_null() : json_count(line->n_missing));
    json_put(object, "amount_1000kr", json_figure(line->amount_1000kr));
    json_put(object, "per_inhabitant_kr", json_figure(line->per_inhabitant_kr));
    for (size_t b = 0; b < BEHOV_N_BASES; b++) {
        const behov_account_base *base = &line->bases[b];
        json_t *figures = json_object();
        json_put(figures, "n", json_count(base->n));
        json_put(figures, "n_other_functions", json_count(base->n_unlike));
        json_put(figures, "other_functions", unlike_json(peer_accounts, line, b));
        json_put(figures, "weighted_mean_kr", json_figure(base->weighted_kr));
        json_put(figures, "unweighted_mean_kr", json_figure(base->unweighted_kr));
        json_put(figures, "difference_kr", json_figure(base->difference_kr));
        json_put(figures, "difference_1000kr", json_figure(base->difference_1000kr));
        json_put(figures, "lower_quartile_kr", json_figure(base->quartiles.low));
        json_put(figures, "median_kr", json_figure(base->quartiles.median));
        json_put(figures, "upper_quartile_kr", json_figure(base->quartiles.high));
        json_put(figures, "quarter", base->quarter ? json_integer(base->quarter) : json_null());
        json_put(figures, "rank", base->rank ? json_count(base->rank) : json_null());
        json_put(figures, "n_ranked", base->rank ? json_count(base->n_ranked) : json_null());
        json_put(bases, behov_peers_base_key((behov_peer_base_kind)b), figures);
    }
    json_put(object, "bases", bases);
    return object;
}

static json_t *accounts_json(const behov_peer_accounts *peer_accounts)
{
    if (!peer_accounts)
        return json_null();
    const behov_accounts *accounts = peer_accounts->accounts;
    json_t *object = json_object(), *lines = json_array(), *left_out = json_array();
    json_put(object, "file", json_text(accounts->path));
    json_put(object, "year", json_integer(peer_accounts->year));
    json_put(object, "units", json_text(accounts->units));
    json_put(object, "population", json_figure(peer_accounts->population));
    for (size_t i = 0; i < BEHOV_ACCOUNT_LINES; i++)
        json_add(lines, line_json(peer_accounts, &peer_accounts->lines[i]));
    for (size_t i = 0; i < accounts->n_functions; i++) {
        int function = accounts->functions[i];
        if (behov_accounts_yardstick_counts(BEHOV_YARDSTICK_ASSS, function))
            continue;
        json_t *single = json_object();
        json_put(single, "function", json_integer(function));
        json_put(
            single, "amount_1000kr",
            json_figure(behov_accounts_amount(accounts, peer_accounts->own, function, peer_accounts->year_position)));
        json_add(left_out, single);
    }
    json_put(object, "lines", lines);
    json_put(object, "left_out", left_out);
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_peers_page *peers_page = context;
    const behov_peers *peers = peers_page->peers;
    json_t *object = json_object(), *own = json_object();
    write_json_common(object, peers->fit_results);
    write_json_clusters(object, peers->fit_results);
    json_put(object, "first_year", year_json(peers->first_year));
    json_put(object, "last_year", year_json(peers->last_year));
    json_put(object, "distance", json_text(behov_peers_distance_key(peers->choices.distance)));
    json_put(object, "rank", json_count(behov_likeness_rank(peers->likeness)));
    json_put(object, "count", json_count(peers->n_nearest));
    json_put(object, "n_candidates", json_count(peers->n_candidates - 1));
    json_put(object, "n_incomplete", json_count(peers->n_incomplete));
    json_put(object, "far_from_times_typical", json_figure(behov_peers_far));
    json_put(object, "n_far", json_count(behov_peers_n_far(peers)));
    put_place(peers, peers->own, own);
    json_put(object, "own", own);
    json_put(object, "peers", nearest_json(peers));
    json_put(object, "regressors", regressors_json(peers));
    json_put(object, "level", json_figure(peers_page->comparison->level));
    json_put(object, "weighted_by", peers_page->comparison->has_population ? json_text("population") : json_null());
    json_put(object, "comparisons", bases_json(peers_page));
    json_put(object, "accounts", accounts_json(peers_page->accounts));
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_peers_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_peers_rows(context, report, err);
}

static behov_status draw(const void *results, behov_picture *out, behov_error *err)
{
    return behov_plot_peers(results, out, err);
}

static behov_status pictures(const void *context, picture_list *list, behov_error *err)
{
    return picture_list_add(list, draw, context, err);
}

const output_writers peers_writers = {.sections = sections,
                                      .rows = rows,
                                      .json = json,
                                      .page = page,
                                      .pictures = pictures,
                                      .title = BEHOV_WORD_TITLE_PEERS};
