/* write_ranking.c - a ranking in words: who is highest and lowest and how sure that is, then the table. */
#include "write_ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "remarks.h"
#include "lasting.h"
#include "result_sentences.h"
#include "study_words.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

enum { SENTENCE = 1200, FIGURE = BEHOV_NUMBER_SIZE };

static bool in_kroner(const ranking *of) { return behov_need_gap_is_1000kr(of->of->need); }

static bool has_population(const ranking *of) { return of->of->of->panel.columns[BEHOV_ROLE_POPULATION] >= 0; }

static bool has_intervals(const ranking *of) { return of->choices.by == BEHOV_BY_NEED || of->variances.is_known; }

static const char *by_name(const ranking *of)
{
    static const char *const names[] = {"ratio", "need", "gap"};
    return names[of->choices.by];
}

static void whole(behov_language lang, double value, char text[FIGURE]) { format_cell(BEHOV_Q_COUNT, value, lang, text); }

/* "2016", "2012–2016"; "" without years. */
static void years_of(const ranking *of, bool all, char text[64])
{
    size_t n_years;
    const int *years = behov_need_years(of->of->need, &n_years);
    text[0] = '\0';
    if (of->choices.year && !all)
        snprintf(text, 64, "%d", of->choices.year);
    else if (years[0] && n_years == 1)
        snprintf(text, 64, "%d", years[0]);
    else if (years[0])
        snprintf(text, 64, "%d–%d", years[0], years[n_years - 1]);
}

static bool is_pooled(const ranking *of)
{
    size_t n_years;
    behov_need_years(of->of->need, &n_years);
    return !of->choices.year && n_years > 1;
}

/* 97.5 as a user types it, with the language's decimal mark. */
static void level_of(const ranking *of, char text[100]) { results_interval_label(of->of, "word_level", text); }

static void title_of(const ranking *of, char text[SENTENCE])
{
    static const char *const keys[] = {"title_ranking_ratio", "title_ranking_need", "title_ranking_gap"};
    char years[64];
    years_of(of, false, years);
    snprintf(text, SENTENCE, "%s%s%s", label(of->of->of->lang, label_key(keys[of->choices.by], in_kroner(of))), years[0] ? ", " : "", years);
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* The first or the last in the country. */
static const ranked *extreme(const ranking *of, bool is_first, size_t *place)
{
    const ranked *found = NULL;
    for (size_t i = 0; i < of->places.n; i++) {
        const ranked *one = &of->all[i];
        if (isnan(one->rank) || (found && (is_first ? one->rank >= found->rank : one->rank <= found->rank)))
            continue;
        found = one;
        *place = i;
    }
    return found;
}

static void name_of(const ranking *of, size_t place, char text[200])
{
    const municipality *one = &of->places.all[place];
    directory_name_first(one, text, 200);
}

/* "−117,8" million kr from 1000 kr, or as the outcome's unit has it */
static void gap_of(const ranking *of, double gap, char text[FIGURE + 3])
{
    behov_language lang = of->of->of->lang;
    char number[FIGURE];
    if (in_kroner(of))
        behov_number_fixed(gap / 1000, 1, label_decimal_mark(lang), label_group_mark(lang), 4, number);
    else
        format_cell(study_amount_quantity(of->of->of), gap, lang, number);
    snprintf(text, FIGURE + 3, "%s%s", number[0] == '-' ? "−" : "", number + (number[0] == '-'));
}

static void figure_of(const ranking *of, const ranked *one, char text[200])
{
    behov_language lang = of->of->of->lang;
    char number[FIGURE + 3];
    const char *key = of->choices.by == BEHOV_BY_RATIO ? "ranked_ratio"
                      : of->choices.by == BEHOV_BY_GAP ? (in_kroner(of) ? "ranked_gap" : "ranked_gap_other")
                      : isnan(one->index)              ? "ranked_need"
                                                       : "ranked_index";
    if (of->choices.by == BEHOV_BY_RATIO)
        format_cell(BEHOV_Q_RATIO, one->ratio, lang, number);
    else if (of->choices.by == BEHOV_BY_GAP)
        gap_of(of, one->gap, number);
    else
        format_cell(isnan(one->index) ? study_amount_quantity(of->of->of) : BEHOV_Q_INDEX, isnan(one->index) ? one->need : one->index,
                    lang, number);
    label_fill(lang, label_key(key, in_kroner(of)), text, 200, "n", number, NULL);
}

static bool answer_extreme(const ranking *of, bool is_first, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    size_t place = 0;
    const ranked *one = of->has_groups ? NULL : extreme(of, is_first, &place);
    if (!one)
        return false;
    char name[200], figure[200], level[100], n[FIGURE], rank[FIGURE], low[FIGURE], high[FIGURE], year[16];
    char lasting[FIGURE];
    name_of(of, place, name);
    figure_of(of, one, figure);
    level_of(of, level);
    whole(lang, (double)of->n_ranked, n);
    whole(lang, one->rank, rank);
    whole(lang, one->lasting_rank, lasting);
    whole(lang, one->rank_low, low);
    whole(lang, one->rank_high, high);
    snprintf(year, sizeof year, "%d", of->choices.year);
    label_fill(lang,
               !has_intervals(of)            ? "ranking_extreme_alone"
               : ranking_is_one_of_years(of) ? "ranking_extreme_one_year"
               : ranking_has_lasting_ranks(of) ? "ranking_extreme_lasting"
                                     : "ranking_extreme",
               text, SENTENCE, "year", year, "lasting", lasting, "which", label(lang, is_first ? "word_highest" : "word_lowest"), "name",
               name, "figure", figure, "rank", rank, "n", n, "level", level, "low", low, "high", high, NULL);
    study_mark_sentence(of->of->of, text, SENTENCE);
    return true;
}

static bool answer_none(const ranking *of, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    if (of->n_ranked)
        return false;
    char n[FIGURE], floor[BEHOV_NUMBER_SIZE];
    whole(lang, (double)of->places.n, n);
    behov_number_significant(of->of->floor, 3, label_decimal_mark(lang), floor);
    label_fill(lang, label_key("ranking_none", in_kroner(of)), text, SENTENCE, "n", n, "floor", of->of->floor > 0 ? floor : "0", NULL);
    return true;
}

/* Municipalities that are ranked with no other: nothing is unsure about their place. */
static size_t count_alone(const ranking *of)
{
    size_t n_alone = of->n_ranked == 1;
    for (size_t i = 0; of->has_groups && of->n_ranked > 1 && i < of->places.n; i++) {
        bool is_alone = of->all[i].rank == 1; /* which each group has, so that few are compared with all others */
        for (size_t j = 0; is_alone && j < of->places.n; j++)
            is_alone = j == i || isnan(of->all[j].rank) || of->by.of[j] != of->by.of[i];
        n_alone += is_alone;
    }
    return n_alone;
}

static bool answer_clear(const ranking *of, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    size_t n_alone = count_alone(of);
    if (!has_intervals(of) || of->n_ranked == n_alone)
        return false;
    char n[FIGURE], above[FIGURE], below[FIGURE], rest[FIGURE], level[100];
    whole(lang, (double)(of->n_ranked - n_alone), n);
    whole(lang, (double)of->n_clearly_above, above);
    whole(lang, (double)of->n_clearly_below, below);
    whole(lang, (double)(of->n_ranked - n_alone - of->n_clearly_above - of->n_clearly_below), rest);
    level_of(of, level);
    bool is_one_year = of->variances.is_one_year; /* chance and what lasts are not told apart then */
    label_fill(lang,
               is_one_year      ? (of->has_groups ? "ranking_one_side_one_year_groups" : "ranking_one_side_one_year")
               : of->has_groups ? "ranking_clear_groups"
                                : "ranking_clear",
               text, SENTENCE, "n", n, "above", above, "below", below, "rest", rest, "level", level, NULL);
    return true;
}

static double share(size_t part, size_t of) { return of ? 100 * (double)part / (double)of : NAN; }

static bool answer_extremes(const ranking *of, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    if (of->n_extremes < 2 * EXTREMES_EACH || of->n_ranked < 4 * EXTREMES_EACH)
        return false; /* too few for extremes to be apart from the rest */
    char each[FIGURE], n[FIGURE], few[FIGURE], small[FIGURE], few_pct[FIGURE], small_pct[FIGURE], limits[2][FIGURE];
    whole(lang, EXTREMES_EACH, each);
    whole(lang, (double)of->n_extremes, n);
    whole(lang, (double)of->n_extremes_few, few);
    whole(lang, (double)of->n_extremes_small, small);
    whole(lang, share(of->n_few, of->n_ranked), few_pct);
    whole(lang, share(of->n_small, of->n_ranked), small_pct);
    whole(lang, FEW_INHABITANTS, limits[0]);
    whole(lang, SMALL_INHABITANTS, limits[1]);
    label_fill(lang, "ranking_extremes", text, SENTENCE, "each", each, "n", n, "few", few, "small", small, "few_pct",
               few_pct, "small_pct", small_pct, "few_limit", limits[0], "small_limit", limits[1], NULL);
    return true;
}

/* Sentences that answer first; false when there is none of this number. */
static bool answer(const ranking *of, size_t i, char text[SENTENCE])
{
    switch (i) {
    case 0: return answer_extreme(of, true, text);
    case 1: return answer_extreme(of, false, text);
    case 2: return answer_clear(of, text);
    case 3: return answer_none(of, text);
    default: return answer_extremes(of, text);
    }
}

/* ---- notes ---------------------------------------------------------------------------------------------------------
 */

enum { ANSWERS = 5, NOTES = 15, ERRORS_NOTE = 6 };

static void note_pooling(const ranking *of, char text[SENTENCE])
{
    static const char *const keys[] = {"ranking_pooled_ratio", "ranking_pooled_need", "ranking_pooled_gap"};
    char years[64];
    years_of(of, true, years);
    text[0] = '\0';
    if (is_pooled(of))
        label_fill(of->of->of->lang, label_key(keys[of->choices.by], in_kroner(of)), text, SENTENCE, "years", years, NULL);
    else if (of->choices.year && !of->variances.is_one_year)
        label_fill(of->of->of->lang, "ranking_one_of_years", text, SENTENCE, "years", years, NULL);
}

/* The standard deviation of chance in a year with so many inhabitants. */
static double chance_of(const ranking *of, double population)
{
    return sqrt(of->variances.row + of->variances.person / population);
}

static void note_variances(const ranking *of, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    char lasting[FIGURE], small[FIGURE], large[FIGURE], unit[400];
    if (!of->variances.is_known) {
        snprintf(text, SENTENCE, "%s", label(lang, of->is_at_border ? "lasting_at_border" : "ranking_not_known"));
        return;
    }
    snprintf(unit, sizeof unit, "%s",
             label(lang, of->of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "unit_1000kr_per_inhabitant"
                         : of->of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "unit_kr_per_inhabitant"
                                                                              : "unit_of_outcome"));
    format_cell(BEHOV_Q_COEFFICIENT, sqrt(of->variances.lasting), lang, lasting);
    format_cell(BEHOV_Q_COEFFICIENT, chance_of(of, 1000), lang, small);
    format_cell(BEHOV_Q_COEFFICIENT, chance_of(of, 10000), lang, large);
    label_fill(lang, of->variances.has_person ? "ranking_variances" : "ranking_variances_alike", text, SENTENCE,
               "lasting", lasting, "small", small, "large", large, "unit", unit, NULL);
}

/* "" where there is nothing to say. */
static void note_at(const ranking *of, size_t i, bool is_whole, char text[SENTENCE])
{
    behov_language lang = of->of->of->lang;
    char number[FIGURE], other[FIGURE];
    text[0] = '\0';
    switch (i) {
    case 0: note_pooling(of, text); break;
    case 1:
        snprintf(text, SENTENCE, "%s",
                 label(lang, label_key(!has_intervals(of)                ? "ranking_interval_ratio"
                                       : of->choices.by == BEHOV_BY_NEED ? "ranking_interval_need"
                                                                         : "ranking_interval_lasting",
                                       in_kroner(of))));
        break;
    case 2: note_variances(of, text); break;
    case 3:
        if (of->variances.is_known && of->variances.is_one_year)
            snprintf(text, SENTENCE, "%s", label(lang, "ranking_one_year"));
        break;
    case 4:
        if (ranking_has_cut_level(of, is_whole))
            snprintf(text, SENTENCE, "%s", label(lang, "lasting_below_zero"));
        break;
    case 5:
        whole(lang, (double)of->choices.n_draws, number);
        snprintf(other, sizeof other, "%llu", (unsigned long long)of->choices.seed);
        if (has_intervals(of))
            label_fill(lang, "ranking_draws", text, SENTENCE, "n", number, "seed", other, NULL);
        break;
    case ERRORS_NOTE: break; /* which grows: errors_note */
    case 7:
        if (!in_kroner(of))
            snprintf(text, SENTENCE, "%s", label(lang, "ranking_no_kroner"));
        else if (!has_population(of))
            snprintf(text, SENTENCE, "%s", label(lang, "no_population_column"));
        break;
    case 8: results_gap_sum(of->of, text); break;
    case 9:
        snprintf(number, sizeof number, "%lu", (unsigned long)of->by.n_without);
        if (of->has_groups && of->by.n_without)
            label_fill(lang, of->by.n_without == 1 ? "ranking_without_group_one" : "ranking_without_group", text,
                       SENTENCE, "n", number, NULL);
        break;
    case 10:
        whole(lang, (double)of->n_without_population, number);
        if (of->n_without_population)
            label_fill(lang, "ranking_without_population", text, SENTENCE, "n", number, NULL);
        break;
    case 11:
        whole(lang, (double)of->n_ranked, number);
        if (of->choices.list)
            label_fill(lang, "ranking_of_the_list", text, SENTENCE, "n", number, NULL);
        break;
    case 12:
        whole(lang, (double)count_alone(of), number);
        if (of->has_groups && count_alone(of))
            label_fill(lang, count_alone(of) == 1 ? "ranking_alone_one" : "ranking_alone", text, SENTENCE, "n", number, NULL);
        break;
    case 13:
        if (of->of->of->is_simulated)
            snprintf(text, SENTENCE, "%s", label(lang, "simulated_explained"));
        break;
    default: snprintf(text, SENTENCE, "%s", label(lang, "not_a_verdict")); break;
    }
}

/* Standard errors, and what the intervals and the order have to say of the data. */
static behov_status errors_note(const ranking *of, section_list *list, behov_error *err)
{
    wording errors = {0}, words = {0};
    unsigned remarks = CODES_REMARK | CLUSTERS_REMARK | (has_population(of) ? COUNTRY_REMARK : 0) |
                       (of->choices.year ? 0 : PRICES_REMARK);
    results_errors(of->of, &errors);
    wording_fill(&words, of->of->of->lang, "ranking_errors", "errors", wording_text(&errors), NULL);
    behov_status status = wording_status(&errors, err);
    status = status ? status : section_list_say(list, "", &words, err);
    wording_free(&errors), wording_free(&words);
    if (!status && has_population(of))
        status = section_list_note(
            list, label(of->of->of->lang, in_kroner(of) ? "index_explained" : "index_explained_other"), err);
    return status ? status : remarks_add(of->of, remarks, list, err);
}

/* ---- the table -----------------------------------------------------------------------------------------------------
 */

static double pick_rank(const ranked *of) { return of->rank; }
static double pick_lasting_rank(const ranked *of) { return of->lasting_rank; }
static double pick_rank_low(const ranked *of) { return of->rank_low; }
static double pick_rank_high(const ranked *of) { return of->rank_high; }
static double pick_need(const ranked *of) { return of->need; }
static double pick_index(const ranked *of) { return of->index; }
static double pick_actual(const ranked *of) { return of->actual; }
static double pick_ratio(const ranked *of) { return of->ratio; }
static double pick_ratio_low(const ranked *of) { return of->ratio_interval.low; }
static double pick_ratio_high(const ranked *of) { return of->ratio_interval.high; }
static double pick_shrunk(const ranked *of) { return of->lasting.ratio; }
static double pick_shrunk_low(const ranked *of) { return of->lasting.interval.low; }
static double pick_shrunk_high(const ranked *of) { return of->lasting.interval.high; }
static double pick_above(const ranked *of) { return of->lasting.probability_above; }
static double pick_gap(const ranked *of) { return of->gap; }
static double pick_unclear(const ranked *of) { return isnan(of->rank_low) ? NAN : (double)of->n_unclear; }
static double pick_population(const ranked *of) { return of->population; }
static double pick_years(const ranked *of) { return (double)of->n_rows; }

typedef struct ranking_column {
    const char *key;
    behov_quantity quantity;
    double (*pick)(const ranked *);
    bool is_on_page, has_level;
} ranking_column;

static const ranking_column columns[] = {
    {"rank", BEHOV_Q_RANK, pick_rank, true, false},
    {"lasting_rank", BEHOV_Q_RANK, pick_lasting_rank, true, false},
    {"rank_low", BEHOV_Q_RANK, pick_rank_low, true, true},
    {"rank_high", BEHOV_Q_RANK, pick_rank_high, true, true},
    {"need", BEHOV_Q_OUTCOME, pick_need, false, false},
    {"index", BEHOV_Q_INDEX, pick_index, true, false},
    {"actual", BEHOV_Q_OUTCOME, pick_actual, false, false},
    {"ratio", BEHOV_Q_RATIO, pick_ratio, true, false},
    {"ratio_low", BEHOV_Q_RATIO, pick_ratio_low, true, true},
    {"ratio_high", BEHOV_Q_RATIO, pick_ratio_high, true, true},
    {"shrunk_ratio", BEHOV_Q_RATIO, pick_shrunk, true, false},
    {"gap_1000kr", BEHOV_Q_GAP, pick_gap, true, false},
    {"shrunk_ratio_low", BEHOV_Q_RATIO, pick_shrunk_low, false, true},
    {"shrunk_ratio_high", BEHOV_Q_RATIO, pick_shrunk_high, false, true},
    {"probability_above_100", BEHOV_Q_PROBABILITY, pick_above, false, false},
    {"not_clearly_different", BEHOV_Q_COUNT, pick_unclear, false, false},
    {"population", BEHOV_Q_COUNT, pick_population, false, false},
    {"n_years", BEHOV_Q_COUNT, pick_years, false, false},
};

/* Headings that a page has room for; "Plass" alone, for what is ranked by stands in the title. */
static const char *heading(const ranking *of, const ranking_column *column, bool is_whole, char text[100])
{
    behov_language lang = of->of->of->lang;
    bool is_in_1000kr = of->of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT,
         is_in_kr = of->of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT;
    if (strcmp(column->key, "rank") == 0)
        return label(lang, "ranking_rank");
    if (strcmp(column->key, "need") == 0)
        return label(lang, is_in_1000kr ? "need_1000kr" : is_in_kr ? "need_kr" : "need_other");
    if (strcmp(column->key, "actual") == 0)
        return label(lang, is_in_1000kr ? "actual_1000kr" : is_in_kr ? "actual_kr" : "actual_other");
    if (!is_whole && strcmp(column->key, "index") == 0)
        return label(lang, "ranking_index");
    if (strcmp(column->key, "index") == 0)
        return label(lang, is_in_1000kr || is_in_kr ? "index" : "index_other");
    if (strcmp(column->key, "ratio") == 0)
        return label(lang, !is_whole ? "ranking_ratio" : is_in_1000kr || is_in_kr ? "ratio" : "ratio_other");
    if (!column->has_level)
        return label(lang, column->key);
    char key[80];
    bool is_lasting = strncmp(column->key, "rank_", 5) == 0 && ranking_has_lasting_ranks(of);
    snprintf(key, sizeof key, "%s%s", column->key, is_lasting ? "_lasting" : "");
    results_interval_label(of->of, key, text);
    return text;
}

static behov_status add_figures(const ranking *of, const ranking_column *column, bool is_whole, bool is_shown,
                                behov_report *report, behov_error *err)
{
    bool is_gap = column->pick == pick_gap, is_other = is_gap && !in_kroner(of);
    char text[100];
    double *values = malloc((of->n_shown + 1) * sizeof *values);
    if (!values)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the ranking");
    for (size_t i = 0; i < of->n_shown; i++)
        values[i] = is_shown && strncmp(column->key, "shrunk_ratio", strlen("shrunk_ratio")) == 0
                        ? lasting_shown(column->pick(&of->all[of->shown[i]]))
                        : column->pick(&of->all[of->shown[i]]);
    behov_status status = behov_report_add_numbers(
        report,
        (behov_report_column){is_other ? "gap" : column->key, is_other ? NULL : heading(of, column, is_whole, text),
                              is_other || column->quantity == BEHOV_Q_OUTCOME ? study_amount_quantity(of->of->of)
                                                                              : column->quantity},
        values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_texts(behov_report *report, const char *key, behov_quantity quantity, size_t *column,
                              behov_error *err)
{
    *column = behov_report_n_columns(report);
    return behov_report_add_texts(report, (behov_report_column){key, NULL, quantity}, err);
}

static void append(char *text, size_t size, const char *more)
{
    size_t length = strlen(text);
    if (length + strlen(more) + 3 < size)
        snprintf(text + length, size - length, "%s%s", length ? "; " : "", more);
}

static void note_of(const ranking *of, const ranked *one, char text[400])
{
    behov_language lang = of->of->of->lang;
    char words[200], limit[FIGURE];
    text[0] = '\0';
    if (one->n_estimated == 0)
        append(text, 400, label(lang, "predicted_only"));
    if (one->is_below_floor)
        append(text, 400, label(lang, of->of->floor > 0 ? "need_below_floor" : "need_not_positive"));
    if (!one->is_below_floor && one->actual < 0)
        append(text, 400, label(lang, "actual_negative"));
    if (one->n_compared == 0)
        append(text, 400, label(lang, "ranking_no_outcome"));
    if (one->population < FEW_INHABITANTS) {
        whole(lang, FEW_INHABITANTS, limit);
        label_fill(lang, "few_inhabitants", words, sizeof words, "n", limit, NULL);
        append(text, 400, words);
    }
    if (in_kroner(of) && has_population(of) && isnan(one->population)) /* else it is said once, of all */
        append(text, 400, label(lang, "no_population"));
}

/* `is_shown`: for readers, else for programs, which get levels as they were computed. */
static behov_status make_table(const ranking *of, bool is_whole, bool is_shown, behov_report **out, behov_error *err)
{
    const ptrdiff_t *roles = of->of->of->panel.columns;
    behov_report *report = NULL;
    size_t group = 0, code = 0, name = 0, class = 0, note = 0;
    behov_status status = behov_report_new("ranking", of->n_shown, NULL, &report, err);
    if (!status && of->has_groups)
        status = add_texts(report, "group", BEHOV_Q_TEXT, &group, err);
    if (!status && roles[BEHOV_ROLE_CODE] >= 0)
        status = add_texts(report, "municipality_code", BEHOV_Q_CODE, &code, err);
    if (!status && roles[BEHOV_ROLE_MUNICIPALITY] >= 0)
        status = add_texts(report, "municipality", BEHOV_Q_TEXT, &name, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        if (columns[i].pick == pick_lasting_rank && of->choices.by == BEHOV_BY_NEED)
            continue;
        if (is_whole || columns[i].is_on_page)
            status = add_figures(of, &columns[i], is_whole, is_shown, report, err);
        if (!status && is_whole && columns[i].pick == pick_gap) /* to filter by, before what is looked at less */
            status = add_texts(report, "size_class", BEHOV_Q_TEXT, &class, err);
    }
    if (!status)
        status = add_texts(report, "note", BEHOV_Q_TEXT, &note, err);
    for (size_t i = 0; i < of->n_shown && !status; i++) {
        size_t place = of->shown[i];
        char text[400];
        note_of(of, &of->all[place], text);
        status = behov_report_set_text(report, note, i, text, err);
        if (!status && of->has_groups)
            status = behov_report_set_text(report, group, i, of->by.names[of->by.of[place]], err);
        if (!status && is_whole && of->sizes.n && of->sizes.of[place] != NO_GROUP)
            status = behov_report_set_text(report, class, i, of->sizes.names[of->sizes.of[place]], err);
        if (!status && roles[BEHOV_ROLE_CODE] >= 0)
            status = behov_report_set_text(report, code, i, of->places.all[place].code, err);
        if (!status && roles[BEHOV_ROLE_MUNICIPALITY] >= 0)
            status = behov_report_set_text(report, name, i, of->places.all[place].name, err);
        if (!status && of->choices.around && i == of->around_shown)
            for (size_t j = 0; j < behov_report_n_columns(report) && !status; j++)
                status = behov_report_set_strong(report, j, i, err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status ranking_table(const ranking *of, bool is_whole, behov_report **out, behov_error *err)
{
    return make_table(of, is_whole, false, out, err);
}

/* ---- section and page ----------------------------------------------------------------------------------------------
 */

static behov_status add(const ranking *of, bool is_whole, bool has_answers, section_list *list, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    char title[SENTENCE], text[SENTENCE];
    behov_report *table = NULL;
    title_of(of, title);
    study_mark_title(of->of->of, title, sizeof title);
    behov_status status = make_table(of, is_whole, true, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, "sheet_ranking"),
                                            .title = title,
                                            .subtitle = label(lang, "subtitle_ranking"),
                                            .table_name = label(lang, "sheet_ranking"),
                                            .n_frozen_columns = of->has_groups ? 3 : 2,
                                            .landscape = true},
                                  table, err);
    for (size_t i = 0; i < ANSWERS && !status && has_answers; i++)
        if (answer(of, i, text))
            status = section_list_note(list, text, err);
    for (size_t i = 0; i < NOTES && !status; i++) {
        note_at(of, i, is_whole, text);
        status = i == ERRORS_NOTE ? errors_note(of, list, err) : section_list_note(list, text, err);
    }
    return status;
}

behov_status ranking_add(const ranking *of, bool is_whole, section_list *list, behov_error *err)
{
    return add(of, is_whole, true, list, err);
}

behov_status write_ranking_page(const ranking *of, FILE *out, behov_error *err)
{
    char text[SENTENCE];
    section_list list = {0};
    behov_status status = add(of, false, false, &list, err);
    if (!status)
        status = write_text_head(of->of, out, err);
    if (!status) {
        fputc('\n', out);
        for (size_t i = 0; i < ANSWERS; i++)
            if (answer(of, i, text))
                text_line(text, 0, out);
        fputc('\n', out);
        write_text_section(&list.sections[0], NULL, of->of->of->lang, out);
    }
    section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return json_figure(value); }

static json_t *count(size_t value) { return json_integer((json_int_t)value); }

behov_status write_ranking_json(const char *path, const ranking *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = ranking_table(of, true, &report, err);
    if (status)
        return status;
    const behov_shrink_variances *found = &of->variances;
    size_t n_years;
    const int *all_years = behov_need_years(of->of->need, &n_years);
    json_t *object = json_object(), *years = json_array(), *variances = json_object(), *extremes = json_object();
    write_json_common(object, of->of);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(of->of->vcov))));
    json_put(object, "cluster", of->of->cluster ? json_text(of->of->cluster) : json_null());
    json_put(object, "by", json_text(by_name(of)));
    for (size_t t = 0; t < n_years; t++)
        if (all_years[t] && (!of->choices.year || all_years[t] == of->choices.year))
            json_add(years, json_integer(all_years[t]));
    json_put(object, "years", years);
    json_put(object, "is_pooled", json_boolean(is_pooled(of)));
    json_put(object, "within", json_text(of->choices.within));
    json_put(object, "level", number(of->choices.level));
    json_put(object, "draws", has_intervals(of) ? count(of->choices.n_draws) : json_null());
    json_put(object, "seed", json_integer((json_int_t)of->choices.seed));
    json_put(object, "method", json_text("REML of y - need = u + e, Var e = row + person / population"));
    json_put(variances, "lasting", number(found->lasting));
    json_put(variances, "row", number(found->row));
    json_put(variances, "person", number(found->person));
    json_put(variances, "is_known", json_boolean(found->is_known));
    json_put(variances, "is_at_border", json_boolean(of->is_at_border));
    json_put(variances, "is_one_year", json_boolean(found->is_one_year));
    json_put(variances, "has_person", json_boolean(found->has_person));
    json_put(variances, "is_converged", json_boolean(found->is_converged));
    json_put(object, "variances", variances);
    json_put(object, "n_ranked", count(of->n_ranked));
    json_put(object, "n_clearly_above_middle", has_intervals(of) ? count(of->n_clearly_above) : json_null());
    json_put(object, "n_clearly_below_middle", has_intervals(of) ? count(of->n_clearly_below) : json_null());
    json_put(extremes, "n", count(of->n_extremes));
    json_put(extremes, "n_under_2000", count(of->n_extremes_few));
    json_put(extremes, "n_under_5000", count(of->n_extremes_small));
    json_put(extremes, "n_all_under_2000", count(of->n_few));
    json_put(extremes, "n_all_under_5000", count(of->n_small));
    json_put(object, "extremes", extremes);
    write_json_gaps(object, of->of);
    json_put(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}
