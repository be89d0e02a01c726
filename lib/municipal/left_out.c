/* left_out.c - see left_out.h. */
#include <behov/left_out.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is_excluded(const behov_design *design, size_t row)
{
    ptrdiff_t reason = behov_design_reason_of(design, row);
    return reason >= 0 && behov_design_reason(design, (size_t)reason).kind == BEHOV_REASON_EXCLUDED;
}

/* Marks codes that have a row beside those that are left out. */
static void mark_present(const behov_design *design, const int32_t *codes, size_t n_rows, char *is_present)
{
    for (size_t row = 0; row < n_rows; row++)
        if (codes[row] >= 0 && !is_excluded(design, row))
            is_present[codes[row]] = 1;
}

behov_status behov_left_out_rows(const behov_fit_results *fit_results, size_t **rows, size_t *n_rows, behov_error *err)
{
    const behov_study *study = fit_results->study;
    *rows = NULL;
    *n_rows = 0;
    if (!fit_results->design || !study->exclude || study->panel.columns[BEHOV_ROLE_CODE] < 0)
        return BEHOV_OK;
    size_t column = (size_t)study->panel.columns[BEHOV_ROLE_CODE], n_panel_rows = behov_table_n_rows(study->table);
    size_t n_codes = behov_dictionary_count(behov_table_levels(study->table, column));
    const int32_t *codes = behov_table_codes(study->table, column);
    char *is_present = calloc(n_codes + 1, 1);
    size_t *first_rows = calloc(n_codes + 1, sizeof *first_rows), n = 0;
    if (!is_present || !first_rows) {
        free(is_present);
        free(first_rows);
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CODES);
    }
    mark_present(fit_results->design, codes, n_panel_rows, is_present);
    for (size_t row = 0; row < n_panel_rows; row++) {
        if (codes[row] < 0 || is_present[codes[row]] || !is_excluded(fit_results->design, row))
            continue;
        is_present[codes[row]] = 1; /* listed once */
        first_rows[n++] = row;
    }
    free(is_present);
    if (n == 0) {
        free(first_rows);
        return BEHOV_OK;
    }
    *rows = first_rows;
    *n_rows = n;
    return BEHOV_OK;
}

bool behov_left_out_is(const behov_fit_results *fit_results, const behov_municipality *municipality)
{
    bool has_row = false;
    for (size_t row = 0; row < behov_table_n_rows(fit_results->study->table); row++) {
        if (behov_table_row_mark(fit_results->study->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        bool is_its = municipality->code[0]
                          ? strcmp(behov_panel_code(&fit_results->study->panel, row), municipality->code) == 0
                          : strcmp(behov_panel_municipality(&fit_results->study->panel, row), municipality->name) == 0;
        if (is_its && !is_excluded(fit_results->design, row))
            return false;
        has_row = has_row || is_its;
    }
    return has_row;
}

behov_status behov_left_out_refuse(const behov_fit_results *fit_results, const behov_municipality *municipality,
                                   const char *where, behov_error *err)
{
    char name[BEHOV_MUNICIPALITY_NAME];
    if (!behov_left_out_is(fit_results, municipality))
        return BEHOV_OK;
    return (fit_results->study->model_excludes
                ? behov_error_say(err, BEHOV_E_DATA, where, SAY_REMARK_LEFT_OUT_BY_MODEL,
                                  behov_municipality_list_name(municipality, name, sizeof name),
                                  behov_cut(fit_results->study->exclude_text, 120).text)
                : behov_error_say(err, BEHOV_E_DATA, where, SAY_REMARK_LEFT_OUT_BY_OPTION,
                                  behov_municipality_list_name(municipality, name, sizeof name),
                                  behov_cut(fit_results->study->exclude_text, 120).text));
}

behov_status behov_left_out_refuse_all(const behov_fit_results *fit_results, const behov_municipality *places,
                                       const size_t *listed_positions, size_t n_listed, const char *where,
                                       behov_error *err)
{
    size_t n_left_out = 0;
    behov_error why;
    for (size_t i = 0; i < n_listed; i++)
        n_left_out += behov_left_out_is(fit_results, &places[listed_positions[i]]);
    if (n_listed && n_left_out == n_listed)
        return behov_left_out_refuse(fit_results, &places[listed_positions[0]], where, err);
    for (size_t i = 0; i < n_listed && n_left_out; i++)
        if (behov_left_out_refuse(fit_results, &places[listed_positions[i]], where, &why))
            behov_notice_tell(&fit_results->study->notice, SAY_MESSAGE_OF_PLACE, why.place,
                              behov_error_phrase(&why).text);
    return BEHOV_OK;
}
