/* manifests.c - see manifests.h. */
#include "manifests.h"

#include <stdlib.h>
#include <string.h>

#include <behov/wording.h>

#include "file_digest.h"
#include "messages.h"
#include "outputs.h"
#include "read_manifest.h"
#include "system.h"
#include "target.h"

bool manifests_is_table(const char *path)
{
    size_t n = strlen(path);
    return (n > 4 && strcmp(path + n - 4, ".csv") == 0) || outputs_is_workbook(path);
}

static int no_memory(void)
{
    print_line(SAY_VERB_NO_MEMORY);
    return 1;
}

/* What a stream got has no manifest beside it. */
static bool has_manifest(const char *path, manifests_is_panel *is_panel)
{
    return is_panel(path) && !target_is_open_stream(path);
}

int manifests_check(const command_line *line, manifests_is_panel *is_panel)
{
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        char *beside = has_manifest(path, is_panel) ? read_manifest_path(path) : NULL;
        behov_error err;
        if (!has_manifest(path, is_panel))
            continue;
        if (!beside)
            return no_memory();
        behov_status status = target_check_beside(beside, &err);
        free(beside);
        if (status)
            return print_failure(&err);
    }
    return 0;
}

/* The files from the i-th on whose manifest is `beside`, those before i being others'; how many. */
static behov_status gather(const command_line *line, manifests_is_panel *is_panel, size_t i, const char *beside,
                           manifest_file *files, size_t *n, behov_error *err)
{
    behov_status status = BEHOV_OK;
    *n = 0;
    for (; i < option_count(line, "output") && !status; i++) {
        const char *path = option_value_at(line, "output", i);
        char *other = has_manifest(path, is_panel) ? read_manifest_path(path) : NULL;
        if (other && strcmp(other, beside) == 0) {
            files[*n].path = path;
            status = file_digest(path, files[*n].sha256, &files[*n].n_bytes, err);
            ++*n;
        }
        free(other);
    }
    return status;
}

static bool is_first(const command_line *line, manifests_is_panel *is_panel, size_t i, const char *beside)
{
    bool is_alone = true;
    for (size_t j = 0; j < i && is_alone; j++) {
        const char *path = option_value_at(line, "output", j);
        char *other = has_manifest(path, is_panel) ? read_manifest_path(path) : NULL;
        is_alone = !other || strcmp(other, beside) != 0;
        free(other);
    }
    return is_alone;
}

int manifests_write(const command_line *line, manifests_is_panel *is_panel, manifests_print *print, const void *context)
{
    size_t n_outputs = option_count(line, "output"), n;
    manifest_file *files = calloc(n_outputs + 1, sizeof *files);
    int code = files ? 0 : no_memory();
    for (size_t i = 0; i < n_outputs && !code; i++) {
        const char *path = option_value_at(line, "output", i);
        char *beside = has_manifest(path, is_panel) ? read_manifest_path(path) : NULL;
        behov_error err;
        if (beside && is_first(line, is_panel, i, beside)) {
            behov_status status = gather(line, is_panel, i, beside, files, &n, &err);
            if (!status)
                status = target_check_beside(beside, &err);
            if (!status)
                status = print(context, files, n, beside, &err);
            code = status ? print_failure(&err) : 0;
            if (!code && !option_given(line, "quiet"))
                print_written(beside);
        }
        free(beside);
    }
    free(files);
    return code;
}

static behov_status print_derived(const void *context, const manifest_file *files, size_t n, const char *path,
                                  behov_error *err)
{
    return write_derived_manifest(context, files, n, path, err);
}

int manifests_hand_on(const command_line *line, manifests_is_panel *is_panel, const char *deed, const char *day,
                      const char *source, const char *left_out)
{
    behov_build_remarks remarks = {0}, said;
    behov_wording all_left_out = {0};
    behov_error err;
    derived_manifest derived = {.deed = deed, .day = day, .source = {.path = source}, .remarks = &said};
    bool is_file = source && strcmp(source, "-") != 0 && system_is_regular_file(source);
    behov_status status = is_file ? read_manifest_remarks(source, &remarks, &err) : BEHOV_OK;
    if (!status && is_file)
        status = file_digest(source, derived.source.sha256, &derived.source.n_bytes, &err);
    if (!status && (remarks.left_out || left_out)) {
        behov_wording_add_after(&all_left_out, ", ", remarks.left_out ? remarks.left_out : left_out);
        if (remarks.left_out && left_out)
            behov_wording_add_after(&all_left_out, ", ", left_out);
        status = behov_wording_status(&all_left_out, &err);
    }
    said = remarks; /* its texts are borrowed */
    said.left_out = all_left_out.length ? (char *)behov_wording_text(&all_left_out) : NULL;
    bool has_words = said.absent_years || said.empty_columns || said.unconfirmed || said.left_out;
    int code = status ? print_failure(&err) : 0;
    if (!code && is_file && has_words)
        code = manifests_write(line, is_panel, print_derived, &derived);
    behov_build_remarks_free(&remarks);
    behov_wording_free(&all_left_out);
    return code;
}
