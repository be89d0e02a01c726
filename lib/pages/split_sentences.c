/* split_sentences.c - see split_sentences.h. */
#include <behov/split_sentences.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "sentence_parts.h"

const char *behov_split_amount(const behov_split_page *page, int64_t amount, char text[BEHOV_NUMBER_SIZE])
{
    double krone = (double)amount / (double)page->units_per_krone;
    behov_number_fixed(krone, page->units_per_krone == 1 ? 0 : 2, behov_label_decimal_mark(page->lang),
                       behov_label_group_mark(page->lang), 4, text);
    return behov_format_minus(text);
}

static const char *short_number(const behov_split_page *page, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_VALUE, value, page->lang, text);
}

void behov_split_say_title(const behov_split_page *page, behov_wording *words)
{
    char amount[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    int64_t units = page->split->request.amount;
    behov_wording_fill(words, page->lang, units < 0 ? BEHOV_WORD_SPLIT_TITLE_INCOME : BEHOV_WORD_SPLIT_TITLE, "amount",
                       behov_split_amount(page, units < 0 ? -units : units, amount), "n",
                       behov_format_count(page->lang, (double)page->split->request.n_places, n), NULL);
}

static void say_man_years(const behov_split_page *page, behov_wording *words)
{
    char man_years[BEHOV_NUMBER_SIZE], cost[BEHOV_NUMBER_SIZE];
    if (isnan(page->man_years))
        return;
    double units = page->man_year_cost_kr * (double)page->units_per_krone;
    behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_MAN_YEARS, "man_years",
                       short_number(page, page->man_years, man_years), "cost",
                       behov_split_amount(page, (int64_t)llround(units), cost), NULL);
    if (page->is_rounded)
        behov_wording_add_after(words, " ", behov_label(page->lang, BEHOV_WORD_SPLIT_MAN_YEARS_ROUNDED));
}

/* 31.12.2023 on a page in bokmål; a year as it is. Returns `text`. */
static const char *date_text(behov_language lang, const char *date, char text[BEHOV_SPLIT_DATE])
{
    bool is_norwegian = behov_label_decimal_mark(lang) == ',';
    if (is_norwegian && strlen(date) == strlen("2016-12-31"))
        snprintf(text, BEHOV_SPLIT_DATE, "%.2s.%.2s.%.4s", date + 8, date + 5, date);
    else
        snprintf(text, BEHOV_SPLIT_DATE, "%s", date);
    return text;
}

void behov_split_say_basis(const behov_split_page *page, behov_wording *words)
{
    const char *date = page->table->counting_date, *unused = page->table->unused_population;
    char counted[BEHOV_SPLIT_DATE], population[BEHOV_SPLIT_DATE];
    say_man_years(page, words);
    behov_wording_add_after(words, " ", "");
    if (date[0])
        behov_wording_fill(words, page->lang,
                           strlen(date) == 4 ? BEHOV_WORD_SPLIT_COUNTED_YEAR : BEHOV_WORD_SPLIT_COUNTED, "date",
                           date_text(page->lang, date, counted), NULL);
    else
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_SPLIT_NOT_DATED));
    if (page->table->population_date[0]) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, page->lang,
                           page->table->is_population_of_new_year ? BEHOV_WORD_SPLIT_POPULATION_NEW_YEAR
                                                                  : BEHOV_WORD_SPLIT_POPULATION_DATED,
                           "date", date_text(page->lang, page->table->population_date, population), NULL);
    }
    if (unused) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_POPULATION_LEFT_OUT, "column", unused, NULL);
    }
}

void behov_split_say_place(const behov_split_page *page, size_t place, behov_wording *words)
{
    size_t least, most;
    char least_kr[BEHOV_NUMBER_SIZE], most_kr[BEHOV_NUMBER_SIZE], difference[BEHOV_NUMBER_SIZE];
    behov_wording name = {0};
    bool is_income = page->split->request.amount < 0;
    behov_split_ends(page->split, place, &least, &most);
    int64_t low = behov_split_share(page->split, least, place), high = behov_split_share(page->split, most, place);
    behov_sentence_municipality(&name, &page->split->request.places[place]);
    behov_word word = is_income ? (low == high ? BEHOV_WORD_SPLIT_PLACE_SAME_INCOME : BEHOV_WORD_SPLIT_PLACE_INCOME)
                                : (low == high ? BEHOV_WORD_SPLIT_PLACE_SAME : BEHOV_WORD_SPLIT_PLACE);
    /* of an income the lowest amount is the one of which a municipality gets most */
    size_t first = is_income ? most : least, last = is_income ? least : most;
    int64_t first_amount = is_income ? -high : low, last_amount = is_income ? -low : high;
    behov_wording_fill(words, page->lang, word, "municipality", behov_wording_text(&name), "least",
                       behov_split_key_label(page, first), "least_kr", behov_split_amount(page, first_amount, least_kr),
                       "most", behov_split_key_label(page, last), "most_kr",
                       behov_split_amount(page, last_amount, most_kr), "difference",
                       behov_split_amount(page, high - low, difference), NULL);
    behov_wording_spend(words, &name);
}

/* The position of a basis by its name; n_bases when there is none. */
static size_t find_basis(const behov_split_page *page, const char *name)
{
    size_t basis = 0;
    while (basis < page->split->request.n_bases && strcmp(page->split->request.bases[basis].name, name) != 0)
        basis++;
    return basis;
}

void behov_split_say_sole(const behov_split_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    size_t basis = find_basis(page, "refugees");
    if (basis == page->split->request.n_bases)
        return;
    size_t sole = behov_split_sole(page->split, basis);
    if (sole == page->split->request.n_places)
        return;
    behov_wording name = {0};
    behov_sentence_municipality(&name, &page->split->request.places[sole]);
    behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_SOLE, "municipality", behov_wording_text(&name), "n",
                       behov_format_count(page->lang, (double)page->table->refugees[sole], n), NULL);
    behov_wording_spend(words, &name);
}

/* What a basis is called among the words for keys. */
static const char *basis_label(const behov_split_page *page, const char *name)
{
    for (size_t k = 0; k < page->split->n_keys; k++)
        if (strcmp(page->split->keys[k].name, name) == 0)
            return behov_split_key_label(page, k);
    return name;
}

/* "40 % Folketall, 60 % Bosatte flyktninger" */
static void say_parts(const behov_split_page *page, const behov_split_key *key, behov_wording *words)
{
    double sum = 0;
    char share[BEHOV_NUMBER_SIZE];
    behov_wording parts = {0};
    for (size_t k = 0; k < key->n_parts; k++)
        sum += (double)key->parts[k].weight;
    for (size_t k = 0; k < key->n_parts; k++) {
        behov_wording_add_after(&parts, ", ", "");
        behov_wording_fill(&parts, page->lang, BEHOV_WORD_SPLIT_PART, "share",
                           behov_format_level(page->lang, 100 * (double)key->parts[k].weight / sum, share), "key",
                           basis_label(page, page->split->request.bases[key->parts[k].basis].name), NULL);
    }
    behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_MIX_EXPLAINED, "parts", behov_wording_text(&parts), NULL);
    behov_wording_spend(words, &parts);
}

/* 50, 30 and 0.2, which would be 100 with 20: one figure far below the others is a hundredth of what makes them whole. */
static void say_lone_share(const behov_split_page *page, size_t key, size_t column, behov_wording *words)
{
    const double NEAR = 0.005, FAR_BELOW = 10; /* parts of the whole; times below the next */
    static const double wholes[] = {100, 1};
    const behov_split_table *table = page->table;
    double scale = table->base_scales[column], total = 0, least = INFINITY, next = INFINITY;
    size_t place = 0;
    for (size_t i = 0; i < table->n_places; i++) {
        double figure = (double)table->bases[column][i] / scale;
        total += figure;
        if (figure > 0 && figure < least) {
            next = least;
            least = figure;
            place = i;
        } else if (figure > 0 && figure < next) {
            next = figure;
        }
    }
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes && isfinite(next); i++) {
        if (!(fabs(total + 99 * least - wholes[i]) <= NEAR * wholes[i]) || FAR_BELOW * least > next)
            continue;
        char whole[BEHOV_NUMBER_SIZE], figure[BEHOV_NUMBER_SIZE], hundredfold[BEHOV_NUMBER_SIZE],
            share[BEHOV_NUMBER_SIZE];
        behov_wording_fill(
            words, page->lang, BEHOV_WORD_SPLIT_LONE_SHARE, "column", page->split->keys[key].name, "figure",
            behov_format_level(page->lang, least, figure), "hundredfold",
            behov_format_level(page->lang, 100 * least, hundredfold), "whole",
            behov_format_level(page->lang, wholes[i], whole), "share",
            behov_format_fixed(page->lang, page->split->shares_pct[key * table->n_places + place], 2, share), NULL);
        return;
    }
}

/* Agreed shares are parts of 1 or of 100. A column that nearly makes one of these lacks somebody or something, and what its
 * figures give is not what they say. A thousandth of a krone is no share's, so sums are of the whole numbers. */
static void say_near_sum(const behov_split_page *page, size_t key, behov_wording *words)
{
    static const struct {
        double whole, near;
    } wholes[] = {{1, 0.2}, {100, 10}};
    const behov_split_table *table = page->table;
    const behov_split_key *split_key = &page->split->keys[key];
    size_t n_places = table->n_places, k = 0;
    while (k < table->n_bases && page->split->request.bases[split_key->parts[0].basis].values != table->bases[k])
        k++;
    if (split_key->n_parts != 1 || k == table->n_bases)
        return;
    say_lone_share(page, key, k, words);
    if (words->length)
        return;
    int64_t total = 0;
    size_t most = 0;
    for (size_t i = 0; i < n_places; i++) {
        total += table->bases[k][i];
        most = table->bases[k][i] > table->bases[k][most] ? i : most;
    }
    double sum = (double)total / table->base_scales[k];
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        if (sum == wholes[i].whole || fabs(sum - wholes[i].whole) > wholes[i].near)
            continue;
        char text[BEHOV_NUMBER_SIZE], whole[BEHOV_NUMBER_SIZE], figure[BEHOV_NUMBER_SIZE], share[BEHOV_NUMBER_SIZE];
        behov_wording_fill(
            words, page->lang, BEHOV_WORD_SPLIT_NEAR_SUM, "column", split_key->name, "sum",
            behov_format_level(page->lang, sum, text), "whole", behov_format_level(page->lang, wholes[i].whole, whole),
            "figure", behov_format_level(page->lang, (double)table->bases[k][most] / table->base_scales[k], figure),
            "share", behov_format_fixed(page->lang, page->split->shares_pct[key * n_places + most], 2, share), NULL);
    }
}

void behov_split_say_key(const behov_split_page *page, size_t key, behov_wording *words)
{
    char fixed[BEHOV_NUMBER_SIZE], variable[BEHOV_NUMBER_SIZE];
    const char *name = page->split->keys[key].name;
    if (!page->split->is_split[key])
        behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_KEY_EMPTY, "key", behov_split_key_label(page, key),
                           NULL);
    else if (strcmp(name, "fixed") == 0)
        behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_FIXED_EXPLAINED, "fixed",
                           behov_split_amount(page, page->fixed, fixed), "variable",
                           behov_split_amount(page, page->variable, variable), "key",
                           basis_label(page, page->variable_key), NULL);
    else if (strcmp(name, "mix") == 0)
        say_parts(page, &page->split->keys[key], words);
    else
        say_near_sum(page, key, words);
}

void behov_split_say_rounding(const behov_split_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, page->units_per_krone == 1 ? BEHOV_WORD_SPLIT_ROUNDING
                                                                                : BEHOV_WORD_SPLIT_ROUNDING_ORE));
}

void behov_split_say_difference(const behov_split_page *page, behov_wording *words)
{
    behov_wording_fill(words, page->lang,
                       page->split->request.amount < 0 ? BEHOV_WORD_SPLIT_DIFFERENCE_INCOME
                                                       : BEHOV_WORD_SPLIT_DIFFERENCE,
                       "key", behov_split_key_label(page, page->split->chosen), NULL);
}

void behov_split_say_follows(const behov_split_page *page, behov_wording *words)
{
    behov_wording lines = {0};
    char amount[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < page->n_follows; k++) {
        const behov_split_follow *follow = &page->follows[k];
        behov_wording_add_after(&lines, ", ", "");
        if (follow->is_per_refugee)
            behov_wording_fill(&lines, page->lang, BEHOV_WORD_SPLIT_PER_REFUGEE, "name", follow->name, "amount",
                               behov_split_amount(page, follow->per_refugee, amount), NULL);
        else
            behov_wording_add(&lines, follow->name);
    }
    behov_wording_fill(words, page->lang, BEHOV_WORD_SPLIT_FOLLOWS_EXPLAINED, "lines", behov_wording_text(&lines),
                       "key", behov_split_key_label(page, page->split->chosen), NULL);
    behov_wording_spend(words, &lines);
}
