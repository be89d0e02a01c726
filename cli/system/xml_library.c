/* xml_library.c - see xml_library.h. */
#include "xml_library.h"

#ifdef BEHOV_LOADS_LIBRARIES
behov_status xml_library_open(const xml_library **library_out, behov_error *err)
{
    static const char *const names[] = {XML_FUNCTIONS(LIBRARY_NAME)};
    static const library described = {{"libxml2.so.2", "libxml2.2.dylib"}, names, sizeof names / sizeof *names};
    _Static_assert(sizeof(xml_library) == sizeof names, "a pointer for each name");
    static xml_library found;
    static bool is_open;
    *library_out = &found;
    return library_open(&described, &found, &is_open, err);
}
#else
behov_status xml_library_open(const xml_library **library_out, behov_error *err)
{
    static const xml_library linked = {XML_FUNCTIONS(LIBRARY_ADDRESS)};
    (void)err;
    *library_out = &linked;
    return BEHOV_OK;
}
#endif
