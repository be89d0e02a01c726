/* whole_program.c - see whole_program.h. */
#include "whole_program.h"

#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz_target.h"
#include "verbs.h"

enum { LONGEST = 160, MOST_WORDS = sizeof((fuzz_call *)NULL)->words / sizeof(char *) };

static char folder[64];

static void remove_folder(void)
{
    char command[LONGEST];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (folder[0] && system(command) != 0)
        fputs("the folder of the fuzz target is left\n", stderr);
}

void whole_program_begin(void)
{
    if (folder[0])
        return;
    gsl_set_error_handler_off();
    snprintf(folder, sizeof folder, "%s/behov-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    REQUIRE(mkdtemp(folder) != NULL);
    setenv("TMPDIR", folder, 1);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    atexit(remove_folder);
    if (!getenv("BEHOV_FUZZ_SHOWS")) { /* pages and messages are not judged here; sanitizers write to the descriptor */
        FILE *nowhere = fopen("/dev/null", "w"), *nowhere_too = fopen("/dev/null", "w");
        REQUIRE(nowhere && nowhere_too);
        stdout = nowhere;
        stderr = nowhere_too;
    }
}

static void path_of(const char *name, char path[LONGEST])
{
    snprintf(path, LONGEST, "%s/%s", folder, name);
}

void whole_program_put(const char *name, const void *bytes, size_t size)
{
    char path[LONGEST];
    path_of(name, path);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    REQUIRE(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    close(file);
}

void whole_program_run(const fuzz_call *call)
{
    char paths[MOST_WORDS][LONGEST], *words[MOST_WORDS + 1];
    int n = 0;
    for (; call->words[n]; n++) {
        bool is_file = call->words[n][0] == '@';
        snprintf(paths[n], LONGEST, "%s", call->words[n]);
        if (is_file)
            path_of(call->words[n] + 1, paths[n]);
        words[n] = paths[n];
    }
    words[n] = NULL;
    for (size_t i = 0; all_verbs[i]; i++)
        if (strcmp(all_verbs[i]->name, words[0]) == 0) {
            int code = verb_run(all_verbs[i], n, words);
            REQUIRE(code >= 0 && code <= 2);
            return;
        }
    abort(); /* a call without a verb tests nothing */
}
