/* borders_parts.h - what reading borders and turning them into those of another year share. */
#ifndef BEHOV_BORDERS_PARTS_H
#define BEHOV_BORDERS_PARTS_H

#include <behov/borders.h>

behov_status borders_out_of_memory(behov_error *err);
/* The rings of all municipalities of the arcs; those that were there are gone. BEHOV_E_DATA for one that does not
 * close, or a municipality without any. */
behov_status borders_put_rings_together(behov_borders *borders, behov_error *err) BEHOV_MUST_CHECK;

#endif
