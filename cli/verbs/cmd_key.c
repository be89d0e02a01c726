/* cmd_key.c - `behov key`: the income system's cost key, and the ways to weights and criteria. Each deed is a file. */
#include <behov/code.h>
#include <behov/plausibility.h>

#include "estimation_options.h"
#include "key_deeds.h"
#include "like_options.h"
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
    {"group", 'g', ARGUMENT(KIND), HELP(KEY_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
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

static const verb_deed *const deeds[] = {&key_index_deed, &key_weights_deed, &key_clustering_deed};

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

const verb verb_key = {
    .name = "key",
    VERB_WORDS(KEY),
    .rows = HELP(ROWS_KEY),
    VERB_OPTIONS(key_options),
    VERB_DEEDS(deeds),
    .repeatable = "output cluster kind total",
    .needs = NEEDS_RESULTS | NAMES_ITS_PANEL, /* deed_read takes those of the deed */
    .level_pct = 95,
    .writers = &key_writers, /* what completion offers; deed_read takes those of the deed */
};
