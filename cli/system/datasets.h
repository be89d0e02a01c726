/* datasets.h - the bundled files: what they are, and their bytes, which are compiled into the program. */
#ifndef BEHOV_CLI_DATASETS_H
#define BEHOV_CLI_DATASETS_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct dataset {
    const char *name; /* "simulated/panel.csv", as it lies in the folder and as the user names it */
    const char *nb, *en;
} dataset;

/* The list, in the order in which it is shown. */
const dataset *datasets_list(size_t *n);

/* The path that readers open a bundled file by (malloc): "bundled:simulated/panel.csv", which is no file of the system,
 * or the file in $BEHOV_DATASETS where that is set. BEHOV_E_FILE when it is not there. */
behov_status datasets_path(const char *name, char **path, behov_error *err) BEHOV_MUST_CHECK;

/* Whether a path is one of those that name compiled-in bytes, and then the bytes (borrowed, for ever; a zero behind
 * them). NULL for other paths, and for a name that is not among them. */
bool datasets_is_bundled(const char *path);
/* Whether a path names a file that is there, or compiled-in bytes. */
bool datasets_path_is_there(const char *path);
const char *datasets_find(const char *path, size_t *n_bytes);

/* What the build makes of the files (datasets/embed.c). */
typedef struct dataset_bytes {
    const char *name;
    const unsigned char *bytes;
    size_t n;
} dataset_bytes;

extern const dataset_bytes datasets_bytes[];
extern const size_t n_datasets_bytes;

#endif
