/* far_sentences.c - see far_sentences.h. */
#include <behov/far_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/findings.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/number.h>
#include "finding_parts.h"
#include "scenario_pieces.h"

static const char *column_label(const behov_study *study, const behov_far_column *column, behov_language lang)
{
    const char *name = behov_table_name(study->table, column->column);
    return study->shows_names ? name : behov_model_label(&study->model, lang, name);
}

/* As a scenario shows the figures of a column. */
static const char *figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    text[0] = '\0';
    if (isfinite(value))
        behov_number_fixed(value, scenario_decimals(value), behov_label_decimal_mark(lang),
                           behov_label_group_mark(lang), 5, text);
    return behov_format_minus(text);
}

/* "1860 Vestvågøy, 9,566 i 2024" */
static void add_row(const behov_study *study, const behov_far_column *column, size_t row, behov_language lang,
                    behov_wording *words)
{
    char value[BEHOV_NUMBER_SIZE], year_text[32];
    behov_wording whom = {0};
    int year = behov_panel_year(&study->panel, row);
    const char *name = finding_who(study, (ptrdiff_t)row, &whom);
    if (name[0])
        behov_wording_add(words, name);
    else
        behov_wording_print(words, "%s %lu", behov_finding_line_word(study, lang),
                            (unsigned long)behov_table_line(study->table, row));
    behov_wording_spend(words, &whom);
    behov_wording_add(words, ", ");
    figure(lang, behov_table_numbers(study->table, column->column)[row], value);
    snprintf(year_text, sizeof year_text, "%d", year);
    if (year)
        behov_wording_fill(words, lang, BEHOV_WORD_CAUTION_VALUE, "value", value, "year", year_text, NULL);
    else
        behov_wording_add(words, value);
}

void behov_far_say(const behov_far_figures *far_figures, size_t i, behov_language lang, behov_wording *words)
{
    static const behov_word keys[] = {[BEHOV_FAR_REGRESSOR] = BEHOV_WORD_CAUTION_FAR_REGRESSOR,
                                      [BEHOV_FAR_OUTCOME] = BEHOV_WORD_CAUTION_FAR_OUTCOME,
                                      [BEHOV_FAR_FROM_NEED] = BEHOV_WORD_CAUTION_FAR_FROM_NEED};
    const behov_far_column *column = &far_figures->columns[i];
    const behov_study *study = far_figures->study;
    size_t n_named = column->n_rows < BEHOV_FAR_NAMED ? column->n_rows : BEHOV_FAR_NAMED;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], rows[60];
    behov_wording who = {0};
    for (size_t k = 0; k < n_named; k++) {
        behov_wording_add_after(&who, "; ", "");
        add_row(study, column, column->named[k], lang, &who);
    }
    if (column->n_rows > n_named) {
        behov_wording_add_after(&who, " ", "");
        behov_wording_fill(&who, lang, BEHOV_WORD_AND_MORE, "n",
                           behov_finding_rows(lang, column->n_rows - n_named, rows), NULL);
    }
    behov_wording_clear(words);
    behov_wording_fill(words, lang, keys[column->kind], "column", column_label(study, column, lang), "who",
                       behov_wording_text(&who), "low", figure(lang, column->low, low), "high",
                       figure(lang, column->high, high), NULL);
    behov_wording_spend(words, &who);
}

void behov_far_note(const behov_far_figures *far_figures, size_t row, behov_wording *words)
{
    behov_wording_clear(words);
    for (size_t i = 0; i < far_figures->n; i++) {
        const behov_far_column *column = &far_figures->columns[i];
        behov_language lang = far_figures->study->lang;
        if (!behov_far_figures_has(far_figures, i, row))
            continue;
        behov_wording_add_after(words, "; ", "");
        behov_wording_fill(words, lang,
                           column->kind == BEHOV_FAR_FROM_NEED ? BEHOV_WORD_NOTE_FAR_FROM_NEED : BEHOV_WORD_NOTE_FAR,
                           "column", column_label(far_figures->study, column, lang), NULL);
    }
}
