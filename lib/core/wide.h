/* wide.h - loops over columns or draws, for processors with wide vectors and for those without.
 *
 * A function that begins with BEHOV_WIDE is compiled twice, for any x86-64 and for those with vectors of 256 bits (AVX2,
 * since 2013); which is called is settled as the program starts. Both do the same operations in the same order, each number
 * by itself, and none of them fused (-ffp-contract=off, and AVX2 is asked for without FMA): they agree to the last bit. A
 * small function that one calls is wide where it is put into the caller, so that what is called in a loop is `inline`. The
 * function itself is static, for compilers give the two no hidden name: a shared library would offer them to everybody. */
#ifndef BEHOV_SRC_WIDE_H
#define BEHOV_SRC_WIDE_H

#ifdef BEHOV_WITH_WIDE
#define BEHOV_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define BEHOV_WIDE
#endif

/* Numbers side by side, wherever they lie; what is done to them is done to each by itself. */
typedef double behov_two __attribute__((vector_size(2 * sizeof(double)), aligned(sizeof(double)), may_alias));
typedef double behov_four __attribute__((vector_size(4 * sizeof(double)), aligned(sizeof(double)), may_alias));

#endif
