/* section.c - sections that own their words and tables. */
#include "section.h"

#include <stdlib.h>
#include <string.h>

#include "form.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the tables");
}

static void free_text(const char *text) { free((char *)text); }

static void free_section(section *of)
{
    for (size_t i = 0; i < of->n_notes; i++)
        free_text(of->notes[i]);
    free((void *)of->notes);
    for (size_t i = 0; i < of->n_charts; i++)
        sheet_chart_free((sheet_chart *)&of->charts[i]);
    free((void *)of->charts);
    free_text(of->name);
    free_text(of->title);
    free_text(of->subtitle);
    free_text(of->second_line);
    free_text(of->table_name);
    behov_report_free((behov_report *)of->table);
    form_free(of->form);
}

void section_list_free(section_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free_section(&list->sections[i]);
    free(list->sections);
    *list = (section_list){0};
}

/* A copy of a text that may be missing; *failed is set when memory is short. */
static const char *copy(const char *text, bool *failed)
{
    char *made = text ? strdup(text) : NULL;
    *failed = *failed || (text && !made);
    return made;
}

static behov_status add_note(section *to, const char *text, behov_error *err)
{
    const char **notes = realloc((void *)to->notes, (to->n_notes + 1) * sizeof *notes);
    if (!notes)
        return out_of_memory(err);
    to->notes = notes;
    bool failed = false;
    notes[to->n_notes] = copy(text, &failed);
    if (failed)
        return out_of_memory(err);
    to->n_notes++;
    return BEHOV_OK;
}

behov_status section_list_note(section_list *list, const char *text, behov_error *err)
{
    return text && text[0] ? add_note(&list->sections[list->n - 1], text, err) : BEHOV_OK;
}

behov_status section_list_say(section_list *list, const char *before, const wording *words, behov_error *err)
{
    behov_status status = wording_status(words, err);
    if (status || !words->length)
        return status;
    wording note = {0};
    wording_add(&note, before);
    wording_add(&note, wording_text(words));
    status = wording_status(&note, err);
    if (!status)
        status = section_list_note(list, wording_text(&note), err);
    wording_free(&note);
    return status;
}

behov_status section_list_note_all(section_list *list, const char *text, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++)
        status = add_note(&list->sections[i], text, err);
    return status;
}

static behov_status copy_charts(section *to, const sheet_chart *charts, size_t n, behov_error *err)
{
    sheet_chart *made = n ? calloc(n, sizeof *made) : NULL;
    behov_status status = n && !made ? out_of_memory(err) : BEHOV_OK;
    to->charts = made;
    to->n_charts = 0;
    for (size_t i = 0; i < n && !status; i++) {
        to->n_charts = i + 1;
        status = sheet_chart_copy(&charts[i], &made[i], err);
    }
    return status;
}

/* Room for one more; the new section is empty. */
static behov_status make_room(section_list *list, behov_error *err)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        section *sections = realloc(list->sections, room * sizeof *sections);
        if (!sections)
            return out_of_memory(err);
        list->sections = sections;
        list->room = room;
    }
    list->sections[list->n++] = (section){0};
    return BEHOV_OK;
}

behov_status section_list_append(section_list *list, section_list *from, behov_error *err)
{
    size_t n = list->n;
    for (size_t i = 0; i < from->n; i++)
        if (make_room(list, err)) {
            list->n = n;
            return BEHOV_E_MEMORY;
        }
    for (size_t i = 0; i < from->n; i++)
        list->sections[n + i] = from->sections[i];
    free(from->sections);
    *from = (section_list){0};
    return BEHOV_OK;
}

behov_status section_list_add_form(section_list *list, const char *name, struct form *sheet, behov_error *err)
{
    bool failed = false;
    behov_status status = make_room(list, err);
    if (status) {
        form_free(sheet);
        return status;
    }
    section *made = &list->sections[list->n - 1];
    made->form = sheet;
    made->name = copy(name, &failed);
    return failed ? out_of_memory(err) : BEHOV_OK;
}

behov_status section_list_add(section_list *list, section added, behov_report *table, behov_error *err)
{
    if (make_room(list, err)) {
        behov_report_free(table);
        return BEHOV_E_MEMORY;
    }
    bool failed = false;
    section *made = &list->sections[list->n - 1];
    *made = added;
    made->name = copy(added.name, &failed);
    made->title = copy(added.title, &failed);
    made->subtitle = copy(added.subtitle, &failed);
    made->second_line = copy(added.second_line, &failed);
    made->table_name = copy(added.table_name, &failed);
    for (char *c = (char *)made->table_name; c && *c; c++)
        *c = *c == ' ' ? '_' : *c;
    made->table = table;
    made->notes = NULL;
    made->n_notes = 0;
    behov_status status = copy_charts(made, added.charts, added.n_charts, err);
    if (failed && !status)
        status = out_of_memory(err);
    for (size_t i = 0; i < added.n_notes && !status; i++)
        status = section_list_note(list, added.notes[i], err);
    return status;
}
