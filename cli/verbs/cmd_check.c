/* cmd_check.c - `behov check`: everything that a look at a panel finds, before anything is fitted, and what the fit says
 * of its rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "empty_cells.h"
#include "findings.h"
#include "fitting_options.h"
#include "outputs.h"
#include "study_options.h"
#include "verbs.h"
#include "write_check.h"

static const option_text check_options[] = {
    STUDY_OPTIONS,
    OUTPUT_OPTIONS,
};

/* The fit, if there is one; a panel that cannot be fitted is told in a note and keeps its other findings. */
static int look_at_fit(const command_line *line, behov_study *of)
{
    behov_error err;
    fitting made = {0};
    fit_choices choices = {.kind = BEHOV_VCOV_CLASSICAL, .drop_collinear = true};
    behov_status status = fitting_make(of, &choices, &made, &err);
    if (status && status != BEHOV_E_MEMORY) {
        if (!is_quiet(line))
            note("the model was not fitted, so nothing is said of its rows: %s%s%s", err.where, err.where[0] ? ": " : "",
                 err.what);
        status = BEHOV_OK;
    } else if (!status) {
        status = findings_add_fit(of, made.design, made.fit, &err);
    }
    fitting_free(&made);
    return status ? fail_with(&err) : 0;
}

static int run_check(const command_line *line)
{
    behov_study of = {0};
    behov_error err;
    long long date = 0;
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code = study_open_to_check(&of, line, NULL, 0);
    if (!code && (findings_add_model(&of, &err) || empty_cells_add(&of, &err)))
        code = fail_with(&err);
    if (!code && check_n_errors(&of) == 0)
        code = look_at_fit(line, &of);
    if (!code && (option_given(line, "json") ? write_check_json(NULL, &of, &err) : write_check_page(&of, stdout, &err)))
        code = fail_with(&err);
    if (!code)
        code = outputs_write(line, &of, &check_writers, &of, date);
    if (!code && check_n_errors(&of))
        code = 1;
    study_close(&of);
    return code;
}

const verb verb_check = {
    .name = "check",
    .usage = "[PANEL] [--model FILE | --formula TEXT] [-o FILE]...",
    .summary = "Look at a panel before anything is fitted: what is wrong, mended, or worth a second look.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Every verb looks at its panel in this way: errors stop it. Exit code 1 when there is an error that --allow does\n"
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
