/* council_pieces.c - what a council's page says of one municipality: the answer, how sure it is, why, and what it is not
 * for. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/council_charts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/profile_tables.h>
#include <behov/result_sentences.h>
#include "council_page_parts.h"
#include "page_table.h"

/* "Landet, 2016" */
static void add_name_of_year(const behov_council *council, const char *name, behov_wording *words)
{
    council_add_capital(name, words);
    behov_wording_add(words, council->year ? ", " : "");
    council_add_year(council, words);
}

/* ---- the answer -------------------------------------------------------------------------------------------------- */

static void put_fact(const behov_council *council, behov_word word, behov_wording *value, bool has_unit,
                     behov_wording *out)
{
    if (value->length) {
        behov_wording_add(out, "<div><dt>");
        council_put_word(council, word, out);
        behov_wording_add(out, "</dt><dd>");
        behov_page_escape(behov_wording_text(value), out);
        if (has_unit && council_in_kroner(council)) {
            behov_wording_add(out, " <small>");
            council_put_word(council, BEHOV_WORD_UNIT_KR_PER_INHABITANT, out);
            behov_wording_add(out, "</small>");
        }
        behov_wording_add(out, "</dd></div>");
    }
    behov_wording_spend(out, value);
}

static void put_facts(const behov_council *council, const behov_profile_year *now, behov_wording *out)
{
    behov_wording value = {0};
    behov_wording_add(out, "<dl class=fx>");
    if (!isnan(now->actual))
        council_add_figure(council, now->actual, false, &value);
    put_fact(council, BEHOV_WORD_COUNCIL_FACT_ACTUAL, &value, true, out);
    council_add_figure(council, now->need, false, &value);
    put_fact(council, BEHOV_WORD_COUNCIL_FACT_NEED, &value, true, out);
    if (!isnan(now->gap))
        council_add_figure(council, now->gap, true, &value);
    put_fact(council, BEHOV_WORD_COUNCIL_FACT_GAP, &value, true, out);
    if (!isnan(now->gap_1000kr))
        council_add_kroner(council, now->gap_1000kr, &value);
    put_fact(council, BEHOV_WORD_COUNCIL_FACT_IN_ALL, &value, false, out);
    behov_wording_add(out, "</dl>\n");
}

/* The texts of a picture, freed together. */
typedef struct picture_texts {
    behov_wording title, unit, description, source, year, level, country, group;
} picture_texts;

static void spend_texts(behov_wording *out, picture_texts *texts)
{
    behov_wording *all[] = {&texts->title, &texts->unit,  &texts->description, &texts->source,
                            &texts->year,  &texts->level, &texts->country,     &texts->group};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        behov_wording_spend(out, all[i]);
}

static behov_council_figure figure_of(const behov_council *council, const char *id, const picture_texts *texts)
{
    return (behov_council_figure){.lang = council_language(council),
                                  .id = id,
                                  .title = behov_wording_text(&texts->title),
                                  .unit = texts->unit.length ? behov_wording_text(&texts->unit) : NULL,
                                  .description =
                                      texts->description.length ? behov_wording_text(&texts->description) : NULL,
                                  .source = behov_wording_text(&texts->source),
                                  .is_simulated = council->fit_results->study->is_simulated};
}

/* No bolder than the interval: neither "trolig" of one that is no information nor of what rests on few municipalities
 * or on a figure that may be wrong. */
static behov_word interval_title(const behov_council *council, const behov_profile *profile)
{
    const behov_profile_year *now = &profile->years[profile->index];
    enum { LIKELY, FEW, USELESS, NO_LEVEL, N_FIRM };
    static const behov_word titles[2][N_FIRM] = {
        {BEHOV_WORD_COUNCIL_INTERVAL_TITLE, BEHOV_WORD_COUNCIL_INTERVAL_TITLE_FEW,
         BEHOV_WORD_COUNCIL_INTERVAL_TITLE_USELESS, BEHOV_WORD_COUNCIL_INTERVAL_TITLE_YEAR},
        {BEHOV_WORD_COUNCIL_INTERVAL_TITLE_LEVEL, BEHOV_WORD_COUNCIL_INTERVAL_TITLE_LEVEL_FEW,
         BEHOV_WORD_COUNCIL_INTERVAL_TITLE_LEVEL_USELESS, BEHOV_WORD_COUNCIL_INTERVAL_TITLE_NONE}};
    return titles[isnan(council_drawn_ratio(now->ratio))]
                 [!council_has_level(now)                                                             ? NO_LEVEL
                  : council_level_is_useless(now)                                                     ? USELESS
                  : council_has_few_municipalities(council) || council_doubt(council, profile->place) ? FEW
                                                                                                      : LIKELY];
}

/* What is known of ratio and level, as a title of their picture. */
static void say_interval_title(const behov_council *council, const behov_profile *profile, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[profile->index];
    char ratio[BEHOV_NUMBER_SIZE];
    behov_wording in_year = {0}, it = {0}, first = {0}, interval = {0};
    council_add_in_year(council, &in_year);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE_FIRST, council_language(council), &first);
    council_add_interval(council, now->lasting.interval, &interval);
    behov_wording_fill(
        words, council_language(council), interval_title(council, profile), "in_year", behov_wording_text(&in_year),
        "ratio", council_whole(council, behov_ratio_printed(now->ratio), ratio), "it", behov_wording_text(&it), "It",
        behov_wording_text(&first), "interval", behov_wording_text(&interval), "likely", council_likely(council), NULL);
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &first);
    behov_wording_spend(words, &interval);
}

static void put_interval(const behov_council *council, size_t page, behov_wording *out)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = council_year(council, page);
    behov_interval interval = council_year_interval(council, page); /* the one that the headline stands on */
    picture_texts texts = {0};
    behov_wording year = {0};
    const char *group = council_has_group(council, profile)
                            ? behov_profile_against(&council->profiles, profile, BEHOV_PEER_GROUP)
                            : NULL;
    bool has_level = council_has_level(now);
    say_interval_title(council, profile, &texts.title);
    behov_wording_add(&texts.unit, council_label(council, BEHOV_WORD_COUNCIL_RATIO_UNIT));
    council_add_source(council,
                       has_level ? BEHOV_WORD_COUNCIL_INTERVAL_SOURCE : BEHOV_WORD_COUNCIL_INTERVAL_SOURCE_YEAR,
                       &texts.source);
    council_add_year(council, &year);
    behov_wording_fill(&texts.year, council_language(council),
                       council->year ? BEHOV_WORD_COUNCIL_YEAR_ALONE : BEHOV_WORD_COUNCIL_ALL_ROWS, "year",
                       behov_wording_text(&year), NULL);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_NAME_FIRST, council_language(council), &texts.level);
    add_name_of_year(council, behov_profile_against(&council->profiles, profile, BEHOV_PEER_COUNTRY), &texts.country);
    if (group)
        add_name_of_year(council, group, &texts.group);
    behov_council_interval chart = {
        .figure = figure_of(council, "naa", &texts),
        .year = {behov_wording_text(&texts.year), council_drawn_ratio(now->ratio), interval.low, interval.high},
        .level = {has_level ? behov_wording_text(&texts.level) : NULL, behov_lasting_shown(now->lasting.ratio),
                  behov_lasting_interval_shown(now->lasting.interval).low,
                  behov_lasting_interval_shown(now->lasting.interval).high},
        .country = {behov_wording_text(&texts.country), now->ratios[BEHOV_PEER_COUNTRY], NAN, NAN},
        .group = {group ? behov_wording_text(&texts.group) : NULL, now->ratios[BEHOV_PEER_GROUP], NAN, NAN}};
    chart.figure.heading = 2; /* right beneath the headline */
    behov_council_interval_add(&chart, out);
    behov_wording_spend(out, &year);
    spend_texts(out, &texts);
}

static void put_eye(const behov_council *council, size_t place, behov_wording *out)
{
    const behov_municipality *who = council_municipality(council, place);
    const char *group = council_group(council, place);
    behov_wording_add(out, "<p class=eye>");
    council_put_word(council, BEHOV_WORD_COUNCIL_SHEET, out);
    behov_wording_add(out, " · ");
    behov_page_escape(council_name(council, place), out);
    if (who->code[0] && who->name[0]) {
        behov_wording_add(out, " (");
        behov_page_escape(who->code, out);
        behov_wording_add(out, ")");
    }
    if (group[0]) {
        behov_wording_add(out, " · ");
        behov_page_escape(group, out);
    }
    behov_wording_add(out, council->year ? " · " : "");
    council_add_year(council, out);
    behov_wording_add(out, "</p>\n");
}

behov_status council_put_answer(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = council_year(council, page);
    behov_wording words = {0}, lead = {0};
    behov_wording_add(out, "<div class=\"g2 a\"><div>\n");
    put_eye(council, profile->place, out);
    behov_wording_add(out, "<h1 tabindex=-1>");
    behov_council_sentence(council, page, 0, &words);
    behov_page_escape(behov_wording_text(&words), out);
    behov_wording_add(out, "</h1>\n");
    for (size_t i = 1; i < BEHOV_COUNCIL_SENTENCES; i++) {
        behov_council_sentence(council, page, i, &words);
        if (words.length)
            behov_wording_add_after(&lead, " ", behov_wording_text(&words));
    }
    council_put_paragraph("lead", &lead, out);
    behov_profile_data_note(&council->profiles, profile, BEHOV_PROFILE_FINDINGS_NOTE, &words);
    council_put_paragraph("note", &words, out);
    put_facts(council, now, out);
    behov_wording_add(out, "</div>\n");
    put_interval(council, page, out);
    behov_wording_add(out, "</div>\n");
    behov_wording_spend(out, &words);
    behov_wording_spend(out, &lead);
    return behov_wording_status(out, err);
}

/* ---- how sure ---------------------------------------------------------------------------------------------------- */

/* "about 70", "over 99": rounded, but never up to the limit of what is called clear, or beyond 99. */
static double printed_probability(const behov_council *council, double probability)
{
    double below = floor(100 * probability + 1e-9), rounded = round(100 * probability);
    double clear = 100 * behov_lasting_clear(&council->choices.profile.lasting);
    return rounded > 99 || (100 * probability < clear && rounded >= clear) ? below : rounded;
}

/* The forecast of the same years with chance, where it is against the same need. It is in per cent of the need as printed,
 * without what the coefficients leave open: where that makes it narrower than the interval of the level, it is no answer
 * to how sure the level is, and is not said; nor where the level is not known to any use, or no level is called likely. */
static void say_with_chance(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = &profile->years[profile->index];
    behov_interval own = now->lasting.interval,
                   with = now->forecasts[behov_profile_has_coming(&council->profiles) ? BEHOV_FORECAST_COMING
                                                                                      : BEHOV_FORECAST_NEXT]
                              .ratio_interval;
    char level[BEHOV_NUMBER_SIZE];
    behov_wording it = {0}, interval = {0}, chance = {0};
    if (council->pages[page].end_date || profile->index != profile->last_need || isnan(with.low) || isnan(with.high) ||
        !behov_profile_has_forecast(&council->profiles, profile) || !council_has_level(now))
        return;
    bool is_unsaid = council_level_is_useless(now) || !council_is_firm(council) ||
                     council_doubt(council, profile->place) ||
                     behov_ratio_printed(with.high) - behov_ratio_printed(with.low) <
                         behov_ratio_printed(own.high) - behov_ratio_printed(own.low);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    council_add_interval(council, own, &interval);
    council_add_interval(council, with, &chance);
    behov_wording_fill(words, council_language(council),
                       is_unsaid ? BEHOV_WORD_COUNCIL_WITHOUT_CHANCE : BEHOV_WORD_COUNCIL_WITH_CHANCE, "it",
                       behov_wording_text(&it), "interval", behov_wording_text(&interval), "chance",
                       behov_wording_text(&chance), "level", council_interval_level(council, level), "likely",
                       council_likely(council), NULL);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &interval);
    behov_wording_spend(words, &chance);
}

static void say_probability(const behov_council *council, const behov_profile *profile, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[profile->index];
    double above = now->lasting.probability_above, larger = fmax(above, 1 - above),
           printed = printed_probability(council, larger);
    char number[BEHOV_NUMBER_SIZE];
    behov_wording it = {0}, probability = {0};
    if (isnan(above) || council->ranking.variances.is_one_year || council_doubt(council, profile->place))
        return;
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    council_whole(council, fmin(printed, 99), number);
    behov_wording_fill(&probability, council_language(council),
                       floor(100 * larger + 1e-9) >= 99 ? BEHOV_WORD_PROFILE_MORE_THAN : BEHOV_WORD_COUNCIL_ABOUT, "n",
                       number, NULL);
    behov_wording_fill(words, council_language(council),
                       above >= 0.5 ? BEHOV_WORD_COUNCIL_PROBABILITY_ABOVE : BEHOV_WORD_COUNCIL_PROBABILITY_BELOW, "it",
                       behov_wording_text(&it), "probability", behov_wording_text(&probability), NULL);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &probability);
}

static void say_rule(const behov_council *council, behov_wording *words)
{
    char clear[BEHOV_NUMBER_SIZE];
    if (council->ranking.variances.is_known && council_is_firm(council))
        behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_CLEAR_RULE, "clear",
                           behov_profile_clear(&council->profiles, clear), NULL);
}

static behov_council_year *years_of(const behov_council *council, const behov_profile *profile, behov_error *err)
{
    size_t n = council->profiles.n_years;
    behov_council_year *years = calloc(n + 1, sizeof *years);
    if (!years) {
        (void)behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
        return NULL;
    }
    for (size_t t = 0; t < n; t++) {
        const behov_profile_year *from = &profile->years[t];
        behov_interval level = behov_lasting_interval_shown(from->lasting.interval);
        years[t] = (behov_council_year){.year = from->year,
                                        .ratio = council_drawn_ratio(from->ratio),
                                        .low = from->ratio_interval.low,
                                        .high = from->ratio_interval.high,
                                        .level = behov_lasting_shown(from->lasting.ratio),
                                        .level_low = level.low,
                                        .level_high = level.high,
                                        .country = from->ratios[BEHOV_PEER_COUNTRY],
                                        .group = from->ratios[BEHOV_PEER_GROUP]};
    }
    return years;
}

static behov_status put_series(const behov_council *council, const behov_profile *profile, behov_wording *out,
                               behov_error *err)
{
    picture_texts texts = {0};
    size_t n = council->profiles.n_years;
    behov_council_year *years = years_of(council, profile, err);
    const char *group = council_has_group(council, profile)
                            ? behov_profile_against(&council->profiles, profile, BEHOV_PEER_GROUP)
                            : NULL;
    if (!years)
        return BEHOV_E_MEMORY;
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level, BEHOV_WORD_COUNCIL_SERIES_TITLE,
                     council_language(council), &texts.title);
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level, BEHOV_WORD_COUNCIL_SERIES_UNIT,
                     council_language(council), &texts.unit);
    council_add_source(council, BEHOV_WORD_COUNCIL_SERIES_SOURCE, &texts.source);
    council_add_capital(council_label(council, BEHOV_WORD_COUNCIL_SERIES_COUNTRY), &texts.country);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_SHORT, council_language(council), &texts.level);
    behov_council_series chart = {.figure = figure_of(council, "aar", &texts),
                                  .years = years,
                                  .n = n,
                                  .own_name = council_name(council, profile->place),
                                  .level_name = behov_wording_text(&texts.level),
                                  .country_name = behov_wording_text(&texts.country),
                                  .group_name = group};
    behov_council_series_add(&chart, out);
    free(years);
    spend_texts(out, &texts);
    return behov_wording_status(out, err);
}

behov_status council_put_sure(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    const behov_profile *profile = council->pages[page].profile;
    behov_wording words = {0};
    behov_wording_add(out, "<div class=\"g2 b\"><div>\n");
    if (!council->year || council->profiles.n_years < 2)
        behov_wording_add(&words, council_label(council, council->year ? BEHOV_WORD_COUNCIL_SURE_ONE_YEAR
                                                                       : BEHOV_WORD_COUNCIL_SURE_NO_YEARS));
    council_put_paragraph(NULL, &words, out);
    say_with_chance(council, page, &words);
    council_put_paragraph(NULL, &words, out);
    say_probability(council, council->pages[page].profile, &words);
    council_put_paragraph(NULL, &words, out);
    say_rule(council, &words);
    council_put_paragraph(NULL, &words, out);
    behov_profile_sentence(&council->profiles, profile, profile->index, BEHOV_PROFILE_CHANGE, &words);
    council_put_paragraph(NULL, &words, out);
    bool is_flat = council->has_funnel && council->funnel.is_flat; /* then small ones do not vary more */
    for (size_t i = is_flat ? BEHOV_PROFILE_FEW_NOTE + 1 : 0; i < BEHOV_PROFILE_DATA_NOTES; i++) {
        if (i == BEHOV_PROFILE_FINDINGS_NOTE)
            continue; /* stands beneath the answer */
        behov_profile_data_note(&council->profiles, profile, i, &words);
        council_put_paragraph("note", &words, out);
    }
    behov_wording_spend(out, &words);
    behov_wording_add(out, "</div>\n");
    behov_status status = council->profiles.n_years > 1 ? put_series(council, profile, out, err) : BEHOV_OK;
    behov_wording_add(out, "</div>\n");
    return status ? status : behov_wording_status(out, err);
}

/* ---- why --------------------------------------------------------------------------------------------------------- */

/* A value of a driver as it is printed: three significant digits, or a whole number where that is more. */
static void add_value(const behov_council *council, double value, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = council_language(council);
    if (isnan(value))
        return;
    int decimals = fabs(value) >= 100 ? 0 : fabs(value) >= 10 ? 1 : 2;
    behov_wording_add(words, behov_format_fixed(lang, value, decimals, number));
}

typedef struct steps {
    behov_council_step *all;
    behov_wording *texts; /* two a step: own value and the country's */
    size_t n;
} steps;

/* What a text had no memory for, the page lacks too. */
static void spend_steps(steps *steps, size_t room, behov_wording *out)
{
    for (size_t i = 0; steps->texts && i < 2 * room; i++)
        behov_wording_spend(out, &steps->texts[i]);
    free(steps->texts), free(steps->all);
}

static void fill_steps(const behov_council *council, const behov_profile *profile, const behov_profile_year *now,
                       const char *country, steps *steps)
{
    const behov_profiles *profiles = &council->profiles;
    steps->all[steps->n++] = (behov_council_step){
        .name = country, .kr = behov_profile_shown(profiles, now->means[BEHOV_PEER_COUNTRY]), .is_total = true};
    for (size_t i = 0; i < profiles->n_terms; i++) {
        size_t term = profile->order[i];
        behov_profile_part part = behov_profile_part_of(profiles, now, term);
        behov_wording *own = &steps->texts[2 * i], *mean = own + 1;
        if (profiles->terms[term].n_regressors == 1) { /* else the parts are sums in the outcome's unit */
            add_value(council, part.value, own);
            add_value(council, part.means[BEHOV_PEER_COUNTRY], mean);
        }
        steps->all[steps->n++] =
            (behov_council_step){.name = profiles->terms[term].label,
                                 .kr = behov_profile_shown(profiles, now->drivers[BEHOV_PEER_COUNTRY][term]),
                                 .own = own->length ? behov_wording_text(own) : NULL,
                                 .country = mean->length ? behov_wording_text(mean) : NULL};
    }
    steps->all[steps->n++] = (behov_council_step){.name = council_name(council, profile->place),
                                                  .kr = behov_profile_shown(profiles, now->need),
                                                  .is_total = true};
}

static behov_status put_waterfall(const behov_council *council, const behov_profile *profile,
                                  const behov_profile_year *now, behov_wording *out, behov_error *err)
{
    size_t room = council->profiles.n_terms + 2;
    picture_texts texts = {0};
    steps steps = {.all = calloc(room + 1, sizeof *steps.all), .texts = calloc(2 * room, sizeof *steps.texts)};
    if (!steps.all || !steps.texts) {
        spend_steps(&steps, room, out);
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
    }
    behov_profile_sentence(&council->profiles, profile, profile->index, BEHOV_PROFILE_WHY, &texts.title);
    council_add_capital(behov_profile_against(&council->profiles, profile, BEHOV_PEER_COUNTRY), &texts.country);
    behov_wording_add(&texts.unit, council_label(council, BEHOV_WORD_COUNCIL_WHY_UNIT));
    council_add_source(council, BEHOV_WORD_COUNCIL_WHY_SOURCE, &texts.source);
    fill_steps(council, profile, now, behov_wording_text(&texts.country), &steps);
    behov_council_waterfall chart = {.figure = figure_of(council, "bidrag", &texts),
                                     .steps = steps.all,
                                     .n = steps.n,
                                     .decimals = council_in_kroner(council) ? 0 : 3,
                                     .name_heading = council_label(council, BEHOV_WORD_COUNCIL_CHARACTERISTIC),
                                     .kr_heading = council_label(council, BEHOV_WORD_COUNCIL_KR),
                                     .own_heading = council_name(council, profile->place),
                                     .country_heading = behov_wording_text(&texts.country)};
    chart.figure.source_is_wide = true;
    behov_council_waterfall_add(&chart, out);
    spend_steps(&steps, room, out);
    spend_texts(out, &texts);
    return behov_wording_status(out, err);
}

behov_status council_put_why(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = council_year(council, page);
    behov_wording words = {0}, caption = {0};
    behov_report *report = NULL;
    behov_wording_add(out, "<div class=\"g2 b\"><div>\n");
    for (size_t which = 0; which < BEHOV_PEER_BOTH; which++) {
        if (which && council_is_alone(council, profile))
            continue;
        behov_profile_sentence(&council->profiles, profile, profile->index,
                               which ? BEHOV_PROFILE_SUM_GROUP : BEHOV_PROFILE_SUM_COUNTRY, &words);
        council_put_paragraph(NULL, &words, out);
    }
    behov_wording_add(&words, council_label(council, BEHOV_WORD_COUNCIL_NO_CAUSE));
    council_put_paragraph(NULL, &words, out);
    for (size_t i = 0; behov_fit_results_proxy(council->fit_results, i, &words); i++)
        council_put_paragraph("note", &words, out);
    behov_wording_add(out, "</div>\n<div>");
    behov_status status = put_waterfall(council, profile, now, out, err);
    if (!status)
        status = behov_profile_drivers_table(&council->profiles, profile, &report, err);
    if (!status) {
        behov_profile_sentence(&council->profiles, profile, profile->index, BEHOV_PROFILE_WHY, &caption);
        behov_wording_add(out, "<details><summary>");
        council_put_word(council, BEHOV_WORD_COUNCIL_WHY_TABLE, out);
        behov_wording_add(out, "</summary>");
        status = council_put_report(council, report, "bidragstall", behov_wording_text(&caption), out, err);
        behov_wording_add(out, "</details>");
    }
    behov_wording_add(out, "</div></div>\n");
    behov_report_free(report);
    behov_wording_spend(out, &words);
    behov_wording_spend(out, &caption);
    return status ? status : behov_wording_status(out, err);
}

/* ---- what it is not for ------------------------------------------------------------------------------------------ */

static void put_misuse(const behov_council *council, behov_word head, const behov_wording *rest, behov_wording *out)
{
    behov_wording_add(out, "<li><strong>");
    council_put_word(council, head, out);
    behov_wording_add(out, "</strong> ");
    behov_page_escape(behov_wording_text(rest), out);
    behov_wording_add(out, "</li>\n");
}

static void put_misuse_word(const behov_council *council, behov_word head, behov_word word, behov_wording *out)
{
    behov_wording rest = {0}, it = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    behov_wording_fill(&rest, council_language(council), council_word(council, word), "it", behov_wording_text(&it),
                       NULL);
    put_misuse(council, head, &rest, out);
    behov_wording_spend(out, &rest);
    behov_wording_spend(out, &it);
}

static void put_no_list(const behov_council *council, size_t page, behov_wording *out)
{
    const behov_ranked_municipality *ranked = behov_council_ranked(council, page);
    size_t n = behov_council_n_placed(council);
    char unclear[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_wording rest = {0};
    bool has_place = !isnan(ranked->rank_low) && n > 1 && council_is_firm(council) &&
                     !council_doubt(council, council->pages[page].profile->place);
    behov_wording_fill(&rest, council_language(council),
                       has_place ? BEHOV_WORD_COUNCIL_NO_LIST_UNCLEAR : BEHOV_WORD_COUNCIL_NO_LIST_UNKNOWN, "n",
                       council_whole(council, (double)ranked->n_unclear, unclear), "all",
                       council_whole(council, (double)n - 1, all), "name",
                       council_name(council, council->pages[page].profile->place), NULL);
    put_misuse(council, BEHOV_WORD_COUNCIL_NO_LIST, &rest, out);
    behov_wording_spend(out, &rest);
}

behov_status council_put_misuse(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, "<ol class=lim>\n");
    put_no_list(council, page, out);
    put_misuse_word(council, BEHOV_WORD_COUNCIL_NO_MARK, BEHOV_WORD_COUNCIL_NO_MARK_WHY, out);
    if (council_in_kroner(council))
        put_misuse_word(council, BEHOV_WORD_COUNCIL_NO_BUDGET, BEHOV_WORD_COUNCIL_NO_BUDGET_WHY, out);
    put_misuse_word(council, BEHOV_WORD_COUNCIL_NO_REASON, BEHOV_WORD_COUNCIL_NO_REASON_WHY, out);
    if (council->profiles.n_years > 1)
        put_misuse_word(council, BEHOV_WORD_COUNCIL_NO_SINGLE_YEAR, BEHOV_WORD_COUNCIL_NO_SINGLE_YEAR_WHY, out);
    if (council->fit_results->study->is_simulated)
        put_misuse_word(council, BEHOV_WORD_COUNCIL_NO_SIMULATION, BEHOV_WORD_COUNCIL_NO_SIMULATION_WHY, out);
    behov_wording_add(out, "</ol>\n");
    council_put_quote(council, page, out);
    return behov_wording_status(out, err);
}

/* ---- per year ---------------------------------------------------------------------------------------------------- */

/* A sheet of A4 has room for so many; council.css hides those before them. */
enum { YEARS_ON_PAPER = 5 };

static void put_years_on_paper(const behov_council *council, behov_wording *out)
{
    char n[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    if (council->profiles.n_years > YEARS_ON_PAPER) {
        behov_wording_fill(&words, council_language(council), BEHOV_WORD_COUNCIL_YEARS_ON_PAPER, "n",
                           council_whole(council, YEARS_ON_PAPER, n), NULL);
        council_put_paragraph("pp", &words, out);
    }
    behov_wording_spend(out, &words);
}

behov_status council_put_years(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    const behov_profile *profile = council->pages[page].profile;
    behov_report *report = NULL;
    behov_wording caption = {0};
    behov_status status = behov_profile_years_table(&council->profiles, profile, false, &report, err);
    if (!status) {
        behov_wording_fill(&caption, council_language(council),
                           council->year ? BEHOV_WORD_COUNCIL_YEARS_CAPTION
                                         : BEHOV_WORD_COUNCIL_YEARS_CAPTION_WITHOUT_YEARS,
                           "name", council_name(council, profile->place), NULL);
        put_years_on_paper(council, out);
        status = council_put_report(council, report, "aarstall", behov_wording_text(&caption), out, err);
        behov_wording_clear(&caption);
        council_say_clusters_here(council, &caption);
        council_put_paragraph("note", &caption, out);
    }
    behov_wording_spend(out, &caption);
    behov_report_free(report);
    return status ? status : behov_wording_status(out, err);
}
