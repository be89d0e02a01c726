/* figures_options.c - see figures_options.h. */
#include "figures_options.h"

#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "messages.h"
#include "read_table.h"
#include "study_options.h"

int figures_open(const command_line *line, const char *path, const char *bundled,
                 behov_read_kind (*choose)(void *context, const char *name), behov_table **table, char **opened_path)
{
    behov_error err;
    read_csv_options options = {.encoding = option_value(line, "encoding"),
                                .sheet = option_value(line, "sheet"),
                                .choose = choose,
                                .keeps_decimals = true,
                                .notice = print_note_beside};
    int code = study_marks(line, &options.separator, &options.decimal_mark);
    if (code)
        return code;
    if (!path && datasets_path(bundled, opened_path, &err))
        return print_failure(&err);
    if (path && !(*opened_path = strdup(path))) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    return read_table(*opened_path, &options, table, &err) ? print_failure(&err) : 0;
}
