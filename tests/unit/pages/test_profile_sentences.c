/* test_profile_sentences.c - the second sentence of a profile: every row of the language editor's table is met on a
 * grid of ratios, intervals and probabilities, no point meets two rows, and a point that meets none says nothing. The
 * rows are written here as the table has them (R the ratio of the year, a .. b its interval, L .. H the interval of the
 * level, in whole per cent; P the probability that the level is above 100), not as the program works them out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/level_words.h>
#include <behov/profile_sentences.h>
#include "word_table.h"

typedef struct point {
    double R, a, b, L, H;
    double P;
} point;

static bool has_ratio(point p)
{
    return !isnan(p.R);
}
static bool is_over(point p)
{
    return p.a > p.H;
}
static bool is_under(point p)
{
    return p.b < p.L;
}
static bool overlaps(point p)
{
    return !is_over(p) && !is_under(p);
}
/* Clear by the default, 0.95. */
static bool is_clearly_above(point p)
{
    return p.L > 100 && p.P >= 0.95;
}
static bool is_clearly_below(point p)
{
    return p.H < 100 && p.P <= 0.05;
}
static bool is_clear(point p)
{
    return is_clearly_above(p) || is_clearly_below(p);
}
static bool is_around_100(point p)
{
    return p.L <= 100 && p.H >= 100;
}
static bool is_small(point p)
{
    return p.R >= 90 && p.R <= 110;
}
static bool is_level_near(point p)
{
    return p.L >= 90 && p.L <= 110 && p.H >= 90 && p.H <= 110;
}
/* "De to siste med '0' og negativ er to setninger; da utelates setning 2 om den ikke er 'klart over/under'." */
static bool is_said(point p)
{
    return is_clear(p) || p.R > 0;
}

/* The interval of the year holds 100: "likewise" and "even so" would call the year clear. */
static bool is_year_unclear(point p)
{
    return p.a <= 100 && p.b >= 100;
}

static bool above(point p)
{
    return is_clearly_above(p) && p.R > 100 && overlaps(p) && !is_year_unclear(p);
}
static bool above_less(point p)
{
    return is_clearly_above(p) && p.R > 100 && p.a > p.H;
}
static bool above_more(point p)
{
    return is_clearly_above(p) && p.R > 100 && p.b < p.L;
}
static bool above_open(point p)
{
    return is_clearly_above(p) && (!has_ratio(p) || (overlaps(p) && is_year_unclear(p)));
}
static bool but_above(point p)
{
    return is_clearly_above(p) && p.R <= 100 && p.b < p.L;
}
static bool yet_above(point p)
{
    return is_clearly_above(p) && p.R <= 100 && overlaps(p) && !is_year_unclear(p);
}
static bool below(point p)
{
    return is_clearly_below(p) && p.R < 100 && overlaps(p) && !is_year_unclear(p);
}
static bool below_less(point p)
{
    return is_clearly_below(p) && p.R < 100 && p.b < p.L;
}
static bool below_more(point p)
{
    return is_clearly_below(p) && p.R < 100 && p.a > p.H;
}
static bool below_open(point p)
{
    return is_clearly_below(p) && (!has_ratio(p) || (overlaps(p) && is_year_unclear(p)));
}
static bool but_below(point p)
{
    return is_clearly_below(p) && p.R >= 100 && p.a > p.H;
}
static bool yet_below(point p)
{
    return is_clearly_below(p) && p.R >= 100 && overlaps(p) && !is_year_unclear(p);
}
/* The interval lies on one side, the probability is not enough. */
static bool likely_over(point p)
{
    return p.L > 100 && !is_clear(p);
}
static bool likely_under(point p)
{
    return p.H < 100 && !is_clear(p);
}
static bool near(point p)
{
    return is_around_100(p) && is_small(p) && is_level_near(p);
}
static bool small(point p)
{
    return is_around_100(p) && is_small(p) && !is_level_near(p);
}
static bool near_but(point p)
{
    return is_around_100(p) && has_ratio(p) && !is_small(p) && is_level_near(p) && is_said(p);
}
static bool uncertain(point p)
{
    return is_around_100(p) && has_ratio(p) && !is_small(p) && !is_level_near(p) && is_said(p);
}
static bool open(point p)
{
    return is_around_100(p) && !has_ratio(p);
}

static const struct {
    const char *key;
    bool (*is_met)(point);
} rows[] = {
    {"profile_lasting_above", above},
    {"profile_lasting_above_less", above_less},
    {"profile_lasting_above_more", above_more},
    {"profile_lasting_above_open", above_open},
    {"profile_lasting_but_above", but_above},
    {"profile_lasting_yet_above", yet_above},
    {"profile_lasting_below", below},
    {"profile_lasting_below_less", below_less},
    {"profile_lasting_below_more", below_more},
    {"profile_lasting_below_open", below_open},
    {"profile_lasting_but_below", but_below},
    {"profile_lasting_yet_below", yet_below},
    {"profile_lasting_likely_over", likely_over},
    {"profile_lasting_likely_under", likely_under},
    {"profile_lasting_near", near},
    {"profile_lasting_small", small},
    {"profile_lasting_near_but", near_but},
    {"profile_lasting_uncertain", uncertain},
    {"profile_lasting_open", open},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static size_t n_met[ROWS], n_silent, n_points;

static behov_word key_of(point p)
{
    return behov_profile_lasting_key(p.R, (behov_interval){p.a, p.b}, (behov_lasting){(p.L + p.H) / 2, {p.L, p.H}, p.P},
                                     &(behov_lasting_choices){0}, true);
}

/* What the probability of a point is where only the interval matters: that of a narrow or a wide normal about its
 * middle, so that it says the same as the interval. */
static double probability_of(double L, double H)
{
    return L > 100 ? 0.96 : H < 100 ? 0.04 : 0.5;
}

static void check(point p)
{
    const char *want = NULL;
    behov_word word = key_of(p);
    const char *got = word ? behov_word_key(word) : NULL;
    for (size_t i = 0; i < ROWS; i++) {
        if (!rows[i].is_met(p))
            continue;
        if (want)
            fail_msg("R %g, %g..%g, lasting %g..%g: both %s and %s", p.R, p.a, p.b, p.L, p.H, want, rows[i].key);
        want = rows[i].key;
        n_met[i]++;
    }
    n_points++;
    n_silent += !want;
    if (!want && has_ratio(p) && p.R > 0)
        fail_msg("R %g, %g..%g, lasting %g..%g: no row of the table", p.R, p.a, p.b, p.L, p.H);
    if ((want == NULL) != (got == NULL) || (want && strcmp(want, got) != 0))
        fail_msg("R %g, %g..%g, lasting %g..%g: %s, not %s", p.R, p.a, p.b, p.L, p.H, got ? got : "nothing",
                 want ? want : "nothing");
}

/* Ends of the limits on both sides, and round about. */
static const double ratios[] = {-40, -1,  0,   1,   50,  89,  90,  91,  95,  99,
                                100, 101, 105, 109, 110, 111, 132, 180, 232, 600},
                    widths[] = {0, 1, 4, 9, 10, 11, 20, 60},
                    lows[] = {-20, 0, 40, 80, 89, 90, 91, 95, 98, 99, 100, 101, 102, 109, 110, 111, 115, 128, 150, 300},
                    lengths[] = {0, 1, 2, 5, 9, 10, 11, 20, 27, 50, 200},
                    probabilities[] = {0.01, 0.05, 0.051, 0.5, 0.949, 0.95, 0.999};
#define N(list) (sizeof list / sizeof list[0])

static void every_row_is_met_and_only_one(void **state)
{
    (void)state;
    for (size_t l = 0; l < N(lows); l++)
        for (size_t h = 0; h < N(lengths) * N(probabilities); h++) {
            double L = lows[l], H = L + lengths[h / N(probabilities)], P = probabilities[h % N(probabilities)];
            for (size_t r = 0; r < N(ratios); r++) {
                for (size_t i = 0; i < N(widths); i++)
                    for (size_t j = 0; j < N(widths); j++)
                        check((point){ratios[r], ratios[r] - widths[i], ratios[r] + widths[j], L, H, P});
                check((point){ratios[r], NAN, NAN, L, H, P}); /* no interval: never said to lie apart */
            }
            check((point){NAN, NAN, NAN, L, H, P});
        }
    for (size_t i = 0; i < ROWS; i++)
        if (!n_met[i])
            fail_msg("no point of the grid meets %s", rows[i].key);
    assert_true(n_silent > 0 && n_points > 250000);
}

/* What is compared is what is printed: 100.4 is 100. */
static void figures_are_compared_as_printed(void **state)
{
    (void)state;
    const struct {
        point p;
        const char *key;
    } cases[] = {
        {{100.4, 99, 101, 100.4, 120, NAN}, "profile_lasting_small"},
        {{100.6, 100.6, 101, 100.6, 120, NAN}, "profile_lasting_above"},
        {{100.6, 100.4, 101, 100.6, 120, NAN}, "profile_lasting_above_open"}, /* the lower end is 100 */
        {{100.4, 99, 100.9, 101.2, 120, NAN}, "profile_lasting_above_open"},  /* both ends are 101 */
        {{100.4, 99, 100.4, 100.6, 120, NAN}, "profile_lasting_but_above"},
        {{231.6, 180, 260, 101.2, 128.4, NAN}, "profile_lasting_above_less"}, /* 1939 Storfjord 2016 */
        {{106.3, 99, 113.4, 113.6, 138, NAN}, "profile_lasting_above_more"},
        {{0.4, 0, 1, 80, 120, NAN}, NULL},
        {{0.6, 0, 1, 80, 120, NAN}, "profile_lasting_uncertain"},
        {{110.4, 105, 115, 90.4, 110.4, NAN}, "profile_lasting_near"},
    };
    for (size_t i = 0; i < N(cases); i++) {
        point p = cases[i].p;
        p.P = probability_of(p.L, p.H);
        behov_word word = key_of(p);
        const char *got = word ? behov_word_key(word) : NULL;
        if (!cases[i].key)
            assert_null(got);
        else
            assert_string_equal(got, cases[i].key);
    }
}

static void no_interval_no_sentence(void **state)
{
    (void)state;
    assert_int_equal(0, key_of((point){120, 110, 130, NAN, NAN, NAN}));
    assert_int_equal(0, key_of((point){NAN, NAN, NAN, NAN, NAN, NAN}));
}

/* The probability that is asked for decides, and so does the interval that stands beside it. */
static void clear_as_it_is_asked_for(void **state)
{
    (void)state;
    const behov_interval own = {110, 130};
    const behov_lasting level = {110, {101, 119}, 0.97};
    assert_string_equal("profile_lasting_above",
                        behov_word_key(behov_profile_lasting_key(115, own, level, &(behov_lasting_choices){0}, true)));
    assert_string_equal(
        "profile_lasting_likely_over",
        behov_word_key(behov_profile_lasting_key(115, own, level, &(behov_lasting_choices){.clear = 0.975}, true)));
    const behov_lasting wide = {110, {99, 121}, 0.97}; /* its interval has 100 in it */
    assert_string_equal("profile_lasting_uncertain",
                        behov_word_key(behov_profile_lasting_key(115, own, wide, &(behov_lasting_choices){0}, true)));
}

/* Every key has words with both ends of the interval and its level, and none says what must never be said. */
static void words_of_the_rows(void **state)
{
    (void)state;
    static const char *const never[] = {"for mye", "for lite", "sløs",   "spare",   "effektiv",   "burde", "måtte",
                                        "skyldes", "fordi",    "påvist", "bevist",  "kommer til", "trend", "too much",
                                        "waste",   "should",   "proven", "because", "trend"};
    for (size_t i = 0; i < ROWS; i++)
        for (behov_language lang = BEHOV_LANGUAGE_NB; lang <= BEHOV_LANGUAGE_EN; lang++) {
            char text[1200];
            assert_true(behov_word_find(rows[i].key));
            behov_label_fill(lang, behov_word_find(rows[i].key), text, sizeof text, "low", "<l>", "high", "<h>",
                             "level", "<90>", "clear", "<95>", "it", "<it>", "It", "<It>", "own", "<own>", "likely",
                             behov_level_likely(0.9, true, lang), NULL);
            assert_non_null(strstr(text, "<l>"));
            assert_non_null(strstr(text, "<h>"));
            assert_non_null(strstr(text, "<90>"));
            assert_null(strchr(text, '{'));
            for (size_t j = 0; j < N(never); j++)
                if (strstr(text, never[j]))
                    fail_msg("%s says \"%s\"", rows[i].key, never[j]);
            const char *clearly = lang == BEHOV_LANGUAGE_NB ? " klart " : "clearly";
            bool is_clear_row = strstr(rows[i].key, "above") || strstr(rows[i].key, "below");
            assert_int_equal(strstr(text, clearly) != NULL, is_clear_row);
            const char *probably = lang == BEHOV_LANGUAGE_NB ? "trolig" : "probably";
            assert_non_null(strstr(text, probably));
        }
}

/* What must never be said of a municipality, in any of the words that speak of one: blame, potential, the future,
 * proof. */
static void words_without_blame(void **state)
{
    (void)state;
    static const char *const about[] = {"profile_", "form_", "ranking_", "lookup_", "plot_profile"};
    static const char *const never[2][13] = {
        {"for mye", "for lite", "sløs", "sparer", "effektiv", "innsparingspotensial", "burde", "måtte", "utsikter",
         "kommer til å", "trenden", "prosent sikkert", "varer trolig"},
        {"too much", "too little", "wast", "saves", " efficient", "potential", "ought to", "had to", "outlook",
         "will be", "trend is", "certain that", "probably last"}};
    size_t n_looked = 0;
    for (size_t i = 1; i < BEHOV_N_WORDS; i++) {
        bool is_about = false;
        if (behov_word_table[i].is_message)
            continue;
        for (size_t j = 0; j < N(about); j++)
            is_about = is_about || strncmp(behov_word_table[i].key, about[j], strlen(about[j])) == 0;
        for (behov_language lang = BEHOV_LANGUAGE_NB; is_about && lang <= BEHOV_LANGUAGE_EN; lang++) {
            n_looked++;
            for (size_t j = 0; j < N(never[0]); j++)
                if (strstr(behov_word_table[i].texts[lang], never[lang][j]))
                    fail_msg("%s says \"%s\": %s", behov_word_table[i].key, never[lang][j],
                             behov_word_table[i].texts[lang]);
        }
    }
    assert_true(n_looked > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_met_and_only_one),
        cmocka_unit_test(figures_are_compared_as_printed),
        cmocka_unit_test(no_interval_no_sentence),
        cmocka_unit_test(clear_as_it_is_asked_for),
        cmocka_unit_test(words_of_the_rows),
        cmocka_unit_test(words_without_blame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
