/* test_read_spreadsheet.c - sheets of workbooks into tables: what each cell may be, what a file may do wrong, and what is
 * said of it. Books are made here part by part, so that what they hold does not depend on a writer; those of LibreOffice,
 * openpyxl and pandas are read by tests/golden/spreadsheets.sh. */
#include "read_table.h"
#include "sheet_cells.h"
#include "sheet_styles.h"

#include <behov/table.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

static char folder[] = "/tmp/behov-read-sheet-XXXXXX";
static char path[80];
static char notices[8192];

static void take_notice(void *context, const char *message)
{
    char english[4096];
    (void)context;
    behov_phrase_english(message, sizeof english, english);
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", english);
}

/* ---- making books ------------------------------------------------------------------------------------------------- */

typedef struct part {
    const char *name, *text;
} part;

static void write_parts(const char *file, const part *parts, size_t n)
{
    snprintf(path, sizeof path, "%s/%s", folder, file);
    unlink(path);
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *bytes = zip_source_buffer(archive, parts[i].text, strlen(parts[i].text), 0);
        assert_non_null(bytes);
        assert_true(zip_file_add(archive, parts[i].name, bytes, ZIP_FL_OVERWRITE) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
}

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define RELATIONS(inner)                                                                                               \
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inner                 \
        "</Relationships>"
#define RELATION(id, type, target)                                                                                     \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type     \
    "\" Target=\"" target "\"/>"
#define BOOK(inner) XML "<workbook xmlns:r=\"r\">" inner "</workbook>"
#define SHEET(inner) XML "<worksheet>" inner "</worksheet>"
#define STYLES                                                                                                         \
    XML "<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"0.0\\ %\"/>"                           \
        "<numFmt numFmtId=\"165\" formatCode=\"d/mmm\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"   \
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf "                                 \
        "numFmtId=\"165\"/></cellXfs></styleSheet>"

static void write_xlsx(const char *texts, const char *sheet, const char *book)
{
    const part parts[] = {
        {"[Content_Types].xml", XML "<Types/>"},
        {"_rels/.rels", RELATIONS(RELATION("a", "officeDocument", "/odd/book.xml"))},
        {"odd/book.xml", book},
        {"odd/_rels/book.xml.rels",
         RELATIONS(RELATION("r1", "worksheet", "deep/one.xml") RELATION("r2", "worksheet", "../two.xml")
                       RELATION("r3", "sharedStrings", "/texts.xml") RELATION("r4", "styles", "styles.xml")
                           RELATION("r5", "chartsheet", "chart.xml"))},
        {"odd/deep/one.xml", sheet},
        {"two.xml",
         SHEET("<sheetData><row><c t=\"inlineStr\"><is><t>x</t></is></c><c t=\"inlineStr\"><is><t>y</t></is></c></row>"
               "<row><c><v>7</v></c><c><v>8</v></c></row></sheetData>")},
        {"odd/styles.xml", STYLES},
        {"texts.xml", texts ? texts : XML "<sst/>"},
    };
    write_parts("panel.xlsx", parts, sizeof parts / sizeof *parts);
}

static const char plain_book[] = BOOK("<sheets><sheet name=\"Data\" sheetId=\"9\" r:id=\"r1\"/></sheets>");

static void write_sheet(const char *rows)
{
    char sheet[8192];
    snprintf(sheet, sizeof sheet, SHEET("<sheetData>%s</sheetData>"), rows);
    write_xlsx(NULL, sheet, plain_book);
}

#define ODS_KIND "application/vnd.oasis.opendocument.spreadsheet"

static void write_ods(const char *tables)
{
    char content[8192];
    snprintf(content, sizeof content,
             XML "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" "
                 "xmlns:calcext=\"c\" xmlns:draw=\"d\"><office:automatic-styles><style:style style:name=\"ta2\" "
                 "style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
                 "</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet></office:body>"
                 "</office:document-content>",
             tables);
    const part parts[] = {{"mimetype", ODS_KIND}, {"content.xml", content}};
    write_parts("panel.ods", parts, 2);
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

static behov_table *read_book(read_csv_options options)
{
    notices[0] = '\0';
    options.notice = take_notice;
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    if (read_table(path, &options, &table, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    return table;
}

static void check_fails(read_csv_options options, behov_status code, const char *place, const char *sentence)
{
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    notices[0] = '\0';
    options.notice = take_notice;
    behov_status status = read_table(path, &options, &table, &err);
    if (status == BEHOV_OK)
        fail_msg("no error, but expected: %s", sentence);
    assert_null(table);
    if (status != code || !strstr(err.what, sentence))
        fail_msg("%s, not %s; \"%s\" is not in \"%s: %s\"", behov_status_name(status), behov_status_name(code),
                 sentence, err.where, err.what);
    assert_string_equal(err.where + strlen(path), place);
}

static double number(const behov_table *table, const char *name, size_t row)
{
    ptrdiff_t column = behov_table_find(table, name);
    assert_true(column >= 0);
    assert_non_null(behov_table_numbers(table, (size_t)column));
    return behov_table_numbers(table, (size_t)column)[row];
}

static const char *text(const behov_table *table, const char *name, size_t row)
{
    ptrdiff_t column = behov_table_find(table, name);
    assert_true(column >= 0);
    assert_non_null(behov_table_codes(table, (size_t)column));
    int32_t code = behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

static behov_read_kind as_panel(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "code") == 0   ? BEHOV_READ_AS_CODE
           : strcmp(name, "name") == 0 ? BEHOV_READ_AS_TEXT
                                       : BEHOV_READ_AS_NUMBER;
}

static const read_csv_options panel = {.choose = as_panel}, plain = {0};

#define TEXT(cell, words) "<c r=\"" cell "\" t=\"inlineStr\"><is><t>" words "</t></is></c>"
#define HEADER "<row r=\"1\">" TEXT("A1", "code") TEXT("B1", "y") "</row>"

/* ---- .xlsx -------------------------------------------------------------------------------------------------------- */

static void cells_are_what_the_book_holds(void **state)
{
    (void)state;
    write_xlsx(
        XML "<sst><si><r><t>na</t></r><r><t>me</t></r><rPh><t>never</t></rPh></si><si><t> Åsnes_x000D_ </t></si></sst>",
        SHEET("<sheetData><row r=\"1\">" TEXT("A1", "code") "<c r=\"B1\" t=\"s\"><v>0</v></c>" TEXT("C1", "y") TEXT(
            "D1", "z") "</row><row r=\"2\"><c r=\"A2\"><v>101</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c "
                       "r=\"C2\"><f>1+1</f><v>0.10000000000000001</v></c>"
                       "<c r=\"D2\" t=\"b\"><v>1</v></c></row>"
                       "<row r=\"3\"><c r=\"A3\"><v>1201</v></c><c r=\"B3\" t=\"str\"><f>x</f><v>Bergen</v></c>" TEXT(
                           "C3", "1 234,5") "<c r=\"D3\" t=\"b\"><v>0</v></c></row>"
                                            "<row r=\"4\"><c r=\"A4\"><v>301</v></c><c r=\"C4\"/>" TEXT(
                                                "D4", "..") "</row></sheetData>"),
        plain_book);
    behov_table *table = read_book(panel);
    assert_int_equal(behov_table_n_rows(table), 3);
    assert_string_equal(text(table, "code", 0), "0101");
    assert_string_equal(text(table, "code", 1), "1201");
    assert_string_equal(text(table, "name", 0), "Åsnes");
    assert_string_equal(text(table, "name", 1), "Bergen");
    assert_true(number(table, "y", 0) == 0.1);
    assert_true(number(table, "y", 1) == 1234.5);
    assert_true(isnan(number(table, "y", 2)));
    assert_true(number(table, "z", 0) == 1 && number(table, "z", 1) == 0 && isnan(number(table, "z", 2)));
    assert_int_equal(behov_table_line(table, 2), 4);
    char where[BEHOV_PLACE_SIZE], english[BEHOV_PLACE_SIZE];
    behov_table_where(table, 1, behov_table_find(table, "y"), where);
    behov_phrase_english(where, sizeof english, english);
    assert_string_equal(english + strlen(path), ", sheet \"Data\", cell C3 (y)");
    assert_non_null(
        strstr(notices, ", sheet \"Data\": z: 2 cells of true or false are read as 1 and 0 (the first is D2)"));
    assert_non_null(strstr(notices, "2 codes have three digits"));
    behov_table_free(table);
}

static void per_cent_is_read_as_it_is_shown(void **state)
{
    (void)state;
    write_sheet(HEADER
                "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\" s=\"1\"><v>0.123</v></c></row>"
                "<row r=\"3\"><c r=\"A3\"><v>1201</v></c><c r=\"B3\" s=\"1\"><v>2.6200000000000001E-2</v></c></row>");
    behov_table *table = read_book(panel);
    assert_true(number(table, "y", 0) == 12.3); /* 0.123 * 100 is another double */
    assert_true(number(table, "y", 1) == 2.62);
    assert_non_null(strstr(notices, "y: 2 cells are formatted in per cent and are read as they are shown (B2 is 12.3"));
    behov_table_free(table);
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\" s=\"1\"><v>0.123</v></c></row>"
                       "<row r=\"3\"><c r=\"A3\"><v>1201</v></c><c r=\"B3\"><v>0.1</v></c></row>");
    table = read_book(panel);
    assert_true(number(table, "y", 1) == 0.1);
    assert_non_null(strstr(notices, "1 other cells of the column are not, and are read as they stand (B3 is 0.1)"));
    behov_table_free(table);
    assert_true(sheet_percent_of(1e-7) == 1e-5);
    assert_true(sheet_percent_of(0) == 0);
    assert_true(sheet_percent_of(-0.57) == -57);
}

static void errors_and_dates_are_no_figures(void **state)
{
    (void)state;
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
                       "<row r=\"3\"><c r=\"A3\"><v>1201</v></c><c r=\"B3\" s=\"3\"><v>41308</v></c></row>");
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell B2 (y), municipality 301",
                "\"#DIV/0!\" is an error of a formula");
    assert_non_null(strstr(notices, "1 more cell is no number: B3 (y) (\"3.feb\")"));
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\" s=\"3\"><v>41308</v></c></row>");
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell B2 (y), municipality 301",
                "as spreadsheets make one of 3.2");
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\" s=\"2\"><v>41308</v></c></row>");
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell B2 (y), municipality 301", "\"2013-02-03\" is a date");
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c><c r=\"B2\"><v>1</v></c></row>");
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell A2 (code)", "\"#N/A\" is an error of a formula");
}

/* openpyxl stores no value of a formula, libxlsxwriter a 0: neither is a figure. Excel's own 0 is one. */
static void formulas_without_values_are_told(void **state)
{
    (void)state;
    const char *rows =
        "<sheetData>" HEADER
        "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\"><f>SUM(C2:D2)</f><v>0</v></c></row></sheetData>";
    char sheet[2048];
    snprintf(sheet, sizeof sheet, SHEET("%s"), rows);
    write_xlsx(NULL, sheet, BOOK("<sheets><sheet name=\"Data\" r:id=\"r1\"/></sheets><calcPr fullCalcOnLoad=\"1\"/>"));
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell B2 (y), municipality 301",
                "a formula that is not computed");
    write_xlsx(NULL, sheet, plain_book);
    behov_table *table = read_book(panel);
    assert_true(number(table, "y", 0) == 0);
    behov_table_free(table);
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\"><f>SUM(C2:D2)</f></c></row>");
    check_fails(panel, BEHOV_E_TYPE, ", sheet \"Data\", cell B2 (y), municipality 301",
                "a formula that is not computed");
}

static void titles_notes_and_blank_rows_are_passed_over(void **state)
{
    (void)state;
    write_xlsx(
        NULL,
        SHEET("<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\">" TEXT(
            "A1", "Tabell 1. Utgifter") "</row><row r=\"3\">" TEXT("A3", "code")
                  TEXT("B3",
                       "y") "</row><row r=\"4\"><c r=\"A4\"><v>1201</v></c><c r=\"B4\"><v>1</v></c></row>"
                            "<row r=\"7\" hidden=\"1\"><c r=\"A7\"><v>1103</v></c><c r=\"B7\"><v>2</v></c><c "
                            "r=\"XFD7\"><v>5</v></c></row>"
                            "<row r=\"9\">" TEXT(
                                "A9",
                                "Kilde: SSB") "</row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row></sheetData>"
                                              "<mergeCells><mergeCell ref=\"A4:A5\"/></mergeCells>"),
        plain_book);
    behov_table *table = read_book(panel);
    assert_int_equal(behov_table_n_rows(table), 2);
    assert_int_equal(behov_table_line(table, 1), 7);
    static const char *const told[] = {
        "rows above the header passed over: 1 (Tabell 1. Utgifter)",
        "left out as notes, with text in the first cell alone: 1 (the first is row 9: \"Kilde: SSB\")",
        "hidden or filtered rows are read as the others: 1 (the first is row 7)",
        "hidden columns are read as the others: 1 (the first is B)",
        "merged cells over several rows: 1 (the first is A4:A5)",
        "column 16384 has no name and is passed over (row 7 has \"5\" in it)"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!strstr(notices, told[i]))
            fail_msg("not told: %s\n%s", told[i], notices);
    behov_table_free(table);
}

static void order_of_rows_and_cells_does_not_matter(void **state)
{
    (void)state;
    write_sheet("<row r=\"3\"><c r=\"B3\"><v>2</v></c><c r=\"A3\"><v>1103</v></c></row>" HEADER
                "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1201</v></c></row>");
    behov_table *table = read_book(panel);
    assert_string_equal(text(table, "code", 0), "1201");
    assert_true(number(table, "y", 1) == 2);
    behov_table_free(table);
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
    check_fails(panel, BEHOV_E_DATA, "", "cell A2 stands twice");
    write_sheet(HEADER "<row r=\"2\"><c r=\"B3\"><v>1</v></c></row>");
    check_fails(panel, BEHOV_E_DATA, "", "in another row than it says itself");
    write_sheet(HEADER "<row r=\"1048577\"><c><v>1</v></c></row>");
    check_fails(panel, BEHOV_E_DATA, "", "outside of what a sheet may have");
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>3</v></c></row>");
    check_fails(panel, BEHOV_E_DATA, "", "cell A2 refers to a text that is not in the workbook");
    write_sheet(HEADER "<row r=\"2\"><c r=\"A2\"><v>3,5</v></c></row>");
    check_fails(panel, BEHOV_E_DATA, "", "cell A2 is marked as a number");
}

static void sheets_are_chosen(void **state)
{
    (void)state;
    const char *sheet = SHEET("<sheetData>" HEADER
                              "<row r=\"2\"><c r=\"A2\"><v>1201</v></c><c r=\"B2\"><v>1</v></c></row></sheetData>");
    const char *book = BOOK("<sheets><sheet name=\"Figur\" r:id=\"r5\"/><sheet name=\"Skjult\" state=\"hidden\" "
                            "r:id=\"r1\"/><sheet name=\"Panel 2\" r:id=\"r2\"/></sheets>");
    write_xlsx(NULL, sheet, book);
    behov_table *table = read_book(plain);
    assert_true(number(table, "x", 0) == 7);
    assert_non_null(
        strstr(notices, "this sheet is read, not the other one of the workbook: \"Skjult\"; choose with --sheet"));
    behov_table_free(table);
    read_csv_options options = plain;
    static const char *const wishes[] = {"Skjult", "skjult", "1"};
    for (size_t i = 0; i < 3; i++) {
        options.sheet = wishes[i];
        table = read_book(options);
        assert_true(number(table, "y", 0) == 1);
        assert_null(strstr(notices, "this sheet is read"));
        behov_table_free(table);
    }
    options.sheet = "panel  2";
    table = read_book(options);
    assert_true(number(table, "y", 0) == 8);
    behov_table_free(table);
    options.sheet = "3";
    check_fails(options, BEHOV_E_NAME, "",
                "there is no sheet \"3\" among the 2 of the workbook: \"Skjult\", \"Panel 2\"");
}

/* ---- .ods --------------------------------------------------------------------------------------------------------- */

#define P(words) "<text:p>" words "</text:p>"
#define ODS_TEXT(words) "<table:table-cell office:value-type=\"string\">" P(words) "</table:table-cell>"
#define ODS_NUMBER(figure)                                                                                             \
    "<table:table-cell office:value-type=\"float\" office:value=\"" figure "\">" P("shown") "</table:table-cell>"
#define ODS_ROW(inner) "<table:table-row>" inner "</table:table-row>"

static const char book_of_odd_rows[] =
    "<table:tracked-changes><table:table-cell/></table:tracked-changes>"
    "<table:table table:name='Skjult' table:style-name='ta2'><table:table-row><table:table-cell "
    "office:value-type='string'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    "<table:table table:name='Data'><table:shapes><table:table><table:table-row/></table:table></table:shapes>"
    "<table:table-column table:number-columns-repeated='16384'/>"
    "<table:table-header-rows><table:table-row>"
    "<table:table-cell office:value-type='string'><text:p>code</text:p></table:table-cell>"
    "<table:table-cell office:value-type='string'><text:p>na<text:span>m</text:span>e<draw:frame><text:p>no</text:p>"
    "</draw:frame></text:p></table:table-cell>"
    "<table:table-cell office:value-type='string'><text:p>y</text:p></table:table-cell>"
    "<table:table-cell office:value-type='string'><text:p>z</text:p></table:table-cell>"
    "<table:table-cell table:number-columns-repeated='16380'/></table:table-row></table:table-header-rows>"
    "<table:table-row><table:table-cell office:value-type='string'><text:p>0301</text:p></table:table-cell>"
    "<table:table-cell office:value-type='string'><text:p>Oslo<text:s text:c='2'/>by</text:p></table:table-cell>"
    "<table:table-cell office:value-type='float' office:value='0.1'><text:p>0</text:p></table:table-cell>"
    "<table:table-cell office:value-type='percentage' office:value='0.123'><text:p>12,3 %</text:p></table:table-cell>"
    "</table:table-row>"
    "<table:table-row table:number-rows-repeated='2'>"
    "<table:table-cell office:value-type='string'><text:p>1201</text:p></table:table-cell>"
    "<table:table-cell office:value-type='string'><office:annotation><text:p>a comment</text:p></office:annotation>"
    "<text:p>Bergen</text:p></table:table-cell>"
    "<table:table-cell office:value-type='currency' office:value='2' table:number-columns-repeated='2'>"
    "<text:p>kr 2</text:p></table:table-cell></table:table-row>"
    "<table:table-row-group><table:table-row>"
    "<table:table-cell office:value-type='string'><text:p>1103</text:p></table:table-cell>"
    "<table:covered-table-cell office:value-type='string'><text:p>under</text:p></table:covered-table-cell>"
    "<table:table-cell office:value-type='boolean' office:boolean-value='true'><text:p>SANN</text:p></table:table-cell>"
    "</table:table-row></table:table-row-group>"
    "<table:table-row table:number-rows-repeated='1048573'><table:table-cell "
    "table:number-columns-repeated='16384'/></table:table-row></table:table>";

static void cells_of_ods_are_what_the_book_holds(void **state)
{
    (void)state;
    write_ods(book_of_odd_rows);
    behov_table *table = read_book(panel);
    assert_int_equal(behov_table_n_rows(table), 4);
    assert_string_equal(text(table, "name", 0), "Oslo  by");
    assert_string_equal(text(table, "name", 2), "Bergen");
    assert_string_equal(text(table, "name", 3), "");
    assert_true(number(table, "y", 0) == 0.1 && number(table, "y", 2) == 2 && number(table, "y", 3) == 1);
    assert_true(number(table, "z", 0) == 12.3 && number(table, "z", 1) == 2 && isnan(number(table, "z", 3)));
    assert_int_equal(behov_table_line(table, 3), 5);
    behov_table_free(table);
}

static void errors_and_dates_of_ods_are_no_figures(void **state)
{
    (void)state;
#define ODS_BOOK(cell)                                                                                                 \
    "<table:table table:name=\"Data\">" ODS_ROW(ODS_TEXT("code") ODS_TEXT("y"))                                        \
        ODS_ROW(ODS_TEXT("0301") cell) "</table:table>"
    const char *place = ", sheet \"Data\", cell B2 (y), municipality 0301";
    write_ods(ODS_BOOK("<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" "
                       "calcext:value-type=\"error\" office:string-value=\"\">" P("#DIV/0!") "</table:table-cell>"));
    check_fails(panel, BEHOV_E_TYPE, place, "is an error of a formula");
    write_ods(ODS_BOOK("<table:table-cell table:formula=\"of:=X\" office:value-type=\"float\" office:value=\"0\">" P(
        "Err:508") "</table:table-cell>"));
    check_fails(panel, BEHOV_E_TYPE, place, "\"Err:508\" is an error of a formula");
    write_ods(ODS_BOOK("<table:table-cell office:value-type=\"date\" office:date-value=\"2013-02-03\">" P(
        "03.feb") "</table:table-cell>"));
    check_fails(panel, BEHOV_E_TYPE, place, "as spreadsheets make one of 3.2");
    write_ods(ODS_BOOK("<table:table-cell office:value-type=\"date\" office:date-value=\"2013-02-03T00:00:00\">" P(
        "03.02.2013") "</table:table-cell>"));
    check_fails(panel, BEHOV_E_TYPE, place, "\"2013-02-03\" is a date");
    write_ods(ODS_BOOK("<table:table-cell table:formula=\"of:=X\"/>"));
    check_fails(panel, BEHOV_E_TYPE, place, "a formula that is not computed");
}

/* The cell of a number that is none is named by its own row, also where rows before it are repeated, or it is. */
static void a_broken_number_of_ods_is_found(void **state)
{
    (void)state;
#define ODS_REPEATED(inner) "<table:table-row table:number-rows-repeated=\"3\">" inner "</table:table-row>"
#define ODS_BROKEN(row) "<table:table table:name=\"Data\">" ODS_ROW(ODS_TEXT("code") ODS_TEXT("y")) row "</table:table>"
    write_ods(ODS_BROKEN(ODS_ROW(ODS_TEXT("0301") ODS_NUMBER("NaN"))));
    check_fails(panel, BEHOV_E_DATA, "", "cell B2 is marked as a number");
    write_ods(ODS_BROKEN(ODS_REPEATED(ODS_TEXT("0301") ODS_NUMBER("1")) ODS_ROW(ODS_TEXT("0301") ODS_NUMBER("x"))));
    check_fails(panel, BEHOV_E_DATA, "", "cell B5 is marked as a number");
    write_ods(ODS_BROKEN(ODS_REPEATED(ODS_TEXT("0301") ODS_NUMBER("x"))));
    check_fails(panel, BEHOV_E_DATA, "", "cell B2 is marked as a number");
}

/* A sheet may be called as the number of another: the name counts, wherever it stands. */
static void sheets_of_ods_are_chosen(void **state)
{
    (void)state;
#define ODS_SHEET(name, figure)                                                                                        \
    "<table:table table:name=\"" name "\">" ODS_ROW(ODS_TEXT("x") ODS_TEXT("y"))                                       \
        ODS_ROW(ODS_NUMBER(figure) ODS_NUMBER(figure)) "</table:table>"
    write_ods(ODS_SHEET("A", "1") ODS_SHEET("B", "2") ODS_SHEET("2", "3"));
    static const struct {
        const char *wish;
        double figure;
    } entries[] = {{NULL, 1}, {"A", 1}, {"b", 2}, {"1", 1}, {"2", 3}, {"3", 3}};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        behov_table *table = read_book((read_csv_options){.sheet = entries[i].wish});
        assert_true(number(table, "x", 0) == entries[i].figure);
        behov_table_free(table);
    }
    assert_null(strstr(notices, "choose with"));
    check_fails((read_csv_options){.sheet = "C"}, BEHOV_E_NAME, "", "\"A\", \"B\", \"2\"");
}

/* ---- what is no workbook, or a bad one ------------------------------------------------------------------------------ */

static void write_bytes(const char *file, const char *bytes, size_t length)
{
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    assert_int_equal(fclose(out), 0);
}

static void what_is_no_workbook_is_told(void **state)
{
    (void)state;
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Workbook";
    static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    write_bytes("a.xls", old, sizeof old);
    check_fails(plain, BEHOV_E_DATA, "", "the old format .xls");
    write_bytes("a.xlsx", locked, sizeof locked);
    check_fails(plain, BEHOV_E_DATA, "", "protected by a password");
    write_bytes("a.xlsx", "x;y\n1;2\n", 8);
    check_fails(plain, BEHOV_E_DATA, "", "is plain text; give it a name that ends with .csv");
    write_bytes("a.xls", "\xEF\xBB\xBF <html><table>", 17);
    check_fails(plain, BEHOV_E_DATA, "", "is a web page or XML");
    write_bytes("a.csv", "PK\3\4rest", 8);
    check_fails(plain, BEHOV_E_DATA, "", "broken or not whole");
    const part text[] = {{"[Content_Types].xml", "<Types/>"},
                         {"_rels/.rels", RELATIONS(RELATION("a", "officeDocument", "word/document.xml"))},
                         {"word/document.xml", "<w/>"}};
    write_parts("a.docx", text, 3);
    check_fails(plain, BEHOV_E_DATA, "", "an archive or a document, but no workbook");
    const part binary[] = {{"[Content_Types].xml", "<Types/>"},
                           {"_rels/.rels", RELATIONS(RELATION("a", "officeDocument", "xl/workbook.bin"))}};
    write_parts("a.xlsb", binary, 2);
    check_fails(plain, BEHOV_E_DATA, "", "a binary workbook");
    const part letter[] = {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<a/>"}};
    write_parts("a.odt", letter, 2);
    check_fails(plain, BEHOV_E_DATA, "", "an archive or a document, but no workbook");
    const part secret[] = {
        {"mimetype", ODS_KIND}, {"META-INF/manifest.xml", "<m:encryption-data/>"}, {"content.xml", "noise"}};
    write_parts("a.ods", secret, 3);
    check_fails(plain, BEHOV_E_DATA, "", "protected by a password");
    const part hollow[] = {{"mimetype", ODS_KIND}, {"content.xml", "<a/>"}};
    write_parts("a.ods", hollow, 2);
    check_fails(plain, BEHOV_E_DATA, "", "has no sheet with cells");
}

static void tricks_of_xml_are_refused(void **state)
{
    (void)state;
    write_ods("<table:table table:name=\"Data\">" ODS_ROW(ODS_TEXT("x")) "<never-closed></table:table>");
    check_fails(plain, BEHOV_E_DATA, "", "content.xml of the workbook is no valid XML");
    const part entity[] = {{"mimetype", ODS_KIND},
                           {"content.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>"}};
    write_parts("a.ods", entity, 2);
    check_fails(plain, BEHOV_E_DATA, "", "has a document type (DOCTYPE)");
    const part outside[] = {{"mimetype", ODS_KIND}, {"content.xml", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"}};
    write_parts("a.ods", outside, 2);
    check_fails(plain, BEHOV_E_DATA, "", "has a document type (DOCTYPE)");
    /* Sixteen thousand columns times a million rows of one small part of XML. */
    write_ods("<table:table table:name=\"Data\">" ODS_ROW(ODS_TEXT(
        "x")) "<table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell office:value-type=\"float\" "
              "office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row></table:table>");
    check_fails(plain, BEHOV_E_DATA, "", "more than 40 million cells");
    write_ods("<table:table table:name=\"Data\">" ODS_ROW(
        "<table:table-cell office:value-type=\"float\" office:value=\"1\" "
        "table:number-columns-repeated=\"99999999999\"/>") "</table:table>");
    check_fails(plain, BEHOV_E_DATA, "", "outside of what a sheet may have");
}

/* A small part that says that it is large: the size in the directory of the zip is put up to 2 GB. */
static void bombs_are_let_lie(void **state)
{
    (void)state;
    write_ods("<table:table table:name=\"Data\"/>");
    unsigned char bytes[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(n > 100 && n < sizeof bytes);
    bool is_found = false;
    for (size_t i = 0; i + 57 < n; i++) /* the entry's head, its size at 24, its name at 46 */
        if (memcmp(bytes + i, "PK\1\2", 4) == 0 && memcmp(bytes + i + 46, "content.xml", 11) == 0) {
            memcpy(bytes + i + 24, "\xFF\xFF\xFF\x7F", 4);
            is_found = true;
        }
    assert_true(is_found);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
    check_fails(plain, BEHOV_E_DATA, "", "content.xml of the workbook grows beyond 1024 MB");
}

/* ---- labels ------------------------------------------------------------------------------------------------------- */

static behov_status know(void *context, const char *label, const char **name, behov_error *err)
{
    (void)context;
    (void)err;
    if (strcmp(label, "Kommunenr.") == 0)
        *name = "code";
    return BEHOV_OK;
}

static void columns_are_known_by_their_labels(void **state)
{
    (void)state;
    read_csv_options options = panel;
    options.know = know;
    write_bytes("a.csv", "Kommunenr.;y\n0301;2\n", 21 - 1);
    behov_table *table = read_book(options);
    assert_string_equal(text(table, "code", 0), "0301");
    assert_non_null(strstr(notices, "columns are known by their labels: \"Kommunenr.\" is code"));
    behov_table_free(table);
    write_bytes("a.csv", "Kommunenr.;code\n0301;2\n", 23);
    check_fails(options, BEHOV_E_DATA, ", line 1",
                "column \"Kommunenr.\" has the label of code, which another column holds too");
}

/* ---- names and looks ---------------------------------------------------------------------------------------------- */

static void cells_have_names(void **state)
{
    (void)state;
    static const struct {
        uint32_t column, row;
        const char *name;
    } cells[] = {{0, 1, "A1"},    {25, 9, "Z9"},    {26, 10, "AA10"},
                 {701, 1, "ZZ1"}, {702, 1, "AAA1"}, {16383, 1048576, "XFD1048576"}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char name[16];
        uint32_t column, row;
        sheet_cell_name(cells[i].column, cells[i].row, name);
        assert_string_equal(name, cells[i].name);
        assert_true(sheet_cell_of_name(name, &column, &row));
        assert_true(column == cells[i].column && row == cells[i].row);
    }
    uint32_t column, row;
    assert_false(sheet_cell_of_name("12", &column, &row));
    assert_false(sheet_cell_of_name("XFE1", &column, &row));
    assert_false(sheet_cell_of_name("A1B", &column, &row));
    assert_true(sheet_cell_of_name("$C$12", &column, &row) && column == 2 && row == 12);
}

static void codes_of_formats_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        sheet_look look;
    } codes[] = {{"General", SHEET_LOOK_NUMBER},    {"0.00", SHEET_LOOK_NUMBER},
                 {"0.0 %", SHEET_LOOK_PERCENT},     {"0.0\" %\"", SHEET_LOOK_NUMBER},
                 {"0.0\\%", SHEET_LOOK_NUMBER},     {"[Red]0.00;[Blue]-0.00", SHEET_LOOK_NUMBER},
                 {"dd.mm.yyyy", SHEET_LOOK_DATE},   {"[$-414]d. mmm", SHEET_LOOK_DAY},
                 {"[h]:mm", SHEET_LOOK_CLOCK},      {"#,##0\" kr\"", SHEET_LOOK_NUMBER},
                 {"yyyy", SHEET_LOOK_DATE},         {"_-* #,##0_-", SHEET_LOOK_NUMBER},
                 {"\"unclosed", SHEET_LOOK_NUMBER}, {"[unclosed", SHEET_LOOK_NUMBER}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (sheet_look_of_code(codes[i].code) != codes[i].look)
            fail_msg("%s", codes[i].code);
    char text[32];
    assert_true(sheet_date_text(41308, false, SHEET_LOOK_DATE, text));
    assert_string_equal(text, "2013-02-03");
    assert_true(sheet_date_text(1, false, SHEET_LOOK_DATE, text));
    assert_string_equal(text, "1900-01-01");
    assert_true(sheet_date_text(61, false, SHEET_LOOK_DATE, text));
    assert_string_equal(text, "1900-03-01");
    assert_true(sheet_date_text(39846, true, SHEET_LOOK_DATE, text));
    assert_string_equal(text, "2013-02-03");
    assert_true(sheet_date_text(2958465, false, SHEET_LOOK_DATE, text));
    assert_string_equal(text, "9999-12-31");
    assert_true(sheet_date_text(0.5, false, SHEET_LOOK_CLOCK, text));
    assert_string_equal(text, "12:00:00");
    assert_false(sheet_date_text(-1, false, SHEET_LOOK_DATE, text));
    assert_false(sheet_date_text(NAN, false, SHEET_LOOK_DATE, text));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const files[] = {"panel.xlsx", "panel.ods", "a.xls", "a.xlsx", "a.csv",
                                        "a.docx",     "a.xlsb",    "a.odt", "a.ods"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_what_the_book_holds),
        cmocka_unit_test(per_cent_is_read_as_it_is_shown),
        cmocka_unit_test(errors_and_dates_are_no_figures),
        cmocka_unit_test(formulas_without_values_are_told),
        cmocka_unit_test(titles_notes_and_blank_rows_are_passed_over),
        cmocka_unit_test(order_of_rows_and_cells_does_not_matter),
        cmocka_unit_test(sheets_are_chosen),
        cmocka_unit_test(cells_of_ods_are_what_the_book_holds),
        cmocka_unit_test(errors_and_dates_of_ods_are_no_figures),
        cmocka_unit_test(a_broken_number_of_ods_is_found),
        cmocka_unit_test(sheets_of_ods_are_chosen),
        cmocka_unit_test(what_is_no_workbook_is_told),
        cmocka_unit_test(tricks_of_xml_are_refused),
        cmocka_unit_test(bombs_are_let_lie),
        cmocka_unit_test(columns_are_known_by_their_labels),
        cmocka_unit_test(cells_have_names),
        cmocka_unit_test(codes_of_formats_are_read),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
