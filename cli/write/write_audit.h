/* write_audit.h - what an audit of a printed table found, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_AUDIT_H
#define BEHOV_CLI_WRITE_AUDIT_H

#include <stdio.h>

#include <behov/audit_results.h>

behov_status write_text_audit(const behov_audit_results *audit_results, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object on standard output. */
behov_status write_json_audit(const behov_audit_results *audit_results, behov_error *err) BEHOV_MUST_CHECK;

#endif
