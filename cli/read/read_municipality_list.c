/* read_municipality_list.c - see read_municipality_list.h. */
#include "read_municipality_list.h"

#include "json_file.h"
#include <behov/panel_template.h>
#include "read_klass.h"
#include "read_table.h"

behov_status read_municipality_list(const char *path, const behov_notice *notice, behov_table **table, behov_error *err)
{
    if (json_file_is_object(path))
        return read_klass(path, table, err);
    read_csv_options options = {.choose = behov_panel_template_column_of_list,
                                .notice = notice ? notice->hear : NULL,
                                .is_beside = true,
                                .may_be_short = true,
                                .context = notice ? notice->context : NULL};
    return read_table(path, &options, table, err);
}
