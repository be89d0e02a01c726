/* survey_sentences.c - see survey_sentences.h. */
#include <behov/survey_sentences.h>

#include <math.h>

#include <behov/format.h>
#include <behov/labels.h>

static const char *count(const behov_survey_page *page, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(page->lang, (double)n, text);
}

/* One decimal, as ratios are compared; two for a correlation; p as in the tables. */
static const char *points(const behov_survey_page *page, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_INDEX, value, page->lang, text);
}

static const char *correlation(const behov_survey_page *page, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_SHARE, value, page->lang, text);
}

/* "p = 0,012", "p < 0,001" */
static void say_p(const behov_survey_page *page, double p, behov_wording *words)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_format_cell(BEHOV_Q_P, p, page->lang, text);
    behov_wording_add(words, text[0] == '<' ? "p " : "p = ");
    behov_wording_add(words, text);
}

void behov_survey_say_counts(const behov_survey_page *page, behov_wording *words)
{
    const behov_survey *survey = page->survey;
    char n[BEHOV_NUMBER_SIZE], municipalities[BEHOV_NUMBER_SIZE], units[BEHOV_NUMBER_SIZE], left[BEHOV_NUMBER_SIZE],
        year[BEHOV_NUMBER_SIZE], traits[BEHOV_NUMBER_SIZE];
    behov_wording years = {0};
    if (survey->options.year)
        behov_wording_fill(&years, page->lang, BEHOV_WORD_SURVEY_IN_YEAR, "year",
                           behov_format_cell(BEHOV_Q_YEAR, survey->options.year, page->lang, year), NULL);
    else
        behov_wording_add(&years, behov_label(page->lang, BEHOV_WORD_SURVEY_ALL_YEARS));
    behov_wording_fill(words, page->lang, BEHOV_WORD_SURVEY_COUNTS, "offices",
                       count(page, survey->answers->n_offices - survey->n_offices_left_out, n), "municipalities",
                       count(page, survey->n_municipalities, municipalities), "units",
                       count(page, survey->n_units_with_ratio, units), "traits", count(page, survey->n_tested, traits),
                       "all_traits", count(page, survey->n_traits, left), "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &years);
}

/* ---- one trait ----------------------------------------------------------------------------------------------------- */

static void say_reason(const behov_survey_page *page, const behov_survey_trait *trait, behov_wording *words)
{
    static const behov_word reasons[] = {[BEHOV_SURVEY_TESTED] = BEHOV_NO_WORD,
                                         [BEHOV_SURVEY_NO_ANSWERS] = BEHOV_WORD_SURVEY_NO_ANSWERS,
                                         [BEHOV_SURVEY_ONE_VALUE] = BEHOV_WORD_SURVEY_ONE_VALUE,
                                         [BEHOV_SURVEY_FEW_UNITS] = BEHOV_WORD_SURVEY_FEW_UNITS,
                                         [BEHOV_SURVEY_SMALL_GROUP] = BEHOV_WORD_SURVEY_SMALL_GROUP,
                                         [BEHOV_SURVEY_NO_SPREAD] = BEHOV_WORD_SURVEY_NO_SPREAD};
    char n[BEHOV_NUMBER_SIZE], n_yes[BEHOV_NUMBER_SIZE], n_no[BEHOV_NUMBER_SIZE], fewest[BEHOV_NUMBER_SIZE];
    bool is_group = trait->reason == BEHOV_SURVEY_SMALL_GROUP;
    behov_wording reason = {0};
    behov_wording_fill(&reason, page->lang, reasons[trait->reason], "n", count(page, trait->n_units, n), "n_yes",
                       count(page, trait->n_yes, n_yes), "n_no", count(page, trait->n_no, n_no), "fewest",
                       count(page, is_group ? BEHOV_SURVEY_FEWEST_IN_GROUP : BEHOV_SURVEY_FEWEST_UNITS, fewest), NULL);
    behov_wording_fill(words, page->lang, BEHOV_WORD_SURVEY_NOT_TESTED, "trait", trait->question->name, "reason",
                       behov_wording_text(&reason), NULL);
    behov_wording_spend(words, &reason);
}

/* Figures that all sentences have: the words of `word` filled in. */
static void fill_trait(const behov_survey_page *page, const behov_survey_trait *trait, behov_word word, double estimate,
                       double low, double high, behov_word strength, behov_wording *words)
{
    bool is_yes_no = trait->question->is_yes_no;
    const char *(*as_text)(const behov_survey_page *, double, char *) = is_yes_no ? points : correlation;
    char shown[BEHOV_NUMBER_SIZE], size[BEHOV_NUMBER_SIZE], low_text[BEHOV_NUMBER_SIZE], high_text[BEHOV_NUMBER_SIZE],
        level[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording p = {0}, p_holm = {0};
    say_p(page, trait->p, &p);
    say_p(page, trait->p_holm, &p_holm);
    behov_wording_fill(words, page->lang, word, "trait", trait->question->name, "estimate",
                       as_text(page, estimate, shown), "size", as_text(page, fabs(estimate), size), "low",
                       as_text(page, low, low_text), "high", as_text(page, high, high_text), "level",
                       behov_format_level(page->lang, 100 * page->survey->options.level, level), "direction",
                       behov_label(page->lang, estimate > 0 ? BEHOV_WORD_SURVEY_HIGHER : BEHOV_WORD_SURVEY_LOWER), "n",
                       count(page, page->survey->n_tested, n), "p", behov_wording_text(&p), "p_holm",
                       behov_wording_text(&p_holm), "strength", behov_label(page->lang, strength), NULL);
    behov_wording_spend(words, &p);
    behov_wording_spend(words, &p_holm);
}

static void say_yes_no(const behov_survey_page *page, const behov_survey_trait *trait, behov_wording *words)
{
    static const behov_word verdicts[] = {BEHOV_NO_WORD, BEHOV_WORD_SURVEY_YES_NOT_CLEAR, BEHOV_WORD_SURVEY_YES_SINGLE,
                                          BEHOV_WORD_SURVEY_YES_CLEAR};
    const behov_welch_test *welch = &trait->welch;
    fill_trait(page, trait, verdicts[trait->verdict], welch->difference, welch->low, welch->high, BEHOV_NO_WORD, words);
}

/* "but weak" by both ends of the interval; of one that holds 0, whether it holds more than weak correlations. */
static behov_word strength_of(const behov_survey_trait *trait)
{
    behov_survey_strength least = behov_survey_least_strength(&trait->rho_for_words),
                          most = behov_survey_most_strength(&trait->rho_for_words);
    if (trait->verdict == BEHOV_SURVEY_NOT_CLEAR)
        return most <= BEHOV_SURVEY_WEAK ? BEHOV_WORD_SURVEY_WEAK_AT_MOST : BEHOV_WORD_SURVEY_UNDECIDED;
    return most <= BEHOV_SURVEY_WEAK      ? BEHOV_WORD_SURVEY_BUT_WEAK
           : least <= BEHOV_SURVEY_WEAK   ? BEHOV_WORD_SURVEY_MAY_BE_WEAK
           : least == BEHOV_SURVEY_MIDDLE ? BEHOV_WORD_SURVEY_AT_LEAST_MIDDLE
                                          : BEHOV_WORD_SURVEY_STRONG;
}

static void say_ordered(const behov_survey_page *page, const behov_survey_trait *trait, behov_wording *words)
{
    static const behov_word verdicts[] = {BEHOV_NO_WORD, BEHOV_WORD_SURVEY_ORDER_NOT_CLEAR,
                                          BEHOV_WORD_SURVEY_ORDER_SINGLE, BEHOV_WORD_SURVEY_ORDER_CLEAR};
    const behov_rank_correlation *rho = &trait->rho;
    bool has_interval = isfinite(rho->low) && isfinite(rho->high);
    fill_trait(page, trait, has_interval ? verdicts[trait->verdict] : BEHOV_WORD_SURVEY_ORDER_NO_INTERVAL,
               rho->estimate, rho->low, rho->high, strength_of(trait), words);
}

void behov_survey_say_trait(const behov_survey_page *page, size_t trait_index, behov_wording *words)
{
    const behov_survey_trait *trait = &page->survey->traits[trait_index];
    if (trait->reason)
        say_reason(page, trait, words);
    else if (trait->question->is_yes_no)
        say_yes_no(page, trait, words);
    else
        say_ordered(page, trait, words);
}

/* Where every pair goes the same way, or as many go either way, the error of the approximation is 0: an interval without width
 * would say that all is known. */
void behov_survey_say_no_intervals(const behov_survey_page *page, behov_wording *words)
{
    static const behov_word reasons[] = {BEHOV_WORD_SURVEY_RHO_NO_INTERVAL, BEHOV_WORD_SURVEY_TAU_NO_INTERVAL};
    for (int is_tau = 0; is_tau < 2; is_tau++) {
        behov_wording traits = {0}, said = {0};
        for (size_t k = 0; k < page->survey->n_traits; k++) {
            const behov_survey_trait *trait = &page->survey->traits[k];
            const behov_rank_correlation *correlation = is_tau ? &trait->tau : &trait->rho;
            if (!trait->reason && !isnan(correlation->estimate) && isnan(correlation->low))
                behov_wording_add_after(&traits, ", ", trait->question->name);
        }
        if (traits.length)
            behov_wording_fill(&said, page->lang, reasons[is_tau], "traits", behov_wording_text(&traits), NULL);
        if (said.length)
            behov_wording_add_after(words, " ", behov_wording_text(&said));
        behov_wording_spend(words, &traits);
        behov_wording_spend(words, &said);
    }
}

/* ---- all of them --------------------------------------------------------------------------------------------------- */

static void say_unknown(const behov_survey_page *page, behov_wording *words)
{
    const behov_survey *survey = page->survey;
    char n[BEHOV_NUMBER_SIZE], offices[BEHOV_NUMBER_SIZE];
    behov_wording names = {0};
    if (!survey->unknown.n)
        return;
    for (size_t i = 0; i < survey->unknown.n; i++)
        behov_wording_add_after(&names, ", ", survey->unknown.all[i].text);
    behov_wording_fill(words, page->lang, BEHOV_WORD_SURVEY_UNKNOWN_SAID, "n", count(page, survey->unknown.n, n),
                       "names", behov_wording_text(&names), "offices", count(page, survey->n_offices_left_out, offices),
                       NULL);
    behov_wording_spend(words, &names);
}

static void say_shared(const behov_survey_page *page, behov_wording *words)
{
    char shared[BEHOV_NUMBER_SIZE], several[BEHOV_NUMBER_SIZE];
    const behov_survey *survey = page->survey;
    if (survey->n_shared_offices || survey->n_municipalities_with_several)
        behov_wording_fill(words, page->lang, BEHOV_WORD_SURVEY_SHARED, "shared",
                           count(page, survey->n_shared_offices, shared), "several",
                           count(page, survey->n_municipalities_with_several, several), NULL);
    behov_wording joined = {0};
    if (survey->answers->n_joined)
        behov_wording_fill(&joined, page->lang, BEHOV_WORD_SURVEY_JOINED, "n",
                           count(page, survey->answers->n_joined, shared), NULL);
    if (joined.length)
        behov_wording_add_after(words, " ", behov_wording_text(&joined));
    behov_wording_spend(words, &joined);
}

/* Units without a ratio, and those of which a municipality or year lacks one. */
static void say_gaps(const behov_survey_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], partial[BEHOV_NUMBER_SIZE];
    const behov_survey *survey = page->survey;
    size_t n_without = survey->n_units - survey->n_units_with_ratio;
    if (n_without || survey->n_partial_units)
        behov_wording_fill(words, page->lang, BEHOV_WORD_SURVEY_GAPS, "n", count(page, n_without, n), "partial",
                           count(page, survey->n_partial_units, partial), NULL);
}

static bool has_kind(const behov_survey *survey, bool is_yes_no)
{
    for (size_t k = 0; k < survey->n_traits; k++)
        if (survey->traits[k].question->is_yes_no == is_yes_no)
            return true;
    return false;
}

/* An answer far from the others of its question, which may be a code for no answer. */
static void say_gap(const behov_survey_page *page, const behov_survey_question *question, behov_word word,
                    double answer, double next, behov_wording *words)
{
    char figure[BEHOV_NUMBER_SIZE], next_figure[BEHOV_NUMBER_SIZE];
    if (isnan(answer))
        return;
    behov_wording_add_after(words, " ", "");
    behov_wording_fill(words, page->lang, word, "trait", question->name, "figure",
                       behov_format_cell(BEHOV_Q_VALUE, answer, page->lang, figure), "next",
                       behov_format_cell(BEHOV_Q_VALUE, next, page->lang, next_figure), NULL);
}

void behov_survey_say_doubt(const behov_survey_page *page, size_t trait_index, behov_wording *words)
{
    const behov_survey_question *question = page->survey->traits[trait_index].question;
    say_gap(page, question, BEHOV_WORD_SURVEY_GAP_SAID, question->highest, question->next_highest, words);
    say_gap(page, question, BEHOV_WORD_SURVEY_GAP_BELOW_SAID, question->lowest, question->next_lowest, words);
}

static void say_doubts(const behov_survey_page *page, behov_wording *words)
{
    for (size_t k = 0; k < page->survey->n_traits; k++)
        behov_survey_say_doubt(page, k, words);
}

void behov_survey_say_note(const behov_survey_page *page, size_t i, behov_wording *words)
{
    const behov_survey *survey = page->survey;
    const behov_fit_results *fit_results = survey->ratios->fit_results;
    behov_word of_needs = behov_word_by_unit(BEHOV_WORD_SURVEY_RATIO_OF_NEEDS,
                                             !fit_results || behov_need_gap_is_1000kr(fit_results->need));
    const behov_word plain[BEHOV_SURVEY_NOTES] = {
        [4] = has_kind(survey, true) ? BEHOV_WORD_SURVEY_METHOD_YES : BEHOV_NO_WORD,
        [5] = has_kind(survey, false) ? BEHOV_WORD_SURVEY_METHOD_ORDER : BEHOV_NO_WORD,
        [6] = survey->options.level < behov_survey_words_level(survey) ? BEHOV_WORD_SURVEY_ADJUSTED_LOW_LEVEL
                                                                       : BEHOV_WORD_SURVEY_ADJUSTED,
        [7] = survey->ratios->needs && !survey->n_unweighted_units ? of_needs : BEHOV_WORD_SURVEY_RATIO_READ,
        [8] = BEHOV_WORD_SURVEY_NO_CAUSE,
        [9] = page->is_simulated ? BEHOV_WORD_SIMULATED_EXPLAINED : BEHOV_NO_WORD,
        [10] = BEHOV_WORD_NOT_A_VERDICT,
    };
    switch (i) {
    case 0: say_unknown(page, words); break;
    case 1: say_shared(page, words); break;
    case 2: say_gaps(page, words); break;
    case 3: say_doubts(page, words); break;
    default: behov_wording_add(words, behov_label(page->lang, plain[i])); break;
    }
}
