/* municipality_changes.c - see municipality_changes.h. A list of the codes of two years has every municipality; of these
 * only those are changes that get another code or name, or share an old or new code with others. */
#include <behov/municipality_changes.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/word.h>

#include "text_list.h"

typedef struct change {
    int after, date;                                                   /* after 0: on that very date */
    const char *date_text, *old_code, *new_code, *old_name, *new_name; /* borrowed from the list; NULL = missing */
    size_t row;
    bool is_ahead;
} change;

typedef struct comparing {
    const behov_municipality_history *history;
    const behov_table *list;
    change *changes;
    size_t n;
    behov_changes_found *found;
    behov_error *err;
} comparing;

static behov_status out_of_memory(const comparing *comparing)
{
    return behov_error_say(comparing->err, BEHOV_E_MEMORY, behov_table_source(comparing->list), SAY_HISTORY_NO_MEMORY);
}

static const char *place(const comparing *comparing, const change *change, char where[BEHOV_PLACE_SIZE])
{
    behov_table_where(comparing->list, change->row, -1, where);
    return where;
}

static const char *text_at(const behov_table *table, const char *name, size_t row)
{
    ptrdiff_t column = behov_table_find(table, name);
    const int32_t *codes = column < 0 ? NULL : behov_table_codes(table, (size_t)column);
    return !codes || codes[row] < 0 ? NULL
                                    : behov_dictionary_text(behov_table_levels(table, (size_t)column), codes[row]);
}

/* "2020-01-01" as 20200101, 0 for what is none; behov_municipality_history_add looks at the month and day. */
static int date_read(const char *text)
{
    int date = 0;
    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return 0;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return 0;
        date = 10 * date + (text[i] - '0');
    }
    return date;
}

static bool are_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Whether a row says that nothing became of a municipality but itself. */
static bool is_unchanged(const comparing *comparing, const change *row)
{
    if (!are_same(row->old_code, row->new_code) ||
        (row->old_name && row->new_name && !are_same(row->old_name, row->new_name)))
        return false;
    for (size_t i = 0; i < comparing->n; i++) {
        const change *other = &comparing->changes[i];
        if (other != row && other->date == row->date && !are_same(other->old_code, other->new_code) &&
            (are_same(other->old_code, row->old_code) || are_same(other->new_code, row->new_code)))
            return false;
    }
    return true;
}

/* ---- what the history has ---------------------------------------------------------------------------------------- */

static behov_status disagrees(const comparing *comparing, const change *change, const behov_variant_list *known)
{
    char where[BEHOV_PLACE_SIZE];
    behov_text_list codes = {0};
    for (size_t i = 0; i < known->n; i++)
        behov_text_list_add(&codes, ", ", behov_municipality_history_variant(comparing->history, known->all[i]).code);
    behov_status status =
        codes.has_no_memory
            ? out_of_memory(comparing)
            : behov_error_say(comparing->err, BEHOV_E_DATA, place(comparing, change, where), SAY_CHANGES_DISAGREE,
                              change->old_code ? behov_cut(change->old_code, 20).text : "–",
                              change->new_code ? behov_cut(change->new_code, 20).text : "–",
                              behov_cut(change->date_text, 20).text, codes.text ? codes.text : "–");
    free(codes.text);
    return status;
}

/* A date of the past: the history has to know the change. The day before a date is the number before it. */
static behov_status check_known(const comparing *comparing, const change *change)
{
    behov_variant_list known = {0};
    int before = change->after ? change->after : change->date - 1;
    if (!change->old_code)
        return behov_municipality_history_find(comparing->history, change->new_code, change->date) >= 0
                   ? BEHOV_OK
                   : disagrees(comparing, change, &known);
    ptrdiff_t variant = behov_municipality_history_find(comparing->history, change->old_code, before);
    if (variant < 0)
        return disagrees(comparing, change, &known);
    behov_status status =
        behov_municipality_history_follow(comparing->history, (size_t)variant, change->date, &known, comparing->err);
    bool is_there = false;
    for (size_t i = 0; i < known.n && !status; i++) {
        const char *code = behov_municipality_history_variant(comparing->history, known.all[i]).code;
        is_there =
            is_there || (change->new_code ? strcmp(code, change->new_code) == 0 : strcmp(code, change->old_code) != 0);
    }
    if (!status && !is_there)
        status = disagrees(comparing, change, &known);
    free(known.all);
    return status;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static behov_status read_change(const comparing *comparing, size_t row, change *out)
{
    char where[BEHOV_PLACE_SIZE];
    const char *after = text_at(comparing->list, "after", row);
    *out = (change){.after = date_read(after),
                    .date_text = text_at(comparing->list, "date", row),
                    .old_code = text_at(comparing->list, "old_code", row),
                    .new_code = text_at(comparing->list, "new_code", row),
                    .old_name = text_at(comparing->list, "old_name", row),
                    .new_name = text_at(comparing->list, "new_name", row),
                    .row = row};
    out->date = date_read(out->date_text);
    if (!out->date || (after && !out->after))
        return behov_error_say(comparing->err, BEHOV_E_DATA, place(comparing, out, where), SAY_HISTORY_NO_DATE,
                               behov_cut(out->date && after ? after
                                         : out->date_text   ? out->date_text
                                                            : "",
                                         40)
                                   .text);
    if (!out->old_code && !out->new_code)
        return behov_error_say(comparing->err, BEHOV_E_DATA, place(comparing, out, where), SAY_HISTORY_NO_CODE, "");
    return BEHOV_OK;
}

static behov_status judge(comparing *comparing, change *change)
{
    char where[BEHOV_PLACE_SIZE];
    if (is_unchanged(comparing, change)) {
        comparing->found->n_unchanged++;
        return BEHOV_OK;
    }
    if (change->date <= behov_municipality_history_last_date(comparing->history)) {
        comparing->found->n_known++;
        return check_known(comparing, change);
    }
    if (!change->new_code)
        return behov_error_say(comparing->err, BEHOV_E_DATA, place(comparing, change, where), SAY_CHANGES_END,
                               behov_cut(change->old_code, 20).text, behov_cut(change->date_text, 20).text);
    if (change->after && change->date / 10000 - change->after / 10000 != 1)
        return behov_error_say(comparing->err, BEHOV_E_DATA, place(comparing, change, where), SAY_CHANGES_YEAR_UNCLEAR,
                               change->old_code ? behov_cut(change->old_code, 20).text : "–",
                               behov_cut(change->new_code, 20).text, change->after / 10000, change->date / 10000);
    change->is_ahead = true;
    comparing->found->n_ahead++;
    return BEHOV_OK;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static int by_date(const void *a, const void *b)
{
    const change *first = a, *second = b;
    if (first->is_ahead != second->is_ahead)
        return first->is_ahead ? -1 : 1;
    if (first->date != second->date)
        return first->date < second->date ? -1 : 1;
    return first->row < second->row ? -1 : first->row > second->row;
}

static const char *field(const change *change, size_t j)
{
    return j == 0 ? change->date_text : j == 1 ? change->old_code : j == 2 ? change->new_code : change->new_name;
}

static behov_status add_columns(const comparing *comparing, behov_table *ahead)
{
    static const char *const names[] = {"date", "old_code", "new_code", "new_name"};
    size_t n = comparing->found->n_ahead;
    const char **texts = malloc((n + 1) * sizeof *texts);
    uint32_t *lines = malloc((n + 1) * sizeof *lines);
    behov_status status = texts && lines ? BEHOV_OK : out_of_memory(comparing);
    for (size_t j = 0; j < 4 && !status; j++) {
        for (size_t i = 0; i < n; i++)
            texts[i] = field(&comparing->changes[i], j);
        status = behov_table_copy_text(ahead, names[j], texts, comparing->err);
    }
    free(texts);
    if (status) {
        free(lines);
        return status;
    }
    for (size_t i = 0; i < n; i++)
        lines[i] = behov_table_line(comparing->list, comparing->changes[i].row);
    behov_table_set_lines(ahead, lines);
    return BEHOV_OK;
}

static behov_status compare(comparing *comparing, behov_table **ahead)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < comparing->n && !status; i++)
        status = read_change(comparing, i, &comparing->changes[i]);
    for (size_t i = 0; i < comparing->n && !status; i++)
        status = judge(comparing, &comparing->changes[i]);
    if (status)
        return status;
    if (comparing->n)
        qsort(comparing->changes, comparing->n, sizeof *comparing->changes, by_date);
    status = behov_table_new(comparing->found->n_ahead, behov_table_source(comparing->list), ahead, comparing->err);
    return status ? status : add_columns(comparing, *ahead);
}

behov_status behov_municipality_changes_ahead(const behov_municipality_history *history, const behov_table *list,
                                              behov_table **ahead, behov_changes_found *found, behov_error *err)
{
    static const char *const needed[] = {"date", "old_code", "new_code"};
    *found = (behov_changes_found){0};
    *ahead = NULL;
    for (size_t j = 0; j < 3; j++)
        if (behov_table_find(list, needed[j]) < 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(list), SAY_HISTORY_NO_COLUMN, needed[j]);
    comparing comparing = {.history = history,
                           .list = list,
                           .n = behov_table_n_rows(list),
                           .changes = calloc(behov_table_n_rows(list) + 1, sizeof(change)),
                           .found = found,
                           .err = err};
    behov_status status = comparing.changes ? compare(&comparing, ahead) : out_of_memory(&comparing);
    free(comparing.changes);
    if (status) {
        behov_table_free(*ahead);
        *ahead = NULL;
    }
    return status;
}
