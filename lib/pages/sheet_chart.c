/* sheet_chart.c - charts that own their words. */
#include <behov/sheet_chart.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The texts of a chart, one after the other. */
enum { SERIES_TEXTS = 3, CHART_TEXTS = 4 + BEHOV_SHEET_SERIES * SERIES_TEXTS };

static void texts_of_chart(behov_sheet_chart *sheet_chart, const char **texts[CHART_TEXTS])
{
    const char **first[] = {&sheet_chart->title, &sheet_chart->x_title, &sheet_chart->y_title, &sheet_chart->text};
    memcpy(texts, first, sizeof first);
    for (size_t i = 0; i < BEHOV_SHEET_SERIES; i++) {
        const char **of_series[SERIES_TEXTS] = {&sheet_chart->series[i].name, &sheet_chart->series[i].x,
                                                &sheet_chart->series[i].y};
        memcpy(texts + 4 + i * SERIES_TEXTS, of_series, sizeof of_series);
    }
}

void behov_sheet_chart_free(behov_sheet_chart *sheet_chart)
{
    const char **texts[CHART_TEXTS];
    texts_of_chart(sheet_chart, texts);
    for (size_t i = 0; i < CHART_TEXTS; i++)
        free((char *)*texts[i]);
}

behov_status behov_sheet_chart_copy(const behov_sheet_chart *sheet_chart, behov_sheet_chart *out, behov_error *err)
{
    const char **texts[CHART_TEXTS];
    bool failed = false;
    *out = *sheet_chart;
    texts_of_chart(out, texts);
    for (size_t i = 0; i < CHART_TEXTS; i++) {
        const char *text = *texts[i];
        *texts[i] = text ? strdup(text) : NULL;
        failed = failed || (text && !*texts[i]);
    }
    return failed ? behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SHEET_CHART_NO_MEMORY) : BEHOV_OK;
}
