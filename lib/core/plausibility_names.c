/* plausibility_names.c - one municipality under two codes, and names that stand at each other's codes. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* ---- one municipality, two codes ----------------------------------------------------------------------------------- */

typedef struct code_span {
    int32_t name;
    int first, last;
    size_t first_row, last_row;
} code_span;

static int compare_spans(const void *a, const void *b)
{
    const code_span *x = a, *y = b;
    if (x->name != y->name)
        return x->name < y->name ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->first_row < y->first_row ? -1 : x->first_row > y->first_row;
}

/* A name under several codes: the first pair that follow each other in time. Names that exist twice in the same years
 * (Våler, Os, Nes, Sande, Herøy, Bø) are no finding by that alone. */
static behov_status look_at_spans(const panel_look *look, code_span *spans, size_t n, behov_error *err)
{
    qsort(spans, n, sizeof *spans, compare_spans);
    for (size_t i = 1; i < n; i++) {
        if (spans[i].name != spans[i - 1].name || spans[i - 1].last >= spans[i].first)
            continue;
        behov_oddity finding = plausibility_finding_at(BEHOV_ODD_TWO_CODES, BEHOV_WARNING, 0, spans[i].first_row);
        finding.other_row = (ptrdiff_t)spans[i - 1].last_row;
        finding.column = look->panel->columns[BEHOV_ROLE_CODE];
        finding.year = spans[i].first;
        behov_status status = behov_plausibility_add(look->plausibility, finding, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* The name without SSB's years behind it: "Halden (-2019)", "Halden (2020-2023)". */
static size_t length_without_years(const char *name)
{
    const char *open = strrchr(name, '(');
    size_t n = open ? strspn(open + 1, "0123456789-") : 0;
    if (n < 5 || strcmp(open + 1 + n, ")") != 0 || !memchr(open, '-', n + 1))
        return strlen(name);
    size_t length = (size_t)(open - name);
    while (length && name[length - 1] == ' ')
        length--;
    return length ? length : strlen(name);
}

/* The first level that is the same name without years; few names have such. */
static int32_t level_without_years(const behov_dictionary *levels, int32_t level, bool have_years)
{
    if (!have_years)
        return level;
    const char *name = behov_dictionary_text(levels, level);
    size_t length = length_without_years(name);
    for (int32_t i = 0; i < level; i++) {
        const char *other = behov_dictionary_text(levels, i);
        if (length_without_years(other) == length && strncmp(name, other, length) == 0)
            return i;
    }
    return level;
}

static bool names_have_years(const behov_dictionary *levels)
{
    for (size_t i = 0; i < behov_dictionary_count(levels); i++) {
        const char *name = behov_dictionary_text(levels, (int32_t)i);
        if (length_without_years(name) != strlen(name))
            return true;
    }
    return false;
}

/* The name of a municipality's last row, without years; below 0 = it has none. */
static int32_t name_of_group(const panel_look *look, const behov_dictionary *levels, bool have_years, size_t group)
{
    const panel_groups *groups = &look->groups;
    size_t name = (size_t)look->panel->columns[BEHOV_ROLE_MUNICIPALITY];
    int32_t level = behov_table_codes(look->table, name)[plausibility_row(groups, groups->first[group + 1] - 1)];
    return level < 0 ? level : level_without_years(levels, level, have_years);
}

enum { SEVERAL = 2 };

/* The name of each municipality, and how many have each, up to SEVERAL; returns how many share theirs with another, which
 * are few. */
static size_t count_shared_names(const panel_look *look, const behov_dictionary *levels, int32_t *names,
                                 uint8_t *n_codes)
{
    bool have_years = names_have_years(levels);
    size_t n = 0;
    for (size_t g = 0; g < look->groups.n_groups; g++) {
        int32_t level = names[g] = name_of_group(look, levels, have_years, g);
        if (level < 0)
            continue;
        n += n_codes[level] == 0 ? 0 : n_codes[level] == 1 ? 2 : 1;
        n_codes[level] = n_codes[level] ? SEVERAL : 1;
    }
    return n;
}

behov_status plausibility_look_at_names(const panel_look *look, behov_error *err)
{
    const behov_panel *panel = look->panel;
    ptrdiff_t name = panel->columns[BEHOV_ROLE_MUNICIPALITY];
    if (look->options->knows_codes || panel->columns[BEHOV_ROLE_CODE] < 0 || name < 0 ||
        panel->columns[BEHOV_ROLE_YEAR] < 0 || behov_table_kind(look->table, (size_t)name) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const panel_groups *groups = &look->groups;
    const behov_dictionary *levels = behov_table_levels(look->table, (size_t)name);
    int32_t *names = behov_alloc(groups->n_groups, sizeof *names);
    uint8_t *n_codes = behov_alloc(behov_dictionary_count(levels), sizeof *n_codes);
    size_t n = 0, n_shared = names && n_codes ? count_shared_names(look, levels, names, n_codes) : 0;
    code_span *spans = behov_alloc(n_shared, sizeof *spans);
    if (!names || !n_codes || !spans) {
        free(names), free(n_codes), free(spans);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CODE_YEARS);
    }
    for (size_t g = 0; g < groups->n_groups; g++) {
        size_t first = plausibility_row(groups, groups->first[g]);
        size_t last = plausibility_row(groups, groups->first[g + 1] - 1);
        if (names[g] >= 0 && n_codes[names[g]] == SEVERAL)
            spans[n++] =
                (code_span){names[g], behov_panel_year(panel, first), behov_panel_year(panel, last), first, last};
    }
    free(names), free(n_codes);
    behov_status status = look_at_spans(look, spans, n, err);
    free(spans);
    return status;
}

/* ---- names at each other's codes ------------------------------------------------------------------------------------ */

/* A row of a code that has more than one name. */
typedef struct named_row {
    int32_t name, code;
    int year;
    uint32_t row, group;
} named_row;

static int compare_named(const void *a, const void *b)
{
    const named_row *x = a, *y = b;
    if (x->name != y->name)
        return x->name < y->name ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Whether a group has a row of the year under another name; groups are in the order of years. */
static bool has_other_name(const panel_look *look, const int32_t *names, uint32_t group, int year, int32_t name)
{
    for (size_t i = look->groups.first[group]; i < look->groups.first[group + 1]; i++) {
        size_t row = plausibility_row(&look->groups, i);
        if (behov_panel_year(look->panel, row) == year && names[row] >= 0 && names[row] != name)
            return true;
    }
    return false;
}

/* Rows first .. middle have the name at one code, middle .. last at another: each code has the name in a year in which the
 * other code goes under another one. A new name, a merger and two municipalities of one name never do that. */
static bool are_crossed(const panel_look *look, const int32_t *names, const named_row *rows, size_t first,
                        size_t middle, size_t last)
{
    bool there = false, back = false;
    for (size_t i = first; i < middle && !there; i++)
        there = has_other_name(look, names, rows[middle].group, rows[i].year, rows[i].name);
    for (size_t i = middle; i < last && there && !back; i++)
        back = has_other_name(look, names, rows[first].group, rows[i].year, rows[i].name);
    return there && back;
}

/* Codes were given anew in 1964 and 1965 (0701 was Svelvik's, then Borre's); since then no code and no name have changed
 * places: KLASS 131, all variants from 1966 to 2026. */
enum { FIRST_YEAR = 1966 };

static size_t collect_named(const panel_look *look, const int32_t *names, const int32_t *codes, named_row *rows)
{
    size_t n = 0;
    for (size_t g = 0; g < look->groups.n_groups; g++)
        for (size_t i = look->groups.first[g]; i < look->groups.first[g + 1]; i++) {
            size_t row = plausibility_row(&look->groups, i);
            if (names[row] >= 0 && behov_panel_year(look->panel, row) >= FIRST_YEAR)
                rows[n++] =
                    (named_row){names[row], codes[row], behov_panel_year(look->panel, row), (uint32_t)row, (uint32_t)g};
        }
    return n;
}

static bool has_several_names(const panel_look *look, const int32_t *names)
{
    const panel_groups *groups = &look->groups;
    for (size_t g = 0; g < groups->n_groups; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1]; i++)
            if (names[plausibility_row(groups, i)] != names[plausibility_row(groups, groups->first[g])])
                return true;
    return false;
}

static behov_status tell_crossed(const panel_look *look, const int32_t *names, const named_row *rows, size_t n,
                                 behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t first = 0, last; first < n && !status; first = last) {
        for (last = first + 1; last < n && rows[last].name == rows[first].name;)
            last++;
        bool is_told = false;
        for (size_t middle = first, begin = first; middle < last && !is_told && !status; middle++) {
            if (rows[middle].code == rows[begin].code)
                continue;
            size_t end = middle; /* neighbours among the codes of the name are compared */
            while (end < last && rows[end].code == rows[middle].code)
                end++;
            is_told = are_crossed(look, names, rows, begin, middle, end);
            if (is_told) {
                behov_oddity finding =
                    behov_oddity_new(BEHOV_ODD_TWO_CODES, BEHOV_ERROR, BEHOV_NAMES_CROSSED, (ptrdiff_t)rows[middle].row,
                                     look->panel->columns[BEHOV_ROLE_MUNICIPALITY]);
                finding.other_row = (ptrdiff_t)rows[begin].row;
                finding.year = rows[middle].year;
                finding.count = end - middle;
                status = behov_plausibility_add(look->plausibility, finding, err);
            }
            begin = middle;
        }
    }
    return status;
}

behov_status plausibility_look_at_crossed_names(const panel_look *look, behov_error *err)
{
    const ptrdiff_t *roles = look->panel->columns;
    if (roles[BEHOV_ROLE_CODE] < 0 || roles[BEHOV_ROLE_MUNICIPALITY] < 0 || roles[BEHOV_ROLE_YEAR] < 0)
        return BEHOV_OK;
    const int32_t *names = behov_table_codes(look->table, (size_t)roles[BEHOV_ROLE_MUNICIPALITY]);
    const int32_t *codes = behov_table_codes(look->table, (size_t)roles[BEHOV_ROLE_CODE]);
    if (!names || !codes || !has_several_names(look, names)) /* most panels have no code with two names */
        return BEHOV_OK;
    named_row *rows = behov_alloc(look->groups.n_rows, sizeof *rows);
    if (!rows)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CODE_NAMES);
    size_t n = collect_named(look, names, codes, rows);
    if (n > 1)
        qsort(rows, n, sizeof *rows, compare_named);
    behov_status status = tell_crossed(look, names, rows, n, err);
    free(rows);
    return status;
}
