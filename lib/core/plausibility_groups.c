/* plausibility_groups.c - the rows that are looked at, by municipality and year. */
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_parts.h"
#include "row_key.h"

/* 0 = none */
static int year_at(const double *years, size_t row)
{
    return years && years[row] >= 1 && years[row] <= 9999 ? (int)years[row] : 0;
}

static const double *years_or_null(const behov_panel *panel)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_YEAR];
    return column < 0 ? NULL : behov_table_numbers(panel->table, (size_t)column);
}

/* What the rows are put in order by: the codes of their municipalities, else the names. */
typedef struct row_source {
    const int32_t *codes; /* NULL = they have none */
    const double *years;
    size_t n_levels;
    bool has_codes; /* a row without one is not looked at; one without a name stands alone */
} row_source;

static row_source find_source(const panel_look *look)
{
    ptrdiff_t column = behov_panel_key(look->panel);
    row_source source = {.years = years_or_null(look->panel), .has_codes = look->panel->columns[BEHOV_ROLE_CODE] >= 0};
    if (column >= 0) {
        source.codes = behov_table_codes(look->table, (size_t)column);
        source.n_levels = behov_dictionary_count(behov_table_levels(look->table, (size_t)column));
    }
    return source;
}

/* The code of a row that is the n-th to be looked at; below 0 = it is not looked at. */
static int32_t code_at(const row_source *source, size_t row, size_t n)
{
    bool has_key = source->codes && source->codes[row] >= 0;
    return has_key ? source->codes[row] : source->has_codes ? -1 : (int32_t)(source->n_levels + n);
}

/* Whether the rows, all of which are looked at, stand by municipality and year, as most files' do: then their groups are
 * found in one pass, and neither keys nor rows need room. */
static bool find_groups_in_order(const panel_look *look, panel_groups *groups)
{
    row_source source = find_source(look);
    size_t n_rows = behov_table_n_rows(look->table);
    int32_t last_code = -1;
    int last_year = 0;
    groups->n_groups = 0;
    groups->has_double = false;
    for (size_t row = 0; row < n_rows; row++) {
        int32_t code = code_at(&source, row, row);
        int year = year_at(source.years, row);
        if (code < last_code || code < 0 || (code == last_code && year < last_year))
            return false;
        groups->has_double = groups->has_double || (code == last_code && year == last_year);
        if (code != last_code)
            groups->first[groups->n_groups++] = row;
        last_code = code;
        last_year = year;
    }
    groups->n_rows = n_rows;
    return true;
}

/* The keys of all rows that are looked at. */
static void add_rows(const panel_look *look, row_keys *keys)
{
    row_source source = find_source(look);
    size_t n_rows = behov_table_n_rows(look->table);
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double excluded[BEHOV_EXPRESSION_BLOCK];
        size_t n_block = behov_expression_evaluate_block(look->options->exclude, look->table, first, excluded);
        for (size_t i = 0; i < n_block; i++) {
            uint32_t row = (uint32_t)(first + i);
            bool is_out = excluded[i] == excluded[i] && excluded[i] != 0;
            int32_t code = code_at(&source, row, keys->n);
            if (!is_out && code >= 0 && !behov_table_row_mark(look->table, row))
                row_keys_add(keys, (row_key){code, year_at(source.years, row), row});
        }
    }
}

/* Rows and groups in the order of the keys. */
static void take_groups(panel_groups *groups, const row_keys *all)
{
    groups->n_rows = all->n;
    groups->n_groups = 0;
    groups->has_double = false;
    for (size_t i = 0; i < groups->n_rows; i++) {
        groups->rows[i] = all->keys[i].row;
        groups->has_double = groups->has_double || row_keys_is_double(all, i);
        if (i == 0 || all->keys[i].code != all->keys[i - 1].code)
            groups->first[groups->n_groups++] = i;
    }
}

/* Rows that are not in order, or not all looked at. */
static behov_status sort_groups(const panel_look *look, panel_groups *groups, behov_error *err)
{
    row_keys all = {0};
    add_rows(look, &all);
    if (all.n == behov_table_n_rows(look->table) && !all.has_disorder && find_groups_in_order(look, groups))
        return BEHOV_OK;
    all = (row_keys){.keys = behov_alloc(all.n, sizeof *all.keys)};
    groups->rows = behov_alloc(behov_table_n_rows(look->table), sizeof *groups->rows);
    behov_status status =
        all.keys && groups->rows ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_MUNICIPALITY_ROWS);
    if (!status) {
        add_rows(look, &all);
        row_keys_sort(&all);
        take_groups(groups, &all);
    }
    free(all.keys);
    return status;
}

behov_status plausibility_group_rows(panel_look *look, behov_error *err)
{
    panel_groups *groups = &look->groups;
    groups->first = behov_alloc(behov_table_n_rows(look->table) + 1, sizeof *groups->first);
    if (!groups->first)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MUNICIPALITY_ROWS);
    bool are_all_looked_at = !look->options->exclude && behov_table_n_marked(look->table) == 0;
    behov_status status =
        are_all_looked_at && find_groups_in_order(look, groups) ? BEHOV_OK : sort_groups(look, groups, err);
    if (status)
        return status;
    groups->first[groups->n_groups] = groups->n_rows;
    for (size_t g = 0; g < groups->n_groups; g++) {
        size_t n = groups->first[g + 1] - groups->first[g];
        groups->n_largest = n > groups->n_largest ? n : groups->n_largest;
    }
    return BEHOV_OK;
}
