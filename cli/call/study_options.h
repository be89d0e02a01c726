/* study_options.h - what a call says of its panel and its model: the options, and a study opened from them. */
#ifndef BEHOV_CLI_STUDY_OPTIONS_H
#define BEHOV_CLI_STUDY_OPTIONS_H

#include <behov.h>
#include <stdbool.h>

#include "messages.h"
#include "options.h"
#include "study.h"

/* The options that belong to reading a panel and a model; a verb's own list starts with them. */
#define STUDY_OPTIONS STUDY_OPTIONS_NAMED("municipality", "year")
/* The same for a verb whose --municipality chooses municipalities. */
#define STUDY_OPTIONS_CHOOSING STUDY_OPTIONS_NAMED("name-column", "year")
/* The same for one whose --year chooses a year too. */
#define STUDY_OPTIONS_CHOOSING_YEAR STUDY_OPTIONS_NAMED("name-column", "year-column")
#define STUDY_OPTIONS_NAMED(name_column, year_column)                                                                  \
    {"model", 'm', "FILE", "model file; without it and without --formula the model of the report"},                    \
        {"formula", 'f', "TEXT", "model in R's notation, 'y ~ x + I(z^1.2) + factor(year, ref = 2012)'"},              \
        {"exclude", 'x', "EXPR", "leave rows out, 'municipality_code == \"0301\"'; '' = none, also not the model's"},  \
        {"set-aside", 0, "EXPR", "rows that are predicted but not estimated on"},                                      \
        {"outcome-unit", 0, "UNIT", "1000kr_per_inhabitant, kr_per_inhabitant or other"},                              \
        {"code", 0, "COLUMN", "column of the municipality code"},                                                      \
        {name_column, 0, "COLUMN", "column of the municipality's name"},                                               \
        {year_column, 0, "COLUMN", "column of the year"},                                                              \
        {"population", 0, "COLUMN", "column of the number of inhabitants"},                                            \
        {"separator", 0, "MARK", "comma, semicolon or tab; without it found by looking"},                              \
        {"decimal", 0, "MARK", "point or comma; without it found by looking, column by column"},                       \
        {"encoding", 0, "NAME", "UTF-8, ISO-8859-1, Windows-1252 ...; without it found by looking"},                   \
        {"missing", 0, "TEXT", "one more mark for a missing value, beside empty . .. : NA NULL"},                      \
        {"allow", 0, "KIND",                                                                                           \
         "let this kind of error or warning of `behov check` through, and say so; may be repeated"},                   \
    {                                                                                                                  \
        "lang", 'l', "nb|en", "language of the output: nb (bokmål, the default) or en"                                \
    }
/* For verbs whose pages show terms. */
#define NAMES_OPTION                                                                                                   \
    {                                                                                                                  \
        "names", 0, NULL, "terms by their names in the formula, not by their labels"                                   \
    }

/* The model of a saved fit; NULL where it says nothing. */
typedef struct saved_model {
    const char *formula, *exclude;
    bool has_unit; /* of the outcome; gives way to --outcome-unit */
    behov_outcome_unit unit;
    const behov_saved_column *columns; /* borrowed while the study is open */
    size_t n_columns;
} saved_model;

/* Opens the panel that the first operand names (none: the bundled one) with the model of the options.
 * \param cluster_keys  columns (or arithmetic) to be read beside those of the model
 * \param saved         the model of given coefficients, which gives way to the options; NULL = it is to be fitted
 * On failure prints the error and returns the exit code (1 or 2); 0 when all is well. Free with study_close in any
 * case. */
int study_open(behov_study *study, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys,
               const saved_model *saved_model);
/* The same for a verb whose first operand is something else; panel NULL: the bundled one. */
int study_open_panel(behov_study *study, const command_line *line, const char *panel, const char *const *cluster_keys,
                     size_t n_cluster_keys, const saved_model *saved_model);
/* The same without stopping at what is wrong with the panel's rows: study->found holds it all. For `behov check`. */
int study_open_to_check(behov_study *study, const command_line *line, const char *const *cluster_keys,
                        size_t n_cluster_keys);
/* The model of the options alone, with its conditions and weights, neither of them bound, and without a panel. Free
 * with study_close in any case. */
int study_open_model(behov_study *study, const command_line *line, const saved_model *saved_model);
/* The panel of a verb that takes no other operand, NULL = the bundled one; prints and returns 2 when two are given. */
int study_only_panel(const command_line *line, const char **panel);
/* The language of --lang; prints and returns false when it is neither. */
bool study_language(const command_line *line, behov_language *language);
/* Whether --quiet keeps notes off standard error. */
bool is_quiet(const command_line *line);

#endif
