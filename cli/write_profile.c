/* write_profile.c - a profile in words and tables.
 *
 * The sentence about the lasting level follows from its interval, low .. high, as printed (whole per cent), and from
 * the year's ratio as printed:
 *   low > 100 or high < 100    clearly above or below need; 'the year is an exception' when its ratio says otherwise
 *   else, ratio within 90 .. 110, interval within 90 .. 110    the difference is small, the level near need
 *   else, ratio within 90 .. 110                               the difference is small and uncertain
 *   else                                                       the difference is uncertain
 * 90 and 110 are the limits of table 6-1 of the report. Words for kroner are used where the unit is kroner alone. */
#include "write_profile.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "write_json.h"
#include "write_text.h"

enum { SENTENCE = 700, FIGURE = BEHOV_NUMBER_SIZE, COUNTRY = 0, GROUP = 1 };

static language lang_of(const profiles *of) { return of->of->of->lang; }

static bool in_kroner(const profiles *of) { return behov_need_gap_is_1000kr(of->of->need); }

/* Key, or its twin for an outcome that is not kroner. */
static const char *words(const profiles *of, const char *key)
{
    char other[80];
    snprintf(other, sizeof other, "%s_other", key);
    return label(lang_of(of), in_kroner(of) ? key : other);
}

static const char *key_for(const profiles *of, const char *key, char text[80])
{
    snprintf(text, 80, "%s%s", key, in_kroner(of) ? "" : "_other");
    return text;
}

/* From the outcome's unit to kr per inhabitant, and to 1000 kr in all. */
static double shown(const profiles *of, double amount)
{
    return of->of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 * amount : amount;
}

static double in_all(const profiles *of, double amount, double population)
{
    if (!in_kroner(of))
        return NAN;
    return of->of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT ? amount * population / 1000 : amount * population;
}

static behov_quantity amount_quantity(const profiles *of) { return in_kroner(of) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME; }

static const char *whole(const profiles *of, double value, char text[FIGURE])
{
    return format_cell(BEHOV_Q_COUNT, value, lang_of(of), text);
}

/* "2 188 kr per innbygger", "2,188" */
static void amount_of(const profiles *of, double value, char text[100])
{
    char number[FIGURE];
    format_cell(amount_quantity(of), shown(of, value), lang_of(of), number);
    label_fill(lang_of(of), in_kroner(of) ? "amount_kr_per_inhabitant" : "amount_other", text, 100, "n", number, NULL);
}

/* "1,2 mill. kr", "840 000 kr" from 1000 kr */
static void kroner_of(const profiles *of, double amount_1000kr, char text[100])
{
    language lang = lang_of(of);
    char number[FIGURE];
    bool is_millions = fabs(rint(amount_1000kr)) >= 1000;
    if (is_millions)
        behov_number_fixed(amount_1000kr / 1000, 1, label_decimal_mark(lang), label_group_mark(lang), 4, number);
    else
        behov_number_fixed(1000 * rint(amount_1000kr), 0, '.', label_group_mark(lang), 4, number);
    label_fill(lang, is_millions ? "amount_mill_kr" : "amount_kr", text, 100, "n", number, NULL);
}

/* "+8,3", "−4,0" points */
static void points_of(const profiles *of, double value, bool has_sign, char text[FIGURE + 4])
{
    char number[FIGURE];
    behov_number_fixed(fabs(value), 1, label_decimal_mark(lang_of(of)), label_group_mark(lang_of(of)), 4, number);
    snprintf(text, FIGURE + 4, "%s%s", !has_sign ? "" : value < 0 ? "−" : "+", number);
}

static const municipality *place_of(const profiles *of, size_t place) { return &of->country.places.all[place]; }

static const char *name_of(const profiles *of, const profile *one)
{
    const municipality *place = place_of(of, one->place);
    return place->name[0] ? place->name : place->code;
}

static const profile_year *year_of(const profile *one) { return &one->years[one->at]; }

/* " 2016"; "" without years. */
static void year_text(int year, const char *before, char text[16])
{
    text[0] = '\0';
    if (year)
        snprintf(text, 16, "%s%d", before, year);
}

static void title_of(const profiles *of, const profile *one, char text[SENTENCE])
{
    const municipality *place = place_of(of, one->place);
    char year[16];
    year_text(year_of(one)->year, ", ", year);
    snprintf(text, SENTENCE, "%.40s%s%.200s%s", place->code, place->code[0] && place->name[0] ? " " : "", place->name,
             year);
}

static void level_of(const profiles *of, char text[100]) { results_interval_label(of->of, "word_level", text); }

/* " i 2016"; "" without years. */
static void in_year(const profiles *of, int year, char text[24])
{
    char number[16];
    year_text(year, "", number);
    text[0] = '\0';
    if (year) {
        text[0] = ' ';
        label_fill(lang_of(of), "word_in_year", text + 1, 23, "year", number, NULL);
    }
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* ", etter 98 året før" */
static void before_of(const profiles *of, const profile *one, char text[100])
{
    char ratio[FIGURE], year[16];
    text[0] = '\0';
    for (size_t t = one->at; t-- > 0;) {
        if (isnan(one->years[t].ratio))
            continue;
        whole(of, behov_ratio_printed(one->years[t].ratio), ratio);
        year_text(one->years[t].year, "", year);
        label_fill(lang_of(of), one->years[t].year == year_of(one)->year - 1 ? "profile_before" : "profile_before_year",
                   text, 100, "ratio", ratio, "year", year, NULL);
        return;
    }
}

static void answer_ratio(const profiles *of, const profile *one, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    char key[80], before[100], ratio[FIGURE], difference[FIGURE], need[100], year[24];
    in_year(of, now->year, year);
    amount_of(of, now->need, need);
    if (isnan(now->ratio)) {
        label_fill(lang_of(of), key_for(of, isnan(now->actual) ? "profile_no_actual" : "profile_no_ratio", key), text,
                   SENTENCE, "year", year, "need", need, NULL);
        return;
    }
    double printed = behov_ratio_printed(now->ratio);
    before_of(of, one, before);
    whole(of, printed, ratio);
    whole(of, fabs(printed - 100), difference);
    label_fill(lang_of(of),
               key_for(of,
                       printed > 100   ? "profile_above"
                       : printed < 100 ? "profile_below"
                                       : "profile_equal",
                       key),
               text, SENTENCE, "n", difference, "ratio", ratio, "before", before, NULL);
}

/* "" when there is no ratio that the lasting level could be held against. */
static void answer_lasting(const profiles *of, const profile *one, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    double low = behov_ratio_printed(now->lasting.interval.low), high = behov_ratio_printed(now->lasting.interval.high);
    double ratio = behov_ratio_printed(now->ratio);
    bool is_small = ratio >= 90 && ratio <= 110;
    char from[FIGURE], to[FIGURE], level[100];
    text[0] = '\0';
    if (!of->country.variances.is_known) {
        snprintf(text, SENTENCE, "%s", label(lang_of(of), "profile_lasting_not_known"));
        return;
    }
    if (isnan(low) || isnan(high))
        return;
    const char *key = low > 100                              ? (ratio > 100    ? "profile_lasting_above"
                                                                : isnan(ratio) ? "profile_lasting_above"
                                                                               : "profile_lasting_but_above")
                      : high < 100                           ? (ratio < 100    ? "profile_lasting_below"
                                                                : isnan(ratio) ? "profile_lasting_below"
                                                                               : "profile_lasting_but_below")
                      : isnan(ratio)                         ? "profile_lasting_open"
                      : is_small && low >= 90 && high <= 110 ? "profile_lasting_near"
                      : is_small                             ? "profile_lasting_small"
                                                             : "profile_lasting_uncertain";
    whole(of, low, from);
    whole(of, high, to);
    level_of(of, level);
    label_fill(lang_of(of), key, text, SENTENCE, "low", from, "high", to, "level", level, NULL);
}

static void answer_to_100(const profiles *of, const profile *one, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    char amount[100], each[100], year[24];
    text[0] = '\0';
    if (isnan(now->ratio) || behov_ratio_printed(now->ratio) == 100)
        return;
    amount_of(of, fabs(now->gap), each);
    kroner_of(of, fabs(now->gap_1000kr), amount);
    in_year(of, now->year, year);
    label_fill(lang_of(of),
               !in_kroner(of)           ? "profile_to_100_other"
               : isnan(now->gap_1000kr) ? "profile_to_100_each"
                                        : "profile_to_100",
               text, SENTENCE, "year", year, "amount", amount, "each", each, "which",
               label(lang_of(of), now->gap > 0 ? "word_lower" : "word_higher"), NULL);
}

static void answer_change(const profiles *of, const profile *one, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    char key[80], change[FIGURE + 4], actual[FIGURE + 4], need[FIGURE + 4], from[16], to[16];
    text[0] = '\0';
    if (isnan(now->ratio_change))
        return;
    points_of(of, now->ratio_change, false, change);
    points_of(of, now->ratio_by_actual, true, actual);
    points_of(of, now->ratio_by_need, true, need);
    year_text(now[-1].year, "", from);
    year_text(now->year, "", to);
    label_fill(lang_of(of), key_for(of, "profile_change", key), text, SENTENCE, "from", from, "to", to, "which",
               label(lang_of(of), now->ratio_change < 0 ? "word_fell" : "word_rose"), "n", change, "actual", actual,
               "need", need, NULL);
}

static void years_pooled(const profiles *of, char text[64])
{
    const int *years = behov_need_years(of->of->need, &(size_t){0});
    text[0] = '\0';
    if (years[0] && of->n_years == 1)
        snprintf(text, 64, " %d", years[0]);
    else if (years[0])
        snprintf(text, 64, " %d–%d", years[0], years[of->n_years - 1]);
}

static behov_status answer_place(const profiles *of, const profile *one, bool is_group, char text[SENTENCE],
                                 behov_error *err)
{
    const ranking *from = is_group ? &of->group : &of->country;
    const ranked *at = &from->all[one->place];
    char rank[FIGURE], n_ranked[FIGURE], low[FIGURE], high[FIGURE], unclear[FIGURE], level[100], years[64];
    char first[FIGURE], median[FIGURE], third[FIGURE];
    quartiles found = {NAN, NAN, NAN};
    size_t n = 0;
    text[0] = '\0';
    if ((is_group && from->by.of[one->place] == NO_GROUP) || isnan(at->rank))
        return BEHOV_OK;
    behov_status status = profiles_quartiles(of, is_group, one->place, &found, &n, err);
    if (status)
        return status;
    whole(of, at->rank, rank);
    whole(of, (double)n, n_ranked);
    whole(of, at->rank_low, low);
    whole(of, at->rank_high, high);
    whole(of, (double)at->n_unclear, unclear);
    whole(of, found.low, first);
    whole(of, found.median, median);
    whole(of, found.high, third);
    level_of(of, level);
    years_pooled(of, years);
    label_fill(lang_of(of),
               isnan(at->rank_low) ? (is_group ? "profile_place_group_alone" : "profile_place_alone")
               : is_group          ? "profile_place_group"
                                   : "profile_place",
               text, SENTENCE, "group", is_group ? from->by.names[from->by.of[one->place]] : "", "rank", rank, "n",
               n_ranked, "low", low, "high", high, "level", level, "unclear", unclear, "years", years, "first", first,
               "median", median, "third", third, NULL);
    return BEHOV_OK;
}

static void list_places(const profiles *of, const size_t *places, size_t n, char text[300])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && length < 280; i++) {
        const municipality *place = place_of(of, places[i]);
        char ratio[FIGURE];
        whole(of, behov_ratio_printed(of->country.all[places[i]].ratio), ratio);
        length += (size_t)snprintf(text + length, 300 - length, "%s%.80s (%s)", i ? ", " : "",
                                   place->name[0] ? place->name : place->code, ratio);
    }
}

static void answer_neighbours(const profiles *of, const profile *one, char text[SENTENCE])
{
    size_t above[NEIGHBOURS_EACH], below[NEIGHBOURS_EACH], n_above, n_below;
    char over[300], under[300];
    profiles_neighbours(of, one->place, above, &n_above, below, &n_below);
    list_places(of, above, n_above, over);
    list_places(of, below, n_below, under);
    text[0] = '\0';
    if (n_above || n_below)
        label_fill(lang_of(of),
                   !n_above   ? "profile_neighbours_below"
                   : !n_below ? "profile_neighbours_above"
                              : "profile_neighbours",
                   text, SENTENCE, "above", over, "below", under, NULL);
}

/* ---- notes on the data ---------------------------------------------------------------------------------------------
 */

static bool is_without_need(const profile_year *of) { return !of->has_need; }
static bool is_predicted_only(const profile_year *of) { return of->has_need && !of->is_estimated; }
static bool is_without_actual(const profile_year *of) { return of->has_need && isnan(of->actual); }
static bool is_too_low(const profile_year *of) { return of->note == BEHOV_NOTE_NEED_TOO_LOW; }

static void note_years(const profiles *of, const profile *one, const char *key, bool (*is_it)(const profile_year *),
                       char text[SENTENCE])
{
    char years[400] = "";
    size_t length = 0, n = 0;
    text[0] = '\0';
    for (size_t t = 0; t < of->n_years; t++) {
        if (!is_it(&one->years[t]))
            continue;
        n++;
        if (one->years[t].year && length + 8 < sizeof years)
            length += (size_t)snprintf(years + length, sizeof years - length, "%s%d", length ? ", " : ": ",
                                       one->years[t].year);
    }
    if (n)
        label_fill(lang_of(of), key, text, SENTENCE, "years", years, NULL);
}

enum { DATA_NOTES = 6 };

/* What is peculiar to the municipality; "" where there is nothing to say. */
static void data_note(const profiles *of, const profile *one, size_t i, char text[SENTENCE])
{
    char limit[FIGURE];
    double population = place_of(of, one->place)->population;
    text[0] = '\0';
    switch (i) {
    case 0:
        if (population < FEW_INHABITANTS) {
            whole(of, FEW_INHABITANTS, limit);
            label_fill(lang_of(of), "profile_few_inhabitants", text, SENTENCE, "n", limit, NULL);
        }
        break;
    case 1: note_years(of, one, "profile_predicted_only", is_predicted_only, text); break;
    case 2: note_years(of, one, "profile_without_need", is_without_need, text); break;
    case 3: note_years(of, one, "profile_without_actual", is_without_actual, text); break;
    case 4: note_years(of, one, "profile_need_too_low", is_too_low, text); break;
    default:
        if (of->has_group && of->group.by.of[one->place] == NO_GROUP)
            snprintf(text, SENTENCE, "%s", label(lang_of(of), "profile_without_group"));
        break;
    }
}

enum { METHOD_NOTES = 7 };

/* How it was computed: the same for every municipality. */
static void method_note(const profiles *of, size_t i, char text[SENTENCE])
{
    char number[FIGURE], seed[FIGURE], more[500];
    language lang = lang_of(of);
    text[0] = '\0';
    switch (i) {
    case 0:
        if (of->n_years > 1)
            snprintf(text, SENTENCE, "%s", label(lang, "profile_change_explained"));
        break;
    case 1:
        snprintf(
            text, SENTENCE, "%s",
            label(lang, of->has_population ? "profile_drivers_explained" : "profile_drivers_explained_unweighted"));
        break;
    case 2:
        results_errors(of->of, more);
        whole(of, (double)of->choices.n_draws, number);
        snprintf(seed, sizeof seed, "%llu", (unsigned long long)of->choices.seed);
        label_fill(lang, "profile_intervals_explained", text, SENTENCE, "errors", more, "n", number, "seed", seed,
                   NULL);
        break;
    case 3:
        if (!of->has_population)
            snprintf(text, SENTENCE, "%s", words(of, "profile_no_population"));
        break;
    case 4:
        if (!in_kroner(of))
            snprintf(text, SENTENCE, "%s", label(lang, "profile_no_kroner"));
        break;
    case 5:
        if (of->of->of->is_simulated)
            snprintf(text, SENTENCE, "%s", label(lang, "simulated_explained"));
        break;
    default: snprintf(text, SENTENCE, "%s", label(lang, "not_a_verdict")); break;
    }
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

/* Rows are figures, columns are years. */
typedef struct grid {
    const profiles *of;
    const profile *one;
    behov_report *report;
    size_t row;
} grid;

typedef enum figure {
    RATIO,
    RATIO_LOW,
    RATIO_HIGH,
    SHRUNK,
    SHRUNK_LOW,
    SHRUNK_HIGH,
    ACTUAL,
    NEED,
    INDEX,
    GAP,
    GAP_1000KR,
    POPULATION,
    RATIO_CHANGE,
    BY_ACTUAL,
    BY_NEED,
    ACTUAL_CHANGE,
    NEED_CHANGE,
    GAP_CHANGE
} figure;

static double figure_of(const profiles *of, const profile_year *at, figure which)
{
    switch (which) {
    case RATIO: return at->ratio;
    case RATIO_LOW: return at->ratio_interval.low;
    case RATIO_HIGH: return at->ratio_interval.high;
    case SHRUNK: return at->lasting.ratio;
    case SHRUNK_LOW: return at->lasting.interval.low;
    case SHRUNK_HIGH: return at->lasting.interval.high;
    case ACTUAL: return shown(of, at->actual);
    case NEED: return shown(of, at->need);
    case INDEX: return at->index;
    case GAP: return shown(of, at->gap);
    case GAP_1000KR: return at->gap_1000kr;
    case POPULATION: return at->population;
    case RATIO_CHANGE: return at->ratio_change;
    case BY_ACTUAL: return at->ratio_by_actual;
    case BY_NEED: return at->ratio_by_need;
    case ACTUAL_CHANGE: return shown(of, at->actual_change);
    case NEED_CHANGE: return shown(of, at->need_change);
    case GAP_CHANGE: return shown(of, at->gap_change);
    }
    return NAN;
}

typedef struct grid_row {
    const char *key;
    figure which;
    behov_quantity quantity; /* BEHOV_Q_TEXT = an amount */
    bool has_level, has_twin, is_of_change, needs_population;
} grid_row;

static const grid_row grid_rows[] = {
    {"profile_ratio", RATIO, BEHOV_Q_RATIO, false, true, false, false},
    {"ratio_low", RATIO_LOW, BEHOV_Q_RATIO, true, false, false, false},
    {"ratio_high", RATIO_HIGH, BEHOV_Q_RATIO, true, false, false, false},
    {"profile_shrunk", SHRUNK, BEHOV_Q_RATIO, false, false, false, false},
    {"profile_shrunk_low", SHRUNK_LOW, BEHOV_Q_RATIO, true, false, false, false},
    {"profile_shrunk_high", SHRUNK_HIGH, BEHOV_Q_RATIO, true, false, false, false},
    {"profile_actual", ACTUAL, BEHOV_Q_TEXT, false, true, false, false},
    {"profile_need", NEED, BEHOV_Q_TEXT, false, true, false, false},
    {"profile_gap", GAP, BEHOV_Q_TEXT, false, true, false, false},
    {"gap_1000kr", GAP_1000KR, BEHOV_Q_GAP, false, false, false, true},
    {"index", INDEX, BEHOV_Q_INDEX, false, false, false, true},
    {"profile_population", POPULATION, BEHOV_Q_COUNT, false, false, false, true},
    {"profile_ratio_change", RATIO_CHANGE, BEHOV_Q_INDEX, false, true, true, false},
    {"profile_by_actual", BY_ACTUAL, BEHOV_Q_INDEX, false, true, true, false},
    {"profile_by_need", BY_NEED, BEHOV_Q_INDEX, false, true, true, false},
    {"profile_actual_change", ACTUAL_CHANGE, BEHOV_Q_TEXT, false, true, true, false},
    {"profile_need_change", NEED_CHANGE, BEHOV_Q_TEXT, false, true, true, false},
    {"profile_gap_change", GAP_CHANGE, BEHOV_Q_TEXT, false, true, true, false},
};
enum { GRID_ROWS = sizeof grid_rows / sizeof *grid_rows };

static bool is_shown(const profiles *of, const grid_row *row)
{
    if ((row->is_of_change && of->n_years == 1) || (row->needs_population && !of->has_population))
        return false;
    if (row->which == GAP_1000KR)
        return in_kroner(of);
    bool is_shrunk = row->which == SHRUNK || row->which == SHRUNK_LOW || row->which == SHRUNK_HIGH;
    return !is_shrunk || of->country.variances.is_known;
}

static behov_status set_head(grid *to, const char *words_of_row, bool is_strong, behov_error *err)
{
    behov_status status = behov_report_set_text(to->report, 0, to->row, words_of_row, err);
    return !status && is_strong ? behov_report_set_strong(to->report, 0, to->row, err) : status;
}

/* One row of figures; the columns' numbers are the report's own, written before they were given to it. */
static behov_status set_row(grid *to, double **columns, const char *words_of_row, behov_quantity quantity,
                            bool is_strong, const double *values, behov_error *err)
{
    behov_status status = set_head(to, words_of_row, is_strong, err);
    if (!status)
        status = behov_report_set_quantity(to->report, to->row, quantity, err);
    for (size_t t = 0; t < to->of->n_years && !status; t++) {
        columns[t][to->row] = values ? values[t] : NAN;
        if (is_strong)
            status = behov_report_set_strong(to->report, t + 1, to->row, err);
    }
    to->row++;
    return status;
}

static const char *row_words(const profiles *of, const grid_row *row, char text[100])
{
    if (row->has_level) {
        results_interval_label(of->of, row->key, text);
        return text;
    }
    return row->has_twin ? words(of, row->key) : label(lang_of(of), row->key);
}

static behov_status set_drivers(grid *to, double **columns, double *values, size_t which, bool is_in_all,
                                behov_error *err)
{
    const profiles *of = to->of;
    behov_quantity quantity = amount_quantity(of);
    char key[80], head[200], mean[200];
    const char *against =
        which == COUNTRY ? label(lang_of(of), "word_the_country") : of->group.by.names[of->group.by.of[to->one->place]];
    label_fill(lang_of(of), is_in_all ? "profile_drivers_in_all" : key_for(of, "profile_drivers", key), head,
               sizeof head, "against", against, NULL);
    behov_status status = set_row(to, columns, head, quantity, true, NULL, err);
    for (size_t j = 0; j <= of->n_terms && !status; j++) {
        bool is_sum = j == of->n_terms;
        for (size_t t = 0; t < of->n_years; t++) {
            const profile_year *at = &to->one->years[t];
            double driver = is_sum ? at->sums[which] : at->drivers[which][to->one->order[j]];
            values[t] = is_in_all ? in_all(of, driver, at->population) : shown(of, driver);
        }
        status = set_row(to, columns, is_sum ? label(lang_of(of), "word_sum") : of->terms[to->one->order[j]].label,
                         quantity, is_sum, values, err);
    }
    if (!status && !is_in_all) {
        for (size_t t = 0; t < of->n_years; t++)
            values[t] = shown(of, to->one->years[t].means[which]);
        label_fill(lang_of(of), key_for(of, "profile_mean_need", key), mean, sizeof mean, "against", against, NULL);
        status = set_row(to, columns, mean, quantity, false, values, err);
    }
    return status;
}

static bool has_group(const profiles *of, const profile *one)
{
    return of->has_group && of->group.by.of[one->place] != NO_GROUP;
}

/* Figures by year; with the drivers of every year on a sheet. */
static behov_status years_grid(const profiles *of, const profile *one, bool has_drivers, behov_report **out,
                               behov_error *err)
{
    size_t n_rows = 0, n_blocks = has_drivers ? (has_group(of, one) ? 2 : 1) : 0;
    bool has_total = in_kroner(of) && of->has_population;
    for (size_t i = 0; i < GRID_ROWS; i++)
        n_rows += is_shown(of, &grid_rows[i]);
    n_rows += n_blocks * (of->n_terms + 3) + (has_total ? n_blocks * (of->n_terms + 2) : 0);
    grid to = {of, one, NULL, 0};
    double **columns = calloc(of->n_years + 1, sizeof *columns), *values = calloc(of->n_years + 1, sizeof *values);
    behov_status status = columns && values
                              ? behov_report_new("profile", n_rows, NULL, &to.report, err)
                              : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
    if (!status)
        status = behov_report_add_texts(to.report, (behov_report_column){"figure", NULL, BEHOV_Q_TEXT}, err);
    for (size_t t = 0; t < of->n_years && !status; t++) {
        char year[16];
        year_text(one->years[t].year, "", year);
        columns[t] = calloc(n_rows + 1, sizeof **columns);
        if (!columns[t])
            status = behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
        if (!status &&
            (status = behov_report_add_numbers(
                 to.report, (behov_report_column){year[0] ? year : "value", year[0] ? year : NULL, BEHOV_Q_GAP},
                 columns[t], true, err)))
            free(columns[t]);
    }
    for (size_t i = 0; i < GRID_ROWS && !status; i++) {
        const grid_row *row = &grid_rows[i];
        char text[100];
        if (!is_shown(of, row))
            continue;
        for (size_t t = 0; t < of->n_years; t++)
            values[t] = figure_of(of, &one->years[t], row->which);
        status = set_row(&to, columns, row_words(of, row, text),
                         row->quantity == BEHOV_Q_TEXT ? amount_quantity(of) : row->quantity, row->which == RATIO,
                         values, err);
    }
    for (size_t which = 0; which < n_blocks && !status; which++) {
        status = set_drivers(&to, columns, values, which, false, err);
        if (!status && has_total)
            status = set_drivers(&to, columns, values, which, true, err);
    }
    free(columns), free(values);
    if (status)
        behov_report_free(to.report);
    else
        *out = to.report;
    return status;
}

/* Drivers of the page's year: a row for each term, and the sum. */
static behov_status drivers_table(const profiles *of, const profile *one, behov_report **out, behov_error *err)
{
    static const struct {
        const char *key;
        size_t which;
        bool is_in_all;
    } columns[] = {{"driver", COUNTRY, false},
                   {"driver_1000kr", COUNTRY, true},
                   {"group_driver", GROUP, false},
                   {"group_driver_1000kr", GROUP, true}};
    const profile_year *now = year_of(one);
    behov_report *report = NULL;
    behov_status status = behov_report_new("drivers", of->n_terms + 1, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    for (size_t j = 0; j < of->n_terms && !status; j++)
        status = behov_report_set_text(report, 0, j, of->terms[one->order[j]].label, err);
    if (!status)
        status = behov_report_set_text(report, 0, of->n_terms, label(lang_of(of), "word_sum"), err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        char key[80];
        if ((columns[i].which == GROUP && !has_group(of, one)) ||
            (columns[i].is_in_all && !(in_kroner(of) && of->has_population)))
            continue;
        double *values = calloc(of->n_terms + 1, sizeof *values);
        if (!values) {
            status = behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
            break;
        }
        for (size_t j = 0; j <= of->n_terms; j++) {
            double driver =
                j < of->n_terms ? now->drivers[columns[i].which][one->order[j]] : now->sums[columns[i].which];
            values[j] = columns[i].is_in_all ? in_all(of, driver, now->population) : shown(of, driver);
        }
        status = behov_report_add_numbers(
            report,
            (behov_report_column){columns[i].key,
                                  columns[i].is_in_all ? NULL : label(lang_of(of), key_for(of, columns[i].key, key)),
                                  amount_quantity(of)},
            values, true, err);
        if (status)
            free(values);
    }
    for (size_t j = 0; !status && j < behov_report_n_columns(report) && !status; j++)
        status = behov_report_set_strong(report, j, of->n_terms, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static void drivers_title(const profiles *of, const profile *one, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    char key[80], year[16], difference[FIGURE];
    double printed = behov_ratio_printed(now->index);
    year_text(now->year, ", ", year);
    whole(of, fabs(printed - 100), difference);
    label_fill(lang_of(of),
               key_for(of,
                       isnan(printed)  ? "profile_why"
                       : printed > 100 ? "profile_why_above"
                       : printed < 100 ? "profile_why_below"
                                       : "profile_why_equal",
                       key),
               text, SENTENCE, "n", difference, "name", name_of(of, one), "year", year, NULL);
}

/* "Sum: Vågan 2 188 mot 2 100 kr per innbygger i landet." */
static void sum_sentence(const profiles *of, const profile *one, size_t which, char text[SENTENCE])
{
    const profile_year *now = year_of(one);
    char key[80], own[100], mean[100];
    text[0] = '\0';
    if (isnan(now->means[which]))
        return;
    amount_of(of, now->need, own);
    amount_of(of, now->means[which], mean);
    label_fill(lang_of(of), key_for(of, which == COUNTRY ? "profile_sum_country" : "profile_sum_group", key), text,
               SENTENCE, "name", name_of(of, one), "need", own, "mean", mean, "group",
               which == GROUP ? of->group.by.names[of->group.by.of[one->place]] : "", NULL);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

/* Sentences after the first two, in their order. */
static behov_status sentence(const profiles *of, const profile *one, size_t i, char text[SENTENCE], behov_error *err)
{
    text[0] = '\0';
    switch (i) {
    case 0: answer_change(of, one, text); return BEHOV_OK;
    case 1: answer_to_100(of, one, text); return BEHOV_OK;
    case 2: return answer_place(of, one, false, text, err);
    case 3: return of->has_group ? answer_place(of, one, true, text, err) : BEHOV_OK;
    case 4: answer_neighbours(of, one, text); return BEHOV_OK;
    case 5: sum_sentence(of, one, COUNTRY, text); return BEHOV_OK;
    default:
        if (has_group(of, one))
            sum_sentence(of, one, GROUP, text);
        return BEHOV_OK;
    }
}
enum { SENTENCES = 7, SENTENCES_OF_YEARS = 5 };

/* At most 31 characters, without those that Excel refuses, unlike every other sheet's. */
static void sheet_name(const profiles *of, size_t i, const section_list *list, char text[128])
{
    const municipality *place = place_of(of, of->all[i].place);
    char plain[400];
    snprintf(plain, sizeof plain, "%.40s%s%.200s", place->code, place->code[0] && place->name[0] ? " " : "",
             place->name);
    for (char *c = plain; *c; c++)
        if (strchr("[]:*?/\\'", *c) || (unsigned char)*c < 0x20)
            *c = '-';
    for (size_t turn = 1;; turn++) {
        char suffix[24] = "";
        size_t length = 0, characters = 0;
        if (turn > 1)
            snprintf(suffix, sizeof suffix, " (%lu)", (unsigned long)turn);
        size_t room = 31 - strlen(suffix);
        while (plain[length]) {
            size_t next = length + 1;
            while (((unsigned char)plain[next] & 0xC0) == 0x80)
                next++;
            if (characters == room)
                break;
            characters++;
            length = next;
        }
        snprintf(text, 128, "%.*s%s", (int)length, plain, suffix);
        size_t j = 0;
        while (j < list->n && strcmp(list->sections[j].name, text) != 0)
            j++;
        if (j == list->n)
            return;
    }
}

/* "Kommune_1865"; without codes the place's number. */
static void table_name(const profiles *of, const profile *one, const char *key, char text[100])
{
    const char *code = place_of(of, one->place)->code;
    bool is_plain = code[0] && strspn(code, "0123456789") == strlen(code);
    if (is_plain)
        snprintf(text, 100, "%s_%.20s", label(lang_of(of), key), code);
    else
        snprintf(text, 100, "%s_%lu", label(lang_of(of), key), (unsigned long)one->place + 1);
}

static behov_status add_notes(const profiles *of, const profile *one, bool has_method, section_list *list,
                              behov_error *err)
{
    char text[SENTENCE];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < DATA_NOTES && !status; i++) {
        data_note(of, one, i, text);
        status = section_list_note(list, text, err);
    }
    for (size_t i = 0; i < METHOD_NOTES && !status && has_method; i++) {
        method_note(of, i, text);
        status = section_list_note(list, text, err);
    }
    return status;
}

static behov_status add_years(const profiles *of, size_t i, bool is_workbook, section_list *list, behov_error *err)
{
    const profile *one = &of->all[i];
    char title[SENTENCE], first[SENTENCE], lasting[SENTENCE], both[2 * SENTENCE], sheet[128], anchor[100];
    behov_report *table = NULL;
    title_of(of, one, title);
    answer_ratio(of, one, first);
    answer_lasting(of, one, lasting);
    snprintf(both, sizeof both, "%s%s%s", first, lasting[0] && !is_workbook ? " " : "", is_workbook ? "" : lasting);
    sheet_name(of, i, list, sheet);
    table_name(of, one, "table_profile", anchor);
    behov_status status = years_grid(of, one, is_workbook, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = sheet,
                                            .title = title,
                                            .subtitle = both,
                                            .table_name = anchor,
                                            .n_frozen_columns = 1,
                                            .one_page = true},
                                  table, err);
    if (!status && is_workbook)
        status = section_list_note(list, lasting, err);
    for (size_t j = 0; j < (is_workbook ? SENTENCES : SENTENCES_OF_YEARS) && !status; j++) {
        if (!(status = sentence(of, one, j, first, err)))
            status = section_list_note(list, first, err);
    }
    return !status ? add_notes(of, one, is_workbook, list, err) : status;
}

static behov_status add_drivers(const profiles *of, size_t i, section_list *list, behov_error *err)
{
    const profile *one = &of->all[i];
    char title[SENTENCE], text[SENTENCE], anchor[100];
    behov_report *table = NULL;
    drivers_title(of, one, title);
    table_name(of, one, "table_drivers", anchor);
    behov_status status = drivers_table(of, one, &table, err);
    if (!status)
        status = section_list_add(
            list, (section){.name = anchor, .title = title, .table_name = anchor, .n_frozen_columns = 1}, table, err);
    for (size_t j = SENTENCES_OF_YEARS; j < SENTENCES && !status; j++) {
        if (!(status = sentence(of, one, j, text, err)))
            status = section_list_note(list, text, err);
    }
    return status;
}

behov_status profiles_add(const profiles *of, bool is_workbook, section_list *list, behov_error *err)
{
    char text[SENTENCE];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n && !status; i++) {
        status = add_years(of, i, is_workbook, list, err);
        if (!status && !is_workbook)
            status = add_drivers(of, i, list, err);
        for (size_t j = 0; j < METHOD_NOTES && !status && !is_workbook && i + 1 == of->n; j++) {
            method_note(of, j, text);
            status = section_list_note(list, text, err);
        }
    }
    return status;
}

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static void print(const char *text, FILE *out)
{
    if (text[0])
        fprintf(out, "%s\n", text);
}

static behov_status write_one(const profiles *of, const profile *one, FILE *out, behov_error *err)
{
    char text[SENTENCE];
    behov_report *years = NULL, *drivers = NULL;
    behov_status status = years_grid(of, one, false, &years, err);
    if (!status)
        status = drivers_table(of, one, &drivers, err);
    if (status) {
        behov_report_free(years);
        return status;
    }
    title_of(of, one, text);
    print(text, out);
    answer_ratio(of, one, text);
    print(text, out);
    answer_lasting(of, one, text);
    print(text, out);
    fputc('\n', out);
    write_text_table(years, NULL, lang_of(of), out);
    fputc('\n', out);
    drivers_title(of, one, text);
    print(text, out);
    fputc('\n', out);
    write_text_table(drivers, NULL, lang_of(of), out);
    for (size_t i = SENTENCES_OF_YEARS; i < SENTENCES && !status; i++)
        if (!(status = sentence(of, one, i, text, err)))
            print(text, out);
    fputc('\n', out);
    for (size_t i = 0; i < SENTENCES_OF_YEARS && !status; i++)
        if (!(status = sentence(of, one, i, text, err)))
            print(text, out);
    for (size_t i = 0; i < DATA_NOTES; i++) {
        data_note(of, one, i, text);
        print(text, out);
    }
    behov_report_free(years);
    behov_report_free(drivers);
    return status;
}

behov_status write_profiles_page(const profiles *of, FILE *out, behov_error *err)
{
    char text[SENTENCE];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n && !status; i++) {
        status = write_one(of, &of->all[i], out, err);
        fputc('\n', out);
        if (i + 1 < of->n)
            fputc('\n', out);
    }
    for (size_t i = 0; i < METHOD_NOTES && !status; i++) {
        method_note(of, i, text);
        print(text, out);
    }
    fputc('\n', out);
    write_text_head(of->of, out);
    return status;
}

/* ---- rows and JSON -------------------------------------------------------------------------------------------------
 */

typedef struct row_column {
    const char *key;
    behov_quantity quantity;
    double (*pick)(const profile_year *);
} row_column;

static double pick_population(const profile_year *of) { return of->population; }
static double pick_actual(const profile_year *of) { return of->actual; }
static double pick_need(const profile_year *of) { return of->need; }
static double pick_index(const profile_year *of) { return of->index; }
static double pick_ratio(const profile_year *of) { return of->ratio; }
static double pick_ratio_low(const profile_year *of) { return of->ratio_interval.low; }
static double pick_ratio_high(const profile_year *of) { return of->ratio_interval.high; }
static double pick_shrunk(const profile_year *of) { return of->lasting.ratio; }
static double pick_shrunk_low(const profile_year *of) { return of->lasting.interval.low; }
static double pick_shrunk_high(const profile_year *of) { return of->lasting.interval.high; }
static double pick_above(const profile_year *of) { return of->lasting.probability_above; }
static double pick_gap(const profile_year *of) { return of->gap; }
static double pick_gap_1000kr(const profile_year *of) { return of->gap_1000kr; }
static double pick_country(const profile_year *of) { return of->means[COUNTRY]; }
static double pick_group(const profile_year *of) { return of->means[GROUP]; }
static double pick_actual_change(const profile_year *of) { return of->actual_change; }
static double pick_need_change(const profile_year *of) { return of->need_change; }
static double pick_gap_change(const profile_year *of) { return of->gap_change; }
static double pick_ratio_change(const profile_year *of) { return of->ratio_change; }
static double pick_by_actual(const profile_year *of) { return of->ratio_by_actual; }
static double pick_by_need(const profile_year *of) { return of->ratio_by_need; }

static const row_column row_columns[] = {
    {"population", BEHOV_Q_COUNT, pick_population},
    {"actual", BEHOV_Q_OUTCOME, pick_actual},
    {"need", BEHOV_Q_OUTCOME, pick_need},
    {"index", BEHOV_Q_INDEX, pick_index},
    {"ratio", BEHOV_Q_RATIO, pick_ratio},
    {"ratio_low", BEHOV_Q_RATIO, pick_ratio_low},
    {"ratio_high", BEHOV_Q_RATIO, pick_ratio_high},
    {"shrunk_ratio", BEHOV_Q_RATIO, pick_shrunk},
    {"shrunk_ratio_low", BEHOV_Q_RATIO, pick_shrunk_low},
    {"shrunk_ratio_high", BEHOV_Q_RATIO, pick_shrunk_high},
    {"probability_above_100", BEHOV_Q_SHARE, pick_above},
    {"gap", BEHOV_Q_OUTCOME, pick_gap},
    {"gap_1000kr", BEHOV_Q_GAP, pick_gap_1000kr},
    {"country_need", BEHOV_Q_OUTCOME, pick_country},
    {"group_need", BEHOV_Q_OUTCOME, pick_group},
    {"actual_change", BEHOV_Q_OUTCOME, pick_actual_change},
    {"need_change", BEHOV_Q_OUTCOME, pick_need_change},
    {"gap_change", BEHOV_Q_OUTCOME, pick_gap_change},
    {"ratio_change", BEHOV_Q_INDEX, pick_ratio_change},
    {"ratio_change_by_actual", BEHOV_Q_INDEX, pick_by_actual},
    {"ratio_change_by_need", BEHOV_Q_INDEX, pick_by_need},
};
enum { ROW_COLUMNS = sizeof row_columns / sizeof *row_columns };

behov_status profiles_table(const profiles *of, behov_report **out, behov_error *err)
{
    static const behov_report_column texts[] = {
        {"municipality_code", NULL, BEHOV_Q_CODE}, {"municipality", NULL, BEHOV_Q_TEXT}, {"fate", NULL, BEHOV_Q_TEXT}};
    size_t n = of->n * of->n_years;
    behov_report *report = NULL;
    behov_status status = behov_report_new("profiles", n, NULL, &report, err);
    for (size_t j = 0; j < 3 && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    for (size_t j = 0; j <= ROW_COLUMNS && !status; j++) {
        double *values = calloc(n + 1, sizeof *values);
        if (!values) {
            status = behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
            break;
        }
        for (size_t i = 0; i < n; i++) {
            const profile_year *at = &of->all[i / of->n_years].years[i % of->n_years];
            values[i] = j ? row_columns[j - 1].pick(at) : at->year ? (double)at->year : NAN;
        }
        behov_report_column column = {"year", NULL, BEHOV_Q_YEAR};
        if (j)
            column = (behov_report_column){row_columns[j - 1].key, row_columns[j - 1].key, row_columns[j - 1].quantity};
        if ((status = behov_report_add_numbers(report, column, values, true, err)))
            free(values);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const profile *one = &of->all[i / of->n_years];
        const profile_year *at = &one->years[i % of->n_years];
        status = behov_report_set_text(report, 0, i, place_of(of, one->place)->code, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, place_of(of, one->place)->name, err);
        if (!status)
            status = behov_report_set_text(report, 2, i,
                                           at->is_estimated ? "estimated"
                                           : at->has_need   ? "predicted_only"
                                                            : "left_out",
                                           err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static json_t *number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

static json_t *drivers_json(const profiles *of, const profile *one, const profile_year *at)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < of->n_terms && at->has_need; i++) {
        size_t j = one->order[i];
        const profile_term *term = &of->terms[j];
        bool is_one = term->n_regressors == 1;
        json_t *row = json_object();
        json_object_set_new(row, "term", json_string(behov_design_regressor(of->of->design, term->regressor)));
        json_object_set_new(row, "variable", json_string(term->label));
        json_object_set_new(row, "value", is_one ? number(at->values[term->regressor]) : json_null());
        json_object_set_new(row, "country_mean", is_one ? number(at->average[term->regressor]) : json_null());
        json_object_set_new(row, "driver", number(at->drivers[COUNTRY][j]));
        json_object_set_new(row, "driver_1000kr", number(in_all(of, at->drivers[COUNTRY][j], at->population)));
        json_object_set_new(row, "group_driver", number(has_group(of, one) ? at->drivers[GROUP][j] : NAN));
        json_object_set_new(row, "group_driver_1000kr",
                            number(has_group(of, one) ? in_all(of, at->drivers[GROUP][j], at->population) : NAN));
        json_array_append_new(rows, row);
    }
    return rows;
}

static behov_status place_json(const profiles *of, const profile *one, bool is_group, json_t *to, behov_error *err)
{
    const ranking *from = is_group ? &of->group : &of->country;
    const ranked *at = &from->all[one->place];
    quartiles found;
    size_t n;
    behov_status status = profiles_quartiles(of, is_group, one->place, &found, &n, err);
    json_object_set_new(to, "n_ranked", json_integer((json_int_t)n));
    json_object_set_new(to, "rank", number(at->rank));
    json_object_set_new(to, "rank_low", number(at->rank_low));
    json_object_set_new(to, "rank_high", number(at->rank_high));
    json_object_set_new(to, "not_clearly_different",
                        isnan(at->rank_low) ? json_null() : json_integer((json_int_t)at->n_unclear));
    json_object_set_new(to, "ratio", number(at->ratio));
    json_object_set_new(to, "ratio_lower_quartile", number(found.low));
    json_object_set_new(to, "ratio_median", number(found.median));
    json_object_set_new(to, "ratio_upper_quartile", number(found.high));
    return status;
}

/* Sentences and notes as the page has them. */
static behov_status sentences_json(const profiles *of, const profile *one, json_t *to, behov_error *err)
{
    char text[SENTENCE];
    json_t *answers = json_array(), *notes = json_array();
    behov_status status = BEHOV_OK;
    json_object_set_new(to, "sentences", answers);
    json_object_set_new(to, "notes", notes);
    answer_ratio(of, one, text);
    json_array_append_new(answers, json_string(text));
    answer_lasting(of, one, text);
    if (text[0])
        json_array_append_new(answers, json_string(text));
    for (size_t i = 0; i < SENTENCES && !status; i++) {
        status = sentence(of, one, i, text, err);
        if (!status && text[0])
            json_array_append_new(answers, json_string(text));
    }
    for (size_t i = 0; i < DATA_NOTES; i++) {
        data_note(of, one, i, text);
        if (text[0])
            json_array_append_new(notes, json_string(text));
    }
    return status;
}

static behov_status profile_json(const profiles *of, size_t i, json_t *rows, json_t *object, behov_error *err)
{
    const profile *one = &of->all[i];
    const municipality *place = place_of(of, one->place);
    const profile_year *now = year_of(one);
    json_t *years = json_array(), *country = json_object(), *group = json_object();
    json_object_set_new(object, "municipality_code", place->code[0] ? json_string(place->code) : json_null());
    json_object_set_new(object, "municipality", place->name[0] ? json_string(place->name) : json_null());
    json_object_set_new(object, "year", now->year ? json_integer(now->year) : json_null());
    json_object_set_new(object, "gap_1000kr", number(now->gap_1000kr));
    for (size_t t = 0; t < of->n_years; t++) {
        json_t *row = json_array_get(rows, i * of->n_years + t);
        json_object_del(row, "municipality_code");
        json_object_del(row, "municipality");
        json_object_set_new(row, "drivers", drivers_json(of, one, &one->years[t]));
        json_object_set_new(row, "drivers_sum", number(one->years[t].sums[COUNTRY]));
        json_object_set_new(row, "group_drivers_sum", number(one->years[t].sums[GROUP]));
        json_array_append(years, row);
    }
    json_object_set_new(object, "years", years);
    json_object_set_new(object, "country", country);
    json_object_set_new(object, "group", group);
    behov_status status = place_json(of, one, false, country, err);
    if (!status && has_group(of, one)) {
        json_object_set_new(group, "name", json_string(of->group.by.names[of->group.by.of[one->place]]));
        status = place_json(of, one, true, group, err);
    }
    return !status ? sentences_json(of, one, object, err) : status;
}

behov_status write_profiles_json(const char *path, const profiles *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = profiles_table(of, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *list = json_array(), *rows = write_json_rows(report);
    behov_report_free(report);
    write_json_common(object, of->of);
    json_object_set_new(object, "within", of->choices.group ? json_string(of->choices.group) : json_null());
    json_object_set_new(object, "level", number(of->choices.level));
    json_object_set_new(object, "draws", json_integer((json_int_t)of->choices.n_draws));
    json_object_set_new(object, "seed", json_integer((json_int_t)of->choices.seed));
    json_object_set_new(object, "is_weighted_by_population", json_boolean(of->has_population));
    for (size_t i = 0; i < of->n && !status; i++) {
        json_t *one = json_object();
        json_array_append_new(list, one);
        status = profile_json(of, i, rows, one, err);
    }
    json_decref(rows);
    json_object_set_new(object, "municipalities", list);
    if (status) {
        json_decref(object);
        return status;
    }
    return write_json_object(path, object, err);
}

/* ---- words for other forms -----------------------------------------------------------------------------------------
 */

void profile_title(const profiles *of, const profile *one, char text[PROFILE_SENTENCE]) { title_of(of, one, text); }

void profile_answers(const profiles *of, const profile *one, char ratio[PROFILE_SENTENCE],
                     char lasting[PROFILE_SENTENCE])
{
    answer_ratio(of, one, ratio);
    answer_lasting(of, one, lasting);
}

void profile_why(const profiles *of, const profile *one, char text[PROFILE_SENTENCE]) { drivers_title(of, one, text); }

bool profile_note(const profiles *of, const profile *one, size_t i, char text[PROFILE_SENTENCE])
{
    enum { CHANGES = 1 }; /* the note on changes from year to year comes first */
    if (i < DATA_NOTES)
        data_note(of, one, i, text);
    else if (i - DATA_NOTES + CHANGES < METHOD_NOTES)
        method_note(of, i - DATA_NOTES + CHANGES, text);
    else
        return false;
    return true;
}
