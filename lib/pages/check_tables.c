/* check_tables.c - see check_tables.h. */
#include <behov/check_tables.h>

#include <math.h>
#include <stdio.h>

#include <behov/check_sentences.h>
#include <behov/findings.h>
#include <behov/study_findings.h>
#include <behov/labels.h>
#include "table_columns.h"

enum { SEVERITY, KIND, LINE, COLUMN, CODE, VALUE, MESSAGE, N_COLUMNS };

static const behov_oddity *finding_at(const void *context, size_t row)
{
    size_t n;
    return &behov_plausibility_findings(((const behov_study *)context)->plausibility, &n)[row];
}

static double line_figure(const void *context, size_t row)
{
    unsigned long line = behov_finding_line(context, finding_at(context, row));
    return line ? (double)line : NAN;
}

static const char *column_text(const void *context, size_t row)
{
    ptrdiff_t column = finding_at(context, row)->column;
    return column < 0 ? NULL : behov_table_name(((const behov_study *)context)->table, (size_t)column);
}

static const char *code_text(const void *context, size_t row)
{
    return behov_finding_code(context, finding_at(context, row));
}

/* What has to be put together for a row. */
static behov_status fill_row(const behov_study *study, size_t row, bool is_shown, behov_wording *words,
                             behov_report *report, behov_error *err)
{
    char value[100];
    const behov_oddity *finding = finding_at(study, row);
    behov_wording_clear(words);
    behov_check_add_grade(study, finding, words);
    behov_status status = behov_wording_status(words, err);
    if (!status)
        status = behov_report_set_text(report, SEVERITY, row, behov_wording_text(words), err);
    behov_wording_clear(words);
    behov_wording_add(words, behov_check_kind(study, finding));
    behov_check_add_allowed_name(finding, words);
    if (!status && !(status = behov_wording_status(words, err)))
        status = behov_report_set_text(report, KIND, row, behov_wording_text(words), err);
    if (is_shown)
        behov_finding_value_shown(study, finding, study->lang, value);
    else
        behov_finding_value(study, finding, value);
    if (!status)
        status = behov_report_set_text(report, VALUE, row, value, err);
    behov_finding_sentence(study, finding, study->lang, words);
    status = status ? status : behov_wording_status(words, err);
    return status ? status : behov_report_set_text(report, MESSAGE, row, behov_wording_text(words), err);
}

/* \param is_shown  to readers: figures have the language's decimal mark */
static behov_status make_table(const behov_study *study, bool is_shown, behov_report **out, behov_error *err)
{
    const behov_table_column columns[N_COLUMNS] = {
        [SEVERITY] = {{"severity", behov_label(study->lang, BEHOV_WORD_FINDING_COLUMN_SEVERITY), BEHOV_Q_TEXT},
                      NULL,
                      NULL},
        [KIND] = {{"kind", behov_label(study->lang, BEHOV_WORD_FINDING_COLUMN_KIND), BEHOV_Q_TEXT}, NULL, NULL},
        [LINE] = {{"line",
                   behov_label(study->lang, behov_table_counts_rows(study->table) ? BEHOV_WORD_FINDING_COLUMN_ROW
                                                                                  : BEHOV_WORD_FINDING_COLUMN_LINE),
                   BEHOV_Q_YEAR},
                  .figure = line_figure},
        [COLUMN] = {{"column", behov_label(study->lang, BEHOV_WORD_COLUMN), BEHOV_Q_TEXT}, .text = column_text},
        [CODE] = {{"municipality_code", NULL, BEHOV_Q_CODE}, .text = code_text},
        [VALUE] = {{"value", behov_label(study->lang, BEHOV_WORD_FINDING_COLUMN_VALUE), BEHOV_Q_TEXT}, NULL, NULL},
        [MESSAGE] = {{"message", behov_label(study->lang, BEHOV_WORD_FINDING_COLUMN_MESSAGE), BEHOV_Q_TEXT},
                     NULL,
                     NULL},
    };
    size_t n;
    behov_plausibility_findings(study->plausibility, &n);
    behov_report *report = NULL;
    behov_wording words = {0};
    behov_status status = behov_table_columns_new("findings", n, columns, N_COLUMNS, study, &report, err);
    for (size_t row = 0; row < n && !status; row++)
        status = fill_row(study, row, is_shown, &words, report, err);
    behov_wording_free(&words);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_check_table(const behov_study *study, behov_report **out, behov_error *err)
{
    return make_table(study, false, out, err);
}

behov_status behov_check_add(const behov_study *study, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording counts = {0};
    behov_status status = make_table(study, true, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(study->lang, BEHOV_WORD_SHEET_CHECK),
                                                        .title = behov_label(study->lang, BEHOV_WORD_TITLE_CHECK),
                                                        .subtitle = behov_label(study->lang, BEHOV_WORD_SUBTITLE_CHECK),
                                                        .table_name = behov_label(study->lang, BEHOV_WORD_SHEET_CHECK),
                                                        .landscape = true},
                                        table, err);
    behov_check_say_counts(study, &counts);
    if (!status && !behov_check_has_remark(study))
        status = behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_CHECK_NOTHING), err);
    else if (!status)
        status = behov_section_list_say(list, "", &counts, err);
    behov_check_say_kinds(study, &counts);
    if (!status && counts.length)
        status = behov_section_list_say(list, "", &counts, err);
    behov_wording_free(&counts);
    if (!status)
        status = behov_section_list_note(list, behov_check_stop(study), err);
    return !status && study->is_simulated
               ? behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
