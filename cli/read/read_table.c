/* read_table.c - looks at the first bytes of a file and at its ending, and hands it to the reader of its format. */
#include "read_table.h"

#include <stdbool.h>
#include <string.h>

#include "read_spreadsheet.h"
#include "read_statistics.h"
#include "statistics_kind.h"
#include "text_source.h"

enum { HEAD_BYTES = 16 };

/* A format that is no delimited text. */
typedef struct table_format {
    /* Whether a file is of this format, as far as its first bytes and its name tell. */
    bool (*is_it)(const char *path, const unsigned char *head, size_t n_head);
    behov_status (*read)(text_source *source, const read_csv_options *options, behov_table **table, behov_error *err);
    bool has_sheets;
} table_format;

/* One line a format; the first that says yes reads the file. */
static const table_format formats[] = {
    {read_spreadsheet_is_it, read_spreadsheet, true},
    {statistics_is_it, read_statistics, false},
};

/* What people drop in the place of a table, by the bytes it begins with. */
static bool is_picture(const unsigned char *head, size_t n_head)
{
    static const char *const beginnings[] = {"\x89PNG", "\xFF\xD8\xFF", "GIF87a", "GIF89a", "%PDF-"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (n_head >= strlen(beginnings[i]) && memcmp(head, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static behov_status no_sheets(const text_source *source, const read_csv_options *options, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_ARGUMENT, text_source_name(source), SAY_SHEET_NOT_A_WORKBOOK,
                           behov_cut(options->sheet, 60).text);
}

static behov_status read_source(text_source *source, const char *path, const read_csv_options *options,
                                behov_table **table, behov_error *err)
{
    unsigned char head[HEAD_BYTES] = {0};
    size_t n_head = 0;
    behov_status status = text_source_read_at(source, 0, head, sizeof head, &n_head, err);
    if (status == BEHOV_OK && is_picture(head, n_head))
        status = behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_TABLE_IS_PICTURE);
    if (status != BEHOV_OK)
        return status;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].is_it(path, head, n_head))
            return options->sheet && !formats[i].has_sheets ? no_sheets(source, options, err)
                                                            : formats[i].read(source, options, table, err);
    return options->sheet ? no_sheets(source, options, err) : read_csv(source, options, table, err);
}

behov_status read_table(const char *path, const read_csv_options *options, behov_table **table, behov_error *err)
{
    static const read_csv_options plain;
    options = options ? options : &plain;
    text_source *source;
    behov_status status = text_source_open_bytes(path, options->progress, &source, err);
    if (status != BEHOV_OK)
        return status;
    status = read_source(source, path, options, table, err);
    text_source_free(source);
    return status;
}
