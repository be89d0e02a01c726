/* write_docx.c - sections as a Word document: Office Open XML, ECMA-376 (transitional), without a template.
 *
 * The parts: the text (docx_document.c) with its tables (docx_layout.c, docx_table.c) and pictures (docx_drawing.c), the
 * styles by which a reader changes how it looks (docx_styles.c), what the file says of itself, and the relations between
 * them. It is made in a process of its own, since libxml2 goes on without memory and only prints a line, and fontconfig,
 * which pictures need, ends in the middle; what prints anything has failed. */
#include "write_docx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <behov/labels.h>
#include "docx_document.h"
#include "docx_package.h"
#include "docx_styles.h"
#include "own_process.h"
#include "target.h"

#define PACKAGE_NAMESPACE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* 1980-01-01, the first date that a zip archive can hold. */
static const long long earliest_date = 315532800;

typedef struct document_job {
    const behov_document *document;
    const char *path;
    FILE *out;
    docx_text text;
    docx_package *package;
} document_job;

static behov_status no_memory(const document_job *job, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, job->path, SAY_DOCX_NO_MEMORY);
}

/* ---- the parts --------------------------------------------------------------------------------------------------- */

static void put_default(const char *ending, const char *type, docx_xml *xml)
{
    docx_xml_begin(xml, "Default");
    docx_xml_set(xml, "Extension", ending);
    docx_xml_set(xml, "ContentType", type);
    docx_xml_end(xml);
}

static void put_types(const document_job *job, docx_xml *xml)
{
    static const char *const parts[][2] = {
        {"/word/document.xml", WORD_TYPE "document.main+xml"},
        {"/word/styles.xml", WORD_TYPE "styles+xml"},
        {"/word/settings.xml", WORD_TYPE "settings+xml"},
        {"/word/footer1.xml", WORD_TYPE "footer+xml"},
        {"/word/footer2.xml", WORD_TYPE "footer+xml"},
        {"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
        {"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
    };
    docx_xml_begin(xml, "Types");
    docx_xml_set(xml, "xmlns", PACKAGE_NAMESPACE "content-types");
    put_default("rels", "application/vnd.openxmlformats-package.relationships+xml", xml);
    put_default("xml", "application/xml", xml);
    if (job->text.drawings)
        put_default("png", "image/png", xml);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        docx_xml_begin(xml, "Override");
        docx_xml_set(xml, "PartName", parts[i][0]);
        docx_xml_set(xml, "ContentType", parts[i][1]);
        docx_xml_end(xml);
    }
    docx_xml_end(xml);
}

static void put_relation(const char *name, const char *type, const char *leads_to, docx_xml *xml)
{
    docx_xml_begin(xml, "Relationship");
    docx_xml_set(xml, "Id", name);
    docx_xml_set(xml, "Type", type);
    docx_xml_set(xml, "Target", leads_to);
    docx_xml_end(xml);
}

static void put_package_relations(const document_job *job, docx_xml *xml)
{
    (void)job;
    docx_xml_begin(xml, "Relationships");
    docx_xml_set(xml, "xmlns", PACKAGE_NAMESPACE "relationships");
    put_relation("rId1", OFFICE_RELATION "officeDocument", "word/document.xml", xml);
    put_relation("rId2", PACKAGE_NAMESPACE "relationships/metadata/core-properties", "docProps/core.xml", xml);
    put_relation("rId3", OFFICE_RELATION "extended-properties", "docProps/app.xml", xml);
    docx_xml_end(xml);
}

static void name_picture(size_t index, const char *folder, char name[64])
{
    snprintf(name, 64, "%.30smedia/figure%lu.png", folder, (unsigned long)(index + 1));
}

static void put_text_relations(const document_job *job, docx_xml *xml)
{
    docx_xml_begin(xml, "Relationships");
    docx_xml_set(xml, "xmlns", PACKAGE_NAMESPACE "relationships");
    put_relation(DOCX_RELATION_STYLES, OFFICE_RELATION "styles", "styles.xml", xml);
    put_relation(DOCX_RELATION_SETTINGS, OFFICE_RELATION "settings", "settings.xml", xml);
    put_relation(DOCX_RELATION_FOOTER, OFFICE_RELATION "footer", "footer1.xml", xml);
    put_relation(DOCX_RELATION_FOOTER_ACROSS, OFFICE_RELATION "footer", "footer2.xml", xml);
    for (size_t i = 0; job->text.drawings && i < job->document->n_pictures; i++) {
        char relation[DOCX_RELATION_SIZE], name[64];
        docx_relation_of_picture(i, relation);
        name_picture(i, "", name);
        if (job->text.drawings[i].bytes.length)
            put_relation(relation, OFFICE_RELATION "image", name, xml);
    }
    docx_xml_end(xml);
}

static void put_moment(const char *element, const char *moment, docx_xml *xml)
{
    docx_xml_begin(xml, element);
    docx_xml_set(xml, "xsi:type", "dcterms:W3CDTF");
    docx_xml_text(xml, moment);
    docx_xml_end(xml);
}

/* What the file says of itself. */
static void put_core(const document_job *job, docx_xml *xml)
{
    const behov_document_properties *properties = job->document->properties;
    time_t moment = (time_t)(properties->created ? properties->created : earliest_date);
    struct tm parts;
    char created[40] = "1980-01-01T00:00:00Z";
    if (gmtime_r(&moment, &parts))
        strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", &parts);
    docx_xml_begin(xml, "cp:coreProperties");
    docx_xml_set(xml, "xmlns:cp", PACKAGE_NAMESPACE "metadata/core-properties");
    docx_xml_set(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    docx_xml_set(xml, "xmlns:dcterms", "http://purl.org/dc/terms/");
    docx_xml_set(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    docx_xml_line(xml, "dc:title", docx_title(job->document));
    if (properties->subject)
        docx_xml_line(xml, "dc:subject", properties->subject);
    docx_xml_line(xml, "dc:creator", "behov");
    if (properties->comments)
        docx_xml_line(xml, "dc:description", properties->comments);
    docx_xml_line(xml, "dc:language", docx_language(job->document->lang));
    put_moment("dcterms:created", created, xml);
    put_moment("dcterms:modified", created, xml);
    docx_xml_end(xml);
}

static void put_app(const document_job *job, docx_xml *xml)
{
    (void)job;
    docx_xml_begin(xml, "Properties");
    docx_xml_set(xml, "xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties");
    docx_xml_line(xml, "Application", "behov");
    docx_xml_end(xml);
}

static void put_text(const document_job *job, docx_xml *xml)
{
    docx_write_document(&job->text, xml);
}

static void put_styles(const document_job *job, docx_xml *xml)
{
    docx_write_styles(job->document->lang, xml);
}

static void put_settings(const document_job *job, docx_xml *xml)
{
    docx_write_settings(job->document->lang, xml);
}

static void put_footer(const document_job *job, docx_xml *xml)
{
    docx_write_footer(job->document, false, xml);
}

static void put_footer_across(const document_job *job, docx_xml *xml)
{
    docx_write_footer(job->document, true, xml);
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static behov_status add_part(document_job *job, const char *name, void (*put)(const document_job *, docx_xml *),
                             behov_error *err)
{
    docx_xml *xml = docx_xml_new();
    size_t length = 0;
    if (!xml)
        return no_memory(job, err);
    put(job, xml);
    const char *bytes = docx_xml_finish(xml, &length);
    behov_status status = bytes ? docx_package_add(job->package, name, bytes, length, false, err) : no_memory(job, err);
    docx_xml_free(xml);
    return status;
}

static behov_status add_parts(document_job *job, behov_error *err)
{
    static const struct {
        const char *name;
        void (*put)(const document_job *, docx_xml *);
    } parts[] = {
        {"[Content_Types].xml", put_types}, {"_rels/.rels", put_package_relations},
        {"word/document.xml", put_text},    {"word/_rels/document.xml.rels", put_text_relations},
        {"word/styles.xml", put_styles},    {"word/settings.xml", put_settings},
        {"word/footer1.xml", put_footer},   {"word/footer2.xml", put_footer_across},
        {"docProps/core.xml", put_core},    {"docProps/app.xml", put_app},
    };
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !status; i++)
        status = add_part(job, parts[i].name, parts[i].put, err);
    for (size_t i = 0; job->text.drawings && i < job->document->n_pictures && !status; i++) {
        char name[64];
        const behov_wording *bytes = &job->text.drawings[i].bytes;
        name_picture(i, "word/", name);
        if (bytes->length)
            status = docx_package_add(job->package, name, behov_wording_text(bytes), bytes->length, true, err);
    }
    return status;
}

static behov_status lay_out(document_job *job, behov_error *err)
{
    const behov_document *document = job->document;
    behov_status status = BEHOV_OK;
    job->text.layouts = calloc(document->n_sections, sizeof *job->text.layouts);
    if (!job->text.layouts)
        return no_memory(job, err);
    for (size_t i = 0; i < document->n_sections && !status; i++)
        status = docx_layout_new(&document->sections[i], document->lang, &job->text.layouts[i], err);
    if (status || !document->n_pictures || !docx_can_draw())
        return status;
    job->text.drawings = calloc(document->n_pictures, sizeof *job->text.drawings);
    if (!job->text.drawings)
        return no_memory(job, err);
    for (size_t i = 0; i < document->n_pictures && !status; i++)
        status = docx_drawing_new(&document->pictures[i], job->path, &job->text.drawings[i], err);
    return status;
}

static void free_text(document_job *job)
{
    for (size_t i = 0; job->text.layouts && i < job->document->n_sections; i++)
        docx_layout_free(&job->text.layouts[i]);
    for (size_t i = 0; job->text.drawings && i < job->document->n_pictures; i++)
        docx_drawing_free(&job->text.drawings[i]);
    free(job->text.layouts);
    free(job->text.drawings);
}

static behov_status make(void *context, behov_error *err)
{
    document_job *job = context;
    job->text = (docx_text){.document = job->document};
    behov_status status = lay_out(job, err);
    if (!status)
        status = docx_package_new(job->path, job->document->properties->created, &job->package, err);
    if (!status)
        status = add_parts(job, err);
    if (!status)
        status = docx_package_write(job->package, job->out, err);
    docx_package_free(job->package);
    free_text(job);
    if (!status && (fflush(job->out) != 0 || ferror(job->out)))
        status = behov_error_say(err, BEHOV_E_FILE, job->path, SAY_TARGET_CANNOT_BE_WRITTEN_OLD, target_reason(errno));
    return status;
}

static behov_status make_apart(FILE *out, const void *context, behov_error *err)
{
    document_job job = *(const document_job *)context;
    own_process process;
    job.out = out;
    behov_status status = docx_xml_open(err);
    if (!status)
        status = own_process_start(job.path, make, &job, &process, err);
    return status ? status : own_process_finish(job.path, &process, NULL, err);
}

behov_status write_docx(const char *path, const behov_document *document, behov_error *err)
{
    return target_write(path, make_apart, &(document_job){.document = document, .path = path}, err);
}
