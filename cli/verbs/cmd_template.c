/* cmd_template.c - `behov template`: what a user has to fill for a model, as a table, a workbook or a text file. */
#include "estimation_options.h"
#include "outputs.h"
#include "read_municipality_list.h"
#include "system.h"
#include "template_outputs.h"
#include "verbs.h"

static const option_text template_options[] = {
    MODEL_OPTION,
    FORMULA_OPTION,
    {"exclude", 'x', ARGUMENT(EXPR), HELP(TEMPLATE_EXCLUDE), NULL},
    POPULATION_OPTION,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(TEMPLATE_CLUSTER), NULL},
    {"weights", 'w', ARGUMENT(COLUMN), HELP(TEMPLATE_WEIGHTS), NULL},
    {"municipalities", 0, ARGUMENT(FILE), HELP(TEMPLATE_MUNICIPALITIES), ".csv .tsv .txt"},
    {"years", 0, ARGUMENT(YEARS), HELP(TEMPLATE_YEARS), NULL},
    LANG_OPTION,
    FILES_OPTION,
    {"json", 'j', NO_ARGUMENT, HELP(TEMPLATE_JSON), NULL},
    {"date", 0, ARGUMENT(DATE), HELP(OPTION_DATE_WORKBOOK), NULL},
    QUIET_OPTION,
};

/* A file of that name is most likely the template of last time, filled in since: days of work that no run can make
 * again, so it is never replaced. */
static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    if (line->n_operands)
        return wrong_call(line->verb, SAY_TEMPLATE_OF_MODEL_ALONE, line->operands[0]);
    if (option_given(line, "years") && !option_given(line, "municipalities"))
        return wrong_call(line->verb, SAY_TEMPLATE_YEARS_OF_WHOM, option_value(line, "years"));
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (system_is_regular_file(option_value_at(line, "output", i)))
            return wrong_call(line->verb, SAY_TEMPLATE_IS_THERE, option_value_at(line, "output", i));
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    template_outputs *outputs = call->state;
    behov_panel_template *out = &outputs->panel_template;
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
    outputs->line = line;
    outputs->date = call->date;
    return status;
}

static void close_state(void *state)
{
    behov_panel_template_free(&((template_outputs *)state)->panel_template);
}

const verb verb_template = {
    .name = "template",
    VERB_WORDS(TEMPLATE),
    VERB_OPTIONS(template_options),
    .repeatable = "output cluster",
    .needs = NEEDS_MODEL,
    .state_size = sizeof(template_outputs),
    .read = read_choices,
    .compute = compute,
    .writers = &template_writers,
    .close = close_state,
};
