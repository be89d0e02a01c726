/* key_regression_sentences.c - what is said of weights out of a regression and of one's own index (key_sentences.h). */
#include <behov/key_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/error_sentence.h>
#include <behov/country.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>
#include "key_parts.h"
#include "sentence_parts.h"

static void say(behov_wording *words, behov_language lang, behov_word word)
{
    key_new_line(words);
    behov_wording_add(words, behov_label(lang, word));
}

/* ---- weights out of a regression --------------------------------------------------------------------------------- */

/* By the sign of the coefficient, for the weight has another one where the sum is below 0; and no bolder than its interval. */
static void say_negative(const behov_key_fit *fit, behov_language lang, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], clearly[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    if (!fit->n_negative)
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang,
                       fit->n_negative_clearly ? BEHOV_WORD_KEY_REGRESSION_NEGATIVE
                                               : BEHOV_WORD_KEY_REGRESSION_NEGATIVE_UNCLEAR,
                       "n", behov_format_count(lang, (double)fit->n_negative, n), "clearly",
                       behov_format_count(lang, (double)fit->n_negative_clearly, clearly), "level",
                       behov_format_level(lang, 100 * fit->words_level, level), (const char *)NULL);
}

static void say_sum(const behov_key_fit *fit, behov_language lang, behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    if (fit->sum_is == BEHOV_KEY_SUM_ABOVE_0)
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang,
                       fit->sum_is == BEHOV_KEY_SUM_UNCLEAR ? BEHOV_WORD_KEY_REGRESSION_UNCLEAR_SUM
                                                            : BEHOV_WORD_KEY_REGRESSION_BAD_SUM,
                       "low", key_figure(lang, fit->raw_sum_low, low), "high",
                       key_figure(lang, fit->raw_sum_high, high), "level",
                       behov_format_level(lang, 100 * fit->words_level, level), (const char *)NULL);
}

/* Few clusters of a year have other errors than those of all years, which the note behind them names. */
static void say_errors(const behov_key_fit *fit, behov_language lang, behov_wording *words)
{
    char kind[16], n[BEHOV_NUMBER_SIZE];
    if (!fit->year || isnan(fit->raw_sum_se))
        return;
    behov_side_kind_name(fit->se_kind, kind);
    behov_wording_add(words, " ");
    behov_wording_fill(
        words, lang, fit->n_clusters ? BEHOV_WORD_KEY_REGRESSION_YEAR_CLUSTERS : BEHOV_WORD_KEY_REGRESSION_YEAR_ERRORS,
        "kind", kind, "n", behov_format_count(lang, (double)fit->n_clusters, n), (const char *)NULL);
}

static void say_fit(const behov_key_fit *fit, behov_language lang, behov_wording *words)
{
    char year[16], n[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE];
    snprintf(year, sizeof year, "%d", fit->year);
    const char *name = fit->year ? year : behov_label(lang, BEHOV_WORD_KEY_REGRESSION_POOLED);
    key_new_line(words);
    if (!fit->is_there) {
        behov_wording reason = {0};
        behov_error_sentence(&fit->why, lang, &reason);
        behov_wording_fill(words, lang, BEHOV_WORD_KEY_REGRESSION_NO_FIT, "name", name, "reason",
                           behov_wording_text(&reason), (const char *)NULL);
        behov_wording_spend(words, &reason);
        return;
    }
    behov_wording_fill(words, lang, BEHOV_WORD_KEY_REGRESSION_FIT, "name", name, "n",
                       behov_format_count(lang, (double)fit->n_rows, n), "sum", key_figure(lang, fit->raw_sum, sum),
                       (const char *)NULL);
    say_negative(fit, lang, words);
    say_sum(fit, lang, words);
    say_errors(fit, lang, words);
}

void behov_key_regression_notes(const behov_key_regression *regression, const behov_fit_results *results,
                                behov_wording *words)
{
    behov_language lang = results->study->lang;
    char level[BEHOV_NUMBER_SIZE];
    behov_wording errors = {0};
    behov_wording_clear(words);
    say(words, lang, BEHOV_WORD_KEY_REGRESSION_METHOD);
    say(words, lang,
        regression->is_by_population ? BEHOV_WORD_KEY_REGRESSION_BY_POPULATION : BEHOV_WORD_KEY_REGRESSION_BY_ROWS);
    say_fit(&regression->pooled, lang, words);
    for (size_t t = 0; t < regression->n_years; t++)
        say_fit(&regression->years[t], lang, words);
    behov_fit_results_errors(results, &errors);
    key_new_line(words);
    behov_wording_fill(words, lang, BEHOV_WORD_KEY_REGRESSION_ERRORS, "errors", behov_wording_text(&errors), "level",
                       behov_format_level(lang, regression->level_pct, level), (const char *)NULL);
    behov_wording_spend(words, &errors);
    say(words, lang, BEHOV_WORD_KEY_YEARS_APART);
    if (results->study->is_simulated)
        say(words, lang, BEHOV_WORD_SIMULATED_EXPLAINED);
}

/* ---- one's own index --------------------------------------------------------------------------------------------- */

void behov_clustering_index_title(const behov_clustering_index *index, behov_language lang, behov_wording *words)
{
    behov_wording_clear(words);
    behov_wording_add(words, behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_TITLE));
    behov_sentence_years(words, ", ", index->year, index->year);
}

/* What the shares are held against is not the country, and rows that are none. */
static void say_rows(const behov_clustering_index *index, behov_language lang, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], left[BEHOV_NUMBER_SIZE];
    size_t n_there = index->municipalities.n;
    bool is_part = !index->is_country_given && behov_clustering_index_is_of_a_part(index);
    if (is_part) {
        key_new_line(words);
        behov_wording_fill(words, lang, BEHOV_WORD_KEY_CLUSTERING_PART, "n",
                           behov_format_count(lang, (double)n_there, n), "all",
                           behov_format_count(lang, (double)index->n_in_country, all), (const char *)NULL);
    }
    if (index->n_no_municipality) {
        key_new_line(words);
        behov_wording_fill(words, lang, BEHOV_WORD_KEY_ROWS_PASSED_OVER, "n",
                           behov_format_count(lang, (double)index->n_no_municipality, left), (const char *)NULL);
    }
}

void behov_clustering_index_notes(const behov_clustering_index *index, behov_language lang, behov_wording *words)
{
    char mean[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], shares[BEHOV_N_CLUSTERING_SHARES][BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    say(words, lang, BEHOV_WORD_KEY_CLUSTERING_OWN);
    say(words, lang, BEHOV_WORD_KEY_CLUSTERING_METHOD);
    for (int share = 0; share < BEHOV_N_CLUSTERING_SHARES; share++)
        behov_number_fixed(index->country_pct[share], 2, behov_label_decimal_mark(lang), "", 4, shares[share]);
    key_new_line(words);
    behov_wording_fill(words, lang,
                       index->is_country_given ? BEHOV_WORD_KEY_CLUSTERING_COUNTRY_GIVEN
                       : index->are_counts     ? BEHOV_WORD_KEY_CLUSTERING_COUNTRY_COUNTED
                                               : BEHOV_WORD_KEY_CLUSTERING_COUNTRY_WEIGHTED,
                       "divorced", shares[BEHOV_SHARE_DIVORCED], "unemployed", shares[BEHOV_SHARE_UNEMPLOYED],
                       "low_income", shares[BEHOV_SHARE_LOW_INCOME], (const char *)NULL);
    say_rows(index, lang, words);
    key_new_line(words);
    behov_wording_fill(words, lang, BEHOV_WORD_KEY_CLUSTERING_MEAN, "mean", key_figure(lang, index->mean, mean),
                       (const char *)NULL);
    if (index->n_without) {
        key_new_line(words);
        behov_wording_fill(words, lang, BEHOV_WORD_KEY_CLUSTERING_WITHOUT, "n",
                           behov_format_count(lang, (double)index->n_without, n), (const char *)NULL);
    }
}
