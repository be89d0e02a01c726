/* write_filing.h - net operating expenditure out of a municipality's own KOSTRA filing. */
#ifndef BEHOV_WRITE_FILING_H
#define BEHOV_WRITE_FILING_H

#include <behov/filing_tables.h>
#include "output_writers.h"

typedef struct filing_results {
    behov_kostra_net net;
    behov_filing_page page; /* of the net beside it */
    const char *path;       /* as the user named it (borrowed) */
} filing_results;

/* Their context is a filing_results. */
extern const output_writers filing_writers;

#endif
