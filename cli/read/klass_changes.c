/* klass_changes.c - see klass_changes.h. */
#include "klass_changes.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>

#include "json_file.h"
#include "klass_table.h"
#include "text_source.h"

enum { HEAD_BYTES = 512, N_COLUMNS = 6 };

static const char code_prefix[] = "kommunenummer_", name_prefix[] = "kommunenavn_";

behov_status klass_changes_is_it(const char *path, bool *is_klass, behov_error *err)
{
    text_source *source = NULL;
    char head[HEAD_BYTES];
    size_t n_head = 0;
    *is_klass = false;
    if (strcmp(path, "-") == 0) /* it could be looked at only once */
        return BEHOV_OK;
    behov_status status = text_source_open_bytes(path, NULL, &source, err);
    if (!status)
        status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    text_source_free(source);
    if (!status)
        *is_klass = json_file_is_object(path) || klass_text_is_it(head, n_head);
    return status;
}

static behov_status read_list(const char *path, const behov_notice *notice, behov_table **table, behov_error *err)
{
    json_t *document = NULL;
    text_source *source = NULL;
    behov_status status;
    if (json_file_is_object(path)) {
        status = json_file_read(path, PHRASE_JSON_FILE_LIST, &document, err);
        if (!status)
            status = klass_json_table(document, path, table, err);
        json_decref(document);
        return status;
    }
    status = text_source_open_bytes(path, NULL, &source, err);
    if (!status)
        status = klass_text_table(source, 0, NULL, notice, table, err);
    text_source_free(source);
    return status;
}

/* ---- which column is what ---------------------------------------------------------------------------------------- */

/* The positions of date, old_code, new_code, old_name, new_name in a table of KLASS, -1 = none; with the codes of two years
 * these in place of dates. */
typedef struct layout {
    ptrdiff_t column[N_COLUMNS];
    char after[16], date[16]; /* "2019-01-01"; "" where each row has its date */
} layout;

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The year behind "kommunenummer_", 0 for another name. */
static int year_of(const char *name)
{
    const char *digits = begins(name, code_prefix) ? name + strlen(code_prefix) : "";
    return strlen(digits) == 4 && strspn(digits, "0123456789") == 4 ? atoi(digits) : 0;
}

static ptrdiff_t name_column(const behov_table *table, int year)
{
    char name[40];
    snprintf(name, sizeof name, "%s%d", name_prefix, year);
    return behov_table_find(table, name);
}

static bool find_years(const behov_table *table, layout *layout)
{
    int years[2] = {0, 0};
    ptrdiff_t columns[2] = {-1, -1};
    size_t n = 0;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        int year = year_of(behov_table_name(table, j));
        if (!year)
            continue;
        if (n == 2)
            return false;
        years[n] = year;
        columns[n++] = (ptrdiff_t)j;
    }
    if (n < 2 || years[0] == years[1])
        return false;
    size_t first = years[0] < years[1] ? 0 : 1;
    layout->column[1] = columns[first];
    layout->column[2] = columns[1 - first];
    layout->column[3] = name_column(table, years[first]);
    layout->column[4] = name_column(table, years[1 - first]);
    snprintf(layout->after, sizeof layout->after, "%04d-01-01", years[first]);
    snprintf(layout->date, sizeof layout->date, "%04d-01-01", years[1 - first]);
    return true;
}

static bool find_layout(const behov_table *table, layout *layout)
{
    static const char *const names[] = {"changeOccurred", "oldCode", "newCode", "oldName", "newName"};
    *layout = (struct layout){.after = ""};
    for (size_t i = 0; i < N_COLUMNS; i++)
        layout->column[i] = i < 5 ? behov_table_find(table, names[i]) : -1;
    /* A list of municipalities that begin alone need not have old codes at all. */
    return (layout->column[0] >= 0 && layout->column[2] >= 0) || find_years(table, layout);
}

static const char *text_at(const behov_table *table, ptrdiff_t column, size_t row)
{
    const int32_t *codes = column < 0 ? NULL : behov_table_codes(table, (size_t)column);
    return !codes || codes[row] < 0 ? NULL
                                    : behov_dictionary_text(behov_table_levels(table, (size_t)column), codes[row]);
}

static behov_status copy_columns(const behov_table *table, const layout *layout, behov_table *list, behov_error *err)
{
    static const char *const names[] = {"date", "old_code", "new_code", "old_name", "new_name", "after"};
    size_t n = behov_table_n_rows(table);
    const char **texts = malloc((n + 1) * sizeof *texts);
    uint32_t *lines = malloc((n + 1) * sizeof *lines);
    behov_status status = texts && lines
                              ? BEHOV_OK
                              : behov_error_say(err, BEHOV_E_MEMORY, behov_table_source(table), SAY_KLASS_NO_MEMORY);
    for (size_t j = 0; j < N_COLUMNS && !status; j++) {
        const char *constant = j == 0 && layout->date[0]    ? layout->date
                               : j == 5 && layout->after[0] ? layout->after
                                                            : NULL;
        for (size_t row = 0; row < n; row++)
            texts[row] = constant ? constant : text_at(table, layout->column[j], row);
        if (j != 5 || constant)
            status = behov_table_copy_text(list, names[j], texts, err);
    }
    free(texts);
    if (status) {
        free(lines);
        return status;
    }
    for (size_t row = 0; row < n; row++)
        lines[row] = behov_table_line(table, row);
    behov_table_set_lines(list, lines);
    return BEHOV_OK;
}

behov_status klass_changes_read(const char *path, const behov_notice *notice, behov_table **list, behov_error *err)
{
    behov_table *table = NULL, *out = NULL;
    layout layout;
    behov_status status = read_list(path, notice, &table, err);
    if (!status && !find_layout(table, &layout))
        status = behov_error_say(err, BEHOV_E_DATA, path, SAY_CHANGES_NO_DATES);
    if (!status)
        status = behov_table_new(behov_table_n_rows(table), path, &out, err);
    if (!status)
        status = copy_columns(table, &layout, out, err);
    behov_table_free(table);
    if (status)
        behov_table_free(out);
    else
        *list = out;
    return status;
}
