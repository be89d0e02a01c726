/* write_remarks.h - the remarks of a page (remarks.h) as lines. */
#ifndef BEHOV_CLI_WRITE_REMARKS_H
#define BEHOV_CLI_WRITE_REMARKS_H

#include <stdio.h>

#include <behov/remarks.h>

/* Those of the bits, each that holds on a line of its own. BEHOV_E_MEMORY. */
behov_status write_remarks(const behov_fit_results *fit_results, unsigned which, FILE *out,
                           behov_error *err) BEHOV_MUST_CHECK;

#endif
