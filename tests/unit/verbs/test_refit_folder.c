/* test_refit_folder.c - files that change together: a second call at once, links and folders in the way, a file that cannot
 * take its place after others have, and what a killed call had set aside. The folder is as it was wherever one fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refit_folder.h"

static const char *const names[] = {"a.csv", "b.html", "c.html", NULL};

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *path, const char *text)
{
    char found[32] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    found[fread(found, 1, sizeof found - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(found, text);
}

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static int go_to_new_folder(void **state)
{
    static char folder[64];
    strcpy(folder, "/tmp/behov-refit-XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder) || mkdir("out", 0777);
}

static int leave(void **state)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r '%s'", (const char *)*state);
    return chdir("/tmp") || system(command);
}

/* An earlier call's a and b, and a folder with three new files in it. */
static void begin(refit_folder *folder)
{
    behov_error err;
    put("out/a.csv", "old a");
    put("out/b.html", "old b");
    assert_int_equal(refit_folder_begin("out", names, folder, &err), BEHOV_OK);
    put("a.csv", "new a");
    put("b.html", "new b");
    put("c.html", "new c");
}

static void assert_old(void)
{
    assert_file("out/a.csv", "old a");
    assert_file("out/b.html", "old b");
    assert_false(is_there("out/.refit/a.csv"));
}

static void test_files_take_their_places(void **state)
{
    (void)state;
    refit_folder folder;
    behov_error err;
    begin(&folder);
    assert_int_equal(refit_folder_end(&folder, true, &err), BEHOV_OK);
    assert_file("out/a.csv", "new a");
    assert_file("out/c.html", "new c");
    assert_false(is_there("out/.refit"));
    begin(&folder);
    assert_int_equal(refit_folder_end(&folder, false, &err), BEHOV_OK);
    assert_old();
    assert_false(is_there("out/.refit"));
}

static void test_two_at_once(void **state)
{
    (void)state;
    refit_folder folder, second;
    behov_error err;
    begin(&folder);
    assert_int_equal(chdir("../.."), 0);
    assert_int_equal(refit_folder_begin("out", names, &second, &err), BEHOV_E_FILE);
    assert_int_equal(refit_folder_end(&second, false, &err), BEHOV_OK);
    assert_file("out/.refit/a.csv", "new a");
    assert_int_equal(refit_folder_end(&folder, true, &err), BEHOV_OK);
    assert_file("out/b.html", "new b");
    assert_int_equal(refit_folder_begin("out", names, &second, &err), BEHOV_OK);
    assert_int_equal(refit_folder_end(&second, false, &err), BEHOV_OK);
}

static void test_links_and_folders_are_refused(void **state)
{
    (void)state;
    refit_folder folder;
    behov_error err;
    mkdir("mine", 0777);
    put("mine/a.csv", "mine");
    assert_int_equal(symlink("../mine", "out/.refit"), 0);
    assert_int_equal(refit_folder_begin("out", names, &folder, &err), BEHOV_E_FILE);
    assert_int_equal(refit_folder_end(&folder, false, &err), BEHOV_OK);
    assert_file("mine/a.csv", "mine");
    assert_int_equal(unlink("out/.refit"), 0);
    assert_int_equal(symlink("../mine/a.csv", "out/b.html"), 0);
    assert_int_equal(refit_folder_begin("out", names, &folder, &err), BEHOV_E_FILE);
    assert_int_equal(refit_folder_end(&folder, false, &err), BEHOV_OK);
    assert_true(is_there("out/b.html") && !is_there("out/.refit"));
    assert_int_equal(unlink("out/b.html"), 0);
    /* One that comes while the work is done. */
    begin(&folder);
    mkdir("../c.html", 0777);
    assert_int_equal(refit_folder_end(&folder, true, &err), BEHOV_E_FILE);
    assert_old();
    assert_false(is_there("out/.refit"));
}

/* b cannot be set aside, for a folder has the name: a, which has taken its place by then, goes back. */
static void test_all_go_back(void **state)
{
    (void)state;
    refit_folder folder;
    behov_error err;
    begin(&folder);
    mkdir("b.html.old", 0777);
    put("b.html.old/x", "x");
    unlink("../c.html");
    assert_int_equal(refit_folder_end(&folder, true, &err), BEHOV_E_FILE);
    assert_false(is_there("out/c.html"));
    assert_file("out/a.csv", "old a");
}

static void test_a_killed_call(void **state)
{
    (void)state;
    refit_folder folder;
    behov_error err;
    mkdir("out/.refit", 0777);
    put("out/.refit/a.csv.old", "old a");
    put("out/.refit/b.html", "half");
    put("out/.refit/mine.txt", "mine");
    put("out/a.csv", "new a");
    assert_int_equal(refit_folder_begin("out", names, &folder, &err), BEHOV_OK);
    assert_true(folder.has_leftovers);
    assert_false(is_there("b.html"));
    assert_int_equal(refit_folder_end(&folder, false, &err), BEHOV_OK);
    assert_file("out/a.csv", "old a");
    assert_file("out/.refit/mine.txt", "mine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_files_take_their_places, go_to_new_folder, leave),
        cmocka_unit_test_setup_teardown(test_two_at_once, go_to_new_folder, leave),
        cmocka_unit_test_setup_teardown(test_links_and_folders_are_refused, go_to_new_folder, leave),
        cmocka_unit_test_setup_teardown(test_all_go_back, go_to_new_folder, leave),
        cmocka_unit_test_setup_teardown(test_a_killed_call, go_to_new_folder, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
