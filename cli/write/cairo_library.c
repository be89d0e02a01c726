/* cairo_library.c - see cairo_library.h. */
#include "cairo_library.h"

#ifdef BEHOV_LOADS_LIBRARIES
behov_status cairo_library_open(const cairo_library **library_out, behov_error *err)
{
    static const char *const names[] = {CAIRO_FUNCTIONS(LIBRARY_NAME)};
    static const library described = {{"libcairo.so.2", "libcairo.2.dylib"}, names, sizeof names / sizeof *names};
    _Static_assert(sizeof(cairo_library) == sizeof names, "a pointer for each name");
    static cairo_library found;
    static bool is_open;
    *library_out = &found;
    return library_open(&described, &found, &is_open, err);
}
#else
behov_status cairo_library_open(const cairo_library **library_out, behov_error *err)
{
    static const cairo_library linked = {CAIRO_FUNCTIONS(LIBRARY_ADDRESS)};
    (void)err;
    *library_out = &linked;
    return BEHOV_OK;
}
#endif
