/* format.h - one number as printed text, by what it measures. The same for the terminal, Markdown, LaTeX and HTML. */
#ifndef BEHOV_FORMAT_H
#define BEHOV_FORMAT_H

#include "error.h"
#include "labels.h"
#include "number.h"
#include "report.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "" for NaN and infinities, as the cells of a workbook. Norwegian: decimal comma and no-break space between
/// thousands. Returns `text`.
BEHOV_API const char *behov_format_cell(behov_quantity quantity, double value, behov_language lang,
                                        char text[BEHOV_NUMBER_SIZE]);
/// A number of rows, clusters, municipalities. Returns `text`.
BEHOV_API const char *behov_format_count(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE]);
/// A level in per cent as a user types it: "97,5", though 0.975 times 100 is not 97.5. Returns `text`.
BEHOV_API const char *behov_format_level(behov_language lang, double level_pct, char text[BEHOV_NUMBER_SIZE]);
/// A number with so many decimals and a true minus sign, "" for NaN and infinities. Returns `text`.
BEHOV_API const char *behov_format_fixed(behov_language lang, double value, int n_decimals,
                                         char text[BEHOV_NUMBER_SIZE]);
/// Whether figures of this quantity stand in brackets in the row under their coefficient.
BEHOV_API bool behov_format_is_beneath(behov_quantity quantity);
/// Adds "[-0.12, 0.34]", in Norwegian "[-0,12; 0,34]", with true minus signs; nothing without both limits.
BEHOV_API void behov_format_interval(double low, double high, behov_language lang, behov_wording *words);
/// "", "*", "**" ...: marks of significance, at most BEHOV_LEGEND_MARKS (static).
BEHOV_API const char *behov_format_stars(int n_stars);
/// The hyphens of a number as U+2212, the minus sign of pages, in its exponent too. Returns `text`.
BEHOV_API const char *behov_format_minus(char text[BEHOV_NUMBER_SIZE]);
/// A cell of a table: its text as it stands, or its figure by what it measures. Borrowed from the table or from `text`.
BEHOV_API const char *behov_format_report_cell(const behov_report *report, size_t column, size_t row,
                                               behov_language lang, char text[BEHOV_NUMBER_SIZE]);
/// Characters (not bytes) of a UTF-8 text: its width on a terminal, for the letters of our languages.
BEHOV_API size_t behov_format_width(const char *text);

#ifdef __cplusplus
}
#endif
#endif
