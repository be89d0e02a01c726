/* write_text.c - pages for a terminal, as outputs.md draws them. */
#include "write_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "page_table.h"
#include "result_tables.h"
#include "text_lines.h"
#include "text_table.h"
#include "visible.h"

void write_text_table(const behov_report *report, const char *const *skip, language lang, FILE *out)
{
    if (!text_table(report, skip, lang, out))
        print_visible(stderr, "behov: %s: not enough memory for the table\n", behov_report_key(report));
}

behov_status write_text_sections(const section *sections, size_t n_sections, language lang, FILE *out, behov_error *err)
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
static size_t caption_width(language lang)
{
    static const char *const captions[] = {"caption_model", "caption_data", "caption_errors", "warning"};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
        size_t width = format_width(label(lang, captions[i]));
        widest = width > widest ? width : widest;
    }
    return widest + 2;
}

void write_text_caption(FILE *out, language lang, const char *key, const char *text)
{
    const char *caption = key ? label(lang, key) : "";
    fputs(caption, out);
    text_pad(out, caption_width(lang) - format_width(caption));
    text_line(text, caption_width(lang), out);
}

static void count(language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    format_cell(BEHOV_Q_COUNT, value, lang, text);
}

/* "2 120 rows, 424 municipalities, 2012-2016" */
static void data_lines(const results *of, FILE *out)
{
    language lang = of->of->lang;
    const behov_panel *panel = &of->of->panel;
    char name[500], rows[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE], text[1200];
    results_data_name(of, name);
    count(lang, (double)behov_table_n_rows(of->of->table), rows);
    size_t length = (size_t)snprintf(text, sizeof text, "%s   %s %s", name, rows, label(lang, "word_rows"));
    if (panel->columns[BEHOV_ROLE_CODE] >= 0) {
        count(lang, (double)of->of->n_municipalities, other);
        length += (size_t)snprintf(text + length, sizeof text - length, ", %s %s", other,
                                   label(lang, "word_municipalities"));
    }
    size_t n_years;
    const int *years = behov_need_years(of->need, &n_years);
    if (years[0] && n_years == 1)
        snprintf(text + length, sizeof text - length, ", %d", years[0]);
    else if (years[0])
        snprintf(text + length, sizeof text - length, ", %d–%d", years[0], years[n_years - 1]);
    write_text_caption(out, lang, "caption_data", text);

    size_t n_estimated, n_predicted;
    behov_design_estimated(of->design, &n_estimated);
    behov_design_predicted(of->design, &n_predicted);
    if (of->fit) {
        count(lang, (double)n_estimated, rows);
        label_fill(lang, "estimated_on_rows", text, sizeof text, "n", rows, NULL);
    } else {
        count(lang, (double)n_predicted, rows);
        label_fill(lang, "predicted_rows", text, sizeof text, "n", rows, NULL);
    }
    write_text_caption(out, lang, NULL, text);
    for (size_t i = 0; i < behov_design_n_reasons(of->design); i++) {
        behov_reason reason = behov_design_reason(of->design, i);
        if (reason.n_rows == 0 || (!of->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        results_rows_with_reason(of, reason, text);
        write_text_caption(out, lang, NULL, text);
    }
}

static void model_line(const results *of, FILE *out)
{
    char outcome[400], text[700];
    results_outcome(of, outcome);
    const char *title = of->of->model.title;
    snprintf(text, sizeof text, "%s%s%s", title ? title : "", title ? ": " : "", outcome);
    write_text_caption(out, of->of->lang, "caption_model", text);
}

static void closing_lines(const results *of, FILE *out)
{
    language lang = of->of->lang;
    char text[500];
    results_gap_sum(of, text);
    if (text[0])
        text_line(text, 0, out);
    if (behov_need_n_too_low(of->need)) {
        results_needs_too_low(of, text);
        text_line(text, 0, out);
    }
    /* A table without municipalities is not expected to have inhabitants. */
    if (of->of->panel.columns[BEHOV_ROLE_POPULATION] < 0 && of->of->panel.columns[BEHOV_ROLE_CODE] >= 0)
        text_line(label(lang, "no_population_column"), 0, out);
}

/* The reference levels of the factors, each behind three blanks: "   reference year 2012"; an ellipsis for more. */
static void references(const results *of, char *text, size_t size)
{
    const behov_formula *formula = of->of->formula;
    size_t length = 0;
    text[0] = '\0';
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        char one[600];
        label_fill(of->of->lang, strcmp(piece.name, "year") == 0 ? "reference_year_is" : "reference_level_is", one,
                   sizeof one, "column", behov_cut(piece.name, 250).text, "level", behov_cut(piece.reference, 250).text,
                   NULL);
        if (length + strlen(one) + 10 > size) {
            snprintf(text + length, size - length, "   …");
            return;
        }
        length += (size_t)snprintf(text + length, size - length, "   %s", one);
    }
}

void write_text_section(const section *of, const char *const *skip, language lang, FILE *out)
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

void write_text_head(const results *of, FILE *out)
{
    language lang = of->of->lang;
    char text[500];
    model_line(of, out);
    data_lines(of, out);
    results_unit_warning(of, text);
    if (text[0])
        write_text_caption(out, lang, "warning", text);
}

behov_status write_text_fit(const results *of, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    char text[4600], number[BEHOV_NUMBER_SIZE], reference[4000];
    behov_report *report = NULL;
    behov_status status = results_regression(of, &report, err);
    if (status)
        return status;
    write_text_head(of, out);
    results_errors(of, text);
    write_text_caption(out, lang, "caption_errors", text);
    fputc('\n', out);
    write_text_table(report, study_skipped_terms(of->of), lang, out);
    behov_report_free(report);
    fputc('\n', out);
    double adj_r2 = behov_fit_adj_r2(of->fit);
    size_t length = 0;
    if (!isnan(adj_r2)) {
        format_cell(BEHOV_Q_SHARE, adj_r2, lang, number);
        length = (size_t)snprintf(text, sizeof text, "%s %s   ", results_adj_r2_label(of), number);
    }
    count(lang, behov_fit_n_observations(of->fit), number);
    references(of, reference, sizeof reference);
    snprintf(text + length, sizeof text - length, "N %s%s   %s", number, reference,
             label(lang, "stars_levels"));
    text_line(text, 0, out);
    results_r2_from_zero(of, text);
    if (text[0])
        text_line(text, 0, out);
    results_no_error(of, text);
    if (text[0])
        text_line(text, 0, out);
    for (size_t i = 0; results_cluster_warning(of, i, text); i++)
        text_line(text, 0, out);
    if (of->rounding)
        text_line(of->rounding, 0, out);
    if (of->influence)
        text_line(of->influence, 0, out);
    results_cut(of, text);
    if (text[0])
        text_line(text, 0, out);
    results_weights(of, text);
    if (text[0])
        text_line(text, 0, out);
    for (size_t i = 0; results_proxy(of, i, text); i++)
        text_line(text, 0, out);
    closing_lines(of, out);
    return BEHOV_OK;
}

behov_status write_text_apply(const results *of, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
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
    model_line(of, out);
    write_text_caption(out, lang, "caption_coefficients", of->coefficients_from);
    data_lines(of, out);
    char lent[500];
    results_lent(of, lent);
    if (lent[0]) {
        fputc('\n', out);
        text_line(lent, 0, out);
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
    closing_lines(of, out);
    return BEHOV_OK;
}
