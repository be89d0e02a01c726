/* groups.c - which group a municipality belongs to. A county whose number is not among the names is called by its
 * number, in the caller's words. */
#include <behov/groups.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "roles.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROUPS_NO_MEMORY);
}

void behov_groups_free(behov_groups *groups)
{
    for (size_t i = 0; i < groups->n; i++)
        free(groups->names[i]);
    free(groups->names);
    free(groups->values);
    *groups = (behov_groups){0};
}

/* The position of a group, which is added when it is new; NO_GROUP without memory. */
static int group_called(behov_groups *out, const char *name)
{
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->names[i], name) == 0)
            return (int)i;
    char **names = realloc(out->names, (out->n + 1) * sizeof *names);
    if (!names)
        return BEHOV_WITHOUT_GROUP;
    out->names = names;
    if (!(names[out->n] = strdup(name)))
        return BEHOV_WITHOUT_GROUP;
    return (int)out->n++;
}

/* ---- counties ------------------------------------------------------------------------------------------------------
 */

behov_read_kind behov_groups_column_of_counties(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "county_code") == 0 || strcmp(name, "county") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

static const char *text_at(const behov_table *table, const char *column, size_t row)
{
    ptrdiff_t index = behov_table_find(table, column);
    int32_t code = index < 0 ? -1 : behov_table_codes(table, (size_t)index)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)index), code);
}

/* The county of a number; a new one is called as the caller says. */
static int unknown_county(const char *words, const char *number, behov_groups *out)
{
    static const char slot[] = "{code}";
    const char *at = words ? strstr(words, slot) : NULL;
    char name[80];
    if (!at)
        return group_called(out, number);
    snprintf(name, sizeof name, "%.*s%s%s", (int)(at - words), words, number, at + strlen(slot));
    return group_called(out, name);
}

static behov_status by_county(const behov_municipality_list *municipality_list, const behov_grouping *grouping,
                              behov_groups *out, behov_error *err)
{
    const behov_table *counties = grouping->table;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < municipality_list->n && !status; i++) {
        const char *code = municipality_list->all[i].code, *name = NULL;
        char number[3];
        if (strlen(code) < 4)
            status = behov_error_say(err, BEHOV_E_DATA, municipality_list->source, SAY_GROUPS_CODE_TOO_SHORT,
                                     behov_cut(code[0] ? code : municipality_list->all[i].name, 60).text);
        if (status)
            break;
        snprintf(number, sizeof number, "%.2s", code);
        for (size_t row = 0; counties && row < behov_table_n_rows(counties) && !name; row++)
            if (strcmp(text_at(counties, "county_code", row), number) == 0)
                name = text_at(counties, "county", row);
        out->values[i] = name ? group_called(out, name) : unknown_county(grouping->unknown_county, number, out);
        if (out->values[i] == BEHOV_WITHOUT_GROUP)
            status = out_of_memory(err);
    }
    return status;
}

/* ---- size classes --------------------------------------------------------------------------------------------------
 */

const double behov_size_class_limits[BEHOV_SIZE_CLASSES - 1] = {2000, 5000, 10000, 20000, 50000};

static behov_status by_size(const behov_municipality_list *municipality_list, behov_groups *out, behov_error *err)
{
    bool any = false;
    for (size_t i = 0; i < municipality_list->n; i++)
        any = any || !isnan(municipality_list->all[i].population);
    if (!any)
        return behov_error_say(err, BEHOV_E_DATA, municipality_list->source, SAY_GROUPS_NO_POPULATION);
    out->is_by_size = true;
    for (size_t size_class = 0; size_class < BEHOV_SIZE_CLASSES; size_class++) {
        char name[32];
        snprintf(name, sizeof name, "size_class_%lu", (unsigned long)size_class + 1);
        for (size_t i = 0; i < municipality_list->n; i++) {
            size_t reached_index = 0;
            while (reached_index + 1 < BEHOV_SIZE_CLASSES &&
                   municipality_list->all[i].population >= behov_size_class_limits[reached_index])
                reached_index++;
            if (isnan(municipality_list->all[i].population) || reached_index != size_class)
                continue;
            if ((out->values[i] = group_called(out, name)) == BEHOV_WITHOUT_GROUP)
                return out_of_memory(err);
        }
    }
    return BEHOV_OK;
}

/* ---- files ---------------------------------------------------------------------------------------------------------
 */

/* As lists of KOSTRA groups head it too: KOSTRA-gruppe, kostragruppe, kostra_group. */
static bool is_group_name(const char *name)
{
    return strcasecmp(name, "group") == 0 || strcasecmp(name, "gruppe") == 0 || strncasecmp(name, "kostra", 6) == 0;
}

static bool is_code_name(const char *name)
{
    return behov_role_of_name(name) == BEHOV_ROLE_CODE || strcasecmp(name, "code") == 0 ||
           strcasecmp(name, "kode") == 0;
}

behov_read_kind behov_groups_column_of_file(void *context, const char *name)
{
    (void)context;
    return is_group_name(name) ? BEHOV_READ_AS_TEXT : is_code_name(name) ? BEHOV_READ_AS_CODE : BEHOV_READ_NOT;
}

static behov_status by_file(const behov_municipality_list *municipality_list, const behov_table *table,
                            behov_groups *out, behov_error *err)
{
    const char *path = behov_table_source(table);
    behov_status status = BEHOV_OK;
    const char *code_name = NULL, *group_name = NULL;
    for (size_t j = 0; j < behov_table_n_columns(table) && !status; j++) {
        const char *name = behov_table_name(table, j), **match = is_group_name(name) ? &group_name : &code_name;
        if (*match) /* the last would win without a word */
            status = (is_group_name(name) ? behov_error_say(err, BEHOV_E_NAME, path, SAY_GROUPS_TWO_GROUP_COLUMNS,
                                                            behov_cut(*match, 60).text, behov_cut(name, 60).text)
                                          : behov_error_say(err, BEHOV_E_NAME, path, SAY_GROUPS_TWO_CODE_COLUMNS,
                                                            behov_cut(*match, 60).text, behov_cut(name, 60).text));
        *match = name;
    }
    if (!status && (!code_name || !group_name))
        status = behov_error_say(err, BEHOV_E_NAME, path, SAY_GROUPS_COLUMN_LACKS,
                                 code_name ? "group" : "municipality_code");
    size_t *lines = calloc(municipality_list->n + 1, sizeof *lines);
    if (!status && !lines)
        status = out_of_memory(err);
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        const char *code = text_at(table, code_name, row), *group = text_at(table, group_name, row);
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table, row, -1, where);
        if (!code[0] || !group[0]) {
            status = (code[0] ? behov_error_say(err, BEHOV_E_DATA, where, SAY_GROUPS_GROUP_MISSING)
                              : behov_error_say(err, BEHOV_E_DATA, where, SAY_GROUPS_CODE_MISSING));
            break;
        }
        size_t index = behov_municipality_list_position(municipality_list, code, "");
        if (index == municipality_list->n)
            status = behov_error_say(err, BEHOV_E_NAME, where, SAY_GROUPS_MUNICIPALITY_UNKNOWN,
                                     behov_cut(code, 40).text, behov_cut(municipality_list->source, 120).text);
        else if (lines[index])
            status = behov_error_say(err, BEHOV_E_DATA, where, SAY_GROUPS_MUNICIPALITY_TWICE, behov_cut(code, 40).text,
                                     (unsigned long)lines[index]);
        else if ((out->values[index] = group_called(out, group)) == BEHOV_WITHOUT_GROUP)
            status = out_of_memory(err);
        else
            lines[index] = behov_table_line(table, row);
    }
    free(lines);
    return status;
}

/* ---- order ---------------------------------------------------------------------------------------------------------
 */

/* The digits of a name count as a number: KG9 before KG10, and KG09 beside KG9. */
static int compare_naturally(const char *a, const char *b)
{
    const char *whole_a = a, *whole_b = b;
    while (*a && *b) {
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            a += strspn(a, "0");
            b += strspn(b, "0");
            size_t n_a = strspn(a, "0123456789"), n_b = strspn(b, "0123456789");
            int order = n_a != n_b ? (n_a > n_b) - (n_a < n_b) : strncmp(a, b, n_a);
            if (order)
                return order;
            a += n_a;
            b += n_b;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++, b++;
        }
    }
    return *a ? 1 : *b ? -1 : strcmp(whole_a, whole_b);
}

typedef struct named_group {
    char *name;
    int position; /* before sorting */
} named_group;

static int compare_groups(const void *a, const void *b)
{
    return compare_naturally(((const named_group *)a)->name, ((const named_group *)b)->name);
}

/* A file lists its municipalities in any order, and its groups with them; names are the order that readers know. */
static behov_status sort_by_name(size_t n_municipalities, behov_groups *out, behov_error *err)
{
    named_group *sorted = malloc((out->n + 1) * sizeof *sorted);
    int *places = malloc((out->n + 1) * sizeof *places);
    behov_status status = sorted && places ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < out->n && !status; i++)
        sorted[i] = (named_group){out->names[i], (int)i};
    if (!status && out->n)
        qsort(sorted, out->n, sizeof *sorted, compare_groups);
    for (size_t i = 0; i < out->n && !status; i++) {
        out->names[i] = sorted[i].name;
        places[sorted[i].position] = (int)i;
    }
    for (size_t i = 0; i < n_municipalities && !status; i++)
        if (out->values[i] != BEHOV_WITHOUT_GROUP)
            out->values[i] = places[out->values[i]];
    free(sorted);
    free(places);
    return status;
}

behov_status behov_groups_new(const behov_municipality_list *municipality_list, const behov_grouping *grouping,
                              behov_groups *out, behov_error *err)
{
    *out = (behov_groups){.values = malloc((municipality_list->n + 1) * sizeof *out->values)};
    if (!out->values)
        return out_of_memory(err);
    for (size_t i = 0; i < municipality_list->n; i++)
        out->values[i] = BEHOV_WITHOUT_GROUP;
    behov_status status = strcmp(grouping->kind, "county") == 0 ? by_county(municipality_list, grouping, out, err)
                          : strcmp(grouping->kind, "size") == 0 ? by_size(municipality_list, out, err)
                                                                : by_file(municipality_list, grouping->table, out, err);
    if (!status && strcmp(grouping->kind, "county") != 0 && !out->is_by_size)
        status = sort_by_name(municipality_list->n, out, err);
    for (size_t i = 0; i < municipality_list->n; i++)
        out->n_without += out->values[i] == BEHOV_WITHOUT_GROUP;
    return status;
}
