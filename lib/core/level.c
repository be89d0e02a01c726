/* level.c - collecting, ordering and looking up the levels of a factor. */
#include "level.h"

#include <behov/number.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

static int compare_levels(const void *a, const void *b)
{
    const level *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Levels may be given twice here: sort_levels keeps each once. */
static behov_status push_level(levels *of, const char *text, behov_error *err)
{
    if (of->n == of->room) {
        size_t room = of->room ? 2 * of->room : 16;
        level *list = behov_realloc(of->list, room, sizeof *list);
        if (!list)
            return behov_out_of_memory(err, "the levels of a factor");
        of->list = list;
        of->room = room;
    }
    char *copy = behov_copy_text(text, strlen(text));
    if (!copy)
        return behov_out_of_memory(err, "the levels of a factor");
    of->list[of->n++] = (level){0, copy};
    return BEHOV_OK;
}

static bool is_known(const levels *of, const char *text)
{
    for (size_t l = 0; l < of->n; l++)
        if (strcmp(of->list[l].text, text) == 0)
            return true;
    return false;
}

static behov_status check_number(const levels *of, behov_error *err)
{
    if (of->n <= BEHOV_WIDTH_MAX)
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_DATA, behov_table_source(of->table),
                           "factor(%s) has more than %d levels; use it as a number, or in groups",
                           behov_cut(of->name, 200).text, BEHOV_WIDTH_MAX);
}

/* Levels in order: by size when all are numbers, else by bytes. */
static void sort_levels(levels *of)
{
    bool numbers = true;
    for (size_t l = 0; l < of->n && numbers; l++)
        numbers = behov_number_parse(of->list[l].text, strlen(of->list[l].text), '.',
                                     &of->list[l].number) == BEHOV_NUMBER_OK;
    for (size_t l = 0; l < of->n && !numbers; l++)
        of->list[l].number = 0;
    if (of->n > 1)
        qsort(of->list, of->n, sizeof *of->list, compare_levels);
    size_t kept = 0;
    for (size_t l = 0; l < of->n; l++) {
        if (kept && strcmp(of->list[kept - 1].text, of->list[l].text) == 0)
            free((char *)of->list[l].text);
        else
            of->list[kept++] = of->list[l];
    }
    of->n = kept;
}

/* The levels that occur in the rows estimated on. */
behov_status levels_find(levels *of, const uint16_t *fates, behov_error *err)
{
    const behov_table *table = of->table;
    size_t column = of->column, n_rows = behov_table_n_rows(table);
    behov_status status = BEHOV_OK;
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT) {
        const behov_dictionary *texts = behov_table_levels(table, column);
        const int32_t *codes = behov_table_codes(table, column);
        size_t n_codes = behov_dictionary_count(texts);
        bool *seen = behov_alloc(n_codes, sizeof *seen);
        if (!seen)
            return behov_out_of_memory(err, "the levels of a factor");
        for (size_t row = 0; row < n_rows; row++)
            if (fates[row] == 0)
                seen[codes[row]] = true;
        for (size_t code = 0; code < n_codes && !status; code++)
            if (seen[code] && !(status = push_level(of, behov_dictionary_text(texts, (int32_t)code), err)))
                status = check_number(of, err);
        free(seen);
    } else {
        const double *values = behov_table_numbers(table, column);
        double last = NAN;
        for (size_t row = 0; row < n_rows && !status; row++) {
            if (fates[row] != 0 || values[row] == last)
                continue;
            last = values[row];
            char text[BEHOV_NUMBER_SIZE];
            behov_number_shortest(last == 0 ? 0 : last, text);
            if (!is_known(of, text) && !(status = push_level(of, text, err)))
                status = check_number(of, err);
        }
    }
    return status;
}

behov_status levels_add(levels *of, const char *text, size_t length, behov_error *err)
{
    char *copy = behov_copy_text(text, length);
    behov_status status = copy ? push_level(of, copy, err) : behov_out_of_memory(err, "the levels of a factor");
    free(copy);
    return status;
}

static behov_status choose_reference(levels *of, const char *reference, behov_error *err)
{
    of->reference = 0;
    of->has_reference = reference != NULL;
    if (!reference)
        return BEHOV_OK;
    for (size_t l = 0; l < of->n; l++)
        if (strcmp(of->list[l].text, reference) == 0) {
            of->reference = l;
            return BEHOV_OK;
        }
    char known[256] = "";
    size_t length = 0, shown;
    for (shown = 0; shown < of->n && length < sizeof known - 40; shown++)
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s", shown ? ", " : "",
                                   behov_cut(of->list[shown].text, 30).text);
    return behov_error_set(err, BEHOV_E_NAME, behov_table_source(of->table),
                           "factor(%s, ref = %s): no row used in estimation has this level; there are %s%s", of->name,
                           reference, known, shown < of->n ? " ..." : "");
}

static behov_status index_codes(levels *of, behov_error *err)
{
    if (behov_table_kind(of->table, of->column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *texts = behov_table_levels(of->table, of->column);
    size_t n_codes = behov_dictionary_count(texts);
    of->of_code = behov_alloc(n_codes, sizeof *of->of_code);
    if (!of->of_code)
        return behov_out_of_memory(err, "the levels of a factor");
    for (size_t code = 0; code < n_codes; code++)
        of->of_code[code] = -1;
    for (size_t l = 0; l < of->n; l++) {
        int32_t code = behov_dictionary_find(texts, of->list[l].text, strlen(of->list[l].text));
        if (code >= 0)
            of->of_code[code] = (int32_t)l;
    }
    return BEHOV_OK;
}

behov_status levels_finish(levels *of, const char *reference, behov_error *err)
{
    sort_levels(of);
    behov_status status = choose_reference(of, reference, err);
    return status ? status : index_codes(of, err);
}

/* Position of the row's level, -1 when it is none of the levels. */
ptrdiff_t levels_position(const levels *of, uint32_t row)
{
    if (of->of_code) {
        int32_t code = behov_table_codes(of->table, of->column)[row];
        return code < 0 ? -1 : of->of_code[code];
    }
    double value = behov_table_numbers(of->table, of->column)[row];
    /* Years follow each other without a gap: look there first. */
    double guess = value - (of->n ? of->list[0].number : 0);
    if (guess >= 0 && guess < (double)of->n && of->list[(size_t)guess].number == value)
        return (ptrdiff_t)guess;
    for (size_t l = 0; l < of->n; l++)
        if (of->list[l].number == value)
            return (ptrdiff_t)l;
    return -1;
}

void levels_free(levels *of)
{
    for (size_t l = 0; l < of->n; l++)
        free((char *)of->list[l].text);
    free(of->list);
    free(of->of_code);
}
