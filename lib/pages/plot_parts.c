/* plot_parts.c - what the plots have alike: the words around a chart, its lines and its series. */
#include "plot_parts.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/level_words.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>
#include <behov/wording.h>

behov_status behov_plot_out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PICTURE_NO_MEMORY);
}

const char *behov_plot_count(behov_language lang, size_t n, char text[BEHOV_FIGURE])
{
    return behov_format_cell(BEHOV_Q_COUNT, (double)n, lang, text);
}

/* "2016", "2012–2016"; "" without years. */
static void years_text(const behov_need *need, int year, char text[64])
{
    size_t n_years;
    const int *years = behov_need_years(need, &n_years);
    text[0] = '\0';
    if (year || (n_years == 1 && years[0]))
        snprintf(text, 64, "%d", year ? year : years[0]);
    else if (years[0])
        snprintf(text, 64, "%d–%d", years[0], years[n_years - 1]);
}

void behov_plot_add_note(behov_picture *out, behov_wording *text)
{
    behov_picture_add_note(out, behov_wording_text(text));
    out->has_no_memory = out->has_no_memory || text->has_no_memory;
    behov_wording_free(text);
}

void behov_plot_add_missing(behov_picture *out, behov_word key, size_t n)
{
    char number[BEHOV_FIGURE];
    behov_wording text = {0};
    if (!n)
        return;
    behov_wording_fill(&text, out->lang, key, "n", behov_plot_count(out->lang, n, number), NULL);
    behov_plot_add_note(out, &text);
}

behov_chart *behov_plot_begin(const behov_fit_results *fit_results, behov_word title, int year, behov_word rows,
                              size_t n, behov_picture *out)
{
    behov_language lang = fit_results->study->lang;
    char years[64], number[BEHOV_FIGURE];
    behov_wording data = {0};
    *out = (behov_picture){.lang = lang, .width = out->width, .height = out->height};
    years_text(fit_results->need, year, years);
    behov_wording head = {0};
    behov_wording_print(&head, "%s%s%s", behov_label(lang, title), years[0] ? ", " : "", years);
    if (title)
        behov_study_say_title(fit_results->study, behov_wording_text(&head), &out->title);
    behov_wording_spend(&out->title, &head);
    behov_fit_results_data_name(fit_results, &data);
    behov_wording_fill(&out->data, lang, rows, "data", behov_wording_text(&data), "n",
                       behov_plot_count(lang, n, number), "model",
                       fit_results->study->model.title ? fit_results->study->model.title
                                                       : behov_formula_outcome_name(fit_results->study->formula),
                       NULL);
    out->has_no_memory = data.has_no_memory;
    behov_wording_free(&data);
    if (fit_results->study->is_simulated)
        behov_wording_add(&out->warning, behov_label(lang, BEHOV_WORD_PLOT_SIMULATED));
    for (size_t i = 0; i < fit_results->study->n_cautions; i++)
        behov_picture_add_note(out, fit_results->study->cautions[i]);
    return behov_picture_add_chart(out);
}

void behov_plot_add_chance_warnings(const behov_shrink_variances *variances, size_t n_municipalities,
                                    behov_picture *out)
{
    behov_wording text = {0};
    for (size_t i = BEHOV_CHANCE_WARNINGS; i < BEHOV_CHANCE_SENTENCES; i++) {
        behov_chance_sentence(variances, n_municipalities, i, out->lang, &text);
        behov_plot_add_note(out, &text);
    }
}

void behov_plot_add_errors(const behov_fit_results *fit_results, behov_picture *out)
{
    behov_wording errors = {0}, text = {0};
    behov_fit_results_errors(fit_results, &errors);
    behov_wording_fill(&text, fit_results->study->lang, BEHOV_WORD_RANKING_ERRORS, "errors",
                       behov_wording_text(&errors), NULL);
    behov_wording_spend(&text, &errors);
    behov_plot_add_note(out, &text);
}

static behov_status add_note(void *picture, const char *sentence, behov_error *err)
{
    (void)err; /* no memory shows when the picture is done */
    behov_picture_add_note(picture, sentence);
    return BEHOV_OK;
}

behov_status behov_plot_add_remarks(const behov_fit_results *fit_results, unsigned which, behov_picture *out,
                                    behov_error *err)
{
    return behov_remarks_each(fit_results, which, add_note, out, err);
}

void behov_plot_add_line(behov_chart *out, behov_chart_line_kind kind, double point, behov_word key)
{
    behov_chart_line *line = &out->lines[out->n_lines++];
    *line = (behov_chart_line){.kind = kind, .point = point};
    behov_wording_add(&line->words, behov_label(out->lang, key));
}

behov_chart_series *behov_plot_add_series(const behov_fit_results *fit_results, behov_chart *out,
                                          behov_chart_series series, behov_word key)
{
    char level[100];
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_WORD_LEVEL, level);
    behov_wording_fill(&series.words, out->lang, key, "level", level, NULL);
    out->series[out->n_series] = series;
    return &out->series[out->n_series++];
}

static bool has_namesake(const behov_municipality_list *municipality_list, size_t place)
{
    const char *name = municipality_list->all[place].name;
    for (size_t i = 0; i < municipality_list->n; i++)
        if (i != place && strcmp(municipality_list->all[i].name, name) == 0)
            return true;
    return false;
}

void behov_plot_name_place(const behov_municipality_list *municipality_list, size_t place, behov_wording *out)
{
    const behov_municipality *who = &municipality_list->all[place];
    const char *name = who->name[0] ? who->name : who->code;
    bool both = who->name[0] && who->code[0] && has_namesake(municipality_list, place);
    behov_wording_print(out, both ? "%s (%s)" : "%s", name, who->code);
}

void behov_plot_name_point(behov_chart_point *out, const char *name, const char *code, const char *figure)
{
    behov_wording_add(&out->name, name);
    behov_wording_print(&out->name, name[0] && code[0] ? " (%s)" : "%s", code);
    behov_wording_add_after(&out->name, figure[0] ? ": " : "", figure);
}

static int compare_places(const void *a, const void *b)
{
    const plot_placed *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

void behov_plot_sort_places(plot_placed *places, size_t n)
{
    if (n > 1)
        qsort(places, n, sizeof *places, compare_places);
}
