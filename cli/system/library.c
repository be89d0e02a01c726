/* library.c - see library.h. */
#include "library.h"

#include <errno.h>
#include <string.h>

#include <behov/word.h>

#include "system.h"

behov_status library_open(const library *described, void *pointers, bool *is_open, behov_error *err)
{
    if (*is_open)
        return BEHOV_OK;
    void *handle = NULL;
    bool is_short = false;
    for (size_t i = 0; i < LIBRARY_FILES && described->files[i] && !handle; i++) {
        errno = 0;
        handle = system_library_open(described->files[i]);
        is_short = is_short || (!handle && errno == ENOMEM);
    }
    for (size_t i = 0; i < described->n_functions && handle; i++) {
        void *function = system_library_function(handle, described->functions[i]);
        if (!function)
            return behov_error_say(err, BEHOV_E_FILE, described->files[0], SAY_LIBRARY_TOO_OLD,
                                   described->functions[i]);
        /* as bytes, for C knows no way from void * to a function */
        memcpy((char *)pointers + i * sizeof function, &function, sizeof function);
    }
    *is_open = handle != NULL;
    if (*is_open)
        return BEHOV_OK;
    return is_short ? behov_error_say(err, BEHOV_E_MEMORY, described->files[0], SAY_TARGET_NO_MEMORY)
                    : behov_error_say(err, BEHOV_E_FILE, described->files[0], SAY_LIBRARY_MISSING);
}
