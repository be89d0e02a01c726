/* whole_program.h - a verb called as the shell calls it, with files in a folder of memory. */
#ifndef BEHOV_TESTS_WHOLE_PROGRAM_H
#define BEHOV_TESTS_WHOLE_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

/* Words of a call that stand for files are written @NAME: "@panel.csv" is NAME in the folder of this process. */
typedef struct fuzz_call {
    const char *words[28]; /* ended by NULL */
} fuzz_call;

/* Makes the folder, turns GSL's handler off and standard output to nowhere. Once. */
void whole_program_begin(void);
/* Writes a file of the folder. */
void whole_program_put(const char *name, const void *bytes, size_t size);
/* Runs the call; aborts when its exit code is none of 0, 1 and 2. */
void whole_program_run(const fuzz_call *call);

#endif
