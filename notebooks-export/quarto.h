/* quarto.h - a Quarto document (.qmd): prose in markdown, and chunks of R or Python that make the fit again. */
#ifndef BEHOV_EXPORT_QUARTO_H
#define BEHOV_EXPORT_QUARTO_H

#include "formats.h"

/* As script_write, whose language the format has; its prose is escaped as markdown. */
behov_status quarto_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                          const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
