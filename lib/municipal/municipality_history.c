/* municipality_history.c - see municipality_history.h. Changes of one date are taken together: first every municipality
 * that changes ends, then those that there are from that date on begin, then each end is tied to each beginning. */
#include <behov/municipality_history.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/word.h>

typedef struct links {
    size_t *all, n;
} links;

typedef struct variant {
    int32_t code;
    int32_t name;
    int valid_from, valid_to;
    links successors, predecessors;
} variant;

struct behov_municipality_history {
    variant *variants;
    size_t n, room;
    behov_dictionary *codes, *names;
    size_t **of_code; /* of each code its variants, in order of time */
    size_t *n_of_code, n_codes;
    int last_date;
};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_HISTORY_NO_MEMORY);
}

behov_status behov_municipality_history_new(behov_municipality_history **history, behov_error *err)
{
    behov_municipality_history *out = calloc(1, sizeof *out);
    if (!out)
        return out_of_memory(err);
    behov_status status = behov_dictionary_new(&out->codes, err);
    if (!status)
        status = behov_dictionary_new(&out->names, err);
    if (status)
        behov_municipality_history_free(out);
    else
        *history = out;
    return status;
}

void behov_municipality_history_free(behov_municipality_history *history)
{
    if (!history)
        return;
    for (size_t i = 0; i < history->n; i++) {
        free(history->variants[i].successors.all);
        free(history->variants[i].predecessors.all);
    }
    for (size_t i = 0; i < history->n_codes; i++)
        free(history->of_code[i]);
    free(history->of_code);
    free(history->n_of_code);
    free(history->variants);
    behov_dictionary_free(history->codes);
    behov_dictionary_free(history->names);
    free(history);
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

int behov_municipality_history_date(int year)
{
    return year * 10000 + 101;
}

size_t behov_municipality_history_n_variants(const behov_municipality_history *history)
{
    return history->n;
}

behov_municipality_variant behov_municipality_history_variant(const behov_municipality_history *history, size_t i)
{
    const variant *found = &history->variants[i];
    return (behov_municipality_variant){behov_dictionary_text(history->codes, found->code),
                                        behov_dictionary_text(history->names, found->name), found->valid_from,
                                        found->valid_to};
}

const size_t *behov_municipality_history_successors(const behov_municipality_history *history, size_t i, size_t *n)
{
    *n = history->variants[i].successors.n;
    return history->variants[i].successors.all;
}

const size_t *behov_municipality_history_predecessors(const behov_municipality_history *history, size_t i, size_t *n)
{
    *n = history->variants[i].predecessors.n;
    return history->variants[i].predecessors.all;
}

int behov_municipality_history_last_date(const behov_municipality_history *history)
{
    return history->last_date;
}

static bool is_valid(const variant *variant, int date)
{
    return variant->valid_from <= date && date < variant->valid_to;
}

ptrdiff_t behov_municipality_history_find(const behov_municipality_history *history, const char *code, int date)
{
    int32_t found = behov_dictionary_find(history->codes, code, strlen(code));
    for (size_t i = 0; found >= 0 && i < history->n_of_code[found]; i++)
        if (is_valid(&history->variants[history->of_code[found][i]], date))
            return (ptrdiff_t)history->of_code[found][i];
    return -1;
}

ptrdiff_t behov_municipality_history_nearest(const behov_municipality_history *history, const char *code, int date)
{
    int32_t found = behov_dictionary_find(history->codes, code, strlen(code));
    ptrdiff_t nearest = -1;
    for (size_t i = 0; found >= 0 && i < history->n_of_code[found]; i++) {
        nearest = (ptrdiff_t)history->of_code[found][i];
        if (history->variants[nearest].valid_to > date)
            break;
    }
    return nearest;
}

size_t behov_municipality_history_count(const behov_municipality_history *history, int date)
{
    size_t n = 0;
    for (size_t i = 0; i < history->n; i++)
        n += is_valid(&history->variants[i], date);
    return n;
}

/* ---- chains ------------------------------------------------------------------------------------------------------ */

typedef struct walk {
    const behov_municipality_history *history;
    int date;
    bool *is_met;
    size_t *waiting, n_waiting;
} walk;

static void meet(walk *walk, size_t i)
{
    if (!walk->is_met[i]) {
        walk->is_met[i] = true;
        walk->waiting[walk->n_waiting++] = i;
    }
}

static void go_on(walk *walk, size_t i)
{
    const variant *variant = &walk->history->variants[i];
    const links *next = variant->valid_to <= walk->date ? &variant->successors : &variant->predecessors;
    for (size_t k = 0; k < next->n; k++)
        meet(walk, next->all[k]);
}

static void sort_by_code(const behov_municipality_history *history, size_t *all, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && strcmp(behov_dictionary_text(history->codes, history->variants[all[k - 1]].code),
                                           behov_dictionary_text(history->codes, history->variants[all[k]].code)) > 0;
             k--) {
            size_t other = all[k];
            all[k] = all[k - 1];
            all[k - 1] = other;
        }
}

behov_status behov_municipality_history_follow(const behov_municipality_history *history, size_t i, int date,
                                               behov_variant_list *list, behov_error *err)
{
    walk walk = {.history = history,
                 .date = date,
                 .is_met = calloc(history->n, sizeof *walk.is_met),
                 .waiting = malloc(history->n * sizeof *walk.waiting)};
    size_t n = 0, *all = malloc(history->n * sizeof *all);
    behov_status status = walk.is_met && walk.waiting && all ? BEHOV_OK : out_of_memory(err);
    if (!status)
        meet(&walk, i);
    /* Forward from a variant that has ended, back from one that has not begun; a walk never turns, for what comes after
     * an end begins on that date. */
    for (size_t k = 0; !status && k < walk.n_waiting; k++) {
        if (is_valid(&history->variants[walk.waiting[k]], date))
            all[n++] = walk.waiting[k];
        else
            go_on(&walk, walk.waiting[k]);
    }
    free(walk.is_met);
    free(walk.waiting);
    if (status) {
        free(all);
        return status;
    }
    sort_by_code(history, all, n);
    *list = (behov_variant_list){all, n};
    return BEHOV_OK;
}

/* ---- building ---------------------------------------------------------------------------------------------------- */

typedef struct change {
    int date;
    const char *old_code, *new_code, *new_name; /* borrowed from the table; NULL = missing */
    size_t row;
} change;

typedef struct building {
    behov_municipality_history *history;
    const behov_table *table;
    behov_error *err;
} building;

static const char *place(const building *building, size_t row, const char *column, char where[BEHOV_PLACE_SIZE])
{
    behov_table_where(building->table, row, behov_table_find(building->table, column), where);
    return where;
}

static const char *text_at(const behov_table *table, ptrdiff_t column, size_t row)
{
    if (column < 0)
        return NULL;
    int32_t code = behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

static bool are_digits(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && text[i] >= '0' && text[i] <= '9')
        i++;
    return i == n;
}

/* "2020-01-01" as 20200101, 0 for what is none. */
static int date_read(const char *text)
{
    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !are_digits(text, 4) ||
        !are_digits(text + 5, 2) || !are_digits(text + 8, 2))
        return 0;
    static const int n_days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12 || day < 1 || day > n_days[month - 1] + (month == 2 && is_leap))
        return 0;
    return year * 10000 + month * 100 + day;
}

static behov_status read_change(const building *building, const ptrdiff_t columns[4], size_t row, change *out)
{
    char where[BEHOV_PLACE_SIZE];
    const char *date = text_at(building->table, columns[0], row);
    *out = (change){date_read(date), text_at(building->table, columns[1], row),
                    text_at(building->table, columns[2], row), text_at(building->table, columns[3], row), row};
    if (!out->date)
        return behov_error_say(building->err, BEHOV_E_DATA, place(building, row, "date", where), SAY_HISTORY_NO_DATE,
                               date ? behov_cut(date, 40).text : "");
    if (out->date < building->history->last_date)
        return behov_error_say(building->err, BEHOV_E_DATA, place(building, row, "date", where),
                               SAY_HISTORY_DATE_BEFORE, date);
    for (size_t i = 0; i < 2; i++) {
        const char *code = i ? out->new_code : out->old_code;
        if (i == 0 && !code)
            continue;
        if (!code || strlen(code) != 4 || !are_digits(code, 4))
            return behov_error_say(building->err, BEHOV_E_DATA,
                                   place(building, row, i ? "new_code" : "old_code", where), SAY_HISTORY_NO_CODE,
                                   code ? behov_cut(code, 40).text : "");
    }
    return BEHOV_OK;
}

static behov_status add_code(building *building, const char *text, int32_t *code)
{
    behov_municipality_history *history = building->history;
    behov_status status = behov_dictionary_intern(history->codes, text, 4, code, building->err);
    if (status || (size_t)*code < history->n_codes)
        return status;
    size_t n = history->n_codes + 1;
    if ((n & (n - 1)) == 0 || n == 1) {
        size_t **of_code = realloc(history->of_code, 2 * n * sizeof(size_t *));
        if (of_code)
            history->of_code = of_code;
        size_t *n_of_code = realloc(history->n_of_code, 2 * n * sizeof *n_of_code);
        if (n_of_code)
            history->n_of_code = n_of_code;
        if (!of_code || !n_of_code)
            return out_of_memory(building->err);
    }
    history->of_code[n - 1] = NULL;
    history->n_of_code[n - 1] = 0;
    history->n_codes = n;
    return BEHOV_OK;
}

static behov_status add_link(building *building, links *links, size_t target)
{
    for (size_t i = 0; i < links->n; i++)
        if (links->all[i] == target)
            return BEHOV_OK;
    size_t *all = realloc(links->all, (links->n + 1) * sizeof *all);
    if (!all)
        return out_of_memory(building->err);
    links->all = all;
    links->all[links->n++] = target;
    return BEHOV_OK;
}

/* A variant of a code from a date on. */
static behov_status begin(building *building, int32_t code, int32_t name, int date)
{
    behov_municipality_history *history = building->history;
    if (history->n == history->room) {
        size_t room = history->room ? 2 * history->room : 256;
        variant *variants = realloc(history->variants, room * sizeof *variants);
        if (!variants)
            return out_of_memory(building->err);
        history->variants = variants;
        history->room = room;
    }
    size_t n = history->n_of_code[code], *of_code = realloc(history->of_code[code], (n + 1) * sizeof *of_code);
    if (!of_code)
        return out_of_memory(building->err);
    of_code[n] = history->n;
    history->of_code[code] = of_code;
    history->n_of_code[code] = n + 1;
    history->variants[history->n++] =
        (variant){.code = code, .name = name, .valid_from = date, .valid_to = BEHOV_NO_DATE};
    return BEHOV_OK;
}

/* The last variant of a code, -1 when it has none. */
static ptrdiff_t last_variant(const behov_municipality_history *history, int32_t code)
{
    return code < 0 || !history->n_of_code[code] ? -1 : (ptrdiff_t)history->of_code[code][history->n_of_code[code] - 1];
}

static int32_t code_known(const building *building, const char *text)
{
    return text ? behov_dictionary_find(building->history->codes, text, 4) : -1;
}

/* Those that change on a date end. */
static behov_status end_old(building *building, const change *changes, size_t n)
{
    char where[BEHOV_PLACE_SIZE];
    behov_municipality_history *history = building->history;
    for (size_t i = 0; i < n; i++) {
        if (!changes[i].old_code)
            continue;
        ptrdiff_t old = last_variant(history, code_known(building, changes[i].old_code));
        if (old < 0 ||
            (history->variants[old].valid_to != BEHOV_NO_DATE && history->variants[old].valid_to != changes[i].date) ||
            history->variants[old].valid_from == changes[i].date)
            return behov_error_say(building->err, BEHOV_E_DATA, place(building, changes[i].row, "old_code", where),
                                   SAY_HISTORY_OLD_UNKNOWN, changes[i].old_code);
        history->variants[old].valid_to = changes[i].date;
    }
    return BEHOV_OK;
}

/* The name that a change gives, or that of what it was before. */
static behov_status change_name(building *building, const change *change, int32_t *name)
{
    char where[BEHOV_PLACE_SIZE];
    behov_municipality_history *history = building->history;
    if (change->new_name)
        return behov_dictionary_intern(history->names, change->new_name, strlen(change->new_name), name, building->err);
    if (!change->old_code)
        return behov_error_say(building->err, BEHOV_E_DATA, place(building, change->row, "new_name", where),
                               SAY_HISTORY_NO_NAME, change->new_code);
    *name = history->variants[last_variant(history, code_known(building, change->old_code))].name;
    return BEHOV_OK;
}

static behov_status begin_new(building *building, const change *changes, size_t n, size_t n_before)
{
    char where[BEHOV_PLACE_SIZE];
    behov_municipality_history *history = building->history;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        int32_t code = 0, name = 0;
        status = add_code(building, changes[i].new_code, &code);
        if (!status)
            status = change_name(building, &changes[i], &name);
        if (status)
            break;
        ptrdiff_t last = last_variant(history, code);
        bool is_of_today = last >= 0 && (size_t)last >= n_before;
        if (is_of_today && changes[i].new_name && history->variants[last].name != name)
            return behov_error_say(building->err, BEHOV_E_DATA, place(building, changes[i].row, "new_name", where),
                                   SAY_HISTORY_TWO_NAMES, changes[i].new_code,
                                   behov_dictionary_text(history->names, history->variants[last].name));
        if (!is_of_today && last >= 0 && history->variants[last].valid_to == BEHOV_NO_DATE)
            return behov_error_say(building->err, BEHOV_E_DATA, place(building, changes[i].row, "new_code", where),
                                   SAY_HISTORY_NEW_TAKEN, changes[i].new_code,
                                   behov_dictionary_text(history->names, history->variants[last].name));
        if (!is_of_today)
            status = begin(building, code, name, changes[i].date);
    }
    return status;
}

/* The variant of a code that ended on the day on which others began. */
static size_t ended(const behov_municipality_history *history, int32_t code, size_t n_before)
{
    size_t i = history->n_of_code[code] - 1;
    return history->of_code[code][i] >= n_before ? history->of_code[code][i - 1] : history->of_code[code][i];
}

static behov_status tie(building *building, const change *changes, size_t n, size_t n_before)
{
    behov_municipality_history *history = building->history;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (!changes[i].old_code)
            continue;
        size_t old = ended(history, code_known(building, changes[i].old_code), n_before);
        size_t new = (size_t)last_variant(history, code_known(building, changes[i].new_code));
        status = add_link(building, &history->variants[old].successors, new);
        if (!status)
            status = add_link(building, &history->variants[new].predecessors, old);
    }
    return status;
}

static int by_date(const void *a, const void *b)
{
    const change *first = a, *second = b;
    if (first->date != second->date)
        return first->date < second->date ? -1 : 1;
    return first->row < second->row ? -1 : first->row > second->row;
}

static behov_status take(building *building, change *changes, size_t n)
{
    behov_status status = BEHOV_OK;
    qsort(changes, n, sizeof *changes, by_date);
    for (size_t first = 0, last = 0; first < n && !status; first = last) {
        while (last < n && changes[last].date == changes[first].date)
            last++;
        size_t n_before = building->history->n;
        status = end_old(building, changes + first, last - first);
        if (!status)
            status = begin_new(building, changes + first, last - first, n_before);
        if (!status)
            status = tie(building, changes + first, last - first, n_before);
        building->history->last_date = changes[first].date;
    }
    return status;
}

behov_status behov_municipality_history_add(behov_municipality_history *history, const behov_table *table,
                                            behov_error *err)
{
    static const char *const names[4] = {"date", "old_code", "new_code", "new_name"};
    building building = {history, table, err};
    ptrdiff_t columns[4];
    for (size_t j = 0; j < 4; j++) {
        columns[j] = behov_table_find(table, names[j]);
        if (columns[j] < 0 && j < 3)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_HISTORY_NO_COLUMN, names[j]);
        if (columns[j] >= 0 && behov_table_kind(table, (size_t)columns[j]) != BEHOV_COLUMN_TEXT)
            return behov_error_say(err, BEHOV_E_TYPE, behov_table_source(table), SAY_HISTORY_NO_TEXT, names[j]);
    }
    size_t n = behov_table_n_rows(table);
    change *changes = malloc((n + 1) * sizeof *changes);
    behov_status status = changes ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        status = read_change(&building, columns, i, &changes[i]);
    if (!status)
        status = take(&building, changes, n);
    free(changes);
    return status;
}
