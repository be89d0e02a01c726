/* system_posix.h - what system_posix.c and system_fork.c share. */
#ifndef BEHOV_CLI_SYSTEM_POSIX_H
#define BEHOV_CLI_SYSTEM_POSIX_H

#include "system.h"

#include <signal.h>
#include <sys/types.h>

/* Takes `next_child` for `child` (0 = none) among those that a signal has to end before temporary files go. */
void system_posix_change_writer(pid_t child, pid_t next_child);
/* In a child: those of its parent are not its own. */
void system_posix_forget_writers(void);
/* Of this thread, as sigprocmask(2). */
void system_posix_mask_signals(int how, const sigset_t *signals, sigset_t *previous_signals);

#endif
