/* long_updated.h - when a publisher says below its table that it was last changed. */
#ifndef BEHOV_CLI_LONG_UPDATED_H
#define BEHOV_CLI_LONG_UPDATED_H

#include "long_layout.h"

/* "20240617 08:00": what stands beside or below the words "Sist endret", "Last updated" or "Latest update" under the last row
 * of a table (*updated: malloc, NULL where they are not there), as the file has it. BEHOV_E_MEMORY. */
behov_status long_updated_find(const long_layout *layout, char **updated, behov_error *err) BEHOV_MUST_CHECK;

#endif
