/* accounts.h - net operating expenditure by KOSTRA function, as a municipality's own accounts have it.
 *
 * One row a function (and municipality, and unit, and what else the accounts part it into): amounts in 1000 kr, income
 * below 0, which are added up. Two yardsticks, which are not the same sum:
 *   Proba 2017-08   242 + 243 + 276 + 281             the outcome of the model
 *   KS ASSS         242 + 243 + 273 + 276 + 281
 * All other functions are left out of both, and are listed. */
#ifndef BEHOV_ACCOUNTS_H
#define BEHOV_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "column_request.h"
#include "error.h"
#include "profile.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_ACCOUNT_FUNCTIONS = 5 };
/// 242, 243, 273, 276, 281.
extern BEHOV_API const int behov_account_functions[BEHOV_ACCOUNT_FUNCTIONS];

typedef enum behov_accounts_yardstick {
    BEHOV_YARDSTICK_PROBA = 0,
    BEHOV_YARDSTICK_ASSS,
    BEHOV_N_YARDSTICKS
} behov_accounts_yardstick;

/// Whether a yardstick counts the function.
BEHOV_API bool behov_accounts_yardstick_counts(behov_accounts_yardstick yardstick, int function);

/// Zero-initialise; free with behov_accounts_free in any case.
typedef struct behov_accounts {
    char *path;     /* as the user gave it (owned) */
    bool has_codes; /* else all rows are one municipality's */
    char **codes;   /* of the municipalities, in order, each once; one "" without codes (owned) */
    size_t n;
    int *years; /* in order */
    size_t n_years;
    int *functions; /* all that have a row, in order */
    size_t n_functions;
    double *amounts_1000kr; /* n x n_functions x n_years; NaN where there is no row with a figure */
    char *units;            /* "NAV, Flyktningenheten": those of the column unit (owned); NULL = none */
} behov_accounts;

/// How a reader takes the columns: municipality_code, function (funksjon), unit (enhet), and years as columns, or year and
/// amount_1000kr (beløp, utgift_1000kr); other columns as text, which tell rows apart. The context is not used.
BEHOV_API behov_read_kind behov_accounts_column(void *context, const char *name);
/// Adds a table up (borrowed for the call). BEHOV_E_NAME for a column that is not there, BEHOV_E_DATA for a row whose
/// function is not three or four digits, or without a year, a row that is another in every column, a unit of measure other
/// than 1000 kr, two columns of one kind, several municipalities without codes, codes of three digits beside others that
/// have kept their zero. O(rows x (functions + municipalities + columns log rows)).
BEHOV_API behov_status behov_accounts_of_table(const behov_table *table, behov_accounts *accounts,
                                               behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_accounts_free(behov_accounts *accounts);

/// Position of a code, the only one without codes; n when it is not there. That of a year, n_years when it is not there.
BEHOV_API size_t behov_accounts_position(const behov_accounts *accounts, const char *code);
BEHOV_API size_t behov_accounts_year(const behov_accounts *accounts, int year);
/// 1000 kr; NaN without a row. \param function  one of them or another
BEHOV_API double behov_accounts_amount(const behov_accounts *accounts, size_t position, int function, size_t year);
/// The sum of the functions of a yardstick that have a figure; NaN when none has.
/// \param[out] n_missing  functions without one, which count as 0; may be NULL
BEHOV_API double behov_accounts_sum(const behov_accounts *accounts, size_t position, behov_accounts_yardstick yardstick,
                                    size_t year, size_t *n_missing);

#ifdef __cplusplus
}
#endif
#endif
