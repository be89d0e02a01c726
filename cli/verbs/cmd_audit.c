/* cmd_audit.c - `behov audit`: what cannot be right in a printed regression table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "fitting_options.h"
#include "study_options.h"
#include "verbs.h"
#include "write_audit.h"

static const option_text audit_options[] = {
    {"signs", 's', "FILE",
     "signs of another table, columns term and sign; without it expected_signs.csv\nbeside the table when it is there; "
     "'' = none"},
    {"notes", 'n', "FILE",
     "notes of the table, columns key and value: observations, years, stars; without it\nTABLE_notes.csv beside the "
     "table when it is there; '' = none"},
    {"stars", 0, "LEVELS",
     "per cent for *, **, ***: 10/5/1, or the legend itself; without it that of the notes, else 10/5/1"},
    {"dof", 0, "N", "degrees of freedom of t; without it any number is allowed"},
    {"lang", 'l', "nb|en", "language of the output: nb (bokmål, the default) or en"},
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

static const char bundled[] = "proba-2017-08/regression.csv";

static void file_free(audit_file *of)
{
    free(of->path);
    free(of->name);
}

static void results_free(audit_results *of)
{
    behov_audit_free(of->audit);
    printed_signs_free(&of->signs);
    printed_notes_free(&of->notes);
    printed_table_free(&of->table);
    file_free(&of->signs_file);
    file_free(&of->notes_file);
    file_free(&of->table_file);
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the audit");
}

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    return made ? strcpy(made, text) : NULL;
}

static behov_status set_file(audit_file *file, const char *path, const char *name, behov_error *err)
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
    char *made = malloc(folder + stem + strlen(ending) + 1);
    if (made) {
        memcpy(made, path, folder + stem);
        strcpy(made + folder + stem, ending);
    }
    return made;
}

static size_t stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* The file that an option names, or the one that lies beside the table; none for an empty option, or when it is not
 * there. */
static behov_status choose_file(const audit_results *of, const char *option, size_t stem, const char *ending,
                                audit_file *file, behov_error *err)
{
    if (option)
        return option[0] ? set_file(file, option, option, err) : BEHOV_OK;
    if (strcmp(of->table_file.path, "-") == 0)
        return BEHOV_OK;
    char *path = beside(of->table_file.path, stem, ending), *name = beside(of->table_file.name, stem, ending);
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
    *file = (audit_file){path, name};
    return BEHOV_OK;
}

static behov_status read_files(audit_results *of, const command_line *line, behov_error *err)
{
    const char *table = line->n_operands ? line->operands[0] : NULL;
    char *path = NULL;
    behov_status status = table ? BEHOV_OK : datasets_path(bundled, &path, err);
    if (!status)
        status = set_file(&of->table_file, table ? table : path, table ? table : bundled, err);
    free(path);
    if (!status)
        status = read_printed_table(of->table_file.path, &of->table, err);
    if (!status)
        status = choose_file(of, option_value(line, "notes"), stem_of(of->table_file.path), "_notes.csv",
                             &of->notes_file, err);
    if (!status && of->notes_file.path)
        status = read_printed_notes(of->notes_file.path, &of->notes, err);
    if (!status)
        status = choose_file(of, option_value(line, "signs"), 0, "expected_signs.csv", &of->signs_file, err);
    if (!status && of->signs_file.path)
        status = read_printed_signs(of->signs_file.path, &of->signs, err);
    return status;
}

static behov_status compute(audit_results *of, behov_error *err)
{
    behov_audit_row *rows = calloc(of->table.n_rows, sizeof *rows);
    if (!rows)
        return out_of_memory(err);
    for (size_t i = 0; i < of->table.n_rows; i++)
        rows[i] = (behov_audit_row){of->table.rows[i].coefficient, of->table.rows[i].standard_error,
                                    of->table.rows[i].n_stars, 0};
    for (size_t i = 0; i < of->signs.n; i++) {
        size_t row = printed_table_find(&of->table, of->signs.signs[i].term);
        if (row == of->table.n_rows)
            continue;
        rows[row].expected_sign = of->signs.signs[i].sign;
        of->n_signs_used++;
    }
    behov_status status = behov_audit_new(rows, of->table.n_rows,
                                          &(behov_audit_options){.legend = of->legend,
                                                                 .dof_low = of->dof,
                                                                 .dof_high = of->dof,
                                                                 .n_observations = of->notes.n_observations,
                                                                 .n_years = of->notes.n_years},
                                          &of->audit, err);
    free(rows);
    return status;
}

static void tell_unused_signs(const audit_results *of)
{
    for (size_t i = 0; i < of->signs.n; i++)
        if (printed_table_find(&of->table, of->signs.signs[i].term) == of->table.n_rows)
            note("%s: %s is no term of %s", of->signs_file.name, of->signs.signs[i].term, of->table_file.name);
}

static int run_audit(const command_line *line)
{
    audit_results of = {.legend = behov_legend_default()};
    behov_error err;
    const char *stars = option_value(line, "stars");
    int code =
        line->n_operands > 1 ? wrong_call(line->of, "one table at a time: %s is one too many", line->operands[1]) : 0;
    if (!code && (!study_language(line, &of.lang) || !number_option(line, "dof", 1, 1e15, &of.dof)))
        code = 2;
    if (!code && stars) {
        of.legend_from = LEGEND_OF_OPTION;
        if (read_legend(stars, "--stars", &of.legend, &err))
            code = wrong_call(line->of, "--stars: %s", err.what);
    }
    if (!code && read_files(&of, line, &err))
        code = fail_with(&err);
    if (!code && of.notes.has_legend && !stars) {
        of.legend = of.notes.legend;
        of.legend_from = LEGEND_OF_NOTES;
    }
    if (!code && compute(&of, &err))
        code = fail_with(&err);
    if (!code) {
        if (!option_given(line, "quiet"))
            tell_unused_signs(&of);
        if (!option_given(line, "json"))
            write_text_audit(&of, stdout);
        else if (write_json_audit(&of, &err))
            code = fail_with(&err);
        if (!code && behov_audit_n_findings(of.audit))
            code = 1;
    }
    results_free(&of);
    return code;
}

const verb verb_audit = {
    .name = "audit",
    .usage = "[TABLE] [--signs FILE] [--notes FILE] [--stars LEVELS] [--dof N]",
    .summary = "Find what cannot be right in a printed regression table, without its data.",
    .details =
        "TABLE is delimited text with the columns term, coefficient, standard_error and stars, the digits as printed;\n"
        "stars may also stand behind the coefficients (0.276***). Without it the table of the report is audited.\n"
        "Stars are a finding only when no unrounded figures could give them. Exit code 0: nothing was found;\n"
        "1: something was.\n"
        "\n"
        "Examples\n"
        "  behov audit                                  the printed table of the report\n"
        "  behov audit table.csv --stars 5/1/0.1 --dof 427 --lang en\n"
        "  behov audit table.csv --signs other_table.csv --json",
    .options = audit_options,
    .n_options = sizeof audit_options / sizeof *audit_options,
    .repeatable = "output",
    .run = run_audit,
};
