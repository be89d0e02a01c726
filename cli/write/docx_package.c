/* docx_package.c - see docx_package.h. Through libzip, in memory: of a disk that is full only target.c has to know.
 *
 * libzip takes a part's time in the zone of the machine, so that the same document would have other bytes in another
 * one: the date is handed over as the archive has it. */
#include "docx_package.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

struct docx_package {
    const char *path;
    zip_source_t *archive; /* what the packed bytes go to */
    zip_t *zip;            /* NULL when it is closed */
    unsigned short date;   /* bits: years since 1980, month, day */
};

static behov_status fail(const docx_package *package, zip_error_t *error, behov_error *err)
{
    bool has_no_memory = zip_error_code_zip(error) == ZIP_ER_MEMORY;
    behov_status status = has_no_memory ? behov_error_say(err, BEHOV_E_MEMORY, package->path, SAY_DOCX_NO_MEMORY)
                                        : behov_error_say(err, BEHOV_E_FILE, package->path, SAY_DOCX_NOT_PACKED,
                                                          zip_error_strerror(error));
    zip_error_fini(error);
    return status;
}

/* The error of the archive that is open. */
static behov_status fail_open(const docx_package *package, behov_error *err)
{
    zip_error_t copied_error;
    zip_error_init_with_code(&copied_error, zip_error_code_zip(zip_get_error(package->zip)));
    return fail(package, &copied_error, err);
}

static unsigned short archive_date(long long created)
{
    enum { FIRST_YEAR = 1980, LAST_YEAR = 2107, FIRST_DAY = 1 << 5 | 1 };
    time_t moment = (time_t)created;
    struct tm parts;
    if (!created || !gmtime_r(&moment, &parts) || parts.tm_year + 1900 < FIRST_YEAR || parts.tm_year + 1900 > LAST_YEAR)
        return FIRST_DAY;
    return (unsigned short)((parts.tm_year + 1900 - FIRST_YEAR) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday);
}

behov_status docx_package_new(const char *path, long long created, docx_package **package, behov_error *err)
{
    zip_error_t error;
    docx_package *new_package = calloc(1, sizeof *new_package);
    if (!new_package)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_DOCX_NO_MEMORY);
    zip_error_init(&error);
    new_package->path = path;
    new_package->date = archive_date(created);
    new_package->archive = zip_source_buffer_create(NULL, 0, 0, &error);
    new_package->zip = new_package->archive ? zip_open_from_source(new_package->archive, ZIP_TRUNCATE, &error) : NULL;
    if (!new_package->zip) {
        behov_status status = fail(new_package, &error, err);
        docx_package_free(new_package);
        return status;
    }
    zip_source_keep(new_package->archive); /* closing the archive would free its bytes */
    zip_error_fini(&error);
    *package = new_package;
    return BEHOV_OK;
}

void docx_package_free(docx_package *package)
{
    if (!package)
        return;
    if (package->zip)
        zip_discard(package->zip);
    if (package->archive)
        zip_source_free(package->archive);
    free(package);
}

behov_status docx_package_add(docx_package *package, const char *name, const void *bytes, size_t length, bool is_packed,
                              behov_error *err)
{
    void *copied_bytes = malloc(length ? length : 1);
    if (!copied_bytes)
        return behov_error_say(err, BEHOV_E_MEMORY, package->path, SAY_DOCX_NO_MEMORY);
    memcpy(copied_bytes, bytes, length);
    zip_source_t *source = zip_source_buffer(package->zip, copied_bytes, length, 1);
    if (!source) {
        free(copied_bytes);
        return fail_open(package, err);
    }
    zip_int64_t index = zip_file_add(package->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fail_open(package, err);
    }
    if (zip_set_file_compression(package->zip, (zip_uint64_t)index, is_packed ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) ||
        zip_file_set_dostime(package->zip, (zip_uint64_t)index, 0, package->date, 0))
        return fail_open(package, err);
    return BEHOV_OK;
}

static behov_status copy_archive(docx_package *package, FILE *out, behov_error *err)
{
    enum { BLOCK = 1 << 16 };
    char *bytes = malloc(BLOCK);
    zip_int64_t n = -1;
    if (!bytes)
        return behov_error_say(err, BEHOV_E_MEMORY, package->path, SAY_DOCX_NO_MEMORY);
    if (zip_source_open(package->archive) == 0) {
        while ((n = zip_source_read(package->archive, bytes, BLOCK)) > 0)
            if (fwrite(bytes, 1, (size_t)n, out) != (size_t)n)
                break;
        zip_source_close(package->archive);
    }
    free(bytes);
    if (n >= 0)
        return BEHOV_OK;
    zip_error_t copied_error;
    zip_error_init_with_code(&copied_error, zip_error_code_zip(zip_source_error(package->archive)));
    return fail(package, &copied_error, err);
}

behov_status docx_package_write(docx_package *package, FILE *out, behov_error *err)
{
    if (zip_close(package->zip))
        return fail_open(package, err);
    package->zip = NULL;
    return copy_archive(package, out, err);
}
