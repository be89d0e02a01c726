/* xlsx_rows.h - the rows of tables that are not small as packed XML, which the library would write ten times slower. xlsx_join.h puts
 * them into their sheets. */
#ifndef BEHOV_CLI_XLSX_ROWS_H
#define BEHOV_CLI_XLSX_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Rows of one table in the file of all, as raw deflate that has no end yet. */
typedef struct xlsx_packed_rows {
    uint64_t sheet;        /* its position in the workbook */
    uint64_t offset;       /* bytes before them in the file */
    uint64_t packed, size; /* bytes, packed and as XML */
    uint64_t checksum;     /* CRC-32 of the XML */
} xlsx_packed_rows;

#endif
