/* system_reason.c - see system_reason.h. The English is what the C library says. */
#include "system_reason.h"

#include <behov/word.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

typedef struct reason {
    int code;
    const char *phrase;
} reason;

static const reason reasons[] = {
    {EACCES, PHRASE_SYSTEM_REASON_DENIED},       {EAGAIN, PHRASE_SYSTEM_REASON_AGAIN},
    {EBUSY, PHRASE_SYSTEM_REASON_BUSY},          {EEXIST, PHRASE_SYSTEM_REASON_EXISTS},
    {EINVAL, PHRASE_SYSTEM_REASON_INVALID},      {EIO, PHRASE_SYSTEM_REASON_IO},
    {EISDIR, PHRASE_SYSTEM_REASON_FOLDER},       {ELOOP, PHRASE_SYSTEM_REASON_LINKS},
    {EMFILE, PHRASE_SYSTEM_REASON_FILES},        {ENAMETOOLONG, PHRASE_SYSTEM_REASON_NAME},
    {ENFILE, PHRASE_SYSTEM_REASON_FILES_ALL},    {ENOENT, PHRASE_SYSTEM_REASON_NO_FILE},
    {ENOMEM, PHRASE_SYSTEM_REASON_MEMORY},       {ENOTDIR, PHRASE_SYSTEM_REASON_NO_FOLDER},
    {ENOTEMPTY, PHRASE_SYSTEM_REASON_NOT_EMPTY}, {ENXIO, PHRASE_SYSTEM_REASON_NO_DEVICE},
    {EPERM, PHRASE_SYSTEM_REASON_PERMITTED},     {ESPIPE, PHRASE_SYSTEM_REASON_SEEK},
#ifdef ESTALE
    {ESTALE, PHRASE_SYSTEM_REASON_STALE},
#endif
    {ETIMEDOUT, PHRASE_SYSTEM_REASON_TIMEOUT},   {ETXTBSY, PHRASE_SYSTEM_REASON_TEXT_BUSY},
    {EXDEV, PHRASE_SYSTEM_REASON_CROSSED},
};

const char *system_reason(int code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].phrase;
    return strerror(code);
}
