/* long_table.c - see long_table.h. */
#include <behov/long_table.h>

#include <stdlib.h>

void behov_long_table_free(behov_long_table *long_table)
{
    behov_table_free(long_table->table);
    free(long_table->label);
    free(long_table->table_id);
    free(long_table->source);
    free(long_table->updated);
    *long_table = (behov_long_table){0};
}
