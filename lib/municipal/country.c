/* country.c - Norway's number of municipalities by year, and whether a panel has nearly all of them.
 *
 * Source of the numbers: SSB, KLASS 131 (Standard for kommuneinndeling), the codes that are valid on 1 January of each
 * year, counted from the graph of versions that klassR ships (klass131_vertices.csv, read November 2026). "Nearly" is
 * 95 per cent: the bundled panel has 424 of 428 and the report's model leaves Oslo out, while a panel without a county
 * lacks more. */
#include <behov/country.h>

#include <stdint.h>
#include <stdlib.h>

static const struct {
    int year, n; /* from 1 January of the year */
} municipalities[] = {{1999, 435}, {2002, 434}, {2005, 433}, {2006, 431}, {2008, 430}, {2012, 429},
                      {2013, 428}, {2017, 426}, {2018, 422}, {2020, 356}, {2024, 357}};
/* Thousands on 1 January, cut: SSB, table 06913 (Befolkning). A country that grows has no fewer in the years after. Without
 * Oslo, 424 of 428 municipalities have 88 per cent of the inhabitants. */
static const struct {
    int year, thousands;
} inhabitants[] = {{1999, 4445}, {2003, 4552}, {2007, 4681}, {2010, 4858}, {2013, 5051},
                   {2016, 5210}, {2020, 5367}, {2023, 5488}, {2025, 5594}};
enum { FIRST_YEAR = 1999, YEARS = 101, LEAST_PER_CENT = BEHOV_LEAST_PER_CENT_OF_COUNTRY };

int behov_country_n_municipalities(int year)
{
    int n = 0;
    for (size_t i = 0; i < sizeof municipalities / sizeof municipalities[0] && municipalities[i].year <= year; i++)
        n = municipalities[i].n;
    return n;
}

double behov_country_least_inhabitants(int year)
{
    double n = 0;
    for (size_t i = 0; i < sizeof inhabitants / sizeof inhabitants[0] && inhabitants[i].year <= year; i++)
        n = 1000.0 * inhabitants[i].thousands;
    return n;
}

bool behov_country_is_nearly(size_t n_municipalities, double inhabitants_there, int year)
{
    double n = behov_country_n_municipalities(year);
    bool is_known = inhabitants_there > 0;
    return n > 0 && 100 * (double)n_municipalities >= LEAST_PER_CENT * n &&
           (!is_known || 100 * inhabitants_there >= LEAST_PER_CENT * behov_country_least_inhabitants(year));
}

/* The years of a municipality, a bit each: a million municipalities are looked at, too. */
typedef struct year_bits {
    uint64_t words[(YEARS + 63) / 64];
} year_bits;

/* Marks the years of each municipality; false when a row is of a year that the table of numbers lacks. */
static bool mark(const behov_panel *panel, const behov_table *table, const behov_expression *left_out, year_bits *seen)
{
    const int32_t *codes = behov_table_codes(table, (size_t)panel->columns[BEHOV_ROLE_CODE]);
    size_t n_rows = behov_table_n_rows(table);
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double is_left_out[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(left_out, table, first, is_left_out);
        for (size_t i = 0; i < n; i++) {
            int year = behov_panel_year(panel, first + i);
            if (codes[first + i] < 0 || is_left_out[i] == 1 || behov_table_row_mark(table, first + i))
                continue;
            if (year < FIRST_YEAR || year >= FIRST_YEAR + YEARS)
                return false;
            size_t bit = (size_t)(year - FIRST_YEAR);
            seen[codes[first + i]].words[bit / 64] |= (uint64_t)1 << bit % 64;
        }
    }
    return true;
}

static void count_years(const year_bits *seen, size_t n_codes, size_t *n_municipalities)
{
    for (size_t code = 0; code < n_codes; code++)
        for (size_t word = 0; word < sizeof seen->words / sizeof seen->words[0]; word++) {
            uint64_t left = seen[code].words[word];
            for (size_t bit = 64 * word; left; bit++, left >>= 1)
                n_municipalities[bit] += left & 1;
        }
}

behov_status behov_country_is_in(const behov_panel *panel, const behov_table *table, const behov_expression *left_out,
                                 bool *is_in, behov_error *err)
{
    *is_in = false;
    if (panel->columns[BEHOV_ROLE_CODE] < 0 || panel->columns[BEHOV_ROLE_YEAR] < 0)
        return BEHOV_OK;
    size_t n_codes = behov_dictionary_count(behov_table_levels(table, (size_t)panel->columns[BEHOV_ROLE_CODE]));
    year_bits *seen = calloc(n_codes + 1, sizeof *seen);
    if (!seen)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COUNTRY_NO_MEMORY);
    bool is_whole = mark(panel, table, left_out, seen), has_any = false;
    size_t n_municipalities[YEARS] = {0};
    count_years(seen, n_codes, n_municipalities);
    for (int year = 0; year < YEARS && is_whole; year++) {
        double n = (double)n_municipalities[year], all = behov_country_n_municipalities(FIRST_YEAR + year);
        has_any = has_any || n > 0;
        is_whole = n == 0 || 100 * n >= LEAST_PER_CENT * all;
    }
    free(seen);
    *is_in = is_whole && has_any;
    return BEHOV_OK;
}
