/* cmd_check.c - `behov check`: everything that a look at a panel finds, before anything is fitted, and what the fit says
 * of its rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_sentences.h"
#include "empty_cells.h"
#include "study_findings.h"
#include "estimation_options.h"
#include "outputs.h"
#include "study_options.h"
#include "verbs.h"
#include "write_check.h"

static const option_text check_options[] = {
    STUDY_OPTIONS,
    OUTPUT_OPTIONS,
};

/* The fit, if there is one; a panel that cannot be fitted is told in a note and keeps its other findings. */
static int look_at_fit(const command_line *line, behov_study *study)
{
    behov_error err;
    behov_estimation estimation = {0};
    behov_fit_choices choices = {.kind = BEHOV_VCOV_CLASSICAL, .drop_collinear = true};
    behov_status status = behov_estimation_make(study, &choices, &estimation, &err);
    if (status && status != BEHOV_E_MEMORY) {
        if (!is_quiet(line))
            print_note("the model was not fitted, so nothing is said of its rows: %s%s%s", err.where,
                       err.where[0] ? ": " : "", err.what);
        status = BEHOV_OK;
    } else if (!status) {
        status = behov_findings_add_fit(study, estimation.design, estimation.fit, &err);
    }
    behov_estimation_free(&estimation);
    return status ? print_failure(&err) : 0;
}

static int run_check(const command_line *line)
{
    behov_study study = {0};
    behov_error err;
    long long date = 0;
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = study_open_to_check(&study, line, NULL, 0);
    if (!code && (behov_findings_add_model(&study, &err) || behov_empty_cells_add(&study, &err)))
        code = print_failure(&err);
    if (!code && behov_check_n_errors(&study) == 0)
        code = look_at_fit(line, &study);
    if (!code &&
        (option_given(line, "json") ? write_check_json(NULL, &study, &err) : write_check_page(&study, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &study, &check_writers, &study, date);
    if (!code && behov_check_n_errors(&study))
        code = 1;
    behov_study_close(&study);
    return code;
}

const verb verb_check = {
    .name = "check",
    .usage = "[PANEL] [--model FILE | --formula TEXT] [-o FILE]...",
    .summary = "Look at a panel before anything is fitted: what is wrong, mended, or worth a second look.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Every verb looks at its panel in this way: errors stop it. Exit code 1 when there is an error that --allow "
        "does\n"
        "not let through.\n"
        "\n"
        "Examples\n"
        "  behov check panel.csv\n"
        "  behov check panel.csv --json\n"
        "  behov fit panel.csv --allow limit",
    .options = check_options,
    .n_options = sizeof check_options / sizeof *check_options,
    .repeatable = "output",
    .run = run_check,
};
