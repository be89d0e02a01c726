/* key_parts.c - see key_parts.h. */
#include "key_parts.h"

#include <math.h>
#include <string.h>

#include <behov/format.h>
#include "sentence_parts.h"

const char *key_figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    if (isfinite(value))
        behov_number_fixed(value, KEY_DECIMALS, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 5, text);
    else
        text[0] = '\0';
    return behov_format_minus(text);
}

behov_status key_set_decimals(behov_report *report, size_t first, size_t end, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = first; j < end; j++)
        for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++)
            status = behov_report_set_decimals(report, j, row, KEY_DECIMALS, err);
    return status;
}

void key_new_line(behov_wording *words)
{
    if (words->length)
        behov_wording_add(words, "\n");
}

behov_status key_add_section(behov_section_list *list, behov_language lang, behov_word sheet, behov_section section,
                             bool is_simulated, behov_wording *title, behov_wording *notes, behov_report *table,
                             behov_error *err)
{
    section.name = section.table_name = behov_label(lang, sheet);
    if (is_simulated)
        behov_sentence_simulated_title(title, lang);
    behov_status status = behov_section_list_add_said(list, section, title, NULL, table, err);
    behov_wording_free(title);
    if (!status && notes)
        return key_add_notes(list, notes, err);
    if (notes)
        behov_wording_free(notes);
    return status;
}

behov_status key_add_notes(behov_section_list *list, behov_wording *words, behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    for (char *line = status ? NULL : words->text, *next = NULL; !status && line; line = next) {
        if ((next = strchr(line, '\n')))
            *next++ = '\0';
        status = behov_section_list_note(list, line, err);
    }
    behov_wording_free(words);
    return status;
}
