/* peer_accounts.c - see behov/peer_accounts.h. */
#include <behov/peer_accounts.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/near_word.h>

#include "missing_numbers.h"
#include "service_amount.h"

/* Population of each place in the year; NaN where the panel has none. */
static behov_status find_populations(const behov_peers *peers, int year, double **populations, behov_error *err)
{
    const behov_panel *panel = &peers->fit_results->study->panel;
    if (!(*populations = behov_missing_numbers(peers->places.n)))
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++) {
        if (behov_panel_year(panel, row) != year || behov_table_row_mark(panel->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        size_t place = behov_municipality_list_position(&peers->places, behov_panel_code(panel, row),
                                                        behov_panel_municipality(panel, row));
        if (place < peers->places.n)
            (*populations)[place] = behov_panel_population(panel, row);
    }
    return BEHOV_OK;
}

static double amount_of(const behov_peer_accounts *peer_accounts, const behov_account_line *line, size_t position)
{
    const behov_accounts *accounts = peer_accounts->accounts;
    return line->function ? behov_accounts_amount(accounts, position, line->function, peer_accounts->year_position)
                          : behov_accounts_sum(accounts, position, line->yardstick, peer_accounts->year_position, NULL);
}

bool behov_peer_accounts_are_alike(const behov_peer_accounts *peer_accounts, const behov_account_line *line,
                                   size_t place)
{
    const behov_accounts *accounts = peer_accounts->accounts;
    size_t position = behov_accounts_position(accounts, peer_accounts->comparison->peers->places.all[place].code);
    for (size_t i = 0; i < BEHOV_ACCOUNT_FUNCTIONS && !line->function && position < accounts->n; i++) {
        int function = behov_account_functions[i];
        bool is_own =
            !isnan(behov_accounts_amount(accounts, peer_accounts->own, function, peer_accounts->year_position));
        bool is_others = !isnan(behov_accounts_amount(accounts, position, function, peer_accounts->year_position));
        if (is_own != is_others && behov_accounts_yardstick_counts(line->yardstick, function))
            return false;
    }
    return true;
}

/* Where the municipality stands among the others' kr per inhabitant; NaN of those without figures. */
static behov_status fill_place(const double *all, size_t n_members, double own, behov_account_base *figures,
                               behov_error *err)
{
    behov_status status = behov_quartiles_of(all, n_members, &figures->quartiles, err);
    if (status || isnan(own) || !figures->n)
        return status;
    figures->rank = 1;
    for (size_t i = 0; i < n_members; i++)
        figures->rank += behov_peer_is_above(all[i], own);
    figures->n_ranked = 1 + figures->n;
    figures->quarter = behov_quarter_of(own, &figures->quartiles);
    return BEHOV_OK;
}

static behov_status fill_base(const behov_peer_accounts *peer_accounts, const behov_peer_base *base,
                              const double *populations, const behov_account_line *line, behov_account_base *figures,
                              behov_error *err)
{
    const behov_peers *peers = peer_accounts->comparison->peers;
    double amounts = 0, persons = 0, rates = 0, *all = behov_missing_numbers(base->n_members);
    *figures = (behov_account_base){.weighted_kr = NAN,
                                    .unweighted_kr = NAN,
                                    .difference_kr = NAN,
                                    .difference_1000kr = NAN,
                                    .quartiles = {NAN, NAN, NAN, 0}};
    if (!all)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
    for (size_t i = 0; i < base->n_members && peer_accounts->accounts->has_codes; i++) {
        size_t place = base->members[i],
               position = behov_accounts_position(peer_accounts->accounts, peers->places.all[place].code);
        if (position == peer_accounts->accounts->n)
            continue;
        double amount = amount_of(peer_accounts, line, position), population = populations[place];
        if (isnan(amount) || isnan(population))
            continue;
        if (!behov_peer_accounts_are_alike(peer_accounts, line, place)) {
            figures->n_unlike++;
            continue;
        }
        figures->n++;
        amounts += amount;
        persons += population;
        rates += all[i] = 1000 * amount / population;
    }
    if (figures->n) {
        figures->weighted_kr = 1000 * amounts / persons;
        figures->unweighted_kr = rates / (double)figures->n;
        figures->difference_kr = line->per_inhabitant_kr - figures->weighted_kr;
        figures->difference_1000kr = figures->difference_kr * peer_accounts->population / 1000;
    }
    behov_status status = fill_place(all, base->n_members, line->per_inhabitant_kr, figures, err);
    free(all);
    return status;
}

static behov_status find_own(behov_peer_accounts *peer_accounts, int year, behov_error *err)
{
    const behov_accounts *accounts = peer_accounts->accounts;
    const behov_peers *peers = peer_accounts->comparison->peers;
    const behov_municipality *own = &peers->places.all[peers->own];
    peer_accounts->year = year ? year : accounts->years[accounts->n_years - 1];
    peer_accounts->year_position = behov_accounts_year(accounts, peer_accounts->year);
    if (peer_accounts->year_position == accounts->n_years)
        return behov_error_say(err, BEHOV_E_NAME, accounts->path, SAY_ACCOUNTS_YEAR_UNKNOWN, year, accounts->years[0],
                               accounts->years[accounts->n_years - 1]);
    peer_accounts->own = behov_accounts_position(accounts, own->code);
    if (peer_accounts->own < accounts->n)
        return BEHOV_OK;
    behov_near_word spelling = behov_near_word_start(own->code);
    for (size_t i = 0; i < accounts->n; i++)
        behov_near_word_try(&spelling, accounts->codes[i]);
    return behov_error_say(err, BEHOV_E_NAME, accounts->path, SAY_ACCOUNTS_MUNICIPALITY_UNKNOWN,
                           behov_cut(own->code, 40).text,
                           behov_cut(spelling.nearest ? spelling.nearest : accounts->codes[0], 40).text);
}

/* Amounts of all that the panel has a population of, in kroner or in millions. */
static behov_status check_amounts(const behov_peer_accounts *peer_accounts, const double *populations, behov_error *err)
{
    const behov_accounts *accounts = peer_accounts->accounts;
    const behov_peers *peers = peer_accounts->comparison->peers;
    behov_status status = BEHOV_OK;
    for (size_t place = 0; place < peers->places.n && !status; place++) {
        const char *code = peers->places.all[place].code;
        size_t position = behov_accounts_position(accounts, code);
        bool is_there = accounts->has_codes ? position < accounts->n : place == peers->own;
        for (size_t i = 0; i < BEHOV_ACCOUNT_FUNCTIONS && is_there && !status; i++) {
            char function[16], where[BEHOV_PLACE_SIZE];
            snprintf(function, sizeof function, "%d", behov_account_functions[i]);
            snprintf(where, sizeof where, "%s, %s, %s", behov_cut(accounts->path, 120).text, behov_cut(code, 40).text,
                     function);
            status = service_amount_check(
                function,
                behov_accounts_amount(accounts, position, behov_account_functions[i], peer_accounts->year_position),
                populations[place], where, err);
        }
    }
    return status;
}

behov_status behov_peer_accounts_new(const behov_accounts *accounts, const behov_peer_comparison *comparison, int year,
                                     behov_peer_accounts *peer_accounts, behov_error *err)
{
    double *populations = NULL;
    *peer_accounts = (behov_peer_accounts){.accounts = accounts, .comparison = comparison};
    behov_status status = find_own(peer_accounts, year, err);
    if (!status)
        status = find_populations(comparison->peers, peer_accounts->year, &populations, err);
    if (!status)
        status = check_amounts(peer_accounts, populations, err);
    if (status) {
        free(populations);
        return status;
    }
    peer_accounts->population = populations[comparison->peers->own];
    for (size_t i = 0; i < BEHOV_ACCOUNT_LINES && !status; i++) {
        behov_account_line *line = &peer_accounts->lines[i];
        bool is_sum = i >= BEHOV_ACCOUNT_FUNCTIONS;
        line->function = is_sum ? 0 : behov_account_functions[i];
        line->yardstick = (behov_accounts_yardstick)(is_sum ? i - BEHOV_ACCOUNT_FUNCTIONS : 0);
        if (is_sum)
            (void)behov_accounts_sum(accounts, peer_accounts->own, line->yardstick, peer_accounts->year_position,
                                     &line->n_missing);
        line->amount_1000kr = amount_of(peer_accounts, line, peer_accounts->own);
        line->per_inhabitant_kr = 1000 * line->amount_1000kr / peer_accounts->population;
        for (size_t b = 0; b < BEHOV_N_BASES && !status; b++)
            status = fill_base(peer_accounts, &comparison->bases[b], populations, line, &line->bases[b], err);
    }
    free(populations);
    return status;
}
