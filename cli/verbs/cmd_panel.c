/* cmd_panel.c - `behov panel`: what is done to panels and to the files that they are made of. Each deed is a file. */
#include <string.h>

#include "merge_options.h"
#include "outputs.h"
#include "panel_deeds.h"
#include "study_options.h"
#include "verbs.h"
#include "write_merge.h"

static const option_text panel_options[] = {
    MERGE_OPTIONS,
    MODEL_OPTION,
    {"code", 0, ARGUMENT(COLUMN), HELP(OPTION_CODE), NULL},
    {"municipality", 0, ARGUMENT(COLUMN), HELP(OPTION_NAME_COLUMN), NULL},
    {"year", 0, ARGUMENT(COLUMN), HELP(OPTION_YEAR_COLUMN), NULL},
    POPULATION_OPTION,
    OUTCOME_UNIT_OPTION,
    {"sheet", 0, ARGUMENT(NAME), HELP(OPTION_SHEET), NULL},
    {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},
    {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},
    {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},
    {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},
    {"allow", 0, ARGUMENT(KIND), HELP(OPTION_ALLOW),
     "code limit unit total jump two_codes missing life copied constant country"},
    {"files", 0, ARGUMENT(FOLDER), HELP(PANEL_FILES), NULL},
    {"years", 0, ARGUMENT(YEARS), HELP(PANEL_YEARS), NULL},
    {"dataset", 0, ARGUMENT(N), HELP(PANEL_DATASET), NULL},
    {"labels", 0, NO_ARGUMENT, HELP(PANEL_LABELS), NULL},
    {"functions", 0, ARGUMENT(LIST), HELP(PANEL_FUNCTIONS), NULL},
    {"inhabitants", 0, ARGUMENT(N), HELP(PANEL_INHABITANTS), NULL},
    {"value", 0, ARGUMENT(COLUMN), HELP(PANEL_VALUE), NULL},
    {"header", 0, ARGUMENT(N), HELP(PANEL_HEADER), NULL},
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

static const deed *const deeds[] = {&panel_merge_deed, &panel_build_deed, &panel_check_deed, &panel_read_deed,
                                    &panel_filing_deed};
enum { N_DEEDS = sizeof deeds / sizeof *deeds };

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    int chosen = 0;
    while (line->n_operands && chosen < N_DEEDS && strcmp(line->operands[0], deeds[chosen]->steps.name) != 0)
        chosen++;
    if (!line->n_operands || chosen == N_DEEDS)
        return wrong_call(line->verb, SAY_PANEL_WHAT, line->n_operands ? line->operands[0] : "");
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_PANEL_ONE, line->operands[2]);
    return deeds_begin(call, deeds, N_DEEDS, deeds[chosen], line->n_operands > 1 ? line->operands[1] : NULL);
}

const verb verb_panel = {
    .name = "panel",
    VERB_WORDS(PANEL),
    .rows = HELP(ROWS_PANEL),
    VERB_OPTIONS(panel_options),
    .repeatable = "output sum rate mean leave-out",
    .needs = NEEDS_MODEL, /* read takes those of the deed */
    .state_size = sizeof(deed_state),
    .read = read_choices,
    .open = deeds_open,
    .choose = deeds_choose,
    .compute = deeds_compute,
    .writers = &merge_writers, /* what completion offers; read takes those of the deed */
    .conclude = deeds_conclude,
    .close = deeds_close,
};
