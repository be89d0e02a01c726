/* notice.c - see notice.h. */
#include <behov/notice.h>

#include <stdarg.h>

void behov_notice_tell(const behov_notice *notice, behov_word word, const char *format, ...)
{
    if (!notice->hear)
        return;
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    notice->hear(notice->context, behov_error_phrase(&message).text);
}
