/* template_outputs.c - see template_outputs.h. */
#include "template_outputs.h"

#include <string.h>

#include "document.h"
#include "outputs.h"
#include <behov/wording.h>
#include "write_panel_template.h"
#include "writers.h"

/* ---- what the user will run --------------------------------------------------------------------------------------- */

/* As a shell takes it for one word. */
static void add_word(behov_wording *call, const char *word)
{
    bool is_plain = word[0] && !strpbrk(word, " \t\n\"'()&|;<>*?$`\\~^!#=");
    const char *mark = is_plain ? "" : strchr(word, '"') ? "'" : "\"";
    behov_wording_print(call, " %s%s%s", mark, word, mark);
}

/* The name of a path, with another ending. */
static void add_file(behov_wording *call, const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    behov_wording file = {0};
    behov_wording_add_bytes(&file, name, (size_t)(strrchr(name, '.') - name));
    behov_wording_add(&file, ending);
    add_word(call, behov_wording_text(&file));
    behov_wording_spend(call, &file);
}

/* `behov fit` of the workbook at `path`, which can be read as it is, with the options that the template had. */
static void say_call(const command_line *line, const char *path, behov_wording *call)
{
    static const char *const passed[] = {"model", "formula", "exclude", "population", "cluster", "weights"};
    behov_wording_add(call, "behov fit");
    add_file(call, path, strrchr(path, '.'));
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++)
        for (size_t j = 0; j < option_count(line, passed[i]); j++) {
            behov_wording_print(call, " --%s", passed[i]);
            add_word(call, option_value_at(line, passed[i], j));
        }
    behov_wording_add(call, " -o");
    add_file(call, path, "-behov.xlsx");
}

/* ---- by kind of file ---------------------------------------------------------------------------------------------- */

static behov_status write_workbook(const template_outputs *outputs, const char *path, behov_error *err)
{
    const behov_panel_template *panel_template = &outputs->panel_template;
    const behov_study *study = panel_template->study;
    behov_section_list list = {0};
    behov_wording call = {0};
    say_call(outputs->line, path, &call);
    behov_status status = behov_wording_status(&call, err);
    if (!status)
        status = panel_template_add(panel_template, behov_wording_text(&call), &list, err);
    behov_document_properties properties = {.title = behov_label(study->lang, BEHOV_WORD_TITLE_TEMPLATE),
                                            .subject = study->model.title ? study->model.title
                                                                          : behov_formula_outcome_name(study->formula),
                                            .created = outputs->date};
    if (!status)
        status = document_write(path, list.sections, list.n, &properties, study->lang, err);
    behov_section_list_free(&list);
    behov_wording_free(&call);
    return status;
}

static behov_status file(const void *context, const char *path, behov_error *err)
{
    const template_outputs *outputs = context;
    return outputs_is_workbook(path) ? write_workbook(outputs, path, err)
                                     : write_template_csv(path, &outputs->panel_template, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_template_json(path, &((const template_outputs *)context)->panel_template, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const template_outputs *outputs = context;
    behov_wording call = {0};
    if (option_given(outputs->line, "output"))
        return BEHOV_OK;
    say_call(outputs->line, "panel.xlsx", &call);
    behov_status status = behov_wording_status(&call, err);
    if (!status)
        status = write_template_page(&outputs->panel_template, behov_wording_text(&call), out, err);
    behov_wording_free(&call);
    return status;
}

const output_writers template_writers = {
    .file = file, .file_holds = HOLDS_SHEETS | HOLDS_ROWS, .json = json, .page = page};
