/* groups.h - municipalities in groups: counties, size classes, or those of a table. */
#ifndef BEHOV_GROUPS_H
#define BEHOV_GROUPS_H

#include <stdbool.h>

#include "column_request.h"
#include "error.h"
#include "municipality_list.h"
#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_WITHOUT_GROUP = -1, BEHOV_SIZE_CLASSES = 6 };

/// Inhabitants at which the next size class begins.
extern BEHOV_API const double behov_size_class_limits[BEHOV_SIZE_CLASSES - 1];

/// How municipalities are grouped (all borrowed).
typedef struct behov_grouping {
    /* "county" (the first two digits of the code), "size" (inhabitants of the last year: under 2 000, 5 000, 10 000, 20
     * 000, 50 000 and above), or what else the table is called; "country" or NULL where nothing is grouped */
    const char *kind;
    /* Counties: county_code and county, NULL = none is known. Size classes: NULL. Else: municipality_code
     * (kommunenummer, kode, code ...) and group (gruppe, KOSTRA-gruppe ...). */
    const behov_table *table;
    /* What a county is called that the table lacks, "fylke {code} (ukjent)"; NULL = by its number alone */
    const char *unknown_county;
} behov_grouping;

typedef struct behov_groups {
    char **names; /* n, in the order in which they are shown: counties as their codes come, size classes by size (the
                   * keys of their words, "size_class_1"), those of a table by name, KG9 before KG10 */
    size_t n;
    int *values; /* of each municipality of the list: position among the names, or BEHOV_WITHOUT_GROUP */
    size_t n_without;
    bool is_by_size;
} behov_groups;

/// Groups without a municipality are left out. Free with behov_groups_free in any case. Errors: BEHOV_E_DATA (no codes
/// for counties, no population for sizes, a municipality twice in the table), BEHOV_E_NAME (a code of the table that
/// the list lacks, a column that is not there).
BEHOV_API behov_status behov_groups_new(const behov_municipality_list *municipality_list,
                                        const behov_grouping *grouping, behov_groups *out,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_groups_free(behov_groups *groups);

/// How a reader takes the columns of the tables above; the context is not used.
BEHOV_API behov_read_kind behov_groups_column_of_counties(void *context, const char *name);
BEHOV_API behov_read_kind behov_groups_column_of_file(void *context, const char *name);

#ifdef __cplusplus
}
#endif
#endif
