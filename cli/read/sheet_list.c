/* sheet_list.c - see sheet_list.h. */
#include "sheet_list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "name.h"

enum { MOST_SHEETS = 10000, MOST_NAMES = 8 };

behov_status sheet_list_add(sheet_list *list, const char *name, const char *part, bool is_hidden,
                            const text_source *source, behov_error *err)
{
    if (list->n >= MOST_SHEETS)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_BROKEN_FILE);
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        sheet_entry *entries = realloc(list->entries, room * sizeof *entries);
        if (!entries)
            return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(source), SAY_SHEET_NO_MEMORY);
        list->entries = entries;
        list->room = room;
    }
    sheet_entry entry = {.name = strdup(name), .part = strdup(part), .is_hidden = is_hidden};
    if (!entry.name || !entry.part) {
        free(entry.name), free(entry.part);
        return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(source), SAY_SHEET_NO_MEMORY);
    }
    for (char *cursor = entry.name; *cursor; cursor++) /* no byte of a name may begin a phrase */
        *cursor = (unsigned char)*cursor < ' ' ? ' ' : *cursor;
    list->entries[list->n++] = entry;
    return BEHOV_OK;
}

void sheet_list_free(sheet_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->entries[i].name), free(list->entries[i].part);
    free(list->entries);
    *list = (sheet_list){0};
}

/* The number that a text is, 0 for any other text. */
static size_t number_of(const char *text)
{
    size_t number = 0;
    for (; *text >= '0' && *text <= '9' && number <= MOST_SHEETS; text++)
        number = 10 * number + (size_t)(*text - '0');
    return *text ? 0 : number;
}

size_t sheet_list_find(const sheet_list *list, const char *wanted)
{
    for (size_t i = 0; !wanted && i < list->n; i++)
        if (!list->entries[i].is_hidden)
            return i;
    if (!wanted)
        return list->n ? 0 : SIZE_MAX;
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->entries[i].name, wanted) == 0)
            return i;
    for (size_t i = 0; i < list->n; i++)
        if (behov_name_is_label(list->entries[i].name, strlen(list->entries[i].name), wanted, strlen(wanted)))
            return i;
    size_t number = number_of(wanted);
    return number >= 1 && number <= list->n ? number - 1 : SIZE_MAX;
}

behov_said sheet_list_names(const sheet_list *list, size_t but)
{
    behov_said names = {.text = ""};
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (i == but)
            continue;
        if (n++ >= MOST_NAMES)
            continue;
        behov_said before = names, name = behov_phrase(SAY_SHEET_QUOTED, behov_cut(list->entries[i].name, 40).text);
        behov_phrase_list(&names, before.text, n > 1 ? ", " : "", name.text, NULL);
    }
    if (n > MOST_NAMES) {
        behov_said before = names;
        behov_phrase_list(&names, before.text, behov_phrase(SAY_NAMES_MORE, n - MOST_NAMES).text, NULL);
    }
    return names;
}

behov_status sheet_list_choose(const sheet_list *list, const char *wanted, const text_source *source, size_t *index,
                               behov_error *err)
{
    size_t choice = sheet_list_find(list, wanted);
    if (choice == SIZE_MAX && !list->n)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_NONE);
    if (choice == SIZE_MAX)
        return behov_error_say(err, BEHOV_E_NAME, text_source_name(source), SAY_SHEET_NOT_THERE,
                               behov_cut(wanted, 60).text, list->n, sheet_list_names(list, SIZE_MAX).text);
    *index = choice;
    return BEHOV_OK;
}
