/* municipality_list.h - the municipalities of a panel or a table, and which of them a user means. */
#ifndef BEHOV_MUNICIPALITY_LIST_H
#define BEHOV_MUNICIPALITY_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "panel.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_municipality {
    const char *code, *name; /* "" when there is none (borrowed from what the list was made of) */
    double population;       /* of the last year that has one; NaN when not known */
    size_t order;            /* among the entries that were given; behov_municipality_list_settle fills it in */
} behov_municipality;

enum { BEHOV_MUNICIPALITY_NAME = 244 };

/// In the order of the codes (of the names where there are no codes), each once.
typedef struct behov_municipality_list {
    behov_municipality *all;
    size_t n;
    const char *source; /* what messages call it (borrowed) */
} behov_municipality_list;

/// The municipalities of a panel (borrowed, must outlive the list). Free with behov_municipality_list_free in any case.
BEHOV_API behov_status behov_municipality_list_of_panel(const behov_panel *panel, behov_municipality_list *out,
                                                        behov_error *err) BEHOV_MUST_CHECK;
/// Sorts entries that the caller has put into `all` (from malloc), and keeps each municipality once: the first that was
/// given, with the first population that is known.
BEHOV_API void behov_municipality_list_settle(behov_municipality_list *municipality_list);
BEHOV_API void behov_municipality_list_free(behov_municipality_list *municipality_list);

/// "1860 Vestvågøy", "Vestvågøy (1860)": what there is of code and name, cut at a whole character where `size` (64 or
/// more; MUNICIPALITY_NAME for nearly any) is too little. Return `text`.
BEHOV_API const char *behov_municipality_list_name(const behov_municipality *municipality, char *text, size_t size);
BEHOV_API const char *behov_municipality_list_name_first(const behov_municipality *municipality, char *text,
                                                         size_t size);

/// The position of the municipality that a code ("0301", "301" whose zero was lost) or a name (capitals or not, in any
/// letters) means. BEHOV_E_NAME: none, with near ones; or several of one name, with their codes.
BEHOV_API behov_status behov_municipality_list_find(const behov_municipality_list *municipality_list, const char *text,
                                                    const char *where, size_t *position,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// The position of a code, or of a name where there is no code; municipality_list->n when it is not there.
BEHOV_API size_t behov_municipality_list_position(const behov_municipality_list *municipality_list, const char *code,
                                                  const char *name);

/// A municipality as somebody names it.
typedef struct behov_municipality_name {
    char *text;  /* a code or a name (owned) */
    char *where; /* "list.csv, line 4" (owned); NULL = no place of its own */
} behov_municipality_name;

/// Zero-initialise; free with behov_municipality_names_free in any case.
typedef struct behov_municipality_names {
    behov_municipality_name *all;
    size_t n, room;
} behov_municipality_names;

BEHOV_API void behov_municipality_names_free(behov_municipality_names *names);
/// Adds `length` bytes of a text. \param where  its place, for messages; NULL = none. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_municipality_names_add(behov_municipality_names *names, const char *text, size_t length,
                                                    const char *where, behov_error *err) BEHOV_MUST_CHECK;
/// Adds those of "0104,Moss,0301", without the blanks around them. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_municipality_names_split(behov_municipality_names *names, const char *text,
                                                      behov_error *err) BEHOV_MUST_CHECK;

/// Those that are named, in that order, each once.
/// \param where           what messages call names without a place of their own: "--municipality"
/// \param[out] positions  (malloc) n_positions
/// BEHOV_E_NAME as behov_municipality_list_find, BEHOV_E_ARGUMENT when nothing is named.
BEHOV_API behov_status behov_municipality_list_choose(const behov_municipality_list *municipality_list,
                                                      const behov_municipality_names *names, const char *where,
                                                      size_t **positions, size_t *n_positions,
                                                      behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
