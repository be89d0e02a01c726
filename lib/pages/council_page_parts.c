/* council_page_parts.c - see council_parts.h. */
#include "council_page_parts.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <behov/finding_doubts.h>
#include <behov/format.h>
#include <behov/group_names.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/result_sentences.h>
#include "page_table.h"
#include "sentence_parts.h"
#include "profile_parts.h"

/* ---- texts ------------------------------------------------------------------------------------------------------- */

behov_language council_language(const behov_council *council)
{
    return council->fit_results->study->lang;
}

bool council_in_kroner(const behov_council *council)
{
    return behov_profile_in_kroner(&council->profiles);
}

behov_word council_word(const behov_council *council, behov_word word)
{
    return behov_profile_word(&council->profiles, word);
}

const char *council_label(const behov_council *council, behov_word word)
{
    return behov_label(council_language(council), council_word(council, word));
}

const behov_municipality *council_municipality(const behov_council *council, size_t place)
{
    return &council->ranking.places.all[place];
}

const char *council_name(const behov_council *council, size_t place)
{
    const behov_municipality *who = council_municipality(council, place);
    return who->name[0] ? who->name : who->code;
}

const behov_profile_year *council_year(const behov_council *council, size_t page)
{
    const behov_profile *profile = council->pages[page].profile;
    return &profile->years[profile->index];
}

const char *council_group(const behov_council *council, size_t place)
{
    const behov_ranking *group = &council->profiles.group;
    return council->profiles.has_group && group->groups.values[place] != BEHOV_WITHOUT_GROUP
               ? behov_group_name(&group->groups, group->groups.values[place], council_language(council))
               : "";
}

void council_add_year(const behov_council *council, behov_wording *words)
{
    if (council->year)
        behov_wording_print(words, "%d", council->year);
}

void council_add_in_year(const behov_council *council, behov_wording *words)
{
    behov_wording year = {0};
    council_add_year(council, &year);
    if (council->year) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, council_language(council), BEHOV_WORD_WORD_IN_YEAR, "year", behov_wording_text(&year),
                           NULL);
    }
    behov_wording_spend(words, &year);
}

void council_add_amount(const behov_council *council, double amount, behov_wording *words)
{
    profile_add_amount(&council->profiles, amount, words);
}

void council_add_figure(const behov_council *council, double amount, bool has_sign, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_format_cell(behov_profile_amount_quantity(&council->profiles),
                      behov_profile_shown(&council->profiles, amount), council_language(council), number);
    behov_wording_add(words, has_sign && amount > 0 && strcmp(number, "0") != 0 ? "+" : "");
    behov_wording_add(words, behov_format_minus(number));
}

void council_add_capital(const char *text, behov_wording *words)
{
    bool is_small = text[0] >= 'a' && text[0] <= 'z';
    if (is_small)
        behov_wording_add_letter(words, (char)(text[0] - 'a' + 'A'));
    behov_wording_add(words, text + is_small);
}

void council_add_kroner(const behov_council *council, double amount_1000kr, behov_wording *words)
{
    behov_wording_add(words, amount_1000kr > 0 ? "+" : "");
    profile_add_kroner(&council->profiles, amount_1000kr, words);
}

const char *council_whole(const behov_council *council, double value, char text[BEHOV_NUMBER_SIZE])
{
    behov_format_count(council_language(council), value, text);
    return behov_format_minus(text);
}

const char *council_level_figure(const behov_council *council, double per_cent, char text[BEHOV_NUMBER_SIZE])
{
    return council_whole(council, behov_ratio_printed(behov_lasting_shown(per_cent)), text);
}

void council_add_interval(const behov_council *council, behov_interval interval, behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (isnan(interval.low) || isnan(interval.high))
        return;
    if (behov_ratio_printed(interval.low) < 0)
        behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_INTERVAL_UNDER_ZERO, "high",
                           council_level_figure(council, interval.high, high), NULL);
    else
        behov_wording_print(words, "%s–%s", council_level_figure(council, interval.low, low),
                            council_level_figure(council, interval.high, high));
}

void council_say_end(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_council_page *own = &council->pages[page];
    char year[16];
    behov_wording names = {0};
    for (size_t i = 0; i < own->n_into && i < BEHOV_COUNCIL_INTO; i++) {
        if (i && i + 1 < own->n_into)
            behov_wording_print(&names, ", ");
        else if (i)
            behov_wording_print(&names, " %s ", behov_label(council_language(council), BEHOV_WORD_LIST_LAST));
        behov_wording_print(&names, "%s (%s)", own->into[i].name, own->into[i].code);
    }
    snprintf(year, sizeof year, "%d", own->end_date / 10000);
    behov_wording_fill(words, council_language(council),
                       own->n_into == 0   ? BEHOV_WORD_COUNCIL_END
                       : own->n_into == 1 ? BEHOV_WORD_COUNCIL_END_MERGED
                                          : BEHOV_WORD_COUNCIL_END_SPLIT,
                       "name", council_name(council, own->profile->place), "year", year, "names",
                       behov_wording_text(&names), NULL);
    behov_wording_spend(words, &names);
}

void council_say_lacking(const behov_council *council, behov_wording *words)
{
    enum { NAMED = 12 };
    behov_wording names = {0}, year = {0};
    size_t n = 0;
    int last = 0;
    char number[BEHOV_NUMBER_SIZE];
    for (size_t i = behov_council_next_lacking(council, SIZE_MAX, &last); i < council->ranking.places.n;
         i = behov_council_next_lacking(council, i, &last)) {
        if (n++ >= NAMED)
            continue;
        behov_wording_add(&names, names.length ? ", " : "");
        behov_sentence_municipality_name_first(&names, council_municipality(council, i));
        behov_wording_add(&names, ": ");
        behov_wording_print(&names, "%d", last);
    }
    if (n > NAMED) {
        behov_wording_add(&names, " ");
        behov_wording_fill(&names, council_language(council), BEHOV_WORD_AND_MORE, "n",
                           council_whole(council, (double)(n - NAMED), number), NULL);
    }
    council_add_year(council, &year);
    if (n)
        behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_LACKING, "year",
                           behov_wording_text(&year), "names", behov_wording_text(&names), NULL);
    behov_wording_spend(words, &names);
    behov_wording_spend(words, &year);
}

void council_say_below_zero(const behov_council *council, behov_wording *words)
{
    if (behov_ranking_has_cut_level(&council->ranking, true))
        behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level, BEHOV_WORD_LEVEL_BELOW_ZERO,
                         council_language(council), words);
}

const char *council_interval_level(const behov_council *council, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_level(council_language(council), 100 * council->choices.profile.level, text);
}

const char *council_likely(const behov_council *council)
{
    return behov_level_likely(council->choices.profile.level, council_is_firm(council), council_language(council));
}

static bool holds_100(behov_interval interval)
{
    return behov_ratio_printed(interval.low) <= 100 && behov_ratio_printed(interval.high) >= 100;
}

static bool takes_years_apart(const behov_fit_results *results)
{
    return results->parts_municipalities ||
           (results->repeats_municipalities && behov_vcov_n_clusters(results->vcov) == 0);
}

void council_say_clusters_here(const behov_council *council, behov_wording *words)
{
    const behov_fit_results *results = council->fit_results;
    behov_wording keys = {0};
    if (!takes_years_apart(results))
        return;
    if (behov_vcov_n_clusters(results->vcov))
        behov_fit_results_cluster_keys(results, &keys);
    behov_wording_fill(words, council_language(council),
                       keys.length ? BEHOV_WORD_COUNCIL_CLUSTERS_HERE : BEHOV_WORD_COUNCIL_NO_CLUSTERS_HERE, "key",
                       behov_wording_text(&keys), NULL);
    behov_wording_spend(words, &keys);
}

bool council_year_rests_on_clusters(const behov_council *council, size_t place)
{
    const behov_fit_results *results = council->fit_results;
    const behov_ranked_municipality *ranked = &council->ranking.all[place];
    return takes_years_apart(results) && !isnan(ranked->ratio_interval.low) && !holds_100(ranked->ratio_interval) &&
           (isnan(ranked->municipality_interval.low) || holds_100(ranked->municipality_interval));
}

bool council_year_is_unsure(const behov_council *council, size_t page)
{
    const behov_profile_year *now = council_year(council, page);
    return behov_ratio_printed(now->ratio) != 100 &&
           (holds_100(now->ratio_interval) ||
            council_year_rests_on_clusters(council, council->pages[page].profile->place));
}

behov_interval council_year_interval(const behov_council *council, size_t page)
{
    size_t place = council->pages[page].profile->place;
    return council_year_rests_on_clusters(council, place) ? council->ranking.all[place].municipality_interval
                                                          : council_year(council, page)->ratio_interval;
}

bool council_is_firm(const behov_council *council)
{
    return behov_lasting_is_firm(&council->ranking.variances, council->ranking.places.n);
}

bool council_has_few_municipalities(const behov_council *council)
{
    return council->ranking.places.n < BEHOV_FEW_MUNICIPALITIES;
}

double council_drawn_ratio(double ratio)
{
    return ratio < 0 ? NAN : ratio;
}

bool council_is_alone(const behov_council *council, const behov_profile *profile)
{
    const behov_groups *groups = &council->profiles.group.groups;
    if (!behov_profile_has_group(&council->profiles, profile))
        return false;
    for (size_t i = 0; i < council->ranking.places.n; i++)
        if (i != profile->place && groups->values[i] == groups->values[profile->place] &&
            !isnan(council->ranking.all[i].need))
            return false;
    return true;
}

bool council_has_group(const behov_council *council, const behov_profile *profile)
{
    return behov_profile_has_group(&council->profiles, profile) && !council_is_alone(council, profile);
}

const behov_oddity *council_doubt(const behov_council *council, size_t place)
{
    return behov_findings_doubt(council->fit_results->study, council_municipality(council, place), council->year);
}

behov_lasting_claim council_claim(const behov_council *council, size_t place, behov_lasting level)
{
    behov_lasting_claim claim =
        behov_lasting_claim_find(level, &council->choices.profile.lasting, council_is_firm(council));
    if (claim != BEHOV_LEVEL_IS_UNKNOWN && council_doubt(council, place))
        return BEHOV_LEVEL_IS_UNCERTAIN;
    bool is_likely = claim == BEHOV_LEVEL_IS_LIKELY_ABOVE || claim == BEHOV_LEVEL_IS_LIKELY_BELOW;
    return is_likely && !behov_level_is_likely(council->choices.profile.level, true) ? BEHOV_LEVEL_IS_UNCERTAIN : claim;
}

bool council_has_level(const behov_profile_year *now)
{
    return !isnan(behov_ratio_printed(now->lasting.interval.low)) &&
           !isnan(behov_ratio_printed(now->lasting.interval.high));
}

bool council_level_is_useless(const behov_profile_year *now)
{
    enum { WIDEST = 100 };
    double low = behov_ratio_printed(now->lasting.interval.low), high = behov_ratio_printed(now->lasting.interval.high);
    return low <= 100 && high >= 100 && high - low >= WIDEST;
}

const char *council_claim_label(const behov_council *council, size_t place)
{
    static const behov_word words[] = {[BEHOV_LEVEL_IS_UNKNOWN] = BEHOV_WORD_COUNCIL_NO_LEVEL,
                                       [BEHOV_LEVEL_IS_CLEARLY_ABOVE] = BEHOV_WORD_COUNCIL_CLEARLY_ABOVE,
                                       [BEHOV_LEVEL_IS_CLEARLY_BELOW] = BEHOV_WORD_COUNCIL_CLEARLY_BELOW,
                                       [BEHOV_LEVEL_IS_LIKELY_ABOVE] = BEHOV_WORD_COUNCIL_LIKELY_ABOVE,
                                       [BEHOV_LEVEL_IS_LIKELY_BELOW] = BEHOV_WORD_COUNCIL_LIKELY_BELOW,
                                       [BEHOV_LEVEL_IS_UNCERTAIN] = BEHOV_WORD_COUNCIL_UNCLEAR};
    return behov_label(council_language(council),
                       council_doubt(council, place)
                           ? BEHOV_WORD_DOUBTED
                           : words[council_claim(council, place, council->ranking.all[place].lasting)]);
}

void council_add_source(const behov_council *council, behov_word word, behov_wording *words)
{
    char level[BEHOV_NUMBER_SIZE];
    behov_wording name = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &name);
    behov_wording_fill(words, council_language(council), word, "level", council_interval_level(council, level), "it",
                       behov_wording_text(&name), NULL);
    behov_wording_print(words, " · behov %s", behov_version());
    behov_wording_spend(words, &name);
}

/* ---- markup ------------------------------------------------------------------------------------------------------ */

void council_put_word(const behov_council *council, behov_word word, behov_wording *out)
{
    behov_page_escape(council_label(council, word), out);
}

void council_put_capital(const char *text, behov_wording *out)
{
    behov_wording words = {0};
    council_add_capital(text, &words);
    behov_page_escape(behov_wording_text(&words), out);
    behov_wording_spend(out, &words);
}

void council_put_paragraph(const char *kind, behov_wording *words, behov_wording *out)
{
    if (words->length) {
        behov_wording_print(out, "<p%s%s%s>", kind ? " class=\"" : "", kind ? kind : "", kind ? "\"" : "");
        behov_page_escape(behov_wording_text(words), out);
        behov_wording_add(out, "</p>\n");
    }
    out->has_no_memory = out->has_no_memory || words->has_no_memory;
    behov_wording_clear(words);
}

void council_put_exact(double value, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    if (isnan(value) || isinf(value)) {
        behov_wording_add(out, "null");
        return;
    }
    behov_number_shortest(value, text); /* reads back as the same number */
    behov_wording_add(out, text);
}

void council_put_string(const char *text, behov_wording *out)
{
    behov_page_character next;
    behov_wording_add_letter(out, '"');
    while (text && behov_page_next(&text, &next)) {
        if (next.code == '"' || next.code == '\\')
            behov_wording_print(out, "\\%c", (char)next.code);
        else if (next.code == '<' || next.code == '>' || next.code == '&')
            behov_wording_print(out, "\\u%04x", (unsigned)next.code);
        else
            behov_wording_add_bytes(out, next.bytes, next.length);
    }
    behov_wording_add_letter(out, '"');
}

void council_put_value(double value, int digits, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    if (isnan(value))
        return;
    behov_number_significant(value, digits, '.', text);
    size_t length = strlen(text);
    if (strchr(text, '.') && !strchr(text, 'e')) {
        while (text[length - 1] == '0')
            length--;
        length -= text[length - 1] == '.';
    }
    behov_wording_add_bytes(out, text, length);
}

/* What the text of a figure lacks of it: one decimal of a ratio, digits of what is shown in few; else the text is the
 * figure. */
static void put_report_value(const behov_report *report, size_t column, size_t row, behov_wording *out)
{
    enum { DIGITS = 6 };
    double value = behov_report_number(report, column, row);
    behov_wording_add(out, " data-v");
    switch (behov_report_quantity_at(report, column, row)) {
    case BEHOV_Q_YEAR:
    case BEHOV_Q_COUNT:
    case BEHOV_Q_RANK:
    case BEHOV_Q_OUTCOME:
    case BEHOV_Q_GAP:
    case BEHOV_Q_INDEX: return;
    case BEHOV_Q_RATIO:
        behov_wording_add_letter(out, '=');
        council_put_exact(behov_number_rounded(value, 1), out);
        return;
    default: behov_wording_add_letter(out, '='); council_put_value(value, DIGITS, out);
    }
}

static void put_report_cell(const behov_page_table *table, size_t column, size_t row, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    const behov_page_column *about = &table->columns[column];
    behov_wording_add(out, about->is_row_header ? "<th scope=row" : "<td");
    if (behov_page_is_figure(table, column, row))
        put_report_value(table->section->table, about->column, row, out);
    behov_wording_add_letter(out, '>');
    behov_page_escape(behov_page_cell(table, column, row, text), out);
    behov_page_escape(behov_page_stars(table, column, row), out);
}

static void put_report_rows(const behov_page_table *table, behov_wording *out)
{
    behov_wording_add(out, "<thead><tr>");
    for (size_t j = 0; j < table->n_columns; j++) {
        bool is_left = table->columns[j].is_text || table->columns[j].is_row_header;
        behov_wording_print(out, "<th scope=col%s>", is_left ? " class=t" : "");
        behov_page_escape(table->columns[j].header, out);
    }
    behov_wording_add(out, "</thead><tbody>");
    for (size_t i = 0; i < table->n_rows; i++) {
        bool is_sum = false;
        for (size_t j = 0; j < table->n_columns; j++)
            is_sum = is_sum || behov_page_is_strong(table, j, i);
        behov_wording_print(out, "<tr%s>", is_sum ? " class=sum" : "");
        for (size_t j = 0; j < table->n_columns; j++)
            put_report_cell(table, j, i, out);
        behov_wording_add_letter(out, '\n');
    }
    behov_wording_add(out, "</tbody>");
}

behov_status council_put_report(const behov_council *council, const behov_report *report, const char *id,
                                const char *caption, behov_wording *out, behov_error *err)
{
    const behov_section section = {.table = report, .title = caption, .table_name = id};
    behov_page_table table;
    behov_status status = behov_page_table_new(&section, council_language(council), &table, err);
    if (!status) {
        behov_wording_print(out,
                            "<div class=tw tabindex=0 role=region aria-labelledby=%s-c><table id=%s>"
                            "<caption id=%s-c><span>",
                            id, id, id);
        behov_page_escape(caption, out);
        behov_wording_add(out, "</span></caption>");
        put_report_rows(&table, out);
        behov_wording_add(out, "</table></div>\n");
        status = behov_wording_status(out, err);
    }
    behov_page_table_free(&table);
    return status;
}
