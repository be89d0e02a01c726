/* document.c - sections as a file. */
#include "document.h"

#include <stdlib.h>

#include "writers.h"

bool document_is_known(const char *path)
{
    return writer_find(path, HOLDS_SHEETS | HOLDS_PAGE) != NULL;
}

bool document_shows_pictures(const char *path)
{
    const writer *writer = writer_find(path, HOLDS_SHEETS | HOLDS_PAGE);
    return writer && writer->shows_pictures;
}

behov_status document_write(const char *path, const behov_section *sections, size_t n_sections,
                            const behov_document_properties *properties, behov_language lang, behov_error *err)
{
    static const behov_document_properties nothing_told = {0};
    const behov_document document = {.sections = sections,
                                     .n_sections = n_sections,
                                     .properties = properties ? properties : &nothing_told,
                                     .lang = lang};
    return document_write_whole(path, &document, err);
}

behov_status document_write_whole(const char *path, const behov_document *document, behov_error *err)
{
    const behov_section *sections = document->sections;
    const writer *writer = writer_find(path, HOLDS_SHEETS | HOLDS_PAGE);
    if (!writer) {
        char *list = writer_list(HOLDS_SHEETS | HOLDS_PAGE, "", PHRASE_ENDING_OR, NULL);
        behov_status status = behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_DOCUMENT_ENDING_LIST,
                                              list ? list : PHRASE_DOCUMENT_ENDING_OTHERS);
        free(list);
        return status;
    }
    if (document->n_sections == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_DOCUMENT_NEEDS_SECTION);
    for (size_t i = 0; i < document->n_sections; i++)
        if (sections[i].input_sheet ? writer->holds != HOLDS_SHEETS : behov_report_n_columns(sections[i].table) == 0)
            return behov_error_say(err, BEHOV_E_ARGUMENT, sections[i].name, SAY_DOCUMENT_TABLE_IS_EMPTY);
    return writer->write(path, &(writing){.document = document}, err);
}
