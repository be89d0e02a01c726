/* postgres_library.h - the functions of libpq that are called, found when the first of them is needed (as those of libcurl,
 * fetch/curl_library.h): it stands on thirty other libraries, which no other call should wait for. */
#ifndef BEHOV_CLI_POSTGRES_LIBRARY_H
#define BEHOV_CLI_POSTGRES_LIBRARY_H

#include <libpq-fe.h>

#include <behov/error.h>

/* As <libpq-fe.h> declares them. */
typedef struct postgres_library {
    PGconn *(*connectdb)(const char *text);
    ConnStatusType (*status)(const PGconn *connection);
    char *(*errorMessage)(const PGconn *connection);
    void (*finish)(PGconn *connection);
    PGresult *(*exec)(PGconn *connection, const char *query);
    int (*sendQueryParams)(PGconn *connection, const char *query, int n, const Oid *types, const char *const *values,
                           const int *lengths, const int *formats, int result_format);
    int (*setSingleRowMode)(PGconn *connection);
    PGresult *(*getResult)(PGconn *connection);
    ExecStatusType (*resultStatus)(const PGresult *result);
    int (*nfields)(const PGresult *result);
    int (*ntuples)(const PGresult *result);
    char *(*fname)(const PGresult *result, int column);
    char *(*getvalue)(const PGresult *result, int row, int column);
    int (*getlength)(const PGresult *result, int row, int column);
    int (*getisnull)(const PGresult *result, int row, int column);
    void (*clear)(PGresult *result);
} postgres_library;

/* Finds them (*library: valid until the process ends). BEHOV_E_FILE: it is not there, or lacks one of them. */
behov_status postgres_library_open(const postgres_library **library, behov_error *err) BEHOV_MUST_CHECK;

#endif
