/* merger_sentences.c - mergers in sentences: see behov/scenario_sentences.h. */
#include <behov/scenario_sentences.h>

#include <math.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/study_words.h>
#include "scenario_pieces.h"
#include "sentence_parts.h"

static void name_parts(const behov_merger *merger, behov_wording *words)
{
    for (size_t i = 0; i < merger->n_parts; i++) {
        behov_wording_add_after(words, ", ", "");
        behov_sentence_municipality(words, merger->municipalities[i]);
    }
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

static void name_terms(const behov_mergers *mergers, const behov_merger *merger, behov_wording *words)
{
    const behov_fit_results *results = mergers->fit_results;
    for (size_t k = 0; k < behov_fit_n_regressors(results->fit); k++) {
        char text[BEHOV_NUMBER_SIZE];
        behov_wording name = {0};
        if (merger->terms[k].difference == 0)
            continue;
        behov_study_say_term(results->study, behov_design_regressor(results->design, k), &name);
        behov_wording_add_after(words, "; ", "");
        behov_wording_add(words, behov_wording_text(&name));
        behov_wording_add(words, " ");
        behov_wording_add(words, scenario_amount(results, merger->terms[k].difference, text));
        behov_wording_spend(words, &name);
    }
}

static void answer_difference(const behov_mergers *mergers, const behov_merger *merger, behov_wording *words)
{
    const behov_fit_results *results = mergers->fit_results;
    behov_language lang = results->study->lang;
    char text[6][BEHOV_NUMBER_SIZE];
    behov_wording names = {0}, terms = {0};
    name_parts(merger, &names);
    name_terms(mergers, merger, &terms);
    bool is_same = !terms.length;
    behov_wording_fill(words, lang, is_same ? BEHOV_WORD_MERGER_ANSWER_SAME : BEHOV_WORD_MERGER_ANSWER, "names",
                       behov_wording_text(&names), "need", scenario_amount(results, merger->merged.need, text[0]),
                       "unit", scenario_amount_unit(results), "apart",
                       scenario_amount(results, merger->apart.need, text[1]), "difference",
                       scenario_amount(results, merger->difference, text[2]), "level",
                       behov_format_level(lang, 100 * mergers->choices.level, text[3]), "low",
                       scenario_amount(results, merger->difference_interval.low, text[4]), "high",
                       scenario_amount(results, merger->difference_interval.high, text[5]), NULL);
    if (!is_same && !isnan(merger->difference_1000kr)) {
        behov_wording_add(words, " ");
        behov_wording_fill(
            words, lang, BEHOV_WORD_MERGER_ANSWER_TOTAL, "total",
            scenario_number(results, BEHOV_Q_GAP, merger->difference_1000kr, text[0]), "low",
            scenario_number(results, BEHOV_Q_GAP, merger->difference_1000kr_interval.low, text[1]), "high",
            scenario_number(results, BEHOV_Q_GAP, merger->difference_1000kr_interval.high, text[2]), NULL);
    }
    if (!is_same) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, lang, BEHOV_WORD_MERGER_ANSWER_TERMS, "terms", behov_wording_text(&terms), NULL);
    }
    behov_wording_spend(words, &names);
    behov_wording_spend(words, &terms);
}

static void answer_ratio(const behov_mergers *mergers, const behov_merger *merger, behov_wording *words)
{
    const behov_fit_results *results = mergers->fit_results;
    behov_language lang = results->study->lang;
    char text[7][BEHOV_NUMBER_SIZE];
    behov_wording_add(words, " ");
    if (isnan(merger->merged.ratio)) {
        scenario_say_no_ratio(results, words);
        return;
    }
    bool is_bare = isnan(merger->merged.ratio_interval.low);
    behov_wording_fill(words, lang, is_bare ? BEHOV_WORD_MERGER_ANSWER_RATIO_BARE : BEHOV_WORD_MERGER_ANSWER_RATIO,
                       "ratio", scenario_number(results, BEHOV_Q_RATIO, merger->merged.ratio, text[0]), "level",
                       behov_format_level(lang, 100 * mergers->choices.level, text[1]), "low",
                       scenario_number(results, BEHOV_Q_RATIO, merger->merged.ratio_interval.low, text[2]), "high",
                       scenario_number(results, BEHOV_Q_RATIO, merger->merged.ratio_interval.high, text[3]), "rank",
                       scenario_number(results, BEHOV_Q_RANK, merger->merged.rank, text[4]), "n",
                       behov_format_count(lang, (double)merger->merged.n_ranked, text[5]), "apart",
                       scenario_number(results, BEHOV_Q_RATIO, merger->apart.ratio, text[6]), NULL);
}

void behov_mergers_answer(const behov_mergers *mergers, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    behov_language lang = mergers->fit_results->study->lang;
    behov_wording_clear(words);
    if (mergers->n != 1) {
        behov_wording_fill(words, lang, BEHOV_WORD_MERGER_ANSWER_MANY, "n",
                           behov_format_count(lang, (double)mergers->n, n), NULL);
        return;
    }
    answer_difference(mergers, &mergers->all[0], words);
    answer_ratio(mergers, &mergers->all[0], words);
}

/* ---- warnings ---------------------------------------------------------------------------------------------------- */

static void warn(const behov_mergers *mergers, const behov_merger *merger, size_t column, behov_wording *words)
{
    behov_wording place = {0};
    if (merger->name)
        behov_wording_add(&place, merger->name);
    else
        name_parts(merger, &place);
    if (column == merger->n_columns)
        scenario_far(mergers->fit_results, behov_wording_text(&place), merger->merged.leverage, mergers->leverage_most,
                     words);
    else
        scenario_outside(mergers->fit_results, BEHOV_WORD_SCENARIO_WARNING_DATA, behov_wording_text(&place), "",
                         merger->columns[column].column,
                         (const double[3]){merger->columns[column].merged, merger->columns[column].low,
                                           merger->columns[column].high},
                         words);
    behov_wording_spend(words, &place);
}

bool behov_mergers_warning(const behov_mergers *mergers, size_t i, behov_wording *words)
{
    behov_wording_clear(words);
    for (size_t m = 0; m < mergers->n; m++) {
        const behov_merger *merger = &mergers->all[m];
        for (size_t column = 0; column <= merger->n_columns; column++) {
            bool is_worth_a_word =
                column == merger->n_columns ? merger->is_beyond_leverage : merger->columns[column].is_outside_data;
            if (!is_worth_a_word || i-- > 0)
                continue;
            warn(mergers, merger, column, words);
            return true;
        }
    }
    return false;
}

void behov_merger_mark(const behov_mergers *mergers, const behov_merger *merger, behov_wording *words)
{
    behov_wording_clear(words);
    for (size_t i = 0; i < merger->n_columns; i++)
        if (merger->columns[i].is_outside_data)
            scenario_mark_add(mergers->fit_results, BEHOV_WORD_SCENARIO_MARK_DATA, merger->columns[i].column, words);
    if (merger->is_beyond_leverage)
        scenario_mark_add(mergers->fit_results, BEHOV_WORD_SCENARIO_MARK_LEVERAGE, NULL, words);
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

/* Columns that merge by a rule, and what they are weighted by, each once. Every merger has the same rules. */
static void list_columns(const behov_mergers *mergers, behov_merge_kind kind, behov_wording *columns,
                         behov_wording *weights)
{
    const behov_merger *merger = &mergers->all[0];
    for (size_t i = 0; i < merger->n_columns; i++) {
        const behov_merge_rule *rule = &merger->columns[i].rule;
        behov_wording name = {0};
        if (rule->kind != kind)
            continue;
        behov_study_say_term(mergers->fit_results->study, merger->columns[i].column, &name);
        behov_wording_add_after(columns, "; ", behov_wording_text(&name));
        bool is_listed = !rule->weight;
        for (size_t j = 0; j < i && !is_listed; j++)
            is_listed =
                merger->columns[j].rule.kind == kind && strcmp(merger->columns[j].rule.weight, rule->weight) == 0;
        if (!is_listed) {
            scenario_say_weight(mergers->fit_results, rule->weight, &name);
            behov_wording_add_after(weights, ", ", behov_wording_text(&name));
        }
        behov_wording_spend(columns, &name);
    }
}

static void note_rules(const behov_mergers *mergers, behov_wording *words)
{
    behov_language lang = mergers->fit_results->study->lang;
    behov_wording sums = {0}, rates = {0}, weights = {0}, none = {0};
    list_columns(mergers, BEHOV_MERGE_SUM, &sums, &none);
    list_columns(mergers, BEHOV_MERGE_RATE, &rates, &weights);
    if (sums.length && rates.length)
        behov_wording_fill(words, lang, BEHOV_WORD_MERGER_NOTE_RULES, "sums", behov_wording_text(&sums), "rates",
                           behov_wording_text(&rates), "weights", behov_wording_text(&weights), NULL);
    behov_wording_spend(words, &sums);
    behov_wording_spend(words, &rates);
    behov_wording_spend(words, &weights);
    behov_wording_spend(words, &none);
}

static void note_estimates(const behov_mergers *mergers, behov_wording *words)
{
    behov_wording columns = {0}, weights = {0};
    list_columns(mergers, BEHOV_MERGE_MEAN, &columns, &weights);
    if (columns.length)
        behov_wording_fill(words, mergers->fit_results->study->lang, BEHOV_WORD_MERGER_NOTE_ESTIMATED, "columns",
                           behov_wording_text(&columns), "weights", behov_wording_text(&weights), NULL);
    behov_wording_spend(words, &columns);
    behov_wording_spend(words, &weights);
}

bool behov_mergers_note(const behov_mergers *mergers, size_t i, behov_wording *words)
{
    enum { COMMON = 4, OWN = 5 };
    behov_language lang = mergers->fit_results->study->lang;
    if (i >= OWN && i < OWN + COMMON)
        return scenario_common_note(mergers->fit_results, mergers->choices.level, mergers->country_need, i - OWN,
                                    words);
    if (i >= OWN + COMMON)
        return scenario_last_note(mergers->fit_results, i - OWN - COMMON, words);
    behov_wording_clear(words);
    switch (i) {
    case 0: note_estimates(mergers, words); break;
    case 1: note_rules(mergers, words); break;
    case 2: behov_wording_add(words, behov_label(lang, BEHOV_WORD_MERGER_NOTE_TERMS)); break;
    case 3: behov_wording_add(words, behov_label(lang, BEHOV_WORD_MERGER_NOTE_RANK)); break;
    default: behov_wording_add(words, behov_label(lang, BEHOV_WORD_MERGER_NOTE_EFFECT)); break;
    }
    return true;
}
