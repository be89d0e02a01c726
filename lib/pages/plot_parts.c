/* plot_parts.c - what the plots have alike: the words around a chart, its lines and its series. */
#include "plot_parts.h"

#include <stdio.h>

#include "format.h"
#include "labels.h"
#include "result_sentences.h"
#include "study_words.h"

behov_status plot_out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the picture");
}

const char *plot_count(behov_language lang, size_t n, char text[FIGURE])
{
    return format_cell(BEHOV_Q_COUNT, (double)n, lang, text);
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

void plot_add_missing(picture *to, const char *key, size_t n)
{
    char number[FIGURE], text[WORDS];
    if (!n)
        return;
    label_fill(to->lang, key, text, sizeof text, "n", plot_count(to->lang, n, number), NULL);
    picture_add_note(to, text);
}

chart *plot_begin(const results *of, const char *title, int year, const char *rows, size_t n, picture *to)
{
    behov_language lang = of->of->lang;
    char years[64], number[FIGURE];
    wording data = {0};
    *to = (picture){.lang = lang, .width = to->width, .height = to->height};
    years_text(of->need, year, years);
    snprintf(to->title, sizeof to->title, "%s%s%s", label(lang, title), years[0] ? ", " : "", years);
    if (title[0])
        study_mark_title(of->of, to->title, sizeof to->title);
    results_data_name(of, &data);
    label_fill(lang, rows, to->data, sizeof to->data, "data", wording_text(&data), "n", plot_count(lang, n, number), "model",
               of->of->model.title ? of->of->model.title : behov_formula_outcome_name(of->of->formula), NULL);
    to->has_no_memory = data.has_no_memory;
    wording_free(&data);
    if (of->of->is_simulated)
        snprintf(to->warning, sizeof to->warning, "%s", label(lang, "plot_simulated"));
    for (size_t i = 0; i < of->of->n_cautions; i++)
        picture_add_note(to, of->of->cautions[i]);
    return picture_add_chart(to);
}

void plot_add_errors(const results *of, picture *to)
{
    char text[WORDS];
    wording errors = {0};
    results_errors(of, &errors);
    label_fill(of->of->lang, "ranking_errors", text, sizeof text, "errors", wording_text(&errors), NULL);
    to->has_no_memory = to->has_no_memory || errors.has_no_memory;
    wording_free(&errors);
    picture_add_note(to, text);
}

behov_status plot_add_remarks(const results *of, unsigned which, picture *to, behov_error *err)
{
    wording words = {0};
    behov_status status = BEHOV_OK;
    for (int i = 0; i < N_REMARKS && !status; i++) {
        if (!((which >> i) & 1u))
            continue;
        remark_say(of, (remark)i, &words);
        status = wording_status(&words, err);
        picture_add_note(to, wording_text(&words));
    }
    wording_free(&words);
    return status;
}

void plot_add_line(chart *to, chart_line_kind kind, double at, const char *key)
{
    chart_line *line = &to->lines[to->n_lines++];
    *line = (chart_line){.kind = kind, .at = at};
    snprintf(line->words, sizeof line->words, "%s", label(to->lang, key));
}

chart_series *plot_add_series(const results *of, chart *to, chart_series series, const char *key)
{
    char level[100];
    results_interval_label(of, "word_level", level);
    label_fill(to->lang, key, series.words, sizeof series.words, "level", level, NULL);
    to->series[to->n_series] = series;
    return &to->series[to->n_series++];
}

void plot_name_point(chart_point *to, const char *name, const char *code, const char *figure)
{
    snprintf(to->name, sizeof to->name, "%.*s%s%.*s%s%s%.60s", label_clip(name, 90), name,
             name[0] && code[0] ? " (" : "", label_clip(code, 30), code, name[0] && code[0] ? ")" : "",
             figure[0] ? ": " : "", figure);
}
