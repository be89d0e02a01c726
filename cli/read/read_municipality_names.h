/* read_municipality_names.h - which municipalities a user means: a list on the command line, or a file of them. */
#ifndef BEHOV_CLI_READ_MUNICIPALITY_NAMES_H
#define BEHOV_CLI_READ_MUNICIPALITY_NAMES_H

#include <behov/municipality_list.h>
#include <behov/notice.h>

/* The names of "0104,Moss,0301"; or those of a file with a column municipality_code or municipality, when a file has
 * that name: a name with a comma is found in a file alone. Free with behov_municipality_names_free in any case.
 * BEHOV_E_NAME for a file without such a column, and the errors of read_csv. */
behov_status read_municipality_names(const char *text, const behov_notice *notice, behov_municipality_names *names,
                                     behov_error *err) BEHOV_MUST_CHECK;

#endif
