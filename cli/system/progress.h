/* progress.h - a progress bar on standard error for whatever may last over a second, only on a terminal. */
#ifndef BEHOV_CLI_PROGRESS_H
#define BEHOV_CLI_PROGRESS_H

typedef struct progress progress;

/* A bar with a caption ("reading panel.csv"), NULL when standard error is no terminal or memory is short: every other
 * function takes NULL. Nothing is drawn during the first second. */
progress *progress_new(const char *caption);
/* part 0..1; cheap enough to be called for every block (it looks at the clock at most every 100 ms). */
void progress_set(progress *bar, double part);
/* progress_set as the callback of a computation, whose context is the bar (may be NULL). */
void progress_step(void *bar, double part);
/* Wipes the bar and frees it. */
void progress_free(progress *bar);

#endif
