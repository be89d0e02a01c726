/* xml_package.c - see xml_package.h; the only file that includes zip.h. */
#include "xml_package.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "xml_library.h"

struct xml_package {
    const text_source *source;
    char *bytes; /* of the whole file */
    zip_t *archive;
};

struct xml_part {
    const text_source *source;
    const xml_library *library;
    zip_file_t *file;
    xmlTextReader *reader;
    const char *name;
    uint64_t n_declared, n_read;
    bool is_too_large, is_cut, has_doctype, has_failed;
};

static behov_status out_of_memory(const text_source *source, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(source), SAY_SHEET_NO_MEMORY);
}

static behov_status broken(const text_source *source, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_BROKEN_FILE);
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static behov_status keep_bytes(text_source *source, char **bytes, size_t *length, behov_error *err)
{
    size_t n = text_source_n_bytes(source), n_read = 0, n_whole = 0;
    if (n > XML_PACKAGE_MOST_BYTES)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_FILE_TOO_LARGE,
                               XML_PACKAGE_MOST_BYTES / 1024 / 1024);
    char *whole = malloc(n ? n : 1);
    if (!whole)
        return out_of_memory(source, err);
    behov_status status = BEHOV_OK;
    do {
        status = text_source_read_at(source, n_whole, whole + n_whole, n - n_whole, &n_read, err);
        n_whole += n_read;
    } while (status == BEHOV_OK && n_read && n_whole < n);
    if (status != BEHOV_OK) {
        free(whole);
        return status;
    }
    *bytes = whole;
    *length = n_whole;
    return BEHOV_OK;
}

behov_status xml_package_open(text_source *source, xml_package **package, behov_error *err)
{
    xml_package *opened = calloc(1, sizeof *opened);
    if (!opened)
        return out_of_memory(source, err);
    opened->source = source;
    size_t length = 0;
    behov_status status = keep_bytes(source, &opened->bytes, &length, err);
    if (status == BEHOV_OK) {
        zip_error_t problem;
        zip_error_init(&problem);
        zip_source_t *bytes = zip_source_buffer_create(opened->bytes, length, 0, &problem);
        opened->archive = bytes ? zip_open_from_source(bytes, ZIP_RDONLY, &problem) : NULL;
        if (bytes && !opened->archive)
            zip_source_free(bytes);
        if (!opened->archive)
            status = zip_error_code_zip(&problem) == ZIP_ER_MEMORY ? out_of_memory(source, err) : broken(source, err);
        zip_error_fini(&problem);
    }
    if (status != BEHOV_OK) {
        xml_package_free(opened);
        return status;
    }
    *package = opened;
    return BEHOV_OK;
}

void xml_package_free(xml_package *package)
{
    if (!package)
        return;
    if (package->archive)
        zip_discard(package->archive);
    free(package->bytes);
    free(package);
}

bool xml_package_has(const xml_package *package, const char *name)
{
    return zip_name_locate(package->archive, name, 0) >= 0;
}

size_t xml_package_peek(xml_package *package, const char *name, char *text, size_t size)
{
    zip_file_t *file = zip_fopen(package->archive, name, 0);
    zip_int64_t n = file ? zip_fread(file, text, size - 1) : 0;
    text[n > 0 ? n : 0] = '\0';
    if (file)
        zip_fclose(file);
    return n > 0 ? (size_t)n : 0;
}

/* ---- a part ------------------------------------------------------------------------------------------------------- */

static int give_bytes(void *context, char *bytes, int size)
{
    xml_part *part = context;
    if (size <= 0)
        return 0;
    zip_int64_t n = zip_fread(part->file, bytes, (zip_uint64_t)size);
    if (n < 0) { /* what was packed cannot be unpacked, or its checksum is another */
        part->is_cut = true;
        return -1;
    }
    part->n_read += (uint64_t)n;
    if (part->n_read > XML_PART_MOST_BYTES) {
        part->is_too_large = true;
        return -1;
    }
    return (int)n;
}

static int close_bytes(void *context)
{
    (void)context;
    return 0;
}

/* Problems are told by xml_part_status: libxml2 would print them. */
static void hear_nothing(void *context, const char *message, xmlParserSeverities severity,
                         xmlTextReaderLocatorPtr place)
{
    (void)context, (void)message, (void)severity, (void)place;
}

static behov_status open_packed(xml_package *package, const char *name, xml_part *part, behov_error *err)
{
    zip_stat_t about;
    const char *where = text_source_name(package->source);
    if (zip_stat(package->archive, name, 0, &about) != 0)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_NO_PART, behov_cut(name, 80).text);
    part->n_declared = about.valid & ZIP_STAT_SIZE ? about.size : 0;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_PASSWORD);
    if (part->n_declared > XML_PART_MOST_BYTES)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_PART_TOO_LARGE, behov_cut(name, 80).text,
                               XML_PART_MOST_BYTES / 1024 / 1024);
    part->file = zip_fopen(package->archive, name, 0);
    return part->file ? BEHOV_OK : broken(package->source, err);
}

behov_status xml_part_open(xml_package *package, const char *name, xml_part **part, behov_error *err)
{
    xml_part *opened = calloc(1, sizeof *opened);
    if (!opened)
        return out_of_memory(package->source, err);
    opened->source = package->source;
    opened->name = name;
    behov_status status = xml_library_open(&opened->library, err);
    if (status == BEHOV_OK)
        status = open_packed(package, name, opened, err);
    if (status == BEHOV_OK) {
        opened->reader = opened->library->xmlReaderForIO(give_bytes, close_bytes, opened, NULL, NULL,
                                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        if (opened->reader)
            opened->library->xmlTextReaderSetErrorHandler(opened->reader, hear_nothing, NULL);
        else
            status = out_of_memory(package->source, err);
    }
    if (status != BEHOV_OK) {
        xml_part_close(opened);
        return status;
    }
    *part = opened;
    return BEHOV_OK;
}

void xml_part_close(xml_part *part)
{
    if (!part)
        return;
    if (part->reader)
        part->library->xmlFreeTextReader(part->reader);
    if (part->file)
        zip_fclose(part->file);
    free(part);
}

bool xml_part_next(xml_part *part)
{
    if (part->has_failed)
        return false;
    int result = part->library->xmlTextReaderRead(part->reader);
    if (result == 1 && part->library->xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
        part->has_doctype = true;
    part->has_failed = result < 0 || part->has_doctype || part->is_too_large || part->is_cut;
    return result == 1 && !part->has_failed;
}

double xml_part_progress(const xml_part *part)
{
    return part->n_declared ? (double)part->n_read / (double)part->n_declared : 0;
}

behov_status xml_part_status(const xml_part *part, behov_error *err)
{
    const char *where = text_source_name(part->source);
    behov_excerpt name = behov_cut(part->name, 80);
    if (part->is_too_large)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_PART_TOO_LARGE, name.text,
                               XML_PART_MOST_BYTES / 1024 / 1024);
    if (part->has_doctype)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_DOCTYPE, name.text);
    if (part->is_cut)
        return broken(part->source, err);
    if (part->has_failed)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SHEET_BAD_XML, name.text,
                               part->library->xmlTextReaderGetParserLineNumber(part->reader));
    return BEHOV_OK;
}

/* ---- the node at hand --------------------------------------------------------------------------------------------- */

bool xml_part_is_start(const xml_part *part)
{
    return part->library->xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_ELEMENT;
}

bool xml_part_is_end(const xml_part *part)
{
    return part->library->xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_END_ELEMENT;
}

bool xml_part_is_text(const xml_part *part)
{
    int type = part->library->xmlTextReaderNodeType(part->reader);
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_WHITESPACE ||
           type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

bool xml_part_is_empty(const xml_part *part)
{
    return part->library->xmlTextReaderIsEmptyElement(part->reader) == 1;
}

int xml_part_depth(const xml_part *part)
{
    return part->library->xmlTextReaderDepth(part->reader);
}

bool xml_part_is_named(const xml_part *part, const char *name)
{
    const xmlChar *local = part->library->xmlTextReaderConstLocalName(part->reader);
    return local && strcmp((const char *)local, name) == 0;
}

const char *xml_part_text(const xml_part *part)
{
    const xmlChar *value = part->library->xmlTextReaderConstValue(part->reader);
    return value ? (const char *)value : "";
}

bool xml_part_attribute(xml_part *part, const char **name, const char **value)
{
    if (part->library->xmlTextReaderMoveToNextAttribute(part->reader) != 1) {
        part->library->xmlTextReaderMoveToElement(part->reader);
        return false;
    }
    *name = (const char *)part->library->xmlTextReaderConstLocalName(part->reader);
    *value = xml_part_text(part);
    return *name != NULL;
}

void xml_part_skip(xml_part *part)
{
    int depth = xml_part_depth(part);
    if (!xml_part_is_start(part) || xml_part_is_empty(part))
        return;
    while (xml_part_next(part) && !(xml_part_is_end(part) && xml_part_depth(part) == depth))
        ;
}
