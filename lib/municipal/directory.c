/* directory.c - municipalities by code and by name. Codes are texts; two municipalities may share a name. */
#include "directory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "labels.h"
#include "messages.h"
#include "name.h"
#include "read_csv.h"
#include "study.h"

enum { MOST_NAMED = 8, CODE_LENGTH = 4 };

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the municipalities");
}

void directory_free(directory *of)
{
    free(of->all);
    *of = (directory){0};
}

/* ---- making --------------------------------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const municipality *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : x->code[0] ? 0 : strcmp(x->name, y->name);
}

/* The library's sort need not keep the order of equal entries, and which year's name and population stay hangs on it.
 */
static int compare_settled(const void *a, const void *b)
{
    const municipality *x = a, *y = b;
    int order = compare(x, y);
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

void directory_settle(directory *of)
{
    for (size_t i = 0; i < of->n; i++)
        of->all[i].order = i;
    if (of->n > 1)
        qsort(of->all, of->n, sizeof *of->all, compare_settled);
    size_t kept = 0;
    for (size_t i = 0; i < of->n; i++) {
        if (kept && compare(&of->all[kept - 1], &of->all[i]) == 0) {
            if (isnan(of->all[kept - 1].population))
                of->all[kept - 1].population = of->all[i].population;
            continue;
        }
        of->all[kept++] = of->all[i];
    }
    of->n = kept;
}

/* A row of a panel, later years of a municipality first. */
typedef struct seen {
    municipality of;
    int year;
    size_t row;
} seen;

static int compare_seen(const void *a, const void *b)
{
    const seen *x = a, *y = b;
    int order = compare(&x->of, &y->of);
    if (!order)
        order = x->year > y->year ? -1 : x->year < y->year;
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

behov_status directory_of_panel(const behov_panel *panel, directory *out, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(panel->table);
    *out = (directory){.source = behov_table_source(panel->table)};
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
        if ((rows[i].of.code[0] || rows[i].of.name[0]) && !behov_table_row_mark(panel->table, rows[i].row))
            out->all[out->n++] = rows[i].of;
    free(rows);
    directory_settle(out);
    return BEHOV_OK;
}

/* ---- naming --------------------------------------------------------------------------------------------------------
 */

enum { LONGEST_CODE = 40 };

const char *directory_name(const municipality *of, char *text, size_t size)
{
    int code = label_clip(of->code, size > 4 * LONGEST_CODE ? LONGEST_CODE : size / 4);
    snprintf(text, size, "%.*s%s%.*s", code, of->code, of->code[0] && of->name[0] ? " " : "",
             label_clip(of->name, size - (size_t)code - 2), of->name);
    return text;
}

const char *directory_name_first(const municipality *of, char *text, size_t size)
{
    bool both = of->code[0] && of->name[0];
    snprintf(text, size, "%.*s%s%.*s%s", label_clip(of->name, size - LONGEST_CODE - 4), of->name, both ? " (" : "",
             label_clip(of->code, LONGEST_CODE), of->code, both ? ")" : "");
    return text;
}

/* ---- finding -------------------------------------------------------------------------------------------------------
 */

/* A text that is looked for, and the names that it is held against, folded once. */
typedef struct search {
    const directory *of;
    char *text;
    char **names; /* one each */
} search;

static void search_free(search *made)
{
    for (size_t i = 0; made->names && i < made->of->n; i++)
        free(made->names[i]);
    free(made->names);
    free(made->text);
}

static behov_status search_new(const directory *of, const char *text, search *made, behov_error *err)
{
    *made = (search){of, name_fold(text, strlen(text)), calloc(of->n + 1, sizeof *made->names)};
    bool is_whole = made->text && made->names;
    for (size_t i = 0; is_whole && i < of->n; i++)
        is_whole = (made->names[i] = name_fold(of->all[i].name, strlen(of->all[i].name))) != NULL;
    if (is_whole)
        return BEHOV_OK;
    search_free(made);
    return out_of_memory(err);
}

static void append_name(char *list, size_t size, const municipality *of)
{
    char name[64];
    label_list(list, size, directory_name(of, name, sizeof name));
}

static behov_status not_there(const search *with, const char *text, const char *where, behov_error *err)
{
    const directory *of = with->of;
    char near[300] = "";
    size_t longest = 2, n = 0; /* three letters at least, or three digits of a code */
    bool is_code = text[0] && text[strspn(text, "0123456789")] == '\0';
    for (size_t i = 0; i < of->n; i++) {
        size_t shared = name_common_start(is_code ? of->all[i].code : with->names[i], with->text);
        longest = shared > longest ? shared : longest;
    }
    for (size_t i = 0; i < of->n && n < MOST_NAMED && longest > 2; i++)
        if (name_common_start(is_code ? of->all[i].code : with->names[i], with->text) == longest) {
            append_name(near, sizeof near, &of->all[i]);
            n++;
        }
    return behov_error_set(err, BEHOV_E_NAME, where, "no municipality is called \"%s\" in %s%s%s",
                           behov_cut(text, 80).text, behov_cut(of->source, 120).text,
                           near[0] ? "; near it: " : "; give its code or its name as it stands there", near);
}

static size_t find_code(const directory *of, const char *code)
{
    for (size_t i = 0; i < of->n; i++)
        if (of->all[i].code[0] && strcmp(of->all[i].code, code) == 0)
            return i;
    return of->n;
}

static behov_status find_name(const search *with, const char *text, const char *where, size_t *position,
                              behov_error *err)
{
    const directory *of = with->of;
    size_t n_named = 0, whole = of->n, n_spelt = 0, spelt = of->n;
    for (size_t i = 0; i < of->n; i++) { /* the whole name leaves no doubt, if one alone has it */
        if (strcmp(with->names[i], with->text) == 0 && ++n_named)
            whole = i;
        if (strcmp(of->all[i].name, text) == 0 && ++n_spelt)
            spelt = i;
    }
    if (n_named == 1 || n_spelt == 1) {
        *position = n_named == 1 ? whole : spelt;
        return BEHOV_OK;
    }
    n_named = 0;
    char several[300] = "";
    for (size_t i = 0; i < of->n; i++)
        if (name_is_meant(with->names[i], with->text)) {
            n_named++;
            *position = i;
            append_name(several, sizeof several, &of->all[i]);
        }
    if (n_named > 1)
        return behov_error_set(err, BEHOV_E_NAME, where, "\"%s\" is the name of %lu municipalities: %s; give the code",
                               behov_cut(text, 80).text, (unsigned long)n_named, several);
    return n_named ? BEHOV_OK : not_there(with, text, where, err);
}

/* The municipality whose code is in a text that is decorated as the codes of files are: K-1860, ="1860", 1860 Vestvågøy,
 * 301 for 0301. A text that no spreadsheet writes stays a name. */
static size_t find_decorated_code(const directory *of, const char *text)
{
    behov_code code = behov_code_read(text, strlen(text));
    bool has_digits = code.kind == BEHOV_CODE_FOUR_DIGITS || code.kind == BEHOV_CODE_THREE_DIGITS;
    size_t found = has_digits ? find_code(of, code.text) : of->n;
    if (found == of->n && code.kind == BEHOV_CODE_THREE_DIGITS) {
        char padded[sizeof code.text + 1];
        snprintf(padded, sizeof padded, "0%s", code.text);
        found = find_code(of, padded);
    }
    return found;
}

/* Behind a code may stand a name: it has to be that of the municipality. */
static behov_status check_name_behind(const municipality *found, const char *text, const char *where, behov_error *err)
{
    const char *name = strpbrk(text, "0123456789");
    name += strspn(name, "0123456789");
    name += strspn(name, " \t'\"");
    bool has_letters = strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") && name[0] != '.' &&
                       name[0] != ',' && found->name[0];
    if (!has_letters)
        return BEHOV_OK;
    size_t length = strlen(name);
    while (length && strchr("'\" ", name[length - 1]))
        length--;
    char *folded = name_fold(name, length), *own = name_fold(found->name, strlen(found->name));
    behov_status status = folded && own ? BEHOV_OK : out_of_memory(err);
    char full[160];
    if (!status && !name_is_meant(own, folded))
        status = behov_error_set(err, BEHOV_E_NAME, where, "\"%s\": the code is that of %s; give the code or the name alone",
                                 behov_cut(text, 80).text, directory_name(found, full, sizeof full));
    free(folded);
    free(own);
    return status;
}

behov_status directory_find(const directory *of, const char *text, const char *where, size_t *position,
                            behov_error *err)
{
    size_t found = find_code(of, text), place = of->n;
    if (found == of->n && (found = find_decorated_code(of, text)) < of->n) {
        behov_status mismatch = check_name_behind(&of->all[found], text, where, err);
        if (mismatch)
            return mismatch;
    }
    if (found < of->n) {
        *position = found;
        return BEHOV_OK;
    }
    search with;
    behov_status status = search_new(of, text, &with, err);
    if (status)
        return status;
    status = find_name(&with, text, where, &place, err);
    search_free(&with);
    if (!status)
        *position = place;
    return status;
}

size_t directory_position(const directory *of, const char *code, const char *name)
{
    municipality wanted = {code, name, NAN, 0};
    size_t low = 0, high = of->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&of->all[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < of->n && compare(&of->all[low], &wanted) == 0 ? low : of->n;
}

/* ---- choosing ------------------------------------------------------------------------------------------------------
 */

typedef struct choice {
    const directory *of;
    size_t *positions, n;
    bool *is_chosen;
} choice;

static behov_status choose(choice *to, const char *text, const char *where, behov_error *err)
{
    size_t position;
    behov_status status = directory_find(to->of, text, where, &position, err);
    if (!status && !to->is_chosen[position]) {
        to->is_chosen[position] = true;
        to->positions[to->n++] = position;
    }
    return status;
}

static behov_status choose_from_text(choice *to, const char *text, const char *where, behov_error *err)
{
    behov_status status = BEHOV_OK;
    char one[200];
    while (*text && !status) {
        size_t length = strcspn(text, ",");
        const char *from = text, *end = text + length;
        text = *end ? end + 1 : end;
        while (from < end && *from == ' ')
            from++;
        while (end > from && end[-1] == ' ')
            end--;
        if (from == end)
            continue;
        snprintf(one, sizeof one, "%.*s", (int)(end - from), from);
        status = choose(to, one, where, err);
    }
    return status;
}

static read_kind wanted_column(void *context, const char *name)
{
    (void)context;
    behov_role role = behov_role_of_name(name);
    return role == BEHOV_ROLE_CODE ? READ_AS_CODE : role == BEHOV_ROLE_MUNICIPALITY ? READ_AS_TEXT : READ_NOT;
}

static behov_status choose_from_file(choice *to, const char *path, behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_csv(
        path, &(read_csv_options){.choose = wanted_column, .notice = note_beside, .is_beside = true}, &table, err);
    if (status)
        return status;
    ptrdiff_t column = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (column < 0 || behov_role_of_name(behov_table_name(table, j)) == BEHOV_ROLE_CODE)
            column = (ptrdiff_t)j;
    if (column < 0)
        status = behov_error_set(err, BEHOV_E_NAME, path,
                                 "a list of municipalities needs a column municipality_code or municipality");
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        int32_t code = behov_table_codes(table, (size_t)column)[row];
        char where[160];
        behov_table_where(table, row, column, where);
        if (code >= 0)
            status = choose(to, behov_dictionary_text(behov_table_levels(table, (size_t)column), code), where, err);
    }
    behov_table_free(table);
    return status;
}

behov_status directory_choose(const directory *of, const char *text, const char *where, size_t **positions,
                              size_t *n_positions, behov_error *err)
{
    struct stat about;
    choice to = {of, malloc((of->n + 1) * sizeof *to.positions), 0, calloc(of->n + 1, sizeof *to.is_chosen)};
    behov_status status = to.positions && to.is_chosen ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = stat(text, &about) == 0 && S_ISREG(about.st_mode) ? choose_from_file(&to, text, err)
                                                                   : choose_from_text(&to, text, where, err);
    if (!status && to.n == 0)
        status =
            behov_error_set(err, BEHOV_E_ARGUMENT, where, "no municipality is named; give codes or names, or a file");
    free(to.is_chosen);
    if (status) {
        free(to.positions);
        return status;
    }
    *positions = to.positions;
    *n_positions = to.n;
    return BEHOV_OK;
}
