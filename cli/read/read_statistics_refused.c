/* read_statistics_refused.c - read_statistics.h in a build without ReadStat: whatever Stata or SPSS has written is refused. */
#include "read_statistics.h"

#include <behov/word.h>

behov_status read_statistics(text_source *source, const read_csv_options *options, behov_table **table,
                             behov_error *err)
{
    (void)options;
    *table = NULL;
    return behov_error_say(err, BEHOV_E_ARGUMENT, text_source_name(source), SAY_STATISTICS_NO_READER);
}
