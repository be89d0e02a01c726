/* council_compare.c - a municipality against like ones, its group and the country, the places nearest to it, and the
 * pictures of all: ratios against population, places, the map. A place never stands without its interval, and where that
 * spans most of the list it is withheld with the reason. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/council_charts.h>
#include <behov/council_map.h>
#include <behov/error_sentence.h>
#include <behov/format.h>
#include <behov/funnel_sentences.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include "council_page_parts.h"
#include "page_table.h"

enum { NEAREST_EACH = 3 };

static void put_table_head(const char *id, const char *classes, const behov_wording *caption, behov_wording *out)
{
    behov_wording_print(out,
                        "<div class=tw tabindex=0 role=region aria-labelledby=%s-c><table id=%s class=\"%s\">"
                        "<caption id=%s-c><span>",
                        id, id, classes, id);
    behov_page_escape(behov_wording_text(caption), out);
    behov_wording_add(out, "</span></caption><thead><tr>");
}

/* ---- like municipalities ----------------------------------------------------------------------------------------- */

/* The country or the group: a ratio of all its inhabitants together, no level. */
static void put_mean_row(const behov_council *council, const behov_profile_year *now, const char *name, size_t which,
                         behov_wording *out)
{
    char need[BEHOV_NUMBER_SIZE], ratio[BEHOV_NUMBER_SIZE];
    double shown = behov_profile_shown(&council->profiles, now->means[which]);
    if (isnan(now->ratios[which]) && isnan(now->means[which]))
        return;
    behov_format_cell(behov_profile_amount_quantity(&council->profiles), shown, council_language(council), need);
    behov_wording_add(out, "<tr class=sum><th scope=row>");
    council_put_capital(name, out);
    /* ratio, certainty, level, actual, need, population: the columns of council_table.c for a comparison */
    behov_wording_print(
        out, "<td>%s<td><td><td><td>%s%s\n",
        isnan(now->ratios[which]) ? "" : council_whole(council, behov_ratio_printed(now->ratios[which]), ratio),
        behov_format_minus(need), council->profiles.has_population ? "<td>" : "");
}

/* A row that the script takes from the table of all. */
static void put_name_of_row(const behov_council *council, size_t place, bool is_own, const char *cells,
                            behov_wording *out)
{
    const behov_municipality *who = council_municipality(council, place);
    behov_wording_print(out, "<tr%s data-k=\"", is_own ? " class=me" : "");
    behov_page_escape(who->code[0] ? who->code : who->name, out);
    behov_wording_print(out, "\">%s\n", cells);
}

static void put_like_row(const behov_council *council, size_t place, bool is_packed, bool is_own, behov_wording *out)
{
    if (is_packed)
        put_name_of_row(council, place, is_own, "", out);
    else
        council_put_row(council, place, false, is_own, out);
}

static void put_like_table(const behov_council *council, size_t page, bool is_packed, behov_wording *out)
{
    const behov_council_page *own = &council->pages[page];
    const behov_profile_year *now = council_year(council, page);
    char n[BEHOV_NUMBER_SIZE];
    behov_wording caption = {0}, in_year = {0}, classes = {0};
    council_add_in_year(council, &in_year);
    behov_wording_fill(&caption, council_language(council),
                       own->n_like ? BEHOV_WORD_COUNCIL_LIKE_CAPTION : BEHOV_WORD_COUNCIL_LIKE_NONE_CAPTION, "name",
                       council_name(council, own->profile->place), "n", council_whole(council, (double)own->n_like, n),
                       "in_year", behov_wording_text(&in_year), NULL);
    council_put_column_classes(council, false, &classes);
    put_table_head("like", behov_wording_text(&classes), &caption, out);
    council_put_header(council, false, out);
    behov_wording_add(out, "</thead><tbody>\n");
    put_like_row(council, own->profile->place, is_packed, true, out);
    for (size_t i = 0; i < own->n_like; i++)
        put_like_row(council, own->like[i], is_packed, false, out);
    if (council_has_group(council, own->profile))
        put_mean_row(council, now, behov_profile_against(&council->profiles, own->profile, BEHOV_PEER_GROUP),
                     BEHOV_PEER_GROUP, out);
    put_mean_row(council, now, behov_profile_against(&council->profiles, own->profile, BEHOV_PEER_COUNTRY),
                 BEHOV_PEER_COUNTRY, out);
    behov_wording_add(out, "</tbody></table></div>\n");
    behov_wording_spend(out, &caption);
    behov_wording_spend(out, &in_year);
    behov_wording_spend(out, &classes);
}

/* ---- the nearest places ------------------------------------------------------------------------------------------ */

typedef struct placed {
    double rank;
    size_t place;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool has_place(const behov_ranked_municipality *ranked)
{
    return !isnan(ranked->lasting_rank) && !isnan(ranked->rank_low) && !isnan(ranked->rank_high);
}

static void put_place_row(const behov_council *council, size_t place, bool is_packed, bool is_own, behov_wording *out)
{
    if (is_packed) {
        put_name_of_row(council, place, is_own, "<td class=b><svg class=p><rect height=8 /></svg>", out);
        return;
    }
    const behov_ranked_municipality *ranked = &council->ranking.all[place];
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording_print(out, "<tr%s><th scope=row>", is_own ? " class=me" : "");
    behov_page_escape(council_name(council, place), out);
    behov_wording_print(out, "<td class=\"b%s\">", behov_council_place_says_something(council, ranked) ? "" : " w");
    behov_council_place_bar_add(ranked->rank_low, ranked->rank_high, behov_council_n_placed(council), is_own, out);
    behov_wording_print(out, "<td%s>%s–%s\n", behov_council_place_says_something(council, ranked) ? "" : " class=w",
                        council_whole(council, ranked->rank_low, low), council_whole(council, ranked->rank_high, high));
}

/* How the intervals of those named lie to the own one: no place among them that all overlap says anything. */
static bool all_overlap(const behov_council *council, const placed *all, size_t first, size_t last, size_t own)
{
    const behov_ranked_municipality *mine = &council->ranking.all[own];
    for (size_t i = first; i <= last; i++) {
        const behov_ranked_municipality *other = &council->ranking.all[all[i].place];
        if (other->rank_low > mine->rank_high || other->rank_high < mine->rank_low)
            return false;
    }
    return true;
}

static void put_nearest(const behov_council *council, const placed *all, size_t n, size_t own, bool is_packed,
                        behov_wording *out)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording caption = {0}, heading = {0};
    char plain[24];
    size_t at = 0;
    snprintf(plain, sizeof plain, "%zu", n);
    while (at < n && all[at].place != own)
        at++;
    if (at == n)
        return;
    size_t first = at > NEAREST_EACH ? at - NEAREST_EACH : 0, last = at + NEAREST_EACH < n ? at + NEAREST_EACH : n - 1;
    council_whole(council, (double)n, number);
    behov_wording_add(&caption, behov_label(council_language(council), all_overlap(council, all, first, last, own)
                                                                           ? BEHOV_WORD_COUNCIL_NEAREST_OVERLAP
                                                                           : BEHOV_WORD_COUNCIL_NEAREST));
    behov_wording_fill(&heading, council_language(council), BEHOV_WORD_COUNCIL_PLACE_SCALE, "n", number, NULL);
    put_table_head("naermest", "r3", &caption, out);
    behov_wording_add(out, "<th scope=col class=t>");
    council_put_word(council, BEHOV_WORD_MUNICIPALITY, out);
    behov_wording_add(out, "<th scope=col class=t>");
    behov_page_escape(behov_wording_text(&heading), out);
    behov_wording_add(out, "<th scope=col>");
    council_put_word(council, BEHOV_WORD_COUNCIL_PLACE_BETWEEN, out);
    behov_wording_print(out, "</thead><tbody data-n=%s>\n", plain);
    for (size_t i = first; i <= last; i++)
        put_place_row(council, all[i].place, is_packed, i == at, out);
    behov_wording_add(out, "</tbody></table></div>\n");
    behov_wording_spend(out, &caption);
    behov_wording_spend(out, &heading);
}

/* Where the place lies, or why it is withheld. */
static void say_place(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_ranked_municipality *ranked = behov_council_ranked(council, page);
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    behov_wording name = {0}, in_year = {0};
    if (!has_place(ranked))
        return;
    if (council_doubt(council, council->pages[page].profile->place)) {
        behov_wording_add(words, council_label(council, BEHOV_WORD_PLACE_DOUBTED));
        return;
    }
    council_add_in_year(council, &in_year);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_NAME, council_language(council), &name);
    behov_wording_fill(words, council_language(council),
                       behov_council_place_says_something(council, ranked) ? BEHOV_WORD_COUNCIL_PLACE
                                                                           : BEHOV_WORD_COUNCIL_PLACE_WITHHELD,
                       "level_name", behov_wording_text(&name), "low", council_whole(council, ranked->rank_low, low),
                       "high", council_whole(council, ranked->rank_high, high), "n",
                       council_whole(council, (double)behov_council_n_placed(council), n), "level",
                       council_interval_level(council, level), "in_year", behov_wording_text(&in_year), "likely",
                       council_likely(council), NULL);
    behov_level_add_limits(&council->ranking.variances, council->ranking.places.n, council_language(council), words);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &in_year);
}

static placed *list_placed(const behov_council *council, size_t *n, behov_error *err)
{
    placed *all = calloc(council->ranking.places.n + 1, sizeof *all);
    *n = 0;
    if (!all) {
        (void)behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
        return NULL;
    }
    for (size_t i = 0; i < council->ranking.places.n; i++)
        if (has_place(&council->ranking.all[i]))
            all[(*n)++] = (placed){council->ranking.all[i].lasting_rank, i};
    if (*n > 1)
        qsort(all, *n, sizeof *all, compare_placed);
    return all;
}

/* What the table shows of how alike they are: the range of their needs, and how many are far away. */
static void put_likeness(const behov_council *council, size_t page, behov_wording *out)
{
    const behov_council_page *own = &council->pages[page];
    double low = INFINITY, high = -INFINITY;
    char far[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording words = {0}, low_words = {0}, high_words = {0}, own_words = {0};
    for (size_t i = 0; i < own->n_like; i++) {
        low = fmin(low, council->ranking.all[own->like[i]].need);
        high = fmax(high, council->ranking.all[own->like[i]].need);
    }
    council_add_figure(council, low, false, &low_words);
    council_add_amount(council, high, &high_words);
    council_add_figure(council, council_year(council, page)->need, false, &own_words);
    if (own->n_like)
        behov_wording_fill(&words, council_language(council), council_word(council, BEHOV_WORD_COUNCIL_LIKE_EXPLAINED),
                           "low", behov_wording_text(&low_words), "high", behov_wording_text(&high_words), "own",
                           behov_wording_text(&own_words), "name", council_name(council, own->profile->place), NULL);
    council_put_paragraph(NULL, &words, out);
    if (own->n_far)
        behov_wording_fill(&words, council_language(council), BEHOV_WORD_COUNCIL_LIKE_FAR, "far",
                           council_whole(council, (double)own->n_far, far), "n",
                           council_whole(council, (double)own->n_like, n), NULL);
    council_put_paragraph(NULL, &words, out);
    if (council_is_alone(council, own->profile))
        behov_wording_fill(&words, council_language(council), BEHOV_WORD_COUNCIL_LIKE_GROUP_ALONE, "group",
                           behov_profile_against(&council->profiles, own->profile, BEHOV_PEER_GROUP), NULL);
    council_put_paragraph("note", &words, out);
    behov_wording_spend(out, &words);
    behov_wording_spend(out, &low_words);
    behov_wording_spend(out, &high_words);
    behov_wording_spend(out, &own_words);
}

behov_status council_put_like(const behov_council *council, size_t page, bool is_packed, behov_wording *out,
                              behov_error *err)
{
    size_t n;
    behov_wording words = {0};
    placed *all = list_placed(council, &n, err);
    if (!all)
        return BEHOV_E_MEMORY;
    bool is_none = !council->pages[page].n_like; /* then it is no table on paper */
    behov_wording_print(out, "<h3%s>", is_none ? " class=scr" : "");
    council_put_word(council, BEHOV_WORD_COUNCIL_LIKE, out);
    behov_wording_add(out, "</h3>\n");
    put_likeness(council, page, out);
    if (!council->has_like) {
        behov_error_what(&council->no_like, council_language(council), &words);
        council_put_paragraph("note", &words, out);
    }
    behov_wording_add(out, is_none ? "<div class=scr>\n" : "<div>\n");
    put_like_table(council, page, is_packed, out);
    behov_wording_add(out, "</div>\n");
    say_place(council, page, &words);
    if (words.length) {
        behov_wording_add(out, "<div class=scr><h3>");
        council_put_word(council, BEHOV_WORD_COUNCIL_NEAREST_TITLE, out);
        behov_wording_add(out, "</h3>\n");
        council_put_paragraph(NULL, &words, out);
        if (!council_doubt(council, council->pages[page].profile->place))
            put_nearest(council, all, n, council->pages[page].profile->place, is_packed, out);
        behov_wording_add(out, "</div>\n");
    }
    free(all);
    behov_wording_spend(out, &words);
    return behov_wording_status(out, err);
}

/* ---- pictures ---------------------------------------------------------------------------------------------------- */

typedef struct texts {
    behov_wording title, unit, description, source;
} texts;

static behov_council_figure figure_of(const behov_council *council, const char *id, const texts *texts)
{
    return (behov_council_figure){.lang = council_language(council),
                                  .id = id,
                                  .title = behov_wording_text(&texts->title),
                                  .unit = behov_wording_text(&texts->unit),
                                  .description =
                                      texts->description.length ? behov_wording_text(&texts->description) : NULL,
                                  .source = behov_wording_text(&texts->source),
                                  .is_simulated = council->fit_results->study->is_simulated};
}

static void spend(behov_wording *out, texts *texts)
{
    behov_wording_spend(out, &texts->title);
    behov_wording_spend(out, &texts->unit);
    behov_wording_spend(out, &texts->description);
    behov_wording_spend(out, &texts->source);
}

/* The figures behind the funnel that the table of all lacks: limits at some populations. */
static void put_limits(const behov_council *council, behov_wording *out)
{
    static const double populations[] = {500, 1000, 2000, 5000, 10000, 20000, 50000, 100000};
    const behov_funnel *funnel = &council->funnel;
    behov_wording caption = {0}, chance = {0}, spread = {0};
    char level[BEHOV_NUMBER_SIZE], population[BEHOV_NUMBER_SIZE];
    behov_wording_fill(&caption, council_language(council), BEHOV_WORD_COUNCIL_LIMITS_CAPTION, "level",
                       council_interval_level(council, level), NULL);
    put_table_head("grenser", "r2 r3", &caption, out);
    behov_wording_add(out, "<th scope=col class=t>");
    council_put_word(council, BEHOV_WORD_POPULATION, out);
    bool has_inner = !funnel->variances.is_one_year;
    for (int is_outer = !has_inner; is_outer < 2; is_outer++) {
        behov_wording name = {0};
        behov_funnel_name_limits(funnel, is_outer, council_language(council), &name);
        behov_wording_add(out, "<th scope=col>");
        behov_page_escape(behov_wording_text(&name), out);
        behov_wording_spend(out, &name);
    }
    behov_wording_add(out, "</thead><tbody>\n");
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++) {
        behov_funnel_limits limits = behov_funnel_limits_at(funnel, populations[i], funnel->country_need);
        council_add_interval(council, limits.chance, &chance);
        council_add_interval(council, limits.spread, &spread);
        behov_wording_print(out, "<tr><th scope=row>%s%s%s<td>%s\n", council_whole(council, populations[i], population),
                            has_inner ? "<td>" : "", has_inner ? behov_wording_text(&chance) : "",
                            behov_wording_text(&spread));
        behov_wording_clear(&chance);
        behov_wording_clear(&spread);
    }
    behov_wording_add(out, "</tbody></table></div>\n");
    behov_wording_spend(out, &caption);
    behov_wording_spend(out, &chance);
    behov_wording_spend(out, &spread);
}

static void put_behind(const behov_council *council, behov_word word, behov_wording *out)
{
    behov_wording_add(out, "<details><summary>");
    council_put_word(council, BEHOV_WORD_COUNCIL_BEHIND, out);
    behov_wording_add(out, "</summary><p><a href=#alle>");
    council_put_word(council, word, out);
    behov_wording_add(out, "</a></p>\n");
}

static void put_funnel_notes(const behov_council *council, behov_wording *out)
{
    behov_wording words = {0};
    put_behind(council, BEHOV_WORD_COUNCIL_BEHIND_FUNNEL, out);
    put_limits(council, out);
    for (size_t i = 0; i < BEHOV_FUNNEL_NOTES; i++) {
        behov_funnel_note(&council->funnel, i, &words);
        council_put_paragraph("note", &words, out);
    }
    behov_wording_add(out, "</details>");
    behov_wording_spend(out, &words);
}

static size_t own_point(const behov_council *council)
{
    size_t i = 0;
    while (i < council->funnel.n_points && council->funnel.points[i].place != council->pages[0].profile->place)
        i++;
    return i;
}

/* Of one year, chance is assumed, and so is where the inner limits lie: they are not said. */
static const char *side_words(const behov_council *council, behov_funnel_side side)
{
    bool is_within = side == BEHOV_WITHIN_CHANCE || side == BEHOV_WITHIN_SPREAD;
    return is_within && council->funnel.variances.is_one_year ? council_label(council, BEHOV_WORD_COUNCIL_WITHIN_OUTER)
                                                              : behov_funnel_side_words(&council->funnel, side);
}

static void say_funnel_title(const behov_council *council, size_t own, behov_wording *words)
{
    const behov_funnel *funnel = &council->funnel;
    char ratio[BEHOV_NUMBER_SIZE];
    behov_wording in_year = {0};
    bool is_own = own < funnel->n_points, is_same_by_own;
    council_add_in_year(council, &in_year);
    const char *side = is_own ? side_words(council, funnel->points[own].side) : "",
               *own_side = is_own ? side_words(council, funnel->points[own].own_side) : "";
    is_same_by_own = is_own && strcmp(side, own_side) == 0;
    behov_wording_fill(words, council_language(council),
                       !is_own          ? BEHOV_WORD_COUNCIL_FUNNEL_TITLE
                       : is_same_by_own ? BEHOV_WORD_COUNCIL_FUNNEL_TITLE_OWN
                                        : council_word(council, BEHOV_WORD_COUNCIL_FUNNEL_TITLE_OWN_OTHERWISE),
                       "in_year", behov_wording_text(&in_year), "ratio",
                       is_own ? council_whole(council, behov_ratio_printed(funnel->points[own].ratio), ratio) : "",
                       "side", side, "own_side", own_side, NULL);
    behov_wording_spend(words, &in_year);
}

static void put_funnel(const behov_council *council, behov_wording *out)
{
    texts texts = {0};
    behov_wording behind = {0}, words = {0};
    if (!council->has_funnel) {
        behov_error_what(&council->no_funnel, council_language(council), &words);
        council_put_paragraph("note", &words, out);
        behov_wording_spend(out, &words);
        return;
    }
    size_t own = council->n == 1 ? own_point(council) : council->funnel.n_points;
    say_funnel_title(council, own, &texts.title);
    behov_wording_add(&texts.unit, council_label(council, BEHOV_WORD_COUNCIL_FUNNEL_UNIT));
    behov_funnel_describe(&council->funnel, &texts.description);
    council_add_source(council, BEHOV_WORD_COUNCIL_FUNNEL_SOURCE, &texts.source);
    if (council->funnel.is_flat)
        behov_wording_add_after(&texts.unit, ". ", behov_label(council_language(council), BEHOV_WORD_FUNNEL_FLAT));
    if (council->funnel.variances.is_one_year)
        behov_wording_add_after(&texts.unit, council->funnel.is_flat ? " " : ". ",
                                council_label(council, BEHOV_WORD_COUNCIL_FUNNEL_ONE_YEAR));
    put_funnel_notes(council, &behind);
    behov_council_funnel chart = {
        .figure = figure_of(council, "trakt", &texts),
        .funnel = &council->funnel,
        .own = own,
        .own_name = own < council->funnel.n_points ? council_name(council, council->pages[0].profile->place) : NULL};
    chart.figure.markup = behov_wording_text(&behind);
    behov_council_funnel_add(&chart, out);
    spend(out, &texts);
    behov_wording_spend(out, &behind);
    behov_wording_spend(out, &words);
}

static void say_ranks_title(const behov_council *council, const behov_ranked_municipality *own, size_t n,
                            behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], number[BEHOV_NUMBER_SIZE];
    bool is_own = own && has_place(own) && !council_doubt(council, council->pages[0].profile->place);
    behov_wording in_year = {0};
    council_add_in_year(council, &in_year);
    behov_wording_fill(words, council_language(council),
                       !is_own                                            ? BEHOV_WORD_COUNCIL_RANKS_TITLE
                       : behov_council_place_says_something(council, own) ? BEHOV_WORD_COUNCIL_RANKS_TITLE_OWN
                                                                          : BEHOV_WORD_COUNCIL_RANKS_TITLE_WITHHELD,
                       "low", is_own ? council_whole(council, own->rank_low, low) : "", "high",
                       is_own ? council_whole(council, own->rank_high, high) : "", "n",
                       council_whole(council, (double)n, number), "in_year", behov_wording_text(&in_year), "likely",
                       council_likely(council), NULL);
    behov_wording_spend(words, &in_year);
}

static behov_status put_ranks(const behov_council *council, behov_wording *out, behov_error *err)
{
    texts texts = {0};
    behov_wording behind = {0};
    size_t n = council->ranking.places.n, own_place = council->pages[0].profile->place;
    const behov_ranked_municipality *own = council->n == 1 ? &council->ranking.all[own_place] : NULL;
    if (!behov_council_n_placed(council))
        return BEHOV_OK;
    behov_council_place *places = calloc(n + 1, sizeof *places);
    if (!places)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
    for (size_t i = 0; i < n; i++)
        places[i] = (behov_council_place){council->ranking.all[i].lasting_rank, council->ranking.all[i].rank_low,
                                          council->ranking.all[i].rank_high};
    say_ranks_title(council, own, behov_council_n_placed(council), &texts.title);
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level, BEHOV_WORD_COUNCIL_RANKS_UNIT,
                     council_language(council), &texts.unit);
    council_add_source(council, BEHOV_WORD_COUNCIL_RANKS_SOURCE, &texts.source);
    put_behind(council, BEHOV_WORD_COUNCIL_BEHIND_RANKS, &behind);
    behov_wording_add(&behind, "</details>");
    behov_council_ranks chart = {.figure = figure_of(council, "plasser", &texts),
                                 .places = places,
                                 .n = n,
                                 .own = own ? own_place : n,
                                 .own_name = own ? council_name(council, own_place) : NULL,
                                 .is_withheld =
                                     own && has_place(own) && !behov_council_place_says_something(council, own)};
    chart.figure.markup = behov_wording_text(&behind);
    behov_council_ranks_add(&chart, out);
    free(places);
    spend(out, &texts);
    behov_wording_spend(out, &behind);
    return behov_wording_status(out, err);
}

/* The map of all, with the surroundings of the municipality where the page is of one. */
static behov_status put_map(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                            behov_error *err)
{
    behov_wording words = {0};
    const behov_council_map_text text = {.lang = council_language(council),
                                         .own_code =
                                             council_municipality(council, council->pages[0].profile->place)->code,
                                         .table_href = "#alle",
                                         .is_without_names = true};
    behov_status status = BEHOV_OK;
    if (extras->map) {
        behov_wording_add(out, "<div class=\"g2 m\">\n");
        status = behov_council_map(extras->map, &text, out, err);
        if (!status && council->n == 1)
            status = behov_council_inset(extras->map, &text, out, err);
        behov_wording_add(out, "</div>\n");
    } else if (extras->no_map) {
        behov_error_what(extras->no_map, council_language(council), &words);
        council_put_paragraph("note", &words, out);
    }
    behov_wording_free(&words);
    return status;
}

behov_status council_put_pictures(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                                  behov_error *err)
{
    behov_wording_add(out, "<div class=\"ctl js\"><div><label for=mot>");
    council_put_word(council, BEHOV_WORD_COUNCIL_PICK, out);
    behov_wording_add(out, "</label><select id=mot><option value=\"\">");
    council_put_word(council, BEHOV_WORD_COUNCIL_PICK_NONE, out);
    behov_wording_add(out, "</select></div><p id=motsvar class=note role=status></p></div>\n<p id=merke "
                           "class=note></p>\n<div class=\"g2 c\">\n<div>");
    put_funnel(council, out);
    behov_wording_add(out, "</div>\n<div>");
    behov_status status = put_ranks(council, out, err);
    behov_wording_add(out, "</div>\n</div>\n");
    if (!status)
        status = put_map(council, extras, out, err);
    return status ? status : behov_wording_status(out, err);
}
