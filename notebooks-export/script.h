/* script.h - a template filled with a fit: what every script and every cell of a notebook goes through. */
#ifndef BEHOV_EXPORT_SCRIPT_H
#define BEHOV_EXPORT_SCRIPT_H

#include "dialect.h"
#include "formats.h"
#include "template.h"

/* What every template may ask for, in whatever language: see script.c. */
extern const template_value script_values[];

/* The template of a format filled with the fit, into a file; with the data in it, or beside it as FILE.csv. */
behov_status script_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                          const char *path, behov_error *err) BEHOV_MUST_CHECK;
/* The last part of a path (borrowed). */
const char *script_file_name(const char *path);
/* A text into a file, in one step. */
behov_status script_write_text(const char *path, const behov_wording *text, behov_error *err) BEHOV_MUST_CHECK;

#endif
