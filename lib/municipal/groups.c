/* groups.c - which group a municipality belongs to. County names are those of datasets/norway/counties.csv; a county
 * whose number is not there is called by its number. */
#include "groups.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <strings.h>

#include "datasets.h"
#include "messages.h"
#include "read_csv.h"
#include "study.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the groups of municipalities");
}

void groups_free(groups *of)
{
    for (size_t i = 0; i < of->n; i++)
        free(of->names[i]);
    free(of->names);
    free(of->of);
    *of = (groups){0};
}

/* The position of a group, which is added when it is new; NO_GROUP without memory. */
static int group_called(groups *to, const char *name)
{
    for (size_t i = 0; i < to->n; i++)
        if (strcmp(to->names[i], name) == 0)
            return (int)i;
    char **names = realloc(to->names, (to->n + 1) * sizeof *names);
    if (!names)
        return NO_GROUP;
    to->names = names;
    if (!(names[to->n] = strdup(name)))
        return NO_GROUP;
    return (int)to->n++;
}

/* ---- counties ------------------------------------------------------------------------------------------------------
 */

static read_kind county_column(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "county_code") == 0 || strcmp(name, "county") == 0 ? READ_AS_TEXT : READ_NOT;
}

static const char *text_at(const behov_table *table, const char *column, size_t row)
{
    ptrdiff_t at = behov_table_find(table, column);
    int32_t code = at < 0 ? -1 : behov_table_codes(table, (size_t)at)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)at), code);
}

static behov_status by_county(const directory *of, groups *out, behov_error *err)
{
    char *path = NULL;
    behov_table *counties = NULL;
    behov_status status = datasets_path("norway/counties.csv", &path, err);
    if (!status)
        status = read_csv(path, &(read_csv_options){.choose = county_column}, &counties, err);
    free(path);
    for (size_t i = 0; i < of->n && !status; i++) {
        const char *code = of->all[i].code, *name = NULL;
        char number[3];
        if (strlen(code) < 4)
            status = behov_error_set(err, BEHOV_E_DATA, of->source,
                                     "\"%s\" has no four-digit code, so its county is not known",
                                     behov_cut(code[0] ? code : of->all[i].name, 60).text);
        if (status)
            break;
        snprintf(number, sizeof number, "%.2s", code);
        for (size_t row = 0; row < behov_table_n_rows(counties) && !name; row++)
            if (strcmp(text_at(counties, "county_code", row), number) == 0)
                name = text_at(counties, "county", row);
        if ((out->of[i] = group_called(out, name ? name : number)) == NO_GROUP)
            status = out_of_memory(err);
    }
    behov_table_free(counties);
    return status;
}

/* ---- size classes --------------------------------------------------------------------------------------------------
 */

static behov_status by_size(const directory *of, behov_language lang, groups *out, behov_error *err)
{
    static const double limits[] = {2000, 5000, 10000, 20000, 50000};
    enum { CLASSES = sizeof limits / sizeof *limits + 1 };
    bool any = false;
    for (size_t i = 0; i < of->n; i++)
        any = any || !isnan(of->all[i].population);
    if (!any)
        return behov_error_set(err, BEHOV_E_DATA, of->source,
                               "there is no population, so there are no size classes; it takes a column population");
    for (size_t class = 0; class < CLASSES; class ++) {
        char from[BEHOV_NUMBER_SIZE], to[BEHOV_NUMBER_SIZE], name[120];
        behov_number_fixed(class ? limits[class - 1] : 0, 0, '.', label_group_mark(lang), 4, from);
        behov_number_fixed(class + 1 < CLASSES ? limits[class] - (class ? 1 : 0) : 0, 0, '.', label_group_mark(lang), 4,
                           to);
        label_fill(lang,
                   class == 0             ? "size_below"
                   : class + 1 == CLASSES ? "size_above"
                                          : "size_between",
                   name, sizeof name, "from", from, "to", to, NULL);
        for (size_t i = 0; i < of->n; i++) {
            size_t reached = 0;
            while (reached + 1 < CLASSES && of->all[i].population >= limits[reached])
                reached++;
            if (isnan(of->all[i].population) || reached != class)
                continue;
            if ((out->of[i] = group_called(out, name)) == NO_GROUP)
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

static read_kind group_column(void *context, const char *name)
{
    (void)context;
    return is_group_name(name) ? READ_AS_TEXT : is_code_name(name) ? READ_AS_CODE : READ_NOT;
}

static behov_status by_file(const directory *of, const char *path, groups *out, behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_csv(
        path, &(read_csv_options){.choose = group_column, .notice = note_beside, .is_beside = true}, &table, err);
    if (status)
        return status;
    const char *code_name = NULL, *group_name = NULL;
    for (size_t j = 0; j < behov_table_n_columns(table) && !status; j++) {
        const char *name = behov_table_name(table, j), **found = is_group_name(name) ? &group_name : &code_name;
        if (*found) /* the last would win without a word */
            status = behov_error_set(err, BEHOV_E_NAME, path,
                                     "the columns \"%s\" and \"%s\" both hold %s; keep one and take the other out",
                                     behov_cut(*found, 60).text, behov_cut(name, 60).text,
                                     is_group_name(name) ? "groups" : "municipality codes");
        *found = name;
    }
    if (!status && (!code_name || !group_name))
        status = behov_error_set(err, BEHOV_E_NAME, path,
                                 "a file of groups needs the columns municipality_code and group; "
                                 "%s is not there",
                                 code_name ? "group" : "municipality_code");
    size_t *lines = calloc(of->n + 1, sizeof *lines);
    if (!status && !lines)
        status = out_of_memory(err);
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        const char *code = text_at(table, code_name, row), *group = text_at(table, group_name, row);
        char where[160];
        behov_table_where(table, row, -1, where);
        if (!code[0] || !group[0]) {
            status =
                behov_error_set(err, BEHOV_E_DATA, where, "the %s is missing", code[0] ? "group" : "municipality code");
            break;
        }
        size_t at = directory_position(of, code, "");
        if (at == of->n)
            status = behov_error_set(err, BEHOV_E_NAME, where, "the municipality %s is not in %s; take the line out",
                                     behov_cut(code, 40).text, behov_cut(of->source, 120).text);
        else if (lines[at])
            status = behov_error_set(err, BEHOV_E_DATA, where, "the municipality %s stands in line %lu too; keep one",
                                     behov_cut(code, 40).text, (unsigned long)lines[at]);
        else if ((out->of[at] = group_called(out, group)) == NO_GROUP)
            status = out_of_memory(err);
        else
            lines[at] = behov_table_line(table, row);
    }
    free(lines);
    behov_table_free(table);
    return status;
}

behov_status groups_new(const directory *of, const char *kind, behov_language lang, groups *out, behov_error *err)
{
    *out = (groups){.of = malloc((of->n + 1) * sizeof *out->of)};
    if (!out->of)
        return out_of_memory(err);
    for (size_t i = 0; i < of->n; i++)
        out->of[i] = NO_GROUP;
    bool is_word = !strpbrk(kind, "./") && strcmp(kind, "county") != 0 && strcmp(kind, "size") != 0;
    if (is_word && access(kind, F_OK)) /* fylke */
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_cut(kind, 80).text,
                               "groups are county, size or a file with the columns municipality_code and group; there is no "
                               "such file");
    behov_status status = strcmp(kind, "county") == 0 ? by_county(of, out, err)
                          : strcmp(kind, "size") == 0 ? by_size(of, lang, out, err)
                                                      : by_file(of, kind, out, err);
    for (size_t i = 0; i < of->n; i++)
        out->n_without += out->of[i] == NO_GROUP;
    return status;
}
