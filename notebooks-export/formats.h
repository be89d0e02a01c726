/* formats.h - the kinds of files that a fit is handed over in, told apart by their endings. */
#ifndef BEHOV_EXPORT_FORMATS_H
#define BEHOV_EXPORT_FORMATS_H

#include <stdbool.h>

#include "export_fit.h"

struct dialect;

typedef enum export_what { EXPORT_NOTEBOOK, EXPORT_SCRIPT, EXPORT_DATA, EXPORT_N_KINDS } export_what;

/* What the call says beside the fit. */
typedef struct export_choices {
    const char *templates;    /* folder of own templates, NULL = none */
    bool is_beside;           /* the data as a file beside the script */
    const char *municipality; /* of the profile in a notebook, NULL = one is chosen */
} export_choices;

typedef struct export_format {
    export_what what;
    const char *kernel;            /* of a notebook: "python", "r"; else NULL */
    const char *ending;            /* ".R"; small and large letters are one */
    const char *template;          /* name of the template in templates/nb and templates/en; NULL = none */
    const struct dialect *dialect; /* NULL = none */
    bool has_data_beside;          /* --data beside is possible */
    behov_status (*write)(const export_fit *fit, const struct export_format *format, const export_choices *choices,
                          const char *path, behov_error *err);
} export_format;

/* The i-th of them, NULL behind the last. */
const export_format *formats_get(size_t i);
/* The format of a path's ending, the longest that fits; NULL when there is none. \param kernel NULL = any */
const export_format *formats_find(export_what what, const char *kernel, const char *path);
/* "fit.csv", the data beside "fit.R" (malloc; NULL without memory). */
char *formats_data_path(const export_format *format, const char *path);

#endif
