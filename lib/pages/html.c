/* html.c - one page with a stylesheet of its own.
 *
 * Read by eye, by a screen reader and on paper: tables have captions and headers with a scope, the contrast is above
 * 7 : 1, and no colour bears a meaning. A caption repeats the heading for those who go from table to table by ear, and
 * is not shown. Figures have the minus sign of the sentences. Stars have a room of their own beside the figures, which
 * so stay in line. */
#include <behov/html.h>

#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "page_table.h"

/* Characters of a row that still fit A4 in ten points; wider tables are printed smaller. */
enum {
    WIDEST_PORTRAIT = 105,
    WIDEST_LANDSCAPE = 140,
    WIDEST_SMALL = 230,
    WIDEST_HEADER = 16,
    WIDEST_LINE = 45,
    WIDEST_NO_WRAP = 32
};

static const char stylesheet[] =
    ":root { color-scheme: light; }\n"
    "* { box-sizing: border-box; }\n"
    "body { margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 90rem; background: #fff; color: "
    "#1a1a1a;\n"
    "  font: 1rem/1.5 \"Segoe UI\", \"Helvetica Neue\", Arial, \"Liberation Sans\", sans-serif; }\n"
    "header, nav, p, footer { max-width: 48rem; }\n"
    "h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }\n"
    "h2 { font-size: 1.25rem; line-height: 1.3; margin: 3rem 0 .25rem; }\n"
    "p { margin: .25rem 0 .5rem; }\n"
    "h1, h2, p { overflow-wrap: break-word; }\n"
    "header p, .subtitle, .note, footer { color: #404040; }\n"
    "header .warning { margin: .75rem 0; border-left: .25rem solid #404040; padding: .1rem 0 .1rem .75rem; color: "
    "#1a1a1a;\n"
    "  font-weight: 700; }\n"
    ".note, footer { font-size: .875rem; }\n"
    "nav ul { margin: 1rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }\n"
    "nav a { display: inline-block; padding: .25rem 0; color: #0b4a7d; }\n"
    "footer { margin-top: 3rem; border-top: 1px solid #8a8a8a; padding-top: .5rem; }\n"
    "table { border-collapse: separate; border-spacing: 0; margin: 1rem 0; font-size: .9375rem; line-height: 1.35;\n"
    "  font-variant-numeric: tabular-nums lining-nums; border-bottom: 2px solid #404040; }\n"
    "caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: "
    "nowrap; }\n"
    "th, td { padding: .3rem .65rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d9d9d9; }\n"
    "tbody tr:last-child > * { border-bottom: 0; }\n"
    "thead th { position: sticky; top: 0; background: #e8eef4; border-top: 2px solid #404040; border-bottom: 1px solid "
    "#404040;\n"
    "  vertical-align: bottom; max-width: 16rem; overflow-wrap: break-word; }\n"
    "thead .figure { width: 4.75rem; /* or its longest word */ }\n"
    "tbody th { font-weight: 400; }\n"
    ".figure { text-align: right; }\n"
    "td.figure, .name { white-space: nowrap; }\n"
    "tbody .strong { font-weight: 700; }\n"
    ".text { max-width: 36rem; overflow-wrap: break-word; }\n"
    ".starred { padding-right: 2.5em; }\n"
    ".stars, .end { display: inline-block; text-align: left; }\n"
    ".stars { width: 1.75em; margin-right: -1.75em; padding-left: .1em; }\n"
    ".end { width: .5em; margin-right: -.5em; }\n"
    "tr.paired > * { border-bottom-color: transparent; padding-bottom: 0; }\n"
    "tr.beneath > * { padding-top: 0; color: #404040; }\n"
    "tr.summary > * { border-top: 1px solid #404040; }\n"
    ".scroll:focus-visible { outline: 2px solid #0b4a7d; }\n"
    ".wide .scroll { overflow-x: auto; }\n"
    ".wide thead th { position: static; } /* it would stick to its box, not to the window */\n"
    "@media screen and (max-width: 70rem) {\n"
    "  .scroll { overflow-x: auto; }\n"
    "  thead th { position: static; }\n"
    "  .wide table { width: max-content; }\n"
    "}\n"
    "@media screen and (max-width: 40rem) {\n"
    "  table { width: max-content; }\n"
    "  th, td { padding: .3rem .4rem; }\n"
    "  tbody th { min-width: 8rem; max-width: 11rem; }\n"
    "}\n"
    "@page { size: A4 portrait; margin: 15mm 12mm; }\n"
    "@page wide { size: A4 landscape; margin: 12mm 15mm; }\n"
    "@media print {\n"
    "  body { padding: 0; max-width: none; font-size: 10pt; }\n"
    "  .scroll { overflow: visible; }\n"
    "  nav { display: none; }\n"
    "  h2 { break-after: avoid; margin-top: 1.5rem; }\n"
    "  .subtitle { break-after: avoid; }\n"
    "  .wide { page: wide; }\n"
    "  table { font-size: 9pt; }\n"
    "  .note, footer, header .warning { font-size: 8pt; }\n"
    "  .small table { font-size: 7pt; }\n"
    "  .tiny table { font-size: 5pt; }\n"
    "  th, td { padding: .15rem .4rem; }\n"
    "  .starred { padding-right: 2.25em; }\n"
    "  .tiny th, .tiny td { padding: .1rem .2rem; }\n"
    "  thead { display: table-header-group; }\n"
    "  thead th { position: static; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
    "  tr { break-inside: avoid; }\n"
    "}\n";

/* A header may be broken after each underscore: names_of_columns are wider than their figures. */
static void put_header(const char *text, behov_wording *out)
{
    behov_page_character next;
    for (const char *cursor = text; behov_page_next(&cursor, &next);) {
        char word[5] = {0};
        memcpy(word, next.bytes, next.length);
        behov_page_escape(word, out);
        if (next.code == '_')
            behov_wording_add(out, "<wbr>");
    }
}

static bool is_empty(const char *text)
{
    return !text || !text[strspn(text, " \t\r\n")];
}

/* <p>text</p>, nothing for no text */
static void put_paragraph(const char *kind, const char *text, behov_wording *out)
{
    if (is_empty(text))
        return;
    behov_wording_print(out, "<p%s%s%s>", kind ? " class=\"" : "", kind ? kind : "", kind ? "\"" : "");
    behov_page_escape(text, out);
    behov_wording_add(out, "</p>\n");
}

static void put_classes(const char *const classes[], size_t n, behov_wording *out)
{
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        if (!classes[i])
            continue;
        behov_wording_print(out, "%s%s", is_first ? " class=\"" : " ", classes[i]);
        is_first = false;
    }
    if (!is_first)
        behov_wording_add_letter(out, '"');
}

/* %.17g under every locale */
static void put_exact(double value, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_number_significant(value, 17, '.', text);
    char *power = strchr(text, 'e'), *end = power ? power : text + strlen(text);
    char *last = end;
    if (strchr(text, '.')) {
        while (last[-1] == '0')
            last--;
        last -= last[-1] == '.';
    }
    behov_wording_print(out, "%.*s%s", (int)(last - text), text, power ? power : "");
}

static void put_cell(const behov_page_table *table, size_t index, size_t row, behov_wording *out)
{
    const behov_page_column *column = &table->columns[index];
    char text[BEHOV_NUMBER_SIZE];
    const char *shown_text = behov_page_cell(table, index, row, text), *stars = behov_page_stars(table, index, row);
    const char *const classes[] = {!column->is_text                 ? "figure"
                                   : column->width > WIDEST_LINE    ? "text"
                                   : column->width > WIDEST_NO_WRAP ? NULL
                                                                    : "name",
                                   column->stars == PAGE_NO_STARS ? NULL : "starred",
                                   behov_page_is_strong(table, index, row) ? "strong" : NULL};
    bool is_header = column->is_row_header && !is_empty(shown_text); /* a header without words heads nothing */
    const char *element = is_header ? "th" : "td";
    behov_wording_print(out, "<%s%s", element, is_header ? " scope=\"row\"" : "");
    put_classes(classes, sizeof classes / sizeof classes[0], out);
    if (behov_page_is_figure(table, index, row)) {
        behov_wording_add(out, " data-value=\"");
        put_exact(behov_report_number(table->section->table, column->column, row), out);
        behov_wording_add_letter(out, '"');
    }
    behov_wording_add_letter(out, '>');
    if (behov_page_is_beneath(table, index, row) ||
        behov_page_is_interval(table, index, row)) { /* digits stand in line, the bracket outside */
        char *end = strdup(shown_text);              /* "(< 0,001" has a mark of HTML in it */
        size_t length = strlen(shown_text);
        out->has_no_memory = out->has_no_memory || !end;
        if (end)
            end[length - 1] = '\0';
        behov_page_escape(end, out);
        behov_wording_print(out, "<span class=\"end\">%s</span>", shown_text + length - 1);
        free(end);
    } else {
        behov_page_escape(shown_text, out);
    }
    if (stars[0])
        behov_wording_print(out, "<span class=\"stars\">%s</span>", stars);
    behov_wording_print(out, "</%s>", element);
}

static void put_row(const behov_page_table *table, size_t row, behov_wording *out)
{
    const char *const classes[] = {behov_page_row_is_beneath(table, row + 1) ? "paired" : NULL,
                                   behov_page_row_is_beneath(table, row) ? "beneath" : NULL,
                                   behov_page_row_begins_summary(table, row) ? "summary" : NULL};
    behov_wording_add(out, "<tr");
    put_classes(classes, sizeof classes / sizeof classes[0], out);
    behov_wording_add_letter(out, '>');
    for (size_t j = 0; j < table->n_columns; j++)
        put_cell(table, j, row, out);
    behov_wording_add(out, "</tr>\n");
}

/* Characters of a row as it is printed: long texts and headers are broken. */
static size_t printed_width(const behov_page_table *table)
{
    enum { BETWEEN = 2 };
    size_t width = 0;
    for (size_t j = 0; j < table->n_columns; j++) {
        const behov_page_column *column = &table->columns[j];
        size_t header = strlen(column->header) > WIDEST_HEADER ? WIDEST_HEADER : strlen(column->header);
        size_t cell = column->width > WIDEST_LINE ? WIDEST_LINE : column->width;
        width += BETWEEN + (cell > header ? cell : header) + (column->stars == PAGE_NO_STARS ? 0 : 3);
    }
    return width;
}

static void write_warnings(const behov_document *document, behov_wording *out)
{
    for (size_t i = 0; i < BEHOV_PAGE_WARNINGS; i++)
        put_paragraph("warning", behov_page_warning(document, i), out);
}

/* Whether the first table is printed across: what stands above it is then on the same page, which cannot be of two
 * kinds. */
static behov_status begins_wide(const behov_document *document, bool *is_wide, behov_error *err)
{
    behov_page_table table;
    behov_status status = behov_page_table_new(&document->sections[0], document->lang, &table, err);
    *is_wide = !status && printed_width(&table) > WIDEST_PORTRAIT;
    behov_page_table_free(&table);
    return status;
}

static behov_status write_section(const behov_document *document, size_t index, behov_wording *out, behov_error *err)
{
    const behov_section *section = &document->sections[index];
    behov_page_table table;
    behov_status status = behov_page_table_new(section, document->lang, &table, err);
    if (status) {
        behov_page_table_free(&table);
        return status;
    }
    char anchor[BEHOV_PAGE_ANCHOR_SIZE];
    behov_page_anchor(document->sections, index, anchor);
    size_t width = printed_width(&table);
    const char *const classes[] = {width > WIDEST_PORTRAIT ? "wide" : NULL, width > WIDEST_SMALL       ? "tiny"
                                                                            : width > WIDEST_LANDSCAPE ? "small"
                                                                                                       : NULL};
    behov_wording_print(out, "<section id=\"%s\"", anchor); /* the scrolling box within is the landmark of this name */
    put_classes(classes, sizeof classes / sizeof classes[0], out);
    behov_wording_print(out, ">\n<h2 id=\"%s--title\">", anchor);
    behov_page_escape(section->title, out);
    behov_wording_add(out, "</h2>\n");
    put_paragraph("subtitle", section->subtitle, out);
    behov_wording_print(
        out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"%s--title\" tabindex=\"0\">\n<table>\n<caption>",
        anchor);
    behov_page_escape(section->title, out);
    behov_wording_add(out, "</caption>\n<thead>\n<tr>");
    for (size_t j = 0; j < table.n_columns; j++) {
        const behov_page_column *column = &table.columns[j];
        const char *const kinds[] = {column->is_text ? NULL : "figure",
                                     column->stars == PAGE_NO_STARS ? NULL : "starred"};
        behov_wording_add(out, column->header[0] ? "<th scope=\"col\"" : "<td");
        put_classes(kinds, sizeof kinds / sizeof kinds[0], out);
        behov_wording_add_letter(out, '>');
        put_header(column->header, out);
        behov_wording_add(out, column->header[0] ? "</th>" : "</td>");
    }
    behov_wording_add(out, "</tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < table.n_rows; i++)
        put_row(&table, i, out);
    behov_wording_add(out, "</tbody>\n</table>\n</div>\n");
    for (size_t i = 0; i < section->n_notes; i++)
        if (!behov_page_is_warning(document, section->notes[i]))
            put_paragraph("note", section->notes[i], out);
    behov_wording_add(out, "</section>\n");
    behov_page_table_free(&table);
    return BEHOV_OK;
}

static void write_contents(const behov_document *document, behov_wording *out)
{
    if (document->n_sections < 2)
        return;
    behov_wording_print(out, "<nav aria-label=\"%s\">\n<ul>\n", behov_label(document->lang, BEHOV_WORD_CONTENTS));
    for (size_t i = 0; i < document->n_sections; i++) {
        char anchor[BEHOV_PAGE_ANCHOR_SIZE];
        behov_page_anchor(document->sections, i, anchor);
        behov_wording_print(out, "<li><a href=\"#%s\">", anchor);
        behov_page_escape(document->sections[i].title, out);
        behov_wording_add(out, "</a></li>\n");
    }
    behov_wording_add(out, "</ul>\n</nav>\n");
}

static void write_footer(const behov_document *document, behov_wording *out)
{
    char day[16];
    behov_page_date(document->properties->created, day);
    if (is_empty(document->properties->comments) && !day[0])
        return;
    behov_wording_add(out, "<footer>\n<p>");
    behov_page_escape(document->properties->comments, out);
    if (day[0])
        behov_wording_print(out, "%s<time datetime=\"%s\">%s</time>",
                            is_empty(document->properties->comments) ? "" : "; ", day, day);
    behov_wording_add(out, "</p>\n</footer>\n");
}

behov_status behov_html_page(const behov_document *document, behov_wording *out, behov_error *err)
{
    bool is_wide;
    behov_status status = begins_wide(document, &is_wide, err);
    if (status)
        return status;
    const char *title =
        is_empty(document->properties->title) ? document->sections[0].title : document->properties->title;
    behov_wording_print(out,
                        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                        behov_language_name(document->lang));
    behov_page_escape(title, out);
    behov_wording_add(out, "</title>\n");
    if (!is_empty(document->properties->subject)) {
        behov_wording_add(out, "<meta name=\"description\" content=\"");
        behov_page_escape(document->properties->subject, out);
        behov_wording_add(out, "\">\n");
    }
    behov_wording_print(out, "<style>\n%s</style>\n</head>\n<body>\n<header%s>\n<h1>", stylesheet,
                        is_wide ? " class=\"wide\"" : "");
    behov_page_escape(title, out);
    behov_wording_add(out, "</h1>\n");
    put_paragraph(NULL, document->properties->subject, out);
    write_warnings(document, out);
    behov_wording_add(out, "</header>\n");
    write_contents(document, out);
    behov_wording_add(out, "<main>\n");
    for (size_t i = 0; i < document->n_sections && !status; i++)
        status = write_section(document, i, out, err);
    behov_wording_add(out, "</main>\n");
    write_footer(document, out);
    behov_wording_add(out, "</body>\n</html>\n");
    return status;
}

/* ---- a section by itself ------------------------------------------------------------------------------------------- */

static const char *alignment(bool is_left)
{
    return is_left ? " style=\"text-align:left\"" : " style=\"text-align:right;white-space:nowrap\"";
}

static void put_plain_row(const behov_page_table *table, size_t row, behov_wording *out)
{
    behov_wording_add(out, "<tr>");
    for (size_t j = 0; j < table->n_columns; j++) {
        char text[BEHOV_NUMBER_SIZE];
        const behov_page_column *column = &table->columns[j];
        const char *shown_text = behov_page_cell(table, j, row, text);
        bool is_header = column->is_row_header && !is_empty(shown_text),
             is_strong = behov_page_is_strong(table, j, row);
        const char *element = is_header ? "th" : "td";
        behov_wording_print(out, "<%s%s%s>%s", element, is_header ? " scope=\"row\"" : "", alignment(column->is_text),
                            is_strong ? "<b>" : "");
        behov_page_escape(shown_text, out);
        behov_wording_print(out, "%s%s</%s>", behov_page_stars(table, j, row), is_strong ? "</b>" : "", element);
    }
    behov_wording_add(out, "</tr>\n");
}

behov_status behov_html_fragment(const behov_document *document, size_t section, behov_wording *out, behov_error *err)
{
    const behov_section *shown_section = &document->sections[section];
    behov_page_table table;
    behov_status status = behov_page_table_new(shown_section, document->lang, &table, err);
    if (!status) {
        behov_wording_add(out, "<table>\n<caption style=\"text-align:left\"><b>");
        behov_page_escape(shown_section->title, out);
        behov_wording_add(out, "</b></caption>\n<thead>\n<tr>");
        for (size_t j = 0; j < table.n_columns; j++) {
            behov_wording_print(out, "<th scope=\"col\"%s>", alignment(table.columns[j].is_text));
            put_header(table.columns[j].header, out);
            behov_wording_add(out, "</th>");
        }
        behov_wording_add(out, "</tr>\n</thead>\n<tbody>\n");
        for (size_t i = 0; i < table.n_rows; i++)
            put_plain_row(&table, i, out);
        behov_wording_add(out, "</tbody>\n</table>\n");
        for (size_t i = 0; i < shown_section->n_notes; i++)
            put_paragraph(NULL, shown_section->notes[i], out);
    }
    behov_page_table_free(&table);
    return status ? status : behov_wording_status(out, err);
}
