/* key_columns.c - see key_columns.h. */
#include "key_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/expression.h>

#include "key_names.h"
#include "name.h"

void key_columns_free(key_columns *columns)
{
    free(columns->columns);
    free(columns->kinds);
    free(columns->is_kind_said);
    free(columns->unused);
    *columns = (key_columns){0};
}

bool key_columns_is_called(const behov_table *table, const char *criterion, ptrdiff_t column, const char *name)
{
    return key_names_are_same(criterion, name) ||
           (column >= 0 && key_names_are_same(behov_table_name(table, (size_t)column), name));
}

bool key_columns_look_like_shares(const double *figures, size_t n)
{
    bool has_decimals = false;
    for (size_t i = 0; i < n; i++) {
        if (figures[i] > 100)
            return false;
        has_decimals = has_decimals || (!isnan(figures[i]) && figures[i] != floor(figures[i]));
    }
    return has_decimals;
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static behov_status refuse_name(const behov_table *table, const char *criterion, const char *name, behov_error *err)
{
    const char *nearest = behov_table_nearest_name(table, name);
    char list[BEHOV_COLUMN_LIST];
    behov_table_list(table, list);
    return nearest ? behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_KEY_NO_COLUMN_NEAREST,
                                     behov_cut(criterion, 80).text, behov_cut(name, 80).text,
                                     behov_cut(nearest, 80).text, list)
                   : behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_KEY_NO_COLUMN,
                                     behov_cut(criterion, 80).text, behov_cut(name, 80).text, list);
}

/* The column of a name; -1 with nothing said where there is none. */
static behov_status find_column(const behov_table *table, const char *name, ptrdiff_t *column, behov_error *err)
{
    *column = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        if (!key_names_are_same(behov_table_name(table, j), name))
            continue;
        if (*column >= 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_KEY_TWO_COLUMNS,
                                   behov_cut(name, 80).text,
                                   behov_cut(behov_table_name(table, (size_t)*column), 80).text,
                                   behov_cut(behov_table_name(table, j), 80).text);
        *column = (ptrdiff_t)j;
    }
    return BEHOV_OK;
}

static behov_status need_numbers(const behov_table *table, ptrdiff_t column, behov_error *err)
{
    size_t row = 0;
    char where[BEHOV_PLACE_SIZE];
    if (column < 0 || behov_table_kind(table, (size_t)column) == BEHOV_COLUMN_NUMBER)
        return BEHOV_OK;
    while (row + 1 < behov_table_n_rows(table) && behov_table_codes(table, (size_t)column)[row] < 0)
        row++;
    behov_table_where(table, row, column, where);
    return behov_error_say(err, BEHOV_E_TYPE, where, SAY_KEY_COLUMN_OF_TEXT);
}

static behov_status find_criteria(const behov_table *table, const behov_key_weights *weights, key_columns *columns,
                                  behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < weights->n && !status; k++) {
        const behov_key_weight *weight = &weights->all[k];
        const char *name = weight->column ? weight->column : weight->criterion;
        status = find_column(table, name, &columns->columns[k], err);
        if (!status && columns->columns[k] < 0 && weight->weight != 0)
            status = refuse_name(table, weight->criterion, name, err);
        if (!status)
            status = need_numbers(table, columns->columns[k], err);
        columns->kinds[k] = weight->kind;
        for (size_t earlier = 0; earlier < k && !status; earlier++)
            if (columns->columns[k] >= 0 && columns->columns[k] == columns->columns[earlier])
                status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_KEY_COLUMN_TWICE,
                                         behov_cut(behov_table_name(table, (size_t)columns->columns[k]), 80).text,
                                         behov_cut(weights->all[earlier].criterion, 80).text,
                                         behov_cut(weight->criterion, 80).text);
    }
    return status;
}

/* ---- computed columns ---------------------------------------------------------------------------------------------- */

/* "population^1.2" of "I(population^1.2)", and "log(x)" as it stands; NULL where a name is no such thing, or of columns
 * that are not there. */
static behov_expression *expression_of(const char *name, const behov_table *table)
{
    size_t length = strlen(name);
    bool is_inner = strncmp(name, "I(", 2) == 0 && name[length - 1] == ')';
    behov_expression *expression = NULL;
    if (!is_inner && strncmp(name, "log(", 4) != 0)
        return NULL;
    if (behov_expression_parse(is_inner ? name + 2 : name, is_inner ? length - 3 : length, NULL, &expression, NULL))
        return NULL;
    if (behov_expression_bind(expression, table, NULL)) {
        behov_expression_free(expression);
        return NULL;
    }
    return expression;
}

static behov_status add_computed(behov_table *table, const char *name, const behov_expression *expression,
                                 behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table), n;
    double *values = calloc(n_rows + 1, sizeof *values), block[BEHOV_EXPRESSION_BLOCK];
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    for (size_t first = 0; (n = behov_expression_evaluate_block(expression, table, first, block)) > 0; first += n)
        for (size_t i = 0; i < n; i++)
            values[first + i] = behov_table_row_mark(table, first + i) == BEHOV_ROW_MUNICIPALITY ? block[i] : NAN;
    behov_status status = behov_table_copy_numbers(table, name, values, err);
    free(values);
    return status;
}

behov_status behov_key_criteria_add_computed(behov_table *table, const behov_key_weights *weights, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < weights->n && !status; k++) {
        const char *name = weights->all[k].column ? weights->all[k].column : weights->all[k].criterion;
        ptrdiff_t column = -1;
        status = find_column(table, name, &column, err);
        behov_expression *expression =
            status || column >= 0 || weights->all[k].weight == 0 ? NULL : expression_of(name, table);
        if (expression)
            status = add_computed(table, name, expression, err);
        behov_expression_free(expression);
    }
    return status;
}

/* ---- the modified key -------------------------------------------------------------------------------------------- */

static bool is_of_refugees(const char *criterion)
{
    char *folded = behov_name_fold(criterion, strlen(criterion));
    bool is_so = folded && (strstr(folded, "flyktning") || strstr(folded, "refugee"));
    free(folded);
    return is_so;
}

static behov_status find_modified(const behov_table *table, const behov_key_weights *weights,
                                  const behov_key_request *request, key_columns *columns, behov_error *err)
{
    size_t n_found = 0;
    columns->modified = weights->n;
    if (!request->modified_column)
        return BEHOV_OK;
    for (size_t k = 0; k < weights->n; k++) {
        bool is_meant = request->modified_criterion
                            ? key_columns_is_called(table, weights->all[k].criterion, columns->columns[k],
                                                    request->modified_criterion)
                            : is_of_refugees(weights->all[k].criterion);
        if (is_meant && ++n_found == 1)
            columns->modified = k;
    }
    if (n_found != 1 && request->modified_criterion)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_KEY_MODIFIED, SAY_KEY_SAID_OF_NONE,
                               behov_cut(request->modified_criterion, 80).text);
    if (n_found != 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_KEY_MODIFIED, SAY_KEY_MODIFIED_WHICH,
                               behov_cut(request->modified_column, 80).text);
    columns->has_modified = true;
    columns->kinds[weights->n] = columns->kinds[columns->modified];
    behov_status status = find_column(table, request->modified_column, &columns->modified_column, err);
    if (!status && columns->modified_column < 0)
        status = refuse_name(table, weights->all[columns->modified].criterion, request->modified_column, err);
    if (!status && columns->modified_column == columns->columns[columns->modified])
        status = behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_KEY_MODIFIED, SAY_KEY_MODIFIED_SAME,
                                 behov_cut(request->modified_column, 80).text);
    for (size_t k = 0; k < weights->n && !status; k++)
        if (columns->columns[k] == columns->modified_column)
            status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table), SAY_KEY_COLUMN_TWICE,
                                     behov_cut(request->modified_column, 80).text,
                                     behov_cut(weights->all[k].criterion, 80).text,
                                     behov_cut(weights->all[columns->modified].criterion, 80).text);
    return status ? status : need_numbers(table, columns->modified_column, err);
}

/* ---- kinds, and what is left --------------------------------------------------------------------------------------- */

static behov_status take_kinds(const behov_table *table, const behov_key_weights *weights,
                               const behov_key_request *request, key_columns *columns, behov_error *err)
{
    for (size_t i = 0; i < request->n_kinds; i++) {
        const behov_key_said *said = &request->kinds[i];
        bool is_all = strcmp(said->name, "all") == 0, is_known = is_all;
        for (size_t k = 0; k < weights->n + columns->has_modified; k++) {
            const char *criterion = k < weights->n ? weights->all[k].criterion : request->modified_column;
            ptrdiff_t column = k < weights->n ? columns->columns[k] : columns->modified_column;
            if (!is_all && !key_columns_is_called(table, criterion, column, said->name))
                continue;
            columns->kinds[k] = said->kind;
            columns->is_kind_said[k] = is_known = true;
        }
        if (!is_known)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_KEY_KIND, SAY_KEY_SAID_OF_NONE,
                                   behov_cut(said->name, 80).text);
    }
    return BEHOV_OK;
}

static bool is_used(const behov_panel *panel, const behov_key_weights *weights, const key_columns *columns,
                    ptrdiff_t column)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        if (panel->columns[role] == column)
            return true;
    for (size_t k = 0; k < weights->n; k++)
        if (columns->columns[k] == column)
            return true;
    return columns->has_modified && columns->modified_column == column;
}

behov_status key_columns_find(const behov_panel *panel, const behov_key_weights *weights,
                              const behov_key_request *request, key_columns *columns, behov_error *err)
{
    const behov_table *table = panel->table;
    size_t n_columns = behov_table_n_columns(table);
    columns->columns = calloc(weights->n + 1, sizeof *columns->columns);
    columns->kinds = calloc(weights->n + 1, sizeof *columns->kinds);
    columns->is_kind_said = calloc(weights->n + 1, sizeof *columns->is_kind_said);
    columns->unused = calloc(n_columns + 1, sizeof *columns->unused);
    if (!columns->columns || !columns->kinds || !columns->is_kind_said || !columns->unused)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
    behov_status status = find_criteria(table, weights, columns, err);
    if (!status)
        status = find_modified(table, weights, request, columns, err);
    if (!status)
        status = take_kinds(table, weights, request, columns, err);
    for (size_t j = 0; j < n_columns && !status; j++)
        if (behov_table_kind(table, j) == BEHOV_COLUMN_NUMBER && !is_used(panel, weights, columns, (ptrdiff_t)j))
            columns->unused[columns->n_unused++] = j;
    return status;
}
