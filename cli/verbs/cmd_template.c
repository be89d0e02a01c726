/* cmd_template.c - `behov template`: what a user has to fill for a model, as a table, a workbook or a text file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "estimation_options.h"
#include "labels.h"
#include "outputs.h"
#include "study_options.h"
#include "messages.h"
#include "panel_template.h"
#include "read_municipality_list.h"
#include "system.h"
#include "verbs.h"
#include "visible.h"
#include "write_panel_template.h"
#include "writers.h"
#include "wording.h"

static const option_text template_options[] = {
    {"model", 'm', ARGUMENT(FILE), HELP(OPTION_MODEL), ".ini"},
    {"formula", 'f', ARGUMENT(TEXT), HELP(OPTION_FORMULA), NULL},
    {"exclude", 'x', ARGUMENT(EXPR), HELP(TEMPLATE_EXCLUDE), NULL},
    {"population", 0, ARGUMENT(COLUMN), HELP(OPTION_POPULATION), NULL},
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(TEMPLATE_CLUSTER), NULL},
    {"weights", 'w', ARGUMENT(COLUMN), HELP(TEMPLATE_WEIGHTS), NULL},
    {"municipalities", 0, ARGUMENT(FILE), HELP(TEMPLATE_MUNICIPALITIES), ".csv .tsv .txt"},
    {"years", 0, ARGUMENT(YEARS), HELP(TEMPLATE_YEARS), NULL},
    {"lang", 'l', ARGUMENT(NB_OR_EN), HELP(OPTION_LANG), "nb en"},
    {"output", 'o', ARGUMENT(FILE), HELP(OPTION_OUTPUT), NULL},
    {"json", 'j', NO_ARGUMENT, HELP(TEMPLATE_JSON), NULL},
    {"date", 0, ARGUMENT(DATE), HELP(OPTION_DATE_WORKBOOK), NULL},
    {"quiet", 'q', NO_ARGUMENT, HELP(OPTION_QUIET), NULL},
};

/* A file of that name is most likely the template of last time, filled in since: days of work that no run can make
 * again, so it is never replaced. */
static bool is_there(const char *path)
{
    return system_is_regular_file(path);
}

static int check_outputs(const command_line *line)
{
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (is_there(option_value_at(line, "output", i)))
            return wrong_call(line->verb, SAY_TEMPLATE_IS_THERE, option_value_at(line, "output", i));
    return 0;
}

/* ---- what the user will run ----------------------------------------------------------------------------------------
 */

static void append_word(behov_wording *call, const char *word)
{
    bool is_plain = word[0] && !strpbrk(word, " \t\n\"'()&|;<>*?$`\\~^!#=");
    const char *mark = is_plain ? "" : strchr(word, '"') ? "'" : "\"";
    behov_wording_print(call, " %s%s%s", mark, word, mark);
}

/* The name of the workbook with another ending. */
static void append_file(behov_wording *call, const char *name, const char *ending)
{
    behov_wording file = {0};
    behov_wording_add_bytes(&file, name, (size_t)(strrchr(name, '.') - name));
    behov_wording_add(&file, ending);
    append_word(call, behov_wording_text(&file));
    behov_wording_spend(call, &file);
}

/* `behov fit` of the text file that is saved from the workbook at `path`, with the options that the template had. */
static behov_status call_of(const command_line *line, const char *path, behov_wording *call, behov_error *err)
{
    static const char *const passed[] = {"model", "formula", "exclude", "population", "cluster", "weights"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    behov_wording_add(call, "behov fit");
    append_file(call, name, ".csv");
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++)
        for (size_t j = 0; j < option_count(line, passed[i]); j++) {
            behov_wording_print(call, " --%s", passed[i]);
            append_word(call, option_value_at(line, passed[i], j));
        }
    append_word(call, "-o");
    append_file(call, name, "-behov.xlsx");
    return behov_wording_status(call, err);
}

static behov_status write_workbook(const command_line *line, const char *path,
                                   const behov_panel_template *panel_template, long long date, behov_error *err)
{
    behov_section_list list = {0};
    behov_wording call = {0};
    behov_status status = call_of(line, path, &call, err);
    if (!status)
        status = panel_template_add(panel_template, behov_wording_text(&call), &list, err);
    behov_wording_free(&call);
    behov_document_properties properties = {
        .title = behov_label(panel_template->study->lang, BEHOV_WORD_TITLE_TEMPLATE),
        .subject = panel_template->study->model.title ? panel_template->study->model.title
                                                      : behov_formula_outcome_name(panel_template->study->formula),
        .created = date};
    if (!status)
        status = document_write(path, list.sections, list.n, &properties, panel_template->study->lang, err);
    behov_section_list_free(&list);
    return status;
}

static behov_status write_file(const void *context, const char *path, behov_error *err)
{
    const verb_call *call = context;
    const behov_panel_template *panel_template = call->state;
    return outputs_is_workbook(path) ? write_workbook(call->line, path, panel_template, call->date, err)
                                     : write_template_csv(path, panel_template, err);
}

static behov_status json(const verb_call *call, behov_error *err)
{
    return write_template_json(NULL, call->state, err);
}

static const output_writers writers = {.file = write_file, .file_holds = HOLDS_SHEETS | HOLDS_ROWS};

/* ---- the verb ------------------------------------------------------------------------------------------------------
 */

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    if (line->n_operands)
        return wrong_call(line->verb, SAY_TEMPLATE_OF_MODEL_ALONE, line->operands[0]);
    if (option_given(line, "years") && !option_given(line, "municipalities"))
        return wrong_call(line->verb, SAY_TEMPLATE_YEARS_OF_WHOM, option_value(line, "years"));
    return check_outputs(line);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    behov_panel_template *out = call->state;
    const char *list = option_value(line, "municipalities"), *years = option_value(line, "years");
    behov_status status =
        behov_panel_template_columns(&call->study, &call->clusters, option_value(line, "population"), out, err);
    if (!status && years)
        status = behov_panel_template_years(out, years, err);
    behov_table *table = NULL;
    if (!status && list)
        status = read_municipality_list(list, &note_beside, &table, err);
    if (!status && list)
        status = behov_panel_template_list(out, table, &note_beside, err);
    if (!status && !call->study.is_bundled_model && !behov_panel_template_has_reference_year(out))
        print_note(SAY_TEMPLATE_REFERENCE_YEAR_LACKS, out->columns[BEHOV_TEMPLATE_YEAR].reference);
    call->context = call;
    return status;
}

/* With -o the files alone. */
static behov_status page(const verb_call *call, behov_error *err)
{
    behov_wording command = {0};
    if (option_given(call->line, "output"))
        return BEHOV_OK;
    behov_status status = call_of(call->line, "panel.xlsx", &command, err);
    if (!status)
        status = write_template_page(call->state, behov_wording_text(&command), stdout, err);
    behov_wording_free(&command);
    return status;
}

static void close_state(void *state)
{
    behov_panel_template_free(state);
}

const verb verb_template = {
    .name = "template",
    VERB_WORDS(TEMPLATE),
    VERB_OPTIONS(template_options),
    .repeatable = "output cluster",
    .needs = NEEDS_MODEL,
    .state_size = sizeof(behov_panel_template),
    .read = read_choices,
    .compute = compute,
    .page = page,
    .json = json,
    .writers = &writers,
    .close = close_state,
};
