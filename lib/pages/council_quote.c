/* council_quote.c - a sentence that may be quoted, no bolder by itself than the page around it. */
#include <math.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include "council_page_parts.h"
#include "page_table.h"

/* " (forholdstall 103, 90 prosents intervall 99–107: usikkert ...)" */
static void add_year_interval(const behov_council *council, size_t page, behov_wording *words)
{
    double printed = behov_ratio_printed(council_year(council, page)->ratio);
    char ratio[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    behov_wording interval = {0};
    bool is_unsure = council_year_is_unsure(council, page);
    council_add_interval(council, council_year_interval(council, page), &interval);
    if (interval.length) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, council_language(council),
                           is_unsure ? BEHOV_WORD_COUNCIL_QUOTE_INTERVAL_UNCERTAIN : BEHOV_WORD_COUNCIL_QUOTE_INTERVAL,
                           "ratio", council_whole(council, printed, ratio), "interval", behov_wording_text(&interval),
                           "level", council_interval_level(council, level), NULL);
    } else if (is_unsure) {
        behov_wording_print(words, " %s", council_label(council, BEHOV_WORD_COUNCIL_QUOTE_NO_INTERVAL));
    }
    behov_wording_spend(words, &interval);
}

static void add_level(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile_year *now = council_year(council, page);
    char level[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording it = {0}, interval = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    council_add_interval(council, now->lasting.interval, &interval);
    behov_wording_fill(words, council_language(council),
                       council_level_is_useless(now)             ? BEHOV_WORD_COUNCIL_QUOTE_LEVEL_USELESS
                       : council->ranking.variances.is_one_year  ? BEHOV_WORD_COUNCIL_QUOTE_LEVEL_ONE_YEAR
                       : council_has_few_municipalities(council) ? BEHOV_WORD_COUNCIL_QUOTE_LEVEL_FEW
                       : council_claim(council, council->pages[page].profile->place, now->lasting) ==
                               BEHOV_LEVEL_IS_UNCERTAIN
                           ? BEHOV_WORD_COUNCIL_QUOTE_LEVEL_UNCERTAIN
                           : BEHOV_WORD_COUNCIL_QUOTE_LEVEL,
                       "it", behov_wording_text(&it), "interval", behov_wording_text(&interval), "level",
                       council_interval_level(council, level), "likely", council_likely(council), "n",
                       council_whole(council, (double)council->ranking.places.n, n), NULL);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &interval);
}

static void say_quote(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile_year *now = council_year(council, page);
    double printed = behov_ratio_printed(now->ratio);
    char difference[BEHOV_NUMBER_SIZE];
    behov_wording in_year = {0}, year = {0}, level = {0}, simulated = {0}, caveat = {0}, doubt = {0};
    bool is_one_year = council->ranking.variances.is_one_year;
    council_add_in_year(council, &in_year);
    add_year_interval(council, page, &year);
    add_level(council, page, &level);
    if (is_one_year || behov_lasting_is_assumed(&council->ranking.variances))
        behov_wording_print(
            &caveat, " %s",
            council_label(council, is_one_year ? BEHOV_WORD_LASTING_ONE_YEAR_ASSUMED : BEHOV_WORD_LASTING_IS_ASSUMED));
    if (council->fit_results->study->doubts_the_unit || council->fit_results->study->doubts_a_share)
        behov_wording_print(&doubt, " %s", council_label(council, BEHOV_WORD_COUNCIL_QUOTE_UNIT));
    if (council_doubt(council, council->pages[page].profile->place))
        behov_wording_print(&doubt, " %s", council_label(council, BEHOV_WORD_COUNCIL_QUOTE_DOUBT));
    if (council->fit_results->study->is_simulated)
        behov_wording_print(&simulated, " %s", council_label(council, BEHOV_WORD_COUNCIL_QUOTE_SIMULATED));
    if (council->pages[page].end_date) {
        behov_wording_add(&caveat, " ");
        council_say_end(council, page, &caveat);
    }
    behov_wording_fill(words, council_language(council),
                       council_word(council, printed > 100   ? BEHOV_WORD_COUNCIL_QUOTE_ABOVE
                                             : printed < 100 ? BEHOV_WORD_COUNCIL_QUOTE_BELOW
                                                             : BEHOV_WORD_COUNCIL_QUOTE_EQUAL),
                       "name", council_name(council, council->pages[page].profile->place), "in_year",
                       behov_wording_text(&in_year), "n", council_whole(council, fabs(printed - 100), difference),
                       "year_interval", behov_wording_text(&year), "level_words", behov_wording_text(&level),
                       "simulated", behov_wording_text(&simulated), "caveat", behov_wording_text(&caveat), "doubt",
                       behov_wording_text(&doubt), NULL);
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &year);
    behov_wording_spend(words, &level);
    behov_wording_spend(words, &simulated);
    behov_wording_spend(words, &caveat);
    behov_wording_spend(words, &doubt);
}

void council_put_quote(const behov_council *council, size_t page, behov_wording *out)
{
    const behov_profile_year *now = council_year(council, page);
    behov_wording words = {0};
    if (!(behov_ratio_printed(now->ratio) > 0) || !council_has_level(now))
        return;
    say_quote(council, page, &words);
    behov_wording_add(out, "<div class=quote><p><strong>");
    council_put_word(council, BEHOV_WORD_COUNCIL_QUOTE, out);
    behov_wording_add(out, "</strong> ");
    behov_page_escape(behov_wording_text(&words), out);
    behov_wording_add(out, "</p></div>\n");
    behov_wording_spend(out, &words);
}
