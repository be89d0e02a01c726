/* read_manifest.h - what the manifest beside a panel says of its making (behov panel build). */
#ifndef BEHOV_CLI_READ_MANIFEST_H
#define BEHOV_CLI_READ_MANIFEST_H

#include <behov/error.h>
#include <behov/panel_build.h>

/* "folder/panel.manifest.json" of "folder/panel.csv" (malloc); NULL without memory. */
char *read_manifest_path(const char *panel);
/* Reads the remarks in PANEL.manifest.json beside PANEL.csv or PANEL.xlsx, when it is there and was written of these very
 * bytes, by their SHA-256; any other file of the name is none, and says nothing. Free with behov_build_remarks_free in any case.
 * BEHOV_E_MEMORY; BEHOV_E_FILE where the panel itself cannot be read. */
behov_status read_manifest_remarks(const char *panel, behov_build_remarks *remarks, behov_error *err) BEHOV_MUST_CHECK;

#endif
