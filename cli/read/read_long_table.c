/* read_long_table.c - looks at the first bytes of a file and hands it to the reader of its format. */
#include "read_long_table.h"

#include <jansson.h>
#include <string.h>

#include "json_file.h"
#include "json_stat.h"
#include "read_json_stat.h"
#include "read_long_grid.h"
#include "read_spreadsheet.h"
#include "text_source.h"

enum { HEAD_BYTES = 512 };

/* ---- JSON: what a document is stands in it ------------------------------------------------------------------------- */

static behov_status read_cube(const json_t *document, const char *name, const long_table_choices *choices,
                              const behov_notice *notice, behov_long_table *out, behov_error *err)
{
    return read_json_stat_tree(document, name, choices->dataset, choices->has_labels, notice, out, err);
}

/* One line a kind of document; the first that says yes reads it. The last is asked of any other, and says why not. */
static const struct {
    bool (*is_it)(const json_t *document);
    behov_status (*read)(const json_t *document, const char *name, const long_table_choices *choices,
                         const behov_notice *notice, behov_long_table *out, behov_error *err);
} documents[] = {
    {json_stat_is_it, read_cube},
    {NULL, read_cube},
};

static bool is_json(const char *path, const char *head, size_t n_head)
{
    (void)path;
    size_t i = n_head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < n_head && head[i] && strchr(" \t\r\n", head[i]))
        i++;
    return i < n_head && (head[i] == '{' || head[i] == '[');
}

static behov_status read_json(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                              behov_long_table *out, behov_error *err)
{
    json_t *document = NULL;
    behov_status status = json_file_read_source(source, PHRASE_JSON_FILE_JSON_STAT, &document, err);
    size_t i = 0;
    if (status)
        return status;
    while (documents[i].is_it && !documents[i].is_it(document))
        i++;
    status = documents[i].read(document, text_source_name(source), choices, notice, out, err);
    json_decref(document);
    return status;
}

/* ---- any file ------------------------------------------------------------------------------------------------------ */

static bool begins_with(const char *head, size_t n_head, const char *bytes)
{
    return n_head >= strlen(bytes) && memcmp(head, bytes, strlen(bytes)) == 0;
}

/* Workbooks, and what is called one: the reader says why it cannot be read. */
static bool is_workbook(const char *path, const char *head, size_t n_head)
{
    return read_spreadsheet_is_it(path, (const unsigned char *)head, n_head);
}

static bool is_text(const char *path, const char *head, size_t n_head)
{
    (void)path, (void)head, (void)n_head;
    return true;
}

/* One line a format that is known by its first bytes or its name. */
static const struct {
    bool (*is_it)(const char *path, const char *head, size_t n_head);
    behov_status (*read)(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                         behov_long_table *out, behov_error *err);
    bool has_sheets;
} formats[] = {
    {is_json, read_json, false},
    {is_workbook, read_long_sheet, true},
    {is_text, read_long_text, false},
};

/* What is sent in the place of a table: a page that says that there is none, or a document. */
static behov_status refuse_others(const text_source *source, const char *head, size_t n_head, behov_error *err)
{
    size_t i = begins_with(head, n_head, "\xEF\xBB\xBF") ? 3 : 0;
    while (i < n_head && head[i] && strchr(" \t\r\n", head[i]))
        i++;
    if (begins_with(head, n_head, "%PDF"))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_LONG_IS_PDF);
    if (i < n_head && head[i] == '<')
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_LONG_IS_MARKUP);
    return BEHOV_OK;
}

static behov_status read_source(text_source *source, const char *path, const long_table_choices *choices,
                                const behov_notice *notice, behov_long_table *out, behov_error *err)
{
    char head[HEAD_BYTES];
    size_t n_head = 0, i = 0;
    behov_status status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    if (!status)
        status = refuse_others(source, head, n_head, err);
    if (status)
        return status;
    while (!formats[i].is_it(path, head, n_head))
        i++;
    if (choices->sheet && !formats[i].has_sheets)
        return behov_error_say(err, BEHOV_E_ARGUMENT, text_source_name(source), SAY_SHEET_NOT_A_WORKBOOK,
                               behov_cut(choices->sheet, 60).text);
    return formats[i].read(source, choices, notice, out, err);
}

behov_status read_long_table(const char *path, const long_table_choices *choices, const behov_notice *notice,
                             behov_long_table *out, behov_error *err)
{
    static const long_table_choices none;
    text_source *source = NULL;
    *out = (behov_long_table){0};
    behov_status status = text_source_open_bytes(path, NULL, &source, err);
    if (status)
        return status;
    status = read_source(source, path, choices ? choices : &none, notice, out, err);
    text_source_free(source);
    return status;
}
