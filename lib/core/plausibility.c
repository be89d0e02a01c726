/* plausibility.c - marks, codes, rows, changes of code. Units, totals and jumps are in plausibility_units.c, limits in
 * plausibility_limits.c. */
#include <behov/plausibility.h>

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"
#include "row_key.h"

enum { LISTED_MAX = 50, LEAST_OTHERS = 10 };

struct behov_plausibility {
    behov_oddity *findings;
    size_t n, room;
    char **details; /* those that findings have; n_details < details_room */
    size_t n_details, details_room;
    size_t listed_most;
};

/* ---- findings ---------------------------------------------------------------------------------------------------- */

/* Mended first, then errors, then warnings, then information. */
static int order_of(behov_severity severity)
{
    return severity == BEHOV_MENDED ? 0 : severity == BEHOV_ERROR ? 1 : severity == BEHOV_WARNING ? 2 : 3;
}

static bool is_alike(const behov_oddity *a, const behov_oddity *b)
{
    return a->kind == b->kind && a->severity == b->severity && a->column == b->column;
}

/* A copy that the plausibility owns. */
static behov_status keep_detail(behov_plausibility *plausibility, const char **detail, behov_error *err)
{
    if (plausibility->n_details == plausibility->details_room) {
        size_t room = plausibility->details_room ? 2 * plausibility->details_room : 16;
        char **details = behov_realloc(plausibility->details, room, sizeof *details);
        if (!details)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
        plausibility->details = details;
        plausibility->details_room = room;
    }
    size_t size = strlen(*detail) + 1;
    char *copy = behov_alloc(size, 1);
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    plausibility->details[plausibility->n_details++] = memcpy(copy, *detail, size);
    *detail = copy;
    return BEHOV_OK;
}

behov_status behov_plausibility_add(behov_plausibility *plausibility, behov_oddity finding, behov_error *err)
{
    /* The new one goes behind the last of its severity; those that are alike stand together there. */
    size_t place = plausibility->n, n_alike = 0;
    while (place > 0 && order_of(plausibility->findings[place - 1].severity) > order_of(finding.severity))
        place--;
    while (n_alike < place && n_alike <= plausibility->listed_most &&
           is_alike(&plausibility->findings[place - 1 - n_alike], &finding))
        n_alike++;
    if (n_alike > plausibility->listed_most) {
        plausibility->findings[place - 1].count += finding.count;
        return BEHOV_OK;
    }
    if (n_alike == plausibility->listed_most) {
        finding.is_rest = true;
        finding.row = finding.other_row = -1;
        finding.detail = NULL;
    }
    if (finding.detail && keep_detail(plausibility, &finding.detail, err))
        return BEHOV_E_MEMORY;
    if (plausibility->n == plausibility->room) {
        size_t room = plausibility->room ? 2 * plausibility->room : 16;
        behov_oddity *oddity = behov_realloc(plausibility->findings, room, sizeof *oddity);
        if (!oddity)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
        plausibility->findings = oddity;
        plausibility->room = room;
    }
    memmove(&plausibility->findings[place + 1], &plausibility->findings[place],
            (plausibility->n - place) * sizeof *plausibility->findings);
    plausibility->findings[place] = finding;
    plausibility->n++;
    return BEHOV_OK;
}

const behov_oddity *behov_plausibility_findings(const behov_plausibility *plausibility, size_t *n_findings)
{
    *n_findings = plausibility->n;
    return plausibility->findings;
}

size_t behov_plausibility_count(const behov_plausibility *plausibility, behov_oddity_kind kind, behov_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < plausibility->n; i++)
        if (plausibility->findings[i].kind == kind && plausibility->findings[i].severity == severity)
            count += plausibility->findings[i].count;
    return count;
}

void behov_plausibility_free(behov_plausibility *plausibility)
{
    if (!plausibility)
        return;
    for (size_t i = 0; i < plausibility->n_details; i++)
        free(plausibility->details[i]);
    free(plausibility->details);
    free(plausibility->findings);
    free(plausibility);
}

bool plausibility_is_share(const panel_look *look, size_t column)
{
    for (size_t i = 0; i < look->options->n_limits; i++)
        if (look->options->limits[i].column == column)
            return look->options->limits[i].low == 0 && look->options->limits[i].high == 100;
    return false;
}

behov_oddity behov_oddity_new(behov_oddity_kind kind, behov_severity severity, int cause, ptrdiff_t row,
                              ptrdiff_t column)
{
    return (behov_oddity){.kind = kind,
                          .severity = severity,
                          .cause = cause,
                          .row = row,
                          .other_row = -1,
                          .column = column,
                          .value = NAN,
                          .low = NAN,
                          .high = NAN,
                          .count = 1};
}

static behov_oddity finding_at(behov_oddity_kind kind, behov_severity severity, int cause, size_t row)
{
    return behov_oddity_new(kind, severity, cause, (ptrdiff_t)row, -1);
}

/* ---- rows that are no municipality -------------------------------------------------------------------------------- */

/* Codes from 2101 to 2399 that Norway has not for anything: whoever has them has made codes up. */
bool plausibility_has_generated_codes(const behov_dictionary *levels)
{
    size_t n = behov_dictionary_count(levels);
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        bool is_between = strlen(text) == 4 && strspn(text, "0123456789") == 4 && strcmp(text, "2100") > 0 &&
                          strcmp(text, "2400") < 0;
        if (is_between && !behov_code_is_outside(text))
            return true;
    }
    return false;
}

/* What each level of a column of text says; NULL when the column is not there. */
static behov_status mark_levels(const behov_table *table, ptrdiff_t column, bool are_codes, uint8_t **marks,
                                behov_error *err)
{
    *marks = NULL;
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *levels = behov_table_levels(table, (size_t)column);
    size_t n = behov_dictionary_count(levels);
    if (!(*marks = behov_alloc(n, sizeof **marks)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_CODES);
    bool has_four = false;
    for (size_t i = 0; i < n && are_codes && !has_four; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        behov_code code = behov_code_read(text, strlen(text));
        has_four = code.kind == BEHOV_CODE_FOUR_DIGITS && !behov_code_mark(text, strlen(text));
    }
    bool may_be_outside = are_codes && !plausibility_has_generated_codes(levels);
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        size_t length = strlen(text);
        bool is_short = are_codes && behov_code_read(text, length).kind == BEHOV_CODE_FEW_DIGITS;
        /* One or two digits beside codes of four are counties; a column of nothing else is something else. */
        (*marks)[i] = (uint8_t)(!are_codes                                      ? behov_name_mark(text, length)
                                : is_short && !has_four                         ? BEHOV_ROW_MUNICIPALITY
                                : may_be_outside && behov_code_is_outside(text) ? BEHOV_ROW_OUTSIDE
                                                                                : behov_code_mark(text, length));
    }
    return BEHOV_OK;
}

/* The rows of one year: how many, their inhabitants, and the largest of them. */
typedef struct year_sum {
    int year;
    size_t n, largest;
    double sum, population;
} year_sum;

static int compare_years(const void *a, const void *b)
{
    int x = ((const year_sum *)a)->year, y = ((const year_sum *)b)->year;
    return x < y ? -1 : x > y;
}

static year_sum *find_year(year_sum *years, size_t *n, int year)
{
    for (size_t i = *n; i > 0; i--) /* the last years first: rows of a year may follow each other */
        if (years[i - 1].year == year)
            return &years[i - 1];
    years[(*n)++] = (year_sum){.year = year};
    return &years[*n - 1];
}

enum { YEARS_MAX = 300 };

/* Inhabitants by year, of rows that are not marked. Past YEARS_MAX years the column is no column of years. */
static size_t sum_years(const behov_panel *panel, year_sum *years)
{
    size_t n = 0;
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++) {
        double population = behov_panel_population(panel, row);
        if (behov_table_row_mark(panel->table, row) || !(population > 0 && isfinite(population)))
            continue;
        double year = panel->columns[BEHOV_ROLE_YEAR] < 0
                          ? 0
                          : behov_table_numbers(panel->table, (size_t)panel->columns[BEHOV_ROLE_YEAR])[row];
        if (!(year >= 0 && year <= 9999))
            continue;
        if (n == YEARS_MAX)
            return 0;
        year_sum *year_sum = find_year(years, &n, (int)year);
        year_sum->n++;
        year_sum->sum += population;
        if (population > year_sum->population) {
            year_sum->population = population;
            year_sum->largest = row;
        }
    }
    qsort(years, n, sizeof *years, compare_years);
    return n;
}

/* How far the largest population of a year is from the sum of the others, as a share of it; 1 with few others. */
static double distance_from_sum(const year_sum *year_sum)
{
    double others = year_sum->sum - year_sum->population;
    return year_sum->n > LEAST_OTHERS ? fabs(year_sum->population - others) / year_sum->population : 1;
}

/* The sum of whole numbers below 2^53 is exact, so a row that is the sum of at least ten others is no chance: the odds
 * are those of hitting one inhabitant among all. */
static behov_status mark_sums(behov_table *table, const behov_panel *panel, behov_error *err)
{
    year_sum *years = behov_alloc(YEARS_MAX, sizeof *years);
    if (!years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_YEAR_INHABITANTS);
    size_t n = sum_years(panel, years);
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < n && !status; t++)
        if (distance_from_sum(&years[t]) == 0)
            status = behov_table_mark_row(table, years[t].largest, BEHOV_ROW_SUM, err);
    free(years);
    return status;
}

behov_status behov_plausibility_mark(behov_table *table, const behov_panel *panel, behov_error *err)
{
    uint8_t *by_code = NULL, *by_name = NULL;
    ptrdiff_t code = panel->columns[BEHOV_ROLE_CODE], name = panel->columns[BEHOV_ROLE_MUNICIPALITY];
    behov_status status = mark_levels(table, code, true, &by_code, err);
    if (!status)
        status = mark_levels(table, name, false, &by_name, err);
    const int32_t *codes = by_code ? behov_table_codes(table, (size_t)code) : NULL;
    const int32_t *names = by_name ? behov_table_codes(table, (size_t)name) : NULL;
    for (size_t row = 0; row < behov_table_n_rows(table) && !status && (codes || names); row++) {
        uint8_t mark = codes && codes[row] >= 0 ? by_code[codes[row]] : BEHOV_ROW_MUNICIPALITY;
        if (!mark && names && names[row] >= 0)
            mark = by_name[names[row]];
        if (!mark && codes && names && codes[row] >= 0 && names[row] >= 0) {
            const char *digits = behov_panel_code(panel, row);
            size_t length = strlen(digits); /* few codes end in 00, and only theirs are read again */
            if (length == 4 && strcmp(digits + 2, "00") == 0)
                mark = (uint8_t)behov_code_and_name_mark(digits, behov_panel_municipality(panel, row));
        }
        if (mark)
            status = behov_table_mark_row(table, row, (behov_row_mark)mark, err);
    }
    free(by_code);
    free(by_name);
    if (!status && (codes || names) && panel->columns[BEHOV_ROLE_POPULATION] >= 0)
        status = mark_sums(table, panel, err);
    return status;
}

/* One finding for each code, or name where there is no code; rows of a level are counted. */
static behov_status tell_marks(const panel_look *look, behov_error *err)
{
    const behov_table *table = look->table;
    if (behov_table_n_marked(table) == 0)
        return BEHOV_OK;
    behov_plausibility *plausibility = look->plausibility;
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        behov_row_mark mark = behov_table_row_mark(table, row);
        if (!mark)
            continue;
        behov_oddity *same = NULL;
        for (size_t i = plausibility->n; i > 0 && !same; i--) {
            behov_oddity *oddity = &plausibility->findings[i - 1];
            if (oddity->kind == BEHOV_ODD_NO_MUNICIPALITY && oddity->row >= 0 &&
                strcmp(behov_panel_code(look->panel, (size_t)oddity->row), behov_panel_code(look->panel, row)) == 0 &&
                strcmp(behov_panel_municipality(look->panel, (size_t)oddity->row),
                       behov_panel_municipality(look->panel, row)) == 0)
                same = oddity;
        }
        if (same) {
            same->count++;
            continue;
        }
        behov_status status = behov_plausibility_add(
            plausibility, finding_at(BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, (int)mark, row), err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* A population within one in a thousand of the sum of the others in every year that has them is a total that was rounded
 * or counted on another day; within one in a hundred it may be. */
static behov_status look_at_sums(const panel_look *look, behov_error *err)
{
    const double SURELY = 1e-3, PERHAPS = 1e-2;
    if (look->panel->columns[BEHOV_ROLE_POPULATION] < 0 || look->panel->columns[BEHOV_ROLE_CODE] < 0)
        return BEHOV_OK;
    year_sum *years = behov_alloc(YEARS_MAX, sizeof *years);
    if (!years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_YEAR_INHABITANTS);
    size_t n = sum_years(look->panel, years);
    double largest_distance = 0;
    size_t n_years = 0;
    for (size_t t = 0; t < n; t++) {
        bool is_same = strcmp(behov_panel_code(look->panel, years[t].largest),
                              behov_panel_code(look->panel, years[0].largest)) == 0;
        largest_distance = fmax(largest_distance, is_same ? distance_from_sum(&years[t]) : 1);
        n_years++;
    }
    behov_status status = BEHOV_OK;
    if (n_years && largest_distance <= PERHAPS) {
        behov_oddity finding =
            finding_at(BEHOV_ODD_NO_MUNICIPALITY, largest_distance <= SURELY ? BEHOV_ERROR : BEHOV_WARNING,
                       BEHOV_ROW_SUM, years[0].largest);
        finding.column = look->panel->columns[BEHOV_ROLE_POPULATION];
        finding.value = years[0].population;
        finding.low = years[0].sum - years[0].population;
        finding.count = n_years;
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    free(years);
    return status;
}

/* ---- codes and rows ----------------------------------------------------------------------------------------------- */

/* Which of a column's codes are none, by level: 0 or a behov_code_cause. */
static void judge_codes(const behov_dictionary *levels, uint8_t *causes)
{
    size_t n = behov_dictionary_count(levels);
    bool has_four = false, has_zero = false;
    for (size_t i = 0; i < n && !(has_four && has_zero); i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        behov_code code = behov_code_read(text, strlen(text));
        bool is_four = code.kind == BEHOV_CODE_FOUR_DIGITS && !behov_code_mark(text, strlen(text));
        has_four = has_four || is_four;
        has_zero = has_zero || (is_four && code.text[0] == '0');
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        behov_code code = behov_code_read(text, strlen(text));
        causes[i] = code.kind == BEHOV_CODE_THREE_DIGITS && has_zero                     ? BEHOV_CODE_MIXED_ZEROS
                    : code.kind == BEHOV_CODE_FEW_DIGITS && !has_four                    ? BEHOV_CODE_ALL_SHORT
                    : code.kind == BEHOV_CODE_FOUR_DIGITS && !code.is_decorated          ? 0
                    : code.kind == BEHOV_CODE_FEW_DIGITS || code.kind == BEHOV_CODE_AREA ? 0
                                                                                         : BEHOV_CODE_NONE;
    }
}

/* One finding for each code that is none, at its first row. */
static behov_status look_at_codes(const panel_look *look, behov_error *err)
{
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(look->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *levels = behov_table_levels(look->table, (size_t)column);
    const int32_t *codes = behov_table_codes(look->table, (size_t)column);
    size_t n_levels = behov_dictionary_count(levels);
    uint8_t *causes = behov_alloc(n_levels, sizeof *causes);
    size_t *counts = behov_alloc(n_levels, sizeof *counts), *first = behov_alloc(n_levels, sizeof *first);
    behov_status status =
        causes && counts && first ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_CODES);
    if (!status)
        judge_codes(levels, causes);
    for (size_t i = 0; i < look->groups.n_rows && !status; i++) {
        size_t row = plausibility_row(&look->groups, i);
        int32_t code = codes[row];
        if (causes[code] && (counts[code]++ == 0 || row < first[code]))
            first[code] = row;
    }
    for (size_t i = 0; i < n_levels && !status; i++) {
        if (counts[i] == 0)
            continue;
        behov_oddity finding = finding_at(BEHOV_ODD_CODE, BEHOV_ERROR, causes[i], first[i]);
        finding.column = column;
        finding.count = counts[i];
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    free(causes);
    free(counts);
    free(first);
    return status;
}

static behov_status add_row(const panel_look *look, behov_row_cause cause, size_t row, ptrdiff_t column,
                            behov_error *err)
{
    behov_oddity finding = finding_at(BEHOV_ODD_ROW, BEHOV_ERROR, (int)cause, row);
    finding.column = column;
    if (column >= 0 && behov_table_kind(look->table, (size_t)column) == BEHOV_COLUMN_NUMBER)
        finding.value = behov_table_numbers(look->table, (size_t)column)[row];
    return behov_plausibility_add(look->plausibility, finding, err);
}

static behov_status look_at_rows(const panel_look *look, behov_error *err)
{
    const behov_table *table = look->table;
    ptrdiff_t code = look->panel->columns[BEHOV_ROLE_CODE], year = look->panel->columns[BEHOV_ROLE_YEAR],
              population = look->panel->columns[BEHOV_ROLE_POPULATION],
              estimated_on = look->panel->columns[BEHOV_ROLE_ESTIMATED_ON];
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        if (behov_table_row_mark(table, row))
            continue;
        double period = year < 0 ? NAN : behov_table_numbers(table, (size_t)year)[row];
        double people = population < 0 ? NAN : behov_table_numbers(table, (size_t)population)[row];
        if (code >= 0 && behov_table_missing(table, (size_t)code, row))
            status = add_row(look, BEHOV_ROW_HAS_NO_CODE, row, code, err);
        if (!status && year >= 0 && code >= 0 && isnan(period))
            status = add_row(look, BEHOV_ROW_HAS_NO_YEAR, row, year, err);
        if (!status && !isnan(period) && !(period == floor(period) && period >= 1 && period <= 9999))
            status = add_row(look, BEHOV_ROW_YEAR_IS_NONE, row, year, err);
        if (!status && period == floor(period) && period >= 1 && period <= 9999 && (period < 1900 || period > 2100)) {
            behov_oddity finding = finding_at(BEHOV_ODD_LIMIT, BEHOV_ERROR, BEHOV_LIMIT_OF_YEARS, row);
            finding.column = year;
            finding.value = period;
            finding.low = 1900;
            finding.high = 2100;
            finding.is_whole = true;
            status = behov_plausibility_add(look->plausibility, finding, err);
        }
        if (!status && !isnan(people) && !(people > 0 && isfinite(people)))
            status = add_row(look, BEHOV_ROW_POPULATION_IS_NONE, row, population, err);
        double estimated = estimated_on < 0 ? 1 : behov_table_numbers(table, (size_t)estimated_on)[row];
        if (!status && estimated != 0 && estimated != 1)
            status = add_row(look, BEHOV_ROW_ESTIMATED_ON_IS_NONE, row, estimated_on, err);
    }
    const panel_groups *groups = &look->groups;
    for (size_t g = 0; g < groups->n_groups && !status && behov_panel_key(look->panel) >= 0; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1] && !status; i++) {
            size_t row = plausibility_row(groups, i), previous_index = plausibility_row(groups, i - 1);
            if (behov_panel_year(look->panel, row) != behov_panel_year(look->panel, previous_index))
                continue;
            behov_oddity finding = finding_at(BEHOV_ODD_ROW, BEHOV_ERROR, BEHOV_ROW_IS_DOUBLE, row);
            finding.other_row = (ptrdiff_t)previous_index;
            finding.year = behov_panel_year(look->panel, row);
            status = behov_plausibility_add(look->plausibility, finding, err);
        }
    return status;
}

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
        behov_oddity finding = finding_at(BEHOV_ODD_TWO_CODES, BEHOV_WARNING, 0, spans[i].first_row);
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
    const char *name = behov_dictionary_text(levels, level);
    size_t length = length_without_years(name);
    for (int32_t i = 0; i < level && have_years; i++) {
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

static behov_status look_at_names(const panel_look *look, behov_error *err)
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

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

/* A row behind those before it: of the last group, or the first of the next. */
static void add_row_to_groups(panel_groups *groups, const row_keys *keys, row_key key)
{
    if (keys->n == 0 || keys->last.code != key.code)
        groups->first[groups->n_groups++] = keys->n;
    groups->n_rows++;
}

/* The keys of all rows that are looked at, and the groups that they are in where the keys are in order (NULL = not
 * asked for). */
static void add_rows(const panel_look *look, row_keys *keys, panel_groups *groups)
{
    const behov_panel *panel = look->panel;
    ptrdiff_t column = behov_panel_key(panel);
    bool has_codes = panel->columns[BEHOV_ROLE_CODE] >= 0;
    const int32_t *codes = column < 0 ? NULL : behov_table_codes(look->table, (size_t)column);
    size_t n_rows = behov_table_n_rows(look->table);
    size_t n_levels = codes ? behov_dictionary_count(behov_table_levels(look->table, (size_t)column)) : 0;
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double excluded[BEHOV_EXPRESSION_BLOCK];
        size_t n_block = behov_expression_evaluate_block(look->options->exclude, look->table, first, excluded);
        for (size_t i = 0; i < n_block; i++) {
            uint32_t row = (uint32_t)(first + i);
            bool is_out = excluded[i] == excluded[i] && excluded[i] != 0;
            bool has_key = codes && codes[row] >= 0;
            if (is_out || behov_table_row_mark(look->table, row) || (has_codes && !has_key))
                continue;
            double year = panel->columns[BEHOV_ROLE_YEAR] < 0
                              ? 0
                              : behov_table_numbers(look->table, (size_t)panel->columns[BEHOV_ROLE_YEAR])[row];
            bool is_year = year >= 1 && year <= 9999;
            row_key key = {has_key ? codes[row] : (int32_t)(n_levels + keys->n), is_year ? (int)year : 0, row};
            if (groups)
                add_row_to_groups(groups, keys, key);
            row_keys_add(keys, key);
        }
    }
}

/* Rows and groups in the order of the keys. */
static void take_groups(panel_groups *groups, const row_keys *all)
{
    groups->n_rows = all->n;
    groups->n_groups = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        groups->rows[i] = all->keys[i].row;
        if (i == 0 || all->keys[i].code != all->keys[i - 1].code)
            groups->first[groups->n_groups++] = i;
    }
}

/* Most files are in order, and all of their rows are looked at: then neither keys nor rows need room. */
static behov_status group_rows(panel_look *look, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(look->table);
    panel_groups *groups = &look->groups;
    groups->first = behov_alloc(n_rows + 1, sizeof *groups->first);
    if (!groups->first)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MUNICIPALITY_ROWS);
    row_keys all = {0};
    add_rows(look, &all, groups);
    if (all.has_disorder || all.n < n_rows) {
        all = (row_keys){.keys = behov_alloc(all.n, sizeof *all.keys)};
        groups->rows = behov_alloc(n_rows, sizeof *groups->rows);
        if (!all.keys || !groups->rows) {
            free(all.keys);
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MUNICIPALITY_ROWS);
        }
        add_rows(look, &all, NULL);
        row_keys_sort(&all);
        take_groups(groups, &all);
        free(all.keys);
    }
    groups->first[groups->n_groups] = groups->n_rows;
    for (size_t g = 0; g < groups->n_groups; g++) {
        size_t n = groups->first[g + 1] - groups->first[g];
        groups->n_largest = n > groups->n_largest ? n : groups->n_largest;
    }
    return BEHOV_OK;
}

/* ---- all looks ---------------------------------------------------------------------------------------------------- */

typedef behov_status whole_look(const panel_look *look, behov_error *err);
typedef behov_status column_look(const panel_look *look, size_t column, behov_error *err);

/* A look at the panel, or at one of its columns: each has a list of its own, so that several may be at work. */
typedef struct look_task {
    whole_look *look_at;
    column_look *look_at_column;
    size_t column;
    behov_plausibility *plausibility;
    behov_status status;
    behov_error err;
} look_task;

typedef struct look_tasks {
    const panel_look *look;
    look_task *tasks;
    size_t n, n_workers;
    double *work; /* of each worker */
} look_tasks;

static void run_tasks(void *context, size_t worker)
{
    const look_tasks *all = context;
    panel_look look = *all->look;
    look.work = all->work + worker * plausibility_room(&look.groups);
    for (size_t i = worker; i < all->n; i += all->n_workers) {
        look_task *task = &all->tasks[i];
        look.plausibility = task->plausibility = behov_alloc(1, sizeof *task->plausibility);
        if (!look.plausibility) {
            task->status = behov_out_of_memory(&task->err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
            continue;
        }
        look.plausibility->listed_most = all->look->plausibility->listed_most;
        task->status =
            task->look_at ? task->look_at(&look, &task->err) : task->look_at_column(&look, task->column, &task->err);
    }
}

static void add_task(look_tasks *all, look_task task)
{
    all->tasks[all->n++] = task;
}

static void add_columns(look_tasks *all, column_look *look_at_column)
{
    const panel_look *look = all->look;
    const ptrdiff_t *roles = look->panel->columns;
    for (size_t column = 0; column < behov_table_n_columns(look->table); column++)
        if (behov_table_kind(look->table, column) == BEHOV_COLUMN_NUMBER &&
            roles[BEHOV_ROLE_YEAR] != (ptrdiff_t)column && roles[BEHOV_ROLE_ESTIMATED_ON] != (ptrdiff_t)column)
            add_task(all, (look_task){.look_at_column = look_at_column, .column = column});
}

/* What the looks have found, in their order: the list is the one that they would have made one after the other. */
static behov_status gather_findings(const look_tasks *all, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < all->n && !status; i++) {
        const look_task *task = &all->tasks[i];
        for (size_t k = 0; task->plausibility && k < task->plausibility->n && !status; k++)
            status = behov_plausibility_add(all->look->plausibility, task->plausibility->findings[k], err);
        if (!status && task->status) {
            status = task->status;
            if (err)
                *err = task->err;
        }
    }
    return status;
}

static behov_status take_looks(const panel_look *look, behov_error *err)
{
    enum { N_WHOLE = 9 };
    look_tasks all = {.look = look, .n_workers = look->options->n_threads};
    if (!all.n_workers || look->groups.n_rows < BEHOV_PART_ROWS)
        all.n_workers = 1;
    all.tasks = behov_alloc(N_WHOLE + 2 * behov_table_n_columns(look->table), sizeof *all.tasks);
    /* the calling thread's, which has it back: what a thread frees may stay with it */
    all.work = behov_alloc(plausibility_room(&look->groups), all.n_workers * sizeof *all.work);
    if (!all.tasks || !all.work) {
        free(all.tasks);
        free(all.work);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    }
    add_task(&all, (look_task){.look_at = tell_marks});
    add_task(&all, (look_task){.look_at = look_at_sums});
    add_task(&all, (look_task){.look_at = look_at_codes});
    add_task(&all, (look_task){.look_at = look_at_rows});
    add_task(&all, (look_task){.look_at = plausibility_look_at_years});
    add_task(&all, (look_task){.look_at = plausibility_look_at_limits});
    add_columns(&all, plausibility_look_for_missing_codes);
    add_task(&all, (look_task){.look_at = plausibility_look_at_inhabitants});
    add_columns(&all, plausibility_look_at_units);
    add_task(&all, (look_task){.look_at = look_at_names});
    add_task(&all, (look_task){.look_at = plausibility_look_at_crossed_names});
    behov_parallel(all.n_workers, all.n_workers, run_tasks, &all);
    behov_status status = gather_findings(&all, err);
    for (size_t i = 0; i < all.n; i++)
        behov_plausibility_free(all.tasks[i].plausibility);
    free(all.tasks);
    free(all.work);
    return status;
}

behov_status behov_plausibility_new(const behov_panel *panel, const behov_plausibility_options *options,
                                    behov_plausibility **plausibility, behov_error *err)
{
    static const behov_plausibility_options defaults = {0};
    panel_look look = {.panel = panel, .table = panel->table, .options = options ? options : &defaults};
    look.plausibility = behov_alloc(1, sizeof *look.plausibility);
    behov_status status =
        look.plausibility ? group_rows(&look, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    if (look.plausibility)
        look.plausibility->listed_most = look.options->listed_most ? look.options->listed_most : LISTED_MAX;
    if (!status)
        status = take_looks(&look, err);
    free(look.groups.rows);
    free(look.groups.first);
    if (status)
        behov_plausibility_free(look.plausibility);
    else
        *plausibility = look.plausibility;
    return status;
}
