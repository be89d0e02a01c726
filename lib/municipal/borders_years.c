/* borders_years.c - borders of later years than their file's, and which year's a list of codes means. See borders.h. */
#include <behov/borders.h>

#include <stdlib.h>
#include <string.h>

#include "borders_parts.h"
#include <behov/word.h>

/* ---- of another year --------------------------------------------------------------------------------------------- */

static const char *whole_code(const behov_borders *borders, const char *old_code)
{
    for (size_t i = 0; i < borders->n_wholes; i++)
        if (strcmp(borders->wholes[i].old_code, old_code) == 0)
            return borders->wholes[i].new_code;
    return NULL;
}

/* The code that a municipality of the file has in the year; "" when it is not one. */
static behov_status follow(const behov_borders *borders, const behov_municipality_history *history, size_t place,
                           int year, char out[5], behov_error *err)
{
    int date = behov_municipality_history_date(year);
    ptrdiff_t variant = behov_municipality_history_find(history, borders->codes[place],
                                                        behov_municipality_history_date(borders->file_year));
    behov_variant_list list = {0};
    out[0] = '\0';
    if (variant < 0)
        return BEHOV_OK;
    behov_status status = behov_municipality_history_follow(history, (size_t)variant, date, &list, err);
    const char *whole = whole_code(borders, borders->codes[place]);
    for (size_t i = 0; i < list.n && !status; i++) {
        const char *code = behov_municipality_history_variant(history, list.all[i]).code;
        if (list.n == 1 || (whole && strcmp(code, whole) == 0))
            memcpy(out, code, 5);
    }
    free(list.all);
    return status;
}

static int compare_codes(const void *a, const void *b)
{
    return memcmp(a, b, 5);
}

/* Sorted, each once. */
static size_t settle(char (*codes)[5], size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(codes, n, sizeof *codes, compare_codes);
    for (size_t i = 0; i < n; i++)
        if (!kept || strcmp(codes[kept - 1], codes[i]) != 0)
            memmove(codes[kept++], codes[i], 5);
    return kept;
}

static int moved(const behov_borders *renumbered, char (*code_of_old)[5], int place)
{
    return place == BEHOV_NO_PLACE ? BEHOV_NO_PLACE : (int)behov_borders_find(renumbered, code_of_old[place]);
}

/* Arcs with other municipalities at their sides; those within one are gone. */
static void move_arcs(behov_borders *borders, char (*code_of_old)[5])
{
    size_t kept = 0;
    for (size_t i = 0; i < borders->n_arcs; i++) {
        behov_border_arc arc = borders->arcs[i];
        arc.left = moved(borders, code_of_old, arc.left);
        arc.right = moved(borders, code_of_old, arc.right);
        if (arc.left != arc.right)
            borders->arcs[kept++] = arc;
    }
    borders->n_arcs = kept;
}

/* Whether the codes are exactly those of the year; fills in the names. */
static bool is_list(const behov_borders *borders, const behov_municipality_history *history, int year)
{
    int date = behov_municipality_history_date(year);
    for (size_t i = 0; i < borders->n; i++) {
        ptrdiff_t variant = behov_municipality_history_find(history, borders->codes[i], date);
        if (variant < 0)
            return false;
        borders->names[i] = behov_municipality_history_variant(history, (size_t)variant).name;
    }
    return borders->n == behov_municipality_history_count(history, date);
}

behov_status behov_borders_in_year(behov_borders *borders, const behov_municipality_history *history, int year,
                                   bool *has_list, behov_error *err)
{
    char(*code_of_old)[5] = calloc(borders->n + 1, sizeof *code_of_old);
    const char **names = calloc(borders->n + 1, sizeof *names);
    behov_status status = code_of_old && names ? BEHOV_OK : borders_out_of_memory(err);
    bool is_whole = year >= borders->file_year;
    for (size_t i = 0; i < borders->n && !status && is_whole; i++) {
        status = follow(borders, history, i, year, code_of_old[i], err);
        is_whole = code_of_old[i][0] != '\0';
    }
    *has_list = false;
    if (status || !is_whole) {
        free(code_of_old);
        free(names);
        return status;
    }
    free(borders->names);
    borders->names = names;
    memcpy(borders->codes, code_of_old, borders->n * sizeof *borders->codes);
    borders->n = settle(borders->codes, borders->n);
    borders->year = year;
    move_arcs(borders, code_of_old);
    free(code_of_old);
    *has_list = is_list(borders, history, year);
    return *has_list ? borders_put_rings_together(borders, err) : BEHOV_OK;
}

/* ---- of a list of codes ------------------------------------------------------------------------------------------ */

static size_t count_in_list(const behov_municipality_history *history, const char *const *codes, size_t n, int year)
{
    size_t n_in_list = 0;
    for (size_t i = 0; i < n; i++)
        n_in_list += behov_municipality_history_find(history, codes[i], behov_municipality_history_date(year)) >= 0;
    return n_in_list;
}

/* Years that may have a map, and how many of the codes each has. */
typedef struct candidates {
    int first, last, wanted;
    int all;  /* the nearest year with all of them; 0 = none */
    int most; /* the nearest with the most */
    size_t n_most, n_wanted;
} candidates;

static candidates count_years(const behov_municipality_history *history, const char *const *codes, size_t n, int first,
                              int year)
{
    int last = behov_municipality_history_last_date(history) / 10000;
    candidates found = {.first = first, .last = year > last ? year : last};
    found.last = found.last < first ? first : found.last;
    found.wanted = year ? year : last;
    for (int candidate = first; candidate <= found.last; candidate++) {
        size_t n_in_list = count_in_list(history, codes, n, candidate);
        bool is_nearer = !found.most || abs(candidate - found.wanted) < abs(found.most - found.wanted);
        if (n_in_list > found.n_most || (n_in_list == found.n_most && is_nearer)) {
            found.n_most = n_in_list;
            found.most = candidate;
        }
        if (candidate == found.wanted)
            found.n_wanted = n_in_list;
    }
    found.all = found.n_most == n ? found.most : 0;
    return found;
}

static behov_status read_years(const behov_border_text *texts, size_t n_texts, int *years, behov_error *err)
{
    for (size_t i = 0; i < n_texts; i++) {
        behov_border_text head = texts[i];
        behov_borders first = {0};
        behov_status status = behov_borders_read(head, &first, err);
        years[i] = first.file_year;
        behov_borders_free(&first);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

behov_status behov_borders_choose(const behov_border_text *texts, size_t n_texts,
                                  const behov_municipality_history *history, const char *const *codes, size_t n_codes,
                                  int year, behov_borders *borders, behov_error *err)
{
    enum { MOST_TEXTS = 16 };
    int years[MOST_TEXTS] = {0};
    *borders = (behov_borders){0};
    n_texts = n_texts < MOST_TEXTS ? n_texts : MOST_TEXTS;
    behov_status status = read_years(texts, n_texts, years, err);
    if (status)
        return status;
    candidates found = count_years(history, codes, n_codes, years[0], year);
    int chosen = found.all                       ? found.all
                 : 2 * found.n_wanted >= n_codes ? found.wanted
                 : found.wanted < found.first    ? 0
                                                 : found.most;
    if (!chosen || chosen < found.first)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_BORDERS_NO_YEAR, year, found.first);
    if (2 * count_in_list(history, codes, n_codes, chosen) < n_codes)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_BORDERS_FEW_CODES, (unsigned long)found.n_most,
                               (unsigned long)n_codes, found.most);
    size_t file = n_texts;
    while (file > 1 && years[file - 1] > chosen)
        file--;
    bool has_list = false;
    status = behov_borders_read(texts[file - 1], borders, err);
    if (!status)
        status = behov_borders_in_year(borders, history, chosen, &has_list, err);
    if (!status && !has_list)
        status = behov_error_say(err, BEHOV_E_DATA, "", SAY_BORDERS_NO_MAP, chosen);
    return status;
}
