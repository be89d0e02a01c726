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
#include <zlib.h>

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
    } else if (zip_fread(file, text, about.size) != (zip_int64_t)about.size ||
               zip_fread(file, text + about.size, 1) != 0) {
        status =
            fail(shown_text, zip_file_get_error(file), err); /* the end was read too, where the checksum is compared */
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
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
            ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE,
            ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_REMOVE, -1);
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
    case ZIP_SOURCE_COMMIT_WRITE: errno = 0; return fflush(out->file) == 0 ? 0 : refuse(out, errno);
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

/* ---- a part of packed bytes ---------------------------------------------------------------------------------------- */

/* Raw deflate that libzip copies: head and tail are packed here, what is between lies in the file. */
typedef struct packed_part {
    const zip_join_part *part;
    FILE *rows_file;
    unsigned char *head, *tail;
    size_t n_head, n_tail;
    uint64_t size, n_read;
    unsigned long checksum;
    zip_error_t error;
} packed_part;

static bool pack(const char *text, size_t length, int flush, unsigned char **packed, size_t *n_packed)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = deflateBound(&stream, (uLong)length) + 64;
    *packed = malloc(room);
    stream.next_in = (unsigned char *)(uintptr_t)text;
    stream.avail_in = (uInt)length;
    stream.next_out = *packed;
    stream.avail_out = (uInt)room;
    int code = *packed ? deflate(&stream, flush) : Z_MEM_ERROR;
    *n_packed = room - stream.avail_out;
    deflateEnd(&stream);
    return code == (flush == Z_FINISH ? Z_STREAM_END : Z_OK);
}

static uLong checksum_of(const char *text, size_t length)
{
    return crc32(crc32(0, NULL, 0), (const unsigned char *)text, (uInt)length);
}

static void packed_part_free(packed_part *packed)
{
    if (!packed)
        return;
    free(packed->head);
    free(packed->tail);
    free(packed);
}

static packed_part *packed_part_new(const zip_join_part *part, FILE *rows_file)
{
    packed_part *packed = calloc(1, sizeof *packed);
    if (!packed || !pack(part->head, part->n_head, Z_FULL_FLUSH, &packed->head, &packed->n_head) ||
        !pack(part->tail, part->n_tail, Z_FINISH, &packed->tail, &packed->n_tail)) {
        packed_part_free(packed);
        return NULL;
    }
    packed->part = part;
    packed->rows_file = rows_file;
    packed->size = part->n_head + part->size + part->n_tail;
    packed->checksum = crc32_combine(checksum_of(part->head, part->n_head), part->checksum, (z_off_t)part->size);
    packed->checksum = crc32_combine(packed->checksum, checksum_of(part->tail, part->n_tail), (z_off_t)part->n_tail);
    zip_error_init(&packed->error);
    return packed;
}

static zip_int64_t read_packed(packed_part *packed, unsigned char *out, uint64_t length)
{
    uint64_t n = packed->n_read, n_rows = packed->part->packed, rows_end = packed->n_head + n_rows;
    if (n < packed->n_head) {
        length = length < packed->n_head - n ? length : packed->n_head - n;
        memcpy(out, packed->head + n, (size_t)length);
    } else if (n < rows_end) {
        length = length < rows_end - n ? length : rows_end - n;
        errno = 0;
        if (fread(out, 1, (size_t)length, packed->rows_file) != length) {
            zip_error_set(&packed->error, ZIP_ER_READ, errno ? errno : EIO);
            return -1;
        }
    } else {
        length = length < rows_end + packed->n_tail - n ? length : rows_end + packed->n_tail - n;
        memcpy(out, packed->tail + (n - rows_end), (size_t)length);
    }
    packed->n_read += length;
    return (zip_int64_t)length;
}

static zip_int64_t serve_packed(void *context, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    packed_part *packed = context;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_STAT: {
        zip_stat_t *about = data;
        zip_stat_init(about);
        about->size = packed->size;
        about->comp_size = packed->n_head + packed->part->packed + packed->n_tail;
        about->crc = (zip_uint32_t)packed->checksum;
        about->comp_method = ZIP_CM_DEFLATE;
        about->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
        return sizeof *about;
    }
    case ZIP_SOURCE_OPEN:
        packed->n_read = 0;
        errno = 0;
        if (fseek(packed->rows_file, (long)packed->part->offset, SEEK_SET) == 0)
            return 0;
        zip_error_set(&packed->error, ZIP_ER_SEEK, errno);
        return -1;
    case ZIP_SOURCE_READ: return read_packed(packed, data, length);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&packed->error, data, length);
    case ZIP_SOURCE_CLOSE: return 0;
    case ZIP_SOURCE_FREE: packed_part_free(packed); return 0;
    default: zip_error_set(&packed->error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

/* ---- the archive --------------------------------------------------------------------------------------------------- */

typedef struct joined_archive {
    zip_t *source, *out;
    FILE *rows_file;
    const zip_join_part *parts;
    size_t n_parts;
    const char *shown_text;
} joined_archive;

static zip_source_t *source_of(const joined_archive *join, zip_uint64_t index, const char *name)
{
    for (size_t i = 0; i < join->n_parts; i++) {
        if (strcmp(join->parts[i].name, name) != 0)
            continue;
        packed_part *packed = packed_part_new(&join->parts[i], join->rows_file);
        zip_source_t *source = packed ? zip_source_function(join->out, serve_packed, packed) : NULL;
        if (!packed)
            zip_error_set(zip_get_error(join->out), ZIP_ER_MEMORY, 0);
        else if (!source)
            packed_part_free(packed);
        return source;
    }
    return zip_source_zip(join->out, join->source, index, ZIP_FL_COMPRESSED, 0, -1);
}

static behov_status add_part(const joined_archive *join, zip_uint64_t index, behov_error *err)
{
    enum { FIRST_DAY = 1 << 5 | 1 }; /* 1980-01-01, as libxlsxwriter dates parts */
    const char *name = zip_get_name(join->source, index, 0);
    if (!name)
        return fail_in(join->shown_text, join->source, err);
    zip_source_t *source = source_of(join, index, name);
    if (!source)
        return fail_in(join->shown_text, join->out, err);
    zip_int64_t place = zip_file_add(join->out, name, source, ZIP_FL_ENC_UTF_8);
    if (place < 0) {
        zip_source_free(source);
        return fail_in(join->shown_text, join->out, err);
    }
    return zip_file_set_dostime(join->out, (zip_uint64_t)place, 0, FIRST_DAY, 0)
               ? fail_in(join->shown_text, join->out, err)
               : BEHOV_OK;
}

static behov_status add_parts(joined_archive *join, behov_error *err)
{
    zip_int64_t n = zip_get_num_entries(join->source, 0);
    behov_status status = BEHOV_OK;
    for (zip_int64_t i = 0; i < n && !status; i++)
        status = add_part(join, (zip_uint64_t)i, err);
    if (!status && zip_close(join->out))
        return fail_in(join->shown_text, join->out, err);
    if (!status)
        join->out = NULL;
    return status;
}

behov_status zip_join_write(const char *source_path, FILE *rows_file, const zip_join_part *parts, size_t n_parts,
                            const char *path, const char *shown_text, behov_error *err)
{
    joined_archive join = {.rows_file = rows_file, .parts = parts, .n_parts = n_parts, .shown_text = shown_text};
    sink out = {.file = fopen(path, "wb")};
    zip_error_init(&out.error);
    if (!out.file)
        return behov_error_say(err, errno == ENOMEM ? BEHOV_E_MEMORY : BEHOV_E_FILE, shown_text,
                               SAY_WORKBOOK_CANNOT_WRITE, target_reason(errno));
    behov_status status = open_archive(source_path, shown_text, &join.source, err);
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
    if (join.source)
        zip_discard(join.source);
    zip_error_fini(&error);
    errno = 0;
    if (fclose(out.file) != 0 && !status)
        status = behov_error_say(err, BEHOV_E_FILE, shown_text, SAY_WORKBOOK_CANNOT_WRITE,
                                 target_reason(errno ? errno : ENOSPC));
    return status;
}
