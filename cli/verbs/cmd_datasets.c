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
    {"lang", 'l', "nb|en", "language of the list: nb (bokmål, the default) or en"},
    {"output", 'o', "FILE", "write the named dataset to FILE instead of standard output"},
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

static int copy_out(const char *source, const char *last_text)
{
    behov_error err;
    target *extra_tables = NULL;
    FILE *out = stdout;
    if (last_text && target_open(last_text, &extra_tables, &err))
        return print_failure(&err);
    if (extra_tables)
        out = fopen(target_path(extra_tables), "wb");
    int failed = out ? copy_bytes(source, out) : errno;
    if (!failed && fflush(out) != 0)
        failed = errno ? errno : EIO;
    if (extra_tables && out && fclose(out) != 0 && !failed)
        failed = errno;
    if (failed) {
        target_abandon(extra_tables);
        print_visible(stderr, "behov: %s: cannot be written: %s\n", last_text ? last_text : "standard output",
                      target_reason(failed));
        return 1;
    }
    return extra_tables && target_commit(extra_tables, &err) ? print_failure(&err) : 0;
}

static int run_datasets(const command_line *line)
{
    behov_language lang;
    behov_error err;
    int code = study_language(line, &lang) ? 0 : 2;
    size_t n;
    const dataset *list = datasets_list(&n);
    const char *name = line->n_operands ? line->operands[0] : NULL, *out = option_value(line, "output");
    if (!code && line->n_operands > 1)
        code = wrong_call(&verb_datasets, "one dataset at a time");
    if (!code && out && !name)
        code = wrong_call(&verb_datasets, "-o %s: name the dataset that is to be written", out);
    if (!code && !name)
        for (size_t i = 0; i < n; i++)
            print_visible(stdout, "%-46s%s\n", list[i].name, lang == BEHOV_LANGUAGE_NB ? list[i].nb : list[i].en);
    if (!code && name) {
        size_t i = 0;
        while (i < n && strcmp(list[i].name, name) != 0)
            i++;
        char *path = NULL;
        if (i == n) {
            print_visible(stderr, "behov: there is no dataset %s; `behov datasets` lists them\n", name);
            code = 1;
        } else if (datasets_path(name, &path, &err)) {
            code = print_failure(&err);
        } else {
            code = copy_out(path, out);
        }
        free(path);
    }
    return code;
}

const verb verb_datasets = {
    .name = "datasets",
    .usage = "[NAME] [-o FILE]",
    .summary = "List the bundled files, or write one out.",
    .details = "Examples\n"
               "  behov datasets\n"
               "  behov datasets models/proba-2017-08.ini -o my.ini",
    .options = datasets_options,
    .n_options = sizeof datasets_options / sizeof *datasets_options,
    .run = run_datasets,
};
