/* fuzz_formula.c - any bytes as a formula.
 *
 * What can be read has a normal spelling that reads back to the same formula: same text, constant, terms, coding and
 * references, also after a reference was set. What can be bound can be evaluated. Anything else aborts. */
#include "fuzz_target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/formula.h>

enum { N_ROWS = 4 };

/* y, x, z, `a b` and year are numbers, m is text. NULL without memory. */
static behov_table *make_table(void)
{
    static const char *const names[] = {"y", "x", "z", "a b", "year", "m"};
    behov_table *table = NULL;
    if (behov_table_new(N_ROWS, "panel.csv", &table, NULL))
        return NULL;
    for (int j = 0; j < 6; j++) {
        double *numbers = j < 5 ? malloc(N_ROWS * sizeof *numbers) : NULL;
        int32_t *codes = j < 5 ? NULL : malloc(N_ROWS * sizeof *codes);
        behov_dictionary *levels = NULL;
        behov_status status = numbers || codes ? BEHOV_OK : BEHOV_E_MEMORY;
        if (!status && codes)
            status = behov_dictionary_new(&levels, NULL);
        for (int i = 0; !status && i < N_ROWS; i++) {
            if (numbers)
                numbers[i] = i == j ? behov_missing_number(BEHOV_MISSING_DOT) : 3 * i - j;
            else
                status = behov_dictionary_intern(levels, i % 2 ? "0301" : "11", i % 2 ? 4 : 2, &codes[i], NULL);
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

static int is_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check(const behov_formula *f)
{
    behov_formula *again = NULL;
    behov_status status = behov_formula_parse(behov_formula_text(f), &again, NULL);
    if (status == BEHOV_E_MEMORY)
        return;
    REQUIRE(status == BEHOV_OK);
    REQUIRE(strcmp(behov_formula_text(again), behov_formula_text(f)) == 0);
    REQUIRE(strcmp(behov_formula_outcome_name(again), behov_formula_outcome_name(f)) == 0);
    REQUIRE(behov_formula_has_intercept(again) == behov_formula_has_intercept(f));
    REQUIRE(behov_formula_n_terms(again) == behov_formula_n_terms(f));
    for (size_t i = 0; i < behov_formula_n_terms(f); i++) {
        REQUIRE(behov_formula_n_components(again, i) == behov_formula_n_components(f, i));
        for (size_t j = 0; j < behov_formula_n_components(f, i); j++) {
            behov_component component = behov_formula_component(f, i, j), other = behov_formula_component(again, i, j);
            REQUIRE(component.is_factor == other.is_factor && is_same_text(component.name, other.name));
            REQUIRE(is_same_text(component.reference, other.reference));
            REQUIRE(behov_formula_uses_reference(f, i, j) == behov_formula_uses_reference(again, i, j));
        }
    }
    behov_formula_free(again);
}

static void evaluate(behov_formula *f)
{
    static const uint32_t rows[N_ROWS] = {3, 0, 2, 1};
    behov_table *table = make_table();
    behov_error err;
    if (table && behov_formula_bind(f, table, &err) == BEHOV_OK) {
        double values[N_ROWS];
        behov_expression_evaluate(behov_formula_outcome(f), rows, N_ROWS, values);
        for (size_t i = 0; i < behov_formula_n_terms(f); i++)
            for (size_t j = 0; j < behov_formula_n_components(f, i); j++)
                behov_expression_evaluate(behov_formula_component(f, i, j).expression, rows, N_ROWS, values);
    }
    behov_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    behov_formula *f = NULL;
    behov_error err = {0};
    behov_status status = behov_formula_parse(text, &f, &err);
    REQUIRE(status == err.code && (status == BEHOV_OK || status == BEHOV_E_SYNTAX || status == BEHOV_E_MEMORY));
    REQUIRE((status == BEHOV_OK) == (err.what[0] == '\0'));
    if (!status) {
        check(f);
        evaluate(f);
        /* The text itself serves as a level: it has every character that matters. */
        for (size_t i = 0; i < behov_formula_n_terms(f); i++)
            for (size_t j = 0; j < behov_formula_n_components(f, i); j++)
                if (behov_formula_component(f, i, j).is_factor) {
                    status = behov_formula_set_reference(f, i, j, text, NULL);
                    REQUIRE(status == BEHOV_OK || status == BEHOV_E_MEMORY);
                }
        check(f);
        behov_formula_free(f);
    }
    free(text);
    return 0;
}
