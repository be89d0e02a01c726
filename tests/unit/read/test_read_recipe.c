/* test_read_recipe.c - recipe files: what they hold, and each fault with its line and the nearest spelling; files of a folder
 * by their patterns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "read_recipe.h"
#include "recipe_files.h"

static char folder[64], path[96];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/behov-recipe.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/r.ini", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

#define SOURCE "[source s]\nfiles = a* b.csv\nplace = x\n"

static void a_recipe_is_read_whole(void **state)
{
    (void)state;
    behov_recipe recipe;
    behov_error err;
    write_file("# comment\n[recipe]\ntitle = Folk\n  og flyktninger ; bak\nyears = 2012–2016\nmodel = m\n"
               "[source s]\nfiles = 07459* \"a b.csv\"\nplace = https://x/y?a=b\nfetch = pxweb2\ntable = 07459\n"
               "select Tid = {years}\nselect Region = 0101, \"a,b\"\nyear_shift = -1\nregion = Region region\n"
               "code_year_shift = 1\nzero = . -\ncode 1903 2012 = 1901\ncode 1903 2014-2015 = 0301\n"
               "decimal = comma\n"
               "[column n]\nsource = s\nkind = count\nfilter Alder age = 16-66, (105+), range(1,2)\nsum = Kjonn\n"
               "years = 2012-2014\npanel = no\n"
               "[column n]\nsource = s\nkind = count\nyears = 2015-\npanel = no\n"
               "[column d]\nsource = s\nkind = amount\nscale = 0.001\n"
               "[column r]\nkind = rate\nnumerator = n\ndenominator = d\nscale = 100\n");
    if (read_recipe(path, &recipe, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_string_equal(recipe.title, "Folk og flyktninger");
    assert_int_equal(recipe.first_year, 2012);
    assert_int_equal(recipe.last_year, 2016);
    assert_int_equal(recipe.n_sources, 1);
    const behov_recipe_source *source = &recipe.sources[0];
    assert_string_equal(source->place, "https://x/y?a=b");
    assert_string_equal(source->files.all[1], "a b.csv");
    assert_int_equal(source->fetch, BEHOV_FETCH_PXWEB2);
    assert_int_equal(source->selects.n, 2);
    assert_string_equal(source->selects.all[0].values.all[0], "{years}");
    assert_string_equal(source->selects.all[1].values.all[1], "a,b");
    assert_int_equal(source->year_shift, -1);
    assert_int_equal(source->code_year_shift, 1);
    assert_int_equal(source->zeros.n, 2);
    assert_int_equal(source->codes.n, 2);
    assert_string_equal(source->codes.all[0].code, "1903");
    assert_string_equal(source->codes.all[1].stands_for, "0301");
    assert_int_equal(source->codes.all[1].first_year, 2014);
    assert_int_equal(source->codes.all[1].last_year, 2015);
    assert_int_equal(source->decimal, ',');
    assert_int_equal(recipe.n_columns, 4);
    const behov_recipe_pair *filter = &recipe.columns[0].filters.all[0];
    assert_int_equal(filter->names.n, 2);
    assert_int_equal(filter->values.n, 3);
    assert_string_equal(filter->values.all[1], "105+");
    assert_true(filter->is_optional[1] && !filter->is_optional[0] && !filter->is_optional[2]);
    assert_string_equal(filter->values.all[2], "range(1,2)");
    assert_true(recipe.columns[0].is_helper);
    assert_int_equal(recipe.columns[1].last_year, 2200);
    assert_true(recipe.columns[2].scale == 0.001);
    assert_int_equal(behov_recipe_find_column(&recipe, "r"), 3);
    behov_recipe_free(&recipe);
}

static void every_fault_has_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where, *piece;
    } cases[] = {
        {"title = x\n", "line 1", "before the first section"},
        {"[recipe\n", "line 1", "lacks its ]"},
        {"[recipe]\nwhat\n", "line 2", "neither [section]"},
        {"[resipe]\n", "line 1", "[resipe] is no section"},
        {"[recipe]\n[recipe]\n", "line 2", "the first is on line 1"},
        {"[source]\n", "line 1", "must have one name"},
        {"[source a b]\n", "line 1", "not \"a b\""},
        {"[recipe]\ntitel = x\n", "line 2", "titel is no key of [recipe]; did you mean title?"},
        {"[recipe]\ntitle = x\ntitle = y\n", "line 3", "on line 2 too"},
        {"[recipe]\nyears = 2016-2012\n", "line 2", "years = \"2016-2012\" is not possible"},
        {"[recipe]\nmunicipalities = now\n", "line 2", "as published, 2024"},
        {"[source s]\nfiles =\n", "line 2", "has no value"},
        {"[source s]\nfiles = \"a\n", "line 2", "not closed"},
        {"[source s]\nselect = x\n", "line 2", "lacks the name of its dimension"},
        {"[source s]\nselect A = x\nselect A = y\n", "line 3", "on line 2 too"},
        {"[source s]\nzero = . :\n", "line 2", "zero = \":\""},
        {"[source s]\ncode_year_shift = 0.5\n", "line 2", "code_year_shift = \"0.5\""},
        {"[source s]\ncode 193 2012 = 1901\n", "line 2", "code 1903 2012 = 1901"},
        {"[source s]\ncode 1903 = 1901\n", "line 2", "code 1903 2012 = 1901"},
        {"[source s]\ncode 1903 2012 = 190\n", "line 2", "code 1903 2012 = 1901"},
        {"[source s]\ncode 1903 2012 = 1901\ncode 1903 2010-2013 = 1902\n", "line 3", "on line 2 too"},
        {"[source s]\nfetch = http\n", "line 2", "pxweb2, pxweb0, klass, address"},
        {"[source s]\nplace = x\n", "line 1", "lacks files"},
        {"[source s]\nfiles = a\nplace = x\nfetch = pxweb2\n", "line 1", "lacks table"},
        {SOURCE "[column c]\nsource = s\n", "line 4", "lacks kind"},
        {SOURCE "[column c]\nkind = count\n", "line 4", "lacks source"},
        {"[source people]\nfiles = a\nplace = x\n[column c]\nkind = count\nsource = peolpe\n", "line 4",
         "no source of the recipe; did you mean people?"},
        {SOURCE "[column c]\nkind = count\nsource = s\nfilter A = x,,y\n", "line 7", "an empty place"},
        {SOURCE "[column c]\nkind = count\nsource = s\nnumerator = c\n", "line 4", "has no numerator"},
        {SOURCE "[column year]\n", "line 4", "is made by itself"},
        {SOURCE "[column c]\nkind = rate\nnumerator = c\n", "line 4", "lacks denominator"},
        {SOURCE
         "[column folk]\nkind = count\nsource = s\n[column r]\nkind = rate\nnumerator = folk\ndenominator = folka\n",
         "line 7", "\"folka\" is no column of the recipe; did you mean folk?"},
        {SOURCE "[column p]\nkind = published\nsource = s\n[column r]\nkind = rate\nnumerator = p\ndenominator = p\n",
         "line 7", "already"},
        {SOURCE "[column c]\nkind = count\nsource = s\n[column c]\nkind = count\nsource = s\n", "line 7", "years ="},
        {SOURCE "[column c]\nkind = count\nsource = s\nyears = 2012-2015\n[column c]\nkind = count\nsource = s\nyears "
                "= 2015-\n",
         "line 8", "holds for too"},
        {SOURCE, "r.ini", "no [column NAME]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_recipe recipe;
        behov_error err = {.code = BEHOV_OK};
        write_file(cases[i].text);
        behov_status status = read_recipe(path, &recipe, &err);
        behov_recipe_free(&recipe);
        if (!status || !strstr(err.where, cases[i].where) || !strstr(err.what, cases[i].piece))
            fail_msg("case %zu (%s): \"%s\": %s", i, cases[i].piece, err.where, err.what);
    }
}

static void names_fit_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool fits;
        int year;
    } cases[] = {
        {"07459*", "07459_2010_2014.tsv", true, 0},
        {"07459*", "0745.tsv", false, 0},
        {"a?.csv", "ab.csv", true, 0},
        {"a?.csv", "abc.csv", false, 0},
        {"gh-{year}.ods", "gh-2016.ods", true, 2016},
        {"gh-{year}.ods", "gh-16.ods", false, 0},
        {"*{year}*", "tabell-f-k-2017-x.ods", true, 2017},
        {"*", "x", true, 0},
        {"a*b*c", "axxbxxc", true, 0},
        {"a*b*c", "axxbxx", false, 0},
        {"*e-k*{year}*", "tabell-e-k-2021.ods", true, 2021},
        {"*e-k*{year}*", "e-k-2021.ods", true, 2021},
        {"*e-k*{year}*", "alle-kommuner_e-k-2021.ods", true, 2021},
        {"*e-k*{year}*", "alle-kommuner-2021.csv", false, 0},
        {"*e-k*{year}*", "øe-k-2021.csv", false, 0},
        {"*{year}*e-k*", "2021_alle-kommuner.csv", false, 0},
        {"*{year}*e-k*", "2021_e-k.csv", true, 2021},
        {"12362*konsern*", "12362_kommunekonsern.csv", true, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int year;
        bool fits = recipe_file_fits(cases[i].pattern, cases[i].name, &year);
        if (fits != cases[i].fits || (fits && year != cases[i].year))
            fail_msg("%s, %s: %d, %d", cases[i].pattern, cases[i].name, fits, year);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recipe_is_read_whole),
        cmocka_unit_test(every_fault_has_its_line),
        cmocka_unit_test(names_fit_patterns),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
