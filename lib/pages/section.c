/* section.c - sections that own their words and tables. */
#include <behov/section.h>

#include <stdlib.h>
#include <string.h>

#include <behov/input_sheet.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SECTION_NO_MEMORY);
}

static void free_text(const char *text)
{
    free((char *)text);
}

static void free_section(behov_section *section)
{
    for (size_t i = 0; i < section->n_notes; i++)
        free_text(section->notes[i]);
    free((void *)section->notes);
    for (size_t i = 0; i < section->n_charts; i++)
        behov_sheet_chart_free((behov_sheet_chart *)&section->charts[i]);
    free((void *)section->charts);
    free_text(section->name);
    free_text(section->title);
    free_text(section->subtitle);
    free_text(section->second_line);
    free_text(section->table_name);
    behov_report_free((behov_report *)section->table);
    behov_input_free(section->input_sheet);
}

void behov_section_list_free(behov_section_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free_section(&list->sections[i]);
    free(list->sections);
    *list = (behov_section_list){0};
}

/* A copy of a text that may be missing; *failed is set when memory is short. */
static const char *copy(const char *text, bool *failed)
{
    char *built = text ? strdup(text) : NULL;
    *failed = *failed || (text && !built);
    return built;
}

static behov_status add_note(behov_section *out, const char *text, behov_error *err)
{
    const char **notes = realloc((void *)out->notes, (out->n_notes + 1) * sizeof *notes);
    if (!notes)
        return out_of_memory(err);
    out->notes = notes;
    bool failed = false;
    notes[out->n_notes] = copy(text, &failed);
    if (failed)
        return out_of_memory(err);
    out->n_notes++;
    return BEHOV_OK;
}

behov_status behov_section_list_note(behov_section_list *list, const char *text, behov_error *err)
{
    return text && text[0] ? add_note(&list->sections[list->n - 1], text, err) : BEHOV_OK;
}

behov_status behov_section_list_say(behov_section_list *list, const char *previous_text, const behov_wording *words,
                                    behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    if (status || !words->length)
        return status;
    behov_wording note = {0};
    behov_wording_add(&note, previous_text);
    behov_wording_add(&note, behov_wording_text(words));
    status = behov_wording_status(&note, err);
    if (!status)
        status = behov_section_list_note(list, behov_wording_text(&note), err);
    behov_wording_free(&note);
    return status;
}

behov_status behov_section_list_note_all(behov_section_list *list, const char *text, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++)
        status = add_note(&list->sections[i], text, err);
    return status;
}

static behov_status copy_charts(behov_section *out, const behov_sheet_chart *charts, size_t n, behov_error *err)
{
    behov_sheet_chart *sheet_chart = n ? calloc(n, sizeof *sheet_chart) : NULL;
    behov_status status = n && !sheet_chart ? out_of_memory(err) : BEHOV_OK;
    out->charts = sheet_chart;
    out->n_charts = 0;
    for (size_t i = 0; i < n && !status; i++) {
        out->n_charts = i + 1;
        status = behov_sheet_chart_copy(&charts[i], &sheet_chart[i], err);
    }
    return status;
}

/* Room for one more; the new section is empty. */
static behov_status make_room(behov_section_list *list, behov_error *err)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        behov_section *sections = realloc(list->sections, room * sizeof *sections);
        if (!sections)
            return out_of_memory(err);
        list->sections = sections;
        list->room = room;
    }
    list->sections[list->n++] = (behov_section){0};
    return BEHOV_OK;
}

behov_status behov_section_list_append(behov_section_list *list, behov_section_list *source, behov_error *err)
{
    size_t n = list->n;
    for (size_t i = 0; i < source->n; i++)
        if (make_room(list, err)) {
            list->n = n;
            return BEHOV_E_MEMORY;
        }
    for (size_t i = 0; i < source->n; i++)
        list->sections[n + i] = source->sections[i];
    free(source->sections);
    *source = (behov_section_list){0};
    return BEHOV_OK;
}

behov_status behov_section_list_add_form(behov_section_list *list, const char *name, struct behov_input_sheet *sheet,
                                         behov_error *err)
{
    bool failed = false;
    behov_status status = make_room(list, err);
    if (status) {
        behov_input_free(sheet);
        return status;
    }
    behov_section *section = &list->sections[list->n - 1];
    section->input_sheet = sheet;
    section->name = copy(name, &failed);
    return failed ? out_of_memory(err) : BEHOV_OK;
}

behov_status behov_section_list_add(behov_section_list *list, behov_section section, behov_report *table,
                                    behov_error *err)
{
    if (make_room(list, err)) {
        behov_report_free(table);
        return BEHOV_E_MEMORY;
    }
    bool failed = false;
    behov_section *new_section = &list->sections[list->n - 1];
    *new_section = section;
    new_section->name = copy(section.name, &failed);
    new_section->title = copy(section.title, &failed);
    new_section->subtitle = copy(section.subtitle, &failed);
    new_section->second_line = copy(section.second_line, &failed);
    new_section->table_name = copy(section.table_name, &failed);
    for (char *c = (char *)new_section->table_name; c && *c; c++)
        *c = *c == ' ' ? '_' : *c;
    new_section->table = table;
    new_section->notes = NULL;
    new_section->n_notes = 0;
    behov_status status = copy_charts(new_section, section.charts, section.n_charts, err);
    if (failed && !status)
        status = out_of_memory(err);
    for (size_t i = 0; i < section.n_notes && !status; i++)
        status = behov_section_list_note(list, section.notes[i], err);
    return status;
}

behov_status behov_section_list_add_said(behov_section_list *list, behov_section section, const behov_wording *title,
                                         const behov_wording *subtitle, behov_report *table, behov_error *err)
{
    behov_status status = title ? behov_wording_status(title, err) : BEHOV_OK;
    if (!status && subtitle)
        status = behov_wording_status(subtitle, err);
    if (status) {
        behov_report_free(table);
        return status;
    }
    if (title)
        section.title = behov_wording_text(title);
    if (subtitle)
        section.subtitle = behov_wording_text(subtitle);
    return behov_section_list_add(list, section, table, err);
}

behov_status behov_section_list_subtitle(behov_section_list *list, size_t i, const char *subtitle, behov_error *err)
{
    char *text = malloc(strlen(subtitle) + 1);
    if (!text)
        return out_of_memory(err);
    strcpy(text, subtitle);
    free_text(list->sections[i].subtitle);
    list->sections[i].subtitle = text;
    return BEHOV_OK;
}
