/* test_sentences.c - see test_sentences.h. */
#include <behov/test_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/format.h>
#include <behov/labels.h>

void behov_test_say_method(behov_language lang, const behov_test_results *test, behov_wording *words)
{
    static const behov_word kinds[] = {[BEHOV_BOOT_RADEMACHER] = BEHOV_WORD_DRAWS_RADEMACHER,
                                       [BEHOV_BOOT_WEBB] = BEHOV_WORD_DRAWS_WEBB,
                                       [BEHOV_BOOT_MAMMEN] = BEHOV_WORD_DRAWS_MAMMEN};
    const behov_boot_result *boot = &test->bootstrap;
    char draws[BEHOV_NUMBER_SIZE], clusters[BEHOV_NUMBER_SIZE], seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)test->seed);
    behov_wording_clear(words);
    behov_wording_fill(
        words, lang, boot->is_enumerated ? BEHOV_WORD_BOOTSTRAP_ENUMERATED : BEHOV_WORD_BOOTSTRAP_DRAWN, "method",
        behov_label(lang, boot->is_unrestricted ? BEHOV_WORD_BOOTSTRAP_WCU : BEHOV_WORD_BOOTSTRAP_WCR), "n",
        behov_format_count(lang, (double)boot->n_draws, draws), "draws", behov_label(lang, kinds[boot->draws]), "seed",
        seed, "clusters", behov_format_count(lang, (double)boot->n_clusters, clusters), NULL);
}

void behov_test_say_counts(behov_language lang, const behov_boot_result *boot, behov_wording *words)
{
    char draws[BEHOV_NUMBER_SIZE], number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    behov_wording_fill(words, lang, boot->n_ties ? BEHOV_WORD_BOOTSTRAP_COUNTS_TIES : BEHOV_WORD_BOOTSTRAP_COUNTS,
                       "greater", behov_format_count(lang, (double)boot->n_strictly_greater, number), "n",
                       behov_format_count(lang, (double)boot->n_draws, draws), NULL);
    if (boot->n_ties)
        behov_wording_fill(words, lang, BEHOV_WORD_BOOTSTRAP_TIES, "ties",
                           behov_format_count(lang, (double)boot->n_ties, number), NULL);
}

/* "With 32 sign vectors p is never below 0.0625. So no value can be rejected at the 5 per cent level, ..." */
static void say_unreachable(behov_language lang, const behov_boot_result *boot, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE], rest[BEHOV_NUMBER_SIZE];
    behov_number_significant(boot->p_lowest, 3, behov_label_decimal_mark(lang), p);
    behov_wording_fill(words, lang,
                       boot->is_enumerated ? BEHOV_WORD_INTERVAL_UNREACHABLE_SIGNS
                                           : BEHOV_WORD_INTERVAL_UNREACHABLE_DRAWS,
                       "n", behov_format_count(lang, (double)boot->n_draws, n), "p", p, "level",
                       behov_format_level(lang, 100 * boot->level, level), "rest",
                       behov_format_level(lang, 100 * (1 - boot->level), rest), NULL);
}

void behov_test_say_interval(behov_language lang, const behov_boot_result *boot, behov_wording *words)
{
    bool has_no_low = isinf(boot->ci_low), has_no_high = isinf(boot->ci_high);
    behov_wording_clear(words);
    if (!boot->is_level_reachable)
        say_unreachable(lang, boot, words);
    else if (has_no_low || has_no_high)
        behov_wording_add(words, behov_label(lang, has_no_low && has_no_high ? BEHOV_WORD_INTERVAL_UNBOUNDED
                                                   : has_no_low              ? BEHOV_WORD_INTERVAL_WITHOUT_LOW
                                                                             : BEHOV_WORD_INTERVAL_WITHOUT_HIGH));
}

void behov_test_say_clusters(behov_language lang, const behov_boot_result *boot, behov_wording *words)
{
    char clusters[BEHOV_NUMBER_SIZE], vectors[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (boot->n_clusters < BEHOV_BOOT_FEW_CLUSTERS)
        behov_wording_fill(words, lang,
                           boot->draws == BEHOV_BOOT_WEBB ? BEHOV_WORD_BOOTSTRAP_FEW_CLUSTERS_WEBB
                                                          : BEHOV_WORD_BOOTSTRAP_FEW_CLUSTERS,
                           "clusters", behov_format_count(lang, (double)boot->n_clusters, clusters), "n",
                           behov_format_count(lang, ldexp(1, (int)boot->n_clusters), vectors), NULL);
}
