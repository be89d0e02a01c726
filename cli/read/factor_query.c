/* factor_query.c - see factor_query.h. Rows come one at a time, so that only what becomes of them is held. */
#include "factor_query.h"

#ifdef BEHOV_WITH_POSTGRESQL
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "factor_copy.h"
#include "postgres_library.h"

static const char place[] = "postgres";

/* The server's words, without the line end. */
static behov_excerpt server_words(const postgres_library *pq, PGconn *connection)
{
    behov_excerpt words = behov_cut(pq->errorMessage(connection), 240);
    for (size_t n = strlen(words.text); n && (words.text[n - 1] == ' ' || words.text[n - 1] == '\n');)
        words.text[--n] = '\0';
    return words;
}

static behov_status say_query(const postgres_library *pq, PGconn *connection, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_FILE, place, SAY_POSTGRES_QUERY, server_words(pq, connection).text);
}

static behov_status take_rows(const postgres_library *pq, const PGresult *result, unsigned long *number,
                              behov_factor_gather *gather, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int row = 0; row < pq->ntuples(result) && !status; row++) {
        behov_said where = behov_phrase(SAY_FACTOR_COPY_ROW, place, ++*number);
        const char *key = pq->getisnull(result, row, 0) ? NULL : pq->getvalue(result, row, 0);
        if (!pq->getisnull(result, row, 1))
            status = factor_copy_take(gather, key, pq->getvalue(result, row, 1), (size_t)pq->getlength(result, row, 1),
                                      where.text, err);
    }
    return status;
}

static behov_status begin(const postgres_library *pq, const PGresult *result, const behov_formula *formula,
                          behov_factor_gather **gather, behov_error *err)
{
    if (pq->nfields(result) != 2)
        return behov_error_say(err, BEHOV_E_DATA, place, SAY_POSTGRES_COLUMNS, pq->nfields(result));
    return behov_factor_gather_new(formula, pq->fname(result, 0), gather, err);
}

static behov_status take_results(const postgres_library *pq, PGconn *connection, const behov_formula *formula,
                                 behov_factor_gather **gather, behov_error *err)
{
    behov_status status = BEHOV_OK;
    unsigned long number = 0;
    PGresult *result;
    while (!status && (result = pq->getResult(connection))) {
        ExecStatusType kind = pq->resultStatus(result);
        if (kind != PGRES_SINGLE_TUPLE && kind != PGRES_TUPLES_OK)
            status = say_query(pq, connection, err);
        if (!status && !*gather)
            status = begin(pq, result, formula, gather, err);
        if (!status)
            status = take_rows(pq, result, &number, *gather, err);
        pq->clear(result);
    }
    return status;
}

behov_status factor_query_read(const char *text, const char *query, const behov_formula *formula,
                               behov_factor_part *part, behov_error *err)
{
    const postgres_library *pq;
    behov_factor_gather *gather = NULL;
    behov_status status = postgres_library_open(&pq, err);
    if (status)
        return status;
    PGconn *connection = pq->connectdb(text);
    if (!connection)
        return behov_error_say(err, BEHOV_E_MEMORY, place, SAY_FACTORS_NO_MEMORY);
    if (pq->status(connection) != CONNECTION_OK)
        status = behov_error_say(err, BEHOV_E_FILE, place, SAY_POSTGRES_CONNECTION, server_words(pq, connection).text);
    if (!status)
        pq->clear(pq->exec(connection, "SET default_transaction_read_only = on; SET client_encoding = 'UTF8'"));
    if (!status &&
        (!pq->sendQueryParams(connection, query, 0, NULL, NULL, NULL, NULL, 0) || !pq->setSingleRowMode(connection)))
        status = say_query(pq, connection, err);
    if (!status)
        status = take_results(pq, connection, formula, &gather, err);
    if (!status && !gather)
        status = say_query(pq, connection, err);
    if (!status)
        status = behov_factor_gather_finish(gather, part, err);
    behov_factor_gather_free(gather);
    pq->finish(connection);
    return status;
}
#else
behov_status factor_query_read(const char *text, const char *query, const behov_formula *formula,
                               behov_factor_part *part, behov_error *err)
{
    (void)text, (void)query, (void)formula, (void)part;
    return behov_error_say(err, BEHOV_E_FILE, "", SAY_POSTGRES_NOT_BUILT);
}
#endif
