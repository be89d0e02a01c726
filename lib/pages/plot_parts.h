/* plot_parts.h - what the plots have alike. */
#ifndef BEHOV_PLOT_PARTS_H
#define BEHOV_PLOT_PARTS_H

#include <behov.h>

#include <behov/picture.h>
#include <behov/fit_results.h>

enum { BEHOV_FIGURE = BEHOV_NUMBER_SIZE };

behov_status behov_plot_out_of_memory(behov_error *err);
const char *behov_plot_count(behov_language lang, size_t n, char text[BEHOV_FIGURE]);
/* Title, data, and the warning that they are simulated, of a picture whose size stands; returns its first chart.
 * \param year  0 = all of them
 * \param rows  key of the sentence about the data, with {n} */
behov_chart *behov_plot_begin(const behov_fit_results *fit_results, behov_word title, int year, behov_word rows,
                              size_t n, behov_picture *out);
/* A note beneath the others; takes its text. */
void behov_plot_add_note(behov_picture *out, behov_wording *text);
/* "3 municipalities without a ratio are not drawn."; nothing for n = 0. */
void behov_plot_add_missing(behov_picture *out, behov_word key, size_t n);
void behov_plot_add_errors(const behov_fit_results *fit_results, behov_picture *out);
/* What is to be warned of in the chance that levels are told from. */
void behov_plot_add_chance_warnings(const behov_shrink_variances *variances, size_t n_municipalities,
                                    behov_picture *out);
/* The remarks of the bits (remarks.h). BEHOV_E_MEMORY. */
behov_status behov_plot_add_remarks(const behov_fit_results *fit_results, unsigned which, behov_picture *out,
                                    behov_error *err) BEHOV_MUST_CHECK;
/* A line of reference, with words for the legend. */
void behov_plot_add_line(behov_chart *out, behov_chart_line_kind kind, double point, behov_word key);
/* A series whose words may say the level of the intervals. */
behov_chart_series *behov_plot_add_series(const behov_fit_results *fit_results, behov_chart *out,
                                          behov_chart_series series, behov_word key);
/* A municipality in a row: its name, with its code where another has the same name. */
void behov_plot_name_place(const behov_municipality_list *municipality_list, size_t place, behov_wording *out);
/* A figure by name for whoever points at the mark: "Moss (0104): 98". */
void behov_plot_name_point(behov_chart_point *out, const char *name, const char *code, const char *figure);

typedef struct plot_funnel_frame {
    double least, most; /* population: of the points, or about them where they lie close */
    double low,
        high; /* per cent: all ratios, and of the limits what a mouth twice as wide as the ratios has room for */
} plot_funnel_frame;

/* What a funnel is drawn within; it has a point. */
void behov_plot_funnel_frame(const behov_funnel *funnel, plot_funnel_frame *frame);

typedef struct plot_placed {
    double rank;
    size_t place; /* among all */
} plot_placed;

/* In order of the rank, those that share one in order of their number. */
void behov_plot_sort_places(plot_placed *places, size_t n);

#endif
