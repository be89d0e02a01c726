/* write_specification.h - the checks of a specification as a page, as JSON and as sections. */
#ifndef BEHOV_CLI_WRITE_SPECIFICATION_H
#define BEHOV_CLI_WRITE_SPECIFICATION_H

#include <behov/specification.h>
#include "output_writers.h"

/* Their context is a behov_specification. A page has a section for each table; a workbook has the summary first; the
 * rows are those of the summary. */
extern const output_writers specification_writers;

#endif
