/* panel_deeds.h - what `behov panel` does: build, merge, read, each in a file of its own with the steps of a verb. */
#ifndef BEHOV_CLI_PANEL_DEEDS_H
#define BEHOV_CLI_PANEL_DEEDS_H

#include "verb.h"

/* The steps of a deed are those of a verb (verb.h) with a state of the deed's own; they find the panel or file that
 * was named in call->panel. Words and the table of options are those of `behov panel`. */
typedef struct panel_deed {
    const char *options; /* which of those it takes, beside outputs and language: names parted by blanks */
    verb steps;          /* name: the word after `behov panel` */
} panel_deed;

extern const panel_deed panel_build_deed, panel_merge_deed, panel_read_deed;

#endif
