/* write_manifest.h - what stands beside a panel: which files it is, and what is to be said of its making. */
#ifndef BEHOV_CLI_WRITE_MANIFEST_H
#define BEHOV_CLI_WRITE_MANIFEST_H

#include <behov/error.h>
#include <behov/panel_build.h>
#include <stddef.h>

struct json_t; /* jansson's */

/* A panel that was written; several files beside one manifest are the same panel. */
typedef struct manifest_file {
    const char *path; /* borrowed */
    char sha256[65];
    size_t n_bytes;
} manifest_file;

/* [{"file", "bytes", "sha256"}] (owned by the caller). */
struct json_t *manifest_files_json(const manifest_file *files, size_t n);
/* {"absent_years", ...}: the remarks of making (owned by the caller). */
struct json_t *manifest_remarks_json(const behov_build_remarks *remarks);

/* A panel that was made of another panel, whose remarks it keeps. */
typedef struct derived_manifest {
    const char *deed;     /* "panel merge" */
    const char *day;      /* "2026-11-29"; NULL = none */
    manifest_file source; /* the panel that it was made of */
    const behov_build_remarks *remarks;
} derived_manifest;

/* BEHOV_E_FILE, BEHOV_E_MEMORY. */
behov_status write_derived_manifest(const derived_manifest *derived, const manifest_file *files, size_t n,
                                    const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
