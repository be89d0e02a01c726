/* writers.c - the table of writers, one line for each ending. */
#include "writers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/html.h>
#include <behov/latex.h>
#include <behov/markdown.h>
#include "progress.h"
#include "target.h"
#include "write_docx.h"
#include "write_page.h"
#include "write_picture.h"
#include "write_text.h"
#include "write_xlsx.h"

/* ---- pages ------------------------------------------------------------------------------------------------------- */

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

static behov_status text(const char *path, const writing *writing, behov_error *err)
{
    return target_write(path, print_text, writing->document, err);
}

static behov_status latex(const char *path, const writing *writing, behov_error *err)
{
    return target_write(path, print_latex, writing->document, err);
}

static behov_status markdown(const char *path, const writing *writing, behov_error *err)
{
    return target_write(path, print_markdown, writing->document, err);
}

static behov_status html(const char *path, const writing *writing, behov_error *err)
{
    return target_write(path, print_html, writing->document, err);
}

static behov_status word(const char *path, const writing *writing, behov_error *err)
{
    return write_docx(path, writing->document, err);
}

/* ---- other files ------------------------------------------------------------------------------------------------- */

static behov_status workbook(const char *path, const writing *writing, behov_error *err)
{
    const behov_document *document = writing->document;
    progress *bar = progress_new(path);
    behov_status status =
        write_xlsx(path, document->sections, document->n_sections, document->properties, document->lang, bar, err);
    progress_free(bar);
    return status;
}

static behov_status csv(const char *path, const writing *writing, behov_error *err)
{
    progress *bar = progress_new(path);
    behov_status status = write_csv(path, writing->rows, writing->csv_style, bar, err);
    progress_free(bar);
    return status;
}

static behov_status json(const char *path, const writing *writing, behov_error *err)
{
    return writing->object(writing->object_context, path, err);
}

static behov_status picture(const char *path, const writing *writing, behov_error *err)
{
    return write_picture(path, writing->picture, writing->date, err);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* In the order in which messages and help name them. */
static const writer writers[] = {
    {".xlsx", HOLDS_SHEETS, workbook, false, false}, {".html", HOLDS_PAGE | HOLDS_COUNCIL, html, false, false},
    {".htm", HOLDS_PAGE, html, true, false},         {".docx", HOLDS_PAGE, word, false, true},
    {".tex", HOLDS_PAGE, latex, false, false},       {".md", HOLDS_PAGE, markdown, false, false},
    {".txt", HOLDS_PAGE, text, false, false},        {".csv", HOLDS_ROWS, csv, false, false},
    {".json", HOLDS_OBJECT, json, false, false},     {".svg", HOLDS_PICTURE, picture, false, false},
    {".png", HOLDS_PICTURE, picture, false, false},  {".pdf", HOLDS_PICTURE, picture, false, false},
    {".factors", HOLDS_FACTORS, NULL, false, false},
};

enum { N_WRITERS = sizeof writers / sizeof *writers };

const writer *writer_find(const char *path, unsigned holds)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < N_WRITERS; i++)
        if (strcasecmp(writers[i].ending, dot) == 0)
            return writers[i].holds & holds ? &writers[i] : NULL;
    return NULL;
}

char *writer_list(unsigned holds, const char *stem, const char *word, const char *rows)
{
    const writer *listed[N_WRITERS];
    size_t n = 0, size = 1;
    for (size_t i = 0; i < N_WRITERS; i++)
        if ((writers[i].holds & holds) && !writers[i].is_synonym) {
            listed[n++] = &writers[i];
            size +=
                strlen(stem) + strlen(writers[i].ending) + strlen(word) + (rows ? strlen(rows) : 0) + sizeof ",   ()";
        }
    char *list = calloc(size, 1);
    for (size_t i = 0, length = 0; list && i < n; i++) {
        bool is_last = i > 0 && i + 1 == n, has_rows = rows && listed[i]->holds == HOLDS_ROWS;
        length += (size_t)snprintf(list + length, size - length, "%s%s%s%s%s%s%s%s",
                                   i == 0    ? ""
                                   : is_last ? " "
                                             : ", ",
                                   is_last ? word : "", is_last ? " " : "", stem, listed[i]->ending,
                                   has_rows ? " (" : "", has_rows ? rows : "", has_rows ? ")" : "");
    }
    return list;
}
