/* write_text.c - pages for a terminal, as outputs.md draws them. */
#include "write_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "page_table.h"
#include "result_tables.h"

static void pad(FILE *out, size_t n)
{
    while (n-- > 0)
        fputc(' ', out);
}

static bool is_skipped(const char *key, const char *const *skip)
{
    for (; skip && *skip; skip++)
        if (strcmp(*skip, key) == 0)
            return true;
    return false;
}

/* The text as it stands on one line of a terminal: no control characters. */
static void put_text(FILE *out, const char *text, size_t length)
{
    page_character next;
    for (const char *at = text; (size_t)(at - text) < length && page_next(&at, &next);)
        fwrite(next.bytes, 1, next.length, out);
}

static size_t text_width(const char *text)
{
    size_t width = 0;
    page_character next;
    while (page_next(&text, &next))
        width++;
    return width;
}

/* The head of stars is the stars themselves. */
static const char *head_of(behov_report_column column, language lang)
{
    return column.quantity == BEHOV_Q_STARS ? "" : column.label ? column.label : label(lang, column.key);
}

static bool print_table(const behov_report *report, const char *const *skip, language lang, FILE *out)
{
    size_t n_columns = behov_report_n_columns(report), n_rows = behov_report_n_rows(report);
    enum { USUAL_COLUMNS = 256 }; /* no page lacks its table for want of a few bytes */
    size_t usual[USUAL_COLUMNS] = {0}, *many = n_columns > USUAL_COLUMNS ? calloc(n_columns, sizeof *many) : NULL;
    size_t *widths = many ? many : usual;
    char text[BEHOV_NUMBER_SIZE];
    if (n_columns > USUAL_COLUMNS && !many)
        return false;
    for (size_t j = 0; j < n_columns; j++) {
        behov_report_column column = behov_report_column_at(report, j);
        if (is_skipped(column.key, skip))
            continue;
        widths[j] = column.quantity == BEHOV_Q_STARS ? 3 : text_width(head_of(column, lang));
        for (size_t i = 0; i < n_rows; i++) {
            size_t width = text_width(format_report_cell(report, j, i, lang, text));
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    for (size_t line = 0; line <= n_rows; line++) {
        size_t blanks = 0; /* written only before something else, so that no line ends with any */
        bool first = true;
        for (size_t j = 0; j < n_columns; j++) {
            behov_report_column column = behov_report_column_at(report, j);
            if (is_skipped(column.key, skip))
                continue;
            const char *shown =
                line == 0 ? head_of(column, lang) : format_report_cell(report, j, line - 1, lang, text);
            size_t room = widths[j] - text_width(shown);
            bool left = behov_report_is_text(report, j);
            if (!first)
                blanks += column.quantity == BEHOV_Q_STARS ? 1 : 2;
            first = false;
            blanks += left ? 0 : room;
            size_t length = strlen(shown), blanks_after = left ? room : 0;
            while (length > 0 && shown[length - 1] == ' ') {
                length--;
                blanks_after++;
            }
            if (length) {
                pad(out, blanks);
                blanks = 0;
                put_text(out, shown, length);
            }
            blanks += blanks_after;
        }
        fputc('\n', out);
    }
    free(many);
    return true;
}

void write_text_table(const behov_report *report, const char *const *skip, language lang, FILE *out)
{
    if (!print_table(report, skip, lang, out))
        fprintf(stderr, "behov: %s: not enough memory for the table\n", behov_report_key(report));
}

/* Bytes of the first line of a text that is broken at spaces; a longer word stands alone on its line. */
static size_t line_length(const char *text, size_t longest)
{
    size_t width = 0, end = 0;
    page_character next;
    for (const char *at = text;;) {
        const char *before = at;
        bool is_more = page_next(&at, &next);
        if (!is_more || next.code == ' ') {
            if (width > longest && end > 0)
                return end;
            end = (size_t)(before - text);
        }
        if (!is_more || (width >= longest && end > 0))
            return end;
        width++;
    }
}

static void print_paragraph(const char *text, FILE *out)
{
    enum { LONGEST_LINE = 100 };
    static const char blanks[] = " \t\r\n";
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = line_length(text, LONGEST_LINE);
        put_text(out, text, length);
        fputc('\n', out);
        text += length;
    }
}

behov_status write_text_sections(const section *sections, size_t n_sections, language lang, FILE *out, behov_error *err)
{
    for (size_t i = 0; i < n_sections; i++) {
        const section *at = &sections[i];
        if (i > 0)
            fputs("\n\n", out);
        put_text(out, at->title, strlen(at->title));
        fputc('\n', out);
        for (size_t n = text_width(at->title); n > 0; n--)
            fputc('=', out);
        fputc('\n', out);
        if (at->subtitle)
            print_paragraph(at->subtitle, out);
        fputc('\n', out);
        if (!print_table(at->table, NULL, lang, out))
            return behov_error_set(err, BEHOV_E_MEMORY, at->name, "not enough memory for the table");
        for (size_t n = 0; n < at->n_notes; n++) {
            fputc('\n', out);
            print_paragraph(at->notes[n], out);
        }
    }
    return BEHOV_OK;
}

enum { CAPTION_WIDTH = 10 };

/* "Modell  ..." with the captions in one width */
static void caption_line(FILE *out, language lang, const char *key, const char *text)
{
    const char *caption = label(lang, key);
    fputs(caption, out);
    size_t width = format_width(caption);
    pad(out, width < CAPTION_WIDTH ? CAPTION_WIDTH - width : 1);
    fprintf(out, "%s\n", text);
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
        count(lang,
              (double)behov_dictionary_count(
                  behov_table_levels(of->of->table, (size_t)panel->columns[BEHOV_ROLE_CODE])), other);
        length += (size_t)snprintf(text + length, sizeof text - length, ", %s %s", other,
                                   label(lang, "word_municipalities"));
    }
    size_t n_years;
    const int *years = behov_need_years(of->need, &n_years);
    if (years[0] && n_years == 1)
        snprintf(text + length, sizeof text - length, ", %d", years[0]);
    else if (years[0])
        snprintf(text + length, sizeof text - length, ", %d–%d", years[0], years[n_years - 1]);
    caption_line(out, lang, "caption_data", text);

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
    pad(out, CAPTION_WIDTH);
    fprintf(out, "%s\n", text);
    for (size_t i = 0; i < behov_design_n_reasons(of->design); i++) {
        behov_reason reason = behov_design_reason(of->design, i);
        if (reason.n_rows == 0 || (!of->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        char why[400];
        results_reason(of, reason, lang, why);
        count(lang, (double)reason.n_rows, rows);
        pad(out, CAPTION_WIDTH);
        fprintf(out, "%s %s: %s\n", rows,
                label(lang, reason.fate == BEHOV_ROW_LEFT_OUT ? "left_out" : "predicted_only"), why);
    }
}

static void model_line(const results *of, FILE *out)
{
    char outcome[400], text[700];
    results_outcome(of, outcome);
    const char *title = of->of->model.title;
    snprintf(text, sizeof text, "%s%s%s", title ? title : "", title ? ": " : "", outcome);
    caption_line(out, of->of->lang, "caption_model", text);
}

static void closing_lines(const results *of, FILE *out)
{
    language lang = of->of->lang;
    char text[500];
    results_gap_sum(of, text);
    if (text[0])
        fprintf(out, "%s\n", text);
    if (behov_need_n_too_low(of->need)) {
        results_needs_too_low(of, text);
        fprintf(out, "%s\n", text);
    }
    /* A table without municipalities is not expected to have inhabitants. */
    if (of->of->panel.columns[BEHOV_ROLE_POPULATION] < 0 && of->of->panel.columns[BEHOV_ROLE_CODE] >= 0)
        fprintf(out, "%s\n", label(lang, "no_population_column"));
}

/* The reference levels of the factors: "reference year 2012". */
static void references(const results *of, char *text, size_t size)
{
    const behov_formula *formula = of->of->formula;
    size_t length = 0;
    text[0] = '\0';
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0) || length + 60 > size)
            continue;
        char one[200];
        label_fill(of->of->lang, strcmp(piece.name, "year") == 0 ? "reference_year_is" : "reference_level_is", one,
                   sizeof one, "column", piece.name, "level", piece.reference, NULL);
        length += (size_t)snprintf(text + length, size - length, "   %s", one);
    }
}

void write_text_section(const section *of, const char *const *skip, language lang, FILE *out)
{
    fprintf(out, "%s\n", of->title);
    if (of->subtitle)
        fprintf(out, "%s\n", of->subtitle);
    fputc('\n', out);
    write_text_table(of->table, skip, lang, out);
    for (size_t i = 0; i < of->n_notes; i++)
        fprintf(out, "%s%s\n", i ? "" : "\n", of->notes[i]);
}

void write_text_head(const results *of, FILE *out)
{
    language lang = of->of->lang;
    char text[500];
    model_line(of, out);
    data_lines(of, out);
    results_unit_warning(of, text);
    if (text[0])
        caption_line(out, lang, "warning", text);
}

behov_status write_text_fit(const results *of, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    char text[700], number[BEHOV_NUMBER_SIZE], reference[300];
    behov_report *report = NULL;
    behov_status status = results_regression(of, &report, err);
    if (status)
        return status;
    write_text_head(of, out);
    results_errors(of, text);
    caption_line(out, lang, "caption_errors", text);
    fputc('\n', out);
    static const char *const skip[] = {"variable", NULL};
    write_text_table(report, skip, lang, out);
    behov_report_free(report);
    fputc('\n', out);
    double adj_r2 = behov_fit_adj_r2(of->fit);
    if (!isnan(adj_r2)) {
        behov_number_fixed(adj_r2, 2, label_decimal_mark(lang), "", 4, number);
        fprintf(out, "%s %s   ", label(lang, "adj_r2"), number);
    }
    count(lang, behov_fit_n_observations(of->fit), number);
    references(of, reference, sizeof reference);
    fprintf(out, "N %s%s   * 10 %%  ** 5 %%  *** 1 %%\n", number, reference);
    results_cluster_warning(of, text);
    if (text[0])
        fprintf(out, "%s\n", text);
    results_cut(of, text);
    if (text[0])
        fprintf(out, "%s\n", text);
    results_weights(of, text);
    if (text[0])
        fprintf(out, "%s\n", text);
    for (size_t i = 0; results_proxy(of, i, text); i++)
        fprintf(out, "%s\n", text);
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
    caption_line(out, lang, "caption_coefficients", of->coefficients_from);
    data_lines(of, out);
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    fprintf(out, "\n%s\n\n",
            label(lang, n_outcomes       ? (in_kroner ? "title_ratios" : "title_ratios_other")
                        : has_population ? "title_indices"
                                         : "title_needs"));
    write_text_table(report, NULL, lang, out);
    behov_report_free(report);
    if (n_outcomes)
        fprintf(out, "\n%s\n", label(lang, "not_a_verdict"));
    closing_lines(of, out);
    return BEHOV_OK;
}
