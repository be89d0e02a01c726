/* row_notes.c - see row_notes.h. But for lent effects all rows of one reason and one note of the need have the same words. */
#include "row_notes.h"

#include <stdlib.h>
#include <string.h>

#include <behov.h>
#include <behov/far_sentences.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>

behov_status behov_row_note(const behov_fit_results *fit_results, size_t row, behov_wording *words, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    ptrdiff_t reason = behov_design_reason_of(fit_results->design, row);
    behov_wording_clear(words);
    if (reason >= 0)
        behov_fit_results_fate(fit_results, behov_design_reason(fit_results->design, (size_t)reason), words);
    behov_word key = behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NEED_TOO_LOW
                         ? (fit_results->floor > 0 ? BEHOV_WORD_NEED_BELOW_FLOOR : BEHOV_WORD_NEED_NOT_POSITIVE)
                     : behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NEGATIVE_OUTCOME
                         ? BEHOV_WORD_ACTUAL_NEGATIVE
                     : behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NO_POPULATION ? BEHOV_WORD_NO_POPULATION
                                                                                              : BEHOV_NO_WORD;
    if (key)
        behov_wording_add_after(words, "; ", behov_label(lang, key));
    behov_wording note = {0};
    if (fit_results->lent_effects)
        behov_fit_results_lent_note(fit_results, row, &note);
    if (note.length)
        behov_wording_add_after(words, "; ", behov_wording_text(&note));
    behov_wording_spend(words, &note);
    if (fit_results->far_figures)
        behov_far_note(fit_results->far_figures, row, &note);
    if (note.length)
        behov_wording_add_after(words, "; ", behov_wording_text(&note));
    behov_wording_spend(words, &note);
    if (fit_results->study->assumed_reference) {
        behov_wording_add_after(words, "; ", "");
        behov_wording_fill(words, lang, BEHOV_WORD_REFERENCE_ASSUMED_NOTE, "levels",
                           fit_results->study->assumed_reference, NULL);
    }
    return behov_wording_status(words, err);
}

/* The notes of rows: few, of which most have none, so that a row keeps nothing. */
typedef struct row_notes {
    const behov_fit_results *fit_results;
    size_t n;
    char **texts; /* by reason and note; NULL = no row has both, or there is nothing to say */
} row_notes;

static void free_notes(void *source)
{
    row_notes *notes = source;
    for (size_t i = 0; notes && notes->texts && i < notes->n; i++)
        free(notes->texts[i]);
    if (notes)
        free(notes->texts);
    free(notes);
}

static size_t note_position(const behov_fit_results *fit_results, size_t row)
{
    enum { NOTES = BEHOV_NOTE_TRANSFORMED + 1 };
    ptrdiff_t reason = behov_design_reason_of(fit_results->design, row);
    return (size_t)(reason + 1) * NOTES + behov_need_note_of(fit_results->need, row);
}

static const char *found_note(const void *source, size_t row)
{
    const row_notes *notes = source;
    const char *text = notes->texts[note_position(notes->fit_results, row)];
    return text ? text : "";
}

/* The text of one row for all that have its reason and its note. */
static behov_status keep_note(row_notes *notes, size_t position, const char *text, behov_error *err)
{
    if (position >= notes->n) {
        size_t n = position + 1;
        char **texts = realloc(notes->texts, n * sizeof *texts);
        if (!texts)
            return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
        while (notes->n < n)
            texts[notes->n++] = NULL;
        notes->texts = texts;
    }
    if (!(notes->texts[position] = malloc(strlen(text) + 1)))
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    strcpy(notes->texts[position], text);
    return BEHOV_OK;
}

static behov_status find_notes(row_notes *notes, size_t n_rows, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n_rows && !status; row++) {
        size_t position = note_position(notes->fit_results, row);
        if (position < notes->n && notes->texts[position])
            continue;
        status = behov_row_note(notes->fit_results, row, &words, err);
        if (!status)
            status = keep_note(notes, position, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_found_notes(const behov_fit_results *fit_results, behov_report *report,
                                    behov_report_column column, behov_error *err)
{
    row_notes *notes = calloc(1, sizeof *notes);
    if (!notes)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    notes->fit_results = fit_results;
    behov_status status = find_notes(notes, behov_report_n_rows(report), err);
    if (!status)
        status = behov_report_add_found_texts(report, column, found_note, notes, free_notes, err);
    if (status)
        free_notes(notes);
    return status;
}

/* Notes that may differ from row to row. */
static behov_status add_own_notes(const behov_fit_results *fit_results, behov_report *report,
                                  behov_report_column column, behov_error *err)
{
    size_t index = behov_report_n_columns(report);
    behov_wording note = {0};
    behov_status status = behov_report_add_texts(report, column, err);
    for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++) {
        status = behov_row_note(fit_results, row, &note, err);
        if (!status && note.length)
            status = behov_report_set_text(report, index, row, behov_wording_text(&note), err);
    }
    behov_wording_free(&note);
    return status;
}

behov_status behov_row_notes_add(const behov_fit_results *fit_results, behov_report *report, behov_report_column column,
                                 behov_error *err)
{
    bool differs = fit_results->lent_effects || (fit_results->far_figures && fit_results->far_figures->n);
    return differs ? add_own_notes(fit_results, report, column, err)
                   : add_found_notes(fit_results, report, column, err);
}
