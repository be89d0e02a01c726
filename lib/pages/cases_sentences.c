/* cases_sentences.c - see cases_sentences.h. */
#include <behov/cases_sentences.h>

#include <math.h>
#include <string.h>

#include <behov/case_kinds.h>
#include <behov/doubt_cautions.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include "sentence_parts.h"
#include <behov/result_sentences.h>

static const char *whole(const behov_cases *cases, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(cases->lang, (double)n, text);
}

static void say_label(const behov_cases *cases, bool is_said, behov_word word, behov_wording *words)
{
    if (is_said)
        behov_wording_add(words, behov_label(cases->lang, word));
}

void behov_cases_title(const behov_cases *cases, const char *heading, behov_wording *words)
{
    const behov_ratio_table *ratios = cases->ratios;
    behov_wording_clear(words);
    behov_wording_add(words, heading);
    behov_sentence_years(words, ", ", ratios->years[0], ratios->years[ratios->n_years - 1]);
    if (cases->is_simulated)
        behov_sentence_simulated_title(words, cases->lang);
}

/* The name of the level, a part of a sentence. */
static void name_level(const behov_cases *cases, behov_level_form form, behov_wording *name)
{
    behov_level_name(&cases->variances, form, cases->lang, name);
}

static void say_level(const behov_cases *cases, behov_word word, behov_wording *words)
{
    behov_level_fill(&cases->variances, cases->fit_results->level_pct, word, cases->lang, words);
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 * */

/* Why there is no table. */
static void note_none(const behov_cases *cases, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (behov_cases_has_candidates(cases))
        return;
    behov_wording_fill(words, cases->lang,
                       behov_cases_has_ratios(cases) ? BEHOV_WORD_SELECT_NONE_LEFT
                       : cases->fit_results          ? BEHOV_WORD_SELECT_NONE
                                                     : BEHOV_WORD_SELECT_NONE_READ,
                       "n", whole(cases, behov_cases_n_asked_for(cases), n), NULL);
}

static void note_asked_for(const behov_cases *cases, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    if (cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR])
        behov_wording_fill(words, cases->lang, BEHOV_WORD_SELECT_ASKED_FOR, "n",
                           whole(cases, behov_cases_n_asked_for(cases), n), "all",
                           whole(cases, cases->ratios->places.n, all), NULL);
}

static void note_left_out(const behov_cases *cases, behov_wording *words)
{
    char all[BEHOV_NUMBER_SIZE], chosen[BEHOV_NUMBER_SIZE], incomplete[BEHOV_NUMBER_SIZE], few[BEHOV_NUMBER_SIZE];
    char uncounted[BEHOV_NUMBER_SIZE], none[BEHOV_NUMBER_SIZE], limit[BEHOV_NUMBER_SIZE];
    const behov_select_options *options = &cases->options;
    behov_format_count(cases->lang, options->largest ? (double)options->largest : options->min_population, limit);
    behov_wording_fill(
        words, cases->lang,
        options->largest              ? BEHOV_WORD_SELECT_LEFT_OUT_LARGEST
        : options->min_population > 0 ? BEHOV_WORD_SELECT_LEFT_OUT_FEW
                                      : BEHOV_WORD_SELECT_LEFT_OUT,
        "all", whole(cases, behov_cases_n_asked_for(cases), all), "from",
        whole(cases, cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM], chosen), "missing",
        whole(cases, cases->n_for_reason[BEHOV_CASE_MISSING_YEARS], incomplete), "few",
        whole(cases, cases->n_for_reason[BEHOV_CASE_TOO_FEW], few), "unknown",
        whole(cases, cases->n_for_reason[BEHOV_CASE_NO_POPULATION], uncounted), "none",
        whole(cases, cases->n_in_no_kind, none), "limit", limit, "kinds",
        behov_label(cases->lang, cases->ratios->n_years > 1 ? BEHOV_WORD_WORD_FOUR : BEHOV_WORD_WORD_TWO), NULL);
    if (!cases->fit_results)
        return;
    behov_wording needs = {0};
    behov_fit_results_needs_too_low(cases->fit_results, &needs);
    if (needs.length)
        behov_wording_add_after(words, " ", behov_wording_text(&needs));
    behov_wording_spend(words, &needs);
}

static void note_shrunk(const behov_cases *cases, behov_case_kind kind, behov_wording *words)
{
    char n_found[BEHOV_NUMBER_SIZE], falls[BEHOV_NUMBER_SIZE], clear[BEHOV_NUMBER_SIZE], stay[BEHOV_NUMBER_SIZE],
        comes[BEHOV_NUMBER_SIZE], level[100];
    if (!cases->has_shrunk || !behov_cases_has_candidates(cases))
        return;
    behov_wording name = {0};
    name_level(cases, BEHOV_LEVEL_NAME, &name);
    behov_fit_results_interval_label(cases->fit_results, BEHOV_WORD_WORD_LEVEL, level);
    behov_wording_fill(words, cases->lang,
                       !cases->n_found[kind] ? BEHOV_WORD_SELECT_SHRUNK_NONE
                       : cases->is_one_year  ? BEHOV_WORD_SELECT_SHRUNK_ONE_YEAR
                                             : BEHOV_WORD_SELECT_SHRUNK,
                       "kind", behov_case_kind_words(cases->lang, kind), "n",
                       whole(cases, cases->n_found[kind], n_found), "falls", whole(cases, cases->n_falls[kind], falls),
                       "stay", whole(cases, cases->n_found[kind] - cases->n_falls[kind], stay), "clear",
                       whole(cases, cases->n_clear[kind], clear), "comes", whole(cases, cases->n_comes_in[kind], comes),
                       "level", level, "level_name", behov_wording_text(&name), NULL);
    if (cases->n_found[kind] && behov_lasting_is_assumed(&cases->variances)) {
        behov_wording_add(words, " ");
        behov_wording_add(words, behov_label(cases->lang, BEHOV_WORD_LASTING_IS_ASSUMED));
    }
    behov_wording_spend(words, &name);
}

/* Names of the shown picks that fall away, the first of them at least, as many as a reader has the patience for. */
static void note_falling(const behov_cases *cases, behov_wording *words)
{
    enum { LONGEST = 497 }; /* bytes */
    char number[BEHOV_NUMBER_SIZE];
    behov_wording names = {0}, name = {0}, level_name = {0};
    size_t n_more = 0;
    name_level(cases, BEHOV_LEVEL_NAME, &level_name);
    for (size_t i = 0; cases->has_shrunk && i < cases->n_picks; i++) {
        if (behov_cases_verdict(cases, cases->picks[i].municipality, cases->picks[i].kind) != BEHOV_LASTING_FALLS_AWAY)
            continue;
        behov_wording_clear(&name);
        behov_sentence_municipality_name_first(&name, &cases->ratios->places.all[cases->picks[i].municipality]);
        if (n_more == 0 && (!names.length || names.length + name.length < LONGEST))
            behov_wording_add_after(&names, ", ", behov_wording_text(&name));
        else
            n_more++;
    }
    if (names.length)
        behov_wording_fill(words, cases->lang, n_more ? BEHOV_WORD_SELECT_FALLING_MORE : BEHOV_WORD_SELECT_FALLING,
                           "names", behov_wording_text(&names), "n", whole(cases, n_more, number), "level_name",
                           behov_wording_text(&level_name), NULL);
    behov_wording_spend(words, &level_name);
    behov_wording_spend(words, &names);
    behov_wording_spend(words, &name);
}

/* With one year there are no changes; of the picks that are changes nobody can tell which last. */
static void note_changes(const behov_cases *cases, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    size_t n_changes =
        behov_cases_n_shown(cases, BEHOV_CASE_DECREASE) + behov_cases_n_shown(cases, BEHOV_CASE_INCREASE);
    if (cases->ratios->n_years == 1)
        say_label(cases, true, BEHOV_WORD_SELECT_ONE_YEAR, words);
    else if (cases->has_shrunk && n_changes) {
        behov_wording name = {0};
        name_level(cases, BEHOV_LEVEL_NAME_FIRST, &name);
        behov_wording_fill(words, cases->lang,
                           n_changes == 1 ? BEHOV_WORD_SELECT_CHANGE_NOT_TOLD : BEHOV_WORD_SELECT_CHANGES_NOT_TOLD, "n",
                           whole(cases, n_changes, n), "level_first", behov_wording_text(&name), NULL);
        behov_wording_spend(words, &name);
    }
}

/* ---- explanations --------------------------------------------------------------------------------------------------
 * */

static void explain_shrunk(const behov_cases *cases, behov_wording *words)
{
    char level[100];
    if (!cases->has_shrunk)
        return;
    bool is_ahead = behov_lasting_is_ahead(&cases->variances);
    behov_wording name = {0}, years = {0};
    name_level(cases, BEHOV_LEVEL_NAME_FIRST, &name);
    behov_sentence_years(&years, "", cases->variances.last_year + 1,
                         cases->variances.last_year + (int)cases->variances.horizon);
    behov_fit_results_interval_label(cases->fit_results, BEHOV_WORD_WORD_LEVEL, level);
    behov_wording_fill(
        words, cases->lang,
        behov_word_by_unit(is_ahead ? BEHOV_WORD_SELECT_AHEAD_EXPLAINED : BEHOV_WORD_SELECT_SHRUNK_EXPLAINED,
                           behov_cases_in_kroner(cases)),
        "level", level, "level_first", behov_wording_text(&name), "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &years);
    if (fabs(cases->clear - 0.95) > 1e-9) {
        char clear[BEHOV_NUMBER_SIZE];
        behov_wording_add(words, " ");
        behov_wording_fill(words, cases->lang, BEHOV_WORD_SELECT_CLEAR_EXPLAINED, "clear",
                           behov_format_level(cases->lang, 100 * cases->clear, clear), NULL);
    }
    if (behov_cases_has_cut_level(cases)) {
        behov_wording_add(words, " ");
        say_level(cases, BEHOV_WORD_LEVEL_BELOW_ZERO, words);
    }
}

static void explain_levels(const behov_cases *cases, behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_format_cell(BEHOV_Q_VALUE, cases->options.limits.low, cases->lang, low);
    behov_format_cell(BEHOV_Q_VALUE, cases->options.limits.high, cases->lang, high);
    behov_wording_fill(words, cases->lang, behov_word_by_unit(BEHOV_WORD_SELECT_LEVELS, behov_cases_in_kroner(cases)),
                       "low", low, "high", high, NULL);
}

static void name_file(const behov_cases *cases, behov_wording *words)
{
    if (!cases->fit_results)
        behov_wording_fill(words, cases->lang, BEHOV_WORD_RATIOS_FROM, "file",
                           strcmp(cases->ratios->printed_path, "-") == 0
                               ? behov_label(cases->lang, BEHOV_WORD_STANDARD_INPUT)
                               : cases->ratios->printed_path,
                           NULL);
}

void behov_cases_note(const behov_cases *cases, size_t i, behov_wording *words)
{
    bool has_table = behov_cases_has_candidates(cases); /* else it does not say how to read it */
    behov_wording_clear(words);
    if (i >= BEHOV_CASES_CHANCE && i < BEHOV_CASES_CHANCE + BEHOV_CHANCE_SENTENCES) {
        if (has_table && cases->has_shrunk && i - BEHOV_CASES_CHANCE != BEHOV_CHANCE_PERMANENT)
            behov_chance_sentence(&cases->variances, cases->ratios->places.n, i - BEHOV_CASES_CHANCE, cases->lang,
                                  words);
        return;
    }
    i -= i >= BEHOV_CASES_CHANCE ? BEHOV_CHANCE_SENTENCES : 0;
    switch (i) {
    case 0: note_none(cases, words); break;
    case 1: note_asked_for(cases, words); break;
    case 2: note_left_out(cases, words); break;
    case 3: note_shrunk(cases, BEHOV_CASE_LOW, words); break;
    case 4: note_shrunk(cases, BEHOV_CASE_HIGH, words); break;
    case 5: note_falling(cases, words); break;
    case 6: note_changes(cases, words); break;
    case 7:
        if (has_table)
            explain_shrunk(cases, words);
        break;
    case 8: say_label(cases, has_table, BEHOV_WORD_SELECT_EXPLAINED, words); break;
    case 9:
        if (has_table)
            explain_levels(cases, words);
        break;
    case 10: name_file(cases, words); break;
    case 11:
        say_label(cases, has_table, cases->has_shrunk ? BEHOV_WORD_SELECT_CHANCE_SHRUNK : BEHOV_WORD_SELECT_CHANCE,
                  words);
        break;
    case 12: /* BEHOV_CASES_REMARKS_AFTER */
        say_label(cases, has_table && cases->has_shrunk && cases->is_one_year, BEHOV_WORD_RANKING_ONE_YEAR, words);
        break;
    case 13: say_label(cases, cases->is_simulated, BEHOV_WORD_SIMULATED_EXPLAINED, words); break;
    default: say_label(cases, true, BEHOV_WORD_NOT_A_VERDICT, words); break;
    }
}

/* ---- one pick ------------------------------------------------------------------------------------------------------
 * */

void behov_cases_pick_note(const behov_cases *cases, const behov_pick *pick, behov_wording *words)
{
    char limit[BEHOV_NUMBER_SIZE];
    behov_lasting_verdict verdict = behov_cases_verdict(cases, pick->municipality, pick->kind);
    behov_wording_clear(words);
    if (cases->fit_results)
        behov_doubt_note(cases->fit_results->study, &cases->ratios->places.all[pick->municipality], 0, words);
    if (verdict == BEHOV_LASTING_FALLS_AWAY || verdict == BEHOV_LASTING_NOT_CLEAR) {
        behov_wording_add_after(words, "; ", "");
        say_level(cases,
                  verdict == BEHOV_LASTING_FALLS_AWAY ? BEHOV_WORD_SELECT_FALLS_AWAY : BEHOV_WORD_SELECT_NOT_CLEAR,
                  words);
    }
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        if (kind != (int)pick->kind && behov_cases_is_of_kind(cases, pick->municipality, (behov_case_kind)kind)) {
            behov_wording_add_after(words, "; ", "");
            behov_wording_fill(words, cases->lang, BEHOV_WORD_SELECT_ALSO, "kind",
                               behov_case_kind_words(cases->lang, (behov_case_kind)kind), NULL);
        }
    if (cases->ratios->places.all[pick->municipality].population < BEHOV_FEW_INHABITANTS) {
        behov_wording_add_after(words, "; ", "");
        behov_wording_fill(words, cases->lang, BEHOV_WORD_FEW_INHABITANTS, "n",
                           whole(cases, BEHOV_FEW_INHABITANTS, limit), NULL);
    }
}
