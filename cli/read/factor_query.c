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
    behov_excerpt words = server_words(pq, connection);
    return words.text[0] ? behov_error_say(err, BEHOV_E_FILE, place, SAY_POSTGRES_QUERY, words.text)
                         : behov_error_say(err, BEHOV_E_FILE, place, SAY_POSTGRES_NO_ROWS);
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f' || letter == '\v';
}

/* Within a SELECT there is room for a query alone: COPY, SET and the like are no syntax there, and a WITH that changes rows
 * is refused, whatever the rights of who asks. A cursor would do, but its plan is never parallel. malloc; NULL without
 * memory. */
static char *as_subquery(const char *query)
{
    static const char before[] = "SELECT * FROM (\n", after[] = "\n) AS factors";
    size_t n = strlen(query);
    while (n && (is_blank(query[n - 1]) || query[n - 1] == ';'))
        n--;
    char *text = malloc(sizeof before + n + sizeof after);
    if (!text)
        return NULL;
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof before - 1, query, n);
    memcpy(text + sizeof before - 1 + n, after, sizeof after);
    return text;
}

/* Something beside blanks and semicolons. */
static bool is_empty(const char *query)
{
    while (is_blank(*query) || *query == ';')
        query++;
    return !*query;
}

/* SELECT, WITH, VALUES, TABLE, or in parentheses or behind a comment: what else begins a query is told before it is sent. */
static bool may_be_query(const char *query)
{
    static const char *const words[] = {"select", "with", "values", "table"};
    while (is_blank(*query))
        query++;
    if (*query == '(' || strncmp(query, "--", 2) == 0 || strncmp(query, "/*", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = 0;
        while (words[i][n] && (query[n] == words[i][n] || query[n] == words[i][n] - 'a' + 'A'))
            n++;
        bool goes_on = (query[n] >= 'a' && query[n] <= 'z') || (query[n] >= 'A' && query[n] <= 'Z') || query[n] == '_';
        if (!words[i][n] && !goes_on)
            return true;
    }
    return false;
}

static behov_status send(const postgres_library *pq, PGconn *connection, const char *query, behov_error *err)
{
    char *text = as_subquery(query);
    if (!text)
        return behov_error_say(err, BEHOV_E_MEMORY, place, SAY_FACTORS_NO_MEMORY);
    bool is_sent =
        pq->sendQueryParams(connection, text, 0, NULL, NULL, NULL, NULL, 0) && pq->setSingleRowMode(connection);
    free(text);
    return is_sent ? BEHOV_OK : say_query(pq, connection, err);
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
    if (is_empty(query))
        return behov_error_say(err, BEHOV_E_ARGUMENT, place, SAY_POSTGRES_QUERY_EMPTY);
    if (!may_be_query(query))
        return behov_error_say(err, BEHOV_E_ARGUMENT, place, SAY_POSTGRES_QUERY_NONE, behov_cut(query, 60).text);
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
    if (!status)
        status = send(pq, connection, query, err);
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
