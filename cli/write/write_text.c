/* write_text.c - pages for a terminal, as outputs.md draws them. */
#include "write_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "page_table.h"
#include "remarks.h"
#include "result_sentences.h"
#include "result_tables.h"
#include "study_words.h"
#include "text_lines.h"
#include "text_table.h"
#include "visible.h"

void write_text_table(const behov_report *report, const char *const *skip, behov_language lang, FILE *out)
{
    if (!text_table(report, skip, lang, out))
        print_visible(stderr, "behov: %s: not enough memory for the table\n", behov_report_key(report));
}

behov_status write_text_sections(const section *sections, size_t n_sections, behov_language lang, FILE *out, behov_error *err)
{
    enum { LONGEST_LINE = 100 };
    for (size_t i = 0; i < n_sections; i++) {
        const section *at = &sections[i];
        if (i > 0)
            fputs("\n\n", out);
        text_put(at->title, strlen(at->title), out);
        fputc('\n', out);
        for (size_t n = text_width(at->title); n > 0; n--)
            fputc('=', out);
        fputc('\n', out);
        if (at->subtitle)
            text_paragraph(at->subtitle, LONGEST_LINE, out);
        fputc('\n', out);
        if (!text_table(at->table, NULL, lang, out))
            return behov_error_set(err, BEHOV_E_MEMORY, at->name, "not enough memory for the table");
        for (size_t n = 0; n < at->n_notes; n++) {
            fputc('\n', out);
            text_paragraph(at->notes[n], LONGEST_LINE, out);
        }
    }
    return BEHOV_OK;
}

/* The width of the captions: the widest, and two blanks. */
static size_t caption_width(behov_language lang)
{
    static const char *const captions[] = {"caption_model", "caption_data", "caption_errors", "warning"};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
        size_t width = format_width(label(lang, captions[i]));
        widest = width > widest ? width : widest;
    }
    return widest + 2;
}

void write_text_caption(FILE *out, behov_language lang, const char *key, const char *text)
{
    const char *caption = key ? label(lang, key) : "";
    fputs(caption, out);
    text_pad(out, caption_width(lang) - format_width(caption));
    text_line(text, caption_width(lang), out);
}

static void count(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    format_cell(BEHOV_Q_COUNT, value, lang, text);
}

static behov_status caption_of(behov_language lang, const char *key, const wording *words, FILE *out, behov_error *err)
{
    behov_status status = wording_status(words, err);
    if (!status)
        write_text_caption(out, lang, key, wording_text(words));
    return status;
}

behov_status write_text_say(const wording *words, FILE *out, behov_error *err)
{
    behov_status status = wording_status(words, err);
    if (!status)
        text_line(wording_text(words), 0, out);
    return status;
}

/* "panel.csv   2 120 rows, 424 municipalities, 2012-2016" */
static void say_data(const results *of, wording *words)
{
    behov_language lang = of->of->lang;
    char number[BEHOV_NUMBER_SIZE], years[40] = "";
    results_data_name(of, words);
    count(lang, (double)behov_table_n_rows(of->of->table), number);
    wording_add_after(words, "   ", number);
    wording_add_after(words, " ", label(lang, "word_rows"));
    if (of->of->panel.columns[BEHOV_ROLE_CODE] >= 0) {
        count(lang, (double)of->of->n_municipalities, number);
        wording_add_after(words, ", ", number);
        wording_add_after(words, " ", label(lang, "word_municipalities"));
    }
    size_t n_years;
    const int *all_years = behov_need_years(of->need, &n_years);
    if (all_years[0] && n_years == 1)
        snprintf(years, sizeof years, ", %d", all_years[0]);
    else if (all_years[0])
        snprintf(years, sizeof years, ", %d–%d", all_years[0], all_years[n_years - 1]);
    wording_add(words, years);
}

static behov_status reason_lines(const results *of, wording *words, FILE *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_design_n_reasons(of->design) && !status; i++) {
        behov_reason reason = behov_design_reason(of->design, i);
        if (reason.n_rows == 0 || (!of->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        results_rows_with_reason(of, reason, words);
        status = caption_of(of->of->lang, NULL, words, out, err);
    }
    return status;
}

static behov_status data_lines(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    char rows[BEHOV_NUMBER_SIZE], text[200];
    wording words = {0};
    say_data(of, &words);
    behov_status status = caption_of(lang, "caption_data", &words, out, err);
    size_t n_rows;
    if (of->fit)
        behov_design_estimated(of->design, &n_rows);
    else
        behov_design_predicted(of->design, &n_rows);
    count(lang, (double)n_rows, rows);
    label_fill(lang, of->fit ? "estimated_on_rows" : "predicted_rows", text, sizeof text, "n", rows, NULL);
    if (!status)
        write_text_caption(out, lang, NULL, text);
    status = status ? status : reason_lines(of, &words, out, err);
    wording_free(&words);
    return status;
}

static behov_status model_line(const results *of, FILE *out, behov_error *err)
{
    const char *title = of->of->model.title;
    wording words = {0}, outcome = {0};
    results_outcome(of, &outcome);
    wording_add(&words, title ? title : "");
    wording_add_after(&words, ": ", wording_text(&outcome));
    behov_status status = wording_status(&outcome, err);
    status = status ? status : caption_of(of->of->lang, "caption_model", &words, out, err);
    wording_free(&words), wording_free(&outcome);
    return status;
}

static behov_status closing_lines(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    char text[500];
    results_gap_sum(of, text);
    if (text[0])
        text_line(text, 0, out);
    behov_status status = remarks_print(of, text[0] ? PRICES_REMARK : 0, out, err);
    if (behov_need_n_too_low(of->need)) {
        results_needs_too_low(of, text);
        text_line(text, 0, out);
    }
    if (behov_need_n_negative(of->need)) {
        results_actuals_negative(of, text);
        text_line(text, 0, out);
    }
    /* A table without municipalities is not expected to have inhabitants. */
    if (of->of->panel.columns[BEHOV_ROLE_POPULATION] < 0 && of->of->panel.columns[BEHOV_ROLE_CODE] >= 0)
        text_line(label(lang, "no_population_column"), 0, out);
    return status;
}

/* The reference levels of the factors, each behind three blanks: "   reference year 2012". */
static void say_references(const results *of, wording *words)
{
    const behov_formula *formula = of->of->formula;
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        wording_add(words, "   ");
        wording_fill(words, of->of->lang, strcmp(piece.name, "year") == 0 ? "reference_year_is" : "reference_level_is",
                      "column", piece.name, "level", piece.reference, NULL);
    }
}

void write_text_section(const section *of, const char *const *skip, behov_language lang, FILE *out)
{
    text_line(of->title, 0, out);
    if (of->subtitle)
        text_line(of->subtitle, 0, out);
    fputc('\n', out);
    write_text_table(of->table, skip, lang, out);
    for (size_t i = 0; i < of->n_notes; i++) {
        fputs(i ? "" : "\n", out);
        text_line(of->notes[i], 0, out);
    }
}

behov_status write_text_head(const results *of, FILE *out, behov_error *err)
{
    wording words = {0};
    behov_status status = model_line(of, out, err);
    if (!status)
        status = data_lines(of, out, err);
    results_unit_warning(of, &words);
    if (!status && words.length)
        status = caption_of(of->of->lang, "warning", &words, out, err);
    wording_free(&words);
    return status;
}

behov_status write_text_estimation_head(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    char number[BEHOV_NUMBER_SIZE], rows[200];
    wording words = {0};
    behov_status status = model_line(of, out, err);
    results_data_name(of, &words);
    count(lang, (double)behov_fit_n_rows(of->fit), number);
    label_fill(lang, "estimated_on_rows", rows, sizeof rows, "n", number, NULL);
    wording_add_after(&words, "   ", rows);
    status = status ? status : caption_of(lang, "caption_data", &words, out, err);
    results_errors(of, &words);
    status = status ? status : caption_of(lang, "caption_errors", &words, out, err);
    wording_free(&words);
    return status;
}

/* "Adjusted R2 0.33   N 1 935   reference year 2012   Significance levels: ..." */
static behov_status measures_line(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    char number[BEHOV_NUMBER_SIZE];
    wording words = {0};
    double adj_r2 = behov_fit_adj_r2(of->fit);
    if (!isnan(adj_r2)) {
        wording_add(&words, results_adj_r2_label(of));
        wording_add(&words, " ");
        wording_add(&words, format_cell(BEHOV_Q_SHARE, adj_r2, lang, number));
        wording_add(&words, "   ");
    }
    count(lang, behov_fit_n_observations(of->fit), number);
    wording_add(&words, "N ");
    wording_add(&words, number);
    say_references(of, &words);
    wording_add(&words, "   ");
    wording_add(&words, label(lang, "stars_levels"));
    behov_status status = write_text_say(&words, out, err);
    wording_free(&words);
    return status;
}

/* What there is to say of the errors, the rows and the weights. */
static behov_status fit_lines(const results *of, FILE *out, behov_error *err)
{
    wording words = {0};
    results_r2_from_zero(of, &words);
    behov_status status = write_text_say(&words, out, err);
    results_no_error(of, &words);
    status = status ? status : write_text_say(&words, out, err);
    for (size_t i = 0; !status && results_cluster_warning(of, i, &words); i++)
        status = write_text_say(&words, out, err);
    if (of->rounding && !status)
        text_line(of->rounding, 0, out);
    if (of->influence && !status)
        text_line(of->influence, 0, out);
    results_cut(of, &words);
    status = status ? status : write_text_say(&words, out, err);
    results_weights(of, &words);
    status = status ? status : write_text_say(&words, out, err);
    for (size_t i = 0; !status && results_proxy(of, i, &words); i++)
        status = write_text_say(&words, out, err);
    wording_free(&words);
    return status;
}

behov_status write_text_fit(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    behov_report *report = NULL;
    wording errors = {0};
    behov_status status = results_regression(of, &report, err);
    if (!status)
        status = write_text_head(of, out, err);
    results_errors(of, &errors);
    if (!status)
        status = caption_of(lang, "caption_errors", &errors, out, err);
    wording_free(&errors);
    if (!status) {
        fputc('\n', out);
        write_text_table(report, study_skipped_terms(of->of), lang, out);
        fputc('\n', out);
        status = measures_line(of, out, err);
    }
    behov_report_free(report);
    if (!status)
        status = fit_lines(of, out, err);
    status = status ? status : closing_lines(of, out, err);
    return status ? status : remarks_print(of, CODES_REMARK, out, err);
}

behov_status write_text_apply(const results *of, FILE *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    size_t n_rows, n_outcomes = 0;
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++)
        n_outcomes += !isnan(behov_need_actual(of->need)[rows[i]]);
    bool has_population = of->of->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
    behov_report *report = NULL;
    behov_status status = n_outcomes       ? results_ratios(of, &report, err)
                          : has_population ? results_indices(of, &report, err)
                                           : results_needs(of, &report, err);
    if (status)
        return status;
    wording lent = {0};
    results_lent(of, &lent);
    status = model_line(of, out, err);
    if (!status)
        write_text_caption(out, lang, "caption_coefficients", of->coefficients_from);
    status = status ? status : data_lines(of, out, err);
    if (!status && lent.length) {
        fputc('\n', out);
        status = write_text_say(&lent, out, err);
    }
    wording_free(&lent);
    if (status) {
        behov_report_free(report);
        return status;
    }
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    fputc('\n', out);
    char title[300];
    snprintf(title, sizeof title, "%s",
             label(lang, n_outcomes       ? (in_kroner ? "title_ratios" : "title_ratios_other")
                         : has_population ? "title_indices"
                                          : "title_needs"));
    study_mark_title(of->of, title, sizeof title);
    text_line(title, 0, out);
    fputc('\n', out);
    write_text_table(report, NULL, lang, out);
    behov_report_free(report);
    if (n_outcomes) {
        fputc('\n', out);
        text_line(label(lang, "not_a_verdict"), 0, out);
    }
    if (!n_outcomes && has_population)
        text_line(label(lang, in_kroner ? "index_explained" : "index_explained_other"), 0, out);
    status = closing_lines(of, out, err);
    return status ? status : remarks_print(of, COUNTRY_REMARK | CODES_REMARK, out, err);
}
