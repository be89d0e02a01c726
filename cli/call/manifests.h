/* manifests.h - the manifests beside panels among the -o files: PANEL.manifest.json of PANEL.csv and PANEL.xlsx. */
#ifndef BEHOV_CLI_MANIFESTS_H
#define BEHOV_CLI_MANIFESTS_H

#include <behov/panel_build.h>
#include <stdbool.h>

#include "options.h"
#include "write_manifest.h"

/* Whether a file of this name holds a panel's rows, for a verb whose panels have a manifest. */
typedef bool manifests_is_panel(const char *path);
/* .csv and workbooks. */
bool manifests_is_table(const char *path);

/* Writes one manifest, of `n` files of the same panel. */
typedef behov_status manifests_print(const void *context, const manifest_file *files, size_t n, const char *path,
                                     behov_error *err);

/* Whether every manifest can be written: none is a link to something else (target_check_beside). Prints and returns 1. */
int manifests_check(const command_line *line, manifests_is_panel *is_panel);
/* After the panels are written: a manifest for each name before the ending. Prints; returns the exit code. */
int manifests_write(const command_line *line, manifests_is_panel *is_panel, manifests_print *print,
                    const void *context);
/* Of panels that were made of another panel: its remarks go along, and `left_out` (borrowed; NULL = none) is added to the
 * municipalities left out. Nothing is written where there is nothing to say. Prints; returns the exit code. */
int manifests_hand_on(const command_line *line, manifests_is_panel *is_panel, const char *deed, const char *day,
                      const char *source, const char *left_out);

#endif
