/* read_notice.h - what a reader tells of a file and does not fail for: it prints nothing itself. */
#ifndef BEHOV_CLI_READ_NOTICE_H
#define BEHOV_CLI_READ_NOTICE_H

typedef struct read_notice {
    void (*tell)(void *context, const char *message); /* one sentence, which names the file; NULL = nobody is told */
    void *context;
} read_notice;

#endif
