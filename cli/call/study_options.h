/* study_options.h - what a call says of its panel and its model: the options, and a study opened from them. */
#ifndef BEHOV_CLI_STUDY_OPTIONS_H
#define BEHOV_CLI_STUDY_OPTIONS_H

#include <behov.h>
#include <stdbool.h>

#include "messages.h"
#include "options.h"
#include <behov/study.h>

/* Options that several verbs have, each declared once. */
#define MODEL_OPTION                                                                                                   \
    {                                                                                                                  \
        "model", 'm', ARGUMENT(FILE), HELP(OPTION_MODEL), ".ini"                                                       \
    }
#define FORMULA_OPTION                                                                                                 \
    {                                                                                                                  \
        "formula", 'f', ARGUMENT(TEXT), HELP(OPTION_FORMULA), NULL                                                     \
    }
#define POPULATION_OPTION                                                                                              \
    {                                                                                                                  \
        "population", 0, ARGUMENT(COLUMN), HELP(OPTION_POPULATION), NULL                                               \
    }
#define LANG_OPTION                                                                                                    \
    {                                                                                                                  \
        "lang", 'l', ARGUMENT(NB_OR_EN), HELP(OPTION_LANG), "nb en"                                                    \
    }

#define OUTCOME_UNIT_OPTION                                                                                            \
    {                                                                                                                  \
        "outcome-unit", 0, ARGUMENT(UNIT), HELP(OPTION_OUTCOME_UNIT), "1000kr_per_inhabitant kr_per_inhabitant other"  \
    }

/* The options that belong to reading a panel and a model; a verb's own list starts with them. */
#define STUDY_OPTIONS STUDY_OPTIONS_NAMED("municipality", "year")
/* The same for a verb whose --municipality chooses municipalities. */
#define STUDY_OPTIONS_CHOOSING STUDY_OPTIONS_NAMED("name-column", "year")
/* The same for one whose --year chooses a year too. */
#define STUDY_OPTIONS_CHOOSING_YEAR STUDY_OPTIONS_NAMED("name-column", "year-column")
#define STUDY_OPTIONS_NAMED(name_column, year_column)                                                                  \
    MODEL_OPTION, FORMULA_OPTION, {"exclude", 'x', ARGUMENT(EXPR), HELP(OPTION_EXCLUDE), NULL},                        \
        {"set-aside", 0, ARGUMENT(EXPR), HELP(OPTION_SET_ASIDE), NULL},                                                \
        {"outcome-unit", 0, ARGUMENT(UNIT), HELP(OPTION_OUTCOME_UNIT),                                                 \
         "1000kr_per_inhabitant kr_per_inhabitant other"},                                                             \
        {"code", 0, ARGUMENT(COLUMN), HELP(OPTION_CODE), NULL},                                                        \
        {name_column, 0, ARGUMENT(COLUMN), HELP(OPTION_NAME_COLUMN), NULL},                                            \
        {year_column, 0, ARGUMENT(COLUMN), HELP(OPTION_YEAR_COLUMN), NULL}, POPULATION_OPTION,                         \
        {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},                               \
        {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},                                           \
        {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},                       \
        {"sheet", 0, ARGUMENT(NAME), HELP(OPTION_SHEET), NULL},                                                        \
        {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},                                                    \
        {"allow", 0, ARGUMENT(KIND), HELP(OPTION_ALLOW),                                                               \
         "no_municipality code limit unit total jump two_codes missing influence exact_fit"},                          \
        LANG_OPTION
/* For verbs whose pages show terms. */
#define NAMES_OPTION                                                                                                   \
    {                                                                                                                  \
        "names", 0, NO_ARGUMENT, HELP(OPTION_NAMES), NULL                                                              \
    }

/* The model of a saved fit; NULL where it says nothing. */
typedef struct saved_model {
    const char *formula, *exclude;
    bool has_unit; /* of the outcome; gives way to --outcome-unit */
    behov_outcome_unit unit;
    const behov_saved_column *columns; /* borrowed while the study is open */
    size_t n_columns;
    behov_model *names; /* labels and units, which go over to the study where the options name no model */
} saved_model;

/* Opens the panel that the first operand names (none: the bundled one) with the model of the options.
 * \param cluster_keys  columns (or arithmetic) to be read beside those of the model
 * \param saved_model   the model of given coefficients, which gives way to the options; NULL = it is to be fitted
 * On failure prints the error and returns the exit code (1 or 2); 0 when all is well. Free with behov_study_close in
 * any case. */
int study_open(behov_study *study, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys,
               const saved_model *saved_model);
/* The same for a verb whose first operand is something else; panel NULL: the bundled one. */
int study_open_panel(behov_study *study, const command_line *line, const char *panel, const char *const *cluster_keys,
                     size_t n_cluster_keys, const saved_model *saved_model);
/* The same without stopping at what is wrong with the panel's rows: study->found holds it all. For `behov check`. */
int study_open_to_check(behov_study *study, const command_line *line, const char *const *cluster_keys,
                        size_t n_cluster_keys);
/* The model of the options alone, with its conditions and weights, neither of them bound, and without a panel. Free
 * with behov_study_close in any case. */
int study_open_model(behov_study *study, const command_line *line, const saved_model *saved_model);
/* Every column of a panel, by whatever model: the table (returned, the caller's) is tied to nothing. study->panel_path and
 * study->mending are set. NULL = the bundled one. Prints and returns as study_open. */
int study_read_whole_panel(behov_study *study, const command_line *line, const char *panel, behov_table **table);
/* Adds to the cautions of a study, in its language, what the making of its panel left open. */
behov_status study_add_remarks_of_making(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/* The beginning of all of them: language, conventions, what is let through, threads; no model and no panel. Prints what is
 * wrong and returns 2. */
int study_begin(behov_study *study, const command_line *line);
/* The panel of a verb that takes no other operand, NULL = the bundled one; prints and returns 2 when two are given. */
int study_only_panel(const command_line *line, const char **panel);
/* The language of --lang; prints and returns false when it is neither. */
bool study_language(const command_line *line, behov_language *language);
/* --separator and --decimal as letters, left as they are without the options. Prints what is wrong and returns 2 for any
 * other word. */
int study_marks(const command_line *line, char *separator_letter, char *decimal_mark);
/* Whether --quiet keeps notes off standard error. */
bool is_quiet(const command_line *line);

#endif
