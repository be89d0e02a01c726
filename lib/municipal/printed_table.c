/* printed_table.c - see printed_table.h. */
#include <behov/printed_table.h>

#include <stdlib.h>
#include <string.h>

void behov_printed_table_free(behov_printed_table *table)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        behov_printed_row *row = &table->rows[i];
        free(row->term);
        free(row->labels[BEHOV_LANGUAGE_NB]);
        free(row->labels[BEHOV_LANGUAGE_EN]);
    }
    free(table->rows);
    *table = (behov_printed_table){0};
}

size_t behov_printed_table_find(const behov_printed_table *table, const char *term)
{
    size_t i = 0;
    while (i < table->n_rows && strcmp(table->rows[i].term, term) != 0)
        i++;
    return i;
}

void behov_printed_notes_free(behov_printed_notes *notes)
{
    free(notes->outcome);
    *notes = (behov_printed_notes){0};
}

void behov_printed_signs_free(behov_printed_signs *signs)
{
    for (size_t i = 0; i < signs->n; i++)
        free(signs->signs[i].term);
    free(signs->signs);
    *signs = (behov_printed_signs){0};
}
