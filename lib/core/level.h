/* level.h - the levels of a factor: which there are, in which order, which is the reference. */
#ifndef BEHOV_SRC_LEVEL_H
#define BEHOV_SRC_LEVEL_H

#include <behov/error.h>
#include <behov/table.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct level {
    double number;    /* sort key where every level is a number, else 0 */
    const char *text; /* owned by the levels */
} level;

typedef struct levels {
    const char *name;         /* the factor's column as the formula has it (borrowed) */
    const behov_table *table; /* borrowed */
    size_t column;
    level *list;               /* in order: by size when all are numbers, else by bytes */
    size_t n, room, reference; /* list[reference] is the one left out under contrasts */
    bool has_reference;        /* whether the formula names it */
    int32_t *of_code;          /* text: position of each dictionary code, -1 = no such level; NULL for numbers */
} levels;

/// The levels that occur in rows whose fate is 0 (estimated on); no row there may be missing.
/// \param fates  of each row; NULL = all are 0
behov_status levels_find(levels *level_set, const uint16_t *fates, behov_error *err);
/// One more level, of `length` bytes; one that is there already is passed over. For levels that have a coefficient.
behov_status levels_add(levels *level_set, const char *text, size_t length, behov_error *err);
/// Orders the levels and chooses the reference: the one named, else the first.
/// \return BEHOV_E_NAME when the one named is not among the levels
behov_status levels_finish(levels *level_set, const char *reference, behov_error *err);
/// Position of a row's level, -1 when it is none of the levels.
ptrdiff_t levels_position(const levels *level_set, uint32_t row);
/// The same of n_rows rows.
void levels_positions(const levels *level_set, const uint32_t *rows, size_t n_rows, double *positions);
void levels_free(levels *level_set);

#endif
