/* read_split.c - see read_split.h. */
#include "read_split.h"

#include "read_table.h"

/* What read_table hands back while it reads. */
typedef struct split_reading {
    behov_split_columns columns;
    const behov_notice *notice;
} split_reading;

static behov_read_kind choose_column(void *context, const char *name)
{
    return behov_split_table_column(&((split_reading *)context)->columns, name);
}

static void hear(void *context, const char *message)
{
    behov_notice_tell(((const split_reading *)context)->notice, SAY_MESSAGE, message);
}

behov_status read_split(const char *path, const read_csv_options *reading, const behov_split_columns *columns,
                        const behov_notice *notice, behov_table **table, behov_error *err)
{
    split_reading context = {*columns, notice};
    read_csv_options options = *reading;
    options.choose = choose_column;
    options.notice = hear;
    options.keeps_decimals = true;
    options.context = &context;
    return read_table(path, &options, table, err);
}
