/* study.h - a panel and a model, opened together: what every verb that works on a panel starts from. */
#ifndef BEHOV_CLI_STUDY_H
#define BEHOV_CLI_STUDY_H

#include <behov.h>
#include <stdbool.h>

#include "options.h"
#include "read_csv.h"
#include "read_model.h"
#include "wording.h"

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
        {"allow", 0, "KIND", "let this kind of error or warning of `behov check` through, and say so; may be repeated"},  \
    {                                                                                                                  \
        "lang", 'l', "nb|en", "language of the output: nb (bokmål, the default) or en"                                 \
    }
typedef struct study {
    language lang;
    bool is_quiet;             /* no notes on standard error */
    bool shows_names;          /* terms by their names in the formula, not by their labels */
    bool is_bundled;           /* the bundled panel */
    bool is_simulated;         /* the panel's column `source` says simulated */
    char *panel_path;          /* as the user gave it, or of the bundled panel */
    char *model_path;          /* NULL with --formula */
    bool is_bundled_model;     /* that of the report; its reference year gives way to the panel's years */
    model model;
    behov_formula *formula;
    behov_expression *exclude, *set_aside; /* bound; NULL = none */
    behov_expression *weights;  /* bound; NULL = none */
    behov_weight_kind weight_kind;
    bool model_excludes;       /* it is the model that has the condition, not --exclude */
    const char *exclude_text;  /* as the user or the model wrote it; NULL = none */
    behov_table *table;
    behov_panel panel;
    behov_outcome_unit unit;
    unsigned allowed;          /* what --allow lets through: bits 1u << behov_oddity_kind */
    size_t n_municipalities;   /* codes of rows that are municipalities; 0 without a column of codes */
    code_mending mending;      /* what the reader put right in the codes */
    behov_plausibility *found; /* what a look at the panel found */
    char *cautions[BEHOV_N_ODDITY_KINDS + 5]; /* sentences that every output carries: the unit, what was let through,
                                                 what a condition cannot decide, the reference */
    size_t n_cautions;
    char *assumed_reference;   /* levels that were taken for the reference, "year=2020, g=a"; NULL = none */
    bool doubts_the_unit;      /* the first of them is about the outcome's unit */
    const struct saved_column *saved_columns; /* of given coefficients (borrowed) */
    size_t n_saved_columns;
    const char *missing_mark;  /* the one mark that --missing names; NULL when none or several */
} study;

/* What a saved fit says of a column: what its figures may be, and what they were. */
typedef struct saved_column {
    char *name;
    bool has_limits, has_range;
    model_limits limits;
    double low, mean, high;
} saved_column;

/* What a saved fit says of its model; NULL where it says nothing. */
typedef struct saved_model {
    const char *formula, *exclude;
    bool has_unit; /* of the outcome; gives way to --outcome-unit */
    behov_outcome_unit unit;
    const saved_column *columns; /* borrowed while the study is open */
    size_t n_columns;
} saved_model;

/* Opens the panel that the first operand names (none: the bundled one) with the model of the options.
 * \param cluster_keys  columns (or arithmetic) to be read beside those of the model
 * \param saved         the model of given coefficients, which gives way to the options; NULL = it is to be fitted
 * On failure prints the error and returns the exit code (1 or 2); 0 when all is well. Free with study_close in any case. */
int study_open(study *of, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys,
               const saved_model *saved);
/* The same for a verb whose first operand is something else; panel NULL: the bundled one. */
int study_open_panel(study *of, const command_line *line, const char *panel, const char *const *cluster_keys,
                     size_t n_cluster_keys, const saved_model *saved);
/* The same without stopping at what is wrong with the panel's rows: of->found holds it all. For `behov check`. */
int study_open_to_check(study *of, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys);
/* The model of the options alone, with its conditions and weights, neither of them bound, and without a panel. Free with
 * study_close in any case. */
int study_open_model(study *of, const command_line *line, const saved_model *saved);
/* The panel of a verb that takes no other operand, NULL = the bundled one; prints and returns 2 when two are given. */
int study_only_panel(const command_line *line, const char **panel);
void study_close(study *of);

/* Whether the outcome or a term of a formula names the column. */
bool study_formula_names(const behov_formula *formula, const char *column);
/* Whether a column of the formula is that of the year, under its own name or that of its role. */
/* Whether the outcome is a function of an amount, as log(y): then there are no ratios. */
bool study_is_transformed(const study *of);
bool study_is_year(const study *of, const char *column);

/* A term as pages show it: its label, or with --names its name in the formula. */
const char *study_term(const study *of, const char *term);
/* A key of clusters within a sentence: "kommune" for the column of codes, "år", else its name. */
const char *study_key_in_sentence(const study *of, const char *key);
/* How an amount in the outcome's unit is printed: kr per inhabitant whole and grouped, 1000 kr with three decimals. */
behov_quantity study_amount_quantity(const study *of);
/* The same within a sentence: a label without the unit that ends it ("..., per cent of inhabitants"). */
enum { STUDY_TERM = 200 };
const char *study_term_in_sentence(const study *of, const char *term, char text[STUDY_TERM]);
/* The same as a text that grows, in the place of what it said: a name is never cut. */
void study_say_term(const study *of, const char *term, wording *words);
/* The key of the column that a table of terms does without on a page, ended by NULL. */
const char *const *study_skipped_terms(const study *of);
#define NAMES_OPTION {"names", 0, NULL, "terms by their names in the formula, not by their labels"}

/* Titles say in their own line that the data are simulated: " – SIMULERTE DATA, ikke virkelige tall" is added to one,
 * or nothing. */
void study_mark_title(const study *of, char *title, size_t size);
/* The same within a sentence that names municipalities: "... 1-2). SIMULERTE DATA, ikke virkelige tall." */
void study_mark_sentence(const study *of, char *text, size_t size);
/* The title's for whoever has no study at hand. */
void title_mark_simulated(language lang, char *title, size_t size);
/* The language of --lang; prints and returns false when it is neither. */
bool study_language(const command_line *line, language *lang);

/* Prints "behov: where: what" to standard error and returns the exit code: 1, for a wrong call 2. */
int fail_with(const behov_error *err);
/* Prints "behov: note: ..." to standard error, but for --quiet. */
void note(const char *format, ...) BEHOV_PRINTF(1, 2);
void note_silence(bool silent);
/* The notice of read_csv for a file beside the panel. */
void note_beside(void *context, const char *message);

#endif
