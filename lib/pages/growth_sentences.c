/* growth_sentences.c - what is said of growth. See behov/growth_tables.h. */
#include <behov/growth_tables.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/number.h>
#include "growth_words.h"

typedef void sayer(const behov_growth_page *page, behov_wording *words);

static const char *fixed(const behov_growth_page *page, double value, int n_decimals, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_fixed(page->lang, value, n_decimals, text);
}

/* As few decimals as tell the ends of an interval apart, `fewest` at least: "107.8 to 107.8" would say that all is known. */
static int decimals_apart(behov_rounded figure, int fewest)
{
    int n_decimals = fewest;
    while (n_decimals < 8 && figure.low < figure.high &&
           behov_number_rounded(figure.low, n_decimals) == behov_number_rounded(figure.high, n_decimals))
        n_decimals++;
    return n_decimals < 8 ? n_decimals : fewest;
}

static const char *count(const behov_growth_page *page, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(page->lang, (double)n, text);
}

static const char *year_text(int year, char text[16])
{
    snprintf(text, 16, "%d", year);
    return text;
}

/* One more sentence on the line. */
static void next_sentence(behov_wording *words)
{
    if (words->length)
        behov_wording_add(words, " ");
}

static void say_of_report(const behov_growth_page *page, behov_wording *words)
{
    if (page->is_of_report)
        behov_wording_fill(words, page->lang,
                           page->groups     ? BEHOV_WORD_GROWTH_OF_REPORT_GROUPS
                           : page->places   ? BEHOV_NO_WORD
                           : page->variants ? BEHOV_WORD_GROWTH_OF_REPORT_FACTORS
                                            : BEHOV_WORD_GROWTH_OF_REPORT_BACKGROUND,
                           (const char *)NULL);
    else
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_OF_FILE, "file",
                           strcmp(page->path, "-") == 0 ? behov_label(page->lang, BEHOV_WORD_STANDARD_INPUT)
                                                        : page->path,
                           (const char *)NULL);
}

/* ---- municipalities ------------------------------------------------------------------------------------------------ */

const char *behov_growth_reason_words(behov_growth_reason reason, behov_language lang)
{
    static const behov_word reasons[BEHOV_N_GROWTH_REASONS] = {
        [BEHOV_GROWTH_COMPLETE] = BEHOV_NO_WORD,
        [BEHOV_GROWTH_NO_YEAR] = BEHOV_WORD_GROWTH_REASON_YEAR,
        [BEHOV_GROWTH_MISSING] = BEHOV_WORD_GROWTH_REASON_MISSING,
        [BEHOV_GROWTH_NO_RECIPIENTS] = BEHOV_WORD_GROWTH_REASON_RECIPIENTS,
        [BEHOV_GROWTH_NO_EXPENDITURE] = BEHOV_WORD_GROWTH_REASON_EXPENDITURE,
        [BEHOV_GROWTH_NEGATIVE] = BEHOV_WORD_GROWTH_REASON_NEGATIVE,
        [BEHOV_GROWTH_NOBODY] = BEHOV_WORD_GROWTH_REASON_NOBODY};
    return reason ? behov_label(lang, reasons[reason]) : "";
}

static void say_together(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_places *places = page->places;
    const behov_growth_factors *all = &places->together;
    char n[BEHOV_NUMBER_SIZE], start[BEHOV_NUMBER_SIZE], end[BEHOV_NUMBER_SIZE], factor[BEHOV_NUMBER_SIZE];
    char first[16], last[16];
    behov_wording_fill(
        words, page->lang,
        !places->n_in_sum ? BEHOV_WORD_GROWTH_NOBODY
        : all->reason     ? BEHOV_WORD_GROWTH_TOGETHER_WITHOUT
                          : BEHOV_WORD_GROWTH_TOGETHER_GREW,
        "n", count(page, places->n_in_sum, n), "start", fixed(page, all->years[0].expenditure_1000kr, 0, start), "end",
        fixed(page, all->years[1].expenditure_1000kr, 0, end), "factor", fixed(page, all->total, 4, factor), "first",
        year_text(places->start, first), "last", year_text(places->end, last), "reason",
        behov_growth_reason_words(all->reason, page->lang), (const char *)NULL);
}

static void say_factors(const behov_growth_page *page, behov_wording *words)
{
    static const behov_word names[] = {BEHOV_WORD_GROWTH_FACTOR_RECIPIENTS, BEHOV_WORD_GROWTH_FACTOR_DURATION_MONTHS,
                                       BEHOV_WORD_GROWTH_FACTOR_AMOUNT_PER_MONTH};
    const behov_growth_places *places = page->places;
    const behov_growth_factors *all = &places->together;
    char factor[BEHOV_NUMBER_SIZE], share[BEHOV_NUMBER_SIZE], part[BEHOV_NUMBER_SIZE];
    if (all->reason || !places->n_in_sum)
        return;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++) {
        if (k == BEHOV_GROWTH_MONTHS && !places->has_months)
            continue;
        next_sentence(words);
        behov_word name =
            k == BEHOV_GROWTH_AMOUNT && !places->has_months ? BEHOV_WORD_GROWTH_FACTOR_AMOUNT_PER_RECIPIENT : names[k];
        behov_wording_fill(words, page->lang,
                           isnan(all->log_shares_pct[k]) ? BEHOV_WORD_GROWTH_FACTOR_UNSHARED
                           : all->total < 1              ? BEHOV_WORD_GROWTH_FACTOR_FELL
                                                         : BEHOV_WORD_GROWTH_FACTOR_SAID,
                           "name", behov_label(page->lang, name), "factor", fixed(page, all->factors[k], 4, factor),
                           "share", fixed(page, all->log_shares_pct[k], 1, share), "part",
                           fixed(page, all->parts_1000kr[k], 0, part), (const char *)NULL);
    }
}

/* Factors that nearly cancel: a share is a large number over a small one. */
static bool has_large_shares(const behov_growth_factors *factors)
{
    const double MOST_PCT = 200;
    bool is_large = false;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        is_large = is_large || fabs(factors->log_shares_pct[k]) > MOST_PCT;
    return is_large;
}

static void say_large_shares(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_places *places = page->places;
    char number[BEHOV_NUMBER_SIZE];
    size_t n = has_large_shares(&places->together);
    for (size_t i = 0; i < places->n; i++)
        n += has_large_shares(&places->all[i].factors);
    if (n)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_SHARES_LARGE, "n", count(page, n, number),
                           (const char *)NULL);
}

static void say_left_out(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_places *places = page->places;
    char n[BEHOV_NUMBER_SIZE];
    for (int reason = BEHOV_GROWTH_COMPLETE + 1; reason < BEHOV_N_GROWTH_REASONS; reason++) {
        if (!places->n_for_reason[reason])
            continue;
        if (!words->length)
            behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_LEFT_OUT));
        else
            behov_wording_add(words, ",");
        behov_wording_print(words, " %s (%s)", behov_growth_reason_words((behov_growth_reason)reason, page->lang),
                            count(page, places->n_for_reason[reason], n));
    }
    if (words->length)
        behov_wording_add(words, ".");
}

static void say_contradicting(const behov_growth_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->places->n_contradicting)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_CONTRADICTING, "n",
                           count(page, page->places->n_contradicting, n), (const char *)NULL);
}

static void say_rows_left_out(const behov_growth_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->places->figures->n_left_out)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_ROWS_LEFT_OUT, "n",
                           count(page, page->places->figures->n_left_out, n), (const char *)NULL);
}

static void say_summed(const behov_growth_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->places->figures->n_summed)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_SUMMED_ROWS, "n",
                           count(page, page->places->figures->n_summed, n), (const char *)NULL);
}

static void say_large(const behov_growth_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->places->figures->n_large)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_AMOUNTS_LARGE, "n",
                           count(page, page->places->figures->n_large, n), (const char *)NULL);
}

static void say_small(const behov_growth_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->places->figures->n_small)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_AMOUNTS_SMALL, "n",
                           count(page, page->places->figures->n_small, n), (const char *)NULL);
}

static void say_simulated(const behov_growth_page *page, behov_wording *words)
{
    if (page->places->figures->is_simulated)
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

static void explain_places(const behov_growth_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, page->places->has_months ? BEHOV_WORD_GROWTH_METHOD
                                                                              : BEHOV_WORD_GROWTH_METHOD_NO_MONTHS));
}

/* ---- printed factors ----------------------------------------------------------------------------------------------- */

const char *behov_growth_factor_words(const char *name, behov_language lang)
{
    static const struct {
        const char *name;
        behov_word word;
    } known[] = {{"recipients", BEHOV_WORD_GROWTH_FACTOR_RECIPIENTS},
                 {"duration_months", BEHOV_WORD_GROWTH_FACTOR_DURATION_MONTHS},
                 {"months", BEHOV_WORD_GROWTH_FACTOR_DURATION_MONTHS},
                 {"amount_per_month", BEHOV_WORD_GROWTH_FACTOR_AMOUNT_PER_MONTH}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0)
            return behov_label(lang, known[i].word);
    return name;
}

static void say_variant(const behov_growth_page *page, const behov_growth_variant *variant, behov_wording *words)
{
    static const behov_word positions[] = {[BEHOV_GROWTH_NOT_PRINTED] = BEHOV_NO_WORD,
                                           [BEHOV_GROWTH_BELOW] = BEHOV_WORD_GROWTH_POSITION_BELOW,
                                           [BEHOV_GROWTH_MEETS] = BEHOV_WORD_GROWTH_POSITION_MEETS,
                                           [BEHOV_GROWTH_ABOVE] = BEHOV_WORD_GROWTH_POSITION_ABOVE};
    const behov_growth_printed *printed = &variant->printed;
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], total[BEHOV_NUMBER_SIZE];
    behov_wording product = {0};
    for (size_t k = 0; k < printed->n; k++) /* as the growth is printed, with two decimals more */
        behov_wording_add_after(&product, " × ", fixed(page, printed->factors[k].factor.value, 3, value));
    if (variant->name) {
        behov_wording_add(words, variant->name);
        behov_wording_add(words, ": ");
    }
    behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_PRODUCT_SAID, "product", behov_wording_text(&product),
                       "value", fixed(page, printed->product.value, 4, value), "low",
                       fixed(page, printed->product.low, 4, low), "high", fixed(page, printed->product.high, 4, high),
                       (const char *)NULL);
    behov_wording_spend(words, &product);
    if (printed->position == BEHOV_GROWTH_NOT_PRINTED)
        return;
    next_sentence(words);
    behov_wording_fill(words, page->lang, positions[printed->position], "total",
                       behov_format_level(page->lang, printed->total_growth_pct.value, total), "low",
                       fixed(page, printed->total.low, 4, low), "high", fixed(page, printed->total.high, 4, high),
                       (const char *)NULL);
}

static void say_first_variant(const behov_growth_page *page, behov_wording *words)
{
    say_variant(page, &page->variants[0], words);
}

static void say_other_variant(const behov_growth_page *page, behov_wording *words)
{
    if (page->n_variants > 1)
        say_variant(page, &page->variants[1], words);
}

static bool is_fraction(double growth_pct)
{
    return growth_pct != 0 && fabs(growth_pct) < 1;
}

/* 0.38 for 38 per cent beside 12.4 leaves a product that is not the whole. */
static void say_fractions(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_printed *printed = &page->variants[0].printed;
    bool is_off = printed->position == BEHOV_GROWTH_BELOW || printed->position == BEHOV_GROWTH_ABOVE;
    double fraction = is_fraction(printed->total_growth_pct.value) ? printed->total_growth_pct.value : NAN;
    bool has_per_cent = fabs(printed->total_growth_pct.value) >= 1;
    char value[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < printed->n; k++) {
        double growth_pct = printed->factors[k].growth_pct.value;
        has_per_cent = has_per_cent || fabs(growth_pct) >= 1;
        fraction = isnan(fraction) && is_fraction(growth_pct) ? growth_pct : fraction;
    }
    if (is_off && has_per_cent && !isnan(fraction))
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_FRACTION, "value",
                           behov_format_level(page->lang, fraction, value), (const char *)NULL);
}

/* What figures that should be growth in per cent look like: with none above 1 in size parts of 1, all about 1 factors. */
typedef struct growth_look {
    double low, high;
    size_t n; /* that are not 0 */
} growth_look;

static void look_at_growth(growth_look *look, double growth_pct)
{
    if (isnan(growth_pct) || growth_pct == 0)
        return;
    look->low = look->n ? fmin(look->low, growth_pct) : growth_pct;
    look->high = look->n ? fmax(look->high, growth_pct) : growth_pct;
    look->n++;
}

/* One figure alone may be a small growth. */
static void say_look(const behov_growth_page *page, growth_look look, behov_wording *words)
{
    const double LEAST_FACTOR = 0.5, MOST_FACTOR = 2;
    bool are_parts = fabs(look.low) < 1 && fabs(look.high) < 1;
    bool are_factors = look.low >= LEAST_FACTOR && look.high <= MOST_FACTOR;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (look.n < 2 || !(are_parts || are_factors))
        return;
    behov_wording_fill(words, page->lang, are_factors ? BEHOV_WORD_GROWTH_AS_FACTORS : BEHOV_WORD_GROWTH_AS_PARTS,
                       "low", behov_format_cell(BEHOV_Q_COEFFICIENT, look.low, page->lang, low), "high",
                       behov_format_cell(BEHOV_Q_COEFFICIENT, look.high, page->lang, high), (const char *)NULL);
}

/* Figures whose product is the printed whole, as rounding allows, are in per cent, however small they are. */
static void say_look_of_printed(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_printed *printed = &page->variants[0].printed;
    growth_look look = {.n = 0};
    bool is_confirmed = !isnan(printed->total_growth_pct.value) && printed->position != BEHOV_GROWTH_BELOW &&
                        printed->position != BEHOV_GROWTH_ABOVE;
    for (size_t k = 0; k < printed->n; k++)
        look_at_growth(&look, printed->factors[k].growth_pct.value);
    look_at_growth(&look, printed->total_growth_pct.value);
    if (!is_confirmed)
        say_look(page, look, words);
}

static void say_look_of_groups(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_groups *groups = page->groups;
    growth_look look = {.n = 0};
    for (size_t i = 0; i < groups->n && !groups->is_of_counts; i++)
        look_at_growth(&look, groups->all[i].growth_pct.value);
    say_look(page, look, words);
}

static void explain_printed(const behov_growth_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_METHOD_PRINTED));
}

/* ---- groups -------------------------------------------------------------------------------------------------------- */

static void say_growth(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_groups *groups = page->groups;
    const behov_rounded *growth = groups->growth_pct;
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], printed[BEHOV_NUMBER_SIZE],
        moved[BEHOV_NUMBER_SIZE];
    double change = groups->counts[1] - groups->counts[0];
    if (isnan(growth[BEHOV_GROWTH_SUM].value)) {
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_FROM_NOBODY));
        return;
    }
    behov_wording_fill(words, page->lang,
                       groups->is_of_counts                        ? BEHOV_WORD_GROWTH_OF_COUNTS
                       : isnan(growth[BEHOV_GROWTH_PRINTED].value) ? BEHOV_WORD_GROWTH_OF_SHARES
                                                                   : BEHOV_WORD_GROWTH_OF_SHARES_PRINTED,
                       "value", fixed(page, growth[BEHOV_GROWTH_SUM].value, 2, value), "low",
                       fixed(page, growth[BEHOV_GROWTH_SUM].low, 2, low), "high",
                       fixed(page, growth[BEHOV_GROWTH_SUM].high, 2, high), "printed",
                       behov_format_level(page->lang, growth[BEHOV_GROWTH_PRINTED].value, printed), "change",
                       fixed(page, change, 0, moved), (const char *)NULL);
    if (growth[BEHOV_GROWTH_SUM].value == 0) {
        next_sentence(words);
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_NO_CONTRIBUTIONS));
    }
}

static bool prints_as_printed(const behov_growth_group *group, behov_growth_reading reading)
{
    double value = group->contributions_pct[reading].value;
    return isnan(group->printed_pct.value) || isnan(value) ||
           fabs(behov_number_rounded(value, behov_rounded_printed_decimals(group->printed_pct)) -
                group->printed_pct.value) < 1e-9;
}

static void say_within(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_groups *groups = page->groups;
    behov_wording outside = {0};
    if (!groups->has_printed_contributions)
        return;
    bool has_total = !isnan(groups->growth_pct[BEHOV_GROWTH_PRINTED].value);
    behov_growth_reading reading = has_total ? BEHOV_GROWTH_PRINTED : BEHOV_GROWTH_SUM;
    for (size_t i = 0; i < groups->n; i++)
        if (!isnan(groups->all[i].printed_pct.value) && !groups->all[i].is_within[BEHOV_GROWTH_SUM] &&
            !groups->all[i].is_within[reading])
            behov_wording_add_after(&outside, ", ", groups->all[i].name);
    behov_wording_fill(words, page->lang, outside.length ? BEHOV_WORD_GROWTH_OUTSIDE : BEHOV_WORD_GROWTH_WITHIN,
                       "groups", behov_wording_text(&outside), (const char *)NULL);
    behov_wording_spend(words, &outside);
}

/* A figure that the printed shares and growth do not give, and which growth of all would. */
static void say_off(const behov_growth_page *page, const behov_growth_group *group, behov_wording *words)
{
    char value[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE], printed[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE],
        high[BEHOV_NUMBER_SIZE];
    int n_decimals = behov_rounded_printed_decimals(group->printed_pct);
    bool has_total = !isnan(group->contributions_pct[BEHOV_GROWTH_PRINTED].value);
    next_sentence(words);
    behov_wording_fill(words, page->lang, has_total ? BEHOV_WORD_GROWTH_OFF : BEHOV_WORD_GROWTH_OFF_SUM, "group",
                       group->name, "value",
                       fixed(page, group->contributions_pct[BEHOV_GROWTH_PRINTED].value, n_decimals + 1, value), "sum",
                       fixed(page, group->contributions_pct[BEHOV_GROWTH_SUM].value, n_decimals + 1, sum), "printed",
                       fixed(page, group->printed_pct.value, n_decimals, printed), (const char *)NULL);
    if (!has_total)
        return;
    next_sentence(words);
    if (prints_as_printed(group, BEHOV_GROWTH_SUM))
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_MENDED_BY_SUM));
    else
        behov_wording_fill(words, page->lang,
                           isnan(group->total_growth_pct.value) ? BEHOV_WORD_GROWTH_MENDED_BY_NONE
                                                                : BEHOV_WORD_GROWTH_MENDED_BY_GROWTH,
                           "low", fixed(page, group->total_growth_pct.low, 3, low), "high",
                           fixed(page, group->total_growth_pct.high, 3, high), (const char *)NULL);
}

/* Whether some growth of all mends all figures that are off. */
static bool is_mended_together(const behov_growth_groups *groups, size_t *n_off)
{
    double low = -INFINITY, high = INFINITY;
    *n_off = 0;
    for (size_t i = 0; i < groups->n; i++) {
        const behov_growth_group *group = &groups->all[i];
        if (prints_as_printed(group, BEHOV_GROWTH_PRINTED))
            continue;
        ++*n_off;
        if (isnan(group->total_growth_pct.value))
            return false;
        low = fmax(low, group->total_growth_pct.low);
        high = fmin(high, group->total_growth_pct.high);
    }
    return low <= high;
}

static void say_all_off(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_groups *groups = page->groups;
    char printed[BEHOV_NUMBER_SIZE];
    size_t n_off;
    bool has_total = !isnan(groups->growth_pct[BEHOV_GROWTH_PRINTED].value);
    for (size_t i = 0; i < groups->n; i++)
        if (!prints_as_printed(&groups->all[i], has_total ? BEHOV_GROWTH_PRINTED : BEHOV_GROWTH_SUM))
            say_off(page, &groups->all[i], words);
    if (has_total && !is_mended_together(groups, &n_off) && n_off > 1) {
        next_sentence(words);
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_MENDED_TOGETHER, "printed",
                           behov_format_level(page->lang, groups->growth_pct[BEHOV_GROWTH_PRINTED].value, printed),
                           (const char *)NULL);
    }
}

static void say_share_sum(const behov_growth_page *page, behov_rounded sum, bool makes_100, behov_wording *words)
{
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (isnan(sum.value) || (makes_100 && fabs(sum.value - 100) < 1e-9))
        return;
    behov_wording_fill(words, page->lang, makes_100 ? BEHOV_WORD_GROWTH_SHARES_ROUNDED : BEHOV_WORD_GROWTH_SHARES_OFF,
                       "sum", behov_format_level(page->lang, sum.value, value), "low",
                       behov_format_level(page->lang, sum.low, low), "high",
                       behov_format_level(page->lang, sum.high, high), (const char *)NULL);
}

static void say_group_shares(const behov_growth_page *page, behov_wording *words)
{
    say_share_sum(page, page->groups->share_sum_pct, page->groups->shares_make_100, words);
}

static void explain_groups(const behov_growth_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, page->groups->is_of_counts ? BEHOV_WORD_GROWTH_METHOD_COUNTS
                                                                                : BEHOV_WORD_GROWTH_METHOD_SHARES));
}

/* ---- index --------------------------------------------------------------------------------------------------------- */

static void say_total(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_index *index = page->index;
    behov_rounded total = index->total[index->n_years - 1];
    int n_decimals = decimals_apart(total, 1);
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], first[16], last[16];
    behov_wording_fill(words, page->lang,
                       isnan(total.value)    ? BEHOV_WORD_GROWTH_INDEX_NO_TOTAL
                       : index->is_of_counts ? BEHOV_WORD_GROWTH_INDEX_TOTAL_COUNTS
                                             : BEHOV_WORD_GROWTH_INDEX_TOTAL,
                       "value", fixed(page, total.value, n_decimals, value), "low",
                       fixed(page, total.low, n_decimals, low), "high", fixed(page, total.high, n_decimals, high),
                       "first", year_text(index->years[0], first), "last",
                       year_text(index->years[index->n_years - 1], last), (const char *)NULL);
}

static void say_index_shares(const behov_growth_page *page, behov_wording *words)
{
    const behov_growth_index *index = page->index;
    char year[16];
    say_share_sum(page, index->share_sum_pct, index->shares_make_100, words);
    if (index->unused_share)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_SHARE_UNUSED, "column", index->unused_share, "year",
                           year_text(index->years[index->n_years - 1], year), (const char *)NULL);
}

static void say_base(const behov_growth_page *page, behov_wording *words)
{
    char first[16];
    if (!page->index->base_is_100)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_INDEX_REBASED, "first",
                           year_text(page->index->years[0], first), (const char *)NULL);
}

static void explain_index(const behov_growth_page *page, behov_wording *words)
{
    if (!page->index->is_of_counts && !isnan(page->index->total[0].value))
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_METHOD_INDEX));
}

/* ---- standardised -------------------------------------------------------------------------------------------------- */

static bool is_rounded(const behov_standardised *growth)
{
    return growth->levels[0].low < growth->levels[0].high || growth->levels[1].low < growth->levels[1].high;
}

/* "0,006", or "0,006 (mellom −0,1 og 0,1)" of a figure that rounding reaches. */
static void add_figure(const behov_growth_page *page, behov_rounded figure, behov_wording *words)
{
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    fixed(page, figure.value, 3, value);
    if (is_rounded(page->standardised))
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_BETWEEN, "value", value, "low",
                           fixed(page, figure.low, 3, low), "high", fixed(page, figure.high, 3, high),
                           (const char *)NULL);
    else
        behov_wording_add(words, value);
}

static void fill_figures(const behov_growth_page *page, behov_word word, behov_rounded first, behov_rounded second,
                         behov_rounded third, behov_wording *words)
{
    const behov_standardised *growth = page->standardised;
    behov_wording figures[3] = {{0}, {0}, {0}};
    char start[16], end[16];
    add_figure(page, first, &figures[0]);
    add_figure(page, second, &figures[1]);
    add_figure(page, third, &figures[2]);
    behov_wording_fill(words, page->lang, word, "start", year_text(growth->start, start), "end",
                       year_text(growth->end, end), "first", behov_wording_text(&figures[0]), "second",
                       behov_wording_text(&figures[1]), "third", behov_wording_text(&figures[2]), (const char *)NULL);
    for (int i = 0; i < 3; i++)
        behov_wording_spend(words, &figures[i]);
}

static void say_levels(const behov_growth_page *page, behov_wording *words)
{
    const behov_standardised *growth = page->standardised;
    fill_figures(page, BEHOV_WORD_GROWTH_LEVELS, growth->levels[0], growth->levels[1], growth->standardised, words);
}

static void say_effects(const behov_growth_page *page, behov_wording *words)
{
    const behov_standardised *growth = page->standardised;
    char composition[BEHOV_NUMBER_SIZE], interaction[BEHOV_NUMBER_SIZE], rate[BEHOV_NUMBER_SIZE],
        mean[BEHOV_NUMBER_SIZE];
    fill_figures(page, BEHOV_WORD_GROWTH_EFFECTS, growth->change, growth->rate_effect,
                 growth->composition_and_interaction, words);
    next_sentence(words);
    behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_EFFECTS_PARTS, "composition",
                       fixed(page, growth->composition_effect, 3, composition), "interaction",
                       fixed(page, growth->interaction, 3, interaction), "rate",
                       fixed(page, growth->mean_rate_effect, 3, rate), "mean",
                       fixed(page, growth->mean_composition_effect, 3, mean), (const char *)NULL);
}

static void say_coarse(const behov_growth_page *page, behov_wording *words)
{
    const behov_standardised *growth = page->standardised;
    if (growth->rate_effect.low < 0 && growth->rate_effect.high > 0 && is_rounded(growth))
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_COARSE));
}

static void explain_standardised(const behov_growth_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_METHOD_STANDARDISED));
    if (is_rounded(page->standardised)) {
        next_sentence(words);
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_METHOD_BOUNDS));
    }
    if (page->standardised->is_of_index) {
        next_sentence(words);
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_GROWTH_METHOD_OF_INDEX));
    }
}

/* ---- all of them --------------------------------------------------------------------------------------------------- */

bool behov_growth_sentence(const behov_growth_page *page, size_t i, behov_wording *words)
{
    static sayer *const of_places[] = {say_simulated, say_together,      say_factors,       say_large_shares,
                                       say_left_out,  say_contradicting, say_rows_left_out, say_summed,
                                       say_large,     say_small,         explain_places,    say_of_report};
    static sayer *const of_printed[] = {say_first_variant,   say_other_variant, say_fractions,
                                        say_look_of_printed, explain_printed,   say_of_report};
    static sayer *const of_groups[] = {say_growth,       say_look_of_groups, say_within,   say_all_off,
                                       say_group_shares, explain_groups,     say_of_report};
    static sayer *const of_index[] = {say_total, say_index_shares, say_base, explain_index, say_of_report};
    static sayer *const of_standardised[] = {say_levels, say_effects, say_coarse, explain_standardised, say_of_report};
    behov_wording_clear(words);
#define TAKE(list)                                                                                                     \
    if (i < sizeof list / sizeof *list)                                                                                \
        list[i](page, words);                                                                                          \
    return i < sizeof list / sizeof *list
    if (page->places) {
        TAKE(of_places);
    }
    if (page->variants) {
        TAKE(of_printed);
    }
    if (page->groups) {
        TAKE(of_groups);
    }
    if (page->index) {
        TAKE(of_index);
    }
    TAKE(of_standardised);
#undef TAKE
}
