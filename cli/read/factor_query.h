/* factor_query.h - factors that a query of a PostgreSQL database gives: a column of keys and one of factors. */
#ifndef BEHOV_CLI_FACTOR_QUERY_H
#define BEHOV_CLI_FACTOR_QUERY_H

#include <behov/error.h>
#include <behov/factor_part.h>
#include <behov/formula.h>

/* Runs the query, which can only read, and makes a part of its rows (free it in any case); the clusters are called as the
 * first column.
 * \param connection  as libpq takes it: "host=… dbname=…", a postgresql:// address, "" = by the environment
 * BEHOV_E_FILE: no connection, or the query fails, in the server's words; BEHOV_E_DATA: rows that are no factors. */
behov_status factor_query_read(const char *connection, const char *query, const behov_formula *formula,
                               behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;

#endif
