/* council_cautions.c - what a council must know of the panel before it reads a figure: few municipalities, few clusters, few
 * in effect, clusters that take the years of a municipality apart. In plain words: the notes of the method have the terms. */
#include <math.h>
#include <stdint.h>

#include <behov/clustering_sentences.h>
#include <behov/design.h>
#include <behov/diagnose.h>
#include <behov/fit.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include "council_page_parts.h"

/* G* below which intervals are cautioned against whatever the panel; at BEHOV_FEW_CLUSTERS the notes warn of the term. */
static const double VERY_FEW_EFFECTIVE = 10;

static void say_few_municipalities(const behov_council *council, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (council_has_few_municipalities(council))
        behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_CAUTION_FEW_MUNICIPALITIES, "n",
                           council_whole(council, (double)council->ranking.places.n, n), NULL);
}

static bool has_clusters(const behov_council *council)
{
    const behov_fit_results *results = council->fit_results;
    return results->vcov && behov_vcov_n_clusters(results->vcov) && !behov_fit_is_exact(results->fit);
}

static void say_clusters(const behov_council *council, behov_word word, double effective, behov_wording *words)
{
    const behov_fit_results *results = council->fit_results;
    behov_language lang = council_language(council);
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_number_fixed(effective, effective < 10 ? 1 : 0, behov_label_decimal_mark(lang), "", 4, n);
    behov_wording_fill(words, lang, word, "n", n, "all",
                       council_whole(council, (double)behov_vcov_n_clusters(results->vcov), all), "key",
                       behov_fit_results_key_of_few_clusters(results), NULL);
}

static void say_few_clusters(const behov_council *council, behov_wording *words)
{
    if (has_clusters(council) && !council_has_few_municipalities(council) &&
        behov_vcov_n_clusters(council->fit_results->vcov) < BEHOV_FEW_CLUSTERS)
        say_clusters(council, BEHOV_WORD_COUNCIL_CAUTION_FEW_CLUSTERS, 0, words);
}

static void say_few_effective(const behov_council *council, behov_wording *words)
{
    const behov_fit_results *results = council->fit_results;
    if (has_clusters(council) && results->n_narrow &&
        (council_has_few_municipalities(council) || results->fewest_effective < VERY_FEW_EFFECTIVE))
        say_clusters(council, BEHOV_WORD_COUNCIL_CAUTION_EFFECTIVE, results->fewest_effective, words);
}

static void say_apart(const behov_council *council, behov_wording *words)
{
    const behov_fit_results *results = council->fit_results;
    bool is_parted = results->parts_municipalities && council_has_few_municipalities(council);
    if (!is_parted)
        behov_clustering_say_parted(results, words);
    is_parted = is_parted || words->length || behov_fit_results_takes_rows_apart(results);
    behov_wording_clear(words);
    if (is_parted)
        behov_wording_add(words, council_label(council, BEHOV_WORD_COUNCIL_CAUTION_APART));
}

/* What limits levels beside few municipalities: assumed chance, chance of another form. */
static void say_limits(const behov_council *council, behov_wording *words)
{
    behov_level_add_limits(&council->ranking.variances, SIZE_MAX, council_language(council), words);
}

bool council_caution(const behov_council *council, size_t i, behov_wording *words)
{
    static void (*const says[])(const behov_council *, behov_wording *) = {
        say_few_municipalities, say_limits, say_few_clusters, say_few_effective, say_apart};
    for (size_t s = 0; s < sizeof says / sizeof *says; s++) {
        behov_wording_clear(words);
        says[s](council, words);
        if (words->length && i-- == 0)
            return true;
    }
    behov_wording_clear(words);
    return false;
}
