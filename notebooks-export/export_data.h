/* export_data.h - the rows of a fit as text, separated by commas: what scripts carry with them or lay beside them. */
#ifndef BEHOV_EXPORT_DATA_H
#define BEHOV_EXPORT_DATA_H

#include "export_fit.h"

/* A heading of identifiers, then a line for each of fit->rows, each ended by \n. Numbers are the shortest text that reads
 * back as the same double; a missing one is empty. Texts stand between quotes, quotes within are doubled. */
behov_status export_data_csv(const export_fit *fit, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
/* The same as a panel that can be read again: estimated_on is in_sample, and simulated rows say so in source. */
behov_status export_data_panel(const export_fit *fit, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
