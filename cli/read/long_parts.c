/* long_parts.c - see long_parts.h. */
#include "long_parts.h"

#include <behov/dictionary.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "long_cell.h"
#include "title_dimensions.h"

typedef struct header_line {
    grid_cell *cells; /* by column of figures */
    size_t n_texts;   /* that are not empty */
    size_t number;    /* among the lines, from 1 */
    size_t prefix;    /* bytes of "Year: ", which all of them have; 0 = they have none */
} header_line;

typedef struct taking {
    const long_layout *layout;
    long_parts *parts;
    header_line lines[LONG_MOST_HEADERS];
    size_t n_lines;
    behov_error *err;
} taking;

static behov_status out_of_memory(const taking *taking)
{
    return behov_error_say(taking->err, BEHOV_E_MEMORY, text_source_name(taking->layout->grid->source),
                           SAY_GRID_NO_MEMORY);
}

static char *copy_bytes(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* ---- lines --------------------------------------------------------------------------------------------------------- */

/* Whether a line below has a text in the column: then this one may stand above several columns. */
static bool has_below(const long_layout *layout, size_t h, size_t j)
{
    for (size_t k = h + 1; k < layout->n_header; k++)
        if (!layout->is_numbering[k] && grid_at(layout->grid, layout->header[k], j).length)
            return true;
    return false;
}

static behov_status take_line(taking *taking, size_t h)
{
    const long_layout *layout = taking->layout;
    header_line *line = &taking->lines[taking->n_lines];
    grid_cell left = {0};
    size_t k = 0;
    *line = (header_line){.number = h + 1};
    line->cells = calloc(layout->n_values + 1, sizeof *line->cells);
    if (!line->cells)
        return out_of_memory(taking);
    for (size_t j = 0; j < layout->n_columns; j++) {
        if (layout->columns[j].role != LONG_VALUE)
            continue;
        grid_cell cell = grid_at(layout->grid, layout->header[h], j);
        if (!cell.length && left.length && has_below(layout, h, j)) {
            cell = left;
            taking->parts->n_filled_right++;
        }
        left = cell.length ? cell : left;
        line->n_texts += cell.length > 0;
        line->cells[k++] = cell;
    }
    if (line->n_texts)
        taking->n_lines++;
    else
        free(line->cells);
    return BEHOV_OK;
}

static const char *text_at(const taking *taking, const header_line *line, size_t k, size_t *length)
{
    grid_cell cell = line->cells[k];
    *length = cell.length;
    return grid_text(taking->layout->grid, cell);
}

/* The bytes up to the text behind ": ", where all cells begin alike up to there. */
static void find_prefix(const taking *taking, header_line *line)
{
    const char *first = NULL;
    if (taking->layout->n_values < 2) /* "07459: Befolkning" */
        return;
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length;
        const char *text = text_at(taking, line, k, &length);
        if (!length)
            continue;
        if (!first) {
            const char *colon = memchr(text, ':', length);
            size_t n = colon ? (size_t)(colon - text) + 1 : 0;
            if (!n || n + 1 >= length || text[n] != ' ' || n > 60)
                return;
            first = text;
            line->prefix = n + 1;
        } else if (length <= line->prefix || memcmp(text, first, line->prefix) != 0) {
            line->prefix = 0;
            return;
        }
    }
}

/* ---- kinds of lines ------------------------------------------------------------------------------------------------ */

static bool has_years(const taking *taking, const header_line *line, bool *has_rest)
{
    *has_rest = false;
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length, first, n;
        const char *text = text_at(taking, line, k, &length) + line->prefix;
        if (!length || !long_cell_find_year(text, length - line->prefix, &first, &n))
            return false;
        n += long_cell_note_mark(text + first + n, length - line->prefix - first - n);
        *has_rest |= n < length - line->prefix;
    }
    return true;
}

static bool has_regions(const taking *taking, const header_line *line)
{
    size_t n_regions = 0;
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length;
        bool has_label;
        const char *text = text_at(taking, line, k, &length);
        n_regions +=
            length > line->prefix && long_cell_is_region(text + line->prefix, length - line->prefix, &has_label);
    }
    return taking->layout->n_values > 1 && 2 * n_regions > line->n_texts;
}

/* ---- dimensions ---------------------------------------------------------------------------------------------------- */

/* A dimension of that name; NULL without memory. */
static long_part *add_part(taking *taking, const char *name, size_t length)
{
    long_parts *parts = taking->parts;
    long_part *part = &parts->parts[parts->n];
    part->texts = calloc(taking->layout->n_values + 1, sizeof *part->texts);
    part->name = copy_bytes(name, length);
    parts->n++;
    return part->name && part->texts ? part : NULL;
}

static bool is_loose(char c)
{
    return c == ' ' || c == ',' || c == ':' || c == ';' || c == '-' || c == '_' || c == '/';
}

/* The text without the year in it, and without what joined them. */
static char *without_year(const char *text, size_t length, size_t first, size_t n)
{
    size_t before = first, after = first + n;
    while (before && is_loose(text[before - 1]))
        before--;
    while (after < length && is_loose(text[after]))
        after++;
    if (before && after < length && text[before - 1] == '(' && text[after] == ')') {
        before--;
        after++;
        while (before && is_loose(text[before - 1]))
            before--;
    }
    char *rest = malloc(length + 2);
    if (!rest)
        return NULL;
    size_t n_rest = 0;
    if (before)
        memcpy(rest, text, n_rest = before);
    if (before && after < length)
        rest[n_rest++] = ' ';
    if (after < length)
        memcpy(rest + n_rest, text + after, length - after), n_rest += length - after;
    rest[n_rest] = '\0';
    return rest;
}

static behov_status add_years(taking *taking, const header_line *line, bool has_rest)
{
    const char *prefix = taking->layout->grid->texts + line->cells[0].first;
    long_part *years = line->prefix ? add_part(taking, prefix, line->prefix - 2) : add_part(taking, "year", 4);
    long_part *rest = years && has_rest ? add_part(taking, "contents", 8) : NULL;
    if (!years || (has_rest && !rest))
        return out_of_memory(taking);
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length, first = 0, n = 0;
        const char *text = text_at(taking, line, k, &length) + line->prefix;
        length -= line->prefix;
        (void)long_cell_find_year(text, length, &first, &n);
        size_t mark = long_cell_note_mark(text + first + n, length - first - n);
        if (mark && taking->parts->n_year_marks++ == 0)
            taking->parts->year_mark = line->cells[k];
        years->texts[k] = copy_bytes(text + first, n);
        if (rest)
            rest->texts[k] = without_year(text, length, first, n + mark);
        if (!years->texts[k] || (rest && !rest->texts[k]))
            return out_of_memory(taking);
    }
    return BEHOV_OK;
}

static behov_status add_regions(taking *taking, const header_line *line)
{
    long_part *part = add_part(taking, "region", 6);
    if (part)
        part->labels = calloc(taking->layout->n_values + 1, sizeof *part->labels);
    if (!part || !part->labels)
        return out_of_memory(taking);
    taking->parts->has_regions = true;
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length, label;
        const char *text = text_at(taking, line, k, &length);
        if (!length)
            continue;
        size_t n = long_cell_code(text, length, &label);
        part->texts[k] = copy_bytes(text, n ? n : length);
        part->labels[k] = n ? copy_bytes(text + label, length - label) : copy_bytes(text, length);
        if (!part->texts[k] || !part->labels[k])
            return out_of_memory(taking);
    }
    return BEHOV_OK;
}

static behov_status add_texts(taking *taking, const header_line *line, const char *name)
{
    long_part *part = add_part(taking, name, strlen(name));
    if (!part)
        return out_of_memory(taking);
    for (size_t k = 0; k < taking->layout->n_values; k++) {
        size_t length;
        const char *text = text_at(taking, line, k, &length);
        if (length && !(part->texts[k] = copy_bytes(text + line->prefix, length - line->prefix)))
            return out_of_memory(taking);
    }
    return BEHOV_OK;
}

/* A name that only says that figures stand below says nothing of them. */
static bool names_figures(const taking *taking, const header_line *line)
{
    static const char *const words[] = {"value", "values", "verdi",     "antall",
                                        "tal",   "tall",   "obs_value", "tabellvariabel"};
    size_t length;
    const char *text = text_at(taking, line, 0, &length);
    return taking->layout->n_values == 1 && long_cell_is_word(text, length, words, sizeof words / sizeof *words);
}

static behov_status add_line(taking *taking, header_line *line, size_t n_plain)
{
    bool has_rest;
    char name[80];
    if (names_figures(taking, line))
        return BEHOV_OK;
    if (has_years(taking, line, &has_rest))
        return add_years(taking, line, has_rest);
    if (has_regions(taking, line))
        return add_regions(taking, line);
    size_t length;
    const char *text = NULL;
    for (size_t k = 0; k < taking->layout->n_values && line->prefix && !text; k++)
        text = line->cells[k].length ? text_at(taking, line, k, &length) : NULL;
    if (line->prefix)
        snprintf(name, sizeof name, "%.*s", (int)line->prefix - 2, text);
    else if (n_plain > 1)
        snprintf(name, sizeof name, "header_%zu", line->number);
    else
        snprintf(name, sizeof name, "contents");
    return add_texts(taking, line, name);
}

/* Lines that are neither years nor municipalities and have no name of their own. */
static size_t count_plain(const taking *taking)
{
    size_t n = 0;
    for (size_t i = 0; i < taking->n_lines; i++) {
        const header_line *line = &taking->lines[i];
        bool has_rest = false, is_years = has_years(taking, line, &has_rest);
        n += is_years ? has_rest : !line->prefix && !has_regions(taking, line);
    }
    return n;
}

/* "År: 1995" is a year that has a name; "Personer: 1995" is a measure in a year. */
static void keep_names_of_dimensions(const taking *taking, header_line *line)
{
    bool has_rest;
    find_prefix(taking, line);
    if (!line->prefix || !has_years(taking, line, &has_rest) || has_rest)
        return;
    size_t length;
    const char *text = text_at(taking, line, 0, &length);
    if (!long_cell_names_dimension(text, line->prefix - 2))
        line->prefix = 0;
}

/* Whether two columns have the same text in each dimension. */
static bool is_same(const long_parts *parts, size_t a, size_t b)
{
    for (size_t i = 0; i < parts->n; i++) {
        const char *x = parts->parts[i].texts[a], *y = parts->parts[i].texts[b];
        if (strcmp(x ? x : "", y ? y : "") != 0)
            return false;
    }
    return true;
}

static uint64_t hash_of(const long_parts *parts, size_t k)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < parts->n; i++)
        for (const char *cursor = parts->parts[i].texts[k]; cursor && *cursor; cursor++)
            hash = (hash ^ (unsigned char)*cursor) * 1099511628211u;
    return hash ^ hash >> 32;
}

static size_t column_at(const long_layout *layout, size_t k)
{
    size_t j = 0;
    for (; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE && k-- == 0)
            break;
    return j;
}

/* Two columns of figures that the header calls the same would give two figures for one thing. */
static behov_status refuse_twins(const taking *taking)
{
    const long_parts *parts = taking->parts;
    size_t room = 16;
    while (room < 2 * parts->n_values)
        room *= 2;
    size_t *seen = calloc(room, sizeof *seen); /* open addressing: position + 1 */
    behov_status status = seen ? BEHOV_OK : out_of_memory(taking);
    for (size_t k = 0; k < parts->n_values && !status; k++) {
        size_t at = (size_t)hash_of(parts, k) & (room - 1);
        while (seen[at] && !is_same(parts, seen[at] - 1, k))
            at = (at + 1) & (room - 1);
        if (seen[at]) {
            const long_layout *layout = taking->layout;
            size_t first = column_at(layout, seen[at] - 1), second = column_at(layout, k);
            char shown[64];
            grid_cell name = layout->columns[second].name;
            behov_letters_show_cell(grid_text(layout->grid, name), name.length, shown);
            status = behov_error_say(taking->err, BEHOV_E_DATA, text_source_name(layout->grid->source),
                                     SAY_LONG_SAME_HEADER, first + 1, second + 1, shown);
        } else
            seen[at] = k + 1;
    }
    free(seen);
    return status;
}

/* ---- names from the title ------------------------------------------------------------------------------------------ */

/* Whether the text of a column is always the same beside one text of another: the name beside its code. */
static behov_status is_label_of(const taking *taking, size_t code_column, size_t label_column, bool *is_label)
{
    const long_layout *layout = taking->layout;
    behov_dictionary *codes = NULL;
    grid_cell *labels = malloc((layout->n_rows + 1) * sizeof *labels);
    behov_status status = labels ? behov_dictionary_new(&codes, taking->err) : out_of_memory(taking);
    *is_label = true;
    for (size_t i = 0; i < layout->n_rows && *is_label && !status; i++) {
        grid_cell code = grid_at(layout->grid, layout->rows[i], code_column),
                  label = grid_at(layout->grid, layout->rows[i], label_column);
        size_t n = behov_dictionary_count(codes);
        int32_t position;
        status = behov_dictionary_intern(codes, grid_text(layout->grid, code), code.length, &position, taking->err);
        if (!status && (size_t)position == n)
            labels[position] = label;
        else if (!status)
            *is_label = grid_is_same(layout->grid, labels[position], label);
    }
    behov_dictionary_free(codes);
    free(labels);
    return status;
}

/* Spreadsheets of PxWeb have no names above the columns that name rows, but all dimensions in the title. */
static behov_status look_at_title(taking *taking)
{
    const long_layout *layout = taking->layout;
    title_dimension names[TITLE_MOST_DIMENSIONS];
    size_t n = title_dimensions_find(grid_text(layout->grid, layout->title), layout->title.length, names), n_stubs = 0,
           stubs[2 * TITLE_MOST_DIMENSIONS];
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_STUB) {
            if (layout->columns[j].name.length || n_stubs == sizeof stubs / sizeof *stubs)
                return BEHOV_OK;
            stubs[n_stubs++] = j;
        }
    size_t n_named = n > taking->parts->n ? n - taking->parts->n : 0;
    bool is_paired = n_named && n_stubs == 2 * n_named;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_stubs && is_paired && !status; i += 2)
        status = is_label_of(taking, stubs[i], stubs[i + 1], &is_paired);
    taking->parts->n_columns_named_by_title = n_named && n_stubs == n_named ? 1 : is_paired ? 2 : 0;
    return status;
}

behov_status long_parts_find(const long_layout *layout, long_parts *parts, behov_error *err)
{
    taking taking = {.layout = layout, .parts = parts, .err = err};
    *parts = (long_parts){.n_values = layout->n_values};
    behov_status status = BEHOV_OK;
    for (size_t h = 0; h < layout->n_header && !status; h++)
        if (!layout->is_numbering[h])
            status = take_line(&taking, h);
    for (size_t i = 0; i < taking.n_lines; i++)
        keep_names_of_dimensions(&taking, &taking.lines[i]);
    size_t n_plain = count_plain(&taking);
    for (size_t i = 0; i < taking.n_lines && !status; i++)
        status = add_line(&taking, &taking.lines[i], n_plain);
    if (!status)
        status = refuse_twins(&taking);
    if (!status)
        status = look_at_title(&taking);
    for (size_t i = 0; i < taking.n_lines; i++)
        free(taking.lines[i].cells);
    return status;
}

static void free_texts(char **texts, size_t n)
{
    for (size_t k = 0; k < n && texts; k++)
        free(texts[k]);
    free(texts);
}

void long_parts_free(long_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        free(parts->parts[i].name);
        free_texts(parts->parts[i].texts, parts->n_values);
        free_texts(parts->parts[i].labels, parts->n_values);
    }
    *parts = (long_parts){0};
}

/* The name that the title has for a column; "_label" behind it for the text beside a code. */
static char *name_of_title(const long_layout *layout, const long_parts *parts, size_t column)
{
    title_dimension names[TITLE_MOST_DIMENSIONS];
    size_t position = 0;
    title_dimensions_find(grid_text(layout->grid, layout->title), layout->title.length, names);
    for (size_t j = 0; j < column; j++)
        position += layout->columns[j].role == LONG_STUB;
    title_dimension name = names[position / parts->n_columns_named_by_title];
    size_t size = name.length + sizeof "_label";
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%.*s%s", (int)name.length, name.text,
                 position % parts->n_columns_named_by_title ? "_label" : "");
    return text;
}

char *long_parts_stub_name(const long_layout *layout, const long_parts *parts, size_t column)
{
    if (parts->n_columns_named_by_title)
        return name_of_title(layout, parts, column);
    grid_cell name = layout->columns[column].name;
    size_t length = name.length ? name.length : 40, position = 1;
    bool is_first = true;
    for (size_t j = 0; j < column; j++) {
        is_first &= layout->columns[j].role != LONG_STUB;
        position += layout->columns[j].role != LONG_NONE;
    }
    char *text = malloc(length + 1);
    if (!text)
        return NULL;
    if (name.length)
        memcpy(text, grid_text(layout->grid, name), length);
    text[name.length ? length : 0] = '\0';
    const long_column *about = &layout->columns[column];
    if (!name.length && is_first && about->n_year > 0 && about->n_text + about->n_number == 0)
        snprintf(text, length + 1, "year");
    else if (!name.length && is_first)
        snprintf(text, length + 1, "region");
    else if (!name.length)
        snprintf(text, length + 1, "column_%zu", position);
    return text;
}
