/* municipality_list.c - municipalities by code and by name. Codes are texts; two municipalities may share a name. */
#include <behov/municipality_list.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "name.h"

enum { MOST_NAMED = 10, CODE_LENGTH = 4 };

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_DIRECTORY_NO_MEMORY);
}

void behov_municipality_list_free(behov_municipality_list *municipality_list)
{
    free(municipality_list->all);
    *municipality_list = (behov_municipality_list){0};
}

/* ---- making --------------------------------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const behov_municipality *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : x->code[0] ? 0 : strcmp(x->name, y->name);
}

/* The library's sort need not keep the order of equal entries, and which year's name and population stay depends on it.
 */
static int compare_settled(const void *a, const void *b)
{
    const behov_municipality *x = a, *y = b;
    int order = compare(x, y);
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

void behov_municipality_list_settle(behov_municipality_list *municipality_list)
{
    for (size_t i = 0; i < municipality_list->n; i++)
        municipality_list->all[i].order = i;
    if (municipality_list->n > 1)
        qsort(municipality_list->all, municipality_list->n, sizeof *municipality_list->all, compare_settled);
    size_t n_kept = 0;
    for (size_t i = 0; i < municipality_list->n; i++) {
        if (n_kept && compare(&municipality_list->all[n_kept - 1], &municipality_list->all[i]) == 0) {
            if (isnan(municipality_list->all[n_kept - 1].population))
                municipality_list->all[n_kept - 1].population = municipality_list->all[i].population;
            continue;
        }
        municipality_list->all[n_kept++] = municipality_list->all[i];
    }
    municipality_list->n = n_kept;
}

/* A row of a panel, later years of a municipality first. */
typedef struct seen {
    behov_municipality municipality;
    int year;
    size_t row;
} seen;

static int compare_seen(const void *a, const void *b)
{
    const seen *x = a, *y = b;
    int order = compare(&x->municipality, &y->municipality);
    if (!order)
        order = x->year > y->year ? -1 : x->year < y->year;
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

behov_status behov_municipality_list_of_panel(const behov_panel *panel, behov_municipality_list *out, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(panel->table);
    *out = (behov_municipality_list){.source = behov_table_source(panel->table)};
    seen *rows = malloc((n_rows + 1) * sizeof *rows);
    out->all = malloc((n_rows + 1) * sizeof *out->all);
    if (!rows || !out->all) {
        free(rows);
        return out_of_memory(err);
    }
    for (size_t i = 0; i < n_rows; i++)
        rows[i] = (seen){
            {behov_panel_code(panel, i), behov_panel_municipality(panel, i), behov_panel_population(panel, i), i},
            behov_panel_year(panel, i),
            i};
    if (n_rows > 1)
        qsort(rows, n_rows, sizeof *rows, compare_seen);
    for (size_t i = 0; i < n_rows; i++)
        if ((rows[i].municipality.code[0] || rows[i].municipality.name[0]) &&
            !behov_table_row_mark(panel->table, rows[i].row))
            out->all[out->n++] = rows[i].municipality;
    free(rows);
    behov_municipality_list_settle(out);
    return BEHOV_OK;
}

/* ---- naming --------------------------------------------------------------------------------------------------------
 */

enum { LONGEST_CODE = 40 };

const char *behov_municipality_list_name(const behov_municipality *municipality, char *text, size_t size)
{
    int code = behov_letters_clip(municipality->code, size > 4 * LONGEST_CODE ? LONGEST_CODE : size / 4);
    snprintf(text, size, "%.*s%s%.*s", code, municipality->code,
             municipality->code[0] && municipality->name[0] ? " " : "",
             behov_letters_clip(municipality->name, size - (size_t)code - 2), municipality->name);
    return text;
}

const char *behov_municipality_list_name_first(const behov_municipality *municipality, char *text, size_t size)
{
    bool both = municipality->code[0] && municipality->name[0];
    snprintf(text, size, "%.*s%s%.*s%s", behov_letters_clip(municipality->name, size - LONGEST_CODE - 4),
             municipality->name, both ? " (" : "", behov_letters_clip(municipality->code, LONGEST_CODE),
             municipality->code, both ? ")" : "");
    return text;
}

/* ---- finding -------------------------------------------------------------------------------------------------------
 */

/* A text that is looked for, and the names that it is held against, folded once. */
typedef struct search {
    const behov_municipality_list *municipality_list;
    char *text;
    char **names; /* one each */
} search;

static void search_free(search *search)
{
    for (size_t i = 0; search->names && i < search->municipality_list->n; i++)
        free(search->names[i]);
    free(search->names);
    free(search->text);
}

static behov_status search_new(const behov_municipality_list *municipality_list, const char *text, search *new_search,
                               behov_error *err)
{
    *new_search = (search){municipality_list, behov_name_fold(text, strlen(text)),
                           calloc(municipality_list->n + 1, sizeof *new_search->names)};
    bool is_whole = new_search->text && new_search->names;
    for (size_t i = 0; is_whole && i < municipality_list->n; i++)
        is_whole = (new_search->names[i] = behov_name_fold(municipality_list->all[i].name,
                                                           strlen(municipality_list->all[i].name))) != NULL;
    if (is_whole)
        return BEHOV_OK;
    search_free(new_search);
    return out_of_memory(err);
}

/* "a, b, c and 12 more": whole names, as many as a sentence takes; the others are counted. */
typedef struct name_list {
    behov_said text;
    size_t n, n_named;
} name_list;

static void append_name(name_list *list, const behov_municipality *municipality)
{
    enum { LONGEST = 1200 }; /* of a list in bytes, so that its sentence has room in an error */
    char name[BEHOV_MUNICIPALITY_NAME];
    behov_municipality_list_name(municipality, name, sizeof name);
    bool is_whole =
        list->n_named == list->n++ && list->n_named < MOST_NAMED && strlen(list->text.text) + strlen(name) < LONGEST;
    if (!is_whole)
        return;
    behov_said before = list->text;
    behov_phrase_list(&list->text, before.text, list->n_named++ ? ", " : "", name, NULL);
}

static const char *named(name_list *list)
{
    behov_said before = list->text;
    if (list->n > list->n_named)
        behov_phrase_list(&list->text, before.text, behov_phrase(SAY_NAMES_MORE, list->n - list->n_named).text, NULL);
    return list->text.text;
}

static behov_status not_there(const search *search, const char *text, const char *where, behov_error *err)
{
    const behov_municipality_list *municipality_list = search->municipality_list;
    name_list near = {.n = 0};
    size_t longest = 2; /* three letters at least, or three digits of a code */
    bool is_code = text[0] && text[strspn(text, "0123456789")] == '\0';
    for (size_t i = 0; i < municipality_list->n; i++) {
        size_t shared_index =
            behov_name_common_start(is_code ? municipality_list->all[i].code : search->names[i], search->text);
        longest = shared_index > longest ? shared_index : longest;
    }
    for (size_t i = 0; i < municipality_list->n && longest > 2; i++)
        if (behov_name_common_start(is_code ? municipality_list->all[i].code : search->names[i], search->text) ==
            longest)
            append_name(&near, &municipality_list->all[i]);
    behov_excerpt name = behov_cut(text, 80), source = behov_cut(municipality_list->source, 120);
    return near.n ? behov_error_say(err, BEHOV_E_NAME, where, SAY_DIRECTORY_NAME_UNKNOWN_NEAR, name.text, source.text,
                                    named(&near))
                  : behov_error_say(err, BEHOV_E_NAME, where, SAY_DIRECTORY_NAME_UNKNOWN, name.text, source.text);
}

static size_t find_code(const behov_municipality_list *municipality_list, const char *code)
{
    for (size_t i = 0; i < municipality_list->n; i++)
        if (municipality_list->all[i].code[0] && strcmp(municipality_list->all[i].code, code) == 0)
            return i;
    return municipality_list->n;
}

static behov_status find_name(const search *search, const char *text, const char *where, size_t *position,
                              behov_error *err)
{
    const behov_municipality_list *municipality_list = search->municipality_list;
    size_t n_named = 0, whole = municipality_list->n, n_spelt = 0, spelt = municipality_list->n;
    for (size_t i = 0; i < municipality_list->n; i++) { /* the whole name leaves no doubt, if one alone has it */
        if (strcmp(search->names[i], search->text) == 0 && ++n_named)
            whole = i;
        if (strcmp(municipality_list->all[i].name, text) == 0 && ++n_spelt)
            spelt = i;
    }
    if (n_named == 1 || n_spelt == 1) {
        *position = n_named == 1 ? whole : spelt;
        return BEHOV_OK;
    }
    name_list several = {.n = 0};
    for (size_t i = 0; i < municipality_list->n; i++)
        if (behov_name_is_meant(search->names[i], search->text)) {
            *position = i;
            append_name(&several, &municipality_list->all[i]);
        }
    if (several.n > 1)
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_DIRECTORY_NAME_OF_SEVERAL, behov_cut(text, 80).text,
                               (unsigned long)several.n, named(&several));
    return several.n ? BEHOV_OK : not_there(search, text, where, err);
}

/* The municipality whose code is in a text that is decorated as the codes of files are: K-1860, ="1860", 1860
 * Vestvågøy, 301 for 0301. A text that no spreadsheet writes stays a name. */
static size_t find_decorated_code(const behov_municipality_list *municipality_list, const char *text)
{
    behov_code code = behov_code_read(text, strlen(text));
    bool has_digits = code.kind == BEHOV_CODE_FOUR_DIGITS || code.kind == BEHOV_CODE_THREE_DIGITS;
    size_t index = has_digits ? find_code(municipality_list, code.text) : municipality_list->n;
    if (index == municipality_list->n && code.kind == BEHOV_CODE_THREE_DIGITS) {
        char padded[sizeof code.text + 1];
        snprintf(padded, sizeof padded, "0%s", code.text);
        index = find_code(municipality_list, padded);
    }
    return index;
}

/* Behind a code may stand a name: it has to be that of the municipality. */
static behov_status check_name_behind(const behov_municipality *municipality, const char *text, const char *where,
                                      behov_error *err)
{
    const char *name = strpbrk(text, "0123456789");
    name += strspn(name, "0123456789");
    name += strspn(name, " \t'\"");
    bool has_letters = strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") && name[0] != '.' &&
                       name[0] != ',' && municipality->name[0];
    if (!has_letters)
        return BEHOV_OK;
    size_t length = strlen(name);
    while (length && strchr("'\" ", name[length - 1]))
        length--;
    char *folded_text = behov_name_fold(name, length),
         *own = behov_name_fold(municipality->name, strlen(municipality->name));
    behov_status status = folded_text && own ? BEHOV_OK : out_of_memory(err);
    char full[BEHOV_MUNICIPALITY_NAME];
    if (!status && !behov_name_is_meant(own, folded_text))
        status = behov_error_say(err, BEHOV_E_NAME, where, SAY_DIRECTORY_CODE_OF_ANOTHER, behov_cut(text, 80).text,
                                 behov_municipality_list_name(municipality, full, sizeof full));
    free(folded_text);
    free(own);
    return status;
}

behov_status behov_municipality_list_find(const behov_municipality_list *municipality_list, const char *text,
                                          const char *where, size_t *position, behov_error *err)
{
    size_t index = find_code(municipality_list, text), place = municipality_list->n;
    if (index == municipality_list->n &&
        (index = find_decorated_code(municipality_list, text)) < municipality_list->n) {
        behov_status mismatch = check_name_behind(&municipality_list->all[index], text, where, err);
        if (mismatch)
            return mismatch;
    }
    if (index < municipality_list->n) {
        *position = index;
        return BEHOV_OK;
    }
    search search;
    behov_status status = search_new(municipality_list, text, &search, err);
    if (status)
        return status;
    status = find_name(&search, text, where, &place, err);
    search_free(&search);
    if (!status)
        *position = place;
    return status;
}

size_t behov_municipality_list_position(const behov_municipality_list *municipality_list, const char *code,
                                        const char *name)
{
    behov_municipality municipality = {code, name, NAN, 0};
    size_t low = 0, high = municipality_list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&municipality_list->all[middle], &municipality) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < municipality_list->n && compare(&municipality_list->all[low], &municipality) == 0
               ? low
               : municipality_list->n;
}

/* ---- names ---------------------------------------------------------------------------------------------------------
 */

void behov_municipality_names_free(behov_municipality_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        free(names->all[i].text);
        free(names->all[i].where);
    }
    free(names->all);
    *names = (behov_municipality_names){0};
}

behov_status behov_municipality_names_add(behov_municipality_names *names, const char *text, size_t length,
                                          const char *where, behov_error *err)
{
    if (names->n == names->room) {
        size_t room = 2 * names->room + 8;
        behov_municipality_name *all = realloc(names->all, room * sizeof *all);
        if (!all)
            return out_of_memory(err);
        names->all = all;
        names->room = room;
    }
    behov_municipality_name name = {malloc(length + 1), where ? strdup(where) : NULL};
    if (!name.text || (where && !name.where)) {
        free(name.text), free(name.where);
        return out_of_memory(err);
    }
    memcpy(name.text, text, length);
    name.text[length] = '\0';
    names->all[names->n++] = name;
    return BEHOV_OK;
}

behov_status behov_municipality_names_split(behov_municipality_names *names, const char *text, behov_error *err)
{
    behov_status status = BEHOV_OK;
    while (*text && !status) {
        const char *source = text, *end = text + strcspn(text, ",");
        text = *end ? end + 1 : end;
        while (source < end && *source == ' ')
            source++;
        while (end > source && end[-1] == ' ')
            end--;
        if (source < end)
            status = behov_municipality_names_add(names, source, (size_t)(end - source), NULL, err);
    }
    return status;
}

/* ---- choosing ------------------------------------------------------------------------------------------------------
 */

behov_status behov_municipality_list_choose(const behov_municipality_list *municipality_list,
                                            const behov_municipality_names *names, const char *where,
                                            size_t **positions, size_t *n_positions, behov_error *err)
{
    size_t n = 0, *chosen_positions = malloc((municipality_list->n + 1) * sizeof *chosen_positions);
    bool *is_chosen = calloc(municipality_list->n + 1, sizeof *is_chosen);
    behov_status status = chosen_positions && is_chosen ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < names->n && !status; i++) {
        const behov_municipality_name *name = &names->all[i];
        size_t position;
        status = behov_municipality_list_find(municipality_list, name->text, name->where ? name->where : where,
                                              &position, err);
        if (!status && !is_chosen[position]) {
            is_chosen[position] = true;
            chosen_positions[n++] = position;
        }
    }
    if (!status && n == 0)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_DIRECTORY_NONE_NAMED);
    free(is_chosen);
    if (status) {
        free(chosen_positions);
        return status;
    }
    *positions = chosen_positions;
    *n_positions = n;
    return BEHOV_OK;
}
