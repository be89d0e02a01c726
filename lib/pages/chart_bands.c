/* chart_bands.c - what lies between two curves: filled, or its edges as broken lines. */
#include "chart_parts.h"

#include <math.h>
#include <stdlib.h>

typedef struct corners {
    double *all; /* x and y in turn */
    size_t n;
} corners;

static void add_corner(corners *out, double x, double y)
{
    out->all[2 * out->n] = x;
    out->all[2 * out->n + 1] = y;
    out->n++;
}

static double within_plot(const behov_chart_layout *layout, double y)
{
    return fmax(layout->top, fmin(layout->bottom, y));
}

static bool is_in_plot(const behov_chart_layout *layout, double y)
{
    return y >= layout->top && y <= layout->bottom;
}

static void fill(const behov_chart_layout *layout, const behov_chart_band *band, corners *out)
{
    for (size_t k = 0; k < band->n; k++)
        add_corner(out, chart_x(layout, band->x[k]), within_plot(layout, chart_y(layout, band->high[k])));
    for (size_t k = band->n; k-- > 0;)
        add_corner(out, chart_x(layout, band->x[k]), within_plot(layout, chart_y(layout, band->low[k])));
    behov_drawing_add_path(
        layout->out,
        (behov_drawing_shape){.kind = BEHOV_SHAPE_PATH, .role = "band", .ink = band->ink, .is_filled = true}, out->all,
        out->n);
}

/* The curve as far as it is in the plot, from where it crosses an edge; in parts where it leaves it. */
static void draw_edge(const behov_chart_layout *layout, const behov_chart_band *band, const double *figures,
                      corners *out)
{
    const behov_drawing_shape line = {
        .kind = BEHOV_SHAPE_PATH, .role = "limit", .ink = band->ink, .thickness = 0.9, .is_dashed = true};
    out->n = 0;
    for (size_t k = 0; k < band->n; k++) {
        double x = chart_x(layout, band->x[k]), y = chart_y(layout, figures[k]);
        bool is_in = is_in_plot(layout, y);
        if (k > 0 && is_in != is_in_plot(layout, chart_y(layout, figures[k - 1]))) {
            double last_x = chart_x(layout, band->x[k - 1]), last_y = chart_y(layout, figures[k - 1]),
                   edge = within_plot(layout, is_in ? last_y : y), share = (edge - last_y) / (y - last_y);
            add_corner(out, last_x + share * (x - last_x), edge);
        }
        if (is_in)
            add_corner(out, x, y);
        if (out->n > 1 && (!is_in || k + 1 == band->n))
            behov_drawing_add_path(layout->out, line, out->all, out->n);
        if (!is_in)
            out->n = 0;
    }
}

void chart_draw_bands(const behov_chart_layout *layout)
{
    for (size_t i = 0; i < layout->chart->n_bands; i++) {
        const behov_chart_band *band = &layout->chart->bands[i];
        corners path = {malloc((4 * band->n + 8) * sizeof *path.all), 0};
        layout->out->is_out_of_memory = layout->out->is_out_of_memory || !path.all;
        if (!path.all)
            return;
        if (band->is_filled) {
            fill(layout, band, &path);
        } else {
            draw_edge(layout, band, band->high, &path);
            draw_edge(layout, band, band->low, &path);
        }
        free(path.all);
    }
}
