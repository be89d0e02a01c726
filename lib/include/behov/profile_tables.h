/* profile_tables.h - the figures of a profile with their words; profiles as tables and as sections. */
#ifndef BEHOV_PROFILE_TABLES_H
#define BEHOV_PROFILE_TABLES_H

#include "error.h"
#include "phrase.h"
#include "profile_sentences.h"
#include "report.h"
#include "section.h"
#include <behov/word.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A figure of a year: a column of the CSV file and a name in JSON, a row of a municipality's table.
typedef struct behov_profile_figure {
    const char *key;         /* "ratio_low" */
    behov_word words;        /* of its row; BEHOV_NO_WORD = it has no row */
    size_t index;            /* offset of a double in profile_year */
    behov_quantity quantity; /* BEHOV_Q_OUTCOME: an amount in the outcome's unit */
    bool has_level;          /* the words hold the level of the intervals */
    bool has_twin;           /* other words for an outcome that is not kroner */
    bool is_on_page;         /* else in workbook, CSV and JSON alone */
} behov_profile_figure;

extern BEHOV_API const behov_profile_figure behov_profile_figures[];
extern BEHOV_API const size_t behov_n_profile_figures;

/// As JSON has it, in the outcome's unit; NaN where there is none.
BEHOV_API double behov_profile_figure_of(const behov_profile_figure *figure, const behov_profile_year *profile_year);
/// As tables have it, 1000 kr per inhabitant as kr; what that measures; the words before it in the user's language, in the place
/// of what the words said.
BEHOV_API double behov_profile_figure_shown(const behov_profiles *profiles, const behov_profile_figure *figure,
                                            const behov_profile_year *profile_year);
BEHOV_API behov_quantity behov_profile_figure_quantity(const behov_profiles *profiles,
                                                       const behov_profile_figure *figure);
BEHOV_API void behov_profile_figure_label(const behov_profiles *profiles, const behov_profile_figure *figure,
                                          behov_wording *words);
/// Whether it has a row: words, and all that it needs of the panel (population, kroner, years, groups, variances).
BEHOV_API bool behov_profile_figure_has_row(const behov_profiles *profiles, const behov_profile_figure *figure);

/// Whether it is a row of the table of years to come: a figure of the next year, which `which` (BEHOV_FORECAST_..) takes to
/// the same figure of another forecast. As tables have it.
BEHOV_API bool behov_profile_figure_is_forecast(const behov_profiles *profiles, const behov_profile_figure *figure);
BEHOV_API void behov_profile_forecast_label(const behov_profiles *profiles, const behov_profile_figure *figure,
                                            behov_wording *words);
BEHOV_API double behov_profile_forecast_shown(const behov_profiles *profiles, const behov_profile_figure *figure,
                                              const behov_profile_year *profile_year, size_t which);

/// A row for each municipality and year: profiles x years.
BEHOV_API behov_status behov_profiles_table(const behov_profiles *profiles, behov_report **report,
                                            behov_error *err) BEHOV_MUST_CHECK;
/// Rows are figures, columns are years; `has_all` with what is not on the page and the drivers of every year.
BEHOV_API behov_status behov_profile_years_table(const behov_profiles *profiles, const behov_profile *profile,
                                                 bool has_all, behov_report **report,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// Years to come: rows are figures, columns next year, the mean of the years ahead (with a horizon above 1) and a new
/// municipality. For a profile that has a forecast.
BEHOV_API behov_status behov_profile_forecasts_table(const behov_profiles *profiles, const behov_profile *profile,
                                                     behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// Drivers of the page's year: a row for each term, and the sum.
BEHOV_API behov_status behov_profile_drivers_table(const behov_profiles *profiles, const behov_profile *profile,
                                                   behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// The sheet of one of them, by its position among the profiles.
BEHOV_API behov_status behov_profiles_add_sheet(const behov_profiles *profiles, size_t i, behov_section_list *list,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// A workbook has one sheet for each municipality; a page a table of years and one of drivers.
BEHOV_API behov_status behov_profiles_add(const behov_profiles *profiles, bool is_workbook, behov_section_list *list,
                                          behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
