/* output_writers.h - how one result is written, by kind of file. */
#ifndef BEHOV_CLI_OUTPUT_WRITERS_H
#define BEHOV_CLI_OUTPUT_WRITERS_H

#include <behov/error.h>
#include <behov/report.h>
#include <stdbool.h>
#include <stdio.h>

#include <behov/picture.h>
#include <behov/section.h>
#include "picture_list.h"

/* What a verb has to write, by kind of file; NULL for what it has not. */
typedef struct output_writers {
    /* Sections of a workbook, or of a page (.tex .md .html .txt). */
    behov_status (*sections)(const void *context, bool is_workbook, behov_section_list *list, behov_error *err);
    behov_status (*rows)(const void *context, behov_report **report, behov_error *err); /* .csv */
    behov_status (*json)(const void *context, const char *path, behov_error *err);
    behov_word title;                                                       /* of the document */
    behov_status (*page)(const void *context, FILE *out, behov_error *err); /* standard output */
    const behov_picture *(*picture)(const void *context);
    /* Pictures of the results beside the sections, for a document that shows some (.docx). */
    behov_status (*pictures)(const void *context, picture_list *list, behov_error *err);
    /* A verb that writes its files in a way of its own, and what of cli/call/writers.h they hold. */
    behov_status (*file)(const void *context, const char *path, behov_error *err);
    unsigned file_holds;
} output_writers;

#endif
