/* error.c - filling the caller's error: where, and one sentence. */
#include <behov/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Text that was cut must still be UTF-8: takes the broken last character away. */
static void mend_end(char *text)
{
    size_t length = strlen(text), start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0x80)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (length - start < want)
        text[start - 1] = '\0';
}

behov_status behov_error_set(behov_error *err, behov_status code, const char *where, const char *format, ...)
{
    if (!err)
        return code;
    /* The sentence may be made from the error's own texts, so it is built aside. */
    behov_error made = {.code = code};
    int length = snprintf(made.where, sizeof made.where, "%s", where ? where : "");
    if (length >= (int)sizeof made.where)
        mend_end(made.where);
    va_list arguments;
    va_start(arguments, format);
    length = vsnprintf(made.what, sizeof made.what, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof made.what)
        mend_end(made.what);
    *err = made;
    return code;
}

const char *behov_status_name(behov_status code)
{
    switch (code) {
    case BEHOV_OK: return "OK";
    case BEHOV_E_MEMORY: return "E_MEMORY";
    case BEHOV_E_ARGUMENT: return "E_ARGUMENT";
    case BEHOV_E_SYNTAX: return "E_SYNTAX";
    case BEHOV_E_NAME: return "E_NAME";
    case BEHOV_E_TYPE: return "E_TYPE";
    case BEHOV_E_DATA: return "E_DATA";
    case BEHOV_E_RANK: return "E_RANK";
    case BEHOV_E_TOO_FEW: return "E_TOO_FEW";
    case BEHOV_E_RANGE: return "E_RANGE";
    case BEHOV_E_FILE: return "E_FILE";
    }
    return "unknown status";
}

const char *behov_version(void)
{
    return BEHOV_VERSION;
}
