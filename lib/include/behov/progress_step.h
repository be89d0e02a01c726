/* progress_step.h - how far a long computation has come, reported to whoever asks: the library draws nothing. */
#ifndef BEHOV_PROGRESS_STEP_H
#define BEHOV_PROGRESS_STEP_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialised nobody listens.
typedef struct behov_progress {
    void (*step)(void *context, double part); /* part 0..1, called now and then by one thread; NULL = not */
    void *context;                            /* borrowed */
} behov_progress;

#ifdef __cplusplus
}
#endif
#endif
