/* picture.c - charts under each other with the words around them. */
#include <behov/picture.h>

#include <math.h>
#include <stdlib.h>

/* Points of 1/72 inch. */
static const double margin = 10, title_size = 12, answer_size = 9.5, warning_size = 9.5, data_size = 8.5, note_size = 7,
                    between = 8;

void behov_picture_free(behov_picture *picture)
{
    for (size_t i = 0; i < picture->n_charts; i++)
        behov_chart_free(&picture->charts[i]);
    picture->n_charts = 0;
    behov_picture_map_free(picture->map);
    picture->map = NULL;
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS; i++)
        behov_wording_free(&picture->answers[i]);
    for (size_t i = 0; i < picture->n_notes; i++)
        behov_wording_free(&picture->notes[i]);
    free(picture->notes);
    picture->notes = NULL;
    picture->n_notes = 0;
    behov_wording_free(&picture->description);
    behov_wording_free(&picture->title);
    behov_wording_free(&picture->warning);
    behov_wording_free(&picture->data);
}

behov_chart *behov_picture_add_chart(behov_picture *out)
{
    behov_chart *chart = &out->charts[out->n_charts++];
    *chart = (behov_chart){.lang = out->lang};
    return chart;
}

void behov_picture_add_note(behov_picture *out, const char *text)
{
    if (!text[0])
        return;
    behov_wording *notes = realloc(out->notes, (out->n_notes + 1) * sizeof *notes);
    if (!notes) {
        out->has_no_memory = true;
        return;
    }
    out->notes = notes;
    notes[out->n_notes] = (behov_wording){0};
    behov_wording_add(&notes[out->n_notes++], text);
}

/* A sentence more, behind one that ends. */
static void add_sentence(behov_wording *words, const behov_wording *part)
{
    const char *text = behov_wording_text(words);
    bool is_ended = words->length && text[words->length - 1] == '.';
    if (part->length)
        behov_wording_add_after(words, is_ended ? " " : ". ", behov_wording_text(part));
}

void behov_picture_describe(const behov_picture *picture, behov_wording *words)
{
    bool has_own = picture->description.length != 0;
    add_sentence(words, &picture->title);
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS && !has_own; i++)
        add_sentence(words, &picture->answers[i]);
    add_sentence(words, &picture->warning);
    add_sentence(words, has_own ? &picture->description : &picture->data);
}

static bool has_no_memory(const behov_picture *picture)
{
    bool answer = picture->has_no_memory || picture->title.has_no_memory || picture->warning.has_no_memory ||
                  picture->description.has_no_memory || picture->data.has_no_memory;
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS; i++)
        answer = answer || picture->answers[i].has_no_memory;
    for (size_t i = 0; i < picture->n_notes; i++)
        answer = answer || picture->notes[i].has_no_memory;
    for (size_t i = 0; i < picture->n_charts; i++)
        answer = answer || behov_chart_has_no_memory(&picture->charts[i]);
    return answer || (picture->map && behov_picture_map_has_no_memory(picture->map));
}

/* Words over the whole width, from y; where they end. */
static double set(const behov_picture *picture, const behov_drawing_ruler *ruler, const char *role, double size,
                  bool is_bold, behov_drawing_ink ink, const behov_wording *words, double y, behov_drawing *out)
{
    behov_drawing_words how = {
        .role = role, .x = margin, .width = picture->width - 2 * margin, .size = size, .ink = ink, .is_bold = is_bold};
    return behov_drawing_wrap(out, ruler, &how, behov_wording_text(words), y);
}

/* \param out  NULL = the height alone */
static double head(const behov_picture *picture, const behov_drawing_ruler *ruler, behov_drawing *out)
{
    double y = set(picture, ruler, "title", title_size, true, BEHOV_INK_BLACK, &picture->title, margin - 2, out);
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS; i++)
        y = set(picture, ruler, "answer", answer_size, false, BEHOV_INK_BLACK, &picture->answers[i], y, out);
    y = set(picture, ruler, "warning", warning_size, true, BEHOV_INK_VERMILLION, &picture->warning, y, out);
    return set(picture, ruler, "data", data_size, false, BEHOV_INK_GREY, &picture->data, y, out);
}

static double foot(const behov_picture *picture, const behov_drawing_ruler *ruler, double y, behov_drawing *out)
{
    for (size_t i = 0; i < picture->n_notes; i++)
        y = set(picture, ruler, "note", note_size, false, BEHOV_INK_GREY, &picture->notes[i], y, out);
    return y + margin - 4;
}

static behov_status no_room(const char *place, double needed_value, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_ARGUMENT, place, SAY_PICTURE_NO_ROOM, (long)ceil(needed_value / 72 * 25.4));
}

/* Air above a chart that has a heading, so that it does not stick to what stands before it. */
static double air(const behov_picture *picture, size_t i)
{
    return picture->charts[i].heading.length ? between : 0;
}

/* Of the room that is to spare what one of n gets by what it wishes of all wishes; the same as the others where none
 * wishes anything. */
static double share_of(double spare, double wish, double wished, size_t n)
{
    return spare * (wished > 0 ? wish / wished : 1 / (double)n);
}

/* What stands where: how much the words take, what charts and map want, and what there is to spare for them. */
typedef struct measures {
    behov_chart_layout charts[BEHOV_PICTURE_CHARTS];
    behov_picture_map_layout map;
    double top, fixed, least, spare, wished;
} measures;

static behov_status measure(const behov_picture *picture, const behov_drawing_ruler *ruler, measures *out,
                            behov_error *err)
{
    double top = head(picture, ruler, NULL), plots = 0, narrow = 0;
    *out = (measures){.top = top, .fixed = top + foot(picture, ruler, 0, NULL)};
    if (has_no_memory(picture))
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PICTURE_NO_MEMORY);
    for (size_t i = 0; i < picture->n_charts; i++) {
        behov_chart_layout *chart = &out->charts[i];
        behov_status status =
            behov_chart_prepare(&picture->charts[i], ruler, margin, picture->width - margin, chart, err);
        if (status)
            return status;
        narrow = fmax(narrow, chart->lacks);
        out->fixed += chart->above + chart->beneath + air(picture, i);
        plots += chart->plot;
        out->least += chart->least;
    }
    if (picture->map) {
        out->map = behov_picture_map_prepare(picture->map, ruler, margin, picture->width - margin);
        narrow = fmax(narrow, out->map.lacks);
        out->fixed += out->map.beneath + between;
        plots += out->map.plot;
        out->least += out->map.least;
    }
    if (narrow > 0)
        return no_room(PHRASE_PLACE_WIDTH, picture->width + narrow, err);
    out->wished = plots - out->least;
    out->spare = picture->height > 0 ? picture->height - out->fixed - out->least : out->wished;
    return out->spare < 0 ? no_room(PHRASE_PLACE_HEIGHT, out->fixed + out->least, err) : BEHOV_OK;
}

/* How high the map is. */
static double map_height(const measures *measures)
{
    return measures->map.least +
           share_of(measures->spare, measures->map.plot - measures->map.least, measures->wished, 1);
}

behov_status behov_picture_settle_labels(behov_picture *picture, const behov_drawing_ruler *ruler, size_t *n,
                                         behov_error *err)
{
    measures measures;
    *n = 0;
    behov_status status = measure(picture, ruler, &measures, err);
    if (!status && picture->map)
        *n = behov_picture_map_settle_labels(picture->map, ruler, &measures.map, measures.top + between,
                                             map_height(&measures));
    return status;
}

behov_status behov_picture_lay_out(const behov_picture *picture, const behov_drawing_ruler *ruler, behov_drawing *out,
                                   behov_error *err)
{
    measures measures;
    *out = (behov_drawing){.width = picture->width};
    behov_status status = measure(picture, ruler, &measures, err);
    if (status)
        return status;
    double top = measures.top;
    out->height = measures.fixed + measures.least + measures.spare;
    head(picture, ruler, out);
    for (size_t i = 0; i < picture->n_charts; i++) {
        /* what a chart wants beyond the least, its share of the room that is there */
        behov_chart_layout *chart = &measures.charts[i];
        double plot =
            chart->least + share_of(measures.spare, chart->plot - chart->least, measures.wished, picture->n_charts);
        top += air(picture, i);
        out->chart = i + 1;
        behov_chart_draw(chart, top, plot, out);
        top += chart->above + plot + chart->beneath;
    }
    if (picture->map) {
        double plot = map_height(&measures);
        out->chart = 0;
        top += between;
        behov_picture_map_draw(picture->map, ruler, &measures.map, top, plot, out);
        top += plot + measures.map.beneath;
    }
    out->chart = 0;
    foot(picture, ruler, top, out);
    if (out->is_out_of_memory)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PICTURE_NO_MEMORY);
    return BEHOV_OK;
}
