/* dataset_copy.c - see dataset_copy.h. */
#include "dataset_copy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "datasets.h"
#include "target.h"

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

/* \param target  NULL = standard output; it is committed or abandoned */
static behov_status copy_to(const char *source, target *target, const char *path, behov_error *err)
{
    FILE *out = target ? fopen(target_path(target), "wb") : stdout;
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

behov_status dataset_copy(const char *name, const char *path, behov_error *err)
{
    target *target = NULL;
    char *source = NULL;
    behov_status status = datasets_path(name, &source, err);
    if (!status && path)
        status = target_open(path, &target, err);
    if (!status)
        status = copy_to(source, target, path, err);
    free(source);
    return status;
}
