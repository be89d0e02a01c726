/* effort.h - how often a test repeats itself: all of it in a plain run, a fifth under sanitizers, a hundredth under valgrind,
 * which are as much slower (tests/meson.build sets BEHOV_EFFORT_PCT). */
#ifndef BEHOV_TESTS_EFFORT_H
#define BEHOV_TESTS_EFFORT_H

#include <stddef.h>

/* n times BEHOV_EFFORT_PCT per cent, at least 1; n when the variable is not set. */
size_t effort(size_t n);

#endif
