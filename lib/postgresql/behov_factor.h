/* behov_factor.h - a behov_factor of PostgreSQL is a behov_factor_state whose first bytes are the length. */
#ifndef BEHOV_POSTGRESQL_BEHOV_FACTOR_H
#define BEHOV_POSTGRESQL_BEHOV_FACTOR_H

#include "postgres.h"

#include "fmgr.h"

#include <behov/factor_state.h>

/* A value as an argument: in place where nothing has to be unpacked, else unpacked into the current memory context. */
#define PG_GETARG_FACTOR(n) ((behov_factor_state *)PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))
#define PG_GETARG_FACTOR_COPY(n) ((behov_factor_state *)PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(n)))

/* Memory of the current context for a state, with its length in it once behov_factor_own has run. */
extern behov_factor_state *behov_factor_memory(uint32 width, uint32 capacity);
extern void behov_factor_own(behov_factor_state *state);

/* The state as a value: nothing waits to be folded, no room is left. `state` is not touched. */
extern behov_factor_state *behov_factor_trimmed(const behov_factor_state *state);

/* Ends the query with what is wrong; returns when nothing is. */
extern void behov_factor_check(behov_factor_fault fault);

#endif
