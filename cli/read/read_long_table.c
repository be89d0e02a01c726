/* read_long_table.c - looks at the first bytes of a file and hands it to the reader of its format. */
#include "read_long_table.h"

#include <jansson.h>
#include <string.h>

#include "json_file.h"
#include "json_stat.h"
#include "read_json_stat.h"
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

static bool is_json(const char *head, size_t n_head)
{
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

/* One line a format that is known by its first bytes. */
static const struct {
    bool (*is_it)(const char *head, size_t n_head);
    behov_status (*read)(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                         behov_long_table *out, behov_error *err);
} formats[] = {
    {is_json, read_json},
};

behov_status read_long_table(const char *path, const long_table_choices *choices, const behov_notice *notice,
                             behov_long_table *out, behov_error *err)
{
    static const long_table_choices none;
    char head[HEAD_BYTES];
    size_t n_head = 0;
    text_source *source = NULL;
    *out = (behov_long_table){0};
    behov_status status = text_source_open_bytes(path, NULL, &source, err);
    if (status)
        return status;
    status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    bool is_known = false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats && !status && !is_known; i++)
        if ((is_known = formats[i].is_it(head, n_head)))
            status = formats[i].read(source, choices ? choices : &none, notice, out, err);
    if (!status && !is_known)
        status = behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_JSON_STAT_IS_NONE);
    text_source_free(source);
    return status;
}
