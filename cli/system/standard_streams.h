/* standard_streams.h - standard input, output and error as the shell or a service leaves them, which may be closed. */
#ifndef BEHOV_CLI_STANDARD_STREAMS_H
#define BEHOV_CLI_STANDARD_STREAMS_H

/* Before anything is opened: gives file descriptors 0 to 2 that are closed something to stand on, so that no file of the
 * program gets their number, and lets a limit on the size of files (ulimit -f) fail a write instead of ending the
 * process. Reading or writing a stream that was closed still fails. */
void standard_streams_hold(void);

/* Whoever closed standard output and names a file by -o wants the file alone: the page goes nowhere, and that is no
 * failure. Without effect when standard output was open. */
void standard_streams_let_page_go(void);

#endif
