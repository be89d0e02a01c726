/* replay.c - a main() for a fuzz target without libFuzzer: runs every file of the folders given, in name order.
 *
 *     replay [--failing-malloc] FOLDER|FILE...
 *
 * With --failing-malloc each input is run again and again, each time with another allocation failing once, until none
 * fails: at first every one, past the 200th every tenth, so that a long input ends. The target then sees
 * BEHOV_E_MEMORY and must take it like any other refusal; what is judged is that nothing crashes or leaks. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <gsl/gsl_errno.h>

#include "failing_malloc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t n_inputs;

static void stop(const char *path, const char *subject)
{
    fprintf(stderr, "replay: %s: %s\n", path, subject);
    exit(1);
}

static void run_file(const char *path, bool with_failing_malloc)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        stop(path, "cannot be opened");
    size_t size = 0, room = 4096;
    uint8_t *data = malloc(room);
    if (!data)
        stop(path, "no memory");
    for (;;) {
        size_t n = fread(data + size, 1, room - size, file);
        size += n;
        if (n == 0)
            break;
        if (size == room) {
            uint8_t *larger = realloc(data, room *= 2);
            if (!larger)
                stop(path, "no memory");
            data = larger;
        }
    }
    fclose(file);
    /* An exact block, so that a sanitizer or valgrind sees a read past the end. */
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        stop(path, "no memory");
    memcpy(exact, data, size);
    free(data);

    n_inputs++;
    printf("%s\n", path); /* the last line before a crash names its input */
    fflush(stdout);
    if (!with_failing_malloc) {
        LLVMFuzzerTestOneInput(exact, size);
    } else {
        bool was_reached = true;
        for (size_t n = 1; was_reached; n += n < 200 ? 1 : 10) {
            failing_malloc_start(n);
            LLVMFuzzerTestOneInput(exact, size);
            was_reached = failing_malloc_stop();
        }
    }
    free(exact);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void run_path(const char *path, bool with_failing_malloc)
{
    struct stat about;
    if (stat(path, &about) != 0)
        stop(path, "is not there");
    if (!S_ISDIR(about.st_mode)) {
        run_file(path, with_failing_malloc);
        return;
    }
    struct dirent **names;
    int n = scandir(path, &names, is_visible, alphasort);
    if (n < 0)
        stop(path, "cannot be listed");
    for (int i = 0; i < n; i++) {
        size_t length = strlen(path) + strlen(names[i]->d_name) + 2;
        char *child = malloc(length);
        if (!child)
            stop(path, "no memory");
        snprintf(child, length, "%s/%s", path, names[i]->d_name);
        run_path(child, with_failing_malloc);
        free(child);
        free(names[i]);
    }
    free(names);
}

int main(int argc, char **argv)
{
    bool with_failing_malloc = false;
    gsl_set_error_handler_off();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--failing-malloc") == 0)
            with_failing_malloc = true;
        else
            run_path(argv[i], with_failing_malloc);
    }
    printf("%zu inputs\n", n_inputs);
    if (n_inputs == 0) {
        fprintf(stderr, "replay: the corpus is empty\n");
        return 1;
    }
    return 0;
}
