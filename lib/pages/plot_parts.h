/* plot_parts.h - what the plots have alike. */
#ifndef BEHOV_CLI_PLOT_PARTS_H
#define BEHOV_CLI_PLOT_PARTS_H

#include <behov.h>

#include "picture.h"
#include "remarks.h"
#include "results.h"

enum { FIGURE = BEHOV_NUMBER_SIZE, WORDS = 1200 };

behov_status plot_out_of_memory(behov_error *err);
const char *plot_count(behov_language lang, size_t n, char text[FIGURE]);
/* Title, data, and the warning that they are simulated, of a picture whose size stands; returns its first chart.
 * \param year  0 = all of them
 * \param rows  key of the sentence about the data, with {n} */
chart *plot_begin(const results *of, const char *title, int year, const char *rows, size_t n, picture *to);
/* "3 municipalities without a ratio are not drawn."; nothing for n = 0. */
void plot_add_missing(picture *to, const char *key, size_t n);
void plot_add_errors(const results *of, picture *to);
/* The remarks of the bits (remarks.h). BEHOV_E_MEMORY. */
behov_status plot_add_remarks(const results *of, unsigned which, picture *to, behov_error *err) BEHOV_MUST_CHECK;
/* A line of reference, with words for the legend. */
void plot_add_line(chart *to, chart_line_kind kind, double at, const char *key);
/* A series whose words may say the level of the intervals. */
chart_series *plot_add_series(const results *of, chart *to, chart_series series, const char *key);
/* A figure by name for whoever points at the mark: "Moss (0104): 98". */
void plot_name_point(chart_point *to, const char *name, const char *code, const char *figure);

#endif
