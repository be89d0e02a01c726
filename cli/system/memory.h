/* memory.h - what the C library does with memory that is given back. */
#ifndef BEHOV_CLI_MEMORY_H
#define BEHOV_CLI_MEMORY_H

/* Before anything is read: large blocks go back to the system as they are freed, so that what one phase of a call has
 * needed does not stand beside what the next needs. Without effect where the C library has no such choice. */
void memory_return_early(void);

#endif
