/* plots.h - the figures of a fit, a ranking or a profile as pictures. */
#ifndef BEHOV_PLOTS_H
#define BEHOV_PLOTS_H

#include "error.h"
#include "fit_results.h"
#include "funnel.h"
#include "municipality_list.h"
#include "phrase.h"
#include "picture.h"
#include "profile.h"
#include "ranking.h"
#include "ratio_map.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each fills a picture (free with behov_picture_free in any case; its width and height are the caller's) from results
/// that are borrowed for the call. BEHOV_E_DATA when there is nothing to draw.

/// Ratios with their intervals and shrunk ratios, a row for each municipality that the ranking shows.
/// \param extremes  how many of the first and of the last are shown when there are more than twice as many; 0 = all
BEHOV_API behov_status behov_plot_ranking(const behov_ranking *ranking, size_t extremes, behov_picture *out,
                                          behov_error *err) BEHOV_MUST_CHECK;
/// Actual expenditure against need, a mark for each row of a year.
/// \param year  0 = the last with both
/// \param list  municipalities that are named; NULL = none
BEHOV_API behov_status behov_plot_fit(const behov_fit_results *fit_results, int year,
                                      const behov_municipality_names *list, behov_picture *out,
                                      behov_error *err) BEHOV_MUST_CHECK;
/// Ratios of a year against population, with the limits that are expected of them; those of funnel->choices.list are
/// named.
BEHOV_API behov_status behov_plot_funnel(const behov_funnel *funnel, behov_picture *out,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// The place of every municipality by its lasting level (that of the years ahead) with its interval, and by name those
/// nearest to a municipality that is marked, or all that are marked.
/// \param ranking  of all municipalities, by ratio or gap: without choices.list, around and top
/// \param list     those that are marked (borrowed for the call); NULL = none
/// BEHOV_E_TOO_FEW when places have no intervals: none is shown without.
BEHOV_API behov_status behov_plot_places(const behov_ranking *ranking, const behov_municipality_names *list,
                                         behov_picture *out, behov_error *err) BEHOV_MUST_CHECK;
/// The levels on the map of municipalities; those that are marked are outlined, with their names where there is room on a
/// picture that has got its width (out->width), and a note of the others.
BEHOV_API behov_status behov_plot_map(const behov_ratio_map *ratio_map, behov_picture *out,
                                      behov_error *err) BEHOV_MUST_CHECK;
/// The names of those that are marked and have no room on the map, added to the words: "Moss, Rygge"; nothing of none.
BEHOV_API void behov_plot_map_unlabelled(const behov_picture *picture, behov_wording *words);
/// How many municipalities have which ratio in a year; 0 = the last with a ratio.
BEHOV_API behov_status behov_plot_ratios(const behov_fit_results *fit_results, int year, behov_picture *out,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// Coefficients with their intervals, each times the standard deviation of its regressor over the rows estimated on.
BEHOV_API behov_status behov_plot_coefficients(const behov_fit_results *fit_results, behov_picture *out,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// The first of the municipalities: its ratio and its lasting level by year, and what makes its need of the page's year
/// differ from the country's mean, driver by driver.
BEHOV_API behov_status behov_plot_profile(const behov_profiles *profiles, behov_picture *out,
                                          behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
