/* council_chart_bars.c - an interval as a bar in a cell of a table: short, for there are hundreds of them. */
#include <math.h>
#include <string.h>

#include "council_chart_parts.h"

static const double edge =
    0.03; /* share of the scale: a gap before an end that is cut off, and what stands beyond it */

static void put_rect(const char *classes, double low, double high, behov_wording *out)
{
    behov_wording_print(out, "<rect%s x=", classes);
    council_put_number(100 * low, 0, out);
    behov_wording_add(out, "% width=");
    council_put_number(fmax(100 * high, 1 + 100 * low) - 100 * low, 0, out);
    behov_wording_add(out, "% />");
}

static void put_bar(const char *classes, double low, double high, const council_axis *scale, behov_wording *out)
{
    /* whole per cents: in a column of 200 pixels that is two */
    double start = round(100 * council_axis_share(scale, low)) / 100,
           end = round(100 * council_axis_share(scale, high)) / 100;
    behov_wording_add(out, "<svg");
    if (*classes)
        behov_wording_print(out, strchr(classes, ' ') ? " class=\"%s\"" : " class=%s", classes);
    behov_wording_add(out, ">");
    put_rect("", fmin(start, 0.99), end, out);
    if (low < scale->low)
        put_rect(" class=cut", edge, 2 * edge, out);
    if (high > scale->high)
        put_rect(" class=cut", 1 - 2 * edge, 1 - edge, out);
    behov_wording_add(out, "</svg>");
}

void behov_council_bar_add(double low, double high, bool is_own, behov_wording *out)
{
    const council_axis scale = {BEHOV_COUNCIL_BAR_LOW, BEHOV_COUNCIL_BAR_HIGH};
    if (isfinite(low) && isfinite(high))
        put_bar(is_own ? "own" : high < 100 ? "u" : low > 100 ? "o" : "", low, high, &scale, out);
}

void behov_council_place_bar_add(double low, double high, size_t n, bool is_own, behov_wording *out)
{
    const council_axis scale = {0.5, (double)n + 0.5};
    if (isfinite(low) && isfinite(high))
        put_bar(is_own ? "p own" : "p", low - 0.5, high + 0.5, &scale, out);
}
