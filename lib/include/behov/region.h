/* region.h - what the code or name of a region in a published file means: a municipality with its four digits, or what else. */
#ifndef BEHOV_REGION_H
#define BEHOV_REGION_H

#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_region_kind {
    BEHOV_REGION_MUNICIPALITY = 0,
    BEHOV_REGION_COUNTRY,  /* 0, 0000, EAK, EAKUO, "Hele landet" */
    BEHOV_REGION_COUNTY,   /* one or two digits, F-30, EKA03, "Viken fylke" */
    BEHOV_REGION_GROUP,    /* EKG: a group of municipalities */
    BEHOV_REGION_DISTRICT, /* six digits of which the last two are not 00: 030101 */
    BEHOV_REGION_REST,     /* K-Rest: what a list of municipalities does not have */
    BEHOV_REGION_UNKNOWN,  /* 9999, "Uoppgitt" */
    BEHOV_REGION_OUTSIDE,  /* Svalbard, Jan Mayen, the continental shelf */
    BEHOV_REGION_NONE,     /* nothing there, or nothing that is known */
    BEHOV_N_REGION_KINDS
} behov_region_kind;

/// Reads 0101, 101, 000101, 010100, '0101, "0101 Halden", K-3001, K3001 as the municipalities 0101 and 3001, and tells what
/// is none. The one place where codes of published files become four digits.
/// \param code    a cell of the region (borrowed, UTF-8); NULL = missing
/// \param name    its label (borrowed), which tells 0100 Østfold from a municipality; NULL = there is none
/// \param digits  of a municipality, and 9999: four and a zero; else ""
/// Whether a municipality ever had the code is for municipality_history.h.
BEHOV_API behov_region_kind behov_region_read(const char *code, const char *name, char digits[5]);

#ifdef __cplusplus
}
#endif
#endif
