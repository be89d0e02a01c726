/* text_list.c - see text_list.h. */
#include "text_list.h"

#include <stdlib.h>
#include <string.h>

void behov_text_list_add(behov_text_list *list, const char *mark, const char *text)
{
    size_t mark_length = list->length ? strlen(mark) : 0, length = strlen(text);
    char *longer = realloc(list->text, list->length + mark_length + length + 1);
    if (!longer) {
        list->has_no_memory = true;
        return;
    }
    memcpy(longer + list->length, mark, mark_length);
    memcpy(longer + list->length + mark_length, text, length + 1);
    list->text = longer;
    list->length += mark_length + length;
}

const char *behov_text_list_text(const behov_text_list *list)
{
    return list->text ? list->text : "";
}
