/* alloc.h - memory whose size cannot overflow.
 *
 * Every allocation of the library goes through here, so that a test can let the n-th one fail. */
#ifndef BEHOV_SRC_ALLOC_H
#define BEHOV_SRC_ALLOC_H

#include <behov/error.h>
#include <stddef.h>

/// count * size bytes, all zero; NULL when the product overflows or memory is short. A size of 0 gives 1 byte.
void *behov_alloc(size_t count, size_t size);
/// The block with room for count * size bytes, new bytes not cleared; NULL leaves the old block valid.
void *behov_realloc(void *block, size_t count, size_t size);
/// A copy of length bytes with a zero after them.
char *behov_copy_text(const char *text, size_t length);
/// BEHOV_E_MEMORY with a sentence that names what the memory was for ("a column of numbers").
behov_status behov_out_of_memory(behov_error *err, const char *subject);

#endif
