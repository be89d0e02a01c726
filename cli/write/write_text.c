/* write_text.c - pages for a terminal. */
#include "write_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/clustering_sentences.h>
#include <behov/convention_sentences.h>
#include <behov/labels.h>
#include "page_table.h"
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/result_tables.h>
#include <behov/study_words.h>
#include "terminal.h"
#include "text_lines.h"
#include "text_table.h"
#include "visible.h"
#include <behov/wording.h>
#include "write_remarks.h"

void write_text_table(const behov_report *report, const char *const *skip, behov_language lang, FILE *out)
{
    if (!text_table(report, skip, lang, out))
        print_visible(stderr, "behov: %s: not enough memory for the table\n", behov_report_key(report));
}

/* On a terminal that is narrower than a title both are as wide as it is. */
static void underlined(const char *title, FILE *out)
{
    size_t n = text_width(title), width = terminal_width(out);
    text_line(title, 0, out);
    for (n = width && n > width ? width : n; n > 0; n--)
        fputc('=', out);
}

behov_status write_text_sections(const behov_section *sections, size_t n_sections, behov_language lang, FILE *out,
                                 behov_error *err)
{
    enum { LONGEST_LINE = 100 };
    for (size_t i = 0; i < n_sections; i++) {
        const behov_section *section = &sections[i];
        if (i > 0)
            fputs("\n\n", out);
        underlined(section->title, out);
        fputc('\n', out);
        if (section->subtitle)
            text_paragraph(section->subtitle, LONGEST_LINE, out);
        fputc('\n', out);
        if (!text_table(section->table, NULL, lang, out))
            return behov_error_say(err, BEHOV_E_MEMORY, section->name, SAY_PAGE_NO_MEMORY_TABLE);
        for (size_t n = 0; n < section->n_notes; n++) {
            fputc('\n', out);
            text_paragraph(section->notes[n], LONGEST_LINE, out);
        }
    }
    return BEHOV_OK;
}

behov_status write_text_page(behov_status (*sections)(const void *context, bool is_workbook, behov_section_list *list,
                                                      behov_error *err),
                             const void *context, behov_language lang, FILE *out, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = sections(context, false, &list, err);
    if (!status)
        status = write_text_sections(list.sections, list.n, lang, out, err);
    behov_section_list_free(&list);
    return status;
}

/* The width of the captions: the widest, and two blanks. */
static size_t caption_width(behov_language lang)
{
    static const behov_word captions[] = {BEHOV_WORD_CAPTION_MODEL, BEHOV_WORD_CAPTION_DATA, BEHOV_WORD_CAPTION_ERRORS,
                                          BEHOV_WORD_WARNING};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
        size_t width = behov_format_width(behov_label(lang, captions[i]));
        widest = width > widest ? width : widest;
    }
    return widest + 2;
}

void write_text_caption(FILE *out, behov_language lang, behov_word key, const char *text)
{
    const char *caption = key ? behov_label(lang, key) : "";
    fputs(caption, out);
    text_pad(out, caption_width(lang) - behov_format_width(caption));
    text_line(text, caption_width(lang), out);
}

static behov_status caption_of(behov_language lang, behov_word key, const behov_wording *words, FILE *out,
                               behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    if (!status)
        write_text_caption(out, lang, key, behov_wording_text(words));
    return status;
}

behov_status write_text_say(const behov_wording *words, FILE *out, behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    if (!status)
        text_line(behov_wording_text(words), 0, out);
    return status;
}

/* "panel.csv   2 120 rows, 424 municipalities, 2012-2016" */
static void say_data(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE], years[40] = "";
    behov_fit_results_data_name(fit_results, words);
    behov_format_count(lang, (double)behov_table_n_rows(fit_results->study->table), number);
    behov_wording_add_after(words, "   ", number);
    bool is_one_row = behov_table_n_rows(fit_results->study->table) == 1;
    behov_wording_add_after(words, " ", behov_label(lang, is_one_row ? BEHOV_WORD_WORD_ROW : BEHOV_WORD_WORD_ROWS));
    if (fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0) {
        behov_format_count(lang, (double)fit_results->study->n_municipalities, number);
        behov_wording_add_after(words, ", ", number);
        bool is_one = fit_results->study->n_municipalities == 1;
        behov_wording_add_after(
            words, " ", behov_label(lang, is_one ? BEHOV_WORD_WORD_MUNICIPALITY : BEHOV_WORD_WORD_MUNICIPALITIES));
    }
    if (!fit_results->need) /* of factors, which have no rows */
        return;
    size_t n_years;
    const int *all_years = behov_need_years(fit_results->need, &n_years);
    if (all_years[0] && n_years == 1)
        snprintf(years, sizeof years, ", %d", all_years[0]);
    else if (all_years[0])
        snprintf(years, sizeof years, ", %d–%d", all_years[0], all_years[n_years - 1]);
    behov_wording_add(words, years);
}

static behov_status reason_lines(const behov_fit_results *fit_results, behov_wording *words, FILE *out,
                                 behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_design_n_reasons(fit_results->design) && !status; i++) {
        behov_reason reason = behov_design_reason(fit_results->design, i);
        if (reason.n_rows == 0 || (!fit_results->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        behov_fit_results_rows_with_reason(fit_results, reason, words);
        status = caption_of(fit_results->study->lang, BEHOV_NO_WORD, words, out, err);
    }
    return status;
}

static behov_status data_lines(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char rows[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    say_data(fit_results, &words);
    behov_status status = caption_of(lang, BEHOV_WORD_CAPTION_DATA, &words, out, err);
    size_t n_rows = fit_results->fit ? behov_design_n_estimated(fit_results->design)
                                     : behov_design_n_predicted(fit_results->design);
    behov_wording_clear(&words);
    behov_wording_fill(&words, lang,
                       behov_word_by_count(fit_results->fit ? BEHOV_WORD_ESTIMATED_ON_ROWS : BEHOV_WORD_PREDICTED_ROWS,
                                           (double)n_rows),
                       "n", behov_format_count(lang, (double)n_rows, rows), NULL);
    status = status ? status : caption_of(lang, BEHOV_NO_WORD, &words, out, err);
    status = status ? status : reason_lines(fit_results, &words, out, err);
    behov_wording_free(&words);
    return status;
}

static behov_status model_line(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    const char *title = fit_results->study->model.title;
    behov_wording words = {0}, outcome = {0};
    behov_fit_results_outcome(fit_results, &outcome);
    behov_wording_add(&words, title ? title : "");
    behov_wording_add_after(&words, ": ", behov_wording_text(&outcome));
    behov_status status = behov_wording_status(&outcome, err);
    status = status ? status : caption_of(fit_results->study->lang, BEHOV_WORD_CAPTION_MODEL, &words, out, err);
    behov_wording_free(&words), behov_wording_free(&outcome);
    return status;
}

static behov_status closing_lines(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0};
    behov_fit_results_gap_sum(fit_results, &words);
    behov_status status = write_text_say(&words, out, err);
    if (!status)
        status = write_remarks(fit_results, words.length ? BEHOV_PRICES_REMARK : 0, out, err);
    behov_fit_results_needs_too_low(fit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    behov_fit_results_actuals_negative(fit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    behov_wording_free(&words);
    /* A table without municipalities is not expected to have inhabitants. */
    if (fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] < 0 &&
        fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0)
        text_line(behov_label(lang, BEHOV_WORD_NO_POPULATION_COLUMN), 0, out);
    return status;
}

/* The reference levels of the factors, each behind three blanks: "   reference year 2012". */
static void say_references(const behov_fit_results *fit_results, behov_wording *words)
{
    const behov_formula *formula = fit_results->study->formula;
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        behov_wording_add(words, "   ");
        behov_wording_fill(words, fit_results->study->lang,
                           strcmp(piece.name, "year") == 0 ? BEHOV_WORD_REFERENCE_YEAR_IS
                                                           : BEHOV_WORD_REFERENCE_LEVEL_IS,
                           "column", piece.name, "level", piece.reference, NULL);
    }
}

void write_text_section(const behov_section *section, const char *const *skip, behov_language lang, FILE *out)
{
    text_line(section->title, 0, out);
    if (section->subtitle)
        text_line(section->subtitle, 0, out);
    fputc('\n', out);
    write_text_table(section->table, skip, lang, out);
    for (size_t i = 0; i < section->n_notes; i++) {
        fputs(i ? "" : "\n", out);
        text_line(section->notes[i], 0, out);
    }
}

behov_status write_text_head(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = model_line(fit_results, out, err);
    if (!status)
        status = data_lines(fit_results, out, err);
    behov_fit_results_unit_warning(fit_results, &words);
    if (!status && words.length)
        status = caption_of(fit_results->study->lang, BEHOV_WORD_WARNING, &words, out, err);
    behov_wording_free(&words);
    return status;
}

behov_status write_text_estimation_head(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_status status = model_line(fit_results, out, err);
    behov_fit_results_data_name(fit_results, &words);
    behov_wording_add_after(&words, "   ", "");
    behov_wording_fill(&words, lang, BEHOV_WORD_ESTIMATED_ON_ROWS, "n",
                       behov_format_count(lang, (double)behov_fit_n_rows(fit_results->fit), number), NULL);
    status = status ? status : caption_of(lang, BEHOV_WORD_CAPTION_DATA, &words, out, err);
    behov_fit_results_errors(fit_results, &words);
    status = status ? status : caption_of(lang, BEHOV_WORD_CAPTION_ERRORS, &words, out, err);
    behov_wording_free(&words);
    return status;
}

/* "Adjusted R2 0.33   N 1 935   reference year 2012   Significance levels: ..." */
static behov_status measures_line(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0}, levels = {0};
    double adj_r2 = behov_fit_adj_r2(fit_results->fit);
    if (!isnan(adj_r2)) {
        behov_wording_add(&words, behov_fit_results_adj_r2_label(fit_results));
        behov_wording_add(&words, " ");
        behov_wording_add(&words, behov_format_cell(BEHOV_Q_SHARE, adj_r2, lang, number));
        behov_wording_add(&words, "   ");
    }
    behov_format_count(lang, behov_fit_n_observations(fit_results->fit), number);
    behov_wording_add(&words, "N ");
    behov_wording_add(&words, number);
    say_references(fit_results, &words);
    behov_conventions_say_levels(fit_results->study, &levels);
    if (levels.length)
        behov_wording_add_after(&words, "   ", behov_wording_text(&levels));
    behov_wording_spend(&words, &levels);
    behov_status status = write_text_say(&words, out, err);
    behov_wording_free(&words);
    return status;
}

/* What there is to say of the errors, the rows and the weights. */
static behov_status fit_lines(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_fit_results_r2_from_zero(fit_results, &words);
    behov_status status = write_text_say(&words, out, err);
    behov_fit_results_no_error(fit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    for (size_t i = 0; !status && behov_clustering_note(fit_results, i, &words); i++)
        status = write_text_say(&words, out, err);
    for (size_t i = 0; !status && behov_fit_results_cluster_warning(fit_results, i, &words); i++)
        status = write_text_say(&words, out, err);
    if (fit_results->rounding && !status)
        text_line(fit_results->rounding, 0, out);
    if (fit_results->influence && !status)
        text_line(fit_results->influence, 0, out);
    behov_fit_results_cut(fit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    behov_fit_results_weights(fit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    for (size_t i = 0; !status && behov_fit_results_proxy(fit_results, i, &words); i++)
        status = write_text_say(&words, out, err);
    behov_wording_free(&words);
    return status;
}

behov_status write_text_fit(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_report *report = NULL;
    behov_wording errors = {0};
    bool has_brackets = fit_results->study->conventions.brackets;
    behov_status status = has_brackets ? behov_fit_results_regression_in_brackets(fit_results, &report, err)
                                       : behov_fit_results_regression(fit_results, &report, err);
    if (!status)
        status = write_text_head(fit_results, out, err);
    behov_fit_results_errors(fit_results, &errors);
    if (!status)
        status = caption_of(lang, BEHOV_WORD_CAPTION_ERRORS, &errors, out, err);
    behov_wording_free(&errors);
    if (!status) {
        fputc('\n', out);
        write_text_table(report, behov_study_skipped_terms(fit_results->study), lang, out);
        fputc('\n', out);
        status = measures_line(fit_results, out, err);
    }
    behov_wording brackets = {0};
    if (has_brackets)
        behov_conventions_say_brackets(fit_results->study, fit_results->level_pct, &brackets);
    status = status ? status : write_text_say(&brackets, out, err);
    behov_wording_free(&brackets);
    behov_report_free(report);
    if (!status)
        status = fit_lines(fit_results, out, err);
    if (!status && fit_results->need)
        status = closing_lines(fit_results, out, err);
    return status ? status : write_remarks(fit_results, BEHOV_CODES_REMARK, out, err);
}

behov_status write_text_apply(const behov_fit_results *fit_results, FILE *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    size_t n_rows, n_outcomes = 0;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++)
        n_outcomes += !isnan(behov_need_actual(fit_results->need, behov_row_at(rows, i)));
    bool has_population = fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
    behov_report *report = NULL;
    behov_status status = n_outcomes       ? behov_fit_results_ratios(fit_results, &report, err)
                          : has_population ? behov_fit_results_indices(fit_results, &report, err)
                                           : behov_fit_results_needs(fit_results, &report, err);
    if (status)
        return status;
    behov_wording wording = {0};
    behov_fit_results_lent(fit_results, &wording);
    status = model_line(fit_results, out, err);
    if (!status)
        write_text_caption(out, lang, BEHOV_WORD_CAPTION_COEFFICIENTS, fit_results->coefficients_from);
    status = status ? status : data_lines(fit_results, out, err);
    if (!status && wording.length) {
        fputc('\n', out);
        status = write_text_say(&wording, out, err);
    }
    behov_wording_free(&wording);
    if (status) {
        behov_report_free(report);
        return status;
    }
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    fputc('\n', out);
    behov_study_say_title(fit_results->study,
                          behov_label(lang, n_outcomes
                                                ? (in_kroner ? BEHOV_WORD_TITLE_RATIOS : BEHOV_WORD_TITLE_RATIOS_OTHER)
                                            : has_population ? BEHOV_WORD_TITLE_INDICES
                                                             : BEHOV_WORD_TITLE_NEEDS),
                          &wording);
    status = write_text_say(&wording, out, err);
    behov_wording_free(&wording);
    if (!status) {
        fputc('\n', out);
        write_text_table(report, NULL, lang, out);
    }
    behov_report_free(report);
    if (status)
        return status;
    if (n_outcomes) {
        fputc('\n', out);
        text_line(behov_label(lang, BEHOV_WORD_NOT_A_VERDICT), 0, out);
    }
    if (!n_outcomes && has_population)
        text_line(behov_label(lang, in_kroner ? BEHOV_WORD_INDEX_EXPLAINED : BEHOV_WORD_INDEX_EXPLAINED_OTHER), 0, out);
    status = closing_lines(fit_results, out, err);
    return status ? status : write_remarks(fit_results, BEHOV_COUNTRY_REMARK | BEHOV_CODES_REMARK, out, err);
}
