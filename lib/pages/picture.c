/* picture.c - charts under each other with the words around them. */
#include "picture.h"

#include <math.h>
#include <stdio.h>

/* Points of 1/72 inch. */
static const double margin = 10, title_size = 12, answer_size = 9.5, warning_size = 9.5, data_size = 8.5, note_size = 7,
                    between = 8;

void picture_free(picture *of)
{
    for (size_t i = 0; i < of->n_charts; i++)
        chart_free(&of->charts[i]);
    of->n_charts = 0;
}

chart *picture_add_chart(picture *to)
{
    chart *made = &to->charts[to->n_charts++];
    *made = (chart){.lang = to->lang};
    return made;
}

void picture_add_note(picture *to, const char *text)
{
    size_t i = 0;
    while (i < PICTURE_NOTES && to->notes[i][0])
        i++;
    if (i < PICTURE_NOTES)
        snprintf(to->notes[i], sizeof to->notes[i], "%.*s", label_clip(text, sizeof to->notes[i] - 1), text);
}

/* Words over the whole width, from y; where they end. */
static double set(const picture *of, const drawing_ruler *ruler, const char *role, double size, bool is_bold,
                  drawing_ink ink, const char *text, double y, drawing *to)
{
    drawing_words how = {
        .role = role, .x = margin, .width = of->width - 2 * margin, .size = size, .ink = ink, .is_bold = is_bold};
    return drawing_wrap(to, ruler, &how, text, y);
}

/* \param to  NULL = the height alone */
static double head(const picture *of, const drawing_ruler *ruler, drawing *to)
{
    double y = set(of, ruler, "title", title_size, true, INK_BLACK, of->title, margin - 2, to);
    for (size_t i = 0; i < PICTURE_ANSWERS; i++)
        y = set(of, ruler, "answer", answer_size, false, INK_BLACK, of->answers[i], y, to);
    y = set(of, ruler, "warning", warning_size, true, INK_VERMILLION, of->warning, y, to);
    return set(of, ruler, "data", data_size, false, INK_GREY, of->data, y, to);
}

static double foot(const picture *of, const drawing_ruler *ruler, double y, drawing *to)
{
    for (size_t i = 0; i < PICTURE_NOTES; i++)
        y = set(of, ruler, "note", note_size, false, INK_GREY, of->notes[i], y, to);
    return y + margin - 4;
}

static behov_status no_room(const char *option, double needed, behov_error *err)
{
    return behov_error_set(err, BEHOV_E_ARGUMENT, option, "the chart has no room; it needs at least %.0f mm",
                           ceil(needed / 72 * 25.4));
}

/* Air above a chart that has a heading, so that it does not stick to what stands before it. */
static double air(const picture *of, size_t i) { return of->charts[i].heading[0] ? between : 0; }

behov_status picture_lay_out(const picture *of, const drawing_ruler *ruler, drawing *out, behov_error *err)
{
    chart_layout charts[PICTURE_CHARTS];
    double top = head(of, ruler, NULL), fixed = top + foot(of, ruler, 0, NULL), plots = 0, least = 0, narrow = 0;
    *out = (drawing){.width = of->width};
    for (size_t i = 0; i < of->n_charts; i++) {
        behov_status status = chart_prepare(&of->charts[i], ruler, margin, of->width - margin, &charts[i], err);
        if (status)
            return status;
        narrow = fmax(narrow, charts[i].lacks);
        fixed += charts[i].above + charts[i].beneath + air(of, i);
        plots += charts[i].plot;
        least += charts[i].least;
    }
    if (narrow > 0)
        return no_room("--width", of->width + narrow, err);
    double spare = of->height > 0 ? of->height - fixed - least : plots - least, wished = plots - least;
    if (spare < 0)
        return no_room("--height", fixed + least, err);
    out->height = fixed + least + spare;
    head(of, ruler, out);
    for (size_t i = 0; i < of->n_charts; i++) {
        /* what a chart wants beyond the least, its share of the room that is there */
        double wish = charts[i].plot - charts[i].least;
        double plot = charts[i].least + spare * (wished > 0 ? wish / wished : 1 / (double)of->n_charts);
        top += air(of, i);
        out->chart = i + 1;
        chart_draw(&charts[i], top, plot, out);
        top += charts[i].above + plot + charts[i].beneath;
    }
    out->chart = 0;
    foot(of, ruler, top, out);
    if (out->is_out_of_memory)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the picture");
    return BEHOV_OK;
}
