/* write_selection.c - cases in words: how many of each kind, who they are, why the others were left out. */
#include "write_selection.h"

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

static const char *const kind_keys[BEHOV_N_CASE_KINDS] = {"select_low", "select_high", "select_decrease",
                                                          "select_increase"};
static const char *const kind_names[BEHOV_N_CASE_KINDS] = {"low", "high", "decrease", "increase"};

static void whole(behov_language lang, double value, char text[FIGURE]) { format_cell(BEHOV_Q_COUNT, value, lang, text); }

/* 97.5 as a user types it, with the language's decimal mark. */
static void as_typed(behov_language lang, double value, char text[FIGURE])
{
    behov_number_shortest(value, text);
    for (char *c = text; *c; c++)
        *c = *c == '.' ? label_decimal_mark(lang) : *c;
}

static void years_of(const selection *of, char text[64])
{
    const int *years = of->ratios->years;
    size_t n = of->ratios->n_years;
    text[0] = '\0';
    if (years[0] && n == 1)
        snprintf(text, 64, "%d", years[0]);
    else if (years[0])
        snprintf(text, 64, "%d–%d", years[0], years[n - 1]);
}

static void title_of(const selection *of, const char *key, char text[SENTENCE])
{
    char years[64];
    years_of(of, years);
    snprintf(text, SENTENCE, "%s%s%s", label(of->lang, key), years[0] ? ", " : "", years);
    if (of->is_simulated)
        title_mark_simulated(of->lang, text, SENTENCE);
}

/* Ratios that were read are those of expenditure, as in the report. */
static bool in_kroner(const selection *of) { return !of->of || behov_need_gap_is_1000kr(of->of->need); }

/* With one year there is no change. */
static bool is_found(const selection *of, behov_case_kind kind)
{
    return of->ratios->n_years > 1 || kind == BEHOV_CASE_LOW || kind == BEHOV_CASE_HIGH;
}

static void rule_of(const selection *of, behov_case_kind kind, char text[200])
{
    if (!is_found(of, kind)) {
        snprintf(text, 200, "%s", label(of->lang, "select_one_year_rule"));
        return;
    }
    static const char *const keys[] = {"select_rule_low", "select_rule_high", "select_rule_decrease",
                                       "select_rule_increase"};
    const behov_ratio_limits *limits = &of->options.limits;
    char number[FIGURE];
    as_typed(of->lang,
             kind == BEHOV_CASE_LOW    ? limits->low
             : kind == BEHOV_CASE_HIGH ? limits->high
                                       : limits->change,
             number);
    label_fill(of->lang, label_key(keys[kind], in_kroner(of)), text, 200, "n", number, NULL);
}

static void name_of(const selection *of, size_t place, char text[200])
{
    const municipality *one = &of->ratios->places.all[place];
    directory_name_first(one, text, 200);
}

static size_t shown_of(const selection *of, behov_case_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < of->n_picks; i++)
        n += of->picks[i].kind == kind;
    return n;
}

/* ---- sentences -----------------------------------------------------------------------------------------------------
 */

enum { NOTES = 15, REMARKS_AFTER = 12 };

static size_t n_asked_for(const selection *of)
{
    return of->ratios->places.n - of->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR];
}

static bool is_none_chosen_from(const selection *of) { return !of->n_for_reason[BEHOV_CASE_CHOSEN_FROM]; }

/* Why there is no table. */
static void note_none(const selection *of, char text[SENTENCE])
{
    bool has_ratio = false;
    for (size_t i = 0; i < of->ratios->places.n * of->ratios->n_years; i++)
        has_ratio = has_ratio || !isnan(of->ratios->ratios[i]);
    char n[FIGURE];
    whole(of->lang, (double)n_asked_for(of), n);
    text[0] = '\0';
    if (is_none_chosen_from(of))
        label_fill(of->lang,
                   has_ratio ? "select_none_left"
                   : of->of  ? "select_none"
                             : "select_none_read",
                   text, SENTENCE, "n", n, NULL);
}

static void note_asked_for(const selection *of, char text[SENTENCE])
{
    char n[FIGURE], all[FIGURE];
    whole(of->lang, (double)n_asked_for(of), n);
    whole(of->lang, (double)of->ratios->places.n, all);
    text[0] = '\0';
    if (of->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR])
        label_fill(of->lang, "select_asked_for", text, SENTENCE, "n", n, "all", all, NULL);
}

static void note_left_out(const selection *of, char text[SENTENCE])
{
    char all[FIGURE], from[FIGURE], missing[FIGURE], few[FIGURE], unknown[FIGURE], none[FIGURE], limit[FIGURE];
    whole(of->lang, (double)n_asked_for(of), all);
    whole(of->lang, (double)of->n_for_reason[BEHOV_CASE_CHOSEN_FROM], from);
    whole(of->lang, (double)of->n_for_reason[BEHOV_CASE_MISSING_YEARS], missing);
    whole(of->lang, (double)of->n_for_reason[BEHOV_CASE_TOO_FEW], few);
    whole(of->lang, (double)of->n_for_reason[BEHOV_CASE_NO_POPULATION], unknown);
    whole(of->lang, (double)of->n_in_no_kind, none);
    whole(of->lang, of->options.largest ? (double)of->options.largest : of->options.min_population, limit);
    label_fill(of->lang,
               of->options.largest              ? "select_left_out_largest"
               : of->options.min_population > 0 ? "select_left_out_few"
                                                : "select_left_out",
               text, SENTENCE, "all", all, "from", from, "missing", missing, "few", few, "unknown", unknown, "none",
               none, "limit", limit, "kinds",
               label(of->lang, of->ratios->n_years > 1 ? "word_four" : "word_two"), NULL);
}

static void note_shrunk(const selection *of, behov_case_kind kind, char text[SENTENCE])
{
    char found[FIGURE], falls[FIGURE], clear[FIGURE], stay[FIGURE], comes[FIGURE], level[100];
    results_interval_label(of->of, "word_level", level);
    whole(of->lang, (double)of->n_found[kind], found);
    whole(of->lang, (double)of->n_clear[kind], clear);
    whole(of->lang, (double)(of->n_found[kind] - of->n_falls[kind]), stay);
    whole(of->lang, (double)of->n_falls[kind], falls);
    whole(of->lang, (double)of->n_comes_in[kind], comes);
    label_fill(of->lang,
               !of->n_found[kind] ? "select_shrunk_none"
               : of->is_one_year  ? "select_shrunk_one_year"
                                  : "select_shrunk",
               text, SENTENCE, "kind",
               label(of->lang, kind_keys[kind]), "n", found, "falls", falls, "stay", stay, "clear", clear, "comes",
               comes, "level", level, NULL);
}

/* Names of the shown picks that fall away, as many as there is room for. */
static void note_falling(const selection *of, char text[SENTENCE])
{
    char names[500] = "", number[FIGURE];
    size_t left = 0;
    for (size_t i = 0; i < of->n_picks; i++) {
        char name[200];
        if (selection_verdict(of, of->picks[i].municipality, of->picks[i].kind) != LASTING_FALLS_AWAY)
            continue;
        name_of(of, of->picks[i].municipality, name);
        size_t length = strlen(names);
        if (left == 0 && length + strlen(name) + 3 < sizeof names)
            snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "", name);
        else
            left++;
    }
    whole(of->lang, (double)left, number);
    text[0] = '\0';
    if (names[0])
        label_fill(of->lang, left ? "select_falling_more" : "select_falling", text, SENTENCE, "names", names, "n",
                   number, NULL);
}

/* The picks that are changes: which of them last cannot be told. */
static void note_changes(const selection *of, char text[SENTENCE])
{
    char n[FIGURE];
    size_t changes = shown_of(of, BEHOV_CASE_DECREASE) + shown_of(of, BEHOV_CASE_INCREASE);
    whole(of->lang, (double)changes, n);
    text[0] = '\0';
    if (of->has_shrunk && changes)
        label_fill(of->lang, "select_changes_not_told", text, SENTENCE, "n", n, NULL);
}

static bool has_cut_level(const selection *of)
{
    for (size_t i = 0; of->has_shrunk && i < of->ratios->places.n * of->ratios->n_years; i++)
        if (lasting_is_cut(of->lasting[i]))
            return true;
    return false;
}

/* "" where there is nothing to say. */
static void note_at(const selection *of, size_t i, char text[SENTENCE])
{
    text[0] = '\0';
    if (is_none_chosen_from(of) && (i == 7 || i == 8 || i == 9 || i == 11 || i == 12))
        return; /* how to read a table that is not there */
    switch (i) {
    case 0: note_none(of, text); break;
    case 1: note_asked_for(of, text); break;
    case 2: note_left_out(of, text); break;
    case 3:
    case 4:
        if (of->has_shrunk && !is_none_chosen_from(of))
            note_shrunk(of, (behov_case_kind)(i - 3), text);
        break;
    case 5:
        if (of->has_shrunk)
            note_falling(of, text);
        break;
    case 6:
        if (of->ratios->n_years == 1)
            snprintf(text, SENTENCE, "%s", label(of->lang, "select_one_year"));
        else
            note_changes(of, text);
        break;
    case 7:
        if (of->has_shrunk) {
            char level[100];
            results_interval_label(of->of, "word_level", level);
            size_t length =
                label_fill(of->lang, label_key("select_shrunk_explained", in_kroner(of)), text, SENTENCE, "level", level,
                           NULL);
            if (has_cut_level(of))
                snprintf(text + length, SENTENCE - length, " %s", label(of->lang, "lasting_below_zero"));
        }
        break;
    case 8: snprintf(text, SENTENCE, "%s", label(of->lang, "select_explained")); break;
    case 9: {
        char low[FIGURE], high[FIGURE];
        as_typed(of->lang, of->options.limits.low, low);
        as_typed(of->lang, of->options.limits.high, high);
        label_fill(of->lang, label_key("select_levels", in_kroner(of)), text, SENTENCE, "low", low, "high", high, NULL);
        break;
    }
    case 10:
        if (!of->of)
            label_fill(of->lang, "ratios_from", text, SENTENCE, "file",
                       strcmp(of->ratios->printed_path, "-") == 0 ? label(of->lang, "standard_input")
                                                                  : of->ratios->printed_path,
                       NULL);
        break;
    case 11:
        snprintf(text, SENTENCE, "%s", label(of->lang, of->has_shrunk ? "select_chance_shrunk" : "select_chance"));
        break;
    case 12:
        if (of->has_shrunk && of->is_one_year)
            snprintf(text, SENTENCE, "%s", label(of->lang, "ranking_one_year"));
        break;
    case 13:
        if (of->is_simulated)
            snprintf(text, SENTENCE, "%s", label(of->lang, "simulated_explained"));
        break;
    default: snprintf(text, SENTENCE, "%s", label(of->lang, "not_a_verdict")); break;
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

static void note_of(const selection *of, const behov_pick *pick, char text[400])
{
    text[0] = '\0';
    char words[200], limit[FIGURE];
    lasting_verdict verdict = selection_verdict(of, pick->municipality, pick->kind);
    if (verdict == LASTING_FALLS_AWAY)
        append(text, 400, label(of->lang, "select_falls_away"));
    if (verdict == LASTING_NOT_CLEAR)
        append(text, 400, label(of->lang, "select_not_clear"));
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        if (kind != (int)pick->kind && selection_is_of_kind(of, pick->municipality, (behov_case_kind)kind)) {
            label_fill(of->lang, "select_also", words, sizeof words, "kind", label(of->lang, kind_keys[kind]), NULL);
            append(text, 400, words);
        }
    if (of->ratios->places.all[pick->municipality].population < FEW_INHABITANTS) {
        whole(of->lang, FEW_INHABITANTS, limit);
        label_fill(of->lang, "few_inhabitants", words, sizeof words, "n", limit, NULL);
        append(text, 400, words);
    }
}

typedef struct pick_list {
    const selection *of;
    const behov_pick *picks;
    size_t n;
    bool is_for_program; /* levels as they were computed */
} pick_list;

static double population_of(const pick_list *list, size_t i)
{
    return list->of->ratios->places.all[list->picks[i].municipality].population;
}
static double level_shown(const pick_list *list, double level)
{
    return list->is_for_program ? level : lasting_shown(level);
}
static double shrunk_of(const pick_list *list, size_t i)
{
    return level_shown(list, list->of->shrunk[list->picks[i].municipality]);
}
static behov_lasting nearest_of(const pick_list *list, size_t i)
{
    const behov_lasting *nearest = selection_nearest(list->of, list->picks[i].municipality, list->picks[i].kind);
    return nearest ? *nearest : (behov_lasting){NAN, {NAN, NAN}, NAN};
}
static double nearest_ratio(const pick_list *list, size_t i) { return level_shown(list, nearest_of(list, i).ratio); }
static double nearest_low(const pick_list *list, size_t i) { return level_shown(list, nearest_of(list, i).interval.low); }
static double nearest_high(const pick_list *list, size_t i) { return level_shown(list, nearest_of(list, i).interval.high); }
static double place_of(const pick_list *list, size_t i) { return (double)list->picks[i].place; }
static double mean_of(const pick_list *list, size_t i) { return list->picks[i].mean; }
static double change_of(const pick_list *list, size_t i)
{
    return list->of->ratios->n_years == 1 ? NAN : list->picks[i].change;
}

static behov_status add_figures(const pick_list *list, behov_report_column column,
                                double (*figure)(const pick_list *, size_t), behov_report *report, behov_error *err)
{
    double *values = malloc((list->n + 1) * sizeof *values);
    if (!values)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the selection");
    for (size_t i = 0; i < list->n; i++)
        values[i] = figure(list, i);
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_year(const pick_list *list, size_t year, behov_report *report, behov_error *err)
{
    const ratio_table *ratios = list->of->ratios;
    char key[16];
    snprintf(key, sizeof key, "%d", ratios->years[year]);
    double *values = malloc((list->n + 1) * sizeof *values);
    if (!values)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the selection");
    for (size_t i = 0; i < list->n; i++)
        values[i] = ratio_table_at(ratios, list->picks[i].municipality, year);
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
    static const char *const keys[] = {"lasting_nearest", "lasting_nearest_low", "lasting_nearest_high"};
    static double (*const figures[])(const pick_list *, size_t) = {nearest_ratio, nearest_low, nearest_high};
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < 3 && !status; j++) {
        char heading[100];
        results_interval_label(list->of->of, keys[j], heading);
        status = add_figures(list, (behov_report_column){keys[j], heading, BEHOV_Q_RATIO}, figures[j], report, err);
    }
    return status;
}

static behov_status add_texts(behov_report *report, behov_report_column column, size_t *at, behov_error *err)
{
    *at = behov_report_n_columns(report);
    return behov_report_add_texts(report, column, err);
}

static behov_status set_texts(const pick_list *list, behov_report *report, const size_t columns[5], bool has_kind,
                              bool is_for_program, behov_error *err)
{
    static const char *const level_keys[] = {NULL, "level_low", "level_middle", "level_high"};
    const selection *of = list->of;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++) {
        const behov_pick *pick = &list->picks[i];
        const municipality *one = &of->ratios->places.all[pick->municipality];
        behov_ratio_level level = behov_ratio_level_of(
            ratio_table_at(of->ratios, pick->municipality, of->ratios->n_years - 1), &of->options.limits);
        char text[400];
        note_of(of, pick, text);
        const char *cells[5] = {is_for_program ? kind_names[pick->kind] : label(of->lang, kind_keys[pick->kind]),
                                one->code, one->name, level ? label(of->lang, level_keys[level]) : "", text};
        for (size_t j = has_kind ? 0 : 1; j < 5 && !status; j++)
            status = behov_report_set_text(report, columns[j], i, cells[j], err);
    }
    return status;
}

/* The picks of a kind, or of every kind with a column that says which. */
static behov_status make_table(const selection *of, int kind, bool is_for_program, behov_report **out, behov_error *err)
{
    pick_list list = {of, of->picks, of->n_picks, is_for_program};
    if (kind != EVERY_KIND) {
        while (list.n && (int)list.picks->kind != kind)
            list.picks++, list.n--;
        list.n = shown_of(of, (behov_case_kind)kind);
    }
    behov_language lang = of->lang;
    size_t columns[5] = {0}, n_years = of->ratios->n_years;
    char level_label[100], year[16];
    snprintf(year, sizeof year, "%d", of->ratios->years[n_years - 1]);
    label_fill(lang, "level_in", level_label, sizeof level_label, "year", year, NULL);
    behov_report *report = NULL;
    behov_status status = behov_report_new("selection", list.n, NULL, &report, err);
    if (!status && kind == EVERY_KIND)
        status = add_texts(report, (behov_report_column){"kind", label(lang, "select_kind"), BEHOV_Q_TEXT}, &columns[0],
                           err);
    if (!status)
        status = add_figures(&list, (behov_report_column){"place", label(lang, "ranking_rank"), BEHOV_Q_RANK}, place_of,
                             report, err);
    if (!status)
        status = add_texts(report, (behov_report_column){"municipality_code", label(lang, "number"), BEHOV_Q_CODE},
                           &columns[1], err);
    if (!status)
        status = add_texts(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, &columns[2], err);
    for (size_t t = 0; t < n_years && !status; t++)
        status = add_year(&list, t, report, err);
    if (!status)
        status = add_figures(&list, (behov_report_column){"mean_ratio", NULL, BEHOV_Q_INDEX}, mean_of, report, err);
    if (!status && of->has_shrunk)
        status = add_figures(&list, (behov_report_column){"shrunk_ratio", NULL, BEHOV_Q_RATIO}, shrunk_of, report, err);
    if (!status && of->has_shrunk && kind != BEHOV_CASE_DECREASE && kind != BEHOV_CASE_INCREASE)
        status = add_nearest(&list, report, err);
    if (!status)
        status =
            add_figures(&list, (behov_report_column){"change_points", NULL, BEHOV_Q_COUNT}, change_of, report, err);
    if (!status)
        status =
            add_texts(report, (behov_report_column){"level", of->ratios->years[0] ? level_label : NULL, BEHOV_Q_TEXT},
                      &columns[3], err);
    if (!status && of->has_population)
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

behov_status selection_table(const selection *of, bool is_for_program, behov_report **report, behov_error *err)
{
    return make_table(of, EVERY_KIND, is_for_program, report, err);
}

/* A row for each kind: what it asks for, how many there are, who is the most extreme. */
static behov_status make_overview(const selection *of, behov_report **out, behov_error *err)
{
    static const char *const keys[] = {"select_kind", "select_rule", "select_first"};
    behov_report *report = NULL;
    size_t columns[3] = {0};
    double *found = calloc(2 * BEHOV_N_CASE_KINDS, sizeof *found), *shown = calloc(BEHOV_N_CASE_KINDS, sizeof *shown);
    behov_status status = found && shown
                              ? behov_report_new("selection", BEHOV_N_CASE_KINDS, NULL, &report, err)
                              : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the selection");
    for (size_t j = 0; j < 2 && !status; j++)
        status = add_texts(report, (behov_report_column){keys[j], NULL, BEHOV_Q_TEXT}, &columns[j], err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        bool is_told = is_found(of, (behov_case_kind)kind);
        found[kind] = is_told ? (double)of->n_found[kind] : NAN;
        shown[kind] = is_told ? (double)shown_of(of, (behov_case_kind)kind) : NAN;
    }
    if (!status && !(status = behov_report_add_numbers(
                         report, (behov_report_column){"select_found", NULL, BEHOV_Q_COUNT}, found, true, err)))
        found = NULL;
    if (!status && !(status = behov_report_add_numbers(
                         report, (behov_report_column){"select_shown", NULL, BEHOV_Q_COUNT}, shown, true, err)))
        shown = NULL;
    if (!status)
        status = add_texts(report, (behov_report_column){keys[2], NULL, BEHOV_Q_TEXT}, &columns[2], err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        char rule[200], first[200] = "";
        rule_of(of, (behov_case_kind)kind, rule);
        for (size_t i = of->n_picks; i-- > 0;)
            if ((int)of->picks[i].kind == kind)
                name_of(of, of->picks[i].municipality, first);
        const char *cells[3] = {label(of->lang, kind_keys[kind]), rule, first};
        for (size_t j = 0; j < 3 && !status; j++)
            status = behov_report_set_text(report, columns[j], (size_t)kind, cells[j], err);
    }
    free(found), free(shown);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections and page ---------------------------------------------------------------------------------------------
 */

static behov_status add_notes(const selection *of, size_t from, size_t end, section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = from; i < end && !status; i++) {
        char text[SENTENCE];
        note_at(of, i, text);
        status = section_list_note(list, text, err);
        if (!status && i == REMARKS_AFTER && of->of)
            status = remarks_add(of->of, CODES_REMARK | (of->has_shrunk ? CLUSTERS_REMARK : 0), list, err);
    }
    return status;
}

static behov_status add_workbook(const selection *of, section_list *list, behov_error *err)
{
    char title[SENTENCE], text[SENTENCE], rule[200], found[FIGURE], shown[FIGURE];
    behov_report *table = NULL;
    title_of(of, "title_selection", title);
    behov_status status = make_table(of, EVERY_KIND, false, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(of->lang, "sheet_selection"),
                                            .title = title,
                                            .subtitle = label(of->lang, "subtitle_selection"),
                                            .table_name = label(of->lang, "sheet_selection"),
                                            .n_frozen_columns = 4,
                                            .landscape = true},
                                  table, err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        rule_of(of, (behov_case_kind)kind, rule);
        whole(of->lang, (double)of->n_found[kind], found);
        whole(of->lang, (double)shown_of(of, (behov_case_kind)kind), shown);
        label_fill(of->lang, "select_answer", text, sizeof text, "kind", label(of->lang, kind_keys[kind]), "rule", rule,
                   "n", found, "shown", shown, NULL);
        if (is_found(of, (behov_case_kind)kind)) /* else a note below says why */
            status = section_list_note(list, text, err);
    }
    return status ? status : add_notes(of, 0, NOTES, list, err);
}

behov_status selection_add(const selection *of, bool is_workbook, section_list *list, behov_error *err)
{
    enum { FIRST_EXPLANATION = 8 }; /* notes before it are answers */
    if (is_workbook)
        return add_workbook(of, list, err);
    char title[SENTENCE];
    behov_report *table = NULL;
    title_of(of, "title_selection", title);
    /* where there is no one to choose from, no table of zeros */
    behov_status status =
        is_none_chosen_from(of) ? make_table(of, EVERY_KIND, false, &table, err) : make_overview(of, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(of->lang, "sheet_selection"),
                                            .title = title,
                                            .subtitle = label(of->lang, "subtitle_selection"),
                                            .table_name = label(of->lang, "sheet_selection"),
                                            .n_frozen_columns = 1},
                                  table, err);
    if (!status)
        status = add_notes(of, 0, FIRST_EXPLANATION, list, err);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS && !status; kind++) {
        if (!shown_of(of, (behov_case_kind)kind))
            continue;
        char rule[200];
        title_of(of, kind_keys[kind], title);
        rule_of(of, (behov_case_kind)kind, rule);
        status = make_table(of, kind, false, &table, err);
        if (!status)
            status = section_list_add(list,
                                      (section){.name = label(of->lang, kind_keys[kind]),
                                                .title = title,
                                                .subtitle = rule,
                                                .table_name = label(of->lang, kind_keys[kind]),
                                                .n_frozen_columns = 3,
                                                .landscape = true},
                                      table, err);
    }
    return status ? status : add_notes(of, FIRST_EXPLANATION, NOTES, list, err);
}

static void write_notes(const section *of, FILE *out)
{
    text_line(of->title, 0, out);
    fputc('\n', out);
    for (size_t i = 0; i < of->n_notes; i++)
        text_line(of->notes[i], 0, out);
}

behov_status write_selection_page(const selection *of, FILE *out, behov_error *err)
{
    section_list list = {0};
    behov_status status = selection_add(of, false, &list, err);
    if (!status && of->of) {
        status = write_text_head(of->of, out, err);
        fputc('\n', out);
    }
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", out);
        if (is_none_chosen_from(of))
            write_notes(&list.sections[i], out);
        else
            write_text_section(&list.sections[i], NULL, of->lang, out);
    }
    section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return json_figure(value); }

static json_t *count(size_t value) { return json_integer((json_int_t)value); }

static json_t *shrunk_object(const selection *of)
{
    if (!of->has_shrunk)
        return json_null();
    json_t *object = json_object();
    for (int kind = 0; kind <= BEHOV_CASE_HIGH; kind++) {
        json_t *one = json_object();
        json_put(one, "n_found", count(of->n_shrunk_found[kind]));
        json_put(one, "n_falls_away", count(of->n_falls[kind]));
        json_put(one, "n_stands_clearly", count(of->n_clear[kind]));
        json_put(one, "n_comes_in", count(of->n_comes_in[kind]));
        json_put(object, kind_names[kind], one);
    }
    return object;
}

/* {year, ratio, low, high} of each year. */
static json_t *lasting_array(const selection *of, size_t place)
{
    if (!of->has_shrunk)
        return json_null();
    json_t *list = json_array();
    for (size_t t = 0; t < of->ratios->n_years; t++) {
        const behov_lasting *at = &of->lasting[place * of->ratios->n_years + t];
        json_t *one = json_object();
        json_put(one, "year", of->ratios->years[t] ? json_integer(of->ratios->years[t]) : json_null());
        json_put(one, "ratio", number(at->ratio));
        json_put(one, "low", number(at->interval.low));
        json_put(one, "high", number(at->interval.high));
        json_add(list, one);
    }
    return list;
}

behov_status write_selection_json(const char *path, const selection *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = selection_table(of, true, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *found = json_object(), *left_out = json_object(), *years = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    if (of->of)
        write_json_common(object, of->of);
    else
        json_put(object, "data", json_text(of->ratios->printed_path));
    for (size_t t = 0; t < of->ratios->n_years; t++)
        if (of->ratios->years[t])
            json_add(years, json_integer(of->ratios->years[t]));
    json_put(object, "years", years);
    json_put(object, "low", number(of->options.limits.low));
    json_put(object, "high", number(of->options.limits.high));
    json_put(object, "change", number(of->options.limits.change));
    json_put(object, "min_population",
             of->options.min_population > 0 ? number(of->options.min_population) : json_null());
    json_put(object, "largest", of->options.largest ? count(of->options.largest) : json_null());
    json_put(object, "count", of->options.count ? count(of->options.count) : json_null());
    json_put(object, "n_municipalities", count(of->ratios->places.n));
    json_put(object, "n_chosen_from", count(of->n_for_reason[BEHOV_CASE_CHOSEN_FROM]));
    json_put(left_out, "missing_years", count(of->n_for_reason[BEHOV_CASE_MISSING_YEARS]));
    json_put(left_out, "no_population", count(of->n_for_reason[BEHOV_CASE_NO_POPULATION]));
    json_put(left_out, "too_few_inhabitants", count(of->n_for_reason[BEHOV_CASE_TOO_FEW]));
    json_put(left_out, "not_asked_for", count(of->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR]));
    json_put(left_out, "in_no_kind", count(of->n_in_no_kind));
    json_put(object, "left_out", left_out);
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        json_put(found, kind_names[kind],
                 is_found(of, (behov_case_kind)kind) ? count(of->n_found[kind]) : json_null());
    json_put(object, "found", found);
    json_put(object, "shrunk", shrunk_object(of));
    json_put(object, "level", of->has_shrunk ? json_figure(of->of->level_pct / 100) : json_null());
    json_t *rows = write_json_rows(report);
    for (size_t i = 0; i < of->n_picks; i++) {
        const behov_pick *pick = &of->picks[i];
        lasting_verdict verdict = selection_verdict(of, pick->municipality, pick->kind);
        bool is_told = verdict != LASTING_NOT_TOLD;
        json_t *row = json_array_get(rows, i);
        json_put(row, "falls_away", is_told ? json_boolean(verdict == LASTING_FALLS_AWAY) : json_null());
        json_put(row, "stands_clearly", is_told ? json_boolean(verdict == LASTING_CLEAR) : json_null());
        json_put(row, "lasting", lasting_array(of, pick->municipality));
    }
    json_put(object, "rows", rows);
    behov_report_free(report);
    return write_json_object(path, object, err);
}
