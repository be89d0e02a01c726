/* cube_column.c - see cube_column.h. */
#include "cube_column.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>

behov_status cube_column_add(behov_table *table, const char *name, const char *const *texts, size_t size, size_t block,
                             behov_error *err)
{
    size_t n_cells = behov_table_n_rows(table);
    int32_t *codes = malloc((n_cells + 1) * sizeof *codes), *text_codes = malloc((size + 1) * sizeof *text_codes);
    behov_dictionary *levels = NULL;
    behov_status status =
        codes && text_codes ? behov_dictionary_new(&levels, err)
                            : behov_error_say(err, BEHOV_E_MEMORY, behov_table_source(table), SAY_JSON_STAT_NO_MEMORY);
    for (size_t i = 0; i < size && !status; i++) {
        text_codes[i] = behov_missing_code(BEHOV_MISSING_EMPTY);
        if (texts[i] && texts[i][0])
            status = behov_dictionary_intern(levels, texts[i], strlen(texts[i]), &text_codes[i], err);
    }
    for (size_t cell = 0; cell < n_cells && !status; cell++)
        codes[cell] = text_codes[cell / block % size];
    if (!status)
        status = behov_table_add_text(table, name, codes, levels, err);
    free(text_codes);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}
