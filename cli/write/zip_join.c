/* zip_join.c - see zip_join.h. Through libzip, which copies packed bytes as they are.
 *
 * libzip would write to a file of its own and rename that over ours, which is locked and swept by target.c: it is lent the
 * open file instead. */
#include "zip_join.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "target.h"

/* ---- errors -------------------------------------------------------------------------------------------------------- */

static behov_status fail(const char *shown_text, zip_error_t *error, behov_error *err)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        return behov_error_say(err, BEHOV_E_MEMORY, shown_text, SAY_WORKBOOK_NO_MEMORY);
    int code = zip_error_code_system(error);
    return behov_error_say(err, BEHOV_E_FILE, shown_text, SAY_WORKBOOK_CANNOT_WRITE,
                           zip_error_system_type(error) == ZIP_ET_SYS && code ? target_reason(code)
                                                                              : zip_error_strerror(error));
}

static behov_status fail_in(const char *shown_text, zip_t *zip, behov_error *err)
{
    return fail(shown_text, zip_get_error(zip), err);
}

static behov_status open_archive(const char *path, const char *shown_text, zip_t **zip, behov_error *err)
{
    int code;
    *zip = zip_open(path, ZIP_RDONLY, &code);
    if (*zip)
        return BEHOV_OK;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    behov_status status = fail(shown_text, &error, err);
    zip_error_fini(&error);
    return status;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

behov_status zip_join_read(const char *path, const char *part, const char *shown_text, char **bytes, size_t *length,
                           behov_error *err)
{
    zip_t *zip;
    behov_status status = open_archive(path, shown_text, &zip, err);
    if (status)
        return status;
    zip_stat_t about;
    zip_file_t *file = NULL;
    char *text = NULL;
    if (zip_stat(zip, part, 0, &about) || !(file = zip_fopen(zip, part, 0))) {
        status = fail_in(shown_text, zip, err);
    } else if (!(text = malloc((size_t)about.size + 1))) {
        status = behov_error_say(err, BEHOV_E_MEMORY, shown_text, SAY_WORKBOOK_NO_MEMORY);
    } else if (zip_fread(file, text, about.size) != (zip_int64_t)about.size || zip_fread(file, text + about.size, 1) != 0) {
        status = fail(shown_text, zip_file_get_error(file), err); /* the end was read too, where the checksum is compared */
    }
    if (file)
        zip_fclose(file);
    zip_discard(zip);
    if (status) {
        free(text);
        return status;
    }
    text[about.size] = '\0';
    *bytes = text;
    *length = (size_t)about.size;
    return BEHOV_OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

/* A file that libzip only writes to. */
typedef struct sink {
    FILE *file;
    zip_error_t error;
} sink;

static zip_int64_t refuse(sink *out, int code)
{
    zip_error_set(&out->error, ZIP_ER_WRITE, code);
    return -1;
}

static zip_int64_t serve(void *context, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    sink *out = context;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_OPEN,
                                              ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                              ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE,
                                              ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE,
                                              ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        ((zip_stat_t *)data)->valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&out->error, data, length);
    case ZIP_SOURCE_WRITE:
        errno = 0;
        return fwrite(data, 1, (size_t)length, out->file) == length ? (zip_int64_t)length : refuse(out, errno);
    case ZIP_SOURCE_SEEK_WRITE: {
        const zip_source_args_seek_t *place = ZIP_SOURCE_GET_ARGS(zip_source_args_seek_t, data, length, &out->error);
        errno = 0;
        return place && fseek(out->file, (long)place->offset, place->whence) == 0 ? 0 : refuse(out, errno);
    }
    case ZIP_SOURCE_TELL_WRITE: return ftell(out->file);
    case ZIP_SOURCE_COMMIT_WRITE:
        errno = 0;
        return fflush(out->file) == 0 ? 0 : refuse(out, errno);
    case ZIP_SOURCE_BEGIN_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_OPEN:
    case ZIP_SOURCE_READ: /* nothing is there */
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_SEEK:
    case ZIP_SOURCE_TELL:
    case ZIP_SOURCE_FREE: return 0;
    default: zip_error_set(&out->error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

/* Where a part comes from: 0 = it must be the same in both. */
static const zip_join_part *listed(const zip_join_part *parts, size_t n_parts, const char *name)
{
    for (size_t i = 0; i < n_parts; i++)
        if (strcmp(parts[i].part, name) == 0)
            return &parts[i];
    return NULL;
}

typedef struct joined_archives {
    zip_t *first, *second, *out;
    const zip_join_part *parts;
    size_t n_parts;
    const char *shown_text;
} joined_archives;

static behov_status add_part(const joined_archives *join, zip_uint64_t index, behov_error *err)
{
    enum { FIRST_DAY = 1 << 5 | 1 }; /* 1980-01-01, as libxlsxwriter dates parts */
    zip_stat_t here, there;
    if (zip_stat_index(join->first, index, 0, &here))
        return fail_in(join->shown_text, join->first, err);
    const zip_join_part *part = listed(join->parts, join->n_parts, here.name);
    zip_int64_t other_index = zip_name_locate(join->second, here.name, 0);
    if (other_index < 0 || zip_stat_index(join->second, (zip_uint64_t)other_index, 0, &there))
        return fail_in(join->shown_text, join->second, err);
    if (!part && (here.size != there.size || here.crc != there.crc))
        return behov_error_say(err, BEHOV_E_MEMORY, join->shown_text, SAY_WORKBOOK_TWO_WAYS);
    bool is_in_second = part && part->is_in_second;
    zip_source_t *source = zip_source_zip(join->out, is_in_second ? join->second : join->first,
                                          is_in_second ? (zip_uint64_t)other_index : index, ZIP_FL_COMPRESSED, 0, -1);
    if (!source)
        return fail_in(join->shown_text, join->out, err);
    zip_int64_t place = zip_file_add(join->out, here.name, source, ZIP_FL_ENC_UTF_8);
    if (place < 0) {
        zip_source_free(source);
        return fail_in(join->shown_text, join->out, err);
    }
    return zip_file_set_dostime(join->out, (zip_uint64_t)place, 0, FIRST_DAY, 0)
               ? fail_in(join->shown_text, join->out, err)
               : BEHOV_OK;
}

static behov_status add_parts(joined_archives *join, behov_error *err)
{
    zip_int64_t n = zip_get_num_entries(join->first, 0);
    if (n != zip_get_num_entries(join->second, 0))
        return behov_error_say(err, BEHOV_E_MEMORY, join->shown_text, SAY_WORKBOOK_TWO_WAYS);
    behov_status status = BEHOV_OK;
    for (zip_int64_t i = 0; i < n && !status; i++)
        status = add_part(join, (zip_uint64_t)i, err);
    if (!status && zip_close(join->out))
        return fail_in(join->shown_text, join->out, err);
    if (!status)
        join->out = NULL;
    return status;
}

behov_status zip_join_write(const char *first, const char *second, const zip_join_part *parts, size_t n_parts,
                            const char *path, const char *shown_text, behov_error *err)
{
    joined_archives join = {.parts = parts, .n_parts = n_parts, .shown_text = shown_text};
    sink out = {.file = fopen(path, "wb")};
    zip_error_init(&out.error);
    if (!out.file)
        return behov_error_say(err, errno == ENOMEM ? BEHOV_E_MEMORY : BEHOV_E_FILE, shown_text,
                               SAY_WORKBOOK_CANNOT_WRITE, target_reason(errno));
    behov_status status = open_archive(first, shown_text, &join.first, err);
    if (!status)
        status = open_archive(second, shown_text, &join.second, err);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *archive = status ? NULL : zip_source_function_create(serve, &out, &error);
    if (!status && (!archive || !(join.out = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, &error)))) {
        zip_source_free(archive);
        status = fail(shown_text, &error, err);
    }
    if (!status)
        status = add_parts(&join, err);
    if (join.out)
        zip_discard(join.out);
    if (join.second)
        zip_discard(join.second);
    if (join.first)
        zip_discard(join.first);
    zip_error_fini(&error);
    errno = 0;
    if (fclose(out.file) != 0 && !status)
        status = behov_error_say(err, BEHOV_E_FILE, shown_text, SAY_WORKBOOK_CANNOT_WRITE,
                                 target_reason(errno ? errno : ENOSPC));
    return status;
}
