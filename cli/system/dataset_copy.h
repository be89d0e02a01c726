/* dataset_copy.h - a bundled file, written out. */
#ifndef BEHOV_CLI_DATASET_COPY_H
#define BEHOV_CLI_DATASET_COPY_H

#include <behov/error.h>

/* \param name  "simulated/panel.csv"
 * \param path  renamed into place when it is whole (target.h); NULL = standard output
 * BEHOV_E_FILE when it is not there, or cannot be written. */
behov_status dataset_copy(const char *name, const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
