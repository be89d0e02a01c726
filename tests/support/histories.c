/* histories.c - see histories.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "histories.h"

behov_status history_add(behov_municipality_history *history, const char *const changes[][4], size_t n,
                         behov_error *err)
{
    static const char *const names[4] = {"date", "old_code", "new_code", "new_name"};
    behov_table *table = NULL;
    const char **texts = malloc((n + 1) * sizeof *texts);
    assert_non_null(texts);
    assert_int_equal(behov_table_new(n, "reform.csv", &table, NULL), BEHOV_OK);
    for (size_t j = 0; j < 4; j++) {
        for (size_t i = 0; i < n; i++)
            texts[i] = changes[i][j];
        assert_int_equal(behov_table_copy_text(table, names[j], texts, NULL), BEHOV_OK);
    }
    free(texts);
    behov_status status = behov_municipality_history_add(history, table, err);
    behov_table_free(table);
    return status;
}

behov_municipality_history *history_of(const char *const changes[][4], size_t n)
{
    behov_error err = {.code = BEHOV_OK};
    behov_municipality_history *history = NULL;
    assert_int_equal(behov_municipality_history_new(&history, &err), BEHOV_OK);
    if (history_add(history, changes, n, &err))
        fail_msg("%s: %s", err.where, err.what);
    return history;
}

void check_chain(const behov_municipality_history *history, const char *code, int year, int other_year,
                 const char *expected)
{
    behov_variant_list list = {0};
    char text[256] = "";
    ptrdiff_t variant = behov_municipality_history_find(history, code, behov_municipality_history_date(year));
    assert_true(variant >= 0);
    assert_int_equal(behov_municipality_history_follow(history, (size_t)variant,
                                                       behov_municipality_history_date(other_year), &list, NULL),
                     BEHOV_OK);
    for (size_t i = 0; i < list.n; i++) {
        strcat(text, i ? " " : "");
        strcat(text, behov_municipality_history_variant(history, list.all[i]).code);
    }
    free(list.all);
    assert_string_equal(text, expected);
}
