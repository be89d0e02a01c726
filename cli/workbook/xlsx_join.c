/* xlsx_join.c - see xlsx_join.h. */
#include "xlsx_join.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"
#include "workbook.h"
#include "zip_check.h"
#include "zip_join.h"

bool xlsx_join_write_list(FILE *rows_file, const xlsx_packed_rows *rows, size_t n_rows)
{
    errno = 0;
    return fwrite(rows, sizeof *rows, n_rows, rows_file) == n_rows && fflush(rows_file) == 0;
}

static behov_status read_list(const char *path, FILE *rows_file, xlsx_packed_rows *rows, size_t n_rows,
                              behov_error *err)
{
    errno = 0;
    if (fseek(rows_file, -(long)(n_rows * sizeof *rows), SEEK_END) == 0 &&
        fread(rows, sizeof *rows, n_rows, rows_file) == n_rows)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_CANNOT_WRITE, target_reason(errno ? errno : EIO));
}

/* Where the rows of the table belong in a sheet without them: before the first row below the header, or where rows end. */
static size_t split_of(const char *sheet)
{
    static const char row[] = "<row r=\"";
    for (const char *cursor = sheet; (cursor = strstr(cursor, row)); cursor += sizeof row - 1)
        if (strtoul(cursor + sizeof row - 1, NULL, 10) > BEHOV_WORKBOOK_HEADER_ROW + 1)
            return (size_t)(cursor - sheet);
    const char *end = strstr(sheet, "</sheetData>");
    return end ? (size_t)(end - sheet) : 0;
}

enum { PART_NAME = 48 };

/* A sheet to be, from malloc all that is not the rows. */
typedef struct joined_sheet {
    char name[PART_NAME];
    char *frame;
} joined_sheet;

static behov_status describe(const char *path, const char *book_path, const xlsx_packed_rows *rows, joined_sheet *sheet,
                             zip_join_part *part, behov_error *err)
{
    snprintf(sheet->name, PART_NAME, "xl/worksheets/sheet%lu.xml", (unsigned long)rows->sheet + 1);
    size_t length, split;
    behov_status status = zip_join_read(book_path, sheet->name, path, &sheet->frame, &length, err);
    if (status)
        return status;
    if (!(split = split_of(sheet->frame)))
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_NOT_WHOLE, (int)strlen(sheet->name), sheet->name,
                               ": ", PHRASE_WORKBOOK_PART_CUT);
    *part = (zip_join_part){.name = sheet->name,
                            .head = sheet->frame,
                            .n_head = split,
                            .tail = sheet->frame + split,
                            .n_tail = length - split,
                            .offset = rows->offset,
                            .packed = rows->packed,
                            .size = rows->size,
                            .checksum = (unsigned long)rows->checksum};
    return BEHOV_OK;
}

static behov_status join(const char *path, const char *book_path, FILE *rows_file, const char *joined_path,
                         size_t n_sheets, size_t n_large, behov_error *err)
{
    xlsx_packed_rows *rows = calloc(n_large, sizeof *rows);
    joined_sheet *sheets = calloc(n_large, sizeof *sheets);
    zip_join_part *parts = calloc(n_large, sizeof *parts);
    const char **names = calloc(n_large, sizeof *names);
    behov_status status = rows && sheets && parts && names
                              ? read_list(path, rows_file, rows, n_large, err)
                              : behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
    for (size_t i = 0; i < n_large && !status; i++) {
        status = describe(path, book_path, &rows[i], &sheets[i], &parts[i], err);
        names[i] = sheets[i].name;
    }
    if (!status)
        status = zip_join_write(book_path, rows_file, parts, n_large, joined_path, path, err);
    /* The large sheets were packed here, where each failure is seen: they need not be unpacked. */
    if (!status)
        status = zip_check_workbook_but(joined_path, path, n_sheets, names, n_large, err);
    for (size_t i = 0; sheets && i < n_large; i++)
        free(sheets[i].frame);
    free(names);
    free(parts);
    free(sheets);
    free(rows);
    return status;
}

behov_status xlsx_join(const char *path, const char *book_path, const char *rows_path, const char *joined_path,
                       size_t n_sheets, size_t n_large, behov_error *err)
{
    FILE *rows_file = fopen(rows_path, "rb");
    if (!rows_file)
        return behov_error_say(err, errno == ENOMEM ? BEHOV_E_MEMORY : BEHOV_E_FILE, path, SAY_WORKBOOK_CANNOT_WRITE,
                               target_reason(errno));
    behov_status status = join(path, book_path, rows_file, joined_path, n_sheets, n_large, err);
    fclose(rows_file);
    return status;
}
