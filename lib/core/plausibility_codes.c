/* plausibility_codes.c - codes that are no municipality's. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* Which of a column's codes are none, by level: 0 or a behov_code_cause. */
static void judge_codes(const behov_dictionary *levels, uint8_t *causes)
{
    size_t n = behov_dictionary_count(levels);
    bool has_four = false, has_zero = false;
    for (size_t i = 0; i < n && !(has_four && has_zero); i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        behov_code code = behov_code_read(text, strlen(text));
        bool is_four = code.kind == BEHOV_CODE_FOUR_DIGITS && !behov_code_mark(text, strlen(text));
        has_four = has_four || is_four;
        has_zero = has_zero || (is_four && code.text[0] == '0');
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        behov_code code = behov_code_read(text, strlen(text));
        causes[i] = code.kind == BEHOV_CODE_THREE_DIGITS && has_zero                     ? BEHOV_CODE_MIXED_ZEROS
                    : code.kind == BEHOV_CODE_FEW_DIGITS && !has_four                    ? BEHOV_CODE_ALL_SHORT
                    : code.kind == BEHOV_CODE_FOUR_DIGITS && !code.is_decorated          ? 0
                    : code.kind == BEHOV_CODE_FEW_DIGITS || code.kind == BEHOV_CODE_AREA ? 0
                                                                                         : BEHOV_CODE_NONE;
    }
}

/* One finding for each code that is none, at its first row. */
behov_status plausibility_look_at_codes(const panel_look *look, behov_error *err)
{
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(look->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *levels = behov_table_levels(look->table, (size_t)column);
    const int32_t *codes = behov_table_codes(look->table, (size_t)column);
    size_t n_levels = behov_dictionary_count(levels);
    uint8_t *causes = behov_alloc(n_levels, sizeof *causes);
    size_t *counts = behov_alloc(n_levels, sizeof *counts), *first = behov_alloc(n_levels, sizeof *first);
    behov_status status =
        causes && counts && first ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_CODES);
    if (!status)
        judge_codes(levels, causes);
    for (size_t i = 0; i < look->groups.n_rows && !status; i++) {
        size_t row = plausibility_row(&look->groups, i);
        int32_t code = codes[row];
        if (causes[code] && (counts[code]++ == 0 || row < first[code]))
            first[code] = row;
    }
    for (size_t i = 0; i < n_levels && !status; i++) {
        if (counts[i] == 0)
            continue;
        behov_oddity finding = plausibility_finding_at(BEHOV_ODD_CODE, BEHOV_ERROR, causes[i], first[i]);
        finding.column = column;
        finding.count = counts[i];
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    free(causes);
    free(counts);
    free(first);
    return status;
}
