/* postgres_library.c - see postgres_library.h. */
#ifdef BEHOV_WITH_POSTGRESQL
#include "postgres_library.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "system.h"

/* A function by its name, and where it belongs; a pointer to one is kept as bytes, for C knows no way from void *. */
#define FUNCTION(name)                                                                                                 \
    {                                                                                                                  \
        "PQ" #name, offsetof(postgres_library, name)                                                                   \
    }

static const struct {
    const char *name;
    size_t place;
} functions[] = {
    FUNCTION(connectdb),    FUNCTION(status),          FUNCTION(errorMessage), FUNCTION(finish),
    FUNCTION(exec),         FUNCTION(sendQueryParams), FUNCTION(getResult),    FUNCTION(setSingleRowMode),
    FUNCTION(resultStatus), FUNCTION(nfields),         FUNCTION(ntuples),      FUNCTION(fname),
    FUNCTION(getvalue),     FUNCTION(getlength),       FUNCTION(getisnull),    FUNCTION(clear),
};

static const char *const names[] = {"libpq.so.5", "libpq.5.dylib"};

behov_status postgres_library_open(const postgres_library **library, behov_error *err)
{
    static postgres_library found;
    static bool is_found;
    void *handle = NULL;
    *library = &found;
    for (size_t i = 0; i < sizeof names / sizeof *names && !is_found && !handle; i++)
        handle = system_library_open(names[i]);
    if (!is_found && !handle)
        return behov_error_say(err, BEHOV_E_FILE, names[0], SAY_POSTGRES_NO_LIBRARY);
    for (size_t i = 0; i < sizeof functions / sizeof *functions && !is_found; i++) {
        void *function = system_library_function(handle, functions[i].name);
        if (!function)
            return behov_error_say(err, BEHOV_E_FILE, names[0], SAY_POSTGRES_NO_LIBRARY);
        memcpy((char *)&found + functions[i].place, &function, sizeof function);
    }
    is_found = true;
    return BEHOV_OK;
}
#else
typedef int postgres_library_is_not_built; /* a file of C has a declaration */
#endif
