/* system_reason.h - what the system refused, in words. */
#ifndef BEHOV_CLI_SYSTEM_REASON_H
#define BEHOV_CLI_SYSTEM_REASON_H

/* Why a call of the system failed, `code` as errno has it: a phrase (behov/phrase.h) for a message; for a code that has
 * no word, the text of the system itself, which speaks English. Borrowed until the next call. */
const char *system_reason(int code);

#endif
