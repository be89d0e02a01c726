/* write_cases.c - cases in words: how many of each kind, who they are, why the others were left out. */
#include "write_cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "lasting.h"
#include "remarks.h"
#include "result_sentences.h"
#include "study_words.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

enum { SENTENCE = 1200, FIGURE = BEHOV_NUMBER_SIZE, EVERY_KIND = BEHOV_N_CASE_KINDS };

static const behov_word kind_keys[BEHOV_N_CASE_KINDS] = {BEHOV_WORD_SELECT_LOW, BEHOV_WORD_SELECT_HIGH,
                                                         BEHOV_WORD_SELECT_DECREASE, BEHOV_WORD_SELECT_INCREASE};
static const char *const kind_names[BEHOV_N_CASE_KINDS] = {"low", "high", "decrease", "increase"};

static void whole(behov_language lang, double value, char text[FIGURE])
{
    behov_format_cell(BEHOV_Q_COUNT, value, lang, text);
}

/* 97.5 as a user types it, with the language's decimal mark. */
static void as_typed(behov_language lang, double value, char text[FIGURE])
{
    behov_number_shortest(value, text);
    for (char *c = text; *c; c++)
        *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
}

static void years_of(const behov_cases *cases, char text[64])
{
    const int *years = cases->ratios->years;
    size_t n = cases->ratios->n_years;
    text[0] = '\0';
    if (years[0] && n == 1)
        snprintf(text, 64, "%d", years[0]);
    else if (years[0])
        snprintf(text, 64, "%d–%d", years[0], years[n - 1]);
}

static void title_of(const behov_cases *cases, behov_word key, char text[SENTENCE])
{
    char years[64];
    years_of(cases, years);
    snprintf(text, SENTENCE, "%s%s%s", behov_label(cases->lang, key), years[0] ? ", " : "", years);
    if (cases->is_simulated)
        behov_title_mark_simulated(cases->lang, text, SENTENCE);
}

/* Ratios that were read are those of expenditure, as in the report. */
static bool in_kroner(const behov_cases *cases)
{
    return !cases->fit_results || behov_need_gap_is_1000kr(cases->fit_results->need);
}

/* With one year there is no change. */
static bool is_found(const behov_cases *cases, behov_case_kind kind)
{
    return cases->ratios->n_years > 1 || kind == BEHOV_CASE_LOW || kind == BEHOV_CASE_HIGH;
}

static void rule_of(const behov_cases *cases, behov_case_kind kind, char text[200])
{
    if (!is_found(cases, kind)) {
        snprintf(text, 200, "%s", behov_label(cases->lang, BEHOV_WORD_SELECT_ONE_YEAR_RULE));
        return;
    }
    static const behov_word keys[] = {BEHOV_WORD_SELECT_RULE_LOW, BEHOV_WORD_SELECT_RULE_HIGH,
                                      BEHOV_WORD_SELECT_RULE_DECREASE, BEHOV_WORD_SELECT_RULE_INCREASE};
    const behov_ratio_limits *limits = &cases->options.limits;
    char number[FIGURE];
    as_typed(cases->lang,
             kind == BEHOV_CASE_LOW    ? limits->low
             : kind == BEHOV_CASE_HIGH ? limits->high
                                       : limits->change,
             number);
    behov_label_fill(cases->lang, behov_word_by_unit(keys[kind], in_kroner(cases)), text, 200, "n", number, NULL);
}

static void name_of(const behov_cases *cases, size_t place, char text[200])
{
    const behov_municipality *municipality = &cases->ratios->places.all[place];
    behov_municipality_list_name_first(municipality, text, 200);
}

static size_t shown_of(const behov_cases *cases, behov_case_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < cases->n_picks; i++)
        n += cases->picks[i].kind == kind;
    return n;
}

/* ---- sentences -----------------------------------------------------------------------------------------------------
 */

enum { NOTES = 15, REMARKS_AFTER = 12 };

static size_t n_asked_for(const behov_cases *cases)
{
    return cases->ratios->places.n - cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR];
}

static bool is_none_chosen_from(const behov_cases *cases)
{
    return !cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM];
}

/* Why there is no table. */
static void note_none(const behov_cases *cases, char text[SENTENCE])
{
    bool has_ratio = false;
    for (size_t i = 0; i < cases->ratios->places.n * cases->ratios->n_years; i++)
        has_ratio = has_ratio || !isnan(cases->ratios->ratios[i]);
    char n[FIGURE];
    whole(cases->lang, (double)n_asked_for(cases), n);
    text[0] = '\0';
    if (is_none_chosen_from(cases))
        behov_label_fill(cases->lang,
                         has_ratio            ? BEHOV_WORD_SELECT_NONE_LEFT
                         : cases->fit_results ? BEHOV_WORD_SELECT_NONE
                                              : BEHOV_WORD_SELECT_NONE_READ,
                         text, SENTENCE, "n", n, NULL);
}

static void note_asked_for(const behov_cases *cases, char text[SENTENCE])
{
    char n[FIGURE], all[FIGURE];
    whole(cases->lang, (double)n_asked_for(cases), n);
    whole(cases->lang, (double)cases->ratios->places.n, all);
    text[0] = '\0';
    if (cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR])
        behov_label_fill(cases->lang, BEHOV_WORD_SELECT_ASKED_FOR, text, SENTENCE, "n", n, "all", all, NULL);
}

static void note_left_out(const behov_cases *cases, char text[SENTENCE])
{
    char all[FIGURE], source[FIGURE], missing_text[FIGURE], few[FIGURE], unknown_text[FIGURE], none[FIGURE],
        limit[FIGURE];
    whole(cases->lang, (double)n_asked_for(cases), all);
    whole(cases->lang, (double)cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM], source);
    whole(cases->lang, (double)cases->n_for_reason[BEHOV_CASE_MISSING_YEARS], missing_text);
    whole(cases->lang, (double)cases->n_for_reason[BEHOV_CASE_TOO_FEW], few);
    whole(cases->lang, (double)cases->n_for_reason[BEHOV_CASE_NO_POPULATION], unknown_text);
    whole(cases->lang, (double)cases->n_in_no_kind, none);
    whole(cases->lang, cases->options.largest ? (double)cases->options.largest : cases->options.min_population, limit);
    behov_label_fill(cases->lang,
                     cases->options.largest              ? BEHOV_WORD_SELECT_LEFT_OUT_LARGEST
                     : cases->options.min_population > 0 ? BEHOV_WORD_SELECT_LEFT_OUT_FEW
                                                         : BEHOV_WORD_SELECT_LEFT_OUT,
                     text, SENTENCE, "all", all, "from", source, "missing", missing_text, "few", few, "unknown",
                     unknown_text, "none", none, "limit", limit, "kinds",
                     behov_label(cases->lang, cases->ratios->n_years > 1 ? BEHOV_WORD_WORD_FOUR : BEHOV_WORD_WORD_TWO),
                     NULL);
}

static void note_shrunk(const behov_cases *cases, behov_case_kind kind, char text[SENTENCE])
{
    char match[FIGURE], falls[FIGURE], clear[FIGURE], stay[FIGURE], comes[FIGURE], level[100];
    behov_fit_results_interval_label(cases->fit_results, BEHOV_WORD_WORD_LEVEL, level);
    whole(cases->lang, (double)cases->n_found[kind], match);
    whole(cases->lang, (double)cases->n_clear[kind], clear);
    whole(cases->lang, (double)(cases->n_found[kind] - cases->n_falls[kind]), stay);
    whole(cases->lang, (double)cases->n_falls[kind], falls);
    whole(cases->lang, (double)cases->n_comes_in[kind], comes);
    behov_label_fill(cases->lang,
                     !cases->n_found[kind] ? BEHOV_WORD_SELECT_SHRUNK_NONE
                     : cases->is_one_year  ? BEHOV_WORD_SELECT_SHRUNK_ONE_YEAR
                                           : BEHOV_WORD_SELECT_SHRUNK,
                     text, SENTENCE, "kind", behov_label(cases->lang, kind_keys[kind]), "n", match, "falls", falls,
                     "stay", stay, "clear", clear, "comes", comes, "level", level, NULL);
}

/* Names of the shown picks that fall away, as many as there is room for. */
static void note_falling(const behov_cases *cases, char text[SENTENCE])
{
    char names[500] = "", number[FIGURE];
    size_t left = 0;
    for (size_t i = 0; i < cases->n_picks; i++) {
        char name[200];
        if (behov_cases_verdict(cases, cases->picks[i].municipality, cases->picks[i].kind) != BEHOV_LASTING_FALLS_AWAY)
            continue;
        name_of(cases, cases->picks[i].municipality, name);
        size_t length = strlen(names);
        if (left == 0 && length + strlen(name) + 3 < sizeof names)
            snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "", name);
        else
            left++;
    }
    whole(cases->lang, (double)left, number);
    text[0] = '\0';
    if (names[0])
        behov_label_fill(cases->lang, left ? BEHOV_WORD_SELECT_FALLING_MORE : BEHOV_WORD_SELECT_FALLING, text, SENTENCE,
                         "names", names, "n", number, NULL);
}

/* The picks that are changes: which of them last cannot be told. */
static void note_changes(const behov_cases *cases, char text[SENTENCE])
{
    char n[FIGURE];
    size_t changes = shown_of(cases, BEHOV_CASE_DECREASE) + shown_of(cases, BEHOV_CASE_INCREASE);
    whole(cases->lang, (double)changes, n);
    text[0] = '\0';
    if (cases->has_shrunk && changes)
        behov_label_fill(cases->lang, BEHOV_WORD_SELECT_CHANGES_NOT_TOLD, text, SENTENCE, "n", n, NULL);
}

static bool has_cut_level(const behov_cases *cases)
{
    for (size_t i = 0; cases->has_shrunk && i < cases->ratios->places.n * cases->ratios->n_years; i++)
        if (behov_lasting_is_cut(cases->lasting[i]))
            return true;
    return false;
}

/* "" where there is nothing to say. */
static void note_at(const behov_cases *cases, size_t i, char text[SENTENCE])
{
    text[0] = '\0';
    if (is_none_chosen_from(cases) && (i == 7 || i == 8 || i == 9 || i == 11 || i == 12))
        return; /* how to read a table that is not there */
    switch (i) {
    case 0: note_none(cases, text); break;
    case 1: note_asked_for(cases, text); break;
    case 2: note_left_out(cases, text); break;
    case 3:
    case 4:
        if (cases->has_shrunk && !is_none_chosen_from(cases))
            note_shrunk(cases, (behov_case_kind)(i - 3), text);
        break;
    case 5:
        if (cases->has_shrunk)
            note_falling(cases, text);
        break;
    case 6:
        if (cases->ratios->n_years == 1)
            snprintf(text, SENTENCE, "%s", behov_label(cases->lang, BEHOV_WORD_SELECT_ONE_YEAR));
        else
            note_changes(cases, text);
        break;
    case 7:
        if (cases->has_shrunk) {
            char level[100];
            behov_fit_results_interval_label(cases->fit_results, BEHOV_WORD_WORD_LEVEL, level);
            size_t length =
                behov_label_fill(cases->lang, behov_word_by_unit(BEHOV_WORD_SELECT_SHRUNK_EXPLAINED, in_kroner(cases)),
                                 text, SENTENCE, "level", level, NULL);
            if (has_cut_level(cases))
                snprintf(text + length, SENTENCE - length, " %s",
                         behov_label(cases->lang, BEHOV_WORD_LASTING_BELOW_ZERO));
        }
        break;
    case 8: snprintf(text, SENTENCE, "%s", behov_label(cases->lang, BEHOV_WORD_SELECT_EXPLAINED)); break;
    case 9: {
        char low[FIGURE], high[FIGURE];
        as_typed(cases->lang, cases->options.limits.low, low);
        as_typed(cases->lang, cases->options.limits.high, high);
        behov_label_fill(cases->lang, behov_word_by_unit(BEHOV_WORD_SELECT_LEVELS, in_kroner(cases)), text, SENTENCE,
                         "low", low, "high", high, NULL);
        break;
    }
    case 10:
        if (!cases->fit_results)
            behov_label_fill(cases->lang, BEHOV_WORD_RATIOS_FROM, text, SENTENCE, "file",
                             strcmp(cases->ratios->printed_path, "-") == 0
                                 ? behov_label(cases->lang, BEHOV_WORD_STANDARD_INPUT)
                                 : cases->ratios->printed_path,
                             NULL);
        break;
    case 11:
        snprintf(
            text, SENTENCE, "%s",
            behov_label(cases->lang, cases->has_shrunk ? BEHOV_WORD_SELECT_CHANCE_SHRUNK : BEHOV_WORD_SELECT_CHANCE));
        break;
    case 12:
        if (cases->has_shrunk && cases->is_one_year)
            snprintf(text, SENTENCE, "%s", behov_label(cases->lang, BEHOV_WORD_RANKING_ONE_YEAR));
        break;
    case 13:
        if (cases->is_simulated)
            snprintf(text, SENTENCE, "%s", behov_label(cases->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
        break;
    default: snprintf(text, SENTENCE, "%s", behov_label(cases->lang, BEHOV_WORD_NOT_A_VERDICT)); break;
    }
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

static void append(char *text, size_t size, const char *more)
{
    size_t length = strlen(text);
    if (length + strlen(more) + 3 < size)
        snprintf(text + length, size - length, "%s%s", length ? "; " : "", more);
}

static void note_of(const behov_cases *cases, const behov_pick *pick, char text[400])
{
    text[0] = '\0';
    char words[200], limit[FIGURE];
    behov_lasting_verdict verdict = behov_cases_verdict(cases, pick->municipality, pick->kind);
    if (verdict == BEHOV_LASTING_FALLS_AWAY)
        append(text, 400, behov_label(cases->lang, BEHOV_WORD_SELECT_FALLS_AWAY));
    if (verdict == BEHOV_LASTING_NOT_CLEAR)
        append(text, 400, behov_label(cases->lang, BEHOV_WORD_SELECT_NOT_CLEAR));
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        if (kind != (int)pick->kind && behov_cases_is_of_kind(cases, pick->municipality, (behov_case_kind)kind)) {
            behov_label_fill(cases->lang, BEHOV_WORD_SELECT_ALSO, words, sizeof words, "kind",
                             behov_label(cases->lang, kind_keys[kind]), NULL);
            append(text, 400, words);
        }
    if (cases->ratios->places.all[pick->municipality].population < BEHOV_FEW_INHABITANTS) {
        whole(cases->lang, BEHOV_FEW_INHABITANTS, limit);
        behov_label_fill(cases->lang, BEHOV_WORD_FEW_INHABITANTS, words, sizeof words, "n", limit, NULL);
        append(text, 400, words);
    }
}

typedef struct pick_list {
    const behov_cases *cases;
    const behov_pick *picks;
    size_t n;
    bool is_for_program; /* levels as they were computed */
} pick_list;

static double population_of(const pick_list *list, size_t i)
{
    return list->cases->ratios->places.all[list->picks[i].municipality].population;
}
static double level_shown(const pick_list *list, double level)
{
    return list->is_for_program ? level : behov_lasting_shown(level);
}
static double shrunk_of(const pick_list *list, size_t i)
{
    return level_shown(list, list->cases->shrunk[list->picks[i].municipality]);
}
static behov_lasting nearest_of(const pick_list *list, size_t i)
{
    const behov_lasting *nearest = behov_cases_nearest(list->cases, list->picks[i].municipality, list->picks[i].kind);
    return nearest ? *nearest : (behov_lasting){NAN, {NAN, NAN}, NAN};
}
static double nearest_ratio(const pick_list *list, size_t i)
{
    return level_shown(list, nearest_of(list, i).ratio);
}
static double nearest_low(const pick_list *list, size_t i)
{
    return level_shown(list, nearest_of(list, i).interval.low);
}
static double nearest_high(const pick_list *list, size_t i)
{
    return level_shown(list, nearest_of(list, i).interval.high);
}
static double place_of(const pick_list *list, size_t i)
{
    return (double)list->picks[i].place;
}
static double mean_of(const pick_list *list, size_t i)
{
    return list->picks[i].mean;
}
static double change_of(const pick_list *list, size_t i)
{
    return list->cases->ratios->n_years == 1 ? NAN : list->picks[i].change;
}

static behov_status add_figures(const pick_list *list, behov_report_column column,
                                double (*figure)(const pick_list *, size_t), behov_report *report, behov_error *err)
{
    double *values = malloc((list->n + 1) * sizeof *values);
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SELECTION_NO_MEMORY);
    for (size_t i = 0; i < list->n; i++)
        values[i] = figure(list, i);
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_year(const pick_list *list, size_t year, behov_report *report, behov_error *err)
{
    const behov_ratio_table *ratios = list->cases->ratios;
    char key[16];
    snprintf(key, sizeof key, "%d", ratios->years[year]);
    double *values = malloc((list->n + 1) * sizeof *values);
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SELECTION_NO_MEMORY);
    for (size_t i = 0; i < list->n; i++)
        values[i] = behov_ratio_table_at(ratios, list->picks[i].municipality, year);
    bool has_year = ratios->years[year] != 0;
    behov_status status = behov_report_add_numbers(
        report, (behov_report_column){has_year ? key : "ratio", has_year ? key : NULL, BEHOV_Q_RATIO}, values, true,
        err);
    if (status)
        free(values);
    return status;
}

/* The lasting level where it is hardest put to it, with its interval. */
static behov_status add_nearest(const pick_list *list, behov_report *report, behov_error *err)
{
    static const behov_word words[] = {BEHOV_WORD_LASTING_NEAREST, BEHOV_WORD_LASTING_NEAREST_LOW,
                                       BEHOV_WORD_LASTING_NEAREST_HIGH};
    static double (*const figures[])(const pick_list *, size_t) = {nearest_ratio, nearest_low, nearest_high};
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < 3 && !status; j++) {
        char heading[100];
        behov_fit_results_interval_label(list->cases->fit_results, words[j], heading);
        status = add_figures(list, (behov_report_column){behov_word_key(words[j]), heading, BEHOV_Q_RATIO}, figures[j],
                             report, err);
    }
    return status;
}

static behov_status add_texts(behov_report *report, behov_report_column column, size_t *cursor, behov_error *err)
{
    *cursor = behov_report_n_columns(report);
    return behov_report_add_texts(report, column, err);
}

static behov_status set_texts(const pick_list *list, behov_report *report, const size_t columns[5], bool has_kind,
                              bool is_for_program, behov_error *err)
{
    static const behov_word level_keys[] = {BEHOV_NO_WORD, BEHOV_WORD_LEVEL_LOW, BEHOV_WORD_LEVEL_MIDDLE,
                                            BEHOV_WORD_LEVEL_HIGH};
    const behov_cases *cases = list->cases;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++) {
        const behov_pick *pick = &list->picks[i];
        const behov_municipality *municipality = &cases->ratios->places.all[pick->municipality];
        behov_ratio_level level =
            behov_ratio_level_of(behov_ratio_table_at(cases->ratios, pick->municipality, cases->ratios->n_years - 1),
                                 &cases->options.limits);
        char text[400];
        note_of(cases, pick, text);
        const char *cells[5] = {
            is_for_program ? kind_names[pick->kind] : behov_label(cases->lang, kind_keys[pick->kind]),
            municipality->code, municipality->name, level ? behov_label(cases->lang, level_keys[level]) : "", text};
        for (size_t j = has_kind ? 0 : 1; j < 5 && !status; j++)
            status = behov_report_set_text(report, columns[j], i, cells[j], err);
    }
    return status;
}

/* The picks of a kind, or of every kind with a column that says which. */
static behov_status make_table(const behov_cases *cases, int kind, bool is_for_program, behov_report **out,
                               behov_error *err)
{
    pick_list list = {cases, cases->picks, cases->n_picks, is_for_program};
    if (kind != EVERY_KIND) {
        while (list.n && (int)list.picks->kind != kind)
            list.picks++, list.n--;
        list.n = shown_of(cases, (behov_case_kind)kind);
    }
    behov_language lang = cases->lang;
    size_t columns[5] = {0}, n_years = cases->ratios->n_years;
    char level_label[100], year[16];
    snprintf(year, sizeof year, "%d", cases->ratios->years[n_years - 1]);
    behov_label_fill(lang, BEHOV_WORD_LEVEL_IN, level_label, sizeof level_label, "year", year, NULL);
    behov_report *report = NULL;
    behov_status status = behov_report_new("selection", list.n, NULL, &report, err);
    if (!status && kind == EVERY_KIND)
        status =
            add_texts(report, (behov_report_column){"kind", behov_label(lang, BEHOV_WORD_SELECT_KIND), BEHOV_Q_TEXT},
                      &columns[0], err);
    if (!status)
        status =
            add_figures(&list, (behov_report_column){"place", behov_label(lang, BEHOV_WORD_RANKING_RANK), BEHOV_Q_RANK},
                        place_of, report, err);
    if (!status)
        status = add_texts(
            report, (behov_report_column){"municipality_code", behov_label(lang, BEHOV_WORD_NUMBER), BEHOV_Q_CODE},
            &columns[1], err);
    if (!status)
        status = add_texts(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, &columns[2], err);
    for (size_t t = 0; t < n_years && !status; t++)
        status = add_year(&list, t, report, err);
    if (!status)
        status = add_figures(&list, (behov_report_column){"mean_ratio", NULL, BEHOV_Q_INDEX}, mean_of, report, err);
    if (!status && cases->has_shrunk)
        status = add_figures(&list, (behov_report_column){"shrunk_ratio", NULL, BEHOV_Q_RATIO}, shrunk_of, report, err);
    if (!status && cases->has_shrunk && kind != BEHOV_CASE_DECREASE && kind != BEHOV_CASE_INCREASE)
        status = add_nearest(&list, report, err);
    if (!status)
        status =
            add_figures(&list, (behov_report_column){"change_points", NULL, BEHOV_Q_COUNT}, change_of, report, err);
    if (!status)
        status = add_texts(report,
                           (behov_report_column){"level", cases->ratios->years[0] ? level_label : NULL, BEHOV_Q_TEXT},
                           &columns[3], err);
    if (!status && cases->has_population)
        status =
            add_figures(&list, (behov_report_column){"population", NULL, BEHOV_Q_COUNT}, population_of, report, err);
    if (!status)
        status = add_texts(report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT}, &columns[4], err);
    if (!status)
        status = set_texts(&list, report, columns, kind == EVERY_KIND, is_for_program, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status cases_table(const behov_cases *cases, bool is_for_program, behov_report **report, behov_error *err)
{
    return make_table(cases, EVERY_KIND, is_for_program, report, err);
}

/* A row for each kind: what it asks for, how many there are, who is the most extreme. */
static behov_status make_overview(const behov_cases *cases, behov_report **out, behov_error *err)
{
    static const char *const keys[] = {"select_kind", "select_rule", "select_first"};
    behov_report *report = NULL;
    size_t columns[3] = {0};
    double *found_values = calloc(2 * BEHOV_N_CASE_KINDS, sizeof *found_values),
           *shown_values = calloc(BEHOV_N_CASE_KINDS, sizeof *shown_values);
    behov_status status = found_values && shown_values
                              ? behov_report_new("selection", BEHOV_N_CASE_KINDS, NULL, &report, err)
                              : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SELECTION_NO_MEMORY);
    for (size_t j = 0; j < 2 && !status; j++)
        status = add_texts(report, (behov_report_column){keys[j], NULL, BEHOV_Q_TEXT}, &columns[j], err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        bool is_told = is_found(cases, (behov_case_kind)kind);
        found_values[kind] = is_told ? (double)cases->n_found[kind] : NAN;
        shown_values[kind] = is_told ? (double)shown_of(cases, (behov_case_kind)kind) : NAN;
    }
    if (!status && !(status = behov_report_add_numbers(
                         report, (behov_report_column){"select_found", NULL, BEHOV_Q_COUNT}, found_values, true, err)))
        found_values = NULL;
    if (!status && !(status = behov_report_add_numbers(
                         report, (behov_report_column){"select_shown", NULL, BEHOV_Q_COUNT}, shown_values, true, err)))
        shown_values = NULL;
    if (!status)
        status = add_texts(report, (behov_report_column){keys[2], NULL, BEHOV_Q_TEXT}, &columns[2], err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        char rule[200], first[200] = "";
        rule_of(cases, (behov_case_kind)kind, rule);
        for (size_t i = cases->n_picks; i-- > 0;)
            if ((int)cases->picks[i].kind == kind)
                name_of(cases, cases->picks[i].municipality, first);
        const char *cells[3] = {behov_label(cases->lang, kind_keys[kind]), rule, first};
        for (size_t j = 0; j < 3 && !status; j++)
            status = behov_report_set_text(report, columns[j], (size_t)kind, cells[j], err);
    }
    free(found_values), free(shown_values);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections and page ---------------------------------------------------------------------------------------------
 */

static behov_status add_notes(const behov_cases *cases, size_t start, size_t end, behov_section_list *list,
                              behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = start; i < end && !status; i++) {
        char text[SENTENCE];
        note_at(cases, i, text);
        status = behov_section_list_note(list, text, err);
        if (!status && i == REMARKS_AFTER && cases->fit_results)
            status = behov_remarks_add(cases->fit_results,
                                       BEHOV_CODES_REMARK | (cases->has_shrunk ? BEHOV_CLUSTERS_REMARK : 0), list, err);
    }
    return status;
}

static behov_status add_workbook(const behov_cases *cases, behov_section_list *list, behov_error *err)
{
    char title[SENTENCE], text[SENTENCE], rule[200], match[FIGURE], shown_text[FIGURE];
    behov_report *table = NULL;
    title_of(cases, BEHOV_WORD_TITLE_SELECTION, title);
    behov_status status = make_table(cases, EVERY_KIND, false, &table, err);
    if (!status)
        status =
            behov_section_list_add(list,
                                   (behov_section){.name = behov_label(cases->lang, BEHOV_WORD_SHEET_SELECTION),
                                                   .title = title,
                                                   .subtitle = behov_label(cases->lang, BEHOV_WORD_SUBTITLE_SELECTION),
                                                   .table_name = behov_label(cases->lang, BEHOV_WORD_SHEET_SELECTION),
                                                   .n_frozen_columns = 4,
                                                   .landscape = true},
                                   table, err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        rule_of(cases, (behov_case_kind)kind, rule);
        whole(cases->lang, (double)cases->n_found[kind], match);
        whole(cases->lang, (double)shown_of(cases, (behov_case_kind)kind), shown_text);
        behov_label_fill(cases->lang, BEHOV_WORD_SELECT_ANSWER, text, sizeof text, "kind",
                         behov_label(cases->lang, kind_keys[kind]), "rule", rule, "n", match, "shown", shown_text,
                         NULL);
        if (is_found(cases, (behov_case_kind)kind)) /* else a note below says why */
            status = behov_section_list_note(list, text, err);
    }
    return status ? status : add_notes(cases, 0, NOTES, list, err);
}

behov_status cases_add(const behov_cases *cases, bool is_workbook, behov_section_list *list, behov_error *err)
{
    enum { FIRST_EXPLANATION = 8 }; /* notes before it are answers */
    if (is_workbook)
        return add_workbook(cases, list, err);
    char title[SENTENCE];
    behov_report *table = NULL;
    title_of(cases, BEHOV_WORD_TITLE_SELECTION, title);
    /* where there is no one to choose from, no table of zeros */
    behov_status status = is_none_chosen_from(cases) ? make_table(cases, EVERY_KIND, false, &table, err)
                                                     : make_overview(cases, &table, err);
    if (!status)
        status =
            behov_section_list_add(list,
                                   (behov_section){.name = behov_label(cases->lang, BEHOV_WORD_SHEET_SELECTION),
                                                   .title = title,
                                                   .subtitle = behov_label(cases->lang, BEHOV_WORD_SUBTITLE_SELECTION),
                                                   .table_name = behov_label(cases->lang, BEHOV_WORD_SHEET_SELECTION),
                                                   .n_frozen_columns = 1},
                                   table, err);
    if (!status)
        status = add_notes(cases, 0, FIRST_EXPLANATION, list, err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        if (!shown_of(cases, (behov_case_kind)kind))
            continue;
        char rule[200];
        title_of(cases, kind_keys[kind], title);
        rule_of(cases, (behov_case_kind)kind, rule);
        status = make_table(cases, kind, false, &table, err);
        if (!status)
            status = behov_section_list_add(list,
                                            (behov_section){.name = behov_label(cases->lang, kind_keys[kind]),
                                                            .title = title,
                                                            .subtitle = rule,
                                                            .table_name = behov_label(cases->lang, kind_keys[kind]),
                                                            .n_frozen_columns = 3,
                                                            .landscape = true},
                                            table, err);
    }
    return status ? status : add_notes(cases, FIRST_EXPLANATION, NOTES, list, err);
}

static void write_notes(const behov_section *section, FILE *out)
{
    text_line(section->title, 0, out);
    fputc('\n', out);
    for (size_t i = 0; i < section->n_notes; i++)
        text_line(section->notes[i], 0, out);
}

behov_status write_selection_page(const behov_cases *cases, FILE *out, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = cases_add(cases, false, &list, err);
    if (!status && cases->fit_results) {
        status = write_text_head(cases->fit_results, out, err);
        fputc('\n', out);
    }
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", out);
        if (is_none_chosen_from(cases))
            write_notes(&list.sections[i], out);
        else
            write_text_section(&list.sections[i], NULL, cases->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *count(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *shrunk_object(const behov_cases *cases)
{
    if (!cases->has_shrunk)
        return json_null();
    json_t *object = json_object();
    for (int kind = 0; kind <= BEHOV_CASE_HIGH; kind++) {
        json_t *single_object = json_object();
        json_put(single_object, "n_found", count(cases->n_shrunk_found[kind]));
        json_put(single_object, "n_falls_away", count(cases->n_falls[kind]));
        json_put(single_object, "n_stands_clearly", count(cases->n_clear[kind]));
        json_put(single_object, "n_comes_in", count(cases->n_comes_in[kind]));
        json_put(object, kind_names[kind], single_object);
    }
    return object;
}

/* {year, ratio, low, high} of each year. */
static json_t *lasting_array(const behov_cases *cases, size_t place)
{
    if (!cases->has_shrunk)
        return json_null();
    json_t *list = json_array();
    for (size_t t = 0; t < cases->ratios->n_years; t++) {
        const behov_lasting *lasting = &cases->lasting[place * cases->ratios->n_years + t];
        json_t *object = json_object();
        json_put(object, "year", cases->ratios->years[t] ? json_integer(cases->ratios->years[t]) : json_null());
        json_put(object, "ratio", number(lasting->ratio));
        json_put(object, "low", number(lasting->interval.low));
        json_put(object, "high", number(lasting->interval.high));
        json_add(list, object);
    }
    return list;
}

behov_status write_selection_json(const char *path, const behov_cases *cases, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = cases_table(cases, true, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *found_object = json_object(), *left_out = json_object(), *years = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    if (cases->fit_results)
        write_json_common(object, cases->fit_results);
    else
        json_put(object, "data", json_text(cases->ratios->printed_path));
    for (size_t t = 0; t < cases->ratios->n_years; t++)
        if (cases->ratios->years[t])
            json_add(years, json_integer(cases->ratios->years[t]));
    json_put(object, "years", years);
    json_put(object, "low", number(cases->options.limits.low));
    json_put(object, "high", number(cases->options.limits.high));
    json_put(object, "change", number(cases->options.limits.change));
    json_put(object, "min_population",
             cases->options.min_population > 0 ? number(cases->options.min_population) : json_null());
    json_put(object, "largest", cases->options.largest ? count(cases->options.largest) : json_null());
    json_put(object, "count", cases->options.count ? count(cases->options.count) : json_null());
    json_put(object, "n_municipalities", count(cases->ratios->places.n));
    json_put(object, "n_chosen_from", count(cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM]));
    json_put(left_out, "missing_years", count(cases->n_for_reason[BEHOV_CASE_MISSING_YEARS]));
    json_put(left_out, "no_population", count(cases->n_for_reason[BEHOV_CASE_NO_POPULATION]));
    json_put(left_out, "too_few_inhabitants", count(cases->n_for_reason[BEHOV_CASE_TOO_FEW]));
    json_put(left_out, "not_asked_for", count(cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR]));
    json_put(left_out, "in_no_kind", count(cases->n_in_no_kind));
    json_put(object, "left_out", left_out);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        json_put(found_object, kind_names[kind],
                 is_found(cases, (behov_case_kind)kind) ? count(cases->n_found[kind]) : json_null());
    json_put(object, "found", found_object);
    json_put(object, "shrunk", shrunk_object(cases));
    json_put(object, "level", cases->has_shrunk ? json_figure(cases->fit_results->level_pct / 100) : json_null());
    json_t *rows = write_json_rows(report);
    for (size_t i = 0; i < cases->n_picks; i++) {
        const behov_pick *pick = &cases->picks[i];
        behov_lasting_verdict verdict = behov_cases_verdict(cases, pick->municipality, pick->kind);
        bool is_told = verdict != BEHOV_LASTING_NOT_TOLD;
        json_t *row = json_array_get(rows, i);
        json_put(row, "falls_away", is_told ? json_boolean(verdict == BEHOV_LASTING_FALLS_AWAY) : json_null());
        json_put(row, "stands_clearly", is_told ? json_boolean(verdict == BEHOV_LASTING_CLEAR) : json_null());
        json_put(row, "lasting", lasting_array(cases, pick->municipality));
    }
    json_put(object, "rows", rows);
    behov_report_free(report);
    return write_json_object(path, object, err);
}
