/* cmd_datasets.c - `behov datasets`: lists what is bundled, and writes a file out. */
#include <string.h>

#include "dataset_copy.h"
#include "datasets.h"
#include "study_options.h"
#include "verbs.h"
#include "visible.h"

static const option_text datasets_options[] = {
    {"lang", 'l', ARGUMENT(NB_OR_EN), HELP(DATASETS_LANG), "nb en"},
    {"output", 'o', ARGUMENT(FILE), HELP(DATASETS_OUTPUT), ".*"},
    QUIET_OPTION,
};

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    if (!study_language(line, &call->study.lang))
        return 2;
    if (line->n_operands > 1)
        return wrong_call(line->verb, SAY_DATASETS_ONE_AT_A_TIME);
    if (option_given(line, "output") && !line->n_operands)
        return wrong_call(line->verb, SAY_DATASETS_NAME_MISSING, option_value(line, "output"));
    return 0;
}

static behov_status unknown_dataset(const char *name, behov_error *err)
{
    size_t n;
    const dataset *list = datasets_list(&n);
    behov_near_word spelling = behov_near_word_start(name);
    for (size_t i = 0; i < n; i++)
        behov_near_word_try(&spelling, list[i].name);
    return spelling.n_nearest == 1
               ? behov_error_say(err, BEHOV_E_NAME, "", SAY_DATASETS_UNKNOWN_NEAR, name, spelling.nearest)
               : behov_error_say(err, BEHOV_E_NAME, "", SAY_DATASETS_UNKNOWN, name);
}

static behov_status page(const verb_call *call, behov_error *err)
{
    size_t n, i = 0;
    const dataset *list = datasets_list(&n);
    if (!call->line->n_operands) {
        for (; i < n; i++)
            print_visible(stdout, "%-46s%s\n", list[i].name,
                          call->study.lang == BEHOV_LANGUAGE_NB ? list[i].nb : list[i].en);
        return BEHOV_OK;
    }
    const char *name = call->line->operands[0];
    while (i < n && strcmp(list[i].name, name) != 0)
        i++;
    if (i == n)
        return unknown_dataset(name, err);
    return dataset_copy(name, option_value(call->line, "output"), err);
}

const verb verb_datasets = {
    .name = "datasets",
    VERB_WORDS(DATASETS),
    VERB_OPTIONS(datasets_options),
    .read = read_choices,
    .page = page,
};
