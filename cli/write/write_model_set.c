/* write_model_set.c - see write_model_set.h. */
#include "write_model_set.h"

#include "json_build.h"
#include <behov/model_set_tables.h>
#include <behov/study_words.h>
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_model_set_add(context, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_model_set_table(context, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_model_set *model_set = context;
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < model_set->n; i++)
        json_add(list, write_json_fit_object(&model_set->fits[i].fit_results));
    json_put(object, "models", list);
    return write_json_object(path, object, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_model_set *model_set = context;
    const behov_study *study = &model_set->fits[0].study;
    behov_section_list list = {0};
    behov_status status = behov_model_set_add(model_set, &list, err);
    for (size_t i = 0; i < list.n && !status; i++)
        write_text_section(&list.sections[i], behov_study_skipped_terms(study), study->lang, out);
    behov_section_list_free(&list);
    return status;
}

const output_writers model_set_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_MODELS};
