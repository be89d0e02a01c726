/* write_check.c - see write_check.h. */
#include "write_check.h"

#include <behov/check_sentences.h>
#include <behov/check_tables.h>
#include <behov/findings.h>
#include <behov/study_findings.h>
#include <behov/format.h>
#include "json_build.h"
#include <behov/labels.h>
#include "visible.h"
#include "write_json.h"

/* ---- page ----------------------------------------------------------------------------------------------------------
 * */

static behov_status finding_lines(const behov_study *study, behov_wording *words, FILE *out, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++) {
        behov_check_say_finding(study, &findings[i], words);
        behov_status status = behov_wording_status(words, err);
        if (status)
            return status;
        if (i == 0 || findings[i].severity != findings[i - 1].severity)
            fputc('\n', out);
        print_visible(out, "%s\n", behov_wording_text(words));
    }
    return BEHOV_OK;
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_study *study = context;
    char rows[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_check_say_counts(study, &words);
    behov_status status = behov_wording_status(&words, err);
    if (!status) {
        print_visible(out, "%s: %s, %s %s\n", behov_label(study->lang, BEHOV_WORD_TITLE_CHECK),
                      study->is_bundled ? behov_label(study->lang, BEHOV_WORD_BUNDLED_DATA) : study->panel_path,
                      behov_format_count(study->lang, (double)behov_table_n_rows(study->table), rows),
                      behov_label(study->lang,
                                  behov_table_n_rows(study->table) == 1 ? BEHOV_WORD_WORD_ROW : BEHOV_WORD_WORD_ROWS));
        print_visible(out, "%s\n",
                      behov_check_has_remark(study) ? behov_wording_text(&words)
                                                    : behov_label(study->lang, BEHOV_WORD_CHECK_NOTHING));
        behov_check_say_kinds(study, &words);
        status = behov_wording_status(&words, err);
        if (words.length)
            print_visible(out, "%s\n", behov_wording_text(&words));
    }
    if (!status) {
        status = finding_lines(study, &words, out, err);
    }
    behov_wording_free(&words);
    if (!status && behov_check_stop(study)[0])
        print_visible(out, "\n%s\n", behov_check_stop(study));
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_check_add(context, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_check_table(context, report, err);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 * */

/* The year that a finding is about, and of a jump what it is from and how many times a usual change. */
static void put_change(json_t *object, const behov_study *study, const behov_oddity *finding)
{
    bool is_jump = finding->kind == BEHOV_ODD_JUMP && finding->row >= 0 && finding->other_row >= 0;
    int year = finding->year       ? finding->year
               : finding->row >= 0 ? behov_panel_year(&study->panel, (size_t)finding->row)
                                   : 0;
    json_put(object, "year", year ? json_integer(year) : json_null());
    json_put(object, "previous_year",
             is_jump ? json_integer(behov_panel_year(&study->panel, (size_t)finding->other_row)) : json_null());
    json_put(object, "previous_value", is_jump ? json_figure(finding->low) : json_null());
    json_put(object, "times_usual",
             is_jump && finding->cause == BEHOV_JUMP_AMONG_CHANGES ? json_figure(finding->high) : json_null());
}

static json_t *finding_json(const behov_study *study, const behov_oddity *finding)
{
    json_t *object = json_object();
    char value[100];
    behov_wording sentence = {0};
    unsigned long line = behov_finding_line(study, finding);
    behov_finding_value(study, finding, value);
    behov_finding_sentence(study, finding, study->lang, &sentence);
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
    json_put(object, "message", sentence.has_no_memory ? NULL : json_text(behov_wording_text(&sentence)));
    behov_wording_free(&sentence);
    put_change(object, study, finding);
    json_put(object, "rows", json_count(finding->count));
    json_put(object, "is_allowed", json_boolean(behov_finding_is_allowed(study, finding)));
    return object;
}

behov_status write_check_json(const char *path, const behov_study *study, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
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
    json_put(object, "n_errors", json_count(behov_check_n_errors(study)));
    json_put(object, "n_warnings", json_count(behov_check_count(study, BEHOV_WARNING)));
    json_put(object, "n_mended", json_count(behov_check_count(study, BEHOV_MENDED)));
    json_put(object, "n_information", json_count(behov_check_count(study, BEHOV_INFORMATION)));
    json_put(object, "findings", list);
    return write_json_object(path, object, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_check_json(path, context, err);
}

const output_writers check_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_CHECK, .page = page};
