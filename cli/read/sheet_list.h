/* sheet_list.h - the sheets of a workbook, and which of them is read. */
#ifndef BEHOV_CLI_SHEET_LIST_H
#define BEHOV_CLI_SHEET_LIST_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

typedef struct sheet_entry {
    char *name, *part; /* the part of the package, "" in .ods, where all sheets are one part */
    bool is_hidden;
} sheet_entry;

typedef struct sheet_list {
    sheet_entry *entries;
    size_t n, room;
} sheet_list;

/* Adds a sheet (texts are copied). BEHOV_E_MEMORY, and BEHOV_E_DATA past ten thousand. */
behov_status sheet_list_add(sheet_list *list, const char *name, const char *part, bool is_hidden,
                            const text_source *source, behov_error *err) BEHOV_MUST_CHECK;
void sheet_list_free(sheet_list *list);

/* The sheet that is read: the one of that name, whatever its case; the one of that number, from 1; without a wish the
 * first that is not hidden, or the first. SIZE_MAX when there is none. */
size_t sheet_list_find(const sheet_list *list, const char *wanted);
/* The same with a sentence that names the sheets there are: BEHOV_E_NAME. */
behov_status sheet_list_choose(const sheet_list *list, const char *wanted, const text_source *source, size_t *index,
                               behov_error *err) BEHOV_MUST_CHECK;
/* "«Panel», «Veiledning»", without the sheet `but` (SIZE_MAX = with all of them), the hidden ones with them. */
behov_said sheet_list_names(const sheet_list *list, size_t but);

#endif
