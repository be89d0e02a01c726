/* test_cluster.c - which rows belong together. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

static const char text[] = "code,population,size,y\n"
                           "\"1151\",209,2,1\n"
                           "\"0301\",634463,10,2\n"
                           "\"1151\",210,2,3\n"
                           "\"0101\",29880,-0,4\n"
                           "\"0301\",634463,0,5\n"
                           "..,.,.,6\n";

static behov_status make(const behov_table *table, const char *key, size_t n, behov_clusters **clusters,
                         behov_error *err)
{
    static const uint32_t rows[] = {0, 1, 2, 3, 4, 5};
    return behov_clusters_new(table, key, rows, n, clusters, err);
}

static void check(const char *key, size_t count, const uint32_t *of_rows, const char *const *labels)
{
    behov_table *table = table_of_text(text);
    behov_clusters *clusters = NULL;
    behov_error err;
    if (make(table, key, 5, &clusters, &err))
        fail_msg("%s: %s", key, err.what);
    assert_string_equal(behov_clusters_key(clusters), key);
    assert_int_equal(behov_clusters_count(clusters), count);
    assert_int_equal(behov_clusters_n_rows(clusters), 5);
    assert_memory_equal(behov_clusters_of_rows(clusters), of_rows, 5 * sizeof *of_rows);
    for (size_t g = 0; g < count; g++) {
        char label[400];
        assert_int_equal(behov_clusters_label(clusters, g, label), strlen(labels[g]));
        assert_string_equal(label, labels[g]);
    }
    behov_clusters_free(clusters);
    behov_table_free(table);
}

static void numbers_by_size_text_by_bytes(void **state)
{
    (void)state;
    check("population", 4, (uint32_t[]){0, 3, 1, 2, 3}, (const char *const[]){"209", "210", "29880", "634463"});
    check("code", 3, (uint32_t[]){2, 1, 2, 0, 1}, (const char *const[]){"0101", "0301", "1151"});
    /* 10 after 2, and -0 is 0 */
    check("size", 3, (uint32_t[]){1, 2, 1, 0, 0}, (const char *const[]){"0", "2", "10"});
}

/* Keys that come in their order are the clusters as they are, but not of some of the rows, or when one comes late. */
static void keys_in_their_order(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t rows[4], n_rows, of_rows[4];
    } cases[] = {
        {"code,y\n\"0101\",1\n\"0101\",2\n\"0301\",3\n\"1151\",4\n", {0, 1, 2, 3}, 4, {0, 0, 1, 2}},
        {"code,y\n\"0101\",1\n\"0101\",2\n\"0301\",3\n\"1151\",4\n", {0, 1, 3}, 3, {0, 0, 1}},
        {"code,y\n\"0101\",1\n\"0101\",2\n\"0301\",3\n\"1151\",4\n", {3, 2, 1, 0}, 4, {2, 1, 0, 0}},
        {"code,y\n\"0301\",1\n\"0101\",2\n\"0301\",3\n\"1151\",4\n", {0, 1, 2, 3}, 4, {1, 0, 1, 2}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_table *table = table_of_text(cases[i].text);
        behov_clusters *clusters = NULL;
        behov_error err;
        assert_int_equal(behov_clusters_new(table, "code", cases[i].rows, cases[i].n_rows, &clusters, &err), BEHOV_OK);
        assert_memory_equal(behov_clusters_of_rows(clusters), cases[i].of_rows,
                            cases[i].n_rows * sizeof *cases[i].of_rows);
        behov_clusters_free(clusters);
        behov_table_free(table);
    }
}

static void arithmetic_and_conditions(void **state)
{
    (void)state;
    check("population > 5000", 2, (uint32_t[]){0, 1, 0, 1, 1}, (const char *const[]){"0", "1"});
    check("code == \"1151\"", 2, (uint32_t[]){1, 0, 1, 0, 0}, (const char *const[]){"0", "1"});
    check("size / 2", 3, (uint32_t[]){1, 2, 1, 0, 0}, (const char *const[]){"0", "1", "5"});
}

static void clusters_do_not_depend_on_the_order_of_rows(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    static const char *const keys[] = {"population", "code"};
    static const uint32_t reversed[] = {4, 3, 2, 1, 0};
    for (size_t k = 0; k < 2; k++) {
        behov_clusters *a = NULL, *b = NULL;
        assert_int_equal(make(table, keys[k], 5, &a, NULL), BEHOV_OK);
        assert_int_equal(behov_clusters_new(table, keys[k], reversed, 5, &b, NULL), BEHOV_OK);
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(behov_clusters_of_rows(a)[i], behov_clusters_of_rows(b)[4 - i]);
        behov_clusters_free(a);
        behov_clusters_free(b);
    }
    behov_table_free(table);
}

static void some_rows_alone(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    behov_clusters *clusters = NULL;
    static const uint32_t rows[] = {2, 0};
    assert_int_equal(behov_clusters_new(table, "code", rows, 2, &clusters, NULL), BEHOV_OK);
    assert_int_equal(behov_clusters_count(clusters), 1); /* levels without a row are no clusters */
    behov_clusters_free(clusters);
    behov_clusters_free(NULL);
    behov_table_free(table);
}

/* Of a list that has every row in order there need be none: texts, numbers and arithmetic, and a key that is missing. */
static void every_row_without_a_list(void **state)
{
    (void)state;
    static const char *const keys[] = {"code", "population", "size", "population > 5000"};
    behov_table *table = table_of_text(text);
    behov_error err, same;
    for (size_t k = 0; k < 4; k++) {
        behov_clusters *listed = NULL, *all = NULL;
        assert_int_equal(make(table, keys[k], 5, &listed, &err), BEHOV_OK);
        assert_int_equal(behov_clusters_new(table, keys[k], NULL, 5, &all, &err), BEHOV_OK);
        assert_int_equal(behov_clusters_count(all), behov_clusters_count(listed));
        assert_memory_equal(behov_clusters_of_rows(all), behov_clusters_of_rows(listed), 5 * sizeof(uint32_t));
        behov_clusters_free(listed), behov_clusters_free(all);
        assert_int_equal(make(table, keys[k], 6, &listed, &err), BEHOV_E_DATA);
        assert_int_equal(behov_clusters_new(table, keys[k], NULL, 6, &all, &same), BEHOV_E_DATA);
        assert_string_equal(same.where, err.where);
        assert_string_equal(same.what, err.what);
    }
    behov_table_free(table);
}

static void refusals(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    behov_clusters *clusters = NULL;
    behov_error err;
    static const char *const keys[] = {"population", "code", "population > 5000"};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(make(table, keys[k], 6, &clusters, &err), BEHOV_E_DATA);
        assert_contains(err.where, "line 7");
        assert_contains(err.what, keys[k]);
    }
    assert_int_equal(make(table, "populaton", 5, &clusters, &err), BEHOV_E_NAME);
    assert_contains(err.what, "population");
    assert_int_equal(make(table, "population >", 5, &clusters, &err), BEHOV_E_SYNTAX);
    assert_contains(err.where, "clusters");
    assert_int_equal(make(table, "", 5, &clusters, &err), BEHOV_E_SYNTAX);
    assert_null(clusters);
    behov_table_free(table);
}

/* More rows than one block of an expression. */
static void many_rows(void **state)
{
    (void)state;
    enum { N = 1000 };
    static double values[N];
    static uint32_t rows[N];
    for (size_t i = 0; i < N; i++) {
        values[i] = (double)((i * 7919) % N);
        rows[i] = (uint32_t)i;
    }
    behov_table *table = table_of_rows(N);
    table_add(table, "v", values);
    static const char *const keys[] = {"v", "v * 3"};
    for (size_t k = 0; k < 2; k++) {
        behov_clusters *clusters = NULL;
        assert_int_equal(behov_clusters_new(table, keys[k], rows, N, &clusters, NULL), BEHOV_OK);
        assert_int_equal(behov_clusters_count(clusters), N);
        for (size_t i = 0; i < N; i++)
            assert_int_equal(behov_clusters_of_rows(clusters)[i], (uint32_t)values[i]);
        behov_clusters_free(clusters);
    }
    behov_table_free(table);
}

static void clusters_within_others(void **state)
{
    (void)state;
    behov_table *table = table_of_text("town,region,year\n3,2,1\n1,1,1\n3,2,2\n2,1,2\n1,1,2\n4,0,3\n");
    static const struct {
        const char *inner, *outer;
        bool are_within;
    } cases[] = {{"town", "region", true},    {"region", "town", false},   {"town", "town", true},
                 {"town", "year", false},     {"year", "region", false},   {"town", "town > 0", true},
                 {"town > 0", "year", false}, {"region", "town > 2", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_clusters *inner = NULL, *outer = NULL;
        bool got = !cases[i].are_within;
        assert_int_equal(make(table, cases[i].inner, 6, &inner, NULL), BEHOV_OK);
        assert_int_equal(make(table, cases[i].outer, 6, &outer, NULL), BEHOV_OK);
        assert_int_equal(behov_clusters_are_within(inner, outer, &got, NULL), BEHOV_OK);
        if (got != cases[i].are_within)
            fail_msg("%s within %s", cases[i].inner, cases[i].outer);
        behov_clusters_free(outer);
        assert_int_equal(make(table, cases[i].outer, 5, &outer, NULL), BEHOV_OK);
        assert_int_equal(behov_clusters_are_within(inner, outer, &got, NULL), BEHOV_E_ARGUMENT);
        assert_true(got == cases[i].are_within);
        behov_clusters_free(inner), behov_clusters_free(outer);
    }
    behov_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_by_size_text_by_bytes),
        cmocka_unit_test(keys_in_their_order),
        cmocka_unit_test(arithmetic_and_conditions),
        cmocka_unit_test(clusters_do_not_depend_on_the_order_of_rows),
        cmocka_unit_test(some_rows_alone),
        cmocka_unit_test(every_row_without_a_list),
        cmocka_unit_test(refusals),
        cmocka_unit_test(many_rows),
        cmocka_unit_test(clusters_within_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
