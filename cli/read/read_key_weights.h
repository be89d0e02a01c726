/* read_key_weights.h - the table of weights of cost keys: a file of the user's, or the bundled one. */
#ifndef BEHOV_CLI_READ_KEY_WEIGHTS_H
#define BEHOV_CLI_READ_KEY_WEIGHTS_H

#include <behov/error.h>
#include <behov/notice.h>
#include <behov/table.h>

/* \param path        NULL = the bundled weights
 * \param[out] table  free with behov_table_free; behov_key_weights_read takes one key out of it
 * The errors of read_csv. */
behov_status read_key_weights(const char *path, const behov_notice *notice, behov_table **table,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
