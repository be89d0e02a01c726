/* groups.h - municipalities in groups: counties, size classes, or those of a file. */
#ifndef BEHOV_GROUPS_H
#define BEHOV_GROUPS_H

#include <behov.h>

#include "municipality_list.h"
#include "labels.h"

enum { BEHOV_WITHOUT_GROUP = -1 };

typedef struct behov_groups {
    char **names; /* n, in the order in which they are shown */
    size_t n;
    int *values; /* of each municipality of the directory: position among the names, or NO_GROUP */
    size_t n_without;
} behov_groups;

/* \param kind  "county" (the first two digits of the code), "size" (inhabitants of the last year: under 2 000, 5 000,
 *              10 000, 20 000, 50 000 and above), or a file with the columns municipality_code (kommunenummer, kode,
 *              code ...) and group (gruppe, KOSTRA-gruppe ...)
 * Groups without a municipality are left out. Free with groups_free in any case. Errors: BEHOV_E_DATA (no codes for
 * counties, no population for sizes, a municipality twice in the file), BEHOV_E_NAME (a code of the file that the
 * directory lacks, a column that is not there), and those of read_csv. */
behov_status behov_groups_new(const behov_municipality_list *municipality_list, const char *kind, behov_language lang,
                              behov_groups *out, behov_error *err) BEHOV_MUST_CHECK;
void behov_groups_free(behov_groups *groups);

#endif
