/* datasets.h - the bundled files: where they lie and what they are. */
#ifndef BEHOV_CLI_DATASETS_H
#define BEHOV_CLI_DATASETS_H

#include <behov/error.h>
#include <stddef.h>

typedef struct dataset {
    const char *name; /* "simulated/panel.csv", as it lies in the folder and as the user names it */
    const char *nb, *en;
} dataset;

/* The list, in the order in which it is shown. */
const dataset *datasets_list(size_t *n);

/* The path of a bundled file (malloc). Looks in $BEHOV_DATASETS, beside the program (build folder, then installation),
 * then in the folder set when the program was built. BEHOV_E_FILE says where it looked. */
behov_status datasets_path(const char *name, char **path, behov_error *err) BEHOV_MUST_CHECK;

#endif
