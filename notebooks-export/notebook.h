/* notebook.h - a template whose cells are parted by lines, as a notebook for Jupyter (nbformat 4.5).
 *
 *     %% markdown question
 *     %% code annex-2 needs:ratios output:ratios
 *
 * behind the kind of a cell `hidden`, where its source is folded, its id (letters of ASCII, digits, - and _, each once in the notebook), and whether it needs
 * one of the results (notebook_results.h), so that it is left out where there is none, or shows one. */
#ifndef BEHOV_EXPORT_NOTEBOOK_H
#define BEHOV_EXPORT_NOTEBOOK_H

#include "export_fit.h"
#include "formats.h"

/* Cells are filled as scripts are; the results stand in them as outputs that nobody has run yet. The same fit gives the
 * same bytes. BEHOV_E_SYNTAX with the template's file and line for a line %% that is none of these; those of
 * template_fill, notebook_results_new and of writing a file. */
behov_status notebook_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                            const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
