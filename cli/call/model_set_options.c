/* model_set_options.c - one call with several --model or --formula. Each is read and fitted on its own, for each may leave
 * out other rows; what they share is the panel and the options. */
#include "model_set_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>

#include "estimation_options.h"
#include "messages.h"

enum { LONGEST_TITLE = 40 };

/* --model and --formula together are refused elsewhere: a formula in place of the model's, or beside it? */
size_t model_set_count(const command_line *line)
{
    size_t n_models = option_count(line, "model"), n_formulas = option_count(line, "formula");
    return n_models && n_formulas ? 1 : n_models + n_formulas;
}

int model_set_check(const command_line *line)
{
    static const char *const single[] = {"by", "compare-clusters", "absorb", "full", "profile", "sheets"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (option_given(line, single[i]))
            return wrong_call(line->verb, SAY_FIT_ONE_MODEL, single[i]);
    const char *se = option_value(line, "se");
    if (option_count(line, "cluster") > 1 || (se && strcmp(se, "all") == 0))
        return wrong_call(line->verb, SAY_FIT_MODELS_ONE_CLUSTER);
    return 0;
}

static int fit_one(const command_line *line, const behov_fit_choices *choices, size_t index, behov_model_fit *out)
{
    behov_error err;
    behov_cluster_options clusters;
    if (!cluster_options_read(line, &clusters))
        return 2;
    int code = study_open(&out->study, line, clusters.keys, clusters.n, NULL);
    if (code)
        return code;
    out->choices = *choices;
    if (behov_clustering_choose(&clusters, &out->study, &out->choices, &err))
        return print_failure(&err);
    code = estimation_choose_kind(line, &out->choices);
    if (!code && behov_estimation_results(&out->study, &out->choices, &out->estimation, &out->fit_results, &err))
        code = print_failure(&err);
    const char *title = out->study.model.title;
    snprintf(out->heading, sizeof out->heading, "(%lu)%s%.*s", (unsigned long)index + 1, title ? " " : "",
             LONGEST_TITLE, title ? title : "");
    return code;
}

int model_set_fit(const command_line *line, const behov_fit_choices *choices, behov_model_set *out)
{
    size_t n = model_set_count(line);
    *out = (behov_model_set){.fits = calloc(n, sizeof *out->fits)};
    if (!out->fits) {
        print_line(SAY_MODELS_NO_MEMORY);
        return 1;
    }
    if (line->n_operands == 1 && strcmp(line->operands[0], "-") == 0)
        return wrong_call(line->verb, SAY_MODELS_STANDARD_INPUT_ONCE);
    int code = 0;
    for (size_t i = 0; i < n && !code; i++) {
        command_line command_line;
        out->n = i + 1;
        code = command_line_with_one(line, "model", "formula", i, &command_line)
                   ? fit_one(&command_line, choices, i, &out->fits[i])
                   : 1;
        command_line_free(&command_line);
    }
    return code;
}
