/* scenario_sentences.c - see scenario_sentences.h; of changed columns. */
#include <behov/scenario_sentences.h>

#include <math.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>
#include "scenario_pieces.h"
#include "sentence_parts.h"

/* ---- what both have ---------------------------------------------------------------------------------------------- */

const char *behov_scenario_unit(const behov_fit_results *fit_results)
{
    return behov_study_label_by_unit(fit_results->study, BEHOV_WORD_UNIT_1000KR_PER_INHABITANT,
                                     BEHOV_WORD_UNIT_KR_PER_INHABITANT, BEHOV_WORD_UNIT_OF_OUTCOME);
}

const char *scenario_number(const behov_fit_results *fit_results, behov_quantity quantity, double value,
                            char text[BEHOV_NUMBER_SIZE])
{
    behov_format_cell(quantity, value, fit_results->study->lang, text);
    return text[0] ? behov_format_minus(text) : behov_label(fit_results->study->lang, BEHOV_WORD_SCENARIO_NONE);
}

int scenario_decimals(double value)
{
    enum { DIGITS = 6 };
    double size = fabs(value);
    int before = size >= 1 ? (int)floor(log10(size)) + 1 : 1, decimals = 0;
    while (decimals < DIGITS - before &&
           behov_number_rounded(value, decimals) != behov_number_rounded(value, DIGITS - before))
        decimals++;
    return decimals;
}

const char *scenario_value(const behov_fit_results *fit_results, double value, char text[BEHOV_NUMBER_SIZE])
{
    behov_language lang = fit_results->study->lang;
    if (!isfinite(value))
        return scenario_number(fit_results, BEHOV_Q_VALUE, value, text);
    behov_number_fixed(value, scenario_decimals(value), behov_label_decimal_mark(lang), behov_label_group_mark(lang), 5,
                       text);
    return behov_format_minus(text);
}

/* Whole kroner in a sentence, where tables have thousands with decimals. */
const char *scenario_amount(const behov_fit_results *fit_results, double value, char text[BEHOV_NUMBER_SIZE])
{
    bool is_in_1000kr = fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    return is_in_1000kr ? scenario_number(fit_results, BEHOV_Q_GAP, 1000 * value, text)
                        : scenario_number(fit_results, behov_study_amount_quantity(fit_results->study), value, text);
}

const char *scenario_amount_unit(const behov_fit_results *fit_results)
{
    return behov_study_label_by_unit(fit_results->study, BEHOV_WORD_UNIT_KR_PER_INHABITANT,
                                     BEHOV_WORD_UNIT_KR_PER_INHABITANT, BEHOV_WORD_SCENARIO_UNIT_OTHER);
}

void scenario_say_no_ratio(const behov_fit_results *fit_results, behov_wording *words)
{
    char floor_text[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_SCENARIO_NO_RATIO, "floor",
                       scenario_value(fit_results, fit_results->floor, floor_text), NULL);
}

static behov_status add_warnings(const behov_fit_results *fit_results, const void *scenarios,
                                 scenario_sentence *warning, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0}, said = {0};
    behov_status status = BEHOV_OK;
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    size_t n = 0;
    for (; !status && warning(scenarios, n, &words); n++) {
        if (n >= BEHOV_SCENARIO_MOST_WARNINGS)
            continue;
        behov_wording_clear(&said);
        behov_wording_fill(&said, lang, BEHOV_WORD_SCENARIO_WARNING, "text", behov_wording_text(&words), NULL);
        status = behov_section_list_say(list, "", &said, err);
    }
    behov_wording_clear(&said);
    if (n > BEHOV_SCENARIO_MOST_WARNINGS)
        behov_wording_fill(&said, lang, BEHOV_WORD_SCENARIO_WARNINGS_MORE, "n",
                           behov_format_count(lang, (double)(n - BEHOV_SCENARIO_MOST_WARNINGS), number), NULL);
    status = status ? status : behov_section_list_say(list, "", &said, err);
    behov_wording_free(&words), behov_wording_free(&said);
    return status;
}

behov_status scenario_notes_add(const scenario_pages *pages, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = add_warnings(pages->fit_results, pages->scenarios, pages->warning, list, err);
    for (size_t i = 0; !status && pages->note(pages->scenarios, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status ? status
                  : behov_remarks_add(pages->fit_results, BEHOV_COUNTRY_REMARK | BEHOV_CLUSTERS_REMARK, list, err);
}

void scenario_say_weight(const behov_fit_results *fit_results, const char *column, behov_wording *words)
{
    const behov_study *study = fit_results->study;
    ptrdiff_t position = behov_table_find(study->table, column);
    behov_study_say_term(study, column, words);
    if (position < 0 || position != study->panel.columns[BEHOV_ROLE_POPULATION])
        return;
    behov_wording_clear(words);
    behov_wording_add(words, behov_label(study->lang, BEHOV_WORD_SCENARIO_POPULATION));
}

bool scenario_common_note(const behov_fit_results *fit_results, double level, double country_need, size_t i,
                          behov_wording *words)
{
    const behov_study *study = fit_results->study;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording errors = {0};
    behov_wording_clear(words);
    switch (i) {
    case 0:
        behov_fit_results_errors(fit_results, &errors);
        behov_wording_fill(words, study->lang, BEHOV_WORD_SCENARIO_NOTE_MODEL, "model",
                           study->model.title ? study->model.title : behov_formula_text(study->formula), "n",
                           behov_format_count(study->lang, (double)behov_fit_n_rows(fit_results->fit), number),
                           "errors", behov_wording_text(&errors), NULL);
        behov_wording_spend(words, &errors);
        return true;
    case 1:
        behov_wording_fill(words, study->lang, BEHOV_WORD_SCENARIO_NOTE_INTERVAL, "level",
                           behov_format_level(study->lang, 100 * level, number), NULL);
        return true;
    case 2:
        if (!isnan(country_need))
            behov_wording_fill(words, study->lang, BEHOV_WORD_SCENARIO_NOTE_INDEX, "mean",
                               scenario_amount(fit_results, country_need, number), "unit",
                               scenario_amount_unit(fit_results), NULL);
        return true;
    case 3: behov_fit_results_no_error(fit_results, words); return true;
    default: return false;
    }
}

/* The closing notes: simulated data, no verdict. */
bool scenario_last_note(const behov_fit_results *fit_results, size_t i, behov_wording *words)
{
    const behov_study *study = fit_results->study;
    behov_wording_clear(words);
    if (i == 0 && study->is_simulated)
        behov_wording_add(words, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    if (i == 1)
        behov_wording_add(words, behov_label(study->lang, BEHOV_WORD_NOT_A_VERDICT));
    return i < 2;
}

static void name_column(const behov_fit_results *fit_results, const char *column, behov_wording *words)
{
    behov_study_say_term(fit_results->study, column, words);
}

void scenario_outside(const behov_fit_results *fit_results, behov_word word, const char *place, const char *change,
                      const char *column, const double figures[3], behov_wording *words)
{
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording name = {0};
    name_column(fit_results, column, &name);
    behov_wording_fill(words, fit_results->study->lang, word, "place", place, "change", change, "column",
                       behov_wording_text(&name), "value", scenario_value(fit_results, figures[0], value), "low",
                       scenario_value(fit_results, figures[1], low), "high",
                       scenario_value(fit_results, figures[2], high), NULL);
    behov_wording_spend(words, &name);
}

void scenario_far(const behov_fit_results *fit_results, const char *place, double leverage, double most,
                  behov_wording *words)
{
    char text[BEHOV_NUMBER_SIZE], largest[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_SCENARIO_WARNING_LEVERAGE, "place", place,
                       "leverage", scenario_number(fit_results, BEHOV_Q_COEFFICIENT, leverage, text), "most",
                       scenario_number(fit_results, BEHOV_Q_COEFFICIENT, most, largest), NULL);
}

void scenario_mark_add(const behov_fit_results *fit_results, behov_word word, const char *column, behov_wording *words)
{
    behov_wording name = {0};
    if (column)
        name_column(fit_results, column, &name);
    behov_wording_add_after(words, "; ", "");
    behov_wording_fill(words, fit_results->study->lang, word, "column", behov_wording_text(&name), NULL);
    behov_wording_spend(words, &name);
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

static void answer_one(const behov_scenarios *scenarios, const behov_scenario *scenario, behov_wording *words)
{
    const behov_fit_results *results = scenarios->fit_results;
    behov_language lang = results->study->lang;
    char text[7][BEHOV_NUMBER_SIZE];
    behov_wording place = {0};
    const char *level = behov_format_level(lang, 100 * scenarios->choices.level, text[0]);
    behov_sentence_municipality(&place, scenario->municipality);
    behov_wording_fill(words, lang, BEHOV_WORD_SCENARIO_ANSWER, "place", behov_wording_text(&place), "before",
                       scenario_amount(results, scenario->before.need, text[1]), "after",
                       scenario_amount(results, scenario->after.need, text[2]), "unit", scenario_amount_unit(results),
                       "change", scenario_amount(results, scenario->need_change, text[3]), "level", level, "low",
                       scenario_amount(results, scenario->need_change_interval.low, text[4]), "high",
                       scenario_amount(results, scenario->need_change_interval.high, text[5]), NULL);
    behov_wording_spend(words, &place);
    if (!isnan(scenario->need_change_1000kr)) {
        behov_wording_add(words, " ");
        behov_wording_fill(
            words, lang, BEHOV_WORD_SCENARIO_ANSWER_TOTAL, "total",
            scenario_number(results, BEHOV_Q_GAP, scenario->need_change_1000kr, text[1]), "low",
            scenario_number(results, BEHOV_Q_GAP, scenario->need_change_1000kr_interval.low, text[2]), "high",
            scenario_number(results, BEHOV_Q_GAP, scenario->need_change_1000kr_interval.high, text[3]), NULL);
    }
    behov_wording_add(words, " ");
    if (isnan(scenario->before.ratio) || isnan(scenario->after.ratio)) {
        scenario_say_no_ratio(results, words);
        return;
    }
    bool is_bare = isnan(scenario->after.ratio_interval.low);
    behov_wording_fill(words, lang, is_bare ? BEHOV_WORD_SCENARIO_ANSWER_RATIO_BARE : BEHOV_WORD_SCENARIO_ANSWER_RATIO,
                       "before", scenario_number(results, BEHOV_Q_RATIO, scenario->before.ratio, text[1]), "after",
                       scenario_number(results, BEHOV_Q_RATIO, scenario->after.ratio, text[2]), "level", level, "low",
                       scenario_number(results, BEHOV_Q_RATIO, scenario->after.ratio_interval.low, text[3]), "high",
                       scenario_number(results, BEHOV_Q_RATIO, scenario->after.ratio_interval.high, text[4]),
                       "rank_before", scenario_number(results, BEHOV_Q_RANK, scenario->before.rank, text[5]),
                       "rank_after", scenario_number(results, BEHOV_Q_RANK, scenario->after.rank, text[6]), "n",
                       behov_format_count(lang, (double)scenario->after.n_ranked, (char[BEHOV_NUMBER_SIZE]){0}), NULL);
}

void behov_scenarios_answer(const behov_scenarios *scenarios, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    behov_language lang = scenarios->fit_results->study->lang;
    behov_wording_clear(words);
    if (scenarios->n == 1)
        answer_one(scenarios, &scenarios->all[0], words);
    else
        behov_wording_fill(words, lang, BEHOV_WORD_SCENARIO_ANSWER_MANY, "n",
                           behov_format_count(lang, (double)scenarios->n, n), NULL);
}

/* ---- warnings ---------------------------------------------------------------------------------------------------- */

static void name_place(const behov_scenario *scenario, behov_wording *words)
{
    behov_wording_clear(words);
    if (scenario->name) {
        behov_wording_add(words, scenario->name);
        behov_wording_add(words, ", ");
    }
    behov_sentence_municipality(words, scenario->municipality);
}

static bool is_worth_a_word(const behov_scenario_step *step)
{
    return !step->is_in_model || step->is_outside_data || step->is_outside_limits;
}

static void warn_step(const behov_scenarios *scenarios, const behov_scenario_step *step, const char *place,
                      behov_wording *words)
{
    const double figures[3] = {step->after, step->low, step->high};
    bool may_mean_persons = step->denominator && step->unit == BEHOV_STEP_OF_COLUMN && step->kind == BEHOV_STEP_ADD;
    behov_word word = !step->is_in_model                          ? BEHOV_WORD_SCENARIO_WARNING_NO_MODEL
                      : may_mean_persons                          ? BEHOV_WORD_SCENARIO_WARNING_DATA_POINTS
                      : step->is_outside_limits && step->is_share ? BEHOV_WORD_SCENARIO_WARNING_SHARE
                      : step->is_outside_limits                   ? BEHOV_WORD_SCENARIO_WARNING_LIMITS
                                                                  : BEHOV_WORD_SCENARIO_WARNING_DATA;
    scenario_outside(scenarios->fit_results, word, place, step->text, step->column, figures, words);
    if (!may_mean_persons || !step->is_outside_limits)
        return;
    behov_wording_add(words, " ");
    scenario_outside(scenarios->fit_results, BEHOV_WORD_SCENARIO_WARNING_SHARE, place, step->text, step->column,
                     figures, words);
}

bool behov_scenarios_warning(const behov_scenarios *scenarios, size_t i, behov_wording *words)
{
    behov_wording place = {0};
    bool is_found = false;
    behov_wording_clear(words);
    for (size_t k = 0; k < scenarios->n && !is_found; k++) {
        const behov_scenario *scenario = &scenarios->all[k];
        for (size_t j = 0; j <= scenario->n_steps && !is_found; j++) {
            bool is_last = j == scenario->n_steps;
            if (!(is_last ? scenario->is_beyond_leverage : is_worth_a_word(&scenario->steps[j])) || i-- > 0)
                continue;
            is_found = true;
            name_place(scenario, &place);
            if (is_last)
                scenario_far(scenarios->fit_results, behov_wording_text(&place), scenario->after.leverage,
                             scenarios->leverage_most, words);
            else
                warn_step(scenarios, &scenario->steps[j], behov_wording_text(&place), words);
        }
    }
    behov_wording_spend(words, &place);
    return is_found;
}

void behov_scenario_mark(const behov_scenarios *scenarios, const behov_scenario *scenario, behov_wording *words)
{
    behov_wording_clear(words);
    for (size_t i = 0; i < scenario->n_steps; i++) {
        const behov_scenario_step *step = &scenario->steps[i];
        if (is_worth_a_word(step))
            scenario_mark_add(scenarios->fit_results,
                              !step->is_in_model                          ? BEHOV_WORD_SCENARIO_MARK_NO_MODEL
                              : step->is_outside_limits && step->is_share ? BEHOV_WORD_SCENARIO_MARK_SHARE
                                                                          : BEHOV_WORD_SCENARIO_MARK_DATA,
                              step->column, words);
    }
    if (scenario->is_beyond_leverage)
        scenario_mark_add(scenarios->fit_results, BEHOV_WORD_SCENARIO_MARK_LEVERAGE, NULL, words);
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

/* The step whose persons were turned by a column, one whose column changes too before others; NULL when none were. */
static const behov_scenario_step *find_persons(const behov_scenarios *scenarios)
{
    const behov_scenario_step *found = NULL;
    for (size_t i = 0; i < scenarios->n; i++)
        for (size_t j = 0; j < scenarios->all[i].n_steps; j++) {
            const behov_scenario_step *step = &scenarios->all[i].steps[j];
            bool is_of_persons = step->unit == BEHOV_STEP_PERSONS && step->denominator;
            if (is_of_persons && (!found || (step->denominator_changes && !found->denominator_changes)))
                found = step;
        }
    return found;
}

/* Whether the population changes; whether an order matters. */

static bool changes_population(const behov_scenarios *scenarios)
{
    for (size_t i = 0; i < scenarios->n; i++)
        if (scenarios->all[i].changes_population)
            return true;
    return false;
}

static bool hangs_on_order(const behov_scenarios *scenarios)
{
    for (size_t i = 0; i < scenarios->n; i++)
        if (scenarios->all[i].depends_on_order)
            return true;
    return false;
}

bool behov_scenarios_note(const behov_scenarios *scenarios, size_t i, behov_wording *words)
{
    enum { COMMON = 4, OWN = 6 };
    const behov_fit_results *results = scenarios->fit_results;
    behov_language lang = results->study->lang;
    const behov_scenario_step *persons = find_persons(scenarios);
    bool has_population = changes_population(scenarios);
    behov_wording name = {0};
    if (i < COMMON)
        return scenario_common_note(results, scenarios->choices.level, scenarios->country_need, i, words);
    if (i >= COMMON + OWN)
        return scenario_last_note(results, i - COMMON - OWN, words);
    behov_wording_clear(words);
    switch (i - COMMON) {
    case 0:
        behov_wording_add(words,
                          behov_label(lang, !has_population                  ? BEHOV_WORD_SCENARIO_NOTE_SPENDING_SAME
                                            : scenarios->choices.keeps_total ? BEHOV_WORD_SCENARIO_NOTE_SPENDING_TOTAL
                                                                             : BEHOV_WORD_SCENARIO_NOTE_SPENDING));
        break;
    case 1:
        if (has_population)
            behov_wording_add(words, behov_label(lang, BEHOV_WORD_SCENARIO_NOTE_POPULATION));
        break;
    case 2:
        if (persons) {
            scenario_say_weight(results, persons->denominator, &name);
            behov_wording_fill(words, lang,
                               persons->denominator_changes ? BEHOV_WORD_SCENARIO_NOTE_PERSONS_CHANGED
                                                            : BEHOV_WORD_SCENARIO_NOTE_PERSONS,
                               "denominator", behov_wording_text(&name), NULL);
        }
        break;
    case 3:
        if (hangs_on_order(scenarios))
            behov_wording_add(words, behov_label(lang, BEHOV_WORD_SCENARIO_NOTE_ORDER));
        break;
    case 4: behov_wording_add(words, behov_label(lang, BEHOV_WORD_SCENARIO_NOTE_RANK)); break;
    default: behov_wording_add(words, behov_label(lang, BEHOV_WORD_SCENARIO_NOTE_EFFECT)); break;
    }
    behov_wording_spend(words, &name);
    return true;
}
