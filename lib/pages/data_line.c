/* data_line.c - see data_line.h. */
#include <behov/data_line.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include "sentence_parts.h"

/* ", 2 120 rader" */
static void add_count(const behov_study *study, size_t n, behov_word alone, behov_word several, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_add(words, ", ");
    behov_wording_add(words, behov_format_count(study->lang, (double)n, number));
    behov_wording_add(words, " ");
    behov_wording_add(words, behov_label(study->lang, n == 1 ? alone : several));
}

/* ", 2012–2016", the first and the last year of municipalities. */
static void add_years(const behov_study *study, behov_wording *words)
{
    int first = 0, last = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        int year = behov_panel_year(&study->panel, row);
        if (year <= 0 || behov_table_row_mark(study->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        first = first && first < year ? first : year;
        last = last > year ? last : year;
    }
    if (first)
        behov_sentence_years(words, ", ", first, last);
}

/* "; koeffisienter estimert på 1 935 rader; 4 rader er utelatt ..." */
static void add_rows(const behov_fit_results *fit_results, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording reason_words = {0};
    size_t n_rows = fit_results->fit ? behov_design_n_estimated(fit_results->design)
                                     : behov_design_n_predicted(fit_results->design);
    behov_wording_add(words, "; ");
    behov_wording_fill(words, fit_results->study->lang,
                       behov_word_by_count(fit_results->fit ? BEHOV_WORD_ESTIMATED_ON_ROWS : BEHOV_WORD_PREDICTED_ROWS,
                                           (double)n_rows),
                       "n", behov_format_count(fit_results->study->lang, (double)n_rows, number), NULL);
    for (size_t i = 0; i < behov_design_n_reasons(fit_results->design); i++) {
        behov_reason reason = behov_design_reason(fit_results->design, i);
        if (reason.n_rows == 0 || (!fit_results->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        behov_fit_results_rows_with_reason(fit_results, reason, &reason_words);
        behov_wording_add_after(words, "; ", behov_wording_text(&reason_words));
    }
    behov_wording_spend(words, &reason_words);
}

void behov_data_line_say(const behov_study *study, const behov_fit_results *fit_results, behov_wording *words)
{
    if (!study->table || (!study->panel_path && !study->is_bundled))
        return;
    behov_wording data = {0};
    behov_fit_results_data_name(&(behov_fit_results){.study = study}, &data);
    add_count(study, behov_table_n_rows(study->table), BEHOV_WORD_WORD_ROW, BEHOV_WORD_WORD_ROWS, &data);
    if (study->panel.columns[BEHOV_ROLE_CODE] >= 0)
        add_count(study, study->n_municipalities, BEHOV_WORD_WORD_MUNICIPALITY, BEHOV_WORD_WORD_MUNICIPALITIES, &data);
    if (study->panel.columns[BEHOV_ROLE_YEAR] >= 0)
        add_years(study, &data);
    if (fit_results && fit_results->design)
        add_rows(fit_results, &data);
    behov_wording_fill(words, study->lang, BEHOV_WORD_DATA_ARE, "data", behov_wording_text(&data), NULL);
    behov_wording_spend(words, &data);
}
