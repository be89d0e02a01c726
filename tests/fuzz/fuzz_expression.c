/* fuzz_expression.c - any bytes as an expression.
 *
 * What can be read has a normal spelling that reads back to itself and names the same columns; what can be bound can be
 * evaluated. Anything else aborts. A lack of memory is an answer like any other. */
#include "fuzz_target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/expression.h>

enum { N_ROWS = 4 };

/* x, y and `a b` are numbers, m and county are text; all have missing cells. NULL without memory. */
static behov_table *make_table(void)
{
    static const char *const names[] = {"x", "y", "a b", "m", "county"};
    static const char *const texts[] = {"0301", "11", "say \"a\""};
    behov_table *table = NULL;
    if (behov_table_new(N_ROWS, "panel.csv", &table, NULL))
        return NULL;
    for (int j = 0; j < 5; j++) {
        double *numbers = j < 3 ? malloc(N_ROWS * sizeof *numbers) : NULL;
        int32_t *codes = j < 3 ? NULL : malloc(N_ROWS * sizeof *codes);
        behov_dictionary *levels = NULL;
        behov_status status = numbers || codes ? BEHOV_OK : BEHOV_E_MEMORY;
        if (!status && codes)
            status = behov_dictionary_new(&levels, NULL);
        for (int i = 0; !status && i < N_ROWS; i++) {
            behov_missing mark = i == j % N_ROWS ? (behov_missing)(1 + j) : BEHOV_PRESENT;
            if (numbers) {
                numbers[i] = mark ? behov_missing_number(mark) : 3 * i - j;
            } else {
                codes[i] = behov_missing_code(mark);
                if (!mark)
                    status = behov_dictionary_intern(levels, texts[i % 3], strlen(texts[i % 3]), &codes[i], NULL);
            }
        }
        if (!status)
            status = numbers ? behov_table_add_numbers(table, names[j], numbers, NULL)
                             : behov_table_add_text(table, names[j], codes, levels, NULL);
        if (status) {
            free(numbers);
            free(codes);
            behov_dictionary_free(levels);
            behov_table_free(table);
            return NULL;
        }
    }
    return table;
}

static void check(const behov_expression *e)
{
    const char *text = behov_expression_text(e);
    behov_expression *again = NULL;
    behov_status status = behov_expression_parse(text, strlen(text), "again", &again, NULL);
    if (status == BEHOV_E_MEMORY)
        return;
    REQUIRE(status == BEHOV_OK);
    REQUIRE(strcmp(behov_expression_text(again), text) == 0);
    REQUIRE(behov_expression_is_condition(again) == behov_expression_is_condition(e));
    REQUIRE(behov_expression_n_columns(again) == behov_expression_n_columns(e));
    for (size_t i = 0; i < behov_expression_n_columns(e); i++) {
        REQUIRE(strcmp(behov_expression_column(again, i), behov_expression_column(e, i)) == 0);
        REQUIRE(behov_expression_wants_number(again, i) == behov_expression_wants_number(e, i));
    }
    behov_expression_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t rows[N_ROWS] = {3, 0, 2, 1};
    behov_expression *e = NULL;
    behov_error err = {0};
    behov_status status = behov_expression_parse((const char *)data, size, "--exclude", &e, &err);
    REQUIRE(status == err.code && (status == BEHOV_OK || status == BEHOV_E_SYNTAX || status == BEHOV_E_MEMORY));
    REQUIRE((status == BEHOV_OK) == (err.what[0] == '\0'));
    if (status)
        return 0;
    check(e);
    behov_table *table = make_table();
    if (table && behov_expression_bind(e, table, &err) == BEHOV_OK) {
        double values[N_ROWS];
        behov_expression_evaluate(e, rows, N_ROWS, values);
        for (size_t i = 0; i < N_ROWS && behov_expression_is_condition(e); i++)
            REQUIRE(values[i] == 0 || values[i] == 1 || values[i] != values[i]);
    }
    behov_table_free(table);
    behov_expression_free(e);
    return 0;
}
