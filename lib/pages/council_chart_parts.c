/* council_chart_parts.c - see council_chart_parts.h. */
#include "council_chart_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "font_advances.h"
#include "page_table.h"
#include <behov/drawing.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/number.h>

/* ---- numbers and texts ------------------------------------------------------------------------------------------- */

void council_put_number(double value, int decimals, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_number_fixed(isfinite(value) ? value : 0, decimals, '.', "", 5, text);
    size_t length = strlen(text);
    if (strchr(text, '.')) {
        while (text[length - 1] == '0')
            length--;
        length -= text[length - 1] == '.';
    }
    text[length] = '\0';
    behov_wording_add(out, strcmp(text, "-0") == 0 ? "0" : text);
}

void council_put_share(double share, behov_wording *out)
{
    council_put_number(100 * share, 2, out);
    behov_wording_add_letter(out, '%');
}

void council_put_thousandths(double share, behov_wording *out)
{
    council_put_number(1000 * share, 0, out);
}

double council_width(const char *text, double size, bool is_bold)
{
    return behov_font_advances_measure(NULL, text, size, is_bold);
}

void council_cut(const char *text, double size, bool is_bold, double room, behov_wording *out)
{
    behov_page_character next;
    behov_wording letters = {0};
    double width = 0, ellipsis = council_width("…", size, is_bold);
    size_t n_kept = 0; /* bytes that leave room for an ellipsis */
    bool is_whole = true;
    while (text && is_whole && behov_page_next(&text, &next)) {
        char letter[8] = {0};
        memcpy(letter, next.bytes, next.length < sizeof letter ? next.length : sizeof letter - 1);
        width += council_width(letter, size, is_bold);
        is_whole = width <= room;
        if (is_whole)
            behov_wording_add(&letters, letter);
        if (width + ellipsis <= room)
            n_kept = letters.length;
    }
    if (is_whole) {
        behov_wording_add(out, behov_wording_text(&letters));
    } else {
        while (n_kept && letters.text[n_kept - 1] == ' ')
            n_kept--;
        if (n_kept)
            behov_wording_add_bytes(out, letters.text, n_kept);
        behov_wording_add(out, "…");
    }
    out->has_no_memory = out->has_no_memory || letters.has_no_memory;
    behov_wording_free(&letters);
}

size_t council_break(const char *text, double size, bool is_bold, double room, size_t most, behov_wording *out)
{
    const behov_drawing_ruler ruler = {behov_font_advances_measure, NULL};
    const behov_drawing_words how = {.role = "line", .width = room, .size = size, .is_bold = is_bold};
    behov_drawing lines = {0};
    behov_wording shown = {0}, rest = {0};
    council_cut(text, size, is_bold, (double)(most + 1) * room, &shown); /* no more is looked at */
    behov_drawing_wrap(&lines, &ruler, &how, behov_wording_text(&shown), 0);
    size_t n = lines.n_shapes < most ? lines.n_shapes : most;
    for (size_t i = n ? n - 1 : 0; i < lines.n_shapes; i++)
        behov_wording_add_after(&rest, " ", lines.shapes[i].text);
    for (size_t i = 0; i + 1 < n; i++)
        behov_wording_print(out, "%s\n", lines.shapes[i].text);
    council_cut(behov_wording_text(&rest), size, is_bold, room, out);
    out->has_no_memory = out->has_no_memory || lines.is_out_of_memory;
    behov_drawing_free(&lines);
    behov_wording_spend(out, &shown);
    behov_wording_spend(out, &rest);
    return n;
}

void council_ratio(behov_language lang, double ratio, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_wording_add(out, behov_format_fixed(lang, ratio, 0, text));
}

/* x="25%" dx="9", or x="9" at the left edge: an attribute of letters. */
static void put_position(const char *name, council_position position, behov_wording *out)
{
    behov_wording_print(out, " %s=\"", name);
    if (position.share > 0)
        council_put_share(position.share, out);
    else
        council_put_number(position.px, 1, out);
    behov_wording_add_letter(out, '"');
    if (position.share > 0 && position.px != 0) {
        behov_wording_print(out, " d%s=\"", name);
        council_put_number(position.px, 1, out);
        behov_wording_add_letter(out, '"');
    }
}

void council_put_text(const char *classes, council_position x, council_position y, const char *text, behov_wording *out)
{
    if (!text || !text[0])
        return;
    behov_wording_add(out, "<text");
    if (classes[0])
        behov_wording_print(out, " class=\"%s\"", classes);
    put_position("x", x, out);
    put_position("y", y, out);
    behov_wording_add_letter(out, '>');
    behov_page_escape(text, out);
    behov_wording_add(out, "</text>");
}

void council_put_lines(const char *classes, council_position x, council_position y, council_position pitch,
                       const char *text, behov_wording *out)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        behov_wording line = {0};
        behov_wording_add_bytes(&line, text, length);
        council_put_text(classes, x, y, behov_wording_text(&line), out);
        behov_wording_spend(out, &line);
        y.share += pitch.share;
        y.px += pitch.px;
        text += length + (text[length] == '\n');
    }
}

void council_put_level_line(const char *classes, double share, behov_wording *out)
{
    behov_wording_print(out, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"", classes);
    council_put_share(share, out);
    behov_wording_add(out, "\" y2=\"");
    council_put_share(share, out);
    behov_wording_add(out, "\"/>");
}

void council_put_upright_line(const char *classes, double share, behov_wording *out)
{
    behov_wording_print(out, "<line class=\"%s\" x1=\"", classes);
    council_put_share(share, out);
    behov_wording_add(out, "\" x2=\"");
    council_put_share(share, out);
    behov_wording_add(out, "\" y1=\"0\" y2=\"100%\"/>");
}

void council_begin_paths(behov_wording *out)
{
    behov_wording_add(out, "<svg class=\"st\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" width=\"100%\" "
                           "height=\"100%\">");
}

void council_end_paths(behov_wording *out)
{
    behov_wording_add(out, "</svg>");
}

/* ---- axes -------------------------------------------------------------------------------------------------------- */

void council_axis_hold(council_axis *axis, double value)
{
    const double least = -500, most = 2000;
    if (!isfinite(value))
        return;
    double shown = fmin(fmax(value, least), most);
    axis->low = fmin(axis->low, shown);
    axis->high = fmax(axis->high, shown);
}

void council_axis_round(council_axis *axis, double step)
{
    axis->low = step * floor(axis->low / step + 1e-9);
    axis->high = step * ceil(axis->high / step - 1e-9);
}

double council_axis_share(const council_axis *axis, double value)
{
    double span = axis->high - axis->low;
    return span > 0 ? fmin(fmax((value - axis->low) / span, 0), 1) : 0.5;
}

bool council_marks_take(council_marks *marks, double share, const char *text, bool is_bold, double room,
                        const char **classes)
{
    const double air = 8;
    double width = council_width(text, COUNCIL_TEXT, is_bold), x = share * room, left = x - width / 2;
    *classes = "m";
    if (left < 0 && x < width) {
        left = x;
        *classes = "";
    } else if (left + width > room) {
        left = x - width;
        *classes = "e";
    }
    if (left < 0 || left + width > room + 0.5 || marks->n == COUNCIL_MARKS)
        return false;
    for (size_t i = 0; i < marks->n; i++)
        if (left < marks->marks[i].right + air && left + width + air > marks->marks[i].left)
            return false;
    marks->marks[marks->n++] = (council_mark){.share = share, .left = left, .right = left + width};
    return true;
}

/* ---- labels above each other ------------------------------------------------------------------------------------ */

static int compare_labels(const void *a, const void *b)
{
    const council_label *x = a, *y = b;
    return (x->share > y->share) - (x->share < y->share);
}

void council_labels_spread(council_label *labels, size_t n)
{
    const double over = 0.0375; /* half a line may stand above the picture, and beneath it */
    if (!n)
        return;
    qsort(labels, n, sizeof *labels, compare_labels);
    labels[0].share = fmax(labels[0].share, labels[0].height / 2 - over);
    for (size_t i = 1; i < n; i++)
        labels[i].share = fmax(labels[i].share, labels[i - 1].share + (labels[i - 1].height + labels[i].height) / 2);
    double end = 1 + over;
    for (size_t i = n; i-- > 0;) {
        labels[i].share = fmin(labels[i].share, end - labels[i].height / 2);
        end = labels[i].share - labels[i].height / 2;
    }
}

/* ---- the figure -------------------------------------------------------------------------------------------------- */

static void put_part(const behov_council_figure *figure, const char *part, behov_wording *out)
{
    behov_page_escape(figure->id, out);
    behov_wording_print(out, "-%s", part);
}

void council_begin_figure(const behov_council_figure *figure, const char *kind, behov_wording *out)
{
    int heading = figure->heading ? figure->heading : 3;
    behov_wording_print(out, "<figure class=\"ch %s\" id=\"", kind);
    behov_page_escape(figure->id, out);
    behov_wording_print(out, "\">\n<figcaption><h%d class=\"ch-t\" id=\"", heading);
    put_part(figure, "title", out);
    behov_wording_add(out, "\">");
    behov_page_escape(figure->title, out);
    behov_wording_print(out, "</h%d>", heading);
    if (figure->unit && figure->unit[0]) {
        behov_wording_add(out, "<p class=\"ch-u\">");
        behov_page_escape(figure->unit, out);
        behov_wording_add(out, "</p>");
    }
    behov_wording_add(out, "</figcaption>\n");
}

static bool has_description(const behov_council_figure *figure)
{
    return figure->description && figure->description[0];
}

void council_put_image(const behov_council_figure *figure, behov_wording *out)
{
    behov_wording_add(out, " role=\"img\" aria-labelledby=\"");
    put_part(figure, "title", out);
    behov_wording_add_letter(out, '"');
    if (has_description(figure)) {
        behov_wording_add(out, " aria-describedby=\"");
        put_part(figure, "text", out);
        behov_wording_add_letter(out, '"');
    }
}

void council_put_description(const behov_council_figure *figure, behov_wording *out)
{
    if (!has_description(figure))
        return;
    behov_wording_add(out, "<desc id=\"");
    put_part(figure, "text", out);
    behov_wording_add(out, "\">");
    behov_page_escape(figure->description, out);
    behov_wording_add(out, "</desc>");
}

void council_end_figure(const behov_council_figure *figure, behov_wording *out)
{
    bool has_source = figure->source && figure->source[0];
    if (figure->is_simulated || has_source) {
        behov_wording_add(out, "\n<p class=\"ch-s\">");
        if (figure->is_simulated)
            behov_wording_print(out, "<strong>%s</strong>",
                                behov_label(figure->lang, BEHOV_WORD_COUNCIL_CHART_SIMULATED));
        behov_wording_add(out, figure->source_is_wide ? "<span class=wide>" : "");
        behov_wording_add(out, figure->is_simulated && has_source ? " · " : "");
        behov_page_escape(figure->source, out);
        behov_wording_add(out, figure->source_is_wide ? "</span>" : "");
        behov_wording_add(out, "</p>");
    }
    if (figure->markup)
        behov_wording_add(out, figure->markup);
    behov_wording_add(out, "\n</figure>\n");
}
