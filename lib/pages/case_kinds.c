/* case_kinds.c - see case_kinds.h. */
#include <behov/case_kinds.h>

#include <behov/finding_doubts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include "sentence_parts.h"

const char *behov_case_kind_words(behov_language lang, behov_case_kind kind)
{
    static const behov_word keys[BEHOV_N_CASE_KINDS] = {BEHOV_WORD_SELECT_LOW, BEHOV_WORD_SELECT_HIGH,
                                                        BEHOV_WORD_SELECT_DECREASE, BEHOV_WORD_SELECT_INCREASE};
    return behov_label(lang, keys[kind]);
}

void behov_case_kind_rule(const behov_cases *cases, behov_case_kind kind, behov_wording *words)
{
    static const behov_word keys[BEHOV_N_CASE_KINDS] = {BEHOV_WORD_SELECT_RULE_LOW, BEHOV_WORD_SELECT_RULE_HIGH,
                                                        BEHOV_WORD_SELECT_RULE_DECREASE,
                                                        BEHOV_WORD_SELECT_RULE_INCREASE};
    const behov_ratio_limits *limits = &cases->options.limits;
    const double limit[BEHOV_N_CASE_KINDS] = {limits->low, limits->high, limits->change, limits->change};
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (!behov_cases_looks_for(cases, kind)) {
        behov_wording_add(words, behov_label(cases->lang, BEHOV_WORD_SELECT_ONE_YEAR_RULE));
        return;
    }
    behov_format_cell(BEHOV_Q_VALUE, limit[kind], cases->lang, number);
    behov_wording_fill(words, cases->lang, behov_word_by_unit(keys[kind], behov_cases_in_kroner(cases)), "n", number,
                       NULL);
}

void behov_case_kind_answer(const behov_cases *cases, behov_case_kind kind, behov_wording *words)
{
    char n_found[BEHOV_NUMBER_SIZE], n_shown[BEHOV_NUMBER_SIZE];
    behov_wording rule = {0};
    behov_case_kind_rule(cases, kind, &rule);
    behov_wording_clear(words);
    behov_wording_fill(words, cases->lang, behov_word_by_count(BEHOV_WORD_SELECT_ANSWER, (double)cases->n_found[kind]),
                       "kind", behov_case_kind_words(cases->lang, kind), "rule", behov_wording_text(&rule), "n",
                       behov_format_count(cases->lang, (double)cases->n_found[kind], n_found), "shown",
                       behov_format_count(cases->lang, (double)behov_cases_n_shown(cases, kind), n_shown), NULL);
    behov_wording_spend(words, &rule);
}

void behov_case_kind_first(const behov_cases *cases, behov_case_kind kind, behov_wording *words)
{
    behov_wording_clear(words);
    for (size_t i = 0; i < cases->n_picks; i++)
        if (cases->picks[i].kind == kind) {
            const behov_municipality *who = &cases->ratios->places.all[cases->picks[i].municipality];
            behov_sentence_municipality_name_first(words, who);
            if (cases->fit_results && behov_findings_doubt(cases->fit_results->study, who, 0))
                behov_wording_print(words, ": %s", behov_label(cases->lang, BEHOV_WORD_DOUBTED));
            return;
        }
}
