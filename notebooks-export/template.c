/* template.c - see template.h. */
#include "template.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "files_read.h"
#include "system.h"
#include "system_reason.h"
#include "templates_bytes.h"

/* ---- filling ------------------------------------------------------------------------------------------------------ */

static behov_said place(const template_text *source, size_t line)
{
    return behov_phrase(SAY_EXPORT_FILE_LINE, source->file, line);
}

static const char code_folder[] = "code/";

static const template_value *find(const template_filling *filling, const char *name, size_t length)
{
    for (const template_value *const *table = filling->values; *table; table++)
        for (const template_value *value = *table; value->name; value++)
            if (strlen(value->name) == length && strncmp(value->name, name, length) == 0)
                return value;
    return NULL;
}

/* Marks that no eye sees, or that turn what stands beside them, are shown as U+FFFD: R refuses them even in a comment. */
static void add_visible(const char *text, behov_wording *out)
{
    behov_shown_letter letter;
    for (size_t n; (n = behov_letter(text, &letter)) > 0; text += n)
        if (*text == '\n')
            behov_wording_add_letter(out, '\n');
        else
            behov_wording_add_bytes(out, letter.bytes, letter.n_bytes);
}

/* Lines of prose, each behind the beginning of the placeholder's line. */
static void add_prose(const char *text, const char *beginning, size_t n_beginning, template_escape *escape,
                      behov_wording *out)
{
    for (bool is_first = true; *text; is_first = false) {
        size_t length = strcspn(text, "\n");
        if (!is_first) {
            behov_wording_add(out, "\n");
            behov_wording_add_bytes(out, beginning, n_beginning);
        }
        escape(out, text, length);
        text += length + (text[length] == '\n');
    }
}

/* The value of a placeholder at the end of `line`; whether the rest of its line goes with it. */
static behov_status add_value(const template_value *value, const char *line, size_t n_line, bool is_alone,
                              const template_filling *filling, behov_wording *out, bool *is_gone, behov_error *err)
{
    behov_wording said = {0};
    behov_status status = value->say(filling->context, &said, err);
    const char *text = behov_wording_text(&said);
    *is_gone = !status && is_alone && !text[0] && !said.has_no_memory && !out->has_no_memory;
    if (*is_gone)
        out->text[out->length -= n_line] = '\0';
    else if (!status && value->kind == TEMPLATE_PROSE) {
        behov_wording visible = {0};
        add_visible(text, &visible);
        add_prose(behov_wording_text(&visible), line, n_line, filling->escape, out);
        behov_wording_spend(out, &visible);
    } else if (!status)
        behov_wording_add(out, text);
    behov_wording_spend(out, &said);
    return status;
}

/* {{code/NAME}}; its last line end is that of the placeholder's line. */
static behov_status add_fragment(const char *name, const template_filling *filling, behov_wording *out,
                                 behov_error *err)
{
    char *owned;
    template_text fragment;
    behov_status status = template_find(filling->folder, name, &owned, &fragment, err);
    if (!status && fragment.n && fragment.text[fragment.n - 1] == '\n')
        fragment.n--;
    template_filling inner = *filling;
    inner.is_fragment = true;
    if (!status)
        status = template_fill(&fragment, &inner, out, err);
    free(owned);
    return status;
}

/* Marks before a placeholder that stands alone: of comments, lists and room. */
static bool is_bare(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t#*/->", text[i]))
            return false;
    return true;
}

behov_status template_fill(const template_text *source, const template_filling *filling, behov_wording *out,
                           behov_error *err)
{
    size_t number = source->first_line;
    behov_status status = BEHOV_OK;
    const char *end = source->text + source->n;
    for (const char *line = source->text; line < end && !status; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        bool is_gone = false;
        const char *rest = line;
        while (!status && !is_gone) {
            const char *open = rest, *close;
            while (open + 1 < stop && (open[0] != '{' || open[1] != '{'))
                open++;
            if (open + 1 >= stop)
                break;
            for (close = open + 2; close + 1 < stop && (close[0] != '}' || close[1] != '}'); close++)
                ;
            const char *first = open + 2, *last = close;
            for (; first < last && *first == ' '; first++)
                ;
            for (; first < last && last[-1] == ' '; last--)
                ;
            char name[80];
            snprintf(name, sizeof name, "%.*s", (int)(last - first), first);
            if (close + 1 >= stop)
                return behov_error_say(err, BEHOV_E_SYNTAX, place(source, number).text, SAY_EXPORT_PLACEHOLDER_OPEN,
                                       name);
            const template_value *value = find(filling, first, (size_t)(last - first));
            bool is_fragment = !filling->is_fragment && strncmp(name, code_folder, strlen(code_folder)) == 0;
            if (!value && !is_fragment)
                return behov_error_say(err, BEHOV_E_NAME, place(source, number).text, SAY_EXPORT_PLACEHOLDER_UNKNOWN,
                                       name);
            behov_wording_add_bytes(out, rest, (size_t)(open - rest));
            size_t n_before = (size_t)(open - line);
            if (is_fragment) {
                status = add_fragment(name, filling, out, err);
                rest = close + 2;
                continue;
            }
            bool is_alone = rest == line && close + 2 == stop && is_bare(line, n_before);
            status = add_value(value, line, n_before, is_alone, filling, out, &is_gone, err);
            rest = close + 2;
        }
        if (!is_gone)
            behov_wording_add_bytes(out, rest, (size_t)(stop - rest));
        if (!is_gone && stop < end)
            behov_wording_add(out, "\n");
        line = stop + 1;
    }
    return status ? status : behov_wording_status(out, err);
}

/* ---- finding ------------------------------------------------------------------------------------------------------ */

static behov_status cannot_read(const char *path, int code, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_EXPORT_TEMPLATE_UNREADABLE, system_reason(code));
}

/* All bytes of a file with its name in front of them: one piece of memory to free. */
static behov_status read_file(const char *path, char **owned, template_text *source, behov_error *err)
{
    system_file about;
    int number, code = system_look(path, &about);
    if (!code)
        code = system_open_to_read(path, &number);
    if (code)
        return cannot_read(path, code, err);
    if (about.n_bytes == 0) {
        system_close(number);
        return behov_error_say(err, BEHOV_E_SYNTAX, path, SAY_EXPORT_TEMPLATE_EMPTY);
    }
    size_t n_path = strlen(path) + 1;
    char *bytes = malloc(n_path + (size_t)about.n_bytes + 1);
    if (bytes)
        code = system_read_at(number, bytes + n_path, (size_t)about.n_bytes, 0);
    system_close(number);
    if (!bytes)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_EXPORT_NO_MEMORY);
    if (code) {
        free(bytes);
        return cannot_read(path, code, err);
    }
    files_read_note(path);
    memcpy(bytes, path, n_path);
    *owned = bytes;
    *source = (template_text){.file = bytes, .first_line = 1, .text = bytes + n_path, .n = (size_t)about.n_bytes};
    return BEHOV_OK;
}

behov_status template_find(const char *folder, const char *name, char **owned, template_text *source, behov_error *err)
{
    char path[TEMPLATE_PATH_SIZE];
    system_file about;
    *owned = NULL;
    if (folder && (system_look(folder, &about) != 0 || about.kind != SYSTEM_FOLDER))
        return behov_error_say(err, BEHOV_E_FILE, folder, SAY_EXPORT_TEMPLATES_NO_FOLDER);
    bool is_named = folder && snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path;
    if (is_named && system_look(path, &about) == 0)
        return about.kind == SYSTEM_FOLDER ? cannot_read(path, EISDIR, err) : read_file(path, owned, source, err);
    for (size_t i = 0; i < n_templates_bytes; i++)
        if (strcmp(templates_bytes[i].name, name) == 0) {
            *source = (template_text){.file = templates_bytes[i].name,
                                      .first_line = 1,
                                      .text = (const char *)templates_bytes[i].bytes,
                                      .n = templates_bytes[i].n};
            return BEHOV_OK;
        }
    return behov_error_say(err, BEHOV_E_FILE, name, SAY_EXPORT_NO_TEMPLATE);
}

behov_status template_find_in(const char *folder, behov_language lang, const char *name, char **owned,
                              template_text *source, behov_error *err)
{
    char own[80];
    snprintf(own, sizeof own, "%s/%s", behov_language_name(lang), name);
    return template_find(folder, own, owned, source, err);
}
