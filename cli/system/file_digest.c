/* file_digest.c - see file_digest.h. */
#include "file_digest.h"

#include <errno.h>
#include <stdlib.h>

#include "datasets.h"
#include "sha256.h"
#include "system.h"
#include "system_reason.h"

static int read_whole(const char *path, unsigned char **bytes, size_t *n)
{
    int number, reason = system_open_to_read(path, &number);
    size_t room = 0, n_read = 1;
    *bytes = NULL;
    *n = 0;
    if (reason)
        return reason;
    while (!reason && n_read) {
        if (*n == room) {
            room = room ? 2 * room : 65536;
            unsigned char *larger = realloc(*bytes, room);
            if (!larger) {
                reason = ENOMEM;
                break;
            }
            *bytes = larger;
        }
        reason = system_read(number, *bytes + *n, room - *n, &n_read);
        *n += reason ? 0 : n_read;
    }
    system_close(number);
    return reason;
}

behov_status file_digest(const char *path, char hex[65], size_t *n_bytes, behov_error *err)
{
    const char *bundled = datasets_find(path, n_bytes);
    if (bundled) {
        sha256_hex(bundled, *n_bytes, hex);
        return BEHOV_OK;
    }
    unsigned char *bytes = NULL;
    int reason = read_whole(path, &bytes, n_bytes);
    if (!reason)
        sha256_hex(bytes, *n_bytes, hex);
    free(bytes);
    return reason ? behov_error_say(err, reason == ENOMEM ? BEHOV_E_MEMORY : BEHOV_E_FILE, path,
                                    SAY_FILE_DIGEST_UNREADABLE, system_reason(reason))
                  : BEHOV_OK;
}
