/* panel_deeds.h - what `behov panel` does: build, check, merge, read, filing, each in a file of its own with the steps
 * of a verb. */
#ifndef BEHOV_CLI_PANEL_DEEDS_H
#define BEHOV_CLI_PANEL_DEEDS_H

#include "deeds.h"

extern const deed panel_build_deed, panel_check_deed, panel_merge_deed, panel_read_deed, panel_filing_deed;

#endif
