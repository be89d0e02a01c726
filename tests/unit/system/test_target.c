/* test_target.c - output files are whole or untouched, and nothing is left lying about. Works as root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing_malloc.h"
#include "target.h"

static behov_error err;
static char folder[] = "/tmp/behov-target-XXXXXX";
static char first_folder[4096];

static int enter(void **state)
{
    (void)state;
    return !getcwd(first_folder, sizeof first_folder) || !mkdtemp(folder) || chdir(folder) != 0;
}

static int leave(void **state)
{
    (void)state;
    return chdir(first_folder) != 0 || rmdir(folder) != 0; /* every test takes away what it made */
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_holds(const char *path, const char *text)
{
    char got[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(got, text);
}

static int count_files(void)
{
    int n = 0;
    DIR *opened = opendir(".");
    assert_non_null(opened);
    while (readdir(opened))
        n++;
    closedir(opened);
    return n - 2;
}

static mode_t mode_of(const char *path)
{
    struct stat found_stat;
    assert_int_equal(stat(path, &found_stat), 0);
    return found_stat.st_mode & 07777;
}

static void write_through(const char *path, const char *text)
{
    target *out;
    assert_int_equal(target_open(path, &out, &err), BEHOV_OK);
    put(target_path(out), text);
    assert_int_equal(target_commit(out, &err), BEHOV_OK);
}

static void a_new_file_follows_the_umask(void **state)
{
    (void)state;
    mode_t previous_mask = umask(027);
    write_through("new.csv", "whole");
    assert_int_equal(umask(previous_mask), 027);
    assert_holds("new.csv", "whole");
    assert_int_equal(mode_of("new.csv"), 0640);
    assert_int_equal(count_files(), 1);
    unlink("new.csv");
}

static void an_old_file_stays_until_the_commit_and_keeps_its_mode(void **state)
{
    (void)state;
    put("old.csv", "old");
    assert_int_equal(chmod("old.csv", 0604), 0);
    target *out;
    assert_int_equal(target_open("./old.csv", &out, &err), BEHOV_OK);
    put(target_path(out), "half");
    assert_holds("old.csv", "old");
    target_abandon(out);
    assert_holds("old.csv", "old");
    assert_int_equal(count_files(), 1);
    write_through("old.csv", "new");
    assert_holds("old.csv", "new");
    assert_int_equal(mode_of("old.csv"), 0604);
    assert_int_equal(count_files(), 1);
    unlink("old.csv");
    target_abandon(NULL);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
    (void)state;
    assert_int_equal(mkdir("inner", 0777), 0);
    put("inner/file", "old");
    assert_int_equal(symlink("inner/file", "link"), 0);
    assert_int_equal(symlink("link", "link_of_link"), 0);
    write_through("link_of_link", "new");
    assert_holds("inner/file", "new");
    struct stat stat;
    assert_int_equal(lstat("link", &stat), 0);
    assert_true(S_ISLNK(stat.st_mode));
    unlink("inner/file");
    write_through("link", "made"); /* leads to no file as yet */
    assert_holds("inner/file", "made");
    unlink("inner/file");
    unlink("link");
    unlink("link_of_link");
    rmdir("inner");
    assert_int_equal(symlink("round", "round"), 0);
    target *out;
    assert_int_equal(target_open("round", &out, &err), BEHOV_E_FILE);
    assert_string_equal(err.what, "its symbolic links lead in a circle");
    unlink("round");
}

static void assert_refused(const char *path, const char *subject)
{
    target *out;
    assert_int_equal(target_open(path, &out, &err), BEHOV_E_FILE);
    assert_string_equal(err.where, path);
    assert_string_equal(err.what, subject);
    assert_int_equal(count_files(), 1);
}

static void wrong_places_are_told_in_sentences(void **state)
{
    (void)state;
    put("file", "old");
    assert_refused("absent/out.csv", "the folder absent does not exist");
    assert_refused("/absent/further/out.csv", "the folder /absent/further does not exist");
    assert_refused("file/out.csv", "file is a file, not a folder");
    assert_refused("file/inner/out.csv", "a part of file/inner is a file, not a folder");
    assert_refused(".", "this is a folder; give the name of a file");
    assert_refused("/tmp", "this is a folder; give the name of a file");
    assert_refused("absent/", "this is a folder; give the name of a file");
    target *out;
    assert_int_equal(target_open("", &out, &err), BEHOV_E_FILE);
    assert_int_equal(target_open(NULL, &out, &err), BEHOV_E_FILE);
    unlink("file");
}

static void names_may_be_as_long_as_the_disk_allows(void **state)
{
    (void)state;
    char name[300];
    memset(name, 'a', sizeof name);
    name[255] = '\0';
    write_through(name, "long");
    assert_holds(name, "long");
    unlink(name);
    memset(name, 'a', 256);
    name[256] = '\0';
    target *out;
    assert_int_equal(target_open(name, &out, &err), BEHOV_E_FILE);
    assert_string_equal(err.what, "cannot write the file: the name is too long");
    assert_int_equal(count_files(), 0);
}

static void a_failing_commit_leaves_nothing(void **state)
{
    (void)state;
    target *out;
    assert_int_equal(target_open("late", &out, &err), BEHOV_OK);
    put(target_path(out), "whole");
    assert_int_equal(mkdir("late", 0777), 0);
    assert_int_equal(target_commit(out, &err), BEHOV_E_FILE);
    assert_string_equal(err.what, "this is a folder; give the name of a file");
    assert_int_equal(count_files(), 1);
    rmdir("late");
}

static void devices_and_pipes_get_the_bytes_at_the_end(void **state)
{
    (void)state;
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    write_through("/dev/null", "lost");
    target *out;
    assert_int_equal(target_open("/dev/full", &out, &err), BEHOV_OK);
    put(target_path(out), "too much");
    assert_int_equal(target_commit(out, &err), BEHOV_E_FILE);
    assert_string_equal(err.what, "cannot write the file: the disk is full");
    assert_string_equal(err.where, "/dev/full");

    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK);
    write_through("pipe", "through");
    char got[16] = "";
    assert_int_equal(read(reader, got, sizeof got), 7);
    assert_string_equal(got, "through");
    close(reader);
    unlink("pipe");

    /* what a shell has open to append to is appended to, not replaced */
    put("log", "before ");
    int log = open("log", O_WRONLY | O_APPEND);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", log);
    write_through(path, "after");
    close(log);
    assert_holds("log", "before after");
    unlink("log");
    assert_int_equal(count_files(), 0);
    unsetenv("TMPDIR");
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    put("old", "old");
    for (size_t n = 1;; n++) {
        failing_malloc_start(n);
        target *out;
        behov_status status = target_open("old", &out, &err);
        bool was_reached = failing_malloc_stop();
        if (!status)
            target_abandon(out);
        assert_int_equal(count_files(), 1);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
    unlink("old");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_file_follows_the_umask),
        cmocka_unit_test(an_old_file_stays_until_the_commit_and_keeps_its_mode),
        cmocka_unit_test(a_link_stays_and_its_target_is_replaced),
        cmocka_unit_test(wrong_places_are_told_in_sentences),
        cmocka_unit_test(names_may_be_as_long_as_the_disk_allows),
        cmocka_unit_test(a_failing_commit_leaves_nothing),
        cmocka_unit_test(devices_and_pipes_get_the_bytes_at_the_end),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
