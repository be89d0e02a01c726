/* key_sentences.c - see key_sentences.h. */
#include <behov/key_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/country.h>
#include <behov/format.h>
#include <behov/labels.h>
#include "key_parts.h"
#include "sentence_parts.h"

static const char *whole(behov_language lang, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang, (double)n, text);
}

static const char *year_text(int year, char text[16])
{
    snprintf(text, 16, "%d", year);
    return text;
}

static void say(behov_wording *words, behov_language lang, behov_word word)
{
    key_new_line(words);
    behov_wording_add(words, behov_label(lang, word));
}

/* ---- the key ----------------------------------------------------------------------------------------------------- */

void behov_key_title(const behov_key_results *results, behov_wording *words)
{
    char year[16], criteria_year[16];
    bool is_mismatch = results->criteria.year != results->weights.year;
    behov_wording_clear(words);
    behov_wording_fill(words, results->lang, is_mismatch ? BEHOV_WORD_KEY_TITLE_MISMATCH : BEHOV_WORD_KEY_TITLE, "key",
                       results->weights.key[0] ? results->weights.key
                                               : behov_label(results->lang, BEHOV_WORD_KEY_WITHOUT_NAME),
                       "year", year_text(results->weights.year, year), "criteria_year",
                       year_text(results->criteria.year, criteria_year), (const char *)NULL);
    if (results->is_simulated)
        behov_sentence_simulated_title(words, results->lang);
}

/* The sum of the weights, with their decimals. */
static int sum_decimals(const behov_key_weights *weights)
{
    int n = weights->n_decimals > 0 ? weights->n_decimals : 1;
    return n > 12 ? 12 : n;
}

static bool is_sum_wrong(const behov_key_results *results)
{
    return !behov_key_weights_are_exact(&results->weights) && !behov_key_weights_are_rounded(&results->weights);
}

const char *key_same(const behov_key_results *results, char text[BEHOV_NUMBER_SIZE])
{
    if (is_sum_wrong(results))
        behov_number_fixed(results->weights.sum, sum_decimals(&results->weights),
                           behov_label_decimal_mark(results->lang), "", 4, text);
    else
        snprintf(text, BEHOV_NUMBER_SIZE, "1");
    return text;
}

void behov_key_answer(const behov_key_results *results, behov_wording *words)
{
    size_t highest, lowest;
    char n[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], same[BEHOV_NUMBER_SIZE];
    behov_wording high_name = {0}, low_name = {0};
    behov_wording_clear(words);
    if (!behov_key_results_extremes(results, &highest, &lowest)) {
        behov_wording_add(words, behov_label(results->lang, BEHOV_WORD_KEY_NOBODY_HAS));
        return;
    }
    const behov_municipality *all = results->criteria.municipalities.all;
    behov_sentence_municipality(&high_name, &all[highest]);
    behov_sentence_municipality(&low_name, &all[lowest]);
    behov_wording_fill(words, results->lang,
                       results->basis == BEHOV_KEY_AGAINST_BOTH ? BEHOV_WORD_KEY_ANSWER_MIXED : BEHOV_WORD_KEY_ANSWER,
                       "n", whole(results->lang, results->key.n - results->key.n_without, n), "highest",
                       behov_wording_text(&high_name), "high",
                       key_figure(results->lang, results->key.index[highest], high), "lowest",
                       behov_wording_text(&low_name), "low", key_figure(results->lang, results->key.index[lowest], low),
                       "same", key_same(results, same), (const char *)NULL);
    if (is_sum_wrong(results)) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_ANSWER_SUM, "sum", same, (const char *)NULL);
    }
    behov_wording_spend(words, &high_name);
    behov_wording_spend(words, &low_name);
}

static void say_sum(const behov_key_results *results, behov_wording *words)
{
    const behov_key_weights *weights = &results->weights;
    char sum[BEHOV_NUMBER_SIZE], rounding[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], decimals[BEHOV_NUMBER_SIZE];
    char mark = behov_label_decimal_mark(results->lang);
    int n_decimals = sum_decimals(weights);
    behov_number_fixed(weights->sum, n_decimals, mark, "", 4, sum);
    behov_number_fixed(weights->rounding, n_decimals + 2 > 15 ? 15 : n_decimals + 2, mark, "", 4, rounding);
    key_new_line(words);
    behov_wording_fill(words, results->lang,
                       behov_key_weights_are_exact(weights)     ? BEHOV_WORD_KEY_SUM_EXACT
                       : behov_key_weights_are_rounded(weights) ? BEHOV_WORD_KEY_SUM_ROUNDED
                                                                : BEHOV_WORD_KEY_SUM_WRONG,
                       "sum", sum, "rounding", rounding, "n", whole(results->lang, weights->n, n), "decimals",
                       whole(results->lang, (size_t)n_decimals, decimals), (const char *)NULL);
    if (weights->n_negative) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_NEGATIVE_WEIGHTS, "n",
                           whole(results->lang, weights->n_negative, n), (const char *)NULL);
    }
    if (results->key.n_negative) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_NEGATIVE_KEYS, "n",
                           whole(results->lang, results->key.n_negative, n), (const char *)NULL);
    }
}

static void say_source(const behov_key_results *results, behov_wording *words)
{
    char year[16], criteria_year[16], n[BEHOV_NUMBER_SIZE];
    key_new_line(words);
    behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_CRITERIA_FILE, "year",
                       year_text(results->criteria.year, criteria_year), "file", results->path, "n",
                       whole(results->lang, results->criteria.municipalities.n, n), (const char *)NULL);
    key_new_line(words);
    behov_wording_fill(
        words, results->lang, results->weights.source[0] ? BEHOV_WORD_KEY_SOURCE : BEHOV_WORD_KEY_NO_SOURCE, "year",
        year_text(results->weights.year, year), "source", results->weights.source, "file",
        results->weights_path ? results->weights_path : behov_label(results->lang, BEHOV_WORD_KEY_BUNDLED),
        (const char *)NULL);
    if (results->weights.is_year_stated) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_WEIGHTS_YEAR_STATED, "year", year, (const char *)NULL);
    }
    if (results->criteria.year != results->weights.year) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_MISMATCH, "year", year, "criteria_year",
                           year_text(results->criteria.year, criteria_year), (const char *)NULL);
    } else if (results->criteria.is_year_stated) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_YEAR_STATED, "year", year, (const char *)NULL);
    }
}

/* A population of the country is what totals of counts are divided by, and nothing else. */
static bool uses_given_population(const behov_key_results *results)
{
    for (size_t k = 0; k < results->input.n_criteria; k++)
        if (results->key.countries[k].is_given && results->input.criteria[k].kind == BEHOV_CRITERION_COUNT)
            return true;
    return false;
}

/* Of what the country is made. */
static void say_country(const behov_key_results *results, behov_wording *words)
{
    const behov_key_criteria *criteria = &results->criteria;
    size_t n_given = 0, n_own = 0, n = criteria->municipalities.n - criteria->n_foreign;
    char n_there[BEHOV_NUMBER_SIZE], n_all[BEHOV_NUMBER_SIZE], n_of[BEHOV_NUMBER_SIZE], own[BEHOV_NUMBER_SIZE],
        year[16];
    for (size_t k = 0; k < criteria->n_criteria; k++) {
        bool is_used = criteria->criteria[k].column >= 0, is_given = results->key.countries[k].is_given;
        bool is_relative = criteria->criteria[k].kind == BEHOV_CRITERION_RELATIVE;
        n_given += is_used && (is_given || (is_relative && results->basis == BEHOV_KEY_AGAINST_BOTH));
        n_own += is_used && !is_given && !is_relative;
    }
    bool is_part = behov_key_criteria_are_a_part(criteria);
    bool has_most = 100 * n >= BEHOV_LEAST_PER_CENT_OF_COUNTRY * criteria->n_in_country; /* of the municipalities */
    year_text(criteria->year, year);
    if (behov_key_needs_population(&results->input)) { /* else each criterion says what it is against */
        key_new_line(words);
        behov_wording_fill(words, results->lang,
                           results->basis == BEHOV_KEY_AGAINST_BOTH ? BEHOV_WORD_KEY_COUNTRY_MIXED
                           : n_given                                ? BEHOV_WORD_KEY_COUNTRY_GIVEN
                           : is_part && has_most                    ? BEHOV_WORD_KEY_COUNTRY_PART_OF_INHABITANTS
                           : is_part                                ? BEHOV_WORD_KEY_COUNTRY_PART
                           : !criteria->n_in_country                ? BEHOV_WORD_KEY_COUNTRY_UNKNOWN
                           : n < criteria->n_in_country             ? BEHOV_WORD_KEY_COUNTRY_NEARLY
                                                                    : BEHOV_WORD_KEY_COUNTRY_WHOLE,
                           "n", whole(results->lang, n, n_there), "all",
                           whole(results->lang, criteria->n_in_country, n_all), "given",
                           whole(results->lang, n_given, n_of), "own", whole(results->lang, n_own, own), "year", year,
                           (const char *)NULL);
    }
    if (!isnan(results->input.given_population) && !uses_given_population(results)) {
        key_new_line(words);
        behov_wording_add(words, behov_label(results->lang, BEHOV_WORD_KEY_GIVEN_POPULATION_UNUSED));
    }
    if (criteria->n_foreign) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_FOREIGN, "n",
                           whole(results->lang, criteria->n_foreign, n_there), "year", year, (const char *)NULL);
    }
    if (criteria->n_other_years) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_ROWS_OF_OTHER_YEARS, "n",
                           whole(results->lang, criteria->n_other_years, n_there), "year", year, (const char *)NULL);
    }
    if (criteria->n_no_municipality) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_ROWS_PASSED_OVER, "n",
                           whole(results->lang, criteria->n_no_municipality, n_there), (const char *)NULL);
    }
}

/* A total that is given and lies far from the sum of those who are there is another one. */
static bool is_far(const behov_key_country *country)
{
    return fabs(country->mean_relative - 1) > 0.01;
}

static void say_criterion(const behov_key_results *results, size_t k, behov_wording *words)
{
    const behov_key_criterion *criterion = &results->input.criteria[k];
    const behov_key_country *country = &results->key.countries[k];
    char n[BEHOV_NUMBER_SIZE], mean[BEHOV_NUMBER_SIZE];
    bool is_relative = criterion->kind == BEHOV_CRITERION_RELATIVE;
    key_figure(results->lang, country->mean_relative, mean);
    if (criterion->kind != BEHOV_CRITERION_COUNT) {
        key_new_line(words);
        behov_wording_fill(words, results->lang,
                           !is_relative && country->is_given ? BEHOV_WORD_KEY_IS_INDEX_GIVEN
                           : !is_relative                    ? BEHOV_WORD_KEY_IS_INDEX
                           : isnan(country->mean_relative)   ? BEHOV_WORD_KEY_IS_RELATIVE_UNWEIGHTED
                                                             : BEHOV_WORD_KEY_IS_RELATIVE,
                           "criterion", criterion->name, "mean", mean, (const char *)NULL);
    }
    if (criterion->column < 0) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_ZERO_WEIGHT, "criterion", criterion->name,
                           (const char *)NULL);
        return;
    }
    if (country->n_missing && criterion->weight != 0) {
        key_new_line(words);
        behov_wording_fill(
            words, results->lang,
            country->is_given || is_relative ? BEHOV_WORD_KEY_MISSING_KNOWN : BEHOV_WORD_KEY_MISSING_ALLOWED,
            "criterion", criterion->name, "n", whole(results->lang, country->n_missing, n), (const char *)NULL);
    }
    size_t n_above = 0;
    for (size_t i = 0; criterion->kind == BEHOV_CRITERION_COUNT && i < results->input.n; i++)
        n_above += criterion->figures[i] > results->input.population[i];
    if (n_above) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_COUNT_ABOVE_POPULATION, "criterion", criterion->name,
                           "n", whole(results->lang, n_above, n), (const char *)NULL);
    }
    if ((country->is_given || is_relative) && is_far(country)) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_GIVEN_FAR, "criterion", criterion->name, "mean", mean,
                           (const char *)NULL);
    }
}

static void say_unused(const behov_key_results *results, behov_wording *words)
{
    const behov_key_criteria *criteria = &results->criteria;
    behov_wording names = {0};
    for (size_t i = 0; i < criteria->n_unused; i++)
        behov_wording_add_after(&names, ", ", behov_table_name(criteria->table, criteria->unused[i]));
    if (criteria->n_unused) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_UNUSED, "names", behov_wording_text(&names),
                           (const char *)NULL);
    }
    behov_wording_spend(words, &names);
}

static void say_modified(const behov_key_results *results, behov_wording *words)
{
    const behov_key_criteria *criteria = &results->criteria;
    if (!criteria->modified_criteria)
        return;
    const behov_key_criterion *original = &criteria->criteria[criteria->modified],
                              *modified = &criteria->modified_criteria[criteria->modified];
    key_new_line(words);
    behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_MODIFIED_NOTE, "column", modified->name, "criterion",
                       original->name, (const char *)NULL);
}

static void say_like_missing(const behov_key_results *results, behov_wording *words)
{
    char missing[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    if (!results->n_like_missing)
        return;
    key_new_line(words);
    behov_wording_fill(words, results->lang, BEHOV_WORD_LIKE_MISSING, "missing",
                       whole(results->lang, results->n_like_missing, missing), "n",
                       whole(results->lang, results->n_like, n), (const char *)NULL);
}

void behov_key_notes(const behov_key_results *results, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    say(words, results->lang,
        results->basis == BEHOV_KEY_AGAINST_BOTH ? BEHOV_WORD_KEY_METHOD_MIXED : BEHOV_WORD_KEY_METHOD);
    say(words, results->lang, BEHOV_WORD_KEY_YEARS_APART);
    say_source(results, words);
    say_sum(results, words);
    say_country(results, words);
    for (size_t k = 0; k < results->input.n_criteria; k++)
        say_criterion(results, k, words);
    if (results->key.n_without) {
        key_new_line(words);
        behov_wording_fill(words, results->lang, BEHOV_WORD_KEY_WITHOUT, "n",
                           whole(results->lang, results->key.n_without, n), (const char *)NULL);
    }
    say_like_missing(results, words);
    say_modified(results, words);
    say_unused(results, words);
    if (results->is_simulated)
        say(words, results->lang, BEHOV_WORD_KEY_SIMULATED);
}

void behov_key_municipality_note(const behov_key_results *results, size_t position, behov_wording *words)
{
    const behov_key_input *input = &results->input;
    size_t k = behov_key_missing_criterion(input, &results->key, position);
    const behov_key *key = &results->key;
    behov_wording_clear(words);
    if (k == key->n_criteria && results->criteria.modified_criteria) {
        input = &results->modified_input;
        key = &results->modified;
        k = behov_key_missing_criterion(input, key, position);
    }
    if (k == key->n_criteria)
        return;
    bool has_figure = !isnan(input->criteria[k].figures[position]);
    behov_wording_fill(words, results->lang, has_figure ? BEHOV_WORD_KEY_LACKS_POPULATION : BEHOV_WORD_KEY_LACKS,
                       "criterion", input->criteria[k].name, (const char *)NULL);
}

/* ---- yardsticks -------------------------------------------------------------------------------------------------- */

static void say_populations(const behov_key_results *results, behov_wording *words)
{
    const behov_yardsticks *yardsticks = &results->yardsticks;
    behov_language lang = results->lang;
    behov_wording name = {0};
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], limit[BEHOV_NUMBER_SIZE], panel[BEHOV_NUMBER_SIZE],
        file[BEHOV_NUMBER_SIZE];
    if (!yardsticks->n_other_population)
        return;
    const behov_yardstick *farthest = &yardsticks->all[yardsticks->farthest];
    behov_sentence_municipality(&name, &farthest->municipality);
    key_new_line(words);
    behov_wording_fill(words, lang, BEHOV_WORD_YARDSTICKS_OTHER_POPULATION, "n",
                       whole(lang, yardsticks->n_other_population, n), "all", whole(lang, yardsticks->n, all), "limit",
                       whole(lang, BEHOV_YARDSTICKS_FAR_PCT, limit), "municipality", behov_wording_text(&name), "panel",
                       behov_format_count(lang, farthest->municipality.population, panel), "file",
                       behov_format_count(lang, yardsticks->farthest_population, file), (const char *)NULL);
    behov_wording_spend(words, &name);
}

void behov_key_yardstick_notes(const behov_key_results *results, behov_wording *words)
{
    const behov_yardsticks *yardsticks = &results->yardsticks;
    behov_language lang = results->lang;
    char year[16], key_year[16], mean[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], rows[BEHOV_NUMBER_SIZE],
        level[BEHOV_NUMBER_SIZE], only[BEHOV_NUMBER_SIZE], key[BEHOV_NUMBER_SIZE], need[BEHOV_NUMBER_SIZE],
        actual[BEHOV_NUMBER_SIZE], groups[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    behov_wording_fill(words, lang, BEHOV_WORD_YARDSTICKS_METHOD, "n", whole(lang, yardsticks->n, n), "mean",
                       behov_format_minus((char *)behov_format_cell(BEHOV_Q_GAP, yardsticks->actual_kr, lang, mean)),
                       "year", year_text(yardsticks->year, year), (const char *)NULL);
    key_new_line(words);
    behov_wording_fill(words, lang, BEHOV_WORD_YARDSTICKS_MODEL, "model",
                       results->fit_results->study->model.title
                           ? results->fit_results->study->model.title
                           : behov_formula_text(results->fit_results->study->formula),
                       "n", behov_format_count(lang, behov_fit_n_observations(results->fit_results->fit), rows),
                       "level", behov_format_level(lang, results->fit_results->level_pct, level), (const char *)NULL);
    if (yardsticks->n_only_keys + yardsticks->n_without_key + yardsticks->n_without_need +
        yardsticks->n_without_actual) {
        key_new_line(words);
        behov_wording_fill(
            words, lang, BEHOV_WORD_YARDSTICKS_LEFT_OUT, "panel", whole(lang, yardsticks->n_only_keys, only), "key",
            whole(lang, yardsticks->n_without_key, key), "need", whole(lang, yardsticks->n_without_need, need),
            "actual", whole(lang, yardsticks->n_without_actual, actual), (const char *)NULL);
    }
    if (yardsticks->n_without_group) {
        key_new_line(words);
        behov_wording_fill(words, lang, BEHOV_WORD_YARDSTICKS_NO_GROUP, "n",
                           whole(lang, yardsticks->n_without_group, groups), (const char *)NULL);
    }
    say_populations(results, words);
    if (yardsticks->year != results->weights.year) {
        key_new_line(words);
        behov_wording_fill(words, lang, BEHOV_WORD_YARDSTICKS_OTHER_YEAR, "year", year, "key_year",
                           year_text(results->weights.year, key_year), (const char *)NULL);
    }
    say(words, lang, BEHOV_WORD_YARDSTICKS_NO_VERDICT);
    if (results->fit_results->study->is_simulated)
        say(words, lang, BEHOV_WORD_YARDSTICKS_SIMULATED);
}
