/* sheet_chart.c - charts that own their words. */
#include "sheet_chart.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The texts of a chart, one after the other. */
enum { SERIES_TEXTS = 3, CHART_TEXTS = 4 + SHEET_SERIES * SERIES_TEXTS };

static void texts_of_chart(sheet_chart *of, const char **texts[CHART_TEXTS])
{
    const char **first[] = {&of->title, &of->x_title, &of->y_title, &of->of};
    memcpy(texts, first, sizeof first);
    for (size_t i = 0; i < SHEET_SERIES; i++) {
        const char **of_series[SERIES_TEXTS] = {&of->series[i].name, &of->series[i].x, &of->series[i].y};
        memcpy(texts + 4 + i * SERIES_TEXTS, of_series, sizeof of_series);
    }
}

void sheet_chart_free(sheet_chart *of)
{
    const char **texts[CHART_TEXTS];
    texts_of_chart(of, texts);
    for (size_t i = 0; i < CHART_TEXTS; i++)
        free((char *)*texts[i]);
}

behov_status sheet_chart_copy(const sheet_chart *of, sheet_chart *to, behov_error *err)
{
    const char **texts[CHART_TEXTS];
    bool failed = false;
    *to = *of;
    texts_of_chart(to, texts);
    for (size_t i = 0; i < CHART_TEXTS; i++) {
        const char *text = *texts[i];
        *texts[i] = text ? strdup(text) : NULL;
        failed = failed || (text && !*texts[i]);
    }
    return failed ? behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for a chart") : BEHOV_OK;
}
