/* read_beside.c - see read_beside.h. */
#include "read_beside.h"

#include "read_table.h"

behov_status read_beside(const char *path, behov_read_kind (*choose)(void *context, const char *name),
                         const behov_notice *notice, behov_table **table, behov_error *err)
{
    read_csv_options options = {.choose = choose,
                                .notice = notice ? notice->hear : NULL,
                                .is_beside = true,
                                .keeps_decimals = true,
                                .context = notice ? notice->context : NULL};
    return read_table(path, &options, table, err);
}
