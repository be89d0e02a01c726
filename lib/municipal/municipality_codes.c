/* municipality_codes.c - see municipality_codes.h. */
#include <behov/municipality_codes.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <behov/code.h>
#include <behov/panel.h>

#include "name.h"

enum { LEAST_CODES_OF_A_MADE_UP_COUNTRY = 10 };

/* ---- codes --------------------------------------------------------------------------------------------------------- */

static bool is_looked_at(const char *code)
{
    return code[0] && behov_code_mark(code, strlen(code)) == BEHOV_ROW_MUNICIPALITY;
}

static bool is_known(const behov_municipality_history *history, const char *code)
{
    return behov_municipality_history_nearest(history, code, 0) >= 0;
}

static bool are_made_up(const char *const *codes, size_t n, const behov_municipality_history *history)
{
    size_t n_looked_at = 0, n_unknown = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_looked_at(codes[i]))
            continue;
        n_looked_at++;
        n_unknown += !is_known(history, codes[i]);
    }
    return n_unknown == n_looked_at || (n_looked_at >= LEAST_CODES_OF_A_MADE_UP_COUNTRY && 2 * n_unknown > n_looked_at);
}

/* Whether some code has kept the zero that it begins with: one of three digits beside it has lost its own, or is none. */
static bool have_kept_a_zero(const char *const *codes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        behov_code code = behov_code_read(codes[i], strlen(codes[i]));
        if (is_looked_at(codes[i]) && code.kind == BEHOV_CODE_FOUR_DIGITS && code.text[0] == '0')
            return true;
    }
    return false;
}

size_t behov_municipality_codes_find_fault(const char *const *codes, size_t n,
                                           const behov_municipality_history *history, behov_code_fault *fault)
{
    bool has_zero = have_kept_a_zero(codes, n);
    *fault = BEHOV_CODE_HAS_NO_FAULT;
    bool is_looked_up = history && !are_made_up(codes, n, history);
    for (size_t i = 0; i < n; i++) {
        if (!is_looked_at(codes[i]))
            continue;
        behov_code code = behov_code_read(codes[i], strlen(codes[i]));
        *fault = code.kind == BEHOV_CODE_THREE_DIGITS && has_zero ? BEHOV_CODE_HAS_THREE_DIGITS
                 : code.kind != BEHOV_CODE_FOUR_DIGITS            ? BEHOV_CODE_HAS_NO_FOUR_DIGITS
                 : is_looked_up && !is_known(history, code.text)  ? BEHOV_CODE_HAD_NOBODY
                                                                  : BEHOV_CODE_HAS_NO_FAULT;
        if (*fault)
            return i;
    }
    return n;
}

behov_status behov_municipality_codes_refuse(behov_code_fault fault, const char *code, const char *where,
                                             behov_error *err)
{
    behov_excerpt cut = behov_cut(code, 60);
    switch (fault) {
    case BEHOV_CODE_HAS_NO_FAULT: break;
    case BEHOV_CODE_HAS_THREE_DIGITS:
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_CODES_THREE_DIGITS, cut.text);
    case BEHOV_CODE_HAS_NO_FOUR_DIGITS:
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_CODES_NO_FOUR_DIGITS, cut.text);
    case BEHOV_CODE_HAD_NOBODY: return behov_error_say(err, BEHOV_E_DATA, where, SAY_CODES_NOBODY_HAD, cut.text);
    }
    return BEHOV_OK;
}

/* ---- two codes of one municipality --------------------------------------------------------------------------------- */

/* Codes of many rows, and the date of each. */
typedef struct dated_codes {
    const char *const *codes;
    const int *years;
    size_t n;
    const behov_municipality_history *history;
} dated_codes;

static int date_of(const dated_codes *dated, size_t i)
{
    return dated->years[i] ? behov_municipality_history_date(dated->years[i])
                           : behov_municipality_history_last_date(dated->history);
}

/* A row of the same year whose code means the variant; n where there is none. */
static size_t find_variant(const dated_codes *dated, size_t row, size_t variant)
{
    const char *code = behov_municipality_history_variant(dated->history, variant).code;
    for (size_t i = 0; i < dated->n; i++)
        if (dated->years[i] == dated->years[row] && strcmp(dated->codes[i], code) == 0 &&
            strcmp(code, dated->codes[row]) != 0 &&
            behov_municipality_history_nearest(dated->history, code, date_of(dated, i)) == (ptrdiff_t)variant)
            return i;
    return dated->n;
}

/* Walks from a variant to all that it became, or that it came from; chains are short, and go one way in time. */
static size_t walk(const dated_codes *dated, size_t row, size_t variant, bool is_forward)
{
    size_t n_next, found = dated->n;
    const size_t *next = is_forward ? behov_municipality_history_successors(dated->history, variant, &n_next)
                                    : behov_municipality_history_predecessors(dated->history, variant, &n_next);
    for (size_t k = 0; k < n_next && found == dated->n; k++) {
        found = find_variant(dated, row, next[k]);
        if (found == dated->n)
            found = walk(dated, row, next[k], is_forward);
    }
    return found;
}

size_t behov_municipality_codes_find_twice(const char *const *codes, const int *years, size_t n,
                                           const behov_municipality_history *history, size_t *other)
{
    const dated_codes dated = {codes, years, n, history};
    for (size_t i = 0; i < n; i++) {
        int date = date_of(&dated, i);
        ptrdiff_t variant = behov_municipality_history_find(history, codes[i], date) >= 0
                                ? -1 /* who has a code of the date has a part of the country to itself */
                                : behov_municipality_history_nearest(history, codes[i], date);
        if (variant < 0)
            continue;
        *other = walk(&dated, i, (size_t)variant, true);
        if (*other == n)
            *other = walk(&dated, i, (size_t)variant, false);
        if (*other < n)
            return i;
    }
    return n;
}

behov_status behov_municipality_codes_refuse_twice(const char *code, const char *other, const char *where,
                                                   behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_CODES_TWICE, behov_cut(code, 20).text,
                           behov_cut(other, 20).text);
}

/* ---- a table ------------------------------------------------------------------------------------------------------- */

static const char *text_of(const behov_table *table, ptrdiff_t column, size_t row)
{
    const int32_t *codes = column < 0 ? NULL : behov_table_codes(table, (size_t)column);
    return !codes || codes[row] < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), codes[row]);
}

static ptrdiff_t find_text(const behov_table *table, behov_role role)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (behov_role_of_name(behov_table_name(table, j)) == role && behov_table_codes(table, j))
            return (ptrdiff_t)j;
    return -1;
}

behov_status behov_municipality_codes_refuse_short(const behov_table *table, ptrdiff_t column, behov_error *err)
{
    size_t n = behov_table_n_rows(table), row = 0;
    char where[BEHOV_PLACE_SIZE];
    const char **codes = calloc(n + 1, sizeof *codes);
    if (!codes)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_CODES_NO_MEMORY);
    for (size_t i = 0; i < n; i++)
        codes[i] = text_of(table, column, i);
    if (have_kept_a_zero(codes, n))
        while (row < n && !(is_looked_at(codes[row]) &&
                            behov_code_read(codes[row], strlen(codes[row])).kind == BEHOV_CODE_THREE_DIGITS))
            row++;
    else
        row = n;
    behov_status status = BEHOV_OK;
    if (row < n) {
        behov_table_where(table, row, column, where);
        status = behov_municipality_codes_refuse(BEHOV_CODE_HAS_THREE_DIGITS, codes[row], where, err);
    }
    free(codes);
    return status;
}

behov_status behov_municipality_codes_check(const behov_table *table, ptrdiff_t code, ptrdiff_t name,
                                            const behov_municipality_history *history, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table);
    char where[BEHOV_PLACE_SIZE];
    behov_code_fault fault;
    code = code < 0 ? find_text(table, BEHOV_ROLE_CODE) : code;
    name = name < 0 ? find_text(table, BEHOV_ROLE_MUNICIPALITY) : name;
    const char **codes = calloc(n_rows + 1, sizeof *codes);
    if (!codes)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_CODES_NO_MEMORY);
    for (size_t row = 0; row < n_rows; row++) {
        const char *digits = text_of(table, code, row), *words = text_of(table, name, row);
        bool is_municipality = behov_table_row_mark(table, row) == BEHOV_ROW_MUNICIPALITY &&
                               behov_code_and_name_mark(digits, words) == BEHOV_ROW_MUNICIPALITY;
        codes[row] = is_municipality ? digits : "";
    }
    size_t row = behov_municipality_codes_find_fault(codes, n_rows, history, &fault);
    behov_status status = BEHOV_OK;
    if (fault) {
        behov_table_where(table, row, code, where);
        status = behov_municipality_codes_refuse(fault, codes[row], where, err);
    }
    free(codes);
    return status;
}

/* ---- names --------------------------------------------------------------------------------------------------------- */

/* Whether some municipality, or the one of a code alone, has had a name. */
static bool has_had(const behov_municipality_history *history, const char *code, const char *folded_name,
                    const char **last_name, bool *has_no_memory)
{
    bool has_so = false;
    for (size_t v = 0; v < behov_municipality_history_n_variants(history) && !has_so; v++) {
        behov_municipality_variant variant = behov_municipality_history_variant(history, v);
        if (code && strcmp(code, variant.code) != 0)
            continue;
        char *folded = behov_name_fold(variant.name, strlen(variant.name));
        *has_no_memory = *has_no_memory || !folded;
        has_so = folded && (behov_name_is_meant(folded, folded_name) || behov_name_is_meant(folded_name, folded));
        *last_name = variant.name;
        free(folded);
    }
    return has_so;
}

/* "Nes (Ak.)" is Nes, whatever the brackets say of its county. */
static size_t length_of_name(const char *name)
{
    const char *bracket = strchr(name, '(');
    size_t length = bracket ? (size_t)(bracket - name) : strlen(name);
    while (bracket && length && name[length - 1] == ' ')
        length--;
    return length;
}

behov_status behov_municipality_codes_find_other_name(const behov_table *table, ptrdiff_t code, ptrdiff_t name,
                                                      const behov_municipality_history *history, size_t *row,
                                                      behov_other_name *other, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table);
    bool has_no_memory = false;
    code = code < 0 ? find_text(table, BEHOV_ROLE_CODE) : code;
    name = name < 0 ? find_text(table, BEHOV_ROLE_MUNICIPALITY) : name;
    *row = code < 0 || name < 0 ? n_rows : *row;
    for (; *row < n_rows; ++*row) {
        const char *digits = text_of(table, code, *row), *words = text_of(table, name, *row), *known = NULL,
                   *any = NULL;
        if (!digits[0] || !words[0] || behov_table_row_mark(table, *row) != BEHOV_ROW_MUNICIPALITY ||
            behov_code_and_name_mark(digits, words) != BEHOV_ROW_MUNICIPALITY || !is_known(history, digits))
            continue;
        char *folded = behov_name_fold(words, length_of_name(words));
        has_no_memory = has_no_memory || !folded;
        bool is_other = folded && !has_had(history, digits, folded, &known, &has_no_memory) &&
                        has_had(history, NULL, folded, &any, &has_no_memory);
        free(folded);
        if (has_no_memory)
            return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_CODES_NO_MEMORY);
        if (!is_other)
            continue;
        *other = (behov_other_name){digits, words, known};
        return BEHOV_OK;
    }
    return BEHOV_OK;
}
