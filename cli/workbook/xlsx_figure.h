/* xlsx_figure.h - a figure as libxlsxwriter writes it into a cell. */
#ifndef BEHOV_CLI_XLSX_FIGURE_H
#define BEHOV_CLI_XLSX_FIGURE_H

#include <stddef.h>

enum { XLSX_FIGURE_SIZE = 40 };

/* What printf gives for %.16G in the C locale, whatever the locale is. Returns the length. \param value  finite */
size_t xlsx_figure(double value, char text[XLSX_FIGURE_SIZE]);

#endif
