/* read_key_weights.c - see read_key_weights.h. */
#include "read_key_weights.h"

#include <stdlib.h>

#include <behov/key.h>

#include "datasets.h"
#include "read_beside.h"

behov_status read_key_weights(const char *path, const behov_notice *notice, behov_table **table, behov_error *err)
{
    char *bundled = NULL;
    behov_status status = path ? BEHOV_OK : datasets_path("cost-keys/weights.csv", &bundled, err);
    if (!status)
        status = read_beside(path ? path : bundled, behov_key_weights_column, notice, table, err);
    free(bundled);
    return status;
}
