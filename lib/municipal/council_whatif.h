/* council_whatif.h - what the two files of the council's figures share. */
#ifndef BEHOV_COUNCIL_WHATIF_H
#define BEHOV_COUNCIL_WHATIF_H

#include <behov/council.h>

/* What changes of columns do, of every page (row and memory of each are there); the memory belongs to the council. */
behov_status council_whatif_fill(behov_council *council, behov_error *err) BEHOV_MUST_CHECK;
behov_status council_no_memory(behov_error *err);

#endif
