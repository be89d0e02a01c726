/* write_audit.h - what an audit of a printed table found, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_AUDIT_H
#define BEHOV_CLI_WRITE_AUDIT_H

#include <behov/audit_results.h>
#include "output_writers.h"

/* Their context is a behov_audit_results. */
extern const output_writers audit_writers;

#endif
