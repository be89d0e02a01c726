/* write_audit.h - what an audit of a printed table found, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_AUDIT_H
#define BEHOV_CLI_WRITE_AUDIT_H

#include <behov/audit.h>
#include <behov/error.h>
#include <stdio.h>

#include "labels.h"
#include "printed_table.h"

/* A file that took part: what messages call it, and where it lies. NULL = none. */
typedef struct audit_file {
    char *path, *name;
} audit_file;

typedef enum legend_source { LEGEND_ASSUMED = 0, LEGEND_OF_NOTES, LEGEND_OF_OPTION } legend_source;

typedef struct audit_results {
    behov_language lang;
    audit_file table_file, notes_file, signs_file;
    behov_printed_table table;
    behov_printed_notes notes;
    behov_printed_signs signs;
    size_t n_signs_used; /* that are about a term of the table */
    behov_legend legend;
    legend_source legend_from;
    double dof; /* 0 = not known */
    behov_audit *audit;
} audit_results;

/* Room for the sentences about one finding. */
#define AUDIT_SENTENCE 1600

void write_text_audit(const audit_results *audit_results, FILE *out);
/* One object on standard output. */
behov_status write_json_audit(const audit_results *audit_results, behov_error *err) BEHOV_MUST_CHECK;

#endif
