/* write_report_tables.c - see write_report_tables.h. */
#include "write_report_tables.h"

#include "json_build.h"
#include <behov/labels.h>
#include <behov/result_tables.h>
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_report_tables_add(context, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const behov_report_tables *report_tables = context;
    int kind = 0;
    while (!report_tables->is_wanted[kind])
        kind++;
    return behov_report_tables_make(report_tables, (behov_report_table)kind, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_report_tables *report_tables = context;
    json_t *object = json_object(), *list = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    if (report_tables->fit_results) {
        write_json_common(object, report_tables->fit_results);
        json_put(object, "se_kind",
                 json_text(behov_vcov_kind_name(behov_vcov_kind_of(report_tables->fit_results->vcov))));
        write_json_clusters(object, report_tables->fit_results);
        json_put(object, "star_levels", write_json_star_levels(report_tables->fit_results));
    } else {
        json_put(object, "data", json_text(report_tables->ratios->printed_path));
    }
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_REPORT_TABLES && !status; kind++) {
        behov_report *report = NULL;
        if (!report_tables->is_wanted[kind])
            continue;
        status = kind == BEHOV_TABLE_REGRESSION ? behov_fit_results_regression(report_tables->fit_results, &report, err)
                 : kind == BEHOV_TABLE_SIGNS
                     ? behov_fit_results_signs(report_tables->fit_results, true, &report, err)
                     : behov_report_tables_make(report_tables, (behov_report_table)kind, &report, err);
        if (!status)
            json_put(list, behov_report_table_name((behov_report_table)kind), write_json_rows(report));
        behov_report_free(report);
    }
    json_put(object, "tables", list);
    if (status) {
        json_decref(object);
        return status;
    }
    return write_json_object(path, object, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_report_tables *report_tables = context;
    behov_section_list list = {0};
    behov_status status = behov_report_tables_add(report_tables, &list, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", out);
        write_text_section(&list.sections[i], NULL, report_tables->study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

const output_writers report_tables_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_TABLES};
