/* cmd_key.c - `behov key`: the income system's cost key, and the ways to weights and criteria. Each deed is a file. */
#include <string.h>

#include <behov/code.h>
#include <behov/plausibility.h>

#include "estimation_options.h"
#include "key_deeds.h"
#include "outputs.h"
#include "verbs.h"
#include "write_key.h"

static const option_text key_options[] = {
    {"weights", 'w', ARGUMENT(FILE), HELP(KEY_WEIGHTS), ".csv .tsv .txt .xlsx .ods"},
    {"year", 0, ARGUMENT(YEAR), HELP(KEY_YEAR), NULL},
    {"key", 0, ARGUMENT(NAME), HELP(KEY_KEY), NULL},
    {"criteria-year", 0, ARGUMENT(YEAR), HELP(KEY_CRITERIA_YEAR), NULL},
    {"allow-year-mismatch", 0, NO_ARGUMENT, HELP(KEY_ALLOW_YEAR_MISMATCH), NULL},
    {"kind", 0, ARGUMENT(CRITERION_KIND), HELP(KEY_KIND), NULL},
    {"total", 0, ARGUMENT(CRITERION_TOTAL), HELP(KEY_TOTAL), NULL},
    {"modified", 0, ARGUMENT(COLUMN), HELP(KEY_MODIFIED), NULL},
    {"municipality", 0, ARGUMENT(LIST), HELP(KEY_MUNICIPALITY), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(KEY_GROUP), "county size .csv .tsv .txt"},
    {"panel", 'p', ARGUMENT(FILE), HELP(KEY_PANEL), "bundled .csv .tsv .txt .xlsx .ods .dta"},
    {"panel-year", 0, ARGUMENT(YEAR), HELP(KEY_PANEL_YEAR), NULL},
    {"means", 0, ARGUMENT(KIND), HELP(KEY_MEANS), "population rows"},
    {"counts", 0, NO_ARGUMENT, HELP(KEY_COUNTS), NULL},
    {"divorced", 0, ARGUMENT(COLUMN), HELP(KEY_DIVORCED), NULL},
    {"unemployed", 0, ARGUMENT(COLUMN), HELP(KEY_UNEMPLOYED), NULL},
    {"low-income", 0, ARGUMENT(COLUMN), HELP(KEY_LOW_INCOME), NULL},
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"level", 0, ARGUMENT(PER_CENT), HELP(KEY_LEVEL), NULL},
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(OPTION_CLUSTER), NULL},
    {"se", 's', ARGUMENT(KIND), HELP(OPTION_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j"},
    COLLINEAR_OPTION,
    OUTPUT_OPTIONS,
};

/* The first is what is done where no word names another. */
static const deed *const deeds[] = {&key_index_deed, &key_weights_deed, &key_clustering_deed};
enum { N_DEEDS = sizeof deeds / sizeof *deeds };

int key_open_table(verb_call *call, const char *path, behov_study *study)
{
    const command_line *line = call->line;
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = option_value(line, "code"),
                                        [BEHOV_ROLE_MUNICIPALITY] = option_value(line, "name-column"),
                                        [BEHOV_ROLE_YEAR] = option_value(line, "year-column"),
                                        [BEHOV_ROLE_POPULATION] = option_value(line, "population")};
    behov_error err;
    if (!study_language(line, &study->lang))
        return 2;
    int code = study_read_whole_panel(study, line, path, &study->table);
    if (code)
        return code;
    if (behov_panel_find(study->table, names, &study->panel, &err) ||
        behov_plausibility_mark(study->table, &study->panel, &err) || behov_panel_check(&study->panel, &err))
        return print_failure(&err);
    study->is_simulated = behov_study_says_simulated(study->table);
    call->study.is_simulated = study->is_simulated; /* what documents say at their head; a panel says it for itself */
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    size_t chosen = 1;
    while (line->n_operands && chosen < N_DEEDS && strcmp(line->operands[0], deeds[chosen]->steps.name) != 0)
        chosen++;
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_KEY_WHAT);
    bool has_word = chosen < N_DEEDS;
    if (line->n_operands > 1u + has_word)
        return wrong_call(line->verb, SAY_KEY_ONE, line->operands[1 + has_word]);
    const char *file = line->n_operands > has_word ? line->operands[has_word] : NULL;
    return deeds_begin(call, deeds, N_DEEDS, deeds[has_word ? chosen : 0], file);
}

const verb verb_key = {
    .name = "key",
    VERB_WORDS(KEY),
    .rows = HELP(ROWS_KEY),
    VERB_OPTIONS(key_options),
    .repeatable = "output cluster kind total",
    .needs = NEEDS_RESULTS | NAMES_ITS_PANEL, /* read takes those of the deed */
    .level_pct = 95,
    .state_size = sizeof(deed_state),
    .read = read_choices,
    .open = deeds_open,
    .choose = deeds_choose,
    .compute = deeds_compute,
    .writers = &key_writers, /* what completion offers; read takes those of the deed */
    .conclude = deeds_conclude,
    .close = deeds_close,
};
