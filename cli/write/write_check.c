/* write_check.c - findings as a table with a row each: grade, kind, line, column, municipality, value, sentence. */
#include "write_check.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "findings.h"
#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "study_findings.h"
#include "visible.h"
#include "write_json.h"
#include "write_text.h"

enum { SEVERITY, KIND, LINE, COLUMN, CODE, VALUE, MESSAGE, N_COLUMNS };

static const struct {
    const char *key;
    behov_word label;
    behov_quantity quantity;
} columns[N_COLUMNS] = {
    {"severity", BEHOV_WORD_FINDING_COLUMN_SEVERITY, BEHOV_Q_TEXT},
    {"kind", BEHOV_WORD_FINDING_COLUMN_KIND, BEHOV_Q_TEXT},
    {"line", BEHOV_WORD_FINDING_COLUMN_LINE, BEHOV_Q_YEAR},
    {"column", BEHOV_WORD_COLUMN, BEHOV_Q_TEXT},
    {"municipality_code", BEHOV_NO_WORD, BEHOV_Q_CODE},
    {"value", BEHOV_WORD_FINDING_COLUMN_VALUE, BEHOV_Q_TEXT},
    {"message", BEHOV_WORD_FINDING_COLUMN_MESSAGE, BEHOV_Q_TEXT},
};

static const behov_oddity *findings_of(const behov_study *study, size_t *n)
{
    return behov_plausibility_findings(study->plausibility, n);
}

static size_t count_of(const behov_study *study, behov_severity severity)
{
    size_t n, n_found = 0;
    const behov_oddity *findings = findings_of(study, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == severity)
            n_found += findings[i].is_rest ? findings[i].count : 1;
    return n_found;
}

size_t check_n_errors(const behov_study *study)
{
    size_t n, n_errors = 0;
    const behov_oddity *findings = findings_of(study, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && !behov_finding_is_allowed(study, &findings[i]))
            n_errors += findings[i].is_rest ? findings[i].count : 1;
    return n_errors;
}

/* Double rows and a model of other columns cannot be let through. */
static behov_word errors_stop_key(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = findings_of(study, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && findings[i].kind != BEHOV_ODD_ROW &&
            findings[i].kind != BEHOV_ODD_MODEL)
            return BEHOV_WORD_CHECK_ERRORS_STOP;
    return BEHOV_WORD_CHECK_ERRORS_STOP_ALONE;
}

static behov_word severity_word(behov_severity severity)
{
    return severity == BEHOV_MENDED        ? BEHOV_WORD_FINDING_SEVERITY_MENDED
           : severity == BEHOV_ERROR       ? BEHOV_WORD_FINDING_SEVERITY_ERROR
           : severity == BEHOV_INFORMATION ? BEHOV_WORD_FINDING_SEVERITY_INFORMATION
                                           : BEHOV_WORD_FINDING_SEVERITY_WARNING;
}

/* ---- table --------------------------------------------------------------------------------------------------------- */

static behov_status fill_row(const behov_study *study, const behov_oddity *finding, behov_report *report, size_t row,
                             behov_error *err)
{
    static const behov_word kind_words[BEHOV_N_ODDITY_KINDS] = {BEHOV_WORD_FINDING_KIND_NO_MUNICIPALITY,
                                                                BEHOV_WORD_FINDING_KIND_CODE,
                                                                BEHOV_WORD_FINDING_KIND_ROW,
                                                                BEHOV_WORD_FINDING_KIND_LIMIT,
                                                                BEHOV_WORD_FINDING_KIND_UNIT,
                                                                BEHOV_WORD_FINDING_KIND_TOTAL,
                                                                BEHOV_WORD_FINDING_KIND_JUMP,
                                                                BEHOV_WORD_FINDING_KIND_TWO_CODES,
                                                                BEHOV_WORD_FINDING_KIND_MISSING,
                                                                BEHOV_WORD_FINDING_KIND_INFLUENCE,
                                                                BEHOV_WORD_FINDING_KIND_EXACT_FIT,
                                                                BEHOV_WORD_FINDING_KIND_MODEL,
                                                                BEHOV_WORD_FINDING_KIND_EMPTY};
    char grade[120], value[100], text[BEHOV_FINDING_SENTENCE];
    bool is_allowed = behov_finding_is_allowed(study, finding);
    snprintf(grade, sizeof grade, "%s%s%s%s", behov_label(study->lang, severity_word(finding->severity)),
             is_allowed ? " (" : "", is_allowed ? behov_label(study->lang, BEHOV_WORD_FINDING_ALLOWED) : "",
             is_allowed ? ")" : "");
    behov_status status = behov_report_set_text(report, SEVERITY, row, grade, err);
    if (!status)
        status = behov_report_set_text(report, KIND, row, behov_label(study->lang, kind_words[finding->kind]), err);
    if (!status && finding->column >= 0)
        status =
            behov_report_set_text(report, COLUMN, row, behov_table_name(study->table, (size_t)finding->column), err);
    if (!status)
        status = behov_report_set_text(report, CODE, row, behov_finding_code(study, finding), err);
    behov_finding_value(study, finding, value);
    if (!status)
        status = behov_report_set_text(report, VALUE, row, value, err);
    behov_finding_sentence(study, finding, study->lang, text);
    return status ? status : behov_report_set_text(report, MESSAGE, row, text, err);
}

static behov_status make_table(const behov_study *study, behov_report **out, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = findings_of(study, &n);
    behov_report *report = NULL;
    double *lines = malloc((n + 1) * sizeof *lines);
    if (!lines)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_CHECK_NO_MEMORY);
    for (size_t i = 0; i < n; i++) {
        unsigned long line = behov_finding_line(study, &findings[i]);
        lines[i] = line ? (double)line : NAN;
    }
    behov_status status = behov_report_new("findings", n, NULL, &report, err);
    for (size_t j = 0; j < N_COLUMNS && !status; j++) {
        behov_report_column column = {
            columns[j].key, columns[j].label ? behov_label(study->lang, columns[j].label) : NULL, columns[j].quantity};
        if (j == LINE) {
            status = behov_report_add_numbers(report, column, lines, true, err);
            lines = status ? lines : NULL;
        } else {
            status = behov_report_add_texts(report, column, err);
        }
    }
    free(lines);
    for (size_t i = 0; i < n && !status; i++)
        status = fill_row(study, &findings[i], report, i, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static void counts_in_words(const behov_study *study, char text[300])
{
    char errors[BEHOV_NUMBER_SIZE], warnings[BEHOV_NUMBER_SIZE], mended[BEHOV_NUMBER_SIZE];
    behov_label_fill(
        study->lang, BEHOV_WORD_CHECK_COUNTS, text, 300, "errors",
        behov_format_cell(BEHOV_Q_COUNT, (double)count_of(study, BEHOV_ERROR), study->lang, errors), "warnings",
        behov_format_cell(BEHOV_Q_COUNT, (double)count_of(study, BEHOV_WARNING), study->lang, warnings), "mended",
        behov_format_cell(BEHOV_Q_COUNT, (double)count_of(study, BEHOV_MENDED), study->lang, mended), NULL);
}

/* ---- page ---------------------------------------------------------------------------------------------------------- */

static void print_finding(const behov_study *study, const behov_oddity *finding, FILE *out)
{
    char value[100], text[BEHOV_FINDING_SENTENCE];
    print_visible(out, "%s%s%s%s: ", behov_label(study->lang, severity_word(finding->severity)),
                  behov_finding_is_allowed(study, finding) ? " (" : "",
                  behov_finding_is_allowed(study, finding) ? behov_label(study->lang, BEHOV_WORD_FINDING_ALLOWED) : "",
                  behov_finding_is_allowed(study, finding) ? ")" : "");
    unsigned long line = behov_finding_line(study, finding);
    if (line)
        print_visible(out, "%s %lu, ", behov_label(study->lang, BEHOV_WORD_FINDING_WORD_LINE), line);
    if (finding->column >= 0)
        print_visible(out, "%s %s, ", behov_label(study->lang, BEHOV_WORD_FINDING_WORD_COLUMN),
                      behov_table_name(study->table, (size_t)finding->column));
    const char *code = behov_finding_code(study, finding);
    if (code[0] && finding->kind != BEHOV_ODD_NO_MUNICIPALITY && finding->kind != BEHOV_ODD_CODE)
        print_visible(out, "%s %s, ", code, behov_panel_municipality(&study->panel, (size_t)finding->row));
    (void)value;
    behov_finding_sentence(study, finding, study->lang, text);
    print_visible(out, "%s\n", text);
}

behov_status write_check_page(const behov_study *study, FILE *out, behov_error *err)
{
    (void)err;
    size_t n;
    const behov_oddity *findings = findings_of(study, &n);
    char counts[300], rows[BEHOV_NUMBER_SIZE];
    counts_in_words(study, counts);
    print_visible(out, "%s: %s, %s %s\n", behov_label(study->lang, BEHOV_WORD_TITLE_CHECK),
                  study->is_bundled ? behov_label(study->lang, BEHOV_WORD_BUNDLED_DATA) : study->panel_path,
                  behov_format_cell(BEHOV_Q_COUNT, (double)behov_table_n_rows(study->table), study->lang, rows),
                  behov_label(study->lang, BEHOV_WORD_WORD_ROWS));
    print_visible(out, "%s\n",
                  n > count_of(study, BEHOV_INFORMATION) ? counts : behov_label(study->lang, BEHOV_WORD_CHECK_NOTHING));
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || findings[i].severity != findings[i - 1].severity)
            fputc('\n', out);
        print_finding(study, &findings[i], out);
    }
    if (check_n_errors(study))
        print_visible(out, "\n%s\n", behov_label(study->lang, errors_stop_key(study)));
    return BEHOV_OK;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const behov_study *study = context;
    behov_report *table = NULL;
    char counts[300];
    counts_in_words(study, counts);
    behov_status status = make_table(study, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(study->lang, BEHOV_WORD_SHEET_CHECK),
                                                        .title = behov_label(study->lang, BEHOV_WORD_TITLE_CHECK),
                                                        .subtitle = behov_label(study->lang, BEHOV_WORD_SUBTITLE_CHECK),
                                                        .table_name = behov_label(study->lang, BEHOV_WORD_SHEET_CHECK),
                                                        .landscape = true},
                                        table, err);
    if (!status)
        status = behov_section_list_note(list, counts, err);
    if (!status && check_n_errors(study))
        status = behov_section_list_note(list, behov_label(study->lang, errors_stop_key(study)), err);
    return !status && study->is_simulated
               ? behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return make_table(context, report, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *finding_json(const behov_study *study, const behov_oddity *finding)
{
    json_t *object = json_object();
    char value[100], text[BEHOV_FINDING_SENTENCE];
    unsigned long line = behov_finding_line(study, finding);
    behov_finding_value(study, finding, value);
    behov_finding_sentence(study, finding, study->lang, text);
    const double *numbers = finding->column < 0 ? NULL : behov_table_numbers(study->table, (size_t)finding->column);
    json_put(object, "kind", json_text(behov_finding_kind_word(finding->kind)));
    json_put(object, "severity", json_text(behov_finding_severity_name(finding->severity)));
    json_put(object, "line", line ? json_integer((json_int_t)line) : json_null());
    json_put(object, "column",
             finding->column < 0 ? json_null() : json_text(behov_table_name(study->table, (size_t)finding->column)));
    json_put(object, "municipality_code",
             behov_finding_code(study, finding)[0] ? json_text(behov_finding_code(study, finding)) : json_null());
    json_put(object, "value",
             numbers && finding->row >= 0 ? json_figure(numbers[finding->row])
             : value[0]                   ? json_text(value)
                                          : json_null());
    json_put(object, "message", json_text(text));
    json_put(object, "rows", json_count(finding->count));
    json_put(object, "is_allowed", json_boolean(behov_finding_is_allowed(study, finding)));
    return object;
}

behov_status write_check_json(const char *path, const behov_study *study, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = findings_of(study, &n);
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_add(list, finding_json(study, &findings[i]));
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", study->model.title ? json_text(study->model.title) : json_null());
    json_put(object, "formula", json_text(behov_formula_text(study->formula)));
    json_put(object, "data", json_text(study->is_bundled ? "bundled simulated panel" : study->panel_path));
    json_put(object, "is_simulated", json_boolean(study->is_simulated));
    write_json_cautions(object, study);
    json_put(object, "n_rows", json_count(behov_table_n_rows(study->table)));
    json_put(object, "n_errors", json_count(check_n_errors(study)));
    json_put(object, "n_warnings", json_count(count_of(study, BEHOV_WARNING)));
    json_put(object, "n_mended", json_count(count_of(study, BEHOV_MENDED)));
    json_put(object, "n_information", json_count(count_of(study, BEHOV_INFORMATION)));
    json_put(object, "findings", list);
    return write_json_object(path, object, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_check_json(path, context, err);
}

const output_writers check_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_CHECK};
