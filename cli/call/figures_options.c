/* figures_options.c - see figures_options.h. */
#include "figures_options.h"

#include <stdlib.h>
#include <string.h>

#include <behov/municipality_codes.h>

#include "datasets.h"
#include "messages.h"
#include "read_municipality_history.h"
#include "read_table.h"
#include "study_options.h"

const char **figures_missing(const command_line *line, size_t *n)
{
    *n = option_count(line, "missing");
    const char **marks = calloc(*n + 1, sizeof *marks);
    for (size_t i = 0; marks && i < *n; i++)
        marks[i] = option_value_at(line, "missing", i);
    return marks;
}

int figures_open(const command_line *line, const char *path, const char *bundled,
                 behov_read_kind (*choose)(void *context, const char *name), behov_table **table, char **opened_path)
{
    behov_error err;
    read_csv_options options = {.encoding = option_value(line, "encoding"),
                                .sheet = option_value(line, "sheet"),
                                .choose = choose,
                                .keeps_decimals = true,
                                .asks_of_thousands = true,
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
    const char **marks = figures_missing(line, &options.n_missing);
    if (!marks) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    options.missing_text = marks;
    behov_status status = read_table(*opened_path, &options, table, &err);
    free(marks);
    return status ? print_failure(&err) : 0;
}

behov_status figures_check(const behov_service_figures *figures, behov_error *err)
{
    behov_municipality_history *history = NULL;
    const char *source = behov_table_source(figures->table);
    behov_status status = read_municipality_history(NULL, &note_beside, &history, err);
    if (!status)
        status = behov_service_figures_check_codes(figures, history, err);
    behov_municipality_history_free(history);
    if (!status && figures->n_left_out == 1)
        print_note(SAY_RATIOS_LEFT_OUT_ONE, source, (unsigned long)figures->n_left_out);
    else if (!status && figures->n_left_out)
        print_note(SAY_RATIOS_LEFT_OUT_MANY, source, (unsigned long)figures->n_left_out);
    if (!status && figures->n_large)
        print_note(SAY_FIGURES_LARGE, source, (unsigned long)figures->n_large);
    if (!status && figures->n_small)
        print_note(SAY_FIGURES_SMALL, source, (unsigned long)figures->n_small);
    return status;
}

void figures_tell_unused(const char *path, const behov_table *table)
{
    behov_said names = {""};
    for (size_t i = 0; i < behov_table_n_unread(table); i++) {
        behov_said longer = {""};
        behov_phrase_list(&longer, names.text, i ? ", " : "", behov_cut(behov_table_unread(table, i), 60).text, NULL);
        names = longer;
    }
    if (names.text[0])
        print_note(SAY_COLUMNS_UNUSED, path, names.text);
}

behov_status figures_tell_other_names(const behov_table *table, behov_error *err)
{
    behov_municipality_history *history = NULL;
    behov_other_name first = {NULL, NULL, NULL}, other;
    size_t n = 0, row = 0, n_rows = behov_table_n_rows(table), first_line = 0;
    behov_status status = read_municipality_history(NULL, &note_beside, &history, err);
    for (; !status; row++) {
        status = behov_municipality_codes_find_other_name(table, -1, -1, history, &row, &other, err);
        if (status || row == n_rows)
            break;
        if (n++ == 0) {
            first = other;
            first_line = behov_table_line(table, row);
        }
    }
    if (!status && n)
        print_note(SAY_CODES_OTHER_NAME, behov_table_source(table), (unsigned long)n, (unsigned long)first_line,
                   first.code, behov_cut(first.known_name, 60).text, behov_cut(first.name, 60).text);
    behov_municipality_history_free(history);
    return status;
}
