/* notice.c - see notice.h. */
#include "notice.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void behov_notice_tell(const behov_notice *notice, const char *format, ...)
{
    if (!notice->hear)
        return;
    char usual[1000], *text = usual;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof usual && (text = malloc((size_t)length + 1))) {
        va_start(arguments, format);
        vsnprintf(text, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    notice->hear(notice->context, text ? text : usual); /* without memory its start is better than none of it */
    if (text != usual)
        free(text);
}
