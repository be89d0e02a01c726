/* cmd_audit.c - `behov audit`: what cannot be right in a printed regression table. */
#include "number_options.h"
#include "outputs.h"
#include "read_audit.h"
#include "read_printed.h"
#include "study_options.h"
#include "verbs.h"
#include "write_audit.h"

static const option_text audit_options[] = {
    {"signs", 's', ARGUMENT(FILE), HELP(AUDIT_SIGNS), ".csv .tsv .txt"},
    {"notes", 'n', ARGUMENT(FILE), HELP(AUDIT_NOTES), ".csv .tsv .txt"},
    {"stars", 0, ARGUMENT(LEVELS), HELP(AUDIT_STARS), "10/5/1 5/1/0.1"},
    {"dof", 0, ARGUMENT(N), HELP(AUDIT_DOF), NULL},
    LANG_OPTION,
    JSON_OPTION,
    QUIET_OPTION,
};

static void print_notes_unused_signs(const behov_audit_results *audit_results)
{
    for (size_t i = 0; i < audit_results->signs.n; i++)
        if (behov_printed_table_find(&audit_results->table, audit_results->signs.signs[i].term) ==
            audit_results->table.n_rows)
            print_note(SAY_AUDIT_NOT_A_TERM, audit_results->signs_file.name, audit_results->signs.signs[i].term,
                       audit_results->table_file.name);
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    behov_audit_results *results = call->state;
    const char *stars = option_value(line, "stars");
    behov_error err;
    results->legend = behov_legend_default();
    if (line->n_operands > 1)
        return wrong_call(line->verb, SAY_AUDIT_ONE_TABLE, line->operands[1]);
    if (!study_language(line, &results->lang) || !number_option(line, "dof", 1, 1e15, &results->dof))
        return 2;
    if (!stars)
        return 0;
    results->legend_from = BEHOV_LEGEND_OF_OPTION;
    if (read_legend(stars, "--stars", &results->legend, &err))
        return wrong_call(line->verb, SAY_AUDIT_STARS_WRONG, behov_error_phrase(&err).text);
    return 0;
}

static int open_files(verb_call *call)
{
    const command_line *line = call->line;
    read_audit_choices choices = {.table = line->n_operands ? line->operands[0] : NULL,
                                  .notes = option_value(line, "notes"),
                                  .signs = option_value(line, "signs")};
    behov_error err;
    return read_audit(&choices, &note_beside, call->state, &err) ? print_failure(&err) : 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    behov_status status = behov_audit_results_compute(call->state, err);
    if (!status)
        print_notes_unused_signs(call->state);
    return status;
}

static int conclude(verb_call *call)
{
    return behov_audit_n_findings(((const behov_audit_results *)call->state)->audit) ? 1 : 0;
}

static void close_state(void *state)
{
    behov_audit_results_free(state);
}

const verb verb_audit = {
    .name = "audit",
    VERB_WORDS(AUDIT),
    VERB_OPTIONS(audit_options),
    .state_size = sizeof(behov_audit_results),
    .read = read_choices,
    .open = open_files,
    .compute = compute,
    .writers = &audit_writers,
    .conclude = conclude,
    .close = close_state,
};
