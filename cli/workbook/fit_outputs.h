/* fit_outputs.h - what a fit or an application has to write: Om, Regresjon, Forholdstall, Kommuner and Data in a workbook,
 * with Figurer, Diagnostikk and the sheets of full_workbook.h in a full one; Regresjon and Forhold on a page. */
#ifndef BEHOV_CLI_FIT_OUTPUTS_H
#define BEHOV_CLI_FIT_OUTPUTS_H

#include <behov/extra_fits.h>
#include <behov/fit_results.h>
#include "full_workbook.h"
#include "output_writers.h"

/* Sheets of the workbook. */
enum {
    FIT_SHEET_ABOUT = 1 << 0,
    FIT_SHEET_REGRESSION = 1 << 1,
    FIT_SHEET_RATIOS = 1 << 2,
    FIT_SHEET_MUNICIPALITIES = 1 << 3,
    FIT_SHEET_RANKING = 1 << 4,
    FIT_SHEET_MUNICIPALITY = 1 << 5,
    FIT_SHEET_FIGURES = 1 << 6,
    FIT_SHEET_DIAGNOSIS = 1 << 7,
    FIT_SHEET_SPECIFICATION = 1 << 8,
    FIT_SHEET_DATA = 1 << 9
};

/* The context of fit_writers; all is borrowed. */
typedef struct fit_outputs {
    const behov_fit_results *fit_results;
    const behov_extra_fits *extra_fits; /* follow the regression in a workbook and are all of a page; NULL = none */
    bool is_full;
    const full_workbook *full_workbook; /* NULL = none of its sheets */
    unsigned sheets;                    /* those that are wanted, with what they draw from; 0 = all */
} fit_outputs;
extern const output_writers fit_writers;

#endif
