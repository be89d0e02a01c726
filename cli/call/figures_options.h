/* figures_options.h - a file of figures that is no panel, and the options that say how it is read. */
#ifndef BEHOV_CLI_FIGURES_OPTIONS_H
#define BEHOV_CLI_FIGURES_OPTIONS_H

#include <behov/column_request.h>
#include <behov/service_figures.h>
#include <behov/table.h>

#include "options.h"

/* How a file is read, where looking does not tell. */
#define FIGURES_OPTIONS                                                                                                \
    {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},                                   \
        {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},                                           \
        {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},                                                    \
        {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},                       \
    {                                                                                                                  \
        "sheet", 0, ARGUMENT(NAME), HELP(OPTION_SHEET), NULL                                                           \
    }

/* Reads a table of columns that `choose` wants, with what was guessed told on standard error; a bundled file where
 * `path` is NULL. The table is freed with behov_table_free, the path that was opened (malloc) with free.
 * Prints what is wrong and returns the exit code, 0 when all is well. */
int figures_open(const command_line *line, const char *path, const char *bundled,
                 behov_read_kind (*choose)(void *context, const char *name), behov_table **table, char **opened_path);

/* The marks of --missing (malloc; the texts are the call's); NULL without memory. */
const char **figures_missing(const command_line *line, size_t *n);

/* A note for rows of a table whose name is another municipality's than their code's, by the bundled list of changes. */
behov_status figures_tell_other_names(const behov_table *table, behov_error *err) BEHOV_MUST_CHECK;

/* Codes that no municipality has are refused; rows left out and amounts that may be in kroner are told on standard error. */
behov_status figures_check(const behov_service_figures *figures, behov_error *err) BEHOV_MUST_CHECK;

/* Names the columns of a file that nothing takes: one whose heading is not known would be passed over without a word. */
void figures_tell_unused(const char *path, const behov_table *table);

#endif
