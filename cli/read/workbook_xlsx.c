/* workbook_xlsx.c - see workbook_xlsx.h. Parts are found through relationships, as the standard wants: their usual names
 * are a habit that not every writer has. */
#include "workbook_xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATH = 512, MOST_LOOKS = 70000, MOST_TEXTS = 40000000 };

/* A relationship of a part: what it is, and where. */
typedef struct relation {
    char *id, *type, *target;
} relation;

typedef struct relation_list {
    relation *relations;
    size_t n, room;
} relation_list;

typedef struct format_code {
    unsigned long number;
    sheet_look look;
} format_code;

static behov_status out_of_memory(const workbook_xlsx *book, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(book->source), SAY_SHEET_NO_MEMORY);
}

/* Room for one more. */
static bool make_room(void **block, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return true;
    size_t larger = *room + *room / 2 + 16;
    void *memory = realloc(*block, larger * size);
    if (!memory)
        return false;
    *block = memory;
    *room = larger;
    return true;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t n = strlen(text), n_ending = strlen(ending);
    return n >= n_ending && strcmp(text + n - n_ending, ending) == 0;
}

static bool is_true(const char *value)
{
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
}

/* ---- relationships ------------------------------------------------------------------------------------------------ */

static void free_relations(relation_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->relations[i].id), free(list->relations[i].type), free(list->relations[i].target);
    free(list->relations);
}

static behov_status add_relation(const workbook_xlsx *book, xml_part *part, relation_list *list, behov_error *err)
{
    void *memory = list->relations;
    if (list->n >= 20000)
        return BEHOV_OK;
    if (!make_room(&memory, list->n, &list->room, sizeof *list->relations))
        return out_of_memory(book, err);
    list->relations = memory;
    relation *relation = &list->relations[list->n++];
    relation->id = relation->type = relation->target = NULL;
    const char *name, *value;
    while (xml_part_attribute(part, &name, &value)) {
        char **field = strcmp(name, "Id") == 0       ? &relation->id
                       : strcmp(name, "Type") == 0   ? &relation->type
                       : strcmp(name, "Target") == 0 ? &relation->target
                                                     : NULL;
        if (field && !*field && !(*field = strdup(value)))
            return out_of_memory(book, err);
    }
    return BEHOV_OK;
}

static behov_status read_relations(const workbook_xlsx *book, const char *name, relation_list *list, behov_error *err)
{
    if (!xml_package_has(book->package, name))
        return BEHOV_OK;
    xml_part *part;
    behov_status status = xml_part_open(book->package, name, &part, err);
    if (status != BEHOV_OK)
        return status;
    while (status == BEHOV_OK && xml_part_next(part))
        if (xml_part_is_start(part) && xml_part_is_named(part, "Relationship"))
            status = add_relation(book, part, list, err);
    if (status == BEHOV_OK)
        status = xml_part_status(part, err);
    xml_part_close(part);
    return status;
}

/* The name of a part that another one, in the folder `base` ("xl/"), calls `target` (malloc, NULL without memory). */
static char *resolve(const char *base, const char *target)
{
    char path[LONGEST_PATH] = "";
    if (*target == '/')
        snprintf(path, sizeof path, "%s", target + 1);
    else {
        size_t n = strlen(base);
        while (strncmp(target, "../", 3) == 0) {
            target += 3;
            n -= n > 0;
            while (n && base[n - 1] != '/')
                n--;
        }
        snprintf(path, sizeof path, "%.*s%s", (int)n, base, strncmp(target, "./", 2) == 0 ? target + 2 : target);
    }
    return strdup(path);
}

static const char *target_of_type(const relation_list *list, const char *ending)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->relations[i].type && list->relations[i].target && ends_with(list->relations[i].type, ending))
            return list->relations[i].target;
    return NULL;
}

static const relation *relation_of_id(const relation_list *list, const char *id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->relations[i].id && strcmp(list->relations[i].id, id) == 0)
            return &list->relations[i];
    return NULL;
}

/* ---- the book ----------------------------------------------------------------------------------------------------- */

static behov_status add_sheet(const workbook_xlsx *book, xml_part *part, const relation_list *relations,
                              const char *base, sheet_list *list, behov_error *err)
{
    char *sheet_name = NULL;
    const relation *relation = NULL;
    bool is_hidden = false, is_whole = true;
    const char *name, *value;
    while (xml_part_attribute(part, &name, &value))
        if (strcmp(name, "name") == 0 && !sheet_name)
            is_whole = (sheet_name = strdup(value)) != NULL;
        else if (strcmp(name, "id") == 0) /* r:id; sheetId is another */
            relation = relation_of_id(relations, value);
        else if (strcmp(name, "state") == 0)
            is_hidden = strcmp(value, "visible") != 0;
    behov_status status = is_whole ? BEHOV_OK : out_of_memory(book, err);
    bool is_sheet = relation && relation->target && relation->type && ends_with(relation->type, "/worksheet");
    if (status == BEHOV_OK && sheet_name && is_sheet) { /* not a sheet of a chart alone */
        char *path = resolve(base, relation->target);
        status = path ? sheet_list_add(list, sheet_name, path, is_hidden, book->source, err) : out_of_memory(book, err);
        free(path);
    }
    free(sheet_name);
    return status;
}

static behov_status read_book(workbook_xlsx *book, const relation_list *relations, const char *base, sheet_list *list,
                              behov_error *err)
{
    xml_part *part;
    behov_status status = xml_part_open(book->package, book->path, &part, err);
    if (status != BEHOV_OK)
        return status;
    const char *name, *value;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (!xml_part_is_start(part))
            continue;
        if (xml_part_is_named(part, "sheet"))
            status = add_sheet(book, part, relations, base, list, err);
        else if (xml_part_is_named(part, "workbookPr"))
            while (xml_part_attribute(part, &name, &value))
                book->is_from_1904 |= strcmp(name, "date1904") == 0 && is_true(value);
        else if (xml_part_is_named(part, "calcPr"))
            while (xml_part_attribute(part, &name, &value))
                book->asks_to_compute |= strcmp(name, "fullCalcOnLoad") == 0 && is_true(value);
    }
    if (status == BEHOV_OK)
        status = xml_part_status(part, err);
    xml_part_close(part);
    return status;
}

static behov_status find_parts(workbook_xlsx *book, const char *base, const char *file, sheet_list *list,
                               behov_error *err)
{
    char path[LONGEST_PATH + 16];
    relation_list relations = {0};
    snprintf(path, sizeof path, "%s_rels/%s.rels", base, file);
    behov_status status = read_relations(book, path, &relations, err);
    const char *texts = target_of_type(&relations, "/sharedStrings"), *styles = target_of_type(&relations, "/styles");
    if (status == BEHOV_OK && texts && !(book->texts_part = resolve(base, texts)))
        status = out_of_memory(book, err);
    if (status == BEHOV_OK && styles && !(book->styles_part = resolve(base, styles)))
        status = out_of_memory(book, err);
    if (status == BEHOV_OK)
        status = read_book(book, &relations, base, list, err);
    free_relations(&relations);
    return status;
}

behov_status workbook_xlsx_open(workbook_xlsx *book, xml_package *package, const text_source *source, sheet_list *list,
                                behov_error *err)
{
    *book = (workbook_xlsx){.package = package, .source = source};
    relation_list relations = {0};
    behov_status status = read_relations(book, "_rels/.rels", &relations, err);
    const char *target = target_of_type(&relations, "/officeDocument");
    if (status == BEHOV_OK && !(book->path = resolve("", target ? target : "xl/workbook.xml")))
        status = out_of_memory(book, err);
    free_relations(&relations);
    if (status != BEHOV_OK)
        return status;
    if (ends_with(book->path, ".bin"))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_XLSB);
    if (!xml_package_has(package, book->path) || strstr(book->path, "word/") || strstr(book->path, "ppt/"))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_SHEET_NO_WORKBOOK);
    const char *slash = strrchr(book->path, '/');
    char base[LONGEST_PATH];
    snprintf(base, sizeof base, "%.*s", slash ? (int)(slash - book->path + 1) : 0, book->path);
    return find_parts(book, base, slash ? slash + 1 : book->path, list, err);
}

void workbook_xlsx_free(workbook_xlsx *book)
{
    free(book->path);
    free(book->texts_part);
    free(book->styles_part);
    free(book->looks);
    free(book->texts);
    *book = (workbook_xlsx){0};
}

/* ---- looks of numbers --------------------------------------------------------------------------------------------- */

typedef struct format_list {
    format_code *formats;
    size_t n, room;
} format_list;

static behov_status add_format(const workbook_xlsx *book, xml_part *part, format_list *list, behov_error *err)
{
    void *memory = list->formats;
    if (list->n >= MOST_LOOKS)
        return BEHOV_OK;
    if (!make_room(&memory, list->n, &list->room, sizeof *list->formats))
        return out_of_memory(book, err);
    list->formats = memory;
    format_code format = {.number = 0};
    const char *name, *value;
    while (xml_part_attribute(part, &name, &value))
        if (strcmp(name, "numFmtId") == 0)
            format.number = strtoul(value, NULL, 10);
        else if (strcmp(name, "formatCode") == 0)
            format.look = sheet_look_of_code(value);
    list->formats[list->n++] = format;
    return BEHOV_OK;
}

static behov_status add_look(workbook_xlsx *book, xml_part *part, const format_list *list, behov_error *err)
{
    void *memory = book->looks;
    if (book->n_looks >= MOST_LOOKS)
        return BEHOV_OK;
    if (!make_room(&memory, book->n_looks, &book->looks_room, sizeof *book->looks))
        return out_of_memory(book, err);
    book->looks = memory;
    unsigned long number = 0;
    const char *name, *value;
    while (xml_part_attribute(part, &name, &value))
        if (strcmp(name, "numFmtId") == 0)
            number = strtoul(value, NULL, 10);
    sheet_look look = sheet_look_of_number(number);
    for (size_t i = 0; i < list->n; i++)
        if (list->formats[i].number == number)
            look = list->formats[i].look;
    book->looks[book->n_looks++] = look;
    return BEHOV_OK;
}

behov_status workbook_xlsx_read_looks(workbook_xlsx *book, behov_error *err)
{
    if (!book->styles_part || !xml_package_has(book->package, book->styles_part))
        return BEHOV_OK;
    xml_part *part;
    behov_status status = xml_part_open(book->package, book->styles_part, &part, err);
    if (status != BEHOV_OK)
        return status;
    format_list formats = {0};
    bool is_of_cells = false; /* cellXfs, not cellStyleXfs */
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (xml_part_is_named(part, "cellXfs"))
            is_of_cells = xml_part_is_start(part) && !xml_part_is_empty(part);
        else if (!xml_part_is_start(part))
            continue;
        else if (xml_part_is_named(part, "numFmt"))
            status = add_format(book, part, &formats, err);
        else if (is_of_cells && xml_part_is_named(part, "xf"))
            status = add_look(book, part, &formats, err);
    }
    if (status == BEHOV_OK)
        status = xml_part_status(part, err);
    free(formats.formats);
    xml_part_close(part);
    return status;
}

/* ---- texts -------------------------------------------------------------------------------------------------------- */

/* Adds a piece of a text; "_x000D_" and its like, which stand for letters that XML cannot hold, become blanks. */
static behov_status add_piece(sheet_cells *cells, const char *text, size_t *length, behov_error *err)
{
    size_t first;
    const char *escape;
    while ((escape = strstr(text, "_x")) != NULL) {
        bool is_escape = strspn(escape + 2, "0123456789abcdefABCDEF") == 4 && escape[6] == '_';
        bool is_control = is_escape && strncmp(escape + 2, "00", 2) == 0 && (escape[4] == '0' || escape[4] == '1');
        size_t n = (size_t)(escape - text) + (is_control ? 0 : 2);
        behov_status status = sheet_cells_keep_text(cells, text, n, &first, err);
        if (status == BEHOV_OK && is_control)
            status = sheet_cells_keep_text(cells, " ", 1, &first, err);
        if (status != BEHOV_OK)
            return status;
        *length += n + is_control;
        text = escape + (is_control ? 7 : 2);
    }
    size_t n = strlen(text);
    *length += n;
    return sheet_cells_keep_text(cells, text, n, &first, err);
}

behov_status workbook_xlsx_rich_text(const workbook_xlsx *book, xml_part *part, sheet_cells *cells, size_t *first,
                                     size_t *length, behov_error *err)
{
    int depth = xml_part_depth(part);
    bool is_in_text = false;
    behov_status status = BEHOV_OK;
    *first = cells->n_bytes;
    *length = 0;
    (void)book;
    if (xml_part_is_empty(part))
        return BEHOV_OK;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (xml_part_is_end(part) && xml_part_depth(part) == depth)
            break;
        if (xml_part_is_start(part) && xml_part_is_named(part, "rPh"))
            xml_part_skip(part);
        else if (xml_part_is_start(part))
            is_in_text = xml_part_is_named(part, "t") && !xml_part_is_empty(part);
        else if (xml_part_is_end(part))
            is_in_text = false;
        else if (is_in_text && xml_part_is_text(part))
            status = add_piece(cells, xml_part_text(part), length, err);
    }
    return status;
}

behov_status workbook_xlsx_read_texts(workbook_xlsx *book, sheet_cells *cells, behov_error *err)
{
    if (!book->texts_part || !xml_package_has(book->package, book->texts_part))
        return BEHOV_OK;
    xml_part *part;
    behov_status status = xml_part_open(book->package, book->texts_part, &part, err);
    if (status != BEHOV_OK)
        return status;
    while (status == BEHOV_OK && xml_part_next(part)) {
        if (!xml_part_is_start(part) || !xml_part_is_named(part, "si"))
            continue;
        void *memory = book->texts;
        if (book->n_texts >= MOST_TEXTS || !make_room(&memory, book->n_texts, &book->texts_room, sizeof *book->texts)) {
            status = out_of_memory(book, err);
            break;
        }
        book->texts = memory;
        shared_text *text = &book->texts[book->n_texts++];
        status = workbook_xlsx_rich_text(book, part, cells, &text->first, &text->length, err);
    }
    if (status == BEHOV_OK)
        status = xml_part_status(part, err);
    xml_part_close(part);
    return status;
}
