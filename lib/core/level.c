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
static behov_status push_level(levels *level_set, const char *text, double number, behov_error *err)
{
    if (level_set->n == level_set->room) {
        size_t room = level_set->room ? 2 * level_set->room : 16;
        level *list = behov_realloc(level_set->list, room, sizeof *list);
        if (!list)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_LEVELS);
        level_set->list = list;
        level_set->room = room;
    }
    char *copy = behov_copy_text(text, strlen(text));
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_LEVELS);
    level_set->list[level_set->n++] = (level){number, copy};
    return BEHOV_OK;
}

/* Looks first behind the one that was last found: a panel in the order of its municipalities goes through its years again
 * and again. */
static bool is_known(const levels *level_set, double number, size_t *last)
{
    for (size_t k = 0; k < level_set->n; k++) {
        *last = *last + 1 < level_set->n ? *last + 1 : 0;
        if (level_set->list[*last].number == number)
            return true;
    }
    return false;
}

static behov_status check_number(const levels *level_set, behov_error *err)
{
    if (level_set->n <= BEHOV_WIDTH_MAX)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(level_set->table), SAY_LEVEL_TOO_MANY,
                           behov_cut(level_set->name, 200).text, BEHOV_WIDTH_MAX);
}

/* Levels in order: by size when all are numbers, else by bytes. */
static void sort_levels(levels *level_set)
{
    bool numbers = true;
    for (size_t l = 0; l < level_set->n && numbers; l++)
        numbers = behov_number_parse(level_set->list[l].text, strlen(level_set->list[l].text), '.',
                                     &level_set->list[l].number) == BEHOV_NUMBER_OK;
    for (size_t l = 0; l < level_set->n && !numbers; l++)
        level_set->list[l].number = 0;
    if (level_set->n > 1)
        qsort(level_set->list, level_set->n, sizeof *level_set->list, compare_levels);
    size_t n_kept = 0;
    for (size_t l = 0; l < level_set->n; l++) {
        if (n_kept && strcmp(level_set->list[n_kept - 1].text, level_set->list[l].text) == 0)
            free((char *)level_set->list[l].text);
        else
            level_set->list[n_kept++] = level_set->list[l];
    }
    level_set->n = n_kept;
}

/* The levels that occur in the rows estimated on. */
behov_status levels_find(levels *level_set, const uint16_t *fates, behov_error *err)
{
    const behov_table *table = level_set->table;
    size_t column = level_set->column, n_rows = behov_table_n_rows(table);
    behov_status status = BEHOV_OK;
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT) {
        const behov_dictionary *texts = behov_table_levels(table, column);
        const int32_t *codes = behov_table_codes(table, column);
        size_t n_codes = behov_dictionary_count(texts);
        bool *seen_positions = behov_alloc(n_codes, sizeof *seen_positions);
        if (!seen_positions)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_LEVELS);
        for (size_t row = 0; row < n_rows; row++)
            if (!fates || fates[row] == 0)
                seen_positions[codes[row]] = true;
        for (size_t code = 0; code < n_codes && !status; code++)
            if (seen_positions[code] &&
                !(status = push_level(level_set, behov_dictionary_text(texts, (int32_t)code), 0, err)))
                status = check_number(level_set, err);
        free(seen_positions);
    } else {
        const double *values = behov_table_numbers(table, column);
        size_t last = 0;
        for (size_t row = 0; row < n_rows && !status; row++) {
            if ((fates && fates[row] != 0) || is_known(level_set, values[row], &last))
                continue;
            char text[BEHOV_NUMBER_SIZE];
            double number = values[row] == 0 ? 0 : values[row]; /* no -0 */
            behov_number_shortest(number, text);
            status = push_level(level_set, text, number, err);
            last = level_set->n - 1;
            if (!status)
                status = check_number(level_set, err);
        }
    }
    return status;
}

behov_status levels_add(levels *level_set, const char *text, size_t length, behov_error *err)
{
    char *copy = behov_copy_text(text, length);
    behov_status status =
        copy ? push_level(level_set, copy, 0, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_LEVELS);
    free(copy);
    return status;
}

static behov_status choose_reference(levels *level_set, const char *reference, behov_error *err)
{
    level_set->reference = 0;
    level_set->has_reference = reference != NULL;
    if (!reference)
        return BEHOV_OK;
    for (size_t l = 0; l < level_set->n; l++)
        if (strcmp(level_set->list[l].text, reference) == 0) {
            level_set->reference = l;
            return BEHOV_OK;
        }
    char level_names[256] = "";
    size_t length = 0, shown_index;
    for (shown_index = 0; shown_index < level_set->n && length < sizeof level_names - 40; shown_index++)
        length += (size_t)snprintf(level_names + length, sizeof level_names - length, "%s%s", shown_index ? ", " : "",
                                   behov_cut(level_set->list[shown_index].text, 30).text);
    return behov_error_say(
        err, BEHOV_E_NAME, behov_table_source(level_set->table), SAY_LEVEL_NO_REFERENCE, level_set->name, reference,
        level_names, shown_index < level_set->n ? behov_phrase(SAY_NAMES_MORE, level_set->n - shown_index).text : "");
}

static behov_status index_codes(levels *level_set, behov_error *err)
{
    if (level_set->column >= behov_table_n_columns(level_set->table) || /* levels of merged factors are of no table */
        behov_table_kind(level_set->table, level_set->column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *texts = behov_table_levels(level_set->table, level_set->column);
    size_t n_codes = behov_dictionary_count(texts);
    level_set->of_code = behov_alloc(n_codes, sizeof *level_set->of_code);
    if (!level_set->of_code)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_LEVELS);
    for (size_t code = 0; code < n_codes; code++)
        level_set->of_code[code] = -1;
    for (size_t l = 0; l < level_set->n; l++) {
        int32_t code = behov_dictionary_find(texts, level_set->list[l].text, strlen(level_set->list[l].text));
        if (code >= 0)
            level_set->of_code[code] = (int32_t)l;
    }
    return BEHOV_OK;
}

behov_status levels_finish(levels *level_set, const char *reference, behov_error *err)
{
    sort_levels(level_set);
    behov_status status = choose_reference(level_set, reference, err);
    return status ? status : index_codes(level_set, err);
}

/* Position of the row's level, -1 when it is none of the levels. */
static inline ptrdiff_t position_of(const levels *level_set, uint32_t row)
{
    if (level_set->of_code) {
        int32_t code = behov_table_codes(level_set->table, level_set->column)[row];
        return code < 0 ? -1 : level_set->of_code[code];
    }
    double value = behov_table_numbers(level_set->table, level_set->column)[row];
    /* Years follow each other without a gap: look there first. */
    double guess = value - (level_set->n ? level_set->list[0].number : 0);
    if (guess >= 0 && guess < (double)level_set->n && level_set->list[(size_t)guess].number == value)
        return (ptrdiff_t)guess;
    for (size_t l = 0; l < level_set->n; l++)
        if (level_set->list[l].number == value)
            return (ptrdiff_t)l;
    return -1;
}

ptrdiff_t levels_position(const levels *level_set, uint32_t row)
{
    return position_of(level_set, row);
}

void levels_positions(const levels *level_set, const uint32_t *rows, size_t n_rows, double *positions)
{
    for (size_t i = 0; i < n_rows; i++)
        positions[i] = (double)position_of(level_set, rows[i]);
}

void levels_free(levels *level_set)
{
    for (size_t l = 0; l < level_set->n; l++)
        free((char *)level_set->list[l].text);
    free(level_set->list);
    free(level_set->of_code);
}
