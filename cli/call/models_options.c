/* models_options.c - one call with several --model or --formula. Each is read and fitted on its own, for each may leave
 * out other rows; what they share is the panel and the options. */
#include "models_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fitting_options.h"
#include "messages.h"

enum { LONGEST_TITLE = 40 };

/* --model and --formula together are refused elsewhere: a formula in place of the model's, or beside it? */
size_t models_count(const command_line *line)
{
    size_t n_models = option_count(line, "model"), n_formulas = option_count(line, "formula");
    return n_models && n_formulas ? 1 : n_models + n_formulas;
}

static int fit_one(const command_line *line, const fit_choices *choices, size_t at, model_fit *out)
{
    behov_error err;
    const char *cluster = option_value(line, "cluster");
    int code = study_open(&out->of, line, &cluster, cluster && cluster[0] ? 1 : 0, NULL);
    if (code)
        return code;
    out->choices = *choices;
    out->choices.cluster = cluster ? (cluster[0] ? cluster : NULL) : out->of.model.cluster;
    out->choices.kind = fitting_kind(line, out->choices.cluster, &code);
    if (!code && fitting_results(&out->of, &out->choices, &out->made, &out->computed, &err))
        code = fail_with(&err);
    const char *title = out->of.model.title;
    snprintf(out->heading, sizeof out->heading, "(%lu)%s%.*s", (unsigned long)at + 1, title ? " " : "", LONGEST_TITLE,
             title ? title : "");
    return code;
}

int models_fit(const command_line *line, const fit_choices *choices, models *out)
{
    size_t n = models_count(line);
    *out = (models){.fits = calloc(n, sizeof *out->fits)};
    if (!out->fits) {
        fputs("behov: not enough memory for the models\n", stderr);
        return 1;
    }
    if (line->n_operands == 1 && strcmp(line->operands[0], "-") == 0)
        return wrong_call(line->of, "standard input can be read once, for one model; save it to a file for several");
    int code = 0;
    for (size_t i = 0; i < n && !code; i++) {
        command_line one;
        out->n = i + 1;
        code = command_line_with_one(line, "model", "formula", i, &one) ? fit_one(&one, choices, i, &out->fits[i]) : 1;
        command_line_free(&one);
    }
    return code;
}
