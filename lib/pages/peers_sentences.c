/* peers_sentences.c - see behov/peers_sentences.h. */
#include <behov/peers_sentences.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/study_words.h>
#include "peers_parts.h"
#include "sentence_parts.h"

static const char *whole(const behov_peers_page *page, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(peers_lang(page), (double)n, text);
}

static void say(const behov_peers_page *page, bool is_said, behov_word word, behov_wording *words)
{
    if (is_said)
        behov_wording_add(words, behov_label(peers_lang(page), word));
}

static void own_name(const behov_peers_page *page, behov_wording *name)
{
    behov_sentence_municipality(name, &page->peers->places.all[page->peers->own]);
}

void behov_peers_answer(const behov_peers_page *page, behov_wording *words)
{
    const behov_peer_base *base = &page->comparison->bases[BEHOV_BASE_LIKE];
    const behov_peer_figure *figure = &base->figures[BEHOV_PEER_RATIO];
    behov_language lang = peers_lang(page);
    char own[BEHOV_NUMBER_SIZE], mean[BEHOV_NUMBER_SIZE], difference[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE],
        high[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_interval interval = figure->difference_interval;
    behov_wording_clear(words);
    if (base->reason || isnan(figure->own) || isnan(figure->difference) || isnan(interval.low))
        return;
    behov_wording name = {0}, peers = {0};
    own_name(page, &name);
    /* whole figures would give another difference than the one that is printed: 93 and 94 are 92.9 and 94.5 */
    behov_format_cell(BEHOV_Q_INDEX, figure->difference, lang, difference);
    behov_format_cell(BEHOV_Q_INDEX, interval.low, lang, low);
    behov_format_cell(BEHOV_Q_INDEX, interval.high, lang, high);
    behov_word word = interval.low <= 0 && interval.high >= 0 ? BEHOV_WORD_PEERS_ANSWER_UNCLEAR
                      : figure->difference > 0                ? BEHOV_WORD_PEERS_ANSWER_ABOVE
                                                              : BEHOV_WORD_PEERS_ANSWER_BELOW;
    behov_wording_fill(&peers, lang, figure->n == 1 ? BEHOV_WORD_PEERS_THE_ONE : BEHOV_WORD_PEERS_THE_MANY, "n",
                       whole(page, figure->n, n), NULL);
    behov_wording_fill(words, lang, word, "municipality", behov_wording_text(&name), "own",
                       behov_format_cell(BEHOV_Q_INDEX, figure->own, lang, own), "mean",
                       behov_format_cell(BEHOV_Q_INDEX, figure->weighted, lang, mean), "peers",
                       behov_wording_text(&peers), "difference", behov_format_minus(difference), "low",
                       behov_format_minus(low), "high", behov_format_minus(high), "level",
                       behov_format_level(lang, 100 * page->comparison->level, level), NULL);
    behov_wording_spend(words, &peers);
    behov_wording_spend(words, &name);
}

/* ---- the peers --------------------------------------------------------------------------------------------------- */

static void note_far(const behov_peers_page *page, behov_wording *words)
{
    const behov_peers *peers = page->peers;
    char n[BEHOV_NUMBER_SIZE], far[BEHOV_NUMBER_SIZE], times[BEHOV_NUMBER_SIZE], limit[BEHOV_NUMBER_SIZE];
    size_t n_far = behov_peers_n_far(peers);
    behov_wording name = {0};
    own_name(page, &name);
    double ratio = peers->typical[0] > 0 ? peers->distances[0] / peers->typical[0] : NAN;
    behov_word word = n_far == 0 && peers->n_nearest == 1             ? BEHOV_WORD_PEERS_ONE_NEAR
                      : n_far == 0                                    ? BEHOV_WORD_PEERS_ALL_NEAR
                      : behov_peers_is_far(peers, 0) && !isnan(ratio) ? BEHOV_WORD_PEERS_NONE_LIKE
                                                                      : BEHOV_WORD_PEERS_SOME_FAR;
    behov_wording_fill(words, peers_lang(page), word, "municipality", behov_wording_text(&name), "n",
                       whole(page, peers->n_nearest, n), "far", whole(page, n_far, far), "times",
                       behov_format_cell(BEHOV_Q_INDEX, ratio, peers_lang(page), times), "limit",
                       behov_format_cell(BEHOV_Q_VALUE, behov_peers_far, peers_lang(page), limit), NULL);
    behov_wording_spend(words, &name);
}

static void note_incomplete(const behov_peers_page *page, behov_wording *words)
{
    const behov_peers *peers = page->peers;
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, peers_lang(page),
                       peers->n_incomplete ? BEHOV_WORD_PEERS_INCOMPLETE : BEHOV_WORD_PEERS_COMPLETE, "n",
                       whole(page, peers->n_incomplete, n), "all", whole(page, peers->n_candidates - 1, all), NULL);
}

void behov_peers_note(const behov_peers_page *page, size_t i, behov_wording *words)
{
    behov_wording_clear(words);
    switch (i) {
    case 0: note_far(page, words); break;
    case 1: say(page, true, BEHOV_WORD_PEERS_TYPICAL_EXPLAINED, words); break;
    case 2: note_incomplete(page, words); break;
    case 3: say(page, page->peers->n_years > 1, BEHOV_WORD_PEERS_MEANS_OF_YEARS, words); break;
    case 4: say(page, true, BEHOV_WORD_PEERS_TIES, words); break;
    case 5: say(page, true, BEHOV_WORD_PEERS_NOT_ALIKE_IN_ALL, words); break;
    default: say(page, page->peers->fit_results->study->is_simulated, BEHOV_WORD_SIMULATED_EXPLAINED, words); break;
    }
}

/* ---- distances --------------------------------------------------------------------------------------------------- */

/* The regressors of a use, or those whose weight was changed. */
static void list_columns(const behov_peers_page *page, bool by_weight, behov_column_use use, behov_wording *list)
{
    const behov_peers *peers = page->peers;
    behov_wording term = {0};
    for (size_t j = 0; j < peers->n_columns; j++) {
        bool is_listed = by_weight ? peers->weights[j] != 1 : behov_likeness_use(peers->likeness, j) == use;
        if (!is_listed)
            continue;
        behov_study_say_term(peers->fit_results->study,
                             behov_design_regressor(peers->fit_results->design, peers->columns[j]), &term);
        if (by_weight) {
            char weight[BEHOV_NUMBER_SIZE];
            behov_wording_print(&term, " (%s)",
                                behov_format_cell(BEHOV_Q_VALUE, peers->weights[j], peers_lang(page), weight));
        }
        behov_wording_add_after(list, ", ", behov_wording_text(&term));
    }
    behov_wording_spend(list, &term);
}

static void note_columns(const behov_peers_page *page, bool by_weight, behov_column_use use, behov_word word,
                         behov_wording *words)
{
    behov_wording list = {0};
    list_columns(page, by_weight, use, &list);
    if (list.length)
        behov_wording_fill(words, peers_lang(page), word, "terms", behov_wording_text(&list), NULL);
    behov_wording_spend(words, &list);
}

void behov_peers_distance_note(const behov_peers_page *page, size_t i, behov_wording *words)
{
    static const behov_word kinds[BEHOV_N_DISTANCES] = {
        BEHOV_WORD_PEERS_NEED_EXPLAINED, BEHOV_WORD_PEERS_WEIGHTED_EXPLAINED, BEHOV_WORD_PEERS_MAHALANOBIS_EXPLAINED};
    behov_wording_clear(words);
    switch (i) {
    case 0: say(page, true, kinds[page->peers->choices.distance], words); break;
    case 1: say(page, true, BEHOV_WORD_PEERS_SHARE_EXPLAINED, words); break;
    case 2: note_columns(page, true, BEHOV_COLUMN_USED, BEHOV_WORD_PEERS_WEIGHTS_CHANGED, words); break;
    case 3: note_columns(page, false, BEHOV_COLUMN_DOES_NOT_VARY, BEHOV_WORD_PEERS_TERMS_DO_NOT_VARY, words); break;
    default: note_columns(page, false, BEHOV_COLUMN_IS_COLLINEAR, BEHOV_WORD_PEERS_TERMS_COLLINEAR, words); break;
    }
}

/* ---- against bases ----------------------------------------------------------------------------------------------- */

/* Those that are not there although everybody has them, each with its reason. */
static void note_missing_bases(const behov_peers_page *page, behov_wording *words)
{
    for (size_t b = 0; b < BEHOV_N_BASES; b++) {
        const behov_peer_base *base = &page->comparison->bases[b];
        behov_wording name = {0}, sentence = {0};
        behov_word word = base->reason == BEHOV_BASE_NO_MEMBERS      ? BEHOV_WORD_PEERS_BASE_ALONE
                          : base->reason == BEHOV_BASE_NO_CODES      ? BEHOV_WORD_PEERS_BASE_NO_CODES
                          : base->reason == BEHOV_BASE_NO_POPULATION ? BEHOV_WORD_PEERS_BASE_NO_POPULATION
                                                                     : BEHOV_NO_WORD;
        behov_peers_base_name(page, base, &name);
        if (word)
            behov_wording_fill(&sentence, peers_lang(page), word, "base", behov_wording_text(&name), NULL);
        if (word)
            behov_wording_add_after(words, " ", behov_wording_text(&sentence));
        behov_wording_spend(words, &name), behov_wording_spend(words, &sentence);
    }
}

/* Members that lack a measure, by base, of those that have the one before it. */
static void list_lacking(const behov_peers_page *page, bool is_outcome, behov_word word, behov_wording *words)
{
    behov_wording list = {0}, sentence = {0};
    for (size_t b = 0; b < BEHOV_N_BASES; b++) {
        const behov_peer_base *base = &page->comparison->bases[b];
        size_t n_with_need = base->figures[BEHOV_PEER_NEED].n, n_all = is_outcome ? n_with_need : base->n_members,
               n_there = is_outcome ? base->figures[BEHOV_PEER_OUTCOME].n : n_with_need;
        char n[BEHOV_NUMBER_SIZE];
        if (base->reason != BEHOV_BASE_IS_THERE || n_there == n_all)
            continue;
        behov_wording name = {0};
        behov_peers_base_name(page, base, &name);
        behov_wording_add_after(&list, ", ", behov_wording_text(&name));
        behov_wording_print(&list, " (%s)", whole(page, n_all - n_there, n));
        behov_wording_spend(&list, &name);
    }
    if (list.length)
        behov_wording_fill(&sentence, peers_lang(page), word, "bases", behov_wording_text(&list), NULL);
    if (list.length)
        behov_wording_add_after(words, " ", behov_wording_text(&sentence));
    behov_wording_spend(words, &list), behov_wording_spend(words, &sentence);
}

/* Without explanatory variables there is no need, and no measure of the three: they are of the same municipalities. */
static void note_incomplete_members(const behov_peers_page *page, behov_wording *words)
{
    list_lacking(page, false, BEHOV_WORD_PEERS_MEMBERS_WITHOUT_TERMS, words);
    list_lacking(page, true, BEHOV_WORD_PEERS_MEMBERS_INCOMPLETE, words);
}

static void note_intervals(const behov_peers_page *page, behov_wording *words)
{
    char level[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    const behov_fit_results *result = page->peers->fit_results;
    behov_wording_fill(words, peers_lang(page),
                       peers_in_kroner(page) ? BEHOV_WORD_PEERS_INTERVALS : BEHOV_WORD_PEERS_INTERVALS_OTHER, "level",
                       behov_format_level(peers_lang(page), 100 * page->comparison->level, level), "n",
                       behov_format_count(peers_lang(page), behov_design_n_observations(result->design), n), NULL);
}

void behov_peers_comparison_note(const behov_peers_page *page, size_t i, behov_wording *words)
{
    behov_wording_clear(words);
    switch (i) {
    case 0:
        say(page, true,
            page->comparison->has_population ? BEHOV_WORD_PEERS_MEANS_EXPLAINED : BEHOV_WORD_PEERS_MEANS_UNWEIGHTED,
            words);
        break;
    case 1: say(page, true, BEHOV_WORD_PEERS_OWN_LEFT_OUT, words); break;
    case 2: say(page, true, BEHOV_WORD_PEERS_RANK_EXPLAINED, words); break;
    case 3: note_intervals(page, words); break;
    case 4: note_incomplete_members(page, words); break;
    case 5: note_missing_bases(page, words); break;
    case 6:
        say(page, page->comparison->bases[BEHOV_BASE_GROUP].reason == BEHOV_BASE_NOT_ASKED_FOR,
            BEHOV_WORD_PEERS_NO_GROUP, words);
        break;
    default: say(page, true, BEHOV_WORD_NOT_A_VERDICT, words); break;
    }
}

/* ---- accounts ---------------------------------------------------------------------------------------------------- */

static bool is_counted(int function)
{
    return behov_accounts_yardstick_counts(BEHOV_YARDSTICK_PROBA, function) ||
           behov_accounts_yardstick_counts(BEHOV_YARDSTICK_ASSS, function);
}

/* "275 (10 558), 850 (−29 294)": functions that no yardstick counts. */
static void note_left_out(const behov_peers_page *page, behov_wording *words)
{
    const behov_peer_accounts *out = page->accounts;
    char amount_text[BEHOV_NUMBER_SIZE], year[16];
    behov_wording list = {0};
    for (size_t i = 0; i < out->accounts->n_functions; i++) {
        int function = out->accounts->functions[i];
        double amount = behov_accounts_amount(out->accounts, out->own, function, out->year_position);
        if (is_counted(function) || isnan(amount))
            continue;
        behov_wording_add_after(&list, ", ", "");
        behov_format_cell(BEHOV_Q_GAP, amount, peers_lang(page), amount_text);
        behov_wording_print(&list, "%d (%s)", function, behov_format_minus(amount_text));
    }
    snprintf(year, sizeof year, "%d", out->year);
    if (list.length)
        behov_wording_fill(words, peers_lang(page), BEHOV_WORD_PEERS_FUNCTIONS_LEFT_OUT, "functions",
                           behov_wording_text(&list), "year", year, NULL);
    behov_wording_spend(words, &list);
}

/* Functions of the yardsticks without a figure. */
static void note_missing_functions(const behov_peers_page *page, behov_wording *words)
{
    char year[16];
    behov_wording list = {0};
    for (size_t i = 0; i < BEHOV_ACCOUNT_FUNCTIONS; i++)
        if (isnan(page->accounts->lines[i].amount_1000kr)) {
            behov_wording_add_after(&list, ", ", "");
            behov_wording_print(&list, "%d", page->accounts->lines[i].function);
        }
    snprintf(year, sizeof year, "%d", page->accounts->year);
    if (list.length)
        behov_wording_fill(words, peers_lang(page), BEHOV_WORD_PEERS_FUNCTIONS_MISSING, "functions",
                           behov_wording_text(&list), "year", year, NULL);
    behov_wording_spend(words, &list);
}

/* Each municipality once, whichever of the bases it is in. */
static bool is_member(const behov_peers_page *page, size_t place)
{
    for (size_t b = 0; b < BEHOV_N_BASES; b++)
        for (size_t i = 0; i < page->comparison->bases[b].n_members; i++)
            if (page->comparison->bases[b].members[i] == place)
                return true;
    return false;
}

/* Members that have figures of other functions, of each sum: their number, and the names of the first. */
static void note_unlike(const behov_peers_page *page, behov_wording *words)
{
    enum { NAMED = 20 };
    for (size_t i = BEHOV_ACCOUNT_FUNCTIONS; i < BEHOV_ACCOUNT_LINES; i++) {
        const behov_account_line *line = &page->accounts->lines[i];
        behov_wording names = {0}, sentence = {0};
        char n_text[BEHOV_NUMBER_SIZE];
        size_t n = 0;
        for (size_t place = 0; place < page->peers->places.n; place++) {
            if (behov_peer_accounts_are_alike(page->accounts, line, place) || !is_member(page, place))
                continue;
            behov_wording name = {0};
            behov_sentence_municipality(&name, &page->peers->places.all[place]);
            if (n++ < NAMED)
                behov_wording_add_after(&names, ", ", behov_wording_text(&name));
            behov_wording_spend(&names, &name);
        }
        if (n)
            behov_wording_fill(&sentence, peers_lang(page),
                               n > NAMED ? BEHOV_WORD_PEERS_SUM_UNLIKE_MANY : BEHOV_WORD_PEERS_SUM_UNLIKE, "sum",
                               behov_label(peers_lang(page), line->yardstick == BEHOV_YARDSTICK_ASSS
                                                                 ? BEHOV_WORD_PEERS_SUM_ASSS
                                                                 : BEHOV_WORD_PEERS_SUM_PROBA),
                               "n", whole(page, n, n_text), "names", behov_wording_text(&names), NULL);
        if (n)
            behov_wording_add_after(words, " ", behov_wording_text(&sentence));
        behov_wording_spend(words, &names), behov_wording_spend(words, &sentence);
    }
}

static void note_population(const behov_peers_page *page, behov_wording *words)
{
    char year[16], population[BEHOV_NUMBER_SIZE];
    snprintf(year, sizeof year, "%d", page->accounts->year);
    bool is_known = !isnan(page->accounts->population);
    behov_wording_fill(words, peers_lang(page),
                       is_known ? BEHOV_WORD_PEERS_ACCOUNT_POPULATION : BEHOV_WORD_PEERS_ACCOUNT_NO_POPULATION, "year",
                       year, "population",
                       behov_format_count(peers_lang(page), is_known ? page->accounts->population : 0, population),
                       NULL);
}

void behov_peers_account_note(const behov_peers_page *page, size_t i, behov_wording *words)
{
    const behov_accounts *accounts = page->accounts->accounts;
    behov_wording name = {0};
    behov_wording_clear(words);
    switch (i) {
    case 0:
        own_name(page, &name);
        behov_wording_fill(words, peers_lang(page),
                           accounts->has_codes ? BEHOV_WORD_PEERS_ACCOUNTS_FROM : BEHOV_WORD_PEERS_ACCOUNTS_OF_ONE,
                           "file", accounts->path, "municipality", behov_wording_text(&name), NULL);
        break;
    case 1:
        if (accounts->units)
            behov_wording_fill(words, peers_lang(page), BEHOV_WORD_PEERS_ACCOUNT_UNITS, "units", accounts->units, NULL);
        break;
    case 2: say(page, true, BEHOV_WORD_PEERS_YARDSTICKS, words); break;
    case 3: note_left_out(page, words); break;
    case 4: note_missing_functions(page, words); break;
    case 5: note_unlike(page, words); break;
    case 6: note_population(page, words); break;
    case 7:
        say(page, page->peers->fit_results->study->is_simulated && !isnan(page->accounts->population),
            BEHOV_WORD_PEERS_ACCOUNT_SIMULATED, words);
        break;
    default: say(page, !accounts->has_codes, BEHOV_WORD_PEERS_ACCOUNTS_ALONE, words); break;
    }
    behov_wording_spend(words, &name);
}
