/* library.h - functions of a library of the machine that are found when the first of them is needed: most calls need neither
 * Cairo nor libxml2, which with the thirty libraries that they stand on took longer to load than all else at the start.
 *
 * A library is a list EACH(function) EACH(function) ..., of which LIBRARY_MEMBER makes a struct of pointers and LIBRARY_NAME the
 * names; cairo_library.h and xml_library.h are two. */
#ifndef BEHOV_CLI_LIBRARY_H
#define BEHOV_CLI_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/error.h>

/* As the library's own header declares it. */
#define LIBRARY_MEMBER(function) __typeof__(function) *function;
#ifdef BEHOV_LOADS_LIBRARIES
#define LIBRARY_NAME(function) #function,
#else
#define LIBRARY_ADDRESS(function) function,
#endif

enum { LIBRARY_FILES = 3 };

typedef struct library {
    const char *files[LIBRARY_FILES]; /* what systems call it, the first of them in messages; NULL = no more */
    const char *const *functions;     /* their names, in the order of the struct */
    size_t n_functions;
} library;

/* Finds the functions (`pointers`: a struct of LIBRARY_MEMBERs; valid until the process ends), once. BEHOV_E_FILE: the library
 * is not there, cannot be loaded, or lacks one of them; BEHOV_E_MEMORY. */
behov_status library_open(const library *described, void *pointers, bool *is_open, behov_error *err) BEHOV_MUST_CHECK;

#endif
