/* cmd_audit.c - `behov audit`: what cannot be right in a printed regression table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "estimation_options.h"
#include "messages.h"
#include "read_printed.h"
#include "study_options.h"
#include "verbs.h"
#include "write_audit.h"

static const option_text audit_options[] = {
    {"signs", 's', ARGUMENT(FILE), HELP(AUDIT_SIGNS), ".csv .tsv .txt"},
    {"notes", 'n', ARGUMENT(FILE), HELP(AUDIT_NOTES), ".csv .tsv .txt"},
    {"stars", 0, ARGUMENT(LEVELS), HELP(AUDIT_STARS), "10/5/1 5/1/0.1"},
    {"dof", 0, ARGUMENT(N), HELP(AUDIT_DOF), NULL},
    {"lang", 'l', ARGUMENT(NB_OR_EN), HELP(OPTION_LANG), "nb en"},
    {"json", 'j', NO_ARGUMENT, HELP(OPTION_JSON), NULL},
    {"quiet", 'q', NO_ARGUMENT, HELP(OPTION_QUIET), NULL},
};

static const char bundled[] = "proba-2017-08/regression.csv";

static void file_free(behov_audit_file *audit_file)
{
    free(audit_file->path);
    free(audit_file->name);
}

static void close_state(void *state)
{
    behov_audit_results *audit_results = state;
    behov_audit_free(audit_results->audit);
    behov_printed_signs_free(&audit_results->signs);
    behov_printed_notes_free(&audit_results->notes);
    behov_printed_table_free(&audit_results->table);
    file_free(&audit_results->signs_file);
    file_free(&audit_results->notes_file);
    file_free(&audit_results->table_file);
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_AUDIT_NO_MEMORY);
}

static char *copy(const char *text)
{
    char *built = malloc(strlen(text) + 1);
    return built ? strcpy(built, text) : NULL;
}

static behov_status set_file(behov_audit_file *file, const char *path, const char *name, behov_error *err)
{
    file->path = copy(path);
    file->name = copy(name);
    return file->path && file->name ? BEHOV_OK : out_of_memory(err);
}

/* The file of another name in the folder of `path`: `stem` bytes of its own name, then `ending`. */
static char *beside(const char *path, size_t stem, const char *ending)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    char *copy = malloc(folder + stem + strlen(ending) + 1);
    if (copy) {
        memcpy(copy, path, folder + stem);
        strcpy(copy + folder + stem, ending);
    }
    return copy;
}

static size_t stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* The file that an option names, or the one that lies beside the table; none for an empty option, or when it is not
 * there. */
static behov_status choose_file(const behov_audit_results *audit_results, const char *option, size_t stem,
                                const char *ending, behov_audit_file *file, behov_error *err)
{
    if (option)
        return option[0] ? set_file(file, option, option, err) : BEHOV_OK;
    if (strcmp(audit_results->table_file.path, "-") == 0)
        return BEHOV_OK;
    char *path = beside(audit_results->table_file.path, stem, ending),
         *name = beside(audit_results->table_file.name, stem, ending);
    if (!path || !name) {
        free(path);
        free(name);
        return out_of_memory(err);
    }
    if (!datasets_path_is_there(path)) {
        free(path);
        free(name);
        return BEHOV_OK;
    }
    *file = (behov_audit_file){path, name};
    return BEHOV_OK;
}

static behov_status read_files(behov_audit_results *audit_results, const command_line *line, behov_error *err)
{
    const char *table = line->n_operands ? line->operands[0] : NULL;
    char *path = NULL;
    behov_status status = table ? BEHOV_OK : datasets_path(bundled, &path, err);
    if (!status)
        status = set_file(&audit_results->table_file, table ? table : path, table ? table : bundled, err);
    free(path);
    if (!status)
        status = read_printed_table(audit_results->table_file.path, &note_beside, &audit_results->table, err);
    if (!status)
        status = choose_file(audit_results, option_value(line, "notes"), stem_of(audit_results->table_file.path),
                             "_notes.csv", &audit_results->notes_file, err);
    if (!status && audit_results->notes_file.path)
        status = read_printed_notes(audit_results->notes_file.path, &note_beside, &audit_results->notes, err);
    if (!status)
        status = choose_file(audit_results, option_value(line, "signs"), 0, "expected_signs.csv",
                             &audit_results->signs_file, err);
    if (!status && audit_results->signs_file.path)
        status = read_printed_signs(audit_results->signs_file.path, &note_beside, &audit_results->signs, err);
    return status;
}

static behov_status audit(behov_audit_results *audit_results, behov_error *err)
{
    behov_audit_row *rows = calloc(audit_results->table.n_rows, sizeof *rows);
    if (!rows)
        return out_of_memory(err);
    for (size_t i = 0; i < audit_results->table.n_rows; i++)
        rows[i] =
            (behov_audit_row){audit_results->table.rows[i].coefficient, audit_results->table.rows[i].standard_error,
                              audit_results->table.rows[i].n_stars, 0};
    for (size_t i = 0; i < audit_results->signs.n; i++) {
        size_t row = behov_printed_table_find(&audit_results->table, audit_results->signs.signs[i].term);
        if (row == audit_results->table.n_rows)
            continue;
        rows[row].expected_sign = audit_results->signs.signs[i].sign;
        audit_results->n_signs_used++;
    }
    behov_status status = behov_audit_new(rows, audit_results->table.n_rows,
                                          &(behov_audit_options){.legend = audit_results->legend,
                                                                 .dof_low = audit_results->dof,
                                                                 .dof_high = audit_results->dof,
                                                                 .n_observations = audit_results->notes.n_observations,
                                                                 .n_years = audit_results->notes.n_years},
                                          &audit_results->audit, err);
    free(rows);
    return status;
}

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
    behov_error err;
    return read_files(call->state, call->line, &err) ? print_failure(&err) : 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    behov_audit_results *results = call->state;
    if (results->notes.has_legend && results->legend_from != BEHOV_LEGEND_OF_OPTION) {
        results->legend = results->notes.legend;
        results->legend_from = BEHOV_LEGEND_OF_NOTES;
    }
    behov_status status = audit(results, err);
    if (!status)
        print_notes_unused_signs(results);
    return status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    return write_text_audit(call->state, stdout, err);
}

static behov_status json(const verb_call *call, behov_error *err)
{
    return write_json_audit(call->state, err);
}

static int conclude(verb_call *call)
{
    return behov_audit_n_findings(((const behov_audit_results *)call->state)->audit) ? 1 : 0;
}

const verb verb_audit = {
    .name = "audit",
    VERB_WORDS(AUDIT),
    VERB_OPTIONS(audit_options),
    .state_size = sizeof(behov_audit_results),
    .read = read_choices,
    .open = open_files,
    .compute = compute,
    .page = page,
    .json = json,
    .conclude = conclude,
    .close = close_state,
};
