/* write_specification.c - see write_specification.h. */
#include "write_specification.h"

#include <string.h>

#include "json_build.h"
#include <behov/labels.h>
#include <behov/specification_sentences.h>
#include <behov/specification_tables.h>
#include <behov/study_words.h>
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    behov_status status = is_workbook ? behov_specification_add_summary(context, list, err) : BEHOV_OK;
    return status ? status : behov_specification_add(context, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_specification_summary(context, report, err);
}

/* A section on the page: its title, its sentence, its table, its notes. */
static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_specification *specification = context;
    const behov_study *study = specification->fit_results->study;
    behov_section_list list = {0};
    behov_status status = behov_specification_add(specification, &list, err);
    if (!status)
        status = write_text_estimation_head(specification->fit_results, out, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        fputc('\n', out);
        write_text_section(&list.sections[i], behov_study_skipped_terms(study), study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

/* {"rows": [...], "notes": [...]} of each table, under its key; "sentence" where it has one. */
static json_t *table_json(const behov_section *section)
{
    json_t *object = json_object(), *notes = json_array();
    json_put(object, "title", json_text(section->title));
    json_put(object, "sentence", json_text(section->subtitle));
    json_put(object, "rows", write_json_rows(section->table));
    for (size_t i = 0; i < section->n_notes; i++)
        json_add(notes, json_text(section->notes[i]));
    json_put(object, "notes", notes);
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_specification *specification = context;
    const behov_fit_results *fit_results = specification->fit_results;
    behov_section_list list = {0};
    behov_status status = behov_specification_add(specification, &list, err);
    if (!status) {
        json_t *object = json_object(), *checks = json_object();
        write_json_common(object, fit_results);
        json_put(object, "n_estimated", json_count(behov_fit_n_rows(fit_results->fit)));
        json_put(object, "se_kind", json_text(specification->n_clusters ? "cv1" : "classical"));
        json_put(object, "cluster", json_text(specification->n_clusters ? specification->cluster : NULL));
        json_put(object, "n_clusters", json_count(specification->n_clusters));
        for (size_t i = 0; i < list.n; i++)
            json_put(checks, behov_report_key(list.sections[i].table), table_json(&list.sections[i]));
        json_put(object, "checks", checks);
        status = write_json_object(path, object, err);
    }
    behov_section_list_free(&list);
    return status;
}

const output_writers specification_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_SPECIFICATION_WORKBOOK};
