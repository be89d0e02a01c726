/* full_workbook_options.c - see full_workbook_options.h. */
#include "full_workbook_options.h"

#include <behov/labels.h>
#include "lasting_options.h"
#include "messages.h"
#include "outputs.h"

bool full_workbook_options_writes_workbook(const command_line *line)
{
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (outputs_is_workbook(option_value_at(line, "output", i)))
            return true;
    return false;
}

int full_workbook_options_read(const command_line *line, full_workbook_choices *out)
{
    static const char *const needing[] = {"group",  "like",    "count", "draws", "seed",
                                          "chance", "horizon", "clear", "ranks"};
    *out = (full_workbook_choices){.has_all = option_given(line, "full")};
    bool has_list = option_given(line, "profile");
    for (size_t i = 0; i < sizeof needing / sizeof *needing; i++)
        if (option_given(line, needing[i]) && !out->has_all && !has_list)
            return wrong_call(line->verb, SAY_FIT_NEEDS_FULL_OR_PROFILE, needing[i]);
    if ((out->has_all || has_list) && !full_workbook_options_writes_workbook(line))
        return wrong_call(line->verb, SAY_FIT_NEEDS_WORKBOOK, out->has_all ? "full" : "profile");
    return lasting_options_read(line, 90, &out->lasting) ? 0 : 2;
}

void full_workbook_options_print_note(const command_line *line, const behov_study *study)
{
    const behov_panel *panel = &study->panel;
    bool has_municipalities = panel->columns[BEHOV_ROLE_CODE] >= 0 || panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
    if (!option_given(line, "full") && has_municipalities && full_workbook_options_writes_workbook(line))
        print_note(SAY_FIT_FULL_ADDS_SHEETS, behov_label(study->lang, BEHOV_WORD_SHEET_RANKING),
                   behov_label(study->lang, BEHOV_WORD_SHEET_MUNICIPALITY),
                   behov_label(study->lang, BEHOV_WORD_SHEET_FIGURES),
                   behov_label(study->lang, BEHOV_WORD_SHEET_DIAGNOSIS),
                   behov_label(study->lang, BEHOV_WORD_SHEET_SPECIFICATION));
}
