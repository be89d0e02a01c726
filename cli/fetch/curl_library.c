/* curl_library.c - see curl_library.h. */
#ifdef BEHOV_WITH_CURL
#include "curl_library.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <behov/word.h>

#include "system.h"

/* A function by its name, and where it belongs; a pointer to one is kept as bytes, for C knows no way from void *. */
#define FUNCTION(name)                                                                                                 \
    {                                                                                                                  \
        "curl_" #name, offsetof(curl_library, name)                                                                    \
    }

static const struct {
    const char *name;
    size_t place;
} functions[] = {
    FUNCTION(global_init),   FUNCTION(global_cleanup), FUNCTION(easy_init),    FUNCTION(easy_cleanup),
    FUNCTION(easy_reset),    FUNCTION(easy_perform),   FUNCTION(easy_setopt),  FUNCTION(easy_getinfo),
    FUNCTION(easy_strerror), FUNCTION(easy_header),    FUNCTION(slist_append), FUNCTION(slist_free_all),
    FUNCTION(url),           FUNCTION(url_cleanup),    FUNCTION(url_set),      FUNCTION(url_get),
    FUNCTION(free),          FUNCTION(getdate),
};

/* What a package calls it: with OpenSSL, with GnuTLS, on macOS. The interface is the same. */
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"};

behov_status curl_library_open(const curl_library **library, behov_error *err)
{
    static curl_library found;
    static bool is_found;
    void *handle = NULL;
    *library = &found;
    for (size_t i = 0; i < sizeof names / sizeof *names && !is_found && !handle; i++)
        handle = system_library_open(names[i]);
    if (!is_found && !handle)
        return behov_error_say(err, BEHOV_E_FILE, names[0], SAY_FETCH_NO_LIBRARY);
    for (size_t i = 0; i < sizeof functions / sizeof *functions && !is_found; i++) {
        void *function = system_library_function(handle, functions[i].name);
        if (!function)
            return behov_error_say(err, BEHOV_E_FILE, "libcurl", SAY_FETCH_OLD_LIBRARY, functions[i].name);
        memcpy((char *)&found + functions[i].place, &function, sizeof function);
    }
    is_found = true;
    return BEHOV_OK;
}
#else
typedef int curl_library_is_not_built; /* a file of C has a declaration */
#endif
