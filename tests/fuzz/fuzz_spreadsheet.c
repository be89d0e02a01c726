/* fuzz_spreadsheet.c - any bytes as a workbook, and any bytes as the XML of its parts.
 *
 * Random bytes seldom unpack, so the first byte chooses: the whole is a file as it is ('P' of "PK" and all others), or
 * what follows is the one part of an .ods ('o'), or the sheet ('x'), the shared texts ('t'), the styles ('s') or the
 * book ('b') of an .xlsx, whose other parts are whole. Whatever comes out: a failure leaves the table untouched and says
 * what; a table has rows that rise and codes inside its dictionaries. */
#define _DEFAULT_SOURCE /* mkstemps */
#include "fuzz_target.h"

#include <behov/table.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"x/" type "\" Target=\"" target "\"/>"

typedef struct part {
    char letter;
    const char *name, *text;
} part;

static const part parts[] = {
    {'-', "[Content_Types].xml", "<Types/>"},
    {'-', "_rels/.rels", "<r>" RELATION("a", "officeDocument", "b.xml") "</r>"},
    {'b', "b.xml", "<w><sheets><sheet name=\"D\" id=\"s\"/></sheets></w>"},
    {'-', "_rels/b.xml.rels",
     "<r>" RELATION("s", "worksheet", "s.xml") RELATION("t", "sharedStrings", "t.xml")
         RELATION("y", "styles", "y.xml") "</r>"},
    {'x', "s.xml",
     "<w><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row><row><c "
     "s=\"1\"><v>1</v></c><c><v>2</v></c></row></sheetData></w>"},
    {'t', "t.xml", "<sst><si><t>code</t></si><si><t>y</t></si></sst>"},
    {'s', "y.xml", "<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs></s>"},
};

static void add(zip_t *archive, const char *name, const void *bytes, size_t n)
{
    zip_source_t *source = zip_source_buffer(archive, bytes, n, 0);
    if (source && zip_file_add(archive, name, source, 0) < 0)
        zip_source_free(source);
}

static void write_book(const char *path, const uint8_t *data, size_t size)
{
    static const char kind[] = "application/vnd.oasis.opendocument.spreadsheet";
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!archive) /* without memory there is an empty file */
        return;
    if (data[0] == 'o') {
        add(archive, "mimetype", kind, sizeof kind - 1);
        add(archive, "content.xml", data + 1, size - 1);
    }
    for (size_t i = 0; data[0] != 'o' && i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == data[0])
            add(archive, parts[i].name, data + 1, size - 1);
        else
            add(archive, parts[i].name, parts[i].text, strlen(parts[i].text));
    if (zip_close(archive) != 0)
        zip_discard(archive);
}

static void write_whole(const char *path, const uint8_t *data, size_t size)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        return;
    require(size == 0 || fwrite(data, 1, size, out) == size, "it can be written");
    fclose(out);
}

static void check_table(const behov_table *table)
{
    size_t n_rows = behov_table_n_rows(table);
    for (size_t row = 1; row < n_rows; row++)
        require(behov_table_line(table, row) > behov_table_line(table, row - 1), "rows rise");
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table, 0, (ptrdiff_t)j, where);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const marks[] = {"x", "-99"};
    static const read_csv_options ways[] = {
        {.notice = fuzz_take_notice},
        {.choose = fuzz_choose_by_length,
         .notice = fuzz_take_notice,
         .missing_text = marks,
         .n_missing = 2,
         .sheet = "2"},
        {.choose = fuzz_choose_by_length, .is_beside = true},
    };
    char path[] = "/tmp/behov-fuzz-sheet-XXXXXX.xlsx";
    int file = mkstemps(path, 5);
    require(file >= 0, "a temporary file can be made");
    close(file);
    if (size && memchr("oxtsb", data[0], 5))
        write_book(path, data, size);
    else
        write_whole(path, data, size);
    fuzz_read_tables(path, ways, sizeof ways / sizeof *ways, check_table);
    unlink(path);
    return 0;
}
