/* ratio_table_options.c - see ratio_table_options.h. */
#include "ratio_table_options.h"

#include <string.h>

#include <behov/labels.h>
#include "messages.h"
#include "read_ratio_table.h"
#include "verb.h"

int ratio_table_options_check(const command_line *line)
{
    static const char *const known_text[] = {"ratios", "table",          "municipality", "group", "low",    "high",
                                             "change", "min-population", "largest",      "count", "output", "csv-style",
                                             "json",   "date",           "quiet",        "lang"};
    for (size_t i = 0; option_given(line, "ratios") && i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        size_t index = 0, n = sizeof known_text / sizeof *known_text;
        while (index < n && strcmp(known_text[index], name) != 0)
            index++;
        if (index == n && !option_is_listed(line->verb->with_ratios, name))
            return wrong_call(line->verb, SAY_RATIOS_OPTION_OF_FIT, name);
    }
    return 0;
}

static void print_notes(const behov_ratio_table *ratio_table)
{
    if (ratio_table->n_left_out) {
        if (ratio_table->n_left_out == 1)
            print_note(SAY_RATIOS_LEFT_OUT_ONE, ratio_table->printed_path, (unsigned long)ratio_table->n_left_out);
        else
            print_note(SAY_RATIOS_LEFT_OUT_MANY, ratio_table->printed_path, (unsigned long)ratio_table->n_left_out);
    }
    if (ratio_table->passed_over)
        print_note(SAY_RATIOS_COLUMNS_NOT_READ, ratio_table->printed_path,
                   behov_cut(ratio_table->passed_over, 200).text);
}

void ratio_table_options_subtotals(const char *names[2])
{
    names[0] = behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_SUBTOTAL);
    names[1] = behov_label(BEHOV_LANGUAGE_EN, BEHOV_WORD_SUBTOTAL);
}

int ratio_table_options_open(const command_line *line, behov_ratio_table *out)
{
    behov_error err;
    const char *subtotal_names[2];
    ratio_table_options_subtotals(subtotal_names);
    if (read_ratio_table(option_value(line, "ratios"), subtotal_names, &note_beside, out, &err))
        return print_failure(&err);
    print_notes(out);
    return 0;
}
