/* cmd_datasets.c - `behov datasets`: lists what is bundled, and writes a file out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "study_options.h"
#include "target.h"
#include "verbs.h"
#include "visible.h"

static const option_text datasets_options[] = {
    {"lang", 'l', ARGUMENT(NB_OR_EN), HELP(DATASETS_LANG), "nb en"},
    {"output", 'o', ARGUMENT(FILE), HELP(DATASETS_OUTPUT), ".*"},
};

/* Of a file in $BEHOV_DATASETS; 0 or errno. */
static int copy_file(const char *source, FILE *out)
{
    FILE *file = fopen(source, "rb");
    if (!file)
        return errno;
    int failed = 0;
    char buffer[65536];
    size_t length;
    while (!failed && (length = fread(buffer, 1, sizeof buffer, file)) > 0)
        if (fwrite(buffer, 1, length, out) != length)
            failed = errno ? errno : EIO;
    if (!failed && ferror(file))
        failed = errno ? errno : EIO;
    fclose(file);
    return failed;
}

static int copy_bytes(const char *source, FILE *out)
{
    size_t n_bytes;
    const char *bytes = datasets_find(source, &n_bytes);
    if (!bytes)
        return copy_file(source, out);
    return fwrite(bytes, 1, n_bytes, out) == n_bytes ? 0 : errno ? errno : EIO;
}

static behov_status copy_out(const char *source, const char *path, behov_error *err)
{
    target *target = NULL;
    FILE *out = stdout;
    if (path && target_open(path, &target, err))
        return err->code;
    if (target)
        out = fopen(target_path(target), "wb");
    int failed = out ? copy_bytes(source, out) : errno;
    if (!failed && fflush(out) != 0)
        failed = errno ? errno : EIO;
    if (target && out && fclose(out) != 0 && !failed)
        failed = errno;
    if (!failed)
        return target ? target_commit(target, err) : BEHOV_OK;
    target_abandon(target);
    return behov_error_say(err, BEHOV_E_FILE, path ? path : PHRASE_INPUTS_STANDARD_OUTPUT, SAY_TARGET_CANNOT_BE_WRITTEN,
                           target_reason(failed));
}

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
        return behov_error_say(err, BEHOV_E_NAME, "", SAY_DATASETS_UNKNOWN, name);
    char *path = NULL;
    behov_status status = datasets_path(name, &path, err);
    if (!status)
        status = copy_out(path, option_value(call->line, "output"), err);
    free(path);
    return status;
}

const verb verb_datasets = {
    .name = "datasets",
    VERB_WORDS(DATASETS),
    VERB_OPTIONS(datasets_options),
    .read = read_choices,
    .page = page,
};
