/* test_panel_build.c - a panel from arrays: what is summed, divided, dropped and told, by figures worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/panel_build.h>
#include "failing_malloc.h"
#include "histories.h"

#define N(array) (sizeof(array) / sizeof *(array))

/* ---- a recipe, a history and files of arrays ----------------------------------------------------------------------- */

static char age_name[] = "age", age_range[] = "16-66", function_name[] = "function", f242[] = "242", f276[] = "276";
static char *age_names[] = {age_name}, *age_values[] = {age_range}, *functions[] = {function_name},
            *function_values[] = {f242, f276};
static bool obligatory[] = {false, false};
static behov_recipe_pair by_age = {
    .names = {age_names, 1}, .values = {age_values, 1}, .is_optional = obligatory, .line = 7};
static behov_recipe_pair by_function = {
    .names = {functions, 1}, .values = {function_values, 2}, .is_optional = obligatory, .line = 9};

static behov_recipe_source sources[] = {{.name = "people"}, {.name = "money"}};
static behov_recipe_column columns[] = {
    {.name = "population", .source = "people", .kind = BEHOV_RECIPE_COUNT, .sums = {age_names, 1}, .scale = 1},
    {.name = "adults",
     .source = "people",
     .kind = BEHOV_RECIPE_COUNT,
     .filters = {&by_age, 1},
     .scale = 1,
     .is_helper = true},
    {.name = "adults_pct", .kind = BEHOV_RECIPE_RATE, .numerator = "adults", .denominator = "population", .scale = 100},
};
static behov_recipe_column money[] = {
    {.name = "kr1000", .source = "money", .kind = BEHOV_RECIPE_AMOUNT, .filters = {&by_function, 1}, .scale = 1}};

static behov_recipe people_recipe = {.sources = sources, .n_sources = 2, .columns = columns, .n_columns = 3};
static behov_recipe money_recipe = {.sources = sources, .n_sources = 2, .columns = money, .n_columns = 1};

/* 0101 and 0102 merge into 0103 in 2016; 0104 begins in 2016; 0105 lasts. */
static behov_municipality_history *history_of_three(void)
{
    static const char *const changes[][4] = {
        {"1900-01-01", NULL, "0101", "En"},    {"1900-01-01", NULL, "0102", "To"},
        {"1900-01-01", NULL, "0105", "Fem"},   {"2016-01-01", "0101", "0103", "Tre"},
        {"2016-01-01", "0102", "0103", "Tre"}, {"2016-01-01", NULL, "0104", "Fire"}};
    return history_of(changes, N(changes));
}

typedef struct row {
    const char *region, *year, *third;
    double value;
    const char *mark;
} row;

static behov_long_table long_table(const char *third, const row *rows, size_t n)
{
    behov_error err;
    behov_long_table out = {.n_dimensions = 3};
    const char *regions[32], *years[32], *thirds[32], *marks[32];
    double values[32];
    uint32_t *lines = malloc(n * sizeof *lines);
    for (size_t i = 0; i < n; i++) {
        regions[i] = rows[i].region, years[i] = rows[i].year, thirds[i] = rows[i].third;
        values[i] = rows[i].mark ? behov_missing_number(behov_missing_of_text(rows[i].mark, strlen(rows[i].mark)))
                                 : rows[i].value;
        marks[i] = NULL;
        lines[i] = (uint32_t)i + 2;
    }
    assert_int_equal(behov_table_new(n, "file.csv", &out.table, &err), BEHOV_OK);
    behov_table_set_lines(out.table, lines);
    assert_int_equal(behov_table_copy_text(out.table, "region", regions, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(out.table, "year", years, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(out.table, third, thirds, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(out.table, "value", values, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(out.table, "mark", marks, &err), BEHOV_OK);
    return out;
}

/* Files of the first or second source into a panel. */
static behov_status build(const behov_recipe *recipe, const behov_long_table *files, size_t n_files, int municipalities,
                          behov_panel_build *out, behov_error *err)
{
    behov_municipality_history *history = history_of_three();
    static const char *const needed[] = {"population", "clustering_index"};
    behov_build_options options = {.recipe_name = "my.ini",
                                   .first_year = 2015,
                                   .last_year = 2016,
                                   .municipalities = municipalities,
                                   .needed = needed,
                                   .n_needed = 2};
    behov_panel_builder *builder = NULL;
    *out = (behov_panel_build){0};
    behov_status status = behov_panel_builder_new(recipe, history, &options, &builder, err);
    for (size_t i = 0; i < n_files && !status; i++)
        status = behov_panel_builder_add(builder, recipe == &money_recipe, "file.csv", &files[i], 0, err);
    if (!status)
        status = behov_panel_builder_finish(builder, out, err);
    behov_panel_builder_free(builder);
    behov_municipality_history_free(history);
    return status;
}

static behov_status build_one(const behov_recipe *recipe, const char *third, const row *rows, size_t n,
                              int municipalities, behov_panel_build *out, behov_error *err)
{
    behov_long_table file = long_table(third, rows, n);
    behov_status status = build(recipe, &file, 1, municipalities, out, err);
    behov_long_table_free(&file);
    return status;
}

static double cell(const behov_panel_build *out, const char *column, const char *code, int year)
{
    ptrdiff_t codes = behov_table_find(out->table, "municipality_code"), years = behov_table_find(out->table, "year"),
              values = behov_table_find(out->table, column);
    assert_true(codes >= 0 && years >= 0 && values >= 0);
    for (size_t i = 0; i < behov_table_n_rows(out->table); i++)
        if (strcmp(behov_dictionary_text(behov_table_levels(out->table, (size_t)codes),
                                         behov_table_codes(out->table, (size_t)codes)[i]),
                   code) == 0 &&
            behov_table_numbers(out->table, (size_t)years)[i] == year)
            return behov_table_numbers(out->table, (size_t)values)[i];
    fail_msg("no row of %s in %d", code, year);
    return NAN;
}

/* Ages 16 to 66 as two groups, and one below. */
static const row whole[] = {
    {"0101", "2015", "0-15", 10, NULL},   {"0101", "2015", "16-40", 20, NULL},   {"0101", "2015", "41-66", 30, NULL},
    {"0102 To", "2015", "0-15", 1, NULL}, {"0102 To", "2015", "16-40", 2, NULL}, {"0102 To", "2015", "41-66", 4, NULL},
    {"K-0103", "2015", "0-15", 0, NULL},  {"K-0103", "2015", "16-40", 0, NULL},  {"K-0103", "2015", "41-66", 0, "."},
    {"103", "2016", "0-15", 12, NULL},    {"103", "2016", "16-40", 24, NULL},    {"103", "2016", "41-66", 36, NULL},
    {"0104", "2016", "0-15", 5, NULL},    {"0104", "2016", "16-40", 0, ":"},     {"0104", "2016", "41-66", 6, NULL},
    {"0", "2016", "0-15", 17, NULL},      {"9999", "2016", "0-15", 7, NULL},     {"9999", "2016", "16-40", 0, NULL},
    {"9999", "2016", "41-66", 0, NULL},   {"0104", "2012", "0-15", 5, NULL},     {"K-Rest", "2016", "0-15", 9, NULL},
    {"0777", "2016", "0-15", 9, NULL},
};

static void counts_are_summed_and_rates_made_after(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    if (build_one(&people_recipe, "age", whole, N(whole), 0, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_table_n_rows(out.table), 4);
    assert_int_equal(behov_table_n_columns(out.table), 5); /* the helper is not among them */
    assert_true(cell(&out, "population", "0101", 2015) == 60);
    assert_true(cell(&out, "adults_pct", "0101", 2015) == 100.0 * 50 / 60);
    assert_true(cell(&out, "population", "0103", 2016) == 72);
    /* Suppressed: neither 11 nor 0, with its mark, and so is the rate. */
    double hidden = cell(&out, "population", "0104", 2016), rate = cell(&out, "adults_pct", "0104", 2016);
    assert_true(isnan(hidden) && behov_missing_of_number(hidden) == BEHOV_MISSING_COLON);
    assert_true(isnan(rate) && behov_missing_of_number(rate) == BEHOV_MISSING_COLON);
    behov_panel_build_free(&out);
}

static void every_row_has_one_reason(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    assert_int_equal(build_one(&people_recipe, "age", whole, N(whole), 0, &out, &err), BEHOV_OK);
    const behov_build_file_count *count = &out.files[0];
    assert_int_equal(count->n_rows, N(whole));
    assert_int_equal(count->n_used, 12);
    assert_int_equal(count->n_suppressed, 1);
    assert_int_equal(count->n_left_out[BEHOV_BUILD_DID_NOT_EXIST], 3);
    assert_int_equal(count->n_left_out[BEHOV_REGION_COUNTRY], 1);
    assert_int_equal(count->n_left_out[BEHOV_REGION_REST], 1);
    assert_int_equal(count->n_left_out[BEHOV_REGION_UNKNOWN], 3);
    assert_int_equal(count->n_left_out[BEHOV_BUILD_OTHER_YEAR], 1);
    assert_int_equal(count->n_left_out[BEHOV_BUILD_CODE_NEVER_USED], 1);
    size_t n_left_out = 0;
    for (int i = 0; i < BEHOV_N_BUILD_REASONS; i++)
        n_left_out += count->n_left_out[i];
    assert_int_equal(count->n_used + n_left_out, count->n_rows);
    behov_panel_build_free(&out);
}

static const behov_build_fact *fact(const behov_panel_build *out, behov_build_fact_kind kind, const char *subject)
{
    for (size_t i = 0; i < out->n_facts; i++)
        if (out->facts[i].kind == kind && strcmp(out->facts[i].subject, subject) == 0)
            return &out->facts[i];
    return NULL;
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    assert_int_equal(build_one(&people_recipe, "age", whole, N(whole), 0, &out, &err), BEHOV_OK);
    const behov_build_fact *absent = fact(&out, BEHOV_BUILD_FACT_ABSENT, "0105 Fem");
    assert_non_null(absent);
    assert_int_equal(absent->first_year, 2015);
    assert_int_equal(absent->last_year, 2016);
    const behov_build_fact *unknown = fact(&out, BEHOV_BUILD_FACT_UNKNOWN_PLACE, "9999");
    assert_non_null(unknown);
    assert_true(unknown->figure == 7);
    assert_non_null(fact(&out, BEHOV_BUILD_FACT_NEVER_USED, "0777"));
    assert_string_equal(out.facts[0].column, "clustering_index"); /* of the model, and nobody gives it */
    assert_int_equal(out.facts[0].kind, BEHOV_BUILD_FACT_NO_SOURCE);
    assert_int_not_equal(out.facts[1].kind, BEHOV_BUILD_FACT_NO_SOURCE);
    assert_int_equal(out.column_years[1].n_figures, 1); /* population in 2016 */
    assert_true(out.column_years[1].sum == 72);
    size_t colon = strcmp(out.marks[0], ":") == 0 ? 0 : 1;
    assert_string_equal(out.marks[colon], ":");
    assert_int_equal(out.column_years[1].n_marked[colon], 1);
    behov_panel_build_free(&out);
}

static void counts_merge_before_rates(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "0-15", 10, NULL},
                               {"0101", "2015", "16-66", 10, NULL},
                               {"0102", "2015", "0-15", 0, NULL},
                               {"0102", "2015", "16-66", 60, NULL}};
    behov_panel_build out;
    behov_error err;
    if (build_one(&people_recipe, "age", rows, N(rows), 2016, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_table_n_rows(out.table), 1);
    assert_true(cell(&out, "population", "0103", 2015) == 80);
    assert_true(cell(&out, "adults_pct", "0103", 2015) == 100.0 * 70 / 80); /* not the mean of 50 and 100 */
    assert_true(behov_table_find(out.table, "merged_from") >= 0);
    behov_panel_build_free(&out);
}

static void a_figure_outside_its_codes_life_is_kept_and_told(void **state)
{
    (void)state;
    static const row rows[] = {{"0103", "2015", "0-15", 8, NULL}, {"0103", "2015", "16-66", 0, "."}};
    behov_panel_build out;
    behov_error err;
    if (build_one(&people_recipe, "age", rows, N(rows), 0, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(cell(&out, "population", "0103", 2015) == 8);
    const behov_build_fact *outside = fact(&out, BEHOV_BUILD_FACT_OUTSIDE_LIFE, "0103 Tre");
    assert_non_null(outside);
    assert_true(outside->figure == 8);
    behov_panel_build_free(&out);
}

static void a_hidden_part_outside_its_codes_life_hides_the_sum(void **state)
{
    (void)state;
    static const row rows[] = {{"0103", "2015", "16-66", 0, ":"}, {"0103", "2015", "0-15", 8, NULL}};
    behov_panel_build out;
    behov_error err;
    if (build_one(&people_recipe, "age", rows, N(rows), 0, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(isnan(cell(&out, "population", "0103", 2015)));
    const behov_build_fact *outside = fact(&out, BEHOV_BUILD_FACT_OUTSIDE_LIFE, "0103 Tre");
    assert_non_null(outside);
    assert_true(isnan(outside->figure));
    behov_panel_build_free(&out);
}

static void parts_that_no_row_has_are_not_taken_for_0(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "0-15", 8, NULL},
                               {"0101", "2015", "16-66", 9, NULL},
                               {"0102", "2015", "16-66", 5, NULL},
                               {"0105", "2015", "0-15", 2, NULL},
                               {"0105", "2015", "16-66", 2, NULL}};
    behov_panel_build out;
    behov_error err;
    assert_int_equal(build_one(&people_recipe, "age", rows, N(rows), 0, &out, &err), BEHOV_OK);
    assert_true(isnan(cell(&out, "population", "0102", 2015)));
    assert_non_null(fact(&out, BEHOV_BUILD_FACT_INCOMPLETE, "0102 To"));
    behov_panel_build_free(&out);
}

/* ---- codes of another year ------------------------------------------------------------------------------------------ */

/* In 2016: 0201 is renumbered 0301; 0202 and 0203 merge into 0302; 0204 is split into 0304 and 0305; of 0206 a part goes to
 * 0306 with 0207, the rest is 0307. 0208 lasts. */
static behov_municipality_history *history_of_reform(void)
{
    static const char *const changes[][4] = {
        {"1900-01-01", NULL, "0201", "Ny"},        {"1900-01-01", NULL, "0202", "En"},
        {"1900-01-01", NULL, "0203", "To"},        {"1900-01-01", NULL, "0204", "Delt"},
        {"1900-01-01", NULL, "0206", "Floke"},     {"1900-01-01", NULL, "0207", "Nabo"},
        {"1900-01-01", NULL, "0208", "Varig"},     {"2016-01-01", "0201", "0301", "Ny"},
        {"2016-01-01", "0202", "0302", "Begge"},   {"2016-01-01", "0203", "0302", "Begge"},
        {"2016-01-01", "0204", "0304", "Del A"},   {"2016-01-01", "0204", "0305", "Del B"},
        {"2016-01-01", "0206", "0306", "Ny nabo"}, {"2016-01-01", "0207", "0306", "Ny nabo"},
        {"2016-01-01", "0206", "0307", "Rest"}};
    return history_of(changes, N(changes));
}

static char index_text[] = "index", contents_name[] = "contents", disabled_text[] = "disabled",
            people_text[] = "people", zero_dot[] = ".";
static char *contents_names[] = {contents_name}, *index_values[] = {index_text}, *disabled_values[] = {disabled_text},
            *people_values[] = {people_text}, *zero_marks[] = {zero_dot};
static behov_recipe_pair
    of_index = {.names = {contents_names, 1}, .values = {index_values, 1}, .is_optional = obligatory, .line = 3},
    of_disabled = {.names = {contents_names, 1}, .values = {disabled_values, 1}, .is_optional = obligatory, .line = 4},
    of_people = {.names = {contents_names, 1}, .values = {people_values, 1}, .is_optional = obligatory, .line = 5};

/* A booklet of 2016 with the figures of 2015 under 2016's codes, beside a table of 2015. */
static const row booklet[] = {{"0301", "2016", "index", 0.5, NULL},   {"0302", "2016", "index", 0.7, NULL},
                              {"0304", "2016", "index", 0.9, NULL},   {"0305", "2016", "index", 1.1, NULL},
                              {"0306", "2016", "index", 1.3, NULL},   {"0307", "2016", "index", 1.4, NULL},
                              {"0208", "2016", "index", 1.5, NULL},   {"0301", "2016", "disabled", 10, NULL},
                              {"0302", "2016", "disabled", 20, NULL}, {"0304", "2016", "disabled", 30, NULL},
                              {"0306", "2016", "disabled", 60, NULL}, {"0307", "2016", "disabled", 70, NULL},
                              {"0305", "2016", "disabled", 0, NULL},  {"0208", "2016", "disabled", 50, NULL}};
static const row people_2015[] = {{"0201", "2015", "people", 100, NULL}, {"0202", "2015", "people", 200, NULL},
                                  {"0203", "2015", "people", 300, NULL}, {"0204", "2015", "people", 400, NULL},
                                  {"0206", "2015", "people", 500, NULL}, {"0207", "2015", "people", 0, "."},
                                  {"0208", "2015", "people", 700, NULL}};

static behov_municipality_history *(*make_history)(void) = history_of_reform;

/* The allocation at which memory ends while a panel is built; 0 = never. */
static size_t failing_start;
static bool failing_was_reached;

static behov_status build_reform(int municipalities, behov_merge_splits splits, const behov_recipe_source *own_sources,
                                 const row *rows, size_t n_rows, behov_panel_build *out, behov_error *err)
{
    behov_recipe_source booklet_sources[] = {own_sources[0], own_sources[1]};
    char weight[] = "people";
    behov_recipe_column reform_columns[] = {
        {.name = "people", .source = "people", .kind = BEHOV_RECIPE_COUNT, .filters = {&of_people, 1}, .scale = 1},
        {.name = "disabled", .source = "booklet", .kind = BEHOV_RECIPE_COUNT, .filters = {&of_disabled, 1}, .scale = 1},
        {.name = "index",
         .source = "booklet",
         .kind = BEHOV_RECIPE_PUBLISHED,
         .filters = {&of_index, 1},
         .scale = 1,
         .weight = weight}};
    behov_recipe recipe = {
        .sources = booklet_sources, .n_sources = 2, .columns = reform_columns, .n_columns = N(reform_columns)};
    behov_municipality_history *history = make_history();
    behov_build_options options = {.recipe_name = "my.ini",
                                   .first_year = 2015,
                                   .last_year = 2015,
                                   .municipalities = municipalities,
                                   .splits = splits};
    behov_long_table files[] = {long_table("contents", people_2015, N(people_2015)),
                                long_table("contents", rows, n_rows)};
    behov_panel_builder *builder = NULL;
    *out = (behov_panel_build){0};
    if (failing_start)
        failing_malloc_start(failing_start);
    behov_status status = behov_panel_builder_new(&recipe, history, &options, &builder, err);
    for (size_t i = 0; i < N(files) && !status; i++)
        status = behov_panel_builder_add(builder, i, i ? "booklet.xlsx" : "people.csv", &files[i], 0, err);
    if (!status)
        status = behov_panel_builder_finish(builder, out, err);
    behov_panel_builder_free(builder);
    failing_was_reached = failing_start && failing_malloc_stop();
    behov_municipality_history_free(history);
    behov_long_table_free(&files[0]);
    behov_long_table_free(&files[1]);
    return status;
}

static const behov_recipe_source reform_sources[] = {{.name = "people", .zeros = {zero_marks, 1}},
                                                     {.name = "booklet", .year_shift = -1, .code_year_shift = 1}};

static const behov_build_fact *fact_of(const behov_panel_build *out, behov_build_fact_kind kind, const char *subject,
                                       const char *column)
{
    for (size_t i = 0; i < out->n_facts; i++)
        if (out->facts[i].kind == kind && strcmp(out->facts[i].subject, subject) == 0 &&
            strcmp(out->facts[i].column, column) == 0)
            return &out->facts[i];
    return NULL;
}

static void codes_of_the_next_year_are_those_of_the_figures(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    if (build_reform(0, BEHOV_SPLITS_DROPPED, reform_sources, booklet, N(booklet), &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_table_n_rows(out.table), 7); /* none under a code of 2016 */
    assert_true(cell(&out, "index", "0201", 2015) == 0.5);
    assert_true(cell(&out, "disabled", "0201", 2015) == 10);
    assert_true(cell(&out, "index", "0208", 2015) == 1.5);
    assert_int_equal(out.files[1].n_renumbered, 2);
    /* Of a merger no figure is divided, of parts an index is nobody's and counts are summed. */
    assert_true(isnan(cell(&out, "index", "0202", 2015)) && isnan(cell(&out, "disabled", "0203", 2015)));
    assert_true(fact_of(&out, BEHOV_BUILD_FACT_TOGETHER, "0302 Begge", "index")->figure == 0.7);
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_TOGETHER, "0302 Begge", "disabled"));
    assert_true(isnan(cell(&out, "index", "0204", 2015)));
    assert_true(cell(&out, "disabled", "0204", 2015) == 30);
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_SUMMED, "0305 Del B", "disabled"));
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_SPLIT, "0305 Del B", "index"));
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_SPLIT, "0306 Ny nabo", "index"));
    assert_true(isnan(cell(&out, "index", "0207", 2015)));
    /* With a part of another the sum of the new codes is too large. */
    assert_true(isnan(cell(&out, "disabled", "0206", 2015)) && isnan(cell(&out, "disabled", "0207", 2015)));
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_SPLIT, "0307 Rest", "disabled"));
    behov_panel_build_free(&out);
}

static void a_merger_takes_what_stands_for_it(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    if (build_reform(2016, BEHOV_SPLITS_DROPPED, reform_sources, booklet, N(booklet), &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(cell(&out, "people", "0302", 2015) == 500);
    assert_true(cell(&out, "disabled", "0302", 2015) == 20);
    assert_true(fabs(cell(&out, "index", "0302", 2015) - 0.7) < 1e-15);
    assert_true(cell(&out, "index", "0301", 2015) == 0.5);
    assert_non_null(fact_of(&out, BEHOV_BUILD_FACT_MERGED, "0302 Begge", "index"));
    assert_null(fact_of(&out, BEHOV_BUILD_FACT_TOGETHER, "0302 Begge", "index"));
    behov_panel_build_free(&out);
}

static void a_split_is_refused_by_its_name(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err = {.code = BEHOV_OK};
    static const row parts[] = {{"0208", "2016", "disabled", 3, NULL},
                                {"0304", "2016", "index", 0.9, NULL},
                                {"0305", "2016", "index", 1.1, NULL}};
    assert_int_equal(build_reform(0, BEHOV_SPLITS_REFUSED, reform_sources, parts, N(parts), &out, &err), BEHOV_E_DATA);
    if (!strstr(err.where, "booklet.xlsx, line 3") || !strstr(err.what, "0304 Del A") || !strstr(err.what, "0204 Delt"))
        fail_msg("%s: %s", err.where, err.what);
    behov_panel_build_free(&out);
    /* A part that lacks is none that is 0. */
    static const row half[] = {{"0304", "2016", "disabled", 30, NULL}, {"0208", "2016", "index", 1, NULL}};
    assert_int_equal(build_reform(0, BEHOV_SPLITS_REFUSED, reform_sources, half, N(half), &out, &err), BEHOV_E_DATA);
    behov_panel_build_free(&out);
    assert_int_equal(build_reform(0, BEHOV_SPLITS_DROPPED, reform_sources, half, N(half), &out, &err), BEHOV_OK);
    assert_true(isnan(cell(&out, "disabled", "0204", 2015)));
    behov_panel_build_free(&out);
}

static void old_and_new_code_in_one_column_are_refused(void **state)
{
    (void)state;
    static const row both[] = {
        {"0201", "2016", "index", 1, NULL}, {"0301", "2016", "index", 2, NULL}, {"0208", "2016", "disabled", 3, NULL}};
    static const row together[] = {
        {"0202", "2016", "index", 1, NULL}, {"0302", "2016", "index", 2, NULL}, {"0208", "2016", "disabled", 3, NULL}};
    behov_panel_build out;
    behov_error err = {.code = BEHOV_OK};
    assert_int_equal(build_reform(0, BEHOV_SPLITS_DROPPED, reform_sources, both, N(both), &out, &err), BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "two rows for 0201 Ny"));
    behov_panel_build_free(&out);
    assert_int_equal(build_reform(2016, BEHOV_SPLITS_DROPPED, reform_sources, together, N(together), &out, &err),
                     BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "two rows for 0202 En"));
    behov_panel_build_free(&out);
}

static void a_mark_is_0_where_the_recipe_says_so(void **state)
{
    (void)state;
    behov_panel_build out;
    behov_error err;
    if (build_reform(0, BEHOV_SPLITS_DROPPED, reform_sources, booklet, N(booklet), &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(cell(&out, "people", "0207", 2015) == 0);
    assert_int_equal(out.files[0].n_zeros, 1);
    assert_int_equal(out.files[0].n_missing, 0);
    assert_int_equal(out.column_years[0].n_zeros, 1);
    behov_panel_build_free(&out);
    static const behov_recipe_source plain[] = {{.name = "people"},
                                                {.name = "booklet", .year_shift = -1, .code_year_shift = 1}};
    assert_int_equal(build_reform(0, BEHOV_SPLITS_DROPPED, plain, booklet, N(booklet), &out, &err), BEHOV_OK);
    assert_true(isnan(cell(&out, "people", "0207", 2015)));
    assert_int_equal(out.files[0].n_zeros, 0);
    behov_panel_build_free(&out);
}

static void a_code_of_a_year_stands_for_another(void **state)
{
    (void)state;
    behov_recipe_code rules[] = {{"0301", "0201", 2015, 2015, 5}, {"0208", "0206", 2014, 2014, 6}};
    const behov_recipe_source with_rules[] = {{.name = "people"},
                                              {.name = "booklet", .year_shift = -1, .codes = {rules, 2}}};
    static const row rows[] = {{"0301", "2016", "index", 0.5, NULL},
                               {"0301", "2016", "disabled", 10, NULL},
                               {"0208", "2016", "index", 1.5, NULL}};
    behov_panel_build out;
    behov_error err;
    if (build_reform(0, BEHOV_SPLITS_REFUSED, with_rules, rows, N(rows), &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(cell(&out, "index", "0201", 2015) == 0.5);
    assert_true(cell(&out, "index", "0208", 2015) == 1.5); /* its rule is of another year */
    const behov_build_fact *recoded = fact_of(&out, BEHOV_BUILD_FACT_RECODED, "0301 Ny → 0201 Ny", "");
    assert_non_null(recoded);
    assert_true(recoded->figure == 2);
    behov_panel_build_free(&out);
}

/* 0206 goes on as the code of a merger, and 0201 as that of another municipality. */
static behov_municipality_history *history_of_codes_again(void)
{
    static const char *const changes[][4] = {
        {"1900-01-01", NULL, "0206", "By"},   {"1900-01-01", NULL, "0208", "Land"},
        {"1900-01-01", NULL, "0201", "A"},    {"1900-01-01", NULL, "0202", "B"},
        {"1900-01-01", NULL, "0203", "C"},    {"2016-01-01", "0206", "0206", "By"},
        {"2016-01-01", "0208", "0206", "By"}, {"2016-01-01", "0201", "0301", "A"},
        {"2016-01-01", "0202", "0201", "BC"}, {"2016-01-01", "0203", "0201", "BC"}};
    return history_of(changes, N(changes));
}

static void a_code_that_goes_on_is_not_taken_for_what_it_was(void **state)
{
    (void)state;
    static const row rows[] = {{"0206", "2016", "disabled", 20, NULL}, {"0206", "2016", "index", 0.7, NULL},
                               {"0201", "2016", "disabled", 30, NULL}, {"0201", "2016", "index", 0.8, NULL},
                               {"0301", "2016", "disabled", 40, NULL}, {"0301", "2016", "index", 0.9, NULL}};
    behov_panel_build out;
    behov_error err;
    make_history = history_of_codes_again;
    for (int municipalities = 0; municipalities <= 2016; municipalities += 2016) {
        if (build_reform(municipalities, BEHOV_SPLITS_REFUSED, reform_sources, rows, N(rows), &out, &err))
            fail_msg("%s: %s", err.where, err.what);
        bool is_merged = municipalities != 0;
        double merged = cell(&out, "index", "0206", 2015);
        assert_true(is_merged ? fabs(merged - 0.7) < 1e-15 : isnan(merged));
        assert_true(cell(&out, "index", is_merged ? "0301" : "0201", 2015) == 0.9);
        assert_true(cell(&out, "disabled", is_merged ? "0301" : "0201", 2015) == 40);
        if (is_merged)
            assert_true(cell(&out, "disabled", "0206", 2015) == 20 && cell(&out, "disabled", "0201", 2015) == 30);
        else
            assert_true(isnan(cell(&out, "disabled", "0202", 2015)));
        behov_panel_build_free(&out);
    }
    make_history = history_of_reform;
}

/* Cells that wait, rules and facts, when memory ends anywhere. */
static void memory_may_end_while_codes_are_settled(void **state)
{
    (void)state;
    for (int municipalities = 0; municipalities <= 2016; municipalities += 2016)
        for (size_t n = 1;; n++) {
            behov_panel_build out;
            behov_error err = {.code = BEHOV_OK};
            failing_start = n;
            behov_status status =
                build_reform(municipalities, BEHOV_SPLITS_DROPPED, reform_sources, booklet, N(booklet), &out, &err);
            bool was_reached = failing_was_reached;
            failing_start = 0;
            behov_panel_build_free(&out);
            if (!was_reached) {
                assert_int_equal(status, BEHOV_OK);
                break;
            }
            assert_int_equal(status, BEHOV_E_MEMORY);
        }
}

/* ---- what stops ---------------------------------------------------------------------------------------------------- */

static void assert_refused(const behov_recipe *recipe, const char *third, const row *rows, size_t n, const char *where,
                           const char *piece)
{
    behov_panel_build out;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = build_one(recipe, third, rows, n, 0, &out, &err);
    behov_panel_build_free(&out);
    if (!status || !strstr(err.where, where) || !strstr(err.what, piece))
        fail_msg("%d \"%s\": %s", (int)status, err.where, err.what);
}

static void two_rows_for_one_cell_name_both(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-66", 8, NULL}, {"101", "2015", "16-66", 8, NULL}};
    assert_refused(&people_recipe, "age", rows, N(rows), "file.csv, line 3",
                   "population: two rows for 0101 En in 2015, the other one in file.csv, line 2");
}

static void two_files_for_one_cell_are_refused(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-66", 8, NULL}};
    behov_long_table files[] = {long_table("age", rows, 1), long_table("age", rows, 1)};
    behov_panel_build out;
    behov_error err = {.code = BEHOV_OK};
    assert_int_equal(build(&people_recipe, files, 2, 0, &out, &err), BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "two rows for 0101 En in 2015"));
    behov_panel_build_free(&out);
    behov_long_table_free(&files[0]);
    behov_long_table_free(&files[1]);
}

static void dimensions_that_nobody_mentions_have_one_level(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "242", 8, NULL}, {"0101", "2015", "276", 8, NULL}};
    static behov_recipe_column bare[] = {
        {.name = "kr1000", .source = "money", .kind = BEHOV_RECIPE_AMOUNT, .scale = 1}};
    behov_recipe recipe = {.sources = sources, .n_sources = 2, .columns = bare, .n_columns = 1};
    behov_long_table file = long_table("function", rows, N(rows));
    behov_panel_build out = {0};
    behov_error err = {.code = BEHOV_OK};
    behov_municipality_history *history = history_of_three();
    behov_build_options options = {.recipe_name = "my.ini", .first_year = 2015, .last_year = 2016};
    behov_panel_builder *builder = NULL;
    assert_int_equal(behov_panel_builder_new(&recipe, history, &options, &builder, &err), BEHOV_OK);
    assert_int_equal(behov_panel_builder_add(builder, 1, "file.csv", &file, 0, &err), BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "the dimension function has both \"242\" and \"276\""));
    behov_panel_builder_free(builder);
    behov_panel_build_free(&out);
    behov_municipality_history_free(history);
    behov_long_table_free(&file);
}

static void a_part_that_no_file_has_is_refused(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "242", 8, NULL}, {"0101", "2015", "281", 8, NULL}};
    assert_refused(&money_recipe, "function", rows, N(rows), "my.ini", "filter function = 276 finds nothing");
}

static void a_range_with_a_hole_is_refused(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-40", 8, NULL}, {"0101", "2015", "42-66", 8, NULL}};
    assert_refused(&people_recipe, "age", rows, N(rows), "my.ini", "filter age = 16-66 lacks 41");
}

static void a_group_across_the_end_is_refused(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-59", 8, NULL}, {"0101", "2015", "60-69", 8, NULL}};
    assert_refused(&people_recipe, "age", rows, N(rows), "file.csv", "age = \"60-69\" reaches across the end");
}

static void a_total_is_not_summed_with_its_parts(void **state)
{
    (void)state;
    static const row by_name[] = {{"0101", "2015", "16-66", 8, NULL}, {"0101", "2015", "I alt", 9, NULL}},
                     by_figures[] = {{"0101", "2015", "0-15", 2, NULL},
                                     {"0101", "2015", "16-66", 8, NULL},
                                     {"0101", "2015", "999", 10, NULL}};
    assert_refused(&people_recipe, "age", by_name, N(by_name), "file.csv", "age that is summed has \"I alt\"");
    assert_refused(&people_recipe, "age", by_figures, N(by_figures), "file.csv", "age that is summed has \"999\"");
}

static void a_denominator_of_0_names_its_place(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "0-15", 0, NULL}, {"0101", "2015", "16-66", 0, NULL}};
    assert_refused(&people_recipe, "age", rows, N(rows), "file.csv, line 2",
                   "adults_pct: 0101 En in 2015 has 0 in the denominator population");
}

static void a_count_is_whole_and_not_negative(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-66", 8.5, NULL}};
    assert_refused(&people_recipe, "age", rows, N(rows), "file.csv, line 2", "is a count, but 0101 En in 2015 has 8.5");
}

static void a_dimension_that_is_not_there_is_named(void **state)
{
    (void)state;
    static const row rows[] = {{"0101", "2015", "16-66", 8, NULL}};
    assert_refused(&people_recipe, "agee", rows, N(rows), "file.csv", "no dimension age (the recipe, line 7)");
}

/* Whatever allocation fails is told, and nothing is lost: of a panel as published, and of a merged one. */
static void memory_may_end_anywhere(void **state)
{
    (void)state;
    behov_municipality_history *history = history_of_three();
    static const row rows[] = {{"0101", "2015", "0-15", 10, NULL}, {"0101", "2015", "16-66", 10, NULL},
                               {"0102", "2015", "0-15", 0, NULL},  {"0102", "2015", "16-66", 60, NULL},
                               {"9999", "2015", "0-15", 0, ":"},   {"0777", "2015", "16-66", 60, NULL}};
    behov_long_table file = long_table("age", rows, N(rows));
    for (int municipalities = 0; municipalities <= 2016; municipalities += 2016)
        for (size_t n = 1;; n++) {
            behov_build_options options = {
                .recipe_name = "my.ini", .first_year = 2015, .last_year = 2016, .municipalities = municipalities};
            behov_panel_builder *builder = NULL;
            behov_panel_build out = {0};
            behov_error err = {.code = BEHOV_OK};
            failing_malloc_start(n);
            behov_status status = behov_panel_builder_new(&people_recipe, history, &options, &builder, &err);
            if (!status)
                status = behov_panel_builder_add(builder, 0, "file.csv", &file, 0, &err);
            if (!status)
                status = behov_panel_builder_finish(builder, &out, &err);
            behov_panel_builder_free(builder);
            bool was_reached = failing_malloc_stop();
            behov_panel_build_free(&out);
            if (!was_reached) {
                assert_int_equal(status, BEHOV_OK);
                break;
            }
            assert_int_equal(status, BEHOV_E_MEMORY);
        }
    behov_long_table_free(&file);
    behov_municipality_history_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_summed_and_rates_made_after),
        cmocka_unit_test(every_row_has_one_reason),
        cmocka_unit_test(what_is_not_there_is_told),
        cmocka_unit_test(counts_merge_before_rates),
        cmocka_unit_test(a_figure_outside_its_codes_life_is_kept_and_told),
        cmocka_unit_test(a_hidden_part_outside_its_codes_life_hides_the_sum),
        cmocka_unit_test(parts_that_no_row_has_are_not_taken_for_0),
        cmocka_unit_test(two_rows_for_one_cell_name_both),
        cmocka_unit_test(two_files_for_one_cell_are_refused),
        cmocka_unit_test(dimensions_that_nobody_mentions_have_one_level),
        cmocka_unit_test(a_part_that_no_file_has_is_refused),
        cmocka_unit_test(a_range_with_a_hole_is_refused),
        cmocka_unit_test(a_group_across_the_end_is_refused),
        cmocka_unit_test(a_total_is_not_summed_with_its_parts),
        cmocka_unit_test(a_denominator_of_0_names_its_place),
        cmocka_unit_test(a_count_is_whole_and_not_negative),
        cmocka_unit_test(a_dimension_that_is_not_there_is_named),
        cmocka_unit_test(codes_of_the_next_year_are_those_of_the_figures),
        cmocka_unit_test(a_merger_takes_what_stands_for_it),
        cmocka_unit_test(a_split_is_refused_by_its_name),
        cmocka_unit_test(old_and_new_code_in_one_column_are_refused),
        cmocka_unit_test(a_mark_is_0_where_the_recipe_says_so),
        cmocka_unit_test(a_code_of_a_year_stands_for_another),
        cmocka_unit_test(a_code_that_goes_on_is_not_taken_for_what_it_was),
        cmocka_unit_test(memory_may_end_while_codes_are_settled),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
