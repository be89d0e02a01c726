/* verb.h - a verb as data: what it says of itself, what it needs opened, and its steps, which verb_run takes in order.
 *
 * A verb opens nothing, prints no failure and frees no study: it reads the choices that it alone has, computes, and
 * names what prints its page and writes its files. */
#ifndef BEHOV_CLI_VERB_H
#define BEHOV_CLI_VERB_H

#include <behov.h>
#include <stdbool.h>
#include <stddef.h>

#include "clusterings.h"
#include <behov/estimation.h>
#include <behov/factor_study.h>
#include <behov/fit_results.h>
#include <behov/lasting.h>
#include "municipality_options.h"
#include "options.h"
#include "outputs.h"
#include <behov/progress_step.h>
#include <behov/ratio_table.h>
#include "read_coefficients.h"
#include <behov/study.h>

/* What a verb needs opened, in the order in which it is done. */
enum {
    NEEDS_COEFFICIENTS = 1 << 0, /* coefficients of --coefficients, and a panel with the model that they bring */
    NEEDS_MODEL = 1 << 1,        /* study: the model alone */
    NEEDS_PANEL = 1 << 2,        /* study: a panel with its model */
    NEEDS_FINDINGS = 1 << 3,     /* the same with all that is wrong with its rows, instead of stopping there */
    NEEDS_LASTING = 1 << 4,      /* lasting: draws, seed, and the level and floor of the fit */
    NEEDS_FIT = 1 << 5,          /* study, estimation: the panel fitted as --cluster, --se and --drop-collinear say */
    NEEDS_RESULTS = 1 << 6,      /* and fit_results: inference, need and ratios */
    NEEDS_RESIDUALS = 1 << 7,    /* the same of a fit that is not exact */
    NEEDS_RATIOS = 1 << 8,       /* ratios: those of --ratios, else those of the results, which then are needed */
    CHOOSES_ERRORS = 1 << 9,     /* --se means more than the kind of one fit's errors: choose decides */
    NEEDS_MUNICIPALITIES = 1 << 10, /* municipalities: those of --municipality, and the groups of --group */
    NAMES_ITS_PANEL = 1 << 11,      /* operands other than the panel: read has looked at them and sets call.panel */
    GROUPS_BY_LIKE = 1 << 12,       /* LIKE_OPTIONS: --like and --count make a group */
    NEEDS_PART = 1 << 13,           /* the panel is a part of one: its formula stays as it was written */
    SPEAKS_TO_READERS = 1 << 14     /* its page is read by others than who calls: study.is_for_readers */
};

/* Like municipalities as a group (like_options.h). */
typedef struct like_options {
    const char *municipality; /* of --like; NULL = what stands behind like: in the grouping, or nothing */
    size_t count;             /* 0 = the usual number */
    int year;                 /* of the verb's --year, whose likeness it is then; 0 = all years */
    bool has_year;            /* the verb has such an option */
} like_options;

/* A call of a verb and all that is open for it. */
struct verb_call {
    const command_line *line;
    void *state;       /* verb->state_size bytes, zero at first: what the verb keeps from step to step */
    unsigned needs;    /* those of the verb; its read may take some away */
    long long date;    /* of --date */
    char day[16];      /* the same as text, "2026-11-22" */
    const char *panel; /* NULL = the bundled one */
    behov_cluster_options clusters;
    const char *keys[CLUSTER_KEYS_MAX]; /* columns that clusters are made of: those of --cluster, and the verb's own */
    size_t n_keys;
    clusterings clusterings;       /* several that are compared */
    behov_fit_choices fit_choices; /* level and floor at once, the rest when the panel is open */
    behov_lasting_options lasting;
    const char *municipality_list, *grouping; /* of --municipality and --group, or as read sets them; NULL = none */
    like_options like;                        /* municipalities that are a group for being like one */
    municipality_options municipalities;
    behov_progress progress; /* of draws */
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_ratio_table ratios;
    bool has_fit;                    /* else the ratios were read */
    behov_factor_parts factor_parts; /* of --factors, in the place of a panel; n 0 = none */
    bool has_extended_factors;       /* all of them are kept to 32 digits */
    behov_given_coefficients coefficients;
    char *bundled_coefficients; /* path of the printed ones, where --coefficients names none */
    /* What is written, which a step may change: writers of the verb, of the state, about the study. */
    const output_writers *writers;
    const void *context;
    const behov_study *written_study;
};

/* The words of a verb, and its options, for the struct below. */
#define VERB_WORDS(verb) .usage = HELP(verb##_USAGE), .summary = HELP(verb##_SUMMARY), .details = HELP(verb##_DETAILS)
#define VERB_OPTIONS(table) .options = table, .n_options = sizeof table / sizeof *table

/* One of several things that a verb does, by its first operand: `behov panel merge`. */
typedef struct verb_deed verb_deed;

/* The steps return the exit code, or a status whose error is printed. All may be NULL. */
struct verb {
    const char *name;   /* "fit" */
    behov_word usage;   /* "[PANEL] [--model FILE | --formula TEXT] ..." */
    behov_word summary; /* one line */
    behov_word details; /* paragraphs and examples of `behov help VERB` */
    behov_word rows;    /* what a .csv has, for the help of -o; BEHOV_NO_WORD = what the page has */
    const option_text *options;
    size_t n_options;
    const verb_deed *const *deeds; /* what the first operand chooses from; NULL = the verb is one thing */
    size_t n_deeds;
    const char *repeatable;  /* names of options that may be given several times, separated by blanks; NULL = none */
    const char *with_ratios; /* the same of its own options that go with --ratios */
    unsigned needs;
    double level_pct; /* of intervals, without --level */
    size_t state_size;
    int (*read)(verb_call *call);   /* the choices of this verb alone; nothing has been opened */
    int (*open)(verb_call *call);   /* files of this verb alone, before the panel */
    int (*choose)(verb_call *call); /* what depends on the panel and decides the fit */
    behov_status (*compute)(verb_call *call, behov_error *err);
    behov_status (*page)(const verb_call *call, behov_error *err); /* to standard output; NULL = that of the writers */
    behov_status (*json)(const verb_call *call, behov_error *err); /* the same for --json; NULL = that of the writers */
    const output_writers *writers;                                 /* of -o; their context is the state */
    int (*conclude)(verb_call *call);                              /* all is written: the exit code */
    void (*close)(void *state);
};

/* Reads the arguments after the verb's name, looks that no output is an input and that no option with a value is given
 * twice unless the verb lists it as repeatable (or it is allow or missing, which all may repeat), runs the verb and
 * returns its exit code; prints the help when asked for. */
int verb_run(const verb *verb, int n_arguments, char **arguments);
/* The steps of line->verb; returns the exit code. */
int verb_run_line(const command_line *line);
/* The opening alone: what call->needs names, with the options of call->line. Prints what is wrong and returns the exit
 * code; 0 when all is well. Free with verb_call_close in any case. */
int verb_call_open(verb_call *call);
void verb_call_close(verb_call *call);

bool verb_has_option(const verb *verb, const char *name);

#endif
