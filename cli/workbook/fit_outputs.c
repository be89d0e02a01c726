/* fit_outputs.c - what a fit or an application has to write, by kind of file: sections from lib/pages, in their order. */
#include "fit_outputs.h"

#include <behov/diagnosis.h>
#include <behov/extra_fits_tables.h>
#include <behov/figures.h>
#include <behov/fit_sections.h>
#include <behov/labels.h>
#include <behov/plots.h>
#include <behov/result_tables.h>
#include <behov/specification.h>
#include <behov/specification_tables.h>
#include <behov/study_words.h>
#include "write_diagnosis.h"
#include "write_extra_fits.h"
#include "write_json.h"
#include "write_text.h"

enum { MOVERS_NAMED = 10 };

/* What the coefficients depend on, without each municipality; `behov diagnose` has the tables behind it. */
static behov_status add_diagnosis(const behov_fit_results *fit_results, behov_section_list *list, behov_error *err)
{
    behov_diagnosis diagnosis = {0};
    behov_status status =
        behov_diagnosis_compute_coefficients(fit_results, behov_diagnosis_key_of(fit_results), &diagnosis, err);
    if (!status)
        status = diagnosis_add_answers(&diagnosis, MOVERS_NAMED, list, err);
    if (!status && diagnosis.key) {
        behov_wording words = {0};
        behov_wording_fill(&words, fit_results->study->lang, BEHOV_WORD_DIAGNOSIS_ERRORS, "key",
                           behov_study_key_in_sentence(fit_results->study, diagnosis.key), NULL);
        status = behov_section_list_say(list, "", &words, err);
        behov_wording_free(&words);
    }
    if (!status)
        status = behov_section_list_note(list, behov_label(fit_results->study->lang, BEHOV_WORD_DIAGNOSIS_MORE), err);
    behov_diagnosis_free(&diagnosis);
    return status;
}

/* Whether the form of the model holds; the tables behind it are those of `behov diagnose --specification`. */
static behov_status add_specification(const behov_fit_results *fit_results, behov_section_list *list, behov_error *err)
{
    behov_specification specification = {0};
    behov_status status = behov_specification_compute(fit_results, NULL, &specification, err);
    if (!status)
        status = behov_specification_add_summary(&specification, list, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(fit_results->study->lang, BEHOV_WORD_SPEC_MORE), err);
    behov_specification_free(&specification);
    return status;
}

/* ---- what goes where -----------------------------------------------------------------------------------------------
 */

static behov_status fit_pages(const fit_outputs *outputs, behov_section_list *list, behov_error *err)
{
    if (outputs->extra_fits)
        return behov_extra_fits_add(outputs->extra_fits, list, err);
    behov_status status = behov_fit_sections_add(outputs->fit_results, BEHOV_FIT_REGRESSION_IN_PRINT, list, err);
    return status || !outputs->fit_results->need
               ? status
               : behov_fit_sections_add(outputs->fit_results, BEHOV_FIT_RATIOS, list, err);
}

/* Places and their intervals are charted where there is an interval. */
static const char *ranking_sheet(const fit_outputs *outputs)
{
    bool is_there = outputs->full_workbook && outputs->full_workbook->has_all &&
                    outputs->full_workbook->profiles.country.variances.is_known;
    return is_there ? behov_label(outputs->fit_results->study->lang, BEHOV_WORD_SHEET_RANKING) : NULL;
}

/* Under Om: where to begin. */
static const behov_word finance_notes[] = {BEHOV_WORD_ABOUT_SHEET_MUNICIPALITY, BEHOV_WORD_ABOUT_SHEET_RANKING,
                                           BEHOV_WORD_ABOUT_SHEETS_LOOKUP, BEHOV_NO_WORD};

static behov_status fit_sheets(const fit_outputs *outputs, behov_section_list *list, behov_error *err)
{
    const behov_fit_results *fit_results = outputs->fit_results;
    behov_section_list tables = {0};
    behov_status status = behov_fit_sections_add(fit_results, BEHOV_FIT_ABOUT, list, err);
    for (size_t i = 0; outputs->full_workbook && outputs->full_workbook->has_all && finance_notes[i] && !status; i++)
        status = behov_section_list_note(list, behov_label(fit_results->study->lang, finance_notes[i]), err);
    if (!status)
        status = behov_fit_sections_add(fit_results, BEHOV_FIT_REGRESSION, list, err);
    if (!status && outputs->extra_fits)
        status = behov_extra_fits_add(outputs->extra_fits, list, err);
    if (!status)
        status = behov_fit_sections_add(fit_results, BEHOV_FIT_RATIOS, list, err);
    if (!status)
        status = behov_fit_sections_add(fit_results, BEHOV_FIT_MUNICIPALITIES, list, err);
    if (!status && outputs->full_workbook)
        status = full_workbook_add(outputs->full_workbook, list, &tables, err);
    if (!status && outputs->is_full)
        status = behov_figures_add(fit_results, behov_label(fit_results->study->lang, BEHOV_WORD_SHEET_MUNICIPALITIES),
                                   ranking_sheet(outputs), list, err);
    if (!status && outputs->is_full && fit_results->fit)
        status = add_diagnosis(fit_results, list, err);
    if (!status && outputs->is_full && fit_results->fit)
        status = add_specification(fit_results, list, err);
    if (!status)
        status = behov_fit_sections_add(fit_results, BEHOV_FIT_DATA, list, err);
    if (!status)
        status = behov_section_list_append(list, &tables, err);
    behov_section_list_free(&tables);
    return status;
}

static behov_status fit_sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const behov_fit_results *fit_results = ((const fit_outputs *)context)->fit_results;
    if (is_workbook && !fit_results->need) /* of factors: what other sheets show is of rows */
        return behov_fit_sections_add(fit_results, BEHOV_FIT_REGRESSION, list, err);
    return is_workbook ? fit_sheets(context, list, err) : fit_pages(context, list, err);
}

static behov_status fit_rows(const void *context, behov_report **report, behov_error *err)
{
    const behov_fit_results *fit_results = ((const fit_outputs *)context)->fit_results;
    return fit_results->need ? behov_fit_results_rows(fit_results, report, err)
                             : behov_fit_results_regression(fit_results, report, err);
}

/* A file has the fit. Standard output has what is asked for beside it, as the page has. */
static behov_status fit_json(const void *context, const char *path, behov_error *err)
{
    const fit_outputs *outputs = context;
    const behov_fit_results *fit_results = outputs->fit_results;
    if (!path && outputs->extra_fits)
        return write_extra_fits_json(outputs->extra_fits, err);
    return fit_results->fit ? write_json_fit(path, fit_results, err) : write_json_apply(path, fit_results, err);
}

static behov_status fit_page(const void *context, FILE *out, behov_error *err)
{
    const fit_outputs *outputs = context;
    return outputs->extra_fits         ? write_extra_fits_page(outputs->extra_fits, out, err)
           : outputs->fit_results->fit ? write_text_fit(outputs->fit_results, out, err)
                                       : write_text_apply(outputs->fit_results, out, err);
}

static behov_status draw_coefficients(const void *results, behov_picture *out, behov_error *err)
{
    return behov_plot_coefficients(results, out, err);
}

static behov_status draw_fit(const void *results, behov_picture *out, behov_error *err)
{
    return behov_plot_fit(results, 0, NULL, out, err);
}

/* Of the tables of a fit itself, not of those beside it. */
static behov_status fit_pictures(const void *context, picture_list *list, behov_error *err)
{
    const fit_outputs *outputs = context;
    if (outputs->extra_fits || !outputs->fit_results->fit || !outputs->fit_results->need) /* they show rows */
        return BEHOV_OK;
    behov_status status = picture_list_add(list, draw_coefficients, outputs->fit_results, err);
    return status ? status : picture_list_add(list, draw_fit, outputs->fit_results, err);
}

const output_writers fit_writers = {.sections = fit_sections,
                                    .rows = fit_rows,
                                    .json = fit_json,
                                    .page = fit_page,
                                    .pictures = fit_pictures,
                                    .title = BEHOV_WORD_WORKBOOK_TITLE};
