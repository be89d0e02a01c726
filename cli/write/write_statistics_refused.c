/* write_statistics_refused.c - write_statistics.h in a build without ReadStat. */
#include "write_statistics.h"

#include <behov/word.h>

behov_status write_statistics(const char *path, statistics_format format, const statistics_data *data, progress *bar,
                              behov_error *err)
{
    (void)format;
    (void)data;
    (void)bar;
    return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_STATISTICS_NO_WRITER);
}
