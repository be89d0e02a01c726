/* funnel_tables.h - the table behind ratios against population: a row for each municipality that is drawn. */
#ifndef BEHOV_FUNNEL_TABLES_H
#define BEHOV_FUNNEL_TABLES_H

#include "error.h"
#include "funnel.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Municipality, population, need, ratio, the limits at the country's need and at its own, and where the ratio lies. The
/// funnel is borrowed and must outlive the report; limits are as they were computed, also below 0.
BEHOV_API behov_status behov_funnel_table(const behov_funnel *funnel, behov_report **report,
                                          behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
