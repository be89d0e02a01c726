/* printed_comparison_sentences.c - see printed_comparison_sentences.h. */
#include <behov/printed_comparison_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "sentence_parts.h"
#include <behov/study_words.h>

static behov_language language_of(const behov_printed_comparison *comparison)
{
    return comparison->fit_results->study->lang;
}

static const char *count(behov_language lang, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang, (double)n, text);
}

static const char *per_cent(behov_language lang, double share, char text[BEHOV_NUMBER_SIZE])
{
    double shown_value = 100 * share;
    behov_number_fixed(shown_value, shown_value < 10 ? 1 : 0, behov_label_decimal_mark(lang),
                       behov_label_group_mark(lang), 4, text);
    return text;
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 * */

typedef struct tally {
    size_t n, holds, errors, stars, signs;
} tally;

static tally add_up(const behov_printed_comparison *comparison)
{
    tally sum = {0};
    for (size_t i = 0; i < comparison->table.n_rows; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        if (!printed_match->fitted)
            continue;
        sum.n++;
        sum.holds += printed_match->holds;
        sum.errors += printed_match->error_holds;
        sum.stars += printed_match->same_stars;
        sum.signs += printed_match->same_sign;
    }
    return sum;
}

static void say_construction(const behov_printed_comparison *comparison, behov_wording *words)
{
    behov_wording_clear(words);
    if (comparison->fit_results->study->is_bundled)
        behov_wording_add(words, behov_label(language_of(comparison), BEHOV_WORD_COMPARE_BY_CONSTRUCTION));
}

/* "net_expenditure, 1000 kr per inhabitant" */
static void say_outcome(const behov_study *study, behov_wording *words)
{
    behov_study_say_term(study, behov_formula_outcome_name(study->formula), words);
    if (study->unit == BEHOV_UNIT_UNKNOWN)
        return;
    behov_wording_add(words, ", ");
    behov_wording_add(words, behov_label(study->lang, study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
                                                          ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
                                                          : BEHOV_WORD_UNIT_KR_PER_INHABITANT));
}

void behov_printed_comparison_say_coefficients(const behov_printed_comparison *comparison, behov_wording *words)
{
    behov_language lang = language_of(comparison);
    char n[BEHOV_NUMBER_SIZE], holds[BEHOV_NUMBER_SIZE], errors[BEHOV_NUMBER_SIZE], stars[BEHOV_NUMBER_SIZE],
        signs[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (!comparison->table.n_rows)
        return;
    tally sum = add_up(comparison);
    behov_wording outcome = {0};
    say_outcome(comparison->fit_results->study, &outcome);
    behov_wording_fill(
        words, lang, comparison->is_other_outcome ? BEHOV_WORD_COMPARE_OTHER_OUTCOME : BEHOV_WORD_COMPARE_COEFFICIENTS,
        "n", count(lang, sum.n, n), "holds", count(lang, sum.holds, holds), "errors", count(lang, sum.errors, errors),
        "stars", count(lang, sum.stars, stars), "signs", count(lang, sum.signs, signs), "table", comparison->table_name,
        "printed", comparison->notes.outcome ? comparison->notes.outcome : "", "outcome", behov_wording_text(&outcome),
        NULL);
    behov_wording_spend(words, &outcome);
}

/* "upper_secondary_completion (standard error 0.029 printed, 0.00290 fitted)" */
static void add_difference(const behov_printed_comparison *comparison, const behov_printed_match *printed_match,
                           behov_wording *list)
{
    behov_language lang = language_of(comparison);
    char printed[BEHOV_NUMBER_SIZE], fitted[BEHOV_NUMBER_SIZE];
    bool is_error = printed_match->holds && !printed_match->error_holds;
    int n_stars = printed_match->printed->n_stars < 3 ? printed_match->printed->n_stars : 3;
    behov_printed_text(is_error ? &printed_match->printed->standard_error : &printed_match->printed->coefficient,
                       behov_label_decimal_mark(lang), printed);
    behov_format_minus(printed);
    behov_format_cell(BEHOV_Q_COEFFICIENT, is_error ? printed_match->fitted->se : printed_match->fitted->estimate, lang,
                      fitted);
    behov_wording term = {0};
    behov_study_say_term(comparison->fit_results->study, printed_match->term, &term);
    behov_wording_add_after(list, "; ", "");
    behov_wording_fill(list, lang,
                       is_error               ? BEHOV_WORD_COMPARE_ERROR_DIFFERS
                       : printed_match->holds ? BEHOV_WORD_COMPARE_STARS_DIFFER
                                              : BEHOV_WORD_COMPARE_DIFFERS,
                       "term", behov_wording_text(&term), "printed", printed, "fitted", fitted, "stars_printed",
                       &"***"[3 - n_stars], "stars", printed_match->fitted->stars, NULL);
    behov_wording_spend(list, &term);
}

/* Of all that are not the same. */
static void say_differences(const behov_printed_comparison *comparison, behov_wording *words)
{
    enum { MOST_NAMED = 4 };
    behov_language lang = language_of(comparison);
    char number[BEHOV_NUMBER_SIZE];
    behov_wording list = {0};
    size_t n = 0;
    behov_wording_clear(words);
    for (size_t i = 0; i < comparison->table.n_rows && !comparison->is_other_outcome; i++) {
        const behov_printed_match *printed_match = &comparison->matches[i];
        if (!printed_match->fitted ||
            (printed_match->holds && printed_match->error_holds && printed_match->same_stars) || ++n > MOST_NAMED)
            continue;
        add_difference(comparison, printed_match, &list);
    }
    if (n > 0)
        behov_wording_fill(
            words, lang, n > MOST_NAMED ? BEHOV_WORD_COMPARE_DIFFERENCES_MORE : BEHOV_WORD_COMPARE_DIFFERENCES, "list",
            behov_wording_text(&list), "n", count(lang, n > MOST_NAMED ? n - MOST_NAMED : 0, number), NULL);
    behov_wording_spend(words, &list);
}

void behov_printed_comparison_say_sample(const behov_printed_comparison *comparison, behov_wording *words)
{
    behov_language lang = language_of(comparison);
    const behov_printed_notes *notes = &comparison->notes;
    behov_wording_clear(words);
    if (!comparison->table.n_rows || (!notes->n_observations && !notes->has_adjusted_r2))
        return;
    double n = behov_fit_n_observations(comparison->fit_results->fit),
           adj_r2 = behov_fit_adj_r2(comparison->fit_results->fit);
    char printed_n[BEHOV_NUMBER_SIZE] = "–", fitted_n[BEHOV_NUMBER_SIZE], printed_r2[BEHOV_NUMBER_SIZE] = "–",
         fitted_r2[BEHOV_NUMBER_SIZE];
    if (notes->n_observations)
        count(lang, notes->n_observations, printed_n);
    if (notes->has_adjusted_r2)
        behov_printed_text(&notes->adjusted_r2, behov_label_decimal_mark(lang), printed_r2);
    behov_format_minus(printed_r2);
    behov_format_count(lang, n, fitted_n);
    behov_number_fixed(adj_r2, 3, behov_label_decimal_mark(lang), "", 4, fitted_r2);
    behov_format_minus(fitted_r2);
    bool same =
        (!notes->n_observations || n == (double)notes->n_observations) &&
        (!notes->has_adjusted_r2 || comparison->is_other_outcome || behov_printed_holds(&notes->adjusted_r2, adj_r2));
    behov_wording_fill(words, lang, same ? BEHOV_WORD_COMPARE_SAME_SAMPLE : BEHOV_WORD_COMPARE_OTHER_SAMPLE,
                       "printed_n", printed_n, "n", fitted_n, "printed_r2", printed_r2, "r2", fitted_r2, NULL);
}

void behov_printed_comparison_say_reading(const behov_printed_comparison *comparison, behov_wording *words)
{
    behov_language lang = language_of(comparison);
    const behov_printed_reading *best = NULL;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    for (size_t i = 0; i < comparison->clusterings.n && comparison->readings; i++)
        best = comparison->readings[i].is_best ? &comparison->readings[i] : best;
    if (!best)
        return;
    behov_wording others = {0};
    for (size_t i = 0; i < comparison->clusterings.n; i++) {
        const behov_printed_reading *other = &comparison->readings[i];
        if (other == best || isnan(other->median_off))
            continue;
        behov_wording_add_after(&others, ", ", other->errors_reading->cluster);
        behov_wording_add(&others, " ");
        behov_wording_add(&others, per_cent(lang, other->median_off, number));
        behov_wording_add(&others, " %");
    }
    behov_wording_fill(words, lang, others.length ? BEHOV_WORD_COMPARE_BEST_READING : BEHOV_WORD_COMPARE_ONE_READING,
                       "cluster", best->errors_reading->cluster, "off", per_cent(lang, best->median_off, number),
                       "others", behov_wording_text(&others), NULL);
    behov_wording_spend(words, &others);
}

/* ---- ratios --------------------------------------------------------------------------------------------------------
 * */

void behov_printed_comparison_say_ratios(const behov_printed_comparison *comparison, behov_wording *words)
{
    behov_language lang = language_of(comparison);
    char compared[BEHOV_NUMBER_SIZE], equal[BEHOV_NUMBER_SIZE], printed[BEHOV_NUMBER_SIZE] = "",
                                                                ratio[BEHOV_NUMBER_SIZE] = "", year[16] = "";
    behov_wording place = {0};
    behov_wording_clear(words);
    if (!comparison->printed_ratios.places.n)
        return;
    if (comparison->n_cells) {
        const behov_printed_cell *most = &comparison->cells[0];
        behov_sentence_municipality(&place, &comparison->ratios.places.all[most->place]);
        snprintf(year, sizeof year, "%d", comparison->ratios.years[most->year]);
        behov_format_cell(BEHOV_Q_RATIO, most->printed, lang, printed);
        behov_format_cell(BEHOV_Q_RATIO, most->ratio, lang, ratio);
    }
    behov_wording_fill(words, lang,
                       comparison->n_compared == 0 ? BEHOV_WORD_COMPARE_RATIOS_NONE
                       : comparison->n_cells       ? BEHOV_WORD_COMPARE_RATIOS_DIFFER
                                                   : BEHOV_WORD_COMPARE_RATIOS_EQUAL,
                       "n", count(lang, comparison->n_compared, compared), "equal",
                       count(lang, comparison->n_equal, equal), "table", comparison->ratios_name, "place",
                       behov_wording_text(&place), "year", year, "printed", printed, "ratio", ratio, NULL);
    behov_wording_spend(words, &place);
}

static void say_not_fitted(const behov_printed_comparison *comparison, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (comparison->printed_ratios.places.n && comparison->n_not_fitted)
        behov_wording_fill(words, language_of(comparison), BEHOV_WORD_COMPARE_NOT_FITTED, "n",
                           count(language_of(comparison), comparison->n_not_fitted, number), NULL);
}

static void say_unknown_places(const behov_printed_comparison *comparison, behov_wording *words)
{
    enum { MOST = 8 };
    behov_language lang = language_of(comparison);
    char n[BEHOV_NUMBER_SIZE];
    behov_wording names = {0};
    behov_wording_clear(words);
    if (!comparison->printed_ratios.places.n || !comparison->n_unknown)
        return;
    for (size_t i = 0; i < comparison->n_unknown && i < MOST; i++) {
        const behov_municipality *municipality =
            &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        behov_wording_add_after(&names, ", ", "");
        behov_sentence_municipality(&names, municipality);
        if (municipality->code[0] || behov_printed_comparison_n_called(comparison, municipality->name) < 2)
            continue;
        behov_wording_add(&names, " (");
        behov_wording_add(&names, behov_label(lang, BEHOV_WORD_COMPARE_NAME_IS_DOUBLE));
        behov_wording_add(&names, ")");
    }
    behov_wording_fill(words, lang, BEHOV_WORD_COMPARE_UNKNOWN_PLACES, "n", count(lang, comparison->n_unknown, n),
                       "names", behov_wording_text(&names), NULL);
    behov_wording_spend(words, &names);
}

bool behov_printed_comparison_answer(const behov_printed_comparison *comparison, size_t i, behov_wording *words)
{
    static void (*const say[])(const behov_printed_comparison *,
                               behov_wording *) = {say_construction,
                                                   behov_printed_comparison_say_coefficients,
                                                   say_differences,
                                                   behov_printed_comparison_say_sample,
                                                   behov_printed_comparison_say_reading,
                                                   behov_printed_comparison_say_ratios,
                                                   say_not_fitted,
                                                   say_unknown_places};
    for (size_t s = 0; s < sizeof say / sizeof *say; s++) {
        say[s](comparison, words);
        if (words->length && i-- == 0)
            return true;
    }
    behov_wording_clear(words);
    return false;
}
