/* write_check.c - findings as a table with a row each: grade, kind, line, column, municipality, value, sentence. */
#include "write_check.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "findings.h"
#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "visible.h"
#include "write_json.h"
#include "write_text.h"

enum { SEVERITY, KIND, LINE, COLUMN, CODE, VALUE, MESSAGE, N_COLUMNS };

static const struct {
    const char *key, *label;
    behov_quantity quantity;
} columns[N_COLUMNS] = {
    {"severity", "finding_column_severity", BEHOV_Q_TEXT}, {"kind", "finding_column_kind", BEHOV_Q_TEXT},
    {"line", "finding_column_line", BEHOV_Q_YEAR},         {"column", "column", BEHOV_Q_TEXT},
    {"municipality_code", NULL, BEHOV_Q_CODE},             {"value", "finding_column_value", BEHOV_Q_TEXT},
    {"message", "finding_column_message", BEHOV_Q_TEXT},
};

static const behov_oddity *findings_of(const behov_study *of, size_t *n) { return behov_plausibility_findings(of->found, n); }

static size_t count_of(const behov_study *of, behov_severity severity)
{
    size_t n, n_found = 0;
    const behov_oddity *findings = findings_of(of, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == severity)
            n_found += findings[i].is_rest ? findings[i].count : 1;
    return n_found;
}

size_t check_n_errors(const behov_study *of)
{
    size_t n, n_errors = 0;
    const behov_oddity *findings = findings_of(of, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && !finding_is_allowed(of, &findings[i]))
            n_errors += findings[i].is_rest ? findings[i].count : 1;
    return n_errors;
}

/* Double rows and a model of other columns cannot be let through. */
static const char *errors_stop_key(const behov_study *of)
{
    size_t n;
    const behov_oddity *findings = findings_of(of, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && findings[i].kind != BEHOV_ODD_ROW && findings[i].kind != BEHOV_ODD_MODEL)
            return "check_errors_stop";
    return "check_errors_stop_alone";
}

/* ---- table --------------------------------------------------------------------------------------------------------- */

static behov_status fill_row(const behov_study *of, const behov_oddity *finding, behov_report *report, size_t row,
                             behov_error *err)
{
    char key[60], grade[120], value[100], text[FINDING_SENTENCE];
    snprintf(key, sizeof key, "finding_severity_%s", finding_severity_name(finding->severity));
    bool is_allowed = finding_is_allowed(of, finding);
    snprintf(grade, sizeof grade, "%s%s%s%s", label(of->lang, key), is_allowed ? " (" : "",
             is_allowed ? label(of->lang, "finding_allowed") : "", is_allowed ? ")" : "");
    behov_status status = behov_report_set_text(report, SEVERITY, row, grade, err);
    snprintf(key, sizeof key, "finding_kind_%s", finding_kind_name(finding->kind));
    if (!status)
        status = behov_report_set_text(report, KIND, row, label(of->lang, key), err);
    if (!status && finding->column >= 0)
        status = behov_report_set_text(report, COLUMN, row, behov_table_name(of->table, (size_t)finding->column), err);
    if (!status)
        status = behov_report_set_text(report, CODE, row, finding_code(of, finding), err);
    finding_value(of, finding, value);
    if (!status)
        status = behov_report_set_text(report, VALUE, row, value, err);
    finding_sentence(of, finding, of->lang, text);
    return status ? status : behov_report_set_text(report, MESSAGE, row, text, err);
}

static behov_status make_table(const behov_study *of, behov_report **out, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = findings_of(of, &n);
    behov_report *report = NULL;
    double *lines = malloc((n + 1) * sizeof *lines);
    if (!lines)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the findings");
    for (size_t i = 0; i < n; i++) {
        unsigned long line = finding_line(of, &findings[i]);
        lines[i] = line ? (double)line : NAN;
    }
    behov_status status = behov_report_new("findings", n, NULL, &report, err);
    for (size_t j = 0; j < N_COLUMNS && !status; j++) {
        behov_report_column column = {columns[j].key, columns[j].label ? label(of->lang, columns[j].label) : NULL,
                                      columns[j].quantity};
        if (j == LINE) {
            status = behov_report_add_numbers(report, column, lines, true, err);
            lines = status ? lines : NULL;
        } else {
            status = behov_report_add_texts(report, column, err);
        }
    }
    free(lines);
    for (size_t i = 0; i < n && !status; i++)
        status = fill_row(of, &findings[i], report, i, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static void counts_in_words(const behov_study *of, char text[300])
{
    char errors[BEHOV_NUMBER_SIZE], warnings[BEHOV_NUMBER_SIZE], mended[BEHOV_NUMBER_SIZE];
    label_fill(of->lang, "check_counts", text, 300, "errors",
               format_cell(BEHOV_Q_COUNT, (double)count_of(of, BEHOV_ERROR), of->lang, errors), "warnings",
               format_cell(BEHOV_Q_COUNT, (double)count_of(of, BEHOV_WARNING), of->lang, warnings), "mended",
               format_cell(BEHOV_Q_COUNT, (double)count_of(of, BEHOV_MENDED), of->lang, mended), NULL);
}

/* ---- page ---------------------------------------------------------------------------------------------------------- */

static void print_finding(const behov_study *of, const behov_oddity *finding, FILE *out)
{
    char key[60], value[100], text[FINDING_SENTENCE];
    snprintf(key, sizeof key, "finding_severity_%s", finding_severity_name(finding->severity));
    print_visible(out, "%s%s%s%s: ", label(of->lang, key), finding_is_allowed(of, finding) ? " (" : "",
            finding_is_allowed(of, finding) ? label(of->lang, "finding_allowed") : "",
            finding_is_allowed(of, finding) ? ")" : "");
    unsigned long line = finding_line(of, finding);
    if (line)
        print_visible(out, "%s %lu, ", label(of->lang, "finding_word_line"), line);
    if (finding->column >= 0)
        print_visible(out, "%s %s, ", label(of->lang, "finding_word_column"), behov_table_name(of->table, (size_t)finding->column));
    const char *code = finding_code(of, finding);
    if (code[0] && finding->kind != BEHOV_ODD_NO_MUNICIPALITY && finding->kind != BEHOV_ODD_CODE)
        print_visible(out, "%s %s, ", code, behov_panel_municipality(&of->panel, (size_t)finding->row));
    (void)value;
    finding_sentence(of, finding, of->lang, text);
    print_visible(out, "%s\n", text);
}

behov_status write_check_page(const behov_study *of, FILE *out, behov_error *err)
{
    (void)err;
    size_t n;
    const behov_oddity *findings = findings_of(of, &n);
    char counts[300], rows[BEHOV_NUMBER_SIZE];
    counts_in_words(of, counts);
    print_visible(out, "%s: %s, %s %s\n", label(of->lang, "title_check"),
            of->is_bundled ? label(of->lang, "bundled_data") : of->panel_path,
            format_cell(BEHOV_Q_COUNT, (double)behov_table_n_rows(of->table), of->lang, rows),
            label(of->lang, "word_rows"));
    print_visible(out, "%s\n", n > count_of(of, BEHOV_INFORMATION) ? counts : label(of->lang, "check_nothing"));
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || findings[i].severity != findings[i - 1].severity)
            fputc('\n', out);
        print_finding(of, &findings[i], out);
    }
    if (check_n_errors(of))
        print_visible(out, "\n%s\n", label(of->lang, errors_stop_key(of)));
    return BEHOV_OK;
}

static behov_status sections(const void *context, bool is_workbook, section_list *list, behov_error *err)
{
    (void)is_workbook;
    const behov_study *of = context;
    behov_report *table = NULL;
    char counts[300];
    counts_in_words(of, counts);
    behov_status status = make_table(of, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(of->lang, "sheet_check"),
                                            .title = label(of->lang, "title_check"),
                                            .subtitle = label(of->lang, "subtitle_check"),
                                            .table_name = label(of->lang, "sheet_check"),
                                            .landscape = true},
                                  table, err);
    if (!status)
        status = section_list_note(list, counts, err);
    if (!status && check_n_errors(of))
        status = section_list_note(list, label(of->lang, errors_stop_key(of)), err);
    return !status && of->is_simulated ? section_list_note(list, label(of->lang, "simulated_explained"), err) : status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return make_table(context, report, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *finding_json(const behov_study *of, const behov_oddity *finding)
{
    json_t *one = json_object();
    char value[100], text[FINDING_SENTENCE];
    unsigned long line = finding_line(of, finding);
    finding_value(of, finding, value);
    finding_sentence(of, finding, of->lang, text);
    const double *numbers = finding->column < 0 ? NULL : behov_table_numbers(of->table, (size_t)finding->column);
    json_put(one, "kind", json_text(finding_kind_name(finding->kind)));
    json_put(one, "severity", json_text(finding_severity_name(finding->severity)));
    json_put(one, "line", line ? json_integer((json_int_t)line) : json_null());
    json_put(one, "column",
             finding->column < 0 ? json_null() : json_text(behov_table_name(of->table, (size_t)finding->column)));
    json_put(one, "municipality_code", finding_code(of, finding)[0] ? json_text(finding_code(of, finding)) : json_null());
    json_put(one, "value", numbers && finding->row >= 0 ? json_figure(numbers[finding->row])
                           : value[0]                   ? json_text(value)
                                                        : json_null());
    json_put(one, "message", json_text(text));
    json_put(one, "rows", json_count(finding->count));
    json_put(one, "is_allowed", json_boolean(finding_is_allowed(of, finding)));
    return one;
}

behov_status write_check_json(const char *path, const behov_study *of, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = findings_of(of, &n);
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_add(list, finding_json(of, &findings[i]));
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", of->model.title ? json_text(of->model.title) : json_null());
    json_put(object, "formula", json_text(behov_formula_text(of->formula)));
    json_put(object, "data", json_text(of->is_bundled ? "bundled simulated panel" : of->panel_path));
    json_put(object, "is_simulated", json_boolean(of->is_simulated));
    write_json_cautions(object, of);
    json_put(object, "n_rows", json_count(behov_table_n_rows(of->table)));
    json_put(object, "n_errors", json_count(check_n_errors(of)));
    json_put(object, "n_warnings", json_count(count_of(of, BEHOV_WARNING)));
    json_put(object, "n_mended", json_count(count_of(of, BEHOV_MENDED)));
    json_put(object, "n_information", json_count(count_of(of, BEHOV_INFORMATION)));
    json_put(object, "findings", list);
    return write_json_object(path, object, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_check_json(path, context, err);
}

const output_writers check_writers = {sections, rows, json, "title_check"};
