/* council_chart_style.c - the style of council_charts.css, as the build has made a text of it. */
#include <behov/council_charts.h>

#include "council_charts_style.h"

const char *behov_council_charts_style(void)
{
    return council_charts_style;
}
