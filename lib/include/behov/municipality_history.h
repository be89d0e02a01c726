/* municipality_history.h - which municipality a code has meant, and what became of it: from a list of dated changes.
 *
 * A change says that on a date what had `old_code` became, or became a part of, what has `new_code` from then on. A
 * municipality between two of its changes is a variant: one code, one name, one area, valid from a date until the next.
 * Variants and changes are a graph; a chain is a walk in it. A merger is a variant with several that it came from, a
 * split one with several that it went into: of these no figure says how much went where. */
#ifndef BEHOV_MUNICIPALITY_HISTORY_H
#define BEHOV_MUNICIPALITY_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_municipality_history behov_municipality_history;

/* Dates are whole numbers, 20200101. */
enum { BEHOV_NO_DATE = 99999999 };

typedef struct behov_municipality_variant {
    const char *code, *name;  /* borrowed from the history */
    int valid_from, valid_to; /* valid_from <= date < valid_to; BEHOV_NO_DATE: to this day */
} behov_municipality_variant;

/// An empty history (returned, free with behov_municipality_history_free).
BEHOV_API behov_status behov_municipality_history_new(behov_municipality_history **history,
                                                      behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_municipality_history_free(behov_municipality_history *history);

/// Adds changes, in the order of their dates: text columns date ("2020-01-01"), old_code (missing: the municipality is
/// there from that date on, out of nothing), new_code, new_name (missing: that of old_code). All changes of one code on
/// one date belong together. A history may be added to, with later dates: reforms to come.
/// \return BEHOV_E_NAME for a column that is not there; BEHOV_E_DATA, with the line: a date or code that is none, a date
/// before those that are there, an old code that no municipality has then, a new code that another one has and keeps,
/// one code with two names. The history is unusable after an error. O(rows log rows).
BEHOV_API behov_status behov_municipality_history_add(behov_municipality_history *history, const behov_table *changes,
                                                      behov_error *err) BEHOV_MUST_CHECK;

/// 1 January of a year.
BEHOV_API int behov_municipality_history_date(int year);
BEHOV_API size_t behov_municipality_history_n_variants(const behov_municipality_history *history);
BEHOV_API behov_municipality_variant behov_municipality_history_variant(const behov_municipality_history *history,
                                                                        size_t variant);
/// What a variant became (borrowed), and what it came from: positions of variants.
BEHOV_API const size_t *behov_municipality_history_successors(const behov_municipality_history *history, size_t variant,
                                                              size_t *n);
BEHOV_API const size_t *behov_municipality_history_predecessors(const behov_municipality_history *history,
                                                                size_t variant, size_t *n);
/// The first date after all that the history knows of: that of its last change.
BEHOV_API int behov_municipality_history_last_date(const behov_municipality_history *history);

/// The variant that a code means on a date; -1 when no municipality has the code then.
BEHOV_API ptrdiff_t behov_municipality_history_find(const behov_municipality_history *history, const char *code,
                                                    int date);
/// The variant of a code that is nearest to a date on which it is not valid: the first one later, else the last one
/// before; -1 for a code that no municipality ever had.
BEHOV_API ptrdiff_t behov_municipality_history_nearest(const behov_municipality_history *history, const char *code,
                                                       int date);
/// How many municipalities there are on a date.
BEHOV_API size_t behov_municipality_history_count(const behov_municipality_history *history, int date);

/// Variants as a list. Zero-initialise, free `all`.
typedef struct behov_variant_list {
    size_t *all;
    size_t n;
} behov_variant_list;

/// Those valid on a date that a variant has gone into by then, or came from, in the order of their codes; itself when it
/// is valid then. `list->all` is from malloc. BEHOV_E_MEMORY. O(variants on the way).
BEHOV_API behov_status behov_municipality_history_follow(const behov_municipality_history *history, size_t variant,
                                                         int date, behov_variant_list *list,
                                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
