/* document.c - from the ending of a file's name to its writer. */
#include "document.h"

#include <string.h>
#include <strings.h>

#include "progress.h"
#include "target.h"
#include "html.h"
#include "latex.h"
#include "markdown.h"
#include "write_page.h"
#include "write_text.h"
#include "write_xlsx.h"

static behov_status print_text(FILE *out, const void *context, behov_error *err)
{
    const behov_document *document = context;
    return write_text_sections(document->sections, document->n_sections, document->lang, out, err);
}

static behov_status print_latex(FILE *out, const void *context, behov_error *err)
{
    return write_page(behov_latex_page, context, out, err);
}

static behov_status print_markdown(FILE *out, const void *context, behov_error *err)
{
    return write_page(behov_markdown_page, context, out, err);
}

static behov_status print_html(FILE *out, const void *context, behov_error *err)
{
    return write_page(behov_html_page, context, out, err);
}

typedef struct kind {
    const char *ending;
    target_print *print; /* NULL = a workbook, which is no text */
} kind;

static const kind kinds[] = {
    {".xlsx", NULL},       {".tex", print_latex}, {".md", print_markdown},
    {".html", print_html}, {".htm", print_html},  {".txt", print_text},
};

static const kind *kind_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcasecmp(kinds[i].ending, dot) == 0)
            return &kinds[i];
    return NULL;
}

bool document_is_known(const char *path)
{
    return kind_of(path) != NULL;
}

static behov_status write_workbook(const char *path, const behov_document *document, behov_error *err)
{
    progress *bar = progress_new(path);
    behov_status status =
        write_xlsx(path, document->sections, document->n_sections, document->properties, document->lang, bar, err);
    progress_free(bar);
    return status;
}

behov_status document_write(const char *path, const behov_section *sections, size_t n_sections,
                            const behov_document_properties *properties, behov_language lang, behov_error *err)
{
    static const behov_document_properties nothing_told = {0};
    const behov_document document = {.sections = sections,
                                     .n_sections = n_sections,
                                     .properties = properties ? properties : &nothing_told,
                                     .lang = lang};
    const kind *kind = kind_of(path);
    if (!kind)
        return behov_error_set(err, BEHOV_E_ARGUMENT, path,
                               "the ending says what is written; there are .xlsx, .tex, .md, .html and .txt");
    if (n_sections == 0)
        return behov_error_set(err, BEHOV_E_ARGUMENT, path, "a document needs a section");
    for (size_t i = 0; i < n_sections; i++)
        if (sections[i].input_sheet ? kind->print != NULL : behov_report_n_columns(sections[i].table) == 0)
            return behov_error_set(err, BEHOV_E_ARGUMENT, sections[i].name, "the table has no columns");
    return kind->print ? target_write(path, kind->print, &document, err) : write_workbook(path, &document, err);
}
